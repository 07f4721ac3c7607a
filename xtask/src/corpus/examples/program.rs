//! The program that takes examples to types and back.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use codegen::{Survey, TypedUnion};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::super::outcome::Verdict;
use super::super::watchdog::TOO_LONG;
use super::collect::Example;
use super::variants::{self, Choice};
use clientsmith::internal::failure::Failure;

/// The file with the examples, in the folder of the crate.
pub(in super::super) const CASES: &str = "examples.json";

/// The part of the program that every description gets.
const SUPPORT: &str = include_str!("support.rs");

/// The other part: the tables of types and unions stand before it.
const MAIN: &str = r#"
/// Examples that take longer than this have no end.
const LIMIT: std::time::Duration = std::time::Duration::from_secs(60);

fn main() {
    std::thread::spawn(|| {
        std::thread::sleep(LIMIT);
        std::process::exit(124);
    });
    let path = std::env::args_os().nth(1).expect("a file with examples");
    let text = std::fs::read_to_string(path).expect("a readable file");
    let cases: serde_json::Value = serde_json::from_str(&text).expect("a file with JSON");
    let index_of = |value: &serde_json::Value| value.as_u64().and_then(|it| usize::try_from(it).ok());
    let examples = cases["examples"].as_array();
    for (index, case) in examples.into_iter().flatten().enumerate() {
        println!("{index}");
        let check = CHECKS[index_of(&case["check"]).expect("the index of a type")];
        for (at, what) in check(&case["value"].to_string()) {
            println!("{}", serde_json::json!({ "example": index, "at": at, "what": what }));
        }
    }
    let count = examples.map_or(0, |it| it.len());
    for (index, choice) in cases["choices"].as_array().into_iter().flatten().enumerate() {
        println!("{}", count + index);
        let union = index_of(&choice["union"]);
        let (_, variant) = VARIANTS.iter().find(|(it, _)| Some(*it) == union).expect("a union");
        if let Some(variant) = variant(&choice["value"].to_string()) {
            println!("{}", serde_json::json!({ "choice": index, "variant": variant }));
        }
    }
}
"#;

/// A valid example that is tried.
pub(super) struct Tried<'s> {
    /// The type that it is an example of.
    pub(super) ty: &'s str,
    /// The example.
    pub(super) example: Example,
    /// The pointers of members that have to come back; all of them where it says none.
    pub(super) described: Option<BTreeSet<String>>,
}

/// An example with its place and the index of its type in the program's table.
#[derive(Debug, Serialize, Deserialize)]
struct Case {
    check: usize,
    ty: String,
    pointer: String,
    value: Value,
    described: Option<BTreeSet<String>>,
}

/// All that a program tries.
#[derive(Debug, Serialize, Deserialize)]
struct Cases {
    examples: Vec<Case>,
    choices: Vec<Choice>,
}

/// The files of the program, for examples with their types.
pub(super) fn files(
    package: &str,
    survey: &Survey,
    tried: &[Tried<'_>],
    choices: &[Choice],
) -> Result<Vec<(String, String)>, Failure> {
    let mut types: Vec<&str> = tried.iter().map(|tried| tried.ty).collect();
    types.sort_unstable();
    types.dedup();
    let examples = tried.iter().map(|tried| Case {
        check: types.partition_point(|other| *other < tried.ty),
        ty: tried.ty.to_owned(),
        pointer: tried.example.pointer.clone(),
        value: tried.example.value.clone(),
        described: tried.described.clone(),
    });
    let cases = Cases {
        examples: examples.collect(),
        choices: choices.to_vec(),
    };
    let cases = serde_json::to_string_pretty(&cases)
        .map_err(|error| Failure::work(format!("the examples can't be written: {error}")))?;
    let bin = format!("src/bin/{package}");
    let unions = variants::unions_of(survey, choices);
    Ok(vec![
        (CASES.to_owned(), cases),
        (format!("{bin}/main.rs"), main(package, &types, &unions)),
        (format!("{bin}/support.rs"), SUPPORT.to_owned()),
    ])
}

fn main(package: &str, types: &[&str], unions: &BTreeMap<usize, TypedUnion>) -> String {
    let library = package.replace('-', "_");
    let mut text = format!(
        "//! Takes the examples of a description to its types and back.\n\n\
         #![allow(deprecated, unused_imports, unreachable_patterns)]\n\n\
         mod support;\n\n\
         use std::collections::BTreeMap;\n\n\
         use ::{library}::*;\n\n\
         const CHECKS: &[fn(&str) -> ::std::vec::Vec<support::Difference>] = &[\n"
    );
    for ty in types {
        // `null` is left aside in the types.
        let _ = writeln!(text, "    support::check::<::std::option::Option<{ty}>>,");
    }
    text.push_str(
        "];\n\n/// The variant that JSON is read as; none where it isn't read.\n\
         type Variant = fn(&str) -> ::std::option::Option<&'static str>;\n\n\
         const VARIANTS: &[(usize, Variant)] = &[\n",
    );
    for (index, union) in unions {
        let ty = &union.rust;
        let _ = writeln!(
            text,
            "    ({index}, |json| match ::serde_json::from_str::<{ty}>(json).ok()? {{"
        );
        for variant in &union.variants {
            let name = &variant.name;
            let _ = writeln!(
                text,
                "        {ty}::{name}(..) => ::std::option::Option::Some(\"{name}\"),"
            );
        }
        text.push_str("        _ => ::std::option::Option::Some(\"UnknownValue\"),\n    }),\n");
    }
    text.push_str("];\n");
    text.push_str(MAIN);
    text
}

/// What the program tells in a line.
#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Difference {
        example: usize,
        at: String,
        what: String,
    },
    Variant {
        choice: usize,
        variant: String,
    },
}

