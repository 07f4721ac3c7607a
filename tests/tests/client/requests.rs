//! The exact request of each operation: with no option, with each alone, with all of them.

use std::collections::BTreeMap;

use llama_cloud::types::BatchStatus;
use llama_cloud::{Client, DateTime};
use tests::sample::{BATCH, KEY, PAGE, client, new_batch};
use tests::server::{Recorded, Server, ServerResponse};

const BODY: &str = r#"{"config":{"job":{"configuration_id":"cfg-1","type":"parse_v2"}},"source_directory_id":"dir-1"}"#;

/// The one request that a call makes, whose response has this body.
async fn request_of<T, F>(body: &str, call: impl FnOnce(Client) -> F) -> Recorded
where
    F: Future<Output = Result<T, llama_cloud::Error>>,
{
    let server = Server::start([ServerResponse::json(200, body)]).await;
    if let Err(error) = call(client(&server)).await {
        panic!("{error}");
    }
    let mut request = server.request();
    let host = request.headers.remove("host");
    assert_eq!(host.as_deref(), server.url().strip_prefix("http://"));
    request
}

/// The version in the manifest of the emitted crate.
fn version() -> &'static str {
    let manifest = include_str!("../../../generated/Cargo.toml");
    let mut versions = manifest
        .lines()
        .filter_map(|line| line.strip_prefix("version = "));
    versions.next().expect("a version").trim_matches('"')
}

/// All headers but `host` of a request without body and cookie.
fn plain_headers() -> BTreeMap<String, String> {
    let headers = [
        ("accept", "application/json".to_owned()),
        ("accept-encoding", "gzip".to_owned()),
        ("authorization", format!("Bearer {KEY}")),
        ("user-agent", format!("llama-cloud-rust/{}", version())),
    ];
    headers.map(|(name, value)| (name.to_owned(), value)).into()
}

fn assert_get(request: &Recorded, path: &str, query: Option<&str>, cookie: Option<&str>) {
    let mut headers = plain_headers();
    headers.extend(cookie.map(|cookie| ("cookie".to_owned(), cookie.to_owned())));
    let expected = Recorded {
        method: "GET".to_owned(),
        path: path.to_owned(),
        query: query.map(ToOwned::to_owned),
        headers,
        body: Vec::new(),
    };
    assert_eq!(*request, expected);
}

fn assert_create(request: &Recorded, query: Option<&str>, cookie: Option<&str>) {
    let mut headers = plain_headers();
    headers.insert("content-type".to_owned(), "application/json".to_owned());
    headers.insert("content-length".to_owned(), BODY.len().to_string());
    headers.extend(cookie.map(|cookie| ("cookie".to_owned(), cookie.to_owned())));
    assert_eq!(String::from_utf8_lossy(&request.body), BODY);
    let expected = Recorded {
        method: "POST".to_owned(),
        path: "/api/v2/batches".to_owned(),
        query: query.map(ToOwned::to_owned),
        headers,
        body: BODY.into(),
    };
    assert_eq!(*request, expected);
}

fn date(text: &str) -> DateTime {
    DateTime::parse(text).expect("a date")
}

#[tokio::test]
async fn create_sends_its_body_and_nothing_that_was_not_asked_for() {
    let request = request_of(BATCH, |c| c.batches().create(new_batch()).send()).await;
    assert_create(&request, None, None);
}

#[tokio::test]
async fn create_sends_each_option_alone() {
    let create = |client: Client| client.batches().create(new_batch());
    let request = request_of(BATCH, |c| create(c).organization_id("org-1").send()).await;
    assert_create(&request, Some("organization_id=org-1"), None);
    let request = request_of(BATCH, |c| create(c).project_id("prj-1").send()).await;
    assert_create(&request, Some("project_id=prj-1"), None);
    let request = request_of(BATCH, |c| create(c).session("abc").send()).await;
    assert_create(&request, None, Some("session=abc"));
}

