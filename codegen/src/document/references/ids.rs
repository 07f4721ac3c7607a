//! References by URI, `$id` and `$anchor` (JSON Schema 2020-12 core, section 8.2; OpenAPI 3.2.0, "Base URI").

use std::collections::BTreeMap;

use serde_json::Value;
use url::Url;

use crate::pointer::push;
use crate::pointer::{canonical, local};

/// What the document and schemas in it call themselves. Made when the first reference asks for it: few documents have
/// any.
pub(in crate::document) struct Ids<'n> {
    /// The name of the file.
    file: &'n str,
    names: Option<Names>,
}

#[derive(Default)]
struct Names {
    /// The URIs of the document: its `$self`, and that of its file.
    own: Vec<Url>,
    /// The pointers of schemas with an `$id`, by its URI.
    resources: BTreeMap<String, String>,
    /// The same by the `$id` as it is written.
    written: BTreeMap<String, String>,
    /// The URIs of schemas with an `$id`, by their pointers: what is inside is relative to them.
    bases: BTreeMap<String, Url>,
    /// The pointers of anchors, by the pointer of the schema with an `$id` that they are in, and their names.
    anchors: BTreeMap<(String, String), String>,
    /// The first anchor of each name.
    first: BTreeMap<String, String>,
}

impl<'n> Ids<'n> {
    pub(in crate::document) fn of(file: &'n str) -> Self {
        Self { file, names: None }
    }

    /// The pointer that a reference at a pointer leads to: `#anchor`, `https://example.com/pet`, `pet#/$defs/Name`. Of
    /// schemas with one name it is the first.
    pub(in crate::document) fn find(
        &mut self,
        root: &Value,
        reference: &str,
        at: &str,
    ) -> Option<String> {
        let file = self.file;
        let names = self.names.get_or_insert_with(|| Names::of(root, file));
        let (id, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let target = match id {
            "" => names.resource_of(at).to_owned(),
            id => names.target(id, at)?,
        };
        if fragment.is_empty() || fragment.starts_with('/') {
            let inside = local(&reference[id.len()..]).unwrap_or_default();
            return Some(format!("{target}{}", canonical(&inside)));
        }
        let own = names.anchors.get(&(target, fragment.to_owned()));
        let any = names.first.get(fragment).filter(|_| id.is_empty());
        own.or(any).cloned()
    }

    /// The URI that references at a pointer are relative to: that of the nearest `$id`, or the `$self` of the document.
    /// The URI of the file isn't among them.
    pub(in crate::document) fn base(&mut self, root: &Value, at: &str) -> Option<Url> {
        let file = self.file;
        let names = self.names.get_or_insert_with(|| Names::of(root, file));
        let nearest = names.bases.get(names.resource_of(at));
        let base = nearest.or(names.own.first())?;
        (base.scheme() != "file").then(|| base.clone())
    }
}

impl Names {
    fn of(root: &Value, file: &str) -> Self {
        let mut names = Self::default();
        let file = Url::parse("file:///").and_then(|base| base.join(file)).ok();
        let own = root.get("$self").and_then(Value::as_str);
        let own = own.and_then(|own| match &file {
            Some(file) => file.join(own).ok(),
            None => Url::parse(own).ok(),
        });
        names
            .own
            .extend(own.into_iter().chain(file).map(without_fragment));
        let base = names.own.first().cloned();
        names.collect(root, "", "", base.as_ref());
        names
    }

