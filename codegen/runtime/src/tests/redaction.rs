//! Texts that are shown: without secrets, on one line, of a bearable length.

use crate::runtime::basic;
use crate::runtime::cause::Cause;
use crate::runtime::redact::{Redactor, is_secret_header, is_secret_parameter};

fn redactor(secrets: &[&str]) -> Redactor {
    let mut redactor = Redactor::default();
    for secret in secrets {
        redactor.add(secret);
    }
    redactor
}

#[test]
fn redacts_every_spelling() {
    let redactor = redactor(&["a/b\"c\\d"]);
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
            redactor.show(format!("<{form}{form}>").as_bytes(), 99),
            "<[redacted][redacted]>"
        );
    }
}

#[test]
fn redacts_below_nested_escapes() {
    let redactor = redactor(&["a/b\"c\\d"]);
    for form in [
        // Percent-encoded twice and three times.
        "a%252Fb%2522c%255Cd",
        "a%25252Fb%252522c%25255Cd",
        // JSON inside of JSON, twice.
        r#"a\\/b\\\"c\\\\d"#,
        r"a\\u002fb\\u0022c\\u005Cd",
        r#"\\u0061/b\\\"c\\\\d"#,
        r"a\\\\u002fb\\\\u0022c\\\\u005cd",
        // One in another.
        r"a\u00252Fb\u00252522c\u00255Cd",
        r"a\u0026#x2F;b\u0026quot;c\u0026#92;d",
        "a&amp;#x2F;b&amp;quot;c&amp;#92;d",
        "a&#37;2Fb&quot;c&#92;&#92;d",
    ] {
        assert_eq!(
            redactor.show(format!("<{form}{form}>").as_bytes(), 99),
            "<[redacted][redacted]>",
            "{form}"
        );
    }
}

#[test]
fn redacts_non_ascii_letters_in_json_escapes() {
    let redactor = redactor(&["p\u{e4}ss\u{1f511}wort"]);
    for form in [
        "p\u{e4}ss\u{1f511}wort",
        "p%C3%A4ss%F0%9F%94%91wort",
        r"p\u00e4ss\ud83d\udd11wort",
        r"p\u00E4ss\uD83D\uDD11wort",
        r"p\\u00e4ss\\ud83d\\udd11wort",
    ] {
        assert_eq!(redactor.show(form.as_bytes(), 99), "[redacted]", "{form}");
    }
}

/// The texts that hold a key in Base64, in both alphabets and with and without padding.
fn in_base64(text: &str) -> Vec<String> {
    let encoded = basic::base64(text.as_bytes());
    let for_urls = encoded.replace('+', "-").replace('/', "_");
    let bare = |text: &str| text.trim_end_matches('=').to_owned();
    vec![bare(&encoded), bare(&for_urls), encoded, for_urls]
}

#[test]
fn redacts_base64_at_every_alignment() {
    let key = "llx-Zq8v?Xw3R>tK7m~Pn5s";
    let redactor = redactor(&[key]);
    let hidden: Vec<String> = ["", "k", "ke"]
        .iter()
        .map(|before| basic::base64(format!("{before}{key}").as_bytes()))
        .flat_map(|text| {
            let inner = &text[4..text.len() - 4];
            let quarters = (0..inner.len() - 3).map(|at| inner[at..at + 4].to_owned());
            quarters.collect::<Vec<_>>()
        })
        .collect();
    for before in ["", "k", "ke", "key", "Bearer ", "user:", "admin:", "token="] {
        for behind in ["", ":", "&x", "; Path=/", "\n"] {
            for form in in_base64(&format!("{before}{key}{behind}")) {
                for form in [
                    form.clone(),
                    form.replace('/', "\\/"),
                    form.replace('+', "%2B")
                        .replace('/', "%2F")
                        .replace('=', "%3D"),
                    form.replace('+', "\\u002B").replace('=', "\\u003D"),
                ] {
                    let shown = redactor.show(format!("it was {form}, no").as_bytes(), 999);
                    assert!(shown.contains("[redacted]"), "{shown}");
                    for hidden in &hidden {
                        assert!(!shown.contains(hidden), "{hidden}: {shown}");
                    }
                }
            }
        }
    }
    for (before, length) in [("", 12), ("k", 13), ("ke", 14)] {
        // Cut, as by a limit of size.
        let encoded = basic::base64(format!("{before}{key}").as_bytes());
        let shown = redactor.show(format!("= {}", &encoded[..length]).as_bytes(), 99);
        assert!(shown.ends_with("[redacted]"), "{shown}");
    }
    assert_eq!(redactor.show(b"bGx4 is short", 99), "bGx4 is short");
}

