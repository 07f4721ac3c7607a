//! Types of pages against schemas.

use serde_json::Value;

use crate::facts::{Form, Kind, Literal, Member, Object, Shape, folded};
use crate::report::DifferenceKind;
use crate::spec::{SpecKind, SpecMember, View};

use super::Comparison;
use super::place::Spot;
use super::wording;

impl<'p> Comparison<'p> {
    /// Holds a shape against the schema at a pointer.
    pub(crate) fn shape(&mut self, page: &'p Shape, pointer: &str, spot: &Spot) {
        let view = self.spec.view(pointer);
        self.against(page, &view, spot);
    }

    pub(crate) fn against(&mut self, page: &'p Shape, view: &View, spot: &Spot) {
        self.steps = self.steps.saturating_sub(1);
        if self.steps == 0 {
            return;
        }
        for example in &page.examples {
            self.findings.counts.examples += 1;
            self.example(example, &example.value, "", view, spot);
        }
        if matches!(page.kind, Kind::Opaque) {
            self.named(page, view, spot);
            return;
        }
        match (&page.kind, &view.kind) {
            (Kind::Union(all), _) => self.union(page, all, view, spot),
            (_, SpecKind::Union(views)) => self.one_of(page, views, view, spot),
            (Kind::Array(item), SpecKind::Array(Some(items))) => {
                self.shape(item, items, &spot.items());
            }
            (Kind::Map(value), SpecKind::Map(Some(values))) => {
                self.shape(value, values, &spot.items());
            }
            (Kind::Object(object), SpecKind::Object(members, _)) => {
                self.object(object, page, members, view, spot);
            }
            (Kind::Enum(literals), SpecKind::Enum(values)) => {
                self.values(literals, page, values, view, spot);
            }
            _ if Self::agree(page, view, spot) => {}
            _ => self.differs(page, view, spot),
        }
    }

    /// Whether simple types are the same, as far as the form tells.
    pub(super) fn agree(page: &Shape, view: &View, spot: &Spot) -> bool {
        let go = spot.form == Form::Go;
        match (&page.kind, &view.kind) {
            (Kind::String, SpecKind::String(format)) => {
                let format = format.as_deref();
                format != Some("binary") && !(go && matches!(format, Some("date-time" | "date")))
            }
            (Kind::Time, SpecKind::String(format)) => {
                matches!(format.as_deref(), Some("date-time" | "date"))
            }
            (Kind::File, SpecKind::String(_))
            | (Kind::Integer, SpecKind::Integer)
            | (Kind::Boolean, SpecKind::Boolean)
            | (Kind::Null, SpecKind::Null)
            | (Kind::Any, SpecKind::Any | SpecKind::Map(None))
            | (Kind::File | Kind::Map(_), SpecKind::Any)
            | (Kind::Number, SpecKind::Number) => true,
            // The HTTP form has one word for all numbers.
            (Kind::Number, SpecKind::Integer) => !go,
            (Kind::Array(item), SpecKind::Array(None)) => matches!(item.kind, Kind::Any),
            (Kind::Map(value), SpecKind::Map(None)) => {
                matches!(value.kind, Kind::Any | Kind::Opaque)
            }
            (Kind::Object(object), SpecKind::Map(_) | SpecKind::Any) => object.members.is_empty(),
            (Kind::Enum(literals), SpecKind::Boolean) => {
                literals.iter().all(|it| it.value.is_boolean())
            }
            _ => false,
        }
    }

    pub(super) fn differs(&mut self, page: &Shape, view: &View, spot: &Spot) {
        let spec = self.spec;
        let (on_page, in_spec) = (
            wording::of_page(page),
            wording::of_spec(view, &|pointer| spec.view(pointer)),
        );
        self.findings.tell(
            DifferenceKind::Type,
            format!(
                "{} is {on_page} on the page and {in_spec} in the description",
                spot.name()
            ),
            (page.at, on_page.clone()),
            (view.pointer.clone(), in_spec),
            vec![(view.pointer.clone(), String::new())],
        );
    }

