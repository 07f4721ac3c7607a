//! Responses of a server, through a whole client: see `fuzz::responses`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::responses::check(bytes));
