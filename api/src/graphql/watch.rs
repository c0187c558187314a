//! Subscriptions: the row as it is, then again whenever it changed.

mod feed;

use std::sync::Arc;

use futures::stream::{self, Stream};
use interaura_domain::ids::CandidateId;
use interaura_domain::ports::signals::{RowKey, View};
use interaura_projections::document::DocumentView;
use uuid::Uuid;

use self::feed::Feed;
pub use self::feed::Feeds;
use super::fault::fault;
use crate::services::Services;

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

/// A row of the caller's, as it changes; `None` while there is none.
pub(crate) fn rows<V: DocumentView>(
    services: &Services,
    owner: CandidateId,
    key: Uuid,
) -> impl Stream<Item = Option<V::Row>> + use<V> {
    let read_models = services.read_models.clone();
    let read = move || {
        let read_models = read_models.clone();
        // After a failure the screen stays as it is and comes back by itself.
        async move { read_models.row::<V>(owner, key).await.map_err(|error| drop(fault(&error))).ok() }
    };
    let row = RowKey { view: V::VIEW, key };
    let feed: Arc<Feed<V::Row>> = services.feeds.open(row, owner, &*services.signals, read);
    let (rows, open) = (feed.rows(), Open::on(V::VIEW));
    stream::unfold((feed, rows, open), |(feed, mut rows, open)| async move {
        let row = feed::next(&mut rows).await?;
        Some((row, (feed, rows, open)))
    })
}
