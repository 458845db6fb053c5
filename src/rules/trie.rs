//! Folded words as the edges of a tree. The build script grows the trees of the built-in rules and lays them down.

use super::{fold_char, letter};
use std::{borrow::Cow, sync::LazyLock};

/// How far two spellings may differ and still be the same entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// In case only.
    Case,
    /// In case and marks: what OCR loses.
    Marks,
    /// Like `Marks` for entries of three words and more. In a shorter one each word has its marks or, where OCR lost
    /// them, none at all: other marks make another word (`BAN`, `BÀN`, `BẢN`; `QUẬN`, `QUÂN`).
    Short,
}

/// The most UTF-16 units of a folded word: an entry with a longer one, of which no language of the documents has any, is
/// not found.
const LONGEST: usize = 48;

/// How many slots are made for an entry beforehand, and for a tree at least: most entries have two words or three.
const SLOTS_OF_AN_ENTRY: usize = 4;
const FEWEST_SLOTS: usize = 8;

/// Groups of words, told apart word by word, and the way that they fold.
///
/// A word of a text is folded once, into a place on the stack, and found by its hash.
#[derive(Debug)]
pub struct Trie {
    folding: &'static Folding,
    /// What was grown, or laid down.
    pub tree: Tree,
}

/// The tree itself, as it is laid down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// Which pairs of letters open an entry: a bit for each pair of classes of letters.
    pub opening: [u64; 64],
    /// Whether a byte may be the first of an entry in a text; any first byte of a letter beyond ASCII may.
    pub initials: [bool; 256],
    /// The most units that a folded word has.
    pub longest: usize,
    /// Where the node behind a node and a word stands in `nodes`, at the slot that their hash tells or at the next that is
    /// free; 0 at a free slot, as nothing leads to the root. Half of them are free at least.
    pub slots: Cow<'static, [u32]>,
    /// Where entries begin, and what stands behind each of their words.
    pub nodes: Cow<'static, [Node]>,
    /// The folded words of all nodes, in UTF-16.
    pub words: Cow<'static, [u16]>,
    /// For each entry the last one before it that folds to the same, or [`Node::NONE`].
    pub alike: Cow<'static, [u32]>,
}

/// What stands behind a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// The node before that word.
    pub from: u32,
    /// Where the folded word begins in `Tree::words`.
    pub start: u32,
    /// How many units it has.
    pub length: u32,
    /// Which entry ends here, or [`Node::NONE`].
    pub entry: u32,
    /// With which classes of letters the words behind it open: none behind a leaf.
    pub next: u64,
}

impl Node {
    /// No entry.
    pub const NONE: u32 = u32::MAX;
}

