//! How the shoulders are, by `MediaPipe`'s light body model.
//!
//! That model wants to know where the body is. The face tells: on labelled pictures the region below came
//! within 4 degrees and a tenth of the width of what the far slower body detector led to.

use ::opencv::Result;
use interaura_domain::attention::event::Shoulders;

use super::Picture;
use super::crop::Crop;
use super::face_detector::DetectedFace;
use super::geometry::{Point, Region};
use super::network::{Network, Scale, sigmoid};

const MODEL: &[u8] = include_bytes!("../../../models/vision/pose_landmark_lite.onnx");
const SIDE: u16 = 256;
/// From the face to the hips, in sizes of the face.
const FACE_TO_HIPS: f32 = 3.0;
/// Half a side of the region around the hips, in sizes of the face.
const REACH: f32 = 5.0;
/// Numbers for each point: x, y, depth, whether it is to be seen, whether it is inside.
const NUMBERS: usize = 5;
/// The candidate's own left shoulder and right one.
const SHOULDERS: [usize; 2] = [11, 12];
/// The least the model must believe in the body and in each shoulder, 0 to 1.
const SURE: f32 = 0.8;
/// Shoulders that are closer, in widths of the face, are seen from the side: their slope says nothing.
const NARROWEST: f32 = 0.9;
/// Shoulders that slope more are those of somebody who does not sit there, in degrees.
const STEEPEST: f32 = 35.0;

/// Reads how shoulders are.
pub(super) struct ShoulderReader {
    network: Network,
}

impl ShoulderReader {
    pub(super) fn load() -> Result<Self> {
        // Points, then presence.
        Ok(Self { network: Network::load(MODEL, &["t310", "t315"], Scale::FromZero)? })
    }

    /// How sure the model is that there is a body beneath a face, 0 to 1.
    pub(super) fn presence(&mut self, picture: &Picture, face: &DetectedFace) -> Result<f32> {
        let [_, presence] = self.network.run(&body(picture, face)?.bgr)?;
        Ok(presence.first().copied().unwrap_or_default())
    }

    /// `None` where they are not seen.
    pub(super) fn read(&mut self, picture: &Picture, face: &DetectedFace) -> Result<Option<Shoulders>> {
        let size = face.size();
        let crop = body(picture, face)?;
        let [points, presence] = self.network.run(&crop.bgr)?;
        if presence.first().is_none_or(|presence| *presence < SURE) {
            return Ok(None);
        }
        let seen = SHOULDERS.map(|number| shoulder(&crop, picture, &points[NUMBERS * number..][..NUMBERS]));
        let [Some(left), Some(right)] = seen else { return Ok(None) };
        let across = left - right;
        let lean = across.length() / size;
        let tilt = Point::new(across.x, -across.y).angle().to_degrees();
        Ok((lean >= NARROWEST && tilt.abs() <= STEEPEST).then_some(Shoulders { tilt, lean }))
    }
}

/// The part of the picture where the body must be.
fn body(picture: &Picture, face: &DetectedFace) -> Result<Crop> {
    let size = face.size();
    let centre = face.centre + Point::new(0.0, FACE_TO_HIPS * size);
    Crop::cut(picture, Region { centre, half: REACH * size, angle: 0.0 }, SIDE)
}

/// Where a shoulder is, if it is to be seen and in the picture.
fn shoulder(crop: &Crop, picture: &Picture, numbers: &[f32]) -> Option<Point> {
    let point = crop.in_picture(Point::new(numbers[0], numbers[1]));
    let inside = (0.0..f32::from(picture.width)).contains(&point.x)
        && (0.0..f32::from(picture.height)).contains(&point.y);
    (inside && sigmoid(numbers[3]) >= SURE && sigmoid(numbers[4]) >= SURE).then_some(point)
}
