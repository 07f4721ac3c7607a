//! Structs.

/// A struct that is a JSON object.
///
/// A field whose type is an `Option` may be left out, others must be there; `= required` marks an
/// `Option` that is `null` instead. `= "name"` is the field's name on the wire, where that isn't its
/// name here. `= always "text"`, or `= always "text" as "name"`, is a text that nobody is asked for.
/// `..rest` is the map of members that are not named.
///
/// `new` has what must be given, either one by one or, where there is too much for that, as the
/// fields of a struct of its own: `new(PetParts { name: String, .. })`; it isn't there where nothing
/// must be given. `set` has the arguments of setters.
macro_rules! object {
    (@wire $field:ident) => { stringify!($field) };
    (@wire $field:ident required) => { stringify!($field) };
    (@wire $field:ident required $wire:literal) => { $wire };
    (@wire $field:ident always $value:literal) => { stringify!($field) };
    (@wire $field:ident always $value:literal as $wire:literal) => { $wire };
    (@wire $field:ident $wire:literal) => { $wire };

    (@start $new:ident $field:ident always $value:literal $(as $wire:literal)?) => {
        $new.$field = ::std::string::String::from($value);
    };
    (@start $new:ident $field:ident $($how:tt)*) => {};

    (@field $ty:ty, $field:ident required $($wire:literal)?) => {
        tables::Field::required(tables::object!(@wire $field required $($wire)?))
    };
    (@field $ty:ty, $field:ident $($how:tt)*) => {
        tables::Field::of::<$ty>(tables::object!(@wire $field $($how)*))
    };

    (@write $object:ident $value:expr, $field:ident required $($wire:literal)?) => {
        $object.required(tables::object!(@wire $field required $($wire)?), $value)
    };
    (@write $object:ident $value:expr, $field:ident $($how:tt)*) => {
        $object.field(tables::object!(@wire $field $($how)*), $value)
    };

    (@new $type:ident) => {
        impl $type {
            #[doc = concat!("Makes a `", stringify!($type), "` with every field left out.")]
            #[must_use]
            pub fn new() -> Self {
                tables::start()
            }
        }

        impl ::std::default::Default for $type {
            fn default() -> Self {
                tables::start()
            }
        }
    };
    (@new $type:ident $parts:ident { $($field:ident: $ty:ty),* $(,)? }) => {
        #[doc = concat!("The required fields of a [`", stringify!($type), "`], for [`", stringify!($type), "::new`].")]
        #[derive(Clone, Debug, PartialEq)]
        pub struct $parts {
            $(
                #[doc = concat!("See [`", stringify!($type), "::", stringify!($field), "`].")]
                pub $field: $ty,
            )*
        }

        impl $type {
            #[doc = concat!("Makes a `", stringify!($type), "` of its required fields, each given by its name; all others are left out.")]
            #[must_use]
            pub fn new(parts: $parts) -> Self {
                let mut new: Self = tables::start();
                $(new.$field = parts.$field;)*
                new
            }
        }
    };
    (@new $type:ident $($field:ident: $ty:ty),* $(,)?) => {
        impl $type {
            #[doc = concat!("Makes a `", stringify!($type), "` of its required fields; all others are left out.")]
            #[must_use]
            pub fn new($($field: $ty),*) -> Self {
                let mut new: Self = tables::start();
                $(new.$field = tables::given($field);)*
                new
            }
        }
    };

    (
        $(#[$about:meta])*
        pub struct $type:ident {
            $($(#[$meta:meta])* pub $field:ident: $ty:ty $(= $how:tt $($wire:literal $(as $name:literal)?)?)?,)*
            $(..$rest:ident: $rest_ty:ty)?
        }
        $(new($($new:tt)*))?
        $(set($($set:ident: $set_ty:ty),* $(,)?))?
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq)]
        #[allow(missing_docs, reason = "the description of the API says nothing of some")]
        #[non_exhaustive]
        pub struct $type {
            $($(#[$meta])* pub $field: $ty,)*
            $(
                /// Members that have no field of their own, by their names: kept as they were
                /// received, and sent along.
                ///
                /// An entry with the name of another field is not sent.
                pub $rest: $rest_ty,
            )?
        }

        tables::object!(@new $type $($($new)*)?);

        $(impl $type {
            $(
                #[doc = concat!("Sets [`", stringify!($set), "`](Self::", stringify!($set), ").")]
                #[must_use]
                pub fn $set(mut self, $set: $set_ty) -> Self {
                    self.$set = ::std::option::Option::Some(tables::given($set));
                    self
                }
            )*
        })?

        impl tables::Decode for $type {
            fn blank() -> Self {
                Self {
                    $($field: tables::blank(),)*
                    $($rest: tables::blank(),)?
                }
            }

            fn fill<'de, D: tables::Deserializer<'de>>(
                &mut self,
                deserializer: D,
            ) -> ::std::result::Result<(), D::Error> {
                tables::decode::object(self, deserializer)
            }
        }

        impl tables::Object for $type {
            const NAME: &'static str = stringify!($type);
            const FIELDS: &'static [tables::Field] =
                &[$(tables::object!(@field $ty, $field $($how $($wire $(as $name)?)?)?)),*];

            #[allow(unused_variables, reason = "there may be no fields")]
            fn put<'de, A: tables::MapAccess<'de>>(
                &mut self,
                field: usize,
                map: &mut A,
            ) -> ::std::result::Result<(), A::Error> {
                #[allow(non_camel_case_types, dead_code, reason = "they are names of fields")]
                enum _At { $($field),* }
                $(if field == _At::$field as usize {
                    return tables::decode::field(&mut self.$field, map);
                })*
                ::std::result::Result::Ok(())
            }

            #[allow(unused_mut, reason = "it may have no constants")]
            fn start() -> Self {
                let mut new: Self = tables::blank();
                $(tables::object!(@start new $field $($how $($wire $(as $name)?)?)?);)*
                new
            }

            $(
                const OPEN: bool = true;

                fn extra<'de, A: tables::MapAccess<'de>>(
                    &mut self,
                    key: ::std::string::String,
                    map: &mut A,
                ) -> ::std::result::Result<(), A::Error> {
                    tables::decode::entry(&mut self.$rest, key, map)
                }
            )?
        }

        tables::deserialize!($type);

        impl tables::Serialize for $type {
            fn serialize<S: tables::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                #[allow(unused_mut, reason = "there may be no fields")]
                let mut object = tables::encode::Object::new(serializer)?;
                $(tables::object!(@write object &self.$field, $field $($how $($wire $(as $name)?)?)?)?;)*
                $(object.extra(<Self as tables::Object>::FIELDS, &self.$rest)?;)?
                object.end()
            }
        }
    };
}

/// A struct around one value, which stands on the wire as that value does.
macro_rules! newtype {
    ($(#[$about:meta])* pub struct $type:ident(pub $inner:ty);) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq)]
        #[allow(missing_docs, reason = "the description of the API says nothing of some")]
        pub struct $type(
            /// What it holds.
            pub $inner,
        );

        impl ::std::convert::From<$inner> for $type {
            fn from(inner: $inner) -> Self {
                Self(inner)
            }
        }

        impl tables::Decode for $type {
            fn blank() -> Self {
                Self(tables::blank())
            }

            fn fill<'de, D: tables::Deserializer<'de>>(
                &mut self,
                deserializer: D,
            ) -> ::std::result::Result<(), D::Error> {
                tables::Decode::fill(&mut self.0, deserializer)
            }
        }

        tables::deserialize!($type);

        impl tables::Serialize for $type {
            fn serialize<S: tables::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                tables::Serialize::serialize(&self.0, serializer)
            }
        }
    };
}

pub(crate) use {newtype, object};
