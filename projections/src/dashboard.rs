//! What somebody sees first: figures, recent interviews, what to take up again.

use chrono::{DateTime, NaiveDate, Utc};
use interaura_domain::envelope::RecordedEvent;
use interaura_domain::event::AnyEvent;
use interaura_domain::interview::InterviewStatus;
use interaura_domain::interview::event::{InterviewEvent, InterviewSettings, ReportIssued};
use interaura_domain::ports::signals::View;
use interaura_domain::resume::analysis::MatchTarget;
use interaura_domain::resume::event::{RejectionReason, ResumeEvent};
use interaura_domain::score::Score;
use interaura_domain::score::interval::ScoreInterval;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::document::{Contradiction, DocumentView};

/// How many interviews are kept at hand; older ones are in the list of all.
const KEPT: usize = 50;

/// One candidate's dashboard.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct DashboardRow {
    /// Interviews with a report.
    pub interviews_completed: u32,
    /// Final answers.
    pub answers_given: u32,
    /// Between questions and answers.
    pub practised_ms: u64,
    /// Sum of the reports' scores; divide by `scored`.
    pub score_sum: f64,
    /// Reports with a score.
    pub scored: u32,
    /// Sums of the ends of the reports' intervals.
    #[serde(default)]
    pub interval_sums: (f64, f64),
    /// Reports with an interval.
    #[serde(default)]
    pub with_interval: u32,
    /// The best report.
    pub best: Option<Score>,
    /// Between which scores the best report lies; `None` where it does not say so.
    #[serde(default)]
    pub best_interval: Option<ScoreInterval>,
    /// The last day with an answer, UTC.
    pub last_day: Option<NaiveDate>,
    /// Days in a row up to that day.
    pub streak_days: u32,
    /// The newest resume.
    pub latest_resume: Option<LatestResume>,
    /// Newest first.
    pub interviews: Vec<InterviewLine>,
}

/// An interview as a line of a list.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct InterviewLine {
    /// Its id.
    pub interview_id: Uuid,
    /// How it was set up.
    pub settings: InterviewSettings,
    /// Where it stands.
    pub status: InterviewStatus,
    /// Planned questions with a final answer; follow-ups are not counted, as in the settings.
    pub answered: u32,
    /// Whether the question that was asked last is a follow-up.
    pub at_follow_up: bool,
    /// The report's score.
    pub score: Option<Score>,
    /// Between which scores that lies.
    #[serde(default)]
    pub interval: Option<ScoreInterval>,
    /// When it was set up.
    pub created_at: DateTime<Utc>,
    /// When something last happened.
    pub updated_at: DateTime<Utc>,
}

/// The newest resume.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LatestResume {
    /// Its id.
    pub resume_id: Uuid,
    /// Its name as uploaded.
    pub file_name: Option<String>,
    /// Whether its text is known.
    pub read: bool,
    /// Whether it was turned away.
    pub rejected: bool,
    /// Why it cannot be used.
    #[serde(default)]
    pub rejection: Option<RejectionReason>,
    /// What it was matched against last.
    pub target: Option<MatchTarget>,
    /// That match's score.
    pub score: Option<Score>,
    /// When it came.
    pub uploaded_at: DateTime<Utc>,
}

impl DashboardRow {
    /// Mean of the reports' scores.
    pub fn average(&self) -> Option<f64> {
        (self.scored > 0).then(|| Score::clamped(self.score_sum / f64::from(self.scored)).value())
    }

    /// Days in a row with practice, ending today or yesterday.
    pub fn streak(&self, today: NaiveDate) -> u32 {
        match self.last_day {
            Some(last) if (today - last).num_days() <= 1 => self.streak_days,
            _ => 0,
        }
    }

    fn practised(&mut self, day: NaiveDate) {
        self.streak_days = match self.last_day {
            Some(last) if last == day => self.streak_days,
            Some(last) if last.succ_opt() == Some(day) => self.streak_days + 1,
            _ => 1,
        };
        self.last_day = Some(day);
    }

