//! Types as a person writes them, against which the compiler's messages about emitted ones are held.

/// The job that is started for each file of the source directory.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct BatchJob {
    /// Identifier of a saved product configuration.
    pub configuration_id: String,
    /// Kind of product job to run for each file.
    pub type_: JobType,
}

impl BatchJob {
    /// Creates a `BatchJob`.
    #[must_use]
    pub fn new(configuration_id: impl Into<String>, type_: impl Into<JobType>) -> Self {
        Self {
            configuration_id: configuration_id.into(),
            type_: type_.into(),
        }
    }
}

/// Kind of product job that is run for a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum JobType {
    /// `parse_v2`
    ParseV2,
    /// `extract_v2`
    ExtractV2,
    /// Any other value.
    UnknownValue(String),
}

impl From<&str> for JobType {
    fn from(value: &str) -> Self {
        match value {
            "parse_v2" => Self::ParseV2,
            "extract_v2" => Self::ExtractV2,
            other => Self::UnknownValue(other.to_owned()),
        }
    }
}

impl From<String> for JobType {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}
