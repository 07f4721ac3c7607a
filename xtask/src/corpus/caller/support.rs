//! What the program that calls all operations has beside its table. It is compiled with the emitted crate
//! alone, as `api`.

use std::collections::BTreeMap;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::process::exit;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::api::{Client, ClientBuilder, Error, Response, Transport, TransportError, reqwest};

/// The longest that one call may take.
const CALL_LIMIT: Duration = Duration::from_secs(20);

/// The longest that all of them may take.
const LIMIT: Duration = Duration::from_secs(300);

/// A call on its way: what came of it, or why it couldn't be made.
pub type Calling<'a> = Pin<Box<dyn Future<Output = Result<Value, String>> + 'a>>;

/// Makes the call of one operation.
pub type Call = for<'a> fn(&'a Client, &'a Case) -> Calling<'a>;

/// What a call is made of.
pub struct Case(Value);

impl Case {
    /// The value of an argument.
    pub fn value<T: DeserializeOwned>(&self, name: &str) -> Result<T, String> {
        match self.option(name)? {
            Some(value) => Ok(value),
            None => Err(format!("`{name}` has no value")),
        }
    }

    /// The value of what may be left out.
    pub fn option<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, String> {
        let Some(value) = self.0["arguments"].get(name) else {
            return Ok(None);
        };
        let read = serde_json::from_str(&value.to_string());
        let read =
            read.map_err(|error| format!("`{name}` can't be decoded as its type: {error}: {value}"));
        read.map(Some)
    }

    /// The content of a file.
    pub fn file(&self, name: &str) -> Result<Vec<u8>, String> {
        Ok(match &self.0["arguments"][name] {
            Value::String(text) => text.clone().into_bytes(),
            _ => b"content".to_vec(),
        })
    }

    /// The content of a file that may be left out.
    pub fn file_option(&self, name: &str) -> Result<Option<Vec<u8>>, String> {
        match self.0["arguments"].get(name) {
            Some(_) => self.file(name).map(Some),
            None => Ok(None),
        }
    }

    /// What came of a call.
    pub fn response<T>(
        &self,
        result: Result<Response<T>, Error>,
        encode: impl FnOnce(&T) -> Result<String, String>,
        failure: impl FnOnce(u16, &Error) -> Option<Result<String, String>>,
    ) -> Result<Value, String> {
        Ok(match result {
            Ok(response) => {
                let (encoded, error) = split(encode(response.body()));
                json!({
                    "read": error.is_none(), "error": error, "encoded": encoded,
                    "deviations": deviations(&response),
                })
            }
            Err(error) => failed(&error, failure),
        })
    }

    /// What came of a stream.
    pub fn event<T>(&self, event: Option<Result<T, Error>>) -> Result<Value, String> {
        Ok(match event {
            Some(Ok(_)) => json!({ "read": true }),
            Some(Err(error)) => failed(&error, |_, _| None),
            None => json!({ "read": false, "error": "the stream has no events" }),
        })
    }
}

fn failed(
    error: &Error,
    failure: impl FnOnce(u16, &Error) -> Option<Result<String, String>>,
) -> Value {
    let status = error.status().map(|status| status.as_u16());
    let typed = status.filter(|_| error.is_status());
    let typed = typed.and_then(|status| failure(status, error));
    let (encoded, unread) = typed.map_or((None, None), split);
    json!({
        "read": false, "error": chain(error), "is_status": error.is_status(),
        "failure": encoded, "failure_error": unread,
    })
}

fn split(result: Result<String, String>) -> (Option<String>, Option<String>) {
    match result {
        Ok(text) => (Some(text), None),
        Err(error) => (None, Some(error)),
    }
}

/// An error with its causes.
fn chain(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}

/// What stands for a method that some crates don't have: one of the type itself goes before it.
trait NoDeviations {
    fn deviations(&self) -> [String; 0] {
        []
    }
}

impl<T> NoDeviations for Response<T> {}

/// The places where a response isn't what was described, as far as the crate tells them.
fn deviations<T>(response: &Response<T>) -> Vec<String> {
    let mut reported = Vec::new();
    for deviation in response.deviations() {
        reported.push(format!("{deviation:?}"));
    }
    reported
}

/// A value as JSON.
pub fn json<T: Serialize>(value: &T) -> Result<String, String> {
    serde_json::to_string(value).map_err(|error| format!("isn't written: {error}"))
}

/// Bytes as JSON has them.
pub fn bytes(bytes: &[u8]) -> Result<String, String> {
    json(&String::from_utf8_lossy(bytes))
}

/// The documented body of a failure.
pub fn failure<T: Serialize + DeserializeOwned>(error: &Error) -> Option<Result<String, String>> {
    let read = error.body_as::<T>().map_err(|error| chain(&error));
    Some(read.and_then(|value| json(&value)))
}

