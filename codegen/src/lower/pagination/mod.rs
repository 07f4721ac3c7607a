//! Lists that come in pages: recognised by their shape, or as the configuration says.
//!
//! A response is looked through once ([`response`]), and the list in it is found ([`lists`]); each way in
//! which lists go on is then tried on what was found ([`kinds`]). What the configuration says, or an
//! extension of the document ([`extensions`]), takes the place of a guess, and where the configuration
//! of the operation says that there are pages, what can't be guessed is an error.

mod body;
mod extensions;
mod first;
mod headers;
mod kinds;
mod lists;
mod numbers;
mod problems;
mod reach;
mod response;
mod tokens;
mod vocabulary;

use crate::config::{By, Pages};
use crate::model::{Body, HttpMethod, PagesSource, Pagination, Parameter, Type};

use super::operations::Found;
use super::schemas::Schemas;
use super::type_table::TypeTable;
use extensions::Extension;
use problems::Problem;
use response::Response;

pub(super) use problems::{Doubt, diagnostic, unused};

/// Ways in which lists go on, the one first that leaves least to be guessed.
const KINDS: [By; 6] = [By::Link, By::Url, By::Token, By::Item, By::Page, By::Offset];

/// All that can tell how the responses of an operation go on.
struct Site<'s, 'a> {
    found: &'s Found<'a>,
    /// What the operation is called in messages.
    name: &'s str,
    parameters: &'s [Parameter],
    /// The properties of its JSON body, as if they were parameters.
    in_body: &'s [Parameter],
    /// The response's type, and what is in it.
    page: &'s Type,
    response: Response,
    /// What the configuration says, or an extension.
    config: Pages,
    /// Which of them says it.
    source: PagesSource,
}

/// What it takes to find out how responses go on: the document, and the types of the responses.
pub(super) struct Paging<'l, 'a> {
    pub(super) schemas: &'l Schemas<'a>,
    pub(super) types: &'l TypeTable,
    /// What the configuration says of all lists.
    pub(super) all: Option<&'l Pages>,
}

/// What was found out about the responses of an operation.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// Whether they are lists.
    pub lists: bool,
    pub pagination: Option<Pagination>,
    /// What isn't known of them, or was guessed.
    pub doubts: Vec<Doubt>,
    /// Whether what the configuration says of all lists holds for them.
    pub is_of_all: bool,
}

