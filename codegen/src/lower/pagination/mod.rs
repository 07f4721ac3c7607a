//! Lists that come in pages: recognised by their shape, or as the configuration says.
//!
//! An answer is looked through once ([`answer`]); each way in which lists go on is then tried on
//! what was found ([`kinds`]). What the configuration says takes the place of a guess, and where it
//! says that there are pages, what can't be guessed is an error.

mod answer;
mod first;
mod kinds;
mod problems;
mod reach;
mod vocabulary;

use crate::config::{By, Pages};
use crate::model::{HttpMethod, Output, Pagination, Parameter, Type};

use super::operations::Found;
use super::schemas::Schemas;
use super::type_table::TypeTable;
use answer::Answer;
use problems::Problem;

pub(super) use problems::diagnostic;

/// Ways in which lists go on, the one first that leaves least to be guessed.
const KINDS: [By; 6] = [By::Link, By::Url, By::Token, By::Item, By::Page, By::Offset];

/// All that can tell how the answers of an operation go on.
struct Site<'s, 'a> {
    found: &'s Found<'a>,
    /// What the operation is called in messages.
    name: &'s str,
    parameters: &'s [Parameter],
    /// The answer's type, and what is in it.
    page: &'s Type,
    answer: Answer,
    /// What the configuration says.
    config: &'s Pages,
}

/// What it takes to find out how answers go on: the document, and the types of the answers.
pub(super) struct Paging<'l, 'a> {
    pub(super) schemas: &'l Schemas<'a>,
    pub(super) types: &'l TypeTable,
}

impl<'a> Paging<'_, 'a> {
    /// How the answers of an operation go on, where they are pages of a list.
    ///
    /// # Errors
    ///
    /// What is wrong with the table `pages` of the configuration, to be reported with [`diagnostic`].
    pub(super) fn find(
        &self,
        found: &Found<'a>,
        name: &str,
        parameters: &[Parameter],
        output: &Output,
    ) -> Result<Option<Pagination>, Problem> {
        let configured = found.config.and_then(|config| config.pages.as_ref());
        if let Some(config) = configured.filter(|config| config.by == Some(By::None)) {
            let useless = config.given_keys().next();
            let useless = useless.map(|key| Problem::useless(key, By::None));
            return useless.map_or(Ok(None), Err);
        }
        let Output::Json(page) = output else {
            let no_json = configured.map(|_| Problem::no_json(name));
            return no_json.map_or(Ok(None), Err);
        };
        if configured.is_none() && found.http != HttpMethod::Get {
            return Ok(None);
        }
        let site = Site {
            found,
            name,
            parameters,
            page,
            answer: self.answer(page),
            config: configured.unwrap_or(&Pages::NOTHING),
        };
        match (configured, site.config.by) {
            (None, _) if site.answer.list.is_none() => Ok(None),
            (None, _) => Ok(self.first_that_fits(&site)),
            (Some(_), Some(by)) => self.paged(&site, by).map(Some),
            (Some(_), None) => match self.first_that_fits(&site) {
                Some(pagination) => Ok(Some(pagination)),
                None => Err(self.nothing_fits(&site)),
            },
        }
    }

    fn first_that_fits(&self, site: &Site<'_, 'a>) -> Option<Pagination> {
        KINDS.iter().find_map(|by| self.paged(site, *by).ok())
    }
}
