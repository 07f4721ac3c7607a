//! How messages call what they are about.

use crate::facts::Form;

/// Where a comparison is: `config.job` in what `POST /cats` sends.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    /// `what POST /cats sends`
    pub(crate) base: String,
    /// Fields from there inwards.
    path: String,
    pub(crate) form: Form,
    /// Whether it is sent; else it is returned.
    pub(crate) sent: bool,
}

impl Spot {
    pub(crate) fn new(base: String, form: Form, sent: bool) -> Self {
        Self {
            base,
            path: String::new(),
            form,
            sent,
        }
    }

    /// A field of this.
    pub(crate) fn field(&self, name: &str) -> Self {
        let dot = if self.path.is_empty() { "" } else { "." };
        Self {
            path: format!("{}{dot}{name}", self.path),
            ..self.clone()
        }
    }

    /// The items of this.
    pub(crate) fn items(&self) -> Self {
        Self {
            path: format!("{}[]", self.path),
            ..self.clone()
        }
    }

    /// How messages call this.
    pub(crate) fn name(&self) -> String {
        if self.path.is_empty() {
            self.base.clone()
        } else if self.path.chars().all(|it| matches!(it, '[' | ']')) {
            format!("an item of {}", self.base)
        } else {
            format!("`{}` in {}", self.path, self.base)
        }
    }
}
