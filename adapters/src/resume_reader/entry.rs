//! The child's side: binds itself, reads standard input, prints one line of JSON.

use std::ffi::OsString;
use std::io::{ErrorKind, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use interaura_domain::ports::resume_reader::Unreadable;

use super::reading::{ReaderName, Reply};
use super::{MAX_FILE_BYTES, docx, limits, pdf};

/// Reads the resume on standard input as the arguments say, prints what it found, and ends.
///
/// To be called with the arguments that follow the hidden subcommand, before any thread, runtime or
/// configuration exists: the limits that it puts on the process cannot be lifted again.
pub fn read_in_child(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let Some(order) = Order::of(arguments) else {
        return ExitCode::from(64);
    };
    let input = limits::bind_this_process(order.memory_bytes, order.cpu_s).and_then(|()| whole_input());
    let reply = match input {
        Ok(file) => order.carry_out(&file),
        Err(fault) if fault.kind() == ErrorKind::OutOfMemory => Reply::Refused(Unreadable::TooComplex),
        Err(fault) => Reply::Broken(fault.to_string()),
    };
    let Ok(line) = serde_json::to_vec(&reply) else {
        return ExitCode::from(70);
    };
    let mut output = std::io::stdout().lock();
    // A library may have printed before: the answer stands on the last line.
    match output.write_all(b"\n").and_then(|()| output.write_all(&line)).and_then(|()| output.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(74),
    }
}

struct Order {
    reader: ReaderName,
    memory_bytes: u64,
    cpu_s: u64,
    pdfium: PathBuf,
}

impl Order {
    fn of(arguments: impl IntoIterator<Item = OsString>) -> Option<Self> {
        let mut arguments = arguments.into_iter();
        Some(Self {
            reader: ReaderName::of(&arguments.next()?)?,
            memory_bytes: arguments.next()?.to_str()?.parse().ok()?,
            cpu_s: arguments.next()?.to_str()?.parse().ok()?,
            pdfium: arguments.next()?.into(),
        })
    }

    fn carry_out(&self, file: &[u8]) -> Reply {
        if file.len() > MAX_FILE_BYTES {
            return Reply::Refused(Unreadable::TooLarge);
        }
        match self.reader {
            ReaderName::Pdfium => match pdf::bind(&self.pdfium) {
                Ok(pdfium) => pdf::read_with_pdfium(&pdfium, file).into(),
                Err(fault) => {
                    Reply::Broken(format!("pdfium at {} does not load: {fault}", self.pdfium.display()))
                }
            },
            ReaderName::PdfExtract => pdf::read_with_pdf_extract(file).into(),
            ReaderName::Docx => docx::read(file).into(),
        }
    }
}

fn whole_input() -> std::io::Result<Vec<u8>> {
    let mut file = Vec::new();
    std::io::stdin().lock().take(MAX_FILE_BYTES as u64 + 1).read_to_end(&mut file)?;
    Ok(file)
}
