use super::{Format, Trouble, cells, read_of, text_of};

const HEAD: &str = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Times New Roman;}{\f1\fcharset0 .VnTime;}{\f2\fcharset0 .VnTimeH;}{\f3\fcharset163 Arial{\*\falt Helv};}{\f4\fcharset0 VNI-Times;}{\f5\fcharset2 Symbol;}}{\stylesheet{\s1 Heading;}}{\info{\title t}}";

fn rtf(body: &str) -> String {
    text_of(format!("{HEAD}{body}}}").as_bytes())
}

#[test]
fn is_told_by_its_bytes() {
    let read = read_of(b"{\\rtf1 a}");
    assert_eq!((read.format, read.text.as_str()), (Format::Rtf, "a"));
    assert_eq!(trich::source::binary_format(b"{\\rtf1 a}"), None);
}

#[test]
fn characters_come_by_font_charset_and_number() {
    assert_eq!(rtf(r"\f1 \'a7i\'d2u 1. {\f2 b\'b8o c\'b8o}"), "Điều 1. BÁO CÁO");
    assert_eq!(rtf(r"\f3 Vi\'ea\'f2t \'f0\'fd\'f5\'ccng"), "Việt đường");
    assert_eq!(rtf(r"\f4 Ba{\b\'f9o}"), "Báo");
    assert_eq!(rtf(r"\uc1\u272?i\u7873?u {\uc2\u233\'e9\'e9x}\emdash\~a\_b\-c"), "Điều éx—\u{a0}a-bc");
    assert_eq!(rtf(r"\f5\'b3 {\caps\f0 m\'f4t}\v an\v0 "), "≥ MÔT");
}

#[test]
fn paragraphs_tables_and_numbers() {
    let body = r"\pard {\listtext\pard\plain\f1 \'a7i\'d2u 1.\tab}x\par {\pntext\f5\'b7\tab}{\*\pn\pnlvlblt}y\line z\par
\trowd\clbrdrl\brdrs\brdrw10\cellx1000\clbrdrl\brdrs\cellx2000\pard\intbl a\par b\cell c\cell\row\pard q\par";
    assert_eq!(rtf(body), "Điều 1. x\n• y\nz\na b\tc\nq");
    let letterhead = r"\trowd\clbrdrl\brdrnone\cellx1000\cellx2000\pard\intbl a\par b\cell c\par d\cell\row\pard q";
    assert_eq!(cells(&rtf(letterhead)), [vec!["a", "c"], vec!["b", "d"], vec!["q"]]);
}

#[test]
fn notes_margins_boxes_and_fields() {
    let body = r"{\header SỞ Y TẾ\par}{\footer{\field{\*\fldinst PAGE}{\fldrslt 3}}\par}a{\footnote\chftn  ghi}b\par
{\shp{\*\shpinst{\sp{\sn n}{\sv v}}{\shptxt box\par}}{\shprslt{\*\do box\par}}}c{\field{\*\fldinst HYPERLINK x}{\fldrslt d}}{\pict 00ff}{\*\unknown e}\par";
    let body = body.replace("SỞ Y TẾ", r"\f1 S\'eb Y t\'d5");
    assert_eq!(rtf(&body), "a[1]b\ncd\nbox\n[1] ghi\nSở Y tế");
}

#[test]
fn tracked_changes_are_read_as_accepted() {
    let read = read_of(format!("{HEAD}a{{\\deleted b}}{{\\revised c}}}}").as_bytes());
    assert_eq!((read.text.as_str(), read.troubles), ("ac", vec![Trouble::TrackedChanges]));
}

#[test]
fn a_file_that_is_cut_off_keeps_what_was_read() {
    let read = read_of(format!("{HEAD}a\\par {{\\b b").as_bytes());
    assert_eq!((read.text.as_str(), read.troubles), ("a\nb", vec![Trouble::Damaged]));
}
