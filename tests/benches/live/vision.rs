//! Camera frames: how often faces are counted rightly, where heads point, and what a frame costs.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use bytes::Bytes;
use interaura_adapters::frame_analyser::opencv::{OpenCvAnalyser, SHOULDERS_EVERY};
use interaura_domain::attention::event::{FaceReading, FrameReading, Gaze, HeadPose};
use interaura_domain::ports::frame_analyser::FrameAnalyser;
use opencv::core::{BORDER_REPLICATE, Mat, Scalar, Size, Vector, copy_make_border};
use opencv::dnn::{Net, blob_from_image, read_net_from_onnx};
use opencv::imgcodecs::{IMREAD_COLOR, IMWRITE_JPEG_QUALITY, imdecode, imencode};
use opencv::imgproc::{INTER_AREA, resize};
use opencv::prelude::*;

use crate::figure::{Bound, Figure, Report};

/// A head is turned aside from here on, in degrees.
const ASIDE: f32 = 13.0;
/// It is raised from here on,
const RAISED: f32 = 9.0;
/// unless it is turned aside farther than this.
const RAISED_AND_ASIDE: f32 = 17.0;
/// How often each side of the comparison of costs is measured.
const ROUNDS: usize = 12;

/// One row of the manifest.
struct Labelled {
    file: String,
    faces: usize,
    head: String,
    gaze: String,
}

/// Where a head points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Frontal,
    Left,
    Right,
    Up,
}

/// Gives what the models of a frame cost bare, in ms.
pub(crate) async fn measure(folder: &Path, report: &mut Report) -> Option<f64> {
    let analyser = OpenCvAnalyser::new(1).unwrap();
    let (mut counts, mut directions, mut toward, mut gazes) = (vec![], vec![], vec![], vec![]);
    for labelled in manifest(folder) {
        let jpeg = jpeg(&folder.join(&labelled.file));
        let reading = analyser.analyse(jpeg).await.unwrap();
        let face = match &reading {
            FrameReading::Face(face) => Some(face),
            FrameReading::NoFace { .. } | FrameReading::CannotTell { .. } => None,
        };
        let seen = face.map_or(0, |face| usize::from(face.faces));
        if labelled.faces <= 4 {
            counts.push(seen == labelled.faces);
        }
        if labelled.faces != 1 {
            continue;
        }
        if let Some(labelled) = direction_label(&labelled.head) {
            let read = face.and_then(|face| face.head).map(direction);
            directions.push(read == Some(labelled));
            let is_frontal = read == Some(Direction::Frontal);
            toward.push(read.is_some() && is_frontal == (labelled == Direction::Frontal));
        }
        gazes.extend(face.and_then(|face| right_gaze(&labelled.gaze, face)));
    }
    share(report, "live/vision/face_count_accuracy", &counts, 0.95, 0.98);
    share(report, "live/vision/head_direction_accuracy", &directions, 0.85, 0.95);
    share(report, "live/vision/head_toward_accuracy", &toward, 0.90, 0.97);
    share(report, "live/vision/gaze_accuracy_where_told", &gazes, 0.85, 0.95);
    cost(folder, report).await
}

fn manifest(folder: &Path) -> Vec<Labelled> {
    let text = fs::read_to_string(folder.join("MANIFEST.tsv")).unwrap();
    let rows = text.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    rows.map(|row| Labelled {
        file: row[0].to_owned(),
        faces: row[3].parse().unwrap(),
        head: row[4].to_owned(),
        gaze: row[5].to_owned(),
    })
    .collect()
}

/// The file as it is, or, where it is no JPEG, as one of high quality.
fn jpeg(path: &Path) -> Bytes {
    let bytes = fs::read(path).unwrap();
    if bytes.starts_with(&[0xFF, 0xD8]) {
        return bytes.into();
    }
    encoded(&imdecode(&Vector::from_slice(&bytes), IMREAD_COLOR).unwrap(), 95)
}

fn encoded(picture: &Mat, quality: i32) -> Bytes {
    let mut jpeg = Vector::new();
    imencode(".jpg", picture, &mut jpeg, &Vector::from_slice(&[IMWRITE_JPEG_QUALITY, quality])).unwrap();
    jpeg.to_vec().into()
}

/// `None` where the label says neither clearly.
fn direction_label(label: &str) -> Option<Direction> {
    if label.starts_with("turned image-left") {
        Some(Direction::Left)
    } else if label.starts_with("turned image-right") {
        Some(Direction::Right)
    } else if label == "up" {
        Some(Direction::Up)
    } else {
        label.starts_with("frontal").then_some(Direction::Frontal)
    }
}

fn direction(head: HeadPose) -> Direction {
    if head.pitch > RAISED && head.yaw.abs() < RAISED_AND_ASIDE {
        Direction::Up
    } else if head.yaw.abs() < ASIDE {
        Direction::Frontal
    } else if head.yaw < 0.0 {
        Direction::Left
    } else {
        Direction::Right
    }
}

/// Whether the gaze is as labelled; `None` where one of the two does not tell.
fn right_gaze(label: &str, face: &FaceReading) -> Option<bool> {
    let read = match face.gaze {
        Gaze::Toward => true,
        Gaze::Away => false,
        Gaze::CannotTell => return None,
    };
    match label {
        "camera" => Some(read),
        "off-camera" => Some(!read),
        _ => None,
    }
}

