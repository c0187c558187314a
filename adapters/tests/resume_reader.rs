//! Reads real and hostile files in real children.

#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

#[expect(unreachable_pub, reason = "the slices use it too, from a library")]
#[path = "../../tests/harness/hostile.rs"]
mod hostile;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use bytes::Bytes;
use interaura_adapters::resume_reader::agreement::word_f1;
use interaura_adapters::resume_reader::normalise::normalise;
use interaura_adapters::resume_reader::{ContainedReader, Limits};
use interaura_domain::ports::resume_reader::{
    MediaType, ReadResume, ResumeReader as _, ResumeReaderError, Unreadable,
};

#[expect(clippy::disallowed_methods, reason = "tests are told by the environment where pdfium lies")]
fn pdfium() -> PathBuf {
    let path = std::env::var_os("INTERAURA_PDFIUM").map(PathBuf::from);
    let path = path.expect("INTERAURA_PDFIUM must name libpdfium.so; `make test` sets it");
    assert!(path.is_file(), "INTERAURA_PDFIUM names {}, which is no file", path.display());
    path
}

fn reader_with(limits: Limits) -> ContainedReader {
    ContainedReader::with_limits(env!("CARGO_BIN_EXE_read-resume").into(), Vec::new(), pdfium(), limits)
}

fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/resumes");
    std::fs::read(folder.join(name)).unwrap()
}

async fn read(file: Vec<u8>) -> Result<ReadResume, Unreadable> {
    read_with(Limits::default(), file).await
}

async fn read_with(limits: Limits, file: Vec<u8>) -> Result<ReadResume, Unreadable> {
    match reader_with(limits).read(Bytes::from(file), MediaType::Pdf).await {
        Ok(read) => Ok(read),
        Err(ResumeReaderError::Refused(reason)) => Err(reason),
        Err(ResumeReaderError::Unavailable(fault)) => panic!("the reader does not run: {fault}"),
    }
}

#[tokio::test]
async fn resumes_of_many_makers_are_read_whole() {
    for name in ["sb2nov", "skyzh-typst", "latexcv-classic", "mdresume-blockish"] {
        let read = read(fixture(&format!("{name}.pdf"))).await.unwrap();
        let reference = String::from_utf8(fixture(&format!("{name}.pdf.pdftotext.txt"))).unwrap();
        let f1 = word_f1(&read.text, &normalise(&reference));
        assert!(f1 > 0.97, "{name}: {f1}");
        assert!(read.confidence > 0.8, "{name}: {}", read.confidence);
        assert_eq!(read.pages, Some(1));
        assert!(read.reader.starts_with("pdfium/"), "{}", read.reader);
    }
}

#[tokio::test]
async fn columns_are_counted() {
    assert_eq!(read(fixture("sb2nov.pdf")).await.unwrap().layout.columns, 1);
    assert_eq!(read(fixture("skyzh-typst.pdf")).await.unwrap().layout.columns, 1);
    assert_eq!(read(hostile::two_columns()).await.unwrap().layout.columns, 2);
}

#[tokio::test]
async fn a_docx_is_read_whatever_its_name_says() {
    let read = read(fixture("reanna-example.docx")).await.unwrap();
    let reference = String::from_utf8(fixture("reanna-example.docx.python-docx.txt")).unwrap();
    assert!(word_f1(&read.text, &normalise(&reference)) > 0.97);
    assert_eq!((read.pages, read.agreement), (None, None));
}

#[tokio::test]
async fn what_cannot_be_read_says_why() {
    let deep = "<a>".repeat(100_000);
    let empty = "<document><body><p/></body></document>";
    let cases = [
        ("nothing", Vec::new(), Unreadable::Empty),
        ("zeros", vec![0; 3000], Unreadable::Empty),
        ("too large", hostile::of_size((10 << 20) + 1), Unreadable::TooLarge),
        ("picture", hostile::png(), Unreadable::UnknownFormat),
        ("locked pdf", fixture("locked.pdf"), Unreadable::Encrypted),
        ("locked docx", hostile::locked_docx(), Unreadable::Encrypted),
        ("scan", hostile::scan(), Unreadable::ImageOnly),
        ("header only", b"%PDF-1.7\n".to_vec(), Unreadable::Damaged),
        ("docx without document", hostile::docx_without_document(), Unreadable::Damaged),
        ("docx without text", hostile::docx(empty), Unreadable::NoText),
        ("docx too deep", hostile::docx(&deep), Unreadable::TooComplex),
        ("docx cut off", fixture("reanna-example.docx")[..3000].to_vec(), Unreadable::Damaged),
        ("zip bomb", hostile::zip_bomb(), Unreadable::TooComplex),
    ];
    for (name, file, reason) in cases {
        assert_eq!(read(file).await.map(|read| read.text), Err(reason), "{name}");
    }
}

