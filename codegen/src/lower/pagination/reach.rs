//! Fields and parameters that the configuration names.

use crate::model::{Parameter, ParameterLocation, TokenPlace, Type};
use crate::names::Ident;

use super::problems::Problem;
use super::response::{Leaf, List, Path};
use super::vocabulary::{AROUND, has_one_of, is_token};
use super::{Paging, Response, Site};

impl Paging<'_, '_> {
    /// The list that the pages hold parts of.
    pub(super) fn list(&self, site: &Site<'_, '_>) -> Result<List, Problem> {
        match &site.config.items {
            None => site.response.list.clone().ok_or_else(|| site.no_list()),
            Some(way) => {
                let leaf = self.reach("items", site.page, way)?;
                match leaf.ty {
                    Type::Array(item) => Ok(List {
                        path: leaf.path,
                        item: *item,
                    }),
                    _ => Err(self.no_such("items", site.page, way, "an array")),
                }
            }
        }
    }

    /// The value in a page, or in an item, that the configuration names: a string or an integer.
    pub(super) fn mark(&self, within: &Type, way: &str) -> Result<Leaf, Problem> {
        let leaf = self.reach("next", within, way)?;
        if TEXT.has(&leaf.ty) || WHOLE.has(&leaf.ty) {
            Ok(leaf)
        } else {
            Err(self.no_such("next", within, way, "a string or an integer"))
        }
    }

    /// The fields that lead to a value of some kind that the configuration names.
    pub(super) fn named(
        &self,
        site: &Site<'_, '_>,
        key: &'static str,
        way: &str,
        kind: Kind,
    ) -> Result<Vec<Ident>, Problem> {
        let leaf = self.reach(key, site.page, way)?;
        if kind.has(&leaf.ty) {
            Ok(leaf.path.fields)
        } else {
            Err(self.no_such(key, site.page, way, kind.name))
        }
    }

    /// What the dotted path leads to, from a type inwards. Names may have dots in them.
    fn reach(&self, key: &'static str, from: &Type, way: &str) -> Result<Leaf, Problem> {
        let mut leaf = Leaf {
            path: Path::default(),
            ty: self.types.behind_aliases(from),
            sure: true,
            nullable: false,
            holds_url: false,
            docs: String::new(),
        };
        let mut rest = way;
        while !rest.is_empty() {
            let Type::Named(id) = leaf.ty else {
                return Err(Problem::no_fields(key, leaf.path.wire.join(".").as_str()));
            };
            let Some(fields) = self.types.fields(id) else {
                return Err(Problem::no_fields(key, leaf.path.wire.join(".").as_str()));
            };
            let behind = |wire: &str| {
                let behind = rest.strip_prefix(wire)?;
                match behind.strip_prefix('.') {
                    Some(behind) => Some(behind),
                    None => behind.is_empty().then_some(behind),
                }
            };
            let known = fields
                .iter()
                .filter_map(|field| Some((field, behind(&field.wire)?)));
            let Some((field, behind)) = known.min_by_key(|(_, behind)| behind.len()) else {
                let of = self.types.name(id).as_str();
                return Err(Problem::no_field(key, of, rest, fields));
            };
            leaf.path = leaf.path.to(field);
            leaf.sure &= field.required && !field.nullable;
            leaf.nullable = field.nullable;
            leaf.ty = self.types.behind_aliases(&field.ty);
            rest = behind;
        }
        Ok(leaf)
    }

    /// Whether a parameter takes values of this kind.
    pub(super) fn takes(&self, parameter: &Parameter, kind: Kind) -> bool {
        kind.has(&self.types.behind_aliases(&parameter.ty))
    }

    /// The parameters that a token may be sent as: of the query, headers that are named so, or properties of
    /// the body.
    pub(super) fn token_parameters<'s>(
        &self,
        site: &Site<'s, '_>,
    ) -> Result<Vec<(&'s Parameter, TokenPlace)>, Problem> {
        let named = site.config.parameter.as_ref();
        let headers = site.parameters.iter().filter(|parameter| {
            parameter.place == ParameterLocation::Header
                && named.map_or(is_token(&parameter.wire), |name| parameter.wire == *name)
        });
        let headers = headers.map(|it| (it, TokenPlace::Header));
        let in_body = site
            .in_body
            .iter()
            .filter(|it| named.is_none_or(|name| it.wire == *name));
        let in_body = in_body.map(|it| (it, self.place_in_body(it)));
        let others: Vec<(&Parameter, TokenPlace)> = headers.chain(in_body).collect();
        match site.candidates() {
            Err(_) if !others.is_empty() => Ok(others),
            queries => {
                let queries = queries?.into_iter().map(|it| (it, TokenPlace::Query));
                Ok(queries.chain(others).collect())
            }
        }
    }
}

impl<'s> Site<'s, '_> {
    /// The query parameters that a page may be asked for by: the one that the configuration names,
    /// or all.
    pub(super) fn candidates(&self) -> Result<Vec<&'s Parameter>, Problem> {
        let mut queries = self
            .parameters
            .iter()
            .filter(|parameter| parameter.place == ParameterLocation::Query);
        match &self.config.parameter {
            None => Ok(queries.collect()),
            Some(name) => match queries.find(|parameter| parameter.wire == *name) {
                Some(parameter) => Ok(vec![parameter]),
                None => Err(self.no_parameter(name)),
            },
        }
    }
}

impl Response {
    /// The first field of some kind that fits, of those that are about the page.
    pub(super) fn find(&self, kind: Kind, fits: impl Fn(&Leaf) -> bool) -> Option<Vec<Ident>> {
        let mut leaves = self.leaves.iter();
        let leaf = leaves.find(|leaf| kind.has(&leaf.ty) && self.is_about(leaf) && fits(leaf))?;
        Some(leaf.path.fields.clone())
    }

    /// Whether a field says something about the page: it is at the top, around the list, or in an object
    /// that is there for that. Others may say it of something else.
    fn is_about(&self, leaf: &Leaf) -> bool {
        let above = leaf.path.above();
        let list = self.list.as_ref().map_or(&[][..], |list| list.path.above());
        list.starts_with(above) || above.last().is_some_and(|name| has_one_of(name, &AROUND))
    }
}

/// A kind of single values.
#[derive(Clone, Copy)]
pub(super) struct Kind {
    has: fn(&Type) -> bool,
    /// What a value of it is called.
    name: &'static str,
}

impl Kind {
    /// Whether a type, aliases followed, is of this kind.
    pub(super) fn has(self, ty: &Type) -> bool {
        (self.has)(ty)
    }
}

pub(super) const TEXT: Kind = Kind {
    has: |ty| *ty == Type::String,
    name: "a string",
};

pub(super) const WHOLE: Kind = Kind {
    has: |ty| matches!(ty, Type::I64 | Type::U64 | Type::I128),
    name: "an integer",
};

/// Documents often call the number of a page a `number`.
pub(super) const NUMBER: Kind = Kind {
    has: |ty| WHOLE.has(ty) || *ty == Type::F64,
    name: "a number",
};

pub(super) const FLAG: Kind = Kind {
    has: |ty| *ty == Type::Bool,
    name: "a boolean",
};
