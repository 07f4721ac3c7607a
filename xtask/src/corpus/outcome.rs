//! What a run finds out, as data: what the processes tell one another, and what `--json` holds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// All that is known of a description.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Report {
    /// What it is called.
    pub(crate) name: String,
    /// Its file.
    pub(crate) file: String,
    /// How generating went.
    #[serde(flatten)]
    pub(crate) outcome: Outcome,
    /// Time of generating alone, in milliseconds; none where it didn't end.
    pub(crate) milliseconds: Option<u64>,
    /// Most memory that the process had while it generated, in KiB; none where the system
    /// doesn't tell or the process didn't end.
    pub(crate) peak_kib: Option<u64>,
    /// What each step of `--check`, `--clippy`, `--doc` and `--examples` found, by its name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) steps: BTreeMap<&'static str, Verdict>,
    /// Examples of the description, where they were tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) examples: Option<Examples>,
    /// Calls that were sent to a mock server, where they were.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) calls: Option<Calls>,
    /// Recorded responses, where they were read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) recorded: Option<Recorded>,
}

impl Report {
    /// Whether anything went wrong that is no fault of the description.
    pub(crate) fn failed(&self) -> bool {
        matches!(self.outcome, Outcome::Failed { .. })
            || self.steps.values().any(|verdict| !verdict.passed)
    }
}

/// How generating went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "lowercase")]
pub(crate) enum Outcome {
    /// There is a crate.
    Generated(Counts),
    /// The description was refused with errors.
    Rejected {
        /// How many errors.
        errors: usize,
        /// The first of them.
        first: Vec<Located>,
        /// How many there are of each kind.
        kinds: BTreeMap<String, usize>,
    },
    /// The generator broke down: a panic, a crash, no end.
    Failed {
        /// What happened.
        reason: String,
    },
}

/// Numbers of a crate.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Counts {
    /// Calls that it offers.
    pub(crate) operations: usize,
    /// Calls whose responses are lists.
    #[serde(default)]
    pub(crate) lists: usize,
    /// Calls whose responses are pages of a list.
    #[serde(default)]
    pub(crate) paged: usize,
    /// Those of them of which nothing says so but names and types.
    #[serde(default)]
    pub(crate) guessed: usize,
    /// Types that it has.
    pub(crate) types: usize,
    /// Lines of Rust, the runtime aside.
    pub(crate) lines: usize,
    /// Lines of Rust, all of them.
    pub(crate) lines_with_runtime: usize,
    /// What the generator warned of, how often by kind.
    pub(crate) warnings: BTreeMap<String, usize>,
    /// Places where any value is taken although the description says more, how often by keyword.
    pub(crate) loosened: BTreeMap<String, usize>,
    /// Where they are.
    pub(crate) loosened_at: Vec<String>,
    /// Places where any value is taken and the description says no more.
    pub(crate) untyped: usize,
}

impl Counts {
    /// All warnings.
    pub(crate) fn all_warnings(&self) -> usize {
        self.warnings.values().sum()
    }

    /// All places where the description says more than the type.
    pub(crate) fn all_loosened(&self) -> usize {
        self.loosened.values().sum()
    }
}

/// An error with its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Located {
    /// What is wrong.
    pub(crate) message: String,
    /// JSON pointer (RFC 6901) of the place, empty for the whole description.
    pub(crate) pointer: String,
    /// Line and column, from 1, where they are known.
    pub(crate) place: Option<(usize, usize)>,
}

/// Whether a step went well, and what it found otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Verdict {
    /// Whether nothing was found.
    pub(crate) passed: bool,
    /// How many things were found.
    pub(crate) findings: usize,
    /// The first of them, as the tool tells them.
    pub(crate) first: Vec<String>,
}

impl Verdict {
    /// The most findings that are kept; the others are counted.
    pub(crate) const MOST: usize = 20;

    /// Adds a finding.
    pub(crate) fn add(&mut self, finding: String) {
        self.passed = false;
        self.findings += 1;
        if self.first.len() < Self::MOST {
            self.first.push(finding);
        }
    }

