//! Objects with named fields, and newtypes.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Access, Field, Struct, Type, TypeDef, Usage};
use crate::names::reserved::STRUCT_METHODS;
use crate::names::{Ident, Scope};

use super::super::spelling::{Spelling, ident};
use super::super::{docs, literal};

/// The table of a struct, and the setters that have no place in it.
pub(super) fn emit(spelling: &Spelling<'_>, definition: &TypeDef, shape: &Struct) -> TokenStream {
    let name = ident(&definition.name);
    let doc = about(definition, shape);
    let fields = shape
        .fields
        .iter()
        .map(|field| declare(spelling, definition.usage, field));
    let rest = shape.rest.as_ref().map(|rest| {
        let (name, ty) = (ident(&rest.name), spelling.ty(&rest.ty));
        quote!(..#name: #ty)
    });
    let new = new(spelling, definition, shape);
    let setters = definition.usage.sent.then(|| setters(spelling, shape));
    let (rows, methods) = setters.unwrap_or_default();
    let set = (!rows.is_empty()).then(|| quote!(set(#(#rows),*)));
    let methods = (!methods.is_empty()).then(|| quote!(impl #name { #(#methods)* }));
    quote! {
        tables::object! {
            #doc
            pub struct #name {
                #(#fields,)*
                #rest
            }
            #new
            #set
        }

        #methods
    }
}

/// The table of a struct around one value.
pub(super) fn newtype(definition: &TypeDef, inner: &TokenStream) -> TokenStream {
    let doc = docs::of(&definition.docs, "");
    let name = ident(&definition.name);
    quote! {
        tables::newtype! {
            #doc
            pub struct #name(pub #inner);
        }
    }
}

/// What is said of a struct, and of the values of what has no field.
fn about(definition: &TypeDef, shape: &Struct) -> TokenStream {
    let rest = shape.rest.as_ref();
    let Some(rest) = rest.filter(|rest| !rest.values.is_empty()) else {
        return docs::of(&definition.docs, "");
    };
    let mut docs = definition.docs.clone();
    if !docs.text.is_empty() {
        docs.text.push_str("\n\n");
    }
    docs.text.push_str("Other members: ");
    docs.text.push_str(&rest.values);
    docs::of(&docs, "")
}

/// The line of a field. It says how a field is called on the wire if that isn't its name, whether
/// it must be there, if its type doesn't say that, and what it always is.
fn declare(spelling: &Spelling<'_>, usage: Usage, field: &Field) -> TokenStream {
    let mut declared = match access_note(usage, field) {
        None => docs::of(&field.docs, ""),
        Some(note) => {
            let mut said = field.docs.clone();
            said.text = format!("{}\n\n{note}", said.text.trim_end());
            docs::of(&said, "")
        }
    };
    let (name, ty) = (ident(&field.name), field_type(spelling, usage, field));
    let wire = (name != field.wire).then_some(&field.wire);
    let is_null = field.nullable || matches!(spelling.resolve(&field.ty), Type::Nullable(_));
    let constant = field.constant.as_ref().map(literal::constant);
    let how = match (constant, field.required && is_null, wire) {
        (Some(value), _, Some(wire)) => Some(quote!(= always #value as #wire)),
        (Some(value), _, None) => Some(quote!(= always #value)),
        (None, true, wire) => Some(quote!(= required #wire)),
        (None, false, Some(wire)) => Some(quote!(= #wire)),
        (None, false, None) => None,
    };
    declared.extend(quote!(pub #name: #ty #how));
    declared
}

/// What is said of a field that goes one way, in a type that goes both.
fn access_note(usage: Usage, field: &Field) -> Option<&'static str> {
    match field.access {
        Access::ReadOnly if usage.sent => Some("Set by the server: requests do without it."),
        Access::WriteOnly if usage.received => Some("Only for requests: answers do without it."),
        _ => None,
    }
}

/// The type of a field, with its absence and `null`.
///
/// In an answer both come to the same, so one `Option` stands for both; in something that is
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

/// What is given for a field that has a value.
fn argument(spelling: &Spelling<'_>, field: &Field) -> TokenStream {
    let (declared, converted) = spelling.argument(&field.ty, &ident(&field.name));
    if field.boxed && converted.to_string() == field.name.as_str() {
        let into = spelling.std("Into");
        quote!(impl #into<#declared>)
    } else {
        declared
    }
}

/// What a struct is made of; nothing where all of it can be left out.
pub(in crate::emit) fn new(
    spelling: &Spelling<'_>,
    definition: &TypeDef,
    shape: &Struct,
) -> TokenStream {
    let required = shape.fields.iter().filter(|it| it.is_asked_for());
    if let Some(parts) = &shape.parts {
        let parts = ident(parts);
        let fields = required.map(|field| {
            let (name, ty) = (
                ident(&field.name),
                field_type(spelling, definition.usage, field),
            );
            quote!(#name: #ty)
        });
        return quote!(new(#parts { #(#fields),* }));
    }
    let arguments = required.map(|field| {
        let name = ident(&field.name);
        let declared = if field.nullable {
            field_type(spelling, definition.usage, field)
        } else {
            argument(spelling, field)
        };
        quote!(#name: #declared)
    });
    let arguments: Vec<TokenStream> = arguments.collect();
    if arguments.is_empty() {
        return TokenStream::new();
    }
    quote!(new(#(#arguments),*))
}

/// A method that sets a field which may be left out.
pub(in crate::emit) struct Setter<'a> {
    pub(in crate::emit) field: &'a Field,
    pub(in crate::emit) method: proc_macro2::Ident,
    /// The type of its argument.
    pub(in crate::emit) declared: TokenStream,
}

/// The setters of the fields of a struct that is sent, and the names that they take.
pub(in crate::emit) fn setters_of<'a>(
    spelling: &Spelling<'_>,
    shape: &'a Struct,
) -> (Vec<Setter<'a>>, Scope) {
    let mut scope = Scope::new(STRUCT_METHODS);
    let has_setter = |it: &&Field| !it.required && it.access != Access::ReadOnly;
    // What the server sets is nothing to be given.
    let fields = shape.fields.iter().filter(has_setter);
    let setters = fields.map(|field| Setter {
        field,
        method: method_name(&mut scope, &field.name),
        declared: if field.nullable {
            let into = spelling.std("Into");
            let nullable = spelling.nullable(&value_type(spelling, field));
            quote!(impl #into<#nullable>)
        } else {
            argument(spelling, field)
        },
    });
    (setters.collect(), scope)
}

/// The setters of a struct that is sent: those that are called like their fields, an argument each,
/// and the others.
fn setters(spelling: &Spelling<'_>, shape: &Struct) -> (Vec<TokenStream>, Vec<TokenStream>) {
    let (setters, mut scope) = setters_of(spelling, shape);
    let (mut rows, mut methods) = (Vec::new(), Vec::new());
    for Setter {
        field,
        method,
        declared,
    } in setters
    {
        let name = ident(&field.name);
        if !field.docs.deprecated && method == name {
            rows.push(quote!(#name: #declared));
            continue;
        }
        let some = spelling.std("Some");
        let doc = docs::outer(&format!("Sets [`{0}`](Self::{0}).", field.name));
        let deprecated = field.docs.deprecated.then(|| quote!(#[deprecated]));
        methods.push(quote! {
            #doc
            #deprecated
            #[must_use]
            pub fn #method(mut self, #name: #declared) -> Self {
                self.#name = #some(tables::given(#name));
                self
            }
        });
    }
    methods.extend(shape.rest.as_ref().map(|rest| {
        let name = ident(&rest.name);
        let method = method_name(&mut scope, &rest.name);
        let doc = docs::outer(&format!("Sets [`{0}`](Self::{0}).", rest.name));
        let (declared, converted) = spelling.argument(&rest.ty, &name);
        quote! {
            #doc
            #[must_use]
            pub fn #method(mut self, #name: #declared) -> Self {
                self.#name = #converted;
                self
            }
        }
    }));
    (rows, methods)
}

fn method_name(scope: &mut Scope, field: &Ident) -> proc_macro2::Ident {
    ident(&scope.name(&[field.as_str(), &format!("set_{field}")], "set"))
}
