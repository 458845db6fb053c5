use super::*;
use proptest::prelude::*;

/// The fields that a pattern reads at the first place of a text where it reads anything, as `name=value`.
fn read(pattern: &str, text: &str) -> Option<String> {
    let phrases = Phrases::new(vec![Phrase::new(pattern).expect(pattern)]);
    let all = phrases.all(text);
    let (_, found) = all.first()?;
    Some(found.fields.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" "))
}

/// The text that a pattern reads.
fn spans(pattern: &str, text: &str) -> Vec<String> {
    let phrases = Phrases::new(vec![Phrase::new(pattern).expect(pattern)]);
    phrases.all(text).into_iter().map(|(_, found)| found.span.of(text).to_owned()).collect()
}

#[track_caller]
fn reads(pattern: &str, text: &str, fields: &str) {
    assert_eq!(read(pattern, text).as_deref(), Some(fields), "{pattern} in {text}");
}

#[track_caller]
fn reads_nothing(pattern: &str, text: &str) {
    assert_eq!(read(pattern, text), None, "{pattern} in {text}");
}

#[test]
fn literals_ignore_case_but_not_marks() {
    for text in ["điểm cầu", "Điểm cầu", "ĐIỂM CẦU", "điểM CầU", "ở Điểm   cầu", "điểm\ncầu."]
    {
        assert_eq!(spans("điểm cầu", text).len(), 1, "{text}");
    }
    for text in ["diem cau", "điểm  \n\n cầu", "điểmcầu", "trọngđiểm cầu", "điểm cầuu", "điểm, cầu"]
    {
        assert_eq!(spans("điểm cầu", text).len(), 0, "{text}");
    }
    assert_eq!(spans("hoà giải", "tổ hòa giải"), ["hòa giải"], "the pattern is normalised as the text is");
}

#[test]
fn punctuation_stands_for_itself() {
    assert_eq!(spans("đ/c", "các Đ/C có mặt"), ["Đ/C"]);
    assert_eq!(spans(r"\(đợt {n:integer}\)", "kế hoạch (đợt 2)"), ["(đợt 2)"]);
    assert_eq!(spans(r"mẫu\_số", "theo mẫu_số"), ["mẫu_số"]);
    reads(r"- tổ trưởng: {ten:name}", "\n- Tổ trưởng: Lò Văn Pém;", "ten=Lò Văn Pém");
}

#[test]
fn optional_parts_may_be_missing() {
    let pattern = "{so:number} điểm cầu [tại {noi:name}] đã mở";
    reads(pattern, "12 điểm cầu tại Mường Pồn đã mở", "so=12 noi=Mường Pồn");
    reads(pattern, "12 điểm cầu đã mở", "so=12");
    reads_nothing(pattern, "12 điểm cầu tại nhà đã mở");
    assert_eq!(spans("họp [khẩn] [bất thường]", "họp bất thường"), ["họp bất thường"]);
    reads_nothing("họp {n:integer} [buổi] buổi chiều", "họp 3 buổi chiều");
    assert_eq!(spans("lần [thứ ]nhất", "lần nhất, lần thứ nhất"), ["lần nhất", "lần thứ nhất"]);
}

#[test]
fn the_longest_alternative_is_read() {
    assert_eq!(spans("(xã|xã đảo|ban hành)", "ở xã đảo, BAN\nHÀNH"), ["xã đảo", "BAN\nHÀNH"]);
    reads("(họp|hội nghị) ngày {d:date}", "Hội nghị ngày 2/9/2024", "d=2024-09-02");
    assert_eq!(spans("xóm (trên|dưới)", "xóm trên, xóm giữa"), ["xóm trên"]);
}

#[test]
fn optional_space_may_be_missing() {
    for text in ["25 ha", "25ha", "25\nha"] {
        reads("{n:number}_ha", text, "n=25");
    }
    reads_nothing("{n:number}_ha", "25 hang");
    reads_nothing("{n:number} ha", "25ha");
}

