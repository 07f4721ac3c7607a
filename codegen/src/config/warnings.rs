//! `[warnings]`: which warnings are not reported.

use super::rules;
use super::table::{Reader, Section};
use crate::diagnostic::{Diagnostic, Origin, WarningCode};
use crate::nearest::nearest;

const WARNINGS: [&str; 1] = ["allow"];

/// The warnings that are not reported.
pub(super) fn warnings(reader: &mut Reader, root: &Section<'_>) -> Vec<WarningCode> {
    let Some(section) = reader.section(root, "warnings", &WARNINGS) else {
        return Vec::new();
    };
    let words = reader.texts(&section, "allow", rules::TEXT);
    let mut allowed = Vec::with_capacity(words.len());
    for (index, word) in words.iter().enumerate() {
        let known = WarningCode::ALL.iter().find(|it| it.as_str() == word);
        allowed.extend(known);
        if known.is_none() {
            let pointer = format!("{}/{index}", section.pointer_to("allow"));
            let codes = WarningCode::ALL.iter().map(|it| it.as_str());
            let message = format!("no warning has the code `{word}`");
            let problem = Diagnostic::error(Origin::Config, pointer, message);
            reader.report(
                problem.help(match nearest(word, codes) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => {
                        "warnings are reported with their codes, as in `warning[unknown-field]`"
                            .to_owned()
                    }
                }),
            );
        }
    }
    allowed
}
