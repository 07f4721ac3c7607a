//! Expressions that make a value of a type, for examples in documentation.
//!
//! The document's own examples are used where they fit the type.

use std::cell::RefCell;
use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

use crate::model::{Api, Field, Shape, Struct, Type, TypeDef, TypeId, Union};
use crate::names::PRELUDE;

use super::spelling::{braced, ident};

/// Longest text that an example shows, in characters.
const LONGEST: usize = 64;

/// Most items of a list that an example shows.
const MOST_ITEMS: usize = 3;

/// Most values, one within another, of any JSON that an example shows.
const MOST_VALUES: usize = 8;

/// Deepest nesting of an example: required parts of a type may lead back to it.
const DEEPEST: usize = 12;

/// Names that examples import from the root of the crate.
const ROOT: [&str; 8] = [
    "Base64",
    "Base64Url",
    "Client",
    "Date",
    "DateTime",
    "Decimal",
    "Error",
    "Response",
];

/// Makes values, and remembers what they need to be imported.
pub(super) struct Sampler<'a> {
    api: &'a Api,
    types: RefCell<BTreeSet<String>>,
    /// Names from the root of the crate.
    root: RefCell<BTreeSet<&'static str>>,
}

/// Where an expression stands, which decides how much conversion it needs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum As {
    /// An argument that is converted by the callee.
    Argument,
    /// A value of exactly the type.
    Exact,
}

impl<'a> Sampler<'a> {
    /// A sampler that has made nothing yet.
    pub(super) fn new(api: &'a Api) -> Self {
        Self {
            api,
            types: RefCell::default(),
            root: RefCell::default(),
        }
    }

