//! What all enums have in common: values that the API's description doesn't know stay values.

/// An enum of texts. The conversions from text never fail: an unknown text is kept.
pub(crate) trait OpenEnum: From<String> + for<'a> From<&'a str> {
    /// Whether there is only one value that the API's description knows.
    const IS_CONSTANT: bool;

    /// The value as it stands on the wire.
    fn as_str(&self) -> &str;

    /// Whether the API's description doesn't know it.
    fn is_unknown(&self) -> bool;
}

/// An enum of integers. The conversion from an integer never fails: an unknown one is kept.
pub(crate) trait OpenInteger: From<i64> {
    /// Whether there is only one value that the API's description knows.
    const IS_CONSTANT: bool;

    /// Whether the API's description doesn't know it.
    fn is_unknown(&self) -> bool;
}
