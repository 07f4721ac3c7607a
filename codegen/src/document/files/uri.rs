//! The paths of files that references name.

use url::Url;

use super::load::ENDINGS;
use crate::pointer::percent_decode;

/// A reference without its fragment, and the fragment.
pub(super) fn split(reference: &str) -> (&str, &str) {
    reference.split_once('#').unwrap_or((reference, ""))
}

/// A reference that begins with a scheme, as a URL; the letter of a drive isn't one.
pub(super) fn absolute(uri: &str) -> Option<Url> {
    let (scheme, _) = uri.split_once(':')?;
    let is_scheme = scheme.len() > 1 && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric());
    Url::parse(uri).ok().filter(|_| is_scheme)
}

/// The path that `relative`, a relative reference in the file at `path`, names; both are relative to the folder
/// of the description, or URLs.
pub(super) fn join(path: &str, relative: &str) -> String {
    if let Some(base) = absolute(path) {
        return base
            .join(relative)
            .map_or_else(|_| relative.to_owned(), String::from);
    }
    let relative = percent_decode(relative);
    if relative.starts_with('/') {
        return relative.into_owned();
    }
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let is_rooted = folder.starts_with('/') || path.starts_with('/');
    let mut names: Vec<&str> = Vec::new();
    for name in folder.split('/').chain(relative.split('/')) {
        match name {
            "" | "." => {}
            ".." if names.last().is_some_and(|last| *last != "..") => {
                names.pop();
            }
            name => names.push(name),
        }
    }
    let joined = names.join("/");
    if is_rooted {
        format!("/{joined}")
    } else {
        joined
    }
}

/// The path of what `target` names, for a file at `path` whose URI is `base`: what is beside the one is beside the
/// other.
pub(super) fn beside(path: &str, base: &Url, target: &Url) -> Option<String> {
    let relative = base.make_relative(target)?;
    let is_below = !relative.starts_with("..") && !relative.starts_with('/');
    is_below.then(|| join(path, &relative))
}

/// The name of a file without its folder and its ending: `schemas/pet.yaml` gives `pet`.
pub(super) fn stem(path: &str) -> &str {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending));
    stem.unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_to_the_file_that_has_the_reference() {
        for (path, relative, joined) in [
            ("openapi.yaml", "a.yaml", "a.yaml"),
            ("openapi.yaml", "./a/../b.yaml", "b.yaml"),
            ("a/b.yaml", "../c%20d.yaml", "c d.yaml"),
            ("a/b.yaml", "../../c.yaml", "../c.yaml"),
            ("../a/b.yaml", "../c.yaml", "../c.yaml"),
            ("a/b.yaml", "/etc/c.yaml", "/etc/c.yaml"),
            ("/a/b.yaml", "../c.yaml", "/c.yaml"),
            (
                "https://a.example/b/c.yaml",
                "../d.yaml",
                "https://a.example/d.yaml",
            ),
        ] {
            assert_eq!(join(path, relative), joined, "{relative} in {path}");
        }
    }

    #[test]
    fn what_is_beside_a_uri_is_beside_its_file() {
        let url = |text: &str| Url::parse(text).unwrap();
        let base = url("https://a.example/v1/openapi.yaml");
        let path = |target: &str| beside("spec/openapi.yaml", &base, &url(target));
        assert_eq!(
            path("https://a.example/v1/s/pet.yaml").as_deref(),
            Some("spec/s/pet.yaml")
        );
        assert_eq!(path("https://a.example/v2/pet.yaml"), None);
        assert_eq!(path("https://b.example/v1/pet.yaml"), None);
        assert!(absolute("C:\\a.yaml").is_none());
        assert_eq!(stem("https://a.example/v1/pet.json?x=/1"), "pet");
        assert_eq!(stem("a/pet.schema.yaml"), "pet.schema");
    }
}
