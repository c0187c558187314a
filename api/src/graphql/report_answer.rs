//! One answer of a report.

use async_graphql::{Enum, ID, SimpleObject};
use chrono::{DateTime, Utc};
use interaura_domain::interview::MAX_CONTESTS;
use interaura_domain::interview::counting;
use interaura_domain::interview::evaluation::{self, BetterAnswerPart as Part};
use interaura_domain::interview::rubric::Rubric;
use interaura_domain::score;
use interaura_domain::score::ceiling::HeldBack as HeldBackLevel;
use interaura_domain::score::interval;
use interaura_projections::interview_report::{
    self, ContestOutcome as Outcome, InterviewReportRow, QuestionReport, Verdict,
};

use super::delivery::Delivery;
use super::report::{Criterion, title};
use super::room::{EvaluationState, QuestionKind};
use super::scalars::Span;
use crate::services::Services;
use crate::words::sentence;

/// A number that a level was computed from.
#[derive(SimpleObject)]
pub struct Feature {
    name: String,
    value: f64,
}

impl From<&score::Feature> for Feature {
    fn from(feature: &score::Feature) -> Self {
        Self { name: feature.name.clone(), value: feature.value }
    }
}

/// The words of the answer that a rating rests on.
#[derive(SimpleObject)]
pub struct Evidence {
    quote: Option<String>,
    span: Span,
}

impl From<&score::Evidence> for Evidence {
    fn from(evidence: &score::Evidence) -> Self {
        Self { quote: evidence.quote.present().cloned(), span: evidence.span.into() }
    }
}

/// Why a level counts for less than the criterion alone would have reached.
#[derive(SimpleObject)]
pub struct HeldBack {
    /// The level that the criterion alone would have reached; null in verdicts that do not keep it.
    level_before: Option<f64>,
    /// By what and why, in a sentence.
    why: String,
}

impl From<HeldBackLevel> for HeldBack {
    fn from(held: HeldBackLevel) -> Self {
        let relevance = held.relevance.value();
        let why = format!(
            "No level counts more than one step above relevance, which is {relevance:.1} here, and correctness less still \
             where relevance is near its lowest: what does not answer the question cannot earn much by being well said."
        );
        Self { level_before: held.before.map(Into::into), why }
    }
}

/// Between which levels people's verdict is expected.
#[derive(SimpleObject)]
pub struct LevelInterval {
    /// 1 to 5.
    low: f64,
    /// 1 to 5.
    high: f64,
    /// Whether it was measured: people's grades lay in it nine times out of ten. Otherwise it is set by hand.
    measured: bool,
}

/// Between which scores a score lies, as far as the intervals of its levels hold.
#[derive(SimpleObject)]
pub struct ScoreInterval {
    /// 0 to 100.
    low: f64,
    /// 0 to 100.
    high: f64,
}

impl From<interval::ScoreInterval> for ScoreInterval {
    fn from(interval: interval::ScoreInterval) -> Self {
        Self { low: interval.low.value(), high: interval.high.value() }
    }
}

/// One criterion of a verdict.
#[derive(SimpleObject)]
pub struct Rating {
    criterion: Criterion,
    title: String,
    /// 1 to 5; null where the criterion does not apply to this question.
    level: Option<f64>,
    /// Null where the evaluator does not say how sure it is.
    interval: Option<LevelInterval>,
    /// What the criterion's own level means, from the rubric: the level before it was held back.
    anchor: Option<String>,
    /// Null where the level is the criterion's own.
    held_back: Option<HeldBack>,
    /// Share of the score after renormalising, 0 to 1.
    weight: f64,
    rationale: Option<String>,
    features: Vec<Feature>,
    evidence: Vec<Evidence>,
}

impl Rating {
    fn new(rubric: &Rubric, evaluator: &str, rating: &score::Rating, total: f64) -> Self {
        let applies = rating.level.is_some() && total > 0.0;
        Self {
            criterion: rating.criterion.into(),
            title: title(rating.criterion).to_owned(),
            level: rating.level.map(Into::into),
            interval: rating.interval.map(|range| LevelInterval {
                low: range.low.value(),
                high: range.high.value(),
                measured: interval::is_measured(evaluator, rating),
            }),
            anchor: rating
                .level_of_its_own()
                .and_then(|level| Some(rubric.anchor(rating.criterion, level)?.to_owned())),
            held_back: rating.held_back().map(HeldBack::from),
            weight: if applies { rating.weight / total } else { 0.0 },
            rationale: rating.rationale.present().cloned(),
            features: rating.features.iter().map(Feature::from).collect(),
            evidence: rating.evidence.iter().map(Evidence::from).collect(),
        }
    }
}

/// The parts of a told experience.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "evaluation::StarPart")]
pub enum StarPart {
    /// Where and when.
    Situation,
    /// What had to be done.
    Task,
    /// What the candidate did.
    Action,
    /// What came of it.
    Result,
}

/// Words of the answer that tell one part.
#[derive(SimpleObject)]
pub struct StarSpan {
    part: StarPart,
    quote: Option<String>,
    span: Span,
}

