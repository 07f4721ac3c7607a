//! Parameters of operations.

use crate::emit::surface;
use crate::model::{Parameter, ParameterLocation, Shape, Style, Type};

use super::change::{ChangeKind, Consequence, Subject};
use super::operations::{Call, accessor_path, module, route};
use super::pairs::{Pairs, pair};
use super::types::rejected;
use super::{ChangeText, Comparison, instead, now};

/// What a parameter is called in messages.
fn name_of(call: Call<'_>, parameter: &Parameter) -> String {
    format!(
        "{} {} {}",
        route(call.1),
        parameter.place.as_str(),
        parameter.wire
    )
}

/// Where a parameter is set: the method's argument, or a setter of the request.
fn setter(call: Call<'_>, parameter: &Parameter) -> String {
    format!("{}::{}::{}", module(call.0), call.1.request, parameter.name)
}

/// The position of a parameter in its path, where it is one of the path: its name isn't sent.
fn identity(call: Call<'_>, parameter: &Parameter) -> (ParameterLocation, String) {
    if parameter.place == ParameterLocation::Header {
        // Names of headers have no case (RFC 9110 section 5.1).
        return (parameter.place, parameter.wire.to_ascii_lowercase());
    }
    if parameter.place != ParameterLocation::Path {
        return (parameter.place, parameter.wire.clone());
    }
    let mark = format!("{{{}}}", parameter.wire);
    let before = call.1.path.split(&mark).next().unwrap_or_default();
    (
        ParameterLocation::Path,
        before.matches('{').count().to_string(),
    )
}

/// Which parameter is which.
pub(super) fn parameter_pairs<'o, 'n>(
    old: Call<'o>,
    new: Call<'n>,
) -> Pairs<'o, 'n, Parameter, Parameter> {
    let mut pairs = pair(
        &old.1.parameters,
        &new.1.parameters,
        |it| identity(old, it),
        |it| identity(new, it),
    );
    // One that has moved to another place is set by the same name.
    pairs.also(|it| Some(it.wire.clone()), |it| Some(it.wire.clone()));
    // One that is called differently on the wire alone is the same to a program.
    pairs.also(|it| Some(it.name.clone()), |it| Some(it.name.clone()));
    pairs
}

