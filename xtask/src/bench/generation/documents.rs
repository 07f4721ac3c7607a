//! The descriptions to measure with.

use std::fs;
use std::path::{Path, PathBuf};

use super::Programs;
use crate::bench::report::{self, Unit};
use crate::bench::{Setting, files, measure};
use crate::corpus::documents::{find, only};
use clientsmith::internal::failure::Failure;

/// Sizes that descriptions are made in, in bytes.
const MADE: [usize; 4] = [10_000, 100_000, 1_000_000, 10_000_000];

/// Of the descriptions of a folder, the one nearest to each of these sizes, in bytes.
const WANTED: [u64; 7] = [
    10_000, 30_000, 100_000, 300_000, 1_000_000, 3_500_000, 10_000_000,
];

/// A description to measure with.
#[derive(Clone, Debug)]
pub(super) struct Document {
    pub(super) name: String,
    pub(super) path: PathBuf,
    pub(super) bytes: u64,
    /// Whether it was made for this, as one of several sizes.
    pub(super) made: bool,
}

impl Document {
    /// The file that it is converted to, in its own format.
    pub(super) fn converted_name(&self) -> &'static str {
        match self.path.extension() {
            Some(ending) if ending == "json" => "converted.json",
            _ => "converted.yaml",
        }
    }

    /// Its size, for people.
    pub(super) fn size(&self) -> String {
        #[expect(clippy::cast_precision_loss, reason = "three digits are shown")]
        let bytes = self.bytes as f64;
        report::shown(Unit::Bytes, bytes)
    }
}

/// The project's own description, those made in several sizes, and some of the folder that was given.
pub(super) fn all(
    setting: &Setting,
    programs: &Programs,
    work: &Path,
) -> Result<Vec<Document>, Failure> {
    let own = crate::workspace::folder()?.join("spec/batches.yaml");
    let mut documents = vec![document("batches".to_owned(), own, false)?];
    for bytes in MADE {
        let name = format!("made-{bytes}");
        let path = work.join(&name).with_extension("json");
        // In a process of its own: what this one once held in memory would count for all that it starts.
        measure::run(
            programs.floor("make").arg(bytes.to_string()).arg(&path),
            &programs.log,
        )?;
        documents.push(document(name, path, true)?);
    }
    if let Some(folder) = &setting.documents {
        documents.extend(spread(folder, &setting.only)?);
    }
    Ok(documents)
}

fn document(name: String, path: PathBuf, made: bool) -> Result<Document, Failure> {
    let metadata = fs::metadata(&path).map_err(|error| files::cannot("read", &path, &error))?;
    Ok(Document {
        name,
        path,
        bytes: metadata.len(),
        made,
    })
}

/// Descriptions of all sizes from a folder.
fn spread(folder: &Path, names: &[String]) -> Result<Vec<Document>, Failure> {
    let mut all = Vec::new();
    for found in only(find(folder)?, names)? {
        all.push(document(found.name.replace('/', "-"), found.spec, false)?);
    }
    let mut taken: Vec<Document> = Vec::new();
    for wanted in WANTED {
        // How many times as large, whichever is the larger one.
        let apart = |it: &&Document| it.bytes.max(wanted) * 1_000 / it.bytes.min(wanted).max(1);
        if let Some(nearest) = all.iter().min_by_key(apart)
            && taken.iter().all(|it| it.name != nearest.name)
        {
            taken.push(nearest.clone());
        }
    }
    Ok(taken)
}