    /// The pointer of the schema with an `$id` that a pointer is in; empty for the document.
    fn resource_of<'p>(&self, at: &'p str) -> &'p str {
        let mut above = at;
        while !above.is_empty() && !self.bases.contains_key(above) {
            above = above.rsplit_once('/').map_or("", |(above, _)| above);
        }
        above
    }

    /// Where a URI leads that isn't a fragment alone.
    fn target(&self, id: &str, at: &str) -> Option<String> {
        let base = self.bases.get(self.resource_of(at));
        for base in base.into_iter().chain(&self.own) {
            let Ok(uri) = base.join(id).map(without_fragment) else {
                continue;
            };
            if self.own.contains(&uri) {
                return Some(String::new());
            }
            if let Some(pointer) = self.resources.get(uri.as_str()) {
                return Some(pointer.clone());
            }
        }
        self.written.get(id).cloned()
    }

    fn collect(&mut self, value: &Value, pointer: &str, resource: &str, base: Option<&Url>) {
        match value {
            Value::Object(map) => {
                let text = |keyword: &str| map.get(keyword).and_then(Value::as_str);
                let id = text("$id").map(|id| id.trim_end_matches('#'));
                let id = id.filter(|id| !id.is_empty() && !id.starts_with('#'));
                let own = id.and_then(|id| match base {
                    Some(base) => base.join(id).ok(),
                    None => Url::parse(id).ok(),
                });
                if let Some(id) = id {
                    let place = || pointer.to_owned();
                    self.written.entry(id.to_owned()).or_insert_with(place);
                }
                if let Some(own) = &own {
                    let place = || pointer.to_owned();
                    let uri = without_fragment(own.clone());
                    self.resources.entry(uri.to_string()).or_insert_with(place);
                    self.bases.insert(pointer.to_owned(), uri);
                }
                let resource = if own.is_some() { pointer } else { resource };
                let base = own.as_ref().or(base);
                for anchor in ["$anchor", "$dynamicAnchor"].into_iter().filter_map(text) {
                    let key = (resource.to_owned(), anchor.to_owned());
                    let place = || pointer.to_owned();
                    self.anchors.entry(key).or_insert_with(place);
                    self.first.entry(anchor.to_owned()).or_insert_with(place);
                }
                for (key, value) in map {
                    if value.is_object() || value.is_array() {
                        self.collect(value, &push(pointer, key), resource, base);
                    }
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    if item.is_object() || item.is_array() {
                        let pointer = push(pointer, &index.to_string());
                        self.collect(item, &pointer, resource, base);
                    }
                }
            }
            _ => {}
        }
    }
}

fn without_fragment(mut uri: Url) -> Url {
    uri.set_fragment(None);
    uri
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document() -> Value {
        json!({
            "$self": "https://api.example.com/v1/openapi",
            "components": {"schemas": {
                "Pet": {"$id": "schemas/pet", "$defs": {
                    "Name": {"$anchor": "name"},
                    "Tag": {"$id": "tag", "$anchor": "name"},
                }},
                "Other": {"$id": "https://example.com/other", "$anchor": "only", "properties": {"a": {}}},
            }},
        })
    }

    /// Where references lead.
    fn found(root: &Value, references: &[(&str, &str)]) -> Vec<Option<String>> {
        let mut ids = Ids::of("dir/api.yaml");
        let mut find = |(reference, at): &(&str, &str)| ids.find(root, reference, at);
        references.iter().map(&mut find).collect()
    }

    #[test]
    fn uris_are_relative_to_the_nearest_id_the_document_or_its_file() {
        let pet = "/components/schemas/Pet";
        let root = document();
        let references = [
            ("schemas/pet", ""),
            ("https://api.example.com/v1/schemas/pet#/$defs/Name", ""),
            ("tag", pet),
            ("pet#name", "/components/schemas/Pet/$defs/Tag"),
            ("#name", "/components/schemas/Pet/$defs/Tag"),
            ("#name", "/components/schemas/Pet/properties/x"),
            ("#/$defs/Name", "/components/schemas/Pet/properties/x"),
            ("#only", ""),
            ("../other", "/components/schemas/Other"),
            ("https://example.com/other", ""),
        ];
        let tag = "/components/schemas/Pet/$defs/Tag";
        let name = "/components/schemas/Pet/$defs/Name";
        let other = "/components/schemas/Other";
        let expected = [pet, name, tag, name, tag, name, name, other, "", other];
        let expected: Vec<Option<String>> = expected
            .into_iter()
            .map(|it| (!it.is_empty()).then(|| it.to_owned()))
            .collect();
        assert_eq!(found(&root, &references)[..8], expected[..8]);
        assert_eq!(found(&root, &references)[9], expected[9]);
    }

    #[test]
    fn the_document_is_known_by_its_file_and_by_its_own_uri() {
        let root = document();
        for (reference, own) in [
            ("./api.yaml#/components", true),
            ("api.yaml#/components", true),
            ("openapi#/components", true),
            ("/v1/openapi#/components", true),
            ("https://api.example.com/v1/openapi#/components", true),
            ("other.yaml#/components", false),
            ("../api.yaml#/components", false),
            ("https://example.com/openapi#/components", false),
        ] {
            let found = found(&root, &[(reference, "/paths/~1a")]).remove(0);
            assert_eq!(
                found.as_deref(),
                own.then_some("/components"),
                "{reference}"
            );
        }
    }
}
