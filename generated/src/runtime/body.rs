//! Reading response bodies without growing beyond a cap.

use bytes::{Bytes, BytesMut};

use super::deadline::Deadline;
use super::error_kind::Kind;

/// As much room as is made ahead on a server's word alone.
const TRUSTED: usize = 16 * 1024 * 1024;

/// How reading a body ended.
pub(crate) enum End {
    /// All of it came.
    Complete,
    /// There is more than the cap.
    Capped,
    /// The connection broke.
    Broken(reqwest::Error),
    /// The deadline passed.
    TimedOut(Kind),
}

/// Reads a body until its end or `cap` bytes (after decompression); what came is returned with how
/// it ended.
///
/// A body that comes in one piece isn't copied.
pub(crate) async fn read(
    response: &mut reqwest::Response,
    cap: usize,
    deadline: Deadline,
) -> (Bytes, End) {
    let announced = response
        .content_length()
        .map_or(0, |length| usize::try_from(length).unwrap_or(usize::MAX));
    let mut first = Bytes::new();
    let mut joined = BytesMut::new();
    let end = loop {
        let mut chunk = match deadline.guard(response.chunk()).await {
            Ok(Ok(Some(chunk))) => chunk,
            Ok(Ok(None)) => break End::Complete,
            Ok(Err(error)) => break End::Broken(error.without_url()),
            Err(_) => break End::TimedOut(deadline.passed(None)),
        };
        let room = cap - first.len() - joined.len();
        let capped = chunk.len() > room;
        chunk.truncate(room);
        if first.is_empty() && joined.is_empty() {
            first = chunk;
        } else {
            if joined.is_empty() {
                joined.reserve(
                    announced
                        .min(cap)
                        .min(TRUSTED)
                        .max(first.len() + chunk.len()),
                );
                joined.extend_from_slice(&std::mem::take(&mut first));
            }
            joined.extend_from_slice(&chunk);
        }
        if capped {
            break End::Capped;
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
