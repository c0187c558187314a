//! Subscriptions: the row as it is, then again whenever it changed.
//!
//! A signal is a hint and may be lost, so a slow look stands behind it; a row is sent when it differs
//! from what was sent before.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::time::Duration;

use futures::stream::{self, Stream};
use interaura_domain::ids::CandidateId;
use interaura_domain::ports::signals::{RowKey, SignalListener, View};
use interaura_projections::document::DocumentView;
use uuid::Uuid;

use super::fault::fault;
use crate::services::Services;

/// How often a row is read without a signal.
const LOOK: Duration = Duration::from_secs(10);
/// How long to wait before reading again after a failure.
const PAUSE: Duration = Duration::from_secs(1);

/// Counts an open subscription for as long as it lives.
struct Open(metrics::Gauge);

impl Open {
    fn on(view: View) -> Self {
        let open = metrics::gauge!("interaura_subscriptions_open", "view" => view.name());
        open.increment(1);
        Self(open)
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.decrement(1);
    }
}

struct Watch {
    services: Services,
    owner: CandidateId,
    row: RowKey,
    listener: Box<dyn SignalListener>,
    sent: Option<u64>,
    begun: bool,
    _open: Open,
}

/// A row of the caller's, as it changes; `None` while there is none.
pub(crate) fn rows<V: DocumentView>(
    services: &Services,
    owner: CandidateId,
    key: Uuid,
) -> impl Stream<Item = Option<V::Row>> + use<V> {
    let watch = Watch {
        services: services.clone(),
        owner,
        row: RowKey { view: V::VIEW, key },
        // Listening before the first look, so that no change falls between them.
        listener: services.signals.listen(),
        sent: None,
        begun: false,
        _open: Open::on(V::VIEW),
    };
    stream::unfold(watch, |mut watch| async move {
        let row = watch.next::<V>().await;
        Some((row, watch))
    })
}

impl Watch {
    async fn next<V: DocumentView>(&mut self) -> Option<V::Row> {
        loop {
            if self.begun {
                let _ = tokio::time::timeout(LOOK, self.signal()).await;
            }
            match self.services.read_models.row::<V>(self.owner, self.row.key).await {
                Ok(row) => {
                    let print = fingerprint(row.as_ref());
                    if !self.begun || self.sent != print {
                        self.begun = true;
                        self.sent = print;
                        return row;
                    }
                }
                Err(error) => {
                    // The screen stays as it is and comes back by itself.
                    let _ = fault(&error);
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
    }

    /// Waits for a signal that concerns the row, or one that may.
    async fn signal(&mut self) {
        while self.listener.next().await.is_some_and(|row| row != self.row) {}
    }
}

fn fingerprint<R: serde::Serialize>(row: Option<&R>) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    serde_json::to_vec(row?).ok()?.hash(&mut hasher);
    Some(hasher.finish())
}
