//! Bodies whose length, or whose chunks, are wrong.

use crate::harness::{
    BATCH, OK, assert_batch, assert_no_response, broken_off, client, error_of, get, run, status,
    undecoded,
};
use crate::server::{Script, Server};

fn with_headers(headers: &str, body: &str) -> Script {
    Script::raw(format!("{OK}{headers}\r\n\r\n{body}"))
}

fn chunked(body: impl AsRef<[u8]>) -> Script {
    Script::raw(format!("{OK}transfer-encoding: chunked\r\n\r\n")).send(body)
}

/// The batch as a chunk, without the last one after it.
fn chunk() -> String {
    format!("{:x}\r\n{BATCH}\r\n", BATCH.len())
}

#[test]
fn a_length_that_is_too_short_cuts_the_body_there() {
    run(async {
        let error = undecoded(with_headers("content-length: 40", BATCH)).await;
        assert_eq!(error.body(), &BATCH.as_bytes()[..40]);
    });
}

#[test]
fn what_comes_after_the_length_is_not_the_response_to_the_next_call() {
    run(async {
        let forged = BATCH.replace("bat-1", "forged");
        let length = |body: &str| format!("content-length: {}\r\n\r\n{body}", body.len());
        let both = format!("{OK}{}{OK}{}", length(BATCH), length(&forged));
        let server = Server::start([
            Script::raw(both).next_request().stall(),
            Script::json(200, BATCH),
        ]);
        let client = client(&server);
        for _ in 0..2 {
            assert_eq!(get(&client).await.expect("a batch").id, "bat-1");
        }
        assert_eq!(server.connections(), 2);
    });
}

#[test]
fn what_comes_after_the_last_chunk_is_not_the_response_to_the_next_call() {
    run(async {
        let forged = BATCH.replace("bat-1", "forged");
        let response = format!("{}0\r\n\r\n", chunk());
        let next = format!("{OK}content-length: {}\r\n\r\n{forged}", forged.len());
        let server = Server::start([
            chunked(response).send(next).next_request().stall(),
            Script::json(200, BATCH),
        ]);
        let client = client(&server);
        for _ in 0..2 {
            assert_eq!(get(&client).await.expect("a batch").id, "bat-1");
        }
    });
}

#[test]
fn a_body_where_there_must_be_none_is_not_the_response_to_the_next_call() {
    run(async {
        let forged = BATCH.replace("bat-1", "forged");
        let smuggled = format!("{OK}content-length: {}\r\n\r\n{forged}", forged.len());
        for head in ["204 No Content", "304 Not Modified"] {
            let length = smuggled.len();
            let first = format!("HTTP/1.1 {head}\r\ncontent-length: {length}\r\n\r\n{smuggled}");
            let server = Server::start([
                Script::raw(first).next_request().stall(),
                Script::json(200, BATCH),
            ]);
            let client = client(&server);
            let error = get(&client).await.expect_err("no batch");
            assert_eq!(error.body(), b"", "{error}");
            assert_eq!(get(&client).await.expect("a batch").id, "bat-1");
        }
    });
}

#[test]
fn two_lengths_that_differ_are_an_error() {
    run(async {
        let length = BATCH.len();
        for headers in [
            format!("content-length: {length}\r\ncontent-length: 5"),
            format!("content-length: 5\r\ncontent-length: {length}"),
            format!("content-length: {length}, 5"),
        ] {
            assert_no_response(with_headers(&headers, BATCH)).await;
        }
    });
}

#[test]
fn a_length_that_is_no_number_is_an_error() {
    run(async {
        for length in [
            "-1",
            "+5",
            "abc",
            "0x5",
            "5.0",
            "1e3",
            "",
            "5 5",
            "\u{665}",
            "18446744073709551616",
            "99999999999999999999999999999999",
        ] {
            assert_no_response(with_headers(&format!("content-length: {length}"), BATCH)).await;
        }
    });
}

