//! What two schemas allow beyond their types, keyword by keyword.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::document::{BRANCHES, PREFIX_ITEMS};

use super::super::quoted;

/// Whose values are allowed after a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Allowed {
    /// Not all that were.
    Fewer,
    /// More than there were.
    More,
    /// Others.
    Others,
    /// Whatever programs send or receive still is.
    Same,
}

/// A keyword that has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Limit {
    /// What holds now: a verb and what follows.
    pub(super) text: String,
    /// What that means for values.
    pub(super) allowed: Allowed,
    /// Whether it only says what a text is about, which whoever receives it can do without.
    pub(super) is_annotation: bool,
}

impl Limit {
    fn new(allowed: Allowed, text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            allowed,
            is_annotation: false,
        }
    }
}

/// The keywords of a schema and of those that it is composed of.
#[derive(Clone, Copy)]
pub(super) struct Keywords<'s, 'v>(pub(super) &'s [&'v Map<String, Value>]);

impl<'v> Keywords<'_, 'v> {
    /// The value of a keyword, in the first schema that has it.
    pub(super) fn get(self, keyword: &str) -> Option<&'v Value> {
        self.0.iter().find_map(|schema| schema.get(keyword))
    }

    fn count(self, keyword: &str) -> Option<u64> {
        self.get(keyword)?.as_u64()
    }

    /// A bound, and whether it is not a value itself.
    fn bound(self, keyword: &str, exclusive: &str) -> Option<(f64, bool)> {
        let schema = self.0.iter().find(|schema| schema.contains_key(keyword))?;
        let is_exclusive = schema.get(exclusive) == Some(&Value::Bool(true));
        Some((schema.get(keyword)?.as_f64()?, is_exclusive))
    }
}

/// All that has changed about what is allowed.
pub(super) fn compare(old: Keywords<'_, '_>, new: Keywords<'_, '_>) -> Vec<Limit> {
    let mut limits: Vec<Limit> = COUNTS
        .iter()
        .filter_map(|count| count.compare(old, new))
        .collect();
    limits.extend(lowest(old, new));
    limits.extend(highest(old, new));
    limits.extend(multiple(old, new));
    limits.extend(pattern(old, new));
    limits.extend(unique(old, new));
    limits.extend(format(old, new));
    limits.extend(values(old, new));
    limits.extend(closed(old, new));
    limits.extend(RULES.iter().filter_map(|rule| rule.compare(old, new)));
    limits
}

/// A keyword that counts something.
struct Count {
    keyword: &'static str,
    is_upper: bool,
    /// What is counted: one, and several.
    unit: (&'static str, &'static str),
    /// What it is where it isn't there, of lower ones.
    none: u64,
}

const fn upper(keyword: &'static str, unit: (&'static str, &'static str)) -> Count {
    Count {
        keyword,
        is_upper: true,
        unit,
        none: u64::MAX,
    }
}

const fn lower(keyword: &'static str, unit: (&'static str, &'static str), none: u64) -> Count {
    Count {
        keyword,
        is_upper: false,
        unit,
        none,
    }
}

const CHARACTERS: (&str, &str) = ("character", "characters");
const ITEMS: (&str, &str) = ("item", "items");
const PROPERTIES: (&str, &str) = ("property", "properties");
const CONTAINED: (&str, &str) = ("item of `contains`", "items of `contains`");

const COUNTS: [Count; 8] = [
    lower("minLength", CHARACTERS, 0),
    upper("maxLength", CHARACTERS),
    lower("minItems", ITEMS, 0),
    upper("maxItems", ITEMS),
    lower("minProperties", PROPERTIES, 0),
    upper("maxProperties", PROPERTIES),
    lower("minContains", CONTAINED, 1),
    upper("maxContains", CONTAINED),
];

