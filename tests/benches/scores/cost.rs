//! What judging costs, and whether it comes to the same twice.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use interaura_adapters::answer_evaluator::embedded::EmbeddedEvaluator;
use interaura_adapters::embedder::minilm::MiniLm;
use interaura_adapters::pair_scorer::LazyPairScorer;
use interaura_domain::interview::question::{Point, QuestionKind};
use interaura_domain::interview::sentences::sentences;
use interaura_domain::ports::answer_evaluator::{AnswerEvaluator as _, AnswerToEvaluate};
use interaura_domain::ports::embedder::Embedder as _;

use super::agreement::number;
use crate::{Bar, Evaluator};

/// Answers that are timed, each with other words, for sentences are remembered.
const TIMED: usize = 12;

/// Measures in processor time: the networks of one answer run on one thread, its sentences on as many as there are.
pub(crate) async fn measure(evaluator: &Evaluator, model: &Path) -> anyhow::Result<Vec<Bar>> {
    let answers: Vec<AnswerToEvaluate> = (0..TIMED).map(answer).collect();
    let (first, timed) = answers.split_first().context("there are answers")?;
    evaluator.evaluate(first).await?;
    let from = processor_ms()?;
    let mut verdicts = Vec::new();
    for answer in timed {
        verdicts.push(evaluator.evaluate(answer).await?);
    }
    let whole = (processor_ms()? - from) / number(timed.len());
    let bare = bare(model, first, timed).await?;
    let unit = "ms of one core";
    Ok(vec![
        Bar::told("scores/cost/answer_of_150_words".to_owned(), whole, unit).baseline(bare).at_most(500.0),
        Bar::told("scores/cost/over_bare_networks".to_owned(), whole / bare, "ratio").at_most(1.3),
        repeated(model, timed, &verdicts).await?,
    ])
}

/// The same passes through the networks with nothing around them.
async fn bare(model: &Path, first: &AnswerToEvaluate, timed: &[AnswerToEvaluate]) -> anyhow::Result<f64> {
    let (embedder, scorer) = (MiniLm::load(model)?, LazyPairScorer::new(model.to_owned()));
    let pass = async |answer: &AnswerToEvaluate| -> anyhow::Result<()> {
        let texts: Vec<String> = sentences(&answer.answer).into_iter().map(|one| one.text).collect();
        embedder.embed(&texts).await?;
        scorer.run_networks(&answer.answer).await.map_err(anyhow::Error::from_boxed)
    };
    pass(first).await?;
    let from = processor_ms()?;
    for answer in timed {
        pass(answer).await?;
    }
    Ok((processor_ms()? - from) / number(timed.len()))
}

/// Judged again by an evaluator that remembers nothing, in another order.
async fn repeated(
    model: &Path,
    timed: &[AnswerToEvaluate],
    verdicts: &[interaura_domain::interview::evaluation::Evaluation],
) -> anyhow::Result<Bar> {
    let scorer = Arc::new(LazyPairScorer::new(model.to_owned()));
    let fresh = EmbeddedEvaluator::new(Arc::new(MiniLm::load(model)?))?.with_scorer(scorer);
    let mut apart = 0;
    for (answer, verdict) in timed.iter().zip(verdicts).rev() {
        let again = fresh.evaluate(answer).await?;
        apart += usize::from(serde_json::to_string(&again)? != serde_json::to_string(verdict)?);
    }
    let name = "scores/repeat/verdicts_that_differ".to_owned();
    Ok(Bar::told(name, number(apart), "verdicts").answers(timed.len()).at_most(0.0))
}

fn answer(number: usize) -> AnswerToEvaluate {
    let points = [
        "The database finds rows without reading the whole table",
        "It is kept sorted, often as a B-tree, so that ranges can be read in order",
        "Every write has to change it too, which costs time and space",
        "The planner uses it only where few rows match",
    ];
    // Sentences that are much alike would count as said before, and not be read.
    let table = 1_000 + number * 37;
    let said = format!(
        "An index works like the register at the end of book {table}: it tells on which page a row stands. Without one the \
         server has to walk through all {table} blocks of the orders table, which took us four seconds on a quiet evening. \
         Most engines keep a balanced tree of about {number} levels, so a search needs a handful of reads, and neighbours lie \
         side by side, which makes ranges and sorting cheap. It isn't free, though. Whenever somebody inserts order {table} the \
         tree must be changed as well, and I have seen nightly imports of {number} million lines become three times slower \
         because of seven forgotten indexes. They take disk and memory too. The planner will also ignore it if column {number} \
         has only two different values, since fetching nearly everything in random order costs more than one long scan. So I \
         look at the plan first, then decide."
    );
    AnswerToEvaluate {
        question: "What does an index in a database do, and what does it cost?".to_owned(),
        follow_up: None,
        kind: QuestionKind::Technical,
        difficulty: 3,
        points: points.map(|text| Point { text: text.to_owned(), probe: String::new() }).into(),
        answer: said,
        resume_lines: Vec::new(),
    }
}

/// Processor time of this process until now.
fn processor_ms() -> anyhow::Result<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").context("there is no /proc")?;
    let after_name = stat.rsplit_once(')').context("/proc/self/stat is not as expected")?.1;
    let ticks: Vec<f64> =
        after_name.split_whitespace().skip(11).take(2).filter_map(|one| one.parse().ok()).collect();
    Ok(ticks.iter().sum::<f64>() * 10.0)
}
