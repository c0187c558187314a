//! What the stand-in says, from the data of a prompt.

use serde_json::{Value, json};

use super::Fault;

/// The words of an answer.
pub(super) fn reply(prompt: &str, data: &Value, fault: Option<&Fault>) -> String {
    if let Some(Fault::Says(words)) = fault {
        return (*words).to_owned();
    }
    let mut said = match prompt {
        "evaluate_answer.v1" => verdict(data, fault == Some(&Fault::Misquotes)),
        "better_answer.v1" => better(data, fault),
        "write_questions.v1" => questions(data, fault == Some(&Fault::Invents)),
        "follow_up.v1" => follow_up(data, fault == Some(&Fault::Invents)),
        _ => suggestions(data, fault == Some(&Fault::Invents)),
    };
    if fault == Some(&Fault::MoreFields) {
        said["confidence"] = json!(0.9);
        if said["ratings"].is_array() {
            said["ratings"][0]["remark"] = json!({ "of": ["mine"] });
        }
    }
    said.to_string()
}

fn text<'a>(data: &'a Value, name: &str) -> &'a str {
    data[name].as_str().unwrap_or_default()
}

fn first_sentence(answer: &str) -> &str {
    answer.split_inclusive('.').next().unwrap_or(answer).trim()
}

fn verdict(data: &Value, misquotes: bool) -> Value {
    let quote = if misquotes { "what nobody said" } else { first_sentence(text(data, "answer")) };
    let criteria = data["rubric"].as_array().cloned().unwrap_or_default();
    let ratings: Vec<Value> = criteria
        .iter()
        .map(|one| {
            json!({ "criterion": one["criterion"], "quotes": [quote], "rationale": "You begin with what matters.", "level": 4 })
        })
        .collect();
    let points = data["points"].as_array().map_or(0, Vec::len);
    let coverage: Vec<Value> = (0..points)
        .map(|at| json!({ "index": at, "covered": at == 0, "quote": (at == 0).then_some(quote) }))
        .collect();
    let star = if data["kind"] == "behavioural" {
        json!([{ "part": "situation", "quote": quote }])
    } else {
        json!([])
    };
    json!({ "ratings": ratings, "star": star, "coverage": coverage })
}

fn better(data: &Value, fault: Option<&Fault>) -> Value {
    let misquotes = fault == Some(&Fault::Misquotes);
    let quote = if misquotes { "what nobody said" } else { first_sentence(text(data, "answer")) };
    let said = if fault == Some(&Fault::Invents) {
        "It was 73 percent faster with Snowflake.".to_owned()
    } else {
        quote.to_owned()
    };
    json!({
        "parts": [
            { "kind": "answer", "quote": quote, "text": said },
            { "kind": "to_add", "quote": null, "text": "Add what came of it: how much, and by when?" },
        ],
        "note": "Begins with the situation.",
    })
}

/// Questions about things that differ, so that none repeats another.
const ABOUT: [&str; 12] = [
    "a plan",
    "a mistake",
    "feedback",
    "a deadline",
    "quality",
    "a conflict",
    "learning",
    "a risk",
    "a handover",
    "priorities",
    "an argument",
    "a budget",
];

fn questions(data: &Value, invents: bool) -> Value {
    let places = data["places"].as_array().cloned().unwrap_or_default();
    let questions: Vec<Value> = (0..places.len())
        .map(|at| {
            let about = ABOUT[at % ABOUT.len()];
            let question = if invents { format!("How old were you when {about} failed?") } else { format!("Please tell me about {about} that changed how you work.") };
            let point = |what: &str| json!({ "text": format!("Says {what} about {about}"), "probe": format!("What about {about} was {what}?") });
            json!({ "text": question, "topic": about, "resume_quote": null, "points": [point("much"), point("why"), point("more")] })
        })
        .collect();
    json!({ "questions": questions })
}

fn follow_up(data: &Value, invents: bool) -> Value {
    let usual = text(data, "usual");
    json!({ "text": if invents { "Did Priya use Terraform?".to_owned() } else { format!("Thank you. {usual}") } })
}

fn suggestions(data: &Value, invents: bool) -> Value {
    let line = data["resume_lines"][0].as_str().unwrap_or_default();
    let advice = if invents {
        "Say that you led 41 people at Zalando."
    } else {
        "Begin this line with what you did, and say what came of it."
    };
    json!({ "suggestions": [{ "quote": line, "advice": advice, "term": null }] })
}
