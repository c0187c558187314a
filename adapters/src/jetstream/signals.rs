//! Signals over NATS core. They are not coalesced: each causes a read, and a row is sent only when it differs.

use async_nats::Client;
use async_trait::async_trait;
use futures::StreamExt as _;
use interaura_domain::ports::signals::{RowKey, SignalListener, Signals};
use tokio::sync::broadcast;

use super::WAKE;

const SUBJECTS: &str = "interaura.signals";
/// How far a listener may fall behind before it is told that it missed some.
const BACKLOG: usize = 4_096;

/// Signals over NATS core.
pub struct NatsSignals {
    client: Client,
    heard: broadcast::Sender<RowKey>,
}

impl NatsSignals {
    /// Listens on one subscription for the whole process.
    pub fn start(client: Client) -> Self {
        let (heard, _) = broadcast::channel(BACKLOG);
        tokio::spawn(hear(client.clone(), heard.clone()));
        Self { client, heard }
    }
}

async fn hear(client: Client, heard: broadcast::Sender<RowKey>) {
    let Ok(mut messages) = client.subscribe(format!("{SUBJECTS}.>")).await else { return };
    while let Some(message) = messages.next().await {
        if let Some(row) = row(message.subject.as_str()) {
            // Nobody listening is normal.
            let _ = heard.send(row);
        }
    }
}

fn row(subject: &str) -> Option<RowKey> {
    let mut parts = subject.strip_prefix(SUBJECTS)?.strip_prefix('.')?.split('.');
    Some(RowKey { view: parts.next()?.parse().ok()?, key: parts.next()?.parse().ok()? })
}

#[async_trait]
impl Signals for NatsSignals {
    async fn changed(&self, rows: &[RowKey]) {
        for row in rows {
            let subject = format!("{SUBJECTS}.{}.{}", row.view.name(), row.key);
            if let Err(error) = self.client.publish(subject, bytes::Bytes::new()).await {
                tracing::debug!(error = &error as &dyn std::error::Error, "a signal was lost");
            }
        }
    }

    fn listen(&self) -> Box<dyn SignalListener> {
        Box::new(Listener(self.heard.subscribe()))
    }
}

struct Listener(broadcast::Receiver<RowKey>);

#[async_trait]
impl SignalListener for Listener {
    async fn next(&mut self) -> Option<RowKey> {
        match self.0.recv().await {
            Ok(row) => Some(row),
            Err(broadcast::error::RecvError::Lagged(_)) => None,
            Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
        }
    }
}

/// Wakes the relay after each commit.
pub fn relay_wake(client: Client) -> crate::event_store::Wake {
    let (sender, mut receiver) = tokio::sync::mpsc::channel::<()>(1);
    tokio::spawn(async move {
        while receiver.recv().await.is_some() {
            if client.publish(WAKE, bytes::Bytes::new()).await.is_err() {
                tracing::debug!("a wake-up was lost");
            }
        }
    });
    std::sync::Arc::new(move || {
        // A full channel means that a wake-up is on its way.
        let _ = sender.try_send(());
    })
}
