//! The issuing organ: composed of the lines of the letterhead, or inferred from body, signature and place.

use crate::text::letter;
use crate::{
    layout::{Head, is_upper},
    place,
    recognise::{
        Reading,
        organ::{self, FoundOrgan, organ_at},
        own::{FoundNumber, FoundPlace},
    },
    record::{Certainty, Level},
    rules::Cue,
    text::{Span, is_near, skeleton},
};

/// The issuer as it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundIssuer {
    /// Its name in full.
    pub name: String,
    /// The organ above it.
    pub parent: Option<String>,
    /// Its level.
    pub level: Option<Level>,
    /// Whether it was mended or inferred.
    pub certainty: Certainty,
    /// Where its lines stand.
    pub parts: Vec<Span>,
    /// The rule that read it.
    pub rule: String,
}

/// One organ of the letterhead, with its lines.
struct Entry {
    name: String,
    organ: Option<usize>,
    unit: Option<(String, Level)>,
    parts: Vec<Span>,
}

/// The issuer of a paper.
pub fn issuer(
    reading: &Reading<'_>,
    head: &Head,
    number: Option<&FoundNumber>,
    place: Option<&FoundPlace>,
) -> Option<FoundIssuer> {
    let Some(stated) = from_letterhead(reading, head, number, place) else {
        return from_body(reading, head, number, place);
    };
    Some(named_below(reading, head, number, place, &stated).unwrap_or(stated))
}

/// The issuer with its unit, where the letterhead has only `ỦY BAN NHÂN DÂN` and the text names the one of the place.
fn named_below(
    reading: &Reading<'_>,
    head: &Head,
    number: Option<&FoundNumber>,
    place: Option<&FoundPlace>,
    stated: &FoundIssuer,
) -> Option<FoundIssuer> {
    let tables = reading.rules.tables();
    let bare = tables.organs.iter().any(|organ| organ.joins && organ.name == stated.name);
    if !bare || stated.parent.is_some() {
        return None;
    }
    // `HỘI ĐỒNG NHÂN DÂN TỈNH BÌNH PHƯỚC` behind the title, with the organ's bare name in the letterhead.
    let decides = head.authority.and_then(|at| entry(reading, vec![reading.layout.lines[at].span], place));
    if let Some(Entry { name, unit: Some((_, level)), parts, .. }) = decides
        && name.strip_prefix(stated.name.as_str()).is_some_and(|unit| unit.split(' ').count() > 2)
    {
        let parts = stated.parts.iter().chain(&parts).copied().collect();
        return Some(FoundIssuer { name, level: Some(level), parts, ..stated.clone() });
    }
    let name = place?.name.as_deref()?;
    let told = |found: &FoundIssuer| {
        let unit = found.name.strip_prefix(stated.name.as_str());
        unit.is_some_and(|unit| skeleton(unit).ends_with(&format!(" {}", skeleton(name))))
    };
    let named = from_body(reading, head, number, None).filter(told).or_else(|| {
        // `UBND tỉnh xây dựng Kế hoạch`, dated in a province; a province's seat has another name than it, as a rule.
        let joined = from_body(reading, head, number, place).filter(told)?;
        let province = |unit: place::Unit| unit.level() == Level::Province;
        let known = joined.level == Some(Level::Province) && place::named(&skeleton(name)).any(province);
        known.then_some(joined)
    })?;
    let parts = stated.parts.iter().chain(&named.parts).copied().collect();
    Some(FoundIssuer { parts, ..named })
}

