//! Markdown to facts.
//!
//! A page is read line by line: headings open operations and their sections, lists in the sections are
//! trees by their indentation, and every item of a list that is all code is a fact. Other text is for
//! people, and is not looked at.

mod go;
mod item;
mod sample;
mod shape;
mod types;

use crate::facts::ParameterLocation;
use codegen::Source;

use super::facts::{At, Facts, Form, Kind, Operation, Parameter, Shape};
use super::{Note, NoteKind};

use item::{Item, Parsed};
use sample::Block;
use types::shortened;

/// What can't be used of a page.
#[derive(Debug, Default)]
pub(super) struct Trouble {
    pub(super) notes: Vec<(At, Note)>,
}

impl Trouble {
    fn add(&mut self, kind: NoteKind, at: At, message: String, help: &str) {
        let note = Note {
            kind,
            message,
            help: help.to_owned(),
            place: None,
        };
        self.notes.push((at, note));
    }

    /// A line that says nothing for sure.
    pub(super) fn unreadable(&mut self, at: At, message: &str, help: &str) {
        self.add(NoteKind::Unreadable, at, message.to_owned(), help);
    }

    /// A line that is left aside.
    pub(super) fn warn(&mut self, at: At, message: String, help: &str) {
        self.add(NoteKind::Warning, at, message, help);
    }

    fn not_understood(&mut self, at: At, text: &str, wanted: &str) {
        let message = format!("`{}` is unknown here", shortened(text));
        let help = format!("not compared: expected {wanted}");
        self.warn(at, message, &help);
    }
}

/// The parts of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Section {
    /// Between its line and the first section.
    Description,
    Parameters(Option<ParameterLocation>),
    Body,
    Returns,
    Example,
    Response,
    /// Types by themselves, outside of operations.
    Types,
    Unknown,
}

impl Section {
    fn of(heading: &str) -> Option<Self> {
        let heading = heading.to_ascii_lowercase();
        Some(match heading.as_str() {
            "path parameters" => Self::Parameters(Some(ParameterLocation::Path)),
            "query parameters" => Self::Parameters(Some(ParameterLocation::Query)),
            "header parameters" => Self::Parameters(Some(ParameterLocation::Header)),
            "cookie parameters" => Self::Parameters(Some(ParameterLocation::Cookie)),
            "parameters" => Self::Parameters(None),
            "body parameters" => Self::Body,
            "returns" => Self::Returns,
            "example" | "examples" => Self::Example,
            "response" | "responses" => Self::Response,
            "domain types" => Self::Types,
            _ => return None,
        })
    }
}

/// Reads a page, which is the one of this index.
pub(super) fn read(page: usize, source: Source<'_>, trouble: &mut Trouble) -> Facts {
    let mut reader = Reader {
        trouble,
        facts: Facts::default(),
        headings: Vec::new(),
        signature: None,
        level: 0,
        section: Section::Unknown,
        in_operation: false,
        lines: Vec::new(),
        start: At { page, line: 1 },
    };
    let mut block: Option<(String, Block)> = None;
    for (index, line) in source.text.lines().enumerate() {
        let line = line.trim_start_matches('\u{feff}');
        let at = At {
            page,
            line: index + 1,
        };
        let trimmed = line.trim();
        if let Some((fence, open)) = &mut block {
            if trimmed.starts_with(fence.as_str()) && trimmed.chars().all(|it| fence.contains(it)) {
                if let Some((_, block)) = block.take() {
                    reader.block(&block);
                }
                continue;
            }
            open.at.get_or_insert(at);
            open.text.push_str(line);
            open.text.push('\n');
        } else if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            let mark = if trimmed.starts_with('`') { '`' } else { '~' };
            let length = trimmed.chars().take_while(|it| *it == mark).count();
            let language = trimmed[length..].trim().to_ascii_lowercase();
            let open = Block {
                language,
                ..Block::default()
            };
            block = Some((mark.to_string().repeat(length), open));
        } else {
            reader.line(at, line);
        }
    }
    if let Some((_, block)) = block {
        let end = block.at.unwrap_or(reader.start);
        let message = "the code block that starts here is not closed".to_owned();
        reader.trouble.warn(end, message, "close it with ```");
        reader.block(&block);
    }
    reader.close();
    reader.facts
}

