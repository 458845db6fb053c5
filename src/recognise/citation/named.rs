//! Acts cited by name: Hiến pháp, Bộ luật, Luật, Pháp lệnh; and the Party's charter.

use super::{
    CitedNumber, FoundCitation, Refusal,
    anchor::{self, Openers, Zones},
    phrase::{self, opening_word},
};
use crate::{
    grammar::{pinpoint, symbol},
    layout::Zone,
    recognise::{Reading, own::clean},
    record::Certainty,
    text::{Span, fold_char, is_skeleton, letter, lower_eq, skeleton},
};
use memchr::memmem;

/// All acts cited by name.
pub(super) fn acts(
    reading: &Reading<'_>,
    openers: &Openers,
    refused: &mut impl FnMut(Span, &dyn Fn() -> Refusal),
) -> Vec<FoundCitation> {
    let text = reading.text;
    let bytes = text.as_bytes();
    let mut found: Vec<FoundCitation> = Vec::new();
    let mut zones = Zones::new(reading.layout);
    let mut at = 0;
    while let Some(i) = anchor::next_act(bytes, at) {
        at = i + 1;
        // Whether a letter beyond ASCII stands before it is asked last.
        if !openers.may_open_act(&bytes[i..]) || text[..i].ends_with(letter::is_alphanumeric) || !zones.hold(i) {
            continue;
        }
        match act(reading, i) {
            Ok(citation) => {
                at = citation.span.end;
                found.push(citation);
            }
            Err(why) => refused(Span::new(i, i + 1), &|| why),
        }
    }
    let charters = charters(reading);
    if !charters.is_empty() {
        found.extend(charters);
        found.sort_by_key(|citation| citation.span.start);
    }
    found
}

/// The Party's charter (Điều lệ Đảng) where it is a ground, or where a part or an edition of it is meant; elsewhere it is
/// spoken of, as in `giữ vững Điều lệ Đảng`.
fn charters(reading: &Reading<'_>) -> Vec<FoundCitation> {
    let mut zones = Zones::new(reading.layout);
    memmem::find_iter(reading.text.as_bytes(), "Điều lệ Đảng")
        .filter(|at| zones.hold(*at))
        .filter_map(|at| act(reading, at).ok())
        .filter(|citation| {
            let ground = reading.layout.zone_at(citation.span.start) == Zone::Grounds;
            ground || !citation.pinpoints.is_empty() || citation.year.is_some()
        })
        .collect()
}

/// The act whose name begins at `at`.
fn act(reading: &Reading<'_>, at: usize) -> Result<FoundCitation, Refusal> {
    let text = reading.text;
    let tables = reading.rules.tables();
    let short = short_name(reading, at);
    let (head_end, kind) = short.map_or_else(|| opener(reading, at), |(end, kind)| Ok((end, kind)))?;
    let code = tables.types[kind].code.as_ref();
    let capital = text[at..].starts_with(letter::is_uppercase);
    let mut listed = None;
    let (end, rule) = if short.is_some() {
        (head_end, "citation.act-short")
    } else if let Some(end) = amending_end(reading, head_end).filter(|_| code != "HP") {
        (end, "citation.act-amending")
    } else if let Some((end, known)) = tables.act_names.at(text, at) {
        // A bare `luật` in small letters is prose unless its name runs on or is an abbreviation: `luật BVMT`.
        let abbreviated = text[head_end..end].chars().filter(|c| letter::is_uppercase(*c)).count() >= 2;
        let words = tables.acts[known].name.split(' ').count();
        if !capital && (words < 3 || text[at..end].split_whitespace().count() < 3) && !abbreviated {
            return Err(Refusal::Small(Span::new(at, head_end)));
        }
        if preceded_by(text, at, &["phap", "ky", "quy", "dinh"]) {
            return Err(Refusal::PartOfTerm(Span::new(at, head_end)));
        }
        listed = Some(known);
        (end, "citation.act")
    } else if code == "HP" {
        (head_end, "citation.act")
    } else {
        let end = unlisted_end(reading, head_end)?;
        if !capital {
            return Err(Refusal::Small(Span::new(at, head_end)));
        }
        (end, "citation.act-unlisted")
    };
    let mut name_end = end;
    if code == "HP" {
        name_end = nation_end(text, end);
    }
    let mut span = Span::new(at, name_end);
    let mut year = None;
    let mut number = None;
    let mut date = None;
    // `số 42/2013/QH13`, `năm 2013`, `ban hành năm 2015`, `ngày 25/11/2013` in any order.
    for _ in 0..3 {
        if number.is_none()
            && let Some(read) = number_behind(reading, span.end)
        {
            span.end = read.span.end;
            year = year.or(read.year);
            number = Some(read);
            continue;
        }
        if date.is_none()
            && let Some(read) = phrase::date_behind(text, span.end)
        {
            span.end = read.span.end;
            year = read.value.as_deref().and_then(|v| v.get(..4)?.parse().ok()).or(year);
            date = Some(read);
            continue;
        }
        if year.is_none()
            && let Some((value, stop)) = year_behind(text, span.end)
        {
            span.end = stop;
            year = Some(value);
            continue;
        }
        break;
    }
    let issuer = phrase::issuer_behind(reading, span.end).filter(|_| date.is_some() || number.is_some());
    let (begin, pinpoints) = pinpoint::from(text, at).unwrap_or((at, Vec::new()));
    // `LĐT` alone can be another thing; the codes stand by themselves.
    if short.is_some() && code == "Luật" && span.end == name_end && pinpoints.is_empty() {
        return Err(Refusal::NoName(Span::new(at, head_end)));
    }
    Ok(FoundCitation {
        kind: Some(kind),
        kind_span: Some(Span::new(at, head_end)),
        number,
        name: Some(match rule {
            "citation.act" => mended_name(reading, clean(&text[at..name_end]), listed),
            _ => clean(&text[at..name_end]),
        }),
        year,
        date,
        issuer,
        subject: None,
        amended_in: Vec::new(),
        pinpoints,
        begin,
        certainty: Certainty::Stated,
        span,
        rule,
    })
}

