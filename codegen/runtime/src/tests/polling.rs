//! Waiting until something has ended, against a server.

use std::error::Error as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

use super::doubles;
use super::pets::{self, CurePet, Health, KEY, Patient, Pets};
use super::server::{Reply, Server};
use crate::runtime::error::Error;
use crate::runtime::mock::{MockResponse, MockTransport};
use crate::runtime::waiting::{fitted, pause};

const SECOND: Duration = Duration::from_secs(1);
const HOUR: Duration = Duration::from_secs(3600);

fn patient(health: &str) -> Reply {
    Reply::json(200, &format!(r#"{{"health":"{health}"}}"#))
}

fn ill() -> Reply {
    patient("ILL")
}

/// A wait with pauses that a test can wait for.
fn wait(server: &Server) -> CurePet {
    Pets(pets::client(&server.url))
        .cure("p 1")
        .with_poll_interval(Duration::ZERO)
}

fn healths(error: &Error) -> Option<&Health> {
    error.last_polled::<Patient>()?.health.as_ref()
}

#[tokio::test]
async fn it_may_have_ended_already() {
    let server = Server::start([patient("WELL")]).await;
    let waiting = wait(&server).with_poll_interval(HOUR);
    assert_eq!(waiting.send().await.unwrap(), Patient::new(Health::Well));
    assert_eq!(server.request().line, "GET /patients/p%201");
}

#[tokio::test]
async fn it_is_asked_for_until_it_ends() {
    let unsaid = Reply::json(200, "{}");
    let unset = Reply::json(200, r#"{"health":null}"#);
    let replies = [ill(), patient("IN_ORBIT"), unsaid, unset, patient("WELL")];
    let server = Server::start(replies).await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let watcher = Arc::clone(&seen);
    let waiting = wait(&server).with_progress(move |patient: &Patient| {
        watcher.lock().unwrap().push(patient.health.clone());
    });
    assert_eq!(waiting.send().await.unwrap(), Patient::new(Health::Well));
    let unknown = Health::UnknownValue("IN_ORBIT".to_owned());
    let (ill, well) = (Some(Health::Ill), Some(Health::Well));
    let expected = [ill, Some(unknown), None, None, well];
    assert_eq!(*seen.lock().unwrap(), expected);
    assert_eq!(server.requests().len(), 5);
}

#[tokio::test]
async fn a_bad_end_is_an_error_with_the_response() {
    let dead = Reply::with(200, &["x-request-id: r-9"], r#"{"health":"DEAD"}"#);
    let server = Server::start([Reply::json(503, "{}"), ill(), dead]).await;
    let seen = Arc::new(Mutex::new(0));
    let watcher = Arc::clone(&seen);
    let waiting = wait(&server).with_progress(move |_| *watcher.lock().unwrap() += 1);
    let error = waiting.send().await.unwrap_err();
    assert_eq!(*seen.lock().unwrap(), 2);
    assert!(error.is_operation_failed(), "{error}");
    assert!(!error.is_status() && !error.is_decode() && !error.is_timeout() && !error.is_server());
    assert_eq!(
        error.last_polled::<Patient>(),
        Some(&Patient::new(Health::Dead))
    );
    assert_eq!(error.last_polled::<String>(), None);
    // The response itself, and all tries of the wait.
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.request_id(), Some("r-9"));
    assert_eq!(error.body(), br#"{"health":"DEAD"}"#);
    assert_eq!(error.attempts(), 3);
    let text = error.to_string();
    let start = format!(
        "GET {}/patients/p%201: operation failed: status is DEAD (3 attempts in ",
        server.url
    );
    assert!(text.starts_with(&start), "{text}");
    let end = "s, request id r-9); `last_polled` returns the last response; body: \
               {\"health\":\"DEAD\"}";
    assert!(text.ends_with(end), "{text}");
}

#[tokio::test]
async fn the_limit_ends_it_with_the_last_response() {
    let server = Server::start([ill(), Reply::Hang(Vec::new())]).await;
    // From the first response on, an hour passes as soon as nothing else happens.
    let waiting = wait(&server)
        .with_progress(|_| tokio::time::pause())
        .with_timeout(Duration::MAX)
        .with_wait_timeout(HOUR);
    let error = waiting.send().await.unwrap_err();
    assert!(
        error.is_timeout() && !error.is_operation_failed(),
        "{error}"
    );
    assert_eq!(healths(&error), Some(&Health::Ill));
    assert_eq!(error.status(), None);
    assert_eq!(error.attempts(), 2);
    let text = error.to_string();
    let start = format!(
        "GET {}/patients/p%201: polling timed out after 3600s (2 attempts in 3600.0s), last: its state was ILL; \
         the operation may still be running: poll again, or raise the timeout with \
         `with_wait_timeout`",
        server.url
    );
    assert_eq!(text, start);
    assert_eq!(error.source().unwrap().to_string(), "its state was ILL");
}

#[tokio::test]
async fn a_limit_may_pass_before_any_response() {
    let server = Server::start([Reply::Hang(Vec::new())]).await;
    let waiting = wait(&server).with_wait_timeout(Duration::from_millis(20));
    let error = waiting.send().await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert!(error.last_polled::<Patient>().is_none());
    assert!(error.source().is_none());
    assert!(
        error.to_string().contains("polling timed out after 20ms"),
        "{error}"
    );
}

#[tokio::test]
async fn no_limit_and_the_longest_pause_are_taken() {
    let server = Server::start([ill(), Reply::Hang(Vec::new())]).await;
    let begun = Arc::new(Notify::new());
    let watcher = Arc::clone(&begun);
    let waiting = wait(&server)
        .with_wait_timeout(Duration::MAX)
        .with_poll_interval(Duration::MAX)
        .with_progress(move |_| watcher.notify_one());
    tokio::select! {
        biased;
        ended = waiting.send() => panic!("{ended:?}"),
        () = begun.notified() => {}
    }
}

#[tokio::test(start_paused = true)]
async fn the_servers_own_pause_is_kept() {
    for (name, value) in [("retry-after-ms", "40250"), ("retry-after", "40.25")] {
        let mock = MockTransport::new();
        let ill = MockResponse::new(200).body(r#"{"health":"ILL"}"#);
        let well = MockResponse::new(200).body(r#"{"health":"WELL"}"#);
        for response in [ill.header(name, value), well] {
            mock.expect("GET", "/v1/patients/1").respond(response);
        }
        let started = Instant::now();
        let waiting = Pets(doubles::client(&mock)).cure("1");
        waiting.send().await.unwrap();
        assert_eq!(started.elapsed(), Duration::from_millis(40_250), "{name}");
    }
}

#[tokio::test]
async fn parameters_and_options_go_with_each_question() {
    let server = Server::start([ill(), ill(), Reply::json(503, "{}")]).await;
    let waiting = wait(&server)
        .expand(&["a", "b"])
        .session("s-1")
        .with_header("x-trace", "7")
        .with_query("debug", true)
        .with_max_retries(0);
    let error = waiting.send().await.unwrap_err();
    assert!(error.is_server(), "{error}");
    assert_eq!(error.attempts(), 1);
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    for request in requests {
        let line = "GET /patients/p%201?expand=a&expand=b&debug=true";
        assert_eq!(request.line, line);
        assert_eq!(request.header("cookie").as_deref(), Some("session=s-1"));
        assert_eq!(request.header("x-trace").as_deref(), Some("7"));
        let authorization = request.header("authorization");
        assert_eq!(authorization, Some(format!("Bearer {KEY}")));
    }
}

#[tokio::test]
async fn a_question_that_fails_ends_it() {
    let no_json = Reply::with(200, &["content-type: text/html"], "<html>");
    for (failing, tells) in [
        (
            Reply::json(404, "{}"),
            Error::is_not_found as fn(&Error) -> bool,
        ),
        (no_json, Error::is_decode),
    ] {
        let server = Server::start([ill(), failing, patient("WELL")]).await;
        let error = wait(&server).send().await.unwrap_err();
        assert!(tells(&error), "{error}");
        assert!(!error.is_operation_failed());
        assert_eq!(healths(&error), Some(&Health::Ill));
        assert_eq!(server.requests().len(), 2);
    }
    let server = Server::start([Reply::json(404, "{}")]).await;
    let error = wait(&server).send().await.unwrap_err();
    assert!(error.is_not_found());
    assert!(error.last_polled::<Patient>().is_none());
}

#[tokio::test]
async fn what_cant_be_sent_ends_it_at_once() {
    let server = Server::start([]).await;
    let waiting = wait(&server).with_header("bad name", "v");
    assert!(waiting.send().await.unwrap_err().is_invalid_input());
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_question_has_retries_and_the_last_one_its_response() {
    let last = Reply::with(200, &["x-request-id: r-3"], r#"{"health":"WELL"}"#);
    let busy = || Reply::json(503, "{}");
    let server = Server::start([busy(), busy(), ill(), busy(), last]).await;
    let response = wait(&server).send_with_response().await.unwrap();
    assert_eq!(response.attempts(), 2);
    assert_eq!(response.request_id(), Some("r-3"));
    assert_eq!(response.into_body(), Patient::new(Health::Well));
    assert_eq!(server.requests().len(), 5);
}

#[tokio::test]
async fn a_dropped_wait_asks_no_more() {
    let server = Server::start([ill()]).await;
    let begun = Arc::new(Notify::new());
    let watcher = Arc::clone(&begun);
    let waiting = wait(&server).with_progress(move |_| watcher.notify_one());
    tokio::select! {
        biased;
        () = begun.notified() => {}
        ended = waiting.send() => panic!("{ended:?}"),
    }
    // Whatever was under way would be at the server before the response to this.
    server.push(patient("WELL"));
    wait(&server).send().await.unwrap();
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_wait_goes_to_another_task_and_shows_no_values() {
    let server = Server::start([ill(), patient("WELL")]).await;
    let waiting = wait(&server)
        .session("hush-hush")
        .with_header("x-trace", "hush");
    let shown = format!("{waiting:?}");
    let start = "CurePet(Call { operation: \"getPatient\"";
    assert!(shown.starts_with(start), "{shown}");
    assert!(!shown.contains("hush"), "{shown}");
    let ended = tokio::spawn(waiting.send()).await.unwrap();
    assert_eq!(ended.unwrap().health, Some(Health::Well));
}

#[test]
fn pauses_grow_up_to_a_bound() {
    let ms = Duration::from_millis;
    // First pause, question, random part, what the server wants, and the pause.
    let cases = [
        (SECOND, 1, 0.0, None, SECOND),
        (SECOND, 2, 0.0, None, ms(1500)),
        (SECOND, 3, 0.0, None, ms(2250)),
        (SECOND, 9, 0.0, None, Duration::from_secs_f64(25.628_906_25)),
        (SECOND, 10, 0.0, None, ms(30_000)),
        (SECOND, u32::MAX, 0.0, None, ms(30_000)),
        // Up to a quarter is left out.
        (SECOND, 1, 1.0, None, ms(750)),
        (SECOND, 2, 0.5, None, Duration::from_secs_f64(1.3125)),
        (SECOND, u32::MAX, 1.0, None, ms(22_500)),
        // A first pause above the bound is the bound.
        (SECOND * 90, 1, 0.0, None, SECOND * 90),
        (SECOND * 90, 7, 0.0, None, SECOND * 90),
        // Extremes: it neither asks without end nor panics.
        (Duration::ZERO, 1, 0.0, None, ms(1)),
        (Duration::ZERO, 100, 0.0, None, ms(30_000)),
        (Duration::MAX, 1, 0.0, None, Duration::MAX),
        (Duration::MAX, u32::MAX, 0.0, None, Duration::MAX),
        // The server's word, where it is longer, and up to a minute.
        (SECOND, 1, 1.0, Some(ms(900)), ms(900)),
        (SECOND, 1, 0.0, Some(ms(900)), SECOND),
        (SECOND, 1, 0.0, Some(Duration::ZERO), SECOND),
        (SECOND, 1, 0.0, Some(SECOND * 60), SECOND * 60),
        (SECOND, 1, 0.0, Some(HOUR), SECOND * 60),
        (SECOND, 1, 0.0, Some(Duration::MAX), SECOND * 60),
        (SECOND * 90, 1, 0.0, Some(HOUR), SECOND * 90),
    ];
    for (first, asked, random, wanted, expected) in cases {
        let case = format!("{first:?} after {asked} by {random}, wanted {wanted:?}");
        assert_eq!(pause(first, asked, random, wanted), expected, "{case}");
    }
}

#[test]
fn a_pause_leaves_time_for_a_last_look() {
    let cases = [
        (SECOND * 30, HOUR, SECOND, Some(SECOND * 30)),
        (SECOND * 30, SECOND * 32, SECOND, Some(SECOND * 30)),
        (SECOND * 30, SECOND * 20, SECOND, Some(SECOND * 18)),
        (SECOND * 30, SECOND * 2, SECOND, None),
        (SECOND * 30, SECOND, SECOND, None),
        (SECOND, Duration::ZERO, Duration::ZERO, None),
        (
            Duration::MAX,
            Duration::MAX,
            Duration::ZERO,
            Some(Duration::MAX),
        ),
        (SECOND, HOUR, Duration::MAX, None),
    ];
    for (pause, left, took, expected) in cases {
        assert_eq!(
            fitted(pause, left, took),
            expected,
            "{pause:?} of {left:?}, took {took:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_question_whose_retry_has_no_time_ends_the_wait_with_what_the_server_said() {
    let mock = MockTransport::new();
    let ill = Patient::new(Health::Ill);
    mock.expect("GET", "/v1/patients/1")
        .respond(MockResponse::new(200).body(r#"{"health":"ILL"}"#));
    let busy = MockResponse::new(429).header("retry-after", "30");
    mock.expect("GET", "/v1/patients/1").respond(busy);
    let wait = Pets(doubles::client(&mock)).cure("1");
    let wait = wait.with_wait_timeout(Duration::from_secs(20));
    let error = wait.send().await.unwrap_err();
    assert!(error.is_rate_limited() && !error.is_timeout(), "{error}");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));
    assert_eq!(error.last_polled::<Patient>(), Some(&ill));
    let reason = "not retried: a backoff of 30 s would exceed the polling timeout of 20s";
    assert!(error.to_string().ends_with(reason), "{error}");
    mock.assert_done();
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_is_cut_off_in_a_retry_holds_what_the_server_said() {
    let mock = MockTransport::new();
    let busy = MockResponse::new(503).header("retry-after", "3");
    mock.expect("GET", "/v1/patients/1").respond(busy);
    mock.expect("GET", "/v1/patients/1")
        .respond(MockResponse::pending());
    let wait = Pets(doubles::client(&mock)).cure("1");
    let wait = wait.with_wait_timeout(Duration::from_secs(20));
    let error = wait.send().await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    let part = "polling timed out after 20s (2 attempts in 20.0s), last: GET \
                https://pets.test/v1/patients/1: 503 Service Unavailable";
    assert!(error.to_string().contains(part), "{error}");
    mock.assert_done();
}
