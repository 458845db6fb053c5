//! One pass that folds typing variants and remembers every edit.

use super::{SourceSpan, Span, letter, markdown};
use memchr::memchr2;
use std::borrow::Cow;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// One replaced stretch: `norm` stands for `source`. Between two edits the texts are the same, byte for byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Edit {
    norm: (usize, usize),
    source: (usize, usize),
}

/// How often a text is gone over for what a link left behind makes. Links nested deeper stay: each level costs a round over
/// the whole text, and no document has them.
const MOST_ROUNDS: usize = 10;

/// A source text in normal form, with the way back.
///
/// ```
/// use trich::text::{Normalised, Span};
///
/// let text = Normalised::new("Số:\u{a0}15/QÐ-UBND, xã Hoà");
/// assert_eq!(text.as_str(), "Số: 15/QĐ-UBND, xã Hòa");
/// let symbol = text.as_str().find("QĐ").unwrap();
/// let back = text.source_span(Span::new(symbol, symbol + "QĐ-UBND".len()));
/// assert_eq!(&text.source()[back.start..back.end], "QÐ-UBND");
/// ```
#[derive(Clone, Debug)]
pub struct Normalised<'s> {
    text: Cow<'s, str>,
    way: WayBack<'s>,
}

/// The way from a normalised text back to its source, which does without the text.
#[derive(Clone, Debug)]
pub struct WayBack<'s> {
    source: &'s str,
    edits: Vec<Edit>,
}

impl<'s> Normalised<'s> {
    /// Normalises `source`; a text that is in normal form already is borrowed.
    pub fn new(source: &'s str) -> Self {
        if is_plain(source) {
            return Normalised { text: source.into(), way: WayBack { source, edits: Vec::new() } };
        }
        let mut writer = Writer::over(source);
        let (mut text, mut edits, mut again) = (writer.out, writer.edits, writer.unmarked);
        // What a link or an escape left behind, or a folded character in it, may make another: go on until nothing does.
        for _ in 0..MOST_ROUNDS {
            if !(again || text.contains("](") || memchr2(b'\\', b'<', text.as_bytes()).is_some()) {
                break;
            }
            writer = Writer::over(&text);
            again = writer.unmarked;
            if writer.edits.is_empty() {
                break;
            }
            edits = compose(&edits, &writer.edits);
            text = writer.out;
        }
        Normalised { text: text.into(), way: WayBack { source, edits } }
    }

    /// The normalised text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The text as given.
    pub fn source(&self) -> &'s str {
        self.way.source
    }

    /// The place in the source that a place in the normalised text was made from.
    pub fn source_span(&self, span: Span) -> SourceSpan {
        self.way.source_span(span)
    }

    /// The normalised text, and the way back: of a large file the text may be given up before the way.
    pub fn into_parts(self) -> (Cow<'s, str>, WayBack<'s>) {
        (self.text, self.way)
    }
}

impl<'s> WayBack<'s> {
    /// The text as given.
    pub fn source(&self) -> &'s str {
        self.source
    }

    /// The place in the source that a place in the normalised text was made from.
    pub fn source_span(&self, span: Span) -> SourceSpan {
        let start = self.back(span.start, false);
        let end = if span.end == span.start { start } else { self.back(span.end, true).max(start) };
        SourceSpan { start, end }
    }

    /// The source offset of a normalised offset. Inside an edit it snaps to the edit's end; what was dropped at `at`
    /// belongs to neither side.
    fn back(&self, at: usize, is_end: bool) -> usize {
        let before = |e: &Edit| e.norm.0 < at || (!is_end && e.norm.1 <= at);
        let upto = self.edits.partition_point(before);
        let Some(edit) = upto.checked_sub(1).map(|i| self.edits[i]) else { return at };
        match (at < edit.norm.1, is_end) {
            (true, true) => edit.source.1,
            (true, false) => edit.source.0,
            (false, _) => edit.source.1 + (at - edit.norm.1),
        }
    }
}