/// A short name of one word that begins at `at` (`BLDS`): its end, and the kind of the act.
fn short_name(reading: &Reading<'_>, at: usize) -> Option<(usize, usize)> {
    let text = reading.text;
    let tables = reading.rules.tables();
    let rest = &text[at..];
    let end = rest.find(|c: char| !letter::is_alphanumeric(c)).unwrap_or(rest.len());
    let known = *tables.act_symbols.get(&rest[..end])?;
    let joined = rest[end..].starts_with(['-', '/', '&']) || text[..at].ends_with(['-', '/', '&']);
    let (_, kind) = tables.type_words.at(&tables.acts[known].name, 0)?;
    (!joined).then_some((at + end, kind))
}

/// A name of the list in the spelling of the list where OCR lost marks; any other as written. `listed` is what the list
/// was found to hold of it.
fn mended_name(reading: &Reading<'_>, written: String, listed: Option<usize>) -> String {
    let tables = reading.rules.tables();
    let Some(known) = listed.or_else(|| tables.act_names.get(&written)).map(|i| tables.acts[i].name.as_ref()) else {
        return written;
    };
    // A short name is left as it stands.
    let words = |text: &str| text.split(|c: char| !letter::is_alphanumeric(c)).filter(|word| !word.is_empty()).count();
    if known == written || words(known) != words(&written) {
        return written;
    }
    let bare = |text: &str| text.to_lowercase().chars().filter(|c| letter::is_alphanumeric(*c)).collect::<String>();
    if bare(known) == bare(&written) { written } else { known.to_owned() }
}

/// The words that open an act's name: their end and the kind.
fn opener(reading: &Reading<'_>, at: usize) -> Result<(usize, usize), Refusal> {
    let text = reading.text;
    let tables = reading.rules.tables();
    let (end, kind) = tables.type_words.at(text, at).ok_or(Refusal::NotAnAct)?;
    let code = tables.types[kind].code.as_ref();
    let charter = || code == "ĐL" && tables.act_names.at(text, at).is_some();
    if !matches!(code, "Luật" | "BL" | "PL" | "HP") && !charter() {
        return Err(Refusal::NotAnAct);
    }
    // In capitals throughout it is a heading.
    let word = &text[at..end];
    let shouted = word.chars().filter(|c| letter::is_uppercase(*c)).count() > word.split_whitespace().count();
    let exact = [&["luật"] as &[&str], &["bộ", "luật"], &["pháp", "lệnh"], &["hiến", "pháp"], &["điều", "lệ"]]
        .into_iter()
        .any(|known| {
            let mut words = word.split_whitespace();
            known.iter().all(|known| words.next().is_some_and(|word| lower_eq(word, known))) && words.next().is_none()
        });
    let small = word.starts_with(letter::is_lowercase) && code != "Luật" && code != "BL";
    match (exact, shouted, small) {
        (false, ..) => Err(Refusal::NotAnAct),
        (_, true, _) => Err(Refusal::Capitals(Span::new(at, end))),
        (_, _, true) => Err(Refusal::Small(Span::new(at, end))),
        _ => Ok((end, kind)),
    }
}

