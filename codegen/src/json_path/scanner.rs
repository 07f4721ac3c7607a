//! The text of a path, read from left to right.

use super::parse::Invalid;

/// Most parentheses, filters and functions in one another.
const DEEPEST: usize = 32;

/// A text and how far it has been read.
pub(super) struct Scanner<'t> {
    pub(super) text: &'t str,
    /// The next byte to be read.
    pub(super) at: usize,
    depth: usize,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            depth: 0,
        }
    }

    /// What has not been read yet.
    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Takes a text if it is the next one.
    pub(super) fn take(&mut self, wanted: &str) -> bool {
        let is_next = self.rest().starts_with(wanted);
        if is_next {
            self.at += wanted.len();
        }
        is_next
    }

    /// Takes all characters of a kind.
    pub(super) fn take_while(&mut self, is_wanted: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|sign| !is_wanted(sign)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// Takes whitespace, of which there is one kind only (RFC 9535, section 2.1.1).
    pub(super) fn space(&mut self) {
        self.take_while(|sign| matches!(sign, ' ' | '\t' | '\n' | '\r'));
    }

    /// Takes a text, or complains.
    pub(super) fn expect(&mut self, wanted: &str) -> Result<(), Invalid> {
        if self.take(wanted) {
            return Ok(());
        }
        Err(self.invalid(format!("expected `{wanted}`")))
    }

    /// What is wrong at the place that was reached.
    pub(super) fn invalid(&self, message: impl Into<String>) -> Invalid {
        let message = message.into();
        let message = match self.peek() {
            None => format!("{message}, found the end of the path"),
            Some(sign) => format!("{message}, found `{}`", sign.escape_debug()),
        };
        Invalid::at(self.at, message)
    }

    /// Reads something that can be in itself.
    pub(super) fn nested<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, Invalid>,
    ) -> Result<T, Invalid> {
        if self.depth == DEEPEST {
            let message = format!("more than {DEEPEST} expressions are nested in one another");
            return Err(Invalid::at(self.at, message));
        }
        self.depth += 1;
        let found = read(self);
        self.depth -= 1;
        found
    }
}
