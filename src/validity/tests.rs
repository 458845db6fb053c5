use super::*;
use crate::{Extractor, Rules};

fn resolved(text: &str, day: Option<&str>) -> Resolved {
    let record = Extractor::builtin().extract("a.txt", text.as_bytes());
    let day = day.map(|day| Day::given(day.parse().unwrap()));
    resolve(&record, Rules::builtin(), &[Catalogue::builtin()], day)
}

fn status(cited: &str, day: &str) -> Validity {
    let found = resolved(&format!("1. Việc\nThực hiện {cited}, xã đã làm."), Some(day));
    assert_eq!(found.citations.len(), 1, "{cited}");
    found.citations[0].status
}

#[test]
fn an_act_is_judged_on_the_day() {
    for (cited, day, expected) in [
        ("Luật Đất đai năm 2013", "2014-06-30", Validity::NotYetInForce),
        ("Luật Đất đai năm 2013", "2014-07-01", Validity::InForce),
        ("Luật Đất đai năm 2013", "2024-07-31", Validity::InForce),
        ("Luật Đất đai năm 2013", "2024-08-01", Validity::Replaced),
        ("Luật Giao thông đường bộ năm 2008", "2025-01-01", Validity::Expired),
        ("Luật Cán bộ, công chức năm 2008", "2021-01-01", Validity::PartlyExpired),
        ("Nghị định số 59/2019/NĐ-CP ngày 01/7/2019 của Chính phủ", "2020-01-01", Validity::InForce),
        ("Nghị định số 59/2019/NĐ-CP ngày 02/7/2019 của Chính phủ", "2019-01-01", Validity::DateDisagrees),
        ("Nghị định số 59/2019/NĐ-CP ngày 01/7/2019 của Thủ tướng Chính phủ", "2019-01-01", Validity::IssuerDisagrees),
        ("Nghị định số 59/1998/NĐ-CP ngày 23/4/1998 của Chính phủ", "2019-01-01", Validity::NotInCatalogue),
        ("Kế hoạch số 15/KH-UBND ngày 01/02/2019 của UBND huyện", "2019-03-01", Validity::Unchecked),
    ] {
        assert_eq!(status(cited, day), expected, "{cited} on {day}");
    }
}

#[test]
fn an_act_by_name_alone_is_the_one_of_the_day() {
    let of = |day| {
        let found = resolved("1. Việc\nThực hiện Luật Đất đai, xã đã làm.", Some(day));
        found.citations[0].act.as_ref().and_then(|act| act.number.clone())
    };
    assert_eq!(of("2010-01-01").as_deref(), Some("13/2003/QH11"));
    assert_eq!(of("2020-01-01").as_deref(), Some("45/2013/QH13"));
    assert_eq!(of("2025-01-01").as_deref(), Some("31/2024/QH15"));
}

#[test]
fn a_short_form_is_suggested_and_never_taken() {
    for (cited, meant) in [
        ("TT 343/TT-BTC ngày 30/12/2016 của Bộ Tài chính", "343/2016/TT-BTC"),
        ("Nghị định 130/NĐ-CP về kiểm soát tài sản", "130/2020/NĐ-CP"),
        ("Quyết định số 766/QĐ-TT ngày 23/6/2022 của Thủ tướng Chính phủ", "766/QĐ-TTg"),
        ("Luật Tổ chức chính quyền", "Luật Tổ chức chính quyền địa phương"),
    ] {
        let found = resolved(&format!("1. Việc\nThực hiện {cited}, xã đã làm."), Some("2023-01-01"));
        let one = &found.citations[0];
        assert_eq!((one.status, one.suggestion.as_deref()), (Validity::Unchecked, Some(meant)), "{cited}");
        assert_eq!(one.act, None);
    }
}

#[test]
fn a_number_that_begins_anew_each_year_needs_its_day() {
    let one = |cited: &str| {
        resolved(&format!("1. Việc\nThực hiện {cited}, xã đã làm."), Some("2023-01-01")).citations[0].clone()
    };
    assert_eq!(one("Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ").status, Validity::InForce);
    assert_eq!(one("Nghị quyết số 76/NQ-CP ngày 13/6/2013 của Chính phủ").status, Validity::NotInCatalogue);
    assert_eq!(one("Nghị quyết số 76/NQ-CP").reason, Some(Unchecked::NumberIncomplete));
}

#[test]
fn a_catalogue_that_does_not_say_when_acts_end_supports_no_verdict() {
    let csv = "so_hieu,loai,ngay_ban_hanh,ngay_hieu_luc\n99/2020/NĐ-CP,Nghị định,26/08/2020,11/10/2020\n";
    let own = Catalogue::read("own.csv", csv.as_bytes()).unwrap();
    let text = "1. Việc\nThực hiện Nghị định số 99/2020/NĐ-CP ngày 26/8/2020 của Chính phủ, xã đã làm.";
    let record = Extractor::builtin().extract("a.txt", text.as_bytes());
    let on = |day: &str| {
        let day = Day::given(day.parse().unwrap());
        resolve(&record, Rules::builtin(), &[&own, Catalogue::builtin()], Some(day)).citations[0].clone()
    };
    assert_eq!(on("2021-01-01").reason, Some(Unchecked::NoEnd));
    assert_eq!(on("2021-01-01").source.as_deref(), Some("own.csv"));
    assert_eq!(on("2020-09-01").status, Validity::NotYetInForce);
}

#[test]
fn local_papers_are_found_in_a_catalogue_of_the_users_own() {
    let csv = "# known: 2024-12-31\nnumber,issuer,issued,from,until\n15/KH-UBND,Ủy ban nhân dân huyện Hoa Lư,2023-02-01,2023-02-01,-\n";
    let own = Catalogue::read("own.csv", csv.as_bytes()).unwrap();
    let find = |issuer: &str| {
        let text = format!("1. Việc\nThực hiện Kế hoạch số 15/KH-UBND ngày 01/02/2023 của {issuer}, xã đã làm.");
        let record = Extractor::builtin().extract("a.txt", text.as_bytes());
        let day = Day::given("2023-05-01".parse().unwrap());
        resolve(&record, Rules::builtin(), &[&own], Some(day)).citations[0].status
    };
    assert_eq!(find("UBND huyện Hoa Lư"), Validity::InForce);
    assert_eq!(find("UBND huyện Kim Sơn"), Validity::Unchecked);
}

#[test]
fn the_bounds_of_a_draft_are_enough_where_the_verdict_does_not_hang_on_the_day() {
    let text = "ỦY BAN NHÂN DÂN\nXÃ TÂN HÒA\nSố:    /KH-UBND\nTân Hòa, ngày    tháng 12 năm 2024\nKẾ HOẠCH\nVề quản lý đất\n\
                Căn cứ Luật Đất đai năm 2013;\nCăn cứ Luật Trẻ em năm 2016;\nI. MỤC ĐÍCH\n";
    let found = resolved(text, None);
    let day = found.as_of.as_ref().unwrap();
    assert_eq!((day.earliest.as_deref(), day.latest.as_deref()), (Some("2024-12-01"), Some("2024-12-31")));
    assert_eq!(found.citations[0].status, Validity::Replaced);
    assert_eq!(found.citations[1].status, Validity::InForce);
    assert_eq!((found.bases, found.checked), (2, 2));
}

#[test]
fn beyond_the_day_of_knowledge_nothing_is_in_force() {
    let found = resolved("1. Việc\nThực hiện Luật Trẻ em, xã đã làm.", Some("2030-01-01"));
    assert_eq!(found.citations[0].reason, Some(Unchecked::AfterKnowledge));
}
