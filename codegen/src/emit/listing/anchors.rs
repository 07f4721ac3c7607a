//! The anchors of the headings of resources.

use std::collections::HashMap;

use crate::model::{Api, Resource};

/// The anchors of all resources, in their order.
pub(in crate::emit) struct Anchors(Vec<String>);

impl Anchors {
    /// Makes those of an API.
    ///
    /// No other heading begins like those of resources, so only these can be equal.
    pub(in crate::emit) fn of(api: &Api) -> Self {
        let mut seen: HashMap<String, usize> = HashMap::new();
        let anchors = api.resources.iter().map(|resource| {
            let anchor = slug(&heading(resource));
            let times = seen.entry(anchor.clone()).or_default();
            *times += 1;
            match *times {
                1 => anchor,
                several => format!("{anchor}-{}", several - 1),
            }
        });
        Self(anchors.collect())
    }

    /// In the order of the resources.
    pub(in crate::emit) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// The accessor calls of a resource, which are the heading of its section.
pub(in crate::emit) fn heading(resource: &Resource) -> String {
    format!("client.{}()", resource.path_joined("()."))
}

/// The anchor that forges generate for a heading: letters, digits, `_` and `-` in lower case.
fn slug(heading: &str) -> String {
    let kept = heading
        .chars()
        .filter(|&it| it.is_alphanumeric() || it == '_' || it == '-');
    kept.flat_map(char::to_lowercase).collect()
}
