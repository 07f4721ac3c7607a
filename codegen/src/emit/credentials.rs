//! How credentials are given to a client: a method of the builder for each, and one that changes it.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use crate::model::{Api, Auth, Profile, Scheme};

use super::docs;
use super::spelling::ident;

/// The schemes as the runtime has them.
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
pub(super) fn settings(api: &Api) -> Option<TokenStream> {
    let schemes = &api.profile.schemes;
    let methods = schemes.iter().enumerate().map(|(index, scheme)| {
        let (name, index) = (ident(&scheme.name), Literal::usize_unsuffixed(index));
        let doc = docs::outer(&about(&api.profile, scheme));
        if scheme.auth == Auth::Basic {
            return quote! {
                #doc
                pub fn #name(self, user: impl AsRef<str>, password: impl AsRef<str>) -> Self {
                    self.basic_credential(#index, user.as_ref(), password.as_ref())
                }
            };
        }
        quote! {
            #doc
            pub fn #name(self, #name: impl Into<String>) -> Self {
                self.credential(#index, #name.into())
            }
        }
    });
    (!schemes.is_empty()).then(|| {
        quote! {
            impl ClientBuilder {
                #(#methods)*
            }
        }
    })
}

/// What a method of the builder takes, and where that goes.
fn about(profile: &Profile, scheme: &Scheme) -> String {
    let place = match &scheme.auth {
        Auth::Bearer => "as a bearer token".to_owned(),
        Auth::Basic => "as HTTP has it (`Authorization: Basic`)".to_owned(),
        Auth::Http(scheme) => format!(
            "in the header `Authorization`, behind {}",
            docs::code(scheme)
        ),
        Auth::Header(name) => format!("in the header {}", docs::code(name)),
        Auth::Query(name) => format!("in the query parameter {}", docs::code(name)),
        Auth::Cookie(name) => format!("in the cookie {}", docs::code(name)),
    };
    let thing = match scheme.auth {
        Auth::Basic => "user name and the password",
        _ => "key",
    };
    let mut text = if profile.schemes.len() == 1 {
        format!("The {thing} that every call is made with, sent {place}.")
    } else {
        format!("The {thing} for calls that take it, sent {place}.")
    };
    let said = docs::text_of(&crate::model::Docs::text(&*scheme.description), "");
    if profile.schemes.len() > 1 && !said.is_empty() {
        text.push_str("\n\n");
        text.push_str(&said);
    }
    text.push_str("\n\nIt never shows in errors, logs or debug output.");
    text
}

/// The methods that change the credentials of a client in use.
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
            let (thing, is, other) = match scheme.auth {
                Auth::Basic => ("user name and password", "are", "others"),
                _ => ("key", "is", "another key"),
            };
            let place = match (is_only, api.profile.anonymous) {
                (true, false) => "of the one there is".to_owned(),
                (true, true) => "of the one there is, if any".to_owned(),
                (false, _) => format!(
                    "of that of [`{0}`](ClientBuilder::{0}), if there is one",
                    scheme.name
                ),
            };
            let doc = docs::outer(&format!(
                "Puts {other} in place {place}, for this client and all its clones: \
             calls that begin after this are made with it.\n\n# Errors\n\n\
             One with [`Error::is_invalid_input`] when the {thing} {is} blank or can't be sent; then \
             the old one stays."
            ));
            if scheme.auth == Auth::Basic {
                return quote! {
                    #doc
                    pub fn #set(
                        &self,
                        user: impl AsRef<str>,
                        password: impl AsRef<str>,
                    ) -> Result<(), Error> {
                        self.replace_basic(#index, user.as_ref(), password.as_ref())
                    }
                };
            }
            quote! {
                #doc
                pub fn #set(&self, #name: impl Into<String>) -> Result<(), Error> {
                    self.replace_credential(#index, #name.into())
                }
            }
        });
    quote!(#(#methods)*)
}

/// The constructor that takes the credential of most calls, where that is a single one.
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
        "A client with this {thing} and default settings, for {server}.\n\n# Errors\n\n\
         One with [`Error::is_invalid_input`] when the {thing} {is} blank or can't be sent; see \
         [`ClientBuilder::build`]."
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
