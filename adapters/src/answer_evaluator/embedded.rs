//! Judges answers without a network: countable features of the text and sentence embeddings.
//!
//! The same answer gets the same verdict to the bit. Closeness is rounded to four decimals before
//! anything is computed from it, and every number that a level was computed from is kept beside it.

mod better_answer;
mod claims;
mod clarity;
mod clauses;
mod closeness;
mod correctness;
mod coverage;
mod depth;
mod error;
mod polarity;
mod quantities;
mod reading;
mod relevance;
mod structure;

use std::sync::Arc;

use async_trait::async_trait;
use interaura_domain::interview::evaluation::Evaluation;
use interaura_domain::interview::question::QuestionKind;
use interaura_domain::interview::rubric::{Rubric, RubricError};
use interaura_domain::interview::star;
use interaura_domain::personal::Personal;
use interaura_domain::ports::answer_evaluator::{AnswerEvaluator, AnswerToEvaluate, EvaluatorError};
use interaura_domain::ports::embedder::{Embedder, Embedding};
use interaura_domain::score::ceiling::{CEILING_FROM_RELEVANCE, LEVEL_BEFORE_CEILING, RELEVANCE};
use interaura_domain::score::formula::EMBEDDED_4;
use interaura_domain::score::{Criterion, Evidence, Feature, Level, Rating, formula};
use interaura_domain::text::Span;

pub use self::error::{interval_of, unmeasured_interval};
use self::reading::Reading;
use crate::pair_scorer::{PairScore, PairScoring};

/// Name and version, as verdicts keep it.
pub const EVALUATOR: &str = EMBEDDED_4;

const RUBRIC: &str = include_str!("../../../schemas/rubrics/interview_answer.v1.json");

/// Judges answers by their features and by sentence embeddings.
pub struct EmbeddedEvaluator<E: ?Sized> {
    rubric: Rubric,
    embedder: Arc<E>,
    scorer: Option<Arc<dyn PairScoring>>,
}

/// A level with what it was computed from, before the rubric's weight is put beside it.
struct Judgement {
    level: f64,
    features: Vec<Feature>,
    evidence: Vec<Evidence>,
    rationale: String,
}

impl<E: Embedder + ?Sized> EmbeddedEvaluator<E> {
    /// Judges by the rubric that is shipped.
    ///
    /// # Errors
    /// The shipped rubric breaks its own rules; a test sees to it that it does not.
    pub fn new(embedder: Arc<E>) -> Result<Self, RubricError> {
        Ok(Self { rubric: Rubric::parse(RUBRIC)?, embedder, scorer: None })
    }

    /// The same evaluator with correctness by what was learnt from graded answers.
    #[must_use]
    pub fn with_scorer(mut self, scorer: Arc<dyn PairScoring>) -> Self {
        self.scorer = Some(scorer);
        self
    }

    /// What the scorer makes of the answer, all but what speaks of the score; `None` without a scorer, or without points.
    /// Relevance asks for it too.
    async fn pair_score(
        &self,
        answer: &AnswerToEvaluate,
        reading: &Reading,
    ) -> Result<Option<PairScore>, EvaluatorError> {
        let Some(scorer) = &self.scorer else { return Ok(None) };
        if reading.points.is_empty() {
            return Ok(None);
        }
        let points: Vec<String> = reading.points.iter().map(|read| read.point.text.clone()).collect();
        let said: Vec<&str> = reading.said().map(|unit| unit.sentence.text.as_str()).collect();
        let score = scorer.score(&answer.question, &points, &said.join(" ")).await;
        score.map(Some).map_err(EvaluatorError::Unavailable)
    }

    /// The models behind a verdict.
    fn models(&self) -> String {
        let scorer = self.scorer.as_ref().map(|scorer| format!(", {}", scorer.identity()));
        format!("{}{}", self.embedder.identity(), scorer.unwrap_or_default())
    }

    /// The same evaluator by another rubric.
    #[must_use]
    pub fn with_rubric(mut self, rubric: Rubric) -> Self {
        self.rubric = rubric;
        self
    }

    /// The rubric that answers are judged by.
    pub fn rubric(&self) -> &Rubric {
        &self.rubric
    }

    async fn read(&self, answer: &AnswerToEvaluate) -> Result<(Reading, Vec<Embedding>), EvaluatorError> {
        let draft = reading::Draft::of(answer, &self.rubric);
        let texts = draft.texts();
        let embeddings =
            self.embedder.embed(&texts).await.map_err(|err| EvaluatorError::Unavailable(Box::new(err)))?;
        if embeddings.len() != texts.len() {
            return Err(EvaluatorError::Refused("the embedder did not embed every sentence".to_owned()));
        }
        Ok(draft.place(embeddings))
    }

