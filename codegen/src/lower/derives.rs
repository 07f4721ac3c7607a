//! Derives and attributes that the configuration gives to types.

use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, Origin};
use crate::model::{Api, Attribute, STANDARD_DERIVES, Shape, Type, TypeDef, TypeId};
use crate::pointer::push;

/// Gives types what the configuration says; returns what can't be.
pub(super) fn add(api: &mut Api, config: &Config) -> Vec<Diagnostic> {
    let mut problems = features_that_are_not_there(config);
    let configured = |definition: &TypeDef| config.schema(&definition.pointer);
    for wanted in &config.derives {
        let can = that_can(api, &wanted.text);
        for (definition, can) in api.types.iter_mut().zip(can) {
            if can {
                derive(definition, wanted);
            }
        }
    }
    for index in 0..api.types.len() {
        let Some((key, own)) = configured(&api.types[index]) else {
            continue;
        };
        for (at, wanted) in own.derives.iter().enumerate() {
            let definition = &api.types[index];
            if matches!(definition.shape, Shape::Alias(_))
                || !can_by_itself(api, definition, &wanted.text)
            {
                let pointer = push(&push(&push("/types", key), "derive"), &at.to_string());
                let message = format!("`{}` can't derive `{}`", definition.name, wanted.text);
                let help = why_not(&definition.shape);
                problems.push(Diagnostic::error(Origin::Config, pointer, message).help(help));
                continue;
            }
            derive(&mut api.types[index], wanted);
        }
        let attributes = own.attributes.iter().map(attribute);
        api.types[index].attributes.extend(attributes);
    }
    problems
}

fn why_not(shape: &Shape) -> &'static str {
    match shape {
        Shape::Alias(_) => "it is only another name for a type; derive for that type, or remove it",
        _ => "some value in it doesn't have it, such as a float or any JSON; remove it",
    }
}

fn attribute(configured: &config::Attribute) -> Attribute {
    Attribute {
        text: configured.text.clone(),
        feature: configured.feature.clone(),
    }
}

/// Adds a derive, unless types of this kind have it anyway.
fn derive(definition: &mut TypeDef, wanted: &config::Attribute) {
    let wanted = attribute(wanted);
    if !definition.derives.contains(&wanted) && !has_anyway(&definition.shape, &wanted.text) {
        definition.derives.push(wanted);
    }
}

/// Whether the emitted code of a type derives it without being told.
fn has_anyway(shape: &Shape, derive: &str) -> bool {
    match shape {
        Shape::StringEnum(_) => ["Eq", "PartialOrd", "Ord", "Hash"].contains(&derive),
        Shape::IntegerEnum(_) => ["Eq", "PartialOrd", "Ord", "Hash", "Copy"].contains(&derive),
        Shape::Struct(shape) => derive == "Default" && shape.fields.iter().all(|it| !it.required),
        _ => false,
    }
}

/// Which types can have a derive that all are to have. One of another crate all can have, as far as is known
/// here.
fn that_can(api: &Api, derive: &str) -> Vec<bool> {
    let mut can: Vec<bool> = api
        .types
        .iter()
        .map(|it| !matches!(it.shape, Shape::Alias(_)))
        .collect();
    if !STANDARD_DERIVES.contains(&derive) {
        return can;
    }
    // What contains a type that can't, can't either: until nothing changes.
    loop {
        let mut changed = false;
        for (index, definition) in api.types.iter().enumerate() {
            let of_named = |id: TypeId| can[id.0];
            if can[index] && !values_can(api, &definition.shape, derive, &of_named) {
                can[index] = false;
                changed = true;
            }
        }
        if !changed {
            return can;
        }
    }
}

/// Whether a type can have a derive as far as what stands in itself is concerned: other types of the API are up to
/// their own entries.
fn can_by_itself(api: &Api, definition: &TypeDef, derive: &str) -> bool {
    !STANDARD_DERIVES.contains(&derive) || values_can(api, &definition.shape, derive, &|_| true)
}

