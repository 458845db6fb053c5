//! How headings nest: a stack of marker forms that survives jumps and repeats.

use super::{
    Refusal,
    candidate::Candidate,
    marker::{Marker, Style, Trust},
};

/// Where a heading lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// 1 for the outermost.
    pub level: usize,
    /// The index of the heading that holds it.
    pub parent: Option<usize>,
}

/// The headings that are open.
#[derive(Debug, Default)]
pub(super) struct Stack {
    open: Vec<(Marker, usize)>,
    /// The place of the row that goes on behind the heading that is put in its place next.
    held: Option<usize>,
}

/// How far out a form stands, where nothing else tells.
fn rank(style: Style) -> u8 {
    match style {
        Style::Annex => 0,
        Style::Part => 10,
        Style::Capital => 12,
        Style::Chapter => 15,
        Style::Section => 20,
        Style::Subsection => 25,
        Style::Unnumbered => 28,
        Style::Roman => 30,
        Style::Article => 32,
        Style::Decimal(depth, _) => 40 + depth,
        Style::Letter(_) => 60,
        Style::LetterNumber => 61,
    }
}

/// Whether two forms differ at most in the sign behind the number.
fn alike(a: Style, b: Style) -> bool {
    match (a, b) {
        (Style::Decimal(x, _), Style::Decimal(y, _)) => x == y,
        (Style::Letter(_), Style::Letter(_)) => true,
        _ => a == b,
    }
}

impl Stack {
    /// Closes what another paper, or a signature block between, has ended.
    pub(super) fn close_before(&mut self, candidate: &Candidate, paper_before: Option<usize>) {
        if candidate.marker.style == Style::Annex || paper_before.is_some_and(|paper| paper != candidate.paper) {
            self.open.clear();
        } else if candidate.after_close && !self.expects(candidate) {
            let kept = usize::from(self.open.first().is_some_and(|(open, _)| open.style == Style::Annex));
            self.open.truncate(kept);
        }
    }

    /// Whether a marker is the next of an open row, or the first of a new one.
    pub(super) fn expects(&self, candidate: &Candidate) -> bool {
        let marker = &candidate.marker;
        let last = self.open.iter().rev().find(|(open, _)| alike(open.style, marker.style));
        match (marker.style, last) {
            (Style::Decimal(depth, _), _) if depth > 1 => {
                let parent = marker.path[usize::from(depth) - 2];
                let held = |style: Style, number: u16| {
                    matches!(style, Style::Decimal(d, _) if d + 1 == depth) && number == u16::from(parent)
                };
                last.is_some_and(|(open, _)| open.path == marker.path && marker.number == open.number + 1)
                    || marker.number == 1 && self.open.iter().any(|(open, _)| held(open.style, open.number))
            }
            (Style::LetterNumber, _) => {
                let held = self.open.iter().any(|(open, _)| {
                    matches!(open.style, Style::Letter(_)) && open.number == u16::from(marker.path[0])
                });
                held && last.map_or(1, |(open, _)| open.number + 1) == marker.number
            }
            (_, Some((open, _))) => marker.number == open.number + 1,
            (_, None) => marker.number == 1,
        }
    }

    /// Keeps open the row that goes on behind a heading without a marker: that heading lies in it, not above it.
    pub(super) fn hold(&mut self, following: Option<Marker>) {
        self.held = following.and_then(|next| {
            let goes_on = |open: &Marker| {
                matches!(open.style, Style::Roman | Style::Decimal(..))
                    && alike(open.style, next.style)
                    && open.path == next.path
                    && next.number == open.number + 1
            };
            self.open.iter().rposition(|(open, _)| goes_on(open))
        });
    }

    fn open_at(&self, style: Style) -> Option<usize> {
        self.open.iter().rposition(|(open, _)| open.style == style)
    }

    /// Whether a number is too far on in its row to be a heading of it.
    fn jumps(&self, marker: &Marker) -> bool {
        /// Headings are left out now and then, but not so many.
        const MOST: u16 = 8;
        let last =
            self.open.iter().rev().find(|(open, _)| alike(open.style, marker.style)).map_or(0, |(open, _)| open.number);
        matches!(marker.style, Style::Roman | Style::Letter(_) | Style::Decimal(1, _)) && marker.number > last + MOST
    }

    /// Puts a heading in its place. `introduced`: the line before it ends in a colon.
    pub(super) fn place(&mut self, marker: Marker, index: usize, introduced: bool) -> Place {
        let same = self.open.iter().rposition(|(open, _)| open.style == marker.style);
        let similar = self.open.iter().rposition(|(open, _)| alike(open.style, marker.style));
        let first = marker.number == 1;
        let held = self.held.take();
        let keep = match (same, similar) {
            (None, _) if held.is_some() => held.map_or(0, |at| at + 1),
            (Some(at), _) => held.filter(|held| *held >= at).map_or(at, |held| held + 1),
            // `1)` under `1.`, `a.` under `a)`: another sign opens a row of its own.
            (None, Some(_)) if first => self.open.len(),
            (None, Some(at)) => at,
            // `A.` outranks `I.` where it comes first, and lies under it where it comes after.
            (None, None) if first && marker.style == Style::Capital && self.open_at(Style::Roman).is_some() => {
                self.open_at(Style::Roman).map_or(0, |at| at + 1)
            }
            (None, None) if first && introduced => self.open.len(),
            (None, None) => {
                self.open.iter().position(|(open, _)| rank(open.style) > rank(marker.style)).unwrap_or(self.open.len())
            }
        };
        // A heading never lies under one that is finer by its form, unless the words introduce it.
        self.open.truncate(keep);
        let place = Place { level: self.open.len() + 1, parent: self.open.last().map(|(_, index)| *index) };
        self.open.push((marker, index));
        place
    }
}

/// Takes out what neither stands by itself nor goes on with an open row.
pub(super) fn accept(found: &mut Vec<Candidate>, mut refused: impl FnMut(&Candidate, Refusal)) {
    let again: Vec<bool> = (0..found.len()).map(|i| stands_again(found, i)).collect();
    let mut stack = Stack::default();
    let (mut kept, mut paper) = (0, None);
    let mut again = again.into_iter();
    found.retain(|candidate| {
        let again = again.next().unwrap_or(false);
        stack.close_before(candidate, paper);
        paper = Some(candidate.paper);
        let doubtful =
            candidate.open_before || stack.jumps(&candidate.marker) || candidate.marker.trust == Trust::InSequence;
        let wrapped = candidate.open_before && (again || candidate.marker.number == 1);
        let stands = candidate.certain || !doubtful || stack.expects(candidate) && !wrapped;
        if stands {
            stack.place(candidate.marker, kept, candidate.introduced);
            kept += 1;
        } else {
            let why = match () {
                () if candidate.open_before => Refusal::SentenceOpen,
                () if stack.jumps(&candidate.marker) => Refusal::Jumps,
                () => Refusal::OutOfSequence,
            };
            refused(candidate, why(candidate.span));
        }
        stands
    });
}

/// Whether the number of a line that a sentence may have wrapped to stands at the next heading of its row, too.
fn stands_again(found: &[Candidate], i: usize) -> bool {
    /// A row's next heading may have sub-headings before it.
    const NEAR: usize = 30;
    let this = &found[i];
    let next = || found[i + 1..].iter().take(NEAR).find(|c| alike(c.marker.style, this.marker.style));
    this.open_before && next().is_some_and(|c| !c.open_before && c.marker.number == this.marker.number)
}
