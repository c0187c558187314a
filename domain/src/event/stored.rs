//! Reads an event enum from a stored type and a body, without putting serde's wrapper around the body first.

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer as _, VariantAccess,
    Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::Error;

/// The variant of an event enum that the stored type names, with the body, as JSON text, for its content.
///
/// # Errors
/// There is no such variant, or the body does not fit it.
pub fn typed<E: DeserializeOwned>(event_type: &str, body: &str) -> Result<E, Error> {
    E::deserialize(Stored { event_type, body })
}

struct Stored<'a> {
    event_type: &'a str,
    body: &'a str,
}

impl<'de> Deserializer<'de> for Stored<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_enum(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> EnumAccess<'de> for Stored<'de> {
    type Error = Error;
    type Variant = Body<'de>;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Body<'de>), Error> {
        let name: StrDeserializer<'de, Error> = self.event_type.into_deserializer();
        Ok((seed.deserialize(name)?, Body(self.body)))
    }
}

struct Body<'a>(&'a str);

impl<'de> VariantAccess<'de> for Body<'de> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        serde_json::from_str(self.0)
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Error> {
        let mut body = serde_json::Deserializer::from_str(self.0);
        let content = seed.deserialize(&mut body)?;
        body.end()?;
        Ok(content)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        serde_json::Deserializer::from_str(self.0).deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        serde_json::Deserializer::from_str(self.0).deserialize_map(visitor)
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Event {
        Said { word: String },
        Counted(u32),
    }

    #[test]
    fn the_type_names_the_variant() {
        let said: Event = typed("said", r#"{"word":"so"}"#).unwrap();
        assert_eq!(said, Event::Said { word: "so".to_owned() });
        assert_eq!(typed::<Event>("counted", " 7 ").unwrap(), Event::Counted(7));
    }

    #[test]
    fn what_does_not_fit_is_an_error() {
        for (event_type, body) in [("sung", "7"), ("counted", "-7"), ("counted", "7 8"), ("counted", "7}")] {
            assert!(typed::<Event>(event_type, body).is_err(), "{event_type} {body}");
        }
    }
}
