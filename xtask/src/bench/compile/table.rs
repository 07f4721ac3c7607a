//! Reading the tables of emitted code.

use proc_macro2::TokenStream;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, Lit, LitStr, Token, Type, Visibility, braced, parenthesized};

/// A struct.
pub(super) struct Object {
    pub(super) attributes: Vec<Attribute>,
    pub(super) name: Ident,
    pub(super) fields: Vec<Field>,
    /// The map of members that are not named, and its type.
    pub(super) rest: Option<Argument>,
    pub(super) new: Option<New>,
    pub(super) setters: Vec<Argument>,
}

pub(super) struct Field {
    pub(super) attributes: Vec<Attribute>,
    pub(super) name: Ident,
    pub(super) ty: Type,
    pub(super) wire: Option<LitStr>,
    /// Whether it is `null`, not left out.
    pub(super) is_null: bool,
    /// The value that it always has.
    pub(super) constant: Option<Constant>,
}

/// The value that a field always has.
pub(super) struct Constant {
    pub(super) is_negative: bool,
    pub(super) value: Lit,
}

impl Parse for Constant {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Ok(Self {
            is_negative: input.parse::<Option<Token![-]>>()?.is_some(),
            value: input.parse()?,
        })
    }
}

/// What a constructor asks for.
pub(super) struct New {
    /// The struct that holds it, where it isn't given one by one.
    pub(super) parts: Option<Ident>,
    pub(super) arguments: Vec<Argument>,
}

pub(super) struct Argument {
    pub(super) name: Ident,
    pub(super) ty: Type,
}

/// An enum of texts.
pub(super) struct TextEnum {
    pub(super) attributes: Vec<Attribute>,
    pub(super) name: Ident,
    /// The values, each with its text on the wire.
    pub(super) values: Vec<(Vec<Attribute>, Ident, LitStr)>,
}

/// A type of several.
pub(super) struct Union {
    pub(super) attributes: Vec<Attribute>,
    pub(super) name: Ident,
    pub(super) variants: Vec<Variant>,
}

pub(super) struct Variant {
    pub(super) attributes: Vec<Attribute>,
    pub(super) name: Ident,
    pub(super) ty: Type,
    pub(super) is_boxed: bool,
    /// The word that says what tells it apart.
    pub(super) told: Ident,
}

/// A struct around one value.
pub(super) struct Newtype {
    pub(super) attributes: Vec<Attribute>,
    pub(super) name: Ident,
    pub(super) ty: Type,
}

mod word {
    syn::custom_keyword!(new);
    syn::custom_keyword!(set);
    syn::custom_keyword!(required);
    syn::custom_keyword!(always);
    syn::custom_keyword!(by);
}

impl Parse for Object {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        input.parse::<Visibility>()?;
        input.parse::<Token![struct]>()?;
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
        let mut new = None;
        if input.parse::<Option<word::new>>()?.is_some() {
            let content;
            parenthesized!(content in input);
            new = Some(content.parse()?);
        }
        let mut setters = Vec::new();
        if input.parse::<Option<word::set>>()?.is_some() {
            let content;
            parenthesized!(content in input);
            setters = arguments(&content)?;
        }
        Ok(Self {
            attributes,
            name,
            fields,
            rest,
            new,
            setters,
        })
    }
}

impl Parse for Field {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        input.parse::<Visibility>()?;
        let Argument { name, ty } = input.parse()?;
        let mut field = Self {
            attributes,
            name,
            ty,
            wire: None,
            is_null: false,
            constant: None,
        };
        if input.parse::<Option<Token![=]>>()?.is_none() {
            return Ok(field);
        }
        if input.parse::<Option<word::always>>()?.is_some() {
            field.constant = Some(input.parse()?);
            input.parse::<Option<Token![as]>>()?;
        } else {
            field.is_null = input.parse::<Option<word::required>>()?.is_some();
        }
        if input.peek(LitStr) {
            field.wire = Some(input.parse()?);
        }
        Ok(field)
    }
}

impl Parse for New {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if !input.peek2(syn::token::Brace) {
            let arguments = arguments(input)?;
            return Ok(Self {
                parts: None,
                arguments,
            });
        }
        let parts = Some(input.parse()?);
        let content;
        braced!(content in input);
        let arguments = arguments(&content)?;
        Ok(Self { parts, arguments })
    }
}

impl Parse for Argument {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.parse()?;
        input.parse::<Token![:]>()?;
        let ty = input.parse()?;
        Ok(Self { name, ty })
    }
}

fn arguments(input: ParseStream<'_>) -> syn::Result<Vec<Argument>> {
    let list = Punctuated::<Argument, Token![,]>::parse_terminated(input)?;
    Ok(list.into_iter().collect())
}

impl Parse for TextEnum {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        input.parse::<Visibility>()?;
        input.parse::<Token![enum]>()?;
        let name = input.parse()?;
        let content;
        braced!(content in input);
        let mut values = Vec::new();
        while !content.is_empty() {
            let attributes = content.call(Attribute::parse_outer)?;
            let name = content.parse()?;
            content.parse::<Token![=]>()?;
            values.push((attributes, name, content.parse()?));
            content.parse::<Option<Token![,]>>()?;
        }
        Ok(Self {
            attributes,
            name,
            values,
        })
    }
}

impl Parse for Union {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        input.parse::<Visibility>()?;
        input.parse::<Token![enum]>()?;
        let name = input.parse()?;
        if input.parse::<Option<word::by>>()?.is_some() {
            input.parse::<LitStr>()?;
        }
        let content;
        braced!(content in input);
        let mut variants = Vec::new();
        while !content.is_empty() {
            if content.parse::<Option<Token![..]>>()?.is_some() {
                content.parse::<Ident>()?;
            } else {
                variants.push(content.parse()?);
            }
            content.parse::<Option<Token![,]>>()?;
        }
        Ok(Self {
            attributes,
            name,
            variants,
        })
    }
}

impl Parse for Variant {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let name = input.parse()?;
        let content;
        parenthesized!(content in input);
        let ty = content.parse()?;
        let is_boxed = !content.is_empty();
        content.parse::<TokenStream>()?;
        input.parse::<Token![:]>()?;
        let told = input.parse()?;
        while !input.is_empty() && !input.peek(Token![,]) {
            input.parse::<proc_macro2::TokenTree>()?;
        }
        Ok(Self {
            attributes,
            name,
            ty,
            is_boxed,
            told,
        })
    }
}

impl Parse for Newtype {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        input.parse::<Visibility>()?;
        input.parse::<Token![struct]>()?;
        let name = input.parse()?;
        let content;
        parenthesized!(content in input);
        content.parse::<Visibility>()?;
        let ty = content.parse()?;
        input.parse::<Token![;]>()?;
        Ok(Self {
            attributes,
            name,
            ty,
        })
    }
}
