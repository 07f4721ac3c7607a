//! Compares a JSON value with a type of the model, as the emitted crate reads it.

use serde_json::{Map, Number, Value};

use crate::model::{
    Api, Constant, Discriminant, Field, JsonKind, Shape, Struct, Type, TypeDef, Union, UnionVariant,
};

use super::places::{Path, Step};

/// A place where a value isn't as described.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deviation<'a> {
    pub(super) what: What<'a>,
    /// The steps to the value; none for the whole body.
    pub(super) path: Option<&'a Path<'a>>,
    /// The type that has the field, if the value is one.
    pub(super) owner: Option<&'a TypeDef>,
}

/// What isn't as described.
#[derive(Clone, Copy, Debug)]
pub(super) enum What<'a> {
    /// A required field of the object at the place isn't in it.
    Missing(&'a str, &'a Value),
    /// `null`, where that isn't a value.
    Null,
    /// The object at the place has a field that isn't described.
    UnknownField(&'a str, &'a Value),
    /// A value that an enum, or a constant, doesn't have.
    UnknownValue(&'a Value),
    /// A value that no variant of a union takes, and its tag.
    UnknownVariant(&'a Value, Option<(&'a str, &'a Value)>),
    /// A value of another type than this one.
    WrongType(&'static str, &'a Value),
}

/// A comparison, which hands out what it finds.
pub(super) struct Comparison<'a, 'n> {
    api: &'a Api,
    note: &'n mut dyn FnMut(Deviation<'_>),
    /// Whether this is the trial of a variant: trials in trials would take time without bound.
    is_trial: bool,
}

/// Fields that an object may have besides those of its type.
#[derive(Clone, Copy, Default)]
struct Known<'a> {
    /// The tag that its union writes.
    tag: Option<&'a str>,
    /// The union, if a value may be of several of its types.
    union: Option<&'a Union>,
}

