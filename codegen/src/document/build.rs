//! The converted value to openapiv3's types.

use openapiv3::{
    Components, Info, OpenAPI, Parameter, PathItem, ReferenceOr, RequestBody, Responses,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::check::shape::Kind;
use super::operations::{is_beyond_3_0, operations, operations_mut, read};
use crate::diagnostic::{Diagnostic, Origin};
use crate::pointer::push;
use crate::stack::with_stack;

/// Builds the typed document; the value is the same afterwards.
///
/// # Errors
///
/// What openapiv3 refuses although the checks let it pass, at the smallest part that shows it.
pub(crate) fn build(raw: &mut Value) -> Result<OpenAPI, Vec<Diagnostic>> {
    if let Value::Object(root) = raw {
        root.entry("paths")
            .or_insert_with(|| Value::Object(Map::new()));
    }
    let callbacks = exchange_callbacks(raw, Vec::new());
    let value = &*raw;
    let api = with_sized_stack(value, || {
        OpenAPI::deserialize(value).map_err(|error| refused(value, &error))
    });
    exchange_callbacks(raw, callbacks);
    let api = api?;
    let mut parts = Parts(Vec::new());
    for (template, item) in members(raw.get("paths")) {
        let pointer = push("/paths", template);
        for (way, operation) in operations(item).filter(|(way, _)| is_beyond_3_0(way)) {
            parts.operation(operation, &format!("{pointer}{way}"));
        }
    }
    if parts.0.is_empty() {
        Ok(api)
    } else {
        Err(parts.0)
    }
}

/// Nesting up to this depth is read on the stack that there is.
const SHALLOW: usize = 40;

/// What openapiv3 takes of the stack for a level of nesting, in bytes, with ample reserve.
///
/// Seen: 60 KiB in a build without optimisation.
const LEVEL: usize = 256 * 1024;

/// Does `work` on `value`, if that is deeply nested on a stack with enough room for it.
///
/// The parsers bound the depth; the frames of openapiv3 are so large that a thread's usual stack
/// doesn't hold as many of them.
pub(crate) fn with_sized_stack<T: Send>(
    value: &Value,
    work: impl FnOnce() -> Result<T, Vec<Diagnostic>> + Send,
) -> Result<T, Vec<Diagnostic>> {
    let depth = depth(value);
    if depth <= SHALLOW {
        return work();
    }
    let done = with_stack(depth.saturating_mul(LEVEL), work);
    done.unwrap_or_else(|error| {
        let message = format!("the description is nested too deeply: {error}");
        Err(vec![Diagnostic::error(Origin::Spec, "", message)])
    })
}

/// How many mappings and lists are inside one another.
fn depth(value: &Value) -> usize {
    match value {
        Value::Object(map) => 1 + map.values().map(depth).max().unwrap_or(0),
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

/// Puts other callbacks into the document, in order, and hands out those that were there.
///
/// An operation's callbacks can be references, and path items in callbacks too: openapiv3 has no type for that.
fn exchange_callbacks(raw: &mut Value, with: Vec<Value>) -> Vec<Value> {
    let mut with = with.into_iter();
    let mut taken = Vec::new();
    let mut exchange = |owner: &mut Value| {
        if let Some(callbacks) = owner.get_mut("callbacks") {
            let empty = || Value::Object(Map::new());
            taken.push(std::mem::replace(
                callbacks,
                with.next().unwrap_or_else(empty),
            ));
        }
    };
    if let Some(components) = raw.get_mut("components") {
        exchange(components);
    }
    let paths = raw.get_mut("paths").and_then(Value::as_object_mut);
    for item in paths.into_iter().flat_map(Map::values_mut) {
        operations_mut(item).for_each(&mut exchange);
    }
    taken
}

/// Takes the callbacks out of a path item that stands alone.
pub(crate) fn without_callbacks(item: &mut Value) {
    for operation in operations_mut(item) {
        if let Value::Object(operation) = operation {
            operation.shift_remove("callbacks");
        }
    }
}

/// Finds the parts that can't be read.
fn refused(raw: &Value, error: &serde_json::Error) -> Vec<Diagnostic> {
    let mut parts = Parts(Vec::new());
    if let Some(info) = raw.get("info") {
        parts.read::<Info>(info, "/info");
    }
    for (template, item) in members(raw.get("paths")) {
        parts.path_item(item, &push("/paths", template));
    }
    let components = raw.get("components");
    for (kind, section) in Kind::SECTIONS {
        let pointer = push("/components", section);
        for (name, value) in members(components.and_then(|found| found.get(section))) {
            parts.component(kind, value, &push(&pointer, name));
        }
    }
    if parts.0.is_empty() && components.is_some_and(|value| Components::deserialize(value).is_err())
    {
        parts.0.push(diagnostic("/components", error));
    }
    if parts.0.is_empty() {
        parts.0.push(diagnostic("", error));
    }
    parts.0
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

/// Errors of single parts.
struct Parts(Vec<Diagnostic>);

impl Parts {
    /// Reads a part as `T`; says whether that worked, and notes the error if not.
    fn read<T: DeserializeOwned>(&mut self, value: &Value, pointer: &str) -> bool {
        match T::deserialize(value) {
            Ok(_) => true,
            Err(error) => {
                self.0.push(diagnostic(pointer, &error));
                false
            }
        }
    }

    fn component(&mut self, kind: Kind, value: &Value, pointer: &str) {
        match kind {
            Kind::Schema => self.read::<ReferenceOr<openapiv3::Schema>>(value, pointer),
            Kind::Response => self.read::<ReferenceOr<openapiv3::Response>>(value, pointer),
            Kind::Parameter => self.read::<ReferenceOr<Parameter>>(value, pointer),
            Kind::Example => self.read::<ReferenceOr<openapiv3::Example>>(value, pointer),
            Kind::RequestBody => self.read::<ReferenceOr<RequestBody>>(value, pointer),
            Kind::Header => self.read::<ReferenceOr<openapiv3::Header>>(value, pointer),
            Kind::SecurityScheme => {
                self.read::<ReferenceOr<openapiv3::SecurityScheme>>(value, pointer)
            }
            Kind::Link => self.read::<ReferenceOr<openapiv3::Link>>(value, pointer),
            Kind::Callback | Kind::PathItem | Kind::MediaType => true,
        };
    }

    fn path_item(&mut self, item: &Value, pointer: &str) {
        if ReferenceOr::<PathItem>::deserialize(item).is_ok() {
            return;
        }
        let before = self.0.len();
        self.parameters(item, pointer);
        for (way, operation) in operations(item) {
            self.operation(operation, &format!("{pointer}{way}"));
        }
        if self.0.len() == before {
            self.read::<ReferenceOr<PathItem>>(item, pointer);
        }
    }

    fn operation(&mut self, operation: &Value, pointer: &str) {
        let Err(error) = read(operation) else {
            return;
        };
        let before = self.0.len();
        self.parameters(operation, pointer);
        if let Some(body) = operation.get("requestBody") {
            self.read::<ReferenceOr<RequestBody>>(body, &push(pointer, "requestBody"));
        }
        if let Some(responses) = operation.get("responses") {
            self.read::<Responses>(responses, &push(pointer, "responses"));
        }
        if self.0.len() == before {
            self.0.push(diagnostic(pointer, &error));
        }
    }

    fn parameters(&mut self, owner: &Value, pointer: &str) {
        let list = push(pointer, "parameters");
        let parameters = owner.get("parameters").and_then(Value::as_array);
        for (index, parameter) in parameters.into_iter().flatten().enumerate() {
            self.read::<ReferenceOr<Parameter>>(parameter, &push(&list, &index.to_string()));
        }
    }
}

/// An error of openapiv3 at a part of the document.
pub(crate) fn diagnostic(pointer: &str, error: &serde_json::Error) -> Diagnostic {
    Diagnostic::error(
        Origin::Spec,
        pointer,
        format!("this part of the description is invalid: {error}"),
    )
    .label("in here")
}