#[tokio::test]
async fn no_hostile_file_costs_more_than_its_child() {
    let whole = fixture("sb2nov.pdf");
    let cut = (1..8).map(|eighth| whole[..whole.len() * eighth / 8].to_vec());
    let torn = (1..6).map(|stride| {
        let mut torn = whole.clone();
        torn.iter_mut().skip(1200).step_by(97 * stride).for_each(|byte| *byte ^= 0x55);
        torn
    });
    let made = [hostile::looping_pages(), hostile::recursive_form(), hostile::nested(200_000)];
    for (index, file) in cut.chain(torn).chain(made).enumerate() {
        let began = Instant::now();
        if let Ok(read) = read(file).await {
            assert!(!read.text.is_empty(), "file {index}");
        }
        assert!(began.elapsed() < Duration::from_secs(15), "file {index} took {:?}", began.elapsed());
    }
}

#[tokio::test]
async fn a_long_file_is_read_and_remarked() {
    let read = read(hostile::pages(200)).await.unwrap();
    assert_eq!(read.pages, Some(200));
    assert!(read.text.contains("service number 199"));
    assert!(read.remarks.iter().any(|remark| remark.contains("200 pages")), "{:?}", read.remarks);
    let longer = read_with(Limits::default(), hostile::pages(320)).await.unwrap();
    assert!(
        longer.remarks.contains(&"the last 20 of 320 pages were left out".to_owned()),
        "{:?}",
        longer.remarks
    );
}

#[tokio::test]
async fn where_one_reader_panics_the_other_stands_in() {
    let read = read(hostile::unknown_colours()).await.unwrap();
    assert!(read.text.contains("payments service"), "{}", read.text);
    assert_eq!(read.agreement, None);
    assert!(read.remarks.contains(&"only one of two readers could read this file".to_owned()));
}

#[tokio::test]
async fn a_child_over_its_time_is_ended() {
    let began = Instant::now();
    let limits = Limits { wall: Duration::from_millis(1), ..Limits::default() };
    assert_eq!(
        read_with(limits, hostile::pages(300)).await.map(|read| read.text),
        Err(Unreadable::TooComplex)
    );
    assert!(began.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn a_child_over_its_memory_is_ended() {
    let text = "<p><r><t>Built services</t></r></p>".repeat(50_000);
    let file = hostile::docx(&format!("<document><body>{text}</body></document>"));
    assert!(read(file.clone()).await.is_ok());
    let limits = Limits { memory_bytes: 4 << 20, ..Limits::default() };
    assert_eq!(read_with(limits, file).await.map(|read| read.text), Err(Unreadable::TooComplex));
}

#[tokio::test]
async fn a_child_that_prints_too_much_is_ended() {
    let limits = Limits { output_bytes: 1000, ..Limits::default() };
    assert_eq!(
        read_with(limits, fixture("sb2nov.pdf")).await.map(|read| read.text),
        Err(Unreadable::TooComplex)
    );
}

#[tokio::test]
async fn a_missing_library_or_program_is_not_the_files_fault() {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_read-resume"));
    let cases =
        [(program, PathBuf::from("/nowhere/libpdfium.so")), (PathBuf::from("/nowhere/program"), pdfium())];
    for (program, library) in cases {
        let reader = ContainedReader::new(program, Vec::new(), library);
        let answer = reader.read(Bytes::from(hostile::pages(1)), MediaType::Pdf).await;
        assert!(matches!(answer, Err(ResumeReaderError::Unavailable(_))), "{answer:?}");
    }
}

#[tokio::test]
async fn many_files_at_once_wait_for_their_turn() {
    let reader = reader_with(Limits { children: 2, ..Limits::default() });
    let file = Bytes::from(fixture("skyzh-typst.pdf"));
    let reads = (0..8).map(|_| reader.read(file.clone(), MediaType::Pdf));
    for read in futures::future::join_all(reads).await {
        assert!(read.is_ok(), "{read:?}");
    }
}
