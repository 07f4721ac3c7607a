//! Texts in place of an `sdk.toml`: see `fuzz::config`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::config::check(bytes));
