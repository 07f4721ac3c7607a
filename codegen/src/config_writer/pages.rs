//! `[pages]`, and `pages` of an operation: how its responses go on.

use std::fmt::Write as _;

use crate::config::{By, DOTTED, TEXT};
use crate::model::{Api, NextToken, Operation, PagesBy, Type};
use crate::names::Ident;

use super::text::string;

/// How few lists are no reason to say once what holds for them.
const FEW: usize = 3;

/// How most lists go on.
pub(super) struct Common {
    /// The keys of a table, without that of the items.
    entries: Option<Vec<String>>,
    /// Whether there are lists, of which none is known to have pages.
    is_suggested: bool,
}

impl Common {
    pub(super) fn of(api: &Api) -> Self {
        let operations: Vec<&Operation> = api.operations().map(|(_, it)| it).collect();
        let mut known: Vec<(Vec<String>, usize)> = Vec::new();
        let mut paged = 0;
        for operation in &operations {
            paged += usize::from(operation.pagination.is_some());
            let Some((entries, _)) = entries(api, operation) else {
                continue;
            };
            match known.iter_mut().find(|(it, _)| *it == entries) {
                Some((_, times)) => *times += 1,
                None => known.push((entries, 1)),
            }
        }
        let most = known.into_iter().max_by_key(|(_, times)| *times);
        let most = most.filter(|(_, times)| *times >= FEW && *times * 2 > paged);
        let lists = operations.iter().filter(|it| it.lists).count();
        Self {
            entries: most
                .map(|(entries, _)| entries)
                .filter(|it| !operations.iter().any(|operation| would_page(it, operation))),
            is_suggested: paged == 0 && lists >= FEW,
        }
    }

    /// The section; empty where there is nothing to say.
    pub(super) fn section(&self) -> String {
        let mut text = String::from(
            "# Pagination of all lists that have these parameters and fields, unless `pages` of the \
             operation says\n# otherwise; `by = \"none\"` disables pagination.\n",
        );
        match &self.entries {
            Some(entries) => {
                // Writing to a string can't fail.
                let _ = writeln!(text, "[pages]\n{}", entries.join("\n"));
            }
            None if self.is_suggested => text.push_str("# [pages]\n# by = \"link\"\n"),
            None => text.clear(),
        }
        text
    }

    /// How the responses of an operation go on, as an inline table; none where that is said once, where
    /// they are no pages, or where a name in them can't be written down.
    pub(super) fn table(&self, api: &Api, operation: &Operation) -> Option<String> {
        let (mut entries, items) = entries(api, operation)?;
        if operation.lists && self.entries.as_ref() == Some(&entries) {
            return None;
        }
        // Where it stands in the order of the keys.
        let flags = ["more = ", "done = "];
        let at = entries
            .iter()
            .position(|it| flags.iter().any(|key| it.starts_with(key)));
        entries.insert(at.unwrap_or(entries.len()), items);
        Some(format!("{{ {} }}", entries.join(", ")))
    }
}

/// Whether a list without pages would have some if this were said of all lists.
fn would_page(entries: &[String], operation: &Operation) -> bool {
    if !operation.lists || operation.pagination.is_some() {
        return false;
    }
    let mut parameters = entries.iter().filter(|it| it.starts_with("parameter = "));
    let Some(parameter) = parameters.next() else {
        return true;
    };
    let mut own = operation.parameters.iter();
    own.any(|it| *parameter == format!("parameter = {}", string(&it.wire)))
}

/// How the responses of an operation go on: the keys of a table, and that of the items.
fn entries(api: &Api, operation: &Operation) -> Option<(Vec<String>, String)> {
    let pagination = operation.pagination.as_ref()?;
    let page = operation.output.value_type()?;
    let mut entries = Vec::new();
    let mut say = |key: &str, value: String| entries.push(format!("{key} = {value}"));
    let way = |from: &Type, fields: &[Ident]| dotted(api, from, fields).map(|way| string(&way));
    let name = |name: &str| TEXT.broken_by(name).is_none().then(|| string(name));
    match &pagination.by {
        PagesBy::Token {
            parameter,
            place: _,
            next,
            switch,
        } => {
            say("by", string(By::Token.as_str()));
            say("parameter", name(parameter)?);
            match next {
                NextToken::Field(next) => say("next", way(page, next)?),
                NextToken::Header(header) => say("next-header", string(header)),
            }
            if let Some(switch) = switch {
                say("switch", name(switch)?);
            }
        }
        PagesBy::Item { parameter, next } => {
            say("by", string(By::Item.as_str()));
            say("parameter", name(parameter)?);
            say("next", way(&pagination.item, next)?);
        }
        PagesBy::Page {
            parameter,
            first,
            number,
            total,
        } => {
            say("by", string(By::Page.as_str()));
            say("parameter", name(parameter)?);
            // Where the page tells its own number, the first one needn't be known.
            if number.is_none() {
                say("first", first.to_string());
            }
            if let Some(total) = total {
                say("total-pages", way(page, total)?);
            }
        }
        PagesBy::Offset {
            parameter,
            first,
            number,
            total,
        } => {
            say("by", string(By::Offset.as_str()));
            say("parameter", name(parameter)?);
            if number.is_none() {
                say("first", first.to_string());
            }
            if let Some(total) = total {
                say("total-items", way(page, total)?);
            }
        }
        PagesBy::Link => say("by", string(By::Link.as_str())),
        PagesBy::Url { next } => {
            say("by", string(By::Url.as_str()));
            say("next", way(page, next)?);
        }
    }
    let items = match pagination.items.as_slice() {
        [] => string(""),
        items => way(page, items)?,
    };
    if let Some(more) = &pagination.more {
        let key = if more.ends { "done" } else { "more" };
        say(key, way(page, &more.field)?);
    }
    Some((entries, format!("items = {items}")))
}

/// The names on the wire that lead to a field, with dots between them.
pub(super) fn dotted(api: &Api, from: &Type, fields: &[Ident]) -> Option<String> {
    let found = api.fields(from, fields);
    let names: Vec<&str> = found.iter().map(|(field, _)| field.wire.as_str()).collect();
    let way = names.join(".");
    (names.len() == fields.len() && DOTTED.broken_by(&way).is_none()).then_some(way)
}
