//! Names of acts: the right one of a loose name, and the one that a strange name is near to.

use crate::{
    rules::{Act, ActKey, Rules},
    text::{fold_char, letter, skeleton},
};

/// A name without marks, case and punctuation, `và` left out: `Phòng cháy và chữa cháy`, `Phòng cháy, chữa cháy`.
pub(super) fn key_of_name(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for word in skeleton(name).split(' ').filter(|word| *word != "va") {
        key.push_str(if key.is_empty() { "" } else { " " });
        key.push_str(word);
    }
    key
}

/// The act's own name where a name is a known loose or short form of it: `Luật Thực hiện dân chủ ở cơ sở` of `Luật Dân chủ
/// ở cơ sở`, `Luật Bảo hiểm y tế` of `Luật BHYT`.
pub(crate) fn full_name<'r>(rules: &'r Rules, name: &str) -> Option<&'r str> {
    let tables = rules.tables();
    let acts = &tables.acts;
    let at = tables.act_symbols.get(name).copied().or_else(|| tables.act_names.get(name))?;
    let loose = &acts[at];
    if !loose.loose {
        return (name != loose.name && key_of_name(name) != key_of_name(&loose.name)).then_some(loose.name.as_ref());
    }
    let words = words(&loose.name);
    let initials = initials(&words);
    let same_year = |years: &[i16]| years.iter().any(|year| loose.years.contains(year));
    nearest(
        own_names(rules)
            .filter(|(act, key)| within(initials, key.initials) && same_year(&act.years))
            .filter_map(|(act, _)| Some((distance(&words, &split(&key_of_name(&act.name)))?, act.name.as_ref()))),
    )
}

/// The act's name that an unknown name is almost: some words of it left out or added, or one of many another.
pub(crate) fn likely_name<'r>(rules: &'r Rules, name: &str) -> Option<&'r str> {
    if rules.tables().act_names.get(name).is_some() {
        return None;
    }
    let words = words(name);
    if words.len() < 4 {
        return None;
    }
    let initials = initials(&words);
    let near = |(_, key): &(&Act, ActKey)| {
        key.words >= 4 && key.words.abs_diff(words.len()) <= 2 && unlike(initials, key.initials) <= 2
    };
    nearest(own_names(rules).filter(near).filter_map(|(act, _)| {
        let key = key_of_name(&act.name);
        let other = split(&key);
        // A word left out is likelier than another in its place.
        let left_out = distance(&words, &other).filter(|distance| *distance <= 2);
        let distance = left_out.or_else(|| one_other(&words, &other).then_some(3))?;
        Some((distance, act.name.as_ref()))
    }))
}

/// What tells the names of the acts apart at a glance.
fn keys(rules: &Rules) -> &[ActKey] {
    let tables = rules.tables();
    tables.act_keys.get_or_init(|| {
        let key = |name: &str| {
            let words =
                name.split(|c: char| !letter::is_alphanumeric(c)).filter(|word| !matches!(*word, "" | "và" | "Và"));
            words.fold(ActKey { words: 0, initials: 0 }, |key, word| ActKey {
                words: key.words + 1,
                initials: key.initials | initial(word),
            })
        };
        tables.acts.iter().map(|act| key(&act.name)).collect()
    })
}

/// The acts that are no loose names.
fn own_names(rules: &Rules) -> impl Iterator<Item = (&Act, ActKey)> {
    let all = rules.tables().acts.iter().zip(keys(rules).iter().copied());
    all.filter(|(act, _)| !act.loose)
}

/// The first letter of a word as one bit of 32; some share a bit.
fn initial(word: &str) -> u32 {
    word.chars().next().map_or(0, |c| 1 << (u32::from(fold_char(c)) & 31))
}

/// The first letters of the words of a name; unknown where one of them is an abbreviation, which stands for several.
fn initials(words: &[(String, bool)]) -> Option<u32> {
    words.iter().try_fold(0, |all, (word, short)| (!short).then(|| all | initial(word)))
}

