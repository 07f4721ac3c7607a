//! What the variants of a union are called.

use std::collections::{HashMap, HashSet};

use indexmap::IndexSet;
use serde_json::Value;

use crate::model::{JsonKind, Type};
use crate::names::{Ident, Scope, pascal_case, words};

use super::super::Lowering;
use super::schema_kind::ValueKind;
use super::union::{Draft, Member, kind_word, text_of};
use super::{Form, SchemaRef};

/// Variant that holds what the document doesn't know.
const UNKNOWN: &str = "UnknownValue";

/// Longest title that is a name and no sentence, in words.
const LONGEST_TITLE: usize = 5;

impl Lowering<'_> {
    /// What the schema at a pointer is called, or would be.
    pub(super) fn name_at(&self, pointer: &str) -> String {
        if let Some(id) = self.types.at(pointer) {
            return self.types.name(id).as_str().to_owned();
        }
        match self.type_name(pointer) {
            Some(name) => pascal_case(name),
            None => self.inline_names.name(pointer),
        }
    }

    /// What the members without a name of their own would best be called: by title, by tag, by a
    /// property that no other has, by kind.
    pub(super) fn hints(
        &self,
        members: &[Member<'_>],
        tags: Option<&[Vec<Value>]>,
        union: &str,
    ) -> Vec<Option<String>> {
        let mut uses: HashMap<String, usize> = HashMap::new();
        let properties: Vec<IndexSet<String>> = members
            .iter()
            .map(|member| self.schemas.property_names(member.schema))
            .collect();
        for name in properties.iter().flatten() {
            *uses.entry(name.clone()).or_default() += 1;
        }
        let is_object =
            |member: &&Member<'_>| self.schemas.value_kind(member.schema).is(JsonKind::Object);
        let objects = members.iter().filter(is_object).count();
        let hint = |(index, member): (usize, &Member<'_>)| {
            let SchemaRef::Item(item) = member.schema else {
                return None;
            };
            if let Some(title) = item.schema_data.title.as_deref().and_then(name_of_title) {
                return Some(without(&title, union));
            }
            if let Some([value]) = tags.map(|tags| tags[index].as_slice()) {
                return Some(pascal_case(&text_of(value)));
            }
            if self.schemas.value_kind(member.schema).is(JsonKind::Object) && objects == 1 {
                return Some(
                    if properties[index].is_empty() {
                        "Map"
                    } else {
                        "Object"
                    }
                    .to_owned(),
                );
            }
            let form = Form::of(item);
            let asked_for: HashSet<&String> = form.required.iter().collect();
            let own = |name: &&String| uses.get(*name) == Some(&1);
            let required = |name: &&String| asked_for.contains(name) && own(name);
            let mut named = properties[index].iter();
            let telling = named
                .clone()
                .find(required)
                .or_else(|| named.find(own))
                .map(|name| pascal_case(name));
            if telling.is_some() {
                return telling;
            }
            match self.schemas.value_kind(member.schema) {
                ValueKind::Kind(JsonKind::Object, _) if properties[index].is_empty() => {
                    Some("Map".to_owned())
                }
                ValueKind::Kind(kind @ (JsonKind::Object | JsonKind::Array), _)
                | ValueKind::Kind(kind, Some(_)) => Some(pascal_case(kind_word(kind))),
                _ => None,
            }
        };
        members.iter().enumerate().map(hint).collect()
    }

    /// The names of all variants, in their order: in a union with a tag, after the tag where each object has a
    /// telling one; else each by its title, its type or what only it has.
    pub(super) fn variant_names(&self, drafts: &[Draft<'_>], union: &str) -> Vec<Ident> {
        let mut uses: HashMap<&Type, usize> = HashMap::new();
        for draft in drafts {
            *uses.entry(&draft.ty).or_default() += 1;
        }
        let is_list = |it: &&Draft<'_>| matches!(it.ty, Type::Array(_));
        let lists = drafts.iter().filter(is_list).count();
        let by_tag = self.names_by_tag(drafts, union);
        let wanted: Vec<Vec<String>> = drafts
            .iter()
            .enumerate()
            .map(|(at, draft)| {
                let mut wanted = self.wanted(draft, uses[&draft.ty] > 1, lists, union);
                wanted.splice(0..0, by_tag.get(at).cloned().flatten());
                wanted
            })
            .collect();
        let mut firsts: HashMap<&str, usize> = HashMap::new();
        for first in wanted.iter().filter_map(|it| it.first()) {
            *firsts.entry(first).or_default() += 1;
        }
        let mut scope = Scope::new(&[UNKNOWN]);
        let mut names = Vec::with_capacity(drafts.len());
        for candidates in &wanted {
            // A short name that two would like says too little for either.
            let unique = |name: &&String| firsts.get(name.as_str()).is_none_or(|uses| *uses < 2);
            let mut ordered: Vec<&str> = candidates
                .iter()
                .filter(unique)
                .map(String::as_str)
                .collect();
            ordered.extend(candidates.iter().map(String::as_str));
            names.push(scope.name(&ordered, "Variant"));
        }
        names
    }

    /// The names of the variants after their tags, of those that have one tag, and alone; none at all where the tags
    /// of a union make no names, so that all of its variants are named in one style.
    fn names_by_tag(&self, drafts: &[Draft<'_>], union: &str) -> Vec<Option<String>> {
        let mut uses: HashMap<String, usize> = HashMap::new();
        let mut names: Vec<Option<String>> = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let [tag] = draft.tags.as_slice() else {
                names.push(None);
                continue;
            };
            let Some(name) = tag.as_str().and_then(name_of_tag) else {
                return Vec::new();
            };
            let own = match &draft.ty {
                Type::Named(id) => self.types.name(*id).as_str(),
                _ => "",
            };
            let title = draft.hint.as_deref().unwrap_or_default();
            let name = if draft.is_called_after_schema {
                without(own, union)
            } else {
                spelled_as(&name, &[own, title])
            };
            *uses.entry(name.clone()).or_default() += 1;
            names.push(Some(name));
        }
        for name in &mut names {
            *name = name.take().filter(|name| uses[name] == 1);
        }
        names
    }

    /// The names that a variant may have, the best first: `shared` says whether another one has the same
    /// type, and `lists` how many are of lists.
    fn wanted(&self, draft: &Draft<'_>, shared: bool, lists: usize, union: &str) -> Vec<String> {
        let mut wanted = Vec::new();
        let tag = draft.tags.first().map(|tag| pascal_case(&text_of(tag)));
        if shared {
            wanted.extend(tag.clone());
        }
        wanted.extend(draft.hint.clone());
        match &draft.ty {
            Type::Named(id) => {
                let name = self.types.name(*id).as_str();
                wanted.extend([without(name, union), name.to_owned()]);
            }
            Type::Array(item) => {
                if lists > 1 {
                    // The kind alone would say too little.
                    wanted.retain(|name| name != "List");
                    wanted.push(format!("{}List", self.word_of(item, union)));
                }
                wanted.push("List".to_owned());
            }
            other => wanted.push(plain(other)),
        }
        if draft.tags.len() > 1 {
            not_like_one_of(&draft.tags, &mut wanted);
        } else {
            wanted.extend(tag);
        }
        for name in &mut wanted {
            if name.starts_with(|first: char| first.is_ascii_digit()) {
                name.insert_str(0, "Value");
            }
        }
        wanted
    }

    /// What an item of a list is called.
    fn word_of(&self, ty: &Type, union: &str) -> String {
        match ty {
            Type::Named(id) => without(self.types.name(*id).as_str(), union),
            Type::Array(item) => format!("{}List", self.word_of(item, union)),
            Type::Nullable(inner) => self.word_of(inner, union),
            other => plain(other),
        }
    }
}

/// The name of a type at the end of its path.
fn last_segment(path: &str) -> &str {
    let without_parameters = path.split('<').next().unwrap_or(path);
    without_parameters.rsplit("::").next().unwrap_or(path)
}

/// What a variant of a type without a name is called.
fn plain(ty: &Type) -> String {
    let word = match ty {
        Type::String => "String",
        Type::Bool => "Boolean",
        Type::I64 | Type::U64 | Type::I128 => "Integer",
        Type::F64 | Type::Decimal => "Number",
        Type::DateTime => "DateTime",
        Type::Date => "Date",
        Type::Base64 | Type::Base64Url => "Bytes",
        Type::Array(_) => "List",
        Type::Map(_) => "Object",
        Type::External(external) => return pascal_case(last_segment(&external.path)),
        Type::Value | Type::Nullable(_) | Type::Named(_) => "Value",
    };
    word.to_owned()
}

/// A title as a name, if it is one.
pub(super) fn name_of_title(title: &str) -> Option<String> {
    let words = words(title);
    let starts_well = title.starts_with(|first: char| !first.is_ascii_digit());
    ((1..=LONGEST_TITLE).contains(&words.len()) && starts_well).then(|| pascal_case(title))
}

/// Longest tag that is a name, in words.
const LONGEST_TAG: usize = 7;

/// A tag as the name of a variant, if it makes one: a number or a version says nothing by itself.
fn name_of_tag(tag: &str) -> Option<String> {
    let name = pascal_case(tag);
    let is_name = name.starts_with(char::is_alphabetic) && tag.chars().any(char::is_alphabetic);
    (is_name && words(tag).len() <= LONGEST_TAG).then_some(name)
}

/// A name in the spelling of the first of the others that has the same letters within, between two words: `Oauth`
/// is `OAuth` where the type is called so.
fn spelled_as(name: &str, others: &[&str]) -> String {
    let letters = name.to_lowercase();
    let spelled = others.iter().find_map(|other| {
        let other = pascal_case(other);
        let ends = |end: usize| {
            other[end..]
                .chars()
                .next()
                .is_none_or(|it| !it.is_lowercase())
        };
        let starts = other.match_indices(char::is_uppercase).map(|(at, _)| at);
        let mut found = starts.filter_map(|at| {
            let end = at + letters.len();
            let same = other
                .get(at..end)
                .is_some_and(|it| it.to_lowercase() == letters);
            (same && ends(end)).then(|| other[at..end].to_owned())
        });
        found.next()
    });
    spelled.unwrap_or_else(|| name.to_owned())
}

/// Takes out the names that one of several tags has alone, for the variant stands for the others, too: what
/// their names have in common is the next best, then a word that says that there are more.
fn not_like_one_of(tags: &[Value], wanted: &mut Vec<String>) {
    let tags: Vec<String> = tags.iter().map(text_of).collect();
    let names: HashSet<String> = tags
        .iter()
        .map(|it| pascal_case(it).to_lowercase())
        .collect();
    if names.len() < 2 {
        return;
    }
    let is_like_one = |name: &String| names.contains(&name.to_lowercase());
    let last = wanted.last().cloned();
    wanted.retain(|name| !is_like_one(name));
    if !wanted.is_empty() {
        return;
    }
    let all: Vec<Vec<String>> = tags.iter().map(|tag| words(tag)).collect();
    let shortest = all.iter().map(Vec::len).min().unwrap_or_default();
    let shared = |at: &usize| all.iter().all(|words| words[*at] == all[0][*at]);
    let common = (0..shortest).take_while(shared).count();
    let common = pascal_case(&all[0][..common].join("_"));
    if common.starts_with(char::is_alphabetic) && !is_like_one(&common) {
        wanted.push(common);
    }
    match tags.as_slice() {
        [one, other] => wanted.push(pascal_case(&format!("{one} or {other}"))),
        _ => wanted.extend(last.map(|name| format!("{name}OrOther"))),
    }
}

/// A name without the words that it begins or ends with as the union's does: they say nothing
/// inside of the union.
pub(in super::super) fn without(name: &str, union: &str) -> String {
    let (own, all) = (words(name), words(union));
    let common = |pairs: &mut dyn Iterator<Item = (&String, &String)>| {
        pairs.take_while(|(one, other)| one == other).count()
    };
    let front = common(&mut own.iter().zip(&all));
    let end = own.len() - common(&mut own.iter().rev().zip(all.iter().rev()));
    let rest = pascal_case(&own.get(front..end).unwrap_or_default().join("_"));
    // A single letter is what is left of a word that was taken apart.
    if rest.starts_with(char::is_alphabetic) && rest.chars().count() > 1 {
        spelled_as(&rest, &[name])
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{name_of_tag, not_like_one_of, spelled_as, without};

    #[test]
    fn the_words_of_the_union_are_left_out() {
        assert_eq!(without("PetCat", "Pet"), "Cat");
        assert_eq!(without("CreatedEvent", "Event"), "Created");
        assert_eq!(without("RequestUserMessage", "RequestMessage"), "User");
        assert_eq!(
            without("CohereEmbeddingConfig", "PipelineEmbeddingConfig"),
            "Cohere"
        );
        assert_eq!(without("Pet", "Pet"), "Pet");
        assert_eq!(without("PetPet", "Pet"), "PetPet");
        assert_eq!(without("Petunia", "Pet"), "Petunia");
        assert_eq!(without("Pet2", "Pet"), "Pet2");
        assert_eq!(without("Cat", "Pet"), "Cat");
        assert_eq!(without("OAuth", "Auth"), "OAuth");
    }

    #[test]
    fn tags_are_spelled_as_their_types_are() {
        assert_eq!(spelled_as("Oauth", &["OAuth"]), "OAuth");
        assert_eq!(spelled_as("Openai", &["OpenAiConfig"]), "OpenAi");
        assert_eq!(spelled_as("File", &["FileFull"]), "File");
        assert_eq!(spelled_as("Penai", &["OpenAi"]), "Penai");
        assert_eq!(name_of_tag("tool_search").as_deref(), Some("ToolSearch"));
        assert_eq!(name_of_tag("2.0"), None);
    }

    #[test]
    fn a_variant_of_many_tags_is_not_called_like_one() {
        let named = |tags: &[&str], wanted: &[&str]| {
            let tags: Vec<_> = tags.iter().map(|&it| it.into()).collect();
            let mut wanted: Vec<String> = wanted.iter().map(|&it| it.into()).collect();
            not_like_one_of(&tags, &mut wanted);
            wanted
        };
        assert_eq!(named(&["a", "b"], &["A", "ItemA"]), ["ItemA"]);
        assert_eq!(named(&["a", "b"], &["A"]), ["AOrB"]);
        assert_eq!(
            named(&["file_made", "file", "file_gone"], &["File"]),
            ["FileOrOther"]
        );
        assert_eq!(
            named(&["file_made", "file_gone"], &["FileMade"]),
            ["File", "FileMadeOrFileGone"]
        );
    }
}
