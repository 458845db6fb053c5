//! Whole texts and the headings in them.

use super::*;
use crate::{layout::Layout, rules::Rules, text::Normalised};
use proptest::prelude::*;

fn read(text: &str) -> (String, Vec<FoundSection>) {
    let text = Normalised::new(text).as_str().to_owned();
    let rules = Rules::builtin();
    let layout = Layout::new(&text, rules);
    let found = sections(&Reading { text: &text, layout: &layout, rules });
    (text, found)
}

/// Level, marker and title of each heading.
fn outline(text: &str) -> Vec<String> {
    read(text).1.iter().map(|s| format!("{} {} {}", s.level, s.marker, s.title).trim_end().to_owned()).collect()
}

const HEAD: &str = "ỦY BAN NHÂN DÂN\nXÃ AN BÌNH\nSố: 12/BC-UBND\nAn Bình, ngày 02 tháng 3 năm 2023\nBÁO CÁO\nTình hình sáu tháng đầu năm\n\n";

#[test]
fn levels_follow_nesting() {
    let text = "PHẦN A\nKẾT QUẢ SẢN XUẤT\nI. TRỒNG TRỌT\n1. Cây lúa\na) Lúa mùa\nb) Lúa chiêm\n1.1. Giống\n3. Cây ngô\nII- CHĂN NUÔI\n1. Lợn\nPHẦN B\nNHIỆM VỤ\nI. VỤ ĐÔNG\n";
    let expected = [
        "1 PHẦN A KẾT QUẢ SẢN XUẤT",
        "2 I. TRỒNG TRỌT",
        "3 1. Cây lúa",
        "4 a) Lúa mùa",
        "4 b) Lúa chiêm",
        "4 1.1. Giống",
        "3 3. Cây ngô",
        "2 II- CHĂN NUÔI",
        "3 1. Lợn",
        "1 PHẦN B NHIỆM VỤ",
        "2 I. VỤ ĐÔNG",
    ];
    assert_eq!(outline(text), expected);
}

#[test]
fn another_sign_opens_a_row_of_its_own() {
    let text = "1. Trâu bò\n1) Trâu\na) Nghé\nb) Trâu cày\n2) Bò\n2. Gia cầm\n";
    assert_eq!(outline(text), ["1 1. Trâu bò", "2 1) Trâu", "3 a) Nghé", "3 b) Trâu cày", "2 2) Bò", "1 2. Gia cầm"]);
}

#[test]
fn decimals_may_carry_the_numeral_that_holds_them() {
    assert_eq!(
        outline("I. LÚA\nI.1. Giống\nI.1.1. Lúa nếp\nI.2. Phân\nII. NGÔ\nII.1. Giống\n"),
        ["1 I. LÚA", "2 I.1. Giống", "3 I.1.1. Lúa nếp", "2 I.2. Phân", "1 II. NGÔ", "2 II.1. Giống"]
    );
}

#[test]
fn a_table_of_contents_holds_no_headings() {
    assert_eq!(outline("I. LÚA ........ 3\nII. NGÔ ........ 5\nI. LÚA\n"), ["1 I. LÚA"]);
}

#[test]
fn capitals_stand_above_romans_that_follow_and_below_romans_that_precede() {
    assert_eq!(outline("A. LÚA\nI. GIỐNG\nB. NGÔ\nI. GIỐNG\n"), ["1 A. LÚA", "2 I. GIỐNG", "1 B. NGÔ", "2 I. GIỐNG"]);
    assert_eq!(outline("I. LÚA\nA. Giống\nB. Phân\nII. NGÔ\n"), ["1 I. LÚA", "2 A. Giống", "2 B. Phân", "1 II. NGÔ"]);
}