/// What carries requests to the mock server, or stands for the server whose response was recorded.
#[derive(Clone)]
struct Wire {
    http: reqwest::Client,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    /// The response to give; where there is none, the mock server is asked.
    recorded: Option<Value>,
    /// What was sent and received.
    seen: Value,
}

impl Wire {
    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn exchange(
        &self,
        mut request: reqwest::Request,
    ) -> Result<reqwest::Response, TransportError> {
        let target = format!("{} {}", request.method(), request.url());
        if let Some(recorded) = self.state().recorded.clone() {
            return recorded_response(&recorded);
        }
        if request.url().host_str() != Some("127.0.0.1") {
            return Err(TransportError::connect(format!(
                "{target} is not on this machine"
            )));
        }
        for (name, value) in [
            ("x-steady-stream-count", "2"),
            ("x-steady-stream-interval-ms", "1"),
        ] {
            let value = reqwest::header::HeaderValue::from_static(value);
            request.headers_mut().insert(name, value);
        }
        let response = self.http.execute(request).await?;
        let status = response.status();
        let headers = response.headers().clone();
        let body = response.bytes().await?;
        let shown: BTreeMap<&str, String> = headers
            .iter()
            .map(|(name, value)| {
                (
                    name.as_str(),
                    String::from_utf8_lossy(value.as_bytes()).into_owned(),
                )
            })
            .collect();
        self.state().seen = json!({
            "target": target, "status": status.as_u16(), "headers": shown,
            "body": String::from_utf8_lossy(&body),
        });
        let mut built = http::Response::new(body);
        *built.status_mut() = status;
        *built.headers_mut() = headers;
        Ok(reqwest::Response::from(built))
    }
}

impl Transport for Wire {
    fn send(
        &self,
        request: reqwest::Request,
    ) -> Pin<Box<dyn Future<Output = Result<reqwest::Response, TransportError>> + Send + '_>> {
        Box::pin(self.exchange(request))
    }
}

/// A recorded response.
fn recorded_response(recorded: &Value) -> Result<reqwest::Response, TransportError> {
    let mut built = http::Response::builder();
    let status = recorded["status"]
        .as_u64()
        .and_then(|it| u16::try_from(it).ok());
    built = built.status(status.unwrap_or(200));
    for (name, value) in recorded["headers"].as_object().into_iter().flatten() {
        built = built.header(name, value.as_str().unwrap_or_default());
    }
    let body = recorded["body"].as_str().unwrap_or_default().to_owned();
    match built.body(body) {
        Ok(response) => Ok(reqwest::Response::from(response)),
        Err(error) => Err(TransportError::broken(format!(
            "invalid recorded response: {error}"
        ))),
    }
}

/// Makes the calls of a file, and prints what came of each, a line of JSON each.
pub fn main(credentials: fn(ClientBuilder) -> ClientBuilder, calls: &[Call]) {
    std::thread::spawn(|| {
        std::thread::sleep(LIMIT);
        exit(124);
    });
    if let Err(error) = all(credentials, calls) {
        eprintln!("{error}");
        exit(1);
    }
}

fn all(credentials: fn(ClientBuilder) -> ClientBuilder, calls: &[Call]) -> Result<(), String> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("a file with calls is missing")?;
    let base_url = arguments
        .next()
        .unwrap_or_else(|| "http://127.0.0.1:9".to_owned());
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let cases: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let http = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none());
    let wire = Wire {
        http: http.build().map_err(|error| error.to_string())?,
        state: Arc::default(),
    };
    let builder = credentials(Client::builder())
        .base_url(base_url)
        .max_retries(0);
    let client = builder.timeout(CALL_LIMIT).transport(wire.clone()).build();
    let client = client.map_err(|error| format!("the client could not be built: {}", chain(&error)))?;
    for (index, case) in cases.as_array().into_iter().flatten().enumerate() {
        println!("{index}");
        *wire.state() = State {
            recorded: case.get("response").cloned(),
            seen: Value::Null,
        };
        let call = case["operation"]
            .as_u64()
            .and_then(|call| usize::try_from(call).ok());
        let call = call
            .and_then(|call| calls.get(call))
            .ok_or("a case without an operation")?;
        let case = Case(case.clone());
        let made = catch_unwind(AssertUnwindSafe(|| {
            runtime.block_on(async { tokio::time::timeout(CALL_LIMIT, call(&client, &case)).await })
        }));
        let reported = match made {
            Ok(Ok(Ok(reported))) => reported,
            Ok(Ok(Err(error))) => json!({ "read": false, "unsent": error }),
            Ok(Err(_)) => json!({ "read": false, "error": "timed out" }),
            Err(panic) => json!({ "read": false, "error": panic_message(&*panic) }),
        };
        println!("{}", json!([index, reported, wire.state().seen]));
    }
    Ok(())
}

/// What a panic says.
fn panic_message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    format!("a panic: {}", text.unwrap_or("without a message"))
}
