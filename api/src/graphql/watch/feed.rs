//! One reader per row and process, whoever watches the row.
//!
//! A signal is a hint and may be lost, so a slow look stands behind it; a row is passed on when it
//! differs from the one before.

use std::any::Any;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use futures::FutureExt as _;
use interaura_domain::ids::CandidateId;
use interaura_domain::ports::signals::{RowKey, SignalListener, Signals};
use serde::Serialize;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

/// How often a row is read without a signal.
const LOOK: Duration = Duration::from_secs(10);
/// How long to wait before reading again after a failure.
const PAUSE: Duration = Duration::from_secs(1);

/// A row's place, and who may see it.
type Place = (RowKey, CandidateId);
/// The newest row once one was read; inside, `None` while there is none.
type Newest<R> = Option<Arc<Option<R>>>;

/// The rows that are watched in this process. Cloning shares them.
#[derive(Clone, Default)]
pub struct Feeds(Arc<Mutex<HashMap<Place, Weak<dyn Any + Send + Sync>>>>);

/// A row that somebody watches. Its reader ends with the last who holds it.
pub(super) struct Feed<R> {
    place: Place,
    feeds: Feeds,
    newest: watch::Receiver<Newest<R>>,
    look: Arc<Notify>,
    reader: JoinHandle<()>,
}

impl Feeds {
    /// Joins those who watch a row, or begins to. `read` gives `None` where it failed.
    pub(super) fn open<R, F>(
        &self,
        row: RowKey,
        owner: CandidateId,
        signals: &dyn Signals,
        read: impl Fn() -> F + Send + Sync + 'static,
    ) -> Arc<Feed<R>>
    where
        R: Serialize + Send + Sync + 'static,
        F: Future<Output = Option<Option<R>>> + Send + 'static,
    {
        let place = (row, owner);
        let mut feeds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = feeds.get(&place).and_then(Weak::upgrade);
        if let Some(feed) = known.and_then(|feed| feed.downcast::<Feed<R>>().ok()) {
            // Whoever comes now may know of a change whose signal was lost.
            feed.look.notify_one();
            return feed;
        }
        let (shown, newest) = watch::channel(None);
        let look = Arc::new(Notify::new());
        let reader = Reader {
            row,
            // Listening before the first look, so that no change falls between them.
            listener: signals.listen(),
            look: Arc::clone(&look),
            shown,
        };
        let reader = tokio::spawn(reader.run(read));
        let feed = Arc::new(Feed { place, feeds: self.clone(), newest, look, reader });
        let weak: Weak<Feed<R>> = Arc::downgrade(&feed);
        feeds.insert(place, weak);
        feed
    }
}

impl<R> Feed<R> {
    /// The rows from now on, the newest first.
    pub(super) fn rows(&self) -> watch::Receiver<Newest<R>> {
        self.newest.clone()
    }
}

impl<R> Drop for Feed<R> {
    fn drop(&mut self) {
        self.reader.abort();
        let mut feeds = self.feeds.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Another may have begun to watch the row meanwhile.
        if feeds.get(&self.place).is_some_and(|feed| feed.strong_count() == 0) {
            feeds.remove(&self.place);
        }
    }
}

/// The next row; `None` where nobody reads any more.
pub(super) async fn next<R: Clone>(rows: &mut watch::Receiver<Newest<R>>) -> Option<Option<R>> {
    loop {
        rows.changed().await.ok()?;
        let newest = rows.borrow_and_update().clone();
        if let Some(row) = newest {
            return Some((*row).clone());
        }
    }
}

struct Reader<R> {
    row: RowKey,
    listener: Box<dyn SignalListener>,
    look: Arc<Notify>,
    shown: watch::Sender<Newest<R>>,
}

