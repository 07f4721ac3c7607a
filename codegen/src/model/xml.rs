//! What an API describes of its XML (OpenAPI 3.2, "XML Object"): the elements that bodies are, apart from the types that they become.

use crate::names::Ident;

/// Index of a root in [`Xml::roots`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct XmlId(pub usize);

/// The XML of an API.
#[derive(Clone, Debug, Default)]
pub struct Xml {
    /// The root elements of bodies.
    pub roots: Vec<XmlRoot>,
    /// What elements with fields consist of; [`XmlKind::Object`] and [`XmlKind::Tuple`] are indices into this list.
    pub objects: Vec<XmlObject>,
}

/// A root element.
#[derive(Clone, Debug)]
pub struct XmlRoot {
    /// The name of its constant.
    pub name: Ident,
    /// The element.
    pub element: XmlElement,
}

/// An element: a root, or an item of an array.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct XmlElement {
    /// Its name; empty where none is described, and then it can be any.
    pub name: XmlName,
    /// Whether nothing but the name of a component says how a root is called, so that others may be read as well.
    pub is_inferred: bool,
    /// Another name of an item, by which it is read as well.
    pub also: Option<String>,
    /// What it contains.
    pub kind: XmlKind,
    /// Whether it can be `null`.
    pub nullable: bool,
}

/// The name of an element or attribute.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct XmlName {
    /// The name without its prefix.
    pub local: String,
    /// `prefix`; empty for none.
    pub prefix: String,
    /// `namespace`; empty for none.
    pub namespace: String,
}

/// What an element or attribute contains.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum XmlKind {
    /// A string.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// Fields.
    Object(usize),
    /// Elements whose names are the keys of a map.
    Map(Box<XmlKind>),
    /// The items of an array.
    List(Box<XmlElement>),
    /// The items of an array, each with a node of its own (`prefixItems`): fields whose keys are their indices.
    Tuple(usize),
    /// An object with this one field, whose value is what the element contains.
    Member(Box<XmlField>),
    /// Anything.
    Any,
}

/// What an element with fields consists of.
#[derive(Clone, Debug)]
pub struct XmlObject {
    /// The name of its constant.
    pub name: Ident,
    /// Its fields, in the order of the description.
    pub fields: Vec<XmlField>,
    /// What other elements contain, where `additionalProperties` describes them.
    pub rest: Option<XmlKind>,
}

/// A field of an object.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct XmlField {
    /// Its name in JSON.
    pub key: String,
    /// Where its value is.
    pub node: XmlNode,
    /// The name of its element or attribute.
    pub name: XmlName,
    /// Another name of its element, by which it is read as well.
    pub also: Option<String>,
    /// What it contains; of items, what each contains.
    pub kind: XmlKind,
    /// Whether it can be `null`; of items, each of them.
    pub nullable: bool,
    /// Whether it is in `required`.
    pub required: bool,
}

/// Where the value of a field is: `nodeType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum XmlNode {
    /// An element.
    Element,
    /// An attribute.
    Attribute,
    /// The text of the object's own element.
    Text,
    /// The same, written as a CDATA section.
    Cdata,
    /// An element for each item of an array.
    Items,
    /// No node: its fields are among those of the object.
    Inline,
}
