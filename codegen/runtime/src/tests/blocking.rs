//! Calls for which a thread waits, in every place from which one may be made.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use serde_json::Value;
use tokio::runtime::{Builder, Runtime};
use tokio::task::{LocalSet, block_in_place, spawn_blocking};

use super::pets::{self, BEARER, Health, Patient, Pet, PetPage, Pets};
use super::server::{Reply, Server};
use crate::runtime::error::Error;

const PET: &str = r#"{"name":"Rex"}"#;

fn pet() -> Reply {
    Reply::json(200, PET)
}

/// A server that lives in a runtime of its own, as one elsewhere would.
fn serve(replies: impl IntoIterator<Item = Reply>) -> (Runtime, Server) {
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime");
    let server = runtime.block_on(Server::start(replies));
    (runtime, server)
}

fn client(server: &Server) -> Pets {
    Pets(pets::client(&server.url))
}

fn runtimes() -> [Runtime; 2] {
    let mut one = Builder::new_current_thread();
    let mut many = Builder::new_multi_thread();
    [
        one.enable_all().build().expect("a runtime"),
        many.worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime"),
    ]
}

#[test]
fn every_way_to_send_has_one_that_waits() {
    let (_runtime, server) = serve((0..7).map(|_| pet()));
    let pets = client(&server);
    assert_eq!(pets.get("1").send_blocking().unwrap(), Pet::new("Rex"));
    let response = pets.get("1").send_with_response_blocking().unwrap();
    assert_eq!((response.attempts(), response.status().as_u16()), (1, 200));
    assert_eq!(pets.get("1").send_raw_blocking().unwrap().into_body(), PET);
    let custom = pets.0.request("GET", "/pets/1");
    assert_eq!(
        custom.clone().send_blocking::<Pet>().unwrap(),
        Pet::new("Rex")
    );
    let response = custom
        .clone()
        .send_with_response_blocking::<Value>()
        .unwrap();
    assert_eq!(response.body()["name"], "Rex");
    assert_eq!(custom.clone().send_raw_blocking().unwrap().into_body(), PET);
    let response = custom.send_streaming_blocking().unwrap();
    let mut body = response.into_body();
    assert_eq!(body.chunk_blocking().unwrap().unwrap(), PET);
    assert!(body.chunk_blocking().is_none());
}

#[test]
fn retries_waits_and_limits_of_time_are_kept() {
    let replies = [Reply::json(503, "{}"), Reply::Close(Vec::new()), pet()];
    let (_runtime, server) = serve(replies.into_iter().chain([Reply::Hang(Vec::new())]));
    let pets = client(&server);
    let response = pets.get("1").send_with_response_blocking().unwrap();
    assert_eq!(response.attempts(), 3);
    let request = pets.get("1").with_timeout(Duration::from_millis(20));
    let error = request.with_max_retries(0).send_blocking().unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert!(
        pets.get("..")
            .send_blocking()
            .unwrap_err()
            .is_invalid_input()
    );
}

#[test]
fn a_body_comes_piece_by_piece_up_to_its_error() {
    let (_runtime, server) = serve([Reply::broken(200, &[], "so far")]);
    let response = client(&server).get("1").send_streaming_blocking().unwrap();
    let mut body = response.into_body();
    assert_eq!(body.chunk_blocking().unwrap().unwrap(), "so far");
    assert!(body.chunk_blocking().unwrap().unwrap_err().is_interrupted());
    assert!(body.chunk_blocking().is_none());
}

