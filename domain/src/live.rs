//! The words of a live interview: what a page sends over its socket, and what it is told.
//!
//! Binary messages are media: a byte for the kind, the sequence number and the time of capture, then the
//! body. Text messages are JSON. Media travels on to the workers as it came, its time corrected.

use bytes::{BufMut as _, Bytes, BytesMut};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::attention::event::FrameReading;
use crate::ids::{CandidateId, QuestionId, StreamId, UtteranceId};
use crate::speech::SpokenWord;

/// How long one chunk of audio is.
pub const CHUNK_MS: u64 = 100;
/// Samples in one chunk of audio: 16 kHz, one channel.
pub const CHUNK_SAMPLES: usize = 1_600;
/// Bytes in one chunk of audio.
pub const CHUNK_BYTES: usize = CHUNK_SAMPLES * 2;
/// Bytes before the body of a media message on the browser's socket.
pub const HEADER_BYTES: usize = 17;
/// The largest camera frame, in bytes.
pub const MAX_FRAME_BYTES: usize = 512 * 1024;
/// How much audio a page keeps until it is committed; beyond that it is lost, and says so.
pub const KEPT_MS: u64 = 60_000;

/// What a media message carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaKind {
    /// 100 ms of signed 16-bit little-endian samples.
    Audio,
    /// One JPEG.
    Frame,
}

/// A media message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaPacket {
    /// What it carries.
    pub kind: MediaKind,
    /// From 1, for each kind and stream.
    pub sequence: u64,
    /// When it was captured.
    pub captured_at: DateTime<Utc>,
    /// Audio or JPEG.
    pub body: Bytes,
}

/// What is wrong with a media message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PacketError {
    /// It ends within its header.
    #[error("a media message has {HEADER_BYTES} bytes before its body; this one has {0} in all")]
    Short(usize),
    /// Neither audio nor a frame.
    #[error("media is of kind 1 (audio) or 2 (frame), not {0}")]
    UnknownKind(u8),
    /// Numbers begin at 1.
    #[error("sequence numbers begin at 1")]
    NoSequence,
    /// Not a time.
    #[error("the time of capture is no time")]
    NoTime,
    /// A chunk of the wrong length.
    #[error("a chunk of audio has {CHUNK_BYTES} bytes, not {0}")]
    ChunkLength(usize),
    /// An empty frame, or one that is too large.
    #[error("a frame has 1 to {MAX_FRAME_BYTES} bytes, not {0}")]
    FrameLength(usize),
}

impl MediaPacket {
    /// Reads a message: kind, sequence and ms since 1970 as big-endian numbers of 1, 8 and 8 bytes, then
    /// the body.
    ///
    /// # Errors
    /// It breaks a rule that [`PacketError`] names.
    pub fn parse(message: &Bytes) -> Result<Self, PacketError> {
        if message.len() < HEADER_BYTES {
            return Err(PacketError::Short(message.len()));
        }
        let number = |from: usize| {
            message[from..from + 8].iter().fold(0_u64, |number, byte| (number << 8) | u64::from(*byte))
        };
        let body = message.slice(HEADER_BYTES..);
        let kind = match message[0] {
            1 if body.len() != CHUNK_BYTES => return Err(PacketError::ChunkLength(body.len())),
            1 => MediaKind::Audio,
            2 if body.is_empty() || body.len() > MAX_FRAME_BYTES => {
                return Err(PacketError::FrameLength(body.len()));
            }
            2 => MediaKind::Frame,
            other => return Err(PacketError::UnknownKind(other)),
        };
        let sequence = number(1);
        if sequence == 0 {
            return Err(PacketError::NoSequence);
        }
        let captured_at = i64::try_from(number(9)).ok().and_then(DateTime::from_timestamp_millis);
        Ok(Self { kind, sequence, captured_at: captured_at.ok_or(PacketError::NoTime)?, body })
    }

    /// The message as [`Self::parse`] reads it.
    pub fn encode(&self) -> Bytes {
        let mut message = BytesMut::with_capacity(HEADER_BYTES + self.body.len());
        message.put_u8(match self.kind {
            MediaKind::Audio => 1,
            MediaKind::Frame => 2,
        });
        message.put_u64(self.sequence);
        message.put_u64(u64::try_from(self.captured_at.timestamp_millis()).unwrap_or(0));
        message.put_slice(&self.body);
        message.freeze()
    }

