//! Examples of pages against schemas: whether the description's types can read them.

use serde_json::Value;

use crate::facts::{At, Example};
use crate::report::DifferenceKind;
use crate::spec::{SpecKind, View};
use codegen::pointer::push;
use codegen::{Diagnostic, Origin, Source};

use super::Comparison;
use super::place::Spot;
use super::wording;

/// Differences of examples whose own lines are looked for; of more, the line where the example begins is told.
const MOST_LOCATED: usize = 500;

impl Comparison<'_> {
    /// Holds a value of an example, which is at a pointer in it, against a schema.
    pub(super) fn example(
        &mut self,
        example: &Example,
        value: &Value,
        at: &str,
        view: &View,
        spot: &Spot,
    ) {
        self.steps = self.steps.saturating_sub(1);
        if self.steps == 0 || value.is_null() && view.nullable {
            return;
        }
        match (&view.kind, value) {
            (SpecKind::Any, _)
            | (SpecKind::String(_), Value::String(_))
            | (SpecKind::Number, Value::Number(_))
            | (SpecKind::Boolean, Value::Bool(_))
            | (SpecKind::Null, Value::Null)
            | (SpecKind::Array(None), Value::Array(_))
            | (SpecKind::Map(None), Value::Object(_)) => {}
            (SpecKind::Integer, Value::Number(number)) if !number.is_f64() => {}
            (SpecKind::Enum(values), _) if values.iter().any(|(known, _)| known == value) => {}
            (SpecKind::Enum(_), _) => self.unknown_value(example, value, at, view, spot),
            (SpecKind::Array(Some(items)), Value::Array(list)) => {
                let items = self.spec.view(items);
                for (index, item) in list.iter().enumerate() {
                    let at = push(at, &index.to_string());
                    self.example(example, item, &at, &items, &spot.items());
                }
            }
            (SpecKind::Map(Some(values)), Value::Object(members)) => {
                let values = self.spec.view(values);
                for (name, value) in members {
                    let at = push(at, name);
                    self.example(example, value, &at, &values, &spot.field(name));
                }
            }
            (SpecKind::Object(..), Value::Object(members)) => {
                self.members(example, members, at, view, spot);
            }
            (SpecKind::Union(views), _) => {
                let fits = views.iter().any(|alternative| {
                    let mark = self.findings.mark();
                    self.example(example, value, at, alternative, spot);
                    let fits = self.findings.since(mark) == 0;
                    self.findings.forget(mark);
                    fits
                });
                if !fits {
                    self.wrong_kind(example, value, at, view, spot);
                }
            }
            _ => self.wrong_kind(example, value, at, view, spot),
        }
    }

    fn members(
        &mut self,
        example: &Example,
        found: &serde_json::Map<String, Value>,
        at: &str,
        view: &View,
        spot: &Spot,
    ) {
        let SpecKind::Object(members, open) = &view.kind else {
            return;
        };
        for (name, value) in found {
            let inner = push(at, name);
            match members.iter().find(|it| it.name == *name) {
                Some(member) => {
                    let view = self.spec.view(&member.pointer);
                    let is_told = value.is_null() && !member.required;
                    if !is_told {
                        self.example(example, value, &inner, &view, &spot.field(name));
                    }
                }
                None if *open => {}
                None => {
                    let message = format!(
                        "an example has {}, but the description has no such field",
                        spot.field(name).name()
                    );
                    let place = (view.pointer.clone(), "missing here".to_owned());
                    let about = vec![(view.pointer.clone(), name.clone())];
                    self.shows(example, &inner, message, place, about);
                }
            }
        }
        let missing = members
            .iter()
            .filter(|it| it.required && !found.contains_key(&it.name));
        for member in missing {
            if self.spec.goes_the_other_way(&member.pointer, spot.sent) {
                continue;
            }
            let message = format!(
                "an example lacks {}, but the description requires it",
                spot.field(&member.name).name()
            );
            let place = (member.pointer.clone(), "required".to_owned());
            let about = vec![(view.pointer.clone(), member.name.clone())];
            self.shows(example, at, message, place, about);
        }
    }

    fn unknown_value(
        &mut self,
        example: &Example,
        value: &Value,
        at: &str,
        view: &View,
        spot: &Spot,
    ) {
        let message = format!(
            "an example has {} for {}, which is not a value of the enum in the description",
            wording::value(value),
            spot.name()
        );
        let place = (view.pointer.clone(), "not listed here".to_owned());
        let about = vec![(view.pointer.clone(), value.to_string())];
        self.shows(example, at, message, place, about);
    }

    fn wrong_kind(&mut self, example: &Example, value: &Value, at: &str, view: &View, spot: &Spot) {
        let spec = self.spec;
        let wanted = wording::of_spec(view, &|pointer| spec.view(pointer));
        let message = format!(
            "an example has {} for {}, but the description has {wanted}",
            wording::value(value),
            spot.name()
        );
        let about = vec![(view.pointer.clone(), String::new())];
        self.shows(example, at, message, (view.pointer.clone(), wanted), about);
    }

    fn shows(
        &mut self,
        example: &Example,
        at: &str,
        message: String,
        spec: (String, String),
        about: Vec<(String, String)>,
    ) {
        self.examples_told += 1;
        // Looking for a line goes over the whole example.
        let line = if self.examples_told <= MOST_LOCATED {
            line_of(example, at)
        } else {
            example.at
        };
        self.findings.tell(
            DifferenceKind::Example,
            message,
            (line, "shown here".to_owned()),
            spec,
            about,
        );
    }
}

/// The line of the page that a value of an example is on.
pub(crate) fn line_of(example: &Example, pointer: &str) -> At {
    let source = Source {
        name: "example.json",
        text: &example.text,
    };
    let mut place = [Diagnostic::error(Origin::Spec, pointer, "").at_key()];
    codegen::locate(source, &mut place);
    let start = place[0].span.as_ref().map_or(0, |it| it.start);
    let before = example.text.get(..start).unwrap_or_default();
    At {
        line: example.at.line + before.matches('\n').count(),
        ..example.at
    }
}
