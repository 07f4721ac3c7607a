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

/// How many empty pages in a row a stream of items passes over, so that a server which names one
/// empty page after another doesn't keep it for ever.
const MOST_EMPTY: u32 = 10_000;

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
    /// All items from this page on, page after page. A page is fetched when the items of the one
    /// before it are used up.
    ///
    /// The parameters and options of the request hold for every page; limits of time and retries
    /// count for each on its own. The list ends where the server names no next page: an empty page
    /// in between is passed over.
    pub fn into_stream(self) -> Items<E> {
        Items {
            pages: self.into_pages(),
            at_hand: Vec::new().into_iter(),
            empty: 0,
            most_empty: MOST_EMPTY,
        }
    }

    /// All pages from this one on, each fetched when it is asked for, with what else they hold
    /// beside items.
    ///
    /// The parameters and options of the request hold for every page, as in
    /// [`into_stream`](Self::into_stream).
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

/// A page and what it was read from, or why there is none.
type Read<E> = Result<(Payload, <E as Endpoint>::Output), Error>;

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
/// After an error it ends. [`next_token`](Self::next_token) then tells where to go on. Dropping it
/// leaves nothing running.
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
    /// Where this future is dropped early, as by a time-out around it, nothing is lost: the next
    /// call of `next` goes on with the same page.
    ///
    /// # Errors
    ///
    /// See [`Error`]. One with [`Error::is_decode`] also when the server names a page that was there
    /// before, since such a list has no end. It comes after the page that does so.
    pub async fn next(&mut self) -> Option<Result<E::Output, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<E::Output, Error>>> {
        let read = ready!(self.poll_read(context));
        Poll::Ready(read.map(|read| read.map(|(_, page)| page)))
    }

    /// The next page, and what it was read from.
    fn poll_read(&mut self, context: &mut Context<'_>) -> Poll<Option<Read<E>>> {
        loop {
            match &mut self.state {
                State::Idle => self.state = State::Fetching(execute(self.call.clone())),
                State::Fetching(fetching) => {
                    let fetched = ready!(fetching.as_mut().poll(context));
                    self.state = State::Ended;
                    let read = fetched.and_then(|payload| {
                        let page = self.turn(&payload)?;
                        Ok((payload, page))
                    });
                    return Poll::Ready(Some(read));
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
                State::Repeats(payload.endless(format!(
                    "its `{}` names a page that was there before, so the list has no end",
                    E::NEXT
                )))
            };
        }
        Ok(page)
    }

    /// Ends the list with an error where another page would follow.
    fn give_up(&mut self, payload: &Payload, reason: String) -> Option<Error> {
        matches!(self.state, State::Idle).then(|| {
            self.state = State::Ended;
            payload.endless(reason)
        })
    }
}

impl<E> Pages<E> {
    /// The token of the page that comes next, or that could not be read: give it to a new request to
    /// go on from there. `None` where that is the first page, or where there is none.
    ///
    /// Where the server named a page that was there before, it is that page's: going on there would
    /// read the same pages again.
    #[must_use]
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
/// After an error it ends. [`next_token`](Self::next_token) then tells where to go on. Dropping it
/// leaves nothing running.
#[must_use = "a stream does nothing until it is read"]
pub struct Items<E: Paged> {
    pages: Pages<E>,
    at_hand: vec::IntoIter<E::Item>,
    /// Pages without items, since the last one with some.
    empty: u32,
    pub(crate) most_empty: u32,
}

impl<E: Paged> Items<E> {
    /// The next item; `None` behind the last one, and behind an error.
    ///
    /// Where this future is dropped early, as by a time-out around it, nothing is lost: the next
    /// call of `next` goes on at the same place.
    ///
    /// # Errors
    ///
    /// See [`Pages::next`]. One with [`Error::is_decode`] also after 10,000 empty pages in a row;
    /// [`Request::into_pages`] has no such limit.
    pub async fn next(&mut self) -> Option<Result<E::Item, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The token of the page behind the items at hand; see [`Pages::next_token`].
    ///
    /// Items of the page at hand that were not read yet are not on that page. After an error there
    /// are none: all items before it were given.
    #[must_use]
    pub fn next_token(&self) -> Option<&str> {
        self.pages.next_token()
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<E::Item, Error>>> {
        loop {
            if let Some(item) = self.at_hand.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll_read(context)) {
                Some(Ok((payload, page))) => {
                    self.at_hand = E::items(page).into_iter();
                    if let Some(error) = self.count_empty(&payload) {
                        return Poll::Ready(Some(Err(error)));
                    }
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }

    /// Counts empty pages; the error where there are too many in a row.
    fn count_empty(&mut self, payload: &Payload) -> Option<Error> {
        if self.at_hand.len() > 0 {
            self.empty = 0;
            return None;
        }
        self.empty += 1;
        if self.empty < self.most_empty {
            return None;
        }
        let reason = format!(
            "this page and those before it, {} in a row, are empty, and another one is named; \
             to go on, start at `next_token`, or read pages with `into_pages`",
            self.empty
        );
        self.pages.give_up(payload, reason)
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
            .field("at_hand", &self.at_hand.len())
            .finish_non_exhaustive()
    }
}

/// Tokens that were there, by their hashes: eight bytes a page, however long a token is. For two
/// tokens to be taken for one, even a list of a million pages would need the luck of one in 10^7.
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
