//! Headers and query parameters that a client sends with all requests.

use super::pets::WITHOUT_AUTH;
use super::server::{Reply, Server};
use crate::runtime::builder::BuilderCore;
use crate::runtime::profile::{ClientParameter, Profile};
use crate::runtime::variables::Variables;

const PROFILE: Profile = Profile {
    parameters: &[
        ClientParameter {
            name: "api_version",
            wire: "api-version",
            is_header: false,
            env: Some("PETS_VERSION"),
            default: Some("2024-10-01"),
        },
        ClientParameter {
            name: "project",
            wire: "X-Project",
            is_header: true,
            env: Some("PETS_PROJECT"),
            default: None,
        },
    ],
    ..WITHOUT_AUTH
};

/// The target and the project of the one request that a client sends.
async fn sent(build: impl FnOnce(BuilderCore) -> BuilderCore) -> (String, String) {
    let server = Server::start([Reply::json(200, "{}")]).await;
    let builder = BuilderCore::new(&PROFILE).base_url(&server.url);
    let client = build(builder).build().unwrap();
    let _: serde_json::Value = client.request("GET", "/pets").send().await.unwrap();
    let request = &server.requests()[0];
    let project = request.header("x-project").unwrap_or_default();
    (request.line.clone(), project)
}

fn with_environment(mut builder: BuilderCore, values: &[(&str, &str)]) -> BuilderCore {
    let get = |name: &str| {
        let found = values.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.into())
    };
    builder.variables = Some(Variables::read(&PROFILE, get));
    builder
}

#[tokio::test]
async fn client_parameters_are_sent_with_their_defaults() {
    let (line, project) = sent(|it| it.parameter(1, "p-1")).await;
    assert_eq!(line, "GET /pets?api-version=2024-10-01");
    assert_eq!(project, "p-1");
}

#[tokio::test]
async fn client_parameters_that_are_set_replace_environment_and_default() {
    let values = [("PETS_VERSION", "v-env"), ("PETS_PROJECT", "p-env")];
    let (line, project) = sent(|it| with_environment(it, &values)).await;
    assert_eq!(line, "GET /pets?api-version=v-env");
    assert_eq!(project, "p-env");
    let (line, project) = sent(|it| with_environment(it.parameter(0, "v-set"), &values)).await;
    assert_eq!(line, "GET /pets?api-version=v-set");
    assert_eq!(project, "p-env");
}

#[tokio::test]
async fn client_parameters_can_be_replaced_for_a_request() {
    let server = Server::start([Reply::json(200, "{}")]).await;
    let builder = BuilderCore::new(&PROFILE).base_url(&server.url);
    let client = builder.parameter(1, "p-1").build().unwrap();
    let request = client
        .request("GET", "/pets")
        .with_query("api-version", "other");
    let _: serde_json::Value = request
        .with_header("X-Project", "p-2")
        .send()
        .await
        .unwrap();
    let request = &server.requests()[0];
    assert_eq!(request.line, "GET /pets?api-version=other");
    assert_eq!(request.header("x-project").as_deref(), Some("p-2"));
}

#[test]
fn client_parameters_without_a_value_are_an_error() {
    let error = BuilderCore::new(&PROFILE).build().unwrap_err();
    assert!(error.is_invalid_input());
    let text = error.to_string();
    assert!(
        text.contains(
            "missing `X-Project`: set it with the builder's `project`, or set PETS_PROJECT"
        ),
        "{text}"
    );
    let blank = with_environment(BuilderCore::new(&PROFILE), &[("PETS_PROJECT", " ")]);
    assert!(blank.build().unwrap_err().to_string().contains("X-Project"));
    let bad = BuilderCore::new(&PROFILE).parameter(1, "a\nb").build();
    assert!(bad.unwrap_err().is_invalid_input());
}
