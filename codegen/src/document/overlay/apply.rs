//! The actions of overlays, applied to a description one after the other.

use serde_json::Value;

use super::additions::{Additions, TooMuch};
use super::merge::{self, Merge};
use super::object::{Action, Change, Overlay};
use super::trace::{Known, Trace, Written};
use super::{remove, unmatched};
use crate::config::Limits;
use crate::diagnostic::{Diagnostic, Origin, WarningCode};
use crate::document::read::DEEPEST;
use crate::json_path::{Budget, Found, JsonPath, Set};
use crate::pointer::push;

/// A description while overlays are applied to it.
pub(super) struct Application {
    pub(super) value: Value,
    pub(super) trace: Trace,
    pub(super) found: Vec<Diagnostic>,
    additions: Additions,
    budget: Budget,
    unmatched: usize,
    has_error: bool,
    /// Whether something didn't fit: nothing more is applied then.
    is_full: bool,
}

/// What is copied: a value, what is known of those in it, and where it is written.
type Copied = (Value, Trace, Written);

/// Nothing more is applied.
pub(super) struct Stopped;

/// Where an action is, and what of its overlay has to be known.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) action: &'a Action,
    pub(super) origin: Origin,
    pub(super) is_1_0: bool,
}

impl At<'_> {
    /// An error at a key of the action.
    pub(super) fn error(&self, key: &str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(self.origin, push(&self.action.pointer, key), message)
    }
}

impl Application {
    pub(super) fn new(value: Value, limits: Limits, steps: u64) -> Self {
        Self {
            additions: Additions::within(&value, limits),
            value,
            trace: Trace::default(),
            found: Vec::new(),
            budget: Budget { steps },
            unmatched: 0,
            has_error: false,
            is_full: false,
        }
    }

    /// Applies the actions of an overlay.
    pub(super) fn overlay(&mut self, overlay: &Overlay, origin: Origin) -> Result<(), Stopped> {
        for action in &overlay.actions {
            self.action(At {
                action,
                origin,
                is_1_0: overlay.is_1_0,
            })?;
        }
        Ok(())
    }

    fn action(&mut self, at: At<'_>) -> Result<(), Stopped> {
        let Some(targets) = self.targets(at)? else {
            return Ok(());
        };
        let outcome = match &at.action.change {
            Change::Nothing => Ok(()),
            Change::Remove => match remove::refused(at, &self.value, &targets) {
                Some(error) => Err(Box::new(error)),
                None => {
                    let cost = remove::cost(&self.value, &targets);
                    self.take(at, "target", cost)?;
                    remove::remove(&mut self.value, &mut self.trace, &targets);
                    Ok(())
                }
            },
            Change::Update(update) => {
                let written = Written::new(at.origin, push(&at.action.pointer, "update"));
                let none = Trace::default();
                self.merge(at, "update", update, none.known(written), &targets)
            }
            Change::Copy(path) => match self.source(at, path)? {
                Err(error) => Err(error),
                Ok((value, trace, written)) => {
                    self.merge(at, "copy", &value, trace.known(written), &targets)
                }
            },
        };
        if let Err(error) = outcome {
            self.report(*error);
        }
        if self.is_full { Err(Stopped) } else { Ok(()) }
    }

    /// What the action is about; nothing where that is nothing, which is reported.
    fn targets(&mut self, at: At<'_>) -> Result<Option<Set>, Stopped> {
        match self.find(at, "target", &at.action.target)? {
            Found::Some(targets) => Ok(Some(targets)),
            Found::Nothing { segment, of } => {
                // After an error, what isn't there may be what the action before has not made.
                if !self.has_error {
                    let help = (self.unmatched < unmatched::MOST).then(|| {
                        let target = &at.action.target;
                        unmatched::help(target, segment, &of, &self.value, &mut self.budget)
                    });
                    self.unmatched += 1;
                    let pointer = push(&at.action.pointer, "target");
                    let message = format!(
                        "`{}` matches nothing in the description",
                        at.action.target.text
                    );
                    let mut warning = Diagnostic::warning(
                        WarningCode::UnmatchedAction,
                        at.origin,
                        pointer,
                        message,
                    );
                    warning.help = help;
                    self.found.push(warning.label("no match"));
                }
                Ok(None)
            }
        }
    }

