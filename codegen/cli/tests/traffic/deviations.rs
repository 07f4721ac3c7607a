//! Each kind of deviation: reported once, at its place, and corrected by the overlay.

use llama_cloud::types::{BatchConfig, BatchCreate, BatchJob, JobType};
use llama_cloud::{Client, Recording};
use serde_json::{Value, json};

use crate::server::{self, Reply};
use crate::{Folder, Run};

/// A client that is recorded.
pub(crate) fn client(url: &str, recording: &Recording) -> Client {
    let recording = recording.clone();
    Client::builder()
        .api_key("swordfish-key")
        .base_url(url)
        .wrap_transport(move |inner| recording.transport(inner))
        .build()
        .expect("good settings")
}

/// The pet of an id, each with a deviation of its own.
fn pet(target: &str) -> Value {
    let mut pet = json!({"id": 1, "name": "Rex", "kind": "dog"});
    let change = match target.trim_start_matches("/v1/pets/").split('?').next() {
        Some("missing") => {
            pet.as_object_mut().expect("an object").remove("name");
            json!({})
        }
        Some("null") => json!({"owner": null, "tags": ["a", null]}),
        Some("field") => {
            json!({"color": "red", "colors": {"eye-1": "blue"}, "owner": {"email": "e", "address": {"zip": 12345}}})
        }
        Some("value") => json!({"kind": "parrot"}),
        Some("variant") => {
            json!({"payment": {"method": "wire_transfer", "iban": "DE02120300000000202051"}})
        }
        Some("kind") => json!({"size": true}),
        Some("type") => json!({"weight": 4.5, "tags": "one", "colors": {"a": 7}}),
        Some("mine") => return json!({"email": "a", "phone": 7}),
        _ => json!({}),
    };
    let members = pet.as_object_mut().expect("an object");
    members.extend(change.as_object().expect("an object").clone());
    pet
}

fn reply(method: &str, target: &str) -> Reply {
    let json = "application/json; charset=utf-8";
    match (method, target.split('?').next().unwrap_or_default()) {
        ("POST", "/v1/pets") => (202, json, pet("").to_string()),
        ("GET", "/v1/pets") => (
            200,
            json,
            json!({"items": [pet("")], "total": 1}).to_string(),
        ),
        ("GET", "/v1/health") => (200, json, json!({"ok": true}).to_string()),
        ("GET", "/v1/pets/gone") => (410, "text/html", "<p>gone</p>".to_owned()),
        ("DELETE", _) => (204, json, String::new()),
        ("GET", path) if path.starts_with("/v1/pets/") => (200, json, pet(path).to_string()),
        _ => (200, json, json!({"id": "x", "open": [true]}).to_string()),
    }
}

/// Records all deviations against a server, over sockets.
async fn recorded() -> Recording {
    let url = server::start(reply);
    let recording = Recording::new();
    let client = client(&url, &recording);
    let ids = [
        "missing", "null", "field", "value", "variant", "kind", "type", "gone", "mine", "missing",
    ];
    for id in ids {
        let request = client.request("GET", format!("/v1/pets/{id}"));
        let _: Result<Value, _> = request.with_max_retries(0).send().await;
    }
    let list = client.request("GET", "/v1/pets").with_query("color", "red");
    let list = list.with_query("sort", "weight").with_query("limit", "ten");
    let _: Value = list.send().await.expect("a list");
    let create = client
        .request("POST", "/v1/pets")
        .json(&json!({"name": "Rex"}));
    let _: Value = create.send().await.expect("a pet");
    let _: Value = client
        .request("GET", "/v1/health")
        .send()
        .await
        .expect("it is fine");
    let shelter = "/v1/shelters/5f8d0d55b54764421b7156c5/stays";
    let _: Value = client
        .request("GET", shelter)
        .send()
        .await
        .expect("a shelter");
    let _: Result<Value, _> = client.request("DELETE", "/v1/pets/7").send().await;
    recording
}

/// What is expected of the recording: kind and pointer.
const EXPECTED: [(&str, &str); 22] = [
    ("undocumented-operation", "/paths/~1pets~1{id}"),
    ("undocumented-operation", "/paths"),
    ("undocumented-status", "/paths/~1pets~1{id}/get/responses"),
    ("undocumented-parameter", "/paths/~1pets/get"),
    ("wrong-type", "/paths/~1pets/get/parameters/0/schema"),
    (
        "unknown-value",
        "/paths/~1pets/get/parameters/1/schema/enum",
    ),
    ("missing-parameter", "/paths/~1pets/get/parameters/2"),
    (
        "missing-field",
        "/paths/~1pets/post/requestBody/content/application~1json/schema/properties/reason",
    ),
    ("undocumented-status", "/paths/~1pets/post/responses"),
    (
        "undocumented-media-type",
        "/paths/~1health/get/responses/200",
    ),
    ("missing-field", "/components/schemas/Pet/properties/name"),
    ("unknown-field", "/components/schemas/Pet"),
    (
        "unknown-value",
        "/components/schemas/Pet/properties/kind/enum",
    ),
    ("wrong-type", "/components/schemas/Pet/properties/weight"),
    ("null-value", "/components/schemas/Pet/properties/owner"),
    (
        "null-value",
        "/components/schemas/Pet/properties/tags/items",
    ),
    ("wrong-type", "/components/schemas/Pet/properties/tags"),
    ("unknown-variant", "/components/schemas/Payment"),
    ("unknown-variant", "/components/schemas/Pet/properties/size"),
    (
        "wrong-type",
        "/components/schemas/Pet/properties/colors/additionalProperties",
    ),
    ("unknown-field", "/components/schemas/Owner"),
    ("wrong-type", "/components/schemas/Owner/properties/phone"),
];

