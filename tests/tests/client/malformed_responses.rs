//! A server that doesn't speak HTTP, or speaks it badly: an error, no panic, no endless wait.

use tests::sample::{BATCH, client, error_of};
use tests::server::{Server, ServerResponse};

const HEAD: &str = "HTTP/1.1 200 OK\r\n";

#[tokio::test]
async fn what_is_not_http_is_an_error_without_a_status() {
    for bytes in [
        "hello\r\n\r\n",
        "SSH-2.0-OpenSSH_9.9\r\n",
        "\0\u{1}\u{2}\r\n\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1 abc\r\n\r\n",
        "HTTP/9.9 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon here\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nx: a\0b\r\n\r\n",
        "HTTP/1.1 200 OK\r\nx: unfinished",
    ] {
        let error = error_of(ServerResponse::raw(bytes)).await;
        assert!(!error.is_timeout(), "{bytes:?}: {error}");
        assert_eq!(error.status(), None, "{bytes:?}: {error}");
        assert!(!error.to_string().contains(['\0', '\n']), "{error:?}");
    }
}

#[tokio::test]
async fn a_body_in_broken_pieces_is_an_error_that_has_the_status() {
    for body in [
        "zz\r\n{}\r\n",
        "5\r\n{}",
        "ffffffffffffffffff\r\n{}",
        "-1\r\n",
    ] {
        let response = format!("{HEAD}transfer-encoding: chunked\r\n\r\n{body}");
        let error = error_of(ServerResponse::raw(response)).await;
        assert!(error.is_interrupted(), "{body:?}: {error}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    }
}

#[tokio::test]
async fn headers_without_end_are_an_error() {
    let many = format!("{HEAD}{}", "x: y\r\n".repeat(50_000));
    let long = format!("{HEAD}x: {}\r\n\r\n", "y".repeat(4_000_000));
    for response in [many, long] {
        let error = error_of(ServerResponse::raw(response)).await;
        assert!(!error.is_timeout(), "{error}");
    }
}

#[tokio::test]
async fn a_length_that_is_beyond_all_measure_is_an_error() {
    let response = format!("{HEAD}content-length: 18446744073709551614\r\n\r\n{{");
    let error = error_of(ServerResponse::raw(response)).await;
    assert!(!error.is_timeout(), "{error}");
}

#[tokio::test]
async fn a_response_in_pieces_and_one_without_a_length_are_taken() {
    let (first, second) = BATCH.split_at(10);
    let (one, two) = (first.len(), second.len());
    let pieces = format!("{one:x}\r\n{first}\r\n{two:x};x=y\r\n{second}\r\n0\r\n\r\n");
    for response in [
        format!("{HEAD}transfer-encoding: chunked\r\n\r\n{pieces}"),
        format!("{HEAD}\r\n{BATCH}"),
        format!("HTTP/1.0 200 OK\r\n\r\n{BATCH}"),
        format!("HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n{HEAD}\r\n{BATCH}"),
    ] {
        let server = Server::start([ServerResponse::raw(&response)]).await;
        let sent = client(&server).batches().get("bat-1").send().await;
        let batch = sent.unwrap_or_else(|error| panic!("{response}: {error}"));
        assert_eq!(batch.id, "bat-1");
    }
}
