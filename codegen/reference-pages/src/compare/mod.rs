//! Facts of pages against a description.

pub(super) mod calls;
pub(super) mod examples;
mod findings;
mod groups;
mod page_report;
mod parameters;
mod place;
mod shapes;
mod types;
mod unions;
mod wording;

use std::collections::{BTreeSet, HashMap};

use codegen::Description;

use super::declared::Declared;
use super::facts::{Form, Operation};
use super::report::{DifferenceKind, PageReport};
use super::spec::{Spec, SpecKind, SpecOperation, is_json};
use super::{Options, Pages};

use findings::{Findings, Found};
use groups::{Group, groups};
use place::Spot;

/// How much work a comparison may be: types of pages that are held against schemas.
const STEPS: usize = 3_000_000;

/// Operations of pages that are looked for elsewhere in the description.
const MOST_MOVED: usize = 200;

/// A comparison that is under way.
pub(crate) struct Comparison<'p> {
    pages: &'p Pages<'p>,
    spec: &'p Spec,
    findings: Findings,
    declared: Declared<'p>,
    /// Names that are being looked into, with the schemas that they are held against.
    under_way: Vec<(String, String)>,
    /// Names that pages don't explain.
    unknown: BTreeSet<String>,
    steps: usize,
    /// Differences of examples so far.
    examples_told: usize,
}

/// Holds pages against a description.
pub(super) fn compare(
    pages: &Pages<'_>,
    spec: &Spec,
    description: Description<'_>,
    options: Options,
) -> PageReport {
    let mut comparison = Comparison {
        pages,
        spec,
        findings: Findings::default(),
        declared: Declared::of(pages),
        under_way: Vec::new(),
        unknown: BTreeSet::new(),
        steps: STEPS,
        examples_told: 0,
    };
    comparison.operations(options);
    comparison.types();
    if comparison.steps == 0 {
        let help = "compare fewer pages at once".to_owned();
        let message = "the types of these pages have too many alternatives".to_owned();
        let at = super::facts::At { page: 0, line: 1 };
        comparison.findings.notes.push((at, message, help));
    }
    page_report::page_report(comparison.findings, pages, description)
}

/// A path without the names of its parameters.
fn unnamed(path: &str) -> String {
    let mut plain = String::with_capacity(path.len());
    for (index, part) in path.split('{').enumerate() {
        if index == 0 {
            plain.push_str(part);
        } else {
            plain.push_str("{}");
            plain.push_str(part.split_once('}').map_or("", |(_, rest)| rest));
        }
    }
    plain
}

impl<'p> Comparison<'p> {
    fn operations(&mut self, options: Options) {
        let in_spec = self.spec.operations();
        let mut described = vec![false; in_spec.len()];
        let mut undescribed: Vec<&'p Operation> = Vec::new();
        let by_form: HashMap<(&str, String), usize> = in_spec
            .iter()
            .enumerate()
            .map(|(index, it)| ((it.method.as_str(), unnamed(&it.path)), index))
            .collect();
        let pages: &'p Pages<'p> = self.pages;
        let mut pairs = Vec::new();
        for operation in pages.facts.iter().flat_map(|it| &it.operations) {
            let exact = in_spec
                .iter()
                .position(|it| it.method == operation.method && it.path == operation.path);
            let key = (operation.method.as_str(), unnamed(&operation.path));
            match exact.or_else(|| by_form.get(&key).copied()) {
                Some(index) => {
                    described[index] = true;
                    pairs.push((operation, index));
                }
                None => undescribed.push(operation),
            }
        }
        let mut elsewhere: HashMap<(&str, &str), Option<(usize, bool)>> = HashMap::new();
        for operation in undescribed {
            let key = (operation.method.as_str(), operation.path.as_str());
            // Several pages can describe the same operation.
            let found = match elsewhere.get(&key) {
                Some(known) => *known,
                None if elsewhere.len() >= MOST_MOVED => None,
                None => {
                    let left = (0..in_spec.len()).filter(|index| !described[*index]);
                    let near = moved(operation, &in_spec, left);
                    near.and_then(|index| self.as_moved(operation, &in_spec[index], index))
                }
            };
            elsewhere.insert(key, found);
            match found {
                Some((index, is_alike)) => {
                    self.moved(operation, &in_spec[index]);
                    described[index] = true;
                    if is_alike {
                        pairs.push((operation, index));
                    }
                }
                None => self.only_in_pages_operation(operation, &in_spec),
            }
        }
        for (operation, index) in pairs {
            self.operation(operation, &in_spec[index]);
        }
        let groups = groups(pages, &in_spec);
        for (operation, described) in in_spec.iter().zip(&described) {
            if !described {
                self.undescribed(operation, &groups, options);
            }
        }
    }