/// The line of the description that a pointer leads to, as the report has to name it.
fn line_of(spec: &str, pointer: &str) -> Option<usize> {
    let name = pointer.rsplit('/').next()?.replace("~1", "/");
    let is_key = |line: &str| {
        let key = format!("{name}:");
        let mut found = line.match_indices(&key);
        found.any(|(at, _)| !line[..at].ends_with(|it: char| it.is_alphanumeric()))
    };
    let lines = spec.lines().enumerate().filter(|(_, line)| is_key(line));
    let lines: Vec<usize> = lines.map(|(index, _)| index + 1).collect();
    (lines.len() == 1).then(|| lines[0])
}

#[tokio::test]
async fn each_deviation_is_reported_once_and_corrected() {
    let har = recorded().await.to_har();
    for version in ["3.0.3", "3.1.0"] {
        let folder = Folder::new();
        let spec = include_str!("pets.yaml").replace("VERSION", version);
        folder.put("pets.yaml", &spec);
        folder.put("calls.har", &har);
        let run = folder.traffic(&["--spec", "pets.yaml", "calls.har", "--overlay", "fix.yaml"]);
        assert_eq!(run.code, Some(1), "{run:?}");
        compare(&run, &spec);
        assert!(
            run.err.contains("2 times, first in calls.har, entry 1"),
            "{}",
            run.err
        );
        let overlay = folder.text("fix.yaml");
        folder.put("sdk.toml", "overlays = [\"fix.yaml\"]\n");
        let again = folder.traffic(&["--spec", "pets.yaml", "calls.har"]);
        assert_eq!(again.code, Some(0), "{}\n{overlay}", again.err);
    }
}

/// Compares the deviations with those that are expected.
fn compare(run: &Run, spec: &str) {
    let found = run.deviations();
    let mut wanted: Vec<(String, String)> = EXPECTED
        .iter()
        .map(|(kind, pointer)| ((*kind).to_owned(), (*pointer).to_owned()))
        .collect();
    let mut kinds: Vec<(String, String)> = found
        .iter()
        .map(|(kind, _, pointer)| (kind.clone(), pointer.clone()))
        .collect();
    wanted.sort();
    kinds.sort();
    assert_eq!(kinds, wanted, "{}", run.err);
    for (_, place, pointer) in &found {
        assert!(place.starts_with("pets.yaml:"), "{place}");
        if let Some(line) = line_of(spec, pointer) {
            assert!(
                place.starts_with(&format!("pets.yaml:{line}:")),
                "{pointer}: {place}"
            );
        }
    }
}

/// A server of the API that the client was generated for, with responses that deviate.
fn deviating(method: &str, target: &str) -> Reply {
    let json = "application/json";
    let mut batch = json!({
        "id": "b-1", "config": {"job": {"configuration_id": "c-1", "type": "parse_v2"}},
        "project_id": "p-1", "source_directory_id": "d-1", "status": "PAUSED", "file_count": 3,
    });
    match method {
        "POST" => (200, json, batch.to_string()),
        _ if target.contains("/batches/") => {
            let members = batch.as_object_mut().expect("an object");
            members.remove("project_id");
            members.insert("source_directory_id".to_owned(), Value::Null);
            members.insert("results".to_owned(), json!({"items": []}));
            (200, json, batch.to_string())
        }
        _ => (
            200,
            json,
            json!({"items": [batch], "total_size": "1"}).to_string(),
        ),
    }
}

#[tokio::test]
async fn operations_of_the_client_are_compared() {
    let url = server::start(deviating);
    let recording = Recording::new();
    let client = client(&url, &recording);
    let batches = client.batches();
    let config = BatchConfig::new(BatchJob::new("c-1", JobType::ParseV2));
    let _ = batches.create(BatchCreate::new(config, "d-1")).send().await;
    let _ = batches.get("b-1").send().await;
    let _ = batches.list().page_size(3).send().await;
    assert_eq!(recording.len(), 3);
    let folder = Folder::new();
    folder.put("api.yaml", include_str!("../../../../spec/batches.yaml"));
    recording
        .write(folder.path().join("calls.har"))
        .expect("it can be written");
    let run = folder.traffic(&["--spec", "api.yaml", "calls.har", "--overlay", "fix.yaml"]);
    let kinds: Vec<(String, String)> = run
        .deviations()
        .into_iter()
        .map(|(kind, _, pointer)| (kind, pointer))
        .collect();
    let batch = "/components/schemas/Batch";
    let expected = [
        (
            "undocumented-status",
            "/paths/~1api~1v2~1batches/post/responses".to_owned(),
        ),
        (
            "unknown-value",
            "/components/schemas/BatchStatus/enum".to_owned(),
        ),
        ("unknown-field", batch.to_owned()),
        ("missing-field", format!("{batch}/properties/project_id")),
        (
            "null-value",
            format!("{batch}/properties/source_directory_id"),
        ),
        ("wrong-type", format!("{batch}/properties/results")),
        (
            "wrong-type",
            "/components/schemas/BatchPage/properties/total_size".to_owned(),
        ),
    ];
    let expected: Vec<(String, String)> = expected
        .into_iter()
        .map(|(kind, pointer)| (kind.to_owned(), pointer))
        .collect();
    assert_eq!(kinds, expected, "{}", run.err);
    assert!(
        run.err
            .contains("3 exchanges compared, with 3 bodies; 3 of 3 operations called"),
        "{}",
        run.err
    );
    folder.put("sdk.toml", "overlays = [\"fix.yaml\"]\n");
    let again = folder.traffic(&["--spec", "api.yaml", "calls.har"]);
    assert_eq!(
        again.code,
        Some(0),
        "{}\n{}",
        again.err,
        folder.text("fix.yaml")
    );
}
