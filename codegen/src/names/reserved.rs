//! Words that cannot be names, or that would hide something that emitted code needs.
//!
//! Lists of what the runtime has are held against it by `tests/tests/reserved_names.rs`.

/// Strict and reserved keywords of all editions, and the weak ones that read badly as names
/// (The Rust Reference, "Keywords").
pub(super) const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "Self", "static", "struct", "super", "trait", "true", "try", "type",
    "typeof", "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// The length of the longest of them.
pub(super) const LONGEST_KEYWORD: usize = {
    let (mut longest, mut at) = (0, 0);
    while at < KEYWORDS.len() {
        if KEYWORDS[at].len() > longest {
            longest = KEYWORDS[at].len();
        }
        at += 1;
    }
    longest
};

/// Names that no source file can have: those with a meaning for Cargo, which takes every file in a
/// folder `src/bin` for a program, and devices of Windows ("Naming Files, Paths, and Namespaces" of
/// its documentation).
pub(super) const FILES: &[&str] = &[
    "bin", "lib", "main", "mod", "aux", "con", "nul", "prn", "com0", "com1", "com2", "com3",
    "com4", "com5", "com6", "com7", "com8", "com9", "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5",
    "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Types, traits and variants that every module sees without importing them
/// (`std::prelude::rust_2024`).
pub const PRELUDE: &[&str] = &[
    "AsMut",
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// Modules and crates at the root of every crate, beside the modules of its resources.
pub const MODULES: &[&str] = &[
    "client",
    "reqwest",
    "runtime",
    "serde_json",
    "servers",
    "types",
    "wire",
];

/// Methods of the client that no resource can be called by. Those that change a credential are kept
/// where there is a single one, whose name is fixed.
pub const CLIENT_METHODS: &[&str] = &[
    "builder",
    "clone",
    "fmt",
    "from_env",
    "new",
    "request",
    "set_api_key",
    "set_basic_auth",
];

/// Methods of the client's builder, which no credential can be called by.
pub const BUILDER_METHODS: &[&str] = &[
    "add_root_certificate",
    "base_url",
    "build",
    "clone",
    "configure_http",
    "connect_timeout",
    "fmt",
    "from_env",
    "header",
    "http_client",
    "identity",
    "max_body_size",
    "max_error_body_size",
    "max_retries",
    "proxy",
    "query",
    "reading",
    "retry_policy",
    "timeout",
    "token_provider",
    "token_provider_for",
    "total_timeout",
    "transport",
    "user_agent",
    "wrap_transport",
];

/// Methods of a request, which no parameter can be called by, beside those with [`OPTIONS`].
pub const REQUEST_METHODS: &[&str] = &["clone", "fmt", "send"];

/// Methods of a poller, which no parameter can be called by, beside those with [`OPTIONS`].
pub const WAIT_METHODS: &[&str] = &["fmt", "send"];

/// How the names of methods begin that the contract of the client keeps for the caller's options.
pub const OPTIONS: &[&str] = &["with_", "send", "into_"];

/// Methods of a struct of the API, which the setter of no field can be called by.
pub const STRUCT_METHODS: &[&str] = &["new", "clone", "fmt", "eq", "ne", "default", "serialize"];

/// Types that the module of a resource imports.
pub const IMPORTED: &[&str] = &[
    "BTreeMap",
    "Base64",
    "Base64Url",
    "Client",
    "Date",
    "DateTime",
    "Decimal",
    "Error",
    "PollOptions",
];

/// Names that no resource within another can have: modules that its own imports, and crates that it or
/// a macro of the runtime names there.
pub const IMPORTED_MODULES: &[&str] =
    &["bytes", "paging", "requests", "serde_json", "std", "types"];

/// Types of the language, which a module hides that is called so (The Rust Reference, "Types").
pub const PRIMITIVES: &[&str] = &[
    "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "str", "u8", "u16",
    "u32", "u64", "u128", "usize",
];

/// Cargo features that crates have for other reasons than a resource.
pub const FEATURES: &[&str] = &[
    "aws-lc",
    "blocking",
    "chrono",
    "default",
    "jiff",
    "native-tls",
    "rustls",
    "test-util",
    "time",
    "tracing",
    "xml",
];

/// Most names that lead to a module, its own the last. Each is a folder for those behind it, and
/// paths have a limit too.
pub const DEEPEST: usize = 8;
