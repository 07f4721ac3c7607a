//! The examples of front pages and READMEs, each run in a process of its own against a server on
//! loopback: the environment has a key and leads there.
//!
//! Of APIs whose base URL no variable gives, all hosts are reached through a proxy, which is that server.

mod server;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use codegen::{Generated, Source};

use crate::doc_samples;
use server::Server;

/// The name of the program.
pub const PACKAGE: &str = "run-examples";

/// An API whose examples are run.
pub struct Api {
    /// The name of its crate and the folder of that.
    pub name: &'static str,
    spec: &'static str,
    config: &'static str,
    /// How a client is made for the examples that are given one.
    client: &'static str,
    /// The responses: method and path, status and body.
    responses: &'static [(&'static str, u16, &'static str)],
    /// What examples send at least, one after another: method and path, and a header or a part of the
    /// query with the credential.
    sent: &'static [(&'static str, &'static str)],
}

const BATCH: &str = r#"{"id":"bat-1","config":{"job":{"configuration_id":"cfg-1","type":"parse_v2"}},"project_id":"prj-1","source_directory_id":"dir-1","status":"COMPLETED","created_at":null,"results":null,"updated_at":null}"#;
const BATCHES: &str = r#"{"items":[{"id":"bat-1","config":{"job":{"configuration_id":"cfg-1","type":"parse_v2"}},"project_id":"prj-1","source_directory_id":"dir-1","status":"NEW","created_at":null,"results":null,"updated_at":null}],"next_page_token":null,"total_size":1}"#;

/// One with a key from the environment, and others with what else there is: a user name, two keys that
/// go together, nothing, a key that no variable gives.
pub const APIS: [Api; 5] = [
    Api {
        name: "llama-cloud",
        spec: include_str!("../../../spec/batches.yaml"),
        config: include_str!("../../../spec/sdk.toml"),
        client: "llama_cloud::Client::from_env()?",
        responses: &[
            ("GET /api/v2/batches", 200, BATCHES),
            ("POST /api/v2/batches", 201, BATCH),
            ("GET /api/v2/batches/bat-aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee", 200, BATCH),
            ("POST /experiments", 200, "{}"),
        ],
        sent: &[
            ("GET /api/v2/batches", "Bearer of-env"),
            ("POST /experiments", "Bearer of-env"),
        ],
    },
    Api {
        name: "examples-basic",
        spec: "\
openapi: 3.0.3
info: {title: Basic, version: '1'}
servers: [{url: 'http://basic.example/v1'}]
security: [{login: []}]
paths:
  /items:
    get: {operationId: listItems, tags: [items], responses: {'204': {description: Nothing.}}}
components: {securitySchemes: {login: {type: http, scheme: basic}}}
",
        config: "[package]\nname = \"examples-basic\"\nversion = \"0.1.0\"\n",
        client: "examples_basic::Client::new(\"user\", \"password\")?",
        responses: &[("GET /v1/items", 204, ""), ("POST /v1/experiments", 200, "{}")],
        sent: &[("GET /v1/items", "Basic dXNlcjpwYXNzd29yZA==")],
    },
    Api {
        name: "examples-several",
        spec: "\
openapi: 3.0.3
info: {title: Several, version: '1'}
servers: [{url: 'http://several.example'}]
security: [{appId: [], appSecret: []}, {token: []}]
paths:
  /reports:
    get:
      operationId: listReports
      tags: [reports]
      responses: {'200': {description: Fine, content: {application/json: {schema: {type: array, items: {type: string}}}}}}
components:
  securitySchemes:
    appId: {type: apiKey, in: header, name: X-App-Id}
    appSecret: {type: apiKey, in: query, name: secret}
    token: {type: http, scheme: bearer}
",
        config: "\
[package]
name = \"examples-several\"
version = \"0.1.0\"

[credentials]
appId.env = \"APP_ID\"
appSecret.env = \"APP_SECRET\"
",
        client: "examples_several::Client::builder().token(\"token\").build()?",
        responses: &[
            ("GET /reports", 200, "[\"first\"]"),
            ("POST /experiments", 200, "{}"),
        ],
        sent: &[("GET /reports", "secret=of-env"), ("GET /reports", "Bearer token")],
    },
    Api {
        name: "examples-bare",
        spec: "\
openapi: 3.0.3
info: {title: Bare, version: '1'}
paths:
  /ping: {get: {operationId: ping, tags: [pings], responses: {'200': {description: Fine, content: {text/plain: {schema: {type: string}}}}}}}
",
        config: "[package]\nname = \"examples-bare\"\nversion = \"0.1.0\"\n",
        client: "examples_bare::Client::builder().base_url(\"http://bare.example\").build()?",
        responses: &[("GET /ping", 200, "pong"), ("POST /experiments", 200, "{}")],
        sent: &[("GET /ping", "GET")],
    },
    Api {
        name: "examples-cookie",
        spec: "\
openapi: 3.0.3
info: {title: Cookie, version: '1'}
servers: [{url: 'http://cookie.example'}]
security: [{session: []}]
paths:
  /users/{id}:
    get:
      operationId: getUser
      tags: [users]
      parameters: [{name: id, in: path, required: true, schema: {type: string}, example: u1}]
      responses: {'200': {description: Fine, content: {application/json: {schema: {type: object, properties: {name: {type: string}}}}}}}
components: {securitySchemes: {session: {type: apiKey, in: cookie, name: sid}}}
",
        config: "[package]\nname = \"examples-cookie\"\nversion = \"0.1.0\"\n",
        client: "examples_cookie::Client::new(\"key\")?",
        responses: &[("GET /users/u1", 200, "{}"), ("POST /experiments", 200, "{}")],
        sent: &[("GET /users/u1", "sid=key")],
    },
];