/// The end of `sửa đổi, bổ sung một số điều của Luật …`, behind the opener.
fn amending_end(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let text = reading.text;
    let limit = text.floor_char_boundary(at + 420);
    let window = &text[at..limit];
    // Nearly all acts amend none, which one letter tells.
    if !window.chars().find(|c| letter::is_alphanumeric(*c)).is_some_and(|c| matches!(fold_char(c), 's' | 'b')) {
        return None;
    }
    let folded = skeleton(window.get(..window.floor_char_boundary(60)).unwrap_or_default());
    if !(folded.starts_with("sua doi") || folded.starts_with("bo sung") || folded.starts_with("bai bo")) {
        return None;
    }
    // The acts that it amends: names one behind the other, joined by commas, `;` and `và`.
    let mut end = None;
    let mut place = at;
    while let Some(next) = next_opener(reading, place, limit, end.is_some()) {
        let (head_end, _) = opener(reading, next).ok()?;
        let listed = reading.rules.tables().act_names.at(text, next).map(|(stop, _)| stop);
        let stop = listed.or_else(|| unlisted_end(reading, head_end).ok())?;
        end = Some(stop);
        place = stop;
    }
    end
}

/// The next act's opener: anywhere before the first, then only behind a comma or `và`.
fn next_opener(reading: &Reading<'_>, from: usize, limit: usize, joined: bool) -> Option<usize> {
    let text = reading.text;
    let mut previous = ' ';
    for (i, c) in text[from..limit].char_indices() {
        let at = from + i;
        if matches!(c, 'L' | 'B' | 'P') && !letter::is_alphanumeric(previous) && opener(reading, at).is_ok() {
            let between = text[from..at].trim();
            let links = between.is_empty() || matches!(between, "," | "và" | ", và");
            return (!joined || links).then_some(at);
        }
        if matches!(c, ';' | '.') || c == '\n' && previous == '\n' {
            return None;
        }
        previous = c;
    }
    None
}

/// The end of a name that the list does not hold: a capitalised word, then words up to the end of the clause.
fn unlisted_end(reading: &Reading<'_>, head_end: usize) -> Result<usize, Refusal> {
    let text = reading.text;
    let tables = reading.rules.tables();
    let mut at = head_end;
    let mut end = None;
    for count in 0..14 {
        let gap = &text[at..];
        let next = gap.trim_start_matches([' ', '\n']);
        if gap.len() - next.len() == 0 && count > 0 || gap[..gap.len() - next.len()].contains("\n\n") {
            break;
        }
        let start = at + (gap.len() - next.len());
        let word = next.split(|c: char| !letter::is_alphanumeric(c)).next().unwrap_or_default();
        if word.is_empty() || word.starts_with(|c: char| c.is_ascii_digit()) {
            break;
        }
        if count == 0 && is_skeleton(word, "nay") {
            return Err(Refusal::Itself(Span::new(start, start + word.len())));
        }
        let opens = || word.starts_with(letter::is_uppercase) && !is_skeleton(word, "so") && !is_skeleton(word, "do");
        if count == 0 && !opens() {
            return Err(Refusal::NoName(Span::new(start, start + word.len())));
        }
        let stops = matches!(
            word,
            "và" | "năm"
                | "ngày"
                | "số"
                | "của"
                | "được"
                | "đã"
                | "có"
                | "để"
                | "theo"
                | "tại"
                | "quy"
                | "này"
                | "trong"
                | "là"
                | "thì"
                | "do"
                | "khi"
                | "cho"
        );
        if count > 0
            && (stops
                || tables
                    .type_words
                    .at(text, start)
                    .is_some_and(|(_, k)| tables.types[k].code == "Luật" && word == "Luật"))
        {
            break;
        }
        end = Some(start + word.len());
        at = start + word.len();
        if text[at..].starts_with([',', ';', '.', ')', ':', '"', '(']) {
            break;
        }
    }
    end.ok_or(Refusal::NoName(Span::new(head_end, head_end)))
}