    fn rating(&self, criterion: Criterion, kind: QuestionKind, judgement: Judgement) -> Rating {
        let weight = self.rubric.weight(criterion, kind);
        let level = Level::clamped(judgement.level);
        Rating {
            criterion,
            level: Some(level),
            weight,
            interval: Some(interval_of(criterion, level, self.scorer.is_some())),
            features: judgement.features,
            evidence: judgement.evidence,
            rationale: Personal::Present(judgement.rationale),
        }
    }

    fn not_applicable(&self, criterion: Criterion, kind: QuestionKind) -> Rating {
        let rationale = match kind {
            QuestionKind::Behavioural => "Judged in technical questions only.",
            QuestionKind::Technical => "Judged in questions about your experience only.",
        };
        Rating {
            criterion,
            level: None,
            weight: self.rubric.weight(criterion, kind),
            interval: None,
            features: Vec::new(),
            evidence: Vec::new(),
            rationale: Personal::Present(rationale.to_owned()),
        }
    }
}

#[async_trait]
impl<E: Embedder + ?Sized> AnswerEvaluator for EmbeddedEvaluator<E> {
    async fn evaluate(&self, answer: &AnswerToEvaluate) -> Result<Evaluation, EvaluatorError> {
        let (reading, resume_lines) = self.read(answer).await?;
        let learnt = self.pair_score(answer, &reading).await?;
        let coverage = coverage::of(&reading, learnt.as_ref());
        let relevance = relevance::judge(&reading, &coverage, learnt.as_ref());
        let mut ratings = Vec::new();
        let criteria: Vec<Criterion> = self.rubric.criteria.iter().map(|one| one.criterion).collect();
        for criterion in criteria {
            if self.rubric.weight(criterion, answer.kind) <= 0.0 {
                ratings.push(self.not_applicable(criterion, answer.kind));
                continue;
            }
            let mut judgement = match criterion {
                Criterion::Relevance => relevance::judge(&reading, &coverage, learnt.as_ref()),
                Criterion::Clarity => clarity::judge(&reading),
                Criterion::Structure => structure::judge(&reading),
                Criterion::Correctness => correctness::judge(&reading, &coverage, learnt.as_ref()),
                Criterion::Depth => depth::judge(&reading, &coverage),
            };
            if let Some(ceiling) = formula::ceiling(criterion, relevance.level) {
                judgement.hold_under(rounded(ceiling), relevance.level);
            }
            ratings.push(self.rating(criterion, answer.kind, judgement));
        }
        Ok(Evaluation {
            evaluator: EVALUATOR.to_owned(),
            model: Some(self.models()),
            rubric: self.rubric.id.clone(),
            ratings,
            star: match answer.kind {
                QuestionKind::Behavioural => star::spans(&reading.told, &reading.answer),
                QuestionKind::Technical => Vec::new(),
            },
            better_answer: Some(Personal::Present(better_answer::write(&reading, &coverage, &resume_lines))),
            coverage: coverage.into_iter().map(|point| point.verdict).collect(),
            stood_in_for: None,
            exchange: None,
            better_answer_by: None,
        })
    }
}

impl Judgement {
    /// What does not answer the question cannot earn much by being well said. The rationale still
    /// speaks of the criterion itself; who shows the rating says that it was held back.
    fn hold_under(&mut self, ceiling: f64, relevance: f64) {
        self.features.push(feature(RELEVANCE, relevance));
        self.features.push(feature(CEILING_FROM_RELEVANCE, ceiling));
        self.features.push(feature(LEVEL_BEFORE_CEILING, self.level));
        self.level = self.level.min(ceiling);
    }
}

fn feature(name: &str, value: f64) -> Feature {
    Feature { name: name.to_owned(), value: rounded(value) }
}

/// Four decimals: more than that differs between processors.
fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

fn evidence(answer: &str, span: Span) -> Evidence {
    Evidence { quote: Personal::Present(span.quote(answer)), span }
}

/// Where `value` lies between `low` (0) and `high` (1).
fn between(value: f64, low: f64, high: f64) -> f64 {
    ((value - low) / (high - low)).clamp(0.0, 1.0)
}

/// The first words of a text, for naming it in a sentence.
fn shortened(text: &str, most_words: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() <= most_words {
        return words.join(" ").trim_end_matches(['.', ',', ';']).to_owned();
    }
    format!("{}…", words[..most_words].join(" ").trim_end_matches([',', ';', '.']))
}

#[cfg(test)]
mod better_answer_cases;
#[cfg(test)]
mod marked_by_hand;
#[cfg(test)]
mod tests;
