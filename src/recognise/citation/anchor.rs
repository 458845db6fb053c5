//! Where citations may begin, and what is told of a place by a cursor that moves with the search.

use super::ZONES;
use crate::{layout::Layout, rules::Tables, text::Span};

/// How many bytes are looked at as one.
const CHUNK: usize = 16;

/// The first byte from `from` on with one of the letters that open names of acts (`Luật`, `Bộ luật`, `Pháp lệnh`,
/// `Hiến pháp`, and short names of them), no letter and no digit of ASCII before it.
pub(super) fn next_act(bytes: &[u8], from: usize) -> Option<usize> {
    // Comparisons alone, so that sixteen bytes are looked at as one.
    let is_letter = |byte: u8| {
        let small = byte | 0x20;
        (small == b'l') | (small == b'b') | (small == b'p') | (byte == b'H')
    };
    let is_inside = |before: u8| ((before | 0x20).wrapping_sub(b'a') < 26) | (before.wrapping_sub(b'0') < 10);
    if from == 0 && is_letter(*bytes.first()?) {
        return Some(0);
    }
    let mut at = from.max(1);
    let opens = |before: u8, byte: u8| is_letter(byte) & !is_inside(before);
    let chunk = |at: usize| bytes.get(at..).and_then(|rest| rest.first_chunk::<CHUNK>());
    let opens_one = |before: u8, byte: u8| {
        matches!(byte, b'L' | b'l' | b'B' | b'b' | b'P' | b'p' | b'H') && !before.is_ascii_alphanumeric()
    };
    while let (Some(before), Some(here)) = (chunk(at - 1), chunk(at)) {
        if (0..CHUNK).fold(false, |any, i| any | opens(before[i], here[i]))
            && let Some(i) = (0..CHUNK).position(|i| opens_one(before[i], here[i]))
        {
            return Some(at + i);
        }
        at += CHUNK;
    }
    (at..bytes.len()).find(|at| opens_one(bytes[at - 1], bytes[*at]))
}

/// Whether the next word behind another may begin with a letter, small or large.
fn may_go_on(bytes: &[u8], letter: u8) -> bool {
    let gap = bytes.iter().take_while(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric()).count();
    gap > 0 && bytes.get(gap).is_some_and(|byte| byte.to_ascii_lowercase() == letter || !byte.is_ascii())
}

/// Tells of places, asked one behind the other, whether they lie where citations are looked for.
pub(super) struct Zones<'l> {
    layout: &'l Layout,
    /// The first line that begins behind the last place.
    line: usize,
    told: Told,
}

/// What was told last, and of which places it is true.
#[derive(Default)]
struct Told {
    from: usize,
    upto: usize,
    holds: bool,
}

impl Told {
    fn of(&self, at: usize) -> Option<bool> {
        (self.from <= at && at < self.upto).then_some(self.holds)
    }
}

impl<'l> Zones<'l> {
    pub(super) fn new(layout: &'l Layout) -> Self {
        Zones { layout, line: 0, told: Told::default() }
    }

    pub(super) fn hold(&mut self, at: usize) -> bool {
        if let Some(holds) = self.told.of(at) {
            return holds;
        }
        let start = |line: usize| self.layout.lines.get(line).map(|line| line.full.start);
        self.line = moved(self.line, |line| start(line).is_some_and(|start| start <= at));
        let line = self.line.checked_sub(1);
        self.told = Told {
            from: line.and_then(start).unwrap_or(0),
            upto: start(self.line).unwrap_or(usize::MAX),
            holds: line.is_some_and(|line| ZONES.contains(&self.layout.zones[line])),
        };
        self.told.holds
    }
}

/// Tells of places, asked one behind the other, whether they lie in one of some spans in order.
pub(super) struct Taken<'s> {
    spans: &'s [Span],
    /// The first span that begins behind the last place.
    span: usize,
    told: Told,
}

impl<'s> Taken<'s> {
    pub(super) fn new(spans: &'s [Span]) -> Self {
        Taken { spans, span: 0, told: Told::default() }
    }

    pub(super) fn hold(&mut self, at: usize) -> bool {
        if let Some(holds) = self.told.of(at) {
            return holds;
        }
        let start = |span: usize| self.spans.get(span).map(|span| span.start);
        self.span = moved(self.span, |span| start(span).is_some_and(|start| start <= at));
        let end = self.span.checked_sub(1).map_or(0, |span| self.spans[span].end);
        let next = start(self.span).unwrap_or(usize::MAX);
        self.told = match self.span.checked_sub(1) {
            Some(span) if at < end => Told { from: self.spans[span].start, upto: end.min(next), holds: true },
            _ => Told { from: end, upto: next, holds: false },
        };
        self.told.holds
    }
}

