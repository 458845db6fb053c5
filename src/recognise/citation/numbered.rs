//! Documents cited by number: anchored at the digits of the serial.

use super::{
    CitedNumber, FoundCitation, Refusal,
    anchor::{Openers, Taken, Zones},
    phrase,
};
use crate::{
    grammar::{
        pinpoint, symbol,
        symbol::{ReadNumber, Split},
    },
    recognise::{Reading, byte, own::FoundDate},
    record::{Certainty, Level},
    rules::{Bare, Family},
    text::{Span, fold_char, is_skeleton, letter, skeleton},
};
use rustc_hash::FxHashSet;

/// What one type word shares with the numbers that it governs.
#[derive(Clone)]
struct Series {
    kind: usize,
    date: Option<FoundDate>,
    issuer: Option<super::CitedIssuer>,
    end: usize,
}

/// What stands before the digits of a number: read once for all that ask.
#[derive(Clone, Copy)]
struct Lead {
    /// The words `số`: where the first of them begins and where the last ends.
    word: Option<(usize, usize)>,
    /// Where they begin, failing them the digits.
    begin: usize,
    /// The type word before them: where it begins, its kind, where it ends.
    kind: Option<(usize, usize, usize)>,
}

impl Lead {
    /// The words `số` before `at` are known.
    fn new(reading: &Reading<'_>, openers: &Openers, at: usize, after: usize, word: Option<(usize, usize)>) -> Self {
        let begin = word.map_or(at, |(begin, _)| begin);
        Lead { word, begin, kind: kind_before(reading, openers, begin, after) }
    }
}

/// All numbers that are cited outside `taken` (in order, none over another).
pub(super) fn numbers(
    reading: &Reading<'_>,
    openers: &Openers,
    taken: &[Span],
    refused: &mut impl FnMut(Span, &dyn Fn() -> Refusal),
) -> Vec<FoundCitation> {
    let text = reading.text;
    let bytes = text.as_bytes();
    let mut found: Vec<FoundCitation> = Vec::new();
    let mut series: Option<Series> = None;
    let mut at = 0;
    let mut after = 0;
    let mut named: FxHashSet<(usize, String)> = FxHashSet::default();
    let (mut taken, mut zones) = (Taken::new(taken), Zones::new(reading.layout));
    while let Some(digit) = byte::next(bytes, at, |byte| byte.is_ascii_digit()) {
        // OCR letters may open the serial: `O7`, `l2`.
        let mut start = digit;
        while start > after
            && matches!(bytes[start - 1], b'O' | b'I' | b'l')
            && !(start > 1 && bytes[start - 2].is_ascii_alphabetic())
        {
            start -= 1;
        }
        let run = bytes[digit..].iter().take_while(|b| b.is_ascii_digit()).count();
        at = digit + run;
        let glued = start > 0
            && (bytes[start - 1].is_ascii_alphanumeric()
                || bytes[start - 1] >= 0x80
                || matches!(bytes[start - 1], b'.' | b',') && start > 1 && bytes[start - 2].is_ascii_digit());
        if glued && number_word_before(text, start, after).is_none_or(|(_, end)| end != start) {
            refused(Span::new(start, at), &|| Refusal::Glued);
            continue;
        }
        if taken.hold(start) {
            continue;
        }
        if !zones.hold(start) {
            refused(Span::new(start, at), &|| Refusal::Zone);
            continue;
        }
        let word = number_word_before(text, start, after);
        let lead = || Lead::new(reading, openers, start, after, word);
        let read = number(reading, start, word);
        // Where a type word stands before the digits, its reading came nearer than that of a symbol.
        let alone = |lead: Lead, why: Refusal| {
            let read = serial_alone(reading, start, lead, &named);
            read.map_err(|alone| if alone == Refusal::NoTypeWord { why } else { alone })
        };
        let citation = match read {
            // Most digits, whatever word stands before them.
            Err(why) if word.is_none() && !may_stand_alone(bytes, start) => {
                refused(Span::new(start, at), &|| alone(lead(), why).err().unwrap_or(why));
                continue;
            }
            Err(why) => alone(lead(), why),
            Ok(read) => {
                let lead = lead();
                cited(reading, start, after, lead, read, &mut series).or_else(|why| alone(lead, why))
            }
        };
        let citation = match citation {
            Ok(citation) => citation,
            Err(why) => {
                refused(Span::new(start, at), &|| why);
                continue;
            }
        };
        after = citation.span.end;
        named.extend(kind_and_serial(&citation));
        at = at
            .max(citation.number.as_ref().map_or(at, |n| n.span.end))
            .max(citation.date.as_ref().map_or(at, |d| d.span.end.min(citation.span.end)));
        found.push(citation);
    }
    found
}

