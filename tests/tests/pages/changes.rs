//! What is told of a page that changed: exactly that, once, with both lines.

use codegen::pages::{DifferenceKind, Options};

use super::{Texts, compared, file, line, told};

const SPEC: &str = "spec/batches.yaml";

/// The differences of a page of which a text was replaced, in all its places.
fn after(page: &str, old: &str, new: &str) -> Vec<String> {
    after_all(page, &[(old, new)])
}

fn after_all(page: &str, changes: &[(&str, &str)]) -> Vec<String> {
    let mut text = file(&format!("tests/pages/batches/{page}"));
    for (old, new) in changes {
        assert!(text.contains(old), "{page} has {old}");
        text = text.replace(old, new);
    }
    told(&compared(
        &Texts::one(page, &text),
        &file(SPEC),
        Options::default(),
    ))
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
        let report = compared(&Texts::of("batches", &[name]), &spec, Options::default());
        assert_eq!(told(&report), [""; 0], "{name}");
        assert_eq!(report.notes, [], "{name}");
    }
    let zoo = Texts::of("zoo", &["animals.md", "animals.go.md", "photo.md"]);
    let report = compared(
        &zoo,
        &file("tests/pages/zoo/zoo.yaml"),
        Options { all: true },
    );
    assert_eq!(told(&report), [""; 0]);
    let notes: Vec<&str> = report.notes.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(notes, ["the page doesn't say what `AnimalPartUnion` is"]);
}

#[test]
fn what_was_compared_is_counted() {
    let texts = Texts::of("batches", &["get-batch.http.md"]);
    let counts = compared(&texts, &file(SPEC), Options::default()).counts;
    assert_eq!((counts.pages, counts.operations), (1, 1));
    assert_eq!((counts.parameters, counts.fields), (5, 16));
    assert_eq!((counts.values, counts.examples), (10, 2));
}

#[test]
fn a_value_more_in_many_places_is_one_difference() {
    let spec = file(SPEC);
    let text = file("tests/pages/batches/batches.http.md")
        .replace("or 3 more", "or 4 more")
        .lines()
        .map(|line| match line.strip_suffix("- `\"CANCELLED\"`") {
            Some(indent) => format!("{line}\n\n{indent}- `\"PAUSED\"`\n"),
            None => format!("{line}\n"),
        })
        .collect::<String>();
    let report = compared(&Texts::one("a.md", &text), &spec, Options::default());
    let place = line(&text, "PAUSED");
    let of = line(&spec, "    BatchStatus:");
    assert_eq!(
        told(&report),
        [format!(
            "a.md:{place} {of}:5 the page lists the value \"PAUSED\" for `status` in the answer of \
             POST /api/v2/batches, and the description doesn't"
        )]
    );
    assert_eq!(report.differences[0].also.len(), 6);
    assert_eq!(report.differences[0].kind, DifferenceKind::OnlyInPages);
}

#[test]
fn values_that_are_missing_or_spelt_otherwise() {
    assert_eq!(
        after("get-batch.http.md", "- `\"THROTTLED\"`\n", ""),
        [
            "get-batch.http.md:57 208:11 the description lists the value \"THROTTLED\" for `status` in the answer \
          of GET /api/v2/batches/{batch_id}, and the page doesn't"
        ]
    );
    assert_eq!(
        after("get-batch.http.md", "\"CANCELLED\"", "\"CANCELED\""),
        [
            "get-batch.http.md:69 212:11 the value \"CANCELLED\" of `status` in the answer of \
          GET /api/v2/batches/{batch_id} is \"CANCELED\" on the page: it was probably renamed"
        ]
    );
}

#[test]
fn fields_that_are_missing_added_or_renamed() {
    assert_eq!(
        after("get-batch.http.md", "- `project_id: string`\n", "\n"),
        [
            "get-batch.http.md:25 293:9 the description has `project_id` in the answer of \
          GET /api/v2/batches/{batch_id}, and the page hasn't"
        ]
    );
    // Its own fields and its example are no differences of their own.
    assert_eq!(
        after(
            "get-batch.http.md",
            "- `updated_at: optional string`",
            "- `owner: object { name }`\n\n  - `name: string`\n\n- `updated_at: optional string`"
        ),
        [
            "get-batch.http.md:111 277:5 the page has `owner` in the answer of GET /api/v2/batches/{batch_id}, \
          and the description hasn't"
        ]
    );
    assert_eq!(
        after(
            "get-batch.http.md",
            "source_directory_file_id",
            "directory_file_id"
        ),
        [
            "get-batch.http.md:87 264:9 `results[].source_directory_file_id` in the answer of \
          GET /api/v2/batches/{batch_id} is `directory_file_id` on the page: it was probably renamed"
        ]
    );
}

