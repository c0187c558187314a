//! The contract of events: generated schemas equal the committed ones, and every released version loads.

#![expect(clippy::unwrap_used, reason = "this whole file is a test, its helper functions too")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::{TimeZone as _, Utc};
use interaura_domain::envelope::{Actor, EventMetadata, Position, RecordedEvent, Seal};
use interaura_domain::event::AnyEvent;
use interaura_domain::ids::{CandidateId, CommandId, CorrelationId, EventId};
use interaura_server::commands::schemas;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The JSON files of a folder's folders: `interview/answer_drafted.v1.json` and its text.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for aggregate in std::fs::read_dir(folder).unwrap() {
        let aggregate = aggregate.unwrap();
        for file in std::fs::read_dir(aggregate.path()).unwrap() {
            let file = file.unwrap();
            let names = [aggregate.file_name(), file.file_name()].map(|name| name.into_string().unwrap());
            found.insert(names.join("/"), std::fs::read_to_string(file.path()).unwrap());
        }
    }
    found
}

fn generated() -> BTreeMap<String, String> {
    let files = schemas::files().unwrap().into_iter();
    files.filter_map(|(path, text)| Some((path.strip_prefix("events/")?.to_owned(), text))).collect()
}

fn samples() -> BTreeMap<String, String> {
    files(&repository().join("tests/fixtures/events"))
}

/// A body as the log holds it, opened.
fn recorded(path: &str, payload: String) -> RecordedEvent {
    let (aggregate_type, file) = path.split_once('/').unwrap();
    let (event_type, version) = file.strip_suffix(".json").unwrap().split_once(".v").unwrap();
    // What follows the version tells samples with other optional fields apart.
    let version = version.split('.').next().unwrap();
    let at = Utc.with_ymd_and_hms(2026, 11, 22, 9, 0, 0).unwrap();
    RecordedEvent {
        position: Position(1),
        aggregate_type: aggregate_type.to_owned(),
        aggregate_id: Uuid::nil(),
        sequence: 1,
        event_type: event_type.to_owned(),
        event_version: version.to_owned(),
        payload,
        seal: Seal::Whole,
        metadata: EventMetadata {
            event_id: EventId(Uuid::nil()),
            correlation_id: CorrelationId(Uuid::nil()),
            causation_id: None,
            actor: Actor::Candidate,
            candidate_id: CandidateId(Uuid::nil()),
            command_id: CommandId(Uuid::nil()),
            recorded_by: "interaura/0.1.0".to_owned(),
        },
        recorded_at: at,
    }
}

#[test]
fn the_committed_schemas_of_events_are_those_of_the_code() {
    let committed = files(&repository().join("schemas/events"));
    let generated = generated();
    let (here, there): (Vec<_>, Vec<_>) = (committed.keys().collect(), generated.keys().collect());
    assert_eq!(here, there, "run `make schemas`; a released version must stay");
    for (path, text) in &generated {
        assert_eq!(&committed[path], text, "schemas/events/{path} is not current; run `make schemas`");
    }
}

#[test]
fn every_event_and_aggregate_is_known_by_its_name() {
    let generated = generated();
    let parts = generated.keys().map(|path| path.split_once('/').unwrap());
    let (aggregates, files): (BTreeSet<&str>, BTreeSet<&str>) = parts.unzip();
    let named = files.iter().map(|file| file.split_once(".v").unwrap().0);
    assert_eq!(AnyEvent::types().collect::<BTreeSet<_>>(), named.collect());
    assert_eq!(BTreeSet::from(AnyEvent::AGGREGATES), aggregates);
}

#[test]
fn the_other_committed_schemas_are_those_of_the_code() {
    for (path, text) in schemas::files().unwrap() {
        let committed = std::fs::read_to_string(repository().join("schemas").join(&path));
        assert_eq!(committed.ok(), Some(text), "schemas/{path} is not current; run `make schemas`");
    }
}

