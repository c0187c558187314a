//! Personal fields of events.
//!
//! A [`Personal`] value is plain only inside the process. The event store seals it with the
//! candidate's key before the first append, so it is sealed in Postgres, on the stream and in
//! every copy. Destroying the key turns it into [`Personal::Erased`] everywhere at once.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The key under which the event store finds a value that it has to seal.
pub const PERSONAL: &str = "$personal";
/// The key under which a sealed value is stored.
pub const SEALED: &str = "$sealed";

/// A value that identifies or describes a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Personal<T> {
    /// The value, readable because the candidate's key exists.
    Present(T),
    /// The candidate's key was destroyed: nobody can read the value again.
    Erased,
}

impl<T> Personal<T> {
    /// The value, unless it was erased.
    pub fn present(&self) -> Option<&T> {
        match self {
            Self::Present(value) => Some(value),
            Self::Erased => None,
        }
    }

    /// Takes the value out, unless it was erased.
    pub fn into_present(self) -> Option<T> {
        match self {
            Self::Present(value) => Some(value),
            Self::Erased => None,
        }
    }
}

impl<T> From<T> for Personal<T> {
    fn from(value: T) -> Self {
        Self::Present(value)
    }
}

#[derive(Serialize, Deserialize)]
struct Marked<T> {
    #[serde(rename = "$personal")]
    value: Option<T>,
}

impl<T: Serialize> Serialize for Personal<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Marked { value: self.present() }.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Personal<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let marked = Marked::<T>::deserialize(deserializer)?;
        Ok(marked.value.map_or(Self::Erased, Self::Present))
    }
}

impl<T> JsonSchema for Personal<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Sealed".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A personal value, sealed with the candidate's key. `$sealed` is base64url of nonce and XChaCha20-Poly1305 ciphertext.",
            "x-personal": true,
            "type": "object",
            "properties": { "$sealed": { "type": "string" } },
            "required": ["$sealed"],
            "additionalProperties": false
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_personal_value_is_marked_for_the_store() {
        let json = serde_json::to_string(&Personal::Present("Ada")).unwrap();
        assert_eq!(json, r#"{"$personal":"Ada"}"#);
    }

    #[test]
    fn an_erased_value_survives_the_round_trip() {
        let json = serde_json::to_string(&Personal::<String>::Erased).unwrap();
        let back: Personal<String> = serde_json::from_str(&json).unwrap();
        assert_eq!(back, Personal::Erased);
    }
}
