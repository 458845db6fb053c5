//! Which act a citation means: at most one.

use super::{
    catalogue::{Act, Catalogue, End},
    day::Day,
    name::{full_name, likely_name},
};
use crate::{
    record::{Citation, DocumentNumber, Level, Precision, Validity},
    rules::Rules,
    text::skeleton,
};
use jiff::civil::Date;

/// What a catalogue makes of a citation.
pub(super) enum Identity<'c> {
    /// This act.
    Act(&'c Act),
    /// This act by one part of the citation; another part belongs to another.
    Disagrees(&'c Act, Validity),
    /// Several acts answer.
    Several,
    /// The number or name that may be meant.
    Suggested(String),
    /// The number lacks what would single out an act.
    Incomplete,
    /// It does not hold it.
    None,
}

/// Which act of a catalogue is cited.
pub(super) fn identify<'c>(
    citation: &Citation,
    rules: &Rules,
    catalogue: &'c Catalogue,
    day: Option<Day>,
) -> Identity<'c> {
    let number = citation.number.as_ref().and_then(|number| Some((number, number.canonical.as_deref()?)));
    match (number, citation.name.as_deref()) {
        (Some((number, written)), name) => by_number(citation, number, written, name, rules, catalogue),
        (None, Some(name)) => by_name(citation, name, rules, catalogue, day),
        (None, None) => Identity::None,
    }
}

/// Whether a number is one of an act of a central organ.
pub(super) fn is_central(number: &DocumentNumber, rules: &Rules) -> bool {
    let symbol = number.symbol.as_deref().unwrap_or_default();
    let groups = || symbol.split(['-', '/']);
    let act =
        groups().next().is_some_and(|kind| matches!(kind, "NĐ" | "TT" | "TTLT" | "NQ" | "QĐ" | "CT" | "PL" | "L"));
    let parliament = groups().any(|group| group.starts_with("QH") || group.starts_with("UBTVQH"));
    let organ = |group| rules.organ_of_code(group).is_some_and(|organ| organ.level == Some(Level::Central));
    parliament || (act && groups().skip(1).any(organ))
}

fn by_number<'c>(
    citation: &Citation,
    number: &DocumentNumber,
    written: &str,
    name: Option<&str>,
    rules: &Rules,
    catalogue: &'c Catalogue,
) -> Identity<'c> {
    let stated = stated_day(citation);
    let mut acts = catalogue.with_number(written);
    if acts.is_empty() {
        let subject = citation.subject.as_ref().map(|subject| subject.text.as_str());
        return elsewhere(number, subject, written, stated, name, rules, catalogue);
    }
    let central = is_central(number, rules);
    let yearly = number.year.is_none() && acts.iter().all(|act| act.kind.as_deref() != Some("Luật"));
    if yearly || !central {
        // A number that begins anew each year, or is given by every commune, means nothing without its day.
        let Some(day) = stated else { return Identity::Incomplete };
        let on_day: Vec<&Act> = acts.iter().copied().filter(|act| act.issued == Some(day)).collect();
        if on_day.is_empty() {
            acts.retain(|act| central && act.issued.is_some_and(|issued| issued.year() == day.year()));
            return match acts.as_slice() {
                [act] => Identity::Disagrees(act, Validity::DateDisagrees),
                _ => Identity::None,
            };
        }
        acts = on_day;
        if !central {
            let Some(issuer) = citation.issuer.as_ref() else { return Identity::Several };
            acts.retain(|act| act.issuer.as_deref().is_some_and(|theirs| same_organ(&issuer.name, theirs)));
        }
    }
    if acts.len() > 1 && acts.iter().any(|act| act.issued == stated) {
        acts.retain(|act| act.issued == stated);
    }
    match acts.as_slice() {
        [] => Identity::None,
        [act] => agreeing(act, citation, name, rules, stated),
        _ => Identity::Several,
    }
}

