//! Fields that can be omitted, cleared or set.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::decode::{Decode, Fault, Hint, Input};
use super::tables;

/// A nullable value, where `null` and an omitted field mean different things.
///
/// Fields of requests have the type `Option<Nullable<T>>`:
///
/// | Field | Sent as | Usual meaning |
/// |---|---|---|
/// | `None` | omitted | leave unchanged |
/// | `Some(Nullable::Null)` | `null`; an empty value in a form | clear |
/// | `Some(Nullable::Value(value))` | the value | set |
///
/// A `T` converts into a `Nullable<T>` with `into()`, and so does an `Option<T>`, whose `None` becomes
/// `Null`. An array of items converts into a nullable list, one of pairs into a nullable map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nullable<T> {
    /// `null`.
    Null,
    /// A value.
    Value(T),
}

impl<T> Nullable<T> {
    /// Returns whether the value is null.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Converts into a reference to the value.
    pub const fn as_ref(&self) -> Nullable<&T> {
        match self {
            Self::Null => Nullable::Null,
            Self::Value(value) => Nullable::Value(value),
        }
    }

    /// Converts into the value, or `None` if it is null.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl From<&str> for Nullable<String> {
    fn from(value: &str) -> Self {
        Self::Value(value.to_owned())
    }
}

impl<I: Into<T>, T, const N: usize> From<[I; N]> for Nullable<Vec<T>> {
    fn from(items: [I; N]) -> Self {
        Self::Value(items.into_iter().map(Into::into).collect())
    }
}

impl<K, I, V, const N: usize> From<[(K, I); N]> for Nullable<BTreeMap<String, V>>
where
    K: Into<String>,
    I: Into<V>,
{
    fn from(entries: [(K, I); N]) -> Self {
        Self::Value(tables::entries(entries))
    }
}

impl<K, I, V, S> From<HashMap<K, I, S>> for Nullable<BTreeMap<String, V>>
where
    K: Into<String>,
    I: Into<V>,
{
    fn from(entries: HashMap<K, I, S>) -> Self {
        Self::Value(tables::entries(entries))
    }
}

impl<T> From<Option<T>> for Nullable<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl<T> From<Nullable<T>> for Option<T> {
    fn from(value: Nullable<T>) -> Self {
        value.into_option()
    }
}

impl<T: Serialize> Serialize for Nullable<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_none(),
            // Not `serialize_some`: some formats would serialize a value and an option of that value
            // differently.
            Self::Value(value) => value.serialize(serializer),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Nullable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::from)
    }
}

/// An optional field that may be null, which differs from an omitted one.
impl<T: Decode> Decode for Option<Nullable<T>> {
    const HAS_FLOATS: bool = T::HAS_FLOATS;
    const HINT: &'static Hint = Option::<T>::HINT;

    fn is_finite(&self) -> bool {
        match self {
            Some(Nullable::Value(value)) => value.is_finite(),
            _ => true,
        }
    }

    fn blank() -> Self {
        None
    }

    fn put(&mut self, found: Input<'_>) -> Result<(), Fault> {
        if matches!(found, Input::Absent) {
            *self = None;
            return Ok(());
        }
        let mut value: Option<T> = None;
        match value.put(found) {
            Ok(()) => {
                *self = Some(Nullable::from(value));
                Ok(())
            }
            Err(fault) => Err(fault),
        }
    }

    fn is_left_out(&self) -> bool {
        self.is_none()
    }
}