#[test]
fn optional_and_types() {
    assert_eq!(
        after("get-batch.http.md", "`status: \"", "`status: optional \""),
        [
            "get-batch.http.md:57 301:9 `status` in the answer of GET /api/v2/batches/{batch_id} may be left \
          out by the page, and the description requires it"
        ]
    );
    assert_eq!(
        after(
            "get-batch.http.md",
            "`created_at: optional ",
            "`created_at: "
        ),
        [
            "get-batch.http.md:75 304:9 `created_at` in the answer of GET /api/v2/batches/{batch_id} is always \
          there by the page, and may be left out by the description"
        ]
    );
    assert_eq!(
        after(
            "get-batch.http.md",
            "`id: string`\n\n  Identifier of the b",
            "`id: array of number`\n\n  The b"
        ),
        [
            "get-batch.http.md:27 286:9 `id` in the answer of GET /api/v2/batches/{batch_id} is a list of numbers \
          by the page and text by the description"
        ]
    );
    assert_eq!(
        after(
            "list-batches.http.md",
            "`page_size: optional number`",
            "`page_size: optional string`"
        ),
        [
            "list-batches.http.md:21 89:11 the query parameter `page_size` of GET /api/v2/batches is text by the \
          page and a whole number by the description"
        ]
    );
}

#[test]
fn parameters() {
    assert_eq!(
        after("get-batch.http.md", "`expand: ", "`expands: "),
        [
            "get-batch.http.md:15 146:17 the query parameter `expand` of GET /api/v2/batches/{batch_id} is \
          `expands` on the page: it was probably renamed"
        ]
    );
    assert_eq!(
        after("get-batch.http.md", "### Cookie", "### Header"),
        [
            "get-batch.http.md:25 189:13 the cookie `session` of GET /api/v2/batches/{batch_id} goes into the \
          header by the page"
        ]
    );
    assert_eq!(
        after(
            "get-batch.http.md",
            "- `project_id: optional string`\n",
            "- `tenant: string`\n"
        ),
        [
            "get-batch.http.md:3 182:13 the description has the query parameter `project_id` of \
             GET /api/v2/batches/{batch_id}, and the page hasn't",
            "get-batch.http.md:21 131:5 the page has the query parameter `tenant` of \
             GET /api/v2/batches/{batch_id}, and the description hasn't"
        ]
    );
    assert_eq!(
        after("get-batch.http.md", "`expand: optional ", "`expand: "),
        [
            "get-batch.http.md:15 146:17 the query parameter `expand` of GET /api/v2/batches/{batch_id} is not \
          optional by the page and not required by the description"
        ]
    );
    assert_eq!(
        after_all(
            "get-batch.http.md",
            &[
                ("{batch_id}", "{id}"),
                ("`batch_id:", "`id:"),
                ("$BATCH_ID", "$ID")
            ]
        ),
        [
            "get-batch.http.md:9 139:17 the path parameter `batch_id` of GET /api/v2/batches/{id} is `id` on the \
          page: it was probably renamed"
        ]
    );
}

#[test]
fn operations() {
    assert_eq!(
        after("get-batch.http.md", "/v2/batches", "/v2/batch"),
        [
            "get-batch.http.md:3 131:5 GET /api/v2/batches/{batch_id} of the description is \
          GET /api/v2/batch/{batch_id} on the page"
        ]
    );
    assert_eq!(
        after("get-batch.http.md", "**get**", "**patch**"),
        [
            "get-batch.http.md:3 131:5 GET /api/v2/batches/{batch_id} of the description is \
          PATCH /api/v2/batches/{batch_id} on the page"
        ]
    );
    let cancel =
        "## Cancel Batch\n\n**post** `/api/v2/batches/{batch_id}/cancel`\n\n## Domain Types";
    let told = after("batches.http.md", "## Domain Types", cancel);
    assert_eq!(told.len(), 1);
    assert!(
        told[0].ends_with("29:1 the page has the operation POST /api/v2/batches/{batch_id}/cancel, and the description hasn't"),
        "{told:?}"
    );
}

