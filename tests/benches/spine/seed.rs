//! A log to measure on: people who registered, uploaded a resume and sat interviews.

use futures::StreamExt as _;
use futures::stream;
use interaura_domain::ids::CandidateId;
use interaura_domain::interview::Interview;
use interaura_tests::database::Database;
use interaura_tests::story::{candidate, configure, finished_interview, fresh, matched_resume, send};

/// Enough people for a log of more than 100,000 events.
const CANDIDATES: usize = 3_000;
/// Interviews in the database once [`interviews`] is done.
const INTERVIEWS: usize = 100_000;
/// Whole interviews per person.
const FINISHED: usize = 2;
const IN_FLIGHT: usize = 256;

/// Whole stories: an account, a matched resume, two interviews from set-up to report.
pub(crate) async fn stories(database: &Database) -> Vec<CandidateId> {
    let store = database.store();
    stream::iter(0..CANDIDATES)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move {
                let owner = candidate(&store, "Ada Lovelace").await;
                matched_resume(&store, owner).await;
                for _ in 0..FINISHED {
                    finished_interview(&store, owner).await;
                }
                owner
            })
        })
        .buffer_unordered(IN_FLIGHT)
        .map(Result::unwrap)
        .collect()
        .await
}

/// More interviews, set up and not begun, until there are 100,000.
pub(crate) async fn interviews(database: &Database, candidates: &[CandidateId]) {
    let store = database.store();
    let missing = INTERVIEWS - candidates.len() * FINISHED;
    stream::iter(candidates.iter().copied().cycle().take(missing))
        .map(|owner| {
            let store = store.clone();
            tokio::spawn(async move { send::<Interview>(&store, owner, fresh(), configure(5)).await })
        })
        .buffer_unordered(IN_FLIGHT)
        .for_each(|sent| async {
            sent.unwrap();
        })
        .await;
}
