//! The description and the configuration that texts are put into.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use codegen::Source;
use serde_json::{Map, Value, json};

/// What every word that stands for a place begins with.
pub const MARK: &str = "zq";

/// Texts by the words that they stand in place of.
pub type Assignment = BTreeMap<String, String>;

/// Where names come from: by their paths, some texts would be verbs, and methods be called like them.
fn named_by_tag() -> toml::Table {
    toml::Table::from_iter([("by".to_owned(), "tag".into())])
}

fn with_names(mut config: toml::Table) -> toml::Table {
    config.insert("names".to_owned(), named_by_tag().into());
    config
}

/// A description and a configuration with a word in every place that can hold a text.
pub struct Kitchen {
    spec: Value,
    config: toml::Table,
}

impl Kitchen {
    /// In the forms of OpenAPI 3.1.
    pub fn new() -> Self {
        let source = Source {
            name: "kitchen.yaml",
            text: include_str!("kitchen.yaml"),
        };
        let spec = codegen::parse(source).expect("the kitchen is valid YAML");
        let config = include_str!("kitchen.toml").parse();
        Self {
            spec,
            config: with_names(config.expect("the kitchen is valid TOML")),
        }
    }

    /// In the forms of OpenAPI 3.0.
    pub fn older() -> Self {
        let mut kitchen = Self::new();
        older(&mut kitchen.spec);
        kitchen.spec["openapi"] = json!("3.0.3");
        kitchen
    }

    /// With nothing configured but the source of names, so that the description alone says what the crate is
    /// called.
    pub fn without_config() -> Self {
        Self {
            config: toml::Table::from_iter([("names".to_owned(), named_by_tag().into())]),
            ..Self::new()
        }
    }

    /// Whether there is a configuration.
    pub fn is_configured(&self) -> bool {
        self.config.len() > 1
    }

    /// The words of all places, in the order of the alphabet.
    pub fn words(&self) -> Vec<String> {
        let mut words = BTreeSet::new();
        let mut meet = |text: &str| words.extend(words_of(text).map(|(_, word)| word.to_owned()));
        each_text(&self.spec, &mut meet);
        let config = serde_json::to_value(&self.config).expect("TOML has no other values");
        each_text(&config, &mut meet);
        words.into_iter().collect()
    }

    /// Description and configuration as they are written, with texts in place of words.
    ///
    /// A text that would make two keys of one object the same is taken out of the assignment.
    pub fn texts(&self, assigned: &mut Assignment) -> (String, String) {
        let config = serde_json::to_value(&self.config).expect("TOML has no other values");
        loop {
            let made = with(&self.spec, assigned).and_then(|spec| {
                let config = with(&config, assigned)?;
                let config: toml::Table =
                    serde_json::from_value(config).expect("it was TOML before");
                Ok((spec.to_string(), config.to_string()))
            });
            match made {
                Ok(made) => return made,
                Err(key) => {
                    let words: Vec<String> = words_of(&key).map(|it| it.1.to_owned()).collect();
                    assigned.retain(|word, _| !words.contains(word));
                }
            }
        }
    }

    /// JSON pointers of all keys and texts in which no word stands: what says what the others are.
    pub fn fixed(&self) -> Vec<Fixed> {
        let mut found = Vec::new();
        fixed(&self.spec, &mut String::new(), &mut found);
        found
    }

    /// The description with one of its fixed texts replaced; the configuration says nothing of it.
    pub fn damaged(&self, place: &Fixed, text: &str) -> (String, String) {
        let mut spec = self.spec.clone();
        match place {
            Fixed::Text(pointer) => {
                if let Some(value) = spec.pointer_mut(pointer) {
                    *value = json!(text);
                }
            }
            Fixed::Key(pointer, key) => {
                if let Some(Value::Object(object)) = spec.pointer_mut(pointer) {
                    *object = std::mem::take(object)
                        .into_iter()
                        .map(|(name, value)| {
                            let is_it = name == *key;
                            (if is_it { text.to_owned() } else { name }, value)
                        })
                        .collect();
                }
            }
        }
        (spec.to_string(), self.config.to_string())
    }
}

