//! Lists that go on by a token: in the page, in a header of its response, or in its last item.
//!
//! A parameter and a field belong together by what they say of one another: by their names, by where the
//! field is, and by what the document says about them.

use crate::model::{MorePages, NextToken, PagesBy, Parameter, ParameterLocation, TokenPlace};

use super::problems::Problem;
use super::reach::{FLAG, TEXT, WHOLE};
use super::response::{Leaf, List};
use super::vocabulary::{
    AFTER, has_one_of, is_behind, is_next_token, is_one_of, is_same, is_token, is_token_parameter,
};
use super::{Paging, Site};

/// A token and the parameter that takes it.
struct Pair<'p> {
    parameter: &'p Parameter,
    place: TokenPlace,
    next: NextToken,
    fit: Fit,
    /// What the document says about both.
    docs: String,
}

/// How a field and a parameter belong together.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// The field tells the end of the list, too.
    Whole,
    /// Another field has to tell the end.
    WithMore,
}

impl<'a> Paging<'_, 'a> {
    pub(super) fn by_token(
        &self,
        site: &Site<'_, 'a>,
    ) -> Result<(PagesBy, Option<MorePages>), Problem> {
        let more = self.more(site)?;
        let is_told = site.is_told();
        let has_more = more.is_some() || site.config.by.is_some();
        let mut pairs = self.pairs(site)?;
        pairs.retain(|pair| pair.fit == Fit::Whole || has_more);
        let mut refused = None;
        for pair in pairs {
            let switch = match (&site.config.switch, is_told) {
                (Some(name), _) => Some(self.flag_parameter(site, name)?),
                (None, true) => None,
                (None, false) => match self.switch(site, &pair) {
                    Ok(switch) => switch,
                    Err(problem) => {
                        refused = refused.or(Some(problem));
                        continue;
                    }
                },
            };
            let is_needed = pair.fit == Fit::WithMore
                || site.config.more.is_some()
                || site.config.done.is_some();
            let by = PagesBy::Token {
                parameter: pair.parameter.wire.clone(),
                place: pair.place,
                next: pair.next,
                switch,
            };
            return Ok((by, more.filter(|_| is_needed)));
        }
        let is_next_known = site.config.next.is_some() || site.config.next_header.is_some();
        Err(match refused {
            Some(problem) => problem,
            None if is_next_known => site.parameter_unknown(),
            None => self.next_unknown(site, site.page),
        })
    }

    /// All tokens, each with a parameter that it fits.
    fn pairs<'s>(&self, site: &Site<'s, 'a>) -> Result<Vec<Pair<'s>>, Problem> {
        let parameters = self.token_parameters(site)?;
        let is_named = site.config.parameter.is_some();
        let mut pairs = Vec::new();
        if let Some(header) = &site.config.next_header {
            let parameters = parameters.into_iter();
            let fitting = parameters.filter(|(it, _)| is_named || is_token_parameter(&it.wire));
            pairs.extend(fitting.map(|parameter| Pair::of_header(header, parameter, "")));
            return Ok(pairs);
        }
        let given = site.config.next.as_ref();
        let given = given.map(|way| self.mark(site.page, way)).transpose()?;
        let leaves = match &given {
            Some(leaf) => std::slice::from_ref(leaf),
            None => &site.response.leaves,
        };
        for leaf in leaves {
            for parameter in &parameters {
                let fit = if is_named && given.is_some() {
                    Some(Fit::Whole)
                } else {
                    self.fit(leaf, parameter.0, is_named)
                };
                pairs.extend(fit.map(|fit| Pair::of_field(leaf, *parameter, fit)));
            }
        }
        if given.is_none() && (!site.response.is_thing || site.is_told()) {
            for (header, docs) in self.response_headers(site.found) {
                let fitting = parameters
                    .iter()
                    .filter(|(it, _)| is_of_header(&header, it));
                pairs.extend(fitting.map(|it| Pair::of_header(&header, *it, &docs)));
            }
        }
        Ok(pairs)
    }

    /// Whether a field holds what a parameter takes for the next page.
    fn fit(&self, leaf: &Leaf, parameter: &Parameter, is_named: bool) -> Option<Fit> {
        let (field, name) = (leaf.path.last(), &parameter.wire);
        let is_equal = is_same(field, name);
        let is_cursor = is_equal && is_one_of(name, &["cursor"]) && !leaf.sure;
        let is_after = is_one_of(name, &AFTER);
        // Only a number that can be null surely tells the end of the list.
        let alike = (TEXT.has(&leaf.ty) && self.takes(parameter, TEXT))
            || (WHOLE.has(&leaf.ty)
                && self.takes(parameter, WHOLE)
                && (leaf.nullable || is_cursor));
        if !alike || (parameter.required && !is_named) || leaf.path.wire.is_empty() {
            return None;
        }
        if is_cursor || is_next_token(&leaf.path.wire, name) || are_linked(leaf, parameter) {
            return Some(Fit::Whole);
        }
        if is_after && is_one_of(field, &["last id"]) && !is_equal {
            return Some(Fit::WithMore);
        }
        let is_inside = leaf.path.wire.len() > 1;
        let is_echo = is_equal
            && (is_token(name) || (is_after && (is_inside || speaks_of_pages(leaf, parameter))));
        let is_behind = is_behind(field) && is_token_parameter(name) && is_inside;
        let is_next = is_one_of(field, &["next"]) && !leaf.sure && !leaf.holds_url;
        let speaks = is_next && !is_after && is_token(name) && speaks_of_tokens(leaf);
        if speaks || ((is_echo || is_behind) && !leaf.sure) {
            Some(Fit::Whole)
        } else {
            (is_echo || is_behind || (is_after && is_next)).then_some(Fit::WithMore)
        }
    }

    /// What has to be set for pages to have tokens, where they can also be asked for by numbers.
    ///
    /// # Errors
    ///
    /// What the document says of numbers, where tokens come only once somebody asks for them.
    fn switch(&self, site: &Site<'_, 'a>, pair: &Pair<'_>) -> Result<Option<String>, Problem> {
        let beside = &pair.parameter.wire;
        let Some(number) = self.numbered(site, pair.parameter) else {
            return Ok(None);
        };
        let flags = site.parameters.iter().filter(|it| {
            it.place == ParameterLocation::Query && self.takes(it, FLAG) && !it.required
        });
        let squeezed = |name: &str| name.replace(['_', '-'], "").to_lowercase();
        let wanted = squeezed(beside);
        let mut named = flags.filter(|it| {
            let own = squeezed(&it.wire);
            own.contains(&wanted) && own.len() <= wanted.len() + "enable".len()
        });
        if let Some(flag) = named.next() {
            return Ok(Some(flag.wire.clone()));
        }
        if pair.fit == Fit::WithMore || pair.docs.contains(&number.wire.to_lowercase()) {
            return Err(site.parameter_unknown());
        }
        Ok(None)
    }

    /// The boolean query parameter of this name.
    fn flag_parameter(&self, site: &Site<'_, 'a>, name: &str) -> Result<String, Problem> {
        let mut flags = site
            .parameters
            .iter()
            .filter(|it| it.place == ParameterLocation::Query);
        let flag = flags.find(|it| it.wire == name && self.takes(it, FLAG));
        flag.map(|it| it.wire.clone())
            .ok_or_else(|| site.no_switch(name))
    }

    pub(super) fn by_item(
        &self,
        site: &Site<'_, 'a>,
        list: &List,
    ) -> Result<(PagesBy, Option<MorePages>), Problem> {
        let is_named = site.config.parameter.is_some();
        let is_told = site.config.by.is_some() || site.config.next.is_some();
        // What is next may be somewhere else than in the item.
        let mut leaves = site.response.leaves.iter();
        let is_next = |it: &Leaf| {
            (TEXT.has(&it.ty) || WHOLE.has(&it.ty)) && has_one_of(it.path.last(), &["next"])
        };
        if !is_told && (site.is_single() || leaves.any(is_next)) {
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
        if !is_told && (more.is_none() || self.numbered(site, parameter).is_some()) {
            return Err(self.more_unknown(site));
        }
        let by = PagesBy::Item {
            parameter: parameter.wire.clone(),
            next: id.path.fields,
        };
        Ok((by, more))
    }
}

