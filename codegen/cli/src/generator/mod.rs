//! The library: from the text of a description to the files of a crate, and to a folder.

mod errors;
mod files;

use std::fmt::Display;
use std::fs;
use std::path::Path;

use codegen::outline::Model;
use codegen::{Config, Description, Diagnostic, Form, Resolver, Source};

use crate::encoding;
use crate::failure::Failure;
use crate::spec_files::SpecFiles;

pub use errors::Errors;
pub use files::{File, Files, Written};

/// Makes the files of a client crate from an OpenAPI description.
///
/// # Examples
///
/// A custom `xtask` that keeps a crate up to date:
///
/// ```no_run
/// use clientsmith::{Errors, Generator};
///
/// fn main() -> Result<(), Errors> {
///     let files = Generator::read("openapi.yaml")?.generate()?;
///     eprint!("{}", files.rendered_warnings());
///     if std::env::args().any(|it| it == "--check") {
///         return files.check("crates/petstore");
///     }
///     let written = files.write("crates/petstore")?;
///     println!("{} files changed", written.changed.len());
///     Ok(())
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Generator {
    spec: Text,
    overlays: Vec<Text>,
    config: Text,
    files: SpecFiles,
    only: Vec<String>,
    form: Option<Form>,
    deny_warnings: bool,
}

/// A text, and what messages call it.
#[derive(Clone, Debug)]
struct Text {
    name: String,
    text: String,
}

impl Text {
    fn source(&self) -> Source<'_> {
        Source {
            name: &self.name,
            text: &self.text,
        }
    }
}

impl Generator {
    /// Of the text of a description: OpenAPI 3.0, 3.1 or 3.2, in YAML or JSON. Messages call it `openapi`.
    ///
    /// ```
    /// let failed = clientsmith::Generator::new("openapi: 4.0.0\n").generate();
    /// assert!(failed.is_err_and(|errors| errors.to_string().contains("openapi:1:10")));
    /// ```
    pub fn new(description: impl Into<String>) -> Self {
        let text = |name: &str, text| Text {
            name: name.to_owned(),
            text,
        };
        Self {
            spec: text("openapi", description.into()),
            overlays: Vec::new(),
            config: text("sdk.toml", String::new()),
            files: SpecFiles::default(),
            only: Vec::new(),
            form: None,
            deny_warnings: false,
        }
    }

    /// Of the description in a file, with the files below its folder that it refers to, configured by the `sdk.toml`
    /// beside it, if there is one, with the overlays that this lists.
    ///
    /// # Errors
    ///
    /// A file can't be read or isn't UTF-8.
    ///
    /// ```
    /// let failed = clientsmith::Generator::read("nowhere.yaml");
    /// assert!(failed.is_err_and(|errors| errors.to_string().contains("`nowhere.yaml`")));
    /// ```
    pub fn read(description: impl AsRef<Path>) -> Result<Self, Errors> {
        let path = description.as_ref();
        let mut generator = Self::new(read(path)?).named(path.display().to_string());
        let most = codegen::Limits::default().bytes();
        let folder = path.parent().map(Path::to_owned).unwrap_or_default();
        let absolute = std::path::absolute(&folder).unwrap_or_else(|_| folder.clone());
        generator.files = SpecFiles::of_file(path, most, move |path| {
            let below = path.strip_prefix(&absolute);
            let shown = below.map_or_else(|_| path.to_owned(), |below| folder.join(below));
            shown.display().to_string()
        });
        let config = path.with_file_name("sdk.toml");
        if !config.is_file() {
            return Ok(generator);
        }
        let text = read(&config)?;
        let mut generator = generator.config(text);
        generator.config.name = config.display().to_string();
        // What is wrong with the configuration is reported when it is used.
        let listed = Config::read(generator.config.source()).unwrap_or_default();
        for file in listed.overlays {
            let path = path.with_file_name(file);
            generator = generator.overlay(path.display().to_string(), read(&path)?);
        }
        Ok(generator)
    }

