//! How one person looks when they look into the camera: the middle of their first good frames.

use super::event::{FaceBox, FrameAnalysed, FrameReading, Gaze, HeadPose, Neutral};

/// How many good frames it takes: five seconds at two a second.
const ENOUGH: usize = 10;
/// How sure the analyser has to be of a frame.
const SURE: f32 = 0.5;
/// A head that is turned farther than this, in degrees, does not look into the camera on purpose.
const TURNED: f32 = 25.0;

/// The neutral of the first good frames; `None` while there are too few of them.
pub fn of<'a>(frames: impl Iterator<Item = &'a FrameAnalysed>) -> Option<Neutral> {
    let good: Vec<(HeadPose, FaceBox)> = frames
        .filter_map(|frame| match &frame.reading {
            FrameReading::Face(face) if face.faces == 1 && face.confidence >= SURE => {
                let head = face.head.filter(|head| head.yaw.abs().max(head.pitch.abs()) <= TURNED)?;
                (face.gaze != Gaze::Away).then_some((head, face.face))
            }
            FrameReading::Face(_) | FrameReading::NoFace { .. } | FrameReading::CannotTell { .. } => None,
        })
        .take(ENOUGH)
        .collect();
    if good.len() < ENOUGH {
        return None;
    }
    let middle = |value: fn(&(HeadPose, FaceBox)) -> f32| {
        let mut values: Vec<f32> = good.iter().map(value).collect();
        values.sort_by(f32::total_cmp);
        values[values.len() / 2]
    };
    Some(Neutral {
        head: HeadPose {
            yaw: middle(|one| one.0.yaw),
            pitch: middle(|one| one.0.pitch),
            roll: middle(|one| one.0.roll),
        },
        face: FaceBox {
            x: middle(|one| one.1.x),
            y: middle(|one| one.1.y),
            width: middle(|one| one.1.width),
            height: middle(|one| one.1.height),
        },
        frames: u32::try_from(good.len()).unwrap_or(u32::MAX),
    })
}

#[cfg(test)]
mod tests {
    use chrono::{TimeZone as _, Utc};
    use uuid::Uuid;

    use super::super::event::FaceReading;
    use super::*;
    use crate::ids::StreamId;

    fn frame(yaw: f32, faces: u8) -> FrameAnalysed {
        let face = FaceReading {
            faces,
            face: FaceBox { x: 0.25, y: 0.25, width: 0.5, height: 0.5 },
            head: Some(HeadPose { yaw, pitch: 0.0, roll: 0.0 }),
            gaze: Gaze::Toward,
            shoulders: None,
            light: 0.5,
            confidence: 0.9,
        };
        FrameAnalysed {
            stream_id: StreamId(Uuid::nil()),
            sequence: 1,
            captured_at: Utc.with_ymd_and_hms(2026, 11, 22, 9, 0, 0).unwrap(),
            analyser: "test/1".into(),
            reading: FrameReading::Face(face),
        }
    }

    #[test]
    fn one_odd_frame_moves_no_neutral() {
        let mut frames = vec![frame(4.0, 1); 9];
        frames.push(frame(24.0, 1));
        let neutral = of(frames.iter()).unwrap();
        assert!((neutral.head.yaw - 4.0).abs() < 1e-6);
    }

    #[test]
    fn frames_of_two_people_or_a_turned_head_do_not_count() {
        let mut frames = vec![frame(4.0, 2); 10];
        frames.extend(vec![frame(40.0, 1); 10]);
        frames.extend(vec![frame(1.0, 1); 9]);
        assert_eq!(of(frames.iter()), None);
        frames.push(frame(1.0, 1));
        assert!(of(frames.iter()).is_some());
    }
}
