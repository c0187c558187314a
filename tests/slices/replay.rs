//! `interaura replay` and `export` refuse what no log can hold, instead of finding nothing in silence.

use interaura_tests::binary::{bare_interaura, interaura, said};
use interaura_tests::database::Database;
use interaura_tests::nats::Nats;
use interaura_tests::story::{candidate, fresh};
use tempfile::TempDir;

fn refusal(arguments: &[&str]) -> String {
    let (done, words) = said(&bare_interaura().args(arguments).output().unwrap());
    assert!(!done, "{arguments:?}: {words}");
    words
}

#[test]
fn an_event_type_that_there_is_not_is_refused_with_the_nearest() {
    for command in [["replay", "--type"], ["replay", "--type=answer_submitted"], ["export", "log"]] {
        let mut arguments = command.to_vec();
        if command[1] != "--type" {
            arguments.push("--type");
        }
        arguments.push("answer_evaluted");
        let words = refusal(&arguments);
        assert!(words.contains("answer_evaluted") && words.contains("'answer_evaluated'"), "{words}");
    }
    assert!(refusal(&["replay", "--type", "nonsense"]).contains("report_issued"), "all are named");
}

#[test]
fn a_kind_of_aggregate_that_there_is_not_is_refused_with_the_nearest() {
    let words = refusal(&["replay", "--aggregate-type", "interviews"]);
    assert!(words.contains("'interview'"), "{words}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_aggregate_and_a_candidate_that_the_log_does_not_know_are_refused() {
    let (database, nats, dir) = (Database::create().await, Nats::start().await, TempDir::new().unwrap());
    let owner = candidate(&database.store(), "Ada").await;
    let replay = |options: &[&str]| {
        said(&interaura(&database, &nats, dir.path()).arg("replay").args(options).output().unwrap())
    };
    let (owner, stranger) = (owner.to_string(), fresh().to_string());
    for option in ["--aggregate", "--candidate"] {
        let (done, words) = replay(&[option, &owner]);
        assert!(done && words.lines().count() >= 4, "{words}");
        let (done, words) = replay(&[option, &stranger]);
        assert!(!done && words.contains(&stranger), "{words}");
    }
    let (done, words) = replay(&["--aggregate", &owner, "--aggregate-type", "interview"]);
    assert!(!done && words.contains("no event of the interview"), "{words}");
}
