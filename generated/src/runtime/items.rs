//! A list's items, taken from its pages one after the other.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

use super::error::Error;
use super::pages::{PageStream, Paged};
use super::response::Payload;

/// How many empty pages in a row are passed over, so that a server which names one empty page after
/// another doesn't keep the stream for ever.
const MOST_EMPTY: u32 = 10_000;

/// A stream of items, page after page; see
/// [`Request::into_stream`](super::request::Request::into_stream).
///
/// After an error it ends. [`next_token`](Self::next_token) then tells where to go on. Dropping it
/// leaves nothing running.
#[must_use = "a stream does nothing until it is read"]
pub struct ItemStream<E: Paged> {
    pages: PageStream<E>,
    at_hand: vec::IntoIter<E::Item>,
    /// Pages without items, since the last one with some.
    empty: u32,
    pub(crate) most_empty: u32,
}

impl<E: Paged> ItemStream<E> {
    pub(crate) fn new(pages: PageStream<E>) -> Self {
        Self {
            pages,
            at_hand: Vec::new().into_iter(),
            empty: 0,
            most_empty: MOST_EMPTY,
        }
    }

    /// The next item; `None` behind the last one, and behind an error.
    ///
    /// Where this future is dropped early, as by a time-out around it, nothing is lost: the next
    /// call of `next` goes on at the same place.
    ///
    /// # Errors
    ///
    /// See [`PageStream::next`]. One with [`Error::is_pagination`] also after 10,000 empty pages in a row;
    /// [`Request::into_pages`](super::request::Request::into_pages) has no such limit.
    pub async fn next(&mut self) -> Option<Result<E::Item, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// What stands for the page behind the items at hand; see [`PageStream::next_token`].
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
impl<E: Paged> Unpin for ItemStream<E> {}

impl<E: Paged> Stream for ItemStream<E> {
    type Item = Result<E::Item, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

/// Shows how far it is, and no values.
impl<E: Paged> fmt::Debug for ItemStream<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemStream")
            .field("pages", &self.pages)
            .field("at_hand", &self.at_hand.len())
            .finish_non_exhaustive()
    }
}
