//! Schemas of all kinds, with references between them.

use serde_json::{Map, Value, json};

use super::Maker;

const FORMATS: &[&str] = &[
    "date-time",
    "date",
    "time",
    "byte",
    "binary",
    "uuid",
    "uri",
    "email",
    "decimal",
    "int64",
    "int32",
    "uint64",
    "uint8",
    "double",
    "float",
    "unix-time",
    "base64url",
    "password",
    "regex",
    "int128",
    "",
];

const ODD_REFERENCES: &[&str] = &[
    "#",
    "#/",
    "#/components/schemas/",
    "#/components/schemas/~2",
    "#/info",
    "#/paths",
    "other.yaml#/x",
];

impl Maker<'_> {
    /// A schema with at most so many others inside one another.
    pub fn schema(&mut self, depth: usize) -> Value {
        let most = if depth == 0 { 9 } else { 19 };
        let mut schema = match self.below(most) {
            0 => json!({"type": "string"}),
            1 => self.reference(),
            2 => {
                json!({"type": self.pick(&["string", "integer", "number"]), "format": self.pick(FORMATS)})
            }
            3 => json!({"type": "boolean"}),
            4 => self.choice(),
            5 => json!({}),
            6 => self.constant(),
            7 => {
                json!({"type": self.pick(&["integer", "number", "array", "object", "null", "file"])})
            }
            8 if self.is_new => Value::Bool(self.once_in(2)),
            8 => json!({"not": {}}),
            9..=11 => self.object(depth),
            12 => json!({"type": "array", "items": self.schema(depth - 1)}),
            13 | 14 => self.composition(depth),
            15 => self.tagged(depth),
            16 => {
                json!({"type": ["null", "string", "object"], "properties": self.properties(depth)})
            }
            17 => {
                json!({"type": "array", "prefixItems": self.list(depth), "items": self.once_in(2)})
            }
            _ => json!({"type": "object", "additionalProperties": self.schema(depth - 1)}),
        };
        if let Value::Object(fields) = &mut schema {
            for _ in 0..self.below(3) {
                self.decorate(fields);
            }
        }
        schema
    }

    /// A reference to one of the schemas, seldom to something else.
    pub fn reference(&mut self) -> Value {
        if self.schemas.is_empty() {
            return json!({"type": "object"});
        }
        if self.once_in(96) {
            return json!({"$ref": self.pick(ODD_REFERENCES)});
        }
        let index = self.below(self.schemas.len());
        let name = self.schemas[index].replace('~', "~0").replace('/', "~1");
        json!({"$ref": format!("#/components/schemas/{name}")})
    }

    fn list(&mut self, depth: usize) -> Value {
        (0..=self.below(3))
            .map(|_| self.schema(depth - 1))
            .collect()
    }

    fn properties(&mut self, depth: usize) -> Value {
        let count = self.below(4);
        let fields = (0..count).map(|_| (self.name(), self.schema(depth - 1)));
        Value::Object(fields.collect())
    }

    fn object(&mut self, depth: usize) -> Value {
        let properties = self.properties(depth);
        let mut required = Vec::new();
        for name in properties.as_object().into_iter().flat_map(Map::keys) {
            if self.once_in(2) {
                required.push(Value::from(name.clone()));
            }
        }
        if self.once_in(12) {
            required.push(self.name().into());
        }
        let mut schema = json!({"type": "object", "properties": properties});
        if !required.is_empty() {
            schema["required"] = required.into();
        }
        match self.below(6) {
            3 => schema["additionalProperties"] = self.once_in(2).into(),
            4 => schema["additionalProperties"] = self.schema(depth - 1),
            5 => schema["patternProperties"] = self.properties(depth),
            _ => {}
        }
        schema
    }

    /// An enum of one type, or of whatever comes.
    fn choice(&mut self) -> Value {
        let count = self.below(5);
        match self.below(4) {
            0 | 1 => {
                let values: Vec<String> = (0..=count).map(|_| self.name()).collect();
                json!({"type": "string", "enum": values})
            }
            2 => {
                let numbers: Vec<Value> = (0..=count)
                    .map(|_| self.pick(&[0, 1, -1, 2, 255, i64::MAX, i64::MIN]).into())
                    .collect();
                json!({"type": "integer", "enum": numbers})
            }
            _ => json!({"enum": (0..count).map(|_| self.value(1)).collect::<Vec<_>>()}),
        }
    }

    fn constant(&mut self) -> Value {
        let value = self.value(1);
        if self.is_new {
            json!({"const": value})
        } else {
            json!({"enum": [value]})
        }
    }

    fn composition(&mut self, depth: usize) -> Value {
        let word = self.pick(&["allOf", "anyOf", "oneOf", "allOf", "oneOf", "not"]);
        if word == "not" {
            return json!({"not": self.schema(depth - 1)});
        }
        let mut schema = if self.once_in(4) {
            self.object(depth)
        } else {
            json!({})
        };
        schema[word] = self.list(depth);
        schema
    }

    /// A union of references with a discriminator.
    fn tagged(&mut self, depth: usize) -> Value {
        let word = self.pick(&["oneOf", "anyOf"]);
        let count = self.below(3);
        let members: Vec<Value> = (0..=count)
            .map(|_| {
                if self.once_in(6) {
                    self.object(depth)
                } else {
                    self.reference()
                }
            })
            .collect();
        let mut discriminator = json!({"propertyName": self.name()});
        if self.once_in(2) {
            let count = self.below(4);
            let mapping = (0..count).map(|_| (self.name(), self.target()));
            discriminator["mapping"] = Value::Object(mapping.collect());
        }
        json!({word: members, "discriminator": discriminator})
    }

    /// What a discriminator's value stands for: a reference or a bare name.
    fn target(&mut self) -> Value {
        match self.reference() {
            Value::Object(mut fields) if !self.once_in(4) => {
                fields.remove("$ref").unwrap_or_default()
            }
            _ => self.name().into(),
        }
    }

    /// Adds something that may stand in any schema.
    fn decorate(&mut self, fields: &mut Map<String, Value>) {
        let (word, value) = match self.below(16) {
            0 | 1 => ("description", self.text().into()),
            2 => ("title", self.text().into()),
            3 => ("nullable", true.into()),
            4 => ("default", self.value(1)),
            5 => ("example", self.value(2)),
            6 => ("examples", json!([self.value(2)])),
            7 => ("deprecated", true.into()),
            8 => ("readOnly", true.into()),
            9 => ("writeOnly", true.into()),
            10 => ("pattern", self.text().into()),
            11 => ("minLength", self.pick(&[0, 1, -1, i64::MAX]).into()),
            12 => ("maximum", self.value(0)),
            13 => ("x-odd", self.value(2)),
            14 => ("externalDocs", json!({"url": self.text()})),
            _ => ("xml", json!({"name": self.name()})),
        };
        fields.insert(word.to_owned(), value);
    }
}
