//! Waits for an end.

use crate::model::{Api, Waiter};

use super::change::{ChangeKind, Consequence, Subject};
use super::operations::{Call, accessor_path, method_path, route};
use super::pairs::{Pairs, pair};
use super::{ChangeText, Comparison};

/// The waits of an API, each with the operation that it asks with.
fn all(api: &Api) -> Vec<(Call<'_>, &Waiter)> {
    let waits = api.resources.iter().flat_map(|resource| {
        let waiters = resource.waiters.iter();
        waiters.map(move |waiter| ((resource, &resource.operations[waiter.operation]), waiter))
    });
    waits.collect()
}

impl Comparison<'_> {
    /// Compares the waits.
    pub(super) fn waits(&mut self, pairs: &Pairs<'_, '_, Call<'_>, Call<'_>>) {
        let (olds, news) = (all(&self.old.api), all(&self.new.api));
        // A wait is known by its way; what it asks with is an operation that is compared itself.
        let key =
            |(call, waiter): &(Call<'_>, &Waiter)| method_path(call.0, waiter.method.as_str());
        let found = pair(&olds, &news, key, key);
        for (was, is) in &found.both {
            let ends = |api: &Api, waiter: &Waiter| {
                let state = &api.type_def(waiter.state).name;
                format!("{state} {:?} {:?}", waiter.done, waiter.failed)
            };
            let same = pairs
                .both
                .iter()
                .any(|(old, new)| std::ptr::eq(old.1, was.0.1) && std::ptr::eq(new.1, is.0.1));
            if !same || ends(&self.old.api, was.1) != ends(&self.new.api, is.1) {
                let text = format!("`{}` polls until another state", key(is));
                let rust = Consequence::breaking("it ends at other values");
                self.about_wait(ChangeKind::Changed, Some(was.0), Some(is.0), text, rust);
            }
        }
        for is in &found.added {
            let rust = Consequence::additive(format!("`{}`", key(is)));
            let text = format!("the polling method `{}` was added", key(is));
            self.about_wait(ChangeKind::Added, None, Some(is.0), text, rust);
        }
        for was in &found.gone {
            let rust = Consequence::breaking(format!("`{}` was removed", key(was)));
            let text = format!("the polling method `{}` was removed", key(was));
            self.about_wait(ChangeKind::Removed, Some(was.0), None, text, rust);
        }
    }

    fn about_wait(
        &mut self,
        kind: ChangeKind,
        old: Option<Call<'_>>,
        new: Option<Call<'_>>,
        text: String,
        rust: Consequence,
    ) {
        let name = new.or(old).map_or_else(String::new, |call| {
            format!("{} ({})", route(call.1), accessor_path(call))
        });
        let mut change = ChangeText::new(kind, Subject::Wait, &name, text);
        change.old = old.map(|call| self.old.operation(call.1));
        change.new = new.map(|call| self.new.operation(call.1));
        self.note(change, rust, Consequence::none());
    }
}