impl Count {
    fn compare(&self, old: Keywords<'_, '_>, new: Keywords<'_, '_>) -> Option<Limit> {
        let was = old.count(self.keyword).unwrap_or(self.none);
        let is = new.count(self.keyword).unwrap_or(self.none);
        let allowed = match (is.cmp(&was), self.is_upper) {
            (Ordering::Equal, _) => return None,
            (Ordering::Less, true) | (Ordering::Greater, false) => Allowed::Fewer,
            _ => Allowed::More,
        };
        let counted = |count: u64| match count {
            1 => format!("1 {}", self.unit.0),
            many => format!("{many} {}", self.unit.1),
        };
        let (least, beyond) = if self.is_upper {
            ("at most", "more than")
        } else {
            ("at least", "fewer than")
        };
        let text = if is == self.none && was == 1 && !self.is_upper {
            "can be empty".to_owned()
        } else if is == self.none {
            format!("can have {beyond} {}", counted(was))
        } else if was == self.none {
            format!("must have {least} {}", counted(is))
        } else {
            format!("must have {least} {} instead of {was}", counted(is))
        };
        Some(Limit::new(allowed, text))
    }
}

fn lowest(old: Keywords<'_, '_>, new: Keywords<'_, '_>) -> Option<Limit> {
    let bound = |keywords: Keywords<'_, '_>| keywords.bound("minimum", "exclusiveMinimum");
    let words = Words {
        inclusive: ("at least", "less than"),
        exclusive: ("more than", "or less"),
    };
    // Of two that begin at one number, the exclusive one begins behind the other.
    of_bounds(bound(old), bound(new), f64::total_cmp, &words)
}

fn highest(old: Keywords<'_, '_>, new: Keywords<'_, '_>) -> Option<Limit> {
    let bound = |keywords: Keywords<'_, '_>| keywords.bound("maximum", "exclusiveMaximum");
    let words = Words {
        inclusive: ("at most", "more than"),
        exclusive: ("less than", "or more"),
    };
    let tighter = |one: &f64, other: &f64| other.total_cmp(one);
    of_bounds(bound(old), bound(new), tighter, &words)
}

/// What is said of a bound: of values within it, and beyond it.
struct Words {
    inclusive: (&'static str, &'static str),
    exclusive: (&'static str, &'static str),
}

impl Words {
    fn within(&self, (bound, is_exclusive): (f64, bool)) -> String {
        let words = if is_exclusive {
            self.exclusive
        } else {
            self.inclusive
        };
        format!("{} {bound}", words.0)
    }

    fn beyond(&self, (bound, is_exclusive): (f64, bool)) -> String {
        if is_exclusive {
            format!("{bound} {}", self.exclusive.1)
        } else {
            format!("{} {bound}", self.inclusive.1)
        }
    }
}

/// A bound of numbers: `tighter` says which of two allows less, the greater one.
fn of_bounds(
    was: Option<(f64, bool)>,
    is: Option<(f64, bool)>,
    tighter: impl Fn(&f64, &f64) -> Ordering,
    words: &Words,
) -> Option<Limit> {
    let (allowed, text) = match (was, is) {
        (None, None) => return None,
        (None, Some(is)) => (Allowed::Fewer, format!("must be {}", words.within(is))),
        (Some(was), None) => (Allowed::More, format!("can be {}", words.beyond(was))),
        (Some(was), Some(is)) => {
            let order = tighter(&is.0, &was.0).then(is.1.cmp(&was.1));
            let allowed = match order {
                Ordering::Equal => return None,
                Ordering::Greater => Allowed::Fewer,
                Ordering::Less => Allowed::More,
            };
            let (is, was) = (words.within(is), words.within(was));
            (allowed, format!("must be {is} instead of {was}"))
        }
    };
    Some(Limit::new(allowed, text))
}

fn multiple(old: Keywords<'_, '_>, new: Keywords<'_, '_>) -> Option<Limit> {
    let of = |keywords: Keywords<'_, '_>| keywords.get("multipleOf").and_then(Value::as_f64);
    let divides = |one: f64, other: f64| (other / one - (other / one).round()).abs() < 1e-9;
    let (allowed, text) = match (of(old), of(new)) {
        (Some(was), Some(is)) if was.total_cmp(&is).is_eq() => return None,
        (None, None) => return None,
        (None, Some(is)) => (Allowed::Fewer, format!("must be a multiple of {is}")),
        (Some(was), None) => (
            Allowed::More,
            format!("can be other than a multiple of {was}"),
        ),
        (Some(was), Some(is)) => {
            let allowed = match (divides(was, is), divides(is, was)) {
                (true, _) => Allowed::Fewer,
                (_, true) => Allowed::More,
                _ => Allowed::Others,
            };
            let text = format!("must be a multiple of {is} instead of {was}");
            (allowed, text)
        }
    };
    Some(Limit::new(allowed, text))
}

