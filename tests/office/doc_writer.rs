//! A writer of small DOC files: one piece of text, one page of runs of each kind.

use std::io::{Cursor, Write};

const TEXT: usize = 0x800;
const PAGE: usize = 512;

/// A file in the making.
#[derive(Default)]
pub struct Doc {
    text: String,
    characters: Vec<(usize, Vec<u8>)>,
    paragraphs: Vec<(usize, Vec<u8>)>,
    fonts: Vec<String>,
    lists: Vec<u8>,
    uses: Vec<u8>,
    narrow: bool,
    encrypted: bool,
    footnote: Option<(usize, String)>,
}

/// Property changes.
pub fn change(number: u16, operand: &[u8]) -> Vec<u8> {
    [&number.to_le_bytes()[..], operand].concat()
}

/// The changes that set a font.
pub fn font(number: u16) -> Vec<u8> {
    [change(0x4a4f, &number.to_le_bytes()), change(0x4a51, &number.to_le_bytes())].concat()
}

impl Doc {
    /// A file with fonts, numbered from 0.
    pub fn with_fonts(fonts: &[&str]) -> Doc {
        Doc { fonts: fonts.iter().map(|name| (*name).to_owned()).collect(), ..Doc::default() }
    }

    /// Its text is kept as bytes of Windows-1252.
    pub fn narrow(mut self) -> Doc {
        self.narrow = true;
        self
    }

    /// It says that it is encrypted.
    pub fn encrypted(mut self) -> Doc {
        self.encrypted = true;
        self
    }

    /// A run of characters.
    pub fn run(mut self, text: &str, changes: &[u8]) -> Doc {
        self.text += text;
        self.characters.push((self.text.chars().count(), changes.to_vec()));
        self
    }

    /// A footnote, with its mark at this place.
    pub fn footnote(mut self, text: &str) -> Doc {
        self.footnote = Some((self.text.chars().count(), format!("{text}\r")));
        self.run("\u{2}", &change(0x0855, &[1]))
    }

    /// The end of a paragraph: its mark, and the changes of the paragraph.
    pub fn end(mut self, mark: char, changes: &[u8]) -> Doc {
        self = self.run(&mark.to_string(), &[]);
        self.paragraphs.push((self.text.chars().count(), changes.to_vec()));
        self
    }

    /// A list of one level, used as number 1: its style, its text (`\0` is the counter) and the font of it.
    pub fn list(mut self, style: u8, text: &str, font_changes: &[u8]) -> Doc {
        self.lists = [&1u16.to_le_bytes()[..], &77u32.to_le_bytes(), &[0; 22], &[1, 0]].concat();
        let mut level = vec![1, 0, 0, 0, style, 0, 1];
        level.resize(24, 0);
        level.extend([font_changes.len() as u8, 0, 0, 0]);
        level.extend(font_changes);
        level.extend((text.chars().count() as u16).to_le_bytes());
        level.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        self.lists.extend(level);
        self.uses = [&1u32.to_le_bytes()[..], &77u32.to_le_bytes(), &[0; 12], &u32::MAX.to_le_bytes()].concat();
        self
    }

