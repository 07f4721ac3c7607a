//! What is four times as long takes about four times the work, whichever list of a description it is.
//!
//! Allocations and their bytes are counted, on all threads. They come out the same each time but for what the
//! threads themselves take, which depends on how the work is shared out among them: a few allocations and kilobytes.
//! What is looked through again and again without an allocation is seen by `cargo xtask bench lists`, which measures
//! time.

#[path = "../src/bench/lists/document.rs"]
mod document;

use std::alloc::System;

use codegen::{Source, generate};
use document::List;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static COUNTED: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// How many items the shorter of each two lists has.
const LENGTH: usize = 100;

/// The most that four times the items may take, of what they took.
const MOST: f64 = 5.0;

/// Allocations and bytes that aren't worth to be held, and that are well above what threads take by chance: work
/// that grows with the square of the length is far above both.
const LEAST: [f64; 2] = [100.0, 64.0 * 1024.0];

/// Allocations that a description takes, and the bytes of them.
fn taken(list: &List, length: usize) -> [f64; 2] {
    let text = list.description(length);
    let name = format!("lists.{}", list.ending);
    let spec = Source {
        name: &name,
        text: &text,
    };
    let config = Source {
        name: "sdk.toml",
        text: "",
    };
    let region = Region::new(COUNTED);
    let made = generate(spec, config);
    let change = region.change();
    if let Err(problems) = made {
        panic!("{}, {length}: {:?}", list.name, problems.first());
    }
    let count = |number: usize| u32::try_from(number).map(f64::from).expect("not so many");
    [
        count(change.allocations + change.reallocations),
        count(change.bytes_allocated),
    ]
}

/// What is wrong with how a list is taken.
fn complaints(list: &List) -> Vec<String> {
    let length = list.length(4 * LENGTH) / 4;
    let [empty, short, long] = [1, length, 4 * length].map(|length| taken(list, length));
    let complaint = |index: usize, what: &str| {
        // What is done for any description is no work on the list.
        let [short, long] = [&short, &long].map(|it| it[index] - empty[index]);
        let ratio = long / short.max(LEAST[index]);
        (ratio > MOST).then(|| format!("{}: {ratio:.1} times the {what}", list.name))
    };
    let found = [complaint(0, "allocations"), complaint(1, "bytes")];
    found.into_iter().flatten().collect()
}

/// One test, since all threads are counted.
#[test]
fn four_times_the_items_take_four_times_the_work() {
    let found: Vec<String> = document::all().iter().flat_map(complaints).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}
