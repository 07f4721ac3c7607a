//! Responses that are streams of events.

use std::collections::BTreeMap;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use reqwest::header::CONTENT_TYPE;
use serde_json::Value;

#[cfg(feature = "blocking")]
use super::blocking::block_on;
use super::body_stream::BodyStream;
use super::call::Call;
use super::content::{Body, Content};
use super::error::Error;
use super::error_kind::Kind;
use super::event_text::{EventFormat, EventReader, RawEvent, TooLong};
use super::execute::{Executing, Opened, open};
use super::operation::Endpoint;
use super::request::Request;
use super::response::Payload;

/// The data by which some servers end a stream, which is no event.
const DONE: &[u8] = b"[DONE]";

/// An endpoint that can respond with a stream of events.
pub trait Streamed: Endpoint {
    /// The type of an event's data.
    type Event;

    /// How the events are separated.
    const FORMAT: EventFormat;

    /// The `Accept` header that requests the stream.
    const ACCEPT: &'static str;

    /// The field of a JSON body that requests the stream if it is `true`.
    const SWITCH: Option<&'static str> = None;

    /// Decodes an event, which is in place of the response body.
    ///
    /// # Errors
    ///
    /// Returns an error with [`Error::is_decode`] if the event isn't what the API documents.
    fn event(payload: &Payload) -> Result<Self::Event, Error>;
}

impl<E: Streamed> Request<E> {
    /// Returns a stream of the response's events. The request is sent when the first event is requested.
    ///
    /// If a documented field of the body requests the stream (`stream: true`), it is set unless the body
    /// sets it itself. The timeout of an attempt applies to each chunk of the stream; the total timeout
    /// applies to all of it. Failures before the response are retried as usual, failures within it are
    /// not.
    pub fn into_events(mut self) -> Events<E> {
        let cap = self.call.client.inner.settings.max_body_size;
        self.call.accept = E::ACCEPT;
        // A redirect has no events.
        self.call.set_redirects(&[]);
        if let Some(name) = E::SWITCH {
            self.call.switch_on(name);
        }
        Events {
            state: State::Idle(self.call),
            reader: EventReader::new(E::FORMAT, cap),
            cap,
            last: RawEvent::default(),
            endpoint: PhantomData,
        }
    }
}

impl Call {
    /// Sets a field of a JSON body to `true`, unless the body has it. The rest of the body is unchanged.
    fn switch_on(&mut self, name: &str) {
        let Some(Body {
            content: Content::Bytes(bytes),
            ..
        }) = &mut self.body
        else {
            return;
        };
        let members = serde_json::from_slice::<BTreeMap<String, Value>>(bytes);
        let (Ok(members), Some(open)) = (members, bytes.strip_suffix(b"}")) else {
            return;
        };
        if !members.contains_key(name) {
            let comma = if members.is_empty() { "" } else { "," };
            let switch = format!("{comma}{}:true}}", Value::from(name));
            *bytes = [open, switch.as_bytes()].concat().into();
        }
    }
}

enum State {
    Idle(Box<Call>),
    Opening(Executing<Opened>),
    Reading(Box<BodyStream>),
    /// The whole stream was read; its last events are in the reader.
    Draining(Box<BodyStream>),
    Ended,
}

/// A stream of events; see [`Request::into_events`].
///
/// It ends with the response body, or after an event whose data is `[DONE]`. An event that isn't what the
/// API documents yields an error, after which the stream continues; it ends after any other error. The
/// maximum body size applies to each event. Dropping the stream closes the connection.
#[must_use = "a stream does nothing until it is read"]
pub struct Events<E> {
    state: State,
    reader: EventReader,
    cap: usize,
    last: RawEvent,
    endpoint: PhantomData<fn() -> E>,
}

impl<E> Events<E> {
    /// Returns the type of the last event (`event:`), if it has one of at most 4,096 bytes. A longer one is
    /// ignored.
    #[must_use]
    pub fn event_name(&self) -> Option<&str> {
        Some(self.last.name.as_str()).filter(|name| !name.is_empty())
    }

    /// Returns the ID of the last event (`id:`), from which some servers can resume the stream.
    ///
    /// An ID of more than 4,096 bytes is ignored: then this is the one before it, so that no event is lost
    /// by resuming from it.
    #[must_use]
    pub fn last_event_id(&self) -> Option<&str> {
        Some(&*self.last.id).filter(|id| !id.is_empty())
    }

