//! Matches a resume against what a target wants. Pure: embeddings come in as data.
//!
//! A score is the sum of its points, and every point belongs to a term or a check. Points are
//! counted in halves, which binary fractions hold exactly, so the sum is exact too.

mod apportion;
mod ats;
mod evidence;
pub mod job_post;
mod line_of_work;
mod rarity;
mod related;
mod resume_text;
mod suggestions;
mod terms;
mod wanted;

#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use self::apportion::{HALVES_IN_ALL, apportion, half_points};
use self::evidence::Evidence;
use self::resume_text::ResumeText;
use self::wanted::importance;
use super::analysis::{ResumeMatch, TermFinding, TermKind, TermMatch};
use super::outline::ResumeOutline;
use crate::ports::embedder::Embedding;
use crate::ports::resume_reader::PageLayout;
use crate::role::WantedTerm;
use crate::score::Score;

pub use self::related::closeness_needed;
pub use self::wanted::Wanted;

/// Name and version of the rules; a change that moves scores raises the version.
pub const ANALYSER: &str = "embedded-matcher/3";

/// What a resume is matched by.
#[derive(Debug, Clone, PartialEq)]
pub struct MatchableResume {
    /// The text as read.
    pub text: String,
    /// What was found in it.
    pub outline: ResumeOutline,
    /// How the page is built.
    pub layout: PageLayout,
    /// Confidence in the text, 0 to 1.
    pub confidence: f64,
}

/// Embeddings by text.
#[derive(Debug, Clone, Default)]
pub struct Meanings(HashMap<String, Embedding>);

impl Meanings {
    /// The embeddings of `texts`, in their order.
    pub fn new(texts: Vec<String>, embeddings: Vec<Embedding>) -> Self {
        Self(texts.into_iter().zip(embeddings).collect())
    }

    fn of(&self, text: &str) -> Option<&Embedding> {
        self.0.get(text)
    }
}

/// The texts whose embeddings [`match_resume`] needs: the lines that tell of the work, the terms that the words
/// alone do not find, and the phrases of the resume they are compared with. Empty where every term is found and
/// the target does not say what the work is.
pub fn texts_to_embed(resume: &MatchableResume, wanted: &Wanted) -> Vec<String> {
    let text = ResumeText::new(&resume.text, &resume.outline);
    let mut texts: BTreeSet<String> = line_of_work::texts(&text, &wanted.work).into_iter().collect();
    if !wanted.terms.iter().all(|term| evidence::by_words(&text, &resume.outline, term).is_some()) {
        texts.extend(wanted.terms.iter().map(related::meaning_of));
        texts.extend(related::phrases(&text).into_iter().map(|phrase| phrase.words));
    }
    texts.into_iter().collect()
}

/// Matches a resume against the wanted terms.
///
/// Terms that the words do not find are looked for by meaning among `meanings`; what it lacks is
/// taken as unrelated. A title counts where the resume names it, and is not missed where it does not.
/// `today` tells dates that lie ahead.
pub fn match_resume(
    resume: &MatchableResume,
    wanted: &Wanted,
    meanings: &Meanings,
    today: NaiveDate,
) -> ResumeMatch {
    let text = ResumeText::new(&resume.text, &resume.outline);
    let work = wanted.work.as_slice();
    let is_named = |title: &&WantedTerm| evidence::by_words(&text, &resume.outline, title).is_some();
    let title = wanted.title.as_ref().filter(is_named);
    let mut wanted: Vec<&WantedTerm> = wanted.terms.iter().chain(title).collect();
    wanted.sort_by_key(|term| Reverse(importance(term)));
    let phrases = related::phrases(&text);
    let found: Vec<Option<Evidence>> = wanted
        .iter()
        .map(|term| {
            evidence::by_words(&text, &resume.outline, term)
                .or_else(|| related::by_meaning(&text, &phrases, meanings, term, &wanted))
        })
        .collect();
    let shares = Shares::of(&wanted, work);
    let checks = ats::checks(resume, &text, shares.checks, today);
    let mut terms: Vec<TermFinding> =
        line_of_work::finding(&text, work, meanings, shares.line_of_work).into_iter().collect();
    terms.extend(findings(&wanted, found, shares.terms));
    let points: f64 =
        terms.iter().map(|term| term.points).chain(checks.iter().map(|check| check.points)).sum();
    let named: Vec<TermFinding> = terms.iter().filter(|term| term.kind == TermKind::Term).cloned().collect();
    let suggestions = suggestions::suggestions(&text, &resume.outline, &named);
    ResumeMatch {
        score: Score::clamped(points),
        terms,
        checks,
        suggestions,
        analyser: ANALYSER.to_owned(),
        exchange: None,
    }
}

