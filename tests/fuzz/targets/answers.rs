//! Answers of a server, through a whole client: see `fuzz::answers`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::answers::check(bytes));
