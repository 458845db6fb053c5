//! T517 to T520: the authority before a signature against the issuer and the office of who signs.

use super::Report;
use crate::{
    record::{Authority, Level, Record, Signatory},
    text::skeleton,
};

pub(super) fn check(record: &Record, report: &mut Report<'_>) {
    let document = &record.document;
    let Some(issuer) = &document.issuer else { return };
    let code = document.kind.as_ref().map_or("", |kind| kind.code.as_ref());
    // Minutes and contracts are signed by who took part.
    if matches!(code, "BB" | "HĐ" | "") {
        return;
    }
    let party = issuer.level == Some(Level::Party);
    let name = skeleton(&issuer.name);
    let own = Body::of(&name);
    let foreign = |signer: &Signatory| {
        let behalf = Body::of(&skeleton(signer.on_behalf_of.as_deref()?))?;
        Some(own?.excludes(behalf))
    };
    // A paper of two organs is signed for both.
    let joint = document.signatories.iter().any(|signer| foreign(signer) == Some(false));
    let of_party = party && is_of_the_party(&name);
    for signer in &document.signatories {
        if of_party || own.is_some_and(Body::is_of_the_state) {
            mark(signer, of_party, report);
        }
        if foreign(signer) == Some(true) && !joint {
            let said = [signer.on_behalf_of.as_deref().unwrap_or_default(), &issuer.name];
            report.add_with("T518", Some(signer.span), &said, &[issuer.span], None);
        }
        if !party {
            office(signer, report);
        }
    }
}

/// Whether a name without marks is of the Party itself; the mass organisations sign with the marks of the State.
fn is_of_the_party(name: &str) -> bool {
    const HEADS: [&str; 12] = [
        "dang uy",
        "dang bo",
        "huyen uy",
        "thanh uy",
        "thi uy",
        "quan uy",
        "tinh uy",
        "chi bo",
        "ban tuyen giao",
        "ban to chuc",
        "ban dan van",
        "uy ban kiem tra",
    ];
    HEADS.iter().any(|head| name.starts_with(head))
}

/// What kind of organ a name is of, as far as it tells who may be signed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Body {
    /// Ủy ban nhân dân.
    Committee,
    /// Hội đồng nhân dân and its Thường trực.
    Council,
    /// An organ that its head leads: a Sở, a Phòng.
    Department,
    /// Mặt trận Tổ quốc.
    Front,
    /// The Party and the mass organisations.
    Political,
}

impl Body {
    /// The kind of a name without marks.
    fn of(name: &str) -> Option<Body> {
        const HEADS: [(&str, Body); 20] = [
            ("uy ban nhan dan", Body::Committee),
            ("hoi dong nhan dan", Body::Council),
            ("thuong truc hoi dong nhan dan", Body::Council),
            ("thuong truc hdnd", Body::Council),
            ("so ", Body::Department),
            ("phong ", Body::Department),
            ("chi cuc ", Body::Department),
            ("uy ban mat tran", Body::Front),
            ("uy ban mttq", Body::Front),
            ("ban thuong truc", Body::Front),
            ("ban thuong vu", Body::Political),
            ("ban chap hanh", Body::Political),
            ("dang uy", Body::Political),
            ("huyen uy", Body::Political),
            ("thanh uy", Body::Political),
            ("thi uy", Body::Political),
            ("quan uy", Body::Political),
            ("tinh uy", Body::Political),
            ("chi bo", Body::Political),
            ("cap uy", Body::Political),
        ];
        let found = HEADS.iter().find(|(head, _)| name.starts_with(head))?;
        Some(found.1)
    }

    fn is_of_the_state(self) -> bool {
        matches!(self, Body::Committee | Body::Council | Body::Department)
    }

    /// Whether a paper of this organ cannot be signed for the other. The Front and the mass organisations share words.
    fn excludes(self, other: Body) -> bool {
        self != other && (self.is_of_the_state() || other.is_of_the_state())
    }
}

/// `TM.` in a paper of the Party, `T/M` in one of the State.
fn mark(signer: &Signatory, party: bool, report: &mut Report<'_>) {
    const MARKS: [(&str, &str); 3] = [("TM", "T/M"), ("KT", "K/T"), ("TL", "T/L")];
    for line in signer.raw.lines() {
        let line = line.trim_start();
        for (state, of_party) in MARKS {
            let stands = |mark: &str| line.strip_prefix(mark).is_some_and(|rest| rest.starts_with(['.', ' ', ':']));
            let wrong = if party { state } else { of_party };
            if stands(wrong) {
                let right = if party { of_party.to_owned() } else { format!("{state}.") };
                let (system, other) = if party {
                    (report.pick("Đảng", "the Party"), format!("{wrong}."))
                } else {
                    (report.pick("Nhà nước", "the State"), wrong.to_owned())
                };
                report.add_with("T517", Some(signer.span), &[system, &right, &other], &[], Some(&right));
                return;
            }
        }
    }
}

