//! Citations of one document that say different parts of it: what one leaves out stands with another.
//!
//! `Đề án số 08 của Huyện ủy` and `Đề án số 08-ĐA/HU ngày 05/01/2021` have one key, and a number that is cited again
//! without its date or issuer has the key of the citation that states them. Where two could be meant, none is taken.

use crate::text::lower_eq;
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// How many different documents of one serial are looked at: more are no document's own references.
const MOST_TWINS: usize = 64;

/// What one citation says of the document that it means.
#[derive(Clone, Copy, Debug)]
pub struct Twin<'c> {
    /// Its key.
    pub key: Option<&'c str>,
    /// The serial of its number.
    pub serial: Option<&'c str>,
    /// The symbol of its number.
    pub symbol: Option<&'c str>,
    /// The abbreviation of its kind.
    pub code: Option<&'c str>,
    /// Whether an issuer is stated with it.
    pub issued: bool,
    /// The year stated with it.
    pub year: Option<i16>,
}

/// The citations without a key, each with the key of the one document that it can be. `organ` is the key of the organ
/// stated with the citation at an index.
pub fn keys(citations: &[Twin<'_>], organ: impl Fn(usize) -> Option<String>) -> Vec<(usize, String)> {
    if citations.iter().all(|citation| citation.key.is_some()) {
        return Vec::new();
    }
    let mut known: FxHashMap<Cow<'_, str>, Vec<(&str, &Twin<'_>)>> = FxHashMap::default();
    for twin in citations {
        if let (Some(key), Some(serial)) = (twin.key, serial(twin)) {
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
            let stated = !citation.issued || issuer.as_deref() == key.split_once('~').map(|k| k.1);
            stated && can_be(citation, twin)
        });
        let (key, _) = keys.next()?;
        keys.next().is_none().then(|| (at, (*key).to_owned()))
    })
    .collect()
}

/// The serial of a citation's number, without leading zeros.
fn serial<'c>(citation: &Twin<'c>) -> Option<Cow<'c, str>> {
    let serial = citation.serial?.trim_start_matches('0');
    Some(if serial.bytes().all(|byte| byte.is_ascii_digit()) { serial.into() } else { serial.to_lowercase().into() })
}

/// Whether nothing that one citation says is denied by the other, and it says enough: a symbol, or an issuer.
fn can_be(citation: &Twin<'_>, twin: &Twin<'_>) -> bool {
    let same_symbol = match (citation.symbol, twin.symbol) {
        (Some(a), Some(b)) => lower_eq(a, b),
        (None, Some(_)) => citation.issued && citation.code == twin.code,
        _ => false,
    };
    let same_year = citation.year.is_none() || citation.year == twin.year;
    same_symbol && same_year
}
