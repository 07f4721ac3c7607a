//! Security schemes and OAuth flows.

use super::super::shape::Want::{Flag, Map, Object, OneOf, Text};
use super::super::shape::{Kind, Shape, may, must};
use super::{component, shape};

/// The Security Scheme Object.
pub(crate) static SECURITY_SCHEME: Shape = component(
    "a security scheme",
    Kind::SecurityScheme,
    &[
        must(
            "type",
            OneOf(&["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"]),
        ),
        may("name", Text),
        may("in", OneOf(&["query", "header", "cookie"])),
        may("scheme", Text),
        may("bearerFormat", Text),
        may("flows", Object(&OAUTH_FLOWS)),
        may("openIdConnectUrl", Text),
        may("description", Text),
        may("oauth2MetadataUrl", Text),
        may("deprecated", Flag),
    ],
);

static OAUTH_FLOWS: Shape = shape(
    "the OAuth flows",
    &[
        may(
            "implicit",
            Object(&shape(
                "an implicit flow",
                &[
                    must("authorizationUrl", Text),
                    must("scopes", Map(&Text)),
                    may("refreshUrl", Text),
                ],
            )),
        ),
        may("password", Object(&TOKEN_FLOW)),
        may("clientCredentials", Object(&TOKEN_FLOW)),
        may(
            "authorizationCode",
            Object(&shape(
                "an authorization code flow",
                &[
                    must("authorizationUrl", Text),
                    must("tokenUrl", Text),
                    must("scopes", Map(&Text)),
                    may("refreshUrl", Text),
                ],
            )),
        ),
        may(
            "deviceAuthorization",
            Object(&shape(
                "a device authorization flow",
                &[
                    must("deviceAuthorizationUrl", Text),
                    must("tokenUrl", Text),
                    must("scopes", Map(&Text)),
                    may("refreshUrl", Text),
                ],
            )),
        ),
    ],
);

static TOKEN_FLOW: Shape = shape(
    "an OAuth flow",
    &[
        must("tokenUrl", Text),
        must("scopes", Map(&Text)),
        may("refreshUrl", Text),
    ],
);