/// The edits of a text that was edited twice: those of the first time, then those of the second.
fn compose(first: &[Edit], second: &[Edit]) -> Vec<Edit> {
    let (mut first, mut second) = (first.iter().peekable(), second.iter().peekable());
    let mut composed = Vec::with_capacity(first.len() + second.len());
    // Where the source and the final text stand, less where the text between them does.
    let (mut to_source, mut to_norm) = (0isize, 0isize);
    loop {
        let starts = [first.peek().map(|e| e.norm), second.peek().map(|e| e.source)];
        let Some((start, mut end)) = starts.into_iter().flatten().min() else { return composed };
        let source = start.saturating_add_signed(to_source);
        let norm = start.saturating_add_signed(to_norm);
        // Edits that overlap in the text between become one.
        let within = |at: (usize, usize), end: usize| at == (start, end) || at.0 < end;
        loop {
            if let Some(edit) = first.next_if(|e| within(e.norm, end)) {
                end = end.max(edit.norm.1);
                to_source = edit.source.1 as isize - edit.norm.1 as isize;
            } else if let Some(edit) = second.next_if(|e| within(e.source, end)) {
                end = end.max(edit.source.1);
                to_norm = edit.norm.1 as isize - edit.source.1 as isize;
            } else {
                break;
            }
        }
        composed.push(Edit {
            norm: (norm, end.saturating_add_signed(to_norm)),
            source: (source, end.saturating_add_signed(to_source)),
        });
    }
}

/// Whether a text holds nothing that normalising could touch: a cheap screen that may say no too often.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    plain_until(bytes, 0, false) == bytes.len() && !text.contains("](")
}

/// Whether a byte is a character of ASCII that stays, whatever is beside it, and no mark of a link.
const STAYS: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 0x80 {
        table[byte] = !matches!(byte as u8, b'\r' | 0x0c | 0x0b | b'\\' | b'[' | b']' | b'!' | b'<');
        byte += 1;
    }
    table
};

/// Up to where the bytes from `from` on hold nothing that normalising could touch, but for links, and no mark of a link
/// either if so asked.
fn plain_until(bytes: &[u8], from: usize, stops_at_links: bool) -> usize {
    let mut i = from;
    loop {
        while bytes.get(i).is_some_and(|byte| STAYS[usize::from(*byte)]) {
            i += 1;
        }
        let glides = || i > 0 && follows_glide(bytes[i - 1]);
        i += match bytes[i..] {
            // Vietnamese letters; Ð and ð (C3 90, C3 B0) are look-alikes, à á ã è é ý after o, u may be misplaced tones.
            [0xe1, 0xba, last, ..] if !(glides() && matches!(last, 0xa0..=0xa3 | 0xb8..=0xbd)) => 3,
            [0xe1, 0xbb, last, ..] if !(glides() && matches!(last, 0xb2..=0xb9)) => 3,
            [0xc3, 0x90 | 0xb0, ..] => return i,
            [0xc3, next, ..] if !(glides() && matches!(next & 0xdf, 0x80..=0x83 | 0x88 | 0x89 | 0x9d)) => 2,
            [0xc4, _, ..] | [0xc6, 0xa0 | 0xa1 | 0xaf | 0xb0, ..] => 2,
            // Curly quotes are folded, the ellipsis is not.
            [0xe2, 0x80, 0xa6, ..] => 3,
            [b'[' | b']' | b'!', ..] if !stops_at_links => 1,
            _ => return i,
        };
    }
}

/// The first combining mark of Unicode.
const FIRST_MARK: char = '\u{300}';

/// Whether a character is of the block of letters with marks that Vietnamese has.
fn is_letter_of_latin(c: char) -> bool {
    matches!(c, '\u{1e00}'..='\u{1eff}')
}

fn follows_glide(byte: u8) -> bool {
    matches!(byte, b'o' | b'O' | b'u' | b'U')
}

/// A character just written: where it stands in the output, and the source that it was made from.
#[derive(Clone, Copy)]
struct Written {
    at: usize,
    source: (usize, usize),
}

