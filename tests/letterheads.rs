//! Heads and tails of pages as sites and conversions leave them: cells broken anywhere, type lines dropped, lines joined.

use trich::{Extractor, record::Record};

fn read(text: &str) -> Record {
    Extractor::builtin().extract("paper.txt", text.as_bytes())
}

fn number(record: &Record) -> Option<&str> {
    record.document.number.as_ref()?.canonical.as_deref()
}

fn date(record: &Record) -> Option<&str> {
    record.document.date.as_ref()?.value.as_deref()
}

fn issuer(record: &Record) -> Option<&str> {
    record.document.issuer.as_ref().map(|issuer| issuer.name.as_str())
}

fn place(record: &Record) -> Option<&str> {
    record.document.place.as_ref()?.name.as_deref()
}

fn title(record: &Record) -> Option<&str> {
    record.document.title.as_ref().map(|title| title.text.as_str())
}

fn recipients(record: &Record) -> Vec<&str> {
    record.document.recipients.iter().map(|recipient| recipient.name.as_str()).collect()
}

fn addressees(record: &Record) -> Vec<&str> {
    record.document.addressees.iter().map(|addressee| addressee.name.as_str()).collect()
}

fn headings(record: &Record) -> Vec<(&str, &str)> {
    record.sections.iter().map(|section| (section.marker.as_str(), section.title.as_str())).collect()
}

const STATE: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n";

#[test]
fn a_number_and_a_date_may_stand_in_cells_of_their_own() {
    let record = read(&format!(
        "VĂN PHÒNG CHÍNH PHỦ\n\nSố:\n\n{STATE}\n/TTr-VPCP\n\nHà Nội, ngày\n\ntháng\n\nnăm 2016\n\nTỜ TRÌNH\nVề việc ban hành Quy chế làm việc\n\nKính gửi: Thủ tướng Chính phủ\n"
    ));
    let number = record.document.number.as_ref().expect("a number");
    assert_eq!((number.serial.as_deref(), number.symbol.as_deref()), (None, Some("TTr-VPCP")));
    let date = record.document.date.as_ref().expect("a date");
    assert_eq!(date.raw.as_str(), "ngày\n\ntháng\n\nnăm 2016");
    assert_eq!(place(&record), Some("Hà Nội"));
}

#[test]
fn a_title_may_stand_without_its_type_line() {
    let head = format!(
        "HỘI ĐỒNG NHÂN DÂN\n-------\n\n{STATE}\nSố: 14/2016/NQ-HĐND\n\nBình Phước, ngày 01 tháng 8 năm 2016\n\nPHÂN CẤP QUẢN LÝ TÀI SẢN NHÀ NƯỚC TRÊN ĐỊA BÀN TỈNH\n"
    );
    let grounds = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;\n\nQUYẾT NGHỊ:\n\nĐiều 1. Giao Ủy ban nhân dân tỉnh thực hiện.\n";
    let authority =
        "\nHỘI ĐỒNG NHÂN DÂN TỈNH BÌNH PHƯỚC\nKHÓA IX, KỲ HỌP THỨ NHẤT\n(Từ ngày 28/7 đến ngày 01/8/2016)\n\n";
    let record = read(&format!("{head}{authority}{grounds}"));
    assert_eq!(title(&record), Some("PHÂN CẤP QUẢN LÝ TÀI SẢN NHÀ NƯỚC TRÊN ĐỊA BÀN TỈNH"));
    // The organ's bare name in the letterhead, its full one behind the title.
    assert_eq!(issuer(&record), Some("Hội đồng nhân dân tỉnh Bình Phước"));
    assert_eq!(record.citations.len(), 1);
    // Without a ground below, a line in capitals is not told from a heading.
    assert_eq!(title(&read(&format!("{head}\nI. TÌNH HÌNH\n\nCông tác quản lý tài sản đã đi vào nền nếp.\n"))), None);
    assert_eq!(
        title(&read(&format!(
            "{}TM. ỦY BAN NHÂN DÂN\n{grounds}",
            head.replace("PHÂN CẤP QUẢN LÝ TÀI SẢN NHÀ NƯỚC TRÊN ĐỊA BÀN TỈNH\n", "")
        ))),
        None
    );
}

