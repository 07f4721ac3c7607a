//! The ways in which lists go on, each tried on what an operation has.
//!
//! What the configuration leaves open is guessed only where the document leaves no doubt: a wrong
//! guess would lose a part of the list, and nobody would notice.

use crate::config::By;
use crate::model::{PagesBy, Pagination, Parameter};
use crate::names::Ident;

use super::answer::{Leaf, List};
use super::problems::Problem;
use super::reach::{FLAG, NUMBER, TEXT, WHOLE};
use super::vocabulary::{
    AFTER, COUNTS_OF_PAGES, MORE, OFFSETS, PAGES, SIZES, TOTALS, has_one_of, is_next_token,
    is_next_url, is_one_of, is_token_parameter,
};
use super::{Paging, Site};

/// Fields that lead to a value.
type FieldPath = Vec<Ident>;

impl<'a> Paging<'_, 'a> {
    /// How the answers go on, where they do so in this way.
    pub(super) fn paged(&self, site: &Site<'_, 'a>, by: By) -> Result<Pagination, Problem> {
        let mut said = site.config.given_keys();
        if let Some(key) = said.find(|key| !by.keys().contains(key)) {
            return Err(Problem::useless(key, by));
        }
        let list = self.list(site)?;
        let (by, more) = match by {
            By::Token => self.by_token(site)?,
            By::Item => self.by_item(site, &list)?,
            By::Page => (self.by_page(site)?, self.more(site)?),
            By::Offset => (self.by_offset(site)?, self.more(site)?),
            By::Link if site.config.by.is_some() || self.documents_links(site.found) => {
                (PagesBy::Link, None)
            }
            By::Link | By::None => return Err(site.no_link()),
            By::Url => (self.by_url(site)?, None),
        };
        Ok(Pagination {
            by,
            items: list.path.fields,
            item: list.item,
            more,
        })
    }

    fn by_token(&self, site: &Site<'_, 'a>) -> Result<(PagesBy, Option<FieldPath>), Problem> {
        let parameters = site.candidates()?;
        let given = site.config.next.as_ref();
        let given = given.map(|way| self.mark(site.page, way));
        let given = given.transpose()?;
        let more = self.more(site)?;
        let is_named = site.config.parameter.is_some();
        let leaves = match &given {
            Some(leaf) => std::slice::from_ref(leaf),
            None => &site.answer.leaves,
        };
        let pairs = leaves
            .iter()
            .flat_map(|leaf| parameters.iter().map(move |it| (leaf, *it)));
        let mut fitting = pairs.filter_map(|(leaf, parameter)| {
            let fit = if is_named && given.is_some() {
                Fit::Whole
            } else {
                self.fit(leaf, parameter, is_named)?
            };
            let is_told = is_named || given.is_some() || site.config.by.is_some();
            if !is_told && self.has_numbers(site, parameter) {
                return None;
            }
            let has_more = more.is_some() || site.config.by.is_some();
            (fit == Fit::Whole || has_more).then_some((leaf, parameter, fit))
        });
        let Some((leaf, parameter, fit)) = fitting.next() else {
            return Err(match given {
                Some(_) => site.parameter_unknown(),
                None => self.next_unknown(site, site.page),
            });
        };
        let by = PagesBy::Token {
            parameter: parameter.wire.clone(),
            next: leaf.path.fields.clone(),
        };
        let is_needed = fit == Fit::WithMore || site.config.more.is_some();
        Ok((by, more.filter(|_| is_needed)))
    }

    /// Whether a field holds what a parameter takes for the next page.
    fn fit(&self, leaf: &Leaf, parameter: &Parameter, is_named: bool) -> Option<Fit> {
        let (field, name) = (leaf.path.last(), &parameter.wire);
        let is_cursor = field == name && is_one_of(name, &["cursor"]) && !leaf.sure;
        let is_after = is_one_of(name, &AFTER);
        // Only a number that can be null surely tells the end of the list.
        let alike = (TEXT.has(&leaf.ty) && self.takes(parameter, TEXT))
            || (WHOLE.has(&leaf.ty)
                && self.takes(parameter, WHOLE)
                && (leaf.nullable || is_cursor));
        if !alike || (parameter.required && !is_named) {
            None
        } else if is_cursor || is_next_token(&leaf.path.wire, name) {
            Some(Fit::Whole)
        } else if is_after && is_one_of(field, &["last id"]) {
            Some(Fit::WithMore)
        } else {
            let is_next = is_one_of(field, &["next"]) && !leaf.sure && !leaf.holds_url;
            (is_after && is_next).then_some(Fit::WithMore)
        }
    }

    fn by_item(
        &self,
        site: &Site<'_, 'a>,
        list: &List,
    ) -> Result<(PagesBy, Option<FieldPath>), Problem> {
        let is_named = site.config.parameter.is_some();
        let is_told = site.config.by.is_some() || site.config.next.is_some();
        // What is next may be somewhere else than in the item.
        let mut leaves = site.answer.leaves.iter();
        if !is_told && leaves.any(|it| has_one_of(it.path.last(), &["next"])) {
            return Err(self.next_unknown(site, site.page));
        }
        let id = match &site.config.next {
            Some(way) => self.mark(&list.item, way)?,
            None => self
                .mark(&list.item, "id")
                .map_err(|_| self.next_unknown(site, &list.item))?,
        };
        let class = if TEXT.has(&id.ty) { TEXT } else { WHOLE };
        let parameter = site.candidates()?.into_iter().find(|parameter| {
            is_named || (is_one_of(&parameter.wire, &AFTER) && self.takes(parameter, class))
        });
        let Some(parameter) = parameter else {
            return Err(site.parameter_unknown());
        };
        let more = self.more(site)?;
        if !is_told && (more.is_none() || self.has_numbers(site, parameter)) {
            return Err(self.more_unknown(site));
        }
        let by = PagesBy::Item {
            parameter: parameter.wire.clone(),
            next: id.path.fields,
        };
        Ok((by, more))
    }

    fn by_page(&self, site: &Site<'_, 'a>) -> Result<PagesBy, Problem> {
        let parameter = self.counting(site, &PAGES)?;
        let is_told = site.config.by.is_some();
        let documented = || self.documented_first(site.found, parameter);
        let first = site.config.first.or_else(documented);
        let answer = &site.answer;
        let number = match first {
            Some(_) => None,
            None => answer.find(WHOLE, |path| is_one_of(path.last(), &PAGES)),
        };
        // As many lists begin with page 0 as with page 1.
        if first.is_none() && number.is_none() && !is_told {
            return Err(site.first_unknown(&parameter.wire));
        }
        let first = first.unwrap_or(1);
        // From 0 on, the number of the last page is not how many there are.
        let names: &[&str] = if first == 0 {
            &COUNTS_OF_PAGES
        } else {
            &TOTALS
        };
        let total = match &site.config.total {
            Some(way) => Some(self.named(site, "total-pages", way, WHOLE)?),
            None => answer.find(WHOLE, |path| is_one_of(path.last(), names)),
        };
        Ok(PagesBy::Page {
            parameter: parameter.wire.clone(),
            first,
            number,
            total,
        })
    }

    fn by_offset(&self, site: &Site<'_, 'a>) -> Result<PagesBy, Problem> {
        let parameter = self.counting(site, &OFFSETS)?;
        // Without a size beside it, an offset may be one of something else than items.
        let mut sizes = site.parameters.iter();
        let has_size = sizes.any(|it| has_one_of(&it.wire, &SIZES) && self.takes(it, NUMBER));
        if site.config.by.is_none() && !has_size {
            return Err(site.parameter_unknown());
        }
        let documented = || self.documented_first(site.found, parameter);
        Ok(PagesBy::Offset {
            parameter: parameter.wire.clone(),
            first: site.config.first.or_else(documented).unwrap_or(0),
        })
    }

    /// The parameter that pages or items are counted by.
    fn counting<'s>(&self, site: &Site<'s, 'a>, names: &[&str]) -> Result<&'s Parameter, Problem> {
        let is_named = site.config.parameter.is_some();
        let is_told = is_named || site.config.by.is_some();
        let mut parameters = site.parameters.iter();
        let other = parameters.any(|it| {
            let takes_tokens = self.takes(it, TEXT) || self.takes(it, WHOLE);
            takes_tokens && is_token_parameter(&it.wire) && !is_outdated(it)
        });
        site.candidates()?
            .into_iter()
            .find(|parameter| is_named || self.counts(parameter, names, is_told))
            .filter(|_| is_told || !other)
            .ok_or_else(|| site.parameter_unknown())
    }

    fn counts(&self, parameter: &Parameter, names: &[&str], is_told: bool) -> bool {
        is_one_of(&parameter.wire, names)
            && self.takes(parameter, NUMBER)
            && (is_told || !is_outdated(parameter))
    }

    /// Whether pages can be asked for by numbers beside this parameter. Then there may be no tokens
    /// until somebody asks for them.
    fn has_numbers(&self, site: &Site<'_, 'a>, beside: &Parameter) -> bool {
        let mut others = site.parameters.iter().filter(|it| it.wire != beside.wire);
        others.any(|it| self.counts(it, &PAGES, false) || self.counts(it, &OFFSETS, false))
    }

    fn by_url(&self, site: &Site<'_, 'a>) -> Result<PagesBy, Problem> {
        if let Some(way) = &site.config.next {
            let next = self.named(site, "next", way, TEXT)?;
            return Ok(PagesBy::Url { next });
        }
        let mut leaves = site.answer.leaves.iter();
        let next = leaves
            .find(|leaf| TEXT.has(&leaf.ty) && is_next_url(&leaf.path.wire, leaf.holds_url))
            .ok_or_else(|| self.next_unknown(site, site.page))?;
        Ok(PagesBy::Url {
            next: next.path.fields.clone(),
        })
    }

    /// Where a page says whether there are more.
    fn more(&self, site: &Site<'_, 'a>) -> Result<Option<FieldPath>, Problem> {
        match &site.config.more {
            Some(way) => self.named(site, "more", way, FLAG).map(Some),
            None => Ok(site.answer.find(FLAG, |path| is_one_of(path.last(), &MORE))),
        }
    }
}

/// How a field and a parameter belong together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    /// The field tells the end of the list, too.
    Whole,
    /// Another field has to tell the end.
    WithMore,
}

/// Whether a parameter is no longer to be used.
fn is_outdated(parameter: &Parameter) -> bool {
    let docs = &parameter.docs;
    docs.deprecated || docs.text.to_lowercase().contains("deprecated")
}
