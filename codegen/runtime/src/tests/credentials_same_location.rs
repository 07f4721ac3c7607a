//! Several credentials that go into one header: each call sends its own, and no other is taken for it.

use std::convert::Infallible;
use std::future::ready;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use super::server::{Reply, Server};
use crate::runtime::builder::BuilderCore;
use crate::runtime::call::Call;
use crate::runtime::client::ClientCore;
use crate::runtime::error::Error;
use crate::runtime::execute::execute;
use crate::runtime::keyring::Security;
use crate::runtime::operation::{Method, Operation};
use crate::runtime::profile::{Auth, Profile, Scheme};
use crate::runtime::reading::Reading;
use crate::runtime::variables::Variables;

const fn scheme(name: &'static str, auth: Auth, env: &'static str) -> Scheme {
    Scheme {
        name,
        auth,
        env: Some(env),
    }
}

const PROFILE: Profile = Profile {
    user_agent: "pets-rust/1.2.3",
    base_url: "https://pets.example",
    base_url_env: None,
    schemes: &[
        scheme("user", Auth::Bearer, "PETS_USER"),
        scheme("admin", Auth::Bearer, "PETS_ADMIN"),
        scheme("shop", Auth::Header("X-Api-Key"), "PETS_SHOP"),
        scheme("store", Auth::Header("x-api-key"), "PETS_STORE"),
        scheme("plain", Auth::Header("Authorization"), "PETS_PLAIN"),
        scheme("shared", Auth::Http("SharedAccessKey"), "PETS_SHARED"),
    ],
    security: &[&[0], &[1]],
    usual_security: &[&[0]],
    parameters: &[],
    anonymous: false,
    idempotency_header: None,
    reading: Reading::Lenient,
};

const USER: Security = &[&[0]];
const ADMIN: Security = &[&[1]];
const SHOP: Security = &[&[2]];
const STORE: Security = &[&[3]];
const PLAIN: Security = &[&[4]];
const SHARED: Security = &[&[5]];
const ADMIN_OR_USER: Security = &[&[1], &[0]];

fn builder(server: &Server) -> BuilderCore {
    BuilderCore::new(&PROFILE)
        .base_url(&server.url)
        .max_retries(0)
}

/// A builder with a key of each, `NAME-1234`.
fn with_all(server: &Server) -> BuilderCore {
    let schemes = PROFILE.schemes.iter().enumerate();
    schemes.fold(builder(server), |builder, (index, scheme)| {
        builder.credential(index, format!("{}-1234", scheme.name))
    })
}

async fn call(client: &ClientCore, security: Security) -> Result<(), Error> {
    let operation: &'static Operation = Box::leak(Box::new(Operation {
        id: "pet",
        method: Method::GET,
        path: "/pet",
        parameters: &[],
        accept: "application/json",
        security,
        server: None,
        fields: &[],
        redirects: &[],
    }));
    execute(Call::new(client, operation)).await.map(drop)
}

/// The two headers that hold credentials, of each request.
fn sent(server: &Server) -> Vec<String> {
    let requests = server.requests().into_iter();
    let shown = requests.map(|request| {
        let header = |name| request.header(name).unwrap_or_default();
        [header("authorization"), header("x-api-key")].join(" | ")
    });
    shown.collect()
}

#[tokio::test]
async fn credential_of_each_operation_is_sent() {
    let all = [USER, ADMIN, SHOP, STORE, PLAIN, SHARED, ADMIN_OR_USER];
    let server = Server::start(all.map(|_| Reply::json(200, "{}"))).await;
    let client = with_all(&server).build().unwrap();
    for security in all {
        call(&client, security).await.unwrap();
    }
    assert_eq!(
        sent(&server),
        [
            "Bearer user-1234 | ",
            "Bearer admin-1234 | ",
            " | shop-1234",
            " | store-1234",
            "plain-1234 | ",
            "SharedAccessKey shared-1234 | ",
            "Bearer admin-1234 | ",
        ]
    );
}

