//! The way through a list: what leads from a page to the next one, and where it has led so far.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use bytes::Bytes;
use reqwest::Url;
use reqwest::header::HeaderMap;

use super::assemble::LONGEST_URL;
use super::call::Call;
use super::page_url::{resolve, turn_to_url};
use super::response::Payload;

/// A token that is less long can't make a URL too long, unless it is nearly that without it.
const SHORT_TOKEN: usize = 1000;

/// What leads from a page to the next one.
#[derive(Clone, Copy, Debug)]
pub enum Paging {
    /// A value in the page, sent as a query parameter.
    Token {
        /// The query parameter.
        parameter: &'static str,
        /// Where in a page the value stands, for messages.
        field: &'static str,
    },
    /// A query parameter that is the page's number.
    Page {
        /// The query parameter.
        parameter: &'static str,
        /// The number of the page that comes where the parameter is left out, unless that page says
        /// its own.
        first: i64,
    },
    /// A query parameter that is the number of items before the page.
    Offset {
        /// The query parameter.
        parameter: &'static str,
        /// The offset of the page that comes where the parameter is left out.
        first: i64,
    },
    /// A header that holds the URL of the next page, and how it is read.
    Header(fn(&HeaderMap) -> Option<String>),
    /// A text in the page that is the URL of the next one.
    Url {
        /// Where in a page the text stands, for messages.
        field: &'static str,
    },
}

/// What a page says about the list that it is of.
pub(crate) struct Said {
    /// How many items are on the page.
    pub(crate) count: usize,
    /// The token or the URL of the next page.
    pub(crate) next: Option<String>,
    /// Whether there are more pages.
    pub(crate) more: Option<bool>,
    /// The page's own number.
    pub(crate) number: Option<i64>,
    /// How many pages there are.
    pub(crate) pages: Option<i64>,
}

/// Where a list goes on after a page.
pub(crate) enum Turn {
    /// Nowhere: it was the last one.
    End,
    /// At the page that the call has been changed to ask for.
    Next,
    /// There is more, and no way to it.
    Lost(String),
    /// Nowhere: the page is the one before it, once more.
    Same(String),
}

/// The call of a page, and how its list has gone so far.
pub(crate) struct Course {
    pub(crate) call: Box<Call>,
    paging: Paging,
    mark: Option<String>,
    seen: Seen,
    /// The body of the page before this one, where pages have numbers.
    before: Bytes,
}

impl Course {
    /// Begins with the page that the call asks for.
    pub(crate) fn new(mut call: Box<Call>, paging: Paging) -> Self {
        let mut seen = Seen::default();
        let mark = match paging {
            Paging::Token { parameter, .. } => call.given(parameter).filter(|it| !it.is_empty()),
            Paging::Page { parameter, .. } | Paging::Offset { parameter, .. } => {
                let given = call.given(parameter);
                if given.as_deref().is_some_and(|text| number(text).is_none()) {
                    call.refuse(format!(
                        "`{parameter}` is not a number, so pages can't be counted"
                    ));
                }
                given
            }
            Paging::Header(_) | Paging::Url { .. } => {
                // What has no URL is refused when it is sent.
                if let Ok(here) = resolve(&call, "") {
                    seen.insert(here.as_str());
                }
                call.at.as_ref().map(Url::to_string)
            }
        };
        if let Some(mark) = &mark {
            seen.insert(mark);
        }
        call.page = 1;
        Self {
            call,
            paging,
            mark,
            seen,
            before: Bytes::new(),
        }
    }

    /// Begins with the page that a [`mark`](Self::mark) stands for.
    pub(crate) fn from_mark(mut call: Box<Call>, paging: Paging, mark: &str) -> Self {
        match paging {
            // Sent like that, it would mean the first page.
            _ if mark.is_empty() => call.refuse("the page token is empty".to_owned()),
            Paging::Token { parameter, .. }
            | Paging::Page { parameter, .. }
            | Paging::Offset { parameter, .. } => turn_to(&mut call, parameter, mark),
            Paging::Header(_) | Paging::Url { .. } => match resolve(&call, mark) {
                Ok(url) => turn_to_url(&mut call, url),
                // What has no URL itself is refused when it is sent.
                Err(_) if call.target().is_err() => {}
                Err(reason) => call.refuse(format!("the page token {reason}")),
            },
        }
        Self::new(call, paging)
    }

    /// What stands for the page that the call asks for; `None` for the first one.
    pub(crate) fn mark(&self) -> Option<&str> {
        self.mark.as_deref()
    }

    /// Turns the call to the page after this one.
    pub(crate) fn turn(&mut self, payload: &Payload, said: Said) -> Turn {
        match self.paging {
            Paging::Token { parameter, field } => self.turn_to_token(parameter, field, said),
            Paging::Page { parameter, first } => {
                let asked = self.number(parameter, first);
                let number = said.number.unwrap_or(asked);
                let next = next_page(number, first, &said);
                self.turn_to_number(parameter, next, payload, &said)
            }
            Paging::Offset { parameter, first } => {
                let offset = self.number(parameter, first);
                let next = next_offset(offset, &said);
                self.turn_to_number(parameter, next, payload, &said)
            }
            Paging::Header(read) => {
                self.turn_to_link("the header `Link`", read(&payload.answer.headers))
            }
            Paging::Url { field } => self.turn_to_link(&format!("`{field}`"), said.next),
        }
    }