/// What a tree laid down for a list is found by.
pub fn key<'e>(fold: Fold, forwards: bool, entries: impl Iterator<Item = &'e str>) -> u64 {
    let seed = mixed(u64::from(fold == Fold::Case), u64::from(forwards));
    entries.fold(seed, |hash, entry| {
        let (whole, rest) = entry.as_bytes().as_chunks::<8>();
        let hash =
            whole.iter().fold(mixed(hash, entry.len() as u64), |hash, eight| mixed(hash, u64::from_le_bytes(*eight)));
        mixed(hash, rest.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    })
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

impl Trie {
    /// Where every entry begins.
    pub const ROOT: u32 = 0;

    /// A tree that is laid down, for a list that folds so.
    pub fn laid_down(fold: Fold, tree: &Tree) -> Trie {
        Trie { folding: Folding::of(fold), tree: tree.clone() }
    }

    /// The tree of these entries, each read from its first word on, or else from its last; of two that fold to the same,
    /// the later stands.
    pub fn new<'e>(fold: Fold, forwards: bool, entries: impl ExactSizeIterator<Item = &'e str>) -> Trie {
        let count = entries.len();
        let mut nodes = Vec::with_capacity(count * 2);
        nodes.push(Node { from: Self::ROOT, start: 0, length: 0, entry: Node::NONE, next: 0 });
        let slots = vec![Self::ROOT; (count * SLOTS_OF_AN_ENTRY).next_power_of_two().max(FEWEST_SLOTS)];
        let tree = Tree {
            opening: [0; 64],
            // With 0xcc begin the marks from U+0300 to U+033F, which stand in no word.
            initials: std::array::from_fn(|byte| byte >= 0xc0 && byte != 0xcc),
            longest: 0,
            slots: slots.into(),
            nodes: nodes.into(),
            words: Vec::new().into(),
            alike: Cow::default(),
        };
        let mut trie = Trie { folding: Folding::of(fold), tree };
        let mut alike = vec![Node::NONE; count];
        for (at, entry) in entries.enumerate() {
            let node = if forwards { trie.grow_forwards(entry) } else { trie.grow_backwards(entry) };
            if let Some(node) = node.filter(|node| *node != Self::ROOT) {
                alike[at] = std::mem::replace(&mut trie.tree.nodes.to_mut()[node as usize].entry, at as u32);
            }
        }
        trie.tree.alike = alike.into();
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
        let tree = &mut self.tree;
        if from == Self::ROOT {
            let class = |at: usize| word.get(at).map_or(0, |unit| class(*unit));
            tree.opening[class(0)] |= 1 << class(1);
            if let Some(byte) = word.first().and_then(|unit| u8::try_from(*unit).ok()).filter(u8::is_ascii) {
                tree.initials[usize::from(byte)] = true;
                tree.initials[usize::from(byte.to_ascii_uppercase())] = true;
            }
        }
        tree.longest = tree.longest.max(word.len());
        let (nodes, words) = (tree.nodes.to_mut(), tree.words.to_mut());
        let node = nodes.len() as u32;
        tree.slots.to_mut()[slot] = node;
        nodes[from as usize].next |= 1 << word.first().map_or(0, |unit| class(*unit));
        let (start, length) = (words.len() as u32, word.len() as u32);
        words.extend_from_slice(word);
        nodes.push(Node { from, start, length, entry: Node::NONE, next: 0 });
        if nodes.len() * 2 > tree.slots.len() {
            self.widen();
        }
        Some((node, folded.spent))
    }

    /// Makes twice as many slots.
    fn widen(&mut self) {
        self.tree.slots = vec![Self::ROOT; self.tree.slots.len() * 2].into();
        for at in 1..self.tree.nodes.len() {
            let node = &self.tree.nodes[at];
            let units = self.word(node);
            let hash = units.iter().fold(mixed(0, u64::from(node.from)), |hash, unit| mixed(hash, u64::from(*unit)));
            if let Err(free) = self.edge(node.from, Folded { units, spent: 0, hash }) {
                self.tree.slots.to_mut()[free] = at as u32;
            }
        }
    }

    /// The folded word that leads to a node.
    #[inline(always)]
    fn word(&self, node: &Node) -> &[u16] {
        let (start, length) = (node.start as usize, node.length as usize);
        &slice(&self.tree.words)[start..start + length]
    }

    #[inline(always)]
    fn node(&self, at: u32) -> &Node {
        &slice(&self.tree.nodes)[at as usize]
    }

    /// The node behind a word, or the free slot for one.
    #[inline(always)]
    fn edge(&self, from: u32, word: Folded<'_>) -> Result<u32, usize> {
        let (slots, nodes) = (slice(&self.tree.slots), slice(&self.tree.nodes));
        let last = slots.len() - 1;
        // The high bits of a product are its best.
        let mut slot = (word.hash >> 32) as usize & last;
        loop {
            let at = slots[slot];
            if at == Self::ROOT {
                return Err(slot);
            }
            let node = &nodes[at as usize];
            if node.from == from && self.word(node) == word.units {
                return Ok(at);
            }
            slot = (slot + 1) & last;
        }
    }

    /// Whether a text may open with an entry, by its first byte.
    #[inline]
    pub fn may_open_with(&self, byte: u8) -> bool {
        self.tree.initials[usize::from(byte)]
    }

    /// Whether a text may open with an entry, by its first two letters.
    #[inline]
    pub fn may_open(&self, text: &str) -> bool {
        let mut units = text.chars().map(|c| self.folding.unit(c));
        let row = match units.next() {
            Some(Unit::One(unit)) => self.tree.opening[class(unit)],
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
    pub fn step(&self, from: u32, text: &str) -> Option<(u32, usize)> {
        // Most words are told by their first letter.
        let first = self.folding.unit(text.chars().next()?);
        if matches!(first, Unit::One(unit) if self.node(from).next >> class(unit) & 1 == 0) {
            return None;
        }
        let mut units = [0; LONGEST];
        let word = self.folding.word_of(from, text, &mut units[..self.tree.longest])?;
        Some((self.edge(from, word).ok()?, word.spent))
    }

    /// The most bytes that a word may have, and one character more.
    pub fn widest(&self) -> usize {
        /// The most bytes of a character in UTF-8, of which folding leaves one unit at least.
        const WIDEST: usize = 4;
        (self.tree.longest + 1) * WIDEST
    }

    /// Which entry ends at a node.
    #[inline]
    pub fn entry(&self, node: u32) -> Option<usize> {
        let entry = self.node(node).entry;
        (entry != Node::NONE).then_some(entry as usize)
    }

    /// An entry and those before it that fold to the same, from the last on.
    pub fn alike(&self, entry: usize) -> impl Iterator<Item = usize> {
        let before = |entry: &usize| Some(self.tree.alike[*entry]).filter(|entry| *entry != Node::NONE);
        std::iter::successors(Some(entry), move |entry| before(entry).map(|entry| entry as usize))
    }

    /// Whether no entry goes on behind a node.
    #[inline]
    pub fn is_leaf(&self, node: u32) -> bool {
        self.node(node).next == 0
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

/// What is laid down or grown; to dereference a `Cow` is not always inlined.
#[inline(always)]
#[allow(clippy::ptr_arg, reason = "to tell the two apart is what it is for")]
fn slice<'t, T: Clone>(part: &'t Cow<'static, [T]>) -> &'t [T] {
    match part {
        Cow::Borrowed(laid) => laid,
        Cow::Owned(grown) => grown,
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