#[test]
fn a_damaged_type_line_is_no_part_of_the_title() {
    let record = read(&format!(
        "ỦY BAN NHÂN DÂN\nXÃ TÂN LẬP\n\n{STATE}\nSố: 21/KH-UBND\n\nTân Lập, ngày 11 tháng 3 năm 2024\n\nKẾ HdẠCH\nTriển khai công tác dân số năm 2024\n\nCăn cứ Kế hoạch số 15/KH-UBND ngày 20/02/2024 của UBND huyện Bắc Sơn;\n"
    ));
    assert_eq!(title(&record), Some("Triển khai công tác dân số năm 2024"));
    assert_eq!(record.document.kind.as_ref().map(|kind| kind.code.as_ref()), Some("KH"));
}

#[test]
fn a_province_comes_from_the_text_and_the_place() {
    let head = |place: &str| {
        format!("ỦY BAN NHÂN DÂN\n-------\n\n{STATE}\nSố: 54/KH-UBND\n\n{place}, ngày 27 tháng 3 năm 2020\n\n")
    };
    let text = "Thực hiện Quyết định số 1896/QĐ-TTg ngày 25/12/2019 của Thủ tướng Chính phủ, UBND tỉnh xây dựng Kế hoạch như sau:\n\n1. Mục tiêu\nCải thiện dinh dưỡng.\n";
    assert_eq!(issuer(&read(&format!("{}{text}", head("Lạng Sơn")))), Some("Ủy ban nhân dân tỉnh Lạng Sơn"));
    // The seat of a province of another name.
    assert_eq!(issuer(&read(&format!("{}{text}", head("Đồng Xoài")))), Some("Ủy ban nhân dân"));
}

#[test]
fn a_form_may_have_its_date_below_its_title() {
    let record = read(&format!(
        "SỞ GIÁO DỤC VÀ ĐÀO TẠO\nTRƯỜNG THPT NAM THÁI SƠN\nSố: 01/BC-YTHĐ\n\n{STATE}\nBÁO CÁO HOẠT ĐỘNG Y TẾ TRƯỜNG HỌC\nTên đơn vị: Trường THPT Nam Thái Sơn\n\nNam Thái Sơn, ngày 27 tháng 5 năm 2010\nI-TÌNH HÌNH CHUNG:\n1. Tổng số lớp: 15\nII-ĐIỀU KIỆN HỌC TẬP:\n1. Số phòng học: 12\n"
    ));
    assert_eq!(title(&record), Some("HOẠT ĐỘNG Y TẾ TRƯỜNG HỌC"));
    assert_eq!((date(&record), place(&record)), (Some("2010-05-27"), Some("Nam Thái Sơn")));
    let markers: Vec<_> = headings(&record).into_iter().map(|(marker, _)| marker).collect();
    assert_eq!(markers, ["I-", "1.", "II-", "1."]);
    assert_eq!(headings(&read("X-QUANG TIM PHỔI\nV-LEAGUE 2023 khởi tranh\n")), []);
}

#[test]
fn bars_that_close_a_cell_and_spelled_out_line_ends_are_no_words() {
    let text = "ỦY BAN NHÂN DÂN |\nTỈNH LẠNG SƠN |\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: 54/KH-UBND |\nLạng Sơn, ngày 27 tháng 3 năm 2020 |\nKẾ HOẠCH\nChăm sóc dinh dưỡng\n\nThực hiện Quyết định số 1896/QĐ-TTg ngày 25/12/2019 của Thủ tướng Chính phủ.\n";
    for text in [text.to_owned(), text.replace('\n', "\\r\\n"), text.replace(" |", "")] {
        let record = read(&text);
        assert_eq!(number(&record), Some("54/KH-UBND"), "{text}");
        assert_eq!(place(&record), Some("Lạng Sơn"), "{text}");
        assert_eq!(issuer(&record), Some("Ủy ban nhân dân tỉnh Lạng Sơn"), "{text}");
        assert_eq!(title(&record), Some("Chăm sóc dinh dưỡng"), "{text}");
        assert_eq!(record.citations.len(), 1, "{text}");
    }
}

