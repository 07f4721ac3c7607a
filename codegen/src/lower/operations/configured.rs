//! What the configuration says of single parameters, held against those that the operation has.

use std::collections::HashMap;

use crate::config::{self, Value};
use crate::diagnostic::{Diagnostic, Origin, WarningCode};
use crate::model::{Constant, Parameter, ParameterLocation, Shape, Type, Variant};
use crate::names::reserved::{OPTIONS, REQUEST_METHODS};
use crate::names::{Ident, Scope, snake_case};
use crate::nearest::nearest;
use crate::pointer::push;

use super::super::{Lowering, quoted};
use super::Found;

/// The place and the name of a parameter: its identity.
pub(super) type Key = (ParameterLocation, String);

const PLACES: [ParameterLocation; 4] = [
    ParameterLocation::Path,
    ParameterLocation::Query,
    ParameterLocation::Header,
    ParameterLocation::Cookie,
];

/// Most names that a message lists.
const LISTED: usize = 12;

/// What the configuration says of the parameters of one operation.
#[derive(Default)]
pub(super) struct Configured<'a> {
    entries: HashMap<Key, Entry<'a>>,
    names: HashMap<Key, Ident>,
}

/// What it says of one, and where.
struct Entry<'a> {
    settings: &'a config::Parameter,
    pointer: String,
}

impl Configured<'_> {
    /// Whether nobody is to give a value, and none is sent.
    pub(super) fn leaves_out(&self, key: &Key) -> bool {
        let entry = self.entries.get(key);
        entry.is_some_and(|it| it.settings.skip && it.settings.default.is_none())
    }

    /// The name that somebody chose.
    pub(super) fn name(&self, place: ParameterLocation, wire: &str) -> Option<Ident> {
        if self.names.is_empty() {
            return None;
        }
        self.names.get(&(place, wire.to_owned())).cloned()
    }
}

/// What a message says of a parameter that isn't there.
const NO_PARAMETER: &str = "the operation has no parameter";

