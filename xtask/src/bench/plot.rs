//! The ratios as a picture.

use svg::Document;
use svg::node::element::{Line, Rectangle, Text};

use super::Group;
use super::report::Figure;

/// Sizes in the picture, in pixels.
const ROW: f64 = 22.0;
const LABELS: f64 = 520.0;
const BARS: f64 = 380.0;
const VALUES: f64 = 120.0;
const TOP: f64 = 56.0;

/// The smallest and the largest ratio that has a place of its own, as powers of two.
const LEAST: f64 = -6.0;
const MOST: f64 = 2.0;

const KEPT: &str = "#2f7d4f";
const MISSED: &str = "#b3261e";
const FREE: &str = "#4a6fa5";

/// A bar for each ratio, on a scale on which a doubling is as far everywhere; the line in it is where
/// both take the same, the mark what was promised.
pub(crate) fn svg(groups: &[Group]) -> String {
    let rows: usize = groups
        .iter()
        .map(|group| {
            1 + group
                .figures
                .iter()
                .map(|figure| figure.rivals.len())
                .sum::<usize>()
        })
        .sum();
    let height = TOP + ROW * (as_f64(rows) + 1.0);
    let mut document = Document::new()
        .set("viewBox", (0.0, 0.0, LABELS + BARS + VALUES, height))
        .set("font-family", "sans-serif")
        .set("font-size", 12)
        .add(
            Rectangle::new()
                .set("width", "100%")
                .set("height", "100%")
                .set("fill", "white"),
        )
        .add(text("Ratio of this project to the other", 12.0, 20.0).set("font-size", 15));
    for power in [-6, -4, -2, 0, 2] {
        let x = place(f64::from(power).exp2());
        let color = if power == 0 { "#000000" } else { "#cccccc" };
        document = document
            .add(line(x, TOP - 10.0, height - ROW / 2.0, color))
            .add(
                text(&f64::from(power).exp2().to_string(), x + 3.0, TOP - 12.0)
                    .set("fill", "#555555"),
            );
    }
    let mut y = TOP;
    for group in groups {
        document = document.add(text(group.name, 12.0, y + 15.0).set("font-weight", "bold"));
        y += ROW;
        for figure in &group.figures {
            document = bars(document, figure, &mut y);
        }
    }
    document.to_string()
}

fn bars(mut document: Document, figure: &Figure, y: &mut f64) -> Document {
    for rival in &figure.rivals {
        let ratio = figure.ours.ratio_to(&rival.samples);
        let color = match rival.at_most {
            None => FREE,
            Some(_) if rival.holds(&figure.ours) => KEPT,
            Some(_) => MISSED,
        };
        let (from, to) = (place(1.0), place(ratio));
        document = document
            .add(text(
                &format!("{} : {}", figure.what, rival.name),
                24.0,
                *y + 15.0,
            ))
            .add(
                Rectangle::new()
                    .set("x", from.min(to))
                    .set("y", *y + 4.0)
                    .set("width", (to - from).abs().max(1.0))
                    .set("height", ROW - 8.0)
                    .set("fill", color),
            )
            .add(text(&format!("{ratio:.2}"), LABELS + BARS + 12.0, *y + 15.0).set("fill", color));
        if let Some(bound) = rival.at_most {
            document = document.add(line(place(bound), *y + 1.0, *y + ROW - 1.0, "#000000"));
        }
        *y += ROW;
    }
    document
}

/// Where a ratio stands; one beyond the ends, or of nothing, at the end.
fn place(ratio: f64) -> f64 {
    let power = ratio.log2();
    let power = if power.is_nan() {
        0.0
    } else {
        power.clamp(LEAST, MOST)
    };
    LABELS + BARS * (power - LEAST) / (MOST - LEAST)
}

fn text(words: &str, x: f64, y: f64) -> Text {
    Text::new(words).set("x", x).set("y", y)
}

fn line(x: f64, from: f64, to: f64, color: &str) -> Line {
    Line::new()
        .set("x1", x)
        .set("x2", x)
        .set("y1", from)
        .set("y2", to)
        .set("stroke", color)
}

#[expect(clippy::cast_precision_loss, reason = "there are never so many rows")]
fn as_f64(count: usize) -> f64 {
    count as f64
}