/// The number whose serial begins at `start`.
fn number(reading: &Reading<'_>, start: usize, word: Option<(usize, usize)>) -> Result<ReadNumber, Refusal> {
    let (text, codes) = (reading.text, reading.rules.tables().codes());
    let spaced = || word.and_then(|_| symbol::spaced_number(text, start, codes));
    symbol::attempt(text, start, codes).or_else(|why| spaced().ok_or(Refusal::NoNumber(why)))
}

/// The citation of a number whose serial begins at `start`.
fn cited(
    reading: &Reading<'_>,
    start: usize,
    after: usize,
    lead: Lead,
    read: ReadNumber,
    series: &mut Option<Series>,
) -> Result<FoundCitation, Refusal> {
    let text = reading.text;
    let tables = reading.rules.tables();
    let Lead { word, begin, kind: kind_word } = lead;
    if read.symbol.is_none() {
        let (from, kind, _) = kind_word.ok_or(Refusal::NoTypeWord)?;
        // `QĐ 749/2022`: no month has that number; `Nghị định 42/2022`: no act is named after a month.
        let beyond_months = read.serial.as_deref().is_some_and(|serial| serial.parse().is_ok_and(|n: u32| n > 12));
        let year_form = tables.types[kind].family == Family::Act
            || beyond_months && tables.types[kind].bare.is_some() && text[from..].starts_with(letter::is_uppercase);
        if word.is_none() && !year_form {
            return Err(Refusal::NoTypeWord);
        }
    }
    // A bare `3/Tổ` in prose is no number: without `số` and type word the symbol must hold a known abbreviation.
    if kind_word.is_none() && word.is_none() && !read.symbol.as_deref().is_some_and(|s| is_known(reading, s)) {
        return Err(Refusal::UnknownSymbol(Span::new(start, read.end)));
    }
    let split = read.symbol.as_deref().map(|symbol| Split::new(symbol, tables.codes()));
    let by_symbol = split.as_ref().and_then(Split::kind);
    let mut certainty = if read.repaired { Certainty::Repaired } else { Certainty::Stated };
    let mut date = phrase::date_behind(text, read.end);
    let end = date.as_ref().map_or(read.end, |d| d.span.end);
    let mut issuer = phrase::issuer_behind(reading, end);
    if let Some(found) = &mut issuer
        && let Some(split) = &split
    {
        phrase::join_issuers(reading, found, split.issuers());
    }
    if date.is_none()
        && let Some(found) = &issuer
    {
        // `của UBND tỉnh ngày 12/3/2020`
        date = phrase::date_behind(text, found.span.end);
    }
    let mut rule = "citation.number";
    let shared = if kind_word.is_none() { governed(reading, begin, after, series.as_ref()) } else { None };
    if let Some(shared) = &shared {
        rule = "citation.series";
        certainty = Certainty::Inferred;
        if date.is_none() {
            date = shared.date.clone().map(|d| FoundDate { certainty: Certainty::Inferred, ..d });
        }
        if issuer.is_none() {
            issuer = shared.issuer.clone().map(|i| super::CitedIssuer { inferred: true, ..i });
        }
    }
    let kind = match (kind_word, by_symbol, &shared) {
        // `văn bản số 12/KH-UBND` is the plan that its symbol names.
        (Some((from, _, to)), Some(symbol), _) if is_skeleton(&text[from..to], "van ban") => Some(symbol),
        (Some((_, word, _)), ..) => Some(word),
        (None, Some(symbol), _) => Some(symbol),
        (None, None, Some(shared)) => Some(shared.kind),
        // `42/2013/QH13`, `178/CP`: a law or a resolution, a decree or a resolution; the symbol does not tell.
        (None, None, None) if read.symbol.as_deref().is_some_and(|s| is_central(reading, s)) => None,
        (None, None, None) => tables.types.iter().position(|t| t.code == "CV"),
    };
    *series = match (&shared, kind_word, kind) {
        (Some(shared), ..) => Some(Series { end, ..shared.clone() }),
        (None, Some(_), Some(kind)) => Some(Series { kind, date: None, issuer: None, end }),
        _ => None,
    };
    let from = kind_word.map_or(begin, |(from, ..)| from);
    let stop = date
        .as_ref()
        .filter(|d| {
            d.span.start >= read.end && issuer.as_ref().is_none_or(|i| i.inferred || d.span.start < i.span.start)
        })
        .map_or(read.end, |d| d.span.end);
    let (first, pinpoints) = pinpoint::from(text, from).unwrap_or((from, Vec::new()));
    let year = read.year.or_else(|| date.as_ref().and_then(|d| d.value.as_deref()?.get(..4)?.parse().ok()));
    Ok(FoundCitation {
        kind,
        kind_span: kind_word.map(|(from, _, to)| Span::new(from, to)),
        year,
        number: Some(CitedNumber::new(read, start)),
        name: None,
        date,
        issuer,
        subject: None,
        amended_in: Vec::new(),
        pinpoints,
        begin: first,
        certainty,
        span: Span::new(from, stop),
        rule,
    })
}

