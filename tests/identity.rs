//! Who issues a document, which unit that is, and when a person should look: on the corpus, and on the data of others
//! where it is at hand.

#[path = "support/corpus.rs"]
mod corpus;
mod shared;

use std::{fs, path::Path};
use trich::{
    Extractor, Record,
    eval::{Gold, Score},
    record::{FoundFrom, Locality},
};

fn read(name: &str) -> Record {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(name);
    Extractor::builtin().extract(name, &fs::read(path).unwrap())
}

/// The names of province, district and commune, and of the units of today with their provinces.
fn names(locality: &Locality) -> (Vec<&str>, Vec<String>) {
    let units = [&locality.province, &locality.district, &locality.commune];
    let today = locality.today.iter().map(|unit| match &unit.province {
        Some(province) => format!("{}, {}", unit.name, province.name),
        None => unit.name.clone(),
    });
    (units.into_iter().flatten().map(|unit| unit.name.as_str()).collect(), today.collect())
}

fn key_of<'r>(record: &'r Record, number: &str) -> Vec<Option<&'r str>> {
    let same = |c: &&trich::record::Citation| {
        c.number.as_ref().and_then(|n| n.canonical.as_deref()).is_some_and(|n| n == number)
    };
    record.citations.iter().filter(same).map(|citation| citation.key.as_deref()).collect()
}

#[test]
fn issuers_of_the_corpus_have_their_units() {
    for (name, units, today, key) in [
        (
            "pa-xa-khan.txt",
            &["tỉnh Nam Định", "huyện Giao Thủy", "xã Giao Thiện"][..],
            "xã Giao Minh, tỉnh Ninh Bình",
            "ủy ban nhân dân xã giao thiện~giao thủy~nam định",
        ),
        (
            "kh-xa-moi-2025.txt",
            &["tỉnh Phú Thọ", "xã Thanh Ba"],
            "xã Thanh Ba, tỉnh Phú Thọ",
            "ủy ban nhân dân xã thanh ba~phú thọ",
        ),
        (
            "kh-huyenuy-2023.txt",
            &["thành phố Cần Thơ", "huyện Thới Lai"],
            "thành phố Cần Thơ",
            "huyện ủy thới lai~cần thơ",
        ),
        ("cv-saoy-den.txt", &["tỉnh Hòa Bình"], "tỉnh Phú Thọ", "sở giao thông vận tải~hòa bình"),
        (
            "bc-truong-thcs.txt",
            &["tỉnh Trà Vinh", "huyện Cầu Ngang"],
            "tỉnh Vĩnh Long",
            "trường thcs nhị trường~cầu ngang~trà vinh",
        ),
    ] {
        let issuer = read(name).document.issuer.unwrap();
        let locality = issuer.locality.unwrap();
        assert_eq!(names(&locality), (units.to_vec(), vec![today.to_owned()]), "{name}");
        assert_eq!(issuer.key.as_deref(), Some(key), "{name}");
        assert!(!locality.found_from.is_empty() && locality.candidates.is_empty(), "{name}");
    }
    let central = read("qd-bo-1998.txt").document.issuer.unwrap();
    assert_eq!((central.key.as_deref(), central.locality), (Some("bộ thương mại"), None));
}

const NAMESAKE: &str = "ỦY BAN NHÂN DÂN\nXÃ TÂN QUANG\n\nSố: 12/BC-UBND\n\nTân Quang, ngày 5 tháng 6 năm 2023\n\nBÁO CÁO\n\
    Kết quả cải cách hành chính năm 2023\n\nThực hiện Kế hoạch số 7/KH-UBND ngày 05/01/2023 của UBND xã, {}báo cáo như sau:\n\n1. Kết quả\n";

