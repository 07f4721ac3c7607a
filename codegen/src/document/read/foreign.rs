//! Texts that are something else than a description, called by their names.

use crate::diagnostic::{Diagnostic, Origin};
use crate::document::text;

/// How the first mark of a conflict begins, as git writes it.
const MARK: &str = "<<<<<<< ";

/// What a text is by its start, if it is a web page or XML.
pub(super) fn by_start(body: &str) -> Option<Diagnostic> {
    let trimmed = body.trim_start();
    let start: String = trimmed.chars().take(16).collect();
    let start = start.to_ascii_lowercase();
    let begins = |tags: &[&str]| tags.iter().any(|tag| start.starts_with(tag));
    let (message, label, help) = if begins(&["<!doctype html", "<html", "<head", "<body"]) {
        (
            "this is an HTML page, not an OpenAPI description",
            "expected YAML or JSON",
            "download the file itself, as linked by \"Raw\" or \"Download\" on the page; a page for signing in is \
             returned where a description isn't public",
        )
    } else if is_tag(&start) {
        (
            "this is XML, not an OpenAPI description",
            "expected YAML or JSON",
            "OpenAPI descriptions are YAML or JSON; WSDL, WADL and OData have to be converted first",
        )
    } else {
        return None;
    };
    let at = body.len() - trimmed.len();
    let span = text::first_line(body, at..body.len());
    Some(located(message, label, help, span))
}

/// Whether a text begins as XML does; a merge key of YAML begins with `<<`.
fn is_tag(start: &str) -> bool {
    let second = start.strip_prefix('<').and_then(|it| it.chars().next());
    second.is_some_and(|it| it.is_ascii_alphabetic() || matches!(it, '?' | '!'))
}

/// What makes a text invalid that its parser can't name: marks of a merge, comments of YAML in JSON.
pub(super) fn by_mistake(body: &str, mistake: &Diagnostic, is_json: bool) -> Option<Diagnostic> {
    if let Some(found) = merge_marks(body) {
        return Some(found);
    }
    let at = mistake.span.clone()?.start;
    let rest = body.get(at..).filter(|_| is_json)?;
    rest.starts_with('#').then(|| {
        located(
            "this is JSON with comments of YAML",
            "comments in JSON begin with `//` or `/*`",
            "remove them, or convert the file to YAML, whose comments begin with `#`",
            text::first_line(body, at..body.len()),
        )
    })
}

/// Unresolved conflicts of a merge, as git marks them.
fn merge_marks(body: &str) -> Option<Diagnostic> {
    let start = line_that_begins(body, MARK)?;
    let behind = &body[start..];
    line_that_begins(behind, "=======")?;
    line_that_begins(behind, ">>>>>>> ")?;
    Some(located(
        "the file has an unresolved merge conflict",
        "the conflict begins here",
        "decide for one side, and remove the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`",
        text::first_line(body, start..body.len()),
    ))
}

/// Where a line begins with a text.
fn line_that_begins(body: &str, start: &str) -> Option<usize> {
    if body.starts_with(start) {
        return Some(0);
    }
    let found = body.match_indices(start);
    let mut lines = found.filter(|(at, _)| body[..*at].ends_with('\n'));
    lines.next().map(|(at, _)| at)
}

fn located(message: &str, label: &str, help: &str, span: std::ops::Range<usize>) -> Diagnostic {
    let mut diagnostic = Diagnostic::error(Origin::Spec, "", message)
        .label(label)
        .help(help);
    diagnostic.span = Some(span);
    diagnostic
}
