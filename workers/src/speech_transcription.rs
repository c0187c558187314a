//! Hears live interviews. Pages call; one worker takes the lease of an interview and transcribes it until
//! the page is gone, the lease is lost, or another page takes over.

mod buffer;
mod hearing;
mod questions;

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use interaura_domain::ids::InterviewId;
use interaura_domain::live::{Call, News};
use interaura_domain::ports::Cause;
use interaura_domain::ports::clock::Clock;
use interaura_domain::ports::commands::Commands;
use interaura_domain::ports::leases::{Lease, Leases};
use interaura_domain::ports::live_media::{Channel, LiveMedia};
use interaura_domain::ports::speech_to_text::SpeechToText;
use interaura_domain::transcript::Transcript;

use self::hearing::{Ending, Hearing, tell};

/// How long to wait before listening anew after an outage.
const PAUSE: Duration = Duration::from_secs(1);

/// What a page is told while no engine can hear.
const NOBODY_HEARS: &str = "Nobody can hear you at the moment; it is tried again by itself. The last minute of what you \
                            say is kept meanwhile. You can pause, or type your answer.";

/// Hears live interviews.
pub struct SpeechTranscription {
    /// Where words go.
    pub commands: Arc<dyn Commands<Transcript>>,
    /// Where audio comes from.
    pub media: Arc<dyn LiveMedia>,
    /// Who hears what.
    pub leases: Arc<dyn Leases>,
    /// What hears: the preferred one first, then what takes over when it fails.
    pub engines: Vec<Arc<dyn SpeechToText>>,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

/// Interviews that this process hears; each is let go by dropping.
type Held = Arc<Mutex<HashSet<InterviewId>>>;

struct Hold {
    held: Held,
    interview_id: InterviewId,
}

impl Hold {
    fn take(held: &Held, interview_id: InterviewId) -> Option<Self> {
        let fresh = held.lock().unwrap_or_else(PoisonError::into_inner).insert(interview_id);
        fresh.then(|| Self { held: Arc::clone(held), interview_id })
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.interview_id);
    }
}

impl SpeechTranscription {
    /// Answers calls for ever. Outages are waited for.
    pub async fn run(self) {
        let this = Arc::new(self);
        let held = Held::default();
        loop {
            if let Err(error) = Arc::clone(&this).answer_calls(&held).await {
                let error = &*error as &dyn std::error::Error;
                tracing::warn!(error, "speech transcription waits for its servers");
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn answer_calls(self: Arc<Self>, held: &Held) -> Result<(), Cause> {
        let mut pages = self.media.share(Channel::Calls).await?;
        while let Some((interview_id, body)) = pages.next().await {
            let Ok(first) = serde_json::from_slice::<Call>(&body) else { continue };
            // While it is heard here, its hearing listens to the calls itself.
            let Some(place) = Hold::take(held, interview_id) else { continue };
            let this = Arc::clone(&self);
            tokio::spawn(async move {
                if let Err(error) = this.hear(interview_id, first).await {
                    let error = &*error as &dyn std::error::Error;
                    tracing::warn!(interview.id = %interview_id, error, "an interview is not heard for now");
                }
                drop(place);
            });
        }
        Ok(())
    }

    /// Hears one interview, if nobody else does.
    async fn hear(&self, interview_id: InterviewId, mut call: Call) -> Result<(), Cause> {
        let holder = self.clock.new_id().to_string();
        let name = format!("speech.{interview_id}");
        let Some(mut lease) = self.leases.claim(&name, &holder).await? else { return Ok(()) };
        let outcome = loop {
            let hearing = Hearing::begin(self, interview_id, call).await;
            let ended = match hearing {
                Ok(hearing) => hearing.run(&mut lease, &holder).await,
                Err(error) => Err(error),
            };
            match ended {
                Ok(Ending::TakenOver(by)) => call = by,
                Ok(Ending::Gone) => break Ok(()),
                Ok(Ending::LeaseLost) => return Ok(()),
                Err(error) => {
                    // The next call tries again.
                    let trouble = News::Trouble { message: NOBODY_HEARS.to_owned() };
                    tell(self, interview_id, call.stream_id, trouble).await;
                    break Err(error);
                }
            }
        };
        self.let_go(lease).await;
        outcome
    }

    async fn let_go(&self, lease: Lease) {
        if let Err(error) = self.leases.release(lease).await {
            let error = &*error as &dyn std::error::Error;
            tracing::debug!(error, "a lease was not given back; it ends by itself");
        }
    }
}
