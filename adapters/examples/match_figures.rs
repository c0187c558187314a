//! Figures behind the resume matcher: the threshold of related phrases, how roles and posts rank for
//! resumes whose role is known, and what a match costs.
//!
//! `cargo run --release -p interaura-adapters --example match_figures -- <data> <model>`, where `<data>`
//! is laid out as `../shared/data` and `<model>` holds all-MiniLM-L6-v2.

#![expect(clippy::print_stdout, reason = "its product is what it prints")]

use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use chrono::NaiveDate;
use interaura_adapters::embedder::minilm::MiniLm;
use interaura_adapters::resume_matcher::EmbeddedMatcher;
use interaura_adapters::role_library::RoleLibrary;
use interaura_domain::ports::embedder::Embedder;
use interaura_domain::ports::resume_matcher::ResumeMatcher;
use interaura_domain::ports::resume_reader::PageLayout;
use interaura_domain::resume::analysis::{MatchTarget, TermMatch};
use interaura_domain::resume::matching::MatchableResume;
use interaura_domain::resume::outline::{NamedSkill, ResumeOutline, Section, SectionKind};
use interaura_domain::role::RoleSlug;
use interaura_domain::text::Span;
use interaura_domain::words::words;
use serde_json::Value;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Resume, its role in the library, and what the title of a fitting post says.
const KNOWN: [(&str, &str, &[&str]); 6] = [
    (
        "kamble.pdf",
        "data-scientist",
        &["data scientist", "machine learning", "applied scientist", "data engineer"],
    ),
    ("awesomecv-cv.pdf", "devops-engineer", &["devops", "sre", "site reliability", "cloud platform"]),
    ("pyresparser-omkar.pdf", "backend-engineer", &["software engineer", "software development"]),
    ("sb2nov.pdf", "backend-engineer", &["software engineer", "software development", "machine learning"]),
    (
        "latexcv-classic.pdf",
        "frontend-engineer",
        &["software engineer", "software development", "full stack"],
    ),
    ("gungore.pdf", "backend-engineer", &["software engineer", "software development", "data scientist"]),
];

#[tokio::main]
async fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    let data = arguments.next().ok_or("name the folder of the data")?;
    let model = arguments.next().ok_or("name the folder of the model")?;
    let (data, model) = (Path::new(&data), Path::new(&model));
    let started = Instant::now();
    let embedder = Arc::new(MiniLm::load(model)?);
    println!("load_ms {}", started.elapsed().as_millis());
    speed(&embedder).await?;
    threshold(&embedder, data).await?;
    ranks(&embedder, data).await
}

async fn speed(embedder: &MiniLm) -> Outcome<()> {
    for tokens in [6, 22, 126] {
        let texts: Vec<String> =
            (0..20).map(|number| format!("{}{number}", "word ".repeat(tokens))).collect();
        let started = Instant::now();
        embedder.embed(&texts).await?;
        println!("embed_{}_tokens_ms {:.1}", tokens + 3, started.elapsed().as_secs_f64() * 1000.0 / 20.0);
    }
    Ok(())
}

