//! `pages` of an operation: how its answers go on.

use crate::config::{By, DOTTED, TEXT};
use crate::model::{Api, NextToken, Operation, Output, PagesBy, Type};
use crate::names::Ident;

use super::text::string;

/// How the answers of an operation go on, as an inline table; none where they are no pages, or where
/// a name in them can't be written down.
pub(super) fn table(api: &Api, operation: &Operation) -> Option<String> {
    let pagination = operation.pagination.as_ref()?;
    let Output::Json(page) = &operation.output else {
        return None;
    };
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
    say("items", items);
    if let Some(more) = &pagination.more {
        let key = if more.ends { "done" } else { "more" };
        say(key, way(page, &more.field)?);
    }
    Some(format!("{{ {} }}", entries.join(", ")))
}

/// The names on the wire that lead to a field, with dots between them.
pub(super) fn dotted(api: &Api, from: &Type, fields: &[Ident]) -> Option<String> {
    let found = api.fields(from, fields);
    let names: Vec<&str> = found.iter().map(|(field, _)| field.wire.as_str()).collect();
    let way = names.join(".");
    (names.len() == fields.len() && DOTTED.broken_by(&way).is_none()).then_some(way)
}
