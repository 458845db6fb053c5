//! PDF with a text layer (ISO 32000-2): the words of each page, in lines as they stand on it.

mod annotation;
mod budget;
mod content;
mod crypt;
mod file;
mod filter;
mod font;
mod legacy;
mod lexer;
mod line;
mod matrix;
mod object;
mod page;
mod word;

use super::{
    extracted::{Extracted, Limit, Trouble},
    limits::Limits,
};
use budget::Budget;
use content::{Fonts, Painter};
use file::File;
use matrix::Matrix;
use object::Object;
use page::{Page, Pages};
use std::collections::BTreeSet;

/// A page of fewer letters, covered by pictures, is a scan.
const SCAN_LETTERS: usize = 60;
/// How much of a page the pictures of a scan cover.
const SCAN_COVER: f64 = 0.4;

/// Reads the text of a file.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Extracted {
    let file = File::new(bytes, Budget::new(limits));
    let mut out = Extracted { encoding: "Unicode".into(), ..Extracted::default() };
    if file.locked {
        out.troubles.push(Trouble::Encrypted);
        return out;
    }
    let mut fonts = Fonts::default();
    let mut encodings = BTreeSet::new();
    let (mut without_text, mut unknown, mut too_many) = (0, 0, false);
    for page in Pages::new(&file) {
        if out.pages.len() >= limits.pages as usize {
            too_many = true;
            break;
        }
        if !file.budget.in_time() || file.budget.left() == 0 {
            break;
        }
        if !out.pages.is_empty() {
            out.text.push('\u{c}');
        }
        out.pages.push(out.text.len());
        let read = read_page(&file, &mut fonts, &page, &mut encodings);
        without_text += usize::from(read.is_without_text);
        unknown += read.unknown;
        file.budget.spend(read.text.len());
        out.text.push_str(&read.text);
    }
    if !encodings.is_empty() {
        let names: Vec<_> = std::iter::once("Unicode").chain(encodings).collect();
        out.encoding = names.join(", ").into();
    }
    let pages = out.pages.len();
    if without_text > 0 {
        out.troubles.push(Trouble::NoTextLayer { pages: without_text, of: pages });
    }
    if unknown > 0 {
        out.troubles.push(Trouble::UnmappedGlyphs { places: unknown });
    }
    let broken = file.budget.broken_parts();
    if broken > 0 || pages == 0 {
        out.troubles.push(Trouble::BrokenParts { places: broken.max(1) });
    }
    let limits = too_many.then_some(Limit::Pages).into_iter().chain(file.budget.met());
    out.troubles.extend(limits.map(|limit| Trouble::Limited { limit }));
    out
}

/// What a page says.
struct PageText {
    text: String,
    /// Whether it is a picture of a page, or nothing.
    is_without_text: bool,
    /// The characters that the file does not say the text of.
    unknown: usize,
}

fn read_page(file: &File<'_>, fonts: &mut Fonts, page: &Page, encodings: &mut BTreeSet<&'static str>) -> PageText {
    let ctm = upright(page);
    let [left, bottom, right, top] = ctm.around(page.frame);
    let mut painter = Painter::new(file, fonts);
    painter.draw(&contents(file, page), &page.resources, ctm);
    annotation::draw(&mut painter, page, ctm);
    let mut drawn = painter.drawn;
    // What lies outside the page is not seen.
    let inside =
        |(x, y): (f64, f64)| (left - 2.0..=right + 2.0).contains(&x) && (bottom - 2.0..=top + 2.0).contains(&y);
    drawn.glyphs.retain(|glyph| inside(glyph.from));
    let letters =
        drawn.glyphs.iter().filter(|g| g.layer == 0 && g.text.as_deref().is_some_and(|t| !t.trim().is_empty()));
    let letters = letters.count();
    legacy::decode(&mut drawn.glyphs, encodings);
    let (words, unknown) = word::words(&drawn.glyphs);
    let covered = drawn.pictures / ((right - left) * (top - bottom)).max(1.0);
    PageText { text: line::text(words), is_without_text: letters < SCAN_LETTERS && covered > SCAN_COVER, unknown }
}

/// The streams of a page, as one.
fn contents(file: &File<'_>, page: &Page) -> Vec<u8> {
    let streams = match file.get(&page.dictionary, "Contents") {
        Object::Array(streams) => streams,
        one => vec![one],
    };
    let mut all = Vec::new();
    for stream in streams {
        match file.resolved(stream) {
            Object::Stream(stream) => match file.data(&stream) {
                Some(data) if all.is_empty() => all = data.into_owned(),
                Some(data) if file.budget.spend(data.len()) => {
                    all.push(b'\n');
                    all.extend_from_slice(&data);
                }
                _ => file.budget.broken(),
            },
            Object::Null => {}
            _ => file.budget.broken(),
        }
    }
    all
}

/// What turns a page as it is shown.
fn upright(page: &Page) -> Matrix {
    match page.turned {
        90 => Matrix([0.0, -1.0, 1.0, 0.0, 0.0, 0.0]),
        180 => Matrix([-1.0, 0.0, 0.0, -1.0, 0.0, 0.0]),
        270 => Matrix([0.0, 1.0, -1.0, 0.0, 0.0, 0.0]),
        _ => Matrix::IDENTITY,
    }
}
