//! `securityDefinitions`.

use serde_json::{Value, json};

use super::{Conversion, Object, copy};
use crate::diagnostic::WarningCode;
use crate::pointer::push;

/// Flows of OAuth 2 by what OpenAPI 3 calls them.
const FLOWS: [(&str, &str); 4] = [
    ("implicit", "implicit"),
    ("password", "password"),
    ("application", "clientCredentials"),
    ("accessCode", "authorizationCode"),
];

impl Conversion<'_> {
    pub(super) fn security_schemes(&mut self) -> Object {
        let root = self.root;
        let schemes = root.get("securityDefinitions").and_then(Value::as_object);
        let old = "/securityDefinitions";
        self.moves.note(old, "/components/securitySchemes");
        let mut made = Object::new();
        for (name, scheme) in schemes.into_iter().flatten() {
            let scheme = self.security_scheme(scheme, &push(old, name));
            made.insert(name.clone(), Value::Object(scheme));
        }
        made
    }

    fn security_scheme(&mut self, scheme: &Value, at: &str) -> Object {
        let mut made = Object::new();
        copy(scheme, &mut made, &["type", "description"]);
        match scheme.get("type").and_then(Value::as_str) {
            Some("basic") => {
                made.insert("type".to_owned(), "http".into());
                made.insert("scheme".to_owned(), "basic".into());
            }
            Some("apiKey") => copy(scheme, &mut made, &["name", "in"]),
            Some("oauth2") => {
                let flows = self.flows(scheme, at);
                made.insert("flows".to_owned(), flows);
            }
            _ => {}
        }
        made
    }

    /// The one flow of a scheme. How a token is had is the users' matter: where it is sent is clear without one.
    fn flows(&mut self, scheme: &Value, at: &str) -> Value {
        let flow = scheme.get("flow").and_then(Value::as_str);
        let known = FLOWS.iter().find(|(name, _)| Some(*name) == flow);
        let Some((_, name)) = known else {
            let message = "`flow` is missing in a security scheme of type `oauth2`".to_owned();
            self.warn(WarningCode::MissingField, at, message, "treated as any");
            return json!({});
        };
        let mut made = Object::new();
        let urls: &[&str] = match *name {
            "implicit" => &["authorizationUrl"],
            "authorizationCode" => &["authorizationUrl", "tokenUrl"],
            _ => &["tokenUrl"],
        };
        for key in urls {
            let url = scheme.get(*key).cloned();
            if url.is_none() {
                let message = format!("`{key}` is missing in a flow of OAuth 2");
                self.warn(WarningCode::MissingField, at, message, "treated as empty");
            }
            made.insert((*key).to_owned(), url.unwrap_or_else(|| "".into()));
        }
        // The descriptions of the scopes, without extensions among them.
        let scopes = scheme.get("scopes").and_then(Value::as_object);
        let scopes = scopes.into_iter().flatten();
        let scopes = scopes.filter(|(name, _)| !name.starts_with("x-"));
        let scopes: Object = scopes
            .map(|(name, it)| (name.clone(), it.clone()))
            .collect();
        made.insert("scopes".to_owned(), Value::Object(scopes));
        let new = at.replacen("/securityDefinitions", "/components/securitySchemes", 1);
        self.moves.made_of(at, format!("{new}/flows/{name}"));
        json!({ (*name): made })
    }
}
