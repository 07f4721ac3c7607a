//! Parameters of all four places.

use std::borrow::Cow;

use indexmap::IndexMap;
use openapiv3::{HeaderStyle, ParameterSchemaOrContent, PathStyle, QueryStyle, ReferenceOr};

use crate::diagnostic::push;
use crate::model::{Docs, Parameter, Place, Shape, Style, Type, TypeId, Union};
use crate::names::{Scope, snake_case};

use super::super::schema::SchemaRef;
use super::super::{Lowering, docs};
use super::Found;

/// Headers that the client sets itself; the specification has such parameters ignored
/// (OpenAPI 3.0.3, "Parameter Object", `name`).
const OWN_HEADERS: [&str; 3] = ["accept", "content-type", "authorization"];

/// Names that the contract of the client keeps for the caller's options.
const RESERVED_PREFIXES: [&str; 3] = ["with_", "send", "into_"];

/// A parameter in the document, references followed.
struct Raw<'a> {
    parameter: Cow<'a, openapiv3::Parameter>,
    pointer: String,
}

impl<'a> Lowering<'a> {
    /// Parameters of the path item and the operation; one of the operation replaces one of the
    /// same name and place (OpenAPI 3.0.3, "Operation Object", `parameters`).
    pub(super) fn parameters(&mut self, found: &Found<'a>, scope: &mut Scope) -> Vec<Parameter> {
        let mut raw: IndexMap<(Place, String), Raw<'a>> = IndexMap::new();
        for (list, base) in [
            (&found.item.parameters, &found.item_pointer),
            (&found.operation.parameters, &found.pointer),
        ] {
            for (index, parameter) in list.iter().enumerate() {
                let at = push(&push(base, "parameters"), &index.to_string());
                let Some(resolved) = self.resolve_parameter(parameter, at, base) else {
                    continue;
                };
                let place = place_of(&resolved.parameter);
                let name = resolved.parameter.parameter_data_ref().name.clone();
                raw.insert((place, name), resolved);
            }
        }
        let own_header = |place: Place, name: &str| {
            place == Place::Header && OWN_HEADERS.contains(&name.to_ascii_lowercase().as_str())
        };
        raw.retain(|(place, name), _| !own_header(*place, name));
        raw.into_iter()
            .map(|((place, wire), raw)| self.parameter(place, wire, &raw, scope))
            .collect()
    }