/// Runs the program and reads what it found: of examples that don't come back, and of variants that are the
/// wrong ones. `cases` is the file with the examples.
pub(in super::super) fn run(program: &Path, cases: &Path) -> (Verdict, Verdict) {
    let mut verdict = Verdict::pass();
    let read = std::fs::read_to_string(cases).map_err(|error| error.to_string());
    let read = read
        .and_then(|text| serde_json::from_str::<Cases>(&text).map_err(|error| error.to_string()));
    let output = Command::new(program)
        .arg(cases)
        .stdin(Stdio::null())
        .output();
    match (read, output) {
        (Ok(known), Ok(output)) => return judged(&known, &output),
        (Err(error), _) => verdict.add(format!("`{}` can't be read: {error}", cases.display())),
        (_, Err(error)) => verdict.add(format!("`{}` can't be run: {error}", program.display())),
    }
    (verdict, Verdict::pass())
}

fn judged(known: &Cases, output: &Output) -> (Verdict, Verdict) {
    let (mut verdict, mut variants) = (Verdict::pass(), Verdict::pass());
    let name = |index: usize| {
        let choice = || known.choices.get(index.checked_sub(known.examples.len())?);
        match (known.examples.get(index), choice()) {
            (Some(case), _) => format!("{} as `{}`", case.pointer, case.ty),
            (None, Some(choice)) => format!("{} as `{}`", choice.pointer, choice.ty),
            (None, None) => format!("example {index}"),
        }
    };
    let mut last = None;
    // The first difference of each example is told.
    let mut reported = None;
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        if let Ok(index) = line.parse::<usize>() {
            last = Some(index);
            continue;
        }
        match serde_json::from_str::<Line>(line) {
            Ok(Line::Difference { example, at, what }) => {
                let described = known
                    .examples
                    .get(example)
                    .and_then(|it| it.described.as_ref());
                let may_be_lost = what.ends_with("was lost")
                    && described.is_some_and(|described| !described.contains(&at));
                if !may_be_lost && reported != Some(example) {
                    reported = Some(example);
                    let at = if at.is_empty() {
                        "the whole value"
                    } else {
                        &at
                    };
                    verdict.add(format!("{}: {at}: {what}", name(example)));
                }
            }
            Ok(Line::Variant { choice, variant }) => {
                if let Some(choice) = known.choices.get(choice)
                    && !choice.fits.contains(&variant)
                {
                    let fits: Vec<&str> = choice.fits.iter().map(String::as_str).collect();
                    variants.add(format!(
                        "{} as `{}`: is decoded as `{variant}`, is valid as `{}`",
                        choice.pointer,
                        choice.ty,
                        fits.join("`, `")
                    ));
                }
            }
            // Something that was printed by mistake.
            Err(_) => {}
        }
    }
    if !output.status.success() {
        let what = match output.status.code() {
            Some(TOO_LONG) => "times out".to_owned(),
            _ => format!("terminates the program: {}", output.status),
        };
        let place = last.map_or_else(|| "the first".to_owned(), name);
        verdict.add(format!("{place}: {what}"));
    }
    (verdict, variants)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::process::ExitStatusExt as _;
    use std::process::ExitStatus;

    use serde_json::json;

    use super::*;

    #[test]
    fn what_the_program_tells_is_held_against_what_is_known() {
        let case = |described: Option<&[&str]>| Case {
            check: 0,
            ty: "types::Pet".to_owned(),
            pointer: "/example".to_owned(),
            value: json!({}),
            described: described.map(|it| it.iter().map(|&at| at.to_owned()).collect()),
        };
        let choice = |variant: &str| Choice {
            union: 3,
            ty: "types::Pet".to_owned(),
            pointer: "/example/pet".to_owned(),
            fits: BTreeSet::from([variant.to_owned()]),
            value: json!({}),
        };
        let known = Cases {
            examples: vec![case(None), case(Some(&["/a"])), case(Some(&["/b"]))],
            choices: vec![choice("Cat"), choice("Dog")],
        };
        let lost = |example: usize| {
            json!({"example": example, "at": "/a", "what": "1 was lost"}).to_string()
        };
        let lines = [
            "0".to_owned(),
            lost(0),
            lost(0),
            lost(1),
            lost(2),
            "a line of someone else".to_owned(),
            json!({"choice": 0, "variant": "Cat"}).to_string(),
            json!({"choice": 1, "variant": "Cat"}).to_string(),
            "4".to_owned(),
        ];
        let output = |code: i32| Output {
            status: ExitStatus::from_raw(code << 8),
            stdout: lines.join("\n").into_bytes(),
            stderr: Vec::new(),
        };
        let (verdict, variants) = judged(&known, &output(0));
        // Of the third example, what is lost isn't described.
        let reported = "/example as `types::Pet`: /a: 1 was lost";
        assert_eq!(verdict.first, [reported, reported]);
        let reported = "/example/pet as `types::Pet`: is decoded as `Cat`, is valid as `Dog`";
        assert_eq!(variants.first, [reported]);
        let (verdict, _) = judged(&known, &output(TOO_LONG));
        let reported = "/example/pet as `types::Pet`: times out";
        assert_eq!(verdict.first.last().map(String::as_str), Some(reported));
    }
}
