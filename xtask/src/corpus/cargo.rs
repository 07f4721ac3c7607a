//! Cargo over many crates at once, and which of its messages speak of which crate.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::{env, thread};

use serde_json::Value;

use super::crate_workspace::CrateWorkspace;
use super::outcome::{Kind, Verdict};
use super::progress::Progress;
use super::watchdog;
use clientsmith::internal::failure::Failure;

/// What Cargo is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Check libraries and examples.
    Check,
    /// The same with clippy's default lints.
    Clippy,
    /// Make the documentation.
    Doc,
    /// Build and run the programs that try something.
    Run(Kind),
}

impl Step {
    /// What it is called in reports and on disk.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Clippy => "clippy",
            Self::Doc => "doc",
            Self::Run(kind) => kind.name(),
        }
    }

    /// The crates that it is taken for.
    pub(super) fn kind(self) -> Kind {
        match self {
            Self::Check | Self::Clippy | Self::Doc => Kind::Crates,
            Self::Run(kind) => kind,
        }
    }

    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Check => &["check", "--lib", "--examples"],
            Self::Clippy => &["clippy", "--lib", "--examples"],
            Self::Doc => &["doc", "--lib", "--no-deps"],
            // Calls take Tokio's runtime, and the types of responses that a transport makes.
            Self::Run(Kind::Calls | Kind::Recorded) => &[
                "build",
                "--bins",
                "--no-default-features",
                "--features=blocking,test-util",
            ],
            // Programs that call nobody need neither TLS nor anything else that is optional.
            Self::Run(_) => &["build", "--bins", "--no-default-features"],
        }
    }

    /// The kind of target without which a crate is not done.
    fn target(self) -> &'static str {
        match self {
            Self::Check | Self::Clippy | Self::Doc => "lib",
            Self::Run(_) => "bin",
        }
    }
}

/// What Cargo made of a crate.
#[derive(Debug, Default)]
pub(super) struct Built {
    /// What it found.
    pub(super) verdict: Verdict,
    /// The program, where one was built.
    pub(super) program: Option<PathBuf>,
    /// Whether the target came out.
    done: bool,
}

/// Runs a step over packages; each is the name of its crate's folder too.
///
/// # Errors
///
/// Cargo can't be started, or what it says can't be read.
pub(super) fn run(
    workspace: &CrateWorkspace,
    step: Step,
    packages: &[&str],
    progress: &mut Progress,
) -> Result<BTreeMap<String, Built>, Failure> {
    let mut built: BTreeMap<String, Built> = packages
        .iter()
        .map(|package| ((*package).to_owned(), Built::default()))
        .collect();
    if packages.is_empty() {
        return Ok(built);
    }
    let mut command = command(workspace, step);
    for package in packages {
        command.args(["--package", package]);
    }
    let cannot = |error: std::io::Error| Failure::work(format!("can't run cargo: {error}"));
    let mut child = command.spawn().map_err(cannot)?;
    let stderr = listen(&mut child);
    let out = child.stdout.take();
    for line in out.map(BufReader::new).into_iter().flat_map(BufRead::lines) {
        let line = line.map_err(cannot)?;
        let Ok(message) = serde_json::from_str::<Value>(&line) else {
            continue;
        };
        if let Some(package) = take(step, &message, &mut built) {
            progress.done(&package);
        }
    }
    child.wait().map_err(cannot)?;
    let stderr = stderr.map(thread::JoinHandle::join);
    let stderr = stderr.and_then(Result::ok).unwrap_or_default();
    for (package, built) in &mut built {
        built.verdict.passed = built.done && built.verdict.findings == 0;
        if !built.done && built.verdict.findings == 0 {
            built.verdict.add(unexplained(package, &stderr));
        }
    }
    Ok(built)
}

