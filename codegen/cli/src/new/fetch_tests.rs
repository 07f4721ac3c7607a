//! Downloads from a server on loopback.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;

use super::*;

/// What a server sends for a path: all of a response.
type Respond = fn(&str, &mut TcpStream) -> std::io::Result<()>;

/// Starts a server, which ends with the tests, and gives its address.
fn server(respond: Respond) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("it has an address");
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            let mut lines = BufReader::new(stream.try_clone().expect("one more handle")).lines();
            let first = lines.next().and_then(Result::ok).unwrap_or_default();
            let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
            while lines
                .next()
                .and_then(Result::ok)
                .is_some_and(|line| !line.is_empty())
            {}
            // A client that has enough goes away.
            let _ = respond(&path, &mut stream);
        }
    });
    format!("http://{address}")
}

fn send(stream: &mut TcpStream, status: &str, headers: &str, body: &str) -> std::io::Result<()> {
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n{body}"
    )
}

const SPEC: &str = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths: {}\n";

fn respond(path: &str, stream: &mut TcpStream) -> std::io::Result<()> {
    let redirect = |to: &str| format!("Location: {to}\r\n");
    let html = "Content-Type: text/html; charset=utf-8\r\n";
    match path {
        "/openapi.yaml" => send(stream, "200 OK", "Content-Type: text/yaml\r\n", SPEC),
        "/as-html" => send(stream, "200 OK", html, SPEC),
        "/moved" => send(stream, "302 Found", &redirect("/openapi.yaml"), ""),
        "/moved-away" => send(stream, "301 Moved Permanently", &redirect("/nowhere"), ""),
        "/loop" => send(stream, "302 Found", &redirect("/loop"), ""),
        "/page" => send(stream, "200 OK", html, "<p>Sign in"),
        "/document" => send(
            stream,
            "200 OK",
            "",
            "\n<!DOCTYPE html>\n<title>openapi</title>",
        ),
        "/secret?key=hush" => send(stream, "403 Forbidden", "", "no"),
        "/busy" => send(stream, "503 Service Unavailable", "", "later"),
        "/empty" => send(stream, "200 OK", "", " \n"),
        "/cut" => write!(
            stream,
            "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nopenapi: 3"
        ),
        "/endless" => {
            write!(stream, "HTTP/1.1 200 OK\r\n\r\n")?;
            let block = "# still not all of it\n".repeat(1000);
            loop {
                stream.write_all(block.as_bytes())?;
            }
        }
        "/silent" => {
            // Nothing is sent until the client has gone.
            let mut byte = [0];
            std::io::Read::read(stream, &mut byte).map(|_| ())
        }
        "/bytes" => {
            write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n")?;
            stream.write_all(b"\xff\xff")
        }
        _ => send(stream, "404 Not Found", "", "not here"),
    }
}

fn fetch(path: &str) -> Result<String, Failure> {
    let bounds = Bounds {
        bytes: 1_000_000,
        response: Duration::from_secs(20),
        redirects: REDIRECTS,
        all: Duration::from_secs(60),
    };
    text(&(server(respond) + path), bounds)
}

fn told(path: &str) -> Failure {
    fetch(path).expect_err("nothing that could be used")
}

#[test]
fn a_description_comes_as_it_is() {
    assert_eq!(fetch("/openapi.yaml").unwrap(), SPEC);
    assert_eq!(fetch("/as-html").unwrap(), SPEC);
}

#[test]
fn redirects_are_followed_to_their_end() {
    assert_eq!(fetch("/moved").unwrap(), SPEC);
    let away = told("/moved-away");
    assert!(
        away.message
            .ends_with("/moved-away` returned 404 Not Found"),
        "{away:?}"
    );
    assert!(
        away.notes[0].starts_with("redirected to http://127.0.0.1:"),
        "{away:?}"
    );
    let looped = told("/loop");
    assert!(looped.message.contains("too many redirects"), "{looped:?}");
}

#[test]
fn responses_that_are_no_success_are_reported_with_what_to_do() {
    let missing = told("/nowhere");
    assert!(
        missing
            .message
            .ends_with("/nowhere` returned 404 Not Found"),
        "{missing:?}"
    );
    assert!(missing.help.unwrap().contains("browser"));
    let forbidden = told("/secret?key=hush");
    assert!(
        forbidden
            .message
            .ends_with("/secret` returned 403 Forbidden"),
        "{forbidden:?}"
    );
    assert!(forbidden.help.unwrap().contains("logged in"));
    assert_eq!(told("/busy").help.unwrap(), "retry later");
    assert!(told("/empty").message.ends_with("returned an empty body"));
    assert!(told("/bytes").message.ends_with("is not UTF-8"));
}

#[test]
fn web_pages_are_told_from_descriptions() {
    for path in ["/page", "/document"] {
        let page = told(path);
        assert!(
            page.message
                .ends_with("returned a web page, not an OpenAPI description"),
            "{page:?}"
        );
        assert!(page.help.unwrap().contains("\"Raw\""));
    }
    assert_eq!(
        page_help("https://github.com/jo/pets/blob/main/openapi.yaml?plain=1"),
        "pass --spec https://raw.githubusercontent.com/jo/pets/main/openapi.yaml"
    );
}

#[test]
fn what_has_no_end_is_not_waited_for() {
    let endless = told("/endless");
    assert!(
        endless.message.ends_with("returned more than 1 MB"),
        "{endless:?}"
    );
    let soon = Bounds {
        bytes: 1_000_000,
        response: Duration::from_millis(200),
        redirects: REDIRECTS,
        all: Duration::from_secs(60),
    };
    let silent = text(&(server(respond) + "/silent"), soon).unwrap_err();
    assert!(silent.message.contains("timeout"), "{silent:?}");
    assert!(told("/cut").message.starts_with("can't download"));
}

#[test]
fn what_is_nowhere_is_told() {
    let bounds = Bounds::new(1_000);
    for url in ["http://", "https://exa mple/", "http://127.0.0.1:1/x"] {
        let failure = text(url, bounds).unwrap_err();
        let message = &failure.message;
        assert!(
            message.contains("is not a valid URL") || message.starts_with("can't"),
            "{url}: {message}"
        );
    }
}
