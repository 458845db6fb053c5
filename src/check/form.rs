//! T511, T512: the form of the document (Nghị định 30/2020/NĐ-CP); the Party and the mass organisations have their own.

use super::Report;
use crate::{
    record::{Authority, Level, Record},
    text::skeleton,
};

pub(super) fn check(record: &Record, report: &mut Report<'_>) {
    let document = &record.document;
    let code = document.kind.as_ref().map_or("", |kind| kind.code.as_str());
    // Minutes and contracts are signed by who took part.
    if matches!(code, "BB" | "HĐ" | "") || !of_the_state(record) {
        return;
    }
    for signer in &document.signatories {
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

    fn codes(issuer: &str, number: &str, block: &str) -> Vec<String> {
        let text = format!(
            "{issuer}\nXÃ TÂN HÒA\nSố: {number}\nTân Hòa, ngày 12 tháng 5 năm 2022\nBÁO CÁO\nKết quả thi đua\n1. Kết quả\nTốt./.\n\
             Nơi nhận:\n- UBND huyện;\n- Lưu: VT.\n{block}\nNguyễn Văn An\n"
        );
        let record = Extractor::builtin().extract("a.txt", text.as_bytes());
        record.diagnostics.into_iter().map(|d| d.code).filter(|code| code.starts_with("T5")).collect()
    }

    #[test]
    fn a_deputy_signs_for_the_head() {
        assert_eq!(codes("ỦY BAN NHÂN DÂN", "12/BC-UBND", "TM. ỦY BAN NHÂN DÂN\nPHÓ CHỦ TỊCH"), ["T511"]);
        assert_eq!(codes("ỦY BAN NHÂN DÂN", "12/BC-UBND", "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"), [""; 0]);
        assert_eq!(codes("ỦY BAN MTTQ VIỆT NAM", "12/BC-MTTQ", "TM. BAN THƯỜNG TRỰC\nPHÓ CHỦ TỊCH"), [""; 0]);
    }
}
