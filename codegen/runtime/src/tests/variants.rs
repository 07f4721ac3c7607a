//! Unions whose variants are told apart by what is in them, however deep.

#![allow(dead_code, reason = "types have constructors as emitted ones do")]

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::tests::variants as types;
use crate::{tables, union};

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Discord {
    Discord,
    UnknownValue(String),
}

tables::string_enum!(Discord {
    Discord = "discord",
});

impl From<&str> for Discord {
    fn from(value: &str) -> Self {
        tables::OpenEnum::parse(value)
    }
}

impl From<String> for Discord {
    fn from(value: String) -> Self {
        tables::OpenEnum::parse(&value)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum License {
    LicenseKeys,
    UnknownValue(String),
}

tables::string_enum!(License {
    LicenseKeys = "license_keys",
});

impl From<&str> for License {
    fn from(value: &str) -> Self {
        tables::OpenEnum::parse(value)
    }
}

impl From<String> for License {
    fn from(value: String) -> Self {
        tables::OpenEnum::parse(&value)
    }
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DiscordBenefit {
    pub type_: Discord,
}

impl DiscordBenefit {
    pub fn new(type_: impl Into<Discord>) -> Self {
        Self {
            type_: type_.into(),
        }
    }
}

tables::object!(DiscordBenefit {
    type_ = "type",
});

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct LicenseBenefit {
    pub type_: License,
}

impl LicenseBenefit {
    pub fn new(type_: impl Into<License>) -> Self {
        Self {
            type_: type_.into(),
        }
    }
}

tables::object!(LicenseBenefit {
    type_ = "type",
});

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DiscordGrant {
    pub id: String,
    pub benefit: DiscordBenefit,
    pub more: Option<Vec<DiscordBenefit>>,
}

impl DiscordGrant {
    pub fn new(id: impl Into<String>, benefit: DiscordBenefit) -> Self {
        Self {
            id: id.into(),
            benefit,
            ..tables::defaults()
        }
    }
}

tables::object!(DiscordGrant {
    id,
    benefit,
    more?,
});

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct LicenseGrant {
    pub id: String,
    pub benefit: LicenseBenefit,
    pub key: Option<String>,
}

impl LicenseGrant {
    pub fn new(id: impl Into<String>, benefit: LicenseBenefit) -> Self {
        Self {
            id: id.into(),
            benefit,
            ..tables::defaults()
        }
    }
}

tables::object!(LicenseGrant {
    id,
    benefit,
    key?,
});

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Grant {
    Discord(DiscordGrant),
    License(LicenseGrant),
    UnknownValue(Value),
}

union::union!(Grant {
    Discord(DiscordGrant): fields,
    License(LicenseGrant): fields,
});

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Small {
    pub id: String,
}

impl Small {
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into() }
    }
}

tables::object!(Small { id });

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Large {
    pub id: String,
    pub extra: Option<String>,
}

impl Large {
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            ..tables::defaults()
        }
    }
}

tables::object!(Large {
    id,
    extra?,
});

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Lists {
    Small(Vec<Small>),
    Large(Vec<Large>),
    Names(Vec<String>),
    UnknownValue(Value),
}

union::union!(Lists {
    Small(Vec<Small>): array,
    Large(Vec<Large>): array,
    Names(Vec<String>): array,
});

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum MapOrSmall {
    Map(BTreeMap<String, String>),
    Small(Small),
    UnknownValue(Value),
}

union::union!(MapOrSmall {
    Map(BTreeMap<String, String>): object,
    Small(Small): fields,
});

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Compaction {
    Compaction,
    UnknownValue(String),
}

tables::string_enum!(Compaction {
    Compaction = "compaction",
});

impl From<&str> for Compaction {
    fn from(value: &str) -> Self {
        tables::OpenEnum::parse(value)
    }
}

impl From<String> for Compaction {
    fn from(value: String) -> Self {
        tables::OpenEnum::parse(&value)
    }
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Short {
    pub type_: Compaction,
    pub content: String,
}

impl Short {
    pub fn new(type_: impl Into<Compaction>, content: impl Into<String>) -> Self {
        Self {
            type_: type_.into(),
            content: content.into(),
        }
    }
}

tables::object!(Short {
    type_ = "type",
    content,
});

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Long {
    pub type_: Compaction,
    pub content: String,
    pub encrypted: Option<String>,
}

impl Long {
    pub fn new(type_: impl Into<Compaction>, content: impl Into<String>) -> Self {
        Self {
            type_: type_.into(),
            content: content.into(),
            ..tables::defaults()
        }
    }
}

tables::object!(Long {
    type_ = "type",
    content,
    encrypted?,
});

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Block {
    Short(Short),
    Long(Long),
    UnknownValue(Value),
}

union::union!(Block by "type" {
    Short(Short): tag "compaction",
    Long(Long): tag "compaction",
});

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Vowel {
    A,
    E,
    UnknownValue(String),
}

tables::string_enum!(Vowel {
    A = "a",
    E = "e",
});

impl From<&str> for Vowel {
    fn from(value: &str) -> Self {
        tables::OpenEnum::parse(value)
    }
}

impl From<String> for Vowel {
    fn from(value: String) -> Self {
        tables::OpenEnum::parse(&value)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Consonant {
    B,
    C,
    UnknownValue(String),
}

tables::string_enum!(Consonant {
    B = "b",
    C = "c",
});

impl From<&str> for Consonant {
    fn from(value: &str) -> Self {
        tables::OpenEnum::parse(value)
    }
}

impl From<String> for Consonant {
    fn from(value: String) -> Self {
        tables::OpenEnum::parse(&value)
    }
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Letter {
    Vowel(Vowel),
    Consonant(Consonant),
    UnknownValue(Value),
}

union::union!(Letter {
    Vowel(Vowel): text,
    Consonant(Consonant): text,
});

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Customer {
    pub id: String,
    pub name: Option<String>,
}

impl Customer {
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            ..tables::defaults()
        }
    }
}

tables::object!(Customer {
    id,
    name?,
});

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Deleted {
    pub id: String,
    pub deleted: bool,
}

impl Deleted {
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            ..tables::defaults()
        }
    }
}

tables::object!(Deleted {
    id,
    deleted always true,
});

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Second {
    pub version: i64,
    pub id: String,
}

impl Second {
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            ..tables::defaults()
        }
    }
}

tables::object!(Second {
    version always 2,
    id,
});

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Known {
    Second(Second),
    Deleted(Deleted),
    Customer(Customer),
    UnknownValue(Value),
}

union::union!(Known {
    Second(Second): fields,
    Deleted(Deleted): fields,
    Customer(Customer): fields,
});

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
