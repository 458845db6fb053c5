//! The lines as a reader of headings sees them: which may hold one, which were broken by the margin, which are quoted.

use super::{super::Reading, Refusal, marker::is_capitals};
use crate::layout::{Line, Zone};
use crate::text::letter;
use memchr::{memchr, memchr_iter, memchr2};

/// The lines of a document and what their shapes tell.
pub(super) struct Page<'t> {
    /// The normalised text.
    pub text: &'t str,
    /// Its lines.
    pub lines: &'t [Line],
    zones: &'t [Zone],
    /// Whether the zones of the document are known.
    pub zoned: bool,
    /// The columns after which lines are broken; `None` where a line is a paragraph.
    width: Option<usize>,
    /// The usual number of blank lines between two lines.
    gap: usize,
    /// The indent of running lines.
    left: usize,
    /// What each line says.
    said: Vec<&'t str>,
    lengths: Vec<usize>,
    quoted: Vec<bool>,
}

impl<'t> Page<'t> {
    /// Looks at a document.
    pub(super) fn new(reading: &Reading<'t>) -> Self {
        let (text, lines, zones) = (reading.text, &reading.layout.lines[..], &reading.layout.zones[..]);
        let said: Vec<&str> = lines.iter().map(|line| line.text(text)).collect();
        let lengths: Vec<usize> =
            lines.iter().zip(&said).map(|(line, said)| line.indent + said.chars().count()).collect();
        let body = |i: &usize| zones[*i] == Zone::Body;
        let width = at_share((0..lines.len()).filter(body).map(|i| lengths[i]).filter(|n| *n >= 40).collect(), 90);
        let gap =
            at_share((0..lines.len()).filter(body).map(|i| lines[i].blanks_before as usize).collect(), 50).unwrap_or(0);
        let width = width.filter(|n| *n <= 135);
        let long = width.map_or(usize::MAX, |n| n * 4 / 5);
        let left = at_share(
            (0..lines.len()).filter(body).filter(|i| lengths[*i] >= long).map(|i| lines[i].indent).collect(),
            30,
        );
        Page {
            text,
            lines,
            zones,
            zoned: zones.iter().any(|zone| *zone != Zone::Body),
            width,
            gap: gap.min(2),
            left: left.unwrap_or(0),
            quoted: quoted(&said),
            said,
            lengths,
        }
    }

