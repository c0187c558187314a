use std::fs;
use std::path::Path;

use ::opencv::core::{CV_8UC3, Mat, ROTATE_90_CLOCKWISE, Scalar, Size, Vector, flip, rotate};
use ::opencv::imgcodecs::{IMREAD_COLOR, IMREAD_GRAYSCALE, imdecode, imencode_def};
use ::opencv::imgproc::{INTER_AREA, resize};
use ::opencv::prelude::*;
use futures::future::join_all;
use interaura_domain::attention::event::HeadPose;

use super::*;

fn fixture(name: &str) -> Bytes {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/faces");
    fs::read(folder.join(name)).unwrap().into()
}

fn picture(name: &str) -> Mat {
    imdecode(&Vector::from_slice(&fixture(name)), IMREAD_COLOR).unwrap()
}

fn jpeg(mat: &Mat) -> Bytes {
    let mut bytes = Vector::new();
    imencode_def(".jpg", mat, &mut bytes).unwrap();
    bytes.to_vec().into()
}

async fn read(jpeg: Bytes) -> FrameReading {
    OpenCvAnalyser::new(1).unwrap().analyse(jpeg).await.unwrap()
}

async fn face(jpeg: Bytes) -> FaceReading {
    match read(jpeg).await {
        FrameReading::Face(face) => face,
        other => panic!("no face: {other:?}"),
    }
}

async fn head(mat: &Mat) -> HeadPose {
    face(jpeg(mat)).await.head.unwrap()
}

#[tokio::test]
async fn a_portrait_is_one_face_toward_the_camera() {
    let reading = face(fixture("portrait.jpg")).await;
    assert_eq!(reading.faces, 1);
    assert_eq!(reading.gaze, Gaze::Toward);
    let head = reading.head.unwrap();
    assert!(head.yaw.abs() < 8.0 && head.pitch.abs() < 10.0 && head.roll.abs() < 5.0, "{head:?}");
    assert!((0.45..0.65).contains(&(reading.face.x + reading.face.width / 2.0)), "{:?}", reading.face);
    assert!((0.4..0.7).contains(&reading.light) && reading.confidence > 0.7, "{reading:?}");
}

#[tokio::test]
async fn shoulders_are_looked_at_in_one_frame_of_some() {
    let analyser = OpenCvAnalyser::new(1).unwrap();
    let mut seen = Vec::new();
    for _ in 0..=SHOULDERS_EVERY {
        match analyser.analyse(fixture("portrait.jpg")).await.unwrap() {
            FrameReading::Face(face) => seen.push(face.shoulders),
            other => panic!("no face: {other:?}"),
        }
    }
    let shoulders = seen[0].unwrap();
    assert!(shoulders.tilt.abs() < 6.0 && (1.2..2.2).contains(&shoulders.lean), "{shoulders:?}");
    let others = seen.iter().skip(1).filter(|shoulders| shoulders.is_some()).count();
    assert_eq!((others, seen.last()), (1, seen.first()));
}

#[tokio::test]
async fn two_people_are_two_faces() {
    assert_eq!(face(fixture("pair.jpg")).await.faces, 2);
}

#[tokio::test]
async fn a_cat_is_nobody() {
    assert!(matches!(read(fixture("cat.jpg")).await, FrameReading::NoFace { .. }));
}

#[tokio::test]
async fn a_head_turned_to_its_own_left_has_a_positive_yaw() {
    let there = picture("photographer.jpg");
    let mut mirrored = Mat::default();
    flip(&there, &mut mirrored, 1).unwrap();
    let reading = face(jpeg(&there)).await;
    assert_eq!((reading.faces, reading.gaze), (1, Gaze::Away));
    assert!(reading.head.unwrap().yaw > 25.0, "{:?}", reading.head);
    assert!(head(&mirrored).await.yaw < -25.0);
}

