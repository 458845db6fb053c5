//! Whatever the text, extraction ends, says where each fact stands, and says the same twice.

#[path = "support/corpus.rs"]
mod corpus;
#[path = "support/facts.rs"]
mod facts;

use proptest::{prelude::*, sample::select, test_runner::FileFailurePersistence};
use std::sync::LazyLock;
use trich::Extractor;
use unicode_normalization::UnicodeNormalization;

/// Characters that scans, web pages and old editors leave behind.
const ODD: &[&str] = &[
    "\u{300}",
    "\u{301}",
    "\u{302}",
    "\u{323}",
    "\u{31b}",
    "\u{d0}",
    "\u{f0}",
    "\u{189}",
    "\u{a0}",
    "\u{202f}",
    "\u{3000}",
    "\u{200b}",
    "\u{200d}",
    "\u{ad}",
    "\u{feff}",
    "\u{202e}",
    "\r\n",
    "\r",
    "\n",
    "\n\n",
    "\u{c}",
    "\u{b}",
    "\u{85}",
    "\u{2028}",
    "\t",
    "  ",
    "          ",
    "“",
    "”",
    "\"",
    "'",
    "’",
    "«",
    "–",
    "—",
    "-",
    "−",
    "…",
    "*",
    "**",
    "#",
    "_",
    "|",
    "\\|",
    "<br>",
    "(",
    ")",
    "[",
    "]",
    "/",
    "\\",
    ".",
    ",",
    ";",
    ":",
    "%",
    "&",
    "©",
    "\0",
    "\u{1b}",
    "\u{fffd}",
    "ﬁ",
    "７",
    "½",
    "²",
    "İ",
    "ß",
    "K",
    "𝒳",
    "한",
    "\u{1f3fd}",
    "\u{10ffff}",
    "0",
    "O",
    "l",
    "I",
];

/// What the readers wait for, so that random text comes near to documents.
const WORDS: &[&str] = &[
    "Căn cứ",
    "Thực hiện",
    "Theo đề nghị của",
    "Xét",
    "Luật Đất đai",
    "Hiến pháp",
    "Bộ luật Dân sự",
    "Nghị định",
    "Quyết định",
    "Kế hoạch",
    "Công văn",
    "các",
    "số",
    "Số:",
    "12",
    "05/",
    "/KH-UBND",
    "/2021/NĐ-CP",
    "-NQ/ĐU",
    "-",
    "ngày",
    "tháng",
    "năm",
    "01/02/2023",
    "31",
    "2023",
    "của",
    "và",
    "về việc",
    "V/v",
    "Ủy ban nhân dân",
    "UBND",
    "xã",
    "phường A",
    "tỉnh",
    "HĐND",
    "Chính phủ",
    "khoản 2",
    "Điều 5",
    "điểm a",
    "sửa đổi, bổ sung",
    "Điều 1.",
    "Chương I",
    "Phần thứ nhất",
    "I.",
    "1.",
    "1.1.",
    "a)",
    "PHỤ LỤC I",
    "BÁO CÁO",
    "QUYẾT ĐỊNH",
    "QUY CHẾ",
    "KẾT QUẢ",
    "Kính gửi:",
    "Nơi nhận:",
    "- Như trên;",
    "- Lưu: VT.",
    "TM.",
    "KT. CHỦ TỊCH",
    "PHÓ CHỦ TỊCH",
    "Trần Văn A",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "ĐẢNG CỘNG SẢN VIỆT NAM",
    "*",
    "SAO Y",
    "MẬT",
    "HỎA TỐC",
    "DỰ THẢO",
    "tăng",
    "giảm",
    "đạt",
    "100%",
    "1.234,5",
    "triệu đồng",
    "60,2",
    "7/8",
    "thôn",
    "hộ nghèo",
    "ha",
    "m2",
    "từ",
    "đến",
    "khoảng",
    "không quá",
    "tính đến",
    "6 tháng đầu năm",
    "trong đó:",
    "nêu trên",
    "(",
    ")",
    "|",
    "| --- |",
    "STT",
    "\n",
    "\n",
    "\n",
    "\n\n",
    " ",
    "\t",
    "          ",
    ";",
    ":",
    ",",
    ".",
];

static CORPUS: LazyLock<Vec<String>> =
    LazyLock::new(|| corpus::documents().iter().map(|document| trich::text(&document.name, &document.bytes)).collect());

