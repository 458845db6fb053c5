//! What an archive says of citations that no catalogue knows: whether it holds the paper, and whether it is the one meant.

use super::identity::apart;
use crate::record::{ActFound, CatalogueUsed, Citation, Record, Resolved, Unchecked, Validity};

/// Lets an archive answer for the citations of a record that no catalogue answered.
///
/// `held` gives the papers under a citation's key, `archive` is what outputs say of the archive. A paper that is held is
/// found, not checked: an archive does not say whether it is still in force. One with another day or another subject is
/// reported as such.
pub fn ask_archive(
    record: &Record,
    resolved: &mut Resolved,
    archive: CatalogueUsed,
    mut held: impl FnMut(&str) -> Vec<ActFound>,
) {
    for one in &mut resolved.citations {
        let Some(citation) = record.citations.get(one.citation) else { continue };
        let open = !one.status.is_checked() && one.act.is_none() && one.source.is_none();
        let Some(key) = citation.key.as_deref().filter(|_| open) else { continue };
        let papers = held(key);
        let Some(paper) = papers.iter().find(|paper| same_day(citation, paper)).or(papers.first()) else { continue };
        (one.status, one.reason) = match paper {
            paper if !same_day(citation, paper) => (Validity::DateDisagrees, None),
            paper if other_subject(citation, paper) => (Validity::NumberNameDisagree, None),
            _ => (Validity::Unchecked, Some(Unchecked::Held)),
        };
        one.act = Some(paper.clone());
        one.source = Some(archive.name.clone());
    }
    resolved.catalogues.push(archive);
}

/// Whether the days agree, as far as both are known.
fn same_day(citation: &Citation, paper: &ActFound) -> bool {
    let stated = citation.date.as_ref().and_then(|date| date.value.as_deref());
    stated.zip(paper.issued.as_deref()).is_none_or(|(a, b)| a.starts_with(b) || b.starts_with(a))
}

fn other_subject(citation: &Citation, paper: &ActFound) -> bool {
    let stated = citation.subject.as_ref().map(|subject| subject.text.as_str());
    stated.zip(paper.name.as_deref()).is_some_and(|(a, b)| apart(a, b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Extractor, Rules, validity::resolve};

    fn answer(issued: &str, name: &str) -> (Validity, Option<Unchecked>, Option<String>) {
        let text = "ỦY BAN NHÂN DÂN\nXÃ TÂN HÒA\nSố: 15/KH-UBND\nTân Hòa, ngày 12 tháng 9 năm 2024\nKẾ HOẠCH\nQuản lý đất\n\
                    Căn cứ Kế hoạch số 40/KH-UBND ngày 01/02/2024 của UBND huyện Hoa Lư về quản lý đất công ích;\n1. Làm tốt.\n";
        let record = Extractor::builtin().extract("a.txt", text.as_bytes());
        let mut resolved = resolve(&record, Rules::builtin(), &[], None);
        let archive = CatalogueUsed { name: "kho.db".to_owned(), version: String::new(), acts: 1, known: None };
        let paper = ActFound { issued: Some(issued.to_owned()), name: Some(name.to_owned()), ..ActFound::default() };
        ask_archive(&record, &mut resolved, archive, |_| vec![paper.clone()]);
        assert_eq!(resolved.checked, 0, "an archive does not say what is in force");
        let one = &resolved.citations[0];
        (one.status, one.reason, one.source.clone())
    }

    #[test]
    fn a_paper_that_is_held_answers_for_its_citation() {
        let source = Some("kho.db".to_owned());
        let own = "Quản lý đất công ích năm 2024";
        assert_eq!(answer("2024-02-01", own), (Validity::Unchecked, Some(Unchecked::Held), source.clone()));
        assert_eq!(answer("2024-02", own), (Validity::Unchecked, Some(Unchecked::Held), source.clone()));
        assert_eq!(answer("2024-02-07", own), (Validity::DateDisagrees, None, source.clone()));
        assert_eq!(answer("2024-02-01", "Phòng chống dịch bệnh mùa hè"), (Validity::NumberNameDisagree, None, source));
    }
}
