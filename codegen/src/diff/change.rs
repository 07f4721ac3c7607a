//! What a change is, and what follows from it.

use std::fmt;
use std::str::FromStr;

use crate::diagnostic::{Diagnostic, Origin};

/// What became of a part of the API, and what that means to those who use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What happened to it.
    pub kind: ChangeKind,
    /// What it is a part of the API as.
    pub subject: Subject,
    /// What the description calls it: `Pet.name`, `GET /pets`, `GET /pets ?limit`.
    pub name: String,
    /// What happened, in a sentence without a full stop, in Markdown.
    pub text: String,
    /// What it means to a program that is compiled with the new crate.
    pub rust: Consequence,
    /// What it means to a program that was compiled with the old crate and meets the new service.
    pub wire: Consequence,
    /// Where the old description has it.
    pub old: Option<Place>,
    /// Where the new description has it.
    pub new: Option<Place>,
}

/// What happened to a part of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// It wasn't there.
    Added,
    /// It is gone.
    Removed,
    /// It has another name.
    Renamed,
    /// It is another one.
    Changed,
}

impl ChangeKind {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Renamed => "renamed",
            Self::Changed => "changed",
        }
    }
}

/// What a part of the API is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A call.
    Operation,
    /// A parameter of a call.
    Parameter,
    /// What a call sends.
    Body,
    /// What a call gives.
    Response,
    /// What a call fails with.
    Failure,
    /// How a list goes on.
    Pages,
    /// A wait for an end.
    Wait,
    /// What the server sends by itself.
    Webhook,
    /// A type.
    Type,
    /// A field of a struct.
    Field,
    /// A value of an enum.
    Value,
    /// A variant of a union.
    Variant,
    /// A server.
    Server,
    /// A credential.
    Credential,
    /// The crate itself: its name, its features, the compiler that it needs.
    Package,
}

impl Subject {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Operation => "operation",
            Self::Parameter => "parameter",
            Self::Body => "body",
            Self::Response => "response",
            Self::Failure => "error",
            Self::Pages => "pagination",
            Self::Wait => "polling",
            Self::Webhook => "webhook",
            Self::Type => "type",
            Self::Field => "field",
            Self::Value => "value",
            Self::Variant => "variant",
            Self::Server => "server",
            Self::Credential => "credential",
            Self::Package => "package",
        }
    }
}

/// What follows from a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consequence {
    /// How bad it is.
    pub effect: Effect,
    /// What it is, in Markdown; empty where nothing follows.
    pub text: String,
}

impl Consequence {
    /// Nothing follows.
    pub(super) fn none() -> Self {
        Self::new(Effect::None, "")
    }

    pub(super) fn new(effect: Effect, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { effect, text }
    }

    pub(super) fn additive(text: impl Into<String>) -> Self {
        Self::new(Effect::Additive, text)
    }

    pub(super) fn breaking(text: impl Into<String>) -> Self {
        Self::new(Effect::Breaking, text)
    }

    /// Both, the worse effect counting.
    pub(super) fn and(self, other: Self) -> Self {
        let text = match (self.text.is_empty(), other.text.is_empty()) {
            (_, true) => self.text,
            (true, false) => other.text,
            (false, false) => format!("{}; {}", self.text, other.text),
        };
        Self::new(self.effect.max(other.effect), text)
    }

    /// Both, where the other one says what this one doesn't.
    pub(super) fn and_new(self, other: Self) -> Self {
        if self.text.split("; ").any(|text| text == other.text) {
            return self;
        }
        self.and(other)
    }
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// Nobody sees it.
    None,
    /// There is more than before, and all that was there still is.
    Additive,
    /// What worked before doesn't.
    Breaking,
}

impl Effect {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Additive => "additive",
            Self::Breaking => "breaking",
        }
    }
}

/// Where a description has something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The text that has it: the description, or an overlay of it.
    pub origin: Origin,
    /// JSON pointer (RFC 6901) in that text.
    pub pointer: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// The step of a version that changes ask for (Semantic Versioning 2.0.0, items 6 to 8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Nothing has changed.
    None,
    /// Programs see nothing of it.
    Patch,
    /// There is more than before.
    Minor,
    /// Programs have to be changed.
    Major,
}

