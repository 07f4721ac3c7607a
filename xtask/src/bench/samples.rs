//! Several measurements of the same thing.

use serde::Serialize;

/// What was measured, a value a round.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(transparent)]
pub(crate) struct Samples(pub(crate) Vec<f64>);

impl Samples {
    /// The value in the middle, or between the two there; 0 of nothing.
    pub(crate) fn median(&self) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let middle = sorted.len() / 2;
        match sorted.len() {
            0 => 0.0,
            length if length % 2 == 1 => sorted[middle],
            _ => f64::midpoint(sorted[middle - 1], sorted[middle]),
        }
    }

    /// How far the values are apart: largest minus smallest, as a share of the median.
    pub(crate) fn spread(&self) -> f64 {
        let least = self.0.iter().copied().fold(f64::INFINITY, f64::min);
        let most = self.0.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let median = self.median();
        if median == 0.0 {
            0.0
        } else {
            (most - least) / median
        }
    }

    /// The median of the ratios round by round: what slows the whole machine for a while slows
    /// both sides of a round, and so falls out. Where the rounds don't pair up, the ratio of the
    /// medians.
    pub(crate) fn ratio_to(&self, rival: &Self) -> f64 {
        if self.0.len() != rival.0.len() || rival.0.contains(&0.0) {
            return self.median() / rival.median();
        }
        let pairs = self.0.iter().zip(&rival.0);
        Self(pairs.map(|(ours, theirs)| ours / theirs).collect()).median()
    }
}

impl FromIterator<f64> for Samples {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        Self(values.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::Samples;

    #[test]
    fn the_median_is_not_moved_by_one_slow_round() {
        let samples = Samples(vec![1.0, 9.0, 1.2]);
        assert!((samples.median() - 1.2).abs() < 1e-9);
        assert!((Samples(vec![1.0, 2.0]).median() - 1.5).abs() < 1e-9);
    }

    #[test]
    fn a_slow_round_of_both_falls_out_of_the_ratio() {
        let ours = Samples(vec![1.0, 10.0, 1.0]);
        let rival = Samples(vec![2.0, 20.0, 2.0]);
        assert!((ours.ratio_to(&rival) - 0.5).abs() < 1e-9);
    }

    #[test]
    fn nothing_measured_is_no_panic() {
        assert!(Samples::default().median().abs() < 1e-9);
        assert!(Samples::default().spread().abs() < 1e-9);
    }
}
