//! Structs.

/// The table of a struct that is a JSON object.
///
/// Each line is a field, in the order in which fields are written. `?` marks an optional one, which is
/// left out where it is `None`. `= "name"` is what the field is serialized as, where that isn't its
/// name here. `always "text"` is the value that constructors give it. `..field` is the map of additional
/// properties.
#[doc(hidden)]
#[macro_export]
macro_rules! object {
    (@put $found:ident $places:tt) => {
        $found.fields(Self::HINT, &mut $places)
    };
    (@put $found:ident $places:tt $rest:expr) => {
        $found.fields_and_rest(Self::HINT, &mut $places, $rest)
    };

    (@write $serializer:ident $parts:tt) => {
        tables::encode::object($serializer, <Self as tables::Decode>::HINT, &$parts)
    };
    (@write $serializer:ident $parts:tt $rest:expr) => {
        tables::encode::object_and_rest(
            $serializer,
            <Self as tables::Decode>::HINT,
            &$parts,
            $rest,
        )
    };

    // What stands behind `@` is never given: only a variable can say that there was a `?`.
    (
        $type:ident {
            $(
                $field:ident $(? $(@ $optional:ident)?)? $(= $wire:literal)?
                $(always $constant:literal)?
            ),*
            $(,)?
            $(..$rest:ident)?
        }
    ) => {
        impl tables::Decode for types::$type {
            const HINT: &'static tables::Hint = &tables::Hint::object(
                stringify!($type),
                &[$(
                    tables::Field::required(stringify!($field))
                        $(.optional() $($optional)?)?
                        $(.serialized_as($wire))?
                        $(.always(tables::Literal($constant).constant()))?
                ),*],
            );

            fn blank() -> Self {
                Self {
                    $($field: tables::blank(),)*
                    $($rest: tables::blank(),)?
                }
            }

            fn put(&mut self, found: tables::Input<'_>) -> ::std::result::Result<(), tables::Fault> {
                tables::object!(@put found [$(&mut self.$field),*] $(&mut self.$rest)?)
            }
        }

        tables::deserialize!($type);
        tables::unwind_safe!($type);

        impl tables::Serialize for types::$type {
            fn serialize<S: tables::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                tables::object!(@write serializer [$(&self.$field),*] $(&self.$rest)?)
            }
        }
    };
}

/// The table of a struct around one value, which is serialized as that value is.
#[doc(hidden)]
#[macro_export]
macro_rules! newtype {
    ($type:ident($inner:ty)) => {
        impl tables::Decode for types::$type {
            const HINT: &'static tables::Hint = <$inner as tables::Decode>::HINT;

            fn blank() -> Self {
                Self(tables::blank())
            }

            fn put(
                &mut self,
                found: tables::Input<'_>,
            ) -> ::std::result::Result<(), tables::Fault> {
                tables::Decode::put(&mut self.0, found)
            }
        }

        tables::deserialize!($type);
        tables::unwind_safe!($type);

        impl tables::Serialize for types::$type {
            fn serialize<S: tables::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                tables::encode::finite(&self.0, serializer)
            }
        }
    };
}

pub use {newtype, object};
