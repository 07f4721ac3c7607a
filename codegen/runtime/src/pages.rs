//! Lists that come in pages, each of which leads to the one after it.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::cursor::{Cursor, NextPage, PageInfo, Paging};
use super::error::Error;
use super::execute::execute;
use super::items::ItemStream;
use super::operation::Endpoint;
use super::request::Request;
use super::response::Payload;

/// An endpoint whose answer is a page of a longer list.
pub trait Paged: Endpoint {
    /// What the list is of.
    type Item;

    /// What leads from a page to the next one.
    const PAGING: Paging;

    /// How many items are on the page.
    fn count(page: &Self::Output) -> usize;

    /// What is on the page.
    fn items(page: Self::Output) -> Vec<Self::Item>;

    /// The token or the URL of the page after this one.
    fn next(_page: &Self::Output) -> Option<String> {
        None
    }

    /// Whether the page says that there are more behind it.
    fn has_more(_page: &Self::Output) -> Option<bool> {
        None
    }

    /// The number that the page says it has.
    fn number(_page: &Self::Output) -> Option<i64> {
        None
    }

    /// How many pages the page says that there are.
    fn total_pages(_page: &Self::Output) -> Option<i64> {
        None
    }
}

impl<E: Paged> Request<E> {
    /// All items from this page on, page after page. A page is fetched when the items of the one
    /// before it are used up.
    ///
    /// The parameters and options of the request hold for every page; limits of time and retries
    /// count for each on its own. The list ends where the server names no next page, or, where pages
    /// are asked for by numbers, at an empty one: any other empty page is passed over.
    pub fn into_stream(self) -> ItemStream<E> {
        ItemStream::new(self.into_pages())
    }

    /// All items from the page on that a [`next_token`](ItemStream::next_token) stands for, whatever page
    /// the request asks for; otherwise as [`into_stream`](Self::into_stream).
    ///
    /// Parameters and options aren't part of the mark: give the request the same ones again.
    pub fn into_stream_from(self, mark: impl Into<String>) -> ItemStream<E> {
        ItemStream::new(self.into_pages_from(mark))
    }

    /// All pages from this one on, each fetched when it is asked for, with what else they hold
    /// beside items.
    ///
    /// The parameters and options of the request hold for every page, as in
    /// [`into_stream`](Self::into_stream). Empty pages are among them.
    pub fn into_pages(self) -> PageStream<E> {
        PageStream::new(Cursor::new(self.call, E::PAGING))
    }

    /// All pages from the one on that a [`next_token`](PageStream::next_token) stands for, whatever page
    /// the request asks for; otherwise as [`into_pages`](Self::into_pages).
    ///
    /// A mark that can't be one of this API, such as a URL of another origin, makes the first page an
    /// error with [`Error::is_invalid_input`].
    pub fn into_pages_from(self, mark: impl Into<String>) -> PageStream<E> {
        PageStream::new(Cursor::from_token(self.call, E::PAGING, &mark.into()))
    }
}

/// A page and what it was read from, or why there is none.
type Read<E> = Result<(Payload, <E as Endpoint>::Output), Error>;

type Fetching = Pin<Box<dyn Future<Output = Result<Payload, Error>> + Send>>;

enum State {
    /// A page is to be fetched.
    Idle,
    Fetching(Fetching),
    /// The page that came doesn't lead to the one after it.
    Lost(Error),
    Ended,
}

/// A stream of pages; see [`Request::into_pages`].
///
/// After an error it ends. [`next_token`](Self::next_token) then tells where to go on. Dropping it
/// leaves nothing running.
#[must_use = "a stream does nothing until it is read"]
pub struct PageStream<E> {
    cursor: Cursor,
    state: State,
    endpoint: PhantomData<fn() -> E>,
}

impl<E: Paged> PageStream<E> {
    fn new(cursor: Cursor) -> Self {
        Self {
            cursor,
            state: State::Idle,
            endpoint: PhantomData,
        }
    }

    /// The next page; `None` behind the last one, and behind an error.
    ///
    /// Where this future is dropped early, as by a time-out around it, nothing is lost: the next
    /// call of `next` goes on with the same page.
    ///
    /// # Errors
    ///
    /// See [`Error`]. One with [`Error::is_pagination`] when the list can't go on: when the server
    /// names a page that was there before or that is on another origin, sends the same page
    /// again, or gives a token that no URL can hold. It comes after the page that does so, or in the
    /// place of the one that is the same.
    pub async fn next(&mut self) -> Option<Result<E::Output, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<E::Output, Error>>> {
        let read = ready!(self.poll_read(context));
        Poll::Ready(read.map(|read| read.map(|(_, page)| page)))
    }

    /// The next page, and what it was read from.
    pub(crate) fn poll_read(&mut self, context: &mut Context<'_>) -> Poll<Option<Read<E>>> {
        loop {
            match &mut self.state {
                State::Idle => self.state = State::Fetching(execute(self.cursor.call.clone())),
                State::Fetching(fetching) => {
                    let fetched = ready!(fetching.as_mut().poll(context));
                    self.state = State::Ended;
                    let read = fetched.and_then(|payload| {
                        let page = self.turn(&payload)?;
                        Ok((payload, page))
                    });
                    return Poll::Ready(Some(read));
                }
                State::Lost(_) => {
                    if let State::Lost(error) = std::mem::replace(&mut self.state, State::Ended) {
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
        let said = PageInfo {
            count: E::count(&page),
            next: E::next(&page),
            more: E::has_more(&page),
            number: E::number(&page),
            pages: E::total_pages(&page),
        };
        match self.cursor.advance(payload, said) {
            NextPage::End => {}
            NextPage::Next => {
                let page = &mut self.cursor.call.page;
                *page = page.saturating_add(1);
                self.state = State::Idle;
            }
            NextPage::Unavailable(reason) => {
                self.state = State::Lost(payload.pagination_error(reason));
            }
            NextPage::SamePage(reason) => return Err(payload.pagination_error(reason)),
        }
        Ok(page)
    }

    /// Ends the list with an error where another page would follow.
    pub(crate) fn give_up(&mut self, payload: &Payload, reason: String) -> Option<Error> {
        matches!(self.state, State::Idle).then(|| {
            self.state = State::Ended;
            payload.pagination_error(reason)
        })
    }
}

impl<E> PageStream<E> {
    /// What stands for the page that comes next, or that could not be read: its token, number or
    /// offset, or its URL, as the API has it. Give it to [`Request::into_pages_from`] or
    /// [`Request::into_stream_from`] to go on from there. `None` where that is the first page, or
    /// where there is none.
    ///
    /// Where the server named a page that was there before, it is that page's: going on there would
    /// read the same pages again.
    #[must_use]
    pub fn next_token(&self) -> Option<&str> {
        self.cursor.token()
    }
}

impl<E: Paged> Stream for PageStream<E> {
    type Item = Result<E::Output, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

/// Shows how far it is, and no values.
impl<E> fmt::Debug for PageStream<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageStream")
            .field("call", &self.cursor.call)
            .field("ended", &matches!(self.state, State::Ended))
            .finish_non_exhaustive()
    }
}