    /// The bytes of the file.
    pub fn write(&self) -> Vec<u8> {
        let main = self.text.chars().count();
        let note = self.footnote.as_ref().map_or("", |(_, text)| text.as_str());
        let whole = format!("{}{note}", self.text);
        let width = if self.narrow { 1 } else { 2 };
        let mut stream = vec![0; TEXT];
        match self.narrow {
            true => stream.extend(whole.chars().map(|c| u32::from(c) as u8)),
            false => stream.extend(whole.encode_utf16().flat_map(u16::to_le_bytes)),
        }
        stream.resize(stream.len().next_multiple_of(PAGE), 0);
        let first_page = stream.len() / PAGE;
        let place = |position: usize| (TEXT + position * width) as u32;
        stream.extend(page(&self.characters, &place, 1, |changes| [&[changes.len() as u8][..], changes].concat()));
        stream.extend(page(&self.paragraphs, &place, 13, |changes| {
            let padded = changes.len() % 2;
            let mut said = vec![0, ((2 + changes.len() + padded) / 2) as u8, 0, 0];
            said.extend(changes);
            said.resize(said.len() + padded, 0);
            said
        }));

        let mut table = Vec::new();
        let mut pairs = vec![(0u32, 0u32); 108];
        let mut put = |at: usize, bytes: &[u8]| {
            pairs[at] = (table.len() as u32, bytes.len() as u32);
            table.extend(bytes);
        };
        let length = whole.chars().count() as u32;
        let offset = if self.narrow { (TEXT as u32 * 2) | 0x4000_0000 } else { TEXT as u32 };
        let pieces = [&0u32.to_le_bytes()[..], &length.to_le_bytes(), &[0; 2], &offset.to_le_bytes(), &[0; 2]].concat();
        put(33, &[&[2][..], &(pieces.len() as u32).to_le_bytes(), &pieces].concat());
        let pages = |page: usize| [place(0), place(length as usize), page as u32].map(u32::to_le_bytes).concat();
        put(12, &pages(first_page));
        put(13, &pages(first_page + 1));
        put(15, &self.font_table());
        if let Some((at, _)) = &self.footnote {
            let positions = [*at as u32, main as u32].map(u32::to_le_bytes).concat();
            put(2, &[&positions[..], &[1, 0]].concat());
            put(3, &[0, note.chars().count() as u32].map(u32::to_le_bytes).concat());
        }
        if !self.lists.is_empty() {
            put(73, &self.lists);
            put(74, &self.uses);
        }

        let mut head = vec![0u8; 0x9a];
        head[0..2].copy_from_slice(&0xa5ecu16.to_le_bytes());
        head[2..4].copy_from_slice(&193u16.to_le_bytes());
        let flags: u16 = 0x0200 | if self.encrypted { 0x0100 } else { 0 };
        head[0x0a..0x0c].copy_from_slice(&flags.to_le_bytes());
        head[0x18..0x1c].copy_from_slice(&(TEXT as u32).to_le_bytes());
        head[0x4c..0x50].copy_from_slice(&(main as u32).to_le_bytes());
        head[0x50..0x54].copy_from_slice(&(note.chars().count() as u32).to_le_bytes());
        for (offset, length) in pairs {
            head.extend([offset, length].map(u32::to_le_bytes).concat());
        }
        stream[..head.len()].copy_from_slice(&head);

        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        file.create_stream("/WordDocument").unwrap().write_all(&stream).unwrap();
        file.create_stream("/1Table").unwrap().write_all(&table).unwrap();
        file.flush().unwrap();
        file.into_inner().into_inner()
    }

    fn font_table(&self) -> Vec<u8> {
        let mut table = [(self.fonts.len() as u16).to_le_bytes(), [0; 2]].concat();
        for name in &self.fonts {
            let mut font = vec![0; 39];
            font.extend(name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes));
            table.push(font.len() as u8);
            table.extend(font);
        }
        table
    }
}

/// A page of runs, which ends each at a position.
fn page(
    runs: &[(usize, Vec<u8>)],
    place: &dyn Fn(usize) -> u32,
    entry: usize,
    said: impl Fn(&[u8]) -> Vec<u8>,
) -> Vec<u8> {
    let mut page = vec![0; PAGE];
    let mut end = PAGE - 2;
    page[..4].copy_from_slice(&place(0).to_le_bytes());
    for (n, (upto, changes)) in runs.iter().enumerate() {
        let at = 4 + n * 4;
        page[at..at + 4].copy_from_slice(&place(*upto).to_le_bytes());
        let said = said(changes);
        end = (end - said.len()) / 2 * 2;
        page[end..end + said.len()].copy_from_slice(&said);
        page[(runs.len() + 1) * 4 + n * entry] = (end / 2) as u8;
    }
    page[PAGE - 1] = runs.len() as u8;
    page
}