#[tokio::test]
async fn a_picture_turned_clockwise_leans_the_head_to_its_own_left() {
    let upright = picture("astronaut.jpg");
    let straight = head(&upright).await;
    let middle = ::opencv::core::Point2f::new(142.0, 78.0);
    for degrees in [-20.0_f64, -10.0, 10.0, 20.0] {
        // The library turns the other way round.
        let matrix = ::opencv::imgproc::get_rotation_matrix_2d(middle, -degrees, 1.0).unwrap();
        let mut turned = Mat::default();
        ::opencv::imgproc::warp_affine_def(&upright, &mut turned, &matrix, upright.size().unwrap()).unwrap();
        let roll = f64::from(head(&turned).await.roll - straight.roll);
        assert!((roll - degrees).abs() < 4.0, "turned by {degrees}: {roll}");
    }
}

#[tokio::test]
async fn grey_pictures_and_pictures_on_their_side_are_read() {
    let grey = imdecode(&Vector::from_slice(&fixture("portrait.jpg")), IMREAD_GRAYSCALE).unwrap();
    assert_eq!(face(jpeg(&grey)).await.gaze, Gaze::Toward);

    // EXIF: turn by 270 degrees to see it upright.
    let mut on_its_side = Mat::default();
    rotate(&picture("portrait.jpg"), &mut on_its_side, ROTATE_90_CLOCKWISE).unwrap();
    let plain = jpeg(&on_its_side);
    let exif: &[u8] =
        b"\xFF\xE1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x08\0\0\0\0\0\0";
    let tagged = [&plain[..2], exif, &plain[2..]].concat();
    let reading = face(tagged.into()).await;
    assert!(reading.head.unwrap().roll.abs() < 5.0, "{reading:?}");
    assert!(reading.face.width < reading.face.height * 640.0 / 480.0, "{:?}", reading.face);
}

#[tokio::test]
async fn what_shows_nothing_is_not_called_empty() {
    let black = Mat::new_rows_cols_with_default(480, 640, CV_8UC3, Scalar::all(3.0)).unwrap();
    let covered = Mat::new_rows_cols_with_default(480, 640, CV_8UC3, Scalar::all(120.0)).unwrap();
    let mut tiny = Mat::default();
    resize(&picture("cat.jpg"), &mut tiny, Size::new(24, 16), 0.0, 0.0, INTER_AREA).unwrap();
    for (mat, why) in [(black, "too dark"), (covered, "too blurred"), (tiny, "too small")] {
        match read(jpeg(&mat)).await {
            FrameReading::CannotTell { reason, .. } => assert_eq!(reason, why),
            other => panic!("{why}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn broken_bytes_are_refused_or_read_but_never_stop_the_analyser() {
    let analyser = OpenCvAnalyser::new(2).unwrap();
    let whole = fixture("astronaut.jpg");
    for end in [0, 2, 20, 300, whole.len() / 2, whole.len() - 1] {
        let cut = analyser.analyse(whole.slice(..end)).await;
        assert!(matches!(cut, Err(FrameError::Unreadable(_))), "{end}: {cut:?}");
    }
    let mut state = 7_usize;
    for _ in 0..60 {
        let mut broken = whole.to_vec();
        for _ in 0..4 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let at = (state >> 20) % (broken.len() - 2);
            broken[at] = state.to_be_bytes()[1];
        }
        let read = analyser.analyse(broken.into()).await;
        assert!(!matches!(read, Err(FrameError::Failed(_))), "{read:?}");
    }
    assert!(matches!(analyser.analyse(whole).await, Ok(FrameReading::Face(_))));
}

#[tokio::test]
async fn frames_side_by_side_are_read_as_one_by_one() {
    let analyser = OpenCvAnalyser::new(2).unwrap();
    let names = ["portrait.jpg", "pair.jpg", "cat.jpg", "photographer.jpg", "astronaut.jpg"];
    let together = join_all(names.map(|name| analyser.analyse(fixture(name)))).await;
    for (name, reading) in names.into_iter().zip(together) {
        let without_shoulders = |reading| match reading {
            FrameReading::Face(face) => FrameReading::Face(FaceReading { shoulders: None, ..face }),
            other => other,
        };
        assert_eq!(
            without_shoulders(reading.unwrap()),
            without_shoulders(read(fixture(name)).await),
            "{name}"
        );
    }
}
