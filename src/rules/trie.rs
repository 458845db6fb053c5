//! Folded words as the edges of a tree.

use super::Fold;
use crate::text::{fold_char, letter};
use std::sync::LazyLock;

/// The most UTF-16 units of a folded word: an entry with a longer one, of which no language of the documents has any, is
/// not found.
const LONGEST: usize = 48;

/// How many slots are made for an entry beforehand, and for a tree at least: most entries have two words or three.
const SLOTS_OF_AN_ENTRY: usize = 4;
const FEWEST_SLOTS: usize = 8;

/// Groups of words, told apart word by word.
///
/// A word of a text is folded once, into a place on the stack, and found by its hash.
#[derive(Debug)]
pub(super) struct Trie<T> {
    folding: &'static Folding,
    /// Which pairs of letters open an entry: a bit for each pair of classes of letters.
    opening: Box<[u64; 64]>,
    /// Where the node behind a node and a word stands in `nodes`, at the slot that their hash tells or at the next that is
    /// free; 0 at a free slot, as nothing leads to the root. Half of them are free at least.
    slots: Vec<u32>,
    nodes: Vec<Node<T>>,
    /// The folded words of all nodes, in UTF-16.
    words: Vec<u16>,
    /// Whether a byte may be the first of an entry in a text; any first byte of a letter beyond ASCII may.
    initials: Box<[bool; 256]>,
    /// The most units that a folded word has.
    longest: usize,
}

#[derive(Debug)]
struct Node<T> {
    from: u32,
    /// Where in `words` the folded word that leads here begins, and its units.
    word: (u32, u32),
    value: Option<T>,
    /// With which classes of letters the words behind it open: none behind a leaf.
    next: u64,
}

/// The word that opens a text, folded.
#[derive(Clone, Copy)]
struct Folded<'u> {
    units: &'u [u16],
    /// How long it is in the text, in bytes.
    spent: usize,
    /// The hash of the node that it is read behind, and of the units.
    hash: u64,
}

impl<T: Copy> Trie<T> {
    /// Where every entry begins.
    pub(super) const ROOT: u32 = 0;

