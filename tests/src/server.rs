//! A small HTTP/1.1 server on loopback: it keeps each request as it came and responds from a list.
//!
//! It is written by hand because the tests are about bytes. A server library would tidy up a path or
//! a header before anybody sees it, and couldn't break off in the middle of a response.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// No test sends more, head and body together.
const LONGEST_REQUEST: usize = 1024 * 1024;

/// What the server does with one request.
#[derive(Debug)]
pub struct ServerResponse {
    bytes: Vec<u8>,
    after: After,
}

/// What becomes of the connection once the bytes are written.
#[derive(Debug)]
enum After {
    Keep,
    Close,
    Silence,
    /// These bytes again and again, as long as the client takes them.
    Repeat(Vec<u8>),
}

impl ServerResponse {
    /// A response with a JSON body.
    pub fn json(status: u16, body: impl AsRef<[u8]>) -> Self {
        Self::with(status, &[("content-type", "application/json")], body)
    }

    /// A response with these headers and this body, whole.
    pub fn with(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        Self {
            bytes: [&head(status, headers, body.len()), body].concat(),
            after: After::Keep,
        }
    }

    /// A response that announces more bytes than come: the connection ends after these.
    pub fn cut_off(status: u16, body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let headers = [("content-type", "application/json")];
        Self {
            bytes: [&head(status, &headers, body.len() + 1000), body].concat(),
            after: After::Close,
        }
    }

    /// These bytes, whatever they are, and then the end of the connection.
    pub fn raw(bytes: impl AsRef<[u8]>) -> Self {
        Self {
            bytes: bytes.as_ref().to_vec(),
            after: After::Close,
        }
    }

    /// No response: the connection ends.
    pub fn hang_up() -> Self {
        Self {
            bytes: Vec::new(),
            after: After::Close,
        }
    }

    /// No response: the connection stays open, and nothing comes.
    pub fn silence() -> Self {
        Self {
            bytes: Vec::new(),
            after: After::Silence,
        }
    }

    /// The start of a response, and then nothing.
    pub fn stalled(status: u16, body: impl AsRef<[u8]>) -> Self {
        Self {
            after: After::Silence,
            ..Self::cut_off(status, body)
        }
    }

    /// These bytes, and then nothing.
    pub fn raw_stalled(bytes: impl AsRef<[u8]>) -> Self {
        Self {
            after: After::Silence,
            ..Self::raw(bytes)
        }
    }

    /// The first bytes, and then the others again and again without end.
    pub fn raw_endless(first: impl AsRef<[u8]>, others: impl Into<Vec<u8>>) -> Self {
        Self {
            after: After::Repeat(others.into()),
            ..Self::raw(first)
        }
    }
}

fn head(status: u16, headers: &[(&str, &str)], length: usize) -> Vec<u8> {
    let mut lines = vec![
        format!("HTTP/1.1 {status} Whatever"),
        format!("content-length: {length}"),
    ];
    lines.extend(
        headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}")),
    );
    format!("{}\r\n\r\n", lines.join("\r\n")).into_bytes()
}

/// A request as it came over the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The method as sent.
    pub method: String,
    /// The path as sent, without the query.
    pub path: String,
    /// The query as sent, without `?`; `None` where there is no `?`.
    pub query: Option<String>,
    /// Names in lower case; the values of a name that came several times are joined by ` AND `.
    pub headers: BTreeMap<String, String>,
    /// The body as sent; empty where there is none.
    pub body: Vec<u8>,
}

impl Recorded {
    /// A header by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    /// Method and target, as in the first line of the request.
    pub fn line(&self) -> String {
        let query = self.query.as_ref().map(|query| format!("?{query}"));
        format!("{} {}{}", self.method, self.path, query.unwrap_or_default())
    }

    fn parse(head: &str, body: Vec<u8>) -> Self {
        let mut lines = head.split("\r\n");
        let line = lines.next().unwrap_or_default();
        let target = line.strip_suffix(" HTTP/1.1").expect("HTTP/1.1");
        let (method, target) = target.split_once(' ').expect("a method and a target");
        let (path, query) = match target.split_once('?') {
            Some((path, query)) => (path, Some(query.to_owned())),
            None => (target, None),
        };
        let mut headers = BTreeMap::<String, String>::new();
        for line in lines {
            let (name, value) = line.split_once(':').expect("a header has a colon");
            let values = headers.entry(name.to_ascii_lowercase()).or_default();
            if !values.is_empty() {
                values.push_str(" AND ");
            }
            values.push_str(value.trim_matches(' '));
        }
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            query,
            headers,
            body,
        }
    }
}

/// The server. It ends with the runtime of the test.
#[derive(Debug)]
pub struct Server {
    url: String,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    responses: VecDeque<ServerResponse>,
    requests: Vec<Recorded>,
}

impl Server {
    /// Starts a server which gives these responses, one a request, in their order. A request after the
    /// last of them is recorded too, and gets the status 418, which no client should try again.
    pub async fn start(responses: impl IntoIterator<Item = ServerResponse>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let state = Arc::new(Mutex::new(State {
            responses: responses.into_iter().collect(),
            requests: Vec::new(),
        }));
        let shared = Arc::clone(&state);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&shared)));
            }
        });
        Self {
            url: format!("http://{address}"),
            state,
        }
    }

    /// `http://127.0.0.1:PORT`
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Adds a response, for one that has to know the server's address.
    pub fn push(&self, response: ServerResponse) {
        lock(&self.state).responses.push_back(response);
    }

    /// All requests that came.
    pub fn requests(&self) -> Vec<Recorded> {
        lock(&self.state).requests.clone()
    }

    /// The request that came, which has to be the only one.
    pub fn request(&self) -> Recorded {
        let mut requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:#?}");
        requests.remove(0)
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    // The test that panicked with the lock has failed already.
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn serve(mut stream: TcpStream, state: Arc<Mutex<State>>) {
    let mut received = Vec::new();
    while let Some(request) = read_request(&mut stream, &mut received).await {
        let response = {
            let mut state = lock(&state);
            state.requests.push(request);
            state.responses.pop_front()
        };
        let response =
            response.unwrap_or_else(|| ServerResponse::with(418, &[], "no more responses"));
        if stream.write_all(&response.bytes).await.is_err() {
            return;
        }
        match response.after {
            After::Keep => {}
            After::Close => return,
            After::Silence => std::future::pending().await,
            After::Repeat(bytes) => while stream.write_all(&bytes).await.is_ok() {},
        }
    }
}

/// The next request of a connection; `None` where it ends or grows too long.
async fn read_request(stream: &mut TcpStream, received: &mut Vec<u8>) -> Option<Recorded> {
    let end = loop {
        if let Some(at) = received.windows(4).position(|four| four == b"\r\n\r\n") {
            break at;
        }
        read_more(stream, received).await?;
    };
    let head = String::from_utf8(received[..end].to_vec()).expect("the head is text");
    let bare = Recorded::parse(&head, Vec::new());
    let length = bare.header("content-length").map_or(0, |length| {
        length.parse::<usize>().expect("the length is a number")
    });
    let start = end + b"\r\n\r\n".len();
    while received.len() - start < length {
        read_more(stream, received).await?;
    }
    let body = received[start..start + length].to_vec();
    received.drain(..start + length);
    Some(Recorded { body, ..bare })
}

async fn read_more(stream: &mut TcpStream, received: &mut Vec<u8>) -> Option<()> {
    let read = stream.read_buf(received).await.ok()?;
    (read > 0 && received.len() <= LONGEST_REQUEST).then_some(())
}
