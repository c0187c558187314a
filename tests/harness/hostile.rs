//! Files made to break readers. Small, and made here, so that each shows what it does.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A PDF of these objects, numbered from 1; the first is the catalogue. The table of objects is right.
pub fn pdf(objects: &[String]) -> Vec<u8> {
    let mut file = String::from("%PDF-1.7\n");
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(file.len());
        writeln!(file, "{} 0 obj\n{object}\nendobj", index + 1).unwrap();
    }
    let table = file.len();
    write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for place in places {
        writeln!(file, "{place:010} 00000 n ").unwrap();
    }
    write!(file, "trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1).unwrap();
    file.into_bytes()
}

fn stream(dictionary: &str, content: &str) -> String {
    format!("<<{dictionary}/Length {}>>\nstream\n{content}\nendstream", content.len())
}

const FONT: &str = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";

/// As many pages as asked for, each with a line of text.
pub fn pages(count: usize) -> Vec<u8> {
    pages_of_lines(count, 1)
}

/// As many pages as asked for, each with so many lines of text.
pub fn pages_of_lines(count: usize, lines: usize) -> Vec<u8> {
    let kids: Vec<String> = (0..count).map(|page| format!("{} 0 R", 4 + 2 * page)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Count {count}/Kids[{}]>>", kids.join(" ")),
        FONT.to_owned(),
    ];
    for page in 0..count {
        let resources = "/Resources<</Font<</F 3 0 R>>>>";
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]{resources}/Contents {} 0 R>>",
            5 + 2 * page
        ));
        let mut content = String::from("BT /F 12 Tf 13 TL 72 700 Td");
        for _ in 0..lines {
            write!(content, " (Built and ran the service number {page}) Tj T*").unwrap();
        }
        content.push_str(" ET");
        objects.push(stream("", &content));
    }
    pdf(&objects)
}

/// A page of text in a colour space that the file does not define.
pub fn unknown_colours() -> Vec<u8> {
    pdf(&[
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Count 1/Kids[4 0 R]>>".to_owned(),
        FONT.to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]\
         /Resources<</Font<</F 3 0 R>>/ColorSpace<<>>>>/Contents 5 0 R>>"
            .to_owned(),
        stream("", "/Nowhere cs 1 scn BT /F 12 Tf 72 700 Td (Built and ran the payments service) Tj ET"),
    ])
}

/// One page of text, and beside it an object that nobody needs: so many bytes in all.
pub fn of_size(bytes: usize) -> Vec<u8> {
    let file = |padding: usize| {
        pdf(&[
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            "<</Type/Pages/Count 1/Kids[4 0 R]>>".to_owned(),
            FONT.to_owned(),
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F 3 0 R>>>>/Contents 5 0 R>>"
                .to_owned(),
            stream("", "BT /F 12 Tf 72 700 Td (Built and ran the payments service) Tj ET"),
            stream("", &" ".repeat(padding)),
        ])
    };
    let file = file(bytes - (file(bytes).len() - bytes));
    assert_eq!(file.len(), bytes);
    file
}

/// A page with two columns of thirty lines.
pub fn two_columns() -> Vec<u8> {
    let mut content = String::from("BT /F 10 Tf 12 TL ");
    for left in [50, 320] {
        write!(content, "1 0 0 1 {left} 700 Tm ").unwrap();
        for line in 0..30 {
            write!(content, "(Built service number {line} for them) Tj T* ").unwrap();
        }
    }
    content.push_str("ET");
    pdf(&[
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Count 1/Kids[4 0 R]>>".to_owned(),
        FONT.to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F 3 0 R>>>>/Contents 5 0 R>>"
            .to_owned(),
        stream("", &content),
    ])
}

/// A tree of pages that holds itself.
pub fn looping_pages() -> Vec<u8> {
    pdf(&[
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Count 1000000/Kids[2 0 R 3 0 R 2 0 R]/Parent 3 0 R>>".to_owned(),
        "<</Type/Pages/Count 1000000/Kids[2 0 R 3 0 R]/Parent 2 0 R>>".to_owned(),
    ])
}

/// A form that draws itself, twice.
pub fn recursive_form() -> Vec<u8> {
    pdf(&[
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Count 1/Kids[3 0 R]>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</XObject<</X 5 0 R>>>>/Contents 4 0 R>>"
            .to_owned(),
        stream("", "/X Do"),
        stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>", "/X Do /X Do"),
    ])
}

/// Arrays in arrays, this deep, where a dictionary is expected.
pub fn nested(depth: usize) -> Vec<u8> {
    let deep = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    pdf(&[
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Count 1/Kids[3 0 R]/X {deep}>>"),
        format!("<</Type/Page/Parent 2 0 R/MediaBox {deep}/Contents {deep}>>"),
    ])
}

/// A page with a picture and nothing else.
pub fn scan() -> Vec<u8> {
    pdf(&[
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Count 1/Kids[3 0 R]>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</XObject<</X 5 0 R>>>>/Contents 4 0 R>>"
            .to_owned(),
        stream("", "612 0 0 792 0 0 cm /X Do"),
        stream(
            "/Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8",
            "\x01\x7f\x01\x7f",
        ),
    ])
}

/// A ZIP of these entries.
pub fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in entries {
        writer.start_file(*name, options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const TYPES: (&str, &[u8]) = ("[Content_Types].xml", b"<Types/>");

/// A DOCX with this document.
pub fn docx(document: &str) -> Vec<u8> {
    zip(&[TYPES, ("word/document.xml", document.as_bytes())])
}

/// A DOCX whose document is nowhere.
pub fn docx_without_document() -> Vec<u8> {
    zip(&[TYPES, ("word/styles.xml", b"<w:styles/>")])
}

/// A DOCX that grows to 200 MB.
pub fn zip_bomb() -> Vec<u8> {
    let mut document = b"<w:document><w:body><w:p><w:r><w:t>".to_vec();
    document.resize(200 << 20, b'a');
    zip(&[TYPES, ("word/document.xml", &document)])
}

/// A DOCX that Word locked with a password: an OLE file that names the locked package.
pub fn locked_docx() -> Vec<u8> {
    let mut file = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    file.resize(1024, 0);
    file.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    file
}

/// A picture.
pub fn png() -> Vec<u8> {
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0".to_vec()
}
