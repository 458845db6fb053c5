//! T501 to T516: the form of the document (Nghị định 30/2020/NĐ-CP); the Party and the mass organisations have their own.

use super::{Report, page::Page};
use crate::{
    record::{Authority, Level, Record, Signatory},
    text::skeleton,
};

pub(super) fn check(record: &Record, page: &Page<'_>, report: &mut Report<'_>) {
    let document = &record.document;
    party_number(record, report);
    let code = document.kind.as_ref().map_or("", |kind| kind.code.as_ref());
    // Minutes and contracts are signed by who took part.
    if matches!(code, "BB" | "HĐ" | "") || !of_the_state(record) {
        return;
    }
    if report.every {
        nation(record, page, report);
    }
    // A paper whose day is open is of today.
    if year(record).is_none_or(|year| year >= 2011) {
        missing(record, report);
        ending(record, page, report);
    }
    for signer in &document.signatories {
        on_behalf(record, signer, report);
        let deputy = signer.position.as_deref().is_some_and(|office| {
            let office = skeleton(office);
            office.starts_with("pho ") && !office.contains("phu trach")
        });
        let alone = matches!(signer.authority, None | Some(Authority::TM));
        let by_order = signer.raw.contains("TL") || signer.raw.contains("TUQ");
        if deputy && alone && !by_order {
            report.add("T511", Some(signer.span), signer.position.as_deref().unwrap_or_default());
        }
    }
    let recipients = &document.recipients;
    if let Some(last) = recipients.last()
        && !recipients.iter().any(|recipient| recipient.archive)
    {
        report.add("T512", Some(last.span), "");
    }
}

/// The year of the document: the rules of form, and `./.` in their models, are those of Thông tư 01/2011/TT-BNV and of
/// Nghị định 30/2020/NĐ-CP after it.
fn year(record: &Record) -> Option<i16> {
    let date = record.document.date.as_ref()?;
    date.value.as_deref().or(date.latest.as_deref())?.get(..4)?.parse().ok()
}

/// Parts of the form that the text does not have at all. Where most are missing, head or tail was lost.
fn missing(record: &Record, report: &mut Report<'_>) {
    let document = &record.document;
    let Some(issuer) = &document.issuer else { return };
    let untitled = document.kind.as_ref().is_none_or(|kind| matches!(kind.code.as_ref(), "CV" | "GM" | "GGT" | "GUQ"));
    let parts = [
        (("số, ký hiệu", "number and symbol"), document.number.is_some()),
        (("địa danh", "place"), document.place.is_some()),
        (("thời gian ban hành", "date of issue"), document.date.is_some()),
        (("trích yếu", "subject"), document.title.is_some() || untitled),
        (("chữ ký", "signature"), !document.signatories.is_empty()),
        (("nơi nhận", "recipients"), !document.recipients.is_empty()),
    ];
    let lost: Vec<&str> = parts.iter().filter(|(_, there)| !there).map(|((vi, en), _)| report.pick(vi, en)).collect();
    if (1..=2).contains(&lost.len()) {
        report.add("T501", Some(issuer.span), &lost.join("; "));
    }
}

/// The most bytes of a head.
const HEAD: usize = 4_000;

