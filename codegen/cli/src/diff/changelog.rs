//! Changes for the users of the crate.

use std::fmt::Write as _;

use codegen::{Change, ChangeKind, Diff, Effect};

/// The sections of an entry, after Keep a Changelog, and the kinds of changes in each.
const SECTIONS: [(&str, &[ChangeKind]); 3] = [
    ("Added", &[ChangeKind::Added]),
    ("Changed", &[ChangeKind::Changed, ChangeKind::Renamed]),
    ("Removed", &[ChangeKind::Removed]),
];

/// The entry of a changelog, in the format of Keep a Changelog: the version, with the date if it is
/// known, and the changes for users of the crate. Breaking changes are marked, and come first.
pub(crate) fn entry(found: &Diff, version: Option<&str>, day: Option<&str>) -> String {
    let mut text = format!("## {}", version.unwrap_or("Unreleased"));
    if let Some(day) = day {
        // Writing to a string can't fail.
        let _ = write!(text, " ({day})");
    }
    text.push('\n');
    for (heading, kinds) in SECTIONS {
        let changes = found.changes.iter().filter(|it| kinds.contains(&it.kind));
        let (breaking, others): (Vec<&Change>, Vec<&Change>) =
            changes.partition(|it| it.rust.effect == Effect::Breaking);
        let is_reworded = heading == "Changed" && found.reworded > 0;
        if breaking.is_empty() && others.is_empty() && !is_reworded {
            continue;
        }
        let _ = write!(text, "\n### {heading}\n\n");
        for change in breaking {
            let _ = writeln!(text, "- **Breaking:** {}", sentence(change));
        }
        for change in others {
            let _ = writeln!(text, "- {}", sentence(change));
        }
        if is_reworded {
            text.push_str("- Documentation was reworded.\n");
        }
    }
    text
}

/// A change with its effect on Rust code, as a sentence.
fn sentence(change: &Change) -> String {
    let rust = match change.rust.text.as_str() {
        "" => String::new(),
        rust => format!(": {rust}"),
    };
    format!("{}{rust}.", capital(&change.text))
}

fn capital(text: &str) -> String {
    let mut signs = text.chars();
    match signs.next() {
        Some(first) => first.to_uppercase().chain(signs).collect(),
        None => String::new(),
    }
}
