//! The configuration of a crate, for what OpenAPI can't express: a TOML file, by convention `sdk.toml`.
//!
//! ```toml
//! only = ["pets", "/owners*"]      # tags, operationIds, paths; all operations without this
//!
//! overlays = ["fix.yaml"]         # OpenAPI Overlays 1.0 or 1.1, applied in order; paths relative to this file
//!
//! [limits]                        # for a large description from a trusted source
//! megabytes = 64                  # the default: size of the description, overlays applied
//! paths = 16000                   # the default: number of paths
//! fields = 300000                 # the default: number of fields of all types
//!
//! [package]                       # metadata of the crate; name and version are required
//! name = "pet-store"
//! version = "0.1.0"
//! description = "Client of the pet store"
//! license = "MIT OR Apache-2.0"   # the default
//! authors = ["Jo <jo@example.com>"]
//! repository = "https://example.com/pets"      # also homepage, documentation
//! keywords = ["pets"]                          # also categories
//! rust-version = "1.88"
//! resource-features = true        # a Cargo feature for each resource; the default for big crates
//! modules = ["custom"]            # modules that are written by hand, in `src/custom/` or `src/custom.rs`: the
//!                                 # root of the crate declares them, and no run touches their files
//! runtime = "crate"               # a dependency on `clientsmith-runtime`, which several crates share, in place
//!                                 # of modules in each; or "vendored", the default
//! form = "crate"                  # the default; or "module": one file, to be a module of a crate, whose runtime is
//!                                 # that crate, too
//!
//! [manifest.dependencies]         # what the manifest has beside what is generated: new keys, items of
//! uuid = { version = "1", features = ["serde"] }        # arrays, settings of dependencies; any table of
//!                                 # Cargo.toml, such as `[manifest.features]` and `[manifest.lints.clippy]`
//!
//! [client]
//! api-key-env = "PET_STORE_KEY"        # environment variables of `Client::from_env`
//! base-url = "https://pets.example.com"        # overrides the servers of the description
//! base-url-env = "PET_STORE_URL"
//! idempotency-header = "Idempotency-Key"
//!
//! [client.parameters]             # headers and query parameters of (nearly) all operations: a setting of the
//! api-version = "2024-10-01"      # client, and no argument; its default, or a table with `default`,
//! X-Api-Key = { credential = true, env = "PET_STORE_KEY" }         # `env`, `name` and `credential`
//!
//! [docs]
//! first-call = "listPets"         # or "GET /pets": first example of README and front page
//!
//! [names]
//! by = "path"                     # names of resources and methods; or "operation-id" or "tag"
//!
//! [[servers]]                     # a server that the description lacks, behind those that it has; without
//! url = "https://eu.pets.example.com"     # any there, and without `base-url`, the first is the default
//! name = "europe"                 # `servers::EUROPE`; made from description or host unless given
//! description = "For customers in Europe."
//!
//! [[servers]]
//! url = "https://next.pets.example.com"
//! default = true                  # before all others: `servers::DEFAULT`, so it has no `name`
//!
//! [credentials.AppSecret]         # a security scheme, if there are several
//! name = "secret"                 # `Client::builder().secret(..)`
//! env = "PET_STORE_SECRET"        # `api-key-env` applies to the first scheme without `env`; the other
//!                                 # variables are then named after crate and `name`
//!
//! [credentials.Token]             # a scheme that the description lacks
//! scheme = "header"               # "bearer", "basic", "header", "query" or "cookie"
//! parameter = "X-Token"           # the name of the header, query parameter or cookie
//! operations = ["getPet", "GET /pets"]    # see below
//!
//! [resources.Pets]                # a tag
//! name = "pets"                   # `client.pets()`; "beta.pets" is `client.beta().pets()`
//! description = "All about pets."
//!
//! [operations.getPet]             # an operationId
//! name = "get"
//! resource = "pets"               # "client" makes it a method of the client itself
//! timeout = 90                    # seconds of one attempt, and retries after a failure: instead of the
//! max-retries = 0                 # client's, unless the request itself sets them
//!
//! [operations."DELETE /pets/{id}"]     # or a method and a path
//! skip = true
//!
//! [operations.listPets.parameters.max]     # a parameter by its name; `query:max`, `header:max`,
//!                                 # `path:max` or `cookie:max` where two have one name
//! name = "limit"                  # of its argument or setter
//! default = 20                    # sent where no other value is set; what was an argument is a setter then
//!
//! [operations.listPets.parameters]
//! debug.skip = true               # no setter: it is never sent, or always as its `default`
//! api = { default = 2, skip = true }
//!
//! [operations.listPets.pages]     # pagination; missing keys are inferred from the response
//! by = "token"                    # or "item", "page", "offset", "link", "url"; "none" for no pagination
//! parameter = "after"             # query parameter with the page token; for tokens also a header, or a
//!                                 # property of the JSON body
//! next = "paging.next"            # dotted path of the token or URL in a page, or of the token in an item
//! next-header = "X-Next-Token"    # response header with the page token, instead of `next`
//! switch = "use_tokens"           # boolean query parameter without which responses have no token
//! items = "data.pets"             # dotted path of the array; empty if the response is the array
//! more = "paging.has_more"        # dotted path of a boolean: whether there are more pages
//! done = "paging.is_last"         # dotted path of a boolean: whether this is the last page
//! first = 0                       # number or offset of the first page
//! total-pages = "paging.pages"    # dotted path of the number of pages
//! total-items = "paging.total"    # dotted path of the number of items of all pages
//!
//! [pages]                         # the same keys for all other lists, where parameters and fields fit;
//! by = "link"                     # otherwise pagination is inferred; "none" turns that off
//!
//! [formats]                       # Rust types by `format`: "string", "date-time", "date", "base64" or
//! date = "string"                 # "base64url" for strings; "i64", "u64", "i128" or "decimal" for
//! unix-time = "u64"               # integers; "f64" or "decimal", which keeps all digits, for numbers;
//! money = "decimal"               # any other type by its path
//! uuid = "uuid::Uuid"
//! uri = { type = "url::Url", blank = "crate::custom::no_url" }
//!
//! [types]                         # structs keep additional properties in a map `unknown_fields`;
//! keep-unknown-fields = true      # false is the default: they are ignored
//! keep-unused = true              # also generate types that no operation and no webhook uses
//! derive = ["Eq", "Hash"]         # derives of all types that support them; other derive macros by their paths
//! reading = "lenient"             # the default: a missing required field is empty; "strict": it is an
//!                                 # error; "tolerant": also omits optional fields of a wrong type
//!
//! [types.PetV2]                   # a schema, or the JSON pointer of one
//! name = "Pet"
//! keep-unknown-fields = false     # for this type only; or `true`
//! derive = [{ text = "schemars::JsonSchema", feature = "schemars" }]      # with a Cargo feature, or a string
//! attributes = ['doc(alias = "animal")']               # without `#[` and `]`; likewise
//! fields.kind.name = "species"
//! values."1".name = "Cat"         # the variant of a value, if the type is an enum
//! fields.tags.required = false    # an `Option` that is not an argument of `new`; or `true`
//! fields.chip.type = "uuid::Uuid" # the type of this field, by its path
//! fields.secret.skip = true       # no field: it isn't sent, and is ignored where it is received, or kept
//!                                 # among the unknown fields
//!
//! [types.Money]                   # a type that isn't generated and implements serde's traits: from another
//! type = "crate::custom::Money"   # crate (see `[manifest]`), or from a custom module. A value that it rejects
//! blank = "crate::custom::zero"   # is an error. The function returns the value of a missing required field;
//!                                 # without it, that is `Default::default`
//!
//! [warnings]
//! allow = ["unknown-field"]       # codes of warnings that are not reported: codegen/WARNINGS.md
//!
//! [[waiters]]                     # `client.pets().wait(id)`
//! resource = "pets"
//! name = "wait"                   # the default
//! operation = "getPet"            # the operation that is polled
//! start = "createPet"             # the operation that creates the resource
//! field = "status"                # dotted path of the state in the response
//! done = ["ADOPTED"]              # states that mean success
//! failed = ["LOST"]               # states that mean failure
//! interval = 0.5                  # seconds of the first pause between two polls; 1 is the default
//! timeout = 600                   # seconds of all polls together; an hour is the default
//! ```
//!
//! **Credentials that the description lacks.** Where requirements of the description name a scheme that its
//! `components` lack, `scheme` completes it: the credential is sent to the operations that require it. Where none
//! does, it is sent to all operations that the description gives no security: those without `security` of their
//! own, if the description as a whole has none either, or an empty list. An operation whose own `security`
//! is an empty list takes no credentials, and none is sent to it. `operations` names those of them that the
//! credential is for, if not for all. Of several credentials for an operation each is enough: the first one
//! that a client has is sent.
//!
//! Reading checks everything that can be checked without the description. Whether a tag, operation, schema
//! or value exists is checked when both are lowered.

mod attributes;
mod credentials;
mod data;
mod defaults;
mod external;
mod limits;
mod locate;
mod manifest;
mod messages;
mod pages;
mod parameters;
mod read;
mod reference;
mod rules;
mod rust_path;
mod servers;
mod table;
mod waiters;
mod warnings;

pub use attributes::Attribute;
pub use credentials::{Credential, CredentialScheme};
pub use data::{CLIENT, ClientParameter, Config, Field, Format, Operation, Type, Waiter};
pub use defaults::check_crate_name;
pub use external::{External, FormatType};
pub use limits::Limits;
pub use locate::locate;
pub use pages::{By, Pages};
pub use parameters::{Parameter, Value};
pub use reference::{configuration_page, configuration_schema};
pub(crate) use rules::{DOTTED, NAME, NAMES, TEXT};

#[cfg(test)]
mod tests;