impl<'a> Paging<'_, 'a> {
    /// How the responses of an operation go on, where they are pages of a list.
    ///
    /// # Errors
    ///
    /// What is wrong with the table `pages` of the configuration, to be reported with [`diagnostic`].
    pub(super) fn find(
        &self,
        found: &Found<'a>,
        name: &str,
        parameters: &[Parameter],
        body: Option<&Body>,
        page: Option<&Type>,
    ) -> Result<Findings, Problem> {
        let configured = found.config.and_then(|config| config.pages.as_ref());
        let Some(page) = page else {
            let is_wanted = configured.filter(|config| config.by != Some(By::None));
            let no_type = is_wanted.map(|_| Problem::no_type(name));
            return no_type.map_or_else(|| without_pages(configured), Err);
        };
        let in_body = self.parameters_in_body(body);
        let mut site = Site {
            found,
            name,
            parameters,
            in_body: &in_body,
            page,
            response: self.response(found, page),
            config: configured.cloned().unwrap_or_default(),
            source: PagesSource::Guess,
        };
        let mut lists = without_pages(configured)?;
        let reads = matches!(found.http, HttpMethod::Get | HttpMethod::Query);
        lists.lists = reads && site.is_list();
        match configured {
            Some(config) if config.by == Some(By::None) => {}
            Some(_) => {
                site.source = PagesSource::Configuration;
                lists.pagination = Some(self.as_configured(&site)?);
            }
            None => self.unless_configured(site, &mut lists),
        }
        lists.lists |= lists.pagination.is_some();
        Ok(lists)
    }

    fn as_configured(&self, site: &Site<'_, 'a>) -> Result<Pagination, Problem> {
        match site.config.by {
            Some(by) => self.paged(site, by),
            None => self
                .first_that_fits(site)
                .ok_or_else(|| self.nothing_fits(site)),
        }
    }

    /// What an extension says, or the configuration of all lists, or else what is guessed.
    fn unless_configured(&self, mut site: Site<'_, 'a>, lists: &mut Findings) {
        let all = self.all.filter(|_| site.found.http == HttpMethod::Get);
        if all.is_some_and(|all| all.by == Some(By::None)) {
            lists.is_of_all = lists.lists;
            return;
        }
        match self.extension(&site) {
            Some((key, Extension::Pages(pages))) => {
                site.config = *pages;
                site.source = PagesSource::Description;
                match self.as_configured(&site) {
                    Ok(pagination) => {
                        lists.pagination = Some(pagination);
                        return;
                    }
                    Err(problem) => lists.doubts.push(site.unfit(key, &problem)),
                }
            }
            Some((_, Extension::One)) => return,
            Some((key, Extension::Unknown(why))) => lists.doubts.push(site.not_supported(key, why)),
            None => {}
        }
        if site.found.http != HttpMethod::Get {
            self.guess_by_body(&site, lists);
            return;
        }
        if let Some(all) = all.filter(|_| site.is_list()) {
            site.config = all.clone();
            site.source = PagesSource::Configuration;
            lists.pagination = self.as_configured(&site).ok();
            lists.is_of_all = lists.pagination.is_some();
        }
        if lists.pagination.is_none() {
            site.config = Pages::NOTHING;
            site.source = PagesSource::Guess;
            self.guess(&mut site, lists);
        }
    }

    /// What the shape of the responses says, and what it leaves in doubt.
    fn guess(&self, site: &mut Site<'_, 'a>, lists: &mut Findings) {
        if site.response.list.is_some() {
            lists.pagination = self.first_that_fits(site);
            let doubt = match &lists.pagination {
                Some(pagination) => self.doubt_about(site, pagination),
                None => self
                    .token_of_other_type(site)
                    .or_else(|| self.first_in_doubt(site)),
            };
            lists.doubts.extend(doubt);
            return;
        }
        let doubtful = std::mem::take(&mut site.response.doubtful);
        let could_be = doubtful.iter().any(|list| {
            site.response.list = Some(list.clone());
            site.response.is_thing = site.response.is_thing_around(list);
            self.first_that_fits(site).is_some()
        });
        site.response.list = None;
        if could_be {
            lists.doubts.push(site.several(&doubtful));
        }
    }

    fn first_that_fits(&self, site: &Site<'_, 'a>) -> Option<Pagination> {
        KINDS.iter().find_map(|by| self.paged(site, *by).ok())
    }
}

/// Responses that are no pages, as far as it is known.
fn without_pages(configured: Option<&Pages>) -> Result<Findings, Problem> {
    let none = configured.filter(|config| config.by == Some(By::None));
    let useless = none.and_then(|config| config.given_keys().next());
    useless.map_or_else(
        || Ok(Findings::default()),
        |key| Err(Problem::useless(key, By::None)),
    )
}

impl Site<'_, '_> {
    /// Whether anything is said, so that less has to be guessed.
    fn is_told(&self) -> bool {
        let config = &self.config;
        config.by.is_some()
            || config.parameter.is_some()
            || config.next.is_some()
            || config.next_header.is_some()
    }

    /// Whether the responses are lists: the list itself, or what is only there to hold it.
    fn is_list(&self) -> bool {
        self.response.list.is_some() && !self.response.is_thing
    }

    /// Whether the responses are single things that have a list, which aren't pages of it: their path ends
    /// with what names one of them.
    fn is_single(&self) -> bool {
        self.found.path.trim_end_matches('/').ends_with('}') && self.response.is_thing
    }
}
