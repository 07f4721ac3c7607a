//! Reading response bodies without growing beyond a cap.

use std::error::Error as _;
use std::io;

use bytes::{Bytes, BytesMut};
use reqwest::Version;

use super::call::Call;
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
    /// The connection broke, or what came can't be the whole body.
    Broken(Fault),
    /// A limit of time passed.
    TimedOut(Kind),
}

/// Why a body isn't whole.
pub(crate) struct Fault {
    pub(crate) cause: Cause,
    /// Whether what came can't be decompressed, rather than that some of it is missing.
    pub(crate) is_corrupt: bool,
}

impl Fault {
    /// Of an error of the HTTP library, in a response of this version.
    pub(crate) fn of_library(call: &Call, version: Version, error: reqwest::Error) -> Self {
        let error = error.without_url();
        Self {
            is_corrupt: is_corrupt(call, version, &error),
            cause: Box::new(error),
        }
    }

    /// Of a length that isn't the announced one.
    pub(crate) fn of_length(cause: Cause) -> Self {
        Self {
            cause,
            is_corrupt: false,
        }
    }
}

/// Whether an error is of the decoder. Connections break under errors of hyper's; what lies at the top is
/// of the decoder, or of a body that a transport made itself.
fn is_corrupt(call: &Call, version: Version, error: &reqwest::Error) -> bool {
    let Some(cause) = error.source() else {
        return false;
    };
    match cause.downcast_ref().map(io::Error::kind) {
        Some(io::ErrorKind::InvalidData) => true,
        _ if !call.is_sent_by_library() => false,
        // Over HTTP/2 it may be a reset that was taken for the end.
        Some(io::ErrorKind::UnexpectedEof) => version < Version::HTTP_2,
        Some(_) => true,
        None => cause.source().is_none(),
    }
}

/// Reads a body until its end or `cap` bytes (after decompression); what came is returned with how
/// it ended.
///
/// A body that comes in one piece isn't copied. It has to be of the length that was announced, if one
/// was.
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
