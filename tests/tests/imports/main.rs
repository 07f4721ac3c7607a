//! Who may import whom in the generator: its stages stand in one order, and imports lead from later ones to earlier ones.
//!
//! The sources are parsed, so that every form of an import is seen: `use crate::{emit, model}`, `super::super::emit`,
//! and paths in the middle of a function. Code that is compiled only for tests is left aside.

mod imported;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use imported::Import;

/// A stage, or a module that stages share.
struct Module {
    /// Its name below `codegen/src`.
    name: &'static str,
    /// Modules of the generator that it may import.
    imports: &'static [&'static str],
    /// Dependencies that it may import.
    packages: &'static [&'static str],
}

/// All modules of the generator, each above those that may import it.
const MODULES: [Module; 27] = [
    Module {
        name: "source",
        imports: &[],
        packages: &[],
    },
    Module {
        name: "stage",
        imports: &[],
        packages: &[],
    },
    Module {
        name: "stack",
        imports: &[],
        packages: &[],
    },
    Module {
        name: "nearest",
        imports: &[],
        packages: &["strsim"],
    },
    Module {
        name: "path_template",
        imports: &[],
        packages: &["indexmap"],
    },
    Module {
        name: "pointer",
        imports: &[],
        packages: &["serde_json"],
    },
    Module {
        name: "diagnostic",
        imports: &[],
        packages: &[],
    },
    Module {
        name: "resolver",
        imports: &["source"],
        packages: &[],
    },
    Module {
        name: "description",
        imports: &["diagnostic", "resolver", "source"],
        packages: &[],
    },
    Module {
        name: "json_path",
        imports: &[],
        packages: &["regex", "serde_json"],
    },
    Module {
        name: "report",
        imports: &["source"],
        packages: &["annotate_snippets"],
    },
    Module {
        name: "render",
        imports: &["description", "diagnostic", "report", "source"],
        packages: &[],
    },
    Module {
        name: "names",
        imports: &[],
        packages: &[
            "deunicode",
            "heck",
            "unicode_ident",
            "unicode_normalization",
        ],
    },
    // Plain data: neither a document nor tokens.
    Module {
        name: "model",
        imports: &["names"],
        packages: &["serde_json"],
    },
    Module {
        name: "config",
        imports: &[
            "diagnostic",
            "model",
            "names",
            "nearest",
            "pointer",
            "source",
        ],
        packages: &["indexmap", "semver", "serde_json", "toml"],
    },
    Module {
        name: "document",
        imports: &[
            "config",
            "description",
            "diagnostic",
            "json_path",
            "nearest",
            "path_template",
            "pointer",
            "resolver",
            "source",
            "stack",
            "stage",
        ],
        packages: &[
            "indexmap",
            "jsonc_parser",
            "openapiv3",
            "petgraph",
            "saphyr_parser",
            "serde",
            "serde_json",
            "serde_yaml",
            "url",
        ],
    },
    // The last that sees the document.
    Module {
        name: "lower",
        imports: &[
            "config",
            "diagnostic",
            "document",
            "model",
            "names",
            "nearest",
            "path_template",
            "pointer",
            "stack",
        ],
        packages: &[
            "deunicode",
            "indexmap",
            "openapiv3",
            "petgraph",
            "serde",
            "serde_json",
        ],
    },
    Module {
        name: "generated",
        imports: &["diagnostic", "model"],
        packages: &[],
    },
    Module {
        name: "print",
        imports: &[],
        packages: &["prettyplease", "proc_macro2", "syn"],
    },
    Module {
        name: "spelling",
        imports: &["model", "names"],
        packages: &["proc_macro2", "quote"],
    },
    Module {
        name: "emit",
        imports: &[
            "generated",
            "model",
            "names",
            "pointer",
            "print",
            "spelling",
        ],
        packages: &[
            "clientsmith_runtime",
            "indexmap",
            "petgraph",
            "proc_macro2",
            "pulldown_cmark",
            "pulldown_cmark_to_cmark",
            "quote",
            "serde_json",
            "toml_edit",
        ],
    },
    // Five that lead through the stages: to a crate, to changes between two, to what became of a description, to an
    // `sdk.toml`, and to what recorded traffic says of a description.
    Module {
        name: "generate",
        imports: &[
            "config",
            "description",
            "diagnostic",
            "document",
            "emit",
            "generated",
            "lower",
            "model",
            "pointer",
            "source",
            "stage",
        ],
        packages: &[],
    },
    Module {
        name: "diff",
        imports: &[
            "config",
            "description",
            "diagnostic",
            "document",
            "emit",
            "lower",
            "model",
            "pointer",
            "source",
            "spelling",
        ],
        packages: &["indexmap", "serde_json"],
    },
    Module {
        name: "survey",
        imports: &[
            "description",
            "diagnostic",
            "document",
            "lower",
            "model",
            "source",
            "spelling",
        ],
        packages: &["serde_json"],
    },
    Module {
        name: "outline",
        imports: &[
            "description",
            "diagnostic",
            "document",
            "lower",
            "model",
            "source",
            "spelling",
        ],
        packages: &[],
    },
    Module {
        name: "config_writer",
        imports: &[
            "config",
            "description",
            "diagnostic",
            "document",
            "lower",
            "model",
            "names",
            "source",
        ],
        packages: &["indexmap"],
    },
    Module {
        name: "traffic",
        imports: &[
            "description",
            "diagnostic",
            "document",
            "lower",
            "model",
            "names",
            "path_template",
            "pointer",
            "source",
        ],
        packages: &["indexmap", "serde_json"],
    },
];

