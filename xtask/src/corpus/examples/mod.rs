//! Examples of a description, taken to the emitted types and back.
//!
//! They are tried by two crates. One keeps unknown fields, so that nothing may get lost: what an example
//! holds beside the described properties has to come back too. The other keeps none, as crates do by
//! default: what is described has to come back, whatever variant of a union was chosen. Both tell the
//! variant, which has to be one that the example is valid as.

mod collect;
mod dialect;
pub(super) mod judge;
mod program;
pub(super) mod support;
mod variants;

use std::path::Path;

use codegen::Source;

use self::judge::{Judge, Judgement};
use self::program::Tried;
use self::variants::Walk;
use super::copy::{self, Keep};
use super::outcome::Examples;
use clientsmith::internal::failure::Failure;

pub(super) use program::{CASES, run};

/// Writes the crate that tries the examples of a description, unless there are none. Gives
/// how many there are, and the hash of the crate's files.
pub(super) fn write(
    spec: Source<'_>,
    config: Source<'_>,
    folder: &Path,
    keep: Keep,
) -> Result<(Examples, Option<String>), Failure> {
    let package = copy::package(folder);
    let config_text = copy::renamed(config.text, &package, keep)?;
    let config = Source {
        text: &config_text,
        ..config
    };
    let refused = || Failure::work("the description is rejected under another package name");
    let survey = codegen::survey(spec, config).map_err(|_| refused())?;
    let document = codegen::parse(spec).map_err(|_| refused())?;
    let judge = Judge::new(&document)?;
    let mut counts = Examples::default();
    let mut walk = Walk::new(&judge, &survey);
    let mut valid = Vec::new();
    for (schema, examples) in collect::by_schema(&document, &survey) {
        let judged = judge.judge(&schema.pointer, &examples);
        for (example, judgement) in examples.into_iter().zip(judged) {
            match judgement {
                Judgement::Valid => {
                    let (at, value) = (&example.pointer, &example.value);
                    let described = walk.example(&schema.pointer, at, value);
                    valid.push(Tried {
                        ty: schema.rust.as_str(),
                        example,
                        // Where unknown fields are kept, nothing may get lost.
                        described: (keep == Keep::Types).then_some(described),
                    });
                }
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
    counts.variants = walk.choices.len();
    counts.variants_unjudged = walk.unjudged;
    if valid.is_empty() {
        return Ok((counts, None));
    }
    let mut files = copy::files(copy::generate(spec, config)?);
    files.extend(program::files(&package, &survey, &valid, &walk.choices)?);
    let hash = copy::bring(folder, files)?;
    Ok((counts, Some(hash)))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::support::differences;

    #[test]
    fn all_differences_are_told_with_their_places() {
        let reported = |before: Value, after: Value| differences(&before, &after);
        assert_eq!(reported(json!({"a": 1, "b": null}), json!({"a": 1.0})), []);
        assert_eq!(
            reported(json!([1.5, "x", true]), json!([1.5, "x", true])),
            []
        );
        let expect = |before: Value, after: Value, expected: &[(&str, &str)]| {
            let reported = reported(before, after);
            let reported: Vec<(&str, &str)> =
                reported.iter().map(|(at, what)| (&**at, &**what)).collect();
            assert_eq!(reported, expected);
        };
        expect(json!([null]), json!([]), &[("", "[null] became []")]);
        expect(
            json!({"a/b": {"c": [1, 2]}, "d": 1}),
            json!({"a/b": {"c": [1, 3]}, "d": 2}),
            &[("/a~1b/c/1", "2 became 3"), ("/d", "1 became 2")],
        );
        expect(json!({"a": 1}), json!({}), &[("/a", "1 was lost")]);
        expect(json!({}), json!({"a": null}), &[("/a", "null was added")]);
        expect(
            json!(9_007_199_254_740_993_u64),
            json!(9_007_199_254_740_992_u64),
            &[("", "9007199254740993 became 9007199254740992")],
        );
        expect(json!("1"), json!(1), &[("", "\"1\" became 1")]);
    }
}
