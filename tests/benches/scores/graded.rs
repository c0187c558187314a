//! Correctness beside the marks that people gave the same answers.
//!
//! Four sets were used to train the scorer. What the shipped weights reach on them is marked `fitted` and has no bar; beside
//! it stands what networks reached that never saw the question (`adapters/models/pair-scorer-1/out_of_fold.csv`): with
//! their word in the place of the head's, everything else is computed as it ships.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Context as _;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use interaura_adapters::answer_evaluator::embedded;
use interaura_adapters::pair_scorer::{Factors, share_of};
use interaura_domain::interview::question::{Point, QuestionKind};
use interaura_domain::interview::sentences;
use interaura_domain::ports::answer_evaluator::{AnswerEvaluator as _, AnswerToEvaluate};
use interaura_domain::score::ceiling::CEILING_FROM_RELEVANCE;
use interaura_domain::score::formula::own_level;
use interaura_domain::score::{Criterion, Feature, Level};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::agreement::{accuracy, best_threshold, macro_f1, mean, pearson, quadratic_kappa, rmse, spearman};
use super::tfidf::TfIdf;
use crate::{Bar, Evaluator};

/// What networks said of questions that they were not trained on.
const OUT_OF_FOLD: &str = include_str!("../../../adapters/models/pair-scorer-1/out_of_fold.csv");

/// Of several references so many are looked at.
const MOST_REFERENCES: usize = 8;
/// Of their marks the mean of so many best ones counts: a single one is often met by chance, and all are seldom meant.
const BEST_REFERENCES: usize = 3;
/// Answers that are judged at the same time.
const BESIDE_EACH_OTHER: usize = 2;
/// So much must be gained over the plain method.
const GAIN: f64 = 0.08;
/// Accuracy may lie so much under that of people among themselves.
const BEHIND_PEOPLE: f64 = 0.1;

/// From this mark on an answer counts as right, where no other threshold can be had: chosen out of fold on beetle and
/// scientsbank together.
const RIGHT_FROM: f64 = 0.752;

/// A set with what is wanted of it.
struct Set {
    name: &'static str,
    /// Whether the scorer was trained on it.
    is_fitted: bool,
    /// Least and goal for Pearson's r, where answers are marked by degrees.
    r: Option<(f64, f64)>,
}

const SETS: [Set; 6] = [
    Set { name: "mohler2011", is_fitted: false, r: Some((0.50, 0.60)) },
    Set { name: "carousel-k12", is_fitted: false, r: None },
    Set { name: "saf-english", is_fitted: true, r: Some((0.77, 0.85)) },
    Set { name: "nn-exam", is_fitted: true, r: Some((0.52, 0.65)) },
    Set { name: "semeval2013-beetle", is_fitted: true, r: None },
    Set { name: "semeval2013-scientsbank", is_fitted: true, r: None },
];

#[derive(Deserialize)]
struct Graded {
    id: String,
    question: String,
    reference_answer: String,
    #[serde(default)]
    reference_answers: Vec<String>,
    answer: String,
    score: f64,
    scale_max: f64,
    #[serde(default)]
    grader_scores: Vec<f64>,
}

/// One answer of a set, judged.
struct Judged {
    /// What people gave, 0 to 1.
    grade: f64,
    graders: Vec<f64>,
    /// As shipped, 0 to 1.
    mark: f64,
    /// Without having seen the question, and in which fifth. What the head said out of fold is known for the set's own
    /// reference only: there it stands for all of them.
    unseen: Option<(f64, u8)>,
    /// By the plain method; of several references the best counts, which is best for it.
    plain: f64,
    /// As interviews judge: the reference's sentences as points, held back by relevance. `None` where it has one alone.
    as_points: Option<f64>,
}

struct Measured {
    set: &'static Set,
    rows: Vec<Judged>,
}