#[test]
fn lists_are_iterators() {
    let page = |names: &[&str], next| {
        let pets: Vec<_> = names
            .iter()
            .map(|name| serde_json::json!({"name": name}))
            .collect();
        Reply::json(
            200,
            &serde_json::json!({"pets": pets, "next": next}).to_string(),
        )
    };
    let pages = || [page(&["a", "b"], "t-2"), page(&[], "t-3"), page(&["c"], "")];
    let (_runtime, server) = serve(pages().into_iter().chain(pages()));
    let items = client(&server).page().into_iter_blocking();
    let names: Vec<String> = items.map(|pet| pet.unwrap().name).collect();
    assert_eq!(names, ["a", "b", "c"]);
    let mut pages = client(&server).page().into_pages_blocking();
    let first: PetPage = pages.next().unwrap().unwrap();
    assert_eq!(first.pets.len(), 2);
    assert_eq!(pages.next_token(), Some("t-2"));
    assert_eq!(
        server.requests().len(),
        4,
        "a page is fetched when it is asked for"
    );
    assert_eq!(pages.by_ref().count(), 2);
    assert!(pages.next().is_none());
    // The server has no more: the error comes once, and then the end.
    let mut items = client(&server).page().page("t-9").into_iter_blocking();
    assert!(items.next().unwrap().is_err());
    assert_eq!(items.next_token(), Some("t-9"));
    assert!(items.next().is_none());
}

