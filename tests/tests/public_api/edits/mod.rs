//! Edits of a description and of its configuration, one of a kind.

mod calls;
mod client;
mod limits;
mod rules;
mod settings;
mod types;

/// A description that is edited, and its configuration.
pub struct Base {
    pub spec: &'static str,
    pub config: &'static str,
}

pub const SHIPS: Base = Base {
    spec: include_str!("ships.yaml"),
    config: include_str!("sdk.toml"),
};

/// One with limits, defaults, scopes and headers, and without a server.
pub const BERTHS: Base = Base {
    spec: include_str!("berths.yaml"),
    config: include_str!("berths.toml"),
};

/// An edit: its name, and texts with what is put in the place of each; each is there once.
pub struct Edit {
    pub name: &'static str,
    pub base: &'static Base,
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
        let Base { spec, config } = self.base;
        (replace(spec, self.of_spec), replace(config, self.of_config))
    }
}

const fn edit(name: &'static str, base: &'static Base) -> Edit {
    Edit {
        name,
        base,
        of_spec: &[],
        of_config: &[],
    }
}

pub const fn spec(name: &'static str, of_spec: &'static [(&'static str, &'static str)]) -> Edit {
    Edit {
        of_spec,
        ..edit(name, &SHIPS)
    }
}

pub const fn config(
    name: &'static str,
    of_config: &'static [(&'static str, &'static str)],
) -> Edit {
    Edit {
        of_config,
        ..edit(name, &SHIPS)
    }
}

pub const fn berths(name: &'static str, of_spec: &'static [(&'static str, &'static str)]) -> Edit {
    Edit {
        of_spec,
        ..edit(name, &BERTHS)
    }
}

pub const fn berths_config(
    name: &'static str,
    of_config: &'static [(&'static str, &'static str)],
) -> Edit {
    Edit {
        of_config,
        ..edit(name, &BERTHS)
    }
}

/// All edits, those of operations first.
pub fn all() -> impl Iterator<Item = &'static Edit> {
    let of_spec = calls::EDITS.iter().chain(types::EDITS).chain(client::EDITS);
    let of_ships = of_spec.chain(settings::EDITS);
    of_ships.chain(limits::EDITS).chain(rules::EDITS)
}