/// An act found by its number, unless name, date or issuer belong to another.
fn agreeing<'c>(
    act: &'c Act,
    citation: &Citation,
    name: Option<&str>,
    rules: &Rules,
    stated: Option<Date>,
) -> Identity<'c> {
    let other_name = match (name, &act.name) {
        (Some(name), Some(theirs)) if act.is_named() => {
            let name = full_name(rules, name).unwrap_or(name);
            apart(name, theirs)
        }
        (None, Some(theirs)) => citation.subject.as_ref().is_some_and(|subject| apart(&subject.text, theirs)),
        _ => false,
    };
    if other_name {
        return Identity::Disagrees(act, Validity::NumberNameDisagree);
    }
    if let (Some(stated), Some(issued)) = (stated, act.issued)
        && stated != issued
    {
        return Identity::Disagrees(act, Validity::DateDisagrees);
    }
    if let (Some(stated), Some(issuer)) = (&citation.issuer, &act.issuer)
        && !same_organ(&stated.name, issuer)
        && is_head_of_state_organ(&stated.name)
        && is_head_of_state_organ(issuer)
    {
        return Identity::Disagrees(act, Validity::IssuerDisagrees);
    }
    Identity::Act(act)
}

/// Whether two names or subjects have next to nothing in common.
pub(super) fn apart(a: &str, b: &str) -> bool {
    shared(a, b) < 0.25
}

/// How much of the shorter of two names or subjects stands in the other, from 0 to 1; 1 where one says next to nothing.
fn shared(a: &str, b: &str) -> f64 {
    const COMMON: [&str; 16] = [
        "ve", "viec", "quy", "dinh", "chi", "tiet", "mot", "so", "dieu", "cua", "luat", "va", "thi", "hanh", "huong",
        "dan",
    ];
    let words = |text: &str| -> Vec<String> {
        skeleton(text).split(' ').filter(|word| !COMMON.contains(word)).map(str::to_owned).collect()
    };
    let (a, b) = (words(a), words(b));
    let shared = a.iter().filter(|word| b.contains(word)).count();
    let shorter = a.len().min(b.len());
    if shorter < 2 { 1.0 } else { shared as f64 / shorter as f64 }
}

/// Whether two names mean one organ: the head of a ministry signs for it.
fn same_organ(a: &str, b: &str) -> bool {
    let plain = |name: &str| {
        let name = skeleton(name);
        let name = ["bo truong ", "chu tich ", "tong "]
            .iter()
            .find_map(|head| name.strip_prefix(head))
            .unwrap_or(&name)
            .to_owned();
        name.replace("ubnd", "uy ban nhan dan").replace("hdnd", "hoi dong nhan dan")
    };
    let (a, b) = (plain(a), plain(b));
    let prime = |name: &str| name.starts_with("thu tuong");
    prime(&a) == prime(&b) && (a.contains(&b) || b.contains(&a))
}

/// Whether a name is one of the few whose acts nobody can mistake: an organ's own name may change, theirs do not.
fn is_head_of_state_organ(name: &str) -> bool {
    let name = skeleton(name);
    ["chinh phu", "thu tuong", "quoc hoi", "uy ban thuong vu quoc hoi", "bo "].iter().any(|head| name.starts_with(head))
}

