//! Compressed bodies that are bombs, or damaged.

use std::io::Write as _;

use flate2::write::GzEncoder;
use flate2::{Compress, Compression, FlushCompress};

use crate::harness::{
    BATCH, OK, assert_times_out, builder, client, error_of, get, run, run_within, status, undecoded,
};
use crate::server::{Script, Server};

const MEBIBYTE: usize = 1024 * 1024;

/// How a gzip member starts (RFC 1952, 2.3), with no flags set.
const START: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

fn gzip(data: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(data.as_ref()).expect("memory takes all");
    encoder.finish().expect("memory takes all")
}

/// A mebibyte of spaces, which JSON allows, as a piece of a deflate stream that may stand there any
/// number of times: it begins and ends on a byte, and refers to nothing before it.
fn mebibyte() -> Vec<u8> {
    let spaces = vec![b' '; MEBIBYTE];
    let mut packed = Vec::with_capacity(64 * 1024);
    let mut compress = Compress::new(Compression::best(), false);
    compress
        .compress_vec(&spaces, &mut packed, FlushCompress::Full)
        .expect("there is room");
    assert_eq!(compress.total_in(), MEBIBYTE as u64);
    assert!(packed.len() < 10_000, "{}", packed.len());
    packed
}

fn response(status: u16, body: impl AsRef<[u8]>) -> Script {
    Script::response(status, &[("content-encoding", "gzip")], body)
}

/// The head of a compressed response, whose body comes until the connection ends.
fn unbounded(status: u16) -> Script {
    let head = format!("HTTP/1.1 {status} Whatever\r\ncontent-encoding: gzip\r\n\r\n");
    Script::raw(head)
}

#[test]
fn a_bomb_ends_at_the_cap() {
    // Four gibibytes in about four megabytes, and a body without end.
    run(async {
        let bomb = [START.to_vec(), mebibyte().repeat(4096)].concat();
        for script in [
            response(200, &bomb),
            unbounded(200).send(START).forever(mebibyte()),
        ] {
            let server = Server::start([script]);
            let client = builder(&server).max_body_size(MEBIBYTE).build();
            let error = get(&client.expect("a client")).await;
            let error = error.expect_err("it is too large");
            assert!(error.is_decode(), "{error}");
            assert_eq!((status(&error), error.attempts()), (Some(200), 1));
            assert_eq!(error.body().len(), MEBIBYTE);
            server.abandoned().await;
        }
    });
}

#[test]
fn a_bomb_in_an_error_is_cut_at_the_cap() {
    run(async {
        let server = Server::start([unbounded(422).send(START).forever(mebibyte())]);
        let client = builder(&server).max_error_body_size(5000).build();
        let error = get(&client.expect("a client")).await;
        let error = error.expect_err("it is a 422");
        assert!(error.is_unprocessable(), "{error}");
        assert_eq!(error.body().len(), 5000);
        server.abandoned().await;
    });
}

#[test]
fn a_bomb_ends_at_the_cap_of_a_client_that_says_nothing() {
    // The allocator that counts doesn't grow in place, so old and new are held at once.
    run_within(256 * MEBIBYTE as u64, async {
        let server = Server::start([unbounded(200).send(START).forever(mebibyte())]);
        let error = get(&builder(&server).build().expect("a client")).await;
        let error = error.expect_err("it is too large");
        assert_eq!(error.body().len(), 64 * MEBIBYTE);
        server.abandoned().await;
    });
}

#[test]
fn a_bomb_within_a_bomb_is_unpacked_once() {
    run(async {
        let inner = [START.to_vec(), mebibyte().repeat(64)].concat();
        let error = undecoded(response(200, gzip(&inner))).await;
        assert_eq!(error.body(), inner);
    });
}

