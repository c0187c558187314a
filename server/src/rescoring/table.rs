//! Rescored answers as a Parquet file.

use std::fs::File;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use interaura_domain::interview::question::QuestionKind;
use parquet::basic::Compression;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;

use super::Rescored;

const COLUMNS: &str = "message rescored_answer {
    required binary interview_id (STRING);
    required binary answer_id (STRING);
    required binary question (STRING);
    required binary role (STRING);
    required binary level (STRING);
    required binary kind (STRING);
    required boolean counts;
    required binary was_judged_by (STRING);
    required binary is_judged_by (STRING);
    required double was;
    required double is;
    required double shift;
    required int64 evaluated_at (TIMESTAMP(MICROS,true));
}";

type Group<'a> = SerializedRowGroupWriter<'a, File>;

pub(super) fn write(answers: &[Rescored], path: &Path) -> anyhow::Result<()> {
    let file = File::options().write(true).create_new(true).mode(0o600).open(path);
    let file = file.with_context(|| format!("could not make {}", path.display()))?;
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let schema = Arc::new(parse_message_type(COLUMNS)?);
    let mut writer = SerializedFileWriter::new(file, schema, Arc::new(properties))?;
    let mut group = writer.next_row_group()?;
    text(&mut group, answers, |answer| answer.interview_id.to_string())?;
    text(&mut group, answers, |answer| answer.answer_id.to_string())?;
    text(&mut group, answers, |answer| answer.question.clone())?;
    text(&mut group, answers, |answer| answer.role.clone())?;
    text(&mut group, answers, |answer| answer.level.clone())?;
    text(&mut group, answers, |answer| kind(answer.kind).to_owned())?;
    column::<BoolType>(&mut group, answers, |answer| answer.counts)?;
    text(&mut group, answers, |answer| answer.was_judged_by.clone())?;
    text(&mut group, answers, |answer| answer.is_judged_by.clone())?;
    column::<DoubleType>(&mut group, answers, |answer| answer.was.value())?;
    column::<DoubleType>(&mut group, answers, |answer| answer.is.value())?;
    column::<DoubleType>(&mut group, answers, Rescored::shift)?;
    column::<Int64Type>(&mut group, answers, |answer| answer.evaluated_at.timestamp_micros())?;
    group.close()?;
    writer.close()?;
    Ok(())
}

fn kind(kind: QuestionKind) -> &'static str {
    match kind {
        QuestionKind::Behavioural => "behavioural",
        QuestionKind::Technical => "technical",
    }
}

fn text(
    group: &mut Group<'_>,
    answers: &[Rescored],
    value: impl Fn(&Rescored) -> String,
) -> anyhow::Result<()> {
    column::<ByteArrayType>(group, answers, |answer| ByteArray::from(value(answer).into_bytes()))
}

fn column<T: DataType>(
    group: &mut Group<'_>,
    answers: &[Rescored],
    value: impl Fn(&Rescored) -> T::T,
) -> anyhow::Result<()> {
    let values: Vec<T::T> = answers.iter().map(value).collect();
    let mut column = group.next_column()?.context("the schema has fewer columns than a row has values")?;
    column.typed::<T>().write_batch(&values, None, None)?;
    column.close()?;
    Ok(())
}