/// `Đề án 06`, `Đề án số 08`, `Nghị định 30`: a type word and a serial, nothing behind it that counts.
fn serial_alone(
    reading: &Reading<'_>,
    start: usize,
    lead: Lead,
    named: &FxHashSet<(usize, String)>,
) -> Result<FoundCitation, Refusal> {
    let text = reading.text;
    let tables = reading.rules.tables();
    let digits = text[start..].bytes().take_while(u8::is_ascii_digit).count();
    let mut end = start + digits;
    if !(1..=4).contains(&digits) {
        return Err(Refusal::NoTypeWord);
    }
    let word = lead.word;
    let (from, kind, to) = lead.kind.ok_or(Refusal::NoTypeWord)?;
    let bare = tables.types[kind].bare;
    if word.is_none() && !may_be_bare(reading, Span::new(from, to), kind, start, digits) {
        return Err(Refusal::NoNickname(Span::new(from, to)));
    }
    if text[end..].starts_with(|c: char| c.is_ascii_lowercase())
        && !text[end + 1..].starts_with(letter::is_alphanumeric)
        && word.is_none()
    {
        end += 1;
    }
    let rest = &text[end..];
    if rest.starts_with(['/', '%', '.', ',']) && rest[1..].starts_with(letter::is_alphanumeric)
        || rest.starts_with(['%', '/'])
    {
        return Err(Refusal::GoesOn(Span::new(end, end + 1)));
    }
    let next = rest.trim_start_matches([' ', '\n']);
    let behind: String = next.chars().take_while(|c| letter::is_alphabetic(*c)).collect();
    let behind_at = text.len() - next.len();
    let date = phrase::date_behind(text, end);
    let year = year_word(next);
    let counted = match skeleton(&behind).as_str() {
        "ngay" => word.is_none() && date.is_none(),
        "nam" if word.is_some() => year.is_none(),
        _ => tables.unit_words.at(text, behind_at).is_some(),
    } || tables.scales.at(text, behind_at).is_some();
    let follows = behind.is_empty()
        || matches!(
            skeleton(&behind).as_str(),
            "cua"
                | "ngay"
                | "ve"
                | "va"
                | "tren"
                | "tai"
                | "theo"
                | "la"
                | "duoc"
                | "da"
                | "trong"
                | "voi"
                | "cho"
                | "den"
                | "giai"
                | "nam"
                | "dam"
                | "bao"
                | "gan"
                | "tu"
                | "do"
                | "o"
                | "hieu"
                | "neu"
                | "noi"
                | "quy"
        );
    // A serial with its leading zero is written like a name: `Đề án 06 còn chậm`.
    let padded = text[start..].starts_with('0') && tables.types[kind].code == "ĐA";
    // Behind a pinpoint, and where its whole number stands before, it can be nothing else.
    let (begin, pinpoints) = pinpoint::from(text, from).unwrap_or((from, Vec::new()));
    let again = named.contains(&(kind, text[start..end].trim_start_matches('0').to_owned()));
    if counted || !(follows || padded || again || !pinpoints.is_empty()) {
        let next = Span::new(behind_at, behind_at + behind.len());
        return Err(if counted { Refusal::Counts(next) } else { Refusal::RunsOn(next) });
    }
    let stop = date.as_ref().map_or(end, |d| d.span.end);
    let issuer = phrase::issuer_behind(reading, stop);
    let spelled = !is_abbreviation(reading, Span::new(from, to));
    let certain = match bare {
        _ if again => true,
        Some(Bare::Name) if spelled => true,
        _ if !spelled && tables.types[kind].certain => true,
        // `theo Thông tư 36 về …`: in the midst of a sentence the capital makes it a name.
        Some(_) if spelled => !pinpoints.is_empty() || is_amid(reading, from),
        _ => false,
    };
    if word.is_none() && !certain && date.is_none() && issuer.is_none() {
        return Err(Refusal::NoNickname(Span::new(from, to)));
    }
    Ok(FoundCitation {
        kind: Some(kind),
        kind_span: Some(Span::new(from, to)),
        number: Some(CitedNumber {
            serial: Some(text[start..end].to_owned()),
            year: None,
            symbol: None,
            dashed: false,
            repaired: false,
            span: Span::new(start, end),
        }),
        name: None,
        year: date.as_ref().and_then(|d| d.value.as_deref()?.get(..4)?.parse().ok()).or(year),
        date,
        issuer,
        subject: None,
        amended_in: Vec::new(),
        pinpoints,
        begin,
        certainty: Certainty::Stated,
        span: Span::new(from, stop),
        rule: "citation.serial",
    })
}

