//! Scores over time.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use interaura_domain::envelope::RecordedEvent;
use interaura_domain::event::AnyEvent;
use interaura_domain::interview::event::{CriterionLevel, InterviewEvent};
use interaura_domain::interview::question::InterviewMode;
use interaura_domain::ports::signals::View;
use interaura_domain::role::RoleSlug;
use interaura_domain::score::interval::ScoreInterval;
use interaura_domain::score::{Criterion, Rating, Score};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::document::{Contradiction, DocumentView};

/// How many points are kept.
const KEPT: usize = 200;
/// How many interviews without a report are remembered.
const OPEN: usize = 50;

/// Levels of one criterion, summed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Levels {
    /// Sum of the levels.
    pub sum: f64,
    /// How many.
    pub count: u32,
    /// Sum of the squares of how far their intervals reach.
    #[serde(default)]
    pub squares: f64,
    /// How many have an interval.
    #[serde(default)]
    pub with_interval: u32,
}

impl Levels {
    /// The mean level, to one decimal; `None` without any.
    pub fn mean(self) -> Option<f64> {
        (self.count > 0).then(|| (self.sum / f64::from(self.count) * 10.0).round() / 10.0)
    }

    /// How far the 90 % interval of the mean reaches; `None` where one of the levels has none. Errors within an interview are
    /// taken as all the same, as its report takes them: the mean of several levels is no surer than each.
    pub fn noise(self) -> Option<f64> {
        let is_known = self.count > 0 && self.with_interval >= self.count;
        is_known.then(|| (self.squares / f64::from(self.count)).sqrt())
    }

    /// Adds one.
    fn put(&mut self, value: f64, reach: Option<f64>) {
        self.sum += value;
        self.count += 1;
        self.squares += reach.map_or(0.0, |reach| reach * reach);
        self.with_interval += u32::from(reach.is_some());
    }

    /// Takes one out whose own interval is not known any more: the mean of the squares stands for it.
    fn drop_one(&mut self, value: f64) {
        self.sum -= value;
        let mean = self.squares / f64::from(self.with_interval.max(1));
        self.squares = (self.squares - mean).max(0.0);
        self.with_interval = self.with_interval.saturating_sub(1);
        self.count = self.count.saturating_sub(1);
    }

    /// Takes levels that do not count any more out of the sums of their criteria.
    fn take_out(levels: &mut BTreeMap<Criterion, Self>, replaced: &[CriterionLevel]) {
        for CriterionLevel { criterion, level } in replaced {
            if let Some(levels) = levels.get_mut(criterion) {
                levels.drop_one(level.value());
            }
        }
    }

    /// Adds the applicable ratings to the sums of their criteria.
    pub fn add(levels: &mut BTreeMap<Criterion, Self>, ratings: &[Rating]) {
        for rating in ratings {
            if let Some(level) = rating.level {
                let reach = rating.interval.map(|interval| interval.wider_side(level));
                levels.entry(rating.criterion).or_default().put(level.value(), reach);
            }
        }
    }
}

/// One candidate's trend.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnalyticsTrendRow {
    /// Oldest first.
    pub points: Vec<TrendPoint>,
    /// Over all time.
    pub criteria: BTreeMap<Criterion, Levels>,
    open: Vec<OpenInterview>,
}

/// An interview with a report.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TrendPoint {
    /// Its id.
    pub interview_id: Uuid,
    /// When the report was issued.
    pub at: DateTime<Utc>,
    /// 0 to 100.
    pub overall: Score,
    /// The target role.
    pub role: RoleSlug,
    /// Mean levels.
    pub criteria: BTreeMap<Criterion, Levels>,
    /// Between which scores the report says that the overall score lies.
    #[serde(default)]
    pub interval: Option<ScoreInterval>,
    /// Kinds of questions; `None` in rows from before it was kept.
    #[serde(default)]
    pub mode: Option<InterviewMode>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct OpenInterview {
    interview_id: Uuid,
    role: RoleSlug,
    criteria: BTreeMap<Criterion, Levels>,
    #[serde(default)]
    mode: Option<InterviewMode>,
}

/// The read model.
pub struct AnalyticsTrend;

impl DocumentView for AnalyticsTrend {
    const VIEW: View = View::AnalyticsTrend;
    type Row = AnalyticsTrendRow;

    fn key(event: &AnyEvent, recorded: &RecordedEvent) -> Option<Uuid> {
        match event {
            AnyEvent::Interview(
                InterviewEvent::InterviewConfigured(_)
                | InterviewEvent::AnswerEvaluated(_)
                | InterviewEvent::ReportIssued(_),
            ) => Some(recorded.metadata.candidate_id.0),
            AnyEvent::Interview(_)
            | AnyEvent::Account(_)
            | AnyEvent::Resume(_)
            | AnyEvent::Mail(_)
            | AnyEvent::Transcript(_)
            | AnyEvent::Attention(_)
            | AnyEvent::Recording(_) => None,
        }
    }

    fn apply(
        row: &mut AnalyticsTrendRow,
        event: &AnyEvent,
        recorded: &RecordedEvent,
    ) -> Result<(), Contradiction> {
        let interview_id = recorded.aggregate_id;
        match event {
            AnyEvent::Interview(InterviewEvent::InterviewConfigured(event)) => {
                if row.open.len() >= OPEN {
                    row.open.remove(0);
                }
                let role = event.settings.role.clone();
                let (criteria, mode) = (BTreeMap::new(), Some(event.settings.mode));
                row.open.push(OpenInterview { interview_id, role, criteria, mode });
            }
            AnyEvent::Interview(InterviewEvent::AnswerEvaluated(event)) => {
                let replaced = event.replaces.as_ref().map_or(&[][..], |replaced| &replaced.levels);
                let open = row.open.iter_mut().find(|open| open.interview_id == interview_id);
                let point = row.points.iter_mut().find(|point| point.interview_id == interview_id);
                let of_interview =
                    open.map(|open| &mut open.criteria).or_else(|| point.map(|point| &mut point.criteria));
                for levels in [Some(&mut row.criteria), of_interview].into_iter().flatten() {
                    Levels::take_out(levels, replaced);
                    Levels::add(levels, &event.evaluation.ratings);
                }
            }
            AnyEvent::Interview(InterviewEvent::ReportIssued(event)) => {
                let point = row.points.iter_mut().find(|point| point.interview_id == interview_id);
                if let (Some(point), Some(overall)) = (point, event.overall) {
                    point.overall = overall;
                    point.interval = event.overall_interval;
                    return Ok(());
                }
                let Some(place) = row.open.iter().position(|open| open.interview_id == interview_id) else {
                    return Ok(());
                };
                let OpenInterview { role, criteria, mode, .. } = row.open.remove(place);
                let Some(overall) = event.overall else { return Ok(()) };
                let (at, interval) = (event.issued_at, event.overall_interval);
                row.points.push(TrendPoint { interview_id, at, overall, role, criteria, interval, mode });
                let surplus = row.points.len().saturating_sub(KEPT);
                row.points.drain(..surplus);
            }
            AnyEvent::Interview(_)
            | AnyEvent::Account(_)
            | AnyEvent::Resume(_)
            | AnyEvent::Mail(_)
            | AnyEvent::Transcript(_)
            | AnyEvent::Attention(_)
            | AnyEvent::Recording(_) => {}
        }
        Ok(())
    }
}
