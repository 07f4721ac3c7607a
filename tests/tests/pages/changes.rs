//! What is told of a page that changed: exactly that, once, with both lines.

use std::fmt::Write;

use codegen::Source;
use reference_pages::{Options, Pages};

use super::{Texts, compared, file, told};

const SPEC: &str = "tests/pages/batches/batches.yaml";

/// What is told of a page of which texts were replaced, in all their places.
fn after(page: &str, changes: &[(&str, &str)]) -> String {
    let mut text = file(&format!("tests/pages/batches/{page}"));
    for (old, new) in changes {
        assert!(text.contains(old), "{page} has {old}");
        text = text.replace(old, new);
    }
    let (texts, spec) = (Texts::one(page, &text), file(SPEC));
    told(&compared(&texts, &spec, Options::default()), &texts, &spec)
}

#[test]
fn nothing_is_told_of_pages_that_agree() {
    let spec = file(SPEC);
    for name in [
        "batches.http.md",
        "get-batch.go.md",
        "get-batch.http.md",
        "list-batches.http.md",
    ] {
        let texts = Texts::of("batches", &[name]);
        let report = compared(&texts, &spec, Options::default());
        assert_eq!(told(&report, &texts, &spec), "", "{name}");
        assert_eq!(report.notes, [], "{name}");
    }
    let zoo = Texts::of("zoo", &["animals.md", "animals.go.md", "photo.md"]);
    let spec = file("tests/pages/zoo/zoo.yaml");
    let report = compared(&zoo, &spec, Options { all: true });
    assert_eq!(told(&report, &zoo, &spec), "");
    let notes: Vec<&str> = report.notes.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(
        notes,
        ["the page doesn't describe the type `AnimalPartUnion`"]
    );
}

#[test]
fn what_was_compared_is_counted() {
    let texts = Texts::of("batches", &["get-batch.http.md"]);
    let counts = compared(&texts, &file(SPEC), Options::default()).counts;
    assert_eq!((counts.pages, counts.operations), (1, 1));
    assert_eq!((counts.parameters, counts.fields), (5, 16));
    assert_eq!((counts.values, counts.examples), (10, 2));
}

/// A change: what it is, the page, and the texts that are replaced.
type Change = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
);

const GET: &str = "get-batch.http.md";
const LIST: &str = "list-batches.http.md";
const ALL: &str = "batches.http.md";
const GO: &str = "get-batch.go.md";

const CHANGES: [Change; 29] = [
    ("a value is missing", GET, &[("- `\"THROTTLED\"`\n", "")]),
    (
        "a value is spelt otherwise",
        GET,
        &[("\"CANCELLED\"", "\"CANCELED\"")],
    ),
    (
        "a value more, in the list alone",
        GET,
        &[("- `\"CANCELLED\"`", "- `\"CANCELLED\"`\n\n  - `\"PAUSED\"`")],
    ),
    (
        "a value more, on the line alone",
        GET,
        &[("or \"extract_v2\"`", "or \"extract_v2\" or \"split_v1\"`")],
    ),
    (
        "a field is missing, in the list alone",
        GET,
        &[("- `project_id: string`\n", "\n")],
    ),
    (
        "a field is missing",
        ALL,
        &[
            ("- `error_message: optional string`", ""),
            (
                "source_directory_file_id, error_message, job_reference",
                "source_directory_file_id, job_reference",
            ),
            ("\"error_message\": \"error_message\",", ""),
        ],
    ),
    (
        "a field more, with fields and an example",
        GET,
        &[
            (
                "- `updated_at: optional string`",
                "- `owner: object { name }`\n\n  - `name: string`\n\n- `updated_at: optional string`",
            ),
            (
                "\"status\": \"PENDING\"",
                "\"owner\": { \"name\": \"x\" },\n  \"status\": \"PENDING\"",
            ),
        ],
    ),
    (
        "a field is renamed",
        GET,
        &[("source_directory_file_id", "directory_file_id")],
    ),
    (
        "a field became optional",
        GET,
        &[("`status: \"", "`status: optional \"")],
    ),
    (
        "a field became optional, of all answers",
        ALL,
        &[("- `project_id: string`", "- `project_id: optional string`")],
    ),
    (
        "a field became required",
        GET,
        &[("`created_at: optional ", "`created_at: ")],
    ),
    (
        "a field has another type",
        GET,
        &[(
            "`id: string`\n\n  Identifier of the b",
            "`id: array of number`\n\n  The b",
        )],
    ),
    (
        "a list became one",
        GET,
        &[(
            "`results: optional array of object",
            "`results: optional object",
        )],
    ),
    (
        "text became an enum",
        GET,
        &[("`project_id: string`\n", "`project_id: \"a\" or \"b\"`\n")],
    ),
    (
        "a parameter has another type",
        LIST,
        &[(
            "`page_size: optional number`",
            "`page_size: optional string`",
        )],
    ),
    (
        "a parameter is renamed",
        GET,
        &[("`expand: ", "`expands: ")],
    ),
    (
        "a parameter goes elsewhere",
        GET,
        &[("### Cookie", "### Header")],
    ),
    (
        "a parameter is another one",
        GET,
        &[("- `project_id: optional string`\n", "- `tenant: string`\n")],
    ),
    (
        "a parameter became required",
        GET,
        &[("`expand: optional ", "`expand: ")],
    ),
    (
        "a parameter of the path is renamed",
        GET,
        &[
            ("{batch_id}", "{id}"),
            ("`batch_id:", "`id:"),
            ("$BATCH_ID", "$ID"),
        ],
    ),
    ("another path", GET, &[("/v2/batches", "/v2/batch")]),
    ("another method", GET, &[("**get**", "**patch**")]),
    (
        "an operation more",
        ALL,
        &[(
            "## Domain Types",
            "## Cancel Batch\n\n**post** `/api/v2/batches/{batch_id}/cancel`\n\n### Returns\n\n- `id: string`\n\n## Domain Types",
        )],
    ),
    (
        "what is answered can't be read",
        GET,
        &[
            (
                "  \"id\": \"id\",\n  \"config\"",
                "  \"extra\": 1,\n  \"config\"",
            ),
            ("\"status\": \"PENDING\"", "\"status\": \"LOST\""),
            (
                "\"error_message\": \"error_message\"",
                "\"error_message\": 7",
            ),
        ],
    ),
    (
        "what is sent can't be read",
        ALL,
        &[(
            "\"configuration_id\": \"cfg-aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee\",\n                \"type\"",
            "\"type\"",
        )],
    ),
    (
        "another server",
        GET,
        &[("https://api.cloud", "https://api.other")],
    ),
    (
        "a request to another path",
        GET,
        &[("/batches/$BATCH_ID", "/batches/$BATCH_ID/now?x=1")],
    ),
    (
        "several things, in the form for Go",
        GO,
        &[
            ("`CreatedAt Time`", "`CreatedAt string`"),
            ("SourceDirectoryFileID", "SourceFileID"),
            ("= \"extract_v2\"", "= \"extract_v3\""),
            (
                "- `Expand param.Field[[]string]`",
                "- `Expand param.Field[[]int64]`",
            ),
        ],
    ),
    (
        "nothing that the form for Go can say",
        GO,
        &[("`ProjectID string`", "`ProjectId string`")],
    ),
];