    /// Returns the last reconnection time that the server sent (`retry:`). This crate doesn't reconnect by
    /// itself.
    #[must_use]
    pub fn retry(&self) -> Option<Duration> {
        self.last.retry.map(Duration::from_millis)
    }
}

impl<E: Streamed> Events<E> {
    /// Returns the next event; `None` after the last one.
    ///
    /// # Errors
    ///
    /// See [`Error`]. Returns an error with [`Error::is_decode`] if the event isn't what the API documents,
    /// and one with [`Error::is_interrupted`] if the connection closes before the end of the stream.
    pub async fn next(&mut self) -> Option<Result<E::Event, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// Blocking version of [`next`](Self::next).
    ///
    /// # Errors
    ///
    /// See [`next`](Self::next). Returns an error with [`Error::is_invalid_input`] when called from async
    /// code.
    #[cfg(feature = "blocking")]
    pub fn next_blocking(&mut self) -> Option<Result<E::Event, Error>> {
        block_on(self.next()).unwrap_or_else(|error| Some(Err(error)))
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<E::Event, Error>>> {
        loop {
            if let State::Ended = self.state {
                return Poll::Ready(None);
            }
            match self.reader.pop() {
                Some(Ok(event)) => return Poll::Ready(self.decode(event)),
                Some(Err(TooLong)) => return self.too_long(),
                None => {}
            }
            match &mut self.state {
                State::Idle(call) => self.state = State::Opening(open(call.clone())),
                State::Opening(opening) => match ready!(opening.as_mut().poll(context)) {
                    Ok(opened) => match check::<E>(&opened.payload) {
                        Ok(()) => self.state = State::Reading(Box::new(BodyStream::new(opened))),
                        Err(error) => return self.end(Some(Err(error))),
                    },
                    Err(error) => return self.end(Some(Err(error))),
                },
                State::Reading(body) => match ready!(Pin::new(&mut **body).poll_next(context)) {
                    Some(Ok(chunk)) => self.reader.read(chunk),
                    Some(Err(error)) => return self.end(Some(Err(error))),
                    None => {
                        self.reader.finish();
                        self.state = match std::mem::replace(&mut self.state, State::Ended) {
                            State::Reading(body) => State::Draining(body),
                            other => other,
                        };
                    }
                },
                State::Draining(_) | State::Ended => return self.end(None),
            }
        }
    }

    /// Decodes an event in place of the response body.
    fn decode(&mut self, event: RawEvent) -> Option<Result<E::Event, Error>> {
        let (State::Reading(body) | State::Draining(body)) = &mut self.state else {
            return None;
        };
        if event.data == DONE {
            self.state = State::Ended;
            return None;
        }
        self.last.name = event.name;
        self.last.id = event.id;
        self.last.retry = event.retry;
        let payload = body.payload();
        payload.response.body = event.data.into();
        let decoded = E::event(payload);
        payload.response.body = Bytes::new();
        Some(decoded)
    }

    fn too_long<T>(&mut self) -> Poll<Option<Result<T, Error>>> {
        let (State::Reading(body) | State::Draining(body)) = &mut self.state else {
            return self.end(None);
        };
        let payload = body.payload();
        let error = payload.error(Kind::TooLarge {
            response: payload.response.clone().into(),
            cap: self.cap,
        });
        self.end(Some(Err(error)))
    }

    fn end<T>(&mut self, last: Option<T>) -> Poll<Option<T>> {
        self.state = State::Ended;
        Poll::Ready(last)
    }
}

/// Checks that the response can contain events. The lines of a JSON document would all be ignored as
/// server-sent events.
fn check<E: Streamed>(payload: &Payload) -> Result<(), Error> {
    let media_type = payload.response.headers.get(CONTENT_TYPE);
    let is_json = media_type.is_some_and(|it| {
        it.as_bytes()
            .to_ascii_lowercase()
            .starts_with(b"application/json")
    });
    if E::FORMAT != EventFormat::ServerSent || !is_json {
        return Ok(());
    }
    Err(payload.error(Kind::Decode {
        response: payload.response.clone().into(),
        path: String::new(),
        cause: "expected a stream of events, found a single JSON value".into(),
    }))
}

impl<E: Streamed> Stream for Events<E> {
    type Item = Result<E::Event, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

/// Shows the state, and nothing of the events.
impl<E> fmt::Debug for Events<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match self.state {
            State::Idle(_) | State::Opening(_) => "opening",
            State::Reading(_) | State::Draining(_) => "reading",
            State::Ended => "ended",
        };
        f.debug_struct("Events")
            .field("state", &state)
            .finish_non_exhaustive()
    }
}
