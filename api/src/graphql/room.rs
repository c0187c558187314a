//! The live state of an interview.

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject, Subscription};
use chrono::{DateTime, Utc};
use futures::{Stream, StreamExt as _};
use interaura_domain::interview;
use interaura_domain::interview::adapting::Adaptation;
use interaura_domain::interview::event::InterviewSettings;
use interaura_domain::interview::question;
use interaura_domain::ports::signals::View;
use interaura_projections::interview_room::{
    AskedRow, EvaluationState as Evaluated, InterviewRoom as RoomView, InterviewRoomRow,
};

use super::command::{candidate, parsed};
use super::fault::fault;
use super::role::{Need, Role};
use super::scalars::{Position, Span, reach};
use super::watch;
use crate::services::Services;

/// Which kinds of questions an interview holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "question::InterviewMode")]
pub enum InterviewMode {
    /// How the candidate acted in real situations.
    Behavioural,
    /// Knowledge and judgement of the role.
    Technical,
    /// Both.
    Mixed,
}

/// What a question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "question::QuestionKind")]
pub enum QuestionKind {
    /// A real situation.
    Behavioural,
    /// Knowledge and judgement of the role.
    Technical,
}

/// Where an interview stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum InterviewStatus {
    /// Set up; its questions are being chosen.
    Configured,
    /// Its questions are chosen.
    Ready,
    /// Going on.
    InProgress,
    /// To be continued.
    Paused,
    /// Left before its end.
    Abandoned,
    /// Over.
    Completed,
    /// Thrown away before it began.
    Discarded,
}

impl From<interview::InterviewStatus> for InterviewStatus {
    fn from(status: interview::InterviewStatus) -> Self {
        match status {
            interview::InterviewStatus::Unknown | interview::InterviewStatus::Configured => Self::Configured,
            interview::InterviewStatus::Ready => Self::Ready,
            interview::InterviewStatus::InProgress => Self::InProgress,
            interview::InterviewStatus::Paused => Self::Paused,
            interview::InterviewStatus::Abandoned => Self::Abandoned,
            interview::InterviewStatus::Completed => Self::Completed,
            interview::InterviewStatus::Discarded => Self::Discarded,
        }
    }
}

/// What became of an answer's verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum EvaluationState {
    /// Not there yet.
    Pending,
    /// There.
    Evaluated,
    /// Not to be had.
    Failed,
}

/// What was typed so far.
#[derive(SimpleObject)]
pub struct Draft {
    revision: u32,
    text: String,
    saved_at: DateTime<Utc>,
}

/// A final answer.
#[derive(SimpleObject)]
pub struct GivenAnswer {
    id: ID,
    text: String,
    duration_ms: u64,
    submitted_at: DateTime<Utc>,
    evaluation: EvaluationState,
    score: Option<f64>,
}

/// A question that was asked.
#[derive(SimpleObject)]
pub struct AskedQuestion {
    id: ID,
    /// 1 for the first planned question; a follow-up has the number of its question.
    number: i32,
    text: String,
    kind: QuestionKind,
    difficulty: i32,
    topic: String,
    /// What the last answer left out, where this is a follow-up.
    gap: Option<String>,
    /// Why another than the planned question is asked, in words for the candidate.
    adapted: Option<String>,
    /// Whether it takes up a topic on which an earlier answer was weak.
    takes_up: bool,
    /// The words of the resume it was made from.
    resume_quote: Option<String>,
    resume_span: Option<Span>,
    asked_at: DateTime<Utc>,
    /// How long the interview was paused or left since then, in milliseconds; it does not count.
    paused_ms: u64,
    /// By how much its time was extended.
    extended_seconds: u32,
    /// The question's first id, where it is tried again.
    retry_of: Option<ID>,
    /// The attempt, from 1.
    attempt: u32,
    draft: Option<Draft>,
    answer: Option<GivenAnswer>,
}

fn why(adaptation: Adaptation) -> String {
    let mean = adaptation.mean.value();
    let (than, said) = if adaptation.steps > 0 { ("harder", "strong") } else { ("easier", "hard going") };
    format!(
        "A question {than} than planned: your last two answers were {said} ({mean:.0} of 100 on average)."
    )
}

