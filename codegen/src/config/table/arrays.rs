//! Reading arrays.

use toml::Spanned;
use toml::de::DeValue;

use super::super::rules::Rule;
use super::{Reader, Section};
use crate::diagnostic::{Diagnostic, Origin};
use crate::pointer::push;

/// An item of an array and where it stands.
pub(in super::super) struct Item<'a> {
    pub(in super::super) pointer: String,
    pub(in super::super) value: &'a DeValue<'a>,
}

impl Reader {
    /// The texts in the array with this key.
    pub(in super::super) fn texts(
        &mut self,
        section: &Section<'_>,
        key: &str,
        rule: Rule,
    ) -> Vec<String> {
        let item = |value: &DeValue<'_>| match value {
            DeValue::String(text) => Some(text.to_string()),
            _ => None,
        };
        self.items(section, key, rule, item)
    }

    /// The states in the array with this key: texts, and integers and booleans as their text.
    pub(in super::super) fn states(
        &mut self,
        section: &Section<'_>,
        key: &str,
        rule: Rule,
    ) -> Vec<String> {
        let item = |value: &DeValue<'_>| match value {
            DeValue::String(text) => Some(text.to_string()),
            DeValue::Boolean(state) => Some(state.to_string()),
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                .ok()
                .map(|number| number.to_string()),
            _ => None,
        };
        self.items(section, key, rule, item)
    }

    fn items(
        &mut self,
        section: &Section<'_>,
        key: &str,
        rule: Rule,
        item: impl Fn(&DeValue<'_>) -> Option<String>,
    ) -> Vec<String> {
        let wanted = format!("an array, each item {}", rule.what);
        let items = self.items_of(section, key, &wanted);
        let mut texts: Vec<String> = Vec::with_capacity(items.len());
        for (index, value) in items.iter().enumerate() {
            let pointer = push(&section.pointer_to(key), &index.to_string());
            let Some(text) = item(value.get_ref()) else {
                self.wrong_type(pointer, key, value.get_ref(), rule.what);
                continue;
            };
            if texts.contains(&text) {
                self.duplicate(&pointer, key, &text);
                continue;
            }
            self.check_rule(&pointer, key, &text, rule);
            texts.push(text);
        }
        texts
    }

    /// The items of the array with this key.
    fn items_of<'a>(
        &mut self,
        section: &Section<'a>,
        key: &str,
        wanted: &str,
    ) -> &'a [Spanned<DeValue<'a>>] {
        let Some(value) = section.table.get(key) else {
            return &[];
        };
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type(section.pointer_to(key), key, value.get_ref(), wanted);
            return &[];
        };
        items
    }

    /// The items of the array with this key, whatever they are.
    pub(in super::super) fn array<'a>(
        &mut self,
        section: &Section<'a>,
        key: &str,
    ) -> Vec<Item<'a>> {
        let items = self.items_of(section, key, "an array");
        let item = |(index, value): (usize, &'a Spanned<DeValue<'a>>)| Item {
            pointer: push(&section.pointer_to(key), &index.to_string()),
            value: value.get_ref(),
        };
        items.iter().enumerate().map(item).collect()
    }

    /// An item of the array with this key, which has to be a text; empty where it isn't.
    pub(in super::super) fn item_text(
        &mut self,
        pointer: &str,
        key: &str,
        value: &DeValue<'_>,
        rule: Rule,
    ) -> String {
        let DeValue::String(text) = value else {
            self.wrong_type(pointer.to_owned(), key, value, rule.what);
            return String::new();
        };
        self.check_rule(pointer, key, text, rule);
        text.clone().into_owned()
    }

    /// Says that an item of an array was there before.
    pub(in super::super) fn duplicate(&mut self, pointer: &str, key: &str, text: &str) {
        let message = format!("duplicate value `{text}` in `{key}`");
        self.report(Diagnostic::error(Origin::Config, pointer, message).help("remove it"));
    }
}
