//! Pages that nobody wrote for people: nothing panics, and nothing takes long.

use codegen::Source;
use proptest::prelude::*;
use reference_pages::{Options, Pages, check, draft};

use super::{file, nothing};

/// Does all that can be done with a page.
fn all(text: &str) {
    let sources = [Source { name: "a.md", text }];
    let pages = Pages::read(&sources);
    for note in pages.notes() {
        assert!(!pages.render_note(note, false).is_empty());
    }
    for path in [
        "tests/pages/batches/batches.yaml",
        "tests/pages/zoo/zoo.yaml",
    ] {
        let spec = file(path);
        let spec = Source {
            name: path,
            text: &spec,
        };
        let report =
            check(&pages, spec, nothing(), Options { all: true }).expect("a sound description");
        for difference in &report.differences {
            assert!(!pages.render(difference, spec, false).is_empty());
        }
    }
    let drafted = draft(&pages);
    let spec = Source {
        name: "draft.yaml",
        text: &drafted.text,
    };
    codegen::parse(spec).unwrap_or_else(|told| panic!("{}\n{}", told[0].message, drafted.text));
}

/// So many texts, one after another.
fn many(count: usize, text: impl Fn(usize) -> String) -> String {
    let all: Vec<String> = (0..count).map(text).collect();
    all.concat()
}

#[test]
fn large_and_deep_pages_come_to_an_end() {
    let head = "# A\n\n## Get Cat\n\n**get** `/cats`\n\n### Returns\n\n";
    let deep = many(5_000, |depth| {
        format!("{}- `a: object {{ a }}`\n", " ".repeat(depth * 2 % 9_000))
    });
    all(&format!("{head}{deep}"));
    let wide = many(3_000, |index| {
        format!("- `f{index}: optional map[string]`\n")
    });
    all(&format!("{head}{wide}"));
    let operations = many(2_000, |index| {
        format!("## Get {index}\n\n**get** `/c/{index}`\n\n")
    });
    all(&operations);
    all(&format!("{head}- `a: {}`", "array of ".repeat(100_000)));
    all(&format!(
        "{head}- `a: {}string`",
        "string or ".repeat(20_000)
    ));
    all(&format!(
        "{head}{}",
        "- `a: string`\n\n  Example:\n  {\n".repeat(3_000)
    ));
    all(&format!(
        "## E\n\n**post** `/a`\n\n### Example\n\n```http\ncurl {}\n```\n",
        "'".repeat(100_001)
    ));
    all(&format!(
        "{head}#### Response\n\n```json\n{}\n```\n",
        "[".repeat(100_000)
    ));
}

#[test]
fn types_that_lead_to_one_another_come_to_an_end() {
    let mut page = "## Get Cat\n\n**get** `/cats`\n\n### Returns\n\n- `A0 object { a, b }`\n\n  - `a: A1`\n\n  - `b: A1`\n\n## Domain Types\n\n".to_owned();
    for index in 1..60 {
        let next = index + 1;
        let told = format!(
            "### T\n\n- `A{index} = object {{ a, b }}`\n\n  - `a: A{next}`\n\n  - `b: A{next}`\n\n"
        );
        page.push_str(&told);
    }
    page.push_str("### T\n\n- `A60 = A1 or A2 or array of A1`\n");
    all(&page);
    all(&page.replace("**get**", "`client.Get(ctx)`\n\n**get**"));
}

/// Lines that pages are made of.
fn lines() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just("# G".to_owned()),
        Just("## Get Cat".to_owned()),
        Just("### Returns".to_owned()),
        Just("### Body Parameters".to_owned()),
        Just("### Parameters".to_owned()),
        Just("### Query Parameters".to_owned()),
        Just("## Domain Types".to_owned()),
        Just("### Example".to_owned()),
        Just("#### Response".to_owned()),
        Just("```json".to_owned()),
        Just("```".to_owned()),
        Just("`client.A.B(ctx, x) (*Y[Z], error)`".to_owned()),
        Just("curl https://a.example/cats -d '{\"a\": 1}'".to_owned()),
        Just("{\"items\": [{\"id\": null}], \"status\": \"x\"}".to_owned()),
        Just("Example:".to_owned()),
        "(\\*\\*(get|post|put)\\*\\* `/(cats|api/v2/batches)(/\\{[a-z]{0,2}\\}?)?`)",
        "( {0,6})- `(id|items|status|A|B)(: (optional )?| = | )(string|number|A|B|array of A|map\\[B\\]|object \\{ id, 2 more \\}|\"x\" or 2 more|A or B|Time|\\[\\]A|struct\\{|1|true)`",
        "( {0,6})- `\"[a-z]\"`",
        ".{0,30}",
    ];
    prop::collection::vec(line, 0..40).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn any_page_is_read_compared_and_drafted(text in lines()) {
        all(&text);
    }

    #[test]
    fn a_damaged_page_is_too(at in 0_usize..20_000, length in 0_usize..200, by in ".{0,8}") {
        let mut text = file("tests/pages/batches/batches.http.md");
        let floor = |text: &str, at: usize| (0..=at.min(text.len())).rev().find(|it| text.is_char_boundary(*it)).unwrap_or(0);
        let (from, to) = (floor(&text, at), floor(&text, at + length));
        text.replace_range(from..to, &by);
        all(&text);
    }
}
