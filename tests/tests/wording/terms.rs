//! The words and phrases that documentation, messages and help avoid, each with the term to use.

/// Words and phrases that mean the same are separated by `|`; behind them is the term to use.
pub const TERMS: &[(&str, &str)] = &[
    // HTTP
    (
        "answer|answers|answered|answering",
        "response, to respond, to return",
    ),
    ("try|tries|tried", "attempt, to attempt, to retry"),
    ("on the wire|over the wire", "serialized as, in requests"),
    (
        "what came|as it came|as they came",
        "the response, as received",
    ),
    ("carry it out|carried out|carried it out", "to process"),
    ("surely", "a plain statement: cannot have"),
    ("limit of time|limits of time", "timeout"),
    ("time-out|time-outs", "timeout"),
    ("broke off", "was truncated, was closed"),
    ("goes out|went out|go out", "is sent"),
    ("without async", "blocking"),
    ("in between", "middleware"),
    // Pagination and polling
    ("the mark|its mark|page mark|page marks", "page token"),
    ("comes in pages|go on by", "is paginated"),
    ("wait for the end|again and again", "polling, to poll until"),
    ("waited for", "polled"),
    (
        "ends well|ended badly|ends badly|end it well|end it badly",
        "success, failure",
    ),
    ("piece by piece|piece|pieces", "chunk, part"),
    ("fake|fakes", "mock"),
    // JSON, OpenAPI and serde
    (
        "is a text|not a text|be a text|found text|expected text|of texts|texts or|a text on",
        "a string",
    ),
    (
        "a mapping|mappings and lists|lists and mappings",
        "an object",
    ),
    ("found a list|expected a list", "an array"),
    ("whole number|whole numbers", "integer"),
    ("found a number with a fraction", "a float"),
    ("point in time|points in time", "date-time"),
    (
        "tells apart|tell apart|told apart|telling apart",
        "discriminates, distinguishes",
    ),
    ("taken as", "treated as"),
    (
        "any value is taken|anything is taken|what is taken",
        "is accepted, is used",
    ),
    ("stands|stood", "is"),
    ("stand for|stand in|standing", "represent, is"),
    ("made of", "consists of, is built from"),
    ("leads nowhere", "does not exist"),
    ("called like", "named"),
    // Errors and messages
    ("told|tell|tells", "reported, to report, to show"),
    ("said", "stated, documented"),
    ("is no|are no|was no|be no", "is not a"),
    ("blanks", "whitespace"),
    ("refused|refuses|refuse", "rejected, to reject"),
    ("mend|mends|mended|mending", "fix, to fix"),
    ("has a fault|faults", "error, bug"),
    ("heed|heeded|heeds", "respect, apply, ignore"),
    ("ends the program", "terminates the program"),
    (
        "taken as it is|takes as it is|as it stands|as they stand",
        "unchanged, verbatim",
    ),
    (
        "if it is there|where it is there|has to be there|have to be there",
        "optional, required",
    ),
    (
        "isn't there|is there twice|are there twice",
        "does not exist, duplicate",
    ),
    // Command line, versions and reviews
    ("programs of before|of before", "existing clients"),
    ("more than before", "added"),
    ("a step of|major step|minor step|patch step", "version bump"),
    ("asks for it|ask for it|asked for it", "requires, requests"),
    ("nobody's business", "unexpected"),
    ("played through", "walkthrough"),
    ("the way of a", "workflow"),
    ("in other words", "reworded"),
    ("what it costs|what the crate costs", "benchmarks, size"),
    ("where things are", "repository layout"),
    ("what becomes of", "mapping"),
    (
        "held against|hold against|holds against|holds ours",
        "checked against, compared with",
    ),
    (
        "of yours|of your own|of one's own",
        "custom, your own, separate",
    ),
    ("makes ready|make ready", "prepares"),
    ("anew", "again"),
];

/// Phrases that contain such a word and are plain English.
pub const ALLOWED: &[&str] = &[
    "there is no",
    "there are no",
    "there was no",
    "is no longer",
    "are no longer",
    "question mark",
    "byte order mark",
    "connection was refused",
    "it was refused",
];
