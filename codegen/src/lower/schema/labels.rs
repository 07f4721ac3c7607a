//! What a description calls the values of an enum, and says of each: in extensions that other generators
//! know, or in a `oneOf` of constants with titles (OpenAPI 3.1.1, "Annotated Enumerations").

use std::collections::HashMap;

use openapiv3::Schema;
use serde_json::Value;

use crate::diagnostic::WarningCode;
use crate::document::{ENUM_NAMES, ENUM_TEXTS, ENUM_VALUES};
use crate::model::Docs;
use crate::names::words;
use crate::pointer::push;

use super::super::{Lowering, docs};
use super::Form;
use super::schema_kind::Seen;
use super::union::{Member, text_of};

/// Longest title that is a name and no sentence, in words.
const LONGEST_TITLE: usize = 5;

/// What is said of values, by their JSON.
#[derive(Clone, Debug, Default)]
pub(super) struct Labels(HashMap<String, Label>);

/// What is said of one value.
#[derive(Clone, Debug, Default)]
pub(super) struct Label {
    /// What it is called.
    pub(super) name: Option<String>,
    /// What it means.
    pub(super) docs: Docs,
}

impl Labels {
    /// What is said of a value.
    pub(super) fn of(&self, value: &Value) -> Label {
        self.0.get(&value.to_string()).cloned().unwrap_or_default()
    }

    fn entry(&mut self, value: &Value) -> &mut Label {
        self.0.entry(value.to_string()).or_default()
    }

    /// Notes a name, unless one is known that goes before it.
    fn name(&mut self, value: &Value, name: Option<&Value>) {
        let name = name.map(text_of).filter(|name| !words(name).is_empty());
        let label = self.entry(value);
        label.name = label.name.take().or(name);
    }

    /// Notes a text, unless one is known that goes before it.
    fn text(&mut self, value: &Value, text: Option<&Value>) {
        let label = self.entry(value);
        if let Some(Value::String(text)) = text
            && label.docs.text.is_empty()
        {
            label.docs.text.clone_from(text);
        }
    }

    /// Adds what others say, where nothing is known yet.
    fn extend(&mut self, others: Self) {
        for (value, other) in others.0 {
            let label = self.0.entry(value).or_default();
            label.name = label.name.take().or(other.name);
            if label.docs.text.is_empty() {
                label.docs.text = other.docs.text;
            }
            label.docs.deprecated |= other.docs.deprecated;
        }
    }

    /// Forgets names that several values have: they tell none of them.
    fn without_shared_names(mut self) -> Self {
        let mut uses: HashMap<String, usize> = HashMap::new();
        for name in self.0.values().filter_map(|label| label.name.clone()) {
            *uses.entry(name).or_default() += 1;
        }
        for label in self.0.values_mut() {
            label.name = label.name.take().filter(|name| uses[name] == 1);
        }
        self
    }
}

impl Lowering<'_> {
    /// What the extensions of a schema say of the values that it lists.
    pub(super) fn labels(&mut self, schema: &Schema, pointer: &str) -> Labels {
        let mut labels = Labels::default();
        let extensions = &schema.schema_data.extensions;
        let form = Form::of(schema);
        if form.values.is_empty() || extensions.is_empty() {
            return labels;
        }
        let values = form.values.values();
        for keyword in ENUM_NAMES {
            let Some(entries) = extensions.get(keyword) else {
                continue;
            };
            for (value, name) in values
                .iter()
                .zip(self.each(entries, &values, keyword, pointer))
            {
                labels.name(value, name);
            }
        }
        let listed = extensions.get(ENUM_VALUES).and_then(|it| it.get("values"));
        for entry in listed.and_then(Value::as_array).into_iter().flatten() {
            let entries = entry.get("value").map(text_of);
            let is_meant = |value: &&Value| entries.as_deref() == Some(&*text_of(value));
            if let Some(value) = values.iter().find(is_meant) {
                labels.name(value, entry.get("name"));
                labels.text(value, entry.get("description"));
            }
        }
        for keyword in ENUM_TEXTS {
            let Some(entries) = extensions.get(keyword) else {
                continue;
            };
            for (value, text) in values
                .iter()
                .zip(self.each(entries, &values, keyword, pointer))
            {
                labels.text(value, text);
            }
        }
        labels.without_shared_names()
    }

    /// What an extension says of each of the values: nothing where it is a list of another length, since
    /// then nobody knows which is whose.
    fn each<'v>(
        &mut self,
        entries: &'v Value,
        values: &[Value],
        keyword: &str,
        pointer: &str,
    ) -> Vec<Option<&'v Value>> {
        match entries {
            Value::Array(list) if list.len() == values.len() => list.iter().map(Some).collect(),
            Value::Array(list) => {
                let message = format!(
                    "`{keyword}` has {} items for {} values; it is ignored",
                    list.len(),
                    values.len()
                );
                let warning =
                    self.warning(WarningCode::IgnoredLabels, &push(pointer, keyword), message);
                warning.help = Some("write one entry for each value, in the same order".into());
                Vec::new()
            }
            Value::Object(by_value) => {
                let of = |value: &Value| by_value.get(&text_of(value));
                values.iter().map(of).collect()
            }
            _ => Vec::new(),
        }
    }

    /// What is said of the values that the members of a union list: by extensions, and where a member is
    /// one value alone, by its title and its description.
    pub(super) fn labels_of_members(&mut self, members: &[&Member<'_>]) -> Labels {
        let mut labels = Labels::default();
        for member in members {
            let Some(item) = self.schemas.resolve_once(member.schema, &mut Seen::new()) else {
                continue;
            };
            let target = self.schemas.target_pointer(member.schema);
            let pointer = target.as_deref().unwrap_or(&member.place);
            let item = item.into_owned();
            labels.extend(self.labels(&item, pointer));
            if let Some(value) = Form::of(&item).values.only_value() {
                labels.extend(annotated(&value, &item));
            }
        }
        labels.without_shared_names()
    }

    /// The name that the configuration gives to a value of the enum at a pointer.
    pub(super) fn value_name(&mut self, pointer: &str, value: &Value) -> Option<String> {
        let (key, configured) = self.config.schema(pointer)?;
        let text = text_of(value);
        let name = configured.values.get(&text)?.name.clone();
        self.used_configuration
            .values
            .insert((key.to_owned(), text));
        name
    }
}

/// What the schema of one value says of it.
fn annotated(value: &Value, item: &Schema) -> Labels {
    let data = &item.schema_data;
    let title = data.title.as_deref().map(str::trim);
    let is_name = |title: &&str| (1..=LONGEST_TITLE).contains(&words(title).len());
    let name = title.filter(is_name);
    let mut docs = docs::of_schema(item);
    if data.description.is_none() && name.is_some() {
        // It says what the variant is called, and nothing more.
        docs.text.clear();
    }
    // An example of one value is that value, and so is what it is when it isn't sent.
    docs.example = None;
    docs.default = None;
    let label = Label {
        name: name.map(str::to_owned),
        docs,
    };
    Labels(HashMap::from([(value.to_string(), label)]))
}
