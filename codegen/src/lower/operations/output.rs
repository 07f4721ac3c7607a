//! The output of an operation: one type, or an enum of what its responses may hold.

use indexmap::IndexSet;

use crate::model::{Docs, Output, OutputCase, ResponseContent, Statuses, Type};
use crate::names::{Scope, pascal_case};

use super::media::essence;
use super::redirects::is_redirect;
use super::responses::{Alternative, Case};

/// One kind of content, JSON or nothing, or an enum of several.
pub(super) fn output(cases: Vec<Case>, request: &str, items: &mut Scope) -> Output {
    let alternatives = cases.iter().flat_map(|case| &case.alternatives);
    let contents: IndexSet<&ResponseContent> = alternatives.map(|it| &it.content).collect();
    let contents: Vec<&ResponseContent> = contents.into_iter().collect();
    let empty = cases.iter().any(|case| case.alternatives.is_empty());
    match contents.as_slice() {
        [] => Output::None,
        [ResponseContent::Json(only)] if empty => Output::Maybe(only.clone()),
        [ResponseContent::Json(only)] => Output::Json(only.clone()),
        [ResponseContent::Xml(only, root)] if !empty => Output::Xml(only.clone(), *root),
        // No content is no bytes and an empty text.
        [ResponseContent::Text] => Output::Text,
        [ResponseContent::Bytes] => Output::Bytes,
        [ResponseContent::String(only)] if !empty || *only == Type::String => {
            Output::String(only.clone())
        }
        [ResponseContent::Redirection] if !empty => Output::Redirection,
        _ => several(cases, request, items),
    }
}

fn several(cases: Vec<Case>, request: &str, items: &mut Scope) -> Output {
    let name = items.name(&[&format!("{request}Output")], "Output");
    let mut scope = Scope::new(&[]);
    let is_only = cases.len() == 1;
    let has_success = cases.iter().any(|case| !is_redirect(case.statuses));
    let mut made: Vec<OutputCase> = Vec::new();
    for case in cases {
        let status = match case.statuses {
            Statuses::One(status) => status_word(status),
            Statuses::Range(3) => "Redirection".to_owned(),
            _ => "Other".to_owned(),
        };
        if case.alternatives.len() < 2 {
            made.push(OutputCase {
                name: scope.name(&[&status], "Other"),
                statuses: case.statuses,
                content: case.alternatives.into_iter().next().map(|it| it.content),
                media_types: Vec::new(),
                docs: case.docs,
            });
            continue;
        }
        let status = if is_only { "" } else { &status };
        for alternative in case.alternatives {
            let (word, subtype) = variant_names(&alternative);
            let wanted = [format!("{status}{word}"), format!("{status}{subtype}")];
            made.push(OutputCase {
                name: scope.name(&[&wanted[0], &wanted[1]], "Other"),
                statuses: case.statuses,
                content: Some(alternative.content),
                docs: docs(&case.docs, &alternative.media_types),
                media_types: alternative.media_types,
            });
        }
    }
    if !has_success {
        // Servers do other things than they say, and a success is no error.
        made.push(OutputCase {
            name: scope.name(&["Other"], "Other"),
            statuses: Statuses::Default,
            content: None,
            media_types: Vec::new(),
            docs: Docs::text("A successful response that is not documented.".to_owned()),
        });
    }
    Output::Several { name, cases: made }
}

/// What is said about a response, with the media types that it comes as.
fn docs(described: &Docs, media_types: &[String]) -> Docs {
    let names: Vec<String> = media_types.iter().map(|it| format!("`{it}`")).collect();
    let mut docs = described.clone();
    docs.text = format!("{}\n\nSent as {}.", docs.text.trim(), names.join(", "));
    docs
}

/// The name of a kind of content, and one by its media type.
fn variant_names(alternative: &Alternative) -> (&'static str, String) {
    let word = match alternative.content {
        ResponseContent::Json(_) => "Json",
        ResponseContent::Xml(..) => "Xml",
        ResponseContent::String(_) | ResponseContent::Text => "Text",
        ResponseContent::Bytes => "Binary",
        ResponseContent::Redirection => "Redirection",
    };
    let first = alternative.media_types.first();
    let essence = first.map(|it| essence(it)).unwrap_or_default();
    let subtype = essence.split('/').next_back().unwrap_or_default();
    (word, pascal_case(subtype))
}

/// The name of a status (RFC 9110 sections 15.3 and 15.4).
fn status_word(status: u16) -> String {
    match status {
        200 => "Ok".to_owned(),
        201 => "Created".to_owned(),
        202 => "Accepted".to_owned(),
        203 => "NonAuthoritative".to_owned(),
        204 => "NoContent".to_owned(),
        205 => "ResetContent".to_owned(),
        206 => "PartialContent".to_owned(),
        207 => "MultiStatus".to_owned(),
        300 => "MultipleChoices".to_owned(),
        301 => "MovedPermanently".to_owned(),
        302 => "Found".to_owned(),
        303 => "SeeOther".to_owned(),
        304 => "NotModified".to_owned(),
        307 => "TemporaryRedirect".to_owned(),
        308 => "PermanentRedirect".to_owned(),
        other => format!("Status{other}"),
    }
}
