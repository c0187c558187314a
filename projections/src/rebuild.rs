//! Rebuilds read models beside those that are read, in one pass over the log, and swaps them.

mod fill;

use std::sync::Arc;

use interaura_domain::envelope::{Position, RecordedEvent};
use interaura_domain::event::{AnyEvent, DecodeError};
use interaura_domain::ports::Cause;
use interaura_domain::ports::event_log::EventLog;
use interaura_domain::ports::key_ring::KeyRing;
use interaura_domain::ports::signals::View;
use sqlx::PgPool;
use tokio::sync::mpsc;

use self::fill::{Fill, Filling};
use crate::account_profile::AccountProfile;
use crate::analytics_trend::AnalyticsTrend;
use crate::dashboard::Dashboard;
use crate::interview_report::InterviewReport;
use crate::interview_room::InterviewRoom;
use crate::resume_insights::ResumeInsights;

/// Events that are read at once.
const PAGE: u32 = 2_000;
/// Pages that are read ahead.
const AHEAD: usize = 4;
/// Events after which rows are written: until then they are kept in memory, where nobody reads them.
const WRITE: u64 = 60_000;
/// When this few events are missing, the swap catches up with them while the projector waits.
const CLOSE: u64 = 500;

/// An event with what it says, read once for all read models.
pub(crate) struct Decoded {
    pub(crate) recorded: RecordedEvent,
    pub(crate) event: Result<AnyEvent, DecodeError>,
}

/// Fills a new generation of each view from position 0, catches up, swaps, and drops the old ones;
/// gives the events read. An event that a view cannot apply is parked there, as the projector does.
///
/// # Errors
/// The log or the database is away; generations that were not swapped yet stay as they were.
pub async fn rebuild(
    pool: &PgPool,
    keys: &Arc<dyn KeyRing>,
    log: &Arc<dyn EventLog>,
    views: &[View],
) -> Result<u64, Cause> {
    let mut fillings: Vec<Box<dyn Filling>> = views.iter().map(|view| filling(*view, keys)).collect();
    for filling in &mut fillings {
        filling.begin(pool).await?;
    }
    let reached = fill_up(pool, log, &mut fillings).await?;
    for filling in fillings {
        filling.swap(pool, &**log, reached).await?;
    }
    Ok(reached.0)
}

fn filling(view: View, keys: &Arc<dyn KeyRing>) -> Box<dyn Filling> {
    let keys = Arc::clone(keys);
    match view {
        View::AccountProfile => Box::new(Fill::<AccountProfile>::new(keys)),
        View::Dashboard => Box::new(Fill::<Dashboard>::new(keys)),
        View::ResumeInsights => Box::new(Fill::<ResumeInsights>::new(keys)),
        View::InterviewRoom => Box::new(Fill::<InterviewRoom>::new(keys)),
        View::InterviewReport => Box::new(Fill::<InterviewReport>::new(keys)),
        View::AnalyticsTrend => Box::new(Fill::<AnalyticsTrend>::new(keys)),
    }
}

/// Reads the log until it is nearly at its end; all rows are written then.
async fn fill_up(
    pool: &PgPool,
    log: &Arc<dyn EventLog>,
    fillings: &mut Vec<Box<dyn Filling>>,
) -> Result<Position, Cause> {
    let (pages, mut read) = mpsc::channel(AHEAD);
    tokio::spawn(read_ahead(Arc::clone(log), pages));
    let (mut reached, mut written) = (Position(0), Position(0));
    while let Some(page) = read.recv().await {
        let page = Arc::new(page?);
        let Some(last) = page.last() else { continue };
        reached = last.recorded.position;
        let write = reached.0 - written.0 >= WRITE;
        side_by_side(pool, fillings, move |mut filling, pool| {
            let page = Arc::clone(&page);
            async move {
                filling.take_page(&pool, &page).await?;
                if write {
                    filling.write(&pool).await?;
                }
                Ok(filling)
            }
        })
        .await?;
        if write {
            written = reached;
        }
    }
    side_by_side(pool, fillings, |mut filling, pool| async move {
        filling.write(&pool).await?;
        Ok(filling)
    })
    .await?;
    Ok(reached)
}

/// Does the same with every view at once.
async fn side_by_side<F>(
    pool: &PgPool,
    fillings: &mut Vec<Box<dyn Filling>>,
    step: impl Fn(Box<dyn Filling>, PgPool) -> F,
) -> Result<(), Cause>
where
    F: Future<Output = Result<Box<dyn Filling>, Cause>> + Send + 'static,
{
    let steps: Vec<_> = fillings.drain(..).map(|filling| tokio::spawn(step(filling, pool.clone()))).collect();
    for step in steps {
        fillings.push(step.await??);
    }
    Ok(())
}

/// Reads and decodes pages until few events are missing.
async fn read_ahead(log: Arc<dyn EventLog>, pages: mpsc::Sender<Result<Vec<Decoded>, Cause>>) {
    let mut reached = Position(0);
    loop {
        let page = read_page(&*log, reached).await;
        let last = match &page {
            Ok(page) => page.last().map(|last| last.recorded.position),
            Err(_) => None,
        };
        if pages.send(page).await.is_err() {
            return;
        }
        let Some(last) = last else { return };
        reached = last;
        match log.head().await {
            Ok(head) if head.0 - reached.0 < CLOSE => return,
            // An outage shows with the next page.
            Ok(_) | Err(_) => {}
        }
    }
}

async fn read_page(log: &dyn EventLog, after: Position) -> Result<Vec<Decoded>, Cause> {
    let events = log.read_after(after, PAGE).await?;
    let decode = |recorded| Decoded { event: AnyEvent::decode(&recorded), recorded };
    Ok(events.into_iter().map(decode).collect())
}
