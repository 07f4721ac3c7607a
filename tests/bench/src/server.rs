//! A server on loopback that costs as little as one can, and always the same.
//!
//! `GET {prefix}/api/v2/batches/{id}` returns one batch, `GET {prefix}/api/v2/batches` a page. The
//! prefix `/COUNT/SIZE` says how many batches the list has and how many a page; it has no
//! state.

use std::io::{self, BufRead, BufReader, IoSlice, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;

use crate::Failure;
use crate::pages::{self, Results};

/// The address of a list of so many batches, in pages of this size.
#[must_use]
pub fn base_url(address: SocketAddr, batches: usize, size: usize) -> String {
    format!("http://{address}/{batches}/{size}")
}

/// Serves in threads of its own, as long as the process lives.
///
/// # Errors
///
/// If no port is free.
pub fn start() -> io::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    thread::spawn(move || serve(&listener));
    Ok(address)
}

/// Serves in this process until its input ends: what [`Process`] runs.
///
/// # Errors
///
/// If no port is free, or nobody reads the address.
pub fn main() -> Result<(), Failure> {
    println!("{}", start()?);
    io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}

/// A server in a process of its own, so that nothing of it is counted.
#[derive(Debug)]
pub struct Process {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Process {
    /// Starts this program once more, as a server.
    ///
    /// # Errors
    ///
    /// If it doesn't start.
    pub fn start() -> Result<Self, Failure> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg("serve")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let output = child.stdout.take().ok_or("the server has no output")?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        let address = line.trim().parse()?;
        Ok(Self { child, address })
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Its input ends, and with it the process; where that fails there is nothing left to do.
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

fn serve(listener: &TcpListener) {
    while let Ok((connection, _)) = listener.accept() {
        // A client that goes away ends its connection, and nobody else minds.
        thread::spawn(move || Connection::new(connection).run());
    }
}

struct Connection {
    stream: BufReader<TcpStream>,
    batch: String,
    /// The items of the pages of this size.
    items: (usize, String),
}

impl Connection {
    fn new(stream: TcpStream) -> Self {
        Self {
            stream: BufReader::new(stream),
            batch: pages::batch(1, Results::Absent),
            items: (0, String::new()),
        }
    }

    fn run(mut self) -> io::Result<()> {
        self.stream.get_ref().set_nodelay(true)?;
        let mut line = String::new();
        while let Some(target) = self.read(&mut line)? {
            match List::of(&target) {
                Some(list) => self.page(&list)?,
                None => self.respond(&[&self.batch])?,
            }
        }
        Ok(())
    }

    /// The target of the next request; its headers are read and dropped.
    fn read(&mut self, line: &mut String) -> io::Result<Option<String>> {
        line.clear();
        self.stream.read_line(line)?;
        let Some(target) = line.split(' ').nth(1).map(str::to_owned) else {
            return Ok(None);
        };
        while !line.trim_end().is_empty() {
            line.clear();
            self.stream.read_line(line)?;
        }
        Ok(Some(target))
    }

    fn page(&mut self, list: &List) -> io::Result<()> {
        if self.items.0 != list.size {
            self.items = (list.size, pages::items(list.size, Results::Absent));
        }
        let rest = match list.next() {
            Some(next) => format!(
                r#","next_page_token":"{next}","total_size":{}}}"#,
                list.batches
            ),
            None => format!(r#","next_page_token":null,"total_size":{}}}"#, list.batches),
        };
        self.respond(&[&self.items.1, &rest])
    }

    fn respond(&self, body: &[&str]) -> io::Result<()> {
        let length: usize = body.iter().map(|part| part.len()).sum();
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n"
        );
        let mut parts = vec![IoSlice::new(head.as_bytes())];
        parts.extend(body.iter().map(|part| IoSlice::new(part.as_bytes())));
        let mut parts = parts.as_mut_slice();
        while !parts.is_empty() {
            let written = self.stream.get_ref().write_vectored(parts)?;
            IoSlice::advance_slices(&mut parts, written);
        }
        Ok(())
    }
}

/// A page of a list.
struct List {
    batches: usize,
    size: usize,
    page: usize,
}

impl List {
    fn of(target: &str) -> Option<Self> {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut prefix = path.strip_suffix("/api/v2/batches")?.split('/').skip(1);
        let mut pairs = query.split('&');
        let token = pairs.find_map(|pair| pair.strip_prefix("page_token="));
        Some(Self {
            batches: prefix.next()?.parse().ok()?,
            size: prefix.next()?.parse().ok()?,
            page: token.map_or(Some(0), |token| token.parse().ok())?,
        })
    }

    /// The token of the page after this one.
    fn next(&self) -> Option<usize> {
        let next = self.page + 1;
        (next * self.size < self.batches).then_some(next)
    }
}