fn from_letterhead(
    reading: &Reading<'_>,
    head: &Head,
    number: Option<&FoundNumber>,
    place: Option<&FoundPlace>,
) -> Option<FoundIssuer> {
    let mut entries = entries(reading, head, place);
    join(reading, &mut entries, number);
    let last = entries.pop()?;
    let parent = entries.pop();
    let tables = reading.rules.tables();
    let organ = last.organ.map(|i| &tables.organs[i]);
    let joins = organ.is_some_and(|o| o.joins);
    let mut name = last.name.clone();
    let mut parts = last.parts.clone();
    let mut level = match (organ.and_then(|o| o.level), &last.unit) {
        (Some(Level::Party), _) => Some(Level::Party),
        (_, Some((_, unit))) if joins => Some(*unit),
        (own, _) => own,
    };
    if let Some(above) = &parent {
        let above_level = above.unit.as_ref().map(|(_, level)| *level);
        let bare_unit = last.unit.as_ref().is_some_and(|(unit, _)| !unit.contains(' ') || is_bare(unit));
        if joins && last.unit.is_none() {
            // `BAN THƯỜNG TRỰC` below `ỦY BAN MTTQ VIỆT NAM XÃ …`
            name = format!("{} {}", last.name, above.name);
            parts.splice(0..0, above.parts.iter().copied());
            level = above_level;
        } else if bare_unit
            && let Some((unit, _)) = &above.unit
            && unit.starts_with(last.unit.as_ref().map_or("", |(u, _)| u.as_str()))
        {
            // `THANH TRA HUYỆN` below `UBND HUYỆN BỐ TRẠCH`
            let bare = last.unit.as_ref().map_or(0, |(u, _)| u.len());
            let cut = name.len().saturating_sub(bare);
            if name.is_char_boundary(cut)
                && skeleton(&name[cut..]) == skeleton(&last.unit.as_ref().map_or(String::new(), |(u, _)| u.clone()))
            {
                name = format!("{}{unit}", &name[..cut]);
            }
        }
        if level == Some(Level::Other)
            || level.is_none()
            || organ.is_some_and(|o| !o.joins && matches!(o.level, Some(Level::District | Level::Province)))
        {
            level = above_level.or(level);
        }
    }
    let rule = organ.map_or_else(|| "issuer.letterhead".to_owned(), |o| o.rule.to_string());
    let certainty = Certainty::Stated;
    Some(FoundIssuer { name, parent: parent.map(|p| p.name), level, certainty, parts, rule })
}

/// Makes one of organs on lines of their own that issue together: the number names both (`TTLT-BNV-BTC`).
fn join(reading: &Reading<'_>, entries: &mut Vec<Entry>, number: Option<&FoundNumber>) {
    let tables = reading.rules.tables();
    let Some(symbol) = number.and_then(|number| number.symbol.as_deref()) else { return };
    let named: Vec<usize> =
        symbol.split(['-', '/']).filter_map(|group| tables.organ_symbols.get(group).copied()).collect();
    let issues = |entry: &Entry| entry.organ.is_some_and(|organ| named.contains(&organ));
    while let [.., above, last] = entries.as_mut_slice() {
        if !(issues(above) && issues(last) && above.organ != last.organ) {
            return;
        }
        above.name = format!("{} - {}", above.name, last.name);
        above.unit = last.unit.take().or(above.unit.take());
        above.parts.append(&mut last.parts);
        entries.pop();
    }
}

/// Whether a unit's text is its kind alone: `huyện`, `thị xã`.
fn is_bare(unit: &str) -> bool {
    matches!(unit, "thành phố" | "thị xã" | "thị trấn" | "đặc khu")
}

/// The organs of the letterhead, from the highest to the issuer.
fn entries(reading: &Reading<'_>, head: &Head, place: Option<&FoundPlace>) -> Vec<Entry> {
    let tables = reading.rules.tables();
    let mut groups: Vec<Vec<Span>> = Vec::new();
    for span in &head.issuer {
        let said = span.of(reading.text);
        let first = said.find(letter::is_alphanumeric).unwrap_or(0);
        let organ = tables.organ_words.at(said, first);
        let territory = tables
            .territories
            .at(said, first)
            .is_some_and(|(end, _)| organ.is_none_or(|(organ_end, _)| organ_end <= end));
        let previous = groups.last().and_then(|g| g.last()).map(|last| last.of(reading.text));
        // A line that ends in a joining word, or a unit below an organ's name, carries the name on, and so does one that
        // makes a longer name of it: `HỘI ĐỒNG THẨM PHÁN` above `TÒA ÁN NHÂN DÂN TỐI CAO`.
        let longer = previous.is_some_and(|p| {
            let joined = format!("{} {}", p.trim(), said.trim());
            tables.organ_words.at(&joined, 0).is_some_and(|(end, _)| end > p.trim().len() + 1)
        });
        let carried = longer
            || said.starts_with(['-', '–'])
            || previous.is_some_and(|p| skeleton(p).ends_with(" va") || p.ends_with(['-', '–', ',']));
        let fresh = organ.is_some() && !carried && !(territory && groups.last().is_some());
        if groups.is_empty() || fresh && !(territory && organ.is_none()) {
            groups.push(vec![*span]);
        } else if let Some(group) = groups.last_mut() {
            group.push(*span);
        }
    }
    groups.into_iter().filter_map(|group| entry(reading, group, place)).collect()
}