fn pattern(old: Keywords<'_, '_>, new: Keywords<'_, '_>) -> Option<Limit> {
    /// A pattern that not everything matches: patterns aren't anchored.
    fn of<'v>(keywords: Keywords<'_, 'v>) -> Option<&'v str> {
        let pattern = keywords.get("pattern").and_then(Value::as_str);
        pattern.filter(|it| !matches!(*it, "" | ".*" | "^.*$" | "^" | "$"))
    }
    let (allowed, text) = match (of(old), of(new)) {
        (was, is) if was == is => return None,
        (None, Some(is)) => (
            Allowed::Fewer,
            format!("must match the pattern {}", quoted(is)),
        ),
        (Some(was), None) => (
            Allowed::More,
            format!("can be other than the pattern {}", quoted(was)),
        ),
        (Some(was), Some(is)) => (
            Allowed::Others,
            format!(
                "must match the pattern {} instead of {}",
                quoted(is),
                quoted(was)
            ),
        ),
        (None, None) => return None,
    };
    Some(Limit::new(allowed, text))
}

fn unique(old: Keywords<'_, '_>, new: Keywords<'_, '_>) -> Option<Limit> {
    let is = |it: Keywords<'_, '_>| it.get("uniqueItems") == Some(&Value::Bool(true));
    match (is(old), is(new)) {
        (false, true) => Some(Limit::new(Allowed::Fewer, "must have no item twice")),
        (true, false) => Some(Limit::new(Allowed::More, "can have an item twice")),
        _ => None,
    }
}

/// Formats that say what type a value is, which is a change of its own.
const OF_TYPES: [&str; 15] = [
    "date",
    "date-time",
    "byte",
    "base64",
    "base64url",
    "binary",
    "int32",
    "int64",
    "int128",
    "uint",
    "uint32",
    "uint64",
    "float",
    "double",
    "decimal",
];

fn format(old: Keywords<'_, '_>, new: Keywords<'_, '_>) -> Option<Limit> {
    fn of<'v>(keywords: Keywords<'_, 'v>) -> Option<&'v str> {
        keywords.get("format").and_then(Value::as_str)
    }
    let is_of_type = |format: Option<&str>| format.is_some_and(|it| OF_TYPES.contains(&it));
    if is_of_type(of(old)) || is_of_type(of(new)) {
        return None;
    }
    let (allowed, text) = match (of(old), of(new)) {
        (was, is) if was == is => return None,
        (None, Some(is)) => (
            Allowed::Fewer,
            format!("must have the format {}", quoted(is)),
        ),
        (Some(was), None) => (Allowed::More, format!("can be other than {}", quoted(was))),
        (Some(was), Some(is)) => {
            let (is, was) = (quoted(is), quoted(was));
            let text = format!("must have the format {is} instead of {was}");
            (Allowed::Others, text)
        }
        (None, None) => return None,
    };
    Some(Limit {
        is_annotation: true,
        ..Limit::new(allowed, text)
    })
}

/// The values of an `enum` that is no enum in Rust: numbers with fractions, booleans, lists.
fn values(old: Keywords<'_, '_>, new: Keywords<'_, '_>) -> Option<Limit> {
    let is_enum = |value: &Value| value.is_string() || value.is_i64();
    let of = |keywords: Keywords<'_, '_>| -> Option<BTreeSet<String>> {
        let values = keywords.get("enum")?.as_array()?;
        Some(values.iter().map(Value::to_string).collect())
    };
    let is_seen = |keywords: Keywords<'_, '_>| {
        let values = keywords.get("enum").and_then(Value::as_array);
        values.is_some_and(|values| values.iter().any(is_enum))
    };
    if is_seen(old) || is_seen(new) {
        return None;
    }
    let shown = |values: &BTreeSet<String>| {
        let shown: Vec<&str> = values.iter().map(String::as_str).collect();
        quoted(&shown.join(", "))
    };
    let (allowed, text) = match (of(old), of(new)) {
        (was, is) if was == is => return None,
        (None, Some(is)) => (Allowed::Fewer, format!("must be one of {}", shown(&is))),
        (Some(was), None) => (Allowed::More, format!("can be other than {}", shown(&was))),
        (Some(was), Some(is)) => {
            let allowed = match (is.is_subset(&was), was.is_subset(&is)) {
                (true, _) => Allowed::Fewer,
                (_, true) => Allowed::More,
                _ => Allowed::Others,
            };
            let text = format!("must be one of {} instead of {}", shown(&is), shown(&was));
            (allowed, text)
        }
        (None, None) => return None,
    };
    Some(Limit::new(allowed, text))
}

