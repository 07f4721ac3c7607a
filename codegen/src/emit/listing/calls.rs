//! A resource: the types that it uses, and an entry for each method.

use std::fmt::Write as _;

use indexmap::IndexSet;

use crate::model::{
    Api, Body, BodyContent, Operation, Output, Parameter, PartKind, Resource, ResponseContent,
    Type, TypeId, Waiter,
};
use crate::names::Ident;

use super::{Page, heading, tags};
use crate::emit::{docs, limits, waits};

/// The longest description of a method, in characters: details are in its documentation.
const LONGEST: usize = 240;

/// How many methods a resource has.
pub(in crate::emit) fn count(resource: &Resource) -> usize {
    resource.operations.len() + resource.waiters.len()
}

impl Page<'_> {
    /// A resource with all its methods.
    pub(super) fn resource(&mut self, resource: &Resource) {
        let file = format!("src/{}.rs", resource.path_joined("/"));
        let up = self.part.up();
        let mut text = format!("\n### `{}`\n\n[{file}]({up}{file})", heading(resource));
        if let Some(feature) = &resource.feature {
            let _ = write!(text, ", requires the feature `{feature}`");
        }
        text.push('\n');
        let types = self.links(&types_of(resource));
        if !types.is_empty() {
            let _ = write!(text, "\nTypes: {}\n", types.join(", "));
        }
        text.push('\n');
        for group in tags::groups(resource) {
            if let Some(tag) = group.heading {
                let _ = write!(text, "\n#### Tag {}\n\n", docs::code(tag));
            }
            for operation in group.operations {
                text.push_str(&self.call(resource, operation));
            }
            for waiter in group.waiters {
                text.push_str(&self.wait(resource, waiter));
            }
        }
        if count(resource) == 0 {
            text.push_str("Groups nested resources.\n");
        }
        self.add(&text);
    }

    /// An operation: its signature, its endpoint and its optional parameters.
    fn call(&self, resource: &Resource, operation: &Operation) -> String {
        let mut text = format!(
            "- `{}.{}({}) -> {}`{}",
            heading(resource),
            operation.method,
            self.arguments(resource, operation),
            self.response_type(resource, operation),
            self.manner(operation)
        );
        let request = operation.route();
        let _ = write!(text, "\\\n  {}", docs::code(&request));
        if operation.docs.deprecated {
            text.push_str(" Deprecated.");
        }
        let about = docs::paragraph(&operation.docs, "");
        if !about.is_empty() && about.chars().count() <= LONGEST {
            let _ = write!(text, " {about}");
        }
        let options = self.options(resource, operation);
        if !options.is_empty() {
            let _ = write!(text, "\\\n  Optional: {}", options.join(", "));
        }
        text.push_str(&self.form(resource, operation));
        if let Some(failures) = &operation.failure_types {
            let path = in_module(resource, &failures.name);
            let _ = write!(text, "\\\n  Errors: `{path}`");
        }
        text.push('\n');
        text
    }

    /// The required arguments.
    fn arguments(&self, resource: &Resource, operation: &Operation) -> String {
        let parameters = operation
            .arguments()
            .map(|it| format!("{}: {}", it.name, self.spelling.shown(&it.ty)));
        let body = operation.body.iter().filter(|body| body.required);
        let body = body.map(|body| format!("{}: {}", body.name, self.content(resource, body)));
        let arguments: Vec<String> = parameters.chain(body).collect();
        arguments.join(", ")
    }

    /// The setters of optional parameters.
    fn options(&self, resource: &Resource, operation: &Operation) -> Vec<String> {
        let body = operation.body.iter().filter(|body| !body.required);
        let body = body.map(|it| setter(&it.name, &self.content(resource, it), it.docs.deprecated));
        let parameters = operation.options();
        let parameters = parameters.map(|it| self.option(&it.name, it));
        parameters.chain(body).collect()
    }

    /// The setter of a parameter, under this name.
    fn option(&self, name: &Ident, parameter: &Parameter) -> String {
        let ty = self.spelling.shown(&parameter.ty);
        let mut text = setter(name, &ty, parameter.docs.deprecated);
        if let Some(default) = &parameter.default {
            let _ = write!(text, " ({} by default)", docs::string(&default.to_string()));
        }
        text
    }

    /// The type of a body.
    fn content(&self, resource: &Resource, body: &Body) -> String {
        match &body.content {
            BodyContent::Json(ty)
            | BodyContent::Xml(ty, _)
            | BodyContent::Lines(ty)
            | BodyContent::Form { ty, .. }
            | BodyContent::Members(ty) => self.spelling.shown(ty),
            BodyContent::Multipart(form) => in_module(resource, &form.name),
            BodyContent::Text => "String".to_owned(),
            BodyContent::Binary => "Upload".to_owned(),
        }
    }

    /// The parts of a form that is made for this call alone.
    fn form(&self, resource: &Resource, operation: &Operation) -> String {
        let content = operation.body.as_ref().map(|body| &body.content);
        let Some(BodyContent::Multipart(form)) = content else {
            return String::new();
        };
        let ty = |kind: &PartKind| match kind {
            PartKind::File => "Upload".to_owned(),
            PartKind::Files => "Vec<Upload>".to_owned(),
            PartKind::Value(ty) => self.spelling.shown(ty),
        };
        let (asked, others): (Vec<_>, Vec<_>) = {
            let parts = form.parts.iter().filter(|it| it.constant.is_none());
            parts.partition(|it| it.required)
        };
        let asked = asked
            .iter()
            .map(|it| format!("{}: {}", it.name, ty(&it.kind)));
        let asked: Vec<String> = asked.collect();
        let others = others
            .iter()
            .map(|it| format!(", `.{}({})`", it.name, ty(&it.kind)));
        let additional = form.additional.iter().flat_map(|it| {
            let file = it.file.as_ref();
            let values = it.values.as_ref();
            let file = file.map(|name| format!(", `.{name}(name, Upload)`"));
            let shown = |ty| self.spelling.shown(ty);
            let value = values.map(|it| format!(", `.{}(name, {})`", it.name, shown(&it.ty)));
            file.into_iter().chain(value)
        });
        let path = in_module(resource, &form.name);
        format!(
            "\\\n  Form: `{path}::new({})`{}",
            asked.join(", "),
            others.chain(additional).collect::<String>()
        )
    }

    /// The type of the response.
    fn response_type(&self, resource: &Resource, operation: &Operation) -> String {
        match &operation.output {
            Output::None => "()".to_owned(),
            Output::Json(ty) | Output::Xml(ty, _) | Output::String(ty) => self.spelling.shown(ty),
            Output::Maybe(ty) => format!("Option<{}>", self.spelling.shown(ty)),
            Output::Text => "String".to_owned(),
            Output::Bytes => "bytes::Bytes".to_owned(),
            Output::Redirection => "Redirection".to_owned(),
            Output::Several { name, .. } => in_module(resource, name),
        }
    }

    /// The kind of response, where it is not a value of one type.
    fn manner(&self, operation: &Operation) -> String {
        let mut text = String::new();
        if let Output::Several { cases, .. } = &operation.output {
            let cases = cases.iter().map(|case| match &case.content {
                None => format!("`{}`", case.name),
                Some(content) => format!("`{}({})`", case.name, self.held(content)),
            });
            let cases: Vec<String> = cases.collect();
            let _ = write!(text, ", one of {}", cases.join(", "));
        }
        if let Some(pagination) = &operation.pagination {
            let item = self.spelling.shown(&pagination.item);
            let _ = write!(text, ", *pages of* `{item}`");
        }
        if let Some(events) = &operation.events {
            let _ = write!(text, ", *events* of `{}`", self.held(&events.item));
        }
        text
    }

    fn held(&self, content: &ResponseContent) -> String {
        match content {
            ResponseContent::Json(ty)
            | ResponseContent::Xml(ty, _)
            | ResponseContent::String(ty) => self.spelling.shown(ty),
            ResponseContent::Text => "String".to_owned(),
            ResponseContent::Bytes => "bytes::Bytes".to_owned(),
            ResponseContent::Redirection => "Redirection".to_owned(),
        }
    }

    /// A polling method: the operation that it repeats, and the states that end it.
    fn wait(&self, resource: &Resource, waiter: &Waiter) -> String {
        let operation = &resource.operations[waiter.operation];
        let state = &self.api.type_def(waiter.state).name;
        let states = |states: &[Ident]| {
            let states = states.iter().map(|it| format!("`{state}::{it}`"));
            states.collect::<Vec<String>>().join(" or ")
        };
        let mut text = format!(
            "- `{}.{}({}) -> {}`\\\n  Polls `{}` until {}",
            heading(resource),
            waiter.method,
            self.arguments(resource, operation),
            self.response_type(resource, operation),
            operation.method,
            states(&waiter.done)
        );
        if !waiter.failed.is_empty() {
            let _ = write!(text, "; {} returns an error", states(&waiter.failed));
        }
        if let Some(polling) = limits::about_polling(waiter) {
            let polling = polling.trim_end_matches('.');
            let _ = write!(text, ".\\\n  {polling}");
        }
        let setters = waits::setters(operation).into_iter();
        let setters = setters.map(|(parameter, name)| self.option(&name, parameter));
        let own =
            waits::settings(&self.response_type(resource, operation)).collect::<Vec<String>>();
        let options: Vec<String> = own.into_iter().chain(setters).collect();
        let _ = writeln!(text, ".\\\n  Optional: {}", options.join(", "));
        text
    }

    /// The types of the API by name, each with a link to its file.
    fn links(&self, types: &IndexSet<TypeId>) -> Vec<String> {
        let link = |id: &TypeId| {
            let file = self.places.file(*id)?;
            let up = self.part.up();
            Some(format!("[`{}`]({up}{file})", self.api.type_def(*id).name))
        };
        types.iter().filter_map(link).collect()
    }
}

/// A method that sets something, and the type that it takes.
fn setter(name: &Ident, ty: &str, deprecated: bool) -> String {
    let mark = if deprecated { " (deprecated)" } else { "" };
    format!("`.{name}({ty})`{mark}")
}

/// A name of a resource's module, as a path from the root of the crate.
fn in_module(resource: &Resource, name: &Ident) -> String {
    format!("{}::{name}", resource.path_joined("::"))
}

/// The types of the API that a resource's methods use, in order of first use.
fn types_of(resource: &Resource) -> IndexSet<TypeId> {
    let operations = resource.operations.iter();
    let types = operations.flat_map(|it| {
        let items = it.pagination.iter().map(|it| &it.item);
        it.request_types().chain(it.response_types()).chain(items)
    });
    types.filter_map(named).collect()
}

/// The type of the API that a type is, or is made of.
pub(super) fn named(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => named(inner),
        _ => None,
    }
}

/// The type of the API that an operation returns, or that its response is made of.
pub(super) fn response_type_name(api: &Api, operation: &Operation) -> Option<Ident> {
    let types = operation.response_types().find_map(named);
    types.map(|id| api.type_def(id).name.clone())
}
