//! HTML in descriptions, made Markdown.
//!
//! Descriptions are `CommonMark` (OpenAPI 3.0.3, "Rich Text Formatting"), which allows HTML, and some
//! documents write nothing else. What would be shown as tags reads as Markdown then. A tag that has
//! no form there is left as it is: it may be no HTML at all, but `a <name> in brackets`.

use std::borrow::Cow;

/// The text with those tags replaced that Markdown has a form for.
pub(super) fn to_markdown(text: &str) -> Cow<'_, str> {
    if !text.contains("</") && !text.contains("<br") {
        return Cow::Borrowed(text);
    }
    let is_page = ["</p>", "</li>", "</ul>", "</div>"]
        .iter()
        .any(|tag| text.contains(tag));
    let mut writer = Writer {
        text: String::with_capacity(text.len()),
        is_page,
        lists: 0,
        links: Vec::new(),
        closed: KNOWN.map(|name| text.rfind(&format!("</{name}>")).map(|at| text.len() - at)),
    };
    writer.write(text);
    Cow::Owned(writer.text)
}

struct Writer {
    text: String,
    /// Whether blocks are HTML too, so that blanks and line breaks mean nothing.
    is_page: bool,
    /// How many lists are open.
    lists: usize,
    /// Where the open links lead; none for those that lead nowhere outside.
    links: Vec<Option<String>>,
    /// How far from the end of the text each known tag is closed for the last time.
    closed: [Option<usize>; KNOWN.len()],
}

impl Writer {
    fn write(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find(['<', '`']) {
            self.plain(&rest[..at]);
            rest = &rest[at..];
            rest = if rest.starts_with('`') {
                self.code_span(rest)
            } else {
                self.tag(rest)
            };
        }
        self.plain(rest);
        while self.links.pop().flatten().is_some() {
            self.text.push(']');
        }
    }

    /// Copies text; lines of a page begin where they begin, since indentation is code in Markdown.
    fn plain(&mut self, text: &str) {
        if !self.is_page {
            self.text.push_str(text);
            return;
        }
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 && !self.text.ends_with('\n') {
                self.text.push('\n');
            }
            let starts = self.text.is_empty() || self.text.ends_with('\n');
            self.text
                .push_str(if starts { line.trim_start() } else { line });
        }
    }

    /// Copies a span or block of code as it is, and gives what follows.
    fn code_span<'t>(&mut self, text: &'t str) -> &'t str {
        let fence = text.len() - text.trim_start_matches('`').len();
        let end = text[fence..].find(&text[..fence]);
        let end = end.map_or(fence, |at| fence + at + fence);
        self.text.push_str(&text[..end]);
        &text[end..]
    }

    /// Takes the tag that the text begins with, and gives what follows.
    fn tag<'t>(&mut self, text: &'t str) -> &'t str {
        let Some(tag) = Tag::of(text, &self.closed) else {
            self.text.push('<');
            return &text[1..];
        };
        let rest = &text[tag.length..];
        match (tag.name.as_str(), tag.closes) {
            ("code" | "tt", false) => return self.code(rest, &tag.name),
            ("b" | "strong", _) => self.mark("**", tag.closes),
            ("i" | "em", _) => self.mark("*", tag.closes),
            ("br", _) => self.text.push_str("\\\n"),
            ("a", false) => {
                let target = tag.target.filter(|it| it.starts_with("http"));
                self.text.push_str(if target.is_some() { "[" } else { "" });
                self.links.push(target);
            }
            ("a", true) => {
                if let Some(target) = self.links.pop().flatten() {
                    self.text.extend(["](<", &target, ">)"]);
                }
            }
            ("ul" | "ol", closes) => {
                self.lists = if closes {
                    self.lists.saturating_sub(1)
                } else {
                    self.lists + 1
                };
                self.block();
            }
            ("li", false) => {
                if !self.text.ends_with("\n\n") {
                    self.text.truncate(self.text.trim_end().len());
                    self.text.push('\n');
                }
                let indent = "  ".repeat(self.lists.saturating_sub(1).min(DEEPEST));
                self.text.extend([&indent, "- "]);
            }
            ("p" | "div", _) if self.lists == 0 => self.block(),
            // An item is one paragraph: its inner ones only end sentences.
            ("p" | "div", _) if !self.text.ends_with(char::is_whitespace) => self.text.push(' '),
            _ => {}
        }
        rest
    }

    /// Code up to the tag that ends it.
    fn code<'t>(&mut self, text: &'t str, name: &str) -> &'t str {
        let end_tag = format!("</{name}>");
        let Some(end) = text.find(&end_tag) else {
            return text;
        };
        let code = text[..end].replace(['\n', '\r'], " ");
        let code = ["&lt;<", "&gt;>", "&quot;\"", "&#39;'", "&amp;&"]
            .iter()
            .fold(code, |code, pair| {
                let (entity, sign) = pair.split_at(pair.len() - 1);
                code.replace(entity, sign)
            });
        if !code.trim().is_empty() {
            let fence = if code.contains('`') { "`` " } else { "`" };
            let close: String = fence.chars().rev().collect();
            self.text.extend([fence, code.trim(), &close]);
        }
        &text[end + end_tag.len()..]
    }

    /// The beginning or end of emphasis, which has no blank inside.
    fn mark(&mut self, mark: &str, closes: bool) {
        if closes {
            self.text.truncate(self.text.trim_end().len());
        }
        self.text.push_str(mark);
    }

    /// The end of a paragraph.
    fn block(&mut self) {
        self.text.truncate(self.text.trim_end().len());
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
    }
}

