//! Names by path, HTTP method and the shape of responses: `/customers/{id}/cards` is `customers().cards()`.

use crate::model::HttpMethod;

use super::english::{Verb, is_plural, singular, verb_before};
use super::route::{Route, Segment};
use super::tree::{Place, Tree};
use super::{Call, ResponseShape, Subject};

/// An operation among the others of its document.
pub(super) struct Site<'s, 'a> {
    pub subject: &'s Subject<'a>,
    pub route: &'s Route,
    /// The segments that tell it from others.
    pub path: &'s [Segment],
    pub tree: &'s Tree,
    pub place: Place,
    /// The words of its id, without its route and its flag.
    pub own: Vec<String>,
    /// Whether the document groups operations by tags.
    pub has_tags: bool,
}

impl Site<'_, '_> {
    /// The resource and the method of the operation.
    pub(super) fn call(&self) -> Call {
        let statics: Vec<&[String]> = self
            .path
            .iter()
            .filter(|it| it.is_static())
            .map(Segment::words)
            .collect();
        let own = self.words_of_id(&statics);
        let resource: Vec<String> = statics.iter().map(|words| words.join("_")).collect();
        if self.is_of_client(&resource) {
            let name = if own.is_empty() {
                self.route_in_words()
            } else {
                own.join("_")
            };
            return Call::new(Vec::new(), name);
        }
        if let [name] = resource.as_slice()
            && self.is_function(&statics, &own)
        {
            return Call::new(Vec::new(), name.clone());
        }
        if let Some(Segment::Custom(words)) = self.path.last() {
            return Call::new(resource, words.join("_"));
        }
        if !self.route.fragment.is_empty() {
            return Call::new(resource, self.of_fragment(&own));
        }
        if let Some(method) = self.action(&statics, &own) {
            let (_, parents) = resource.split_last().unwrap_or((&method, &[]));
            return Call::new(parents.to_vec(), method.clone());
        }
        let method = self.verb(&statics, &own);
        Call::new(resource, method)
    }

    /// Whether the client itself has it: there is no resource, or it would be all that one has.
    fn is_of_client(&self, resource: &[String]) -> bool {
        let is_alone = || self.tree.operations_of_top(self.place) == 1;
        resource.is_empty() || (!self.has_tags && is_alone())
    }

    /// Whether the path is a function of the client: `POST /login`, `GET /search`.
    fn is_function(&self, statics: &[&[String]], own: &[String]) -> bool {
        let Some(first) = statics.first().and_then(|words| words.first()) else {
            return false;
        };
        let is_said = match own.first() {
            Some(verb) => verb == first,
            None => self.subject.http != HttpMethod::Get,
        };
        let is_alone = self.path.len() == 1 && self.tree.operations_of_top(self.place) == 1;
        is_alone && is_said && Verb(first).is_known() && !is_plural(first)
    }

    /// HTTP method and path as words, for an operation without id: `GET /health` is `get_health`.
    fn route_in_words(&self) -> String {
        let verb = match self.subject.http {
            HttpMethod::Get => "get",
            HttpMethod::Post => "create",
            HttpMethod::Put | HttpMethod::Patch => "update",
            other => &other.as_str().to_ascii_lowercase(),
        };
        let words = self.path.iter().flat_map(Segment::words);
        let mut name = verb.to_owned();
        for word in words {
            name.push('_');
            name.push_str(word);
        }
        name
    }

    /// The words of the id with the verb in front: it may stand at the end, as in `silo_view`, or be written
    /// in one with the noun behind it.
    fn words_of_id(&self, statics: &[&[String]]) -> Vec<String> {
        let mut own = self.own.clone();
        let is_verb = |word: Option<&String>| word.is_some_and(|word| Verb(word).is_known());
        if !is_verb(own.first()) && is_verb(own.last()) {
            own.rotate_right(1);
        }
        if let Some(first) = own.first().filter(|first| !Verb(first).is_known()) {
            let nouns: Vec<String> = statics.concat();
            if let Some((verb, rest)) = verb_before(first, &nouns) {
                let both = [verb.to_owned(), rest.to_owned()];
                own.splice(..1, both);
            }
        }
        own
    }

    /// The fragment is what tells the operation from that of the plain path.
    fn of_fragment(&self, own: &[String]) -> String {
        let fragment = &self.route.fragment;
        let is_action = fragment.first().is_some_and(|first| Verb(first).is_known());
        let statics: Vec<&[String]> = Vec::new();
        let verb = if is_action {
            String::new()
        } else {
            self.verb(&statics, own)
        };
        let words = std::iter::once(verb).filter(|verb| !verb.is_empty());
        words
            .chain(fragment.iter().cloned())
            .collect::<Vec<_>>()
            .join("_")
    }

    /// The method that the last static segment is, if it is none of a resource: `capture` of
    /// `POST /charges/{id}/capture`, `content` of `GET /files/{id}/content`.
    fn action(&self, statics: &[&[String]], own: &[String]) -> Option<String> {
        let (last, parents) = statics
            .split_last()
            .filter(|(_, parents)| !parents.is_empty())?;
        if !self.path.last()?.is_static() {
            // `GET /agents/by-name/{name}`, `GET /files/{id}/download/{format}`
            let verb = Verb(&last[0]);
            let node = self.tree.parent(self.place);
            let is_step = self.tree.segment(node).is_some_and(Segment::is_static)
                && self.tree.operations(node) == 0;
            let verb_alone =
                verb.says_more() && !verb.creates() && !is_plural(&last[last.len() - 1]);
            return match last[0].as_str() {
                "by" => Some(format!("{}_{}", self.plain_verb(), last.join("_"))),
                _ if is_step && verb_alone => Some(last.join("_")),
                _ => None,
            };
        }
        if !self.tree.is_leaf(self.place) || self.tree.operations(self.place) != 1 {
            return None;
        }
        let parent = self.tree.parent(self.place);
        let above_is_item = self.tree.segment(parent) == Some(&Segment::Parameter);
        let parent_is_resource =
            above_is_item || self.tree.operations(parent) > 0 || self.tree.has_items(parent);
        let nouns: Vec<&String> = parents.iter().copied().flatten().collect();
        self.is_action(last, &nouns, own, parent_is_resource)
    }

