//! What the environment variables mean, for `schemas/config.schema.json`.

use serde_json::{Value, json};

/// One environment variable. What it holds is text; an empty one counts as unset.
#[derive(Debug, Clone, Copy)]
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// What it decides.
    pub meaning: &'static str,
    /// What can be made of its text.
    pub kind: Kind,
    /// What holds without it.
    pub default: Unset,
}

/// What can be made of a variable's text.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Any text.
    Text,
    /// A path of the file system.
    Path,
    /// An IP address and a port.
    SocketAddress,
    /// An address with one of these schemes; it may hold a password.
    Url(&'static [&'static str]),
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A secret of 64 hexadecimal digits.
    Key,
    /// A secret of whatever form its issuer gives it.
    Secret,
}

/// What holds without a variable.
#[derive(Debug, Clone, Copy)]
pub enum Unset {
    /// The same as with this text.
    As(&'static str),
    /// What these words say.
    Otherwise(&'static str),
}

impl Variable {
    /// Its JSON Schema.
    pub fn schema(&self) -> Value {
        let mut schema = json!({ "description": self.meaning, "type": "string" });
        match self.kind {
            Kind::Text | Kind::Path => {}
            Kind::SocketAddress => schema["pattern"] = json!(r"^(\[[0-9A-Fa-f:.%]+\]|[0-9.]+):[0-9]+$"),
            Kind::Url(schemes) => {
                schema["format"] = json!("uri");
                schema["pattern"] = json!(format!("^({})://", schemes.join("|")));
            }
            Kind::Choice(words) => schema["enum"] = json!(words),
            Kind::Secret => schema["writeOnly"] = json!(true),
            Kind::Key => {
                schema["pattern"] = json!("^[0-9A-Fa-f]{64}$");
                schema["writeOnly"] = json!(true);
            }
        }
        match self.default {
            Unset::As(text) => schema["default"] = json!(text),
            Unset::Otherwise(words) => {
                schema["description"] = json!(format!("{} If unset: {words}.", self.meaning));
            }
        }
        schema
    }
}
