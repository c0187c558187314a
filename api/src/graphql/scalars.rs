//! Scalars and small objects that several features share.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, SimpleObject, Value};
use interaura_domain::envelope;
use interaura_domain::text;

/// A place in the event log, as decimal text. Pass it back as `atLeast` to read your own write.
#[derive(Debug, Clone, Copy)]
pub struct Position(pub envelope::Position);

#[Scalar]
impl ScalarType for Position {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => Ok(Self(envelope::Position(text.parse()?))),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.0.to_string())
    }
}

/// A range of a text, counted in Unicode code points.
#[derive(Debug, Clone, Copy, SimpleObject)]
pub struct Span {
    /// The first code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

impl From<text::Span> for Span {
    fn from(span: text::Span) -> Self {
        Self { start: span.start, end: span.end }
    }
}

/// Waits until a view holds what its owner wrote up to a position.
pub(crate) async fn reach(
    services: &crate::services::Services,
    view: interaura_domain::ports::signals::View,
    owner: interaura_domain::ids::CandidateId,
    at_least: Option<Position>,
) -> async_graphql::Result<()> {
    if let Some(Position(position)) = at_least {
        let waited = services.read_models.wait_for(view, owner, position).await;
        waited.map_err(|error| super::fault::fault(&error))?;
    }
    Ok(())
}
