//! Folded words as the edges of a tree.

use super::Fold;
use crate::text::{fold_char, letter};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// The most UTF-16 units of a folded word: an entry with a longer one, of which no language of the documents has any, is
/// not found.
const LONGEST: usize = 48;

/// Groups of words, told apart word by word.
///
/// A word of a text is found by the hash of its letters folded; only where an edge has it are they compared.
#[derive(Debug)]
pub(super) struct Trie<T> {
    folding: &'static Folding,
    /// Which pairs of letters open an entry: a bit for each pair of classes of letters.
    opening: Box<[u64; 64]>,
    /// From the hash of a node and a word to the next node. Where two have one hash, the later has the next free one.
    edges: FxHashMap<u64, u32>,
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
    /// How many words lead on, the node behind the last of them, and the one that leads on beside this; the root, if none.
    count: u32,
    child: u32,
    sibling: u32,
}

/// So many words are tried one by one, which is quicker than to look for one by its hash.
const FEW: u32 = 4;

/// The word that opens a text.
struct Read {
    /// The hash of the node that it is read behind, and of its units, folded.
    hash: u64,
    /// Its units.
    length: usize,
    /// How long it is in the text, in bytes.
    spent: usize,
}

impl Read {
    #[inline]
    fn take(&mut self, unit: u16) {
        self.hash = mixed(self.hash, unit.into());
        self.length += 1;
    }
}

impl<T> Node<T> {
    fn new(from: u32, word: (u32, u32)) -> Node<T> {
        Node { from, word, value: None, next: 0, count: 0, child: 0, sibling: 0 }
    }
}

impl<T: Copy> Trie<T> {
    /// Where every entry begins.
    pub(super) const ROOT: u32 = 0;

