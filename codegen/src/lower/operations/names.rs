//! What an operation's method is called.

use crate::model::HttpMethod;
use crate::names::words;

use super::super::naming::english::{singular, without_dangling};
use super::super::naming::is_prefix;

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
pub(in super::super) fn without_route(id: &str, http: HttpMethod, path: &str) -> String {
    let mut route = words(path);
    route.push(http.as_str().to_ascii_lowercase());
    let own = words(id);
    match own.strip_suffix(route.as_slice()) {
        Some(rest) if !rest.is_empty() => rest.join("_"),
        _ => id.to_owned(),
    }
}

/// An id without its first words, if others are left.
pub(super) fn without_words(id: &str, count: usize) -> String {
    match words(id).get(count..) {
        Some(rest) if count > 0 && !rest.is_empty() => rest.join("_"),
        _ => id.to_owned(),
    }
}

/// What a method of an operation without id is made of: as [`from_method_and_path`], without the
/// `/api/v1` that says nothing.
pub(super) fn short_of_route(http: HttpMethod, path: &str) -> String {
    let segments = path.split('/').filter(|segment| !is_prefix(segment));
    from_method_and_path(http, &segments.collect::<Vec<_>>().join("/"))
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
    for noun in nouns {
        if let Some(mut rest) = without_noun(&own, noun) {
            without_dangling(&mut rest);
            own = rest;
            break;
        }
    }
    own.join("_")
}

/// The words without those of a noun that they begin with, or that is the last noun among them; none where
/// it is neither. Out of the middle nothing is taken: `upload_file_content_type` isn't about types.
fn without_noun(own: &[String], noun: &[String]) -> Option<Vec<String>> {
    let forms = [noun.to_vec(), in_singular(noun)];
    let forms = forms
        .iter()
        .filter(|form| !form.is_empty() && form.len() < own.len());
    for form in forms {
        if own.starts_with(form) {
            return Some(own[form.len()..].to_vec());
        }
        let at = own
            .windows(form.len())
            .position(|window| window == form.as_slice());
        // `list_pets` and `get_pet_by_id`: the noun is the object of the verb.
        let is_object = at.filter(|&at| {
            at == 1
                || own
                    .get(at + form.len())
                    .is_none_or(|next| TIES.contains(&next.as_str()))
        });
        let Some(at) = is_object.filter(|&at| at == 1 || is_tied(own, at)) else {
            continue;
        };
        let mut before = own[..at].to_vec();
        // Of `add_user_to_team`, the resource `teams` says "to a team", too.
        if at > 1 {
            before.pop();
        }
        before.extend_from_slice(&own[at + form.len()..]);
        return Some(before);
    }
    None
}

/// Whether a word ties the noun at this place to what stands before.
fn is_tied(own: &[String], at: usize) -> bool {
    at > 1 && TIES.contains(&own[at - 1].as_str())
}

/// The words with the last one in the singular.
pub(in super::super) fn in_singular(noun: &[String]) -> Vec<String> {
    let mut words = noun.to_vec();
    if let Some(last) = words.last_mut() {
        *last = singular(last);
    }
    words
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
