//! Pagination: requests whose response is a page, and streams of pages.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::cursor::{Cursor, NextPage, PageInfo, Paging};
use super::error::Error;
use super::execute::execute;
use super::items::ItemStream;
use super::request::Request;
use super::response::Payload;

/// A request whose response is a page of a longer list, for generic code.
///
/// Each such request has all of these methods itself, so that they work without an import of this
/// trait. Only this crate implements it.
///
/// A function that reads all items of any list:
///
/// ```
#[doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::{Error, PagedRequest};")]
///
/// async fn all<R: PagedRequest>(request: R) -> Result<Vec<R::Item>, Error> {
///     let mut stream = request.into_stream();
///     let mut items = Vec::new();
///     while let Some(item) = stream.next().await {
///         items.push(item?);
///     }
///     Ok(items)
/// }
/// ```
pub trait PagedRequest: Request {
    /// An item of the list.
    type Item;

    /// What leads from a page to the next one.
    #[doc(hidden)]
    const PAGING: Paging;

    /// How many items are on the page.
    #[doc(hidden)]
    fn count(page: &Self::Output) -> usize;

    /// The items of the page.
    #[doc(hidden)]
    fn items(page: Self::Output) -> Vec<Self::Item>;

    /// The page token or the URL of the page after this one.
    #[doc(hidden)]
    fn next(_page: &Self::Output) -> Option<String> {
        None
    }

    /// Whether the page says that there are more behind it.
    #[doc(hidden)]
    fn has_more(_page: &Self::Output) -> Option<bool> {
        None
    }

    /// The number that the page says it has, or that of the items before it.
    #[doc(hidden)]
    fn number(_page: &Self::Output) -> Option<i64> {
        None
    }

    /// How many pages the page says that there are.
    #[doc(hidden)]
    fn total_pages(_page: &Self::Output) -> Option<i64> {
        None
    }

    /// How many items the page says that all pages have.
    #[doc(hidden)]
    fn total_items(_page: &Self::Output) -> Option<i64> {
        None
    }

    /// Returns a stream of all items, from the page on that the request asks for. A page is fetched
    /// when the items of the one before it are used up.
    ///
    /// The parameters and options of the request apply to every page; timeouts and retries count for
    /// each on its own.
    fn into_stream(self) -> ItemStream<Self::Item> {
        let cursor = Cursor::new(self.into_builder().call, Self::PAGING);
        ItemStream::new(PageStream::new(cursor, read_items::<Self>))
    }

    /// Returns a stream of all items, from the page on that
    /// [`next_token`](ItemStream::next_token) names, whatever page the request asks for.
    ///
    /// Parameters and options aren't part of the page token: set the same ones again.
    fn into_stream_from(self, page_token: impl Into<String>) -> ItemStream<Self::Item> {
        let call = self.into_builder().call;
        let cursor = Cursor::from_token(call, Self::PAGING, &page_token.into());
        ItemStream::new(PageStream::new(cursor, read_items::<Self>))
    }

    /// Returns a stream of all pages, from the one on that the request asks for. Empty pages are among
    /// them.
    fn into_pages(self) -> PageStream<Self::Output> {
        let cursor = Cursor::new(self.into_builder().call, Self::PAGING);
        PageStream::new(cursor, read_page::<Self>)
    }

    /// Returns a stream of all pages, from the one on that
    /// [`next_token`](PageStream::next_token) names, whatever page the request asks for.
    ///
    /// A page token that can't be one of this API, such as a URL of another origin, makes the first
    /// page an error with [`Error::is_invalid_input`].
    fn into_pages_from(self, page_token: impl Into<String>) -> PageStream<Self::Output> {
        let call = self.into_builder().call;
        let cursor = Cursor::from_token(call, Self::PAGING, &page_token.into());
        PageStream::new(cursor, read_page::<Self>)
    }
}

/// Reads a page, and what it says about the next one.
fn read_page<R: PagedRequest>(payload: &Payload) -> Result<(R::Output, PageInfo), Error> {
    let page = R::decode(payload)?;
    let info = PageInfo {
        count: R::count(&page),
        next: R::next(&page),
        more: R::has_more(&page),
        number: R::number(&page),
        pages: R::total_pages(&page),
        total: R::total_items(&page),
    };
    Ok((page, info))
}

/// Reads the items of a page, and what it says about the next one.
fn read_items<R: PagedRequest>(payload: &Payload) -> Result<(Vec<R::Item>, PageInfo), Error> {
    let (page, info) = read_page::<R>(payload)?;
    Ok((R::items(page), info))
}

/// Reads a page, or what is wanted of it.
type ReadPage<P> = fn(&Payload) -> Result<(P, PageInfo), Error>;

/// A page and the response that it was read from, or the error in its place.
type Read<P> = Result<(Payload, P), Error>;

type Fetching = Pin<Box<dyn Future<Output = Result<Payload, Error>> + Send>>;

enum State {
    /// A page is to be fetched.
    Idle,
    Fetching(Fetching),
    /// The page that came doesn't lead to the one after it.
    Lost(Error),
    Ended,
}

/// A stream of pages of type `P`, returned by [`PagedRequest::into_pages`].
///
/// It ends after an error; [`next_token`](Self::next_token) then names the page to continue at.
/// Dropping it cancels the request that is being sent.
#[must_use = "a stream does nothing until it is read"]
pub struct PageStream<P> {
    cursor: Cursor,
    state: State,
    read: ReadPage<P>,
}

impl<P> PageStream<P> {
    fn new(cursor: Cursor, read: ReadPage<P>) -> Self {
        Self {
            cursor,
            state: State::Idle,
            read,
        }
    }

    /// Returns the next page; `None` after the last one, and after an error.
    ///
    /// No page is lost where this future is dropped early, as by a timeout around it: the next call
    /// of `next` continues with the same page.
    ///
    /// # Errors
    ///
    /// See [`Error`]. One with [`Error::is_pagination`] when the list can't continue: when the server
    /// names a page that it named before or that is on another origin, sends the same page again, or
    /// returns a page token that doesn't fit into a URL. It comes after the page that does so, or in
    /// place of the one that is the same.
    pub async fn next(&mut self) -> Option<Result<P, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<P, Error>>> {
        let read = ready!(self.poll_read(context));
        Poll::Ready(read.map(|read| read.map(|(_, page)| page)))
    }

    /// The next page, and what it was read from.
    pub(crate) fn poll_read(&mut self, context: &mut Context<'_>) -> Poll<Option<Read<P>>> {
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

    /// Reads a page, and prepares the request for the next one.
    fn turn(&mut self, payload: &Payload) -> Result<P, Error> {
        let (page, info) = (self.read)(payload)?;
        match self.cursor.advance(payload, info) {
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

impl<P> PageStream<P> {
    /// The page token of the page that comes next, or that could not be read: its token, number or
    /// offset, or its URL, as the API has it. [`PagedRequest::into_pages_from`] and
    /// [`PagedRequest::into_stream_from`] continue from there. `None` where that is the first page, or
    /// where there is none.
    ///
    /// Where the server named a page that it had named before, it is that page's token: continuing
    /// there would read the same pages again.
    #[must_use]
    pub fn next_token(&self) -> Option<&str> {
        self.cursor.token()
    }
}

impl<P> Stream for PageStream<P> {
    type Item = Result<P, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

/// Shows whether it has ended, and no values.
impl<P> fmt::Debug for PageStream<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageStream")
            .field("call", &self.cursor.call)
            .field("ended", &matches!(self.state, State::Ended))
            .finish_non_exhaustive()
    }
}
