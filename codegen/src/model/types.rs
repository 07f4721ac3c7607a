//! Types: what a schema means in Rust, without saying how Rust spells it.

use crate::names::Ident;

use super::{Constant, Docs, Union};

/// Index of a [`TypeDef`] in [`super::Api::types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub usize);

/// A module of types.
#[derive(Clone, Debug)]
pub struct Module {
    /// Name of the file.
    pub name: Ident,
    /// What its types have in common.
    pub docs: Docs,
    /// In the document's order.
    pub types: Vec<TypeId>,
    /// The Cargo feature that it is compiled with, where not always.
    pub feature: Option<String>,
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// Text.
    String,
    /// `true` or `false`.
    Bool,
    /// Whole number of 64 bits.
    I64,
    /// Whole number of 64 bits, not negative.
    U64,
    /// Whole number of 128 bits.
    I128,
    /// Any other number.
    F64,
    /// A number with all its digits.
    Decimal,
    /// Point in time, kept as it was written.
    DateTime,
    /// Day of the calendar, kept as it was written.
    Date,
    /// Bytes in Base64, kept as they were written.
    Base64,
    /// Bytes in base64url, kept as they were written.
    Base64Url,
    /// Any JSON value.
    Value,
    /// List.
    Array(Box<Type>),
    /// Object whose keys are data.
    Map(Box<Type>),
    /// A value or `null`, as an item of a list or map.
    Nullable(Box<Type>),
    /// A type of the API.
    Named(TypeId),
}

/// A type of the API.
#[derive(Clone, Debug)]
pub struct TypeDef {
    /// Its name.
    pub name: Ident,
    /// JSON pointer of the schema it was made from.
    pub pointer: String,
    /// Documentation.
    pub docs: Docs,
    /// What it looks like.
    pub shape: Shape,
    /// In what calls send or answer it occurs.
    pub usage: Usage,
}

/// In what a type occurs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// In something that is sent.
    pub sent: bool,
    /// In something that is received.
    pub received: bool,
}

/// What a type looks like.
#[derive(Clone, Debug)]
pub enum Shape {
    /// An object with fields.
    Struct(Struct),
    /// One of some texts; others are kept too.
    TextEnum(Vec<Variant<String>>),
    /// One of some whole numbers; others are kept too.
    IntegerEnum(Vec<Variant<i64>>),
    /// One of some types.
    Union(Union),
    /// Another name for a type.
    Alias(Type),
    /// A type of its own around another, where an alias would lead back to itself.
    Newtype(Type),
}

/// An object with fields.
#[derive(Clone, Debug, Default)]
pub struct Struct {
    /// In the document's order.
    pub fields: Vec<Field>,
    /// What else it holds, where that is kept.
    pub rest: Option<Rest>,
    /// Name of the struct of required fields that `new` takes, where there are too many of them
    /// to be told apart by their positions.
    pub parts: Option<Ident>,
}

/// The field of a struct that holds what its other fields have no place for.
#[derive(Clone, Debug)]
pub struct Rest {
    /// Its name.
    pub name: Ident,
    /// Its type: a map.
    pub ty: Type,
    /// What the document says about the values; empty if nothing.
    pub values: String,
}

/// A field of a struct.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: Ident,
    /// Its name on the wire.
    pub wire: String,
    /// Its type, absence and `null` left aside.
    pub ty: Type,
    /// Whether it is always there.
    pub required: bool,
    /// Whether it can be `null`.
    pub nullable: bool,
    /// Which ways it goes.
    pub access: Access,
    /// The one value that it can have, where the document lists no other: nobody is asked for it.
    pub constant: Option<Constant>,
    /// Whether it has to be boxed, being part of a cycle.
    pub boxed: bool,
    /// Documentation.
    pub docs: Docs,
}

/// Which ways a field goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Access {
    /// It is sent and received.
    #[default]
    Both,
    /// It is in answers, and nothing that a request has to have.
    ReadOnly,
    /// It is in requests, and nothing that an answer has to have.
    WriteOnly,
}

impl Field {
    /// Whether a struct can't be made without a value for it.
    pub fn is_asked_for(&self) -> bool {
        self.required && self.constant.is_none()
    }

    /// Whether absence, `null` and a value are three things to say: in what is sent they are.
    pub fn is_three_state(&self, usage: Usage) -> bool {
        usage.sent && self.nullable && !self.required && self.access != Access::ReadOnly
    }
}

/// A value of an enum.
#[derive(Clone, Debug)]
pub struct Variant<T> {
    /// Its name.
    pub name: Ident,
    /// On the wire.
    pub value: T,
    /// Documentation.
    pub docs: Docs,
}
