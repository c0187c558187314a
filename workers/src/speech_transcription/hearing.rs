//! One stream of audio, heard by one worker: chunks in, words out, everything committed before it is
//! acknowledged.

use std::collections::VecDeque;
use std::time::Duration;

use bytes::Bytes;
use interaura_domain::envelope::{Actor, CommandContext, Position};
use interaura_domain::ids::{CommandId, CorrelationId, InterviewId, StreamId, UtteranceId};
use interaura_domain::live::{CHUNK_MS, Call, LiveChunk, News, PageSays, Spoken, Told};
use interaura_domain::ports::Cause;
use interaura_domain::ports::commands::{CommandError, CommandRequest};
use interaura_domain::ports::leases::Lease;
use interaura_domain::ports::live_media::{Channel, LiveListener};
use interaura_domain::ports::speech_to_text::{Heard, SpeechError, SpeechSession};
use interaura_domain::speech::SpokenWord;
use interaura_domain::transcript::command::{
    EndTranscription, RecordGap, RecordUtterance, StartTranscription, SwitchEngine, TranscriptCommand,
};
use interaura_domain::transcript::error::TranscriptError;
use interaura_domain::transcript::event::{AudioRange, GapCause};
use sha2::{Digest as _, Sha256};
use tokio::time::{Instant, MissedTickBehavior};
use uuid::Uuid;

use super::SpeechTranscription;
use super::buffer::{Arrival, Buffer};
use super::questions::Questions;

/// A silence that is committed by itself, so that the page need not keep it, in ms.
const SILENCE_MS: u64 = 10_000;
/// Without a call for this long the page is gone.
const GONE: Duration = Duration::from_secs(15);
/// How often a missing chunk is asked for.
const ASK_AGAIN: Duration = Duration::from_millis(500);
/// How long an engine may take to make final what comes before lost chunks.
const FINAL_WITHIN: Duration = Duration::from_secs(10);
/// After so many more chunks an engine that has not made its words final is asked to once more.
const FINALIZE_AGAIN: u64 = 20;

/// No page has more chunks than an interview lasts.
const MOST_CHUNKS: u64 = 4 * 60 * 60 * 1_000 / CHUNK_MS;

/// How a hearing ended.
pub(super) enum Ending {
    /// The page went, or was not heard of for long.
    Gone,
    /// Another page wants to be heard.
    TakenOver(Call),
    /// Another worker has the lease.
    LeaseLost,
}

/// Words that were asked to be made final.
struct Request {
    id: Uuid,
    last: u64,
}

/// Chunks that will never come, from the next one that is wanted on. What was heard before them is committed
/// first, and nothing else is taken until then.
struct Lost {
    last: u64,
    /// When the engine is given up that does not make final what was heard before.
    until: Instant,
}

/// One stream being heard.
pub(super) struct Hearing<'a> {
    work: &'a SpeechTranscription,
    interview_id: InterviewId,
    call: Call,
    engine: usize,
    session: Box<dyn SpeechSession>,
    audio: Box<dyn LiveListener>,
    calls: Box<dyn LiveListener>,
    buffer: Buffer,
    questions: Questions,
    lost: Option<Lost>,
    requests: VecDeque<Request>,
    /// Which chunk was wanted when the engine was last asked to make its words final.
    finalized_at: Option<u64>,
    /// How often engines failed since something was committed.
    failures: usize,
    position: Option<Position>,
    asked_at: Option<Instant>,
}

