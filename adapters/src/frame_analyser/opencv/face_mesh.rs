//! Lays `MediaPipe`'s mesh of 468 points over a face.

use ::opencv::Result;

use super::Picture;
use super::crop::Crop;
use super::face_detector::DetectedFace;
use super::geometry::{Point, Region};
use super::network::{Network, Scale, sigmoid};

const MODEL: &[u8] = include_bytes!("../../../models/vision/face_landmark.onnx");
const SIDE: u16 = 192;
/// How much larger than the face's box the region is that the model looks at.
const MARGIN: f32 = 1.5;

/// A mesh over a face.
pub(super) struct Mesh {
    points: Vec<[f32; 3]>,
    /// How sure the model is that there is a face, 0 to 1; low at profiles too.
    pub(super) presence: f32,
}

impl Mesh {
    /// A point in the picture, by its number in the canonical face model.
    pub(super) fn at(&self, number: usize) -> Point {
        let [x, y, _] = self.points[number];
        Point::new(x, y)
    }

    /// The mean of some points: x and y in the picture, and the depth away from the camera, in pixels.
    pub(super) fn mean(&self, numbers: &[usize]) -> [f32; 3] {
        let mut mean = [0.0; 3];
        let mut count = 0.0;
        for number in numbers {
            count += 1.0;
            for (sum, value) in mean.iter_mut().zip(self.points[*number]) {
                *sum += value;
            }
        }
        mean.map(|sum| sum / count)
    }
}

/// Lays meshes over faces.
pub(super) struct FaceMesh {
    network: Network,
}

impl FaceMesh {
    pub(super) fn load() -> Result<Self> {
        // Points, then presence.
        Ok(Self { network: Network::load(MODEL, &["t213", "t210"], Scale::FromZero)? })
    }

    pub(super) fn fit(&mut self, picture: &Picture, face: &DetectedFace) -> Result<Mesh> {
        let region = Region { centre: face.centre, half: face.size() * MARGIN / 2.0, angle: face.roll() };
        let crop = Crop::cut(picture, region, SIDE)?;
        let [numbers, presence] = self.network.run(&crop.bgr)?;
        let points = numbers.chunks_exact(3).map(|number| {
            let point = crop.in_picture(Point::new(number[0], number[1]));
            [point.x, point.y, number[2] * crop.step()]
        });
        Ok(Mesh {
            points: points.collect(),
            presence: sigmoid(presence.first().copied().unwrap_or_default()),
        })
    }
}
