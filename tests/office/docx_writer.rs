//! A writer of small DOCX files.

use std::io::{Cursor, Write};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

const NAMESPACES: &str = concat!(
    r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#,
    r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" "#,
    r#"xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" "#,
    r#"xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" "#,
    r#"xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml""#
);

/// The parts of a file beside its body.
#[derive(Default)]
pub struct Docx {
    parts: Vec<(String, String)>,
    relations: String,
}

impl Docx {
    /// Adds a part that the body refers to as `rIdNAME`.
    pub fn part(mut self, kind: &str, name: &str, inside: &str) -> Docx {
        let root = match kind {
            "header" => "hdr",
            "footer" => "ftr",
            kind => kind,
        };
        let xml = format!("<w:{root} {NAMESPACES}>{inside}</w:{root}>");
        self.parts.push((format!("word/{name}.xml"), xml));
        self.relations += &format!(
            r#"<Relationship Id="rId{name}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{name}.xml"/>"#
        );
        self
    }

    /// The bytes of a file with a body.
    pub fn write(&self, body: &str) -> Vec<u8> {
        self.write_raw(&format!("<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"))
    }

    /// The bytes of a file with a whole `document.xml`.
    pub fn write_raw(&self, document: &str) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        let mut put = |name: &str, text: &str| {
            zip.start_file(name, options).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        };
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
        put(
            "_rels/.rels",
            &format!(
                r#"<Relationships><Relationship Id="a" Type="{office}" Target="word/document.xml"/></Relationships>"#
            ),
        );
        put("word/_rels/document.xml.rels", &format!("<Relationships>{}</Relationships>", self.relations));
        put("word/document.xml", document);
        for (name, xml) in &self.parts {
            put(name, xml);
        }
        zip.finish().unwrap().into_inner()
    }
}

/// A run of text.
pub fn run(text: &str) -> String {
    run_with("", text)
}

/// A run with properties.
pub fn run_with(properties: &str, text: &str) -> String {
    let escaped =
        text.replace('&', "&amp;").replace('<', "&lt;").replace('\t', "</w:t><w:tab/><w:t xml:space=\"preserve\">");
    format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{escaped}</w:t></w:r>")
}

/// A paragraph of runs.
pub fn paragraph(runs: &str) -> String {
    format!("<w:p>{runs}</w:p>")
}

/// A paragraph with properties.
pub fn paragraph_with(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", run(text))
}

/// A table of rows of cells, each the paragraphs that it holds.
pub fn table(properties: &str, rows: &[&[&str]]) -> String {
    let cell = |inside: &&str| format!("<w:tc><w:tcPr/>{inside}</w:tc>");
    let row = |cells: &&[&str]| format!("<w:tr>{}</w:tr>", cells.iter().map(cell).collect::<String>());
    format!("<w:tbl><w:tblPr>{properties}</w:tblPr>{}</w:tbl>", rows.iter().map(row).collect::<String>())
}

/// The borders of a table with rules.
pub const RULES: &str = r#"<w:tblBorders><w:left w:val="single"/><w:insideV w:val="single"/></w:tblBorders>"#;