/// How many first letters at least stand in one of two names and not in the other: names are compared word by word only
/// where there are few.
fn unlike(stated: Option<u32>, own: u32) -> u32 {
    stated.map_or(0, |stated| (stated ^ own).count_ones())
}

/// Whether one of two names may hold all words of the other.
fn within(stated: Option<u32>, own: u32) -> bool {
    stated.is_none_or(|stated| stated & !own == 0 || own & !stated == 0)
}

/// The one name at the least distance; none where two are as near.
fn nearest<'r>(found: impl Iterator<Item = (usize, &'r str)>) -> Option<&'r str> {
    let mut found: Vec<_> = found.collect();
    found.sort();
    match found.as_slice() {
        [(_, one)] => Some(one),
        [(near, one), (next, _), ..] if near < next => Some(one),
        _ => None,
    }
}

/// The folded words of a name, and whether each is an abbreviation: all in capitals.
fn words(name: &str) -> Vec<(String, bool)> {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words
        .map(|word| {
            let short = word.chars().count() > 1 && word.chars().all(char::is_uppercase);
            (word.chars().map(fold_char).collect::<String>(), short)
        })
        .filter(|(word, _)| word != "va")
        .collect()
}

fn split(key: &str) -> Vec<&str> {
    key.split(' ').collect()
}

/// How many words one name has beyond the other, where the one holds all words of the other in their order.
fn distance(stated: &[(String, bool)], own: &[&str]) -> Option<usize> {
    let mut at = 0;
    let within = stated.iter().all(|(word, short)| {
        let rest = &own[at.min(own.len())..];
        if let Some(found) = rest.iter().position(|theirs| theirs == word) {
            at += found + 1;
            return true;
        }
        let letters: Vec<char> = word.chars().collect();
        let begins = |window: &[&str]| window.iter().zip(&letters).all(|(theirs, letter)| theirs.starts_with(*letter));
        let found = rest.windows(letters.len().max(1)).position(begins).filter(|_| *short);
        at += found.map_or(0, |found| found + letters.len());
        found.is_some()
    });
    if within {
        return Some(own.len().saturating_sub(stated.len()));
    }
    let mut rest = stated.iter();
    let holds = own.iter().all(|word| rest.any(|(theirs, _)| theirs == word));
    holds.then(|| stated.len().saturating_sub(own.len()))
}

/// Whether the names are of one length of seven words or more and differ in one.
fn one_other(stated: &[(String, bool)], own: &[&str]) -> bool {
    let differ = stated.iter().zip(own).filter(|((a, _), b)| a != *b).count();
    stated.len() == own.len() && stated.len() >= 7 && differ == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loose_name_leads_to_the_acts_own() {
        let full = |name| full_name(Rules::builtin(), name);
        assert_eq!(full("Luật dân chủ ở cơ sở"), Some("Luật Thực hiện dân chủ ở cơ sở"));
        assert_eq!(full("Luật Quản lý tài sản công"), Some("Luật Quản lý, sử dụng tài sản công"));
        assert_eq!(full("Luật Khám, chữa bệnh"), Some("Luật Khám bệnh, chữa bệnh"));
        assert_eq!(full("Luật BHYT"), Some("Luật Bảo hiểm y tế"));
        assert_eq!(full("BLHS"), Some("Bộ luật Hình sự"));
        assert_eq!(full("Luật Đất đai"), None);
    }

    #[test]
    fn a_strange_name_is_near_to_one_act_or_to_none() {
        let near = |name| likely_name(Rules::builtin(), name);
        assert_eq!(near("Luật Tổ chức chính quyền"), Some("Luật Tổ chức chính quyền địa phương"));
        assert_eq!(near("Luật Phòng, chống tham ô"), None);
        assert_eq!(near("Luật Giao thông"), None);
        assert_eq!(near("Luật Đất đai"), None);
    }
}
