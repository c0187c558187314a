//! Commands as the browser and the workers send them, without either.

use std::fmt::Debug;

use chrono::{DateTime, Duration, TimeZone as _, Utc};
use cqrs_es::Aggregate;
use interaura_adapters::clock::SystemClock;
use interaura_adapters::event_store::EventStore;
use interaura_domain::account::Account;
use interaura_domain::account::command::{AccountCommand, CompleteProfile, RegisterAccount, VerifyEmail};
use interaura_domain::account::error::AccountError;
use interaura_domain::envelope::{Actor, CommandContext, KeyedHash};
use interaura_domain::ids::{
    AnswerId, BlobId, CandidateId, CommandId, CorrelationId, EvaluationId, QuestionId,
};
use interaura_domain::interview::Interview;
use interaura_domain::interview::command::{
    AskNext, ConfigureInterview, EvaluateAnswer, InterviewCommand, PlanQuestions, SubmitAnswer,
    SuspendInterview,
};
use interaura_domain::interview::evaluation::Evaluation;
use interaura_domain::interview::event::{AnswerSource, InterviewSettings, PlannedQuestion};
use interaura_domain::interview::question::{InterviewMode, Question, QuestionKind};
use interaura_domain::ports::clock::Clock as _;
use interaura_domain::ports::commands::{CommandError, CommandRequest, Commands, Committed, Companion};
use interaura_domain::ports::resume_reader::{MediaType, PageLayout};
use interaura_domain::resume::Resume;
use interaura_domain::resume::analysis::ResumeMatch;
use interaura_domain::resume::command::{RecordAnalysis, RecordText, ResumeCommand, UploadResume};
use interaura_domain::resume::event::{BlobRef, LongText};
use interaura_domain::resume::outline::ResumeOutline;
use interaura_domain::role::{ExperienceLevel, RoleSlug};
use interaura_domain::score::{Criterion, Level, Rating, Score};
use uuid::Uuid;

/// A fresh id.
pub fn fresh() -> Uuid {
    SystemClock.new_id()
}

/// The time of every story.
pub fn at() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 22, 9, 0, 0).unwrap()
}

/// A command of a candidate's, under an id.
pub fn request<C>(owner: CandidateId, aggregate_id: Uuid, id: Uuid, command: C) -> CommandRequest<C> {
    let context = CommandContext {
        command_id: CommandId(id),
        correlation_id: CorrelationId(id),
        causation_id: None,
        actor: Actor::Candidate,
        candidate_id: owner,
    };
    CommandRequest { aggregate_id, command, context, companions: Vec::new() }
}

/// Sends a command under a fresh id; it must be accepted.
pub async fn send<A>(
    store: &EventStore,
    owner: CandidateId,
    aggregate_id: Uuid,
    command: A::Command,
) -> Committed
where
    A: Aggregate<Services = ()> + Clone + 'static,
    A::Command: Debug + Clone + Send + Sync,
    A::Error: Send + Sync,
{
    Commands::<A>::execute(store, request(owner, aggregate_id, fresh(), command)).await.unwrap()
}

/// Opens an account.
pub fn register(email: &str, name: &str) -> AccountCommand {
    AccountCommand::Register(RegisterAccount { email: email.into(), name: name.into(), registered_at: at() })
}

/// Follows the link.
pub fn verify() -> AccountCommand {
    AccountCommand::VerifyEmail(VerifyEmail { verified_at: at() })
}

/// Opens an account that takes an address.
pub async fn register_with_address(
    store: &EventStore,
    owner: CandidateId,
    address: &str,
) -> Result<Committed, CommandError<AccountError>> {
    let mut request = request(owner, owner.0, fresh(), register(address, "Ada Lovelace"));
    let address = KeyedHash(address.to_owned());
    request.companions.push(Companion::ReserveAddress { address, candidate_id: owner });
    Commands::<Account>::execute(store, request).await
}

/// A candidate with a verified address and a profile: four events.
pub async fn candidate(store: &EventStore, name: &str) -> CandidateId {
    let owner = CandidateId(fresh());
    send::<Account>(store, owner, owner.0, register("ada@example.org", name)).await;
    send::<Account>(store, owner, owner.0, verify()).await;
    complete_profile(store, owner, name).await;
    owner
}

/// Says who a candidate is: one event.
pub async fn complete_profile(store: &EventStore, owner: CandidateId, name: &str) -> Committed {
    let profile = CompleteProfile {
        name: name.into(),
        role: RoleSlug("teacher".into()),
        level: ExperienceLevel::Mid,
        completed_at: at(),
    };
    send::<Account>(store, owner, owner.0, AccountCommand::CompleteProfile(profile)).await
}

/// Says when, and nothing else.
pub fn now() -> SuspendInterview {
    SuspendInterview { at: at() }
}

/// Sets an interview up.
pub fn configure(questions: u8) -> InterviewCommand {
    let settings = InterviewSettings {
        mode: InterviewMode::Mixed,
        role: RoleSlug("teacher".into()),
        level: ExperienceLevel::Mid,
        difficulty: 2,
        questions,
        resume_id: None,
        match_id: None,
        seconds_per_question: 180,
    };
    InterviewCommand::Configure(Box::new(ConfigureInterview { settings, configured_at: at() }))
}

