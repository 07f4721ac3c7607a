//! A server on loopback that sends what no server should.
//!
//! It runs on threads of its own: a client that can't cope must not be able to hold it up, and what
//! it needs of memory doesn't count as the client's.

use std::collections::VecDeque;
use std::fmt;
use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use tokio::sync::watch;

/// The pause after each piece of what is sent slowly: short beside the time-outs of the tests, so that there is
/// always progress when they pass.
const PAUSE: Duration = Duration::from_millis(5);

/// What the server does with one connection; at its end it closes the connection.
#[derive(Clone)]
pub struct Script(Vec<Step>);

#[derive(Clone)]
enum Step {
    Read,
    ReadHead,
    Send(Vec<u8>, usize),
    Slowly(Vec<Vec<u8>>),
    Forever(Vec<u8>),
    Stall,
}

impl Script {
    /// Takes a request, and says nothing yet.
    pub fn new() -> Self {
        Self(vec![Step::Read])
    }

    /// Takes the head of a request and leaves its body on the wire.
    pub fn after_the_head() -> Self {
        Self(vec![Step::ReadHead])
    }

    /// Closes the connection without a look at what comes.
    pub fn deaf() -> Self {
        Self(Vec::new())
    }

    /// Sends these bytes for a response, whatever they are.
    pub fn raw(bytes: impl AsRef<[u8]>) -> Self {
        Self::new().send(bytes)
    }

    /// A whole response, after which the connection can't be used for another.
    pub fn response(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let mut head = format!("HTTP/1.1 {status} Whatever\r\nconnection: close\r\n");
        for (name, value) in headers {
            head.extend([*name, ": ", *value, "\r\n"]);
        }
        head.extend(["content-length: ", &body.len().to_string(), "\r\n\r\n"]);
        Self::raw(head).send(body)
    }

    /// A whole response of JSON.
    pub fn json(status: u16, body: impl AsRef<[u8]>) -> Self {
        Self::response(status, &[("content-type", "application/json")], body)
    }

    /// A redirect.
    pub fn redirect(status: u16, to: &str) -> Self {
        Self::response(status, &[("location", to)], "")
    }

    /// Then sends these bytes.
    pub fn send(self, bytes: impl AsRef<[u8]>) -> Self {
        self.times(1, bytes)
    }

    /// Then sends these bytes as often as that.
    pub fn times(self, times: usize, bytes: impl AsRef<[u8]>) -> Self {
        self.then(Step::Send(bytes.as_ref().to_vec(), times))
    }

    /// Then sends these bytes again and again, one at a time, slowly, as long as there is somebody
    /// to take them.
    pub fn drip(self, bytes: impl AsRef<[u8]>) -> Self {
        let pieces = bytes.as_ref().iter().map(|byte| vec![*byte]);
        self.then(Step::Slowly(pieces.collect()))
    }

    /// Then sends these bytes again and again, all of them at a time, slowly.
    pub fn pour(self, bytes: impl AsRef<[u8]>) -> Self {
        self.then(Step::Slowly(vec![bytes.as_ref().to_vec()]))
    }

    /// Then sends these bytes again and again, as fast as they are taken.
    pub fn forever(self, bytes: impl AsRef<[u8]>) -> Self {
        self.then(Step::Forever(bytes.as_ref().to_vec()))
    }

    /// Then sends nothing, and keeps the connection open until the client ends it.
    pub fn stall(self) -> Self {
        self.then(Step::Stall)
    }

    /// Then takes another request on the same connection.
    pub fn next_request(self) -> Self {
        self.then(Step::Read)
    }

    fn then(mut self, step: Step) -> Self {
        self.0.push(step);
        self
    }
}

/// Shows the start of what is sent, which says enough to find a failing case by.
impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for step in &self.0 {
            let bytes = match step {
                Step::Send(bytes, _) | Step::Forever(bytes) => bytes,
                Step::Slowly(pieces) => &pieces.concat(),
                Step::Read | Step::ReadHead | Step::Stall => continue,
            };
            let start = &bytes[..bytes.len().min(300)];
            f.write_str(&String::from_utf8_lossy(start))?;
        }
        Ok(())
    }
}

/// The server. It ends when it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    state: Arc<State>,
}

