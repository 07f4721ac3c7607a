//! How calls are authenticated.

use openapiv3::{APIKeyLocation, SecurityRequirement, SecurityScheme};

use crate::diagnostic::push;
use crate::model::Auth;

use super::{Lowering, quoted};

impl Lowering<'_> {
    /// The one scheme that all calls use.
    ///
    /// Of several alternatives the first that the client can do is taken (OpenAPI 3.0.3,
    /// "Security Requirement Object": any one of them is enough).
    pub(super) fn auth(&mut self) -> Auth {
        let document = self.document;
        let (requirements, at) = match &document.api.security {
            Some(requirements) => (requirements.clone(), "/security".to_owned()),
            None => match self.security_of_operations() {
                Some(found) => found,
                None => return Auth::None,
            },
        };
        if requirements.iter().all(SecurityRequirement::is_empty) {
            return Auth::None;
        }
        let mut problems = Vec::new();
        for requirement in &requirements {
            let names: Vec<&str> = requirement.keys().map(String::as_str).collect();
            match names.as_slice() {
                [] => {}
                [only] => match self.scheme(only) {
                    Ok(auth) => return auth,
                    Err(problem) => problems.push(problem),
                },
                several => problems.push(format!(
                    "{} together are not supported yet",
                    quoted(several.iter().copied())
                )),
            }
        }
        self.error(
            &at,
            format!("no way to authenticate: {}", problems.join("; ")),
        )
        .help =
            Some("a bearer token or an API key in a header, query or cookie can be sent".into());
        Auth::None
    }

    /// What the first operation that says something about it asks for.
    fn security_of_operations(&self) -> Option<(Vec<SecurityRequirement>, String)> {
        let paths = &self.document.api.paths;
        paths.iter().find_map(|(path, item)| {
            let item = item.as_item()?;
            item.iter().find_map(|(method, operation)| {
                let security = operation
                    .security
                    .as_ref()
                    .filter(|list| !list.is_empty())?;
                let at = push(&push(&push("/paths", path), method), "security");
                Some((security.clone(), at))
            })
        })
    }

    fn scheme(&self, name: &str) -> Result<Auth, String> {
        let reference = format!("#{}", push("/components/securitySchemes", name));
        let Some((_, scheme)) = self.document.security_scheme(&reference) else {
            return Err(format!("`{name}` is not among components/securitySchemes"));
        };
        match &*scheme {
            SecurityScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("bearer") => {
                Ok(Auth::Bearer)
            }
            // However the token was come by, it is sent as RFC 6750 says.
            SecurityScheme::OAuth2 { .. } | SecurityScheme::OpenIDConnect { .. } => {
                Ok(Auth::Bearer)
            }
            SecurityScheme::APIKey { location, name, .. } => Ok(match location {
                APIKeyLocation::Header => Auth::Header(name.clone()),
                APIKeyLocation::Query => Auth::Query(name.clone()),
                APIKeyLocation::Cookie => Auth::Cookie(name.clone()),
            }),
            SecurityScheme::HTTP { scheme, .. } => {
                Err(format!("`{name}`: HTTP `{scheme}` is not supported yet"))
            }
        }
    }
}