/// Reads the sets of a folder, judges every answer or at most so many of each, and compares.
pub(crate) async fn measure(evaluator: &Evaluator, folder: &Path, most: usize) -> anyhow::Result<Vec<Bar>> {
    let unseen = out_of_fold()?;
    let mut measured = Vec::new();
    for set in &SETS {
        let Ok(text) = fs::read_to_string(folder.join(format!("{}.jsonl", set.name))) else { continue };
        let all = text.lines().map(serde_json::from_str).collect::<Result<Vec<Graded>, _>>()?;
        measured.push(Measured { set, rows: judge_set(evaluator, &all, most, &unseen).await? });
    }
    let mut bars: Vec<Bar> = measured.iter().flat_map(Measured::bars).collect();
    bars.extend(measured.iter().filter_map(Measured::by_points));
    bars.extend(right_or_wrong(&measured));
    bars.extend(coverage(&measured));
    Ok(bars)
}

/// By the first digits of the hash of an answer's id: what was said of it, and the fifth that it was kept out with.
fn out_of_fold() -> anyhow::Result<BTreeMap<String, (f64, u8)>> {
    let row = |line: &str| -> Option<(String, (f64, u8))> {
        let mut cells = line.split(',');
        let (key, logit, fold) = (cells.next()?, cells.next()?, cells.next()?);
        Some((key.to_owned(), (logit.parse().ok()?, fold.parse().ok()?)))
    };
    OUT_OF_FOLD.lines().skip(1).map(|line| row(line).with_context(|| format!("no row: {line}"))).collect()
}

fn key(id: &str) -> String {
    hex::encode(&Sha256::digest(id.as_bytes())[..5])
}

async fn judge_set(
    evaluator: &Evaluator,
    all: &[Graded],
    most: usize,
    unseen: &BTreeMap<String, (f64, u8)>,
) -> anyhow::Result<Vec<Judged>> {
    let texts = all.iter().flat_map(|row| row.references().into_iter().chain([row.answer.as_str()]));
    let plain = TfIdf::of(texts);
    let every = all.len().div_ceil(most).max(1);
    let rows = all.iter().step_by(every).map(|row| judge(evaluator, row, &plain, unseen));
    stream::iter(rows).buffered(BESIDE_EACH_OTHER).try_collect().await
}

impl Graded {
    /// The set's own reference first.
    fn references(&self) -> Vec<&str> {
        let mut references = vec![self.reference_answer.as_str()];
        let others = self.reference_answers.iter().map(String::as_str);
        references.extend(others.filter(|other| *other != self.reference_answer));
        references.truncate(MOST_REFERENCES);
        references
    }
}

async fn judge(
    evaluator: &Evaluator,
    row: &Graded,
    plain: &TfIdf,
    unseen: &BTreeMap<String, (f64, u8)>,
) -> anyhow::Result<Judged> {
    let references = row.references();
    let unseen = unseen.get(&key(&row.id)).copied();
    let (mut marks, mut marks_unseen) = (Vec::new(), Vec::new());
    for reference in &references {
        let features = features(evaluator, row, &[(*reference).to_owned()]).await?;
        marks.push(mark(&features));
        if let Some((logit, _)) = unseen {
            marks_unseen.push(mark(&with_head(features, row, reference, logit)));
        }
    }
    let points: Vec<String> =
        sentences::sentences(&row.reference_answer).into_iter().map(|sentence| sentence.text).collect();
    let as_points = if points.len() > 1 && row.reference_answers.is_empty() {
        let features = features(evaluator, row, &points).await?;
        let text = points.join(" ");
        Some(shown(&unseen.map_or(features.clone(), |(logit, _)| with_head(features, row, &text, logit))))
    } else {
        None
    };
    Ok(Judged {
        as_points,
        grade: row.score / row.scale_max,
        graders: row.grader_scores.iter().map(|score| score / row.scale_max).collect(),
        mark: mean_of_best(marks),
        unseen: unseen.map(|(_, fold)| (mean_of_best(marks_unseen), fold)),
        plain: references.iter().map(|one| plain.cosine(one, &row.answer)).fold(0.0, f64::max),
    })
}

