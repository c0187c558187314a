//! Parquet files, one per day and event type, as engines find them: `day=2026-11-22/event_type=…`.
//!
//! Day and event type are in the path and, by that convention, not in the file. A file gets its name
//! when it is whole.

use std::collections::BTreeMap;
use std::fs::File;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use anyhow::Context as _;
use chrono::NaiveDate;
use interaura_adapters::event_store::StoredEvent;
use interaura_domain::envelope::{EventMetadata, RecordedEvent};
use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, DataType, Int32Type, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::TypePtr;

/// A row group is written once it has so many rows, or bodies of so many bytes.
const GROUP_ROWS: usize = 16_384;
const GROUP_BYTES: usize = 8 * 1024 * 1024;

const COLUMNS: &str = "message event {
    required int64 position;
    required binary event_id (STRING);
    required binary aggregate_type (STRING);
    required binary aggregate_id (STRING);
    required int64 sequence;
    required binary event_version (STRING);
    required int64 recorded_at (TIMESTAMP(MICROS,true));
    required int32 partition;
    required binary candidate_id (STRING);
    required binary command_id (STRING);
    required binary correlation_id (STRING);
    optional binary causation_id (STRING);
    required binary actor (STRING);
    required binary recorded_by (STRING);
    required binary payload (JSON);
}";

static SCHEMA: LazyLock<TypePtr> =
    LazyLock::new(|| Arc::new(parse_message_type(COLUMNS).expect("a test writes with these columns")));

/// One event.
pub(super) struct Row {
    position: u64,
    aggregate_type: String,
    aggregate_id: String,
    sequence: u64,
    event_type: String,
    event_version: String,
    recorded_at: chrono::DateTime<chrono::Utc>,
    partition: u16,
    metadata: EventMetadata,
    payload: String,
}

impl Row {
    /// An event as it is stored, its body byte for byte.
    pub(super) fn sealed(stored: StoredEvent) -> anyhow::Result<Self> {
        Ok(Self {
            payload: stored.body().to_owned(),
            metadata: serde_json::from_str(&stored.metadata)?,
            position: stored.position,
            aggregate_type: stored.aggregate_type,
            aggregate_id: stored.aggregate_id,
            sequence: stored.sequence,
            event_type: stored.event_type,
            event_version: stored.event_version,
            recorded_at: stored.recorded_at,
            partition: stored.partition,
        })
    }

    /// An event that was opened.
    pub(super) fn opened(event: RecordedEvent) -> Self {
        Self {
            partition: event.partition().0,
            position: event.position.0,
            aggregate_type: event.aggregate_type,
            aggregate_id: event.aggregate_id.to_string(),
            sequence: event.sequence,
            event_type: event.event_type,
            event_version: event.event_version,
            recorded_at: event.recorded_at,
            metadata: event.metadata,
            payload: event.payload,
        }
    }
}

/// The files that are being written.
pub(super) struct Parts {
    folder: PathBuf,
    open: BTreeMap<(NaiveDate, String), Part>,
    files: usize,
}

impl Parts {
    pub(super) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), open: BTreeMap::new(), files: 0 }
    }

    /// Adds an event. Days before yesterday are closed: processes whose clocks differ append side by side.
    pub(super) fn add(&mut self, row: Row) -> anyhow::Result<()> {
        let key = (row.recorded_at.date_naive(), row.event_type.clone());
        if let Some(yesterday) = key.0.pred_opt() {
            while let Some(entry) = self.open.first_entry().filter(|entry| entry.key().0 < yesterday) {
                entry.remove().close()?;
                self.files += 1;
            }
        }
        let part = match self.open.entry(key) {
            std::collections::btree_map::Entry::Occupied(part) => part.into_mut(),
            std::collections::btree_map::Entry::Vacant(place) => {
                let part = Part::open(&self.folder, place.key())?;
                place.insert(part)
            }
        };
        part.add(row)
    }

    /// Finishes every file, and tells how many there are.
    pub(super) fn close(mut self) -> anyhow::Result<usize> {
        while let Some((_, part)) = self.open.pop_first() {
            part.close()?;
            self.files += 1;
        }
        Ok(self.files)
    }
}

struct Part {
    writer: SerializedFileWriter<File>,
    path: PathBuf,
    rows: Vec<Row>,
    bytes: usize,
}

