//! Batches with something changed in them: see `fuzz::batch_edits`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::batch_edits::check(bytes));
