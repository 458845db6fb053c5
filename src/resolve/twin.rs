//! Citations of one document that say different parts of it: what one leaves out stands with another.
//!
//! `Đề án số 08 của Huyện ủy` and `Đề án số 08-ĐA/HU ngày 05/01/2021` have one key, and a number that is cited again
//! without its date or issuer has the key of the citation that states them. Where two could be meant, none is taken.

use crate::{record::Citation, text::lower_eq};
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// How many different documents of one serial are looked at: more are no document's own references.
const MOST_TWINS: usize = 64;

/// The citations without a key, each with the key of the one document that it can be. `organ` is the key of the organ
/// stated with the citation at an index.
pub fn keys(citations: &[Citation], organ: impl Fn(usize) -> Option<String>) -> Vec<(usize, String)> {
    if citations.iter().all(|citation| citation.key.is_some()) {
        return Vec::new();
    }
    let mut known: FxHashMap<Cow<'_, str>, Vec<(&str, &Citation)>> = FxHashMap::default();
    for twin in citations.iter() {
        if let (Some(key), Some(serial)) = (twin.key.as_deref(), serial(twin)) {
            let twins = known.entry(serial).or_default();
            if twins.len() < MOST_TWINS && !twins.iter().any(|(other, _)| *other == key) {
                twins.push((key, twin));
            }
        }
    }
    let open = citations.iter().enumerate().filter(|(_, citation)| citation.key.is_none());
    open.filter_map(|(at, citation)| {
        let twins = known.get(&serial(citation)?)?;
        let issuer = organ(at);
        let mut keys = twins.iter().filter(|(key, twin)| {
            let stated = citation.issuer.is_none() || issuer.as_deref() == key.split_once('~').map(|k| k.1);
            stated && can_be(citation, twin)
        });
        let (key, _) = keys.next()?;
        keys.next().is_none().then(|| (at, (*key).to_owned()))
    })
    .collect()
}

/// The serial of a citation's number, without leading zeros.
fn serial(citation: &Citation) -> Option<Cow<'_, str>> {
    let serial = citation.number.as_ref()?.serial.as_deref()?.trim_start_matches('0');
    Some(if serial.bytes().all(|byte| byte.is_ascii_digit()) { serial.into() } else { serial.to_lowercase().into() })
}

/// Whether nothing that one citation says is denied by the other, and it says enough: a symbol, or an issuer.
fn can_be(citation: &Citation, twin: &Citation) -> bool {
    let (Some(number), Some(other)) = (&citation.number, &twin.number) else { return false };
    fn code(citation: &Citation) -> Option<&str> {
        citation.doc_type.as_ref().map(|kind| kind.code.as_ref())
    }
    let same_symbol = match (&number.symbol, &other.symbol) {
        (Some(a), Some(b)) => lower_eq(a, b),
        (None, Some(_)) => citation.issuer.is_some() && code(citation) == code(twin),
        _ => false,
    };
    let same_year = citation.year.is_none() || citation.year == twin.year;
    same_symbol && same_year
}
