//! Where a description comes from.

use std::path::PathBuf;

use crate::input;

/// Where a description comes from.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
    /// A web address.
    Url(String),
}

impl Origin {
    /// What an argument means.
    pub(crate) fn of(argument: &str) -> Self {
        let path = PathBuf::from(argument);
        if input::is_url(argument) {
            Self::Url(argument.to_owned())
        } else if input::is_stdin(&path) {
            Self::Stdin
        } else {
            Self::File(path)
        }
    }

    /// What messages call it.
    pub(super) fn name(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Stdin => "<stdin>".to_owned(),
            Self::Url(url) => public(url),
        }
    }

    /// What is done to have it.
    pub(super) fn stage(&self) -> &'static str {
        match self {
            Self::File(_) | Self::Stdin => "reading",
            Self::Url(_) => "downloading",
        }
    }

    /// A line for the configuration that says where the description can be had again. A path means
    /// nothing to others, and parts of an address can be secret.
    pub(super) fn config_comment(&self) -> String {
        let Self::Url(url) = self else {
            return String::new();
        };
        let public = public(url);
        if public.contains(char::is_control) {
            return String::new();
        }
        format!("{DOWNLOADED}{public}\n#\n")
    }
}

/// What stands before the address in a configuration.
const DOWNLOADED: &str = "# The description was downloaded from ";

/// The address that a configuration has from where its description was downloaded.
pub(crate) fn downloaded_from(config: &str) -> Option<String> {
    let mut lines = config.lines();
    let url = lines.find_map(|line| line.strip_prefix(DOWNLOADED))?.trim();
    input::is_url(url).then(|| url.to_owned())
}

/// An address without a user's name and password, query and fragment.
pub(super) fn public(url: &str) -> String {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let (authority, path) = match rest.find('/') {
        Some(at) => rest.split_at(at),
        None => (rest, ""),
    };
    let host = authority.rsplit('@').next().unwrap_or_default();
    format!("{scheme}://{host}{path}")
}

/// How the file of a description is to end: JSON is YAML too, but editors know it by its name.
pub(super) fn ending(text: &str) -> &'static str {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with('{') {
        "json"
    } else {
        "yaml"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_told_from_a_file() {
        for url in ["https://a.example/x", "HTTP://a"] {
            assert_eq!(Origin::of(url), Origin::Url(url.to_owned()));
        }
        for file in [
            "openapi.yaml",
            "/a/b",
            "C:\\a",
            "ftp://a/b",
            "http:a",
            "./-",
        ] {
            assert_eq!(Origin::of(file), Origin::File(file.into()));
        }
        assert_eq!(Origin::of("-"), Origin::Stdin);
    }

    #[test]
    fn what_is_secret_in_an_address_is_not_kept() {
        let comment = |url: &str| Origin::of(url).config_comment();
        assert_eq!(
            comment("https://jo:pass@a.example:8/api/x.json?key=1#2"),
            "# The description was downloaded from https://a.example:8/api/x.json\n#\n"
        );
        assert_eq!(comment("https://a.example/x\n[package]"), "");
        assert_eq!(comment("/home/jo/x.json"), "");
    }

    #[test]
    fn json_is_seen() {
        assert_eq!(ending("\u{feff} \n{\"openapi\": \"3.1.0\"}"), "json");
        assert_eq!(ending("openapi: 3.1.0"), "yaml");
        assert_eq!(ending(""), "yaml");
    }
}
