//! Bodies that are forms, as they go over the wire.

use bytes::Bytes;
use serde_json::{Value, json};

use super::pets::{self, CreatePet, Pet, Pets};
use super::server::{Recorded, Reply, Server};
use crate::runtime::call::Call;
use crate::runtime::error::Error;
use crate::runtime::multipart::Form;
use crate::runtime::operation::{Parameter, Style};
use crate::runtime::request::Request;
use crate::runtime::upload::Upload;

const PET: &str = r#"{"name":"Rex"}"#;

/// What the server gets of a call whose body is set so.
async fn sent(set: impl FnOnce(&mut Call)) -> Recorded {
    let server = Server::start([Reply::json(200, PET)]).await;
    try_to_send(&server, set).await.unwrap();
    server.request()
}

async fn try_to_send(server: &Server, set: impl FnOnce(&mut Call)) -> Result<Pet, Error> {
    let pets = Pets(pets::client(&server.url));
    let mut call = Call::new(&pets.0, &CreatePet::OPERATION);
    set(&mut call);
    CreatePet::new(call).send().await
}

async fn form(body: Value, encodings: &[Parameter]) -> String {
    let request = sent(|call| call.form(&body, encodings)).await;
    assert_eq!(
        request.header("content-type").unwrap(),
        "application/x-www-form-urlencoded"
    );
    request.body.replace("%5B", "[").replace("%5D", "]")
}

#[tokio::test]
async fn form_of_fields() {
    let cases = [
        (json!({"a": "x y&z=\u{e9}+"}), "a=x%20y%26z%3D%C3%A9%2B"),
        (json!({"a": 1, "b": true, "c": 0.5}), "a=1&b=true&c=0.5"),
        (json!({"a": null, "b": ""}), "a=&b="),
        (json!({"a": ["x", "y"], "b": []}), "a=x&a=y"),
        (json!({"a": {"b": "x", "c": {"d": 1}}}), "a[b]=x&a[c][d]=1"),
        (
            json!({"a": [{"b": "x"}, {"b": "y"}]}),
            "a[0][b]=x&a[1][b]=y",
        ),
        (json!({"a": {"b": ["x", "y"]}}), "a[b][0]=x&a[b][1]=y"),
        (json!({}), ""),
    ];
    for (body, expected) in cases {
        assert_eq!(form(body.clone(), &[]).await, expected, "{body}");
    }
}

#[tokio::test]
async fn form_uses_documented_encodings() {
    let field = Parameter::query("a");
    let list = json!({"a": ["x", "y"]});
    let object = json!({"a": {"b": "x", "c": ["y"]}});
    let cases = [
        (&list, field, "a=x&a=y"),
        (&list, field.explode(false), "a=x,y"),
        (&list, field.style(Style::SpaceDelimited), "a=x%20y"),
        (&list, field.style(Style::PipeDelimited), "a=x%7Cy"),
        (&list, field.style(Style::DeepObject), "a[0]=x&a[1]=y"),
        (&object, field, "b=x&c=%5B%22y%22%5D"),
        (&object, field.style(Style::DeepObject), "a[b]=x&a[c][0]=y"),
    ];
    for (body, encoding, expected) in cases {
        let expected = expected.replace("%5B", "[").replace("%5D", "]");
        assert_eq!(
            form(body.clone(), &[encoding]).await,
            expected,
            "{encoding:?}"
        );
    }
}

#[tokio::test]
async fn form_fields_are_in_schema_order() {
    let pet = Pet {
        name: "Rex".into(),
        tag: Some("a".into()),
    };
    let request = sent(|call| call.form(&pet, &[])).await;
    assert_eq!(request.body, "name=Rex&tag=a");
}

/// The parts of a form as they came, with the boundary that they are told apart by.
fn parts(request: &Recorded) -> (Vec<String>, String) {
    let media_type = request.header("content-type").unwrap();
    let boundary = media_type
        .strip_prefix("multipart/form-data; boundary=")
        .expect("a form");
    let body = request
        .body
        .strip_prefix(&format!("--{boundary}"))
        .and_then(|body| body.strip_suffix(&format!("--{boundary}--\r\n")))
        .expect("first and last line");
    let line = format!("--{boundary}");
    let parts = body.split(&line);
    let parts = parts.map(|part| {
        let part = part.strip_prefix("\r\n").expect("a line end");
        part.strip_suffix("\r\n").expect("a line end").to_owned()
    });
    (parts.collect(), boundary.to_owned())
}

