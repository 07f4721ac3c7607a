//! `[pages]` and `[operations.KEY.pages]`: how the pages of lists follow each other.

use crate::diagnostic::{Diagnostic, Origin};

use super::rules;
use super::table::{Reader, Section};

/// How the responses of an operation go on. What is not said is taken from the shape of the responses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pages {
    /// What leads to the next page.
    pub by: Option<By>,
    /// The parameter by which a page is asked for: of the query or, for a token, a header or a property of the
    /// JSON body.
    pub parameter: Option<String>,
    /// Dotted path of the token or URL in a page, or of the token in an item.
    pub next: Option<String>,
    /// The response header with the token of the next page.
    pub next_header: Option<String>,
    /// The boolean query parameter that has to be true for pages to have tokens.
    pub switch: Option<String>,
    /// Dotted path of the list in a page; empty where the page is the list.
    pub items: Option<String>,
    /// Dotted path of the boolean that tells whether there are more pages.
    pub more: Option<String>,
    /// Dotted path of the boolean that tells whether the page is the last one.
    pub done: Option<String>,
    /// The number of the first page, or its offset.
    pub first: Option<i64>,
    /// Dotted path of the number of pages.
    pub total: Option<String>,
    /// Dotted path of the number of items in the whole list.
    pub total_items: Option<String>,
}

/// The keys of the table.
pub(super) const KEYS: [&str; 11] = [
    "by",
    "parameter",
    "next",
    "next-header",
    "switch",
    "items",
    "more",
    "done",
    "first",
    "total-pages",
    "total-items",
];

impl Pages {
    /// Where nothing is said.
    pub const NOTHING: Self = Self {
        by: None,
        parameter: None,
        next: None,
        next_header: None,
        switch: None,
        items: None,
        more: None,
        done: None,
        first: None,
        total: None,
        total_items: None,
    };

    /// The keys that the table has, without `by`.
    pub fn given_keys(&self) -> impl Iterator<Item = &'static str> {
        let keys = [
            ("parameter", self.parameter.is_some()),
            ("next", self.next.is_some()),
            ("next-header", self.next_header.is_some()),
            ("switch", self.switch.is_some()),
            ("items", self.items.is_some()),
            ("more", self.more.is_some()),
            ("done", self.done.is_some()),
            ("first", self.first.is_some()),
            ("total-pages", self.total.is_some()),
            ("total-items", self.total_items.is_some()),
        ];
        keys.into_iter()
            .filter_map(|(key, is_given)| is_given.then_some(key))
    }

    /// Reads a table.
    pub(super) fn read(reader: &mut Reader, section: &Section<'_>) -> Self {
        let by = reader.one_of(section, "by", &By::ALL.map(By::as_str));
        let more = reader.text(section, "more", rules::DOTTED);
        let done = reader.text(section, "done", rules::DOTTED);
        if more.is_some() && done.is_some() {
            let message = "`done` has no effect beside `more`: both mark the end of the list";
            let pointer = section.pointer_to("done");
            reader.report(
                Diagnostic::error(Origin::Config, pointer, message)
                    .at_key()
                    .help("remove one of the two"),
            );
        }
        Self {
            by: by.map(|index| By::ALL[index]),
            parameter: reader.text(section, "parameter", rules::TEXT),
            next: reader.text(section, "next", rules::DOTTED),
            next_header: reader.text(section, "next-header", rules::HEADER),
            switch: reader.text(section, "switch", rules::TEXT),
            items: reader.text(section, "items", rules::DOTTED_OR_EMPTY),
            more,
            done,
            first: reader.whole(section, "first"),
            total: reader.text(section, "total-pages", rules::DOTTED),
            total_items: reader.text(section, "total-items", rules::DOTTED),
        }
    }
}

/// What leads from a page to the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// A value in the page.
    Token,
    /// A value in the last item of the page.
    Item,
    /// The number of the page.
    Page,
    /// The number of items before the page.
    Offset,
    /// A `Link` header.
    Link,
    /// A URL in the page.
    Url,
    /// Nothing: the responses are no pages.
    None,
}

impl By {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Token,
        Self::Item,
        Self::Page,
        Self::Offset,
        Self::Link,
        Self::Url,
        Self::None,
    ];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Item => "item",
            Self::Page => "page",
            Self::Offset => "offset",
            Self::Link => "link",
            Self::Url => "url",
            Self::None => "none",
        }
    }

    /// The keys that mean something beside it.
    pub fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Token => &[
                "parameter",
                "next",
                "next-header",
                "switch",
                "items",
                "more",
                "done",
            ],
            Self::Item => &["parameter", "next", "items", "more", "done"],
            Self::Page => &["parameter", "items", "more", "done", "first", "total-pages"],
            Self::Offset => &["parameter", "items", "more", "done", "first", "total-items"],
            Self::Link => &["items"],
            Self::Url => &["next", "items"],
            Self::None => &[],
        }
    }
}
