//! How parameters stand in requests: each style with each kind of value, over a socket.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::pets;
use super::server::{Recorded, Reply, Server};
use crate::runtime::call::Call;
use crate::runtime::execute::execute;
use crate::runtime::operation::{Method, Operation, Parameter, Place, Style};

/// What is sent for a parameter `color` of this value, whose type has no form of its own as text.
async fn sent(place: Place, parameter: Parameter, value: Value) -> Recorded {
    let server = Server::start([Reply::json(200, "{}")]).await;
    let operation: &'static Operation = Box::leak(Box::new(Operation {
        id: "paint",
        method: Method::GET,
        path: if place == Place::Path {
            "/a/{color}"
        } else {
            "/a"
        },
        parameters: Box::leak(Box::new([parameter])),
        accept: "application/json",
        security: &[],
        server: None,
        fields: &[],
        redirects: &[],
    }));
    let mut call = Call::new(&pets::client(&server.url), operation);
    match place {
        Place::Path => call.path_json::<Value>("color", value),
        Place::Query => call.query_json::<Value>("color", value),
        Place::Header => call.header_json::<Value>("color", value),
        Place::Cookie => call.cookie_json::<Value>("color", value),
    }
    execute(call).await.expect("a response");
    server.requests().remove(0)
}

fn empty() -> Value {
    json!("")
}

fn list() -> Value {
    json!(["blue", "black", "brown"])
}

fn object() -> Value {
    json!({"B": 150, "G": 200, "R": 100})
}

/// The table of `OpenAPI` 3.1, 4.8.12.4, with this crate's order of the object's fields, and with what
/// its styles leave open: delimiters other than `,` and `=` are encoded in a query.
#[tokio::test]
async fn paths_and_queries_follow_the_specifications_table() {
    let path = Parameter::path("color");
    let query = Parameter::query("color");
    let (label, matrix) = (path.style(Style::Label), path.style(Style::Matrix));
    let spaced = query.style(Style::SpaceDelimited);
    let piped = query.style(Style::PipeDelimited);
    let deep = query.style(Style::DeepObject);
    for (place, parameter, value, expected) in [
        (Place::Path, matrix, json!("blue"), "/a/;color=blue"),
        (Place::Path, matrix, list(), "/a/;color=blue,black,brown"),
        (Place::Path, matrix, object(), "/a/;color=B,150,G,200,R,100"),
        (
            Place::Path,
            matrix.explode(true),
            list(),
            "/a/;color=blue;color=black;color=brown",
        ),
        (
            Place::Path,
            matrix.explode(true),
            object(),
            "/a/;B=150;G=200;R=100",
        ),
        (Place::Path, label, json!("blue"), "/a/.blue"),
        (Place::Path, label, list(), "/a/.blue,black,brown"),
        (Place::Path, label, object(), "/a/.B,150,G,200,R,100"),
        (
            Place::Path,
            label.explode(true),
            list(),
            "/a/.blue.black.brown",
        ),
        (
            Place::Path,
            label.explode(true),
            object(),
            "/a/.B=150.G=200.R=100",
        ),
        (Place::Path, path, json!("blue"), "/a/blue"),
        (Place::Path, path, list(), "/a/blue,black,brown"),
        (Place::Path, path, object(), "/a/B,150,G,200,R,100"),
        (
            Place::Path,
            path.explode(true),
            object(),
            "/a/B=150,G=200,R=100",
        ),
        (Place::Query, query, empty(), "/a?color="),
        (Place::Query, query, json!("blue"), "/a?color=blue"),
        (
            Place::Query,
            query,
            list(),
            "/a?color=blue&color=black&color=brown",
        ),
        (Place::Query, query, object(), "/a?B=150&G=200&R=100"),
        (
            Place::Query,
            query.explode(false),
            list(),
            "/a?color=blue,black,brown",
        ),
        (
            Place::Query,
            query.explode(false),
            object(),
            "/a?color=B,150,G,200,R,100",
        ),
        (
            Place::Query,
            spaced,
            list(),
            "/a?color=blue%20black%20brown",
        ),
        (
            Place::Query,
            spaced,
            object(),
            "/a?color=B%20150%20G%20200%20R%20100",
        ),
        (Place::Query, piped, list(), "/a?color=blue%7Cblack%7Cbrown"),
        (
            Place::Query,
            piped,
            object(),
            "/a?color=B%7C150%7CG%7C200%7CR%7C100",
        ),
        (
            Place::Query,
            deep,
            object(),
            "/a?color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100",
        ),
    ] {
        let request = sent(place, parameter, value).await;
        assert_eq!(request.line, format!("GET {expected}"), "{parameter:?}");
    }
}

