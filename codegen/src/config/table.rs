//! Reading tables: known keys, right types, all problems at once.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::messages::{found, listed, shown};
use super::rules::Rule;
use crate::diagnostic::{Diagnostic, Origin};
use crate::nearest::nearest;
use crate::pointer::push;

/// A table and where it stands.
pub(super) struct Section<'a> {
    table: &'a DeTable<'a>,
    pointer: String,
}

impl<'a> Section<'a> {
    pub(super) fn new(table: &'a DeTable<'a>, pointer: String) -> Self {
        Self { table, pointer }
    }

    /// JSON pointer of the value with this key.
    pub(super) fn pointer_to(&self, key: &str) -> String {
        push(&self.pointer, key)
    }
}

/// An item of an array and where it stands.
pub(super) struct Item<'a> {
    pub(super) pointer: String,
    pub(super) value: &'a DeValue<'a>,
}

/// Takes values out of tables and keeps what is wrong with them.
#[derive(Default)]
pub(super) struct Reader {
    /// What was wrong so far.
    pub(super) problems: Vec<Diagnostic>,
}

impl Reader {
    /// The whole file.
    pub(super) fn root<'a>(&mut self, table: &'a DeTable<'a>, known: &[&str]) -> Section<'a> {
        let section = Section {
            table,
            pointer: String::new(),
        };
        self.check_keys(&section, known);
        section
    }

