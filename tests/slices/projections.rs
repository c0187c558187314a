//! Read models: rebuilt they equal the live ones, a repeated batch changes nothing, a poison event harms one.

use std::sync::Arc;

use interaura_adapters::event_store::EventStore;
use interaura_domain::account::Account;
use interaura_domain::envelope::{Position, RecordedEvent};
use interaura_domain::ids::CandidateId;
use interaura_domain::ports::Cause;
use interaura_domain::ports::commands::Commands;
use interaura_domain::ports::event_log::EventLog;
use interaura_domain::ports::signals::View;
use interaura_projections::account_profile::AccountProfile;
use interaura_projections::analytics_trend::AnalyticsTrend;
use interaura_projections::dashboard::Dashboard;
use interaura_projections::dead_letters::{self, DeadLetter};
use interaura_projections::document::{DocumentView, Generation, project};
use interaura_projections::interview_report::InterviewReport;
use interaura_projections::interview_room::InterviewRoom;
use interaura_projections::read_models::ReadModels;
use interaura_projections::resume_insights::ResumeInsights;
use interaura_tests::database::Database;
use interaura_tests::eventually;
use interaura_tests::follower::Follower;
use interaura_tests::story::{
    candidate, complete_profile, finished_interview, fresh, matched_resume, register, send,
};
use serde_json::Value;

/// Every row of a candidate's in a view, as JSON with its key.
async fn rows<V: DocumentView>(database: &Database, owner: CandidateId) -> Vec<(String, Value)> {
    let models = ReadModels::new(database.pool.clone(), database.keys());
    let page = models.page::<V>(owner, None, 100).await.unwrap();
    let json = |row: &V::Row| serde_json::to_value(row).unwrap();
    page.iter().map(|listed| (format!("{} {}", listed.key, listed.created_at), json(&listed.row))).collect()
}

async fn rebuild<V: DocumentView>(database: &Database, store: &EventStore) -> Result<u64, Cause> {
    let log: Arc<dyn EventLog> = Arc::new(store.clone());
    let rebuilt =
        interaura_projections::rebuild::rebuild(&database.pool, &database.keys(), &log, &[V::VIEW]).await?;
    let events = rebuilt.events;
    rebuilt.sweep(&database.pool).await?;
    Ok(events)
}

async fn log(store: &EventStore) -> Vec<RecordedEvent> {
    store.read_after(Position(0), 10_000).await.unwrap()
}

/// A resume, a finished interview and one that was left, of two candidates.
async fn busy_log(store: &EventStore) -> [CandidateId; 2] {
    let owners = [candidate(store, "Ada").await, candidate(store, "Grace").await];
    for owner in owners {
        matched_resume(store, owner).await;
        finished_interview(store, owner).await;
    }
    interaura_tests::story::started_interview(store, owners[0], 2).await;
    owners
}

async fn rebuilt_equals_live<V: DocumentView>() {
    let database = Database::create().await;
    let follower = Follower::start(database).await;
    let owners = busy_log(&follower.store).await;
    follower.follow::<V>();
    follower.caught_up::<V>().await;
    let database = &follower.database;
    for owner in owners {
        let live = rows::<V>(database, owner).await;
        assert!(!live.is_empty(), "{} has rows", V::VIEW.name());
        let read = rebuild::<V>(database, &follower.store).await.unwrap();
        assert_eq!(read, follower.store.head().await.unwrap().0);
        assert_eq!(rows::<V>(database, owner).await, live);
    }
    // The projector goes on in the new generation.
    matched_resume(&follower.store, owners[0]).await;
    finished_interview(&follower.store, owners[0]).await;
    complete_profile(&follower.store, owners[0], "Ada King").await;
    follower.caught_up::<V>().await;
    let live = rows::<V>(database, owners[0]).await;
    rebuild::<V>(database, &follower.store).await.unwrap();
    assert_eq!(rows::<V>(database, owners[0]).await, live);
}

macro_rules! rebuilt_equals_live {
    ($($name:ident: $view:ty;)+) => {$(
        #[tokio::test(flavor = "multi_thread")]
        async fn $name() {
            rebuilt_equals_live::<$view>().await;
        }
    )+};
}

