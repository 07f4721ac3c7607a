//! What an API has a use for, of all that a crate could have.

use crate::model::{Api, Output, PagesBy, Shape, Type};

/// Whether it has operations that answer in pages.
pub(super) fn pages(api: &Api) -> bool {
    api.operations()
        .any(|(_, operation)| operation.pagination.is_some())
}

/// Whether it has lists that go on by a `Link` header.
pub(super) fn links(api: &Api) -> bool {
    api.operations().any(|(_, operation)| {
        let pagination = operation.pagination.as_ref();
        pagination.is_some_and(|pagination| matches!(pagination.by, PagesBy::Link))
    })
}

/// Whether it has something to wait for.
pub(super) fn waits(api: &Api) -> bool {
    api.resources
        .iter()
        .any(|resource| !resource.waiters.is_empty())
}

/// Whether its configuration names environment variables.
pub(super) fn environment(api: &Api) -> bool {
    api.profile.api_key_env.is_some() || api.profile.base_url_env.is_some()
}

/// Whether it has dates.
pub(super) fn dates(api: &Api) -> bool {
    any_type(api, &Type::DateTime)
}

/// Whether it has values that JSON tells apart by itself.
pub(super) fn unions(api: &Api) -> bool {
    let mut types = api.types.iter();
    types.any(|definition| matches!(definition.shape, Shape::Union(_)))
}

/// Whether it has fields that can be left out, cleared or set.
pub(super) fn nullable(api: &Api) -> bool {
    api.types.iter().any(|definition| match &definition.shape {
        Shape::Struct(shape) => shape
            .fields
            .iter()
            .any(|field| field.is_three_state(definition.usage)),
        _ => false,
    })
}

/// Whether a type stands anywhere in it.
fn any_type(api: &Api, wanted: &Type) -> bool {
    let holds = |ty: &Type| holds(ty, wanted);
    api.types.iter().any(|definition| match &definition.shape {
        Shape::Struct(shape) => {
            let rest = shape.rest.as_ref().map(|rest| &rest.ty);
            let mut types = shape.fields.iter().map(|field| &field.ty).chain(rest);
            types.any(holds)
        }
        Shape::Union(union) => union.variants.iter().any(|it| holds(&it.ty)),
        Shape::Alias(ty) | Shape::Newtype(ty) => holds(ty),
        Shape::TextEnum(_) | Shape::IntegerEnum(_) => false,
    }) || api.operations().any(|(_, operation)| {
        let answers = match &operation.output {
            Output::None => false,
            Output::Json(ty) | Output::Maybe(ty) => holds(ty),
            Output::Several { cases, .. } => {
                cases.iter().filter_map(|case| case.ty.as_ref()).any(holds)
            }
        };
        let body = operation.body.as_ref().is_some_and(|body| holds(&body.ty));
        let mut parameters = operation.parameters.iter();
        answers || body || parameters.any(|parameter| holds(&parameter.ty))
    })
}

fn holds(ty: &Type, wanted: &Type) -> bool {
    match ty {
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => holds(inner, wanted),
        _ => ty == wanted,
    }
}
