//! A crate whose build script generates a module: the example of README.md, compiled and run.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;

const SHOP: &str = "openapi: 3.1.0
info: {title: Shop, version: 1.0.0}
servers: [{url: 'https://shop.example.com'}]
paths:
  /orders:
    get:
      operationId: listOrders
      tags: [orders]
      responses:
        '200':
          description: All.
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Order'}}}}
components:
  schemas:
    Order:
      type: object
      required: [id, total]
      properties:
        id: {type: string}
        total: {$ref: '#/components/schemas/Amount'}
        placed_at: {type: string, format: date-time}
    Amount: {type: number}
";

/// The name isn't that of the file, which the script says.
const CONFIG: &str = "[package]\nname = \"shop-api\"\nversion = \"0.1.0\"\n\n[types.Amount]\ntype = \"crate::Cents\"\n";

/// The program around the module, whose types are its own where the configuration says so.
const PROGRAM: &str = r#"//! A program with a generated module.

#![deny(unsafe_code)]
#![warn(missing_docs)]

/// The client.
pub mod shop {
    include!(concat!(env!("OUT_DIR"), "/shop.rs"));
}

/// An amount in cents; the API has dollars.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cents(pub i64);

impl<'de> serde::Deserialize<'de> for Cents {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let dollars = <f64 as serde::Deserialize>::deserialize(deserializer)?;
        Ok(Self((dollars * 100.0).round() as i64))
    }
}

impl serde::Serialize for Cents {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.0 as f64 / 100.0)
    }
}

#[tokio::main]
async fn main() -> Result<(), shop::Error> {
    let url = std::env::args().nth(1).expect("the URL of the server");
    let client = shop::Client::builder().base_url(url).build()?;
    for order in client.orders().list().send().await? {
        let at = order.placed_at.map(|it| it.to_string());
        println!("{} {:?} {at:?}", order.id, order.total);
    }
    Ok(())
}
"#;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The block of README.md that begins so.
fn readme(start: &str) -> String {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(readme).expect("it is there");
    let mut blocks = readme.split("```").skip(1).step_by(2);
    let block = blocks.find_map(|it| {
        it.split_once('\n')
            .filter(|(_, text)| text.starts_with(start))
    });
    block.expect("a block of README.md").1.to_owned()
}

struct Package(tempfile::TempDir);

impl Package {
    fn new(edition: &str) -> Self {
        let package = Self(tempfile::tempdir().expect("a folder"));
        let script = readme(
            "use clientsmith::{Errors, Generator};\n\nfn main() -> Result<(), Errors> {\n    println!(\"cargo",
        );
        assert!(script.lines().count() <= 12, "{script}");
        package.put("build.rs", &script);
        package.put("spec/shop.yaml", SHOP);
        package.put("spec/sdk.toml", CONFIG);
        package.put("src/main.rs", PROGRAM);
        let at = |path: &str| format!("{:?}", root().join(path).display().to_string());
        package.put(
            "Cargo.toml",
            &format!(
                "[package]\nname = \"shop-program\"\nversion = \"0.0.0\"\nedition = \"{edition}\"\n\n[workspace]\n\n\
                 [dependencies]\nclientsmith-runtime = \"0.1.0\"\n\
                 reqwest = {{ version = \"0.13\", default-features = false }}\nserde = \"1\"\nserde_json = \"1\"\n\
                 tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n\n\
                 [build-dependencies]\nclientsmith = {{ path = {}, default-features = false }}\n\n\
                 [patch.crates-io]\nclientsmith-runtime = {{ path = {} }}\n\n\
                 [profile.dev]\ndebug = \"line-tables-only\"\n",
                at("codegen/cli"),
                at("codegen/runtime"),
            ),
        );
        fs::copy(root().join("Cargo.lock"), package.at("Cargo.lock")).expect("it can be copied");
        package
    }

    fn at(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder");
        fs::write(path, text).expect("the file can be written");
    }

    fn cargo(&self, arguments: &[&str], after: &[&str]) -> Output {
        let program = Path::new(env!("CARGO_BIN_EXE_clientsmith"));
        let target = program
            .ancestors()
            .nth(2)
            .expect("it is below a target folder");
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command
            .args(arguments)
            .args(["--offline", "--target-dir"])
            .arg(target);
        if !after.is_empty() {
            command.arg("--").args(after);
        }
        command.current_dir(self.0.path()).stdin(Stdio::null());
        command.output().expect("cargo can be started")
    }

    /// Runs the program against a server that has one order.
    fn run(&self, order: &'static str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        // It ends with the test, should nobody call.
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a connection");
            let mut request = vec![0; 4096];
            let length = stream.read(&mut request).expect("a request");
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{order}",
                order.len()
            );
            stream.write_all(head.as_bytes()).expect("a response");
            String::from_utf8_lossy(&request[..length]).into_owned()
        });
        let built = self.cargo(&["build"], &[]);
        assert!(built.status.success(), "{}", text(&built.stderr));
        let warnings = text(&built.stderr);
        assert!(!warnings.contains("warning:"), "{warnings}");
        let output = self.cargo(&["run", "--quiet"], &[&url]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let request = server.join().expect("it was called");
        assert!(request.starts_with("GET /orders "), "{request}");
        assert!(
            request.contains("user-agent: shop-api-rust/0.1.0"),
            "{request}"
        );
        text(&output.stdout)
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_build_script_generates_a_module_that_calls_a_server() {
    const ORDER: &str = r#"[{"id":"7","total":12.5,"placed_at":"2026-01-02T03:04:05Z"}]"#;
    let package = Package::new("2024");
    assert_eq!(
        package.run(ORDER),
        "7 Cents(1250) Some(\"2026-01-02T03:04:05Z\")\n"
    );
    // A change of the description or its configuration is seen by the next build.
    package.put(
        "spec/shop.yaml",
        &SHOP.replace(
            "placed_at: {type: string, format: date-time}",
            "at: {type: string}",
        ),
    );
    let failed = package.cargo(&["build"], &[]);
    assert!(
        text(&failed.stderr).contains("no field `placed_at`"),
        "{}",
        text(&failed.stderr)
    );
    // What is wrong with it is shown with its place, and so is what isn't read.
    package.put("spec/shop.yaml", &SHOP.replace("type: number", "type: 7"));
    let warned = text(&package.cargo(&["build"], &[]).stderr);
    assert!(warned.contains("--> spec/shop.yaml:22:20"), "{warned}");
    package.put("spec/shop.yaml", &SHOP.replace("3.1.0", "4.0.0"));
    let failed = package.cargo(&["build"], &[]);
    assert!(
        text(&failed.stderr).contains("spec/shop.yaml:1:10"),
        "{}",
        text(&failed.stderr)
    );
    package.put("spec/shop.yaml", SHOP);
    package.put(
        "spec/sdk.toml",
        &CONFIG.replace("crate::Cents", "uuid::Uuid"),
    );
    let failed = package.cargo(&["build"], &[]);
    let shown = text(&failed.stderr);
    assert!(
        shown.contains("spec/sdk.toml:6:") && shown.contains("is of another crate"),
        "{shown}"
    );

    // Of an edition before 2024 it is the same.
    let package = Package::new("2021");
    assert_eq!(
        package.run(ORDER),
        "7 Cents(1250) Some(\"2026-01-02T03:04:05Z\")\n"
    );
    let tested = package.cargo(&["test", "--quiet"], &[]);
    assert!(tested.status.success(), "{}", text(&tested.stderr));
}
