//! JSON as the service sends it.

use std::fmt::Write;

/// Whether batches come with what became of their files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Results {
    /// They don't: the field is `null`.
    Absent,
    /// Each has those of four files.
    Present,
}

const STATUSES: [&str; 6] = [
    "PENDING",
    "THROTTLED",
    "RUNNING",
    "COMPLETED",
    "FAILED",
    "CANCELLED",
];
const KINDS: [&str; 2] = ["parse_v2", "extract_v2"];

/// A page of so many batches, all of whose fields hold something.
#[must_use]
pub fn page(batches: usize, results: Results) -> String {
    let mut json = items(batches, results);
    json.push_str(r#","next_page_token":"eyJjcmVhdGVkX2F0IjoiMjAyNi0wMS0wMlQwMzowNDowNSJ9","#);
    json.push_str(r#""total_size":123456}"#);
    json
}

/// A page but for what stands behind its items.
#[must_use]
pub fn items(batches: usize, results: Results) -> String {
    let mut json = String::from(r#"{"items":["#);
    for number in 0..batches {
        if number > 0 {
            json.push(',');
        }
        json.push_str(&batch(number, results));
    }
    json.push(']');
    json
}

/// One batch; batches of different numbers differ.
#[must_use]
pub fn batch(number: usize, results: Results) -> String {
    let status = STATUSES[number % STATUSES.len()];
    let kind = KINDS[number % KINDS.len()];
    let results = match results {
        Results::Absent => "null".to_owned(),
        Results::Present => {
            let outcomes: Vec<String> = (0..4).map(|file| outcome(number, file)).collect();
            format!("[{}]", outcomes.join(","))
        }
    };
    format!(
        r#"{{"id":"{}","config":{{"job":{{"configuration_id":"{}","type":"{kind}"}}}},"project_id":"{}","source_directory_id":"{}","status":"{status}","created_at":"{}","results":{results},"updated_at":"{}"}}"#,
        id("bat", number),
        id("cfg", number % 17),
        id("prj", number % 5),
        id("dir", number % 101),
        date(number),
        date(number + 77),
    )
}

fn outcome(batch: usize, file: usize) -> String {
    let kind = KINDS[file % KINDS.len()];
    let number = batch * 4 + file;
    // One in four has failed.
    let (message, job) = if file == 3 {
        let message =
            r#""The file is encrypted, and no \"password\" was given for it.""#.to_owned();
        (message, "null".to_owned())
    } else {
        let job = format!(r#"{{"id":"{}","type":"{kind}"}}"#, id("pjb", number));
        ("null".to_owned(), job)
    };
    format!(
        r#"{{"source_directory_file_id":"{}","error_message":{message},"job_reference":{job}}}"#,
        id("dfl", number)
    )
}

/// An identifier of the service's kind: a prefix and a UUID.
fn id(prefix: &str, number: usize) -> String {
    let mut id = String::with_capacity(40);
    let spread = (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    // Writing to a `String` can't fail.
    let _ = write!(
        id,
        "{prefix}-{:08x}-{:04x}-4{:03x}-a{:03x}-{number:012x}",
        spread >> 32,
        (spread >> 16) & 0xffff,
        spread & 0xfff,
        (spread >> 12) & 0xfff,
    );
    id
}

fn date(number: usize) -> String {
    format!(
        "2026-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z",
        number % 12 + 1,
        number % 28 + 1,
        number % 24,
        number % 60,
        number * 7 % 60,
        number * 7919 % 1_000_000
    )
}
