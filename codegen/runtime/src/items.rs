//! Streams of the items of a paginated list.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

use super::error::Error;
use super::pages::PageStream;
use super::response::Payload;

/// How many empty pages in a row are passed over, so that a server which names one empty page after
/// another doesn't keep the stream for ever.
const MOST_EMPTY: u32 = 10_000;

/// A stream of items of type `T`, page after page, returned by
/// [`PagedRequest::into_stream`](super::pages::PagedRequest::into_stream).
///
/// It ends after an error; [`next_token`](Self::next_token) then names the page to continue at.
/// Dropping it cancels the request that is being sent.
#[must_use = "a stream does nothing until it is read"]
pub struct ItemStream<T> {
    /// Streams the items of each page.
    pages: PageStream<Vec<T>>,
    at_hand: vec::IntoIter<T>,
    /// Pages without items, since the last one with some.
    empty: u32,
    pub(crate) most_empty: u32,
}

impl<T> ItemStream<T> {
    pub(crate) fn new(pages: PageStream<Vec<T>>) -> Self {
        Self {
            pages,
            at_hand: Vec::new().into_iter(),
            empty: 0,
            most_empty: MOST_EMPTY,
        }
    }

    /// Returns the next item; `None` after the last one, and after an error.
    ///
    /// No item is lost where this future is dropped early, as by a timeout around it: the next call
    /// of `next` continues at the same place.
    ///
    /// # Errors
    ///
    /// See [`PageStream::next`]. One with [`Error::is_pagination`] also after 10,000 empty pages in a
    /// row; [`PagedRequest::into_pages`](super::pages::PagedRequest::into_pages) has no such limit.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The page token of the page after the current one; see [`PageStream::next_token`].
    ///
    /// Items of the current page that were not read yet are not on that page. After an error there
    /// are none: all items before it were returned.
    #[must_use]
    pub fn next_token(&self) -> Option<&str> {
        self.pages.next_token()
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            if let Some(item) = self.at_hand.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll_read(context)) {
                Some(Ok((payload, items))) => {
                    self.at_hand = items.into_iter();
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
impl<T> Unpin for ItemStream<T> {}

impl<T> Stream for ItemStream<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

/// Shows how many items of the current page are left, and no values.
impl<T> fmt::Debug for ItemStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemStream")
            .field("pages", &self.pages)
            .field("at_hand", &self.at_hand.len())
            .finish_non_exhaustive()
    }
}
