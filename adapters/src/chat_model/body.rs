//! The body of a request, in the fields that the server at hand takes.

use serde_json::{Map, Value, json};

use super::Ask;

/// What a server is known to take. It begins with all, and drops what is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a field of the request, and any may be refused alone"
)]
pub(super) struct Accepts {
    /// `response_format` with a schema.
    schema: bool,
    /// `response_format` without one.
    json_object: bool,
    /// `response_format` beside `stream`.
    format_with_stream: bool,
    seed: bool,
    /// `reasoning_effort` and `include_reasoning`.
    reasoning: bool,
    /// `max_completion_tokens`, else the older `max_tokens`.
    completion_tokens: bool,
}

impl Accepts {
    /// What is tried first; reasoning is asked to be short only of models that reason.
    pub(super) fn of(model: &str) -> Self {
        Self {
            schema: true,
            json_object: true,
            format_with_stream: true,
            seed: true,
            reasoning: model.contains("gpt-oss"),
            completion_tokens: true,
        }
    }

    /// Drops what a refusal speaks of; whether that changed anything of what was sent.
    pub(super) fn learn(&mut self, sent: Self, message: &str) -> bool {
        let message = message.to_lowercase();
        let said: Vec<&str> = message.split(|sign: char| !sign.is_alphanumeric() && sign != '_').collect();
        // By whole words: an error of an upstream server speaks of no stream.
        let names = |words: &[&str]| words.iter().any(|word| said.contains(word));
        let mut next = sent;
        if names(&["reasoning", "reasoning_effort", "include_reasoning"]) {
            next.reasoning = false;
        } else if names(&["max_completion_tokens"]) {
            next.completion_tokens = false;
        } else if names(&["seed"]) {
            next.seed = false;
        } else if names(&["stream", "streaming", "streamed"]) {
            next.format_with_stream = false;
        } else if names(&["json_schema", "json_object", "response_format", "schema"])
            || message.contains("response format")
        {
            if sent.schema {
                next.schema = false;
            } else {
                next.json_object = false;
            }
        }
        let changed = next != sent;
        if changed {
            self.keep(next);
        }
        changed
    }

    /// Another ask may have learned something else meanwhile.
    fn keep(&mut self, other: Self) {
        self.schema &= other.schema;
        self.json_object &= other.json_object;
        self.format_with_stream &= other.format_with_stream;
        self.seed &= other.seed;
        self.reasoning &= other.reasoning;
        self.completion_tokens &= other.completion_tokens;
    }

    /// The body, as it is sent and kept.
    pub(super) fn body(self, model: &str, ask: &Ask<'_>) -> String {
        let rendered = ask.rendered;
        let mut body = Map::new();
        let mut put = |name: &str, value: Value| drop(body.insert(name.to_owned(), value));
        put("model", json!(model));
        put(
            "messages",
            json!([
                { "role": "system", "content": rendered.system },
                { "role": "user", "content": rendered.user },
            ]),
        );
        put("temperature", json!(ask.temperature));
        let most = if self.completion_tokens { "max_completion_tokens" } else { "max_tokens" };
        put(most, json!(ask.max_answer_tokens));
        if self.seed {
            put("seed", json!(ask.seed));
        }
        if self.reasoning {
            put("reasoning_effort", json!("low"));
            put("include_reasoning", json!(false));
        }
        if ask.stream {
            put("stream", json!(true));
        }
        let format = !ask.stream || self.format_with_stream;
        if format && self.schema {
            let schema = json!({ "name": rendered.schema_name, "strict": true, "schema": rendered.schema });
            put("response_format", json!({ "type": "json_schema", "json_schema": schema }));
        } else if format && self.json_object {
            put("response_format", json!({ "type": "json_object" }));
        }
        Value::Object(body).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused_is_left_out_until_nothing_is_left_to_leave_out() {
        let mut accepts = Accepts::of("openai/gpt-oss-120b");
        let refusals = [
            "This model does not support response format `json_schema`.",
            "'response_format' : value is not one of the allowed values",
            "property 'seed' is unsupported",
            "Unsupported parameter: reasoning_effort",
            "Unknown parameter max_completion_tokens, did you mean max_tokens?",
            "streaming is not supported together with it",
        ];
        for message in refusals {
            let sent = accepts;
            assert!(accepts.learn(sent, message), "{message}");
        }
        for message in refusals.iter().chain(&["the model `llama` does not exist"]) {
            let sent = accepts;
            assert!(!accepts.learn(sent, message), "{message}");
        }
    }

    #[test]
    fn a_word_inside_another_names_no_field() {
        let mut accepts = Accepts::of("openai/gpt-oss-120b");
        let sent = accepts;
        for message in ["the upstream server refused", "reseeding the cache", "no such schematic"] {
            assert!(!accepts.learn(sent, message), "{message}");
        }
        assert_eq!(accepts, sent);
    }
}
