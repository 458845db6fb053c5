use super::{Format, Trouble, cells, doc_writer::*, read_of, text_of};

const CAPITALS: u16 = 0x083b;
const HIDDEN: u16 = 0x083c;
const DELETED: u16 = 0x0800;
const SPECIAL: u16 = 0x0855;

fn in_table() -> Vec<u8> {
    change(0x2416, &[1])
}

fn row_end(ruled: bool) -> Vec<u8> {
    let border = [4, u8::from(ruled), 0, 0].repeat(6);
    [in_table(), change(0x2417, &[1]), change(0xd605, &[&[24][..], &border].concat())].concat()
}

#[test]
fn is_told_by_its_bytes() {
    let bytes = Doc::with_fonts(&["Arial"]).run("Số: 12/BC-UBND", &[]).end('\r', &[]).write();
    let read = read_of(&bytes);
    assert_eq!((read.format, read.text.as_str()), (Format::Doc, "Số: 12/BC-UBND"));
    assert_eq!((read.troubles, read.encoding.as_ref()), (vec![], "UTF-16LE"));
    assert_eq!(trich::source::binary_format(&bytes), None);
}

#[test]
fn fonts_decide_run_by_run() {
    let fonts = ["Arial", ".VnTime", ".VnTimeH", "VNI-Times", "Symbol"];
    let doc = Doc::with_fonts(&fonts)
        .narrow()
        .run("\u{a7}i\u{d2}u 1. ", &font(1))
        .run("b\u{b8}o c\u{b8}o", &font(2))
        .run(" Ba", &font(3))
        .run("\u{f9}o", &[font(3), change(0x0835, &[1])].concat())
        .run(" \u{e0} ", &[font(0), change(CAPITALS, &[1])].concat())
        .run("(", &[change(0x6a09, &[4, 0, 0xb3, 0xf0]), change(SPECIAL, &[1])].concat())
        .end('\r', &[]);
    let read = read_of(&doc.write());
    assert_eq!((read.text.as_str(), read.encoding.as_ref()), ("Điều 1. BÁO CÁO Báo À ≥", "TCVN3"));
}

#[test]
fn hidden_and_deleted_text_and_codes_of_fields_are_left_out() {
    let mark = change(SPECIAL, &[1]);
    let doc = Doc::with_fonts(&["Arial"])
        .run("a", &[])
        .run("ẩn", &change(HIDDEN, &[1]))
        .run("xóa", &change(DELETED, &[1]))
        .run("\u{13}", &mark)
        .run(" HYPERLINK ", &[])
        .run("\u{14}", &mark)
        .run("b", &[])
        .run("\u{15}", &mark)
        .run("\u{b}c\u{1e}d\u{1f}e\tg", &[])
        .end('\r', &[]);
    let read = read_of(&doc.write());
    assert_eq!((read.text.as_str(), read.troubles), ("ab\nc-de\tg", vec![Trouble::TrackedChanges]));
}

#[test]
fn tables_with_and_without_rules() {
    for (ruled, expected) in
        [(true, vec![vec!["a b", "c"], vec!["d"]]), (false, vec![vec!["a", "c"], vec!["b"], vec!["d"]])]
    {
        let doc = Doc::with_fonts(&["Arial"])
            .run("a", &[])
            .end('\r', &in_table())
            .run("b", &[])
            .end('\u{7}', &in_table())
            .run("c", &[])
            .end('\u{7}', &in_table())
            .end('\u{7}', &row_end(ruled))
            .run("d", &[])
            .end('\r', &[]);
        let read = text_of(&doc.write());
        assert_eq!(cells(&read), expected);
    }
}

#[test]
fn numbers_that_word_counts_are_written() {
    let listed = change(0x460b, &[1, 0]);
    let doc = Doc::with_fonts(&["Arial", ".VnTime"])
        .list(0, "\u{a7}i\u{d2}u \0.", &font(1))
        .run("x", &[])
        .end('\r', &listed)
        .run("không số", &[])
        .end('\r', &[])
        .run("y", &[])
        .end('\r', &listed);
    assert_eq!(text_of(&doc.write()), "Điều 1. x\nkhông số\nĐiều 2. y");
}

#[test]
fn notes_stand_behind_the_text() {
    let doc = Doc::with_fonts(&["Arial"]).run("a", &[]).footnote("ghi chú").run("b", &[]).end('\r', &[]);
    assert_eq!(text_of(&doc.write()), "a[1]b\n[1] ghi chú");
}

#[test]
fn encrypted_files_say_so() {
    let doc = Doc::with_fonts(&["Arial"]).encrypted().run("a", &[]).end('\r', &[]).write();
    let read = read_of(&doc);
    assert_eq!((read.text.as_str(), read.troubles), ("", vec![Trouble::Encrypted]));

    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    file.create_stream("/EncryptedPackage").unwrap();
    let bytes = file.into_inner().into_inner();
    let read = read_of(&bytes);
    assert_eq!((read.format, read.troubles), (Format::Docx, vec![Trouble::Encrypted]));
}

#[test]
fn the_text_of_word_6_is_told_by_its_words() {
    let said = b"Uy ban nh\xa9n d\xa9n x\xb7 b\xb8o c\xb8o k\xd5t qu\xb6 c\xb8c nhi\xd6m v\xf4 n\xa8m 1996\x0d\x13 PAGE \x14Ch\xf1 t\xdech\x15\x0d";
    let mut stream = vec![0; 0x300];
    stream[..4].copy_from_slice(&[0xdc, 0xa5, 101, 0]);
    stream[0x18..0x1c].copy_from_slice(&0x300u32.to_le_bytes());
    stream[0x34..0x38].copy_from_slice(&(said.len() as u32).to_le_bytes());
    stream.extend(said);
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    std::io::Write::write_all(&mut file.create_stream("/WordDocument").unwrap(), &stream).unwrap();
    let read = read_of(&file.into_inner().into_inner());
    assert_eq!(read.text.trim_end(), "Uy ban nhân dân xã báo cáo kết quả các nhiệm vụ năm 1996\nChủ tịch");
    assert_eq!((read.format, read.encoding.as_ref()), (Format::Doc, "TCVN3"));
}
