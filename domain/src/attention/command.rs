//! What can be asked of an interview's attention stream.

use chrono::{DateTime, Utc};

use super::event::{FrameAnalysed, Neutral};
use crate::ids::StreamId;

/// A request to an attention stream.
#[derive(Debug, Clone, PartialEq)]
pub enum AttentionCommand {
    /// Frames were analysed.
    RecordFrames(RecordFrames),
    /// The candidate looked into the camera on purpose.
    TakeCalibration(TakeCalibration),
}

/// Frames were analysed.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordFrames {
    /// 1 to 64 of them, in any order.
    pub frames: Vec<FrameAnalysed>,
}

/// The candidate looked into the camera on purpose.
#[derive(Debug, Clone, PartialEq)]
pub struct TakeCalibration {
    /// The page's stream.
    pub stream_id: StreamId,
    /// How they look then.
    pub neutral: Neutral,
    /// Now.
    pub taken_at: DateTime<Utc>,
}
