//! What a server sends takes memory in proportion, counted in bytes that are held at once.

use std::collections::BTreeMap;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde_json::Value;

use super::events;
use super::pets::Pet;
use super::server::{Reply, Server};
use super::shelves::next_link;
use crate::runtime::error_kind::Kind;
use crate::runtime::event_text::{EventFormat, EventReader};
use crate::runtime::header_value;
use crate::runtime::raw_response::RawResponse;

/// The most bytes that are held at once while this thread does something.
fn peak(work: impl FnOnce()) -> usize {
    usize::try_from(allocation_counter::measure(work).bytes_max).expect("a size")
}

/// Reads a stream that comes in one piece; how many events it has.
fn count(format: EventFormat, text: Bytes) -> usize {
    let mut reader = EventReader::new(format, usize::MAX);
    reader.read(text);
    reader.finish();
    let mut count = 0;
    while let Some(event) = reader.pop() {
        event.expect("no limit");
        count += 1;
    }
    count
}

#[test]
fn events_of_one_piece_are_held_one_at_a_time() {
    let id = |length: usize| format!("id: {}\n", "i".repeat(length));
    let name = |length: usize| format!("event: {}\n", "e".repeat(length));
    let many = "data\n\n".repeat(100_000);
    let streams = [
        // Whatever one event says of those behind it.
        (EventFormat::ServerSent, id(4096) + &many),
        (EventFormat::ServerSent, id(1_000_000) + &many),
        (EventFormat::ServerSent, name(1_000_000) + &many),
        (EventFormat::ServerSent, id(40) + &many),
        (EventFormat::Lines, "1\n".repeat(100_000)),
        (EventFormat::Lines, "\u{1e}1\r".repeat(100_000)),
    ];
    for (format, text) in streams {
        let text = Bytes::from(text);
        let held = peak(|| assert_eq!(count(format, text.clone()), 100_000));
        assert!(held < 20_000, "{held} bytes for {}", text.len());
    }
}

#[test]
fn events_that_are_kept_share_their_id() {
    let text = format!("id: {}\n{}", "i".repeat(4096), "data\n\n".repeat(1000));
    let mut reader = EventReader::new(EventFormat::ServerSent, usize::MAX);
    reader.read(text.into());
    let held = peak(|| {
        let events: Vec<_> = std::iter::from_fn(|| reader.pop()).collect();
        assert_eq!(events.len(), 1000);
    });
    assert!(held < 300_000, "{held} bytes");
}

#[test]
fn a_line_gives_its_memory_back() {
    let mut reader = EventReader::new(EventFormat::ServerSent, usize::MAX);
    let held = allocation_counter::measure(|| {
        for _ in 0..1000 {
            reader.read(vec![b'x'; 1000].into());
            assert!(reader.pop().is_none());
        }
        reader.read(Bytes::from_static(b"\n"));
        assert!(reader.pop().is_none());
    });
    assert!(held.bytes_current < 10_000, "{held:?}");
}

#[test]
fn a_stream_with_a_long_id_takes_memory_in_proportion() {
    let text = format!(
        "id: {}\n{}",
        "i".repeat(1_000_000),
        "data: {\"name\":\"Rex\"}\n\n".repeat(2500)
    );
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    // The server's own copies count, too.
    let held = peak(|| {
        runtime.block_on(async {
            let server = Server::start([Reply::with(200, &[], &text)]).await;
            let mut events = events::watch(&server.url).into_events();
            for _ in 0..2500 {
                let pet = events.next().await.and_then(Result::ok);
                assert_eq!(pet, Some(Pet::new("Rex")));
            }
            assert!(events.next().await.is_none());
        });
    });
    assert!(held < 12 * text.len(), "{held} bytes for {}", text.len());
}

#[test]
fn a_body_that_is_no_text_takes_memory_in_proportion() {
    // Each byte of it is none in UTF-8.
    let body = [b"{\"a\":\"".as_slice(), &vec![0xff; 1_000_000], b"\"}"].concat();
    let response = RawResponse {
        status: StatusCode::OK,
        headers: HeaderMap::new(),
        body: body.into(),
    };
    let length = response.body.len();
    let held = peak(|| {
        let read = response.json::<BTreeMap<String, Value>>();
        assert!(matches!(read, Err(Kind::Decode { .. })));
    });
    assert!(held < 2 * length, "{held} bytes for {length}");
}

#[test]
fn headers_take_memory_in_proportion() {
    let links = "<a>; rel=\"x\", ".repeat(10_000);
    let parameters = format!("<a>{}", "; rel=x".repeat(20_000));
    let relations = format!("<a>; rel=\"{}next\"", "x ".repeat(50_000));
    for link in [links, parameters, relations] {
        let length = link.len();
        let held = peak(|| {
            next_link(&[&link]);
        });
        // The header itself is held twice: as it came, and as text.
        assert!(held < 5 * length, "{held} bytes for {length}");
    }
    let mut headers = HeaderMap::new();
    let numbers = "1,".repeat(50_000);
    headers.insert("x-numbers", numbers.parse().expect("a value"));
    let held = peak(|| {
        let read = header_value::read::<Vec<i64>>(&headers, "x-numbers");
        assert_eq!(read.expect("numbers").map(|it| it.len()), Some(50_000));
    });
    assert!(
        held < 100 * numbers.len(),
        "{held} bytes for {}",
        numbers.len()
    );
}

#[tokio::test]
async fn an_error_is_small_however_long_the_body_and_the_place_in_it() {
    let key = "k".repeat(1_000_000);
    for body in [
        format!("{{\"{key}\":nope}}"),
        format!("{{\"{key}\":[{{\"{key}\":nope}}]}}"),
        "x".repeat(1_000_000),
    ] {
        for status in [200, 500] {
            let error = super::error_of(Reply::json(status, &body)).await;
            let shown = super::everything_of(&error);
            assert!(shown.len() < 20_000, "{}", shown.len());
        }
    }
}
