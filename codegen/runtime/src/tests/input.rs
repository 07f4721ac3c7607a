//! What is refused before anything goes out.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::time::Duration;

use super::pets::{self, BEARER, HEADER, KEY, Pet, Pets, WITHOUT_AUTH};
use super::server::Server;
use crate::base_url::BaseUrl;
use crate::builder::ClientBuilder;
use crate::client::Client;
use crate::error::Error;
use crate::profile::Profile;
use crate::variables::Variables;

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
async fn path_values_that_change_the_path_are_refused() {
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
async fn headers_that_cant_be_sent_are_refused_without_showing_their_value() {
    let server = Server::start([]).await;
    let pets = Pets(pets::client(&server.url));
    let cases = [
        ("x a", "1", "`x a` can't be the name of a header"),
        ("", "1", "`` can't be the name of a header"),
        ("x-a", "v\nw", "`x-a` holds a line break"),
        ("x-a", "v\u{1}w", "`x-a` holds a control character"),
        ("x-a", "vé", "`x-a` holds characters beyond ASCII"),
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
        "the value of the header `x-team` holds a line break",
    );
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn the_first_refusal_is_the_one_that_is_told() {
    let pets = Pets(pets::client("http://127.0.0.1:1"));
    let error = pets
        .get("..")
        .with_header("x-a", "\n")
        .with_header("b c", "d")
        .send()
        .await
        .unwrap_err();
    refused(&error, "`x-a` holds a line break");
}

#[test]
fn base_urls_are_checked_when_the_client_is_built() {
    let cases = [
        ("", "is not a URL"),
        ("/v1", "is not a URL"),
        (
            "localhost:8080",
            "has to start with `http://` or `https://`",
        ),
        ("ftp://a", "has to start with"),
        ("https://", "is not a URL"),
        ("https://a?key=secret", "must not have a query"),
        ("https://a?", "must not have a query"),
        ("https://a/#x", "or a fragment"),
        ("https://me:secret@a", "must not hold a user name"),
        ("https://me@a", "must not hold a user name"),
    ];
    for (url, part) in cases {
        let error = ClientBuilder::new(&BEARER)
            .credential(0, KEY.to_owned())
            .base_url(url)
            .build()
            .unwrap_err();
        refused(&error, part);
        assert!(!error.to_string().contains("secret"), "{error}");
    }
}

#[test]
fn base_urls_lose_their_last_slash_only() {
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
fn a_key_that_is_missing_blank_or_unsendable_is_refused() {
    refused(
        &ClientBuilder::new(&BEARER).build().unwrap_err(),
        "no API key: give one with `api_key`, or set PETS_API_KEY",
    );
    for profile in [&BEARER, &HEADER, &pets::QUERY, &pets::COOKIE] {
        for (key, part) in [
            ("", "the API key is blank"),
            (" \n", "the API key is blank"),
            ("llx-key-1234\n", "the API key holds a line break"),
            (
                "llx-key-1234\u{7f}",
                "the API key holds a control character",
            ),
            ("llx-key-1234é", "the API key holds characters beyond ASCII"),
            (" llx-key-1234", "the API key has blanks before or after it"),
        ] {
            refused(
                &ClientBuilder::new(profile)
                    .credential(0, key.to_owned())
                    .build()
                    .unwrap_err(),
                part,
            );
        }
    }
    assert!(ClientBuilder::new(&WITHOUT_AUTH).build().is_ok());
}

#[test]
fn the_environment_gives_key_and_base_url() {
    let from = |profile: &'static Profile, key: Option<&str>, url: Option<&str>| {
        let get = |name: &str| match name {
            "PETS_API_KEY" => key.map(OsString::from),
            "PETS_BASE_URL" => url.map(OsString::from),
            other => panic!("{other} is read"),
        };
        let mut builder = ClientBuilder::new(profile);
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
        "PETS_API_KEY holds a line break",
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
    let builder = ClientBuilder::new(&WITHOUT_VARIABLES).from_env();
    assert!(builder.build().is_ok());
}

/// A builder of an API with one key, to which the environment says this.
fn builder_with(key: Option<&'static str>, url: Option<&'static str>) -> ClientBuilder {
    let mut builder = ClientBuilder::new(&BEARER);
    builder.variables = Some(Variables::read(&BEARER, |name| {
        let value = if name == "PETS_API_KEY" { key } else { url };
        value.map(OsString::from)
    }));
    builder
}

#[test]
fn what_is_set_goes_before_the_environment_which_may_then_be_wrong() {
    let key = |client: Client| {
        let mut secrets = client.inner.credentials.at_hand();
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
    let before = ClientBuilder::new(&BEARER).base_url("http://mine");
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
fn a_missing_key_is_told_with_the_method_and_the_variable_that_give_one() {
    let without = ClientBuilder::new(&BEARER).build().unwrap_err();
    let after_reading = builder_with(None, None).build().unwrap_err();
    for error in [without, after_reading] {
        refused(&error, "there is no API key: ");
        refused(&error, "`api_key`");
        refused(&error, "PETS_API_KEY");
    }
    // A blank or wrong variable is told by its name, and shows nothing of what it holds.
    let blank = builder_with(Some("\t"), None).build().unwrap_err();
    refused(&blank, "PETS_API_KEY is blank");
}

#[test]
fn an_own_client_goes_by_its_own_connect_timeout() {
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
fn a_connect_timeout_is_told_as_far_as_it_is_known() {
    let limit = |builder: ClientBuilder| {
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
async fn a_body_that_json_cant_hold_is_refused() {
    let mut request = Pets(pets::client("http://127.0.0.1:1")).create(&Pet::new("Rex"));
    request.0.call.json(&BTreeMap::from([(vec![1_u8], 2_u8)]));
    let error = request.send().await.unwrap_err();
    refused(
        &error,
        "the body can't be written as JSON: key must be a string",
    );
}
