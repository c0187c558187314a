//! Resumes and job posts: whether posts of one's own occupation come first, beside BM25; and skills found in sentences,
//! beside a plain lookup.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::Arc;

use chrono::NaiveDate;
use interaura_adapters::embedder::minilm::MiniLm;
use interaura_adapters::resume_matcher::EmbeddedMatcher;
use interaura_adapters::role_library::RoleLibrary;
use interaura_adapters::skill_lexicon;
use interaura_domain::ports::resume_matcher::{ResumeMatcher as _, ResumeMatcherError};
use interaura_domain::ports::resume_reader::PageLayout;
use interaura_domain::resume::analysis::MatchTarget;
use interaura_domain::resume::matching::MatchableResume;
use interaura_domain::resume::outline::outline;
use interaura_domain::resume::skill_lexicon::SkillLexicon;
use interaura_domain::words::stems;
use serde::Deserialize;

use super::labelled::{f1, folder, rows};
use crate::Bar;

/// The names that the lexicon is made of.
const TAXONOMY: &str = include_str!("../../../adapters/library/skills.tsv");

#[derive(Deserialize)]
struct Label {
    resume_file: String,
    posts: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Marked {
    text: String,
    skills: Vec<String>,
}

pub(crate) async fn measure(model: MiniLm) -> anyhow::Result<Vec<Bar>> {
    let dir = folder("matching");
    let labels: Vec<Label> = rows(&dir.join("labels.jsonl"))?;
    let names: BTreeSet<String> = labels.iter().flat_map(|label| label.posts.iter().cloned()).collect();
    let mut posts = Vec::new();
    for name in names {
        posts.push((fs::read_to_string(dir.join(&name))?, name));
    }
    let lexicon = Arc::new(skill_lexicon::embedded());
    let finder = Arc::clone(&lexicon);
    let find = Box::new(move |text: &str| finder.find(text));
    let matcher = EmbeddedMatcher::new(Arc::new(RoleLibrary::load()?), Arc::new(model), find);
    let plain = Bm25::of(posts.iter().map(|(text, _)| text.as_str()));
    let (mut ours, mut theirs) = (Ranks::default(), Ranks::default());
    for label in &labels {
        let text = fs::read_to_string(dir.join(&label.resume_file))?;
        let resume = matchable(&text, &lexicon);
        let (mut scores, mut bm25) = (Vec::new(), Vec::new());
        for (place, (post, name)) in posts.iter().enumerate() {
            let title = post.lines().next().unwrap_or_default().to_owned();
            let target = MatchTarget::JobPost { title, text: post.clone() };
            let score = match matcher.match_resume(&resume, &target, today()).await {
                Ok(found) => found.score.value(),
                Err(ResumeMatcherError::NoJobPost) => 0.0,
                Err(error) => return Err(error.into()),
            };
            let is_own = label.posts.contains(name);
            scores.push((score, is_own));
            bm25.push((plain.score(place, &text), is_own));
        }
        ours.add(scores);
        theirs.add(bm25);
    }
    let unit = "mean over the resumes";
    let mut bars = vec![
        Bar::beside("scores/matching/mrr", ours.reciprocal(), unit, (0.85, 0.95), theirs.reciprocal()),
        Bar::beside("scores/matching/map", ours.precision(), unit, (0.6, 0.85), theirs.precision()),
    ];
    bars.push(skills(&lexicon)?);
    Ok(bars)
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 1).unwrap_or_default()
}

fn matchable(text: &str, lexicon: &SkillLexicon) -> MatchableResume {
    MatchableResume {
        outline: outline(text, lexicon, today()),
        text: text.to_owned(),
        layout: PageLayout::default(),
        confidence: 1.0,
    }
}

