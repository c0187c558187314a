//! Finds faces with `MediaPipe`'s full-range detector.
//!
//! The picture is looked at whole, at 192 pixels. One clear face that is close to the camera settles it:
//! that is what nearly every frame of an interview shows. Otherwise it is looked at again, smaller, with a
//! margin around it: turned heads and faces near the edge show up better then, and patterns that only
//! resemble a face at one size do not. It is looked at in parts too, for faces that are small; what they
//! show is believed if it stays a face in a region of its own size. The thresholds were tuned on labelled
//! pictures, each person left out in turn.

use ::opencv::Result;

use super::Picture;
use super::crop::Crop;
use super::geometry::{Point, Region};
use super::network::{Network, Scale, sigmoid};

const MODEL: &[u8] = include_bytes!("../../../models/vision/face_detection_full_range.onnx");
/// The input's side, in pixels.
const SIDE: u16 = 192;
/// The model looks for a face around each point of a grid of this many a side.
const GRID: u16 = 48;
/// Numbers that describe a face: a box and six points, two numbers each.
const NUMBERS: usize = 16;

/// Scores below are noise.
const NOISE: f32 = 0.05;
/// Boxes that share more than this (intersection by union) show the same face.
const SAME_FACE: f32 = 0.3;
/// Faces whose middles are closer than this share of their size are one, too.
const SAME_PLACE: f32 = 0.6;

/// At the first look, a face at or above this is one.
const SURELY: f32 = 0.7;
/// At the first look, anything below this is none.
const SURELY_NOT: f32 = 0.15;
/// A sure face of at least this share of the longer side sits before the camera.
const CLOSE: f32 = 0.18;
/// Where neither the first look nor the one with a margin shows more than this, nobody is there.
const NOBODY: f32 = 0.1;

/// How much larger than the picture the region with the margin is.
const MARGIN: f32 = 1.5;
/// What the first look and the one with the margin count.
const WEIGHTS: [f32; 2] = [0.25, 0.75];
/// By these two, the only face is one from here on,
const ONLY_FACE: f32 = 0.24;
/// and any other from here on.
const FURTHER_FACE: f32 = 0.55;
/// By these two, only what is at least this share of the longer side is a face; a lone smaller one is
/// doubtful.
const SMALL: f32 = 0.12;

/// A part's share of the longer side.
const PART: f32 = 0.6;
/// What a part shows is looked at in its own region from here on,
const PART_SHOWS: f32 = 0.3;
/// unless it is larger than this share of the longer side (the looks at all of the picture show that better),
const PART_LARGEST: f32 = 0.18;
/// which is this many times its size.
const OWN_REGION: f32 = 4.5;
/// At most so many are looked at, the best first.
const MOST_OWN_REGIONS: usize = 6;
/// A face from here on, by the mean of both.
const SMALL_FACE: f32 = 0.55;

/// A face that was found. Pixels of the picture.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct DetectedFace {
    /// 0 to 1.
    pub(super) score: f32,
    pub(super) centre: Point,
    pub(super) width: f32,
    pub(super) height: f32,
    /// Eye, eye, nose, mouth, ear, ear; of the pairs, the one on the left of the picture first.
    pub(super) points: [Point; 6],
}

impl DetectedFace {
    pub(super) fn area(&self) -> f32 {
        self.width * self.height
    }

    /// The longer side.
    pub(super) fn size(&self) -> f32 {
        self.width.max(self.height)
    }

    /// Of the line between the eyes: clockwise as seen, in radians.
    pub(super) fn roll(&self) -> f32 {
        (self.points[1] - self.points[0]).angle()
    }

    /// Intersection by union.
    fn overlap(&self, other: &Self) -> f32 {
        let shared = |one: f32, one_size: f32, other: f32, other_size: f32| {
            let end = (one + one_size / 2.0).min(other + other_size / 2.0);
            (end - (one - one_size / 2.0).max(other - other_size / 2.0)).max(0.0)
        };
        let both = shared(self.centre.x, self.width, other.centre.x, other.width)
            * shared(self.centre.y, self.height, other.centre.y, other.height);
        both / (self.area() + other.area() - both).max(f32::EPSILON)
    }
}

/// What must be seen beside the one face before it is believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubt {
    /// It is weak: the mesh must fit, or a body be beneath it.
    Weak,
    /// It is weak and small: the mesh must fit.
    Small,
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Sighting {
    pub(super) faces: Vec<DetectedFace>,
    pub(super) doubt: Option<Doubt>,
}

