//! What calls send.

use crate::emit::surface;
use crate::model::{Body, BodyContent, MultipartForm, Part, PartHeader, Type};

use super::change::{ChangeKind, Consequence, Subject};
use super::operations::{Call, accessor_path, module, route};
use super::pairs::pair;
use super::types::rejected;
use super::{ChangeText, Comparison, instead, now};

impl Comparison<'_> {
    /// Compares the bodies of an operation.
    pub(super) fn body(&mut self, old: Call<'_>, new: Call<'_>) {
        match (&old.1.body, &new.1.body) {
            (None, None) => {}
            (None, Some(is)) => {
                let (rust, wire) = if is.required {
                    (
                        Consequence::breaking(format!("`{}` requires it", accessor_path(new))),
                        Consequence::breaking("requests without it are rejected"),
                    )
                } else {
                    (
                        Consequence::additive(format!("`{}`", setter(new, is))),
                        Consequence::additive("existing clients don't send it"),
                    )
                };
                self.about_body(ChangeKind::Added, (old, new), "takes a body", rust, wire);
            }
            (Some(was), None) => {
                let gone = if was.required {
                    format!("`{}` no longer takes it", accessor_path(new))
                } else {
                    format!("`{}` was removed", setter(old, was))
                };
                self.about_body(
                    ChangeKind::Removed,
                    (old, new),
                    "takes no body",
                    Consequence::breaking(gone),
                    Consequence::breaking(
                        "requests of existing clients are rejected, or their \
                        body is ignored",
                    ),
                );
            }
            (Some(was), Some(is)) => self.other_body((old, was), (new, is)),
        }
    }

    fn other_body(&mut self, (old, was): (Call<'_>, &Body), (new, is): (Call<'_>, &Body)) {
        self.docs(&was.docs, &is.docs);
        let (mut phrases, mut rust, mut wire) = required((old, was), (new, is));
        let before = self.as_new(&surface::body(&self.old.api, was));
        let after = surface::body(&self.new.api, is);
        if before != after {
            let types = instead(&after, &before);
            phrases.push(format!("takes {types}"));
            rust = rust.and(Consequence::breaking(format!("the body is {types}")));
        } else if was.name != is.name && !is.required && !was.required {
            phrases.push("has another name for its body".to_owned());
            let text = format!("`{}` is `{}`", setter(old, was), setter(new, is));
            rust = rust.and(Consequence::breaking(text));
        }
        if was.media_type == is.media_type {
            wire = wire.and(rejected(self.unread_body(&was.content, &is.content)));
        } else {
            phrases.push(format!(
                "takes `{}` instead of `{}`",
                is.media_type, was.media_type
            ));
            wire = wire.and(Consequence::breaking(
                "existing clients send the old media type",
            ));
        }
        let written = |body: &Body| match &body.content {
            BodyContent::Form { encodings, .. } => format!("{encodings:?}"),
            _ => String::new(),
        };
        if phrases.is_empty() && written(was) != written(is) {
            phrases.push("has fields that are serialized differently".to_owned());
            let text = "existing clients serialize them in the old form";
            wire = wire.and(Consequence::breaking(text));
        }
        if let (BodyContent::Xml(_, was), BodyContent::Xml(_, is)) = (&was.content, &is.content)
            && let Some(path) = self.other_node(*was, *is)
        {
            phrases.push(format!("has other XML for `{path}`"));
            let text = "existing clients write it in the old form";
            wire = wire.and(Consequence::breaking(text));
        }
        if !phrases.is_empty() {
            self.about_body(ChangeKind::Changed, (old, new), &now(&phrases), rust, wire);
        }
        if was.media_type == is.media_type {
            self.other_media_types(old, new);
        }
        if let (BodyContent::Multipart(was), BodyContent::Multipart(is)) =
            (&was.content, &is.content)
        {
            self.parts((old, was), (new, is));
        }
    }

    fn unread_body(&self, was: &BodyContent, is: &BodyContent) -> Option<String> {
        let is_same = std::mem::discriminant(was) == std::mem::discriminant(is);
        match (json(was), json(is)) {
            (Some(was), Some(is)) => self.unread_request(was, is),
            _ => (!is_same).then(String::new),
        }
    }

    /// Compares the parts of a form.
    fn parts(
        &mut self,
        (old, before): (Call<'_>, &MultipartForm),
        (new, after): (Call<'_>, &MultipartForm),
    ) {
        let found = self.found.len();
        let wire = |part: &Part| part.wire.clone();
        let pairs = pair(&before.parts, &after.parts, wire, wire);
        let form = format!("{}::{}", module(new.0), after.name);
        for (was, is) in &pairs.both {
            self.part((old, was), (new, is), &form);
        }
        for is in &pairs.added {
            let (rust, wire) = if is.constant.is_some() {
                (
                    Consequence::none(),
                    Consequence::breaking("requests without it are rejected"),
                )
            } else if is.required {
                (
                    Consequence::breaking(format!("`{form}::new` requires it")),
                    Consequence::breaking("requests without it are rejected"),
                )
            } else {
                (
                    Consequence::additive(format!("`{form}::{}`", is.name)),
                    Consequence::additive("existing clients don't send it"),
                )
            };
            let what = format!("has a form with the part `{}`", is.wire);
            self.about_body(ChangeKind::Added, (old, new), &what, rust, wire);
        }
        for was in &pairs.gone {
            self.about_body(
                ChangeKind::Removed,
                (old, new),
                &format!("has a form without the part `{}`", was.wire),
                if was.constant.is_some() {
                    Consequence::none()
                } else {
                    Consequence::breaking(format!("`{form}` no longer takes it"))
                },
                Consequence::breaking("what existing clients send for it is rejected or ignored"),
            );
        }
        self.additional_parts((old, before), (new, after), &form);
        let arguments = surface::form(&self.old.api, before);
        let arguments: Vec<String> = arguments.iter().map(|it| self.as_new(it)).collect();
        if self.found.len() == found && arguments != surface::form(&self.new.api, after) {
            self.about_body(
                ChangeKind::Changed,
                (old, new),
                "has a form whose required parts are in another order",
                Consequence::breaking(format!("`{form}::new` takes them in another order")),
                Consequence::none(),
            );
        }
    }

    fn part(&mut self, (old, was): (Call<'_>, &Part), (new, is): (Call<'_>, &Part), form: &str) {
        self.docs(&was.docs, &is.docs);
        let declared = self.as_new(&surface::part(&self.old.api, was));
        let other = declared != surface::part(&self.new.api, is);
        if was.media_type != is.media_type {
            self.about_body(
                ChangeKind::Changed,
                (old, new),
                &format!("has a form whose part `{}` has another media type", is.wire),
                Consequence::none(),
                Consequence::breaking("existing clients send the old media type"),
            );
        }
        if was.writing != is.writing {
            self.about_body(
                ChangeKind::Changed,
                (old, new),
                &format!(
                    "has a form whose part `{}` is serialized differently",
                    is.wire
                ),
                Consequence::none(),
                Consequence::breaking("existing clients serialize it in the old form"),
            );
        }
        self.part_headers((old, was), (new, is), form);
        if was.constant != is.constant {
            let what = match &is.constant {
                Some(value) => format!("is always `{value}`"),
                None => "is no longer constant".to_owned(),
            };
            let rust = if was.constant.is_some() && is.constant.is_some() {
                Consequence::none()
            } else {
                Consequence::breaking(format!("`{form}` takes it in another form"))
            };
            self.about_body(
                ChangeKind::Changed,
                (old, new),
                &format!("has a form whose part `{}` {what}", is.wire),
                rust,
                Consequence::breaking("existing clients send another value"),
            );
            return;
        }
        if was.required == is.required && !other {
            return;
        }
        let what = match (was.required, is.required) {
            (false, true) => "is required",
            (true, false) => "is optional",
            _ => "has another type",
        };
        let refused = is.required && !was.required;
        self.about_body(
            ChangeKind::Changed,
            (old, new),
            &format!("has a form whose part `{}` {what}", is.wire),
            Consequence::breaking(format!("`{form}` takes it in another form")),
            if refused || other {
                Consequence::breaking("requests of existing clients are rejected")
            } else {
                Consequence::none()
            },
        );
    }

    /// Compares the headers of a part.
    fn part_headers(
        &mut self,
        (old, was): (Call<'_>, &Part),
        (new, is): (Call<'_>, &Part),
        form: &str,
    ) {
        let wire = |header: &PartHeader| header.wire.to_ascii_lowercase();
        let pairs = pair(&was.headers, &is.headers, wire, wire);
        for header in &pairs.added {
            self.about_body(
                ChangeKind::Added,
                (old, new),
                &format!("has a header `{}` of the part `{}`", header.wire, is.wire),
                Consequence::additive(format!("`{form}::{}`", header.name)),
                Consequence::additive("existing clients don't send it"),
            );
        }
        for header in &pairs.gone {
            self.about_body(
                ChangeKind::Removed,
                (old, new),
                &format!(
                    "no longer has the header `{}` of the part `{}`",
                    header.wire, is.wire
                ),
                Consequence::breaking(format!("`{form}` no longer takes it")),
                Consequence::breaking("what existing clients send for it is rejected or ignored"),
            );
        }
        for (before, after) in &pairs.both {
            let ty = |api, header: &PartHeader| crate::spelling::outside(api, &header.ty);
            let before_ty = self.as_new(&ty(&self.old.api, before));
            if before_ty != ty(&self.new.api, after) || before.constant != after.constant {
                self.about_body(
                    ChangeKind::Changed,
                    (old, new),
                    &format!(
                        "has another header `{}` of the part `{}`",
                        after.wire, is.wire
                    ),
                    Consequence::breaking(format!("`{form}` takes it in another form")),
                    Consequence::breaking("requests of existing clients are rejected"),
                );
            }
        }
    }

    pub(super) fn about_body(
        &mut self,
        kind: ChangeKind,
        (old, new): (Call<'_>, Call<'_>),
        what: &str,
        rust: Consequence,
        wire: Consequence,
    ) {
        let route = route(new.1);
        let change = ChangeText::new(kind, Subject::Body, &route, format!("`{route}` {what}"))
            .old(self.old.in_operation(old.1, "requestBody"))
            .new_at(self.new.in_operation(new.1, "requestBody"));
        self.note(change, rust, wire);
    }
}

/// Where a body that may be left out is set.
fn setter(call: Call<'_>, body: &Body) -> String {
    format!("{}::{}::{}", module(call.0), call.1.request, body.name)
}

/// The type of a body that is made of one.
fn json(content: &BodyContent) -> Option<&Type> {
    match content {
        BodyContent::Json(ty)
        | BodyContent::Xml(ty, _)
        | BodyContent::Lines(ty)
        | BodyContent::Form { ty, .. }
        | BodyContent::Members(ty) => Some(ty),
        BodyContent::Multipart(_) | BodyContent::Text | BodyContent::Binary => None,
    }
}

/// What it means that a body must be there now, or needn't.
fn required(
    (old, was): (Call<'_>, &Body),
    (new, is): (Call<'_>, &Body),
) -> (Vec<String>, Consequence, Consequence) {
    let none = Consequence::none;
    match (was.required, is.required) {
        (false, true) => {
            let text = format!(
                "`{}` requires it, `{}` was removed",
                accessor_path(new),
                setter(old, was)
            );
            (
                vec!["must have its body".to_owned()],
                Consequence::breaking(text),
                Consequence::breaking("requests without it are rejected"),
            )
        }
        (true, false) => {
            let text = format!(
                "`{}` no longer requires it, `{}` sets it",
                accessor_path(new),
                setter(new, is)
            );
            (
                vec!["has an optional body".to_owned()],
                Consequence::breaking(text),
                none(),
            )
        }
        _ => (Vec::new(), none(), none()),
    }
}
