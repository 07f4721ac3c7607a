//! Tokens from a provider: when it is asked, what follows a refusal, where tokens go.

use std::convert::Infallible;
use std::error::Error as _;
use std::future::{Ready, pending, ready};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::advance;

use super::doubles;
use super::pets::{self, BEARER, COOKIE, HEADER, Pet, Pets, QUERY};
use super::server::{Recorded, Reply, Server};
use crate::runtime::credential::Token;
use crate::runtime::mock::{MockResponse, MockTransport};

const PET: &str = r#"{"name":"Rex"}"#;
const SECOND: Duration = Duration::from_secs(1);

/// How often a provider was asked.
type Count = Arc<AtomicU32>;

/// Finds where a token was sent.
type Find = fn(&Recorded) -> Option<String>;

/// A provider of numbered tokens.
fn numbered(
    asked: &Count,
) -> impl Fn() -> Ready<Result<Token, Infallible>> + Send + Sync + 'static + use<> {
    let asked = Arc::clone(asked);
    move || {
        let number = asked.fetch_add(1, Ordering::SeqCst) + 1;
        ready(Ok(format!("token-{number}").into()))
    }
}

/// A client of a server whose tokens are numbered, and how often there was one.
fn client(server: &Server) -> (Pets, Count) {
    let asked = Count::default();
    let builder = pets::settings(&BEARER, &server.url).token_provider(numbered(&asked));
    (Pets(builder.build().unwrap()), asked)
}

fn bearers(server: &Server) -> Vec<String> {
    let requests = server.requests().into_iter();
    requests
        .map(|request| request.header("authorization").unwrap())
        .collect()
}

#[tokio::test]
async fn token_provider_is_called_once_by_concurrent_requests() {
    let server = Server::start((0..9).map(|_| Reply::json(200, PET))).await;
    let asked = Count::default();
    let gate = Arc::new(Semaphore::new(0));
    let (count, opened) = (Arc::clone(&asked), Arc::clone(&gate));
    let builder = pets::settings(&BEARER, &server.url).token_provider(move || {
        count.fetch_add(1, Ordering::SeqCst);
        let opened = Arc::clone(&opened);
        async move { opened.acquire().await.map(|_| "token") }
    });
    let pets = Pets(builder.build().unwrap());
    let calls: Vec<_> = (0..8).map(|_| tokio::spawn(pets.get("1").send())).collect();
    tokio::task::yield_now().await;
    gate.add_permits(1);
    for call in calls {
        call.await.unwrap().unwrap();
    }
    pets.get("1").send().await.unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    assert_eq!(bearers(&server), ["Bearer token"; 9]);
}

#[tokio::test]
async fn rejected_token_is_renewed_once_whatever_the_method() {
    for status in [201, 401] {
        let server = Server::start([Reply::json(401, "{}"), Reply::json(status, PET)]).await;
        let (pets, asked) = client(&server);
        let request = pets.create(&Pet::new("Rex")).with_max_retries(0);
        let result = request.send_with_response().await;
        assert_eq!(asked.load(Ordering::SeqCst), 2);
        assert_eq!(bearers(&server), ["Bearer token-1", "Bearer token-2"]);
        let requests = server.requests();
        assert_eq!(requests[0].line, requests[1].line);
        assert_eq!(requests[0].body, requests[1].body);
        match result {
            Ok(response) => assert_eq!((response.status().as_u16(), response.attempts()), (201, 2)),
            Err(error) => {
                assert_eq!(status, 401);
                assert!(error.is_authentication() && error.is_status(), "{error}");
                assert_eq!(error.attempts(), 2);
                let text = error.to_string();
                let hint = "; the token provider's token was not accepted; ";
                assert!(
                    text.contains(hint) && !text.contains("PETS_API_KEY"),
                    "{text}"
                );
            }
        }
    }
}

