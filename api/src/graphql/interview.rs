//! Commands of an interview.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use interaura_domain::ids::{AnswerId, CandidateId, CommandId, QuestionId, ResumeId};
use interaura_domain::interview::command::{
    ConfigureInterview, ContestScore, DraftAnswer, ExtendTime, InterviewCommand, RetryQuestion, SubmitAnswer,
    SuspendInterview,
};
use interaura_domain::interview::event::{AnswerSource, InterviewSettings};
use interaura_domain::role::{ExperienceLevel, RoleSlug};
use interaura_projections::account_profile::AccountProfile;
use interaura_projections::resume_insights::ResumeInsights;
use uuid::Uuid;

use super::command::{candidate, command_id, context, derived_id, owns, parsed, send};
use super::fault::fault;
use super::refusal::{Refusal, RefusalCode};
use super::room::InterviewMode;
use super::scalars::Position;
use crate::services::Services;

/// After how long the timer nudges, per question.
const SECONDS_PER_QUESTION: u32 = 180;
/// By how much a question's time is extended.
const EXTENSION_SECONDS: u32 = 60;

/// A new interview.
#[derive(InputObject)]
pub struct ConfigureInterviewInput {
    command_id: ID,
    mode: InterviewMode,
    role: String,
    difficulty: i32,
    questions: i32,
    resume_id: Option<ID>,
    /// A match of that resume with a job post, whose wanted terms the questions are to cover; without it those of the role.
    match_id: Option<ID>,
}

/// A command that says nothing but which interview.
#[derive(InputObject)]
pub struct InterviewCommandInput {
    command_id: ID,
    interview_id: ID,
}

/// What was typed so far.
#[derive(InputObject)]
pub struct DraftAnswerInput {
    command_id: ID,
    interview_id: ID,
    question_id: ID,
    revision: i32,
    text: String,
}

/// More time for the open question.
#[derive(InputObject)]
#[expect(clippy::struct_field_names, reason = "the names are the contract's")]
pub struct ExtendTimeInput {
    command_id: ID,
    interview_id: ID,
    question_id: ID,
}

/// A final answer.
#[derive(InputObject)]
pub struct SubmitAnswerInput {
    command_id: ID,
    interview_id: ID,
    question_id: ID,
    text: String,
}

/// Which question to try again.
#[derive(InputObject)]
#[expect(clippy::struct_field_names, reason = "the fields are ids, as GraphQL names them")]
pub struct RetryQuestionInput {
    command_id: ID,
    interview_id: ID,
    question_id: ID,
}

/// A dispute about a score.
#[derive(InputObject)]
pub struct ContestScoreInput {
    command_id: ID,
    interview_id: ID,
    answer_id: ID,
    /// What the score got wrong, in the candidate's words: 1 to 1,000 characters.
    reason: String,
}

/// A final answer that was spoken.
#[derive(InputObject)]
#[expect(clippy::struct_field_names, reason = "the fields are ids, as GraphQL names them")]
pub struct SubmitSpokenAnswerInput {
    command_id: ID,
    interview_id: ID,
    question_id: ID,
}

/// What came of a command.
#[derive(SimpleObject, Default)]
pub struct InterviewPayload {
    refusal: Option<Refusal>,
    position: Option<Position>,
    interview_id: Option<ID>,
}

impl InterviewPayload {
    fn refused(refusal: Refusal) -> Self {
        Self { refusal: Some(refusal), ..Self::default() }
    }
}

/// Whose interview, and which command.
struct Request<'a> {
    services: &'a Services,
    owner: CandidateId,
    command_id: CommandId,
    interview_id: Uuid,
}

