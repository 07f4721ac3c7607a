//! Credentials of a client: for each scheme a method of the builder, and one that replaces the key.

use std::fmt::Write as _;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use crate::model::{Api, Auth, Profile, Scheme};

use super::docs;
use super::spelling::ident;

/// The security schemes, as the runtime represents them.
pub(super) fn constants(profile: &Profile) -> TokenStream {
    let schemes = profile.schemes.iter().map(|scheme| {
        let name = scheme.name.as_str();
        let auth = match &scheme.auth {
            Auth::Bearer => quote!(Auth::Bearer),
            Auth::Basic => quote!(Auth::Basic),
            Auth::Http(scheme) => quote!(Auth::Http(#scheme)),
            Auth::Header(name) => quote!(Auth::Header(#name)),
            Auth::Query(name) => quote!(Auth::Query(#name)),
            Auth::Cookie(name) => quote!(Auth::Cookie(#name)),
        };
        let env = match &scheme.env {
            Some(variable) => quote!(Some(#variable)),
            None => quote!(None),
        };
        quote!(Scheme { name: #name, auth: #auth, env: #env })
    });
    quote!(&[#(#schemes),*])
}

/// The methods of the builder.
pub(super) fn settings(api: &Api) -> TokenStream {
    let schemes = &api.profile.schemes;
    let methods = schemes.iter().enumerate().map(|(index, scheme)| {
        let (name, index) = (ident(&scheme.name), Literal::usize_unsuffixed(index));
        let doc = docs::outer(&about(&api.profile, scheme));
        if scheme.auth == Auth::Basic {
            return quote! {
                #doc
                pub fn #name(self, user: impl AsRef<str>, password: impl AsRef<str>) -> Self {
                    Self { core: self.core.basic_credential(#index, user.as_ref(), password.as_ref()) }
                }
            };
        }
        quote! {
            #doc
            pub fn #name(self, #name: impl Into<String>) -> Self {
                Self { core: self.core.credential(#index, #name.into()) }
            }
        }
    });
    quote!(#(#methods)*)
}

/// Where a credential is sent, as the end of a sentence.
pub(super) fn location(auth: &Auth) -> String {
    match auth {
        Auth::Bearer => "as a bearer token (`Authorization: Bearer`)".to_owned(),
        Auth::Basic => "with HTTP Basic authentication (`Authorization: Basic`)".to_owned(),
        Auth::Http(scheme) => format!(
            "in the header {}",
            docs::code(&format!("Authorization: {scheme}"))
        ),
        Auth::Header(name) => format!("in the header {}", docs::code(name)),
        Auth::Query(name) => format!("in the query parameter {}", docs::code(name)),
        Auth::Cookie(name) => format!("in the cookie {}", docs::code(name)),
    }
}

/// The documentation of a builder method: what it sets, and where that is sent.
fn about(profile: &Profile, scheme: &Scheme) -> String {
    let location = location(&scheme.auth);
    let thing = match scheme.auth {
        Auth::Basic => "user name and password",
        _ => "key",
    };
    let mut text = if profile.schemes.len() == 1 {
        format!("Sets the {thing} of all requests, sent {location}.")
    } else {
        format!("Sets the {thing} of requests that accept it, sent {location}.")
    };
    let description = docs::text_of(&crate::model::Docs::text(&*scheme.description), "");
    if profile.schemes.len() > 1 && !description.is_empty() {
        text.push_str("\n\n");
        text.push_str(&description);
    }
    if scheme.deprecated {
        text.push_str("\n\nThe API has deprecated this credential.");
    }
    for (what, url) in &scheme.urls {
        // Writing to a String can't fail.
        let _ = write!(text, "\n\n{what}: {}.", docs::code(url));
    }
    text.push_str("\n\nThe value is redacted in errors, logs and `Debug` output.");
    text
}

/// The methods that replace the credentials of a client in use.
pub(super) fn setters(api: &Api) -> TokenStream {
    let is_only = api.profile.schemes.len() == 1;
    let methods = api
        .profile
        .schemes
        .iter()
        .enumerate()
        .map(|(index, scheme)| {
            let (name, index) = (ident(&scheme.name), Literal::usize_unsuffixed(index));
            let set = format_ident!("set_{}", scheme.name.as_str());
            let (thing, is, keep) = match scheme.auth {
                Auth::Basic => ("user name and password", "are", "old ones"),
                _ => ("key", "is", "old key"),
            };
            let which = if is_only {
                String::new()
            } else {
                format!(" of [`{0}`](ClientBuilder::{0})", scheme.name)
            };
            let doc = docs::outer(&format!(
                "Replaces the {thing}{which} for this client and all its clones. Requests in flight \
                 keep the {keep}.\n\n# Errors\n\n\
                 Returns an error with [`Error::is_invalid_input`] if the {thing} {is} blank or can't \
                 be sent; the {keep} then {remain} in use.",
                remain = if is == "are" { "remain" } else { "remains" }
            ));
            if scheme.auth == Auth::Basic {
                return quote! {
                    #doc
                    pub fn #set(
                        &self,
                        user: impl AsRef<str>,
                        password: impl AsRef<str>,
                    ) -> Result<(), Error> {
                        self.core.replace_basic(#index, user.as_ref(), password.as_ref())
                    }
                };
            }
            quote! {
                #doc
                pub fn #set(&self, #name: impl Into<String>) -> Result<(), Error> {
                    self.core.replace_credential(#index, #name.into())
                }
            }
        });
    quote!(#(#methods)*)
}

/// The constructor that takes the credential of most operations, where that is a single one.
pub(super) fn constructor(profile: &Profile, server: &str) -> Option<TokenStream> {
    let usual = profile.usual();
    let [scheme] = usual.as_slice() else {
        return None;
    };
    let name = ident(&scheme.name);
    let basic = scheme.auth == Auth::Basic;
    let (thing, is) = if basic {
        ("user name and password", "are")
    } else {
        ("key", "is")
    };
    let doc = docs::outer(&format!(
        "Creates a client with this {thing} and default settings, for {server}.\n\n# Errors\n\n\
         Returns an error with [`Error::is_invalid_input`] if the {thing} {is} blank or can't be sent; \
         see [`ClientBuilder::build`]."
    ));
    Some(if basic {
        quote! {
            #doc
            pub fn new(user: impl AsRef<str>, password: impl AsRef<str>) -> Result<Self, Error> {
                Self::builder().#name(user, password).build()
            }
        }
    } else {
        quote! {
            #doc
            pub fn new(#name: impl Into<String>) -> Result<Self, Error> {
                Self::builder().#name(#name).build()
            }
        }
    })
}
