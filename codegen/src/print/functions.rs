//! The layout of functions, as the members of an impl: setters on one line, like the fields that they
//! set, and others as rustfmt has it, but on one line where they have room there.

use proc_macro2::{Delimiter, Group, TokenTree};

use super::WIDTH;
use super::items::{INDENT, split};
use super::line::line;

/// Words of what takes more than lines of expressions to lay out.
const NOT_HERE: [&str; 7] = ["for", "if", "let", "loop", "match", "move", "while"];

/// The attribute that stands on the line of a function.
const MUST_USE: &str = "#[must_use]\n";

/// Adds a function, and says whether it is on one line.
pub(super) fn function(head: &[TokenTree], body: &Group, text: &mut String) -> Option<bool> {
    let statements: Vec<TokenTree> = body.stream().into_iter().collect();
    if statements.iter().any(is_not_here) {
        return None;
    }
    let declared = line(head).replace("(&self,)", "(&self)");
    if let Some(body) = on_one_line(&statements) {
        let whole = format!("{INDENT}{declared} {{ {body} }}");
        if whole.chars().count() <= WIDTH || is_setter(&declared) {
            push_line(&whole, text);
            return Some(true);
        }
    }
    if INDENT.len() + declared.chars().count() + " {".len() <= WIDTH {
        text.extend([INDENT, &declared, " {\n"]);
    } else {
        let at = head
            .iter()
            .position(|it| matches!(it, TokenTree::Group(_)))?;
        let (name, rest) = head.split_at(at);
        let (TokenTree::Group(arguments), rest) = rest.split_first()? else {
            return None;
        };
        text.extend([INDENT, &line(name), "(\n"]);
        for argument in split(arguments.stream()) {
            text.extend([INDENT, INDENT, &line(&argument), ",\n"]);
        }
        text.extend([INDENT, ")", &line(rest), " {\n"]);
    }
    push_statements(&statements, text);
    text.extend([INDENT, "}\n"]);
    Some(false)
}

/// Whether a function returns what it is called on. A struct that is sent has one for each field: they are
/// read as a list, and breaking the longer ones would hide that they are all alike.
fn is_setter(declared: &str) -> bool {
    let takes_self = ["(self,", "(mut self,"]
        .iter()
        .any(|it| declared.contains(it));
    takes_self && declared.ends_with("-> Self")
}

/// Adds a function on one line, behind the attribute that says to use what it returns.
fn push_line(whole: &str, text: &mut String) {
    if text.ends_with(MUST_USE) {
        text.pop();
        text.extend([" ", whole.trim_start(), "\n"]);
    } else {
        text.extend([whole, "\n"]);
    }
}

fn is_not_here(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Ident(it) if NOT_HERE.iter().any(|word| it == word))
}

fn ends(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(it) if it.as_char() == ';')
}

/// A body that is no more than a statement and a value, which has one field where it is a struct.
fn on_one_line(tokens: &[TokenTree]) -> Option<String> {
    let statements: Vec<&[TokenTree]> = tokens.split_inclusive(ends).collect();
    let lines = statements.iter().map(|it| match fields(it) {
        Some((_, fields)) if fields.len() > 1 => None,
        _ => Some(statement_line(it)),
    });
    let lines: Option<Vec<String>> = lines.collect();
    lines
        .filter(|it| it.len() <= 2)
        .map(|lines| lines.join(" "))
}

/// A statement on one line.
fn statement_line(statement: &[TokenTree]) -> String {
    match fields(statement) {
        Some((name, fields)) => {
            let fields: Vec<String> = fields.iter().map(|it| line(it)).collect();
            format!("{name} {{ {} }}", fields.join(", "))
        }
        None => line(statement),
    }
}

/// The name and the fields of a new struct.
fn fields(statement: &[TokenTree]) -> Option<(&TokenTree, Vec<Vec<TokenTree>>)> {
    match statement {
        [name, TokenTree::Group(fields)] if fields.delimiter() == Delimiter::Brace => {
            Some((name, split(fields.stream())))
        }
        _ => None,
    }
}

/// The statements of a body, and its value.
fn push_statements(tokens: &[TokenTree], text: &mut String) {
    let indent = INDENT.repeat(2);
    for statement in tokens.split_inclusive(ends) {
        let whole = statement_line(statement);
        let has_room = indent.len() + whole.chars().count() <= WIDTH;
        match (fields(statement), call(statement)) {
            (Some((name, fields)), _) if !has_room => push_struct(name, &fields, &indent, text),
            (_, Some((name, steps))) if !has_room => push_call(name, &steps, &indent, text),
            _ => text.extend([&indent, &whole, "\n"]),
        }
    }
}

/// A new struct, a field a line.
fn push_struct(name: &TokenTree, fields: &[Vec<TokenTree>], indent: &str, text: &mut String) {
    text.extend([indent, &name.to_string(), " {\n"]);
    for field in fields {
        let comma = if is_base(field) { "\n" } else { ",\n" };
        text.extend([indent, INDENT, &line(field), comma]);
    }
    text.extend([indent, "}\n"]);
}

/// Whether a field of a new struct stands for all others, and takes no comma.
fn is_base(field: &[TokenTree]) -> bool {
    matches!(field.first(), Some(TokenTree::Punct(it)) if it.as_char() == '.')
}

/// The name and the argument of a call with one argument, which is a chain of calls.
fn call(statement: &[TokenTree]) -> Option<(&TokenTree, Vec<String>)> {
    let [name @ TokenTree::Ident(_), TokenTree::Group(argument)] = statement else {
        return None;
    };
    let [argument] = &split(argument.stream())[..] else {
        return None;
    };
    let mut steps: Vec<&[TokenTree]> = Vec::new();
    let mut from = 0;
    for (at, pair) in argument.windows(2).enumerate() {
        let [dot, TokenTree::Ident(_)] = pair else {
            continue;
        };
        let is_after_call = at
            .checked_sub(1)
            .is_some_and(|at| matches!(argument[at], TokenTree::Group(_)));
        if is_after_call && matches!(dot, TokenTree::Punct(it) if it.as_char() == '.') {
            steps.push(&argument[from..at]);
            from = at;
        }
    }
    steps.push(&argument[from..]);
    Some((name, steps.into_iter().map(line).collect()))
}

/// A call whose argument has lines of its own.
fn push_call(name: &TokenTree, steps: &[String], indent: &str, text: &mut String) {
    text.extend([indent, &name.to_string(), "(\n"]);
    for (at, step) in steps.iter().enumerate() {
        let deeper = if at > 0 { INDENT } else { "" };
        let comma = if at + 1 == steps.len() { ",\n" } else { "\n" };
        text.extend([indent, INDENT, deeper, step, comma]);
    }
    text.extend([indent, ")\n"]);
}
