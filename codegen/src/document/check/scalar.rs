//! Text, numbers and booleans, and what is taken for them.

use serde_json::{Number, Value};

use super::shape::Want;
use super::{Checker, error, warning};
use crate::diagnostic::WarningCode;
use crate::nearest::nearest;
use crate::pointer::Place;

/// The names that `type` can have (JSON Schema 2020-12 core, section 4.2.1).
const TYPES: [&str; 7] = [
    "string", "integer", "number", "boolean", "object", "array", "null",
];

/// A value in words: `the number 3`, `a list`.
pub(crate) fn described(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => format!("the boolean {flag}"),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) if text.chars().count() > 40 => {
            let start: String = text.chars().take(40).collect();
            format!("the string {start:?}...")
        }
        Value::String(text) => format!("the string {text:?}"),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

impl Checker {
    /// Checks a value that is no collection.
    pub(super) fn scalar(&mut self, value: &mut Value, want: Want, place: &Place<'_>) -> bool {
        match want {
            Want::Text => self.text(value, place),
            Want::OneOf(words) => self.word(value, words, place),
            Want::TypeNames => self.type_names(value, place),
            Want::Flag => value.is_boolean() || self.quoted_flag(value, place),
            Want::Number => value.is_number() || self.quoted_number(value, "a number", place),
            Want::FlagOrNumber => {
                value.is_boolean()
                    || value.is_number()
                    || self.quoted_number(value, "a number or a boolean", place)
            }
            Want::Count => self.count(value, place),
            _ => true,
        }
    }

    /// Text; YAML makes numbers and booleans of text without quotes.
    pub(super) fn text(&mut self, value: &mut Value, place: &Place<'_>) -> bool {
        let text = match value {
            Value::String(_) => return true,
            Value::Number(number) => number.to_string(),
            Value::Bool(flag) => flag.to_string(),
            _ => return self.wrong(value, "a string", place),
        };
        let found = described(value);
        let diagnostic = warning(
            WarningCode::WrongType,
            place,
            format!("expected a string, found {found}"),
        );
        self.report(
            diagnostic
                .label("treated as a string")
                .help("quote the value"),
        );
        self.became_text.push(place.pointer());
        *value = Value::String(text);
        true
    }

    fn word(&mut self, value: &mut Value, words: &[&str], place: &Place<'_>) -> bool {
        let Some(text) = value.as_str() else {
            return self.wrong(value, "a string", place);
        };
        if words.contains(&text) {
            return true;
        }
        let help = nearest(text, words.iter().copied())
            .map(|word| format!("did you mean `{word}`?"))
            .or_else(|| swagger(text).map(str::to_owned));
        let found = described(value);
        let known: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        let label = format!("expected {}", known.join(", "));
        let mut diagnostic =
            error(place, format!("{found} is not a valid value here")).label(label);
        diagnostic.help = help;
        self.report(diagnostic);
        false
    }

    fn type_names(&mut self, value: &mut Value, place: &Place<'_>) -> bool {
        match value {
            Value::Array(names) => {
                let mut fit = true;
                for (index, name) in names.iter_mut().enumerate() {
                    fit &= self.type_name(name, &place.index(index));
                }
                fit
            }
            _ => self.type_name(value, place),
        }
    }

    fn type_name(&mut self, value: &mut Value, place: &Place<'_>) -> bool {
        if value.is_null() {
            // The word without quotes: YAML can't tell it from nothing.
            *value = Value::String("null".to_owned());
            return true;
        }
        let Some(name) = value.as_str() else {
            return self.wrong(value, "a type name", place);
        };
        if TYPES.contains(&name) || name == "file" || name == "any" {
            return true;
        }
        let meant = TYPES
            .into_iter()
            .find(|known| known.eq_ignore_ascii_case(name));
        let help = nearest(name, TYPES).map(|known| format!("did you mean `{known}`?"));
        let message = format!("unknown type `{name}`");
        let label = match meant {
            Some(known) => format!("treated as `{known}`"),
            None => "treated as any value".to_owned(),
        };
        let mut diagnostic = warning(WarningCode::UnknownType, place, message).label(label);
        diagnostic.help = help;
        self.report(diagnostic);
        *value = Value::String(meant.unwrap_or("any").to_owned());
        true
    }

    fn quoted_flag(&mut self, value: &mut Value, place: &Place<'_>) -> bool {
        let flag = match value.as_str() {
            Some("true") => true,
            Some("false") => false,
            _ => return self.wrong(value, "`true` or `false`", place),
        };
        let message = format!("expected a boolean, found the string \"{flag}\"");
        self.report(warning(WarningCode::WrongType, place, message).label("remove the quotes"));
        *value = Value::Bool(flag);
        true
    }

    fn quoted_number(&mut self, value: &mut Value, expected: &str, place: &Place<'_>) -> bool {
        let parsed = value.as_str().and_then(|text| text.parse::<Number>().ok());
        let Some(number) = parsed else {
            return self.wrong(value, expected, place);
        };
        let message = format!("expected {expected}, found the string \"{number}\"");
        self.report(warning(WarningCode::WrongType, place, message).label("remove the quotes"));
        *value = Value::Number(number);
        true
    }

    fn count(&mut self, value: &mut Value, place: &Place<'_>) -> bool {
        let expected = "a non-negative integer";
        if !value.is_number() && !self.quoted_number(value, expected, place) {
            return false;
        }
        if value.as_u64().is_some() {
            return true;
        }
        match value.as_f64().and_then(whole) {
            Some(count) if count >= 0 => {
                *value = Value::Number(count.into());
                true
            }
            _ => self.wrong(value, expected, place),
        }
    }
}

/// The whole number that a double is, if it is one that doubles hold exactly.
pub(crate) fn whole(double: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the condition makes it an integer within 2^53"
    )]
    (double.fract() == 0.0 && double.abs() <= EXACT).then_some(double as i64)
}

/// What to write instead of words that OpenAPI 3 gave up.
fn swagger(word: &str) -> Option<&'static str> {
    match word {
        "body" | "formData" => Some("this is Swagger 2.0: describe the body in `requestBody`"),
        "basic" => Some("this is Swagger 2.0: write `type: http` and `scheme: basic`"),
        _ => None,
    }
}
