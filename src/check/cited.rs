//! T202 to T214: the form of each citation, and what its parts say of one another.

use super::{Report, open::has_open_day, page::Page};
use crate::{
    grammar::symbol::{Parts, parts},
    record::{Citation, DocumentNumber, Level, Precision, Record, Role},
    rules::{DocType, Rules},
    text::{letter, skeleton},
};
use rustc_hash::{FxHashMap, FxHashSet};

pub(super) fn check(record: &Record, page: &Page<'_>, rules: &Rules, report: &mut Report<'_>) {
    let last_day = record.document.date.as_ref().and_then(|date| match date.precision {
        Precision::Day => date.value.as_deref(),
        _ => date.latest.as_deref(),
    });
    let mut dated: FxHashMap<&str, &Citation> = FxHashMap::default();
    let mut met: FxHashSet<&str> = FxHashSet::default();
    let mut symbols: FxHashMap<&str, Parts> = FxHashMap::default();
    for citation in &record.citations {
        let Some(number) = &citation.number else { continue };
        if number.canonical.as_deref().is_some_and(|canonical| met.insert(canonical)) {
            undated(citation, number, page, report);
            unsigned(record, citation, number, page, report);
        }
        malformed(citation, number, report);
        if let (Some(symbol), Some(serial)) = (number.symbol.as_deref(), number.serial.as_deref()) {
            let read = symbols.entry(symbol).or_insert_with(|| parts(symbol, rules.codes()));
            self::symbol(citation, number, (symbol, serial), read, rules, report);
        }
        years(citation, number, report);
        if let (Some(day), Some(last)) = (day(citation), last_day)
            && day > last
        {
            report.add("T207", Some(citation.span), &citation.raw);
        }
        two_dates(citation, number, &mut dated, report);
    }
}

/// The most bytes before a citation in which the organ that gave the number may stand: `UBND tỉnh đã có Tờ trình số …`.
const BEFORE: usize = 120;

/// A number that every unit gives, with its day and without the organ that gave it.
fn unsigned(record: &Record, citation: &Citation, number: &DocumentNumber, page: &Page<'_>, report: &mut Report<'_>) {
    let Some(symbol) = number.symbol.as_deref().filter(|_| citation.date.is_some()) else { return };
    let shared = symbol.split(['-', '/']).any(|group| matches!(group, "UBND" | "HĐND" | "ĐU" | "HU" | "TU" | "BCĐ"));
    let bare = citation.issuer.is_none() && citation.key.is_none() && citation.refers_to.is_none();
    // `Nghị quyết số 12-NQ/ĐU, ngày … và Nghị quyết số 15-NQ/ĐU, ngày … của Đảng ủy xã`: the organ is named once.
    let shared_organ = || {
        let next = record.citations.partition_point(|next| next.span.start < citation.span.end);
        record.citations.get(next).is_some_and(|next| {
            let same = next.number.as_ref().is_some_and(|other| other.issuers == number.issuers);
            let joined = || page.between(citation.span, next.span).trim_matches([' ', ',', ';', '\n']);
            next.issuer.is_some() && same && matches!(joined(), "" | "và")
        })
    };
    // A paper of the same series is the issuer's own.
    let own = record.document.number.as_ref().is_some_and(|number| number.symbol.as_deref() == Some(symbol));
    if !shared || !bare || own || shared_organ() {
        return;
    }
    let before = skeleton(page.before(citation.span, BEFORE));
    let named = ["ubnd", "hdnd", "uy ban", "hoi dong", "dang uy", "huyen uy", "tinh uy", "thanh uy", "ban chi dao"];
    if !named.iter().any(|organ| before.contains(organ)) {
        report.add("T213", Some(citation.span), &citation.raw);
    }
}

/// The whole day stated with a citation.
fn day(citation: &Citation) -> Option<&str> {
    citation.date.as_ref().filter(|date| date.precision == Precision::Day)?.value.as_deref()
}

