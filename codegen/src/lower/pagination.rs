//! Lists that come in pages, recognised by their shape.

use crate::model::{HttpMethod, Output, Pagination, Parameter, Place, Shape, Type};
use crate::names::words;

use super::Lowering;

/// Words of which one is in every name that a token goes by.
const TOKENS: [&str; 4] = ["token", "cursor", "continuation", "marker"];

impl Lowering<'_> {
    /// How the answers of an operation go on.
    ///
    /// An answer is a page when it has one list, and a text whose name is that of an optional query
    /// parameter with the word `next`: `next_page_token` beside `page_token`.
    pub(super) fn pagination(
        &self,
        http: HttpMethod,
        parameters: &[Parameter],
        output: &Output,
    ) -> Option<Pagination> {
        let Output::Json(answer) = output else {
            return None;
        };
        let Type::Named(id) = self.behind_aliases(answer) else {
            return None;
        };
        let Shape::Struct(page) = &self.slots[id.0].definition.as_ref()?.shape else {
            return None;
        };
        if http != HttpMethod::Get {
            return None;
        }
        let mut lists =
            page.fields
                .iter()
                .filter_map(|field| match self.behind_aliases(&field.ty) {
                    Type::Array(item) => Some((field, item)),
                    _ => None,
                });
        let (Some((items, item)), None) = (lists.next(), lists.next()) else {
            return None;
        };
        let (next, parameter) = page
            .fields
            .iter()
            .filter(|field| self.behind_aliases(&field.ty) == Type::String)
            .find_map(|field| {
                let stem = token_stem(&field.wire)?;
                let parameter = parameters.iter().find(|parameter| {
                    parameter.place == Place::Query
                        && !parameter.required
                        && self.behind_aliases(&parameter.ty) == Type::String
                        && (parameter.wire == field.wire || words(&parameter.wire) == stem)
                })?;
                Some((field, parameter))
            })?;
        Some(Pagination {
            parameter: parameter.wire.clone(),
            next: next.name.clone(),
            items: items.name.clone(),
            item: *item,
        })
    }
}

/// The words of the name of a next page's token, without the word that says so.
fn token_stem(name: &str) -> Option<Vec<String>> {
    let mut stem = words(name);
    let at = stem.iter().position(|word| word == "next")?;
    stem.remove(at);
    stem.iter()
        .any(|word| TOKENS.contains(&word.as_str()))
        .then_some(stem)
}

#[cfg(test)]
mod tests {
    use super::token_stem;

    #[test]
    fn a_token_names_what_is_next() {
        assert_eq!(
            token_stem("next_page_token"),
            Some(vec!["page".into(), "token".into()])
        );
        assert_eq!(token_stem("nextCursor"), Some(vec!["cursor".into()]));
        assert_eq!(token_stem("next"), None);
        assert_eq!(token_stem("cursor"), None);
    }
}
