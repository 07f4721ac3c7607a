//! Bombs for whoever turns text into values.

use std::fmt::Write as _;
use std::ops::Range;

use super::{Bomb, YAML};

pub(super) fn bombs(size: usize) -> Vec<Bomb> {
    let mut bombs = nested(size);
    bombs.extend(aliases(size));
    bombs.extend(encodings());
    bombs.extend([
        Bomb::new("one-line-of-ten-megabytes.json", move || {
            one_line(size * 100)
        }),
        Bomb::new("empty-lines.yaml", move || {
            format!("{YAML}{}", "\n".repeat(size * 100))
        }),
        Bomb::new("comments.yaml", move || {
            format!("{YAML}{}", "# x\n".repeat(size * 25))
        }),
        Bomb::new("same-key.yaml", move || {
            format!("{YAML}{}", "x-a: 1\n".repeat(size * 2))
        }),
        Bomb::new("same-key.json", move || same_key(size * 2)),
        Bomb::new("digits.json", move || {
            sound(&format!("\"x-a\":{}", "9".repeat(size * 10)))
        }),
        Bomb::new("exponent.json", move || sound("\"x-a\":1e999")),
        Bomb::new("exponent.yaml", move || {
            format!("{YAML}x-a: [1e999, -.inf, .nan, 0x{}]\n", "f".repeat(99))
        }),
        Bomb::new("nothing.yaml", move || ""),
        Bomb::new("nul.json", move || sound("\"x-a\":\"\u{0}\"")),
        Bomb::new("nul.yaml", move || format!("{YAML}x-a: \"\u{0}\"\n")),
    ]);
    bombs
}

/// A sound JSON description with more members.
fn sound(members: &str) -> String {
    format!(
        r#"{{"openapi":"3.0.3","info":{{"title":"Bomb","version":"1"}},"paths":{{}},{members}}}"#
    )
}

fn nested(size: usize) -> Vec<Bomb> {
    let both =
        move |open: &str, close: &str| format!("{}{}", open.repeat(size), close.repeat(size));
    vec![
        Bomb::new("brackets.json", move || "[".repeat(size * 100)),
        Bomb::new("brackets.yaml", move || {
            format!("x: {}", "[".repeat(size * 100))
        }),
        Bomb::new("brackets-closed.yaml", move || {
            format!("x: {}", both("[", "]"))
        }),
        Bomb::new("brackets-between-quotes.yaml", move || {
            format!("x: {}", "[ \"]\" , ".repeat(size))
        }),
        Bomb::new("brackets-between-comments.yaml", move || {
            format!("x: {}", "[ # ]\n  ".repeat(size))
        }),
        Bomb::new("brackets-between-tags.yaml", move || {
            format!("x: {}", "[ !<]> a, ".repeat(size))
        }),
        Bomb::new("braces.json", move || "{\"a\":".repeat(size)),
        Bomb::new("braces.yaml", move || format!("x: {}", both("{a: ", "}"))),
        Bomb::new("lists-in-lists.json", move || {
            sound(&format!("\"x-a\":{}", both("[", "]")))
        }),
        Bomb::new("dashes.yaml", move || "- ".repeat(size)),
        Bomb::new("questions.yaml", move || "? ".repeat(size)),
        Bomb::new("anchors.yaml", move || "&a ".repeat(size)),
        Bomb::new("tags.yaml", move || "!t ".repeat(size)),
        Bomb::new("indented.yaml", move || {
            lines(0..size / 25, |it| format!("{}a:\n", " ".repeat(it)))
        }),
    ]
}

fn lines(numbers: Range<usize>, line: impl Fn(usize) -> String) -> String {
    numbers.map(line).collect::<Vec<_>>().concat()
}

/// Each line stands for ten times the one before it.
fn doubling(first: &str, lines: usize, line: impl Fn(&str) -> String) -> String {
    let mut text = format!("{YAML}x-0: &a0 {first}\n");
    for index in 1..lines {
        let before = format!("*a{}", index - 1);
        // Writing to a string can't fail.
        let _ = writeln!(text, "x-{index}: &a{index} {}", line(&before));
    }
    text
}

fn aliases(size: usize) -> Vec<Bomb> {
    let ten = |it: &str| format!("[{}]", [it; 10].join(", "));
    let long = move || "x".repeat(size * 10);
    vec![
        Bomb::new("aliases-of-lists.yaml", move || doubling("[1]", 12, ten)),
        Bomb::new("aliases-that-merge.yaml", move || {
            doubling("{a: 1}", 12, |it| {
                format!("{{<<: {}, b: {it}, c: {it}}}", ten(it))
            })
        }),
        Bomb::new("aliases-of-text.yaml", move || {
            format!(
                "{YAML}x-a: &a {}\nx-b: [{}]\n",
                long(),
                vec!["*a"; size / 10].join(", ")
            )
        }),
        Bomb::new("aliases-of-descriptions.yaml", move || {
            format!(
                "{YAML}x-a: &a {}\ncomponents:\n  schemas:\n{}",
                long(),
                lines(0..size / 20, |it| format!(
                    "    S{it}: {{type: object, description: *a}}\n"
                ))
            )
        }),
        // As much as is allowed: it is read, and has to be made something of.
        Bomb::new("aliases-within-bounds.yaml", move || {
            format!(
                "{YAML}components:\n  schemas:\n    A0: &a0 {{type: object, properties: {{a: {{type: string}}}}}}\n{}",
                lines(1..9, |it| {
                    let before = it - 1;
                    format!(
                        "    A{it}: &a{it} {{type: object, properties: {{a: *a{before}, b: *a{before}, c: *a{before}, d: *a{before}}}}}\n"
                    )
                })
            )
        }),
    ]
}

fn one_line(bytes: usize) -> String {
    sound(&format!(
        r#""components":{{"schemas":{{"A":{{"type":"object","description":"{}"}}}}}}"#,
        "x".repeat(bytes)
    ))
}

fn same_key(times: usize) -> String {
    sound(&vec!["\"x-a\":1"; times].join(","))
}

fn encodings() -> Vec<Bomb> {
    let text = || sound("\"x-a\":1");
    let wide = move |mark: &[u8], bytes: fn(u16) -> [u8; 2]| {
        let text = text();
        let characters = text.encode_utf16().flat_map(bytes);
        mark.iter().copied().chain(characters).collect::<Vec<u8>>()
    };
    vec![
        Bomb::new("utf-16.json", move || wide(&[0xFF, 0xFE], u16::to_le_bytes)),
        Bomb::new("utf-16-without-mark.json", move || {
            wide(&[], u16::to_be_bytes)
        }),
        Bomb::new("no-utf-8.json", move || {
            [text().as_bytes(), &[0xFF, 0xC0, 0x80]].concat()
        }),
        Bomb::new("byte-order-mark.json", move || {
            format!("\u{FEFF}{}", text())
        }),
    ]
}
