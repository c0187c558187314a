//! Readings that wait to be recorded, by interview, and the calibration that follows from the first ones.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use interaura_domain::attention::command::{AttentionCommand, RecordFrames, TakeCalibration};
use interaura_domain::attention::error::AttentionError;
use interaura_domain::attention::event::FrameAnalysed;
use interaura_domain::attention::{Attention, MAX_BATCH, neutral};
use interaura_domain::envelope::{Actor, CommandContext};
use interaura_domain::ids::{CandidateId, CommandId, CorrelationId, InterviewId, StreamId};
use interaura_domain::ports::clock::Clock;
use interaura_domain::ports::commands::{CommandError, CommandRequest, Commands};

/// The most readings that wait for a database that is away; the oldest go first.
const MOST_WAITING: usize = 2_000;

struct Batch {
    candidate_id: CandidateId,
    frames: Vec<FrameAnalysed>,
}

/// Readings that wait to be recorded.
#[derive(Default)]
pub(super) struct Batches {
    waiting: Mutex<HashMap<InterviewId, Batch>>,
    calibrated: Mutex<HashSet<StreamId>>,
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
        if self.is_calibrated(stream_id) {
            return;
        }
        let Ok(attention) = commands.load(interview_id.0).await else { return };
        let of_stream = attention.frames().iter().filter(|frame| frame.stream_id == stream_id);
        let Some(neutral) = neutral::of(of_stream) else { return };
        let taken = TakeCalibration { stream_id, neutral, taken_at: clock.now() };
        if commands.execute(request(AttentionCommand::TakeCalibration(taken))).await.is_ok() {
            self.calibrated.lock().unwrap_or_else(PoisonError::into_inner).insert(stream_id);
        }
    }

    fn is_calibrated(&self, stream_id: StreamId) -> bool {
        self.calibrated.lock().unwrap_or_else(PoisonError::into_inner).contains(&stream_id)
    }
}
