//! Judges answers by asking a language model, and trusts nothing of what it says unseen.
//!
//! The model proposes levels with quotes. Quotes have to stand in the answer, and their places are found here;
//! weights, ceilings and totals are the rubric's. What was asked and what came is kept, and the verdict can be
//! put together from it again.

mod better_answer;
mod combined;
mod faithful;
mod verdict;

use std::sync::Arc;
use std::time::Duration;

use interaura_domain::interview::evaluation::{BetterAnswer, Evaluation};
use interaura_domain::interview::exchange::{Exchange, ExchangeBodies, ModelCall, ModelParameters};
use interaura_domain::interview::question::QuestionKind;
use interaura_domain::interview::rubric::Rubric;
use interaura_domain::ports::answer_evaluator::AnswerToEvaluate;
use interaura_domain::resume::skill_lexicon::SkillLexicon;
use serde_json::{Map, Value, json};
use tokio::time::Instant;

use self::verdict::ModelVerdict;
use crate::chat_model::exchange::{content_of, record};
use crate::chat_model::own_lines::without_contact;
use crate::chat_model::prompt::{BrokenPrompt, Prompt};
use crate::chat_model::{Asking, ChatModel, NoAnswer, json_in};

/// Name and version, as verdicts keep it.
pub const EVALUATOR: &str = "chat-model/1";

/// The most samples of one answer.
pub const MOST_SAMPLES: u8 = 9;

const SEED: u64 = 20_261_122;
/// Reasoning counts too.
const ANSWER_TOKENS: u32 = 2_200;
/// Samples at zero would hardly differ.
const TEMPERATURE_OF_SAMPLES: f64 = 0.6;

/// Asks a model for verdicts and better answers.
#[derive(Debug)]
pub struct ModelEvaluator {
    chat: Arc<ChatModel>,
    rubric: Rubric,
    skills: Arc<SkillLexicon>,
    judging: Prompt,
    improving: Prompt,
    patience: Duration,
}

impl ModelEvaluator {
    /// Judges by `rubric` and gives each piece of work up after `patience`; `skills` tells technologies that nobody
    /// named.
    ///
    /// # Errors
    /// A prompt that is shipped lacks its parts; a test sees to it that none does.
    pub fn new(
        chat: Arc<ChatModel>,
        rubric: Rubric,
        skills: Arc<SkillLexicon>,
        patience: Duration,
    ) -> Result<Self, BrokenPrompt> {
        let judging = Prompt::parse(
            "evaluate_answer.v1",
            include_str!("../../../schemas/prompts/evaluate_answer.v1.md"),
            include_str!("../../../schemas/prompts/evaluate_answer.v1.schema.json"),
        )?;
        let improving = Prompt::parse(
            "better_answer.v1",
            include_str!("../../../schemas/prompts/better_answer.v1.md"),
            include_str!("../../../schemas/prompts/better_answer.v1.schema.json"),
        )?;
        Ok(Self { chat, rubric, skills, judging, improving, patience })
    }

    /// The model's name.
    pub fn model(&self) -> &str {
        self.chat.model()
    }

    /// Judges an answer; `standby` gives what the model leaves out. Samples that fail are left out where one
    /// came through.
    ///
    /// # Errors
    /// The model gave no verdict that can be used.
    pub async fn judge(
        &self,
        answer: &AnswerToEvaluate,
        samples: u8,
        standby: Option<&Evaluation>,
    ) -> Result<Evaluation, Failed> {
        let samples = samples.clamp(1, MOST_SAMPLES);
        let temperature = if samples > 1 { TEMPERATURE_OF_SAMPLES } else { 0.0 };
        let until = Instant::now() + self.patience;
        let (mut calls, mut verdicts, mut failed) = (Vec::new(), Vec::new(), None);
        for sample in 0..samples {
            let asking = Asking {
                prompt: &self.judging,
                data: self.to_judge(answer),
                context: &["points"],
                seed: SEED + u64::from(sample),
                temperature,
                max_answer_tokens: ANSWER_TOKENS,
                stream: false,
                until,
            };
            let check = |said: &Value| verdict::read(said, answer, &self.rubric);
            match self.chat.ask_checked(asking, &mut calls, check).await {
                Ok(verdict) => verdicts.push(verdict),
                Err(error) => {
                    failed = Some(error);
                    break;
                }
            }
        }
        let taken = u8::try_from(verdicts.len()).unwrap_or(MOST_SAMPLES);
        let exchange = self.kept(&self.judging, temperature, taken, calls);
        match self.evaluation(answer, &verdicts, standby) {
            Some(evaluation) => Ok(Evaluation { exchange, ..evaluation }),
            None => Err(Failed { error: failed.unwrap_or(NoAnswer::Unusable), exchange }),
        }
    }

