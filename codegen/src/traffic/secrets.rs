//! What of a recording may be shown, and what takes the place of the rest.
//!
//! Names and values of enums are what a description is corrected with, so they are shown where they look like words, and
//! nothing else is: no value of a header, of a query or of a string.

use serde_json::{Map, Number, Value};

use crate::model::{Api, Shape, Type};

use super::exchange::{Exchange, UrlParts};

/// Replaces what isn't shown.
pub(super) const REDACTED: &str = "redacted";

/// The longest word that is shown.
const LONGEST: usize = 64;

/// Parts of names of headers, parameters and fields whose values are secrets, without separators.
const SECRET_NAMES: [&str; 16] = [
    "authorization",
    "cookie",
    "apikey",
    "accesskey",
    "privatekey",
    "token",
    "secret",
    "password",
    "passwd",
    "passphrase",
    "credential",
    "signature",
    "jwt",
    "bearer",
    "session",
    "otp",
];

/// The secrets of an exchange.
#[derive(Clone, Debug, Default)]
pub(super) struct Secrets {
    values: Vec<String>,
}

impl Secrets {
    /// Those in the headers, the cookies and the URL of an exchange; `parameters` are the names of those with
    /// which the API authenticates, in lower case.
    pub(super) fn of(exchange: &Exchange, parameters: &[String]) -> Self {
        let mut secrets = Self::default();
        let is_secret =
            |name: &str| is_secret_name(name) || parameters.contains(&name.to_ascii_lowercase());
        let headers = exchange.request_headers.iter();
        for (name, value) in headers.chain(&exchange.response_headers) {
            if is_secret(name) {
                let parts = value.split([' ', ',', ';', '=', '"']);
                parts.for_each(|part| secrets.add(part));
                secrets.add(value);
            }
        }
        let url = UrlParts::of(&exchange.url);
        url.userinfo.split(':').for_each(|part| secrets.add(part));
        for (name, value) in url.pairs().filter(|(name, _)| is_secret(name)) {
            secrets.add(&value);
            secrets.add(&name);
        }
        secrets
    }

    fn add(&mut self, value: &str) {
        // Shorter ones are parts of everything.
        const SHORTEST: usize = 4;
        let value = value.trim();
        let is_word = ["bearer", "basic", "path", "httponly", "secure", "samesite"];
        if value.len() >= SHORTEST && !is_word.iter().any(|it| value.eq_ignore_ascii_case(it)) {
            self.values.push(value.to_ascii_lowercase());
        }
    }

    /// Whether a name or the value of an enum may be shown.
    pub(super) fn allow(&self, text: &str) -> bool {
        let lower = text.to_ascii_lowercase();
        is_word(text)
            && !self
                .values
                .iter()
                .any(|secret| lower.contains(secret.as_str()))
    }

    /// The text, or what replaces it.
    pub(super) fn shown<'t>(&self, text: &'t str) -> &'t str {
        if self.allow(text) { text } else { REDACTED }
    }
}

/// Whether a header, a parameter or a field of this name usually has a secret.
pub(super) fn is_secret_name(name: &str) -> bool {
    let letters = name.chars().filter(|it| it.is_alphanumeric());
    let joined: String = letters.flat_map(char::to_lowercase).collect();
    // Page tokens are secrets as well here: nothing is shown of either.
    SECRET_NAMES.iter().any(|part| joined.contains(part))
}

/// Whether a text is a word, as the names of fields and the values of enums are: no sentence, no number, no identifier of
/// a thing or a person, and no key.
pub(super) fn is_word(text: &str) -> bool {
    let is_sign = |it: char| it.is_alphanumeric() || "_-.:/$@#+ []*".contains(it);
    let starts = text.starts_with(|it: char| it.is_alphabetic() || "_$@#+-*".contains(it));
    let spaces = text.matches(' ').count();
    let is_mail = text
        .split_once('@')
        .is_some_and(|(before, _)| !before.is_empty());
    starts
        && text.len() <= LONGEST
        && text.chars().all(is_sign)
        && spaces <= 3
        && !is_mail
        && !text.contains("://")
        && !is_key(text)
}

