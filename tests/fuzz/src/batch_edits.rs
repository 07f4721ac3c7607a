//! Batches with something changed in them: what may change without notice doesn't matter, all else
//! is taken or refused.

use arbitrary::{Result, Unstructured};
use llama_cloud::types::{Batch, BatchPage};
use serde_json::{Value, json};

use super::batches::comes_back;

/// Changes a page of batches as the bytes say, and reads it.
pub fn check(bytes: &[u8]) {
    let mut input = Unstructured::new(bytes);
    let mut page = page();
    let mut is_harmless = true;
    // An edit that can't be made up is none.
    while !input.is_empty() {
        let Ok(edit) = edit(&mut page, &mut input) else {
            break;
        };
        is_harmless &= edit == Harm::None;
    }
    let text = page.to_string();
    let read = comes_back::<BatchPage>(text.as_bytes());
    assert!(read.is_some() || !is_harmless, "refused: {text}");
    if let Some(batch) = page["items"].get(0) {
        comes_back::<Batch>(batch.to_string().as_bytes());
    }
}

fn page() -> Value {
    json!({
        "items": [
            {
                "id": "bat-1",
                "config": {"job": {"configuration_id": "cfg-1", "type": "parse_v2"}},
                "project_id": "prj-1",
                "source_directory_id": "dir-1",
                "status": "COMPLETED",
                "created_at": "2026-01-02T03:04:05Z",
                "results": [
                    {
                        "source_directory_file_id": "dfl-1",
                        "error_message": null,
                        "job_reference": {"id": "pjb-1", "type": "parse_v2"},
                    },
                    {"source_directory_file_id": "dfl-2", "error_message": "It is no document."},
                ],
                "updated_at": "2026-01-02T03:04:06.789+01:00",
            },
            {
                "id": "bat-2",
                "config": {"job": {"configuration_id": "cfg-2", "type": "extract_v2"}},
                "project_id": "prj-1",
                "source_directory_id": "dir-2",
                "status": "PENDING",
            },
        ],
        "next_page_token": "token",
        "total_size": 2,
    })
}

/// Whether an edit may make the page one that isn't documented.
#[derive(PartialEq)]
enum Harm {
    None,
    Possible,
}

/// What a server may change in an object that was documented otherwise: text of these fields, and
/// the absence of the optional ones.
const FREE_TEXT: [&str; 4] = ["status", "type", "created_at", "updated_at"];
const OPTIONAL: [&str; 6] = [
    "created_at",
    "updated_at",
    "results",
    "error_message",
    "job_reference",
    "next_page_token",
];

/// Changes one thing.
fn edit(page: &mut Value, input: &mut Unstructured<'_>) -> Result<Harm> {
    let place = walk(page, input)?;
    let kind = input.int_in_range(0..=6)?;
    let Value::Object(fields) = place else {
        if let (Value::Array(items), 0) = (&mut *place, kind) {
            // A list may be of any length.
            match items.first().cloned() {
                Some(item) if input.arbitrary()? => items.push(item),
                _ => items.clear(),
            }
            return Ok(Harm::None);
        }
        *place = odd(input)?;
        return Ok(Harm::Possible);
    };
    match kind {
        0 => {
            let name: String = input.arbitrary()?;
            if fields.contains_key(&name) || is_known(&name) {
                return Ok(Harm::None);
            }
            fields.insert(name, odd(input)?);
        }
        1 => {
            let name = *input.choose(&FREE_TEXT)?;
            if let Some(value) = fields.get_mut(name) {
                *value = Value::String(input.arbitrary()?);
            }
        }
        2 => {
            let name = *input.choose(&OPTIONAL)?;
            if let Some(value) = fields.get_mut(name) {
                *value = Value::Null;
            }
        }
        3 => {
            fields.shift_remove(*input.choose(&OPTIONAL)?);
        }
        _ => {
            let names: Vec<String> = fields.keys().cloned().collect();
            if let Some(name) = names.get(input.choose_index(names.len().max(1))?) {
                if kind == 4 {
                    fields.shift_remove(name);
                } else {
                    fields[name] = odd(input)?;
                }
            }
            return Ok(Harm::Possible);
        }
    }
    Ok(Harm::None)
}

/// Whether a field of this name is documented somewhere.
fn is_known(name: &str) -> bool {
    const NAMES: [&str; 15] = [
        "id",
        "config",
        "job",
        "configuration_id",
        "type",
        "project_id",
        "source_directory_id",
        "status",
        "created_at",
        "results",
        "updated_at",
        "source_directory_file_id",
        "error_message",
        "job_reference",
        "items",
    ];
    NAMES.contains(&name) || ["next_page_token", "total_size"].contains(&name)
}

/// A place in a value.
fn walk<'a>(value: &'a mut Value, input: &mut Unstructured<'_>) -> Result<&'a mut Value> {
    let mut place = value;
    for _ in 0..input.int_in_range(0..=6)? {
        let members = match &*place {
            Value::Object(fields) => fields.len(),
            Value::Array(items) => items.len(),
            _ => 0,
        };
        if members == 0 {
            break;
        }
        let index = input.choose_index(members)?;
        let next = match place {
            Value::Object(fields) => fields.values_mut().nth(index),
            Value::Array(items) => items.get_mut(index),
            _ => None,
        };
        // There are as many members as were counted.
        place = next.expect("a member");
    }
    Ok(place)
}

/// A value that no documentation speaks of.
fn odd(input: &mut Unstructured<'_>) -> Result<Value> {
    Ok(match input.int_in_range(0..=9)? {
        0 => Value::Null,
        1 => Value::Bool(input.arbitrary()?),
        2 => json!(input.arbitrary::<i64>()?),
        3 => json!(input.arbitrary::<u64>()?),
        4 => json!(input.arbitrary::<f64>()?),
        5 => Value::String(input.arbitrary()?),
        6 => json!([]),
        7 => json!({}),
        8 => json!([odd(input)?, odd(input)?]),
        _ => json!({ input.arbitrary::<String>()?: odd(input)? }),
    })
}
