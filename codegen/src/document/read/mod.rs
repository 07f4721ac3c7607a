//! Text to a JSON value, by one visitor for JSON and YAML.

mod foreign;
mod nesting;
mod relaxed;
mod visitor;

pub(crate) use nesting::DEEPEST;

use std::collections::BTreeSet;
use std::ops::Range;

use serde::de::{Deserialize, DeserializeSeed, IgnoredAny};
use serde_json::Value;
use serde_yaml::Deserializer;

use super::locate::{Places, second_document};
use super::text::{self, Format};
use crate::diagnostic::Related;
use crate::diagnostic::{Diagnostic, Origin, WarningCode};
use crate::source::Source;

use visitor::{Node, Reading};

/// Reads a text as one mapping.
///
/// Keys are text whatever YAML makes of them (`200:` is `"200"`), aliases are replaced by what they stand for, and merge
/// keys (`<<`) are applied. Of duplicate keys the last one counts, as in most parsers; every one is reported.
pub(crate) fn read(source: Source<'_>) -> Result<(Value, Vec<Diagnostic>), Vec<Diagnostic>> {
    read_with(source, &DESCRIPTION)
}

/// Reads an overlay as [`read`] does a description; diagnostics are about `origin`.
pub(crate) fn read_overlay(
    source: Source<'_>,
    origin: Origin,
) -> Result<(Value, Vec<Diagnostic>), Vec<Diagnostic>> {
    read_about(source, &OVERLAY, origin)
}

fn read_about(
    source: Source<'_>,
    wanted: &Wanted,
    origin: Origin,
) -> Result<(Value, Vec<Diagnostic>), Vec<Diagnostic>> {
    let about = |mut diagnostics: Vec<Diagnostic>| {
        for diagnostic in &mut diagnostics {
            diagnostic.origin = origin;
            for related in &mut diagnostic.related {
                related.origin = origin;
            }
        }
        diagnostics
    };
    match read_with(source, wanted) {
        Ok((value, duplicates)) => Ok((value, about(duplicates))),
        Err(errors) => Err(about(errors)),
    }
}

/// Reads a file that a description refers to as [`read`] does a description; diagnostics are about `origin`.
pub(crate) fn read_file(
    source: Source<'_>,
    origin: Origin,
) -> Result<(Value, Vec<Diagnostic>), Vec<Diagnostic>> {
    read_about(source, &FILE, origin)
}

/// What a text is to be, in messages.
struct Wanted {
    what: &'static str,
    short: &'static str,
    first_line: &'static str,
}

const DESCRIPTION: Wanted = Wanted {
    what: "an OpenAPI description",
    short: "description",
    first_line: "openapi: 3.1.0",
};

const OVERLAY: Wanted = Wanted {
    what: "an overlay",
    short: "overlay",
    first_line: "overlay: 1.1.0",
};

const FILE: Wanted = Wanted {
    what: "a file of an OpenAPI description",
    short: "file",
    first_line: "type: object",
};

fn read_with(
    source: Source<'_>,
    wanted: &Wanted,
) -> Result<(Value, Vec<Diagnostic>), Vec<Diagnostic>> {
    let (body, shift) = text::without_mark(source.text);
    if body.trim().is_empty() {
        return Err(vec![empty(wanted)]);
    }
    let format = text::format(source);
    let mut reading = Reading::new(format, body.len());
    let parsed = match (foreign::by_start(body), format) {
        (Some(foreign), _) => Err(Box::new(foreign)),
        (None, Format::Json) => json(body, &mut reading),
        (None, Format::Yaml) => yaml(body, &reading, wanted),
    };
    let value = parsed.map_err(|mut diagnostic| {
        if let Some(named) = foreign::by_mistake(body, &diagnostic, format == Format::Json) {
            *diagnostic = named;
        }
        if let Some(span) = &mut diagnostic.span {
            *span = span.start + shift..span.end + shift;
        }
        vec![*diagnostic]
    })?;
    match value {
        Value::Object(_) => {
            let duplicates = reading.into_duplicates();
            Ok((value, duplicate_keys(source, &duplicates)))
        }
        Value::Null => Err(vec![empty(wanted)]),
        other => Err(vec![not_a_mapping(&other, wanted)]),
    }
}

/// Reads JSON, and what people write for it where it is none: comments, trailing commas, JSON5.
fn json(body: &str, reading: &mut Reading) -> Result<Value, Box<Diagnostic>> {
    let error = match strict_json(body, reading) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    let strict = relaxed::strict(body);
    *reading = Reading::new(Format::Json, body.len());
    strict.read(body, reading).map_err(|mistake| {
        // What is no mistake in JSON5 isn't the one to be fixed.
        let is_further = |span: &Range<usize>| span.start <= mistake.span.start;
        if error.span.as_ref().is_some_and(is_further) {
            Box::new(broken_json(&mistake.reason, mistake.span))
        } else {
            error
        }
    })
}

fn strict_json(body: &str, reading: &Reading) -> Result<Value, Box<Diagnostic>> {
    let mut deserializer = serde_json::Deserializer::from_str(body);
    let value = Node::root(reading).deserialize(&mut deserializer);
    let value = value.and_then(|value| deserializer.end().map(|()| value));
    value.map_err(|error| {
        let place = format!(" at line {} column {}", error.line(), error.column());
        let reason = error.to_string().replace(&place, "");
        let span = text::at(body, error.line(), error.column(), Format::Json);
        Box::new(broken_json(&reason, span))
    })
}

