//! Extensions that say something of each value of an enum.

use serde_json::Value;

use super::Object;

/// Extensions with the names of the values, in their order or by value, the best known first.
pub const ENUM_NAMES: [&str; 3] = ["x-enum-varnames", "x-enumNames", "x-enum-names"];

/// Extensions with a text for each of the values, in their order or by value.
pub const ENUM_TEXTS: [&str; 2] = ["x-enum-descriptions", "x-enumDescriptions"];

/// The extension that `AutoRest` knows: it has a list `values`, each with its name and its description.
pub const ENUM_VALUES: &str = "x-ms-enum";

/// Takes out of lists that are as long as the list of values what stands where a value isn't kept.
pub(super) fn retain(map: &mut Object, kept: &[bool]) {
    for keyword in ENUM_NAMES.into_iter().chain(ENUM_TEXTS) {
        if let Some(Value::Array(list)) = map.get_mut(keyword)
            && list.len() == kept.len()
        {
            let mut kept = kept.iter();
            list.retain(|_| kept.next() == Some(&true));
        }
    }
}

/// Hands what is said of the values to a schema that has some of them.
pub(super) fn copy(from: &Object, to: &mut Object) {
    let keywords = ENUM_NAMES.into_iter().chain(ENUM_TEXTS);
    for keyword in keywords.chain([ENUM_VALUES]) {
        if let Some(labels) = from.get(keyword) {
            to.insert(keyword.to_owned(), labels.clone());
        }
    }
}
