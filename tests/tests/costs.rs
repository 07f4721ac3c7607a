//! What the client costs beside the same by hand, in counts that are the same in every run and on every
//! machine.
//!
//! They are of one thread: the client's runtime has no other, and the server's threads don't count.

use bench::calls::{self, Caller};
use bench::decoding;
use bench::pages::{self, Results};
use bench::{server, stream};

/// How many allocations a call may have more than a bare one.
const MORE: u64 = 3;

#[test]
fn a_call_allocates_hardly_more_than_one_by_hand() {
    let base_url = format!("http://{}", server::start().unwrap());
    for at_once in [1, 16] {
        let allocations = |name: &str| {
            let caller = Caller::new(name, &base_url).unwrap();
            calls::cost(&caller, 320, at_once).unwrap().allocations
        };
        let (ours, bare) = (allocations("ours"), allocations("endless"));
        assert!(
            ours <= bare + 320 * MORE,
            "320 calls, {at_once} at once: {ours} allocations, {bare} by hand"
        );
    }
}

#[test]
fn a_large_body_is_held_once() {
    let server = server::start().unwrap();
    let length = pages::items(10_000, Results::Absent).len() as u64;
    let peak = calls::cost_of_body("ours", server, 10_000).unwrap().peak;
    // In how large pieces it comes is up to the machine; what is put together is there once.
    assert!(
        peak < length + length / 2,
        "{peak} bytes for a body of {length}"
    );
}

#[test]
fn decoding_and_encoding_allocate_no_more_than_derive() {
    for results in [Results::Absent, Results::Present] {
        let json = pages::page(1000, results).into_bytes();
        let [ours, derive, ..] = decoding::contenders();
        for (what, ours, derive) in [
            ("reading", ours.decode(&json, 1), derive.decode(&json, 1)),
            ("writing", ours.encode(&json, 1), derive.encode(&json, 1)),
        ] {
            let (ours, derive) = (ours.unwrap().allocations, derive.unwrap().allocations);
            assert!(
                ours <= derive,
                "{what} a page: {ours} allocations, {derive} with derive"
            );
        }
    }
}

#[test]
fn a_long_stream_holds_no_more_than_a_short_one() {
    let server = server::start().unwrap();
    let peak = |pages: usize| stream::cost("ours", server, pages * 100, 100).unwrap().peak;
    let (short, long) = (peak(20), peak(200));
    assert!(
        long <= short + short / 10,
        "{long} bytes for 200 pages, {short} for 20"
    );
}