#[test]
fn entries_of_recipients_may_stand_on_one_line() {
    let paper = |list: &str| {
        format!(
            "ỦY BAN NHÂN DÂN\nXÃ TÂN LẬP\n\n{STATE}\nSố: 21/BC-UBND\n\nTân Lập, ngày 11 tháng 3 năm 2024\n\nBÁO CÁO\nCông tác dân số\n\nCông tác dân số ổn định.\n\nNơi nhận: {list}\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nHà Văn Sơn\n"
        )
    };
    assert_eq!(
        recipients(&read(&paper("- Như trên; - TT. Đảng ủy (b/c); - Lưu: VT, DS."))),
        ["Như trên", "TT. Đảng ủy", "VT, DS"]
    );
    // Organs that share an entry, and a dash inside a name.
    assert_eq!(
        recipients(&read(&paper("\n- Thường trực Đảng ủy; HĐND xã;\n- Khối Dân vận - MTTQ;\n- Lưu: VT."))),
        ["Thường trực Đảng ủy; HĐND xã", "Khối Dân vận - MTTQ", "VT"]
    );
}

#[test]
fn a_paragraph_below_the_addressees_is_none_of_them() {
    let paper = |text: &str| {
        format!(
            "ỦY BAN NHÂN DÂN\nHUYỆN TÂN SƠN\n\n{STATE}\nSố: 45/TTr-UBND\n\nTân Sơn, ngày 12 tháng 9 năm 2022\n\nTỜ TRÌNH\nXin kinh phí hỗ trợ\n\nKính gửi:\n- Ủy ban nhân dân tỉnh Phú Thọ\n- Sở Tài nguyên và Môi trường\n{text}\n"
        )
    };
    let prose = "Sau đợt lũ lớn kéo dài từ ngày 01/9/2022 đến ngày 05/9/2022, nhiều tuyến kênh mương và công trình nước sạch trên địa bàn huyện bị vùi lấp, hư hỏng.";
    let organs = ["Ủy ban nhân dân tỉnh Phú Thọ", "Sở Tài nguyên và Môi trường"];
    assert_eq!(addressees(&read(&paper(prose))), organs);
    assert_eq!(
        addressees(&read(&paper("tỉnh Phú Thọ.\n\nUBND huyện xin trình.")))[1],
        "Sở Tài nguyên và Môi trường tỉnh Phú Thọ"
    );
    let firm = read(&format!(
        "CỤC THUẾ\nTỈNH LONG AN\n\n{STATE}\nSố: 26/CT-TTHT\n\nLong An, ngày 12 tháng 9 năm 2022\n\nKính gửi: Công ty TNHH Bao bì Hưng Phát\n(Việt Nam)\n\nCục Thuế trả lời như sau.\n"
    ));
    assert_eq!(addressees(&firm), ["Công ty TNHH Bao bì Hưng Phát (Việt Nam)"]);
}

#[test]
fn lines_broken_anywhere_carry_titles_and_names_on() {
    let record = read(&format!(
        "ỦY BAN NHÂN DÂN\nTỈNH KON TUM\n\n{STATE}\nSố: 06/2013/QĐ-UBND\n\nKon Tum, ngày 25 tháng 01 năm 2013\n\nQUYẾT ĐỊNH\nVề chế độ báo cáo\n\nCăn cứ Quyết định số 15/QĐ-UBND ngày 05/01/2013 của UBND\n\nhuyện Như Xuân;\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Phê duyệt Chương trình phát triển rừng sản xuất giai đoạn\n2013 - 2015.\n\nĐiều 2. Sửa đổi Điều\n5: Kinh phí thực hiện.\n"
    ));
    let of = record.citations[0].issuer.as_ref().map(|issuer| issuer.name.as_str());
    assert_eq!(of, Some("UBND huyện Như Xuân"));
    assert_eq!(headings(&record)[0].1, "Phê duyệt Chương trình phát triển rừng sản xuất giai đoạn 2013 - 2015.");
    let markers: Vec<_> = headings(&record).into_iter().map(|(marker, _)| marker).collect();
    assert_eq!(markers, ["Điều 1.", "Điều 2."]);
}

#[test]
fn a_ground_without_a_title_above_it_tells_no_period() {
    let record = read(&format!(
        "BỘ Y TẾ\n\n{STATE}\nSố: 940/QĐ-BYT\n\nHà Nội, ngày 20 tháng 3 năm 2025\n\nBỘ TRƯỞNG BỘ Y TẾ\n\nCăn cứ Quyết định số 1719/QĐ-TTg ngày 14/10/2021 phê duyệt Chương trình giai đoạn 2021 - 2030;\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Ban hành kèm theo Quyết định này tài liệu hướng dẫn.\n"
    ));
    assert!(record.document.period.is_none());
}

