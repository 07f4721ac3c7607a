//! Examples of a description, taken to the emitted types and back.
//!
//! The crate that tries them keeps unknown fields, so that nothing may get lost: what an example
//! holds beside the described properties has to come back too.

mod collect;
mod dialect;
mod judge;
mod program;
mod support;

use std::path::Path;

use codegen::Source;

use self::judge::{Judge, Judgement};
use super::copy;
use super::outcome::Examples;
use crate::failure::Failure;

pub(super) use program::{CASES, run};

/// Writes the crate that tries the examples of a description, unless there are none. Gives
/// how many there are, and the hash of the crate's files.
pub(super) fn write(
    spec: Source<'_>,
    config: Source<'_>,
    folder: &Path,
) -> Result<(Examples, Option<String>), Failure> {
    let package = copy::package(folder);
    let config_text = copy::renamed(config.text, &package, true)?;
    let config = Source {
        text: &config_text,
        ..config
    };
    let refused = || Failure::work("the description is refused under another package name");
    let survey = codegen::survey(spec, config).map_err(|_| refused())?;
    let document = codegen::parse(spec).map_err(|_| refused())?;
    let judge = Judge::new(&document)?;
    let mut counts = Examples::default();
    let mut valid = Vec::new();
    for (schema, examples) in collect::by_schema(&document, &survey) {
        let judged = judge.judge(&schema.pointer, &examples);
        for (example, judgement) in examples.into_iter().zip(judged) {
            match judgement {
                Judgement::Valid => valid.push((schema.rust.as_str(), example)),
                Judgement::Invalid(why) => {
                    counts.invalid += 1;
                    counts.not_tried.push(format!("{}: {why}", example.pointer));
                }
                Judgement::Unknown(why) => {
                    counts.unjudged += 1;
                    counts.not_tried.push(format!("{}: {why}", example.pointer));
                }
            }
        }
    }
    counts.valid = valid.len();
    if valid.is_empty() {
        return Ok((counts, None));
    }
    let mut files = copy::files(copy::generate(spec, config)?);
    files.extend(program::files(&package, &valid)?);
    let hash = copy::bring(folder, files)?;
    Ok((counts, Some(hash)))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::support::difference;

    #[test]
    fn the_first_difference_is_told_with_its_place() {
        let told = |before: Value, after: Value| difference(&before, &after, "");
        assert_eq!(told(json!({"a": 1, "b": null}), json!({"a": 1.0})), None);
        assert_eq!(told(json!([1.5, "x", true]), json!([1.5, "x", true])), None);
        let expect = |before, after, expected: &str| {
            assert_eq!(told(before, after).as_deref(), Some(expected));
        };
        expect(json!([null]), json!([]), "the whole: [null] became []");
        expect(
            json!({"a/b": {"c": [1, 2]}}),
            json!({"a/b": {"c": [1, 3]}}),
            "/a~1b/c/1: 2 became 3",
        );
        expect(json!({"a": 1}), json!({}), "/a: 1 got lost");
        expect(
            json!({}),
            json!({"a": null}),
            "the whole: \"a\" came with null",
        );
        expect(
            json!(9_007_199_254_740_993_u64),
            json!(9_007_199_254_740_992_u64),
            "the whole: 9007199254740993 became 9007199254740992",
        );
        expect(json!("1"), json!(1), "the whole: \"1\" became 1");
    }
}
