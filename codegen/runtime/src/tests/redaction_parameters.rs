//! Secrets that are given as parameters, headers and cookies of a call, and come back from the server.

use std::collections::BTreeMap;

use serde_json::Value;

use super::everything_of;
use super::pets::{self, BEARER, HEADER, QUERY};
use super::server::{Reply, Server};
use super::structs;
use crate::runtime::basic;
use crate::runtime::builder::BuilderCore;
use crate::runtime::call::Call;
use crate::runtime::client::ClientCore;
use crate::runtime::error::Error;
use crate::runtime::operation::{Method, Operation, Parameter};
use crate::runtime::request::Request;
use crate::runtime::requests;
use crate::runtime::response::Payload;

// An operation whose parameters may hold secrets.
structs::structs! { Unlock -> Value }
requests::methods! { Unlock -> Value }

impl Request for Unlock {
    structs::builder!();
    type Output = Value;
    const OPERATION: Operation = Operation {
        id: "unlock",
        method: Method::GET,
        path: "/doors/{token}/{name}",
        parameters: &[
            Parameter::path("token"),
            Parameter::path("name"),
            Parameter::query("access_token"),
            Parameter::query("page_token"),
            Parameter::header("X-Shop-Key"),
            Parameter::header("X-Keys-Secret"),
            Parameter::header("X-API-Key"),
            Parameter::header("X-Team"),
            Parameter::cookie("ids"),
            Parameter::cookie("parts").explode(false),
            Parameter::cookie("map"),
        ],
        accept: "application/json",
        security: &[],
        server: None,
        fields: &[],
        redirects: &[],
    };
    fn decode(payload: &Payload) -> Result<Value, Error> {
        payload.json()
    }
}

fn call(client: &ClientCore) -> Box<Call> {
    let mut call = Call::new(client, &Unlock::OPERATION);
    call.path::<String>("token", "harmless");
    call.path::<String>("name", "front");
    call
}

/// Sends such a call to servers that hand `secret` back in every spelling: no error shows it.
async fn hides(secret: &str, set: impl Fn(&mut Call)) {
    let json = Value::from(secret).to_string();
    let encoded = basic::base64(secret.as_bytes());
    let bearer = basic::base64(format!("Bearer {secret}").as_bytes());
    let pair = basic::base64(format!("user:{secret}").as_bytes());
    let nested = Value::from(json.as_str()).to_string();
    let mut replies = Vec::new();
    for spelled in [secret, &json, &encoded, &bearer, &pair, &nested] {
        let id = format!("x-request-id: {spelled}");
        let location = format!("location: http://a.example/{encoded}");
        replies.push(Reply::with(401, &[&id], spelled));
        replies.push(Reply::json(200, &format!("{{{spelled}")));
        replies.push(Reply::with(302, &[&location], spelled));
    }
    let count = replies.len();
    let server = Server::start(replies).await;
    let client = pets::settings(&BEARER, &server.url).build().unwrap();
    for _ in 0..count {
        let mut call = call(&client);
        set(&mut call);
        call.set_max_retries(0);
        let error = Unlock::new(call).send().await.unwrap_err();
        let shown = everything_of(&error);
        for hidden in [secret, &encoded[..12], &bearer[12..24], &pair[8..20]] {
            assert!(!shown.contains(hidden), "{hidden}: {shown}");
        }
    }
    assert_eq!(server.requests().len(), count);
}

#[tokio::test]
async fn redacts_a_documented_secret_header() {
    for name in ["X-Shop-Key", "X-Keys-Secret", "X-API-Key"] {
        hides("hidden-key-0123456789", |call| {
            call.header::<String>(name, "hidden-key-0123456789");
        })
        .await;
        hides("hidden-key-0123456789", |call| {
            call.header_list::<String>(name, ["other", "hidden-key-0123456789"]);
        })
        .await;
    }
}

#[tokio::test]
async fn redacts_a_documented_token_in_path_or_query() {
    hides("hidden-key-0123456789", |call| {
        call.path::<String>("token", "hidden-key-0123456789");
    })
    .await;
    hides("hidden-key-0123456789", |call| {
        call.query::<String>("access_token", "hidden-key-0123456789");
    })
    .await;
    hides("hidden-key-0123456789", |call| {
        call.push_query(
            "client_secret".to_owned(),
            "hidden-key-0123456789".to_owned(),
        );
    })
    .await;
}