impl<'a> Hearing<'a> {
    /// Starts the transcription of a page's stream where it was left.
    pub(super) async fn begin(
        work: &'a SpeechTranscription,
        interview_id: InterviewId,
        call: Call,
    ) -> Result<Self, Cause> {
        let audio = work.media.follow(Channel::Audio, interview_id).await?;
        let calls = work.media.follow(Channel::Calls, interview_id).await?;
        let transcript = work.commands.load(interview_id.0).await?;
        if let Some(other) = transcript.stream().filter(|stream| *stream != call.stream_id) {
            tell(work, interview_id, other, News::Replaced).await;
        }
        let (engine, session) = open_first(work, 0).await?;
        let mut hearing = Self {
            buffer: Buffer::after(transcript.committed(call.stream_id)),
            work,
            interview_id,
            call,
            engine,
            session,
            audio,
            calls,
            questions: Questions::default(),
            lost: None,
            requests: VecDeque::new(),
            finalized_at: None,
            failures: 0,
            position: None,
            asked_at: None,
        };
        let start = StartTranscription {
            stream_id: call.stream_id,
            engine: hearing.engine_name().to_owned(),
            started_at: work.clock.now(),
        };
        let started = work.clock.new_id();
        hearing.execute(TranscriptCommand::Start(start), started).await?;
        hearing.tell_hearing().await;
        Ok(hearing)
    }

    /// Hears until the page is gone or another takes over.
    pub(super) async fn run(mut self, lease: &mut Lease, holder: &str) -> Result<Ending, Cause> {
        let mut renewal = tokio::time::interval(self.work.leases.lifetime() / 3);
        renewal.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut called = Instant::now();
        loop {
            tokio::select! {
                message = self.audio.next(), if self.lost.is_none() => {
                    let Some((_, body)) = message else { return Err("the carrier is gone".into()) };
                    if self.take(&body).await? {
                        self.end().await?;
                        return Ok(Ending::Gone);
                    }
                }
                heard = self.session.heard() => match heard {
                    Ok(heard) => self.commit(heard).await?,
                    Err(error) => self.switch(error).await?,
                },
                () = overdue(self.lost.as_ref()) => {
                    let silent = SpeechError::Unavailable("no words became final in time".into());
                    self.switch(silent).await?;
                }
                call = self.calls.next() => {
                    let Some((_, body)) = call else { return Err("the carrier is gone".into()) };
                    let Ok(call) = serde_json::from_slice::<Call>(&body) else { continue };
                    if call.stream_id != self.call.stream_id {
                        self.tell(News::Replaced).await;
                        return Ok(Ending::TakenOver(call));
                    }
                    called = Instant::now();
                }
                _ = renewal.tick() => {
                    match self.work.leases.renew(lease, holder).await? {
                        Some(renewed) => *lease = renewed,
                        None => return Ok(Ending::LeaseLost),
                    }
                    if called.elapsed() > GONE {
                        self.end().await?;
                        return Ok(Ending::Gone);
                    }
                }
            }
        }
    }

    fn engine_name(&self) -> &str {
        self.work.engines.get(self.engine).map_or("none", |engine| engine.name())
    }

    /// Takes a message of the page; `true` where it says good-bye.
    async fn take(&mut self, body: &Bytes) -> Result<bool, Cause> {
        if body.first() == Some(&b'{') {
            let Ok(spoken) = serde_json::from_slice::<Spoken>(body) else { return Ok(false) };
            return if spoken.stream_id == self.call.stream_id {
                self.listen(spoken.says).await
            } else {
                Ok(false)
            };
        }
        let Some(LiveChunk { stream_id, packet }) = LiveChunk::parse(body) else { return Ok(false) };
        if stream_id != self.call.stream_id {
            return Ok(false);
        }
        let samples = packet.samples();
        match self.buffer.take(packet.sequence, packet.captured_at, samples.clone()) {
            Arrival::Next => {
                if let Err(error) = self.session.hear(&samples).await {
                    self.switch(error).await?;
                }
                self.finalize_if_here().await?;
            }
            Arrival::Known => {}
            Arrival::Ahead(wanted) => {
                // One request brings all that follow; more of them would bring them again.
                if self.asked_at.is_none_or(|asked| asked.elapsed() > ASK_AGAIN) {
                    self.asked_at = Some(Instant::now());
                    tracing::debug!(chunk = wanted, "a chunk of audio is missing");
                    self.tell_hearing().await;
                }
            }
        }
        Ok(false)
    }

