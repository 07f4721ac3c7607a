//! Secrets that were planted in a recording are nowhere in what is printed or written.

use std::fs;

use llama_cloud::{Client, Recording};
use serde_json::{Value, json};

use crate::Folder;
use crate::server::{self, Reply};

/// What must not be seen, by where it is planted.
const PLANTED: [&str; 16] = [
    "bearer-swordfish",
    "cookie-of-client",
    "cookie-from-server",
    "query-key-of-scheme",
    "query-token-value",
    "ann-user",
    "pass-of-url",
    "field-password",
    "4eC39HqLyjWDarjtT1zd",
    "eyJhbGciOiJIUzI1NiJ9",
    "ann@example.com",
    "Annabel Lee",
    "170123456789",
    "5f8d0d55b54764421b7156c5",
    "echoed-in-header",
    "text-of-a-page",
];

fn body() -> Value {
    json!({
        "id": 170_123_456_789_i64, "name": "Annabel Lee", "kind": "sk-live-4eC39HqLyjWDarjtT1zd",
        "owner": {"email": "ann@example.com", "phone": 170_123_456_789_i64, "ann@example.com": 1},
        "password": "field-password", "eyJhbGciOiJIUzI1NiJ9": true, "echo": "bearer-swordfish",
        "colors": {"5f8d0d55b54764421b7156c5": 1, "bearer-swordfish": 2},
        "payment": {"method": "eyJhbGciOiJIUzI1NiJ9", "secret": "field-password"},
        "tags": ["Annabel Lee", null],
    })
}

/// A recording as a browser has it, with nothing redacted.
fn raw() -> String {
    let header = |name: &str, value: &str| json!({"name": name, "value": value});
    let entry = |method: &str, url: &str, status: u16, media: &str, text: &str| {
        json!({
            "request": {"method": method, "url": url, "headers": [
                    header("Authorization", "Bearer bearer-swordfish"), header("Cookie", "sid=cookie-of-client"),
                    header("X-Tenant", "echoed-in-header")],
                "postData": {"mimeType": "application/json", "text": body().to_string()}},
            "response": {"status": status, "headers": [header("Set-Cookie", "sid=cookie-from-server"),
                    header("X-Token", "echoed-in-header")],
                "content": {"mimeType": media, "text": text}},
        })
    };
    let host = "https://ann-user:pass-of-url@pets.example.com/v1";
    let query = "pk=query-key-of-scheme&access_token=query-token-value&eyJhbGciOiJIUzI1NiJ9=1&sort=bearer-swordfish";
    let json = "application/json";
    let text = body().to_string();
    json!({"log": {"version": "1.2", "entries": [
        entry("GET", &format!("{host}/pets/5f8d0d55b54764421b7156c5?{query}"), 200, json, &text),
        entry("GET", &format!("{host}/pets?{query}"), 200, json, &json!({"items": [body()]}).to_string()),
        entry("POST", &format!("{host}/pets"), 201, json, &text),
        entry("POST", &format!("{host}/ann@example.com/5f8d0d55b54764421b7156c5/bearer-swordfish?{query}"), 200, json, &text),
        entry("GET", &format!("{host}/pets/1"), 409, "text/html", "text-of-a-page"),
        entry("GET", &format!("{host}/pets/1"), 200, "bearer-swordfish/text-of-a-page", "text-of-a-page"),
        entry("GET", &format!("{host}/pets/1"), 200, json, "text-of-a-page ann@example.com"),
        entry("GET", "https://ann-user:pass-of-url@other.example/bearer-swordfish", 200, json, &text),
    ]}})
    .to_string()
}

#[test]
fn planted_secrets_are_not_shown() {
    let folder = Folder::new();
    folder.put(
        "pets.yaml",
        include_str!("pets.yaml").replace("VERSION", "3.1.0"),
    );
    folder.put("calls.har", raw());
    let run = folder.traffic(&[
        "--spec",
        "pets.yaml",
        "calls.har",
        "--overlay",
        "fix.yaml",
        "--examples",
        "out",
    ]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.deviations().len() > 10, "{}", run.err);
    let mut all = vec![run.err, run.out, folder.text("fix.yaml")];
    let mut names = Vec::new();
    for entry in fs::read_dir(folder.path().join("out")).expect("the fixtures") {
        let path = entry.expect("a readable entry").path();
        names.push(
            path.file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned(),
        );
        all.push(fs::read_to_string(path).expect("a readable file"));
    }
    names.sort();
    assert_eq!(
        names,
        [
            "createPet-201.har",
            "getPet-200.har",
            "getPet-409.har",
            "listPets-200.har"
        ]
    );
    for text in &all {
        for secret in PLANTED {
            assert!(!text.contains(secret), "{secret} is in\n{text}");
        }
    }
    // What the fixtures have is still of the same types.
    let fixture: Value = serde_json::from_str(&folder.text("out/createPet-201.har")).expect("JSON");
    let text = fixture["log"]["entries"][0]["response"]["content"]["text"]
        .as_str()
        .expect("a body");
    let pet: Value = serde_json::from_str(text).expect("JSON");
    assert_eq!(pet["id"], 100_000_000_000_i64);
    assert_eq!(pet["name"], "redacted");
    assert_eq!(pet["tags"], json!(["redacted", null]));
    for name in names {
        let _ = llama_cloud::MockTransport::from_har(&folder.text(&format!("out/{name}")));
    }
}

fn echo(_: &str, target: &str) -> Reply {
    let body = json!({
        "seen": format!("Bearer bearer-swordfish, {target}"), "client_secret": "field-password",
        "nested": [{"access_token": "query-token-value"}], "count": 12345, "shown": "Rex",
    });
    (200, "application/json", body.to_string())
}

#[tokio::test]
async fn recordings_of_the_client_have_no_credentials() {
    let url = server::start(echo);
    let recording = Recording::new();
    recording.redact("pk");
    let wrapped = recording.clone();
    let client = Client::builder()
        .api_key("bearer-swordfish")
        .base_url(&url)
        .wrap_transport(move |inner| wrapped.transport(inner))
        .build()
        .expect("good settings");
    let request = client.request(
        "GET",
        "/pets?pk=query-key-of-scheme&access_token=query-token-value&q=Rex",
    );
    let request = request.with_header("cookie", "sid=cookie-of-client");
    let body: Value = request.send().await.expect("an echo");
    assert_eq!(body["count"], 12345);
    let har = recording.to_har();
    for secret in PLANTED {
        assert!(!har.contains(secret), "{secret} is in\n{har}");
    }
    for kept in ["12345", "Rex", "access_token", "&q=Rex", "[redacted]"] {
        assert!(har.contains(kept), "{kept} isn't in\n{har}");
    }
}
