//! The machinery of the sample, as the generator emits it.

use serde::de::MapAccess;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Customer, Order, OrderLine, OrderStatus, Priority};
use crate::argument::Scalar;
use crate::decode::{self, Decode, Object, OpenObject, blank};
use crate::encode;
use crate::open_enum::{OpenEnum, OpenInteger};
use crate::tests::sample as types;
use crate::union;

impl Decode for Order {
    fn blank() -> Self {
        Self {
            id: blank(),
            status: blank(),
            customer: blank(),
            created_at: blank(),
            lines: blank(),
            total: blank(),
            note: blank(),
            priority: blank(),
            meta: blank(),
            parent: blank(),
        }
    }

    fn fill<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
        decode::object(self, deserializer)
    }
}

impl Object for Order {
    const NAME: &'static str = "Order";
    const FIELDS: &'static [&'static str] = &[
        "id",
        "status",
        "customer",
        "created_at",
        "lines",
        "total",
        "note",
        "priority",
        "meta",
        "parent",
    ];
    const REQUIRED: &'static [usize] = &[0, 1, 2, 5];

    fn put<'de, A: MapAccess<'de>>(&mut self, field: usize, map: &mut A) -> Result<(), A::Error> {
        match field {
            0 => decode::value(&mut self.id, map),
            1 => decode::value(&mut self.status, map),
            2 => decode::value(&mut self.customer, map),
            3 => decode::value(&mut self.created_at, map),
            4 => decode::value(&mut self.lines, map),
            5 => decode::value(&mut self.total, map),
            6 => decode::value(&mut self.note, map),
            7 => decode::value(&mut self.priority, map),
            8 => decode::any(&mut self.meta, map),
            _ => decode::value(&mut self.parent, map),
        }
    }
}

impl<'de> Deserialize<'de> for Order {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        decode::read(deserializer)
    }
}

impl Serialize for Order {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = encode::Object::new(serializer)?;
        object.required("id", &self.id)?;
        object.required("status", &self.status)?;
        object.required("customer", &self.customer)?;
        object.optional("created_at", self.created_at.as_ref())?;
        object.optional("lines", self.lines.as_ref())?;
        object.required("total", &self.total)?;
        object.optional("note", self.note.as_ref())?;
        object.optional("priority", self.priority.as_ref())?;
        object.optional("meta", self.meta.as_ref())?;
        object.optional("parent", self.parent.as_ref())?;
        object.end()
    }
}

impl Decode for Customer {
    fn blank() -> Self {
        Self {
            name: blank(),
            vip: blank(),
        }
    }

    fn fill<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
        decode::object(self, deserializer)
    }
}

impl Object for Customer {
    const NAME: &'static str = "Customer";
    const FIELDS: &'static [&'static str] = &["name", "vip"];
    const REQUIRED: &'static [usize] = &[0, 1];

    fn put<'de, A: MapAccess<'de>>(&mut self, field: usize, map: &mut A) -> Result<(), A::Error> {
        match field {
            0 => decode::value(&mut self.name, map),
            _ => decode::value(&mut self.vip, map),
        }
    }
}

impl<'de> Deserialize<'de> for Customer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        decode::read(deserializer)
    }
}

impl Serialize for Customer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = encode::Object::new(serializer)?;
        object.required("name", &self.name)?;
        object.required("vip", &self.vip)?;
        object.end()
    }
}

impl Decode for OrderLine {
    fn blank() -> Self {
        Self {
            sku: blank(),
            count: blank(),
            extra: blank(),
        }
    }

    fn fill<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
        decode::object(self, deserializer)
    }
}

impl Object for OrderLine {
    const NAME: &'static str = "OrderLine";
    const FIELDS: &'static [&'static str] = &["sku", "count"];
    const REQUIRED: &'static [usize] = &[0, 1];

    fn put<'de, A: MapAccess<'de>>(&mut self, field: usize, map: &mut A) -> Result<(), A::Error> {
        match field {
            0 => decode::value(&mut self.sku, map),
            _ => decode::value(&mut self.count, map),
        }
    }

    fn members<'de, A: MapAccess<'de>>(&mut self, map: A) -> Result<(), A::Error> {
        decode::open_members(self, map)
    }
}

impl OpenObject for OrderLine {
    fn extra<'de, A: MapAccess<'de>>(&mut self, key: String, map: &mut A) -> Result<(), A::Error> {
        decode::entry(&mut self.extra, key, map)
    }
}

impl<'de> Deserialize<'de> for OrderLine {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        decode::read(deserializer)
    }
}

impl Serialize for OrderLine {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = encode::Object::new(serializer)?;
        object.required("sku", &self.sku)?;
        object.required("count", &self.count)?;
        object.extra(Self::FIELDS, &self.extra)?;
        object.end()
    }
}

impl OpenEnum for OrderStatus {
    const NAME: &'static str = "OrderStatus";

    fn as_str(&self) -> &str {
        self.as_str()
    }
}

impl Decode for OrderStatus {
    fn blank() -> Self {
        Self::UnknownValue(blank())
    }

    fn fill<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
        decode::text(self, deserializer)
    }
}

impl<'de> Deserialize<'de> for OrderStatus {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        decode::read(deserializer)
    }
}

impl Serialize for OrderStatus {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl OpenInteger for Priority {
    const NAME: &'static str = "Priority";
}

impl Decode for Priority {
    fn blank() -> Self {
        Self::UnknownValue(blank())
    }

    fn fill<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
        decode::integer(self, deserializer)
    }
}

impl<'de> Deserialize<'de> for Priority {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        decode::read(deserializer)
    }
}

impl Serialize for Priority {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.value())
    }
}

impl Scalar for Priority {
    fn into_text(self) -> String {
        self.value().to_string()
    }
}

union::union!(types::Place {
    Text(String): string,
    Integer(i64): integer,
    Customers(Vec<Customer>): array,
});

union::union!(types::Amount {
    Number(f64): number,
    Boolean(bool): boolean,
    Line(OrderLine): object,
});