rebuilt_equals_live! {
    a_rebuilt_account_profile_equals_the_live_one: AccountProfile;
    a_rebuilt_dashboard_equals_the_live_one: Dashboard;
    rebuilt_resume_insights_equal_the_live_ones: ResumeInsights;
    a_rebuilt_interview_room_equals_the_live_one: InterviewRoom;
    a_rebuilt_interview_report_equals_the_live_one: InterviewReport;
    a_rebuilt_analytics_trend_equals_the_live_one: AnalyticsTrend;
}

async fn repeated_batch_is_a_no_op<V: DocumentView>(
    database: &Database,
    store: &EventStore,
    owner: CandidateId,
) {
    rebuild::<V>(database, store).await.unwrap();
    let events = log(store).await;
    let before = rows::<V>(database, owner).await;
    for batch in [&events[..], &events[events.len() / 2..], &events[..1]] {
        let again = project::<V>(&database.pool, &*database.keys(), Generation::Live, batch).await.unwrap();
        assert!(again.rows.is_empty(), "{} changed {:?}", V::VIEW.name(), again.rows);
    }
    assert_eq!(rows::<V>(database, owner).await, before);
}

#[tokio::test]
async fn a_batch_that_is_delivered_again_changes_nothing() {
    let database = Database::create().await;
    let store = database.store();
    let [owner, _] = busy_log(&store).await;
    repeated_batch_is_a_no_op::<AccountProfile>(&database, &store, owner).await;
    repeated_batch_is_a_no_op::<Dashboard>(&database, &store, owner).await;
    repeated_batch_is_a_no_op::<ResumeInsights>(&database, &store, owner).await;
    repeated_batch_is_a_no_op::<InterviewRoom>(&database, &store, owner).await;
    repeated_batch_is_a_no_op::<InterviewReport>(&database, &store, owner).await;
    repeated_batch_is_a_no_op::<AnalyticsTrend>(&database, &store, owner).await;
}

/// Who was harmed by a poison event, who was not, and where the event is.
struct Poisoned {
    follower: Follower,
    /// Knows the accounts as they were, for the poisoned one cannot be read any more.
    writer: EventStore,
    harmed: CandidateId,
    unharmed: CandidateId,
    poison: Position,
}

/// A body that no version wrote.
const NOT_UNDERSTOOD: &str = r#"'{"profile_completed":{"level":"none"}}'"#;
/// A body whose seal was changed.
const NOT_OPENED: &str = r#"replace(payload::text, '"$sealed":"', '"$sealed":"AAAA')::json"#;

/// Two candidates' events in turn; the profile of one of them cannot be understood.
async fn poisoned() -> Poisoned {
    poisoned_by(NOT_UNDERSTOOD).await
}

async fn poisoned_by(payload: &str) -> Poisoned {
    let database = Database::create().await;
    let store = database.store();
    let (harmed, unharmed) = (CandidateId(fresh()), CandidateId(fresh()));
    for owner in [harmed, unharmed] {
        send::<Account>(&store, owner, owner.0, register("ada@example.org", "Ada")).await;
        let verify = interaura_tests::story::verify();
        send::<Account>(&store, owner, owner.0, verify).await;
    }
    let poison = complete_profile(&store, harmed, "Poison").await.position;
    complete_profile(&store, unharmed, "Grace").await;
    complete_profile(&store, harmed, "Ada the second").await;
    complete_profile(&store, unharmed, "Grace the second").await;
    sqlx::query(&format!("UPDATE events SET payload = {payload} WHERE position = $1"))
        .bind(poison.0.cast_signed())
        .execute(&database.pool)
        .await
        .unwrap();
    let follower = Follower::start(database).await;
    follower.follow::<AccountProfile>();
    follower.caught_up::<AccountProfile>().await;
    Poisoned { follower, writer: store, harmed, unharmed, poison }
}

impl Poisoned {
    async fn name(&self, owner: CandidateId) -> Option<String> {
        let row = self.follower.rows.row::<AccountProfile>(owner, owner.0).await.unwrap();
        row.unwrap().name
    }

