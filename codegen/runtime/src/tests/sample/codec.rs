//! The machinery of the sample, as the generator emits it.

use serde::de::{MapAccess, SeqAccess};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Amount, Place};
use crate::decode::{self, Decode, blank};
use crate::tables;
use crate::tests::sample as types;
use crate::union::{self, Union};

tables::object!(types::Order {
    required id: "id",
    required status: "status",
    required customer: "customer",
    optional created_at: "created_at",
    optional lines: "lines",
    required total: "total",
    optional note: "note",
    optional priority: "priority",
    any meta: "meta",
    optional parent: "parent",
});

tables::object!(types::Customer {
    required name: "name",
    required vip: "vip",
});

tables::object!(types::OrderLine {
    required sku: "sku",
    required count: "count",
    ..extra
});

tables::text_enum!(types::OrderStatus {
    Open: "OPEN",
    Shipped: "SHIPPED",
});

tables::integer_enum!(types::Priority { Low: 1, High: 2 });

impl Union for Place {
    fn unknown(value: serde_json::Value) -> Self {
        Self::UnknownValue(value)
    }

    fn text(value: String) -> Result<Self, String> {
        Ok(Self::Text(value))
    }

    fn integer(value: i64) -> Option<Self> {
        Some(Self::Integer(value))
    }

    fn array<'de, A: SeqAccess<'de>>(items: A) -> Result<Self, A::Error> {
        decode::from_seq(items).map(Self::Customers)
    }
}

impl Decode for Place {
    fn blank() -> Self {
        Self::UnknownValue(blank())
    }

    fn fill<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
        union::union(self, deserializer)
    }
}

impl<'de> Deserialize<'de> for Place {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        decode::read(deserializer)
    }
}

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(value) => value.serialize(serializer),
            Self::Integer(value) => value.serialize(serializer),
            Self::Customers(value) => value.serialize(serializer),
            Self::UnknownValue(value) => value.serialize(serializer),
        }
    }
}

impl Union for Amount {
    fn unknown(value: serde_json::Value) -> Self {
        Self::UnknownValue(value)
    }

    fn boolean(value: bool) -> Option<Self> {
        Some(Self::Boolean(value))
    }

    fn number(value: f64) -> Option<Self> {
        Some(Self::Number(value))
    }

    fn object<'de, A: MapAccess<'de>>(members: A) -> Result<Self, A::Error> {
        decode::from_map(members).map(Self::Line)
    }
}

impl Decode for Amount {
    fn blank() -> Self {
        Self::UnknownValue(blank())
    }

    fn fill<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
        union::union(self, deserializer)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        decode::read(deserializer)
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(value) => value.serialize(serializer),
            Self::Boolean(value) => value.serialize(serializer),
            Self::Line(value) => value.serialize(serializer),
            Self::UnknownValue(value) => value.serialize(serializer),
        }
    }
}