impl<'a> Request<'a> {
    /// Checks the ids of a command on an interview that exists.
    async fn existing(ctx: &Context<'a>, command: &ID, interview: &ID) -> Result<Result<Self, Refusal>> {
        let (owner, services) = (candidate(ctx)?, ctx.data::<Services>()?);
        let checked = command_id(command).and_then(|command_id| Ok((command_id, parsed(interview)?)));
        let (command_id, interview_id) = match checked {
            Ok(checked) => checked,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if !owns(services, owner, "interview", interview_id).await? {
            return Ok(Err(Refusal::not_found()));
        }
        Ok(Ok(Self { services, owner, command_id, interview_id }))
    }

    async fn send(self, command: InterviewCommand) -> Result<InterviewPayload> {
        let context = context(self.owner, self.command_id);
        let outcome =
            send(&*self.services.interviews, self.interview_id, command, context, Vec::new()).await?;
        match outcome {
            Err(refusal) => Ok(InterviewPayload::refused(refusal)),
            Ok(committed) => Ok(InterviewPayload {
                refusal: None,
                position: Some(Position(committed.position)),
                interview_id: Some(ID(self.interview_id.to_string())),
            }),
        }
    }
}

async fn course(
    ctx: &Context<'_>,
    input: &InterviewCommandInput,
    command: fn(SuspendInterview) -> InterviewCommand,
) -> Result<InterviewPayload> {
    match Request::existing(ctx, &input.command_id, &input.interview_id).await? {
        Err(refusal) => Ok(InterviewPayload::refused(refusal)),
        Ok(request) => {
            let at = request.services.clock.now();
            request.send(command(SuspendInterview { at })).await
        }
    }
}

/// The resume's id, if it exists and is the caller's.
async fn own_resume(
    services: &Services,
    owner: CandidateId,
    id: Option<&ID>,
) -> Result<Result<Option<ResumeId>, Refusal>> {
    let Some(id) = id else { return Ok(Ok(None)) };
    let no_such_resume =
        || Refusal::of_field("resumeId", RefusalCode::NotFound, "this resume does not exist; choose another");
    let Ok(key) = parsed(id) else { return Ok(Err(no_such_resume())) };
    let own = owns(services, owner, "resume", key).await?;
    Ok(if own { Ok(Some(ResumeId(key))) } else { Err(no_such_resume()) })
}

/// The match's id, if the resume has it.
async fn own_match(
    services: &Services,
    owner: CandidateId,
    resume_id: Option<ResumeId>,
    id: Option<&ID>,
) -> Result<Result<Option<Uuid>, Refusal>> {
    let Some(id) = id else { return Ok(Ok(None)) };
    let message = "this resume was not matched with that post; match it first, or choose the role";
    let no_such_match = || Refusal::of_field("matchId", RefusalCode::NotFound, message);
    let (Some(resume_id), Ok(match_id)) = (resume_id, parsed(id)) else { return Ok(Err(no_such_match())) };
    let row = services.read_models.row::<ResumeInsights>(owner, resume_id.0).await;
    let row = row.map_err(|error| fault(&error))?.unwrap_or_default();
    let known = row.matches.iter().any(|one| one.match_id == match_id && one.outcome.is_some());
    Ok(if known { Ok(Some(match_id)) } else { Err(no_such_match()) })
}

/// Commands of an interview.
#[derive(Default)]
pub struct InterviewMutation;

#[Object]
impl InterviewMutation {
    /// Sets an interview up; its questions are chosen a moment later.
    async fn configure_interview(
        &self,
        ctx: &Context<'_>,
        input: ConfigureInterviewInput,
    ) -> Result<InterviewPayload> {
        let (owner, services) = (candidate(ctx)?, ctx.data::<Services>()?);
        let command_id = match command_id(&input.command_id) {
            Ok(id) => id,
            Err(refusal) => return Ok(InterviewPayload::refused(refusal)),
        };
        let role = RoleSlug(input.role);
        if !services.roles.contains_key(&role) {
            let message = "there is no such role; choose one of the list";
            return Ok(InterviewPayload::refused(Refusal::of_field(
                "role",
                RefusalCode::InvalidInput,
                message,
            )));
        }
        let resume_id = match own_resume(services, owner, input.resume_id.as_ref()).await? {
            Ok(resume_id) => resume_id,
            Err(refusal) => return Ok(InterviewPayload::refused(refusal)),
        };
        let match_id = match own_match(services, owner, resume_id, input.match_id.as_ref()).await? {
            Ok(match_id) => match_id,
            Err(refusal) => return Ok(InterviewPayload::refused(refusal)),
        };
        let profile = services.read_models.row::<AccountProfile>(owner, owner.0).await;
        let profile = profile.map_err(|error| fault(&error))?.unwrap_or_default();
        if !profile.verified {
            let message = "verify your address first; the link is in your mail";
            return Ok(InterviewPayload::refused(Refusal::new(RefusalCode::NotVerified, message)));
        }
        let settings = InterviewSettings {
            mode: input.mode.into(),
            role,
            level: profile.level.unwrap_or(ExperienceLevel::Mid),
            difficulty: u8::try_from(input.difficulty).unwrap_or(0),
            questions: u8::try_from(input.questions).unwrap_or(0),
            resume_id,
            match_id,
            seconds_per_question: SECONDS_PER_QUESTION,
        };
        let interview_id = derived_id(Some(owner), command_id, "interview");
        let configured_at = services.clock.now();
        let command = InterviewCommand::Configure(Box::new(ConfigureInterview { settings, configured_at }));
        Request { services, owner, command_id, interview_id }.send(command).await
    }

