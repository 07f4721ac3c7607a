//! What is refused before anything goes out.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::time::Duration;

use super::pets::{self, BEARER, HEADER, KEY, Pet, Pets, WITHOUT_AUTH};
use super::server::Server;
use crate::runtime::base_url::BaseUrl;
use crate::runtime::builder::BuilderCore;
use crate::runtime::client::ClientCore;
use crate::runtime::error::Error;
use crate::runtime::profile::Profile;
use crate::runtime::variables::Variables;

const WITHOUT_VARIABLES: Profile = Profile {
    base_url_env: None,
    ..WITHOUT_AUTH
};

fn refused(error: &Error, part: &str) {
    let text = error.to_string();
    assert!(error.is_invalid_input(), "{text}");
    assert!(text.contains(part), "`{text}` has no `{part}`");
    assert!(!text.contains(KEY), "{text}");
    assert_eq!(error.attempts(), 0);
    assert!(error.status().is_none() && error.headers().is_none() && error.body().is_empty());
}

#[tokio::test]
async fn invalid_path_parameters_are_rejected() {
    let server = Server::start([]).await;
    let pets = Pets(pets::client(&server.url));
    for (value, part) in [
        ("", "`pet_id` is empty"),
        (".", "`pet_id` is `.`"),
        ("..", "`pet_id` is `..`"),
    ] {
        let error = pets.get(value).send().await.unwrap_err();
        refused(&error, part);
        assert!(
            error
                .to_string()
                .starts_with("GET /pets/{pet_id} can't be sent: "),
            "{error}"
        );
        refused(
            &pets.delete(value).send_with_response().await.unwrap_err(),
            part,
        );
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn invalid_headers_are_rejected_without_showing_values() {
    let server = Server::start([]).await;
    let pets = Pets(pets::client(&server.url));
    let cases = [
        ("x a", "1", "invalid header name `x a`"),
        ("", "1", "invalid header name ``"),
        ("x-a", "v\nw", "`x-a` contains a line break"),
        ("x-a", "v\u{1}w", "`x-a` contains a control character"),
        ("x-a", "vé", "`x-a` contains non-ASCII characters"),
        ("Content-Length", "5", "`content-length` can't be set"),
        (
            "transfer-encoding",
            "chunked",
            "`transfer-encoding` can't be set",
        ),
    ];
    for (name, value, part) in cases {
        refused(
            &pets
                .get("1")
                .with_header(name, value)
                .send()
                .await
                .unwrap_err(),
            part,
        );
        refused(
            &pets::settings(&BEARER, &server.url)
                .header(name, value)
                .build()
                .unwrap_err(),
            part,
        );
    }
    let error = pets.list().team("v\r\nx: y").send().await.unwrap_err();
    refused(
        &error,
        "the value of the header `x-team` contains a line break",
    );
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn invalid_input_reports_the_first_problem() {
    let pets = Pets(pets::client("http://127.0.0.1:1"));
    let error = pets
        .get("..")
        .with_header("x-a", "\n")
        .with_header("b c", "d")
        .send()
        .await
        .unwrap_err();
    refused(&error, "`x-a` contains a line break");
}

#[test]
fn base_url_is_validated_by_build() {
    let cases = [
        ("", "is invalid ("),
        ("/v1", "is invalid ("),
        ("localhost:8080", "must start with `http://` or `https://`"),
        ("ftp://a", "must start with"),
        ("https://", "is invalid ("),
        ("https://a?key=secret", "must not contain a query"),
        ("https://a?", "must not contain a query"),
        ("https://a/#x", "or a fragment"),
        ("https://me:secret@a", "must not contain a user name"),
        ("https://me@a", "must not contain a user name"),
    ];
    for (url, part) in cases {
        let error = BuilderCore::new(&BEARER)
            .credential(0, KEY.to_owned())
            .base_url(url)
            .build()
            .unwrap_err();
        refused(&error, part);
        assert!(!error.to_string().contains("secret"), "{error}");
    }
}

#[test]
fn base_url_loses_its_trailing_slash_only() {
    for (url, kept) in [
        ("https://a", "https://a"),
        ("https://a/", "https://a"),
        ("https://a:8443/x/y/", "https://a:8443/x/y"),
        ("HTTP://A.Example:80/b", "http://a.example/b"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ] {
        assert_eq!(BaseUrl::parse(url).unwrap().as_str(), kept);
    }
}

#[test]
fn api_key_that_is_missing_blank_or_invalid_is_rejected() {
    refused(
        &BuilderCore::new(&BEARER).build().unwrap_err(),
        "missing API key: set it with `api_key`, or set PETS_API_KEY",
    );
    for profile in [&BEARER, &HEADER, &pets::QUERY, &pets::COOKIE] {
        for (key, part) in [
            ("", "the API key is blank"),
            (" \n", "the API key is blank"),
            ("llx-key-1234\n", "the API key contains a line break"),
            (
                "llx-key-1234\u{7f}",
                "the API key contains a control character",
            ),
            ("llx-key-1234é", "the API key contains non-ASCII characters"),
            (
                " llx-key-1234",
                "the API key has leading or trailing whitespace",
            ),
        ] {
            refused(
                &BuilderCore::new(profile)
                    .credential(0, key.to_owned())
                    .build()
                    .unwrap_err(),
                part,
            );
        }
    }
    assert!(BuilderCore::new(&WITHOUT_AUTH).build().is_ok());
}

#[test]
fn environment_sets_key_and_base_url() {
    let from = |profile: &'static Profile, key: Option<&str>, url: Option<&str>| {
        let get = |name: &str| match name {
            "PETS_API_KEY" => key.map(OsString::from),
            "PETS_BASE_URL" => url.map(OsString::from),
            other => panic!("{other} is read"),
        };
        let mut builder = BuilderCore::new(profile);
        builder.variables = Some(Variables::read(profile, get));
        builder.build()
    };
    refused(
        &from(&BEARER, None, None).unwrap_err(),
        "PETS_API_KEY is not set",
    );
    refused(
        &from(&BEARER, Some(" "), None).unwrap_err(),
        "PETS_API_KEY is blank",
    );
    refused(
        &from(&BEARER, Some("a\nb"), None).unwrap_err(),
        "PETS_API_KEY contains a line break",
    );
    refused(
        &from(&BEARER, Some(KEY), Some("nowhere")).unwrap_err(),
        "PETS_BASE_URL: the base URL `nowhere`",
    );
    for blank in [None, Some(""), Some(" \t")] {
        let client = from(&BEARER, Some(KEY), blank).unwrap();
        assert_eq!(client.inner.base_url.as_str(), "https://pets.example");
    }
    let client = from(&BEARER, Some(KEY), Some("http://localhost:1/x/")).unwrap();
    assert_eq!(client.inner.base_url.as_str(), "http://localhost:1/x");
    assert!(from(&WITHOUT_AUTH, None, None).is_ok());
    let builder = BuilderCore::new(&WITHOUT_VARIABLES).from_env();
    assert!(builder.build().is_ok());
}

/// A builder of an API with one key, to which the environment says this.
fn builder_with(key: Option<&'static str>, url: Option<&'static str>) -> BuilderCore {
    let mut builder = BuilderCore::new(&BEARER);
    builder.variables = Some(Variables::read(&BEARER, |name| {
        let value = if name == "PETS_API_KEY" { key } else { url };
        value.map(OsString::from)
    }));
    builder
}

#[test]
fn environment_is_overridden_by_the_builder() {
    let key = |client: ClientCore| {
        let mut secrets = client.inner.credentials.stored();
        secrets.next().unwrap().secret().to_owned()
    };
    let client = builder_with(Some("of-env"), Some("http://of-env")).build();
    let client = client.unwrap();
    assert_eq!(client.inner.base_url.as_str(), "http://of-env");
    assert_eq!(key(client), "of-env");

    for (of_key, of_url) in [
        (Some("of-env"), Some("http://of-env")),
        (None, None),
        (Some(" "), Some("nowhere")),
    ] {
        let builder = builder_with(of_key, of_url).base_url("http://mine");
        let builder = builder.credential(0, "mine".to_owned());
        let client = builder.build().unwrap();
        assert_eq!(client.inner.base_url.as_str(), "http://mine");
        assert_eq!(key(client), "mine");
    }
    let before = BuilderCore::new(&BEARER).base_url("http://mine");
    let before = before.credential(0, "mine".to_owned()).from_env();
    let client = before.build().unwrap();
    assert_eq!(client.inner.base_url.as_str(), "http://mine");
    assert_eq!(key(client), "mine");
    let ask = || async { Ok::<_, std::fmt::Error>("token") };
    builder_with(None, None)
        .token_provider(ask)
        .build()
        .unwrap();
}

#[test]
fn api_key_that_is_missing_names_method_and_variable() {
    let without = BuilderCore::new(&BEARER).build().unwrap_err();
    let after_reading = builder_with(None, None).build().unwrap_err();
    for error in [without, after_reading] {
        refused(&error, "missing API key: ");
        refused(&error, "`api_key`");
        refused(&error, "PETS_API_KEY");
    }
    // A blank or wrong variable is told by its name, and shows nothing of what it holds.
    let blank = builder_with(Some("\t"), None).build().unwrap_err();
    refused(&blank, "PETS_API_KEY is blank");
}

#[test]
fn connect_timeout_of_a_custom_client_is_unknown() {
    let builder =
        pets::settings(&BEARER, "http://localhost").http_client(super::plain_http_client());
    let client = builder.connect_timeout(Duration::from_secs(1)).build();
    let limit = client
        .expect("good settings")
        .inner
        .settings
        .connect_timeout;
    assert_eq!(limit, None);
}

#[test]
fn connect_timeout_is_shown_if_known() {
    let limit = |builder: BuilderCore| {
        let client = builder.build().expect("good settings");
        client.inner.settings.connect_timeout
    };
    let plain = || pets::settings(&BEARER, "http://localhost");
    let change = |http: reqwest::ClientBuilder| http.connect_timeout(Duration::from_secs(1));
    let own = Duration::from_secs(5);
    assert_eq!(limit(plain()), Some(Duration::from_secs(10)));
    assert_eq!(limit(plain().connect_timeout(own)), Some(own));
    assert_eq!(limit(plain().configure_http(change)), None);
    // What is set goes before what a change sets.
    let both = plain().connect_timeout(own).configure_http(change);
    assert_eq!(limit(both), Some(own));
}

#[tokio::test]
async fn body_that_json_cant_represent_is_rejected() {
    let mut request = Pets(pets::client("http://127.0.0.1:1")).create(&Pet::new("Rex"));
    request.0.call.json(&BTreeMap::from([(vec![1_u8], 2_u8)]));
    let error = request.send().await.unwrap_err();
    refused(
        &error,
        "the body can't be serialized as JSON: key must be a string",
    );
}