/// Whether the answer covers a point.
#[derive(SimpleObject)]
pub struct PointCoverage {
    point: String,
    covered: bool,
    similarity: f64,
    quote: Option<String>,
    span: Option<Span>,
}

/// Where a part of a better answer comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum BetterAnswerPartKind {
    /// The candidate's own words.
    FromAnswer,
    /// What the answer says, in other words.
    Reworded,
    /// A line of the resume.
    FromResume,
    /// What only the candidate can add.
    ToAdd,
}

/// A part of a better answer.
#[derive(SimpleObject)]
pub struct BetterAnswerPart {
    kind: BetterAnswerPartKind,
    text: String,
    span: Option<Span>,
}

impl From<&Part> for BetterAnswerPart {
    fn from(part: &Part) -> Self {
        match part {
            Part::FromAnswer { text, span } => Self {
                kind: BetterAnswerPartKind::FromAnswer,
                text: text.clone(),
                span: Some((*span).into()),
            },
            Part::Reworded { text, span } => {
                Self { kind: BetterAnswerPartKind::Reworded, text: text.clone(), span: Some((*span).into()) }
            }
            Part::FromResume { text } => {
                Self { kind: BetterAnswerPartKind::FromResume, text: text.clone(), span: None }
            }
            Part::ToAdd { prompt } => {
                Self { kind: BetterAnswerPartKind::ToAdd, text: prompt.clone(), span: None }
            }
        }
    }
}

/// The answer restructured from the candidate's own words.
#[derive(SimpleObject)]
pub struct BetterAnswer {
    note: String,
    parts: Vec<BetterAnswerPart>,
}

/// A verdict that counted before.
#[derive(SimpleObject)]
pub struct EarlierVerdict {
    evaluation_id: ID,
    evaluator: String,
    overall: f64,
    /// Null where the evaluator does not say how sure it is.
    overall_interval: Option<ScoreInterval>,
    ratings: Vec<Rating>,
    evaluated_at: Option<DateTime<Utc>>,
}

impl EarlierVerdict {
    fn new(rubric: &Rubric, verdict: &Verdict) -> Self {
        Self {
            evaluation_id: ID(verdict.evaluation_id.to_string()),
            evaluator: verdict.evaluation.evaluator.clone(),
            overall: verdict.overall.value(),
            overall_interval: interval::overall_interval(&verdict.evaluation.ratings).map(Into::into),
            ratings: ratings(rubric, verdict),
            evaluated_at: verdict.evaluated_at,
        }
    }
}

/// What came of a dispute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "interview_report::ContestOutcome")]
pub enum ContestOutcome {
    /// The answer is being judged again.
    Open,
    /// A newer verdict counts.
    JudgedAgain,
    /// Nobody could judge it again.
    Failed,
}

/// A dispute about a score.
#[derive(SimpleObject)]
pub struct Contest {
    /// What the candidate held against it.
    reason: String,
    contested_at: DateTime<Utc>,
    outcome: ContestOutcome,
}

impl From<&interview_report::Contest> for Contest {
    fn from(contest: &interview_report::Contest) -> Self {
        Self {
            reason: contest.reason.clone(),
            contested_at: contest.contested_at,
            outcome: contest.outcome.into(),
        }
    }
}

/// Whether the score of an answer is part of the total.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counting {
    /// It is.
    Counts,
    /// The score of its follow-up is, whose verdict is on both.
    WithFollowUp,
    /// The score of a newer attempt is.
    TriedAgain,
}

impl From<counting::Counting> for Counting {
    fn from(counting: counting::Counting) -> Self {
        match counting {
            counting::Counting::Counts => Self::Counts,
            counting::Counting::WithFollowUp => Self::WithFollowUp,
            counting::Counting::TriedAgain => Self::TriedAgain,
        }
    }
}

/// One answer of a report.
#[derive(SimpleObject)]
pub struct AnswerReport {
    answer_id: ID,
    question_id: ID,
    number: i32,
    follow_up: bool,
    gap: Option<String>,
    question: String,
    kind: QuestionKind,
    difficulty: i32,
    topic: String,
    resume_quote: Option<String>,
    text: String,
    /// The words that the verdict is on: of a follow-up those of the answer that it takes up, a blank line, and its own.
    judged_text: String,
    /// The answer that the verdict is on as well, where this one was to a follow-up.
    judged_with: Option<ID>,
    /// Whether the score is part of the total.
    counting: Counting,
    duration_ms: u64,
    word_count: usize,
    evaluation: EvaluationState,
    failure: Option<String>,
    overall: Option<f64>,
    /// Null where the evaluator does not say how sure it is.
    overall_interval: Option<ScoreInterval>,
    evaluator: Option<String>,
    /// Who was asked to judge before, and why another did, in words for the candidate; null where nobody stood in.
    stood_in: Option<String>,
    ratings: Vec<Rating>,
    star: Vec<StarSpan>,
    coverage: Vec<PointCoverage>,
    better_answer: Option<BetterAnswer>,
    /// Disputes about the score, oldest first.
    contests: Vec<Contest>,
    /// Whether the score can be disputed now.
    can_contest: bool,
    /// Verdicts that counted before, oldest first; the one that counts is not among them.
    earlier: Vec<EarlierVerdict>,
    /// The question's first id, where this is another attempt.
    retry_of: Option<ID>,
    /// The attempt, from 1.
    attempt: u32,
    /// Whether it was spoken.
    spoken: bool,
    /// How it was said; null where it was typed, or is not measured yet.
    delivery: Option<Delivery>,
}

