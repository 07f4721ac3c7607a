//! Parameters of all four places.

use std::borrow::Cow;
use std::collections::HashSet;

use indexmap::{IndexMap, IndexSet};
use openapiv3::{ParameterSchemaOrContent, PathStyle, QueryStyle, ReferenceOr};

use crate::diagnostic::WarningCode;
use crate::document::COOKIE_STYLE;
use crate::model::{Docs, Parameter, ParameterLocation, Shape, Style, Type};
use crate::names::reserved::OPTIONS;
use crate::names::{Ident, Scope, snake_case};
use crate::path_template::{PathTemplate, names_in};
use crate::pointer::push;

use super::super::schema::{SchemaRef, without_guess};
use super::super::{Lowering, docs, quoted};
use super::Found;
use super::configured::{Configured, Key};
use super::media::json_of;
use super::whole_query::is_whole_query;

/// Headers that the client sets itself; the specification has such parameters ignored
/// (OpenAPI 3.0.3, "Parameter Object", `name`).
const OWN_HEADERS: [&str; 3] = ["accept", "content-type", "authorization"];

/// A parameter in the document, references followed.
pub(super) struct Raw<'a> {
    parameter: Cow<'a, openapiv3::Parameter>,
    pub(super) pointer: String,
}

impl<'a> Lowering<'a> {
    /// Parameters of the path item and the operation; one of the operation replaces one of the
    /// same name and place (OpenAPI 3.0.3, "Operation Object", `parameters`). Those of the path come
    /// first, in its order; the others stand as in the document.
    /// Beside them are those that the configuration leaves out.
    pub(super) fn parameters(
        &mut self,
        found: &Found<'a>,
        scope: &mut Scope,
    ) -> (Vec<Parameter>, Vec<Key>) {
        self.enter_parameters();
        let mut raw: IndexMap<(ParameterLocation, String), Raw<'a>> = IndexMap::new();
        for (list, base) in [
            (&found.item.parameters, &found.item_pointer),
            (&found.operation.parameters, &found.pointer),
        ] {
            let owner = self.inline_names.name(base);
            let base = push(base, "parameters");
            for (index, parameter) in list.iter().enumerate() {
                let at = push(&base, &index.to_string());
                let Some(resolved) = self.resolve_parameter(parameter, at, &owner) else {
                    continue;
                };
                let place = place_of(&resolved.parameter);
                let name = resolved.parameter.parameter_data_ref().name.clone();
                raw.insert((place, name), resolved);
            }
        }
        let own_header = |place: ParameterLocation, name: &str| {
            place == ParameterLocation::Header
                && OWN_HEADERS.contains(&name.to_ascii_lowercase().as_str())
        };
        let template = PathTemplate::of(found.path);
        let mut named = names_in(template.path);
        for name in template.pairs().flat_map(names_in) {
            // What is a parameter of the query as well is one.
            let is_of_query = raw.contains_key(&(ParameterLocation::Query, name.to_owned()))
                && !raw.contains_key(&(ParameterLocation::Path, name.to_owned()));
            if !is_of_query {
                named.insert(name);
            }
        }
        raw.retain(|(place, name), _| {
            let has_place = *place != ParameterLocation::Path || named.contains(name.as_str());
            has_place && !own_header(*place, name)
        });
        if !self.config.client.parameters.is_empty() {
            raw.retain(|(place, name), raw| {
                let data = raw.parameter.parameter_data_ref();
                !self.is_of_client(*place, name, data, &raw.pointer)
            });
        }
        let (configured, left_out) = self.configure_all(found, &mut raw, &named, scope);
        // Callers give what the path consists of first, as it goes from the whole to the part.
        raw.sort_by_key(|(place, name), _| {
            let at = named.get_index_of(name.as_str());
            at.filter(|_| *place == ParameterLocation::Path)
                .unwrap_or(named.len())
        });
        let mut parameters: Vec<Parameter> = raw
            .into_iter()
            .map(|((place, wire), raw)| self.parameter(place, wire, &raw, &configured, scope))
            .collect();
        // It was said of them that they aren't declared when the document was checked.
        let in_path = parameters
            .iter()
            .filter(|it| it.place == ParameterLocation::Path);
        let declared: HashSet<&str> = in_path.map(|it| it.wire.as_str()).collect();
        let open = named.iter().filter(|name| !declared.contains(*name));
        let open: Vec<&str> = open.copied().collect();
        if open.is_empty() {
            return (parameters, left_out);
        }
        for name in open {
            let mut parameter = undeclared(name, &configured, scope);
            self.configure(&mut parameter, &configured);
            parameters.push(parameter);
        }
        // The document says no order for these, so it is the path's.
        parameters.sort_by_key(|parameter| match parameter.place {
            ParameterLocation::Path => named.get_index_of(parameter.wire.as_str()),
            _ => Some(named.len()),
        });
        (parameters, left_out)
    }

