//! Authentication, token refresh and key rotation.

use std::fmt::Write as _;

use quote::quote;

use crate::model::{Api, Auth, Scheme};

use super::super::{call_sample, credentials, docs};
use super::{library, section};

/// How credentials are set and where they are sent.
pub(super) fn credentials(api: &Api) -> Result<Option<String>, String> {
    let schemes = &api.profile.schemes;
    if schemes.is_empty() {
        return Ok(None);
    }
    let mut about = "Credentials are set when the client is built:\n".to_owned();
    for scheme in schemes {
        // With a colon, Markdown could read a link reference definition.
        let _ = write!(
            about,
            "\n- [`ClientBuilder::{}`] is sent {}",
            scheme.name,
            credentials::location(&scheme.auth)
        );
        if let Some(variable) = &scheme.env {
            let _ = write!(
                about,
                ", and read by `from_env` from the environment variable {}",
                docs::code(variable)
            );
        }
        if scheme.deprecated {
            about.push_str("; the API has deprecated it");
        }
    }
    about.push_str(
        "\n\nCredentials are redacted in `Debug` output, errors and logs. A redirect never sends them to \
         another origin.",
    );
    let library = library(api);
    let (builder, credentials) = (
        call_sample::bare_builder(api),
        call_sample::credentials(api),
    );
    section(
        api,
        "Authentication",
        &about,
        "# fn example() -> Result<(), {library}::Error> {",
        quote!(use #library::Client;),
        &quote! {
            let client = #builder #credentials.build()?;
            println!("{client:?}");
        },
    )
}

/// How tokens that expire are refreshed, and how the key of a client is replaced.
pub(super) fn tokens(api: &Api) -> Result<Option<String>, String> {
    let bearer = |scheme: &&Scheme| scheme.auth == Auth::Bearer;
    let schemes = &api.profile.schemes;
    // A provider's tokens are used for this one.
    let Some(scheme) = schemes.iter().find(bearer).or(schemes.first()) else {
        return Ok(None);
    };
    let setter = format!("set_{}", scheme.name);
    let library = library(api);
    let builder = call_sample::bare_builder(api);
    section(
        api,
        "Token refresh and key rotation",
        &format!(
            "A token provider is called before the first request, when the token expires, and once \
             when the server rejects the token (401). [`Client::{setter}`] replaces the key of a \
             client in use, for all its clones."
        ),
        "# fn example() -> Result<(), {library}::Error> {",
        quote! {
            use std::time::Duration;
            use #library::{Client, Token};
        },
        &quote! {
            async fn fetch() -> Result<Token, std::env::VarError> {
                let text = std::env::var("TOKEN")?;
                Ok(Token::new(text).expires_in(Duration::from_secs(3500)))
            }
            let client = #builder.token_provider(fetch).build()?;
            println!("{client:?}");
        },
    )
}
