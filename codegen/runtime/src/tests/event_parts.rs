//! Splitting multipart bodies.

use super::super::event_parts::{PartReader, boundary};
use super::super::event_text::TooLong;

/// The parts of a body that comes in chunks of this size.
fn parts(body: &str, size: usize) -> Vec<String> {
    let mut reader = PartReader::default();
    reader.begin("b");
    let mut found = Vec::new();
    let mut add = |reader: &mut PartReader, is_at_end| {
        while let Some(part) = reader.pop(100, is_at_end) {
            found.push(String::from_utf8(part.unwrap().data).unwrap());
        }
    };
    for chunk in body.as_bytes().chunks(size) {
        reader.read(chunk);
        add(&mut reader, false);
    }
    add(&mut reader, true);
    found
}

#[test]
fn parts_are_read_whatever_the_chunks() {
    let body = "preamble\r\n--b\r\nContent-Type: application/json\r\n\r\n{\"a\":\r\n1}\r\n--b  \r\n\r\nplain\r\n\
                --b\r\nx: y\r\n\r\n\r\n--bb\r\n--b--\r\nepilogue\r\n--b\r\n\r\nnone";
    for size in [1, 2, 3, 7, 1000] {
        assert_eq!(
            parts(body, size),
            ["{\"a\":\r\n1}", "plain", "\r\n--bb"],
            "{size}"
        );
    }
}

#[test]
fn a_body_without_parts_or_end() {
    for size in [1, 1000] {
        assert_eq!(parts("--b--", size), [""; 0]);
        assert_eq!(parts("", size), [""; 0]);
        assert_eq!(parts("--b\r\n\r\ncut", size), ["cut"]);
        assert_eq!(parts("--b\r\n\r\na\r\n--b\r\n", size), ["a"]);
    }
}

#[test]
fn a_long_part_is_an_error() {
    let mut reader = PartReader::default();
    reader.begin("b");
    reader.read(b"--b\r\n\r\n");
    assert_eq!(reader.pop(10, false), None);
    reader.read(&[b'x'; 200]);
    assert_eq!(reader.pop(10, false), Some(Err(TooLong)));
}

#[test]
fn boundaries() {
    let of = |text| boundary(text);
    assert_eq!(of("multipart/mixed; boundary=a-b").as_deref(), Some("a-b"));
    assert_eq!(
        of("Multipart/Mixed; type=\"x\"; BOUNDARY=\"a b\"").as_deref(),
        Some("a b")
    );
    assert_eq!(of("multipart/mixed"), None);
    assert_eq!(of("application/json; boundary=a"), None);
    assert_eq!(of("multipart/mixed; boundary="), None);
}