impl Sighting {
    fn has(&self, face: &DetectedFace) -> bool {
        self.faces
            .iter()
            .any(|known| (known.centre - face.centre).length() < SAME_PLACE * known.size().max(face.size()))
    }

    fn add(&mut self, face: &DetectedFace, score: f32) {
        if !self.has(face) {
            self.faces.push(DetectedFace { score, ..face.clone() });
        }
    }

    /// Adds the best of what the looks at all of the picture saw, if that may be the only face.
    fn add_only(&mut self, seen: &[Seen], longer: f32) {
        let best = seen.iter().max_by(|one, other| one.by_both().total_cmp(&other.by_both()));
        if let Some(best) = best.filter(|best| self.faces.is_empty() && best.by_both() >= ONLY_FACE) {
            self.doubt = (best.face.size() < SMALL * longer).then_some(Doubt::Small);
            self.add(&best.face, best.by_both());
        }
    }
}

/// The looks at all of the picture.
const WHOLE: usize = 0;
const WITH_MARGIN: usize = 1;

/// A face with the best score that each look gave it.
struct Seen {
    face: DetectedFace,
    best: [f32; 2],
}

impl Seen {
    fn by_both(&self) -> f32 {
        WEIGHTS[0] * self.best[WHOLE] + WEIGHTS[1] * self.best[WITH_MARGIN]
    }
}

/// Finds faces.
pub(super) struct FaceDetector {
    network: Network,
}

impl FaceDetector {
    pub(super) fn load() -> Result<Self> {
        // Boxes and points, then scores.
        Ok(Self { network: Network::load(MODEL, &["t576", "t562"], Scale::AroundZero)? })
    }

    pub(super) fn detect(&mut self, picture: &Picture) -> Result<Sighting> {
        let longer = picture.longer_side();
        let middle = Point::new(f32::from(picture.width) - 1.0, f32::from(picture.height) - 1.0) * 0.5;
        let whole = self.look(picture, middle, longer)?;
        let seen = grouped(&[&whole]);
        let sure = |face: &DetectedFace| face.score >= SURELY;
        let close = seen.iter().any(|seen| sure(&seen.face) && seen.face.size() >= CLOSE * longer);
        if close && seen.iter().all(|seen| sure(&seen.face) || seen.face.score < SURELY_NOT) {
            let faces = seen.into_iter().map(|seen| seen.face).filter(sure).collect();
            return Ok(Sighting { faces, doubt: None });
        }
        let with_margin = self.look(picture, middle, longer * MARGIN)?;
        if whole.iter().chain(&with_margin).all(|face| face.score < NOBODY) {
            return Ok(Sighting::default());
        }
        let mut parts = Vec::new();
        for place in part_places(picture) {
            parts.extend(self.look(picture, place, longer * PART)?);
        }
        let large = grouped(&[&whole, &with_margin]);
        let mut sighting = Sighting::default();
        for seen in large.iter().filter(|seen| seen.best[WHOLE] >= SURELY) {
            sighting.add(&seen.face, seen.best[WHOLE]);
        }
        let mut others: Vec<&Seen> = large.iter().filter(|seen| seen.best[WHOLE] < SURELY).collect();
        others.retain(|seen| seen.by_both() >= FURTHER_FACE && seen.face.size() >= SMALL * longer);
        others.sort_by(|one, other| other.by_both().total_cmp(&one.by_both()));
        for seen in others {
            sighting.add(&seen.face, seen.by_both());
        }
        self.add_small(picture, grouped(&[&parts]), &mut sighting)?;
        sighting.add_only(&large, longer);
        sighting.doubt = match &sighting.faces[..] {
            [only] if only.score < SURELY => sighting.doubt.or(Some(Doubt::Weak)),
            _ => None,
        };
        Ok(sighting)
    }

    /// Adds faces that stay faces in a region of their own size.
    fn add_small(&mut self, picture: &Picture, parts: Vec<Seen>, sighting: &mut Sighting) -> Result<()> {
        let shown = parts.into_iter().map(|seen| seen.face);
        let largest = PART_LARGEST * picture.longer_side();
        let shown =
            shown.filter(|face| face.score >= PART_SHOWS && face.size() < largest && !sighting.has(face));
        let mut believed = Vec::new();
        for face in shown.take(MOST_OWN_REGIONS) {
            let own = self.look(picture, face.centre, face.size() * OWN_REGION)?;
            let same = own.iter().filter(|other| other.overlap(&face) > SAME_FACE);
            let score = f32::midpoint(face.score, same.map(|face| face.score).fold(0.0, f32::max));
            if score >= SMALL_FACE {
                believed.push((score, face));
            }
        }
        believed.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        for (score, face) in believed {
            sighting.add(&face, score);
        }
        Ok(())
    }