/// Whether properties are allowed that aren't described.
fn closed(old: Keywords<'_, '_>, new: Keywords<'_, '_>) -> Option<Limit> {
    let of = |it: Keywords<'_, '_>| it.get("additionalProperties").cloned();
    let no = Some(Value::Bool(false));
    match (of(old), of(new)) {
        (was, is) if (was == no) == (is == no) => None,
        // Programs send those that are described, unless there are words about others.
        (None, _) => Some(Limit::new(
            Allowed::Same,
            "must have no additional properties",
        )),
        (Some(was), _) if Some(&was) != no.as_ref() => Some(Limit::new(
            Allowed::Fewer,
            "must have no additional properties",
        )),
        // Whoever receives them has no field for them.
        _ => Some(Limit::new(Allowed::Same, "can have additional properties")),
    }
}

/// A keyword whose value is held against nothing.
struct Rule {
    keyword: &'static str,
    shown: &'static str,
}

const fn rule(keyword: &'static str) -> Rule {
    Rule {
        keyword,
        shown: keyword,
    }
}

const RULES: [Rule; 16] = [
    rule("contains"),
    rule("propertyNames"),
    rule("patternProperties"),
    rule("dependentRequired"),
    rule("dependentSchemas"),
    rule("dependencies"),
    rule("if"),
    rule("then"),
    rule("else"),
    Rule {
        keyword: BRANCHES,
        shown: "then",
    },
    rule("unevaluatedItems"),
    rule("unevaluatedProperties"),
    Rule {
        keyword: PREFIX_ITEMS,
        shown: "prefixItems",
    },
    rule("contentMediaType"),
    rule("contentSchema"),
    rule("not"),
];

impl Rule {
    fn compare(&self, old: Keywords<'_, '_>, new: Keywords<'_, '_>) -> Option<Limit> {
        let of = |keywords: Keywords<'_, '_>| keywords.get(self.keyword).map(without_words);
        let shown = self.shown;
        let (allowed, text) = match (of(old), of(new)) {
            (was, is) if was == is => return None,
            (None, _) => (Allowed::Fewer, format!("must satisfy `{shown}`")),
            (_, None) => (Allowed::More, format!("can be without its `{shown}`")),
            _ => (Allowed::Others, format!("must satisfy another `{shown}`")),
        };
        Some(Limit::new(allowed, text))
    }
}

/// A schema without what only people read.
fn without_words(schema: &Value) -> Value {
    match schema {
        Value::Object(map) => {
            let kept = map.iter().filter(|(key, _)| {
                !matches!(
                    key.as_str(),
                    "description" | "title" | "example" | "examples" | "externalDocs"
                )
            });
            let kept = kept.map(|(key, value)| (key.clone(), without_words(value)));
            Value::Object(kept.collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(without_words).collect()),
        other => other.clone(),
    }
}

/// How a default has changed, in words, and whether one that was promised is another or none.
pub(super) fn default(old: Keywords<'_, '_>, new: Keywords<'_, '_>) -> Option<(String, bool)> {
    let of = |it: Keywords<'_, '_>| it.get("default").filter(|it| !it.is_null()).cloned();
    let shown = |value: &Value| quoted(&value.to_string());
    match (of(old), of(new)) {
        (was, is) if was == is => None,
        (None, Some(is)) => Some((format!("has the default {}", shown(&is)), false)),
        (Some(was), Some(is)) => {
            let (is, was) = (shown(&is), shown(&was));
            Some((format!("has the default {is} instead of {was}"), true))
        }
        (Some(was), _) => Some((format!("no longer has the default {}", shown(&was)), true)),
        (None, None) => None,
    }
}
