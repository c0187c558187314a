//! How an answer was said, each level recomputed from its measure and the rubric.

use interaura_domain::interview::delivery::{Delivery, DeliveryRating, DeliveryRubric, overall};
use interaura_domain::ports::score_auditor::AuditedEvent;
use interaura_domain::score::Level;

use super::sheet::Sheet;

/// Prints each criterion with its measures, and holds levels and score against what they recompute to.
pub(super) fn print(delivery: &Delivery, event: AuditedEvent, rubric: &DeliveryRubric, sheet: &mut Sheet) {
    let recomputed = overall(&delivery.ratings);
    let shown = delivery.overall.map_or_else(|| "none".to_owned(), |score| format!("{:.1}", score.value()));
    let words = format!("delivery {shown} by {} under {}", delivery.measured_by, delivery.rubric);
    let differs = recomputed != delivery.overall;
    sheet.checked(2, &words, differs.then(|| format!("recomputed {recomputed:?}")));
    sheet.held_by(event);
    if delivery.rubric != rubric.id {
        sheet.line(3, &format!("levels NOT JUDGED AGAIN: this program judges by {}", rubric.id));
    }
    for rating in &delivery.ratings {
        print_rating(rating, (delivery.rubric == rubric.id).then_some(rubric), sheet);
    }
}

fn print_rating(rating: &DeliveryRating, rubric: Option<&DeliveryRubric>, sheet: &mut Sheet) {
    let name = format!("{:?}", rating.criterion).to_lowercase();
    let judged_by = rubric.and_then(|rubric| rubric.criterion(rating.criterion));
    let difference = judged_by.and_then(|judged_by| {
        let measured = rating.features.iter().find(|feature| feature.name == judged_by.feature);
        let again = measured.map(|feature| judged_by.level(feature.value));
        (again != rating.level || (judged_by.weight - rating.weight).abs() > f64::EPSILON)
            .then(|| format!("{} when judged again", level(again)))
    });
    sheet.checked(3, &format!("{name} {}", level(rating.level)), difference);
    for feature in &rating.features {
        sheet.line(4, &format!("{} = {}", feature.name, feature.value));
    }
    let moments = rating.moments.present().map_or(0, Vec::len);
    if moments > 0 {
        sheet.line(4, &format!("{moments} moments"));
    }
}

fn level(level: Option<Level>) -> String {
    level.map_or_else(|| "not observed".to_owned(), |level| format!("level {:.1}", level.value()))
}
