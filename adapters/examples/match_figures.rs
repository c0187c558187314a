//! Figures behind the resume matcher: the threshold of related phrases, how roles and posts rank for
//! resumes whose role is known, and what a match costs.
//!
//! `cargo run --release -p interaura-adapters --example match_figures -- <data> <model> [speed|split]`, where `<data>`
//! is laid out as `../shared/data` and `<model>` holds all-MiniLM-L6-v2.

#![expect(clippy::print_stdout, reason = "its product is what it prints")]

use std::error::Error;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use chrono::NaiveDate;
use interaura_adapters::embedder::minilm::{MiniLm, run_each_text_on_one_thread};
use interaura_adapters::resume_matcher::EmbeddedMatcher;
use interaura_adapters::role_library::RoleLibrary;
use interaura_adapters::skill_lexicon;
use interaura_domain::ports::embedder::Embedder;
use interaura_domain::ports::resume_matcher::{ResumeMatcher, ResumeMatcherError};
use interaura_domain::ports::resume_reader::PageLayout;
use interaura_domain::resume::analysis::MatchTarget;
use interaura_domain::resume::matching::job_post::wanted_from_post;
use interaura_domain::resume::matching::{MatchableResume, Wanted, closeness_needed, texts_to_embed};
use interaura_domain::resume::outline::outline;
use interaura_domain::resume::skill_lexicon::SkillLexicon;
use interaura_domain::role::{Need, RoleSlug};
use serde_json::Value;

/// Score, whether the title fits, title.
type Ranked<'t> = (f64, bool, &'t str);

/// The closeness from which a phrase counts for a term.
type Needed = fn(&str, &str) -> Option<f64>;

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

#[expect(unsafe_code, reason = "candle is told of threads through the environment")]
fn main() -> Outcome<()> {
    if std::env::args().nth(3).as_deref() != Some("split") {
        // SAFETY: the process has one thread until the runtime starts.
        unsafe { run_each_text_on_one_thread() };
    }
    tokio::runtime::Runtime::new()?.block_on(measure())
}

async fn measure() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    let data = arguments.next().ok_or("name the folder of the data")?;
    let model = arguments.next().ok_or("name the folder of the model")?;
    let (data, model) = (Path::new(&data), Path::new(&model));
    let started = Instant::now();
    let embedder = Arc::new(MiniLm::load(model)?);
    println!("load_ms {}", started.elapsed().as_millis());
    speed(&embedder).await?;
    if arguments.next().is_some_and(|argument| argument == "speed" || argument == "split") {
        return Ok(());
    }
    threshold(&embedder, data).await?;
    ranks(embedder, data).await
}

