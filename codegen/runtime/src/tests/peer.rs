//! A server that a test plays itself, step by step.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A socket on which a test waits for connections.
pub(crate) struct Peer {
    pub(crate) url: String,
    listener: TcpListener,
}

impl Peer {
    pub(crate) async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        Self { url, listener }
    }

    /// The next connection, after the head of its first request came.
    pub(crate) async fn accept(&self) -> Connection {
        self.accept_with_head().await.0
    }

    /// The same with that head.
    pub(crate) async fn accept_with_head(&self) -> (Connection, String) {
        let (stream, _) = self.listener.accept().await.expect("a connection");
        let mut connection = Connection(stream);
        let head = connection.request().await;
        (connection, head)
    }
}

/// A connection from the client.
pub(crate) struct Connection(TcpStream);

impl Connection {
    /// The head of the next request.
    pub(crate) async fn request(&mut self) -> String {
        self.until(b"\r\n\r\n").await
    }

    /// What comes until this, itself included.
    pub(crate) async fn until(&mut self, end: &[u8]) -> String {
        let mut text = Vec::new();
        while !text.ends_with(end) {
            text.push(self.0.read_u8().await.expect("a request"));
        }
        String::from_utf8(text).expect("requests are text")
    }

    /// Sends the head of a response whose body comes in chunks.
    pub(crate) async fn chunked(&mut self, headers: &str) {
        let head = format!("HTTP/1.1 200 OK\r\n{headers}transfer-encoding: chunked\r\n\r\n");
        self.write(head.as_bytes()).await;
    }

    /// Sends a chunk; an empty one is the last.
    pub(crate) async fn chunk(&mut self, bytes: &[u8]) {
        let length = format!("{:x}\r\n", bytes.len());
        self.write(&[length.as_bytes(), bytes, b"\r\n"].concat())
            .await;
    }

    pub(crate) async fn write(&mut self, bytes: &[u8]) {
        self.0
            .write_all(bytes)
            .await
            .expect("the client is still there");
    }

    /// Waits until the client closes the connection.
    pub(crate) async fn closed(mut self) {
        let mut rest = Vec::new();
        // Where the client left bytes unread it is a reset, which is an end too.
        let _ = self.0.read_to_end(&mut rest).await;
        assert_eq!(rest, b"", "nothing more is sent");
    }
}