impl Comparison<'_> {
    /// Compares the parameters of an operation.
    pub(super) fn parameters(&mut self, old: Call<'_>, new: Call<'_>) {
        let pairs = parameter_pairs(old, new);
        for (was, is) in &pairs.both {
            self.parameter((old, was), (new, is));
        }
        for is in &pairs.added {
            if leaves_out(old, is) {
                self.left_out_parameter(old, new, is, ChangeKind::Added);
            } else {
                self.added_parameter(new, is);
            }
        }
        for was in &pairs.gone {
            if leaves_out(new, was) {
                self.left_out_parameter(old, new, was, ChangeKind::Removed);
            } else {
                self.removed_parameter(old, new, was);
            }
        }
    }

    fn parameter(&mut self, (old, was): (Call<'_>, &Parameter), (new, is): (Call<'_>, &Parameter)) {
        self.docs(&was.docs, &is.docs);
        let name = name_of(new, is);
        let (phrases, rust) = self.parameter_in_rust((old, was), (new, is));
        let (more, mut wire) = self.parameter_on_the_wire(was, is);
        if was.constant.is_none() && self.new.has_values(new.1, is) && is.constant.is_some() {
            let text = "requests with other values are rejected";
            wire = wire.and(Consequence::breaking(text));
        }
        let phrases: Vec<String> = phrases.into_iter().chain(more).collect();
        if phrases.is_empty() {
            return;
        }
        self.note(
            ChangeText::new(
                ChangeKind::Changed,
                Subject::Parameter,
                &name,
                format!("{} {}", shown(new, is), now(&phrases)),
            )
            .old(self.old.parameter(old.1, was))
            .new_at(self.new.parameter(new.1, is)),
            rust,
            wire,
        );
    }

    fn parameter_in_rust(
        &self,
        (old, was): (Call<'_>, &Parameter),
        (new, is): (Call<'_>, &Parameter),
    ) -> (Vec<String>, Consequence) {
        let mut phrases = Vec::new();
        let mut rust = Consequence::none();
        match (was.is_needed, is.is_needed) {
            (false, true) => phrases.push("is required".to_owned()),
            (true, false) => phrases.push("is optional".to_owned()),
            _ => {}
        }
        if was.default != is.default {
            phrases.push(match &is.default {
                Some(value) => format!("is sent as `{value}` where it isn't set"),
                None => "has no default in the crate".to_owned(),
            });
        }
        if was.constant != is.constant {
            phrases.push(match &is.constant {
                Some(value) => format!("is always `{value}`"),
                None => "is no longer constant".to_owned(),
            });
        }
        if let Some(text) = given_otherwise((old, was), (new, is)) {
            rust = rust.and(Consequence::breaking(text));
        }
        let before = self.as_new(&surface::option(&self.old.api, &was.ty));
        let after = surface::option(&self.new.api, &is.ty);
        let is_given = |it: &Parameter| it.constant.is_none();
        if before != after && is_given(was) && is_given(is) {
            let types = instead(&after, &before);
            phrases.push(format!("is {types}"));
            rust = rust.and(Consequence::breaking(format!("it takes {types}")));
        }
        if was.name != is.name && !is.required && !was.required {
            phrases.push("has another name in Rust".to_owned());
            let text = format!("`{}` is `{}`", setter(old, was), setter(new, is));
            rust = rust.and(Consequence::breaking(text));
        }
        if is.docs.deprecated && !was.docs.deprecated {
            phrases.push("is deprecated".to_owned());
            rust = rust.and(Consequence::additive("the compiler warns about it"));
        }
        if was.docs.deprecated && !is.docs.deprecated {
            phrases.push("isn't deprecated".to_owned());
        }
        (phrases, rust)
    }

    fn parameter_on_the_wire(&self, was: &Parameter, is: &Parameter) -> (Vec<String>, Consequence) {
        let mut phrases = Vec::new();
        let mut wire = Consequence::none();
        if is.is_needed && !was.is_needed {
            wire = wire.and(Consequence::breaking("requests without it are rejected"));
        }
        if was.constant.is_some() && is.constant.is_some() && was.constant != is.constant {
            wire = wire.and(Consequence::breaking("existing clients send the old value"));
        } else if !self.is_list_of(was, is) && !self.is_text_of(was, is) {
            let unread = self.unread_request(&was.ty, &is.ty);
            wire = wire.and(rejected(unread.filter(|_| is.constant.is_none())));
        }
        if was.place != is.place {
            let (after, before) = (is.place.as_str(), was.place.as_str());
            phrases.push(format!("is in the {after} instead of the {before}"));
            let text = "existing clients send it in the old place";
            wire = wire.and(Consequence::breaking(text));
        }
        let is_header =
            is.place == ParameterLocation::Header && was.place == ParameterLocation::Header;
        let same = is_header && was.wire.eq_ignore_ascii_case(&is.wire);
        if was.wire != is.wire && !same {
            phrases.push(format!("was named `{}`", was.wire));
            if is.place != ParameterLocation::Path {
                let text = "existing clients use its old name";
                wire = wire.and(Consequence::breaking(text));
            }
        }
        let written = |it: &Parameter| (it.style, it.explode, it.allow_reserved);
        // One value is written alike in all these ways, unless it is an object.
        let is_one = self.is_scalar(was);
        let same =
            written(was) == written(is) || (is_one && was.allow_reserved == is.allow_reserved);
        if was.place == is.place && !same {
            phrases.push("is serialized differently".to_owned());
            let text = "existing clients serialize it in the old form";
            wire = wire.and(Consequence::breaking(text));
        }
        (phrases, wire)
    }

    /// Whether a list has taken the place of one value, and is written as that is if it has one item.
    fn is_list_of(&self, was: &Parameter, is: &Parameter) -> bool {
        let Type::Array(item) = self.new.api.resolve(&is.ty) else {
            return false;
        };
        let is_exploded = is.style == Style::Form && is.explode && was.place == is.place;
        is_exploded && self.is_scalar(was) && self.requests_are_read(&was.ty, item)
    }

    /// Whether any text will do now: numbers and booleans are texts in a request too.
    fn is_text_of(&self, was: &Parameter, is: &Parameter) -> bool {
        is.constant.is_none()
            && self.is_scalar(was)
            && *self.new.api.resolve(&is.ty) == Type::String
    }

    /// Whether a parameter is one text in a request, in the usual style of its place.
    fn is_scalar(&self, was: &Parameter) -> bool {
        let of_one = matches!(was.style, Style::Form | Style::Simple);
        let is_one = match self.old.api.resolve(&was.ty) {
            Type::Array(_) | Type::Map(_) | Type::Value | Type::Nullable(_) | Type::External(_) => {
                false
            }
            Type::Named(id) => matches!(
                self.old.api.type_def(*id).shape,
                Shape::StringEnum(_) | Shape::IntegerEnum(_)
            ),
            _ => true,
        };
        of_one && is_one
    }

    fn added_parameter(&mut self, new: Call<'_>, is: &Parameter) {
        let name = name_of(new, is);
        let (how, rust, wire) = if is.is_needed {
            let asks = if is.is_asked_for() {
                Consequence::breaking(format!("`{}` requires it", accessor_path(new)))
            } else if is.default.is_some() {
                Consequence::additive(format!("`{}`", setter(new, is)))
            } else {
                Consequence::none()
            };
            (
                "required",
                asks,
                Consequence::breaking("requests without it are rejected"),
            )
        } else {
            (
                "optional",
                Consequence::additive(format!("`{}`", setter(new, is))),
                Consequence::additive("existing clients don't send it"),
            )
        };
        let text = format!(
            "`{}` takes the {how} {} parameter `{}`",
            route(new.1),
            is.place.as_str(),
            is.wire
        );
        self.note(
            ChangeText::new(ChangeKind::Added, Subject::Parameter, &name, text)
                .new_at(self.new.parameter(new.1, is)),
            rust,
            wire,
        );
    }

    /// Notes that the configuration leaves a parameter out on one side: the server knows it on both.
    fn left_out_parameter(
        &mut self,
        old: Call<'_>,
        new: Call<'_>,
        it: &Parameter,
        kind: ChangeKind,
    ) {
        let is_gone = kind == ChangeKind::Removed;
        let (call, verb) = if is_gone {
            (old, "skips")
        } else {
            (new, "no longer skips")
        };
        let setter = setter(call, it);
        let rust = if is_gone {
            Consequence::breaking(format!("`{setter}` was removed"))
        } else {
            Consequence::additive(format!("`{setter}`"))
        };
        let text = format!(
            "`{}` {verb} the {} parameter `{}`",
            route(new.1),
            it.place.as_str(),
            it.wire
        );
        let change = ChangeText::new(kind, Subject::Parameter, &name_of(call, it), text);
        let change = if is_gone {
            change.old(self.old.parameter(old.1, it))
        } else {
            change.new_at(self.new.parameter(new.1, it))
        };
        self.note(change, rust, Consequence::none());
    }

    fn removed_parameter(&mut self, old: Call<'_>, new: Call<'_>, was: &Parameter) {
        let name = name_of(old, was);
        let gone = match how_given(was) {
            Given::Always => Consequence::none(),
            Given::Asked => {
                Consequence::breaking(format!("`{}` no longer takes it", accessor_path(new)))
            }
            Given::Set => Consequence::breaking(format!("`{}` was removed", setter(old, was))),
        };
        let text = format!(
            "`{}` no longer has the {} parameter `{}`",
            route(new.1),
            was.place.as_str(),
            was.wire
        );
        self.note(
            ChangeText::new(ChangeKind::Removed, Subject::Parameter, &name, text)
                .old(self.old.parameter(old.1, was))
                .new_at(self.new.operation(new.1)),
            gone,
            Consequence::breaking("what existing clients send for it is rejected or ignored"),
        );
    }
}

/// Whether the configuration leaves a parameter out of an operation that has it.
fn leaves_out(call: Call<'_>, parameter: &Parameter) -> bool {
    let identity = identity(call, parameter);
    let mut left_out = call.1.left_out.iter();
    left_out.any(|(place, wire)| {
        let wire = match place {
            ParameterLocation::Header => wire.to_ascii_lowercase(),
            _ => wire.clone(),
        };
        (*place, wire) == identity
    })
}

/// How a program gives a parameter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Given {
    /// Not at all: it has one value.
    Always,
    /// As an argument.
    Asked,
    /// By a setter.
    Set,
}

