//! What is noted while a value is read: deviations, and what a variant of a union would lose.
//!
//! It is kept by thread: a value is read in one go, and between the functions that read it stand those
//! of serde, which hand nothing along.

use std::cell::{Cell, RefCell};

use serde::de::Expected;

use super::super::deviation::Deviation;
use super::super::json_path;
use super::super::reading::Reading;

/// How many deviations of one body are kept; more are counted.
const MOST: usize = 100;

/// How long a path may grow, in bytes: keys come from the server.
const LONGEST_PATH: usize = 16 * 1024;

/// In how many places a value isn't what the type says that it was read as.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Constants that have another value.
    pub(crate) misfits: usize,
    /// Members that the type has no place for.
    pub(crate) lost: usize,
    /// Deviations that are told.
    pub(crate) told: usize,
    /// Values and variants that the description doesn't name.
    pub(crate) unknown: usize,
    /// Members that are kept without a field of their own.
    pub(crate) kept: usize,
}

impl Tally {
    /// All of them so far, in this thread.
    pub(crate) fn now() -> Self {
        COUNTERS.with(|counters| Self {
            misfits: counters.misfits.get(),
            lost: counters.lost.get(),
            told: counters.told.get(),
            unknown: counters.unknown.get(),
            kept: counters.kept.get(),
        })
    }

    /// What has come since an earlier one.
    pub(crate) fn since(self, earlier: Self) -> Self {
        Self {
            misfits: self.misfits.wrapping_sub(earlier.misfits),
            lost: self.lost.wrapping_sub(earlier.lost),
            told: self.told.wrapping_sub(earlier.told),
            unknown: self.unknown.wrapping_sub(earlier.unknown),
            kept: self.kept.wrapping_sub(earlier.kept),
        }
    }

    /// Forgets what was noted since, of a variant that wasn't the one.
    pub(crate) fn restore(self) {
        COUNTERS.with(|counters| {
            counters.misfits.set(self.misfits);
            counters.lost.set(self.lost);
            counters.told.set(self.told);
            counters.unknown.set(self.unknown);
            counters.kept.set(self.kept);
            if let Some(list) = counters.list.borrow_mut().as_mut() {
                list.truncate(self.told.wrapping_sub(counters.begin.get()));
            }
        });
    }
}

struct Counters {
    level: Cell<Option<Reading>>,
    misfits: Cell<usize>,
    lost: Cell<usize>,
    told: Cell<usize>,
    unknown: Cell<usize>,
    kept: Cell<usize>,
    /// What `told` was when the list began.
    begin: Cell<usize>,
    /// The first deviations of the body, where somebody asks for them.
    list: RefCell<Option<Vec<Deviation>>>,
}

thread_local! {
    static COUNTERS: Counters = const {
        Counters {
            level: Cell::new(None),
            misfits: Cell::new(0),
            lost: Cell::new(0),
            told: Cell::new(0),
            unknown: Cell::new(0),
            kept: Cell::new(0),
            begin: Cell::new(0),
            list: RefCell::new(None),
        }
    };
}

fn count(counter: impl Fn(&Counters) -> &Cell<usize>) {
    COUNTERS.with(|counters| {
        let counter = counter(counters);
        counter.set(counter.get().wrapping_add(1));
    });
}

/// Notes a constant that has another value.
#[cold]
pub(crate) fn misfit() {
    count(|counters| &counters.misfits);
}

/// Notes a value, or a variant, that the description doesn't name.
#[cold]
pub(crate) fn unknown() {
    count(|counters| &counters.unknown);
}

/// Notes a member that the type has no place for.
pub(super) fn lost() {
    count(|counters| &counters.lost);
}

/// Notes a member that is kept without a field of its own.
pub(super) fn kept() {
    count(|counters| &counters.kept);
}

/// Notes a deviation of the value that is read; those who read what is around it say where it is.
#[cold]
pub(crate) fn tell(expected: &dyn Expected, found: &'static str) {
    count(|counters| &counters.told);
    COUNTERS.with(|counters| {
        let mut list = counters.list.borrow_mut();
        if let Some(list) = list.as_mut().filter(|list| list.len() < MOST) {
            list.push(Deviation {
                path: String::new(),
                expected: expected.to_string(),
                found,
            });
        }
    });
}

/// How many deviations were noted so far.
#[inline]
pub(super) fn told() -> usize {
    COUNTERS.with(|counters| counters.told.get())
}

/// Says of the deviations that were noted since there were `told` of them that they are in the member
/// of this name.
#[cold]
pub(super) fn in_member(told: usize, name: &str) {
    below(told, &json_path::of_key(name));
}

/// The same for an item of a list.
#[cold]
pub(super) fn in_item(told: usize, at: usize) {
    below(told, &format!("[{at}]"));
}

fn below(told: usize, place: &str) {
    COUNTERS.with(|counters| {
        let first = told.wrapping_sub(counters.begin.get());
        let mut list = counters.list.borrow_mut();
        for deviation in list.iter_mut().flatten().skip(first) {
            if deviation.path.len() + place.len() < LONGEST_PATH {
                deviation.path = json_path::below(place, &deviation.path);
            }
        }
    });
}

/// The level at which is read.
pub(crate) fn level() -> Reading {
    COUNTERS.with(|counters| counters.level.get().unwrap_or_default())
}

/// What a body deviates in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Deviations {
    /// The first hundred.
    pub(crate) list: Vec<Deviation>,
    /// How many there are, those included that aren't kept.
    pub(crate) count: usize,
}

/// Reads a body at a level.
pub(crate) fn at_level<T>(level: Reading, read: impl FnOnce() -> T) -> (T, Deviations) {
    let _scope = Scope::begin(level, Some(Vec::new()));
    let value = read();
    (value, taken())
}

/// What was noted in the scope that there is.
fn taken() -> Deviations {
    COUNTERS.with(|counters| Deviations {
        list: counters.list.take().unwrap_or_default(),
        count: counters.told.get().wrapping_sub(counters.begin.get()),
    })
}

/// Reads something at this level, unless something around it is being read.
pub(super) fn by_default<T>(default: Reading, read: impl FnOnce() -> T) -> T {
    if COUNTERS.with(|counters| counters.level.get().is_some()) {
        return read();
    }
    let _scope = Scope::begin(default, None);
    read()
}

/// What held before something was read, for afterwards.
struct Scope {
    level: Option<Reading>,
    begin: usize,
    list: Option<Vec<Deviation>>,
}

impl Scope {
    fn begin(level: Reading, list: Option<Vec<Deviation>>) -> Self {
        COUNTERS.with(|counters| Self {
            level: counters.level.replace(Some(level)),
            begin: counters.begin.replace(counters.told.get()),
            list: counters.list.replace(list),
        })
    }
}

impl Drop for Scope {
    fn drop(&mut self) {
        COUNTERS.with(|counters| {
            counters.level.set(self.level);
            counters.begin.set(self.begin);
            counters.list.replace(self.list.take());
        });
    }
}
