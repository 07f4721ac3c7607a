//! The anchors of the headings of resources.

use std::collections::HashMap;

use crate::model::{Api, Resource};

use super::split;

/// The links to the headings of all resources, from the root of the crate, in their order.
pub(in crate::emit) struct Anchors(Vec<String>);

impl Anchors {
    /// Makes those of an API.
    ///
    /// No other heading of a page begins as those of resources do, so these are all that can be the same.
    pub(in crate::emit) fn of(api: &Api) -> Self {
        let is_split = split::is_split(api);
        let mut seen: HashMap<String, usize> = HashMap::new();
        let links = api.resources.iter().map(|resource| {
            let page = if is_split {
                split::page_of(split::top(resource))
            } else {
                "api.md".to_owned()
            };
            let link = format!("{page}#{}", slug(&heading(resource)));
            let times = seen.entry(link.clone()).or_default();
            *times += 1;
            match *times {
                1 => link,
                several => format!("{link}-{}", several - 1),
            }
        });
        Self(links.collect())
    }

    /// In the order of the resources: `api.md#clientpets`.
    pub(in crate::emit) fn links(self) -> impl Iterator<Item = String> {
        self.0.into_iter()
    }
}

/// The accessor calls of a resource, which are the heading of its section.
pub(in crate::emit) fn heading(resource: &Resource) -> String {
    resource.way()
}

/// The anchor that forges generate for a heading: letters, digits, `_` and `-` in lower case.
fn slug(heading: &str) -> String {
    let kept = heading
        .chars()
        .filter(|&it| it.is_alphanumeric() || it == '_' || it == '-');
    kept.flat_map(char::to_lowercase).collect()
}
