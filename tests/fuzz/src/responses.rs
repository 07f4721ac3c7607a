//! Responses of a server, through a whole client: every call comes to an end, with a response or an
//! error that keeps the key to itself.

use std::collections::VecDeque;
use std::fmt::Debug;
use std::sync::{Arc, Mutex, PoisonError};

use arbitrary::{Result, Unstructured};
use bytes::Bytes;
use http::header::{HeaderName, HeaderValue};
use llama_cloud::types::{BatchConfig, BatchCreate, BatchJob, JobType};
use llama_cloud::{Client, Error, Transport, TransportError, TransportFuture};
use tokio::runtime::Builder;

/// The key, which no text may show. Two of its characters are written in another way in URLs, JSON
/// and HTML.
const KEY: &str = "key-Zq9/Wv3+Tm7";

/// Makes up the outcomes of requests of the bytes, and lets a client send them.
pub fn check(bytes: &[u8]) {
    let mut input = Unstructured::new(bytes);
    let call = input.int_in_range(0..=4).unwrap_or_default();
    let script = Script::default();
    while !input.is_empty() {
        let Ok(outcome) = outcome(&mut input) else {
            break;
        };
        script.lock().push_back(outcome);
    }
    // Waits between attempts take no time: the clock jumps to where somebody waits for it.
    let runtime = Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime");
    let client = Client::builder()
        .api_key(KEY)
        .base_url("http://server.example/prefix")
        .transport(script.clone())
        .build()
        .expect("a client");
    runtime.block_on(ask(&client, call));
    // One more time for the errors of connections, when all outcomes were used.
    runtime.block_on(ask(&client, call));
}

/// Makes a call.
async fn ask(client: &Client, call: u8) {
    match call {
        0 => {
            let mut batches = client.batches().list().into_stream();
            while let Some(batch) = batches.next().await {
                show(batch);
            }
        }
        1 => {
            let mut pages = client.batches().list().into_pages();
            while let Some(page) = pages.next().await {
                show(page);
            }
        }
        2 => show(client.batches().get("bat-1").send_with_response().await),
        3 => show(client.batches().wait("bat-1").send().await),
        _ => {
            let job = BatchJob::new("cfg-1", JobType::ParseV2);
            let create = BatchCreate::new(BatchConfig::new(job), "dir-1");
            show(client.batches().create(create).send().await);
        }
    }
}

/// Looks at all that an error tells.
fn show<T: Debug>(result: std::result::Result<T, Error>) {
    let Err(error) = result else { return };
    let mut texts = vec![format!("{error}\n{error:#}\n{error:?}\n{error:#?}")];
    let mut source = std::error::Error::source(&error);
    while let Some(error) = source {
        texts.push(format!("{error}\n{error:?}"));
        source = error.source();
    }
    assert!(texts.iter().all(|text| !text.contains(KEY)), "{texts:#?}");
    let predicates = [
        error.is_timeout(),
        error.is_interrupted(),
        error.is_status(),
        error.is_decode(),
        error.is_invalid_input(),
    ];
    let told = predicates.into_iter().filter(|it| *it).count();
    assert!(told <= 1, "{predicates:?} of {error:?}");
    let is_success = error.status().map(|status| status.is_success());
    if error.is_status() {
        assert_eq!(is_success, Some(false), "{error:?}");
    } else if error.is_decode() {
        assert_eq!(is_success, Some(true), "{error:?}");
    }
}

/// What a server does with a request.
enum Outcome {
    Given(Box<http::Response<Bytes>>),
    Broken,
    Late,
}

/// The responses to come, in order; behind them there is no connection.
#[derive(Clone, Default)]
struct Script(Arc<Mutex<VecDeque<Outcome>>>);

impl Script {
    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<Outcome>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for Script {
    fn send(&self, _: reqwest::Request) -> TransportFuture<'_> {
        let next = self.lock().pop_front();
        Box::pin(async move {
            match next {
                Some(Outcome::Given(response)) => Ok(reqwest::Response::from(*response)),
                Some(Outcome::Broken) => Err(TransportError::broken("the connection broke")),
                Some(Outcome::Late) => Err(TransportError::timeout("it took too long")),
                None => Err(TransportError::connect("there is no server")),
            }
        })
    }
}

const STATUSES: [u16; 20] = [
    200, 201, 202, 204, 206, 304, 301, 302, 307, 308, 400, 401, 404, 408, 409, 422, 429, 500, 503,
    599,
];

const HEADERS: [&str; 10] = [
    "retry-after",
    "retry-after-ms",
    "x-should-retry",
    "content-type",
    "location",
    "x-request-id",
    "content-encoding",
    "content-length",
    "link",
    "www-authenticate",
];

const BODIES: [&str; 6] = [
    r#"{"items": [], "next_page_token": "a"}"#,
    r#"{"items": [{"id": "b", "config": {"job": {"configuration_id": "c", "type": "parse_v2"}},
        "project_id": "p", "source_directory_id": "d", "status": "RUNNING"}], "next_page_token": "b"}"#,
    r#"{"id": "b", "config": {"job": {"configuration_id": "c", "type": "parse_v2"}},
        "project_id": "p", "source_directory_id": "d", "status": "RUNNING"}"#,
    r#"{"id": "b", "config": {"job": {"configuration_id": "c", "type": "parse_v2"}},
        "project_id": "p", "source_directory_id": "d", "status": "FAILED"}"#,
    r#"{"detail": [{"loc": ["body", 1], "msg": "key-Zq9/Wv3+Tm7", "type": "t", "input": "key-Zq9\/Wv3+Tm7"}]}"#,
    r#""key-Zq9/Wv3+Tm7""#,
];

/// Makes up a response.
fn outcome(input: &mut Unstructured<'_>) -> Result<Outcome> {
    let status = match input.int_in_range(0..=STATUSES.len() + 2)? {
        0 => input.int_in_range(100..=999)?,
        1 => return Ok(Outcome::Broken),
        2 => return Ok(Outcome::Late),
        index => STATUSES[index - 3],
    };
    let body = if input.arbitrary()? {
        Bytes::from_static((*input.choose(&BODIES)?).as_bytes())
    } else {
        Bytes::copy_from_slice(input.arbitrary()?)
    };
    let mut response = http::Response::new(body);
    *response.status_mut() = http::StatusCode::from_u16(status).expect("it is from 100 to 999");
    for _ in 0..input.int_in_range(0..=3)? {
        let name = HeaderName::from_static(input.choose(&HEADERS)?);
        if let Ok(value) = HeaderValue::from_bytes(input.arbitrary()?) {
            response.headers_mut().append(name, value);
        }
    }
    Ok(Outcome::Given(response.into()))
}
