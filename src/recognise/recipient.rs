//! Recipients (nơi nhận): the entries, why they receive, and the archive line.

use super::{Reading, own::clean};
use crate::text::letter;
use crate::{
    layout::{Tail, is_bullet, is_noise},
    record::Certainty,
    rules::Cue,
    text::{Span, fold_char},
};

/// A recipient as it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundRecipient {
    /// The organ or person.
    pub name: String,
    /// Why it receives.
    pub purpose: Option<String>,
    /// Whether this is the archive line.
    pub archive: bool,
    /// Whether the name was mended.
    pub certainty: Certainty,
    /// Where it stands.
    pub span: Span,
    /// The rule that read it.
    pub rule: &'static str,
}

/// The entries behind `Nơi nhận:`.
pub fn recipients(reading: &Reading<'_>, tail: &Tail) -> Vec<FoundRecipient> {
    let text = reading.text;
    let mut entries: Vec<Vec<Span>> = Vec::new();
    let mut archived = false;
    for span in tail.recipients.iter().flat_map(|span| bulleted_within(text, *span)) {
        let said = span.of(text);
        let letters = said.chars().filter(|c| letter::is_alphabetic(*c)).count();
        if is_noise(text, span, reading.rules.tables()) && !is_bullet(said) || letters < 2 && !is_bullet(said) {
            if archived {
                break;
            }
            continue;
        }
        let ended =
            entries.last().and_then(|entry| entry.last()).is_some_and(|last| last.of(text).ends_with([';', '.']));
        // OCR makes odd letters of dashes: only a plain letter or digit carries an entry on.
        let marked = !said.starts_with(|c: char| fold_char(c).is_ascii_alphanumeric() || matches!(c, '(' | '"'));
        let kept = ended && archive_mark(reading, span).is_some();
        let fresh = is_bullet(said)
            || entries.is_empty()
            || marked && ended
            || kept
            || ended && said.starts_with(letter::is_uppercase);
        if archived {
            let adjacent =
                entries.last().and_then(|e| e.last()).is_some_and(|last| !text[last.end..span.start].contains("\n\n"));
            // A list below the block, as of acts that a page links to, is none of recipients.
            if !adjacent || !is_bullet(said) && (ended || letters < 3 || said.starts_with('(')) {
                break;
            }
        }
        if letters == 0 {
            continue;
        }
        if fresh {
            entries.push(vec![span]);
            archived |= archive_mark(reading, span).is_some();
        } else if let Some(entry) = entries.last_mut() {
            entry.push(span);
        }
    }
    entries.iter().filter_map(|entry| recipient(reading, entry)).collect()
}

/// The entries of a line that was flattened: `- Như trên; - Lưu: VT.`
fn bulleted_within(text: &str, span: Span) -> Vec<Span> {
    let said = span.of(text);
    let mut from = 0;
    let mut entries = Vec::new();
    for (at, _) in said.match_indices([';', '.']) {
        let behind = said[at + 1..].trim_start_matches(' ');
        let bullet = behind.strip_prefix(['-', '+', '•']).map(|rest| rest.trim_start_matches(' '));
        if bullet.is_some_and(|rest| rest.starts_with(letter::is_uppercase)) {
            entries.push(Span::new(span.start + from, span.start + at + 1));
            from = said.len() - behind.len();
        }
    }
    entries.push(Span::new(span.start + from, span.end));
    entries
}

/// Where the words behind `Lưu` begin, if the entry is the archive line; a mark or two of OCR may stand before it.
fn archive_mark(reading: &Reading<'_>, span: Span) -> Option<usize> {
    let said = span.of(reading.text);
    let starts = said.char_indices().take(6).filter(|(_, c)| letter::is_uppercase(*c)).map(|(i, _)| span.start + i);
    for at in starts {
        if let Some((end, _)) = reading.rules.tables().cue_at(Cue::Archive, reading.text, at)
            && end <= span.end
        {
            let rest = reading.text[end..span.end].trim_start_matches([':', ' ', ',', ';', '.']);
            return Some(span.end - rest.len());
        }
    }
    None
}

fn recipient(reading: &Reading<'_>, lines: &[Span]) -> Option<FoundRecipient> {
    let text = reading.text;
    let hull = lines.iter().copied().reduce(Span::hull)?;
    let archive = archive_mark(reading, lines[0]);
    let joined = lines.iter().map(|line| clean(line.of(text))).collect::<Vec<_>>().join(" ");
    let bare = match archive {
        Some(at) => {
            let first = clean(&text[at..lines[0].end]);
            let rest = lines[1..].iter().map(|line| clean(line.of(text)));
            std::iter::once(first).chain(rest).collect::<Vec<_>>().join(" ")
        }
        None => joined,
    };
    // A scan makes raised marks of specks, which count as letters.
    let speck = |c: char| matches!(c, '\u{2b0}'..='\u{2ff}');
    let bare = bare.trim_start_matches(|c: char| (!c.is_alphanumeric() || speck(c)) && c != '(' && c != '"');
    let bare = bare
        .split("./.")
        .next()
        .unwrap_or_default()
        .trim_end_matches([';', '.', ',', ' ', ':', '`', '\'', '-', '_', '|', '/']);
    let bare = without_debris(bare);
    let (name, purpose) = if archive.is_some() { (bare.to_owned(), None) } else { purpose(reading, bare) };
    if name.chars().filter(|c| letter::is_alphanumeric(*c)).count() < 2 {
        return None;
    }
    let start = hull.start + hull.of(text).find(letter::is_alphanumeric).unwrap_or(0);
    let rule = if archive.is_some() { "recipient.archive" } else { "recipient.entry" };
    Some(FoundRecipient {
        name,
        purpose,
        archive: archive.is_some(),
        certainty: Certainty::Stated,
        span: Span::new(start, hull.end),
        rule,
    })
}

/// An entry without what a stamp or a signature left behind its `;`: marks, digits, a lone word in capitals.
fn without_debris(entry: &str) -> &str {
    let Some(at) = entry.rfind([';', ':']).filter(|at| *at > 4) else { return entry };
    let behind = &entry[at + 1..];
    let words = behind.split(|c: char| !letter::is_alphanumeric(c)).filter(|word| word.chars().count() >= 2);
    let small = words.clone().any(|word| {
        word.chars().count() >= 3
            && word.chars().any(letter::is_lowercase)
            && word.chars().all(|c| fold_char(c).is_ascii_alphabetic())
    });
    // A bracket closes an entry: nothing of it stands behind.
    let small = small && !entry[..at].trim_end().ends_with(')');
    if small || words.count() >= 2 { entry } else { without_debris(entry[..at].trim_end_matches([' ', ';', ',', ':'])) }
}

/// An entry without the bracket that says why, and what that bracket says.
fn purpose(reading: &Reading<'_>, entry: &str) -> (String, Option<String>) {
    if let Some(open) = entry.rfind('(') {
        let inside = entry[open + 1..].trim_end_matches([')', ';', '.', ' ']).trim();
        let first = inside.find(letter::is_alphanumeric).unwrap_or(0);
        let closes = entry.ends_with(')') || !entry[open..].contains(')');
        if closes && reading.rules.tables().purposes.at(inside, first).is_some() {
            let name = entry[..open].trim_end_matches([' ', ';', ',', ':', '-']).to_owned();
            return (name, Some(inside.to_owned()));
        }
    }
    (entry.to_owned(), None)
}
