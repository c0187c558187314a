//! An interview as it went: questions, words and markers on one line of time.

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use interaura_domain::attention::Attention;
use interaura_domain::attention::looking::Looking;
use interaura_domain::interview::delivery::since;
use interaura_domain::interview::evaluation::StarPart;
use interaura_domain::ports::signals::View;
use interaura_domain::replay::{Range, SpokenLine, looks};
use interaura_domain::speech::PauseKind;
use interaura_domain::text::Span;
use interaura_domain::transcript::Transcript;
use interaura_projections::interview_report::{
    InterviewReport as ReportView, InterviewReportRow, QuestionReport,
};

use super::command::{candidate, parsed};
use super::fault::fault;
use super::scalars::{Position, reach};
use crate::services::Services;

/// A word where it was said.
#[derive(SimpleObject)]
pub struct ReplayWord {
    text: String,
    start_ms: u64,
    end_ms: u64,
    filler: bool,
}

/// A stretch of speech.
#[derive(SimpleObject)]
pub struct ReplayUtterance {
    id: ID,
    /// The question that was open; null between questions.
    question_id: Option<ID>,
    start_ms: u64,
    words: Vec<ReplayWord>,
}

/// A question where it was asked.
#[derive(SimpleObject)]
pub struct ReplayQuestion {
    question_id: ID,
    /// Null until it is answered.
    answer_id: Option<ID>,
    number: i32,
    follow_up: bool,
    text: String,
    asked_ms: u64,
    /// Null until it is answered.
    answered_ms: Option<u64>,
    /// Whether it was answered aloud.
    spoken: bool,
}

/// What the markers of a lane are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum ReplayLaneKind {
    /// Questions, from asking to answer.
    Questions,
    /// Parts of told experiences.
    Star,
    /// Words that say nothing.
    Fillers,
    /// Silences in mid-sentence.
    Pauses,
    /// Eyes away from the camera, or nobody there.
    Attention,
}

/// A stretch of a lane.
#[derive(SimpleObject)]
pub struct ReplayMark {
    start_ms: u64,
    end_ms: u64,
    label: String,
}

/// Markers of one kind, in order of time.
#[derive(SimpleObject)]
pub struct ReplayLane {
    kind: ReplayLaneKind,
    title: String,
    marks: Vec<ReplayMark>,
}

/// An interview as it went; times are in ms from the moment its first question was asked.
#[derive(SimpleObject)]
pub struct InterviewReplay {
    interview_id: ID,
    /// Where the line of time begins.
    began_at: DateTime<Utc>,
    /// Where it ends.
    end_ms: u64,
    questions: Vec<ReplayQuestion>,
    utterances: Vec<ReplayUtterance>,
    lanes: Vec<ReplayLane>,
}

/// Queries about replays.
#[derive(Default)]
pub struct ReplayQuery;

#[Object]
impl ReplayQuery {
    /// An interview as it went; null where it is not the caller's or nothing was asked yet.
    async fn interview_replay(
        &self,
        ctx: &Context<'_>,
        id: ID,
        at_least: Option<Position>,
    ) -> Result<Option<InterviewReplay>> {
        let (owner, services) = (candidate(ctx)?, ctx.data::<Services>()?);
        let Ok(key) = parsed(&id) else { return Ok(None) };
        reach(services, View::InterviewReport, owner, at_least).await?;
        let row = services.read_models.row::<ReportView>(owner, key).await.map_err(|error| fault(&error))?;
        let Some(row) = row else { return Ok(None) };
        // The row is the caller's, and so are the streams beside it.
        let transcript = services.transcripts.load(key).await.map_err(|error| fault(&*error))?;
        let attention = services.attentions.load(key).await.map_err(|error| fault(&*error))?;
        Ok(replay(id, &row, &transcript, &attention))
    }
}

fn replay(
    id: ID,
    row: &InterviewReportRow,
    transcript: &Transcript,
    attention: &Attention,
) -> Option<InterviewReplay> {
    let zero = row.questions.iter().find_map(|question| question.asked_at)?;
    let everything = SpokenLine { zero, utterances: transcript.utterances().iter().collect() };
    let utterances = utterances(&everything);
    let questions = questions(row, zero);
    let lanes = vec![
        lane(ReplayLaneKind::Questions, "Questions", question_marks(&questions)),
        lane(ReplayLaneKind::Star, "Story", star_marks(row, transcript, zero)),
        lane(ReplayLaneKind::Fillers, "Fillers", filler_marks(&utterances)),
        lane(ReplayLaneKind::Pauses, "Pauses", pause_marks(row, transcript, zero)),
        lane(ReplayLaneKind::Attention, "Eyes away", attention_marks(attention, zero)),
    ];
    let end_ms = lanes
        .iter()
        .flat_map(|lane| lane.marks.iter().map(|mark| mark.end_ms))
        .chain(utterances.iter().filter_map(|one| one.words.last().map(|word| word.end_ms)))
        .max()
        .unwrap_or(0);
    Some(InterviewReplay { interview_id: id, began_at: zero, end_ms, questions, utterances, lanes })
}

fn lane(kind: ReplayLaneKind, title: &str, marks: Vec<ReplayMark>) -> ReplayLane {
    ReplayLane { kind, title: title.to_owned(), marks }
}

