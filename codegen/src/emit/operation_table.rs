//! The table of an operation: what the runtime has to know to send its request.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};

use crate::model::{
    Api, BodyContent, HttpMethod, Operation, Output, Parameter, ParameterLocation, Security, Style,
    Type,
};

use super::common::Common;
use super::spelling::{Spelling, ident};
use super::wire::xml;
use super::{body, pages, request};

/// The table of one operation.
pub(super) fn table(
    api: &Api,
    common: &Common<'_>,
    spelling: &Spelling<'_>,
    operation: &Operation,
) -> TokenStream {
    let request = ident(&operation.request);
    let (id, path) = (&operation.id, &operation.sent_path);
    let http = match operation.http {
        HttpMethod::Other(_) => Literal::string(operation.http.as_str()).into_token_stream(),
        named => format_ident!("{}", named.as_str()).into_token_stream(),
    };
    let response = response(spelling, operation);
    let accept = &operation.accept;
    let accept = (accept != body::JSON).then(|| quote!(, accept #accept));
    let security = (operation.security != *common.security).then(|| {
        let sets = sets(&operation.security);
        quote!(, security [#(#sets),*])
    });
    let server = operation.server.as_ref();
    let server = server.map(|url| quote!(, server #url));
    let redirects = (!operation.redirects.is_empty()).then(|| {
        let statuses = operation.redirects.iter();
        let statuses = statuses.map(|status| Literal::u16_unsuffixed(*status));
        quote!(, redirects [#(#statuses),*])
    });
    let fields = match operation.body.as_ref().map(|body| &body.content) {
        Some(BodyContent::Form { encodings, .. }) => body::fields(encodings),
        _ => {
            let of_query = operation.parameters.iter().flat_map(|it| &it.encodings);
            body::fields(of_query)
        }
    };
    let fields = fields.map(|fields| quote!(, fields(#fields)));
    let pages = pages::clause(api, spelling, operation).map(|clause| quote!(, pages(#clause)));
    let rows = operation.parameters.iter().map(row);
    let table = match &operation.output {
        Output::Xml(..) => quote!(crate::runtime::xml::request),
        _ => quote!(requests::request),
    };
    quote! {
        #table! {
            #request: #id #http #path -> #response
            #accept #security #server #redirects #fields #pages;
            #(#rows,)*
        }
    }
}

/// How the response is read, and as which type.
fn response(spelling: &Spelling<'_>, operation: &Operation) -> TokenStream {
    match &operation.output {
        Output::None => quote!(nothing),
        Output::Json(ty) => {
            let kind = format_ident!("{}", json_kind(spelling, ty));
            let ty = spelling.ty(ty);
            quote!(#kind(#ty))
        }
        Output::Xml(ty, root) => {
            let (ty, root) = (spelling.ty(ty), xml::root(spelling.api(), *root));
            quote!(#ty, root #root)
        }
        Output::String(ty) => {
            let ty = spelling.ty(ty);
            quote!(string(#ty))
        }
        Output::Maybe(ty) => {
            let ty = spelling.ty(ty);
            quote!(optional(#ty))
        }
        Output::Text => quote!(text),
        Output::Bytes => quote!(bytes),
        Output::Redirection | Output::Several { .. } => {
            let ty = request::output(spelling, operation);
            quote!(several(#ty))
        }
    }
}

/// How JSON of a type is read: where it may be anything, it may be nothing as well.
pub(super) fn json_kind(spelling: &Spelling<'_>, ty: &Type) -> &'static str {
    if spelling.is_any(ty) { "value" } else { "json" }
}

/// What credentials are taken, as the runtime has it.
pub(super) fn security(security: &Security) -> TokenStream {
    let sets = sets(security);
    quote!(&[#(&#sets),*])
}

/// The sets of credentials that are taken, each a list of indices.
fn sets(security: &Security) -> Vec<TokenStream> {
    let sets = security.iter().map(|set| {
        let indices = set.iter().map(|&index| Literal::usize_unsuffixed(index));
        quote!([#(#indices),*])
    });
    sets.collect()
}

/// A parameter: its location, its name, and how it is written where that isn't the default there.
fn row(parameter: &Parameter) -> TokenStream {
    let (place, wire) = (request::place(parameter.place), &parameter.wire);
    let default = match parameter.place {
        ParameterLocation::Path | ParameterLocation::Header => Style::Simple,
        ParameterLocation::Query | ParameterLocation::Cookie => Style::Form,
    };
    let style = (parameter.style != default).then(|| {
        let style = style(parameter.style);
        quote!(.#style())
    });
    // It means nothing to `deepObject`, and has a default in all others (OpenAPI 3.0.3, "Parameter
    // Object").
    let explode = parameter.explode;
    let explode = (parameter.style != Style::DeepObject && explode != parameter.style.explodes())
        .then(|| quote!(.explode(#explode)));
    let reserved = parameter.allow_reserved.then(|| quote!(.allow_reserved()));
    quote!(#place #wire #style #explode #reserved)
}

/// The setting of a parameter that gives it a style.
pub(super) fn style(style: Style) -> proc_macro2::Ident {
    format_ident!(
        "{}",
        match style {
            Style::Simple => "simple",
            Style::Label => "label",
            Style::Matrix => "matrix",
            Style::Form => "form",
            Style::SpaceDelimited => "space_delimited",
            Style::PipeDelimited => "pipe_delimited",
            Style::DeepObject => "deep_object",
            Style::Json => "as_json",
            Style::Cookie => "unescaped",
            Style::WholeJson => "whole_json",
            Style::WholeText => "whole_text",
            Style::WholeForm => "whole_form",
        }
    )
}
