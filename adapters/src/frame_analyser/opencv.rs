//! `OpenCV` with `MediaPipe`'s models: where faces are, where the largest looks, how its owner sits.
//!
//! Each frame is judged by itself, so that any worker may take any frame. Nobody is identified, and
//! nothing is concluded from a face but where its head and its eyes point.
//!
//! What a frame costs: the face detector, the mesh of the largest face, and its irises where the eyes
//! are large enough to see them. A second look of the detector follows only where the first leaves a
//! doubt. Shoulders take as long as all of that together and move slowly: they are looked at in one frame
//! of [`SHOULDERS_EVERY`].

mod crop;
mod decode;
mod face_detector;
mod face_mesh;
mod gaze;
mod geometry;
mod head_pose;
mod light;
mod network;
mod shoulders;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use ::opencv::core::Mat;
use async_trait::async_trait;
use bytes::Bytes;
use interaura_domain::attention::event::{FaceBox, FaceReading, FrameReading, Gaze};
use interaura_domain::ports::frame_analyser::{FrameAnalyser, FrameError};
use tokio::sync::Semaphore;
use tokio::task;

use self::face_detector::{DetectedFace, Doubt, FaceDetector, Sighting};
use self::face_mesh::{FaceMesh, Mesh};
use self::gaze::GazeReader;
use self::shoulders::ShoulderReader;

/// Shoulders are looked at in one frame of this many: every four seconds, at two frames a second.
pub const SHOULDERS_EVERY: u64 = 8;

/// The least the mesh must believe in a face that the detector itself doubts, 0 to 1.
const MESH_SETTLES: f32 = 0.9;
/// The least the body model must believe in a body beneath such a face, 0 to 1.
const LEAST_BODY: f32 = 0.25;
/// Pictures with a shorter side are too small to say that nobody is there, in pixels.
const SMALLEST_SIDE: u16 = 40;
/// Frames that are darker on average do not show whether somebody is there, 0 to 1.
const TOO_DARK: f32 = 0.04;
/// Frames with less detail (mean absolute step from pixel to pixel, of 255) show nothing at all.
const TOO_PLAIN: f64 = 0.4;

/// Looks at frames with `OpenCV`.
///
/// Its models are not to be shared, so that each frame is given a set of its own for as long as it is
/// looked at. Sets are made when first needed: an idle server holds none.
pub struct OpenCvAnalyser {
    idle: Arc<Mutex<Vec<Models>>>,
    places: Semaphore,
    frames: AtomicU64,
}

impl OpenCvAnalyser {
    /// Looks at up to `at_once` frames side by side, each on one thread.
    ///
    /// # Errors
    /// The models cannot be loaded: the one set that is made here to find that out stays ready.
    pub fn new(at_once: usize) -> Result<Self, FrameError> {
        ::opencv::core::set_num_threads(1).map_err(failed)?;
        Ok(Self {
            idle: Arc::new(Mutex::new(vec![Models::load().map_err(failed)?])),
            places: Semaphore::new(at_once.max(1)),
            frames: AtomicU64::new(0),
        })
    }
}

#[async_trait]
impl FrameAnalyser for OpenCvAnalyser {
    fn name(&self) -> &'static str {
        "opencv/1"
    }

    async fn analyse(&self, jpeg: Bytes) -> Result<FrameReading, FrameError> {
        decode::check(&jpeg)?;
        let _place = self.places.acquire().await.map_err(|error| FrameError::Failed(error.into()))?;
        let with_shoulders = self.frames.fetch_add(1, Ordering::Relaxed).is_multiple_of(SHOULDERS_EVERY);
        let idle = Arc::clone(&self.idle);
        let looking = task::spawn_blocking(move || {
            let ready = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let mut models = match ready {
                Some(models) => models,
                None => Models::load().map_err(failed)?,
            };
            let reading = models.look(&jpeg, with_shoulders);
            idle.lock().unwrap_or_else(PoisonError::into_inner).push(models);
            reading
        });
        looking.await.map_err(|error| FrameError::Failed(error.into()))?
    }
}