#[test]
fn iterators_go_on_from_a_mark() {
    let page = || Reply::json(200, r#"{"pets":[{"name":"a"}]}"#);
    let (_runtime, server) = serve([page(), page()]);
    let items = client(&server).page().into_iter_blocking_from("t-2");
    assert_eq!(items.next_token(), Some("t-2"));
    assert_eq!(items.count(), 1);
    let pages = client(&server).page().into_pages_blocking_from("t-3");
    assert_eq!(pages.count(), 1);
    let requests = server.requests().into_iter();
    let lines: Vec<String> = requests.map(|request| request.line).collect();
    assert_eq!(lines, ["GET /pets?page=t-2", "GET /pets?page=t-3"]);
}

#[test]
fn a_wait_waits() {
    let state = |health| Reply::json(200, &format!(r#"{{"health":"{health}"}}"#));
    let (_runtime, server) = serve([state("ILL"), state("WELL"), state("DEAD")]);
    let cure = || client(&server).cure("1").with_poll_interval(Duration::ZERO);
    assert_eq!(cure().send_blocking().unwrap(), Patient::new(Health::Well));
    let error = cure().send_with_response_blocking().unwrap_err();
    assert!(error.is_operation_failed(), "{error}");
}

#[test]
fn threads_that_may_block_may_call() {
    let (_runtime, server) = serve((0..9).map(|_| pet()));
    let pets = Arc::new(client(&server));
    for runtime in runtimes() {
        // As `spawn_blocking` has them, also where async code waits for it.
        let these = Arc::clone(&pets);
        let called = runtime.spawn_blocking(move || these.get("1").send_blocking());
        let called = runtime.block_on(called);
        assert_eq!(called.unwrap().unwrap(), Pet::new("Rex"));
        // A thread that only has a runtime at hand.
        let _within = runtime.enter();
        assert_eq!(pets.get("1").send_blocking().unwrap(), Pet::new("Rex"));
    }
    let [_, many] = runtimes();
    let these = Arc::clone(&pets);
    let task = many.spawn(async move { block_in_place(|| these.get("1").send_blocking()) });
    assert_eq!(many.block_on(task).unwrap().unwrap(), Pet::new("Rex"));
    // A client that async code used before.
    many.block_on(pets.get("1").send()).unwrap();
    drop(many);
    assert_eq!(pets.get("1").send_blocking().unwrap(), Pet::new("Rex"));
}

fn is_refused(error: &Error) {
    assert!(error.is_invalid_input(), "{error}");
    assert_eq!(error.attempts(), 0);
    let text = error.to_string();
    assert!(
        text.contains("a blocking call can't wait in async code"),
        "{text}"
    );
    assert!(text.contains("spawn_blocking"), "{text}");
}

#[test]
fn async_code_gets_an_error() {
    let (_runtime, server) = serve([]);
    let pets = Arc::new(client(&server));
    for runtime in runtimes() {
        let call = || {
            let pets = Arc::clone(&pets);
            async move { is_refused(&pets.get("1").send_blocking().unwrap_err()) }
        };
        runtime.block_on(call());
        runtime.block_on(runtime.spawn(call())).unwrap();
        LocalSet::new().block_on(&runtime, call());
        runtime.block_on(async {
            let local = LocalSet::new();
            local.spawn_local(call());
            local.run_until(call()).await;
            local.await;
            tokio::select! {
                biased;
                () = async { tokio::task::yield_now().await; call().await } => {}
                () = std::future::pending() => {}
            }
            tokio::join!(call(), call());
            let boxed: std::pin::Pin<Box<dyn Future<Output = ()> + Send>> = Box::pin(call());
            tokio::time::timeout(Duration::from_secs(60), boxed)
                .await
                .unwrap();
        });
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn what_is_refused_in_async_code_leaves_that_code_as_it_was() {
    let server = Server::start([pet(), pet()]).await;
    let pets = client(&server);
    is_refused(&pets.get("1").send_blocking().unwrap_err());
    is_refused(&pets.get("1").send_raw_blocking().unwrap_err());
    is_refused(&pets.get("1").send_streaming_blocking().unwrap_err());
    is_refused(&pets.cure("1").send_blocking().unwrap_err());
    is_refused(
        &pets
            .0
            .request("GET", "/")
            .send_blocking::<Value>()
            .unwrap_err(),
    );
    let mut items = pets.page().into_iter_blocking();
    is_refused(&items.next().unwrap().unwrap_err());
    assert!(items.next().is_none());
    let mut pages = pets.page().into_pages_blocking();
    is_refused(&pages.next().unwrap().unwrap_err());
    assert!(pages.next().is_none());
    let mut body = pets.get("1").send_streaming().await.unwrap().into_body();
    is_refused(&body.chunk_blocking().unwrap().unwrap_err());
    assert_eq!(body.chunk().await.unwrap().unwrap(), PET);
    pets.get("1").send().await.unwrap();
}

#[tokio::test]
async fn clients_streams_and_iterators_can_be_dropped_in_async_code() {
    let server = Server::start((0..2).map(|_| pet())).await;
    let pets = client(&server);
    let (pets, body) = spawn_blocking(move || {
        pets.get("1").send_blocking().unwrap();
        let response = pets.get("1").send_streaming_blocking().unwrap();
        (pets, response.into_body())
    })
    .await
    .unwrap();
    let items = pets.page().into_iter_blocking();
    drop(items);
    drop(body);
    drop(pets);
}

/// Responds to each request with a pet, in a program without any runtime. How many connections came is
/// counted.
fn serve_by_threads() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let count = Arc::new(AtomicUsize::new(0));
    let connections = Arc::clone(&count);
    thread::spawn(move || {
        while let Ok((stream, _)) = listener.accept() {
            connections.fetch_add(1, Ordering::SeqCst);
            thread::spawn(move || respond_to_all(stream));
        }
    });
    (url, count)
}

fn respond_to_all(mut stream: TcpStream) {
    let response = format!(
        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{PET}",
        PET.len()
    );
    let mut lines = BufReader::new(stream.try_clone().expect("a second handle"));
    let mut line = String::new();
    while lines
        .by_ref()
        .read_line(&mut line)
        .is_ok_and(|length| length > 0)
    {
        if line == "\r\n" && stream.write_all(response.as_bytes()).is_err() {
            return;
        }
        line.clear();
    }
}

#[test]
fn connections_are_used_again_without_any_runtime_around() {
    let (url, connections) = serve_by_threads();
    let pets = Pets(pets::settings(&BEARER, &url).build().unwrap());
    // A thread of its own is no reason for another connection.
    let clone = Pets(pets.0.clone());
    let call_all = |pets: Pets| {
        for _ in 0..20 {
            assert_eq!(pets.get("1").send_blocking().unwrap(), Pet::new("Rex"));
        }
    };
    call_all(pets);
    thread::spawn(move || call_all(clone)).join().unwrap();
    // Now and then a call is faster than the return of the connection before it.
    let connections = connections.load(Ordering::SeqCst);
    assert!(connections < 20, "{connections} for 40 calls");
}

#[test]
fn many_threads_may_call_at_once() {
    let (url, _) = serve_by_threads();
    let pets = Pets(pets::client(&url));
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..5 {
                    assert_eq!(pets.get("1").send_blocking().unwrap(), Pet::new("Rex"));
                }
            });
        }
    });
}