    /// The tree of these entries, each read from its first word on, or else from its last; of two that fold to the same,
    /// the later stands.
    pub(super) fn new<'e>(fold: Fold, forwards: bool, entries: impl ExactSizeIterator<Item = (&'e str, T)>) -> Trie<T> {
        let count = entries.len();
        let mut nodes = Vec::with_capacity(count * 2);
        nodes.push(Node { from: Self::ROOT, word: (0, 0), value: None, next: 0 });
        let mut trie = Trie {
            folding: Folding::of(fold),
            opening: Box::new([0; 64]),
            slots: vec![Self::ROOT; (count * SLOTS_OF_AN_ENTRY).next_power_of_two().max(FEWEST_SLOTS)],
            nodes,
            words: Vec::new(),
            // With 0xcc begin the marks from U+0300 to U+033F, which stand in no word.
            initials: Box::new(std::array::from_fn(|byte| byte >= 0xc0 && byte != 0xcc)),
            longest: 0,
        };
        for (entry, value) in entries {
            let node = if forwards { trie.grow_forwards(entry) } else { trie.grow_backwards(entry) };
            if let Some(node) = node.filter(|node| *node != Self::ROOT) {
                trie.nodes[node as usize].value = Some(value);
            }
        }
        trie
    }

    /// The node behind the words of an entry, made if there is none; none where a word is too long.
    fn grow_forwards(&mut self, entry: &str) -> Option<u32> {
        let (mut node, mut rest) = (Self::ROOT, entry);
        while let Some(at) = rest.find(letter::is_alphanumeric) {
            let (next, length) = self.grow(node, &rest[at..])?;
            (node, rest) = (next, &rest[at + length..]);
        }
        Some(node)
    }

    /// The same behind its words from the last on.
    fn grow_backwards(&mut self, entry: &str) -> Option<u32> {
        let (mut node, mut rest) = (Self::ROOT, entry);
        while let Some((at, c)) = rest.char_indices().rfind(|(_, c)| letter::is_alphanumeric(*c)) {
            let end = at + c.len_utf8();
            let start = rest[..end].rfind(|c| !letter::is_alphanumeric(c));
            let start = start.map_or(0, |at| at + rest[at..].chars().next().map_or(0, char::len_utf8));
            node = self.grow(node, &rest[start..end])?.0;
            rest = &rest[..start];
        }
        Some(node)
    }

    /// The node behind the word that opens a text, made if there is none, and the bytes of the word.
    fn grow(&mut self, from: u32, text: &str) -> Option<(u32, usize)> {
        let mut units = [0; LONGEST];
        let folded = self.folding.word_of(from, text, &mut units)?;
        let slot = match self.edge(from, folded) {
            Ok(known) => return Some((known, folded.spent)),
            Err(free) => free,
        };
        let word = folded.units;
        if from == Self::ROOT {
            let class = |at: usize| word.get(at).map_or(0, |unit| class(*unit));
            self.opening[class(0)] |= 1 << class(1);
            if let Some(byte) = word.first().and_then(|unit| u8::try_from(*unit).ok()).filter(u8::is_ascii) {
                self.initials[usize::from(byte)] = true;
                self.initials[usize::from(byte.to_ascii_uppercase())] = true;
            }
        }
        self.longest = self.longest.max(word.len());
        let node = self.nodes.len() as u32;
        self.slots[slot] = node;
        self.nodes[from as usize].next |= 1 << word.first().map_or(0, |unit| class(*unit));
        let start = self.words.len() as u32;
        self.words.extend_from_slice(word);
        self.nodes.push(Node { from, word: (start, word.len() as u32), value: None, next: 0 });
        if self.nodes.len() * 2 > self.slots.len() {
            self.widen();
        }
        Some((node, folded.spent))
    }

    /// Makes twice as many slots.
    fn widen(&mut self) {
        self.slots = vec![Self::ROOT; self.slots.len() * 2];
        for at in 1..self.nodes.len() {
            let node = &self.nodes[at];
            let units = self.word(node);
            let hash = units.iter().fold(mixed(0, u64::from(node.from)), |hash, unit| mixed(hash, u64::from(*unit)));
            if let Err(free) = self.edge(node.from, Folded { units, spent: 0, hash }) {
                self.slots[free] = at as u32;
            }
        }
    }

    /// The folded word that leads to a node.
    #[inline]
    fn word(&self, node: &Node<T>) -> &[u16] {
        let (start, length) = (node.word.0 as usize, node.word.1 as usize);
        &self.words[start..start + length]
    }

    /// The node behind a word, or the free slot for one.
    #[inline]
    fn edge(&self, from: u32, word: Folded<'_>) -> Result<u32, usize> {
        let last = self.slots.len() - 1;
        // The high bits of a product are its best.
        let mut slot = (word.hash >> 32) as usize & last;
        loop {
            let at = self.slots[slot];
            if at == Self::ROOT {
                return Err(slot);
            }
            let node = &self.nodes[at as usize];
            if node.from == from && self.word(node) == word.units {
                return Ok(at);
            }
            slot = (slot + 1) & last;
        }
    }

    /// Whether a text may open with an entry, by its first byte.
    #[inline]
    pub(super) fn may_open_with(&self, byte: u8) -> bool {
        self.initials[usize::from(byte)]
    }

    /// Whether a text may open with an entry, by its first two letters.
    #[inline]
    pub(super) fn may_open(&self, text: &str) -> bool {
        let mut units = text.chars().map(|c| self.folding.unit(c));
        let row = match units.next() {
            Some(Unit::One(unit)) => self.opening[class(unit)],
            Some(Unit::Several) => return true,
            Some(Unit::NoLetter) | None => return false,
        };
        // Most texts are told by their first letter.
        row != 0
            && match units.next() {
                Some(Unit::One(unit)) => row >> class(unit) & 1 == 1,
                Some(Unit::Several) => true,
                Some(Unit::NoLetter) | None => row & 1 == 1,
            }
    }

    /// Steps over the word that opens a text: the node behind it, if some entry goes on so, and the bytes of the word.
    #[inline]
    pub(super) fn step(&self, from: u32, text: &str) -> Option<(u32, usize)> {
        // Most words are told by their first letter.
        let first = self.folding.unit(text.chars().next()?);
        if matches!(first, Unit::One(unit) if self.nodes[from as usize].next >> class(unit) & 1 == 0) {
            return None;
        }
        let mut units = [0; LONGEST];
        let word = self.folding.word_of(from, text, &mut units[..self.longest])?;
        Some((self.edge(from, word).ok()?, word.spent))
    }

    /// The most bytes that a word may have, and one character more.
    pub(super) fn widest(&self) -> usize {
        /// The most bytes of a character in UTF-8, of which folding leaves one unit at least.
        const WIDEST: usize = 4;
        (self.longest + 1) * WIDEST
    }

    /// The value of the entry that ends at a node.
    pub(super) fn value(&self, node: u32) -> Option<T> {
        self.nodes[node as usize].value
    }

    /// Whether no entry goes on behind a node.
    pub(super) fn is_leaf(&self, node: u32) -> bool {
        self.nodes[node as usize].next == 0
    }
}

/// What folding makes of a character.
enum Unit {
    /// One unit.
    One(u16),
    /// More than one.
    Several,
    /// Nothing: it stands in no word.
    NoLetter,
}

/// How characters fold, those of Vietnamese looked up.
#[derive(Debug)]
struct Folding {
    fold: Fold,
    /// The characters up to `ư`, each folded; 0 where the table does not know.
    latin: [u16; Self::LATIN],
    /// Those from `Ạ` to `ỹ`.
    extended: [u16; Self::EXTENDED],
}

impl Folding {
    const LATIN: usize = 'ư' as usize + 1;
    const FIRST_EXTENDED: usize = 'Ạ' as usize;
    const EXTENDED: usize = 'ỹ' as usize + 1 - Self::FIRST_EXTENDED;