/// How near people's labels are to the words they labelled, and how near other labels are.
async fn threshold(embedder: &MiniLm, data: &Path) -> Outcome<()> {
    let mut pairs = Vec::new();
    for name in ["skills-esco-tech_test.jsonl", "skills-esco-house_test.jsonl"] {
        for line in fs::read_to_string(data.join("jobs").join(name))?.lines() {
            let line: Value = serde_json::from_str(line)?;
            for one in line["annotations"].as_array().into_iter().flatten() {
                let words = one["sub_span"].as_str().or(one["span"].as_str()).unwrap_or_default();
                let label = one["label"].as_str().unwrap_or_default();
                let labelled = label.chars().any(char::is_lowercase);
                if labelled && !words.is_empty() && !words.to_lowercase().contains(&label.to_lowercase()) {
                    pairs.push((words.to_owned(), label.to_owned()));
                }
            }
        }
    }
    let spans = embedder.embed(&pairs.iter().map(|pair| pair.0.clone()).collect::<Vec<_>>()).await?;
    let labels = embedder.embed(&pairs.iter().map(|pair| pair.1.clone()).collect::<Vec<_>>()).await?;
    let same: Vec<f64> = spans.iter().zip(&labels).map(|(span, label)| span.cosine(label)).collect();
    let mut other = Vec::new();
    for (at, span) in spans.iter().enumerate() {
        for step in 1..=20 {
            let place = (at + step * 37) % labels.len();
            if pairs[place].1 != pairs[at].1 {
                other.push(span.cosine(&labels[place]));
            }
        }
    }
    println!("labelled pairs that differ in words: {}", same.len());
    for hundredths in (40..=80).step_by(4) {
        let from = f64::from(hundredths) / 100.0;
        println!(
            "from {from:.2}: of a label's own words {:.3}, of other labels' words {:.5}",
            above(&same, from),
            above(&other, from)
        );
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "counts of thousands")]
fn above(values: &[f64], from: f64) -> f64 {
    values.iter().filter(|value| **value >= from).count() as f64 / values.len().max(1) as f64
}

#[expect(clippy::too_many_lines, clippy::cast_precision_loss, reason = "a script that prints")]
async fn ranks(embedder: &Arc<MiniLm>, data: &Path) -> Outcome<()> {
    let library = Arc::new(RoleLibrary::load()?);
    let names: HashMap<String, String> = library
        .roles()
        .iter()
        .flat_map(|role| &role.skills)
        .flat_map(|skill| skill.synonyms.iter().chain([&skill.name]))
        .map(|name| (key(name), name.clone()))
        .collect();
    let find = move |text: &str| named(&names, text);
    let matcher = EmbeddedMatcher::new(library.clone(), embedder.clone(), Box::new(find));
    let today = NaiveDate::from_ymd_opt(2026, 1, 1).ok_or("no date")?;
    let posts: Vec<(String, String)> = fs::read_to_string(data.join("jobs/jobs.jsonl"))?
        .lines()
        .map(|line| {
            let post: Value = serde_json::from_str(line)?;
            Ok((
                post["title"].as_str().unwrap_or("").to_owned(),
                post["description"].as_str().unwrap_or("").to_owned(),
            ))
        })
        .collect::<Outcome<_>>()?;
    let (mut reciprocal_roles, mut reciprocal_posts, mut areas) = (0.0, 0.0, 0.0);
    for (file, role, titles) in KNOWN {
        let text = fs::read_to_string(data.join("resumes").join(format!("{file}.pdftotext.txt")))?;
        let resume = MatchableResume {
            outline: rough_outline(&text),
            text,
            layout: PageLayout::default(),
            confidence: 1.0,
        };
        let mut scores = Vec::new();
        let started = Instant::now();
        for one in library.roles() {
            let matched = matcher.match_resume(&resume, &MatchTarget::Role(one.slug.clone()), today).await?;
            scores.push((matched.score.value(), one.slug.0.clone()));
            if one.slug == RoleSlug(role.to_owned()) || one.slug.0 == "registered-nurse" {
                for term in matched.terms.iter().filter(|term| term.found == TermMatch::Related) {
                    println!(
                        "   {:.3} {} <- {}",
                        term.similarity,
                        term.term,
                        term.quote.as_deref().unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ")
                    );
                }
            }
        }
        let ms = started.elapsed().as_millis();
        scores.sort_by(|a, b| b.0.total_cmp(&a.0));
        let rank = 1 + scores.iter().position(|(_, slug)| slug == role).unwrap_or(scores.len());
        reciprocal_roles += 1.0 / rank as f64;
        println!("{file}: {role} is {rank} of {}; {ms} ms for all; {:?}", scores.len(), &scores[..4]);

        let started = Instant::now();
        let mut ranked = Vec::new();
        for (title, text) in &posts {
            let target = MatchTarget::JobPost { title: title.clone(), text: text.clone() };
            let matched = matcher.match_resume(&resume, &target, today).await?;
            let fits = titles.iter().any(|wanted| title.to_lowercase().contains(wanted));
            ranked.push((matched.score.value(), fits, title.clone()));
        }
        let ms = started.elapsed().as_millis();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
        let first = ranked.iter().position(|(_, fits, _)| *fits).unwrap_or(ranked.len());
        reciprocal_posts += 1.0 / (first + 1) as f64;
        let (fitting, others): (Vec<_>, Vec<_>) = ranked.iter().partition(|(_, fits, _)| *fits);
        let won =
            fitting.iter().map(|one| others.iter().filter(|other| one.0 > other.0).count()).sum::<usize>();
        let area = won as f64 / (fitting.len() * others.len()).max(1) as f64;
        areas += area;
        println!(
            "   posts: first fitting at {}, area {area:.2} ({} fit), {} ms a match",
            first + 1,
            fitting.len(),
            ms / posts.len() as u128
        );
        for (score, fits, title) in ranked.iter().take(5).chain(ranked.iter().rev().take(2)) {
            println!("      {score:.1} {} {title}", if *fits { "+" } else { " " });
        }
    }
    let known = KNOWN.len() as f64;
    println!(
        "roles: mean reciprocal rank {:.2}; posts: mean reciprocal rank {:.2}, mean area {:.2}",
        reciprocal_roles / known,
        reciprocal_posts / known,
        areas / known
    );
    Ok(())
}

