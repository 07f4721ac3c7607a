//! Values of parameters, before they are serialized in the parameter's style.

use std::collections::BTreeMap;

use super::number;
use super::open_enum::OpenEnum;
use super::operation::Style;
use super::tree::Tree;

/// The value of a parameter: its parts as strings, not percent-encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// A single value.
    Text(String),
    /// An array.
    List(Vec<String>),
    /// An object: names and values. In style `deepObject` a name can be the path of a nested value, with
    /// its names joined by `][`.
    Object(Vec<(String, String)>),
}

impl Argument {
    /// The value of a parameter of this style, from its JSON.
    ///
    /// The error names a member whose name the style can't represent.
    pub(crate) fn in_style(style: Style, value: Tree) -> Result<Self, String> {
        match (style, value) {
            (Style::Json | Style::WholeJson, value) => Ok(Self::Text(value.json())),
            (Style::DeepObject, value @ (Tree::Object(_) | Tree::List(_))) => {
                let mut leaves = Vec::new();
                add_leaves(&mut leaves, "", value)?;
                Ok(Self::Object(leaves))
            }
            (_, value) => Ok(Self::flat(value)),
        }
    }

    /// The parts of an array or an object, without the names of members.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &str> {
        let (items, fields): (&[String], &[(String, String)]) = match self {
            Self::Text(_) => (&[], &[]),
            Self::List(items) => (items, &[]),
            Self::Object(fields) => (&[], fields),
        };
        let values = fields.iter().map(|(_, value)| value.as_str());
        items.iter().map(String::as_str).chain(values)
    }

    /// A value and its parts; nested parts are JSON.
    fn flat(value: Tree) -> Self {
        match value {
            Tree::List(items) => Self::List(items.iter().map(Tree::plain).collect()),
            Tree::Object(members) => {
                let members = members
                    .into_iter()
                    .filter(|(_, value)| *value != Tree::Null);
                Self::Object(members.map(|(name, value)| (name, value.plain())).collect())
            }
            single => Self::Text(single.plain()),
        }
    }
}

/// Whether a name can be written in brackets. A name with brackets, which may come from elsewhere, would
/// be read as the path of another value; an empty one as an array.
pub(crate) fn check_key(name: &str) -> Result<(), String> {
    if name.is_empty() {
        return Err(
            "has a member with an empty name, which can't be written in brackets".to_owned(),
        );
    }
    if name.contains(['[', ']']) {
        let shown: String = name.escape_debug().take(100).collect();
        return Err(format!(
            "has a member `{shown}`, whose name contains brackets and can't be written in brackets"
        ));
    }
    Ok(())
}

/// The values in an object or array of any depth, each with its path.
///
/// The specification doesn't define nested values in style `deepObject`. Servers that support them (PHP,
/// the `qs` library, Stripe) read `a[b][c]=v` for objects and `a[0]=v` for arrays. Of their formats for
/// arrays, only the one with an index keeps the fields of objects in arrays together. Null and empty
/// values are omitted.
fn add_leaves(leaves: &mut Vec<(String, String)>, path: &str, value: Tree) -> Result<(), String> {
    let members: Vec<(String, Tree)> = match value {
        Tree::Null => return Ok(()),
        Tree::Object(members) => members,
        Tree::List(items) => items
            .into_iter()
            .enumerate()
            .map(|(index, item)| (index.to_string(), item))
            .collect(),
        single => {
            leaves.push((path.to_owned(), single.plain()));
            return Ok(());
        }
    };
    for (name, value) in members {
        check_key(&name)?;
        let path = if path.is_empty() {
            name
        } else {
            format!("{path}][{name}")
        };
        add_leaves(leaves, &path, value)?;
    }
    Ok(())
}

/// A type of a parameter.
pub trait IntoArgument {
    /// The value's parts as strings.
    ///
    /// # Errors
    ///
    /// Returns what is wrong with a value that can't be sent.
    fn into_argument(self) -> Result<Argument, &'static str>;
}

/// A type whose value is a single string.
pub trait Scalar {
    /// The value as a string: as in JSON, but without the quotes of a string.
    fn into_text(self) -> String;

    /// Whether it can be sent: a number must be finite.
    fn is_finite(&self) -> bool {
        true
    }
}

impl<T: Scalar> IntoArgument for T {
    fn into_argument(self) -> Result<Argument, &'static str> {
        checked(self).map(Argument::Text)
    }
}

impl<T: Scalar> IntoArgument for Vec<T> {
    fn into_argument(self) -> Result<Argument, &'static str> {
        list(self.into_iter())
    }
}

impl<T: Scalar> IntoArgument for BTreeMap<String, T> {
    fn into_argument(self) -> Result<Argument, &'static str> {
        let members = self
            .into_iter()
            .map(|(name, value)| Ok((name, checked(value)?)));
        members.collect::<Result<_, _>>().map(Argument::Object)
    }
}

/// The strings of an array.
pub(crate) fn list<T: Scalar>(items: impl Iterator<Item = T>) -> Result<Argument, &'static str> {
    items
        .map(checked)
        .collect::<Result<_, _>>()
        .map(Argument::List)
}

fn checked<T: Scalar>(value: T) -> Result<String, &'static str> {
    if value.is_finite() {
        Ok(value.into_text())
    } else {
        Err(number::NOT_FINITE)
    }
}

impl Scalar for String {
    fn into_text(self) -> String {
        self
    }
}

impl<E: OpenEnum> Scalar for E {
    fn into_text(self) -> String {
        self.as_str().to_owned()
    }
}

impl Scalar for bool {
    fn into_text(self) -> String {
        self.to_string()
    }
}

impl Scalar for i32 {
    fn into_text(self) -> String {
        self.to_string()
    }
}

impl Scalar for i64 {
    fn into_text(self) -> String {
        self.to_string()
    }
}

impl Scalar for i128 {
    fn into_text(self) -> String {
        self.to_string()
    }
}

impl Scalar for u32 {
    fn into_text(self) -> String {
        self.to_string()
    }
}

impl Scalar for u64 {
    fn into_text(self) -> String {
        self.to_string()
    }
}

impl Scalar for f32 {
    fn into_text(self) -> String {
        number::text_f32(self)
    }

    fn is_finite(&self) -> bool {
        Self::is_finite(*self)
    }
}

impl Scalar for f64 {
    fn into_text(self) -> String {
        number::text(self)
    }

    fn is_finite(&self) -> bool {
        Self::is_finite(*self)
    }
}
