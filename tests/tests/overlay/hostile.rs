//! Overlays that ask for more than there is: they end with a message, whatever they are applied to.

use std::fmt::Write as _;

use codegen::Severity;

use crate::{PETS, Texts, overlay};

/// The errors of texts that no crate can be made of.
fn errors(texts: &Texts) -> String {
    let Err(diagnostics) = texts.generate() else {
        panic!("a crate is made");
    };
    let errors = diagnostics
        .iter()
        .filter(|it| it.severity == Severity::Error);
    let errors: Vec<&str> = errors.map(|it| &*it.message).collect();
    assert!(!texts.render(&diagnostics).is_empty());
    errors.join("\n")
}

/// A description with many values.
fn large() -> String {
    let mut text = PETS.to_owned();
    for index in 0..3_000 {
        writeln!(
            text,
            "    S{index}: {{type: object, properties: {{a: {{type: string}}}}}}"
        )
        .expect("a string takes all text");
    }
    text
}

#[test]
fn copies_that_double_a_description_end_at_its_limit() {
    let actions = "- target: $.info\n  update: {x-a: {}}\n- target: $.info['x-a']\n  update: {b: {}, c: {}}\n\
        - target: $.info['x-a'].b\n  copy: $.components\n- target: $.info['x-a'].c\n  copy: $.info['x-a'].b\n";
    let doubling = "- target: $.info['x-a'].b\n  update: {c: []}\n- target: $.info['x-a'].b.c\n  update: [1]\n";
    let mut all = format!("{actions}{doubling}");
    for _ in 0..40 {
        all.push_str("- target: $.info['x-a'].b.c\n  copy: $.info['x-a'].b.c\n");
    }
    let texts = Texts::new(PETS)
        .fixed(&all)
        .configured("limits.megabytes = 1\n");
    assert_eq!(
        errors(&texts),
        "the description and what overlays add to it have more than 1 MB"
    );
}

#[test]
fn a_large_value_for_every_value_of_a_description_ends_at_its_limit() {
    let update = "x".repeat(1_000);
    let texts = Texts::new(large())
        .fixed(&format!(
            "- target: $..[?@.type]\n  update: {{x-a: {update}}}"
        ))
        .configured("limits.megabytes = 2\n");
    assert_eq!(
        errors(&texts),
        "the description and what overlays add to it have more than 2 MB"
    );
    // What is removed again doesn't give the room back: the work was done.
    let mut actions = String::new();
    for _ in 0..3_000 {
        let _ = writeln!(
            actions,
            "- target: $.info\n  update: {{x-a: {update}}}\n- target: $.info['x-a']\n  remove: true"
        );
    }
    let texts = Texts::new(PETS)
        .fixed(&actions)
        .configured("limits.megabytes = 2\n");
    assert_eq!(
        errors(&texts),
        "the description and what overlays add to it have more than 2 MB"
    );
}

#[test]
fn a_description_copied_into_itself_is_not_nested_without_end() {
    let mut actions = "- target: $.info\n  update: {x-a: {}}\n".to_owned();
    for _ in 0..64 {
        actions.push_str("- target: $..['x-a']\n  copy: $\n");
    }
    let found = errors(&Texts::new(PETS).fixed(&actions));
    assert!(
        found.contains("nested more than 128 levels deep"),
        "{found}"
    );
    let deep = format!("{}1{}", "[".repeat(100), "]".repeat(100));
    let found = errors(&Texts::new(PETS).fixed(&format!(
        "- target: $.info\n  update: {{x-a: {deep}}}\n- target: $.info..*\n  update: {{x-b: {deep}}}"
    )));
    assert!(found.contains("selects both"), "{found}");
    let into = "[0]".repeat(99);
    let found = errors(&Texts::new(PETS).fixed(&format!(
        "- target: $.info\n  update: {{x-a: {deep}}}\n- target: $.info['x-a']{into}\n  copy: $.info['x-a']"
    )));
    assert!(
        found.contains("nested more than 128 levels deep"),
        "{found}"
    );
}

#[test]
fn paths_that_take_too_long_are_errors() {
    // Each value is compared with the whole description.
    let actions = "- target: $..[?$.components == $.components]\n  remove: true";
    assert_eq!(
        errors(&Texts::new(large()).fixed(actions)),
        "this path takes too long in a description of this size"
    );
    let nested = format!("$..[?{}@.a{}]", "(".repeat(2_000), ")".repeat(2_000));
    let found = errors(&Texts::new(PETS).fixed(&format!("- target: \"{nested}\"\n  remove: true")));
    assert!(found.contains("nested in one another"), "{found}");
}

