//! Names of acts: the right one of a loose name, and the one that a strange name is near to.

use crate::{
    rules::Rules,
    text::{fold_char, skeleton},
};

/// A name without marks, case and punctuation, `và` left out: `Phòng cháy và chữa cháy`, `Phòng cháy, chữa cháy`.
pub(super) fn key_of_name(name: &str) -> String {
    skeleton(name).split(' ').filter(|word| *word != "va").collect::<Vec<_>>().join(" ")
}

/// The act's own name where a name is a known loose form of it: `Luật Thực hiện dân chủ ở cơ sở` of `Luật Dân chủ ở cơ sở`.
pub(crate) fn full_name<'r>(rules: &'r Rules, name: &str) -> Option<&'r str> {
    let acts = &rules.tables().acts;
    let loose = &acts[rules.tables().act_names.get(name)?];
    if !loose.loose {
        return None;
    }
    let words = Words::new(&loose.name);
    let same_year = |years: &[i16]| years.iter().any(|year| loose.years.contains(year));
    nearest(
        acts.iter().filter(|act| !act.loose && same_year(&act.years)).filter_map(|act| {
            let other = Words::new(&act.name);
            words.distance(&other).map(|distance| (distance, act.name.as_str()))
        }),
    )
}

/// The act's name that an unknown name is almost: some words of it left out or added, or one of many another.
pub(crate) fn likely_name<'r>(rules: &'r Rules, name: &str) -> Option<&'r str> {
    if rules.tables().act_names.get(name).is_some() {
        return None;
    }
    let words = Words::new(name);
    if words.0.len() < 4 {
        return None;
    }
    nearest(rules.tables().acts.iter().filter(|act| !act.loose).filter_map(|act| {
        let other = Words::new(&act.name);
        // A word left out is likelier than another in its place.
        let left_out = words.distance(&other).filter(|distance| *distance <= 2);
        let distance = left_out.or_else(|| words.one_other(&other).then_some(3))?;
        (other.0.len() >= 4).then_some((distance, act.name.as_str()))
    }))
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

/// The words of a name; those in capitals are abbreviations.
struct Words(Vec<(String, bool)>);

impl Words {
    fn new(name: &str) -> Words {
        let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        Words(
            words
                .map(|word| {
                    let short = word.chars().count() > 1 && word.chars().all(char::is_uppercase);
                    (word.chars().map(fold_char).collect::<String>(), short)
                })
                .filter(|(word, _)| word != "va")
                .collect(),
        )
    }

    /// How many words one name has beyond the other, where the one holds all words of the other in their order.
    fn distance(&self, other: &Words) -> Option<usize> {
        let (whole, part) = if self.within(other) {
            (other, self)
        } else if other.within(self) {
            (self, other)
        } else {
            return None;
        };
        Some(whole.0.len().saturating_sub(part.0.len()))
    }

    /// Whether all words stand in another name in their order, abbreviations by the first letters of theirs.
    fn within(&self, other: &Words) -> bool {
        let mut at = 0;
        for (word, short) in &self.0 {
            let rest = &other.0[at.min(other.0.len())..];
            if let Some(found) = rest.iter().position(|(theirs, _)| theirs == word) {
                at += found + 1;
                continue;
            }
            let letters: Vec<char> = word.chars().collect();
            let begins = |window: &[(String, bool)]| {
                window.iter().zip(&letters).all(|((theirs, _), letter)| theirs.starts_with(*letter))
            };
            match rest.windows(letters.len()).position(begins).filter(|_| *short) {
                Some(found) => at += found + letters.len(),
                None => return false,
            }
        }
        true
    }

    /// Whether the names are of one length of seven words or more and differ in one.
    fn one_other(&self, other: &Words) -> bool {
        let differ = self.0.iter().zip(&other.0).filter(|(a, b)| a.0 != b.0).count();
        self.0.len() == other.0.len() && self.0.len() >= 7 && differ == 1
    }
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
