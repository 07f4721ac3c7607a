//! What is wrong with a table `pages`, and what there is instead.

use crate::config::By;
use crate::diagnostic::{Diagnostic, Origin};
use crate::model::{Field, PagesBy, Pagination, ParameterLocation, Type};
use crate::pointer::push;

use super::super::operations::Found;
use super::super::quoted;
use super::response::List;
use super::vocabulary::is_next_token;
use super::{Paging, Site};

/// What is wrong with a table `pages`.
#[derive(Debug)]
pub(in super::super) struct Problem {
    /// The key that is to blame; none for the table.
    key: Option<&'static str>,
    message: String,
    help: String,
}

impl Problem {
    fn new(
        key: impl Into<Option<&'static str>>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            key: key.into(),
            message: message.into(),
            help: help.into(),
        }
    }

    pub(super) fn no_type(name: &str) -> Self {
        let message = format!("`{name}` does not return a single type, so it can't be paginated");
        Self::new(None, message, "remove the table")
    }

    /// A key that says nothing about lists that go on in this way.
    pub(super) fn useless(key: &'static str, by: By) -> Self {
        let message = format!("`{key}` has no meaning where `by` is `{}`", by.as_str());
        let help = match by.keys() {
            [] => "remove it".to_owned(),
            keys => format!(
                "remove it; it is valid with {}",
                quoted(keys.iter().copied())
            ),
        };
        Self::new(key, message, help)
    }

    pub(super) fn no_fields(key: &'static str, way: &str) -> Self {
        let message = match way {
            "" => "the value has no fields: it is not an object".to_owned(),
            way => format!("`{way}` has no fields: it is not an object"),
        };
        Self::new(key, message, "use an existing field")
    }

    pub(super) fn no_field(key: &'static str, of: &str, wire: &str, fields: &[Field]) -> Self {
        let known = quoted(fields.iter().map(|field| field.wire.as_str()));
        let help = format!("its fields are {known}");
        Self::new(key, format!("`{of}` has no field `{wire}`"), help)
    }
}

/// A problem as an error in the configuration of its operation.
pub(in super::super) fn diagnostic(found: &Found<'_>, problem: Problem) -> Diagnostic {
    let operation = push("/operations", found.config_key.unwrap_or_default());
    let mut pointer = push(&operation, "pages");
    if let Some(key) = problem.key {
        pointer = push(&pointer, key);
    }
    Diagnostic::error(Origin::Config, pointer, problem.message).help(problem.help)
}

/// What isn't known about the pages of an operation, or was guessed: a warning at a place of the
/// document.
#[derive(Debug)]
pub(in super::super) struct Doubt {
    pub(in super::super) pointer: String,
    pub(in super::super) message: String,
    pub(in super::super) help: String,
}

/// That the table for all lists suits none.
pub(in super::super) fn unused() -> Diagnostic {
    let message = "`[pages]` fits no operation";
    let help = "correct it, or remove it: it has no effect";
    Diagnostic::error(Origin::Config, "/pages", message).help(help)
}

impl Site<'_, '_> {
    fn doubt(&self, message: String, help: impl Into<String>) -> Doubt {
        Doubt {
            pointer: self.found.pointer.clone(),
            message,
            help: help.into(),
        }
    }

    /// What an extension says doesn't suit the document.
    pub(super) fn unfit(&self, key: &str, problem: &Problem) -> Doubt {
        Doubt {
            pointer: push(&self.found.pointer, key),
            message: format!("`{key}` is ignored: {}", problem.message),
            help: "correct it, or set `pages` of the operation in the configuration".to_owned(),
        }
    }

    /// An extension says what isn't supported.
    pub(super) fn not_supported(&self, key: &str, why: &str) -> Doubt {
        Doubt {
            pointer: push(&self.found.pointer, key),
            message: format!("`{key}` is ignored: {why}"),
            help: "set `pages` of the operation in the configuration if there is another way"
                .to_owned(),
        }
    }

