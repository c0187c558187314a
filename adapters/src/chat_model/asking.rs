//! An ask whose answer is checked, with one more try where it cannot be used.

use serde_json::{Map, Value, json};
use tokio::time::Instant;

use super::exchange::Call;
use super::prompt::{Prompt, Rendered};
use super::{Ask, ChatError, ChatModel};

/// What an answer is told to avoid the second time; more than these are not told.
const MOST_PROBLEMS: usize = 8;

/// What is asked, and what of it may be left out.
#[derive(Debug, Clone)]
pub struct Asking<'a> {
    /// The prompt.
    pub prompt: &'a Prompt,
    /// What goes into it.
    pub data: Map<String, Value>,
    /// Lists in the data that may be shortened where all of it is too long, the first one first.
    pub context: &'a [&'a str],
    /// See [`Ask::seed`].
    pub seed: u64,
    /// See [`Ask::temperature`].
    pub temperature: f64,
    /// See [`Ask::max_answer_tokens`].
    pub max_answer_tokens: u32,
    /// See [`Ask::stream`].
    pub stream: bool,
    /// See [`Ask::until`].
    pub until: Instant,
}

/// Why there is nothing to use.
#[derive(Debug, thiserror::Error)]
pub enum NoAnswer {
    /// The model did not answer.
    #[error(transparent)]
    Unsaid(#[from] ChatError),
    /// It answered twice, and neither answer can be used.
    #[error("neither of two answers of the model could be used")]
    Unusable,
}

impl ChatModel {
    /// Asks for JSON and checks it; where it cannot be used, asks once more and says why. Each call that came to an
    /// answer is added to `calls`.
    ///
    /// # Errors
    /// There is no answer, or none that can be used.
    pub async fn ask_checked<T>(
        &self,
        mut asking: Asking<'_>,
        calls: &mut Vec<Call>,
        check: impl Fn(&Value) -> Result<T, Vec<String>> + Send,
    ) -> Result<T, NoAnswer> {
        let mut room = self.room(asking.max_answer_tokens);
        for last in [false, true] {
            let said = loop {
                let rendered = fit(&mut asking, room)?;
                let ask = Ask {
                    rendered: &rendered,
                    seed: asking.seed,
                    temperature: asking.temperature,
                    max_answer_tokens: asking.max_answer_tokens,
                    stream: asking.stream,
                    until: asking.until,
                };
                match self.ask(ask).await {
                    // Our guess at the tokens was too low.
                    Err(ChatError::TooLarge) if can_shrink(&asking) => room = rendered.tokens() / 2,
                    said => break said,
                }
            };
            let problems = match said {
                Ok(said) => {
                    let checked =
                        json_in(&said.content).ok_or_else(|| vec!["the reply was no JSON object".to_owned()]);
                    calls.push(said.call);
                    match checked.and_then(|value| check(&value)) {
                        Ok(checked) => return Ok(checked),
                        Err(problems) => problems,
                    }
                }
                Err(ChatError::CutShort) => vec!["the reply was too long; be brief".to_owned()],
                Err(ChatError::NoForm) => vec!["the reply did not keep to the schema".to_owned()],
                Err(error) => return Err(error.into()),
            };
            if !last {
                let problems: Vec<String> = problems.into_iter().take(MOST_PROBLEMS).collect();
                asking.data.insert("problems".to_owned(), json!(problems));
            }
        }
        Err(NoAnswer::Unusable)
    }
}

/// Leaves out context, a quarter of a list at a time, until the prompt has room.
fn fit(asking: &mut Asking<'_>, room: u32) -> Result<Rendered, ChatError> {
    loop {
        let rendered = asking.prompt.render(&asking.data);
        if rendered.tokens() <= room {
            return Ok(rendered);
        }
        let list =
            asking.context.iter().find(|name| length(&asking.data, name) > 0).ok_or(ChatError::TooLarge)?;
        if let Some(Value::Array(list)) = asking.data.get_mut(*list) {
            list.truncate(list.len() * 3 / 4);
        }
    }
}

fn can_shrink(asking: &Asking<'_>) -> bool {
    asking.context.iter().any(|name| length(&asking.data, name) > 0)
}

fn length(data: &Map<String, Value>, name: &str) -> usize {
    data.get(name).and_then(Value::as_array).map_or(0, Vec::len)
}

/// The JSON object of an answer; some models put words or a fence around it, and what they thought before it.
pub fn json_in(content: &str) -> Option<Value> {
    let content = content.trim_start();
    let content = match content.strip_prefix("<think>") {
        // What is thought may hold braces; where it does not end there is no answer yet.
        Some(thought) => thought.split_once("</think>")?.1,
        None => content,
    };
    let object = content.get(content.find('{')?..=content.rfind('}')?)?;
    serde_json::from_str(object).ok().filter(Value::is_object)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_found_among_words() {
        for content in [
            "{\"a\": 1}",
            "```json\n{\"a\": 1}\n```",
            "Here it is: {\"a\": 1}. Good luck!",
            "\n<think>Say {\"a\": 2} or {}?</think>\n{\"a\": 1}",
        ] {
            assert_eq!(json_in(content), Some(json!({ "a": 1 })), "{content}");
        }
        for content in ["", "}{", "no", "{\"a\": 1", "[1]", "<think>{\"a\": 1}"] {
            assert_eq!(json_in(content), None, "{content}");
        }
    }

    #[test]
    fn context_is_left_out_and_the_answer_never() {
        let prompt = Prompt::parse("test.v1", "# System\nx\n# User\n{{data}}\n", "{}").unwrap();
        let lines: Vec<String> = (0..200).map(|n| format!("line {n} of a long resume")).collect();
        let answer = "a word ".repeat(300);
        let data = [("answer".to_owned(), json!(answer)), ("resume_lines".to_owned(), json!(lines))];
        let mut asking = Asking {
            prompt: &prompt,
            data: data.into_iter().collect(),
            context: &["resume_lines"],
            seed: 1,
            temperature: 0.0,
            max_answer_tokens: 100,
            stream: false,
            until: Instant::now(),
        };
        let rendered = fit(&mut asking, 1_000).unwrap();
        assert!(rendered.tokens() <= 1_000 && rendered.user.contains(&answer));
        assert!((1..200).contains(&length(&asking.data, "resume_lines")));
        assert!(matches!(fit(&mut asking, 500), Err(ChatError::TooLarge)));
    }
}
