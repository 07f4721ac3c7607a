//! JSON that is legal, or nearly, and not what anybody sends.

use llama_cloud::Error;
use llama_cloud::types::{Batch, BatchPage, BatchStatus, HttpValidationError};

use crate::harness::{
    BATCH, assert_batch, assert_presentable, client, error_of, get, run, undecoded,
};
use crate::server::{Script, Server};

/// The batch with one more member, or with another value for one that it has already: the last
/// one of a name counts.
fn batch_with(member: impl AsRef<[u8]>) -> Vec<u8> {
    let open = BATCH.strip_suffix('}').expect("it is an object");
    [open.as_bytes(), b",", member.as_ref(), b"}"].concat()
}

async fn read(body: impl AsRef<[u8]>) -> Result<Batch, Error> {
    let server = Server::start([Script::json(200, body)]);
    get(&client(&server)).await
}

async fn read_page(body: impl AsRef<[u8]>) -> Result<BatchPage, Error> {
    let server = Server::start([Script::json(200, body)]);
    let sent = client(&server).batches().list().send().await;
    sent.inspect_err(assert_presentable)
}

async fn undecoded_json(body: impl AsRef<[u8]>) -> Error {
    undecoded(Script::json(200, body)).await
}

#[test]
fn what_is_not_utf8_is_an_error_in_a_known_field() {
    run(async {
        for bytes in [
            &b"\xff"[..],
            b"\xc3",
            b"\xed\xa0\x80",
            b"\xf5\x80\x80\x80",
            b"\xc0\x80",
        ] {
            let member = [b"\"project_id\":\"", bytes, b"\""].concat();
            let error = undecoded_json(batch_with(member)).await;
            assert!(error.to_string().contains("project_id"), "{error}");
            let member = [b"\"status\":\"", bytes, b"\""].concat();
            undecoded_json(batch_with(member)).await;
        }
    });
}

#[test]
fn what_is_not_utf8_in_a_key_or_an_unknown_field_does_no_harm() {
    run(async {
        for member in [
            &b"\"x\":\"\xff\""[..],
            b"\"\xff\":1",
            b"\"x\":{\"\xc3\":[\"\xfe\"]}",
        ] {
            if let Err(error) = read(batch_with(member)).await {
                assert!(error.is_decode(), "{error}");
            }
        }
    });
}

#[test]
fn other_encodings_of_text_are_an_error() {
    run(async {
        let little: Vec<u8> = BATCH.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = BATCH.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [
            [b"\xff\xfe", &little[..]].concat(),
            [b"\xfe\xff", &big[..]].concat(),
            little,
            big,
        ] {
            undecoded_json(bytes).await;
        }
        assert_batch(Script::json(200, format!("\u{feff}{BATCH}"))).await;
    });
}

#[test]
fn half_a_surrogate_pair_is_an_error() {
    run(async {
        for escape in [
            r"\ud800",
            r"\udc00",
            r"\ud800\ud800",
            r"\ud800x",
            r"\u12",
            r"\x41",
        ] {
            let member = format!("\"project_id\":\"{escape}\"");
            undecoded_json(batch_with(member)).await;
        }
        let batch = read(batch_with("\"project_id\":\"\\ud83d\\ude00\\u0000\"")).await;
        assert_eq!(batch.expect("a batch").project_id, "\u{1f600}\0");
    });
}

#[test]
fn brackets_without_end_are_an_error_in_a_known_field() {
    run(async {
        let deep =
            |open: &str, close: &str| format!("{}0{}", open.repeat(100_000), close.repeat(100_000));
        for value in [deep("[", "]"), deep("{\"a\":", "}"), "[".repeat(100_000)] {
            undecoded_json(&value).await;
            for name in ["id", "config", "status", "results", "created_at"] {
                let error = undecoded_json(batch_with(format!("\"{name}\":{value}"))).await;
                assert!(error.to_string().contains(name), "{error}");
            }
            let error = read_page(format!("{{\"items\":{value}}}")).await;
            assert!(error.expect_err("it is no page").is_decode());
        }
    });
}

#[test]
fn brackets_without_end_do_no_harm_in_an_unknown_field() {
    run(async {
        for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"\":", "}]")] {
            let deep = format!("{}0{}", open.repeat(100_000), close.repeat(100_000));
            let batch = read(batch_with(format!("\"x\":{deep}"))).await;
            if let Err(error) = batch {
                assert!(error.is_decode(), "{error}");
            }
            undecoded_json(batch_with(format!("\"x\":{}", open.repeat(100_000)))).await;
        }
    });
}

