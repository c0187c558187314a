//! How well the embedded evaluator agrees with people, and how it bears attempts to get around it.
//!
//! `DATA=<folder> cargo bench --bench scores` reads `<folder>/asag/*.jsonl`, without it a small sample in the repository;
//! `LIMIT=<n>` takes at most so many answers of each set. `ONLY=graded,cost` measures these alone, of `graded`, `cost`,
//! `star`, `hostile` and `matching`. One line of JSON per figure; exit status 1 where a must is missed.

#![expect(clippy::disallowed_methods, reason = "a benchmark has no configuration of its own")]

mod agreement;
mod bar;
mod cost;
mod graded;
mod hostile;
mod labelled;
mod matching;
mod star;
mod tfidf;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use interaura_adapters::answer_evaluator::embedded::EmbeddedEvaluator;
use interaura_adapters::embedder::minilm::{MiniLm, run_each_text_on_one_thread};
use interaura_adapters::pair_scorer::LazyPairScorer;

use self::bar::Bar;

type Evaluator = EmbeddedEvaluator<MiniLm>;

fn main() -> anyhow::Result<()> {
    #[expect(unsafe_code, reason = "as the server does it")]
    // SAFETY: no other thread runs yet.
    unsafe {
        run_each_text_on_one_thread();
    }
    let runtime = tokio::runtime::Runtime::new().context("there are no threads")?;
    let missed = runtime.block_on(measure())?;
    std::process::exit(i32::from(missed));
}

/// Prints every figure; `true` where one falls short.
async fn measure() -> anyhow::Result<bool> {
    let folder = std::env::var_os("DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"), PathBuf::from)
        .join("asag");
    let most: usize = std::env::var("LIMIT").ok().and_then(|limit| limit.parse().ok()).unwrap_or(usize::MAX);
    let only = std::env::var("ONLY").unwrap_or_default();
    let is_wanted = |part: &str| only.is_empty() || only.split(',').any(|one| one == part);
    let model =
        PathBuf::from(std::env::var_os("INTERAURA_MODEL_DIR").context("INTERAURA_MODEL_DIR is not set")?);
    let scorer = Arc::new(LazyPairScorer::new(model.clone()));
    let evaluator = EmbeddedEvaluator::new(Arc::new(MiniLm::load(&model)?))?.with_scorer(scorer);
    let mut missed = false;
    let mut print = |bars: Vec<Bar>| -> anyhow::Result<()> {
        for bar in bars {
            missed |= bar.print()?;
        }
        Ok(())
    };
    if is_wanted("cost") {
        print(cost::measure(&evaluator, &model).await?)?;
    }
    if is_wanted("star") {
        print(star::measure(&evaluator).await?)?;
    }
    if is_wanted("hostile") {
        print(hostile::measure(&evaluator).await?)?;
    }
    if is_wanted("matching") {
        print(matching::measure(MiniLm::load(&model)?).await?)?;
    }
    if is_wanted("graded") {
        print(graded::measure(&evaluator, &folder, most).await?)?;
    }
    Ok(missed)
}
