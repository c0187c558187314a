//! A better answer of a model's, read and checked: every part has its place in what the candidate said or in the
//! resume, or asks for what is missing; none claims what neither holds.

use interaura_domain::interview::evaluation::{BetterAnswer, BetterAnswerPart};
use interaura_domain::interview::invention::inventions;
use interaura_domain::ports::answer_evaluator::AnswerToEvaluate;
use interaura_domain::resume::skill_lexicon::SkillLexicon;
use interaura_domain::text::Span;
use serde::Deserialize;
use serde_json::Value;

use super::faithful;
use super::verdict::{quoted, shown};

const MOST_PARTS: usize = 24;
const MOST_RESUME_LINES: usize = 2;
/// In characters.
const LONGEST_PART: usize = 600;

#[derive(Deserialize)]
struct Said {
    parts: Vec<SaidPart>,
    note: String,
}

#[derive(Deserialize)]
struct SaidPart {
    kind: String,
    quote: Option<String>,
    text: String,
}

/// Reads a better answer.
///
/// # Errors
/// What has to be otherwise, in words for the model.
pub(super) fn read(
    said: &Value,
    answer: &AnswerToEvaluate,
    resume_lines: &[String],
    skills: &SkillLexicon,
) -> Result<BetterAnswer, Vec<String>> {
    let said = Said::deserialize(said)
        .map_err(|error| vec![format!("the reply does not keep to the schema: {error}")])?;
    let own: Vec<&str> = std::iter::once(&answer.answer).chain(resume_lines).map(String::as_str).collect();
    let mut asked = own.clone();
    asked.push(&answer.question);
    asked.extend(answer.points.iter().flat_map(|point| [point.text.as_str(), point.probe.as_str()]));
    let mut problems = Vec::new();
    let mut parts = Vec::new();
    for part in &said.parts {
        let text = part.text.trim();
        if text.is_empty() || text.chars().count() > LONGEST_PART {
            problems.push("a part is empty or too long".to_owned());
            continue;
        }
        let quote = part.quote.as_deref().unwrap_or_default().trim();
        match part.kind.as_str() {
            "answer" => {
                let Some(evidence) = quoted(quote, &answer.answer, &mut problems) else { continue };
                refuse_inventions(text, &own, skills, &mut problems);
                refuse_borrowed(text, quote, &own, skills, &mut problems);
                if text != quote {
                    refuse_unfaithful(text, evidence.span, &answer.answer, &mut problems);
                }
                parts.push(if text == quote {
                    BetterAnswerPart::FromAnswer { text: text.to_owned(), span: evidence.span }
                } else {
                    BetterAnswerPart::Reworded { text: text.to_owned(), span: evidence.span }
                });
            }
            "resume" if !quote.is_empty() && resume_lines.iter().any(|line| line.contains(quote)) => {
                parts.push(BetterAnswerPart::FromResume { text: quote.to_owned() });
            }
            "resume" => problems.push(format!("this is no line of the resume: {:?}", shown(quote))),
            "to_add" => {
                refuse_inventions(text, &asked, skills, &mut problems);
                parts.push(BetterAnswerPart::ToAdd { prompt: text.to_owned() });
            }
            other => problems.push(format!("there is no kind {:?}", shown(other))),
        }
    }
    let note = said.note.trim();
    refuse_inventions(note, &asked, skills, &mut problems);
    let from_resume = parts.iter().filter(|part| matches!(part, BetterAnswerPart::FromResume { .. })).count();
    if parts.is_empty() || parts.len() > MOST_PARTS || note.is_empty() || note.chars().count() > LONGEST_PART
    {
        problems.push("there have to be parts, and a note of a sentence or two".to_owned());
    }
    if from_resume > MOST_RESUME_LINES {
        problems.push(format!("more than {MOST_RESUME_LINES} lines of the resume are used"));
    }
    if problems.is_empty() { Ok(BetterAnswer { parts, note: note.to_owned() }) } else { Err(problems) }
}

/// What is said elsewhere belongs to what it was said of.
fn refuse_borrowed(text: &str, quote: &str, own: &[&str], skills: &SkillLexicon, problems: &mut Vec<String>) {
    let invented = inventions(text, own, skills);
    let borrowed = inventions(text, &[quote], skills).into_iter().filter(|one| !invented.contains(one));
    problems.extend(borrowed.map(|one| {
        let words = shown(&one.words);
        format!("the quote of this part does not say {words:?}: quote the words that do, or leave it out")
    }));
}

/// Other words say what the candidate's do.
fn refuse_unfaithful(text: &str, quote: Span, answer: &str, problems: &mut Vec<String>) {
    let words = shown(text);
    if faithful::turns_around(text, quote, answer) {
        problems.push(format!("{words:?} affirms what the candidate denies, or denies what they say"));
    }
    if faithful::adds(text, quote, answer) {
        problems.push(format!("{words:?} says much that the sentences around its quote do not"));
    }
}

fn refuse_inventions(text: &str, own: &[&str], skills: &SkillLexicon, problems: &mut Vec<String>) {
    problems.extend(
        inventions(text, own, skills)
            .into_iter()
            .map(|one| format!("neither the answer nor the resume says {:?}", shown(&one.words))),
    );
}