impl Part {
    fn open(folder: &Path, (day, event_type): &(NaiveDate, String)) -> anyhow::Result<Self> {
        let folder = folder.join(format!("day={day}")).join(format!("event_type={event_type}"));
        std::fs::create_dir_all(&folder).with_context(|| format!("could not make {}", folder.display()))?;
        let mut number = 0;
        let mut path = folder.join("part-0.parquet");
        while path.exists() {
            number += 1;
            path = folder.join(format!("part-{number}.parquet"));
        }
        let mut options = File::options();
        let file = options.write(true).create(true).truncate(true).mode(0o600).open(unfinished(&path));
        let file = file.with_context(|| format!("could not write {}", path.display()))?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(concat!("interaura ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let writer = SerializedFileWriter::new(file, Arc::clone(&SCHEMA), Arc::new(properties))?;
        Ok(Self { writer, path, rows: Vec::new(), bytes: 0 })
    }

    fn add(&mut self, row: Row) -> anyhow::Result<()> {
        self.bytes += row.payload.len();
        self.rows.push(row);
        if self.rows.len() >= GROUP_ROWS || self.bytes >= GROUP_BYTES {
            self.write_group()?;
        }
        Ok(())
    }

    fn write_group(&mut self) -> anyhow::Result<()> {
        let mut group = self.writer.next_row_group()?;
        write_columns(&mut group, &self.rows)?;
        group.close()?;
        self.rows.clear();
        self.bytes = 0;
        Ok(())
    }

    fn close(mut self) -> anyhow::Result<()> {
        if !self.rows.is_empty() {
            self.write_group()?;
        }
        self.writer.close()?;
        std::fs::rename(unfinished(&self.path), &self.path)
            .with_context(|| format!("could not finish {}", self.path.display()))
    }
}

/// Engines leave out what begins with a dot.
fn unfinished(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}"))
}

type Group<'a> = SerializedRowGroupWriter<'a, File>;

/// Writes the columns in the order of the schema.
fn write_columns(group: &mut Group<'_>, rows: &[Row]) -> anyhow::Result<()> {
    numbers(group, rows, |row| row.position.cast_signed())?;
    texts(group, rows, |row| row.metadata.event_id.to_string())?;
    texts(group, rows, |row| row.aggregate_type.clone())?;
    texts(group, rows, |row| row.aggregate_id.clone())?;
    numbers(group, rows, |row| row.sequence.cast_signed())?;
    texts(group, rows, |row| row.event_version.clone())?;
    numbers(group, rows, |row| row.recorded_at.timestamp_micros())?;
    let partitions: Vec<i32> = rows.iter().map(|row| i32::from(row.partition)).collect();
    column::<Int32Type>(group, &partitions, None)?;
    texts(group, rows, |row| row.metadata.candidate_id.to_string())?;
    texts(group, rows, |row| row.metadata.command_id.to_string())?;
    texts(group, rows, |row| row.metadata.correlation_id.to_string())?;
    let causes = rows.iter().map(|row| row.metadata.causation_id);
    let there: Vec<i16> = causes.clone().map(|cause| i16::from(cause.is_some())).collect();
    let causes: Vec<ByteArray> = causes.flatten().map(|cause| bytes(cause.to_string())).collect();
    column::<ByteArrayType>(group, &causes, Some(&there))?;
    let actors = rows.iter().map(|row| serde_json::to_string(&row.metadata.actor).map(bytes));
    column::<ByteArrayType>(group, &actors.collect::<Result<Vec<_>, _>>()?, None)?;
    texts(group, rows, |row| row.metadata.recorded_by.clone())?;
    texts(group, rows, |row| row.payload.clone())
}

fn numbers(group: &mut Group<'_>, rows: &[Row], of: impl Fn(&Row) -> i64) -> anyhow::Result<()> {
    let values: Vec<i64> = rows.iter().map(of).collect();
    column::<Int64Type>(group, &values, None)
}

fn texts(group: &mut Group<'_>, rows: &[Row], of: impl Fn(&Row) -> String) -> anyhow::Result<()> {
    let values: Vec<ByteArray> = rows.iter().map(|row| bytes(of(row))).collect();
    column::<ByteArrayType>(group, &values, None)
}

fn bytes(text: String) -> ByteArray {
    ByteArray::from(text.into_bytes())
}

fn column<T: DataType>(group: &mut Group<'_>, values: &[T::T], there: Option<&[i16]>) -> anyhow::Result<()> {
    let mut column = group.next_column()?.context("more is written than the schema has columns")?;
    column.typed::<T>().write_batch(values, there, None)?;
    Ok(column.close()?)
}
