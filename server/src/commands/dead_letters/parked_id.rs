//! Ids of parked events on the command line: `dashboard/17`, `report_issuing/17`.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use anyhow::Context as _;
use interaura_domain::envelope::Position;
use interaura_domain::ports::signals::View;

/// Where events are parked. No reaction has the name of a read model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// A read model that could not apply them.
    ReadModel(View),
    /// A reaction that gave them up; one of an older version may be gone, its parked events are not.
    Reaction(String),
}

impl FromStr for Place {
    type Err = Infallible;

    fn from_str(name: &str) -> Result<Self, Infallible> {
        Ok(name.parse().map_or_else(|_| Self::Reaction(name.to_owned()), Self::ReadModel))
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::ReadModel(view) => view.name(),
            Self::Reaction(name) => name,
        })
    }
}

/// One parked event, or all of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ParkedId {
    pub(super) place: Place,
    pub(super) position: Option<Position>,
}

impl FromStr for ParkedId {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Self> {
        let (name, position) = match text.split_once('/') {
            Some((name, position)) => {
                let position = position.parse().ok().with_context(|| {
                    format!("an id is a name and a position, like {name}/17; {position:?} is no position")
                })?;
                (name, Some(Position(position)))
            }
            None => (text, None),
        };
        let Ok(place) = name.parse();
        Ok(Self { place, position })
    }
}

impl fmt::Display for ParkedId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.place)?;
        match self.position {
            Some(Position(position)) => write!(formatter, "/{position}"),
            None => Ok(()),
        }
    }
}

/// An id that names one event.
pub(super) fn of_one_event(text: &str) -> anyhow::Result<(Place, Position)> {
    let ParkedId { place, position } = text.parse()?;
    Ok((place, position.with_context(|| format!("name one event, like {text}/17"))?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_as_it_is_written() {
        for text in ["dashboard/17", "dashboard", "report_issuing/3", "report_issuing"] {
            assert_eq!(text.parse::<ParkedId>().unwrap().to_string(), text);
        }
        let id: ParkedId = "dashboard/17".parse().unwrap();
        assert_eq!(id.place, Place::ReadModel(View::Dashboard));
        assert!("dashboard/first".parse::<ParkedId>().is_err());
        assert!(of_one_event("dashboard").is_err());
        assert!(of_one_event("report_issuing/3").is_ok());
    }
}
