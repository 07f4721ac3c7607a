//! Whether an example is one: valid against its own schema, as the crate `jsonschema` sees it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use jsonschema::{Draft, Registry, Validator};
use serde_json::{Value, json};

use super::collect::Example;
use super::dialect;
use clientsmith::internal::failure::Failure;

/// What the document is called where schemas refer to it.
const DOCUMENT: &str = "urn:description";

/// The schemas of a document.
pub(in crate::corpus) struct Judge {
    registry: Registry<'static>,
    /// The document as it was written.
    document: Value,
    /// Validators by pointer; where there is none, why.
    known: RefCell<HashMap<String, Rc<Result<Validator, String>>>>,
}

/// What is thought of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::corpus) enum Judgement {
    /// It is valid.
    Valid,
    /// It is not, and why.
    Invalid(String),
    /// The schema is none that the validator takes: a pattern that is no regular expression, a
    /// type that doesn't exist, a reference to another file.
    Unknown(String),
}

impl Judge {
    /// Takes the schemas of a document.
    pub(in crate::corpus) fn new(document: &Value) -> Result<Self, Failure> {
        let mut converted = document.clone();
        dialect::convert(&mut converted);
        let registry = Registry::new()
            .draft(Draft::Draft202012)
            .add(DOCUMENT, converted)
            .and_then(jsonschema::RegistryBuilder::prepare);
        match registry {
            Ok(registry) => Ok(Self {
                registry,
                document: document.clone(),
                known: RefCell::default(),
            }),
            Err(error) => Err(Failure::work(format!(
                "the validator of examples rejects the description: {error}"
            ))),
        }
    }

    /// The document as it was written.
    pub(in crate::corpus) fn document(&self) -> &Value {
        &self.document
    }

    /// Judges the examples of the schema at a pointer.
    pub(super) fn judge(&self, pointer: &str, examples: &[Example]) -> Vec<Judgement> {
        let values = examples.iter().map(|example| &example.value);
        values.map(|value| self.check(pointer, value)).collect()
    }

    /// Judges a value by the schema at a pointer of the document.
    pub(in crate::corpus) fn check(&self, pointer: &str, value: &Value) -> Judgement {
        match &*self.validator(pointer) {
            Ok(validator) => match validator.validate(value) {
                Ok(()) => Judgement::Valid,
                Err(error) => {
                    let at = error.instance_path().to_string();
                    let why = format!("{at} {}", error.masked());
                    Judgement::Invalid(why.trim_start().to_owned())
                }
            },
            Err(why) => Judgement::Unknown(why.clone()),
        }
    }

    fn validator(&self, pointer: &str) -> Rc<Result<Validator, String>> {
        if let Some(known) = self.known.borrow().get(pointer) {
            return Rc::clone(known);
        }
        let converted = dialect::moved(&self.document, pointer);
        let schema = json!({ "$ref": format!("{DOCUMENT}#{}", fragment(&converted)) });
        // Formats are annotations (JSON Schema 2020-12 validation, section 7.2.1).
        let validator = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .should_validate_formats(false)
            .offline()
            .with_registry(&self.registry)
            .build(&schema);
        let validator = Rc::new(validator.map_err(|error| error.to_string()));
        let mut known = self.known.borrow_mut();
        known.insert(pointer.to_owned(), Rc::clone(&validator));
        validator
    }
}

/// A JSON pointer as the fragment of a URI (RFC 6901 section 6).
fn fragment(pointer: &str) -> String {
    let mut fragment = String::with_capacity(pointer.len());
    for byte in pointer.bytes() {
        if byte.is_ascii_alphanumeric() || b"/~-._".contains(&byte) {
            fragment.push(char::from(byte));
        } else {
            fragment.push('%');
            for digit in [byte >> 4, byte & 15] {
                let digit = char::from_digit(digit.into(), 16).unwrap_or('0');
                fragment.push(digit.to_ascii_uppercase());
            }
        }
    }
    fragment
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_are_judged_by_the_schema_at_a_pointer() {
        let document = json!({
            "paths": {"/p\u{e9}ts/{id}": {"schema": {"$ref": "#/components/schemas/Pet"}}},
            "components": {"schemas": {
                "Pet": {"type": "object", "required": ["id"], "properties": {
                    "id": {"type": "integer", "minimum": 0, "exclusiveMinimum": true},
                    "mate": {"$ref": "#/components/schemas/Pet"},
                    "name": {"type": "string", "nullable": true, "format": "date"},
                    "toy": {"nullable": true, "oneOf": [{"type": "string"}, {"type": "integer"}]},
                }},
                "Wrong": {"type": "string", "pattern": "("},
                "Elsewhere": {"$ref": "other.json"},
            }},
        });
        let judge = Judge::new(&document).unwrap();
        let judged = |pointer: &str, value: Value| {
            let pointer_of_example = String::new();
            let example = Example {
                pointer: pointer_of_example,
                value,
            };
            judge.judge(pointer, &[example]).remove(0)
        };
        let pet = "/paths/~1p\u{e9}ts~1{id}/schema";
        assert_eq!(
            judged(pet, json!({"id": 1, "name": null, "mate": {"id": 2}})),
            Judgement::Valid
        );
        let invalid = |value: Value| match judged(pet, value) {
            Judgement::Invalid(why) => why,
            other => panic!("{other:?}"),
        };
        assert!(invalid(json!({"id": 0})).starts_with("/id "));
        assert!(invalid(json!({"id": 1, "mate": {}})).starts_with("/mate "));
        let inside = "/components/schemas/Pet/properties/toy/oneOf/1";
        assert_eq!(judged(inside, json!(1)), Judgement::Valid);
        assert!(matches!(judged(inside, json!("a")), Judgement::Invalid(_)));
        let named = |name: &str| format!("/components/schemas/{name}");
        for name in ["Wrong", "Elsewhere", "None"] {
            let judgement = judged(&named(name), json!("a"));
            assert!(matches!(judgement, Judgement::Unknown(_)), "{judgement:?}");
        }
    }
}