fn entry(reading: &Reading<'_>, parts: Vec<Span>, place: Option<&FoundPlace>) -> Option<Entry> {
    let tables = reading.rules.tables();
    // `LIÊN NGÀNH` beside the names of organs says only that they issue together.
    let alone = parts.len() == 1;
    let joint =
        |span: &Span| matches!(skeleton(span.of(reading.text)).as_str(), "lien nganh" | "lien tich" | "lien bo");
    let mut raw = String::new();
    for span in parts.iter().filter(|span| alone || !joint(span)) {
        let said = span.of(reading.text);
        let dash = |said: &str| said.starts_with(['-', '–']);
        let apart = !raw.is_empty() && (dash(said) || raw.ends_with(['-', '–']));
        let bare = said.trim_matches(|c: char| !letter::is_alphanumeric(c) && !matches!(c, '(' | ')' | '"'));
        raw = raw.trim_end_matches(['-', '–', ' ']).to_owned();
        if !raw.is_empty() {
            raw.push_str(if apart { " - " } else { " " });
        }
        raw.push_str(bare);
        if said.trim_end().ends_with(['-', '–']) {
            raw.push_str(" -");
        }
    }
    let raw = raw.trim_end_matches(['-', '–', ' ']).to_owned();
    let raw = raw.replace([':', ';'], "");
    let raw = raw.split(" (").next().unwrap_or(&raw).trim().to_owned();
    if raw.chars().filter(|c| letter::is_alphabetic(*c)).count() < 2 {
        return None;
    }
    // `CỦA BỘ TRƯỞNG BỘ TÀI CHÍNH`: the organ is behind the office.
    let raw = match tables.positions.at(&raw, 0) {
        Some((end, _)) if tables.organ_words.at(raw[end..].trim_start(), 0).is_some() => {
            raw[end..].trim_start().to_owned()
        }
        _ => raw,
    };
    let lower = !raw.chars().any(letter::is_uppercase);
    let raw = if lower { raw.to_uppercase() } else { raw };
    let organ = tables.organ_words.at(&raw, 0).map(|(_, organ)| organ);
    let mut name = organ::spelled(reading, &raw);
    // The unit is the last one named: `Trung tâm Y tế thị xã Ngã Năm`.
    let mut unit = unit_of(reading, &name);
    if let (Some((unit_text, _)), Some(place)) = (&mut unit, place.and_then(|p| p.name.as_deref())) {
        let kind_len = unit_text
            .split(' ')
            .take(if is_bare(&unit_text.split(' ').take(2).collect::<Vec<_>>().join(" ")) { 2 } else { 1 })
            .map(|w| w.len() + 1)
            .sum::<usize>();
        if let Some(unit_name) = unit_text.get(kind_len..)
            && unit_name != place
            && is_near(&skeleton(unit_name), &skeleton(place))
            && !place.chars().any(|c| c.is_ascii_digit())
        {
            // The place line names the same unit, and letters are surer than capitals.
            let mended = format!("{}{place}", &unit_text[..kind_len]);
            name = name.replace(unit_text.as_str(), &mended);
            *unit_text = mended;
        }
    }
    Some(Entry { name, organ, unit, parts })
}

/// The unit at the end of a name: `xã Tân Quang` and its level.
fn unit_of(reading: &Reading<'_>, name: &str) -> Option<(String, Level)> {
    let tables = reading.rules.tables();
    let mut starts: Vec<usize> = vec![0];
    starts.extend(name.match_indices(' ').map(|(i, _)| i + 1));
    let party = ["Tỉnh ủy", "Thành ủy", "Huyện ủy", "Quận ủy", "Thị ủy"].iter().position(|head| name.starts_with(head));
    if let Some(at) = party {
        return Some((name.to_owned(), if at < 2 { Level::Province } else { Level::District }));
    }
    starts.into_iter().rev().find_map(|at| {
        let (_, territory) = tables.territories.at(name, at)?;
        // `Thành phố Hà Nội` stands in the list by name; a bare kind is a unit too.
        Some((name[at..].to_owned(), territory.level))
    })
}

