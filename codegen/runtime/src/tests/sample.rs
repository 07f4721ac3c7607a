//! Types as the generator emits them, for the tests of decoding and encoding.

use std::collections::BTreeMap;

use crate::runtime::tests::sample as types;
use crate::runtime::{DateTime, Nullable, tables, union};
use crate::types::READING;

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Order {
    pub id: String,
    pub status: OrderStatus,
    pub customer: Customer,
    pub created_at: Option<DateTime>,
    pub lines: Option<Vec<OrderLine>>,
    /// May be null, but is always there.
    pub total: Option<f64>,
    /// Optional, and null says something else.
    pub note: Option<Nullable<String>>,
    pub priority: Option<Priority>,
    /// Any JSON, null too.
    pub meta: Option<serde_json::Value>,
    pub parent: Option<Box<Order>>,
}

impl Order {
    pub fn new(
        id: impl Into<String>,
        status: impl Into<OrderStatus>,
        customer: Customer,
        total: Option<f64>,
    ) -> Self {
        Self {
            id: id.into(),
            status: status.into(),
            customer,
            total,
            ..tables::defaults()
        }
    }

    pub fn lines(mut self, lines: impl Into<Vec<OrderLine>>) -> Self {
        self.lines = Some(lines.into());
        self
    }

    pub fn note(mut self, note: impl Into<Nullable<String>>) -> Self {
        self.note = Some(note.into());
        self
    }

    pub fn priority(mut self, priority: impl Into<Priority>) -> Self {
        self.priority = Some(priority.into());
        self
    }

    pub fn parent(mut self, parent: impl Into<Order>) -> Self {
        self.parent = Some(Box::new(parent.into()));
        self
    }
}

tables::object!(Order {
    id,
    status,
    customer,
    created_at?,
    lines?,
    total,
    note?,
    priority?,
    meta?,
    parent?,
});

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Customer {
    pub name: String,
    pub vip: bool,
}

impl Customer {
    pub fn new(name: impl Into<String>, vip: bool) -> Self {
        Self {
            name: name.into(),
            vip,
        }
    }
}

tables::object!(Customer { name, vip });

/// Keeps what the schema doesn't name.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct OrderLine {
    pub sku: String,
    pub count: i64,
    pub extra: BTreeMap<String, serde_json::Value>,
}

impl OrderLine {
    pub fn new(sku: impl Into<String>, count: i64) -> Self {
        Self {
            sku: sku.into(),
            count,
            ..tables::defaults()
        }
    }
}

tables::object!(OrderLine {
    sku,
    count,
    ..extra
});

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum OrderStatus {
    Open,
    Shipped,
    UnknownValue(String),
}

tables::string_enum!(OrderStatus {
    Open = "OPEN",
    Shipped = "SHIPPED",
});

impl From<&str> for OrderStatus {
    fn from(value: &str) -> Self {
        tables::OpenEnum::parse(value)
    }
}

impl From<String> for OrderStatus {
    fn from(value: String) -> Self {
        tables::OpenEnum::parse(&value)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Priority {
    Low,
    High,
    UnknownValue(i64),
}

tables::integer_enum!(Priority {
    Low = 1,
    High = 2,
});

impl From<i64> for Priority {
    fn from(value: i64) -> Self {
        tables::OpenInteger::parse(value)
    }
}

/// A string, an integer, or a list of customers.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Place {
    Text(String),
    Integer(i64),
    Customers(Vec<Customer>),
    UnknownValue(serde_json::Value),
}

union::union!(Place {
    Text(String): string,
    Integer(i64): integer,
    Customers(Vec<Customer>): array,
});

/// A number, a boolean or an order line.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Amount {
    Number(f64),
    Boolean(bool),
    Line(OrderLine),
    UnknownValue(serde_json::Value),
}

union::union!(Amount {
    Number(f64): number,
    Boolean(bool): boolean,
    Line(OrderLine): object,
});