/// A number that the catalogue does not hold as it stands.
fn elsewhere<'c>(
    number: &DocumentNumber,
    subject: Option<&str>,
    written: &str,
    stated: Option<Date>,
    name: Option<&str>,
    rules: &Rules,
    catalogue: &'c Catalogue,
) -> Identity<'c> {
    if let Some(name) = name {
        let name = full_name(rules, name).unwrap_or(name);
        let on_day = catalogue.with_name(name).into_iter().filter(|act| stated.is_some() && act.issued == stated);
        let mut on_day = on_day.filter(|act| act.number.is_some());
        return match (on_day.next(), on_day.next()) {
            (Some(act), None) => Identity::Disagrees(act, Validity::NumberNameDisagree),
            _ => Identity::None,
        };
    }
    if number.year.is_none() {
        let mut short = catalogue.with_short(written);
        if let Some(stated) = stated {
            short.retain(|act| act.issued == Some(stated));
        } else if let Some(subject) = subject
            && short.len() > 1
        {
            short.retain(|act| act.name.as_deref().is_some_and(|name| shared(subject, name) >= 0.5));
        }
        match short.as_slice() {
            [] => {}
            [act] => return Identity::Suggested(act.cited_as()),
            _ => return Identity::Incomplete,
        }
    }
    let (Some(serial), Some(stated), Some(symbol)) = (&number.serial, stated, &number.symbol) else {
        return Identity::None;
    };
    let kind = |symbol: &str| symbol.split(['-', '/']).next().unwrap_or_default().to_owned();
    let like = |act: &&Act| {
        act.number.as_deref().is_some_and(|theirs| {
            let theirs = theirs.rsplit('/').next().unwrap_or_default();
            kind(theirs) == kind(symbol) && shares_letters(theirs, symbol)
        })
    };
    let alike: Vec<&Act> = catalogue.on_day(serial, stated).into_iter().filter(like).collect();
    match alike.as_slice() {
        [act] => Identity::Suggested(act.cited_as()),
        _ => Identity::None,
    }
}

/// Whether one symbol is the other with letters left out: `QĐ-TT` of `QĐ-TTg`.
fn shares_letters(a: &str, b: &str) -> bool {
    let within = |short: &str, long: &str| {
        let mut rest = long.chars();
        short.chars().all(|c| rest.any(|other| other == c))
    };
    within(a, b) || within(b, a)
}

fn by_name<'c>(
    citation: &Citation,
    name: &str,
    rules: &Rules,
    catalogue: &'c Catalogue,
    day: Option<Day>,
) -> Identity<'c> {
    let full = full_name(rules, name).unwrap_or(name);
    let acts = catalogue.with_name(full);
    if acts.is_empty() {
        return match likely_name(rules, name) {
            Some(likely) => Identity::Suggested(likely.to_owned()),
            None => Identity::None,
        };
    }
    if let Some(stated) = stated_day(citation) {
        let mut of_day = acts.iter().copied().filter(|act| act.issued == Some(stated));
        let mut of_year = acts.iter().copied().filter(|act| act.issued.is_some_and(|day| day.year() == stated.year()));
        return match (of_day.next(), of_day.next(), of_year.next(), of_year.next()) {
            (Some(act), None, ..) => Identity::Act(act),
            (None, None, Some(act), None) => Identity::Disagrees(act, Validity::DateDisagrees),
            (None, None, None, None) => Identity::None,
            _ => Identity::Several,
        };
    }
    if let Some(year) = citation.year {
        let mut of_year = acts.iter().copied().filter(|act| act.issued.is_some_and(|day| day.year() == year));
        return match (of_year.next(), of_year.next()) {
            (Some(act), None) => Identity::Act(act),
            (None, _) => Identity::None,
            _ => Identity::Several,
        };
    }
    by_day(&acts, day)
}

/// The one act of a name that may be in force on the day; where none is, the only act of the name.
fn by_day<'c>(acts: &[&'c Act], day: Option<Day>) -> Identity<'c> {
    if let Some(day) = day {
        let first = day.earliest.or(day.latest);
        let last = day.latest.or(day.earliest);
        let holds = |act: &&&Act| {
            act.from.or(act.issued).zip(last).is_some_and(|(from, last)| from <= last)
                && match act.until {
                    End::On(end) => first.is_some_and(|first| first < end),
                    End::Standing | End::Unknown => true,
                }
        };
        let mut held = acts.iter().filter(holds);
        match (held.next(), held.next()) {
            (Some(act), None) => return Identity::Act(act),
            (Some(_), Some(_)) => return Identity::Several,
            _ => {}
        }
    }
    match acts {
        [act] => Identity::Act(act),
        _ => Identity::Several,
    }
}

/// The whole day stated with a citation.
fn stated_day(citation: &Citation) -> Option<Date> {
    let date = citation.date.as_ref().filter(|date| date.precision == Precision::Day)?;
    date.value.as_deref()?.parse().ok()
}