struct Reader<'r, 'a> {
    trouble: &'r mut Trouble,
    facts: Facts,
    /// The headings that the current line stands under, with their levels.
    headings: Vec<(usize, String)>,
    signature: Option<String>,
    /// The level of the heading of the current operation.
    level: usize,
    section: Section,
    in_operation: bool,
    /// Lines of the current section.
    lines: Vec<(At, &'a str)>,
    /// Where that begins.
    start: At,
}

impl<'a> Reader<'_, 'a> {
    fn line(&mut self, at: At, line: &'a str) {
        if let Some((level, heading)) = heading(line) {
            self.heading(at, level, heading);
        } else if line.starts_with("**") && self.operation(at, line) {
            // Taken.
        } else if !self.in_operation
            && line.starts_with('`')
            && line.trim_end().ends_with('`')
            && line.contains('(')
        {
            self.signature = Some(line.trim().trim_matches('`').to_owned());
        } else {
            self.lines.push((at, line));
        }
    }

    fn heading(&mut self, at: At, level: usize, heading: &str) {
        let section = Section::of(heading);
        let inside = self.in_operation && level > self.level;
        match section {
            Some(Section::Types) => {
                self.close();
                self.in_operation = false;
                self.section = Section::Types;
            }
            Some(section) if inside => {
                self.close();
                self.section = section;
            }
            // Descriptions can have headings of their own.
            None if inside && self.section == Section::Description => return,
            // Blocks below an example are told apart by such headings.
            None if inside && matches!(self.section, Section::Example | Section::Response) => {}
            None if inside => {
                self.close();
                self.section = Section::Unknown;
                let message = format!("unknown section `{}`", shortened(heading));
                self.trouble.warn(at, message, "not compared");
            }
            _ if self.section == Section::Types && level > self.level_of_types() => self.close(),
            _ => {
                self.close();
                self.in_operation = false;
                self.section = Section::Unknown;
                self.signature = None;
            }
        }
        self.start = at;
        self.headings.retain(|(above, _)| *above < level);
        self.headings.push((level, heading.to_owned()));
    }

    fn level_of_types(&self) -> usize {
        let types = |it: &&(usize, String)| Section::of(&it.1) == Some(Section::Types);
        self.headings.iter().find(types).map_or(0, |it| it.0)
    }

    /// Takes the line that names method and path; says whether it is one.
    fn operation(&mut self, at: At, line: &str) -> bool {
        const METHODS: [&str; 8] = [
            "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE",
        ];
        let Some((method, rest)) = line[2..].split_once("**") else {
            return false;
        };
        let rest = rest.trim();
        let method = method.trim().to_ascii_uppercase();
        let is_path = rest.starts_with("`/") && rest.len() > 2 && rest.ends_with('`');
        let path = rest.trim_matches('`');
        if !METHODS.contains(&method.as_str()) {
            if is_path {
                let message = format!("`{}` is not an HTTP method", shortened(&method));
                let help = "an operation starts as in **get** `/cats/{id}`";
                self.trouble.unreadable(at, &message, help);
            }
            return is_path;
        }
        if !is_path || path.contains(['`', ' ']) {
            if !rest.contains('`') {
                return false;
            }
            let message = "the path after the method is missing";
            let help = "an operation starts as in **get** `/cats/{id}`";
            self.trouble.unreadable(at, message, help);
            return true;
        }
        self.close();
        let title = self.headings.last();
        self.level = title.map_or(0, |it| it.0);
        let group = self.headings.iter().rev().nth(1);
        let signature = self.signature.take();
        let form = match &signature {
            None => Form::Http,
            Some(it) if it.contains("(ctx") => Form::Go,
            Some(_) => Form::Other,
        };
        let title = title.map(|it| it.1.clone());
        let group = group.map(|it| it.1.clone());
        self.mind_the_form(form, at, &method, path);
        self.facts.operations.push(Operation {
            form,
            method,
            path: path.to_owned(),
            at,
            title,
            group,
            signature,
            parameters: Vec::new(),
            body: None,
            response: None,
            curl: None,
            response_examples: Vec::new(),
        });
        self.in_operation = true;
        self.section = Section::Description;
        self.start = at;
        true
    }

    /// Tells of an operation that is described in a form that isn't known.
    fn mind_the_form(&mut self, form: Form, at: At, method: &str, path: &str) {
        if form == Form::Other {
            let message = format!("{method} {path} is described for an unknown client");
            let help =
                "only its method, path and examples are compared; the known forms are HTTP and Go";
            self.trouble.warn(at, message, help);
        }
    }

