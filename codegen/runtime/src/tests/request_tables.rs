//! Requests whose tables are written as emitted code writes them.

#![allow(missing_docs, reason = "as in emitted code")]

use std::collections::BTreeMap;

use bytes::Bytes;
use serde_json::{Value, json};

use super::pets;
use super::server::{Recorded, Reply, Server};
use super::structs;
use crate::runtime::client::ClientCore;
use crate::runtime::decode::{Decode, Fault, Hint, Input, Kind};
use crate::runtime::error::Error;
use crate::runtime::multipart::Form;
use crate::runtime::{paging, requests};

struct Toys {
    client: ClientCore,
}

impl Toys {
    fn list(&self) -> List {
        List(requests::call::<List>(&self.client))
    }

    fn change(&self, toy: &str, team: &str, body: &Value) -> Change {
        Change(
            requests::call::<Change>(&self.client)
                .path::<String>("toy", toy)
                .header::<String>("X-Team", team)
                .json(body),
        )
    }

    fn tag(&self) -> Tag {
        Tag(requests::call::<Tag>(&self.client))
    }

    fn wrap(&self, body: &Value) -> Wrap {
        Wrap(requests::call::<Wrap>(&self.client).form(body))
    }

    fn find(&self) -> Find {
        Find(requests::call::<Find>(&self.client))
    }
}

impl Toys {
    fn photo(&self, photo: Vec<u8>) -> Photo {
        Photo(requests::call::<Photo>(&self.client).upload("image/png", photo))
    }

    fn pack(&self, body: &Value) -> Pack {
        Pack(requests::call::<Pack>(&self.client).multipart_of(body))
    }

    fn pack_parts(&self, form: Form) -> Pack {
        Pack(requests::call::<Pack>(&self.client).multipart(form))
    }
}

requests::request! {
    Photo: "photo" PUT "/photo" -> bytes;
}

requests::request! {
    Pack: "pack" POST "/pack" -> nothing;
}

structs::structs! {
    Photo -> Bytes,
    Pack -> (),
    List -> Vec<i64>,
    Change -> Option<i64>,
    Tag -> String,
    Wrap -> (),
    Find -> Found,
    Turn -> Page,
    Skip -> Page,
}

impl List {
    pub fn kind(self, value: impl Into<String>) -> Self {
        Self(self.0.query::<String>("kind", value))
    }

    pub fn colors(self, value: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self(self.0.query_list::<String>("color", value))
    }

    pub fn filter(self, value: BTreeMap<String, i64>) -> Self {
        Self(self.0.query_json::<BTreeMap<String, i64>>("filter", value))
    }

    pub fn page(self, value: i64) -> Self {
        Self(self.0.query::<i64>("page", value))
    }

    pub fn session(self, value: impl Into<String>) -> Self {
        Self(self.0.cookie::<String>("session", value))
    }
}

impl Tag {
    pub fn body(self, body: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let body: Vec<String> = body.into_iter().map(Into::into).collect();
        Self(self.0.json_as("application/tags+json", &body))
    }
}

requests::request! {
    List: "listToys" GET "/toys" -> json(Vec<i64>), pages(of i64, page "page" from 1);
    query "kind", query "color".explode(false), query "filter".deep_object(), query "page",
    cookie "session",
}

requests::request! {
    Change: "changeToy" PATCH "/toys/{toy}" -> optional(i64), security [];
    path "toy", header "X-Team",
}

requests::request! {
    Tag: "tag" POST "/a`b" -> text, accept "text/plain";
}

requests::request! {
    Wrap: "wrap" POST "/wrap" -> nothing,
        fields(.deep_object("a").comma_delimited("b", "c"));
}

requests::request! {
    Find: "find" GET "/find" -> several(Found);
}

#[derive(Debug, PartialEq)]
pub enum Found {
    Now(i64),
    Later,
}

impl requests::Several for Found {
    fn read(payload: &requests::Payload) -> Result<Self, Error> {
        match payload.status().as_u16() {
            202 => Ok(Self::Later),
            _ => payload.json().map(Self::Now),
        }
    }
}

/// What a call gives against a server that responds so, and what the server got.
async fn sent<R: requests::Request>(
    reply: Reply,
    request: impl FnOnce(Toys) -> R,
) -> (Result<R::Output, Error>, Recorded) {
    let server = Server::start([reply]).await;
    let client = pets::client(&server.url);
    let output = request(Toys { client }).send().await;
    (output, server.request())
}

#[tokio::test]
async fn parameters_go_out_in_the_order_and_the_style_of_their_rows() {
    let filter = BTreeMap::from([("a".to_owned(), 1)]);
    let (output, request) = sent(Reply::json(200, "[1]"), |toys| {
        let list = toys.list().session("s").page(2).filter(filter);
        list.colors(["red", "blue"]).kind("k")
    })
    .await;
    assert_eq!(output.unwrap(), [1]);
    assert_eq!(
        request.line,
        "GET /toys?kind=k&color=red,blue&filter[a]=1&page=2"
            .replace('[', "%5B")
            .replace(']', "%5D")
    );
    assert_eq!(request.header("cookie").unwrap(), "session=s");
    assert_eq!(request.header("accept").unwrap(), "application/json");
    assert_eq!(
        request.header("authorization").unwrap(),
        format!("Bearer {}", pets::KEY)
    );
}