impl<'p> Pair<'p> {
    fn of_field(leaf: &Leaf, (parameter, place): (&'p Parameter, TokenPlace), fit: Fit) -> Self {
        Self {
            parameter,
            place,
            next: NextToken::Field(leaf.path.fields.clone()),
            fit,
            docs: format!("{} {}", leaf.docs, parameter.docs.text.to_lowercase()),
        }
    }

    fn of_header(
        header: &str,
        (parameter, place): (&'p Parameter, TokenPlace),
        docs: &str,
    ) -> Self {
        Self {
            parameter,
            place,
            next: NextToken::Header(header.to_owned()),
            fit: Fit::Whole,
            docs: format!("{docs} {}", parameter.docs.text.to_lowercase()),
        }
    }
}

/// Whether a response header holds what a parameter takes for the next page: `X-Next-Token`, or the same
/// name for both.
fn is_of_header(header: &str, parameter: &Parameter) -> bool {
    // What is before `next` says whose header it is.
    let next = header.to_ascii_lowercase().find("next");
    let own = next.and_then(|at| header.get(at..)).unwrap_or(header);
    let plain = |name: &str| {
        let name = name.to_ascii_lowercase();
        name.strip_prefix("x-").unwrap_or(&name).to_owned()
    };
    !parameter.required
        && (is_next_token(&[own.to_owned()], &parameter.wire)
            || (is_token(header) && is_same(&plain(header), &plain(&parameter.wire))))
}

/// Whether the document says of a field that the parameter takes it, or of the parameter that it takes
/// the field.
fn are_linked(leaf: &Leaf, parameter: &Parameter) -> bool {
    let (field, name) = (leaf.path.last(), parameter.wire.as_str());
    let docs = parameter.docs.text.to_lowercase();
    let is_named = |text: &str, name: &str| {
        let name = name.to_lowercase();
        let quoted = ["`", "'", "\"", "**"].map(|sign| format!("{sign}{name}{sign}"));
        quoted.iter().any(|name| text.contains(name))
    };
    let goes_on = |text: &str| {
        [
            "next page",
            "next set",
            "previous response",
            "last request",
            "previous call",
        ]
        .iter()
        .any(|words| text.contains(words))
    };
    // Whether there is more is known better than by a token alone where that is what `next` holds.
    let is_about_next = !is_same(field, name) && !is_one_of(field, &["next"]) && !leaf.holds_url;
    is_about_next
        && ((is_named(&leaf.docs, name) && goes_on(&leaf.docs))
            || (is_named(&docs, field) && goes_on(&docs)))
}

/// Whether the document speaks of pages at a field or a parameter.
fn speaks_of_pages(leaf: &Leaf, parameter: &Parameter) -> bool {
    let docs = format!("{} {}", leaf.docs, parameter.docs.text.to_lowercase());
    ["next page", "next set", "pagina", "cursor", "page token"]
        .iter()
        .any(|words| docs.contains(words))
}

/// Whether the document calls a field a token, and no URL.
fn speaks_of_tokens(leaf: &Leaf) -> bool {
    let has = |known: &[&str]| known.iter().any(|word| leaf.docs.contains(word));
    has(&["cursor", "token"]) && !has(&["url", "uri", "link"])
}
