//! Reading the tables that say how emitted types are serialized.

use proc_macro2::TokenStream;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, Item, Lit, LitStr, Token, braced};

/// The table of a type.
pub(super) enum Table {
    Object(Object),
    StringEnum(StringEnum),
    /// Whose macro is called by these tokens.
    IntegerEnum(TokenStream),
    Union(Ident),
    Newtype(Ident),
}

/// A struct.
pub(super) struct Object {
    pub(super) name: Ident,
    pub(super) fields: Vec<Field>,
    /// The map of additional properties.
    pub(super) rest: Option<Ident>,
}

pub(super) struct Field {
    pub(super) name: Ident,
    /// What it is serialized as, where that isn't its name.
    pub(super) wire: Option<LitStr>,
    pub(super) is_optional: bool,
    /// The value that it always has.
    pub(super) constant: Option<Constant>,
}

/// The value that a field always has.
pub(super) struct Constant {
    pub(super) is_negative: bool,
    pub(super) value: Lit,
}

/// An enum of strings.
pub(super) struct StringEnum {
    pub(super) name: Ident,
    /// The values, each with what it is serialized as.
    pub(super) values: Vec<(Ident, LitStr)>,
}

mod word {
    syn::custom_keyword!(always);
}

/// The tables of a file, and its other items.
pub(super) fn read(text: &str) -> syn::Result<(Vec<Table>, Vec<Item>)> {
    let (mut tables, mut others) = (Vec::new(), Vec::new());
    for item in syn::parse_file(text)?.items {
        let Item::Macro(call) = &item else {
            others.push(item);
            continue;
        };
        let name = call.mac.path.segments.last().map(|it| it.ident.to_string());
        let tokens = call.mac.tokens.clone();
        tables.push(match name.as_deref().unwrap_or_default() {
            "object" => Table::Object(syn::parse2(tokens)?),
            "string_enum" => Table::StringEnum(syn::parse2(tokens)?),
            "union" => Table::Union(syn::parse2::<Named>(tokens)?.0),
            "newtype" => Table::Newtype(syn::parse2::<Named>(tokens)?.0),
            _ => Table::IntegerEnum(tokens),
        });
    }
    Ok((tables, others))
}

impl Parse for Constant {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Ok(Self {
            is_negative: input.parse::<Option<Token![-]>>()?.is_some(),
            value: input.parse()?,
        })
    }
}

impl Parse for Object {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.parse()?;
        let members;
        braced!(members in input);
        let mut fields = Vec::new();
        let mut rest = None;
        while !members.is_empty() {
            if members.parse::<Option<Token![..]>>()?.is_some() {
                rest = Some(members.parse()?);
            } else {
                fields.push(members.parse()?);
            }
            members.parse::<Option<Token![,]>>()?;
        }
        Ok(Self { name, fields, rest })
    }
}

impl Parse for Field {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.parse()?;
        let is_optional = input.parse::<Option<Token![?]>>()?.is_some();
        let wire = match input.parse::<Option<Token![=]>>()? {
            Some(_) => Some(input.parse()?),
            None => None,
        };
        let constant = match input.parse::<Option<word::always>>()? {
            Some(_) => Some(input.parse()?),
            None => None,
        };
        Ok(Self {
            name,
            wire,
            is_optional,
            constant,
        })
    }
}

impl Parse for StringEnum {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.parse()?;
        let content;
        braced!(content in input);
        let mut values = Vec::new();
        while !content.is_empty() {
            let name = content.parse()?;
            content.parse::<Token![=]>()?;
            values.push((name, content.parse()?));
            content.parse::<Option<Token![,]>>()?;
        }
        Ok(Self { name, values })
    }
}

/// The name that a table begins with.
struct Named(Ident);

impl Parse for Named {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.parse()?;
        input.parse::<TokenStream>()?;
        Ok(Self(name))
    }
}