    /// What the configuration says of the parameters; takes out those that it leaves out. `named` are the
    /// names in the path, of which not all have to be described.
    fn configure_all(
        &mut self,
        found: &Found<'a>,
        raw: &mut IndexMap<Key, Raw<'a>>,
        named: &IndexSet<&str>,
        scope: &mut Scope,
    ) -> (Configured<'a>, Vec<Key>) {
        if found.config.is_none_or(|it| it.parameters.is_empty()) {
            return (Configured::default(), Vec::new());
        }
        let mut known: Vec<Key> = raw.keys().cloned().collect();
        let in_path = named
            .iter()
            .map(|it| (ParameterLocation::Path, (*it).to_owned()));
        known.extend(in_path.filter(|it| !raw.contains_key(it)));
        let configured = self.configured_parameters(found, &known, scope);
        let is_optional = |raw: &Raw<'_>| !raw.parameter.parameter_data_ref().required;
        let is_left_out = |key: &Key, raw: &Raw<'_>| {
            key.0 != ParameterLocation::Path && configured.leaves_out(key) && is_optional(raw)
        };
        let left_out: Vec<Key> = raw
            .iter()
            .filter(|(key, raw)| is_left_out(key, raw))
            .map(|(key, _)| key.clone())
            .collect();
        raw.retain(|key, raw| !is_left_out(key, raw));
        (configured, left_out)
    }

    fn resolve_parameter(
        &mut self,
        parameter: &ReferenceOr<openapiv3::Parameter>,
        at: String,
        owner: &str,
    ) -> Option<Raw<'a>> {
        match parameter {
            ReferenceOr::Item(item) => {
                let name = format!("{owner} {}", item.parameter_data_ref().name);
                self.inline_names.insert(&at, &name);
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
        place: ParameterLocation,
        wire: String,
        raw: &Raw<'_>,
        configured: &Configured<'a>,
        scope: &mut Scope,
    ) -> Parameter {
        let data = raw.parameter.parameter_data_ref();
        let required = data.required || place == ParameterLocation::Path;
        let described = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => Some(schema),
            ParameterSchemaOrContent::Content(content) if is_whole_query(data) => {
                content.first().and_then(|(_, media)| media.schema.as_ref())
            }
            ParameterSchemaOrContent::Content(content) => {
                json_of(content).and_then(|(_, media)| media.schema.as_ref())
            }
        };
        let constant = described
            .filter(|_| required)
            .and_then(|schema| self.only_value(schema.into()));
        let (ty, style, mut docs) = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => {
                let at = push(&raw.pointer, "schema");
                let schema = SchemaRef::from(schema);
                let ty = match constant {
                    // Nobody sees of which type it is.
                    Some(_) => Type::String,
                    // A parameter of which lists are described is meant as one.
                    None => match schema {
                        SchemaRef::Item(item) => {
                            let item = without_guess(item);
                            self.type_of(SchemaRef::Item(&item), &at)
                        }
                        SchemaRef::Reference(_) => self.type_of(schema, &at),
                    },
                };
                (ty, style_of(&raw.parameter), self.schemas.docs_of(schema))
            }
            ParameterSchemaOrContent::Content(content) if is_whole_query(data) => {
                self.whole_query(content, raw, &wire)
            }
            ParameterSchemaOrContent::Content(content) => self.content(content, raw, &wire),
        };
        self.mention_nested(&ty, style, &wire, &raw.pointer);
        if let Some(text) = &data.description {
            text.clone_into(&mut docs.text);
        }
        docs::drop_title(&mut docs, &wire);
        docs.deprecated |= data.deprecated.unwrap_or(false);
        let example = self.schemas.example(data.example.as_ref(), &data.examples);
        docs.example = example.or(docs.example);
        let name = configured.name(place, &wire);
        let name = name.unwrap_or_else(|| name_of(&wire, place, scope));
        docs.renamed_from = docs::renamed(&wire, name.as_str());
        let mut parameter = Parameter {
            name,
            wire,
            place,
            style,
            allow_reserved: self.allows_reserved(place, &raw.pointer),
            encodings: match (&data.format, style) {
                (ParameterSchemaOrContent::Content(content), Style::WholeForm) => {
                    self.encodings_of_query(content, &raw.pointer)
                }
                _ => Vec::new(),
            },
            // It means nothing to the others.
            explode: match style {
                Style::DeepObject | Style::Json => false,
                whole if whole.is_whole_query() => false,
                _ => data.explode.unwrap_or(style.explodes()),
            },
            ty,
            required,
            is_needed: required,
            constant,
            default: None,
            docs,
        };
        self.configure(&mut parameter, configured);
        parameter
    }

    /// The type of a parameter that is described by a media type, and how it is written
    /// (OpenAPI 3.0.3, "Parameter Object", `content`).
    fn content(
        &mut self,
        content: &openapiv3::Content,
        raw: &Raw<'_>,
        wire: &str,
    ) -> (Type, Style, Docs) {
        let at = push(&raw.pointer, "content");
        let Some((media_type, media)) = json_of(content) else {
            let kinds = quoted(content.keys().map(String::as_str));
            self.warning(
                WarningCode::UntypedParameter,
                &at,
                format!("the parameter `{wire}` is not JSON but {kinds}"),
            )
            .help = Some("users provide the string to send".into());
            return (Type::String, style_of(&raw.parameter), Docs::default());
        };
        let at = push(&push(&at, media_type), "schema");
        let (ty, mut docs) = match &media.schema {
            Some(schema) => {
                let schema = SchemaRef::from(schema);
                (self.item_type(schema, &at), self.schemas.docs_of(schema))
            }
            None => (Type::Value, Docs::default()),
        };
        let example = self
            .schemas
            .example(media.example.as_ref(), &media.examples);
        docs.example = example.or(docs.example);
        (ty, Style::Json, docs)
    }

    /// Says where a value has parts that its style has no form for.
    fn mention_nested(&mut self, ty: &Type, style: Style, wire: &str, at: &str) {
        let is_nested = matches!(style, Style::Json | Style::DeepObject) || style.is_whole_query();
        if is_nested || self.is_flat(ty) {
            return;
        }
        let message =
            format!("nested values of the parameter `{wire}` are serialized as JSON strings");
        let warning = self.warning(WarningCode::UntypedParameter, at, message);
        "only the style `deepObject` supports nested values".clone_into(&mut warning.label);
        warning.help = Some(
            "if the server expects the whole value as JSON, describe the parameter with \
                `content`"
                .into(),
        );
    }

    /// Whether a value is a single text, or a list or an object of these.
    fn is_flat(&self, ty: &Type) -> bool {
        match self.types.behind_aliases(ty) {
            Type::Array(item) | Type::Map(item) => self.is_single(&item),
            Type::Named(id) => match self.types.shape(id) {
                Some(Shape::Struct(shape)) => {
                    shape.fields.iter().all(|field| self.is_single(&field.ty))
                }
                Some(Shape::Union(union)) => union
                    .variants
                    .iter()
                    .all(|variant| self.is_single(&variant.ty) || self.is_list(&variant.ty)),
                _ => true,
            },
            _ => true,
        }
    }

    fn is_list(&self, ty: &Type) -> bool {
        matches!(self.types.behind_aliases(ty), Type::Array(item) if self.is_single(&item))
    }

    /// Whether a value is a single text, as far as can be known. Unions can lead to each other, and to the same type
    /// by many ways, so each type is looked at once.
    fn is_single(&self, ty: &Type) -> bool {
        let mut seen = HashSet::new();
        let mut open = vec![ty.clone()];
        while let Some(ty) = open.pop() {
            match self.types.behind_aliases(&ty) {
                Type::Array(_) | Type::Map(_) => return false,
                Type::Nullable(inner) => open.push(*inner),
                Type::Named(id) if seen.insert(id) => match self.types.shape(id) {
                    Some(Shape::Struct(_)) => return false,
                    Some(Shape::Union(union)) => {
                        open.extend(union.variants.iter().map(|variant| variant.ty.clone()));
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        true
    }
}

/// The path template as it is sent: without a fragment, and without what parameters of the query say.
pub(super) fn sent_path(path: &str, parameters: &[Parameter]) -> String {
    let template = PathTemplate::of(path);
    let is_of_path = |name: &str| {
        let mut parameters = parameters
            .iter()
            .filter(|it| it.place == ParameterLocation::Path);
        parameters.any(|it| it.wire == name)
    };
    let pairs = template.pairs();
    let constant = pairs.filter(|pair| names_in(pair).into_iter().all(is_of_path));
    let constant: Vec<&str> = constant.collect();
    if constant.is_empty() {
        template.path.to_owned()
    } else {
        format!("{}?{}", template.path, constant.join("&"))
    }
}

/// The parameter for a name in the path that the document doesn't describe.
fn undeclared(wire: &str, configured: &Configured<'_>, scope: &mut Scope) -> Parameter {
    let name = configured.name(ParameterLocation::Path, wire);
    let name = name.unwrap_or_else(|| name_of(wire, ParameterLocation::Path, scope));
    Parameter {
        docs: Docs {
            renamed_from: docs::renamed(wire, name.as_str()),
            ..Docs::default()
        },
        name,
        wire: wire.to_owned(),
        place: ParameterLocation::Path,
        style: Style::Simple,
        explode: false,
        allow_reserved: false,
        encodings: Vec::new(),
        ty: Type::String,
        required: true,
        is_needed: true,
        constant: None,
        default: None,
    }
}

fn name_of(wire: &str, place: ParameterLocation, scope: &mut Scope) -> Ident {
    let mut wanted = snake_case(wire);
    let is_reserved = |prefix: &&str| wanted.starts_with(prefix);
    if OPTIONS.iter().any(is_reserved) {
        wanted.insert_str(0, "param_");
    }
    let in_place = format!("{}_{wanted}", place.as_str());
    scope.name(&[&wanted, &in_place], "parameter")
}

fn style_of(parameter: &openapiv3::Parameter) -> Style {
    match parameter {
        openapiv3::Parameter::Query { style, .. } => match style {
            QueryStyle::Form => Style::Form,
            QueryStyle::SpaceDelimited => Style::SpaceDelimited,
            QueryStyle::PipeDelimited => Style::PipeDelimited,
            QueryStyle::DeepObject => Style::DeepObject,
        },
        openapiv3::Parameter::Path { style, .. } => match style {
            PathStyle::Simple => Style::Simple,
            PathStyle::Label => Style::Label,
            PathStyle::Matrix => Style::Matrix,
        },
        openapiv3::Parameter::Header { .. } => Style::Simple,
        openapiv3::Parameter::Cookie { parameter_data, .. }
            if parameter_data.extensions.contains_key(COOKIE_STYLE) =>
        {
            Style::Cookie
        }
        openapiv3::Parameter::Cookie { .. } => Style::Form,
    }
}

fn place_of(parameter: &openapiv3::Parameter) -> ParameterLocation {
    match parameter {
        openapiv3::Parameter::Query { .. } => ParameterLocation::Query,
        openapiv3::Parameter::Header { .. } => ParameterLocation::Header,
        openapiv3::Parameter::Path { .. } => ParameterLocation::Path,
        openapiv3::Parameter::Cookie { .. } => ParameterLocation::Cookie,
    }
}
