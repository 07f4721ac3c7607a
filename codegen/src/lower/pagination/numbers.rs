//! Lists that go on by numbers: of pages, or of the items before a page.

use crate::config::By;
use crate::model::{PagesBy, Parameter, ParameterLocation};

use super::problems::Problem;
use super::reach::{NUMBER, TEXT, WHOLE};
use super::response::Leaf;
use super::vocabulary::{
    COUNTS_OF_PAGES, PAGES, SIZES, TOTALS, has_one_of, is_offset, is_one_of, is_same,
    is_token_parameter, is_total, may_be_start,
};
use super::{Paging, Site};

impl<'a> Paging<'_, 'a> {
    pub(super) fn by_page(&self, site: &Site<'_, 'a>) -> Result<PagesBy, Problem> {
        let parameter = self.counting(site, |it, _| is_one_of(&it.wire, &PAGES))?;
        let is_told = site.config.by.is_some();
        let documented = || self.documented_first(site.found, parameter);
        let first = site.config.first.or_else(documented);
        let response = &site.response;
        let number = match first {
            Some(_) => None,
            None => response.find(WHOLE, |leaf| is_one_of(leaf.path.last(), &PAGES)),
        };
        // As many lists begin with page 0 as with page 1.
        if first.is_none() && number.is_none() && !is_told {
            return Err(site.first_unknown(&parameter.wire, By::Page));
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
            None => response.find(WHOLE, |leaf| is_one_of(leaf.path.last(), names)),
        };
        Ok(PagesBy::Page {
            parameter: parameter.wire.clone(),
            first,
            number,
            total,
        })
    }

    pub(super) fn by_offset(&self, site: &Site<'_, 'a>) -> Result<PagesBy, Problem> {
        let parameter = self.counting(site, |it, is_told| self.is_offset_of(site, it, is_told))?;
        // Without a size beside it, an offset may be one of something else than items.
        let mut sizes = site
            .parameters
            .iter()
            .filter(|it| it.wire != parameter.wire);
        let has_size = sizes.any(|it| has_one_of(&it.wire, &SIZES) && self.takes(it, NUMBER));
        if site.config.by.is_none() && !has_size {
            return Err(site.parameter_unknown());
        }
        let documented = || self.documented_first(site.found, parameter);
        let mut first = site.config.first.or_else(documented);
        if first.is_none() && is_of_scim(site, parameter) {
            first = Some(1);
        }
        // Of what counts from 0 nothing else is said.
        let is_plain = is_offset(&parameter.wire)
            || site.config.by.is_some()
            || self.has_pair(site, parameter)
            || parameter.docs.text.to_lowercase().contains("offset");
        let number = match first {
            None if !is_offset(&parameter.wire) => {
                echo(site, parameter).map(|leaf| leaf.path.fields.clone())
            }
            _ => None,
        };
        if first.is_none() && number.is_none() && !is_plain {
            return Err(site.first_unknown(&parameter.wire, By::Offset));
        }
        let total = match &site.config.total_items {
            Some(way) => Some(self.named(site, "total-items", way, WHOLE)?),
            None => site
                .response
                .find(WHOLE, |leaf| is_total(leaf.path.last(), &leaf.docs)),
        };
        Ok(PagesBy::Offset {
            parameter: parameter.wire.clone(),
            first: first.unwrap_or(0),
            number,
            total,
        })
    }

    /// The parameter that pages or items are counted by.
    fn counting<'s>(
        &self,
        site: &Site<'s, 'a>,
        counts: impl Fn(&Parameter, bool) -> bool,
    ) -> Result<&'s Parameter, Problem> {
        let is_named = site.config.parameter.is_some();
        let is_told = is_named || site.config.by.is_some();
        if !is_told && site.is_single() {
            return Err(site.parameter_unknown());
        }
        let is_usable = |it: &Parameter| {
            counts(it, is_told) && self.takes(it, NUMBER) && (is_told || !is_outdated(it))
        };
        let parameter = site
            .candidates()?
            .into_iter()
            .find(|parameter| is_named || is_usable(parameter));
        let Some(parameter) = parameter else {
            return Err(site.parameter_unknown());
        };
        let mut others = site.parameters.iter();
        let other = others.any(|it| self.goes_before(it, parameter));
        if other && !is_told {
            return Err(site.parameter_unknown());
        }
        Ok(parameter)
    }

    /// Whether a parameter takes tokens, so that numbers may not lead through the whole list. Where the
    /// document says of it what becomes of the number then, both do.
    fn goes_before(&self, it: &Parameter, number: &Parameter) -> bool {
        let takes_tokens = self.takes(it, TEXT) || self.takes(it, WHOLE);
        let docs = it.docs.text.to_lowercase();
        it.wire != number.wire
            && it.place == ParameterLocation::Query
            && takes_tokens
            && is_token_parameter(&it.wire)
            && !is_outdated(it)
            && !docs.contains(&number.wire.to_lowercase())
    }

    /// Whether a parameter is the number of items before a page, or that of its first item.
    fn is_offset_of(&self, site: &Site<'_, 'a>, parameter: &Parameter, is_told: bool) -> bool {
        if is_offset(&parameter.wire) {
            return true;
        }
        if !may_be_start(&parameter.wire) || !self.takes(parameter, WHOLE) {
            return false;
        }
        let is_counted = || {
            let total = |leaf: &Leaf| is_total(leaf.path.last(), &leaf.docs);
            has_one_of(&parameter.wire, &["index", "at"])
                && site.response.find(WHOLE, total).is_some()
        };
        is_told
            || echo(site, parameter).is_some()
            || speaks_of_offset(parameter)
            || self.has_pair(site, parameter)
            || is_counted()
    }

    /// Whether a parameter means the first item because of one that means how many.
    fn has_pair(&self, site: &Site<'_, 'a>, parameter: &Parameter) -> bool {
        PAIRS.iter().any(|(start, size)| {
            let mut others = site.parameters.iter();
            is_one_of(&parameter.wire, &[start])
                && others.any(|it| is_one_of(&it.wire, size) && self.takes(it, WHOLE))
        })
    }

    /// A parameter by which pages can be asked for by numbers, beside this one. Then there may be no
    /// tokens until somebody asks for them.
    pub(super) fn numbered<'s>(
        &self,
        site: &Site<'s, 'a>,
        beside: &Parameter,
    ) -> Option<&'s Parameter> {
        let mut others = site.parameters.iter().filter(|it| it.wire != beside.wire);
        others.find(|it| {
            let counts = is_one_of(&it.wire, &PAGES) || self.is_offset_of(site, it, false);
            it.place == ParameterLocation::Query
                && counts
                && self.takes(it, NUMBER)
                && !is_outdated(it)
        })
    }
}