fn mark(range: Range, label: impl Into<String>) -> ReplayMark {
    ReplayMark { start_ms: range.start_ms, end_ms: range.end_ms, label: label.into() }
}

fn utterances(line: &SpokenLine<'_>) -> Vec<ReplayUtterance> {
    let word = |utterance, word| {
        let range = line.place(utterance, word);
        ReplayWord {
            text: word.text.clone(),
            start_ms: range.start_ms,
            end_ms: range.end_ms,
            filler: word.filler,
        }
    };
    line.utterances
        .iter()
        .map(|utterance| ReplayUtterance {
            id: ID(utterance.utterance_id.0.to_string()),
            question_id: utterance.question_id.map(|id| ID(id.to_string())),
            start_ms: since(line.zero, utterance.started_at),
            words: utterance.spoken().iter().map(|one| word(utterance, one)).collect(),
        })
        .collect()
}

fn questions(row: &InterviewReportRow, zero: DateTime<Utc>) -> Vec<ReplayQuestion> {
    let question = |report: &QuestionReport| {
        let answer = report.answer.as_ref();
        Some(ReplayQuestion {
            question_id: ID(report.question_id.to_string()),
            answer_id: answer.map(|answer| ID(answer.answer_id.to_string())),
            number: i32::from(report.number),
            follow_up: report.follow_up,
            text: report.question.text.present().cloned().unwrap_or_default(),
            asked_ms: since(zero, report.asked_at?),
            answered_ms: answer.and_then(|answer| Some(since(zero, answer.submitted_at?))),
            spoken: answer.is_some_and(|answer| !answer.utterances.is_empty()),
        })
    };
    row.questions.iter().filter_map(question).collect()
}

fn question_marks(questions: &[ReplayQuestion]) -> Vec<ReplayMark> {
    let label = |question: &ReplayQuestion| {
        if question.follow_up {
            format!("Follow-up to question {}", question.number)
        } else {
            format!("Question {}", question.number)
        }
    };
    questions
        .iter()
        .map(|question| {
            let end_ms = question.answered_ms.unwrap_or(question.asked_ms);
            mark(Range { start_ms: question.asked_ms, end_ms }, label(question))
        })
        .collect()
}

/// The utterances of each spoken answer, with its question.
fn spoken<'a>(
    row: &'a InterviewReportRow,
    transcript: &'a Transcript,
    zero: DateTime<Utc>,
) -> impl Iterator<Item = (&'a QuestionReport, SpokenLine<'a>)> {
    row.questions.iter().filter_map(move |question| {
        let said = &question.answer.as_ref()?.utterances;
        let all = transcript.utterances().iter();
        let utterances: Vec<_> = all.filter(|one| said.contains(&one.utterance_id)).collect();
        (!utterances.is_empty()).then_some((question, SpokenLine { zero, utterances }))
    })
}

fn star_marks(row: &InterviewReportRow, transcript: &Transcript, zero: DateTime<Utc>) -> Vec<ReplayMark> {
    let label = |part| match part {
        StarPart::Situation => "Situation",
        StarPart::Task => "Task",
        StarPart::Action => "Action",
        StarPart::Result => "Result",
    };
    spoken(row, transcript, zero)
        .flat_map(|(question, line)| {
            let verdict = question.answer.as_ref().and_then(|answer| answer.verdict.as_ref());
            let star = verdict.map(|verdict| verdict.evaluation.star.as_slice()).unwrap_or_default();
            // What the answer before a follow-up told stands with that one already.
            let before = question.answer.as_ref().map(|answer| row.told_before(answer).chars().count());
            let before = before.and_then(|before| u32::try_from(before).ok()).unwrap_or(0);
            let own = |span: Span| {
                let start = span.start.checked_sub(before)?;
                Some(Span { start, end: span.end.checked_sub(before)? })
            };
            star.iter()
                .filter_map(|told| Some(mark(line.when(own(told.evidence.span)?)?, label(told.part))))
                .collect::<Vec<_>>()
        })
        .collect()
}

fn filler_marks(utterances: &[ReplayUtterance]) -> Vec<ReplayMark> {
    let words = utterances.iter().flat_map(|utterance| &utterance.words);
    words
        .filter(|word| word.filler)
        .map(|word| mark(Range { start_ms: word.start_ms, end_ms: word.end_ms }, word.text.clone()))
        .collect()
}

fn pause_marks(row: &InterviewReportRow, transcript: &Transcript, zero: DateTime<Utc>) -> Vec<ReplayMark> {
    spoken(row, transcript, zero)
        .flat_map(|(question, line)| {
            let pauses = line.pauses(question.asked_at.unwrap_or(zero));
            pauses.into_iter().filter(|pause| pause.kind == PauseKind::MidClause).map(|pause| {
                let end_ms = pause.start_ms + pause.duration_ms;
                mark(Range { start_ms: pause.start_ms, end_ms }, "Pause in mid-sentence")
            })
        })
        .collect()
}

fn attention_marks(attention: &Attention, zero: DateTime<Utc>) -> Vec<ReplayMark> {
    looks(zero, attention.frames(), attention.neutral())
        .into_iter()
        .filter_map(|(range, what)| match what {
            Looking::Away => Some(mark(range, "Looking away")),
            Looking::Absent => Some(mark(range, "Out of the picture")),
            Looking::Toward | Looking::CannotTell => None,
        })
        .collect()
}
