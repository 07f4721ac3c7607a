//! What a program's logs tell of calls (feature `tracing`): one span a call, one event a try.
//!
//! Names of operations, path templates, statuses, counts and times; never a key, a value of a
//! parameter, a header or a body.

#[cfg(feature = "tracing")]
pub(crate) use on::Trace;

#[cfg(not(feature = "tracing"))]
pub(crate) use off::Trace;

#[cfg(feature = "tracing")]
mod on {
    use std::time::Duration;

    use tracing::instrument::{Instrument, Instrumented};
    use tracing::{Span, debug, field, info_span, warn};

    use super::super::call::Call;
    use super::super::error_kind::Kind;
    use super::super::response::Answer;

    /// The span of a call.
    #[derive(Clone)]
    pub(crate) struct Trace(Span);

    impl Trace {
        pub(crate) fn begin(call: &Call) -> Self {
            Self(info_span!(
                target: env!("CARGO_CRATE_NAME"),
                "call",
                operation = call.operation.id,
                method = call.method.as_str(),
                path = %call.template(),
                status = field::Empty,
                attempts = field::Empty,
                request_id = field::Empty,
                elapsed_ms = field::Empty,
                failure = field::Empty,
            ))
        }

        /// The same work inside of the span.
        pub(crate) fn around<F: Future>(self, work: F) -> Instrumented<F> {
            work.instrument(self.0)
        }

        /// A try failed, and another one follows after `wait`.
        pub(crate) fn retry(&self, attempt: u32, kind: &Kind, wait: Duration) {
            warn!(
                target: env!("CARGO_CRATE_NAME"),
                parent: &self.0,
                attempt,
                status = kind.answer().map(|answer| answer.status.as_u16()),
                failure = word(kind),
                wait_ms = milliseconds(wait),
                "a try failed, another one follows"
            );
        }

        /// A try failed for its token, and another one follows with a new token.
        pub(crate) fn renew(&self, attempt: u32) {
            debug!(
                target: env!("CARGO_CRATE_NAME"),
                parent: &self.0,
                attempt,
                status = 401_u16,
                "the token was refused, another one is tried"
            );
        }

        /// The last try succeeded, and with it the call.
        pub(crate) fn succeed(
            &self,
            call: &Call,
            attempt: u32,
            answer: &Answer,
            elapsed: Duration,
        ) {
            let status = answer.status.as_u16();
            debug!(target: env!("CARGO_CRATE_NAME"), parent: &self.0, attempt, status, "a try succeeded");
            self.end(call, attempt, Some(answer), elapsed);
        }

        /// The last try failed, and with it the call.
        pub(crate) fn fail(&self, call: &Call, attempt: u32, kind: &Kind, elapsed: Duration) {
            debug!(
                target: env!("CARGO_CRATE_NAME"),
                parent: &self.0,
                attempt,
                status = kind.answer().map(|answer| answer.status.as_u16()),
                failure = word(kind),
                "a try failed, and with it the call"
            );
            self.0.record("failure", word(kind));
            self.end(call, attempt, kind.answer(), elapsed);
        }

        /// The try succeeded, and what it brought can't be used.
        pub(crate) fn spoil(&self, kind: &Kind) {
            self.0.record("failure", word(kind));
        }

        fn end(&self, call: &Call, attempts: u32, answer: Option<&Answer>, elapsed: Duration) {
            if self.0.is_none() {
                return;
            }
            // What a server sends may hold what was sent to it.
            let id = answer.and_then(Answer::request_id);
            let id = id.map(|id| call.scrubber().show(id.as_bytes(), 200));
            self.0
                .record("status", answer.map(|answer| answer.status.as_u16()));
            self.0.record("attempts", attempts);
            self.0.record("request_id", id);
            self.0.record("elapsed_ms", milliseconds(elapsed));
        }
    }

    /// What went wrong, in a word, for logs.
    fn word(kind: &Kind) -> &'static str {
        match kind {
            Kind::InvalidInput(_) => "invalid input",
            Kind::Token(_) => "no token",
            Kind::Connect(_) => "no connection",
            Kind::Timeout { .. } => "timeout",
            Kind::Broken(_) => "broken connection",
            Kind::NotProcessed(_) => "not processed",
            Kind::Status(_) | Kind::NotRenewed { .. } => "status",
            Kind::Redirect { .. } => "redirect",
            Kind::BrokenBody { .. } => "broken body",
            Kind::TooLarge { .. } => "too large",
            Kind::Ended { .. } => "ended badly",
            Kind::Stuck { .. } => "stuck",
            Kind::Decode { .. } => "undocumented body",
        }
    }

    fn milliseconds(time: Duration) -> u64 {
        u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(not(feature = "tracing"))]
mod off {
    use std::time::Duration;

    use super::super::call::Call;
    use super::super::error_kind::Kind;
    use super::super::response::Answer;

    /// Nothing: the program doesn't ask for logs.
    #[derive(Clone)]
    pub(crate) struct Trace;

    #[allow(
        clippy::unused_self,
        reason = "callers say the same whether there are logs or not"
    )]
    impl Trace {
        pub(crate) fn begin(_: &Call) -> Self {
            Self
        }

        pub(crate) fn around<F: Future>(self, work: F) -> F {
            work
        }

        pub(crate) fn retry(&self, _: u32, _: &Kind, _: Duration) {}

        pub(crate) fn renew(&self, _: u32) {}

        pub(crate) fn succeed(&self, _: &Call, _: u32, _: &Answer, _: Duration) {}

        pub(crate) fn fail(&self, _: &Call, _: u32, _: &Kind, _: Duration) {}

        pub(crate) fn spoil(&self, _: &Kind) {}
    }
}
