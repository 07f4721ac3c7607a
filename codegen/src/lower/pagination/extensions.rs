//! What extensions of an operation say about its pages.
//!
//! Each is read into the table that the configuration of an operation would have.

use serde_json::Value;

use crate::config::{By, Pages};
use crate::names::words;

use super::vocabulary::is_offset;
use super::{Paging, Site};

/// What an extension says.
pub(super) enum Extension {
    /// How pages follow each other.
    Pages(Box<Pages>),
    /// That there is one page.
    One,
    /// What can't be had, and what that is.
    Unknown(&'static str),
}

/// How an extension is read.
type Read = fn(&Value, &Site<'_, '_>) -> Option<Extension>;

/// The extensions that are known, each with its keys.
const KNOWN: [(&str, Read); 4] = [
    // `nextLinkName`, `itemName` (AutoRest)
    ("x-ms-pageable", pageable),
    // `type`, `inputs`, `outputs`
    ("x-speakeasy-pagination", inputs_and_outputs),
    // `cursor`, `next_cursor`, `offset`, `step`, `next_uri`, `has-next-page`, `results`
    ("x-fern-pagination", expressions),
    // `cursorParam`, `cursorPath`, `pageParam`, `pageStart`, `pageOffsetParam`, `resultsPath`
    ("x-pagination", parameters_and_paths),
];

/// Where a parameter isn't one of the query or a header.
const IN_BODY: Extension = Extension::Unknown("the page is requested by the request body");

/// Where a path of a field isn't a list of names.
const NO_FIELD: Extension = Extension::Unknown("an expression isn't a path of fields");

impl Paging<'_, '_> {
    /// The first extension that says something, and its name.
    pub(super) fn extension(&self, site: &Site<'_, '_>) -> Option<(&'static str, Extension)> {
        let extensions = &site.found.operation.extensions;
        KNOWN.iter().find_map(|(key, read)| {
            let value = extensions.get(*key)?;
            // What holds for the whole document is said at its top.
            let value = match value {
                Value::Bool(true) => self.schemas.document.value(&format!("/{key}"))?,
                value => value,
            };
            Some((*key, read(value, site)?))
        })
    }
}

fn pageable(value: &Value, _: &Site<'_, '_>) -> Option<Extension> {
    let next = value.get("nextLinkName")?;
    if next.is_null() {
        return Some(Extension::One);
    }
    Some(Extension::Pages(Box::new(Pages {
        by: Some(By::Url),
        next: Some(next.as_str()?.to_owned()),
        items: text(value, "itemName"),
        ..Pages::NOTHING
    })))
}

fn inputs_and_outputs(value: &Value, _: &Site<'_, '_>) -> Option<Extension> {
    let kind = value.get("type")?.as_str()?;
    let inputs = value.get("inputs").and_then(Value::as_array);
    let input = |wanted: &str| {
        let mut inputs = inputs.into_iter().flatten();
        inputs.find(|it| it.get("type").is_some_and(|kind| kind == wanted))
    };
    let output = |key: &str| value.get("outputs").and_then(|it| text(it, key));
    let (by, input) = match kind {
        "url" => (By::Url, None),
        "cursor" => (By::Token, Some(input("cursor")?)),
        "offsetLimit" => match input("page") {
            Some(page) => (By::Page, Some(page)),
            None => (By::Offset, Some(input("offset")?)),
        },
        _ => return None,
    };
    if input.is_some_and(|it| it.get("in").is_some_and(|place| place == "requestBody")) {
        return Some(IN_BODY);
    }
    let mut pages = Pages {
        by: Some(by),
        parameter: input.and_then(|it| text(it, "name")),
        ..Pages::NOTHING
    };
    if let Some(results) = output("results") {
        match fields(&results) {
            Some(items) => pages.items = Some(items),
            None => return Some(NO_FIELD),
        }
    }
    let next = output(if by == By::Url {
        "nextUrl"
    } else {
        "nextCursor"
    });
    match (by, next) {
        (By::Token | By::Url, Some(next)) => match (fields(&next), of_last_item(&next)) {
            (Some(next), _) => pages.next = Some(next),
            (None, Some(field)) if by == By::Token => {
                pages.by = Some(By::Item);
                pages.next = Some(field);
            }
            _ => return Some(NO_FIELD),
        },
        (By::Page, _) => pages.total = output("numPages").as_deref().and_then(fields),
        _ => {}
    }
    Some(Extension::Pages(Box::new(pages)))
}

fn expressions(value: &Value, _: &Site<'_, '_>) -> Option<Extension> {
    let read = |keys: &[&str], root: &str| {
        let found = keys.iter().find_map(|key| value.get(*key)?.as_str())?;
        let path = found.strip_prefix(root)?;
        path.strip_prefix('.').map(str::to_owned)
    };
    let response = |keys: &[&str]| read(keys, "$response");
    let parameter = ["cursor", "offset"]
        .iter()
        .find_map(|key| read(&[key], "$request"));
    if parameter.as_ref().is_some_and(|it| it.starts_with("body.")) {
        return Some(IN_BODY);
    }
    let by = if value.get("next_uri").is_some() || value.get("next_path").is_some() {
        By::Url
    } else if value.get("cursor").is_some() {
        By::Token
    } else if value.get("step").is_some() || parameter.as_deref().is_some_and(is_offset) {
        By::Offset
    } else {
        By::Page
    };
    if by != By::Url && parameter.is_none() {
        return None;
    }
    let more = response(&["has-next-page", "has_next_page"]);
    Some(Extension::Pages(Box::new(Pages {
        by: Some(by),
        parameter: parameter.filter(|_| by != By::Url),
        next: response(&["next_cursor", "next_uri", "next_path"]),
        items: response(&["results"]),
        more: more.filter(|_| by != By::Url),
        ..Pages::NOTHING
    })))
}

fn parameters_and_paths(value: &Value, _: &Site<'_, '_>) -> Option<Extension> {
    let read = |key: &str| text(value, key);
    let keys = [
        ("cursorParam", By::Token),
        ("pageParam", By::Page),
        ("pageOffsetParam", By::Offset),
    ];
    let (key, by) = keys
        .into_iter()
        .find(|(key, _)| value.get(*key).is_some())?;
    let parameter = read(key)?;
    if words(&parameter).first().is_some_and(|word| word == "body") && parameter.contains('.') {
        return Some(IN_BODY);
    }
    let next = read("cursorPath").filter(|_| by == By::Token);
    let is_of_item = next.as_deref().and_then(of_last_item);
    Some(Extension::Pages(Box::new(Pages {
        by: Some(if is_of_item.is_some() { By::Item } else { by }),
        parameter: Some(parameter),
        next: is_of_item.or(next),
        items: read("resultsPath"),
        first: value
            .get("pageStart")
            .and_then(Value::as_i64)
            .filter(|_| by != By::Token),
        ..Pages::NOTHING
    })))
}

fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key)?.as_str().map(str::to_owned)
}

/// The dotted path that a `JSONPath` of names only has: `$.data.items` (RFC 9535).
fn fields(path: &str) -> Option<String> {
    let rest = path.strip_prefix('$')?;
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    let is_plain = !rest.contains(['[', '(', '*', '@', '?']) && !rest.contains("..");
    is_plain.then(|| rest.to_owned())
}

/// The dotted path in an item of a `JSONPath` that begins with the last item of a list:
/// `$.data[-1].id`.
fn of_last_item(path: &str) -> Option<String> {
    let (_, field) = path.split_once("[-1].").or_else(|| {
        path.split_once("[-1:].")
            .or_else(|| path.split_once("[(@.length-1)]."))
    })?;
    let is_plain = !field.is_empty() && !field.contains(['[', '(', '*']);
    is_plain.then(|| field.to_owned())
}
