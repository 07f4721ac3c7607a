//! What a program's logs say about calls (feature `tracing`): one span a call, one event an attempt,
//! and one event at the end of a call that failed.
//!
//! Names of operations, path templates, statuses, counts, times, and the path in a JSON document to
//! what can't be read; never a key, a value of a parameter, a header or a body.

#[cfg(feature = "tracing")]
pub(crate) use on::Trace;

#[cfg(not(feature = "tracing"))]
pub(crate) use off::Trace;

#[cfg(feature = "tracing")]
mod on {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    use tracing::instrument::{Instrument, Instrumented};
    use tracing::{Span, debug, error, field, info_span, warn};

    use super::super::call::Call;
    use super::super::deviation::Deviation;
    use super::super::error_kind::{Kind, Limit};
    use super::super::json_path;
    use super::super::raw_response::RawResponse;

    /// How many deviations of a response are told one by one.
    const EACH: usize = 20;

    /// The span of a call.
    pub(crate) struct Trace {
        span: Span,
        /// Whether its failure was logged: of a stream of events many may be unreadable.
        failed: AtomicBool,
    }

    impl Trace {
        pub(crate) fn begin(call: &Call) -> Self {
            let span = info_span!(
                target: env!("CARGO_CRATE_NAME"),
                "request",
                operation = call.operation.id,
                method = call.method.as_str(),
                path = %call.template(),
                page = page(call),
                status = field::Empty,
                attempts = field::Empty,
                request_id = field::Empty,
                elapsed_ms = field::Empty,
                error_kind = field::Empty,
            );
            Self {
                span,
                failed: AtomicBool::new(false),
            }
        }

        /// The work of the call, inside of its span.
        pub(crate) fn around<F: Future>(self, work: impl FnOnce(Self) -> F) -> Instrumented<F> {
            let span = self.span.clone();
            work(self).instrument(span)
        }

        /// An attempt failed, and another one follows after `wait`.
        pub(crate) fn retry(&self, attempt: u32, kind: &Kind, wait: Duration) {
            warn!(
                target: env!("CARGO_CRATE_NAME"),
                parent: &self.span,
                attempt,
                error_kind = %word(kind),
                status = status(kind),
                backoff_ms = milliseconds(wait),
                "request attempt failed, retrying"
            );
        }

        /// An attempt failed for its token, and another one follows with a new token.
        pub(crate) fn renew(&self, attempt: u32) {
            debug!(
                target: env!("CARGO_CRATE_NAME"),
                parent: &self.span,
                attempt,
                status = 401_u16,
                "token rejected, retrying with a new one"
            );
        }

        /// The last attempt succeeded.
        pub(crate) fn succeed(
            &self,
            call: &Call,
            attempt: u32,
            answer: &RawResponse,
            elapsed: Duration,
        ) {
            let status = answer.status.as_u16();
            debug!(target: env!("CARGO_CRATE_NAME"), parent: &self.span, attempt, status, "request attempt succeeded");
            self.end(call, attempt, Some(answer), elapsed);
        }

        /// The last attempt failed, and with it the call.
        pub(crate) fn fail(&self, call: &Call, attempts: u32, kind: &Kind, elapsed: Duration) {
            self.spoil(call, attempts, kind, elapsed);
            self.end(call, attempts, kind.answer(), elapsed);
        }

        /// The call failed, perhaps after an attempt that succeeded.
        pub(crate) fn spoil(&self, call: &Call, attempts: u32, kind: &Kind, elapsed: Duration) {
            if !self.failed.swap(true, Ordering::Relaxed) {
                failed(&self.span, call, attempts, kind, elapsed);
                self.span.record("error_kind", field::display(word(kind)));
            }
        }

        /// A wait failed, whose calls may all have succeeded.
        pub(crate) fn wait_failed(call: &Call, attempts: u32, kind: &Kind, elapsed: Duration) {
            let span = info_span!(
                target: env!("CARGO_CRATE_NAME"),
                "polling",
                operation = call.operation.id,
                method = call.method.as_str(),
                path = %call.template(),
            );
            failed(&span, call, attempts, kind, elapsed);
        }

        /// What came isn't quite what the API documents, in so many places, and was read all the
        /// same.
        pub(crate) fn deviations(&self, call: &Call, places: &[Deviation], count: usize) {
            for deviation in places.iter().take(EACH) {
                let path = shown(call, deviation.path());
                warn!(
                    target: env!("CARGO_CRATE_NAME"),
                    parent: &self.span,
                    json_path = %path,
                    expected = %deviation.expected(),
                    found = %deviation.found(),
                    "response deviates from the API description"
                );
            }
            if count > EACH {
                warn!(
                    target: env!("CARGO_CRATE_NAME"),
                    parent: &self.span,
                    count,
                    "response deviates from the API description in more places than are logged"
                );
            }
        }

