//! Scores, evidence and better answers of an interview.

use std::collections::BTreeMap;

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject, Subscription};
use chrono::{DateTime, Utc};
use futures::{Stream, StreamExt as _};
use interaura_domain::interview::event::InterviewSettings;
use interaura_domain::ports::signals::View;
use interaura_domain::score;
use interaura_domain::score::interval;
use interaura_projections::analytics_trend::Levels;
use interaura_projections::interview_report::{InterviewReport as ReportView, InterviewReportRow};

use super::command::{candidate, parsed};
use super::fault::fault;
use super::report_answer::{AnswerReport, ScoreInterval};
use super::role::Role;
use super::room::{InterviewMode, InterviewStatus};
use super::scalars::{Position, reach};
use super::watch;
use crate::services::Services;

/// What an answer is judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "score::Criterion")]
pub enum Criterion {
    /// The answer speaks to the question.
    Relevance,
    /// The answer is easy to follow.
    Clarity,
    /// Situation, task, action and result are told.
    Structure,
    /// What is said is right.
    Correctness,
    /// Reasons, trade-offs and specifics.
    Depth,
}

/// The title of a criterion.
pub(crate) fn title(criterion: score::Criterion) -> &'static str {
    match criterion {
        score::Criterion::Relevance => "Relevance",
        score::Criterion::Clarity => "Clarity",
        score::Criterion::Structure => "Structure",
        score::Criterion::Correctness => "Correctness",
        score::Criterion::Depth => "Depth",
    }
}

/// Mean level of a criterion.
#[derive(SimpleObject)]
pub struct CriterionSummary {
    criterion: Criterion,
    title: String,
    /// 1 to 5; null where it never applied.
    level: Option<f64>,
    /// Answers that it applied to.
    answers: u32,
}

/// Means in the order of the rubric.
pub(crate) fn criterion_summaries(
    services: &Services,
    levels: &BTreeMap<score::Criterion, Levels>,
) -> Vec<CriterionSummary> {
    let criteria = services.rubric.criteria.iter().map(|rubric| rubric.criterion);
    criteria
        .map(|criterion| {
            let levels = levels.get(&criterion).copied().unwrap_or_default();
            CriterionSummary {
                criterion: criterion.into(),
                title: title(criterion).to_owned(),
                level: levels.mean(),
                answers: levels.count,
            }
        })
        .collect()
}

/// What the camera recorded.
#[derive(SimpleObject)]
pub struct InterviewRecording {
    /// Where it is played from, by whoever is signed in as its owner.
    url: String,
    /// The moment that it begins with: what was said a second later is heard at its first second.
    started_at: DateTime<Utc>,
    /// How long it plays.
    duration_ms: i64,
}

/// Scores, evidence and better answers of an interview.
pub struct InterviewReport {
    services: Services,
    id: ID,
    settings: InterviewSettings,
    row: InterviewReportRow,
}

impl InterviewReport {
    fn new(services: &Services, id: &ID, mut row: InterviewReportRow) -> Option<Self> {
        let settings = row.settings.take()?;
        Some(Self { services: services.clone(), id: id.clone(), settings, row })
    }
}

#[Object]
impl InterviewReport {
    /// Which interview.
    async fn interview_id(&self) -> &ID {
        &self.id
    }

    /// Where it stands.
    async fn status(&self) -> InterviewStatus {
        self.row.status.into()
    }

    /// The target role.
    async fn role(&self) -> Role {
        Role::named(&self.services, &self.settings.role)
    }

    /// Kinds of questions.
    async fn mode(&self) -> InterviewMode {
        self.settings.mode.into()
    }

    /// 1 to 5.
    async fn difficulty(&self) -> i32 {
        i32::from(self.settings.difficulty)
    }

    /// When it began.
    async fn started_at(&self) -> Option<DateTime<Utc>> {
        self.row.started_at
    }

    /// When it was over.
    async fn completed_at(&self) -> Option<DateTime<Utc>> {
        self.row.completed_at
    }

    /// Whether every answer has its verdict.
    async fn issued(&self) -> bool {
        self.row.issued
    }

    /// The mean of the scores that count, 0 to 100.
    async fn overall(&self) -> Option<f64> {
        self.row.overall.map(Into::into)
    }

