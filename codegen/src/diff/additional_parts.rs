//! Parts of a form whose names users choose.

use crate::emit::surface;
use crate::model::MultipartForm;

use super::Comparison;
use super::change::{ChangeKind, Consequence};
use super::operations::Call;

impl Comparison<'_> {
    pub(super) fn additional_parts(
        &mut self,
        (old, before): (Call<'_>, &MultipartForm),
        (new, after): (Call<'_>, &MultipartForm),
        form: &str,
    ) {
        let was = surface::additional_parts(&self.old.api, before);
        let was: Vec<String> = was.iter().map(|it| self.as_new(it)).collect();
        let is = surface::additional_parts(&self.new.api, after);
        for setter in is.iter().filter(|it| !was.contains(it)) {
            self.about_body(
                ChangeKind::Added,
                (old, new),
                "has a form with additional parts",
                Consequence::additive(format!("`{form}::{setter}`")),
                Consequence::additive("existing clients don't send them"),
            );
        }
        for setter in was.iter().filter(|it| !is.contains(it)) {
            self.about_body(
                ChangeKind::Removed,
                (old, new),
                "has a form without additional parts of one kind",
                Consequence::breaking(format!("`{form}` has no `{setter}`")),
                Consequence::breaking("what existing clients send for them is rejected or ignored"),
            );
        }
    }
}
