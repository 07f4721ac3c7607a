//! Paths, operations, parameters, bodies, responses.

use serde_json::{Map, Value, json};

use super::Maker;

const MEDIA_TYPES: &[&str] = &[
    "application/json",
    "application/json",
    "application/json",
    "multipart/form-data",
    "application/x-www-form-urlencoded",
    "text/plain",
    "application/octet-stream",
    "*/*",
    "image/*",
    "text/event-stream",
    "application/x-ndjson",
    "application/problem+json",
    "application/merge-patch+json",
    "application/xml",
    "application/json; charset=utf-8",
    "APPLICATION/JSON",
    "json",
    "",
    "/",
    "a/b/c",
    "text/plain; x=\"y\"",
    "\n",
];

const STATUSES: &[&str] = &[
    "200", "200", "201", "202", "204", "2XX", "default", "301", "400", "404", "422", "4XX", "500",
    "5XX", "2xx", "600", "99", "", "ok",
];

const METHODS: &[&str] = &[
    "get", "post", "put", "delete", "patch", "head", "options", "trace",
];

const STYLES: &[&str] = &[
    "form",
    "deepObject",
    "spaceDelimited",
    "pipeDelimited",
    "simple",
    "matrix",
    "label",
    "",
];

impl Maker<'_> {
    pub fn paths(&mut self) -> Value {
        let count = self.below(4);
        let items = (0..=count).map(|_| self.path());
        Value::Object(items.collect())
    }

    /// A path and what can be done there.
    fn path(&mut self) -> (String, Value) {
        let mut template = String::new();
        let mut parameters = Vec::new();
        for _ in 0..self.below(4) {
            template.push('/');
            if self.once_in(3) {
                let name = self.name().replace(['{', '}', '/'], "");
                template.extend(["{", &name, "}"]);
                if !self.once_in(32) {
                    let schema = self.schema(0);
                    parameters.push(
                        json!({"name": name, "in": "path", "required": true, "schema": schema}),
                    );
                }
            } else {
                template.push_str(&self.name().replace(['{', '}'], ""));
            }
        }
        if template.is_empty() {
            template.push('/');
        }
        (template, self.path_item(parameters))
    }

    /// The operations of a path or of a webhook.
    pub fn path_item(&mut self, parameters: Vec<Value>) -> Value {
        let mut item = Map::new();
        for _ in 0..=self.below(3) {
            let method = self.pick(METHODS);
            item.insert(method.to_owned(), self.operation());
        }
        if !parameters.is_empty() {
            item.insert("parameters".to_owned(), parameters.into());
        }
        Value::Object(item)
    }

    fn operation(&mut self) -> Value {
        let mut operation = json!({"responses": self.responses()});
        if !self.once_in(3) {
            operation["operationId"] = self.name().into();
        }
        if self.once_in(2) {
            operation["tags"] = (0..self.below(3)).map(|_| self.name()).collect();
        }
        for word in ["summary", "description"] {
            if self.once_in(3) {
                operation[word] = self.text().into();
            }
        }
        let parameters: Vec<Value> = (0..self.below(4)).map(|_| self.parameter()).collect();
        if !parameters.is_empty() {
            operation["parameters"] = parameters.into();
        }
        if self.once_in(2) {
            operation["requestBody"] =
                json!({"content": self.content(2), "required": self.once_in(2)});
        }
        match self.below(8) {
            4 => operation["deprecated"] = true.into(),
            5 => operation["security"] = self.security(),
            6 => operation["servers"] = self.servers(),
            7 => operation["callbacks"] = json!({self.name(): {"{$request.body#/url}": {}}}),
            _ => {}
        }
        operation
    }

    fn parameter(&mut self) -> Value {
        let place = self.pick(&["query", "query", "header", "cookie"]);
        let mut parameter = json!({"name": self.name(), "in": place});
        if self.once_in(6) {
            parameter["content"] = json!({"application/json": {"schema": self.schema(1)}});
        } else {
            parameter["schema"] = self.schema(1);
        }
        match self.below(8) {
            3 => parameter["required"] = true.into(),
            4 => parameter["description"] = self.text().into(),
            5 => parameter["style"] = self.pick(STYLES).into(),
            6 => parameter["explode"] = self.once_in(2).into(),
            7 => parameter["example"] = self.value(1),
            _ => {}
        }
        parameter
    }

    fn content(&mut self, depth: usize) -> Value {
        let count = self.below(3);
        let mut content = Map::new();
        for _ in 0..=count {
            let media_type = self.pick(MEDIA_TYPES);
            let mut body = json!({"schema": self.schema(depth)});
            match self.below(6) {
                3 => body["example"] = self.value(2),
                4 => {
                    let encoding = json!({"contentType": self.pick(MEDIA_TYPES)});
                    body["encoding"] = json!({ self.name(): encoding });
                }
                5 => body["itemSchema"] = self.schema(1),
                _ => {}
            }
            content.insert(media_type.to_owned(), body);
        }
        Value::Object(content)
    }

    fn responses(&mut self) -> Value {
        let mut responses = Map::new();
        for _ in 0..=self.below(3) {
            let status = self.pick(STATUSES);
            let mut response = json!({"description": self.text()});
            if !self.once_in(4) {
                response["content"] = self.content(2);
            }
            if self.once_in(6) {
                response["headers"] =
                    json!({self.name(): {"schema": self.schema(0), "description": self.text()}});
            }
            responses.insert(status.to_owned(), response);
        }
        Value::Object(responses)
    }
}
