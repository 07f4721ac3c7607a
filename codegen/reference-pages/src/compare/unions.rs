//! Types that are one of several.

use crate::facts::{At, Form, Kind, Shape};
use crate::report::DifferenceKind;
use crate::spec::{SpecKind, View};

use super::Comparison;
use super::place::Spot;
use super::wording;

impl<'p> Comparison<'p> {
    /// A page that has one of several types.
    pub(super) fn union(&mut self, page: &'p Shape, all: &'p [Shape], view: &View, spot: &Spot) {
        let mut left = self.declared.alternatives(spot.form, all);
        let count = left.len();
        left.retain(|it| !matches!(it.kind, Kind::Null));
        let holds_null = matches!(view.kind, SpecKind::Any | SpecKind::Null);
        if left.len() < count && !view.nullable && !holds_null {
            self.alternative(page.at, "null", view, spot, true);
        }
        if let [only] = &left[..] {
            self.against(only, view, spot);
            return;
        }
        let SpecKind::Union(views) = &view.kind else {
            let is_any = matches!(view.kind, SpecKind::Any);
            if !is_any || !left.iter().any(|it| matches!(it.kind, Kind::Any)) {
                self.differs(page, view, spot);
            }
            return;
        };
        let mut is_whole = true;
        left.retain(|it| {
            let is_known = !matches!(it.kind, Kind::Opaque);
            if let Some(name) = it.name.as_deref().filter(|_| !is_known) {
                self.unexplained(it, name);
            }
            is_whole &= is_known;
            is_known
        });
        let views: Vec<&View> = views.iter().collect();
        let (undescribed, missing) = self.paired(left, views, spot);
        for found in undescribed {
            let described = wording::of_page(found);
            self.alternative(found.at, &described, view, spot, true);
        }
        for alternative in missing.into_iter().filter(|_| is_whole) {
            let spec = self.spec;
            let described = wording::of_spec(alternative, &|pointer| spec.view(pointer));
            self.alternative(page.at, &described, alternative, spot, false);
        }
    }

    /// Pairs the types of a page with those of a description: first those that are the same, then those
    /// that are most alike, whose differences are told. Returns what is left of both.
    fn paired<'v>(
        &mut self,
        page: Vec<&'p Shape>,
        mut views: Vec<&'v View>,
        spot: &Spot,
    ) -> (Vec<&'p Shape>, Vec<&'v View>) {
        let mut undescribed = Vec::new();
        for shape in page {
            let mut order: Vec<usize> = (0..views.len()).collect();
            order.sort_by_key(|index| std::cmp::Reverse(self.alike(shape, views[*index])));
            let fitting = order.into_iter().find(|index| {
                let mark = self.findings.mark();
                self.against(shape, views[*index], spot);
                let fits = self.findings.since(mark) == 0;
                if !fits {
                    self.findings.forget(mark);
                }
                fits
            });
            match fitting {
                Some(index) => {
                    views.remove(index);
                }
                None => undescribed.push(shape),
            }
        }
        undescribed.retain(|shape| {
            let alike = |it: &&View| self.alike(shape, it);
            let best = (0..views.len()).max_by_key(|index| alike(&views[*index]));
            match best {
                Some(index) if alike(&views[index]) > 0 => {
                    let view = views.remove(index);
                    self.against(shape, view, spot);
                    false
                }
                _ => true,
            }
        });
        (undescribed, views)
    }

    /// How much a type of a page has in common with a schema.
    fn alike(&self, page: &Shape, view: &View) -> usize {
        match (&page.kind, &view.kind) {
            (Kind::Object(object), SpecKind::Object(members, _)) => {
                let names = object.members.iter();
                let shared = names.filter(|page| {
                    let same = |name: &str| super::shapes::same_name(Form::Go, &page.name, name);
                    members.iter().any(|it| same(&it.name))
                });
                1 + shared.count() + 100 * usize::from(self.same_constant(page, members))
            }
            (Kind::Enum(literals), SpecKind::Enum(values)) => {
                let shared = literals
                    .iter()
                    .filter(|it| values.iter().any(|(value, _)| *value == it.value));
                shared.count()
            }
            (Kind::Array(_), SpecKind::Array(_)) | (Kind::Map(_), SpecKind::Map(_)) => 1,
            (Kind::Opaque, _)
            | (
                _,
                SpecKind::Array(_) | SpecKind::Map(_) | SpecKind::Object(..) | SpecKind::Enum(_),
            ) => 0,
            _ => usize::from(Self::agree(
                page,
                view,
                &Spot::new(String::new(), Form::Http, false),
            )),
        }
    }

    /// Whether objects have a member of one value, and have the same.
    fn same_constant(&self, page: &Shape, members: &[crate::spec::SpecMember]) -> bool {
        page.members().iter().any(|member| {
            let Kind::Enum(literals) = &member.shape.kind else {
                return false;
            };
            let [literal] = &literals[..] else {
                return false;
            };
            let same = members
                .iter()
                .find(|it| super::shapes::same_name(Form::Go, &member.name, &it.name));
            same.is_some_and(|it| match self.spec.view(&it.pointer).kind {
                SpecKind::Enum(values) => values.iter().any(|(value, _)| *value == literal.value),
                _ => false,
            })
        })
    }

    /// A page that has one type where the description has several.
    pub(super) fn one_of(&mut self, page: &'p Shape, views: &[View], view: &View, spot: &Spot) {
        // Go has no word for text of which some values are known.
        let is_open = |views: &[View]| {
            let of = |is: fn(&SpecKind) -> bool| views.iter().find(|it| is(&it.kind));
            let text = of(|it| matches!(it, SpecKind::String(_)));
            let values = of(|it| matches!(it, SpecKind::Enum(_)));
            values
                .filter(|_| text.is_some() && views.len() == 2)
                .cloned()
        };
        if spot.form == Form::Go
            && let Some(values) = is_open(views)
        {
            match page.kind {
                Kind::String => {}
                _ => self.against(page, &values, spot),
            }
            return;
        }
        if matches!(page.kind, Kind::Any) && views.iter().any(|it| matches!(it.kind, SpecKind::Any))
        {
            return;
        }
        self.differs(page, view, spot);
    }

    fn alternative(&mut self, at: At, described: &str, view: &View, spot: &Spot, on_page: bool) {
        let (kind, message, page, spec) = if on_page {
            (
                DifferenceKind::OnlyInPages,
                format!(
                    "{} can be {described} on the page, but not in the description",
                    spot.name()
                ),
                described,
                "missing here",
            )
        } else {
            (
                DifferenceKind::OnlyInSpec,
                format!(
                    "{} can be {described} in the description, but not on the page",
                    spot.name()
                ),
                "missing here",
                described,
            )
        };
        self.findings.tell(
            kind,
            message,
            (at, page.to_owned()),
            (view.pointer.clone(), spec.to_owned()),
            vec![(view.pointer.clone(), format!("alternative {described}"))],
        );
    }
}
