//! Bytes in place of a stream of events: how they arrive in pieces makes no difference.

#[allow(dead_code, reason = "what a client needs beyond reading")]
#[path = "../../../codegen/runtime/src/event_parts.rs"]
mod event_parts;
#[allow(dead_code, reason = "what a client needs beyond reading")]
#[path = "../../../codegen/runtime/src/event_text.rs"]
mod event_text;

use bytes::Bytes;
use event_text::{EventFormat, EventReader, RawEvent};

/// The most bytes of an event.
const CAP: usize = 64;

/// What was read: the events, and whether one was too long.
type Read = (Vec<RawEvent>, bool);

/// Reads the bytes, which the first of them cuts into pieces, in both formats.
pub fn check(bytes: &[u8]) {
    let Some((&seed, stream)) = bytes.split_first() else {
        return;
    };
    for format in [EventFormat::ServerSent, EventFormat::Lines] {
        let whole = read(format, [stream]);
        for event in &whole.0 {
            assert!(event.data.len() <= CAP, "{event:?}");
            assert!(!event.id.contains('\0'), "{event:?}");
        }
        let single = read(format, stream.chunks(1));
        assert_eq!(whole, single, "byte by byte");
        let pieces = read(format, stream.chunks(usize::from(seed).max(1)));
        assert_eq!(whole, pieces, "in pieces of {seed}");
        let middle = usize::from(seed).min(stream.len());
        let halves = read(format, [&stream[..middle], &[], &stream[middle..]]);
        assert_eq!(whole, halves, "in two pieces");
    }
}

/// Reads pieces of a stream as a client does, up to an event that is too long.
fn read<'a>(format: EventFormat, pieces: impl IntoIterator<Item = &'a [u8]>) -> Read {
    let mut reader = EventReader::new(format, CAP);
    let mut events = Vec::new();
    for piece in pieces {
        reader.read(Bytes::copy_from_slice(piece));
        if take(&mut reader, &mut events) {
            return (events, true);
        }
    }
    reader.finish();
    let is_too_long = take(&mut reader, &mut events);
    (events, is_too_long)
}

/// Takes the events that are there; whether the next one is too long.
fn take(reader: &mut EventReader, events: &mut Vec<RawEvent>) -> bool {
    loop {
        match reader.pop() {
            Some(Ok(event)) => events.push(event),
            Some(Err(_)) => return true,
            None => return false,
        }
    }
}
