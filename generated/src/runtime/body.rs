//! Reading response bodies without growing beyond a cap.

use bytes::{Bytes, BytesMut};

use super::content_length;
use super::deadline::Deadline;
use super::error_kind::Kind;
use super::scrub::Cause;

/// As much room as is made ahead on a server's word alone.
const TRUSTED: usize = 16 * 1024 * 1024;

/// How reading a body ended.
pub(crate) enum End {
    /// All of it came.
    Complete,
    /// There is more than the cap.
    Capped,
    /// The connection broke, or what came isn't of the length that was announced.
    Broken(Cause),
    /// A limit of time passed.
    TimedOut(Kind),
}

/// Reads a body until its end or `cap` bytes (after decompression); what came is returned with how
/// it ended.
///
/// A body that comes in one piece isn't copied. It has to be of the length that was `announced`, if
/// one was.
pub(crate) async fn read(
    response: &mut reqwest::Response,
    announced: Option<u64>,
    cap: usize,
    deadline: Deadline,
) -> (Bytes, End) {
    let mut first = Bytes::new();
    let mut joined = BytesMut::new();
    let end = loop {
        let mut chunk = match deadline.guard(response.chunk()).await {
            Ok(Ok(Some(chunk))) => chunk,
            Ok(Ok(None)) => {
                break match content_length::shortfall(announced, first.len() + joined.len()) {
                    None => End::Complete,
                    Some(cause) => End::Broken(cause),
                };
            }
            Ok(Err(error)) if error.is_timeout() => {
                break End::TimedOut(Kind::of_library(error, None));
            }
            Ok(Err(error)) => break End::Broken(Box::new(error.without_url())),
            Err(_) => break End::TimedOut(deadline.passed(None)),
        };
        let room = cap - first.len() - joined.len();
        let capped = chunk.len() > room;
        chunk.truncate(room);
        if first.is_empty() && joined.is_empty() {
            first = chunk;
        } else {
            if joined.is_empty() {
                let room = announced.map_or(0, |length| usize::try_from(length).unwrap_or(TRUSTED));
                joined.reserve(room.min(cap).min(TRUSTED).max(first.len() + chunk.len()));
                joined.extend_from_slice(&std::mem::take(&mut first));
            }
            joined.extend_from_slice(&chunk);
        }
        if capped {
            break End::Capped;
        }
        if let Some(cause) = content_length::excess(announced, first.len() + joined.len()) {
            break End::Broken(cause);
        }
    };
    (
        if joined.is_empty() {
            first
        } else {
            joined.freeze()
        },
        end,
    )
}
