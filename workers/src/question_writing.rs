//! Chooses the questions of an interview, and what to ask after an answer.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use async_trait::async_trait;
use interaura_domain::envelope::RecordedEvent;
use interaura_domain::event::AnyEvent;
use interaura_domain::ids::{AnswerId, QuestionId};
use interaura_domain::interview::Interview;
use interaura_domain::interview::command::{AskNext, FailPlanning, InterviewCommand, PlanQuestions};
use interaura_domain::interview::error::InterviewError;
use interaura_domain::interview::evaluation::Evaluation;
use interaura_domain::interview::event::{Alternate, InterviewEvent, InterviewSettings, PlannedQuestion};
use interaura_domain::ports::blob_store::BlobStore;
use interaura_domain::ports::clock::Clock;
use interaura_domain::ports::commands::Commands;
use interaura_domain::ports::event_log::EventLog;
use interaura_domain::ports::question_writer::{
    FollowUp, InterviewBrief, QuestionWriter, QuestionWriterError,
};
use interaura_projections::interview_room::{AskedRow, EvaluationState, InterviewRoom, InterviewRoomRow};
use interaura_projections::read_models::ReadModels;

use crate::exchanges::keep;
use crate::reaction::{Reaction, ReactionError, context, derived_id, send};
use crate::resume_text::{read_resume, wanted_by_post};

/// How many earlier interviews are looked at for questions that were asked before.
const EARLIER: u32 = 100;

/// A topic or requirement is weak where its latest answer scored less.
const WEAK: f64 = 50.0;

/// Chooses questions.
pub struct QuestionWriting {
    /// Where questions go.
    pub commands: Arc<dyn Commands<Interview>>,
    /// Where the resume's text is.
    pub log: Arc<dyn EventLog>,
    /// Where a long text is.
    pub blobs: Arc<dyn BlobStore>,
    /// What was asked before.
    pub read_models: ReadModels,
    /// What chooses and words.
    pub writer: Arc<dyn QuestionWriter>,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

fn failed(error: QuestionWriterError) -> ReactionError {
    match error {
        error @ QuestionWriterError::Unavailable(_) => ReactionError::Retry(error.into()),
        error @ QuestionWriterError::UnknownRole(_) => ReactionError::GiveUp(error.into()),
    }
}

/// Of what questions were about, that whose latest answer was weak; `rooms` come newest first.
fn weak(
    rooms: &[&InterviewRoomRow],
    about: impl Fn(&InterviewRoomRow, &AskedRow) -> Vec<String>,
) -> BTreeSet<String> {
    let mut latest: BTreeMap<String, f64> = BTreeMap::new();
    for (room, asked) in rooms.iter().rev().flat_map(|room| room.asked.iter().map(move |asked| (room, asked)))
    {
        if let Some(EvaluationState::Evaluated(score)) = asked.answer.as_ref().map(|answer| answer.evaluation)
        {
            latest.extend(about(room, asked).into_iter().map(|one| (one, score.value())));
        }
    }
    latest.into_iter().filter(|(_, score)| *score < WEAK).map(|(one, _)| one).collect()
}

fn asked_for(room: &InterviewRoomRow, asked: &AskedRow) -> Vec<String> {
    let name = |place: &u8| Some(room.requirements.get(usize::from(*place))?.name.clone());
    asked.question.covers.iter().filter_map(name).collect()
}

fn is_done(refusal: &InterviewError) -> bool {
    matches!(
        refusal,
        InterviewError::AlreadyPlanned
            | InterviewError::AlreadyAsked
            | InterviewError::AlreadyCompleted
            | InterviewError::Discarded
    )
}

impl QuestionWriting {
    async fn plan(
        &self,
        settings: &InterviewSettings,
        recorded: &RecordedEvent,
    ) -> Result<(), ReactionError> {
        let owner = recorded.metadata.candidate_id;
        let resume = match settings.resume_id {
            None => None,
            Some(id) => {
                read_resume(&*self.log, &*self.blobs, owner, id).await.map_err(ReactionError::Retry)?
            }
        };
        let earlier = self.read_models.page::<InterviewRoom>(owner, None, EARLIER).await;
        let earlier = earlier.map_err(|error| ReactionError::Retry(error.into()))?;
        let asked_before: BTreeSet<String> = earlier
            .iter()
            .flat_map(|room| room.row.asked_or_planned())
            .filter_map(|question| question.library_item.clone())
            .collect();
        let asked_texts = earlier
            .iter()
            .rev()
            .flat_map(|room| room.row.asked_or_planned())
            .filter_map(|question| question.text.present().cloned())
            .collect();
        let wanted = match settings.resume_id.zip(settings.match_id) {
            None => Vec::new(),
            Some((resume_id, match_id)) => {
                let wanted = wanted_by_post(&*self.log, owner, resume_id, match_id).await;
                wanted.map_err(ReactionError::Retry)?
            }
        };
        let of_role: Vec<&InterviewRoomRow> = earlier
            .iter()
            .map(|room| &room.row)
            .filter(|row| row.settings.as_ref().is_some_and(|of| of.role == settings.role))
            .collect();
        let topic = |_: &InterviewRoomRow, asked: &AskedRow| vec![asked.question.topic.clone()];
        let (weak_topics, weak_requirements) = (weak(&of_role, topic), weak(&of_role, asked_for));
        let seed = derived_id(recorded, self.name(), "seed").as_u64_pair().0;
        let brief = InterviewBrief {
            mode: settings.mode,
            role: settings.role.clone(),
            level: settings.level,
            difficulty: settings.difficulty,
            questions: settings.questions,
            resume: resume
                .map(|(text, extracted)| (text, extracted.outline.into_present().unwrap_or_default())),
            asked_before,
            asked_texts,
            wanted,
            weak_topics,
            weak_requirements,
            seed,
        };
        let mut plan = self.writer.plan(&brief).await.map_err(failed)?;
        keep(&*self.blobs, recorded, (self.name(), "exchange"), &mut plan.exchange).await?;
        let id = |name: String| QuestionId(derived_id(recorded, self.name(), &name));
        let questions = (1..).zip(plan.questions).map(|(number, question): (u32, _)| PlannedQuestion {
            question_id: id(format!("question-{number}")),
            question,
        });
        let alternates = (1..).zip(plan.alternates).map(|(one, (number, question)): (u32, _)| Alternate {
            number,
            question_id: id(format!("alternate-{one}")),
            question,
        });
        let command = PlanQuestions {
            questions: questions.collect(),
            alternates: alternates.collect(),
            requirements: plan.requirements,
            stood_in_for: plan.stood_in_for,
            exchange: plan.exchange,
            planned_at: self.clock.now(),
        };
        self.settle(recorded, InterviewCommand::PlanQuestions(command), "plan").await
    }

