//! The comment: a section for each API, within what GitHub takes.

use std::fmt::Write as _;

use crate::program;

/// Most characters of a comment; GitHub takes 65,536.
const MOST: usize = 65_000;

/// By this line a workflow finds its own comment.
const MARKER: &str = "<!-- clientsmith review -->\n";

/// What is said of an API.
pub(super) struct Section {
    pub(super) name: String,
    pub(super) text: String,
}

/// All sections. Where they are too long together, each is cut behind a whole line, and says how to see the rest.
pub(super) fn comment(sections: &[Section], base: &str) -> String {
    let mut text = MARKER.to_owned();
    let is_only = sections.len() == 1;
    let whole: usize = sections
        .iter()
        .map(|it| it.text.chars().count() + 200)
        .sum();
    // A short section needs less than its share, and leaves the rest to others.
    let room = MOST.saturating_sub(sections.len() * 400);
    let share = if whole <= MOST {
        usize::MAX
    } else {
        share_of(sections, room)
    };
    for section in sections {
        if !is_only {
            let _ = write!(text, "# `{}`\n\n", section.name);
        }
        let (kept, left) = cut(&section.text, share);
        text.push_str(kept);
        if left > 0 {
            let command = program::command(&format!("diff {base} --api {}", section.name));
            let _ = write!(
                text,
                "\n{left} more lines don't fit into a comment: `{command}` prints all changes.\n"
            );
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// The most that each section may have, so that all together have room.
fn share_of(sections: &[Section], room: usize) -> usize {
    let mut lengths: Vec<usize> = sections.iter().map(|it| it.text.chars().count()).collect();
    lengths.sort_unstable();
    let mut left = room;
    for (index, length) in lengths.iter().enumerate() {
        let share = left / (lengths.len() - index);
        if *length > share {
            return share;
        }
        left -= length;
    }
    usize::MAX
}

/// The whole lines of a text that have room, and how many lines are left.
fn cut(text: &str, most: usize) -> (&str, usize) {
    let mut used = 0;
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        used += line.chars().count();
        if used > most {
            break;
        }
        end += line.len();
    }
    (&text[..end], text[end..].lines().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(name: &str, lines: usize) -> Section {
        Section {
            name: name.to_owned(),
            text: "| a change of the API | breaking |\n".repeat(lines),
        }
    }

    #[test]
    fn a_short_comment_is_whole() {
        let text = comment(&[section("pets", 2)], "main");
        assert!(
            text.starts_with(MARKER) && !text.contains("# `pets`"),
            "{text}"
        );
        assert_eq!(text.lines().count(), 3);
        let both = comment(&[section("pets", 2), section("zoo", 1)], "main");
        assert!(both.contains("\n# `zoo`\n"), "{both}");
    }

    #[test]
    fn a_long_comment_fits_and_says_what_is_missing() {
        let text = comment(
            &[
                section("pets", 5000),
                section("zoo", 3),
                section("farm", 5000),
            ],
            "main",
        );
        assert!(text.chars().count() <= 65_536, "{}", text.chars().count());
        assert!(text.chars().count() > 60_000, "{}", text.chars().count());
        assert_eq!(text.matches("more lines don't fit").count(), 2);
        assert!(text.contains("diff main --api farm"));
        // No line is cut, and the short section is whole.
        let rows = text.lines().filter(|line| line.starts_with("| "));
        assert!(rows.clone().all(|row| row.ends_with("| breaking |")));
        let zoo = text.split("# `zoo`").nth(1).expect("a section");
        assert_eq!(
            zoo.split("# `farm`")
                .next()
                .map(|it| it.matches("| a ").count()),
            Some(3)
        );
    }
}