fn mean_of_best(mut marks: Vec<f64>) -> f64 {
    marks.sort_by(|one, other| other.total_cmp(one));
    marks.truncate(BEST_REFERENCES);
    mean(&marks)
}

async fn features(evaluator: &Evaluator, row: &Graded, points: &[String]) -> anyhow::Result<Vec<Feature>> {
    let point = |text: &String| Point { text: text.clone(), probe: String::new() };
    let asked = AnswerToEvaluate {
        question: row.question.clone(),
        follow_up: None,
        kind: QuestionKind::Technical,
        difficulty: 3,
        points: points.iter().map(point).collect(),
        answer: row.answer.clone(),
        resume_lines: Vec::new(),
    };
    let ratings = evaluator.evaluate(&asked).await?.ratings;
    let rating = ratings.into_iter().find(|rating| rating.criterion == Criterion::Correctness);
    Ok(rating.context("correctness was not judged")?.features)
}

/// Correctness before relevance holds it back, 0 to 1.
fn mark(features: &[Feature]) -> f64 {
    (own_level(Criterion::Correctness, features) - 1.0) / 4.0
}

/// Correctness as a report shows it, 0 to 1.
fn shown(features: &[Feature]) -> f64 {
    let ceiling = features.iter().find(|feature| feature.name == CEILING_FROM_RELEVANCE);
    let own = own_level(Criterion::Correctness, features);
    (ceiling.map_or(own, |ceiling| own.min(ceiling.value)) - 1.0) / 4.0
}

/// The same features with another word of the head.
fn with_head(mut features: Vec<Feature>, row: &Graded, reference: &str, logit: f64) -> Vec<Feature> {
    let factors = Factors::of(&row.question, reference, &row.answer, logit);
    for feature in &mut features {
        match feature.name.as_str() {
            "head" => feature.value = share_of(logit),
            "factor_for_echo" => feature.value = factors.echo,
            "factor_for_list" => feature.value = factors.list,
            "factor_for_opposite" => feature.value = factors.opposite,
            _ => {}
        }
    }
    features
}

impl Measured {
    fn grades(&self) -> Vec<f64> {
        self.rows.iter().map(|row| row.grade).collect()
    }

    fn marks(&self) -> Vec<f64> {
        self.rows.iter().map(|row| row.mark).collect()
    }

    /// Marks without having seen the question: as shipped where the set was never trained on.
    fn fair(&self) -> Vec<f64> {
        self.rows.iter().map(|row| row.unseen.map_or(row.mark, |(mark, _)| mark)).collect()
    }

    fn is_by_degrees(&self) -> bool {
        self.rows.iter().any(|row| row.grade > 0.0 && row.grade < 1.0)
    }