fn key(name: &str) -> String {
    words(name).into_iter().map(|word| word.stem).collect::<Vec<_>>().join(" ")
}

/// The longest names first; good enough to measure by.
fn named(names: &HashMap<String, String>, text: &str) -> Vec<NamedSkill> {
    let found = words(text);
    let mut seen = HashSet::new();
    let mut skills = Vec::new();
    let mut at = 0;
    while at < found.len() {
        let longest = (1..=5.min(found.len() - at)).rev().find_map(|length| {
            let stems: Vec<&str> = found[at..at + length].iter().map(|word| word.stem.as_str()).collect();
            let name = names.get(&stems.join(" "))?;
            let spelled = name.chars().count() > 3 || found[at].written == *name;
            spelled.then_some((length, name))
        });
        if let Some((_, name)) = longest
            && seen.insert(name.clone())
        {
            skills.push(NamedSkill { name: name.clone(), span: Span { start: 0, end: 0 }, mentions: 1 });
        }
        at += longest.map_or(1, |(length, _)| length);
    }
    skills
}

/// Sections by lines that are a usual heading and nothing else.
fn rough_outline(text: &str) -> ResumeOutline {
    let kinds = [
        ("experience", SectionKind::Experience),
        ("employment", SectionKind::Experience),
        ("education", SectionKind::Education),
        ("skill", SectionKind::Skills),
        ("project", SectionKind::Projects),
        ("summary", SectionKind::Summary),
        ("publication", SectionKind::Publications),
        ("honor", SectionKind::Awards),
        ("award", SectionKind::Awards),
        ("interest", SectionKind::Interests),
        ("reference", SectionKind::References),
        ("certif", SectionKind::Certifications),
    ];
    let mut starts = vec![(0, SectionKind::Header, None)];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let heading = line.trim().to_lowercase();
        if heading.split_whitespace().count() <= 4
            && let Some((_, kind)) = kinds.iter().find(|(word, _)| heading.contains(word))
        {
            starts.push((at, *kind, Some(line.trim().to_owned())));
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).map(|(start, ..)| *start).chain([text.len()]).collect::<Vec<_>>();
    let sections = starts
        .into_iter()
        .zip(ends)
        .filter_map(|((start, kind, heading), end)| {
            Some(Section { kind, heading, span: Span::of_bytes(text, start, end)? })
        })
        .collect();
    ResumeOutline { sections, ..ResumeOutline::default() }
}
