//! Texts in place of dates: see `fuzz::date_time`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::date_time::check(bytes));
