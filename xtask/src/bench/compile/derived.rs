//! The same types as a careful programmer writes them with serde's derive: what ours are held against.
//!
//! Made from the emitted files, so that names, docs, constructors, setters and conversions are the
//! same, and only the way to JSON and back differs.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Expr, FieldValue, Fields, ImplItem, Item, Lit, Stmt, Type, parse_quote};

use super::table::{self, Constant, Object, StringEnum, Table};

/// A file of types with derives, by the tables of how they are serialized.
pub(super) fn types(text: &str, tables: &str) -> syn::Result<String> {
    let mut file = syn::parse_file(text)?;
    let (tables, _) = table::read(tables)?;
    for table in &tables {
        for item in &mut file.items {
            match table {
                Table::Object(object) => of_object(item, object),
                Table::StringEnum(table) => of_string_enum(item, table),
                Table::Union(union) => {
                    if let Item::Enum(item) = item
                        && item.ident == *union
                    {
                        item.attrs.push(derive());
                        item.attrs.push(parse_quote!(#[serde(untagged)]));
                    }
                }
                Table::Newtype(newtype) => {
                    if let Item::Struct(item) = item
                        && item.ident == *newtype
                    {
                        item.attrs.push(derive());
                        item.attrs.push(parse_quote!(#[serde(transparent)]));
                    }
                }
                // For which there is no derive.
                Table::IntegerEnum(_) => {}
            }
        }
    }
    Ok(prettyplease::unparse(&file))
}

/// A file of tables with nothing in it but the conversions that they stand for.
pub(super) fn conversions(text: &str) -> syn::Result<String> {
    let (tables, mut items) = table::read(text)?;
    for table in &tables {
        let written = match table {
            // Their conversions stand beside the tables.
            Table::Object(_) | Table::Union(_) | Table::Newtype(_) => continue,
            Table::StringEnum(table) => string_enum(table),
            Table::IntegerEnum(tokens) => quote!(tables::integer_enum! { #tokens }),
        };
        items.extend(syn::parse2::<syn::File>(written)?.items);
    }
    let mut file = syn::parse_file("")?;
    file.items = items;
    Ok(prettyplease::unparse(&file))
}

fn derive() -> Attribute {
    parse_quote!(#[derive(serde::Serialize, serde::Deserialize)])
}

/// Puts derives on a struct, and writes out what its constructor leaves to the runtime.
fn of_object(item: &mut Item, object: &Object) {
    match item {
        Item::Struct(item) if item.ident == object.name => {
            item.attrs.push(derive());
            for field in &mut item.fields {
                let Some(name) = &field.ident else { continue };
                if object.rest.as_ref() == Some(name) {
                    field.attrs.push(parse_quote!(#[serde(flatten)]));
                }
                let row = object.fields.iter().find(|row| row.name == *name);
                if let Some(wire) = row.and_then(|row| row.wire.as_ref()) {
                    field.attrs.push(parse_quote!(#[serde(rename = #wire)]));
                }
                if row.is_some_and(|row| row.is_optional) {
                    let skip = parse_quote!(#[serde(skip_serializing_if = "Option::is_none")]);
                    field.attrs.push(skip);
                }
            }
        }
        Item::Impl(item) if is_named(&item.self_ty, &object.name) => {
            for item in &mut item.items {
                if let ImplItem::Fn(function) = item
                    && let Some(Stmt::Expr(value, None)) = function.block.stmts.last_mut()
                {
                    complete(value, object);
                }
            }
        }
        _ => {}
    }
}

/// Gives a new value the fields that it takes from the runtime.
fn complete(value: &mut Expr, object: &Object) {
    if let Expr::Call(_) = value
        && quote!(#value).to_string() == "tables :: defaults ()"
    {
        *value = parse_quote!(Self {
            ..tables::defaults()
        });
    }
    let Expr::Struct(value) = value else { return };
    if value.rest.take().is_none() {
        return;
    }
    value.dot2_token = None;
    let is_given = |name: &syn::Ident| {
        let mut given = value.fields.iter();
        given.any(|field| matches!(&field.member, syn::Member::Named(it) if it == name))
    };
    let fields = object.fields.iter().filter(|field| !is_given(&field.name));
    let fields = fields.map(|field| -> FieldValue {
        let name = &field.name;
        match field.constant.as_ref().map(literal) {
            Some(constant) => parse_quote!(#name: From::from(#constant)),
            None => parse_quote!(#name: Default::default()),
        }
    });
    let rest = object
        .rest
        .iter()
        .map(|name| -> FieldValue { parse_quote!(#name: Default::default()) });
    let missing: Vec<FieldValue> = fields.chain(rest).collect();
    value.fields.extend(missing);
}

fn is_named(ty: &Type, name: &syn::Ident) -> bool {
    matches!(ty, Type::Path(path) if path.path.is_ident(name))
}

/// A value of a type that is plain to the compiler.
fn literal(constant: &Constant) -> TokenStream {
    let minus = constant.is_negative.then(|| quote!(-));
    match &constant.value {
        Lit::Int(whole) => quote!(#minus #whole as i64),
        other => quote!(#minus #other),
    }
}

fn of_string_enum(item: &mut Item, table: &StringEnum) {
    let Item::Enum(item) = item else { return };
    if item.ident != table.name {
        return;
    }
    item.attrs.push(derive());
    for variant in &mut item.variants {
        let value = table.values.iter().find(|(name, _)| variant.ident == *name);
        variant.attrs.push(match value {
            Some((_, text)) => parse_quote!(#[serde(rename = #text)]),
            None => parse_quote!(#[serde(untagged)]),
        });
        debug_assert!(value.is_none() || matches!(variant.fields, Fields::Unit));
    }
}

fn string_enum(table: &StringEnum) -> TokenStream {
    let StringEnum { name, values } = table;
    let variants: Vec<_> = values.iter().map(|(variant, _)| variant).collect();
    let texts: Vec<_> = values.iter().map(|(_, text)| text).collect();
    quote! {
        impl tables::OpenEnum for types::#name {
            const VALUES: &'static [Self] = &[#(Self::#variants),*];

            fn parse(value: &str) -> Self {
                match value {
                    #(#texts => Self::#variants,)*
                    unknown => Self::UnknownValue(String::from(unknown)),
                }
            }

            fn as_str(&self) -> &str {
                match self {
                    #(Self::#variants => #texts,)*
                    Self::UnknownValue(value) => value,
                }
            }

            fn is_unknown(&self) -> bool {
                matches!(self, Self::UnknownValue(_))
            }
        }

        impl std::str::FromStr for types::#name {
            type Err = std::convert::Infallible;

            fn from_str(value: &str) -> Result<Self, std::convert::Infallible> {
                Ok(Self::from(value))
            }
        }

        impl AsRef<str> for types::#name {
            fn as_ref(&self) -> &str {
                tables::OpenEnum::as_str(self)
            }
        }

        impl PartialEq<str> for types::#name {
            fn eq(&self, other: &str) -> bool {
                tables::OpenEnum::as_str(self) == other
            }
        }

        impl PartialEq<&str> for types::#name {
            fn eq(&self, other: &&str) -> bool {
                tables::OpenEnum::as_str(self) == *other
            }
        }

        impl std::fmt::Display for types::#name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(tables::OpenEnum::as_str(self))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    const TYPES: &str = "
        #[derive(Clone)]
        pub struct Pet {
            pub kind: String,
            pub name: String,
            pub born_at: Option<String>,
            pub more: BTreeMap<String, String>,
        }
        impl Pet {
            pub fn new(name: impl Into<String>) -> Self {
                Self { name: name.into(), ..tables::defaults() }
            }
        }
        pub enum Mood {
            Happy,
            UnknownValue(String),
        }
        pub enum Owner {
            Name(String),
        }
    ";

    const TABLES: &str = "
        tables::object!(Pet {
            kind always \"pet\",
            name,
            born_at? = \"bornAt\",
            ..more
        });
        tables::string_enum!(Mood {
            Happy = \"HAPPY\",
        });
        impl From<&str> for types::Mood {
            fn from(value: &str) -> Self { tables::OpenEnum::parse(value) }
        }
        union::union!(Owner by \"kind\" {
            Name(String): tag \"a\" | 2,
        });
    ";

    #[test]
    fn types_are_derived_by_their_tables() {
        let types = super::types(TYPES, TABLES).expect("types");
        for line in [
            "#[serde(rename = \"bornAt\")]",
            "#[serde(skip_serializing_if = \"Option::is_none\")]",
            "#[serde(flatten)]",
            "kind: From::from(\"pet\"),",
            "born_at: Default::default(),",
            "more: Default::default(),",
            "#[serde(rename = \"HAPPY\")]",
        ] {
            assert_eq!(types.matches(line).count(), 1, "{line} in\n{types}");
        }
        assert_eq!(types.matches("#[serde(untagged)]").count(), 2, "{types}");
        assert!(!types.contains("tables::defaults"), "{types}");
    }

    #[test]
    fn what_stands_beside_tables_stays() {
        let tables = super::conversions(TABLES).expect("impls");
        assert!(
            tables.contains("impl From<&str> for types::Mood"),
            "{tables}"
        );
        assert!(
            tables.contains("impl tables::OpenEnum for types::Mood"),
            "{tables}"
        );
        assert!(!tables.contains("macro"), "{tables}");
        assert!(!tables.contains("object!"), "{tables}");
    }
}
