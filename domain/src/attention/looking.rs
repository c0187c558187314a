//! Where somebody looked over time: single readings corrected by the person's own neutral and smoothed,
//! so that a blink or one odd frame says nothing.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::event::{FaceReading, FrameAnalysed, FrameReading, Gaze, Neutral};

/// Readings on each side of one that have a say in it: a window of five, 2.5 s at two a second.
const BESIDE: usize = 2;
/// Readings farther apart than this have no say in each other.
const NEAR: TimeDelta = TimeDelta::seconds(3);
/// How sure the analyser has to be of a face.
const SURE: f32 = 0.5;
/// A head turned farther than this from its own neutral looks elsewhere, in degrees.
const TURNED: f32 = 25.0;
/// The same for a head that is raised or lowered.
const TILTED: f32 = 20.0;
/// Shorter stretches are not told.
const TOLD: TimeDelta = TimeDelta::milliseconds(900);

/// Where somebody looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Looking {
    /// Toward the camera, or near it.
    Toward,
    /// Elsewhere.
    Away,
    /// Nobody is in the picture.
    Absent,
    /// Too dark, too small, or the readings contradict each other.
    CannotTell,
}

/// What is wrong with a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Framing {
    /// Nothing: one face, near the middle, large enough, in enough light.
    Good,
    /// Nobody is in the picture.
    Nobody,
    /// More than one face.
    Others,
    /// The face is small.
    Far,
    /// The face fills the picture.
    Close,
    /// The face is at the edge.
    Edge,
    /// There is too little light.
    Dark,
}

impl Framing {
    /// What is wrong, in a few words; `None` where nothing is.
    pub fn words(self) -> Option<&'static str> {
        match self {
            Self::Good => None,
            Self::Nobody => Some("nobody in the picture"),
            Self::Others => Some("somebody else in the picture"),
            Self::Far => Some("far from the camera"),
            Self::Close => Some("very close to the camera"),
            Self::Edge => Some("at the edge of the picture"),
            Self::Dark => Some("too little light"),
        }
    }

    fn of(reading: &FrameReading) -> Option<Self> {
        match reading {
            FrameReading::NoFace { .. } => Some(Self::Nobody),
            FrameReading::CannotTell { light, .. } if *light < 0.2 => Some(Self::Dark),
            FrameReading::CannotTell { .. } => None,
            FrameReading::Face(face) => Some(Self::of_face(face)),
        }
    }

    fn of_face(reading: &FaceReading) -> Self {
        let face = reading.face;
        let middle = face.x + face.width / 2.0;
        if reading.faces > 1 {
            Self::Others
        } else if reading.light < 0.2 {
            Self::Dark
        } else if face.height < 0.18 {
            Self::Far
        } else if face.height > 0.75 {
            Self::Close
        } else if (middle - 0.5).abs() > 0.22 {
            Self::Edge
        } else {
            Self::Good
        }
    }
}

/// A moment with what was seen in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen<T> {
    /// When the frame was taken.
    pub at: DateTime<Utc>,
    /// What was seen.
    pub what: T,
}

/// A stretch of time in which the same was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch<T> {
    /// Its first frame.
    pub from: DateTime<Utc>,
    /// Its last frame, and half a second.
    pub until: DateTime<Utc>,
    /// What was seen.
    pub what: T,
}

/// Where somebody looked in each frame, smoothed. Frames are in the order of capture.
pub fn looking(frames: &[FrameAnalysed], neutral: Option<&Neutral>) -> Vec<Seen<Looking>> {
    let raw: Vec<_> = frames
        .iter()
        .map(|frame| Seen { at: frame.captured_at, what: look(&frame.reading, neutral) })
        .collect();
    smoothed(&raw, |what| (*what != Looking::CannotTell).then_some(*what), Looking::CannotTell)
}

/// How the picture was framed in each frame that can tell, smoothed.
pub fn framing(frames: &[FrameAnalysed]) -> Vec<Seen<Framing>> {
    let raw: Vec<_> = frames
        .iter()
        .filter_map(|frame| Some(Seen { at: frame.captured_at, what: Framing::of(&frame.reading)? }))
        .collect();
    smoothed(&raw, |what| Some(*what), Framing::Good)
}

/// Stretches of the same, in order; short ones are left out, and holes part them.
pub fn stretches<T: Copy + PartialEq>(seen: &[Seen<T>]) -> Vec<Stretch<T>> {
    let mut stretches: Vec<Stretch<T>> = Vec::new();
    for one in seen {
        let until = one.at + TimeDelta::milliseconds(500);
        match stretches.last_mut() {
            Some(last) if last.what == one.what && one.at - last.until <= NEAR => last.until = until,
            _ => stretches.push(Stretch { from: one.at, until, what: one.what }),
        }
    }
    stretches.retain(|stretch| stretch.until - stretch.from >= TOLD);
    stretches
}

