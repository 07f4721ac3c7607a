//! The unions of a description, for those who try which variant a value is read as.

use std::collections::HashSet;

use crate::model::{Api, Shape, Type, TypeId};
use crate::spelling::outside;

/// A union and its variants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedUnion {
    /// JSON pointer (RFC 6901) of the schema.
    pub pointer: String,
    /// The type in Rust, spelled as that of a [`TypedSchema`](super::TypedSchema).
    pub rust: String,
    /// Its variants, in the document's order.
    pub variants: Vec<TypedVariant>,
    /// Whether any other JSON is a value, too.
    pub any: bool,
}

/// A variant of a union.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedVariant {
    /// Its name in Rust.
    pub name: String,
    /// The type that it holds, behind other names for it, `Box` left aside.
    pub rust: String,
}

/// The unions among the types that the crate declares.
pub(super) fn find(api: &Api, declared: &HashSet<TypeId>) -> Vec<TypedUnion> {
    let all = api.types.iter().enumerate();
    let unions = all.filter_map(|(index, definition)| match &definition.shape {
        Shape::Union(union) if declared.contains(&TypeId(index)) => {
            Some((index, definition, union))
        }
        _ => None,
    });
    let unions = unions.map(|(index, definition, union)| TypedUnion {
        pointer: super::as_written(&definition.pointer),
        rust: outside(api, &Type::Named(TypeId(index))),
        variants: union
            .variants
            .iter()
            .map(|variant| TypedVariant {
                name: variant.name.as_str().to_owned(),
                rust: outside(api, api.resolve(&variant.ty)),
            })
            .collect(),
        any: union.any,
    });
    unions.collect()
}

#[cfg(test)]
mod tests {
    use crate::source::Source;
    use crate::survey::survey;

    #[test]
    fn unions_have_their_variants_by_type() {
        let spec = r##"{"openapi": "3.1.0", "info": {"title": "Pets", "version": "1"}, "paths": {},
            "components": {"schemas": {
                "Cat": {"type": "object", "properties": {"a": {"type": "string"}}},
                "Tom": {"$ref": "#/components/schemas/Cat"},
                "Pet": {"oneOf": [{"$ref": "#/components/schemas/Tom"}, {"type": "integer"}]}}}}"##;
        let source = |text| Source { name: "", text };
        let found = survey(source(spec), source("")).unwrap();
        let union = &found.unions[0];
        assert_eq!(union.pointer, "/components/schemas/Pet");
        assert_eq!(union.rust, "types::Pet");
        let types: Vec<&str> = union.variants.iter().map(|it| &*it.rust).collect();
        assert_eq!(types, ["types::Cat", "i64"]);
        let tom = found.schemas.iter().find(|it| it.pointer.ends_with("/Tom"));
        assert_eq!(tom.map(|it| &*it.resolved), Some("types::Cat"));
    }
}
