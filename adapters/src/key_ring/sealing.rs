//! Seals and opens the personal fields of an event's JSON, in its text.
//!
//! A field is marked by an object with one key. Inside a string of JSON every quote is escaped, so the
//! bytes of a mark stand only where a mark is.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use interaura_domain::personal::{PERSONAL, SEALED};
use interaura_domain::ports::key_ring::{CandidateKey, KeyRingError};
use serde::de::IgnoredAny;

/// How an object with one key begins.
fn mark(key: &str) -> String {
    format!(r#"{{"{key}":"#)
}

/// Whether any field of a JSON text has to be sealed.
pub fn is_personal(json: &str) -> bool {
    json.contains(&mark(PERSONAL))
}

/// Whether any field of a JSON text is sealed.
pub fn is_sealed(json: &str) -> bool {
    json.contains(&mark(SEALED))
}

/// Seals every personal field of a JSON text that holds no space between its tokens.
///
/// A field is bound to `context`, which names the event, and not to its path: the whole event is
/// covered by the ledger, and a field that moves with a newer version of the event must still open.
///
/// # Errors
/// The key does not seal, or the text is not JSON.
pub fn seal(json: &str, context: &str, key: &dyn CandidateKey) -> Result<String, KeyRingError> {
    replace(json, PERSONAL, SEALED, |plain| {
        let sealed = key.seal(context, plain.as_bytes())?;
        Ok(format!(r#""{}""#, URL_SAFE_NO_PAD.encode(sealed)))
    })
}

/// Opens every sealed field of a JSON text; without a key the fields read as erased.
///
/// # Errors
/// A field does not open with this key, or the text is not JSON.
pub fn open(json: &str, context: &str, key: Option<&dyn CandidateKey>) -> Result<String, KeyRingError> {
    replace(json, SEALED, PERSONAL, |sealed| {
        let Some(key) = key else { return Ok("null".to_owned()) };
        let sealed = sealed.trim_matches('"');
        let sealed = URL_SAFE_NO_PAD.decode(sealed).map_err(|_| KeyRingError::Broken)?;
        String::from_utf8(key.open(context, &sealed)?).map_err(|_| KeyRingError::Broken)
    })
}

/// Replaces each marked value, and its mark.
fn replace(
    json: &str,
    from: &str,
    to: &str,
    value: impl Fn(&str) -> Result<String, KeyRingError>,
) -> Result<String, KeyRingError> {
    let (from, to) = (mark(from), mark(to));
    let mut replaced = String::with_capacity(json.len() + 128);
    let mut rest = json;
    while let Some((before, marked)) = rest.split_once(&from) {
        let end = length_of_value(marked).ok_or(KeyRingError::Broken)?;
        let (content, after) = marked.split_at(end);
        rest = after.strip_prefix('}').ok_or(KeyRingError::Broken)?;
        replaced.push_str(before);
        replaced.push_str(&to);
        replaced.push_str(&value(content)?);
        replaced.push('}');
    }
    replaced.push_str(rest);
    Ok(replaced)
}

/// How many bytes the first JSON value of a text takes.
fn length_of_value(json: &str) -> Option<usize> {
    let mut values = serde_json::Deserializer::from_str(json).into_iter::<IgnoredAny>();
    values.next()?.ok()?;
    Some(values.byte_offset())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Turns bytes around, with the context before them.
    struct Mirror;

    impl CandidateKey for Mirror {
        fn seal(&self, context: &str, plain: &[u8]) -> Result<Vec<u8>, KeyRingError> {
            Ok(context.bytes().chain(plain.iter().rev().copied()).collect())
        }

        fn open(&self, context: &str, sealed: &[u8]) -> Result<Vec<u8>, KeyRingError> {
            let sealed = sealed.strip_prefix(context.as_bytes()).ok_or(KeyRingError::Broken)?;
            Ok(sealed.iter().rev().copied().collect())
        }
    }

    const EVENT: &str = r#"{"a":{"$personal":"Ada \"}{$personal\":"},"b":[1,{"$personal":{"x":[{"y":null}],"z":-1.5e3}}],"c":{"$personal":null}}"#;

    #[test]
    fn what_is_sealed_opens_to_the_same_text() {
        let sealed = seal(EVENT, "here", &Mirror).unwrap();
        assert!(is_personal(EVENT) && !is_sealed(EVENT));
        assert!(is_sealed(&sealed) && !is_personal(&sealed) && !sealed.contains("Ada"));
        assert_eq!(open(&sealed, "here", Some(&Mirror)).unwrap(), EVENT);
        assert!(matches!(open(&sealed, "there", Some(&Mirror)), Err(KeyRingError::Broken)));
    }

    #[test]
    fn without_a_key_every_field_reads_as_erased() {
        let sealed = seal(EVENT, "here", &Mirror).unwrap();
        let erased = r#"{"a":{"$personal":null},"b":[1,{"$personal":null}],"c":{"$personal":null}}"#;
        assert_eq!(open(&sealed, "here", None).unwrap(), erased);
    }

    #[test]
    fn words_that_look_like_a_mark_are_no_mark() {
        let text = serde_json::to_string(&serde_json::json!({ "q": r#"{"$sealed":"abc"}"# })).unwrap();
        assert!(!is_sealed(&text));
        assert_eq!(open(&text, "here", Some(&Mirror)).unwrap(), text);
    }

    #[test]
    fn a_torn_text_is_broken() {
        for torn in [r#"{"a":{"$sealed":"abc"#, r#"{"a":{"$sealed":"abc","b":1}}"#, r#"{"a":{"$sealed":7}}"#]
        {
            assert!(matches!(open(torn, "here", Some(&Mirror)), Err(KeyRingError::Broken)), "{torn}");
        }
    }
}
