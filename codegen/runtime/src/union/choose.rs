//! Which variant takes a value.
//!
//! Nothing here depends on the type that is read, so that it is compiled once for all unions.

use std::borrow::Cow;

use serde_json::{Error, Value};

use super::super::decode::{self, Decode, Field, Hint, Source, message, tally};
use super::super::reading::Reading;
use super::Union;
use super::fit::{Best, best};

/// The largest distance from zero up to which every integer is a 64-bit float, too: 2^53.
const EXACT: u64 = 1 << 53;

/// How much of a message is shown where there are several, in characters.
const LONGEST: usize = 120;

/// The variants of a union with their discriminants.
pub struct Table {
    /// The type's name, for messages.
    pub name: &'static str,
    /// The member of an object that names the variant.
    pub tag: Option<&'static str>,
    /// In the order in which they are checked.
    pub variants: &'static [Variant],
    /// Whether any other JSON is a value, too.
    pub any: bool,
    /// The variant of the objects whose tag is missing, or is that of no variant.
    pub other: Option<&'static str>,
}

/// A variant of a union.
pub struct Variant {
    pub name: &'static str,
    pub discriminant: Discriminant,
}

/// The discriminant of a variant: the words of a table.
pub enum Discriminant {
    Kind(Kind),
    /// These values of the tag, as text.
    Tag(&'static [&'static str]),
    Fields(Fields),
    Nested(&'static Table),
}

/// Kinds of JSON values.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Null,
    Boolean,
    Integer,
    Number,
    /// A number whose type keeps its digits.
    Decimal,
    Text,
    Array,
    Object,
}

/// The fields of a struct.
#[derive(Clone, Copy)]
pub struct Fields {
    fields: &'static [Field],
    /// Whether members without a field are kept.
    open: bool,
}

/// The words of a table, each with the values that stand behind it.
#[allow(
    clippy::extra_unused_type_parameters,
    reason = "a table calls all words in the same way"
)]
impl Discriminant {
    pub const fn string<T>(_: &[&str]) -> Self {
        Self::Kind(Kind::Text)
    }

    pub const fn text<T>(_: &[&str]) -> Self {
        Self::Kind(Kind::Text)
    }

    pub const fn boolean<T>(_: &[&str]) -> Self {
        Self::Kind(Kind::Boolean)
    }

    pub const fn integer<T>(_: &[&str]) -> Self {
        Self::Kind(Kind::Integer)
    }

    pub const fn number<T>(_: &[&str]) -> Self {
        Self::Kind(Kind::Number)
    }

    pub const fn decimal<T>(_: &[&str]) -> Self {
        Self::Kind(Kind::Decimal)
    }

    pub const fn array<T>(_: &[&str]) -> Self {
        Self::Kind(Kind::Array)
    }

    pub const fn object<T>(_: &[&str]) -> Self {
        Self::Kind(Kind::Object)
    }

    pub const fn tag<T>(values: &'static [&'static str]) -> Self {
        Self::Tag(values)
    }

    pub const fn adding<T>(values: &'static [&'static str]) -> Self {
        Self::Tag(values)
    }

    pub const fn sharing<T>(values: &'static [&'static str]) -> Self {
        Self::Tag(values)
    }

    pub const fn fields<T: Decode>(_: &[&str]) -> Self {
        Self::Fields(Fields::of::<T>(false))
    }

    pub const fn open<T: Decode>(_: &[&str]) -> Self {
        Self::Fields(Fields::of::<T>(true))
    }

    pub const fn nested<T: Union>(_: &[&str]) -> Self {
        Self::Nested(T::TABLE)
    }

    /// Whether values of a kind can be this variant's.
    fn takes(&self, kind: Kind) -> bool {
        match self {
            Self::Kind(own) => *own == kind,
            Self::Tag(_) | Self::Fields(_) => kind == Kind::Object,
            Self::Nested(table) => table.variants.iter().any(|it| it.discriminant.takes(kind)),
        }
    }

    /// Whether an object of the variant's can have a member of this name without losing it.
    fn keeps(&self, name: &str) -> bool {
        match self {
            Self::Fields(fields) => fields.open || fields.has(name),
            _ => true,
        }
    }

    /// How many members of an object the variant names, if it can be one of its objects.
    fn fit(&self, members: &Members<'_>) -> Option<usize> {
        match self {
            Self::Kind(Kind::Object) => Some(0),
            Self::Fields(fields) => fields.fit(members),
            Self::Nested(table) => {
                // Nothing says more than a tag.
                if !table.tagged(members).is_empty() {
                    return Some(members.0.len() + 1);
                }
                let fits = table
                    .variants
                    .iter()
                    .filter_map(|it| it.discriminant.fit(members));
                fits.max()
            }
            Self::Kind(_) | Self::Tag(_) => None,
        }
    }
}

