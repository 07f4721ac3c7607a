//! A server that responds to each request by its method and path, also as a proxy would be asked.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

type Responses = &'static [(&'static str, u16, &'static str)];

/// It ends with the tests.
pub struct Server {
    url: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Starts it.
    pub fn start(responses: Responses) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let requests = Arc::<Mutex<Vec<String>>>::default();
        let kept = Arc::clone(&requests);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let kept = Arc::clone(&kept);
                thread::spawn(move || serve(stream, responses, &kept));
            }
        });
        Self { url, requests }
    }

    /// `http://127.0.0.1:PORT`
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The heads of all requests that came: method, path and query, then the headers.
    pub fn requests(&self) -> Vec<String> {
        lock(&self.requests).clone()
    }
}

fn lock(requests: &Mutex<Vec<String>>) -> MutexGuard<'_, Vec<String>> {
    requests.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Responds to requests until the connection ends.
fn serve(stream: TcpStream, responses: Responses, requests: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(stream);
    while let Some(head) = head(&mut reader) {
        let line = line_of(&head);
        let route = line.split('?').next().unwrap_or_default();
        let known = responses.iter().find(|(known, ..)| *known == route);
        let (status, body) = known.map_or((404, "not among the responses"), |it| (it.1, it.2));
        let headers = head.lines().skip(1).collect::<Vec<_>>().join("\n");
        lock(requests).push(format!("{line}\n{headers}"));
        let kind = if body.starts_with(['{', '[']) {
            "application/json"
        } else {
            "text/plain"
        };
        let length = match status {
            204 => String::new(),
            _ => format!("content-length: {}\r\ncontent-type: {kind}\r\n", body.len()),
        };
        let response = format!("HTTP/1.1 {status} Whatever\r\n{length}\r\n{body}");
        if reader.get_mut().write_all(response.as_bytes()).is_err() {
            return;
        }
    }
}

/// Method and path; to a proxy they are sent with the host.
fn line_of(head: &str) -> String {
    let line = head.lines().next().unwrap_or_default();
    let (method, rest) = line.split_once(' ').unwrap_or_default();
    let target = rest.split(' ').next().unwrap_or_default();
    let path = match target.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |at| &rest[at..]),
        None => target,
    };
    format!("{method} {path}")
}

/// The head of the next request, whose body is read too.
fn head(reader: &mut BufReader<TcpStream>) -> Option<String> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    let lower = head.to_ascii_lowercase();
    let length = lower
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"));
    let length: usize = length.and_then(|it| it.trim().parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(head)
}
