//! The bodies of failures, told apart by status.

use crate::model::{ErrorResponse, FailureCase, FailureTypes, Type};
use crate::names::Scope;

/// The bodies of the failures of a call, where that is of several types: a variant for each status, which is
/// what users match by. One type needs no enum: whoever has the error knows it.
pub(super) fn by_status(
    errors: &[ErrorResponse],
    request: &str,
    items: &mut Scope,
) -> Option<FailureTypes> {
    let mut variants = Scope::new(&["Self"]);
    let mut cases: Vec<FailureCase> = Vec::new();
    let mut untyped = Vec::new();
    for error in errors {
        let Some(ty) = error.ty.as_ref().filter(|ty| **ty != Type::Value) else {
            untyped.push(error.statuses);
            continue;
        };
        cases.push(FailureCase {
            name: variants.name(&[&error.statuses.word()], "Other"),
            statuses: vec![error.statuses],
            ty: ty.clone(),
            is_xml: error.xml.is_some(),
        });
    }
    let first = cases.first()?;
    if cases.iter().all(|it| it.ty == first.ty) {
        return None;
    }
    Some(FailureTypes {
        name: items.name(&[&format!("{request}Failure")], "Failure"),
        cases,
        untyped,
    })
}
