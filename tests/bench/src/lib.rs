//! What decoding, calls and streams cost with the emitted client, beside the same written by hand: structs
//! with serde's derive, and a bare HTTP client.
//!
//! Counts (allocations, bytes) are those of one thread and are the same in every run; times are
//! the CPU's, and only ratios of runs side by side say anything. Time it with optimisation only.

pub mod calls;
pub mod cost;
pub mod decoding;
pub mod pages;
pub mod rival;
pub mod server;
pub mod stream;

/// Why something could not be measured.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