    /// Whether an operation of a page is that of the description but for its path or method.
    fn is_alike(&mut self, page: &'p Operation, spec: &SpecOperation) -> bool {
        const MOST: usize = 3;
        let mark = self.findings.mark();
        self.operation(page, spec);
        let found = self.findings.since(mark);
        self.findings.forget(mark);
        found <= MOST
    }

    /// An operation that is probably meant, and whether it is worth a comparison: on the same path one of the two
    /// methods is wrong, whatever else differs.
    fn as_moved(
        &mut self,
        page: &'p Operation,
        spec: &SpecOperation,
        index: usize,
    ) -> Option<(usize, bool)> {
        let is_alike = self.is_alike(page, spec);
        let is_same_path = unnamed(&spec.path) == unnamed(&page.path);
        (is_alike || is_same_path).then_some((index, is_alike))
    }

    fn moved(&mut self, page: &Operation, spec: &SpecOperation) {
        self.findings.tell(
            DifferenceKind::Moved,
            format!(
                "{} {} of the description is {} on the page",
                spec.method,
                spec.path,
                page.name()
            ),
            (page.at, "described here".to_owned()),
            (spec.pointer.clone(), "described here".to_owned()),
            vec![(spec.pointer.clone(), page.name())],
        );
    }

    fn only_in_pages_operation(&mut self, page: &Operation, in_spec: &[SpecOperation]) {
        let draft = "`docs-check PAGE --draft` writes a draft description of it";
        let help = match nearest_path(page, in_spec) {
            Some(near) => format!("the description has {near}; {draft}"),
            None => draft.to_owned(),
        };
        self.findings.found.push(Found {
            kind: DifferenceKind::OnlyInPages,
            message: format!(
                "the page has the operation {}, but the description doesn't",
                page.name()
            ),
            page: (page.at, "described here".to_owned()),
            spec: ("/paths".to_owned(), "missing here".to_owned()),
            help: Some(help),
            about: vec![("/paths".to_owned(), page.name())],
            also: Vec::new(),
        });
    }

