//! Bodies of odd forms: with blanks around them, packed, nested without end.

use llama_cloud::Error;
use tests::sample::{BATCH, client, error_of};
use tests::server::{Server, ServerResponse};

async fn error_of_list(body: &str) -> Error {
    let server = Server::start([ServerResponse::json(200, body)]).await;
    let sent = client(&server).batches().list().send().await;
    let error = sent.expect_err(body);
    // Reading it again gives the same, so there is no second try.
    assert_eq!(server.requests().len(), 1);
    error
}

fn assert_says(error: &Error, parts: &[&str]) {
    assert!(error.is_decode(), "{error:?}");
    let text = error.to_string();
    for part in parts {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[tokio::test]
async fn text_after_the_json_is_not_taken() {
    let error = error_of(ServerResponse::json(200, format!("{BATCH}{{"))).await;
    assert_says(&error, &["200"]);
}

#[tokio::test]
async fn a_byte_order_mark_and_blanks_around_the_json_are_passed_over() {
    let body = format!("\u{feff}\r\n {BATCH}\n");
    let server = Server::start([ServerResponse::json(200, body)]).await;
    let sent = client(&server).batches().get("bat-1").send().await;
    sent.expect("it is the documented JSON");
}

/// The data as gzip (RFC 1952), in one block that is stored as it is (RFC 1951, 3.2.4).
fn gzip(data: &[u8]) -> Vec<u8> {
    let mut checksum = u32::MAX;
    for byte in data {
        checksum ^= u32::from(*byte);
        for _ in 0..8 {
            let mask = 0_u32.wrapping_sub(checksum & 1);
            checksum = (checksum >> 1) ^ (0xedb8_8320 & mask);
        }
    }
    let length = u16::try_from(data.len()).expect("one block is enough");
    let mut packed = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 1];
    packed.extend(length.to_le_bytes());
    packed.extend((!length).to_le_bytes());
    packed.extend(data);
    packed.extend((!checksum).to_le_bytes());
    packed.extend(u32::from(length).to_le_bytes());
    packed
}

#[tokio::test]
async fn a_compressed_response_is_unpacked_and_one_that_is_damaged_is_an_error() {
    let headers = [("content-encoding", "gzip")];
    let mut packed = gzip(BATCH.as_bytes());
    let server = Server::start([ServerResponse::with(200, &headers, &packed)]).await;
    let sent = client(&server).batches().get("bat-1").send().await;
    assert_eq!(sent.expect("a batch").id, "bat-1");

    packed[11] ^= 1;
    let error = error_of(ServerResponse::with(200, &headers, &packed)).await;
    assert_says(&error, &["200"]);
    let error = error_of(ServerResponse::with(404, &headers, &packed)).await;
    assert!(error.is_not_found(), "{error}");
}

#[tokio::test]
async fn json_that_is_nested_without_end_is_an_error() {
    for body in ["[".repeat(200_000), "{\"items\":".repeat(100_000)] {
        let error = error_of_list(&body).await;
        assert!(error.is_decode());
        assert!(error.to_string().len() < 2000, "{error}");
    }
    let deep = format!("{{\"x\":{}", "[".repeat(200_000));
    assert!(error_of_list(&deep).await.is_decode());
}
