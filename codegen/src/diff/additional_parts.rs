//! Parts of a form whose names users choose.

use crate::emit::surface;
use crate::model::MultipartForm;

use super::Comparison;
use super::change::{ChangeKind, Consequence};
use super::operations::Call;

impl Comparison<'_> {
    /// Compares what a form takes beside its named parts: the setter of files, and that of values.
    pub(super) fn additional_parts(
        &mut self,
        (old, before): (Call<'_>, &MultipartForm),
        (new, after): (Call<'_>, &MultipartForm),
        form: &str,
    ) {
        let was = surface::additional_parts(&self.old.api, before);
        let is = surface::additional_parts(&self.new.api, after);
        for (what, was, is) in [("files", was.0, is.0), ("values", was.1, is.1)] {
            let was = was.map(|it| self.as_new(&it));
            let (kind, phrase, rust, wire) = match (was, is) {
                (None, Some(is)) => (
                    ChangeKind::Added,
                    format!("has a form with additional {what}"),
                    Consequence::additive(format!("`{form}::{is}`")),
                    Consequence::additive("existing clients don't send them"),
                ),
                (Some(was), None) => (
                    ChangeKind::Removed,
                    format!("has a form without additional {what}"),
                    Consequence::breaking(format!("`{form}` has no `{was}`")),
                    Consequence::breaking("what existing clients send is rejected or ignored"),
                ),
                (Some(was), Some(is)) if was != is => (
                    ChangeKind::Changed,
                    format!("has a form whose additional {what} have another type"),
                    Consequence::breaking(format!("`{form}::{was}` is `{is}`")),
                    Consequence::breaking("requests of existing clients are rejected"),
                ),
                _ => continue,
            };
            self.about_body(kind, (old, new), &phrase, rust, wire);
        }
    }
}
