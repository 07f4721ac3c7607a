//! Published pages of an API: what they say, held against a description, or made into one.
//!
//! The generator knows nothing of them: this crate reads pages, and asks [`codegen`] whether the description is right and
//! where things stand in it.
//!
//! Pages are Markdown as Stainless writes it, in the form for HTTP or for Go. Only facts are read:
//! operations, parameters, fields, types, values, examples; never the words of descriptions.

mod compare;
mod declared;
mod draft;
mod facts;
mod read;
mod report;
mod show;
mod spec;

use codegen::{Description, Diagnostic, Source};

use facts::Facts;
use read::Trouble;

pub use draft::Draft;
pub use report::{Counts, Difference, DifferenceKind, PageReport, SpecPlace};

/// Pages that have been read.
#[derive(Clone, Debug)]
pub struct Pages<'a> {
    pub(crate) sources: Vec<Source<'a>>,
    pub(crate) facts: Vec<Facts>,
    notes: Vec<Note>,
}

/// Something to know about a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// How much it matters.
    pub kind: NoteKind,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What follows from it, or how to mend it.
    pub help: String,
    /// Where it is; nothing where the page as a whole is meant.
    pub place: Option<PagePlace>,
}

/// How much a [`Note`] matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoteKind {
    /// The page has no operation and no types.
    NoOperation,
    /// A part of the page is left aside.
    Warning,
    /// A line is of a known form and can't be understood: nothing can be said of the page.
    Unreadable,
}

/// A line of a page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PagePlace {
    /// What the page is called.
    pub page: String,
    /// The number of the line, from 1.
    pub line: usize,
}

/// What pages are held to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Whether each operation of the description has to be on one of the pages.
    ///
    /// Without it, that is asked only of pages that describe a group of operations as a whole: those with a heading
    /// above the headings of their operations. Such a page has to have all operations that share a tag with one of
    /// its own and whose paths begin as theirs do.
    pub all: bool,
}

impl<'a> Pages<'a> {
    /// Reads pages. What can't be understood of them is in [`Pages::notes`].
    pub fn read(sources: &[Source<'a>]) -> Self {
        let mut trouble = Trouble::default();
        let mut facts = Vec::with_capacity(sources.len());
        for (page, source) in sources.iter().enumerate() {
            let read = read::read(page, *source, &mut trouble);
            facts.push(read);
        }
        let place = |at: facts::At| PagePlace {
            page: sources.get(at.page).map_or("", |it| it.name).to_owned(),
            line: at.line,
        };
        let mut notes = Vec::new();
        for (page, (source, facts)) in sources.iter().zip(&facts).enumerate() {
            if facts.operations.is_empty() && facts.types.is_empty() {
                notes.push(Note {
                    kind: NoteKind::NoOperation,
                    message: format!("`{}` describes no operation", source.name),
                    help: "an operation starts as in **get** `/cats/{id}`".to_owned(),
                    place: None,
                });
            }
            let own = trouble.notes.iter().filter(|(at, _)| at.page == page);
            notes.extend(own.map(|(at, note)| Note {
                place: Some(place(*at)),
                ..note.clone()
            }));
        }
        Self {
            sources: sources.to_vec(),
            facts,
            notes,
        }
    }

    /// What is to be known about the pages, in their order.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }
}

/// Holds pages against a description.
///
/// # Errors
///
/// What is wrong with the description or its configuration, of which only the limits count.
///
/// # Examples
///
/// ```
/// use codegen::Source;
/// use reference_pages::{Options, Pages, check};
///
/// let page = "## Get Pet\n\n**get** `/pet`\n\n### Returns\n\n- `name: string`\n\n- `age: optional number`\n";
/// let spec = r#"{
///     "openapi": "3.0.3", "info": {"title": "Pets", "version": "1"},
///     "paths": {"/pet": {"get": {"responses": {"200": {"description": "It.", "content": {
///         "application/json": {"schema": {"type": "object", "required": ["name"],
///             "properties": {"name": {"type": "string"}}}}}}}}}}
/// }"#;
/// let pages = Pages::read(&[Source { name: "pet.md", text: page }]);
/// let spec = Source { name: "pets.json", text: spec };
/// let report = check(&pages, spec, Source { name: "", text: "" }, Options::default())
///     .map_err(|diagnostics| diagnostics[0].message.clone())?;
/// let difference = &report.differences[0];
/// assert_eq!(difference.message, "the page has `age` in the response of GET /pet, but the description doesn't");
/// assert_eq!((difference.page.line, difference.spec.line), (9, 4));
/// # Ok::<(), String>(())
/// ```
pub fn check<'a>(
    pages: &Pages<'_>,
    spec: impl Into<Description<'a>>,
    config: Source<'_>,
    options: Options,
) -> Result<PageReport, Vec<Diagnostic>> {
    let spec = spec.into();
    codegen::check(spec, config)?;
    let root = codegen::parse(spec)?;
    let seen = spec::Spec { root };
    Ok(compare::compare(pages, &seen, spec, options))
}

/// Writes a description of what pages say, in OpenAPI 3.1: something to start from. Comments in it tell what
/// was inferred, and from which line.
///
/// # Examples
///
/// ```
/// use codegen::Source;
/// use reference_pages::{Pages, draft};
///
/// let page = "## Get Pet\n\n**get** `/pet`\n\n### Returns\n\n- `name: string`\n";
/// let draft = draft(&Pages::read(&[Source { name: "pet.md", text: page }]));
/// assert!(draft.text.contains("      operationId: getPet\n"));
/// assert!(draft.text.contains("    Pet:\n      type: object\n      required: [name]\n"));
/// ```
pub fn draft(pages: &Pages<'_>) -> Draft {
    draft::draft(pages)
}
