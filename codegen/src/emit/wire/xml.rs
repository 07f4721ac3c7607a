//! The private module `wire::xml`: what bodies are that are XML.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::model::{
    Api, Shape, Type, TypeId, XmlElement, XmlField, XmlId, XmlKind, XmlName, XmlNode, XmlRoot,
};
use crate::print;

use super::super::spelling::ident;

/// `wire/xml.rs`: a line for each field.
///
/// # Errors
///
/// As [`print::file`].
pub(in crate::emit) fn module(api: &Api) -> Result<String, String> {
    let used = Used::of(api);
    let errors = errors(api);
    let has_objects = !used.objects.is_empty();
    let document = (!errors.is_empty()).then(|| quote!(Document,));
    let field = has_objects.then(|| quote!(Field,));
    let object = has_objects.then(|| quote!(, Object));
    let mut text = print::file(quote! {
        //! How XML is read and written: the elements that bodies are.

        use crate::runtime::xml::{#document Element, #field Kind #object};
    })?;
    for &XmlId(index) in &used.roots {
        let XmlRoot { name, element: it } = &api.xml.roots[index];
        let element = element(api, it);
        // Writing to a String can't fail.
        let _ = write!(text, "\npub(crate) static {name}: Element = {element};\n");
    }
    for &index in &used.objects {
        let object = &api.xml.objects[index];
        let _ = write!(text, "\nstatic {}: Object = Object::new(&[", object.name);
        for it in &object.fields {
            let _ = write!(text, "\n    {},", field_line(api, it));
        }
        text.push_str(if object.fields.is_empty() {
            "])"
        } else {
            "\n])"
        });
        if let Some(rest) = &object.rest {
            let _ = write!(text, ".rest({})", kind(api, rest));
        }
        text.push_str(";\n");
    }
    for (id, roots) in errors {
        let name = &api.type_def(id).name;
        let roots = roots
            .iter()
            .map(|root| format!("&{}", api.xml.roots[root.0].name));
        let roots: Vec<String> = roots.collect();
        let _ = write!(
            text,
            "\nimpl Document for crate::types::{name} {{\n    \
             const ROOTS: &'static [&'static Element] = &[{}];\n}}\n",
            roots.join(", ")
        );
    }
    Ok(text)
}

/// The path of the constant of a root.
pub(in crate::emit) fn root(api: &Api, XmlId(index): XmlId) -> TokenStream {
    let name = ident(&api.xml.roots[index].name);
    quote!(crate::wire::xml::#name)
}

/// The roots that errors of a type have, each type once.
fn errors(api: &Api) -> BTreeMap<TypeId, BTreeSet<XmlId>> {
    let mut errors: BTreeMap<TypeId, BTreeSet<XmlId>> = BTreeMap::new();
    let all = api.operations().flat_map(|(_, it)| &it.errors);
    for error in all {
        if let (Some(ty), Some(root)) = (&error.ty, error.xml)
            && let Type::Named(id) = api.resolve(ty)
            && !matches!(api.type_def(*id).shape, Shape::Alias(_))
        {
            errors.entry(*id).or_default().insert(root);
        }
    }
    errors
}

/// What the operations of the crate name, in the order of the description.
#[derive(Default)]
struct Used {
    roots: BTreeSet<XmlId>,
    objects: BTreeSet<usize>,
}

impl Used {
    fn of(api: &Api) -> Self {
        let mut used = Self::default();
        let roots = api.operations().flat_map(|(_, it)| it.xml_roots());
        used.roots = roots.collect();
        let mut open: Vec<&XmlKind> = used
            .roots
            .iter()
            .map(|root| &api.xml.roots[root.0].element.kind)
            .collect();
        while let Some(kind) = open.pop() {
            match kind {
                XmlKind::Object(index) | XmlKind::Tuple(index) => {
                    if used.objects.insert(*index) {
                        let object = &api.xml.objects[*index];
                        let kinds = object.fields.iter().map(|field| &field.kind);
                        open.extend(kinds.chain(&object.rest));
                    }
                }
                XmlKind::Map(values) => open.push(values),
                XmlKind::List(item) => open.push(&item.kind),
                XmlKind::Member(field) => open.push(&field.kind),
                XmlKind::Text | XmlKind::Number | XmlKind::Boolean | XmlKind::Any => {}
            }
        }
        used
    }
}

fn element(api: &Api, element: &XmlElement) -> String {
    let (local, kind) = (quoted(&element.name.local), kind(api, &element.kind));
    let nullable = if element.nullable { ".nullable()" } else { "" };
    let name = qualified(&element.name);
    let also = element.also.as_ref();
    let also = also.map(|also| format!(".also({})", quoted(also)));
    let also = also.unwrap_or_default();
    let inferred = if element.is_inferred && !element.name.local.is_empty() {
        ".inferred()"
    } else {
        ""
    };
    format!("Element::new({local}, {kind}){name}{also}{nullable}{inferred}")
}

/// What is said of a name beside its local part.
fn qualified(name: &XmlName) -> String {
    let mut text = String::new();
    for (setting, value) in [("prefix", &name.prefix), ("namespace", &name.namespace)] {
        if !value.is_empty() {
            let _ = write!(text, ".{setting}({})", quoted(value));
        }
    }
    text
}

fn field_line(api: &Api, field: &XmlField) -> String {
    let node = match field.node {
        XmlNode::Element => "element",
        XmlNode::Attribute => "attribute",
        XmlNode::Text => "text",
        XmlNode::Cdata => "cdata",
        XmlNode::Items => "items",
        XmlNode::Inline => "inline",
    };
    let mut text = format!(
        "Field::{node}({}, {})",
        quoted(&field.key),
        kind(api, &field.kind)
    );
    if matches!(
        field.node,
        XmlNode::Element | XmlNode::Attribute | XmlNode::Items
    ) {
        if field.name.local != field.key {
            let _ = write!(text, ".named({})", quoted(&field.name.local));
        }
        text.push_str(&qualified(&field.name));
    }
    if let Some(also) = &field.also {
        let _ = write!(text, ".also({})", quoted(also));
    }
    if field.nullable {
        text.push_str(".nullable()");
    }
    // It is of consequence where the XML of nothing is nothing.
    let is_of_consequence = match field.node {
        XmlNode::Element => false,
        XmlNode::Attribute => field.nullable,
        _ => true,
    };
    if field.required && is_of_consequence {
        text.push_str(".required()");
    }
    text
}

fn kind(api: &Api, of: &XmlKind) -> String {
    match of {
        XmlKind::Text => "Kind::Text".to_owned(),
        XmlKind::Number => "Kind::Number".to_owned(),
        XmlKind::Boolean => "Kind::Boolean".to_owned(),
        XmlKind::Any => "Kind::Any".to_owned(),
        XmlKind::Object(index) => format!("Kind::Object(&{})", api.xml.objects[*index].name),
        XmlKind::Map(values) => format!("Kind::Map(&{})", kind(api, values)),
        XmlKind::Member(field) => format!("Kind::Member(&{})", field_line(api, field)),
        XmlKind::List(item) => format!("Kind::List(&{})", element(api, item)),
        XmlKind::Tuple(index) => format!("Kind::Tuple(&{})", api.xml.objects[*index].name),
    }
}

fn quoted(text: &str) -> String {
    Literal::string(text).to_string()
}
