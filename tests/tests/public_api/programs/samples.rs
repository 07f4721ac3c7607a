//! What services return before and after an edit.

/// JSON of a type on both sides of an edit.
pub struct Sample {
    pub edit: &'static str,
    /// The type of the old crate.
    pub ty: &'static str,
    /// The type of the new one, if it is called otherwise.
    pub new_type: Option<&'static str>,
    pub old: &'static str,
    pub new: &'static str,
}

const fn sample(
    edit: &'static str,
    ty: &'static str,
    old: &'static str,
    new: &'static str,
) -> Sample {
    Sample {
        edit,
        ty,
        new_type: None,
        old,
        new,
    }
}

const SHIP: &str =
    r#"{"id":"a","name":"b","state":"moored","tonnage":1,"built_at":"2026-01-02T03:04:05Z"}"#;
const TIDES: &str = r#"{"levels":[{"metres":1.5}]}"#;

pub const SAMPLES: &[Sample] = &[
    sample(
        "a value more",
        "Ship",
        SHIP,
        r#"{"id":"a","name":"b","state":"sunk","tonnage":1,"built_at":"2026-01-02T03:04:05Z"}"#,
    ),
    sample(
        "a number more",
        "Ship",
        SHIP,
        r#"{"id":"a","name":"b","state":"moored","tonnage":1,"flag":3,"built_at":"2026-01-02T03:04:05Z"}"#,
    ),
    sample(
        "a field of answers more",
        "Ship",
        SHIP,
        r#"{"id":"a","name":"b","state":"moored","tonnage":1,"length":2,"built_at":"2026-01-02T03:04:05Z"}"#,
    ),
    sample(
        "a required field of answers more",
        "Ship",
        SHIP,
        r#"{"id":"a","name":"b","state":"moored","tonnage":1,"length":2,"built_at":"2026-01-02T03:04:05Z"}"#,
    ),
    sample(
        "a field of answers is required",
        "Ship",
        SHIP,
        r#"{"id":"a","name":"b","state":"moored","tonnage":1,"flag":1,"built_at":"2026-01-02T03:04:05Z"}"#,
    ),
    sample(
        "a field of answers is optional",
        "Ship",
        SHIP,
        r#"{"id":"a","name":"b","state":"moored","built_at":"2026-01-02T03:04:05Z"}"#,
    ),
    sample(
        "a field of answers can be null",
        "Ship",
        SHIP,
        r#"{"id":"a","name":"b","state":"moored","tonnage":1,"flag":null,"built_at":"2026-01-02T03:04:05Z"}"#,
    ),
    sample(
        "a required field can be null",
        "Ship",
        SHIP,
        r#"{"id":"a","name":null,"state":"moored","tonnage":1,"built_at":"2026-01-02T03:04:05Z"}"#,
    ),
    sample(
        "a field of another type",
        "Bulk",
        r#"{"kind":"Bulk","tonnes":1.5}"#,
        r#"{"kind":"Bulk","tonnes":"much"}"#,
    ),
    sample(
        "a narrower number",
        "Bulk",
        r#"{"kind":"Bulk","tonnes":1.5}"#,
        r#"{"kind":"Bulk","tonnes":1}"#,
    ),
    sample(
        "items of another type",
        "ShipPage",
        r#"{"ships":[]}"#,
        r#"{"ships":[{"text":"a"}]}"#,
    ),
    sample(
        "a variant more",
        "Cargo",
        r#"{"kind":"Bulk","tonnes":1.5}"#,
        r#"{"kind":"Oil"}"#,
    ),
    sample(
        "a longer text in a response",
        "Tides",
        TIDES,
        r#"{"levels":[],"next":"more than twenty characters"}"#,
    ),
    sample(
        "a higher number in a response",
        "Tides",
        TIDES,
        r#"{"levels":[{"metres":25}]}"#,
    ),
    sample(
        "no items in a response",
        "Tides",
        TIDES,
        r#"{"levels":[{"metres":1,"tags":[]}]}"#,
    ),
    sample(
        "several types for one that is received",
        "Tides",
        TIDES,
        r#"{"levels":[],"next":7}"#,
    ),
    sample(
        "no constant any more",
        "Tides",
        TIDES,
        r#"{"levels":[{"metres":1,"kind":"other"}]}"#,
    ),
    sample(
        "another constant",
        "Tides",
        TIDES,
        r#"{"levels":[{"metres":1,"kind":"wave"}]}"#,
    ),
    sample(
        "a map for a struct that is received",
        "Tides",
        TIDES,
        r#"{"levels":[{"a":1}]}"#,
    ),
    sample(
        "allOf of one schema in a field",
        "Berth",
        r#"{"id":"a","length":1,"state":"free"}"#,
        r#"{"id":"a","length":1,"state":"free"}"#,
    ),
    Sample {
        new_type: Some("TideLevel"),
        ..sample(
            "a type like another one where it is used",
            "Level",
            r#"{"metres":1}"#,
            r#"{"metres":2}"#,
        )
    },
    sample("a write-only field", "BerthNote", r#"{"text":"a"}"#, "{}"),
];
