//! `[client.parameters]`: what (nearly) all operations ask for, as suggestions.

use indexmap::IndexMap;

use crate::model::{Api, ParameterLocation};
use crate::names::words;

use super::text::{aligned, key, string};
use super::variable;

/// With fewer operations, an argument of all of them is no burden.
const FEWEST: usize = 5;

/// Of ten operations, so many ask for what is the client's.
const NEARLY_ALL: usize = 8;

/// Words of the names of credentials.
const CREDENTIALS: [&str; 5] = ["apikey", "authorization", "key", "secret", "token"];

/// The suggestions, each a line of the table `[client]`.
pub(super) fn suggestions(api: &Api) -> String {
    let mut uses: IndexMap<&str, usize> = IndexMap::new();
    let mut count = 0;
    for (_, operation) in api.operations() {
        count += 1;
        for parameter in operation.arguments() {
            let place = parameter.place;
            if matches!(place, ParameterLocation::Header | ParameterLocation::Query) {
                *uses.entry(&parameter.wire).or_default() += 1;
            }
        }
    }
    let nearly_all = |uses: usize| count >= FEWEST && uses * 10 >= count * NEARLY_ALL;
    let found = uses.into_iter().filter(|(_, uses)| nearly_all(*uses));
    let lines: Vec<(String, String)> = found
        .map(|(wire, uses)| {
            let env = string(&variable(api, wire));
            let is_credential = words(wire)
                .iter()
                .any(|word| CREDENTIALS.contains(&word.as_str()));
            let credential = if is_credential {
                "credential = true, "
            } else {
                ""
            };
            let line = format!("# parameters.{} = {{ {credential}env = {env} }}", key(wire));
            (line, format!("an argument of {uses} of {count} operations"))
        })
        .collect();
    if lines.is_empty() {
        return String::new();
    }
    format!(
        "# With these, the client is given once what nearly all operations ask for.\n{}",
        aligned(&lines)
    )
}
