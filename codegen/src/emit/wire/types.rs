//! The tables of types: what their fields, values and variants are serialized as.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use crate::model::{
    Api, Constant, Discriminant, Field, JsonKind, Module, Shape, Struct, TagWriter, Type, TypeDef,
    Union, UnionVariant, Variant,
};
use crate::print;

use super::super::common::Common;
use super::super::spelling::{Spelling, ident};
use super::super::types::allow_deprecated;
use super::super::{docs, features};

/// `wire/types/mod.rs`
pub(in crate::emit) fn root(api: &Api, common: &Common<'_>) -> TokenStream {
    let modules = api.modules.iter().map(|module| {
        let (gate, name) = (features::gate(module.feature.as_ref()), ident(&module.name));
        quote!(#gate mod #name;)
    });
    let allow = allow_deprecated(common);
    quote! {
        //! How the types of the API are serialized: a table for each type, with a line for each field,
        //! value or variant.

        #allow
        #(#modules)*
    }
}

/// The tables of a module of types.
///
/// # Errors
///
/// As [`print::file`].
pub(in crate::emit) fn module(api: &Api, module: &Module) -> Result<String, String> {
    let spelling = Spelling::elsewhere(api);
    let definitions = || module.types.iter().map(|&id| api.type_def(id));
    let mut tables = String::new();
    for definition in definitions() {
        table(&mut tables, api, &spelling, definition);
    }
    let doc = docs::inner(&format!(
        "How the types of {} are serialized.",
        docs::code(module.name.as_str())
    ));
    let imports = spelling.imports();
    let shapes: Vec<&Shape> = definitions().map(|it| &it.shape).collect();
    let runtime = runtime_modules(&shapes);
    let head = print::file(quote! {
        #doc
        #imports
        #runtime
    })?;
    Ok(if tables.is_empty() {
        head
    } else {
        format!("{head}\n{tables}")
    })
}

/// The imports that tables of these shapes need.
fn runtime_modules(shapes: &[&Shape]) -> Option<TokenStream> {
    let union = shapes.iter().any(|it| matches!(it, Shape::Union(_)));
    let others = |shape: &&Shape| !matches!(shape, Shape::Union(_) | Shape::Alias(_));
    let names = match (shapes.iter().any(others), union) {
        (true, true) => quote!({ tables, union }),
        (true, false) => quote!(tables),
        (false, true) => quote!(union),
        (false, false) => return None,
    };
    Some(quote! {
        use crate::runtime::#names;
        use crate::types;
    })
}

/// Writes the table of a type, if it has one.
fn table(text: &mut String, api: &Api, spelling: &Spelling<'_>, definition: &TypeDef) {
    let name = definition.name.as_str();
    match &definition.shape {
        Shape::Struct(shape) => {
            block(text, "tables::object", name, &object(shape));
            if api.is_made_of_text(definition) {
                conversion(text, "&str", name, "Self::new(value)");
            }
        }
        Shape::StringEnum(variants) => {
            let lines = values(variants, |value| Literal::string(value).to_string());
            block(text, "tables::string_enum", name, &lines);
            conversion(text, "&str", name, "tables::OpenEnum::parse(value)");
            conversion(text, "String", name, "tables::OpenEnum::parse(&value)");
        }
        Shape::IntegerEnum(variants) => {
            let lines = values(variants, i64::to_string);
            block(text, "tables::integer_enum", name, &lines);
            conversion(text, "i64", name, "tables::OpenInteger::parse(value)");
        }
        Shape::Union(union) => {
            let by = union.tag.as_ref().map(|tag| Literal::string(tag));
            let head = match by {
                Some(by) => format!("{name} by {by}"),
                None => name.to_owned(),
            };
            let others = union.variants.iter().find(|it| it.takes_others);
            let head = match others {
                Some(others) => format!("{head} else {}", others.name),
                None => head,
            };
            block(text, "union::union", &head, &variants(api, spelling, union));
            conversions(text, api, spelling, name, union);
            if definition.usage.sent {
                conversion_of_arrays(text, spelling, name, union);
            }
        }
        Shape::Newtype(inner) => {
            let inner = spelling.shown(inner);
            text.extend(["tables::newtype!(", name, "(", &inner, "));\n"]);
            conversion(text, &inner, name, "Self(value)");
        }
        Shape::Alias(_) => {}
    }
}

/// Writes a table: what it is called, and its lines; all of it on one line where it has room there.
fn block(text: &mut String, table: &str, head: &str, lines: &[String]) {
    text.extend([table, "!(", head, " {"]);
    let signs = table.len() + head.len() + "!( { });".len();
    let room = print::WIDTH.saturating_sub(signs);
    if !lines.is_empty() && lines.iter().map(|it| it.len() + 1).sum::<usize>() <= room {
        for line in lines {
            text.extend([" ", line]);
        }
        if text.ends_with(',') {
            text.pop();
        }
        text.push_str(" });\n");
        return;
    }
    for line in lines {
        text.extend(["\n    ", line]);
    }
    text.push_str(if lines.is_empty() { "});\n" } else { "\n});\n" });
}

/// The lines of a struct.
fn object(shape: &Struct) -> Vec<String> {
    let rest = shape.rest.iter().map(|rest| format!("..{}", rest.name));
    shape.fields.iter().map(field).chain(rest).collect()
}

fn field(field: &Field) -> String {
    let mut line = field.name.to_string();
    if !field.required {
        line.push('?');
    }
    if field.name.as_str() != field.wire {
        line.push_str(" = ");
        line.push_str(&Literal::string(&field.wire).to_string());
    }
    if let Some(constant) = &field.constant {
        line.push_str(" always ");
        line.push_str(&always(constant));
    }
    line.push(',');
    line
}

/// A constant as a literal.
fn always(constant: &Constant) -> String {
    match constant {
        Constant::Text(text) => Literal::string(text).to_string(),
        Constant::Boolean(value) => value.to_string(),
        Constant::Integer(value) => value.to_string(),
        // With a point or an exponent, so that it is no integer.
        Constant::Float(value) => format!("{value:?}"),
    }
}

/// The lines of an enum.
fn values<T>(variants: &[Variant<T>], shown: impl Fn(&T) -> String) -> Vec<String> {
    let lines = variants
        .iter()
        .map(|variant| format!("{} = {},", variant.name, shown(&variant.value)));
    lines.collect()
}

/// The lines of a union.
fn variants(api: &Api, spelling: &Spelling<'_>, union: &Union) -> Vec<String> {
    let lines = union.variants.iter().map(|variant| {
        let word = discriminant(api, &variant.discriminant, &variant.ty);
        let ty = spelling.shown(&variant.ty);
        format!("{}({ty}): {word},", variant.name)
    });
    let any = union.any.then(|| "..any".to_owned());
    lines.chain(any).collect()
}

/// Writes the conversions to a union: of the types of its variants, and of a `&str` where a string is
/// one of its values.
fn conversions(text: &mut String, api: &Api, spelling: &Spelling<'_>, name: &str, union: &Union) {
    let of_kind =
        |variant: &UnionVariant| variant.discriminant == Discriminant::Kind(JsonKind::String);
    let has_string = union.variants.iter().any(|it| api.is_string(&it.ty));
    let is_enum = |it: &UnionVariant| of_kind(it) && api.is_open_enum(&it.ty);
    if !has_string && union.variants.iter().any(is_enum) {
        conversion(text, "&str", name, "union::from_string(value.to_owned())");
        conversion(text, "String", name, "union::from_string(value)");
    }
    for variant in &union.variants {
        // Nothing says which of several variants is meant by a value of their one type.
        if matches!(
            variant.discriminant,
            Discriminant::Tag {
                written: TagWriter::UnionOfSame,
                ..
            }
        ) {
            continue;
        }
        let of = &variant.name;
        if of_kind(variant) && api.is_string(&variant.ty) {
            conversion(text, "&str", name, &format!("Self::{of}(value.to_owned())"));
        }
        let value = if variant.boxed {
            format!("Self::{of}(Box::new(value))")
        } else {
            format!("Self::{of}(value)")
        };
        conversion(text, &spelling.shown(&variant.ty), name, &value);
    }
}

/// Writes the conversion of arrays to a union, whose items may be what is made an item.
fn conversion_of_arrays(text: &mut String, spelling: &Spelling<'_>, name: &str, union: &Union) {
    let mut lists = union.variants.iter().filter_map(|it| match &it.ty {
        Type::Array(item) => Some((it, item)),
        _ => None,
    });
    // Of what several lists would take nothing says which is meant.
    if let (Some((list, item)), None) = (lists.next(), lists.next()) {
        let item = spelling.shown(item);
        let of = &list.name;
        let made = format!("Self::{of}(value.into_iter().map(Into::into).collect())");
        let head = format!("<I: Into<{item}>, const N: usize> From<[I; N]>");
        conversion_of(text, &head, "[I; N]", name, &made);
    }
}

/// Writes an impl of `From`, on a line of its own however long that is: they are all alike.
fn conversion(text: &mut String, from: &str, name: &str, made: &str) {
    conversion_of(text, &format!(" From<{from}>"), from, name, made);
}

/// The same, with the head of an impl that is for several types.
fn conversion_of(text: &mut String, head: &str, from: &str, name: &str, made: &str) {
    text.extend(["impl", head, " for types::", name]);
    text.extend([" { fn from(value: ", from, ") -> Self { ", made, " } }\n"]);
}

/// What a variant is told apart by, in the words of the runtime's table.
fn discriminant(api: &Api, discriminant: &Discriminant, ty: &Type) -> String {
    let word = match discriminant {
        Discriminant::Kind(JsonKind::String) if api.is_string(ty) => "string",
        Discriminant::Kind(JsonKind::String) => "text",
        Discriminant::Kind(JsonKind::Integer) => "integer",
        Discriminant::Kind(JsonKind::Number) if *api.resolve(ty) == Type::Decimal => "decimal",
        Discriminant::Kind(JsonKind::Number) => "number",
        Discriminant::Kind(JsonKind::Boolean) => "boolean",
        Discriminant::Kind(JsonKind::Array) => "array",
        Discriminant::Kind(JsonKind::Object) => "object",
        Discriminant::Fields { open: false } => "fields",
        Discriminant::Fields { open: true } => "open",
        Discriminant::Nested => "nested",
        Discriminant::Tag { values, written } => {
            let word = match written {
                TagWriter::Type => "tag",
                TagWriter::Union => "adding",
                TagWriter::UnionOfSame => "sharing",
            };
            let values: Vec<String> = values.iter().map(tag_value).collect();
            return format!("{word} {}", values.join(" | "));
        }
    };
    word.to_owned()
}

/// A value of a discriminator as a literal.
fn tag_value(value: &Value) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        Value::Number(value) => value.as_i64().unwrap_or_default().to_string(),
        Value::String(text) => Literal::string(text).to_string(),
        other => Literal::string(&other.to_string()).to_string(),
    }
}
