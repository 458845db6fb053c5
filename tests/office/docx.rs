use super::{Format, Trouble, cells, docx_writer::*, read_of, text_of};

fn text(body: &str) -> String {
    text_of(&Docx::default().write(body))
}

fn fonts(name: &str) -> String {
    format!(r#"<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>"#)
}

fn numbered(list: u32, level: u32, text: &str) -> String {
    paragraph_with(&format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr>"#), text)
}

fn level(at: u32, style: &str, text: &str, more: &str) -> String {
    format!(
        r#"<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>"#
    )
}

#[test]
fn is_told_by_its_bytes() {
    let bytes = Docx::default().write(&paragraph(&run("Số: 12/BC-UBND")));
    let read = read_of(&bytes);
    assert_eq!((read.format, read.text.as_str()), (Format::Docx, "Số: 12/BC-UBND"));
    assert_eq!(read.troubles, []);
    assert_eq!(trich::source::binary_format(&bytes), None);
}

#[test]
fn runs_tabs_and_breaks() {
    let body = "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>15</w:t><w:noBreakHyphen/><w:softHyphen/>\
        <w:t>c</w:t><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/></w:r></w:p><w:p/><w:p><w:r><w:t>d &amp; &#273;</w:t></w:r></w:p>";
    assert_eq!(text(body), "a\tb\n15-c☑\n\nd & đ");
}

#[test]
fn columns_without_rules_stand_line_beside_line() {
    let left = [paragraph(&run("UBND XÃ A")), paragraph(&run("Số: 5/BC-UBND"))].concat();
    let right = [paragraph(&run("CỘNG HÒA XÃ HỘI")), paragraph(""), paragraph(&run("ngày 1"))].concat();
    let read = text(&(table("", &[&[&left, &right]]) + &paragraph(&run("BÁO CÁO"))));
    assert_eq!(
        cells(&read),
        [vec!["UBND XÃ A", "CỘNG HÒA XÃ HỘI"], vec!["Số: 5/BC-UBND"], vec!["", "ngày 1"], vec!["BÁO CÁO"]]
    );
}

#[test]
fn a_row_of_a_table_with_rules_is_one_line() {
    let two = [paragraph(&run("Số")), paragraph(&run("lượng"))].concat();
    let (name, one, inner) = (paragraph(&run("Tên")), paragraph(&run("1")), table("", &[&[&paragraph(&run("x"))]]));
    let read = text(&table(RULES, &[&[&name, &two], &[&(inner + "<w:p/>"), &one]]));
    assert_eq!(read, "Tên\tSố lượng\nx\t1");
    let style = format!(
        r#"<w:style w:type="table" w:styleId="G"><w:tblPr>{RULES}</w:tblPr></w:style><w:style w:type="table" w:styleId="H"><w:basedOn w:val="G"/></w:style>"#
    );
    let styled = Docx::default().part("styles", "styles", &style);
    let read = text_of(&styled.write(&table(r#"<w:tblStyle w:val="H"/>"#, &[&[&name, &two]])));
    assert_eq!(read, "Tên\tSố lượng");
}

#[test]
fn merged_cells_keep_the_columns() {
    let cell = |span: u32, text: &str| {
        format!(r#"<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>{}</w:tc>"#, paragraph(&run(text)))
    };
    let rows = [[cell(1, "a"), cell(2, "b"), cell(1, "c")].concat(), (1..5).map(|n| cell(1, &n.to_string())).collect()];
    let rows: String = rows.iter().map(|row| format!("<w:tr>{row}</w:tr>")).collect();
    assert_eq!(text(&format!("<w:tbl><w:tblPr>{RULES}</w:tblPr>{rows}</w:tbl>")), "a\tb\t\tc\n1\t2\t3\t4");
}

#[test]
fn a_text_box_stands_once_behind_its_paragraph() {
    let inside = format!("<w:txbxContent>{}</w:txbxContent>", paragraph(&run("DỰ THẢO")));
    let body = format!(
        "<w:p>{}<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><a:p/><wps:txbx>{inside}</wps:txbx></mc:Choice>\
         <mc:Fallback><v:textbox>{inside}</v:textbox></mc:Fallback></mc:AlternateContent></w:r>{}</w:p>",
        run("Số: "),
        run("/BC")
    );
    assert_eq!(text(&body), "Số: /BC\nDỰ THẢO");
}

#[test]
fn headers_footers_and_notes_have_their_place() {
    let page = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>\
        <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
    let note = |id: u32, text: &str| format!("<w:footnote w:id=\"{id}\">{}</w:footnote>", paragraph(&run(text)));
    let docx = Docx::default()
        .part("header", "first", &paragraph(&run("SỞ Y TẾ")))
        .part("header", "running", &paragraph(&(run("Trang ") + page)))
        .part("footer", "foot", &paragraph(&run("Mẫu số 01")))
        .part("footnotes", "footnotes", &[note(0, "—"), note(7, " Xem Điều 2."), note(8, "Không ai nhắc")].concat());
    let body = format!(
        "{}<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rIdrunning\"/><w:headerReference w:type=\"first\" \
         r:id=\"rIdfirst\"/><w:footerReference w:type=\"default\" r:id=\"rIdfoot\"/><w:titlePg/></w:sectPr>",
        paragraph(&(run("Điều 1") + "<w:r><w:footnoteReference w:id=\"7\"/></w:r>" + &run(".")))
    );
    assert_eq!(text_of(&docx.write(&body)), "SỞ Y TẾ\nĐiều 1[1].\n[1] Xem Điều 2.\nMẫu số 01");
}

#[test]
fn tracked_changes_are_read_as_accepted() {
    let body = format!(
        "<w:p>{}<w:ins>{}</w:ins><w:del><w:r><w:delText>mười</w:delText></w:r></w:del></w:p>\
         <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{}</w:p>{}",
        run("Có "),
        run("hai"),
        run("một "),
        paragraph(&run("câu"))
    );
    let read = read_of(&Docx::default().write(&body));
    assert_eq!(read.text, "Có hai\nmột câu");
    assert_eq!(read.troubles, [Trouble::TrackedChanges]);
}

#[test]
fn hidden_text_comments_and_codes_of_fields_are_left_out() {
    let body = format!(
        "<w:p>{}<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:commentReference w:id=\"1\"/></w:r>\
         <w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>HYPERLINK \"x\"</w:instrText></w:r>\
         <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>\
         <w:sdt><w:sdtPr><w:alias w:val=\"n\"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>\
         <w:smartTag>{}</w:smartTag></w:p>",
        run("a"),
        run("b"),
        run("c"),
        run("d")
    );
    assert_eq!(text(&body), "abcd");
}

#[test]
fn fonts_decide_through_runs_styles_and_defaults() {
    let styles = format!(
        "<w:docDefaults><w:rPrDefault><w:rPr>{}</w:rPr></w:rPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:styleId=\"B\"><w:rPr>{}</w:rPr></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"H\"><w:basedOn w:val=\"B\"/><w:rPr><w:caps/></w:rPr></w:style>",
        fonts(".VnTime"),
        fonts("Arial")
    );
    let docx = Docx::default().part("styles", "styles", &styles);
    let body = [
        paragraph(&(run("§iÒu 1. ") + &run_with(&fonts(".VnTimeH"), "b¸o c¸o"))),
        paragraph_with("<w:pStyle w:val=\"H\"/>", "Điều 2"),
        paragraph(&(run_with(&fonts("VNI-Times"), "Ba") + &run_with(&(fonts("VNI-Times") + "<w:b/>"), "ùo caùo"))),
        paragraph(&run("Điều 3")),
    ];
    let read = read_of(&docx.write(&body.concat()));
    assert_eq!(read.text, "Điều 1. BÁO CÁO\nĐIỀU 2\nBáo cáo\nĐiều 3");
    assert_eq!(read.encoding, "TCVN3");
}

#[test]
fn numbers_that_word_counts_are_written() {
    let legal = "<w:isLgl/>";
    let lists = [
        format!("<w:abstractNum w:abstractNumId=\"1\">{}{}{}</w:abstractNum>",
            level(0, "upperRoman", "%1.", ""), level(1, "decimal", "%1.%2.", legal), level(2, "lowerLetter", "%3)", "<w:suff w:val=\"space\"/>")),
        format!("<w:abstractNum w:abstractNumId=\"2\">{}</w:abstractNum>",
            level(0, "decimal", "Điều %1.", "<w:pStyle w:val=\"Dieu\"/>")),
        format!("<w:abstractNum w:abstractNumId=\"3\">{}{}</w:abstractNum>", level(0, "bullet", "-", ""),
            level(1, "bullet", "\u{f0b7}", &format!("<w:rPr>{}</w:rPr>", fonts("Symbol")))),
        "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num>".to_owned(),
        "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"2\"/></w:num>".to_owned(),
        "<w:num w:numId=\"3\"><w:abstractNumId w:val=\"3\"/></w:num>".to_owned(),
        "<w:num w:numId=\"4\"><w:abstractNumId w:val=\"2\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"9\"/></w:lvlOverride></w:num>".to_owned(),
    ];
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"Dieu\"><w:pPr><w:numPr><w:numId w:val=\"2\"/></w:numPr></w:pPr></w:style>";
    let docx = Docx::default().part("numbering", "numbering", &lists.concat()).part("styles", "styles", styles);
    let body = [
        numbered(1, 0, "Phần một"),
        numbered(1, 1, "x"),
        numbered(1, 2, "y"),
        numbered(1, 2, "z"),
        numbered(1, 0, "Phần hai"),
        numbered(1, 1, "x"),
        paragraph_with("<w:pStyle w:val=\"Dieu\"/>", "Phạm vi"),
        paragraph_with("<w:pStyle w:val=\"Dieu\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr>", "không số"),
        paragraph_with("<w:pStyle w:val=\"Dieu\"/>", "Đối tượng"),
        numbered(4, 0, "Mới"),
        numbered(3, 0, "gạch"),
        numbered(3, 1, "chấm"),
    ];
    assert_eq!(
        text_of(&docx.write(&body.concat())),
        "I. Phần một\n1.1. x\na) y\nb) z\nII. Phần hai\n2.1. x\nĐiều 1. Phạm vi\nkhông số\nĐiều 2. Đối tượng\nĐiều 9. Mới\n\
         - gạch\n• chấm"
    );
}
