//! The path of an operation, as its name is made of it.

use crate::names::words;
use crate::path_template::PathTemplate;

/// A segment of a path (RFC 3986 section 3.3).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Segment {
    /// Text, as lower-case words.
    Static(Vec<String>),
    /// A parameter, or text with one in it.
    Parameter,
    /// What a resource is made to do: `cancel` of `/jobs/{id}:cancel`.
    Custom(Vec<String>),
}

impl Segment {
    pub(super) fn words(&self) -> &[String] {
        match self {
            Self::Static(words) | Self::Custom(words) => words,
            Self::Parameter => &[],
        }
    }

    pub(super) fn is_static(&self) -> bool {
        matches!(self, Self::Static(_))
    }
}

/// A path in the parts that names are made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Route {
    /// Leading segments that say nothing of a resource: `api`, `v1`.
    pub prefix: Vec<String>,
    /// All others.
    pub segments: Vec<Segment>,
    /// The names of its parameters, from left to right.
    pub parameters: Vec<String>,
    /// The key of a query that is always sent with the value `true`: `beta` of `/files?beta=true`.
    pub flag: Option<String>,
    /// What stands behind `#`, which tells operations of one path apart.
    pub fragment: Vec<String>,
}

impl Route {
    pub(super) fn of(path: &str) -> Self {
        let template = PathTemplate::of(path);
        let mut route = Self {
            flag: template
                .pairs()
                .find_map(|pair| pair.strip_suffix("=true"))
                .map(|key| words(key).join("_"))
                .filter(|flag| !flag.is_empty()),
            fragment: template.fragment.map(fragment).unwrap_or_default(),
            parameters: crate::path_template::names_in(template.path)
                .into_iter()
                .map(|name| words(name).join("_"))
                .collect(),
            ..Self::default()
        };
        for segment in template.path.split('/').filter(|it| !it.is_empty()) {
            route.push(segment);
        }
        // A path of nothing else is about that.
        if !route.segments.iter().any(|it| !it.words().is_empty()) {
            let prefix = std::mem::take(&mut route.prefix);
            let segments = prefix.iter().map(|it| Segment::Static(words(it)));
            route.segments = segments.chain(route.segments).collect();
        }
        route
    }

    fn push(&mut self, segment: &str) {
        let segment = [".json", ".xml"]
            .iter()
            .find_map(|ending| segment.strip_suffix(ending))
            .unwrap_or(segment);
        if let Some((before, action)) = custom(segment) {
            if !before.is_empty() {
                self.push_plain(before);
            }
            self.segments.push(Segment::Custom(words(action)));
        } else {
            self.push_plain(segment);
        }
    }

    /// A segment without a custom method. However many colons there are, the last alone leads to one.
    fn push_plain(&mut self, segment: &str) {
        if let Some((function, _)) = segment.split_once("({") {
            // `users({id})` is a form of `users/{id}` (OData 4.01 part 2, section 4.3.1).
            self.push_plain(function);
            self.segments.push(Segment::Parameter);
        } else if segment.contains('{') {
            self.segments.push(Segment::Parameter);
        } else if is_prefix(segment) {
            self.prefix.push(segment.to_ascii_lowercase());
        } else {
            let words = words(segment);
            if !words.is_empty() {
                self.segments.push(Segment::Static(words));
            }
        }
    }

    /// The words of its static segments, one text for each.
    pub(super) fn statics(&self) -> Vec<String> {
        let statics = self.segments.iter().filter(|it| it.is_static());
        statics.map(|it| it.words().join("_")).collect()
    }
}

/// A segment with a custom method behind a colon: `jobs:cancel`, `{id}:cancel`, `:search`.
fn custom(segment: &str) -> Option<(&str, &str)> {
    let (before, action) = segment.rsplit_once(':')?;
    let is_name = !action.is_empty()
        && action
            .chars()
            .all(|it| it.is_ascii_alphanumeric() || it == '_');
    is_name.then_some((before, action))
}

/// The words of a fragment; of `Target=Service.Action` those of the action.
fn fragment(text: &str) -> Vec<String> {
    let value = text.rsplit(['=', '.']).next().unwrap_or(text);
    words(value)
}

/// Whether a segment of a path only leads to what it is about: `api`, `rest`, or a version.
pub(in super::super) fn is_prefix(segment: &str) -> bool {
    let number = segment.strip_prefix(['v', 'V']).unwrap_or(segment);
    let is_version = number.starts_with(|first: char| first.is_ascii_digit())
        && (number.len() < segment.len()
            || number
                .chars()
                .all(|it| it.is_ascii_digit() || ".-".contains(it)));
    is_version || segment.eq_ignore_ascii_case("api") || segment.eq_ignore_ascii_case("rest")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(path: &str) -> String {
        let route = Route::of(path);
        let segments = route.segments.iter().map(|segment| match segment {
            Segment::Static(words) => words.join("_"),
            Segment::Parameter => "{}".to_owned(),
            Segment::Custom(words) => format!(":{}", words.join("_")),
        });
        segments.collect::<Vec<_>>().join("/")
    }

    #[test]
    fn segments_of_paths() {
        for (path, segments) in [
            ("/api/v1/data-sources/{id}", "data_sources/{}"),
            (
                "/2010-04-01/Accounts/{Sid}/Messages.json",
                "accounts/{}/messages",
            ),
            ("/jobs/{id}:cancel", "jobs/{}/:cancel"),
            ("/agent-data/:search", "agent_data/:search"),
            ("/jobs:a:b", "jobs_a/:b"),
            ("/users({id})/photo", "users/{}/photo"),
            ("/compare/{base}...{head}", "compare/{}"),
            ("/v1", "v1"),
            ("/", ""),
        ] {
            assert_eq!(shown(path), segments, "{path}");
        }
    }

    #[test]
    fn no_path_is_too_long_to_be_read() {
        let long = format!("/{}", "a:".repeat(500_000));
        assert!(Route::of(&format!("{long}b")).segments.len() < 3);
        let long = "a({x})".repeat(100_000);
        assert!(Route::of(&long).segments.len() < 3);
    }

    #[test]
    fn what_stands_behind_a_path() {
        assert_eq!(Route::of("/files?beta=true").flag.as_deref(), Some("beta"));
        assert_eq!(
            Route::of("/files/{id}#add_shared_link").fragment,
            ["add", "shared", "link"]
        );
        assert_eq!(
            Route::of("/#X-Target=Db_2012.GetItem").fragment,
            ["get", "item"]
        );
    }

    #[test]
    fn versions_are_prefixes() {
        for prefix in ["api", "REST", "v1", "V2beta1", "2.0", "2024-10-01", "1"] {
            assert!(is_prefix(prefix), "{prefix}");
        }
        for name in ["videos", "3d-models", "apis", "v", "2fa"] {
            assert!(!is_prefix(name), "{name}");
        }
    }
}