/// Quốc hiệu, which conversion to text often loses.
fn nation(record: &Record, page: &Page<'_>, report: &mut Report<'_>) {
    let Some(issuer) = &record.document.issuer else { return };
    let text = page.text();
    let end = (HEAD.min(text.len())..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    if !skeleton(&text[..end]).contains("cong hoa xa hoi chu nghia viet nam") {
        report.add("T502", Some(issuer.span), "");
    }
}

/// The mark `./.` that ends the content.
fn ending(record: &Record, page: &Page<'_>, report: &mut Report<'_>) {
    let Some(signer) = record.document.signatories.first() else { return };
    if !marked(page.text()) {
        report.add("T513", Some(signer.span), "");
    }
}

/// Whether a stroke follows a full stop, with nothing but spaces, commas and strokes between. It stands near the end.
fn marked(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut end = bytes.len();
    while let Some(stroke) = memchr::memrchr(b'/', &bytes[..end]) {
        let between = bytes[..stroke].iter().rev().take_while(|byte| matches!(byte, b' ' | b'/' | b',')).count();
        end = stroke - between;
        if bytes[..end].ends_with(b".") {
            return true;
        }
    }
    false
}

/// `TM.` is for organs that decide together; the head of a Sở or a Phòng signs as such.
fn on_behalf(record: &Record, signer: &Signatory, report: &mut Report<'_>) {
    let Some(issuer) = &record.document.issuer else { return };
    let led = |name: &str| {
        let name = skeleton(name);
        ["so ", "phong ", "chi cuc ", "cuc ", "bo ", "van phong "].iter().any(|head| name.starts_with(head))
            && !name.contains("uy ban")
            && !name.contains("hoi dong")
    };
    if let Some(behalf) = signer.on_behalf_of.as_deref().filter(|behalf| led(behalf) && led(&issuer.name)) {
        report.add("T514", Some(signer.span), behalf);
    }
    // Decisions, telegrams and mandates may be the chairman's own.
    let own = record
        .document
        .kind
        .as_ref()
        .is_none_or(|kind| matches!(kind.code.as_ref(), "QĐ" | "CĐ" | "GUQ" | "CT" | "CV" | "GM"));
    let head = signer.acting_for.as_deref().or(signer.position.as_deref()).map(skeleton).unwrap_or_default();
    let committee = skeleton(&issuer.name).starts_with("uy ban nhan dan");
    let bare = signer.on_behalf_of.is_none() && matches!(signer.authority, None | Some(Authority::KT));
    let said = ["TM", "T/M", "TL", "TUQ", "T.M"].iter().any(|mark| signer.raw.contains(mark));
    if committee && !own && bare && !said && (head == "chu tich" || head == "pho chu tich") {
        report.add("T515", Some(signer.span), signer.position.as_deref().unwrap_or_default());
    }
}

/// The Party sets a dash before the kind and a stroke before the organ: `15-QĐ/TU`.
fn party_number(record: &Record, report: &mut Report<'_>) {
    let document = &record.document;
    let party = document.issuer.as_ref().is_some_and(|issuer| issuer.level == Some(Level::Party));
    let Some(number) = document.number.as_ref().filter(|_| party) else { return };
    let (Some(canonical), Some(serial), Some(symbol)) = (&number.canonical, &number.serial, &number.symbol) else {
        return;
    };
    let of_party = symbol
        .rsplit(['-', '/'])
        .next()
        .is_some_and(|organ| matches!(organ, "ĐU" | "HU" | "TU" | "ThU" | "QU" | "CB" | "TW"));
    if of_party
        && canonical.strip_prefix(serial.as_str()).is_some_and(|rest| rest.starts_with('/'))
        && let Some((kind, organ)) = symbol.split_once('-')
    {
        let right = format!("{serial}-{kind}/{organ}");
        report.add_with("T516", Some(number.span), &[canonical, &right], &[], Some(&right));
    }
}

/// Whether an organ of the State issued it: their numbers have no dash before the kind, their organs no Party name.
fn of_the_state(record: &Record) -> bool {
    let document = &record.document;
    let Some(issuer) = &document.issuer else { return false };
    let name = skeleton(&issuer.name);
    let head = |head: &str| name.starts_with(head);
    issuer.level != Some(Level::Party)
        && (head("uy ban nhan dan") || head("so ") || head("phong ") || head("chi cuc") || head("cuc ") || head("bo "))
}

#[cfg(test)]
mod tests {
    use crate::Extractor;

    fn codes_of(issuer: &str, number: &str, kind: &str, end: &str, block: &str) -> Vec<String> {
        let text = format!(
            "{issuer}\nXÃ TÂN HÒA\nSố: {number}\nTân Hòa, ngày 12 tháng 5 năm 2022\n{kind}\nKết quả thi đua\n1. Kết quả\nTốt{end}\n\
             Nơi nhận:\n- UBND huyện;\n- Lưu: VT.\n{block}\nNguyễn Văn An\n"
        );
        let record = Extractor::builtin().extract("a.txt", text.as_bytes());
        record.diagnostics.into_iter().map(|d| d.code.into_owned()).filter(|code| code.starts_with("T5")).collect()
    }

    fn codes(issuer: &str, number: &str, block: &str) -> Vec<String> {
        codes_of(issuer, number, "BÁO CÁO", "./.", block)
    }

    #[test]
    fn a_deputy_signs_for_the_head() {
        assert_eq!(codes("ỦY BAN NHÂN DÂN", "12/BC-UBND", "TM. ỦY BAN NHÂN DÂN\nPHÓ CHỦ TỊCH"), ["T511"]);
        assert_eq!(codes("ỦY BAN NHÂN DÂN", "12/BC-UBND", "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"), [""; 0]);
        assert_eq!(codes("ỦY BAN MTTQ VIỆT NAM", "12/BC-MTTQ", "TM. BAN THƯỜNG TRỰC\nPHÓ CHỦ TỊCH"), [""; 0]);
    }

    #[test]
    fn a_committee_signs_together_and_a_department_by_its_head() {
        assert_eq!(codes("ỦY BAN NHÂN DÂN", "12/BC-UBND", "CHỦ TỊCH"), ["T515"]);
        let department = |block| codes("UBND HUYỆN TÂN AN\nPHÒNG NỘI VỤ", "12/BC-PNV", block);
        assert_eq!(department("TM. PHÒNG NỘI VỤ\nTRƯỞNG PHÒNG"), ["T514"]);
        assert_eq!(department("TRƯỞNG PHÒNG"), [""; 0]);
    }

    #[test]
    fn the_party_numbers_in_its_own_way() {
        let party = |number| codes("ĐẢNG BỘ HUYỆN TÂN AN\nĐẢNG ỦY", number, "T/M ĐẢNG ỦY\nBÍ THƯ");
        assert_eq!(party("12/BC-ĐU"), ["T516"]);
        assert_eq!(party("12-BC/ĐU"), [""; 0]);
    }

    #[test]
    fn the_content_ends_with_its_mark() {
        let codes = |end| codes_of("ỦY BAN NHÂN DÂN", "12/BC-UBND", "BÁO CÁO", end, "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH");
        assert_eq!(codes("."), ["T513"]);
        for end in ["./.", ". /.", "./", ".//."] {
            assert_eq!(codes(end), [""; 0], "{end}");
        }
    }
}
