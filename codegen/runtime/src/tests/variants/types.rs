//! The types whose variants are told apart.

#![allow(dead_code, reason = "types have constructors as emitted ones do")]

use std::collections::BTreeMap;

use serde_json::Value;

use super::types;
use crate::runtime::{tables, union};
use crate::types::READING;

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
