//! What failures answer with, told apart by status.

use crate::model::{ErrorResponse, FailureCase, FailureTypes, Statuses, Type, TypeId};
use crate::names::{Ident, Scope};

/// What the failures of a call answer with, where that is of several types. One type needs no enum:
/// whoever has the error knows it.
pub(super) fn by_type(
    errors: &[ErrorResponse],
    request: &Ident,
    items: &mut Scope,
    name_of: impl Fn(TypeId) -> Option<String>,
) -> Option<FailureTypes> {
    let mut cases: Vec<(&Type, Vec<Statuses>)> = Vec::new();
    let mut untyped = Vec::new();
    for error in errors {
        let Some(ty) = error.ty.as_ref().filter(|ty| **ty != Type::Value) else {
            untyped.push(error.statuses);
            continue;
        };
        match cases.iter_mut().find(|(known, _)| *known == ty) {
            Some((_, statuses)) => statuses.push(error.statuses),
            None => cases.push((ty, vec![error.statuses])),
        }
    }
    if cases.len() < 2 {
        return None;
    }
    let name = items.name(&[&format!("{request}Failure")], "Failure");
    let mut variants = Scope::new(&["Self"]);
    let cases = cases
        .into_iter()
        .map(|(ty, statuses)| {
            let status = statuses.first().map_or("Other", |it| status_word(*it));
            let of_type = match ty {
                Type::Named(id) => name_of(*id),
                _ => None,
            };
            let wanted = of_type.unwrap_or_else(|| status.to_owned());
            FailureCase {
                name: variants.name(&[&wanted], "Other"),
                statuses,
                ty: ty.clone(),
            }
        })
        .collect();
    Some(FailureTypes {
        name,
        cases,
        untyped,
    })
}

/// A word for a failure (RFC 9110 sections 15.5 and 15.6).
fn status_word(statuses: Statuses) -> &'static str {
    match statuses {
        Statuses::One(400) => "BadRequest",
        Statuses::One(401) => "Unauthorized",
        Statuses::One(403) => "Forbidden",
        Statuses::One(404) => "NotFound",
        Statuses::One(409) => "Conflict",
        Statuses::One(422) => "Unprocessable",
        Statuses::One(429) => "TooManyRequests",
        Statuses::One(400..=499) | Statuses::Range(4) => "Refused",
        Statuses::One(500..=599) | Statuses::Range(5) => "ServerError",
        _ => "Other",
    }
}
