//! What calls give, and what they fail with.

use crate::emit::surface;
use crate::model::{
    Api, Events, FailureCase, Operation, Output, OutputCase, Pagination, ResponseContent,
    ResponseHeader, Type,
};
use crate::spelling::outside;

use super::change::{ChangeKind, Consequence, Subject};
use super::operations::{Call, accessor_path, module, route};
use super::pairs::pair;
use super::types::undecodable;
use super::{ChangeText, Comparison};

impl Comparison<'_> {
    /// Compares the responses of an operation.
    pub(super) fn responses(&mut self, old: Call<'_>, new: Call<'_>) {
        let found = self.found.len();
        self.output(old, new);
        if old.1.accept != new.1.accept {
            self.about_response(
                (old, new),
                &format!(
                    "is requested with `Accept: {}` instead of `{}`",
                    new.1.accept, old.1.accept
                ),
                Consequence::none(),
                Consequence::breaking("existing clients request the old media types"),
            );
        }
        if let Some(path) = self.other_node_of_response(old.1, new.1) {
            self.about_response(
                (old, new),
                &format!("returns other XML for `{path}`"),
                Consequence::none(),
                Consequence::breaking("existing clients don't find it"),
            );
        }
        self.cases(old, new);
        self.events(old, new);
        self.pages(old, new);
        self.failures(old, new);
        if self.found.len() == found {
            self.statuses(old, new);
        }
        self.headers(old, new);
    }

    fn output(&mut self, old: Call<'_>, new: Call<'_>) {
        let before = self.as_new(&surface::output(&self.old.api, old.1));
        let after = surface::output(&self.new.api, new.1);
        if before == after {
            return;
        }
        let unread = match (&old.1.output, &new.1.output) {
            (Output::Json(was) | Output::Maybe(was), Output::Json(is))
            | (Output::Maybe(was), Output::Maybe(is)) => self.unread_response(was, is),
            // What isn't JSON is taken as it comes.
            (Output::None | Output::Text | Output::Bytes, _) => None,
            _ => Some(String::new()),
        };
        let wire = undecodable(unread);
        self.about_response(
            (old, new),
            &format!("returns `{after}` instead of `{before}`"),
            Consequence::breaking(format!(
                "`{}` returns `{after}` instead of `{before}`",
                accessor_path(new)
            )),
            wire,
        );
    }

    /// The variants of a response that depends on the status.
    fn cases(&mut self, old: Call<'_>, new: Call<'_>) {
        let (Output::Several { cases: before, .. }, Output::Several { name, cases: after }) =
            (&old.1.output, &new.1.output)
        else {
            return;
        };
        let key = |case: &OutputCase| case.name.clone();
        let pairs = pair(before, after, key, key);
        let path = format!("{}::{name}", module(new.0));
        for (was, is) in &pairs.both {
            let held = |api: &Api, case: &OutputCase| match &case.content {
                Some(content) => content_name(api, content),
                None => "nothing".to_owned(),
            };
            let before = self.as_new(&held(&self.old.api, was));
            let after = held(&self.new.api, is);
            if before != after {
                let rust = format!(
                    "`{path}::{}` holds `{after}` instead of `{before}`",
                    is.name
                );
                self.about_response(
                    (old, new),
                    &format!("returns `{after}` as `{}`", is.name),
                    Consequence::breaking(rust),
                    Consequence::breaking("existing clients may fail to decode it"),
                );
            }
        }
        for is in &pairs.added {
            self.about_response(
                (old, new),
                &format!("can return `{}`", is.name),
                Consequence::additive(format!("`{path}::{}`", is.name)),
                Consequence::breaking("existing clients decode it as another response"),
            );
        }
        for was in &pairs.gone {
            self.about_response(
                (old, new),
                &format!("no longer returns `{}`", was.name),
                Consequence::breaking(format!("`{path}::{}` was removed", was.name)),
                Consequence::none(),
            );
        }
    }

    fn events(&mut self, old: Call<'_>, new: Call<'_>) {
        let shown = |api: &Api, events: &Option<Events>| {
            let events = events.as_ref();
            events.map(|it| format!("{} as {:?}", content_name(api, &it.item), it.format))
        };
        let before = shown(&self.old.api, &old.1.events).map(|it| self.as_new(&it));
        let after = shown(&self.new.api, &new.1.events);
        let (what, rust, wire) = match (before, after) {
            (None, Some(_)) => (
                "can return an event stream",
                Consequence::additive(format!("`{}(..).into_events()`", accessor_path(new))),
                Consequence::none(),
            ),
            (Some(_), None) => (
                "no longer returns an event stream",
                Consequence::breaking(format!(
                    "`{}(..).into_events()` was removed",
                    accessor_path(new)
                )),
                Consequence::breaking("existing clients request events"),
            ),
            (Some(before), Some(after)) if before != after => (
                "returns other events",
                Consequence::breaking(format!("an event is `{after}` instead of `{before}`")),
                Consequence::breaking("existing clients may fail to decode them"),
            ),
            _ => return,
        };
        self.about_response((old, new), what, rust, wire);
    }

    fn pages(&mut self, old: Call<'_>, new: Call<'_>) {
        let (what, rust, wire) = match (&old.1.pagination, &new.1.pagination) {
            (None, Some(_)) => (
                "is paginated".to_owned(),
                Consequence::additive(format!("`{}(..).into_stream()`", accessor_path(new))),
                Consequence::none(),
            ),
            (Some(_), None) => (
                "is no longer paginated".to_owned(),
                Consequence::breaking(format!(
                    "`{}(..).into_stream()` was removed",
                    accessor_path(new)
                )),
                Consequence::none(),
            ),
            (Some(was), Some(is)) => match self.other_pages((old, was), (new, is)) {
                Some(found) => found,
                None => return,
            },
            (None, None) => return,
        };
        let route = route(new.1);
        let change = ChangeText::new(
            ChangeKind::Changed,
            Subject::Pages,
            &route,
            format!("`{route}` {what}"),
        )
        .old(self.old.operation(old.1))
        .new_at(self.new.operation(new.1));
        self.note(change, rust, wire);
    }

    fn other_pages(
        &self,
        (_, was): (Call<'_>, &Pagination),
        (new, is): (Call<'_>, &Pagination),
    ) -> Option<(String, Consequence, Consequence)> {
        let before = self.as_new(&outside(&self.old.api, &was.item));
        let after = outside(&self.new.api, &is.item);
        if before != after {
            let rust = format!(
                "`{}(..).into_stream()` yields `{after}` instead of `{before}`",
                accessor_path(new)
            );
            return Some((
                format!("has pages of `{after}` instead of `{before}`"),
                Consequence::breaking(rust),
                Consequence::none(),
            ));
        }
        let how = |pages: &Pagination| format!("{:?} {:?} {:?}", pages.by, pages.items, pages.more);
        (how(was) != how(is)).then(|| {
            (
                "uses another pagination scheme".to_owned(),
                Consequence::none(),
                Consequence::breaking("existing clients may not find the next page"),
            )
        })
    }

    fn failures(&mut self, old: Call<'_>, new: Call<'_>) {
        let none = Vec::new();
        let cases = |operation: &'_ Operation| {
            let types = operation.failure_types.as_ref();
            types.map(|it| (it.name.to_string(), it.cases.clone()))
        };
        let (before, after) = (cases(old.1), cases(new.1));
        match (&before, &after) {
            (None, None) => return self.failure(old, new),
            (None, Some((name, _))) => {
                let rust = Consequence::additive(format!("`{}::{name}`", module(new.0)));
                self.about_failure((old, new), "has an error type per status", rust);
                return;
            }
            (Some((name, _)), None) => {
                let rust = format!("`{}::{name}` was removed", module(old.0));
                let rust = Consequence::breaking(rust);
                self.about_failure((old, new), "no longer has an error type per status", rust);
                return;
            }
            _ => {}
        }
        let of = |side: &Option<(String, Vec<FailureCase>)>| match side {
            Some((_, cases)) => cases.clone(),
            None => none.clone(),
        };
        let path = format!(
            "{}::{}",
            module(new.0),
            after.map_or_else(String::new, |it| it.0)
        );
        let (before, after) = (of(&before), of(&cases(new.1)));
        let key = |case: &FailureCase| case.name.clone();
        let pairs = pair(&before, &after, key, key);
        for (was, is) in &pairs.both {
            let held = self.as_new(&outside(&self.old.api, &was.ty));
            let holds = outside(&self.new.api, &is.ty);
            if held != holds {
                let rust = format!("`{path}::{}` holds `{holds}` instead of `{held}`", is.name);
                let what = format!("fails with `{holds}` instead of `{held}`");
                self.about_failure((old, new), &what, Consequence::breaking(rust));
            }
        }
        for is in &pairs.added {
            let rust = Consequence::additive(format!("`{path}::{}`", is.name));
            self.about_failure((old, new), &format!("can fail with `{}`", is.name), rust);
        }
        for was in &pairs.gone {
            let rust = Consequence::breaking(format!("`{path}::{}` was removed", was.name));
            self.about_failure(
                (old, new),
                &format!("no longer fails with `{}`", was.name),
                rust,
            );
        }
    }

    /// Failures of one type, which no item of the crate names.
    fn failure(&mut self, old: Call<'_>, new: Call<'_>) {
        let types = |api: &Api, operation: &Operation| -> Vec<String> {
            let mut types: Vec<String> = operation
                .errors
                .iter()
                .filter_map(|error| error.ty.as_ref())
                .map(|it| outside(api, it))
                .collect();
            types.dedup();
            types
        };
        let before = types(&self.old.api, old.1);
        let before: Vec<String> = before.iter().map(|it| self.as_new(it)).collect();
        let after = types(&self.new.api, new.1);
        if before != after {
            let shown = |types: &[String]| match types {
                [] => "no documented type".to_owned(),
                some => format!("`{}`", some.join("`, `")),
            };
            let what = format!("fails with {} instead of {}", shown(&after), shown(&before));
            self.about_failure((old, new), &what, Consequence::none());
        }
    }

    /// Headers of responses, which programs read by their names.
    fn headers(&mut self, old: Call<'_>, new: Call<'_>) {
        let key = |header: &ResponseHeader| header.wire.to_ascii_lowercase();
        let pairs = pair(&old.1.headers, &new.1.headers, key, key);
        let none = Consequence::none;
        for (was, is) in &pairs.both {
            self.docs(&was.docs, &is.docs);
            let wire = &is.wire;
            let before = self.as_new(&outside(&self.old.api, &was.ty));
            let after = outside(&self.new.api, &is.ty);
            if before != after {
                let what =
                    format!("returns the header `{wire}` as `{after}` instead of `{before}`");
                let read = self.responses_are_read(&was.ty, &is.ty);
                let text = "programs that parse it meet another value";
                let wire = if read {
                    none()
                } else {
                    Consequence::breaking(text)
                };
                self.about_response((old, new), &what, none(), wire);
            }
            match (
                self.old.requires_header(old.1, &was.wire),
                self.new.requires_header(new.1, wire),
            ) {
                (true, false) => {
                    let what = format!("can leave out the header `{wire}`");
                    let text = "programs that rely on it may not find it";
                    self.about_response((old, new), &what, none(), Consequence::breaking(text));
                }
                (false, true) => {
                    let what = format!("always returns the header `{wire}`");
                    self.about_response((old, new), &what, none(), none());
                }
                _ => {}
            }
        }
        for is in &pairs.added {
            let what = format!("returns the header `{}`", is.wire);
            self.about_response((old, new), &what, none(), none());
        }
        for was in &pairs.gone {
            let what = format!("no longer returns the header `{}`", was.wire);
            let text = "programs that read it don't find it";
            self.about_response((old, new), &what, none(), Consequence::breaking(text));
        }
    }

    fn about_failure(&mut self, (old, new): (Call<'_>, Call<'_>), what: &str, rust: Consequence) {
        let route = route(new.1);
        let change = ChangeText::new(
            ChangeKind::Changed,
            Subject::Failure,
            &route,
            format!("`{route}` {what}"),
        )
        .old(self.old.in_operation(old.1, "responses"))
        .new_at(self.new.in_operation(new.1, "responses"));
        self.note(change, rust, Consequence::none());
    }

    fn about_response(
        &mut self,
        (old, new): (Call<'_>, Call<'_>),
        what: &str,
        rust: Consequence,
        wire: Consequence,
    ) {
        let route = route(new.1);
        let change = ChangeText::new(
            ChangeKind::Changed,
            Subject::Response,
            &route,
            format!("`{route}` {what}"),
        )
        .old(self.old.in_operation(old.1, "responses"))
        .new_at(self.new.in_operation(new.1, "responses"));
        self.note(change, rust, wire);
    }
}

fn content_name(api: &Api, content: &ResponseContent) -> String {
    match content {
        ResponseContent::Json(ty) | ResponseContent::Xml(ty, _) | ResponseContent::String(ty) => {
            outside(api, ty)
        }
        ResponseContent::Text => outside(api, &Type::String),
        ResponseContent::Bytes => "Bytes".to_owned(),
        ResponseContent::Redirection => "Redirection".to_owned(),
    }
}