impl AnswerReport {
    /// The report of a question that was answered.
    pub(crate) fn new(
        services: &Services,
        row: &InterviewReportRow,
        report: &QuestionReport,
    ) -> Option<Self> {
        let rubric = &services.rubric;
        let answer = report.answer.as_ref()?;
        let counting = row.counts(answer.answer_id)?;
        let verdict = answer.verdict.as_ref();
        let question = &report.question;
        Some(Self {
            answer_id: ID(answer.answer_id.to_string()),
            question_id: ID(report.question_id.to_string()),
            number: i32::from(report.number),
            follow_up: report.follow_up,
            gap: report.gap.clone(),
            question: question.text.present().cloned().unwrap_or_default(),
            kind: question.kind.into(),
            difficulty: i32::from(question.difficulty),
            topic: question.topic.clone(),
            resume_quote: question.resume_fact.as_ref().and_then(|fact| Some(fact.present()?.quote.clone())),
            text: answer.text.clone(),
            judged_text: format!("{}{}", row.told_before(answer), answer.text),
            judged_with: verdict.and_then(|verdict| Some(ID(verdict.together_with?.to_string()))),
            counting: counting.into(),
            duration_ms: answer.duration_ms,
            word_count: answer.text.split_whitespace().count(),
            evaluation: match (verdict, &answer.failure) {
                (Some(_), _) => EvaluationState::Evaluated,
                (None, Some(_)) => EvaluationState::Failed,
                (None, None) => EvaluationState::Pending,
            },
            failure: answer.failure.as_deref().map(sentence),
            overall: verdict.map(|verdict| verdict.overall.value()),
            overall_interval: verdict
                .and_then(|verdict| interval::overall_interval(&verdict.evaluation.ratings))
                .map(Into::into),
            evaluator: verdict.map(|verdict| verdict.evaluation.evaluator.clone()),
            stood_in: verdict.and_then(|verdict| verdict.evaluation.stood_in_for.as_ref()).map(stood_in),
            ratings: verdict.map(|verdict| ratings(rubric, verdict)).unwrap_or_default(),
            star: verdict.map(star).unwrap_or_default(),
            coverage: verdict.map(|verdict| coverage(report, verdict)).unwrap_or_default(),
            better_answer: answer.better_answer.as_ref().map(|better| BetterAnswer {
                note: better.note.clone(),
                parts: better.parts.iter().map(BetterAnswerPart::from).collect(),
            }),
            contests: answer.contests.iter().map(Contest::from).collect(),
            can_contest: verdict.is_some()
                && counting != counting::Counting::WithFollowUp
                && answer.contests.len() < usize::from(MAX_CONTESTS)
                && answer.contests.iter().all(|contest| contest.outcome != Outcome::Open),
            earlier: answer.earlier.iter().map(|earlier| EarlierVerdict::new(rubric, earlier)).collect(),
            retry_of: report.retry_of.map(|id| ID(id.to_string())),
            attempt: report.attempt.max(1),
            spoken: !answer.utterances.is_empty(),
            delivery: answer
                .delivery
                .as_ref()
                .map(|delivery| Delivery::new(&services.delivery_rubric, delivery)),
        })
    }
}

fn stood_in(stood_in: &evaluation::StoodIn) -> String {
    format!(
        "The language model did not judge this answer: {}. The evaluator on this machine did, and its levels may differ.",
        stood_in.reason.trim_end_matches('.')
    )
}

fn ratings(rubric: &Rubric, verdict: &Verdict) -> Vec<Rating> {
    let evaluation::Evaluation { evaluator, ratings, .. } = &verdict.evaluation;
    let total = ratings.iter().filter(|rating| rating.level.is_some()).map(|rating| rating.weight).sum();
    ratings.iter().map(|rating| Rating::new(rubric, evaluator, rating, total)).collect()
}

fn star(verdict: &Verdict) -> Vec<StarSpan> {
    let spans = verdict.evaluation.star.iter();
    spans
        .map(|span| StarSpan {
            part: span.part.into(),
            quote: span.evidence.quote.present().cloned(),
            span: span.evidence.span.into(),
        })
        .collect()
}

fn coverage(report: &QuestionReport, verdict: &Verdict) -> Vec<PointCoverage> {
    let points = &report.question.points;
    let covered = verdict.evaluation.coverage.iter();
    covered
        .filter_map(|coverage| {
            let evidence = coverage.evidence.as_ref();
            Some(PointCoverage {
                point: points.get(usize::from(coverage.index))?.text.clone(),
                covered: coverage.covered,
                similarity: coverage.similarity,
                quote: evidence.and_then(|evidence| evidence.quote.present().cloned()),
                span: evidence.map(|evidence| evidence.span.into()),
            })
        })
        .collect()
}