    /// The tree of these entries; of two that fold to the same, the later stands.
    pub(super) fn new<'e>(fold: Fold, entries: impl Iterator<Item = (impl Iterator<Item = &'e str>, T)>) -> Trie<T> {
        let mut trie = Trie {
            folding: Folding::of(fold),
            opening: Box::new([0; 64]),
            edges: FxHashMap::default(),
            nodes: vec![Node::new(Self::ROOT, (0, 0))],
            words: Vec::new(),
            // With 0xcc begin the marks from U+0300 to U+033F, which stand in no word.
            initials: Box::new(std::array::from_fn(|byte| byte >= 0xc0 && byte != 0xcc)),
            longest: 0,
        };
        for (words, value) in entries {
            let mut node = Some(Self::ROOT);
            for word in words {
                node = node.and_then(|from| trie.grow(from, word));
            }
            if let Some(node) = node.filter(|node| *node != Self::ROOT) {
                trie.nodes[node as usize].value = Some(value);
            }
        }
        trie
    }

    /// The node behind a word, made if there is none.
    fn grow(&mut self, from: u32, word: &str) -> Option<u32> {
        let read = self.folding.word_of(from, word, LONGEST)?;
        let (known, free) = self.edge(from, &read, word);
        if known.is_some() {
            return known;
        }
        let start = self.words.len();
        word.chars().for_each(|c| self.folding.each(c, |unit| self.words.push(unit)));
        let word = &self.words[start..];
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
        self.edges.insert(free, node);
        let mut made = Node::new(from, (start as u32, word.len() as u32));
        let before = &mut self.nodes[from as usize];
        before.next |= 1 << word.first().map_or(0, |unit| class(*unit));
        before.count += 1;
        made.sibling = std::mem::replace(&mut before.child, node);
        self.nodes.push(made);
        Some(node)
    }

    /// The node behind the word that opens a text, and the first hash that no edge has where there is none.
    #[inline]
    fn edge(&self, from: u32, read: &Read, text: &str) -> (Option<u32>, u64) {
        let mut hash = read.hash;
        while let Some(&at) = self.edges.get(&hash) {
            if self.nodes[at as usize].from == from && self.spent(at, text).is_some() {
                return (Some(at), hash);
            }
            hash = hash.wrapping_add(1);
        }
        (None, hash)
    }

    /// How many bytes the word has that opens a text, if it is the one that leads to a node.
    #[inline]
    fn spent(&self, node: u32, text: &str) -> Option<usize> {
        let (start, length) = self.nodes[node as usize].word;
        self.folding.spent(text, &self.words[start as usize..][..length as usize])
    }

    /// Whether a text may open with an entry, by its first byte.
    #[inline]
    pub(super) fn may_open_with(&self, byte: u8) -> bool {
        self.initials[usize::from(byte)]
    }

    /// Whether a text may open with an entry, by its first two letters.
    #[inline]
    pub(super) fn may_open(&self, text: &str) -> bool {
        if let [first, second, ..] = *text.as_bytes()
            && first.is_ascii()
            && second.is_ascii()
        {
            // What is unknown is no letter, and such stand with the letter of class 0.
            let [first, second] = [first, second].map(|byte| self.folding.latin[usize::from(byte)]);
            return first != 0 && self.opening[class(first)] >> class(second) & 1 == 1;
        }
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
        let node = &self.nodes[from as usize];
        // Most words are told by their first letter.
        let first = self.folding.unit(text.chars().next()?);
        if matches!(first, Unit::One(unit) if node.next >> class(unit) & 1 == 0) {
            return None;
        }
        if node.count <= FEW {
            let mut next = node.child;
            while next != Self::ROOT {
                if let Some(spent) = self.spent(next, text) {
                    return Some((next, spent));
                }
                next = self.nodes[next as usize].sibling;
            }
            return None;
        }
        let read = self.folding.word_of(from, text, self.longest)?;
        Some((self.edge(from, &read, text).0?, read.spent))
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

    /// The units that a character folds to.
    fn each(&self, c: char, mut call: impl FnMut(u16)) {
        match self.unit(c) {
            Unit::One(unit) => call(unit),
            Unit::Several => {
                let folded: String = match self.fold {
                    Fold::Case => c.to_lowercase().collect(),
                    Fold::Marks | Fold::Short => fold_char(c).into(),
                };
                folded.encode_utf16().for_each(call);
            }
            Unit::NoLetter => {}
        }
    }

    /// The word that opens a text, behind a node; none where no letter does, or where it has more units than `most`.
    #[inline]
    fn word_of(&self, from: u32, text: &str, most: usize) -> Option<Read> {
        let bytes = text.as_bytes();
        let mut read = Read { hash: mixed(0, from.into()), length: 0, spent: 0 };
        while read.spent < bytes.len() && read.length <= most {
            let byte = bytes[read.spent];
            // Most letters are of ASCII, where what is unknown is no letter.
            let (unit, length) = if byte.is_ascii() {
                match self.latin[usize::from(byte)] {
                    0 => break,
                    unit => (Unit::One(unit), 1),
                }
            } else {
                let Some(c) = text[read.spent..].chars().next() else { break };
                match self.unit(c) {
                    Unit::NoLetter => break,
                    Unit::Several => {
                        self.each(c, |unit| read.take(unit));
                        (Unit::NoLetter, c.len_utf8())
                    }
                    unit => (unit, c.len_utf8()),
                }
            };
            if let Unit::One(unit) = unit {
                read.take(unit);
            }
            read.spent += length;
        }
        (1..=most).contains(&read.length).then_some(read)
    }

    /// How many bytes the word has that opens a text, if these are its units.
    #[inline]
    fn spent(&self, text: &str, units: &[u16]) -> Option<usize> {
        let mut left = units.iter();
        for (at, c) in text.char_indices() {
            match self.unit(c) {
                Unit::One(unit) => {
                    if left.next() != Some(&unit) {
                        return None;
                    }
                }
                Unit::Several => {
                    let mut same = true;
                    self.each(c, |unit| same &= left.next() == Some(&unit));
                    if !same {
                        return None;
                    }
                }
                Unit::NoLetter => return left.as_slice().is_empty().then_some(at),
            }
        }
        left.as_slice().is_empty().then_some(text.len())
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
