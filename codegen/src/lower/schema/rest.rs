//! What an object holds beside its named fields.

use openapiv3::AdditionalProperties;

use crate::diagnostic::WarningCode;
use crate::model::{Rest, Struct, Type};
use crate::names::Scope;
use crate::pointer::push;

use super::super::Lowering;
use super::SchemaRef;

/// An `additionalProperties` that lets others than the named properties through.
pub(super) struct Additional<'s> {
    /// How their values look; any value unless given.
    schema: Option<SchemaRef<'s>>,
    pointer: String,
}

impl<'s> Additional<'s> {
    /// Reads the keyword of the schema at `pointer`. Where it is absent or false there is nothing
    /// to keep: a response that has other properties all the same is taken without them.
    pub(super) fn of(keyword: Option<&'s AdditionalProperties>, pointer: &str) -> Option<Self> {
        let schema = match keyword? {
            AdditionalProperties::Any(false) => return None,
            AdditionalProperties::Any(true) => None,
            AdditionalProperties::Schema(schema) => Some(schema.as_ref().into()),
        };
        Some(Self {
            schema,
            pointer: push(pointer, "additionalProperties"),
        })
    }
}

impl<'a> Lowering<'a> {
    /// The field for everything that a struct's other fields have no place for, if it has one:
    /// because the document describes it, or because the configuration wants unknown fields kept.
    ///
    /// `scope` holds the names of the other fields.
    pub(super) fn rest(
        &mut self,
        additional: &[Additional<'_>],
        pointer: &str,
        scope: &mut Scope,
    ) -> Option<Rest> {
        let described = !additional.is_empty();
        let wanted = self.keeps_unknown_fields(pointer, described);
        if !described && !wanted {
            return None;
        }
        let name = if described {
            "additional_properties"
        } else {
            "unknown_fields"
        };
        let (value, decided_by) = self.value_type(additional, pointer);
        let words = decided_by.map(|schema| self.schemas.docs_of(schema).text);
        Some(Rest {
            name: scope.name(&[name], name),
            ty: Type::Map(Box::new(value)),
            values: words.unwrap_or_default(),
        })
    }

    /// A map, its values typed where the document says how they look.
    pub(super) fn map(&mut self, additional: &[Additional<'_>], pointer: &str) -> Type {
        let (value, _) = self.value_type(additional, pointer);
        Type::Map(Box::new(value))
    }

    /// The one type that all the keywords give to the values, and the schema that it comes from.
    ///
    /// Those that leave the values open agree with any type, since all members of an `allOf` have
    /// to hold.
    fn value_type<'s>(
        &mut self,
        additional: &[Additional<'s>],
        pointer: &str,
    ) -> (Type, Option<SchemaRef<'s>>) {
        let mut found: Option<(Type, SchemaRef<'s>)> = None;
        for Additional {
            schema,
            pointer: at,
        } in additional
        {
            let Some(schema) = *schema else { continue };
            // What is said twice would be two types if it were lowered twice.
            if found.as_ref().is_some_and(|(_, known)| *known == schema) {
                continue;
            }
            let ty = self.item_type(schema, at);
            match &found {
                None | Some((Type::Value, _)) => found = Some((ty, schema)),
                Some((other, _)) if ty == Type::Value || ty == *other => {}
                Some(_) => {
                    self.warning(WarningCode::AllOfConflict,
                        pointer,
                        "`allOf` has different schemas for additional properties; any value is accepted",
                    )
                    .help = Some("use the same `additionalProperties` schema in all members".into());
                    return (Type::Value, None);
                }
            }
        }
        match found {
            Some((ty, schema)) => (ty, Some(schema)),
            None => (Type::Value, None),
        }
    }

    /// Whether the configuration wants the unknown fields of this struct kept. Where the document
    /// describes them they are no unknown ones, so an entry of the configuration has no effect.
    fn keeps_unknown_fields(&mut self, pointer: &str, described: bool) -> bool {
        let config: &'a crate::config::Config = self.config;
        let own = config.schema(pointer);
        if let Some((key, configured)) = own
            && let Some(keep) = configured.keep_unknown_fields
        {
            self.used_configuration
                .structs
                .insert(key.to_owned(), described);
            return keep;
        }
        config.keep_unknown_fields
    }
}

/// Gives a struct a field for everything that its other fields have no place for.
pub(in super::super) fn keep_unknown_fields(shape: &mut Struct) {
    let taken: Vec<&str> = shape
        .fields
        .iter()
        .map(|field| field.name.as_str())
        .collect();
    let mut scope = Scope::new(&taken);
    shape.rest = Some(Rest {
        name: scope.name(&["unknown_fields"], "unknown_fields"),
        ty: Type::Map(Box::new(Type::Value)),
        values: String::new(),
    });
}