#[tokio::test]
async fn form_of_a_string_and_of_no_other_scalar() {
    assert_eq!(form(json!("a=1&b=%20"), &[]).await, "a=1&b=%20");
    assert_eq!(form(json!({"a": 2.0}), &[]).await, "a=2");
    let server = Server::start([]).await;
    for body in [json!([1, 2]), json!(7), json!(true)] {
        let error = try_to_send(&server, |call| call.form(&body, &[]))
            .await
            .unwrap_err();
        assert!(error.is_invalid_input(), "{error}");
        assert!(
            error.to_string().contains("a form has named fields"),
            "{error}"
        );
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn multipart_form_with_files() {
    let mut form = Form::new();
    form.value("purpose", &"train".to_owned());
    form.file("file", "application/octet-stream", vec![b'a', 0, b'b']);
    form.file(
        "photo",
        "image/png",
        Upload::bytes("PNG")
            .file_name("cat.png")
            .content_type("image/webp")
            .part_header("X-Kept", "yes"),
    );
    form.files("more", "text/plain", ["one", "two"]);
    form.values::<String>("labels", ["x", "y"]);
    form.value("owner", &json!({"name": "Rex"}));
    form.value_of_type("note", "text/markdown", &"# Hello".to_owned());
    form.value("count", &3);
    form.value("nothing", &None::<String>);
    let request = sent(|call| call.multipart(form)).await;
    let (parts, boundary) = parts(&request);
    let expected = [
        "Content-Disposition: form-data; name=\"purpose\"\r\n\r\ntrain",
        "Content-Disposition: form-data; name=\"file\"; filename=\"file\"\r\n\
         Content-Type: application/octet-stream\r\n\r\na\0b",
        "Content-Disposition: form-data; name=\"photo\"; filename=\"cat.png\"\r\n\
         Content-Type: image/webp\r\nX-Kept: yes\r\n\r\nPNG",
        "Content-Disposition: form-data; name=\"more\"; filename=\"more\"\r\n\
         Content-Type: text/plain\r\n\r\none",
        "Content-Disposition: form-data; name=\"more\"; filename=\"more\"\r\n\
         Content-Type: text/plain\r\n\r\ntwo",
        "Content-Disposition: form-data; name=\"labels\"\r\n\r\nx",
        "Content-Disposition: form-data; name=\"labels\"\r\n\r\ny",
        "Content-Disposition: form-data; name=\"owner\"\r\n\
         Content-Type: application/json\r\n\r\n{\"name\":\"Rex\"}",
        "Content-Disposition: form-data; name=\"note\"\r\n\
         Content-Type: text/markdown\r\n\r\n# Hello",
        "Content-Disposition: form-data; name=\"count\"\r\n\r\n3",
    ];
    assert_eq!(parts, expected);
    assert_eq!(boundary.len(), 36);
    // All lengths are known, so nothing goes out in chunks.
    let length = request.header("content-length").unwrap();
    assert_eq!(length, request.body.len().to_string());
    assert_eq!(request.header("transfer-encoding"), None);
}

#[tokio::test]
async fn multipart_part_that_is_set_again_is_replaced() {
    let mut form = Form::new();
    form.value("a", &"one".to_owned());
    form.file("a", "text/plain", "two");
    form.value("a", &"three".to_owned());
    let request = sent(|call| call.multipart(form)).await;
    let expected = ["Content-Disposition: form-data; name=\"a\"\r\n\r\nthree"];
    assert_eq!(parts(&request).0, expected);
}

#[tokio::test]
async fn multipart_form_without_parts() {
    let request = sent(|call| call.multipart(Form::new())).await;
    let media_type = request.header("content-type").unwrap();
    let (_, boundary) = media_type.split_once('=').unwrap();
    assert_eq!(request.body, format!("--{boundary}--\r\n"));
}

#[tokio::test]
async fn multipart_form_of_any_object() {
    let body = json!({"a": "x", "b": {"c": 1}, "d": [1, 2]});
    let request = sent(|call| call.multipart_of(&body)).await;
    let expected = [
        "Content-Disposition: form-data; name=\"a\"\r\n\r\nx",
        "Content-Disposition: form-data; name=\"b\"\r\n\
         Content-Type: application/json\r\n\r\n{\"c\":1}",
        "Content-Disposition: form-data; name=\"d\"\r\n\r\n1",
        "Content-Disposition: form-data; name=\"d\"\r\n\r\n2",
    ];
    assert_eq!(parts(&request).0, expected);
}

#[tokio::test]
async fn multipart_header_injection_is_prevented() {
    let name = "a\"\r\nX-Evil: 1\r\n\r\n";
    let mut form = Form::new();
    form.file("file", "text/plain", Upload::bytes("x").file_name(name));
    let request = sent(|call| call.multipart(form)).await;
    let expected = "Content-Disposition: form-data; name=\"file\"; \
                    filename=\"a%22%0D%0AX-Evil: 1%0D%0A%0D%0A\"\r\n\
                    Content-Type: text/plain\r\n\r\nx";
    assert_eq!(parts(&request).0, [expected]);
    let refused = [
        Upload::bytes("x").content_type("text/plain\r\nX-Evil: 1"),
        Upload::bytes("x").part_header("X-A", "1\r\nX-Evil: 1"),
        Upload::bytes("x").part_header("X-A: 1\r\nX-Evil", "1"),
    ];
    for file in refused {
        let server = Server::start([]).await;
        let mut form = Form::new();
        form.file("file", "text/plain", file);
        let error = try_to_send(&server, |call| call.multipart(form))
            .await
            .unwrap_err();
        assert!(error.is_invalid_input(), "{error}");
        assert!(server.requests().is_empty());
    }
}

#[tokio::test]
async fn multipart_form_without_streams_is_retried() {
    let replies = [Reply::with(429, &[], ""), Reply::json(200, PET)];
    let server = Server::start(replies).await;
    let mut form = Form::new();
    form.file("file", "text/plain", Bytes::from_static(b"abc"));
    try_to_send(&server, |call| call.multipart(form))
        .await
        .unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0].body, requests[1].body);
}