    /// Writes a better answer from what the candidate said and from the resume.
    ///
    /// # Errors
    /// The model gave none that claims only what is the candidate's.
    pub async fn improve(
        &self,
        answer: &AnswerToEvaluate,
    ) -> Result<(BetterAnswer, Option<Exchange>), Failed> {
        let lines = without_contact(&answer.resume_lines);
        let data = json!({
            "question": asked(answer),
            "kind": answer.kind,
            "points": points(answer),
            "answer": answer.answer,
            "resume_lines": lines,
        });
        let asking = Asking {
            prompt: &self.improving,
            data: object(data),
            context: &["resume_lines", "points"],
            seed: SEED,
            temperature: 0.0,
            max_answer_tokens: ANSWER_TOKENS,
            stream: true,
            until: Instant::now() + self.patience,
        };
        let mut calls = Vec::new();
        let check = |said: &Value| better_answer::read(said, answer, &lines, &self.skills);
        let better = self.chat.ask_checked(asking, &mut calls, check).await;
        let exchange = self.kept(&self.improving, 0.0, u8::from(better.is_ok()), calls);
        match better {
            Ok(better) => Ok((better, exchange)),
            Err(error) => Err(Failed { error, exchange }),
        }
    }

    /// What was asked and what came, of which `samples` could be used; `None` where nothing came.
    fn kept(
        &self,
        prompt: &Prompt,
        temperature: f64,
        samples: u8,
        calls: Vec<ModelCall>,
    ) -> Option<Exchange> {
        let parameters = ModelParameters { temperature, seed: SEED, max_answer_tokens: ANSWER_TOKENS };
        (!calls.is_empty()).then(|| record(prompt, self.chat.model(), parameters, samples, calls))
    }

    fn to_judge(&self, answer: &AnswerToEvaluate) -> Map<String, Value> {
        let weighs =
            |one: &&interaura_domain::interview::rubric::CriterionRubric| one.weights.of(answer.kind) > 0.0;
        let criteria: Vec<Value> = self
            .rubric
            .criteria
            .iter()
            .filter(weighs)
            .map(|one| json!({ "criterion": one.criterion, "asks": one.asks, "levels": one.levels }))
            .collect();
        object(json!({
            "question": asked(answer),
            "kind": answer.kind,
            "difficulty": answer.difficulty,
            "points": points(answer),
            "rubric": criteria,
            "answer": answer.answer,
        }))
    }

    fn evaluation(
        &self,
        answer: &AnswerToEvaluate,
        verdicts: &[ModelVerdict],
        standby: Option<&Evaluation>,
    ) -> Option<Evaluation> {
        combined::evaluation(answer, verdicts, standby, &self.rubric, self.chat.model())
    }
}

/// A model that did not do its work, and what was said all the same.
#[derive(Debug)]
pub struct Failed {
    /// Why.
    pub error: NoAnswer,
    /// What was asked of it and what it said, where it said anything.
    pub exchange: Option<Exchange>,
}

/// Puts the verdict of a recorded exchange together again; `None` where no call of it holds one.
pub fn judged_again(
    answer: &AnswerToEvaluate,
    exchange: &Exchange,
    bodies: &ExchangeBodies,
    standby: Option<&Evaluation>,
    rubric: &Rubric,
) -> Option<Evaluation> {
    let read = |response: &String| {
        let said = json_in(&content_of(response).ok()?)?;
        verdict::read(&said, answer, rubric).ok()
    };
    let verdicts: Vec<ModelVerdict> = bodies.calls.iter().filter_map(|call| read(&call.response)).collect();
    combined::evaluation(answer, &verdicts, standby, rubric, &exchange.model)
}

/// The question, and what was asked in between where an answer is in two parts.
fn asked(answer: &AnswerToEvaluate) -> String {
    match &answer.follow_up {
        None => answer.question.clone(),
        Some(follow_up) => {
            format!("{}\n\nAfter the first part of the answer: {follow_up}", answer.question)
        }
    }
}

fn points(answer: &AnswerToEvaluate) -> Vec<&str> {
    answer.points.iter().map(|point| point.text.as_str()).collect()
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Map::new(),
    }
}

/// Whether a question asks for something that happened.
fn is_story(kind: QuestionKind) -> bool {
    match kind {
        QuestionKind::Behavioural => true,
        QuestionKind::Technical => false,
    }
}

#[cfg(test)]
mod tests;
