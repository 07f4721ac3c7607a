//! Regular expressions of filters: I-Regexp (RFC 9485).

use std::collections::HashMap;

use regex::{Regex, RegexBuilder};

use super::Budget;
use super::select::Exhausted;

/// Most bytes that a compiled pattern may take.
const LARGEST: usize = 1 << 20;

/// How many steps compiling one costs, which is far more than looking at a value.
const COMPILING: usize = 20_000;

/// Most patterns that are kept.
const KEPT: usize = 64;

/// Patterns that have been compiled; nothing for what isn't one.
#[derive(Default)]
pub(super) struct Patterns {
    compiled: HashMap<(String, bool), Option<Regex>>,
}

impl Patterns {
    /// Whether a text fits a pattern, as a whole or in some part of it. What is no pattern fits nothing
    /// (RFC 9535, section 2.4.6).
    pub(super) fn fits(
        &mut self,
        text: &str,
        pattern: &str,
        whole: bool,
        budget: &mut Budget,
    ) -> Result<bool, Exhausted> {
        let length = (1 + text.len()).saturating_mul(1 + pattern.len());
        budget.take(1 + length / 8)?;
        let key = (pattern.to_owned(), whole);
        if !self.compiled.contains_key(&key) {
            budget.take(COMPILING)?;
            if self.compiled.len() >= KEPT {
                self.compiled.clear();
            }
            self.compiled.insert(key.clone(), compiled(pattern, whole));
        }
        let pattern = self.compiled.get(&key).and_then(Option::as_ref);
        Ok(pattern.is_some_and(|pattern| pattern.is_match(text)))
    }
}

fn compiled(pattern: &str, whole: bool) -> Option<Regex> {
    let pattern = with_dots(pattern);
    let pattern = if whole {
        format!(r"\A(?:{pattern})\z")
    } else {
        pattern
    };
    let mut builder = RegexBuilder::new(&pattern);
    builder.size_limit(LARGEST).nest_limit(50).build().ok()
}

/// The pattern with dots that take no line break (RFC 9485, section 5.3).
fn with_dots(pattern: &str) -> String {
    let mut found = String::with_capacity(pattern.len());
    let mut is_escaped = false;
    let mut in_class = false;
    for sign in pattern.chars() {
        match sign {
            _ if is_escaped => {}
            '.' if !in_class => {
                found.push_str(r"[^\n\r]");
                continue;
            }
            '[' => in_class = true,
            ']' => in_class = false,
            _ => {}
        }
        is_escaped = sign == '\\' && !is_escaped;
        found.push(sign);
    }
    found
}
