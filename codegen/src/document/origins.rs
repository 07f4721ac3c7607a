//! Which text each value of a description is written in once it is read, and where in it.

use crate::diagnostic::{Diagnostic, Origin};

use super::overlay::{Trace, Written};
use super::swagger::{self, Moves};

/// Where the values of a description are written: what a conversion of Swagger 2.0 has moved was, before that, what
/// overlays had left.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origins {
    moves: Moves,
    trace: Trace,
}

impl Origins {
    /// Those of a description with overlays.
    pub(super) fn of_overlays(trace: Trace) -> Self {
        Self {
            moves: Moves::default(),
            trace,
        }
    }

    /// Those of a description that was converted afterwards.
    pub(super) fn moved_by(self, moves: Moves) -> Self {
        Self { moves, ..self }
    }

    /// Where the value at a pointer is written, or its key.
    pub(crate) fn find(&self, pointer: &str, at_key: bool) -> Written {
        match self.moves.written(pointer) {
            Some(moved) => self.trace.find(&moved, at_key),
            None => self.trace.find(pointer, at_key),
        }
    }

    /// Puts the places of the texts in those of diagnostics about the description that have none yet.
    pub(crate) fn attribute(&self, diagnostics: &mut [Diagnostic]) {
        if !self.moves.is_empty() {
            for diagnostic in &mut *diagnostics {
                self.before_conversion(diagnostic);
            }
        }
        self.trace.attribute(diagnostics);
    }

    fn before_conversion(&self, diagnostic: &mut Diagnostic) {
        if diagnostic.origin == Origin::Spec && diagnostic.span.is_none() {
            swagger::as_written(&mut diagnostic.message);
            swagger::as_written(&mut diagnostic.label);
            if let Some(help) = &mut diagnostic.help {
                swagger::as_written(help);
            }
            if let Some(written) = self.moves.written(&diagnostic.pointer) {
                diagnostic.pointer = written;
            }
        }
        for related in &mut diagnostic.related {
            if related.origin == Origin::Spec
                && related.span.is_none()
                && let Some(written) = self.moves.written(&related.pointer)
            {
                related.pointer = written;
            }
        }
    }
}
