//! What `trich search` finds, and in which order.

use super::*;

#[test]
fn marks_case_and_d_are_folded_and_exact_hits_come_first() {
    let place = Place::with_two();
    place.index();
    for words in ["\"nuoc sach\"", "NƯỚC SẠCH", "nước sạch"] {
        assert_eq!(place.json(&["search", words])["total"], 2, "{words}");
    }
    let exact = place.json(&["search", "\"nước sạch\""]);
    assert_eq!(exact["found"][0]["number"], "15/KH-UBND");
    assert_eq!(place.json(&["search", "nghi dinh"])["total"], 1);
    assert_eq!(place.json(&["search", "duoc cap"])["total"], 2, "đ is folded");
}

#[test]
fn filters_narrow_and_odd_queries_do_not_fail() {
    let place = Place::with_two();
    place.index();
    assert_eq!(place.json(&["search", "nước", "--type", "BC"])["total"], 1);
    assert_eq!(place.json(&["search", "nước", "--year", "2021..2022"])["total"], 0);
    assert_eq!(place.json(&["search", "--issuer", "tan loc"])["total"], 2);
    assert_eq!(place.json(&["search", "title:sạch"])["total"], 1);
    for odd in ["\"", "*", "AND", "a OR", "(", "title:", "NEAR(a b)", "15/KH-UBND", "--", "'; DROP TABLE files"] {
        let output = trich().args(["search", "--json", "--db"]).arg(place.db()).arg("--").arg(odd).output().unwrap();
        assert!(output.status.code().is_some_and(|code| code <= 1), "{odd}: {output:?}");
    }
}

#[test]
fn an_attached_paper_is_found_by_its_number() {
    let place = Place::with_two();
    let attached = REPORT.replace("20/BC-UBND", "27/BC-UBND").replace("Kết quả cấp nước", "Kết quả trồng rừng");
    place.put("ho-so.txt", &format!("{}\n\n{attached}", PLAN.replace("15/KH", "19/KH")));
    place.index();
    let db = Connection::open(place.db()).unwrap();
    let mut select =
        db.prepare("SELECT number, type, date, title, signatories FROM papers ORDER BY document, paper").unwrap();
    let papers: Vec<Vec<Option<String>>> =
        select.query_map([], |row| (0..5).map(|at| row.get(at)).collect()).unwrap().map(Result::unwrap).collect();
    let report =
        papers.iter().find(|paper| paper[0].as_deref() == Some("27/BC-UBND")).unwrap_or_else(|| panic!("{papers:?}"));
    let report: Vec<&str> = report.iter().map(|cell| cell.as_deref().unwrap_or("?")).collect();
    assert_eq!(report, ["27/BC-UBND", "BC", "2023-12-05", "Kết quả trồng rừng năm 2023", "Nguyễn Văn Bình"]);
    for words in
        [["search", "--number", "27/bc-ubnd"], ["search", "--path", "ho-so"], ["search", "27/BC-UBND", "--sort=date"]]
    {
        let found = place.json(&words);
        assert_eq!((&found["total"], &found["found"][0]["paths"][0]), (&1.into(), &"ho-so.txt".into()), "{words:?}");
    }
    assert_eq!(place.json(&["search", "--number", "20/BC-UBND"])["found"][0]["paths"][0], "bc.txt");
    assert_eq!(place.json(&["search", "--number", "2/BC-UBND"])["total"], 0);
}