/// Whether the words behind a place say that the organ before it acts.
fn acts(reading: &Reading<'_>, at: usize) -> bool {
    let rest = &reading.text[at..];
    let next = at + (rest.len() - rest.trim_start().len());
    reading.rules.tables().cue_at(Cue::Acts, reading.text, next).is_some()
}

/// The organ that the body says acts, when the letterhead is lost.
fn from_body(
    reading: &Reading<'_>,
    head: &Head,
    number: Option<&FoundNumber>,
    place: Option<&FoundPlace>,
) -> Option<FoundIssuer> {
    let tables = reading.rules.tables();
    let text = reading.text;
    let first = head.authority.unwrap_or(head.end.saturating_sub(1));
    let from = reading.layout.lines.get(first).map_or(0, |line| line.full.start);
    let symbol_organ = number
        .and_then(|n| n.symbol.as_deref())
        .and_then(|s| s.split(['-', '/']).rev().find_map(|group| tables.organ_symbols.get(group)));
    let mut best: Option<(i32, FoundOrgan)> = None;
    let mut seen: Vec<(String, i32)> = Vec::new();
    let limit = (from + 6000).min(text.len());
    let mut previous = ' ';
    for (i, c) in text[from..].char_indices().take_while(|(i, _)| from + i < limit) {
        let at = from + i;
        let starts = c.is_uppercase() && !letter::is_alphanumeric(previous);
        previous = c;
        if !starts {
            continue;
        }
        let Some(found) = organ_at(reading, at) else { continue };
        let organ = &tables.organs[found.organ];
        if !organ.joins || found.unit.is_none() && organ.level != Some(Level::Party) {
            continue;
        }
        let mut score = 0;
        if acts(reading, found.span.end) {
            score += 10;
        }
        if symbol_organ == Some(&found.organ) {
            score += 4;
        }
        let before = text[..at].trim_end();
        if before.ends_with("của") || before.ends_with("Căn cứ") {
            score -= 6;
        }
        if let (Some(unit), Some(place)) = (&found.unit_name, place.and_then(|p| p.name.as_deref()))
            && skeleton(place).ends_with(&skeleton(unit))
        {
            score += 8;
        }
        if found.unit_name.is_some() {
            score += 7;
        }
        let key = skeleton(found.span.of(text));
        let repeats = match seen.iter_mut().find(|(known, _)| *known == key) {
            Some((_, count)) => {
                *count += 1;
                (*count).min(3)
            }
            None => {
                seen.push((key, 1));
                0
            }
        };
        score += repeats;
        if best.as_ref().is_none_or(|(top, _)| score > *top) {
            best = Some((score, found));
        }
    }
    let (score, found) = best?;
    // Without a number, place or signature beside it, only an organ that acts is the issuer.
    if score < 4 || score < 12 && number.is_none() && place.is_none() {
        return None;
    }
    let organ = &tables.organs[found.organ];
    let unit = found.unit.clone().unwrap_or_default();
    let unit_name = found.unit_name.clone().or_else(|| {
        let place = place.and_then(|p| p.name.clone())?;
        // `Xã Quang Trung` on the place line: the kind is said already.
        let (end, _) = tables.territories.at(&place, 0).unwrap_or((0, crate::rules::Territory { level: Level::Other }));
        let bare = place[end..].trim();
        Some(if bare.is_empty() { place.clone() } else { bare.to_owned() })
    });
    let name = if is_upper(found.span.of(text)) && found.unit_name.is_some() {
        organ::spelled(reading, found.span.of(text))
    } else {
        [Some(organ.name.to_string()), Some(unit).filter(|u| !u.is_empty()), unit_name]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let level = if organ.level == Some(Level::Party) { organ.level } else { found.level };
    Some(FoundIssuer {
        name,
        parent: None,
        level,
        certainty: Certainty::Inferred,
        parts: vec![found.span],
        rule: "issuer.body".to_owned(),
    })
}