    /// Tells of an operation that no page describes, where one should.
    fn undescribed(&mut self, spec: &SpecOperation, groups: &[Group<'_>], options: Options) {
        let group = groups.iter().find(|it| it.has(spec)).map(|it| it.at);
        let pages = self.pages.facts.iter();
        let mut operations = pages.flat_map(|it| &it.operations);
        let any = || operations.next().filter(|_| options.all).map(|it| it.at);
        let Some(at) = group.or_else(any) else {
            return;
        };
        let name = format!("{} {}", spec.method, spec.path);
        let message = match group {
            Some(_) => format!(
                "the description has the operation {name}, but the page of its group doesn't"
            ),
            None => format!("the description has the operation {name}, but no page does"),
        };
        let at = super::facts::At { line: 1, ..at };
        self.findings.tell(
            DifferenceKind::OnlyInSpec,
            message,
            (at, "missing on this page".to_owned()),
            (spec.pointer.clone(), "described here".to_owned()),
            vec![(spec.pointer.clone(), String::new())],
        );
    }

    fn operation(&mut self, page: &'p Operation, spec: &SpecOperation) {
        self.findings.counts.operations += 1;
        if page.form != Form::Other {
            self.parameters(page, spec);
            self.body(page, spec);
        }
        self.response(page, spec);
        self.call(page, spec);
    }

    fn body(&mut self, page: &'p Operation, spec: &SpecOperation) {
        let name = page.name();
        let body = self.spec.body(spec);
        match (&page.body, body) {
            (None, None) => {}
            (Some(shape), None) => {
                let members = shape.members().len();
                if members > 0 || !matches!(shape.kind, super::facts::Kind::Object(_)) {
                    let message = format!(
                        "{name} has a request body on the page, but not in the description"
                    );
                    self.presence(true, message, shape.at, spec.pointer.clone());
                }
            }
            (None, Some((pointer, ..))) => {
                let message =
                    format!("{name} has a request body in the description, but not on the page");
                self.presence(false, message, page.at, pointer);
            }
            (Some(shape), Some((_, media, schema))) => {
                let spot = Spot::new(format!("the request body of {name}"), page.form, true);
                let Some(schema) = schema else { return };
                let view = self.spec.view(&schema);
                let has_body = |it: &SpecKind| match it {
                    SpecKind::Object(members, _) => members.iter().any(|it| it.name == "body"),
                    _ => false,
                };
                match shape.members() {
                    // What is no object is described as one with a member of this name.
                    [only] if only.name == "body" && !has_body(&view.kind) => {
                        self.against(&only.shape, &view, &spot);
                    }
                    _ => self.against(shape, &view, &spot),
                }
                if let Some(body) = page.curl.as_ref().and_then(|it| it.body.as_ref())
                    && is_json(&media)
                {
                    self.findings.counts.examples += 1;
                    self.example(body, &body.value, "", &view, &spot);
                }
            }
        }
    }

    fn response(&mut self, page: &'p Operation, spec: &SpecOperation) {
        let name = page.name();
        let spot = Spot::new(format!("the response of {name}"), page.form, false);
        let Some((pointer, media, schema)) = self.spec.response(spec) else {
            if let Some(shape) = &page.response {
                let message =
                    format!("{name} has a response body on the page, but not in the description");
                let responses = codegen::pointer::push(&spec.pointer, "responses");
                self.presence(true, message, shape.at, responses);
            }
            return;
        };
        if !is_json(&media) {
            return;
        }
        let Some(schema) = schema else { return };
        for example in &page.response_examples {
            let view = self.spec.view(&schema);
            self.findings.counts.examples += 1;
            self.example(example, &example.value, "", &view, &spot);
        }
        match &page.response {
            Some(shape) if page.responds_with_items() => {
                if let Some(items) = self.items_of(&schema) {
                    self.shape(shape, &items, &spot.items());
                }
            }
            Some(shape) => self.shape(shape, &schema, &spot),
            None if page.form == Form::Other => {}
            None => {
                let message =
                    format!("{name} has a response body in the description, but not on the page");
                self.presence(false, message, page.at, pointer);
            }
        }
    }

    /// The schema of the items that a page of a list holds.
    fn items_of(&self, schema: &str) -> Option<String> {
        match self.spec.view(schema).kind {
            SpecKind::Array(items) => items,
            SpecKind::Object(members, _) => {
                members
                    .iter()
                    .find_map(|member| match self.spec.view(&member.pointer).kind {
                        SpecKind::Array(items) => items,
                        _ => None,
                    })
            }
            _ => None,
        }
    }

    fn presence(&mut self, on_page: bool, message: String, at: super::facts::At, pointer: String) {
        let about = vec![(pointer.clone(), String::new())];
        let (kind, page, spec) = if on_page {
            (
                DifferenceKind::OnlyInPages,
                "described here",
                "missing here",
            )
        } else {
            (DifferenceKind::OnlyInSpec, "missing here", "described here")
        };
        self.findings.tell(
            kind,
            message,
            (at, page.to_owned()),
            (pointer, spec.to_owned()),
            about,
        );
    }
}

/// The methods and the path of the description that are closest to an operation of a page: those of its own path, or
/// of one that is written nearly like it.
fn nearest_path(page: &Operation, spec: &[SpecOperation]) -> Option<String> {
    let wanted = unnamed(&page.path);
    let same = spec.iter().find(|it| unnamed(&it.path) == wanted);
    let path = match same {
        Some(same) => same.path.as_str(),
        None => codegen::nearest(&page.path, spec.iter().map(|it| it.path.as_str()))?,
    };
    let methods = spec.iter().filter(|it| it.path == path);
    let methods: Vec<&str> = methods.map(|it| it.method.as_str()).collect();
    Some(format!("{} {path}", methods.join(", ")))
}

/// The operation of the description that one of a page probably is, by another path or method.
fn moved(
    page: &Operation,
    spec: &[SpecOperation],
    left: impl Iterator<Item = usize>,
) -> Option<usize> {
    let left: Vec<usize> = left.collect();
    let same_path = left
        .iter()
        .find(|index| unnamed(&spec[**index].path) == unnamed(&page.path));
    if let Some(index) = same_path {
        return Some(*index);
    }
    let same_method: Vec<usize> = left
        .into_iter()
        .filter(|index| spec[*index].method == page.method)
        .collect();
    let paths: Vec<&str> = same_method
        .iter()
        .map(|it| spec[*it].path.as_str())
        .collect();
    let shape = |path: &str| path.matches('{').count();
    let near = wording::probably_misspelt(&page.path, &paths)?;
    let found = same_method.into_iter().find(|it| spec[*it].path == near)?;
    (shape(near) == shape(&page.path)).then_some(found)
}
