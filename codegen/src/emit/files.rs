//! The files of a crate, made side by side.
//!
//! It takes nothing but the model to make one, and its tokens never leave the thread that makes
//! them: each thread takes the next file that no other has begun.

use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use proc_macro2::TokenStream;

use crate::generated::GeneratedFile;
use crate::print;

/// More threads than this gain nothing: what comes before them takes as long.
const MOST_THREADS: usize = 8;

/// So many files are worth another thread.
const WORTH_A_THREAD: usize = 6;

/// The stack of a thread, in bytes: what a program's first thread usually has, for types can be
/// nested as deeply as the description nests them.
const STACK: usize = 8 * 1024 * 1024;

/// Makes the text of a file.
type Make<'a> = Box<dyn Fn() -> Result<String, String> + Sync + 'a>;

/// The files of a crate, in their order.
#[derive(Default)]
pub(super) struct Files<'a> {
    files: Vec<GeneratedFile>,
    /// What is still to be made, and the index of its file.
    open: Vec<(usize, Make<'a>)>,
}

impl<'a> Files<'a> {
    /// Adds a file with this text.
    pub(super) fn text(&mut self, path: &str, text: String) {
        self.files.push(GeneratedFile {
            path: path.to_owned(),
            text,
        });
    }

    /// Adds a file of Rust.
    pub(super) fn rust(
        &mut self,
        path: &str,
        make: impl Fn() -> Result<TokenStream, String> + Sync + 'a,
    ) {
        self.lazy(path, move || make().and_then(print::file));
    }

    /// Adds a file whose text is made beside those of others.
    pub(super) fn lazy(
        &mut self,
        path: &str,
        make: impl Fn() -> Result<String, String> + Sync + 'a,
    ) {
        self.open.push((self.files.len(), Box::new(make)));
        self.text(path, String::new());
    }

    /// Makes all files that are still to be made.
    ///
    /// # Errors
    ///
    /// Of the files that can't be made, the first, and why.
    pub(super) fn made(self) -> Result<Vec<GeneratedFile>, String> {
        let Self { mut files, open } = self;
        let next = AtomicUsize::new(0);
        let work = || {
            let mut texts = Vec::new();
            while let Some((index, make)) = open.get(next.fetch_add(1, Ordering::Relaxed)) {
                texts.push((*index, make()));
            }
            texts
        };
        let mut texts = thread::scope(|scope| {
            let start = || thread::Builder::new().stack_size(STACK);
            // Where there are no more threads to be had, the others do all of it.
            let others: Vec<_> = (1..threads(open.len()))
                .map_while(|_| start().spawn_scoped(scope, work).ok())
                .collect();
            let mut texts = work();
            for other in others {
                texts.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
            }
            texts
        });
        texts.sort_by_key(|(index, _)| *index);
        for (index, text) in texts {
            let file = &mut files[index];
            file.text = text.map_err(|error| format!("{}: {error}", file.path))?;
        }
        Ok(files)
    }
}

/// How many threads so many files are worth, as far as there are processors for them.
fn threads(files: usize) -> usize {
    let processors = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    processors
        .min(MOST_THREADS)
        .min(files / WORTH_A_THREAD)
        .max(1)
}
