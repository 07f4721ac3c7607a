//! Signatures and chains of calls on one line, where they fit there.
//!
//! The printer breaks lines earlier than people and rustfmt do.

use super::WIDTH;

/// The same code with what fits on one line there.
pub(super) fn joined(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut joined = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let rest = lines.get(at..).unwrap_or_default();
        let one = signature(rest).or_else(|| chain(rest));
        match one.filter(|(text, _)| text.chars().count() <= WIDTH) {
            Some((text, length)) => {
                joined.push_str(&text);
                at += length;
            }
            None => {
                joined.push_str(line);
                at += 1;
            }
        }
        joined.push('\n');
    }
    joined
}

/// A function's head on one line, and how many it has.
fn signature(lines: &[&str]) -> Option<(String, usize)> {
    let first = lines.first().filter(|line| line.ends_with('('))?;
    let is_head = ["fn ", "pub fn "]
        .iter()
        .any(|start| first.trim_start().starts_with(start));
    if !is_head {
        return None;
    }
    let end = lines
        .iter()
        .position(|line| line.trim_start().starts_with(')'))?;
    let arguments: Vec<&str> = lines.get(1..end)?.iter().map(|line| line.trim()).collect();
    let arguments = arguments.join(" ");
    let arguments = arguments.strip_suffix(',').unwrap_or(&arguments);
    Some((
        format!("{first}{arguments}{}", lines.get(end)?.trim_start()),
        end + 1,
    ))
}

/// A chain of calls on one line, and how many it has.
fn chain(lines: &[&str]) -> Option<(String, usize)> {
    let second = lines.get(1)?;
    if !second.trim_start().starts_with('.') {
        return None;
    }
    let first = lines.first().filter(|line| !is_comment(line))?;
    let indent = indent(first);
    let calls = lines
        .iter()
        .skip(1)
        .take_while(|line| line.trim_start().starts_with('.') && self::indent(line) == indent + 4);
    let calls: Vec<&str> = calls.map(|line| line.trim_start()).collect();
    let is_whole = calls
        .iter()
        .all(|call| !call.ends_with(['(', '{', '[', '|']));
    if calls.is_empty() || !is_whole {
        return None;
    }
    let (chain, length) = (format!("{first}{}", calls.concat()), calls.len() + 1);
    // A block that begins below it.
    let block = lines.get(length).filter(|line| line.trim_start() == "{");
    Some(match block {
        Some(_) => (format!("{chain} {{"), length + 1),
        None => (chain, length),
    })
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn what_fits_stands_on_one_line() {
        let text =
            "fn a(\n    b: u8,\n    c: u8,\n) -> u8 {\n    b\n        .c()\n        .d()\n}\n";
        assert_eq!(
            joined(text),
            "fn a(b: u8, c: u8) -> u8 {\n    b.c().d()\n}\n"
        );
    }

    #[test]
    fn what_is_long_or_has_blocks_stays() {
        let long = "x".repeat(60);
        for text in [
            format!("fn a(\n    b: {long},\n    c: {long},\n) {{\n}}\n"),
            "b\n    .c(|| {\n        1\n    })\n    .d()\n".to_owned(),
            "/// b\n    .c\n".to_owned(),
        ] {
            assert_eq!(joined(&text), text);
        }
    }
}
