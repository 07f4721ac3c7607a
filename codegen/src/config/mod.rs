//! What an OpenAPI description can't say about the crate, read from a TOML file.
//!
//! ```toml
//! only = ["pets", "/owners*"]      # tags, operationIds, paths; all operations without this
//!
//! [limits]                        # for a description that is large and known to be honest
//! megabytes = 64                  # the default: how large it may be
//! paths = 16000                   # the default: how many paths it may have
//! fields = 300000                 # the default: how many fields its types may have together
//!
//! [package]                       # the crate: name and version must be given
//! name = "pet-store"
//! version = "0.1.0"
//! description = "Client of the pet store"
//! license = "MIT OR Apache-2.0"   # the default
//! authors = ["Jo <jo@example.com>"]
//! repository = "https://example.com/pets"      # also homepage, documentation
//! keywords = ["pets"]                          # also categories
//! rust-version = "1.88"
//! resource-features = true        # a Cargo feature for each resource, as big crates have anyway
//!
//! [client]
//! api-key-env = "PET_STORE_KEY"        # variables that `Client::from_env` reads
//! base-url = "https://pets.example.com"        # before the servers of the description, and what its paths are on
//! base-url-env = "PET_STORE_URL"
//! idempotency-header = "Idempotency-Key"
//!
//! [docs]
//! first-call = "listPets"         # or "GET /pets": what the README and the front page begin with
//!
//! [credentials.AppSecret]         # a security scheme, where there are several
//! name = "secret"                 # `Client::builder().secret(..)`
//! env = "PET_STORE_SECRET"        # `api-key-env` is that of the first without an own one; with it
//!                                 # the others are called so by themselves, after crate and `name`
//!
//! [resources.Pets]                # a tag
//! name = "pets"                   # `client.pets()`; "beta.pets" is `client.beta().pets()`
//! description = "All about pets."
//!
//! [operations.getPet]             # an operationId
//! name = "get"
//! resource = "pets"
//!
//! [operations."DELETE /pets/{id}"]     # or a method and a path
//! skip = true
//!
//! [operations.listPets.pages]     # how its pages go on; what is left out is seen from the answers
//! by = "token"                    # or "item", "page", "offset", "link", "url"; "none" for no pages
//! parameter = "after"             # query parameter that asks for a page
//! next = "paging.next"            # dotted path of the token or URL in a page, or of the token in an item
//! items = "data.pets"             # dotted path of the list; empty where the answer is the list
//! more = "paging.has_more"        # dotted path of the boolean that tells whether there is more
//! first = 0                       # number or offset of the first page
//! total-pages = "paging.pages"    # dotted path of the number of pages
//!
//! [formats]                       # the type for a `format`: "string", "date-time", "date", "base64" or
//! date = "string"                 # "base64url" for text; "i64", "u64", "i128" or "decimal" for integers;
//! unix-time = "u64"               # "f64" or "decimal", which keeps all digits, for numbers
//! money = "decimal"
//!
//! [types]                         # structs keep the fields that the description doesn't name, in
//! keep-unknown-fields = true      # a map `unknown_fields`; false is the default: they are ignored
//! keep-unused = true              # types that no operation and no webhook reaches are emitted, too
//! reading = "lenient"             # the default: what a response lacks is blank; "strict": it is an error;
//!                                 # "tolerant": an optional field that doesn't fit is left out, too
//!
//! [types.PetV2]                   # a schema, or the JSON pointer of one
//! name = "Pet"
//! keep-unknown-fields = false     # for this one alone; also the other way round
//! fields.kind.name = "species"
//! values."1".name = "Cat"         # the variant of a value, where the type is an enum
//! fields.tags.required = false    # an `Option` that `new` doesn't ask for; also the other way round
//!
//! [[waiters]]                     # `client.pets().wait(id)`
//! resource = "pets"
//! name = "wait"                   # the default
//! operation = "getPet"            # asks how far it is
//! start = "createPet"             # makes what is waited for
//! field = "status"                # dotted path in the answer
//! done = ["ADOPTED"]              # values that end it well
//! failed = ["LOST"]               # values that end it badly
//! ```
//!
//! Reading checks all that can be checked without the description; whether a tag, an
//! operation, a schema or a value exists is for whoever has both.

mod data;
mod defaults;
mod limits;
mod locate;
mod messages;
mod read;
mod rules;
mod table;

pub use data::{By, Config, Field, Format, Operation, Pages, Type, Waiter};
pub use defaults::check_crate_name;
pub use limits::Limits;
pub use locate::locate;
pub(crate) use rules::{DOTTED, NAME, NAMES, TEXT};

#[cfg(test)]
mod tests;