    /// All candidates in a square, by its middle and its side.
    fn look(&mut self, picture: &Picture, centre: Point, side: f32) -> Result<Vec<DetectedFace>> {
        let region = Region { centre, half: side / 2.0, angle: 0.0 };
        let crop = Crop::cut(picture, region, SIDE)?;
        let [boxes, scores] = self.network.run(&crop.bgr)?;
        let grid = (0..GRID).flat_map(|row| (0..GRID).map(move |column| (row, column)));
        let candidates =
            grid.zip(scores).zip(boxes.chunks_exact(NUMBERS)).filter_map(|((cell, score), numbers)| {
                let score = sigmoid(score);
                (score > NOISE).then(|| decoded(&crop, cell, score, numbers))
            });
        Ok(candidates.collect())
    }
}

/// The model's numbers are ways from the middle of a cell, in pixels of its input.
fn decoded(crop: &Crop, (row, column): (u16, u16), score: f32, numbers: &[f32]) -> DetectedFace {
    let cell = f32::from(SIDE) / f32::from(GRID);
    let middle = Point::new((f32::from(column) + 0.5) * cell, (f32::from(row) + 0.5) * cell);
    let pair = |at: usize| Point::new(numbers[2 * at], numbers[2 * at + 1]);
    DetectedFace {
        score,
        centre: crop.in_picture(middle + pair(0)),
        width: numbers[2] * crop.step(),
        height: numbers[3] * crop.step(),
        points: std::array::from_fn(|point| crop.in_picture(middle + pair(point + 2))),
    }
}

/// The middles of parts that cover the picture: three along its longer side and, unless it is a strip, two
/// along the other.
fn part_places(picture: &Picture) -> Vec<Point> {
    let half = picture.longer_side() * PART / 2.0;
    let along = |length: u16, longer: bool| {
        let length = f32::from(length);
        match (longer, length > 2.0 * half) {
            (true, _) => vec![half, length / 2.0, length - half],
            (false, true) => vec![half, length - half],
            (false, false) => vec![length / 2.0],
        }
    };
    let wide = picture.width >= picture.height;
    let rows = along(picture.height, !wide);
    let columns = along(picture.width, wide);
    rows.iter().flat_map(|y| columns.iter().map(move |x| Point::new(*x, *y))).collect()
}

/// One face for all candidates that show the same.
fn grouped(looks: &[&[DetectedFace]]) -> Vec<Seen> {
    let of_look = |(look, faces): (usize, &&'_ [DetectedFace])| {
        faces.iter().map(|face| (look, face.clone())).collect::<Vec<_>>()
    };
    let mut waiting: Vec<(usize, DetectedFace)> = looks.iter().enumerate().flat_map(of_look).collect();
    waiting.sort_by(|(_, one), (_, other)| other.score.total_cmp(&one.score));
    let mut groups = Vec::new();
    while let Some((_, best)) = waiting.first().cloned() {
        let (same, others): (Vec<_>, Vec<_>) =
            waiting.into_iter().partition(|(_, face)| *face == best || face.overlap(&best) > SAME_FACE);
        groups.push(merged(&same));
        waiting = others;
    }
    groups
}

/// Placed at the mean, weighted by the square of the scores.
fn merged(same: &[(usize, DetectedFace)]) -> Seen {
    let total: f32 = same.iter().map(|(_, face)| face.score * face.score).sum();
    let mut seen = Seen { face: DetectedFace::default(), best: [0.0; 2] };
    for (look, face) in same {
        let share = face.score * face.score / total;
        let mean = &mut seen.face;
        mean.score = mean.score.max(face.score);
        mean.centre = mean.centre + face.centre * share;
        mean.width += face.width * share;
        mean.height += face.height * share;
        for (point, of_face) in mean.points.iter_mut().zip(face.points) {
            *point = *point + of_face * share;
        }
        seen.best[*look] = seen.best[*look].max(face.score);
    }
    seen
}
