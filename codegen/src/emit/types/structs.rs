//! Objects with named fields, and newtypes.

use std::iter;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::model::{Access, Docs, Field, Rest, Struct, TypeDef, Usage};
use crate::names::reserved::STRUCT_METHODS;
use crate::names::{Ident, Scope};
use crate::print;

use super::super::spelling::{Spelling, ident};
use super::super::{docs, markdown};
use super::attributes;
use super::constructor;

/// A struct with its constructor, and its setters where it is sent.
///
/// # Errors
///
/// As those of [`print::Items`].
pub(super) fn emit(
    file: &mut print::Items,
    spelling: &Spelling<'_>,
    definition: &TypeDef,
    shape: &Struct,
) -> Result<(), String> {
    let name = ident(&definition.name);
    let doc = about(definition, shape);
    let fields = shape
        .fields
        .iter()
        .map(|field| declare(spelling, definition.usage, field));
    let rest = shape.rest.as_ref().map(|rest| {
        let (name, ty) = (ident(&rest.name), spelling.ty(&rest.ty));
        quote! {
            /// Additional properties not declared by the API, preserved when the value is serialized.
            ///
            /// An entry with the name of a declared property isn't serialized.
            pub #name: #ty
        }
    });
    let derives: &[&str] = if is_derived_default(shape) {
        &["Clone", "Debug", "Default", "PartialEq"]
    } else {
        &["Clone", "Debug", "PartialEq"]
    };
    let attributes = attributes::of(definition, derives);
    let whole = is_only_sent(definition).then(|| quote!(#[must_use]));
    let head = quote! {
        #doc
        #attributes
        #[non_exhaustive]
        #whole
        pub struct #name
    };
    file.push_struct(head, fields.chain(rest))?;
    let (parts, new, default_impl) = constructor::of(spelling, definition, shape);
    file.push(parts.unwrap_or_default())?;
    let setters = definition
        .usage
        .sent
        .then(|| setters(spelling, definition, shape));
    let members = iter::once(print::Member::Tokens(new)).chain(setters.into_iter().flatten());
    file.push_impl(quote!(impl #name), members)?;
    file.push(default_impl.unwrap_or_default())
}

/// Whether a struct is made to be sent and for nothing else, so that the lint may say so of all that
/// returns it. One that is also received can be what a request returns, which nobody has to look at.
fn is_only_sent(definition: &TypeDef) -> bool {
    definition.usage.sent && !definition.usage.received
}

/// The attribute of the methods that make or change a value, where its type doesn't have it already.
pub(super) fn must_use(definition: &TypeDef) -> Option<TokenStream> {
    (!is_only_sent(definition)).then(|| quote!(#[must_use]))
}

/// Whether a struct can be made without any value, and `Default` can be derived: no field has a
/// constant value.
pub(super) fn is_derived_default(shape: &Struct) -> bool {
    shape.fields.iter().all(|field| !field.required)
}

/// Whether the code of a struct names the tables, which make the fields that `new` isn't given.
pub(super) fn names_tables(shape: &Struct) -> bool {
    let is_given = |field: &Field| field.is_asked_for();
    let all_are_given = shape.rest.is_none() && shape.fields.iter().all(is_given);
    !all_are_given && !is_derived_default(shape)
}

/// A struct around one value.
pub(super) fn newtype(definition: &TypeDef, inner: &TokenStream) -> TokenStream {
    let doc = docs::of(&definition.docs, "");
    let name = ident(&definition.name);
    let attributes = attributes::of(definition, &["Clone", "Debug", "PartialEq"]);
    quote! {
        #doc
        #attributes
        pub struct #name(
            /// The value.
            pub #inner,
        );
    }
}

/// The documentation of a struct, and of the values of its additional properties.
fn about(definition: &TypeDef, shape: &Struct) -> TokenStream {
    let rest = shape.rest.as_ref();
    let Some(rest) = rest.filter(|rest| !rest.values.is_empty()) else {
        return docs::of(&definition.docs, "");
    };
    let mut docs = definition.docs.clone();
    if !docs.text.is_empty() {
        docs.text.push_str("\n\n");
    }
    docs.text.push_str("Additional properties: ");
    docs.text.push_str(&rest.values);
    docs::of(&docs, "")
}

/// A field, with what it is serialized as where that isn't its name.
fn declare(spelling: &Spelling<'_>, usage: Usage, field: &Field) -> TokenStream {
    let renamed_from = (field.name.as_str() != field.wire).then(|| field.wire.clone());
    let described = Docs {
        renamed_from,
        ..field.docs.clone()
    };
    let note = access_note(usage, field).map(str::to_owned);
    let mut declared = docs::with_sentences(&described, note.as_slice());
    let (name, ty) = (ident(&field.name), field_type(spelling, usage, field));
    declared.extend(quote!(pub #name: #ty));
    declared
}

/// The sentence for a field that goes one way, in a type that goes both.
fn access_note(usage: Usage, field: &Field) -> Option<&'static str> {
    match field.access {
        Access::ReadOnly if usage.sent => Some("Read-only: requests may leave it out."),
        Access::WriteOnly if usage.received => Some("Write-only: responses leave it out."),
        _ => None,
    }
}

/// The type of a field, with its absence and `null`.
///
/// In a response both come to the same, so one `Option` stands for both; in something that is
/// sent, leaving a field alone and clearing it differ.
pub(in crate::emit) fn field_type(
    spelling: &Spelling<'_>,
    usage: Usage,
    field: &Field,
) -> TokenStream {
    let inner = value_type(spelling, field);
    let option = spelling.std("Option");
    if field.is_three_state(usage) {
        let nullable = spelling.nullable(&inner);
        quote!(#option<#nullable>)
    } else if field.required && !field.nullable {
        inner
    } else {
        quote!(#option<#inner>)
    }
}

fn value_type(spelling: &Spelling<'_>, field: &Field) -> TokenStream {
    let ty = spelling.ty(&field.ty);
    if field.boxed {
        let boxed = spelling.std("Box");
        quote!(#boxed<#ty>)
    } else {
        ty
    }
}

/// The type of what is given for a field that has a value, and the field's value made of it.
pub(super) fn argument(spelling: &Spelling<'_>, field: &Field) -> (TokenStream, TokenStream) {
    argument_named(spelling, field, &ident(&field.name))
}

/// The same for an argument with a name of its own.
fn argument_named(
    spelling: &Spelling<'_>,
    field: &Field,
    name: &proc_macro2::Ident,
) -> (TokenStream, TokenStream) {
    let (declared, converted) = spelling.argument(&field.ty, name);
    if !field.boxed {
        return (declared, converted);
    }
    let boxed = spelling.std("Box");
    if *name == converted.to_string() {
        let into = spelling.std("Into");
        return (
            quote!(impl #into<#declared>),
            quote!(#boxed::new(#name.into())),
        );
    }
    (declared, quote!(#boxed::new(#converted)))
}

/// What a struct is made with, as a call of `new` names it; nothing where all of it can be left out.
pub(in crate::emit) fn new(
    spelling: &Spelling<'_>,
    definition: &TypeDef,
    shape: &Struct,
) -> TokenStream {
    let arguments = constructor::arguments(spelling, definition, shape);
    if arguments.is_empty() {
        return TokenStream::new();
    }
    let arguments = arguments.iter().map(|it| {
        let (name, declared) = (&it.name, &it.declared);
        quote!(#name: #declared)
    });
    match shape.parts.as_ref().map(ident) {
        Some(parts) => quote!(new(#parts { #(#arguments),* })),
        None => quote!(new(#(#arguments),*)),
    }
}

/// A method that sets a field which may be left out.
pub(in crate::emit) struct Setter<'a> {
    pub(in crate::emit) field: &'a Field,
    pub(in crate::emit) method: proc_macro2::Ident,
    /// The type of its argument.
    pub(in crate::emit) declared: TokenStream,
}

/// The setters of the fields of a struct that is sent.
pub(in crate::emit) fn setters_of<'a>(
    spelling: &Spelling<'_>,
    shape: &'a Struct,
) -> Vec<Setter<'a>> {
    let mut scope = Scope::new(STRUCT_METHODS);
    let setters = fields_set(shape).map(|field| Setter {
        field,
        method: ident(&method_name(&mut scope, &field.name)),
        declared: setter_argument(spelling, field).0,
    });
    setters.collect()
}

/// The fields that have a setter: what the server sets isn't set by users.
fn fields_set(shape: &Struct) -> impl Iterator<Item = &Field> {
    let has_setter = |it: &&Field| !it.required && it.access != Access::ReadOnly;
    shape.fields.iter().filter(has_setter)
}

/// The type of the argument of a setter, and the value made of it.
fn setter_argument(spelling: &Spelling<'_>, field: &Field) -> (TokenStream, TokenStream) {
    let value = format_ident!("value");
    if field.nullable {
        let into = spelling.std("Into");
        let nullable = spelling.nullable(&value_type(spelling, field));
        (quote!(impl #into<#nullable>), quote!(#value.into()))
    } else {
        argument_named(spelling, field, &value)
    }
}

/// The setters of a struct that is sent.
fn setters<'a>(
    spelling: &'a Spelling<'_>,
    definition: &TypeDef,
    shape: &'a Struct,
) -> impl Iterator<Item = print::Member> {
    let must_use = must_use(definition);
    let is_must_use = must_use.is_some();
    let some = print::line(spelling.std("Some"));
    let mut scope = Scope::new(STRUCT_METHODS);
    let mut fields = fields_set(shape);
    let mut rest = shape.rest.as_ref();
    // Many fields of a large struct are of one type.
    let mut last: Option<(&Field, String, String)> = None;
    iter::from_fn(move || {
        let Some(field) = fields.next() else {
            let rest = rest.take()?;
            let tokens = setter_of_rest(spelling, &mut scope, rest, must_use.as_ref());
            return Some(print::Member::Tokens(tokens));
        };
        let of_one_type = |it: &Field| {
            it.ty == field.ty && it.nullable == field.nullable && it.boxed == field.boxed
        };
        if !last.as_ref().is_some_and(|(it, ..)| of_one_type(it)) {
            let (declared, converted) = setter_argument(spelling, field);
            last = Some((field, print::line(declared), print::line(converted)));
        }
        let (_, declared, converted) = last.as_ref()?;
        let method = method_name(&mut scope, &field.name);
        let name = &field.name;
        Some(print::Member::Setter {
            doc: markdown::wrap(&format!("Sets [`{name}`](Self::{name}).")),
            is_deprecated: field.docs.deprecated,
            is_must_use,
            function: format!(
                "pub fn {method}(mut self, value: {declared}) -> Self {{ self.{name} = {some}({converted}); self }}"
            ),
        })
    })
}

/// The setter of the additional properties.
fn setter_of_rest(
    spelling: &Spelling<'_>,
    scope: &mut Scope,
    rest: &Rest,
    must_use: Option<&TokenStream>,
) -> TokenStream {
    let name = ident(&rest.name);
    let method = ident(&method_name(scope, &rest.name));
    let doc = docs::outer(&format!("Sets [`{0}`](Self::{0}).", rest.name));
    let (declared, converted) = spelling.argument(&rest.ty, &format_ident!("value"));
    quote! {
        #doc
        #must_use
        pub fn #method(mut self, value: #declared) -> Self { self.#name = #converted; self }
    }
}

fn method_name(scope: &mut Scope, field: &Ident) -> Ident {
    scope.name(&[field.as_str(), &format!("set_{field}")], "set")
}