#[test]
fn redacts_a_secret_truncated_within_an_escape() {
    let redactor = redactor(&["llx+/secret"]);
    for form in [
        "llx%2B%2Fsecret",
        "llx%252B%252Fsecret",
        r"llx\u002B\/secret",
        "llx&#x2B;/secret",
    ] {
        for length in 4..form.len() {
            let shown = redactor.show(&form.as_bytes()[..length], 99);
            // Three characters are no secret.
            assert!(
                !shown.contains("secr") && shown.len() < 14,
                "{form} {length}: {shown}"
            );
        }
    }
}

#[test]
fn redacts_a_secret_that_looks_like_an_escape() {
    for secret in ["ab%41cd", "ab%", r"ab\u0041", r"ab\/", r"\\ab"] {
        let redactor = redactor(&[secret]);
        assert_eq!(redactor.show(secret.as_bytes(), 99), "[redacted]");
    }
}

#[test]
fn redacts_a_short_secret_as_a_word() {
    let redactor = redactor(&["ab"]);
    assert_eq!(
        redactor.show(b"ab; tab, able; key=ab", 99),
        "[redacted]; tab, able; key=[redacted]"
    );
}

#[test]
fn redacts_a_secret_at_the_end_of_an_excerpt() {
    let redactor = redactor(&["secret", "secret-and-more"]);
    for before in 0..20 {
        let text = format!("{}secret-and-more", "x".repeat(before));
        let shown = redactor.show(text.as_bytes(), 10);
        assert!(!shown.contains('s') && !shown.contains("and"), "{shown}");
    }
}

#[test]
fn excerpts_are_on_one_line_and_short() {
    let redactor = Redactor::default();
    assert_eq!(
        redactor.show(b" a\r\n\t b\x1b[1m\x00 \xff ab ", 99),
        "a b\\u{1b}[1m\\u{0} \u{fffd} ab"
    );
    assert_eq!(redactor.show("é".repeat(300).as_bytes(), 5), "ééééé...");
    assert_eq!(redactor.show(b"12345", 5), "12345");
    assert_eq!(redactor.show(b"", 5), "");
}

#[test]
fn redacts_causes() {
    let redactor = redactor(&["hidden"]);
    let cause = |text: &str| -> Cause { Box::new(std::io::Error::other(text.to_owned())) };
    assert!(redactor.cause(cause("harmless")).is::<std::io::Error>());
    let text = redactor.cause(cause("it was hidden there"));
    assert_eq!(text.to_string(), "it was [redacted] there");
    assert!(!format!("{text:?}").contains("hidden"));
}

#[test]
fn redacted_header_names() {
    for name in [
        "authorization",
        "proxy-authorization",
        "cookie",
        "x-api-key",
        "x-auth-token",
        "client-secret",
        "X-API-KEY",
        "XApiKey",
        "api_key",
        "x-apikey",
        "Ocp-Apim-Subscription-Key",
        "x-functions-key",
        "key",
        "X-Auth",
        "x-goog-iam-authorization-token",
        "X-Password",
        "x-amz-security-token",
        "x-hub-signature-256",
        "x-jwt-assertion",
    ] {
        assert!(is_secret_header(name), "{name}");
    }
    for name in [
        "accept",
        "x-team",
        "user-agent",
        "idempotency-key",
        "x-cache-key",
        "x-next-page-token",
        "x-author",
        "x-keyboard",
    ] {
        assert!(!is_secret_header(name), "{name}");
    }
}

#[test]
fn redacted_parameter_names() {
    for name in [
        "api_key",
        "apiKey",
        "apikey",
        "access_token",
        "token",
        "client_secret",
        "password",
        "sig-jwt",
    ] {
        assert!(is_secret_parameter(name), "{name}");
    }
    for name in [
        "key",
        "issueKey",
        "page_token",
        "pageToken",
        "nextToken",
        "token_id",
        "secret_name",
        "max_tokens",
        "q",
    ] {
        assert!(!is_secret_parameter(name), "{name}");
    }
}

#[test]
fn boolean_values_are_not_redacted() {
    let redactor = redactor(&["true", "false", ""]);
    assert_eq!(redactor.show(b"true or false", 99), "true or false");
}
