//! A figure with what it must reach, printed as a line of JSON.

use std::io::Write as _;

use anyhow::Context as _;
use serde_json::{Map, Value, json};

/// A figure.
pub(crate) struct Bar {
    name: String,
    value: f64,
    unit: &'static str,
    baseline: Option<f64>,
    /// How far people agree among themselves.
    people: Option<f64>,
    answers: Option<usize>,
    /// Measured on answers that the weights were fitted on.
    fitted: bool,
    wanted: Wanted,
}

enum Wanted {
    Nothing,
    AtLeast { must: f64, goal: f64 },
    AtMost { must: f64 },
    Between { low: f64, high: f64 },
}

impl Bar {
    /// A figure of which nothing is wanted.
    pub(crate) fn told(name: String, value: f64, unit: &'static str) -> Self {
        let (baseline, people, answers) = (None, None, None);
        Self { name, value, unit, baseline, people, answers, fitted: false, wanted: Wanted::Nothing }
    }

    pub(crate) fn at_least(name: String, value: f64, unit: &'static str, must: f64, goal: f64) -> Self {
        Self::told(name, value, unit).wanted(must, goal)
    }

    /// The same beside what a plain method reaches.
    pub(crate) fn beside(
        name: &str,
        value: f64,
        unit: &'static str,
        (must, goal): (f64, f64),
        baseline: f64,
    ) -> Self {
        Self::at_least(name.to_owned(), value, unit, must, goal).baseline(baseline)
    }

    pub(crate) fn wanted(self, must: f64, goal: f64) -> Self {
        Self { wanted: Wanted::AtLeast { must, goal }, ..self }
    }

    pub(crate) fn at_most(self, must: f64) -> Self {
        Self { wanted: Wanted::AtMost { must }, ..self }
    }

    pub(crate) fn between(self, low: f64, high: f64) -> Self {
        Self { wanted: Wanted::Between { low, high }, ..self }
    }

    pub(crate) fn baseline(self, baseline: f64) -> Self {
        Self { baseline: Some(baseline), ..self }
    }

    pub(crate) fn people(self, people: Option<f64>) -> Self {
        Self { people, ..self }
    }

    pub(crate) fn answers(self, answers: usize) -> Self {
        Self { answers: Some(answers), ..self }
    }

    pub(crate) fn fitted(self, fitted: bool) -> Self {
        Self { fitted, ..self }
    }

    /// Prints it; `true` where it falls short.
    pub(crate) fn print(&self) -> anyhow::Result<bool> {
        let value = thousandths(self.value);
        let mut line = Map::new();
        let mut put = |name: &str, value: Value| line.insert(name.to_owned(), value);
        put("name", json!(self.name));
        put("value", json!(value));
        put("unit", json!(self.unit));
        if let Some(baseline) = self.baseline {
            put("baseline", json!(thousandths(baseline)));
            put("ratio", json!(thousandths(self.value / baseline)));
        }
        if let Some(people) = self.people {
            put("people", json!(thousandths(people)));
        }
        if let Some(answers) = self.answers {
            put("answers", json!(answers));
        }
        if self.fitted {
            put("fitted", json!(true));
        }
        let is_reached = match self.wanted {
            Wanted::Nothing => None,
            Wanted::AtLeast { must, goal } => {
                put("must", json!(thousandths(must)));
                put("goal", json!(thousandths(goal)));
                Some(value >= thousandths(must))
            }
            Wanted::AtMost { must } => {
                put("must", json!(must));
                Some(value <= must)
            }
            Wanted::Between { low, high } => {
                put("must", json!([low, high]));
                Some(low <= value && value <= high)
            }
        };
        if let Some(is_reached) = is_reached {
            put("ok", json!(is_reached));
        }
        writeln!(std::io::stdout(), "{}", Value::Object(line)).context("cannot write")?;
        Ok(is_reached == Some(false))
    }
}

fn thousandths(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
