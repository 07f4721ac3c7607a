//! Bytes in place of a stream of events: see `fuzz::events`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::events::check(bytes));
