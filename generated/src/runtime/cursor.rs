//! Pagination: the page token of the next page, and the tokens that were used so far.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use bytes::Bytes;
use reqwest::Url;
use reqwest::header::HeaderMap;

use super::assemble::MAX_URL;
use super::call::Call;
use super::page_token::{
    OtherToken, TokenPlace, header_text, set_parameter, set_token, start_token,
};
use super::page_url::{resolve, set_url};
use super::response::Payload;

/// A shorter token can't make a URL too long, unless it is nearly too long without it.
const SHORT_TOKEN: usize = 1000;

/// How the next page is requested.
#[derive(Clone, Copy, Debug)]
pub enum Paging {
    /// A token in the page, which is sent as a query parameter.
    Token {
        /// The query parameter.
        parameter: &'static str,
        /// The path of the token in the page, for messages.
        field: &'static str,
    },
    /// A token that comes or goes in another way than a field and a query parameter.
    OtherToken(OtherToken),
    /// The number of the page as a query parameter.
    Page {
        /// The query parameter.
        parameter: &'static str,
        /// The number of the first page, if the parameter is omitted and the page doesn't have its own.
        first: i64,
    },
    /// The number of items before the page as a query parameter.
    Offset {
        /// The query parameter.
        parameter: &'static str,
        /// The offset of the first page, if the parameter is omitted.
        first: i64,
    },
    /// A response header with the URL of the next page, and its parser.
    Header(fn(&HeaderMap) -> Option<String>),
    /// The URL of the next page in the page.
    Url {
        /// The path of the URL in the page, for messages.
        field: &'static str,
    },
}

impl Paging {
    /// A token as all kinds of tokens are described.
    fn token(self) -> Option<OtherToken> {
        match self {
            Self::Token { parameter, field } => Some(OtherToken {
                parameter,
                place: TokenPlace::Query,
                field,
                from_header: None,
                switch: None,
            }),
            Self::OtherToken(token) => Some(token),
            _ => None,
        }
    }
}

/// What a page contains about pagination.
pub(crate) struct PageInfo {
    /// The number of items of the page.
    pub(crate) count: usize,
    /// The token or the URL of the next page.
    pub(crate) next: Option<String>,
    /// Whether there are more pages.
    pub(crate) more: Option<bool>,
    /// The number of the page, or of the items before it.
    pub(crate) number: Option<i64>,
    /// The number of pages.
    pub(crate) pages: Option<i64>,
    /// The number of items of all pages.
    pub(crate) total: Option<i64>,
}

/// What follows a page.
pub(crate) enum NextPage {
    /// Nothing: it was the last page.
    End,
    /// Another page, which the request was changed to.
    Next,
    /// Another page that can't be requested, and why.
    Unavailable(String),
    /// Nothing: the page is the same as the one before it.
    SamePage(String),
}

/// The position in a paginated list: the request of the next page, and the tokens that were used.
pub(crate) struct Cursor {
    pub(crate) call: Box<Call>,
    paging: Paging,
    token: Option<String>,
    seen: Seen,
    /// The body of the previous page, if pages have numbers.
    before: Bytes,
}

impl Cursor {
    /// Starts at the page that the request asks for.
    pub(crate) fn new(mut call: Box<Call>, paging: Paging) -> Self {
        let mut seen = Seen::default();
        let token = match paging {
            Paging::Token { .. } | Paging::OtherToken(_) => {
                let token = paging.token();
                token.and_then(|it| start_token(&mut call, it))
            }
            Paging::Page { parameter, .. } | Paging::Offset { parameter, .. } => {
                let given = call.query_value(parameter);
                if given.as_deref().is_some_and(|text| number(text).is_none()) {
                    call.refuse(format!(
                        "`{parameter}` is not a number, so pages can't be counted"
                    ));
                }
                given
            }
            Paging::Header(_) | Paging::Url { .. } => {
                // A request without a valid URL fails when it is sent.
                if let Ok(here) = resolve(&call, "") {
                    seen.insert(here.as_str());
                }
                call.at.as_ref().map(Url::to_string)
            }
        };
        if let Some(token) = &token {
            seen.insert(token);
        }
        call.page = 1;
        Self {
            call,
            paging,
            token,
            seen,
            before: Bytes::new(),
        }
    }

