//! A recorded verdict beside the same answer judged again.

use interaura_domain::interview::evaluation::Evaluation;
use interaura_domain::score::{Criterion, Evidence, Feature, Level, Rating, formula};

use super::sheet::Sheet;

/// What judging an answer again gave.
#[derive(Debug, Clone, PartialEq)]
pub enum Rejudged {
    /// The recorded evaluator, with its model and rubric, came to this verdict.
    Again(Box<Evaluation>),
    /// It could not be asked, and why.
    Not(String),
}

impl Rejudged {
    fn evaluation(&self) -> Option<&Evaluation> {
        match self {
            Self::Again(evaluation) => Some(evaluation),
            Self::Not(_) => None,
        }
    }
}

/// A recorded verdict with what it is held against.
pub(super) struct Verdict<'a> {
    pub(super) recorded: &'a Evaluation,
    pub(super) again: &'a Rejudged,
    /// The words of the answer, unless they were erased.
    pub(super) answer: Option<&'a str>,
}

impl Verdict<'_> {
    /// Prints each criterion with its features and evidence, and the parts and points that were found.
    pub(super) fn print(&self, sheet: &mut Sheet) {
        let again = self.again.evaluation();
        match self.again {
            Rejudged::Again(_) => {
                sheet.line(2, "levels judged again by the same evaluator, model and rubric");
            }
            Rejudged::Not(why) => sheet.line(2, &format!("levels NOT JUDGED AGAIN: {why}")),
        }
        for rating in &self.recorded.ratings {
            let twin =
                again.and_then(|again| again.ratings.iter().find(|twin| twin.criterion == rating.criterion));
            if again.is_some() && twin.is_none() {
                let words = format!("{} {}", name(rating.criterion), level(rating));
                sheet.checked(2, &words, Some("not judged when judged again".to_owned()));
                continue;
            }
            self.print_rating(rating, twin, sheet);
        }
        for twin in again.iter().flat_map(|again| &again.ratings) {
            let recorded = self.recorded.ratings.iter().filter(|one| one.criterion == twin.criterion).count();
            if recorded != 1 {
                let difference = format!("{} when judged again", level(twin));
                sheet.checked(
                    2,
                    &format!("{} recorded {recorded} times", name(twin.criterion)),
                    Some(difference),
                );
            }
        }
        self.print_parts(sheet);
        self.print_points(sheet);
    }

    fn print_rating(&self, rating: &Rating, twin: Option<&Rating>, sheet: &mut Sheet) {
        let words = format!("{} {}", name(rating.criterion), level(rating));
        let moved = twin.filter(|twin| {
            twin.level != rating.level
                || twin.interval != rating.interval
                || !same(twin.weight, rating.weight)
        });
        sheet.checked(2, &words, moved.map(|twin| format!("{} when judged again", level(twin))));
        if formula::agrees(&self.recorded.evaluator, rating) == Some(false) {
            let given = formula::level(&self.recorded.evaluator, rating).map_or(0.0, Level::value);
            sheet.checked(3, "level from its features", Some(format!("they give {given:.1}")));
        }
        print_features(&rating.features, twin.map(|twin| twin.features.as_slice()), sheet);
        self.print_evidence(3, &rating.evidence, twin.map(|twin| twin.evidence.as_slice()), sheet);
        let words = (rating.rationale.present(), twin.and_then(|twin| twin.rationale.present()));
        if let (Some(recorded), Some(again)) = words
            && recorded != again
        {
            sheet.checked(3, "rationale", Some(format!("{again:?} when judged again")));
        }
    }

    fn print_evidence(
        &self,
        depth: usize,
        recorded: &[Evidence],
        again: Option<&[Evidence]>,
        sheet: &mut Sheet,
    ) {
        for evidence in recorded {
            let misquoted = self.answer.zip(evidence.quote.present()).filter(|(answer, quote)| {
                // A span that ends beyond the answer quotes less than it spans.
                evidence.span.quote(answer) != **quote || quote.chars().count() != evidence.span.len()
            });
            let unknown = again.is_some_and(|again| !again.iter().any(|one| one.span == evidence.span));
            let difference = match (misquoted, unknown) {
                (Some(_), _) => Some("the quote is not what stands there in the answer".to_owned()),
                (None, true) => Some("not found when judged again".to_owned()),
                (None, false) => None,
            };
            sheet.checked(depth, &place(evidence), difference);
        }
        for evidence in again.unwrap_or_default() {
            if !recorded.iter().any(|one| one.span == evidence.span) {
                let difference = "found when judged again, not recorded".to_owned();
                sheet.checked(depth, &place(evidence), Some(difference));
            }
        }
    }

    fn print_parts(&self, sheet: &mut Sheet) {
        let of = |evaluation: &Evaluation| -> Vec<_> {
            evaluation.star.iter().map(|told| (told.part, told.evidence.span)).collect()
        };
        let recorded = of(self.recorded);
        let again = self.again.evaluation().map(of).filter(|again| *again != recorded);
        let words = format!("parts told: {}", recorded.len());
        sheet.checked(
            2,
            &words,
            again.map(|again| format!("{} parts, or others, when judged again", again.len())),
        );
        for told in &self.recorded.star {
            self.print_evidence(3, std::slice::from_ref(&told.evidence), None, sheet);
        }
    }

    fn print_points(&self, sheet: &mut Sheet) {
        for point in &self.recorded.coverage {
            let words = |covered: bool, similarity: f64| {
                format!("{} at similarity {similarity}", if covered { "covered" } else { "not covered" })
            };
            let twin = self.again.evaluation().map(|again| {
                let twin = again.coverage.iter().find(|twin| twin.index == point.index);
                twin.map_or_else(|| "not asked".to_owned(), |twin| words(twin.covered, twin.similarity))
            });
            let recorded = words(point.covered, point.similarity);
            let difference = twin.filter(|twin| *twin != recorded);
            let difference = difference.map(|twin| format!("{twin} when judged again"));
            sheet.checked(2, &format!("point {} {recorded}", point.index), difference);
            self.print_evidence(3, point.evidence.as_slice(), None, sheet);
        }
        let counts =
            (self.recorded.coverage.len(), self.again.evaluation().map(|again| again.coverage.len()));
        if let (recorded, Some(again)) = counts
            && recorded != again
        {
            let difference = Some(format!("{again} when judged again"));
            sheet.checked(2, &format!("points recorded: {recorded}"), difference);
        }
    }
}