    /// Adds what another try of the same found, unless it was found before.
    #[cfg(feature = "examples")]
    pub(crate) fn merge(&mut self, other: &Self) {
        self.passed &= other.passed;
        let known = other.first.iter().filter(|it| self.first.contains(it));
        let known = known.count();
        let new = other.first.iter().filter(|it| !self.first.contains(it));
        let new: Vec<String> = new.cloned().collect();
        self.findings += other.findings - known;
        let room = Self::MOST.saturating_sub(self.first.len());
        self.first.extend(new.into_iter().take(room));
    }

    /// A step without findings.
    pub(crate) fn pass() -> Self {
        Self {
            passed: true,
            ..Self::default()
        }
    }
}

/// How many examples a description has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Examples {
    /// Valid against their schemas: these are tried.
    pub(crate) valid: usize,
    /// Not valid against their schemas.
    pub(crate) invalid: usize,
    /// Of schemas that the validator doesn't take.
    pub(crate) unjudged: usize,
    /// Where those are that aren't tried, and why.
    pub(crate) not_tried: Vec<String>,
    /// Values of unions in those that are tried.
    pub(crate) variants: usize,
    /// Values of unions of which nothing can be said.
    pub(crate) variants_unjudged: usize,
    /// Values of unions that are read as a variant which they aren't valid as.
    pub(crate) wrong_variants: usize,
}

/// Calls of all operations, sent to a mock server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Calls {
    /// Why the mock server didn't start, where it didn't.
    pub(crate) not_started: Option<String>,
    /// How many operations were called.
    pub(crate) operations: usize,
    /// How many requests were valid.
    pub(crate) accepted: usize,
    /// How many of the responses to those were read.
    pub(crate) read: usize,
    /// All others.
    pub(crate) exceptions: Vec<Exception>,
}

/// Something that isn't as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Exception {
    /// Which call.
    pub(crate) call: String,
    /// What is wrong.
    pub(crate) what: String,
    /// Why that is no fault of the crate, where it isn't.
    pub(crate) excuse: Option<String>,
}

/// Recorded responses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Recorded {
    /// How many there are of the description's operations.
    pub(crate) responses: usize,
    /// How many were read.
    pub(crate) read: usize,
    /// How many of those are the same again when they are encoded.
    pub(crate) same: usize,
    /// How many differences the client told of: these don't count.
    pub(crate) reported: usize,
    /// All other differences, and why responses weren't read.
    pub(crate) differences: Vec<Exception>,
    /// Recordings of no operation.
    pub(crate) unmatched: Vec<String>,
    /// Documented responses that are no JSON.
    pub(crate) unread_text: Vec<String>,
}

/// What a process for one description is to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Order {
    /// The description.
    pub(crate) spec: String,
    /// Its configuration.
    pub(crate) config: Option<String>,
    /// Seconds that it may take.
    pub(crate) seconds: u64,
    /// Memory that it may take, in MiB.
    pub(crate) memory: u64,
    /// Where the crates go that are needed, by kind: folders whose names are those of the packages.
    pub(crate) folders: BTreeMap<Kind, String>,
    /// Where recorded responses are.
    pub(crate) recordings: Option<String>,
    /// What the description is called.
    pub(crate) name: String,
}

/// What a crate is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    /// To be compiled as it is.
    Crates,
    /// To try examples, with unknown fields kept.
    Examples,
    /// To try examples, without.
    Plain,
    /// To call all operations.
    Calls,
    /// To read recorded responses.
    Recorded,
}

impl Kind {
    /// The folder for its crates, and what stands behind the names of their packages.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Crates => "crates",
            Self::Examples => "examples",
            Self::Plain => "plain",
            Self::Calls => "calls",
            Self::Recorded => "recorded",
        }
    }
}

/// What a process for one description tells, a line of JSON each.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum WorkerEvent {
    /// Generating came to an end.
    Measured {
        outcome: Outcome,
        milliseconds: u64,
        peak_kib: Option<u64>,
    },
    /// What was typed loosely.
    Surveyed {
        loosened: BTreeMap<String, usize>,
        loosened_at: Vec<String>,
        untyped: usize,
    },
    /// A crate was written; its files have this hash.
    Written { kind: Kind, hash: String },
    /// The examples were looked at.
    Examples(Examples),
    /// The recorded responses were looked at.
    Recorded(Recorded),
}
