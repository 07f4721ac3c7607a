//! Types whose variants are told apart by the values of their fields.

#![allow(dead_code, reason = "types have constructors as emitted ones do")]

use serde_json::Value;

use super::values as types;
use crate::runtime::{tables, union};
use crate::types::READING;

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