/// The first citation of a number has its day.
fn undated(citation: &Citation, number: &DocumentNumber, page: &Page<'_>, report: &mut Report<'_>) {
    // `312/SNV CCVC ngày …`: the number was read up to the space.
    if let (None, Some(canonical)) = (&citation.date, &number.canonical)
        && let Some(rest) = cut_off(citation, page)
    {
        let (raw, mended) = (format!("{} {rest}", number.raw), format!("{canonical}-{rest}"));
        report.add_with("T204", Some(citation.span), &[&raw, &mended], &[], Some(&mended));
        return;
    }
    // A law is cited by its name, with or without its number.
    let law = number.symbol.as_deref().is_none_or(|symbol| symbol.starts_with("QH"));
    if citation.date.is_none() && citation.name.is_none() && !law && !has_open_day(citation, page) {
        let code = if citation.role == Role::Basis { "T202" } else { "T203" };
        report.add(code, Some(citation.span), &citation.raw);
    }
}

/// The letters of a symbol that stand behind a number, apart from it by a space, with the day behind them.
fn cut_off<'t>(citation: &Citation, page: &Page<'t>) -> Option<&'t str> {
    let behind = page.behind(citation.span, 40).strip_prefix(' ')?;
    let end = behind.find(|c: char| !letter::is_uppercase(c))?;
    let dated = behind[end..].trim_start_matches([' ', ',']).starts_with("ngày ");
    (2..=12).contains(&end).then_some(&behind[..end]).filter(|_| dated)
}

/// A number whose form had to be mended; line breaks are those of the page, not of the author.
fn malformed(citation: &Citation, number: &DocumentNumber, report: &mut Report<'_>) {
    let Some(canonical) = number.canonical.as_deref() else { return };
    let plain = |text: &str| -> String {
        text.chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| if matches!(c, '–' | '—' | '−') { '-' } else { c })
            .collect()
    };
    // `39 TT/LB` was a form of its time.
    let old = citation.year.is_some_and(|year| year < 2005);
    if number.certainty.is_stated() || citation.raw.contains(canonical) || old {
        return;
    }
    // `KH UBND` and `KH - UBND`: letters and marks apart from spaces tell the one from the other.
    let spaces_only = plain(&number.raw).ends_with(&plain(canonical));
    if !spaces_only {
        report.add_with("T204", Some(citation.span), &[&number.raw, canonical], &[], Some(canonical));
    } else if !number.raw.contains('\n') {
        report.add_with("T205", Some(citation.span), &[&number.raw, canonical], &[], Some(canonical));
    }
}

