//! Texts that no office ever wrote, made to be as hard as can be on one part of the reader each.

/// A name and the text made of it, grown to about `bytes` bytes.
pub struct Hostile {
    /// What the text is hard on.
    pub name: &'static str,
    unit: Unit,
}

enum Unit {
    /// The same piece again and again.
    Repeat(&'static str),
    /// A head, then the same piece again and again.
    After(&'static str, &'static str),
    /// As many opening pieces as closing ones, all opened first.
    Nest(&'static str, &'static str),
    /// A piece with a running number in the place of `#`.
    Count(&'static str),
}

use Unit::{After, Count, Nest, Repeat};

impl Hostile {
    /// The text at about the length given.
    pub fn text(&self, bytes: usize) -> String {
        let times = |piece: &str, room: usize| piece.repeat(room / piece.len());
        match self.unit {
            Repeat(piece) => times(piece, bytes),
            After(head, piece) => format!("{head}{}", times(piece, bytes.saturating_sub(head.len()))),
            Nest(open, close) => {
                let depth = bytes / (open.len() + close.len());
                format!("{}{}", open.repeat(depth), close.repeat(depth))
            }
            Count(piece) => {
                let mut text = String::with_capacity(bytes + piece.len());
                (1..)
                    .map(|n: u32| piece.replace('#', &n.to_string()))
                    .take_while(|next| {
                        text.push_str(next);
                        text.len() < bytes
                    })
                    .for_each(drop);
                text
            }
        }
    }
}

/// Every hostile text.
pub const ALL: &[Hostile] = &[
    Hostile { name: "grounds on one line", unit: Repeat("Căn cứ ") },
    Hostile { name: "grounds, a line each", unit: Repeat("Căn cứ\n") },
    Hostile { name: "one endless decimal marker", unit: Repeat("1.") },
    Hostile { name: "decimal markers, a line each", unit: Repeat("1.1.1.1.1.1.1.1. \n") },
    Hostile { name: "digits only", unit: Repeat("7") },
    Hostile { name: "digits and separators", unit: Repeat("1.000,5 ") },
    Hostile { name: "one line of prose", unit: Repeat("xã đã họp bàn kế hoạch với 12 hộ, ") },
    Hostile { name: "elements in elements", unit: Nest("<div>", "</div>") },
    Hostile { name: "tables in tables", unit: Nest("<table><tr><td>", "</td></tr></table>") },
    Hostile { name: "text between cells", unit: After("<html><table>", "x<td>") },
    Hostile { name: "elements that are never closed", unit: After("<html>", "<b><font face='.VnTime'>x") },
    Hostile { name: "one endless comment", unit: After("<html>", "<!-- ") },
    Hostile { name: "attributes without end", unit: After("<html><p ", "a=1 ") },
    Hostile { name: "text mistaken for Latin", unit: Repeat("Céng hoµ x· héi chñ nghÜa\n") },
    Hostile { name: "one line mistaken for Latin", unit: Repeat("Céng hoµ x· héi chñ nghÜa ") },
    Hostile { name: "line ends only", unit: Repeat("\n") },
    Hostile { name: "carriage returns only", unit: Repeat("\r") },
    Hostile { name: "spaces only", unit: Repeat(" ") },
    Hostile { name: "nested round brackets", unit: Nest("(", ")") },
    Hostile { name: "nested quotes and brackets", unit: Nest("“(Luật ", ")”") },
    Hostile { name: "brackets never closed", unit: Repeat("(kèm theo ") },
    Hostile { name: "quotes never closed", unit: Repeat("“Điều 1. \n") },
    Hostile { name: "số số số", unit: Repeat("số ") },
    Hostile { name: "Số: on every line", unit: Repeat("Số:\n") },
    Hostile { name: "numbers without end", unit: Repeat("số 1/2/3-") },
    Hostile { name: "symbol without end", unit: After("Kế hoạch số 5/", "KH-UBND-") },
    Hostile { name: "Điều 1 again", unit: Repeat("Điều 1 ") },
    Hostile { name: "articles, a line each", unit: Count("Điều #. \n") },
    Hostile { name: "pinpoints", unit: Repeat("điểm a khoản 1 Điều 1 ") },
    Hostile {
        name: "subject without end", unit: After("Kế hoạch số 5/KH-UBND ngày 01/02/2023 ", "về việc ")
    },
    Hostile { name: "subjects of citations", unit: Repeat("Kế hoạch số 5/KH-UBND về việc ") },
    Hostile { name: "acts by name", unit: Repeat("Luật sửa đổi, bổ sung một số điều của ") },
    Hostile {
        name: "organ without end", unit: After("Quyết định số 5/QĐ-UBND của ", "Ủy ban nhân dân ")
    },
    Hostile { name: "combining marks only", unit: Repeat("\u{323}\u{302}") },
    Hostile { name: "one letter under its marks", unit: After("a", "\u{301}") },
    Hostile { name: "Đ only", unit: Repeat("Đ") },
    Hostile { name: "look-alikes of Đ only", unit: Repeat("\u{d0}") },
    Hostile { name: "nothing but what is dropped", unit: Repeat("\u{200b}\u{ad}") },
    Hostile { name: "one table row of many cells", unit: Repeat("| 1.234 ") },
    Hostile { name: "a table of many rows", unit: Count("| # | xã | 12,5 | 3% |\n") },
    Hostile { name: "tabs only", unit: Repeat("\t") },
    Hostile { name: "two columns without end", unit: Repeat("ỦY BAN NHÂN DÂN          Độc lập - Tự do\n") },
    Hostile {
        name: "letterheads again and again",
        unit: Count("ỦY BAN NHÂN DÂN\nXÃ A\nSố: #/BC-UBND\nBÁO CÁO\nVề a\n"),
    },
    Hostile { name: "recipients again and again", unit: Repeat("Nơi nhận:\n- Như trên;\n") },
    Hostile {
        name: "signatures again and again",
        unit: Repeat("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nTrần Văn A\n"),
    },
    Hostile { name: "addressees without end", unit: After("Kính gửi:\n", "- Ủy ban nhân dân xã;\n") },
    Hostile {
        name: "annexes again and again", unit: Count("PHỤ LỤC #\n(Kèm theo Quyết định số 1/QĐ-UBND)\n")
    },
    Hostile { name: "capitals, a line each", unit: Repeat("KẾT QUẢ\n") },
    Hostile { name: "one line of capitals", unit: After("BÁO CÁO\n", "KẾT QUẢ ") },
    Hostile { name: "dates", unit: Repeat("ngày 31 tháng 02 năm 2023 ") },
    Hostile { name: "days without end", unit: Repeat("ngày ") },
    Hostile { name: "ranges", unit: Repeat("từ 1 đến ") },
    Hostile { name: "lists of numbers", unit: After("diện tích ", "1, ") },
    Hostile { name: "labels without end", unit: After("Trung cấp", ": 1") },
    Hostile { name: "percent signs", unit: Repeat("1% tăng ") },
    Hostile { name: "letters of a list", unit: Repeat("a) b) c) d) ") },
    Hostile { name: "Roman letters", unit: Repeat("IVXLCDM") },
    Hostile { name: "markup", unit: Repeat("**__#") },
    Hostile { name: "replacement characters", unit: Repeat("\u{fffd}") },
    Hostile { name: "the same heading again", unit: Repeat("Điều 1. Phạm vi\n") },
    Hostile { name: "numbered headings", unit: Count("#. Kết quả\n") },
    Hostile { name: "headings one level down", unit: After("1. Kết quả\n", "1.1. Về xã\n") },
    Hostile { name: "headings ever deeper", unit: Repeat("I. A\n1. B\n1.1. C\na) D\n") },
    Hostile { name: "Roman headings again", unit: Repeat("I. TÌNH HÌNH\nII. KẾT QUẢ\n") },
    Hostile { name: "markdown headings", unit: Count("## **#. Kết quả**\n") },
    Hostile { name: "a table of contents", unit: Count("#. Kết quả ........ #\n") },
    Hostile { name: "page numbers", unit: Count("# \n\u{c}xã họp bàn\n") },
    Hostile {
        name: "grounds without end", unit: After("QUYẾT ĐỊNH\nVề a\n", "Căn cứ Luật Đất đai năm 2013;\n")
    },
    Hostile {
        name: "a series without end", unit: After("các Quyết định ngày 04/11/2024: ", "số 5/QĐ-UBND; ")
    },
    Hostile {
        name: "citations of all kinds", unit: Count("Kế hoạch số #/KH-UBND ngày 01/02/2023 của UBND xã, ")
    },
    Hostile {
        name: "aliases", unit: Count("Quyết định số #/QĐ-UBND (sau đây gọi tắt là Quyết định #), ")
    },
    Hostile {
        name: "a tail of recipients", unit: After("BÁO CÁO\nVề a\nxã họp.\nNơi nhận:\n", "- Ban # xã (b/c);\n")
    },
    Hostile {
        name: "a signature without a name", unit: After("BÁO CÁO\nVề a\nxã họp.\n", "KT. CHỦ TỊCH\n")
    },
    Hostile { name: "a title without end", unit: After("BÁO CÁO\n", "Kết quả và\n") },
    Hostile { name: "an organ of many lines", unit: Repeat("ỦY BAN\n") },
    Hostile { name: "aligned columns", unit: Repeat("xã A      12      3,5      4%\n") },
    Hostile { name: "a text flattened to cells", unit: Repeat("12\nxã\n3,5\n") },
    Hostile { name: "capitalised words", unit: After("đồng chí ", "Nguyễn ") },
    Hostile { name: "bullets", unit: Repeat("- ") },
    Hostile { name: "words broken by NFD", unit: Repeat("Uy\u{309} ban nha\u{302}n da\u{302}n ") },
    Hostile { name: "names of the State on one line", unit: Repeat("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM ") },
    Hostile {
        name: "days without a year behind the State",
        unit: After("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM ", "Huế, ngày "),
    },
    Hostile {
        name: "numbers without a symbol behind the State",
        unit: After("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM ", "Số: 1 "),
    },
    Hostile {
        name: "offices behind a type on one line",
        unit: After("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Số: 1/QĐ-UBND QUYẾT ĐỊNH ", "CHỦ TỊCH "),
    },
    Hostile {
        name: "headings on one line",
        unit: After("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Số: 1/QĐ-UBND QUYẾT ĐỊNH ", "I. A 1. B a) C; "),
    },
    Hostile {
        name: "tabs behind the State",
        unit: After("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM ", "Huế,\tngày\t1.\tSố:\t"),
    },
    Hostile {
        name: "signatures on one line",
        unit: After(
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Số: 1/QĐ-UBND QUYẾT ĐỊNH Căn cứ ",
            "Nơi nhận: KT. CHỦ TỊCH - An; Lưu: VT. ",
        ),
    },
];
