//! What an operation's method is called.

use crate::model::HttpMethod;
use crate::names::words;

/// An id for an operation that has none: `GET /pets/{id}` is `get_pets_by_id`.
///
/// It depends on method and path alone, so it stays when other operations come or go.
pub(crate) fn from_method_and_path(http: HttpMethod, path: &str) -> String {
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

/// What a method of an operation without id is made of: as [`from_method_and_path`], without the
/// `/api/v1` that says nothing.
pub(super) fn short_of_route(http: HttpMethod, path: &str) -> String {
    let said = path.split('/').filter(|segment| !is_prefix(segment));
    from_method_and_path(http, &said.collect::<Vec<_>>().join("/"))
}

/// Whether a segment of a path only leads to what it is about: `api`, or a version.
pub(in super::super) fn is_prefix(segment: &str) -> bool {
    let version = segment
        .strip_prefix(['v', 'V'])
        .is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()));
    version || segment.eq_ignore_ascii_case("api")
}

/// Words that tie what an operation does to what its resource is.
const TIES: [&str; 9] = ["at", "for", "from", "in", "into", "of", "on", "to", "with"];

/// The method's name: the id without the words that the resource says already.
///
/// `listDishes`, `dishes_list` and `dishes.list` are all `list` in the resource `dishes`. Of several
/// `nouns` the first one that it says counts.
pub(super) fn method(id: &str, http: HttpMethod, path: &str, nouns: &[Vec<String>]) -> String {
    let mut own = words(&without_route(id, http, path));
    // `PetsController_list`: the class says what the resource says.
    if let Some(at) = own
        .iter()
        .position(|word| word == "controller")
        .filter(|at| at + 1 < own.len())
    {
        own.drain(..=at);
    }
    for form in nouns.iter().flat_map(|noun| [noun.clone(), singular(noun)]) {
        if form.is_empty() || form.len() >= own.len() {
            continue;
        }
        if let Some(at) = own
            .windows(form.len())
            .position(|window| window == form.as_slice())
        {
            // Of `add_user_to_team`, the resource `teams` says "to a team", too.
            let before = match at.checked_sub(1) {
                Some(last) if last > 0 && TIES.contains(&own[last].as_str()) => last,
                _ => at,
            };
            let rest: Vec<&str> = own[..before]
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
pub(in super::super) fn singular(noun: &[String]) -> Vec<String> {
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
        method(
            id,
            HttpMethod::Get,
            "/api/v2/things/{id}",
            &[words(resource)],
        )
    }

    #[test]
    fn the_resource_is_not_repeated() {
        assert_eq!(name("listDishes", "dishes"), "list");
        assert_eq!(name("get_dish", "dishes"), "get");
        assert_eq!(name("dishes.list", "dishes"), "list");
        assert_eq!(name("getPetById", "pets"), "get_by_id");
        assert_eq!(name("listPolicies", "policies"), "list");
        assert_eq!(name("add_user_to_team", "teams"), "add_user");
        assert_eq!(name("to_team", "teams"), "to");
        assert_eq!(name("status", "status"), "status");
        assert_eq!(name("dish", "dishes"), "dish");
        assert_eq!(name("PetToysController_getPetToy", "pet toys"), "get");
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
        assert_eq!(
            short_of_route(HttpMethod::Get, "/api/v1/pets/{id}"),
            "get_pets_by_id"
        );
    }
}