/// Whether digits may be a serial alone without `số`, by the bytes around them: two to four that are no year, right
/// behind a word, nothing joined to them.
fn may_stand_alone(bytes: &[u8], start: usize) -> bool {
    let digits = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (said, behind) = bytes[start..].split_at(digits);
    let year = matches!(said, [b'1', b'9', b'9', _] | [b'2', b'0', _, _]);
    let joined = match behind {
        [b'%' | b'/', ..] => true,
        [b'.' | b',', next, ..] => next.is_ascii_alphanumeric(),
        _ => false,
    };
    let word = match bytes[..start] {
        [.., last, b' ', b'\n'] | [.., last, b' ' | b'\n'] | [.., last, 0xc2, 0xa0] => {
            last.is_ascii_alphanumeric() || !last.is_ascii()
        }
        _ => false,
    };
    (2..=4).contains(&digits) && word && !year && !joined
}

/// What a later mention repeats: the kind and the serial.
fn kind_and_serial(citation: &FoundCitation) -> Option<(usize, String)> {
    let serial = citation.number.as_ref()?.serial.as_deref()?;
    Some((citation.kind?, serial.trim_start_matches('0').to_owned()))
}

/// Whether a type word may govern the digits at `start` without `số`: in capitals, nothing but a space between, of two
/// digits or more that are no year.
fn may_be_bare(reading: &Reading<'_>, word: Span, kind: usize, start: usize, digits: usize) -> bool {
    let text = reading.text;
    let of = &reading.rules.tables().types[kind];
    let written = word.of(text);
    let between = &text[word.end..start];
    let year = digits == 4 && text[start..start + digits].parse().is_ok_and(|n: u32| (1990..2100).contains(&n));
    let shouted = of.bare == Some(Bare::Cited) && written.contains(' ') && !written.chars().any(letter::is_lowercase);
    of.bare.is_some()
        && digits >= 2
        && !year
        && !shouted
        && written.starts_with(letter::is_uppercase)
        && matches!(between, " " | "\n" | " \n" | "\u{a0}")
}

