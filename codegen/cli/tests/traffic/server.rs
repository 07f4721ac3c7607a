//! A server on loopback that responds by method and path.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;

/// A response: status, media type and body.
pub(crate) type Reply = (u16, &'static str, String);

/// Starts a server that responds with what a function returns for a method and a target; returns its URL. It ends with the
/// process.
pub(crate) fn start(reply: impl Fn(&str, &str) -> Reply + Send + Sync + Copy + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || serve(stream, reply));
        }
    });
    url
}

fn serve(stream: TcpStream, reply: impl Fn(&str, &str) -> Reply) {
    let mut writer = stream.try_clone().expect("a second handle");
    let mut reader = BufReader::new(stream);
    while let Some((method, target)) = request(&mut reader) {
        let (status, media, body) = reply(&method, &target);
        let head = format!(
            "HTTP/1.1 {status} Whatever\r\ncontent-type: {media}\r\nset-cookie: sid=cookie-from-server; Path=/\r\n\
             content-length: {}\r\n\r\n",
            body.len()
        );
        if writer.write_all(head.as_bytes()).is_err() || writer.write_all(body.as_bytes()).is_err()
        {
            return;
        }
    }
}

/// Method and target of the next request; its body is read, and dropped.
fn request(reader: &mut BufReader<TcpStream>) -> Option<(String, String)> {
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
    let mut words = line.split(' ');
    let found = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        if header.trim().is_empty() {
            break;
        }
        if let Some(value) = header.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(found)
}
