//! Names that a program takes from somebody else, such as the keys of a map: none of them becomes
//! anything but a name.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::pets::{self, COOKIE, CreatePet, QUERY};
use super::server::{Recorded, Reply, Server};
use crate::runtime::call::Call;
use crate::runtime::error::Error;
use crate::runtime::execute::execute;
use crate::runtime::multipart::Form;
use crate::runtime::operation::{Method, Operation, Parameter, Place, Style};
use crate::runtime::profile::Profile;
use crate::runtime::request::Request as _;
use crate::runtime::upload::Upload;

async fn call(
    profile: &'static Profile,
    parameter: Parameter,
    set: impl FnOnce(&mut Call),
) -> Result<Recorded, Error> {
    let server = Server::start([Reply::json(200, "{}")]).await;
    let client = pets::settings(profile, &server.url).build().unwrap();
    let operation: &'static Operation = Box::leak(Box::new(Operation {
        id: "names",
        method: Method::GET,
        path: if parameter.place == Place::Path {
            "/a/{p}"
        } else {
            "/a"
        },
        parameters: Box::leak(Box::new([parameter])),
        accept: "application/json",
        security: &[&[0]],
        server: None,
        fields: &[],
        redirects: &[],
    }));
    let mut call = Call::new(&client, operation);
    set(&mut call);
    let outcome = execute(call).await;
    assert_eq!(server.requests().len(), usize::from(outcome.is_ok()));
    outcome.map(|_| server.request())
}

/// What is sent for an object with this one member, by each of the two ways in which it may be given.
async fn sent(parameter: Parameter, name: &str, value: &str) -> Result<Recorded, Error> {
    let map = BTreeMap::from([(name.to_owned(), value.to_owned())]);
    let as_map = call(&pets::BEARER, parameter, |call| match parameter.place {
        Place::Path => call.path::<BTreeMap<String, String>>("p", map),
        Place::Query => call.query::<BTreeMap<String, String>>("p", map),
        Place::Header => call.header::<BTreeMap<String, String>>("p", map),
        Place::Cookie => call.cookie::<BTreeMap<String, String>>("p", map),
    })
    .await;
    let json = json!({ name: value });
    let as_json = call(&pets::BEARER, parameter, |call| {
        call.in_json::<Value>(parameter, json);
    })
    .await;
    match (&as_map, &as_json) {
        (Ok(one), Ok(other)) => {
            assert_eq!(one.line, other.line);
            assert_eq!(one.header("cookie"), other.header("cookie"));
            assert_eq!(one.header("p"), other.header("p"));
        }
        (Err(one), Err(other)) => {
            assert!(
                one.is_invalid_input() && other.is_invalid_input(),
                "{one} {other}"
            );
            assert!(one.to_string().contains("`p` "), "{one}");
            assert_eq!(one.to_string(), other.to_string());
        }
        _ => panic!("{as_map:?} {as_json:?}"),
    }
    as_map
}

#[tokio::test]
async fn the_keys_of_a_map_begin_no_other_cookie() {
    let cookie = Parameter::cookie("p");
    for (name, expected) in [
        ("plain-1._~", "plain-1._~=v"),
        ("a=1; session=evil; x", "a%3D1%3B%20session%3Devil%3B%20x=v"),
        ("a\r\nx-evil: 1", "a%0D%0Ax-evil:%201=v"),
        ("a,b", "a%2Cb=v"),
        ("a\"b\\c", "a%22b%5Cc=v"),
        ("a\0b\tc", "a%00b%09c=v"),
        ("\u{e9}", "%C3%A9=v"),
        ("a%3Db", "a%253Db=v"),
    ] {
        let request = sent(cookie, name, "v").await.unwrap();
        assert_eq!(
            request.header("cookie").as_deref(),
            Some(expected),
            "{name}"
        );
        assert_eq!(request.header("x-evil"), None);
    }
    let error = sent(cookie, "", "session=evil").await.unwrap_err();
    assert!(
        error.to_string().contains("a member without a name"),
        "{error}"
    );
}

