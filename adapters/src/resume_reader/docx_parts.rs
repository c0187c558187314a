//! Takes the parts of a DOCX out of its ZIP within limits.

use std::io::{Cursor, ErrorKind, Read as _};

use interaura_domain::ports::resume_reader::Unreadable;
use zip::ZipArchive;
use zip::result::ZipError;

const MOST_ENTRIES: usize = 2_000;
/// What the parts that are read may hold together, in bytes.
const MOST_BYTES: u64 = 48 << 20;
/// A part larger than this must not be packed more than `MOST_RATIO` times.
const SMALL: u64 = 4 << 20;
const MOST_RATIO: u64 = 150;

/// The parts of a document that hold text, in reading order.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// Headers of pages.
    pub(super) headers: Vec<String>,
    /// The document itself.
    pub(super) body: String,
    /// Footers of pages, then notes.
    pub(super) footers: Vec<String>,
    /// Pictures.
    pub(super) images: u32,
}

/// Unpacks `file`.
///
/// # Errors
/// It is encrypted, damaged, or would grow beyond the limits.
pub(super) fn unpack(file: &[u8]) -> Result<Parts, Unreadable> {
    let mut archive = ZipArchive::new(Cursor::new(file)).map_err(|fault| reason(&fault))?;
    if archive.len() > MOST_ENTRIES {
        return Err(Unreadable::TooComplex);
    }
    let mut names: Vec<String> =
        archive.file_names().filter_map(Result::ok).map(std::borrow::Cow::into_owned).collect();
    names.sort();
    let mut unpacking = Unpacking { archive: &mut archive, bytes_left: MOST_BYTES };
    let body = names
        .iter()
        .find(|name| normal(name) == "word/document.xml")
        .or_else(|| names.iter().find(|name| is_numbered(name, "word/document")))
        .ok_or(Unreadable::Damaged)?;
    let mut parts = Parts { body: unpacking.text(body)?, ..Parts::default() };
    for name in &names {
        if is_numbered(name, "word/header") {
            parts.headers.push(unpacking.text(name)?);
        } else if ["word/footer", "word/footnotes", "word/endnotes"]
            .iter()
            .any(|kind| is_numbered(name, kind))
        {
            parts.footers.push(unpacking.text(name)?);
        } else if normal(name).starts_with("word/media/") {
            parts.images += 1;
        }
    }
    Ok(parts)
}

fn normal(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

fn is_numbered(name: &str, kind: &str) -> bool {
    let name = normal(name);
    let number = name.strip_prefix(kind).and_then(|rest| rest.strip_suffix(".xml"));
    number.is_some_and(|number| number.chars().all(|digit| digit.is_ascii_digit()))
}

struct Unpacking<'a, 'b> {
    archive: &'a mut ZipArchive<Cursor<&'b [u8]>>,
    bytes_left: u64,
}

impl Unpacking<'_, '_> {
    fn text(&mut self, name: &str) -> Result<String, Unreadable> {
        let index = self.archive.index_for_name(name).ok_or(Unreadable::Damaged)?;
        let part = self.archive.by_index(index).map_err(|fault| reason(&fault))?;
        if part.encrypted() {
            return Err(Unreadable::Encrypted);
        }
        let packed = part.compressed_size().max(1);
        let mut bytes = Vec::new();
        let limit = self.bytes_left.min(SMALL.max(packed.saturating_mul(MOST_RATIO)));
        part.take(limit + 1).read_to_end(&mut bytes).map_err(|fault| unread(&fault))?;
        self.bytes_left = match bytes.len() as u64 {
            taken if taken > limit => return Err(Unreadable::TooComplex),
            taken => self.bytes_left - taken,
        };
        Ok(decode(&bytes))
    }
}

/// A part that finds no room in memory is not damaged.
fn unread(fault: &std::io::Error) -> Unreadable {
    match fault.kind() {
        ErrorKind::OutOfMemory => Unreadable::TooComplex,
        _ => Unreadable::Damaged,
    }
}

fn reason(fault: &ZipError) -> Unreadable {
    match fault {
        ZipError::Io(fault) => unread(fault),
        ZipError::InvalidPassword => Unreadable::Encrypted,
        ZipError::UnsupportedArchive(why) if why.to_lowercase().contains("password") => Unreadable::Encrypted,
        _ => Unreadable::Damaged,
    }
}

fn decode(bytes: &[u8]) -> String {
    let wide = |order: fn([u8; 2]) -> u16| {
        let units = bytes[2..].as_chunks::<2>().0.iter().map(|pair| order(*pair));
        char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{fffd}')).collect()
    };
    match bytes {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        _ => String::from_utf8_lossy(bytes).trim_start_matches('\u{feff}').to_owned(),
    }
}