#[tokio::test]
async fn what_the_table_has_no_row_for() {
    let query = Parameter::query("color");
    let deep = query.style(Style::DeepObject);
    // In alphabetical order, which is how `serde_json` keeps objects unless some crate of the
    // program asks for another.
    let nested = json!({
        "no": [],
        "of": [{"id": "a b"}, {"id": 2}],
        "range": {"gte": 1, "lt": null},
    });
    for (parameter, value, expected) in [
        // What Stripe, PHP and `qs` read.
        (
            deep,
            nested.clone(),
            "/a?color%5Bof%5D%5B0%5D%5Bid%5D=a%20b&color%5Bof%5D%5B1%5D%5Bid%5D=2&color%5Brange%5D%5Bgte%5D=1",
        ),
        (deep, json!(["x", "y"]), "/a?color%5B0%5D=x&color%5B1%5D=y"),
        (deep, json!(17), "/a?color=17"),
        // No other style has a form for what is nested.
        (query, json!({"a": {"b": 1}}), "/a?a=%7B%22b%22%3A1%7D"),
        (
            query,
            json!([[1, 2], ["x"]]),
            "/a?color=%5B1%2C2%5D&color=%5B%22x%22%5D",
        ),
        (query, json!([]), "/a"),
        (query, json!({}), "/a"),
        // Described by `content`.
        (query.style(Style::Json), json!("x"), "/a?color=%22x%22"),
        (
            query.style(Style::Json),
            json!({"a": [1]}),
            "/a?color=%7B%22a%22%3A%5B1%5D%7D",
        ),
        // Reserved characters stay, but for those that would end the value or mean a blank.
        (
            query.allow_reserved(),
            json!("a/b?c:d@e,f;g=h(i)*j!k$l&m+n#o[p]%q"),
            "/a?color=a/b?c:d@e,f;g=h(i)*j!k$l%26m%2Bn%23o%5Bp%5D%25q",
        ),
        (
            query.explode(false).allow_reserved(),
            json!(["a/b", "c,d"]),
            "/a?color=a/b,c%2Cd",
        ),
    ] {
        let request = sent(Place::Query, parameter, value).await;
        assert_eq!(request.line, format!("GET {expected}"), "{parameter:?}");
    }
}

#[tokio::test]
async fn headers_and_cookies_hold_lists_and_objects() {
    let header = Parameter::header("color");
    let cookie = Parameter::cookie("color");
    for (place, parameter, value, expected) in [
        (Place::Header, header, list(), "blue,black,brown"),
        (Place::Header, header, object(), "B,150,G,200,R,100"),
        (
            Place::Header,
            header.explode(true),
            object(),
            "B=150,G=200,R=100",
        ),
        (
            Place::Header,
            header.style(Style::Json),
            object(),
            r#"{"B":150,"G":200,"R":100}"#,
        ),
        (Place::Cookie, cookie, json!("blue"), "color=blue"),
        (
            Place::Cookie,
            cookie,
            list(),
            "color=blue; color=black; color=brown",
        ),
        (Place::Cookie, cookie, object(), "B=150; G=200; R=100"),
        (
            Place::Cookie,
            cookie.explode(false),
            list(),
            "color=blue%2Cblack%2Cbrown",
        ),
    ] {
        let request = sent(place, parameter, value).await;
        let name = if place == Place::Header {
            "color"
        } else {
            "cookie"
        };
        assert_eq!(
            request.header(name).as_deref(),
            Some(expected),
            "{parameter:?}"
        );
    }
}

#[tokio::test]
async fn a_value_that_json_cannot_hold_is_refused() {
    let server = Server::start([]).await;
    let operation: &'static Operation = Box::leak(Box::new(Operation {
        id: "paint",
        method: Method::GET,
        path: "/a",
        parameters: const { &[Parameter::query("color")] },
        accept: "",
        security: &[],
        server: None,
        fields: &[],
        redirects: &[],
    }));
    let mut call = Call::new(&pets::client(&server.url), operation);
    call.query_json::<BTreeMap<Vec<u8>, u8>>("color", BTreeMap::from([(vec![1], 1)]));
    let error = execute(call).await.map(drop).unwrap_err();
    assert!(error.is_invalid_input(), "{error}");
    assert!(
        error.to_string().contains("the value of `color`"),
        "{error}"
    );
}

#[test]
fn a_query_in_the_path_stands_before_the_parameters_and_gives_way_to_them() {
    let operation: &'static Operation = Box::leak(Box::new(Operation {
        id: "list",
        method: Method::GET,
        path: "/q?action=list&beta&v=1",
        parameters: const { &[Parameter::query("v"), Parameter::query("list")] },
        accept: "",
        security: &[],
        server: None,
        fields: &[],
        redirects: &[],
    }));
    let client = pets::client("http://127.0.0.1:9/base");
    let url = |set: &dyn Fn(&mut Call)| {
        let mut call = Call::new(&client, operation);
        set(&mut call);
        let request = call.request().expect("a request");
        request
            .url()
            .as_str()
            .replace("http://127.0.0.1:9/base", "")
    };
    assert_eq!(url(&|_| ()), "/q?action=list&beta&v=1");
    assert_eq!(
        url(&|call| {
            call.query::<i64>("v", 2);
            call.query_list::<String>("list", ["a", "b"]);
        }),
        "/q?action=list&beta&v=2&list=a&list=b"
    );
    assert_eq!(
        url(&|call| {
            call.options.query.push(("action".into(), "other".into()));
            call.options.query.push(("v".into(), "3".into()));
        }),
        "/q?beta&action=other&v=3"
    );
}