    /// Starts at the page of a token, as returned by [`token`](Self::token).
    pub(crate) fn from_token(mut call: Box<Call>, paging: Paging, token: &str) -> Self {
        match paging {
            // An empty token would request the first page.
            _ if token.is_empty() => call.refuse("the page token is empty".to_owned()),
            Paging::Token { parameter, .. }
            | Paging::Page { parameter, .. }
            | Paging::Offset { parameter, .. } => set_parameter(&mut call, parameter, token),
            Paging::OtherToken(it) => set_token(&mut call, it, token),
            Paging::Header(_) | Paging::Url { .. } => match resolve(&call, token) {
                Ok(url) => set_url(&mut call, url),
                // A request without a valid URL fails when it is sent.
                Err(_) if call.target().is_err() => {}
                Err(reason) => call.refuse(format!("the page token {reason}")),
            },
        }
        Self::new(call, paging)
    }

    /// The token of the page that the request asks for; `None` for the first one.
    pub(crate) fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// Changes the request to that of the page after this one.
    pub(crate) fn advance(&mut self, payload: &Payload, page: PageInfo) -> NextPage {
        match self.paging {
            Paging::Token { .. } | Paging::OtherToken(_) => {
                let token = self.paging.token();
                token.map_or(NextPage::End, |it| self.advance_by_token(it, payload, page))
            }
            Paging::Page { parameter, first } => {
                let asked = self.number(parameter, first);
                let number = page.number.unwrap_or(asked);
                let next = next_page(number, first, &page);
                self.advance_by_number(parameter, next, payload, &page)
            }
            Paging::Offset { parameter, first } => {
                let asked = self.call.query_value(parameter);
                let asked = asked.as_deref().and_then(number);
                let offset = asked.or(page.number).unwrap_or(first);
                let next = next_offset(offset, first, &page);
                self.advance_by_number(parameter, next, payload, &page)
            }
            Paging::Header(read) => {
                self.advance_by_url("the header `Link`", read(&payload.response.headers))
            }
            Paging::Url { field } => self.advance_by_url(&format!("`{field}`"), page.next),
        }
    }

    fn advance_by_token(&mut self, by: OtherToken, payload: &Payload, page: PageInfo) -> NextPage {
        let more = page.more;
        let next = match by.from_header {
            Some(header) => header_text(&payload.response.headers, header),
            None => page.next,
        };
        let next = next.filter(|it| !it.is_empty() && more != Some(false));
        // A token of where the page ends is the same one as before where nothing is behind it.
        let is_same = page.count == 0 && next == self.token;
        let ends = is_same && by.is_position() && more != Some(true);
        self.token = next.filter(|_| !ends);
        match &self.token {
            None if more == Some(true) => NextPage::Unavailable(format!(
                "the page says that more follow, but {} is missing or empty",
                by.source()
            )),
            None => NextPage::End,
            Some(token) if self.seen.insert(token) => {
                set_token(&mut self.call, by, token);
                // The URL isn't built twice for each page, which would be expensive.
                if token.len() > SHORT_TOKEN
                    && by.place == TokenPlace::Query
                    && let Ok(url) = self.call.target()
                    && url.as_str().len() > MAX_URL
                {
                    return NextPage::Unavailable(too_large(&by.source(), token.len(), &url));
                }
                NextPage::Next
            }
            Some(_) => NextPage::Unavailable(repeated("page token", &by.source())),
        }
    }