async fn speed(embedder: &MiniLm) -> Outcome<()> {
    for tokens in [6, 22, 126] {
        let texts: Vec<String> =
            (0..20).map(|number| format!("{}{number}", "word ".repeat(tokens))).collect();
        let started = Instant::now();
        let embeddings = embedder.embed(&texts).await?;
        let ms = started.elapsed().as_secs_f64() * 1000.0 / 20.0;
        let values = embeddings.iter().flat_map(|one| &one.0);
        let bits = values.fold(0, |bits: u32, value| bits.rotate_left(5) ^ value.to_bits());
        println!("embed_{}_tokens_ms {ms:.1} bits {bits:08x}", tokens + 3);
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
    let flat = |_: &str, _: &str| Some(0.58);
    for (name, needed) in [("at 0.58", flat as Needed), ("as needed", closeness_needed)] {
        let (mut right, mut wrong, mut credited) = (0, 0, 0);
        for (at, (_, label)) in pairs.iter().enumerate() {
            let near = |place: &usize| {
                let closeness = labels[at].cosine(&spans[*place]);
                needed(label, &pairs[*place].0).is_some_and(|needed| closeness >= needed)
            };
            right += usize::from(near(&at));
            let others = (0..pairs.len()).filter(|place| pairs[*place].1 != *label).filter(near).count();
            wrong += others;
            credited += usize::from(others > 0);
        }
        println!(
            "{name}: {right} of {} labels by their own words, {wrong} times by another's, {credited} labels by any of these",
            pairs.len()
        );
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "counts of thousands")]
fn above(values: &[f64], from: f64) -> f64 {
    values.iter().filter(|value| **value >= from).count() as f64 / values.len().max(1) as f64
}

/// Sums over the resumes whose role is known.
#[derive(Default)]
struct Sums {
    roles: f64,
    posts: f64,
    areas: f64,
}

struct Bench {
    library: Arc<RoleLibrary>,
    embedder: Arc<MiniLm>,
    lexicon: Arc<SkillLexicon>,
    matcher: EmbeddedMatcher,
    posts: Vec<(String, String)>,
    today: NaiveDate,
}

impl Bench {
    fn new(embedder: Arc<MiniLm>, data: &Path) -> Outcome<Self> {
        let library = Arc::new(RoleLibrary::load()?);
        let lexicon = Arc::new(skill_lexicon::embedded());
        let finder = Arc::clone(&lexicon);
        let find = Box::new(move |text: &str| finder.find(text));
        let post = |line: &str| {
            let post: Value = serde_json::from_str(line)?;
            let field = |name: &str| post[name].as_str().unwrap_or_default().to_owned();
            Ok((field("title"), field("description")))
        };
        Ok(Self {
            matcher: EmbeddedMatcher::new(Arc::clone(&library), Arc::<MiniLm>::clone(&embedder), find),
            library,
            embedder,
            lexicon,
            posts: fs::read_to_string(data.join("jobs/jobs.jsonl"))?
                .lines()
                .map(post)
                .collect::<Outcome<_>>()?,
            today: NaiveDate::from_ymd_opt(2026, 1, 1).ok_or("no date")?,
        })
    }

    fn resume(&self, data: &Path, file: &str) -> Outcome<MatchableResume> {
        let text = fs::read_to_string(data.join("resumes").join(format!("{file}.pdfium.txt")))?;
        let outline = outline(&text, &self.lexicon, self.today);
        Ok(MatchableResume { outline, text, layout: PageLayout::default(), confidence: 1.0 })
    }

    /// The score; 0 for a post that is not taken for one.
    async fn scored(&self, resume: &MatchableResume, target: &MatchTarget) -> Outcome<f64> {
        match self.matcher.match_resume(resume, target, self.today).await {
            Ok(matched) => Ok(matched.score.value()),
            Err(ResumeMatcherError::NoJobPost) => Ok(0.0),
            Err(error) => Err(error.into()),
        }
    }

    /// The reciprocal of the rank that the known role has among all roles.
    async fn rank_roles(&self, resume: &MatchableResume, role: &str) -> Outcome<f64> {
        let mut scores = Vec::new();
        let started = Instant::now();
        for one in self.library.roles() {
            let score = self.scored(resume, &MatchTarget::Role(one.slug.clone())).await?;
            scores.push((score, one.slug.0.as_str()));
        }
        scores.sort_by(|a, b| b.0.total_cmp(&a.0));
        let rank = 1 + scores.iter().position(|(_, slug)| *slug == role).unwrap_or(scores.len());
        println!(
            "   {role}: rank {rank}, {} ms for all roles, {:?}",
            started.elapsed().as_millis(),
            &scores[..4]
        );
        Ok(1.0 / f64::from(u32::try_from(rank)?))
    }

    /// The reciprocal rank of the first fitting post, and how often a fitting post is above another.
    #[expect(clippy::cast_precision_loss, reason = "counts of hundreds")]
    async fn rank_posts(&self, resume: &MatchableResume, titles: &[&str]) -> Outcome<(f64, f64)> {
        let started = Instant::now();
        let mut ranked: Vec<Ranked> = Vec::new();
        for (title, text) in &self.posts {
            let target = MatchTarget::JobPost { title: title.clone(), text: text.clone() };
            let fits = titles.iter().any(|wanted| title.to_lowercase().contains(wanted));
            ranked.push((self.scored(resume, &target).await?, fits, title.as_str()));
        }
        let ms = started.elapsed().as_secs_f64() * 1000.0 / self.posts.len() as f64;
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
        let first = 1 + ranked.iter().position(|(_, fits, _)| *fits).unwrap_or(ranked.len());
        let (fitting, others): (Vec<&Ranked>, Vec<&Ranked>) = ranked.iter().partition(|(_, fits, _)| *fits);
        let won =
            fitting.iter().map(|one| others.iter().filter(|other| one.0 > other.0).count()).sum::<usize>();
        let area = won as f64 / (fitting.len() * others.len()).max(1) as f64;
        println!(
            "   posts: first fitting at {first}, area {area:.2} ({} fit), {ms:.0} ms a match",
            fitting.len()
        );
        for (score, fits, title) in ranked.iter().take(5).chain(ranked.iter().rev().take(2)) {
            println!("      {score:.1} {} {title}", if *fits { "+" } else { " " });
        }
        Ok((1.0 / first as f64, area))
    }

    /// The phrases nearest to terms that the words do not find: look at them to judge the threshold.
    async fn nearest(&self, resume: &MatchableResume, role: &str) -> Outcome<()> {
        for slug in [role, "registered-nurse", "sales-representative"] {
            let Some(role) = self.library.role(&RoleSlug(slug.to_owned())) else { continue };
            let wanted = Wanted::of_role(role);
            let texts = texts_to_embed(resume, &wanted);
            let embeddings = self.embedder.embed(&texts).await?;
            let (terms, phrases): (Vec<_>, Vec<_>) = texts
                .iter()
                .zip(&embeddings)
                .partition(|(text, _)| wanted.terms.iter().any(|term| term.name == **text));
            for (term, meaning) in terms {
                let near = phrases.iter().map(|(phrase, other)| (meaning.cosine(other), phrase));
                if let Some((closeness, phrase)) =
                    near.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|near| near.0 > 0.45)
                {
                    println!("   {closeness:.3} {slug}: {term} <- {phrase}");
                }
            }
        }
        Ok(())
    }
}

async fn ranks(embedder: Arc<MiniLm>, data: &Path) -> Outcome<()> {
    let bench = Bench::new(embedder, data)?;
    for (title, text) in bench.posts.iter().step_by(12) {
        let wanted = wanted_from_post(title, text, |text| bench.lexicon.find(text)).unwrap_or_default();
        let listed = wanted.terms.iter().map(|term| {
            format!("{}{}{}", term.name, if term.need == Need::Must { "!" } else { "" }, term.weight)
        });
        println!("{title}: {}", listed.collect::<Vec<_>>().join(", "));
    }
    let mut sums = Sums::default();
    for (file, role, titles) in KNOWN {
        let resume = bench.resume(data, file)?;
        println!("{file}: {} jobs, {} skills", resume.outline.jobs.len(), resume.outline.skills.len());
        sums.roles += bench.rank_roles(&resume, role).await?;
        bench.nearest(&resume, role).await?;
        let (reciprocal, area) = bench.rank_posts(&resume, titles).await?;
        sums.posts += reciprocal;
        sums.areas += area;
    }
    let known = f64::from(u32::try_from(KNOWN.len())?);
    println!(
        "roles: mean reciprocal rank {:.2}; posts: mean reciprocal rank {:.2}, mean area {:.2}",
        sums.roles / known,
        sums.posts / known,
        sums.areas / known
    );
    Ok(())
}
