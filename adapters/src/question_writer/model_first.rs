//! A model words the questions that the library plans, and the library's own are asked where it cannot.
//!
//! The library decides how many, of which kind, how hard, and whether there is a gap to ask about; the model
//! only finds words. Each of its questions is checked, and one that fails is replaced by the library's. People wait
//! for questions, so they come as a stream, which shows soon when nothing will come. No screen shows half a
//! question: until it is whole, nobody knows whether it may be asked.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use interaura_domain::interview::evaluation::{Evaluation, StoodIn};
use interaura_domain::interview::exchange::{Exchange, ModelCall, ModelParameters};
use interaura_domain::interview::invention::{Invention, InventionKind, inventions};
use interaura_domain::interview::question::{Point, Question, Requirement, ResumeFact};
use interaura_domain::interview::question_check::unfair::unfair_topic;
use interaura_domain::interview::question_check::{faults, repeats};
use interaura_domain::interview::requirements::named_by;
use interaura_domain::interview::words;
use interaura_domain::personal::Personal;
use interaura_domain::ports::question_writer::{
    FollowUp, InterviewBrief, InterviewPlan, QuestionWriter, QuestionWriterError,
};
use interaura_domain::resume::skill_lexicon::SkillLexicon;
use interaura_domain::role::RoleSlug;
use interaura_domain::text::Span;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tokio::time::Instant;

use crate::chat_model::exchange::record;
use crate::chat_model::own_lines::without_contact;
use crate::chat_model::prompt::{BrokenPrompt, Prompt};
use crate::chat_model::{Asking, ChatModel, NoAnswer};

/// Name and version, as questions keep it.
pub const WRITER: &str = "chat-model/1";

/// The model words so many questions at once; what is beyond is the library's.
const MOST_AT_ONCE: usize = 10;
/// Earlier questions that the model is told of.
const MOST_EARLIER: usize = 40;
/// Lines of a resume that the model is told of.
const MOST_LINES: usize = 120;
const TEMPERATURE: f64 = 0.4;
const QUESTION_TOKENS: u32 = 3_600;
const FOLLOW_UP_TOKENS: u32 = 700;
/// In characters.
const FOLLOW_UP: std::ops::RangeInclusive<usize> = 12..=320;

/// Asks a model for the words of questions.
pub struct ModelFirstWriter {
    chat: Arc<ChatModel>,
    library: Arc<dyn QuestionWriter>,
    skills: Arc<SkillLexicon>,
    writing: Prompt,
    following: Prompt,
    patience: Duration,
}

#[derive(Deserialize)]
struct Said {
    questions: Vec<SaidQuestion>,
}

#[derive(Deserialize)]
struct SaidQuestion {
    text: String,
    topic: String,
    resume_quote: Option<String>,
    points: Vec<Point>,
}

impl ModelFirstWriter {
    /// `library` plans, and words what the model does not within `patience`.
    ///
    /// # Errors
    /// A prompt that is shipped lacks its parts; a test sees to it that none does.
    pub fn new(
        chat: Arc<ChatModel>,
        library: Arc<dyn QuestionWriter>,
        skills: Arc<SkillLexicon>,
        patience: Duration,
    ) -> Result<Self, BrokenPrompt> {
        let writing = Prompt::parse(
            "write_questions.v1",
            include_str!("../../../schemas/prompts/write_questions.v1.md"),
            include_str!("../../../schemas/prompts/write_questions.v1.schema.json"),
        )?;
        let following = Prompt::parse(
            "follow_up.v1",
            include_str!("../../../schemas/prompts/follow_up.v1.md"),
            include_str!("../../../schemas/prompts/follow_up.v1.schema.json"),
        )?;
        Ok(Self { chat, library, skills, writing, following, patience })
    }

    /// The model's words for each place, where they can be asked.
    async fn worded(
        &self,
        brief: &InterviewBrief,
        plan: &InterviewPlan,
        calls: &mut Vec<ModelCall>,
    ) -> Result<Vec<Option<Question>>, NoAnswer> {
        let planned = &plan.questions[..plan.questions.len().min(MOST_AT_ONCE)];
        let data = to_word(brief, planned, &plan.requirements);
        let asking = self.asking(&self.writing, data, QUESTION_TOKENS);
        let asking =
            Asking { context: &["asked_before", "resume_lines"], seed: brief.seed % 1_000_000_000, ..asking };
        let best: Mutex<Vec<Option<Question>>> = Mutex::new(Vec::new());
        let check = |said: &Value| {
            let (questions, problems) = read(said, brief, planned, &plan.requirements, &self.skills)?;
            let good = |of: &[Option<Question>]| of.iter().flatten().count();
            let mut best = best.lock().unwrap_or_else(PoisonError::into_inner);
            if good(&questions) > good(&best) {
                *best = questions;
            }
            if problems.is_empty() { Ok(()) } else { Err(problems) }
        };
        let asked = self.chat.ask_checked(asking, calls, check).await;
        let best = best.into_inner().unwrap_or_else(PoisonError::into_inner);
        match asked {
            Err(error) if best.iter().flatten().next().is_none() => Err(error),
            Ok(()) | Err(_) => Ok(best),
        }
    }