#[test]
fn a_change_is_told_once_with_both_lines() {
    let mut all = String::new();
    for (what, page, changes) in CHANGES {
        let told = after(page, changes);
        writeln!(all, "# {what}\n{told}").expect("a string takes all");
    }
    insta::assert_snapshot!("changes", all);
}

#[test]
fn a_value_more_in_many_places_is_one_difference() {
    let spec = file(SPEC);
    let text: String = file("tests/pages/batches/batches.http.md")
        .replace("or 3 more", "or 4 more")
        .lines()
        .map(|line| match line.strip_suffix("- `\"CANCELLED\"`") {
            Some(indent) => format!("{line}\n\n{indent}- `\"PAUSED\"`\n"),
            None => format!("{line}\n"),
        })
        .collect();
    let texts = Texts::one("a.md", &text);
    let report = compared(&texts, &spec, Options::default());
    insta::assert_snapshot!("a_value_more", told(&report, &texts, &spec));
}

#[test]
fn a_difference_is_shown_with_both_texts() {
    let spec = file("tests/pages/zoo/zoo.yaml");
    let page = file("tests/pages/zoo/photo.md").replace("score: number", "score: string");
    let texts = Texts::one("photo.md", &page);
    let sources = texts.sources();
    let pages = Pages::read(&sources);
    let report = compared(&texts, &spec, Options::default());
    let spec = Source {
        name: "spec/zoo.yaml",
        text: &spec,
    };
    let shown: Vec<String> = report
        .differences
        .iter()
        .map(|it| pages.render(it, spec, false))
        .collect();
    insta::assert_snapshot!("shown", shown.join("\n\n"));
}

#[test]
fn a_page_of_a_group_has_to_be_whole_and_others_need_not() {
    let spec = file(SPEC);
    let text = file("tests/pages/batches/batches.http.md");
    let (before, rest) = text.split_once("## List Batches").expect("a list");
    let (_, after) = rest.split_once("## Get Batch").expect("a single one");
    let less = Texts::one("a.md", &format!("{before}## Get Batch{after}"));
    let one = Texts::of("batches", &["get-batch.http.md"]);
    let missing = |texts: &Texts, all: bool| {
        let report = compared(texts, &spec, Options { all });
        let messages = report.differences.into_iter().map(|it| it.message);
        messages.collect::<Vec<_>>()
    };
    let wanted =
        "the description has the operation GET /api/v2/batches, but the page of its group doesn't";
    assert_eq!(missing(&less, false), [wanted]);
    assert_eq!(missing(&one, false), [""; 0]);
    assert_eq!(
        missing(&one, true),
        [
            "the description has the operation POST /api/v2/batches, but no page does",
            "the description has the operation GET /api/v2/batches, but no page does",
        ]
    );
}