/// An interview that was started, with its questions; the first one is asked.
pub async fn started_interview(
    store: &EventStore,
    owner: CandidateId,
    questions: u8,
) -> (Uuid, Vec<QuestionId>) {
    let interview = fresh();
    let ids: Vec<QuestionId> = (0..questions).map(|_| QuestionId(fresh())).collect();
    let planned = ids.iter().map(|id| PlannedQuestion { question_id: *id, question: question() }).collect();
    let plan = InterviewCommand::PlanQuestions(PlanQuestions {
        questions: planned,
        alternates: vec![],
        requirements: vec![],
        stood_in_for: None,
        exchange: None,
        planned_at: at(),
    });
    for command in [configure(questions), plan, InterviewCommand::Start(now())] {
        send::<Interview>(store, owner, interview, command).await;
    }
    (interview, ids)
}

fn question() -> Question {
    Question {
        text: "What did you do about the loud pupil?".to_owned().into(),
        kind: QuestionKind::Behavioural,
        difficulty: 2,
        topic: "class".into(),
        library_item: Some("teacher-b01".into()),
        resume_fact: None,
        points: vec![],
        covers: vec![],
        takes_up: false,
        writer: "library/1".into(),
    }
}

/// Answers a question, gives the answer its verdict, and asks the next one or ends: three events or four.
pub async fn answer(store: &EventStore, owner: CandidateId, interview: Uuid, question_id: QuestionId) {
    let answer_id = AnswerId(fresh());
    let submit = SubmitAnswer {
        answer_id,
        question_id,
        text: "I listened first. Then I moved her to the front, and the noise stopped.".into(),
        source: AnswerSource::Typed,
        utterances: Vec::new(),
        submitted_at: at() + Duration::seconds(90),
    };
    let evaluate = EvaluateAnswer {
        answer_id,
        evaluation_id: EvaluationId(fresh()),
        evaluation: evaluation(),
        evaluated_at: at(),
    };
    let next = AskNext {
        after: answer_id,
        question_id: QuestionId(fresh()),
        follow_up: None,
        writer: "library/1".into(),
        asked_at: at(),
    };
    for command in [
        InterviewCommand::SubmitAnswer(submit),
        InterviewCommand::EvaluateAnswer(Box::new(evaluate)),
        InterviewCommand::AskNext(next),
    ] {
        send::<Interview>(store, owner, interview, command).await;
    }
}

fn evaluation() -> Evaluation {
    Evaluation {
        evaluator: "test/1".into(),
        model: None,
        rubric: "interview_answer.v1".into(),
        ratings: vec![Rating {
            criterion: Criterion::Clarity,
            level: Some(Level::clamped(4.0)),
            weight: 1.0,
            interval: None,
            features: vec![],
            evidence: vec![],
            rationale: "Clear sentences.".to_owned().into(),
        }],
        star: vec![],
        coverage: vec![],
        stood_in_for: None,
        exchange: None,
        better_answer: None,
        better_answer_by: None,
    }
}

/// An interview from its set-up to its report.
pub async fn finished_interview(store: &EventStore, owner: CandidateId) -> Uuid {
    let (interview, questions) = started_interview(store, owner, 2).await;
    for question in questions {
        answer(store, owner, interview, question).await;
    }
    send::<Interview>(store, owner, interview, InterviewCommand::IssueReport(now())).await;
    interview
}

/// A resume comes: one event.
pub fn upload() -> ResumeCommand {
    ResumeCommand::Upload(UploadResume {
        blob: BlobRef { blob_id: BlobId(fresh()), sealed_sha256: "00".repeat(32), sealed_bytes: 2_000 },
        fingerprint: KeyedHash("11".repeat(32)),
        media_type: MediaType::Pdf,
        file_name: "ada.pdf".into(),
        size_bytes: 1_900,
        target: Some(RoleSlug("teacher".into())),
        uploaded_at: at(),
    })
}

/// A resume that was read and matched against a role.
pub async fn matched_resume(store: &EventStore, owner: CandidateId) -> Uuid {
    let (resume, match_id) = (fresh(), fresh());
    let read = RecordText {
        text: LongText::Inline("Ada Lovelace, teacher".to_owned().into()),
        outline: ResumeOutline::default(),
        layout: PageLayout::default(),
        pages: Some(1),
        confidence: 0.9,
        agreement: Some(0.95),
        reader: "test/1".into(),
        remarks: vec![],
        match_id,
        extracted_at: at(),
    };
    let outcome = ResumeMatch {
        score: Score::clamped(72.0),
        terms: vec![],
        checks: vec![],
        suggestions: vec![],
        analyser: "test/1".into(),
        exchange: None,
    };
    let analysis = RecordAnalysis { match_id, outcome, analysed_at: at() };
    for command in [
        upload(),
        ResumeCommand::RecordText(Box::new(read)),
        ResumeCommand::RecordAnalysis(Box::new(analysis)),
    ] {
        send::<Resume>(store, owner, resume, command).await;
    }
    resume
}