/// Compares a body with a type.
pub(super) fn compare(api: &Api, ty: &Type, value: &Value, note: &mut dyn FnMut(Deviation<'_>)) {
    let mut comparison = Comparison {
        api,
        note,
        is_trial: false,
    };
    comparison.value(ty, value, None, None);
}

/// Whether a body is of a type without any deviation.
pub(super) fn fits(api: &Api, ty: &Type, value: &Value) -> bool {
    let mut count = 0;
    compare(api, ty, value, &mut |_| count += 1);
    count == 0
}

impl<'a> Comparison<'a, '_> {
    fn found(&mut self, what: What<'_>, path: Option<&Path<'_>>, owner: Option<&TypeDef>) {
        (self.note)(Deviation { what, path, owner });
    }

    fn value(
        &mut self,
        ty: &'a Type,
        value: &Value,
        path: Option<&Path<'_>>,
        owner: Option<&'a TypeDef>,
    ) {
        let api = self.api;
        let ty = match api.resolve(ty) {
            Type::Nullable(_) if value.is_null() => return,
            Type::Nullable(inner) => api.resolve(inner),
            ty => ty,
        };
        if value.is_null() && !takes_null(api, ty) {
            return self.found(What::Null, path, owner);
        }
        match (ty, value) {
            (Type::Named(id), _) => self.named(api.type_def(*id), value, path, owner),
            (Type::Array(item), Value::Array(items)) => {
                for value in items {
                    let step = Step::Item;
                    self.value(item, value, Some(&Path { before: path, step }), None);
                }
            }
            (Type::Map(values), Value::Object(members)) => {
                for value in members.values() {
                    let step = Step::Value;
                    self.value(values, value, Some(&Path { before: path, step }), None);
                }
            }
            _ => {
                if let Some(wanted) = scalar_mismatch(ty, value) {
                    self.found(What::WrongType(wanted, value), path, owner);
                }
            }
        }
    }

    fn named(
        &mut self,
        definition: &'a TypeDef,
        value: &Value,
        path: Option<&Path<'_>>,
        owner: Option<&'a TypeDef>,
    ) {
        match &definition.shape {
            Shape::Struct(shape) => match value {
                Value::Object(members) => {
                    self.members(definition, shape, (members, value), path, Known::default());
                }
                _ => self.found(What::WrongType("an object", value), path, owner),
            },
            Shape::StringEnum(variants) => match value {
                Value::String(text) if variants.iter().any(|it| it.value == *text) => {}
                Value::String(_) => self.found(What::UnknownValue(value), path, owner),
                _ => self.found(What::WrongType("a string", value), path, owner),
            },
            Shape::IntegerEnum(variants) => match integer(value) {
                Some(number) if variants.iter().any(|it| i128::from(it.value) == number) => {}
                Some(_) => self.found(What::UnknownValue(value), path, owner),
                None => self.found(What::WrongType("an integer", value), path, owner),
            },
            Shape::Union(union) => self.union(union, value, path, owner),
            Shape::Alias(ty) | Shape::Newtype(ty) => self.value(ty, value, path, owner),
        }
    }

    /// An object.
    fn members(
        &mut self,
        definition: &'a TypeDef,
        shape: &'a Struct,
        (members, value): (&Map<String, Value>, &Value),
        path: Option<&Path<'_>>,
        known: Known<'_>,
    ) {
        for field in &shape.fields {
            match members.get(&field.wire) {
                None if field.required => {
                    let what = What::Missing(&field.wire, value);
                    self.found(what, path, Some(definition));
                }
                None => {}
                Some(member) => self.field(definition, field, member, path),
            }
        }
        for (name, member) in members {
            let is_field = shape.fields.iter().any(|field| field.wire == *name);
            if is_field || shape.left_out.contains(name) || known.has(self.api, name) {
                continue;
            }
            // A crate can be configured to keep what the description doesn't have.
            let described = shape
                .rest
                .as_ref()
                .filter(|rest| !rest.name.as_str().starts_with("unknown_fields"));
            match described.map(|rest| &rest.ty) {
                Some(Type::Map(values)) => {
                    let step = Step::Value;
                    self.value(values, member, Some(&Path { before: path, step }), None);
                }
                Some(_) => {}
                None => {
                    let what = What::UnknownField(name, member);
                    self.found(what, path, Some(definition));
                }
            }
        }
    }

    fn field(
        &mut self,
        definition: &'a TypeDef,
        field: &'a Field,
        member: &Value,
        path: Option<&Path<'_>>,
    ) {
        let step = Step::Field(&field.wire, definition);
        let path = Path { before: path, step };
        let (path, owner) = (Some(&path), Some(definition));
        if member.is_null() {
            if !field.nullable && !takes_null(self.api, self.api.resolve(&field.ty)) {
                self.found(What::Null, path, owner);
            }
            return;
        }
        if let Some(constant) = &field.constant
            && scalar_mismatch(self.api.resolve(&field.ty), member).is_none()
            && !is_constant(constant, member)
            && !matches!(self.api.resolve(&field.ty), Type::Named(_))
        {
            return self.found(What::UnknownValue(member), path, owner);
        }
        self.value(&field.ty, member, path, owner);
    }

    fn union(
        &mut self,
        union: &'a Union,
        value: &Value,
        path: Option<&Path<'_>>,
        owner: Option<&'a TypeDef>,
    ) {
        let api = self.api;
        if let Some(variant) = self.variant(union, value) {
            return self.of_variant(union, variant, value, path);
        }
        if union.any {
            return;
        }
        let tag = union.tag.as_deref();
        let tag = tag.and_then(|name| Some((name, value.get(name)?)));
        let of_kind = |variant: &&UnionVariant| may_be(api, &variant.ty, value);
        // An object without a known tag can still be one of the others that needs none.
        match tag {
            None if value.is_object() && union.variants.iter().any(|it| of_kind(&it)) => {
                let candidates = union.variants.iter().filter(of_kind);
                let nearest = candidates.min_by_key(|it| self.trial(union, it, value));
                if let Some(variant) = nearest {
                    self.of_variant(union, variant, value, path);
                }
            }
            _ => self.found(What::UnknownVariant(value, tag), path, owner),
        }
    }

    /// The variant that takes a value.
    fn variant(&self, union: &'a Union, value: &Value) -> Option<&'a UnionVariant> {
        let first = union.variant_of(self.api, value)?;
        let by_fields = |it: &&UnionVariant| matches!(it.discriminant, Discriminant::Fields { .. });
        if self.is_trial || !by_fields(&first) {
            return Some(first);
        }
        // The model doesn't look at constants inside of an object; the crate does.
        let candidates = union.variants.iter().filter(by_fields);
        let fewest =
            candidates.min_by_key(|it| (self.trial(union, it, value), it.name != first.name));
        Some(fewest.unwrap_or(first))
    }

    /// How far a value is from a variant.
    fn trial(&self, union: &Union, variant: &UnionVariant, value: &Value) -> usize {
        let mut distance = 0;
        let mut note = |deviation: Deviation<'_>| {
            distance += match deviation.what {
                What::Missing(..) => 3,
                What::UnknownValue(_) => 4,
                _ => 2,
            };
        };
        let mut trial = Comparison {
            api: self.api,
            note: &mut note,
            is_trial: true,
        };
        trial.of_variant(union, variant, value, None);
        distance
    }

    fn of_variant(
        &mut self,
        union: &Union,
        variant: &UnionVariant,
        value: &Value,
        path: Option<&Path<'_>>,
    ) {
        let api = self.api;
        let Type::Named(id) = api.resolve(&variant.ty) else {
            return Comparison {
                api,
                note: &mut *self.note,
                is_trial: self.is_trial,
            }
            .value(&variant.ty, value, path, None);
        };
        let definition = api.type_def(*id);
        let step = Step::Variant(definition);
        let path = Path { before: path, step };
        let known = Known {
            tag: union.tag.as_deref(),
            union: union.overlapping.then_some(union),
        };
        match (&definition.shape, value) {
            (Shape::Struct(shape), Value::Object(members)) => {
                self.members(definition, shape, (members, value), Some(&path), known);
            }
            _ => self.named(definition, value, Some(&path), None),
        }
    }
}

