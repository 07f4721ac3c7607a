//! The text of a filter to a condition (RFC 9535, sections 2.3.5 and 2.4).

use serde_json::{Number, Value};

use super::parse::{Invalid, segments, string};
use super::query::{Condition, Inner, Operand, Operator};
use super::scanner::Scanner;

/// Reads alternatives, joined with `||`.
pub(super) fn condition(text: &mut Scanner<'_>) -> Result<Condition, Invalid> {
    joined(text, "||", Condition::Any, |text| {
        joined(text, "&&", Condition::All, basic)
    })
}

/// Reads conditions with one sign between them.
fn joined(
    text: &mut Scanner<'_>,
    sign: &str,
    join: impl FnOnce(Vec<Condition>) -> Condition,
    read: impl Fn(&mut Scanner<'_>) -> Result<Condition, Invalid>,
) -> Result<Condition, Invalid> {
    let first = read(text)?;
    let mut others = Vec::new();
    loop {
        let before = text.at;
        text.space();
        if !text.take(sign) {
            text.at = before;
            break;
        }
        text.space();
        others.push(read(text)?);
    }
    if others.is_empty() {
        return Ok(first);
    }
    others.insert(0, first);
    Ok(join(others))
}

/// What a condition begins with.
enum Term {
    Operand(Operand),
    /// A query that may select several values.
    Query(Inner),
    Condition(Condition),
}

fn basic(text: &mut Scanner<'_>) -> Result<Condition, Invalid> {
    let start = text.at;
    let is_negated = text.take("!");
    if is_negated {
        text.space();
    }
    let found = if text.peek() == Some('(') {
        text.nested(parenthesized)?
    } else {
        let term = term(text)?;
        match operator(text) {
            Some(_) if is_negated => {
                let invalid = Invalid::at(start, "`!` can't negate a comparison");
                return Err(invalid.help("put the comparison in parentheses: `!(@.a == 1)`"));
            }
            Some(operator) => {
                let left = comparable(term, start)?;
                text.space();
                let at = text.at;
                let right = comparable(self::term(text)?, at)?;
                Condition::Compare(left, operator, right)
            }
            None => test(term, start)?,
        }
    };
    Ok(if is_negated {
        Condition::Not(Box::new(found))
    } else {
        found
    })
}

fn parenthesized(text: &mut Scanner<'_>) -> Result<Condition, Invalid> {
    text.expect("(")?;
    text.space();
    let found = condition(text)?;
    text.space();
    text.expect(")")?;
    Ok(found)
}

/// The operator that follows, if one does; whitespace before it is read only then.
fn operator(text: &mut Scanner<'_>) -> Option<Operator> {
    const OPERATORS: [(&str, Operator); 6] = [
        ("==", Operator::Equal),
        ("!=", Operator::NotEqual),
        ("<=", Operator::LessOrEqual),
        (">=", Operator::GreaterOrEqual),
        ("<", Operator::Less),
        (">", Operator::Greater),
    ];
    let before = text.at;
    text.space();
    let found = OPERATORS.iter().find(|(sign, _)| text.take(sign));
    if found.is_none() {
        text.at = before;
    }
    found.map(|(_, operator)| *operator)
}

/// A term that is a condition by itself.
fn test(term: Term, at: usize) -> Result<Condition, Invalid> {
    match term {
        Term::Condition(condition) => Ok(condition),
        Term::Query(inner) | Term::Operand(Operand::Query(inner)) => Ok(Condition::Exists(inner)),
        Term::Operand(_) => {
            let invalid = Invalid::at(at, "a value is not a condition");
            Err(invalid.help("compare it, as in `@.name == 'a'`"))
        }
    }
}

fn comparable(term: Term, at: usize) -> Result<Operand, Invalid> {
    match term {
        Term::Operand(operand) => Ok(operand),
        Term::Query(_) => Err(Invalid::at(
            at,
            "a query that can select several values can't be compared",
        )
        .help("use names and indexes alone, or test whether it selects anything: `[?@..name]`")),
        Term::Condition(_) => Err(Invalid::at(at, "a condition can't be compared")),
    }
}

fn term(text: &mut Scanner<'_>) -> Result<Term, Invalid> {
    let start = text.at;
    match text.peek() {
        Some('@' | '$') => {
            let inner = inner(text)?;
            Ok(if inner.is_singular() {
                Term::Operand(Operand::Query(inner))
            } else {
                Term::Query(inner)
            })
        }
        Some('\'' | '"') => Ok(Term::Operand(Operand::Literal(Value::String(string(
            text,
        )?)))),
        Some('-' | '0'..='9') => Ok(Term::Operand(Operand::Literal(number(text)?))),
        Some('a'..='z') => {
            let name = text.take_while(|sign| {
                sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '_'
            });
            let literal = match name {
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                "null" => Value::Null,
                _ => return text.nested(|text| function(text, name, start)),
            };
            Ok(Term::Operand(Operand::Literal(literal)))
        }
        _ => Err(text.invalid("expected `@`, `$`, a literal or a function")),
    }
}

fn inner(text: &mut Scanner<'_>) -> Result<Inner, Invalid> {
    let from_root = text.take("$");
    if !from_root {
        text.expect("@")?;
    }
    let query = segments(text)?;
    Ok(Inner { from_root, query })
}

/// A number (RFC 9535, section 2.3.5.1, which is that of JSON with `-0` besides).
fn number(text: &mut Scanner<'_>) -> Result<Value, Invalid> {
    let start = text.at;
    text.take("-");
    text.take_while(|sign| sign.is_ascii_digit());
    if text.take(".") {
        text.take_while(|sign| sign.is_ascii_digit());
    }
    if text.take("e") || text.take("E") {
        let _sign = text.take("-") || text.take("+");
        text.take_while(|sign| sign.is_ascii_digit());
    }
    let written = &text.text[start..text.at];
    let number = serde_json::from_str::<Number>(written);
    number
        .map(Value::Number)
        .map_err(|_| Invalid::at(start, format!("`{written}` is not a number of JSON")))
}

/// The functions of the specification (RFC 9535, section 2.4), whose name has been read.
fn function(text: &mut Scanner<'_>, name: &str, start: usize) -> Result<Term, Invalid> {
    if !["length", "count", "value", "match", "search"].contains(&name) {
        let invalid = Invalid::at(start, format!("`{name}` is not a function"));
        return Err(invalid.help("use `length`, `count`, `match`, `search` or `value`"));
    }
    text.expect("(")?;
    text.space();
    let found = match name {
        "count" => Term::Operand(Operand::Count(nodes(text)?)),
        "value" => Term::Operand(Operand::Value(nodes(text)?)),
        "length" => Term::Operand(Operand::Length(Box::new(argument(text)?))),
        _ => {
            let value = argument(text)?;
            text.space();
            text.expect(",")?;
            text.space();
            Term::Condition(Condition::Fits {
                text: value,
                pattern: argument(text)?,
                whole: name == "match",
            })
        }
    };
    text.space();
    text.expect(")")?;
    Ok(found)
}

/// An argument that is a value.
fn argument(text: &mut Scanner<'_>) -> Result<Operand, Invalid> {
    let at = text.at;
    match term(text)? {
        Term::Operand(operand) => Ok(operand),
        _ => Err(Invalid::at(at, "this argument must be a single value")),
    }
}

/// An argument that is a query.
fn nodes(text: &mut Scanner<'_>) -> Result<Inner, Invalid> {
    let at = text.at;
    match term(text)? {
        Term::Query(inner) | Term::Operand(Operand::Query(inner)) => Ok(inner),
        _ => Err(Invalid::at(
            at,
            "this argument must be a query, as `@.tags`",
        )),
    }
}