impl From<&AskedRow> for AskedQuestion {
    fn from(asked: &AskedRow) -> Self {
        let draft = asked.draft.as_ref();
        let answer = asked.answer.as_ref();
        Self {
            id: ID(asked.question_id.to_string()),
            number: i32::from(asked.number),
            text: asked.text().to_owned(),
            kind: asked.question.kind.into(),
            difficulty: i32::from(asked.question.difficulty),
            topic: asked.question.topic.clone(),
            gap: asked.gap.clone(),
            adapted: asked.adapted.map(why),
            takes_up: asked.question.takes_up,
            resume_quote: asked.fact().map(|fact| fact.quote.clone()),
            resume_span: asked.fact().map(|fact| fact.span.into()),
            asked_at: asked.asked_at,
            paused_ms: asked.absence.ended_ms(),
            extended_seconds: asked.extended_seconds,
            retry_of: asked.retry_of.map(|id| ID(id.to_string())),
            attempt: asked.attempt.max(1),
            draft: draft.map(|draft| Draft {
                revision: draft.revision,
                text: draft.text.clone(),
                saved_at: draft.saved_at,
            }),
            answer: answer.map(|answer| {
                let (evaluation, score) = match answer.evaluation {
                    Evaluated::Pending => (EvaluationState::Pending, None),
                    Evaluated::Evaluated(score) => (EvaluationState::Evaluated, Some(score.value())),
                    Evaluated::Failed => (EvaluationState::Failed, None),
                };
                GivenAnswer {
                    id: ID(answer.answer_id.to_string()),
                    text: answer.text.clone(),
                    duration_ms: answer.duration_ms,
                    submitted_at: answer.submitted_at,
                    evaluation,
                    score,
                }
            }),
        }
    }
}

/// Something the job asks for, with the questions that ask for it.
#[derive(SimpleObject)]
pub struct RequirementCoverage {
    /// As the role or the post names it.
    name: String,
    need: Need,
    /// The numbers of the questions that ask for it; none where this interview does not.
    questions: Vec<i32>,
}

/// The live state of an interview.
pub struct InterviewRoom {
    services: Services,
    id: ID,
    settings: InterviewSettings,
    row: InterviewRoomRow,
}

impl InterviewRoom {
    fn new(services: &Services, id: &ID, mut row: InterviewRoomRow) -> Option<Self> {
        let settings = row.settings.take()?;
        Some(Self { services: services.clone(), id: id.clone(), settings, row })
    }
}

#[Object]
impl InterviewRoom {
    /// Its id.
    async fn id(&self) -> &ID {
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

    /// Planned questions, follow-ups not counted.
    async fn questions(&self) -> i32 {
        i32::from(self.settings.questions)
    }

    /// The resume that questions are made from.
    async fn resume_id(&self) -> Option<ID> {
        self.settings.resume_id.map(|id| ID(id.to_string()))
    }

    /// After how long the timer nudges, per question.
    async fn seconds_per_question(&self) -> u32 {
        self.settings.seconds_per_question
    }

    /// Why no questions could be chosen.
    async fn planning_failure(&self) -> Option<&str> {
        self.row.planning_failure.as_deref()
    }

    /// Asked so far, in order; the last one without an answer is open.
    async fn asked(&self) -> Vec<AskedQuestion> {
        self.row.asked.iter().map(AskedQuestion::from).collect()
    }

    /// What the job asks for, the most important first, with the questions that ask for it.
    async fn requirements(&self) -> Vec<RequirementCoverage> {
        let coverage = |(place, one): (u8, &question::Requirement)| RequirementCoverage {
            name: one.name.clone(),
            need: one.need.into(),
            questions: self.row.asking_for(place).into_iter().map(i32::from).collect(),
        };
        (0..=u8::MAX).zip(&self.row.requirements).map(coverage).collect()
    }

    /// True from an answer until the next question is asked.
    async fn thinking(&self) -> bool {
        let answered = !self.row.asked.is_empty() && self.row.current().is_none();
        answered && self.row.status != interview::InterviewStatus::Completed
    }

    /// Whether the report is out.
    async fn report_ready(&self) -> bool {
        self.row.report_ready
    }
}

/// Queries about the live state.
#[derive(Default)]
pub struct RoomQuery;

#[Object]
impl RoomQuery {
    /// The live state of one interview.
    async fn interview_room(
        &self,
        ctx: &Context<'_>,
        id: ID,
        at_least: Option<Position>,
    ) -> Result<Option<InterviewRoom>> {
        let (owner, services) = (candidate(ctx)?, ctx.data::<Services>()?);
        let Ok(key) = parsed(&id) else { return Ok(None) };
        reach(services, View::InterviewRoom, owner, at_least).await?;
        let row = services.read_models.row::<RoomView>(owner, key).await.map_err(|error| fault(&error))?;
        Ok(row.and_then(|row| InterviewRoom::new(services, &id, row)))
    }
}

/// The live state as it changes.
#[derive(Default)]
pub struct RoomSubscription;

#[Subscription]
impl RoomSubscription {
    /// The live state as it changes; nothing comes for an interview that is not the caller's.
    async fn interview_room(
        &self,
        ctx: &Context<'_>,
        id: ID,
    ) -> Result<impl Stream<Item = InterviewRoom> + use<>> {
        let (owner, services) = (candidate(ctx)?, ctx.data::<Services>()?.clone());
        let key = id.parse().unwrap_or_default();
        let rows = watch::rows::<RoomView>(&services, owner, key);
        Ok(rows.filter_map(move |row| {
            std::future::ready(row.and_then(|row| InterviewRoom::new(&services, &id, row)))
        }))
    }
}
