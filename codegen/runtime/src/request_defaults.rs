//! What an operation has instead of the settings of its client, until a request says otherwise.

#![allow(dead_code, reason = "only an API has operations with defaults")]

use std::time::Duration;

use super::request_builder::Builder;

impl Builder {
    /// Sets the timeout of one attempt, in milliseconds.
    pub fn timeout_millis(mut self, timeout: u64) -> Self {
        self.call.set_timeout(Duration::from_millis(timeout));
        self
    }

    /// Sets how often the request is retried after a failure.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.call.set_max_retries(retries);
        self
    }
}
