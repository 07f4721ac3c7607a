//! What the code blocks of a page show: requests of curl, and responses in JSON.

use crate::facts::{At, Curl, Example};

use super::Trouble;
use super::types::shortened;

/// A block of code.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub(super) language: String,
    pub(super) text: String,
    /// Its first line.
    pub(super) at: Option<At>,
}

/// The JSON of a block; nothing where it isn't any.
pub(super) fn json(block: &Block, trouble: &mut Trouble) -> Option<Example> {
    let at = block.at?;
    match serde_json::from_str(&block.text) {
        Ok(value) => Some(Example {
            text: block.text.clone(),
            value,
            at,
        }),
        Err(error) => {
            let line = At {
                line: at.line + error.line().saturating_sub(1),
                ..at
            };
            let message = "the example is not JSON".to_owned();
            trouble.warn(line, message, &format!("not compared: {error}"));
            None
        }
    }
}

/// An argument of a command line, and the line that it begins on, from 0.
struct Word {
    text: String,
    line: usize,
}

/// The request that a block shows; nothing where it is no command line of curl.
pub(super) fn curl(block: &Block, trouble: &mut Trouble) -> Option<Curl> {
    let at = block.at?;
    let words = shell_words(&block.text);
    let mut words = words.into_iter().peekable();
    if words.next()?.text != "curl" {
        return None;
    }
    let mut curl = Curl {
        at,
        method: None,
        url: String::new(),
        headers: Vec::new(),
        body: None,
    };
    while let Some(word) = words.next() {
        let mut value = || words.next();
        match word.text.as_str() {
            "-X" | "--request" => curl.method = value().map(|it| it.text.to_ascii_uppercase()),
            "-H" | "--header" => {
                if let Some(header) = value()
                    && let Some((name, value)) = header.text.split_once(':')
                {
                    let (name, value) = (name.trim().to_owned(), value.trim().to_owned());
                    curl.headers.push((name, value));
                }
            }
            "-d" | "--data" | "--data-raw" | "--json" => {
                if let Some(data) = value() {
                    curl.body = body(data, at, trouble);
                }
            }
            "-F" | "--form" | "--form-string" | "-o" | "--output" | "-u" | "--user"
            | "--data-binary" | "--data-urlencode" => {
                value();
            }
            flag if flag.starts_with('-') => {}
            url if curl.url.is_empty() => url.clone_into(&mut curl.url),
            _ => {}
        }
    }
    Some(curl)
}

fn body(data: Word, at: At, trouble: &mut Trouble) -> Option<Example> {
    let line = At {
        line: at.line + data.line,
        ..at
    };
    if !data.text.trim_start().starts_with(['{', '[']) {
        return None;
    }
    match serde_json::from_str(&data.text) {
        Ok(value) => Some(Example {
            text: data.text,
            value,
            at: line,
        }),
        Err(error) => {
            let text = shortened(data.text.trim_start().lines().next().unwrap_or_default());
            let message = format!("the request body of the example, `{text}`, is not JSON");
            let line = At {
                line: line.line + error.line().saturating_sub(1),
                ..line
            };
            trouble.warn(line, message, &format!("not compared: {error}"));
            None
        }
    }
}

/// The words of a command line, by the rules of the shell for quotes and line ends (POSIX.1-2024,
/// Shell Command Language, 2.2). Variables stay as they are.
fn shell_words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut current: Option<Word> = None;
    let mut quote = None;
    let mut line = 0;
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        let push = |current: &mut Option<Word>, character: Option<char>| {
            let word = current.get_or_insert_with(|| Word {
                text: String::new(),
                line,
            });
            word.text.extend(character);
        };
        match (character, quote) {
            ('\'' | '"', None) => {
                quote = Some(character);
                push(&mut current, None);
            }
            (_, Some(open)) if character == open => quote = None,
            ('\\', None | Some('"')) => match characters.next() {
                Some('\n') => {}
                Some(escaped) if quote.is_none() || matches!(escaped, '"' | '\\' | '$' | '`') => {
                    push(&mut current, Some(escaped));
                }
                escaped => {
                    push(&mut current, Some('\\'));
                    push(&mut current, escaped);
                }
            },
            (space, None) if space.is_whitespace() => words.extend(current.take()),
            _ => push(&mut current, Some(character)),
        }
        line = text.len() - characters.as_str().len();
    }
    words.extend(current);
    // Places became lines: counting them once keeps this linear.
    let mut seen = (0, 0);
    for word in &mut words {
        let (from, lines) = seen;
        let lines = lines + text[from..word.line].matches('\n').count();
        seen = (word.line, lines);
        word.line = lines;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_read_as_a_shell_would() {
        let block = Block {
            language: "http".to_owned(),
            text: "curl https://cats.example/v1/cats/$CAT_ID \\\n    -X POST \\\n    -H \"Authorization: Bearer $KEY\" \\\n    -d '{\n  \"name\": \"it'\\''s\"\n}'\n".to_owned(),
            at: Some(At { page: 0, line: 10 }),
        };
        let found = curl(&block, &mut Trouble::default()).unwrap();
        assert_eq!(found.url, "https://cats.example/v1/cats/$CAT_ID");
        assert_eq!(found.method.as_deref(), Some("POST"));
        assert_eq!(
            found.headers,
            [("Authorization".to_owned(), "Bearer $KEY".to_owned())]
        );
        let body = found.body.unwrap();
        assert_eq!(body.value["name"], "it's");
        assert_eq!(body.at.line, 13);
    }
}