    fn find(&mut self, at: At<'_>, key: &str, path: &JsonPath) -> Result<Found, Stopped> {
        let found = path.find(&self.value, &mut self.budget);
        found.map_err(|_| self.exhausted(at, key))
    }

    fn take(&mut self, at: At<'_>, key: &str, steps: usize) -> Result<(), Stopped> {
        let taken = self.budget.take(steps);
        taken.map_err(|_| self.exhausted(at, key))
    }

    fn exhausted(&mut self, at: At<'_>, key: &str) -> Stopped {
        let error = at.error(
            key,
            "this path takes too long in a description of this size",
        );
        let help = "use fewer `..` and `*` in filters, or select the values by their names";
        self.report(error.help(help));
        Stopped
    }

    /// What is copied: a value, what is known of it, and where it is written.
    fn source(
        &mut self,
        at: At<'_>,
        path: &JsonPath,
    ) -> Result<Result<Copied, Box<Diagnostic>>, Stopped> {
        let found = match self.find(at, "copy", path)? {
            Found::Some(found) => found,
            Found::Nothing { segment, of } => {
                let help = unmatched::help(path, segment, &of, &self.value, &mut self.budget);
                let error = at.error("copy", format!("`{}` matches nothing to copy", path.text));
                return Ok(Err(Box::new(error.label("no match").help(help))));
            }
        };
        let mut values = Vec::new();
        found.each(&self.value, &mut |value| values.push(value));
        let [value] = values.as_slice() else {
            let count = values.len();
            let message = format!(
                "`copy` must select one value, but `{}` selects {count}",
                path.text
            );
            let error = at.error("copy", message);
            let help = "name each part of the path, without `*`, `..` and filters";
            return Ok(Err(Box::new(error.help(help))));
        };
        // It is copied to be merged, which is spent as often as it is; this is once more.
        if let Err(refused) = self.additions.spend(value, 1) {
            return Ok(Err(Box::new(self.too_much(at, "copy", refused))));
        }
        let value = (*value).clone();
        let known = merge::known(&found, &self.value, &self.trace);
        let written = known.written.clone();
        let by = push(&at.action.pointer, "copy");
        let written = written.copied_by(at.origin, &by);
        Ok(Ok((value, known.into_copy(at.origin, &by), written)))
    }

    fn merge(
        &mut self,
        at: At<'_>,
        key: &str,
        update: &Value,
        known: Known<'_>,
        targets: &Set,
    ) -> Result<(), Box<Diagnostic>> {
        let count = merge::check(at, key, update, &self.value, targets)?;
        if let Err(refused) = self.additions.spend(update, count) {
            return Err(Box::new(self.too_much(at, key, refused)));
        }
        let mut merge = Merge::new(at, key, update, known);
        merge.apply(&mut self.value, &mut self.trace, targets);
        match (merge.refused, merge.error) {
            (Some(refused), _) => Err(Box::new(self.too_much(at, key, refused))),
            (None, Some(error)) => Err(Box::new(error)),
            (None, None) => Ok(()),
        }
    }

    fn too_much(&mut self, at: At<'_>, key: &str, refused: TooMuch) -> Diagnostic {
        self.is_full = true;
        match refused {
            TooMuch::Bytes => {
                let megabytes = self.additions.megabytes;
                let message = format!(
                    "the description and what overlays add to it have more than {megabytes} MB"
                );
                at.error(key, message).at_key().help(
                    "if this is intended, raise `megabytes` under `[limits]` in the configuration",
                )
            }
            TooMuch::Depth => {
                let message = format!(
                    "arrays and objects of the result are nested more than {DEEPEST} levels deep"
                );
                let help = "add it at a place that is less deep, or refer to it with `$ref`";
                at.error(key, message).at_key().help(help)
            }
        }
    }

    /// Notes an error; places of the description that belong to it are as the description is now.
    fn report(&mut self, mut error: Diagnostic) {
        self.has_error = true;
        self.trace.attribute(std::slice::from_mut(&mut error));
        self.found.push(error);
    }
}