#[test]
fn multipart_debug_shows_names_only() {
    let mut form = Form::new();
    form.value("secret", &"hunter2".to_owned());
    assert_eq!(format!("{form:?}"), r#"{"secret"}"#);
    let file = Upload::bytes("hunter2").file_name("a");
    let shown = format!("{file:?}");
    assert!(
        shown.contains("length: Some(7)") && !shown.contains("hunter2"),
        "{shown}"
    );
}

#[tokio::test]
async fn multipart_parts_use_documented_styles() {
    let parameter = Parameter::query;
    let list = vec!["x".to_owned(), "y, z".to_owned()];
    let object = json!({"a": 1, "b": "c d"});
    let mut form = Form::new();
    form.value("gone", &1);
    form.in_style(parameter("gone"), &None::<String>);
    form.in_style(parameter("each"), &list);
    form.in_style(parameter("commas").explode(false), &list);
    form.in_style(parameter("blanks").style(Style::SpaceDelimited), &list);
    form.in_style(parameter("bars").style(Style::PipeDelimited), &list);
    form.in_style(parameter("deep").style(Style::DeepObject), &object);
    form.in_style(parameter("flat").explode(false), &object);
    form.in_style(parameter("members"), &json!({"m": 2.0}));
    form.in_style(parameter("none").explode(false), &Vec::<String>::new());
    form.json("json", "application/json", &"a\"".to_owned());
    form.json("jsons", "application/json", &list);
    let (parts, _) = parts(&sent(|call| call.multipart(form)).await);
    let expected = [
        ("each", "x"),
        ("each", "y, z"),
        ("commas", "x,y, z"),
        ("blanks", "x y, z"),
        ("bars", "x|y, z"),
        ("deep[a]", "1"),
        ("deep[b]", "c d"),
        ("flat", "a,1,b,c d"),
        ("m", "2"),
    ]
    .map(|(name, text)| format!("Content-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}"));
    let json = [("json", r#""a\"""#), ("jsons", r#""x""#), ("jsons", r#""y, z""#)].map(|(name, text)| {
        format!("Content-Disposition: form-data; name=\"{name}\"\r\nContent-Type: application/json\r\n\r\n{text}")
    });
    assert_eq!(parts, [&expected[..], &json].concat());

    let server = Server::start([]).await;
    let mut form = Form::new();
    form.in_style(parameter("a").explode(false), &json!({"b": "c,d"}));
    let error = try_to_send(&server, |call| call.multipart(form)).await;
    let error = error.unwrap_err();
    assert!(error.is_invalid_input(), "{error}");
    assert!(
        error.to_string().contains("`a` has a member `c,d`"),
        "{error}"
    );
}

#[tokio::test]
async fn multipart_parts_have_their_headers() {
    let mut form = Form::new();
    form.header("a", "X-Rate", &2.0);
    form.value("a", &vec![1, 2]);
    form.file(
        "b",
        "text/plain",
        Upload::bytes("B").part_header("x-b", "mine"),
    );
    form.header("b", "X-B", &"theirs".to_owned());
    form.header("b", "X-List", &vec!["c".to_owned(), "d".to_owned()]);
    let (parts, _) = parts(&sent(|call| call.multipart(form)).await);
    let expected = [
        "Content-Disposition: form-data; name=\"a\"\r\nX-Rate: 2\r\n\r\n1",
        "Content-Disposition: form-data; name=\"a\"\r\nX-Rate: 2\r\n\r\n2",
        "Content-Disposition: form-data; name=\"b\"; filename=\"b\"\r\nContent-Type: text/plain\r\n\
         x-b: mine\r\nX-List: c,d\r\n\r\nB",
    ];
    assert_eq!(parts, expected);
    let server = Server::start([]).await;
    let mut form = Form::new();
    form.header("a", "X-A", &"b\r\nc".to_owned());
    let error = try_to_send(&server, |call| call.multipart(form)).await;
    assert!(error.unwrap_err().is_invalid_input());
}

#[tokio::test]
async fn multipart_of_other_media_types_has_a_boundary() {
    let form = || {
        let mut form = Form::new();
        form.value("meta data", &json!({"a": 1}));
        form.file("media", "image/png", "PNG");
        form
    };
    let request = sent(|call| call.multipart_as("multipart/mixed", form())).await;
    let media_type = request.header("content-type").unwrap();
    let boundary = media_type
        .strip_prefix("multipart/mixed; boundary=")
        .expect("a boundary");
    let head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"meta data\"\r\n\
         Content-Type: application/json\r\n\r\n{{\"a\":1}}\r\n--{boundary}\r\n"
    );
    assert!(request.body.starts_with(&head), "{}", request.body);
    let request = sent(|call| call.multipart_as("multipart/related", form())).await;
    let media_type = request.header("content-type").unwrap();
    assert!(
        media_type.ends_with("; type=\"application/json\""),
        "{media_type}"
    );
    assert!(
        request.body.contains("\r\nContent-ID: <meta%20data>\r\n"),
        "{}",
        request.body
    );
    assert!(
        request
            .body
            .contains("Content-Disposition: attachment; name=\"media\"; filename=\"media\""),
        "{}",
        request.body
    );
}

#[tokio::test]
async fn multipart_body_without_boundary_is_an_error() {
    let server = Server::start([]).await;
    let error = try_to_send(&server, |call| call.upload("multipart/mixed", "parts")).await;
    let error = error.unwrap_err();
    assert!(error.is_invalid_input(), "{error}");
    assert!(
        error.to_string().contains("has no `boundary` parameter"),
        "{error}"
    );
    let content = Upload::bytes("--b--").content_type("multipart/mixed; boundary=b");
    let request = sent(|call| call.upload("multipart/mixed", content)).await;
    assert_eq!(
        request.header("content-type").unwrap(),
        "multipart/mixed; boundary=b"
    );
}
