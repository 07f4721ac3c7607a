//! Parts of forms whose names the description doesn't say: users name them.

use std::collections::HashSet;

use openapiv3::AdditionalProperties;

use crate::diagnostic::WarningCode;
use crate::model::{AdditionalParts, AdditionalValues, BodyContent, MultipartForm, Shape, Type};
use crate::names::{Ident, Scope};
use crate::pointer::push;

use super::super::Lowering;
use super::super::schema::{Form, SchemaRef};
use super::media::{Content, sendable};
use super::multipart::{FORM_DATA, scope_of_form};

/// What `additionalProperties` of a form are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Additional {
    /// Files.
    Files,
    /// Anything else.
    Values,
}

impl Lowering<'_> {
    /// The type whose members are the parts of a form that isn't described by the properties of one object.
    pub(super) fn members_of_form(
        &mut self,
        schema: SchemaRef<'_>,
        content: &Content<'_>,
        at: &str,
    ) -> Option<Type> {
        let ty = self.item_type(schema, &push(at, "schema"));
        let has_members = match self.types.behind_aliases(&ty) {
            Type::Map(value) => {
                *value != Type::Value
                    && self.described_additional(schema) != Some(Additional::Files)
            }
            Type::Named(id) => {
                let shape = self.types.shape(id);
                matches!(shape, Some(Shape::Struct(_) | Shape::Union(_)))
            }
            _ => false,
        };
        if has_members && sendable(content.media_type, content.kind) != FORM_DATA {
            let message = format!(
                "the body is sent as `{FORM_DATA}`, not as `{}`",
                content.media_type
            );
            let warning = self.warning(WarningCode::IgnoredMediaType, at, message);
            "its parts are not the properties of a single object".clone_into(&mut warning.label);
        }
        has_members.then_some(ty)
    }

    /// A form without a description of its parts, so that users give any.
    pub(super) fn form_without_names(
        &mut self,
        schema: Option<SchemaRef<'_>>,
        content: &Content<'_>,
        at: &str,
        name: Ident,
    ) -> BodyContent {
        let described = schema.and_then(|schema| self.described_additional(schema));
        if described.is_none() {
            self.mention_unnamed_parts(content, at);
        }
        let mut scope = scope_of_form();
        let takes_values = described != Some(Additional::Files);
        let values = takes_values.then(|| AdditionalValues {
            name: scope.name(&["part"], "part"),
            ty: Type::Value,
        });
        let file = Some(scope.name(&["file"], "file"));
        BodyContent::Multipart(MultipartForm {
            name,
            parts: Vec::new(),
            additional: Some(AdditionalParts { file, values }),
            is_list: false,
        })
    }

    /// The parts that a form can have beside its named ones, as `additionalProperties` describes them. The members of
    /// the map of such values are of type `values`.
    pub(super) fn additional_parts(
        &self,
        schema: SchemaRef<'_>,
        values: Option<&Type>,
        scope: &mut Scope,
    ) -> Option<AdditionalParts> {
        let described = self.described_additional(schema)?;
        let ty = match values {
            Some(Type::Map(value)) => (**value).clone(),
            _ => Type::Value,
        };
        let takes_files = described == Additional::Files || ty == Type::Value;
        let values = (described == Additional::Values).then(|| AdditionalValues {
            name: scope.name(&["additional_part", "further_part"], "part"),
            ty,
        });
        let file = takes_files.then(|| scope.name(&["additional_file", "further_file"], "file"));
        Some(AdditionalParts { file, values })
    }

    /// Whether `additionalProperties` of a schema, or of a member of its `allOf`, lets others than the named
    /// properties through, and whether these are files.
    fn described_additional(&self, schema: SchemaRef<'_>) -> Option<Additional> {
        let mut seen = HashSet::new();
        self.additional_below(schema, &mut seen)
    }

    fn additional_below(
        &self,
        schema: SchemaRef<'_>,
        seen: &mut HashSet<String>,
    ) -> Option<Additional> {
        let item = self.schemas.followed_once(schema, seen)?;
        let form = Form::of(&item);
        match form.additional {
            Some(AdditionalProperties::Any(true)) => return Some(Additional::Values),
            Some(AdditionalProperties::Schema(values)) => {
                return Some(match self.schemas.bytes_in(SchemaRef::from(&**values)) {
                    Some(_) => Additional::Files,
                    None => Additional::Values,
                });
            }
            Some(AdditionalProperties::Any(false)) | None => {}
        }
        let mut members = form.all_of.iter();
        members.find_map(|member| self.additional_below(member.into(), seen))
    }

    /// Says where nothing describes the parts of a form.
    fn mention_unnamed_parts(&mut self, content: &Content<'_>, at: &str) {
        let message = format!("the parts of `{}` have no names", content.media_type);
        let warning = self.warning(WarningCode::MultipartForm, at, message);
        "users name the parts: any files and values".clone_into(&mut warning.label);
        warning.help = Some("describe the parts as `properties` of an object".into());
    }
}
