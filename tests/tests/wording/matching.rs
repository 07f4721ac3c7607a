//! Finding words and phrases in a text.

use crate::terms::{ALLOWED, TERMS};

/// A word of a text, in lower case.
struct Word {
    text: String,
    /// The number of its line, from 0.
    line: usize,
    /// Whether only white space separates it from the word before it.
    follows: bool,
}

/// A term to avoid in a text.
#[derive(Debug, PartialEq)]
pub struct Found {
    /// The number of its line, from 0.
    pub line: usize,
    /// The term.
    pub words: String,
    /// The term to use.
    pub instead: &'static str,
}

/// The phrases to avoid, each as its words, with the term to use.
pub struct Terms {
    avoided: Vec<(Vec<&'static str>, &'static str)>,
    allowed: Vec<Vec<&'static str>>,
}

impl Terms {
    pub fn new() -> Self {
        let phrase = |text: &'static str| text.split(' ').collect::<Vec<&str>>();
        let avoided = TERMS.iter().flat_map(|&(phrases, instead)| {
            phrases.split('|').map(move |it| (phrase(it), instead))
        });
        Self {
            avoided: avoided.collect(),
            allowed: ALLOWED.iter().map(|it| phrase(it)).collect(),
        }
    }

    /// The terms to avoid in a text, in its order. Code between backticks is skipped, for names are those
    /// of an API.
    pub fn find(&self, text: &str) -> Vec<Found> {
        let words = words(text);
        let mut is_allowed = vec![false; words.len()];
        for at in 0..words.len() {
            for phrase in self.allowed.iter().filter(|it| begins(&words[at..], it)) {
                is_allowed[at..at + phrase.len()].fill(true);
            }
        }
        let mut found = Vec::new();
        for at in 0..words.len() {
            let fitting = self.avoided.iter().filter(|(phrase, _)| {
                begins(&words[at..], phrase)
                    && !is_allowed[at..at + phrase.len()].iter().all(|it| *it)
            });
            // A phrase says more than its first word.
            if let Some((phrase, instead)) = fitting.max_by_key(|(phrase, _)| phrase.len()) {
                found.push(Found {
                    line: words[at].line,
                    words: phrase.join(" "),
                    instead,
                });
            }
        }
        found
    }
}

/// Whether words begin with those of a phrase, with nothing but white space between them.
fn begins(words: &[Word], phrase: &[&str]) -> bool {
    words.len() >= phrase.len()
        && phrase
            .iter()
            .zip(words)
            .enumerate()
            .all(|(index, (wanted, word))| word.text == *wanted && (index == 0 || word.follows))
}

/// The words of a text.
fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let (mut line, mut follows, mut newlines) = (0, false, 0);
    let (mut rest, mut before) = (text, ' ');
    while let Some(first) = rest.chars().next() {
        let word = rest
            .find(|it: char| !(it.is_alphanumeric() || matches!(it, '_' | '\'' | '-')))
            .unwrap_or(rest.len());
        if word > 0 && first.is_alphanumeric() {
            let behind = &rest[word..];
            // Parts of a path are names.
            follows &= before != '/';
            let is_path = before == '/' || behind.starts_with('/') || behind.starts_with(".rs");
            if !is_path {
                words.push(Word {
                    text: rest[..word].trim_end_matches(['\'', '-']).to_lowercase(),
                    line,
                    follows,
                });
            }
            (follows, newlines) = (!is_path, 0);
            (rest, before) = (behind, 'a');
            continue;
        }
        let skipped = &rest[..code_span(rest).unwrap_or(first.len_utf8())];
        line += skipped.matches('\n').count();
        newlines += usize::from(first == '\n');
        follows &= first.is_whitespace() && newlines < 2;
        before = first;
        rest = &rest[skipped.len()..];
    }
    words
}

/// The length of a span of code at the start of a text, or of the fence of a block, whose code is not skipped.
fn code_span(text: &str) -> Option<usize> {
    let inner = text.trim_start_matches('`');
    let fence = text.len() - inner.len();
    if fence == 0 || fence > 2 {
        return (fence > 0).then_some(fence);
    }
    let end = inner.find(&text[..fence])?;
    (!inner[..end].contains("\n\n")).then_some(fence + end + fence)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(usize, String)> {
        let found = Terms::new().find(text).into_iter();
        found.map(|it| (it.line, it.words)).collect()
    }

    #[test]
    fn words_and_phrases_are_found_with_their_lines() {
        assert_eq!(
            found("A response.\n\nThe Answer, sent on\nthe wire."),
            [(2, "answer".to_owned()), (2, "on the wire".to_owned())]
        );
    }

    #[test]
    fn code_and_parts_of_words_are_no_findings() {
        for text in [
            "`answer`",
            "unanswered",
            "get_answer()",
            "retries",
            "on, the wire",
            "src/answers.rs",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
        assert_eq!(found("```text\nan answer\n```").len(), 1);
    }

    #[test]
    fn phrases_can_be_allowed() {
        assert_eq!(found("There is no key."), []);
        assert_eq!(found("This is no key."), [(0, "is no".to_owned())]);
    }
}
