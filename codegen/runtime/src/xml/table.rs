//! What an API describes of its XML (OpenAPI 3.2, "XML Object"), as constants.

/// The name of an element or attribute.
#[derive(Clone, Copy, Debug)]
pub struct Name {
    /// The name without its prefix.
    pub local: &'static str,
    /// The prefix that it is written with; empty for none.
    pub prefix: &'static str,
    /// The URI of its namespace; empty where none is described.
    pub namespace: &'static str,
}

impl Name {
    /// A name without prefix and namespace.
    pub const fn new(local: &'static str) -> Self {
        Self {
            local,
            prefix: "",
            namespace: "",
        }
    }
}

/// What an element or attribute contains.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A string.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// The fields of an object.
    Object(&'static Object),
    /// The entries of a map, each an element whose name is its key.
    Map(&'static Kind),
    /// The items of an array, each such an element.
    List(&'static Element),
    /// The items of an array, each with a node of its own: fields in this order, whose keys are their indices.
    Tuple(&'static Object),
    /// An object with this one field, whose value is what the element contains.
    Member(&'static Field),
    /// Anything.
    Any,
}

/// An element: the root of a document, or an item of an array.
#[derive(Clone, Copy, Debug)]
pub struct Element {
    /// Its name; empty where none is described, and then it can be any.
    pub name: Name,
    /// Another local name of an item, by which it is read as well; empty for none.
    pub also: &'static str,
    /// What it contains.
    pub kind: Kind,
    /// Whether it can be `null`, written as `xsi:nil="true"`.
    pub nullable: bool,
    /// Whether its name is that of a component, which servers may not know: another root that has any of
    /// its fields is read as well.
    pub inferred: bool,
}

impl Element {
    /// An element of this name.
    pub const fn new(local: &'static str, kind: Kind) -> Self {
        Self {
            name: Name::new(local),
            also: "",
            kind,
            nullable: false,
            inferred: false,
        }
    }

    /// The same, whose name is that of a component.
    #[must_use]
    pub const fn inferred(mut self) -> Self {
        self.inferred = true;
        self
    }

    /// The same, read by another local name as well.
    #[must_use]
    pub const fn also(mut self, local: &'static str) -> Self {
        self.also = local;
        self
    }

    /// The same with the prefix that it is written with.
    #[must_use]
    pub const fn prefix(mut self, prefix: &'static str) -> Self {
        self.name.prefix = prefix;
        self
    }

    /// The same in a namespace.
    #[must_use]
    pub const fn namespace(mut self, namespace: &'static str) -> Self {
        self.name.namespace = namespace;
        self
    }

    /// The same, which can be `null`.
    #[must_use]
    pub const fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }
}

/// An object: the fields that an element consists of.
#[derive(Clone, Copy, Debug)]
pub struct Object {
    /// Its fields, in the order in which they are written.
    pub fields: &'static [Field],
    /// What other elements contain, where they are kept.
    pub rest: Option<Kind>,
}

impl Object {
    /// An object of these fields; other elements are skipped.
    pub const fn new(fields: &'static [Field]) -> Self {
        Self { fields, rest: None }
    }

    /// The same, whose other elements are kept.
    #[must_use]
    pub const fn rest(mut self, kind: Kind) -> Self {
        self.rest = Some(kind);
        self
    }
}

/// Where the value of a field is: the `nodeType` of an XML Object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Node {
    /// An element.
    Element,
    /// An attribute.
    Attribute,
    /// The text of the object's own element.
    Text,
    /// The same, written as a CDATA section.
    Cdata,
    /// Any number of elements: the items of an array without an element around them.
    Items,
    /// The object's own element: its fields are among those of the other.
    Inline,
}

/// A field of an object.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name in JSON.
    pub key: &'static str,
    /// Where its value is.
    pub node: Node,
    /// The name of its element or attribute.
    pub name: Name,
    /// Another local name of its element, by which it is read as well; empty for none.
    pub also: &'static str,
    /// What that contains; of items, what each contains.
    pub kind: Kind,
    /// Whether it can be `null`.
    pub nullable: bool,
    /// Whether it is there in any case, so that no items are an empty array.
    pub required: bool,
}

impl Field {
    /// A field that is an element of its name.
    pub const fn element(key: &'static str, kind: Kind) -> Self {
        Self::of(key, Node::Element, kind)
    }

    /// A field that is an attribute of its name.
    pub const fn attribute(key: &'static str, kind: Kind) -> Self {
        Self::of(key, Node::Attribute, kind)
    }

    /// A field that is the text of the object's element.
    pub const fn text(key: &'static str, kind: Kind) -> Self {
        Self::of(key, Node::Text, kind)
    }

    /// The same, written as a CDATA section.
    pub const fn cdata(key: &'static str, kind: Kind) -> Self {
        Self::of(key, Node::Cdata, kind)
    }

    /// An array, each item of which is an element of its name.
    pub const fn items(key: &'static str, kind: Kind) -> Self {
        Self::of(key, Node::Items, kind)
    }

    /// An object without an element of its own.
    pub const fn inline(key: &'static str, kind: Kind) -> Self {
        Self::of(key, Node::Inline, kind)
    }

    const fn of(key: &'static str, node: Node, kind: Kind) -> Self {
        Self {
            key,
            node,
            name: Name::new(key),
            also: "",
            kind,
            nullable: false,
            required: false,
        }
    }

    /// The same with another name.
    #[must_use]
    pub const fn named(mut self, local: &'static str) -> Self {
        self.name.local = local;
        self
    }

    /// The same with the prefix that it is written with.
    #[must_use]
    pub const fn prefix(mut self, prefix: &'static str) -> Self {
        self.name.prefix = prefix;
        self
    }

    /// The same in a namespace.
    #[must_use]
    pub const fn namespace(mut self, namespace: &'static str) -> Self {
        self.name.namespace = namespace;
        self
    }

    /// The same, read by another local name as well.
    #[must_use]
    pub const fn also(mut self, local: &'static str) -> Self {
        self.also = local;
        self
    }

    /// The same, which can be `null`; of items, each of them.
    #[must_use]
    pub const fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }

    /// The same, which is there in any case.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }
}
