use super::*;

fn refused(text: &str, line: usize) -> Vec<(Sought, String, &'static str)> {
    let explained = explain(Extractor::builtin(), "a.txt", text.as_bytes());
    let line = explained.line(line).unwrap();
    line.refusals.iter().map(|r| (r.sought, r.raw.clone(), r.reason)).collect()
}

#[test]
fn a_fraction_is_a_finding_and_no_document_number() {
    let text = "1. Kết quả\nXã có 7/8 thôn văn hóa.";
    let explained = explain(Extractor::builtin(), "a.txt", text.as_bytes());
    let line = explained.line(2).unwrap();
    assert_eq!(
        line.facts.iter().map(|f| (f.fact.as_str(), f.rule.as_str())).collect::<Vec<_>>(),
        [("findings[0]", "finding.ratio")]
    );
    assert!(line.facts[0].says.is_some());
    assert_eq!(line.refusals.len(), 1);
    let refused = &line.refusals[0];
    assert_eq!(
        (refused.sought, refused.raw.as_str(), refused.says.as_str()),
        (Sought::DocumentNumber, "7/8", "no capital group behind the slash")
    );
    assert_eq!(line.zone.as_ref().map(|zone| zone.name), Some("body"));
}

#[test]
fn words_before_and_behind_a_number_name_their_rule() {
    let text = "1. Kết quả\nDịch vụ công mức độ 4 được triển khai tại xã.\n2. Trẻ em\nTrẻ dưới 6 tuổi được cấp thẻ.";
    let explained = explain(Extractor::builtin(), "a.txt", text.as_bytes());
    let level = &explained.line(2).unwrap().refusals[0];
    assert_eq!((level.raw.as_str(), level.rule.as_deref()), ("mức độ 4", Some("not-finding.name")));
    assert_eq!(level.says, "rule not-finding.name, word 'mức độ'");
    let age = &explained.line(4).unwrap().refusals[0];
    assert_eq!((age.raw.as_str(), age.rule.as_deref()), ("6 tuổi", Some("not-finding.after")));
}

#[test]
fn acts_tell_what_they_lack() {
    assert_eq!(
        refused("1. Chung\nTheo quy định của Luật này thì đúng.", 2),
        [(Sought::Act, "Luật này".to_owned(), "itself")]
    );
    assert_eq!(refused("1. Chung\nTheo Luật Đất đai năm 2013 thì đúng.", 2), []);
    assert_eq!(refused("1. Chung\nTheo Luật mới thì đúng.", 2), [(Sought::Act, "Luật mới".to_owned(), "no_name")]);
}

#[test]
fn symbols_tell_what_they_lack() {
    let found = refused("1. Chung\nHộp 12/QWX ở kho.", 2);
    assert!(found.contains(&(Sought::DocumentNumber, "12/QWX".to_owned(), "unknown_symbol")), "{found:?}");
    let cited = refused("1. Chung\nTheo Kế hoạch số 12/KH-UBND ngày 05/3/2021 của Ủy ban nhân dân xã.", 2);
    assert_eq!(cited, []);
}

#[test]
fn dates_in_prose_are_dates_and_no_facts() {
    let found = refused("1. Chung\nHọp vào sáng 15/3/2020 tại đình.", 2);
    assert!(found.contains(&(Sought::Date, "15/3/2020".to_owned(), "alone")), "{found:?}");
    assert!(found.contains(&(Sought::Finding, "15/3/2020".to_owned(), "three_groups")), "{found:?}");
}

#[test]
fn markers_tell_what_they_lack() {
    let found = refused("I. Chung\n1.500 không đủ.\n0. Mở đầu\n", 2);
    assert!(found.contains(&(Sought::Heading, "1.500".to_owned(), "too_long")), "{found:?}");
    let found = refused("I. Chung\nNội dung.\n0. Mở đầu\n", 3);
    assert!(found.contains(&(Sought::Heading, "0.".to_owned(), "zero")), "{found:?}");
    let found = refused("I. Chung\nNội dung.\nXVIII. Mở đầu\n", 3);
    assert!(found.contains(&(Sought::Heading, "XVIII.".to_owned(), "jumps")), "{found:?}");
}

#[test]
fn lines_of_a_signature_tell_what_they_lack() {
    let text =
        "BÁO CÁO\nTình hình đê điều\n1. Kết quả\nĐê vững.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n(Đã ký)\nNguyễn Văn Tư\n";
    let found = refused(text, 8);
    assert!(found.iter().any(|(sought, raw, _)| *sought == Sought::Signer && raw == "(Đã ký)"), "{found:?}");
    assert!(refused(text, 9).is_empty());
}

#[test]
fn lines_count_as_editors_count_them() {
    let explained = explain(Extractor::builtin(), "a.txt", "\u{feff}A\r\n\r\n1. Kết quả\r\nCó 8 hộ.\r\n".as_bytes());
    assert_eq!(
        explained.lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(),
        ["A", "", "1. Kết quả", "Có 8 hộ."]
    );
    assert_eq!(explained.line(2).map(|line| line.zone.is_none()), Some(true));
    assert!(explained.line(4).unwrap().facts.iter().any(|fact| fact.rule == "finding.counted"));
    assert!(explained.line(0).is_none() && explained.line(5).is_none());
}

proptest::proptest! {
    #[test]
    fn any_text_is_explained_with_true_spans(text in "([0-9]{1,4}[/.,-]?|[A-ZĐa-zđ ]{1,6}|Luật |này |số |ngày |mức độ |\n|\r\n|hoà ){0,40}") {
        let explained = explain(Extractor::builtin(), "a.txt", text.as_bytes());
        let points: Vec<char> = text.chars().collect();
        for refused in explained.lines.iter().flat_map(|line| &line.refusals) {
            let raw: String = points[refused.span.start..refused.span.end].iter().collect();
            proptest::prop_assert_eq!(&raw, &refused.raw);
        }
    }
}

#[test]
fn prose_and_plain_numbers_look_like_nothing() {
    for text in ["V/v đắp đê", "Theo luật của làng.", "Nhiệm kỳ 2021 - 2026.", "Không có gì."] {
        let found = refused(&format!("1. Chung\n{text}"), 2);
        assert!(found.iter().all(|(sought, ..)| *sought == Sought::Finding), "{text}: {found:?}");
    }
}