#[tokio::test]
async fn rejected_token_is_renewed_together_by_concurrent_requests() {
    let refused = || Reply::json(401, "{}");
    let fine = || Reply::json(200, PET);
    let server = Server::start([refused(), fine(), fine(), refused(), fine()]).await;
    let (pets, asked) = client(&server);
    for _ in 0..3 {
        pets.get("1").send().await.unwrap();
    }
    assert_eq!(asked.load(Ordering::SeqCst), 3);
    // Both are refused before either gets a second response.
    let mock = MockTransport::new();
    for (token, status) in [("1", 401), ("1", 401), ("2", 200), ("2", 200)] {
        mock.expect("GET", "/v1/pets/1")
            .with_header("authorization", &format!("Bearer token-{token}"))
            .respond(MockResponse::new(status).body(PET));
    }
    let asked = Count::default();
    let provider = numbered(&asked);
    let builder = doubles::settings(&BEARER, &mock).token_provider(move || {
        let token = provider();
        async {
            tokio::task::yield_now().await;
            token.await
        }
    });
    let pets = Pets(builder.build().unwrap());
    let (one, other) = tokio::join!(biased; pets.get("1").send(), pets.get("1").send());
    one.unwrap();
    other.unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 2);
    mock.assert_done();
}

#[tokio::test(start_paused = true)]
async fn renewed_token_is_not_a_retry() {
    let mock = MockTransport::new();
    for status in [401, 503, 503, 200] {
        mock.expect("GET", "/v1/pets/1")
            .respond(MockResponse::new(status).body(PET));
    }
    let builder = doubles::settings(&BEARER, &mock).token_provider(numbered(&Count::default()));
    let pets = Pets(builder.build().unwrap());
    let response = pets.get("1").send_with_response().await.unwrap();
    assert_eq!(response.attempts(), 4);
    assert!(response.elapsed() <= SECOND * 3 / 2, "{response:?}");
    mock.assert_done();
}