fn how_given(parameter: &Parameter) -> Given {
    if parameter.constant.is_some() {
        Given::Always
    } else if parameter.required {
        Given::Asked
    } else {
        Given::Set
    }
}

/// What a program has to do otherwise to give a parameter, if it has to.
fn given_otherwise(
    (old, was): (Call<'_>, &Parameter),
    (new, is): (Call<'_>, &Parameter),
) -> Option<String> {
    let (way, setter_of) = (accessor_path(new), |call, it| setter(call, it));
    Some(match (how_given(was), how_given(is)) {
        (Given::Set, Given::Asked) => {
            format!("`{way}` requires it, `{}` was removed", setter_of(old, was))
        }
        (Given::Asked, Given::Set) => {
            format!(
                "`{way}` no longer requires it, `{}` sets it",
                setter_of(new, is)
            )
        }
        (Given::Always, Given::Asked) => format!("`{way}` requires it"),
        (Given::Asked, Given::Always) => format!("`{way}` no longer takes it"),
        (Given::Set, Given::Always) => format!("`{}` was removed", setter_of(old, was)),
        _ => return None,
    })
}

/// A parameter as the start of a sentence.
fn shown(call: Call<'_>, parameter: &Parameter) -> String {
    format!(
        "the {} parameter `{}` of `{}`",
        parameter.place.as_str(),
        parameter.wire,
        route(call.1)
    )
}