    fn resolve_parameter(
        &mut self,
        parameter: &ReferenceOr<openapiv3::Parameter>,
        at: String,
        base: &str,
    ) -> Option<Raw<'a>> {
        match parameter {
            ReferenceOr::Item(item) => {
                let owner = self.places.name(base);
                let name = format!("{owner} {}", item.parameter_data_ref().name);
                self.places.insert(&at, &name);
                Some(Raw {
                    parameter: Cow::Owned(item.clone()),
                    pointer: at,
                })
            }
            ReferenceOr::Reference { reference } => {
                let (pointer, parameter) = self.document.parameter(reference)?;
                Some(Raw { parameter, pointer })
            }
        }
    }

    fn parameter(
        &mut self,
        place: Place,
        wire: String,
        raw: &Raw<'_>,
        scope: &mut Scope,
    ) -> Parameter {
        let data = raw.parameter.parameter_data_ref();
        let (ty, mut docs) = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => {
                let at = push(&raw.pointer, "schema");
                let schema = SchemaRef::from(schema);
                (self.type_of(schema, &at), self.docs_of(schema))
            }
            ParameterSchemaOrContent::Content(_) => {
                self.error(
                    &raw.pointer,
                    format!("the parameter `{wire}` is described by `content`"),
                )
                .help = Some("only `schema` is supported yet; describe it by one".into());
                (Type::String, Docs::default())
            }
        };
        let style = self.style(raw, &wire);
        self.check_writable(&ty, style, place, &wire, &raw.pointer);
        if let Some(text) = &data.description {
            text.clone_into(&mut docs.text);
        }
        docs.deprecated |= data.deprecated.unwrap_or(false);
        docs.example = data.example.clone().or(docs.example);
        let mut wanted = snake_case(&wire);
        if RESERVED_PREFIXES
            .iter()
            .any(|prefix| wanted.starts_with(prefix))
        {
            wanted.insert_str(0, "param_");
        }
        let in_place = format!("{}_{wanted}", place_word(place));
        let name = scope.name(&[&wanted, &in_place], "parameter");
        docs.renamed_from = docs::renamed(&wire, name.as_str());
        Parameter {
            name,
            wire,
            place,
            style,
            explode: data.explode.unwrap_or(style == Style::Form),
            ty,
            required: data.required || place == Place::Path,
            docs,
        }
    }

    fn style(&mut self, raw: &Raw<'_>, wire: &str) -> Style {
        match &*raw.parameter {
            openapiv3::Parameter::Query {
                style,
                allow_reserved,
                ..
            } => {
                if *allow_reserved {
                    self.warning(
                        &push(&raw.pointer, "allowReserved"),
                        "reserved characters are percent-encoded all the same",
                    );
                }
                match style {
                    QueryStyle::Form => Style::Form,
                    QueryStyle::SpaceDelimited => Style::SpaceDelimited,
                    QueryStyle::PipeDelimited => Style::PipeDelimited,
                    QueryStyle::DeepObject => Style::DeepObject,
                }
            }
            openapiv3::Parameter::Path {
                style: PathStyle::Simple,
                ..
            }
            | openapiv3::Parameter::Header {
                style: HeaderStyle::Simple,
                ..
            } => Style::Simple,
            openapiv3::Parameter::Path { .. } => {
                let at = push(&raw.pointer, "style");
                self.error(&at, format!("the style of `{wire}` is not supported yet"))
                    .help = Some("`simple` is the one style of path parameters so far".into());
                Style::Simple
            }
            openapiv3::Parameter::Cookie { .. } => Style::Form,
        }
    }

    /// Refuses what has no text form in its place.
    fn check_writable(&mut self, ty: &Type, style: Style, place: Place, wire: &str, at: &str) {
        let writable = match self.behind_aliases(ty) {
            Type::Array(item) => self.is_scalar(&item) && place != Place::Cookie,
            Type::Map(value) => self.is_scalar(&value) && place == Place::Query,
            Type::Named(id) if self.union(id).is_some() && !self.is_scalar(&Type::Named(id)) => {
                self.is_writable_union(id, place, style)
            }
            other => self.is_scalar(&other) && style != Style::DeepObject,
        };
        if !writable {
            let found = self.described(ty);
            let error = self.error(
                at,
                format!("the parameter `{wire}` has a type that can't be written yet"),
            );
            error.label = format!("this is {found}");
            error.help = Some(
                "texts, numbers, booleans, lists of these and, in a query, maps of these can be \
                 written; or skip the operation in sdk.toml"
                    .into(),
            );
        }
    }

    /// A type in words.
    fn described(&self, ty: &Type) -> String {
        match self.behind_aliases(ty) {
            Type::Array(item) => {
                format!("a list of {}", self.described(&item).replacen("a ", "", 1))
            }
            Type::Map(_) => "a map".to_owned(),
            Type::Value => "any value".to_owned(),
            Type::Named(id) => match self.slots[id.0].definition.as_ref().map(|it| &it.shape) {
                Some(Shape::Union(_)) => "one of several types".to_owned(),
                Some(Shape::Struct(_)) => "an object".to_owned(),
                _ => "an enum".to_owned(),
            },
            _ => "a plain value".to_owned(),
        }
    }

    fn is_scalar(&self, ty: &Type) -> bool {
        match self.behind_aliases(ty) {
            Type::String
            | Type::Bool
            | Type::I32
            | Type::I64
            | Type::U64
            | Type::F64
            | Type::DateTime => true,
            Type::Named(id) => match self.slots[id.0].definition.as_ref().map(|it| &it.shape) {
                Some(Shape::TextEnum(_) | Shape::IntegerEnum(_)) => true,
                Some(Shape::Union(union)) => {
                    let mut variants = union.variants.iter();
                    let is_union = |ty: &Type| matches!(self.behind_aliases(ty), Type::Named(id) if self.union(id).is_some());
                    !union.any && variants.all(|it| !is_union(&it.ty) && self.is_scalar(&it.ty))
                }
                _ => false,
            },
            _ => false,
        }
    }

    fn union(&self, id: TypeId) -> Option<&Union> {
        match self.slots[id.0].definition.as_ref().map(|it| &it.shape) {
            Some(Shape::Union(union)) => Some(union),
            _ => None,
        }
    }

    /// Whether all variants of a union have a text form in a place. An object's members that are
    /// no plain values stand as JSON there.
    fn is_writable_union(&self, id: TypeId, place: Place, style: Style) -> bool {
        let writable = |ty: &Type| match self.behind_aliases(ty) {
            Type::Array(_) => place != Place::Cookie,
            Type::Map(_) | Type::Named(_) => place == Place::Query,
            _ => true,
        };
        let scalar = |ty: &Type| style != Style::DeepObject && self.is_scalar(ty);
        self.union(id).is_some_and(|union| {
            let mut variants = union.variants.iter();
            variants.all(|it| scalar(&it.ty) || writable(&it.ty))
        })
    }

    /// The type behind other names for it.
    pub(in super::super) fn behind_aliases(&self, ty: &Type) -> Type {
        let mut ty = ty.clone();
        // Every step follows another definition, and there are only so many.
        for _ in 0..=self.slots.len() {
            let Type::Named(id) = &ty else { break };
            match self.slots[id.0]
                .definition
                .as_ref()
                .map(|definition| &definition.shape)
            {
                Some(Shape::Alias(target)) => ty = target.clone(),
                _ => break,
            }
        }
        ty
    }
}

fn place_of(parameter: &openapiv3::Parameter) -> Place {
    match parameter {
        openapiv3::Parameter::Query { .. } => Place::Query,
        openapiv3::Parameter::Header { .. } => Place::Header,
        openapiv3::Parameter::Path { .. } => Place::Path,
        openapiv3::Parameter::Cookie { .. } => Place::Cookie,
    }
}

fn place_word(place: Place) -> &'static str {
    match place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
        Place::Cookie => "cookie",
    }
}
