//! What was said in an interview, a stream of its own beside the dialogue and under the same id.
//!
//! Audio arrives in numbered chunks. What is committed here, words or a gap, moves the number up to
//! which the browser may forget its audio; a chunk is never transcribed twice.

pub mod command;
pub mod error;
pub mod event;

use std::collections::BTreeMap;

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use serde::{Deserialize, Serialize};

use self::command::{RecordGap, RecordUtterance, StartTranscription, SwitchEngine, TranscriptCommand};
use self::error::TranscriptError;
use self::event::{
    AudioGapRecorded, AudioRange, EngineSwitched, TranscriptEvent, TranscriptionEnded, TranscriptionStarted,
    UtteranceTranscribed,
};
use crate::ids::{QuestionId, StreamId};

/// The longest utterance, in words; a longer one is cut where it pauses longest.
pub const MAX_WORDS: usize = 2_000;

/// What was said in one interview.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Transcript {
    stream: Option<StreamId>,
    open: bool,
    engine: String,
    committed: BTreeMap<StreamId, u64>,
    utterances: Vec<UtteranceTranscribed>,
}

impl Transcript {
    /// The number of the last chunk whose words or silence are committed; 0 for an unknown stream.
    pub fn committed(&self, stream_id: StreamId) -> u64 {
        self.committed.get(&stream_id).copied().unwrap_or(0)
    }

    /// The stream that is being transcribed.
    pub fn stream(&self) -> Option<StreamId> {
        self.stream.filter(|_| self.open)
    }

    /// Who transcribes, with version; empty before anybody did.
    pub fn engine(&self) -> &str {
        &self.engine
    }

    /// What was said in answer to a question, in order.
    pub fn said_to(&self, question_id: QuestionId) -> impl Iterator<Item = &UtteranceTranscribed> {
        self.utterances.iter().filter(move |utterance| utterance.question_id == Some(question_id))
    }

    /// All that was said, in order.
    pub fn utterances(&self) -> &[UtteranceTranscribed] {
        &self.utterances
    }

    fn start(&self, command: StartTranscription) -> Result<TranscriptionStarted, TranscriptError> {
        if self.open && self.stream == Some(command.stream_id) {
            return Err(TranscriptError::AlreadyStarted);
        }
        Ok(TranscriptionStarted {
            stream_id: command.stream_id,
            engine: command.engine,
            started_at: command.started_at,
        })
    }

    fn switch(&self, command: SwitchEngine) -> Result<EngineSwitched, TranscriptError> {
        if !self.open {
            return Err(TranscriptError::NotStarted);
        }
        Ok(EngineSwitched {
            from: self.engine.clone(),
            to: command.to,
            reason: command.reason,
            switched_at: command.switched_at,
        })
    }

    /// Whether the chunks of a range are the next ones of the stream that is transcribed.
    fn follows(&self, audio: AudioRange) -> Result<(), TranscriptError> {
        if !self.open {
            return Err(TranscriptError::NotStarted);
        }
        if self.stream != Some(audio.stream_id) {
            return Err(TranscriptError::StreamReplaced);
        }
        let committed = self.committed(audio.stream_id);
        if audio.last < audio.first {
            return Err(TranscriptError::EmptyRange);
        }
        if audio.first <= committed {
            return Err(TranscriptError::AlreadyTranscribed { up_to: committed });
        }
        Ok(())
    }

    fn utterance(&self, command: RecordUtterance) -> Result<UtteranceTranscribed, TranscriptError> {
        self.follows(command.audio)?;
        if command.words.is_empty() {
            return Err(TranscriptError::NoWords);
        }
        if command.words.len() > MAX_WORDS {
            return Err(TranscriptError::TooManyWords { words: command.words.len(), most: MAX_WORDS });
        }
        Ok(UtteranceTranscribed {
            utterance_id: command.utterance_id,
            question_id: command.question_id,
            audio: command.audio,
            engine: self.engine.clone(),
            started_at: command.started_at,
            duration_ms: command.duration_ms,
            words: command.words.into(),
        })
    }

    fn gap(&self, command: &RecordGap) -> Result<AudioGapRecorded, TranscriptError> {
        self.follows(command.audio)?;
        Ok(AudioGapRecorded {
            audio: command.audio,
            cause: command.cause,
            started_at: command.started_at,
            duration_ms: command.duration_ms,
        })
    }
}

impl Aggregate for Transcript {
    const TYPE: &'static str = "transcript";
    type Command = TranscriptCommand;
    type Event = TranscriptEvent;
    type Error = TranscriptError;
    type Services = ();

    async fn handle(
        &mut self,
        command: TranscriptCommand,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), TranscriptError> {
        let event: TranscriptEvent = match command {
            TranscriptCommand::Start(command) => self.start(command)?.into(),
            TranscriptCommand::SwitchEngine(command) => self.switch(command)?.into(),
            TranscriptCommand::RecordUtterance(command) => self.utterance(*command)?.into(),
            TranscriptCommand::RecordGap(command) => self.gap(&command)?.into(),
            TranscriptCommand::End(_) if !self.open => return Err(TranscriptError::NotStarted),
            TranscriptCommand::End(command) => TranscriptionEnded { ended_at: command.ended_at }.into(),
        };
        sink.write(event, self).await;
        Ok(())
    }

    fn apply(&mut self, event: TranscriptEvent) {
        match event {
            TranscriptEvent::TranscriptionStarted(event) => {
                self.stream = Some(event.stream_id);
                self.open = true;
                self.engine = event.engine;
            }
            TranscriptEvent::EngineSwitched(event) => self.engine = event.to,
            TranscriptEvent::UtteranceTranscribed(event) => {
                self.committed.insert(event.audio.stream_id, event.audio.last);
                self.utterances.push(event);
            }
            TranscriptEvent::AudioGapRecorded(event) => {
                self.committed.insert(event.audio.stream_id, event.audio.last);
            }
            TranscriptEvent::TranscriptionEnded(_) => self.open = false,
        }
    }
}

#[cfg(test)]
mod tests;
