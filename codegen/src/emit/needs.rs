//! What an API has a use for, of all that a crate could have.

use crate::model::{
    Api, Body, BodyContent, External, Output, PagesBy, ResponseContent, Shape, Style, Type,
    Webhooks,
};
use crate::names::Ident;

use super::limits;

/// Whether it has operations that return pages.
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

/// Whether its configuration gives operations a timeout or a number of retries.
pub(super) fn request_defaults(api: &Api) -> bool {
    api.operations()
        .any(|(_, operation)| operation.timeout.is_some() || operation.max_retries.is_some())
}

/// Whether it has pollers with an interval or a timeout of their own.
pub(super) fn waiting_defaults(api: &Api) -> bool {
    let mut waiters = api.resources.iter().flat_map(|resource| &resource.waiters);
    waiters.any(limits::has_own)
}

/// Whether its configuration names environment variables.
pub(super) fn environment(api: &Api) -> bool {
    let mut schemes = api.profile.schemes.iter();
    let mut parameters = api.profile.parameters.iter();
    schemes.any(|scheme| scheme.env.is_some())
        || parameters.any(|parameter| parameter.env.is_some())
        || api.profile.base_url_env.is_some()
}

/// Whether it has points in time.
pub(super) fn date_times(api: &Api) -> bool {
    any_type(api, &Type::DateTime)
}

/// Whether it has days of the calendar.
pub(super) fn days(api: &Api) -> bool {
    any_type(api, &Type::Date)
}

/// Whether it has dates of any kind.
pub(super) fn dates(api: &Api) -> bool {
    date_times(api) || days(api)
}

/// Whether it has bytes in JSON.
pub(super) fn base64(api: &Api) -> bool {
    any_type(api, &Type::Base64)
}

/// Whether it has bytes in JSON in the alphabet for URLs.
pub(super) fn base64_url(api: &Api) -> bool {
    any_type(api, &Type::Base64Url)
}

/// Whether it has types that aren't generated.
pub(super) fn externals(api: &Api) -> bool {
    any_type_that(api, &mut |ty| external(ty).is_some())
}

/// The type that isn't generated, of values of this type or within it.
pub(super) fn external(ty: &Type) -> Option<&External> {
    match ty {
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => external(inner),
        Type::External(external) => Some(external),
        _ => None,
    }
}

/// Whether it has numbers that keep their digits.
pub(super) fn decimals(api: &Api) -> bool {
    any_type(api, &Type::Decimal)
}

/// Whether it has values that JSON tells apart by itself.
pub(super) fn unions(api: &Api) -> bool {
    api.declared()
        .any(|definition| matches!(definition.shape, Shape::Union(_)))
}

/// Whether it has fields that can be left out, cleared or set.
pub(super) fn nullable(api: &Api) -> bool {
    api.declared().any(|definition| match &definition.shape {
        Shape::Struct(shape) => shape
            .fields
            .iter()
            .any(|field| field.is_three_state(definition.usage)),
        _ => false,
    })
}

/// Whether it sends files or other content as it is.
pub(super) fn uploads(api: &Api) -> bool {
    bodies(api).any(|body| matches!(body.content, BodyContent::Binary)) || multipart(api)
}

/// Whether it sends forms with files.
pub(super) fn multipart(api: &Api) -> bool {
    bodies(api).any(|body| {
        matches!(
            body.content,
            BodyContent::Multipart(_) | BodyContent::Members(_)
        )
    })
}

/// Whether it documents redirects as responses.
pub(super) fn redirections(api: &Api) -> bool {
    let is = |content: &ResponseContent| *content == ResponseContent::Redirection;
    api.operations()
        .any(|(_, operation)| match &operation.output {
            Output::Redirection => true,
            Output::Several { cases, .. } => {
                let mut contents = cases.iter().filter_map(|case| case.content.as_ref());
                contents.any(is)
            }
            _ => false,
        })
}

/// Whether bodies of it are XML.
pub(super) fn xml(api: &Api) -> bool {
    api.operations()
        .any(|(_, it)| it.xml_roots().next().is_some())
}

/// Whether it sends forms without files, in bodies or as queries.
pub(super) fn forms(api: &Api) -> bool {
    let mut parameters = api.operations().flat_map(|(_, it)| &it.parameters);
    bodies(api).any(|body| matches!(body.content, BodyContent::Form { .. }))
        || parameters.any(|it| it.style == Style::WholeForm)
}

/// Whether it responds with streams of events.
pub(super) fn events(api: &Api) -> bool {
    api.operations()
        .any(|(_, operation)| operation.events.is_some())
}

/// Whether it has names in letters beyond ASCII, as far as they come from its types, operations and
/// parameters.
pub(super) fn letters_beyond_ascii(api: &Api) -> bool {
    let beyond = |name: &Ident| !name.as_str().is_ascii();
    let in_types = api.declared().any(|definition| {
        beyond(&definition.name)
            || match &definition.shape {
                Shape::Struct(shape) => shape.fields.iter().any(|it| beyond(&it.name)),
                Shape::StringEnum(variants) => variants.iter().any(|it| beyond(&it.name)),
                Shape::IntegerEnum(variants) => variants.iter().any(|it| beyond(&it.name)),
                Shape::Union(union) => union.variants.iter().any(|it| beyond(&it.name)),
                Shape::Alias(_) | Shape::Newtype(_) => false,
            }
    });
    in_types
        || api.operations().any(|(_, operation)| {
            beyond(&operation.method) || operation.parameters.iter().any(|it| beyond(&it.name))
        })
}

fn bodies(api: &Api) -> impl Iterator<Item = &Body> {
    api.operations()
        .filter_map(|(_, operation)| operation.body.as_ref())
}

/// Whether a type stands anywhere in it.
fn any_type(api: &Api, wanted: &Type) -> bool {
    any_type_that(api, &mut |ty| holds(ty, wanted))
}

/// Whether any type that a crate names is such a one.
pub(super) fn any_type_that(api: &Api, mut holds: &mut dyn FnMut(&Type) -> bool) -> bool {
    api.declared().any(|definition| match &definition.shape {
        Shape::Struct(shape) => {
            let rest = shape.rest.as_ref().map(|rest| &rest.ty);
            let mut types = shape.fields.iter().map(|field| &field.ty).chain(rest);
            types.any(&mut holds)
        }
        Shape::Union(union) => union.variants.iter().any(|it| holds(&it.ty)),
        Shape::Alias(ty) | Shape::Newtype(ty) => holds(ty),
        Shape::StringEnum(_) | Shape::IntegerEnum(_) => false,
    }) || api.operations().any(|(_, operation)| {
        operation.request_types().any(&mut holds)
            || operation.response_types().any(&mut holds)
            || operation.headers.iter().any(|header| holds(&header.ty))
    }) || api.webhooks.iter().flat_map(Webhooks::types).any(holds)
}

fn holds(ty: &Type, wanted: &Type) -> bool {
    match ty {
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => holds(inner, wanted),
        _ => ty == wanted,
    }
}