    fn bars(&self) -> Vec<Bar> {
        let Set { name, is_fitted, r } = self.set;
        let (grades, marks, fair) = (self.grades(), self.marks(), self.fair());
        let people = self.people();
        let mut bars = Vec::new();
        let mut figures = |ending: &str, marks: &[f64], plain: &[f64], is_shipped_fitted: bool| {
            let plain_r = pearson(plain, &grades);
            let value = pearson(marks, &grades);
            let name = |what: &str| format!("scores/{name}/{what}{ending}");
            let bar = Bar::told(name("r"), value, "Pearson r").baseline(plain_r).answers(marks.len());
            let bar = bar.fitted(is_shipped_fitted).people(people);
            let (must, goal) = r.unwrap_or((plain_r + GAIN, plain_r + GAIN));
            bars.push(if is_shipped_fitted { bar } else { bar.wanted(must, goal) });
            if !is_shipped_fitted {
                let gain = Bar::told(name("gain_over_tfidf"), value - plain_r, "difference of Pearson r");
                bars.push(gain.wanted(GAIN, 2.0 * GAIN));
            }
            let more = [
                ("spearman", spearman(marks, &grades), spearman(plain, &grades), "Spearman rho"),
                (
                    "kappa",
                    quadratic_kappa(marks, &grades),
                    quadratic_kappa(plain, &grades),
                    "quadratic kappa, five levels",
                ),
                (
                    "rmse",
                    rmse(marks, &grades),
                    rmse(plain, &grades),
                    "root mean squared difference, marks 0 to 1",
                ),
            ];
            bars.extend(more.map(|(what, value, plain, unit)| {
                Bar::told(name(what), value, unit).baseline(plain).fitted(is_shipped_fitted)
            }));
        };
        let plain: Vec<f64> = self.rows.iter().map(|row| row.plain).collect();
        // Of a set's other half no answer entered a fit.
        let was_seen = self.rows.iter().any(|row| row.unseen.is_some());
        figures("", &marks, &plain, *is_fitted && was_seen);
        if *is_fitted {
            figures("_unseen_questions", &fair, &plain, false);
        }
        bars
    }

    /// The same answers as interviews judge them, beside a single reference.
    fn by_points(&self) -> Option<Bar> {
        let rows = self.rows.iter().zip(self.fair());
        let rows: Vec<(f64, f64, f64)> =
            rows.filter_map(|(row, alone)| Some((row.as_points?, alone, row.grade))).collect();
        if rows.is_empty() {
            return None;
        }
        let column = |of: fn(&(f64, f64, f64)) -> f64| rows.iter().map(of).collect::<Vec<f64>>();
        let (points, alone, grades) = (column(|row| row.0), column(|row| row.1), column(|row| row.2));
        let name = format!("scores/{}/r_as_points_unseen_questions", self.set.name);
        let bar =
            Bar::told(name, pearson(&points, &grades), "Pearson r, sentences of the reference as points");
        Some(bar.baseline(pearson(&alone, &grades)).answers(rows.len()))
    }

    /// Two graders among themselves: Pearson's r, or how often pairs of three agree.
    fn people(&self) -> Option<f64> {
        let rows: Vec<&Judged> = self.rows.iter().filter(|row| row.graders.len() > 1).collect();
        if rows.is_empty() {
            return None;
        }
        if self.is_by_degrees() {
            let of = |place: usize| -> Vec<f64> { rows.iter().map(|row| row.graders[place]).collect() };
            return Some(pearson(&of(0), &of(1)));
        }
        let shares: Vec<f64> = rows.iter().map(|row| pairs_that_agree(&row.graders)).collect();
        Some(mean(&shares))
    }
}

fn pairs_that_agree(graders: &[f64]) -> f64 {
    let pairs = (0..graders.len()).flat_map(|one| (one + 1..graders.len()).map(move |other| (one, other)));
    let agree: Vec<f64> = pairs
        .map(|(one, other)| if (graders[one] - graders[other]).abs() < 1e-9 { 1.0 } else { 0.0 })
        .collect();
    mean(&agree)
}

