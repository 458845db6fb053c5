//! Small PDF files, written for a test.

use std::fmt::Write as _;

/// A file in the making: objects are numbered from 1, of which 1 is the catalogue, 2 the page tree and 3 the font `F`,
/// whose two-byte codes are those of Unicode and whose letters are half as wide as they are high.
pub struct Pdf {
    objects: Vec<Vec<u8>>,
    pages: Vec<usize>,
}

/// The page that all tests draw on.
pub const PAGE: &str = "/MediaBox [0 0 595 842] /Resources <</Font <</F 3 0 R>>>>";

impl Pdf {
    pub fn new() -> Self {
        let mut pdf = Pdf { objects: vec![Vec::new(); 2], pages: Vec::new() };
        pdf.add("<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>");
        pdf.add("<</Type/Font/Subtype/CIDFontType2/BaseFont/A/DW 500>>");
        pdf.stream(
            "",
            b"1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0020> <1eff> <0020> endbfrange",
        );
        pdf
    }

    /// Adds an object; its number.
    pub fn add(&mut self, body: &str) -> usize {
        self.objects.push(body.as_bytes().to_vec());
        self.objects.len()
    }

    /// Adds a stream.
    pub fn stream(&mut self, entries: &str, bytes: &[u8]) -> usize {
        let head = format!("<<{entries}/Length {}>>\nstream\n", bytes.len());
        self.objects.push([head.as_bytes(), bytes, b"\nendstream"].concat());
        self.objects.len()
    }

    /// Adds a page with what is drawn on it, and further entries, which stand before those of [`PAGE`].
    pub fn page(&mut self, drawn: &str, entries: &str) -> usize {
        let contents = self.stream("", drawn.as_bytes());
        let page = self.add(&format!("<</Type/Page/Parent 2 0 R {entries} {PAGE}/Contents {contents} 0 R>>"));
        self.pages.push(page);
        page
    }

    /// The whole file.
    pub fn finish(mut self) -> Vec<u8> {
        let kids: String = self.pages.iter().map(|page| format!("{page} 0 R ")).collect();
        self.set(1, "<</Type/Catalog/Pages 2 0 R>>");
        self.set(2, &format!("<</Type/Pages/Count {}/Kids[{kids}]>>", self.pages.len()));
        self.written()
    }

    /// Replaces an object.
    pub fn set(&mut self, id: usize, body: &str) {
        self.objects[id - 1] = body.as_bytes().to_vec();
    }

    /// The file as it is, catalogue and page tree included.
    pub fn written(&self) -> Vec<u8> {
        let mut out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
        let mut table = String::new();
        for (at, body) in self.objects.iter().enumerate() {
            let _ = writeln!(table, "{:010} 00000 n ", out.len());
            out.extend(format!("{} 0 obj\n", at + 1).bytes());
            out.extend(body);
            out.extend(b"\nendobj\n");
        }
        let (start, size) = (out.len(), self.objects.len() + 1);
        let end = format!(
            "xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
        );
        out.extend(end.bytes());
        out
    }
}

/// Draws a text at a place, in size 12.
pub fn say(x: f64, y: f64, text: &str) -> String {
    let codes: String = text.encode_utf16().map(|unit| format!("{unit:04x}")).collect();
    format!("BT /F 12 Tf 1 0 0 1 {x} {y} Tm <{codes}> Tj ET\n")
}
