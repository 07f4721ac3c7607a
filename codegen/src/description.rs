//! A description as it is read: its text, the files that it refers to, and the overlays that change it.

use crate::diagnostic::Origin;
use crate::resolver::Resolver;
use crate::source::Source;

/// An OpenAPI description: its text, overlays that are applied to it, in their order, and what reads the other files
/// that it refers to.
///
/// A [`Source`] is a description without overlays, so all that takes a description takes one.
///
/// Overlays are documents of the OpenAPI Overlay Specification 1.0 or 1.1, in YAML or JSON, whatever the description is in.
///
/// # Examples
///
/// ```
/// use codegen::{Description, Source, generate};
///
/// let spec = r#"{
///     "openapi": "3.1.0", "info": {"title": "Pets", "version": "1"},
///     "servers": [{"url": "https://pets.example.com"}],
///     "paths": {"/pets": {"get": {"operationId": "listPets", "tags": ["pets"],
///         "responses": {"200": {"description": "All."}}}}}
/// }"#;
/// let overlay = "overlay: 1.0.0\ninfo: {title: Mended, version: '1'}\nactions:
///   - target: $.paths['/pets'].get
///     update: {summary: Lists what we have.}
/// ";
/// let description = Description {
///     source: Source { name: "pets.json", text: spec },
///     overlays: &[Source { name: "fix.yaml", text: overlay }],
///     resolver: None,
/// };
/// let config = "[package]\nname = \"pets\"\nversion = \"0.1.0\"\n";
/// let generated = generate(description, Source { name: "sdk.toml", text: config })
///     .map_err(|diagnostics| diagnostics[0].message.clone())?;
/// let pets = generated.files.iter().find(|file| file.path == "src/pets.rs");
/// assert!(pets.is_some_and(|file| file.text.contains("Lists what we have.")));
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Description<'a> {
    /// The description.
    pub source: Source<'a>,
    /// Its overlays, each applied to the result of the one before it.
    pub overlays: &'a [Source<'a>],
    /// What reads the files that the description and its overlays refer to. Without one, a reference to another file is
    /// reported as one that can't be followed.
    pub resolver: Option<&'a Resolver<'a>>,
}

impl<'a> From<Source<'a>> for Description<'a> {
    fn from(source: Source<'a>) -> Self {
        Self {
            source,
            overlays: &[],
            resolver: None,
        }
    }
}

impl<'a> Description<'a> {
    /// All texts: that of the description, those of its overlays, and those of the files that were read.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &'a str> {
        let overlays = self.overlays.iter().map(|overlay| overlay.text);
        let files = self.resolver.into_iter().flat_map(Resolver::files);
        let files = files.map(|file| file.text);
        std::iter::once(self.source.text)
            .chain(overlays)
            .chain(files)
    }

    /// The text that something is about, unless it is the configuration.
    pub fn text(&self, origin: Origin) -> Option<Source<'a>> {
        match origin {
            Origin::Spec => Some(self.source),
            Origin::File(number) => self.resolver?.file(number),
            Origin::Overlay(number) => self.overlays.get(number).copied(),
            Origin::Config => None,
        }
    }
}
