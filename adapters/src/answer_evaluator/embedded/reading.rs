//! An answer as the evaluator reads it: its sentences, what each is near to, and which of them say
//! nothing of their own.

use std::collections::BTreeSet;

use interaura_domain::interview::answer_features::{self, AnswerFeatures};
use interaura_domain::interview::question::{Point, QuestionKind};
use interaura_domain::interview::rubric::Rubric;
use interaura_domain::interview::sentences::{self, Sentence};
use interaura_domain::interview::star::{self, Told};
use interaura_domain::interview::words::{self, Word, number, ratio};
use interaura_domain::ports::answer_evaluator::AnswerToEvaluate;
use interaura_domain::ports::embedder::Embedding;
use interaura_domain::text::Span;

use super::claims;
use super::closeness::{closeness, together};

/// Sentences past these are not read: nobody says more in one answer.
const MOST_SENTENCES: usize = 60;
/// A sentence that repeats the question to this degree says nothing of its own.
const ECHO: f64 = 0.75;
/// So does one this near to it in meaning,
const ECHO_IN_OTHER_WORDS: f64 = 0.7;
/// which is nearer to it than to any point by so much.
const NEARER_THAN_POINTS: f64 = 0.22;
/// Of a sentence that says nothing but that the method was followed so many terms are the method's.
const ABOUT_METHOD: f64 = 0.5;
/// A sentence has been said when so much of it stands in an earlier one,
const SAID_AGAIN: f64 = 0.8;
/// in so many words.
const LEAST_AGAIN: usize = 4;
/// An answer asks if so many of its words do.
const MOSTLY: f64 = 0.5;
/// A sentence is near the question from this closeness on.
pub(super) const ON_TOPIC: f64 = 0.28;

/// Why a sentence is set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aside {
    /// It gives the question back.
    Echo,
    /// It speaks about the score, or in the rubric's words.
    Scoring,
    /// It was said before.
    Repeated,
    /// It asks.
    Asked,
    /// The answer itself takes it back.
    TakenBack,
    /// Its words stand in no order.
    ThrownTogether,
}

impl Aside {
    /// Whether nothing is said by it that could be right.
    pub(super) fn claims_nothing(self) -> bool {
        match self {
            Self::Scoring | Self::Asked | Self::TakenBack | Self::ThrownTogether => true,
            Self::Echo | Self::Repeated => false,
        }
    }
}

/// A sentence of the answer.
pub(super) struct Unit {
    pub(super) sentence: Sentence,
    pub(super) words: Vec<Word>,
    pub(super) stems: Vec<String>,
    pub(super) aside: Option<Aside>,
    pub(super) embedding: Embedding,
    /// Closeness to the question, alone or with its neighbours, whichever is nearer.
    pub(super) to_question: f64,
    /// Closeness to the nearest point, likewise.
    pub(super) to_points: f64,
}

impl Unit {
    /// Says something that could be right.
    pub(super) fn claims(&self) -> bool {
        !self.aside.is_some_and(Aside::claims_nothing)
    }

    /// Says something of its own, on the matter that was asked about.
    pub(super) fn on_topic(&self) -> bool {
        self.aside.is_none() && self.to_question.max(self.to_points) >= ON_TOPIC
    }
}

/// A point of the question.
pub(super) struct ReadPoint {
    pub(super) point: Point,
    pub(super) words: Vec<Word>,
    pub(super) stems: Vec<String>,
    pub(super) embedding: Embedding,
}

/// An answer with all that was found in it.
pub(super) struct Reading {
    pub(super) answer: String,
    pub(super) kind: QuestionKind,
    pub(super) question_words: Vec<Word>,
    pub(super) question_stems: Vec<String>,
    pub(super) question: Embedding,
    pub(super) points: Vec<ReadPoint>,
    pub(super) units: Vec<Unit>,
    pub(super) told: Vec<Told>,
    pub(super) features: AnswerFeatures,
    pub(super) resume_lines: Vec<String>,
}

impl Reading {
    /// The sentences that say something of their own.
    pub(super) fn own(&self) -> impl Iterator<Item = &Unit> {
        self.units.iter().filter(|unit| unit.aside.is_none())
    }

    /// The sentences that claim something: a short answer may say much of the question again and be right.
    pub(super) fn said(&self) -> impl Iterator<Item = &Unit> {
        self.units.iter().filter(|unit| unit.claims())
    }

    /// Words in sentences that say something of their own.
    pub(super) fn own_words(&self) -> usize {
        self.own().map(|unit| unit.words.len()).sum()
    }

    /// Share of the answer's words that were set aside for a reason.
    pub(super) fn share_aside(&self, aside: Aside) -> f64 {
        let words = |unit: &Unit| unit.words.len();
        let all: usize = self.units.iter().map(words).sum();
        ratio(self.units.iter().filter(|unit| unit.aside == Some(aside)).map(words).sum(), all)
    }

    /// Share of the answer's words in sentences on the matter.
    pub(super) fn share_on_topic(&self) -> f64 {
        let all: usize = self.units.iter().map(|unit| unit.words.len()).sum();
        ratio(self.units.iter().filter(|unit| unit.on_topic()).map(|unit| unit.words.len()).sum(), all)
    }

