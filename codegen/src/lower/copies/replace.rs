//! Puts types in the place of others, wherever a model has them.

use crate::model::{
    BodyContent, FailureTypes, Operation, Output, PartKind, Resource, ResponseContent, Shape, Type,
    TypeId, Webhooks,
};

/// Does it in a type.
pub(super) fn in_type(ty: &mut Type, new: &dyn Fn(TypeId) -> TypeId) {
    match ty {
        Type::Named(id) => *id = new(*id),
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => in_type(inner, new),
        _ => {}
    }
}

/// Does something with the types that a type is made of.
pub(super) fn in_shape(shape: &mut Shape, each: &dyn Fn(&mut Type)) {
    match shape {
        Shape::Struct(shape) => {
            let fields = shape.fields.iter_mut().map(|field| &mut field.ty);
            let rest = shape.rest.iter_mut().map(|rest| &mut rest.ty);
            fields.chain(rest).for_each(each);
        }
        Shape::Union(union) => union.variants.iter_mut().for_each(|it| each(&mut it.ty)),
        Shape::Alias(ty) | Shape::Newtype(ty) => each(ty),
        Shape::StringEnum(_) | Shape::IntegerEnum(_) => {}
    }
}

/// Does it in resources.
pub(super) fn in_resources(resources: &mut [Resource], new: &dyn Fn(TypeId) -> TypeId) {
    for resource in resources {
        for operation in &mut resource.operations {
            in_operation(operation, &|ty| in_type(ty, new));
        }
        for waiter in &mut resource.waiters {
            waiter.state = new(waiter.state);
        }
    }
}

/// Does it in webhooks.
pub(super) fn in_webhooks(webhooks: &mut Webhooks, new: &dyn Fn(TypeId) -> TypeId) {
    let all = webhooks.offered.iter_mut().chain(&mut webhooks.callbacks);
    let types = all.map(|it| &mut it.ty).chain(&mut webhooks.event);
    types.for_each(|ty| in_type(ty, new));
}

fn in_operation(operation: &mut Operation, each: &dyn Fn(&mut Type)) {
    for parameter in &mut operation.parameters {
        each(&mut parameter.ty);
    }
    if let Some(body) = &mut operation.body {
        in_body(&mut body.content, each);
    }
    match &mut operation.output {
        Output::Json(ty) | Output::Maybe(ty) | Output::Xml(ty, _) | Output::String(ty) => each(ty),
        Output::Several { cases, .. } => {
            let contents = cases.iter_mut().filter_map(|case| case.content.as_mut());
            contents.for_each(|content| in_content(content, each));
        }
        Output::None | Output::Text | Output::Bytes | Output::Redirection => {}
    }
    if let Some(events) = &mut operation.events {
        in_content(&mut events.item, each);
    }
    if let Some(pagination) = &mut operation.pagination {
        each(&mut pagination.item);
    }
    for header in &mut operation.headers {
        each(&mut header.ty);
    }
    for error in &mut operation.errors {
        if let Some(ty) = &mut error.ty {
            each(ty);
        }
    }
    if let Some(failures) = &mut operation.failure_types {
        for case in &mut failures.cases {
            each(&mut case.ty);
        }
        // Bodies that have become of one type need no enum.
        if is_of_one_type(failures) {
            operation.failure_types = None;
        }
    }
}

fn is_of_one_type(failures: &FailureTypes) -> bool {
    let first = failures.cases.first();
    first.is_none_or(|first| failures.cases.iter().all(|it| it.ty == first.ty))
}

fn in_body(content: &mut BodyContent, each: &dyn Fn(&mut Type)) {
    match content {
        BodyContent::Json(ty)
        | BodyContent::Xml(ty, _)
        | BodyContent::Lines(ty)
        | BodyContent::Form { ty, .. }
        | BodyContent::Members(ty) => each(ty),
        BodyContent::Multipart(form) => {
            for part in &mut form.parts {
                if let PartKind::Value(ty) = &mut part.kind {
                    each(ty);
                }
                part.headers.iter_mut().for_each(|it| each(&mut it.ty));
            }
            if let Some(values) = form.additional.as_mut().and_then(|it| it.values.as_mut()) {
                each(&mut values.ty);
            }
        }
        BodyContent::Text | BodyContent::Binary => {}
    }
}

fn in_content(content: &mut ResponseContent, each: &dyn Fn(&mut Type)) {
    match content {
        ResponseContent::Json(ty) | ResponseContent::Xml(ty, _) | ResponseContent::String(ty) => {
            each(ty);
        }
        ResponseContent::Text | ResponseContent::Bytes | ResponseContent::Redirection => {}
    }
}
