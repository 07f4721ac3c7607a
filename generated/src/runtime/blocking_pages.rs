//! Blocking iterators over paginated lists (feature `blocking`).

use super::blocking::block_on;
use super::error::Error;
use super::items::ItemStream;
use super::pages::PageStream;

/// A blocking iterator over items of type `T`, page after page, returned by `into_iter_blocking` of a
/// request.
///
/// It ends after an error. In async code, where blocking would hold up other tasks, its first item is
/// an error with [`Error::is_invalid_input`].
#[derive(Debug)]
#[must_use = "an iterator does nothing until it is read"]
pub struct BlockingItems<T>(Option<ItemStream<T>>);

impl<T> BlockingItems<T> {
    pub(crate) fn new(items: ItemStream<T>) -> Self {
        Self(Some(items))
    }

    /// See [`ItemStream::next_token`].
    #[must_use]
    pub fn next_token(&self) -> Option<&str> {
        self.0.as_ref()?.next_token()
    }
}

impl<T> Iterator for BlockingItems<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        block_on(self.0.as_mut()?.next()).unwrap_or_else(|error| {
            self.0 = None;
            Some(Err(error))
        })
    }
}

/// A blocking iterator over pages of type `P`, returned by `into_pages_blocking` of a request.
///
/// It ends after an error. In async code, where blocking would hold up other tasks, its first item is
/// an error with [`Error::is_invalid_input`].
#[derive(Debug)]
#[must_use = "an iterator does nothing until it is read"]
pub struct BlockingPages<P>(Option<PageStream<P>>);

impl<P> BlockingPages<P> {
    pub(crate) fn new(pages: PageStream<P>) -> Self {
        Self(Some(pages))
    }

    /// See [`PageStream::next_token`].
    #[must_use]
    pub fn next_token(&self) -> Option<&str> {
        self.0.as_ref()?.next_token()
    }
}

impl<P> Iterator for BlockingPages<P> {
    type Item = Result<P, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        block_on(self.0.as_mut()?.next()).unwrap_or_else(|error| {
            self.0 = None;
            Some(Err(error))
        })
    }
}