/// A tag that has a form in Markdown, or none worth showing.
struct Tag {
    name: String,
    closes: bool,
    /// Where a link leads.
    target: Option<String>,
    /// Length in the text, in bytes.
    length: usize,
}

/// Items of lists are indented for so many lists around theirs.
const DEEPEST: usize = 16;

/// Tags that are taken for HTML.
const KNOWN: [&str; 14] = [
    "a", "b", "br", "code", "div", "em", "i", "li", "ol", "p", "span", "strong", "tt", "ul",
];

impl Tag {
    /// The tag that a text begins with; `closed` as in [`Writer`].
    fn of(text: &str, closed: &[Option<usize>]) -> Option<Self> {
        let end = 1 + text[1..].find(['<', '>'])?;
        if text[end..].starts_with('<') {
            return None;
        }
        let inner = text[1..end].trim_end_matches('/');
        let (closes, inner) = match inner.strip_prefix('/') {
            Some(inner) => (true, inner),
            None => (false, inner),
        };
        let name_end = inner.find(char::is_whitespace).unwrap_or(inner.len());
        let name = inner[..name_end].to_ascii_lowercase();
        let attributes = &inner[name_end..];
        let is_tag = attributes.trim().is_empty() || attributes.contains('=');
        let known = KNOWN.iter().position(|known| *known == name)?;
        if !is_tag {
            return None;
        }
        // `Vec<a>` opens nothing.
        let opens = !closes && !["br", "li", "p"].contains(&name.as_str());
        if opens && closed[known].is_none_or(|left| left > text.len() - end) {
            return None;
        }
        let target = attributes.split_once("href=").and_then(|(_, value)| {
            let quote = value.chars().next().filter(|it| matches!(it, '"' | '\''))?;
            let target = value[1..].split(quote).next()?;
            let fits = !target.contains(|it: char| it.is_whitespace() || it == '<');
            fits.then(|| target.to_owned())
        });
        Some(Self {
            name,
            closes,
            target,
            length: end + 1,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::to_markdown;

    #[test]
    fn what_markdown_has_a_form_for_is_written_in_it() {
        let html = "<p>Creates a <b>thing</b>. See <a href=\"https://a.example/b\">the docs</a>\nor \
                    <a href='/c'>these</a>.</p>\n<p>With <code>a &lt; b</code>:</p>\n  <ul>\n    <li><p>one</p>\
                    </li>\n    <li>two</li>\n  </ul>";
        assert_eq!(
            to_markdown(html),
            "Creates a **thing**. See [the docs](<https://a.example/b>)\nor these.\n\n\
             With `a < b`:\n\n- one\n- two\n\n"
        );
        assert_eq!(to_markdown("one<br>two<br/>three"), "one\\\ntwo\\\nthree");
    }

    #[test]
    fn what_is_no_html_stays() {
        for text in [
            "a <name> in </brackets>",
            "`<p>` and ```\n<b>x</b>\n``` </",
            "1 < 2 </",
            "Vec<a> </",
            "  - item <br",
        ] {
            assert_eq!(to_markdown(text), text);
        }
    }

    #[test]
    fn what_is_not_closed_does_no_harm() {
        let link = "<a href=\"https://a.example\">x</";
        assert_eq!(to_markdown(link), link);
        assert_eq!(to_markdown("<code>x</p>"), "<code>x\n\n");
        assert_eq!(to_markdown("</p></a></ul>x"), "x");
        assert_eq!(to_markdown("<b><b>x</b>"), "****x**");
    }
}