    fn asking<'a>(&self, prompt: &'a Prompt, data: Map<String, Value>, max_answer_tokens: u32) -> Asking<'a> {
        Asking {
            prompt,
            data,
            context: &[],
            seed: 1,
            temperature: TEMPERATURE,
            max_answer_tokens,
            stream: true,
            until: Instant::now() + self.patience,
        }
    }

    /// What was asked and what came; `None` where nothing went out.
    fn kept(
        &self,
        prompt: &Prompt,
        max_answer_tokens: u32,
        seed: u64,
        calls: Vec<ModelCall>,
    ) -> Option<Exchange> {
        let parameters = ModelParameters { temperature: TEMPERATURE, seed, max_answer_tokens };
        (!calls.is_empty()).then(|| record(prompt, self.chat.model(), parameters, 1, calls))
    }

    fn tell(&self, work: &'static str, error: &NoAnswer) {
        let (model, error) = (self.chat.model(), error as &dyn std::error::Error);
        tracing::warn!(work, model, error, "the question library stands in for the model");
    }
}

/// The plan with the model's questions in their places. Where the library's stays and asks what the model asks in another
/// place, an alternate of that place is taken; alternates that would repeat a question are left out.
fn merged(
    planned: Vec<Question>,
    worded: Vec<Option<Question>>,
    mut alternates: Vec<(u8, Question)>,
) -> (Vec<Question>, Vec<(u8, Question)>) {
    let text = |question: &Question| question.text.present().cloned().unwrap_or_default();
    let is_new = |question: &Question, asked: &[String]| {
        let own = text(question);
        !asked.iter().any(|other| repeats(&own, other))
    };
    let mut asked: Vec<String> = worded.iter().flatten().map(text).collect();
    let mut questions = Vec::new();
    let worded = worded.into_iter().chain(std::iter::repeat_with(|| None));
    for ((number, planned), worded) in (1_u8..).zip(planned).zip(worded) {
        let question = worded.unwrap_or_else(|| {
            let fits = |(of, question): &(u8, Question)| *of == number && is_new(question, &asked);
            let other = if is_new(&planned, &asked) { None } else { alternates.iter().position(fits) };
            other.map_or(planned, |at| alternates.remove(at).1)
        });
        asked.push(text(&question));
        questions.push(question);
    }
    alternates.retain(|(_, question)| is_new(question, &asked));
    (questions, alternates)
}

fn stood_in(reason: String) -> StoodIn {
    StoodIn { evaluator: WRITER.to_owned(), reason }
}

