//! A description in which everything is called like something of the runtime.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use codegen::names::reserved::PRIMITIVES;
use codegen::{Generated, Source};
use proc_macro2::{TokenStream, TokenTree};

use crate::runtime;

/// The folder of its crate.
pub const NAME: &str = "names-of-runtime";

/// What stands before a name where it is declared.
const DECLARES: [&str; 9] = [
    "const",
    "enum",
    "fn",
    "macro_rules",
    "mod",
    "static",
    "struct",
    "trait",
    "type",
];

/// Two crates would be needed for both ways to lay one out: this one has features for resources.
const SETTINGS: &str = "\
[package]
name = \"names-of-runtime\"
version = \"0.1.0\"

[types]
keep-unused = true
";

/// Every name that the runtime declares: of what it consists of, and of fields, arguments and features.
fn names() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (path, text) in runtime::files() {
        let tokens: TokenStream = text
            .parse()
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        collect(tokens, &mut names);
    }
    let manifest = std::fs::read_to_string(runtime::root().join("Cargo.toml"));
    let manifest: toml::Table = manifest.expect("a manifest").parse().expect("TOML");
    for table in ["features", "dependencies"] {
        names.extend(manifest[table].as_table().expect("a table").keys().cloned());
    }
    let of_the_language = ["std", "core", "alloc", "self", "Self", "crate", "super"];
    names.extend(of_the_language.map(str::to_owned));
    names.extend(PRIMITIVES.iter().map(|&name| name.to_owned()));
    assert!(names.len() > 500, "{}", names.len());
    names
}

fn collect(tokens: TokenStream, names: &mut BTreeSet<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => collect(group.stream(), names),
            TokenTree::Ident(name) => {
                let at = |offset: usize| tokens.get(index + offset).map(ToString::to_string);
                let before = index.checked_sub(1).map(|it| tokens[it].to_string());
                let is_declared = before.is_some_and(|it| DECLARES.contains(&it.as_str()));
                let is_macro = index > 1 && tokens[index - 2].to_string() == "macro_rules";
                let is_typed = at(1).as_deref() == Some(":") && at(2).as_deref() != Some(":");
                if is_declared || is_macro || is_typed {
                    names.insert(name.to_string());
                }
            }
            _ => {}
        }
    }
}

/// The crate.
pub fn generate() -> Generated {
    let names = names();
    let (spec, config) = (description(&names), configuration(&names));
    let (spec, config) = (
        Source {
            name: "names.yaml",
            text: &spec,
        },
        Source {
            name: "sdk.toml",
            text: &config,
        },
    );
    codegen::generate(spec, config).unwrap_or_else(|diagnostics| {
        let shown = diagnostics
            .iter()
            .take(5)
            .map(|it| codegen::render(it, spec, config, false));
        panic!("{}", shown.collect::<Vec<_>>().join("\n\n"))
    })
}

fn configuration(names: &BTreeSet<String>) -> String {
    let mut text = SETTINGS.to_owned();
    let mut waiter = |name: &str, operation: &str| {
        let _ = write!(
            text,
            "\n[[waiters]]\nname = {name:?}\noperation = {operation:?}\nfield = \"state\"\n\
             done = [\"run\"]\n"
        );
    };
    waiter("wait_with_all_parameters", "lookAtAll");
    let is_letter = |it: char| it.is_ascii_alphanumeric() || it == '_';
    for name in names.iter().filter(|it| it.chars().all(is_letter)) {
        if name.contains(char::is_alphanumeric) {
            waiter(name, "look");
        }
    }
    text
}

/// Tags, operations, schemas, fields, values, parameters, credentials and webhooks.
fn description(names: &BTreeSet<String>) -> String {
    let all = "{$ref: '#/components/schemas/AllFields'}";
    let responses_of = |schema: &str| {
        format!(
            "responses: {{'200': {{description: Fine, content: {{application/json: {{schema: \
             {schema}}}}}}}}}"
        )
    };
    let of_name = |name: &str| format!("{{$ref: '#/components/schemas/{name}'}}");
    let webhooks = each(names, |_, name| {
        let (schema, done) = (of_name(name), responses_of("{}"));
        format!(
            "  {name:?}: {{post: {{requestBody: {{content: {{application/json: {{schema: {schema}}}}}}}, \
             {done}}}}}\n"
        )
    });
    let resources = each(names, |index, name| {
        let (responses, lower) = (responses_of(&of_name(name)), name.to_lowercase());
        format!(
            "  '/one/{index}/{{{name}}}':\n    get: {{operationId: {name:?}, tags: [{name:?}], \
             parameters: [{{name: {name:?}, in: path, required: true, schema: {{type: string}}}}], \
             {responses}}}\n  \
             '/nested/{index}':\n    post: {{operationId: 'nested {name}', tags: ['all/{lower}'], \
             requestBody: {{content: {{application/json: {{schema: {all}}}}}}}, responses: {{'204': \
             {{description: Fine}}}}}}\n"
        )
    });
    let parameters = each(names, |index, name| {
        // Now and then one whose type is named where it is declared.
        let ty = match index % 50 {
            0 => "integer",
            1 => "object, additionalProperties: {type: boolean}",
            _ => "string",
        };
        format!("        - {{name: {name:?}, in: query, schema: {{type: {ty}}}}}\n")
    });
    let security = each(names, |_, name| format!("        - {name:?}: []\n"));
    let responses = responses_of(all);
    format!(
        "openapi: 3.1.0\ninfo: {{title: Names, version: '1'}}\n\
         servers: [{{url: 'https://names.example'}}]\npaths:\n{resources}  \
         /look: {{get: {{operationId: look, tags: [all], {responses}}}}}\n  \
         /form: {{post: {{operationId: form, tags: [all], requestBody: {{content: {{multipart/form-data: \
         {{schema: {all}}}}}}}, responses: {{'204': {{description: Fine}}}}}}}}\n  \
         /all:\n    get:\n      operationId: lookAtAll\n      tags: [all]\n      {responses}\n      \
         security:\n{security}      parameters:\n{parameters}{}webhooks:\n{webhooks}",
        components(names)
    )
}

fn components(names: &BTreeSet<String>) -> String {
    let credentials = each(names, |index, name| {
        format!("    {name:?}: {{type: apiKey, in: header, name: 'X-{index}'}}\n")
    });
    let schemas = each(names, |_, name| {
        format!("    {name:?}: {{type: object, properties: {{{name:?}: {{type: string}}}}}}\n")
    });
    let fields = each(names, |_, name| {
        format!("        {name:?}: {{type: string}}\n")
    });
    let values = each(names, |_, name| format!("        - {name:?}\n"));
    format!(
        "components:\n  securitySchemes:\n{credentials}  schemas:\n{schemas}    \
         AllFields:\n      type: object\n      properties:\n{fields}        \
         state: {{$ref: '#/components/schemas/AllValues'}}\n    \
         AllValues:\n      type: string\n      enum:\n{values}"
    )
}

fn each(names: &BTreeSet<String>, line: impl Fn(usize, &str) -> String) -> String {
    let lines = names.iter().enumerate();
    lines.map(|(index, name)| line(index, name)).collect()
}
