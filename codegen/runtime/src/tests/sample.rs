//! Types as the generator emits them, for the tests of decoding and encoding.

use std::collections::BTreeMap;

use crate::{DateTime, Nullable};
use crate::{tables, union};

tables::object! {
    pub struct Order {
        pub id: String,
        pub status: OrderStatus,
        pub customer: Customer,
        pub created_at: Option<DateTime>,
        pub lines: Option<Vec<OrderLine>>,
        /// May be null, but is always there.
        pub total: Option<f64> = required,
        /// Optional, and null says something else.
        pub note: Option<Nullable<String>>,
        pub priority: Option<Priority>,
        /// Any JSON, null too.
        pub meta: Option<serde_json::Value>,
        pub parent: Option<Box<Order>>,
    }
    new(
        id: impl Into<String>, status: impl Into<OrderStatus>, customer: Customer, total: Option<f64>
    )
    set(
        lines: impl Into<Vec<OrderLine>>, note: impl Into<Nullable<String>>,
        priority: impl Into<Priority>, parent: impl Into<Order>
    )
}

tables::object! {
    pub struct Customer {
        pub name: String,
        pub vip: bool,
    }
    new(name: impl Into<String>, vip: bool)
}

tables::object! {
    /// Keeps what the schema doesn't name.
    pub struct OrderLine {
        pub sku: String,
        pub count: i64,
        ..extra: BTreeMap<String, serde_json::Value>
    }
    new(sku: impl Into<String>, count: i64)
}

tables::text_enum! {
    pub enum OrderStatus {
        Open = "OPEN",
        Shipped = "SHIPPED",
    }
}

tables::integer_enum! {
    pub enum Priority {
        Low = 1,
        High = 2,
    }
}

union::union! {
    /// A string, an integer, or a list of customers.
    pub enum Place {
        Text(String): string,
        Integer(i64): integer,
        Customers(Vec<Customer>): array,
    }
}

union::union! {
    /// A number, a boolean or an order line.
    pub enum Amount {
        Number(f64): number,
        Boolean(bool): boolean,
        Line(OrderLine): object,
    }
}
