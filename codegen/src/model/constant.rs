//! The one value that something can have.

use std::fmt;

/// A value that the document lists as the only one, so that nobody needs to be asked for it.
#[derive(Clone, Debug, PartialEq)]
pub enum Constant {
    /// A string.
    Text(String),
    /// `true` or `false`.
    Boolean(bool),
    /// An integer.
    Integer(i64),
    /// Any other number.
    Float(f64),
}

/// As it stands in a query, a header or a path: a text without quotes, a number without an exponent.
impl fmt::Display for Constant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Boolean(value) => value.fmt(f),
            Self::Integer(value) => value.fmt(f),
            Self::Float(value) => value.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Constant;

    #[test]
    fn constants_are_shown_as_they_are_sent() {
        assert_eq!(Constant::Text("a b".to_owned()).to_string(), "a b");
        assert_eq!(Constant::Boolean(true).to_string(), "true");
        assert_eq!(Constant::Integer(-42).to_string(), "-42");
        assert_eq!(Constant::Float(42.0).to_string(), "42");
        assert_eq!(Constant::Float(1e20).to_string(), "100000000000000000000");
    }
}
