//! What is told of pages that aren't understood.

use reference_pages::{NoteKind, Pages};

use super::{Texts, file};

/// The notes of a page: kind, line and message.
fn notes(text: &str) -> Vec<(NoteKind, usize, String)> {
    let texts = Texts::one("a.md", text);
    let sources = texts.sources();
    let pages = Pages::read(&sources);
    let notes = pages.notes().iter();
    notes
        .map(|it| {
            let line = it.place.as_ref().map_or(0, |place| place.line);
            (it.kind, line, it.message.clone())
        })
        .collect()
}

fn with(section: &str) -> String {
    format!("## Get Cat\n\n**get** `/cats`\n\n{section}")
}

#[test]
fn lines_of_a_known_form_that_say_nothing() {
    for (section, line, message) in [
        (
            "### Returns\n\n- `id: string string`",
            7,
            "invalid item `id: string string`",
        ),
        ("### Returns\n\n- `id:`", 7, "invalid item `id:`"),
        (
            "### Returns\n\n- `id: string",
            7,
            "the code span of this item is not closed",
        ),
        (
            "### Returns\n\n- `kind: \"a\" or`",
            7,
            "invalid item `kind: \"a\" or`",
        ),
        ("**fetch** `/cats`", 5, "`FETCH` is not an HTTP method"),
        ("**get** `cats`", 5, "the path after the method is missing"),
    ] {
        let wanted = (NoteKind::Unreadable, line, message.to_owned());
        assert_eq!(notes(&with(section)), [wanted], "{section}");
    }
}

#[test]
fn parts_that_are_left_aside_are_told() {
    for (section, line, message) in [
        (
            "### Returns\n\n- `id: string`\n\n### Errors",
            9,
            "unknown section `Errors`",
        ),
        (
            "### Returns\n\n- `id: string`\n\n  - `x: string`",
            9,
            "`x: string` is unknown here",
        ),
        (
            "### Returns\n\n- `id: string`\n\n- `id: number`",
            9,
            "`id` is described twice",
        ),
        (
            "### Returns\n\n- `k: \"a\" or 3 more`",
            7,
            "the values that this line leaves out are not listed below",
        ),
        (
            "#### Response\n\n```json\n{\n  oops\n}\n```",
            9,
            "the example is not JSON",
        ),
    ] {
        let wanted = (NoteKind::Warning, line, message.to_owned());
        assert_eq!(notes(&with(section)), [wanted], "{section}");
    }
    let other = "## Get\n\n`client.cats.get(cat_id) -> Cat`\n\n**get** `/cats`\n\n### Parameters\n\n- `cat_id: str`\n";
    let wanted = "GET /cats is described for an unknown client";
    assert_eq!(notes(other), [(NoteKind::Warning, 5, wanted.to_owned())]);
}

#[test]
fn a_page_without_an_operation_is_told() {
    let wanted = (
        NoteKind::NoOperation,
        0,
        "`a.md` describes no operation".to_owned(),
    );
    assert_eq!(notes("# Words\n\n- `code: string`\n"), [wanted]);
}

#[test]
fn prose_and_code_are_not_facts() {
    let text = with(
        "Words.\n\n### Heading of the words\n\n- `code`: more words\n- `x: y z`: words\n\n\
         ```\n### Returns\n\n- `id: string string`\n```\n\n### Returns\n\n- `id: string`\n\n  Words with `code: code code`.\n",
    );
    assert_eq!(notes(&text), []);
    assert_eq!(
        notes(&file("tests/pages/zoo/animals.md").replace('\n', "\r\n")),
        []
    );
}

#[test]
fn forms_that_other_apis_have_are_understood() {
    let http = with(
        "### Header Parameters\n\n- `\"cat-kinds\": optional array of CatKind`\n\n  - `UnionMember0 = string`\n\n  \
         - `UnionMember1 = \"big\" or \"small\" or 1 more`\n\n    - `\"big\"`\n\n    - `\"small\"`\n\n    - `\"odd\"`\n\n\
         ### Returns\n\n- `success: true`\n\n  - `true`\n\n- `all: optional array of object { id, name }  or null`\n\n  \
         - `id: string`\n\n  - `name: optional string or null`\n\n\
         - `kept: map[object { days, unit }  or object { unit } ]`\n\n  - `Fixed object { days, unit }`\n\n    \
         - `days: number`\n\n    - `unit: \"day\" or \"month\"`\n\n      - `\"day\"`\n\n      - `\"month\"`\n\n  \
         - `object { unit }`\n\n    - `unit: optional \"ever\"`\n\n      - `\"ever\"`\n\n- `said: string or array of Word`\n\n  \
         - `UnionMember0 = string`\n\n  - `UnionMember1 = array of Word`\n\n    - `Word = object { text }`\n\n      - `text: string`\n\n\
         ## Domain Types\n\n### All Kinds\n\n- `AllKinds = string or \"big\" or \"small\" or 1 more or \"none\"`\n\n  \
         - `UnionMember0 = string`\n\n  - `\"big\" or \"small\" or 1 more`\n\n    - `\"big\"`\n\n    - `\"small\"`\n\n    - `\"odd\"`\n\n  \
         - `\"none\"`\n\n    - `\"none\"`\n",
    );
    assert_eq!(notes(&http), []);
    let go = "# Cats\n\n## Move\n\n`client.Cats.Move(ctx, catID, params) (*Cat, error)`\n\n**post** `/cats/{id}/move`\n\n\
              ### Parameters\n\n- `catID string`\n\n- `params CatMoveParams`\n\n  - `To param.Field[CatMoveParamsTo]`\n\n    \
              Body param: Where to.\n\n    - `const CatMoveParamsToIn CatMoveParamsTo = \"in\"`\n\n      Inside.\n\n  \
              - `Kinds param.Field[[]CatKind]`\n\n    Header param\n\n    - `string`\n\n    - `type CatKind string`\n\n      \
              - `const CatKindBig CatKind = \"big\"`\n\n### Returns\n\n- `type CatUnion interface{…}`\n\n  \
              - `type Tom struct{…}`\n\n    - `Type Tom`\n\n    - `Names map[string, []string]`\n\n    - `Age float64`\n\n\
              ## Domain Types\n\n### Cat Kind\n\n- `type CatKind string`\n\n  - `const CatKindBig CatKind = \"big\"`\n";
    assert_eq!(notes(go), []);
}