#[test]
fn numbers_are_read_as_vietnamese_writes_them() {
    for (text, value) in [
        ("13.350", "13350"),
        ("1.250.000", "1250000"),
        ("706,48", "706.48"),
        ("1.250,5", "1250.5"),
        ("08", "8"),
        ("0,50", "0.50"),
        ("12.5", "12.5"),
        ("000", "0"),
    ] {
        reads("có {n:number} hộ", &format!("có {text} hộ"), &format!("n={value}"));
        reads("{n:number} hộ", &format!("{text} hộ"), &format!("n={value}"));
    }
    for text in ["1.2.3", "12,5,3", "a12", "12a", ",5"] {
        reads_nothing("có {n:number} hộ", &format!("có {text} hộ"));
    }
    reads("tổng {n:number}", "tổng 1.250, còn lại", "n=1250");
}

#[test]
fn whole_numbers_and_parts_of_dates_keep_their_bounds() {
    reads("{n:integer} hộ", "1.250 hộ", "n=1250");
    reads_nothing("có {n:integer} hộ", "có 12,5 hộ");
    reads_nothing("có {n:integer} hộ", "có 12.5 hộ");
    let pattern = "ngày {day} tháng {month} năm {year}";
    reads(pattern, "Ngày 05 tháng 9 năm 2024", "day=5 month=9 year=2024");
    reads_nothing(pattern, "ngày 32 tháng 9 năm 2024");
    reads_nothing(pattern, "ngày 05 tháng 13 năm 2024");
    reads_nothing(pattern, "ngày 05 tháng 9 năm 24");
    reads_nothing(pattern, "ngày 05 tháng 9 năm 20245");
    reads("{day}/{month}", "hạn 30/4", "day=30 month=4");
}

#[test]
fn dates_come_in_many_forms() {
    for text in [
        "12/3/2023",
        "12-03-2023",
        "12.3.2023",
        "ngày 12/3/2023",
        "ngày 12 tháng 3 năm 2023",
        "12 tháng 03\nnăm 2023",
        "Ngày 12 tháng 3/2023",
    ] {
        reads("trước {d:date}", &format!("trước {text}."), "d=2023-03-12");
        reads("{d:date}", text, "d=2023-03-12");
    }
    reads("từ {d:date}", "từ tháng 11 năm 2023", "d=2023-11");
    reads("từ {d:date}", "từ tháng 11/2023", "d=2023-11");
    reads("từ {d:date}", "từ 31/02/2023", "d=2023-02");
    reads("từ {d:date}", "từ 10/15/2023", "d=2023");
    for text in ["12/3", "12/3/23", "12/3-2023", "ngày 12", "tháng 3 tới"] {
        reads_nothing("từ {d:date}", &format!("từ {text}"));
    }
    assert_eq!(
        spans("{d:date}", "ngày 2 tháng 9 năm 2024"),
        ["ngày 2 tháng 9 năm 2024", "2 tháng 9 năm 2024", "tháng 9 năm 2024"]
    );
}

#[test]
fn numerals_and_letters_stand_alone() {
    reads("quý {q:roman}", "Quý IV", "q=IV");
    reads_nothing("quý {q:roman}", "quý IIII");
    reads_nothing("quý {q:roman}", "quý Xuân");
    reads("điểm {chu:letter}", "điểm đ khoản 1", "chu=đ");
    reads_nothing("điểm {chu:letter}", "điểm đo");
}

