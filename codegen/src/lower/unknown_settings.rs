//! What the configuration names and the document doesn't have, with what is probably meant.

use openapiv3::ReferenceOr;
use serde_json::Value;

use crate::config;
use crate::diagnostic::{Diagnostic, Origin};
use crate::nearest::nearest;
use crate::pointer::push;

use super::Lowering;

/// A setting without effect.
struct Unknown {
    /// Its place in the configuration.
    pointer: String,
    message: String,
    /// The name that is probably meant.
    meant: Option<String>,
}

impl Unknown {
    fn new(pointer: String, message: String) -> Self {
        Self {
            pointer,
            message,
            meant: None,
        }
    }

    /// Suggests the nearest of some names.
    fn like<'n>(mut self, name: &str, names: impl IntoIterator<Item = &'n str>) -> Self {
        self.meant = nearest(name, names).map(str::to_owned);
        self
    }
}

impl Lowering<'_> {
    /// Reports what the configuration names and the document doesn't have.
    pub(super) fn unknown_config_names(&mut self) {
        let config = self.config;
        let mut unknown = Vec::new();
        unknown.extend(self.unknown_tags());
        unknown.extend(self.unknown_credentials());
        unknown.extend(self.unknown_operations());
        for format in config.formats.keys() {
            if !self.used_configuration.formats.contains(format) {
                let message = format!("no schema with a compatible type has the format `{format}`");
                unknown.push(Unknown::new(push("/formats", format), message));
            }
        }
        for (key, configured) in &config.types {
            unknown.extend(self.unknown_of_type(key, configured));
        }
        for it in unknown {
            let help = match it.meant {
                Some(name) => {
                    format!("did you mean `{name}`? otherwise remove the entry: it has no effect")
                }
                None => "correct the name, or remove the entry: it has no effect".to_owned(),
            };
            self.report(
                Diagnostic::error(Origin::Config, it.pointer, it.message)
                    .at_key()
                    .help(help),
            );
        }
    }

    fn unknown_tags(&self) -> Vec<Unknown> {
        let used = &self.used_configuration.tags;
        let declared = self.document.api.tags.iter().map(|it| it.name.as_str());
        let known: Vec<&str> = declared.chain(used.iter().map(String::as_str)).collect();
        let tags = self.config.resources.keys();
        let unknown = tags.filter(|tag| !known.contains(&tag.as_str()));
        let unknown = unknown.map(|tag| {
            let message = format!("no operation has the tag `{tag}`");
            Unknown::new(push("/resources", tag), message).like(tag, known.iter().copied())
        });
        unknown.collect()
    }

    fn unknown_credentials(&self) -> Vec<Unknown> {
        let used = &self.used_configuration.credentials;
        let keys = self.config.credentials.keys();
        let unknown = keys.filter(|key| !used.contains(*key));
        let unknown = unknown.map(|key| {
            let message = format!("no operation uses the security scheme `{key}`");
            Unknown::new(push("/credentials", key), message)
                .like(key, used.iter().map(String::as_str))
        });
        unknown.collect()
    }

    fn unknown_operations(&self) -> Vec<Unknown> {
        let used = &self.used_configuration.operations;
        let keys = self.config.operations.keys();
        let unknown: Vec<&String> = keys.filter(|key| !used.contains(*key)).collect();
        if unknown.is_empty() {
            return Vec::new();
        }
        let names = self.names_of_operations();
        let unknown = unknown.into_iter().map(|key| {
            let message = format!("unknown operation `{key}`");
            Unknown::new(push("/operations", key), message)
                .like(key, names.iter().map(String::as_str))
        });
        unknown.collect()
    }

    /// The operationIds of all operations, and their methods and paths.
    fn names_of_operations(&self) -> Vec<String> {
        let mut names = Vec::new();
        for (path, item) in &self.document.api.paths.paths {
            let ReferenceOr::Item(item) = item else {
                continue;
            };
            for (method, operation) in item.iter() {
                names.extend(operation.operation_id.clone());
                names.push(format!("{} {path}", method.to_ascii_uppercase()));
            }
        }
        names
    }

    /// What an entry of the configuration says about a schema to no effect.
    fn unknown_of_type(&self, key: &str, configured: &config::Type) -> Vec<Unknown> {
        let at = push("/types", key);
        let pointer = if key.starts_with('/') {
            key.to_owned()
        } else {
            push("/components/schemas", key)
        };
        if self.document.value(&pointer).is_none() {
            let schemas = self.keys_below("/components/schemas");
            return vec![Unknown::new(at, format!("unknown schema `{key}`")).like(key, schemas)];
        }
        let mut unknown = Vec::new();
        if configured.keep_unknown_fields.is_some()
            && let Some(message) = match self.used_configuration.structs.get(key) {
                Some(false) => None,
                Some(true) => Some(format!(
                    "the document describes additional properties of `{key}`, so they are kept anyway"
                )),
                None => Some(format!("`{key}` is not an object with properties")),
            }
        {
            unknown.push(Unknown::new(push(&at, "keep-unknown-fields"), message));
        }
        for property in configured.fields.keys() {
            let met = (key.to_owned(), property.clone());
            if !self.used_configuration.fields.contains(&met) {
                let message = format!("`{key}` has no property `{property}`");
                let at = push(&push(&at, "fields"), property);
                let properties = self.keys_below(&push(&pointer, "properties"));
                unknown.push(Unknown::new(at, message).like(property, properties));
            }
        }
        for value in configured.values.keys() {
            let met = (key.to_owned(), value.clone());
            if !self.used_configuration.values.contains(&met) {
                let message = format!("`{key}` has no value `{value}`");
                let at = push(&push(&at, "values"), value);
                let values = self.document.value(&push(&pointer, "enum"));
                let values = values.and_then(Value::as_array).into_iter().flatten();
                let unknown_value = Unknown::new(at, message);
                unknown.push(unknown_value.like(value, values.filter_map(Value::as_str)));
            }
        }
        unknown
    }

    /// The keys of an object of the document; none where there is no object.
    fn keys_below(&self, pointer: &str) -> Vec<&str> {
        let object = self.document.value(pointer).and_then(Value::as_object);
        let keys = object.into_iter().flat_map(|it| it.keys());
        keys.map(String::as_str).collect()
    }
}
