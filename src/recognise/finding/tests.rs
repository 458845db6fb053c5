use super::*;
use crate::{
    layout::{Layout, lines},
    rules::Rules,
};
use proptest::prelude::*;

/// The findings of a text that is all text proper. Text and layout are leaked: a finding borrows from them.
fn found(text: &str) -> Vec<FoundFinding> {
    let rules = Rules::builtin();
    let text: &'static str = Box::leak(crate::text::Normalised::new(text).as_str().to_owned().into_boxed_str());
    let layout: &'static Layout = Box::leak(Box::new(as_body(text)));
    findings(&Reading { text, layout, rules }, &[])
}

/// The layout of a text that is all text proper.
fn as_body(text: &str) -> Layout {
    let lines = lines(text);
    Layout { zones: vec![Zone::Body; lines.len()], lines, ..Layout::default() }
}

fn read(text: &str) -> Vec<String> {
    let line = |f: &FoundFinding| {
        let of = f.of.map_or(String::new(), |of| format!("/{of}"));
        format!("{}{of} {}", f.value, f.unit.as_deref().unwrap_or("?"))
    };
    found(text).iter().map(line).collect()
}

#[test]
fn reads_measures_with_scales() {
    assert_eq!(read("Xã bố trí 12,5 triệu đồng và 3,2 km đường."), ["12500000 VND", "3.2 km"]);
    assert_eq!(read("Thu 45.600đ, diện tích 100ha, chi 74 triệu."), ["45600 VND", "100 ha", "74000000 VND"]);
    assert_eq!(read("Tập huấn 1/2 ngày, năng suất 58 tạ/ha."), ["0.5 ngày", "58 tạ"]);
    assert_eq!(read("Vốn 1,2 nghìn tỷ đồng; 14,6 triệu viên gạch."), ["1200000000000 VND", "14600000 viên gạch"]);
    assert_eq!(read("Thu ngân sách 5 tỷ 200 triệu đồng, chi 3 tỷ."), ["5200000000 VND", "3000000000 VND"]);
    assert_eq!(read("Giải ngân đạt l00%, giảm 0,5 điểm phần trăm."), ["100 %", "0.5 điểm phần trăm"]);
}

#[test]
fn reads_signs_of_currencies_and_small_units() {
    assert_eq!(read("Phí 25.000₫, vốn vay 12,5$ và 3 triệu Euro."), ["25000 VND", "12.5 USD", "3000000 EUR"]);
    assert_eq!(read("Pha 250mg với 100 ml nước, xe 125 cm3."), ["250 mg", "100 ml", "125 cm3"]);
    assert_eq!(read("Giá 20.000đ-35.000đ, mỗi túi 2kg-5kg."), ["20000 VND", "35000 VND", "2 kg", "5 kg"]);
    assert_eq!(read("Bơm chảy 30 m/min."), Vec::<String>::new());
}

#[test]
fn the_day_or_month_of_a_count_comes_in_many_forms() {
    for (words, day) in [
        ("30/6/2022", "2022-06-30"),
        ("ngày 30 tháng 6 năm 2022", "2022-06-30"),
        ("hết ngày 30.6.2022", "2022-06-30"),
        ("tháng 6 năm 2022", "2022-06"),
        ("hết tháng 6/2022", "2022-06"),
    ] {
        let found = found(&format!("Tính đến {words}, xã có 48 hộ nghèo."));
        let last = found.last().and_then(|finding| finding.as_of.clone());
        assert_eq!(last.as_deref(), Some(day), "{words}");
    }
}

#[test]
fn counts_things_up_to_the_end_of_their_phrase() {
    assert_eq!(read("Toàn xã có 7 hộ nghèo và 138 văn bản khác."), ["7 hộ nghèo", "138 văn bản"]);
    assert_eq!(read("Tiếp nhận 25 đơn đề nghị của công dân."), ["25 đơn đề nghị"]);
    assert_eq!(read("Huyện có 14 xã, thị trấn với 9 đ/c Bí thư."), ["14 xã, thị trấn", "9 đ/c"]);
    assert_eq!(read("Gửi 31 \"Thư cảm ơn\" đến các hộ."), ["31 Thư cảm ơn"]);
    assert_eq!(read("Lập 03 (ba) bộ hồ sơ."), ["3 bộ hồ sơ"]);
    assert_eq!(read("Bàn giao 4.120\n  nhân khẩu cho xã mới."), ["4120 nhân khẩu"]);
    assert_eq!(read("Chuyển 3 làng Bông, Hra."), ["3 làng"]);
    assert_eq!(read("Tại 3 điểm cầu; chấm 87,5 điểm."), ["3 điểm cầu", "87.5 điểm"]);
}

