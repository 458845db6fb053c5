//! What was laid over a page: the fields of a form, a digital signature's above all, which hold the number and the day
//! where the text below left them open; and remarks written on the page (12.5, 12.7).

use super::{
    content::Painter,
    file::File,
    matrix::Matrix,
    object::{Dictionary, Object, Stream},
    page::Page,
};

/// The most annotations of one page that are drawn.
const MOST_ANNOTATIONS: usize = 4096;

/// Hidden, or not to be viewed (12.5.3).
const INVISIBLE: i64 = 1 << 1 | 1 << 5;

/// Draws the annotations of a page that say something, each as a layer of its own.
pub(super) fn draw(painter: &mut Painter<'_, '_>, page: &Page, ctm: Matrix) {
    let file = painter.file;
    let annotations = file.get(&page.dictionary, "Annots");
    for (at, annotation) in annotations.array().unwrap_or_default().iter().take(MOST_ANNOTATIONS).enumerate() {
        let annotation = file.resolved(annotation.clone());
        let Some(annotation) = annotation.dictionary().filter(|annotation| says_something(file, annotation)) else {
            continue;
        };
        let sides = file.numbers(&file.get(annotation, "Rect"));
        let &[a, b, c, d] = sides.as_slice() else { continue };
        let Some(stream) = appearance(file, annotation) else { continue };
        painter.layer = at + 1;
        painter.appearance(&stream, [a.min(c), b.min(d), a.max(c), b.max(d)], ctm);
    }
}

fn says_something(file: &File<'_>, annotation: &Dictionary) -> bool {
    let flags = file.get(annotation, "F").integer().unwrap_or(0);
    let kind = ["Widget", "FreeText", "Stamp"].iter().any(|kind| annotation.is("Subtype", kind));
    kind && flags & INVISIBLE == 0
}

/// The appearance that is shown: one of several is named by `AS`.
fn appearance(file: &File<'_>, annotation: &Dictionary) -> Option<Stream> {
    let all = file.get(annotation, "AP");
    match file.get(all.dictionary()?, "N") {
        Object::Stream(stream) => Some(stream),
        Object::Dictionary(states) => {
            let state = file.get(annotation, "AS");
            match states.get_bytes(state.name()?).cloned().map(|shown| file.resolved(shown)) {
                Some(Object::Stream(stream)) => Some(stream),
                _ => None,
            }
        }
        _ => None,
    }
}