#[test]
fn what_is_packed_twice_is_not_taken_for_json() {
    run(async {
        let error = undecoded(response(200, gzip(gzip(BATCH)))).await;
        assert_eq!(error.body(), gzip(BATCH));
        for coding in ["gzip, gzip", "gzip, identity", "br", "nonsense", "deflate"] {
            let headers = [("content-encoding", coding)];
            undecoded(Script::response(200, &headers, gzip(gzip(BATCH)))).await;
        }
    });
}

#[test]
fn what_is_packed_in_parts_is_never_taken_in_part() {
    run(async {
        // RFC 1952, 2.2, allows it; nobody sends JSON so.
        let (first, rest) = BATCH.split_at(20);
        undecoded(response(200, [gzip(first), gzip(rest)].concat())).await;
    });
}

#[test]
fn what_comes_after_the_gzip_is_not_read_as_json() {
    run(async {
        let forged = BATCH.replace("bat-1", "forged");
        for rest in [b"and more".to_vec(), gzip(forged), gzip(" "), vec![0; 512]] {
            let server = Server::start([response(200, [gzip(BATCH), rest].concat())]);
            match get(&client(&server)).await {
                Ok(batch) => assert_eq!(batch.id, "bat-1"),
                Err(error) => assert!(error.is_decode(), "{error}"),
            }
        }
    });
}

#[test]
fn parts_without_end_that_hold_nothing_end() {
    run(async {
        let nothing = gzip("");
        for part in [nothing.clone(), nothing.repeat(5000)] {
            undecoded(unbounded(200).forever(part)).await;
        }
    });
}

#[test]
fn the_head_of_a_gzip_without_end_is_not_kept() {
    run(async {
        // A file name, which ends at a zero byte; a comment likewise.
        for flag in [8, 16] {
            let mut start = START;
            start[3] = flag;
            assert_times_out(unbounded(200).send(start).forever(vec![b'x'; 0x10000])).await;
        }
    });
}

#[test]
fn what_is_not_gzip_is_an_error_that_keeps_its_status() {
    run(async {
        for garbage in [
            BATCH.as_bytes(),
            b"\x1f\x8b",
            b"\x1f\x8b\x08\xff\xff\xff\xff\xff\xff\xff\xff",
            b"\x1f\x8b\x07\0\0\0\0\0\0\0\x03\0",
            &[0xff; 10_000],
            &START,
        ] {
            undecoded(response(200, garbage)).await;
            let error = error_of(response(401, garbage)).await;
            assert!(error.is_authentication(), "{error}");
        }
    });
}

#[test]
fn gzip_that_is_cut_anywhere_is_an_error() {
    run(async {
        let packed = gzip(BATCH);
        for length in 1..packed.len() {
            if length % 13 == 1 || length + 10 > packed.len() {
                undecoded(response(200, &packed[..length])).await;
            }
        }
    });
}

#[test]
fn gzip_that_is_damaged_is_not_a_batch_with_a_wrong_value() {
    run(async {
        let packed = gzip(BATCH);
        // The last eight bytes are the checksum and the length.
        for at in [START.len() + 5, packed.len() - 8, packed.len() - 1] {
            let mut damaged = packed.clone();
            damaged[at] ^= 1;
            undecoded(response(200, &damaged)).await;
        }
    });
}

#[test]
fn a_bomb_that_nobody_said_is_packed_is_what_it_is() {
    run(async {
        let bomb = [START.to_vec(), mebibyte().repeat(64)].concat();
        let error = undecoded(Script::json(200, &bomb)).await;
        assert_eq!(error.body(), bomb);
    });
}

#[test]
fn an_empty_body_that_is_said_to_be_packed_is_empty() {
    run(async {
        for code in [404, 503] {
            let error = error_of(response(code, "")).await;
            assert_eq!((status(&error), error.body()), (Some(code), &b""[..]));
        }
        let head = format!("{OK}content-encoding: gzip\r\ncontent-length: 0\r\n\r\n");
        undecoded(Script::raw(head)).await;
    });
}
