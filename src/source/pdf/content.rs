//! Content streams: the operators that move, choose fonts and show text (8.2, 9.4), carried out.

use super::{
    file::File,
    font::Font,
    lexer::{Lexer, Token, is_space},
    matrix::Matrix,
    object::{Dictionary, Object, Stream},
};
use crate::source::encoding;
use std::{collections::BTreeMap, rc::Rc};

/// The most characters of one page: more fit on none that is read.
const MOST_GLYPHS: usize = 1 << 18;
/// The most graphics states that are kept at a time.
const MOST_STATES: usize = 512;
/// The most operands before an operator.
const MOST_OPERANDS: usize = 64;

/// Letters of this size, in points, that are faint are a watermark.
const WATERMARK_SIZE: f64 = 36.0;

/// A character where it stands on the page.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    /// None where the file does not say what it stands for.
    pub(super) text: Option<Rc<str>>,
    /// Where it begins, on the base line.
    pub(super) from: (f64, f64),
    /// Where the next one would begin.
    pub(super) to: (f64, f64),
    /// The size of its font on the page.
    pub(super) size: f64,
    /// 0: the page itself; otherwise one more than the number of the annotation.
    pub(super) layer: usize,
    /// The font, where it was made for an encoding before Unicode.
    pub(super) legacy: Option<encoding::Font>,
}

/// What stands on a page.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    pub(super) glyphs: Vec<Glyph>,
    /// How much of the page pictures cover, in squares of its unit.
    pub(super) pictures: f64,
}

/// The fonts of a file that were met, by the number of their object.
#[derive(Debug, Default)]
pub(super) struct Fonts(BTreeMap<u32, Rc<Font>>);

/// Carries out the streams of one page.
pub(super) struct Painter<'p, 'b> {
    pub(super) file: &'p File<'b>,
    pub(super) fonts: &'p mut Fonts,
    pub(super) drawn: Drawn,
    pub(super) layer: usize,
    /// The forms that are being drawn: one that draws itself would never end.
    open: Vec<u32>,
}

/// The graphics state, as far as it moves or hides text.
#[derive(Clone, Debug)]
struct State {
    ctm: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    character_space: f64,
    word_space: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
    /// Whether it draws in a light colour, and whether the page shows through.
    light: bool,
    sheer: bool,
}

impl State {
    fn new(ctm: Matrix) -> Self {
        State {
            ctm,
            font: None,
            size: 0.0,
            character_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            light: false,
            sheer: false,
        }
    }
}

/// Where in a stream the drawing is.
struct Scene<'r> {
    resources: &'r Dictionary,
    named: BTreeMap<Vec<u8>, Rc<Font>>,
    state: State,
    kept: Vec<State>,
    text: Matrix,
    line: Matrix,
    /// Of each open mark, whether it hides what stands in it.
    marks: Vec<bool>,
}

impl<'p, 'b> Painter<'p, 'b> {
    pub(super) fn new(file: &'p File<'b>, fonts: &'p mut Fonts) -> Self {
        Painter { file, fonts, drawn: Drawn::default(), layer: 0, open: Vec::new() }
    }

    /// Draws a stream.
    pub(super) fn draw(&mut self, bytes: &[u8], resources: &Dictionary, ctm: Matrix) {
        let state = State::new(ctm);
        self.run(bytes, resources, state);
    }

    fn run(&mut self, bytes: &[u8], resources: &Dictionary, state: State) {
        let mut scene = Scene {
            resources,
            named: BTreeMap::new(),
            state,
            kept: Vec::new(),
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            marks: Vec::new(),
        };
        let mut lexer = Lexer::new(bytes, 0, 32);
        let mut operands: Vec<Object> = Vec::new();
        let mut count = 0_u32;
        loop {
            let before = lexer.at;
            match lexer.token() {
                Some(Token::Object(object)) => {
                    if operands.len() < MOST_OPERANDS {
                        operands.push(object);
                    }
                }
                Some(Token::Keyword(b"BI")) => {
                    skip_picture(bytes, &mut lexer);
                    operands.clear();
                }
                Some(Token::Keyword(operator)) => {
                    self.operate(&mut scene, operator, &operands);
                    operands.clear();
                }
                // An array that does not close, or nothing more.
                None if lexer.at >= bytes.len() || lexer.at == before => break,
                None => operands.clear(),
            }
            count = count.wrapping_add(1);
            if count.is_multiple_of(256) && !self.file.budget.in_time() {
                break;
            }
        }
    }

