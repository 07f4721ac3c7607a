//! The values of a request's parameters.

use serde::Serialize;

use super::super::argument::{self, Argument, IntoArgument, Scalar};
use super::super::decode::Decode;
use super::super::operation::{Parameter, Place, Style};
use super::super::tree::Tree;
use super::Call;

/// The value of a parameter, which is identified by its location and its name.
#[derive(Clone)]
pub(super) struct Value {
    place: Place,
    pub(super) name: &'static str,
    argument: Argument,
}

/// Called by emitted code.
impl Call {
    pub(crate) fn path<T: IntoArgument>(&mut self, name: &'static str, value: impl Into<T>) {
        self.set(Place::Path, name, value.into().into_argument());
    }

    pub(crate) fn path_list<T: Scalar>(&mut self, name: &'static str, items: impl Items<T>) {
        self.set(Place::Path, name, list(items));
    }

    pub(crate) fn query<T: IntoArgument>(&mut self, name: &'static str, value: impl Into<T>) {
        self.set(Place::Query, name, value.into().into_argument());
    }

    pub(crate) fn query_list<T: Scalar>(&mut self, name: &'static str, items: impl Items<T>) {
        self.set(Place::Query, name, list(items));
    }

    /// Sets a value by its JSON, for types that aren't scalars.
    pub(crate) fn path_json<T: Serialize>(&mut self, name: &'static str, value: impl Into<T>) {
        self.set_json::<T>(Place::Path, name, value.into());
    }

    /// As [`path_json`](Self::path_json).
    pub(crate) fn query_json<T: Serialize>(&mut self, name: &'static str, value: impl Into<T>) {
        self.set_json::<T>(Place::Query, name, value.into());
    }

    /// As [`path_json`](Self::path_json).
    pub(crate) fn header_json<T: Serialize>(&mut self, name: &'static str, value: impl Into<T>) {
        self.set_json::<T>(Place::Header, name, value.into());
    }

    /// As [`path_json`](Self::path_json).
    pub(crate) fn cookie_json<T: Serialize>(&mut self, name: &'static str, value: impl Into<T>) {
        self.set_json::<T>(Place::Cookie, name, value.into());
    }

    pub(crate) fn header<T: IntoArgument>(&mut self, name: &'static str, value: impl Into<T>) {
        self.set(Place::Header, name, value.into().into_argument());
    }

    pub(crate) fn header_list<T: Scalar>(&mut self, name: &'static str, items: impl Items<T>) {
        self.set(Place::Header, name, list(items));
    }

    pub(crate) fn cookie<T: IntoArgument>(&mut self, name: &'static str, value: impl Into<T>) {
        self.set(Place::Cookie, name, value.into().into_argument());
    }

    pub(crate) fn cookie_list<T: Scalar>(&mut self, name: &'static str, items: impl Items<T>) {
        self.set(Place::Cookie, name, list(items));
    }

    /// As [`path_json`](Self::path_json), for a parameter of any location.
    pub(crate) fn in_json<T: Serialize + Decode>(
        &mut self,
        parameter: Parameter,
        value: impl Into<T>,
    ) {
        let value = value.into();
        self.check_floats(parameter.name, &value);
        self.set_json::<T>(parameter.place, parameter.name, value);
    }

    fn set_json<T: Serialize>(&mut self, place: Place, name: &'static str, value: T) {
        match Tree::of(&value) {
            Ok(value) => match Argument::in_style(self.style(place, name), value) {
                Ok(argument) => self.put(place, name, argument),
                Err(problem) => self.refuse(format!("`{name}` {problem}")),
            },
            Err(error) => self.refuse(format!(
                "the value of `{name}` can't be serialized: {error}"
            )),
        }
    }

    fn style(&self, place: Place, name: &str) -> Style {
        let mut documented = self.operation.parameters.iter();
        documented
            .find(|parameter| parameter.place == place && parameter.name == name)
            .map_or(Style::Form, |parameter| parameter.style)
    }

    fn set(&mut self, place: Place, name: &'static str, argument: Result<Argument, &str>) {
        let argument = match argument {
            Ok(argument) => argument,
            Err(problem) => return self.refuse(format!("`{name}` {problem}")),
        };
        if let Argument::Object(fields) = &argument
            && self.style(place, name) == Style::DeepObject
            && let Some(Err(problem)) = fields
                .iter()
                .map(|(key, _)| argument::check_key(key))
                .find(Result::is_err)
        {
            self.refuse(format!("`{name}` {problem}"));
        }
        self.put(place, name, argument);
    }

    pub(crate) fn put(&mut self, place: Place, name: &'static str, argument: Argument) {
        match self
            .values
            .iter_mut()
            .find(|value| value.place == place && value.name == name)
        {
            Some(value) => value.argument = argument,
            None => self.values.push(Value {
                place,
                name,
                argument,
            }),
        }
    }
}

/// An iterable whose items convert into `T`.
pub trait Items<T>: IntoIterator<Item: Into<T>> {}

impl<T, I: IntoIterator<Item: Into<T>>> Items<T> for I {}

fn list<T: Scalar>(items: impl Items<T>) -> Result<Argument, &'static str> {
    argument::list(items.into_iter().map(Into::into))
}

/// Used when the request is sent.
impl Call {
    /// The value of a header that is a single string: as set by the caller with `with_header`, or by the
    /// parameter's setter.
    pub(crate) fn header_value(&self, name: &str) -> Option<String> {
        if let Some(value) = self.options.headers.get(name) {
            return value.to_str().ok().map(str::to_owned);
        }
        let mut set = self.values.iter();
        let value = set.find(|it| it.place == Place::Header && it.name == name)?;
        match &value.argument {
            Argument::Text(text) => Some(text.clone()),
            Argument::List(_) | Argument::Object(_) => None,
        }
    }

    /// The value of a query parameter that is a single string: as set by the caller with `with_query`, by
    /// the parameter's setter, or for the client.
    pub(crate) fn query_value(&self, name: &str) -> Option<String> {
        let mut further = self.options.query.iter().rev();
        if let Some((_, value)) = further.find(|(known, _)| known == name) {
            return Some(value.clone());
        }
        let mut set = self.values.iter();
        if let Some(value) = set.find(|it| it.place == Place::Query && it.name == name) {
            return match &value.argument {
                Argument::Text(text) => Some(text.clone()),
                Argument::List(_) | Argument::Object(_) => None,
            };
        }
        let mut defaults = self.client.inner.query.iter();
        let (_, value) = defaults.find(|(known, _)| known == name)?;
        Some(value.clone())
    }

    /// The values for one location, in the order in which the operation documents its parameters.
    /// Undocumented values aren't sent; emitted code sets none.
    pub(crate) fn arguments(&self, place: Place) -> impl Iterator<Item = (Parameter, &Argument)> {
        let documented = self.operation.parameters.iter();
        let here = documented.filter(move |parameter| parameter.place == place);
        here.filter_map(|parameter| self.argument(parameter))
    }

    /// The values for all locations.
    pub(super) fn all_arguments(&self) -> impl Iterator<Item = (Parameter, &Argument)> {
        let documented = self.operation.parameters.iter();
        documented.filter_map(|parameter| self.argument(parameter))
    }

    fn argument(&self, parameter: &Parameter) -> Option<(Parameter, &Argument)> {
        let mut values = self.values.iter();
        let is_its =
            |value: &&Value| value.place == parameter.place && value.name == parameter.name;
        let value = values.find(is_its)?;
        Some((*parameter, &value.argument))
    }
}
