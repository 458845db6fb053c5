//! PDF: small files that show one thing each, files made to do harm, and real ones where `../shared` is present.

#[path = "support/pdf.rs"]
mod pdf;
#[allow(dead_code, reason = "only the word of what is skipped is needed")]
mod shared;

use pdf::{PAGE, Pdf, say};
use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};
use trich::{
    Extractor, Record,
    source::{Limits, Options},
};
use unicode_normalization::UnicodeNormalization;

fn text(bytes: &[u8]) -> String {
    trich::text("a.pdf", bytes)
}

fn record(bytes: &[u8]) -> Record {
    Extractor::builtin().extract("a.pdf", bytes)
}

fn codes(record: &Record) -> Vec<&str> {
    record.diagnostics.iter().map(|found| found.code.as_ref()).filter(|code| code.starts_with("T0")).collect()
}

/// One page with what is drawn on it.
fn drawn(content: &str) -> Vec<u8> {
    let mut pdf = Pdf::new();
    pdf.page(content, "");
    pdf.finish()
}

fn limited(bytes: &[u8], limits: Limits) -> Record {
    Extractor::builtin().options(Options { limits, ..Options::default() }).extract("a.pdf", bytes)
}

fn letterhead() -> String {
    [
        say(60.0, 780.0, "UBND XÃ TÂN AN"),
        say(260.0, 779.0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        say(290.0, 765.0, "Độc lập - Tự do - Hạnh phúc"),
        say(70.0, 745.0, "Số: 15/BC-UBND"),
        say(270.0, 745.0, "Tân An, ngày 05 tháng 3 năm 2024"),
        say(270.0, 700.0, "BÁO CÁO"),
        say(200.0, 684.0, "Kết quả chuyển đổi số quý I năm 2024"),
    ]
    .concat()
}

#[test]
fn columns_of_a_letterhead_stand_side_by_side() {
    let bytes = drawn(&letterhead());
    let text = text(&bytes);
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    assert!(lines[0].starts_with("UBND XÃ TÂN AN    ") && lines[0].ends_with("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"));
    assert_eq!(lines[1], "Độc lập - Tự do - Hạnh phúc");
    assert!(lines.iter().any(|line| line.starts_with("Số: 15/BC-UBND    ") && line.ends_with("năm 2024")), "{text}");
    let record = record(&bytes);
    assert_eq!(record.source.media_type, "application/pdf");
    assert_eq!(record.source.pages, Some(1));
    let document = &record.document;
    assert_eq!(document.number.as_ref().unwrap().canonical.as_deref(), Some("15/BC-UBND"));
    assert_eq!(document.date.as_ref().unwrap().value.as_deref(), Some("2024-03-05"));
    assert_eq!(document.date.as_ref().unwrap().page, Some(1));
    assert_eq!(document.title.as_ref().unwrap().text, "Kết quả chuyển đổi số quý I năm 2024");
    assert!(codes(&record).is_empty());
}

#[test]
fn words_are_found_by_gaps_where_no_space_is_drawn() {
    let mut content = String::new();
    let mut x = 60.0;
    for word in ["Thực", "hiện", "kế", "hoạch"] {
        for letter in word.chars() {
            content.push_str(&say(x, 700.0, &letter.to_string()));
            x += 6.1;
        }
        x += 3.0;
    }
    assert_eq!(text(&drawn(&content)).trim(), "Thực hiện kế hoạch");
    // Spacing within one string: a step back of 300 thousandths parts words, one of 20 is kerning.
    let spaced = "BT /F 12 Tf 60 700 Td [<0078> -20 <00e3> -300 <0041>] TJ ET";
    assert_eq!(text(&drawn(spaced)).trim(), "xã A");
}

#[test]
fn marks_drawn_after_their_letter_stay_with_it() {
    // The marks stand above the letter, and the next word begins where the letter ended.
    let content =
        [say(60.0, 700.0, "Vie"), say(72.5, 700.0, "\u{323}"), say(72.0, 703.0, "\u{302}"), say(78.0, 700.0, "t")];
    assert_eq!(text(&drawn(&content.concat())).trim(), "Vie\u{323}\u{302}t");
}

#[test]
fn a_simple_font_is_read_by_its_encoding_its_differences_and_its_map() {
    let mut pdf = Pdf::new();
    let named = pdf.add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[1/fi/dcroat 65/acircumflexdotbelow]>>>>");
    let map = pdf.stream("", b"1 beginbfchar <41> <00540068> endbfchar");
    let mapped = pdf.add(&format!("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode {map} 0 R>>"));
    let contents = pdf.stream("", br"BT /N 12 Tf 60 700 Td (\001\002A \351) Tj /M 12 Tf 0 -20 Td (AB) Tj ET");
    let page =
        format!("/Resources <</Font <</N {named} 0 R/M {mapped} 0 R>>>>/MediaBox[0 0 595 842]/Contents {contents} 0 R");
    let page = pdf.add(&format!("<</Type/Page/Parent 2 0 R{page}>>"));
    pdf.set(1, "<</Type/Catalog/Pages 2 0 R>>");
    pdf.set(2, &format!("<</Type/Pages/Count 1/Kids[{page} 0 R]>>"));
    assert_eq!(text(&pdf.written()), "fiđậ é\nThB\n");
}

#[test]
fn a_signature_field_fills_the_number_and_the_day() {
    let mut pdf = Pdf::new();
    let mut field = |x: f64, text: &str| {
        let drawn = say(2.0, 3.0, text);
        let form =
            pdf.stream("/Type/XObject/Subtype/Form/BBox[0 0 30 16]/Resources<</Font<</F 3 0 R>>>>", drawn.as_bytes());
        let rectangle = format!("[{x} 742 {} 758]", x + 30.0);
        pdf.add(&format!("<</Type/Annot/Subtype/Widget/FT/Tx/F 4/Rect{rectangle}/AP<</N {form} 0 R>>>>"))
    };
    let (number, day) = (field(88.0, "27"), field(343.0, "09"));
    let shown =
        letterhead().replace(&say(70.0, 745.0, "Số: 15/BC-UBND"), &say(70.0, 745.0, "Số:      /BC-UBND")).replace(
            &say(270.0, 745.0, "Tân An, ngày 05 tháng 3 năm 2024"),
            &say(270.0, 745.0, "Tân An, ngày     tháng 3 năm 2024"),
        );
    pdf.page(&shown, &format!("/Annots[{number} 0 R {day} 0 R]"));
    let record = record(&pdf.finish());
    assert_eq!(record.document.number.as_ref().unwrap().canonical.as_deref(), Some("27/BC-UBND"));
    assert_eq!(record.document.date.as_ref().unwrap().value.as_deref(), Some("2024-03-09"));
}

#[test]
fn a_stamp_across_the_text_does_not_break_its_line() {
    let mut pdf = Pdf::new();
    let form = pdf.stream(
        "/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</F 3 0 R>>>>",
        say(0.0, 5.0, "Ký bởi: Văn phòng").as_bytes(),
    );
    let stamp = pdf.add(&format!("<</Subtype/Widget/Rect[100 695 300 715]/AP<</N {form} 0 R>>>>"));
    pdf.page(&say(60.0, 700.0, "Căn cứ Luật Tổ chức chính quyền địa phương"), &format!("/Annots[{stamp} 0 R]"));
    let text = text(&pdf.finish());
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    assert_eq!(lines, ["Căn cứ Luật Tổ chức chính quyền địa phương", "Ký bởi: Văn phòng"]);
}

#[test]
fn a_stamp_of_several_lines_follows_the_page() {
    let mut pdf = Pdf::new();
    let lines = [say(0.0, 45.0, "Người ký: Sở"), say(0.0, 30.0, "Tài chính"), say(0.0, 15.0, "Thời gian ký:")];
    let form = pdf.stream("/Subtype/Form/BBox[0 0 200 60]/Resources<</Font<</F 3 0 R>>>>", lines.concat().as_bytes());
    let stamp = pdf.add(&format!("<</Subtype/Widget/Rect[300 660 500 720]/AP<</N {form} 0 R>>>>"));
    let page = [say(60.0, 700.0, "Nơi nhận:"), say(60.0, 684.0, "- Như trên;"), say(60.0, 668.0, "- Lưu: VT.")];
    pdf.page(&page.concat(), &format!("/Annots[{stamp} 0 R]"));
    let text = text(&pdf.finish());
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(lines, ["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "Người ký: Sở", "Tài chính", "Thời gian ký:"]);
}

#[test]
fn watermarks_are_left_out() {
    let body = say(60.0, 700.0, "Nội dung");
    let slanting = "BT /F 60 Tf 0.7 0.7 -0.7 0.7 200 300 Tm <0042> Tj ET ";
    let light = "q 0.8 g BT /F 60 Tf 100 400 Td <0042> Tj ET Q ";
    let tagged = "/Artifact <</Subtype/Watermark>> BDC BT /F 20 Tf 100 500 Td <0042> Tj ET EMC ";
    let large = "BT /F 60 Tf 100 600 Td <0043> Tj ET ";
    assert_eq!(text(&drawn(&format!("{slanting}{light}{tagged}{body}"))).trim(), "Nội dung");
    assert!(text(&drawn(&format!("{large}{body}"))).contains('C'));
}

#[test]
fn a_page_laid_on_its_side_is_read_upright() {
    let turned = |lines: &str| format!("0 1 -1 0 500 0 cm {lines}");
    let lines = [say(100.0, 100.0, "dòng một"), say(100.0, 80.0, "dòng hai")].concat();
    assert_eq!(text(&drawn(&turned(&lines))), "dòng một\ndòng hai\n");
    let mut pdf = Pdf::new();
    pdf.page(&turned(&lines), "/Rotate 90");
    assert_eq!(text(&pdf.finish()), "dòng một\ndòng hai\n");
}

#[test]
fn pages_are_counted_beside_each_span() {
    let mut pdf = Pdf::new();
    pdf.page(&letterhead(), "");
    pdf.page(&say(60.0, 700.0, "I. KẾT QUẢ"), "");
    pdf.page(&say(60.0, 700.0, "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ;"), "");
    let bytes = pdf.finish();
    let record = record(&bytes);
    assert_eq!(record.source.pages, Some(3));
    assert_eq!(text(&bytes).matches('\u{c}').count(), 2);
    assert_eq!(record.sections[0].page, Some(2));
    assert_eq!(record.citations[0].page, Some(3));
    assert_eq!(record.citations[0].date.as_ref().unwrap().page, Some(3));
    let plain = Extractor::builtin().extract("a.txt", text(&bytes).as_bytes());
    assert_eq!(plain.citations[0].page, None);
}

/// A page that is one picture.
fn scan(pdf: &mut Pdf, also: &str) {
    let picture = pdf.stream("/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", b"\0");
    pdf.page(
        &format!("q 595 0 0 842 0 0 cm /I Do Q {also}"),
        &format!("/Resources <</Font <</F 3 0 R>>/XObject<</I {picture} 0 R>>>>"),
    );
}

#[test]
fn a_scan_asks_for_recognition_unless_it_went_through_it() {
    let mut pdf = Pdf::new();
    scan(&mut pdf, "");
    let bytes = pdf.finish();
    let scanned = record(&bytes);
    assert_eq!(codes(&scanned), ["T030"]);
    assert_eq!(scanned.diagnostics[0].message, "Không có lớp chữ (1/1 trang): cần nhận dạng (OCR) trước");
    // As a file it is read: nothing failed.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("scan.pdf");
    fs::write(&path, &bytes).unwrap();
    assert_cmd::Command::cargo_bin("trich").unwrap().arg("extract").arg(&path).assert().success();

    // Invisible letters over the picture are what recognition left.
    let mut pdf = Pdf::new();
    scan(&mut pdf, &format!("3 Tr {}", letterhead()));
    let recognised = record(&pdf.finish());
    assert!(codes(&recognised).is_empty());
    assert_eq!(recognised.document.number.unwrap().canonical.as_deref(), Some("15/BC-UBND"));
}

#[test]
fn a_broken_table_of_offsets_and_a_missing_end_lose_nothing() {
    let whole = drawn(&letterhead());
    let expected = text(&whole);
    let table = whole.windows(4).rposition(|at| at == b"xref").unwrap();
    assert_eq!(text(&whole[..table - 2]), expected);
    let objects_moved = [b"%PDF-1.7\n% moved by this line\n", &whole[9..]].concat();
    assert_eq!(text(&objects_moved), expected);
}

#[test]
fn of_two_revisions_the_later_stands() {
    let mut pdf = Pdf::new();
    let page = pdf.page(&say(60.0, 700.0, "cũ"), "");
    let mut bytes = pdf.finish();
    let new = say(60.0, 700.0, "mới");
    bytes.extend(format!("90 0 obj\n<</Length {}>>stream\n{new}\nendstream\nendobj\n", new.len()).bytes());
    bytes.extend(format!("{page} 0 obj\n<</Type/Page/Parent 2 0 R {PAGE}/Contents 90 0 R>>\nendobj\n").bytes());
    assert_eq!(text(&bytes).trim(), "mới");
}

#[test]
fn cut_and_damaged_files_give_a_record() {
    let mut pdf = Pdf::new();
    pdf.page(&letterhead(), "");
    pdf.page(&say(60.0, 700.0, "Trang hai"), "");
    let whole = pdf.finish();
    for end in (0..whole.len()).step_by(23) {
        text(&whole[..end]);
    }
    // Nothing is random here: the same bytes are damaged in every run.
    let mut state = 88_172_645_463_325_252_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as usize
    };
    for _ in 0..400 {
        let mut bytes = whole.clone();
        for _ in 0..1 + next() % 12 {
            let at = next() % bytes.len();
            bytes[at] = b"<>[]()/ 0R\xff"[next() % 11];
        }
        text(&bytes);
    }
    let cut = record(&whole[..whole.len() / 3]);
    assert!(codes(&cut).contains(&"T032"), "{:?}", codes(&cut));
}

#[test]
fn what_leads_in_a_circle_comes_to_an_end() {
    let mut pdf = Pdf::new();
    let page = pdf.page(&say(60.0, 700.0, "một"), "");
    pdf.set(1, "<</Type/Catalog/Pages 2 0 R>>");
    pdf.set(2, &format!("<</Type/Pages/Kids[2 0 R {page} 0 R {page} 0 R 1 0 R]>>"));
    let circle = record(&pdf.written());
    assert_eq!(circle.source.pages, Some(2));
    assert!(codes(&circle).contains(&"T032"));

    let mut pdf = Pdf::new();
    let own = pdf.stream("/Subtype/Form/BBox[0 0 1 1]/Resources 7 0 R", b"/X Do /X Do");
    assert_eq!(own, 6);
    pdf.add("<</XObject<</X 6 0 R>>>>");
    pdf.page("/X Do", "/Resources 7 0 R");
    pdf.add("11 0 R");
    pdf.add("10 0 R");
    assert!(codes(&record(&pdf.finish())).contains(&"T032"));
}

#[test]
fn depth_is_bounded() {
    let mut pdf = Pdf::new();
    let first = pdf.add("");
    for at in 0..600 {
        pdf.add(&format!("<</Type/Pages/Kids[{} 0 R]>>", first + at + 2));
    }
    pdf.set(1, &format!("<</Type/Catalog/Pages {} 0 R>>", first + 1));
    assert!(codes(&record(&pdf.written())).contains(&"T006"));

    let mut pdf = Pdf::new();
    pdf.add(&"[".repeat(100_000));
    pdf.add(&"<</A".repeat(100_000));
    pdf.page(&format!("{} {}", "[".repeat(100_000), say(60.0, 700.0, "sau")), "");
    record(&pdf.finish());
}

#[test]
fn ten_thousand_pages_are_read_and_no_more_than_allowed() {
    let mut pdf = Pdf::new();
    for page in 0..10_000 {
        pdf.page(&say(60.0, 700.0, &format!("trang {page}")), "");
    }
    let bytes = pdf.finish();
    let all = trich::source::read("a.pdf", &bytes, &Options::default());
    assert_eq!(all.pages.len(), 10_000);
    assert!(all.text[all.pages[9_999]..].starts_with("trang 9999"));
    let some = limited(&bytes, Limits { pages: 100, ..Limits::default() });
    assert_eq!(some.source.pages, Some(100));
    assert_eq!(codes(&some), ["T006"]);
}

/// Zeros, packed.
fn packed(length: usize) -> Vec<u8> {
    use flate2::{Compression, write::ZlibEncoder};
    use std::io::Write as _;
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    for _ in 0..length / 65_536 {
        encoder.write_all(&[b' '; 65_536]).unwrap();
    }
    encoder.finish().unwrap()
}

#[test]
fn bombs_are_unpacked_no_further_than_allowed() {
    let limits = Limits { unpacked: 1 << 20, ..Limits::default() };
    let bomb = packed(64 << 20);
    let mut pdf = Pdf::new();
    let page = pdf.page(&say(60.0, 700.0, "một"), "");
    let contents = pdf.stream("/Filter/FlateDecode", &bomb);
    let second = pdf.add(&format!("<</Type/Page/Parent 2 0 R {PAGE}/Contents {contents} 0 R>>"));
    pdf.set(1, "<</Type/Catalog/Pages 2 0 R>>");
    pdf.set(2, &format!("<</Type/Pages/Kids[{page} 0 R {second} 0 R]>>"));
    let read = limited(&pdf.written(), limits);
    assert!(codes(&read).contains(&"T006"));

    // Object streams, each of which unpacks to all that is allowed.
    let mut pdf = Pdf::new();
    for _ in 0..20 {
        pdf.stream("/Type/ObjStm/N 1000/First 10000/Filter/FlateDecode", &bomb);
    }
    assert!(codes(&limited(&pdf.finish(), limits)).contains(&"T006"));

    // A form that draws the next one twice, and so on: as many drawings as there are grains of sand.
    let mut pdf = Pdf::new();
    for at in 0..40 {
        let next = 6 + at + 1;
        pdf.stream(
            &format!("/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</X {next} 0 R>>>>"),
            b"/X Do /X Do                                                  ",
        );
    }
    pdf.page("/X Do", "/Resources<</XObject<</X 6 0 R>>>>");
    assert!(codes(&limited(&pdf.finish(), limits)).contains(&"T006"));
}

#[test]
fn time_is_bounded() {
    let none = limited(&drawn(&letterhead()), Limits { time: Duration::ZERO, ..Limits::default() });
    assert!(codes(&none).contains(&"T006"));
}

/// The shared data, or a visible word that it is absent.
fn shared_folder() -> Option<PathBuf> {
    let named = std::env::var_os("TRICH_SHARED").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"));
    let found = folder.join("formats").is_dir();
    if !found {
        shared::report(&format!("skipped: {} is absent", folder.join("formats").display()));
    }
    found.then_some(folder)
}

fn real(folder: &Path, name: &str) -> Vec<u8> {
    fs::read(folder.join("formats").join(name)).unwrap()
}

#[test]
fn heads_of_real_files_are_those_of_the_gold() {
    let Some(folder) = shared_folder() else { return };
    for name in ["A0015", "A0019", "A0126", "A0132", "A0138", "L0151", "L0230"] {
        let gold = fs::read_to_string(folder.join(format!("gold/dev/{name}.json"))).unwrap();
        let gold: serde_json::Value = serde_json::from_str(&gold).unwrap();
        let gold = gold.get("document").unwrap_or(&gold);
        let said = |field: &str, part: &str| gold[field][part].as_str().map(str::to_owned);
        let read = record(&real(&folder, &format!("{name}.pdf")));
        assert!(codes(&read).is_empty(), "{name}: {:?}", read.diagnostics);
        let document = read.document;
        // Signature widgets hold what the bare text, of which its gold was made, leaves open.
        let signed = name == "L0151";
        let number = if signed { Some("05/2025/QĐ-UBND".to_owned()) } else { said("number", "canonical") };
        let date = if signed { Some("2025-01-23".to_owned()) } else { said("date", "value") };
        assert_eq!(document.number.and_then(|number| number.canonical), number, "{name}");
        assert_eq!(document.date.and_then(|date| date.value), date, "{name}");
        assert_eq!(document.place.and_then(|place| place.name), said("place", "name"), "{name}");
        assert_eq!(document.issuer.map(|issuer| issuer.name), said("issuer", "name"), "{name}");
        assert_eq!(document.kind.map(|kind| kind.code.into_owned()), said("type", "code"), "{name}");
        let people = |names: Vec<Option<String>>| names.into_iter().flatten().collect::<Vec<_>>();
        let signed = gold["signatories"].as_array().unwrap().iter().map(|one| one["name"].as_str().map(str::to_owned));
        assert_eq!(
            people(document.signatories.into_iter().map(|one| one.name).collect()),
            people(signed.collect()),
            "{name}"
        );
    }
}

#[test]
fn a_real_scan_asks_for_recognition() {
    let Some(folder) = shared_folder() else { return };
    assert_eq!(codes(&record(&real(&folder, "A0066.pdf"))), ["T030"]);
}

#[test]
fn real_files_in_fonts_before_unicode_say_what_was_transcribed() {
    let Some(folder) = shared_folder() else { return };
    for name in ["legacy/tcvn3__2006-16EZE_TT01.06GopvonDNNVV.pdf", "legacy/tcvn3__2007-1AF57_02-2007.pdf"] {
        let transcribed = fs::read_to_string(folder.join("formats").join(format!("{name}.txt"))).unwrap();
        let mut read = words(&text(&real(&folder, name)));
        let expected = words(&transcribed);
        let found =
            expected.iter().filter(|word| read.iter().position(|at| at == *word).map(|at| read.remove(at)).is_some());
        let share = found.count() as f64 / expected.len() as f64;
        assert!(share >= 0.99, "{name}: {share}");
    }
}

/// The words of a text, with case folded: the transcriptions lost the capitals.
fn words(text: &str) -> Vec<String> {
    let composed: String = text.nfc().collect();
    composed.to_lowercase().split_whitespace().map(str::to_owned).collect()
}

#[test]
fn files_that_open_with_an_empty_password_are_read() {
    let fixture = |name: &str| {
        fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pdf").join(format!("{name}.pdf"))).unwrap()
    };
    for name in ["rc4-40", "rc4-128", "aes-128", "aes-256"] {
        assert_eq!(text(&fixture(name)).trim(), "Trang duy nhât", "{name}");
    }
    let locked = record(&fixture("password"));
    assert_eq!(codes(&locked), ["T021"]);
    assert_eq!(locked.source.pages, None);
}