    /// The way that a word list folds.
    fn of(fold: Fold) -> &'static Folding {
        static CASE: LazyLock<Folding> = LazyLock::new(|| Folding::new(Fold::Case));
        static MARKS: LazyLock<Folding> = LazyLock::new(|| Folding::new(Fold::Marks));
        match fold {
            Fold::Case => &CASE,
            Fold::Marks | Fold::Short => &MARKS,
        }
    }

    fn new(fold: Fold) -> Folding {
        let mut folding = Folding { fold, latin: [0; Self::LATIN], extended: [0; Self::EXTENDED] };
        let unit = |code: usize| match char::from_u32(code as u32).map(|c| folding.looked_up(c)) {
            Some(Unit::One(unit)) => unit,
            _ => 0,
        };
        let latin = std::array::from_fn(unit);
        let extended = std::array::from_fn(|at| unit(Self::FIRST_EXTENDED + at));
        (folding.latin, folding.extended) = (latin, extended);
        folding
    }

    #[inline]
    fn unit(&self, c: char) -> Unit {
        let code = u32::from(c) as usize;
        let known = match self.latin.get(code) {
            Some(unit) => *unit,
            None => self.extended.get(code.wrapping_sub(Self::FIRST_EXTENDED)).copied().unwrap_or(0),
        };
        match known {
            0 if c.is_ascii() => Unit::NoLetter,
            0 => self.looked_up(c),
            unit => Unit::One(unit),
        }
    }

    /// What the letter of Vietnamese beyond ASCII with which bytes begin folds to, and how many it has; nothing for most
    /// other characters.
    #[inline(always)]
    fn of_vietnamese(&self, bytes: &[u8]) -> Option<(u16, usize)> {
        let [first, second, rest @ ..] = bytes else { return None };
        let (unit, length) = match (first, rest) {
            (0xe1, [third, ..]) => {
                let code = 0x1000 | usize::from(second & 0x3f) << 6 | usize::from(third & 0x3f);
                (self.extended.get(code.wrapping_sub(Self::FIRST_EXTENDED))?, 3)
            }
            (0xc2..=0xdf, _) => (self.latin.get(usize::from(first & 0x1f) << 6 | usize::from(second & 0x3f))?, 2),
            _ => return None,
        };
        (*unit != 0).then_some((*unit, length))
    }

    /// What the tables of Unicode make of a character.
    #[inline(never)]
    fn looked_up(&self, c: char) -> Unit {
        if !letter::is_alphanumeric(c) {
            return Unit::NoLetter;
        }
        let folded = match self.fold {
            Fold::Case => letter::to_lower(c),
            Fold::Marks | Fold::Short => Some(fold_char(c)),
        };
        folded.and_then(|c| u16::try_from(u32::from(c)).ok()).map_or(Unit::Several, Unit::One)
    }

    /// The word that opens a text, behind a node, folded into `units`; none where no letter does, or the word is too long
    /// for them.
    #[inline(always)]
    fn word_of<'u>(&self, from: u32, text: &str, units: &'u mut [u16]) -> Option<Folded<'u>> {
        let bytes = text.as_bytes();
        let (mut length, mut spent, mut hash) = (0, 0, mixed(0, u64::from(from)));
        while let Some(&byte) = bytes.get(spent) {
            let unit = if byte.is_ascii() {
                let unit = self.latin[usize::from(byte)];
                if unit == 0 {
                    break;
                }
                spent += 1;
                unit
            } else if let Some((unit, length)) = self.of_vietnamese(&bytes[spent..]) {
                spent += length;
                unit
            } else {
                let Some(c) = text[spent..].chars().next() else { break };
                match self.unit(c) {
                    Unit::One(unit) => {
                        spent += c.len_utf8();
                        unit
                    }
                    Unit::NoLetter => break,
                    Unit::Several => {
                        spent += c.len_utf8();
                        for unit in self.several(c).encode_utf16() {
                            *units.get_mut(length)? = unit;
                            length += 1;
                            hash = mixed(hash, u64::from(unit));
                        }
                        continue;
                    }
                }
            };
            *units.get_mut(length)? = unit;
            length += 1;
            hash = mixed(hash, u64::from(unit));
        }
        (length > 0).then_some(Folded { units: &units[..length], spent, hash })
    }

    /// What folding makes of a character that is more than one unit then.
    #[cold]
    fn several(&self, c: char) -> String {
        match self.fold {
            Fold::Case => c.to_lowercase().collect(),
            Fold::Marks | Fold::Short => fold_char(c).into(),
        }
    }
}

/// A hash, one number on.
#[inline]
fn mixed(hash: u64, number: u64) -> u64 {
    (hash.rotate_left(5) ^ number).wrapping_mul(0x517c_c1b7_2722_0a95)
}

/// One of 64 classes of letters; none is like the letter of class 0.
#[inline]
fn class(unit: u16) -> usize {
    usize::from((unit ^ (unit >> 6)) & 63)
}
