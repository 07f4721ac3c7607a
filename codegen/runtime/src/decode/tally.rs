//! Deviations and losses that are counted while a value is decoded.
//!
//! They are kept in thread-local state: a value is decoded without interruption, and serde's functions,
//! which call ours, can't pass anything along.

use std::cell::{Cell, RefCell};

use serde::de::Expected;

use super::super::deviation::Deviation;
use super::super::json_path;
use super::super::reading::Reading;

/// How many deviations of a body are kept; the others are counted.
const MAX_KEPT: usize = 100;

/// The maximum length of a path, in bytes: keys come from the server.
const MAX_PATH: usize = 16 * 1024;

/// The number of places where a value differs from the type that it was decoded as.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Constants with another value.
    pub(crate) misfits: usize,
    /// Members that are skipped.
    pub(crate) lost: usize,
    /// Reported deviations.
    pub(crate) reported: usize,
    /// Undocumented values and variants.
    pub(crate) unknown: usize,
    /// Additional properties.
    pub(crate) kept: usize,
}

impl Tally {
    /// The counts so far, in this thread.
    pub(crate) fn now() -> Self {
        COUNTERS.with(|counters| Self {
            misfits: counters.misfits.get(),
            lost: counters.lost.get(),
            reported: counters.reported.get(),
            unknown: counters.unknown.get(),
            kept: counters.kept.get(),
        })
    }

    /// The difference to earlier counts.
    pub(crate) fn since(self, earlier: Self) -> Self {
        Self {
            misfits: self.misfits.wrapping_sub(earlier.misfits),
            lost: self.lost.wrapping_sub(earlier.lost),
            reported: self.reported.wrapping_sub(earlier.reported),
            unknown: self.unknown.wrapping_sub(earlier.unknown),
            kept: self.kept.wrapping_sub(earlier.kept),
        }
    }

    /// Resets to these counts, after a variant that wasn't chosen.
    pub(crate) fn restore(self) {
        COUNTERS.with(|counters| {
            counters.misfits.set(self.misfits);
            counters.lost.set(self.lost);
            counters.reported.set(self.reported);
            counters.unknown.set(self.unknown);
            counters.kept.set(self.kept);
        });
        let kept = self.reported.wrapping_sub(begin());
        LIST.with_borrow_mut(|list| {
            if let Some(list) = list {
                list.truncate(kept);
            }
        });
    }
}

struct Counters {
    level: Cell<Option<Reading>>,
    misfits: Cell<usize>,
    lost: Cell<usize>,
    reported: Cell<usize>,
    unknown: Cell<usize>,
    kept: Cell<usize>,
    /// The count of reported deviations when the list began.
    begin: Cell<usize>,
}

thread_local! {
    /// The first deviations of the body, if they are collected.
    // Apart from the counters, which are read for each field: without anything to drop they need no check
    // of whether the thread has begun to drop them.
    static LIST: RefCell<Option<Vec<Deviation>>> = const { RefCell::new(None) };

    static COUNTERS: Counters = const {
        Counters {
            level: Cell::new(None),
            misfits: Cell::new(0),
            lost: Cell::new(0),
            reported: Cell::new(0),
            unknown: Cell::new(0),
            kept: Cell::new(0),
            begin: Cell::new(0),
        }
    };
}

fn count(counter: impl Fn(&Counters) -> &Cell<usize>) {
    COUNTERS.with(|counters| {
        let counter = counter(counters);
        counter.set(counter.get().wrapping_add(1));
    });
}

/// Counts a constant with another value.
#[cold]
pub(crate) fn misfit() {
    count(|counters| &counters.misfits);
}

/// Counts an undocumented value or variant.
#[cold]
pub(crate) fn unknown() {
    count(|counters| &counters.unknown);
}

/// Counts a member that is skipped.
pub(super) fn lost() {
    count(|counters| &counters.lost);
}

/// Counts an additional property.
pub(super) fn kept() {
    count(|counters| &counters.kept);
}

/// Reports a deviation of the current value; the decoders of the values around it add its path.
#[cold]
pub(crate) fn report(expected: &dyn Expected, found: &'static str) {
    count(|counters| &counters.reported);
    LIST.with_borrow_mut(|list| {
        if let Some(list) = list.as_mut().filter(|list| list.len() < MAX_KEPT) {
            list.push(Deviation {
                path: String::new(),
                expected: expected.to_string(),
                found,
            });
        }
    });
}

/// The number of deviations that were reported so far.
#[inline]
pub(super) fn reported() -> usize {
    COUNTERS.with(|counters| counters.reported.get())
}

/// Adds the name of a member to the paths of the deviations after the first `before`.
#[cold]
pub(super) fn in_member(before: usize, name: &str) {
    below(before, &json_path::of_key(name));
}

/// Adds the index of an item to their paths.
#[cold]
pub(super) fn in_item(before: usize, at: usize) {
    below(before, &format!("[{at}]"));
}

fn below(before: usize, place: &str) {
    let first = before.wrapping_sub(begin());
    LIST.with_borrow_mut(|list| {
        for deviation in list.iter_mut().flatten().skip(first) {
            if deviation.path.len() + place.len() < MAX_PATH {
                deviation.path = json_path::below(place, &deviation.path);
            }
        }
    });
}

/// The number of deviations that were reported before the current scope.
fn begin() -> usize {
    COUNTERS.with(|counters| counters.begin.get())
}

/// The current [`Reading`].
pub(crate) fn level() -> Reading {
    COUNTERS.with(|counters| counters.level.get().unwrap_or_default())
}

/// The deviations of a body.
#[derive(Clone, Debug, Default)]
pub(crate) struct Deviations {
    /// The first hundred.
    pub(crate) list: Vec<Deviation>,
    /// Their number, including those that aren't kept.
    pub(crate) count: usize,
}

/// Decodes a body with a [`Reading`].
pub(crate) fn at_level<T>(level: Reading, read: impl FnOnce() -> T) -> (T, Deviations) {
    let _scope = Scope::begin(level, Some(Vec::new()));
    let value = read();
    (value, collected())
}

/// The deviations of the current scope.
fn collected() -> Deviations {
    Deviations {
        list: LIST.take().unwrap_or_default(),
        count: reported().wrapping_sub(begin()),
    }
}

/// Decodes a value with a [`Reading`], unless it is part of a value that is being decoded.
pub(super) fn by_default<T>(default: Reading, read: impl FnOnce() -> T) -> T {
    if COUNTERS.with(|counters| counters.level.get().is_some()) {
        return read();
    }
    let _scope = Scope::begin(default, None);
    read()
}

/// Restores the previous state when it is dropped.
struct Scope {
    level: Option<Reading>,
    begin: usize,
    list: Option<Vec<Deviation>>,
}

impl Scope {
    fn begin(level: Reading, list: Option<Vec<Deviation>>) -> Self {
        COUNTERS.with(|counters| Self {
            level: counters.level.replace(Some(level)),
            begin: counters.begin.replace(counters.reported.get()),
            list: LIST.replace(list),
        })
    }
}

impl Drop for Scope {
    fn drop(&mut self) {
        COUNTERS.with(|counters| {
            counters.level.set(self.level);
            counters.begin.set(self.begin);
        });
        LIST.set(self.list.take());
    }
}
