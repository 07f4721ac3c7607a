//! What comes of holding pages against a description.

use std::ops::Range;

use codegen::Origin;

use super::{Note, PagePlace};

/// What comes of holding pages against a description.
#[derive(Clone, Debug)]
pub struct PageReport {
    /// What was compared.
    pub counts: Counts,
    /// Where pages and description differ, in the order of the pages.
    pub differences: Vec<Difference>,
    /// What was left aside.
    pub notes: Vec<Note>,
}

/// How much was compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Pages that describe something.
    pub pages: usize,
    /// Operations, as often as pages describe them.
    pub operations: usize,
    /// Parameters.
    pub parameters: usize,
    /// Fields of what is sent and returned, at any depth.
    pub fields: usize,
    /// Values of enums.
    pub values: usize,
    /// Requests and responses that are shown.
    pub examples: usize,
}

/// Something that pages and description don't agree on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What it is of.
    pub kind: DifferenceKind,
    /// What differs, in one sentence without a full stop.
    pub message: String,
    /// The line of the page.
    pub page: PagePlace,
    /// What to say there.
    pub page_label: String,
    /// Other lines that say the same.
    pub also: Vec<PagePlace>,
    /// The place in the description.
    pub spec: SpecPlace,
    /// What to say there.
    pub spec_label: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// A place in a description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpecPlace {
    /// The text that it is in: the description's own, or an overlay.
    pub origin: Origin,
    /// JSON pointer (RFC 6901) in that text.
    pub pointer: String,
    /// The number of the line, from 1.
    pub line: usize,
    /// The number of the character in the line, from 1.
    pub column: usize,
    /// Bytes of the text.
    pub span: Range<usize>,
}

/// What a [`Difference`] is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DifferenceKind {
    /// The pages have it, and the description hasn't.
    OnlyInPages,
    /// The description has it, and the pages haven't.
    OnlyInSpec,
    /// It has two names, probably.
    Renamed,
    /// An operation has another path or method.
    Moved,
    /// A parameter goes elsewhere.
    Place,
    /// It has another type.
    Type,
    /// It may be left out here and not there.
    Optional,
    /// An example can't be read by the description's types.
    Example,
    /// Requests go to another server, or with other credentials.
    Access,
}

impl DifferenceKind {
    /// A word for it, for machines.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OnlyInPages => "only-in-pages",
            Self::OnlyInSpec => "only-in-spec",
            Self::Renamed => "renamed",
            Self::Moved => "moved",
            Self::Place => "place",
            Self::Type => "type",
            Self::Optional => "optional",
            Self::Example => "example",
            Self::Access => "access",
        }
    }
}