#[expect(clippy::cast_precision_loss, reason = "there are a few hundred pictures")]
fn share(report: &mut Report, name: &str, right: &[bool], must: f64, goal: f64) {
    if right.is_empty() {
        return;
    }
    let value = right.iter().filter(|right| **right).count() as f64 / right.len() as f64;
    report.add(&Figure {
        name: name.to_owned(),
        value,
        unit: "share of pictures",
        baseline: None,
        bound: Bound::AtLeast,
        must,
        goal,
    });
}

/// A frame's whole analysis beside decoding it and calling the same models bare, one thread each: as
/// often as they are called for one close face, shoulders included in one frame of some.
#[expect(clippy::cast_precision_loss, reason = "there are eight turns")]
async fn cost(folder: &Path, report: &mut Report) -> Option<f64> {
    let frame = webcam_frame(folder)?;
    let analyser = OpenCvAnalyser::new(1).unwrap();
    let mut models = BareModels::load();
    // Other work on the machine only ever adds: the least of several rounds is what a turn costs.
    let (mut whole, mut bare) = (Duration::ZERO, Duration::ZERO);
    let mut least = vec![(Duration::MAX, Duration::MAX); usize::try_from(SHOULDERS_EVERY).unwrap()];
    for _ in 0..ROUNDS {
        for (turn, (analysed, called)) in least.iter_mut().enumerate() {
            let started = Instant::now();
            black_box(analyser.analyse(frame.clone()).await.unwrap());
            *analysed = (*analysed).min(started.elapsed());
            let started = Instant::now();
            models.call(&frame, turn == 0);
            *called = (*called).min(started.elapsed());
        }
    }
    for (analysed, called) in &least {
        whole += *analysed;
        bare += *called;
    }
    let per_frame = |all: Duration| all.as_secs_f64() * 1000.0 / least.len() as f64;
    report.add(&Figure {
        name: "live/vision/frame".to_owned(),
        value: per_frame(whole),
        unit: "ms",
        baseline: Some(per_frame(bare)),
        bound: Bound::AtMost,
        must: 1.4,
        goal: 1.1,
    });
    Some(per_frame(bare))
}

/// A 640 by 480 picture of one frontal face that looks into the camera, as a browser would send it.
pub(crate) fn webcam_frame(folder: &Path) -> Option<Bytes> {
    let rows = manifest(folder);
    let portrait = rows.iter().find(|row| row.faces == 1 && row.head == "frontal" && row.gaze == "camera")?;
    let picture = imdecode(&Vector::from_slice(&jpeg(&folder.join(&portrait.file))), IMREAD_COLOR).unwrap();
    let scale = (640.0 / f64::from(picture.cols())).min(480.0 / f64::from(picture.rows()));
    let (mut fitted, mut frame) = (Mat::default(), Mat::default());
    resize(&picture, &mut fitted, Size::default(), scale, scale, INTER_AREA).unwrap();
    let (right, bottom) = (640 - fitted.cols(), 480 - fitted.rows());
    let (left, top) = (right / 2, bottom / 2);
    let (right, bottom) = (right - left, bottom - top);
    copy_make_border(&fitted, &mut frame, top, bottom, left, right, BORDER_REPLICATE, Scalar::default())
        .unwrap();
    Some(encoded(&frame, 80))
}

/// The models alone, each with an input that is ready.
struct BareModels {
    face: Bare,
    mesh: Bare,
    iris: Bare,
    body: Bare,
}

struct Bare {
    net: Net,
    input: Mat,
    outputs: Vector<String>,
}

impl BareModels {
    fn load() -> Self {
        Self {
            face: Bare::load("face_detection_full_range", 192, &["t576", "t562"]),
            mesh: Bare::load("face_landmark", 192, &["t213", "t210"]),
            iris: Bare::load("iris_landmark", 64, &["t384", "t385"]),
            body: Bare::load("pose_landmark_lite", 256, &["t310", "t315"]),
        }
    }

    fn call(&mut self, jpeg: &Bytes, with_body: bool) {
        black_box(imdecode(&Vector::from_slice(jpeg), IMREAD_COLOR).unwrap());
        self.face.call();
        self.mesh.call();
        self.iris.call();
        self.iris.call();
        if with_body {
            self.body.call();
        }
    }
}

impl Bare {
    fn load(name: &str, side: i32, outputs: &[&str]) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../adapters/models/vision");
        let net = read_net_from_onnx(folder.join(name).with_extension("onnx").to_str().unwrap()).unwrap();
        let grey =
            Mat::new_rows_cols_with_default(side, side, opencv::core::CV_8UC3, Scalar::all(90.0)).unwrap();
        let scale = 1.0 / 255.0;
        let input = blob_from_image(
            &grey,
            scale,
            Size::default(),
            Scalar::default(),
            true,
            false,
            opencv::core::CV_32F,
        )
        .unwrap();
        Self { net, input, outputs: outputs.iter().copied().collect() }
    }

    fn call(&mut self) {
        let mut said = Vector::<Mat>::new();
        self.net.set_input_def(&self.input).unwrap();
        self.net.forward(&mut said, &self.outputs).unwrap();
        black_box(said);
    }
}