fn to_word(brief: &InterviewBrief, planned: &[Question], requirements: &[Requirement]) -> Map<String, Value> {
    let lines: Vec<String> =
        brief.resume.iter().flat_map(|(text, _)| text.lines()).map(|line| line.trim().to_owned()).collect();
    let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    let mut lines = without_contact(&lines);
    lines.truncate(MOST_LINES);
    let places: Vec<Value> = planned
        .iter()
        .map(|one| {
            json!({
                "kind": one.kind,
                "difficulty": one.difficulty,
                "topic_of_the_library": one.topic,
                "about_resume": one.resume_fact.is_some(),
                "asks_for": one.covers.iter().filter_map(|at| requirements.get(usize::from(*at)))
                    .map(|requirement| requirement.name.as_str()).collect::<Vec<_>>(),
            })
        })
        .collect();
    let earlier: Vec<&String> = brief.asked_texts.iter().rev().take(MOST_EARLIER).collect();
    let data = [
        ("role", json!(brief.role.0.replace('-', " "))),
        ("level", json!(brief.level)),
        ("places", json!(places)),
        ("asked_before", json!(earlier)),
        ("resume_lines", json!(lines)),
    ];
    data.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

type Read = (Vec<Option<Question>>, Vec<String>);

/// The questions that can be asked, in their places, and what is wrong with the others.
fn read(
    said: &Value,
    brief: &InterviewBrief,
    planned: &[Question],
    requirements: &[Requirement],
    skills: &SkillLexicon,
) -> Result<Read, Vec<String>> {
    let said = Said::deserialize(said)
        .map_err(|error| vec![format!("the reply does not keep to the schema: {error}")])?;
    let resume = brief.resume.as_ref().map(|(text, _)| text.as_str());
    let mut asked: Vec<String> = brief.asked_texts.clone();
    let (mut questions, mut problems) = (Vec::new(), Vec::new());
    let mut said = said.questions.into_iter();
    for (number, place) in (1..).zip(planned) {
        let Some(one) = said.next() else {
            problems.push(format!("there is no question {number}"));
            questions.push(None);
            continue;
        };
        let mut question = question(one, place, resume);
        // Its own words tell what it asks for, not what it was asked to.
        question.covers = named_by(&question, requirements);
        let others: Vec<&str> = asked.iter().map(String::as_str).collect();
        let mut found = faults(&question, &others, resume);
        found.extend(invented(&question, resume.unwrap_or_default(), &brief.role, skills));
        if found.is_empty() {
            asked.extend(question.text.present().cloned());
            questions.push(Some(question));
        } else {
            problems.extend(found.into_iter().map(|fault| format!("question {number}: {fault}")));
            questions.push(None);
        }
    }
    Ok((questions, problems))
}

/// Phrases by which a question speaks of what the candidate did.
const OF_THE_PAST: &[&str] = &[
    "your time",
    "your work",
    "your role",
    "your job",
    "your years",
    "your project",
    "your experience",
    "your team at",
    "your degree",
    "your resume",
    "you worked",
    "when you were",
    "you led",
    "you built",
    "you joined",
    "you left",
    "you managed",
    "you studied",
    "you mention",
    "you mentioned",
];

/// What a question says of the candidate's past that the resume does not. A question about no past may name whatever
/// belongs to its matter.
fn invented(question: &Question, resume: &str, role: &RoleSlug, skills: &SkillLexicon) -> Option<String> {
    let text = question.text.present()?;
    if question.resume_fact.is_none() && !words::holds_any(&words::words(text), OF_THE_PAST) {
        return None;
    }
    let role = role.0.replace('-', " ");
    let invented = inventions(text, &[resume, &role], skills);
    // A technology that the resume does not name may be what the job asks for.
    let of_the_past = |one: &&Invention| match one.kind {
        InventionKind::Name | InventionKind::Number => true,
        InventionKind::Technology => false,
    };
    let first = invented.iter().find(of_the_past)?;
    Some(format!("it says {:?} of the candidate, which the resume does not", first.words))
}

fn question(said: SaidQuestion, place: &Question, resume: Option<&str>) -> Question {
    let quote = said.resume_quote.map(|quote| quote.trim().to_owned()).filter(|quote| !quote.is_empty());
    let resume_fact = quote.map(|quote| {
        let start = resume.and_then(|resume| resume.find(&quote));
        let span =
            start.zip(resume).and_then(|(start, resume)| Span::of_bytes(resume, start, start + quote.len()));
        // A place that is none is found out by the check.
        ResumeFact { span: span.unwrap_or(Span { start: 0, end: 0 }), quote }
    });
    Question {
        text: Personal::Present(said.text.trim().to_owned()),
        kind: place.kind,
        difficulty: place.difficulty,
        topic: said.topic.trim().to_owned(),
        library_item: None,
        resume_fact: resume_fact.map(Personal::Present),
        points: said.points,
        covers: Vec::new(),
        takes_up: false,
        writer: WRITER.to_owned(),
    }
}

#[async_trait]
impl QuestionWriter for ModelFirstWriter {
    async fn plan(&self, brief: &InterviewBrief) -> Result<InterviewPlan, QuestionWriterError> {
        let planned = self.library.plan(brief).await?;
        let mut calls = Vec::new();
        let asked = self.worded(brief, &planned, &mut calls).await;
        let reason = asked.as_ref().err().map(|error| {
            self.tell("writing questions", error);
            error.to_string()
        });
        let worded = asked.unwrap_or_default();
        let left = planned.questions.len().saturating_sub(worded.iter().flatten().count());
        let InterviewPlan { questions, alternates, requirements, .. } = planned;
        let (questions, alternates) = merged(questions, worded, alternates);
        let reason =
            reason.or_else(|| (left > 0).then(|| format!("{left} of its questions could not be asked")));
        Ok(InterviewPlan {
            questions,
            stood_in_for: reason.map(stood_in),
            exchange: self.kept(&self.writing, QUESTION_TOKENS, brief.seed % 1_000_000_000, calls),
            alternates,
            requirements,
        })
    }

    async fn follow_up(
        &self,
        question: &Question,
        answer: &str,
        evaluation: &Evaluation,
        asked: &[&str],
    ) -> Result<Option<FollowUp>, QuestionWriterError> {
        let Some(usual) = self.library.follow_up(question, answer, evaluation, asked).await? else {
            return Ok(None);
        };
        let text = question.text.present().map_or("", String::as_str);
        let data = [
            ("question", json!(text)),
            ("answer", json!(answer)),
            ("gap", json!(usual.gap)),
            ("usual", json!(usual.text)),
        ];
        let data = data.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let own = [text, answer, &usual.gap, &usual.text];
        let check = |said: &Value| follow_up(said, &own, asked, &self.skills);
        let asking = self.asking(&self.following, data, FOLLOW_UP_TOKENS);
        let mut calls = Vec::new();
        let written = self.chat.ask_checked(asking, &mut calls, check).await;
        let exchange = self.kept(&self.following, FOLLOW_UP_TOKENS, 1, calls);
        Ok(Some(match written {
            Ok(text) => {
                let (gap, writer) = (usual.gap, WRITER.to_owned());
                FollowUp { text, gap, writer, exchange, stood_in_for: None }
            }
            Err(error) => {
                self.tell("following up", &error);
                FollowUp { exchange, stood_in_for: Some(stood_in(error.to_string())), ..usual }
            }
        }))
    }
}

fn follow_up(
    said: &Value,
    own: &[&str],
    before: &[&str],
    skills: &SkillLexicon,
) -> Result<String, Vec<String>> {
    let text = said["text"].as_str().unwrap_or_default().trim();
    let mut problems = Vec::new();
    if !FOLLOW_UP.contains(&text.chars().count()) || !text.contains('?') {
        problems.push("the follow-up has to be one question".to_owned());
    }
    if before.iter().any(|before| before.trim().eq_ignore_ascii_case(text)) {
        problems.push("this was asked already in this interview".to_owned());
    }
    if let Some(topic) = unfair_topic(text) {
        problems.push(format!("nobody may be asked about {topic}"));
    }
    problems.extend(
        inventions(text, own, skills).into_iter().map(|one| format!("nobody spoke of {:?} yet", one.words)),
    );
    if problems.is_empty() { Ok(text.to_owned()) } else { Err(problems) }
}

#[cfg(test)]
mod tests {
    use interaura_domain::interview::question::QuestionKind;

    use super::*;
    use crate::skill_lexicon;

    fn question(text: &str) -> Question {
        Question {
            text: Personal::Present(text.to_owned()),
            kind: QuestionKind::Behavioural,
            difficulty: 3,
            topic: "Teamwork".to_owned(),
            library_item: None,
            resume_fact: None,
            points: Vec::new(),
            covers: Vec::new(),
            takes_up: false,
            writer: WRITER.to_owned(),
        }
    }

    const CONFLICT: &str = "Tell me about a conflict with a colleague about a deadline.";
    const OUTAGE: &str = "Which outage taught you most, and what did you change afterwards?";
    const MENTORING: &str = "How have you helped a junior engineer to grow?";

    #[test]
    fn what_the_model_asks_is_not_asked_again_by_the_library() {
        let planned = vec![question(OUTAGE), question(CONFLICT)];
        let worded = vec![Some(question(CONFLICT)), None];
        let alternates = vec![(1, question(CONFLICT)), (2, question(CONFLICT)), (2, question(MENTORING))];
        let (questions, alternates) = merged(planned, worded, alternates);
        let texts: Vec<&String> = questions.iter().filter_map(|one| one.text.present()).collect();
        assert_eq!(texts, [CONFLICT, MENTORING]);
        assert_eq!(alternates, [], "each of them would repeat one of the two");
    }

    #[test]
    fn without_a_word_of_the_model_the_plan_stays_as_it_is() {
        let planned = vec![question(OUTAGE), question(CONFLICT)];
        let alternates = vec![(2, question(MENTORING))];
        assert_eq!(merged(planned.clone(), Vec::new(), alternates.clone()), (planned, alternates));
    }

    #[test]
    fn a_question_says_nothing_of_the_past_that_the_resume_does_not() {
        let (resume, role) =
            ("Backend engineer at Northwind, 2019 to 2023", RoleSlug("backend-engineer".into()));
        let invented = |text: &str| invented(&question(text), resume, &role, &skill_lexicon::embedded());
        assert!(invented("In your time at Google, what did you build?").unwrap().contains("Google"));
        assert!(
            invented("You led a team of 40 people: how did you divide the work?").unwrap().contains("40")
        );
        assert_eq!(invented("In your time at Northwind, which outage taught you most?"), None);
        assert_eq!(
            invented("Your work calls for Kubernetes: how would you begin?"),
            None,
            "the job may ask for it"
        );
        assert_eq!(
            invented("Your team deploys 20 times a day: what do you watch?"),
            None,
            "it is made up for all to see"
        );
        assert_eq!(
            invented("How would you explain the CAP theorem to a colleague?"),
            None,
            "it is about no past"
        );
    }
}
