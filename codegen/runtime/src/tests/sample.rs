//! Types as the generator emits them, for the tests of decoding and encoding.

mod codec;

use std::collections::BTreeMap;

use crate::{DateTime, Nullable};

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Order {
    pub id: String,
    pub status: OrderStatus,
    pub customer: Customer,
    pub created_at: Option<DateTime>,
    pub lines: Option<Vec<OrderLine>>,
    /// Required, but may be null.
    pub total: Option<f64>,
    /// Optional, and null says something else.
    pub note: Option<Nullable<String>>,
    pub priority: Option<Priority>,
    /// Any JSON, null too.
    pub meta: Option<serde_json::Value>,
    pub parent: Option<Box<Order>>,
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Customer {
    pub name: String,
    pub vip: bool,
}

/// Keeps what the schema doesn't name.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct OrderLine {
    pub sku: String,
    pub count: i64,
    pub extra: BTreeMap<String, serde_json::Value>,
}

#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum OrderStatus {
    Open,
    Shipped,
    UnknownValue(String),
}

impl PartialEq for OrderStatus {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Priority {
    Low,
    High,
    UnknownValue(i64),
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

/// A number, a boolean or an order line.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Amount {
    Number(f64),
    Boolean(bool),
    Line(OrderLine),
    UnknownValue(serde_json::Value),
}
