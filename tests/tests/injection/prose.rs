//! What rustdoc makes of documentation: it reads Markdown with this parser and these extensions.

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, Options, Parser, Tag};

/// What of a text isn't words.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// Blocks of code that become documentation tests.
    pub tests: usize,
    pub headings: usize,
    /// Links that name what they lead to by their text alone.
    pub shortcuts: usize,
}

impl Outline {
    /// Adds what is in a text.
    ///
    /// # Errors
    ///
    /// What must not be in any: HTML, footnotes, code of a kind that the generator never writes, and
    /// links that lead neither to the web nor into the crate.
    pub fn add(&mut self, text: &str) -> Result<(), String> {
        self.add_with(text, is_sound)
    }

    /// Adds what is in a file of Markdown, whose links can lead to other files and to headings too.
    ///
    /// # Errors
    ///
    /// As [`Self::add`].
    pub fn add_file(&mut self, text: &str) -> Result<(), String> {
        self.add_with(text, |target| is_sound(target) || is_file(target))
    }

    fn add_with(&mut self, text: &str, is_sound: fn(&str) -> bool) -> Result<(), String> {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_SMART_PUNCTUATION;
        let mut shortcuts = 0;
        let mut taken = |link: BrokenLink<'_>| {
            shortcuts += 1;
            let target = link.reference.replace('`', "");
            Some((CowStr::from(target), CowStr::Borrowed("")))
        };
        let parser = Parser::new_with_broken_link_callback(text, options, Some(&mut taken));
        for event in parser {
            let wrong = match &event {
                Event::Html(html) | Event::InlineHtml(html) => Some(format!("HTML: {html}")),
                Event::Start(Tag::FootnoteDefinition(_)) | Event::FootnoteReference(_) => {
                    Some("a footnote".to_owned())
                }
                Event::Start(Tag::CodeBlock(kind)) => self.code(kind),
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    (!is_sound(dest_url)).then(|| format!("a link to `{dest_url}`"))
                }
                Event::Start(Tag::Heading { .. }) => {
                    self.headings += 1;
                    None
                }
                _ => None,
            };
            if let Some(wrong) = wrong {
                return Err(format!("documentation has {wrong}\n---\n{text}---"));
            }
        }
        self.shortcuts += shortcuts;
        Ok(())
    }

    fn code(&mut self, kind: &CodeBlockKind<'_>) -> Option<String> {
        match kind {
            CodeBlockKind::Fenced(kind) if &**kind == "no_run" => {
                self.tests += 1;
                None
            }
            CodeBlockKind::Fenced(kind) if ["text", "json"].contains(&&**kind) => None,
            CodeBlockKind::Fenced(kind) => Some(format!("code of the kind `{kind}`")),
            CodeBlockKind::Indented => Some("indented code".to_owned()),
        }
    }
}

/// Whether a link leads to the web, or into the crate.
fn is_sound(target: &str) -> bool {
    let out = ["https://", "http://", "mailto:"];
    let lower = target.to_lowercase();
    let is_path = || {
        target.split("::").all(|part| {
            !part.is_empty() && part.chars().all(|it| it.is_alphanumeric() || it == '_')
        })
    };
    out.iter().any(|scheme| lower.starts_with(scheme)) || is_path()
}

/// Whether a link leads to a file of the crate, or to a heading.
fn is_file(target: &str) -> bool {
    let (file, heading) = target.split_once('#').unwrap_or((target, ""));
    let is_plain = |it: char| it.is_ascii_alphanumeric() || "-_./".contains(it);
    let is_kept = |it: char| it.is_alphanumeric() || it == '-' || it == '_';
    file.chars().all(is_plain)
        && !file.contains("..")
        && !file.starts_with('/')
        && heading.chars().all(is_kept)
}