#[test]
fn many_and_many_wrong_actions_end_with_a_message() {
    let many = "- {target: $.a}\n".repeat(100_001);
    let found = errors(&Texts::new(PETS).fixed(&many));
    assert_eq!(found, "`actions` has more than 100000 items");
    let wrong = "- {target: a}\n".repeat(5_000);
    let found = errors(&Texts::new(PETS).fixed(&wrong));
    assert!(found.ends_with("more errors are not listed"), "{found}");
}

/// Each filter goes down to the innermost value before the next one begins at the root again.
#[test]
fn filters_in_filters_over_deep_values_have_room() {
    let deep = format!("{}{{deep: 1}}{}", "{d: ".repeat(110), "}".repeat(110));
    let path = (0..30).fold("$.info".to_owned(), |inner, _| {
        format!("$..[?@.deep && {inner}]")
    });
    let actions = format!(
        "- target: $.info\n  update: {{x-a: {deep}}}\n- target: \"{path}\"\n  update: {{deep: 2}}"
    );
    let texts = Texts::new(PETS).fixed(&actions);
    let value = texts.read(|spec, _| codegen::parse(spec));
    let value = value.unwrap_or_else(|it| panic!("{}", texts.render(&it)));
    assert!(value.to_string().contains("{\"deep\":2}"));
}

#[test]
fn what_another_implementation_takes_for_ever_for_takes_no_time() {
    for path in [
        "$".to_owned() + &"..*".repeat(60),
        "$".to_owned() + &"[*,*,*]".repeat(100),
    ] {
        let texts = Texts::new(PETS).fixed(&format!("- target: \"{path}\"\n  remove: true"));
        let generated = texts
            .generate()
            .unwrap_or_else(|it| panic!("{}", texts.render(&it)));
        assert!(generated.warnings[0].message.contains("matches nothing"));
    }
}

#[test]
fn many_actions_without_a_match_are_listed_in_part() {
    let mut actions = String::new();
    for index in 0..3_000 {
        let _ = writeln!(
            actions,
            "- {{target: $.components.schemas.S{index}x, remove: true}}"
        );
    }
    let texts = Texts::new(large())
        .fixed(&actions)
        .configured("limits.megabytes = 8\n");
    let generated = texts
        .generate()
        .unwrap_or_else(|it| panic!("{}", texts.render(&it)));
    let last = generated.warnings.last().map(|it| it.message.clone());
    assert!(last.is_some_and(|it| it.contains("more warnings are not listed")));
}

#[test]
fn aliases_and_control_characters_of_an_overlay_do_no_harm() {
    let mut text = "overlay: 1.1.0\ninfo: {title: A, version: '1'}\nx-a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n".to_owned();
    for index in 1..12 {
        let before = format!("*a{}, ", index - 1).repeat(10);
        let _ = writeln!(text, "x-a{index}: &a{index} [{before}]");
    }
    let found = errors(&Texts::new(PETS).with(text + "actions: []\n"));
    assert!(found.contains("this isn't valid YAML"), "{found}");
    let texts = Texts::new(PETS).fixed(
        "- target: \"$['\\e[31m\\u202e']\"\n  remove: true\n- target: \"\\e[31m\"\n  remove: true",
    );
    let found = texts.generate().expect_err("the second is no path");
    let shown = texts.render(&found);
    assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{shown:?}");
}

/// A text cut at every place, and with every byte of it replaced, is refused or taken, and nothing panics.
#[test]
fn damaged_overlays_do_no_harm() {
    let sound = overlay(
        "1.1.0",
        "- target: $..parameters[?@.name == 'limit' && match(@.in, 'q.*')]\n  update: {schema: {type: string}}\n- target: $['info']\n  copy: $.info",
    );
    for at in (0..sound.len()).filter(|at| sound.is_char_boundary(*at)) {
        Texts::new(PETS).with(&sound[..at]).check();
        for sign in ["[", "'", "\u{e9}", "\0", "?"] {
            let text = format!("{}{sign}{}", &sound[..at], &sound[at + 1..]);
            let texts = Texts::new(PETS).with(text);
            texts.render(&texts.check());
        }
    }
}
