//! Citations of one document that say different parts of it: what one leaves out stands with another.
//!
//! `Đề án số 08 của Huyện ủy` and `Đề án số 08-ĐA/HU ngày 05/01/2021` have one key, and a number that is cited again
//! without its date or issuer has the key of the citation that states them. Where two could be meant, none is taken.

use crate::record::Citation;

/// Gives every citation without a key that of the one document that it can be. `organ` is the key of the organ stated with
/// the citation at an index.
pub fn join(citations: &mut [Citation], organ: impl Fn(usize) -> Option<String>) {
    let known: Vec<(String, usize)> =
        citations.iter().enumerate().filter_map(|(at, c)| Some((c.key.clone()?, at))).collect();
    if known.is_empty() {
        return;
    }
    let open = citations.iter().enumerate().filter(|(_, c)| c.key.is_none() && c.number.is_some());
    let joined: Vec<(usize, String)> = open
        .filter_map(|(at, citation)| {
            let issuer = organ(at);
            let mut keys = known
                .iter()
                .filter(|(key, twin)| {
                    let stated = citation.issuer.is_none() || issuer.as_deref() == key.split_once('~').map(|k| k.1);
                    stated && can_be(citation, &citations[*twin])
                })
                .map(|(key, _)| key);
            let first = keys.next()?;
            keys.all(|key| key == first).then(|| (at, first.clone()))
        })
        .collect();
    for (at, key) in joined {
        citations[at].key = Some(key);
    }
}

/// Whether nothing that one citation says is denied by the other, and it says enough: a symbol, or an issuer.
fn can_be(citation: &Citation, twin: &Citation) -> bool {
    let (Some(number), Some(other)) = (&citation.number, &twin.number) else { return false };
    let serial = |serial: &Option<String>| serial.as_deref().map(|s| s.trim_start_matches('0').to_lowercase());
    let code = |c: &Citation| c.doc_type.as_ref().map(|kind| kind.code.clone());
    let same_symbol = match (&number.symbol, &other.symbol) {
        (Some(a), Some(b)) => a.to_lowercase() == b.to_lowercase(),
        (None, Some(_)) => citation.issuer.is_some() && code(citation) == code(twin),
        _ => false,
    };
    let same_year = citation.year.is_none() || citation.year == twin.year;
    same_symbol && same_year && serial(&number.serial) == serial(&other.serial) && number.serial.is_some()
}
