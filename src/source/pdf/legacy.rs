//! Characters of fonts made before Unicode, decoded.

use super::content::Glyph;
use crate::source::encoding::{Encoding, Font};
use std::collections::BTreeSet;

/// Decodes the characters that were drawn in fonts of older encodings; returns the names of those encodings.
pub(super) fn decode(glyphs: &mut Vec<Glyph>, names: &mut BTreeSet<&'static str>) {
    if glyphs.iter().all(|glyph| glyph.legacy.is_none()) {
        return;
    }
    let mut out: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    // What the last one said before it was decoded.
    let mut before: Option<(Font, String)> = None;
    for mut glyph in glyphs.drain(..) {
        let (Some(font), Some(text)) = (glyph.legacy, glyph.text.as_deref()) else {
            before = None;
            out.push(glyph);
            continue;
        };
        names.insert(font.encoding.name());
        let text = as_windows(text);
        // In VNI a letter and its mark are two characters.
        if let (Encoding::Vni, Some((same, letter)), Some(last)) = (font.encoding, &before, out.last_mut())
            && *same == font
            && last.layer == glyph.layer
        {
            let both = font.decode(&format!("{letter}{text}")).into_owned();
            if both.chars().count() < font.decode(letter).chars().count() + text.chars().count() {
                last.text = Some(both.into());
                last.to = glyph.to;
                before = None;
                continue;
            }
        }
        glyph.text = Some(font.decode(&text).into());
        before = Some((font, text));
        out.push(glyph);
    }
    *glyphs = out;
}

/// Names of glyphs that look alike, back to the characters of Windows-1252 that the fonts stand in for.
fn as_windows(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{2212}' | '\u{2010}' | '\u{2011}' => '\u{ad}',
            '\u{2219}' | '\u{22c5}' => '\u{b7}',
            '\u{3bc}' => '\u{b5}',
            '\u{2c9}' => '\u{af}',
            '\u{110}' => '\u{d0}',
            '\u{2126}' => '\u{bd}',
            other => other,
        })
        .collect()
}