    /// Of places in the answer, those that stand in sentences on the matter.
    pub(super) fn on_topic_only(&self, spans: &[Span]) -> Vec<Span> {
        let within = |span: &&Span| {
            self.units.iter().any(|unit| {
                unit.on_topic()
                    && unit.sentence.span.start <= span.start
                    && span.end <= unit.sentence.span.end
            })
        };
        spans.iter().filter(within).copied().collect()
    }

    /// The clauses that places of the answer stand in: a reader understands them without the rest.
    pub(super) fn in_clauses(&self, places: impl IntoIterator<Item = Span>) -> Vec<Span> {
        sentences::clauses_around(&self.units.iter().map(|unit| &unit.sentence), places)
    }
}

/// An answer whose sentences have no embeddings yet.
pub(super) struct Draft<'a> {
    answer: &'a AnswerToEvaluate,
    units: Vec<(Sentence, Vec<Word>, Option<Aside>)>,
}

impl<'a> Draft<'a> {
    pub(super) fn of(answer: &'a AnswerToEvaluate, rubric: &Rubric) -> Self {
        let rubric = rubric_text(rubric);
        let mut said: Vec<BTreeSet<String>> = Vec::new();
        let mut units = Vec::new();
        let asked = || std::iter::once(&answer.question).chain(&answer.follow_up);
        let asks_about_grades = asked().any(|asked| words::holds_any(&words::words(asked), GRADES));
        for sentence in sentences::segments(&answer.answer).into_iter().take(MOST_SENTENCES) {
            let words = words::words(&sentence.text);
            let stems = words::content_stems(&words);
            let aside = if answer_features::speaks_of_scoring(&sentence.text)
                || speaks_of_method(&stems)
                || (words.len() >= 5 && answer_features::copied_runs(&sentence.text, &rubric) >= 0.5)
            {
                Some(Aside::Scoring)
            } else if asked().any(|asked| answer_features::question_echo(&sentence.text, asked) >= ECHO) {
                Some(Aside::Echo)
            } else if is_said(&stems, &said) {
                Some(Aside::Repeated)
            } else {
                None
            };
            said.push(stems.into_iter().collect());
            units.push((sentence, words, aside));
        }
        if !asks_about_grades && units.iter().any(|(_, _, aside)| *aside == Some(Aside::Scoring)) {
            for (_, words, aside) in &mut units {
                if aside.is_none() && words::holds_any(words, GRADES) {
                    *aside = Some(Aside::Scoring);
                }
            }
        }
        let mut draft = Self { answer, units };
        draft.set_aside_what_does_not_stand();
        draft
    }

    /// What mostly asks, is taken back at the end, or is thrown together from the points is no answer however much of it is
    /// right. A question among claims may say what is looked at: "is the tax right?"
    fn set_aside_what_does_not_stand(&mut self) {
        let asks = |(sentence, words, _): &&mut (Sentence, Vec<Word>, Option<Aside>)| {
            claims::asks(&sentence.text, words)
        };
        let all: usize = self.units.iter().map(|(_, words, _)| words.len()).sum();
        let asked: usize = self.units.iter_mut().filter(asks).map(|(_, words, _)| words.len()).sum();
        if ratio(asked, all) > MOSTLY {
            for (_, _, aside) in self.units.iter_mut().filter(asks) {
                *aside = aside.or(Some(Aside::Asked));
            }
        }
        let stems = |text: &str| words::content_stems(&words::words(text));
        let points: Vec<Vec<String>> = self.answer.points.iter().map(|point| stems(&point.text)).collect();
        let last = self.units.iter().rposition(|(_, words, _)| claims::takes_back(words));
        let aside = if claims::is_thrown_together(&points, &stems(&self.answer.answer)) {
            Some((self.units.len(), Aside::ThrownTogether))
        } else {
            last.map(|last| (last + 1, Aside::TakenBack))
        };
        let Some((count, reason)) = aside else { return };
        for (_, _, aside) in self.units.iter_mut().take(count) {
            *aside = aside.filter(|aside| aside.claims_nothing()).or(Some(reason));
        }
    }

    /// The question, the points, the sentences, then the lines of the resume.
    pub(super) fn texts(&self) -> Vec<String> {
        let mut texts = vec![self.answer.question.clone()];
        texts.extend(self.answer.points.iter().map(|point| point.text.clone()));
        texts.extend(self.units.iter().map(|(sentence, _, _)| sentence.text.clone()));
        texts.extend(self.answer.resume_lines.iter().cloned());
        texts
    }