    fn turn_to_token(&mut self, parameter: &'static str, field: &str, said: Said) -> Turn {
        let more = said.more;
        self.mark = said.next.filter(|it| !it.is_empty() && more != Some(false));
        match &self.mark {
            None if more == Some(true) => Turn::Lost(format!(
                "the page says that more follow, but `{field}` is missing or empty"
            )),
            None => Turn::End,
            Some(token) if self.seen.insert(token) => {
                turn_to(&mut self.call, parameter, token);
                // Making the URL twice for each page would be dear.
                if token.len() > SHORT_TOKEN
                    && let Ok(url) = self.call.target()
                    && url.as_str().len() > LONGEST_URL
                {
                    let (place, length) = (format!("`{field}`"), token.len());
                    return Turn::Lost(too_large(&place, length, &url));
                }
                Turn::Next
            }
            Some(_) => Turn::Lost(repeated("page token", &format!("`{field}`"))),
        }
    }

    fn turn_to_number(
        &mut self,
        parameter: &'static str,
        next: Option<i64>,
        payload: &Payload,
        said: &Said,
    ) -> Turn {
        // A server that doesn't know the parameter would send the one page for ever.
        let body = &payload.answer.body;
        if said.count > 0 && *body == self.before {
            return Turn::Same(format!(
                "pagination loop: the server returned the same page twice, as if it ignored `{parameter}`"
            ));
        }
        self.before = body.clone();
        self.mark = next.map(|next| next.to_string());
        match &self.mark {
            Some(number) if self.seen.insert(number) => {
                turn_to(&mut self.call, parameter, number);
                Turn::Next
            }
            Some(_) => Turn::Lost("pagination loop: page number repeated".to_owned()),
            None if said.count == 0 && said.more == Some(true) => Turn::Lost(
                "the page says that more follow, but has no items to continue from".to_owned(),
            ),
            None => Turn::End,
        }
    }

    fn turn_to_link(&mut self, place: &str, next: Option<String>) -> Turn {
        self.mark = next.filter(|it| !it.is_empty());
        let Some(text) = &self.mark else {
            return Turn::End;
        };
        match resolve(&self.call, text) {
            Ok(url) => {
                let length = text.len();
                self.mark = Some(url.to_string());
                if !self.seen.insert(url.as_str()) {
                    return Turn::Lost(repeated("next page URL", place));
                }
                if url.as_str().len() > LONGEST_URL {
                    return Turn::Lost(too_large(place, length, &url));
                }
                turn_to_url(&mut self.call, url);
                Turn::Next
            }
            Err(reason) => Turn::Lost(format!("{place} {reason}")),
        }
    }

    /// The number that the call asks for.
    fn number(&self, parameter: &str, first: i64) -> i64 {
        let given = self.call.given(parameter);
        given.as_deref().and_then(number).unwrap_or(first)
    }
}

/// The number of the page after this one.
///
/// Where a page says how many there are, or that there are more, an empty one is not the last.
fn next_page(number: i64, first: i64, said: &Said) -> Option<i64> {
    let next = number.checked_add(1)?;
    let more = match (said.more, said.pages) {
        (Some(false), _) => false,
        (_, Some(pages)) => next.saturating_sub(first) < pages,
        (Some(true), None) => true,
        (None, None) => said.count > 0,
    };
    more.then_some(next)
}

/// The offset of the page after this one: behind the items that came, however many were asked for.
fn next_offset(offset: i64, said: &Said) -> Option<i64> {
    let more = said.count > 0 && said.more != Some(false);
    let count = i64::try_from(said.count).ok().filter(|_| more)?;
    offset.checked_add(count)
}

/// The number that a parameter's text is, also as a float with nothing behind the point.
fn number(text: &str) -> Option<i64> {
    text.strip_suffix(".0").unwrap_or(text).parse().ok()
}

fn repeated(what: &str, place: &str) -> String {
    format!("pagination loop: {what} repeated ({place})")
}

fn too_large(place: &str, length: usize, url: &Url) -> String {
    format!(
        "{place} has {length} bytes, which makes the URL of the next page {} bytes long, and the \
         maximum is {LONGEST_URL}",
        url.as_str().len()
    )
}

/// Has the call ask for a page by a parameter, in the place of whatever it asked for so far.
fn turn_to(call: &mut Call, parameter: &'static str, mark: &str) {
    call.options.query.retain(|(name, _)| name != parameter);
    call.query::<String>(parameter, mark);
}

/// Marks that were there, by their hashes: eight bytes a page, however long a mark is. For two
/// marks to be taken for one, even a list of a million pages would need the luck of one in 10^7.
#[derive(Default)]
struct Seen {
    keys: RandomState,
    hashes: HashSet<u64>,
}

impl Seen {
    /// Whether the mark is new.
    fn insert(&mut self, mark: &str) -> bool {
        self.hashes.insert(self.keys.hash_one(mark))
    }
}
