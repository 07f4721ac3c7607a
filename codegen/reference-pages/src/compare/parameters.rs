//! Parameters of pages against those of a description.

use crate::facts::ParameterLocation;
use crate::facts::{Form, Operation, Parameter};
use crate::report::DifferenceKind;
use crate::spec::{SpecOperation, SpecParameter};

use super::place::Spot;
use super::shapes::same_name;
use super::{Comparison, wording};

impl<'p> Comparison<'p> {
    pub(super) fn parameters(&mut self, page: &'p Operation, spec: &SpecOperation) {
        let in_spec = self.spec.parameters(spec);
        let mut met = vec![false; in_spec.len()];
        let mut undescribed: Vec<&Parameter> = Vec::new();
        for parameter in &page.parameters {
            let member = &parameter.member;
            let is_same = |it: &SpecParameter| {
                let same = match it.place {
                    ParameterLocation::Header => it.name.eq_ignore_ascii_case(&member.name),
                    _ => false,
                };
                (same || same_name(page.form, &member.name, &it.name))
                    && parameter.place.is_none_or(|place| place == it.place)
            };
            let free = |index: &usize| !met[*index];
            let found = (0..in_spec.len())
                .filter(free)
                .find(|it| is_same(&in_spec[*it]));
            match found {
                Some(index) => {
                    met[index] = true;
                    self.parameter(page, parameter, &in_spec[index]);
                }
                None => undescribed.push(parameter),
            }
        }
        let left = in_spec.iter().zip(&met).filter(|(_, met)| !**met);
        let mut missing: Vec<&SpecParameter> = left.map(|(it, _)| it).collect();
        for found in undescribed {
            self.undescribed_parameter(page, spec, found, &mut missing);
        }
        // Pages of clients leave out what the client itself sends.
        let described = |it: &&SpecParameter| {
            page.form == Form::Http
                || matches!(it.place, ParameterLocation::Path | ParameterLocation::Query)
        };
        for parameter in missing.into_iter().filter(described) {
            self.findings.tell(
                DifferenceKind::OnlyInSpec,
                format!(
                    "the description has {}, but the page doesn't",
                    called(parameter.place, &parameter.name, page)
                ),
                (page.at, "missing below this line".to_owned()),
                (
                    codegen::pointer::push(&parameter.pointer, "name"),
                    "described here".to_owned(),
                ),
                vec![
                    (parameter.pointer.clone(), String::new()),
                    (spec.pointer.clone(), parameter.name.clone()),
                ],
            );
        }
    }

    /// Tells of a parameter that the description doesn't have: not there, not by this name, or not at all.
    fn undescribed_parameter(
        &mut self,
        page: &'p Operation,
        spec: &SpecOperation,
        found: &'p Parameter,
        missing: &mut Vec<&SpecParameter>,
    ) {
        let member = &found.member;
        if self.elsewhere(page, found, missing) || self.renamed(page, spec, found, missing) {
            return;
        }
        let place = found.place.unwrap_or(ParameterLocation::Query);
        self.findings.tell(
            DifferenceKind::OnlyInPages,
            format!(
                "the page has {}, but the description doesn't",
                called(place, &member.name, page)
            ),
            (member.at, "described here".to_owned()),
            (spec.pointer.clone(), "missing here".to_owned()),
            vec![(spec.pointer.clone(), member.name.clone())],
        );
    }

    /// Tells of a parameter that goes elsewhere by the description; says whether it does.
    fn elsewhere(
        &mut self,
        page: &'p Operation,
        found: &'p Parameter,
        missing: &mut Vec<&SpecParameter>,
    ) -> bool {
        let member = &found.member;
        let elsewhere = missing
            .iter()
            .position(|it| same_name(page.form, &member.name, &it.name));
        if let (Some(index), Some(place)) = (elsewhere, found.place) {
            let old = missing.remove(index);
            self.findings.tell(
                DifferenceKind::Place,
                format!(
                    "{} is in the {} on the page",
                    called(old.place, &old.name, page),
                    place.as_str()
                ),
                (member.at, format!("in the {}", place.as_str())),
                (
                    codegen::pointer::push(&old.pointer, "name"),
                    format!("in the {}", old.place.as_str()),
                ),
                vec![(old.pointer.clone(), format!("place {}", place.as_str()))],
            );
            return true;
        }
        false
    }

    /// Tells of a parameter that probably has another name in the description; says whether it has.
    fn renamed(
        &mut self,
        page: &'p Operation,
        spec: &SpecOperation,
        found: &'p Parameter,
        missing: &mut Vec<&SpecParameter>,
    ) -> bool {
        let member = &found.member;
        let is_there = |it: &&&SpecParameter| found.place.is_none_or(|place| place == it.place);
        let names: Vec<&str> = missing
            .iter()
            .filter(is_there)
            .map(|it| it.name.as_str())
            .collect();
        let in_path = found.place == Some(ParameterLocation::Path);
        let renamed = wording::probably(&member.name, &names).or(match &names[..] {
            // The path has the same form with both.
            [only] if in_path => Some(only),
            _ => None,
        });
        if let Some(old) = renamed
            && let Some(index) = missing.iter().position(|it| it.name == old)
        {
            let old = missing.remove(index);
            self.findings.tell(
                DifferenceKind::Renamed,
                format!(
                    "{} is `{}` on the page: it was probably renamed",
                    called(old.place, &old.name, page),
                    member.name
                ),
                (member.at, format!("`{}` here", member.name)),
                (
                    codegen::pointer::push(&old.pointer, "name"),
                    format!("`{}` here", old.name),
                ),
                vec![
                    (old.pointer.clone(), member.name.clone()),
                    (spec.pointer.clone(), member.name.clone()),
                ],
            );
            return true;
        }
        false
    }

    fn parameter(&mut self, page: &'p Operation, parameter: &'p Parameter, spec: &SpecParameter) {
        self.findings.counts.parameters += 1;
        let member = &parameter.member;
        let name = called(spec.place, &spec.name, page);
        let in_path = spec.place == ParameterLocation::Path;
        if let Some(optional) = member.optional
            && optional == spec.required
            && !in_path
        {
            let (on_page, in_spec) = if spec.required {
                ("optional", "required")
            } else {
                ("not optional", "not required")
            };
            self.findings.tell(
                DifferenceKind::Optional,
                format!("{name} is {on_page} on the page and {in_spec} in the description"),
                (member.at, on_page.to_owned()),
                (
                    codegen::pointer::push(&spec.pointer, "name"),
                    in_spec.to_owned(),
                ),
                vec![(spec.pointer.clone(), "required".to_owned())],
            );
        }
        if let Some(schema) = &spec.schema {
            let spot = Spot::new(name, page.form, true);
            self.shape(&member.shape, schema, &spot);
        }
    }
}

/// How messages call a parameter.
fn called(place: ParameterLocation, name: &str, page: &Operation) -> String {
    let place = match place {
        ParameterLocation::Path => "path parameter",
        ParameterLocation::Query => "query parameter",
        ParameterLocation::Header => "header",
        ParameterLocation::Cookie => "cookie",
    };
    format!("the {place} `{name}` of {}", page.name())
}