    async fn listen(&mut self, says: PageSays) -> Result<bool, Cause> {
        match says {
            // After a lost connection the page asks where it was.
            PageSays::Hello { .. } => self.tell_hearing().await,
            PageSays::Question { question_id, from } => {
                self.questions.ask(from.unwrap_or_else(|| self.buffer.wanted()), question_id);
            }
            PageSays::Finalize { request_id, last } => {
                self.requests.push_back(Request { id: request_id, last });
                self.finalized_at = None;
                self.finalize_if_here().await?;
            }
            PageSays::Lost { first, last } => self.lose(first, last).await?,
            PageSays::Bye => return Ok(true),
        }
        Ok(false)
    }

    /// Moves on over what the page no longer has, as one gap.
    async fn lose(&mut self, first: u64, last: u64) -> Result<(), Cause> {
        let wanted = self.buffer.wanted();
        if first > wanted || last < wanted || last > MOST_CHUNKS {
            return Ok(());
        }
        self.lost = Some(Lost { last, until: Instant::now() + FINAL_WITHIN });
        if self.buffer.waiting_ms() == 0 {
            return self.pass_over_lost().await;
        }
        match self.session.finalize().await {
            Ok(()) => Ok(()),
            Err(error) => self.switch(error).await,
        }
    }

    /// Records what was lost once all before it is committed.
    async fn pass_over_lost(&mut self) -> Result<(), Cause> {
        if self.buffer.waiting_ms() > 0 {
            return Ok(());
        }
        let Some(Lost { last, .. }) = self.lost.take() else { return Ok(()) };
        self.record_gap(last, GapCause::Lost).await?;
        self.buffer.skip_to(last);
        self.tell(News::Committed { up_to: last }).await;
        self.settle_requests().await
    }

    /// Whether all audio of a request is here.
    fn is_asked(&self) -> bool {
        self.requests.iter().any(|request| request.last < self.buffer.wanted())
    }

    async fn finalize_if_here(&mut self) -> Result<(), Cause> {
        if !self.is_asked() {
            return Ok(());
        }
        if self.buffer.waiting_ms() == 0 {
            return self.settle_requests().await;
        }
        // Each asking cuts what is being said: once is enough for all that was heard until then.
        let wanted = self.buffer.wanted();
        if self.finalized_at.is_some_and(|at| wanted < at + FINALIZE_AGAIN) {
            return Ok(());
        }
        self.finalized_at = Some(wanted);
        match self.session.finalize().await {
            Ok(()) => Ok(()),
            Err(error) => self.switch(error).await,
        }
    }

    /// Commits what an engine heard, then tells the page.
    async fn commit(&mut self, heard: Heard) -> Result<(), Cause> {
        match heard {
            Heard::Interim { start_ms, words } => {
                let Some(started_at) = self.buffer.moment(start_ms) else { return Ok(()) };
                self.tell(News::Interim { started_at, words }).await;
                return Ok(());
            }
            Heard::Final { until_ms, words, .. } if words.is_empty() => {
                let last = self.buffer.last_before(until_ms);
                self.commit_gap(last, GapCause::NoWords).await?;
            }
            Heard::Final { start_ms, until_ms, words } => {
                self.commit_words(start_ms, until_ms, words).await?;
            }
            Heard::Silence { until_ms } => {
                let last = self.buffer.last_before(until_ms);
                let asked = self.lost.is_some() || self.requests.iter().any(|request| request.last <= last);
                let waiting = last.saturating_sub(self.buffer.committed()) * CHUNK_MS;
                if asked || waiting >= SILENCE_MS {
                    self.commit_gap(last, GapCause::Silence).await?;
                }
            }
        }
        self.pass_over_lost().await?;
        self.settle_requests().await
    }

