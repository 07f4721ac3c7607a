//! A text to read, and the name to call it by in messages.

/// A text and the name it goes by in diagnostics.
///
/// The generator reads no files: whoever calls it brings the text.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// What messages call it, usually the path that the text was read from.
    pub name: &'a str,
    /// The text itself.
    pub text: &'a str,
}
