//! Files made to do harm, or damaged: any bytes give a text, within the limits.

use super::{doc_writer::*, docx_writer::*};
use proptest::prelude::*;
use trich::source::{Limit, Limits, Options, SourceText, Trouble, read};

fn within(limits: Limits, bytes: &[u8]) -> SourceText {
    read("file", bytes, &Options { limits, ..Options::default() })
}

fn small() -> Limits {
    Limits { unpacked: 1 << 16, ..Limits::default() }
}

/// Small files of each format.
fn samples() -> Vec<Vec<u8>> {
    let list = r#"<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>"#;
    let cell = paragraph(&run("Điều 1"));
    let numbered = paragraph_with(r#"<w:numPr><w:numId w:val="1"/></w:numPr>"#, "x");
    let docx = Docx::default()
        .part("numbering", "numbering", list)
        .part("styles", "styles", r#"<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="A"/></w:style>"#)
        .write(&(table(RULES, &[&[&cell, &cell]]) + &numbered));
    let doc = Doc::with_fonts(&["Arial", ".VnTime"])
        .list(4, "\0)", &font(1))
        .run("a", &font(1))
        .end('\r', &change(0x460b, &[1, 0]))
        .run("b", &[])
        .end('\u{7}', &change(0x2416, &[1]))
        .end('\u{7}', &[change(0x2416, &[1]), change(0x2417, &[1])].concat())
        .footnote("c")
        .end('\r', &[])
        .write();
    let rtf =
        br"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\trowd\cellx9 a\cell\row{\footnote b}\u7873?{\shptxt c}\par}".to_vec();
    vec![docx, doc, rtf]
}

#[test]
fn the_samples_are_whole() {
    for bytes in samples() {
        let read = within(Limits::default(), &bytes);
        assert_eq!(read.troubles, [], "{:?}", read.text);
        assert!(!read.text.is_empty());
    }
}

#[test]
fn a_part_that_unpacks_without_end_is_cut() {
    let bytes = Docx::default().write(&paragraph(&run("a")).repeat(50_000));
    let read = within(small(), &bytes);
    assert!(read.troubles.contains(&Trouble::Limited { limit: Limit::Unpacked }), "{:?}", read.troubles);
    assert!(read.text.starts_with("a\na") && read.text.len() <= 1 << 16);
}

#[test]
fn what_is_nested_too_deep_is_not_read_further() {
    let deep = "<w:tbl><w:tr><w:tc>".repeat(10_000);
    let read = within(Limits::default(), &Docx::default().write(&(paragraph(&run("a")) + &deep)));
    assert_eq!(read.text.trim_end(), "a");
    assert!(read.troubles.contains(&Trouble::Limited { limit: Limit::Depth }));

    let groups = format!("{{\\rtf1 a{}b{}c}}", "{".repeat(100_000), "}".repeat(100_000));
    let read = within(Limits::default(), groups.as_bytes());
    assert_eq!((read.text.as_str(), read.troubles), ("ac", vec![Trouble::Limited { limit: Limit::Depth }]));
}

#[test]
fn tables_in_tables_do_not_grow() {
    let deep = r"\pard\intbl\itap60 a\par".repeat(3)
        + &r"\pard\intbl\itap2 b\nestcell\nestrow\pard\intbl\itap1 c\cell\row".repeat(200);
    let read = within(Limits::default(), format!("{{\\rtf1 {deep}}}").as_bytes());
    assert!(read.text.contains('a') && read.text.contains('c'));
    assert!(read.text.len() < 100 * deep.len());
}

#[test]
fn entities_of_a_document_type_do_not_grow() {
    let bomb = "<!DOCTYPE w [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;'>]>\
        <w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>x&c;y</w:t></w:r></w:p></w:body></w:document>";
    assert_eq!(within(Limits::default(), &Docx::default().write_raw(bomb)).text, "xy");
}

#[test]
fn a_truncated_docx_keeps_what_was_read() {
    let bytes = Docx::default().write(&(0..2000).map(|n| paragraph(&run(&format!("Điều {n}.")))).collect::<String>());
    let read = within(Limits::default(), &bytes[..bytes.len() / 2]);
    assert!(read.text.starts_with("Điều 0.\nĐiều 1."), "{:?}", &read.text.get(..40));
    assert!(read.troubles.contains(&Trouble::Damaged));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn cut_files_give_a_text(sample in 0..3usize, part in 0.0..1.0f64) {
        let bytes = samples().swap_remove(sample);
        within(small(), &bytes[..(bytes.len() as f64 * part) as usize]);
    }

    #[test]
    fn changed_files_give_a_text(sample in 0..3usize, changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40)) {
        let mut bytes = samples().swap_remove(sample);
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        within(small(), &bytes);
    }

    #[test]
    fn any_bytes_behind_a_beginning_give_a_text(start in 0..3usize, bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        let starts: [&[u8]; 3] = [b"PK\x03\x04word/document.xml", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf1"];
        within(small(), &[starts[start], &bytes].concat());
    }

    #[test]
    fn any_markup_gives_a_text(words in prop::collection::vec(0..20usize, 0..60)) {
        const RTF: [&str; 20] = [
            "{", "}", "\\cell ", "\\row ", "\\intbl ", "\\itap3 ", "\\pard ", "\\par ", "a", "{\\footnote ", "{\\header ", "{\\shptxt ",
            "\\trowd ", "\\cellx9 ", "\\u-9 ", "\\'e1", "{\\*\\fldinst PAGE}", "{\\fldrslt ", "{\\listtext 1}", "\\nestrow ",
        ];
        within(small(), format!("{{\\rtf1{}", words.iter().map(|n| RTF[*n]).collect::<String>()).as_bytes());
        const XML: [&str; 20] = [
            "<w:p>", "</w:p>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>", "<w:r><w:t>a</w:t></w:r>", "<w:txbxContent>",
            "</w:txbxContent>", "<w:del>", "</w:del>", "<mc:AlternateContent>", "<mc:Choice>", "</mc:Choice>", "<w:sectPr>", "<w:pPr>",
            "<w:fldChar w:fldCharType=\"begin\"/>", "<w:tcPr><w:gridSpan w:val=\"99999999999\"/></w:tcPr>",
        ];
        within(small(), &Docx::default().write(&words.iter().map(|n| XML[*n]).collect::<String>()));
    }
}