#[tokio::test]
async fn credential_of_another_scheme_is_not_enough() {
    let server = Server::start([Reply::json(200, "{}")]).await;
    let client = builder(&server).credential(0, "user-1234".to_owned());
    let client = client.build().unwrap();
    let error = call(&client, ADMIN).await.unwrap_err();
    assert!(error.is_invalid_input(), "{error}");
    assert!(error.to_string().contains("set `admin`"), "{error}");
    // Where any of them will do, it is the first that was given.
    call(&client, ADMIN_OR_USER).await.unwrap();
    assert_eq!(sent(&server), ["Bearer user-1234 | "]);
}

#[tokio::test]
async fn credential_is_replaced_alone() {
    let server = Server::start((0..4).map(|_| Reply::json(200, "{}"))).await;
    let client = with_all(&server).build().unwrap();
    client
        .replace_credential(1, "admin-5678".to_owned())
        .unwrap();
    client
        .replace_credential(5, "shared-5678".to_owned())
        .unwrap();
    for security in [USER, ADMIN, PLAIN, SHARED] {
        call(&client, security).await.unwrap();
    }
    assert_eq!(
        sent(&server),
        [
            "Bearer user-1234 | ",
            "Bearer admin-5678 | ",
            "plain-1234 | ",
            "SharedAccessKey shared-5678 | ",
        ]
    );
}

#[tokio::test]
async fn rejected_token_is_renewed_by_its_own_provider() {
    let replies = [401, 200, 200].map(|status| Reply::json(status, "{}"));
    let server = Server::start(replies).await;
    let numbered = |name: &'static str| {
        let asked = Arc::new(AtomicU32::new(0));
        move || {
            let number = asked.fetch_add(1, Ordering::SeqCst) + 1;
            ready(Ok::<_, Infallible>(format!("{name}-{number}")))
        }
    };
    let client = builder(&server)
        .token_provider(numbered("user"))
        .token_provider_for("admin", numbered("admin"))
        .build()
        .unwrap();
    call(&client, ADMIN).await.unwrap();
    call(&client, USER).await.unwrap();
    assert_eq!(
        sent(&server),
        ["Bearer admin-1 | ", "Bearer admin-2 | ", "Bearer user-1 | "]
    );
}

#[test]
fn token_provider_for_an_unknown_credential_is_an_error() {
    let ask = || ready(Ok::<_, Infallible>("token"));
    let builder = BuilderCore::new(&PROFILE).token_provider_for("Admin", ask);
    let text = builder.build().unwrap_err().to_string();
    let expected = "unknown credential `Admin`: the API has `user`, `admin`, `shop`";
    assert!(text.contains(expected), "{text}");
}

#[tokio::test]
async fn rejected_credential_names_its_variable() {
    let server = Server::start((0..2).map(|_| Reply::json(401, "{}"))).await;
    let variables = |name: &str| {
        let value = match name {
            "PETS_USER" => "user-1234",
            "PETS_ADMIN" => "admin-1234",
            _ => return None,
        };
        Some(value.into())
    };
    let mut builder = BuilderCore::new(&PROFILE);
    builder.variables = Some(Variables::read(&PROFILE, variables));
    let client = builder
        .base_url(&server.url)
        .max_retries(0)
        .build()
        .unwrap();
    for (security, variable) in [(USER, "PETS_USER"), (ADMIN, "PETS_ADMIN")] {
        let error = call(&client, security).await.unwrap_err();
        assert!(error.to_string().contains(variable), "{error}");
    }
    assert_eq!(
        sent(&server),
        ["Bearer user-1234 | ", "Bearer admin-1234 | "]
    );
}

#[tokio::test]
async fn credentials_are_redacted_in_errors() {
    let echo = r#"{"text":"user-1234 admin-1234 shop-1234 store-1234 plain-1234 shared-1234"}"#;
    for security in [USER, ADMIN, STORE, SHARED] {
        let server = Server::start([Reply::json(400, echo)]).await;
        let client = with_all(&server).build().unwrap();
        let shown = call(&client, security).await.unwrap_err().to_string();
        assert!(!shown.contains("1234"), "{shown}");
        assert!(!format!("{client:?}").contains("1234"));
    }
}

#[test]
fn credential_of_another_http_scheme_is_validated() {
    for bad in ["", " ", "a\nb", " a"] {
        let builder = BuilderCore::new(&PROFILE).credential(5, bad.to_owned());
        let error = builder.build().unwrap_err();
        assert!(error.is_invalid_input(), "{error}");
    }
}
