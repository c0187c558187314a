//! Where a head points: half by the mesh's axes in space, half by how nose, ears and eyes of the
//! detector stand to each other. The mesh is finer, but loses its hold on profiles and on dark glasses.

use interaura_domain::attention::event::HeadPose;

use super::face_detector::DetectedFace;
use super::face_mesh::Mesh;

/// Eyes, temple and cheek on the left of the picture, and on its right.
const LEFT: [usize; 7] = [33, 133, 159, 145, 234, 127, 93];
const RIGHT: [usize; 7] = [263, 362, 386, 374, 454, 356, 323];
const FOREHEAD: [usize; 3] = [10, 151, 9];
const CHIN: [usize; 3] = [152, 175, 199];
/// The mesh's axes of a face that looks straight ahead point this much downward, in degrees.
const MESH_PITCH: f32 = -4.0;

/// Fitted by ridge regression to the detector's points on faces of known direction: nose from ears, nose
/// from eyes, and eyes from ears, sideways; nose from eyes, mouth from nose, and ears from eyes, downward;
/// the distance of the eyes; the eyes' height in the box; and a constant.
const YAW: [f32; 9] = [49.3, -7.0, 56.3, 115.5, 114.2, 0.4, -4.3, -51.8, -54.5];
const PITCH: [f32; 9] = [7.9, 70.8, -62.9, -130.2, 42.9, -43.2, 58.9, -76.6, -8.8];
/// Beyond this a pair of eyes is no measure of how the head leans, in radians.
const MOST_ROLL: f32 = 0.6;

/// Where mesh and points differ by more, neither is to be believed, in degrees.
const MOST_DIFFERENCE: f32 = 45.0;

/// Where the head points; `None` where it cannot be told.
pub(super) fn head_pose(face: &DetectedFace, mesh: &Mesh) -> Option<HeadPose> {
    let [yaw, pitch, roll] = by_mesh(mesh);
    let (yaw_by_points, pitch_by_points) = by_points(face);
    let told = (yaw - yaw_by_points).abs() <= MOST_DIFFERENCE && yaw.is_finite() && pitch.is_finite();
    told.then(|| HeadPose {
        yaw: f32::midpoint(yaw, yaw_by_points),
        pitch: f32::midpoint(pitch, pitch_by_points),
        roll,
    })
}

/// Yaw, pitch and roll in degrees.
fn by_mesh(mesh: &Mesh) -> [f32; 3] {
    let side = unit(minus(mesh.mean(&RIGHT), mesh.mean(&LEFT)));
    let down = minus(mesh.mean(&CHIN), mesh.mean(&FOREHEAD));
    // Out of the back of the head.
    let back = unit(cross(side, down));
    let yaw = (-back[0]).atan2(back[2]);
    let pitch = back[1].clamp(-1.0, 1.0).asin();
    let roll = side[1].atan2(side[0]);
    [yaw.to_degrees(), pitch.to_degrees() - MESH_PITCH, roll.to_degrees()]
}

/// Yaw and pitch in degrees.
fn by_points(face: &DetectedFace) -> (f32, f32) {
    let roll = face.roll();
    let roll = if roll.abs() > MOST_ROLL { 0.0 } else { roll };
    let scale = 2.0 / (face.width + face.height);
    let [left_eye, right_eye, nose, mouth, left_ear, right_ear] =
        face.points.map(|point| (point - face.centre).turned(-roll) * scale);
    let (eyes, ears) = (left_eye.between(right_eye), left_ear.between(right_ear));
    let features = [
        nose.x - ears.x,
        nose.x - eyes.x,
        eyes.x - ears.x,
        nose.y - eyes.y,
        mouth.y - nose.y,
        ears.y - eyes.y,
        right_eye.x - left_eye.x,
        eyes.y,
        1.0,
    ];
    let weighed = |weights: [f32; 9]| -> f32 {
        features.iter().zip(weights).map(|(feature, weight)| feature * weight).sum()
    };
    (weighed(YAW), weighed(PITCH))
}

fn minus(one: [f32; 3], other: [f32; 3]) -> [f32; 3] {
    [one[0] - other[0], one[1] - other[1], one[2] - other[2]]
}

fn cross(one: [f32; 3], other: [f32; 3]) -> [f32; 3] {
    [
        one[1] * other[2] - one[2] * other[1],
        one[2] * other[0] - one[0] * other[2],
        one[0] * other[1] - one[1] * other[0],
    ]
}

fn unit(way: [f32; 3]) -> [f32; 3] {
    let length = way.iter().map(|part| part * part).sum::<f32>().sqrt();
    way.map(|part| part / length)
}
