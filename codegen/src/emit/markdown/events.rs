//! What a parser of Markdown finds, without all that could act.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};

/// Quotes and lists in one another up to this depth are written; nobody can read deeper ones, and each
/// line repeats the marks of all that it is in.
const DEEPEST: usize = 24;

/// The events that are harmless, or made so; nothing where quotes and lists are nested too deeply.
pub(super) fn rewritten<'t>(events: impl Iterator<Item = Event<'t>>) -> Option<Vec<Event<'t>>> {
    let mut rewriter = Rewriter::default();
    for event in events {
        match &event {
            Event::Start(Tag::BlockQuote(_) | Tag::List(_)) => rewriter.depth += 1,
            Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_)) => rewriter.depth -= 1,
            _ => {}
        }
        if rewriter.depth > DEEPEST {
            return None;
        }
        rewriter.rewrite(event);
    }
    Some(rewriter.events)
}

#[derive(Default)]
struct Rewriter<'t> {
    events: Vec<Event<'t>>,
    /// How many quotes and lists are open.
    depth: usize,
    /// How many links are open, of those that are kept.
    links: usize,
    /// Whether text is that of a link or of code, in which a URL is no link.
    verbatim: bool,
}

impl<'t> Rewriter<'t> {
    fn rewrite(&mut self, event: Event<'t>) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => {
                self.verbatim = true;
                let language = CowStr::Borrowed("text");
                let kind = CodeBlockKind::Fenced(language);
                self.events.push(Event::Start(Tag::CodeBlock(kind)));
            }
            Event::End(TagEnd::CodeBlock) => self.end_code(),
            Event::Start(Tag::HtmlBlock) => self.events.push(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => self.events.push(Event::End(TagEnd::Paragraph)),
            Event::Html(html) | Event::InlineHtml(html) => {
                // A line break of HTML is meant as one.
                match html.trim().to_ascii_lowercase().as_str() {
                    "<br>" | "<br/>" | "<br />" => self.events.push(Event::HardBreak),
                    _ => self.lines(&html),
                }
            }
            // A heading of the document would stand among rustdoc's own.
            Event::Start(Tag::Heading { .. }) => self
                .events
                .extend([Event::Start(Tag::Paragraph), Event::Start(Tag::Strong)]),
            Event::End(TagEnd::Heading(_)) => self
                .events
                .extend([Event::End(TagEnd::Strong), Event::End(TagEnd::Paragraph)]),
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                ..
            }) if leads_out(&dest_url) => {
                let visible = dest_url.chars().filter(|&it| !super::invisible(it));
                self.start_link(link_type, CowStr::from(visible.collect::<String>()));
            }
            Event::End(TagEnd::Link) => {
                if self.links > 0 {
                    self.end_link();
                }
            }
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) | Event::End(TagEnd::Image) => {}
            // Lines are broken anew.
            Event::SoftBreak => self.events.push(Event::Text(CowStr::Borrowed(" "))),
            // Characters may stand in it as entities, too.
            Event::Text(text) => self.text(&super::visible(&text).replace('\t', " ")),
            other => self.events.push(other),
        }
    }

    fn end_code(&mut self) {
        // The writer closes a fence only behind a whole line.
        if matches!(self.events.last(), Some(Event::Text(text)) if !text.ends_with('\n')) {
            self.events.push(Event::Text(CowStr::Borrowed("\n")));
        }
        self.verbatim = false;
        self.events.push(Event::End(TagEnd::CodeBlock));
    }

    /// The start of a link, by its target alone.
    fn start_link(&mut self, link_type: LinkType, dest_url: CowStr<'t>) {
        let link_type = match link_type {
            LinkType::Autolink | LinkType::Email => link_type,
            _ => LinkType::Inline,
        };
        self.links += 1;
        self.verbatim = true;
        self.events.push(Event::Start(Tag::Link {
            link_type,
            dest_url,
            title: CowStr::Borrowed(""),
            id: CowStr::Borrowed(""),
        }));
    }

    fn end_link(&mut self) {
        self.links -= 1;
        self.verbatim = false;
        self.events.push(Event::End(TagEnd::Link));
    }

    /// HTML as text, a line an event, so that it stays on its lines.
    fn lines(&mut self, html: &str) {
        for (index, line) in html.trim_end().lines().enumerate() {
            if index > 0 {
                self.events.push(Event::SoftBreak);
            }
            self.text(line.trim());
        }
    }

    /// Text with its bare URLs made links, as rustdoc asks for.
    fn text(&mut self, text: &str) {
        let mut rest = text;
        while !self.verbatim
            && let Some(start) = url_in(rest)
        {
            let url = &rest[start..];
            let end = url
                .find(|it: char| it.is_whitespace() || "<>\"'`|\\^{}[]()".contains(it))
                .unwrap_or(url.len());
            let url = url[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
            self.push(&rest[..start]);
            self.start_link(LinkType::Autolink, CowStr::from(url.to_owned()));
            self.push(url);
            self.end_link();
            rest = &rest[start + url.len()..];
        }
        if !rest.is_empty() {
            self.push(rest);
        }
    }

    fn push(&mut self, text: &str) {
        let text = CowStr::from(text.to_owned());
        self.events.push(Event::Text(text));
    }
}

/// Where the first URL of a text begins.
fn url_in(text: &str) -> Option<usize> {
    let mut starts = text.match_indices("http").map(|(start, _)| start);
    starts.find(|&start| {
        let rest = &text[start..];
        rest.starts_with("https://") || rest.starts_with("http://")
    })
}

fn leads_out(url: &str) -> bool {
    let scheme = url.split_inclusive(':').next().unwrap_or_default();
    let rest = &url[scheme.len()..];
    match scheme.to_ascii_lowercase().as_str() {
        "http:" | "https:" => rest.starts_with("//"),
        "mailto:" => true,
        _ => false,
    }
}
