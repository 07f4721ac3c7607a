//! Types that pages list by themselves: their names are those of clients, so each is held against the
//! schema that is most like it.

use std::cmp::Reverse;

use crate::facts::{Form, Kind, Shape, folded};
use crate::spec::SpecKind;

use super::Comparison;
use super::place::Spot;

/// Schemas that a type is held against to find the one that it is.
const TRIES: usize = 4;

impl<'p> Comparison<'p> {
    pub(super) fn types(&mut self) {
        let pages = self.pages;
        let candidates = self.candidates();
        for facts in &pages.facts {
            let form = facts.operations.last().map_or(Form::Http, |it| it.form);
            for shape in &facts.types {
                self.listed(shape, form, &candidates);
            }
        }
    }

    /// Schemas of objects with the names of their members.
    fn candidates(&self) -> Vec<(String, String, Vec<String>)> {
        let mut pointers = self.spec.components();
        for operation in self.spec.operations() {
            let body = self.spec.body(&operation).and_then(|it| it.2);
            let response = self.spec.response(&operation).and_then(|it| it.2);
            pointers.extend(
                body.into_iter()
                    .chain(response)
                    .map(|it| (String::new(), it)),
            );
        }
        let named = |(name, pointer): (String, String)| {
            let names = match self.spec.view(&pointer).kind {
                SpecKind::Object(members, _) => members.iter().map(|it| folded(&it.name)).collect(),
                SpecKind::Enum(values) => values.iter().map(|it| it.0.to_string()).collect(),
                _ => Vec::new(),
            };
            (name, pointer, names)
        };
        pointers.into_iter().map(named).collect()
    }

    fn listed(
        &mut self,
        shape: &'p Shape,
        form: Form,
        candidates: &[(String, String, Vec<String>)],
    ) {
        let name = shape.name.as_deref().unwrap_or("a type");
        let own: Vec<String> = match &shape.kind {
            Kind::Enum(literals) => literals.iter().map(|it| it.value.to_string()).collect(),
            _ => shape.members().iter().map(|it| folded(&it.name)).collect(),
        };
        let mut order: Vec<(usize, &str)> = Vec::new();
        for (component, pointer, names) in candidates {
            let shared = own.iter().filter(|it| names.contains(it)).count();
            let same = !component.is_empty() && folded(component) == folded(name);
            let most = own.len().max(names.len());
            if same || shared * 4 >= most * 3 {
                // Of those that share as many, the one with the fewest others is the nearest.
                let score = shared * 1000 + 1000 - (most - shared).min(1000);
                order.push((score + if same { 1_000_000 } else { 0 }, pointer));
            }
        }
        order.sort_by_key(|it| Reverse(it.0));
        order.truncate(TRIES);
        let spot = Spot::new(format!("the type {name}"), form, false);
        let mut best: Option<(usize, &str)> = None;
        for (_, pointer) in &order {
            let mark = self.findings.mark();
            self.shape(shape, pointer, &spot);
            let found = self.findings.since(mark);
            if found == 0 {
                return;
            }
            self.findings.forget(mark);
            if best.is_none_or(|(least, _)| found < least) {
                best = Some((found, pointer));
            }
        }
        // One that differs in much is another one.
        let most = 1 + own.len() / 3;
        match best.filter(|(found, _)| *found <= most) {
            Some((_, pointer)) => self.shape(shape, pointer, &spot),
            None => {
                let message = format!("the description has no schema like the type `{name}`");
                let help = "it is not compared".to_owned();
                self.findings.notes.push((shape.at, message, help));
            }
        }
    }
}
