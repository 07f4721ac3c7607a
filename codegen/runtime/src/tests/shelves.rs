//! An API whose lists go on in every way, as emitted code would have it.

use reqwest::header::HeaderMap;
use serde_json::Value;

use super::pets;
use super::server::{Reply, Server};
use super::structs;
use crate::runtime::client::ClientCore;
use crate::runtime::cursor::Paging;
use crate::runtime::error::Error;
use crate::runtime::items::ItemStream;
use crate::runtime::operation::{Method, Operation, Parameter};
use crate::runtime::page_token::{OtherToken, TokenPlace};
use crate::runtime::pages::PagedRequest;
use crate::runtime::request::Request;
use crate::runtime::request_builder::Builder;
use crate::runtime::requests;
use crate::runtime::response::Payload;

/// The parameters of all shelves.
const PARAMETERS: &[Parameter] = &[
    Parameter::query("kind"),
    Parameter::query("page"),
    Parameter::query("offset"),
    Parameter::query("after"),
    Parameter::header("X-Team"),
];

/// A shelf: an endpoint of its own for each way of going on.
macro_rules! shelves {
    ($($(#[$doc:meta])* $name:ident: $paging:expr $(, $own:item)*;)*) => {
        $($(#[$doc])*
        #[derive(Clone, Debug)]
        pub(crate) struct $name(Builder);

        impl Request for $name {
            structs::builder!();
            type Output = Value;
            const OPERATION: Operation = Operation {
                id: stringify!($name),
                method: Method::GET,
                path: "/shelves/top",
                parameters: PARAMETERS,
                accept: "application/json",
                security: &[&[0]],
                server: None,
                fields: &[],
                redirects: &[],
            };
            fn decode(payload: &Payload) -> Result<Value, Error> {
                payload.json()
            }
        }

        impl PagedRequest for $name {
            type Item = Value;
            const PAGING: Paging = $paging;

            fn count(page: &Self::Output) -> usize {
                list(page).map_or(0, Vec::len)
            }

            fn items(page: Self::Output) -> Vec<Value> {
                list(&page).cloned().unwrap_or_default()
            }

            fn has_more(page: &Self::Output) -> Option<bool> {
                page.get("more")?.as_bool()
            }

            fn total_pages(page: &Self::Output) -> Option<i64> {
                page.get("pages")?.as_i64()
            }

            $($own)*
        })*
    };
}

shelves! {
    /// Each page has the id of its last item.
    ByToken: Paging::Token { parameter: "after", field: "last" },
        fn next(page: &Self::Output) -> Option<String> {
            text(page.get("last")?)
        };
    /// Each item has an id.
    ByItem: Paging::Token { parameter: "after", field: "items[-1].id" },
        fn next(page: &Self::Output) -> Option<String> {
            text(list(page)?.last()?.get("id")?)
        };
    /// Pages are numbered from 1.
    ByPage: Paging::Page { parameter: "page", first: 1 };
    /// Pages are numbered from 0.
    ByPageFromZero: Paging::Page { parameter: "page", first: 0 };
    /// Pages are numbered, and say how.
    ByOwnPage: Paging::Page { parameter: "page", first: 1 },
        fn number(page: &Self::Output) -> Option<i64> {
            page.get("page")?.as_i64()
        };
    /// Items are counted.
    ByOffset: Paging::Offset { parameter: "offset", first: 0 };
    /// Items are counted, each page says where it begins, and how many there are in all.
    ByStart: Paging::Offset { parameter: "offset", first: 0 },
        fn number(page: &Self::Output) -> Option<i64> {
            page.get("start")?.as_i64()
        },
        fn total_items(page: &Self::Output) -> Option<i64> {
            page.get("total")?.as_i64()
        };
    /// The first item has the number 1.
    ByIndex: Paging::Offset { parameter: "offset", first: 1 },
        fn total_items(page: &Self::Output) -> Option<i64> {
            page.get("total")?.as_i64()
        };
    /// A header of each response has a token, which is sent as a header.
    ByHeaders: Paging::OtherToken(OtherToken {
        parameter: "X-Team",
        place: TokenPlace::Header,
        field: "",
        from_header: Some("X-Next-Team"),
        switch: None,
    });
    /// Pages have tokens if they are asked for them.
    BySwitch: Paging::OtherToken(OtherToken {
        parameter: "after",
        place: TokenPlace::Query,
        field: "last",
        from_header: None,
        switch: Some("kind"),
    }),
        fn next(page: &Self::Output) -> Option<String> {
            text(page.get("last")?)
        };
    /// A property of the body takes the token.
    ByBody: Paging::OtherToken(OtherToken {
        parameter: "cursor",
        place: TokenPlace::BodyString,
        field: "last",
        from_header: None,
        switch: None,
    }),
        fn next(page: &Self::Output) -> Option<String> {
            text(page.get("last")?)
        };
    /// A property of the body takes the token, which is a number.
    ByNumberInBody: Paging::OtherToken(OtherToken {
        parameter: "cursor",
        place: TokenPlace::BodyNumber,
        field: "last",
        from_header: None,
        switch: None,
    }),
        fn next(page: &Self::Output) -> Option<String> {
            text(page.get("last")?)
        };
    /// A header has the next URL.
    ByLink: Paging::LINK;
    /// Each page has the next URL.
    ByUrl: Paging::Url { field: "next" },
        fn next(page: &Self::Output) -> Option<String> {
            text(page.get("next")?)
        };
}

/// A request of the first page.
pub(crate) fn shelf<R: Request>(client: &ClientCore) -> R {
    R::from_builder(requests::call::<R>(client))
}

/// The same request with a query parameter.
pub(crate) fn set<R: Request>(request: R, name: &'static str, value: &str) -> R {
    R::from_builder(request.into_builder().query::<String>(name, value))
}

/// What a header says about the next page.
pub(crate) fn next_link(values: &[&str]) -> Option<String> {
    let Paging::Header(read) = Paging::LINK else {
        unreachable!("it is a header");
    };
    let mut headers = HeaderMap::new();
    for value in values {
        headers.append("link", value.parse().expect("a header's value"));
    }
    read(&headers)
}

/// The items of a page, which may be the list itself.
fn list(page: &Value) -> Option<&Vec<Value>> {
    page.get("items").unwrap_or(page).as_array()
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// A request of the first page of a server's list.
pub(crate) fn request<R: PagedRequest>(server: &Server) -> R {
    shelf(&pets::client(&server.url))
}

/// A server that responds with these bodies.
pub(crate) async fn serve<const N: usize>(bodies: [&str; N]) -> Server {
    Server::start(bodies.map(|body| Reply::json(200, body))).await
}

/// The targets of all requests so far, behind the path that all begin with.
pub(crate) fn asked(server: &Server) -> Vec<String> {
    let requests = server.requests().into_iter();
    requests
        .map(|request| {
            request
                .line
                .trim_start_matches("GET /shelves/top")
                .to_owned()
        })
        .collect()
}

/// All items, as text, and the error that ends them.
pub(crate) async fn read(items: &mut ItemStream<Value>) -> (String, Option<Error>) {
    let mut all = Vec::new();
    while let Some(item) = items.next().await {
        match item {
            Ok(item) => all.push(item.to_string()),
            Err(error) => {
                assert!(items.next().await.is_none(), "the list ends at an error");
                return (all.join(" "), Some(error));
            }
        }
    }
    (all.join(" "), None)
}

/// All items of a list that comes to its end.
pub(crate) async fn all<R: PagedRequest<Item = Value>>(request: R) -> String {
    let (items, failed) = read(&mut request.into_stream()).await;
    assert!(failed.is_none(), "{failed:?}");
    items
}

/// The items before an error about the page, and what the error says of it.
pub(crate) async fn stuck(items: &mut ItemStream<Value>) -> (String, String) {
    let (read, failed) = read(items).await;
    let error = failed.expect("an error");
    assert!(error.is_decode() && !error.is_status(), "{error}");
    let text = error.to_string();
    let (_, text) = text.split_once(": ").expect(&text);
    let text = text.split(" (200 OK, ").next().unwrap_or_default();
    (read, text.to_owned())
}

/// A response with a header `Link`.
pub(crate) fn linked(body: &str, link: &str) -> Reply {
    Reply::with(200, &[&format!("link: {link}")], body)
}