    /// The samples of a chunk of audio.
    pub fn samples(&self) -> Vec<i16> {
        self.body.chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]])).collect()
    }
}

/// A camera frame on its way from the socket to a worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveFrame {
    /// The page's stream.
    pub stream_id: StreamId,
    /// Whose interview it is.
    pub candidate_id: CandidateId,
    /// The frame.
    pub packet: MediaPacket,
}

impl LiveFrame {
    /// Reads what [`Self::encode`] wrote.
    pub fn parse(message: &Bytes) -> Option<Self> {
        let id = |from: usize| Uuid::from_slice(message.get(from..from + 16)?).ok();
        let (stream_id, candidate_id) = (StreamId(id(0)?), CandidateId(id(16)?));
        let packet = MediaPacket::parse(&message.slice(32..)).ok()?;
        (packet.kind == MediaKind::Frame).then_some(Self { stream_id, candidate_id, packet })
    }

    /// Both ids, then the media message.
    pub fn encode(&self) -> Bytes {
        let packet = self.packet.encode();
        let mut message = BytesMut::with_capacity(32 + packet.len());
        message.put_slice(self.stream_id.0.as_bytes());
        message.put_slice(self.candidate_id.0.as_bytes());
        message.put_slice(&packet);
        message.freeze()
    }
}

/// A chunk of audio on its way from the socket to the worker that hears the interview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveChunk {
    /// The page's stream.
    pub stream_id: StreamId,
    /// The chunk.
    pub packet: MediaPacket,
}

impl LiveChunk {
    /// Reads what [`Self::encode`] wrote.
    pub fn parse(message: &Bytes) -> Option<Self> {
        let stream_id = StreamId(Uuid::from_slice(message.get(..16)?).ok()?);
        let packet = MediaPacket::parse(&message.slice(16..)).ok()?;
        (packet.kind == MediaKind::Audio).then_some(Self { stream_id, packet })
    }

    /// The stream's id, then the media message.
    pub fn encode(&self) -> Bytes {
        let packet = self.packet.encode();
        let mut message = BytesMut::with_capacity(16 + packet.len());
        message.put_slice(self.stream_id.0.as_bytes());
        message.put_slice(&packet);
        message.freeze()
    }
}

/// What a page says in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum PageSays {
    /// The first message of a socket.
    Hello {
        /// The page's stream; the same one after a lost connection.
        stream_id: StreamId,
        /// The page's clock.
        now: DateTime<Utc>,
    },
    /// What is said answers this question.
    Question {
        /// Which one; `None` between questions.
        question_id: Option<QuestionId>,
        /// From which chunk on; without it from the next one that is wanted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<u64>,
    },
    /// The last words of an answer were spoken: make final what was heard so far.
    Finalize {
        /// Comes back with the answer.
        request_id: Uuid,
        /// The last chunk that was sent.
        last: u64,
    },
    /// Chunks that the page no longer has.
    Lost {
        /// The first one.
        first: u64,
        /// The last one.
        last: u64,
    },
    /// The page goes.
    Bye,
}

/// What travels from a page's socket to the worker that hears the interview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spoken {
    /// The page's stream.
    pub stream_id: StreamId,
    /// What was said.
    pub says: PageSays,
}

/// A page wants to be heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// The page's stream.
    pub stream_id: StreamId,
    /// Whose interview it is.
    pub candidate_id: CandidateId,
}

/// What a page is told, with the stream that it concerns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// The stream; pages with another one do not get it.
    pub stream_id: StreamId,
    /// What it is told.
    pub news: News,
}

/// What a page is told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum News {
    /// Somebody hears the stream: send audio from here on.
    Hearing {
        /// The next chunk that is wanted.
        from: u64,
        /// Who hears it, with version.
        engine: String,
    },
    /// Everything up to here is committed; the page may forget it.
    Committed {
        /// The last chunk.
        up_to: u64,
    },
    /// Words that may still change, in place of the interim words before.
    Interim {
        /// When the first word began.
        started_at: DateTime<Utc>,
        /// With times from `started_at`.
        words: Vec<SpokenWord>,
    },
    /// Words that stay.
    Utterance {
        /// Their id.
        utterance_id: UtteranceId,
        /// The question they answer.
        question_id: Option<QuestionId>,
        /// When the first word began.
        started_at: DateTime<Utc>,
        /// With times from `started_at`.
        words: Vec<SpokenWord>,
    },
    /// All that was asked to be made final is.
    Finalized {
        /// From the request.
        request_id: Uuid,
        /// The position of the last event; `None` where nothing was said.
        position: Option<u64>,
    },
    /// Another engine hears the stream now.
    EngineSwitched {
        /// Which one.
        engine: String,
        /// Why, in words for the candidate.
        reason: String,
    },
    /// What the camera shows now.
    Seen {
        /// The frame.
        sequence: u64,
        /// What it shows.
        reading: FrameReading,
    },
    /// Another page took over; this one is heard no more.
    Replaced,
    /// Something does not work; what to do about it.
    Trouble {
        /// In a sentence or two.
        message: String,
    },
}

