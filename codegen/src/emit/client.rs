//! The client's own module: how it is made, and the ways to its resources.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Auth, Resource};

use super::spelling::ident;
use super::usual::Common;
use super::{credentials, docs, features, needs, operation_table, types};

/// `client.rs`
pub(super) fn module(api: &Api, common: &Common<'_>) -> TokenStream {
    let profile = profile(api, common);
    let constructors = constructors(api);
    let settings = credentials::settings(api);
    let resources = api
        .top_resources()
        .map(|resource| accessor(resource, &quote!(self.clone())));
    let imports = imports(api);
    let has_key = !api.profile.schemes.is_empty();
    let fails = has_key || api.profile.default_url().is_some() || needs::environment(api);
    let setters = credentials::setters(api);
    let auth = has_key.then(|| quote!(Auth,));
    let scheme = has_key.then(|| quote!(, Scheme));
    let error = fails.then(|| quote!(Error,));
    quote! {
        //! How a client is made, and the ways to the resources of the API.

        #imports
        use crate::runtime::{#auth Client, ClientBuilder, #error Profile #scheme};

        #profile

        impl Client {
            #constructors
            #setters
            #(#resources)*
        }

        #settings
    }
}

/// The modules of the resources that the client leads to, where they are always there.
fn imports(api: &Api) -> Option<TokenStream> {
    let modules: Vec<_> = api
        .top_resources()
        .filter(|resource| resource.feature.is_none())
        .map(|resource| ident(&resource.module))
        .collect();
    (!modules.is_empty()).then(|| quote!(use crate::{#(#modules),*};))
}

/// The method that leads to a resource.
pub(super) fn accessor(resource: &Resource, client: &TokenStream) -> TokenStream {
    let gate = features::gate(resource.feature.as_ref());
    let (module, handle) = (ident(&resource.module), ident(&resource.handle));
    // One import, with a condition of its own, would be for this alone.
    let is_imported = gate.is_none() || !resource.parents.is_empty();
    let root = (!is_imported).then(|| quote!(crate::));
    let doc = docs::outer(&docs::text_of(
        &resource.docs,
        &format!("Operations of `{}`.", resource.module),
    ));
    quote! {
        #doc
        #gate
        #[must_use]
        pub fn #module(&self) -> #root #module::#handle {
            #root #module::#handle { client: #client }
        }
    }
}

/// The constant that describes the API to the runtime.
fn profile(api: &Api, common: &Common<'_>) -> TokenStream {
    let profile = &api.profile;
    let user_agent = format!("{}-rust/", api.package.name);
    let base_url = profile.default_url().unwrap_or_default();
    let option = |value: &Option<String>| match value {
        Some(text) => quote!(Some(#text)),
        None => quote!(None),
    };
    let base_url_env = option(&profile.base_url_env);
    let idempotency_header = option(&profile.idempotency_header);
    let schemes = credentials::constants(profile);
    let security = operation_table::security(&profile.security);
    let usual_security = operation_table::security(common.security);
    let anonymous = profile.anonymous;
    let reading = if api.modules.is_empty() {
        types::reading(profile.reading)
    } else {
        quote!(crate::types::READING)
    };
    quote! {
        const PROFILE: Profile = Profile {
            user_agent: concat!(#user_agent, env!("CARGO_PKG_VERSION")),
            base_url: #base_url,
            base_url_env: #base_url_env,
            schemes: #schemes,
            security: #security,
            usual_security: #usual_security,
            anonymous: #anonymous,
            idempotency_header: #idempotency_header,
            reading: #reading,
        };
    }
}

fn constructors(api: &Api) -> TokenStream {
    let profile = &api.profile;
    let from_env = from_env(api);
    let Some(server) = profile.default_url() else {
        let doc = docs::outer(&match profile.needed_template() {
            Some(template) => format!(
                "Settings for a client. A base URL has to be set: \
                 [`servers::{0}`](crate::servers::{0}) makes one like {1}.",
                template.function,
                docs::code(&template.url)
            ),
            None => "Settings for a client. The API names no server, so a base URL has to be set."
                .to_owned(),
        });
        return quote! {
            #from_env

            #doc
            pub fn builder() -> ClientBuilder {
                ClientBuilder::new(&PROFILE)
            }
        };
    };
    let server = format!("the server {}", docs::code(server));
    let new = if profile.schemes.is_empty() {
        let doc = docs::outer(&format!(
            "A client with default settings, for {server}.\n\n# Errors\n\n\
             See [`ClientBuilder::build`]."
        ));
        Some(quote! {
            #doc
            pub fn new() -> Result<Self, Error> {
                Self::builder().build()
            }
        })
    } else {
        credentials::constructor(profile, &server)
    };
    let builder_doc = docs::outer(&format!(
        "Settings for a client, which begin with {server}."
    ));
    quote! {
        #new
        #from_env

        #builder_doc
        pub fn builder() -> ClientBuilder {
            ClientBuilder::new(&PROFILE)
        }
    }
}

/// A constructor that reads the environment, where the configuration names variables.
fn from_env(api: &Api) -> Option<TokenStream> {
    let profile = &api.profile;
    if !needs::environment(api) {
        return None;
    }
    let mut text = "A client with what the environment says:".to_owned();
    let is_only = profile.schemes.len() == 1;
    for scheme in &profile.schemes {
        let Some(variable) = &scheme.env else {
            continue;
        };
        let _ = match (&scheme.auth, is_only) {
            (Auth::Basic, _) => write!(
                text,
                "\n- `{variable}` is the user name and the password, a colon between them{};",
                if is_only { ", and has to be there" } else { "" }
            ),
            (_, true) => write!(text, "\n- `{variable}` is the key, and has to be there;"),
            (_, false) => write!(
                text,
                "\n- `{variable}` is what [`{0}`](ClientBuilder::{0}) takes, if it is there;",
                scheme.name
            ),
        };
    }
    if let Some(name) = &profile.base_url_env {
        let _ = write!(text, "\n- `{name}` is the base URL, if it is there.");
    }
    text.push_str(
        "\n\nIt is [`ClientBuilder::from_env`] in short, which takes other settings along.\n\n\
         # Errors\n\nOne with [`Error::is_invalid_input`] that names the variable which is \
         missing or can't be used.",
    );
    let doc = docs::outer(&text);
    Some(quote! {
        #doc
        pub fn from_env() -> Result<Self, Error> {
            Self::builder().from_env().build()
        }
    })
}
