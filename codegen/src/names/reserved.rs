//! Words that cannot be names, or that would hide something that emitted code needs.

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

/// Most names that lead to a module, its own the last. Each is a folder for those behind it, and
/// paths have a limit too.
pub const DEEPEST: usize = 8;