impl Fields {
    const fn of<T: Decode>(open: bool) -> Self {
        Self {
            fields: T::HINT.fields,
            open,
        }
    }

    fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field.name == name)
    }

    fn fit(&self, members: &Members<'_>) -> Option<usize> {
        let mut required = self.fields.iter().filter(|field| field.required);
        if !required.all(|field| members.get(field.name).is_some()) {
            return None;
        }
        let keys = members.0.iter().map(|(key, _)| &**key);
        let named = keys.filter(|key| self.has(key)).count();
        // A struct that has a field for nothing that there is would lose all of it.
        (named > 0 || self.open || members.0.is_empty()).then_some(named)
    }
}

impl Table {
    /// How a value has to be read, so that the variants find all that they take.
    pub const fn kind(&self) -> decode::Kind {
        let mut at = 0;
        while at < self.variants.len() {
            match &self.variants[at].discriminant {
                Discriminant::Kind(Kind::Decimal) => return decode::Kind::ExactParts,
                Discriminant::Nested(table) if table.keeps_digits() => {
                    return decode::Kind::ExactParts;
                }
                _ => at += 1,
            }
        }
        decode::Kind::Parts
    }

    const fn keeps_digits(&self) -> bool {
        matches!(self.kind(), decode::Kind::ExactParts)
    }

    /// The variants that the tag of an object names.
    fn tagged(&self, members: &Members<'_>) -> Vec<usize> {
        let Some(value) = self.tag.and_then(|tag| members.scalar(tag)) else {
            return Vec::new();
        };
        let named = |discriminant: &Discriminant| match discriminant {
            Discriminant::Tag(values) => values.contains(&&*value),
            _ => false,
        };
        let variants = self.variants.iter().enumerate();
        variants
            .filter_map(|(at, it)| named(&it.discriminant).then_some(at))
            .collect()
    }

    /// The variants that an object can be, the likeliest first, and whether its tag names them.
    fn objects(&self, members: &Members<'_>) -> (Vec<usize>, bool) {
        let named = self.tagged(members);
        if !named.is_empty() {
            return (named, true);
        }
        if let Some(other) = self.other {
            let variants = self.variants.iter().enumerate();
            let others = variants.filter(|(_, it)| it.name == other);
            return (others.map(|(at, _)| at).collect(), true);
        }
        let unknown_tag = self.tag.filter(|tag| members.scalar(tag).is_some());
        let variants = self.variants.iter().enumerate();
        let mut fits: Vec<(usize, usize)> = variants
            .filter(|(_, it)| unknown_tag.is_none_or(|tag| it.discriminant.keeps(tag)))
            .filter_map(|(at, it)| Some((it.discriminant.fit(members)?, at)))
            .collect();
        fits.sort_by_key(|&(named, _)| std::cmp::Reverse(named));
        (fits.into_iter().map(|(_, at)| at).collect(), false)
    }

    /// The variants that a value of another kind can be.
    fn others(&self, kind: Kind, source: Source<'_>) -> Vec<usize> {
        let takes = |kind: Kind| {
            let variants = self.variants.iter().enumerate();
            variants.filter_map(move |(at, it)| it.discriminant.takes(kind).then_some(at))
        };
        let mut found: Vec<usize> = takes(kind).collect();
        if matches!(kind, Kind::Integer | Kind::Number) {
            found.extend(takes(Kind::Decimal));
        }
        // A whole number is a number, too, where nothing says more of it.
        if kind == Kind::Integer && is_exact(source) {
            found.extend(takes(Kind::Number));
        }
        found
    }
}

