//! Readings that wait to be recorded, by interview, and the calibration that follows from the first ones.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use interaura_domain::attention::command::{AttentionCommand, RecordFrames, TakeCalibration};
use interaura_domain::attention::error::AttentionError;
use interaura_domain::attention::event::{FrameAnalysed, FrameReading, Neutral};
use interaura_domain::attention::{Attention, MAX_BATCH, neutral};
use interaura_domain::envelope::{Actor, CommandContext};
use interaura_domain::ids::{CandidateId, CommandId, CorrelationId, InterviewId, StreamId};
use interaura_domain::ports::clock::Clock;
use interaura_domain::ports::commands::{CommandError, CommandRequest, Commands};

/// The most readings that wait for a database that is away; the oldest go first.
const MOST_WAITING: usize = 2_000;

/// The most frames of one face that are kept of a page until its neutral is taken; the oldest go first.
const MOST_KEPT: usize = 120;
/// The most pages whose frames are kept for that. Beyond it all begin anew.
const MOST_PAGES: usize = 500;

struct Batch {
    candidate_id: CandidateId,
    frames: Vec<FrameAnalysed>,
}

/// Readings that wait to be recorded.
#[derive(Default)]
pub(super) struct Batches {
    waiting: Mutex<HashMap<InterviewId, Batch>>,
    calibrated: Mutex<Calibration>,
}

/// What the neutral of each page follows from. A page that was calibrated by another worker, or before this one
/// began, is calibrated all the same.
#[derive(Default)]
struct Calibration {
    done: HashSet<StreamId>,
    faces: HashMap<StreamId, Vec<FrameAnalysed>>,
}

impl Calibration {
    /// Keeps frames of a page, and tells its neutral once it follows from them.
    fn neutral(&mut self, stream_id: StreamId, frames: &[FrameAnalysed]) -> Option<Neutral> {
        if self.done.contains(&stream_id) {
            return None;
        }
        if self.faces.len() >= MOST_PAGES && !self.faces.contains_key(&stream_id) {
            self.faces.clear();
        }
        let kept = self.faces.entry(stream_id).or_default();
        let is_face =
            |frame: &&FrameAnalysed| matches!(&frame.reading, FrameReading::Face(face) if face.faces == 1);
        let of_page = frames.iter().filter(|frame| frame.stream_id == stream_id);
        kept.extend(of_page.filter(is_face).cloned());
        kept.drain(..kept.len().saturating_sub(MOST_KEPT));
        neutral::of(kept.iter())
    }

    fn finish(&mut self, stream_id: StreamId) {
        self.faces.remove(&stream_id);
        self.done.insert(stream_id);
    }
}

impl Batches {
    pub(super) fn add(&self, interview_id: InterviewId, candidate_id: CandidateId, frame: FrameAnalysed) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let batch = waiting.entry(interview_id).or_insert_with(|| Batch { candidate_id, frames: Vec::new() });
        batch.frames.push(frame);
        let over = batch.frames.len().saturating_sub(MOST_WAITING);
        batch.frames.drain(..over);
    }

    /// Records all that waits; what cannot be recorded now waits on.
    pub(super) async fn record(&self, commands: &dyn Commands<Attention>, clock: &dyn Clock) {
        let waiting = std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        for (interview_id, batch) in waiting {
            for frames in batch.frames.chunks(MAX_BATCH) {
                self.record_some(commands, clock, interview_id, batch.candidate_id, frames.to_vec()).await;
            }
        }
    }

    async fn record_some(
        &self,
        commands: &dyn Commands<Attention>,
        clock: &dyn Clock,
        interview_id: InterviewId,
        candidate_id: CandidateId,
        frames: Vec<FrameAnalysed>,
    ) {
        let Some(stream_id) = frames.last().map(|frame| frame.stream_id) else { return };
        let request = |command| CommandRequest {
            aggregate_id: interview_id.0,
            command,
            context: CommandContext {
                command_id: CommandId(clock.new_id()),
                correlation_id: CorrelationId(stream_id.0),
                causation_id: None,
                actor: Actor::Reaction("frame_analysis".to_owned()),
                candidate_id,
            },
            companions: Vec::new(),
        };
        let record = AttentionCommand::RecordFrames(RecordFrames { frames: frames.clone() });
        match commands.execute(request(record)).await {
            Ok(_) => {}
            Err(CommandError::Refused(AttentionError::AlreadyAnalysed)) => return,
            Err(CommandError::Unavailable(_) | CommandError::Busy) => {
                for frame in frames {
                    self.add(interview_id, candidate_id, frame);
                }
                return;
            }
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::warn!(interview.id = %interview_id, error, "readings of frames were not recorded");
                return;
            }
        }
        let Some(neutral) = self.calibration().neutral(stream_id, &frames) else { return };
        let taken = TakeCalibration { stream_id, neutral, taken_at: clock.now() };
        match commands.execute(request(AttentionCommand::TakeCalibration(taken))).await {
            Ok(_) | Err(CommandError::Refused(AttentionError::AlreadyCalibrated)) => {
                self.calibration().finish(stream_id);
            }
            // The next batch tries again.
            Err(error) => {
                tracing::debug!(error = &error as &dyn std::error::Error, "a neutral was not taken");
            }
        }
    }

    fn calibration(&self) -> MutexGuard<'_, Calibration> {
        self.calibrated.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use chrono::{TimeZone as _, Utc};
    use interaura_domain::attention::event::{FaceBox, FaceReading, Gaze, HeadPose};
    use uuid::Uuid;

    use super::*;

    const PAGE: StreamId = StreamId(Uuid::from_u128(1));

    fn frame(sequence: u64, faces: u8) -> FrameAnalysed {
        let face = FaceReading {
            faces,
            face: FaceBox { x: 0.25, y: 0.25, width: 0.5, height: 0.5 },
            head: Some(HeadPose { yaw: 4.0, pitch: 2.0, roll: 0.0 }),
            gaze: Gaze::Toward,
            shoulders: None,
            light: 0.5,
            confidence: 0.9,
        };
        FrameAnalysed {
            stream_id: PAGE,
            sequence,
            captured_at: Utc.with_ymd_and_hms(2026, 11, 22, 9, 0, 0).unwrap(),
            analyser: "bytes/1".to_owned(),
            reading: FrameReading::Face(face),
        }
    }

    #[test]
    fn the_neutral_follows_from_batches_and_is_sought_no_more_once_it_was_taken() {
        let mut calibration = Calibration::default();
        let batch = |from: u64| (from..from + 4).map(|sequence| frame(sequence, 1)).collect::<Vec<_>>();
        assert_eq!(calibration.neutral(PAGE, &batch(1)), None);
        assert_eq!(calibration.neutral(PAGE, &batch(5)), None);
        assert!(calibration.neutral(PAGE, &batch(9)).is_some());
        calibration.finish(PAGE);
        assert_eq!(calibration.neutral(PAGE, &batch(13)), None);
        assert!(calibration.faces.is_empty());
    }

    #[test]
    fn whoever_never_looks_into_the_camera_takes_no_more_room_with_time() {
        let mut calibration = Calibration::default();
        let mut away = frame(1, 1);
        if let FrameReading::Face(face) = &mut away.reading {
            face.gaze = Gaze::Away;
        }
        for _ in 0..1_000 {
            assert_eq!(calibration.neutral(PAGE, &[away.clone(), frame(2, 3)]), None);
        }
        assert_eq!(calibration.faces[&PAGE].len(), MOST_KEPT);
    }
}
