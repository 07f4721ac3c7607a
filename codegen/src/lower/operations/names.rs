//! What an operation's method is called.

use crate::model::HttpMethod;
use crate::names::words;

/// An id for an operation that has none: `GET /pets/{id}` is `get_pets_by_id`.
///
/// It depends on method and path alone, so it stays when other operations come or go.
pub(super) fn from_method_and_path(http: HttpMethod, path: &str) -> String {
    let mut id = http.as_str().to_ascii_lowercase();
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        id.push('_');
        match segment
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'))
        {
            Some(parameter) => {
                id.push_str("by_");
                id.push_str(parameter);
            }
            None => id.push_str(segment),
        }
    }
    id
}

/// An id without the route that some frameworks append to it:
/// `create_pet_api_v2_pets_post` of `POST /api/v2/pets` is `create_pet`.
pub(super) fn without_route(id: &str, http: HttpMethod, path: &str) -> String {
    let mut route = words(path);
    route.push(http.as_str().to_ascii_lowercase());
    let own = words(id);
    match own.strip_suffix(route.as_slice()) {
        Some(rest) if !rest.is_empty() => rest.join("_"),
        _ => id.to_owned(),
    }
}

/// The method's name: the id without the words that the resource says already.
///
/// `listBatches`, `batches_list` and `batches.list` are all `list` in the resource `batches`.
pub(super) fn method(id: &str, http: HttpMethod, path: &str, noun: &[String]) -> String {
    let own = words(&without_route(id, http, path));
    for form in [noun.to_vec(), singular(noun)] {
        if form.is_empty() || form.len() >= own.len() {
            continue;
        }
        if let Some(at) = own
            .windows(form.len())
            .position(|window| window == form.as_slice())
        {
            let rest: Vec<&str> = own[..at]
                .iter()
                .chain(&own[at + form.len()..])
                .map(String::as_str)
                .collect();
            return rest.join("_");
        }
    }
    own.join("_")
}

/// The words with the last one in the singular, by the commonest rules of English.
fn singular(noun: &[String]) -> Vec<String> {
    let mut singular = noun.to_vec();
    if let Some(last) = singular.last_mut() {
        if let Some(stem) = last.strip_suffix("ies") {
            *last = format!("{stem}y");
        } else if let Some(stem) = ["ses", "xes", "zes", "ches", "shes"]
            .iter()
            .find(|ending| last.ends_with(*ending))
            .and_then(|_| last.strip_suffix("es"))
        {
            *last = stem.to_owned();
        } else if let Some(stem) = last.strip_suffix('s').filter(|stem| !stem.ends_with('s')) {
            *last = stem.to_owned();
        }
    }
    singular
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(id: &str, resource: &str) -> String {
        method(id, HttpMethod::Get, "/api/v2/things/{id}", &words(resource))
    }

    #[test]
    fn the_resource_is_not_repeated() {
        assert_eq!(name("listBatches", "batches"), "list");
        assert_eq!(name("get_batch", "batches"), "get");
        assert_eq!(name("batches.list", "batches"), "list");
        assert_eq!(name("getPetById", "pets"), "get_by_id");
        assert_eq!(name("listPolicies", "policies"), "list");
        assert_eq!(name("status", "status"), "status");
        assert_eq!(name("batch", "batches"), "batch");
    }

    #[test]
    fn an_appended_route_goes() {
        assert_eq!(name("read_thing_api_v2_things__id__get", "things"), "read");
    }

    #[test]
    fn an_operation_without_id_is_named_by_its_route() {
        assert_eq!(
            from_method_and_path(HttpMethod::Get, "/pets/{id}"),
            "get_pets_by_id"
        );
        assert_eq!(from_method_and_path(HttpMethod::Get, "/"), "get");
    }
}
