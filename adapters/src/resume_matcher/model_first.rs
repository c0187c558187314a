//! A match by the embedded matcher, with suggestions on single lines by a model where it has some that hold.
//!
//! Scores and findings are never the model's. A suggestion has to quote a line, and may name nothing that neither
//! the resume nor the target names.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use chrono::NaiveDate;
use interaura_domain::interview::exchange::{ModelCall, ModelParameters};
use interaura_domain::interview::invention::inventions;
use interaura_domain::ports::resume_matcher::{ResumeMatcher, ResumeMatcherError};
use interaura_domain::resume::analysis::{MatchTarget, ResumeMatch, Suggestion, TermKind, TermMatch};
use interaura_domain::resume::matching::MatchableResume;
use interaura_domain::resume::skill_lexicon::SkillLexicon;
use interaura_domain::text::Span;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::chat_model::exchange::record;
use crate::chat_model::own_lines::without_contact;
use crate::chat_model::prompt::{BrokenPrompt, Prompt};
use crate::chat_model::{Asking, ChatModel, NoAnswer};

/// Name and version of who suggests.
pub const SUGGESTER: &str = "chat-model/1";

/// The most suggestions of a match.
const MOST: usize = 12;
const MOST_OF_THE_MODEL: usize = 6;
const MOST_LINES: usize = 150;
const ANSWER_TOKENS: u32 = 2_000;
/// In characters.
const ADVICE: std::ops::RangeInclusive<usize> = 15..=480;

/// Asks a model for suggestions.
pub struct ModelFirstMatcher {
    chat: Arc<ChatModel>,
    matcher: Arc<dyn ResumeMatcher>,
    skills: Arc<SkillLexicon>,
    suggesting: Prompt,
    patience: Duration,
}

#[derive(Deserialize)]
struct Said {
    suggestions: Vec<SaidSuggestion>,
}

#[derive(Deserialize)]
struct SaidSuggestion {
    quote: String,
    advice: String,
    term: Option<String>,
}

impl ModelFirstMatcher {
    /// `matcher` matches, and suggests what the model does not within `patience`.
    ///
    /// # Errors
    /// The prompt that is shipped lacks its parts; a test sees to it that it does not.
    pub fn new(
        chat: Arc<ChatModel>,
        matcher: Arc<dyn ResumeMatcher>,
        skills: Arc<SkillLexicon>,
        patience: Duration,
    ) -> Result<Self, BrokenPrompt> {
        let suggesting = Prompt::parse(
            "resume_suggestions.v1",
            include_str!("../../../schemas/prompts/resume_suggestions.v1.md"),
            include_str!("../../../schemas/prompts/resume_suggestions.v1.schema.json"),
        )?;
        Ok(Self { chat, matcher, skills, suggesting, patience })
    }

    async fn suggestions(
        &self,
        text: &str,
        matched: &ResumeMatch,
        calls: &mut Vec<ModelCall>,
    ) -> Result<Vec<Suggestion>, NoAnswer> {
        let lines: Vec<String> =
            text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
        let mut lines = without_contact(&lines);
        lines.truncate(MOST_LINES);
        let mut wanted: Vec<&str> = matched
            .terms
            .iter()
            .filter(|term| term.kind == TermKind::Term)
            .filter(|term| matches!(term.found, TermMatch::Missing | TermMatch::Related))
            .map(|term| term.term.as_str())
            .collect();
        wanted.truncate(20);
        let data = [("resume_lines", json!(lines)), ("wanted", json!(wanted))];
        let asking = Asking {
            prompt: &self.suggesting,
            data: data.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
            context: &["resume_lines"],
            seed: 1,
            temperature: 0.0,
            max_answer_tokens: ANSWER_TOKENS,
            stream: false,
            until: Instant::now() + self.patience,
        };
        let check = |said: &Value| read(said, text, &lines, &wanted, &self.skills);
        self.chat.ask_checked(asking, calls, check).await
    }
}

fn read(
    said: &Value,
    text: &str,
    lines: &[String],
    wanted: &[&str],
    skills: &SkillLexicon,
) -> Result<Vec<Suggestion>, Vec<String>> {
    let said = Said::deserialize(said)
        .map_err(|error| vec![format!("the reply does not keep to the schema: {error}")])?;
    let mut own = vec![text];
    own.extend(wanted);
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for one in said.suggestions.into_iter().take(MOST_OF_THE_MODEL) {
        let (quote, advice) = (one.quote.trim(), one.advice.trim());
        let place = lines.iter().any(|line| line == quote).then(|| text.find(quote)).flatten();
        let Some(span) = place.and_then(|start| Span::of_bytes(text, start, start + quote.len())) else {
            problems.push("a quote is no whole line of the resume".to_owned());
            continue;
        };
        let invented = inventions(advice, &own, skills);
        if !ADVICE.contains(&advice.chars().count()) {
            problems.push("advice has to be a sentence or two".to_owned());
        } else if invented.is_empty() {
            let term = one.term.filter(|term| wanted.contains(&term.as_str()));
            found.push(Suggestion {
                advice: advice.to_owned(),
                quote: Some(quote.to_owned()),
                span: Some(span),
                terms: term.iter().cloned().collect(),
                term,
            });
        } else {
            let named = invented
                .into_iter()
                .map(|one| format!("neither the resume nor the target names {:?}", one.words));
            problems.extend(named);
        }
    }
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

#[async_trait]
impl ResumeMatcher for ModelFirstMatcher {
    async fn match_resume(
        &self,
        resume: &MatchableResume,
        target: &MatchTarget,
        today: NaiveDate,
    ) -> Result<ResumeMatch, ResumeMatcherError> {
        let mut matched = self.matcher.match_resume(resume, target, today).await?;
        let mut calls = Vec::new();
        let asked = self.suggestions(&resume.text, &matched, &mut calls).await;
        let parameters = ModelParameters { temperature: 0.0, seed: 1, max_answer_tokens: ANSWER_TOKENS };
        if !calls.is_empty() {
            matched.exchange = Some(record(&self.suggesting, self.chat.model(), parameters, 1, calls));
        }
        match asked {
            Ok(mut suggestions) => {
                let spoken_of: Vec<_> = suggestions.iter().map(|one| one.span).collect();
                let others = matched
                    .suggestions
                    .into_iter()
                    .filter(|one| one.span.is_none() || !spoken_of.contains(&one.span));
                suggestions.extend(others);
                suggestions.truncate(MOST);
                matched.suggestions = suggestions;
                matched.analyser = format!("{}, {SUGGESTER} with {}", matched.analyser, self.chat.model());
            }
            Err(error) => {
                matched.analyser = format!("{}, without {SUGGESTER}: {error}", matched.analyser);
                let (model, error) = (self.chat.model(), &error as &dyn std::error::Error);
                tracing::warn!(model, error, "the embedded matcher stands in for the model's suggestions");
            }
        }
        Ok(matched)
    }
}