/// In a description, such a name is as it has to be sent, but for what ends it.
#[tokio::test]
async fn a_documented_name_begins_no_other_cookie() {
    let parameter = Parameter::cookie("a%20b[c]; session=evil");
    let request = call(&pets::BEARER, parameter, |call| {
        call.cookie::<String>("a%20b[c]; session=evil", "v");
    });
    let cookie = request.await.unwrap().header("cookie");
    assert_eq!(cookie.as_deref(), Some("a%20b[c]%3B%20session%3Devil=v"));
}

#[tokio::test]
async fn a_member_that_would_be_read_as_two_is_refused() {
    let (path, query) = (Parameter::path("p"), Parameter::query("p"));
    let (header, cookie) = (Parameter::header("p"), Parameter::cookie("p"));
    let deep = query.style(Style::DeepObject);
    for (parameter, name, value) in [
        (header, "a,role", "v"),
        (header, "a", "v,role,admin"),
        (header.explode(true), "a=1,role", "v"),
        (header.explode(true), "a=b", "v"),
        (header.explode(true), "a", "v,role=admin"),
        (cookie.explode(false), "a,role", "v"),
        (cookie.explode(false), "a", "v,role,admin"),
        (query.style(Style::SpaceDelimited), "a b", "v"),
        (query.style(Style::SpaceDelimited), "a", "v role admin"),
        (query.style(Style::PipeDelimited), "a|b", "v"),
        (query.style(Style::PipeDelimited), "a", "v|role|admin"),
        (path.style(Style::Label).explode(true), "a.b", "v"),
        (path.style(Style::Label).explode(true), "a", "v.role"),
        (deep, "a][role", "v"),
        (deep, "a[role", "v"),
        (deep, "a]", "v"),
        (deep, "", "v"),
    ] {
        assert!(
            sent(parameter, name, value).await.is_err(),
            "{parameter:?} {name} {value}"
        );
    }
}

#[tokio::test]
async fn a_name_is_encoded_wherever_there_is_a_way_to_do_so() {
    let (path, query) = (Parameter::path("p"), Parameter::query("p"));
    for (parameter, name, expected) in [
        (query, "a&b=c#d", "/a?a%26b%3Dc%23d=v"),
        (query.explode(false), "a,b&c", "/a?p=a%2Cb%26c,v"),
        (query.allow_reserved(), "a&b=c", "/a?a%26b%3Dc=v"),
        (
            query.style(Style::DeepObject),
            "a&b=c",
            "/a?p%5Ba%26b%3Dc%5D=v",
        ),
        (
            query.style(Style::PipeDelimited),
            "a&b c",
            "/a?p=a%26b%20c%7Cv",
        ),
        (path, "a/b,c", "/a/a%2Fb%2Cc,v"),
        (path.explode(true), "a=/b?", "/a/a%3D%2Fb%3F=v"),
        (
            path.style(Style::Matrix).explode(true),
            "a;b=/c",
            "/a/;a%3Bb%3D%2Fc=v",
        ),
    ] {
        let request = sent(parameter, name, "v").await.unwrap();
        assert_eq!(request.line, format!("GET {expected}"), "{parameter:?}");
    }
}

#[tokio::test]
async fn the_name_of_the_credential_is_nobody_elses() {
    for (profile, name, parameter) in [
        (&COOKIE, "sid", Parameter::cookie("p")),
        (&QUERY, "key", Parameter::query("p")),
    ] {
        let set = |call: &mut Call| call.in_json::<Value>(parameter, json!({ name: "mine" }));
        let error = call(profile, parameter, set).await.unwrap_err();
        assert!(error.is_invalid_input(), "{error}");
        assert!(error.to_string().contains(name), "{error}");
        // Elsewhere it is a name like any other.
        let set = |call: &mut Call| call.in_json::<Value>(parameter, json!({ name: "mine" }));
        assert!(call(&pets::BEARER, parameter, set).await.is_ok());
    }
    let deep = Parameter::query("p").style(Style::DeepObject);
    let set = |call: &mut Call| call.in_json::<Value>(deep, json!({"key": "mine"}));
    assert!(call(&QUERY, deep, set).await.is_ok());
}

