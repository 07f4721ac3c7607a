//! Structs.

/// A struct that is a JSON object.
///
/// A field whose type is an `Option` may be left out, others must be there; `= required` marks an
/// `Option` that is `null` instead. `= "name"` is the field's name on the wire, where that isn't its
/// name here. `= always "text"`, or `= always 2 as "name"`, is a value that nobody is asked for.
/// `..rest` is the map of members that are not named.
///
/// `new` has what must be given, either one by one or, where there is too much for that, as the
/// fields of a struct of its own: `new(PetParts { name: String, .. })`; it isn't there where nothing
/// must be given. `set` has the arguments of setters.
macro_rules! object {
    (@field $ty:ty, $field:ident) => {
        tables::Field::of::<$ty>(stringify!($field))
    };
    (@field $ty:ty, $field:ident required) => {
        tables::Field::required(stringify!($field))
    };
    (@field $ty:ty, $field:ident required $wire:literal) => {
        tables::Field::required($wire)
    };
    (@field $ty:ty, $field:ident always $value:literal) => {
        tables::Field::always(stringify!($field), tables::Literal($value).constant())
    };
    (@field $ty:ty, $field:ident always $value:literal as $wire:literal) => {
        tables::Field::always($wire, tables::Literal($value).constant())
    };
    (@field $ty:ty, $field:ident $wire:literal) => {
        tables::Field::of::<$ty>($wire)
    };

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
        #[derive(Debug)]
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
            const HINT: &'static tables::Hint = &tables::Hint::object(
                stringify!($type),
                &[$(tables::object!(@field $ty, $field $($how $($wire $(as $name)?)?)?)),*],
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

        impl tables::Serialize for $type {
            fn serialize<S: tables::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                tables::object!(@write serializer [$(&self.$field),*] $(&self.$rest)?)
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
            const HINT: &'static tables::Hint = <$inner as tables::Decode>::HINT;

            fn blank() -> Self {
                Self(tables::blank())
            }

            fn put(&mut self, found: tables::Input<'_>) -> ::std::result::Result<(), tables::Fault> {
                tables::Decode::put(&mut self.0, found)
            }
        }

        tables::deserialize!($type);
        tables::unwind_safe!($type);

        impl tables::Serialize for $type {
            fn serialize<S: tables::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                tables::encode::finite(&self.0, serializer)
            }
        }
    };
}

pub(crate) use {newtype, object};