impl<R: Serialize> Reader<R> {
    async fn run<F>(mut self, read: impl Fn() -> F + Send + Sync)
    where
        F: Future<Output = Option<Option<R>>> + Send,
    {
        let mut shown = None;
        loop {
            let Some(row) = read().await else {
                tokio::time::sleep(PAUSE).await;
                continue;
            };
            let print = Some(fingerprint(row.as_ref()));
            if shown != print {
                shown = print;
                let _ = self.shown.send(Some(Arc::new(row)));
            }
            tokio::select! {
                () = signal(&mut *self.listener, self.row) => {}
                () = self.look.notified() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
            // The next read sees all that was told until now.
            while self.listener.next().now_or_never().is_some() {}
        }
    }
}

/// Waits for a signal that concerns a row, or one that may.
async fn signal(listener: &mut dyn SignalListener, concerned: RowKey) {
    while listener.next().await.is_some_and(|row| row != concerned) {}
}

fn fingerprint<R: Serialize>(row: Option<&R>) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    serde_json::to_vec(row?).ok()?.hash(&mut hasher);
    Some(hasher.finish())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use interaura_domain::ports::signals::View;
    use tokio::sync::broadcast;
    use uuid::Uuid;

    use super::*;

    struct Told(broadcast::Sender<RowKey>);

    #[async_trait::async_trait]
    impl Signals for Told {
        async fn changed(&self, rows: &[RowKey]) {
            for row in rows {
                let _ = self.0.send(*row);
            }
        }

        fn listen(&self) -> Box<dyn SignalListener> {
            Box::new(Hears(self.0.subscribe()))
        }
    }

    struct Hears(broadcast::Receiver<RowKey>);

    #[async_trait::async_trait]
    impl SignalListener for Hears {
        async fn next(&mut self) -> Option<RowKey> {
            self.0.recv().await.ok()
        }
    }

    const OWNER: CandidateId = CandidateId(Uuid::from_u128(1));
    const ROW: RowKey = RowKey { view: View::Dashboard, key: Uuid::from_u128(2) };

    #[derive(Clone, Default)]
    struct Table {
        row: Arc<AtomicU32>,
        reads: Arc<AtomicU32>,
    }

    impl Table {
        fn watch(&self, feeds: &Feeds, signals: &Told) -> Arc<Feed<u32>> {
            let table = self.clone();
            feeds.open(ROW, OWNER, signals, move || {
                let table = table.clone();
                async move {
                    table.reads.fetch_add(1, Ordering::SeqCst);
                    Some(Some(table.row.load(Ordering::SeqCst)))
                }
            })
        }
    }

    #[tokio::test(start_paused = true)]
    async fn many_watchers_cost_one_read_for_each_change() {
        let (feeds, signals, table) = (Feeds::default(), Told(broadcast::channel(64).0), Table::default());
        let watchers: Vec<_> = (0..10).map(|_| table.watch(&feeds, &signals)).collect();
        let mut rows: Vec<_> = watchers.iter().map(|feed| feed.rows()).collect();
        for one in &mut rows {
            assert_eq!(next(one).await, Some(Some(0)));
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
        let before = table.reads.load(Ordering::SeqCst);
        table.row.store(7, Ordering::SeqCst);
        // Many signals at once are one change.
        signals.changed(&[ROW; 20]).await;
        for one in &mut rows {
            assert_eq!(next(one).await, Some(Some(7)));
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
        assert_eq!(table.reads.load(Ordering::SeqCst) - before, 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_lost_signal_is_made_up_for() {
        let (feeds, signals, table) = (Feeds::default(), Told(broadcast::channel(64).0), Table::default());
        let feed = table.watch(&feeds, &signals);
        let mut rows = feed.rows();
        assert_eq!(next(&mut rows).await, Some(Some(0)));
        table.row.store(7, Ordering::SeqCst);
        assert_eq!(next(&mut rows).await, Some(Some(7)));
        // Whoever joins looks at once.
        table.row.store(8, Ordering::SeqCst);
        let begun = tokio::time::Instant::now();
        let _joined = table.watch(&feeds, &signals);
        assert_eq!(next(&mut rows).await, Some(Some(8)));
        assert!(begun.elapsed() < LOOK);
    }

    #[tokio::test(start_paused = true)]
    async fn a_row_that_nobody_watches_is_not_read() {
        let (feeds, signals, table) = (Feeds::default(), Told(broadcast::channel(64).0), Table::default());
        drop(table.watch(&feeds, &signals));
        assert!(feeds.0.lock().unwrap().is_empty());
        tokio::time::sleep(LOOK * 3).await;
        assert!(table.reads.load(Ordering::SeqCst) <= 1);
    }
}