#[test]
fn units_of_one_name_are_listed_and_none_is_chosen() {
    let record = Extractor::builtin().extract("a.txt", NAMESAKE.replace("{}", "").as_bytes());
    let issuer = record.document.issuer.unwrap();
    let locality = issuer.locality.unwrap();
    assert!(locality.candidates.len() >= 4 && locality.commune.is_none() && locality.today.is_empty());
    assert_eq!((issuer.key, record.citations[0].key.clone()), (None, None), "nothing is joined by guess");
    assert_eq!(locality.found_from[0].what, FoundFrom::Issuer);
}

#[test]
fn one_word_tells_units_of_one_name_apart() {
    for (said, district, evidence) in [
        ("gửi UBND huyện Văn Lâm, ", Some("huyện Văn Lâm"), "huyện Văn Lâm"),
        ("gửi UBND tỉnh Hưng Yên, ", Some("huyện Văn Lâm"), "tỉnh Hưng Yên"),
        ("cùng xã Lạc Đạo và xã Chỉ Đạo, ", Some("huyện Văn Lâm"), "xã Lạc Đạo"),
        ("cùng xã Lạc Đạo, ", None, ""),
    ] {
        let text = NAMESAKE.replace("{}", said);
        let record = Extractor::builtin().extract("a.txt", text.as_bytes());
        let issuer = record.document.issuer.unwrap();
        let locality = issuer.locality.unwrap();
        assert_eq!(locality.district.as_ref().map(|unit| unit.name.as_str()), district, "{said}");
        if district.is_some() {
            assert!(locality.found_from.iter().any(|found| found.raw == evidence), "{said}: {:?}", locality.found_from);
            assert_eq!(issuer.key.as_deref(), Some("ủy ban nhân dân xã tân quang~văn lâm~hưng yên"));
            let chars: Vec<char> = text.chars().collect();
            for found in &locality.found_from {
                assert_eq!(chars[found.span.start..found.span.end].iter().collect::<String>(), found.raw);
            }
        }
    }
}

#[test]
fn what_one_citation_leaves_out_stands_with_another() {
    let text = "ỦY BAN NHÂN DÂN\nXÃ LƯƠNG ĐIỀN\n\nSố: 12/BC-UBND\n\nLương Điền, ngày 5 tháng 6 năm 2021\n\nBÁO CÁO\nKết quả năm 2021\n\n\
        Kính gửi: UBND huyện Cẩm Giàng\n\nThực hiện Đề án số 08-ĐA/HU ngày 05/01/2021 của Huyện ủy Cẩm Giàng, UBND xã báo cáo:\n\n\
        1. Kết quả\nĐã triển khai Đề án số 08 của Huyện ủy và Đề án 06; Kế hoạch số 9/KH-UBND ngày 02/02/2021 của UBND xã; \
        Kế hoạch số 9/KH-UBND đã hoàn thành. Nghị quyết số 7-NQ/HU ngày 04/04/2021 của Ban Thường vụ Huyện ủy. Sở Nội vụ có Công văn số 5/SNV-CCHC ngày 03/03/2021 của Sở Nội vụ tỉnh Hải Dương.\n";
    let record = Extractor::builtin().extract("a.txt", text.as_bytes());
    let scheme = Some("08-đa/hu@2021~huyện ủy cẩm giàng~hải dương");
    assert_eq!((key_of(&record, "08-ĐA/HU"), key_of(&record, "08")), (vec![scheme], vec![scheme]));
    let decision = [Some("7-nq/hu@2021~huyện ủy cẩm giàng~hải dương")];
    assert_eq!(key_of(&record, "7-NQ/HU"), decision, "a committee's bureau numbers with it");
    let plan = Some("9/kh-ubnd@2021~ủy ban nhân dân xã lương điền~cẩm giàng~hải dương");
    assert_eq!(key_of(&record, "9/KH-UBND"), [plan, plan]);
    assert_eq!(key_of(&record, "06"), [Some("06/qđ-ttg@2022")]);
    assert_eq!(key_of(&record, "5/SNV-CCHC"), [Some("5/snv-cchc@2021~sở nội vụ~hải dương")]);
}

