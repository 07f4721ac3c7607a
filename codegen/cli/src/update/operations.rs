//! Operations that are called otherwise in a refreshed description.

use std::collections::{HashMap, HashSet};

use codegen::Description;
use serde_json::Value;

/// The methods of a path item (OpenAPI 3.1.1, "Path Item Object").
const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// An operation of a description.
struct Operation {
    id: Option<String>,
    /// Method and path.
    route: String,
    /// The same without the names of its parameters.
    shape: String,
}

/// The names by which a configuration may know operations, each with the one that it has now: an id whose route has
/// another id, or a route whose id has another route. Names that still mean something stay.
pub(super) fn followed(old: Description<'_>, new: Description<'_>) -> Vec<(String, String)> {
    let (olds, news) = (operations(old), operations(new));
    let names = |all: &[Operation]| -> HashSet<String> {
        let names = all
            .iter()
            .flat_map(|it| it.id.clone().into_iter().chain([it.route.clone()]));
        names.collect()
    };
    let known = names(&news);
    let by_shape: HashMap<&str, &Operation> = news.iter().map(|it| (&*it.shape, it)).collect();
    let ids = news.iter().filter_map(|it| Some((it.id.as_deref()?, it)));
    let by_id: HashMap<&str, &Operation> = ids.collect();
    let mut followed = Vec::new();
    for old in &olds {
        let same_route = by_shape.get(&*old.shape);
        let same_id = old.id.as_deref().and_then(|id| by_id.get(id));
        if let (Some(id), Some(new)) = (&old.id, same_route)
            && !known.contains(id)
        {
            let name = new.id.clone().unwrap_or_else(|| new.route.clone());
            followed.push((id.clone(), name));
        }
        if let Some(new) = same_route.or(same_id)
            && !known.contains(&old.route)
        {
            followed.push((old.route.clone(), new.route.clone()));
        }
    }
    followed
}

/// The operations of a description; none where it can't be read, which is reported elsewhere.
fn operations(description: Description<'_>) -> Vec<Operation> {
    let Ok(value) = codegen::parse(description) else {
        return Vec::new();
    };
    let paths = value.get("paths").and_then(Value::as_object);
    let mut found = Vec::new();
    for (path, item) in paths.into_iter().flatten() {
        for method in METHODS {
            let Some(operation) = item.get(method) else {
                continue;
            };
            let id = operation.get("operationId").and_then(Value::as_str);
            let method = method.to_ascii_uppercase();
            found.push(Operation {
                id: id.map(str::to_owned),
                route: format!("{method} {path}"),
                shape: format!("{method} {}", without_names(path)),
            });
        }
    }
    found
}

/// A path without the names of its parameters.
fn without_names(path: &str) -> String {
    let mut text = String::new();
    let mut is_inside = false;
    for sign in path.chars() {
        is_inside = (is_inside || sign == '{') && sign != '}';
        if !is_inside {
            text.push(sign);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use codegen::Source;

    use super::*;

    #[test]
    fn an_operation_is_known_by_its_route_or_by_its_id() {
        let text = |paths: &str| format!("openapi: 3.1.0\npaths:\n{paths}");
        let old = text(
            "  /a/{id}: {get: {operationId: getA}, put: {operationId: putA}}\n  /b: {get: {operationId: getB}}\n\
             \x20 /c: {get: {operationId: getC}}\n",
        );
        let new = text(
            "  /a/{a_id}: {get: {operationId: readA}, put: {operationId: putA}}\n  /v2/b: {get: {operationId: getB}}\n",
        );
        let source = |text| {
            Description::from(Source {
                name: "a.yaml",
                text,
            })
        };
        let found = followed(source(&old), source(&new));
        let found: Vec<(&str, &str)> = found.iter().map(|(old, new)| (&**old, &**new)).collect();
        assert_eq!(
            found,
            [
                ("getA", "readA"),
                ("GET /a/{id}", "GET /a/{a_id}"),
                ("PUT /a/{id}", "PUT /a/{a_id}"),
                ("GET /b", "GET /v2/b"),
            ]
        );
    }
}
