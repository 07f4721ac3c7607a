//! Page tokens in request bodies: searches and queries are a `POST` whose JSON has the token of the page.

use crate::config::By;
use crate::model::{
    Body, BodyContent, Field, PagesBy, Parameter, ParameterLocation, Style, TokenPlace, Type,
};

use super::reach::{TEXT, WHOLE};
use super::{Findings, Paging, Site};

impl<'a> Paging<'_, 'a> {
    /// The optional properties of a JSON body that a token can be sent as, as if they were parameters.
    pub(super) fn parameters_in_body(&self, body: Option<&Body>) -> Vec<Parameter> {
        let Some(BodyContent::Json(ty)) = body.map(|body| &body.content) else {
            return Vec::new();
        };
        let Type::Named(id) = self.types.behind_aliases(ty) else {
            return Vec::new();
        };
        let fields = self.types.fields(id).unwrap_or_default().iter();
        let can_be = |ty: &Type| {
            let ty = self.types.behind_aliases(ty);
            TEXT.has(&ty) || WHOLE.has(&ty)
        };
        let optional = fields.filter(|it| !it.required && it.constant.is_none() && can_be(&it.ty));
        let parameter = |field: &Field| Parameter {
            name: field.name.clone(),
            wire: field.wire.clone(),
            place: ParameterLocation::Query,
            style: Style::Form,
            explode: false,
            allow_reserved: false,
            encodings: Vec::new(),
            ty: field.ty.clone(),
            required: false,
            is_needed: false,
            constant: None,
            default: None,
            docs: field.docs.clone(),
        };
        optional.map(parameter).collect()
    }

    /// How the responses go on of an operation that isn't a `GET`: only by a token that its body takes and a
    /// field holds, which says all there is to know.
    pub(super) fn guess_by_body(&self, site: &Site<'_, 'a>, lists: &mut Findings) {
        if site.in_body.is_empty() || !site.is_list() {
            return;
        }
        let pagination = self.paged(site, By::Token).ok();
        let is_by_body = |by: &PagesBy| {
            matches!(
                by,
                PagesBy::Token {
                    place: TokenPlace::BodyString | TokenPlace::BodyNumber,
                    ..
                }
            )
        };
        lists.pagination = pagination.filter(|it| is_by_body(&it.by));
    }

    /// Where a token is sent as a property of a body.
    pub(super) fn place_in_body(&self, parameter: &Parameter) -> TokenPlace {
        if self.takes(parameter, TEXT) {
            TokenPlace::BodyString
        } else {
            TokenPlace::BodyNumber
        }
    }
}