#[derive(Default)]
struct Writer {
    out: String,
    edits: Vec<Edit>,
    /// The last two characters written, the later one second.
    last: [Option<Written>; 2],
    /// Whether a link or an escape was taken away.
    unmarked: bool,
    /// Whether nothing is copied without a look.
    #[cfg(test)]
    stepwise: bool,
}

impl Writer {
    fn over(source: &str) -> Self {
        let mut writer = Writer { out: String::with_capacity(source.len()), ..Writer::default() };
        writer.run(source);
        writer
    }

    fn run(&mut self, source: &str) {
        // The targets of the links that are open, the innermost last.
        let mut targets: Vec<markdown::Target> = Vec::new();
        let mut next = 0;
        while let Some(c) = source[next..].chars().next() {
            let at = next;
            let mut end = at + c.len_utf8();
            next = end;
            let dropped = match c {
                '!' | '[' if !self.out.ends_with('\\') => match markdown::link(source, at) {
                    Some(target) if c == '!' => {
                        end = target.end;
                        true
                    }
                    Some(target) => {
                        targets.push(target);
                        true
                    }
                    None => false,
                },
                '<' if !self.out.ends_with('\\') => markdown::tag(source, at).is_some_and(|behind| {
                    end = behind;
                    true
                }),
                ']' => targets.pop_if(|target| target.start == at).is_some_and(|target| {
                    end = target.end;
                    true
                }),
                _ => false,
            };
            if dropped {
                next = end;
                self.drop_source(at, end);
                self.unmarked = true;
                continue;
            }
            let kind = variant(c);
            let plain = if let Variant::Of(plain) = kind { plain } else { c };
            if self.escaped(plain) {
                self.unescape(plain, end);
                continue;
            }
            if c >= FIRST_MARK && !is_letter_of_latin(c) && is_combining_mark(c) {
                self.combine(c, end);
                next = self.copy_marks(source, next);
                continue;
            }
            match (c, kind) {
                ('\r', _) => {
                    next += usize::from(source[end..].starts_with('\n'));
                    self.put('\n', (at, next), true);
                }
                // A line end that a page of the web spells out.
                ('\\', _) if source[end..].starts_with(r"r\n") && !self.out.ends_with('\\') => {
                    next = end + 3;
                    self.put('\n', (at, next), true);
                }
                (_, Variant::None) => {
                    self.put(c, (at, end), false);
                    if matches!(c, ' ' | '\n') {
                        next = self.copy_plain(source, next);
                    }
                }
                (_, Variant::Of(plain)) => self.put(plain, (at, end), true),
                (_, Variant::Dropped) => self.drop_source(at, end),
            }
        }
        self.end_syllable();
    }

    /// Copies what needs no look, from the blank before `from` up to another blank: where that ends.
    fn copy_plain(&mut self, source: &str, from: usize) -> usize {
        #[cfg(test)]
        if self.stepwise {
            return from;
        }
        let upto = plain_until(source.as_bytes(), from, true);
        let Some(blank) = source.as_bytes()[from..upto].iter().rposition(|byte| matches!(byte, b' ' | b'\n')) else {
            return from;
        };
        let end = from + blank + 1;
        self.out.push_str(&source[from..end]);
        self.last = [None, Some(Written { at: self.out.len() - 1, source: (end - 1, end) })];
        end
    }

    /// Copies the marks from U+0300 to U+033F behind one that stays by itself: no letter stands before them either.
    fn copy_marks(&mut self, source: &str, from: usize) -> usize {
        #[cfg(test)]
        if self.stepwise {
            return from;
        }
        if self.last[1].is_some() {
            return from;
        }
        let (marks, _) = source.as_bytes()[from..].as_chunks::<2>();
        let end = from + 2 * marks.iter().take_while(|mark| mark[0] == 0xcc).count();
        self.out.push_str(&source[from..end]);
        end
    }

    fn drop_source(&mut self, start: usize, end: usize) {
        let here = self.out.len();
        self.edits.push(Edit { norm: (here, here), source: (start, end) });
    }

