//! What all enums have in common: values that the API's description doesn't know stay values.

/// An enum of strings.
pub trait OpenEnum: Sized + 'static {
    /// All values that the API's description knows.
    const VALUES: &'static [Self];

    /// Whether there is only one of them.
    const IS_CONSTANT: bool = Self::VALUES.len() == 1;

    /// The value that is serialized as this string. It never fails: an unknown one is kept.
    fn parse(value: &str) -> Self;

    /// The value as it is serialized.
    fn as_str(&self) -> &str;

    /// Whether the API's description doesn't know it.
    fn is_unknown(&self) -> bool;
}

/// An enum of integers.
pub trait OpenInteger: Copy + 'static {
    /// All values that the API's description knows.
    const VALUES: &'static [Self];

    /// Whether there is only one of them.
    const IS_CONSTANT: bool = Self::VALUES.len() == 1;

    /// The value that is serialized as this integer. It never fails: an unknown one is kept.
    fn parse(value: i64) -> Self;

    /// The value as it is serialized.
    fn value(self) -> i64;

    /// Whether the API's description doesn't know it.
    fn is_unknown(self) -> bool;
}