#[test]
fn reads_ratios_ranges_and_series() {
    assert_eq!(read("Có 7/9 thôn đạt, 35/39 đơn."), ["7/9 thôn", "35/39 đơn"]);
    assert_eq!(read("Chấm được 95/100 điểm; 2.146 hộ/7.830 khẩu."), ["95/100 điểm", "2146 hộ", "7830 khẩu"]);
    assert_eq!(read("Tăng từ 5% đến 7%, trồng 5 - 10 ha."), ["5 %", "7 %", "5 ha", "10 ha"]);
    assert_eq!(read("Quy mô lần lượt 3, 4 và 6 ha."), ["3 ha", "4 ha", "6 ha"]);
    assert_eq!(read("Giá từ 3.200 đến 4.500 đồng/kg."), ["3200 VND", "4500 VND"]);
    assert_eq!(read("Có ít nhất 2/3 tổng số đại biểu dự."), ["2/3 tổng số đại biểu"]);
}

#[test]
fn reads_labelled_numbers_without_a_unit() {
    let text = "Trong đó: Đại học 16; Trung cấp: 06.\n+ Cán bộ 10\n";
    assert_eq!(read(text), ["16 ?", "6 ?", "10 ?"]);
    let labels: Vec<_> = found(text).into_iter().map(|f| f.label.unwrap_or_default()).collect();
    assert_eq!(labels, ["Đại học", "Trung cấp", "Cán bộ"]);
    assert_eq!(read("Đang giải quyết 44 hồ sơ (trong hạn 43, quá hạn 1)."), ["44 hồ sơ", "43 ?", "1 ?"]);
    let offices = found("Tổ gồm 05 người: 01 Tư pháp - Hộ tịch, 01 Địa chính.");
    assert_eq!(offices[1].unit, None);
    assert_eq!(offices[1].label.as_deref(), Some("Tư pháp - Hộ tịch"));
}

#[test]
fn says_what_a_percentage_is_of() {
    assert_eq!(found("- 100% cán bộ, công chức ký cam kết.")[0].label.as_deref(), Some("cán bộ, công chức"));
    let texts = found("Thu ngân sách đạt 5 tỷ đồng (tăng 20%).");
    assert_eq!(texts[1].label.as_deref(), Some("Thu ngân sách"));
    assert_eq!(found("Tỷ lệ hộ nghèo còn 2,1%.")[0].label.as_deref(), Some("Tỷ lệ hộ nghèo"));
}

#[test]
fn reads_how_a_quantity_stands() {
    let one = |text: &str| found(text).remove(0);
    assert_eq!(one("Xã có khoảng 40 hộ trồng dâu.").qualifier, Some(Qualifier::Approx));
    assert_eq!(one("Bố trí không quá 5 người.").qualifier, Some(Qualifier::AtMost));
    assert_eq!(one("Phấn đấu đạt 95% trở lên.").qualifier, Some(Qualifier::AtLeast));
    assert_eq!(one("Phấn đấu đạt 95% trở lên.").status, Some(Status::Target));
    assert_eq!(one("Hộ nghèo tăng 02 hộ.").change, Some(Change::Up));
    assert_eq!(one("Số vụ giảm gần 3%.").change, Some(Change::Down));
    assert_eq!(one("Trả kết quả trong thời hạn 5 ngày làm việc.").status, Some(Status::Rule));
    assert_eq!(one("Tính đến 15/9/2021, xã có 410 hộ.").as_of.as_deref(), Some("2021-09-15"));
    let period = one("Từ đầu năm 2021 đến nay, xã đã tiếp 25 lượt dân.").period;
    assert_eq!(period.as_deref(), Some("Từ đầu năm 2021 đến nay"));
    assert_eq!(one("Thu 40.000 đồng/hồ sơ.").per.as_deref(), Some("hồ sơ"));
    assert_eq!(one("Phụ cấp 300.000 đồng/người/tháng.").per.as_deref(), Some("người/tháng"));
    assert_eq!(one("Đạt l00% kế hoạch.").certainty, Certainty::Repaired);
}