fn values_can(api: &Api, shape: &Shape, derive: &str, of_named: &dyn Fn(TypeId) -> bool) -> bool {
    let can = |ty: &Type| value_can(api, ty, derive, of_named);
    match shape {
        Shape::Struct(_) | Shape::Union(_) | Shape::Newtype(_) if derive == "Copy" => {
            matches!(shape, Shape::Struct(shape) if shape.rest.is_none()
                && shape.fields.iter().all(|it| !it.boxed && can(&it.ty)))
        }
        Shape::Struct(shape) => {
            let rest = shape.rest.as_ref().map(|rest| &rest.ty);
            let mut types = shape.fields.iter().map(|field| &field.ty).chain(rest);
            let is_default = derive != "Default" || shape.fields.iter().all(|it| !it.required);
            is_default && types.all(can)
        }
        // Any other value is kept as JSON.
        Shape::Union(union) => {
            derive == "Eq" && union.variants.iter().all(|variant| can(&variant.ty))
        }
        Shape::Newtype(ty) => can(ty),
        Shape::StringEnum(_) => !["Copy", "Default"].contains(&derive),
        Shape::IntegerEnum(_) => derive != "Default",
        Shape::Alias(_) => true,
    }
}

fn value_can(api: &Api, ty: &Type, derive: &str, of_named: &dyn Fn(TypeId) -> bool) -> bool {
    match api.resolve(ty) {
        Type::F64 => !["Eq", "Ord", "Hash"].contains(&derive),
        Type::Value => ["Eq", "Default"].contains(&derive),
        // A type that isn't generated is up to its author.
        Type::Bool | Type::I64 | Type::U64 | Type::I128 | Type::External(_) => true,
        Type::Array(item) | Type::Map(item) => {
            derive == "Default" || derive != "Copy" && value_can(api, item, derive, of_named)
        }
        Type::Nullable(inner) => derive == "Default" || value_can(api, inner, derive, of_named),
        Type::Named(id) => of_named(*id),
        Type::String => derive != "Copy",
        Type::Decimal | Type::DateTime | Type::Date | Type::Base64 | Type::Base64Url => {
            !["Copy", "Default"].contains(&derive)
        }
    }
}

/// Features that derives and attributes take, and that no manifest has.
fn features_that_are_not_there(config: &Config) -> Vec<Diagnostic> {
    let declared = |feature: &str| {
        let table = |name: &str| config.manifest.get(name)?.as_object();
        let is_optional = |name: &str| {
            let dependency = table("dependencies")?.get(name)?;
            dependency.get("optional")?.as_bool()
        };
        table("features").is_some_and(|it| it.contains_key(feature))
            || is_optional(feature) == Some(true)
    };
    let of_all = config.derives.iter().enumerate();
    let of_all = of_all.map(|(at, it)| (format!("/types/derive/{at}"), it));
    let of_types = config.types.iter().flat_map(|(key, own)| {
        let at = push("/types", key);
        let listed = |list: &'static str, items: &'_ [config::Attribute]| {
            let at = push(&at, list);
            let pointers = (0..items.len()).map(|index| push(&at, &index.to_string()));
            pointers.collect::<Vec<String>>()
        };
        let derives = listed("derive", &own.derives);
        let attributes = listed("attributes", &own.attributes);
        let derives = derives.into_iter().zip(&own.derives);
        derives.chain(attributes.into_iter().zip(&own.attributes))
    });
    let missing = of_all.chain(of_types).filter_map(|(pointer, it)| {
        let feature = it.feature.as_deref().filter(|it| !declared(it))?;
        let message = format!("the crate has no feature `{feature}`");
        let help = format!("declare it: `[manifest.features]` with `{feature} = []`");
        let pointer = push(&pointer, "feature");
        Some(Diagnostic::error(Origin::Config, pointer, message).help(help))
    });
    missing.collect()
}
