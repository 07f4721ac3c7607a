//! Where a text may be refused, and why.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::judge::{Judge, Outcome};
use crate::kitchen::{Assignment, Kitchen};

/// Places whose texts have to keep a rule: names and URLs in the configuration, and what in the
/// description has a form of its own, as paths, URLs and media types have.
const RULED: [&str; 39] = [
    "zqanimal",
    "zqauthor",
    "zqcalled",
    "zqcategory",
    "zqconfigured",
    "zqcore",
    "zqcrate",
    "zqcreated",
    "zqcredential",
    "zqcredentialenv",
    "zqdocumentation",
    "zqentries",
    "zqevents",
    "zqhomepage",
    "zqhost",
    "zqid",
    "zqidempotency",
    "zqinnerresource",
    "zqitems",
    "zqkeyenv",
    "zqkeyword",
    "zqleaf",
    "zqlicence",
    "zqmedia",
    "zqouter",
    "zqown",
    "zqownbase",
    "zqpatchmedia",
    "zqprefix",
    "zqprerelease",
    "zqread",
    "zqregiondefault",
    "zqrepository",
    "zqresource",
    "zqroot",
    "zqserverbase",
    "zqtenantdefault",
    "zqurlenv",
    "zqwait",
];

/// Names that the configuration speaks of, and that have to keep its rules for that.
const CONFIGURED: [&str; 14] = [
    "zqcreate",
    "zqcursor",
    "zqdone",
    "zqfailed",
    "zqfault",
    "zqformat",
    "zqget",
    "zqname",
    "zqnext",
    "zqpet",
    "zqresourceabout",
    "zqsecond",
    "zqstate",
    "zqtag",
];

/// Whether a text at this place has to keep a rule.
pub fn has_rules(kitchen: &Kitchen, word: &str) -> bool {
    RULED.contains(&word) || kitchen.is_configured() && CONFIGURED.contains(&word)
}

/// Names of the methods that each type has, and words of paths that are written out where a type of
/// the API is called like one of the standard library: with them as names, other tokens say the same.
pub fn is_taken(text: &str) -> bool {
    let letters = text.chars().filter(|it| it.is_alphanumeric());
    let name = letters.collect::<String>().to_lowercase();
    [
        "clone", "default", "new", "option", "string", "box", "vec", "iter", "into", "std",
        "types", "prelude", "crate", "super", "self",
    ]
    .contains(&name.as_str())
}

/// The reasons for refusals and for what is left out, each by a part of what is said.
const REASONS: [&str; 12] = [
    // The rules of the configuration's values.
    " must be ",
    // A path of properties, with dots between them.
    "has no field",
    "is not a string or an integer",
    "the response is not an array",
    // A key of `types` that begins with `#`.
    "is a reference, not a schema's name or JSON pointer",
    // A URL with a query, a fragment or a place for something.
    "the server URL",
    "is relative",
    // A path with a brace or a query in it.
    "path",
    "brace",
    "parameter",
    "server",
    "media type",
];

/// What came of many texts.
#[derive(Default)]
pub struct Tally {
    broken: Vec<String>,
    unexplained: Vec<String>,
    reasons: BTreeMap<&'static str, usize>,
    tried: usize,
}

impl Tally {
    /// Tries texts together, and counts what comes of them.
    pub fn settle(&mut self, judge: &Judge, assigned: Assignment) {
        self.tried += assigned.len();
        for (assigned, outcome) in judge.settle(assigned) {
            self.tried -= assigned.len();
            self.add(&assigned, &outcome);
        }
    }

    /// Counts what came of texts.
    pub fn add(&mut self, assigned: &Assignment, outcome: &Outcome) {
        self.tried += assigned.len();
        let named: String = format!("{assigned:?}").chars().take(2000).collect();
        match outcome {
            Outcome::Same => {}
            Outcome::Broken(wrong) => self.broken.push(format!("{named}\n{wrong}")),
            Outcome::Refused(said) | Outcome::LeftOut(said) => {
                match REASONS.iter().find(|reason| said.contains(**reason)) {
                    Some(reason) => *self.reasons.entry(reason).or_default() += 1,
                    None => self.unexplained.push(format!("{named}\n{said}")),
                }
            }
        }
    }

    /// Tells what came of it, and whether that is fine: nothing is broken, and of a hundred texts only
    /// so many are refused or left out.
    pub fn finish(&self, most: usize) {
        let explained: usize = self.reasons.values().sum();
        let mut text = format!("{} tried, {explained} refused or left out", self.tried);
        for (reason, times) in &self.reasons {
            write!(text, "\n  {times}: {reason}").expect("a string takes all text");
        }
        println!("{text}");
        let wrong = [&self.broken[..], &self.unexplained].concat();
        assert!(
            wrong.is_empty(),
            "{} wrong\n{}",
            wrong.len(),
            wrong.join("\n\n")
        );
        assert!(100 * explained <= most * self.tried, "{text}");
    }
}
