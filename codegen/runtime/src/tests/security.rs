//! Several credentials: which calls take which, what happens without, and where operations of another
//! server go.

use super::server::{Recorded, Reply, Server};
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

const STRICT: Profile = Profile {
    user_agent: "pets-rust/1.2.3",
    base_url: "https://pets.example",
    base_url_env: None,
    schemes: &[
        scheme("app_id", Auth::Header("X-App-Id"), "APP_ID"),
        scheme("app_secret", Auth::Query("secret"), "APP_SECRET"),
        scheme("token", Auth::Bearer, "TOKEN"),
        scheme("login", Auth::Basic, "LOGIN"),
    ],
    security: &[&[2]],
    usual_security: &[&[2]],
    parameters: &[],
    anonymous: false,
    idempotency_header: None,
    reading: Reading::Lenient,
};
const PROFILE: Profile = Profile {
    anonymous: true,
    ..STRICT
};

const APP_OR_TOKEN: Security = &[&[0, 1], &[2]];
const LOGIN: Security = &[&[3]];
const MAYBE_TOKEN: Security = &[&[2], &[]];

fn builder(server: &Server) -> BuilderCore {
    BuilderCore::new(&PROFILE)
        .base_url(&server.url)
        .max_retries(0)
}

fn operation(security: Security, server: Option<&'static str>) -> &'static Operation {
    Box::leak(Box::new(Operation {
        id: "pet",
        method: Method::GET,
        path: "/pet",
        parameters: &[],
        accept: "application/json",
        security,
        server,
        fields: &[],
        redirects: &[],
    }))
}

async fn call(client: &ClientCore, security: Security) -> Result<(), Error> {
    let sent = execute(Call::new(client, operation(security, None))).await;
    sent.map(drop)
}

/// The request's target, and the two headers that hold credentials.
fn shown(request: &Recorded) -> String {
    let header = |name| request.header(name).unwrap_or_default();
    let target = request.line.trim_start_matches("GET ");
    [target, &header("x-app-id"), &header("authorization")].join(" | ")
}

fn authorization(server: &Server) -> String {
    server.requests()[0]
        .header("authorization")
        .unwrap_or_default()
}

#[tokio::test]
async fn security_uses_the_first_requirement_that_is_met() {
    let server = Server::start((0..5).map(|_| Reply::json(200, "{}"))).await;
    let all = builder(&server)
        .credential(0, "id-1".to_owned())
        .credential(1, "secret-1".to_owned())
        .credential(2, "token-1".to_owned())
        .build()
        .unwrap();
    let part = builder(&server)
        .credential(0, "id-1".to_owned())
        .credential(2, "token-1".to_owned())
        .build()
        .unwrap();
    call(&all, APP_OR_TOKEN).await.unwrap();
    call(&part, APP_OR_TOKEN).await.unwrap();
    call(&all, MAYBE_TOKEN).await.unwrap();
    call(&all, &[]).await.unwrap();
    let _: serde_json::Value = all.request("GET", "/other").send().await.unwrap();
    let sent: Vec<_> = server.requests().iter().map(shown).collect();
    assert_eq!(
        sent,
        [
            "/pet?secret=secret-1 | id-1 | ",
            "/pet |  | Bearer token-1",
            "/pet |  | Bearer token-1",
            "/pet |  | ",
            "/other |  | Bearer token-1",
        ]
    );
}

#[tokio::test]
async fn security_missing_credentials_are_an_error_before_sending() {
    let server = Server::start([Reply::json(200, "{}")]).await;
    let client = builder(&server)
        .credential(0, "id-1".to_owned())
        .build()
        .unwrap();
    let error = call(&client, APP_OR_TOKEN).await.unwrap_err();
    assert!(error.is_invalid_input(), "{error}");
    assert_eq!(error.attempts(), 0);
    let text = error.to_string();
    assert!(text.contains("set `app_secret`, or `token`"), "{text}");
    call(&client, MAYBE_TOKEN).await.unwrap();
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn security_credential_can_be_set_later() {
    let server = Server::start([Reply::json(200, "{}")]).await;
    let client = builder(&server).build().unwrap();
    call(&client, APP_OR_TOKEN).await.unwrap_err();
    client.replace_credential(2, "token-2".to_owned()).unwrap();
    call(&client, APP_OR_TOKEN).await.unwrap();
    assert_eq!(authorization(&server), "Bearer token-2");
}

#[test]
fn security_client_needs_a_credential_unless_optional() {
    let strict = || BuilderCore::new(&STRICT);
    let text = strict().build().unwrap_err().to_string();
    assert!(
        text.contains("`app_id` or `app_secret` or `token` or `login`"),
        "{text}"
    );
    assert!(text.contains("set APP_ID or"), "{text}");
    strict()
        .credential(2, "token-1".to_owned())
        .build()
        .unwrap();
    BuilderCore::new(&PROFILE).build().unwrap();
    let bad = strict().credential(2, " ".to_owned()).build().unwrap_err();
    assert!(bad.to_string().contains("the credential is blank"), "{bad}");
}

#[test]
fn security_environment_sets_any_credential() {
    let read = |variables: &'static [(&str, &str)]| {
        let mut builder = BuilderCore::new(&STRICT);
        builder.variables = Some(Variables::read(&STRICT, |name| {
            let mut found = variables.iter().filter(|(known, _)| *known == name);
            found.next().map(|(_, value)| value.into())
        }));
        builder.build()
    };
    read(&[("TOKEN", "token-1")]).unwrap();
    read(&[("LOGIN", "user:word")]).unwrap();
    let nothing = read(&[]).unwrap_err().to_string();
    assert!(
        nothing.contains("none of the environment variables APP_ID, ")
            && nothing.contains("`login`"),
        "{nothing}"
    );
    let error = read(&[("TOKEN", "token-1"), ("LOGIN", "userword")]).unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("in the environment variable LOGIN must be a user name and a password"),
        "{text}"
    );
    assert!(!text.contains("userword"), "{text}");
}