fn look(reading: &FrameReading, neutral: Option<&Neutral>) -> Looking {
    let face = match reading {
        FrameReading::NoFace { .. } => return Looking::Absent,
        FrameReading::CannotTell { .. } => return Looking::CannotTell,
        FrameReading::Face(face) if face.confidence < SURE => return Looking::CannotTell,
        FrameReading::Face(face) => face,
    };
    let turned = face.head.zip(neutral).is_some_and(|(head, neutral)| {
        (head.yaw - neutral.head.yaw).abs() > TURNED || (head.pitch - neutral.head.pitch).abs() > TILTED
    });
    match face.gaze {
        _ if turned => Looking::Away,
        Gaze::Toward => Looking::Toward,
        Gaze::Away => Looking::Away,
        Gaze::CannotTell => Looking::CannotTell,
    }
}

/// Each becomes what most of those near it say; a draw stays as it is.
fn smoothed<T: Copy + Ord>(raw: &[Seen<T>], vote: impl Fn(&T) -> Option<T>, unsure: T) -> Vec<Seen<T>> {
    let window = |place: usize| {
        let around = &raw[place.saturating_sub(BESIDE)..(place + BESIDE + 1).min(raw.len())];
        around.iter().filter(move |near| (near.at - raw[place].at).abs() <= NEAR)
    };
    let settle = |place: usize| {
        let mut votes: Vec<T> = window(place).filter_map(|near| vote(&near.what)).collect();
        votes.sort_unstable();
        let count = |what: T| votes.iter().filter(|other| **other == what).count();
        let own = vote(&raw[place].what);
        let most = votes.iter().copied().max_by_key(|what| (count(*what), Some(*what) == own));
        most.unwrap_or(unsure)
    };
    (0..raw.len()).map(|place| Seen { at: raw[place].at, what: settle(place) }).collect()
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;
    use uuid::Uuid;

    use super::super::event::{FaceBox, HeadPose};
    use super::*;
    use crate::ids::StreamId;

    fn frame(place: u64, reading: FrameReading) -> FrameAnalysed {
        let start = Utc.with_ymd_and_hms(2026, 11, 23, 9, 0, 0).unwrap();
        FrameAnalysed {
            stream_id: StreamId(Uuid::nil()),
            sequence: place + 1,
            captured_at: start + TimeDelta::milliseconds(500 * i64::try_from(place).unwrap()),
            analyser: "test/1".into(),
            reading,
        }
    }

    fn face(gaze: Gaze, yaw: f32) -> FrameReading {
        FrameReading::Face(FaceReading {
            faces: 1,
            face: FaceBox { x: 0.3, y: 0.2, width: 0.4, height: 0.5 },
            head: Some(HeadPose { yaw, pitch: 0.0, roll: 0.0 }),
            gaze,
            shoulders: None,
            light: 0.5,
            confidence: 0.9,
        })
    }

    fn frames(gazes: &[Gaze]) -> Vec<FrameAnalysed> {
        (0_u64..).zip(gazes).map(|(place, gaze)| frame(place, face(*gaze, 0.0))).collect()
    }

    #[test]
    fn a_blink_is_no_look_away() {
        use Gaze::{Away, CannotTell, Toward};
        let seen = looking(&frames(&[Toward, Toward, Away, Toward, CannotTell, Toward]), None);
        assert!(seen.iter().all(|one| one.what == Looking::Toward), "{seen:?}");
    }

    #[test]
    fn looking_away_for_two_seconds_is_told_with_its_time() {
        use Gaze::{Away, Toward};
        let gazes = [Toward, Toward, Toward, Away, Away, Away, Away, Toward, Toward, Toward];
        let stretches = stretches(&looking(&frames(&gazes), None));
        let away: Vec<_> = stretches.iter().filter(|one| one.what == Looking::Away).collect();
        assert_eq!(away.len(), 1);
        assert_eq!((away[0].until - away[0].from).num_milliseconds(), 2_000);
    }

    #[test]
    fn whoever_sits_askew_is_measured_against_themselves() {
        let neutral = Neutral {
            head: HeadPose { yaw: 20.0, pitch: 0.0, roll: 0.0 },
            face: FaceBox { x: 0.3, y: 0.2, width: 0.4, height: 0.5 },
            frames: 10,
        };
        let turned: Vec<_> = (0..5).map(|place| frame(place, face(Gaze::Toward, -10.0))).collect();
        assert_eq!(looking(&turned, Some(&neutral))[2].what, Looking::Away);
        assert_eq!(looking(&turned, None)[2].what, Looking::Toward);
    }

    #[test]
    fn a_face_at_the_edge_and_an_empty_chair_are_named() {
        let empty: Vec<_> = (0..4).map(|place| frame(place, FrameReading::NoFace { light: 0.5 })).collect();
        assert_eq!(stretches(&framing(&empty))[0].what.words(), Some("nobody in the picture"));
        assert!(framing(&frames(&[Gaze::Toward; 4])).iter().all(|one| one.what == Framing::Good));
    }

    #[test]
    fn what_cannot_be_told_is_not_guessed() {
        let dark = FrameReading::CannotTell { reason: "too blurred".into(), light: 0.4 };
        let seen = looking(&[frame(0, dark.clone()), frame(1, dark)], None);
        assert!(seen.iter().all(|one| one.what == Looking::CannotTell));
    }
}