    /// Whether a lone backslash before `c` is Markdown's, as in `1\.` and `\(2b\)`. After `]` it keeps a link from being.
    fn escaped(&self, c: char) -> bool {
        markdown::ESCAPED.contains(&c)
            && self.out.strip_suffix('\\').is_some_and(|before| !before.ends_with(['\\', ']']))
            && self.last[1].is_some()
    }

    /// Writes `c` in the place of the backslash before it.
    fn unescape(&mut self, c: char, end: usize) {
        let Some(slash) = self.last[1] else { return };
        self.unmarked = true;
        self.rewrite(slash.at, &[c], (slash.source.0, end));
        self.last = [None, Some(Written { at: slash.at, source: (slash.source.0, end) })];
    }

    /// Writes `c` for the source range given.
    fn put(&mut self, c: char, source: (usize, usize), edited: bool) {
        if !letter::is_alphabetic(c) {
            self.end_syllable();
        }
        let at = self.out.len();
        self.out.push(c);
        if edited {
            self.edits.push(Edit { norm: (at, self.out.len()), source });
        }
        self.last = [self.last[1], Some(Written { at, source })];
    }

    /// Joins a combining mark to the letter before it.
    fn combine(&mut self, mark: char, end: usize) {
        let letter = self.last[1].zip(self.out.chars().next_back().filter(|c| letter::is_alphabetic(*c)));
        if let Some((written, letter)) = letter {
            let reordered = || {
                let mut joined = [letter, mark].into_iter().nfc();
                joined.next().filter(|_| joined.next().is_none())
            };
            if let Some(whole) = unicode_normalization::char::compose(letter, mark).or_else(reordered) {
                let before = self.last[0];
                self.rewrite(written.at, &[whole], (written.source.0, end));
                self.last = [before, Some(Written { at: written.at, source: (written.source.0, end) })];
                return;
            }
        }
        // A stray mark stays, and keeps the syllable before it as it is.
        self.out.push(mark);
        self.last = [None, None];
    }

    /// Replaces what was written from `at` on by `chars`, which then stand for `source`.
    fn rewrite(&mut self, at: usize, chars: &[char], mut source: (usize, usize)) {
        self.out.truncate(at);
        self.out.extend(chars);
        while let Some(edit) = self.edits.pop_if(|e| e.norm.1 > at) {
            source.1 = source.1.max(edit.source.1);
        }
        self.edits.push(Edit { norm: (at, self.out.len()), source });
    }

    /// At the end of a syllable, moves a tone from the second vowel of oa, oe, uy to the first: `hoà` → `hòa`.
    fn end_syllable(&mut self) {
        let [Some(first), Some(second)] = self.last else { return };
        let mut back = self.out.chars().rev();
        let (Some(b), Some(a)) = (back.next(), back.next()) else { return };
        let Some(pair) = old_style(a, b) else { return };
        if matches!(a, 'u' | 'U') && back.next().is_some_and(|c| matches!(c, 'q' | 'Q')) {
            return;
        }
        self.rewrite(first.at, &pair, (first.source.0, second.source.1));
        self.last = [None, None];
    }
}

/// What a character is a variant of.
enum Variant {
    /// Nothing: it stays.
    None,
    /// Another character.
    Of(char),
    /// It says nothing and is dropped.
    Dropped,
}

fn variant(c: char) -> Variant {
    Variant::Of(match c {
        '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        c if c.is_ascii() => return Variant::None,
        '\u{d0}' | '\u{189}' => 'Đ',
        '\u{f0}' | '\u{256}' => 'đ',
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' => {
            return Variant::Dropped;
        }
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => '-',
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{2b9}' | '\u{2bc}' => '\'',
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{ab}' | '\u{bb}' => '"',
        '\u{2044}' | '\u{2215}' => '/',
        // The full-width forms of the ASCII characters.
        '\u{ff01}'..='\u{ff5e}' => match char::from_u32(u32::from(c) - 0xff01 + 0x21) {
            Some(narrow) => narrow,
            None => return Variant::None,
        },
        _ => return Variant::None,
    })
}