/// Who may sign under `TL.`, `KT.` and `Q.`.
fn office(signer: &Signatory, report: &mut Report<'_>) {
    const CLERKS: [&str; 5] = ["CHUYÊN VIÊN", "CÔNG CHỨC", "CÁN BỘ", "NHÂN VIÊN", "VIÊN CHỨC"];
    // A clerk's rank is no office: it stands in the block alone.
    let clerk = || CLERKS.into_iter().find(|rank| signer.raw.contains(rank));
    let Some(authority) = signer.authority else { return };
    let Some(position) = signer.position.as_deref().or_else(clerk) else { return };
    let office = skeleton(position);
    let deputy = office.starts_with("pho ");
    let same = signer.acting_for.as_deref().is_some_and(|head| skeleton(head) == office);
    let heads_nothing = || CLERKS.iter().any(|rank| office.starts_with(&skeleton(rank)));
    match authority {
        Authority::TL if deputy || same || heads_nothing() => {
            report.add("T519", Some(signer.span), position);
        }
        Authority::KT if same => report.add("T520", Some(signer.span), position),
        Authority::Q if deputy => report.add("T520", Some(signer.span), position),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::Extractor;

    fn codes(issuer: &str, number: &str, block: &str) -> Vec<String> {
        let text = format!(
            "{issuer}\nSố: {number}\nTân Hòa, ngày 12 tháng 5 năm 2022\nBÁO CÁO\nKết quả thi đua\n1. Kết quả\nTốt./.\n\
             Nơi nhận:\n- UBND huyện;\n- Lưu: VT.\n{block}\nNguyễn Văn An\n"
        );
        let record = Extractor::builtin().extract("a.txt", text.as_bytes());
        let found = record.diagnostics.into_iter().map(|d| d.code);
        found.filter(|code| ("T517".."T521").contains(&code.as_ref())).map(|code| code.into_owned()).collect()
    }

    const COMMITTEE: &str = "ỦY BAN NHÂN DÂN\nXÃ TÂN HÒA";
    const COUNCIL: &str = "HỘI ĐỒNG NHÂN DÂN\nXÃ TÂN HÒA";
    const PARTY: &str = "ĐẢNG BỘ HUYỆN TÂN AN\nĐẢNG ỦY XÃ TÂN HÒA";

    #[test]
    fn the_party_and_the_state_have_their_own_marks() {
        assert_eq!(codes(PARTY, "12-BC/ĐU", "TM. ĐẢNG ỦY\nBÍ THƯ"), ["T517"]);
        assert_eq!(codes(PARTY, "12-BC/ĐU", "T/M ĐẢNG ỦY\nBÍ THƯ"), [""; 0]);
        assert_eq!(codes(COMMITTEE, "12/BC-UBND", "T/M ỦY BAN NHÂN DÂN\nCHỦ TỊCH"), ["T517"]);
        assert_eq!(codes("HUYỆN ĐOÀN TÂN AN\nBCH ĐOÀN XÃ TÂN HÒA", "12-BC/ĐTN", "TM. BAN THƯỜNG VỤ\nBÍ THƯ"), [""; 0]);
    }

    #[test]
    fn a_paper_is_signed_for_its_issuer() {
        assert_eq!(codes(COUNCIL, "12/BC-HĐND", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"), ["T518"]);
        assert_eq!(codes(COUNCIL, "12/BC-HĐND", "TM. THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN\nCHỦ TỊCH"), [""; 0]);
        assert_eq!(codes(COMMITTEE, "12/BC-UBND", "TM. BAN THƯỜNG VỤ\nBÍ THƯ"), ["T518"]);
        assert_eq!(codes("ỦY BAN MTTQ VIỆT NAM\nXÃ TÂN HÒA", "12/BC-MTTQ", "TM. BAN THƯỜNG TRỰC\nCHỦ TỊCH"), [""; 0]);
    }

    #[test]
    fn heads_of_units_sign_by_order_and_deputies_for_their_head() {
        let committee = |block| codes(COMMITTEE, "12/BC-UBND", block);
        assert_eq!(committee("TL. CHỦ TỊCH\nPHÓ CHÁNH VĂN PHÒNG"), ["T519"]);
        assert_eq!(committee("TL. CHỦ TỊCH\nCHUYÊN VIÊN CHÍNH"), ["T519"]);
        assert_eq!(committee("TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG"), [""; 0]);
        assert_eq!(committee("TL. CHỦ TỊCH\nKT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG"), [""; 0]);
        assert_eq!(committee("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nCHỦ TỊCH"), ["T520"]);
        assert_eq!(committee("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"), [""; 0]);
        assert_eq!(committee("Q. CHỦ TỊCH"), [""; 0]);
    }
}
