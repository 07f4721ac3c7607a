//! The module of the client: its constructors and the accessors of its resources.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Auth, Form, Resource};

use super::common::Common;
use super::spelling::ident;
use super::{client_parameters, credentials, docs, features, needs, operation_table, types};

/// `client.rs`
pub(super) fn module(api: &Api, common: &Common<'_>) -> TokenStream {
    let profile = profile(api, common);
    let constructors = constructors(api);
    let credentials = credentials::settings(api);
    let parameter = (!api.profile.parameters.is_empty()).then(|| quote!(, ClientParameter));
    let parameters = client_parameters::settings(api);
    let settings = (!api.profile.schemes.is_empty() || !api.profile.parameters.is_empty())
        .then(|| quote!(impl ClientBuilder { #credentials #parameters }));
    let resources = api
        .top_resources()
        .filter(|resource| !resource.is_client)
        .map(|resource| accessor(resource, &quote!(self.core.clone())));
    let imports = imports(api);
    let has_key = !api.profile.schemes.is_empty();
    let has_environment = needs::environment(api);
    let fails = has_key || api.profile.default_url().is_some() || has_environment;
    let setters = credentials::setters(api);
    let auth = has_key.then(|| quote!(Auth,));
    let scheme = has_key.then(|| quote!(, Scheme));
    let error = fails.then(|| quote!(Error,));
    let structs = structs();
    let environment =
        has_environment.then(|| quote!(crate::runtime::environment::methods! { ClientBuilder }));
    quote! {
        //! Client construction and resource accessors.

        #imports
        use crate::runtime::{#auth BuilderCore, ClientCore, #error Profile #scheme #parameter};

        #profile

        #structs

        impl Client {
            #constructors
            #setters
            #(#resources)*
        }

        #settings

        crate::runtime::client_methods::methods! { Client, ClientBuilder }
        #environment
    }
}

/// The client and its builder.
fn structs() -> TokenStream {
    quote! {
        /// A client of the API.
        ///
        /// It holds the connections, the credentials and the settings of all requests. Cloning is cheap,
        /// and clones share the connections and the retry budget: create one client and pass clones
        /// around.
        ///
        /// Requests need a Tokio runtime with timers and I/O enabled, such as the one of
        /// `#[tokio::main]`.
        #[derive(Clone)]
        pub struct Client {
            pub(crate) core: ClientCore,
        }

        /// A builder for a [`Client`].
        ///
        /// The settings are validated by [`build`](Self::build), whose error names the first invalid
        /// one.
        #[derive(Clone)]
        #[must_use = "a builder does nothing until `build` is called"]
        pub struct ClientBuilder {
            core: BuilderCore,
        }
    }
}

/// The imports of the modules of resources that don't depend on a feature.
fn imports(api: &Api) -> Option<TokenStream> {
    let modules: Vec<_> = api
        .top_resources()
        .filter(|resource| resource.feature.is_none() && !resource.is_client)
        .map(|resource| ident(&resource.module))
        .collect();
    (!modules.is_empty()).then(|| quote!(use crate::{#(#modules),*};))
}

/// The client, in the methods of a resource.
pub(super) fn of_handle(resource: &Resource) -> TokenStream {
    if resource.is_client {
        quote!(&self.core)
    } else {
        quote!(&self.client)
    }
}

/// The accessor of a resource.
pub(super) fn accessor(resource: &Resource, client: &TokenStream) -> TokenStream {
    let gate = features::gate_of(resource);
    let (module, handle) = (ident(&resource.module), ident(&resource.handle));
    // An import with a condition would serve this accessor alone.
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
    let user_agent = match api.package.form {
        Form::Crate => quote!(concat!(#user_agent, env!("CARGO_PKG_VERSION"))),
        // The version there would be that of the crate around it.
        Form::Module => {
            let user_agent = user_agent + &api.package.version;
            quote!(#user_agent)
        }
    };
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
    let parameters = client_parameters::constants(profile);
    let anonymous = profile.anonymous;
    let reading = if api.modules.is_empty() {
        types::reading(profile.reading)
    } else {
        quote!(crate::types::READING)
    };
    quote! {
        const PROFILE: Profile = Profile {
            user_agent: #user_agent,
            base_url: #base_url,
            base_url_env: #base_url_env,
            schemes: #schemes,
            security: #security,
            usual_security: #usual_security,
            anonymous: #anonymous,
            idempotency_header: #idempotency_header,
            reading: #reading,
            parameters: #parameters,
        };
    }
}

fn constructors(api: &Api) -> TokenStream {
    let profile = &api.profile;
    let from_env = from_env(api);
    let Some(server) = profile.default_url() else {
        let doc = docs::outer(&match profile.needed_template() {
            Some(template) => format!(
                "Returns a builder. A base URL is required: \
                 [`servers::{0}`](crate::servers::{0}) expands {1}.",
                template.function,
                docs::code(&template.url)
            ),
            None => {
                "Returns a builder. A base URL is required, as the API's description has no server."
                    .to_owned()
            }
        });
        return quote! {
            #from_env

            #doc
            pub fn builder() -> ClientBuilder {
                ClientBuilder { core: BuilderCore::new(&PROFILE) }
            }
        };
    };
    let url = docs::code(server);
    let server = format!("the server {url}");
    // Without a value for these it would always fail.
    let has_required = profile.required_parameters().next().is_some();
    let new = if has_required {
        None
    } else if profile.schemes.is_empty() {
        let doc = docs::outer(&format!(
            "Creates a client with default settings, for {server}.\n\n# Errors\n\n\
             Returns the errors of [`ClientBuilder::build`]."
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
        "Returns a builder; the default base URL is {url}."
    ));
    quote! {
        #new
        #from_env

        #builder_doc
        pub fn builder() -> ClientBuilder {
            ClientBuilder { core: BuilderCore::new(&PROFILE) }
        }
    }
}

/// A constructor that reads the environment, where the configuration names variables.
fn from_env(api: &Api) -> Option<TokenStream> {
    let profile = &api.profile;
    if !needs::environment(api) {
        return None;
    }
    let mut text = "Creates a client from environment variables:".to_owned();
    let is_only = profile.schemes.len() == 1;
    for scheme in &profile.schemes {
        let Some(variable) = &scheme.env else {
            continue;
        };
        let _ = match (&scheme.auth, is_only) {
            (Auth::Basic, _) => write!(
                text,
                "\n- `{variable}`: user name and password, separated by a colon ({})",
                if is_only { "required" } else { "optional" }
            ),
            (_, true) => write!(text, "\n- `{variable}`: key (required)"),
            (_, false) => write!(
                text,
                "\n- `{variable}`: value of [`{0}`](ClientBuilder::{0}) (optional)",
                scheme.name
            ),
        };
    }
    for parameter in &profile.parameters {
        let Some(variable) = &parameter.env else {
            continue;
        };
        let need = if parameter.default.is_some() {
            "optional"
        } else {
            "required"
        };
        let wire = docs::code(&parameter.wire);
        let _ = write!(text, "\n- `{variable}`: {wire} ({need})");
    }
    if let Some(name) = &profile.base_url_env {
        let _ = write!(text, "\n- `{name}`: base URL (optional)");
    }
    text.push_str(
        "\n\nUse [`ClientBuilder::from_env`] to combine them with other settings.\n\n\
         # Errors\n\nReturns an error with [`Error::is_invalid_input`] that names the variable if it \
         is missing or invalid.",
    );
    let doc = docs::outer(&text);
    Some(quote! {
        #doc
        pub fn from_env() -> Result<Self, Error> {
            Self::builder().from_env().build()
        }
    })
}
