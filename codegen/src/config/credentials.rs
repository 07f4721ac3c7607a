//! `[credentials.SCHEME]`: what is said about security schemes, and those that the description lacks.

use super::rules;
use super::table::{Reader, Section};
use crate::diagnostic::{Diagnostic, Origin};

/// The keys of an entry.
pub(super) const CREDENTIAL: [&str; 5] = ["name", "env", "scheme", "parameter", "operations"];

/// What is said about a security scheme.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Credential {
    /// Name of the builder's method that takes the credential.
    pub name: Option<String>,
    /// Environment variable that holds it. A user name and a password have a colon between them.
    pub env: Option<String>,
    /// How it is sent, of a scheme that the description lacks.
    pub scheme: Option<CredentialScheme>,
    /// The header, query parameter or cookie that it is sent in.
    pub parameter: Option<String>,
    /// Keys of the operations that it is for, as far as the description gives them no security; all of
    /// those where it is empty.
    pub operations: Vec<String>,
}

/// How a credential is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CredentialScheme {
    /// `Authorization: Bearer`
    Bearer,
    /// `Authorization: Basic`
    Basic,
    /// A header.
    Header,
    /// A query parameter.
    Query,
    /// A cookie.
    Cookie,
}

impl CredentialScheme {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Bearer,
        Self::Basic,
        Self::Header,
        Self::Query,
        Self::Cookie,
    ];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bearer => "bearer",
            Self::Basic => "basic",
            Self::Header => "header",
            Self::Query => "query",
            Self::Cookie => "cookie",
        }
    }

    /// Whether it needs the name of a parameter.
    pub fn has_parameter(self) -> bool {
        !matches!(self, Self::Bearer | Self::Basic)
    }
}

/// Reads an entry.
pub(super) fn credential(reader: &mut Reader, section: &Section<'_>) -> Credential {
    let words = CredentialScheme::ALL.map(CredentialScheme::as_str);
    let scheme = reader
        .one_of(section, "scheme", &words)
        .map(|index| CredentialScheme::ALL[index]);
    let rule = match scheme {
        Some(CredentialScheme::Header) => rules::HEADER,
        Some(CredentialScheme::Cookie) => rules::COOKIE,
        _ => rules::LINE,
    };
    let credential = Credential {
        name: reader.text(section, "name", rules::NAME),
        env: reader.text(section, "env", rules::VARIABLE),
        scheme,
        parameter: reader.text(section, "parameter", rule),
        operations: reader.texts(section, "operations", rules::TEXT),
    };
    if !section.has("scheme") {
        for key in ["parameter", "operations"]
            .into_iter()
            .filter(|key| section.has(key))
        {
            let message = format!("`{key}` has no effect without `scheme`");
            let problem = Diagnostic::error(Origin::Config, section.pointer_to(key), message);
            reader.report(problem.at_key().help(
                "remove it; or, if the description lacks the scheme, add how the credential is sent, \
                 as in `scheme = \"bearer\"`",
            ));
        }
        return credential;
    }
    match scheme {
        Some(it) if it.has_parameter() => {
            let help = format!(
                "add the name of the {}, as in `parameter = \"X-Key\"`",
                match it {
                    CredentialScheme::Header => "header",
                    CredentialScheme::Cookie => "cookie",
                    _ => "query parameter",
                }
            );
            reader.require(section, "parameter", &help);
        }
        Some(it) if section.has("parameter") => {
            let message = format!("`parameter` has no effect on the scheme `{}`", it.as_str());
            let pointer = section.pointer_to("parameter");
            let problem = Diagnostic::error(Origin::Config, pointer, message).at_key();
            reader.report(problem.help("remove it: the credential is sent as `Authorization`"));
        }
        _ => {}
    }
    reader.require_items(section, "operations", "the operations that it is for");
    credential
}