    /// Several lists in a response could be the one that its pages are of.
    pub(super) fn several(&self, lists: &[List]) -> Doubt {
        let names: Vec<String> = lists.iter().map(|it| it.path.wire.join(".")).collect();
        let message = format!(
            "`{}` is not paginated: several arrays of its response could be the items of a page",
            self.name
        );
        let names = quoted(names.iter().map(String::as_str));
        self.doubt(
            message,
            format!("set `pages.items` of the operation to one of {names}"),
        )
    }

    pub(super) fn no_switch(&self, wire: &str) -> Problem {
        let message = format!("`{}` has no boolean query parameter `{wire}`", self.name);
        Problem::new("switch", message, self.its_parameters())
    }

    pub(super) fn no_parameter(&self, wire: &str) -> Problem {
        let message = format!("`{}` has no query parameter `{wire}`", self.name);
        Problem::new("parameter", message, self.its_parameters())
    }

    pub(super) fn no_list(&self) -> Problem {
        let lists = self.response.lists.iter();
        let lists: Vec<String> = lists.map(|list| list.path.wire.join(".")).collect();
        if lists.is_empty() {
            let message = format!("no array found in the response of `{}`", self.name);
            return Problem::new(None, message, "set its field with `items`");
        }
        let message = format!(
            "several arrays in the response of `{}` could be the items of a page",
            self.name
        );
        let lists = quoted(lists.iter().map(String::as_str));
        let help = format!("set `items` to one of {lists}");
        Problem::new(None, message, help)
    }

    /// No parameter is known to ask for a page in the way that is tried.
    pub(super) fn parameter_unknown(&self) -> Problem {
        let message = format!("the pagination parameter of `{}` is ambiguous", self.name);
        let help = format!("set it with `parameter`; {}", self.its_parameters());
        Problem::new(None, message, help)
    }

    /// It is not known what number the first page has.
    pub(super) fn first_unknown(&self, parameter: &str, by: By) -> Problem {
        let message = format!(
            "it is unknown whether `{parameter}` of `{}` starts at 0 or 1",
            self.name
        );
        let help = format!("set `by = \"{}\"` and {FIRST}", by.as_str());
        Problem::new(None, message, help)
    }

    pub(super) fn no_link(&self) -> Problem {
        let message = format!("`{}` documents no header `Link`", self.name);
        Problem::new(None, message, "set `by = \"link\"` if the server sends one")
    }

    fn its_parameters(&self) -> String {
        let queries = self.parameters.iter();
        let queries: Vec<&str> = queries
            .filter(|parameter| parameter.place == ParameterLocation::Query)
            .map(|parameter| parameter.wire.as_str())
            .collect();
        if queries.is_empty() {
            "it has no query parameters".to_owned()
        } else {
            format!("its query parameters are {}", quoted(queries))
        }
    }
}

/// What to do where it is not known what number the first page has.
const FIRST: &str = "`first`";

/// How many fields a message names.
const MOST: usize = 20;

