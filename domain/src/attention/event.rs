//! What was seen. Nobody is identified, and no emotion is guessed.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::event::stored_events;
use crate::ids::StreamId;

/// An event of an attention stream.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttentionEvent {
    /// A frame was analysed, and dropped.
    FrameAnalysed(FrameAnalysed),
    /// The candidate's own neutral was taken.
    CalibrationTaken(CalibrationTaken),
}

stored_events!(AttentionEvent {
    FrameAnalysed => "frame_analysed", "1";
    CalibrationTaken => "calibration_taken", "1";
});

/// A frame was analysed, and dropped.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FrameAnalysed {
    /// The page's stream.
    pub stream_id: StreamId,
    /// The frame's number in it, from 1.
    pub sequence: u64,
    /// When it was taken, by the browser's clock.
    pub captured_at: DateTime<Utc>,
    /// Who analysed it, with version.
    pub analyser: String,
    /// What was seen.
    pub reading: FrameReading,
}

/// What one frame shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FrameReading {
    /// At least one face; the largest is described.
    Face(FaceReading),
    /// Nobody is there.
    NoFace {
        /// Mean brightness, 0 (black) to 1 (white).
        light: f32,
    },
    /// Too dark, too blurred or too small to say.
    CannotTell {
        /// Why, in a word or two: `too dark`.
        reason: String,
        /// Mean brightness, 0 to 1.
        light: f32,
    },
}

/// The largest face of a frame.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FaceReading {
    /// How many faces there are.
    pub faces: u8,
    /// Where the largest is.
    pub face: FaceBox,
    /// Where the head points; `None` where it cannot be told.
    pub head: Option<HeadPose>,
    /// Whether the eyes are toward the camera.
    pub gaze: Gaze,
    /// How the shoulders are; `None` where they are not seen or were not looked at in this frame.
    pub shoulders: Option<Shoulders>,
    /// Mean brightness of the face, 0 (black) to 1 (white).
    pub light: f32,
    /// 0 to 1: how sure the analyser is of all this.
    pub confidence: f32,
}

/// A box in shares of the frame's width and height.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FaceBox {
    /// Left edge, 0 to 1.
    pub x: f32,
    /// Top edge, 0 to 1.
    pub y: f32,
    /// Width, 0 to 1.
    pub width: f32,
    /// Height, 0 to 1.
    pub height: f32,
}

/// Where a head points, in degrees; all 0 is straight at the camera.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HeadPose {
    /// Positive is the candidate's own left.
    pub yaw: f32,
    /// Positive is up.
    pub pitch: f32,
    /// Positive leans toward the candidate's own left shoulder.
    pub roll: f32,
}

/// Whether the eyes are toward the camera.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Gaze {
    /// Toward it, or near it.
    Toward,
    /// Elsewhere.
    Away,
    /// Closed, covered or too small.
    CannotTell,
}

/// How the shoulders are.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Shoulders {
    /// The slope of the line between them in degrees; positive is the candidate's own left one higher.
    pub tilt: f32,
    /// Shoulder width to face width: larger is farther back, smaller is leaning in.
    pub lean: f32,
}

/// How one person looks when they look into the camera.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Neutral {
    /// The head.
    pub head: HeadPose,
    /// The face.
    pub face: FaceBox,
    /// Over how many frames.
    pub frames: u32,
}

/// The candidate's own neutral was taken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CalibrationTaken {
    /// The page's stream.
    pub stream_id: StreamId,
    /// How they look then.
    pub neutral: Neutral,
    /// When.
    pub taken_at: DateTime<Utc>,
}