    /// How sure that is, as wide as if all answers erred the same way at once; null where a verdict is missing, or one
    /// does not say how sure it is.
    async fn overall_interval(&self) -> Option<ScoreInterval> {
        self.row.overall?;
        let answers = self.row.counting().filter_map(|question| question.answer.as_ref());
        // What nobody could judge is left out of the score.
        let awaited = answers.filter(|answer| answer.verdict.is_some() || answer.failure.is_none());
        let intervals = awaited.map(|answer| {
            let verdict = answer.verdict.as_ref()?;
            interval::overall_interval(&verdict.evaluation.ratings)
        });
        interval::mean_interval(intervals).map(Into::into)
    }

    /// How the spoken answers were said: the mean of their delivery scores, 0 to 100; null where none was
    /// spoken or could be measured. It stands beside the overall score and is no part of it.
    async fn delivery_overall(&self) -> Option<f64> {
        let answers = self.row.counting_delivery().filter_map(|question| question.answer.as_ref());
        let scores: Vec<_> = answers
            .filter_map(|answer| answer.delivery.as_ref().and_then(|delivery| delivery.overall))
            .collect();
        score::mean(&scores).map(Into::into)
    }

    /// Mean level per criterion over the answers that count, in the order of the rubric.
    async fn criteria(&self) -> Vec<CriterionSummary> {
        let mut levels = BTreeMap::new();
        let answers = self.row.counting().filter_map(|question| question.answer.as_ref());
        for verdict in answers.filter_map(|answer| answer.verdict.as_ref()) {
            Levels::add(&mut levels, &verdict.evaluation.ratings);
        }
        criterion_summaries(&self.services, &levels)
    }

    /// In the order they were asked.
    async fn answers(&self) -> Vec<AnswerReport> {
        let questions = self.row.questions.iter();
        questions.filter_map(|question| AnswerReport::new(&self.services, &self.row, question)).collect()
    }

    /// What the camera recorded, once it can be played; null where nothing was recorded.
    async fn recording(&self) -> Option<InterviewRecording> {
        self.row.recording.map(|recording| InterviewRecording {
            url: format!("/api/recordings/{}", self.id.as_str()),
            started_at: recording.started_at,
            duration_ms: i64::try_from(recording.duration_ms).unwrap_or(i64::MAX),
        })
    }

    /// The rubric and its version.
    async fn rubric(&self) -> Option<String> {
        let mut answers = self.row.questions.iter().filter_map(|question| question.answer.as_ref());
        answers.find_map(|answer| Some(answer.verdict.as_ref()?.evaluation.rubric.clone()))
    }
}

/// Queries about reports.
#[derive(Default)]
pub struct ReportQuery;

#[Object]
impl ReportQuery {
    /// Scores, evidence and better answers of an interview.
    async fn interview_report(
        &self,
        ctx: &Context<'_>,
        id: ID,
        at_least: Option<Position>,
    ) -> Result<Option<InterviewReport>> {
        let (owner, services) = (candidate(ctx)?, ctx.data::<Services>()?);
        let Ok(key) = parsed(&id) else { return Ok(None) };
        reach(services, View::InterviewReport, owner, at_least).await?;
        let row = services.read_models.row::<ReportView>(owner, key).await.map_err(|error| fault(&error))?;
        Ok(row.and_then(|row| InterviewReport::new(services, &id, row)))
    }
}

/// Reports as they change.
#[derive(Default)]
pub struct ReportSubscription;

#[Subscription]
impl ReportSubscription {
    /// A report as verdicts come in; nothing comes for an interview that is not the caller's.
    async fn interview_report(
        &self,
        ctx: &Context<'_>,
        id: ID,
    ) -> Result<impl Stream<Item = InterviewReport> + use<>> {
        let (owner, services) = (candidate(ctx)?, ctx.data::<Services>()?.clone());
        let key = id.parse().unwrap_or_default();
        let rows = watch::rows::<ReportView>(&services, owner, key);
        Ok(rows.filter_map(move |row| {
            std::future::ready(row.and_then(|row| InterviewReport::new(&services, &id, row)))
        }))
    }
}
