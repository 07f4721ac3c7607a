//! A program with the clients of two APIs, once each with a runtime of its own and once with a shared one.

use codegen::{Generated, Source};

/// The name of the program.
pub const PACKAGE: &str = "two-apis";

/// An API, and the name of its crate.
pub struct Api {
    /// The name of its crate and the folder of that.
    pub name: &'static str,
    runtime: &'static str,
    path: &'static str,
}

/// The first two share a runtime.
pub const APIS: [Api; 4] = [
    Api {
        name: "shared-pets",
        runtime: "crate",
        path: "pets",
    },
    Api {
        name: "shared-toys",
        runtime: "crate",
        path: "toys",
    },
    Api {
        name: "own-pets",
        runtime: "vendored",
        path: "pets",
    },
    Api {
        name: "own-toys",
        runtime: "vendored",
        path: "toys",
    },
];

const SPEC: &str = r##"
openapi: 3.0.3
info: {title: NAME, version: "1"}
servers: [{url: "https://api.example.com"}]
components:
  securitySchemes: {key: {type: http, scheme: bearer}}
  schemas:
    Thing:
      type: object
      required: [id]
      properties:
        id: {type: string}
        kind: {type: string, enum: [big, small]}
        added: {type: string, format: date-time}
        price: {$ref: "#/components/schemas/Price"}
    Price: {oneOf: [{type: integer}, {type: object, properties: {amount: {type: integer}}}]}
security: [{key: []}]
paths:
  /NAME:
    get:
      tags: [NAME]
      operationId: list
      parameters: [{name: cursor, in: query, schema: {type: string}}]
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema:
                type: object
                required: [items]
                properties:
                  items: {type: array, items: {$ref: "#/components/schemas/Thing"}}
                  next_cursor: {type: string, nullable: true}
  /NAME/{id}:
    get:
      tags: [NAME]
      operationId: get
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}
"##;

impl Api {
    /// Its crate.
    pub fn generate(&self) -> Generated {
        let spec = SPEC.replace("NAME", self.path);
        let config = format!(
            "[package]\nname = \"{}\"\nversion = \"0.1.0\"\nruntime = \"{}\"\n",
            self.name, self.runtime
        );
        let source = |name, text| Source { name, text };
        let generated = codegen::generate(source("api.yaml", &spec), source("sdk.toml", &config));
        generated.unwrap_or_else(|problems| panic!("{}: {problems:?}", self.name))
    }
}

/// The files of the program: path and text.
pub fn package() -> [(&'static str, String); 2] {
    let mut manifest = format!(
        "[package]\nname = \"{PACKAGE}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n"
    );
    for api in APIS {
        let name = api.name;
        let dependency = format!(
            "{name} = {{ path = \"../{name}\", features = [\"blocking\", \"test-util\"] }}\n"
        );
        manifest.push_str(&dependency);
    }
    [
        ("Cargo.toml", manifest),
        ("src/main.rs", PROGRAM.to_owned()),
    ]
}

/// It fails where a response isn't read, a page is lost, or a type isn't shared.
const PROGRAM: &str = r##"//! The clients of two APIs in one program.

use std::error::Error;

/// What a program of several APIs writes once, where they share the runtime.
fn describe(error: &shared_pets::Error) -> String {
    format!("{:?} after {:?}", error.status(), error.attempts())
}

macro_rules! mock {
    ($api:ident, $path:literal) => {{
        let mock = $api::MockTransport::new();
        let json = |text: &str| $api::MockResponse::new(200).json(&$api::serde_json::from_str::<$api::serde_json::Value>(text).unwrap());
        mock.expect("GET", $path).respond(json(r#"{"items":[{"id":"1","kind":"big"}],"next_cursor":"c"}"#));
        mock.expect("GET", $path).respond(json(r#"{"items":[{"id":"2","price":{"amount":3}}],"next_cursor":null}"#));
        mock.expect("GET", concat!($path, "/9")).respond($api::MockResponse::new(404));
        mock
    }};
}

macro_rules! calls {
    ($api:ident, $resource:ident, $mock:expr) => {{
        let client = $api::Client::builder().api_key("k").max_retries(0).transport($mock).build()?;
        let mut stream = client.$resource().list().into_stream();
        let mut ids = Vec::new();
        while let Some(item) = stream.next().await {
            ids.push(item?.id);
        }
        assert_eq!(ids, ["1", "2"]);
        client.$resource().get("9").await.unwrap_err()
    }};
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    // One mock serves the clients of both APIs.
    let mock = mock!(shared_pets, "/pets");
    let pets = calls!(shared_pets, pets, mock.clone());
    for (path, status, text) in [
        ("/toys", 200, r#"{"items":[{"id":"1"}],"next_cursor":"c"}"#),
        ("/toys", 200, r#"{"items":[{"id":"2"}],"next_cursor":null}"#),
        ("/toys/9", 404, "{}"),
    ] {
        let value: shared_toys::serde_json::Value = shared_toys::serde_json::from_str(text)?;
        mock.expect("GET", path).respond(shared_toys::MockResponse::new(status).json(&value));
    }
    let toys = calls!(shared_toys, toys, mock);
    // So does one function for the errors of both.
    assert_eq!(describe(&pets), describe(&toys));
    assert!(describe(&toys).contains("404"), "{}", describe(&toys));

    assert!(calls!(own_pets, pets, mock!(own_pets, "/pets")).is_not_found());
    assert!(calls!(own_toys, toys, mock!(own_toys, "/toys")).is_not_found());
    Ok(())
}
"##;