    fn advance_by_number(
        &mut self,
        parameter: &'static str,
        next: Option<i64>,
        payload: &Payload,
        page: &PageInfo,
    ) -> NextPage {
        // A server that ignores the parameter would return the same page for ever.
        let body = &payload.response.body;
        if page.count > 0 && *body == self.before {
            return NextPage::SamePage(format!(
                "pagination loop: the server returned the same page twice, as if it ignored `{parameter}`"
            ));
        }
        self.before = body.clone();
        self.token = next.map(|next| next.to_string());
        match &self.token {
            Some(number) if self.seen.insert(number) => {
                set_parameter(&mut self.call, parameter, number);
                NextPage::Next
            }
            Some(_) => NextPage::Unavailable("pagination loop: page number repeated".to_owned()),
            None if page.count == 0 && page.more == Some(true) => NextPage::Unavailable(
                "the page says that more follow, but has no items to continue from".to_owned(),
            ),
            None => NextPage::End,
        }
    }

    fn advance_by_url(&mut self, place: &str, next: Option<String>) -> NextPage {
        self.token = next.filter(|it| !it.is_empty());
        let Some(text) = &self.token else {
            return NextPage::End;
        };
        match resolve(&self.call, text) {
            Ok(url) => {
                let length = text.len();
                self.token = Some(url.to_string());
                if !self.seen.insert(url.as_str()) {
                    return NextPage::Unavailable(repeated("next page URL", place));
                }
                if url.as_str().len() > MAX_URL {
                    return NextPage::Unavailable(too_large(place, length, &url));
                }
                set_url(&mut self.call, url);
                NextPage::Next
            }
            Err(reason) => NextPage::Unavailable(format!("{place} {reason}")),
        }
    }

    /// The number that the request asks for.
    fn number(&self, parameter: &str, first: i64) -> i64 {
        let given = self.call.query_value(parameter);
        given.as_deref().and_then(number).unwrap_or(first)
    }
}

/// The number of the page after this one.
///
/// If a page has the number of pages, or says that more follow, an empty page is not the last one.
fn next_page(number: i64, first: i64, page: &PageInfo) -> Option<i64> {
    let next = number.checked_add(1)?;
    let more = match (page.more, page.pages) {
        (Some(false), _) => false,
        (_, Some(pages)) => next.saturating_sub(first) < pages,
        (Some(true), None) => true,
        (None, None) => page.count > 0,
    };
    more.then_some(next)
}

/// The offset of the page after this one: after the items that were received, however many were requested.
///
/// Where a page has the number of all items, the list ends with them. One that is less than what was
/// received already counts something else.
fn next_offset(offset: i64, first: i64, page: &PageInfo) -> Option<i64> {
    let count = i64::try_from(page.count).ok().filter(|count| *count > 0)?;
    let next = offset.checked_add(count)?;
    let is_last = page.total == Some(next.saturating_sub(first));
    let more = page.more.unwrap_or(!is_last);
    more.then_some(next)
}

/// The number of a parameter's value, which may be written as a float without a fraction.
fn number(text: &str) -> Option<i64> {
    text.strip_suffix(".0").unwrap_or(text).parse().ok()
}

fn repeated(what: &str, place: &str) -> String {
    format!("pagination loop: {what} repeated ({place})")
}

fn too_large(place: &str, length: usize, url: &Url) -> String {
    format!(
        "{place} has {length} bytes, which makes the URL of the next page {} bytes long, and the \
         maximum is {MAX_URL}",
        url.as_str().len()
    )
}

/// The tokens that were used, as hashes: eight bytes for each page, however long a token is. The
/// probability of a collision is below 10^-7 even for a list of a million pages.
#[derive(Default)]
struct Seen {
    keys: RandomState,
    hashes: HashSet<u64>,
}

impl Seen {
    /// Whether the token is new.
    fn insert(&mut self, token: &str) -> bool {
        self.hashes.insert(self.keys.hash_one(token))
    }
}
