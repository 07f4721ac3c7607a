//! References by `$anchor` and `$id` (JSON Schema 2020-12 core, section 8.2).

use std::collections::BTreeMap;

use serde_json::Value;

use crate::pointer::push;
use crate::pointer::{canonical, local};

/// What schemas of a document call themselves. Made when the first reference asks for it: few documents have any.
#[derive(Default)]
pub(super) struct Ids(Option<Names>);

#[derive(Default)]
struct Names {
    anchors: BTreeMap<String, String>,
    ids: BTreeMap<String, String>,
}

impl Ids {
    /// The pointer that a reference by name leads to: `#anchor`, `https://example.com/pet`, or either with a pointer
    /// into it. Of schemas with one name it is the first.
    pub(super) fn find(&mut self, root: &Value, reference: &str) -> Option<String> {
        let names = self.0.get_or_insert_with(|| {
            let mut names = Names::default();
            names.collect(root, "");
            names
        });
        let (id, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let base = match id {
            "" => "",
            id => names.ids.get(id)?,
        };
        if fragment.is_empty() || fragment.starts_with('/') {
            let inside = local(&reference[id.len()..]).unwrap_or_default();
            return Some(format!("{base}{}", canonical(&inside)));
        }
        names.anchors.get(fragment).cloned()
    }
}

impl Names {
    fn collect(&mut self, value: &Value, pointer: &str) {
        match value {
            Value::Object(map) => {
                let text = |keyword: &str| map.get(keyword).and_then(Value::as_str);
                for anchor in ["$anchor", "$dynamicAnchor"].into_iter().filter_map(text) {
                    let place = || pointer.to_owned();
                    self.anchors.entry(anchor.to_owned()).or_insert_with(place);
                }
                for id in ["$id", "$self"].into_iter().filter_map(text) {
                    let id = id.trim_end_matches('#').to_owned();
                    self.ids.entry(id).or_insert_with(|| pointer.to_owned());
                }
                for (key, value) in map {
                    if value.is_object() || value.is_array() {
                        self.collect(value, &push(pointer, key));
                    }
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    if item.is_object() || item.is_array() {
                        self.collect(item, &push(pointer, &index.to_string()));
                    }
                }
            }
            _ => {}
        }
    }
}
