//! What all enums have in common: values that the API's description doesn't know stay values.

/// An enum of strings. The conversions from strings never fail: an unknown one is kept.
pub(crate) trait OpenEnum: Sized + From<String> + for<'a> From<&'a str> + 'static {
    /// All values that the API's description knows.
    const VALUES: &'static [Self];

    /// Whether there is only one of them.
    const IS_CONSTANT: bool = Self::VALUES.len() == 1;

    /// The value as it is serialized.
    fn as_str(&self) -> &str;

    /// Whether the API's description doesn't know it.
    fn is_unknown(&self) -> bool;
}

/// An enum of integers. The conversion from an integer never fails: an unknown one is kept.
pub(crate) trait OpenInteger: Copy + From<i64> + 'static {
    /// All values that the API's description knows.
    const VALUES: &'static [Self];

    /// Whether there is only one of them.
    const IS_CONSTANT: bool = Self::VALUES.len() == 1;

    /// The value as it is serialized.
    fn value(self) -> i64;

    /// Whether the API's description doesn't know it.
    fn is_unknown(self) -> bool;
}
