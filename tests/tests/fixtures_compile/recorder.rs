//! A server that responds to one call after the other and records what was sent: a module of the program
//! that calls the clients of fixtures.

use std::error::Error;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

/// A request as it came.
#[derive(Debug)]
pub struct Recorded {
    /// Method and target.
    pub line: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Recorded {
    /// The value of a header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        let mut headers = self.headers.iter();
        headers
            .find(|(known, _)| known == name)
            .map_or("", |(_, value)| value)
    }

    /// The parts of a body of several, without the lines between them.
    pub fn parts(&self) -> Vec<&str> {
        let mut parameters = self.header("content-type").split("; ");
        let boundary = parameters.find_map(|it| it.strip_prefix("boundary="));
        let line = format!("--{}", boundary.unwrap_or("no boundary"));
        let parts = self.body.split(line.as_str());
        parts
            .filter_map(|part| part.strip_prefix("\r\n")?.strip_suffix("\r\n"))
            .collect()
    }
}

/// Makes calls to a server that responds to each with the next of the JSON texts, and gives what came.
/// An empty text is a response without content, and one that begins with `HTTP/` is sent as it is.
pub fn record<F: Future<Output = Result<(), Box<dyn Error>>>>(
    responses: &'static [&'static str],
    calls: impl FnOnce(String) -> F,
) -> Result<Vec<Recorded>, Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    let server = thread::spawn(move || -> io::Result<Vec<Recorded>> {
        let responses = responses.iter();
        responses
            .map(|body| respond(&listener.accept()?.0, body))
            .collect()
    });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(calls(url))?;
    Ok(server.join().map_err(|_| "the server has failed")??)
}

fn respond(stream: &TcpStream, body: &str) -> io::Result<Recorded> {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            break;
        };
        headers.push((name.to_ascii_lowercase(), value.to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length
        .and_then(|(_, value)| value.parse().ok())
        .unwrap_or(0);
    let mut received = vec![0; length];
    reader.read_exact(&mut received)?;
    let recorded = Recorded {
        line: first.trim_end().trim_end_matches(" HTTP/1.1").to_owned(),
        headers,
        body: String::from_utf8_lossy(&received).into_owned(),
    };
    let mut writer = stream;
    if body.starts_with("HTTP/") {
        writer.write_all(body.as_bytes())?;
        return Ok(recorded);
    }
    let status = if body.is_empty() {
        "204 No Content"
    } else {
        "200 OK"
    };
    write!(writer, "HTTP/1.1 {status}\r\nconnection: close\r\n")?;
    if !body.is_empty() {
        let length = body.len();
        write!(
            writer,
            "content-type: application/json\r\ncontent-length: {length}\r\n"
        )?;
    }
    write!(writer, "\r\n{body}")?;
    Ok(recorded)
}

/// An error unless two values are the same.
pub fn same<T: PartialEq + std::fmt::Debug>(found: T, expected: T) -> Result<(), Box<dyn Error>> {
    if found == expected {
        Ok(())
    } else {
        Err(format!("expected {expected:#?}\nfound {found:#?}").into())
    }
}