#[tokio::test]
async fn security_basic_authentication() {
    // The first is the example of RFC 7617, 2, the second that of 2.1.
    for (user, password, expected) in [
        (
            "Aladdin",
            "open sesame",
            "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        ),
        ("test", "123\u{a3}", "Basic dGVzdDoxMjPCow=="),
        ("sk_test", "", "Basic c2tfdGVzdDo="),
    ] {
        let server = Server::start([Reply::json(400, "{}")]).await;
        let client = builder(&server).basic_credential(3, user, password);
        let error = call(&client.build().unwrap(), LOGIN).await.unwrap_err();
        assert_eq!(authorization(&server), expected);
        let shown = super::everything_of(&error);
        assert!(!shown.contains(&expected[6..]), "{shown}");
    }
    let server = Server::start([Reply::json(200, "{}")]).await;
    let client = builder(&server).build().unwrap();
    client.replace_basic(3, "a:b", "c").unwrap_err();
    client.replace_basic(3, "sk_test", "").unwrap();
    call(&client, LOGIN).await.unwrap();
    assert_eq!(authorization(&server), "Basic c2tfdGVzdDo=");
    for (user, password) in [("a:b", "c"), ("a", "b\nc"), ("", "")] {
        let built = BuilderCore::new(&PROFILE)
            .basic_credential(3, user, password)
            .build();
        let text = built.unwrap_err().to_string();
        assert!(!text.contains("a:b") && !text.contains("b\n"), "{text}");
    }
}

#[tokio::test]
async fn security_credentials_are_redacted() {
    let echo = r#"{"text":"id-9876 secret-9876 token-9876 pass-9876 dXNlcjpwYXNzLTk4NzY="}"#;
    let server = Server::start([Reply::json(400, echo)]).await;
    let client = builder(&server)
        .credential(0, "id-9876".to_owned())
        .credential(1, "secret-9876".to_owned())
        .credential(2, "token-9876".to_owned())
        .basic_credential(3, "user", "pass-9876")
        .build()
        .unwrap();
    let error = call(&client, APP_OR_TOKEN).await.unwrap_err();
    let shown = error.to_string();
    assert!(
        !shown.contains("9876") && !shown.contains("dXNlcjp"),
        "{shown}"
    );
}

#[tokio::test]
async fn server_of_an_operation_unless_the_base_url_is_set() {
    let own = Server::start([Reply::json(200, "{}")]).await;
    let users = Server::start([Reply::json(200, "{}")]).await;
    let url: &'static str = Box::leak(own.url.clone().into_boxed_str());
    let elsewhere = operation(&[&[2]], Some(url));
    for settings in [BuilderCore::new(&PROFILE), builder(&users)] {
        let client = settings.credential(2, "token-1".to_owned());
        let call = Call::new(&client.build().unwrap(), elsewhere);
        execute(call).await.map(drop).unwrap();
    }
    for server in [own, users] {
        assert_eq!(
            server.requests().iter().map(shown).collect::<Vec<_>>(),
            ["/pet |  | Bearer token-1"]
        );
    }
}
