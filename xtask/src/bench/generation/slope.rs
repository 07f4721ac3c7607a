//! How time goes with size.

use crate::bench::report::{Figure, Unit};
use crate::bench::samples::Samples;

/// The most that the exponent may be: time that is linear in the size has 1, and its square 2.
const MOST: f64 = 1.15;

/// The exponent of the power of the size that the time goes with best, a value a round; none for
/// fewer than two sizes.
pub(super) fn figure(sizes: &[(u64, Samples)]) -> Option<Figure> {
    let rounds = sizes.iter().map(|(_, times)| times.0.len()).min()?;
    if sizes.len() < 2 {
        return None;
    }
    let slopes: Samples = (0..rounds)
        .map(|round| {
            let points = sizes.iter().map(|(bytes, times)| {
                #[expect(clippy::cast_precision_loss, reason = "no description is so large")]
                let bytes = *bytes as f64;
                (bytes.ln(), times.0[round].ln())
            });
            slope(&points.collect::<Vec<_>>())
        })
        .collect();
    let linear = Samples(vec![1.0; rounds]);
    let what = "exponent of time over size, descriptions of one make";
    Some(Figure::new(what, Unit::Count, slopes).at_most(MOST, "linear", linear))
}

/// The slope of the line that fits points best, by least squares.
fn slope(points: &[(f64, f64)]) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "there are a few points")]
    let count = points.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let rise: f64 = points
        .iter()
        .map(|point| (point.0 - x) * (point.1 - y))
        .sum();
    let run: f64 = points.iter().map(|point| (point.0 - x).powi(2)).sum();
    rise / run
}

#[cfg(test)]
mod tests {
    use super::{figure, slope};
    use crate::bench::samples::Samples;

    #[test]
    fn the_slope_of_a_line_is_found() {
        let points = [(0.0, 1.0), (1.0, 3.0), (2.0, 5.0)];
        assert!((slope(&points) - 2.0).abs() < 1e-9);
    }

    #[test]
    fn what_is_quadratic_is_told() {
        let sizes = [
            (10, Samples(vec![1.0])),
            (100, Samples(vec![100.0])),
            (1_000, Samples(vec![10_000.0])),
        ];
        let figure = figure(&sizes).expect("three sizes");
        assert!(!figure.rivals[0].holds(&figure.ours));
    }

    #[test]
    fn one_size_has_no_slope() {
        assert!(figure(&[(10, Samples(vec![1.0]))]).is_none());
    }
}
