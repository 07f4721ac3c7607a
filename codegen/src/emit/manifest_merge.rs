//! What the configuration adds to the manifest.

use serde_json::{Map, Value};
use toml_edit::{Array, InlineTable, Item, Table, TableLike, value};

use crate::pointer::push;

/// Keys of a dependency that the configuration may set anew.
const OF_DEPENDENCY: [&str; 3] = ["version", "optional", "default-features"];

/// Adds what the configuration says to a manifest: keys that it doesn't have, and items of arrays that it has.
/// Returns the pointers of keys that it has with other values.
pub(super) fn add(manifest: &mut Table, added: &Map<String, Value>) -> Vec<String> {
    let mut clashes = Vec::new();
    let site = Site {
        pointer: String::new(),
        depth: 0,
        is_dependency: false,
    };
    merge(manifest, added, &site, &mut clashes);
    if !added.is_empty() {
        without_features_of_required(manifest);
    }
    clashes
}

/// A table of the manifest.
struct Site {
    pointer: String,
    depth: usize,
    /// Whether it is a dependency, or the list of all.
    is_dependency: bool,
}

fn merge(
    into: &mut dyn TableLike,
    added: &Map<String, Value>,
    site: &Site,
    clashes: &mut Vec<String>,
) {
    for (key, new) in added {
        let below = Site {
            pointer: push(&site.pointer, key),
            depth: site.depth + 1,
            is_dependency: site.is_dependency || key == "dependencies",
        };
        let Some(old) = into.get_mut(key) else {
            into.insert(key, item(new, &below));
            continue;
        };
        // `serde = "1"` is `serde = { version = "1" }`.
        if let (Some(version), Value::Object(_), true) = (old.as_str(), new, below.is_dependency) {
            let mut table = InlineTable::new();
            table.insert("version", version.into());
            *old = value(table);
        }
        match new {
            Value::Object(new) if old.is_table_like() => {
                if let Some(table) = old.as_table_like_mut() {
                    merge(table, new, &below, clashes);
                }
            }
            Value::Array(new) if old.is_array() => join(old, new),
            _ if is_same(old, new) => {}
            _ if below.is_dependency && OF_DEPENDENCY.contains(&key.as_str()) => {
                *old = item(new, &below);
            }
            Value::String(_) if site.is_dependency && site.depth == 1 => {
                set_version(old, new, &below);
            }
            _ => clashes.push(below.pointer),
        }
    }
}

/// Sets the version of a dependency that was given as text.
fn set_version(old: &mut Item, new: &Value, site: &Site) {
    match old.as_table_like_mut() {
        Some(table) => {
            table.insert("version", item(new, site));
        }
        None => *old = item(new, site),
    }
}

/// Adds the items that an array doesn't have.
fn join(old: &mut Item, new: &[Value]) {
    let Some(array) = old.as_array_mut() else {
        return;
    };
    for added in new {
        let added = plain(added);
        let is_known = array
            .iter()
            .any(|it| it.to_string().trim() == added.to_string().trim());
        if !is_known {
            array.push(added);
        }
    }
}

fn is_same(old: &Item, new: &Value) -> bool {
    match new {
        Value::String(text) => old.as_str() == Some(text),
        Value::Bool(value) => old.as_bool() == Some(*value),
        Value::Number(number) => old.as_integer() == number.as_i64(),
        _ => false,
    }
}

/// A value as manifests have it: dependencies on a line, other tables with a heading.
fn item(new: &Value, site: &Site) -> Item {
    match new {
        Value::Object(members) if !(site.is_dependency && site.depth > 1) => {
            let mut table = Table::new();
            let has_own = members.values().any(|it| !it.is_object());
            table.set_implicit(!has_own);
            for (key, member) in members {
                let below = Site {
                    pointer: push(&site.pointer, key),
                    depth: site.depth + 1,
                    is_dependency: site.is_dependency || key == "dependencies",
                };
                table.insert(key, item(member, &below));
            }
            Item::Table(table)
        }
        other => value(plain(other)),
    }
}

fn plain(new: &Value) -> toml_edit::Value {
    match new {
        Value::Null => toml_edit::Value::from(""),
        Value::Bool(value) => (*value).into(),
        Value::Number(number) => number.as_i64().unwrap_or_default().into(),
        Value::String(text) => text.as_str().into(),
        Value::Array(items) => items.iter().map(plain).collect::<Array>().into(),
        Value::Object(members) => {
            let mut table = InlineTable::new();
            for (key, member) in members {
                table.insert(key, plain(member));
            }
            table.into()
        }
    }
}

/// A dependency that is no longer optional can't be what a feature enables.
fn without_features_of_required(manifest: &mut Table) {
    let dependencies = manifest.get("dependencies").and_then(Item::as_table_like);
    let is_optional = |name: &str| {
        let dependency = dependencies.and_then(|it| it.get(name));
        let optional = dependency.and_then(|it| it.get("optional")?.as_bool());
        optional.unwrap_or(false)
    };
    let features = manifest.get("features").and_then(Item::as_table_like);
    let mut gone: Vec<(String, String)> = Vec::new();
    for (feature, enables) in features.into_iter().flat_map(TableLike::iter) {
        for item in enables.as_array().into_iter().flatten() {
            let name = item.as_str().and_then(|it| it.strip_prefix("dep:"));
            if let Some(name) = name.filter(|name| !is_optional(name)) {
                gone.push((feature.to_owned(), format!("dep:{name}")));
            }
        }
    }
    for (feature, name) in gone {
        let features = manifest.get_mut("features");
        let enables = features.and_then(|it| it.get_mut(&feature));
        if let Some(enables) = enables.and_then(Item::as_array_mut) {
            enables.retain(|it| it.as_str() != Some(&*name));
        }
    }
}
