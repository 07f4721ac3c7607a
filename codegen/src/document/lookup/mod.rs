//! What references lead to, typed.

use std::borrow::Cow;
use std::collections::BTreeMap;

use indexmap::IndexMap;
use openapiv3::{
    Components, Example, Header, Parameter, PathItem, ReferenceOr, RequestBody, Response, Schema,
    SecurityScheme,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::check::shape::{Kind, Want};
use super::{Document, build, dialect, references};
use crate::diagnostic::Diagnostic;
use crate::pointer::{component, get, target};

/// Longer chains of references than this aren't followed.
const LONGEST_CHAIN: usize = 1_000;

/// What stands at the end of a reference.
enum Step<'d, T: Component> {
    Item(Cow<'d, T>),
    /// Another reference.
    Reference(Cow<'d, str>),
}

impl Document {
    /// What a local reference (`#/components/schemas/Pet`, or any other pointer) leads to, at the end of a chain of
    /// references: its canonical pointer, without `#`, and the item.
    ///
    /// Components, and whatever the document itself refers to, are borrowed; another pointer is read on
    /// demand. `None` if there is no such item there.
    pub fn resolve<T: Component>(&self, reference: &str) -> Option<(String, Cow<'_, T>)> {
        self.resolve_within(Cow::Borrowed(reference), LONGEST_CHAIN)
    }

    /// The same, where the chain has at most so many references.
    fn resolve_within<'d, T: Component>(
        &'d self,
        first: Cow<'_, str>,
        longest: usize,
    ) -> Option<(String, Cow<'d, T>)> {
        let mut reference = first;
        for _ in 0..longest {
            let next = {
                let pointer = target(&reference)?;
                match self.step::<T>(&pointer)? {
                    Step::Item(item) => return Some((pointer.into_owned(), item)),
                    Step::Reference(next) => next,
                }
            };
            reference = next;
        }
        None
    }

    /// As [`Document::resolve`], without a copy of the pointer where the reference has it as it is: some
    /// references are followed millions of times.
    pub(crate) fn follow<'d, T: Component>(
        &'d self,
        reference: &'d str,
    ) -> Option<(Cow<'d, str>, Cow<'d, T>)> {
        let pointer = target(reference)?;
        match self.step::<T>(&pointer)? {
            Step::Item(item) => Some((pointer, item)),
            Step::Reference(reference) => {
                let (pointer, item) = self.resolve_within(reference, LONGEST_CHAIN - 1)?;
                Some((Cow::Owned(pointer), item))
            }
        }
    }

    /// What stands at a canonical pointer.
    fn step<T: Component>(&self, pointer: &str) -> Option<Step<'_, T>> {
        Some(match self.known::<T>(pointer) {
            Some(ReferenceOr::Item(item)) => Step::Item(Cow::Borrowed(item)),
            Some(ReferenceOr::Reference { reference }) => Step::Reference(Cow::Borrowed(reference)),
            None => match self.unknown::<T>(pointer)? {
                ReferenceOr::Item(item) => Step::Item(Cow::Owned(item)),
                ReferenceOr::Reference { reference } => Step::Reference(Cow::Owned(reference)),
            },
        })
    }

    /// The item that stands at `pointer`, or what the reference there leads to, with the pointer of where it is.
    pub fn item<'d, T: Component>(
        &'d self,
        pointer: &str,
        item: &'d ReferenceOr<T>,
    ) -> Option<(String, Cow<'d, T>)> {
        match item {
            ReferenceOr::Item(item) => Some((pointer.to_owned(), Cow::Borrowed(item))),
            ReferenceOr::Reference { reference } => self.resolve(reference),
        }
    }

    /// The schema that a reference leads to; see [`Document::resolve`].
    pub fn schema(&self, reference: &str) -> Option<(String, Cow<'_, Schema>)> {
        self.resolve(reference)
    }

    /// The parameter that a reference leads to; see [`Document::resolve`].
    pub fn parameter(&self, reference: &str) -> Option<(String, Cow<'_, Parameter>)> {
        self.resolve(reference)
    }

    /// The request body that a reference leads to; see [`Document::resolve`].
    pub fn request_body(&self, reference: &str) -> Option<(String, Cow<'_, RequestBody>)> {
        self.resolve(reference)
    }

    /// The response that a reference leads to; see [`Document::resolve`].
    pub fn response(&self, reference: &str) -> Option<(String, Cow<'_, Response>)> {
        self.resolve(reference)
    }

    /// The header that a reference leads to; see [`Document::resolve`].
    pub fn header(&self, reference: &str) -> Option<(String, Cow<'_, Header>)> {
        self.resolve(reference)
    }

    /// The example that a reference leads to; see [`Document::resolve`].
    pub fn example(&self, reference: &str) -> Option<(String, Cow<'_, Example>)> {
        self.resolve(reference)
    }

    /// The security scheme that a reference leads to; see [`Document::resolve`].
    pub fn security_scheme(&self, reference: &str) -> Option<(String, Cow<'_, SecurityScheme>)> {
        self.resolve(reference)
    }

    /// The path item that a reference leads to; see [`Document::resolve`].
    pub fn path_item(&self, reference: &str) -> Option<(String, Cow<'_, PathItem>)> {
        self.resolve(reference)
    }

    /// What is typed already.
    fn known<T: Component>(&self, pointer: &str) -> Option<&ReferenceOr<T>> {
        if let Some((section, name)) = component(pointer)
            && section == T::KIND.section()
            && let Some(components) = &self.api.components
            && let Some(found) = T::named(components).and_then(|named| named.get(&*name))
        {
            return Some(found);
        }
        T::inline(&self.inline).get(pointer)
    }

    /// What stands at a pointer that nothing in the document refers to.
    fn unknown<T: Component>(&self, pointer: &str) -> Option<ReferenceOr<T>> {
        let value = get(&self.raw, pointer)?;
        if !references::may_be(pointer, T::KIND) {
            return None;
        }
        let read = || ReferenceOr::deserialize(value).map_err(|_| Vec::new());
        build::with_sized_stack(value, read).ok()
    }
}