    /// Begins; asks the first question.
    async fn start_interview(
        &self,
        ctx: &Context<'_>,
        input: InterviewCommandInput,
    ) -> Result<InterviewPayload> {
        course(ctx, &input, InterviewCommand::Start).await
    }

    /// Keeps what was typed so far.
    async fn draft_answer(&self, ctx: &Context<'_>, input: DraftAnswerInput) -> Result<InterviewPayload> {
        let request = match Request::existing(ctx, &input.command_id, &input.interview_id).await? {
            Ok(request) => request,
            Err(refusal) => return Ok(InterviewPayload::refused(refusal)),
        };
        let question_id = match parsed(&input.question_id) {
            Ok(id) => QuestionId(id),
            Err(refusal) => return Ok(InterviewPayload::refused(refusal)),
        };
        let drafted_at = request.services.clock.now();
        let revision = u32::try_from(input.revision).unwrap_or(0);
        let draft = DraftAnswer { question_id, revision, text: input.text, drafted_at };
        request.send(InterviewCommand::DraftAnswer(draft)).await
    }

    /// Gives the open question another minute, three times at most.
    async fn extend_time(&self, ctx: &Context<'_>, input: ExtendTimeInput) -> Result<InterviewPayload> {
        let request = match Request::existing(ctx, &input.command_id, &input.interview_id).await? {
            Ok(request) => request,
            Err(refusal) => return Ok(InterviewPayload::refused(refusal)),
        };
        let question_id = match parsed(&input.question_id) {
            Ok(id) => QuestionId(id),
            Err(refusal) => return Ok(InterviewPayload::refused(refusal)),
        };
        let extended_at = request.services.clock.now();
        let extend = ExtendTime { question_id, by_seconds: EXTENSION_SECONDS, extended_at };
        request.send(InterviewCommand::ExtendTime(extend)).await
    }

    /// Submits the final answer to the open question.
    async fn submit_answer(&self, ctx: &Context<'_>, input: SubmitAnswerInput) -> Result<InterviewPayload> {
        let request = match Request::existing(ctx, &input.command_id, &input.interview_id).await? {
            Ok(request) => request,
            Err(refusal) => return Ok(InterviewPayload::refused(refusal)),
        };
        let question_id = match parsed(&input.question_id) {
            Ok(id) => QuestionId(id),
            Err(refusal) => return Ok(InterviewPayload::refused(refusal)),
        };
        let answer = SubmitAnswer {
            answer_id: AnswerId(derived_id(Some(request.owner), request.command_id, "answer")),
            question_id,
            text: input.text,
            source: AnswerSource::Typed,
            utterances: Vec::new(),
            submitted_at: request.services.clock.now(),
        };
        request.send(InterviewCommand::SubmitAnswer(answer)).await
    }