    /// Between which scores the average lies, as wide as if all reports erred the same way at once; `None` where one of
    /// them does not say how sure it is.
    pub fn average_interval(&self) -> Option<ScoreInterval> {
        let count = f64::from(self.scored);
        let (low, high) = self.interval_sums;
        let all = self.scored > 0 && self.with_interval == self.scored;
        all.then(|| ScoreInterval { low: Score::clamped(low / count), high: Score::clamped(high / count) })
    }

    fn count_interval(&mut self, interval: Option<ScoreInterval>, sign: f64) {
        let Some(ScoreInterval { low, high }) = interval else { return };
        self.interval_sums.0 += sign * low.value();
        self.interval_sums.1 += sign * high.value();
        self.with_interval =
            if sign > 0.0 { self.with_interval + 1 } else { self.with_interval.saturating_sub(1) };
    }

    fn count_report(&mut self, interview_id: Uuid, event: &ReportIssued) {
        match &event.replaces {
            None => self.interviews_completed += 1,
            Some(former) => {
                if let Some(score) = former.overall {
                    self.scored = self.scored.saturating_sub(1);
                    self.score_sum -= score.value();
                    self.count_interval(former.overall_interval, -1.0);
                    if self.best == Some(score) {
                        let best = self.best_but(interview_id);
                        self.best = best.map(|(score, _)| score);
                        self.best_interval = best.and_then(|(_, interval)| interval);
                    }
                }
            }
        }
        if let Some(score) = event.overall {
            self.scored += 1;
            self.score_sum += score.value();
            self.count_interval(event.overall_interval, 1.0);
            if self.best.is_none_or(|best| score > best) {
                self.best = Some(score);
                self.best_interval = event.overall_interval;
            }
        }
    }

    /// The best score of the sessions that are kept, one left out.
    fn best_but(&self, interview_id: Uuid) -> Option<(Score, Option<ScoreInterval>)> {
        let others = self.interviews.iter().filter(|line| line.interview_id != interview_id);
        let scored = others.filter_map(|line| Some((line.score?, line.interval)));
        scored.reduce(|best, other| if other.0 > best.0 { other } else { best })
    }

    fn apply_resume(&mut self, resume_id: Uuid, event: &ResumeEvent, at: DateTime<Utc>) {
        if let ResumeEvent::ResumeUploaded(event) = event {
            self.latest_resume = Some(LatestResume {
                resume_id,
                file_name: event.file_name.present().cloned(),
                read: false,
                rejected: false,
                rejection: None,
                target: None,
                score: None,
                uploaded_at: at,
            });
        }
        let Some(latest) = self.latest_resume.as_mut().filter(|latest| latest.resume_id == resume_id) else {
            return;
        };
        match event {
            ResumeEvent::ResumeTextExtracted(_) => latest.read = true,
            ResumeEvent::ResumeRejected(event) => {
                latest.rejected = true;
                latest.rejection = Some(event.reason);
            }
            ResumeEvent::ResumeAnalysed(event) => latest.score = Some(event.score),
            ResumeEvent::ResumeMatchRequested(event) => {
                latest.target = event.target.present().map(MatchTarget::named);
                latest.score = None;
            }
            ResumeEvent::ResumeUploaded(_) | ResumeEvent::ResumeMatchFailed(_) => {}
        }
    }

