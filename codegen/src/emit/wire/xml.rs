//! The private module `wire::xml`: what bodies are that are XML.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::model::{
    Api, Shape, Type, TypeId, XmlElement, XmlField, XmlId, XmlKind, XmlName, XmlNode, XmlObject,
};

use super::super::spelling::ident;

/// `wire/xml.rs`
pub(in crate::emit) fn module(api: &Api) -> TokenStream {
    let used = Used::of(api);
    let roots = used.roots.iter().map(|&XmlId(index)| {
        let root = &api.xml.roots[index];
        let (name, element) = (ident(&root.name), element(api, &root.element));
        quote!(pub(crate) static #name: Element = #element;)
    });
    let objects = used.objects.iter().map(|&index| {
        let object = &api.xml.objects[index];
        let (name, value) = (ident(&object.name), of_object(api, object));
        quote!(static #name: Object = #value;)
    });
    let errors = errors(api);
    let documents = errors.iter().map(|(&id, roots)| {
        let name = ident(&api.type_def(id).name);
        let roots = roots.iter().map(|&XmlId(index)| {
            let name = ident(&api.xml.roots[index].name);
            quote!(&#name)
        });
        quote! {
            impl Document for crate::types::#name {
                const ROOTS: &'static [&'static Element] = &[#(#roots),*];
            }
        }
    });
    let document = (!errors.is_empty()).then(|| quote!(Document,));
    let with_fields = (!used.objects.is_empty()).then(|| quote!(Field,));
    let object = (!used.objects.is_empty()).then(|| quote!(, Object));
    quote! {
        //! How XML is read and written: the elements that bodies are.

        use crate::runtime::xml::{#document Element, #with_fields Kind #object};

        #(#roots)*

        #(#objects)*

        #(#documents)*
    }
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
                XmlKind::Object(index) => {
                    if used.objects.insert(*index) {
                        let object = &api.xml.objects[*index];
                        let kinds = object.fields.iter().map(|field| &field.kind);
                        open.extend(kinds.chain(&object.rest));
                    }
                }
                XmlKind::Map(values) => open.push(values),
                XmlKind::List(item) => open.push(&item.kind),
                XmlKind::Text | XmlKind::Number | XmlKind::Boolean | XmlKind::Any => {}
            }
        }
        used
    }
}

fn element(api: &Api, element: &XmlElement) -> TokenStream {
    let (local, kind) = (&element.name.local, kind(api, &element.kind));
    let name = qualified(&element.name);
    let nullable = element.nullable.then(|| quote!(.nullable()));
    quote!(Element::new(#local, #kind) #name #nullable)
}

/// What is said of a name beside its local part.
fn qualified(name: &XmlName) -> TokenStream {
    let prefix = (!name.prefix.is_empty()).then(|| {
        let prefix = &name.prefix;
        quote!(.prefix(#prefix))
    });
    let namespace = (!name.namespace.is_empty()).then(|| {
        let namespace = &name.namespace;
        quote!(.namespace(#namespace))
    });
    quote!(#prefix #namespace)
}

fn of_object(api: &Api, object: &XmlObject) -> TokenStream {
    let fields = object.fields.iter().map(|it| field(api, it));
    let rest = object.rest.as_ref().map(|rest| {
        let kind = kind(api, rest);
        quote!(.rest(#kind))
    });
    quote!(Object::new(&[#(#fields),*]) #rest)
}

fn field(api: &Api, field: &XmlField) -> TokenStream {
    let node = format_ident!(
        "{}",
        match field.node {
            XmlNode::Element => "element",
            XmlNode::Attribute => "attribute",
            XmlNode::Text => "text",
            XmlNode::Cdata => "cdata",
            XmlNode::Items => "items",
            XmlNode::Inline => "inline",
        }
    );
    let (key, kind) = (&field.key, kind(api, &field.kind));
    let has_name = matches!(
        field.node,
        XmlNode::Element | XmlNode::Attribute | XmlNode::Items
    );
    let local = &field.name.local;
    let named = (has_name && local != key).then(|| quote!(.named(#local)));
    let name = has_name.then(|| qualified(&field.name));
    let nullable = field.nullable.then(|| quote!(.nullable()));
    // It is of consequence where the XML of nothing is nothing.
    let is_empty = matches!(field.node, XmlNode::Items | XmlNode::Text | XmlNode::Cdata);
    let required = (field.required && is_empty).then(|| quote!(.required()));
    quote!(Field::#node(#key, #kind) #named #name #nullable #required)
}

fn kind(api: &Api, of: &XmlKind) -> TokenStream {
    match of {
        XmlKind::Text => quote!(Kind::Text),
        XmlKind::Number => quote!(Kind::Number),
        XmlKind::Boolean => quote!(Kind::Boolean),
        XmlKind::Any => quote!(Kind::Any),
        XmlKind::Object(index) => {
            let name = ident(&api.xml.objects[*index].name);
            quote!(Kind::Object(&#name))
        }
        XmlKind::Map(values) => {
            let values = kind(api, values);
            quote!(Kind::Map(&#values))
        }
        XmlKind::List(item) => {
            let item = element(api, item);
            quote!(Kind::List(&#item))
        }
    }
}
