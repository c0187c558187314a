//! Looks at camera frames. They are analysed and dropped; readings are recorded in batches, and told to
//! the page at once. Any number of workers share the frames; of one page the newest frame wins.

mod batch;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use interaura_domain::attention::Attention;
use interaura_domain::attention::event::{FrameAnalysed, FrameReading};
use interaura_domain::ids::InterviewId;
use interaura_domain::live::{LiveFrame, News, Told};
use interaura_domain::ports::Cause;
use interaura_domain::ports::clock::Clock;
use interaura_domain::ports::commands::Commands;
use interaura_domain::ports::frame_analyser::{FrameAnalyser, FrameError};
use interaura_domain::ports::live_media::{Channel, LiveMedia};
use tokio::sync::Semaphore;

use self::batch::Batches;

/// How long to wait before listening anew after an outage.
const PAUSE: Duration = Duration::from_secs(1);
/// How often readings are recorded.
const RECORD_EVERY: Duration = Duration::from_secs(2);

/// Looks at camera frames.
pub struct FrameAnalysis {
    /// Where readings go.
    pub commands: Arc<dyn Commands<Attention>>,
    /// Where frames come from.
    pub media: Arc<dyn LiveMedia>,
    /// What looks at them.
    pub analyser: Arc<dyn FrameAnalyser>,
    /// How many frames are looked at at once.
    pub at_once: usize,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

/// The newest frame of each interview that nobody looks at yet.
type Waiting = Mutex<HashMap<InterviewId, LiveFrame>>;

impl FrameAnalysis {
    /// Looks at frames for ever. Outages are waited for.
    pub async fn run(self) {
        let this = Arc::new(self);
        let batches = Arc::new(Batches::default());
        let recording = Arc::clone(&this).record_for_ever(Arc::clone(&batches));
        let looking = async {
            loop {
                if let Err(error) = Arc::clone(&this).look(&batches).await {
                    let error = &*error as &dyn std::error::Error;
                    tracing::warn!(error, "frame analysis waits for its servers");
                }
                tokio::time::sleep(PAUSE).await;
            }
        };
        let checking = async {
            loop {
                if let Err(error) = Arc::clone(&this).check().await {
                    let error = &*error as &dyn std::error::Error;
                    tracing::warn!(error, "the check of cameras waits for its servers");
                }
                tokio::time::sleep(PAUSE).await;
            }
        };
        tokio::join!(recording, looking, checking);
    }

    /// Looks at frames of pages that try their camera: nothing of them is recorded. A frame that finds no free
    /// place is dropped; the page sends the next one.
    async fn check(self: Arc<Self>) -> Result<(), Cause> {
        let mut frames = self.media.share(Channel::Checks).await?;
        let places = Arc::new(Semaphore::new(self.at_once.max(1)));
        while let Some((check_id, body)) = frames.next().await {
            let Some(frame) = LiveFrame::parse(&body) else { continue };
            let Ok(place) = Arc::clone(&places).try_acquire_owned() else { continue };
            let this = Arc::clone(&self);
            tokio::spawn(async move {
                this.read_and_tell(check_id, &frame).await;
                drop(place);
            });
        }
        Ok(())
    }

    async fn look(self: Arc<Self>, batches: &Arc<Batches>) -> Result<(), Cause> {
        let mut frames = self.media.share(Channel::Frames).await?;
        let waiting = Arc::new(Waiting::default());
        let places = Arc::new(Semaphore::new(self.at_once.max(1)));
        while let Some((interview_id, body)) = frames.next().await {
            let Some(frame) = LiveFrame::parse(&body) else { continue };
            let newest = waiting.lock().unwrap_or_else(PoisonError::into_inner).insert(interview_id, frame);
            if newest.is_some() {
                // Somebody is on the way to this interview already, and takes the newer frame.
                metrics::counter!("interaura_frames_total", "outcome" => "overtaken").increment(1);
                continue;
            }
            let (this, places) = (Arc::clone(&self), Arc::clone(&places));
            let (waiting, batches) = (Arc::clone(&waiting), Arc::clone(batches));
            tokio::spawn(async move {
                let Ok(_place) = places.acquire().await else { return };
                let frame = waiting.lock().unwrap_or_else(PoisonError::into_inner).remove(&interview_id);
                if let Some(frame) = frame {
                    this.look_at(interview_id, frame, &batches).await;
                }
            });
        }
        Ok(())
    }

    async fn look_at(&self, interview_id: InterviewId, frame: LiveFrame, batches: &Batches) {
        let Some(reading) = self.read_and_tell(interview_id, &frame).await else { return };
        let analysed = FrameAnalysed {
            stream_id: frame.stream_id,
            sequence: frame.packet.sequence,
            captured_at: frame.packet.captured_at,
            analyser: self.analyser.name().to_owned(),
            reading,
        };
        batches.add(interview_id, frame.candidate_id, analysed);
    }

    /// Looks at a frame and tells its page; `None` where the analyser failed.
    async fn read_and_tell(&self, told: InterviewId, frame: &LiveFrame) -> Option<FrameReading> {
        let reading = match self.analyser.analyse(frame.packet.body.clone()).await {
            Ok(reading) => reading,
            Err(FrameError::Unreadable(reason)) => {
                metrics::counter!("interaura_frames_total", "outcome" => "unreadable").increment(1);
                tracing::debug!(reason, "a frame cannot be read");
                FrameReading::CannotTell { reason: "not a picture".to_owned(), light: 0.0 }
            }
            Err(error @ FrameError::Failed(_)) => {
                metrics::counter!("interaura_frames_total", "outcome" => "failed").increment(1);
                tracing::warn!(error = &error as &dyn std::error::Error, "a frame was not analysed");
                return None;
            }
        };
        metrics::counter!("interaura_frames_total", "outcome" => "analysed").increment(1);
        let news = News::Seen { sequence: frame.packet.sequence, reading: reading.clone() };
        if let Ok(body) = serde_json::to_vec(&Told { stream_id: frame.stream_id, news }) {
            // Who hears no news sees the next.
            let _ = self.media.send(Channel::Page, told, Bytes::from(body)).await;
        }
        Some(reading)
    }

    async fn record_for_ever(self: Arc<Self>, batches: Arc<Batches>) {
        let mut ticks = tokio::time::interval(RECORD_EVERY);
        loop {
            ticks.tick().await;
            batches.record(&*self.commands, &*self.clock).await;
        }
    }
}
