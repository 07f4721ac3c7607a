//! The machinery of the sample, as the generator emits it.

use crate::tests::sample as types;
use crate::{tables, union};

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

union::union!(types::Place {
    Text(String): string,
    Integer(i64): integer,
    Customers(Vec<types::Customer>): array,
});

union::union!(types::Amount {
    Number(f64): number,
    Boolean(bool): boolean,
    Line(types::OrderLine): object,
});