    /// The table with this key, whose keys must be `known` ones.
    pub(super) fn section<'a>(
        &mut self,
        parent: &Section<'a>,
        key: &str,
        known: &[&str],
    ) -> Option<Section<'a>> {
        let section = self.table(parent, key)?;
        self.check_keys(&section, known);
        Some(section)
    }

    /// The tables in the table with this key, by their own keys, which can be anything but empty.
    pub(super) fn entries<'a>(
        &mut self,
        parent: &Section<'a>,
        key: &str,
        known: &[&str],
    ) -> Vec<(String, Section<'a>)> {
        self.settings_and_entries(parent, key, &[], known)
            .map_or_else(Vec::new, |(_, entries)| entries)
    }

    /// The table with this key, which has `settings` of its own, and the tables in it by their own
    /// keys, which can be anything else.
    pub(super) fn settings_and_entries<'a>(
        &mut self,
        parent: &Section<'a>,
        key: &str,
        settings: &[&str],
        known: &[&str],
    ) -> Option<(Section<'a>, Vec<(String, Section<'a>)>)> {
        let named = self.table(parent, key)?;
        let mut entries = Vec::with_capacity(named.table.len());
        for (name, value) in named.table {
            let name = name.get_ref().as_ref();
            if settings.contains(&name) {
                continue;
            }
            let is_table = matches!(value.get_ref(), DeValue::Table(_));
            if !is_table && nearest(name, settings.iter().copied()).is_some() {
                self.unknown_key(&named, name, settings);
            } else if let Some(entry) = self.section(&named, name, known) {
                entries.push((name.to_owned(), entry));
            }
        }
        Some((named, entries))
    }

    /// What is in the table with this key, by keys that can be anything but empty: texts as the rule wants
    /// them, or tables.
    pub(super) fn texts_or_tables<'a>(
        &mut self,
        parent: &Section<'a>,
        key: &str,
        rule: Rule,
        known: &[&str],
    ) -> Vec<(String, Result<String, Section<'a>>)> {
        let Some(named) = self.table(parent, key) else {
            return Vec::new();
        };
        let mut entries = Vec::with_capacity(named.table.len());
        for (name, value) in named.table {
            let name = name.get_ref().as_ref();
            let entry = match value.get_ref() {
                DeValue::Table(_) => self.section(&named, name, known).map(Err),
                _ => self.text(&named, name, rule).map(Ok),
            };
            entries.extend(entry.map(|entry| (name.to_owned(), entry)));
        }
        entries
    }

    /// The tables in the array with this key.
    pub(super) fn sections<'a>(
        &mut self,
        parent: &Section<'a>,
        key: &str,
        known: &[&str],
    ) -> Vec<Section<'a>> {
        let Some(value) = parent.table.get(key) else {
            return Vec::new();
        };
        let pointer = parent.pointer_to(key);
        let DeValue::Array(items) = value.get_ref() else {
            let wanted = format!("an array of tables, each with the header `[[{key}]]`");
            self.wrong_type(pointer, key, value.get_ref(), &wanted);
            return Vec::new();
        };
        let mut sections = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let pointer = push(&pointer, &index.to_string());
            if let DeValue::Table(table) = item.get_ref() {
                let section = Section { table, pointer };
                self.check_keys(&section, known);
                sections.push(section);
            } else {
                self.wrong_type(pointer, key, item.get_ref(), "a table");
            }
        }
        sections
    }

    /// The text with this key, if there is one and it is as the rule wants it.
    pub(super) fn text(&mut self, section: &Section<'_>, key: &str, rule: Rule) -> Option<String> {
        let value = section.table.get(key)?;
        let pointer = section.pointer_to(key);
        if let DeValue::String(text) = value.get_ref() {
            self.check_rule(&pointer, key, text, rule);
            return Some(text.to_string());
        }
        self.wrong_type(pointer, key, value.get_ref(), rule.what);
        None
    }

    /// The text with this key, which must be there. After a complaint it is empty.
    pub(super) fn required(
        &mut self,
        section: &Section<'_>,
        key: &str,
        rule: Rule,
        help: &str,
    ) -> String {
        self.require(section, key, help);
        self.text(section, key, rule).unwrap_or_default()
    }

    /// The texts in the array with this key.
    pub(super) fn texts(&mut self, section: &Section<'_>, key: &str, rule: Rule) -> Vec<String> {
        let item = |value: &DeValue<'_>| match value {
            DeValue::String(text) => Some(text.to_string()),
            _ => None,
        };
        self.items(section, key, rule, item)
    }

    /// The states in the array with this key: texts, and integers and booleans as their text.
    pub(super) fn states(&mut self, section: &Section<'_>, key: &str, rule: Rule) -> Vec<String> {
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
    pub(super) fn array<'a>(&mut self, section: &Section<'a>, key: &str) -> Vec<Item<'a>> {
        let items = self.items_of(section, key, "an array");
        let item = |(index, value): (usize, &'a Spanned<DeValue<'a>>)| Item {
            pointer: push(&section.pointer_to(key), &index.to_string()),
            value: value.get_ref(),
        };
        items.iter().enumerate().map(item).collect()
    }

    /// An item of the array with this key, which has to be a text; empty where it isn't.
    pub(super) fn item_text(
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
    pub(super) fn duplicate(&mut self, pointer: &str, key: &str, text: &str) {
        let message = format!("duplicate value `{text}` in `{key}`");
        self.report(Diagnostic::error(Origin::Config, pointer, message).help("remove it"));
    }

    /// The table with this key, with any keys of its own.
    pub(super) fn any_table<'a>(
        &mut self,
        parent: &Section<'a>,
        key: &str,
    ) -> Option<&'a DeTable<'a>> {
        self.table(parent, key).map(|section| section.table)
    }

    /// Says that the value at a pointer can't be used.
    pub(super) fn unusable(&mut self, pointer: &str, why: &str) {
        let message = format!("the value {why}");
        self.report(Diagnostic::error(Origin::Config, pointer, message).help("remove it"));
    }

    /// Which of some words the text with this key is.
    pub(super) fn one_of(
        &mut self,
        section: &Section<'_>,
        key: &str,
        words: &[&str],
    ) -> Option<usize> {
        let value = section.table.get(key)?;
        let pointer = section.pointer_to(key);
        let DeValue::String(text) = value.get_ref() else {
            let wanted = format!("one of {}", listed(words));
            self.wrong_type(pointer, key, value.get_ref(), &wanted);
            return None;
        };
        self.word(&section.pointer, key, text, words)
    }

    /// Which of some words a text is, that stands in the table at this pointer.
    pub(super) fn word(
        &mut self,
        table: &str,
        key: &str,
        text: &str,
        words: &[&str],
    ) -> Option<usize> {
        let known = words.iter().position(|word| *word == text);
        if known.is_none() {
            let message = format!("invalid value `{}` for `{key}`", shown(text));
            let help = match nearest(text, words.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("use one of {}", listed(words)),
            };
            let pointer = push(table, key);
            self.report(Diagnostic::error(Origin::Config, pointer, message).help(help));
        }
        known
    }

    /// The whole number with this key.
    pub(super) fn whole(&mut self, section: &Section<'_>, key: &str) -> Option<i64> {
        let value = section.table.get(key)?;
        if let DeValue::Integer(number) = value.get_ref() {
            let read = i64::from_str_radix(number.as_str(), number.radix());
            if let Ok(number) = read {
                return Some(number);
            }
        }
        let wanted = "a 64-bit integer";
        self.wrong_type(section.pointer_to(key), key, value.get_ref(), wanted);
        None
    }

    /// Whether the key is there and true.
    pub(super) fn flag(&mut self, section: &Section<'_>, key: &str) -> bool {
        self.choice(section, key).unwrap_or(false)
    }

    /// The boolean with this key, if there is one.
    pub(super) fn choice(&mut self, section: &Section<'_>, key: &str) -> Option<bool> {
        let value = section.table.get(key)?;
        if let DeValue::Boolean(choice) = value.get_ref() {
            return Some(*choice);
        }
        self.wrong_type(
            section.pointer_to(key),
            key,
            value.get_ref(),
            "`true` or `false`",
        );
        None
    }

    /// Complains that a key is missing, unless it is there. `help` says what to add.
    pub(super) fn require(&mut self, section: &Section<'_>, key: &str, help: &str) {
        if section.table.contains_key(key) {
            return;
        }
        let message = format!("`{key}` is missing");
        self.report(
            Diagnostic::error(Origin::Config, section.pointer.clone(), message)
                .label(format!("needs `{key}`"))
                .help(help),
        );
    }

    /// Complains that an array holds nothing.
    pub(super) fn require_items(&mut self, section: &Section<'_>, key: &str, what: &str) {
        if let Some(DeValue::Array(items)) = section.table.get(key).map(Spanned::get_ref)
            && items.is_empty()
        {
            let message = format!("`{key}` is empty");
            let problem = Diagnostic::error(Origin::Config, section.pointer_to(key), message);
            self.report(problem.help(format!("list {what}")));
        }
    }

    /// Keeps a problem.
    pub(super) fn report(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    fn table<'a>(&mut self, parent: &Section<'a>, key: &str) -> Option<Section<'a>> {
        let value = parent.table.get(key)?;
        let pointer = parent.pointer_to(key);
        if let DeValue::Table(table) = value.get_ref() {
            return Some(Section { table, pointer });
        }
        self.wrong_type(pointer, key, value.get_ref(), "a table");
        None
    }

    pub(super) fn check_keys(&mut self, section: &Section<'_>, known: &[&str]) {
        for (key, _) in section.table {
            let key = key.get_ref().as_ref();
            if !known.contains(&key) {
                self.unknown_key(section, key, known);
            }
        }
    }

    fn unknown_key(&mut self, section: &Section<'_>, key: &str, known: &[&str]) {
        let pointer = section.pointer_to(key);
        let message = format!("unknown key `{}`", shown(key));
        let help = match nearest(key, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the known keys are {}", listed(known)),
        };
        self.report(
            Diagnostic::error(Origin::Config, pointer, message)
                .at_key()
                .label("not a key of this table")
                .help(help),
        );
    }

    /// Checks a text that stands in the table at this pointer.
    pub(super) fn check(&mut self, table: &str, key: &str, text: &str, rule: Rule) {
        self.check_rule(&push(table, key), key, text, rule);
    }

    fn check_rule(&mut self, pointer: &str, key: &str, text: &str, rule: Rule) {
        if let Some(why) = rule.broken_by(text) {
            let message = format!("`{key}` must be {}, but `{}` {why}", rule.what, shown(text));
            self.report(
                Diagnostic::error(Origin::Config, pointer, message)
                    .label(why)
                    .help(rule.help),
            );
        }
    }

    fn wrong_type(&mut self, pointer: String, key: &str, value: &DeValue<'_>, wanted: &str) {
        let found = found(value);
        let message = format!("`{}` must be {wanted}, but is {found}", shown(key));
        self.report(
            Diagnostic::error(Origin::Config, pointer, message).label(format!("this is {found}")),
        );
    }
}
