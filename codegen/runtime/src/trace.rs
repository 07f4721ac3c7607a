//! Logging (feature `tracing`): a span for each request, an event for each attempt, and an event at the
//! end of a request that failed.
//!
//! They contain operation IDs, path templates, statuses, counts, times, and the JSON path of a value
//! that can't be decoded; never a credential, a parameter value, a header or a body.

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

    /// How many deviations of a response are logged individually.
    const EACH: usize = 20;

    /// The span of a request.
    pub(crate) struct Trace {
        span: Span,
        /// Whether its failure was logged: a stream of events may have many.
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

        /// Instruments the future of the request with its span.
        pub(crate) fn around<F: Future>(self, work: impl FnOnce(Self) -> F) -> Instrumented<F> {
            let span = self.span.clone();
            work(self).instrument(span)
        }

        /// An attempt failed and is retried after `delay`.
        pub(crate) fn retry(&self, attempt: u32, kind: &Kind, delay: Duration) {
            warn!(
                target: env!("CARGO_CRATE_NAME"),
                parent: &self.span,
                attempt,
                error_kind = %error_kind(kind),
                status = status(kind),
                backoff_ms = milliseconds(delay),
                "request attempt failed, retrying"
            );
        }

        /// An attempt was rejected for its token and is repeated with a new one.
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
            response: &RawResponse,
            elapsed: Duration,
        ) {
            let status = response.status.as_u16();
            debug!(target: env!("CARGO_CRATE_NAME"), parent: &self.span, attempt, status, "request attempt succeeded");
            self.end(call, attempt, Some(response), elapsed);
        }

        /// The request failed with its last attempt.
        pub(crate) fn fail(&self, call: &Call, attempts: u32, kind: &Kind, elapsed: Duration) {
            self.fail_late(call, attempts, kind, elapsed);
            self.end(call, attempts, kind.response(), elapsed);
        }

        /// The request failed, possibly after an attempt that succeeded.
        pub(crate) fn fail_late(&self, call: &Call, attempts: u32, kind: &Kind, elapsed: Duration) {
            if !self.failed.swap(true, Ordering::Relaxed) {
                failed(&self.span, call, attempts, kind, elapsed);
                self.span
                    .record("error_kind", field::display(error_kind(kind)));
            }
        }

        /// Polling failed, though all its requests may have succeeded.
        pub(crate) fn polling_failed(call: &Call, attempts: u32, kind: &Kind, elapsed: Duration) {
            let span = info_span!(
                target: env!("CARGO_CRATE_NAME"),
                "polling",
                operation = call.operation.id,
                method = call.method.as_str(),
                path = %call.template(),
            );
            failed(&span, call, attempts, kind, elapsed);
        }

        /// A response deviates from the description in `count` places, and was decoded nevertheless.
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

        fn end(
            &self,
            call: &Call,
            attempts: u32,
            response: Option<&RawResponse>,
            elapsed: Duration,
        ) {
            if self.span.is_none() {
                return;
            }
            // A response may contain what was sent in the request.
            let id = response.and_then(RawResponse::request_id);
            let id = id.map(|id| call.redactor().show(id.as_bytes(), 200));
            // An empty field would be printed.
            if let Some(response) = response {
                self.span.record("status", response.status.as_u16());
            }
            self.span.record("attempts", attempts);
            if let Some(id) = id {
                self.span.record("request_id", id);
            }
            self.span.record("elapsed_ms", milliseconds(elapsed));
        }
    }

    /// The event at the end of a failed request: a warning if the server rejected the request (4xx), an
    /// error otherwise.
    fn failed(span: &Span, call: &Call, attempts: u32, kind: &Kind, elapsed: Duration) {
        if span.is_none() {
            return;
        }
        macro_rules! failed {
            ($level:ident) => {
                $level!(
                    target: env!("CARGO_CRATE_NAME"),
                    parent: span,
                    error_kind = %error_kind(kind),
                    status = status(kind),
                    attempts,
                    json_path = path(call, kind).map(field::display),
                    elapsed_ms = milliseconds(elapsed),
                    "request failed"
                )
            };
        }
        match kind {
            Kind::Status(response) if response.status.is_client_error() => failed!(warn),
            _ => failed!(error),
        }
    }

    /// The value of `error_kind`: the name of the error's predicate, if it has one.
    fn error_kind(kind: &Kind) -> &'static str {
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
            Kind::OperationFailed { .. } => "operation_failed",
            Kind::Pagination { .. } => "pagination",
            Kind::Decode { .. } => "decode",
        }
    }

    fn status(kind: &Kind) -> Option<u16> {
        kind.response().map(|response| response.status.as_u16())
    }

    /// The path of the value that can't be decoded, without names that may be data.
    fn path(call: &Call, kind: &Kind) -> Option<String> {
        let path = kind.json_path().filter(|path| !path.is_empty())?;
        Some(shown(call, path))
    }

    /// A path in a body without names that may be data.
    fn shown(call: &Call, path: &str) -> String {
        let shown = json_path::without_data(path);
        call.redactor().show(shown.as_bytes(), 200)
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

    /// Logs nothing, without the feature `tracing`.
    pub(crate) struct Trace;

    #[allow(
        clippy::unused_self,
        reason = "the same signatures as with the feature `tracing`"
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

        pub(crate) fn fail_late(&self, _: &Call, _: u32, _: &Kind, _: Duration) {}

        pub(crate) fn polling_failed(_: &Call, _: u32, _: &Kind, _: Duration) {}

        pub(crate) fn deviations(&self, _: &Call, _: &[Deviation], _: usize) {}
    }
}