    fn operate(&mut self, scene: &mut Scene<'_>, operator: &[u8], operands: &[Object]) {
        let number = |at: usize| operands.get(at).and_then(Object::number).unwrap_or(0.0);
        let six = || Matrix::of(&operands.iter().filter_map(Object::number).collect::<Vec<_>>());
        let state = &mut scene.state;
        match operator {
            b"q" if scene.kept.len() < MOST_STATES => scene.kept.push(state.clone()),
            b"Q" => {
                if let Some(kept) = scene.kept.pop() {
                    scene.state = kept;
                }
            }
            b"cm" => {
                if let Some(matrix) = six() {
                    state.ctm = matrix.then(state.ctm);
                }
            }
            b"BT" => {
                scene.text = Matrix::IDENTITY;
                scene.line = Matrix::IDENTITY;
            }
            b"Tf" => {
                state.size = number(1);
                if let Some(name) = operands.first().and_then(Object::name) {
                    state.font = self.font(scene.resources, &mut scene.named, name);
                }
            }
            b"Tc" => state.character_space = number(0),
            b"Tw" => state.word_space = number(0),
            b"Tz" => state.stretch = number(0) / 100.0,
            b"TL" => state.leading = number(0),
            b"Ts" => state.rise = number(0),
            b"Td" => scene.next_line(number(0), number(1)),
            b"TD" => {
                state.leading = -number(1);
                scene.next_line(number(0), number(1));
            }
            b"Tm" => {
                if let Some(matrix) = six() {
                    scene.text = matrix;
                    scene.line = matrix;
                }
            }
            b"T*" => scene.next_line(0.0, -scene.state.leading),
            b"Tj" => self.show(scene, operands.first()),
            b"'" => {
                scene.next_line(0.0, -scene.state.leading);
                self.show(scene, operands.first());
            }
            b"\"" => {
                state.word_space = number(0);
                state.character_space = number(1);
                scene.next_line(0.0, -scene.state.leading);
                self.show(scene, operands.get(2));
            }
            b"TJ" => {
                for item in operands.first().and_then(Object::array).unwrap_or_default() {
                    match item.number() {
                        Some(back) => {
                            let state = &scene.state;
                            scene.text =
                                Matrix::shift(-back / 1000.0 * state.size * state.stretch, 0.0).then(scene.text);
                        }
                        None => self.show(scene, Some(item)),
                    }
                }
            }
            b"Do" => {
                if let Some(name) = operands.first().and_then(Object::name) {
                    self.external(scene, name);
                }
            }
            b"g" | b"rg" | b"k" | b"sc" | b"scn" => {
                let shares: Vec<f64> = operands.iter().filter_map(Object::number).collect();
                state.light = is_light(&shares);
            }
            b"cs" => state.light = false,
            b"gs" => {
                if let Some(name) = operands.first().and_then(Object::name) {
                    self.graphics_state(scene, name);
                }
            }
            b"BMC" | b"BDC" if scene.marks.len() < MOST_STATES => {
                let hides = self.is_watermark(scene.resources, operands);
                scene.marks.push(hides);
            }
            b"EMC" => {
                scene.marks.pop();
            }
            _ => {}
        }
    }

    /// Whether a mark says that what follows is a watermark (14.8.2.2).
    fn is_watermark(&self, resources: &Dictionary, operands: &[Object]) -> bool {
        let properties = match operands.get(1) {
            Some(Object::Name(name)) => self.resource(resources, "Properties", name),
            Some(other) => other.clone(),
            None => Object::Null,
        };
        operands.first().and_then(Object::name) == Some(b"Artifact")
            && properties.dictionary().is_some_and(|properties| properties.is("Subtype", "Watermark"))
    }

