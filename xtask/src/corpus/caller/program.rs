//! The code of a program that calls operations.

use std::fmt::Write as _;

use codegen::{
    Survey, TypedBody, TypedContent, TypedOperation, TypedOutput, TypedParameter, TypedPart,
    TypedStatuses,
};

use super::{CASES, Case};
use clientsmith::internal::failure::Failure;

/// The part of the program that every crate gets.
const SUPPORT: &str = include_str!("support.rs");

/// The files of the program that makes these calls.
pub(in crate::corpus) fn files(
    package: &str,
    survey: &Survey,
    cases: &[Case],
) -> Result<Vec<(String, String)>, Failure> {
    let text = serde_json::to_string_pretty(cases)
        .map_err(|error| Failure::work(format!("the requests can't be written: {error}")))?;
    let bin = format!("src/bin/{package}");
    Ok(vec![
        (CASES.to_owned(), text),
        (format!("{bin}/main.rs"), main(package, survey)),
        (format!("{bin}/support.rs"), SUPPORT.to_owned()),
    ])
}

fn main(package: &str, survey: &Survey) -> String {
    let library = package.replace('-', "_");
    let mut text = format!(
        "//! Calls the operations of a crate.\n\n\
         #![allow(warnings)]\n\n\
         mod support;\nmod api {{\n    pub use ::{library}::*;\n}}\n\n\
         use std::collections::BTreeMap;\n\n\
         use ::{library}::*;\n\n\
         fn credentials(builder: ClientBuilder) -> ClientBuilder {{\n    builder"
    );
    for credential in &survey.credentials {
        let values = if credential.is_pair {
            "\"user\", \"password\""
        } else {
            "\"key\""
        };
        let _ = write!(text, ".{}({values})", credential.setter);
    }
    text.push_str("\n}\n\n");
    for (index, operation) in survey.operations.iter().enumerate() {
        call(&mut text, &library, index, operation);
    }
    text.push_str("const CALLS: &[support::Call] = &[\n");
    for index in 0..survey.operations.len() {
        let _ = writeln!(text, "    call_{index},");
    }
    text.push_str("];\n\nfn main() {\n    support::main(credentials, CALLS);\n}\n");
    text
}

/// The function that makes the call of an operation.
fn call(text: &mut String, library: &str, index: usize, operation: &TypedOperation) {
    let mut arguments: Vec<String> = operation.arguments.iter().map(value).collect();
    let body = operation.body.as_ref();
    arguments.extend(
        body.filter(|body| body.setter.is_none())
            .map(|body| content(library, body)),
    );
    let _ = write!(
        text,
        "fn call_{index}<'a>(client: &'a Client, case: &'a support::Case) -> support::Calling<'a> {{\n    \
         ::std::boxed::Box::pin(async move {{\n        \
         let request = client.{}({});\n",
        operation.call,
        arguments.join(", ")
    );
    for option in &operation.options {
        let (rust, key) = (&option.rust, key(option));
        set(
            text,
            "request",
            &option.name,
            &format!("case.option::<{rust}>({key})?"),
        );
    }
    if let Some(body) = body
        && let Some(setter) = &body.setter
    {
        let _ = writeln!(
            text,
            "        let request = if case.option::<::serde_json::Value>(\"body:\")?.is_some() {{ \
             request.{setter}({}) }} else {{ request }};",
            content(library, body)
        );
    }
    if operation.is_stream {
        text.push_str("        case.event(request.into_events().next().await)\n");
    } else {
        let encode = encode(library, &operation.output);
        let failures = failures(operation);
        let _ = writeln!(
            text,
            "        case.response(request.send_with_response().await, |body| {encode}, \
             |status, error| {failures})"
        );
    }
    text.push_str("    })\n}\n\n");
}

/// The statement that sets what may be left out.
fn set(text: &mut String, on: &str, setter: &str, option: &str) {
    let _ = writeln!(
        text,
        "        let {on} = match {option} {{ ::std::option::Option::Some(value) => {on}.{setter}(value), \
         ::std::option::Option::None => {on} }};"
    );
}

