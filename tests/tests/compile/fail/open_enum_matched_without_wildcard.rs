//! A match that names all values of today wouldn't know what to do with one of tomorrow.

use llama_cloud::types::JobType;

fn name(kind: &JobType) -> &str {
    match kind {
        JobType::ParseV2 => "parse",
        JobType::ExtractV2 => "extract",
        JobType::UnknownValue(other) => other,
    }
}

fn main() {
    println!("{}", name(&JobType::ParseV2));
}
