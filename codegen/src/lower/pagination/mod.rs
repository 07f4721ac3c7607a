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
mod words;

use crate::config::{By, Pages};
use crate::model::{HttpMethod, Output, Pagination, Parameter, Type};

use super::Lowering;
use super::operations::Found;
use answer::Answer;
use problems::Problem;

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

impl<'a> Lowering<'a> {
    /// How the answers of an operation go on, where they are pages of a list.
    pub(super) fn pagination(
        &mut self,
        found: &Found<'a>,
        name: &str,
        parameters: &[Parameter],
        output: &Output,
    ) -> Option<Pagination> {
        let configured = found.config.and_then(|config| config.pages.as_ref());
        if let Some(config) = configured.filter(|config| config.by == Some(By::None)) {
            if let Some(key) = config.said().next() {
                self.report_pages(found, Problem::useless(key, By::None));
            }
            return None;
        }
        let Output::Json(page) = output else {
            if configured.is_some() {
                self.report_pages(found, Problem::no_json(name));
            }
            return None;
        };
        if configured.is_none() && found.http != HttpMethod::Get {
            return None;
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
            (None, _) if site.answer.list.is_none() => None,
            (None, _) => self.first_that_fits(&site),
            (Some(_), Some(by)) => self
                .paged(&site, by)
                .map_err(|problem| self.report_pages(found, problem))
                .ok(),
            (Some(_), None) => {
                let pagination = self.first_that_fits(&site);
                if pagination.is_none() {
                    let problem = self.nothing_fits(&site);
                    self.report_pages(found, problem);
                }
                pagination
            }
        }
    }

    fn first_that_fits(&self, site: &Site<'_, 'a>) -> Option<Pagination> {
        KINDS.iter().find_map(|by| self.paged(site, *by).ok())
    }
}
