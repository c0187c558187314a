//! Tells the format of a file from its bytes; what its name says is not asked.

use crate::ports::resume_reader::{MediaType, Unreadable};

/// How far into a file a PDF may begin: pdfium looks as far.
const PDF_HEADER_WITHIN: usize = 1024;

const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// The format of `file`.
///
/// # Errors
/// It is empty, encrypted as a whole, or neither a PDF nor a DOCX.
pub fn sniff(file: &[u8]) -> Result<MediaType, Unreadable> {
    if file.is_empty() {
        return Err(Unreadable::Empty);
    }
    if file.starts_with(OLE) {
        return Err(if contains(file, &utf16("EncryptedPackage")) {
            Unreadable::Encrypted
        } else {
            Unreadable::UnknownFormat
        });
    }
    if file.starts_with(b"PK\x03\x04") {
        return if is_word(file) { Ok(MediaType::Docx) } else { Err(Unreadable::UnknownFormat) };
    }
    if contains(&file[..file.len().min(PDF_HEADER_WITHIN)], b"%PDF-") {
        return Ok(MediaType::Pdf);
    }
    if file.iter().all(|byte| *byte == 0 || byte.is_ascii_whitespace()) {
        return Err(Unreadable::Empty);
    }
    Err(Unreadable::UnknownFormat)
}

/// Names of entries stand in a ZIP as they are, so a truncated one can be told too. A package of an
/// unknown kind counts as a document: its reader says what is missing.
fn is_word(file: &[u8]) -> bool {
    let other = [&b"xl/workbook"[..], b"ppt/presentation", b"visio/document"];
    contains(file, b"word/")
        || contains(file, b"[Content_Types].xml") && !other.iter().any(|name| contains(file, name))
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_decide_and_not_the_name() {
        assert_eq!(sniff(b"%PDF-1.7\n"), Ok(MediaType::Pdf));
        assert_eq!(sniff(b"junk\r\n\r\njunk %PDF-1.4"), Ok(MediaType::Pdf));
        assert_eq!(sniff(b"PK\x03\x04.......word/document.xml"), Ok(MediaType::Docx));
        assert_eq!(
            sniff(b"PK\x03\x04....[Content_Types].xml...xl/workbook.xml"),
            Err(Unreadable::UnknownFormat)
        );
        assert_eq!(sniff(b"\x89PNG\r\n\x1a\n"), Err(Unreadable::UnknownFormat));
        assert_eq!(sniff(b"<!doctype html><p>resume"), Err(Unreadable::UnknownFormat));
        assert_eq!(sniff(br"{\rtf1 resume}"), Err(Unreadable::UnknownFormat));
    }

    #[test]
    fn a_file_without_content_is_empty() {
        assert_eq!(sniff(b""), Err(Unreadable::Empty));
        assert_eq!(sniff(&[0; 4096]), Err(Unreadable::Empty));
    }

    #[test]
    fn a_locked_word_file_is_encrypted_and_an_old_one_unknown() {
        let mut locked = OLE.to_vec();
        locked.extend(utf16("EncryptedPackage"));
        assert_eq!(sniff(&locked), Err(Unreadable::Encrypted));
        assert_eq!(sniff(OLE), Err(Unreadable::UnknownFormat));
    }
}
