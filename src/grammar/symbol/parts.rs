//! What the groups of a symbol stand for: kind of document, organs, drafting unit.

use super::Codes;

/// A symbol taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// The abbreviation of the kind, as it stands in the symbol: `KH`; none in the symbol of a công văn.
    pub kind: Option<String>,
    /// The organs that issued it; more than one where it was issued jointly.
    pub issuers: Vec<String>,
    /// The unit that drafted it, or its field.
    pub unit: Option<String>,
}

/// Takes a symbol apart.
///
/// The kind stands first and the organ behind it (`KH-UBND`, `NQ/ĐU`); a joint act names all its organs
/// (`TTLT-BNV-BTC`); the ministries of the eighties wrote the organ first (`TC-QĐ-CĐKT`); a công văn has no kind
/// (`UBND-VX`).
///
/// ```
/// use trich::grammar::symbol::parts;
/// let codes = trich::Rules::builtin().codes();
/// let read = parts("TTLT-BNV-BTC", codes);
/// assert_eq!((read.kind.as_deref(), read.issuers), (Some("TTLT"), vec!["BNV".to_owned(), "BTC".to_owned()]));
/// assert_eq!(parts("UBND-VX", codes).unit.as_deref(), Some("VX"));
/// ```
pub fn parts(symbol: &str, codes: Codes<'_>) -> Parts {
    Split::new(symbol, codes).parts(codes)
}

/// A symbol split into its groups, none of them copied.
pub(crate) struct Split<'s> {
    /// The abbreviation of the kind, and the kind.
    kind: Option<(&'s str, usize)>,
    /// The other groups, without those for several ministries of which none is named (`TT-LB`, `LB-TT`).
    groups: Vec<&'s str>,
    /// Whether each group is an organ.
    joint: bool,
}

impl<'s> Split<'s> {
    pub(crate) fn new(symbol: &'s str, codes: Codes<'_>) -> Self {
        let mut groups = groups(symbol, codes);
        let kind = take_kind(&mut groups, codes);
        let before = groups.len();
        let groups: Vec<&str> =
            groups.into_iter().map(|(_, group)| group).filter(|group| !matches!(*group, "LB" | "LN")).collect();
        let joint = kind.is_some_and(|(kind, _)| is_joint(kind)) || groups.len() < before;
        Split { kind, groups, joint }
    }

    /// The kind that it names.
    pub(crate) fn kind(&self) -> Option<usize> {
        self.kind.map(|(_, kind)| kind)
    }

    /// Whether it is `SL/L-004`: what follows the letter is the number of a law.
    fn is_law(&self) -> bool {
        self.groups.first().is_some_and(|group| *group == "L")
            && self.groups.last().is_some_and(|group| group.starts_with(|c: char| c.is_ascii_digit()))
    }

    /// How many organs it names.
    pub(crate) fn issuers(&self) -> usize {
        match self.groups.len() {
            many if self.joint => many,
            _ if self.is_law() => 0,
            many => many.min(1),
        }
    }

    fn parts(self, codes: Codes<'_>) -> Parts {
        let kind = self.kind.map(|(kind, _)| kind.to_owned());
        if self.joint {
            return Parts { kind, issuers: self.groups.iter().map(|group| (*group).to_owned()).collect(), unit: None };
        }
        if self.is_law() {
            return Parts { kind, ..Parts::default() };
        }
        // `QĐ-ĐC-UBND`: the field stands before the organ.
        if let [field, organ] = self.groups[..]
            && kind.is_some()
            && codes.organ(field).is_none()
            && codes.organ(organ).is_some()
            && organ.chars().count() >= 4
        {
            return Parts { kind, issuers: vec![organ.to_owned()], unit: Some(field.to_owned()) };
        }
        match self.groups.as_slice() {
            [] => Parts { kind, ..Parts::default() },
            [organ, unit @ ..] => {
                Parts { kind, issuers: vec![(*organ).to_owned()], unit: (!unit.is_empty()).then(|| unit.join("-")) }
            }
        }
    }
}

/// Whether the documents of a kind are issued by several organs (liên tịch, liên bộ, liên ngành, phối hợp).
pub(super) fn is_joint(kind: &str) -> bool {
    kind.len() >= 4 && ["LT", "LB", "LN", "PH"].iter().any(|ending| kind.ends_with(ending))
}

