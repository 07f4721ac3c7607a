//! No text of a description or a configuration becomes code, markup or a file: whatever stands in
//! whichever place, the crate is the one that harmless texts give, with other texts and names in it.
//!
//! `kitchen.yaml` and `kitchen.toml` have a word in every place that can hold a text. Texts are put
//! in place of words, and what is made is held against what the words make. `INJECTION_ROUNDS` in the
//! environment makes for more rounds of made-up texts than usual.

mod judge;
mod kitchen;
mod prose;
mod rules;
mod skeleton;
mod texts;

use std::env;

use judge::{Judge, Outcome};
use kitchen::{Assignment, Kitchen};
use rules::{Tally, has_rules, is_taken};
use texts::{HOSTILE, Random};

/// Rounds of made-up texts, unless the environment asks for more.
const ROUNDS: usize = 30;

fn rounds() -> usize {
    let asked = env::var("INJECTION_ROUNDS").ok();
    asked.and_then(|it| it.parse().ok()).unwrap_or(ROUNDS)
}

/// The words of places where any text does.
fn free(judge: &Judge) -> Vec<String> {
    let words = judge.kitchen.words().into_iter();
    words
        .filter(|word| !has_rules(&judge.kitchen, word))
        .collect()
}

/// Every text in every place, all places at once: each round moves the texts on by so many places.
fn every_text_everywhere(kitchen: Kitchen, step: usize) {
    let judge = Judge::new(kitchen);
    let words = free(&judge);
    let texts: Vec<&str> = HOSTILE.iter().copied().filter(|it| !is_taken(it)).collect();
    let mut tally = Tally::default();
    for round in (0..texts.len()).step_by(step) {
        let moved = texts.iter().cycle().skip(round);
        let assigned: Assignment = words
            .iter()
            .zip(moved)
            .map(|(word, &text)| (word.clone(), text.to_owned()))
            .collect();
        tally.settle(&judge, assigned);
    }
    tally.finish(1);
}

#[test]
fn every_text_in_every_place() {
    every_text_everywhere(Kitchen::new(), 3);
}

#[test]
fn every_text_in_the_forms_of_older_descriptions() {
    every_text_everywhere(Kitchen::older(), 5);
}

#[test]
fn every_text_without_a_configuration() {
    every_text_everywhere(Kitchen::without_config(), 2);
}

#[test]
fn names_that_every_type_has() {
    let judge = Judge::new(Kitchen::without_config());
    let words = free(&judge);
    let texts: Vec<&str> = HOSTILE.iter().copied().filter(|it| is_taken(it)).collect();
    let mut tally = Tally::default();
    for round in 0..texts.len() {
        let moved = texts.iter().cycle().skip(round);
        let assigned = words.iter().zip(moved);
        let assigned = assigned.map(|(word, &text)| (word.clone(), text.to_owned()));
        let mut assigned: Assignment = assigned.collect();
        // With them as names, other code does the same.
        let (spec, config) = judge.kitchen.texts(&mut assigned);
        let outcome = judge.outcome_of(&spec, &config, false);
        if !matches!(outcome, Outcome::Same | Outcome::LeftOut(_)) {
            tally.add(&assigned, &outcome);
        }
    }
    tally.finish(0);
}

#[test]
fn texts_where_only_some_are_taken() {
    let judge = Judge::new(Kitchen::new());
    let words = judge.kitchen.words();
    let mut tally = Tally::default();
    let ruled = |word: &&String| has_rules(&judge.kitchen, word);
    for (place, word) in words.iter().filter(ruled).enumerate() {
        // A few for each place, others for the next one.
        // A type of media may have parameters, and a star makes it a range.
        let says_more = |text: &str| word.ends_with("media") && text.contains(['*', ',', ';']);
        let texts = HOSTILE.iter();
        let texts = texts.filter(|text| !is_taken(text) && !says_more(text));
        for text in texts.skip(place % 29).step_by(29) {
            let assigned = Assignment::from([(word.clone(), (*text).to_owned())]);
            tally.settle(&judge, assigned);
        }
    }
    tally.finish(100);
}

#[test]
fn made_up_texts() {
    let judges = [Kitchen::new(), Kitchen::older(), Kitchen::without_config()].map(Judge::new);
    let mut tally = Tally::default();
    for seed in 0..rounds() {
        let judge = &judges[seed % judges.len()];
        let mut random = Random::new(u64::try_from(seed).expect("a small number"));
        let mut assigned = Assignment::new();
        for word in free(judge) {
            let text = random.text();
            if random.below(2) == 0 && !is_taken(&text) {
                assigned.insert(word, text);
            }
        }
        tally.settle(judge, assigned);
    }
    tally.finish(5);
}

#[test]
fn texts_where_the_description_says_what_something_is() {
    let judge = Judge::new(Kitchen::new());
    let fixed = judge.kitchen.fixed();
    let mut random = Random::new(1);
    let mut tally = Tally::default();
    for _ in 0..rounds() {
        let place = &fixed[random.below(fixed.len())];
        let text = random.pick(HOSTILE);
        let (spec, config) = judge.kitchen.damaged(place, text);
        let outcome = judge.outcome_of(&spec, &config, false);
        if let Outcome::Broken(_) = outcome {
            let assigned = Assignment::from([(format!("{place:?}"), text.to_owned())]);
            tally.add(&assigned, &outcome);
        }
    }
    tally.finish(0);
}

#[test]
fn long_texts() {
    let judge = Judge::new(Kitchen::new());
    let mut tally = Tally::default();
    let long = |text: &str, length: usize| text.repeat(length / text.len());
    for (word, text) in [
        ("zqinfo", long("many \" words ", 1 << 20)),
        ("zqpetabout", long("x", 1 << 20)),
        ("zqnamedefault", long("\"\\", 1 << 20)),
        ("zqnameexample", long("\u{202e}", 1 << 20)),
        ("zqthree", long("\" ", 1 << 20)),
        ("zqdetail", long("name", 300)),
        ("zqget", long("name", 300)),
        ("zqbird", long("Name", 300)),
        ("zqtitle", long("title ", 300)),
    ] {
        tally.settle(&judge, Assignment::from([(word.to_owned(), text)]));
    }
    tally.finish(0);
}