#[test]
fn dates_pages_and_words_that_nothing_holds() {
    let place = Place::with_two();
    place.index();
    for (from, to, total) in
        [("2023-06-22", "2023-06-22", 1), ("2023-06", "2023-11", 1), ("22/6/2023", "2023", 2), ("2024", "2025", 0)]
    {
        assert_eq!(place.json(&["search", "--from", from, "--to", to])["total"], total, "{from} to {to}");
    }
    let newest = place.json(&["search", "nước", "--sort", "date", "--limit", "1"]);
    let next = place.json(&["search", "nước", "--sort", "date", "--limit", "1", "--page", "2"]);
    assert_eq!((&newest["found"][0]["number"], &newest["total"]), (&"20/BC-UBND".into(), &2.into()));
    assert_eq!(next["found"][0]["number"], "15/KH-UBND");
    assert!(next["found"][0]["snippet"]["hits"].as_array().is_some_and(|hits| !hits.is_empty()));
    assert_eq!(place.json(&["search", "nước", "xyzzy"])["unmatched"], serde_json::json!(["xyzzy"]));
    let output = place.ask(&["search", "xyzzy"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("no document holds: xyzzy"));
}

#[test]
fn what_is_secret_is_listed_and_not_searchable() {
    let place = Place::with_two();
    place.put("mat.txt", &format!("MẬT\n{}", PLAN.replace("15/KH", "17/KH").replace("nông thôn", "bí hiểm")));
    place.index();
    assert_eq!(place.json(&["search", "bí hiểm"])["total"], 0);
    assert_eq!(place.json(&["search", "--type", "KH"])["total"], 2);
    let open = Place::new();
    open.put("mat.txt", &format!("MẬT\n{}", PLAN.replace("nông thôn", "bí hiểm")));
    trich().arg("index").arg(open.folder()).arg("--include-secret").arg("--db").arg(open.db()).assert().success();
    assert_eq!(open.json(&["search", "bí hiểm"])["total"], 1);
}

#[test]
fn secret_documents_become_searchable_and_cease_to_be() {
    let place = Place::with_two();
    place.put("mat.txt", &format!("MẬT\n{}", PLAN.replace("15/KH", "17/KH").replace("nông thôn", "bí hiểm")));
    place.put("mat-cu.txt", &format!("TỐI MẬT\n{}", PLAN.replace("15/KH", "18/KH").replace("nông thôn", "bí hiểm")));
    let run = |more: &[&str]| {
        let run = trich().arg("index").arg(place.folder()).args(more).arg("--db").arg(place.db()).output();
        said(&run.unwrap())
    };
    let total = || place.json(&["search", "bí hiểm"])["total"].clone();
    let numbers = || {
        let ids: Vec<_> = rows(&place.db())["documents"].iter().map(|row| row[..2].to_vec()).collect();
        ids
    };
    run(&[]);
    let (before, ids) = (rows(&place.db()), numbers());
    assert_eq!(total(), 0);
    let shown = run(&["--include-secret"]);
    assert!(shown.contains("2 files are read again") && shown.contains("2 documents read, 2 unchanged"), "{shown}");
    assert_eq!((total(), numbers()), (2.into(), ids));
    assert_eq!(place.json(&["search", "\"tối mật\" bí hiểm"])["total"], 1);
    assert!(run(&["--include-secret"]).contains("0 documents read, 4 unchanged"));
    let hidden = run(&[]);
    assert!(hidden.contains("0 documents read, 4 unchanged"), "nothing need be read for it: {hidden}");
    assert_eq!(total(), 0);
    assert_eq!(rows(&place.db()), before);

    // What has vanished cannot be read again, and is not left searchable for that.
    run(&["--include-secret"]);
    fs::remove_file(place.folder().join("mat-cu.txt")).unwrap();
    assert!(run(&["--include-secret"]).contains("1 vanished"));
    assert_eq!(total(), 2);
    run(&[]);
    assert_eq!(total(), 0);
    assert_eq!(place.json(&["search", "--type", "KH"])["total"], 3, "they are listed all the same");
    assert_whole(&place.db());
}

#[test]
fn a_quantity_has_the_time_at_which_it_was_so() {
    let place = Place::with_two();
    let dated = "Tính đến ngày 15/9/2023, toàn xã có 131 hộ nghèo. Từ đầu năm 2023 đến nay đã cấp 45 giấy phép.";
    place.put("bc-2.txt", &REPORT.replace("20/BC", "21/BC").replace("Có 118 hộ được cấp nuoc sach.", dated));
    place.index();
    let db = Connection::open(place.db()).unwrap();
    let times = |value: i64| -> (Option<String>, Option<String>) {
        let sql = "SELECT as_of, period FROM quantities WHERE value = ?1";
        db.query_row(sql, [value], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
    };
    assert_eq!(times(131), (Some("2023-09-15".to_owned()), None));
    assert_eq!(times(45), (None, Some("Từ đầu năm 2023 đến nay".to_owned())));
    assert_eq!(times(118), (None, None));
}

#[test]
fn documents_are_found_by_the_time_that_they_are_about() {
    let place = Place::with_two();
    place.put("gd.txt", &PLAN.replace("15/KH", "19/KH").replace("nông thôn năm 2023", "nông thôn giai đoạn 2024-2026"));
    place.index();
    for words in [&["search"][..], &["search", "nước"]] {
        for (years, total) in [("2023", 2), ("2025", 1), ("2025..", 1), ("2023..2024", 3), ("..2022", 0), ("2027", 0)] {
            let found = place.json(&[words, &["--period", years]].concat());
            assert_eq!(found["total"], total, "{words:?} {years}");
        }
    }
}

#[test]
fn titles_come_before_bodies_and_the_newer_before_the_older() {
    let place = Place::with_two();
    let later = REPORT.replace("20/BC", "21/BC").replace("tháng 12 năm 2023", "tháng 12 năm 2024");
    place.put("bc-2024.txt", &later.replace("Có 118 hộ", "Ở nông thôn có 118 hộ"));
    place.index();
    let numbers = |words: &[&str]| -> Vec<String> {
        let page = place.json(words);
        page["found"].as_array().unwrap().iter().map(|one| one["number"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(numbers(&["search", "\"nông thôn\""]), ["15/KH-UBND", "21/BC-UBND"]);
    assert_eq!(numbers(&["search", "\"cấp nước\""]), ["21/BC-UBND", "20/BC-UBND", "15/KH-UBND"]);
    assert_eq!(numbers(&["search", "\"cấp nước\"", "--limit", "1", "--page", "2"]), ["20/BC-UBND"]);
    // Issuers are found by whole words.
    assert_eq!(numbers(&["search", "nước", "--issuer", "Tân Lộc"]).len(), 3);
    assert_eq!(numbers(&["search", "nước", "--issuer", "lộc tân"]).len(), 0);
    assert_eq!(numbers(&["search", "--issuer", "ân lộc"]).len(), 0);
}

#[test]
fn a_search_that_is_too_wide_says_that_there_is_more() {
    let place = Place::with_two();
    for n in 0..700 {
        place.put(
            &format!("n/{n}.txt"),
            &format!("THÔNG BÁO\nViệc thứ {n}\n1. Nội dung\nMời họp về nước sạch lần {n}.\n"),
        );
    }
    place.index();
    let wide = place.json(&["search", "\"nước sạch\"", "--limit", "3", "--page", "2"]);
    assert_eq!(wide["more"], true);
    assert_eq!(wide["total"], 200);
    assert_eq!(wide["found"].as_array().unwrap().len(), 3);
    let output = place.ask(&["search", "\"nước sạch\""]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 to 10 of more than 200 found"), "{output:?}");
    let narrow = place.json(&["search", "\"nước sạch\"", "--type", "kh"]);
    assert_eq!((&narrow["total"], &narrow["more"]), (&1.into(), &serde_json::Value::Null));
    assert_eq!(place.json(&["search", "\"nước sạch\"", "--sort", "date"])["total"], 702, "by date all are looked at");
}