/// Whether a text looks like a key, a hash or the identifier of a thing.
pub(super) fn is_key(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let runs = text.split(|it: char| !it.is_alphanumeric());
    let is_mixed = |run: &str| {
        let count = |is: fn(&u8) -> bool| run.bytes().filter(is).count();
        let (numbers, letters) = (count(u8::is_ascii_digit), count(u8::is_ascii_alphabetic));
        let is_lower: Vec<bool> = run.bytes().map(|it| it.is_ascii_lowercase()).collect();
        let turns = is_lower.windows(2).filter(|it| it[0] != it[1]).count();
        let is_hex = run.bytes().all(|it| it.is_ascii_hexdigit());
        run.len() >= 12 && numbers >= 2 && letters >= 2
            || run.len() >= 8 && is_hex && numbers >= 1
            || run.len() >= 16 && turns * 2 >= run.len()
            || run.len() >= 40
    };
    // The header of a JSON Web Token is `{"` in Base64.
    digits >= 6 || text.starts_with("eyJ") || runs.into_iter().any(is_mixed)
}

/// A body with its values replaced by others of the same type; what the description lists is kept.
pub(super) fn redacted(api: &Api, ty: Option<&Type>, value: &Value, secrets: &Secrets) -> Value {
    let named = ty.map(|ty| match api.resolve(ty) {
        Type::Nullable(inner) => api.resolve(inner),
        ty => ty,
    });
    match (value, named) {
        (Value::Null | Value::Bool(_), _) => value.clone(),
        (Value::Number(number), _) => Value::Number(redacted_number(number)),
        (Value::String(text), ty) => Value::String(redacted_string(api, ty, text, secrets)),
        (Value::Array(items), ty) => {
            let item = match ty {
                Some(Type::Array(item)) => Some(&**item),
                _ => None,
            };
            let items = items.iter();
            Value::Array(items.map(|it| redacted(api, item, it, secrets)).collect())
        }
        (Value::Object(members), ty) => Value::Object(redacted_object(api, ty, members, secrets)),
    }
}

fn redacted_object(
    api: &Api,
    ty: Option<&Type>,
    members: &Map<String, Value>,
    secrets: &Secrets,
) -> Map<String, Value> {
    let mut clean = Map::new();
    let values = match ty {
        Some(Type::Map(values)) => Some(&**values),
        _ => None,
    };
    for (name, value) in members {
        let (is_known, field) = known_field(api, ty, members, name);
        let is_shown = is_known || values.is_none() && secrets.allow(name);
        let name = if is_shown {
            name.clone()
        } else {
            format!("key{}", clean.len() + 1)
        };
        let value = match value {
            Value::String(_) if is_secret_name(&name) && field.is_none() => REDACTED.into(),
            value => redacted(api, field.or(values), value, secrets),
        };
        clean.insert(name, value);
    }
    clean
}

/// Whether a type has a field of this name, and its type where a value of that may be kept.
fn known_field<'a>(
    api: &'a Api,
    ty: Option<&'a Type>,
    members: &Map<String, Value>,
    name: &str,
) -> (bool, Option<&'a Type>) {
    let Some(Type::Named(id)) = ty else {
        return (false, None);
    };
    match &api.type_def(*id).shape {
        Shape::Struct(shape) => match shape.fields.iter().find(|it| it.wire == name) {
            // A constant is in the description.
            Some(field) => (true, Some(&field.ty)),
            None => (shape.left_out.iter().any(|it| it == name), None),
        },
        Shape::Union(union) => {
            let is_tag = union.tag.as_deref() == Some(name);
            let value = Value::Object(members.clone());
            let variant = union.variant_of(api, &value);
            let found = variant.and_then(|it| match api.resolve(&it.ty) {
                ty @ Type::Named(_) => Some(known_field(api, Some(ty), members, name)),
                _ => None,
            });
            let (is_known, field) = found.unwrap_or_default();
            (is_known || is_tag, field)
        }
        Shape::Newtype(inner) => known_field(api, Some(api.resolve(inner)), members, name),
        _ => (false, None),
    }
}

/// A string of the same form. One that the description lists, or the value of an enum that looks like one, is kept.
fn redacted_string(api: &Api, ty: Option<&Type>, text: &str, secrets: &Secrets) -> String {
    let is_listed = |id| match &api.type_def(id).shape {
        Shape::StringEnum(variants) => {
            variants.iter().any(|it| it.value == *text) || secrets.allow(text)
        }
        _ => false,
    };
    match ty {
        Some(Type::Named(id)) if is_listed(*id) => text.to_owned(),
        Some(Type::Base64 | Type::Base64Url) => "AAAA".to_owned(),
        _ => form(text).to_owned(),
    }
}