/// Right or wrong: one threshold for all sets, for each answer the one that is best on the other fifths.
fn right_or_wrong(measured: &[Measured]) -> Vec<Bar> {
    let of_sets: Vec<&Measured> =
        measured.iter().filter(|one| one.set.is_fitted && !one.is_by_degrees()).collect();
    let rows = || of_sets.iter().flat_map(|one| &one.rows);
    let threshold = |without: Option<u8>| {
        let (marks, right): (Vec<f64>, Vec<bool>) = rows()
            .filter_map(|row| Some((row.unseen?, row.grade > 0.5)))
            .filter(|((_, fold), _)| Some(*fold) != without)
            .map(|((mark, _), right)| (mark, right))
            .unzip();
        if marks.is_empty() { RIGHT_FROM } else { best_threshold(&marks, &right) }
    };
    let thresholds: BTreeMap<u8, f64> = (0..5).map(|fold| (fold, threshold(Some(fold)))).collect();
    let shown = "mark from which on an answer counts as right";
    let mut bars = vec![Bar::told("scores/right_from".to_owned(), threshold(None), shown)];
    for one in &of_sets {
        // Every answer moved by its own threshold, so that one line divides them all.
        let (moved, right): (Vec<f64>, Vec<bool>) = one
            .rows
            .iter()
            .map(|row| {
                let (mark, fold) = row.unseen.map_or((row.mark, None), |(mark, fold)| (mark, Some(fold)));
                let above = fold.and_then(|fold| thresholds.get(&fold)).copied();
                (mark - above.unwrap_or(RIGHT_FROM), row.grade > 0.5)
            })
            .unzip();
        let plain: Vec<f64> = one.rows.iter().map(|row| row.plain).collect();
        let grades: Vec<bool> = one.rows.iter().map(|row| row.grade > 0.5).collect();
        let baseline = macro_f1(&plain, &grades, best_threshold(&plain, &grades));
        let name = format!("scores/{}/macro_f1_unseen_questions", one.set.name);
        let bar = Bar::told(name, macro_f1(&moved, &right, 0.0), "macro F1 of right and wrong");
        bars.push(bar.baseline(baseline).wanted(0.70, 0.80));
    }
    for one in measured.iter().filter(|one| !one.set.is_fitted && !one.is_by_degrees()) {
        let right: Vec<bool> = one.rows.iter().map(|row| row.grade > 0.5).collect();
        let plain: Vec<f64> = one.rows.iter().map(|row| row.plain).collect();
        let people = one.people().unwrap_or(1.0);
        let value = accuracy(&one.marks(), &right, threshold(None));
        let baseline = accuracy(&plain, &right, best_threshold(&plain, &right));
        let bar = Bar::told(format!("scores/{}/accuracy", one.set.name), value, "share judged as people do");
        bars.push(bar.baseline(baseline).people(Some(people)).wanted(people - BEHIND_PEOPLE, people));
    }
    bars
}

/// How often the grade lies within the interval: over the sets with degrees, and set by set.
fn coverage(measured: &[Measured]) -> Vec<Bar> {
    let within = |mark: f64, grade: f64| {
        let interval = embedded::interval_of(Criterion::Correctness, Level::clamped(1.0 + 4.0 * mark), true);
        let grade = Level::clamped(1.0 + 4.0 * grade);
        if interval.low <= grade && grade <= interval.high { 1.0 } else { 0.0 }
    };
    let of = |one: &Measured| -> Vec<f64> {
        one.fair().iter().zip(one.grades()).map(|(mark, grade)| within(*mark, grade)).collect()
    };
    let unit = "share of grades within the 90 % interval";
    let mut bars: Vec<Bar> = measured
        .iter()
        .map(|one| Bar::told(format!("scores/{}/interval_coverage", one.set.name), mean(&of(one)), unit))
        .collect();
    let as_points: Vec<f64> = measured
        .iter()
        .filter(|one| one.is_by_degrees())
        .flat_map(|one| &one.rows)
        .filter_map(|row| Some(within(row.as_points?, row.grade)))
        .collect();
    if !as_points.is_empty() {
        let name = "scores/interval_coverage_as_points".to_owned();
        bars.push(Bar::told(name, mean(&as_points), unit).between(0.85, 0.95).answers(as_points.len()));
    }
    let by_degrees: Vec<f64> =
        measured.iter().filter(|one| one.is_by_degrees()).map(|one| mean(&of(one))).collect();
    if !by_degrees.is_empty() {
        let name = "scores/interval_coverage".to_owned();
        bars.push(Bar::told(name, mean(&by_degrees), unit).between(0.85, 0.95).answers(by_degrees.len()));
    }
    bars
}