/// The body of a call that takes one, or why there is none.
async fn body(set: impl FnOnce(&mut Call)) -> Result<String, Error> {
    let server = Server::start([Reply::json(200, r#"{"name":"Rex"}"#)]).await;
    let mut call = Call::new(&pets::client(&server.url), &CreatePet::OPERATION);
    set(&mut call);
    execute(call).await?;
    Ok(server.request().body)
}

#[tokio::test]
async fn the_keys_of_a_form_stay_within_their_field() {
    let cases = [
        (json!({"a&b=c": 1}), "a%26b%3Dc=1"),
        (json!({"a[b]": 1}), "a%5Bb%5D=1"),
        (json!({"a": {"b&c=d": 1}}), "a%5Bb%26c%3Dd%5D=1"),
    ];
    for (form, expected) in cases {
        assert_eq!(body(|call| call.form(&form, &[])).await.unwrap(), expected);
    }
    let piped = Parameter::query("a").style(Style::PipeDelimited);
    let deep = Parameter::query("a").style(Style::DeepObject);
    for (form, encodings) in [
        (json!({"a": {"b][role": 1}}), &[][..]),
        (json!({"a": {"": 1}}), &[]),
        (json!({"a": [{"b]": 1}]}), &[]),
        (json!({"a": {"b": {"c][d": 1}}}), &[deep]),
        (json!({"a": {"b|role": "admin"}}), &[piped]),
        (json!({"a": {"b": "1|role|admin"}}), &[piped]),
    ] {
        let error = body(|call| call.form(&form, encodings)).await.unwrap_err();
        assert!(error.is_invalid_input(), "{error}");
        assert!(error.to_string().contains("`a` "), "{error}");
    }
}

#[tokio::test]
async fn the_names_of_parts_and_files_end_nothing() {
    for (name, expected) in [
        ("a\"; filename=\"b", "a%22; filename=%22b"),
        ("a\r\nX-Evil: 1\r\n\r\n", "a%0D%0AX-Evil: 1%0D%0A%0D%0A"),
        ("a\\", "a%5C"),
        ("C:\\x\\y.txt", "C:\\x\\y.txt"),
        ("a\0\u{b}\u{7f}", "a%00%0B%7F"),
        ("\u{e9}", "\u{e9}"),
    ] {
        let form = json!({ name: "x" });
        let sent = body(|call| call.multipart_of(&form)).await.unwrap();
        assert!(
            sent.contains(&format!("name=\"{expected}\"\r\n\r\nx\r\n")),
            "{sent}"
        );
        let mut form = Form::new();
        form.file("f", "text/plain", Upload::bytes("x").file_name(name));
        let sent = body(|call| call.multipart(form)).await.unwrap();
        let line =
            format!("name=\"f\"; filename=\"{expected}\"\r\nContent-Type: text/plain\r\n\r\nx");
        assert!(sent.contains(&line), "{sent}");
    }
    for (name, value) in [
        ("Content-Disposition", "form-data; name=\"other\""),
        ("content-type", "text/html"),
        ("Content-Length", "7"),
        ("X-A: 1\r\nX-B", "2"),
        ("", "2"),
    ] {
        let mut form = Form::new();
        form.file(
            "f",
            "text/plain",
            Upload::bytes("x").part_header(name, value),
        );
        let error = body(|call| call.multipart(form)).await.unwrap_err();
        assert!(error.is_invalid_input(), "{error}");
    }
}

#[tokio::test]
async fn what_the_caller_adds_begins_nothing_else() {
    let parameter = Parameter::query("p");
    let request = call(&pets::BEARER, parameter, |call| {
        call.push_query("a&b=c\r\n#".to_owned(), "v".to_owned());
    });
    assert_eq!(request.await.unwrap().line, "GET /a?a%26b%3Dc%0D%0A%23=v");
    for (name, value) in [
        ("x: 1\r\ny", "v"),
        ("x y", "v"),
        ("x", "v\r\ny: 1"),
        ("x", "v\0"),
        ("", "v"),
        ("content-length", "3"),
    ] {
        let request = call(&pets::BEARER, parameter, |call| {
            call.set_header(name, value);
        });
        assert!(request.await.unwrap_err().is_invalid_input(), "{name:?}");
    }
}
