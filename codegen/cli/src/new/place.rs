//! Where the files of a new API go: whether there is room, and how they get there.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::generate::Texts;
use crate::input;
use crate::output::Plan;
use crate::program;
use crate::project::{Api, Project};

use super::members::{Manifest, Members};

/// Refuses a name that no crate can have, or that is taken.
pub(super) fn check(project: &Project, name: &str, members: &Members) -> Result<(), Failure> {
    if let Err((wrong, help)) = codegen::check_crate_name(name) {
        // Another word makes a name of what is one already, only not for a crate.
        let help = match codegen::check_crate_name(&format!("{name}-client")) {
            Ok(()) => format!("choose another name, such as `{name}-client`"),
            Err(_) => help.to_owned(),
        };
        let name = name.escape_debug();
        let failure = Failure::usage(format!("`{name}` is not a valid crate name: it {wrong}"));
        return Err(failure.help(help));
    }
    let workspace = project.root();
    for folder in [project.spec_folder(), project.generated_folder()] {
        let folder = folder.join(name);
        project.must_be_inside(&folder)?;
        if fs::symlink_metadata(&folder).is_ok() {
            let folder = input::shown(&folder, workspace);
            let failure = Failure::usage(format!("`{folder}` already exists"));
            return Err(match project.named(name) {
                Ok(_) => failure.help(format!(
                    "`{}` regenerates it; to start over, remove its folders",
                    program::command(&format!("codegen {name}"))
                )),
                Err(_) => failure.help("choose another name, or remove it"),
            });
        }
    }
    for member in members.folders() {
        let taken = package(&workspace.join(&member));
        if let Some(taken) = taken.filter(|taken| folded(taken) == folded(name)) {
            let mut failure = Failure::usage(format!("the crate in `{member}` is named `{taken}`"));
            if taken != name {
                failure = failure.note(format!("`{name}` is the same identifier in Rust"));
            }
            return Err(failure.help("choose another name"));
        }
    }
    Ok(())
}

/// A name as crates are imported by it, whatever its case.
fn folded(name: &str) -> String {
    name.replace('-', "_").to_ascii_lowercase()
}

/// The name of the crate in a folder.
fn package(folder: &Path) -> Option<String> {
    let text = fs::read_to_string(folder.join("Cargo.toml")).ok()?;
    let manifest: toml::Table = text.parse().ok()?;
    Some(manifest.get("package")?.get("name")?.as_str()?.to_owned())
}

/// Writes all files of an API and makes its crate a member of the workspace; or, if anything fails,
/// leaves everything as it was.
pub(super) fn write(
    api: &Api,
    (texts, overlays): (&Texts, &[String]),
    plan: &Plan,
    manifest: Option<&Manifest>,
) -> Result<(), Failure> {
    let mut made = Made::default();
    if let Some(folder) = api.spec.parent() {
        made.folder(folder)?;
    }
    put(&api.spec, texts.spec().text)?;
    put(&api.config, texts.config().text)?;
    for (name, overlay) in overlays.iter().zip(texts.overlays.sources()) {
        put(&api.spec.with_file_name(name), overlay.text)?;
    }
    made.folder(&api.out)?;
    plan.apply()?;
    // A member that isn't there keeps cargo from doing anything, so this comes last, and at once.
    if let Some(manifest) = manifest {
        made.replace(manifest)?;
    }
    made.keep();
    Ok(())
}

fn put(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(|error| cannot("write", path, &error))
}

fn cannot(what: &str, path: &Path, error: &std::io::Error) -> Failure {
    Failure::work(format!("can't {what} `{}`: {error}", path.display()))
}

/// What was made so far. Unless it is to be kept, it goes again.
#[derive(Default)]
struct Made {
    paths: Vec<PathBuf>,
}

impl Made {
    /// Makes a folder, and the one above it if need be.
    fn folder(&mut self, folder: &Path) -> Result<(), Failure> {
        if let Some(above) = folder.parent().filter(|above| !above.exists()) {
            fs::create_dir_all(above).map_err(|error| cannot("make", above, &error))?;
            self.paths.push(above.to_owned());
        }
        fs::create_dir(folder).map_err(|error| cannot("make", folder, &error))?;
        self.paths.push(folder.to_owned());
        Ok(())
    }

    /// Puts the new text of the workspace's manifest in the place of the old one.
    fn replace(&mut self, manifest: &Manifest) -> Result<(), Failure> {
        let beside = manifest.path.with_extension("toml.new");
        let mut file =
            File::create_new(&beside).map_err(|error| cannot("write", &beside, &error))?;
        self.paths.push(beside.clone());
        file.write_all(manifest.text.as_bytes())
            .map_err(|error| cannot("write", &beside, &error))?;
        fs::rename(&beside, &manifest.path).map_err(|error| cannot("write", &manifest.path, &error))
    }

    fn keep(mut self) {
        self.paths.clear();
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        for path in self.paths.iter().rev() {
            // What can't be removed is in the folders that messages name.
            let _ = if path.is_dir() {
                fs::remove_dir_all(path)
            } else {
                fs::remove_file(path)
            };
        }
    }
}