/// A place whose text says what something is, rather than what it is called.
#[derive(Clone, Debug)]
pub enum Fixed {
    /// The text at a pointer.
    Text(String),
    /// A key of the object at a pointer.
    Key(String, String),
}

fn fixed(value: &Value, pointer: &mut String, found: &mut Vec<Fixed>) {
    let length = pointer.len();
    match value {
        Value::String(text) if words_of(text).next().is_none() => {
            found.push(Fixed::Text(pointer.clone()));
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                write!(pointer, "/{index}").expect("a string takes all text");
                fixed(item, pointer, found);
                pointer.truncate(length);
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                if words_of(key).next().is_none() {
                    found.push(Fixed::Key(pointer.clone(), key.clone()));
                }
                *pointer = codegen::pointer::push(pointer, key);
                fixed(member, pointer, found);
                pointer.truncate(length);
            }
        }
        _ => {}
    }
}

/// The words in a text, and where they begin.
pub fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices(MARK).filter_map(|(at, _)| {
        let starts = !text[..at].ends_with(|before: char| before.is_ascii_lowercase());
        let rest = &text[at..];
        let end = rest.find(|it: char| !it.is_ascii_lowercase());
        starts.then(|| (at, &rest[..end.unwrap_or(rest.len())]))
    })
}

fn each_text(value: &Value, meet: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => meet(text),
        Value::Array(items) => items.iter().for_each(|item| each_text(item, meet)),
        Value::Object(members) => {
            for (key, member) in members {
                meet(key);
                each_text(member, meet);
            }
        }
        _ => {}
    }
}

/// A value with texts in place of words; a key, where another one becomes the same.
fn with(value: &Value, assigned: &Assignment) -> Result<Value, String> {
    Ok(match value {
        Value::String(text) => Value::String(replaced(text, assigned)),
        Value::Array(items) => {
            let items = items.iter().map(|item| with(item, assigned));
            Value::Array(items.collect::<Result<_, _>>()?)
        }
        Value::Object(members) => {
            let mut object = Map::new();
            for (key, member) in members {
                let before = object.insert(replaced(key, assigned), with(member, assigned)?);
                if before.is_some() {
                    return Err(key.clone());
                }
            }
            Value::Object(object)
        }
        other => other.clone(),
    })
}

/// A text with others in place of words, escaped as a pointer or a reference asks for it.
fn replaced(text: &str, assigned: &Assignment) -> String {
    let escape: fn(&str) -> String = if text.starts_with("#/") {
        |text| percent_encoded(&as_token(text))
    } else if text.starts_with("/components/") {
        as_token
    } else {
        str::to_owned
    };
    let mut replaced = String::new();
    let mut from = 0;
    for (at, word) in words_of(text) {
        replaced.push_str(&text[from..at]);
        from = at + word.len();
        match assigned.get(word) {
            Some(new) => replaced.push_str(&escape(new)),
            None => replaced.push_str(word),
        }
    }
    replaced.push_str(&text[from..]);
    replaced
}

/// As RFC 6901 section 3 asks for it.
fn as_token(text: &str) -> String {
    text.replace('~', "~0").replace('/', "~1")
}

/// As RFC 3986 section 3.5 asks for it.
fn percent_encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "%{byte:02X}").expect("a string takes all text");
        }
    }
    encoded
}

/// The forms of 3.1 that 3.0 has others for.
fn older(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(older),
        Value::Object(members) => {
            if let Some(Value::Array(types)) = members.get("type") {
                let only = types[0].clone();
                members.insert("type".into(), only);
                members.insert("nullable".into(), json!(true));
            }
            if let Some(constant) = members.remove("const") {
                members.insert("enum".into(), json!([constant]));
            }
            members.values_mut().for_each(older);
        }
        _ => {}
    }
}