/// All terms together are worth at most forty points, where a target also says what the work is.
const MOST_HALVES_OF_TERMS: u32 = 80;

/// So much importance is worth half a point. What a target names is worth by itself, and not by how little else it
/// names: without that, whoever has the one thing that a post asks for would suit it better than anybody suits a
/// post that asks for twenty.
const IMPORTANCE_OF_A_HALF: u32 = 2;

/// What the parts of a match are worth, in halves. Where a target lacks one, the others have its points.
struct Shares {
    checks: u32,
    line_of_work: u32,
    terms: u32,
}

impl Shares {
    fn of(wanted: &[&WantedTerm], work: &[String]) -> Self {
        let others = HALVES_IN_ALL - ats::HALVES;
        match (wanted.is_empty(), work.is_empty()) {
            (true, true) => Self { checks: HALVES_IN_ALL, line_of_work: 0, terms: 0 },
            (true, false) => Self { checks: ats::HALVES, line_of_work: others, terms: 0 },
            (false, true) => Self { checks: ats::HALVES, line_of_work: 0, terms: others },
            (false, false) => {
                let all: u32 = wanted.iter().map(|term| importance(term)).sum();
                let terms = all.div_ceil(IMPORTANCE_OF_A_HALF).min(MOST_HALVES_OF_TERMS);
                Self { checks: ats::HALVES, line_of_work: others - terms, terms }
            }
        }
    }
}

fn findings(wanted: &[&WantedTerm], found: Vec<Option<Evidence>>, halves: u32) -> Vec<TermFinding> {
    let importances: Vec<u32> = wanted.iter().map(|term| importance(term)).collect();
    let least = u32::try_from(wanted.len()).ok().and_then(|count| halves.checked_sub(count));
    let shares = match least {
        Some(rest) => apportion(rest, &importances).into_iter().map(|share| share + 1).collect(),
        None => apportion(halves, &importances),
    };
    wanted
        .iter()
        .zip(found)
        .zip(shares)
        .map(|((term, evidence), possible)| {
            let how = evidence.as_ref().map_or(TermMatch::Missing, |evidence| evidence.how);
            TermFinding {
                term: term.name.clone(),
                kind: TermKind::Term,
                answers: None,
                need: term.need,
                weight: term.weight,
                found: how,
                similarity: evidence.as_ref().map_or(0.0, |evidence| evidence.similarity),
                points: half_points(earned(how, possible)),
                points_possible: half_points(possible),
                quote: evidence.as_ref().map(|evidence| evidence.quote.clone()),
                found_as: evidence.as_ref().and_then(|evidence| evidence.found_as.clone()),
                span: evidence.map(|evidence| evidence.span),
            }
        })
        .collect()
}

/// A related phrase earns half: it may be what is meant, and a person may see it so, but a
/// system that filters by words will not.
fn earned(how: TermMatch, possible: u32) -> u32 {
    match how {
        TermMatch::Exact | TermMatch::Synonym => possible,
        TermMatch::Related => possible.div_ceil(2),
        TermMatch::Missing => 0,
    }
}
