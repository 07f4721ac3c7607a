//! Names in the configuration that the description doesn't have.
//!
//! A description is refreshed, and what it had is gone from it: that is a warning and no error, so that a crate can be made,
//! and compared with the one before.

use std::fmt::Display;

use crate::config;
use crate::diagnostic::{Diagnostic, Origin, WarningCode};
use crate::model::{Operation, Resource, Shape};
use crate::nearest::nearest;
use crate::pointer::push;

use super::Lowering;

/// A name that means nothing: its pointer, what is wrong, and how to mend it.
struct Unknown(String, String, Option<String>);

impl Unknown {
    fn new(pointer: String, message: String) -> Self {
        Self(pointer, message, None)
    }

    /// Says which of the known names is like it.
    fn near<'n>(mut self, name: &str, known: impl IntoIterator<Item = &'n str>) -> Self {
        if let Some(near) = nearest(name, known) {
            self.2 = Some(format!("did you mean `{near}`?"));
        }
        self
    }
}

impl Lowering<'_> {
    /// Reports what the configuration speaks of and the document hasn't.
    pub(super) fn unknown_config_names(&mut self, resources: &[Resource]) {
        let mut unknown = self.unknown_tags();
        unknown.extend(self.unknown_credentials());
        unknown.extend(self.unknown_operations(resources));
        for format in self.config.formats.keys() {
            if !self.used_configuration.formats.contains(format) {
                let message = format!("no schema with a compatible type has the format `{format}`");
                unknown.push(Unknown::new(push("/formats", format), message));
            }
        }
        for (key, configured) in &self.config.types {
            unknown.extend(self.unknown_of_type(key, configured));
        }
        for Unknown(pointer, message, help) in unknown {
            let no_effect = "correct the name, or remove the entry: it has no effect";
            let help = help.unwrap_or_else(|| no_effect.to_owned());
            let code = WarningCode::UnknownName;
            let warning = Diagnostic::warning(code, Origin::Config, pointer, message);
            self.report(warning.at_key().help(help));
        }
        for (key, configured) in &self.config.types {
            if let Some((pointer, message)) = self.idle_keeping(key, configured) {
                let problem = Diagnostic::error(Origin::Config, pointer, message);
                let help = "correct the name, or remove the entry: it has no effect";
                self.report(problem.at_key().help(help));
            }
        }
    }

    /// What is wrong with a wish to keep unknown fields, or not to, of a schema that is there.
    fn idle_keeping(&self, key: &str, configured: &config::Type) -> Option<(String, String)> {
        configured.keep_unknown_fields?;
        self.document.value(&pointer_of(key))?;
        let message = match self.used_configuration.structs.get(key) {
            Some(false) => return None,
            Some(true) => format!(
                "the document describes additional properties of `{key}`, so they are kept anyway"
            ),
            None => format!("`{key}` is not an object with properties"),
        };
        let at = push(&push("/types", key), "keep-unknown-fields");
        Some((at, message))
    }

    fn unknown_tags(&self) -> Vec<Unknown> {
        let used = &self.used_configuration.tags;
        let declared = || self.document.api.tags.iter().map(|tag| tag.name.as_str());
        let tags = self.config.resources.keys();
        let unknown = tags.filter(|tag| !used.contains(*tag) && !declared().any(|it| it == *tag));
        let mut known: Vec<&str> = used.iter().map(String::as_str).collect();
        // What is like several names is the same one every time.
        known.sort_unstable();
        let unknown = unknown.map(|tag| {
            let message = format!("no operation has the tag `{tag}`");
            let known = known.iter().copied().chain(declared());
            Unknown::new(push("/resources", tag), message).near(tag, known)
        });
        unknown.collect()
    }

    fn unknown_credentials(&self) -> Vec<Unknown> {
        let components = self.document.api.components.as_ref();
        let schemes = || {
            components
                .into_iter()
                .flat_map(|it| it.security_schemes.keys())
        };
        let used = &self.used_configuration.credentials;
        let credentials = self.config.credentials.iter();
        let unknown = credentials
            .filter(|(key, _)| !used.contains(*key))
            .map(|(key, it)| {
                let message = match it.scheme {
                    Some(_) => format!(
                        "the description gives all operations credentials, and none `{key}`"
                    ),
                    None => format!("no operation uses the security scheme `{key}`"),
                };
                let others = schemes().map(String::as_str).filter(|scheme| scheme != key);
                let mut unknown = Unknown::new(push("/credentials", key), message);
                if it.scheme.is_none() {
                    let help = "correct the name; or, if the description lacks the scheme, add how the \
                                credential is sent, as in `scheme = \"bearer\"`";
                    unknown.2 = Some(help.to_owned());
                }
                unknown.near(key, others)
            });
        unknown.collect()
    }

    fn unknown_operations(&self, resources: &[Resource]) -> Vec<Unknown> {
        let operations = resources.iter().flat_map(|resource| &resource.operations);
        let names = |it: &Operation| [it.id.clone(), it.route()];
        let known: Vec<String> = operations.flat_map(names).collect();
        let used = &self.used_configuration.operations;
        let keys = self.config.operations.keys();
        let unknown = keys.filter(|key| !used.contains(*key)).map(|key| {
            let message = format!("unknown operation `{key}`");
            let known = known.iter().map(String::as_str);
            Unknown::new(push("/operations", key), message).near(key, known)
        });
        unknown.collect()
    }

    /// What an entry of the configuration says about a schema to no effect.
    fn unknown_of_type(&self, key: &str, configured: &config::Type) -> Vec<Unknown> {
        let at = push("/types", key);
        let pointer = pointer_of(key);
        if self.document.value(&pointer).is_none() {
            let components = self.document.api.components.as_ref();
            let schemas = components.into_iter().flat_map(|it| it.schemas.keys());
            let unknown = Unknown::new(at, format!("unknown schema `{key}`"));
            return vec![unknown.near(key, schemas.map(String::as_str))];
        }
        let mut unknown = Vec::new();
        let shape = self.types.at(&pointer).and_then(|id| self.types.shape(id));
        let properties: Vec<&str> = match shape {
            Some(Shape::Struct(shape)) => shape.fields.iter().map(|it| it.wire.as_str()).collect(),
            _ => Vec::new(),
        };
        for property in configured.fields.keys() {
            let met = (key.to_owned(), property.clone());
            if !self.used_configuration.fields.contains(&met) {
                let message = format!("`{key}` has no property `{property}`");
                let it = Unknown::new(push(&push(&at, "fields"), property), message);
                unknown.push(it.near(property, properties.iter().copied()));
            }
        }
        let values: Vec<String> = match shape {
            Some(Shape::StringEnum(variants)) => texts(variants.iter().map(|it| &it.value)),
            Some(Shape::IntegerEnum(variants)) => texts(variants.iter().map(|it| &it.value)),
            _ => Vec::new(),
        };
        for value in configured.values.keys() {
            let met = (key.to_owned(), value.clone());
            if !self.used_configuration.values.contains(&met) {
                let message = format!("`{key}` has no value `{value}`");
                let it = Unknown::new(push(&push(&at, "values"), value), message);
                unknown.push(it.near(value, values.iter().map(String::as_str)));
            }
        }
        unknown
    }
}

fn texts<'v, T: Display + 'v>(values: impl Iterator<Item = &'v T>) -> Vec<String> {
    values.map(ToString::to_string).collect()
}

/// The JSON pointer that a key of `[types]` means.
pub(super) fn pointer_of(key: &str) -> String {
    if key.starts_with('/') {
        key.to_owned()
    } else {
        push("/components/schemas", key)
    }
}
