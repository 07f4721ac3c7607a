//! Descriptions that are made to exhaust whoever reads them.

// Beside this file, since a test takes it in by its path.
#[path = "alternatives.rs"]
mod alternatives;
#[path = "schemas.rs"]
mod schemas;
#[path = "text.rs"]
mod text;
#[path = "words.rs"]
mod words;

/// A description, or what calls itself one.
pub(crate) struct Bomb {
    /// What it attacks with; the name of its file, with the ending that tells its format.
    pub(crate) name: &'static str,
    make: Box<dyn Fn() -> Vec<u8> + Send + Sync>,
}

impl Bomb {
    fn new<T: Into<Vec<u8>>>(
        name: &'static str,
        make: impl Fn() -> T + Send + Sync + 'static,
    ) -> Self {
        let make = Box::new(move || make().into());
        Self { name, make }
    }

    /// Its text, made only now: together they would take more memory than any of them may.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        (self.make)()
    }
}

/// All of them; `size` is how often the larger ones repeat what they consist of, 100,000 for the real thing.
pub(crate) fn all(size: usize) -> Vec<Bomb> {
    let mut bombs = text::bombs(size);
    bombs.extend(schemas::bombs(size));
    bombs.extend(alternatives::bombs(size));
    bombs.extend(words::bombs(size));
    bombs
}

/// The first lines of a sound YAML description.
const YAML: &str = "openapi: 3.0.3\ninfo: {title: Bomb, version: \"1\"}\n\
    servers: [{url: https://api.example.com}]\npaths: {}\n";