#[test]
fn listed_types_are_held_against_the_schema_that_is_most_like_them() {
    let spec = file(SPEC);
    let text = file("tests/pages/batches/batches.http.md");
    let (before, types) = text.split_once("## Domain Types").expect("types");
    let types = types.replacen(
        "- `error_message: optional string`",
        "- `error_message: string`",
        1,
    );
    let texts = Texts::one("a.md", &format!("{before}## Domain Types{types}"));
    let report = compared(&texts, &spec, Options::default());
    insta::assert_snapshot!("a_listed_type", told(&report, &texts, &spec));
}

#[test]
fn an_operation_of_another_api_is_not_taken_for_one_of_this() {
    let page = "## Get Cat\n\n**get** `/api/v2/batchers/{cat_id}`\n\n### Path Parameters\n\n- `cat_id: string`\n\n\
                ### Returns\n\n- `purr: string`\n\n- `whiskers: number`\n";
    let (texts, spec) = (Texts::one("a.md", page), file(SPEC));
    let report = compared(&texts, &spec, Options::default());
    assert_eq!(
        told(&report, &texts, &spec),
        "only-in-pages: the page has the operation GET /api/v2/batchers/{cat_id}, but the description doesn't\n  \
         page: **get** `/api/v2/batchers/{cat_id}`\n  spec: paths:\n"
    );
}

#[test]
fn another_method_on_a_path_is_told_as_that_whatever_else_differs() {
    let page = "## Change Batch\n\n**put** `/api/v2/batches/{batch_id}`\n\n### Path Parameters\n\n- `batch_id: string`\n\n\
                ### Body Parameters\n\n- `name: string`\n\n- `color: string`\n\n- `size: number`\n\n- `shape: string`\n\n\
                ### Returns\n\n- `whiskers: number`\n";
    let (texts, spec) = (Texts::one("a.md", page), file(SPEC));
    let report = compared(&texts, &spec, Options::default());
    assert_eq!(
        told(&report, &texts, &spec),
        "moved: GET /api/v2/batches/{batch_id} of the description is PUT /api/v2/batches/{batch_id} on the page\n  \
         page: **put** `/api/v2/batches/{batch_id}`\n  spec: get:\n"
    );
}

#[test]
fn the_nearest_path_is_suggested_for_an_operation_that_is_not_described() {
    for (operation, near) in [
        ("**post** `/api/v2/batchs/{id}/cancel`", None),
        (
            "**post** `/api/v2/batche`",
            Some("POST, GET /api/v2/batches"),
        ),
        (
            "**delete** `/api/v2/batches`",
            Some("POST, GET /api/v2/batches"),
        ),
    ] {
        let page = format!(
            "## Cancel\n\n{operation}\n\n### Returns\n\n- `a: string`\n\n- `b: string`\n\n- `c: string`\n\n- `d: string`\n"
        );
        let mut all = file("tests/pages/batches/batches.http.md");
        all.push_str(&page);
        let (texts, spec) = (Texts::one("a.md", &all), file(SPEC));
        let report = compared(&texts, &spec, Options::default());
        let help = report.differences.iter().filter_map(|it| it.help.clone());
        let help: Vec<String> = help.filter(|it| it.contains("--draft")).collect();
        match near {
            Some(near) => assert!(
                help.iter()
                    .any(|it| it.starts_with(&format!("the description has {near};"))),
                "{operation}: {help:?}"
            ),
            None => assert!(
                help.iter().any(|it| it.starts_with('`')),
                "{operation}: {help:?}"
            ),
        }
    }
}

#[test]
fn an_operation_that_moved_in_both_forms_is_one_difference() {
    let mut texts = Texts::of("batches", &[GET, GO]);
    for (_, text) in &mut texts.0 {
        *text = text.replace("/v2/batches/", "/v3/batches/");
    }
    let spec = file(SPEC);
    let report = compared(&texts, &spec, Options::default());
    assert_eq!(
        told(&report, &texts, &spec),
        "moved: GET /api/v2/batches/{batch_id} of the description is GET /api/v3/batches/{batch_id} on the page\n  \
         page: **get** `/api/v3/batches/{batch_id}` (and 1 more lines)\n  spec: get:\n"
    );
}

#[test]
fn null_that_only_the_page_tells() {
    let told = after(
        GET,
        &[("`project_id: string`\n", "`project_id: string or null`\n")],
    );
    assert_eq!(
        told,
        "only-in-pages: `project_id` in the response of GET /api/v2/batches/{batch_id} can be null on the page, \
         but not in the description\n  page: - `project_id: string or null`\n  spec: project_id:\n"
    );
    assert_eq!(
        after(
            GET,
            &[(
                "`created_at: optional string`",
                "`created_at: optional string or null`"
            )]
        ),
        ""
    );
}