#[tokio::test]
async fn arguments_and_a_body_go_out_and_a_table_takes_credentials_away() {
    let (output, request) = sent(Reply::with(204, &[], ""), |toys| {
        toys.change("t 1", "blue", &json!({"a": 1}))
    })
    .await;
    assert_eq!(output.unwrap(), None);
    assert_eq!(request.line, "PATCH /toys/t%201");
    assert_eq!(request.header("x-team").unwrap(), "blue");
    assert_eq!(request.header("content-type").unwrap(), "application/json");
    assert_eq!(request.body, r#"{"a":1}"#);
    assert_eq!(request.header("authorization"), None);
}

#[tokio::test]
async fn a_body_that_may_be_left_out_is_set() {
    let response = || Reply::with(200, &["content-type: text/plain"], "ok");
    let (output, request) = sent(response(), |toys| toys.tag().body(["x", "y"])).await;
    assert_eq!(output.unwrap(), "ok");
    assert_eq!(request.header("accept").unwrap(), "text/plain");
    assert_eq!(
        request.header("content-type").unwrap(),
        "application/tags+json"
    );
    assert_eq!(request.body, r#"["x","y"]"#);
    let (_, request) = sent(response(), |toys| toys.tag()).await;
    assert_eq!(request.header("content-type"), None);
}

#[tokio::test]
async fn fields_of_a_form_are_written_in_their_styles() {
    let body = json!({"a": ["x"], "b": [1, 2], "d": [1, 2]});
    let (output, request) = sent(Reply::with(204, &[], ""), |toys| toys.wrap(&body)).await;
    output.unwrap();
    assert_eq!(request.body, "a%5B0%5D=x&b=1,2&d=1&d=2");
}

#[tokio::test]
async fn a_response_has_the_type_of_its_status() {
    let (output, _) = sent(Reply::json(200, "7"), |toys| toys.find()).await;
    assert_eq!(output.unwrap(), Found::Now(7));
    let (output, _) = sent(Reply::with(202, &[], ""), |toys| toys.find()).await;
    assert_eq!(output.unwrap(), Found::Later);
}

#[tokio::test]
async fn a_response_that_is_not_of_its_type_says_where() {
    for (body, part) in [
        ("[1]\n x", "trailing characters"),
        (
            "[1,\"x\"]",
            "at [1]: invalid type: string \"x\", expected i64",
        ),
        ("[1,", "EOF while parsing a value"),
        ("{}", "invalid type: map, expected an array"),
        ("", "EOF while parsing a value"),
    ] {
        let (output, _) = sent(Reply::json(200, body), |toys| toys.list()).await;
        let error = output.expect_err(body);
        assert!(error.is_decode(), "{error}");
        assert!(error.to_string().contains(part), "{body}: {error}");
    }
    let (output, _) = sent(Reply::json(200, "\u{feff} [1.0]\n"), |toys| toys.list()).await;
    assert_eq!(output.expect("a list"), [1]);
}

#[tokio::test]
async fn files_go_out_and_come_back_as_they_are() {
    let response = Reply::with(200, &[], "as it is");
    let (output, request) = sent(response, |toys| toys.photo(b"png".to_vec())).await;
    assert_eq!(output.unwrap(), "as it is");
    assert_eq!(request.header("content-type").unwrap(), "image/png");
    assert_eq!(request.body, "png");
    let (_, whole) = sent(Reply::with(204, &[], ""), |toys| {
        toys.pack(&json!({"a": 1}))
    })
    .await;
    let (_, parts) = sent(Reply::with(204, &[], ""), |toys| {
        let mut form = Form::new();
        form.value("a", &1);
        toys.pack_parts(form)
    })
    .await;
    for request in [whole, parts] {
        let part = "Content-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n";
        assert!(request.body.contains(part), "{}", request.body);
    }
}

/// A page, for the ways to go on that are read from one.
pub struct Page {
    items: Option<Vec<i64>>,
    next: Option<i64>,
    more: bool,
}

impl Decode for Page {
    const HINT: &'static Hint = &Hint::of(Kind::Json, "Page");

    fn blank() -> Self {
        Self {
            items: None,
            next: None,
            more: false,
        }
    }

    fn put(&mut self, found: Input<'_>) -> Result<(), Fault> {
        let Input::Json(page) = found else {
            return Err(Fault::kind(Self::HINT));
        };
        let items = page["items"].as_array();
        *self = Self {
            items: items.map(|items| items.iter().filter_map(Value::as_i64).collect()),
            next: page["next"].as_i64(),
            more: page["more"].as_bool() == Some(true),
        };
        Ok(())
    }
}

requests::request! {
    Turn: "turn" GET "/turn" -> json(Page),
        pages(items: i64, token "after" = next, more more);
    query "after",
}

requests::request! {
    Skip: "skip" GET "/skip" -> json(Page),
        pages(items: i64, offset "from" from 0, more more);
    query "from",
}

impl Toys {
    fn turn(&self) -> Turn {
        Turn(requests::call::<Turn>(&self.client))
    }

    fn skip(&self) -> Skip {
        Skip(requests::call::<Skip>(&self.client))
    }
}

#[tokio::test]
async fn pages_go_on_as_their_clause_says() {
    let pages = [
        r#"{"items":[1,2],"next":5,"more":true}"#,
        r#"{"items":[3],"more":false}"#,
    ];
    for way in 0..2 {
        let server = Server::start(pages.map(|page| Reply::json(200, page))).await;
        let client = pets::client(&server.url);
        let toys = Toys { client };
        let mut all = Vec::new();
        if way == 0 {
            let mut items = toys.turn().into_stream();
            while let Some(item) = items.next().await {
                all.push(item.unwrap());
            }
        } else {
            let mut items = toys.skip().into_stream();
            while let Some(item) = items.next().await {
                all.push(item.unwrap());
            }
        }
        assert_eq!(all, [1, 2, 3]);
        let second = ["GET /turn?after=5", "GET /skip?from=2"][way];
        assert_eq!(server.requests()[1].line, second);
    }
}