/// `nước Cộng hòa xã hội chủ nghĩa Việt Nam` behind `Hiến pháp`.
fn nation_end(text: &str, at: usize) -> usize {
    const NATION: &str = "nuoc cong hoa xa hoi chu nghia viet nam";
    let window = &text[at..text.floor_char_boundary(at + 90)];
    let mut end = 0;
    let mut words = 0;
    for (i, c) in window.char_indices().chain([(window.len(), ' ')]) {
        if !letter::is_alphanumeric(c) && i > 0 && window[..i].ends_with(letter::is_alphanumeric) {
            words += 1;
            if words == 9 {
                end = i;
                break;
            }
        }
    }
    if end > 0 && skeleton(&window[..end]) == NATION { at + end } else { at }
}

/// `số 42/2013/QH13` behind a name.
fn number_behind(reading: &Reading<'_>, at: usize) -> Option<CitedNumber> {
    let text = reading.text;
    let rest = text.get(at..)?;
    let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '('));
    let word = opening_word(trimmed, "so").filter(|_| rest.len() - trimmed.len() <= 10)?;
    let digits = trimmed[word..].trim_start_matches([' ', ':', '\n']);
    let start = text.len() - digits.len();
    let read = symbol::number(text, start, reading.rules.tables().codes())?;
    Some(CitedNumber::new(read, start))
}

/// `năm 2013`, `ban hành năm 2015`, or a bare year behind a name.
fn year_behind(text: &str, at: usize) -> Option<(i16, usize)> {
    let rest = text.get(at..)?;
    let mut next = rest.trim_start_matches([' ', '\n']);
    if rest.len() - next.len() == 0 {
        return None;
    }
    for lead in ["ban hành ", "năm "] {
        next = next.strip_prefix(lead).map_or(next, |n| n.trim_start_matches([' ', '\n']));
    }
    if let Some(wrapped) = next.strip_prefix("năm\n") {
        next = wrapped;
    }
    let digits = next.get(..4).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
    let year: i16 = digits.parse().ok()?;
    let behind = next[4..].chars().next();
    let end = text.len() - next.len() + 4;
    ((1945..2100).contains(&year) && !behind.is_some_and(|c| letter::is_alphanumeric(c) || c == '/'))
        .then_some((year, end))
}

/// Whether the word before a place is one of those given, marks folded.
fn preceded_by(text: &str, at: usize, words: &[&str]) -> bool {
    let head = text[..at].trim_end();
    let word = head.rsplit(|c: char| !letter::is_alphanumeric(c)).next().unwrap_or_default();
    head.len() + 3 > at && words.iter().any(|known| is_skeleton(word, known))
}

#[cfg(test)]
mod tests {
    use crate::Extractor;

    #[test]
    fn the_charter_of_the_party_is_cited_as_a_ground_and_by_its_parts() {
        let text = "ĐẢNG BỘ HUYỆN A LƯỚI\n\nBÁO CÁO\nCông tác xây dựng Đảng\n\nCăn cứ Điều lệ Đảng Cộng sản Việt Nam;\n\n\
                    1. Kết quả\nGiữ vững Điều lệ Đảng trong 14 chi bộ. Thực hiện Điều 30 Điều lệ Đảng và Điều lệ Đảng \
                    năm 2011. Theo Điều 12 Điều lệ trường mầm non.\n";
        let record = Extractor::builtin().extract("a.txt", text.as_bytes());
        let cited: Vec<_> = record.citations.iter().map(|cited| (cited.name.as_deref(), cited.year)).collect();
        assert_eq!(
            cited,
            [
                (Some("Điều lệ Đảng Cộng sản Việt Nam"), None),
                (Some("Điều lệ Đảng"), None),
                (Some("Điều lệ Đảng"), Some(2011))
            ]
        );
        assert!(record.citations.iter().all(|cited| cited.doc_type.as_ref().is_some_and(|kind| kind.code == "ĐL")));
        assert_eq!(record.citations[1].pinpoints.len(), 1);
    }
}
