//! What callers give for a field, and what the field holds.

/// An argument that is the value, or becomes it.
pub(crate) enum Value {}

/// An argument that becomes what is in the box.
pub(crate) enum Boxed {}

/// An argument that is items which become those of the list.
pub(crate) enum Items {}

/// What may be given for a field that holds a `T`; `How` tells apart the ways in which that is so, and
/// is always inferred.
pub(crate) trait Given<T, How> {
    fn into_field(self) -> T;
}

impl<T, A: Into<T>> Given<T, Value> for A {
    fn into_field(self) -> T {
        self.into()
    }
}

impl<T, A: Into<T>> Given<Box<T>, Boxed> for A {
    fn into_field(self) -> Box<T> {
        Box::new(self.into())
    }
}

impl<T, A: IntoIterator<Item: Into<T>>> Given<Vec<T>, Items> for A {
    fn into_field(self) -> Vec<T> {
        self.into_iter().map(Into::into).collect()
    }
}

/// The value of a field from an argument.
pub(crate) fn given<T, How, A: Given<T, How>>(argument: A) -> T {
    argument.into_field()
}
