//! From the text to the data.

use indexmap::IndexMap;
use toml::de::DeTable;

use super::attributes::Attribute;
use super::credentials::{self, CREDENTIAL};
use super::data::{
    Client, ClientParameter, Config, Docs, EnumValue, Field, Names, Operation, Package, Resource,
    Type,
};
use super::external::{External, formats};
use super::limits::limits;
use super::locate;
use super::manifest::manifest;
use super::pages::{self, Pages};
use super::parameters::parameters;
use super::rules;
use super::servers;
use super::table::{Reader, Section};
use super::waiters;
use super::warnings::warnings;
use crate::diagnostic::{Diagnostic, Origin};
use crate::model::{Form, NamedBy, Reading, Runtime};
use crate::nearest::nearest;
use crate::pointer::push;
use crate::source::Source;

const ROOT: [&str; 17] = [
    "only",
    "overlays",
    "limits",
    "package",
    "manifest",
    "client",
    "docs",
    "names",
    "servers",
    "credentials",
    "resources",
    "operations",
    "pages",
    "formats",
    "types",
    "warnings",
    "waiters",
];
const PACKAGE: [&str; 15] = [
    "name",
    "version",
    "description",
    "license",
    "authors",
    "repository",
    "homepage",
    "documentation",
    "keywords",
    "categories",
    "rust-version",
    "resource-features",
    "modules",
    "runtime",
    "form",
];
const CLIENT: [&str; 5] = [
    "api-key-env",
    "base-url",
    "base-url-env",
    "idempotency-header",
    "parameters",
];
const CLIENT_PARAMETER: [&str; 4] = ["default", "env", "name", "credential"];
const DOCS: [&str; 1] = ["first-call"];
const NAMES: [&str; 1] = ["by"];
const RESOURCE: [&str; 2] = ["name", "description"];
const OPERATION: [&str; 7] = [
    "name",
    "resource",
    "skip",
    "timeout",
    "max-retries",
    "parameters",
    "pages",
];
const TYPES: [&str; 4] = ["keep-unknown-fields", "keep-unused", "reading", "derive"];
const TYPE: [&str; 8] = [
    "name",
    "keep-unknown-fields",
    "type",
    "blank",
    "derive",
    "attributes",
    "fields",
    "values",
];
const FIELD: [&str; 5] = ["name", "required", "type", "blank", "skip"];
const VALUE: [&str; 1] = ["name"];

/// How many keywords and categories crates.io takes.
const MOST_WORDS: usize = 5;

impl Config {
    /// Reads a configuration, as the module describes it.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, each with its place, in the order of the text: what is
    /// no TOML; or else unknown keys, values of a wrong type or form, and missing keys.
    pub fn read(source: Source<'_>) -> Result<Self, Vec<Diagnostic>> {
        let (root, mistakes) = DeTable::parse_recoverable(source.text);
        if !mistakes.is_empty() {
            return Err(in_order(mistakes.iter().map(no_toml).collect()));
        }
        let mut reader = Reader::default();
        let config = config(&mut reader, root.get_ref());
        let mut problems = reader.problems;
        if problems.is_empty() {
            return Ok(config);
        }
        locate(source, &mut problems);
        Err(in_order(problems))
    }
}

fn in_order(mut problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    problems.sort_by_key(|problem| problem.span.as_ref().map(|span| span.start));
    problems
}

/// What the parser says, as a diagnostic.
fn no_toml(mistake: &toml::de::Error) -> Diagnostic {
    let message = mistake.message();
    let (found, wanted) = message.split_once(", expected ").unwrap_or((message, ""));
    let mut problem = Diagnostic::error(Origin::Config, "", format!("not valid TOML: {found}"));
    problem.span = Some(mistake.span().unwrap_or(0..0));
    if found == "duplicate key" {
        problem.label("first set here").help("remove one of them")
    } else if wanted.is_empty() {
        problem
    } else {
        problem.label(format!("expected {wanted}"))
    }
}

fn config(reader: &mut Reader, root: &DeTable<'_>) -> Config {
    let root = reader.root(root, &ROOT);
    let types = types(reader, &root);
    let client = client(reader, &root);
    Config {
        only: reader.texts(&root, "only", rules::TEXT),
        overlays: reader.texts(&root, "overlays", rules::FILE),
        limits: limits(reader, &root),
        package: package(reader, &root),
        manifest: manifest(reader, &root),
        docs: docs(reader, &root),
        names: names(reader, &root),
        servers: servers::servers(reader, &root, client.base_url.as_deref()),
        client,
        credentials: reader
            .entries(&root, "credentials", &CREDENTIAL)
            .into_iter()
            .map(|(scheme, section)| (scheme, credentials::credential(reader, &section)))
            .collect(),
        resources: reader
            .entries(&root, "resources", &RESOURCE)
            .into_iter()
            .map(|(tag, section)| (tag, resource(reader, &section)))
            .collect(),
        operations: reader
            .entries(&root, "operations", &OPERATION)
            .into_iter()
            .map(|(key, section)| {
                operation_key(reader, &root, &key);
                (key, operation(reader, &section))
            })
            .collect(),
        pages: reader
            .section(&root, "pages", &pages::KEYS)
            .map(|section| Pages::read(reader, &section)),
        formats: formats(reader, &root),
        keep_unknown_fields: types.keep_unknown_fields,
        keep_unused: types.keep_unused,
        derives: types.derives,
        reading: types.reading,
        types: types.entries,
        allowed_warnings: warnings(reader, &root),
        waiters: reader
            .sections(&root, "waiters", &waiters::KEYS)
            .iter()
            .map(|section| waiters::waiter(reader, section))
            .collect(),
    }
}

