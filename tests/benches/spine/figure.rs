//! Figures as lines of JSON.

use std::io::Write as _;

use serde_json::json;

/// Which side of a bound is good.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    AtLeast,
    AtMost,
}

/// One measured figure. A figure with a baseline is judged by its ratio to it, one without by its value.
pub(crate) struct Figure {
    pub(crate) name: String,
    pub(crate) value: f64,
    pub(crate) unit: &'static str,
    pub(crate) baseline: Option<f64>,
    pub(crate) bound: Bound,
    pub(crate) must: f64,
    pub(crate) goal: f64,
}

/// Prints figures and remembers whether one missed its *must*.
#[derive(Default)]
pub(crate) struct Report {
    missed: bool,
}

impl Report {
    pub(crate) fn add(&mut self, figure: &Figure) {
        let ratio = figure.baseline.map(|baseline| figure.value / baseline);
        let judged = ratio.unwrap_or(figure.value);
        let ok = match figure.bound {
            Bound::AtLeast => judged >= figure.must,
            Bound::AtMost => judged <= figure.must,
        };
        self.missed |= !ok;
        let line = json!({
            "name": figure.name, "value": rounded(figure.value), "unit": figure.unit,
            "baseline": figure.baseline.map(rounded), "ratio": ratio.map(rounded),
            "must": figure.must, "goal": figure.goal, "ok": ok,
        });
        let mut out = std::io::stdout();
        writeln!(out, "{line}").unwrap();
    }

    /// 1 where a *must* was missed.
    pub(crate) fn status(&self) -> i32 {
        i32::from(self.missed)
    }
}

fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// The middle one of several measurements.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The value that 99 of 100 do not exceed.
pub(crate) fn p99(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[(values.len() * 99).div_ceil(100).max(1) - 1]
}