#[tokio::test]
async fn redacts_each_part_of_a_cookie() {
    let secret = "hidden-key-0123456789";
    hides(secret, |call| {
        call.cookie_list::<String>("ids", ["a-first-one", secret]);
    })
    .await;
    hides(secret, |call| {
        call.cookie_list::<String>("parts", ["a-first-one", secret]);
    })
    .await;
    hides(secret, |call| {
        let map = BTreeMap::from([("a".to_owned(), secret.to_owned())]);
        call.cookie::<BTreeMap<String, String>>("map", map);
    })
    .await;
}

#[tokio::test]
async fn redacts_each_part_of_a_header() {
    let secret = "hidden-key-0123456789";
    for (name, value) in [
        ("cookie", format!("theme=dark; sid={secret}; last=1")),
        (
            "authorization",
            format!("Basic {}", basic::base64(format!("me:{secret}").as_bytes())),
        ),
        ("authorization", format!("ApiKey {secret}")),
        (
            "authorization",
            format!("Digest username=\"me\", response=\"{secret}\""),
        ),
        ("x-api-keys", format!("first-of-them, {secret}")),
    ] {
        hides(secret, |call| call.set_header(name, &value)).await;
    }
}

/// A header that only the description knows for one of credentials.
#[tokio::test]
async fn redacts_parameters_of_security_schemes() {
    static SHOP: crate::runtime::profile::Profile = crate::runtime::profile::Profile {
        schemes: &[crate::runtime::profile::Scheme {
            name: "shop",
            auth: crate::runtime::profile::Auth::Header("X-Team"),
            env: None,
        }],
        anonymous: true,
        ..BEARER
    };
    let secret = "hidden-key-0123456789";
    for step in 0..3 {
        let server = Server::start([Reply::with(400, &[], secret)]).await;
        let builder = BuilderCore::new(&SHOP).base_url(&server.url);
        let builder = if step == 0 {
            builder.header("X-Team", secret)
        } else {
            builder
        };
        let client = builder.build().unwrap();
        let mut call = call(&client);
        match step {
            0 => {}
            1 => call.set_header("x-team", secret),
            _ => call.header::<String>("X-Team", secret),
        }
        let request = call.request().unwrap();
        assert!(!format!("{request:?}").contains(secret), "{request:?}");
        let error = Unlock::new(call).send().await.unwrap_err();
        assert!(!everything_of(&error).contains(secret), "{error}");
        assert_eq!(server.request().header("x-team").as_deref(), Some(secret));
    }
    let server = Server::start([Reply::with(400, &[], secret)]).await;
    let client = pets::settings(&QUERY, &server.url).build().unwrap();
    let request = client.request("GET", format!("/x?key={secret}"));
    let error = request.send::<Value>().await.unwrap_err();
    assert!(!everything_of(&error).contains(secret), "{error}");
}

#[tokio::test]
async fn other_parameters_are_not_redacted() {
    let server = Server::start([Reply::with(400, &[], "team search, page p-7")]).await;
    let client = pets::settings(&HEADER, &server.url).build().unwrap();
    let mut call = call(&client);
    call.header::<String>("X-Team", "search");
    call.query::<String>("page_token", "p-7");
    let error = Unlock::new(call).send().await.unwrap_err();
    assert!(
        error.to_string().contains("team search, page p-7"),
        "{error}"
    );
    assert!(error.to_string().contains("/front"), "{error}");
}

#[tokio::test]
async fn redacts_the_error_of_a_response_header() {
    let echo = format!("x-echo: Bearer {}", pets::KEY);
    for streams in [false, true] {
        let server = Server::start([Reply::with(200, &[&echo], "{}")]).await;
        let client = pets::settings(&BEARER, &server.url).build().unwrap();
        let request = client.request("GET", "/x");
        let error = if streams {
            let response = request.send_streaming().await.unwrap();
            response.header_as::<i64>("x-echo").unwrap_err()
        } else {
            let response = request.send_with_response::<Value>().await.unwrap();
            response.header_as::<i64>("x-echo").unwrap_err()
        };
        assert!(error.is_decode(), "{error}");
        assert!(!everything_of(&error).contains(pets::KEY), "{error}");
    }
}
