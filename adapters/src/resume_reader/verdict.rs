//! Decides what the outcomes of the children mean for the file.

use interaura_domain::ports::resume_reader::{ReadResume, ResumeReaderError, Unreadable};
use interaura_domain::words::counted;

use super::agreement;
use super::child::Outcome;
use super::reading::Reading;

const PDFIUM: &str = "pdfium/8149";
const PDF_EXTRACT: &str = "pdf-extract/0.12";
const DOCX: &str = "interaura-docx/1";

/// Fewer characters than these on a page are no text: a number, a stamp.
const LEAST_PER_PAGE: usize = 25;

/// From so many pages on, the candidate is told that the file is long.
const LONG: u32 = 6;

/// The verdict on a PDF: what pdfium read, checked or replaced by what pdf-extract read.
///
/// # Errors
/// Neither has text.
pub(super) fn on_pdf(first: Outcome, check: Outcome) -> Result<ReadResume, ResumeReaderError> {
    match (first, check) {
        (Outcome::Read(first), Outcome::Read(check)) if weight(&check) > 2 * weight(&first) => {
            let agreement = agreement::word_f1(&first.text, &check.text);
            let layout = first.layout;
            let check = Reading { layout, drawn: first.drawn, ..*check };
            let reader = format!("{PDF_EXTRACT} (checked by {PDFIUM})");
            accept(check, reader, Some(agreement))
        }
        (Outcome::Read(first), Outcome::Read(check)) if weight(&check) > 0 => {
            let agreement = agreement::word_f1(&first.text, &check.text);
            accept(*first, format!("{PDFIUM} (checked by {PDF_EXTRACT})"), Some(agreement))
        }
        (Outcome::Read(first), _) => accept(*first, PDFIUM.to_owned(), None),
        (Outcome::Refused(Unreadable::Encrypted), _) => Err(Unreadable::Encrypted.into()),
        (_, Outcome::Read(check)) if has_text(&check) => accept(*check, PDF_EXTRACT.to_owned(), None),
        (Outcome::Refused(reason), _) => Err(reason.into()),
        (Outcome::Exhausted, _) => Err(Unreadable::TooComplex.into()),
        (Outcome::Crashed, _) => Err(Unreadable::Damaged.into()),
    }
}

/// The verdict on a DOCX, which one reader reads.
///
/// # Errors
/// It has no text.
pub(super) fn on_docx(outcome: Outcome) -> Result<ReadResume, ResumeReaderError> {
    match outcome {
        Outcome::Read(reading) => accept(*reading, DOCX.to_owned(), None),
        Outcome::Refused(reason) => Err(reason.into()),
        Outcome::Exhausted => Err(Unreadable::TooComplex.into()),
        Outcome::Crashed => Err(Unreadable::Damaged.into()),
    }
}

fn accept(reading: Reading, reader: String, agreement: Option<f64>) -> Result<ReadResume, ResumeReaderError> {
    if !has_text(&reading) {
        let pictured = reading.layout.images > 0 || reading.drawn;
        let broken = reading.pages > 0 && reading.pages_read == 0;
        return Err(match (pictured, broken) {
            (true, _) => Unreadable::ImageOnly,
            (false, true) => Unreadable::Damaged,
            (false, false) => Unreadable::NoText,
        }
        .into());
    }
    let remarks = remarks_on(&reading, agreement);
    Ok(ReadResume {
        confidence: confidence(&reading, agreement),
        pages: (reading.pages > 0).then_some(reading.pages),
        layout: reading.layout,
        text: reading.text,
        agreement,
        reader,
        remarks,
    })
}

/// A page of a scan may carry a stamp or a number; a resume without pictures may be very short.
fn has_text(reading: &Reading) -> bool {
    let pages = (reading.pages - reading.pages_left_out).max(1) as usize;
    let least =
        if reading.layout.images > 0 || reading.drawn { LEAST_PER_PAGE * pages } else { LEAST_PER_PAGE };
    weight(reading) >= least
}

fn weight(reading: &Reading) -> usize {
    reading.text.chars().filter(|character| character.is_alphanumeric()).count()
}

