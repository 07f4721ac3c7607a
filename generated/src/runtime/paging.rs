//! Pagination in the tables of requests.
//!
//! A clause of a table says where a page has its items, and what leads to the next one:
//!
//! ```text
//! pages(items: types::Pet, token "page_token" = next_page)
//! pages(data: types::Pet, item "after" = id, more has_more)
//! pages(of types::Pet, page "page" from 1)
//! pages(items: types::Pet, offset "skip" from 0)
//! pages(items: types::Pet, offset "skip" from 0 to total)
//! pages(items: types::Pet, url next)
//! pages(of types::Pet, link)
//! ```
//!
//! `token` is a field of the page that is sent unchanged, `item` a field of its last item; a string
//! behind them is the path of the field in JSON, where that differs. `more` is a field that says whether
//! there are more pages, `done` one that says whether this is the last, `to` one with the number of all
//! items. `of` is a page that is the array itself.

#![allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "only an API has lists to make tables of"
)]

#[cfg(feature = "blocking")]
pub(crate) use super::blocking_pages::{BlockingItems, BlockingPages};
pub(crate) use super::cursor::Paging;
pub(crate) use super::items::ItemStream;
pub(crate) use super::page_token::{OtherToken, TokenPlace};
pub(crate) use super::pages::{PageStream, PagedRequest};

/// The pagination of a request; see the module's documentation.
macro_rules! paged {
    ($request:ident -> $page:ty, of $item:ty, $($by:tt)*) => {
        paging::paged! { ($request, page: page, *page, $item, "") $($by)* }
        paging::methods! { $request -> $page, of $item }
    };
    ($request:ident -> $page:ty, $items:ident: $item:ty, $($by:tt)*) => {
        paging::paged! {
            ($request, page: page.$items, page.$items, $item, stringify!($items)) $($by)*
        }
        paging::methods! { $request -> $page, of $item }
    };
    (
        ($request:ident, $page:ident: $items:expr, $seen:expr, $item:ty, $list:expr)
        $($by:tt)*
    ) => {
        impl paging::PagedRequest for $request {
            type Item = $item;
            const PAGING: paging::Paging = paging::paging!($list, $($by)*);

            fn count($page: &Self::Output) -> usize {
                paging::List::count(&$seen)
            }

            fn items($page: Self::Output) -> Vec<$item> {
                paging::List::into_items($items)
            }

            paging::leading! { $page, $seen, $($by)* }
        }
    };
}

/// The methods of a request whose response is a page.
macro_rules! page_methods {
    ($request:ident -> $page:ty, of $item:ty) => {
        impl $request {
            /// Returns a stream of all items, from the page on that the request asks for. A page is
            /// fetched when the items of the one before it are used up.
            ///
            /// The parameters and options of the request apply to every page; timeouts and retries
            /// count for each on its own. The list ends where the server names no next page or, where
            /// pages are numbered, at an empty one; any other empty page is skipped.
            #[inline]
            pub fn into_stream(self) -> paging::ItemStream<$item> {
                paging::PagedRequest::into_stream(self)
            }

            /// Returns a stream of all items, from the page on that
            /// [`next_token`](paging::ItemStream::next_token) names, whatever page the request asks
            /// for; otherwise as [`into_stream`](Self::into_stream).
            ///
            /// Parameters and options aren't part of the page token: set the same ones again.
            pub fn into_stream_from(
                self,
                page_token: impl Into<String>,
            ) -> paging::ItemStream<$item> {
                paging::PagedRequest::into_stream_from(self, page_token)
            }

            /// Returns a stream of all pages, from the one on that the request asks for. Each is
            /// fetched when it is read.
            ///
            /// The parameters and options of the request apply to every page, as in
            /// [`into_stream`](Self::into_stream). Empty pages are among them.
            #[inline]
            pub fn into_pages(self) -> paging::PageStream<$page> {
                paging::PagedRequest::into_pages(self)
            }

            /// Returns a stream of all pages, from the one on that
            /// [`next_token`](paging::PageStream::next_token) names, whatever page the request asks
            /// for; otherwise as [`into_pages`](Self::into_pages).
            ///
            /// A page token that can't be one of this API, such as a URL of another origin, makes the
            /// first page an error with
            /// [`Error::is_invalid_input`](requests::Error::is_invalid_input).
            pub fn into_pages_from(
                self,
                page_token: impl Into<String>,
            ) -> paging::PageStream<$page> {
                paging::PagedRequest::into_pages_from(self, page_token)
            }

            requests::blocking! {
                /// Returns a blocking iterator over all items, which fetches pages as needed; otherwise
                /// as [`into_stream`](Self::into_stream).
                #[inline]
                pub fn into_iter_blocking(self) -> paging::BlockingItems<$item> {
                    paging::BlockingItems::new(self.into_stream())
                }

                /// Returns a blocking iterator over all items, from the page on that
                /// [`next_token`](paging::BlockingItems::next_token) names; otherwise as
                /// [`into_stream_from`](Self::into_stream_from).
                pub fn into_iter_blocking_from(
                    self,
                    page_token: impl Into<String>,
                ) -> paging::BlockingItems<$item> {
                    paging::BlockingItems::new(self.into_stream_from(page_token))
                }

                /// Returns a blocking iterator over all pages, each fetched when it is read; otherwise as
                /// [`into_pages`](Self::into_pages).
                #[inline]
                pub fn into_pages_blocking(self) -> paging::BlockingPages<$page> {
                    paging::BlockingPages::new(self.into_pages())
                }

                /// Returns a blocking iterator over all pages, from the one on that
                /// [`next_token`](paging::BlockingPages::next_token) names; otherwise as
                /// [`into_pages_from`](Self::into_pages_from).
                pub fn into_pages_blocking_from(
                    self,
                    page_token: impl Into<String>,
                ) -> paging::BlockingPages<$page> {
                    paging::BlockingPages::new(self.into_pages_from(page_token))
                }
            }
        }
    };
}

