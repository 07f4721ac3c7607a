//! Paths from templates and values.

use crate::runtime::argument::Argument;
use crate::runtime::operation::{Parameter, Style};
use crate::runtime::path;

fn expand(template: &str, parameter: Parameter, argument: &Argument) -> Result<String, String> {
    let mut path = String::new();
    path::expand(&mut path, template, &|name| {
        (name == parameter.name).then_some((parameter, argument))
    })?;
    Ok(path)
}

#[test]
fn path_styles_follow_the_specifications_table() {
    let color = Parameter::path("color");
    let text = Argument::Text("blue".to_owned());
    let list = Argument::List(vec!["blue".to_owned(), "bl/ack".to_owned()]);
    let object = Argument::Object(vec![
        ("R".to_owned(), "100".to_owned()),
        ("G".to_owned(), "2 0".to_owned()),
    ]);
    let label = color.style(Style::Label);
    let matrix = color.style(Style::Matrix);
    for (parameter, argument, expected) in [
        (color, &text, "/blue"),
        (color, &list, "/blue,bl%2Fack"),
        (color, &object, "/R,100,G,2%200"),
        (color.explode(true), &object, "/R=100,G=2%200"),
        (label, &text, "/.blue"),
        (label, &list, "/.blue,bl%2Fack"),
        (label.explode(true), &list, "/.blue.bl%2Fack"),
        (label.explode(true), &object, "/.R=100.G=2%200"),
        (matrix, &text, "/;color=blue"),
        (matrix, &list, "/;color=blue,bl%2Fack"),
        (matrix.explode(true), &list, "/;color=blue;color=bl%2Fack"),
        (matrix, &object, "/;color=R,100,G,2%200"),
        (matrix.explode(true), &object, "/;R=100;G=2%200"),
    ] {
        assert_eq!(expand("/{color}", parameter, argument).unwrap(), expected);
    }
}

#[test]
fn templates_keep_their_own_text_and_their_segments() {
    let x = Parameter::path("x");
    let text = |text: &str| Argument::Text(text.to_owned());
    assert_eq!(
        expand("/a b/é%20/{x}.json", x, &text("1")).unwrap(),
        "/a%20b/%C3%A9%20/1.json"
    );
    assert_eq!(expand("/{x}{x}", x, &text("a")).unwrap(), "/aa");
    assert!(
        expand("/{x}.", x, &text("."))
            .unwrap_err()
            .contains("`x` is `.`")
    );
    assert!(
        expand("/.{x}/b", x, &text("."))
            .unwrap_err()
            .contains("`x` is `.`")
    );
    let dotted = x.style(Style::Label);
    assert!(
        expand("/{x}", dotted, &text("."))
            .unwrap_err()
            .contains("`x` is `..`")
    );
    assert!(
        expand("/{x}/..", x, &text("a"))
            .unwrap_err()
            .contains("make `..` a segment")
    );
    assert!(
        expand("/{y}", x, &text("a"))
            .unwrap_err()
            .contains("`y` is missing")
    );
    for parameter in [x, x.style(Style::Label), x.style(Style::Matrix)] {
        let refusal = expand("/{x}", parameter, &Argument::List(Vec::new())).unwrap_err();
        assert!(refusal.contains("`x` is empty"), "{refusal}");
    }
}

#[test]
fn a_query_in_a_template_is_encoded_as_such_and_takes_any_value() {
    let x = Parameter::path("x");
    let query = |template: &str, text: &str| {
        let argument = Argument::Text(text.to_owned());
        path::expand_query(template, &|name| (name == "x").then_some((x, &argument)))
    };
    assert_eq!(path::parts("/a?b=1"), ("/a", "b=1"));
    assert_eq!(path::parts("/a/{?b}"), ("/a/{?b}", ""));
    assert_eq!(
        query("a=b c&é=%20/?#", "").unwrap(),
        "a=b%20c&%C3%A9=%20/?%23"
    );
    assert_eq!(query("x={x}&y", "&=..#").unwrap(), "x=%26%3D..%23&y");
    assert_eq!(query("x={x}", "").unwrap(), "x=");
    assert!(query("z={z}", "").unwrap_err().contains("`z` is missing"));
}