    /// Submits what was said in answer to the open question, as it was heard.
    async fn submit_spoken_answer(
        &self,
        ctx: &Context<'_>,
        input: SubmitSpokenAnswerInput,
    ) -> Result<InterviewPayload> {
        let request = match Request::existing(ctx, &input.command_id, &input.interview_id).await? {
            Ok(request) => request,
            Err(refusal) => return Ok(InterviewPayload::refused(refusal)),
        };
        let question_id = match parsed(&input.question_id) {
            Ok(id) => QuestionId(id),
            Err(refusal) => return Ok(InterviewPayload::refused(refusal)),
        };
        let transcript = request.services.transcripts.load(request.interview_id).await;
        let transcript = transcript.map_err(|error| fault(&*error))?;
        let said: Vec<_> = transcript.said_to(question_id).collect();
        let texts: Vec<_> = said.iter().map(|utterance| utterance.text()).collect();
        let answer = SubmitAnswer {
            answer_id: AnswerId(derived_id(Some(request.owner), request.command_id, "answer")),
            question_id,
            text: texts.join("\n"),
            source: AnswerSource::Spoken,
            utterances: said.iter().map(|utterance| utterance.utterance_id).collect(),
            submitted_at: request.services.clock.now(),
        };
        request.send(InterviewCommand::SubmitAnswer(answer)).await
    }

    /// Asks an answered question again; the earlier answer is kept, and the newer one counts.
    async fn retry_question(&self, ctx: &Context<'_>, input: RetryQuestionInput) -> Result<InterviewPayload> {
        let request = match Request::existing(ctx, &input.command_id, &input.interview_id).await? {
            Ok(request) => request,
            Err(refusal) => return Ok(InterviewPayload::refused(refusal)),
        };
        let question_id = match parsed(&input.question_id) {
            Ok(id) => QuestionId(id),
            Err(refusal) => return Ok(InterviewPayload::refused(refusal)),
        };
        let retry = RetryQuestion {
            question_id,
            new_question_id: QuestionId(derived_id(Some(request.owner), request.command_id, "retry")),
            asked_at: request.services.clock.now(),
        };
        request.send(InterviewCommand::Retry(retry)).await
    }

    /// Disputes a score: the answer is judged again, by another evaluator where there is one and in several readings
    /// where not. Both verdicts stay visible and the newer one counts. The reason is kept; nobody judges by it.
    async fn contest_score(&self, ctx: &Context<'_>, input: ContestScoreInput) -> Result<InterviewPayload> {
        let request = match Request::existing(ctx, &input.command_id, &input.interview_id).await? {
            Ok(request) => request,
            Err(refusal) => return Ok(InterviewPayload::refused(refusal)),
        };
        let answer_id = match parsed(&input.answer_id) {
            Ok(id) => AnswerId(id),
            Err(refusal) => return Ok(InterviewPayload::refused(refusal)),
        };
        let contested_at = request.services.clock.now();
        let contest = ContestScore { answer_id, reason: input.reason, contested_at };
        request.send(InterviewCommand::ContestScore(contest)).await
    }

    /// Leaves for a while.
    async fn pause_interview(
        &self,
        ctx: &Context<'_>,
        input: InterviewCommandInput,
    ) -> Result<InterviewPayload> {
        course(ctx, &input, InterviewCommand::Pause).await
    }

    /// Takes a paused or abandoned interview up again.
    async fn resume_interview(
        &self,
        ctx: &Context<'_>,
        input: InterviewCommandInput,
    ) -> Result<InterviewPayload> {
        course(ctx, &input, InterviewCommand::Resume).await
    }

    /// Leaves before the end.
    async fn abandon_interview(
        &self,
        ctx: &Context<'_>,
        input: InterviewCommandInput,
    ) -> Result<InterviewPayload> {
        course(ctx, &input, InterviewCommand::Abandon).await
    }

    /// Throws a prepared interview away that never began.
    async fn discard_interview(
        &self,
        ctx: &Context<'_>,
        input: InterviewCommandInput,
    ) -> Result<InterviewPayload> {
        course(ctx, &input, InterviewCommand::Discard).await
    }

    /// Ends early; what was answered is reported.
    async fn complete_interview(
        &self,
        ctx: &Context<'_>,
        input: InterviewCommandInput,
    ) -> Result<InterviewPayload> {
        course(ctx, &input, InterviewCommand::Complete).await
    }
}
