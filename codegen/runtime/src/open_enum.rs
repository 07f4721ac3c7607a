//! What all enums have in common: values that the API's description doesn't know stay values.

/// An enum of texts. The conversions from text never fail: an unknown text is kept.
pub(crate) trait OpenEnum: From<String> + for<'a> From<&'a str> {
    /// The value as it stands on the wire.
    fn as_str(&self) -> &str;
}

/// An enum of integers. The conversion from an integer never fails: an unknown one is kept.
pub(crate) trait OpenInteger: From<i64> {}