impl<'a> Paging<'_, 'a> {
    /// What was guessed where the document leaves a choice: a token, though there are numbers, too.
    pub(super) fn doubt_about(&self, site: &Site<'_, 'a>, pages: &Pagination) -> Option<Doubt> {
        let PagesBy::Token {
            parameter,
            switch: None,
            ..
        } = &pages.by
        else {
            return None;
        };
        let own = site.parameters.iter().find(|it| it.wire == *parameter)?;
        let number = self.numbered(site, own)?;
        let message = format!(
            "pages of `{}` are requested by `{parameter}`, though it has `{}`, too",
            site.name, number.wire
        );
        let help =
            "if responses have tokens only once one is sent, set `pages.by` of the operation";
        Some(site.doubt(message, help))
    }

    /// What keeps a list from having pages by a token: that the configuration gives it a type which isn't
    /// generated, of which nobody knows how it is written.
    pub(super) fn token_of_other_type(&self, site: &Site<'_, 'a>) -> Option<Doubt> {
        let external = |ty: &Type| match self.types.behind_aliases(ty) {
            Type::External(external) => Some(external.path),
            _ => None,
        };
        let parameters = site.parameters.iter().chain(site.in_body);
        let (field, path) = parameters
            .flat_map(|parameter| {
                let leaves = site.response.leaves.iter();
                leaves
                    .filter(|leaf| is_next_token(&leaf.path.wire, &parameter.wire))
                    .map(|leaf| {
                        let path = external(&leaf.ty).or_else(|| external(&parameter.ty));
                        Some((leaf.path.wire.join("."), path?))
                    })
            })
            .flatten()
            .next()?;
        let message = format!(
            "`{}` is not paginated: its page token `{field}` has the type `{path}`",
            site.name
        );
        let help = "page tokens are strings or integers: remove that type, or set `pages.by = \"none\"` of the \
                    operation";
        Some(site.doubt(message, help))
    }

    /// What keeps a list from having pages by their numbers: that nobody knows the first one.
    pub(super) fn first_in_doubt(&self, site: &Site<'_, 'a>) -> Option<Doubt> {
        let problems = [self.by_page(site).err(), self.by_offset(site).err()];
        let mut problems = problems.into_iter().flatten();
        let problem = problems.find(|it| it.help.ends_with(FIRST))?;
        let message = format!("`{}` is not paginated: {}", site.name, problem.message);
        Some(site.doubt(
            message,
            format!("{} in `pages` of the operation", problem.help),
        ))
    }

    /// The value at the end of a path is of another kind than is wanted.
    pub(super) fn no_such(
        &self,
        key: &'static str,
        within: &Type,
        way: &str,
        wanted: &str,
    ) -> Problem {
        let shown = match way {
            "" => "the response".to_owned(),
            way => format!("`{way}`"),
        };
        let message = format!("{shown} is not {wanted}");
        Problem::new(key, message, self.known_fields(within))
    }

    /// No field is known to lead to the next page.
    pub(super) fn next_unknown(&self, site: &Site<'_, 'a>, within: &Type) -> Problem {
        let message = format!(
            "the field that leads to the next page of `{}` is ambiguous",
            site.name
        );
        let help = format!("set it with `next`; {}", self.known_fields(within));
        Problem::new(None, message, help)
    }

    /// No field is known to tell whether there is more.
    pub(super) fn more_unknown(&self, site: &Site<'_, 'a>) -> Problem {
        let message = format!(
            "the field that shows whether `{}` has more pages is ambiguous",
            site.name
        );
        let help = format!("set it with `more`; {}", self.known_fields(site.page));
        Problem::new(None, message, help)
    }

    /// Why no way of going on suits what the table says.
    pub(super) fn nothing_fits(&self, site: &Site<'_, 'a>) -> Problem {
        // What is wrong whatever the way goes before the way being unknown.
        if let Err(problem) = self.list(site) {
            return problem;
        }
        if let Err(problem) = site.candidates() {
            return problem;
        }
        let message = format!("the pagination of `{}` is ambiguous", site.name);
        let kinds = quoted(By::ALL.iter().map(|by| by.as_str()));
        let help = format!("set `by` to one of {kinds}");
        Problem::new(None, message, help)
    }

    /// The fields of a value and of what is in it, for a message.
    fn known_fields(&self, within: &Type) -> String {
        let mut known = Vec::new();
        self.add_fields(within, "", &mut known);
        if known.is_empty() {
            return "there are no fields".to_owned();
        }
        let more = if known.len() > MOST { " and more" } else { "" };
        let known = known.iter().map(String::as_str).take(MOST);
        format!("the fields are {}{more}", quoted(known))
    }

    fn add_fields(&self, within: &Type, around: &str, known: &mut Vec<String>) {
        let Type::Named(id) = self.types.behind_aliases(within) else {
            return;
        };
        for field in self.types.fields(id).unwrap_or_default() {
            // Types may be within themselves.
            if known.len() > MOST {
                return;
            }
            let path = format!("{around}{}", field.wire);
            known.push(path.clone());
            self.add_fields(&field.ty, &format!("{path}."), known);
        }
    }
}