impl<'a> Lowering<'a> {
    /// Finds the parameters that the configuration speaks of, and names those that it names: somebody
    /// chose these names, so no other parameter has them first.
    pub(super) fn configured_parameters(
        &mut self,
        found: &Found<'a>,
        known: &[Key],
        scope: &mut Scope,
    ) -> Configured<'a> {
        let mut configured = Configured::default();
        let (Some(operation), Some(key)) = (found.config, found.config_key) else {
            return configured;
        };
        let at = push(&push("/operations", key), "parameters");
        for (key, settings) in &operation.parameters {
            let pointer = push(&at, key);
            match which(key, known) {
                Ok(it) => {
                    let entry = Entry { settings, pointer };
                    if let Some(first) = configured.entries.insert(it, entry) {
                        let message = format!("`{key}` is configured twice");
                        let problem = Diagnostic::error(Origin::Config, first.pointer, message);
                        self.report(problem.at_key().help("remove one of the two entries"));
                    }
                }
                Err((message, help)) => {
                    let (message, help) = self.of_client(key, &message, help);
                    let is_gone = message.starts_with(NO_PARAMETER);
                    let mut problem = Diagnostic::error(Origin::Config, pointer, message).at_key();
                    if is_gone {
                        problem.demote(WarningCode::UnknownName);
                    }
                    self.report(problem.help(help));
                }
            }
        }
        // In the order of the description, so that the same texts give the same names.
        for key in known {
            if let Some(entry) = configured.entries.get(key)
                && let Some(name) = &entry.settings.name
            {
                let at = push(&entry.pointer, "name");
                if let Some(name) = self.chosen_name(name, key, known, &configured, scope, &at) {
                    configured.names.insert(key.clone(), name);
                }
            }
        }
        configured
    }

    /// What is wrong with a name that no parameter has, where the client sends such a parameter.
    fn of_client(&self, key: &str, message: &str, help: String) -> (String, String) {
        let mut parameters = self.config.client.parameters.keys();
        if parameters.any(|it| it.eq_ignore_ascii_case(key)) {
            let message = format!("the client sends `{key}`, so no call sets it");
            let help = "remove the entry, or the one under `[client.parameters]`";
            return (message, help.to_owned());
        }
        (message.to_owned(), help)
    }

    fn chosen_name(
        &mut self,
        name: &str,
        key: &Key,
        known: &[Key],
        configured: &Configured<'_>,
        scope: &mut Scope,
        at: &str,
    ) -> Option<Ident> {
        let wanted = snake_case(name);
        let is_kept = |prefix: &&str| wanted.starts_with(prefix);
        let is_named = |it: &&Key| {
            let entry = configured.entries.get(*it);
            entry.is_some_and(|entry| entry.settings.name.is_some() || entry.settings.skip)
        };
        let mut others = known.iter().filter(|it| *it != key && !is_named(it));
        let clash = if OPTIONS.iter().any(is_kept) || REQUEST_METHODS.contains(&&*wanted) {
            Some("the client's own methods".to_owned())
        } else if let Some((_, wire)) = others.find(|(_, wire)| snake_case(wire) == wanted) {
            Some(format!("the parameter `{wire}`"))
        } else {
            None
        };
        let clash = match clash {
            Some(clash) => clash,
            None => {
                let ident = scope.name(&[&wanted], "parameter");
                // A keyword has an underscore behind it.
                if ident.as_str().trim_end_matches('_') == wanted.trim_end_matches('_') {
                    return Some(ident);
                }
                "another parameter of the configuration".to_owned()
            }
        };
        let message = format!("the name `{wanted}` clashes with {clash}");
        let problem = Diagnostic::error(Origin::Config, at, message);
        self.report(problem.help("choose another name"));
        None
    }

    /// Does to a parameter what the configuration says of it.
    pub(super) fn configure(&mut self, parameter: &mut Parameter, configured: &Configured<'a>) {
        if configured.entries.is_empty() {
            return;
        }
        let key = (parameter.place, parameter.wire.clone());
        let Some(Entry { settings, pointer }) = configured.entries.get(&key) else {
            return;
        };
        let wire = &parameter.wire;
        if let Some(value) = &parameter.constant {
            let message = format!("`{wire}` can only be `{value}`, which is always sent");
            let problem = Diagnostic::error(Origin::Config, pointer, message).at_key();
            self.report(problem.help("remove the entry: it has no effect"));
            return;
        }
        let Some(default) = &settings.default else {
            if settings.skip && parameter.required {
                let message = format!("`{wire}` is required, so it can't be skipped");
                let problem = Diagnostic::error(Origin::Config, push(pointer, "skip"), message);
                self.report(
                    problem
                        .at_key()
                        .help("add the value that is sent, with `default`"),
                );
            }
            return;
        };
        match self.default_value(wire, default, &parameter.ty) {
            Ok(value) if is_no_segment(parameter, &value) => {
                let message = format!("`{value}` would change the path");
                let problem = Diagnostic::error(Origin::Config, push(pointer, "default"), message);
                self.report(problem.help("use a value that is a part of a path"));
            }
            Ok(value) if settings.skip => {
                parameter.required = true;
                parameter.constant = Some(value);
            }
            Ok(value) => {
                parameter.required = false;
                // What the server would take is never left to it.
                parameter.docs.default = None;
                parameter.default = Some(value);
            }
            Err(Problem { message, help }) => {
                let at = push(pointer, "default");
                self.report(Diagnostic::error(Origin::Config, at, message))
                    .help = help;
            }
        }
    }

    /// The value of a default, which has to suit the type of its parameter.
    fn default_value(&self, wire: &str, default: &Value, ty: &Type) -> Result<Constant, Problem> {
        let wrong = |what: &str, example: &str| {
            let found = shown(default);
            Err(Problem {
                message: format!("the default of `{wire}` must be {what}, but is {found}"),
                help: Some(format!("write it as in `default = {example}`")),
            })
        };
        let no_default = || {
            Err(Problem {
                message: format!("`{wire}` can't have a default"),
                help: Some("only strings, numbers, booleans and enums can".to_owned()),
            })
        };
        match (self.types.behind_aliases(ty), default) {
            (Type::Nullable(inner), _) => self.default_value(wire, default, &inner),
            (Type::Bool, Value::Boolean(value)) => Ok(Constant::Boolean(*value)),
            (Type::Bool, _) => wrong("`true` or `false`", "true"),
            (Type::I64 | Type::I128 | Type::F64 | Type::Decimal, Value::Integer(value)) => {
                Ok(Constant::Integer(*value))
            }
            (Type::U64, Value::Integer(value)) if *value >= 0 => Ok(Constant::Integer(*value)),
            (Type::U64, _) => wrong("an integer that isn't negative", "20"),
            (Type::I64 | Type::I128, _) => wrong("an integer", "20"),
            (Type::F64 | Type::Decimal, Value::Number(value)) => {
                Ok(Constant::Float(value.parse().unwrap_or_default()))
            }
            (Type::F64 | Type::Decimal, _) => wrong("a number", "0.5"),
            (
                Type::String | Type::DateTime | Type::Date | Type::Base64 | Type::Base64Url,
                Value::Text(text),
            ) => Ok(Constant::Text(text.clone())),
            (Type::String | Type::DateTime | Type::Date | Type::Base64 | Type::Base64Url, _) => {
                wrong("a string", "\"text\"")
            }
            (Type::Named(id), _) => match (self.types.shape(id), default) {
                (Some(Shape::StringEnum(variants)), Value::Text(text)) => {
                    one_of(wire, variants, text).map(Constant::Text)
                }
                (Some(Shape::StringEnum(_)), _) => wrong("a string", "\"text\""),
                (Some(Shape::IntegerEnum(variants)), Value::Integer(value)) => {
                    one_of(wire, variants, value).map(Constant::Integer)
                }
                (Some(Shape::IntegerEnum(_)), _) => wrong("an integer", "20"),
                _ => no_default(),
            },
            (Type::Array(_) | Type::Map(_) | Type::Value | Type::External(_), _) => no_default(),
        }
    }
}

