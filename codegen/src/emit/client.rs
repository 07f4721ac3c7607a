//! The client's own module: how it is made, and the ways to its resources.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Auth};

use super::spelling::ident;
use super::{docs, needs};

/// `client.rs`
pub(super) fn module(api: &Api) -> TokenStream {
    let profile = profile(api);
    let constructors = constructors(api);
    let api_key = api_key(api);
    let resources = api.resources.iter().map(|resource| {
        let (module, handle) = (ident(&resource.module), ident(&resource.handle));
        let doc = docs::outer(&docs::text_of(
            &resource.docs,
            &format!("Operations of `{}`.", resource.module),
        ));
        quote! {
            #doc
            #[must_use]
            pub fn #module(&self) -> #module::#handle {
                #module::#handle { client: self.clone() }
            }
        }
    });
    let modules = api.resources.iter().map(|resource| ident(&resource.module));
    let imports = match api.resources.len() {
        0 => None,
        _ => Some(quote!(use crate::{#(#modules),*};)),
    };
    let has_key = api.profile.auth != Auth::None;
    let fails = has_key || !api.profile.servers.is_empty() || needs::environment(api);
    let set_api_key = has_key.then(set_api_key);
    let error = fails.then(|| quote!(Error,));
    quote! {
        //! How a client is made, and the ways to the resources of the API.

        #imports
        use crate::runtime::{Auth, Client, ClientBuilder, #error Profile};

        #profile

        impl Client {
            #constructors
            #set_api_key
            #(#resources)*
        }

        #api_key
    }
}

/// The constant that describes the API to the runtime.
fn profile(api: &Api) -> TokenStream {
    let profile = &api.profile;
    let user_agent = format!("{}-rust/", api.package.name);
    let base_url = profile
        .servers
        .first()
        .map_or("", |server| server.url.as_str());
    let option = |value: &Option<String>| match value {
        Some(text) => quote!(Some(#text)),
        None => quote!(None),
    };
    let base_url_env = option(&profile.base_url_env);
    let api_key_env = option(&profile.api_key_env);
    let idempotency_header = option(&profile.idempotency_header);
    let auth = match &profile.auth {
        Auth::None => quote!(Auth::None),
        Auth::Bearer => quote!(Auth::Bearer),
        Auth::Header(name) => quote!(Auth::Header(#name)),
        Auth::Query(name) => quote!(Auth::Query(#name)),
        Auth::Cookie(name) => quote!(Auth::Cookie(#name)),
    };
    quote! {
        const PROFILE: Profile = Profile {
            user_agent: concat!(#user_agent, env!("CARGO_PKG_VERSION")),
            base_url: #base_url,
            base_url_env: #base_url_env,
            api_key_env: #api_key_env,
            auth: #auth,
            idempotency_header: #idempotency_header,
        };
    }
}

fn constructors(api: &Api) -> TokenStream {
    let profile = &api.profile;
    let from_env = from_env(api);
    let Some(server) = profile.servers.first() else {
        return quote! {
            #from_env

            /// Settings for a client. The API names no server, so a base URL has to be set.
            pub fn builder() -> ClientBuilder {
                ClientBuilder::new(&PROFILE)
            }
        };
    };
    let server = format!("the server `{}`", server.url);
    let new = if profile.auth == Auth::None {
        let doc = docs::outer(&format!(
            "A client with default settings, for {server}.\n\n# Errors\n\n\
             See [`ClientBuilder::build`]."
        ));
        quote! {
            #doc
            pub fn new() -> Result<Self, Error> {
                Self::builder().build()
            }
        }
    } else {
        let doc = docs::outer(&format!(
            "A client with this key and default settings, for {server}.\n\n# Errors\n\n\
             One with [`Error::is_invalid_input`] when the key is blank or can't be sent; see \
             [`ClientBuilder::build`]."
        ));
        quote! {
            #doc
            pub fn new(api_key: impl Into<String>) -> Result<Self, Error> {
                Self::builder().api_key(api_key).build()
            }
        }
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
    if let Some(name) = &profile.api_key_env {
        let _ = write!(text, "\n- `{name}` is the key, and has to be there;");
    }
    if let Some(name) = &profile.base_url_env {
        let _ = write!(text, "\n- `{name}` is the base URL, if it is there.");
    }
    text.push_str(
        "\n\n# Errors\n\nOne with [`Error::is_invalid_input`] that names the variable which is \
         missing or can't be used.",
    );
    let doc = docs::outer(&text);
    Some(quote! {
        #doc
        pub fn from_env() -> Result<Self, Error> {
            ClientBuilder::from_env(&PROFILE)?.build()
        }
    })
}

/// The method that changes the key of a client in use.
fn set_api_key() -> TokenStream {
    quote! {
        /// Puts another key in place of the one there is, for this client and all its clones:
        /// calls that begin after this are made with it.
        ///
        /// # Errors
        ///
        /// One with [`Error::is_invalid_input`] when the key is blank or can't be sent; then the old
        /// one stays.
        pub fn set_api_key(&self, api_key: impl Into<String>) -> Result<(), Error> {
            self.replace_credential(api_key.into())
        }
    }
}

fn api_key(api: &Api) -> Option<TokenStream> {
    if api.profile.auth == Auth::None {
        return None;
    }
    let place = match &api.profile.auth {
        Auth::None | Auth::Bearer => "as a bearer token".to_owned(),
        Auth::Header(name) => format!("in the header {}", docs::code(name)),
        Auth::Query(name) => format!("in the query parameter {}", docs::code(name)),
        Auth::Cookie(name) => format!("in the cookie {}", docs::code(name)),
    };
    let doc = docs::outer(&format!(
        "The key that every call is made with, sent {place}.\n\n\
         It never shows in errors, logs or debug output."
    ));
    Some(quote! {
        impl ClientBuilder {
            #doc
            pub fn api_key(self, api_key: impl Into<String>) -> Self {
                self.credential(api_key.into())
            }
        }
    })
}

/// `servers.rs`, if the document names any.
pub(super) fn servers(api: &Api) -> Option<TokenStream> {
    if api.profile.servers.is_empty() {
        return None;
    }
    let constants = api.profile.servers.iter().map(|server| {
        let (name, url) = (ident(&server.name), &server.url);
        let doc = docs::of(
            &crate::model::Docs::text(&*server.description),
            "A server of the API.",
        );
        quote! {
            #doc
            pub const #name: &str = #url;
        }
    });
    Some(quote! {
        //! Servers of the API, for [`ClientBuilder::base_url`](crate::ClientBuilder::base_url).

        #(#constants)*
    })
}