    /// Puts the embeddings of [`Draft::texts`] where they belong; returns those of the resume apart.
    pub(super) fn place(self, embeddings: Vec<Embedding>) -> (Reading, Vec<Embedding>) {
        let mut embeddings = embeddings.into_iter();
        let mut next = || embeddings.next().unwrap_or_else(|| Embedding(Vec::new()));
        let question = next();
        let points: Vec<ReadPoint> = self
            .answer
            .points
            .iter()
            .map(|point| {
                let words = words::words(&point.text);
                ReadPoint {
                    point: point.clone(),
                    stems: words::content_stems(&words),
                    words,
                    embedding: next(),
                }
            })
            .collect();
        let mut units: Vec<Unit> = self
            .units
            .into_iter()
            .map(|(sentence, words, aside)| {
                let stems = words::content_stems(&words);
                Unit { sentence, words, stems, aside, embedding: next(), to_question: 0.0, to_points: 0.0 }
            })
            .collect();
        for unit in units.iter_mut().filter(|unit| unit.aside.is_none() && unit.words.len() >= 5) {
            let near = closeness(&unit.embedding, &question);
            let nearest =
                points.iter().map(|point| closeness(&unit.embedding, &point.embedding)).reduce(f64::max);
            if near >= ECHO_IN_OTHER_WORDS
                && nearest.is_some_and(|nearest| nearest + NEARER_THAN_POINTS <= near)
            {
                unit.aside = Some(Aside::Echo);
            }
        }
        measure(&mut units, &question, &points);
        let own: Vec<Sentence> =
            units.iter().filter(|unit| unit.aside.is_none()).map(|unit| unit.sentence.clone()).collect();
        let reading = Reading {
            answer: self.answer.answer.clone(),
            kind: self.answer.kind,
            question_words: words::words(&self.answer.question),
            question_stems: words::content_stems(&words::words(&self.answer.question)),
            question,
            points,
            units,
            told: star::read(&own),
            features: AnswerFeatures::of(&self.answer.answer),
            resume_lines: self.answer.resume_lines.clone(),
        };
        (reading, embeddings.collect())
    }
}

/// A sentence of a story often says "it" and "they": its neighbours tell what it is about.
fn measure(units: &mut [Unit], question: &Embedding, points: &[ReadPoint]) {
    let own: Vec<usize> = (0..units.len()).filter(|at| units[*at].aside.is_none()).collect();
    for (place, at) in own.iter().enumerate() {
        let near = &own[place.saturating_sub(1)..(place + 2).min(own.len())];
        let window = together(near.iter().map(|other| {
            let weight = if other == at { 1.0 } else { 0.6 };
            (&units[*other].embedding, weight * number(units[*other].words.len()).sqrt())
        }));
        let nearer = |to: &Embedding| closeness(&units[*at].embedding, to).max(closeness(&window, to));
        let to_question = nearer(question);
        let to_points = points.iter().map(|point| nearer(&point.embedding)).fold(0.0, f64::max);
        units[*at].to_question = to_question;
        units[*at].to_points = to_points;
    }
}

/// Whether an earlier sentence holds nearly all of a sentence's words, in whatever order.
fn is_said(stems: &[String], said: &[BTreeSet<String>]) -> bool {
    let stems: BTreeSet<&String> = stems.iter().collect();
    let held = |earlier: &&BTreeSet<String>| stems.iter().filter(|stem| earlier.contains(**stem)).count();
    !stems.is_empty()
        && said.iter().any(|earlier| {
            let held = held(&earlier);
            held == stems.len() && held == earlier.len()
                || held >= LEAST_AGAIN && ratio(held, stems.len()) >= SAID_AGAIN
        })
}

/// Whether a sentence only says that there were a situation, a task, an action and a result, or that it is a good answer.
fn speaks_of_method(stems: &[String]) -> bool {
    let of_method = stems.iter().filter(|stem| METHOD.contains(&stem.as_str())).count();
    let names_parts = stems.iter().filter(|stem| PARTS.contains(&stem.as_str())).count();
    names_parts >= 1 && of_method >= 2 && ratio(of_method, stems.len()) >= ABOUT_METHOD
}

/// Beside an order to the grader these words are about the grade as well.
const GRADES: &[&str] = &[
    "score",
    "scores",
    "scored",
    "scoring",
    "grade",
    "grades",
    "graded",
    "grading",
    "grader",
    "mark",
    "marks",
    "marked",
    "marking",
    "rating",
    "rated",
    "rate",
    "evaluate",
    "evaluated",
    "evaluation",
    "evaluator",
    "points",
    "assessment",
];

const PARTS: &[&str] =
    &["situat", "task", "action", "result", "outcom", "context", "object", "method", "star"];

const METHOD: &[&str] = &[
    "situat", "task", "action", "result", "outcom", "context", "object", "method", "star", "structur",
    "relev", "clear", "depth", "detail", "complet", "answer", "criteria", "level", "rubric", "score", "mark",
    "grade", "measur", "order", "part", "describ", "told", "tell", "good", "import", "step", "taken", "took",
    "made", "cover", "well", "summari",
];

fn rubric_text(rubric: &Rubric) -> String {
    let mut text = rubric.note.clone();
    for one in &rubric.criteria {
        for part in [&one.asks, &one.measured_by].into_iter().chain(&one.levels) {
            text.push('\n');
            text.push_str(part);
        }
    }
    for band in &rubric.bands {
        text.push('\n');
        text.push_str(&band.meaning);
    }
    text
}
