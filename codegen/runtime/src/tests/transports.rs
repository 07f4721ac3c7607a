//! What may stand in the place of the HTTP client, or around it.

use std::error::Error as _;
use std::io;
use std::sync::{Arc, Mutex};

use super::doubles::{self, Watched};
use super::pets::{self, BEARER, KEY, Pet, Pets};
use super::server::{Reply, Server};
use crate::runtime::error::Error;
use crate::runtime::mock::{MockResponse, MockTransport};
use crate::runtime::transport::{Transport, TransportError, TransportFuture};

const PET: &str = r#"{"name":"Rex"}"#;

/// Makes an error of a transport.
type Make = fn(io::Error) -> TransportError;

/// What is to hold for the error of a call.
type Tell = fn(&Error) -> bool;

/// Never has a connection, and says why.
pub(super) struct Refusing(pub(super) &'static str);

impl Transport for Refusing {
    fn send(&self, _: reqwest::Request) -> TransportFuture<'_> {
        Box::pin(async { Err(TransportError::connect(self.0)) })
    }
}

/// Ends the first try with an error and passes on all others.
struct Stumbling {
    first: Mutex<Option<TransportError>>,
    inner: Arc<dyn Transport>,
}

impl Transport for Stumbling {
    fn send(&self, request: reqwest::Request) -> TransportFuture<'_> {
        match self.first.lock().unwrap().take() {
            Some(error) => Box::pin(async { Err(error) }),
            None => self.inner.send(request),
        }
    }
}

/// A client whose first try ends so, and the mock that responds to the others.
pub(super) fn stumbling(first: TransportError) -> (Pets, MockTransport) {
    let mock = MockTransport::new();
    let stumbling = Stumbling {
        first: Mutex::new(Some(first)),
        inner: Arc::new(mock.clone()),
    };
    let builder = doubles::settings(&BEARER, &mock).transport(stumbling);
    (Pets(builder.build().unwrap()), mock)
}

fn reason() -> io::Error {
    io::Error::other("the tunnel fell in")
}

#[tokio::test(start_paused = true)]
async fn transport_connect_error_lets_a_post_be_retried() {
    let (pets, mock) = stumbling(TransportError::connect(reason()));
    mock.expect("POST", "/v1/pets")
        .respond_json(201, &Pet::new("Rex"));
    let request = pets.create(&Pet::new("Rex"));
    assert_eq!(request.send_with_response().await.unwrap().attempts(), 2);
    mock.assert_done();
}

#[tokio::test(start_paused = true)]
async fn transport_errors_are_retried_for_idempotent_methods() {
    let cases: [(Make, Tell, &str); 2] = [
        (
            TransportError::timeout,
            Error::is_timeout,
            "the custom HTTP client's timeout elapsed (1 attempt in 0.0ns), last: the \
             tunnel fell in",
        ),
        (
            TransportError::broken,
            |error| !error.is_timeout() && !error.is_connect() && !error.is_status(),
            "connection closed before a response was received: the tunnel fell in",
        ),
    ];
    for (error, tells, part) in cases {
        let (pets, mock) = stumbling(error(reason()));
        let error = pets.create(&Pet::new("Rex")).send().await.unwrap_err();
        assert!(tells(&error), "{error}");
        assert_eq!(error.attempts(), 1);
        assert!(error.to_string().contains(part), "{error}");
        assert!(error.source().unwrap().is::<io::Error>());
        mock.assert_done();
    }
    for error in [TransportError::timeout, TransportError::broken] {
        let (pets, mock) = stumbling(error(reason()));
        mock.expect("GET", "/v1/pets/1")
            .respond_json(200, &Pet::new("Rex"));
        assert_eq!(
            pets.get("1").send_with_response().await.unwrap().attempts(),
            2
        );
        mock.assert_done();
    }
}

