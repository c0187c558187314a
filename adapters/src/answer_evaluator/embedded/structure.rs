//! Structure: are situation, task, action and result told, in order?

use interaura_domain::interview::evaluation::StarPart;
use interaura_domain::interview::star::{self, StarShape};
use interaura_domain::interview::words::number;
use interaura_domain::score::Criterion;
use interaura_domain::score::formula::own_level;

use super::reading::Reading;
use super::{Judgement, feature};

/// Judges structure.
pub(super) fn judge(reading: &Reading) -> Judgement {
    let shape = StarShape::of(&reading.told);
    let features = vec![
        feature("situation_told", shape.told[0]),
        feature("task_told", shape.told[1]),
        feature("action_told", shape.told[2]),
        feature("result_told", shape.told[3]),
        feature("order", shape.order),
        feature("own_steps", number(shape.own_steps)),
        feature("shared_steps", number(shape.shared_steps)),
        feature("hypothetical_sentences", number(shape.hypothetical)),
        feature("result_with_change", if shape.result_with_change { 1.0 } else { 0.0 }),
    ];
    Judgement {
        level: own_level(Criterion::Structure, &features),
        features,
        evidence: star::spans(&reading.told, &reading.answer).into_iter().map(|span| span.evidence).collect(),
        rationale: rationale(shape),
    }
}

fn rationale(shape: StarShape) -> String {
    let told = |part| shape.of_part(part) > 0.25;
    let thin = |part| shape.of_part(part) < 0.75;
    let steps = shape.own_steps + shape.shared_steps;
    if steps == 0 {
        return if shape.hypothetical > 0 {
            "You say what you would do. Choose one real occasion and tell what you did then.".to_owned()
        } else {
            "No real event is told yet. Choose one occasion: where it was, what you had to do, what you did, what came \
             of it."
                .to_owned()
        };
    }
    if !told(StarPart::Result) {
        return format!(
            "You told what you did{}, but not what came of it. Add the result: a number or what changed.",
            in_steps(shape.own_steps)
        );
    }
    if !told(StarPart::Action) {
        return "You told what came of it, but hardly what you did. Add your own steps, one by one: \"First I…\"".to_owned();
    }
    if !told(StarPart::Situation) && !told(StarPart::Task) {
        return "You went straight to what you did. Begin with a sentence on where this was and what you had to achieve."
            .to_owned();
    }
    if shape.own_steps == 0 {
        return "The steps are told as \"we\". Say which of them were yours: \"I…\"".to_owned();
    }
    if shape.order < 0.6 {
        return "All of it is there, but the order jumps. Tell it as it happened: the situation, your task, your steps, \
                the result."
            .to_owned();
    }
    if !shape.result_with_change {
        return "You told it in order, with a result. Make the result one that can be checked: how much, how many, or \
                what is different now."
            .to_owned();
    }
    if thin(StarPart::Action) {
        return "In order, and with a result. Your own part is thin: add how you did it, and why that way."
            .to_owned();
    }
    if !told(StarPart::Task) {
        return "Told in order and with a result. One sentence on what you had to achieve would show why it mattered."
            .to_owned();
    }
    if !told(StarPart::Situation) {
        return "Told in order and with a result. One sentence on where and when this was would set the scene.".to_owned();
    }
    "Situation, task, your own steps and the result are all there, in that order.".to_owned()
}

fn in_steps(steps: usize) -> String {
    match steps {
        0 | 1 => String::new(),
        2 => " in two steps".to_owned(),
        3 => " in three steps".to_owned(),
        4 => " in four steps".to_owned(),
        _ => " in several steps".to_owned(),
    }
}