fn failed(error: ::opencv::Error) -> FrameError {
    FrameError::Failed(error.into())
}

/// One set of models.
struct Models {
    detector: FaceDetector,
    mesh: FaceMesh,
    gaze: GazeReader,
    shoulders: ShoulderReader,
}

impl Models {
    fn load() -> ::opencv::Result<Self> {
        Ok(Self {
            detector: FaceDetector::load()?,
            mesh: FaceMesh::load()?,
            gaze: GazeReader::load()?,
            shoulders: ShoulderReader::load()?,
        })
    }

    fn look(&mut self, jpeg: &[u8], with_shoulders: bool) -> Result<FrameReading, FrameError> {
        let picture = decode::decode(jpeg)?;
        self.look_at(&picture, with_shoulders).map_err(failed)
    }

    fn look_at(&mut self, picture: &Picture, with_shoulders: bool) -> ::opencv::Result<FrameReading> {
        let Sighting { faces, doubt } = self.detector.detect(picture)?;
        let Some(face) = largest(&faces) else {
            return nobody(picture);
        };
        let mesh = self.mesh.fit(picture, face)?;
        let believed = match doubt {
            _ if mesh.presence >= MESH_SETTLES => true,
            Some(Doubt::Small) => false,
            Some(Doubt::Weak) => self.shoulders.presence(picture, face)? >= LEAST_BODY,
            None => true,
        };
        if !believed {
            return nobody(picture);
        }
        let light = light::of_face(picture, face)?;
        let head = head_pose::head_pose(face, &mesh);
        let gaze = match head {
            Some(head) => self.gaze.read(picture, &mesh, &head, light)?,
            None => Gaze::CannotTell,
        };
        let shoulders = if with_shoulders { self.shoulders.read(picture, face)? } else { None };
        Ok(FrameReading::Face(FaceReading {
            faces: u8::try_from(faces.len()).unwrap_or(u8::MAX),
            face: shares(face, picture),
            head,
            gaze,
            shoulders,
            light,
            confidence: confidence(face, &mesh, light),
        }))
    }
}

/// A decoded frame, upright, of three channels: blue, green, red.
struct Picture {
    bgr: Mat,
    width: u16,
    height: u16,
}

impl Picture {
    fn longer_side(&self) -> f32 {
        f32::from(self.width.max(self.height))
    }
}

fn largest(faces: &[DetectedFace]) -> Option<&DetectedFace> {
    faces.iter().max_by(|one, other| one.area().total_cmp(&other.area()))
}

/// What is said of a frame without a face.
fn nobody(picture: &Picture) -> ::opencv::Result<FrameReading> {
    let light = light::of_frame(picture)?;
    let reason = if picture.width.min(picture.height) < SMALLEST_SIDE {
        "too small"
    } else if light < TOO_DARK {
        "too dark"
    } else if light::detail(picture)? < TOO_PLAIN {
        "too blurred"
    } else {
        return Ok(FrameReading::NoFace { light });
    };
    Ok(FrameReading::CannotTell { reason: reason.to_owned(), light })
}

fn shares(face: &DetectedFace, picture: &Picture) -> FaceBox {
    let span = |centre: f32, size: f32, whole: u16| {
        let whole = f32::from(whole);
        let from = ((centre - size / 2.0) / whole).clamp(0.0, 1.0);
        let to = ((centre + size / 2.0) / whole).clamp(0.0, 1.0);
        (from, to - from)
    };
    let (x, width) = span(face.centre.x, face.width, picture.width);
    let (y, height) = span(face.centre.y, face.height, picture.height);
    FaceBox { x, y, width, height }
}

/// The detector's score, less where the mesh does not fit or the face is nearly black.
fn confidence(face: &DetectedFace, mesh: &Mesh, light: f32) -> f32 {
    let fit = 0.5 + 0.5 * mesh.presence;
    let seen = (light / 0.1).clamp(0.3, 1.0);
    (face.score * fit * seen).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests;
