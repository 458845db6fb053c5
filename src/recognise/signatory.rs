//! Signatories (người ký): authority, office and name, line by line.

use super::{Reading, own::clean};
use crate::text::letter;
use crate::{
    grammar::name,
    layout::{Tail, authority, is_noise, is_upper, position},
    record::Authority,
    text::{Span, lower_eq, skeleton},
};

/// A signatory as it was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundSignatory {
    /// The person.
    pub name: Option<String>,
    /// The office of the person who signs.
    pub position: Option<String>,
    /// By what authority, nearest the signer.
    pub authority: Option<Authority>,
    /// Whose signature it stands for.
    pub acting_for: Option<String>,
    /// The organ after `TM.`.
    pub on_behalf_of: Option<String>,
    /// Its lines.
    pub parts: Vec<Span>,
    /// The rule of the office or the authority.
    pub rule: String,
}

impl FoundSignatory {
    fn is_empty(&self) -> bool {
        self.name.is_none() && self.position.is_none() && self.authority.is_none()
    }

    /// The hull of its lines.
    pub fn span(&self) -> Option<Span> {
        self.parts.iter().copied().reduce(Span::hull)
    }
}

/// What the line before was, which the next may carry on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Nothing,
    Behalf,
    ActingFor,
    Position,
}

/// Why a line of a signature block told nothing of a signer (người ký).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A stamp or a note of a rule: a signature widget, `(Đã ký)`.
    Noise,
    /// A mail address, a time, or no letter at all.
    Stamp,
    /// The lines right behind a signature widget belong to it.
    Widget,
    /// Neither an authority, an office nor a person's name, and no organ in capitals that the line before left open.
    NoName,
}

/// All signatories of a paper.
pub fn signatories(reading: &Reading<'_>, tail: &Tail) -> Vec<FoundSignatory> {
    tail.signatures.iter().flat_map(|column| block(reading, column, |_, _| {})).collect()
}

/// Every line of the signature blocks that told nothing, with the reason: by the walk that finds the signers.
pub fn refusals(reading: &Reading<'_>, tail: &Tail) -> Vec<(Span, Refusal)> {
    let mut refused = Vec::new();
    for column in &tail.signatures {
        block(reading, column, |span, why| refused.push((span, why)));
    }
    refused
}

/// The signatories of one column.
fn block(reading: &Reading<'_>, column: &[Span], mut refused: impl FnMut(Span, Refusal)) -> Vec<FoundSignatory> {
    let tables = reading.rules.tables();
    let mut done = Vec::new();
    let mut current = FoundSignatory::default();
    let mut last = Last::Nothing;
    let mut widget = 0;
    for span in unglued(reading, column) {
        let said = span.of(reading.text);
        let plain = clean(said);
        if is_noise(reading.text, span, tables) {
            widget = if said.contains(':') { 6 } else { 0 };
            refused(span, Refusal::Noise);
            continue;
        }
        let stamp = plain.contains('@')
            || plain.contains(".gov")
            || plain.contains("+07")
            || !plain.chars().any(letter::is_alphabetic);
        if stamp {
            widget = if plain.contains("+07") { 0 } else { widget };
            refused(span, Refusal::Stamp);
            continue;
        }
        let trimmed = plain.trim_start_matches(|c: char| !letter::is_alphanumeric(c));
        if let Some((value, at, rule)) = authority(trimmed, tables) {
            widget = 0;
            if current.name.is_some() {
                done.push(std::mem::take(&mut current));
            }
            let rest = trimmed[at..].trim_end_matches(|c: char| !letter::is_alphanumeric(c) && c != ')').to_owned();
            current.parts.push(span);
            if current.rule.is_empty() {
                current.rule = rule.to_owned();
            }
            current.authority = Some(value);
            last = match value {
                Authority::TM => {
                    current.on_behalf_of = Some(rest);
                    Last::Behalf
                }
                Authority::Q => {
                    current.position = Some(rest);
                    Last::Position
                }
                _ => {
                    current.acting_for = Some(rest);
                    Last::ActingFor
                }
            };
            continue;
        }
        if let Some((end, spelling, rule)) = position(trimmed, tables)
            && widget == 0
        {
            let rest = trimmed[end..].trim_matches(|c: char| !letter::is_alphanumeric(c));
            let person = name::person(rest, &tables.names);
            if rest.is_empty() || is_upper(trimmed) || person.is_some() {
                if current.name.is_some() {
                    done.push(std::mem::take(&mut current));
                }
                let office = if person.is_some() { &trimmed[..end] } else { trimmed };
                current.parts.push(span);
                let office = office.trim_end_matches(|c: char| !letter::is_alphanumeric(c));
                // A lone letter behind an office is what a stamp left.
                let office = if rest.chars().count() == 1 { &trimmed[..end] } else { office };
                let known = || tables.position_words.iter().any(|(word, _)| lower_eq(word, office));
                current.position =
                    Some(if rest.is_empty() && !known() { respelled(office, spelling) } else { office.to_owned() });
                current.rule = rule.to_owned();
                last = Last::Position;
                if let Some((_, spelt)) = person {
                    current.name = Some(spelt);
                }
                continue;
            }
        }
        // Under an office a line in the form of a name is one, whatever the surname.
        let open = current.position.is_some() && current.name.is_none() && widget == 0;
        let formed =
            || (open && name::has_form(trimmed) && !names_organ(reading, trimmed)).then(|| (0, trimmed.to_owned()));
        if let Some((_, spelt)) = name::person(trimmed, &tables.names).or_else(formed) {
            if widget > 0 && current.position.is_none() {
                widget -= 1;
                refused(span, Refusal::Widget);
                continue;
            }
            if current.name.is_some() {
                done.push(std::mem::take(&mut current));
            }
            current.parts.push(span);
            current.name = Some(spelt);
            last = Last::Nothing;
            continue;
        }
        if widget > 0 {
            widget -= 1;
            refused(span, Refusal::Widget);
            continue;
        }
        let carried = is_upper(&plain)
            && current.name.is_none()
            && plain.chars().filter(|c| letter::is_alphabetic(*c)).count() >= 3
            && !plain.starts_with('(');
        if carried && names_organ(reading, trimmed) {
            let slot = match last {
                Last::Behalf => current.on_behalf_of.as_mut(),
                Last::ActingFor => current.acting_for.as_mut(),
                Last::Position => current.position.as_mut(),
                Last::Nothing => None,
            };
            if let Some(slot) = slot {
                slot.push(' ');
                slot.push_str(trimmed);
                current.parts.push(span);
                continue;
            }
        }
        refused(span, Refusal::NoName);
    }
    if !current.is_empty() {
        done.push(current);
    }
    for found in &mut done {
        if found.rule.is_empty() {
            found.rule = "name.surname".to_owned();
        }
    }
    done
}

