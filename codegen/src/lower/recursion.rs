//! The stack that it takes to follow a description's references.

use crate::diagnostic::{Diagnostic, Origin};
use crate::document::Document;
use crate::stack::with_stack;

/// Chains up to this length are followed on the stack that there is.
const SHALLOW: usize = 48;

/// Longer chains aren't followed at all.
const DEEPEST: usize = 8_192;

/// What one step of a chain takes of the stack, in bytes. Chains at the limit fit in a build without
/// optimisation, over `allOf`, `oneOf` and `anyOf` and through properties outside of the components.
const LEVEL: usize = 48 * 1024;

/// What everything else takes of it.
const BASE: usize = 8 * 1024 * 1024;

/// Does `work` where there is room for the document's longest chain of references.
pub(super) fn with_sized_stack<T: Send>(
    document: &Document,
    work: impl FnOnce() -> Result<T, Vec<Diagnostic>> + Send,
) -> Result<T, Vec<Diagnostic>> {
    let chain = document.longest_chain();
    if chain <= SHALLOW {
        return work();
    }
    let too_deep = |reason: String| {
        let message = format!("the schemas reference each other {chain} levels deep, {reason}");
        let help = "compose fewer schemas by `allOf`, `oneOf` and `anyOf`";
        let error = Diagnostic::error(Origin::Spec, "/components/schemas", message);
        Err(vec![error.at_key().help(help)])
    };
    if chain > DEEPEST {
        return too_deep(format!("which is more than {DEEPEST}"));
    }
    with_stack(BASE + chain * LEVEL, work).unwrap_or_else(|error| {
        too_deep(format!(
            "and no stack of that size could be allocated: \
            {error}"
        ))
    })
}