#[test]
fn a_length_beyond_all_measure_makes_no_room_ahead() {
    run(async {
        for length in ["1000000000000000000", "9223372036854775807"] {
            let script = with_headers(&format!("content-length: {length}"), "[");
            let error = broken_off(script).await;
            assert_eq!(error.body(), b"[");
        }
    });
}

#[test]
fn chunks_go_before_a_length() {
    run(async {
        for length in [1, 100_000] {
            let headers = format!("content-length: {length}\r\ntransfer-encoding: chunked");
            assert_batch(with_headers(&headers, &format!("{}0\r\n\r\n", chunk()))).await;
        }
    });
}

#[test]
fn chunks_that_are_unusual_and_sound_are_taken() {
    run(async {
        let bytewise: Vec<String> = BATCH.chars().map(|c| format!("1\r\n{c}\r\n")).collect();
        let (first, rest) = BATCH.split_at(10);
        for body in [
            bytewise.concat(),
            format!("000A;x=\"y\"\r\n{first}\r\n{:X}\r\n{rest}\r\n", rest.len()),
        ] {
            assert_batch(chunked(format!("{body}0\r\n\r\n"))).await;
            assert_batch(chunked(format!("{body}0\r\nx-trailer: y\r\n\r\n"))).await;
        }
    });
}

#[test]
fn a_size_of_a_chunk_that_is_no_number_is_an_error() {
    run(async {
        for size in [
            "zz",
            "-1",
            "+5",
            "",
            "5 5",
            "0x5",
            "10000000000000000",
            "ffffffffffffffffffffff",
        ] {
            let error = broken_off(chunked(format!("{size}\r\n{BATCH}\r\n0\r\n\r\n"))).await;
            assert_eq!(error.body(), b"", "{size}");
        }
    });
}

#[test]
fn a_chunk_that_is_cut_is_an_error_that_has_what_came() {
    run(async {
        let error = broken_off(chunked(format!("1000\r\n{BATCH}"))).await;
        assert_eq!(error.body(), BATCH.as_bytes());
        let error = broken_off(chunked(format!("5\r\n{BATCH}\r\n0\r\n\r\n"))).await;
        assert_eq!(error.body(), &BATCH.as_bytes()[..5]);
    });
}

#[test]
fn a_last_chunk_that_is_cut_is_an_error() {
    run(async {
        for end in ["0", "0\r\n", "0\r\nx: y", "0\r\nx: y\r\n"] {
            let error = broken_off(chunked(format!("{}{end}", chunk()))).await;
            assert_eq!(error.body(), BATCH.as_bytes(), "{end}");
        }
    });
}

#[test]
fn a_chunk_extension_or_a_trailer_without_end_is_an_error() {
    run(async {
        broken_off(chunked("5;").forever("x")).await;
        broken_off(chunked(format!("{}0\r\n", chunk())).forever("x: y\r\n")).await;
        broken_off(chunked(format!("{}0\r\nx: ", chunk())).forever("y")).await;
    });
}

#[test]
fn an_encoding_of_the_transfer_that_nobody_knows_is_not_taken_for_json() {
    run(async {
        for coding in ["gzip, chunked", "chunked, chunked", "nonsense", "gzip"] {
            let head = format!("transfer-encoding: {coding}");
            let server = Server::start([with_headers(&head, "5\r\n[1,2]\r\n0\r\n\r\n")]);
            get(&client(&server)).await.expect_err("it is no batch");
        }
    });
}

#[test]
fn an_error_with_broken_chunks_keeps_its_status() {
    run(async {
        let head = "HTTP/1.1 429 Slow Down\r\ntransfer-encoding: chunked\r\n\r\n3\r\nyes\r\nzz";
        let error = error_of(Script::raw(head)).await;
        assert!(error.is_rate_limited(), "{error}");
        assert_eq!((status(&error), error.body()), (Some(429), &b"yes"[..]));
    });
}
