//! Texts that are shown: without secrets, on one line, of a bearable length.

use crate::scrub::{Cause, Scrubber, is_secret_header};

fn scrubber(secrets: &[&str]) -> Scrubber {
    let mut scrubber = Scrubber::default();
    for secret in secrets {
        scrubber.add(secret);
    }
    scrubber
}

#[test]
fn secrets_are_replaced_in_every_form() {
    let scrubber = scrubber(&["a/b\"c\\d"]);
    for form in [
        "a/b\"c\\d",
        "a%2Fb%22c%5Cd",
        "a%2fb%22c%5cd",
        "%61/b\"c%5cd",
        r#"a/b\"c\\d"#,
        r#"a\/b\"c\\d"#,
        r#"a\u002Fb\"c\\d"#,
    ] {
        assert_eq!(
            scrubber.show(format!("<{form}{form}>").as_bytes(), 99),
            "<[redacted][redacted]>"
        );
    }
}

#[test]
fn a_secret_may_itself_look_like_an_escape() {
    for secret in ["ab%41cd", "ab%", r"ab\u0041", r"ab\/", r"\\ab"] {
        let scrubber = scrubber(&[secret]);
        assert_eq!(scrubber.show(secret.as_bytes(), 99), "[redacted]");
    }
}

#[test]
fn a_short_secret_is_a_word() {
    let scrubber = scrubber(&["ab"]);
    assert_eq!(
        scrubber.show(b"ab; tab, able; key=ab", 99),
        "[redacted]; tab, able; key=[redacted]"
    );
}

#[test]
fn a_secret_across_the_cut_leaves_nothing() {
    let scrubber = scrubber(&["secret", "secret-and-more"]);
    for before in 0..20 {
        let text = format!("{}secret-and-more", "x".repeat(before));
        let shown = scrubber.show(text.as_bytes(), 10);
        assert!(!shown.contains('s') && !shown.contains("and"), "{shown}");
    }
}

#[test]
fn texts_stay_on_one_line_and_short() {
    let scrubber = Scrubber::default();
    assert_eq!(
        scrubber.show(b" a\r\n\t b\x1b[1m\x00 \xff ab ", 99),
        "a b\\u{1b}[1m\\u{0} \u{fffd} ab"
    );
    assert_eq!(scrubber.show("é".repeat(300).as_bytes(), 5), "ééééé...");
    assert_eq!(scrubber.show(b"12345", 5), "12345");
    assert_eq!(scrubber.show(b"", 5), "");
}

#[test]
fn causes_that_show_a_secret_become_texts() {
    let scrubber = scrubber(&["hidden"]);
    let cause = |text: &str| -> Cause { Box::new(std::io::Error::other(text.to_owned())) };
    assert!(scrubber.cause(cause("harmless")).is::<std::io::Error>());
    let text = scrubber.cause(cause("it was hidden there"));
    assert_eq!(text.to_string(), "it was [redacted] there");
    assert!(!format!("{text:?}").contains("hidden"));
}

#[test]
fn header_names_tell_secrets() {
    for name in [
        "authorization",
        "proxy-authorization",
        "cookie",
        "x-api-key",
        "x-auth-token",
        "client-secret",
    ] {
        assert!(is_secret_header(name), "{name}");
    }
    for name in ["accept", "x-team", "user-agent", "idempotency-key"] {
        assert!(!is_secret_header(name), "{name}");
    }
}
