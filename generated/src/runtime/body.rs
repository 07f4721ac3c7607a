//! Reading response bodies up to a maximum size.

use std::error::Error as _;
use std::io;

use bytes::{Bytes, BytesMut};
use reqwest::Version;

use super::call::Call;
use super::cause::Cause;
use super::content_length;
use super::deadline::Deadline;
use super::error_kind::Kind;

/// The most memory that is allocated because of a `Content-Length` alone.
const TRUSTED: usize = 16 * 1024 * 1024;

/// How reading a body ended.
pub(crate) enum End {
    /// The body is complete.
    Complete,
    /// The body exceeds the maximum size.
    Capped,
    /// The connection closed, or the body doesn't have the announced length.
    Broken(Fault),
    /// A timeout elapsed.
    TimedOut(Kind),
}

/// Why a body isn't complete.
pub struct Fault {
    pub(crate) cause: Cause,
    /// Whether the body can't be decompressed, rather than being truncated.
    pub(crate) is_corrupt: bool,
}

impl Fault {
    /// From an error of the HTTP library, in a response of this HTTP version.
    pub(crate) fn of_library(call: &Call, version: Version, error: reqwest::Error) -> Self {
        let error = error.without_url();
        Self {
            is_corrupt: is_corrupt(call, version, &error),
            cause: Box::new(error),
        }
    }

    /// From a length that isn't the announced one.
    pub(crate) fn of_length(cause: Cause) -> Self {
        Self {
            cause,
            is_corrupt: false,
        }
    }
}

/// Whether an error is one of decompression. Errors of the connection have a source of hyper's; other
/// errors come from the decoder, or from a body that a custom transport created.
fn is_corrupt(call: &Call, version: Version, error: &reqwest::Error) -> bool {
    let Some(cause) = error.source() else {
        return false;
    };
    match cause.downcast_ref().map(io::Error::kind) {
        Some(io::ErrorKind::InvalidData) => true,
        _ if !call.is_sent_by_library() => false,
        // Over HTTP/2 it may be a reset that the library took for the end.
        Some(io::ErrorKind::UnexpectedEof) => version < Version::HTTP_2,
        Some(_) => true,
        None => cause.source().is_none(),
    }
}

/// Reads a body to its end or up to `cap` bytes (after decompression); returns what was received, and how
/// it ended.
///
/// A body of a single chunk isn't copied. If a length was announced, the body must have it.
pub(crate) async fn read(
    call: &Call,
    response: &mut reqwest::Response,
    cap: usize,
    deadline: Deadline,
) -> (Bytes, End) {
    let announced = content_length::announced(call, response.status(), response.headers());
    let mut first = Bytes::new();
    let mut joined = BytesMut::new();
    let end = loop {
        let mut chunk = match deadline.guard(response.chunk()).await {
            Ok(Ok(Some(chunk))) => chunk,
            Ok(Ok(None)) => {
                break match content_length::shortfall(announced, first.len() + joined.len()) {
                    None => End::Complete,
                    Some(cause) => End::Broken(Fault::of_length(cause)),
                };
            }
            Ok(Err(error)) if error.is_timeout() => {
                break End::TimedOut(Kind::of_library(error, None));
            }
            Ok(Err(error)) => {
                break End::Broken(Fault::of_library(call, response.version(), error));
            }
            Err(_) => break End::TimedOut(deadline.passed(None)),
        };
        let remaining = cap - first.len() - joined.len();
        let capped = chunk.len() > remaining;
        chunk.truncate(remaining);
        if first.is_empty() && joined.is_empty() {
            first = chunk;
        } else {
            if joined.is_empty() {
                let expected =
                    announced.map_or(0, |length| usize::try_from(length).unwrap_or(TRUSTED));
                joined.reserve(
                    expected
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
        if let Some(cause) = content_length::excess(announced, first.len() + joined.len()) {
            break End::Broken(Fault::of_length(cause));
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
