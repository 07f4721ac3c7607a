//! Edits of a description and of its configuration, one of a kind.

mod calls;
mod client;
mod settings;
mod types;

/// The description that is edited, and its configuration.
pub const SPEC: &str = include_str!("ships.yaml");
pub const CONFIG: &str = include_str!("sdk.toml");

/// An edit: its name, and texts with what is put in the place of each; each is there once.
pub struct Edit {
    pub name: &'static str,
    pub of_spec: &'static [(&'static str, &'static str)],
    pub of_config: &'static [(&'static str, &'static str)],
}

impl Edit {
    /// The two texts after the edit.
    pub fn texts(&self) -> (String, String) {
        let replace = |text: &str, edits: &[(&str, &str)]| {
            edits.iter().fold(text.to_owned(), |text, (from, to)| {
                let times = text.matches(from).count();
                assert_eq!(times, 1, "{}: {from:?} is there {times} times", self.name);
                text.replacen(from, to, 1)
            })
        };
        (replace(SPEC, self.of_spec), replace(CONFIG, self.of_config))
    }
}

pub const fn spec(name: &'static str, of_spec: &'static [(&'static str, &'static str)]) -> Edit {
    Edit {
        name,
        of_spec,
        of_config: &[],
    }
}

pub const fn config(
    name: &'static str,
    of_config: &'static [(&'static str, &'static str)],
) -> Edit {
    Edit {
        name,
        of_spec: &[],
        of_config,
    }
}

/// All edits, those of operations first.
pub fn all() -> impl Iterator<Item = &'static Edit> {
    let of_spec = calls::EDITS.iter().chain(types::EDITS).chain(client::EDITS);
    of_spec.chain(settings::EDITS)
}
