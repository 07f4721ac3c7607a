//! Pauses, measured on Tokio's paused clock: the transport is a fake, so that nothing but a wait takes
//! time, and none takes any for the test.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use llama_cloud::{Client, ClientBuilder, MockResponse, MockTransport, Transport, TransportFuture};
use tests::sample::KEY;
use tokio::time::Instant;

/// A fake that notes when requests come.
#[derive(Clone, Default)]
pub struct Clock {
    fake: MockTransport,
    times: Arc<Mutex<Vec<Instant>>>,
}

impl Clock {
    /// A fake that gives these responses to requests for the batch `bat-1`.
    pub fn new(responses: impl IntoIterator<Item = MockResponse>) -> Self {
        let clock = Self::default();
        for response in responses {
            let expected = clock.fake.expect("GET", "/api/v2/batches/bat-1");
            expected.respond(response);
        }
        clock
    }

    /// Settings of a client for this fake.
    pub fn builder(&self) -> ClientBuilder {
        Client::builder().api_key(KEY).transport(self.clone())
    }

    /// The pauses between the requests that came.
    pub fn pauses(&self) -> Vec<Duration> {
        let times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        times.windows(2).map(|pair| pair[1] - pair[0]).collect()
    }
}

impl Transport for Clock {
    fn send(&self, request: reqwest::Request) -> TransportFuture<'_> {
        let mut times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        times.push(Instant::now());
        self.fake.send(request)
    }
}

/// Asserts that a pause is as long as it should be, or up to a quarter shorter. The clock counts
/// milliseconds.
pub fn assert_jittered(pause: Duration, full: Duration) {
    let least = full.mul_f64(0.75);
    let most = full + Duration::from_millis(1);
    assert!(least <= pause && pause <= most, "{pause:?} of {full:?}");
}
