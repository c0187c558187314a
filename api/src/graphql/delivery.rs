//! How an answer was said.

use async_graphql::{Enum, SimpleObject};
use interaura_domain::interview::delivery::{self, DeliveryRubric};

use super::report_answer::Feature;

/// What the delivery of an answer is judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "delivery::DeliveryCriterion")]
pub enum DeliveryCriterion {
    /// Words per minute.
    Pace,
    /// Words that say nothing.
    Fillers,
    /// Silences in mid-sentence.
    Pauses,
    /// Eyes toward the camera.
    Attention,
    /// How the picture shows the candidate.
    Framing,
}

fn title(criterion: delivery::DeliveryCriterion) -> &'static str {
    match criterion {
        delivery::DeliveryCriterion::Pace => "Pace",
        delivery::DeliveryCriterion::Fillers => "Fillers",
        delivery::DeliveryCriterion::Pauses => "Pauses",
        delivery::DeliveryCriterion::Attention => "Eyes toward the camera",
        delivery::DeliveryCriterion::Framing => "Framing and light",
    }
}

/// A stretch of time that a rating rests on, in ms of the replay.
#[derive(SimpleObject)]
pub struct Moment {
    start_ms: u64,
    end_ms: u64,
    /// What happened, in a word or a few.
    label: String,
}

/// One criterion of how an answer was said.
#[derive(SimpleObject)]
pub struct DeliveryRating {
    criterion: DeliveryCriterion,
    title: String,
    /// 1 to 5; null where it could not be observed.
    level: Option<f64>,
    /// What the level means, from the rubric.
    anchor: Option<String>,
    /// Share of the delivery score after renormalising, 0 to 1.
    weight: f64,
    rationale: Option<String>,
    features: Vec<Feature>,
    moments: Vec<Moment>,
    /// Where the bands of the levels come from.
    sources: Vec<String>,
}

/// How an answer was said.
#[derive(SimpleObject)]
pub struct Delivery {
    /// 0 to 100; null where too little was said and seen to tell.
    overall: Option<f64>,
    /// Words that say something.
    words: u32,
    /// The time spoken; silences of 2 s and more are left out.
    speech_ms: u64,
    /// The longest stretch without a silence of 2 s.
    longest_monologue_ms: u64,
    /// The rubric and its version.
    rubric: String,
    /// Who measured, with version.
    measured_by: String,
    /// In the order of the rubric.
    ratings: Vec<DeliveryRating>,
}

impl Delivery {
    pub(crate) fn new(rubric: &DeliveryRubric, delivery: &delivery::Delivery) -> Self {
        let observed = delivery.ratings.iter().filter(|rating| rating.level.is_some());
        let total: f64 = observed.map(|rating| rating.weight).sum();
        Self {
            overall: delivery.overall.map(Into::into),
            words: delivery.words,
            speech_ms: delivery.speech_ms,
            longest_monologue_ms: delivery.longest_monologue_ms,
            rubric: delivery.rubric.clone(),
            measured_by: delivery.measured_by.clone(),
            ratings: delivery.ratings.iter().map(|one| rating(rubric, one, total)).collect(),
        }
    }
}

fn rating(rubric: &DeliveryRubric, rating: &delivery::DeliveryRating, total: f64) -> DeliveryRating {
    let judged_by = rubric.criterion(rating.criterion);
    let counts = rating.level.is_some() && total > 0.0;
    let moments = rating.moments.present().map_or(&[][..], Vec::as_slice);
    DeliveryRating {
        criterion: rating.criterion.into(),
        title: title(rating.criterion).to_owned(),
        level: rating.level.map(Into::into),
        anchor: rating.level.and_then(|level| Some(judged_by?.anchor(level)?.to_owned())),
        weight: if counts { rating.weight / total } else { 0.0 },
        rationale: rating.rationale.present().cloned(),
        features: rating.features.iter().map(Feature::from).collect(),
        moments: moments
            .iter()
            .map(|moment| Moment {
                start_ms: moment.start_ms,
                end_ms: moment.end_ms,
                label: moment.label.clone(),
            })
            .collect(),
        sources: judged_by.map(|one| one.sources.clone()).unwrap_or_default(),
    }
}
