//! Seals and opens the personal fields of an event's JSON.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use interaura_domain::personal::{PERSONAL, SEALED};
use interaura_domain::ports::key_ring::{CandidateKey, KeyRingError};
use serde_json::{Map, Value, json};

/// Whether any field of a value has to be sealed.
pub fn is_personal(value: &Value) -> bool {
    match value {
        Value::Object(fields) => fields.contains_key(PERSONAL) || fields.values().any(is_personal),
        Value::Array(items) => items.iter().any(is_personal),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// Whether any field of a value is sealed.
pub fn is_sealed(value: &Value) -> bool {
    match value {
        Value::Object(fields) => sealed_text(fields).is_some() || fields.values().any(is_sealed),
        Value::Array(items) => items.iter().any(is_sealed),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

fn sealed_text(fields: &Map<String, Value>) -> Option<&str> {
    if fields.len() == 1 { fields.get(SEALED)?.as_str() } else { None }
}

/// Seals every personal field in place.
///
/// A field is bound to `context`, which names the event, and not to its path: the whole event is
/// covered by the ledger, and a field that moves with a newer version of the event must still open.
///
/// # Errors
/// The key does not seal.
pub fn seal(value: &mut Value, context: &str, key: &dyn CandidateKey) -> Result<(), KeyRingError> {
    match value {
        Value::Object(fields) => {
            if let Some(plain) = fields.remove(PERSONAL) {
                let sealed = key.seal(context, plain.to_string().as_bytes())?;
                *value = json!({ SEALED: URL_SAFE_NO_PAD.encode(sealed) });
                return Ok(());
            }
            fields.values_mut().try_for_each(|field| seal(field, context, key))
        }
        Value::Array(items) => items.iter_mut().try_for_each(|item| seal(item, context, key)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(()),
    }
}

/// Opens every sealed field in place; without a key the fields read as erased.
///
/// # Errors
/// A field does not open with this key.
pub fn open(value: &mut Value, context: &str, key: Option<&dyn CandidateKey>) -> Result<(), KeyRingError> {
    match value {
        Value::Object(fields) => {
            if let Some(sealed) = sealed_text(fields) {
                let plain = match key {
                    None => Value::Null,
                    Some(key) => {
                        let sealed = URL_SAFE_NO_PAD.decode(sealed).map_err(|_| KeyRingError::Broken)?;
                        let plain = key.open(context, &sealed)?;
                        serde_json::from_slice(&plain).map_err(|_| KeyRingError::Broken)?
                    }
                };
                *value = json!({ PERSONAL: plain });
                return Ok(());
            }
            fields.values_mut().try_for_each(|field| open(field, context, key))
        }
        Value::Array(items) => items.iter_mut().try_for_each(|item| open(item, context, key)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(()),
    }
}
