//! Measures how well resumes are read: `make bench-resumes DATA=folder`.
//!
//! `DATA` holds `resumes/` with files, `<file>.meta.json` (what to expect) and reference texts of other
//! readers. One line of JSON per figure; the exit status is 1 where a must is missed. References pass
//! through the same normalisation as the product's text, so that a word broken over a line end counts
//! as the word that it is. With `--files` it prints a line per file too.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Context as _;
use bytes::Bytes;
use interaura_adapters::resume_reader::agreement::{is_written_without_spaces, word_f1, word_recall};
use interaura_adapters::resume_reader::normalise::normalise;
use interaura_adapters::resume_reader::{ContainedReader, read_in_child};
use interaura_domain::ports::resume_reader::{
    MediaType, ReadResume, ResumeReader as _, ResumeReaderError, Unreadable,
};
use serde_json::{Value, json};

/// The word by which this program starts itself as a child.
const CHILD: &str = "read-resume";

fn main() -> anyhow::Result<ExitCode> {
    let mut arguments = std::env::args_os().skip(1).peekable();
    if arguments.next_if(|word| word == CHILD).is_some() {
        return Ok(read_in_child(arguments));
    }
    let mut each = false;
    let mut data = None;
    for argument in arguments {
        match argument.to_str() {
            Some("--files") => each = true,
            Some("--bench") => (),
            _ => data = Some(PathBuf::from(argument)),
        }
    }
    let Some(data) = data else {
        eprintln!("no DATA folder was given: nothing to measure");
        return Ok(ExitCode::SUCCESS);
    };
    let met = tokio::runtime::Runtime::new()?.block_on(resume_bench(&data, each))?;
    Ok(if met { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What came of one file.
struct Measured {
    name: String,
    docx: bool,
    f1: Option<f64>,
    plain_f1: Option<f64>,
    as_expected: bool,
    crashed: bool,
    outcome: String,
    ms: f64,
}

async fn resume_bench(data: &Path, each: bool) -> anyhow::Result<bool> {
    let folder = data.join("resumes");
    let reader = ContainedReader::new(std::env::current_exe()?, vec![CHILD.to_owned()], pdfium()?);
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .with_context(|| format!("{} cannot be listed", folder.display()))?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| folder.join(format!("{name}.meta.json")).is_file())
        .collect();
    names.sort();
    let mut all = Vec::with_capacity(names.len());
    for name in names {
        let measured = measure(&reader, &folder, name).await?;
        if each {
            print(&json!({
                "file": measured.name, "f1": measured.f1, "plain_f1": measured.plain_f1, "ms": measured.ms.round(),
                "as_expected": measured.as_expected, "outcome": measured.outcome,
            }));
        }
        all.push(measured);
    }
    anyhow::ensure!(!all.is_empty(), "{} holds no resume", folder.display());
    Ok(report(&all))
}

#[expect(clippy::disallowed_methods, reason = "a benchmark is told by the environment where pdfium lies")]
fn pdfium() -> anyhow::Result<PathBuf> {
    std::env::var_os("INTERAURA_PDFIUM").map(PathBuf::from).context("INTERAURA_PDFIUM must name libpdfium.so")
}

async fn measure(reader: &ContainedReader, folder: &Path, name: String) -> anyhow::Result<Measured> {
    let file = Bytes::from(std::fs::read(folder.join(&name))?);
    let meta: Value = serde_json::from_slice(&std::fs::read(folder.join(format!("{name}.meta.json")))?)?;
    let expected = meta["expect"].as_str().unwrap_or("text").to_lowercase();
    let docx = Path::new(&name).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("docx"));
    let media_type = if docx { MediaType::Docx } else { MediaType::Pdf };
    let began = Instant::now();
    let answer = reader.read(file, media_type).await;
    let ms = began.elapsed().as_secs_f64() * 1000.0;
    let ending = if docx { "python-docx.txt" } else { "pdftotext.txt" };
    let reference = std::fs::read_to_string(folder.join(format!("{name}.{ending}"))).unwrap_or_default();
    let wants_text = expected.starts_with("text") && !reference.trim().is_empty();
    let text = answer.as_ref().map(|read| read.text.as_str()).unwrap_or_default();
    Ok(Measured {
        f1: wants_text.then(|| agreement(answer.as_ref().ok(), &reference)),
        plain_f1: wants_text.then(|| plain_f1(text, &reference)),
        as_expected: is_expected(&expected, &answer),
        crashed: matches!(answer, Err(ResumeReaderError::Unavailable(_))),
        outcome: outcome(&answer),
        name,
        docx,
        ms,
    })
}

/// python-docx sees neither text boxes nor headers and footers: where there are some, the words that it
/// does see must be there.
fn agreement(read: Option<&ReadResume>, reference: &str) -> f64 {
    let Some(read) = read else { return 0.0 };
    let reference = normalise(reference);
    if read.layout.floating_text {
        word_recall(&read.text, &reference)
    } else {
        word_f1(&read.text, &reference)
    }
}

/// The same without any normalisation of the reference beyond NFKC.
fn plain_f1(text: &str, reference: &str) -> f64 {
    if is_written_without_spaces(reference) {
        word_f1(text, &normalise(reference))
    } else {
        word_f1(text, reference)
    }
}

/// Whether the answer is one of those that `expect` names; `or` stands between several.
fn is_expected(expected: &str, answer: &Result<ReadResume, ResumeReaderError>) -> bool {
    let refused = match answer {
        Ok(_) => {
            return expected.starts_with("text")
                || expected.contains("or text")
                || expected.contains("partial");
        }
        Err(ResumeReaderError::Refused(reason)) => *reason,
        Err(ResumeReaderError::Unavailable(_)) => return false,
    };
    let named = |words: &[&str], reasons: &[Unreadable]| {
        words.iter().any(|word| expected.contains(word)).then(|| reasons.contains(&refused))
    };
    named(&["password", "encrypt", "locked"], &[Unreadable::Encrypted])
        .or_else(|| named(&["image-only", "scan"], &[Unreadable::ImageOnly]))
        .or_else(|| named(&["limit", "complex", "bomb"], &[Unreadable::TooComplex, Unreadable::TooLarge]))
        .or_else(|| named(&["empty", "zero"], &[Unreadable::Empty, Unreadable::NoText]))
        .or_else(|| {
            named(
                &["not a pdf", "unknown", "unsupported", "format"],
                &[Unreadable::UnknownFormat, Unreadable::Damaged],
            )
        })
        .or_else(|| {
            let broken = ["damage", "truncat", "malform", "corrupt", "broken", "repair"];
            named(&broken, &[Unreadable::Damaged, Unreadable::NoText, Unreadable::ImageOnly])
        })
        .unwrap_or_else(|| expected.contains("refus") || expected.contains("error"))
}

fn outcome(answer: &Result<ReadResume, ResumeReaderError>) -> String {
    match answer {
        Ok(read) => format!(
            "{} confidence {:.2} agreement {:?} columns {} images {} remarks {:?}",
            read.reader,
            read.confidence,
            read.agreement,
            read.layout.columns,
            read.layout.images,
            read.remarks
        ),
        Err(ResumeReaderError::Refused(reason)) => format!("{reason:?}"),
        Err(ResumeReaderError::Unavailable(fault)) => format!("unavailable: {fault}"),
    }
}

/// A figure with the value that it must reach, and the one to aim for.
struct Figure {
    name: &'static str,
    unit: &'static str,
    value: f64,
    /// What another reader or the first version reached.
    baseline: Option<f64>,
    must: Option<f64>,
    goal: f64,
    more_is_better: bool,
}

impl Figure {
    fn is_met(&self) -> bool {
        self.must.is_none_or(|must| if self.more_is_better { self.value >= must } else { self.value <= must })
    }
}

fn report(all: &[Measured]) -> bool {
    let f1 = |docx: bool, of: fn(&Measured) -> Option<f64>| -> Vec<f64> {
        all.iter().filter(|one| one.docx == docx).filter_map(of).collect()
    };
    let (pdf, plain, docx) = (f1(false, |one| one.f1), f1(false, |one| one.plain_f1), f1(true, |one| one.f1));
    let share = mean(&all.iter().map(|one| f64::from(u8::from(one.as_expected))).collect::<Vec<_>>());
    let crashes = all.iter().map(|one| f64::from(u8::from(one.crashed))).sum();
    let time = mean(&all.iter().map(|one| one.ms).collect::<Vec<_>>());
    let more = |name, value, baseline, must, goal| Figure {
        name,
        unit: "f1",
        value,
        baseline,
        must,
        goal,
        more_is_better: true,
    };
    let less = |name, unit, value, must, goal| Figure {
        name,
        unit,
        value,
        baseline: None,
        must,
        goal,
        more_is_better: false,
    };
    let mut figures = vec![
        less("resume_crashes", "files", crashes, Some(0.0), 0.0),
        Figure { unit: "share", ..more("resume_expect_named", share, None, Some(1.0), 1.0) },
        less("resume_read_mean", "ms", time, None, 500.0),
    ];
    if !pdf.is_empty() {
        figures.push(more("resume_pdf_word_f1_mean", mean(&pdf), Some(0.988), Some(0.97), 0.99));
        figures.push(more("resume_pdf_word_f1_min", least(&pdf), Some(0.904), Some(0.85), 0.95));
        figures.push(more("resume_pdf_word_f1_mean_plain_reference", mean(&plain), Some(0.988), None, 0.98));
    }
    if !docx.is_empty() {
        figures.push(more("resume_docx_word_f1_min", least(&docx), Some(1.0), Some(0.97), 0.99));
    }
    for figure in &figures {
        print(&json!({
            "name": figure.name, "value": rounded(figure.value), "unit": figure.unit, "baseline": figure.baseline,
            "ratio": figure.baseline.map(|baseline| rounded(figure.value / baseline)), "must": figure.must,
            "goal": figure.goal, "ok": figure.is_met(),
        }));
    }
    figures.iter().all(Figure::is_met)
}

#[expect(clippy::cast_precision_loss, reason = "counts of files stay far below 2^52")]
fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

fn least(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::INFINITY, f64::min)
}

fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

#[expect(clippy::print_stdout, reason = "figures are the output of a benchmark")]
fn print(line: &Value) {
    println!("{line}");
}
