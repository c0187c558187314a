//! Whether the eyes are toward the camera: by where the irises sit between the corners of the eyes.
//!
//! Both are seen in the picture, so that a head turned aside whose eyes come back to the camera counts as
//! toward it. Where the eyes are too small to see that, a head that points well away still says so.

use ::opencv::Result;
use ::opencv::core::{Mat, flip};
use ::opencv::prelude::*;
use interaura_domain::attention::event::{Gaze, HeadPose};

use super::Picture;
use super::crop::Crop;
use super::face_mesh::Mesh;
use super::geometry::{Point, Region, pixel};
use super::network::{Network, Scale};

const MODEL: &[u8] = include_bytes!("../../../models/vision/iris_landmark.onnx");
const SIDE: u16 = 64;
/// The region that the model looks at, in widths of an eye.
const MARGIN: f32 = 2.3;

/// Corners of the eye on the left of the picture, left one first; the same of the other.
const EYES: [[usize; 2]; 2] = [[33, 133], [362, 263]];
/// The first points of the contour are the lids' edges.
const LIDS: usize = 16;
/// Where the contour has the corners.
const CORNERS: [usize; 2] = [0, 8];

/// Eyes that are narrower show no iris, in pixels.
const NARROWEST: f32 = 18.0;
/// The farther eye of a turned head is not looked at where it is narrower than this share of the other.
const FORESHORTENED: f32 = 0.55;
/// Lids that are closer than this show no iris: height by width.
const CLOSED: f32 = 0.17;
/// A turned head shows the eyes from the side: where the iris of an eye that looks into the camera is, in
/// widths of the eye, for each degree of yaw.
const PER_DEGREE_OF_YAW: f32 = -0.0018;
/// Where it is between the corners, downward.
const ABOVE_CORNERS: f32 = -0.05;
/// How far off the iris may be, in widths of the eye: about 17 degrees aside,
const MOST_ASIDE: f32 = 0.11;
/// and up or down.
const MOST_UP_OR_DOWN: f32 = 0.09;

/// Whites that are darker than this share of the face are none: the eyes are covered.
const COVERED: f32 = 0.35;
/// Where the white of the eye is, in halves of the iris' width from its middle.
const BESIDE: f32 = 1.5;

/// Beyond this a head points away from the camera so far that eyes hardly come back to it, in degrees.
const FAR_AWAY: f32 = 45.0;
/// Beyond this a head points away, aside and upward; eyes that cannot be seen probably do too.
const HEAD_AWAY_YAW: f32 = 20.0;
const HEAD_AWAY_PITCH: f32 = 15.0;

/// Reads where eyes look.
pub(super) struct GazeReader {
    network: Network,
}

/// An iris between the corners of its eye.
struct Iris {
    /// From the middle between the corners, along the line through them and across it, in widths of the
    /// eye.
    offset: Point,
    /// Height by width.
    open: f32,
    /// The eye's width in pixels.
    width: f32,
    /// How bright the white of the eye is, 0 to 1.
    white: f32,
}

impl GazeReader {
    pub(super) fn load() -> Result<Self> {
        // Contour, then iris.
        Ok(Self { network: Network::load(MODEL, &["t384", "t385"], Scale::FromZero)? })
    }

    /// `light` is the face's mean brightness.
    pub(super) fn read(
        &mut self,
        picture: &Picture,
        mesh: &Mesh,
        head: &HeadPose,
        light: f32,
    ) -> Result<Gaze> {
        if head.yaw.abs() > FAR_AWAY {
            return Ok(Gaze::Away);
        }
        let widths = EYES.map(|[left, right]| (mesh.at(right) - mesh.at(left)).length());
        let widest = widths[0].max(widths[1]);
        if widest < NARROWEST {
            let away = head.yaw.abs() > HEAD_AWAY_YAW || head.pitch.abs() > HEAD_AWAY_PITCH;
            return Ok(if away { Gaze::Away } else { Gaze::CannotTell });
        }
        let mut irises = Vec::with_capacity(2);
        for (side, width) in widths.into_iter().enumerate() {
            if width >= widest * FORESHORTENED {
                irises.push(self.iris(picture, mesh, side)?);
            }
        }
        irises.retain(|iris| iris.open >= CLOSED && iris.white >= light * COVERED);
        Ok(judged(&irises, head))
    }