#[test]
fn numbers_that_begin_a_line_by_wrapping_are_no_headings() {
    let text = "1. Cây lúa\nToàn xã gieo cấy xong trà lúa sớm trên các cánh đồng của thôn Đoài, thôn Đông, ấp 1, ấp\n2. Riêng thôn Trung chậm hơn do thiếu nước tưới vào các tuần đầu của tháng hai năm nay,\n24 hộ phải chuyển sang trồng màu, xã đã hỗ trợ giống theo nghị quyết và quy định tại\nĐiều 19 Luật Trồng trọt cho tất cả các hộ có đất bị hạn trong vụ chiêm xuân năm nay.\n2. Cây ngô\n";
    let found = outline(text);
    assert_eq!(found.first().map(String::as_str), Some("1 1. Cây lúa"));
    assert!(!found.iter().any(|s| s.contains("Luật") || s.contains("24")), "{found:?}");
    assert_eq!(found.last().map(String::as_str), Some("1 2. Cây ngô"));
}

#[test]
fn damaged_markers_are_mended_between_sound_ones() {
    let text = "I. LÚA\nHết vụ.\nH. NGÔ\n1, Giống ngô\n2. Phân bón\n2) Phân lân\nb) Phân đạm\n©) Phân kali\nIH. RAU\nIV. HOA\n";
    let expected = [
        "1 I. LÚA",
        "1 II. NGÔ",
        "2 1. Giống ngô",
        "2 2. Phân bón",
        "3 a) Phân lân",
        "3 b) Phân đạm",
        "3 c) Phân kali",
        "1 III. RAU",
        "1 IV. HOA",
    ];
    assert_eq!(outline(text), expected);
    let found = read(text).1;
    assert_eq!((found[1].certainty, found[0].certainty), (Certainty::Repaired, Certainty::Stated));
}

#[test]
fn a_damaged_marker_without_neighbours_is_left_alone() {
    assert!(outline("H. Giống ngô\nHết vụ.\n©) Phân kali\n").is_empty());
}

#[test]
fn quoted_wording_bullets_and_spoken_ordinals_are_no_headings() {
    let text = "Điều 1. Sửa đổi Quy chế chợ\n1. Sửa đổi khoản 2 như sau:\n“2. Chợ đêm mở từ tối.\n3. Chợ phiên họp chủ nhật.”.\n2. Bãi bỏ khoản 4.\n- 3. Một dòng gạch đầu dòng\nMột là, làm nhanh.\nThứ hai, làm tốt.\n";
    assert_eq!(
        outline(text),
        ["1 Điều 1. Sửa đổi Quy chế chợ", "2 1. Sửa đổi khoản 2 như sau:", "2 2. Bãi bỏ khoản 4."]
    );
}

#[test]
fn a_marker_behind_another_leaves_the_first_bare() {
    let found = read("Điều 1. Lập chợ\n1. a) Lập chợ ở thôn Đoài;\nb) Lập chợ ở thôn Đông.\n").1;
    let said: Vec<_> = found.iter().map(|s| (s.level, s.marker.as_str(), s.title.as_str())).collect();
    assert_eq!(
        said,
        [
            (1, "Điều 1.", "Lập chợ"),
            (2, "1.", ""),
            (3, "a)", "Lập chợ ở thôn Đoài;"),
            (3, "b)", "Lập chợ ở thôn Đông.")
        ]
    );
}

#[test]
fn a_label_or_a_sentence_runs_in() {
    let found = read("1. Ưu điểm: Vụ mùa được giá. Người dân phấn khởi.\n2. Giữ gìn kênh mương của xã cho sạch. Không đổ rác xuống ao.\n3. Kho thóc\nĐầy.\n").1;
    let said: Vec<_> = found.iter().map(|s| (s.title.as_str(), s.run_in)).collect();
    assert_eq!(said, [("Ưu điểm", true), ("Giữ gìn kênh mương của xã cho sạch.", true), ("Kho thóc", false)]);
    assert_eq!(found[0].topic, Some(Topic::Results));
}

