//! Brings stored events to their newest versions. Released events are never edited.

use serde_json::Value;

/// Changes the body of one version of an event into the next.
type Upcast = fn(Value) -> Value;

/// One step: aggregate, event, from version, to version.
struct Upcaster {
    aggregate_type: &'static str,
    event_type: &'static str,
    from: &'static str,
    to: &'static str,
    upcast: Upcast,
}

/// Every step known, oldest first.
const UPCASTERS: &[Upcaster] = &[];

/// The newest version and body of an event; the body is JSON text, parsed only where a step changes it.
///
/// # Errors
/// The body is not JSON.
pub(super) fn upcast(
    aggregate_type: &str,
    event_type: &str,
    version: String,
    body: String,
) -> serde_json::Result<(String, String)> {
    UPCASTERS.iter().try_fold((version, body), |(version, body), step| {
        if step.aggregate_type == aggregate_type && step.event_type == event_type && step.from == version {
            let newer = (step.upcast)(serde_json::from_str(&body)?);
            Ok((step.to.to_owned(), newer.to_string()))
        } else {
            Ok((version, body))
        }
    })
}