    async fn parked(&self) -> Vec<DeadLetter> {
        dead_letters::list(&self.follower.database.pool).await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_poison_event_is_parked_and_only_its_candidate_waits() {
    let case = poisoned().await;
    assert_eq!(case.name(case.unharmed).await.as_deref(), Some("Grace the second"));
    assert_eq!(case.name(case.harmed).await.as_deref(), Some("Ada"));
    // What comes later waits too, and the others still go on.
    complete_profile(&case.writer, case.harmed, "Ada the third").await;
    complete_profile(&case.writer, case.unharmed, "Grace the third").await;
    case.follower.caught_up::<AccountProfile>().await;
    assert_eq!(case.name(case.unharmed).await.as_deref(), Some("Grace the third"));
    assert_eq!(case.name(case.harmed).await.as_deref(), Some("Ada"));
    let parked = case.parked().await;
    assert_eq!(parked.len(), 3, "{parked:?}");
    assert!(parked.iter().all(|letter| letter.candidate_id == case.harmed.0));
    assert_eq!(parked[0].position, case.poison.0.cast_signed());
    assert!(parked[0].error.is_some() && parked[1..].iter().all(|letter| letter.error.is_none()));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_with_a_broken_seal_is_parked_by_the_projector_and_by_a_rebuild() {
    let case = poisoned_by(NOT_OPENED).await;
    let parked_alone = async |generation: i32| {
        assert_eq!(case.name(case.unharmed).await.as_deref(), Some("Grace the second"));
        assert_eq!(case.name(case.harmed).await.as_deref(), Some("Ada"), "and not erased");
        let parked = case.parked().await;
        assert_eq!(parked.len(), 2, "{parked:?}");
        assert_eq!((parked[0].generation, parked[0].position), (generation, case.poison.0.cast_signed()));
        assert_eq!(parked[0].error.as_deref(), Some(r#"the seal of "profile_completed" is broken"#));
        assert_eq!(parked[1].error, None);
    };
    parked_alone(1).await;
    let read = rebuild::<AccountProfile>(&case.follower.database, &case.follower.store).await.unwrap();
    assert_eq!(read, case.follower.store.head().await.unwrap().0);
    parked_alone(2).await;
    let account = Commands::<Account>::load(&case.follower.store, case.harmed.0).await;
    assert!(account.is_err(), "what is decided rests on no broken seal");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_discarded_poison_event_lets_those_behind_it_be_retried() {
    let case = poisoned().await;
    let (pool, keys) = (&case.follower.database.pool, case.follower.database.keys());
    let retry = async || {
        dead_letters::retry::<AccountProfile>(pool, &*keys, &case.follower.store, None).await.unwrap()
    };
    assert_eq!(retry().await, 0, "nothing is applied while the poison is there");
    assert_eq!(case.parked().await.len(), 2);
    assert!(dead_letters::discard(pool, View::AccountProfile, case.poison).await.unwrap());
    assert_eq!(retry().await, 1);
    assert_eq!(case.parked().await, []);
    assert_eq!(case.name(case.harmed).await.as_deref(), Some("Ada the second"));
    complete_profile(&case.writer, case.harmed, "Ada the third").await;
    eventually("events flow again", async || {
        (case.name(case.harmed).await.as_deref() == Some("Ada the third")).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rebuild_parks_a_poison_event_and_leaves_a_discarded_one_out() {
    let case = poisoned().await;
    let database = &case.follower.database;
    let before = rows::<AccountProfile>(database, case.unharmed).await;
    rebuild::<AccountProfile>(database, &case.follower.store).await.unwrap();
    assert_eq!(rows::<AccountProfile>(database, case.unharmed).await, before);
    assert_eq!(case.name(case.harmed).await.as_deref(), Some("Ada"));
    let parked = case.parked().await;
    assert_eq!(parked.len(), 2, "{parked:?}");
    assert_eq!((parked[0].generation, parked[0].position), (2, case.poison.0.cast_signed()));
    assert!(dead_letters::discard(&database.pool, View::AccountProfile, case.poison).await.unwrap());
    rebuild::<AccountProfile>(database, &case.follower.store).await.unwrap();
    assert_eq!(case.name(case.harmed).await.as_deref(), Some("Ada the second"));
    assert_eq!(case.parked().await, []);
    complete_profile(&case.writer, case.harmed, "Ada the third").await;
    case.follower.caught_up::<AccountProfile>().await;
    assert_eq!(case.name(case.harmed).await.as_deref(), Some("Ada the third"));
}
