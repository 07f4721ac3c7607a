//! Lists that come in pages, each of which names the one after it by a token.

use std::collections::HashSet;
use std::fmt;
use std::future::poll_fn;
use std::hash::{BuildHasher, RandomState};
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

use super::call::Call;
use super::error::Error;
use super::execute::execute;
use super::operation::Endpoint;
use super::request::Request;
use super::response::Payload;

/// An endpoint whose answer is a page of a longer list.
pub trait Paged: Endpoint {
    /// What the list is of.
    type Item;

    /// The query parameter by which a page is asked for.
    const TOKEN: &'static str;

    /// Where in a page the next one's token stands, for messages.
    const NEXT: &'static str;

    /// The token of the page after this one.
    fn next(page: &Self::Output) -> Option<&str>;

    /// What is on the page.
    fn items(page: Self::Output) -> Vec<Self::Item>;
}

impl<E: Paged> Request<E> {
    /// All items from this page on, page after page, each fetched when it is needed.
    ///
    /// The parameters and options of the request hold for every page. The list ends where the
    /// server names no next page: an empty page in between is passed over.
    pub fn into_stream(self) -> Items<E> {
        Items {
            pages: self.into_pages(),
            items: Vec::new().into_iter(),
        }
    }

    /// All pages from this one on, each fetched when it is needed.
    pub fn into_pages(self) -> Pages<E> {
        let token = self.call.text(E::TOKEN).filter(|token| !token.is_empty());
        let mut pages = Pages {
            call: self.call,
            token: None,
            seen: Seen::default(),
            state: State::Idle,
            endpoint: PhantomData,
        };
        if let Some(token) = token {
            pages.seen.insert(&token);
            pages.token = Some(token);
        }
        pages
    }
}

type Fetching = Pin<Box<dyn Future<Output = Result<Payload, Error>> + Send>>;

enum State {
    /// A page is to be fetched.
    Idle,
    Fetching(Fetching),
    /// The page that came names one that was there before.
    Repeats(Error),
    Ended,
}

/// A stream of pages; see [`Request::into_pages`].
///
/// After an error it ends. [`next_token`](Self::next_token) then tells where to go on.
#[must_use = "a stream does nothing until it is read"]
pub struct Pages<E> {
    call: Call,
    token: Option<String>,
    seen: Seen,
    state: State,
    endpoint: PhantomData<fn() -> E>,
}

impl<E: Paged> Pages<E> {
    /// The next page; `None` behind the last one, and behind an error.
    ///
    /// # Errors
    ///
    /// See [`Error`]. One with [`Error::is_decode`] also when the server names a page that was there
    /// before, since such a list has no end.
    pub async fn next(&mut self) -> Option<Result<E::Output, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<E::Output, Error>>> {
        loop {
            match &mut self.state {
                State::Idle => self.state = State::Fetching(execute(self.call.clone())),
                State::Fetching(fetching) => {
                    let fetched = ready!(fetching.as_mut().poll(context));
                    self.state = State::Ended;
                    return Poll::Ready(Some(fetched.and_then(|payload| self.turn(&payload))));
                }
                State::Repeats(_) => {
                    if let State::Repeats(error) = std::mem::replace(&mut self.state, State::Ended)
                    {
                        return Poll::Ready(Some(Err(error)));
                    }
                }
                State::Ended => return Poll::Ready(None),
            }
        }
    }

    /// Reads a page, and makes ready for the one after it.
    fn turn(&mut self, payload: &Payload) -> Result<E::Output, Error> {
        let page = E::decode(payload)?;
        self.token = E::next(&page)
            .filter(|token| !token.is_empty())
            .map(str::to_owned);
        if let Some(token) = &self.token {
            self.state = if self.seen.insert(token) {
                self.call.query::<String>(E::TOKEN, token.as_str());
                State::Idle
            } else {
                let message = "the server named this page before, so the list has no end";
                State::Repeats(payload.contradicts(E::NEXT, message))
            };
        }
        Ok(page)
    }
}

impl<E> Pages<E> {
    /// The token of the page that comes next, or that could not be fetched: give it to a new request
    /// to go on from there. `None` where that is the first page, or where there is none.
    pub fn next_token(&self) -> Option<&str> {
        self.token.as_deref()
    }
}

impl<E: Paged> Stream for Pages<E> {
    type Item = Result<E::Output, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

/// Shows how far it is, and no values.
impl<E> fmt::Debug for Pages<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("call", &self.call)
            .field("ended", &matches!(self.state, State::Ended))
            .finish_non_exhaustive()
    }
}

/// A stream of items, page after page; see [`Request::into_stream`].
///
/// After an error it ends.
#[must_use = "a stream does nothing until it is read"]
pub struct Items<E: Paged> {
    pages: Pages<E>,
    items: vec::IntoIter<E::Item>,
}

impl<E: Paged> Items<E> {
    /// The next item; `None` behind the last one, and behind an error.
    ///
    /// # Errors
    ///
    /// See [`Pages::next`].
    pub async fn next(&mut self) -> Option<Result<E::Item, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The token of the page behind the items at hand; see [`Pages::next_token`].
    pub fn next_token(&self) -> Option<&str> {
        self.pages.next_token()
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<E::Item, Error>>> {
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll(context)) {
                Some(Ok(page)) => self.items = E::items(page).into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

// Items are handed out by value and never pinned.
impl<E: Paged> Unpin for Items<E> {}

impl<E: Paged> Stream for Items<E> {
    type Item = Result<E::Item, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

/// Shows how far it is, and no values.
impl<E: Paged> fmt::Debug for Items<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("pages", &self.pages)
            .field("at_hand", &self.items.len())
            .finish()
    }
}

/// Tokens that were there, by their hashes: eight bytes a page, however long a token is.
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
