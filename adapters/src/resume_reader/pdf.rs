//! Reads PDF with either of two libraries. Runs in a child only.

use std::path::Path;
use std::time::{Duration, Instant};

use interaura_domain::ports::resume_reader::{PageLayout, Unreadable};
use pdfium_render::prelude::{
    PdfDocument, PdfPage, PdfPageObject, PdfPageObjectsCommon as _, PdfPageText, PdfPageTextChar, PdfRect,
    Pdfium, PdfiumError, PdfiumInternalError,
};

use super::glyphs::{self, Glyph};
use super::reading::Reading;
use super::{columns, normalise};

/// Pages beyond these are left out.
const MOST_PAGES: u32 = 300;

/// Text beyond this is left out, in bytes; a page that began is read to its end.
const MOST_BYTES: usize = 2 << 20;

/// After this time the pages that remain are left out.
const ENOUGH_TIME: Duration = Duration::from_secs(6);

/// On so many pages pictures are counted; a scan shows on the first.
const PAGES_LOOKED_AT: u32 = 10;

/// Objects of one page that are looked at.
const OBJECTS_LOOKED_AT: usize = 5_000;

/// So many drawings on a page without text are text turned into outlines.
const OUTLINED_PATHS: usize = 100;

/// Loads the library of pdfium.
///
/// # Errors
/// It is not there, or lacks a function.
pub(super) fn bind(library: &Path) -> Result<Pdfium, PdfiumError> {
    Pdfium::bind_to_library(library).map(Pdfium::new)
}

/// Reads with pdfium.
///
/// # Errors
/// The file is encrypted or damaged.
pub(super) fn read_with_pdfium(pdfium: &Pdfium, file: &[u8]) -> Result<Reading, Unreadable> {
    let document = pdfium.load_pdf_from_byte_slice(file, None).map_err(|fault| reason(&fault))?;
    let pages = u32::try_from(document.pages().len()).unwrap_or(0);
    if pages == 0 {
        return Err(Unreadable::Damaged);
    }
    Ok(Pages::default().read(&document, pages))
}

fn reason(fault: &PdfiumError) -> Unreadable {
    match fault {
        PdfiumError::PdfiumLibraryInternalError(
            PdfiumInternalError::PasswordError | PdfiumInternalError::SecurityError,
        ) => Unreadable::Encrypted,
        _ => Unreadable::Damaged,
    }
}

/// What was gathered so far.
#[derive(Default)]
struct Pages {
    text: String,
    characters: usize,
    read: u32,
    layout: PageLayout,
    outlined: u32,
}

impl Pages {
    fn read(mut self, document: &PdfDocument<'_>, pages: u32) -> Reading {
        let began = Instant::now();
        let mut seen = 0;
        while seen < pages.min(MOST_PAGES) && self.text.len() < MOST_BYTES && began.elapsed() < ENOUGH_TIME {
            let page = i32::try_from(seen).ok().and_then(|index| document.pages().get(index).ok());
            if let Some(page) = page {
                self.add(&page, seen);
            }
            seen += 1;
        }
        let unknown = self.text.chars().filter(|character| *character == '\u{fffd}').count();
        Reading {
            text: normalise::normalise(&self.text),
            pages,
            pages_read: self.read,
            pages_left_out: pages - seen,
            layout: self.layout,
            drawn: self.outlined * 2 >= seen.clamp(1, PAGES_LOOKED_AT),
            unknown_share: share(unknown, self.characters),
        }
    }

    fn add(&mut self, page: &PdfPage<'_>, index: u32) {
        let glyphs = page.text().map(|text| glyphs_of(&text, index == 0));
        self.read += u32::from(glyphs.is_ok());
        let glyphs = glyphs.unwrap_or_default();
        if index == 0 {
            self.layout.columns = columns::count(&glyphs);
        }
        if index < PAGES_LOOKED_AT {
            let mut content = Content { objects_left: OBJECTS_LOOKED_AT, ..Content::default() };
            for object in page.objects().iter() {
                content.add(&object, 0);
            }
            self.layout.images += content.images;
            self.outlined += u32::from(glyphs.len() < 25 && content.paths >= OUTLINED_PATHS);
        }
        self.characters += glyphs.len();
        self.text.push_str(&glyphs::text_of(&glyphs));
        self.text.push_str("\n\n");
    }
}