#[test]
fn brackets_without_end_do_no_harm_in_the_body_of_an_error() {
    run(async {
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        let detail = |input: &str| {
            format!(r#"{{"detail":[{{"loc":[],"msg":"m","type":"t","input":{input}}}]}}"#)
        };
        for body in [
            deep.clone(),
            detail(&deep),
            detail(&"{\"a\":".repeat(100_000)),
        ] {
            let error = error_of(Script::json(422, &body)).await;
            assert!(error.is_unprocessable(), "{error}");
            let inner = error.body_as::<HttpValidationError>();
            let inner = inner.expect_err("it isn't the documented body");
            assert_presentable(&inner);
            assert!(inner.is_decode(), "{inner}");
        }
    });
}

#[test]
fn numbers_beyond_all_measure_are_an_error_where_a_count_is_meant() {
    run(async {
        let long = "9".repeat(1_000_000);
        for number in [
            "9223372036854775808",
            "-9223372036854775809",
            "18446744073709551616",
            "1e400",
            "-1e400",
            "1e9999999999999999999",
            "0.5",
            "NaN",
            "Infinity",
            "0x10",
            "01",
            "+1",
            &long,
        ] {
            let error = read_page(format!(r#"{{"items":[],"total_size":{number}}}"#)).await;
            let error = error.expect_err(number);
            assert!(error.is_decode(), "{error}");
            assert!(error.to_string().contains("total_size"), "{error}");
        }
        for number in [i64::MIN, 0, i64::MAX] {
            let page = read_page(format!(r#"{{"items":[],"total_size":{number}}}"#)).await;
            assert_eq!(page.expect("a page").total_size, Some(number));
        }
    });
}

#[test]
fn numbers_beyond_all_measure_do_no_harm_in_an_unknown_field() {
    run(async {
        let long = "9".repeat(1_000_000);
        let fraction = format!("0.{long}e-{}", "1".repeat(1000));
        for number in ["1e400", "-1e9999999999999999999", &long, &fraction] {
            assert_batch(Script::json(200, batch_with(format!("\"x\":{number}")))).await;
            let input =
                format!(r#"{{"detail":[{{"loc":[],"msg":"m","type":"t","input":{number}}}]}}"#);
            let error = error_of(Script::json(422, input)).await;
            if let Err(inner) = error.body_as::<HttpValidationError>() {
                assert_presentable(&inner);
                assert!(inner.is_decode(), "{inner}");
            }
        }
    });
}

#[test]
fn of_a_key_that_comes_twice_the_last_one_counts() {
    run(async {
        let batch = read(batch_with(r#""status":"FAILED","project_id":"prj-2""#)).await;
        let batch = batch.expect("a batch");
        assert_eq!(batch.status, BatchStatus::Failed);
        assert_eq!(batch.project_id, "prj-2");
        let many = "\"status\":\"RUNNING\",".repeat(100_000);
        let batch = read(batch_with(format!("{many}\"st\\u0061tus\":\"FAILED\""))).await;
        assert_eq!(batch.expect("a batch").status, BatchStatus::Failed);
        // Nothing is read of `null` where a value has to be: it is told, as are missing fields.
        let batch = read(batch_with("\"status\":null")).await;
        assert_eq!(batch.expect("a batch").id, "bat-1");
    });
}

#[test]
fn a_list_that_comes_twice_is_not_one_list() {
    run(async {
        let page = read_page(format!(
            r#"{{"items":[{BATCH},{BATCH}],"items":[{BATCH}]}}"#
        ))
        .await;
        assert_eq!(page.expect("a page").items.len(), 1);
    });
}

#[test]
fn a_hundred_thousand_unknown_fields_are_passed_over() {
    run(async {
        let many: Vec<String> = (0..100_000).map(|n| format!("\"x{n}\":{n}")).collect();
        assert_batch(Script::json(200, batch_with(many.join(",")))).await;
    });
}

#[test]
fn blanks_without_end_before_and_after_the_json_are_taken() {
    run(async {
        let blanks = " \t\r\n".repeat(250_000);
        assert_batch(Script::json(200, format!("{blanks}{BATCH}{blanks}"))).await;
    });
}

#[test]
fn what_is_only_nearly_json_is_an_error() {
    run(async {
        let without_end = &BATCH[..BATCH.len() - 1];
        for body in [
            format!("{without_end},}}"),
            format!("{BATCH}{BATCH}"),
            format!("{BATCH}\0"),
            format!("/**/{BATCH}"),
            format!(")]}}',\n{BATCH}"),
            format!("callback({BATCH})"),
            format!("data: {BATCH}\n\n"),
            BATCH.replace('"', "'"),
            BATCH.replace(":null", ":undefined"),
            batch_with("\"x\":\"a\nb\"")
                .iter()
                .map(|b| char::from(*b))
                .collect(),
        ] {
            undecoded_json(body).await;
        }
    });
}

#[test]
fn a_key_that_is_megabytes_long_makes_no_long_error() {
    run(async {
        let long = "k".repeat(1_000_000);
        for body in [
            batch_with(format!("\"results\":[{{\"{long}\":")),
            batch_with(format!("\"results\":{{\"{long}\":1}}")),
            batch_with(format!("\"{long}")),
            format!("{{\"{long}\":{{\"{long}\":nope}}}}").into_bytes(),
        ] {
            undecoded_json(body).await;
        }
    });
}

#[test]
fn keys_that_deceive_a_terminal_are_shown_harmless() {
    run(async {
        let evil = "\\u001b[2J\\u202e\\n\u{202e}\u{2066}\u{85}";
        for body in [
            batch_with(format!("\"{evil}\":nope")),
            batch_with(format!("\"results\":[{{\"{evil}\":nope")),
            batch_with(format!("\"results\":\"{evil}\"")),
        ] {
            let error = undecoded_json(body).await;
            let text = error.to_string();
            assert!(!text.contains(['\u{202e}', '\u{2066}', '\u{1b}']), "{text}");
        }
    });
}
