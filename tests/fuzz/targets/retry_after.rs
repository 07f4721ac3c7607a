//! Texts in place of the headers that ask a client to wait: see `fuzz::retry_after`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::retry_after::check(bytes));