    /// A name that the page explains elsewhere, if at all.
    fn named(&mut self, page: &'p Shape, view: &View, spot: &Spot) {
        let Some(name) = &page.name else { return };
        let known = self.declared.get(spot.form, name);
        match known {
            Some(shape) => {
                let key = (name.clone(), view.pointer.clone());
                if self.under_way.contains(&key) {
                    return;
                }
                self.under_way.push(key);
                self.against(shape, view, spot);
                self.under_way.pop();
            }
            None => {
                self.unexplained(page, name);
            }
        }
    }

    /// Tells once of a name that no page explains.
    pub(super) fn unexplained(&mut self, page: &Shape, name: &str) {
        if self.unknown.insert(name.to_owned()) {
            let message = format!("the page doesn't describe the type `{name}`");
            let help = "its fields are not compared".to_owned();
            self.findings.notes.push((page.at, message, help));
        }
    }

    fn object(
        &mut self,
        object: &'p Object,
        page: &'p Shape,
        members: &[SpecMember],
        view: &View,
        spot: &Spot,
    ) {
        let mark = self.findings.mark();
        let is_same =
            |page: &Member, spec: &SpecMember| same_name(spot.form, &page.name, &spec.name);
        let mut undescribed: Vec<&'p Member> = Vec::new();
        let mut met = vec![false; members.len()];
        for member in &object.members {
            let found = members.iter().position(|it| is_same(member, it));
            match found {
                Some(index) if member.described => {
                    met[index] = true;
                    self.member(member, &members[index], view, spot);
                }
                // Its name is in a list of names, and its own line is missing.
                Some(_) => {}
                None => undescribed.push(member),
            }
        }
        let mut missing: Vec<&SpecMember> = Vec::new();
        if !object.partial {
            let left = members.iter().zip(&met).filter(|(_, met)| !**met);
            let left = left.map(|(member, _)| member);
            missing = left
                .filter(|it| !self.spec.goes_the_other_way(&it.pointer, spot.sent))
                .collect();
        }
        for found in undescribed {
            let candidates: Vec<&str> = missing.iter().map(|it| it.name.as_str()).collect();
            let renamed = wording::probably(&found.name, &candidates);
            let index = renamed.and_then(|name| missing.iter().position(|it| it.name == name));
            match index {
                Some(index) => {
                    let old = missing.remove(index);
                    self.renamed_field(found, old, view, spot);
                }
                None => self.only_in_pages(found, view, spot),
            }
        }
        for member in missing {
            self.only_in_spec(page, member, view, spot);
        }
        let described = object.members.iter().filter(|it| it.described).count();
        if let Some(stated) = object.stated
            && self.findings.since(mark) == 0
            && !object.partial
            && stated != described
        {
            let message =
                format!("this line states {stated} fields, but {described} are described");
            let help = "the described fields were compared".to_owned();
            self.findings.notes.push((page.at, message, help));
        }
    }

    fn member(&mut self, page: &'p Member, spec: &SpecMember, owner: &View, spot: &Spot) {
        self.findings.counts.fields += 1;
        let spot = spot.field(&spec.name);
        let view = self.spec.view(&spec.pointer);
        let differs = match page.optional {
            Some(true) => spec.required && !view.nullable,
            Some(false) => !spec.required,
            None => false,
        };
        if differs {
            let (message, on_page, in_spec) = if spec.required {
                (
                    "is optional on the page, and required in the description",
                    "optional",
                    "required",
                )
            } else {
                (
                    "is required on the page, and optional in the description",
                    "not optional",
                    "not required",
                )
            };
            self.findings.tell(
                DifferenceKind::Optional,
                format!("{} {message}", spot.name()),
                (page.at, on_page.to_owned()),
                (spec.pointer.clone(), in_spec.to_owned()),
                vec![(owner.pointer.clone(), spec.name.clone())],
            );
        }
        self.against(&page.shape, &view, &spot);
    }