    async fn commit_words(
        &mut self,
        start_ms: u64,
        until_ms: u64,
        words: Vec<SpokenWord>,
    ) -> Result<(), Cause> {
        let last = self.buffer.last_before(until_ms);
        let Some(started_at) = self.buffer.moment(start_ms).filter(|_| last > self.buffer.committed()) else {
            return Ok(());
        };
        let audio = self.range(last);
        let question_id = self.questions.at(last);
        let utterance_id = UtteranceId(derived(audio.stream_id, audio.first, "utterance"));
        let duration_ms = words.last().map_or(0, |word| word.end_ms);
        let record = RecordUtterance {
            utterance_id,
            question_id,
            audio,
            started_at,
            duration_ms,
            words: words.clone(),
        };
        self.record(TranscriptCommand::RecordUtterance(Box::new(record)), audio).await?;
        self.tell(News::Utterance { utterance_id, question_id, started_at, words }).await;
        self.committed(last).await;
        Ok(())
    }

    async fn commit_gap(&mut self, last: u64, cause: GapCause) -> Result<(), Cause> {
        if last <= self.buffer.committed() {
            return Ok(());
        }
        self.record_gap(last, cause).await?;
        self.committed(last).await;
        Ok(())
    }

    async fn record_gap(&mut self, last: u64, cause: GapCause) -> Result<(), Cause> {
        let audio = self.range(last);
        let begin_ms = self.buffer.end_ms() - self.buffer.waiting_ms();
        let gap = RecordGap {
            audio,
            cause,
            started_at: self.buffer.moment(begin_ms).unwrap_or_else(|| self.work.clock.now()),
            duration_ms: (audio.last + 1 - audio.first) * CHUNK_MS,
        };
        self.record(TranscriptCommand::RecordGap(gap), audio).await
    }

    fn range(&self, last: u64) -> AudioRange {
        AudioRange { stream_id: self.call.stream_id, first: self.buffer.committed() + 1, last }
    }

    async fn record(&mut self, command: TranscriptCommand, audio: AudioRange) -> Result<(), Cause> {
        self.execute(command, derived(audio.stream_id, audio.first, "record")).await
    }

    async fn committed(&mut self, last: u64) {
        self.buffer.commit(last);
        self.failures = 0;
        self.tell(News::Committed { up_to: last }).await;
    }

    async fn settle_requests(&mut self) -> Result<(), Cause> {
        while let Some(request) = self.requests.front() {
            if request.last > self.buffer.committed() {
                return Ok(());
            }
            let news = News::Finalized {
                request_id: request.id,
                position: self.position.map(|position| position.0),
            };
            self.requests.pop_front();
            self.tell(news).await;
        }
        Ok(())
    }

    /// The next engine hears what is not committed yet; after the last one the same is tried again.
    async fn switch(&mut self, error: SpeechError) -> Result<(), Cause> {
        let mut failed = Some(error);
        while let Some(error) = failed {
            {
                let error = &error as &dyn std::error::Error;
                tracing::warn!(engine = self.engine_name(), error, "a speech engine gave up");
            }
            self.failures += 1;
            if self.failures > self.work.engines.len() {
                // Every engine failed on this audio, and one of them twice: it is not tried without end.
                if self.buffer.waiting_ms() == 0 {
                    return Err(error.into());
                }
                let last = self.buffer.wanted() - 1;
                self.commit_gap(last, GapCause::EngineFailed).await?;
                self.pass_over_lost().await?;
                self.settle_requests().await?;
            }
            failed = self.hand_over(&error).await?;
        }
        Ok(())
    }

