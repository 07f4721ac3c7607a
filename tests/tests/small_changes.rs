//! How many lines of an emitted crate a small change of its description changes, beside documentation.

use std::collections::HashMap;

use codegen::Source;

const DESCRIPTION: &str = "
openapi: 3.1.0
info: {title: Pets, version: '1'}
servers: [{url: https://pets.example.com}]
paths:
  /pets/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      operationId: getPet
      tags: [pets]
      responses:
        '200': {description: One., content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
components:
  schemas:
    Pet:
      type: object
      required: [id, mood]
      properties:
        id: {type: string}
        mood: {$ref: '#/components/schemas/Mood'}
        note: {type: string}
        favourite_food_of_all_that_there_is: {type: string}
        toy_that_it_plays_with_all_day_long: {$ref: '#/components/schemas/Toy'}
    Mood: {type: string, enum: [HAPPY, SAD, SLEEPY_IN_THE_AFTERNOON, HUNGRY_IN_THE_EVENING]}
    Toy: {type: object, properties: {id: {type: string}, maker: {$ref: '#/components/schemas/Toy'}}}
";

/// The lines of code that a change adds to a file of types, and to the table of how they are serialized.
fn added(change: (&str, &str)) -> (Vec<String>, Vec<String>) {
    let (from, to) = change;
    assert!(DESCRIPTION.contains(from), "{from}");
    let (before, after) = (
        emitted(DESCRIPTION),
        emitted(&DESCRIPTION.replace(from, to)),
    );
    let added = |path: &str| {
        let mut known: HashMap<&str, usize> = HashMap::new();
        for line in code(&before[path]) {
            *known.entry(line).or_default() += 1;
        }
        let mut added = Vec::new();
        for line in code(&after[path]) {
            match known.get_mut(line) {
                Some(times) if *times > 0 => *times -= 1,
                _ => added.push(line.to_owned()),
            }
        }
        added
    };
    (added("src/types/pets.rs"), added("src/wire/types/pets.rs"))
}

fn emitted(description: &str) -> HashMap<String, String> {
    let source = |name, text| Source { name, text };
    let generated = codegen::generate(source("pets.yaml", description), source("sdk.toml", ""))
        .unwrap_or_else(|problems| panic!("{}", problems[0].message));
    let files = generated.files.into_iter();
    files.map(|file| (file.path, file.text)).collect()
}

fn code(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with("//"))
}

#[test]
fn an_optional_field_is_a_line_of_its_type_and_one_of_its_table() {
    let change = (
        "note: {type: string}",
        "note: {type: string}\n        age: {type: integer}",
    );
    let (types, tables) = added(change);
    assert_eq!(types, ["pub age: Option<i64>,"]);
    assert_eq!(tables, ["age?,"]);
}

#[test]
fn a_required_field_is_a_line_more_where_it_is_given() {
    let change = (
        "required: [id, mood]\n      properties:",
        "required: [id, mood, petAge]\n      properties:\n        petAge: {type: integer}",
    );
    let (types, tables) = added(change);
    assert_eq!(
        types,
        [
            "pub pet_age: i64,",
            "pub fn new(pet_age: i64, id: impl Into<String>, mood: impl Into<Mood>) -> Self {",
            "Self { pet_age, id: id.into(), mood: mood.into(), ..tables::defaults() }",
        ]
    );
    assert_eq!(tables, ["pet_age = \"petAge\","]);
}

#[test]
fn a_value_of_an_enum_is_a_line_of_its_type_and_one_of_its_table() {
    let (types, tables) = added(("[HAPPY, SAD,", "[HAPPY, SAD, HUNGRY,"));
    assert_eq!(types, ["Hungry,"]);
    assert_eq!(tables, ["Hungry = \"HUNGRY\","]);
}

#[test]
fn a_field_that_is_no_longer_required_changes_a_line_of_its_table() {
    let (types, tables) = added(("[id, mood]", "[id]"));
    assert_eq!(
        types,
        [
            "pub mood: Option<Mood>,",
            "pub fn new(id: impl Into<String>) -> Self {",
            "Self { id: id.into(), ..tables::defaults() }",
        ]
    );
    assert_eq!(tables, ["mood?,"]);
}

#[test]
fn a_field_of_a_short_table_changes_its_only_line() {
    let (_, tables) = added(("maker: {$ref", "age: {type: integer}, maker: {$ref"));
    assert_eq!(tables, ["tables::object!(Toy { id?, age?, maker? });"]);
}