fn print_features(recorded: &[Feature], again: Option<&[Feature]>, sheet: &mut Sheet) {
    let value = |features: &[Feature], name: &str| {
        features.iter().find(|feature| feature.name == name).map(|feature| feature.value)
    };
    for feature in recorded {
        let twin = again.map(|again| value(again, &feature.name));
        let difference = match twin {
            Some(None) => Some("not computed when judged again".to_owned()),
            Some(Some(twin)) if !same(twin, feature.value) => Some(format!("{twin} when judged again")),
            Some(Some(_)) | None => None,
        };
        sheet.checked(3, &format!("{} = {}", feature.name, feature.value), difference);
    }
    for feature in again.unwrap_or_default() {
        if value(recorded, &feature.name).is_none() {
            let difference = format!("{} when judged again", feature.value);
            sheet.checked(3, &format!("{} not recorded", feature.name), Some(difference));
        }
    }
}

/// Equal to the bit: the evaluator rounds what differs between processors.
fn same(left: f64, right: f64) -> bool {
    left.to_bits() == right.to_bits()
}

fn name(criterion: Criterion) -> String {
    format!("{criterion:?}").to_lowercase()
}

fn level(rating: &Rating) -> String {
    match rating.level {
        None => format!("not applicable, weight {}", rating.weight),
        Some(level) => format!("level {:.1} weight {}", level.value(), rating.weight),
    }
}

fn place(evidence: &Evidence) -> String {
    format!("evidence at characters {} to {}", evidence.span.start, evidence.span.end)
}