impl Api {
    /// Runs the generator.
    pub fn generate(&self) -> Generated {
        let spec = Source {
            name: "openapi.yaml",
            text: self.spec,
        };
        let config = Source {
            name: "sdk.toml",
            text: self.config,
        };
        codegen::generate(spec, config).unwrap_or_else(|diagnostics| {
            let shown = diagnostics
                .iter()
                .map(|it| codegen::render(it, spec, config, false));
            panic!("{}: {}", self.name, shown.collect::<Vec<_>>().join("\n"))
        })
    }

    /// The examples, with the file that each is of.
    fn samples(&self) -> Vec<(String, String)> {
        let mut samples = Vec::new();
        for file in self.generate().files {
            let found = match file.path.as_str() {
                "README.md" => doc_samples::of_readme(&file.text),
                path if path.starts_with("src/") && !path.starts_with("src/runtime/") => {
                    doc_samples::samples(path, &file.text)
                }
                _ => Vec::new(),
            };
            samples.extend(found.into_iter().map(|it| (file.path.clone(), it)));
        }
        samples
    }

    /// A module that has each example as a function.
    fn module(&self) -> String {
        let mut text = String::from("use std::error::Error;\n");
        let mut list = String::new();
        for (index, (path, code)) in self.samples().iter().enumerate() {
            // What is gated is on here, where the features have other names; and a proxy can respond
            // for a host without encryption.
            let lines = code
                .lines()
                .filter(|line| !line.starts_with("#[cfg(feature"));
            let code = lines.collect::<Vec<_>>().join("\n");
            let code = code.replace("https://api.example.com", "http://api.example.com");
            let call = if code.contains("fn main()") {
                "main()?".to_owned()
            } else {
                let client = if code.contains("fn example(client:") {
                    self.client
                } else {
                    ""
                };
                let call = format!("example({client})");
                if code.contains("async fn example(") {
                    format!(
                        "crate::block_on(async {{ {call}.await.map_err(Box::<dyn Error>::from) }})?"
                    )
                } else {
                    format!("{call}?")
                }
            };
            let _ = writeln!(
                text,
                "\nfn sample_{index}() -> Result<(), Box<dyn Error>> {{\n{code}\n{call};\nOk(())\n}}"
            );
            let _ = writeln!(list, "    ({path:?}, sample_{index}),");
        }
        format!("{text}\npub const SAMPLES: &[crate::Sample] = &[\n{list}];\n")
    }
}