/// A string of the same form as another one.
fn form(text: &str) -> &'static str {
    if is_date_time(text) {
        return "2000-01-01T00:00:00Z";
    }
    if is_date(text) {
        return "2000-01-01";
    }
    let groups: Vec<usize> = text.split('-').map(str::len).collect();
    if groups == [8, 4, 4, 4, 12] && text.bytes().all(|it| it == b'-' || it.is_ascii_hexdigit()) {
        return "00000000-0000-0000-0000-000000000000";
    }
    match text {
        "" => "",
        _ if text.starts_with("https://") || text.starts_with("http://") => {
            "https://example.com/redacted"
        }
        _ if text.parse::<f64>().is_ok_and(f64::is_finite) => "0",
        _ => REDACTED,
    }
}

/// Whether a text has the form of an RFC 3339 date.
pub(super) fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

/// Whether a text has the form of an RFC 3339 date-time.
pub(super) fn is_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_at_checked(10) else {
        return false;
    };
    let time = time.strip_prefix(['T', 't', ' ']).unwrap_or_default();
    let is_time = time.len() >= 8 && time.bytes().all(|it| b"0123456789:.+-Zz".contains(&it));
    is_date(date) && is_time
}

/// A number of the same kind, sign and size: small ones, such as counts, are kept.
fn redacted_number(number: &Number) -> Number {
    const LARGEST: u64 = 999;
    let rounded = |number: u64| match number.checked_ilog10() {
        Some(digits) if number > LARGEST => {
            let power = 10_u64.pow(digits);
            number / power * power
        }
        _ => number,
    };
    if let Some(number) = number.as_u64() {
        return rounded(number).into();
    }
    if let Some(number) = number.as_i64() {
        let size = rounded(number.unsigned_abs());
        return (-i64::try_from(size).unwrap_or(i64::MAX)).into();
    }
    let half = number
        .as_f64()
        .map_or(0.5, |number| 0.5_f64.copysign(number));
    Number::from_f64(half).unwrap_or_else(|| 0.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_shown_and_keys_are_not() {
        for word in [
            "sold",
            "IN_PROGRESS",
            "in-review",
            "application/x-a",
            "us-east-1",
            "created_at",
            "gpt-4o",
            "$ref",
            "createdAt",
            "internalServerError",
            "v2beta1",
            "not found",
        ] {
            assert!(is_word(word), "{word}");
        }
        for other in [
            "",
            "7",
            "5f8d0d55b54764421b7156c5",
            "ann@example.com",
            "sk-live-4eC39HqLyjWDarjtT1zd",
            "eyJhbGciOiJIUzI1NiJ9",
            "550e8400-e29b-41d4-a716-446655440000",
            "QWxhZGRpbjpPcGVuU2VzYW1l",
            "+49 170 1234567",
            "the quick brown fox jumps over",
            "https://a.example",
            "a\nb",
            "ghp_16C7e42F292c6912E7",
        ] {
            assert!(!is_word(other), "{other}");
        }
    }

    #[test]
    fn forms_and_sizes_are_kept() {
        assert_eq!(form("2026-11-30T10:00:00.5+01:00"), "2000-01-01T00:00:00Z");
        assert_eq!(form("2026-11-30"), "2000-01-01");
        assert_eq!(form("http://a.example/b"), "https://example.com/redacted");
        assert_eq!(form("Ann"), "redacted");
        let number = |text: &str| {
            let number: Number = serde_json::from_str(text).expect("a number");
            redacted_number(&number).to_string()
        };
        assert_eq!(number("7"), "7");
        assert_eq!(number("-4711"), "-4000");
        assert_eq!(number("18446744073709551615"), "10000000000000000000");
        assert_eq!(number("-1234.5"), "-0.5");
    }

    #[test]
    fn secrets_of_an_exchange_are_known() {
        let exchange = Exchange {
            url: "https://ann:opensesame@a.example/?k=hunter2&q=shown".to_owned(),
            request_headers: vec![("Authorization".to_owned(), "Bearer swordfish".to_owned())],
            ..Exchange::default()
        };
        let secrets = Secrets::of(&exchange, &["k".to_owned()]);
        for text in ["swordfish", "opensesame", "x-Hunter2"] {
            assert_eq!(secrets.shown(text), REDACTED, "{text}");
        }
        assert_eq!(secrets.shown("shown"), "shown");
    }
}
