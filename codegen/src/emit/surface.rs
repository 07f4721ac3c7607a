//! What users of a crate write to have a thing of the API, as text: for those who compare two crates.
//!
//! Everything is spelled by the functions that emit it, as another crate spells it that has imported
//! all of this one's root: `types::Pet`, `Option<DateTime>`.

use std::collections::HashMap;

use crate::model::{
    Api, Body, BodyContent, Field, MultipartForm, Operation, Output, Part, Struct, Type, TypeDef,
};
use crate::spelling::{Spelling, outside};

use super::types::structs;
use super::{body, request};
use crate::print::line as text;

/// The declared type of a field, with its absence and `null`.
pub(crate) fn field(api: &Api, definition: &TypeDef, field: &Field) -> String {
    text(structs::field_type(
        &Spelling::elsewhere(api),
        definition.usage,
        field,
    ))
}

/// What a struct is made with: its arguments, or the fields of what is its argument; empty where all
/// of it can be left out.
pub(crate) fn new(api: &Api, definition: &TypeDef, shape: &Struct) -> String {
    text(structs::new(&Spelling::elsewhere(api), definition, shape))
}

/// The methods that set fields, by the names of the fields on the wire: each as it is called, with the type of its
/// argument.
pub(crate) fn setters<'a>(
    api: &Api,
    definition: &TypeDef,
    shape: &'a Struct,
) -> HashMap<&'a str, String> {
    if !definition.usage.sent {
        return HashMap::new();
    }
    let setters = structs::setters_of(&Spelling::elsewhere(api), shape);
    let written = setters.into_iter().map(|setter| {
        let shown = format!("{}({})", setter.method, text(setter.declared));
        (setter.field.wire.as_str(), shown)
    });
    written.collect()
}

/// The arguments of an operation's method.
pub(crate) fn arguments(api: &Api, operation: &Operation) -> Vec<String> {
    let (declared, _) = request::arguments(&Spelling::elsewhere(api), operation);
    declared.into_iter().map(text).collect()
}

/// What the setter of a parameter that may be left out takes.
pub(crate) fn option(api: &Api, ty: &Type) -> String {
    text(request::setter_type(&Spelling::elsewhere(api), ty))
}

/// What the argument or setter of a body takes.
pub(crate) fn body(api: &Api, body: &Body) -> String {
    match &body.content {
        BodyContent::Json(ty)
        | BodyContent::Xml(ty, _)
        | BodyContent::Lines(ty)
        | BodyContent::Form { ty, .. }
        | BodyContent::Members(ty) => option(api, ty),
        BodyContent::Multipart(form) => form.name.to_string(),
        BodyContent::Text => "into String".to_owned(),
        BodyContent::Binary => "into Upload".to_owned(),
    }
}

/// What makes a form.
pub(crate) fn form(api: &Api, form: &MultipartForm) -> Vec<String> {
    let required = form.parts.iter().filter(|part| part.is_asked_for());
    required.map(|it| part(api, it)).collect()
}

/// The setters of parts whose names users choose: that of files, and that of values.
pub(crate) fn additional_parts(
    api: &Api,
    form: &MultipartForm,
) -> (Option<String>, Option<String>) {
    let Some(additional) = &form.additional else {
        return (None, None);
    };
    let file = additional.file.as_ref();
    let values = additional.values.as_ref();
    (
        file.map(|name| format!("{name}(name, into Upload)")),
        values.map(|it| format!("{}(name, {})", it.name, option(api, &it.ty))),
    )
}

/// The argument for a part of a form.
pub(crate) fn part(api: &Api, part: &Part) -> String {
    text(body::part_argument(&Spelling::elsewhere(api), part))
}

/// What a successful call gives.
pub(crate) fn output(api: &Api, operation: &Operation) -> String {
    match &operation.output {
        Output::None => "()".to_owned(),
        Output::Json(ty) | Output::Xml(ty, _) | Output::String(ty) => outside(api, ty),
        Output::Maybe(ty) => format!("Option<{}>", outside(api, ty)),
        Output::Text => "String".to_owned(),
        Output::Bytes => "Bytes".to_owned(),
        Output::Redirection => "Redirection".to_owned(),
        Output::Several { name, .. } => name.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn tokens_are_spaced_as_a_reader_expects() {
        let tidy = |tokens| text(tokens);
        assert_eq!(
            tidy(quote!(tags: impl IntoIterator<Item = impl Into<String>>)),
            "tags: impl IntoIterator<Item = impl Into<String>>"
        );
        assert_eq!(
            tidy(quote!(new(PetParts { name: String, at: Option<crate::DateTime> }))),
            "new(PetParts { name: String, at: Option<crate::DateTime> })"
        );
        assert_eq!(
            tidy(quote!(BTreeMap<String, types::Pet>)),
            "BTreeMap<String, types::Pet>"
        );
        assert_eq!(tidy(quote!(each types::Kind)), "each types::Kind");
    }
}