#[tokio::test]
async fn create_sends_all_options_in_the_order_of_the_description() {
    let request = request_of(BATCH, |c| {
        let create = c.batches().create(new_batch());
        let create = create.session("abc").project_id("prj-1");
        create.organization_id("org-1").send()
    })
    .await;
    let query = "organization_id=org-1&project_id=prj-1";
    assert_create(&request, Some(query), Some("session=abc"));
}

#[tokio::test]
async fn get_sends_the_path_and_nothing_that_was_not_asked_for() {
    let request = request_of(BATCH, |c| c.batches().get("bat-1").send()).await;
    assert_get(&request, "/api/v2/batches/bat-1", None, None);
}

#[tokio::test]
async fn get_sends_each_option_alone() {
    let get = |client: Client| client.batches().get("bat-1");
    let path = "/api/v2/batches/bat-1";
    let request = request_of(BATCH, |c| get(c).expand(["results"]).send()).await;
    assert_get(&request, path, Some("expand=results"), None);
    let request = request_of(BATCH, |c| get(c).organization_id("org-1").send()).await;
    assert_get(&request, path, Some("organization_id=org-1"), None);
    let request = request_of(BATCH, |c| get(c).project_id("prj-1").send()).await;
    assert_get(&request, path, Some("project_id=prj-1"), None);
    let request = request_of(BATCH, |c| get(c).session("abc").send()).await;
    assert_get(&request, path, None, Some("session=abc"));
}

#[tokio::test]
async fn get_sends_all_options_in_the_order_of_the_description() {
    let request = request_of(BATCH, |c| {
        let get = c.batches().get("bat-1").project_id("prj-1").session("abc");
        get.organization_id("org-1").expand(["results"]).send()
    })
    .await;
    let query = "expand=results&organization_id=org-1&project_id=prj-1";
    let path = "/api/v2/batches/bat-1";
    assert_get(&request, path, Some(query), Some("session=abc"));
}

#[tokio::test]
async fn list_sends_the_path_and_nothing_that_was_not_asked_for() {
    let request = request_of(PAGE, |c| c.batches().list().send()).await;
    assert_get(&request, "/api/v2/batches", None, None);
}

/// Calls `list` with one option and asserts the query.
macro_rules! assert_list_option {
    ($option:ident($value:expr), $query:expr) => {
        let request = request_of(PAGE, |c| c.batches().list().$option($value).send()).await;
        assert_get(&request, "/api/v2/batches", Some($query), None);
    };
}

#[tokio::test]
async fn list_sends_each_option_alone() {
    assert_list_option!(
        created_at_on_or_after(date("2026-01-02T03:04:05Z")),
        "created_at_on_or_after=2026-01-02T03%3A04%3A05Z"
    );
    assert_list_option!(
        created_at_on_or_before(date("2026-01-31T23:59:59.5-08:00")),
        "created_at_on_or_before=2026-01-31T23%3A59%3A59.5-08%3A00"
    );
    assert_list_option!(organization_id("org-1"), "organization_id=org-1");
    assert_list_option!(page_size(50), "page_size=50");
    assert_list_option!(page_token("t"), "page_token=t");
    assert_list_option!(project_id("prj-1"), "project_id=prj-1");
    assert_list_option!(source_directory_id("dir-1"), "source_directory_id=dir-1");
    assert_list_option!(status(BatchStatus::Completed), "status=COMPLETED");
    let request = request_of(PAGE, |c| c.batches().list().session("abc").send()).await;
    assert_get(&request, "/api/v2/batches", None, Some("session=abc"));
}

#[tokio::test]
async fn an_option_given_twice_is_sent_once_with_the_last_value() {
    let request = request_of(PAGE, |c| {
        c.batches().list().page_size(1).page_size(2).send()
    })
    .await;
    assert_eq!(request.query.as_deref(), Some("page_size=2"));
}

#[tokio::test]
async fn a_request_that_is_not_sent_sends_nothing() {
    let server = Server::start([]).await;
    drop(client(&server).batches().get("bat-1").send());
    assert_eq!(server.requests(), []);
}