/// Every gold file of a folder, scored; with the text of each.
fn scored(folder: &Path) -> Score {
    let mut score = Score::default();
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    files.sort();
    for file in files {
        let mut gold = Gold::parse(&fs::read_to_string(&file).unwrap()).unwrap();
        let path = folder.join(&gold.text);
        let bytes = fs::read(&path).unwrap();
        let name = path.to_string_lossy();
        let text = trich::text(&name, &bytes);
        assert!(gold.align(&text).is_empty(), "{name}");
        score.add(&gold, Some(&text), Some(&Extractor::builtin().extract(&name, &bytes)));
    }
    score
}

#[test]
fn what_is_not_sent_to_review_is_right() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold");
    let dev = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/gold/dev");
    for folder in [own, dev] {
        if !folder.exists() {
            shared::report(&format!("skipped: {} is absent", folder.display()));
            continue;
        }
        let score = scored(&folder);
        let unseen = score.curve().unreviewed().expect("some documents are clean");
        assert_eq!(unseen.right, unseen.fields, "{}", folder.display());
        assert!(unseen.documents * 3 >= score.documents(), "{}: {unseen:?}", folder.display());
    }
}

#[test]
fn communes_of_the_seeds() {
    let mut records = Vec::new();
    for (name, units, today) in [
        ("000_60fcdd6b4e7af463", ["tỉnh Hưng Yên", "huyện Văn Lâm", "xã Tân Quang"], "xã Như Quỳnh, tỉnh Hưng Yên"),
        (
            "001_8e3078c4960ded37",
            ["tỉnh Thanh Hóa", "thị xã Bỉm Sơn", "xã Quang Trung"],
            "phường Quang Trung, tỉnh Thanh Hóa",
        ),
        ("002_a2e2b0a3aa328f4c", ["tỉnh Hưng Yên", "thị xã Mỹ Hào", "phường Dị Sử"], "phường Đường Hào, tỉnh Hưng Yên"),
        (
            "003_1bb7240e0a0f1cd0",
            ["tỉnh Quảng Ngãi", "thị xã Đức Phổ", "xã Phổ Phong"],
            "xã Nguyễn Nghiêm, tỉnh Quảng Ngãi",
        ),
        (
            "004_8a384b4e7a3ac61b",
            ["tỉnh Hải Dương", "huyện Cẩm Giàng", "xã Lương Điền"],
            "xã Cẩm Giàng, thành phố Hải Phòng",
        ),
    ] {
        let Some(text) = shared::file(&format!("../seeds/{name}.txt")) else { return };
        let record = Extractor::builtin().extract(name, text.as_bytes());
        let issuer = record.document.issuer.as_ref().unwrap();
        assert_eq!(names(issuer.locality.as_ref().unwrap()), (units.to_vec(), vec![today.to_owned()]), "{name}");
        records.push(record);
    }
    let plans: Vec<Option<&str>> = records[..2].iter().map(|record| key_of(record, "10/KH-UBND")[0]).collect();
    assert!(plans[0].is_some() && plans[1].is_some() && plans[0] != plans[1], "{plans:?}");
    let resolutions = key_of(&records[1], "39-NQ/ĐU");
    assert!(
        resolutions.len() == 3 && resolutions.iter().all(|key| key.is_some() && *key == resolutions[0]),
        "{resolutions:?}"
    );
}

#[test]
fn every_document_of_the_corpus_has_a_fingerprint_of_its_own() {
    let records = corpus::documents().into_iter().map(|d| Extractor::builtin().extract(&d.name, &d.bytes));
    let prints: Vec<u64> = records.map(|record| u64::from_str_radix(&record.source.fingerprint, 16).unwrap()).collect();
    for (at, one) in prints.iter().enumerate() {
        for other in &prints[at + 1..] {
            assert!((one ^ other).count_ones() > 10);
        }
    }
}