/// One thing done to a document. Places are shares of its length.
#[derive(Clone, Debug)]
enum Harm {
    Insert(u16, &'static str),
    Delete(u16, u8),
    DeleteLine(u16),
    RepeatLine(u16),
    SwapLines(u16, u16),
    JoinLines(u16),
    Upper(u16),
    Decompose,
    CarriageReturns,
}

fn harm() -> impl Strategy<Value = Harm> {
    let at = any::<u16>;
    prop_oneof![
        6 => (at(), select(ODD)).prop_map(|(at, odd)| Harm::Insert(at, odd)),
        4 => (at(), select(WORDS)).prop_map(|(at, word)| Harm::Insert(at, word)),
        4 => (at(), any::<u8>()).prop_map(|(at, length)| Harm::Delete(at, length)),
        2 => at().prop_map(Harm::DeleteLine),
        2 => at().prop_map(Harm::RepeatLine),
        2 => (at(), at()).prop_map(|(a, b)| Harm::SwapLines(a, b)),
        2 => at().prop_map(Harm::JoinLines),
        1 => at().prop_map(Harm::Upper),
        1 => Just(Harm::Decompose),
        1 => Just(Harm::CarriageReturns),
    ]
}

impl Harm {
    fn apply(&self, text: String) -> String {
        let share = |at: u16, length: usize| length * usize::from(at) / (usize::from(u16::MAX) + 1);
        let place =
            |at: u16| text.char_indices().nth(share(at, text.chars().count())).map_or(text.len(), |(byte, _)| byte);
        let lines = |change: &dyn Fn(&mut Vec<&str>)| {
            let mut lines: Vec<&str> = text.split('\n').collect();
            change(&mut lines);
            lines.join("\n")
        };
        match *self {
            Harm::Insert(at, odd) => format!("{}{odd}{}", &text[..place(at)], &text[place(at)..]),
            Harm::Delete(at, length) => {
                let rest = text[place(at)..].chars().skip(length.into());
                format!("{}{}", &text[..place(at)], rest.collect::<String>())
            }
            Harm::DeleteLine(at) => lines(&|lines| {
                lines.remove(share(at, lines.len()));
            }),
            Harm::RepeatLine(at) => lines(&|lines| lines.insert(share(at, lines.len()), lines[share(at, lines.len())])),
            Harm::SwapLines(a, b) => lines(&|lines| {
                let length = lines.len();
                lines.swap(share(a, length), share(b, length))
            }),
            Harm::JoinLines(at) => {
                let from = place(at);
                format!("{}{}", &text[..from], text[from..].replacen('\n', " ", 1))
            }
            Harm::Upper(at) => text.split('\n').enumerate().fold(String::new(), |out, (n, line)| {
                let chosen = n == share(at, text.split('\n').count());
                out + if n == 0 { "" } else { "\n" } + &if chosen { line.to_uppercase() } else { line.to_owned() }
            }),
            Harm::Decompose => text.nfd().collect(),
            Harm::CarriageReturns => text.replace('\n', "\r\n"),
        }
    }
}

/// Some lines of a document of the corpus, with harm done to them.
fn mutilated() -> impl Strategy<Value = String> {
    let which = any::<prop::sample::Index>();
    (which, any::<u16>(), 5_usize..90, prop::collection::vec(harm(), 0..12)).prop_map(|(which, skip, take, harms)| {
        let document = which.get(&CORPUS);
        let count = document.split('\n').count();
        // Half of them from the top, where the letterhead is.
        let skip = if skip % 2 == 0 { 0 } else { count * usize::from(skip) / (usize::from(u16::MAX) + 1) };
        let lines: Vec<&str> = document.split('\n').skip(skip).take(take).collect();
        harms.iter().fold(lines.join("\n"), |text, harm| harm.apply(text))
    })
}

/// Words of the trade in no order, with odd characters among them.
fn babble() -> impl Strategy<Value = String> {
    let piece = prop_oneof![6 => select(WORDS), 1 => select(ODD)];
    let glue = prop_oneof![5 => Just(" "), 1 => Just(""), 1 => Just("\n")];
    prop::collection::vec((piece, glue), 0..60)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(a, b)| [a, b]).collect())
}

fn settings() -> ProptestConfig {
    let persistence = FileFailurePersistence::WithSource("regressions");
    ProptestConfig { failure_persistence: Some(Box::new(persistence)), ..ProptestConfig::default() }
}

fn same_twice(bytes: &[u8]) -> Result<(), TestCaseError> {
    let read = || serde_json::to_string(&Extractor::builtin().extract("a.txt", bytes)).unwrap();
    prop_assert_eq!(read(), read());
    Ok(())
}

#[test]
fn every_fact_of_the_corpus_stands_where_it_says() {
    for document in corpus::documents() {
        let text = trich::text(&document.name, &document.bytes);
        facts::check(&text).unwrap_or_else(|reason| panic!("{}: {reason}", document.name));
    }
}

/// What a property below once found.
#[test]
fn texts_that_once_broke_a_reader_are_read() {
    for text in [
        // A stop behind a word that an ellipsis precedes.
        "1. Xã đã họp bàn kế hoạch…năm. Ủy ban nhân dân xã giao các ban, ngành làm tiếp việc đã giao từ năm trước.\n",
        // A stamp of two words over two lines.
        "số\nđến\n",
        // A subject that stands above the type.
        "V/v Căn cứ\nHiến pháp \n Ủy ban nhân dân ",
        // The words of enactment over two lines.
        "SỞ Y TẾ\nSố: 7/QĐ-SYT\nQUYẾT ĐỊNH\nCăn cứ Luật Đất đai,\n  QUYẾT\n ĐỊNH :\nĐiều 1. Nay thành lập\n",
        // An addressee's words over two lines.
        "Số: 7/SYT-VP\nV/v họp\nKính gửi: Sở Tài chính\nĐồng kính\ngửi: Sở Nội vụ\n",
    ] {
        facts::check(text).unwrap_or_else(|reason| panic!("{text:?}: {reason}"));
    }
}

proptest! {
    #![proptest_config(settings())]

    #[test]
    fn every_fact_of_a_mutilated_document_stands_where_it_says(text in mutilated()) {
        facts::check(&text).map_err(TestCaseError::fail)?;
    }

    #[test]
    fn every_fact_of_babble_stands_where_it_says(text in babble()) {
        facts::check(&text).map_err(TestCaseError::fail)?;
    }

    #[test]
    fn every_fact_of_any_text_stands_where_it_says(text in any::<String>()) {
        facts::check(&text).map_err(TestCaseError::fail)?;
    }

    #[test]
    fn any_bytes_give_a_record_and_twice_the_same(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        same_twice(&bytes)?;
    }

    #[test]
    fn a_mutilated_document_reads_the_same_twice(text in mutilated()) {
        same_twice(text.as_bytes())?;
    }
}