fn package(reader: &mut Reader, root: &Section<'_>) -> Package {
    let Some(section) = reader.section(root, "package", &PACKAGE) else {
        return Package::default();
    };
    let section = &section;
    Package {
        name: reader.required(
            section,
            "name",
            rules::CRATE_NAME,
            "add the name of the crate, as in `name = \"pet-store\"`",
        ),
        version: reader.required(
            section,
            "version",
            rules::VERSION,
            "add the version of the crate, as in `version = \"0.1.0\"`",
        ),
        description: reader.text(section, "description", rules::TEXT),
        license: reader
            .text(section, "license", rules::LICENSE)
            .unwrap_or_else(|| Package::LICENSE.to_owned()),
        authors: reader.texts(section, "authors", rules::LINE),
        repository: reader.text(section, "repository", rules::URL),
        homepage: reader.text(section, "homepage", rules::URL),
        documentation: reader.text(section, "documentation", rules::URL),
        keywords: short_list(reader, section, "keywords", rules::KEYWORD),
        categories: short_list(reader, section, "categories", rules::CATEGORY),
        rust_version: reader.text(section, "rust-version", rules::RUST_VERSION),
        resource_features: reader.choice(section, "resource-features"),
        modules: reader.texts(section, "modules", rules::MODULE),
        runtime: reader
            .one_of(section, "runtime", &Runtime::ALL.map(Runtime::as_str))
            .map(|index| Runtime::ALL[index]),
        form: reader
            .one_of(section, "form", &Form::ALL.map(Form::as_str))
            .map_or_else(Form::default, |index| Form::ALL[index]),
    }
}

fn names(reader: &mut Reader, root: &Section<'_>) -> Names {
    let Some(section) = reader.section(root, "names", &NAMES) else {
        return Names::default();
    };
    let by = reader.one_of(&section, "by", &NamedBy::ALL.map(NamedBy::as_str));
    Names {
        by: by.map(|index| NamedBy::ALL[index]),
    }
}

fn short_list(
    reader: &mut Reader,
    section: &Section<'_>,
    key: &str,
    rule: rules::Rule,
) -> Vec<String> {
    let words = reader.texts(section, key, rule);
    if words.len() > MOST_WORDS {
        let message = format!(
            "`{key}` has {} items, crates.io allows {MOST_WORDS}",
            words.len()
        );
        let problem = Diagnostic::error(Origin::Config, section.pointer_to(key), message);
        reader.report(problem.help(format!("keep the {MOST_WORDS} most relevant ones")));
    }
    words
}

fn client(reader: &mut Reader, root: &Section<'_>) -> Client {
    let Some(section) = reader.section(root, "client", &CLIENT) else {
        return Client::default();
    };
    Client {
        api_key_env: reader.text(&section, "api-key-env", rules::VARIABLE),
        base_url: reader.text(&section, "base-url", rules::URL),
        base_url_env: reader.text(&section, "base-url-env", rules::VARIABLE),
        idempotency_header: reader.text(&section, "idempotency-header", rules::HEADER),
        parameters: client_parameters(reader, &section),
    }
}

fn client_parameters(
    reader: &mut Reader,
    client: &Section<'_>,
) -> IndexMap<String, ClientParameter> {
    let entries = reader.texts_or_tables(client, "parameters", rules::LINE, &CLIENT_PARAMETER);
    let read = entries.into_iter().map(|(wire, entry)| {
        let parameter = match entry {
            Ok(default) => ClientParameter {
                default: Some(default),
                ..ClientParameter::default()
            },
            Err(section) => ClientParameter {
                default: reader.text(&section, "default", rules::LINE),
                env: reader.text(&section, "env", rules::VARIABLE),
                name: reader.text(&section, "name", rules::NAME),
                credential: reader.flag(&section, "credential"),
            },
        };
        if parameter.credential && parameter.default.is_some() {
            let at = push(&push("/client/parameters", &wire), "default");
            let problem = Diagnostic::error(
                Origin::Config,
                at,
                format!("`{wire}` is a credential, which has no default"),
            );
            reader.report(
                problem.help("remove `default`, and name an environment variable with `env`"),
            );
        }
        (wire, parameter)
    });
    read.collect()
}

fn docs(reader: &mut Reader, root: &Section<'_>) -> Docs {
    let Some(section) = reader.section(root, "docs", &DOCS) else {
        return Docs::default();
    };
    Docs {
        first_call: reader.text(&section, "first-call", rules::TEXT),
    }
}