/// A reader's own signs of trouble weigh most; a second reader that agrees removes the rest of the doubt.
fn confidence(reading: &Reading, agreement: Option<f64>) -> f64 {
    let pages =
        f64::from(reading.pages_read.max(1)) / f64::from((reading.pages - reading.pages_left_out).max(1));
    let letters = (1.0 - 4.0 * reading.unknown_share).max(0.0);
    let checked = match (agreement, reading.pages) {
        (Some(agreement), _) => 0.6 + 0.4 * agreement,
        (None, 0) => 0.97,
        (None, _) => 0.8,
    };
    let floating = if reading.layout.floating_text { 0.97 } else { 1.0 };
    (pages.min(1.0) * letters * checked * floating).clamp(0.0, 1.0)
}

fn remarks_on(reading: &Reading, agreement: Option<f64>) -> Vec<String> {
    let mut remarks = Vec::new();
    let Reading { pages, pages_left_out, .. } = *reading;
    if pages_left_out > 0 {
        remarks.push(match pages_left_out {
            1 => format!("the last of {pages} pages was left out"),
            _ => format!("the last {pages_left_out} of {pages} pages were left out"),
        });
    }
    if pages >= LONG {
        remarks.push(format!("the file has {pages} pages; few readers look beyond the second"));
    }
    if reading.pages_read > 0 && reading.pages_read + pages_left_out < pages {
        let lost = pages - pages_left_out - reading.pages_read;
        let pages = counted(pages, "page");
        remarks.push(format!("{lost} of {pages} could not be read"));
    }
    if reading.unknown_share > 0.002 {
        remarks.push(
            "some letters of this file have no meaning given; export it again with another font".to_owned(),
        );
    }
    if agreement.is_some_and(|agreement| agreement < 0.75) {
        remarks.push("two readers see different text in this file; check the text below".to_owned());
    }
    if reading.pages > 0 && agreement.is_none() {
        remarks.push("only one of two readers could read this file".to_owned());
    }
    if reading.layout.floating_text {
        remarks
            .push("some text stands in text boxes, headers or footers, which many systems skip".to_owned());
    }
    remarks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(text: &str) -> Outcome {
        let reading = Reading { text: text.to_owned(), pages: 1, pages_read: 1, ..Reading::default() };
        Outcome::Read(Box::new(reading))
    }

    fn refusal(result: Result<ReadResume, ResumeReaderError>) -> Unreadable {
        match result {
            Err(ResumeReaderError::Refused(reason)) => reason,
            other => panic!("{other:?}"),
        }
    }

    const TEXT: &str = "Ada Lovelace wrote the first program for the Analytical Engine";

    #[test]
    fn a_second_reader_that_dies_costs_only_the_agreement() {
        let read = on_pdf(reading(TEXT), Outcome::Crashed).unwrap();
        assert_eq!(read.text, TEXT);
        assert_eq!(read.agreement, None);
        assert!(read.confidence < 0.9);
    }

    #[test]
    fn where_pdfium_falls_the_other_reader_stands_in() {
        let read = on_pdf(Outcome::Crashed, reading(TEXT)).unwrap();
        assert_eq!(read.reader, PDF_EXTRACT);
        assert_eq!(refusal(on_pdf(Outcome::Exhausted, Outcome::Crashed)), Unreadable::TooComplex);
    }

    #[test]
    fn a_locked_file_is_locked_even_if_the_other_reader_gives_something() {
        let locked = Outcome::Refused(Unreadable::Encrypted);
        assert_eq!(refusal(on_pdf(locked, reading(TEXT))), Unreadable::Encrypted);
    }

    #[test]
    fn readers_that_agree_make_sure() {
        let sure = on_pdf(reading(TEXT), reading(TEXT)).unwrap();
        assert!(sure.confidence > 0.99 && sure.agreement == Some(1.0));
    }

    #[test]
    fn a_page_number_on_a_picture_is_no_text() {
        let mut scan = Reading { text: "page 1".to_owned(), pages: 1, pages_read: 1, ..Reading::default() };
        assert_eq!(refusal(on_docx(Outcome::Read(Box::new(scan.clone())))), Unreadable::NoText);
        scan.layout.images = 1;
        assert_eq!(refusal(on_docx(Outcome::Read(Box::new(scan)))), Unreadable::ImageOnly);
    }
}
