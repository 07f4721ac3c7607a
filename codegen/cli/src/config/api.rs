//! Operations and types.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::parts::{Attribute, Reading};
use super::{tables, words};

tables! {
    /// `[operations.KEY]`.
    pub struct Operation {
        /// Name of the method.
        pub name: Option<String>,
        /// The resource of the method; `client` for the client itself.
        pub resource: Option<String>,
        /// Whether the operation is omitted.
        pub skip: bool,
        /// Timeout of one attempt, in seconds.
        pub timeout: Option<f64>,
        /// Number of retries.
        pub max_retries: Option<u32>,
        /// Parameters by their names, or as `query:NAME` where two have the same name.
        pub parameters: IndexMap<String, Parameter>,
        /// Pagination; missing keys are inferred from the response.
        pub pages: Pages,
    }

    /// `[operations.KEY.parameters.NAME]`.
    pub struct Parameter {
        /// Name of the argument or setter.
        pub name: Option<String>,
        /// The value that is sent unless another one is set.
        pub default: Option<ParameterValue>,
        /// Whether there is no setter.
        pub skip: bool,
    }

    /// `[pages]` and `[operations.KEY.pages]`.
    pub struct Pages {
        /// What leads to the next page.
        pub by: Option<PagesBy>,
        /// The query parameter that a page is requested with.
        pub parameter: Option<String>,
        /// Dotted path of the token or URL in a page, or of the token in an item.
        pub next: Option<String>,
        /// The response header with the page token, instead of `next`.
        pub next_header: Option<String>,
        /// The boolean query parameter without which responses have no token.
        pub switch: Option<String>,
        /// Dotted path of the array; empty if the response is the array.
        pub items: Option<String>,
        /// Dotted path of a boolean: whether there are more pages.
        pub more: Option<String>,
        /// Dotted path of a boolean: whether this is the last page.
        pub done: Option<String>,
        /// Number or offset of the first page.
        pub first: Option<i64>,
        /// Dotted path of the number of pages.
        pub total_pages: Option<String>,
        /// Dotted path of the number of items of all pages.
        pub total_items: Option<String>,
    }

    /// `[types]`.
    pub struct Types {
        /// Whether structs keep additional properties in `unknown_fields`.
        pub keep_unknown_fields: Option<bool>,
        /// Whether types that no operation and no webhook uses are generated.
        pub keep_unused: Option<bool>,
        /// How deviations of responses from the description are treated.
        pub reading: Option<Reading>,
        /// Derives of all types that support them.
        pub derive: Vec<Attribute>,
        /// Schemas by their names or JSON pointers.
        #[serde(flatten)]
        pub schemas: IndexMap<String, Type>,
    }

    /// `[types.SCHEMA]`.
    pub struct Type {
        /// Name of the type.
        pub name: Option<String>,
        /// Whether the struct keeps additional properties.
        pub keep_unknown_fields: Option<bool>,
        /// `type`: path of a type that replaces the generated one.
        #[serde(rename = "type")]
        pub path: Option<String>,
        /// Path of the function that returns the value of a missing required field.
        pub blank: Option<String>,
        /// Derives of the type.
        pub derive: Vec<Attribute>,
        /// Attributes of the type, without `#[` and `]`.
        pub attributes: Vec<Attribute>,
        /// Properties by their names.
        pub fields: IndexMap<String, Field>,
        /// Values of an enum.
        pub values: IndexMap<String, EnumValue>,
    }

    /// `[types.SCHEMA.fields.PROPERTY]`.
    pub struct Field {
        /// Name of the field.
        pub name: Option<String>,
        /// Whether it always has a value.
        pub required: Option<bool>,
        /// `type`: path of the type of the field.
        #[serde(rename = "type")]
        pub path: Option<String>,
        /// Path of the function that returns the value of a missing required field.
        pub blank: Option<String>,
        /// Whether the struct has no field for it.
        pub skip: bool,
    }

    /// `[types.SCHEMA.values.VALUE]`.
    pub struct EnumValue {
        /// Name of the variant.
        pub name: Option<String>,
    }

    /// `[[waiters]]`. Operation, field and done are required.
    pub struct Waiter {
        /// The resource of the method; that of `operation` without it.
        pub resource: Option<String>,
        /// Name of the method; `wait` without it.
        pub name: Option<String>,
        /// The operation that is polled.
        pub operation: String,
        /// The operation that creates what is polled.
        pub start: Option<String>,
        /// Dotted path of the state in the response.
        pub field: String,
        /// States that mean success.
        pub done: Vec<ParameterValue>,
        /// States that mean failure.
        pub failed: Vec<ParameterValue>,
        /// Seconds of the first pause between two polls; 1 without it.
        pub interval: Option<f64>,
        /// Seconds of all polls together; an hour without it.
        pub timeout: Option<f64>,
    }
}

/// A value of a parameter, or a state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ParameterValue {
    /// A boolean.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Number(f64),
    /// A string.
    String(String),
}

words! {
    /// What leads to the next page.
    pub enum PagesBy {
        /// A token.
        Token,
        /// A token in the last item.
        Item,
        /// A number of the page.
        Page,
        /// An offset.
        Offset,
        /// A `Link` header.
        Link,
        /// A URL.
        Url,
        /// Nothing: there is no pagination.
        None,
    }
}
