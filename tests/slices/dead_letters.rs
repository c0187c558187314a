//! `interaura dead-letters`: what read models could not apply and reactions gave up is listed, retried, discarded.

use std::process::Command;

use interaura_adapters::cursors::PostgresCursors;
use interaura_domain::ids::CandidateId;
use interaura_domain::ports::cursors::CursorStore as _;
use interaura_domain::ports::event_log::EventLog as _;
use interaura_tests::binary::{interaura, said};
use interaura_tests::database::Database;
use interaura_tests::nats::Nats;
use interaura_tests::story::{answer, candidate, complete_profile, started_interview};
use tempfile::TempDir;
use uuid::Uuid;

/// An interview that ended without a report, for the reaction that issues it gave the event up.
struct Parked {
    database: Database,
    nats: Nats,
    dir: TempDir,
    owner: CandidateId,
    interview: Uuid,
    /// `report_issuing/17`
    id: String,
}

async fn parked() -> Parked {
    let (database, nats) = (Database::create().await, Nats::start().await);
    nats.connect().await;
    let store = database.store();
    let owner = candidate(&store, "Ada").await;
    let (interview, questions) = started_interview(&store, owner, 1).await;
    answer(&store, owner, interview, questions[0]).await;
    let log = store.read_stream("interview", interview).await.unwrap();
    let completed = log.last().unwrap();
    assert_eq!(completed.event_type, "interview_completed");
    let cursors = PostgresCursors::new(database.pool.clone());
    cursors.park("report_issuing", completed, "given up").await.unwrap();
    let id = format!("report_issuing/{}", completed.position.0);
    Parked { database, nats, dir: TempDir::new().unwrap(), owner, interview, id }
}

impl Parked {
    fn run(&self, arguments: &[&str]) -> (bool, String) {
        let mut command: Command = interaura(&self.database, &self.nats, self.dir.path());
        said(&command.arg("dead-letters").args(arguments).env("INTERAURA_LOG", "error").output().unwrap())
    }

    async fn event_types(&self) -> Vec<String> {
        let log = self.database.store().read_stream("interview", self.interview).await.unwrap();
        log.into_iter().map(|event| event.event_type).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_a_reaction_gave_up_is_listed_and_worked_off_again() {
    let case = parked().await;
    let id = case.id.as_str();
    assert_eq!(case.run(&["list"]), (true, format!("{id}\treaction\tinterview_completed\tgiven up\n")));
    let (done, words) = case.run(&["retry", id]);
    assert!(done && words.contains(&format!("{id}: done")), "{words}");
    assert_eq!(case.event_types().await.last().unwrap(), "report_issued");
    assert_eq!(case.run(&["list"]), (true, String::new()));
    let (done, words) = case.run(&["retry", "report_issuing"]);
    assert!(!done && words.contains("nothing is parked as report_issuing"), "{words}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_a_reaction_gives_up_again_stays_parked() {
    let case = parked().await;
    let broken = r#"UPDATE events SET payload = '{"interview_completed":{}}' WHERE event_type = 'interview_completed'"#;
    sqlx::query(broken).execute(&case.database.pool).await.unwrap();
    let (done, words) = case.run(&["retry", "report_issuing"]);
    assert!(!done && words.contains(&format!("{}: failed again and stays parked", case.id)), "{words}");
    assert!(case.run(&["list"]).1.starts_with(&case.id));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_a_reaction_gave_up_is_discarded() {
    let case = parked().await;
    let (done, words) = case.run(&["discard", "report_issuing"]);
    assert!(!done && words.contains("name one event"), "{words}");
    let (done, words) = case.run(&["discard", "report_issuing/1"]);
    assert!(!done && words.contains("nothing is parked as report_issuing/1"), "{words}");
    assert_eq!(case.run(&["discard", &case.id]), (true, format!("{}: forgotten\n", case.id)));
    assert_eq!(case.run(&["list"]), (true, String::new()));
    assert_eq!(case.event_types().await.last().unwrap(), "interview_completed");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_a_read_model_could_not_apply_is_told_from_a_reactions() {
    let case = parked().await;
    let store = case.database.store();
    let profile = complete_profile(&store, case.owner, "Ada King").await.position.0;
    let parked = "INSERT INTO dead_letters (view, generation, position, candidate_id, event_type, error) \
                  VALUES ('account_profile', 1, $1, $2, 'profile_completed', 'no')";
    let parked = sqlx::query(parked).bind(profile.cast_signed()).bind(case.owner.0);
    parked.execute(&case.database.pool).await.unwrap();
    let id = format!("account_profile/{profile}");
    let (_, words) = case.run(&["list"]);
    assert!(
        words.starts_with(&format!("{id}\tread model\tprofile_completed\tno\n{}\treaction\t", case.id)),
        "{words}"
    );
    let (done, words) = case.run(&["retry", &id]);
    assert!(done && words.contains("read model account_profile: 1 events applied"), "{words}");
    assert!(case.run(&["list"]).1.starts_with(&case.id));
}