#[derive(Debug)]
struct State {
    scripts: Mutex<VecDeque<Script>>,
    requests: Mutex<Vec<String>>,
    connections: watch::Sender<Connections>,
    ended: Mutex<bool>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Connections {
    all: usize,
    open: usize,
}

impl Server {
    /// Starts a server that plays these scripts, one a connection. To a connection after the last
    /// of them it responds with 418, which no client should try again.
    pub fn start(scripts: impl IntoIterator<Item = Script>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let state = Arc::new(State {
            scripts: Mutex::new(scripts.into_iter().collect()),
            requests: Mutex::default(),
            connections: watch::Sender::default(),
            ended: Mutex::default(),
        });
        let shared = Arc::clone(&state);
        thread::spawn(move || accept(&listener, &shared));
        Self { address, state }
    }

    /// `http://127.0.0.1:PORT`
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Adds a script, for one that has to know the server's address.
    pub fn push(&self, script: Script) {
        lock(&self.state.scripts).push_back(script);
    }

    /// All requests that came, head and body as sent.
    pub fn requests(&self) -> Vec<String> {
        lock(&self.state.requests).clone()
    }

    /// How many connections there were.
    pub fn connections(&self) -> usize {
        self.state.connections.borrow().all
    }

    /// Waits until the client has let go of all connections.
    pub async fn abandoned(&self) {
        let mut connections = self.state.connections.subscribe();
        let none_open = connections.wait_for(|connections| connections.open == 0);
        none_open.await.expect("the server is there");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        *lock(&self.state.ended) = true;
        // Wakes the thread that accepts; where that fails, the thread ends with the process.
        let _ = TcpStream::connect(self.address);
    }
}

/// A port of this machine on which nothing listens.
pub fn closed_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // The thread that panicked with the lock has failed the test already.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn accept(listener: &TcpListener, state: &Arc<State>) {
    for stream in listener.incoming() {
        let Ok(stream) = stream else { return };
        if *lock(&state.ended) {
            return;
        }
        state.connections.send_modify(|connections| {
            connections.all += 1;
            connections.open += 1;
        });
        let script = lock(&state.scripts).pop_front();
        let script = script.unwrap_or_else(|| Script::response(418, &[], "no more scripts"));
        let shared = Arc::clone(state);
        thread::spawn(move || {
            // An error is the client's leaving, which is what many tests wait for.
            let _ = play(script, stream, &shared);
            shared
                .connections
                .send_modify(|connections| connections.open -= 1);
        });
    }
}

fn play(script: Script, mut stream: TcpStream, state: &State) -> io::Result<()> {
    let mut received = Vec::new();
    for step in script.0 {
        match step {
            Step::Read => record(read_request(&mut stream, &mut received, true)?, state),
            Step::ReadHead => record(read_request(&mut stream, &mut received, false)?, state),
            Step::Send(bytes, times) => {
                for _ in 0..times {
                    stream.write_all(&bytes)?;
                }
            }
            Step::Slowly(pieces) => loop {
                for piece in &pieces {
                    stream.write_all(piece)?;
                    thread::sleep(PAUSE);
                }
            },
            Step::Forever(bytes) => loop {
                stream.write_all(&bytes)?;
            },
            Step::Stall => while stream.read(&mut [0; 1024])? > 0 {},
        }
    }
    Ok(())
}

fn record(request: String, state: &State) {
    lock(&state.requests).push(request);
}

fn read_request(
    stream: &mut TcpStream,
    received: &mut Vec<u8>,
    with_body: bool,
) -> io::Result<String> {
    let end = loop {
        if let Some(at) = received.windows(4).position(|four| four == b"\r\n\r\n") {
            break at + 4;
        }
        read_more(stream, received)?;
    };
    let head = String::from_utf8_lossy(&received[..end]).to_lowercase();
    let length = head
        .split("\r\n")
        .find_map(|line| line.strip_prefix("content-length: "))
        .map_or(0, |length| length.parse().expect("the length is a number"));
    let whole = end + if with_body { length } else { 0 };
    while received.len() < whole {
        read_more(stream, received)?;
    }
    let request = received.drain(..whole).collect::<Vec<u8>>();
    Ok(String::from_utf8_lossy(&request).into_owned())
}

fn read_more(stream: &mut TcpStream, received: &mut Vec<u8>) -> io::Result<()> {
    let mut buffer = [0; 16 * 1024];
    match stream.read(&mut buffer)? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        read => {
            received.extend_from_slice(&buffer[..read]);
            Ok(())
        }
    }
}