    /// A resource by its kind and name.
    fn resource(&self, resources: &Dictionary, kind: &str, name: &[u8]) -> Object {
        let of_kind = self.file.get(resources, kind);
        let found = of_kind.dictionary().and_then(|of_kind| of_kind.get_bytes(name));
        found.map_or(Object::Null, |found| self.file.resolved(found.clone()))
    }

    fn font(
        &mut self,
        resources: &Dictionary,
        named: &mut BTreeMap<Vec<u8>, Rc<Font>>,
        name: &[u8],
    ) -> Option<Rc<Font>> {
        if let Some(font) = named.get(name) {
            return Some(font.clone());
        }
        let fonts = self.file.get(resources, "Font");
        let stated = fonts.dictionary()?.get_bytes(name)?.clone();
        let font = self.made(stated)?;
        named.insert(name.to_vec(), font.clone());
        Some(font)
    }

    fn made(&mut self, stated: Object) -> Option<Rc<Font>> {
        let id = if let Object::Reference(id) = stated { Some(id) } else { None };
        if let Some(known) = id.and_then(|id| self.fonts.0.get(&id)) {
            return Some(known.clone());
        }
        let object = self.file.resolved(stated);
        let font = Rc::new(Font::new(self.file, object.dictionary()?));
        if let Some(id) = id {
            self.fonts.0.insert(id, font.clone());
        }
        Some(font)
    }

    /// A graphics state may choose a font too, and let the page show through.
    fn graphics_state(&mut self, scene: &mut Scene<'_>, name: &[u8]) {
        let stated = self.resource(scene.resources, "ExtGState", name);
        let Some(stated) = stated.dictionary() else { return };
        if let Some(opacity) = self.file.get(stated, "ca").number() {
            scene.state.sheer = opacity < 0.6;
        }
        let Object::Array(font) = self.file.get(stated, "Font") else { return };
        let [font, size] = font.as_slice() else { return };
        if let Some(made) = self.made(font.clone()) {
            scene.state.font = Some(made);
            scene.state.size = size.number().unwrap_or(0.0);
        }
    }

    fn show(&mut self, scene: &mut Scene<'_>, string: Option<&Object>) {
        let (Some(bytes), Some(font)) = (string.and_then(Object::string), scene.state.font.clone()) else { return };
        // What is past all bounds is not even counted.
        if self.drawn.glyphs.len() >= MOST_GLYPHS {
            self.file.budget.overrun();
            return;
        }
        let bytes = &bytes[..bytes.len().min(4 * MOST_GLYPHS)];
        let state = &scene.state;
        let hidden = scene.marks.contains(&true);
        let shape = Matrix([state.size * state.stretch, 0.0, 0.0, state.size, 0.0, state.rise]);
        let mut text = scene.text;
        font.characters(bytes, |char| {
            let placed = shape.then(text).then(state.ctm);
            let word_space = if char.is_space_code { state.word_space } else { 0.0 };
            let advance = (char.width * state.size + state.character_space + word_space) * state.stretch;
            text = Matrix::shift(advance, 0.0).then(text);
            let (x, y) = placed.point(0.0, 0.0);
            let (_, _, up_x, up_y) = (placed.0[0], placed.0[1], placed.0[2], placed.0[3]);
            let glyph = Glyph {
                text: char.text.clone(),
                from: (x, y),
                to: Matrix::shift(0.0, state.rise).then(text).then(state.ctm).point(0.0, 0.0),
                size: up_x.hypot(up_y),
                layer: self.layer,
                legacy: font.legacy,
            };
            let faint = (state.light || state.sheer) && glyph.size >= WATERMARK_SIZE;
            let sound = x.is_finite() && y.is_finite() && glyph.to.0.is_finite() && glyph.to.1.is_finite();
            if !sound || !glyph.size.is_finite() || glyph.size <= 0.0 || hidden || faint {
                return;
            }
            if self.drawn.glyphs.len() < MOST_GLYPHS {
                self.drawn.glyphs.push(glyph);
            } else {
                self.file.budget.overrun();
            }
        });
        scene.text = text;
    }

