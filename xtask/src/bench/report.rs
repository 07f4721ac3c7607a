//! What was found, as a table for people.

use std::fmt::Write as _;

use serde::Serialize;

use super::samples::Samples;
use clientsmith::internal::terminal::{Style, paint};

/// What a value counts.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Unit {
    Seconds,
    Bytes,
    Count,
}

/// One thing that was measured: ours, and the same done by others.
#[derive(Debug, Serialize)]
pub(crate) struct Figure {
    pub(crate) what: String,
    pub(crate) unit: Unit,
    pub(crate) ours: Samples,
    pub(crate) rivals: Vec<Rival>,
}

/// The same, done by somebody else.
#[derive(Debug, Serialize)]
pub(crate) struct Rival {
    pub(crate) name: String,
    pub(crate) samples: Samples,
    /// The most that the ratio of ours to theirs may be, where that was promised.
    pub(crate) at_most: Option<f64>,
}

impl Figure {
    /// A figure that nothing is held against yet.
    pub(crate) fn new(what: impl Into<String>, unit: Unit, ours: Samples) -> Self {
        Self {
            what: what.into(),
            unit,
            ours,
            rivals: Vec::new(),
        }
    }

    /// Holds it against what somebody else takes.
    pub(crate) fn against(mut self, name: impl Into<String>, samples: Samples) -> Self {
        self.rivals.push(Rival {
            name: name.into(),
            samples,
            at_most: None,
        });
        self
    }

    /// Holds it against what somebody else takes, of which ours must be at most this share.
    pub(crate) fn at_most(mut self, share: f64, name: impl Into<String>, samples: Samples) -> Self {
        self.rivals.push(Rival {
            name: name.into(),
            samples,
            at_most: Some(share),
        });
        self
    }
}

impl Rival {
    /// Whether the promise is kept; true where there is none.
    pub(crate) fn holds(&self, ours: &Samples) -> bool {
        self.at_most
            .is_none_or(|bound| ours.ratio_to(&self.samples) <= bound)
    }
}

/// The figures of one group as a table in Markdown, which reads as well in a terminal.
pub(crate) fn table(figures: &[Figure], color: bool) -> String {
    let mut rows = vec![HEADINGS.map(str::to_owned)];
    for figure in figures {
        let ours = value(figure.unit, &figure.ours);
        if figure.rivals.is_empty() {
            rows.push([
                figure.what.clone(),
                ours,
                NONE.into(),
                NONE.into(),
                NONE.into(),
            ]);
            continue;
        }
        for rival in &figure.rivals {
            let ratio = figure.ours.ratio_to(&rival.samples);
            let bound = match rival.at_most {
                None => NONE.to_owned(),
                Some(bound) if rival.holds(&figure.ours) => format!("{bound:.2}"),
                Some(bound) => format!("{bound:.2} missed"),
            };
            rows.push([
                figure.what.clone(),
                ours.clone(),
                format!("{} {}", value(figure.unit, &rival.samples), rival.name),
                format!("{ratio:.2}"),
                bound,
            ]);
        }
    }
    lines(&rows, color)
}

const HEADINGS: [&str; 5] = ["what", "ours", "against", "ratio", "at most"];

/// What stands where there is nothing to say.
const NONE: &str = "";

fn lines(rows: &[[String; 5]], color: bool) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: Vec<usize> = (0..5).map(|column| width(column).unwrap_or(0)).collect();
    let mut text = String::new();
    for (at, row) in rows.iter().enumerate() {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let padding = " ".repeat(widths[column] - cell.chars().count());
            let _ = match column {
                0 => write!(line, "| {cell}{padding} "),
                _ => write!(line, "| {padding}{cell} "),
            };
        }
        line.push('|');
        if at == 0 {
            line = paint(&line, Style::Heading, color);
        } else if row[4].ends_with("missed") {
            line = paint(&line, Style::Error, color);
        }
        text.push_str(&line);
        text.push('\n');
        if at == 0 {
            for (column, width) in widths.iter().enumerate() {
                let rule = "-".repeat(width + 1);
                text.push_str(if column == 0 { "|-" } else { "|" });
                text.push_str(if column == 0 { &rule[1..] } else { &rule });
                text.push_str(if column == 0 { "-" } else { ":" });
            }
            text.push_str("|\n");
        }
    }
    text
}

/// A median with its spread, where there was more than one round.
fn value(unit: Unit, samples: &Samples) -> String {
    let median = shown(unit, samples.median());
    let spread = samples.spread() * 50.0;
    if samples.0.len() < 2 || spread < 0.5 {
        median
    } else {
        format!("{median} ±{spread:.0} %")
    }
}

/// A value with three digits that count, and its unit.
pub(crate) fn shown(unit: Unit, value: f64) -> String {
    let steps: &[(f64, &str)] = match unit {
        Unit::Seconds => &[(1.0, " s"), (1e-3, " ms"), (1e-6, " µs"), (1e-9, " ns")],
        Unit::Bytes => &[(1e9, " GB"), (1e6, " MB"), (1e3, " kB"), (1.0, " B")],
        Unit::Count => &[(1e9, " G"), (1e6, " M"), (1e3, " k"), (1.0, "")],
    };
    let last = steps[steps.len() - 1];
    let (scale, name) = *steps
        .iter()
        .find(|(scale, _)| value.abs() >= *scale)
        .unwrap_or(&last);
    let value = value / scale;
    let digits = match value.abs() {
        big if big >= 100.0 => 0,
        middle if middle >= 10.0 => 1,
        _ if scale < 1.5 && matches!(unit, Unit::Bytes | Unit::Count) && value.fract() == 0.0 => 0,
        _ => 2,
    };
    format!("{value:.digits$}{name}")
}

#[cfg(test)]
mod tests {
    use super::{Figure, Samples, Unit, shown, table};

    #[test]
    fn values_have_the_unit_that_makes_them_short() {
        assert_eq!(shown(Unit::Seconds, 0.001_234), "1.23 ms");
        assert_eq!(shown(Unit::Seconds, 12.34), "12.3 s");
        assert_eq!(shown(Unit::Bytes, 1_550_000_000.0), "1.55 GB");
        assert_eq!(shown(Unit::Count, 57.0), "57.0");
        assert_eq!(shown(Unit::Count, 5.0), "5");
        assert_eq!(shown(Unit::Seconds, 0.0), "0.00 ns");
    }

    #[test]
    fn a_ratio_over_its_bound_is_told() {
        let ours = Samples(vec![2.0]);
        let figure = Figure::new("check", Unit::Seconds, ours)
            .at_most(0.5, "derive", Samples(vec![3.0]))
            .against("bare", Samples(vec![4.0]));
        assert_eq!(
            table(&[figure], false),
            "\
| what  |   ours |       against | ratio |     at most |
|-------|-------:|--------------:|------:|------------:|
| check | 2.00 s | 3.00 s derive |  0.67 | 0.50 missed |
| check | 2.00 s |   4.00 s bare |  0.50 |             |
"
        );
    }
}