    /// Applies an overlay (OpenAPI Overlay 1.0 or 1.1) to the description, behind those before it. The name is
    /// what messages call it, usually its path.
    ///
    /// ```
    /// # fn main() -> Result<(), clientsmith::Errors> {
    /// let files = clientsmith::Generator::new(
    ///     "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths: {}\n",
    /// )
    /// .overlay(
    ///     "fix.yaml",
    ///     "overlay: 1.1.0\ninfo: {title: Fixes, version: '1'}\n\
    ///      actions: [{target: $.info, update: {title: Zoo}}]\n",
    /// )
    /// .generate()?;
    /// let manifest = files.iter().find(|file| file.path == "Cargo.toml");
    /// assert!(manifest.is_some_and(|file| file.text.contains("name = \"zoo\"")));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn overlay(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.overlays.push(Text {
            name: name.into(),
            text: text.into(),
        });
        self
    }

    /// What reads the other files that the description refers to by `$ref`: it gets their paths from the folder of the
    /// description. [`read`](Self::read) reads those below that folder; [`new`](Self::new) reads none.
    ///
    /// ```
    /// # fn main() -> Result<(), clientsmith::Errors> {
    /// use clientsmith::{FileText, Generator, Resolver};
    ///
    /// let files = Generator::new(
    ///     "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths: {}\n\
    ///      components: {schemas: {Pet: {$ref: pet.yaml}}}\n",
    /// )
    /// .files(Resolver::new(|path| {
    ///     Ok(FileText::new(path, "type: object\nproperties: {name: {type: string}}\n"))
    /// }))
    /// .generate()?;
    /// assert!(files.iter().any(|file| file.text.contains("pub struct Pet ")));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn files(mut self, resolver: Resolver<'static>) -> Self {
        self.files = SpecFiles::of(resolver);
        self
    }

    /// What messages call the description, usually its path.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.spec.name = name.into();
        self
    }

    /// The configuration: the text of an `sdk.toml`, or a [`Config`](crate::config::Config) as data. Without one, the crate
    /// is named after the title of the description.
    #[must_use]
    pub fn config(mut self, text: impl Into<String>) -> Self {
        self.config.text = text.into();
        self
    }

    /// Only these operations and the types that they use: tags, operationIds, paths, or methods and paths
    /// as in `GET /pets`; a `*` at the end matches any text.
    #[must_use]
    pub fn only(mut self, operations: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.only = operations.into_iter().map(Into::into).collect();
        self
    }

    /// Makes a module for somebody's crate instead of a crate: one file, for `mod petstore;` or, from a build script,
    /// for `include!`. In a configuration this is `form = "module"` under `[package]`.
    ///
    /// The module depends on `clientsmith-runtime`; [`Files::requirements`] has all that the crate around it needs.
    ///
    /// ```
    /// # fn main() -> Result<(), clientsmith::Errors> {
    /// # let description = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\n\
    /// #     servers: [{url: 'https://pets.example.com'}]\npaths: {}\n";
    /// # let folder = std::env::temp_dir().join("clientsmith-module");
    /// let files = clientsmith::Generator::new(description).module().generate()?;
    /// let written = files.write(folder.join("pets.rs"))?;
    /// assert_eq!(written.changed, ["pets.rs"]);
    /// # std::fs::remove_dir_all(&folder).ok();
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn module(mut self) -> Self {
        self.form = Some(Form::Module);
        self
    }

    /// Makes each warning an error.
    #[must_use]
    pub fn deny_warnings(mut self, deny: bool) -> Self {
        self.deny_warnings = deny;
        self
    }

    /// Reads the API as it would be generated: resources, operations and types, with their names in Rust. Nothing is
    /// generated. [`codegen/cli/README.md`](https://docs.rs/crate/clientsmith/latest/source/README.md) has a program
    /// with it.
    ///
    /// # Errors
    ///
    /// Those of [`generate`](Self::generate).
    ///
    /// ```
    /// let description = r#"{
    ///     "openapi": "3.1.0", "info": {"title": "Pets", "version": "1"},
    ///     "servers": [{"url": "https://pets.example.com"}],
    ///     "paths": {"/pets": {"get": {"operationId": "listPets", "tags": ["pets"],
    ///         "responses": {"200": {"description": "All.", "content": {"application/json": {
    ///             "schema": {"type": "array", "items": {"type": "string"}}}}}}}}}
    /// }"#;
    /// let model = clientsmith::Generator::new(description).model()?;
    /// let mut table = String::new();
    /// for resource in &model.resources {
    ///     for it in &resource.operations {
    ///         let response = it.response.as_deref().unwrap_or("()");
    ///         let path = resource.path.join(".");
    ///         table += &format!("{} {} | {path}.{} | {response}\n", it.method, it.path, it.name);
    ///     }
    /// }
    /// assert_eq!(table, "GET /pets | pets.list | Vec<String>\n");
    /// # Ok::<(), clientsmith::Errors>(())
    /// ```
    pub fn model(&self) -> Result<Model, Errors> {
        self.with_texts(|spec, config| {
            let read = codegen::model(spec, config, &self.only);
            let (model, warnings) = read.map_err(|found| Errors::of(found, spec, config))?;
            self.deny(warnings, spec, config)?;
            Ok(model)
        })
    }

    /// Makes the files. The same texts give the same files. Nothing is written, and nothing read but the files that the
    /// description refers to.
    ///
    /// # Errors
    ///
    /// All that is wrong with the description and its configuration, with places; with
    /// [`deny_warnings`](Self::deny_warnings) the warnings too.
    ///
    /// ```
    /// # fn main() -> Result<(), clientsmith::Errors> {
    /// let files = clientsmith::Generator::new(
    ///     "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\n\
    ///      servers: [{url: 'https://pets.example.com'}]\npaths: {}\n",
    /// )
    /// .generate()?;
    /// let manifest = files.iter().find(|file| file.path == "Cargo.toml");
    /// assert!(manifest.is_some_and(|file| file.text.contains("name = \"pets\"")));
    /// # Ok(())
    /// # }
    /// ```
    pub fn generate(&self) -> Result<Files, Errors> {
        self.with_texts(|spec, config| {
            let made = codegen::generate_in_form(spec, config, &self.only, self.form, &mut |_| {});
            let mut generated = made.map_err(|found| Errors::of(found, spec, config))?;
            generated.warnings = self.deny(generated.warnings, spec, config)?;
            Ok(Files::of(generated, spec, config))
        })
    }

    /// Calls `use_them` with the description and its configuration.
    fn with_texts<T>(&self, use_them: impl FnOnce(Description<'_>, Source<'_>) -> T) -> T {
        let overlays: Vec<Source<'_>> = self.overlays.iter().map(Text::source).collect();
        let spec = Description {
            source: self.spec.source(),
            overlays: &overlays,
            resolver: self.files.resolver(),
        };
        use_them(spec, self.config.source())
    }

    /// The warnings, unless each is an error.
    fn deny(
        &self,
        warnings: Vec<Diagnostic>,
        spec: Description<'_>,
        config: Source<'_>,
    ) -> Result<Vec<Diagnostic>, Errors> {
        if self.deny_warnings && !warnings.is_empty() {
            return Err(Errors::of(warnings, spec, config));
        }
        Ok(warnings)
    }
}

fn read(path: &Path) -> Result<String, Failure> {
    let failed =
        |error: &dyn Display| Failure::usage(format!("can't read `{}`: {error}", path.display()));
    let bytes = fs::read(path).map_err(|error| failed(&error))?;
    encoding::text(bytes).map_err(|error| failed(&error))
}