/// The constant that describes what leads from a page to the next one.
macro_rules! paging {
    ($list:expr, token $parameter:literal = $next:ident $(, $flag:ident $more:ident)?) => {
        paging::Paging::Token {
            parameter: $parameter,
            field: stringify!($next),
        }
    };
    ($list:expr, item $parameter:literal = $next:ident $(, $flag:ident $more:ident)?) => {
        paging::Paging::Token {
            parameter: $parameter,
            field: concat!($list, "[-1].", stringify!($next)),
        }
    };
    ($list:expr, $kind:ident $parameter:literal = $next:ident $field:literal $($rest:tt)*) => {
        paging::Paging::Token {
            parameter: $parameter,
            field: $field,
        }
    };
    ($list:expr, page $parameter:literal from $first:literal $(, $flag:ident $more:ident)?) => {
        paging::Paging::Page {
            parameter: $parameter,
            first: $first,
        }
    };
    ($list:expr, offset $parameter:literal from $first:literal $(to $total:ident)? $(, $flag:ident $more:ident)?) => {
        paging::Paging::Offset {
            parameter: $parameter,
            first: $first,
        }
    };
    ($list:expr, link $(, $flag:ident $more:ident)?) => {
        paging::Paging::LINK
    };
    ($list:expr, url $next:ident $(, $flag:ident $more:ident)?) => {
        paging::Paging::Url {
            field: stringify!($next),
        }
    };
    ($list:expr, url $next:ident $field:literal $(, $flag:ident $more:ident)?) => {
        paging::Paging::Url { field: $field }
    };
}

/// The functions that read what a page states about the next one.
macro_rules! leading {
    ($page:ident, $items:expr, token $_:literal = $next:ident $($rest:tt)*) => {
        fn next($page: &Self::Output) -> Option<String> {
            paging::Mark::text(&$page.$next)
        }
        paging::leading! { $page, $items, $($rest)* }
    };
    ($page:ident, $items:expr, item $_:literal = $next:ident $($rest:tt)*) => {
        fn next($page: &Self::Output) -> Option<String> {
            paging::Mark::text(&paging::List::last(&$items)?.$next)
        }
        paging::leading! { $page, $items, $($rest)* }
    };
    ($page:ident, $items:expr, url $next:ident $($rest:tt)*) => {
        fn next($page: &Self::Output) -> Option<String> {
            paging::Mark::text(&$page.$next)
        }
        paging::leading! { $page, $items, $($rest)* }
    };
    ($page:ident, $items:expr, page $_:literal from $first:literal $($rest:tt)*) => {
        paging::leading! { $page, $items, $($rest)* }
    };
    ($page:ident, $items:expr, offset $_:literal from $first:literal to $total:ident $($rest:tt)*) => {
        fn total_items($page: &Self::Output) -> Option<i64> {
            paging::Mark::text(&$page.$total)?.parse().ok()
        }
        paging::leading! { $page, $items, $($rest)* }
    };
    ($page:ident, $items:expr, offset $_:literal from $first:literal $($rest:tt)*) => {
        paging::leading! { $page, $items, $($rest)* }
    };
    ($page:ident, $items:expr, link $($rest:tt)*) => {
        paging::leading! { $page, $items, $($rest)* }
    };
    ($page:ident, $items:expr, $field:literal $($rest:tt)*) => {
        paging::leading! { $page, $items, $($rest)* }
    };
    ($page:ident, $items:expr, , more $more:ident) => {
        fn has_more($page: &Self::Output) -> Option<bool> {
            $page.$more.into()
        }
    };
    ($page:ident, $items:expr, , done $done:ident) => {
        fn has_more($page: &Self::Output) -> Option<bool> {
            Option::<bool>::from($page.$done).map(|done| !done)
        }
    };
    ($page:ident, $items:expr,) => {};
}

pub(crate) use {leading, page_methods as methods, paged, paging};

/// The list in a page, or none.
pub trait List {
    type Item;

    fn count(&self) -> usize;

    fn last(&self) -> Option<&Self::Item>;

    fn into_items(self) -> Vec<Self::Item>;
}

impl<T> List for Vec<T> {
    type Item = T;

    fn count(&self) -> usize {
        self.len()
    }

    fn last(&self) -> Option<&T> {
        self.as_slice().last()
    }

    fn into_items(self) -> Self {
        self
    }
}

impl<T> List for Option<Vec<T>> {
    type Item = T;

    fn count(&self) -> usize {
        self.as_ref().map_or(0, Vec::len)
    }

    fn last(&self) -> Option<&T> {
        self.as_ref()?.last()
    }

    fn into_items(self) -> Vec<T> {
        self.unwrap_or_default()
    }
}

/// A field with the token of the next page, as it is sent.
pub trait Mark {
    fn text(&self) -> Option<String>;
}

impl Mark for String {
    fn text(&self) -> Option<String> {
        Some(self.clone())
    }
}

impl Mark for i128 {
    fn text(&self) -> Option<String> {
        Some(self.to_string())
    }
}

impl Mark for i64 {
    fn text(&self) -> Option<String> {
        Some(self.to_string())
    }
}

impl Mark for u64 {
    fn text(&self) -> Option<String> {
        Some(self.to_string())
    }
}

impl<T: Mark> Mark for Option<T> {
    fn text(&self) -> Option<String> {
        self.as_ref()?.text()
    }
}
