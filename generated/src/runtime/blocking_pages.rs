//! Lists that come in pages, as iterators (feature `blocking`).

use super::blocking::block_on;
use super::error::Error;
use super::items::ItemStream;
use super::operation::Endpoint;
use super::pages::{PageStream, Paged};
use super::request::Request;

impl<E: Paged> Request<E> {
    /// As [`into_stream`](Self::into_stream), for code that isn't async: an iterator over all items,
    /// which fetches pages as needed. The thread waits.
    pub fn into_iter_blocking(self) -> BlockingItems<E> {
        BlockingItems(Some(self.into_stream()))
    }

    /// As [`into_stream_from`](Self::into_stream_from), for code that isn't async: an iterator over
    /// all items from the page on that a [`next_token`](BlockingItems::next_token) stands for.
    pub fn into_iter_blocking_from(self, mark: impl Into<String>) -> BlockingItems<E> {
        BlockingItems(Some(self.into_stream_from(mark)))
    }

    /// As [`into_pages`](Self::into_pages), for code that isn't async: an iterator over all pages,
    /// each fetched when it is asked for. The thread waits.
    pub fn into_pages_blocking(self) -> BlockingPages<E> {
        BlockingPages(Some(self.into_pages()))
    }

    /// As [`into_pages_from`](Self::into_pages_from), for code that isn't async: an iterator over all
    /// pages from the one on that a [`next_token`](BlockingPages::next_token) stands for.
    pub fn into_pages_blocking_from(self, mark: impl Into<String>) -> BlockingPages<E> {
        BlockingPages(Some(self.into_pages_from(mark)))
    }
}

/// An iterator over items, page after page; see [`Request::into_iter_blocking`].
///
/// After an error it ends. In async code, where waiting would hold up other tasks, its first item is
/// an error with [`Error::is_invalid_input`].
#[derive(Debug)]
#[must_use = "an iterator does nothing until it is read"]
pub struct BlockingItems<E: Paged>(Option<ItemStream<E>>);

impl<E: Paged> BlockingItems<E> {
    /// See [`ItemStream::next_token`].
    #[must_use]
    pub fn next_token(&self) -> Option<&str> {
        self.0.as_ref()?.next_token()
    }
}

impl<E: Paged> Iterator for BlockingItems<E> {
    type Item = Result<E::Item, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        block_on(self.0.as_mut()?.next()).unwrap_or_else(|error| {
            self.0 = None;
            Some(Err(error))
        })
    }
}

/// An iterator over pages; see [`Request::into_pages_blocking`].
///
/// After an error it ends. In async code, where waiting would hold up other tasks, its first item is
/// an error with [`Error::is_invalid_input`].
#[derive(Debug)]
#[must_use = "an iterator does nothing until it is read"]
pub struct BlockingPages<E>(Option<PageStream<E>>);

impl<E> BlockingPages<E> {
    /// See [`PageStream::next_token`].
    #[must_use]
    pub fn next_token(&self) -> Option<&str> {
        self.0.as_ref()?.next_token()
    }
}

impl<E: Paged> Iterator for BlockingPages<E> {
    type Item = Result<<E as Endpoint>::Output, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        block_on(self.0.as_mut()?.next()).unwrap_or_else(|error| {
            self.0 = None;
            Some(Err(error))
        })
    }
}