/// The first index for which something no longer holds, looked for from another on.
fn moved(mut from: usize, holds: impl Fn(usize) -> bool) -> usize {
    while from > 0 && !holds(from - 1) {
        from -= 1;
    }
    while holds(from) {
        from += 1;
    }
    from
}

/// What bytes the short names of acts and the abbreviations of kinds have, so that hardly any other word is looked up.
pub(super) struct Openers {
    /// The second byte of a short name of an act.
    acts: [bool; 256],
    /// The last byte of an abbreviation.
    kinds: [bool; 256],
}

impl Openers {
    pub(super) fn new(tables: &Tables) -> Self {
        let (mut acts, mut kinds) = ([false; 256], [false; 256]);
        for name in tables.act_symbols.keys() {
            match name.as_bytes().get(1) {
                Some(byte) => acts[usize::from(*byte)] = true,
                None => acts = [true; 256],
            }
        }
        for name in tables.type_symbols.keys() {
            if let Some(byte) = name.as_bytes().last() {
                kinds[usize::from(*byte)] = true;
            }
        }
        Openers { acts, kinds }
    }

    /// Whether the name of an act may begin at a byte: `Luật`, `Bộ luật`, `Pháp lệnh` or `Hiến pháp` in any case, told
    /// by their first letters, or a short name.
    pub(super) fn may_open_act(&self, bytes: &[u8]) -> bool {
        let spelt = match bytes {
            [b'L' | b'l', b'U' | b'u', 0xe1, 0xba, 0xac | 0xad, ..] => true,
            [b'B' | b'b', 0xe1, 0xbb, 0x98 | 0x99, rest @ ..] => may_go_on(rest, b'l'),
            [b'P' | b'p', b'H' | b'h', 0xc3, 0x81 | 0xa1, b'P' | b'p', rest @ ..] => may_go_on(rest, b'l'),
            [b'H' | b'h', b'I' | b'i', 0xe1, 0xba, 0xbe | 0xbf, b'N' | b'n', rest @ ..] => may_go_on(rest, b'p'),
            _ => false,
        };
        spelt || bytes.get(1).is_none_or(|byte| self.acts[usize::from(*byte)])
    }

    /// Whether a text may end in the abbreviation of a kind.
    pub(super) fn may_end_in_kind(&self, text: &str) -> bool {
        text.as_bytes().last().is_some_and(|byte| self.kinds[usize::from(*byte)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Rules,
        text::{lower_eq, skeleton},
    };
    use proptest::prelude::*;

    #[test]
    fn every_name_that_opens_an_act_may() {
        let tables = Rules::builtin().tables();
        let openers = Openers::new(tables);
        for word in ["luật", "bộ luật", "pháp lệnh", "hiến pháp"] {
            for spelled in [word.to_owned(), word.to_uppercase(), word[..1].to_uppercase() + &word[1..]] {
                assert!(openers.may_open_act(spelled.as_bytes()), "{spelled}");
            }
        }
        assert!(tables.act_symbols.keys().all(|name| openers.may_open_act(name.as_bytes())));
        assert!(tables.type_symbols.keys().all(|name| openers.may_end_in_kind(name)));
        for word in ["lưu trữ", "báo cáo", "phường", "lương", "bộ phận", "bộ", "pháp nhân", "pháp", "phát lương"]
        {
            assert!(!openers.may_open_act(word.as_bytes()), "{word}");
        }
        // Every kind that acts have is named by one of the four.
        for (word, code) in [("luật", "Luật"), ("bộ luật", "BL"), ("pháp lệnh", "PL"), ("hiến pháp", "HP")]
        {
            let kind = tables.type_words.get(word).map(|kind| &tables.types[kind]);
            assert!(kind.is_some_and(|kind| kind.code == code && lower_eq(&kind.name, word)), "{}", skeleton(word));
        }
    }

    proptest! {
        #[test]
        fn a_search_for_acts_finds_what_one_by_one_does(text in "[lBhH .ộ1]{0,60}", from in 0usize..70) {
            let bytes = text.as_bytes();
            let opens = |at: &usize| matches!(bytes[*at], b'l' | b'B' | b'H')
                && !at.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_alphanumeric());
            prop_assert_eq!(next_act(bytes, from), (from..bytes.len()).find(opens));
        }

        #[test]
        fn a_cursor_tells_what_a_search_does(starts in proptest::collection::btree_set(0usize..60, 0..9), places in proptest::collection::vec(0usize..70, 0..20)) {
            let starts: Vec<usize> = starts.into_iter().collect();
            let spans: Vec<Span> = starts.iter().enumerate()
                .map(|(i, start)| Span::new(*start, starts.get(i + 1).map_or(start + 3, |next| (*next).min(start + 3)))).collect();
            let mut taken = Taken::new(&spans);
            for at in places {
                prop_assert_eq!(taken.hold(at), spans.iter().any(|span| span.start <= at && at < span.end));
            }
        }
    }
}