#[test]
fn symbols_and_document_numbers() {
    for text in ["KH-UBND", "NQ/ĐU", "QH14", "TTr-UBND", "TTLT-BNV-BTC"] {
        reads("ký hiệu {s:symbol}", &format!("ký hiệu {text}, số"), &format!("s={text}"));
    }
    reads_nothing("ký hiệu {s:symbol}", "ký hiệu Riêng");
    for text in ["15/KH-UBND", "02/2021/QĐ-UBND", "39-NQ/ĐU", "45/2019/QH14", "7a/BC-TrTH"] {
        reads("kèm {d:document}", &format!("kèm {text} ngày"), &format!("d={text}"));
        reads("{d:document}", &format!("kèm {text} ngày"), &format!("d={text}"));
    }
    for text in ["15/3/2024", "15/ha", "KH-UBND", "15"] {
        reads_nothing("kèm {d:document}", &format!("kèm {text}"));
    }
}

#[test]
fn words_end_at_the_next_literal() {
    reads("ấp {a:word}", "ấp Covid-19,", "a=Covid-19");
    reads("giao {ai:words} chủ trì", "Giao  phòng\nchuyên môn chủ trì", "ai=phòng chuyên môn");
    reads("giao {ai:words}", "giao tổ rà soát, báo cáo", "ai=tổ rà soát");
    reads("giao {ai:words}", "giao một hai ba bốn năm sáu bảy", "ai=một hai ba bốn năm sáu");
    reads_nothing("giao {ai:words} chủ trì", "giao một hai ba bốn năm sáu bảy chủ trì");
    reads_nothing("giao {ai:words} chủ trì", "giao tổ. Phòng chủ trì");
    reads_nothing("giao {ai:words} chủ trì", "giao chủ trì");
    reads("giao {ai:words} {n:integer} việc", "giao tổ một 3 việc", "ai=tổ một n=3");
    reads("mua {gi:words} (cho|để) dùng", "mua bàn ghế để dùng", "gi=bàn ghế");
    reads("mua {gi:words} [cho {ai:words}]", "mua bàn ghế cho thôn", "gi=bàn ghế ai=thôn");
}

#[test]
fn names_are_capitalised_words() {
    reads("xã {x:name}", "xã Mường Pồn có", "x=Mường Pồn");
    reads("tỉnh {x:name}", "tỉnh Bà Rịa - Vũng Tàu.", "x=Bà Rịa - Vũng Tàu");
    reads("xã {x:name} huyện {h:name}", "Xã Pú Nhi Huyện Điện Biên", "x=Pú Nhi h=Điện Biên");
    reads("xã {x:name}", "xã Pú Nhi\nKính gửi", "x=Pú Nhi");
    reads_nothing("xã {x:name}", "xã vùng cao");
}

#[test]
fn a_clause_ends_where_the_sentence_pauses() {
    for tail in ["; hạn", ". Sau đó", ".", "\n\nHạn", "\n- hạn", ""] {
        reads(
            "yêu cầu {v:clause}",
            &format!("yêu cầu rà soát, báo\ncáo số 1.250{tail}"),
            "v=rà soát, báo cáo số 1.250",
        );
    }
    reads(
        "yêu cầu {v:clause} trước {d:date}",
        "yêu cầu nộp trước mắt bản in trước 5/6/2024",
        "v=nộp trước mắt bản in d=2024-06-05",
    );
    let long = format!("yêu cầu {}", "việc ".repeat(200));
    let found = spans("yêu cầu {v:clause}", &long);
    assert!(found[0].len() <= 300 + "yêu cầu ".len() && found[0].ends_with("việc"), "{found:?}");
}

#[test]
fn a_phrase_opened_by_a_digit_does_not_begin_inside_a_number() {
    assert_eq!(spans("{n:number} hộ", "1.250,5 hộ"), ["1.250,5 hộ"]);
    assert_eq!(spans("{n:number} hộ", "A12 hộ"), Vec::<String>::new());
    assert_eq!(spans("{n:number} hộ", "3. 12 hộ, 7 hộ"), ["12 hộ", "7 hộ"]);
}

