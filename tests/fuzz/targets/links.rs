//! Texts in place of a `Link` header: see `fuzz::links`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::links::check(bytes));
