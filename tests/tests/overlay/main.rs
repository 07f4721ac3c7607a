//! Descriptions with overlays (OpenAPI Overlay Specification 1.0 and 1.1): what is said of them, and where; what becomes
//! of a crate and of a comparison; and what hostile ones can't do.

mod edits;
mod hostile;
mod messages;
mod page;

use codegen::{Description, Diagnostic, Generated, Source};

/// A description and its overlays, under the names that they have in messages.
pub struct Texts {
    spec: (&'static str, String),
    overlays: Vec<(String, String)>,
    config: String,
}

impl Texts {
    /// A description without overlays.
    pub fn new(spec: impl Into<String>) -> Self {
        let spec = spec.into();
        let is_json = spec.starts_with('{');
        let name = if is_json { "api.json" } else { "api.yaml" };
        Self {
            spec: (name, spec),
            overlays: Vec::new(),
            config: String::new(),
        }
    }

    /// With a further overlay, as it is.
    #[must_use]
    pub fn with(mut self, overlay: impl Into<String>) -> Self {
        let text = overlay.into();
        let ending = if text.starts_with('{') {
            "json"
        } else {
            "yaml"
        };
        let number = self.overlays.len() + 1;
        self.overlays.push((format!("fix{number}.{ending}"), text));
        self
    }

    /// With a further overlay of these actions, in YAML.
    #[must_use]
    pub fn fixed(self, actions: &str) -> Self {
        self.with(overlay("1.1.0", actions))
    }

    /// With a configuration.
    #[must_use]
    pub fn configured(mut self, config: &str) -> Self {
        config.clone_into(&mut self.config);
        self
    }

    /// Calls `act` with the texts as the generator takes them.
    pub fn read<T>(&self, act: impl FnOnce(Description<'_>, Source<'_>) -> T) -> T {
        let overlays: Vec<Source<'_>> = self
            .overlays
            .iter()
            .map(|(name, text)| Source { name, text })
            .collect();
        let source = Source {
            name: self.spec.0,
            text: &self.spec.1,
        };
        let description = Description {
            resolver: None,
            source,
            overlays: &overlays,
        };
        let config = Source {
            name: "sdk.toml",
            text: &self.config,
        };
        act(description, config)
    }

    /// Generates a crate.
    pub fn generate(&self) -> Result<Generated, Vec<Diagnostic>> {
        self.read(|spec, config| codegen::generate(spec, config))
    }

    /// All that is to be said of the texts by themselves.
    pub fn check(&self) -> Vec<Diagnostic> {
        let (Ok(found) | Err(found)) = self.read(|spec, config| codegen::check(spec, config));
        found
    }

    /// Diagnostics as a user reads them.
    pub fn render(&self, diagnostics: &[Diagnostic]) -> String {
        self.read(|spec, config| {
            let render = |it| codegen::render(it, spec, config, false);
            let shown: Vec<String> = diagnostics.iter().map(render).collect();
            shown.join("\n\n")
        })
    }
}

/// An overlay of a version with these actions, in YAML.
pub fn overlay(version: &str, actions: &str) -> String {
    let actions = actions.trim_matches('\n').replace('\n', "\n  ");
    format!("overlay: {version}\ninfo: {{title: Fixes, version: '1'}}\nactions:\n  {actions}\n")
}

/// A sound description.
pub const PETS: &str = "\
openapi: 3.1.0
info: {title: Pets, version: '1'}
servers: [{url: 'https://api.example.com'}]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      parameters:
        - {name: trace, in: header, schema: {type: string}}
        - {name: limit, in: query, schema: {type: integer}}
        - {name: sort, in: query, schema: {type: string}}
      responses:
        '200':
          description: All pets.
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}
components:
  schemas:
    Pet:
      type: object
      required: [id]
      properties:
        id: {type: string}
        age: {type: integer}
";