#[test]
fn broken_patterns_are_refused_with_the_mend() {
    let all: Vec<String> = [
        "",
        "  ",
        "{so:number",
        "có {so:num} hộ",
        "có {Số:number} hộ",
        "có {:number} hộ",
        "từ {d:date} đến {d:date}",
        "[khoảng] {n:number} hộ",
        "_hộ",
        "{ten:words} chủ trì",
        "họp [khẩn [cấp]]",
        "họp [khẩn",
        "họp khẩn]",
        "họp []",
        "(họp|)",
        "(họp)",
        "(họp|hội nghị",
        "(họp|{n:number})",
        "(họp|_nghị)",
        "họp | hội nghị",
        r"họp \n",
        "họp\u{200b} khẩn",
        "giao {ai:words} {viec:clause}",
        "giao [cho {ai:words}] {viec:clause}",
        &"dài ".repeat(200),
    ]
    .iter()
    .map(|pattern| {
        let error = Phrase::new(pattern).expect_err(pattern);
        let shown: String = pattern.chars().take(40).collect();
        format!("{shown:?} {error}")
    })
    .collect();
    insta::assert_snapshot!(all.join("\n"));
}

/// Patterns that between them use every element and slot.
const PATTERNS: &[&str] = &[
    "ngày {day} tháng {month} năm {year}",
    "{so:number} điểm cầu [tại {noi:name}]",
    "(ban hành|phê duyệt) {van_ban:document}",
    "{n:integer}_ha [và {m:word}]",
    "giao {ai:words} (chủ trì|phối hợp) {viec:clause}",
    "quý {q:roman} [điểm {l:letter}] ký hiệu {s:symbol}",
    "{d:date}",
    "- {x:clause};",
];

fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,6}",
        "[0-9./,-]{1,8}",
        "[ \n\t;.]{1,3}",
        proptest::sample::select(
            "ngày tháng năm ban hành phê duyệt điểm cầu tại giao chủ trì quý ký hiệu ha và KH-UBND Mường Pồn IV BAN HÀNH - ;"
                .split(' ')
                .collect::<Vec<_>>()
        )
        .prop_map(|word| format!("{word} ")),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_pattern_compiles_or_is_refused(pattern in "([a-zđ ]|[{}\\[\\]()|_:\\\\]|\\{(n:)?(number|words|date)\\}|\\PC){0,14}") {
        match Phrase::new(&pattern) {
            Ok(phrase) => { Phrases::new(vec![phrase]).all("12 a đ 1/2/2023 b"); }
            Err(error) => prop_assert!(error.at >= 1 && error.at <= pattern.chars().count().max(1)),
        }
    }

    #[test]
    fn matches_lie_in_the_text_and_begin_with_the_first_element(source in hostile()) {
        let text = Normalised::new(&source);
        let text = text.as_str();
        let phrases: Vec<Phrase> = PATTERNS.iter().map(|p| Phrase::new(p).expect(p)).collect();
        let set = Phrases::new(phrases.clone());
        for (index, found) in set.all(text) {
            let read = text.get(found.span.start..found.span.end).expect("a span on character bounds");
            let phrase = &phrases[index];
            let literal = phrase.first_literals().iter().any(|first| literal_end(read, 0, first).is_some());
            prop_assert!(literal || (phrase.begins_with_digit() && read.starts_with(|c: char| c.is_ascii_digit())));
            prop_assert_eq!(read.trim_end(), read);
        }
    }

    #[test]
    fn the_automaton_finds_what_trying_every_place_finds(source in hostile()) {
        let text = Normalised::new(&source);
        let text = text.as_str();
        for pattern in PATTERNS {
            let phrase = Phrase::new(pattern).expect(pattern);
            let set = Phrases::new(vec![phrase.clone()]);
            let fast: Vec<_> = set.all(text).into_iter().map(|(_, found)| found).collect();
            let slow: Vec<_> = text.char_indices().filter_map(|(at, _)| phrase.at(text, at)).collect();
            prop_assert_eq!(fast, slow);
        }
    }
}