#[test]
fn a_page_of_a_group_has_to_be_whole_and_others_need_not() {
    let spec = file(SPEC);
    let text = file("tests/pages/batches/batches.http.md");
    let (before, rest) = text.split_once("## List Batches").expect("a list");
    let (_, after) = rest.split_once("## Get Batch").expect("a single one");
    let less = Texts::one("a.md", &format!("{before}## Get Batch{after}"));
    let wanted = [
        "a.md:1 70:5 the description has the operation GET /api/v2/batches, and the page of its group hasn't",
    ];
    assert_eq!(told(&compared(&less, &spec, Options::default())), wanted);

    let one = Texts::of("batches", &["get-batch.http.md"]);
    assert_eq!(told(&compared(&one, &spec, Options::default())), [""; 0]);
    let told = told(&compared(&one, &spec, Options { all: true }));
    assert_eq!(
        told,
        [
            "get-batch.http.md:1 30:5 the description has the operation POST /api/v2/batches, and no page has",
            "get-batch.http.md:1 70:5 the description has the operation GET /api/v2/batches, and no page has",
        ]
    );
}

#[test]
fn examples_have_to_be_readable() {
    assert_eq!(
        after_all(
            "get-batch.http.md",
            &[
                (
                    "  \"id\": \"id\",\n  \"config\"",
                    "  \"extra\": 1,\n  \"config\""
                ),
                ("\"status\": \"PENDING\"", "\"status\": \"LOST\""),
                (
                    "\"error_message\": \"error_message\"",
                    "\"error_message\": 7"
                ),
            ]
        ),
        [
            "get-batch.http.md:127 286:9 an example lacks `id` in the answer of GET /api/v2/batches/{batch_id}, \
             which the description requires",
            "get-batch.http.md:128 277:5 an example has `extra` in the answer of \
             GET /api/v2/batches/{batch_id}, for which the description has no field",
            "get-batch.http.md:137 204:5 an example has \"LOST\" for `status` in the answer of \
             GET /api/v2/batches/{batch_id}, which is not among the values of the description",
            "get-batch.http.md:142 267:9 an example has 7 for `results[].error_message` in the answer of \
             GET /api/v2/batches/{batch_id}, which is text by the description",
        ]
    );
    let told = after(
        "batches.http.md",
        "\"configuration_id\": \"cfg-aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee\",\n              ",
        "",
    );
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains(
        "an example lacks `config.job.configuration_id` in what POST /api/v2/batches sends"
    ));
}

#[test]
fn requests_go_where_the_description_says() {
    assert_eq!(
        after(
            "get-batch.http.md",
            "https://api.cloud",
            "https://api.other"
        ),
        [
            "get-batch.http.md:119 21:1 requests that are shown go to `https://api.other.llamaindex.ai`, which is \
          no server of the description"
        ]
    );
    assert_eq!(
        after(
            "get-batch.http.md",
            "/batches/$BATCH_ID",
            "/batches/$BATCH_ID/now"
        ),
        [
            "get-batch.http.md:119 131:5 the request that is shown for GET /api/v2/batches/{batch_id} goes to \
          `/api/v2/batches/$BATCH_ID/now`"
        ]
    );
}

#[test]
fn the_go_form_is_held_to_what_it_can_say() {
    assert_eq!(
        after_all(
            "get-batch.go.md",
            &[
                ("`CreatedAt Time`", "`CreatedAt string`"),
                ("SourceDirectoryFileID", "SourceFileID"),
                ("= \"extract_v2\"", "= \"extract_v3\""),
            ]
        )
        .iter()
        .map(|it| it.split_once(' ').map_or("", |(_, rest)| rest))
        .collect::<Vec<_>>(),
        [
            "221:11 the value \"extract_v2\" of `config.job.type` in the answer of \
             GET /api/v2/batches/{batch_id} is \"extract_v3\" on the page: it was probably renamed",
            "304:9 `created_at` in the answer of GET /api/v2/batches/{batch_id} is text by the page and a point \
             in time by the description",
            "264:9 `results[].source_directory_file_id` in the answer of GET /api/v2/batches/{batch_id} is \
             `SourceFileID` on the page: it was probably renamed",
        ]
    );
    // Cookies are the client's own matter, and nothing is marked as optional.
    assert_eq!(
        after(
            "get-batch.go.md",
            "- `ProjectID string`",
            "- `ProjectId string`"
        ),
        [""; 0]
    );
}

#[test]
fn listed_types_are_held_against_the_schema_that_is_most_like_them() {
    let text = file("tests/pages/batches/batches.http.md");
    let (before, types) = text.split_once("## Domain Types").expect("types");
    let types = types.replacen(
        "- `error_message: optional string`",
        "- `error_message: string`",
        1,
    );
    let text = format!("{before}## Domain Types{types}");
    let report = compared(&Texts::one("a.md", &text), &file(SPEC), Options::default());
    let told = told(&report);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].ends_with(
            "267:9 `results[].error_message` in the type BatchCreateResponse is always there by the page, and may \
             be left out by the description"
        ),
        "{told:?}"
    );
}
