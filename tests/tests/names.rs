//! `codegen/NAMES.md` says what operations are called: each row of its tables is tried, and names don't
//! depend on what else a description has.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use codegen::Source;
use serde_json::{Value, json};

/// An operation of a table: its route, its id, and its call.
#[derive(Clone)]
struct Row {
    route: String,
    id: Option<String>,
    call: String,
}

/// What stands in backticks in the cells of a line of a table.
fn row(line: &str) -> Option<Row> {
    let cells: Vec<&str> = line.strip_prefix("| ")?.split(" | ").collect();
    let mut coded = cells.iter().map(|cell| {
        let cell = cell.trim_end_matches(" |").trim();
        cell.strip_prefix('`')?.strip_suffix('`')
    });
    let route = coded.next()??.to_owned();
    let rest: Vec<&str> = coded.flatten().collect();
    let (call, id) = match rest.as_slice() {
        [id, call, ..] => (call, Some((*id).to_owned())),
        [call] => (call, None),
        [] => return None,
    };
    call.ends_with(')').then(|| Row {
        route,
        id,
        call: (*call).to_owned(),
    })
}

/// The tables of the page that have calls.
fn tables() -> Vec<Vec<Row>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/NAMES.md");
    let page = fs::read_to_string(path).expect("the page is there");
    let sections = page
        .split("\n## ")
        .map(|it| it.lines().filter_map(row).collect());
    sections
        .filter(|rows: &Vec<Row>| !rows.is_empty())
        .collect()
}

fn document(rows: &[Row]) -> Value {
    let mut paths: BTreeMap<&str, BTreeMap<String, Value>> = BTreeMap::new();
    for row in rows {
        let (http, path) = row.route.split_once(' ').expect("a method and a path");
        let names = path
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}'));
        let parameters: Vec<Value> = names
            .map(|(name, _)| {
                json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}})
            })
            .collect();
        let mut operation = json!({
            "tags": ["shop"],
            "parameters": parameters,
            "responses": {"204": {"description": "Done."}},
        });
        if let Some(id) = &row.id {
            operation["operationId"] = json!(id);
        }
        let item = paths.entry(path).or_default();
        item.insert(http.to_lowercase(), operation);
    }
    json!({
        "openapi": "3.1.0", "info": {"title": "Names", "version": "1"},
        "servers": [{"url": "https://api.example.com"}], "paths": paths,
    })
}

/// The call of each operation, by its route, as the list of all calls has it.
fn calls(document: &Value, config: &str) -> BTreeMap<String, String> {
    let text = document.to_string();
    let source = |name, text| Source { name, text };
    let generated = codegen::generate(source("api.json", &text), source("sdk.toml", config))
        .unwrap_or_else(|problems| panic!("{}", problems[0].message));
    let page = generated.files.iter().find(|file| file.path == "api.md");
    let page = &page.expect("there is a list of all calls").text;
    let lines: Vec<&str> = page.lines().collect();
    let calls = lines.windows(2).filter_map(|pair| {
        let (_, call) = pair[0].split_once("- `client.")?;
        let (call, _) = call.split_once('`')?;
        let route = pair[1].trim().trim_matches('`');
        Some((route.to_owned(), without_types(call)))
    });
    calls.collect()
}

/// A call with the names of its arguments alone.
fn without_types(call: &str) -> String {
    let call = call.split(" -> ").next().unwrap_or(call);
    let (way, arguments) = call.rsplit_once('(').expect("a call");
    let (arguments, _) = arguments.split_once(')').expect("a call");
    let names = arguments
        .split(", ")
        .map(|it| it.split(':').next().unwrap_or(it));
    format!("{way}({})", names.collect::<Vec<_>>().join(", "))
}

#[test]
fn words_of_all_ids_go_by_tag_too() {
    let tables = tables();
    let rows = tables.last().expect("the table of words");
    let calls = calls(&document(rows), "names.by = \"tag\"\n");
    let calls: Vec<&str> = calls.values().map(String::as_str).collect();
    let expected = [
        "shop().list_notes()",
        "shop().get_note(id)",
        "shop().list_tags(id)",
        "shop().keep_note(id)",
        "shop().attach_tag(id)",
    ];
    assert_eq!(calls, expected);
    // Two ids may begin alike by chance, and an API may do nothing but read.
    let calls_of = |ids: &[&str]| {
        let row = |(at, id): (usize, &&str)| Row {
            route: format!("GET /notes/{at}"),
            id: Some((*id).to_owned()),
            call: String::new(),
        };
        let rows: Vec<Row> = ids.iter().enumerate().map(row).collect();
        let calls = self::calls(&document(&rows), "names.by = \"tag\"\n");
        calls.into_values().collect::<Vec<String>>()
    };
    assert_eq!(
        calls_of(&["film_keep", "film_lose"]),
        ["shop().film_keep()", "shop().film_lose()"]
    );
    assert_eq!(
        calls_of(&["listPets", "listDogs", "listCats"]),
        [
            "shop().list_pets()",
            "shop().list_dogs()",
            "shop().list_cats()"
        ]
    );
}

#[test]
fn each_row_is_so() {
    let tables = tables();
    assert_eq!(tables.len(), 3, "three tables have calls");
    for rows in &tables {
        let calls = calls(&document(rows), "");
        for row in rows {
            assert_eq!(calls.get(&row.route), Some(&row.call), "{}", row.route);
        }
    }
}

/// Operations whose name depends on another one, as the page says: each with the one that it depends on.
const DEPENDENT: [(&str, &str); 3] = [
    ("DELETE /v1/customers", "DELETE /v1/customers/{id}"),
    ("PUT /v1/orders/{id}", "PATCH /v1/orders/{id}"),
    ("GET /v1/files/{id}", "GET /v2/files/{id}"),
];

#[test]
fn names_stay_when_another_operation_goes() {
    for rows in tables() {
        let all = calls(&document(&rows), "");
        for index in 0..rows.len() {
            let mut fewer = rows.clone();
            fewer.remove(index);
            let gone = rows[index].route.as_str();
            for (route, call) in calls(&document(&fewer), "") {
                if !DEPENDENT.contains(&(route.as_str(), gone)) {
                    assert_eq!(all.get(&route), Some(&call), "{route} without {gone}");
                }
            }
        }
    }
}

#[test]
fn the_source_of_names_can_be_chosen() {
    let rows = [Row {
        route: "GET /v1/films/{id}/captions".to_owned(),
        id: Some("shop.captions.fetch".to_owned()),
        call: String::new(),
    }];
    let document = document(&rows);
    for (config, call) in [
        ("", "films().captions().list(id)"),
        ("[names]\nby = \"path\"\n", "films().captions().list(id)"),
        ("[names]\nby = \"tag\"\n", "shop().captions_fetch(id)"),
        (
            "[operations.\"shop.captions.fetch\"]\nresource = \"client\"\nname = \"captions\"\n",
            "captions(id)",
        ),
    ] {
        assert_eq!(
            calls(&document, config).into_values().next().as_deref(),
            Some(call),
            "{config}"
        );
    }
}
