//! Texts in place of a description: see `fuzz::document`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::document::check(bytes));
