//! Texts for schemas of strings: by format, by length, by pattern.

use serde_json::Value;

/// Texts of many forms, for patterns that are too much for [`of_pattern`].
const COMMON: [&str; 18] = [
    "text",
    "a",
    "A",
    "1",
    "10",
    "abc",
    "abc-1",
    "a1b2c3d4",
    "2026-01-02",
    "2026-01-02T03:04:05Z",
    "00000000-0000-4000-8000-000000000000",
    "user@example.com",
    "https://example.com/a",
    "example.com",
    "+15005550006",
    "#aabbcc",
    "1.0.0",
    "/a",
];

/// Most characters of a text.
const LONGEST: usize = 4096;

/// Texts that a schema may take, the likeliest first.
pub(super) fn candidates(node: &Value) -> Vec<String> {
    let mut texts = Vec::new();
    if let Some(pattern) = node.get("pattern").and_then(Value::as_str) {
        texts.extend(of_pattern(pattern));
    }
    let format = node.get("format").and_then(Value::as_str);
    texts.extend(format.and_then(of_format).map(str::to_owned));
    texts.extend(COMMON.map(str::to_owned));
    let length = |keyword: &str, other: usize| {
        let length = node.get(keyword).and_then(Value::as_u64);
        length.map_or(other, |it| {
            usize::try_from(it).unwrap_or(LONGEST).min(LONGEST)
        })
    };
    let (least, most) = (length("minLength", 0), length("maxLength", LONGEST));
    if least > 0 || most < LONGEST {
        let wanted = least.max(4).min(most.max(least));
        texts.insert(usize::from(format.is_some()), "a".repeat(wanted));
    }
    texts
}

/// A text of a format (JSON Schema 2020-12 validation, section 7.3, and OpenAPI's registry).
fn of_format(format: &str) -> Option<&'static str> {
    Some(match format {
        "date-time" => "2026-01-02T03:04:05Z",
        "date" => "2026-01-02",
        "time" => "03:04:05Z",
        "duration" => "P1D",
        "uuid" => "00000000-0000-4000-8000-000000000000",
        "uri" | "url" | "iri" => "https://example.com/a",
        "uri-reference" | "json-pointer" => "/a",
        "email" | "idn-email" => "user@example.com",
        "hostname" => "example.com",
        "ipv4" | "ip" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "byte" | "base64" | "base64url" => "dGV4dA==",
        "regex" => "a",
        _ => return None,
    })
}

/// A text that a regular expression of a simple form matches: characters, classes, groups and how often
/// they come. None for anything else.
fn of_pattern(pattern: &str) -> Option<String> {
    let letters: Vec<char> = pattern.chars().collect();
    let mut reader = Reader {
        letters: &letters,
        at: 0,
    };
    let text = reader.alternatives(0)?;
    (reader.at == letters.len()).then_some(text)
}

struct Reader<'p> {
    letters: &'p [char],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn take(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.at += 1;
        Some(letter)
    }

    /// The first of some alternatives; the others are passed over.
    fn alternatives(&mut self, depth: usize) -> Option<String> {
        const DEEPEST: usize = 20;
        if depth > DEEPEST {
            return None;
        }
        let mut first = None;
        loop {
            let text = self.sequence(depth)?;
            first = first.or(Some(text));
            if self.peek() != Some('|') {
                return first;
            }
            self.at += 1;
        }
    }

    fn sequence(&mut self, depth: usize) -> Option<String> {
        let mut text = String::new();
        while let Some(letter) = self.peek() {
            if matches!(letter, '|' | ')') {
                break;
            }
            self.at += 1;
            let one = match letter {
                '^' | '$' => continue,
                '(' => self.group(depth)?,
                '[' => self.class()?.to_string(),
                '.' => "a".to_owned(),
                '\\' => escaped(self.take()?)?.to_string(),
                letter => letter.to_string(),
            };
            text.push_str(&one.repeat(self.times()?));
            if text.len() > LONGEST {
                return None;
            }
        }
        Some(text)
    }

    fn group(&mut self, depth: usize) -> Option<String> {
        if self.peek() == Some('?') {
            self.at += 1;
            // Those that look around are of another kind.
            if self.take()? != ':' {
                return None;
            }
        }
        let text = self.alternatives(depth + 1)?;
        (self.take()? == ')').then_some(text)
    }

    /// A character of a class.
    fn class(&mut self) -> Option<char> {
        let negated = self.peek() == Some('^');
        self.at += usize::from(negated);
        let mut named = Vec::new();
        loop {
            match self.take()? {
                ']' if !named.is_empty() => break,
                '\\' => named.push(escaped(self.take()?)?),
                '-' if !named.is_empty() && self.peek() != Some(']') => {
                    let (from, to) = (named.last().copied()?, self.take()?);
                    named.extend((from..=to).take(256));
                }
                letter => named.push(letter),
            }
        }
        if negated {
            let others = ['a', '0', 'A', '_', '~'];
            others.into_iter().find(|it| !named.contains(it))
        } else {
            let plain = named.iter().find(|it| it.is_ascii_alphanumeric());
            plain.or(named.first()).copied()
        }
    }

    /// How often the thing before comes: as seldom as it may, but once where it may.
    fn times(&mut self) -> Option<usize> {
        let times = match self.peek() {
            Some('*' | '+' | '?') => {
                self.at += 1;
                1
            }
            Some('{') => {
                let rest = &self.letters[self.at + 1..];
                let end = rest.iter().position(|it| *it == '}')?;
                let inner: String = rest[..end].iter().collect();
                self.at += end + 2;
                let least = inner.split(',').next()?.trim().parse::<usize>();
                let least = least.ok().filter(|it| *it <= LONGEST)?;
                if inner.contains(',') {
                    least.max(1)
                } else {
                    least
                }
            }
            _ => return Some(1),
        };
        if matches!(self.peek(), Some('?' | '+')) {
            self.at += 1;
        }
        Some(times)
    }
}

/// What an escaped letter stands for.
fn escaped(letter: char) -> Option<char> {
    Some(match letter {
        'd' => '1',
        'w' | 'S' | 'D' => 'a',
        's' => ' ',
        'n' => '\n',
        't' => '\t',
        letter if letter.is_ascii_alphanumeric() => return None,
        letter => letter,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn texts_match_simple_patterns() {
        let cases = [
            ("^[a-z]{3}-\\d+$", "aaa-1"),
            ("^(?:us|eu)-[0-9]$", "us-0"),
            ("^[^/]+$", "a"),
            ("^\\+?[1-9]\\d{1,14}$", "+11"),
            ("a|b", "a"),
            ("^[\\w.-]{2,}$", "aa"),
        ];
        for (pattern, expected) in cases {
            assert_eq!(of_pattern(pattern).as_deref(), Some(expected), "{pattern}");
        }
        for pattern in ["(?=a)b", "[", "(", "\\p{L}", "a{9999}"] {
            assert_eq!(of_pattern(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn lengths_and_formats_are_kept_to() {
        assert_eq!(candidates(&json!({"minLength": 6}))[0], "aaaaaa");
        assert_eq!(candidates(&json!({"maxLength": 2}))[0], "aa");
        let date = candidates(&json!({"format": "date", "minLength": 1}));
        assert_eq!(date[0], "2026-01-02");
    }
}