/// The groups of a symbol, each with the mark before it. A known code that holds a mark itself is one group.
fn groups<'s>(symbol: &'s str, codes: Codes<'_>) -> Vec<(u8, &'s str)> {
    let mut found = Vec::with_capacity(4);
    let (mut mark, mut rest) = (b'/', symbol);
    loop {
        let bytes = rest.as_bytes();
        let parts = |at: &usize| matches!(bytes[*at], b'-' | b'/' | b'.');
        let first = (1..bytes.len()).find(parts).unwrap_or(bytes.len());
        // `SLĐ-TBXH` is one code, `VP.ĐBQH` too; of `QĐ.UB` the first half is a kind.
        let mut wider = (first + 1..=bytes.len()).rev().filter(|at| *at == bytes.len() || parts(at));
        let whole = wider.find(|end| codes.organs.contains_key(&rest[..*end]));
        let dotted = || bytes.get(first) == Some(&b'.') && codes.kind(&rest[..first]).is_none();
        let end = match whole {
            Some(end) => end,
            None if dotted() => rest[first + 1..].find(['-', '/']).map_or(rest.len(), |i| first + 1 + i),
            None => first,
        };
        if end > 0 {
            found.push((mark, &rest[..end]));
        }
        let Some(next) = bytes.get(end) else { return found };
        mark = *next;
        rest = &rest[end + 1..];
    }
}

/// The kinds in which ministries ruled when they put their own code first. Other codes in second place are units:
/// `UBND-KH-TC` (kế hoạch, tài chính).
const RULINGS: [&str; 3] = ["QĐ", "TT", "CT"];

/// Takes the kind out of the groups: the first, or the second of the old order.
fn take_kind<'s>(groups: &mut Vec<(u8, &'s str)>, codes: Codes<'_>) -> Option<(&'s str, usize)> {
    let first = groups.first()?.1;
    let second = groups.get(1).copied();
    let old = second.is_some_and(|(mark, group)| {
        // `TC-QĐ-CĐKT`; `TC/TCT`, where `TC` could be thông cáo but for the slash and what follows.
        RULINGS.contains(&group) && codes.kind(group).is_some() || mark == b'/' && !codes.knows(group)
    }) && codes.organ(first).is_some();
    if !old && let Some(kind) = codes.kind(first) {
        // Alone it is the organ, if it can be one: `178/CB`.
        if groups.len() == 1 && codes.organ(first).is_some() {
            return None;
        }
        return Some((groups.remove(0).1, kind));
    }
    // `LB-TT`, `BYT/TT`
    let ruling = second.is_some_and(|(mark, group)| mark == b'/' && RULINGS.contains(&group));
    if old && (groups.len() > 2 || ruling) || first == "LB" {
        let kind = codes.kind(second?.1)?;
        return Some((groups.remove(1).1, kind));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rules;

    fn read(symbol: &str) -> (String, String, String) {
        let parts = parts(symbol, Rules::builtin().codes());
        (parts.kind.unwrap_or_default(), parts.issuers.join(" "), parts.unit.unwrap_or_default())
    }

    #[test]
    fn every_order_is_told_apart() {
        for (symbol, kind, issuers, unit) in [
            ("KH-UBND", "KH", "UBND", ""),
            ("UBND-VX", "", "UBND", "VX"),
            ("NQ/ĐU", "NQ", "ĐU", ""),
            ("QĐ/TWĐTN-TNTH", "QĐ", "TWĐTN", "TNTH"),
            ("BC-BNG-NVVH", "BC", "BNG", "NVVH"),
            ("TTLT-BNV-BTC", "TTLT", "BNV BTC", ""),
            ("TTLT/BTC-BYT", "TTLT", "BTC BYT", ""),
            ("QCPH-UBND-BCHQS", "QCPH", "UBND BCHQS", ""),
            ("TT/BTC", "TT", "BTC", ""),
            ("TC/CĐKT", "", "TC", "CĐKT"),
            ("BYT/TT", "TT", "BYT", ""),
            ("UBND-TT", "", "UBND", "TT"),
            ("TC-QĐ-CĐKT", "QĐ", "TC", "CĐKT"),
            ("TC/QĐ/CĐKT", "QĐ", "TC", "CĐKT"),
            ("TC-UBND", "TC", "UBND", ""),
            ("UBND-KH-TC", "", "UBND", "KH-TC"),
            ("QĐ.UB", "QĐ", "UB", ""),
            ("QĐ-TT HĐND", "QĐ", "TT HĐND", ""),
            ("TT-LB", "TT", "", ""),
            ("LB-TT", "TT", "", ""),
            ("LCT/HĐNN7", "LCT", "HĐNN7", ""),
            ("L/CTN", "L", "CTN", ""),
            ("SL/L-004", "SL", "", ""),
            ("SL/L.003", "SL", "", ""),
            ("QH15", "", "QH15", ""),
            ("CP", "", "CP", ""),
            ("KH-SLĐ-TBXH", "KH", "SLĐ-TBXH", ""),
            ("QĐ-MTTQ-BTT", "QĐ", "MTTQ", "BTT"),
            ("HĐ-ABC", "HĐ", "ABC", ""),
            ("QĐ-ĐC-UBND", "QĐ", "UBND", "ĐC"),
        ] {
            assert_eq!(read(symbol), (kind.to_owned(), issuers.to_owned(), unit.to_owned()), "{symbol}");
        }
    }
}
