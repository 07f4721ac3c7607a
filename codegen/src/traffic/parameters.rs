//! Parameters of a request, compared with those of the operation.

use serde_json::Value;

use crate::model::{Auth, Parameter, ParameterLocation, Shape, Style, Type};

use super::bodies::Scene;
use super::exchange::{Exchange, UrlParts};
use super::finding::{DeviationKind, Found};
use super::inferred;

impl Scene<'_> {
    pub(super) fn parameters(&mut self, exchange: &Exchange) {
        let query: Vec<(String, String)> = UrlParts::of(&exchange.url).pairs().collect();
        for (name, value) in &query {
            if !self.is_known_in_query(name) {
                self.undocumented_parameter(name, value);
            }
        }
        let operation = self.operation;
        for parameter in &operation.parameters {
            let values: Vec<&str> = match parameter.place {
                ParameterLocation::Path => continue,
                ParameterLocation::Query => {
                    let own = query
                        .iter()
                        .filter(|(name, _)| is_part_of(self, parameter, name));
                    own.map(|(_, value)| value.as_str()).collect()
                }
                ParameterLocation::Header => exchange.header(&parameter.wire).collect(),
                ParameterLocation::Cookie => {
                    let own = exchange
                        .cookies()
                        .filter(|(name, _)| *name == parameter.wire);
                    own.map(|(_, value)| value).collect()
                }
            };
            match values.first() {
                None if parameter.is_needed => self.missing_parameter(parameter),
                None => {}
                Some(value) => self.value(parameter, value),
            }
        }
    }

    /// Whether a query parameter is one of the operation, of the client or of its credentials.
    fn is_known_in_query(&self, name: &str) -> bool {
        let operation = self.operation;
        let in_query = |place: ParameterLocation| place == ParameterLocation::Query;
        let own = operation.parameters.iter().filter(|it| in_query(it.place));
        let left_out = operation
            .left_out
            .iter()
            .filter(|(place, _)| in_query(*place));
        let profile = &self.api.profile;
        let of_client = profile.parameters.iter().filter(|it| !it.is_header);
        let template = crate::path_template::PathTemplate::of(&operation.path);
        let mut fixed = template.pairs().map(|it| it.split('=').next());
        own.into_iter().any(|it| is_part_of(self, it, name))
            || left_out.into_iter().any(|(_, it)| it == name)
            || of_client.into_iter().any(|it| it.wire == name)
            || fixed.any(|it| it == Some(name))
            || profile
                .schemes
                .iter()
                .any(|it| matches!(&it.auth, Auth::Query(own) if own == name))
    }

    fn undocumented_parameter(&mut self, name: &str, value: &str) {
        let shown = self.secrets.shown(name).to_owned();
        let route = self.operation.route();
        let message = format!("{route} has no query parameter `{shown}`, which was sent");
        let key = (
            DeviationKind::UndocumentedParameter,
            self.at(),
            shown.clone(),
        );
        let noted = self
            .findings
            .note(key, self.exchange, || Found::new(message).at_key());
        let Some(evidence) = noted.filter(|_| self.secrets.allow(&shown)) else {
            return;
        };
        let schema = inferred::of_text(value);
        let known = evidence
            .parameters
            .entry(shown)
            .or_insert_with(|| schema.clone());
        if *known != schema {
            *known = serde_json::json!({"type": "string"});
        }
    }

    fn missing_parameter(&mut self, parameter: &Parameter) {
        let (place, name) = (parameter.place.as_str(), &parameter.wire);
        let route = self.operation.route();
        let message = format!(
            "the required {place} parameter `{name}` of {route} is missing in a request that was \
             accepted"
        );
        let at = self.place_of(parameter);
        let key = (DeviationKind::MissingParameter, at, String::new());
        self.findings
            .note(key, self.exchange, || Found::new(message));
    }

    fn place_of(&self, parameter: &Parameter) -> String {
        let operation = self.operation;
        let key = (parameter.place.as_str(), parameter.wire.as_str());
        self.places.parameter(&operation.path, operation.http, key)
    }

    /// Compares the text of a value with the type of a parameter that is neither an array nor an object.
    fn value(&mut self, parameter: &Parameter, text: &str) {
        let api = self.api;
        let (place, name) = (parameter.place.as_str(), &parameter.wire);
        let route = self.operation.route();
        let wanted = match api.resolve(&parameter.ty) {
            Type::Bool if !["true", "false"].contains(&text) => "a boolean",
            Type::I64 | Type::U64 | Type::I128 if text.parse::<i128>().is_err() => "an integer",
            Type::F64 | Type::Decimal if text.parse::<f64>().is_err() => "a number",
            Type::Named(id) => match &api.type_def(*id).shape {
                Shape::StringEnum(variants) if variants.iter().all(|it| it.value != text) => {
                    let is_shown = self.secrets.allow(text);
                    let shown = if is_shown {
                        format!("`{text}`")
                    } else {
                        "a value that is not shown".to_owned()
                    };
                    let message = format!(
                        "the {place} parameter `{name}` of {route} is {shown}, which isn't one of \
                         its values"
                    );
                    let schema = crate::pointer::push(&self.place_of(parameter), "schema");
                    let at = self.places.keyword(&schema, "enum");
                    let at = at.unwrap_or_else(|| self.place_of(parameter));
                    let about = if is_shown { text } else { "" };
                    let key = (
                        DeviationKind::UnknownValue,
                        at,
                        Value::from(about).to_string(),
                    );
                    let noted = self
                        .findings
                        .note(key, self.exchange, || Found::new(message).at_key());
                    if let Some(evidence) = noted.filter(|_| is_shown) {
                        evidence.value = Some(text.into());
                    }
                    return;
                }
                _ => return,
            },
            _ => return,
        };
        let message = format!("the {place} parameter `{name}` of {route} isn't {wanted}");
        let at = crate::pointer::push(&self.place_of(parameter), "schema");
        let at = self.places.existing(at);
        let key = (DeviationKind::WrongType, at, String::new());
        let secrets = self.secrets;
        let noted = self
            .findings
            .note(key, self.exchange, || Found::new(message));
        if let Some(evidence) = noted {
            evidence.schema.add(&text.into(), secrets);
        }
    }
}

/// Whether a name in a query is one of those that a parameter is written with.
fn is_part_of(scene: &Scene<'_>, parameter: &Parameter, name: &str) -> bool {
    if parameter.place != ParameterLocation::Query {
        return false;
    }
    let wire = parameter.wire.as_str();
    let base = name.split('[').next().unwrap_or_default();
    let own = wire.split('[').next().unwrap_or_default();
    if name == wire || base == own && (name.contains('[') || wire.contains('[')) {
        return true;
    }
    // Each field of an object is a parameter then (OpenAPI 3.1.1, "Style Values").
    if parameter.style != Style::Form || !parameter.explode {
        return false;
    }
    match scene.api.resolve(&parameter.ty) {
        Type::Map(_) | Type::Value => true,
        Type::Named(id) => match &scene.api.type_def(*id).shape {
            Shape::Struct(shape) => {
                shape.rest.is_some() || shape.fields.iter().any(|it| it.wire == name)
            }
            Shape::Union(_) => true,
            _ => false,
        },
        _ => false,
    }
}