/// Skills by the lexicon beside its names looked up as they are written; a find counts where it overlaps a mark.
fn skills(lexicon: &SkillLexicon) -> anyhow::Result<Bar> {
    let (mut ours, mut plain) = ([0; 3], [0; 3]);
    let names: BTreeSet<String> =
        TAXONOMY.lines().filter_map(|line| line.split('\t').next()).map(str::to_lowercase).collect();
    for row in rows::<Marked>(&folder("matching").join("skills.jsonl"))? {
        let found: Vec<String> =
            lexicon.find(&row.text).into_iter().map(|skill| skill.span.quote(&row.text)).collect();
        count(&mut ours, &found, &row.skills);
        let text =
            format!(" {} ", row.text.to_lowercase().replace(|sign: char| !sign.is_alphanumeric(), " "));
        let looked_up: Vec<String> =
            names.iter().filter(|name| text.contains(&format!(" {name} "))).cloned().collect();
        count(&mut plain, &looked_up, &row.skills);
    }
    let value = |[right, found, wanted]: [usize; 3]| f1(right, found, wanted);
    Ok(Bar::beside("scores/skills/f1", value(ours), "F1 over skills", (0.0, 0.5), value(plain)))
}

fn count(counts: &mut [usize; 3], found: &[String], marked: &[String]) {
    let overlaps = |one: &str, other: &str| {
        let (one, other) = (one.to_lowercase(), other.to_lowercase());
        one.contains(&other) || other.contains(&one)
    };
    counts[0] += marked.iter().filter(|mark| found.iter().any(|one| overlaps(one, mark))).count();
    counts[1] += found.len();
    counts[2] += marked.len();
}

/// Reciprocal ranks and average precisions.
#[derive(Default)]
struct Ranks {
    reciprocal: Vec<f64>,
    precision: Vec<f64>,
}

impl Ranks {
    /// Of equals a post of one's own stands last.
    fn add(&mut self, mut scores: Vec<(f64, bool)>) {
        scores.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        let own = scores.iter().enumerate().filter(|(_, (_, is_own))| *is_own).map(|(place, _)| place + 1);
        let ranks: Vec<f64> = own.map(number).collect();
        self.reciprocal.push(ranks.first().map_or(0.0, |rank| 1.0 / rank));
        let precisions = ranks.iter().enumerate().map(|(place, rank)| number(place + 1) / rank);
        self.precision.push(precisions.sum::<f64>() / number(ranks.len().max(1)));
    }

    fn reciprocal(&self) -> f64 {
        self.reciprocal.iter().sum::<f64>() / number(self.reciprocal.len().max(1))
    }

    fn precision(&self) -> f64 {
        self.precision.iter().sum::<f64>() / number(self.precision.len().max(1))
    }
}

#[expect(clippy::cast_precision_loss, reason = "there are a few dozen")]
fn number(count: usize) -> f64 {
    count as f64
}

/// Okapi BM25 with its usual constants, over stems.
struct Bm25 {
    documents: Vec<BTreeMap<String, f64>>,
    lengths: Vec<f64>,
}

impl Bm25 {
    const K: f64 = 1.2;
    const B: f64 = 0.75;

    fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut documents = Vec::new();
        for text in texts {
            let mut counts: BTreeMap<String, f64> = BTreeMap::new();
            for stem in stems(text) {
                *counts.entry(stem).or_default() += 1.0;
            }
            documents.push(counts);
        }
        let lengths = documents.iter().map(|counts| counts.values().sum()).collect();
        Self { documents, lengths }
    }

    fn score(&self, place: usize, query: &str) -> f64 {
        let (counts, length) = (&self.documents[place], self.lengths[place]);
        let mean = self.lengths.iter().sum::<f64>() / number(self.lengths.len());
        let terms: BTreeSet<String> = stems(query).collect();
        let weight = |term: &String| {
            let count = counts.get(term).copied().unwrap_or_default();
            let holding = number(self.documents.iter().filter(|counts| counts.contains_key(term)).count());
            let rarity = ((number(self.documents.len()) - holding + 0.5) / (holding + 0.5) + 1.0).ln();
            rarity * count * (Self::K + 1.0) / (count + Self::K * (1.0 - Self::B + Self::B * length / mean))
        };
        terms.iter().map(weight).sum()
    }
}