/// Finds the variant that takes a JSON value, by having `read` decode those that could match.
///
/// Where several could, it is the one whose constants fit, at every depth, and which keeps the most of
/// the value. `false` is for values that none takes, which are kept as they are.
///
/// # Errors
///
/// Where an object or list is a variant's by its discriminant, but isn't what its schema
/// says, with what is wrong with it.
pub(super) fn choose(
    table: &Table,
    value: &Found<'_>,
    read: &mut dyn FnMut(usize) -> Result<(), Error>,
) -> Result<bool, String> {
    let source = value.source;
    let kind = Kind::of(source);
    let (candidates, by_tag) = match source {
        Source::Object(members) => table.objects(&Members(members)),
        _ => (table.others(kind, source), false),
    };
    let failures = match best(&candidates, by_tag, source, read) {
        Best::Read => return Ok(true),
        Best::None(failures) => failures,
    };
    let lenient = table.any || !matches!(kind, Kind::Object | Kind::Array);
    if failures.is_empty() || lenient {
        return Ok(false);
    }
    if (by_tag || value.is_item) && tally::level() != Reading::Strict {
        // One such value doesn't make all that is around it unreadable.
        tally::report(value.hint, source.kind());
        return Ok(false);
    }
    Err(explain(table, &failures))
}

/// A value of a union, before it is known which variant's it is.
pub(super) struct Found<'a> {
    pub(super) source: Source<'a>,
    /// Whether it is an item of a list.
    pub(super) is_item: bool,
    /// What is expected.
    pub(super) hint: &'static Hint,
}

/// What is wrong with a value, for each of the variants that it could have been.
fn explain(table: &Table, failures: &[(usize, Error)]) -> String {
    let mut lines = failures.iter().filter_map(|(at, error)| {
        let variant = table.variants.get(*at)?.name;
        let message = message(error);
        let colon = if message.starts_with("at ") { "," } else { ":" };
        Some(format!("as `{variant}`{colon} {message}"))
    });
    if failures.len() == 1 {
        let line = lines.next().unwrap_or_default();
        return line.chars().take(4 * LONGEST).collect();
    }
    let mut text = format!("none of the variants of `{}` takes this", table.name);
    for line in lines {
        text.push_str("; ");
        text.extend(line.chars().take(LONGEST));
    }
    text
}

impl Kind {
    fn of(source: Source<'_>) -> Self {
        match source {
            Source::Text(_) => Self::Text,
            Source::Array(_) => Self::Array,
            Source::Object(_) => Self::Object,
            Source::Scalar(Value::Bool(_)) => Self::Boolean,
            Source::Scalar(Value::Number(number)) | Source::Digits(_, Value::Number(number)) => {
                if number.is_f64() {
                    Self::Number
                } else {
                    Self::Integer
                }
            }
            Source::Digits(..) => Self::Number,
            Source::Scalar(_) => Self::Null,
        }
    }
}

/// Whether a float holds all digits of an integer.
fn is_exact(source: Source<'_>) -> bool {
    let (Source::Scalar(value) | Source::Digits(_, value)) = source else {
        return false;
    };
    let size = value.as_i64().map(i64::unsigned_abs).or(value.as_u64());
    size.is_some_and(|size| size <= EXACT)
}

/// The members of an object, in its order: names, and the texts of the values.
struct Members<'j>(&'j [(Cow<'j, str>, Cow<'j, str>)]);

impl<'j> Members<'j> {
    /// Where a key comes twice, the last value is the one that counts.
    fn get(&self, name: &str) -> Option<&'j str> {
        let mut members = self.0.iter().rev();
        members
            .find(|(key, _)| key == name)
            .map(|(_, text)| &**text)
    }

    /// The text of a member that is neither an array nor an object; a string's without quotes.
    fn scalar(&self, name: &str) -> Option<Cow<'j, str>> {
        let json = self.get(name)?;
        match json.as_bytes().first() {
            Some(b'"') => serde_json::from_str::<String>(json).ok().map(Cow::Owned),
            Some(b'{' | b'[' | b'n') => None,
            _ => Some(Cow::Borrowed(json)),
        }
    }
}

/// The first of the texts, if there is one.
pub const fn first(texts: &[&'static str]) -> Option<&'static str> {
    match texts {
        [first, ..] => Some(first),
        [] => None,
    }
}

/// Whether a table says that any other JSON is a value, too.
pub const fn is_any(words: &[&str]) -> bool {
    !words.is_empty()
}
