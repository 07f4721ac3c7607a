//! The API as plain data: resources, operations, types, names.
//!
//! Nothing here knows how a document writes it or how Rust spells it. Everything that
//! describes the API, code and README alike, is made from this one model.

mod constant;
mod content;
mod docs;
mod method;
mod operation;
mod package;
mod pagination;
mod resource;
mod statuses;
mod text;
mod types;
mod union;
mod xml;

pub use constant::Constant;
pub use content::{
    AdditionalParts, AdditionalValues, Body, BodyContent, Encoding, EventFormat, Events,
    MultipartForm, Part, PartHeader, PartKind, PartWriting, ResponseContent,
};
pub use docs::Docs;
pub use method::HttpMethod;
pub use operation::{
    ErrorResponse, FailureCase, FailureTypes, Operation, Output, OutputCase, Parameter,
    ParameterLocation, ResponseHeader, Style, Webhook, Webhooks,
};
pub use package::{
    Auth, ClientParameter, Feature, Form, Package, Profile, Reading, Runtime, Scheme, Security,
    Server, ServerTemplate, ServerVariable,
};
pub use pagination::{MorePages, NextToken, PagesBy, PagesSource, Pagination, TokenPlace};
pub use resource::{NamedBy, Resource, Tag, Waiter};
pub use statuses::Statuses;
pub use types::{
    Access, Attribute, External, Field, Module, Rest, STANDARD_DERIVES, Shape, Struct, Type,
    TypeDef, TypeId, Usage, Variant,
};
pub use union::{Discriminant, JsonKind, TagWriter, Union, UnionVariant};
pub use xml::{Xml, XmlElement, XmlField, XmlId, XmlKind, XmlName, XmlNode, XmlObject, XmlRoot};

use crate::names::Ident;

/// An API.
#[derive(Clone, Debug)]
pub struct Api {
    /// `title` of the Info Object.
    pub title: String,
    /// `description` of the Info Object.
    pub docs: Docs,
    /// What goes into the manifest of the crate.
    pub package: Package,
    /// The defaults of a client.
    pub profile: Profile,
    /// Where the names of its operations come from.
    pub named_by: NamedBy,
    /// Groups of operations, in the document's order, each with those that it leads to right behind it.
    pub resources: Vec<Resource>,
    /// The tags that its operations have, in the order of the document.
    pub tags: Vec<Tag>,
    /// HTTP method and path of the operation that its users see first, where somebody chose it.
    pub first_call: Option<String>,
    /// `webhooks` and `callbacks`.
    pub webhooks: Option<Webhooks>,
    /// All types of the document; a [`TypeId`] is an index into this list.
    pub types: Vec<TypeDef>,
    /// What bodies are that are XML.
    pub xml: Xml,
    /// The modules that the types are spread over, in order. One that stands in none of them is
    /// not in the crate.
    pub modules: Vec<Module>,
    /// Cargo features of parts of the API, one for all of them the last; none where all of it is
    /// always compiled.
    pub features: Vec<Feature>,
}

impl Api {
    /// The type behind an id.
    pub fn type_def(&self, id: TypeId) -> &TypeDef {
        &self.types[id.0]
    }

    /// The resources whose module stands at the root of the crate.
    pub fn top_resources(&self) -> impl Iterator<Item = &Resource> {
        self.resources.iter().filter(|it| it.parents.is_empty())
    }

    /// The types that the crate declares: those of its modules.
    pub fn declared(&self) -> impl Iterator<Item = &TypeDef> {
        let ids = self.modules.iter().flat_map(|module| &module.types);
        ids.map(|&id| self.type_def(id))
    }

    /// All operations with the resource that each belongs to.
    pub fn operations(&self) -> impl Iterator<Item = (&Resource, &Operation)> {
        self.resources.iter().flat_map(|resource| {
            resource
                .operations
                .iter()
                .map(move |operation| (resource, operation))
        })
    }

    /// The fields that lead from a value of this type inwards, as far as they are there.
    pub fn fields<'a>(&'a self, ty: &Type, path: &[Ident]) -> Vec<(&'a Field, Usage)> {
        let mut fields = Vec::with_capacity(path.len());
        let mut ty = self.resolve(ty).clone();
        for name in path {
            let Type::Named(id) = ty else { break };
            let definition = self.type_def(id);
            let Shape::Struct(shape) = &definition.shape else {
                break;
            };
            let Some(field) = shape.fields.iter().find(|field| field.name == *name) else {
                break;
            };
            fields.push((field, definition.usage));
            ty = self.resolve(&field.ty).clone();
        }
        fields
    }

    /// The type behind aliases.
    pub fn resolve<'a>(&'a self, mut ty: &'a Type) -> &'a Type {
        // An alias never leads back to itself: such a schema is lowered to a newtype.
        while let Type::Named(id) = ty {
            match &self.type_def(*id).shape {
                Shape::Alias(target) => ty = target,
                _ => break,
            }
        }
        ty
    }
}
