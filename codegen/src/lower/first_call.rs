//! The call that the configuration wants to be shown first.

use crate::diagnostic::{Diagnostic, Origin, WarningCode};
use crate::model::{Api, Operation, Resource};
use crate::nearest::nearest;

use super::{Lowering, quoted};

/// Where the configuration names it.
pub(crate) const POINTER: &str = "/docs/first-call";

/// Most operations that a message lists.
const LISTED: usize = 8;

impl Lowering<'_> {
    /// Method and path of the operation that the configuration names, which has to be there.
    pub(super) fn first_call(&mut self, resources: &[Resource]) -> Option<String> {
        let key = self.config.docs.first_call.as_deref()?;
        let operations = || resources.iter().flat_map(|it| &it.operations);
        if let Some(found) = operations().find(|it| it.id == key || it.route() == key) {
            return Some(found.route());
        }
        let message = format!("unknown operation `{key}`");
        let mut problem = Diagnostic::error(Origin::Config, POINTER, message);
        problem.help = Some(if self.used_configuration.skipped.contains(key) {
            problem.message =
                format!("`{key}` is excluded by `skip`, so it can't be the first example");
            "use an operation of the crate".to_owned()
        } else {
            problem.demote(WarningCode::UnknownName);
            suggestion(key, operations())
        });
        self.report(problem);
        None
    }
}

fn suggestion<'a>(key: &str, operations: impl Iterator<Item = &'a Operation>) -> String {
    let names: Vec<(String, &str)> = operations.map(|it| (it.route(), it.id.as_str())).collect();
    let all = names.iter().flat_map(|(route, id)| [*id, route.as_str()]);
    match nearest(key, all) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!(
            "use an operationId, or a method and path as in `GET /pets`; the first are {}",
            quoted(names.iter().map(|(_, id)| *id).take(LISTED))
        ),
    }
}

/// Forgets the operation that was named where the crate hasn't got it, and says so.
pub(super) fn forget_what_is_left_out(api: &mut Api) -> Option<Diagnostic> {
    let wanted = api.first_call.as_deref()?;
    if api.operations().any(|(_, it)| it.route() == wanted) {
        return None;
    }
    let message = format!("`{wanted}` is not among the selected operations");
    api.first_call = None;
    let help = "the README and the front page use another operation as the first example";
    Some(Diagnostic::warning(WarningCode::FirstCall, Origin::Config, POINTER, message).help(help))
}