#[test]
fn leaves_what_is_no_finding() {
    for text in [
        "Ngày 12/3/2023, tháng 3/2023 và năm 2023 theo Điều 5, khoản 2 Quyết định 12/QĐ-UBND.",
        "Công văn số 02/2021/QĐ-UBND ngày 5-2-2021.",
        "Giấy chứng nhận BK 123456 ngày 05/3/2020, BK 123457 ngày 06 tháng 3 năm 2020.",
        "Trong 6 tháng đầu năm; nhiệm kỳ 2021 - 2026; giai đoạn 2021-2025.",
        "Kỳ họp thứ 7, từ thứ 2 đến thứ 6, lần thứ 3.",
        "Theo TCVN ISO 9001:2015, phiên bản Igate 2.0.",
        "Dịch vụ công mức độ 3, 4; Đề án 06; phần mềm 1 cửa; xã loại 2; dịch Covid-19.",
        "Mô hình \"5 biết, 3 không\" và \"4 thể hiện\".",
        "Trẻ em dưới 6 tuổi; tốc độ 40 km/h; tần số 98 MHz.",
        "Điện thoại: 0912 345 678; số tài khoản: 7111234567; địa chỉ: 12 Trần Phú.",
        "Từ 7 giờ 30 phút đến 11 giờ, 13h30 - 17h00, 14:30.",
        "Tại Km3+200, tuyến ĐT.643, thửa đất số 45.",
        "1. Tình hình chung\n2) Kết quả\n\n3\n\n4. Tồn tại",
        "Khu phố 4 phường Tân An; các xóm 11, 12, 13 và 14; khối 6, khối 7.",
        "Điểm 1 mục VI Phần B; các điều 146, 147, 148 và 149.",
        "Ban Chỉ đạo 35 tỉnh họp; Quyết định số 15 ngày 2 tháng 3.",
        "Học kỳ 1 năm học 2022-2023; kế hoạch 5 năm 2021-2025.",
        "Trung đoàn 4; Lữ đoàn 162; mạng 5G, tuyến N2.",
        "Cỡ chữ từ 13 đến 14, kiểu đứng; hệ số 0,6.",
    ] {
        assert_eq!(read(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_name_before_a_number_gives_way_to_what_is_counted() {
    assert_eq!(read("Đợt 1 thu được của 31 hộ."), ["31 hộ"]);
    assert_eq!(read("Thu hồi khoản 5 triệu đồng; tổng số 46 hồ sơ."), ["5000000 VND", "46 hồ sơ"]);
    assert_eq!(read("Trong tháng 12 hồ sơ được trả."), ["12 hồ sơ"]);
    assert_eq!(read("Báo cáo trong vòng 24 giờ; thuê trong 06 tháng."), ["24 giờ", "6 tháng"]);
    assert_eq!(read("Thời gian từ 1 tháng đến 3 tháng."), ["1 tháng", "3 tháng"]);
}

#[test]
fn a_mask_hides_what_it_covers_and_ends_what_reaches_it() {
    let text = "Có 12 hộ nghèo theo 34 tiêu chí.";
    let rules = Rules::builtin();
    let layout = as_body(text);
    let reading = Reading { text, layout: &layout, rules };
    let mask = |word: &str| text.find(word).map(|at| Span::new(at, at + word.len())).into_iter().collect::<Vec<_>>();
    assert_eq!(findings(&reading, &mask("34 tiêu chí")).len(), 1);
    assert_eq!(findings(&reading, &mask("nghèo"))[0].unit.as_deref(), Some("hộ"));
}

proptest! {
    #[test]
    fn every_span_is_in_order_and_holds_a_digit(text in "([0-9]{1,4}|[.,:/%()\"\n -]|hộ|ngày |triệu |đồng|đến |từ |số |tháng |Điều |m2|l0){0,40}") {
        let rules = Rules::builtin();
        let layout = as_body(&text);
        let mut last = 0;
        for finding in findings(&Reading { text: &text, layout: &layout, rules }, &[]) {
            prop_assert!(finding.span.start >= last && finding.span.end > finding.span.start);
            prop_assert!(finding.span.of(&text).contains(|c: char| c.is_ascii_digit()));
            prop_assert!(Rules::builtin().get(&finding.rule).is_some());
            last = finding.span.end;
        }
    }

    #[test]
    fn no_text_is_a_panic(text in "\\PC{0,60}") {
        found(&text);
    }
}

#[test]
fn the_one_that_a_rate_is_for_counts_nothing() {
    assert_eq!(read("Quỹ hội 50 nghìn đồng/ 1 hội viên/ 1 năm, phạt 02 xe."), ["50000 VND", "2 xe"]);
    assert_eq!(read("Đạt 86 tiêu chí/5 xã, 01 lái xe/01 huyện."), ["86 tiêu chí", "5 xã", "1 lái xe"]);
}

#[test]
fn a_hyphen_inside_a_word_is_no_list_mark() {
    let labels = |text: &str| found(text).into_iter().map(|f| f.label.unwrap_or_default()).collect::<Vec<_>>();
    assert_eq!(labels("Sản xuất ổn định; TM-DV đạt 52%."), ["TM-DV"]);
    assert_eq!(labels("4- Công nghiệp đạt 30%."), ["Công nghiệp"]);
}

#[test]
fn a_longer_noun_wins_over_a_word_that_bars() {
    assert_eq!(
        read("Có 2 cửa khẩu, 05 cửa hàng, 1 cửa liên thông, 02 ổ dịch."),
        ["2 cửa khẩu", "5 cửa hàng", "2 ổ dịch"]
    );
}