fn command(workspace: &CrateWorkspace, step: Step) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .current_dir(workspace.root())
        .args(step.arguments())
        .args(["--keep-going", "--message-format=json", "--offline"])
        .arg(format!("--jobs={}", jobs()))
        .arg("--target-dir")
        .arg(workspace.root().join("build"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        // Clippy would find the settings of the project around the target folder.
        .env("CLIPPY_CONF_DIR", workspace.root());
    // What Cargo tells the program that it runs is not meant for another build.
    for (key, _) in env::vars_os() {
        let name = key.to_string_lossy();
        let of_this_build = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_ENCODED_"];
        let flags = ["RUSTFLAGS", "RUSTDOCFLAGS", "CLIPPY_ARGS"];
        if of_this_build.iter().any(|start| name.starts_with(start)) || flags.contains(&&*name) {
            command.env_remove(&key);
        }
    }
    command
}

/// How many compilers run at once: as many as there are processors and room for.
fn jobs() -> u64 {
    /// What the compiler takes for a big crate, in MiB.
    const ROOM: u64 = 2048;
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let processors = u64::try_from(processors).unwrap_or(1);
    let room = watchdog::available_mib().map_or(processors, |free| free / ROOM);
    processors.min(room).max(1)
}

/// Collects what Cargo says to people, so that it never waits for a reader.
fn listen(child: &mut Child) -> Option<thread::JoinHandle<String>> {
    let mut stream = child.stderr.take()?;
    Some(thread::spawn(move || {
        let mut bytes = Vec::new();
        // What was read before an error is still worth telling.
        let _ = stream.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    }))
}

/// Takes one message to the package that it speaks of; the package, if that came out.
fn take(step: Step, message: &Value, built: &mut BTreeMap<String, Built>) -> Option<String> {
    let manifest = message["manifest_path"].as_str()?;
    let package = Path::new(manifest).parent()?.file_name()?.to_str()?;
    let entry = built.get_mut(package)?;
    match message["reason"].as_str()? {
        "compiler-message" => {
            if let Some(finding) = finding(&message["message"]) {
                // Crates are told apart elsewhere: what all of them have is to read the same.
                let folder = format!("{package}/");
                let plain = ["crates/", "examples/", "plain/", "calls/", "recorded/"]
                    .iter()
                    .fold(finding, |text, kind| {
                        text.replace(&(kind.to_string() + &folder), "")
                    });
                entry.verdict.add(plain);
            }
            None
        }
        "compiler-artifact" => {
            let mut kinds = message["target"]["kind"].as_array()?.iter();
            if !kinds.any(|kind| *kind == step.target()) {
                return None;
            }
            entry.done = true;
            let program = message["executable"].as_str();
            entry.program = program.map(PathBuf::from);
            Some(package.to_owned())
        }
        _ => None,
    }
}

/// What a message of the compiler finds wrong. Those that only count others find nothing.
fn finding(message: &Value) -> Option<String> {
    let level = message["level"].as_str()?;
    let text = message["message"].as_str().unwrap_or_default();
    let counts = message["spans"].as_array().is_none_or(Vec::is_empty)
        && message["code"].is_null()
        && (text.starts_with("aborting due to")
            || text.ends_with("emitted")
            || text.starts_with("For more information"));
    if counts || !(level.starts_with("error") || level == "warning") {
        return None;
    }
    let rendered = message["rendered"].as_str().unwrap_or(text);
    Some(rendered.trim_end().to_owned())
}

/// The lines in which Cargo names a package that didn't come out.
fn unexplained(package: &str, stderr: &str) -> String {
    let about: Vec<&str> = stderr
        .lines()
        .filter(|line| line.contains(package) || line.starts_with("error"))
        .take(5)
        .collect();
    if about.is_empty() {
        "the compiler reported neither a result nor an error".to_owned()
    } else {
        about.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn taken(messages: &[Value]) -> BTreeMap<String, Built> {
        let mut built = BTreeMap::from([("corpus-a".to_owned(), Built::default())]);
        for message in messages {
            take(Step::Check, message, &mut built);
        }
        built
    }

    #[test]
    fn messages_go_to_the_package_that_they_speak_of() {
        let manifest = "/x/crates/corpus-a/Cargo.toml";
        let stderr = |level: &str, text: &str| {
            json!({
                "reason": "compiler-message", "manifest_path": manifest,
                "message": {"level": level, "message": text, "spans": [], "code": null,
                    "rendered": format!("{level}: {text}\n\n")},
            })
        };
        let artifact = |kind: &str| {
            json!({
                "reason": "compiler-artifact", "manifest_path": manifest,
                "target": {"kind": [kind]}, "executable": null,
            })
        };
        let built = taken(&[
            stderr("warning", "unused import"),
            stderr("warning", "1 warning emitted"),
            stderr("error", "aborting due to 1 previous error"),
            stderr("note", "a note"),
            artifact("example"),
            json!({"reason": "compiler-message", "manifest_path": "/x/serde/Cargo.toml"}),
            json!({"reason": "build-finished", "success": true}),
        ]);
        assert_eq!(built["corpus-a"].verdict.first, ["warning: unused import"]);
        assert!(!built["corpus-a"].done);
        assert!(taken(&[artifact("lib")])["corpus-a"].done);
    }

    #[test]
    fn what_cargo_says_of_a_package_is_found() {
        let stderr = "   Compiling corpus-b\nerror: could not compile `corpus-a` (signal: 9)\n";
        assert!(unexplained("corpus-a", stderr).contains("signal: 9"));
        assert_eq!(
            unexplained("corpus-a", ""),
            "the compiler reported neither a result nor an error"
        );
    }
}