/// `oà` → `òa` and its like: the old placement, which law texts use.
fn old_style(first: char, second: char) -> Option<[char; 2]> {
    if second.is_ascii() || !matches!(first, 'o' | 'O' | 'u' | 'U') {
        return None;
    }
    const PLAIN: [(char, char); 3] = [('o', 'a'), ('o', 'e'), ('u', 'y')];
    let lower = first.to_ascii_lowercase();
    let mut parts = second.nfd();
    let (base, tone) = (parts.next()?, parts.next()?);
    if parts.next().is_some() || !matches!(tone, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}') {
        return None;
    }
    if !PLAIN.contains(&(lower, base.to_ascii_lowercase())) {
        return None;
    }
    Some([[first, tone].into_iter().nfc().next()?, base])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn norm(source: &str) -> String {
        Normalised::new(source).as_str().to_owned()
    }

    #[test]
    fn folds_variants() {
        assert_eq!(norm("QÐ-UBND \u{189}\u{f0}"), "QĐ-UBND Đđ");
        assert_eq!(norm("a\u{a0}b\u{200b}c\u{ad}d"), "a bcd");
        assert_eq!(norm("2021 – 2025 — “x” ‘y’"), "2021 - 2025 - \"x\" 'y'");
        assert_eq!(norm("１２／ＡＢ"), "12/AB");
        assert_eq!(norm("a\r\nb\rc\u{c}d"), "a\nb\nc\nd");
    }

    #[test]
    fn moves_the_tone_of_open_syllables_only() {
        assert_eq!(norm("hoà khoẻ uỷ thuỷ HOÀ UỶ Uỷ"), "hòa khỏe ủy thủy HÒA ỦY Ủy");
        assert_eq!(norm("hoàn khoản quý quỳ quỷ loét huỳnh"), "hoàn khoản quý quỳ quỷ loét huỳnh");
    }

    #[test]
    fn composes_decomposed_text_in_any_order_of_marks() {
        assert_eq!(norm("Nghi\u{323} đi\u{323}nh"), "Nghị định");
        assert_eq!(norm("Nha\u{302}\u{323}n a\u{323}\u{302}"), "Nhận ậ");
        assert_eq!(norm("ho\u{61}\u{300}"), "hòa");
    }

    #[test]
    fn links_are_their_labels_and_escapes_their_characters() {
        assert_eq!(norm("Căn cứ [Luật Thư viện](/luat.aspx \"46/2019\") ngày"), "Căn cứ Luật Thư viện ngày");
        assert_eq!(norm("[![](/a.png) Tải về](javascript:void\\(0\\)) \\[1\\]"), " Tải về \\[1\\]");
        assert_eq!(norm("1\\. Lưu: VT \\(2b\\)."), "1. Lưu: VT (2b).");
        for kept in ["[1] (trang 2)", "[Hà Nội](năm 2021)", "tỷ lệ [a](b c)", "C:\\Users", "\\\\."] {
            assert_eq!(norm(kept), kept);
        }
    }

    #[test]
    fn tags_that_set_type_are_dropped() {
        assert_eq!(norm("<b>Số:</b> <I>12</I>/KH <span style=\"color:red\">1.</span><o:p></o:p>"), "Số: 12/KH 1.");
        assert_eq!(norm("10 km<sup>2</sup><br/>"), "10 km2<br/>");
        for kept in ["a < b > c", "<b c", "<b không có>", "<td>5</td>", "dưới <5%, trên >9%", "<B\n>", "<bảng>"]
        {
            assert_eq!(norm(kept), kept);
        }
        let nested = format!("{}b>x", "<".repeat(3));
        assert_eq!(norm(&nested), "<<x");
    }

    #[test]
    fn links_nested_without_end_cost_no_round_each() {
        let nested = |depth: usize| format!("{}{}", "[](/ \u{feff}".repeat(depth), ")".repeat(depth));
        assert_eq!(norm(&nested(8)), "");
        assert!(norm(&nested(200)).contains("]("));
    }

    #[test]
    fn a_link_leads_back_past_its_target() {
        let source = "[Luật 1](/a) ngày";
        let text = Normalised::new(source);
        let luat = text.source_span(Span::new(0, "Luật 1".len()));
        assert_eq!(&source[luat.start..luat.end], "Luật 1");
        let whole = text.source_span(Span::new(0, text.as_str().len()));
        assert_eq!(&source[whole.start..whole.end], "Luật 1](/a) ngày");
    }

    #[test]
    fn a_plain_text_is_borrowed() {
        let is_borrowed = |text| matches!(Normalised::new(text).text, Cow::Borrowed(_));
        assert!(is_borrowed("Căn cứ Luật Tổ chức chính quyền địa phương…"));
        assert!(!is_borrowed("thuỷ"));
    }

    #[test]
    fn the_way_back_covers_deletions_and_joins() {
        let source = "\u{feff}Uy\u{309} ban\u{200b} nhân";
        let text = Normalised::new(source);
        assert_eq!(text.as_str(), "Ủy ban nhân");
        let of = |s: usize, e: usize| {
            let back = text.source_span(Span::new(s, e));
            &source[back.start..back.end]
        };
        let ban = text.as_str().find("ban").unwrap();
        assert_eq!(of(0, "Ủy".len()), "Uy\u{309}");
        assert_eq!(of(ban, ban + 3), "ban");
        assert_eq!(of(ban + 4, text.as_str().len()), "nhân");
    }

    fn odd_text() -> impl Strategy<Value = String> {
        let odd = prop::sample::select(vec![
            "o", "à", "a", "u", "ỷ", "q", "Ð", "\u{a0}", "\u{ad}", "\u{200b}", "\u{300}", "\u{323}", "\u{302}", "â",
            "–", "“", "\r", "\n", "\r\n", "７", "\\", ".", "[", "](/", ")", "!", " ", "n", "đ", "\u{feff}", "Ủ", "b",
            "\u{c}", "<b>", "</", "<", ">", "<p a=1>", "ø", "ﬁ", "한", "e\u{301}", "[o](/)", "](", "\\",
        ]);
        prop_oneof![prop::collection::vec(odd, 0..24).prop_map(|v| v.concat()), any::<String>()]
    }

    proptest! {
        #[test]
        fn copying_what_needs_no_look_changes_nothing(
            source in "([a-z ]{0,9}|[ho]{0,2}[aàoòuy][ \u{301}]?|[\u{300}\u{200b}ĐÐ–“\\\\.()\\[\\]!\r\n ]|\\[a \\]\\(#b\\)){0,30}"
        ) {
            let quick = Writer::over(&source);
            let mut slow = Writer { stepwise: true, ..Writer::default() };
            slow.run(&source);
            prop_assert_eq!((quick.out, quick.edits, quick.unmarked), (slow.out, slow.edits, slow.unmarked));
        }

        #[test]
        fn normalising_twice_changes_nothing(source in odd_text()) {
            let once = norm(&source);
            prop_assert_eq!(norm(&once), once);
        }

        #[test]
        fn the_plain_screen_never_lets_a_variant_through(source in odd_text()) {
            if is_plain(&source) {
                let mut writer = Writer::default();
                writer.run(&source);
                prop_assert_eq!(writer.out, source);
            }
        }

        #[test]
        fn every_span_leads_back_to_what_it_was_made_from(source in odd_text()) {
            let text = Normalised::new(&source);
            let bounds: Vec<usize> =
                text.as_str().char_indices().map(|(i, _)| i).chain([text.as_str().len()]).collect();
            let mut last = 0;
            for pair in bounds.windows(2) {
                let back = text.source_span(Span::new(pair[0], pair[1]));
                prop_assert!(source.is_char_boundary(back.start) && source.is_char_boundary(back.end));
                prop_assert!(back.start <= back.end && back.end <= source.len());
                prop_assert!(back.end >= last);
                last = back.end;
                // What was cut out normalises to something that holds the character, but for joins across its ends.
                let cut = norm(&source[back.start..back.end]);
                prop_assert!(!cut.is_empty(), "{:?} of {:?}", back, source);
            }
        }
    }
}