#[test]
fn transport_error_has_message_and_source() {
    for (error, text) in [
        (TransportError::connect(reason()), "could not connect"),
        (
            TransportError::timeout(reason()),
            "timed out before a response was received",
        ),
        (
            TransportError::broken(reason()),
            "connection closed before a response was received",
        ),
    ] {
        assert_eq!(error.to_string(), text);
        assert_eq!(error.source().unwrap().to_string(), "the tunnel fell in");
        assert!(
            format!("{error:?}").contains("the tunnel fell in"),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn middleware_observes_attempts_and_responses() {
    struct Recorder {
        inner: Arc<dyn Transport>,
        seen: Arc<Mutex<Vec<String>>>,
    }

    impl Transport for Recorder {
        fn send(&self, request: reqwest::Request) -> TransportFuture<'_> {
            let asked = format!("{} {}", request.method(), request.url().path());
            Box::pin(async move {
                let response = self.inner.send(request).await?;
                let line = format!("{asked} {}", response.status().as_u16());
                self.seen.lock().unwrap().push(line);
                Ok(response)
            })
        }
    }

    let server = Server::start([
        Reply::json(503, "{}"),
        Reply::with(307, &["location: /other"], ""),
        Reply::json(200, PET),
    ])
    .await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let record = Arc::clone(&seen);
    let builder = pets::settings(&BEARER, &server.url).wrap_transport(move |inner| Recorder {
        inner,
        seen: Arc::clone(&record),
    });
    let pets = Pets(builder.build().unwrap());
    assert_eq!(pets.get("1").send().await.unwrap(), Pet::new("Rex"));
    assert_eq!(
        *seen.lock().unwrap(),
        ["GET /pets/1 503", "GET /pets/1 307", "GET /other 200"]
    );
}

#[tokio::test(start_paused = true)]
async fn middleware_is_nested() {
    let mock = MockTransport::new();
    for status in [503, 200] {
        mock.expect("GET", "/v1/pets/1")
            .with_header("x-signed", "outer, inner")
            .with_header("authorization", &format!("Bearer {KEY}"))
            .respond(MockResponse::new(status).body(PET));
    }
    let mut builder = doubles::settings(&BEARER, &mock);
    for name in ["inner", "outer"] {
        builder = builder.wrap_transport(move |inner| {
            let watch = move |request: &mut reqwest::Request| {
                let before = request.headers().get("x-signed");
                let value = match before.map(|value| value.to_str().expect("text")) {
                    Some(before) => format!("{before}, {name}"),
                    None => name.to_owned(),
                };
                let value = value.parse().expect("a header");
                request.headers_mut().insert("x-signed", value);
            };
            Watched { inner, watch }
        });
    }
    // One for both builders: settings can be cloned and built twice.
    let pets = Pets(builder.clone().build().unwrap());
    pets.get("1").send().await.unwrap();
    mock.assert_done();
    drop(builder.build().unwrap());
}

#[tokio::test]
async fn transport_redirects_stay_on_the_origin() {
    let mock = MockTransport::new();
    let moved = |to| MockResponse::new(308).header("location", to);
    mock.expect("POST", "/v1/pets")
        .respond(moved("/v2/pets?page=1"));
    mock.expect("POST", "/v2/pets")
        .with_query("page", 1)
        .with_json(&Pet::new("Rex"))
        .respond(moved("deeper"));
    mock.expect("POST", "/v2/deeper")
        .respond_json(201, &Pet::new("Rex"));
    mock.expect("GET", "/v1/pets/1")
        .respond(moved("https://elsewhere.test/"));
    let pets = Pets(doubles::client(&mock));
    pets.create(&Pet::new("Rex")).send().await.unwrap();
    let error = pets.get("1").send().await.unwrap_err();
    assert!(
        error.to_string().contains("it points to another origin"),
        "{error}"
    );
    mock.assert_done();
}

#[tokio::test]
async fn transport_that_followed_a_redirect_is_an_error() {
    let other = Server::start([Reply::json(200, PET)]).await;
    let away = format!("location: {}", other.url);
    let server = Server::start([Reply::with(302, &[&away], "")]).await;
    let builder = pets::settings(&BEARER, &server.url)
        .http_client(super::plain_http_client())
        .wrap_transport(|inner| Watched {
            inner,
            watch: |_: &mut reqwest::Request| {},
        });
    let pets = Pets(builder.build().unwrap());
    let error = pets.get("1").send().await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("followed a redirect to another origin"),
        "{error}"
    );
}

#[tokio::test]
async fn transport_that_is_set_last_is_used() {
    let server = Server::start([Reply::json(200, PET)]).await;
    let builder = pets::settings(&BEARER, &server.url)
        .transport(Refusing("this one was replaced"))
        .http_client(super::plain_http_client());
    let pets = Pets(builder.build().unwrap());
    pets.get("1").send().await.unwrap();
    assert_eq!(server.request().line, "GET /pets/1");
}
