//! Changes for the users of the crate.

use std::fmt::Write as _;

use codegen::{Diff, Effect};

use super::with_effect;

/// The entry of a changelog: the version, with the day if it is known, and a list of what has changed
/// for those who use the crate.
pub(crate) fn entry(found: &Diff, version: Option<&str>, day: Option<&str>) -> String {
    let mut text = format!("## {}", version.unwrap_or("Unreleased"));
    if let Some(day) = day {
        // Writing to a string can't fail.
        let _ = write!(text, " ({day})");
    }
    text.push('\n');
    for (effect, heading) in [
        (Effect::Breaking, "Breaking"),
        (Effect::Additive, "New"),
        (Effect::None, "Other"),
    ] {
        let changes = with_effect(found, effect);
        let words = effect == Effect::None && found.reworded > 0;
        if changes.is_empty() && !words {
            continue;
        }
        let _ = write!(text, "\n### {heading}\n\n");
        for change in changes {
            let rust = match change.rust.text.as_str() {
                "" => String::new(),
                rust => format!(": {rust}"),
            };
            let _ = writeln!(text, "- {}{rust}.", capital(&change.text));
        }
        if words {
            text.push_str("- Documentation in other words.\n");
        }
    }
    text
}

fn capital(text: &str) -> String {
    let mut signs = text.chars();
    match signs.next() {
        Some(first) => first.to_uppercase().chain(signs).collect(),
        None => String::new(),
    }
}
