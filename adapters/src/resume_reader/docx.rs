//! Reads DOCX: paragraphs, tables, text boxes, headers and footers. Runs in a child only.

use interaura_domain::ports::resume_reader::{PageLayout, Unreadable};
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::docx_parts::{Parts, unpack};
use super::normalise;
use super::reading::Reading;

const DEEPEST: usize = 400;
const MOST_BYTES: usize = 3 << 20;

/// Reads a DOCX.
///
/// # Errors
/// It is encrypted, damaged, or grows beyond the limits.
pub(super) fn read(file: &[u8]) -> Result<Reading, Unreadable> {
    let Parts { headers, body, footers, images } = unpack(file)?;
    let body = walk(&body)?;
    let above = margins(&headers, &body.lines)?;
    let below = margins(&footers, &body.lines)?;
    let floating_text = body.boxes > 0 || !above.is_empty() || !below.is_empty();
    let lines: Vec<String> = above.into_iter().chain(body.lines).chain(below).collect();
    let layout = PageLayout { columns: body.columns, images, tables: body.tables, floating_text };
    Ok(Reading { text: normalise::normalise(&lines.join("\n")), layout, ..Reading::default() })
}

/// The lines of headers or footers; first pages, odd and even ones often repeat each other.
fn margins(parts: &[String], body: &[String]) -> Result<Vec<String>, Unreadable> {
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        for line in walk(part)?.lines {
            let seen = lines.contains(&line) || body.contains(&line);
            if !seen && line.chars().any(char::is_alphabetic) {
                lines.push(line);
            }
        }
    }
    Ok(lines)
}

/// What is being written: paragraphs within cells within rows within cells ...
enum Frame {
    Paragraph { text: String, bullet: bool },
    Cell(Vec<String>),
    Row(Vec<Vec<String>>),
}

#[derive(Default)]
struct Walk {
    lines: Vec<String>,
    frames: Vec<Frame>,
    depth: usize,
    bytes: usize,
    skipped_below: Option<usize>,
    in_text: bool,
    in_tab_stops: bool,
    hidden_run: bool,
    tables: u32,
    boxes: u32,
    columns: u8,
}

fn walk(xml: &str) -> Result<Walk, Unreadable> {
    let mut reader = Reader::from_str(xml);
    let mut walk = Walk { columns: 1, ..Walk::default() };
    loop {
        match reader.read_event().map_err(|_| Unreadable::Damaged)? {
            Event::Start(tag) => walk.open(&tag, false)?,
            Event::Empty(tag) => walk.open(&tag, true)?,
            Event::End(tag) => walk.close(tag.local_name().as_ref())?,
            Event::Text(text) => walk.write(&text.xml10_content())?,
            Event::CData(text) => walk.write(&text.xml10_content())?,
            Event::GeneralRef(reference) => walk.write(&entity(&reference))?,
            Event::Eof if walk.depth > 0 => return Err(Unreadable::Damaged),
            Event::Eof => return Ok(walk),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => (),
        }
    }
}

/// A character reference or one of XML's own five; entities that a file defines stand for nothing.
fn entity(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    match &*reference.xml10_content() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    }
    .to_owned()
}

impl Walk {
    fn open(&mut self, tag: &BytesStart<'_>, empty: bool) -> Result<(), Unreadable> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Unreadable::TooComplex);
        }
        let name = tag.local_name();
        if self.skipped_below.is_none() {
            self.enter(tag, name.as_ref(), empty)?;
        }
        if empty {
            self.depth -= 1;
        }
        Ok(())
    }

    fn enter(&mut self, tag: &BytesStart<'_>, name: &str, empty: bool) -> Result<(), Unreadable> {
        match name {
            "Fallback" | "moveFrom" | "del" if !empty => self.skipped_below = Some(self.depth),
            "p" if !empty => self.frames.push(Frame::Paragraph { text: String::new(), bullet: false }),
            "p" => self.finish_line(String::new()),
            "tbl" => self.tables += 1,
            "tr" if !empty => self.frames.push(Frame::Row(Vec::new())),
            "tc" if !empty => self.frames.push(Frame::Cell(Vec::new())),
            "txbxContent" => self.boxes += 1,
            "r" => self.hidden_run = false,
            "vanish" => {
                self.hidden_run = attribute(tag, "val").is_none_or(|value| value != "0" && value != "false");
            }
            "t" => self.in_text = !empty,
            "tabs" => self.in_tab_stops = !empty,
            "tab" if self.in_tab_stops => (),
            "tab" | "ptab" => self.put("\t")?,
            "br" | "cr" => self.put("\n")?,
            "noBreakHyphen" => self.put("-")?,
            "sym" => self.put(symbol(tag).encode_utf8(&mut [0; 4]))?,
            "numId" => self.mark_bullet(attribute(tag, "val").is_some_and(|number| number != "0")),
            "pStyle" => {
                let style = attribute(tag, "val").unwrap_or_default().replace(' ', "");
                self.mark_bullet(style.starts_with("ListBullet") || style.starts_with("ListNumber"));
            }
            "cols" => {
                let columns = attribute(tag, "num").and_then(|number| number.parse().ok()).unwrap_or(1);
                self.columns = self.columns.max(columns);
            }
            _ => (),
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), Unreadable> {
        self.depth = self.depth.checked_sub(1).ok_or(Unreadable::Damaged)?;
        match self.skipped_below {
            Some(above) if self.depth < above => self.skipped_below = None,
            Some(_) => return Ok(()),
            None => self.leave(name),
        }
        Ok(())
    }

    fn leave(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "tabs" => self.in_tab_stops = false,
            "r" => self.hidden_run = false,
            "p" => {
                if let Some(Frame::Paragraph { text, bullet }) = self.frames.pop() {
                    self.finish_line(if bullet { bulleted(text) } else { text });
                }
            }
            "tc" => {
                if let Some(Frame::Cell(lines)) = self.frames.pop() {
                    match self.frames.last_mut() {
                        Some(Frame::Row(cells)) => cells.push(lines),
                        _ => lines.into_iter().for_each(|line| self.finish_line(line)),
                    }
                }
            }
            "tr" => {
                if let Some(Frame::Row(cells)) = self.frames.pop() {
                    for line in row_lines(cells) {
                        self.finish_line(line);
                    }
                }
            }
            _ => (),
        }
    }

    fn write(&mut self, text: &str) -> Result<(), Unreadable> {
        if self.in_text && self.skipped_below.is_none() { self.put(text) } else { Ok(()) }
    }

    fn put(&mut self, piece: &str) -> Result<(), Unreadable> {
        if self.hidden_run {
            return Ok(());
        }
        let piece = piece.replace('\u{ad}', "");
        self.bytes += piece.len();
        if self.bytes > MOST_BYTES {
            return Err(Unreadable::TooComplex);
        }
        if let Some(Frame::Paragraph { text, .. }) = self.frames.last_mut() {
            text.push_str(&piece);
        }
        Ok(())
    }

    fn mark_bullet(&mut self, marked: bool) {
        if let Some(Frame::Paragraph { bullet, .. }) = self.frames.last_mut() {
            *bullet |= marked;
        }
    }

    /// Gives a line to the innermost cell, or to the document.
    fn finish_line(&mut self, line: String) {
        let cell = self.frames.iter_mut().rev().find_map(|frame| match frame {
            Frame::Cell(lines) => Some(lines),
            Frame::Paragraph { .. } | Frame::Row(_) => None,
        });
        cell.unwrap_or(&mut self.lines).push(line);
    }
}