#[derive(Default)]
struct Content {
    images: u32,
    paths: usize,
    objects_left: usize,
}

impl Content {
    /// Forms may hold forms; three deep is enough to find the picture of a page.
    fn add(&mut self, object: &PdfPageObject<'_>, depth: u8) {
        let Some(left) = self.objects_left.checked_sub(1) else { return };
        self.objects_left = left;
        match object {
            PdfPageObject::Image(_) => self.images += 1,
            PdfPageObject::Path(_) => self.paths += 1,
            PdfPageObject::XObjectForm(form) if depth < 3 => {
                for index in 0..form.len().min(self.objects_left) {
                    if let Ok(inner) = form.get(index) {
                        self.add(&inner, depth + 1);
                    }
                }
            }
            PdfPageObject::XObjectForm(_)
            | PdfPageObject::Shading(_)
            | PdfPageObject::Text(_)
            | PdfPageObject::Unsupported(_) => (),
        }
    }
}

/// The characters of a page. Their places take most of the time, so they are asked for only where
/// `placed` says so or the characters need them.
fn glyphs_of(text: &PdfPageText<'_>, placed: bool) -> Vec<Glyph> {
    let all = text.chars();
    let mut high = None;
    let mut characters = Vec::new();
    for character in all.iter() {
        let unit = character.unicode_value();
        if (0xd800..0xdc00).contains(&unit) {
            high = Some(unit);
        } else if let Some(value) = whole_character(high.take(), unit) {
            characters.push((value, character));
        }
    }
    let placed = placed || glyphs::need_places(characters.iter().map(|(value, _)| *value));
    characters.into_iter().map(|(value, character)| glyph(value, &character, placed)).collect()
}

fn glyph(character: char, place: &PdfPageTextChar<'_>, placed: bool) -> Glyph {
    let bounds = if placed { place.loose_bounds().ok() } else { None };
    let side = |pick: fn(&PdfRect) -> f32| bounds.as_ref().map_or(0.0, pick);
    Glyph {
        character,
        left: side(|bounds| bounds.left().value),
        right: side(|bounds| bounds.right().value),
        bottom: side(|bounds| bounds.bottom().value),
        top: side(|bounds| bounds.top().value),
        generated: placed && place.is_generated().unwrap_or(false),
    }
}

/// pdfium counts in UTF-16 units: two of them may make one character.
fn whole_character(high: Option<u32>, unit: u32) -> Option<char> {
    match (high, unit) {
        (Some(high), low @ 0xdc00..0xe000) => {
            char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00))
        }
        (_, 0) => None,
        (_, unit) => char::from_u32(unit),
    }
}

/// Reads with pdf-extract.
///
/// # Errors
/// The file is encrypted or damaged.
pub(super) fn read_with_pdf_extract(file: &[u8]) -> Result<Reading, Unreadable> {
    let pages = pdf_extract::extract_text_from_mem_by_pages(file).map_err(|_| Unreadable::Damaged)?;
    let count = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    if count == 0 {
        return Err(Unreadable::Damaged);
    }
    let text = pages.join("\n\n");
    let unknown = text.chars().filter(|character| *character == '\u{fffd}').count();
    let characters = text.chars().count();
    Ok(Reading {
        text: normalise::normalise(&text),
        pages: count,
        pages_read: count,
        unknown_share: share(unknown, characters),
        ..Reading::default()
    })
}

#[expect(clippy::cast_precision_loss, reason = "counts of characters stay far below 2^52")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}
