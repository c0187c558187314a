//! What judges recorded answers again, beside a server that may run elsewhere.

use std::sync::Arc;

use anyhow::bail;
use interaura_adapters::answer_evaluator::embedded::EmbeddedEvaluator;
use interaura_adapters::answer_evaluator::model::ModelEvaluator;
use interaura_adapters::answer_evaluator::model_first::ModelFirst;
use interaura_adapters::answer_evaluator::several_readings::SeveralReadings;
use interaura_adapters::chat_model::ChatModel;
use interaura_adapters::embedder::lazy::LazyMiniLm;
use interaura_adapters::event_store::EventStore;
use interaura_adapters::pair_scorer::LazyPairScorer;
use interaura_adapters::skill_lexicon;
use interaura_domain::interview::rubric::Rubric;
use interaura_domain::ports::answer_evaluator::AnswerEvaluator;
use interaura_domain::ports::key_ring::KeyRing;
use tokio::sync::Semaphore;

use super::{MODEL_PATIENCE, blobs, delivery_rubric};
use crate::assets::Assets;
use crate::config::Config;
use crate::rescoring::Rescoring;
use crate::score_audit::ScoreAudit;

/// What recomputes scores, beside a server that may run elsewhere.
///
/// # Errors
/// The rubric does not fit, or the blobs cannot be reached.
pub fn score_audit(
    config: &Config,
    keys: &Arc<dyn KeyRing>,
    store: &EventStore,
    assets: &Assets,
) -> anyhow::Result<ScoreAudit> {
    let evaluator = lone_evaluator(assets)?;
    let rubric = evaluator.rubric().clone();
    let evaluator: Arc<dyn AnswerEvaluator> = Arc::new(evaluator);
    Ok(ScoreAudit {
        store: store.clone(),
        blobs: Arc::new(blobs(config, keys)?),
        rubric,
        second_opinion: Arc::new(SeveralReadings::new(Arc::clone(&evaluator))),
        evaluator,
        delivery_rubric: delivery_rubric()?,
        one_at_a_time: Semaphore::new(1),
    })
}

/// Who judges old answers again.
#[derive(Debug, Clone)]
pub enum Judge {
    /// The evaluator of this program.
    Embedded,
    /// The same in several readings.
    SeveralReadings,
    /// A language model.
    Model {
        /// Who is asked.
        chat: Arc<ChatModel>,
        /// How often; the level in the middle counts.
        samples: u8,
    },
}

/// What judges old answers again, beside a server that may run elsewhere; `rubric` is the text of a rubric file.
///
/// # Errors
/// The rubric breaks its own rules or goes by the id of the shipped one, or the blobs cannot be reached.
pub fn rescoring(
    config: &Config,
    keys: &Arc<dyn KeyRing>,
    store: &EventStore,
    assets: &Assets,
    judge: Judge,
    rubric: Option<&str>,
) -> anyhow::Result<Rescoring> {
    let mut judge_alone = lone_evaluator(assets)?;
    if let Some(rubric) = rubric {
        let rubric = of_its_own(Rubric::parse(rubric)?, judge_alone.rubric())?;
        judge_alone = judge_alone.with_rubric(rubric);
    }
    let rubric = judge_alone.rubric().clone();
    let judge_alone: Arc<dyn AnswerEvaluator> = Arc::new(judge_alone);
    let evaluator: Arc<dyn AnswerEvaluator> = match judge {
        Judge::Embedded => judge_alone,
        Judge::SeveralReadings => Arc::new(SeveralReadings::new(judge_alone)),
        Judge::Model { chat, samples } => {
            let (skills, patience) =
                (Arc::new(skill_lexicon::embedded()), MODEL_PATIENCE * u32::from(samples));
            let model = ModelEvaluator::new(chat, rubric, skills, patience)?;
            Arc::new(ModelFirst::new(model, judge_alone, samples))
        }
    };
    Ok(Rescoring { store: store.clone(), blobs: Arc::new(blobs(config, keys)?), evaluator })
}

/// A rubric whose id tells it from the shipped one: verdicts name the id only.
fn of_its_own(rubric: Rubric, shipped: &Rubric) -> anyhow::Result<Rubric> {
    if rubric.id == shipped.id && rubric != *shipped {
        bail!("the rubric differs from the one that is shipped as {:?}; give it an id of its own", rubric.id);
    }
    Ok(rubric)
}

/// The evaluator, with models of its own.
fn lone_evaluator(assets: &Assets) -> anyhow::Result<EmbeddedEvaluator<LazyMiniLm>> {
    let embedder = Arc::new(LazyMiniLm::new(assets.model_dir()));
    Ok(EmbeddedEvaluator::new(embedder)?.with_scorer(Arc::new(LazyPairScorer::new(assets.model_dir()))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_rubric_has_an_id_of_its_own() {
        let shipped = include_str!("../../../schemas/rubrics/interview_answer.v1.json");
        let shipped = Rubric::parse(shipped).unwrap();
        assert!(of_its_own(shipped.clone(), &shipped).is_ok());
        let mut other = shipped.clone();
        other.criteria[0].levels.swap(0, 4);
        assert!(of_its_own(other.clone(), &shipped).unwrap_err().to_string().contains("an id of its own"));
        other.id = "mine.v1".to_owned();
        assert!(of_its_own(other, &shipped).is_ok());
    }
}
