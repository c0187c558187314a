//! Live media over NATS core: nothing is stored, and what is lost is asked for again.

use async_nats::{Client, Subscriber};
use async_trait::async_trait;
use bytes::Bytes;
use futures::StreamExt as _;
use interaura_domain::ids::InterviewId;
use interaura_domain::ports::Cause;
use interaura_domain::ports::live_media::{Channel, LiveListener, LiveMedia};

const SUBJECTS: &str = "interaura.live";
/// Those who share a channel, as NATS knows them.
const QUEUE: &str = "workers";

/// Live media over NATS core.
pub struct NatsMedia {
    client: Client,
}

impl NatsMedia {
    /// Carries over a connection.
    pub fn new(client: Client) -> Self {
        Self { client }
    }
}

fn channel_name(channel: Channel) -> &'static str {
    match channel {
        Channel::Calls => "calls",
        Channel::Audio => "audio",
        Channel::Frames => "frames",
        Channel::Checks => "checks",
        Channel::Page => "page",
    }
}

fn subject(channel: Channel, interview_id: InterviewId) -> String {
    format!("{SUBJECTS}.{}.{interview_id}", channel_name(channel))
}

#[async_trait]
impl LiveMedia for NatsMedia {
    async fn send(&self, channel: Channel, interview_id: InterviewId, body: Bytes) -> Result<(), Cause> {
        Ok(self.client.publish(subject(channel, interview_id), body).await?)
    }

    async fn follow(
        &self,
        channel: Channel,
        interview_id: InterviewId,
    ) -> Result<Box<dyn LiveListener>, Cause> {
        let subscriber = self.client.subscribe(subject(channel, interview_id)).await?;
        // What is sent after this returns is heard.
        self.client.flush().await?;
        Ok(Box::new(Listener(subscriber)))
    }

    async fn share(&self, channel: Channel) -> Result<Box<dyn LiveListener>, Cause> {
        let subjects = format!("{SUBJECTS}.{}.*", channel_name(channel));
        let subscriber = self.client.queue_subscribe(subjects, QUEUE.to_owned()).await?;
        self.client.flush().await?;
        Ok(Box::new(Listener(subscriber)))
    }
}

struct Listener(Subscriber);

#[async_trait]
impl LiveListener for Listener {
    async fn next(&mut self) -> Option<(InterviewId, Bytes)> {
        loop {
            let message = self.0.next().await?;
            let interview = message.subject.rsplit('.').next().and_then(|id| id.parse().ok());
            if let Some(interview_id) = interview {
                return Some((interview_id, message.payload));
            }
        }
    }
}
