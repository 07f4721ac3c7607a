//! Which operation a request was of.

use codegen::TypedOperation;
use serde_json::Value;

/// The operations of a description by their paths.
pub(super) struct Routes<'o> {
    /// The paths of servers, which a request's path begins with.
    bases: Vec<String>,
    operations: &'o [TypedOperation],
}

impl<'o> Routes<'o> {
    pub(super) fn new(document: &Value, operations: &'o [TypedOperation]) -> Self {
        let servers = document.get("servers").and_then(Value::as_array);
        let urls = servers
            .into_iter()
            .flatten()
            .filter_map(|server| server.get("url")?.as_str());
        let bases = urls.map(base).filter(|base| !base.is_empty());
        Self {
            bases: bases.collect(),
            operations,
        }
    }

    /// The operation of a request: the one with the most literal path.
    pub(super) fn find(&self, method: &str, path: &str) -> Option<&'o TypedOperation> {
        let shorter = self
            .bases
            .iter()
            .filter_map(|base| path.strip_prefix(base.as_str()));
        let mut paths: Vec<&str> = shorter.filter(|rest| rest.starts_with('/')).collect();
        paths.push(path);
        let fits = |operation: &'o TypedOperation| {
            let ranks = paths.iter().filter_map(|path| rank(&operation.path, path));
            Some((ranks.max()?, operation))
        };
        self.operations
            .iter()
            .filter(|operation| operation.http == method)
            .filter_map(fits)
            .max_by_key(|(rank, _)| *rank)
            .map(|(_, operation)| operation)
    }
}

/// The path of a server's URL, without a slash at the end.
fn base(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.find('/').map_or("", |start| &rest[start..]);
    path.trim_end_matches('/').to_owned()
}

/// How well a path fits a template: whether the last parameter takes one part only, then how many parts are
/// the same. None where it doesn't.
fn rank(template: &str, path: &str) -> Option<(bool, usize)> {
    let template = template.split(['?', '#']).next().unwrap_or_default();
    let wanted: Vec<&str> = template.split('/').collect();
    let parts: Vec<&str> = path.split('/').collect();
    let mut same = 0;
    for (index, want) in wanted.iter().enumerate() {
        let part = parts.get(index)?;
        if want == part {
            same += 1;
        } else if let (Some(open), Some(close)) = (want.find('{'), want.rfind('}')) {
            let is_between = part.len() >= open + (want.len() - close - 1)
                && part.starts_with(&want[..open])
                && part.ends_with(&want[close + 1..]);
            // A parameter at the end may hold slashes, and nothing in some services.
            let is_last = index + 1 == wanted.len();
            if !is_between || part.is_empty() && !is_last {
                return None;
            }
        } else {
            return None;
        }
    }
    let is_whole = parts.len() == wanted.len();
    let may_go_on = wanted.last().is_some_and(|last| holds_slashes(last));
    (is_whole || may_go_on).then_some((is_whole, same))
}

/// Whether a part of a template is a parameter whose values may be of several parts. OpenAPI can't say so
/// (OpenAPI 3.1.1, "Path Templating"), but services have paths of files and names of branches there.
fn holds_slashes(part: &str) -> bool {
    let name = part.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
    let name = name.unwrap_or_default().to_ascii_lowercase();
    name.ends_with("path") || matches!(name.as_str(), "ref" | "key")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_literal_path_is_taken() {
        assert_eq!(rank("/pets/{id}", "/pets/1"), Some((true, 2)));
        assert_eq!(rank("/pets/mine", "/pets/mine"), Some((true, 3)));
        assert_eq!(rank("/pets/{id}", "/pets/mine"), Some((true, 2)));
        assert_eq!(rank("/files/{path}", "/files/a/b"), Some((false, 2)));
        assert_eq!(rank("/files/{path}", "/files/"), Some((true, 2)));
        assert_eq!(rank("/a/{x}...{y}/b", "/a/1...2/b"), Some((true, 3)));
        for (template, path) in [
            ("/pets", "/pets/1"),
            ("/pets/{id}/x", "/pets//x"),
            ("/a", "/b"),
        ] {
            assert_eq!(rank(template, path), None, "{template} {path}");
        }
        assert_eq!(base("https://a.example/v1/"), "/v1");
        assert_eq!(base("/v2"), "/v2");
        assert_eq!(base("https://a.example"), "");
    }
}
