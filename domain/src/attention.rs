//! What the camera saw in an interview, a stream of its own beside the dialogue and under the same id.
//!
//! Frames are analysed and dropped; only the readings stay. They are recorded in batches, from any
//! worker and in any order; a frame counts once.

pub mod command;
pub mod error;
pub mod event;
pub mod looking;
pub mod neutral;

use std::collections::BTreeSet;

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use serde::{Deserialize, Serialize};

use self::command::{AttentionCommand, RecordFrames, TakeCalibration};
use self::error::AttentionError;
use self::event::{AttentionEvent, CalibrationTaken, FrameAnalysed, Neutral};
use crate::ids::StreamId;

/// The most frames in one batch.
pub const MAX_BATCH: usize = 64;

/// What the camera saw in one interview.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Attention {
    seen: BTreeSet<(StreamId, u64)>,
    calibrated: Option<StreamId>,
    neutral: Option<Neutral>,
    frames: Vec<FrameAnalysed>,
}

impl Attention {
    /// How this person looks into the camera, once it was calibrated.
    pub fn neutral(&self) -> Option<&Neutral> {
        self.neutral.as_ref()
    }

    /// Every reading, in the order of capture.
    pub fn frames(&self) -> &[FrameAnalysed] {
        &self.frames
    }

    fn record(&self, command: RecordFrames) -> Result<Vec<FrameAnalysed>, AttentionError> {
        if command.frames.len() > MAX_BATCH {
            return Err(AttentionError::BatchTooLarge { frames: command.frames.len(), most: MAX_BATCH });
        }
        let mut batch = BTreeSet::new();
        let fresh: Vec<_> = command
            .frames
            .into_iter()
            .filter(|frame| {
                let key = (frame.stream_id, frame.sequence);
                !self.seen.contains(&key) && batch.insert(key)
            })
            .collect();
        if fresh.is_empty() { Err(AttentionError::AlreadyAnalysed) } else { Ok(fresh) }
    }
}

impl Aggregate for Attention {
    const TYPE: &'static str = "attention";
    type Command = AttentionCommand;
    type Event = AttentionEvent;
    type Error = AttentionError;
    type Services = ();

    async fn handle(
        &mut self,
        command: AttentionCommand,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), AttentionError> {
        match command {
            AttentionCommand::RecordFrames(command) => {
                for frame in self.record(command)? {
                    sink.write(frame.into(), self).await;
                }
            }
            AttentionCommand::TakeCalibration(TakeCalibration { stream_id, neutral, taken_at }) => {
                if self.calibrated == Some(stream_id) {
                    return Err(AttentionError::AlreadyCalibrated);
                }
                sink.write(CalibrationTaken { stream_id, neutral, taken_at }.into(), self).await;
            }
        }
        Ok(())
    }

    fn apply(&mut self, event: AttentionEvent) {
        match event {
            AttentionEvent::FrameAnalysed(event) => {
                self.seen.insert((event.stream_id, event.sequence));
                let place = self.frames.partition_point(|frame| frame.captured_at <= event.captured_at);
                self.frames.insert(place, event);
            }
            AttentionEvent::CalibrationTaken(event) => {
                self.calibrated = Some(event.stream_id);
                self.neutral = Some(event.neutral);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Duration, TimeZone, Utc};
    use cqrs_es::test::TestFramework;
    use uuid::Uuid;

    use super::event::FrameReading;
    use super::*;

    const STREAM: StreamId = StreamId(Uuid::from_u128(1));

    fn at() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 22, 9, 0, 0).unwrap()
    }

    fn frame(sequence: u64) -> FrameAnalysed {
        FrameAnalysed {
            stream_id: STREAM,
            sequence,
            captured_at: at() + Duration::milliseconds(500 * i64::try_from(sequence).unwrap()),
            analyser: "opencv/1".into(),
            reading: FrameReading::NoFace { light: 0.5 },
        }
    }

    fn record(frames: Vec<FrameAnalysed>) -> AttentionCommand {
        AttentionCommand::RecordFrames(RecordFrames { frames })
    }

    #[test]
    fn a_batch_is_one_commit_of_many_events() {
        TestFramework::<Attention>::with(())
            .given_no_previous_events()
            .when(record(vec![frame(1), frame(2)]))
            .then_expect_events(vec![frame(1).into(), frame(2).into()]);
    }

    #[test]
    fn a_frame_that_comes_twice_counts_once() {
        TestFramework::<Attention>::with(())
            .given(vec![frame(1).into()])
            .when(record(vec![frame(1), frame(2), frame(2)]))
            .then_expect_events(vec![frame(2).into()]);
        TestFramework::<Attention>::with(())
            .given(vec![frame(1).into()])
            .when(record(vec![frame(1)]))
            .then_expect_error(AttentionError::AlreadyAnalysed);
    }

    #[test]
    fn frames_out_of_order_are_kept_in_the_order_of_capture() {
        let mut attention = Attention::default();
        for sequence in [3, 1, 2] {
            attention.apply(frame(sequence).into());
        }
        let sequences: Vec<_> = attention.frames().iter().map(|frame| frame.sequence).collect();
        assert_eq!(sequences, [1, 2, 3]);
    }
}