/// Whether the word of a kind is its abbreviation: `NĐ`.
fn is_abbreviation(reading: &Reading<'_>, word: Span) -> bool {
    reading.rules.tables().type_symbols.contains_key(word.of(reading.text))
}

/// Whether a place lies amid a sentence, behind a word that is no head of an organ's name (`Phòng Kế hoạch`).
fn is_amid(reading: &Reading<'_>, at: usize) -> bool {
    let text = reading.text;
    let head = text[..at].trim_end_matches([' ', '\n']);
    if text[head.len()..at].contains("\n\n") || !head.ends_with(|c: char| letter::is_alphabetic(c) || c == ',') {
        return false;
    }
    // `Đã ban hành: Nghị quyết 12, Quyết định 45`: a list that opens with a kind is a tally.
    if head.ends_with(',') {
        let window = &head[head.floor_char_boundary(head.len().saturating_sub(200))..];
        let clause = window.rsplit([':', ';', '.', '\n', '(']).next().unwrap_or_default();
        let first = head.len() - clause.trim_start().len();
        return reading.rules.tables().type_words.at(text, first).is_none();
    }
    let word = head.rsplit(|c: char| !letter::is_alphabetic(c)).next().unwrap_or_default();
    !matches!(skeleton(word).as_str(), "phong" | "ban" | "so" | "khoa" | "to" | "cuc" | "vu" | "vien" | "chinh")
}

/// `năm 2023` at the beginning of a text.
fn year_word(text: &str) -> Option<i16> {
    let digits = text.strip_prefix("năm")?.trim_start_matches([' ', '\n']).get(..4)?;
    digits.parse().ok().filter(|year| (1945..2100).contains(year) && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// The word `số` before a serial: where the first of them begins and where the last ends.
fn number_word_before(text: &str, at: usize, after: usize) -> Option<(usize, usize)> {
    // The last two letters tell most of what stands before digits.
    let before = text.as_bytes().get(after..at)?;
    let passed = |byte: &u8| matches!(byte, b' ' | b'\t'..=b'\r' | b':' | b'.' | b';' | b'*');
    let mut last = before.len();
    while last > 0 && passed(&before[last - 1]) {
        last -= 1;
    }
    if before[..last].last().is_none_or(|last| last.is_ascii() && !matches!(last, b'o' | b'O')) {
        return None;
    }
    let first = match before[..last] {
        [.., first, b'o' | b'O'] => first,
        [.., first, 0xc0..=0xdf, 0x80..=0xbf] => first,
        [.., first, 0xe0..=0xef, 0x80..=0xbf, 0x80..=0xbf] => first,
        [.., 0xf0..=0xff, _, _, _] => b's',
        _ => return None,
    };
    if first.is_ascii() && !matches!(first, b's' | b'S') {
        return None;
    }
    let mut end = at;
    let mut found = None;
    for _ in 0..2 {
        let head =
            text.get(after..end)?.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '.' | ';' | '*'));
        if end - after - head.len() > 12 {
            break;
        }
        let Some(word) = number_word(head) else { break };
        let begin = after + head.len() - word.len();
        found = Some((begin, found.map_or(after + head.len(), |(_, e)| e)));
        end = begin;
    }
    found
}

