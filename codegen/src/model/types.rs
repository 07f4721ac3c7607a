//! Types: what a schema means in Rust, without saying how Rust spells it.

use crate::names::Ident;

use super::{Constant, Docs, JsonKind, Union};

/// Index of a [`TypeDef`] in [`super::Api::types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub usize);

/// A module of types.
#[derive(Clone, Debug)]
pub struct Module {
    /// Name of the file.
    pub name: Ident,
    /// Documentation of the module.
    pub docs: Docs,
    /// Its types, in the order of the description.
    pub types: Vec<TypeId>,
    /// The Cargo feature that it is compiled with, where not always.
    pub feature: Option<String>,
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// A JSON string.
    String,
    /// `true` or `false`.
    Bool,
    /// A 64-bit integer.
    I64,
    /// An unsigned 64-bit integer.
    U64,
    /// A 128-bit integer.
    I128,
    /// Any other number.
    F64,
    /// A number that keeps all its digits.
    Decimal,
    /// `format: date-time`, kept as it was received.
    DateTime,
    /// `format: date`, kept as it was received.
    Date,
    /// A string in Base64, kept as it was received.
    Base64,
    /// A string in base64url, kept as it was received.
    Base64Url,
    /// Any JSON value.
    Value,
    /// An array of this item type.
    Array(Box<Type>),
    /// An object with `additionalProperties` of this type, and no others.
    Map(Box<Type>),
    /// A value or `null`, as an item of an array or a map.
    Nullable(Box<Type>),
    /// A type of the API.
    Named(TypeId),
    /// A type of another crate, or one that is written by hand.
    External(Box<External>),
}

/// A type of another crate, or one that is written by hand, in place of what a schema would become.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct External {
    /// Its path, as in `uuid::Uuid` or `crate::custom::Money`.
    pub path: String,
    /// Path of the function that makes the value of a missing required field, where that isn't the type's
    /// `Default`.
    pub blank: Option<String>,
    /// The kind of its JSON values; any where it isn't known.
    pub kind: Option<JsonKind>,
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
    /// What kind of type it is.
    pub shape: Shape,
    /// Whether requests or responses contain it.
    pub usage: Usage,
    /// Derives beside those that types of its kind have, by their paths.
    pub derives: Vec<Attribute>,
    /// Attributes beside those that types of its kind have.
    pub attributes: Vec<Attribute>,
}

/// A derive or an attribute that the configuration gives to a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// The path of a derive macro, or an attribute without `#[` and `]`.
    pub text: String,
    /// The Cargo feature that it takes, where it isn't there always.
    pub feature: Option<String>,
}

/// The derives of the prelude that not all types have.
pub const STANDARD_DERIVES: [&str; 6] = ["Eq", "PartialOrd", "Ord", "Hash", "Copy", "Default"];

/// Whether requests or responses contain a type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// A request contains it.
    pub sent: bool,
    /// A response contains it.
    pub received: bool,
}

/// The kinds of types.
#[derive(Clone, Debug)]
pub enum Shape {
    /// An object with fields.
    Struct(Struct),
    /// An open enum of strings.
    StringEnum(Vec<Variant<String>>),
    /// An open enum of integers.
    IntegerEnum(Vec<Variant<i64>>),
    /// A union.
    Union(Union),
    /// Another name for a type.
    Alias(Type),
    /// A type of its own around another, where an alias would lead back to itself.
    Newtype(Type),
}

/// An object with fields.
#[derive(Clone, Debug, Default)]
pub struct Struct {
    /// Its properties, in the order of the description.
    pub fields: Vec<Field>,
    /// Additional properties, if they are kept.
    pub rest: Option<Rest>,
    /// Name of the struct of required fields that `new` takes, where there are too many of them
    /// to be told apart by their positions.
    pub parts: Option<Ident>,
}

/// The field of a struct for additional properties.
#[derive(Clone, Debug)]
pub struct Rest {
    /// Its name.
    pub name: Ident,
    /// Its type: a map.
    pub ty: Type,
    /// `description` of the schema in `additionalProperties`; empty if there is none.
    pub values: String,
}

/// A field of a struct.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: Ident,
    /// Its name on the wire.
    pub wire: String,
    /// Its type, apart from absence and `null`.
    pub ty: Type,
    /// Whether it is in `required`.
    pub required: bool,
    /// Whether `null` is allowed.
    pub nullable: bool,
    /// `readOnly` or `writeOnly`.
    pub access: Access,
    /// The only value that the schema allows (`const`, or an `enum` of one): `new` doesn't take it.
    pub constant: Option<Constant>,
    /// Whether it has to be boxed, being part of a cycle.
    pub boxed: bool,
    /// Documentation.
    pub docs: Docs,
}

/// `readOnly` and `writeOnly` of a property (OpenAPI 3.0.3, "Schema Object").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Access {
    /// Neither: requests and responses contain it.
    #[default]
    Both,
    /// `readOnly`: responses contain it, and requests needn't.
    ReadOnly,
    /// `writeOnly`: requests contain it, and responses needn't.
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
    /// Its value on the wire.
    pub value: T,
    /// Documentation.
    pub docs: Docs,
}
