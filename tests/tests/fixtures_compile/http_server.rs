//! A server of whole responses that keeps the text of each request: a module of the program that calls the clients of
//! fixtures.

use std::error::Error;
use std::fmt::Debug;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::{self, JoinHandle};

/// The requests of a server that has responded to all of them.
pub type Requests = JoinHandle<io::Result<Vec<String>>>;

/// Serves these responses, one a connection, and returns the requests as they were sent.
pub fn serve(responses: Vec<String>) -> Result<(String, Requests), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    let server = thread::spawn(move || {
        let responses = responses.iter();
        responses
            .map(|response| respond(&listener.accept()?.0, response))
            .collect()
    });
    Ok((url, server))
}

fn respond(stream: &TcpStream, response: &str) -> io::Result<String> {
    let mut reader = BufReader::new(stream);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let start = head.len();
        reader.read_line(&mut head)?;
        let line = head[start..].trim_end().to_ascii_lowercase();
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim_start().parse().unwrap_or(0);
        }
        if line.is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let mut writer = stream;
    writer.write_all(response.as_bytes())?;
    Ok(head + &String::from_utf8_lossy(&body))
}

/// The lines of a request before its body: the first has method and target, the others are headers.
pub fn head(request: &str) -> impl Iterator<Item = &str> {
    request.lines().take_while(|line| !line.is_empty())
}

/// The body of a request.
pub fn body(request: &str) -> &str {
    request.split_once("\r\n\r\n").map_or("", |(_, body)| body)
}

/// The text of a response, which closes its connection.
pub fn response(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}

/// A response without content, which closes its connection. It has no length (RFC 9110, section 8.6).
pub fn no_content() -> String {
    "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n".to_owned()
}

/// An error that says what it is about, unless two values are the same.
pub fn same<T: PartialEq + Debug>(what: &str, found: T, expected: T) -> Result<(), Box<dyn Error>> {
    if found == expected {
        return Ok(());
    }
    Err(format!("{what} is {found:?}, not {expected:?}").into())
}