/// An object that references can lead to.
pub trait Component: DeserializeOwned + Clone + Send + private::Sealed {}

mod private {
    use super::{BTreeMap, Components, DeserializeOwned, IndexMap, Inline, Kind, ReferenceOr};

    /// The half of [`Component`](super::Component) that is nobody else's business.
    pub trait Sealed: DeserializeOwned + Clone {
        #[doc(hidden)]
        const KIND: Kind;
        #[doc(hidden)]
        fn named(components: &Components) -> Option<&IndexMap<String, ReferenceOr<Self>>>;
        #[doc(hidden)]
        fn inline(inline: &Inline) -> &BTreeMap<String, ReferenceOr<Self>>;
    }
}

/// What the document refers to without it being a named component, by canonical pointer.
///
/// It is taken from the document before conversion, which can move such places: the only member of
/// an `anyOf` that isn't null takes the place of the list.
#[derive(Clone, Debug, Default)]
pub struct Inline {
    schemas: BTreeMap<String, ReferenceOr<Schema>>,
    parameters: BTreeMap<String, ReferenceOr<Parameter>>,
    request_bodies: BTreeMap<String, ReferenceOr<RequestBody>>,
    responses: BTreeMap<String, ReferenceOr<Response>>,
    headers: BTreeMap<String, ReferenceOr<Header>>,
    examples: BTreeMap<String, ReferenceOr<Example>>,
    security_schemes: BTreeMap<String, ReferenceOr<SecurityScheme>>,
    path_items: BTreeMap<String, ReferenceOr<PathItem>>,
}

impl Inline {
    /// Converts and types what references lead to, in the unconverted document.
    pub(crate) fn new(
        raw: &Value,
        targets: &references::InlineTargets,
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut inline = Self::default();
        let mut diagnostics = Vec::new();
        for (kind, pointer) in targets {
            // Null is what was taken out.
            let Some(mut value) = get(raw, pointer).filter(|it| !it.is_null()).cloned() else {
                continue;
            };
            dialect::convert_as(&mut value, Want::component(*kind));
            if let Err(error) = inline.add(*kind, pointer, &mut value) {
                diagnostics.push(build::diagnostic(pointer, &error));
            }
        }
        if diagnostics.is_empty() {
            Ok(inline)
        } else {
            Err(diagnostics)
        }
    }

    fn add(&mut self, kind: Kind, pointer: &str, value: &mut Value) -> serde_json::Result<()> {
        match kind {
            Kind::Schema => insert(&mut self.schemas, pointer, value),
            Kind::Parameter => insert(&mut self.parameters, pointer, value),
            Kind::RequestBody => insert(&mut self.request_bodies, pointer, value),
            Kind::Response => insert(&mut self.responses, pointer, value),
            Kind::Header => insert(&mut self.headers, pointer, value),
            Kind::Example => insert(&mut self.examples, pointer, value),
            Kind::SecurityScheme => insert(&mut self.security_schemes, pointer, value),
            Kind::PathItem => {
                build::without_callbacks(value);
                insert(&mut self.path_items, pointer, value)
            }
            // A client reads neither links nor callbacks, and of media types there are copies.
            Kind::Link | Kind::Callback | Kind::MediaType => Ok(()),
        }
    }
}

fn insert<T: DeserializeOwned>(
    map: &mut BTreeMap<String, ReferenceOr<T>>,
    pointer: &str,
    value: &Value,
) -> serde_json::Result<()> {
    map.insert(pointer.to_owned(), ReferenceOr::deserialize(value)?);
    Ok(())
}

macro_rules! components {
    ($($item:ident, $named:expr, $inline:ident;)*) => {
        $(
            impl Component for $item {}

            impl private::Sealed for $item {
                const KIND: Kind = Kind::$item;

                fn named(components: &Components) -> Option<&IndexMap<String, ReferenceOr<Self>>> {
                    let named: fn(&Components) -> Option<&IndexMap<String, ReferenceOr<Self>>> = $named;
                    named(components)
                }

                fn inline(inline: &Inline) -> &BTreeMap<String, ReferenceOr<Self>> {
                    &inline.$inline
                }
            }
        )*
    };
}

components! {
    Schema, |components| Some(&components.schemas), schemas;
    Parameter, |components| Some(&components.parameters), parameters;
    RequestBody, |components| Some(&components.request_bodies), request_bodies;
    Response, |components| Some(&components.responses), responses;
    Header, |components| Some(&components.headers), headers;
    Example, |components| Some(&components.examples), examples;
    SecurityScheme, |components| Some(&components.security_schemes), security_schemes;
    PathItem, |_| None, path_items;
}

#[cfg(test)]
mod tests;
