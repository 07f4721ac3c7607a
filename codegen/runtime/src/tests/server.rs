//! A server on loopback that keeps the bytes of each request and responds from a list.

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What the server does with one request.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    /// Writes these bytes and keeps the connection.
    Bytes(Vec<u8>),
    /// Writes these bytes and closes the connection.
    Close(Vec<u8>),
    /// Writes these bytes, then nothing more.
    Hang(Vec<u8>),
}

impl Reply {
    /// A whole response with a JSON body.
    pub(crate) fn json(status: u16, body: &str) -> Self {
        Self::with(status, &["content-type: application/json"], body)
    }

    /// A whole response with header lines and a body.
    pub(crate) fn with(status: u16, headers: &[&str], body: &str) -> Self {
        Self::Bytes(response(status, headers, body.len(), body))
    }

    /// The same response, after which the connection ends before the announced length is reached.
    pub(crate) fn broken(status: u16, headers: &[&str], body: &str) -> Self {
        Self::Close(response(status, headers, body.len() + 100, body))
    }

    /// The same response, which stops before the announced length is reached.
    pub(crate) fn stalled(status: u16, headers: &[&str], body: &str) -> Self {
        Self::Hang(response(status, headers, body.len() + 100, body))
    }
}

fn response(status: u16, headers: &[&str], length: usize, body: &str) -> Vec<u8> {
    let mut text = format!("HTTP/1.1 {status} Some Reason\r\ncontent-length: {length}\r\n");
    for header in headers {
        let _ = write!(text, "{header}\r\n");
    }
    text.push_str("\r\n");
    text.push_str(body);
    text.into_bytes()
}

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Recorded {
    /// `METHOD target`.
    pub(crate) line: String,
    /// Header lines in their order, names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Recorded {
    /// All values of a header, joined where there are several.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let values: Vec<&str> = self
            .headers
            .iter()
            .filter(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
            .collect();
        (!values.is_empty()).then(|| values.join(" | "))
    }
}

/// The server; it ends with the test's runtime.
pub(crate) struct Server {
    pub(crate) url: String,
    requests: Arc<Mutex<Vec<Recorded>>>,
    replies: Arc<Mutex<VecDeque<Reply>>>,
}

impl Server {
    /// Starts a server that gives these responses, one a request, whatever connection it comes on.
    pub(crate) async fn start(replies: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let replies = Arc::new(Mutex::new(replies.into_iter().collect::<VecDeque<_>>()));
        let (recorded, given) = (Arc::clone(&requests), Arc::clone(&replies));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&given), Arc::clone(&recorded)));
            }
        });
        Self {
            url,
            requests,
            replies,
        }
    }

    /// Adds a response at the end of the list.
    pub(crate) fn push(&self, reply: Reply) {
        self.replies
            .lock()
            .expect("no test panics with the lock")
            .push_back(reply);
    }

    /// All requests so far.
    pub(crate) fn requests(&self) -> Vec<Recorded> {
        self.requests
            .lock()
            .expect("no test panics with the lock")
            .clone()
    }

    /// The only request so far.
    pub(crate) fn request(&self) -> Recorded {
        let requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:#?}");
        requests[0].clone()
    }
}

async fn serve(
    mut stream: TcpStream,
    replies: Arc<Mutex<VecDeque<Reply>>>,
    recorded: Arc<Mutex<Vec<Recorded>>>,
) {
    let mut received = Vec::new();
    while let Some(request) = read_request(&mut stream, &mut received).await {
        recorded
            .lock()
            .expect("no test panics with the lock")
            .push(request);
        let reply = replies
            .lock()
            .expect("no test panics with the lock")
            .pop_front();
        let (bytes, goes_on) = match reply {
            Some(Reply::Bytes(bytes)) => (bytes, true),
            Some(Reply::Close(bytes)) => (bytes, false),
            Some(Reply::Hang(bytes)) => {
                let _ = stream.write_all(&bytes).await;
                std::future::pending::<()>().await;
                return;
            }
            None => (response(410, &[], 0, ""), true),
        };
        if stream.write_all(&bytes).await.is_err() || !goes_on {
            return;
        }
    }
}

async fn read_request(stream: &mut TcpStream, received: &mut Vec<u8>) -> Option<Recorded> {
    let end = loop {
        if let Some(at) = received.windows(4).position(|window| window == b"\r\n\r\n") {
            break at;
        }
        if stream.read_buf(received).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(received[..end].to_vec()).expect("heads are text");
    let mut lines = head.split("\r\n");
    let line = lines.next()?.strip_suffix(" HTTP/1.1")?.to_owned();
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let length = headers
        .iter()
        .find(|(name, _)| name == "content-length")
        .map_or(0, |(_, value)| value.parse().expect("a length"));
    while received.len() < end + 4 + length {
        if stream.read_buf(received).await.ok()? == 0 {
            return None;
        }
    }
    let rest = received.split_off(end + 4 + length);
    let body = String::from_utf8(received.split_off(end + 4)).expect("bodies are text");
    *received = rest;
    Some(Recorded {
        line,
        headers,
        body,
    })
}