const MAIN: &str = "\
pub type Sample = (&'static str, fn() -> Result<(), Box<dyn std::error::Error>>);

pub fn block_on<F: Future>(work: F) -> F::Output {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.enable_all().build().expect(\"a runtime\").block_on(work)
}

/// Runs the example of this API and number; without a number, tells how many there are.
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let (_, samples) = APIS.iter().find(|(name, _)| *name == arguments[1]).expect(\"an API\");
    match arguments.get(2) {
        Some(index) => samples[index.parse::<usize>()?].1(),
        None => {
            samples.iter().for_each(|(path, _)| println!(\"{path}\"));
            Ok(())
        }
    }
}
";

/// The files of the program.
pub fn package() -> Vec<(PathBuf, String)> {
    let mut manifest = format!(
        "[package]\nname = \"{PACKAGE}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         rustls = {{ version = \"0.23\", default-features = false, features = [\"ring\", \"std\"] }}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\", \"time\"] }}\n"
    );
    let mut files = Vec::new();
    let mut main = String::from("#![allow(warnings, clippy::all, clippy::pedantic)]\n\n");
    let mut list = String::new();
    for api in &APIS {
        let (name, module) = (api.name, api.name.replace('-', "_"));
        let _ = writeln!(
            manifest,
            "{name} = {{ path = \"../{name}\", features = [\"blocking\", \"test-util\"] }}"
        );
        // Not called as the crate, which its examples name.
        let _ = writeln!(main, "mod of_{module};");
        let _ = writeln!(list, "    ({name:?}, of_{module}::SAMPLES),");
        files.push((
            Path::new("src").join(format!("of_{module}.rs")),
            api.module(),
        ));
    }
    let _ = write!(
        main,
        "\nconst APIS: &[(&str, &[Sample])] = &[\n{list}];\n\n{MAIN}"
    );
    files.push(("Cargo.toml".into(), manifest));
    files.push(("src/main.rs".into(), main));
    files
}

/// Runs them all.
pub fn run(program: &Path) {
    for api in &APIS {
        let server = Server::start(api.responses);
        let listed = run_one(program, &server, &[api.name]);
        let paths: Vec<&str> = listed.lines().collect();
        for page in ["README.md", "src/lib.rs"] {
            assert!(
                paths.contains(&page),
                "{} has no example in {page}",
                api.name
            );
        }
        for index in 0..paths.len() {
            run_one(program, &server, &[api.name, &index.to_string()]);
        }
        let requests = server.requests();
        for (line, credential) in api.sent {
            let is_it = |it: &&String| it.starts_with(line) && it.contains(credential);
            let found = requests.iter().find(is_it);
            assert!(
                found.is_some(),
                "{}: no {line} with {credential} in {requests:#?}",
                api.name
            );
        }
    }
}

/// Runs the program, which has to succeed, and gives what it prints.
fn run_one(program: &Path, server: &Server, arguments: &[&str]) -> String {
    let mut command = Command::new(program);
    for name in [
        "http_proxy",
        "https_proxy",
        "all_proxy",
        "HTTPS_PROXY",
        "ALL_PROXY",
    ] {
        command.env_remove(name);
    }
    let output = command
        .args(arguments)
        .env("LLAMA_CLOUD_API_KEY", "of-env")
        .env("LLAMA_CLOUD_BASE_URL", server.url())
        .env("APP_ID", "of-env")
        .env("APP_SECRET", "of-env")
        .env("TOKEN", "of-env")
        .env("HTTP_PROXY", server.url())
        .env("NO_PROXY", "127.0.0.1")
        .output()
        .expect("the program can be started");
    assert!(
        output.status.success(),
        "{arguments:?}\n{}\n{:#?}",
        String::from_utf8_lossy(&output.stderr),
        server.requests()
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}
