//! A whole description, and a configuration that speaks of it.

use serde_json::{Map, Value, json};

use super::Maker;

impl Maker<'_> {
    pub fn description(&mut self) -> Value {
        self.is_new = self.once_in(2);
        for _ in 0..self.below(10) {
            let name = self.component_name();
            if !self.schemas.contains(&name) {
                self.schemas.push(name);
            }
        }
        let version = if self.is_new { "3.1.0" } else { "3.0.3" };
        let mut description = json!({
            "openapi": version,
            "info": {"title": self.text(), "version": "1", "description": self.text()},
            "servers": self.servers(),
            "paths": self.paths(),
            "components": self.components(),
        });
        match self.below(6) {
            2 => description["security"] = self.security(),
            3 => {
                let tags: Vec<Value> = (0..self.below(4))
                    .map(|_| json!({"name": self.name(), "description": self.text()}))
                    .collect();
                description["tags"] = tags.into();
            }
            4 => description["webhooks"] = json!({self.name(): self.path_item(Vec::new())}),
            5 => description["x-odd"] = self.value(2),
            _ => {}
        }
        description
    }

    fn components(&mut self) -> Value {
        let mut schemas = Map::new();
        for name in self.schemas.clone() {
            schemas.insert(name, self.schema(3));
        }
        let mut components = json!({"schemas": schemas});
        if self.once_in(3) {
            let count = self.below(3);
            let security = (0..=count).map(|_| (self.component_name(), self.scheme()));
            components["securitySchemes"] = Value::Object(security.collect());
        }
        components
    }

    fn scheme(&mut self) -> Value {
        match self.below(7) {
            0 => json!({"type": "http", "scheme": "bearer", "description": self.text()}),
            1 => {
                json!({"type": "http", "scheme": self.pick(&["basic", "BEARER", "digest", "", "\n"])})
            }
            2 => {
                json!({"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": self.text(), "scopes": {}}}})
            }
            3 => json!({"type": "openIdConnect", "openIdConnectUrl": self.text()}),
            4 => json!({"type": "mutualTLS"}),
            _ => {
                json!({"type": "apiKey", "in": self.pick(&["header", "query", "cookie"]), "name": self.name()})
            }
        }
    }

    pub fn security(&mut self) -> Value {
        let names = ["Thing", "thing", "Other", "pet", "Pet", "a", "A", "OAuth2"];
        (0..self.below(3))
            .map(|_| json!({self.pick(&names): []}))
            .collect()
    }

    pub fn servers(&mut self) -> Value {
        let count = self.below(3);
        (0..count)
            .map(|_| {
                let url = match self.below(8) {
                    6 => self.text(),
                    7 => format!("https://{{{}}}.example.com", self.name()),
                    index => [
                        "https://api.example.com", "https://api.example.com/v1/", "/v1", "http://localhost:{port}",
                        "https://{a}.example.com/{b}", "//example.com",
                    ][index]
                        .to_owned(),
                };
                let mut server = json!({"url": url, "description": self.text()});
                if self.once_in(2) {
                    let choices: Vec<String> = (0..self.below(3)).map(|_| self.name()).collect();
                    let variable = json!({"default": self.name(), "enum": choices, "description": self.text()});
                    let name = self.pick(&["port", "a", "b"]);
                    server["variables"] = json!({name: variable, self.name(): {"default": self.name()}});
                }
                server
            })
            .collect()
    }

    /// A configuration: mostly that everything is to be emitted, sometimes names for things.
    pub fn configuration(&mut self) -> String {
        let mut lines = String::new();
        let mut types = "keep-unused = true\n".to_owned();
        if self.once_in(4) {
            types.push_str("keep-unknown-fields = true\n");
        }
        for _ in 0..self.below(4) {
            let name = toml::Value::from(self.name());
            let key = toml::Value::from(self.name());
            let line = match self.below(6) {
                0 if !self.schemas.is_empty() => {
                    let index = self.below(self.schemas.len());
                    let schema = toml::Value::from(self.schemas[index].clone());
                    types.push_str(
                        &[&schema.to_string(), ".name = ", &name.to_string(), "\n"].concat(),
                    );
                    continue;
                }
                1 => format!("operations.{key}.name = {name}\n"),
                2 => format!("operations.{key}.resource = {name}\n"),
                3 => format!("resources.{key}.name = {name}\n"),
                4 => format!("credentials.{key}.name = {name}\n"),
                _ => continue,
            };
            lines.push_str(&line);
        }
        format!("{lines}[types]\n{types}")
    }
}