/// What is wrong, and how to mend it.
#[derive(Debug)]
struct Problem {
    message: String,
    help: Option<String>,
}

/// A value as a message has it.
fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => format!("the string `{text}`"),
        Value::Boolean(value) => format!("`{value}`"),
        Value::Integer(value) => format!("`{value}`"),
        Value::Number(value) => format!("`{value}`"),
    }
}

/// A value, if it is one of an enum.
fn one_of<T: PartialEq + Clone + ToString>(
    wire: &str,
    variants: &[Variant<T>],
    value: &T,
) -> Result<T, Problem> {
    let mut values = variants.iter().map(|it| &it.value);
    if values.any(|it| it == value) {
        return Ok(value.clone());
    }
    let value = value.to_string();
    let known: Vec<String> = variants.iter().map(|it| it.value.to_string()).collect();
    let help = match nearest(&value, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => listed(&known),
    };
    Err(Problem {
        message: format!("`{wire}` has no value `{value}`"),
        help: Some(help),
    })
}

fn listed(names: &[String]) -> String {
    let more = if names.len() > LISTED { ", .." } else { "" };
    let names = quoted(names.iter().take(LISTED).map(String::as_str));
    format!("use one of {names}{more}")
}

/// Whether a path with this value would be another path (RFC 3986, section 5.2.4).
fn is_no_segment(parameter: &Parameter, value: &Constant) -> bool {
    parameter.place == ParameterLocation::Path
        && matches!(value, Constant::Text(text) if ["", ".", ".."].contains(&text.as_str()))
}

/// The parameter that a key means: its name, with its place in front where two have that name.
fn which(key: &str, known: &[Key]) -> Result<Key, (String, String)> {
    let same = |(place, wire): &&Key, name: &str| match place {
        // Names of headers are the same in either case (RFC 9110, section 5.1).
        ParameterLocation::Header => wire.eq_ignore_ascii_case(name),
        _ => wire == name,
    };
    let named: Vec<&Key> = known.iter().filter(|it| same(it, key)).collect();
    match named.as_slice() {
        [only] => return Ok((*only).clone()),
        [] => {}
        several => {
            let keys: Vec<String> = several.iter().map(|it| with_place(it)).collect();
            let message = format!("`{key}` is the name of {} parameters", several.len());
            return Err((message, listed(&keys)));
        }
    }
    if let Some((place, name)) = key.split_once(':')
        && let Some(place) = PLACES.into_iter().find(|it| it.as_str() == place)
        && let Some(it) = known.iter().find(|it| it.0 == place && same(it, name))
    {
        return Ok(it.clone());
    }
    let wires: Vec<String> = known.iter().map(|(_, wire)| wire.clone()).collect();
    let help = match nearest(key, wires.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None if wires.is_empty() => "remove the entry: the operation has no parameters".to_owned(),
        None => listed(&wires),
    };
    Err((format!("{NO_PARAMETER} `{key}`"), help))
}

fn with_place((place, wire): &Key) -> String {
    format!("{}:{wire}", place.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_known_by_their_names_and_by_their_places_where_two_have_one() {
        let key = |place, wire: &str| (place, wire.to_owned());
        let known = [
            key(ParameterLocation::Query, "id"),
            key(ParameterLocation::Header, "Id"),
            key(ParameterLocation::Query, "sort"),
        ];
        assert_eq!(which("sort", &known), Ok(known[2].clone()));
        assert_eq!(which("query:sort", &known), Ok(known[2].clone()));
        assert_eq!(which("header:id", &known), Ok(known[1].clone()));
        assert_eq!(which("Id", &known), Ok(known[1].clone()));
        let (message, help) = which("id", &known).expect_err("two are called so");
        assert_eq!(message, "`id` is the name of 2 parameters");
        assert_eq!(help, "use one of `query:id`, `header:Id`");
        let (_, help) = which("srot", &known).expect_err("none is called so");
        assert_eq!(help, "did you mean `sort`?");
    }
}