    /// Opens the next engine and lets it hear what is not committed; how that fails, if it does.
    async fn hand_over(&mut self, error: &SpeechError) -> Result<Option<SpeechError>, Cause> {
        let reason = match error {
            SpeechError::Unavailable(_) => "not available".to_owned(),
            SpeechError::Refused(reason) => reason.clone(),
        };
        (self.engine, self.session) = open_first(self.work, self.engine + 1).await?;
        let to = self.engine_name().to_owned();
        let switch =
            SwitchEngine { to: to.clone(), reason: reason.clone(), switched_at: self.work.clock.now() };
        let switched = self.work.clock.new_id();
        self.execute(TranscriptCommand::SwitchEngine(switch), switched).await?;
        self.tell(News::EngineSwitched { engine: to, reason }).await;
        for samples in self.buffer.replay() {
            if let Err(error) = self.session.hear(samples).await {
                return Ok(Some(error));
            }
            // Finding voices takes a while for each chunk: others have their turn in between.
            tokio::task::yield_now().await;
        }
        if let Some(lost) = &mut self.lost {
            lost.until = Instant::now() + FINAL_WITHIN;
        }
        if self.lost.is_some() || self.is_asked() {
            self.finalized_at = Some(self.buffer.wanted());
            return Ok(self.session.finalize().await.err());
        }
        Ok(None)
    }

    async fn end(&mut self) -> Result<(), Cause> {
        let end = EndTranscription { ended_at: self.work.clock.now() };
        let ended = self.work.clock.new_id();
        self.execute(TranscriptCommand::End(end), ended).await
    }

    async fn execute(&mut self, command: TranscriptCommand, command_id: Uuid) -> Result<(), Cause> {
        let context = CommandContext {
            command_id: CommandId(command_id),
            correlation_id: CorrelationId(self.call.stream_id.0),
            causation_id: None,
            actor: Actor::Reaction("speech_transcription".to_owned()),
            candidate_id: self.call.candidate_id,
        };
        let request =
            CommandRequest { aggregate_id: self.interview_id.0, command, context, companions: Vec::new() };
        match self.work.commands.execute(request).await {
            Ok(committed) => {
                self.position = Some(committed.position);
                Ok(())
            }
            Err(CommandError::Refused(
                TranscriptError::AlreadyStarted
                | TranscriptError::AlreadyTranscribed { .. }
                | TranscriptError::NotStarted,
            )) => Ok(()),
            Err(CommandError::Unavailable(source)) => Err(source),
            Err(error) => Err(error.to_string().into()),
        }
    }

    async fn tell_hearing(&mut self) {
        let engine = self.engine_name().to_owned();
        self.tell(News::Hearing { from: self.buffer.wanted(), engine }).await;
    }

    async fn tell(&mut self, news: News) {
        tell(self.work, self.interview_id, self.call.stream_id, news).await;
    }
}

/// Resolves when what comes before lost chunks should have been final long ago.
async fn overdue(lost: Option<&Lost>) {
    match lost {
        Some(lost) => tokio::time::sleep_until(lost.until).await,
        None => std::future::pending().await,
    }
}

/// Opens the first engine that will, from a place in the list on; past its end the last one is tried.
async fn open_first(
    work: &SpeechTranscription,
    from: usize,
) -> Result<(usize, Box<dyn SpeechSession>), Cause> {
    let last = work.engines.len().saturating_sub(1);
    let mut failed: Cause = "no speech engine is configured".into();
    for (place, engine) in work.engines.iter().enumerate().skip(from.min(last)) {
        match engine.open().await {
            Ok(session) => return Ok((place, session)),
            Err(error) => {
                let engine = engine.name();
                tracing::warn!(
                    engine,
                    error = &error as &dyn std::error::Error,
                    "a speech engine does not start"
                );
                failed = error.into();
            }
        }
    }
    Err(failed)
}

pub(super) async fn tell(
    work: &SpeechTranscription,
    interview_id: InterviewId,
    stream_id: StreamId,
    news: News,
) {
    let Ok(body) = serde_json::to_vec(&Told { stream_id, news }) else { return };
    // Who hears no news asks again.
    if let Err(error) = work.media.send(Channel::Page, interview_id, body.into()).await {
        tracing::debug!(error = &*error as &dyn std::error::Error, "a page was not told");
    }
}

/// An id that follows from a stream and a chunk (UUID v8), so that doing it again has one effect.
fn derived(stream_id: StreamId, chunk: u64, what: &str) -> Uuid {
    let digest = Sha256::digest(format!("{stream_id}\0{chunk}\0{what}"));
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}