    /// Draws a form; measures a picture.
    fn external(&mut self, scene: &Scene<'_>, name: &[u8]) {
        let Object::Stream(stream) = self.resource(scene.resources, "XObject", name) else { return };
        if stream.dictionary.is("Subtype", "Image") {
            self.drawn.pictures += scene.state.ctm.area();
        } else if stream.dictionary.is("Subtype", "Form") && !scene.marks.contains(&true) {
            self.form(&stream, Some(scene.resources), scene.state.clone());
        }
    }

    fn form(&mut self, stream: &Stream, outer: Option<&Dictionary>, mut state: State) {
        if self.open.contains(&stream.id) {
            self.file.budget.broken();
            return;
        }
        // A form in a form takes several frames of the stack.
        if self.open.len() >= self.file.budget.depth.min(64) as usize {
            self.file.budget.too_deep();
            return;
        }
        let Some(bytes) = self.file.data(stream) else { return };
        // What is not packed costs nothing to unpack, and time to draw again.
        if !self.file.budget.spend(bytes.len()) {
            return;
        }
        let resources = self.file.get(&stream.dictionary, "Resources");
        let Some(resources) = resources.dictionary().or(outer) else { return };
        if let Some(matrix) = Matrix::of(&self.file.numbers(&self.file.get(&stream.dictionary, "Matrix"))) {
            state.ctm = matrix.then(state.ctm);
        }
        self.open.push(stream.id);
        self.run(&bytes, resources, state);
        self.open.pop();
    }

    /// Draws the appearance of an annotation into its rectangle (12.5.5).
    pub(super) fn appearance(&mut self, stream: &Stream, rectangle: [f64; 4], ctm: Matrix) {
        let numbers = |name| self.file.numbers(&self.file.get(&stream.dictionary, name));
        let matrix = Matrix::of(&numbers("Matrix")).unwrap_or(Matrix::IDENTITY);
        let Ok(frame) = <[f64; 4]>::try_from(numbers("BBox")) else { return };
        let [left, bottom, right, top] = matrix.around(frame);
        let stretch = |from: f64, to: f64| if from.abs() > 1e-9 { to / from } else { 1.0 };
        let wide = stretch(right - left, rectangle[2] - rectangle[0]);
        let high = stretch(top - bottom, rectangle[3] - rectangle[1]);
        let placed = Matrix([wide, 0.0, 0.0, high, rectangle[0] - left * wide, rectangle[1] - bottom * high]);
        let state = State::new(placed.then(ctm));
        self.form(stream, None, state);
    }
}

impl Scene<'_> {
    fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::shift(x, y).then(self.line);
        self.text = self.line;
    }
}

/// Whether a colour is nearer to the paper than to the ink: of one share it is gray, of three RGB, of four CMYK.
fn is_light(shares: &[f64]) -> bool {
    match *shares {
        [gray] => gray > 0.6,
        [r, g, b] => r + g + b > 1.8,
        [c, m, y, k] => c.max(m).max(y) + k < 0.4,
        _ => false,
    }
}

/// Passes over a picture that stands in the stream: up to an `EI` between white space.
fn skip_picture(bytes: &[u8], lexer: &mut Lexer<'_>) {
    while let Some(token) = lexer.token() {
        if token == Token::Keyword(b"ID") {
            break;
        }
    }
    let mut from = lexer.at;
    while let Some(found) = bytes.get(from..).and_then(|rest| memchr::memmem::find(rest, b"EI")) {
        let at = from + found;
        from = at + 2;
        let space = |at: usize| bytes.get(at).is_none_or(|&byte| is_space(byte));
        // Pixels may hold these two letters; after the true ones stands text.
        let after = &bytes[(at + 2).min(bytes.len())..(at + 12).min(bytes.len())];
        if at > 0
            && space(at - 1)
            && space(at + 2)
            && after.iter().all(|&byte| byte.is_ascii_graphic() || is_space(byte))
        {
            break;
        }
    }
    lexer.at = from;
}
