//! Unions whose variants are told apart by what is in them, however deep.

mod types;
mod values;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use self::types::*;
use self::values::*;

/// Reads a value, and checks that nothing of it is lost.
fn same<T: DeserializeOwned + Serialize>(json: &Value) -> T {
    let value: T = serde_json::from_value(json.clone()).expect("it is read");
    assert_eq!(&serde_json::to_value(&value).expect("JSON"), json);
    value
}

#[test]
fn a_constant_that_differs_makes_a_variant_unfit_at_every_depth() {
    let license = json!({"id": "1", "benefit": {"type": "license_keys"}});
    assert!(matches!(same(&license), Grant::License(_)));
    let license = json!({"id": "1", "benefit": {"type": "license_keys"}, "key": "k"});
    assert!(matches!(same(&license), Grant::License(_)));
    let discord = json!({"id": "1", "benefit": {"type": "discord"}, "more": [{"type": "discord"}]});
    assert!(matches!(same(&discord), Grant::Discord(_)));
    // Not in a list either; then it is none of the known variants.
    for unknown in [
        json!({"id": "1", "benefit": {"type": "discord"}, "more": [{"type": "license_keys"}]}),
        json!({"id": "1", "benefit": {"type": "downloads"}}),
    ] {
        assert_eq!(same::<Grant>(&unknown), Grant::UnknownValue(unknown));
    }
}

#[test]
fn a_list_is_the_variant_s_that_loses_least_of_its_items() {
    assert!(matches!(same(&json!([{"id": "1"}])), Lists::Small(_)));
    let large = json!([{"id": "1"}, {"id": "2", "extra": "x"}]);
    assert!(matches!(same(&large), Lists::Large(_)));
    assert!(matches!(same(&json!(["a"])), Lists::Names(_)));
    assert!(matches!(same(&json!([])), Lists::Small(_)));
}

#[test]
fn a_map_takes_what_a_struct_would_lose() {
    assert!(matches!(same(&json!({"id": "1"})), MapOrSmall::Small(_)));
    assert!(matches!(
        same(&json!({"id": "1", "b": "c"})),
        MapOrSmall::Map(_)
    ));
    // What neither takes whole goes to the one that loses less.
    let odd: MapOrSmall = serde_json::from_value(json!({"id": "1", "b": 2})).expect("it is read");
    assert!(matches!(odd, MapOrSmall::Small(_)));
}

#[test]
fn variants_of_one_tag_are_told_apart_by_their_fields() {
    let short = json!({"type": "compaction", "content": "c"});
    assert!(matches!(same(&short), Block::Short(_)));
    let long = json!({"type": "compaction", "content": "c", "encrypted": "e"});
    assert!(matches!(same(&long), Block::Long(_)));
}

#[test]
fn a_text_is_the_enum_s_that_knows_it() {
    assert!(matches!(same(&json!("e")), Letter::Vowel(Vowel::E)));
    assert!(matches!(same(&json!("c")), Letter::Consonant(Consonant::C)));
    assert!(matches!(
        same(&json!("?")),
        Letter::Vowel(Vowel::UnknownValue(_))
    ));
}

#[test]
fn constants_that_are_no_texts_are_told_apart_too() {
    assert!(matches!(
        same(&json!({"id": "1", "deleted": true})),
        Known::Deleted(_)
    ));
    assert!(matches!(
        same(&json!({"id": "1", "version": 2})),
        Known::Second(_)
    ));
    assert!(matches!(
        same(&json!({"id": "1", "name": "Ada"})),
        Known::Customer(_)
    ));
    for other in [
        json!({"id": "1", "deleted": false}),
        json!({"id": "1", "version": 3}),
    ] {
        let read: Known = serde_json::from_value(other).expect("it is read");
        assert!(matches!(read, Known::Customer(_)), "{read:?}");
    }
}
