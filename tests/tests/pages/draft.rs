//! Descriptions that are made from pages.

use codegen::pages::{Options, Pages, check, draft};
use codegen::{Source, generate, outline};

use super::{Texts, file, messages, nothing, told};

fn drafted(texts: &Texts) -> String {
    let sources = texts.sources();
    let draft = draft(&Pages::read(&sources));
    let notes: Vec<&str> = draft.notes.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(notes, [""; 0]);
    draft.text
}

fn outlined(text: &str, config: &str) -> String {
    let spec = Source {
        name: "spec.yaml",
        text,
    };
    let config = Source {
        name: "sdk.toml",
        text: config,
    };
    outline(spec, config).unwrap_or_else(|it| panic!("{}\n{text}", messages(&it)))
}

/// The lines that differ: those of the left with `-`, those of the right with `+`.
fn different(left: &str, right: &str) -> Vec<String> {
    let (left, right): (Vec<&str>, Vec<&str>) = (left.lines().collect(), right.lines().collect());
    assert_eq!(left.len(), right.len(), "{left:#?}\n{right:#?}");
    let pairs = left
        .iter()
        .zip(&right)
        .filter(|(left, right)| left != right);
    pairs
        .flat_map(|(left, right)| [format!("- {left}"), format!("+ {right}")])
        .collect()
}

/// What the pages of the API don't tell: that these are date-times, and that these are whole.
const UNKNOWN: [&str; 8] = [
    "-   query created_at_on_or_after: optional time, form, exploded",
    "+   query created_at_on_or_after: optional text, form, exploded",
    "-   query created_at_on_or_before: optional time, form, exploded",
    "+   query created_at_on_or_before: optional text, form, exploded",
    "-   query page_size: optional whole number, form, exploded",
    "+   query page_size: optional number, form, exploded",
    "-   total_size: optional whole number or null",
    "+   total_size: optional number or null",
];

#[test]
fn the_pages_give_the_model_of_the_description() {
    let ours = outlined(
        &file("tests/pages/batches/batches.yaml"),
        &file("tests/pages/batches/sdk.toml"),
    );
    assert_eq!(ours.matches("in pages:").count(), 1);
    let all = [
        "batches.http.md",
        "get-batch.go.md",
        "get-batch.http.md",
        "list-batches.http.md",
    ];
    for names in [&all[..], &all[..1]] {
        let text = drafted(&Texts::of("batches", names));
        assert_eq!(different(&ours, &outlined(&text, "")), UNKNOWN, "{names:?}");
    }
}

#[test]
fn a_draft_agrees_with_its_pages_and_makes_a_crate() {
    for (folder, names) in [
        ("batches", &["batches.http.md"][..]),
        ("batches", &["get-batch.go.md"]),
        ("zoo", &["animals.md", "photo.md"]),
    ] {
        let texts = Texts::of(folder, names);
        let text = drafted(&texts);
        let spec = Source {
            name: "draft.yaml",
            text: &text,
        };
        let sources = texts.sources();
        let report = check(
            &Pages::read(&sources),
            spec,
            nothing(),
            Options { all: true },
        );
        let report = report.unwrap_or_else(|it| panic!("{}\n{text}", messages(&it)));
        assert_eq!(told(&report, &texts, &text), "", "{text}");
        let crate_ = generate(spec, nothing()).unwrap_or_else(|it| panic!("{}", messages(&it)));
        assert_eq!(messages(&crate_.warnings), "", "{text}");
    }
}

#[test]
fn what_was_inferred_is_said_with_its_line() {
    let text = drafted(&Texts::of("zoo", &["animals.md", "animals.go.md"]));
    for comment in [
        "# inferred: a date-time, from animals.go.md:25",
        "# inferred: an integer, from animals.go.md:21",
        "# from animals.md:10",
    ] {
        assert!(text.contains(comment), "{comment}\n{text}");
    }
    assert!(
        text.contains("type: apiKey\n      in: header\n      name: X-Zoo-Key\n"),
        "{text}"
    );
    assert!(
        text.contains("- # from animals.md:105\n    url: \"https://zoo.example/v1\"\n"),
        "{text}"
    );
}

#[test]
fn ids_and_names_come_from_titles() {
    let text = drafted(&Texts::of("batches", &["batches.http.md"]));
    for name in ["createBatch", "listBatches", "getBatch"] {
        assert!(text.contains(&format!("operationId: {name}\n")), "{text}");
    }
    for name in [
        "Batch",
        "BatchConfig",
        "BatchStatus",
        "BatchResult",
        "BatchPage",
        "BatchCreate",
    ] {
        assert!(text.contains(&format!("\n    {name}:\n")), "{text}");
    }
}

#[test]
fn members_of_unions_that_share_a_name_stay_apart() {
    let page = "## Get Cat\n\n**get** `/cat`\n\n### Returns\n\n- `a: object { x } or object { y }`\n\n  \
                - `UnionMember0 = object { x }`\n\n    - `x: string`\n\n  - `UnionMember1 = object { y }`\n\n    \
                - `y: string`\n\n- `b: object { z } or string`\n\n  - `UnionMember0 = object { z }`\n\n    \
                - `z: Box`\n\n      - `Box object { x }`\n\n        - `x: string`\n\n  - `string`\n";
    let text = drafted(&Texts::one("a.md", page));
    assert!(!text.contains("UnionMember"), "{text}");
    let properties = text.matches("properties:\n").count();
    assert_eq!(properties, 5, "{text}");
}

#[test]
fn where_null_is_told_optional_is_not_null() {
    let page = "## Get Cat\n\n**get** `/cat`\n\n### Returns\n\n- `a: optional string or null`\n\n\
                - `b: optional array of object { x }  or null`\n\n  - `x: string`\n\n- `c: optional string`\n\n\
                - `d: array of string or number`\n\n- `e: \"on\" or \"off\" or null`\n\n  - `\"on\"`\n\n  - `\"off\"`\n\n\
                #### Response\n\n```json\n{\"a\": \"2026-01-02T03:04:05Z\", \"b\": null, \"d\": [1], \"e\": null}\n```\n";
    let text = drafted(&Texts::one("a.md", page));
    assert_eq!(
        outlined(&text, ""),
        "GET /cat in group 1\n  answers type 1\ntype 1: object\n  a: optional time or null\n  \
         b: optional list of type 2 or null\n  c: optional text\n  d: list of type 3\n  e: type 4 or null\n\
         type 2: object\n  x: text\ntype 3: one of these\n  text told by Kind(String)\n  \
         number told by Kind(Number)\ntype 4: values\n  \"on\"\n  \"off\"\n"
    );
}