impl Known<'_> {
    fn has(self, api: &Api, name: &str) -> bool {
        let variants = self.union.into_iter().flat_map(|it| &it.variants);
        let mut types = variants.map(|variant| api.resolve(&variant.ty));
        self.tag == Some(name)
            || types.any(|ty| match ty {
                Type::Named(id) => match &api.type_def(*id).shape {
                    Shape::Struct(shape) => shape.fields.iter().any(|it| it.wire == name),
                    _ => false,
                },
                _ => false,
            })
    }
}

/// Whether `null` is one of the values of a type.
fn takes_null(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::Value | Type::Nullable(_) | Type::External(_) => true,
        Type::Named(id) => match &api.type_def(*id).shape {
            Shape::Union(union) => union.any,
            Shape::Newtype(inner) => matches!(inner, Type::Value | Type::Nullable(_)),
            _ => false,
        },
        _ => false,
    }
}

/// Whether a value is of the kind of a type: an object for a struct, and so on.
fn may_be(api: &Api, ty: &Type, value: &Value) -> bool {
    match api.resolve(ty) {
        Type::Named(id) => match &api.type_def(*id).shape {
            Shape::Struct(_) => value.is_object(),
            Shape::Union(union) => union.variants.iter().any(|it| match api.resolve(&it.ty) {
                // A union in a union in a union: its own comparison finds out.
                Type::Named(_) => value.is_object(),
                ty => scalar_mismatch(ty, value).is_none(),
            }),
            Shape::StringEnum(_) => value.is_string(),
            Shape::IntegerEnum(_) => value.is_number(),
            Shape::Alias(_) | Shape::Newtype(_) => true,
        },
        ty => scalar_mismatch(ty, value).is_none(),
    }
}

/// What a type is called, if a value is of another kind.
fn scalar_mismatch(ty: &Type, value: &Value) -> Option<&'static str> {
    let is_integer = |least: i128, most: i128| {
        integer(value).is_some_and(|number| (least..=most).contains(&number))
    };
    let (name, fits) = match ty {
        Type::String | Type::DateTime | Type::Date | Type::Base64 | Type::Base64Url => {
            ("a string", value.is_string())
        }
        Type::Bool => ("a boolean", value.is_boolean()),
        Type::I64 => ("an integer", is_integer(i64::MIN.into(), i64::MAX.into())),
        Type::U64 => ("an unsigned integer", is_integer(0, u64::MAX.into())),
        Type::I128 => ("an integer", is_integer(i128::MIN, i128::MAX)),
        Type::F64 | Type::Decimal => ("a number", value.is_number()),
        Type::Array(_) => ("an array", value.is_array()),
        Type::Map(_) => ("an object", value.is_object()),
        Type::External(external) => match external.kind {
            Some(kind) => (kind_name(kind), is_of_kind(kind, value)),
            None => return None,
        },
        Type::Value | Type::Nullable(_) | Type::Named(_) => return None,
    };
    (!fits).then_some(name)
}

fn kind_name(kind: JsonKind) -> &'static str {
    match kind {
        JsonKind::String => "a string",
        JsonKind::Integer => "an integer",
        JsonKind::Number => "a number",
        JsonKind::Boolean => "a boolean",
        JsonKind::Array => "an array",
        JsonKind::Object => "an object",
    }
}

fn is_of_kind(kind: JsonKind, value: &Value) -> bool {
    match kind {
        JsonKind::Number => value.is_number(),
        JsonKind::Integer => integer(value).is_some(),
        kind => JsonKind::of(value) == Some(kind),
    }
}

/// An integer, as the crate reads it: a fraction of zero is none.
fn integer(value: &Value) -> Option<i128> {
    /// The largest integer up to which floats are exact.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let number: &Number = value.as_number()?;
    if let Some(number) = number.as_i128() {
        return Some(number);
    }
    let float = number.as_f64()?;
    #[allow(
        clippy::cast_possible_truncation,
        reason = "it has no fraction, and is in range"
    )]
    (float.fract() == 0.0 && float.abs() <= EXACT).then_some(float as i128)
}

fn is_constant(constant: &Constant, value: &Value) -> bool {
    match constant {
        Constant::Text(text) => value == text,
        Constant::Boolean(boolean) => value == boolean,
        Constant::Integer(number) => integer(value) == Some((*number).into()),
        Constant::Float(number) => value.as_f64() == Some(*number),
    }
}

/// What kind of JSON a value is, with its article.
pub(super) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "`null`",
        _ => JsonKind::of(value).map_or("a value", kind_name),
    }
}