    /// Takes what the lines of the current section say.
    fn close(&mut self) {
        let lines = std::mem::take(&mut self.lines);
        if self.section == Section::Types {
            let items = item::read(&lines, self.form_of_page(), self.trouble);
            if !items.is_empty() {
                let shape = shape::of_section(items, self.start, self.trouble);
                self.facts.types.push(shape);
            }
            return;
        }
        let section = self.section;
        let is_list = matches!(
            section,
            Section::Parameters(_) | Section::Body | Section::Returns
        );
        let Some(form) = self.facts.operations.last().map(|it| it.form) else {
            return;
        };
        if !self.in_operation || !is_list || form == Form::Other {
            return;
        }
        let items = item::read(&lines, form, self.trouble);
        let Some(operation) = self.facts.operations.last_mut() else {
            return;
        };
        match section {
            Section::Parameters(None) => parameters_of_go(items, operation, self.trouble),
            Section::Parameters(place) => {
                for item in items {
                    let member = shape::member(item, self.trouble);
                    let found = member.map(|member| Parameter { place, member });
                    operation.parameters.extend(found);
                }
            }
            Section::Body => {
                operation.body = Some(shape::of_section(items, self.start, self.trouble));
            }
            _ if items.is_empty() => {}
            _ => operation.response = Some(shape::of_section(items, self.start, self.trouble)),
        }
    }

    fn form_of_page(&self) -> Form {
        self.facts
            .operations
            .last()
            .map_or(Form::Http, |it| it.form)
    }

    /// Takes a block of code.
    fn block(&mut self, block: &Block) {
        let Some(operation) = self.facts.operations.last_mut() else {
            return;
        };
        if !self.in_operation {
            return;
        }
        match self.section {
            Section::Example if block.text.trim_start().starts_with("curl") => {
                // Of several requests the first one counts.
                let known = operation.curl.take();
                operation.curl = known.or_else(|| sample::curl(block, self.trouble));
            }
            Section::Example | Section::Response if block.language == "json" => {
                operation
                    .response_examples
                    .extend(sample::json(block, self.trouble));
            }
            _ => {}
        }
    }
}

/// Level and text of a heading.
fn heading(line: &str) -> Option<(usize, &str)> {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    let is_heading = (1..=6).contains(&level) && rest.starts_with(' ');
    is_heading.then(|| (level, rest.trim().trim_end_matches('#').trim_end()))
}

/// The parameters of a call in Go: those of the path by themselves, others as fields of a struct.
fn parameters_of_go(items: Vec<Item>, operation: &mut Operation, trouble: &mut Trouble) {
    let in_path = operation.path.matches('{').count();
    let mut met = 0;
    for item in items {
        let at = item.at;
        let Parsed::Member { name, .. } = &item.parsed else {
            trouble.not_understood(at, &item.text, "a name and its type");
            continue;
        };
        let place = match name.as_str() {
            "query" => Some("query"),
            "body" => Some("body"),
            // Most say themselves where they go.
            "params" if matches!(operation.method.as_str(), "POST" | "PUT" | "PATCH") => {
                Some("body")
            }
            "params" => None,
            _ if met < in_path => {
                met += 1;
                let member = shape::member(item, trouble);
                operation.parameters.extend(member.map(|member| Parameter {
                    place: Some(ParameterLocation::Path),
                    member,
                }));
                continue;
            }
            _ => {
                trouble.not_understood(
                    at,
                    &item.text,
                    "a parameter of the path, `query` or `body`",
                );
                continue;
            }
        };
        for child in item.children {
            let described = child.place.clone();
            let place = described.as_deref().or(place).map(str::to_owned);
            let Some(member) = shape::member(child, trouble) else {
                continue;
            };
            let place = match place.as_deref() {
                Some("body") => {
                    add_to_body(operation, member, at);
                    continue;
                }
                Some("query") => Some(ParameterLocation::Query),
                Some("header") => Some(ParameterLocation::Header),
                Some("path") => Some(ParameterLocation::Path),
                Some("cookie") => Some(ParameterLocation::Cookie),
                _ => None,
            };
            operation.parameters.push(Parameter { place, member });
        }
    }
}

fn add_to_body(operation: &mut Operation, member: super::facts::Member, at: At) {
    let body = operation
        .body
        .get_or_insert_with(|| Shape::new(Kind::Object(super::facts::Object::default()), at));
    if let Kind::Object(object) = &mut body.kind {
        object.members.push(member);
    }
}