fn bulleted(text: String) -> String {
    match text.trim_start().chars().next() {
        Some(first) if first.is_alphanumeric() || "([\"'“‘+#$€£".contains(first) => {
            format!("• {text}")
        }
        Some(_) | None => text,
    }
}

/// Cells of one line each read as one line; where a cell holds more, the table is only layout.
fn row_lines(cells: Vec<Vec<String>>) -> Vec<String> {
    let cells: Vec<Vec<String>> = cells
        .into_iter()
        .map(|lines| lines.into_iter().filter(|line| !line.trim().is_empty()).collect())
        .collect();
    if cells.iter().all(|lines: &Vec<String>| lines.len() <= 1) {
        return vec![cells.concat().join("\t")];
    }
    cells.concat()
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found =
        tag.attributes().with_checks(false).flatten().find(|one| one.key.local_name().as_ref() == name)?;
    Some(found.value.into_owned())
}

/// A character of a symbol font; the private ones are sorted out when the text is normalised.
fn symbol(tag: &BytesStart<'_>) -> char {
    let code = attribute(tag, "char").and_then(|code| u32::from_str_radix(&code, 16).ok());
    code.and_then(char::from_u32).unwrap_or(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(xml: &str) -> Vec<String> {
        walk(xml).unwrap().lines
    }

    #[test]
    fn a_paragraph_is_a_line_and_a_list_item_has_a_bullet() {
        let xml = "<w:p><w:r><w:t>Built &amp; ran</w:t><w:tab/><w:t>2020</w:t></w:r></w:p>\
                   <w:p><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>Led</w:t></w:r></w:p>";
        assert_eq!(lines(xml), ["Built & ran\t2020", "• Led"]);
    }

    #[test]
    fn tab_stops_are_no_tabs() {
        let xml = "<p><pPr><tabs><tab val=\"left\"/></tabs></pPr><r><t>x</t></r></p>";
        assert_eq!(lines(xml), ["x"]);
    }

    #[test]
    fn a_text_box_is_read_once() {
        let xml = "<p><r><AlternateContent><Choice><txbxContent><p><r><t>box</t></r></p></txbxContent></Choice>\
                   <Fallback><txbxContent><p><r><t>box</t></r></p></txbxContent></Fallback></AlternateContent></r>\
                   <r><t>after</t></r></p>";
        let walk = walk(xml).unwrap();
        assert_eq!(walk.lines, ["box", "after"]);
        assert_eq!(walk.boxes, 1);
    }

    #[test]
    fn rows_of_short_cells_are_lines_and_columns_made_of_cells_are_not() {
        let cell = |text: &str| format!("<tc><p><r><t>{text}</t></r></p></tc>");
        let two = "<tc><p><r><t>a</t></r></p><p><r><t>b</t></r></p></tc>";
        let table = |cells: &str| format!("<tbl><tr>{cells}</tr></tbl>");
        assert_eq!(lines(&table(&(cell("2020") + &cell("Engineer")))), ["2020\tEngineer"]);
        assert_eq!(lines(&table(&(two.to_owned() + &cell("c")))), ["a", "b", "c"]);
    }

    #[test]
    fn removed_and_hidden_text_is_not_read() {
        let xml =
            "<p><del><r><t>old</t></r></del><r><rPr><vanish/></rPr><t>hidden</t></r><r><t>new</t></r></p>";
        assert_eq!(lines(xml), ["new"]);
    }

    #[test]
    fn entities_of_the_file_stand_for_nothing_and_depth_is_bounded() {
        let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><p><r><t>&a;x</t></r></p>";
        assert_eq!(lines(bomb), ["x"]);
        assert_eq!(walk(&"<a>".repeat(5000)).err(), Some(Unreadable::TooComplex));
    }
}