/// Names that mean the first item and how many only where they stand together.
const PAIRS: [(&str, &[&str]); 3] = [
    ("first", &["max", "max results"]),
    ("from", &["size"]),
    ("start", &["rows"]),
];

/// Whether the document says of a parameter that it counts items.
fn speaks_of_offset(parameter: &Parameter) -> bool {
    let docs = parameter.docs.text.to_lowercase();
    [
        "offset",
        "0-based",
        "zero-based",
        "1-based",
        "one-based",
        "index of the first",
        "first result",
        "start index",
        "results to skip",
        "items to skip",
    ]
    .iter()
    .any(|words| docs.contains(words))
}

/// The field in which a page has the number that it was asked for by.
fn echo<'s>(site: &'s Site<'_, '_>, parameter: &Parameter) -> Option<&'s Leaf> {
    let mut leaves = site.response.leaves.iter();
    leaves.find(|leaf| WHOLE.has(&leaf.ty) && is_same(leaf.path.last(), &parameter.wire))
}

/// Whether lists are those of SCIM, whose first item has the number 1 (RFC 7644, section 3.4.2.4).
fn is_of_scim(site: &Site<'_, '_>, parameter: &Parameter) -> bool {
    let has = |name: &str| {
        let mut leaves = site.response.leaves.iter();
        leaves.any(|leaf| is_one_of(leaf.path.last(), &[name]))
    };
    is_one_of(&parameter.wire, &["start index"]) && has("items per page") && has("total results")
}

/// Whether a parameter is no longer to be used.
fn is_outdated(parameter: &Parameter) -> bool {
    let docs = &parameter.docs;
    docs.deprecated || docs.text.to_lowercase().contains("deprecated")
}
