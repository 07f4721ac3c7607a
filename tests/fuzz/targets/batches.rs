//! Bytes in place of the API's types: see `fuzz::batches`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::batches::check(bytes));