fn codegen() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen")
}

/// The files of the generator: the path of each below `src`, and its imports.
fn files() -> BTreeMap<PathBuf, Vec<Import>> {
    let root = codegen().join("src");
    let mut open = vec![root.clone()];
    let mut files = BTreeMap::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("the folder is there") {
            let path = entry.expect("the folder can be read").path();
            let below = path.strip_prefix(&root).expect("it is below").to_owned();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") && !path.ends_with("tests.rs") {
                let text = fs::read_to_string(&path).expect("the file can be read");
                let depth = imported::depth(&below);
                let found = imported::imports(&text, depth);
                files.insert(
                    below,
                    found.unwrap_or_else(|error| panic!("{}: {error}", path.display())),
                );
            }
        }
    }
    files
}

/// The dependencies of the generator, as code names them.
fn packages() -> Vec<String> {
    let text = fs::read_to_string(codegen().join("Cargo.toml")).expect("the manifest is there");
    let manifest: toml::Table = text.parse().expect("it is TOML");
    let names = manifest["dependencies"].as_table().expect("a table").keys();
    names.map(|name| name.replace('-', "_")).collect()
}

#[test]
fn imports_lead_to_earlier_stages_alone() {
    let packages = packages();
    let mut wrong = Vec::new();
    for (file, imports) in files() {
        let top = file.iter().next().expect("a name").to_string_lossy();
        let top = top.trim_end_matches(".rs").to_owned();
        if top == "lib" {
            continue;
        }
        let Some(module) = MODULES.iter().find(|it| it.name == top) else {
            wrong.push(format!("`{top}` isn't in the table"));
            continue;
        };
        for import in imports {
            let (known, allowed) = match &import {
                Import::Root(name) => (name != &top, module.imports.contains(&name.as_str())),
                Import::Package(name) => (
                    packages.contains(name),
                    module.packages.contains(&name.as_str()),
                ),
            };
            if known && !allowed {
                wrong.push(format!("{} imports {import:?}", file.display()));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn imports_in_the_table_are_used_and_lead_upwards() {
    let files = files();
    let mut unused = Vec::new();
    for (index, module) in MODULES.iter().enumerate() {
        for name in module.imports {
            let above = MODULES[..index].iter().any(|it| it.name == *name);
            assert!(above, "`{name}` doesn't stand above `{}`", module.name);
        }
        let used = |wanted: &Import| {
            let mut own = files.iter().filter(|(path, _)| {
                let top = path.iter().next().expect("a name").to_string_lossy();
                top.trim_end_matches(".rs") == module.name
            });
            own.any(|(_, imports)| imports.contains(wanted))
        };
        let roots = module
            .imports
            .iter()
            .map(|name| Import::Root((*name).to_owned()));
        let packages = module
            .packages
            .iter()
            .map(|name| Import::Package((*name).to_owned()));
        unused.extend(
            roots
                .chain(packages)
                .filter(|import| !used(import))
                .map(|import| format!("`{}` doesn't import {import:?}", module.name)),
        );
    }
    assert_eq!(unused, [""; 0]);
}

#[test]
fn imports_of_every_form_are_found() {
    let text = r#"
        use crate::{emit, model::{Api, self as data}};
        use super::super::lower as other;
        fn f(it: &crate::config::Config) {
            super::sibling::g();
            println!("{}", crate::print::file());
            let tokens = quote!(use crate::runtime::Client; #it);
            serde_json::to_string(it);
        }
        #[cfg(test)]
        mod tests { use crate::render::render; }
    "#;
    let found = imported::imports(text, 2).expect("it is Rust");
    let mut names: Vec<String> = found
        .into_iter()
        .map(|it| match it {
            Import::Root(name) => format!("crate::{name}"),
            Import::Package(name) => name,
        })
        .collect();
    names.sort();
    names.dedup();
    for expected in [
        "crate::config",
        "crate::emit",
        "crate::lower",
        "crate::model",
        "crate::print",
        "serde_json",
    ] {
        assert!(
            names.iter().any(|it| it == expected),
            "{expected}: {names:?}"
        );
    }
    for unexpected in ["crate::sibling", "crate::runtime", "crate::render"] {
        assert!(!names.iter().any(|it| it == unexpected), "{names:?}");
    }
}

fn architecture() -> String {
    let path = codegen().join("../ARCHITECTURE.md");
    fs::read_to_string(path).expect("the document is there")
}

#[test]
fn architecture_has_the_table_of_imports() {
    let text = architecture();
    let (_, behind) = text.split_once("| Module | May import |").expect("a table");
    let rows = behind
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    let mut found = 0;
    for row in rows {
        let names: Vec<&str> = row.split('`').skip(1).step_by(2).collect();
        let (name, imports) = names.split_first().expect("a row has a module");
        let module = MODULES.iter().find(|it| it.name == *name);
        let module = module.unwrap_or_else(|| panic!("`{name}` is no module"));
        assert_eq!(imports, module.imports, "{row}");
        found += 1;
    }
    assert!(found > 5);
}

#[test]
fn architecture_names_files_that_are_there() {
    let text = architecture();
    let root = codegen().join("..");
    let mut found = 0;
    for name in text.split('`').skip(1).step_by(2) {
        let folders = ["codegen/", "generated/", "spec/", "tests/", "xtask/"];
        if folders.iter().any(|it| name.starts_with(it)) {
            assert!(root.join(name).exists(), "`{name}` isn't there");
            found += 1;
        }
    }
    assert!(found > 20);
}
