//! [`Decode`] for the types that fields are made of.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::{Decode, Slot};

/// Types whose own `Deserialize` reads them: the value that they start from, and the type.
macro_rules! read_by_serde {
    ($($type:ty => $blank:expr,)*) => {$(
        impl Decode for $type {
            fn blank() -> Self {
                $blank
            }

            fn fill<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
                match Self::deserialize(deserializer) {
                    Ok(value) => {
                        *self = value;
                        Ok(())
                    }
                    Err(error) => Err(error),
                }
            }
        }
    )*};
}

read_by_serde! {
    String => String::new(),
    bool => false,
    f32 => 0.0,
    f64 => 0.0,
    serde_json::Map<String, serde_json::Value> => Self::new(),
}

impl Decode for serde_json::Value {
    const TAKES_NULL: bool = true;

    fn blank() -> Self {
        Self::Null
    }

    fn fill<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
        match Self::deserialize(deserializer) {
            Ok(value) => {
                *self = value;
                Ok(())
            }
            Err(error) => Err(error),
        }
    }
}

impl<T: Decode> Decode for Box<T> {
    fn blank() -> Self {
        Self::new(T::blank())
    }

    fn fill<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
        (**self).fill(deserializer)
    }
}

impl<T: Decode> Decode for Option<T> {
    const OPTIONAL: bool = true;

    fn blank() -> Self {
        None
    }

    fn fill<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
        if T::TAKES_NULL {
            self.insert(T::blank()).fill(deserializer)
        } else {
            deserializer.deserialize_option(OptionVisitor(self))
        }
    }

    fn is_left_out(&self) -> bool {
        self.is_none()
    }
}

struct OptionVisitor<'a, T>(&'a mut Option<T>);

impl<'de, T: Decode> Visitor<'de> for OptionVisitor<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E>(self) -> Result<(), E> {
        *self.0 = None;
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        *self.0 = None;
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.0.insert(T::blank()).fill(deserializer)
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }

    fn fill<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
        self.clear();
        deserializer.deserialize_seq(ListVisitor(self))
    }
}

struct ListVisitor<'a, T>(&'a mut Vec<T>);

impl<'de, T: Decode> Visitor<'de> for ListVisitor<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        loop {
            let mut item = T::blank();
            match items.next_element_seed(Slot(&mut item)) {
                Ok(Some(())) => self.0.push(item),
                Ok(None) => return Ok(()),
                Err(error) => return Err(error),
            }
        }
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    fn blank() -> Self {
        Self::new()
    }

    fn fill<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
        self.clear();
        deserializer.deserialize_map(MapVisitor(self))
    }
}

struct MapVisitor<'a, T>(&'a mut BTreeMap<String, T>);

impl<'de, T: Decode> Visitor<'de> for MapVisitor<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            super::entry(self.0, key, &mut map)?;
        }
        Ok(())
    }
}