#[test]
fn bold_headings_go_on_over_lines() {
    let text = "**1. Giữ gìn kênh mương, bờ vùng; nạo vét ao hồ; phát quang đường làng; bảo vệ công trình của xã,**\n\n**không đổ rác xuống sông.** \n\nXã đã làm tốt.\n\n**2. Kho thóc:** Đầy ắp.\n";
    let found = read(text).1;
    assert_eq!(
        found[0].title,
        "Giữ gìn kênh mương, bờ vùng; nạo vét ao hồ; phát quang đường làng; bảo vệ công trình của xã, không đổ rác xuống sông."
    );
    assert_eq!((found[0].run_in, found[1].title.as_str(), found[1].run_in), (false, "Kho thóc", true));
}

#[test]
fn extents_nest_and_stop_before_the_signature() {
    let text = format!(
        "{HEAD}I. LÚA\n1. Giống\nGiống tốt.\nII. NGÔ\nHết vụ.\nTrên đây là báo cáo./.\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nCHỦ TỊCH\nNguyễn Văn An\n"
    );
    let (text, found) = read(&text);
    let said: Vec<_> = found.iter().map(|s| s.extent.of(&text)).collect();
    assert_eq!(
        said,
        ["I. LÚA\n1. Giống\nGiống tốt.", "1. Giống\nGiống tốt.", "II. NGÔ\nHết vụ.\nTrên đây là báo cáo./."]
    );
}

#[test]
fn an_annex_holds_the_headings_behind_it() {
    let text = format!(
        "{HEAD}I. LÚA\nHết vụ.\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nCHỦ TỊCH\nNguyễn Văn An\nPHỤ LỤC I\nDANH SÁCH CÁC KHO THÓC\n1. Kho Đoài\n2. Kho Đông\n"
    );
    assert_eq!(outline(&text), ["1 I. LÚA", "1 PHỤ LỤC I DANH SÁCH CÁC KHO THÓC", "2 1. Kho Đoài", "2 2. Kho Đông"]);
}

#[test]
fn a_file_may_open_with_an_annex() {
    let text = "PHỤ LỤC II\nQUY CÁCH KHO THÓC\n(Kèm theo Quyết định số 12/QĐ-UBND)\nI. NỀN KHO\n1. Gạch lát\n";
    assert_eq!(outline(text), ["1 PHỤ LỤC II QUY CÁCH KHO THÓC", "2 I. NỀN KHO", "3 1. Gạch lát"]);
}

#[test]
fn a_line_in_capitals_heads_what_follows() {
    let text = format!("{HEAD}SẢN XUẤT VỤ MÙA\nXã gieo cấy xong.\n1. Giống\nTốt.\nTHU HOẠCH\nĐúng vụ.\n");
    assert_eq!(outline(&text), ["1  SẢN XUẤT VỤ MÙA", "2 1. Giống", "1  THU HOẠCH"]);
}

proptest! {
    #[test]
    fn any_text_gives_headings_that_nest(pieces in prop::collection::vec(prop::sample::select(vec![
        "I. ", "II. ", "H. ", "1. ", "2. ", "1, ", "1.1. ", "1/2. ", "a) ", "b) ", "2) ", "©) ", "b} ", "a1) ", "A. ", "Điều 1. ", "Điều 2: ", "Phần I", "Chương II ",
        "PHỤ LỤC I\n", "Nơi nhận:\n", "CHỦ TỊCH\n", "\n", "\n\n", "    ", "\t", "**", "# ", "\"", "“", ": ", ". ", "; ", "Ươm giống", "LÚA MÙA", "ừ", "|", "- ", "12/3", "(", ")",
    ]), 0..60)) {
        let (text, found) = read(&pieces.concat());
        for (i, s) in found.iter().enumerate() {
            prop_assert!(s.extent.contains(s.span) && s.extent.end <= text.len(), "{s:?}");
            prop_assert!(s.span.contains(s.marker_span) || s.marker_span.start == s.marker_span.end, "{s:?}");
            prop_assert!(s.span.of(&text).len() < 4000);
            match s.parent {
                None => prop_assert_eq!(s.level, 1),
                Some(p) => {
                    prop_assert!(p < i && found[p].level + 1 == s.level);
                    prop_assert!(found[p].extent.contains(s.extent), "{:?} {s:?}", found[p]);
                }
            }
        }
    }
}