/// The word `số` that ends a text: `so` in any marks but those of `sở`.
fn number_word(text: &str) -> Option<&str> {
    let mut letters = text.char_indices().rev();
    letters.next().filter(|(_, c)| fold_char(*c) == 'o')?;
    let (begin, _) = letters.next().filter(|(_, c)| fold_char(*c) == 's')?;
    let word = &text[begin..];
    let whole = !letters.next().is_some_and(|(_, c)| letter::is_alphanumeric(c));
    (whole && word.len() <= 5 && !matches!(word, "Sở" | "sở")).then_some(word)
}

/// The type word (or its abbreviation) right before a place: where it begins, its kind, where it ends.
fn kind_before(reading: &Reading<'_>, openers: &Openers, at: usize, after: usize) -> Option<(usize, usize, usize)> {
    let text = reading.text;
    let tables = reading.rules.tables();
    let head = text.get(after..at)?;
    let bytes = head.as_bytes();
    let mut end = bytes.len();
    while end > 0 && matches!(bytes[end - 1], b' ' | b'\t'..=b'\r' | b'*' | b':' | b'_') {
        end -= 1;
    }
    let trimmed = match bytes[..end] {
        // Behind a stroke, a dot or a bracket no word ends.
        [.., last] if last.is_ascii_alphanumeric() => &head[..end],
        [.., 0x80..=0xff] => head[..end].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '*' | ':' | '_')),
        _ => return None,
    };
    if head.len() - trimmed.len() > 16 || trimmed.is_empty() {
        return None;
    }
    let end = after + trimmed.len();
    if let Some((from, kind)) = tables.type_words.ending_at(text, end).filter(|(from, _)| *from >= after) {
        return Some((from, kind, end));
    }
    if !openers.may_end_in_kind(trimmed) {
        return None;
    }
    let word = trimmed.rsplit(|c: char| !letter::is_alphanumeric(c)).next().unwrap_or_default();
    let kind = *tables.type_symbols.get(word)?;
    // `TT 343/TT-BTC`, `NQ 88/NQ-CP`: the abbreviation for the word.
    Some((end - word.len(), kind, end))
}

/// Whether a symbol is nothing but the code of a central organ.
fn is_central(reading: &Reading<'_>, symbol: &str) -> bool {
    let tables = reading.rules.tables();
    tables.codes().organ(symbol).is_some_and(|organ| tables.organs[organ].level == Some(Level::Central))
}

/// Whether a symbol holds an abbreviation that the rules know.
fn is_known(reading: &Reading<'_>, symbol: &str) -> bool {
    let tables = reading.rules.tables();
    let codes = tables.codes();
    symbol.split(['-', '/', ' ', '.']).any(|group| codes.kind(group).is_some() || codes.organ(group).is_some())
}

/// What governs a number without a type word of its own: the number before it, or `các Quyết định … ngày …:`.
fn governed(reading: &Reading<'_>, at: usize, after: usize, series: Option<&Series>) -> Option<Series> {
    let text = reading.text;
    let lead = text.get(after..at)?.trim_end();
    if let Some(series) = series
        && series.end <= at
        && at - series.end < 700
        && !text[series.end..at].contains("\n\n")
        && (lead.ends_with([';', ',']) || lead.ends_with(" và") || lead == "và")
        && !text[series.end..at].contains(". ")
    {
        return Some(series.clone());
    }
    if !lead.ends_with(':') {
        return None;
    }
    let from = text.floor_char_boundary(at.saturating_sub(260)).max(after);
    let window = &text[from..at];
    let tables = reading.rules.tables();
    let many = window.rfind("các ").or_else(|| window.rfind("Các "))? + from;
    let word_at = many + "các ".len();
    let (word_end, kind) = tables.type_words.at(text, word_at)?;
    let mut series = Series { kind, date: None, issuer: None, end: at };
    let mut place = word_end;
    for _ in 0..2 {
        if series.issuer.is_none()
            && let Some(found) = phrase::issuer_behind(reading, place)
        {
            place = found.span.end;
            series.issuer = Some(found);
        }
        if series.date.is_none()
            && let Some(found) = phrase::date_behind(text, place)
        {
            place = found.span.end;
            series.date = Some(found);
        }
    }
    (place <= at).then_some(series)
}
