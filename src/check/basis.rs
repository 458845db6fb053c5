//! T215 to T218, off by default: which papers are bases, and whether they may be.

use super::Report;
use crate::{
    record::{Citation, Record, Relation, Role},
    rules::Rules,
    text::skeleton,
};
use rustc_hash::FxHashSet;

pub(super) fn check(record: &Record, rules: &Rules, report: &mut Report<'_>) {
    let mut bases: FxHashSet<String> = FxHashSet::default();
    for citation in record.citations.iter().filter(|citation| citation.role == Role::Basis) {
        rank(citation, report);
        let Some(act) = act(citation) else { continue };
        if !bases.insert(act) && citation.pinpoints.is_empty() {
            report.add("T216", Some(citation.span), &citation.raw);
        }
    }
    for citation in &record.citations {
        power(citation, rules, report);
    }
    if bases.is_empty() {
        return;
    }
    for citation in record.citations.iter().filter(|citation| citation.role == Role::Mention) {
        let binds = citation
            .doc_type
            .as_ref()
            .is_some_and(|kind| matches!(kind.code.as_ref(), "Luật" | "BL" | "PL" | "NĐ" | "TT" | "TTLT"));
        if let Some(act) = act(citation).filter(|_| binds)
            && bases.insert(act)
        {
            report.add("T215", Some(citation.span), &citation.raw);
        }
    }
}

/// What makes two citations one act.
fn act(citation: &Citation) -> Option<String> {
    let number = citation.number.as_ref().and_then(|number| number.canonical.as_deref());
    citation.key.clone().or_else(|| number.or(citation.name.as_deref()).map(skeleton))
}

/// A paper that lays down no rules, cited as `Căn cứ`.
fn rank(citation: &Citation, report: &mut Report<'_>) {
    const PAPERS: [&str; 15] =
        ["CV", "VB", "TB", "KH", "BC", "TTr", "BB", "HD", "KL", "CTr", "ĐA", "PA", "GM", "CĐ", "DA"];
    let Some(kind) = citation.doc_type.as_ref().filter(|kind| PAPERS.contains(&kind.code.as_ref())) else { return };
    if citation.relation == Some(Relation::LegalGround) {
        report.add_with("T217", Some(citation.span), &[&kind.name, &citation.raw], &[], None);
    }
}

/// A form of act that the organ stated, or that of the symbol, has no power to issue.
fn power(citation: &Citation, rules: &Rules, report: &mut Report<'_>) {
    let Some(number) = &citation.number else { return };
    let (Some(symbol), Some(kind)) = (number.symbol.as_deref(), &citation.doc_type) else { return };
    // The Party's `TT` is Thông tri: its numbers have a dash before the kind.
    let of_party = number
        .canonical
        .as_deref()
        .zip(number.serial.as_deref())
        .is_some_and(|(whole, serial)| whole.strip_prefix(serial).is_some_and(|rest| rest.starts_with('-')));
    if of_party {
        return;
    }
    let stated = citation.issuer.as_ref().map(|issuer| skeleton(&issuer.name)).unwrap_or_default();
    let organ = symbol.rsplit(['-', '/']).next().unwrap_or_default();
    let begins = |heads: &[&str]| heads.iter().any(|head| stated.starts_with(head));
    let local =
        || matches!(organ, "UBND" | "HĐND") || begins(&["uy ban nhan dan", "hoi dong nhan dan", "so ", "phong "]);
    let wrong = match kind.code.as_ref() {
        "NĐ" => local() || begins(&["bo ", "thu tuong", "quoc hoi"]),
        "TT" => local() || begins(&["chinh phu", "thu tuong", "quoc hoi"]),
        "PL" | "Luật" => local() || begins(&["chinh phu", "thu tuong", "bo "]),
        "NQ" => organ == "UBND" || begins(&["uy ban nhan dan", "so ", "phong ", "bo ", "thu tuong"]),
        "CT" => organ == "HĐND" || begins(&["hoi dong nhan dan"]),
        _ => false,
    };
    if wrong {
        let named = citation.issuer.as_ref().map(|issuer| issuer.name.as_str());
        let named = named.or_else(|| rules.organ_of_code(organ).map(|organ| organ.name.as_ref())).unwrap_or(organ);
        report.add_with("T218", Some(citation.span), &[&kind.name, named], &[], None);
    }
}
