//! Why a line lies in its zone: what the parts of the head and tail say of it.

use super::{Layout, PaperLines, Zone};
use crate::text::Span;

/// Why a line lies in its zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ZoneReason {
    /// It is a page number or a gazette's running head.
    RunningHead,
    /// It names an annex or attached paper, or goes on with its title.
    PaperHeading,
    /// It holds entries behind `Nơi nhận:`.
    Recipients,
    /// It holds words of a signature's column.
    Signature,
    /// It stands among recipients and signatures, though neither column holds it.
    Tail,
    /// It holds the words `Số …`.
    Number,
    /// It holds place and date.
    PlaceDate,
    /// It holds the name of the paper's type.
    TypeLine,
    /// It names the issuing organ.
    Issuer,
    /// It holds the subject.
    Title,
    /// It holds `Kính gửi:` or an entry of it.
    Addressees,
    /// It holds a stamp.
    Stamp,
    /// It stands before the end of the head, though no part of the head holds it.
    Head,
    /// It opens or goes on with a ground (`Căn cứ …`) before the first heading or article.
    Grounds,
    /// It is a row of cells between bars.
    TableRow,
    /// Nothing else claims it.
    Body,
}

impl ZoneReason {
    /// The reason in words.
    pub fn says(self) -> &'static str {
        match self {
            ZoneReason::RunningHead => "the line is a page number or a running head",
            ZoneReason::PaperHeading => "the line is the heading of an annex or attached paper",
            ZoneReason::Recipients => "the line holds entries behind `Nơi nhận:`",
            ZoneReason::Signature => "the line holds words of a signature's column",
            ZoneReason::Tail => "the line stands behind the first line of recipients or signatures",
            ZoneReason::Number => "the line holds the paper's number",
            ZoneReason::PlaceDate => "the line holds place and date",
            ZoneReason::TypeLine => "the line holds the name of the paper's type",
            ZoneReason::Issuer => "the line names the issuing organ",
            ZoneReason::Title => "the line holds the subject, under the type or behind `V/v`",
            ZoneReason::Addressees => "the line holds `Kính gửi:` or an entry of it",
            ZoneReason::Stamp => "the line holds a stamp",
            ZoneReason::Head => "the line stands before the last part of the letterhead",
            ZoneReason::Grounds => "the line belongs to the grounds (`Căn cứ …`), before the first heading or article",
            ZoneReason::TableRow => "the line is a row of cells between bars",
            ZoneReason::Body => "neither letterhead, grounds, recipients nor signatures claim the line",
        }
    }

    /// Whether a line of a zone can lie there for this reason.
    #[cfg(test)]
    fn fits(self, zone: Zone) -> bool {
        match self {
            ZoneReason::RunningHead => zone == Zone::Noise,
            ZoneReason::PaperHeading => zone == Zone::Title,
            ZoneReason::Recipients => zone == Zone::Recipients,
            ZoneReason::Signature | ZoneReason::Tail => zone == Zone::Signature,
            ZoneReason::Title => zone == Zone::Title,
            ZoneReason::Addressees => zone == Zone::Addressees,
            ZoneReason::Number
            | ZoneReason::PlaceDate
            | ZoneReason::TypeLine
            | ZoneReason::Issuer
            | ZoneReason::Stamp
            | ZoneReason::Head => zone == Zone::Letterhead,
            ZoneReason::Grounds => zone == Zone::Grounds,
            ZoneReason::TableRow => zone == Zone::Table,
            ZoneReason::Body => zone == Zone::Body,
        }
    }
}

impl Layout {
    /// The paper that holds a line.
    pub fn paper_at(&self, line: usize) -> Option<&PaperLines> {
        self.papers.iter().find(|paper| paper.lines.contains(&line))
    }

    /// Why a line lies in its zone; `None` past the last line.
    pub fn reason(&self, line: usize) -> Option<ZoneReason> {
        let (zone, full) = (*self.zones.get(line)?, self.lines.get(line)?.full);
        let paper = self.paper_at(line)?;
        let holds = |spans: &[Span]| spans.iter().any(|span| full.contains(*span));
        let one = |span: Option<Span>| span.is_some_and(|span| full.contains(span));
        let head = &paper.head;
        Some(match zone {
            Zone::Noise => ZoneReason::RunningHead,
            Zone::Table => ZoneReason::TableRow,
            Zone::Body => ZoneReason::Body,
            Zone::Grounds => ZoneReason::Grounds,
            Zone::Recipients => ZoneReason::Recipients,
            Zone::Signature if paper.tail.signatures.iter().any(|column| holds(column)) => ZoneReason::Signature,
            Zone::Signature => ZoneReason::Tail,
            Zone::Addressees => ZoneReason::Addressees,
            Zone::Title if paper.heading.contains(&line) => ZoneReason::PaperHeading,
            Zone::Title => ZoneReason::Title,
            Zone::Letterhead if one(head.number) => ZoneReason::Number,
            Zone::Letterhead if one(head.place_date) => ZoneReason::PlaceDate,
            Zone::Letterhead if one(head.type_line) => ZoneReason::TypeLine,
            Zone::Letterhead if holds(&head.issuer) => ZoneReason::Issuer,
            Zone::Letterhead if head.stamps.iter().any(|(_, span)| full.contains(*span)) => ZoneReason::Stamp,
            Zone::Letterhead => ZoneReason::Head,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rules;

    fn reasons(text: &str) -> Vec<ZoneReason> {
        let layout = Layout::new(text, Rules::builtin());
        let found: Vec<_> = (0..layout.lines.len()).filter_map(|line| layout.reason(line)).collect();
        for (reason, zone) in found.iter().zip(&layout.zones) {
            assert!(reason.fits(*zone), "{reason:?} for {zone:?}");
        }
        assert_eq!(found.len(), layout.zones.len());
        found
    }

    #[test]
    fn the_parts_of_a_paper_tell_why() {
        use ZoneReason::*;
        let text = "UBND XÃ AN BÌNH\nSố: 12/KH-UBND\nAn Bình, ngày 05 tháng 3 năm 2021\nKẾ HOẠCH\nPhòng chống thiên tai\n\
            Căn cứ Luật Đê điều năm 2006;\nỦy ban nhân dân xã xây dựng kế hoạch như sau:\n1. Mục đích\nGiữ vững đê bao.\n\
            Nơi nhận:\n- Như trên;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn Tư\n";
        let found = reasons(text);
        for reason in [Issuer, Number, PlaceDate, TypeLine, Title, Grounds, Body, Recipients, Signature] {
            assert!(found.contains(&reason), "{reason:?} of {found:?}");
        }
        assert_eq!(found[1], Number);
    }

    #[test]
    fn rows_and_page_numbers_tell_why() {
        let found = reasons("1. Số liệu\n| STT | Tên |\n| 1 | Đê |\n\n- 2 -\n\nXã có đê.");
        assert!(found.contains(&ZoneReason::TableRow) && found.contains(&ZoneReason::RunningHead), "{found:?}");
    }
}