/// Every `$ref` below a value.
fn references(value: &Value) -> Vec<String> {
    match value {
        Value::Object(fields) => {
            let here = fields.get("$ref").and_then(Value::as_str).map(ToOwned::to_owned);
            here.into_iter().chain(fields.values().flat_map(references)).collect()
        }
        Value::Array(items) => items.iter().flat_map(references).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

fn resolves(file: &Path, reference: &str) -> bool {
    let (path, pointer) = reference.split_once('#').unwrap_or((reference, ""));
    let file = if path.is_empty() { file.to_owned() } else { file.parent().unwrap().join(path) };
    let Ok(text) = std::fs::read_to_string(file) else { return false };
    let document: Value = serde_json::from_str(&text).unwrap();
    document.pointer(pointer).is_some()
}

#[test]
fn the_page_of_the_stream_names_every_event_and_every_reference_resolves() {
    let file = repository().join("schemas/asyncapi.json");
    let page: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    assert_eq!(page["asyncapi"], "3.0.0");
    let channel = &page["channels"]["events"];
    let mut named = Vec::new();
    for (key, reference) in channel["messages"].as_object().unwrap() {
        assert_eq!(reference["$ref"], format!("#/components/messages/{key}"));
        let payload = page["components"]["messages"][key]["payload"]["$ref"].as_str().unwrap();
        named.push(payload.strip_prefix("./events/").unwrap().to_owned());
    }
    named.sort();
    assert_eq!(named, generated().into_keys().collect::<Vec<_>>());
    for reference in references(&page) {
        assert!(resolves(&file, &reference), "{reference} leads nowhere");
    }
    let address = channel["address"].as_str().unwrap();
    for parameter in channel["parameters"].as_object().unwrap().keys() {
        assert!(address.contains(&format!("{{{parameter}}}")), "{parameter} is not in {address}");
    }
}

#[test]
fn every_variable_of_the_environment_has_a_meaning_and_a_type() {
    let text = std::fs::read_to_string(repository().join("schemas/config.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&text).unwrap();
    let variables = schema["properties"].as_object().unwrap();
    assert!(variables.contains_key("DATABASE_URL"));
    for (name, variable) in variables {
        assert_eq!(variable["type"], "string", "{name}");
        let meaning = variable["description"].as_str().unwrap();
        assert!(variable["default"].is_string() || meaning.contains("If unset:"), "{name}: {meaning}");
    }
}

#[test]
fn every_version_of_every_event_has_a_sample() {
    let (samples, generated) = (samples(), generated());
    let missing: Vec<_> = generated.keys().filter(|path| !samples.contains_key(*path)).collect();
    assert!(missing.is_empty(), "write tests/fixtures/events/ for {missing:?}");
}

#[test]
fn the_sample_of_every_released_version_loads() {
    for (path, text) in samples() {
        let payload: Value = serde_json::from_str(&text).unwrap();
        let recorded = recorded(&path, text.clone());
        let event = AnyEvent::decode(&recorded).unwrap_or_else(|error| panic!("{path}: {error:?}"));
        assert_eq!(event.event_type(), recorded.event_type);
        let written = match &event {
            AnyEvent::Account(event) => serde_json::to_value(event),
            AnyEvent::Resume(event) => serde_json::to_value(event),
            AnyEvent::Interview(event) => serde_json::to_value(event),
            AnyEvent::Mail(event) => serde_json::to_value(event),
            AnyEvent::Transcript(event) => serde_json::to_value(event),
            AnyEvent::Attention(event) => serde_json::to_value(event),
            AnyEvent::Recording(event) => serde_json::to_value(event),
        };
        assert_eq!(written.unwrap()[&recorded.event_type], payload, "{path} loses something");
    }
}

/// Verdicts name their rubric by its id: what is published under one never changes. A change is a new file with a new id.
#[test]
fn a_rubric_stays_what_it_was_when_verdicts_named_it() {
    for (file, published) in [
        ("interview_answer.v1.json", "d28424ebe363956abcc5d7075eb7fbf4cd8c79d8a8d8be14b221eb188b3b3a7f"),
        ("interview_delivery.v1.json", "37fc63e54ed0b6694e5c3c56f8d24f84478ec456be834bfa9b9785985da12c1b"),
    ] {
        let bytes = std::fs::read(repository().join("schemas/rubrics").join(file)).unwrap();
        assert_eq!(hex::encode(Sha256::digest(bytes)), published, "{file}");
    }
    let files = std::fs::read_dir(repository().join("schemas/rubrics")).unwrap().count();
    assert_eq!(files, 2, "a new rubric is listed here with its hash");
}
