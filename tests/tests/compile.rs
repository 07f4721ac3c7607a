//! What a program that uses the crate may and may not write.
//!
//! A message of the compiler that changed is taken over with `TRYBUILD=overwrite`.

#[test]
fn programs_that_should_compile_do_and_the_others_say_why_not() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/compile/pass/*.rs");
    cases.compile_fail("tests/compile/fail/*.rs");
}

/// `compile/pass/readme.rs` is the README's program within a function.
#[test]
fn the_program_in_the_readme_is_one_that_compiles() {
    let readme = include_str!("../../README.md");
    let (_, rest) = readme
        .split_once("```rust\n")
        .expect("the README has a program");
    let (program, _) = rest.split_once("```").expect("the program ends");
    let compiled = include_str!("compile/pass/readme.rs");
    let lines: Vec<&str> = compiled.lines().map(str::trim).collect();
    for line in program.lines().map(str::trim) {
        assert!(
            lines.contains(&line),
            "not in compile/pass/readme.rs: {line}"
        );
    }
}
