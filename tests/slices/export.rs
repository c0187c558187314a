//! `interaura export`: the whole log, once, where engines look for it, and sealed unless asked otherwise.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use interaura_adapters::event_store::LogFilter;
use interaura_domain::ports::event_log::EventLog as _;
use interaura_tests::database::{Database, MASTER_KEY};
use interaura_tests::story::{answer, candidate, started_interview};
use interaura_tests::{assets, environment};
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::record::{Field, Row};
use tempfile::TempDir;

fn export(database: &Database, into: &Path, options: &[&str]) -> Output {
    Command::new(environment("INTERAURA_BINARY"))
        .arg("export")
        .arg(into)
        .args(options)
        .env("DATABASE_URL", &database.url)
        .env("NATS_URL", environment("NATS_URL"))
        .env("INTERAURA_DATA", into.parent().unwrap())
        .env("INTERAURA_ASSETS", assets().dir())
        .env("INTERAURA_MASTER_KEY", MASTER_KEY)
        .output()
        .unwrap()
}

/// Every Parquet file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

fn rows(file: &Path) -> Vec<Row> {
    let reader = SerializedFileReader::new(std::fs::File::open(file).unwrap()).unwrap();
    reader.get_row_iter(None).unwrap().map(|row| row.unwrap()).collect()
}

fn field(row: &Row, name: &str) -> Field {
    row.get_column_iter().find(|(column, _)| *column == name).unwrap().1.clone()
}

fn payload(row: &Row) -> String {
    match field(row, "payload") {
        Field::Str(text) => text,
        Field::Bytes(bytes) => String::from_utf8(bytes.data().to_vec()).unwrap(),
        other => panic!("{other:?}"),
    }
}

async fn filled() -> Database {
    let database = Database::create().await;
    let store = database.store();
    let owner = candidate(&store, "Ada Lovelace").await;
    let (interview, questions) = started_interview(&store, owner, 2).await;
    answer(&store, owner, interview, questions[0]).await;
    database
}

#[tokio::test(flavor = "multi_thread")]
async fn every_event_is_exported_once_by_day_and_type_and_stays_sealed() {
    let database = filled().await;
    let dir = TempDir::new().unwrap();
    let into = dir.path().join("log");
    let exported = export(&database, &into, &[]);
    assert!(exported.status.success(), "{}", String::from_utf8_lossy(&exported.stderr));
    let stored = database.store().stored(&LogFilter::default(), 10_000).await.unwrap();
    let mut positions = BTreeSet::new();
    for file in files(&into) {
        let path = file.strip_prefix(&into).unwrap().to_str().unwrap().to_owned();
        for row in rows(&file) {
            let Field::Long(position) = field(&row, "position") else { panic!("{row:?}") };
            let event = &stored[usize::try_from(position).unwrap() - 1];
            let (day, kind) = (event.recorded_at.date_naive(), &event.event_type);
            assert_eq!(path, format!("day={day}/event_type={kind}/part-0.parquet"));
            assert_eq!(payload(&row), event.body(), "byte for byte");
            assert_eq!(
                field(&row, "recorded_at"),
                Field::TimestampMicros(event.recorded_at.timestamp_micros())
            );
            assert!(!payload(&row).contains("Lovelace"));
            assert!(positions.insert(position), "{position} is there twice");
        }
    }
    assert_eq!(positions.len() as u64, database.store().head().await.unwrap().0);
}

#[tokio::test(flavor = "multi_thread")]
async fn personal_words_are_exported_in_the_clear_when_asked() {
    let database = filled().await;
    let dir = TempDir::new().unwrap();
    let into = dir.path().join("log");
    let exported = export(&database, &into, &["--open", "--type", "account_registered"]);
    assert!(exported.status.success(), "{}", String::from_utf8_lossy(&exported.stderr));
    let files = files(&into);
    assert_eq!(files.len(), 1, "{files:?}");
    let rows = rows(&files[0]);
    assert_eq!(rows.len(), 1);
    let body: serde_json::Value = serde_json::from_str(&payload(&rows[0])).unwrap();
    assert_eq!(body["email"], "ada@example.org");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_holds_something_is_left_alone() {
    let database = filled().await;
    let dir = TempDir::new().unwrap();
    let into = dir.path().join("log");
    std::fs::create_dir(&into).unwrap();
    std::fs::write(into.join("notes.txt"), "mine").unwrap();
    let refused = export(&database, &into, &[]);
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("is not empty"));
    assert_eq!(files(&into).len(), 1);
}
