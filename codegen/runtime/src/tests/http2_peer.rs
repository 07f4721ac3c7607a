//! A server that speaks HTTP/2 without encryption, and clients for it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use h2::Reason;
use h2::server::SendResponse;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::pets::{self, BEARER};
use crate::runtime::builder::BuilderCore;

/// How a response ends.
#[derive(Clone, Copy, Debug)]
pub(crate) enum End {
    /// As it should (`END_STREAM`).
    Stream,
    /// By `RST_STREAM` with this code.
    Reset(Reason),
}

/// What the server does with a request.
#[derive(Clone, Debug)]
pub(crate) enum Turn {
    /// Sends the head of a response, pieces of its body, and an end.
    Respond(http::Response<()>, Vec<&'static [u8]>, End),
    /// Gives the request back by `RST_STREAM` without a response.
    Reset(Reason),
    /// Closes the connection.
    Close,
}

impl Turn {
    /// A success of these header lines.
    pub(crate) fn ok(headers: &[(&str, &str)], body: &[&'static [u8]], end: End) -> Self {
        let mut head = http::Response::builder();
        for (name, value) in headers {
            head = head.header(*name, *value);
        }
        Self::Respond(head.body(()).expect("a head"), body.to_vec(), end)
    }

    /// A whole response of JSON.
    pub(crate) fn json(body: &'static str) -> Self {
        let head = [("content-type", "application/json")];
        Self::ok(&head, &[body.as_bytes()], End::Stream)
    }
}

/// The server; it ends with the test's runtime. Its responses are for one thread: only there is what was
/// sent on its way when a task has yielded.
pub(crate) struct Http2Peer {
    pub(crate) url: String,
    requests: Arc<Mutex<Vec<http::Request<()>>>>,
}

type Turns = Arc<Mutex<VecDeque<Turn>>>;

impl Http2Peer {
    pub(crate) async fn start(turns: impl IntoIterator<Item = Turn>) -> Self {
        Self::start_behind(turns, None).await
    }

    /// The same, where the first connection ends after its first request: by a `GOAWAY` with this code
    /// that leaves the request out.
    pub(crate) async fn start_going_away(
        reason: Reason,
        turns: impl IntoIterator<Item = Turn>,
    ) -> Self {
        Self::start_behind(turns, Some(reason)).await
    }

    async fn start_behind(turns: impl IntoIterator<Item = Turn>, first: Option<Reason>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let turns = Arc::new(Mutex::new(turns.into_iter().collect()));
        let recorded = Arc::clone(&requests);
        tokio::spawn(async move {
            if let Some(reason) = first {
                let (stream, _) = listener.accept().await.expect("a connection");
                let gone = go_away(stream, reason).await;
                recorded
                    .lock()
                    .expect("no panics")
                    .push(http::Request::new(()));
                // It stays open: the frame alone is what is told.
                tokio::spawn(async move {
                    let _open = gone;
                    std::future::pending::<()>().await;
                });
            }
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&turns), Arc::clone(&recorded)));
            }
        });
        Self { url, requests }
    }

    /// How many requests came.
    pub(crate) fn count(&self) -> usize {
        self.requests.lock().expect("no panics").len()
    }

    /// A header of the only request that came.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let requests = self.requests.lock().expect("no panics");
        assert_eq!(requests.len(), 1);
        let value = requests[0].headers().get(name)?;
        Some(value.to_str().expect("text").to_owned())
    }

    /// Settings of a client that speaks HTTP/2 with it at once, and is else what this crate makes.
    pub(crate) fn settings(&self) -> BuilderCore {
        pets::settings(&BEARER, &self.url)
            .configure_http(reqwest::ClientBuilder::http2_prior_knowledge)
    }

    pub(crate) fn pets(&self) -> pets::Pets {
        pets::Pets(self.settings().build().expect("a client"))
    }
}

async fn serve(stream: TcpStream, turns: Turns, recorded: Arc<Mutex<Vec<http::Request<()>>>>) {
    let mut connection = h2::server::handshake(stream).await.expect("HTTP/2");
    while let Some(Ok((request, respond))) = connection.accept().await {
        let head = request.into_parts().0;
        let mut copy = http::Request::new(());
        *copy.headers_mut() = head.headers;
        recorded.lock().expect("no panics").push(copy);
        match turns.lock().expect("no panics").pop_front() {
            None | Some(Turn::Close) => return,
            Some(turn) => drop(tokio::spawn(take(turn, respond))),
        }
    }
}

async fn take(turn: Turn, mut respond: SendResponse<Bytes>) {
    match turn {
        Turn::Close => {}
        Turn::Reset(reason) => respond.send_reset(reason),
        Turn::Respond(head, body, End::Stream) if body.is_empty() => {
            drop(respond.send_response(head, true).expect("a head"));
        }
        Turn::Respond(head, body, end) => {
            let mut stream = respond.send_response(head, false).expect("a head");
            let ends = matches!(end, End::Stream);
            let last = body.len().wrapping_sub(1);
            for (at, piece) in body.into_iter().enumerate() {
                let piece = Bytes::from_static(piece);
                // Where the client has seen enough, it says so.
                if stream.send_data(piece, ends && at == last).is_err() {
                    return;
                }
            }
            if let End::Reset(reason) = end {
                // What wasn't written by then wouldn't be any more.
                for _ in 0..20 {
                    tokio::task::yield_now().await;
                }
                stream.send_reset(reason);
            }
        }
    }
}

/// Waits for a request and sends a `GOAWAY` whose last stream is none (RFC 9113, 6.8).
async fn go_away(mut stream: TcpStream, reason: Reason) -> TcpStream {
    const HEADERS: u8 = 1;
    let mut preface = [0; 24];
    stream.read_exact(&mut preface).await.expect("a preface");
    stream
        .write_all(&[0, 0, 0, 4, 0, 0, 0, 0, 0])
        .await
        .expect("an empty SETTINGS is sent");
    loop {
        let mut head = [0; 9];
        stream.read_exact(&mut head).await.expect("a frame");
        let length = usize::from(head[0]) << 16 | usize::from(head[1]) << 8 | usize::from(head[2]);
        let mut frame = vec![0; length];
        stream.read_exact(&mut frame).await.expect("all of it");
        if head[3] == HEADERS {
            break;
        }
    }
    let code = u32::from(reason).to_be_bytes();
    let frame = [&[0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0][..], &code].concat();
    stream.write_all(&frame).await.expect("GOAWAY is sent");
    stream
}
