//! Descriptions of APIs that nobody would write: see `fuzz::generate`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::generate::check(bytes));
