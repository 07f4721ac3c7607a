//! Lists in pages, in the tables of operations.
//!
//! A clause of an operation's table says where a page has its items, and what leads to the next one:
//!
//! ```text
//! pages(items: types::Pet, token "page_token" = next_page)
//! pages(data: types::Pet, item "after" = id, more has_more)
//! pages(of types::Pet, page "page" from 1)
//! pages(items: types::Pet, offset "skip" from 0)
//! pages(items: types::Pet, url next)
//! pages(of types::Pet, link)
//! ```
//!
//! `token` is sent as it stands in a field of the page, `item` as it stands in the last item; a text
//! behind them is the way to the field on the wire, where that differs. `of` is a page that is the
//! list itself.

#![allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "only an API has lists to make tables of"
)]

pub(crate) use super::cursor::Paging;
pub(crate) use super::pages::Paged;

/// An endpoint's pages; see the module's documentation.
macro_rules! paged {
    ($endpoint:ident, of $item:ty, $($by:tt)*) => {
        paging::paged! { ($endpoint, page: page, *page, $item, "") $($by)* }
    };
    ($endpoint:ident, $items:ident: $item:ty, $($by:tt)*) => {
        paging::paged! {
            ($endpoint, page: page.$items, page.$items, $item, stringify!($items)) $($by)*
        }
    };
    (
        ($endpoint:ident, $page:ident: $items:expr, $seen:expr, $item:ty, $list:expr)
        $($by:tt)*
    ) => {
        impl paging::Paged for $endpoint {
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

/// The constant that describes the way from a page to the next.
macro_rules! paging {
    ($list:expr, token $parameter:literal = $next:ident $(, more $more:ident)?) => {
        paging::Paging::Token {
            parameter: $parameter,
            field: stringify!($next),
        }
    };
    ($list:expr, item $parameter:literal = $next:ident $(, more $more:ident)?) => {
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
    ($list:expr, page $parameter:literal from $first:literal $(, more $more:ident)?) => {
        paging::Paging::Page {
            parameter: $parameter,
            first: $first,
        }
    };
    ($list:expr, offset $parameter:literal from $first:literal $(, more $more:ident)?) => {
        paging::Paging::Offset {
            parameter: $parameter,
            first: $first,
        }
    };
    ($list:expr, link $(, more $more:ident)?) => {
        paging::Paging::LINK
    };
    ($list:expr, url $next:ident $(, more $more:ident)?) => {
        paging::Paging::Url {
            field: stringify!($next),
        }
    };
    ($list:expr, url $next:ident $field:literal $(, more $more:ident)?) => {
        paging::Paging::Url { field: $field }
    };
}

/// The functions that tell what a page says about the one after it.
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
    ($page:ident, $items:expr,) => {};
}

pub(crate) use {leading, paged, paging};

/// The list in a page, or none.
pub(crate) trait List {
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

/// A field that stands for the next page, as it is sent.
pub(crate) trait Mark {
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
