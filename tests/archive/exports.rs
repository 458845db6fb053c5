//! What `trich export` writes, as other tools read it.

use super::*;

#[test]
fn exports_are_what_other_tools_expect() {
    let place = Place::with_two();
    place.put("odd.txt", &PLAN.replace("15/KH", "05/KH").replace("Cấp nước", "=Cấp nước"));
    place.index();
    let out = place.dir.path().join("out");
    for to in ["jsonl", "csv", "xlsx"] {
        let output = place.ask(&["export", "--to", to, "-o", out.to_str().unwrap()]);
        assert!(output.status.success(), "{}", said(&output));
    }
    let direct = trich().arg("extract").arg(place.folder()).output().unwrap();
    assert_eq!(fs::read(out.join("records.jsonl")).unwrap(), direct.stdout);
    let register = fs::read_to_string(out.join("muc-luc-van-ban.csv")).unwrap();
    assert!(register.starts_with("\u{feff}STT,Số và ký hiệu văn bản,Ngày tháng năm văn bản"));
    assert!(register.contains("05/KH-UBND,2023-06-22,Kế hoạch =Cấp nước"), "{register}");
    let citations = fs::read_to_string(out.join("citations.csv")).unwrap();
    assert!(citations.contains("Căn cứ,Căn cứ,NĐ,30/2020/NĐ-CP"), "closed sets are in Vietnamese: {citations}");
    let documents = fs::read_to_string(out.join("documents.csv")).unwrap();
    assert!(documents.contains(",'=Cấp nước"), "{documents}");
    assert!(fs::read(out.join("archive.xlsx")).unwrap().starts_with(b"PK"));
}

/// What LibreOffice makes of a file, in the folder `out`; nothing where it is not there or has no spreadsheets.
fn converted(place: &Place, file: &Path, to: &str, out: &Path) -> Option<process::Output> {
    let office = ["soffice", "libreoffice"];
    let office = office.into_iter().find(|name| process::Command::new(name).arg("--version").output().is_ok())?;
    let profile = format!("-env:UserInstallation=file://{}", place.dir.path().join("profile").display());
    let run = process::Command::new(office)
        .args([&profile, "--headless", "--convert-to", to, "--outdir"])
        .arg(out)
        .arg(file)
        .output();
    Some(run.unwrap())
}

#[test]
fn libreoffice_reads_the_workbook() {
    let place = Place::with_two();
    let out = place.dir.path().join("out");
    fs::create_dir_all(&out).unwrap();
    let known = out.join("known.csv");
    fs::write(&known, "a,b\n1,2\n").unwrap();
    converted(&place, &known, "xlsx", &out);
    if !out.join("known.xlsx").exists() {
        eprintln!("SKIPPED: no LibreOffice that reads spreadsheets; the workbook was not opened in it");
        return;
    }
    place.put("odd.txt", &PLAN.replace("15/KH", "05/KH"));
    place.index();
    place.ask(&["export", "--to", "xlsx", "-o", out.to_str().unwrap()]);
    // The second sheet as CSV, cells as they are shown.
    let to = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,2";
    converted(&place, &out.join("archive.xlsx"), to, &out);
    let shown = fs::read_to_string(out.join("archive-Văn bản.csv")).unwrap();
    assert!(shown.contains("05/KH-UBND") && shown.contains("22/06/2023"), "{shown}");
    assert!(shown.contains(",05,"), "a serial keeps its zero: {shown}");
}
