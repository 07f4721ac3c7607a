//! What descriptions say of operations and the model doesn't keep: statuses, media types, scopes.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde_json::Value;

use crate::pointer::push;

use super::change::{ChangeKind, Consequence, Subject};
use super::operations::{Call, route};
use super::{ChangeText, Comparison};

/// Schemes with a scope that is required.
type Scopes = BTreeSet<(String, String)>;

impl Comparison<'_> {
    /// The statuses of an operation, where nothing else has said what has changed about them.
    pub(super) fn statuses(&mut self, old: Call<'_>, new: Call<'_>) {
        let places = [
            format!("{}/responses", self.old.operation(old.1)),
            format!("{}/responses", self.new.operation(new.1)),
        ];
        let (before, after) = (self.old.keys(&places[0]), self.new.keys(&places[1]));
        let is_status = |key: &&String| !key.starts_with("x-");
        let added: Vec<&String> = after.iter().filter(|it| !before.contains(it)).collect();
        let gone: Vec<&String> = before.iter().filter(|it| !after.contains(it)).collect();
        for status in added.into_iter().filter(is_status) {
            self.status((old, new), &places, status, ChangeKind::Added);
        }
        for status in gone.into_iter().filter(is_status) {
            self.status((old, new), &places, status, ChangeKind::Removed);
        }
    }

    fn status(
        &mut self,
        (_, new): (Call<'_>, Call<'_>),
        places: &[String; 2],
        status: &str,
        kind: ChangeKind,
    ) {
        let route = route(new.1);
        let subject = if status.starts_with('2') {
            Subject::Response
        } else {
            Subject::Failure
        };
        let verb = match kind {
            ChangeKind::Added => "documents",
            _ => "no longer documents",
        };
        let shown = super::quoted(status);
        let text = format!("`{route}` {verb} the status {shown}");
        let change = ChangeText::new(kind, subject, &route, text)
            .old(self.old.existing(push(&places[0], status)))
            .new_at(self.new.existing(push(&places[1], status)));
        self.note(change, Consequence::none(), Consequence::none());
    }

    /// The media types of a body beside the one that the crate sends.
    pub(super) fn other_media_types(&mut self, old: Call<'_>, new: Call<'_>) {
        let content = |place: String| push(&push(&place, "requestBody"), "content");
        let places = [
            content(self.old.operation(old.1)),
            content(self.new.operation(new.1)),
        ];
        let found = [
            self.old
                .followed_at(&places[0][..places[0].len() - "/content".len()]),
            self.new
                .followed_at(&places[1][..places[1].len() - "/content".len()]),
        ];
        let keys = |value: Option<&Value>| -> Vec<String> {
            let content = value.and_then(|it| it.get("content")?.as_object());
            content.map_or_else(Vec::new, |it| it.keys().cloned().collect())
        };
        let [before, after] = found.map(|it| keys(it.map(|(_, value)| value)));
        let route = route(new.1);
        let added = after.iter().filter(|it| !before.contains(it));
        let gone = before.iter().filter(|it| !after.contains(it));
        let added = added.map(|it| {
            (
                ChangeKind::Added,
                format!("also takes {}", super::quoted(it)),
            )
        });
        let gone = gone.map(|it| {
            (
                ChangeKind::Removed,
                format!("no longer takes {}", super::quoted(it)),
            )
        });
        for (kind, what) in added.chain(gone).collect::<Vec<_>>() {
            let change = ChangeText::new(kind, Subject::Body, &route, format!("`{route}` {what}"))
                .old(self.old.existing(places[0].clone()))
                .new_at(self.new.existing(places[1].clone()));
            self.note(change, Consequence::none(), Consequence::none());
        }
    }

    /// The scopes that operations require: what holds for several is told once.
    pub(super) fn scopes(&mut self, calls: &[(Call<'_>, Call<'_>)]) {
        let mut changed: IndexMap<(Scopes, Scopes), Vec<(Call<'_>, Call<'_>)>> = IndexMap::new();
        for (old, new) in calls {
            let before = scopes(self.old, *old);
            let after = scopes(self.new, *new);
            let schemes: BTreeSet<&String> = before.1.intersection(&after.1).collect();
            let of_both = |scopes: &Scopes, others: &Scopes| -> Scopes {
                let only = scopes.difference(others);
                only.filter(|it| schemes.contains(&it.0)).cloned().collect()
            };
            let added = of_both(&after.0, &before.0);
            let gone = of_both(&before.0, &after.0);
            if !(added.is_empty() && gone.is_empty()) {
                changed.entry((added, gone)).or_default().push((*old, *new));
            }
        }
        for ((added, gone), calls) in changed {
            let (old, new) = calls[0];
            let who = match calls.len() {
                1 => format!("`{}`", route(new.1)),
                many => format!("{many} operations"),
            };
            self.scopes_of((old, new), &who, &added, ChangeKind::Added);
            self.scopes_of((old, new), &who, &gone, ChangeKind::Removed);
        }
    }

    fn scopes_of(
        &mut self,
        (old, new): (Call<'_>, Call<'_>),
        who: &str,
        scopes: &Scopes,
        kind: ChangeKind,
    ) {
        if scopes.is_empty() {
            return;
        }
        let names: Vec<String> = scopes.iter().map(|it| super::quoted(&it.1)).collect();
        let names = names.join(", ");
        let verb = if who.starts_with('`') {
            "requires"
        } else {
            "require"
        };
        let (text, wire) = match kind {
            ChangeKind::Added => (
                format!("{who} {verb} the scope {names}"),
                Consequence::breaking("credentials of existing clients may lack it"),
            ),
            _ => (
                format!("{who} no longer {verb} the scope {names}"),
                Consequence::none(),
            ),
        };
        let change = ChangeText::new(kind, Subject::Credential, &route(new.1), text)
            .old(self.old.in_operation(old.1, "security"))
            .new_at(self.new.in_operation(new.1, "security"));
        self.note(change, Consequence::none(), wire);
    }
}

/// The scopes that an operation requires, and the schemes that it takes.
fn scopes(side: &super::side::Side<'_>, call: Call<'_>) -> (Scopes, BTreeSet<String>) {
    let own = side
        .document
        .value(&format!("{}/security", side.operation(call.1)));
    let requirements = own.or_else(|| side.document.value("/security"));
    let mut scopes = Scopes::new();
    let mut schemes = BTreeSet::new();
    let sets = requirements.and_then(Value::as_array).into_iter().flatten();
    for (scheme, named) in sets.filter_map(Value::as_object).flatten() {
        schemes.insert(scheme.clone());
        let named = named.as_array().into_iter().flatten();
        let named = named.filter_map(Value::as_str);
        scopes.extend(named.map(|scope| (scheme.clone(), scope.to_owned())));
    }
    (scopes, schemes)
}
