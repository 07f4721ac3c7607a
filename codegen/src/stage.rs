//! How far a run is.

/// A part of a run, in the order in which they follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The description's text is read.
    Reading,
    /// What was read is held against the rules of OpenAPI.
    Checking,
    /// It is found out what the description means, and what things are called.
    Lowering,
    /// Code is written.
    Emitting,
}

impl Stage {
    /// The word for it: `reading`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Checking => "checking",
            Self::Lowering => "lowering",
            Self::Emitting => "emitting",
        }
    }
}
