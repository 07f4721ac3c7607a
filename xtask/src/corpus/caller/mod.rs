//! A program that calls the operations of an emitted crate: its code, and how it is run.
//!
//! It makes each call with the crate's own client, from values that it reads from a file, and tells what
//! came of it. The request goes to a server on this machine, or gets the response that was recorded.

mod program;
mod run;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::outcome::Verdict;

pub(in crate::corpus) use program::files;
pub(in crate::corpus) use run::run;

/// The file with the calls, in the folder of the crate.
pub(in crate::corpus) const CASES: &str = "calls.json";

/// A call to make.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::corpus) struct Case {
    /// The index of the operation in the program's table.
    pub(in crate::corpus) operation: usize,
    /// What it is called in reports.
    pub(in crate::corpus) name: String,
    /// Values by place and name: `path:id`, `body:`, `part:file`.
    pub(in crate::corpus) arguments: BTreeMap<String, Value>,
    /// What speaks against the values: no example is valid, say.
    pub(in crate::corpus) doubts: Vec<String>,
    /// The response to read, where none is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::corpus) response: Option<Recorded>,
}

/// A response that was recorded.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(in crate::corpus) struct Recorded {
    /// Its status.
    pub(in crate::corpus) status: u16,
    /// Its headers, those of the connection left aside.
    pub(in crate::corpus) headers: BTreeMap<String, String>,
    /// Its body.
    pub(in crate::corpus) body: String,
}

/// What came of a call.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::corpus) struct Called {
    /// Whether the response was read.
    pub(in crate::corpus) read: bool,
    /// Why it wasn't sent.
    pub(in crate::corpus) unsent: Option<String>,
    /// The error of the call.
    pub(in crate::corpus) error: Option<String>,
    /// Whether that is a failure's status.
    pub(in crate::corpus) is_status: bool,
    /// What was read, as JSON again.
    pub(in crate::corpus) encoded: Option<String>,
    /// The typed body of a failure, as JSON again.
    pub(in crate::corpus) failure: Option<String>,
    /// Why the typed body of a failure wasn't read.
    pub(in crate::corpus) failure_error: Option<String>,
    /// Places where the client told that the response isn't what was described.
    pub(in crate::corpus) deviations: Vec<String>,
    /// What was sent and received.
    #[serde(skip)]
    pub(in crate::corpus) seen: Seen,
}

/// What went over the wire.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::corpus) struct Seen {
    /// Method and URL.
    pub(in crate::corpus) target: String,
    /// The status that came.
    pub(in crate::corpus) status: u16,
    /// The headers that came.
    pub(in crate::corpus) headers: BTreeMap<String, String>,
    /// The body that came.
    pub(in crate::corpus) body: String,
}

/// The results of a program, and what was wrong with the program itself.
pub(in crate::corpus) struct Ran {
    /// The calls with what came of them, those before a breakdown.
    pub(in crate::corpus) calls: Vec<(Case, Called)>,
    /// What was wrong.
    pub(in crate::corpus) verdict: Verdict,
}