    async fn go_on(
        &self,
        answer_id: AnswerId,
        evaluation: Option<&Evaluation>,
        recorded: &RecordedEvent,
    ) -> Result<(), ReactionError> {
        let mut follow_up = match evaluation {
            Some(evaluation) => self.follow_up(answer_id, evaluation, recorded).await?,
            None => None,
        };
        if let Some(follow_up) = &mut follow_up {
            keep(&*self.blobs, recorded, (self.name(), "exchange"), &mut follow_up.exchange).await?;
        }
        let command = AskNext {
            after: answer_id,
            question_id: QuestionId(derived_id(recorded, self.name(), "follow_up")),
            writer: follow_up.as_ref().map(|one| one.writer.clone()).unwrap_or_default(),
            follow_up,
            asked_at: self.clock.now(),
        };
        self.settle(recorded, InterviewCommand::AskNext(command), "next").await
    }

    async fn follow_up(
        &self,
        answer_id: AnswerId,
        evaluation: &Evaluation,
        recorded: &RecordedEvent,
    ) -> Result<Option<FollowUp>, ReactionError> {
        let interview = self.commands.load(recorded.aggregate_id).await.map_err(ReactionError::Retry)?;
        if interview.is_follow_up(answer_id) {
            return Ok(None);
        }
        let Some((question, Some(answer))) = interview.answered(answer_id) else { return Ok(None) };
        let asked = interview.asked_texts();
        self.writer.follow_up(question, answer, evaluation, &asked).await.map_err(failed)
    }

    async fn settle(
        &self,
        recorded: &RecordedEvent,
        command: InterviewCommand,
        step: &str,
    ) -> Result<(), ReactionError> {
        let context = context(recorded, self.name(), step);
        send(&*self.commands, recorded.aggregate_id, command, context, is_done).await
    }
}

#[async_trait]
impl Reaction for QuestionWriting {
    fn name(&self) -> &'static str {
        "question_writing"
    }

    fn event_types(&self) -> &'static [&'static str] {
        &["interview_configured", "answer_evaluated", "evaluation_failed"]
    }

    async fn react(&self, event: &AnyEvent, recorded: &RecordedEvent) -> Result<(), ReactionError> {
        match event {
            AnyEvent::Interview(InterviewEvent::InterviewConfigured(event)) => {
                self.plan(&event.settings, recorded).await
            }
            // The interview went on when the answer was judged first.
            AnyEvent::Interview(InterviewEvent::AnswerEvaluated(event)) if event.is_judged_again() => Ok(()),
            AnyEvent::Interview(InterviewEvent::AnswerEvaluated(event)) => {
                self.go_on(event.answer_id, Some(&event.evaluation), recorded).await
            }
            AnyEvent::Interview(InterviewEvent::EvaluationFailed(event)) => {
                self.go_on(event.answer_id, None, recorded).await
            }
            AnyEvent::Interview(_)
            | AnyEvent::Account(_)
            | AnyEvent::Resume(_)
            | AnyEvent::Mail(_)
            | AnyEvent::Transcript(_)
            | AnyEvent::Attention(_)
            | AnyEvent::Recording(_) => Ok(()),
        }
    }

    async fn give_up(&self, event: &AnyEvent, recorded: &RecordedEvent) -> Result<(), ReactionError> {
        match event {
            AnyEvent::Interview(InterviewEvent::InterviewConfigured(_)) => {
                let reason = "no questions could be chosen for this role".to_owned();
                let command = FailPlanning { reason, failed_at: self.clock.now() };
                self.settle(recorded, InterviewCommand::FailPlanning(command), "fail").await
            }
            // Without a next question the room would wait for ever.
            AnyEvent::Interview(InterviewEvent::AnswerEvaluated(event)) => {
                self.go_on(event.answer_id, None, recorded).await
            }
            AnyEvent::Interview(InterviewEvent::EvaluationFailed(event)) => {
                self.go_on(event.answer_id, None, recorded).await
            }
            AnyEvent::Interview(_)
            | AnyEvent::Account(_)
            | AnyEvent::Resume(_)
            | AnyEvent::Mail(_)
            | AnyEvent::Transcript(_)
            | AnyEvent::Attention(_)
            | AnyEvent::Recording(_) => Ok(()),
        }
    }
}
