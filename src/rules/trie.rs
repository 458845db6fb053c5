//! Folded words as the edges of a tree.

use super::Fold;
use crate::text::{fold_char, letter};
use rustc_hash::FxHashMap;

/// Groups of words, told apart word by word.
///
/// A word is stepped over by its hash, which costs one pass over its letters and no copy; the letters are compared only
/// where the hash is known.
#[derive(Debug)]
pub(super) struct Trie<T> {
    fold: Fold,
    /// Which pairs of letters open an entry: a bit for each pair of classes of letters.
    opening: Box<[u64; 64]>,
    /// From a node over a word to the next node. Where two words have one hash, the later has the next free one.
    edges: FxHashMap<(u32, u64), u32>,
    nodes: Vec<Node<T>>,
    /// Whether a byte may be the first of an entry in a text; any first byte of a letter beyond ASCII may.
    initials: Box<[bool; 256]>,
    /// The most letters that a word has.
    longest: usize,
}

#[derive(Debug)]
struct Node<T> {
    /// The folded word that leads here.
    word: Box<[char]>,
    value: Option<T>,
    is_leaf: bool,
}

impl<T: Copy> Trie<T> {
    /// Where every entry begins.
    pub(super) const ROOT: u32 = 0;

    /// The tree of these entries; of two that fold to the same, the later stands.
    pub(super) fn new<W: Iterator<Item = char>>(
        fold: Fold,
        entries: impl Iterator<Item = (impl Iterator<Item = W>, T)>,
    ) -> Trie<T> {
        let root = Node { word: Box::default(), value: None, is_leaf: true };
        let opening = Box::new([0; 64]);
        let initials = Box::new(std::array::from_fn(|byte| byte >= 0xc0));
        let mut trie = Trie { fold, opening, edges: FxHashMap::default(), nodes: vec![root], initials, longest: 0 };
        for (words, value) in entries {
            let mut node = Self::ROOT;
            for word in words {
                let mut folded: Vec<char> = Vec::new();
                each_folded(word, fold, |c| folded.push(c));
                node = trie.grow(node, &folded);
            }
            if node != Self::ROOT {
                trie.nodes[node as usize].value = Some(value);
            }
        }
        trie
    }

    /// The node behind a word, made if there is none.
    fn grow(&mut self, from: u32, word: &[char]) -> u32 {
        if from == Self::ROOT {
            let class = |at: usize| word.get(at).map_or(0, |c| class(*c));
            self.opening[class(0)] |= 1 << class(1);
            if let Some(c) = word.first().filter(|c| c.is_ascii()) {
                self.initials[*c as usize] = true;
                self.initials[c.to_ascii_uppercase() as usize] = true;
            }
        }
        self.longest = self.longest.max(word.len());
        let mut hash = word.iter().fold(0, |hash, c| mix(hash, *c));
        while let Some(&node) = self.edges.get(&(from, hash)) {
            if *self.nodes[node as usize].word == *word {
                return node;
            }
            hash = hash.wrapping_add(1);
        }
        let node = self.nodes.len() as u32;
        self.edges.insert((from, hash), node);
        self.nodes[from as usize].is_leaf = false;
        self.nodes.push(Node { word: word.into(), value: None, is_leaf: true });
        node
    }

    /// Whether a text may open with an entry, by its first byte.
    #[inline]
    pub(super) fn may_open_with(&self, byte: u8) -> bool {
        self.initials[usize::from(byte)]
    }

    /// Whether a text may open with an entry, by its first two letters.
    #[inline]
    pub(super) fn may_open(&self, mut text: impl Iterator<Item = char>) -> bool {
        let Some(first) = text.next().filter(|c| letter::is_alphanumeric(*c)) else { return false };
        let Some(first) = folded(first, self.fold) else { return true };
        let second = text.next().filter(|c| letter::is_alphanumeric(*c));
        let second = match second.map(|c| folded(c, self.fold)) {
            None => 0,
            Some(Some(c)) => class(c),
            Some(None) => return true,
        };
        self.opening[class(first)] >> second & 1 == 1
    }

    /// Steps over the word that opens a text: the node behind it, if some entry goes on so, and the bytes of the word.
    #[inline]
    pub(super) fn step(&self, from: u32, text: impl Iterator<Item = char> + Clone) -> (Option<u32>, usize) {
        let (mut hash, mut length, mut letters) = (0, 0, 0);
        for c in text.clone().take_while(|c| letter::is_alphanumeric(*c)) {
            match folded(c, self.fold) {
                Some(c) => {
                    hash = mix(hash, c);
                    letters += 1;
                }
                None => {
                    for c in c.to_lowercase() {
                        hash = mix(hash, c);
                        letters += 1;
                    }
                }
            }
            length += c.len_utf8();
            if letters > self.longest {
                return (None, 0);
            }
        }
        if length == 0 {
            return (None, 0);
        }
        while let Some(&node) = self.edges.get(&(from, hash)) {
            let mut left = self.nodes[node as usize].word.iter();
            let mut same = true;
            let word = text.clone().take_while(|c| letter::is_alphanumeric(*c));
            each_folded(word, self.fold, |c| same &= left.next() == Some(&c));
            if same && left.as_slice().is_empty() {
                return (Some(node), length);
            }
            hash = hash.wrapping_add(1);
        }
        (None, 0)
    }

    /// The most bytes that a word may have, and one character more.
    pub(super) fn widest(&self) -> usize {
        /// The most bytes of a character in UTF-8.
        const WIDEST: usize = 4;
        (self.longest + 1) * WIDEST
    }

    /// The value of the entry that ends at a node.
    pub(super) fn value(&self, node: u32) -> Option<T> {
        self.nodes[node as usize].value
    }

    /// Whether no entry goes on behind a node.
    pub(super) fn is_leaf(&self, node: u32) -> bool {
        self.nodes[node as usize].is_leaf
    }
}

/// A character folded, where that makes one character.
#[inline]
fn folded(c: char, fold: Fold) -> Option<char> {
    if c.is_ascii() {
        return Some(c.to_ascii_lowercase());
    }
    match fold {
        Fold::Case => letter::to_lower(c),
        Fold::Marks | Fold::Short => Some(fold_char(c)),
    }
}

fn each_folded(word: impl Iterator<Item = char>, fold: Fold, mut each: impl FnMut(char)) {
    for c in word {
        match folded(c, fold) {
            Some(c) => each(c),
            None => c.to_lowercase().for_each(&mut each),
        }
    }
}

/// One of 64 classes of letters; none is like the letter of class 0.
#[inline]
fn class(c: char) -> usize {
    let code = u32::from(c);
    ((code ^ (code >> 6)) & 63) as usize
}

#[inline]
fn mix(hash: u64, c: char) -> u64 {
    (hash.rotate_left(5) ^ u64::from(c)).wrapping_mul(0x517c_c1b7_2722_0a95)
}