/// The name of a parameter among the values of a call, as a literal.
fn key(parameter: &TypedParameter) -> String {
    format!("{:?}", format!("{}:{}", parameter.place, parameter.wire))
}

fn value(parameter: &TypedParameter) -> String {
    format!("case.value::<{}>({})?", parameter.rust, key(parameter))
}

/// The expression of a body.
fn content(library: &str, body: &TypedBody) -> String {
    match &body.content {
        TypedContent::Value(rust) => format!("case.value::<{rust}>(\"body:\")?"),
        TypedContent::Text => "case.value::<::std::string::String>(\"body:\")?".to_owned(),
        TypedContent::Bytes => "case.file(\"body:\")?".to_owned(),
        TypedContent::Form { rust, parts } => {
            let required = parts.iter().filter(|part| part.required);
            let required: Vec<String> = required.map(part).collect();
            let mut text = format!(
                "{{\n        let form = ::{library}::{rust}::new({});\n",
                required.join(", ")
            );
            for part in parts.iter().filter(|part| !part.required) {
                set(&mut text, "form", &part.name, &optional_part(part));
            }
            text.push_str("        form }");
            text
        }
    }
}

fn part(part: &TypedPart) -> String {
    let key = format!("{:?}", format!("part:{}", part.wire));
    match &part.rust {
        Some(rust) => format!("case.value::<{rust}>({key})?"),
        None if part.several => format!("[case.file({key})?]"),
        None => format!("case.file({key})?"),
    }
}

fn optional_part(part: &TypedPart) -> String {
    let key = format!("{:?}", format!("part:{}", part.wire));
    match &part.rust {
        Some(rust) => format!("case.option::<{rust}>({key})?"),
        None if part.several => format!("case.file_option({key})?.map(|file| [file])"),
        None => format!("case.file_option({key})?"),
    }
}

/// The expression that makes text of what a call gives.
fn encode(library: &str, output: &TypedOutput) -> String {
    match output {
        TypedOutput::Nothing => "support::bytes(b\"\")".to_owned(),
        TypedOutput::Json | TypedOutput::Text => "support::json(body)".to_owned(),
        TypedOutput::Bytes => "support::bytes(body)".to_owned(),
        TypedOutput::Redirection => "{ let _ = body; support::bytes(b\"\") }".to_owned(),
        TypedOutput::Several { rust, variants } => {
            let mut text = "match body {".to_owned();
            for (variant, held) in variants {
                let path = format!("::{library}::{rust}::{variant}");
                let _ = match held {
                    TypedOutput::Nothing => write!(text, " {path} => support::bytes(b\"\"),"),
                    held => write!(text, " {path}(body) => {},", encode(library, held)),
                };
            }
            text.push_str(" _ => ::std::result::Result::Err(\"an unknown variant\".to_owned()) }");
            text
        }
    }
}

/// The expression that reads the documented body of a failure.
fn failures(operation: &TypedOperation) -> String {
    let rank = |statuses: TypedStatuses| match statuses {
        TypedStatuses::One(_) => 0,
        TypedStatuses::Range(_) => 1,
        TypedStatuses::Default => 2,
    };
    let mut failures: Vec<&(TypedStatuses, String)> = operation.failures.iter().collect();
    failures.sort_by_key(|(statuses, _)| rank(*statuses));
    let mut text = "match status {".to_owned();
    for (statuses, rust) in failures {
        let pattern = match statuses {
            TypedStatuses::One(status) => status.to_string(),
            TypedStatuses::Range(first) => format!("{}..={}", first * 100, first * 100 + 99),
            TypedStatuses::Default => "400..=599".to_owned(),
        };
        let _ = write!(text, " {pattern} => support::failure::<{rust}>(error),");
    }
    text.push_str(" _ => ::std::option::Option::None }");
    text
}
