//! The log in a real Postgres: order, one effect per command, races, secrecy, tampering.

use std::collections::HashSet;

use cqrs_es::persist::PersistedEventRepository as _;
use futures::future::join_all;
use interaura_adapters::event_store::{EventStore, LedgerFault, LogRepository};
use interaura_domain::account::Account;
use interaura_domain::account::command::{AccountCommand, RequestVerification};
use interaura_domain::envelope::{MAX_EVENT_BYTES, Position};
use interaura_domain::ids::{CandidateId, CommandId};
use interaura_domain::interview::Interview;
use interaura_domain::interview::command::{DraftAnswer, FailPlanning, InterviewCommand};
use interaura_domain::interview::error::InterviewError;
use interaura_domain::ports::commands::{CommandError, Commands};
use interaura_domain::ports::event_log::EventLog as _;
use interaura_tests::database::Database;
use interaura_tests::story::{
    at, candidate, configure, fresh, now, register, register_with_address, request, send, started_interview,
    verify,
};
use sqlx::PgPool;
use uuid::Uuid;

fn another_link() -> AccountCommand {
    AccountCommand::RequestVerification(RequestVerification { requested_at: at() })
}

/// How many positions can be seen, and the highest of them, in one snapshot.
async fn seen(pool: &PgPool) -> (i64, i64) {
    sqlx::query_as("SELECT count(*), coalesce(max(position), 0) FROM events").fetch_one(pool).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn positions_are_dense_and_in_commit_order_while_two_processes_race() {
    let database = Database::create().await;
    let stores = [database.store(), database.store()];
    let racing = (0..64_usize).map(|n| {
        let store = stores[n % 2].clone();
        tokio::spawn(async move {
            let owner = CandidateId(fresh());
            send::<Account>(&store, owner, owner.0, register("ada@example.org", "Ada")).await.position.0
        })
    });
    let racing: Vec<_> = racing.collect();
    // Whoever reads by position must never see a later event before an earlier one.
    while racing.iter().any(|task| !task.is_finished()) {
        let (count, highest) = seen(&database.pool).await;
        assert_eq!(count, highest, "a position was visible before an earlier one");
    }
    let last: HashSet<u64> = join_all(racing).await.into_iter().map(Result::unwrap).collect();
    let expected: HashSet<u64> = (1..=64).map(|n| n * 2).collect();
    assert_eq!(last, expected, "each registration has two events, one after the other");
    assert_eq!(seen(&database.pool).await, (128, 128));
    assert_eq!(stores[0].head().await.unwrap(), Position(128));
}

#[tokio::test]
async fn a_repeated_command_has_one_effect_and_the_first_answer() {
    let database = Database::create().await;
    let store = database.store();
    let owner = CandidateId(fresh());
    send::<Account>(&store, owner, owner.0, register("ada@example.org", "Ada")).await;
    let link = request(owner, owner.0, fresh(), another_link());
    let first = Commands::<Account>::execute(&store, link.clone()).await.unwrap();
    assert!(!first.repeated);
    send::<Account>(&store, owner, owner.0, verify()).await;
    // By now the account would refuse; another process knows nothing of the first time.
    for store in [store, database.store()] {
        let again = Commands::<Account>::execute(&store, link.clone()).await.unwrap();
        assert!(again.repeated);
        assert_eq!((again.position, again.sequence), (first.position, first.sequence));
    }
    assert_eq!(seen(&database.pool).await, (4, 4));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_is_sent_twenty_times_at_once_has_one_effect() {
    let database = Database::create().await;
    let stores = [database.store(), database.store()];
    let owner = CandidateId(fresh());
    let command = request(owner, owner.0, fresh(), register("ada@example.org", "Ada"));
    let sent = (0..20_usize).map(|n| Commands::<Account>::execute(&stores[n % 2], command.clone()));
    let answers: Vec<_> = join_all(sent).await.into_iter().map(Result::unwrap).collect();
    assert!(answers.iter().all(|answer| answer.position == Position(2) && answer.sequence == 2));
    assert_eq!(answers.iter().filter(|answer| !answer.repeated).count(), 1);
    assert_eq!(seen(&database.pool).await, (2, 2));
}

#[tokio::test]
async fn a_command_id_cannot_be_used_for_another_aggregate_or_another_kind() {
    let database = Database::create().await;
    let store = database.store();
    let (owner, other, id) = (CandidateId(fresh()), CandidateId(fresh()), fresh());
    let first = request(owner, owner.0, id, register("ada@example.org", "Ada"));
    Commands::<Account>::execute(&store, first).await.unwrap();
    let elsewhere = request(other, other.0, id, register("ada@example.org", "Ada"));
    let elsewhere = Commands::<Account>::execute(&store, elsewhere).await;
    assert!(matches!(elsewhere, Err(CommandError::CommandIdReused)), "{elsewhere:?}");
    let another_kind = Commands::<Account>::execute(&store, request(owner, owner.0, id, verify())).await;
    assert!(matches!(another_kind, Err(CommandError::CommandIdReused)), "{another_kind:?}");
    let refused = request(owner, fresh(), id, configure(0));
    let refused = Commands::<Interview>::execute(&store, refused).await;
    assert!(matches!(refused, Err(CommandError::CommandIdReused)), "{refused:?}");
    assert_eq!(seen(&database.pool).await, (2, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_commands_at_once_on_one_stream_all_come_to_an_end() {
    let database = Database::create().await;
    let stores = [database.store(), database.store()];
    let owner = CandidateId(fresh());
    send::<Account>(&stores[0], owner, owner.0, register("ada@example.org", "Ada")).await;
    for round in 1..=5 {
        let sent = (0..8_usize).map(|n| {
            let command = request(owner, owner.0, fresh(), another_link());
            Commands::<Account>::execute(&stores[n % 2], command)
        });
        let ends = join_all(sent).await;
        assert!(ends.iter().all(Result::is_ok), "{ends:?}");
        assert_eq!(seen(&database.pool).await, (2 + 8 * round, 2 + 8 * round));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_eight_drafts_at_once_each_is_kept_or_refused_as_stale() {
    let database = Database::create().await;
    let stores = [database.store(), database.store()];
    let owner = candidate(&stores[0], "Ada").await;
    let (interview, questions) = started_interview(&stores[0], owner, 1).await;
    let before = stores[0].head().await.unwrap().0;
    let sent = (1..=8_u32).map(|revision| {
        let draft = DraftAnswer {
            question_id: questions[0],
            revision,
            text: format!("draft {revision}"),
            drafted_at: at(),
        };
        let command = request(owner, interview, fresh(), InterviewCommand::DraftAnswer(draft));
        Commands::<Interview>::execute(&stores[revision as usize % 2], command)
    });
    let ends = join_all(sent).await;
    let kept = ends.iter().filter(|end| end.is_ok()).count();
    let stale = |end: &Result<_, CommandError<InterviewError>>| {
        matches!(end, Err(CommandError::Refused(InterviewError::StaleDraft { .. })))
    };
    assert_eq!(kept + ends.iter().filter(|end| stale(end)).count(), 8, "{ends:?}");
    assert_eq!(stores[1].head().await.unwrap().0, before + kept as u64);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_register_one_address_at_once_one_gets_it() {
    let database = Database::create().await;
    let stores = [database.store(), database.store()];
    for round in 0..10_i64 {
        let address = format!("ada-{round}@example.org");
        let (a, b) = tokio::join!(
            register_with_address(&stores[0], CandidateId(fresh()), &address),
            register_with_address(&stores[1], CandidateId(fresh()), &address),
        );
        let taken = [&a, &b].iter().filter(|end| matches!(end, Err(CommandError::AddressTaken))).count();
        assert!(taken == 1 && (a.is_ok() || b.is_ok()), "{a:?} {b:?}");
        assert_eq!(seen(&database.pool).await.0, 2 * (round + 1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_register_one_address_in_one_process_one_gets_it() {
    let database = Database::create().await;
    let store = database.store();
    let ends =
        join_all((0..12).map(|_| register_with_address(&store, CandidateId(fresh()), "ada@example.org")))
            .await;
    assert_eq!(ends.iter().filter(|end| end.is_ok()).count(), 1);
    assert!(ends.iter().all(|end| matches!(end, Ok(_) | Err(CommandError::AddressTaken))), "{ends:?}");
}

#[tokio::test]
async fn an_event_over_the_limit_is_refused() {
    let database = Database::create().await;
    let store = database.store();
    let owner = CandidateId(fresh());
    let interview = fresh();
    send::<Interview>(&store, owner, interview, configure(1)).await;
    let fail = FailPlanning { reason: "x".repeat(MAX_EVENT_BYTES), failed_at: at() };
    let sent = request(owner, interview, fresh(), InterviewCommand::FailPlanning(fail));
    let refused = Commands::<Interview>::execute(&store, sent).await;
    assert!(
        matches!(refused, Err(CommandError::TooLarge { bytes, limit: MAX_EVENT_BYTES }) if bytes > MAX_EVENT_BYTES),
        "{refused:?}"
    );
    assert_eq!(seen(&database.pool).await, (1, 1));
}

#[tokio::test]
async fn personal_words_are_nowhere_in_the_database_in_the_clear() {
    let database = Database::create().await;
    let store = database.store();
    let owner = candidate(&store, "Zwetschgenbaum").await;
    let (interview, questions) = started_interview(&store, owner, 1).await;
    let text = "Zwetschgenbaum wrote this".to_owned();
    let draft = DraftAnswer { question_id: questions[0], revision: 1, text, drafted_at: at() };
    send::<Interview>(&store, owner, interview, InterviewCommand::DraftAnswer(draft)).await;
    let opened = store.read_stream("interview", interview).await.unwrap();
    assert!(format!("{opened:?}").contains("Zwetschgenbaum wrote this"), "the store opens what it sealed");
    let tables: Vec<String> =
        sqlx::query_scalar("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'")
            .fetch_all(&database.pool)
            .await
            .unwrap();
    assert!(tables.contains(&"events".to_owned()));
    for table in tables {
        for word in ["Zwetschgenbaum", "ada@example.org"] {
            let found: i64 = sqlx::query_scalar(&format!(
                "SELECT count(*) FROM {table} t WHERE position($1 IN t::text) > 0 \
                 OR position(encode($1::bytea, 'hex') IN t::text) > 0"
            ))
            .bind(word)
            .fetch_one(&database.pool)
            .await
            .unwrap();
            assert_eq!(found, 0, "{word} can be read in {table}");
        }
    }
}

async fn log_of_two_candidates(database: &Database) -> EventStore {
    let store = database.store();
    for name in ["Ada", "Grace"] {
        candidate(&store, name).await;
    }
    store
}

#[tokio::test]
async fn an_untouched_ledger_holds() {
    let database = Database::create().await;
    let store = log_of_two_candidates(&database).await;
    let report = store.verify_ledger().await.unwrap();
    assert_eq!((report.events, report.appends), (8, 6));
    let head: String = sqlx::query_scalar("SELECT encode(hash, 'hex') FROM event_head")
        .fetch_one(&database.pool)
        .await
        .unwrap();
    assert_eq!(report.head, head);
}

#[tokio::test]
async fn a_changed_byte_of_an_event_is_found() {
    for change in [
        "payload = replace(payload::text, '2026', '2025')::json",
        "metadata = replace(metadata::text, 'interaura/test', 'interaura/text')::json",
        "event_type = 'signed_in'",
        "event_version = '2'",
    ] {
        let database = Database::create().await;
        let store = log_of_two_candidates(&database).await;
        sqlx::query(&format!("UPDATE events SET {change} WHERE position = 3"))
            .execute(&database.pool)
            .await
            .unwrap();
        let fault = store.verify_ledger().await.unwrap_err();
        assert!(matches!(fault, LedgerFault::Broken { first: 3, last: 3 }), "{change}: {fault}");
    }
}

#[tokio::test]
async fn a_deleted_event_is_found_wherever_it_was() {
    for (position, first, last) in [(1, 1, 2), (3, 3, 3), (8, 8, 8)] {
        let database = Database::create().await;
        let store = log_of_two_candidates(&database).await;
        sqlx::query("DELETE FROM events WHERE position = $1")
            .bind(position)
            .execute(&database.pool)
            .await
            .unwrap();
        let fault = store.verify_ledger().await.unwrap_err();
        assert!(
            matches!(fault, LedgerFault::Broken { first: f, last: l } if (f, l) == (first, last)),
            "{position}: {fault}"
        );
    }
}

#[tokio::test]
async fn a_tail_that_was_cut_off_with_its_ledger_is_found() {
    let database = Database::create().await;
    let store = log_of_two_candidates(&database).await;
    for cut in ["DELETE FROM events WHERE position = 8", "DELETE FROM ledger WHERE last_position = 8"] {
        sqlx::query(cut).execute(&database.pool).await.unwrap();
    }
    let fault = store.verify_ledger().await.unwrap_err();
    assert!(matches!(fault, LedgerFault::Incomplete { ledger: 7, head: 8 }), "{fault}");
}

#[tokio::test]
async fn the_repository_of_cqrs_es_reads_the_same_events() {
    let database = Database::create().await;
    let store = database.store();
    let owner = candidate(&store, "Ada").await;
    let other = candidate(&store, "Grace").await;
    let repository = LogRepository(store.clone());
    let log = store.read_stream("account", owner.0).await.unwrap();
    let id = owner.to_string();
    let all = repository.get_events::<Account>(&id).await.unwrap();
    assert_eq!(all.len(), 4);
    for (event, recorded) in all.iter().zip(&log) {
        assert_eq!(event.sequence as u64, recorded.sequence);
        assert_eq!(event.event_type, recorded.event_type);
        let payload: serde_json::Value = serde_json::from_str(&recorded.payload).unwrap();
        assert_eq!(event.payload[&recorded.event_type], payload);
    }
    let last = repository.get_last_events::<Account>(&id, 3).await.unwrap();
    assert_eq!(last, all[3..]);
    let mut streamed = repository.stream_all_events::<Account>().await.unwrap();
    let mut owners: Vec<Uuid> = Vec::new();
    while let Some(event) = streamed.next::<Account>(&[]).await {
        owners.push(event.unwrap().aggregate_id.parse().unwrap());
    }
    assert_eq!(owners, [vec![owner.0; 4], vec![other.0; 4]].concat());
}

#[tokio::test]
async fn what_a_command_caused_can_be_told_from_its_event() {
    let database = Database::create().await;
    let store = database.store();
    let owner = candidate(&store, "Ada").await;
    let (interview, _) = started_interview(&store, owner, 1).await;
    let id = fresh();
    let pause = request(owner, interview, id, InterviewCommand::Pause(now()));
    let paused = Commands::<Interview>::execute(&store, pause).await.unwrap();
    let event = store.read_after(Position(paused.position.0 - 1), 1).await.unwrap().remove(0);
    assert_eq!(event.metadata.command_id, CommandId(id));
    assert_eq!(event.metadata.candidate_id, owner);
    assert_eq!(event.metadata.recorded_by, "interaura/test");
    assert_eq!(event.aggregate_id, interview);
}