    fn renamed_field(&mut self, page: &Member, spec: &SpecMember, owner: &View, spot: &Spot) {
        let message = format!(
            "{} is `{}` on the page: it was probably renamed",
            spot.field(&spec.name).name(),
            page.name
        );
        self.findings.tell(
            DifferenceKind::Renamed,
            message,
            (page.at, format!("`{}` here", page.name)),
            (spec.pointer.clone(), format!("`{}` here", spec.name)),
            vec![
                (owner.pointer.clone(), spec.name.clone()),
                (owner.pointer.clone(), page.name.clone()),
            ],
        );
    }

    fn only_in_pages(&mut self, page: &Member, owner: &View, spot: &Spot) {
        self.findings.tell(
            DifferenceKind::OnlyInPages,
            format!(
                "the page has {}, but the description doesn't",
                spot.field(&page.name).name()
            ),
            (page.at, "described here".to_owned()),
            (owner.pointer.clone(), "missing here".to_owned()),
            vec![(owner.pointer.clone(), page.name.clone())],
        );
    }

    fn only_in_spec(&mut self, page: &Shape, spec: &SpecMember, owner: &View, spot: &Spot) {
        self.findings.tell(
            DifferenceKind::OnlyInSpec,
            format!(
                "the description has {}, but the page doesn't",
                spot.field(&spec.name).name()
            ),
            (page.at, "missing below this line".to_owned()),
            (spec.pointer.clone(), "described here".to_owned()),
            vec![(owner.pointer.clone(), spec.name.clone())],
        );
    }

    fn values(
        &mut self,
        literals: &[Literal],
        page: &Shape,
        values: &[(Value, String)],
        view: &View,
        spot: &Spot,
    ) {
        let mut undescribed = Vec::new();
        let mut met = vec![false; values.len()];
        for literal in literals {
            match values.iter().position(|(value, _)| *value == literal.value) {
                Some(index) if literal.described => {
                    met[index] = true;
                    self.findings.counts.values += 1;
                }
                Some(_) => {}
                None => undescribed.push(literal),
            }
        }
        let left = values.iter().zip(&met).filter(|(_, met)| !**met);
        let mut missing: Vec<_> = left.map(|(value, _)| value).collect();
        for found in undescribed {
            self.undescribed_value(found, &mut missing, view, spot);
        }
        for (value, pointer) in missing {
            self.findings.tell(
                DifferenceKind::OnlyInSpec,
                format!(
                    "the description has the value {} for {}, but the page doesn't",
                    wording::value(value),
                    spot.name()
                ),
                (page.at, "not listed below this line".to_owned()),
                (pointer.clone(), "listed here".to_owned()),
                vec![(view.pointer.clone(), value.to_string())],
            );
        }
    }

    /// Tells of a value that the description doesn't list, or lists by another spelling.
    fn undescribed_value(
        &mut self,
        found: &Literal,
        missing: &mut Vec<&(Value, String)>,
        view: &View,
        spot: &Spot,
    ) {
        let texts: Vec<&str> = missing.iter().filter_map(|it| it.0.as_str()).collect();
        let text = found.value.as_str();
        let renamed = text.and_then(|text| wording::probably_misspelt(text, &texts));
        let index = renamed.and_then(|it| missing.iter().position(|(value, _)| value == it));
        let (described, of) = (wording::value(&found.value), spot.name());
        let page = (found.at, "listed here".to_owned());
        let mut about = vec![(view.pointer.clone(), found.value.to_string())];
        let Some(index) = index else {
            let message =
                format!("the page has the value {described} for {of}, but the description doesn't");
            let place = (view.pointer.clone(), "missing here".to_owned());
            self.findings
                .tell(DifferenceKind::OnlyInPages, message, page, place, about);
            return;
        };
        let (value, pointer) = missing.remove(index);
        let old = wording::value(value);
        let message =
            format!("the value {old} of {of} is {described} on the page: it was probably renamed");
        about.push((view.pointer.clone(), value.to_string()));
        let place = (pointer.clone(), format!("{old} here"));
        self.findings
            .tell(DifferenceKind::Renamed, message, page, place, about);
    }
}

/// Whether a page's name is that of the description, as the form writes it.
pub(crate) fn same_name(form: Form, page: &str, spec: &str) -> bool {
    page == spec || form == Form::Go && folded(page) == folded(spec)
}