    /// The API whose values it makes.
    pub(super) fn api(&self) -> &'a Api {
        self.api
    }

    /// An argument of this type; `hint` is what a text says when nothing better is known.
    ///
    /// `None` where no value can be written down.
    pub(super) fn argument(
        &self,
        ty: &Type,
        example: Option<&Value>,
        hint: &str,
    ) -> Option<TokenStream> {
        self.value(ty, example, hint, As::Argument, 0)
    }

    /// The imports that the values made so far need. `root` are further names from the crate's
    /// root.
    pub(super) fn imports(&self, root: &[&str]) -> TokenStream {
        let library = ident(&self.api.package.library);
        let mut root: BTreeSet<&str> = root.iter().copied().collect();
        root.extend(self.root.borrow().iter());
        let types = self.types.borrow();
        let qualified = types.iter().any(|name| is_qualified(name));
        if qualified {
            root.insert("types");
        }
        let plain: Vec<TokenStream> = types
            .iter()
            .filter(|name| !is_qualified(name))
            .filter_map(|name| name.parse().ok())
            .collect();
        let root: Vec<TokenStream> = root.iter().filter_map(|name| name.parse().ok()).collect();
        let types = braced(&quote!(#library::types), &plain);
        let root = braced(&quote!(#library), &root);
        quote!(#root #types)
    }

    /// The name of a type, as an example writes it.
    pub(super) fn type_name(&self, name: &crate::names::Ident) -> Option<TokenStream> {
        self.name(name.as_str())
    }

    fn value(
        &self,
        ty: &Type,
        example: Option<&Value>,
        hint: &str,
        form: As,
        depth: usize,
    ) -> Option<TokenStream> {
        if depth > DEEPEST {
            return None;
        }
        Some(match ty {
            Type::String => text(example, hint, form),
            Type::Bool => {
                let value = example.and_then(Value::as_bool).unwrap_or(true);
                quote!(#value)
            }
            Type::I64 | Type::I128 => whole(example.and_then(Value::as_i64)),
            Type::U64 => whole(example.and_then(Value::as_i64).filter(|&it| it >= 0)),
            Type::F64 => float(example.and_then(Value::as_f64)),
            Type::Decimal => {
                self.root.borrow_mut().insert("Decimal");
                let text = match example {
                    Some(Value::Number(number)) => number.to_string(),
                    _ => "12.50".to_owned(),
                };
                quote!(Decimal::parse(#text)?)
            }
            Type::DateTime => {
                self.root.borrow_mut().insert("DateTime");
                let value = example
                    .and_then(Value::as_str)
                    .filter(|text| is_date_time(text))
                    .unwrap_or("2026-01-02T03:04:05Z");
                quote!(DateTime::parse(#value)?)
            }
            Type::Date => {
                self.root.borrow_mut().insert("Date");
                let value = example
                    .and_then(Value::as_str)
                    .filter(|text| is_date(text))
                    .unwrap_or("2026-01-02");
                quote!(Date::parse(#value)?)
            }
            Type::Base64 => self.bytes("Base64", hint, form),
            Type::Base64Url => self.bytes("Base64Url", hint, form),
            Type::Value => json(example, hint),
            Type::Array(item) => self.list(item, example, hint, form, depth)?,
            Type::Map(value) => {
                let entry = match example {
                    Some(Value::Object(object)) => object.iter().next(),
                    _ => None,
                };
                let key = entry.map_or("key", |(key, _)| key.as_str());
                let value = self.value(
                    value,
                    entry.map(|(_, value)| value),
                    hint,
                    As::Exact,
                    depth + 1,
                )?;
                match form {
                    As::Argument => quote!([(#key, #value)]),
                    As::Exact => {
                        quote!(std::collections::BTreeMap::from([(#key.to_owned(), #value)]))
                    }
                }
            }
            Type::Nullable(inner) => {
                let value = self.value(inner, example, hint, As::Exact, depth + 1)?;
                quote!(Some(#value))
            }
            Type::Named(id) => self.named(*id, example, hint, form, depth)?,
            // Only its author knows how it is made.
            Type::External(_) => return None,
        })
    }

    fn bytes(&self, name: &'static str, hint: &str, form: As) -> TokenStream {
        let bytes = Literal::byte_string(hint.as_bytes());
        if form == As::Argument {
            return quote!(#bytes);
        }
        self.root.borrow_mut().insert(name);
        let name = format_ident!("{name}");
        quote!(#name::from(#bytes))
    }

    fn list(
        &self,
        item: &Type,
        example: Option<&Value>,
        hint: &str,
        form: As,
        depth: usize,
    ) -> Option<TokenStream> {
        let shown: Vec<Option<&Value>> = match example {
            Some(Value::Array(items)) if !items.is_empty() => {
                items.iter().take(MOST_ITEMS).map(Some).collect()
            }
            _ => vec![None],
        };
        let converted = match self.api.resolve(item) {
            Type::String
            | Type::Decimal
            | Type::DateTime
            | Type::Date
            | Type::Base64
            | Type::Base64Url => true,
            Type::Named(id) => {
                matches!(
                    self.api.type_def(*id).shape,
                    Shape::StringEnum(_) | Shape::IntegerEnum(_)
                )
            }
            _ => false,
        };
        let form_of_items = if converted { form } else { As::Exact };
        let items: Option<Vec<TokenStream>> = shown
            .into_iter()
            .map(|example| self.value(item, example, hint, form_of_items, depth + 1))
            .collect();
        let items = items?;
        Some(match form {
            As::Argument => quote!([#(#items),*]),
            As::Exact => quote!(vec![#(#items),*]),
        })
    }

    fn named(
        &self,
        id: TypeId,
        example: Option<&Value>,
        hint: &str,
        form: As,
        depth: usize,
    ) -> Option<TokenStream> {
        let definition = self.api.type_def(id);
        let example = example.or(definition.docs.example.as_ref());
        Some(match &definition.shape {
            Shape::Alias(target) => return self.value(target, example, hint, form, depth + 1),
            Shape::Newtype(inner) => {
                let name = self.name(definition.name.as_str())?;
                let inner = self.value(inner, example, hint, As::Exact, depth + 1)?;
                quote!(#name(#inner))
            }
            Shape::Struct(shape) => self.object(definition, shape, example, depth)?,
            Shape::StringEnum(variants) => {
                let wanted = example.and_then(Value::as_str);
                let variant = variants
                    .iter()
                    .find(|variant| Some(variant.value.as_str()) == wanted)
                    .or_else(|| variants.iter().find(|it| !it.docs.deprecated))
                    .or_else(|| variants.first())?;
                let (name, variant) = (self.name(definition.name.as_str())?, ident(&variant.name));
                quote!(#name::#variant)
            }
            Shape::IntegerEnum(variants) => {
                let wanted = example.and_then(Value::as_i64);
                let variant = variants
                    .iter()
                    .find(|variant| Some(variant.value) == wanted)
                    .or_else(|| variants.iter().find(|it| !it.docs.deprecated))
                    .or_else(|| variants.first())?;
                let (name, variant) = (self.name(definition.name.as_str())?, ident(&variant.name));
                quote!(#name::#variant)
            }
            Shape::Union(union) => self.union(definition, union, example, hint, depth)?,
        })
    }

    fn union(
        &self,
        definition: &TypeDef,
        union: &Union,
        example: Option<&Value>,
        hint: &str,
        depth: usize,
    ) -> Option<TokenStream> {
        let variant = example
            .and_then(|example| union.variant_of(self.api, example))
            .or_else(|| union.variants.first())?;
        let inner = self.value(&variant.ty, example, hint, As::Exact, depth + 1)?;
        let (name, variant_name) = (self.name(definition.name.as_str())?, ident(&variant.name));
        Some(if variant.boxed {
            quote!(#name::#variant_name(Box::new(#inner)))
        } else {
            quote!(#name::#variant_name(#inner))
        })
    }

    fn object(
        &self,
        definition: &TypeDef,
        shape: &Struct,
        example: Option<&Value>,
        depth: usize,
    ) -> Option<TokenStream> {
        let name = self.name(definition.name.as_str())?;
        let required = shape.fields.iter().filter(|it| it.is_asked_for());
        let of = |field: &Field| {
            let own = field.docs.example.as_ref();
            example
                .and_then(|object| object.get(&field.wire))
                .or(own)
                .cloned()
        };
        if let Some(parts) = &shape.parts {
            let parts_name = self.name(parts.as_str())?;
            let mut inits = Vec::new();
            for field in required {
                let value = self.field(field, of(field).as_ref(), As::Exact, depth)?;
                let key = ident(&field.name);
                inits.push(quote!(#key: #value));
            }
            return Some(quote!(#name::new(#parts_name { #(#inits),* })));
        }
        let mut arguments = Vec::new();
        for field in required {
            let form = if field.nullable {
                As::Exact
            } else {
                As::Argument
            };
            arguments.push(self.field(field, of(field).as_ref(), form, depth)?);
        }
        Some(quote!(#name::new(#(#arguments),*)))
    }

    fn field(
        &self,
        field: &Field,
        example: Option<&Value>,
        form: As,
        depth: usize,
    ) -> Option<TokenStream> {
        let mut value = self.value(&field.ty, example, &field.wire, form, depth + 1)?;
        if field.boxed && form == As::Exact {
            value = quote!(Box::new(#value));
        }
        if field.nullable {
            value = quote!(Some(#value));
        }
        Some(value)
    }

    /// The name of a type as an example writes it.
    fn name(&self, name: &str) -> Option<TokenStream> {
        self.types.borrow_mut().insert(name.to_owned());
        let name: TokenStream = if is_qualified(name) {
            format!("types::{name}").parse().ok()?
        } else {
            name.parse().ok()?
        };
        Some(name)
    }
}

/// Whether the name would hide another that examples use.
fn is_qualified(name: &str) -> bool {
    PRELUDE.contains(&name) || ROOT.contains(&name)
}

fn text(example: Option<&Value>, hint: &str, form: As) -> TokenStream {
    let short = |text: &&str| text.chars().count() <= LONGEST && !text.is_empty();
    let text = example
        .and_then(Value::as_str)
        .filter(short)
        .unwrap_or(hint);
    match form {
        As::Argument => quote!(#text),
        As::Exact => quote!(#text.to_owned()),
    }
}

/// Whether a text has the form of a date and time, so that an example with it works
/// (RFC 3339 section 5.6).
fn is_date_time(text: &str) -> bool {
    let form = b"dddd-dd-ddTdd:dd:dd";
    text.len() >= form.len()
        && form
            .iter()
            .zip(text.bytes())
            .all(|(form, byte)| match form {
                b'd' => byte.is_ascii_digit(),
                form => *form == byte,
            })
        && text[form.len()..]
            .trim_start_matches(['.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
            .starts_with(['Z', 'z', '+', '-'])
}

/// Whether a text is a date that every month has, so that an example with it works.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |text: &str, most: u8| {
        let number = text.parse::<u8>().is_ok_and(|it| (1..=most).contains(&it));
        text.len() == 2 && number && !text.starts_with('+')
    };
    match parts.as_slice() {
        [year, month, day] => {
            let digits = year.bytes().all(|byte| byte.is_ascii_digit());
            year.len() == 4 && digits && number(month, 12) && number(day, 28)
        }
        _ => false,
    }
}

/// A number as it is written by hand, in powers of ten where that is shorter.
fn float(value: Option<f64>) -> TokenStream {
    let value = value.unwrap_or(1.0);
    let written = match value.abs() {
        0.0 => "0.0".to_owned(),
        1e-5..1e16 => format!("{value:?}"),
        _ => format!("{value:e}"),
    };
    written.parse().unwrap_or_else(|_| quote!(1.0))
}

fn whole(value: Option<i64>) -> TokenStream {
    let value = Literal::i64_unsuffixed(value.unwrap_or(1));
    quote!(#value)
}

/// Any JSON: the example where it is short, a text otherwise.
fn json(example: Option<&Value>, hint: &str) -> TokenStream {
    let mut room = MOST_VALUES;
    let value = example.and_then(|example| json_literal(example, &mut room));
    let value = value.unwrap_or_else(|| quote!(#hint));
    quote!(serde_json::json!(#value))
}

/// A value as `json!` takes it; none where there is no room for it.
fn json_literal(value: &Value, room: &mut usize) -> Option<TokenStream> {
    *room = room.checked_sub(1)?;
    Some(match value {
        Value::Null => quote!(null),
        Value::Bool(value) => quote!(#value),
        Value::Number(value) => match value.as_i64() {
            Some(value) => {
                let value = Literal::i64_unsuffixed(value);
                quote!(#value)
            }
            None => float(Some(value.as_f64().filter(|it| it.is_finite())?)),
        },
        Value::String(value) if value.chars().count() <= LONGEST => quote!(#value),
        Value::String(_) => return None,
        Value::Array(items) => {
            let items: Option<Vec<TokenStream>> =
                items.iter().map(|it| json_literal(it, room)).collect();
            let items = items?;
            quote!([#(#items),*])
        }
        Value::Object(members) => {
            let members = members.iter().map(|(key, value)| {
                let value = json_literal(value, room)?;
                (key.chars().count() <= LONGEST).then(|| quote!(#key: #value))
            });
            let members: Option<Vec<TokenStream>> = members.collect();
            let members = members?;
            quote!({#(#members),*})
        }
    })
}