/// Whether a text opens with the name of an organ or a unit.
fn names_organ(reading: &Reading<'_>, text: &str) -> bool {
    let tables = reading.rules.tables();
    tables.organ_words.at(text, 0).is_some() || tables.territories.at(text, 0).is_some()
}

/// An office with the marks that OCR lost.
fn respelled(office: &str, spelling: &str) -> String {
    if lower_eq(office, spelling) || skeleton(office) != skeleton(spelling) {
        return office.to_owned();
    }
    if is_upper(office) { spelling.to_uppercase() } else { spelling.to_owned() }
}

/// The lines of a column, `GIÁM ĐỐCKT. GIÁM ĐỐC` and `GIÁM ĐỐC KT. GIÁM ĐỐC` cut where the authority begins.
fn unglued(reading: &Reading<'_>, column: &[Span]) -> Vec<Span> {
    let mut out = Vec::with_capacity(column.len());
    for span in column {
        let said = span.of(reading.text);
        if !said.contains('.') {
            out.push(*span);
            continue;
        }
        let cut = ["KT.", "TL.", "TUQ.", "TM."].iter().filter_map(|word| said.find(word)).filter(|at| *at > 0).min();
        let typed_over = |at: &usize| {
            let before = &said[..*at];
            let office = || reading.rules.tables().positions.get(before).is_some();
            before.ends_with(letter::is_uppercase) || before.ends_with(' ') && office()
        };
        match cut.filter(|at| typed_over(at) && is_upper(said)) {
            // What stood first was typed over: the authority behind it holds.
            Some(at) => out.push(Span::new(span.start + at, span.end)),
            None => out.push(*span),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::{Extractor, record::Authority};

    #[test]
    fn an_office_that_was_typed_over_is_passed_over() {
        for office in ["GIÁM ĐỐCKT. GIÁM ĐỐC", "GIÁM ĐỐC KT. GIÁM ĐỐC"] {
            let text = format!(
                "SỞ TÀI CHÍNH\nSố: 14/BC-STC\nHà Giang, ngày 05 tháng 3 năm 2020\nBÁO CÁO\nTình hình thu, chi\n\n\
                 1. Kết quả\nĐã thu 120 triệu đồng.\nTrên đây là báo cáo của Sở./.\n\
                 Nơi nhận:{0}{office}\n- Thanh tra tỉnh;{0}PHÓ GIÁM ĐỐC\n- Lưu: VT.\n",
                " ".repeat(40)
            );
            let record = Extractor::builtin().extract("a.txt", text.as_bytes());
            let [signatory] = &record.document.signatories[..] else { panic!("{:?}", record.document.signatories) };
            assert_eq!(signatory.authority, Some(Authority::KT), "{office}");
            assert_eq!(signatory.acting_for.as_deref(), Some("GIÁM ĐỐC"), "{office}");
            assert_eq!(signatory.position.as_deref(), Some("PHÓ GIÁM ĐỐC"), "{office}");
        }
    }
}