fn resource(reader: &mut Reader, section: &Section<'_>) -> Resource {
    Resource {
        name: reader.text(section, "name", rules::NAMES),
        description: reader.text(section, "description", rules::TEXT),
    }
}

fn operation(reader: &mut Reader, section: &Section<'_>) -> Operation {
    let operation = Operation {
        name: reader.text(section, "name", rules::NAME),
        resource: reader.text(section, "resource", rules::NAMES),
        skip: reader.flag(section, "skip"),
        timeout: reader.seconds(section, "timeout"),
        max_retries: reader.count(section, "max-retries"),
        parameters: parameters(reader, section),
        pages: reader
            .section(section, "pages", &pages::KEYS)
            .map(|section| Pages::read(reader, &section)),
    };
    if operation.skip {
        reader.without_effect(section, &OPERATION, "skip", "there is no operation");
    }
    operation
}

/// What holds for all types, and what is said about single ones.
fn types(reader: &mut Reader, root: &Section<'_>) -> Types {
    let Some((settings, entries)) = reader.settings_and_entries(root, "types", &TYPES, &TYPE)
    else {
        return Types::default();
    };
    let reading = reader.one_of(&settings, "reading", &Reading::ALL.map(Reading::as_str));
    Types {
        keep_unknown_fields: reader.flag(&settings, "keep-unknown-fields"),
        keep_unused: reader.flag(&settings, "keep-unused"),
        derives: Attribute::read_all(reader, &settings, "derive", rules::DERIVE),
        reading: reading.map_or_else(Reading::default, |index| Reading::ALL[index]),
        entries: entries
            .into_iter()
            .map(|(key, section)| {
                type_key(reader, root, &key);
                (key, type_(reader, &section))
            })
            .collect(),
    }
}

/// The section `[types]`.
#[derive(Default)]
struct Types {
    keep_unknown_fields: bool,
    keep_unused: bool,
    derives: Vec<Attribute>,
    reading: Reading,
    entries: IndexMap<String, Type>,
}

fn type_(reader: &mut Reader, section: &Section<'_>) -> Type {
    Type {
        name: reader.text(section, "name", rules::NAME),
        keep_unknown_fields: reader.choice(section, "keep-unknown-fields"),
        external: External::read(reader, section),
        derives: Attribute::read_all(reader, section, "derive", rules::DERIVE),
        attributes: Attribute::read_all(reader, section, "attributes", rules::LINE),
        fields: reader
            .entries(section, "fields", &FIELD)
            .into_iter()
            .map(|(property, section)| (property, field(reader, &section)))
            .collect(),
        values: reader
            .entries(section, "values", &VALUE)
            .into_iter()
            .map(|(value, section)| {
                let name = reader.text(&section, "name", rules::NAME);
                (value, EnumValue { name })
            })
            .collect(),
    }
}

fn field(reader: &mut Reader, section: &Section<'_>) -> Field {
    let field = Field {
        name: reader.text(section, "name", rules::NAME),
        required: reader.choice(section, "required"),
        external: External::read(reader, section),
        skip: reader.flag(section, "skip"),
    };
    if field.skip {
        reader.without_effect(section, &FIELD, "skip", "there is no field");
    }
    field
}

/// Methods that an OpenAPI path item has fields for (OpenAPI 3.2, Path Item Object).
const METHODS: [&str; 9] = [
    "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "QUERY",
];

/// An operationId can be any text, so only what is nearly a method and a path is refused.
fn operation_key(reader: &mut Reader, root: &Section<'_>, key: &str) {
    let Some((method, path)) = key.split_once(' ') else {
        return;
    };
    if !path.trim_start().starts_with('/') {
        return;
    }
    let is_method = |method: &str| {
        let is_token = |it: u8| it.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&it);
        // One without a field is written as it is sent, and hardly ever in the letters of one that has a field.
        let is_other = !METHODS
            .iter()
            .any(|known| known.eq_ignore_ascii_case(method));
        METHODS.contains(&method) || is_other && method.bytes().all(is_token)
    };
    if is_method(method) && path.starts_with('/') {
        return;
    }
    let near = nearest(method, METHODS).unwrap_or("GET");
    let message = format!("`{key}` is not a method and a path");
    let pointer = push(&root.pointer_to("operations"), key);
    let help = format!("write `{near} {}`", path.trim_start());
    reader.report(
        Diagnostic::error(Origin::Config, pointer, message)
            .at_key()
            .help(help),
    );
}

/// A reference stands for the pointer in it, which is what the key has to be.
fn type_key(reader: &mut Reader, root: &Section<'_>, key: &str) {
    let Some(pointer) = key.strip_prefix('#') else {
        return;
    };
    let help = match pointer.strip_prefix("/components/schemas/") {
        Some(name) if !name.contains('/') => format!("write `{name}`"),
        _ => format!("write `{pointer}`"),
    };
    let message = format!("`{key}` is a reference, not a schema's name or JSON pointer");
    let pointer = push(&root.pointer_to("types"), key);
    reader.report(
        Diagnostic::error(Origin::Config, pointer, message)
            .at_key()
            .help(help),
    );
}
