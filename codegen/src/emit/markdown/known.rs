//! Texts as they were rewritten: the files of a crate are made side by side, and many of them have the same text, as
//! that of a field which many types have, or of an operation in its module and in the README.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// How many rewritten texts are kept.
const MOST: usize = 4096;

/// How many bytes they have together, as they were before.
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// A text that is rewritten once; whoever else wants it waits for that.
type Rewritten = Arc<OnceLock<String>>;

#[derive(Default)]
struct Known {
    texts: HashMap<String, Rewritten>,
    bytes: usize,
}

static KNOWN: Mutex<Option<Known>> = Mutex::new(None);

/// The text as `rewrite` makes it, which has to be the same each time.
pub(super) fn text(text: &str, rewrite: fn(&str) -> String) -> String {
    entry(text).get_or_init(|| rewrite(text)).clone()
}

/// Forgets all texts: a crate is made, and no text of it is kept for another one.
pub(in crate::emit) fn forget() {
    *KNOWN.lock().unwrap_or_else(PoisonError::into_inner) = None;
}

fn entry(text: &str) -> Rewritten {
    // What is in it is whole whenever the lock is free.
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let known = known.get_or_insert_default();
    if let Some(entry) = known.texts.get(text) {
        return Arc::clone(entry);
    }
    if known.texts.len() == MOST || known.bytes + text.len() > MOST_BYTES {
        *known = Known::default();
    }
    let entry = Rewritten::default();
    known.bytes += text.len();
    known.texts.insert(text.to_owned(), Arc::clone(&entry));
    entry
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    use super::text;

    #[test]
    fn all_threads_share_what_one_of_them_rewrites() {
        static TIMES: AtomicUsize = AtomicUsize::new(0);
        let rewrite = |text: &str| {
            TIMES.fetch_add(1, Ordering::Relaxed);
            format!("{text}!")
        };
        let once = || text("A text that no other test has.", rewrite);
        let texts = thread::scope(|scope| {
            let threads = [scope.spawn(once), scope.spawn(once), scope.spawn(once)];
            threads.map(|it| it.join().unwrap_or_default())
        });
        assert_eq!(texts, ["A text that no other test has.!"; 3]);
        assert_eq!(TIMES.load(Ordering::Relaxed), 1);
    }
}
