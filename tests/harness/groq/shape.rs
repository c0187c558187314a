//! What a request has to look like, and whether words keep to a schema.

use serde_json::Value;

const PROMPTS: [(&str, &str); 5] = [
    ("evaluate_answer.v1", include_str!("../../../schemas/prompts/evaluate_answer.v1.md")),
    ("better_answer.v1", include_str!("../../../schemas/prompts/better_answer.v1.md")),
    ("write_questions.v1", include_str!("../../../schemas/prompts/write_questions.v1.md")),
    ("follow_up.v1", include_str!("../../../schemas/prompts/follow_up.v1.md")),
    ("resume_suggestions.v1", include_str!("../../../schemas/prompts/resume_suggestions.v1.md")),
];

/// The fields that the service takes, of those that it documents.
const FIELDS: [&str; 12] = [
    "model",
    "messages",
    "temperature",
    "top_p",
    "max_completion_tokens",
    "seed",
    "stream",
    "stop",
    "response_format",
    "reasoning_effort",
    "include_reasoning",
    "user",
];

/// What is wrong with a request.
pub(super) fn misshapen(asked: &Value) -> Option<String> {
    let fields = asked.as_object()?;
    if let Some(field) = fields.keys().find(|field| !FIELDS.contains(&field.as_str())) {
        return Some(format!("property '{field}' is unsupported"));
    }
    let messages = asked["messages"].as_array().cloned().unwrap_or_default();
    let roles: Vec<&str> = messages.iter().filter_map(|message| message["role"].as_str()).collect();
    if roles != ["system", "user"] {
        return Some(format!("the roles are {roles:?}"));
    }
    for message in &messages {
        let names = message.as_object().into_iter().flat_map(|message| message.keys());
        if let Some(name) = names.into_iter().find(|name| !matches!(name.as_str(), "role" | "content")) {
            return Some(format!("'messages.0' : property '{name}' is unsupported"));
        }
    }
    let name = asked["response_format"]["json_schema"]["name"].as_str().unwrap_or("none");
    let usual = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-') && name.len() <= 64;
    (!usual).then(|| format!("the schema's name {name:?} is not allowed"))
}

fn parts(text: &str) -> (&str, (&str, &str)) {
    let (system, user) = text.split_once("# System\n").unwrap().1.split_once("# User\n").unwrap();
    (system.trim(), user.trim().split_once("{{data}}").unwrap())
}

/// The prompt that a request follows: its system message is the file's, to the letter.
pub(super) fn prompt_of(asked: &Value) -> Option<&'static str> {
    let system = asked["messages"][0]["content"].as_str()?;
    PROMPTS.iter().find(|(_, text)| parts(text).0 == system).map(|(id, _)| *id)
}

/// The data of a user message, whose words around it are the file's.
pub(super) fn fenced(user: &str, prompt: &str) -> Result<Value, String> {
    let (_, text) = PROMPTS.iter().find(|(id, _)| *id == prompt).unwrap();
    let (before, after) = parts(text).1;
    let inside = user.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
    let inside = inside.and_then(|rest| rest.strip_prefix("<data>\n")?.strip_suffix("\n</data>"));
    let inside = inside.ok_or_else(|| format!("words of {prompt} were changed"))?;
    if inside.contains(['<', '>', '\n']) {
        return Err(format!("data of {prompt} can leave its block"));
    }
    serde_json::from_str(inside).map_err(|error| format!("the data of {prompt} is no JSON: {error}"))
}

/// The first place where a value breaks a schema of the kind that strict decoding takes.
pub(super) fn keeps_to(value: &Value, schema: &Value) -> Option<String> {
    if let Some(allowed) = schema["enum"].as_array()
        && !allowed.contains(value)
    {
        return Some(format!("{value} is none of {allowed:?}"));
    }
    let kinds = match &schema["type"] {
        Value::Array(kinds) => kinds.clone(),
        kind => vec![kind.clone()],
    };
    let is = |kind: &Value| match kind.as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("boolean") => value.is_boolean(),
        Some("null") => value.is_null(),
        _ => false,
    };
    if !kinds.iter().any(is) {
        return Some(format!("{value} is no {kinds:?}"));
    }
    if let Some(items) = value.as_array() {
        return items.iter().find_map(|item| keeps_to(item, &schema["items"]));
    }
    let fields = value.as_object()?;
    let known = schema["properties"].as_object().cloned().unwrap_or_default();
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    if required.len() != known.len() || schema["additionalProperties"] != false {
        return Some("the schema is not strict".to_owned());
    }
    if let Some(missing) =
        required.iter().find(|name| !fields.contains_key(name.as_str().unwrap_or_default()))
    {
        return Some(format!("{missing} is missing"));
    }
    fields.iter().find_map(|(name, value)| match known.get(name) {
        None => Some(format!("{name} is unknown")),
        Some(schema) => keeps_to(value, schema),
    })
}
