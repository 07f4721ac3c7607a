//! What pages say, as plain data: every fact with the line that it stands on.

use serde_json::Value;

/// A line of one of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct At {
    /// Index of the page.
    pub(crate) page: usize,
    /// Number of the line, from 1.
    pub(crate) line: usize,
}

/// How a page is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// For those who send the requests themselves: names and types are those of the wire.
    Http,
    /// For users of the Go client: names and types are those of Go.
    Go,
    /// For users of a client whose form isn't known here.
    Other,
}

/// Everything that a page says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    /// In the order of the page.
    pub(crate) operations: Vec<Operation>,
    /// The types that the page lists by themselves.
    pub(crate) types: Vec<Shape>,
}

/// An operation.
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    /// How the page that describes it is written.
    pub(crate) form: Form,
    /// In upper case.
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) at: At,
    /// The heading that it stands under.
    pub(crate) title: Option<String>,
    /// The heading above that: the group of a page that describes a group as a whole.
    pub(crate) group: Option<String>,
    /// How the client is called.
    pub(crate) signature: Option<String>,
    pub(crate) parameters: Vec<Parameter>,
    /// What is sent, and the line where that begins.
    pub(crate) body: Option<Shape>,
    /// What comes back.
    pub(crate) response: Option<Shape>,
    /// The request that is shown.
    pub(crate) curl: Option<Curl>,
    /// The responses that are shown.
    pub(crate) response_examples: Vec<Example>,
}

impl Operation {
    /// How messages call it.
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Whether the response that is described is an item of the lists that really come: clients that turn the
    /// pages themselves tell what they hand out.
    pub(crate) fn responds_with_items(&self) -> bool {
        let returned = self
            .signature
            .as_deref()
            .and_then(|it| it.rsplit_once(") (").map(|(_, returned)| returned));
        self.form == Form::Go && returned.is_some_and(|it| it.contains('['))
    }
}

/// Where a parameter is sent (OpenAPI 3.1.1, "Parameter Locations").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ParameterLocation {
    Path,
    Query,
    Header,
    Cookie,
}

impl ParameterLocation {
    /// The `in` of the Parameter Object.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// A parameter.
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    /// Where it goes; some forms don't tell.
    pub(crate) place: Option<ParameterLocation>,
    pub(crate) member: Member,
}

/// A field of an object, or a parameter.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) at: At,
    /// Whether it may be left out; some forms don't tell.
    pub(crate) optional: Option<bool>,
    /// Whether the page says more of it than its name, in a list of names.
    pub(crate) described: bool,
    pub(crate) shape: Shape,
}

/// A type, as a page tells it.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    pub(crate) kind: Kind,
    pub(crate) at: At,
    /// What the page calls it.
    pub(crate) name: Option<String>,
    /// Examples that stand in its description.
    pub(crate) examples: Vec<Example>,
}

#[derive(Clone, Debug)]
pub(crate) enum Kind {
    String,
    /// Text that is a point in time.
    Time,
    Integer,
    /// Any number; in some forms a whole number, too.
    Number,
    Boolean,
    Null,
    /// Anything.
    Any,
    /// The content of a file.
    File,
    /// One of some values.
    Enum(Vec<Literal>),
    Array(Box<Shape>),
    Map(Box<Shape>),
    Object(Object),
    Union(Vec<Shape>),
    /// Nothing is known but a name, if that.
    Opaque,
}

/// An object.
#[derive(Clone, Debug, Default)]
pub(crate) struct Object {
    pub(crate) members: Vec<Member>,
    /// How many members it has by what its own line says.
    pub(crate) stated: Option<usize>,
    /// Whether it may have members that the page doesn't list.
    pub(crate) partial: bool,
}

/// A value that is listed.
#[derive(Clone, Debug)]
pub(crate) struct Literal {
    pub(crate) value: Value,
    pub(crate) at: At,
    /// Whether it has a line of its own.
    pub(crate) described: bool,
}

/// A JSON text that a page shows.
#[derive(Clone, Debug)]
pub(crate) struct Example {
    /// The text as it stands on the page.
    pub(crate) text: String,
    pub(crate) value: Value,
    /// The line that the text begins on.
    pub(crate) at: At,
}

/// A request, as a command line of curl.
#[derive(Clone, Debug)]
pub(crate) struct Curl {
    pub(crate) at: At,
    pub(crate) method: Option<String>,
    pub(crate) url: String,
    /// Names and values.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Option<Example>,
}

impl Shape {
    pub(crate) fn new(kind: Kind, at: At) -> Self {
        Self {
            kind,
            at,
            name: None,
            examples: Vec::new(),
        }
    }

    pub(crate) fn members(&self) -> &[Member] {
        match &self.kind {
            Kind::Object(object) => &object.members,
            _ => &[],
        }
    }
}

/// A name without what spellings differ in: `SourceFileID` and `source_file_id` are one.
pub(crate) fn folded(name: &str) -> String {
    name.chars()
        .filter(|it| it.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
