//! The names of warnings, by which `sdk.toml` allows them.

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $name:ident = $code:literal,)*) => {
        /// What a warning is about.
        ///
        /// Codes are stable: `[warnings] allow` in `sdk.toml` names them. `codegen/WARNINGS.md` lists them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum WarningCode {
            $($(#[doc = $doc])* $name,)*
        }

        impl WarningCode {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The code, as in `unknown-field`.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }
        }
    };
}

codes! {
    /// A `$ref` leads to nothing, or to an invalid value; it is replaced by what is meant, or by any value.
    InvalidReference = "invalid-reference",
    /// References lead to each other without a value; any value is accepted.
    CircularReference = "circular-reference",
    /// A discriminator maps to a schema that doesn't exist.
    UnknownMapping = "unknown-mapping",
    /// A part of the description is invalid and left out, with what it contains.
    IgnoredValue = "ignored-value",
    /// An object has a key twice; the last one is used.
    DuplicateKey = "duplicate-key",
    /// The version of OpenAPI is newer than those that are known.
    NewerVersion = "newer-version",
    /// An object has a field that OpenAPI doesn't define there; it is ignored.
    UnknownField = "unknown-field",
    /// A required field is missing; it is treated as empty.
    MissingField = "missing-field",
    /// A value has the wrong type and was converted, such as `"true"` for `true`.
    WrongType = "wrong-type",
    /// The `type` of a schema is unknown.
    UnknownType = "unknown-type",
    /// A key of `responses` is not a status code.
    InvalidStatus = "invalid-status",
    /// A key of `additionalOperations` is not a method that can be sent.
    InvalidMethod = "invalid-method",
    /// A parameter has a `style` that its location doesn't allow.
    InvalidStyle = "invalid-style",
    /// A parameter or header has both or neither of `schema` and `content`.
    SchemaOrContent = "schema-or-content",
    /// A path doesn't begin with `/`.
    PathSlash = "path-slash",
    /// A path has a query, which is sent with each request.
    PathQuery = "path-query",
    /// A path has a fragment, which is not sent.
    PathFragment = "path-fragment",
    /// The braces of a path are unbalanced.
    PathBraces = "path-braces",
    /// Two paths match the same requests.
    EqualPaths = "equal-paths",
    /// Two operations have the same operationId.
    DuplicateOperationId = "duplicate-operation-id",
    /// A parameter is declared twice, or is twice in a path.
    DuplicateParameter = "duplicate-parameter",
    /// A parameter of a path is not declared; it is treated as a string.
    UndeclaredPathParameter = "undeclared-path-parameter",
    /// A path parameter is not in the path; it can't be sent.
    UnusedPathParameter = "unused-path-parameter",
    /// A path parameter is not `required`; it is treated as required.
    OptionalPathParameter = "optional-path-parameter",
    /// The parent of a tag doesn't exist, or leads in a circle.
    TagParent = "tag-parent",
    /// A parameter is a header here and a query parameter elsewhere.
    MixedParameter = "mixed-parameter",
    /// A parameter is passed as a string, or its nested values are.
    UntypedParameter = "untyped-parameter",
    /// A security scheme is a client certificate, which users set on the client.
    ClientCertificate = "client-certificate",
    /// Two credentials are sent in the same place; one is left out.
    CredentialConflict = "credential-conflict",
    /// A security requirement names a scheme that doesn't exist.
    UnknownSecurityScheme = "unknown-security-scheme",
    /// No credential, or only a part of it, is sent for a security scheme.
    UnsupportedSecurityScheme = "unsupported-security-scheme",
    /// The URL of a server is invalid, or needs values for its variables.
    InvalidServer = "invalid-server",
    /// A description of Swagger 2.0 has a `host` without `schemes`; `https` is used.
    MissingScheme = "missing-scheme",
    /// The members of an `allOf` contradict each other.
    AllOfConflict = "all-of-conflict",
    /// Alternatives are of another type than the `type` beside them.
    MismatchedAlternatives = "mismatched-alternatives",
    /// There are too many combinations of alternatives; any value is accepted.
    TooManyAlternatives = "too-many-alternatives",
    /// No value is valid against a schema; any value is accepted.
    ImpossibleSchema = "impossible-schema",
    /// A type requires a value of itself; the field is optional instead.
    InfiniteType = "infinite-type",
    /// A schema has keywords of one type and no `type`; other values are kept.
    MissingType = "missing-type",
    /// A keyword is not checked, such as `not`.
    NotValidated = "not-validated",
    /// A required property has no schema; any value is accepted.
    RequiredWithoutSchema = "required-without-schema",
    /// A tuple is typed as an array of any values.
    UntypedTuple = "untyped-tuple",
    /// An extension names the values of an enum, but not all of them.
    IgnoredLabels = "ignored-labels",
    /// An extension contains a name that is not one.
    InvalidName = "invalid-name",
    /// A key of `content` is not a media type.
    InvalidMediaType = "invalid-media-type",
    /// Of several media types, or of one that is not supported, something is not used.
    IgnoredMediaType = "ignored-media-type",
    /// The schema of content that isn't JSON or a form, such as XML, is not used.
    UntypedContent = "untyped-content",
    /// A request has a body that its method doesn't allow, or a form whose fields nothing describes; it is not sent.
    IgnoredBody = "ignored-body",
    /// A form is not an object; requests fail before they are sent.
    UnsendableForm = "unsendable-form",
    /// A part of a multipart form is sent otherwise than described.
    MultipartForm = "multipart-form",
    /// Events of a stream are typed as strings or as any JSON.
    UntypedEvents = "untyped-events",
    /// Only status and `Location` of a redirect are typed.
    UntypedRedirect = "untyped-redirect",
    /// Pagination was recognised, but not for certain or not completely.
    UncertainPagination = "uncertain-pagination",
    /// An action of an overlay matches nothing.
    UnmatchedAction = "unmatched-action",
    /// A part of an overlay is unknown or has no effect.
    IgnoredOverlayPart = "ignored-overlay-part",
    /// A configured name takes the one that something else would have.
    NameClash = "name-clash",
    /// The operation of `[docs] first-call` can't be shown as the first example.
    FirstCall = "first-call",
    /// `[names] by` doesn't suit the description, and another source of names is used.
    NamesBy = "names-by",
    /// `sdk.toml` names something that the description doesn't have; what it says of it has no effect.
    UnknownName = "unknown-name",
    /// A type or derive of `sdk.toml` is of a crate that `[manifest.dependencies]` doesn't have.
    MissingDependency = "missing-dependency",
    /// A setting of `sdk.toml` has no effect.
    UnusedSetting = "unused-setting",
}
