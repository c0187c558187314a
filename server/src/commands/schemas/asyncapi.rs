//! The stream of events as an `AsyncAPI` document, for whoever follows it with a NATS client.

use interaura_domain::envelope::{Actor, PARTITIONS};
use serde_json::{Map, Value, json};

/// One version of one event.
pub(super) struct Message<'a> {
    /// `interview`
    pub(super) aggregate: &'a str,
    /// `answer_evaluated`
    pub(super) event_type: &'a str,
    /// `1`
    pub(super) version: &'a str,
    /// Where its schema is, from `schemas/`.
    pub(super) path: String,
    /// What its schema says that it means.
    pub(super) meaning: &'a str,
}

/// The document, from the messages of the stream.
pub(super) fn document(messages: &[Message<'_>]) -> Value {
    let mut aggregates: Vec<&str> = messages.iter().map(|message| message.aggregate).collect();
    aggregates.dedup();
    let event_types: Vec<&str> = messages.iter().map(|message| message.event_type).collect();
    json!({
        "asyncapi": "3.0.0",
        "info": {
            "title": "Interaura events",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Every event of Interaura, in order: the stream INTERAURA_EVENTS, whose sequence \
                            equals the position in the log. Personal fields are sealed with a key per candidate.",
            "license": { "name": "Apache-2.0" },
        },
        "defaultContentType": "application/json",
        "servers": {
            "nats": {
                "host": "127.0.0.1:4222",
                "protocol": "nats",
                "description": "The server of NATS_URL; `interaura services` prints the one that it starts.",
            },
        },
        "channels": { "events": channel(messages, &aggregates, &event_types) },
        "operations": {
            "publishEvent": {
                "action": "send",
                "channel": { "$ref": "#/channels/events" },
                "summary": "The relay copies each event once, after it was committed. Consumers get it at least once.",
            },
        },
        "components": {
            "messages": messages.iter().map(|message| (key(message), self::message(message))).collect::<Map<_, _>>(),
            "schemas": { "headers": headers() },
        },
    })
}

fn key(message: &Message<'_>) -> String {
    format!("{}.v{}", message.event_type, message.version)
}

fn channel(messages: &[Message<'_>], aggregates: &[&str], event_types: &[&str]) -> Value {
    let reference = |message| {
        let key = key(message);
        let reference = json!({ "$ref": format!("#/components/messages/{key}") });
        (key, reference)
    };
    json!({
        "address": "interaura.events.{aggregate}.{event_type}.{partition}.{aggregate_id}",
        "servers": [{ "$ref": "#/servers/nats" }],
        "messages": messages.iter().map(reference).collect::<Map<_, _>>(),
        "parameters": {
            "aggregate": { "description": "The kind of aggregate.", "enum": aggregates },
            "event_type": { "description": "What happened.", "enum": event_types },
            "partition": {
                "description": format!(
                    "0 to {}; all that concerns one candidate stays in order in one partition.",
                    PARTITIONS - 1
                ),
            },
            "aggregate_id": { "description": "The aggregate, a UUID." },
        },
    })
}

fn message(message: &Message<'_>) -> Value {
    json!({
        "name": message.event_type,
        "title": format!("{} {}, version {}", message.aggregate, message.event_type, message.version),
        "summary": message.meaning,
        "headers": { "$ref": "#/components/schemas/headers" },
        "payload": { "$ref": format!("./{}", message.path) },
    })
}

fn headers() -> Value {
    let uuid = |meaning: &str| json!({ "description": meaning, "type": "string", "format": "uuid" });
    let number = |meaning: &str| json!({ "description": meaning, "type": "string", "pattern": "^[0-9]+$" });
    let actors = [Actor::Candidate, Actor::Reaction("answer_evaluation".to_owned())];
    let actors: Vec<_> = actors.iter().filter_map(|actor| serde_json::to_string(actor).ok()).collect();
    let properties = json!({
        "Nats-Msg-Id": uuid("The event's id, UUID v7."),
        "Nats-Expected-Last-Sequence": number("The position before this one; what keeps the stream in order."),
        "Interaura-Version": { "description": "The version of the event's schema.", "type": "string" },
        "Interaura-Position": number("The place in the log, which is the sequence in the stream."),
        "Interaura-Sequence": number("The place among the events of the aggregate, from 1."),
        "Interaura-Recorded-At": {
            "description": "When it was appended.", "type": "string", "format": "date-time",
        },
        "Interaura-Correlation-Id": uuid("What all that follows from one request has in common."),
        "Interaura-Causation-Id": uuid("The event that caused the command, where one did."),
        "Interaura-Candidate-Id": uuid("Whose data it is; their key seals the personal fields."),
        "Interaura-Command-Id": uuid("The command that it came of."),
        "Interaura-Actor": {
            "description": "Who asked, as JSON.", "type": "string", "examples": actors,
        },
        "Interaura-Recorded-By": {
            "description": "The version of the binary.", "type": "string", "examples": ["interaura/0.1.0"],
        },
    });
    let names = properties.as_object().into_iter().flat_map(Map::keys);
    let required: Vec<&String> = names.filter(|name| *name != "Interaura-Causation-Id").collect();
    json!({ "type": "object", "required": required, "properties": properties })
}