fn broken_json(reason: &str, span: Range<usize>) -> Diagnostic {
    if reason == TOO_DEEP {
        return nested_too_deeply(span);
    }
    let mut diagnostic = broken("JSON", reason);
    diagnostic.span = Some(span);
    diagnostic
}

fn yaml(body: &str, reading: &Reading, wanted: &Wanted) -> Result<Value, Box<Diagnostic>> {
    if let Some(start) = nesting::too_deep(body) {
        return Err(Box::new(nested_too_deeply(start..start + 1)));
    }
    let broken_at = |error: &serde_yaml::Error| Box::new(yaml_error(body, error));
    let mut documents = Deserializer::from_str(body);
    let Some(first) = documents.next() else {
        return Err(Box::new(empty(wanted)));
    };
    let root = Node::root(reading).deserialize(first);
    let root = root.map_err(|error| broken_at(&error))?;
    for document in documents {
        // A separator with nothing behind it is no second document.
        let rest = Option::<IgnoredAny>::deserialize(document);
        if rest.map_err(|error| broken_at(&error))?.is_some() {
            return Err(Box::new(several_documents(body, wanted)));
        }
    }
    Ok(root)
}

fn yaml_error(body: &str, error: &serde_yaml::Error) -> Diagnostic {
    let reason = error.to_string();
    let Some(location) = error.location() else {
        return broken("YAML", &reason);
    };
    let place = format!(" at line {} column {}", location.line(), location.column());
    let reason = reason.replacen(&place, "", 1);
    let span = text::at(body, location.line(), location.column(), Format::Yaml);
    if reason == TOO_DEEP {
        return nested_too_deeply(span);
    }
    let mut diagnostic = broken("YAML", &reason);
    if body[span.clone()].starts_with('\t') {
        diagnostic = diagnostic.help("indent with spaces: YAML allows no tabs in indentation");
    }
    diagnostic.span = Some(span);
    diagnostic
}

/// What both parsers say at their limit.
const TOO_DEEP: &str = "recursion limit exceeded";

fn nested_too_deeply(span: Range<usize>) -> Diagnostic {
    let deepest = DEEPEST;
    let message = format!("arrays and objects are nested more than {deepest} levels deep");
    let mut diagnostic = Diagnostic::error(Origin::Spec, "", message)
        .label("nested too deeply here")
        .help("close open brackets, or move inner schemas to `components`");
    diagnostic.span = Some(span);
    diagnostic
}

fn broken(format: &str, reason: &str) -> Diagnostic {
    Diagnostic::error(Origin::Spec, "", format!("this isn't valid {format}")).label(reason)
}

fn empty(wanted: &Wanted) -> Diagnostic {
    let Wanted {
        what, first_line, ..
    } = wanted;
    Diagnostic::error(Origin::Spec, "", "the document is empty")
        .label(format!("expected {what}"))
        .help(format!("{what} starts with a line such as `{first_line}`"))
}

fn not_a_mapping(value: &Value, wanted: &Wanted) -> Diagnostic {
    let found = super::check::described(value);
    Diagnostic::error(Origin::Spec, "", format!("{} is an object", wanted.what))
        .label(format!("expected an object, found {found}"))
}

fn several_documents(body: &str, wanted: &Wanted) -> Diagnostic {
    let mut diagnostic = Diagnostic::error(
        Origin::Spec,
        "",
        "the file contains more than one YAML document",
    )
    .label("the second document starts here")
    .help(format!("keep one {} per file", wanted.short));
    diagnostic.span = second_document(body).map(|start| text::first_line(body, start..start + 3));
    diagnostic
}

/// One warning for each key that is there again, at the later one.
fn duplicate_keys(source: Source<'_>, pointers: &[String]) -> Vec<Diagnostic> {
    if pointers.is_empty() {
        return Vec::new();
    }
    let places = Places::find(source, pointers.iter().map(String::as_str));
    let mut seen = BTreeSet::new();
    let mut diagnostics = Vec::new();
    for pointer in pointers {
        if !seen.insert(pointer) {
            continue;
        }
        let key = crate::pointer::split_last(pointer).map(|(_, key)| key.into_owned());
        let duplicate = || {
            let message = format!("duplicate key `{}`", key.clone().unwrap_or_default());
            Diagnostic::warning(WarningCode::DuplicateKey, Origin::Spec, pointer, message)
                .at_key()
                .label("this value is used, the earlier one is ignored")
                .help("rename or remove one of them")
        };
        let Some((first, rest)) = places.keys(pointer).split_first() else {
            diagnostics.push(duplicate());
            continue;
        };
        for again in rest {
            let mut diagnostic = duplicate();
            diagnostic.span = Some(again.clone());
            diagnostic.related.push(Related {
                origin: Origin::Spec,
                pointer: pointer.clone(),
                at_key: true,
                label: "first defined here".to_owned(),
                span: Some(first.clone()),
            });
            diagnostics.push(diagnostic);
        }
    }
    diagnostics
}

#[cfg(test)]
mod tests;
