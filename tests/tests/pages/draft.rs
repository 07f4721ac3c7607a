//! Descriptions that are made from pages.

use codegen::{Source, diff, generate};
use reference_pages::{Options, Pages, check, draft};

use super::{Texts, file, messages, nothing, told};

fn drafted(texts: &Texts) -> String {
    let sources = texts.sources();
    let draft = draft(&Pages::read(&sources));
    let notes: Vec<&str> = draft.notes.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(notes, [""; 0]);
    draft.text
}

/// What changes for users where the crate is made from the second description.
fn changes(ours: (&str, &str), drafted: &str) -> Vec<String> {
    let side = |spec, config| {
        let spec = Source {
            name: "spec.yaml",
            text: spec,
        };
        let config = Source {
            name: "sdk.toml",
            text: config,
        };
        (spec, config)
    };
    let found = diff(side(ours.0, ours.1), side(drafted, ours.1));
    let found = found.unwrap_or_else(|it| panic!("{}\n{drafted}", messages(&it.diagnostics)));
    found.changes.into_iter().map(|it| it.text).collect()
}

/// What the pages of the API don't say: the second server, the error bodies, the names of three types, which strings
/// are points in time, and which numbers are integers.
const NOT_ON_THE_PAGES: [&str; 14] = [
    "the server `https://api.cloud.eu.llamaindex.ai` was removed",
    "`POST /api/v2/batches` fails with no documented type instead of `types::HttpValidationError`",
    "the query parameter `created_at_on_or_after` of `GET /api/v2/batches` is now `String` instead of `DateTime`",
    "the query parameter `created_at_on_or_before` of `GET /api/v2/batches` is now `String` instead of `DateTime`",
    "the query parameter `page_size` of `GET /api/v2/batches` is now `f64` instead of `i64`",
    "`GET /api/v2/batches` fails with no documented type instead of `types::HttpValidationError`",
    "`GET /api/v2/batches/{batch_id}` fails with no documented type instead of `types::HttpValidationError`",
    "the type `JobType` is renamed to `BatchConfigJobType`",
    "the type `BatchJob` is renamed to `BatchConfigJob`",
    "the type `JobReference` is renamed to `BatchResultJobReference`",
    "`BatchPage.total_size` is now `f64` instead of `i64`",
    "the type `HttpValidationError` was removed",
    "the type `ValidationError` was removed",
    "the type `ValidationErrorLocItem` was removed",
];

#[test]
fn the_pages_give_the_crate_of_the_description() {
    let spec = file("tests/pages/batches/batches.yaml");
    let config = file("tests/pages/batches/sdk.toml");
    let all = [
        "batches.http.md",
        "get-batch.go.md",
        "get-batch.http.md",
        "list-batches.http.md",
    ];
    for names in [&all[..], &all[..1]] {
        let text = drafted(&Texts::of("batches", names));
        assert_eq!(
            changes((&spec, &config), &text),
            NOT_ON_THE_PAGES,
            "{names:?}"
        );
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
    let (_, schemas) = text
        .split_once("schemas:\n")
        .expect("the draft has schemas");
    let expected = r##"    CatB:
      type: object
      required: [x]
      properties:
        x:
          type: string
    CatE:
      type: string
      enum: ["on", "off"]
    Cat:
      type: object
      required: [d, e]
      properties:
        a:
          # inferred: a date-time, from a.md:26
          type: [string, "null"]
          format: date-time
        b:
          type: [array, "null"]
          items:
            $ref: "#/components/schemas/CatB"
        c:
          type: string
        d:
          type: array
          items:
            anyOf:
              - type: string
              - # the pages also use this word for integers: change it to `integer` if it is one
                type: number
        e:
          anyOf:
            - $ref: "#/components/schemas/CatE"
            - type: "null"
"##;
    assert_eq!(schemas, expected);
}