    fn is_action(
        &self,
        last: &[String],
        nouns: &[&String],
        own: &[String],
        parent_is_resource: bool,
    ) -> Option<String> {
        let name = last.join("_");
        let plural = is_plural(last.last()?);
        let own_verb = own.first().map_or("", String::as_str);
        let is_own = last.first().is_some_and(|first| first == own_verb);
        let is_verb = Verb(last.first()?).is_known() && !plural || is_own;
        // `usage-completions` of `/usage/completions` has no verb, so the noun is the method.
        let rest = own.iter().filter(|word| !nouns.contains(word));
        if !own.is_empty() && !Verb(own_verb).is_known() && rest.eq(last) {
            return Some(name);
        }
        if self.subject.http != HttpMethod::Get {
            let is_sole = last.len() == 1 || parent_is_resource || is_own;
            // Below a resource, what is POSTed to a word in the singular happens: `/videos/{id}/remix`.
            let happens = self.subject.http == HttpMethod::Post && parent_is_resource && !plural;
            return (is_verb && is_sole || happens).then_some(name);
        }
        if is_verb && parent_is_resource && Verb(last.first()?).says_more() {
            return Some(name);
        }
        let is_list = plural && self.is_list(self.subject.response);
        if !parent_is_resource || is_list {
            return None;
        }
        let named = own_verb == "get" && own.ends_with(last);
        Some(if named { format!("get_{name}") } else { name })
    }

    fn is_oneself(&self) -> bool {
        let last = self.path.last().map_or(&[][..], Segment::words);
        last.len() == 1 && ONESELF.contains(&last[0].as_str())
    }

    /// What the HTTP method does with one thing.
    fn plain_verb(&self) -> &'static str {
        match self.subject.http {
            HttpMethod::Get => "get",
            HttpMethod::Delete => "delete",
            HttpMethod::Post => "create",
            _ => "update",
        }
    }

    /// What the operation does with its resource.
    fn verb(&self, statics: &[&[String]], own: &[String]) -> String {
        let first = own.first().map_or("", String::as_str);
        let nouns = statics.iter().copied().flatten();
        let is_noun = nouns
            .map(|noun| singular(noun))
            .any(|noun| noun == singular(first));
        let verb = Verb(if is_noun { "" } else { first });
        let ends_in_item = self.path.last() == Some(&Segment::Parameter);
        match self.subject.http {
            HttpMethod::Get => self.read(verb, ends_in_item),
            HttpMethod::Post => post(verb, ends_in_item),
            HttpMethod::Put => put(verb),
            HttpMethod::Patch => of(verb, verb.updates(), "update"),
            HttpMethod::Delete => of(verb, verb.deletes(), "delete"),
            other => {
                let plain = other.as_str().to_ascii_lowercase();
                of(verb, verb.reads(), &plain)
            }
        }
    }

    /// Whether a list is returned. An array in an object may be a field of one thing, so the path decides.
    fn is_list(&self, response: ResponseShape) -> bool {
        let noun = self.path.last().and_then(|it| it.words().last());
        match response {
            ResponseShape::Array | ResponseShape::Page => true,
            ResponseShape::Envelope | ResponseShape::Unknown => {
                noun.is_some_and(|noun| is_plural(noun))
            }
            ResponseShape::Other => false,
        }
    }

    fn read(&self, verb: Verb<'_>, ends_in_item: bool) -> String {
        let response = self.subject.response;
        let has_items = self.tree.has_items(self.place);
        if verb.says_more() && !verb.reads() && !verb.creates() {
            verb.0.to_owned()
        } else if ends_in_item
            || self.is_oneself()
            || (verb.reads_one() && !has_items && response != ResponseShape::Array)
        {
            "get".to_owned()
        } else if self.is_list(response) || has_items || verb.0 == "list" {
            "list".to_owned()
        } else {
            "get".to_owned()
        }
    }
}

/// Words for the one that asks.
const ONESELF: [&str; 3] = ["current", "me", "self"];

/// The verb of the id where it says more than the HTTP method, else the plain one.
fn of(verb: Verb<'_>, is_plain: bool, plain: &str) -> String {
    if verb.says_more() && !is_plain && !verb.reads() {
        verb.0.to_owned()
    } else {
        plain.to_owned()
    }
}

fn post(verb: Verb<'_>, ends_in_item: bool) -> String {
    if verb.updates() && !verb.creates() {
        return "update".to_owned();
    }
    let plain = match verb.0 {
        "create" | "add" => "create",
        _ if ends_in_item => "update",
        _ => "create",
    };
    of(verb, verb.creates(), plain)
}

fn put(verb: Verb<'_>) -> String {
    match verb.0 {
        "replace" => "replace".to_owned(),
        _ if verb.creates() && !verb.updates() => "create".to_owned(),
        _ => of(verb, verb.updates(), "update"),
    }
}