#[tokio::test]
async fn token_provider_error_is_the_error_of_the_request() {
    let server = Server::start([]).await;
    let asked = Count::default();
    let count = Arc::clone(&asked);
    let builder = pets::settings(&BEARER, &server.url).token_provider(move || {
        count.fetch_add(1, Ordering::SeqCst);
        ready(Err::<Token, _>(io::Error::other("the vault is sealed")))
    });
    let pets = Pets(builder.build().unwrap());
    let error = pets.get("1").send().await.unwrap_err();
    assert!(error.is_authentication() && !error.is_status(), "{error}");
    assert!(!error.is_invalid_input() && !error.is_connect() && !error.is_timeout());
    assert_eq!((error.attempts(), error.status()), (0, None));
    assert!(error.source().unwrap().is::<io::Error>());
    let text = error.to_string();
    let part = "/pets/1: request not sent: the token provider failed: the vault is sealed \
                (0 attempts in ";
    assert!(text.contains(part), "{text}");
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn token_provider_error_keeps_the_rejection() {
    let refusal = Reply::with(401, &["x-request-id: r-1"], "expired");
    let server = Server::start([refusal]).await;
    let asked = Count::default();
    let provider = numbered(&asked);
    let count = Arc::clone(&asked);
    let builder = pets::settings(&BEARER, &server.url).token_provider(move || {
        let is_first = count.load(Ordering::SeqCst) == 0;
        let token = provider();
        async move {
            let token = token.await.expect("it gives one");
            is_first.then_some(token).ok_or("the vault is sealed")
        }
    });
    let pets = Pets(builder.build().unwrap());
    let error = pets.get("1").send().await.unwrap_err();
    assert!(error.is_authentication() && error.is_status(), "{error}");
    assert_eq!((error.attempts(), error.request_id()), (1, Some("r-1")));
    assert_eq!(error.body(), b"expired");
    assert_eq!(error.source().unwrap().to_string(), "the vault is sealed");
    let part = ": 401 Unauthorized, and the token provider returned no new token: the vault \
                is sealed (1 attempt in ";
    assert!(error.to_string().contains(part), "{error}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn invalid_token_is_an_error_and_not_shown() {
    for token in ["", "  ", "t0ken\n", "t0ken\0", " t0ken", "t0k\u{e9}n"] {
        let mock = MockTransport::new();
        let builder = doubles::settings(&BEARER, &mock)
            .token_provider(move || ready(Ok::<_, Infallible>(token)));
        let pets = Pets(builder.build().unwrap());
        let error = pets.get("1").send().await.unwrap_err();
        assert!(error.is_authentication(), "{error}");
        assert_eq!(error.attempts(), 0);
        let shown = super::everything_of(&error);
        assert!(
            shown.contains("the token provider failed: the token "),
            "{shown}"
        );
        assert!(!shown.contains("t0k"), "{shown}");
        mock.assert_done();
    }
}

#[tokio::test(start_paused = true)]
async fn expired_token_is_renewed_before_the_request() {
    let mock = MockTransport::new();
    for token in ["token-1", "token-1", "token-2", "token-2"] {
        mock.expect("GET", "/v1/pets/1")
            .with_header("authorization", &format!("Bearer {token}"))
            .respond(MockResponse::new(200).body(PET));
    }
    let asked = Count::default();
    let provider = numbered(&asked);
    let builder = doubles::settings(&BEARER, &mock).token_provider(move || {
        let token = provider();
        async { token.await.map(|token| token.expires_in(SECOND * 60)) }
    });
    let pets = Pets(builder.build().unwrap());
    for pause in [0, 59, 1, 59] {
        advance(SECOND * pause).await;
        pets.get("1").send().await.unwrap();
    }
    assert_eq!(asked.load(Ordering::SeqCst), 2);
    mock.assert_done();
}

#[tokio::test(start_paused = true)]
async fn token_provider_error_between_attempts_keeps_the_count() {
    let mock = MockTransport::new();
    mock.expect("GET", "/v1/pets/1")
        .respond(MockResponse::new(503));
    let asked = Count::default();
    let provider = numbered(&asked);
    let count = Arc::clone(&asked);
    let builder = doubles::settings(&BEARER, &mock).token_provider(move || {
        let is_first = count.load(Ordering::SeqCst) == 0;
        let token = provider();
        async move {
            let token = token.await.expect("it gives one");
            let token = token.expires_in(Duration::ZERO);
            is_first.then_some(token).ok_or("token-1 expired")
        }
    });
    let pets = Pets(builder.build().unwrap());
    let error = pets.get("1").send().await.unwrap_err();
    assert!(
        error.is_authentication() && error.status().is_none(),
        "{error}"
    );
    assert_eq!(error.attempts(), 1);
    assert!(
        error
            .to_string()
            .contains("the token provider failed: [redacted] expired (1 attempt in "),
        "{error}"
    );
    mock.assert_done();
}

#[tokio::test(start_paused = true)]
async fn token_provider_that_hangs_ends_with_the_timeouts() {
    let mock = MockTransport::new();
    let asked = Count::default();
    let (provider, count) = (numbered(&asked), Arc::clone(&asked));
    // It responds at the third time and at none after that.
    let builder = doubles::settings(&BEARER, &mock)
        .timeout(SECOND * 5)
        .token_provider(move || {
            let number = count.load(Ordering::SeqCst) + 1;
            let token = provider();
            async move {
                if number != 3 {
                    pending::<()>().await;
                }
                token.await
            }
        });
    let pets = Pets(builder.build().unwrap());
    let error = pets.get("1").with_max_retries(0).send().await.unwrap_err();
    assert!(error.is_timeout() && !error.is_connect(), "{error}");
    let text = error.to_string();
    let part = "attempt timed out after 5s (1 attempt in 5.0s), last: the token provider did not \
                return in time";
    assert!(text.contains(part), "{text}");
    let request = pets.get("1").with_total_timeout(SECOND * 2);
    let error = request.send().await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert!(
        error.to_string().contains("total timeout elapsed after 2s"),
        "{error}"
    );
    // The call that was given up holds nobody up; this one's token is refused.
    mock.expect("GET", "/v1/pets/1")
        .respond(MockResponse::new(401));
    let error = pets.get("1").send().await.unwrap_err();
    assert!(error.is_authentication(), "{error}");
    let part = "returned no new token: it timed out (1 attempt in 5.0s)";
    assert!(error.to_string().contains(part), "{error}");
    mock.assert_done();
}

#[tokio::test]
async fn token_is_sent_as_its_security_scheme_says() {
    let places: [(_, Find, _); 4] = [
        (
            &BEARER,
            |sent| sent.header("authorization"),
            "Bearer token-",
        ),
        (&HEADER, |sent| sent.header("x-api-key"), "token-"),
        (&COOKIE, |sent| sent.header("cookie"), "sid=token-"),
        (
            &QUERY,
            |sent| Some(sent.line.clone()),
            "GET /pets/1?key=token-",
        ),
    ];
    for (profile, find, start) in places {
        let server = Server::start([Reply::json(401, "{}"), Reply::json(200, PET)]).await;
        let builder = pets::settings(profile, &server.url);
        let builder = builder.token_provider(numbered(&Count::default()));
        let pets = Pets(builder.build().unwrap());
        pets.get("1").send().await.unwrap();
        let sent: Vec<_> = server.requests().iter().filter_map(find).collect();
        assert_eq!(sent, [format!("{start}1"), format!("{start}2")]);
    }
}
