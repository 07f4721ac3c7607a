//! Responses that are streams of events.

use std::collections::BTreeMap;
use std::fmt;
use std::future::poll_fn;
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
use super::event_parts::boundary;
use super::event_text::{EventFormat, EventReader, RawEvent, TooLong};
use super::execute::{Executing, Opened, open};
use super::request::Request;
use super::response::Payload;

/// The data by which some servers end a stream, which is no event.
const DONE: &[u8] = b"[DONE]";

/// A request whose response can be a stream of events.
pub trait Streamed: Request {
    /// The decoded event.
    type Event;

    /// The format of the stream.
    const FORMAT: EventFormat;

    /// The `Accept` header that requests the stream.
    const ACCEPT: &'static str;

    /// The field of a JSON body that requests the stream if it is `true`.
    const SWITCH: Option<&'static str> = None;

    /// Reads an event, which stands in the place of the response's body.
    fn event(payload: &Payload) -> Result<Self::Event, Error>;
}

/// The method of a request whose response can be a stream of events.
#[allow(unused_macros, reason = "only an API has requests to add methods to")]
#[doc(hidden)]
#[macro_export]
macro_rules! event_methods {
    ($request:ident of $event:ty) => {
        impl $request {
            /// Returns a stream of the events of the response. The request is sent when the first
            /// event is read.
            ///
            /// Where a documented field of the body asks for the stream (`stream: true`), it is set
            /// unless the body sets it itself. The timeout of an attempt is the longest time between
            /// two chunks of the stream; the total timeout is for all of it. A failure before the
            /// stream begins is retried as always, a failure in it isn't.
            #[inline]
            pub fn into_events(self) -> $crate::runtime::Events<$event> {
                $crate::runtime::Events::of(self)
            }
        }
    };
}

#[allow(unused_imports, reason = "as above")]
pub use event_methods as methods;

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

/// A stream of events of type `T`, returned by `into_events` of a request.
///
/// It ends with the body of the response, and where the data of an event is `[DONE]`. An event that
/// isn't what the API documents is an error in its place, after which the stream continues; after any
/// other error it ends. The limit on the size of bodies is for each event. Dropping it closes the
/// connection.
#[must_use = "a stream does nothing until it is read"]
pub struct Events<T> {
    state: State,
    reader: EventReader,
    format: EventFormat,
    cap: usize,
    last: RawEvent,
    read: fn(&Payload) -> Result<T, Error>,
}

impl<T> Events<T> {
    /// The stream of a request's events.
    #[doc(hidden)]
    pub fn of<R: Streamed<Event = T>>(request: R) -> Self {
        let mut call = request.into_builder().call;
        let cap = call.client.inner.settings.max_body_size;
        call.accept = R::ACCEPT;
        // A redirect holds no events.
        call.set_redirects(&[]);
        if let Some(name) = R::SWITCH {
            call.switch_on(name);
        }
        Self {
            state: State::Idle(call),
            reader: EventReader::new(R::FORMAT, cap),
            format: R::FORMAT,
            cap,
            last: RawEvent::default(),
            read: R::event,
        }
    }

    /// The type of the last event, where the server named one (`event:`) of at most 4,096 bytes. An
    /// event with a longer name comes as one without.
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

impl<T> Events<T> {
    /// Returns the next event; `None` after the last one.
    ///
    /// # Errors
    ///
    /// See [`Error`]. One with [`Error::is_decode`] where the event isn't what the API documents, one
    /// with [`Error::is_interrupted`] where the connection breaks before the end of the stream.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// Returns the next event as [`next`](Self::next) does, and blocks the thread until it is there.
    ///
    /// # Errors
    ///
    /// See [`next`](Self::next). Returns an error with [`Error::is_invalid_input`] when called from async
    /// code.
    #[cfg(feature = "blocking")]
    pub fn next_blocking(&mut self) -> Option<Result<T, Error>> {
        block_on(self.next()).unwrap_or_else(|error| Some(Err(error)))
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
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
                    Ok(opened) => match check(&opened.payload, &mut self.reader, self.format) {
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

    /// Decodes an event in the place of the response's body.
    fn decode(&mut self, event: RawEvent) -> Option<Result<T, Error>> {
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
        let decoded = (self.read)(payload);
        payload.response.body = Bytes::new();
        Some(decoded)
    }

    fn too_long(&mut self) -> Poll<Option<Result<T, Error>>> {
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

    fn end(&mut self, last: Option<Result<T, Error>>) -> Poll<Option<Result<T, Error>>> {
        self.state = State::Ended;
        Poll::Ready(last)
    }
}

/// Whether the response can hold events. JSON can't be server-sent events: all of its lines would be
/// ignored in silence. Parts need a boundary, which the reader is given.
fn check(payload: &Payload, reader: &mut EventReader, format: EventFormat) -> Result<(), Error> {
    let media_type = payload.response.headers.get(CONTENT_TYPE);
    let is_json = media_type.is_some_and(|it| {
        it.as_bytes()
            .to_ascii_lowercase()
            .starts_with(b"application/json")
    });
    let cause = match format {
        EventFormat::ServerSent if is_json => {
            "expected a stream of events, found a single JSON value"
        }
        EventFormat::Parts => match media_type.and_then(|it| boundary(it.to_str().ok()?)) {
            Some(boundary) => {
                reader.begin_parts(&boundary);
                return Ok(());
            }
            None => "expected a multipart body with a boundary in its media type",
        },
        _ => return Ok(()),
    };
    Err(payload.error(Kind::Decode {
        response: payload.response.clone().into(),
        path: String::new(),
        cause: cause.into(),
    }))
}

impl<T> Stream for Events<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

/// Shows how far it is, and nothing of the events.
impl<T> fmt::Debug for Events<T> {
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
