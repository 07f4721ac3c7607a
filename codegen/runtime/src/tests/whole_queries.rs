//! Methods without a name, queries that are one value, and lists of parts.

use std::collections::BTreeMap;

use super::pets::{self, Pet, Pets};
use super::server::{Recorded, Reply, Server};
use super::structs;
use crate::runtime::multipart::Form;
use crate::runtime::operation::{Method, Operation, Parameter};
use crate::runtime::request::Request;
use crate::runtime::requests::{self, Builder};
use crate::runtime::response::Payload;
use crate::runtime::retry;
use crate::runtime::upload::Upload;

const PET: &str = r#"{"name":"Rex"}"#;

// `SEARCH /pets/{where}`, whose query is a form.
structs::structs! { SearchPets -> Pet }
requests::methods! { SearchPets -> Pet }

impl Request for SearchPets {
    structs::builder!();
    type Output = Pet;
    const OPERATION: Operation = Operation {
        id: "searchPets",
        method: Method::of("SEARCH"),
        path: "/pets/{where}",
        parameters: &[
            Parameter::path("where").allow_reserved(),
            Parameter::query("filter").whole_form(),
            Parameter::cookie("seen").unescaped(),
        ],
        accept: "application/json",
        security: &[],
        server: None,
        fields: &[Parameter::query("tags").reserved_comma_delimited()],
        redirects: &[],
    };
    fn decode(payload: &Payload) -> Result<Pet, crate::runtime::error::Error> {
        payload.json_as()
    }
}

/// What the server gets of a request whose values are set so.
async fn sent(set: impl FnOnce(Builder) -> Builder) -> Recorded {
    let server = Server::start([Reply::json(200, PET)]).await;
    let pets = Pets(pets::client(&server.url));
    let builder = Builder::new(&pets.0, &SearchPets::OPERATION);
    SearchPets(set(builder)).send().await.unwrap();
    server.request()
}

#[tokio::test]
async fn a_whole_query_has_no_name() {
    let filter = BTreeMap::from([
        ("name".to_owned(), vec!["a b".to_owned()]),
        (
            "tags".to_owned(),
            vec!["c/d".to_owned(), "e,f%20".to_owned()],
        ),
    ]);
    let request = sent(|builder| {
        builder
            .path::<String>("where", "here/and there")
            .query_form::<BTreeMap<String, Vec<String>>>("filter", filter)
            .cookie_list::<String>("seen", ["1,2", "3"])
    })
    .await;
    let target = "/pets/here/and%20there?name=a%20b&tags=c/d,e%2Cf%20";
    assert!(request.line.starts_with("SEARCH /"), "{}", request.line);
    assert!(request.line.ends_with(target), "{}", request.line);
    let cookie = request.header("cookie");
    assert_eq!(cookie.as_deref(), Some("seen=1,2; seen=3"));
}

#[tokio::test]
async fn parts_of_a_list_have_no_names() {
    let mut parts = Form::list();
    parts.file("first", "image/png", Upload::bytes("png"));
    parts.value::<Vec<String>>("items", &vec!["a".to_owned(), "b".to_owned()]);
    let request = sent(|builder| {
        let builder = builder.path::<String>("where", "here");
        builder.multipart_as("multipart/mixed", parts)
    })
    .await;
    let boundary = request
        .header("content-type")
        .unwrap()
        .split_once('=')
        .unwrap()
        .1
        .to_owned();
    let body = request.body.replace(&boundary, "B");
    assert_eq!(
        body,
        "--B\r\nContent-Type: image/png\r\n\r\npng\r\n--B\r\n\r\na\r\n--B\r\n\r\nb\r\n--B--\r\n"
    );
}

#[test]
fn a_query_is_idempotent_and_an_unknown_method_is_not() {
    assert!(retry::is_idempotent(&Method::QUERY.to_http()));
    assert!(!retry::is_idempotent(&Method::of("SEARCH").to_http()));
}