    fn apply_interview(&mut self, interview_id: Uuid, event: &InterviewEvent, at: DateTime<Utc>) {
        if let InterviewEvent::InterviewConfigured(event) = event {
            self.interviews.insert(
                0,
                InterviewLine {
                    interview_id,
                    settings: event.settings.clone(),
                    status: InterviewStatus::Configured,
                    answered: 0,
                    at_follow_up: false,
                    score: None,
                    interval: None,
                    created_at: event.configured_at,
                    updated_at: at,
                },
            );
            self.interviews.truncate(KEPT);
        }
        if let InterviewEvent::AnswerSubmitted(event) = event {
            self.answers_given += 1;
            self.practised_ms += event.duration_ms;
            self.practised(event.submitted_at.date_naive());
        }
        if let InterviewEvent::ReportIssued(event) = event {
            self.count_report(interview_id, event);
        }
        let Some(line) = self.interviews.iter_mut().find(|line| line.interview_id == interview_id) else {
            return;
        };
        line.updated_at = at;
        match event {
            InterviewEvent::QuestionsPlanned(_) => line.status = InterviewStatus::Ready,
            InterviewEvent::InterviewStarted(_) | InterviewEvent::InterviewResumed(_) => {
                line.status = InterviewStatus::InProgress;
            }
            InterviewEvent::InterviewPaused(_) => line.status = InterviewStatus::Paused,
            InterviewEvent::InterviewAbandoned(_) => line.status = InterviewStatus::Abandoned,
            InterviewEvent::InterviewDiscarded(_) => {
                self.interviews.retain(|line| line.interview_id != interview_id);
            }
            InterviewEvent::InterviewCompleted(_) => line.status = InterviewStatus::Completed,
            InterviewEvent::AnswerSubmitted(event) => {
                line.answered += u32::from(!line.at_follow_up && event.attempt <= 1);
            }
            InterviewEvent::QuestionAsked(_) => line.at_follow_up = false,
            InterviewEvent::FollowUpAsked(_) => line.at_follow_up = true,
            InterviewEvent::ReportIssued(event) => {
                line.score = event.overall;
                line.interval = event.overall_interval;
            }
            InterviewEvent::InterviewConfigured(_)
            | InterviewEvent::PlanningFailed(_)
            | InterviewEvent::AnswerDrafted(_)
            | InterviewEvent::TimeExtended(_)
            | InterviewEvent::AnswerEvaluated(_)
            | InterviewEvent::EvaluationFailed(_)
            | InterviewEvent::BetterAnswerWritten(_)
            | InterviewEvent::DeliveryMeasured(_)
            | InterviewEvent::ScoreContested(_)
            | InterviewEvent::ContestFailed(_)
            | InterviewEvent::RetryAsked(_) => {}
        }
    }
}

/// The read model.
pub struct Dashboard;

impl DocumentView for Dashboard {
    const VIEW: View = View::Dashboard;
    type Row = DashboardRow;

    fn key(event: &AnyEvent, recorded: &RecordedEvent) -> Option<Uuid> {
        match event {
            AnyEvent::Interview(InterviewEvent::AnswerDrafted(_))
            | AnyEvent::Account(_)
            | AnyEvent::Mail(_)
            | AnyEvent::Transcript(_)
            | AnyEvent::Attention(_)
            | AnyEvent::Recording(_) => None,
            AnyEvent::Interview(_) | AnyEvent::Resume(_) => Some(recorded.metadata.candidate_id.0),
        }
    }

    fn apply(
        row: &mut DashboardRow,
        event: &AnyEvent,
        recorded: &RecordedEvent,
    ) -> Result<(), Contradiction> {
        match event {
            AnyEvent::Resume(event) => row.apply_resume(recorded.aggregate_id, event, recorded.recorded_at),
            AnyEvent::Interview(event) => {
                row.apply_interview(recorded.aggregate_id, event, recorded.recorded_at);
            }
            AnyEvent::Account(_)
            | AnyEvent::Mail(_)
            | AnyEvent::Transcript(_)
            | AnyEvent::Attention(_)
            | AnyEvent::Recording(_) => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    #[test]
    fn a_streak_ends_with_a_day_off() {
        let mut row = DashboardRow::default();
        for practised in [20, 20, 21] {
            row.practised(day(practised));
        }
        assert_eq!((row.streak(day(21)), row.streak(day(22)), row.streak(day(23))), (2, 2, 0));
        row.practised(day(24));
        assert_eq!(row.streak(day(24)), 1);
    }
}