/// How far a page's clock is behind ours; added to its times.
pub fn clock_offset(page: DateTime<Utc>, ours: DateTime<Utc>) -> TimeDelta {
    ours - page
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;

    use super::*;

    fn packet(kind: MediaKind, bytes: usize) -> MediaPacket {
        MediaPacket {
            kind,
            sequence: 70_000,
            captured_at: Utc.with_ymd_and_hms(2026, 11, 22, 9, 0, 0).unwrap(),
            body: vec![1; bytes].into(),
        }
    }

    #[test]
    fn a_packet_survives_the_round_trip() {
        for packet in [packet(MediaKind::Audio, CHUNK_BYTES), packet(MediaKind::Frame, 99)] {
            assert_eq!(MediaPacket::parse(&packet.encode()), Ok(packet));
        }
    }

    #[test]
    fn media_between_socket_and_worker_survives_the_round_trip() {
        let stream_id = StreamId(Uuid::from_u128(1));
        let packet_of = |kind, bytes| packet(kind, bytes);
        let chunk = LiveChunk { stream_id, packet: packet_of(MediaKind::Audio, CHUNK_BYTES) };
        assert_eq!(LiveChunk::parse(&chunk.encode()), Some(chunk));
        let candidate_id = CandidateId(Uuid::from_u128(2));
        let frame = LiveFrame { stream_id, candidate_id, packet: packet_of(MediaKind::Frame, 50) };
        assert_eq!(LiveFrame::parse(&frame.encode()), Some(frame.clone()));
        assert_eq!(LiveChunk::parse(&frame.encode()), None);
    }

    #[test]
    fn samples_are_little_endian() {
        let mut chunk = packet(MediaKind::Audio, CHUNK_BYTES);
        chunk.body = [vec![0xff, 0x7f, 0x00, 0x80], vec![0; CHUNK_BYTES - 4]].concat().into();
        assert_eq!(chunk.samples()[..3], [i16::MAX, i16::MIN, 0]);
    }

    #[test]
    fn what_is_no_media_is_refused() {
        let parse = |bytes: Vec<u8>| MediaPacket::parse(&bytes.into());
        assert_eq!(parse(vec![1; 3]), Err(PacketError::Short(3)));
        assert_eq!(parse(vec![9; 40]), Err(PacketError::UnknownKind(9)));
        assert_eq!(parse(packet(MediaKind::Audio, 10).encode().into()), Err(PacketError::ChunkLength(10)));
        assert_eq!(parse(packet(MediaKind::Frame, 0).encode().into()), Err(PacketError::FrameLength(0)));
        let large = packet(MediaKind::Frame, MAX_FRAME_BYTES + 1).encode();
        assert_eq!(parse(large.into()), Err(PacketError::FrameLength(MAX_FRAME_BYTES + 1)));
        let mut timeless = packet(MediaKind::Frame, 9).encode().to_vec();
        timeless[9..17].fill(0xff);
        assert_eq!(parse(timeless), Err(PacketError::NoTime));
        let mut unnumbered = packet(MediaKind::Frame, 9).encode().to_vec();
        unnumbered[1..9].fill(0);
        assert_eq!(parse(unnumbered), Err(PacketError::NoSequence));
    }

    #[test]
    fn words_are_spelled_as_pages_spell_them() {
        let said: PageSays = serde_json::from_str(r#"{"type":"question","questionId":null}"#).unwrap();
        assert_eq!(said, PageSays::Question { question_id: None, from: None });
        let said = serde_json::from_str(r#"{"type":"question","questionId":null,"from":7}"#);
        assert_eq!(said.ok(), Some(PageSays::Question { question_id: None, from: Some(7) }));
        let told = serde_json::to_value(News::Committed { up_to: 7 }).unwrap();
        assert_eq!(told, serde_json::json!({ "type": "committed", "upTo": 7 }));
    }
}