#[test]
fn units_inside_names_of_organs_are_written_small() {
    let parent = |name: &str| {
        let record = read(&format!(
            "{name}\nTRƯỜNG THCS LÊ LỢI\n\n{STATE}\nSố: 1/KH-THCS\n\nKrông Năng, ngày 01 tháng 02 năm 2020\n\nKẾ HOẠCH\nDạy học\n"
        ));
        record.document.issuer.and_then(|issuer| issuer.parent)
    };
    for (written, spelled) in [
        ("PHÒNG GIÁO DỤC VÀ ĐÀO TẠO HUYỆN KRÔNG NĂNG", "Phòng Giáo dục và Đào tạo huyện Krông Năng"),
        ("PHÒNG GD&ĐT HUYỆN ĐĂK HÀ", "Phòng GD&ĐT huyện Đăk Hà"),
        ("PHÒNG LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "Phòng Lao động - Thương binh và Xã hội"),
        ("HỘI LHPN XÃ EA TÓH", "Hội LHPN xã Ea Tóh"),
    ] {
        assert_eq!(parent(written).as_deref(), Some(spelled));
    }
}

#[test]
fn a_title_may_open_with_the_name_of_a_type() {
    let paper = |number: &str| {
        read(&format!(
            "HỘI ĐỒNG NHÂN DÂN\nTỈNH BÌNH PHƯỚC\n\n{STATE}\nSố: {number}\n\nBình Phước, ngày 09 tháng 12 năm 2016\n\nQUY ĐỊNH MỨC HỖ TRỢ HỎA TÁNG\n\nCăn cứ Luật Ngân sách nhà nước ngày 25 tháng 6 năm 2015;\n"
        ))
    };
    let read = |number: &str| {
        let record = paper(number);
        (record.document.kind.as_ref().map(|kind| kind.code.to_string()), title(&record).map(str::to_owned))
    };
    let of = |code: &str, title: &str| (Some(code.to_owned()), Some(title.to_owned()));
    assert_eq!(read("27/2016/NQ-HĐND"), of("NQ", "QUY ĐỊNH MỨC HỖ TRỢ HỎA TÁNG"));
    assert_eq!(read("12-QĐ/TU"), of("QyĐ", "MỨC HỖ TRỢ HỎA TÁNG"));
}

#[test]
fn a_letter_without_a_mark_of_its_subject_has_one_above_the_addressees() {
    let letter = |subject: &str| {
        format!(
            "TỈNH ỦY HÀ TĨNH\nBAN TUYÊN GIÁO\n*\nSố 369-CV/BTGTU\n\nĐẢNG CỘNG SẢN VIỆT NAM\n\nHà Tĩnh, ngày 15 tháng 6 năm 2021\n\n{subject}\n\nKính gửi:\n\n- Báo Hà Tĩnh,\n- Đài Phát thanh - Truyền hình tỉnh.\n\nBan Tuyên giáo gửi đề cương.\n"
        )
    };
    let of = |subject: &str| title(&read(&letter(subject))).map(str::to_owned);
    let two = "Gửi đề cương tuyên truyền kỷ niệm\n30 năm tái lập tỉnh Hà Tĩnh";
    assert_eq!(of(two).as_deref(), Some("Gửi đề cương tuyên truyền kỷ niệm 30 năm tái lập tỉnh Hà Tĩnh"));
    for none in ["HỎA TỐC", "Ban Tuyên giáo Tỉnh ủy nhận được văn bản của huyện.", "- Lưu hồ sơ"]
    {
        assert_eq!(of(none), None, "{none}");
    }
}

#[test]
fn a_citation_ends_where_the_decision_begins() {
    let record = read(
        "QUYẾT ĐỊNH\nVề công khai dự toán\n\nXét đề nghị của Sở Tài chính tại Công văn số 506/STC-NST ngày 12/3/2013 về việc công khai dự toán,\nQUYẾT ĐỊNH:\nĐiều 1. Công khai.\n",
    );
    let subject = record.citations[0].subject.as_ref().map(|subject| subject.text.as_str());
    assert_eq!(subject, Some("về việc công khai dự toán"));
}