/// The symbol against the kind and the organ stated, and against the years in which it was used.
fn symbol(
    citation: &Citation,
    number: &DocumentNumber,
    (symbol, serial): (&str, &str),
    read: &Parts,
    rules: &Rules,
    report: &mut Report<'_>,
) {
    let stated = citation.doc_type.as_ref().filter(|kind| kind.span.is_some());
    if let (Some(kind), Some(stated)) = (read.kind.as_deref().and_then(|group| rules.kind_of_code(group)), stated) {
        let (a, b) = (kind.code.as_ref(), stated.code.as_ref());
        let canonical = number.canonical.as_deref();
        let party =
            canonical.and_then(|canonical| canonical.strip_prefix(serial)).is_some_and(|rest| rest.starts_with('-'));
        // `TTr` in the symbol of a letter is the organ that writes it: thanh tra.
        let letter = b == "CV" || b == "VB";
        let same = a.starts_with(b) || b.starts_with(a) || (a == "QĐ" && b == "QyĐ");
        if !(party || letter || same) {
            report.add_with("T206", Some(citation.span), &[&stated.name, symbol, &kind.name], &[], None);
        }
    }
    let own = own_symbol(citation, symbol, &read.issuers, rules);
    // A kind was stated, the symbol has two parts, and the first is no kind and no organ, or a kind with letters added.
    let first = symbol.split(['-', '/']).next().unwrap_or_default();
    let letter = stated
        .is_none_or(|stated| matches!(stated.code.as_ref(), "CV" | "VB" | "L" | "SL" | "Luật" | "BL" | "PL" | "HP"));
    let recent = citation.year.is_none_or(|year| year >= 2005);
    let added = |kind: &DocType| {
        first.strip_prefix(kind.code.as_ref()).is_some_and(|more| {
            // `NQLT`, `KHPH` are of several organs; `GPXD` is a kind of its own.
            more.chars().count() > 1 && !matches!(more, "LT" | "LN" | "LB" | "PH") && kind.code != "GP"
        })
    };
    if rules.kind_of_code(first).is_none_or(added)
        && !letter
        && recent
        && own.is_none()
        && first.len() < symbol.len()
        && rules.organ_of_code(first).is_none()
    {
        let right = stated.map_or("", |stated| stated.code.as_ref());
        report.add_with("T214", Some(citation.span), &[first, right], &[], None);
    }
    if let Some(right) = own {
        let mended = number.canonical.as_deref().unwrap_or(symbol).replace(symbol, &right);
        report.add_with("T209", Some(citation.span), &[symbol, &mended], &[], Some(&mended));
    }
    let yearly = |kind: &str, organ: &str| match kind {
        "NĐ" => organ == "CP",
        "TT" | "TTLT" => organ.starts_with('B') || organ == "NHNN" || organ == "TTCP" || organ == "VPCP",
        _ => false,
    };
    // Before 1997 no number held its year.
    let new = citation.year.is_none_or(|year| year >= 1998);
    if let (Some(kind), Some(organ)) = (&read.kind, read.issuers.first())
        && number.year.is_none()
        && new
        && yearly(kind, organ)
    {
        report.add("T211", Some(citation.span), &citation.raw);
    }
}

/// The symbol with the code of the central organ stated, where it ends in none that is known.
fn own_symbol(citation: &Citation, symbol: &str, issuers: &[String], rules: &Rules) -> Option<String> {
    let issuer = citation.issuer.as_ref()?;
    let [group] = issuers else { return None };
    if rules.organ_of_code(group).is_some() {
        return None;
    }
    let tables = rules.tables();
    let wanted = skeleton(&issuer.name);
    let known = |organ: usize| {
        let organ = &tables.organs[organ];
        organ.level == Some(Level::Central) && !organ.runs_on && skeleton(&organ.name) == wanted
    };
    let mut codes: Vec<&String> = tables.organ_symbols.keys().filter(|code| code.starts_with(group.as_str())).collect();
    codes.sort();
    let code = codes.into_iter().find(|code| tables.organ_symbols.get(*code).is_some_and(|at| known(*at)))?;
    Some(format!("{}{code}", symbol.strip_suffix(group.as_str())?))
}

fn years(citation: &Citation, number: &DocumentNumber, report: &mut Report<'_>) {
    let date = citation.date.as_ref().and_then(|date| date.value.as_deref()).and_then(|value| value.get(..4));
    if let (Some(inside), Some(stated)) = (number.year, date)
        && stated.parse() != Ok(inside)
    {
        report.add_with("T212", Some(citation.span), &[&inside.to_string(), stated], &[], None);
    }
}

/// One number with two days: the same act by year, symbol and issuer.
fn two_dates<'r>(
    citation: &'r Citation,
    number: &'r DocumentNumber,
    dated: &mut FxHashMap<&'r str, &'r Citation>,
    report: &mut Report<'_>,
) {
    let (Some(canonical), Some(now)) = (number.canonical.as_deref().filter(|_| number.symbol.is_some()), day(citation))
    else {
        return;
    };
    let Some(first) = dated.get(canonical) else {
        dated.insert(canonical, citation);
        return;
    };
    let issuer = |citation: &Citation| citation.issuer.as_ref().map(|issuer| skeleton(&issuer.name));
    let same_issuer = number.year.is_some() || issuer(first) == issuer(citation);
    if let Some(then) = day(first)
        && then != now
        && then[..4] == now[..4]
        && same_issuer
    {
        report.add_with("T208", Some(citation.span), &[canonical, then, now], &[first.span], None);
    }
}