    /// What a line says.
    pub(super) fn said(&self, i: usize) -> &'t str {
        self.said[i]
    }

    /// Whether a heading may stand on a line: in the text proper, no bullet, no row of a table, no quoted wording.
    pub(super) fn may_head(&self, i: usize) -> bool {
        self.bar(i).is_none()
    }

    /// Why no heading may stand on a line.
    pub(super) fn bar(&self, i: usize) -> Option<Refusal> {
        let said = self.said(i);
        if !matches!(self.zones[i], Zone::Body | Zone::Grounds) {
            return Some(Refusal::Zone);
        }
        if self.quoted[i] {
            return Some(Refusal::Quoted);
        }
        let full = self.lines[i].full.of(self.text);
        let ruled = memchr2(b'|', b'\t', full.as_bytes()).is_some();
        // The tabs behind `Điều 7.` in old files only fill its line; behind `5. Quân sự` they are empty cells.
        let filled = if said.starts_with("Điều ") { full.trim() } else { full.trim_start() };
        let tabs = || memchr_iter(b'\t', filled.as_bytes()).count();
        if ruled && (memchr_iter(b'|', said.as_bytes()).count() >= 2 || tabs() >= 2) {
            return Some(Refusal::Row);
        }
        if is_bullet(said) {
            return Some(Refusal::Bullet);
        }
        let dotted = || memchr(b'.', said.as_bytes()).is_some_and(|at| said[at..].contains("....."));
        (said.ends_with(|c: char| c.is_ascii_digit()) && dotted()).then_some(Refusal::Contents)
    }

    /// Whether a line is a page number or a running head.
    pub(super) fn is_noise(&self, i: usize) -> bool {
        self.zones[i] == Zone::Noise
    }

    /// Whether a line is part of the text proper.
    pub(super) fn in_body(&self, i: usize) -> bool {
        self.zones[i] == Zone::Body
    }

    /// Whether a line begins with a small letter.
    pub(super) fn in_lower(&self, i: usize) -> bool {
        self.said(i).chars().find(|c| letter::is_alphanumeric(*c)).is_some_and(letter::is_lowercase)
    }

    /// Whether a line closes the text proper.
    pub(super) fn closes(&self, i: usize) -> bool {
        matches!(self.zones[i], Zone::Recipients | Zone::Signature)
    }

    /// Whether a line may go on with the words of the one before it.
    pub(super) fn joins(&self, i: usize) -> bool {
        matches!(self.zones[i], Zone::Body | Zone::Grounds)
            && self.lines[i].blanks_before as usize <= self.gap
            && !is_bullet(self.said(i))
    }

    /// Whether one blank line stands before a line.
    pub(super) fn after_blank(&self, i: usize) -> bool {
        self.lines[i].blanks_before <= 1
    }

    /// Whether the margin broke the line before line `i`: the first word of `i` had no room there.
    pub(super) fn broken_before(&self, i: usize, share: usize) -> bool {
        let (Some(width), Some(before)) = (self.width, i.checked_sub(1)) else { return false };
        let word = self.said(i).split(' ').next().unwrap_or("").chars().count();
        (self.lengths[before] + 1 + word) * 100 > width * share
    }

    /// Whether line `i` begins a paragraph by its indent, seen from a heading on line `head`.
    pub(super) fn indented(&self, i: usize, head: usize) -> bool {
        self.lines[head].indent > self.left + 2 && self.lines[i].indent + 1 >= self.lines[head].indent
    }

    /// Whether line `i` is the middle of a sentence that the line before it left open.
    pub(super) fn mid_sentence(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1) else { return false };
        self.joins(i)
            && self.in_body(before)
            && !ends_sentence(self.said(before))
            && !is_capitals(self.said(before))
            && self.broken_before(i, 90)
            && !(self.lines[i].indent > self.left + 2 && self.lines[i].indent > self.lines[before].indent + 2)
    }

    /// Whether a whole line is set in bold (Markdown).
    pub(super) fn bold(&self, i: usize) -> bool {
        let full = self.lines[i].full.of(self.text);
        // The last byte tells most lines.
        let last = full.bytes().rfind(|byte| !byte.is_ascii_whitespace());
        if last.is_none_or(|last| last.is_ascii() && last != b'*') {
            return false;
        }
        let full = full.trim_end();
        if !full.ends_with("**") {
            return false;
        }
        let full = full.trim_start().trim_start_matches(['#', ' ']);
        full.len() > 4 && full.starts_with("**") && full.ends_with("**")
    }

    /// Whether line `i` is the short tail of a heading: it ends without a stop where the margin did not break it, and a
    /// new paragraph follows. Bold type is wide, so headings break before the margin.
    pub(super) fn tail(&self, i: usize) -> bool {
        let next_opens = self.lines.get(i + 1).is_none_or(|_| !self.in_lower(i + 1) && !self.broken_before(i + 1, 85));
        self.broken_before(i, 80) && !ends_sentence(self.said(i)) && !self.said(i).ends_with(',') && next_opens
    }

    /// Whether bold type is opened on a line and not closed there.
    pub(super) fn bold_open(&self, i: usize) -> bool {
        let full = self.lines[i].full.of(self.text);
        memchr(b'*', full.as_bytes()).is_some_and(|at| full[at..].matches("**").count() % 2 == 1)
    }

    /// Whether a line is longer than a heading in a text whose lines are paragraphs.
    pub(super) fn length(&self, i: usize) -> usize {
        self.lengths[i]
    }
}

/// The value that a share (in per cent) of the values does not pass.
fn at_share(mut values: Vec<usize>, share: usize) -> Option<usize> {
    let at = (values.len() * share / 100).min(values.len().checked_sub(1)?);
    Some(*values.select_nth_unstable(at).1)
}

/// Whether a line is an item of a list without numbers.
pub(super) fn is_bullet(said: &str) -> bool {
    !said.starts_with(|c: char| c.is_ascii_alphanumeric())
        && said.starts_with(['-', '+', '*', '•', '·', '●', '▪', '○', '~', '¬', '–'])
}

/// Whether a line ends as a sentence or a clause does.
pub(super) fn ends_sentence(said: &str) -> bool {
    said.trim_end_matches(['"', '*', ')', ' ', '_']).ends_with(['.', ';', ':', '!', '?', '/'])
}

/// The lines of new wording that an amending act quotes: from a line that opens with a quote to the line that closes it.
fn quoted(said: &[&str]) -> Vec<bool> {
    /// New wording is seldom longer.
    const MOST: usize = 150;
    let mut out = vec![false; said.len()];
    let mut i = 0;
    while i < said.len() {
        let quotes = |i: usize| memchr_iter(b'"', said[i].as_bytes()).count();
        if !said[i].starts_with('"') {
            i += 1;
            continue;
        }
        let mut open = 0;
        let end = (i..said.len()).take(MOST).find(|j| {
            open += quotes(*j);
            open % 2 == 0
        });
        let end = end.unwrap_or(i);
        out[i..=end].fill(true);
        i = end + 1;
    }
    out
}
