//! What holds for every input, whoever made it up.
//!
//! Each module has one property, `check`: a function of bytes that panics where they break it. The
//! programs in `targets/` feed it with bytes that a fuzzer makes; the tests of the workspace feed it
//! with the seeds, among them every input that ever broke it.

pub mod batch_edits;
pub mod batches;
pub mod config;
pub mod date_time;
pub mod document;
pub mod events;
pub mod generate;
pub mod links;
mod report;
pub mod responses;
pub mod retry_after;
