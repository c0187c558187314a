//! Rebuilds read models beside those that are read, in one pass over the log, and swaps them.

mod fill;

use std::sync::Arc;

use futures::stream::{self, Stream, StreamExt as _, TryStreamExt as _};
use interaura_domain::envelope::{Position, RecordedEvent};
use interaura_domain::event::{AnyEvent, DecodeError};
use interaura_domain::ports::Cause;
use interaura_domain::ports::event_log::EventLog;
use interaura_domain::ports::key_ring::KeyRing;
use interaura_domain::ports::signals::View;
use sqlx::PgPool;

use self::fill::{Fill, Filling};
use crate::account_profile::AccountProfile;
use crate::analytics_trend::AnalyticsTrend;
use crate::dashboard::Dashboard;
use crate::interview_report::InterviewReport;
use crate::interview_room::InterviewRoom;
use crate::resume_insights::ResumeInsights;

/// Events that are read at once.
const PAGE: u32 = 2_000;
/// Pages that are read at a time.
const AHEAD: usize = 3;
/// Events after which rows are written: until then they are kept in memory, where nobody reads them.
const WRITE: u64 = 60_000;
/// When this few events are missing, the swap catches up with them while the projector waits.
const CLOSE: u64 = 500;

/// An event with what it says, read once for all read models.
pub(crate) struct Decoded {
    pub(crate) recorded: RecordedEvent,
    pub(crate) event: Result<AnyEvent, DecodeError>,
}

/// What a rebuild did.
#[derive(Debug)]
pub struct Rebuilt {
    /// The events that were read.
    pub events: u64,
    /// Generations that nobody reads any more.
    left: Vec<(View, i32)>,
}

impl Rebuilt {
    /// Deletes the rows of the old generations. A later rebuild does so too, should this one not come to it.
    ///
    /// # Errors
    /// The database is away.
    pub async fn sweep(self, pool: &PgPool) -> sqlx::Result<()> {
        for (view, generation) in self.left {
            drop_generation(pool, view, generation).await?;
        }
        Ok(())
    }
}

/// Fills a new generation of each view from position 0, catches up and swaps: when this returns, the new
/// rows are read. An event that a view cannot apply is parked there, as the projector does.
///
/// # Errors
/// The log or the database is away; generations that were not swapped yet stay as they were.
pub async fn rebuild(
    pool: &PgPool,
    keys: &Arc<dyn KeyRing>,
    log: &Arc<dyn EventLog>,
    views: &[View],
) -> Result<Rebuilt, Cause> {
    let mut fillings: Vec<Box<dyn Filling>> = views.iter().map(|view| filling(*view, keys)).collect();
    for filling in &mut fillings {
        filling.begin(pool).await?;
    }
    let filled = fill_up(pool, log, &mut fillings).await?;
    let mut rebuilt = Rebuilt { events: filled.0, left: Vec::with_capacity(views.len()) };
    for (filling, view) in fillings.into_iter().zip(views) {
        let (old, reached) = filling.swap(pool, &**log, filled).await?;
        rebuilt.events = rebuilt.events.max(reached.0);
        rebuilt.left.push((*view, old));
    }
    Ok(rebuilt)
}

/// Deletes the rows of a generation that nobody reads.
async fn drop_generation(pool: &PgPool, view: View, generation: i32) -> sqlx::Result<()> {
    let view = view.name();
    for statement in [
        format!("DELETE FROM {view} WHERE generation = $2 AND $1 = '{view}'"),
        "DELETE FROM checkpoints WHERE view = $1 AND generation = $2".to_owned(),
        "DELETE FROM dead_letters WHERE view = $1 AND generation = $2".to_owned(),
    ] {
        sqlx::query(&statement).bind(view).bind(generation).execute(pool).await?;
    }
    Ok(())
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
    let (mut reached, mut written) = (Position(0), Position(0));
    loop {
        let head = log.head().await?;
        if head.0 - reached.0 < CLOSE {
            break;
        }
        let mut pages = pages_until(log, reached, head);
        while let Some(page) = pages.try_next().await? {
            let Some(last) = page.last() else { break };
            reached = last.recorded.position;
            let write = reached.0 - written.0 >= WRITE;
            take_page(pool, fillings, page, write).await?;
            if write {
                written = reached;
            }
        }
    }
    take_page(pool, fillings, Vec::new(), true).await?;
    Ok(reached)
}

/// Pages of the log in order, read ahead: positions have no gaps, so that each page's begin is known.
fn pages_until(
    log: &Arc<dyn EventLog>,
    reached: Position,
    head: Position,
) -> impl Stream<Item = Result<Vec<Decoded>, Cause>> + use<> {
    let log = Arc::clone(log);
    let begins = (reached.0..head.0).step_by(PAGE as usize).map(Position);
    let read = move |after| {
        let log = Arc::clone(&log);
        tokio::spawn(async move { read_page(&*log, after).await })
    };
    stream::iter(begins).map(read).buffered(AHEAD).map(|page| page?).boxed()
}

/// Applies a page to every view, all of them at once.
async fn take_page(
    pool: &PgPool,
    fillings: &mut Vec<Box<dyn Filling>>,
    page: Vec<Decoded>,
    write: bool,
) -> Result<(), Cause> {
    let page = Arc::new(page);
    let mut steps = Vec::new();
    for mut filling in fillings.drain(..) {
        let (page, pool) = (Arc::clone(&page), pool.clone());
        steps.push(tokio::spawn(async move {
            filling.take_page(&pool, &page).await?;
            if write {
                filling.write(&pool).await?;
            }
            Ok::<_, Cause>(filling)
        }));
    }
    for step in steps {
        fillings.push(step.await??);
    }
    Ok(())
}

async fn read_page(log: &dyn EventLog, after: Position) -> Result<Vec<Decoded>, Cause> {
    let events = log.read_after(after, PAGE).await?;
    let decode = |recorded| Decoded { event: AnyEvent::decode(&recorded), recorded };
    Ok(events.into_iter().map(decode).collect())
}