        fn end(&self, call: &Call, attempts: u32, answer: Option<&RawResponse>, elapsed: Duration) {
            if self.span.is_none() {
                return;
            }
            // What a server sends may hold what was sent to it.
            let id = answer.and_then(RawResponse::request_id);
            let id = id.map(|id| call.scrubber().show(id.as_bytes(), 200));
            // What isn't there would be printed as a blank.
            if let Some(answer) = answer {
                self.span.record("status", answer.status.as_u16());
            }
            self.span.record("attempts", attempts);
            if let Some(id) = id {
                self.span.record("request_id", id);
            }
            self.span.record("elapsed_ms", milliseconds(elapsed));
        }
    }

    /// The event at the end of a failed call: a warning where the server refused the request (4xx),
    /// else an error.
    fn failed(span: &Span, call: &Call, attempts: u32, kind: &Kind, elapsed: Duration) {
        if span.is_none() {
            return;
        }
        macro_rules! failed {
            ($level:ident) => {
                $level!(
                    target: env!("CARGO_CRATE_NAME"),
                    parent: span,
                    error_kind = %word(kind),
                    status = status(kind),
                    attempts,
                    json_path = path(call, kind).map(field::display),
                    elapsed_ms = milliseconds(elapsed),
                    "request failed"
                )
            };
        }
        match kind {
            Kind::Status(answer) if answer.status.is_client_error() => failed!(warn),
            _ => failed!(error),
        }
    }

    /// What went wrong, in a word, which is that of the error's predicate where it has one.
    fn word(kind: &Kind) -> &'static str {
        match kind {
            Kind::InvalidInput(_) => "invalid_input",
            Kind::Token(_) => "token",
            Kind::Connect(_) => "connect",
            Kind::Timeout {
                limit: Limit::Connect,
                ..
            } => "connect_timeout",
            Kind::Timeout { .. } => "timeout",
            Kind::Broken(_) => "interrupted",
            Kind::NotProcessed(_) => "not_processed",
            Kind::Status(_) | Kind::NotRenewed { .. } => "status",
            Kind::Redirect { .. } => "redirect",
            Kind::BrokenBody { .. } => "broken_body",
            Kind::TooLarge { .. } => "too_large",
            Kind::Ended { .. } => "operation_failed",
            Kind::Stuck { .. } => "pagination",
            Kind::Decode { .. } => "decode",
        }
    }

    fn status(kind: &Kind) -> Option<u16> {
        kind.answer().map(|answer| answer.status.as_u16())
    }

    /// Where in the body what can't be read stands, without names that may be data.
    fn path(call: &Call, kind: &Kind) -> Option<String> {
        let path = kind.json_path().filter(|path| !path.is_empty())?;
        Some(shown(call, path))
    }

    /// A path in a body without names that may be data.
    fn shown(call: &Call, path: &str) -> String {
        let shown = json_path::without_data(path);
        call.scrubber().show(shown.as_bytes(), 200)
    }

    fn page(call: &Call) -> Option<u32> {
        Some(call.page).filter(|page| *page > 0)
    }

    fn milliseconds(time: Duration) -> u64 {
        u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(not(feature = "tracing"))]
mod off {
    use std::time::Duration;

    use super::super::call::Call;
    use super::super::deviation::Deviation;
    use super::super::error_kind::Kind;
    use super::super::raw_response::RawResponse;

    /// Nothing: the program doesn't ask for logs.
    pub(crate) struct Trace;

    #[allow(
        clippy::unused_self,
        reason = "callers say the same whether there are logs or not"
    )]
    impl Trace {
        pub(crate) fn begin(_: &Call) -> Self {
            Self
        }

        pub(crate) fn around<F: Future>(self, work: impl FnOnce(Self) -> F) -> F {
            work(self)
        }

        pub(crate) fn retry(&self, _: u32, _: &Kind, _: Duration) {}

        pub(crate) fn renew(&self, _: u32) {}

        pub(crate) fn succeed(&self, _: &Call, _: u32, _: &RawResponse, _: Duration) {}

        pub(crate) fn fail(&self, _: &Call, _: u32, _: &Kind, _: Duration) {}

        pub(crate) fn spoil(&self, _: &Call, _: u32, _: &Kind, _: Duration) {}

        pub(crate) fn wait_failed(_: &Call, _: u32, _: &Kind, _: Duration) {}

        pub(crate) fn deviations(&self, _: &Call, _: &[Deviation], _: usize) {}
    }
}