    fn iris(&mut self, picture: &Picture, mesh: &Mesh, side: usize) -> Result<Iris> {
        let [left, right] = EYES[side].map(|corner| mesh.at(corner));
        let across = right - left;
        let (width, angle) = (across.length(), across.angle());
        let region = Region { centre: left.between(right), half: width * MARGIN / 2.0, angle };
        let mut eye = Crop::cut(picture, region, SIDE)?.bgr;
        // The model knows eyes on the right of a picture.
        let mirrored = side == 0;
        if mirrored {
            let mut turned = Mat::default();
            flip(&eye, &mut turned, 1)?;
            eye = turned;
        }
        let [contour, iris] = self.network.run(&eye)?;
        let white = white(&eye, &points(&iris, false))?;
        Ok(measured(&points(&contour, mirrored), &points(&iris, mirrored), width, white))
    }
}

/// A model's points, as they are before the cut-out was mirrored.
fn points(numbers: &[f32], mirrored: bool) -> Vec<Point> {
    let x = |x: f32| if mirrored { f32::from(SIDE) - x } else { x };
    numbers.chunks_exact(3).map(|point| Point::new(x(point[0]), point[1])).collect()
}

/// How bright the white of the eye is, beside the iris: 0 to 1. `iris` are its middle and the ends of its
/// axes, in `eye`.
fn white(eye: &Mat, iris: &[Point]) -> Result<f32> {
    let bytes = eye.data_bytes()?;
    let side = i32::from(SIDE);
    // The mean of three by three pixels of all colours.
    let bright = |at: Point| {
        let (x, y) = (pixel(at.x).clamp(1, side - 2), pixel(at.y).clamp(1, side - 2));
        let rows = (y - 1..=y + 1).filter_map(|row| {
            let first = usize::try_from((row * side + x - 1) * 3).ok()?;
            bytes.get(first..first + 9)
        });
        rows.flatten().map(|value| f32::from(*value)).sum::<f32>() / (27.0 * 255.0)
    };
    let beside = (iris[1] - iris[3]) * (BESIDE / 2.0);
    Ok(bright(iris[0] - beside).max(bright(iris[0] + beside)))
}

fn measured(contour: &[Point], iris: &[Point], width: f32, white: f32) -> Iris {
    let scale = MARGIN / f32::from(SIDE);
    let middle = contour[CORNERS[0]].between(contour[CORNERS[1]]);
    let heights = contour.iter().take(LIDS).map(|point| point.y);
    let (top, bottom) = heights.fold((f32::MAX, f32::MIN), |(top, bottom), y| (top.min(y), bottom.max(y)));
    Iris { offset: (iris[0] - middle) * scale, open: (bottom - top) * scale, width, white }
}

/// The irises' mean, weighted by the eyes' widths, against where it is in eyes that look into the camera.
fn judged(irises: &[Iris], head: &HeadPose) -> Gaze {
    let total: f32 = irises.iter().map(|iris| iris.width).sum();
    if total <= 0.0 {
        return Gaze::CannotTell;
    }
    let mean = irises.iter().fold(Point::default(), |sum, iris| sum + iris.offset * (iris.width / total));
    let aside = mean.x - PER_DEGREE_OF_YAW * head.yaw;
    let down = mean.y - ABOVE_CORNERS;
    if aside.abs() > MOST_ASIDE || down.abs() > MOST_UP_OR_DOWN { Gaze::Away } else { Gaze::Toward }
}