impl Step {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }

    /// The version that is this step after another one, as Cargo compares versions: below 1.0.0
    /// the first number that isn't 0 takes the place of the major one. What stands behind a `-`
    /// or a `+` goes; where `version` isn't three numbers, there is no next one.
    ///
    /// # Examples
    ///
    /// ```
    /// use codegen::Step;
    ///
    /// assert_eq!(Step::Major.after("1.2.3").as_deref(), Some("2.0.0"));
    /// assert_eq!(Step::Major.after("0.2.3").as_deref(), Some("0.3.0"));
    /// assert_eq!(Step::Minor.after("0.2.3").as_deref(), Some("0.2.4"));
    /// assert_eq!(Step::Patch.after("0.0.3").as_deref(), Some("0.0.4"));
    /// ```
    pub fn after(self, version: &str) -> Option<String> {
        let Numbers([major, minor, patch]) = version.parse().ok()?;
        let next = match (self, major, minor) {
            (Self::None, ..) => [major, minor, patch],
            (Self::Major, 0, 0) => [0, 0, patch.checked_add(1)?],
            (Self::Major, 0, _) => [0, minor.checked_add(1)?, 0],
            (Self::Major, ..) => [major.checked_add(1)?, 0, 0],
            (Self::Minor, 1.., _) => [major, minor.checked_add(1)?, 0],
            _ => [major, minor, patch.checked_add(1)?],
        };
        Some(Numbers(next).to_string())
    }
}

/// The numbers of a version; ordered as versions are, pre-releases left aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Numbers([u64; 3]);

impl FromStr for Numbers {
    type Err = ();

    fn from_str(version: &str) -> Result<Self, ()> {
        let release = version.split(['-', '+']).next().unwrap_or_default();
        let numbers: Result<Vec<u64>, _> = release.split('.').map(str::parse).collect();
        let numbers = numbers.map_err(|_| ())?;
        Ok(Self(numbers.try_into().map_err(|_| ())?))
    }
}

impl fmt::Display for Numbers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.0;
        write!(formatter, "{major}.{minor}.{patch}")
    }
}

/// What changed between two descriptions of an API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// All changes but those of words: operations first, then types, in the order of the new
    /// description, what is gone behind.
    pub changes: Vec<Change>,
    /// How many things are described in other words.
    pub reworded: usize,
    /// Warnings of the new description that the old one didn't have: a slip in it can look like a
    /// change of the API.
    pub warnings: Vec<Diagnostic>,
    /// References of the old description that can't be followed, and that the new one doesn't have: what takes their
    /// place looks like a change of the API, too.
    pub old_warnings: Vec<Diagnostic>,
    /// The version of the old crate.
    pub old_version: String,
    /// The version of the new crate, as its configuration has it.
    pub new_version: String,
}

impl Diff {
    /// The worst that happens to programs that are compiled with the new crate.
    pub fn rust(&self) -> Effect {
        let effects = self.changes.iter().map(|change| change.rust.effect);
        effects.max().unwrap_or(Effect::None)
    }

    /// The step from the old crate's version that the changes ask for. The rules are those of the
    /// emitted crates: enums are open and structs are `non_exhaustive`, so that a value, a variant or
    /// an optional field more breaks nobody.
    pub fn step(&self) -> Step {
        match self.rust() {
            Effect::Breaking => Step::Major,
            Effect::Additive => Step::Minor,
            Effect::None if self.changes.is_empty() && self.reworded == 0 => Step::None,
            Effect::None => Step::Patch,
        }
    }

    /// The version that the new crate has to have at least; `None` where the old one's isn't three
    /// numbers.
    pub fn next_version(&self) -> Option<String> {
        self.step().after(&self.old_version)
    }

    /// Whether the new crate's version is at least [`next_version`](Self::next_version).
    pub fn is_stepped(&self) -> bool {
        let numbers = |version: &str| version.parse::<Numbers>().ok();
        match self.next_version() {
            Some(next) => numbers(&self.new_version) >= numbers(&next),
            None => false,
        }
    }
}
