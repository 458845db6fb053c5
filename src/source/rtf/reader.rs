//! Tokens into text.

use super::{
    fonts::Fonts,
    row::Row,
    state::{Destination, Ends, Margin, State},
    token::Token,
};
use crate::source::{
    Limits,
    office::{face::Face, flow::Flow, parts::Parts},
};

/// Reads tokens into a flow. Groups are a list, not a recursion.
pub(super) struct Reader {
    pub(super) states: Vec<State>,
    pub(super) most: usize,
    /// Groups that were opened too deep.
    pub(super) ignored: usize,
    pub(super) too_deep: bool,
    pub(super) fonts: Fonts,
    pub(super) plain_font: i32,
    pub(super) flow: Flow,
    pub(super) parts: Parts,
    pub(super) row: Row,
    /// Whether a row was begun and not ended.
    pub(super) in_row: bool,
    /// The tables that are open, in the body and in each text box, note or header that is open.
    pub(super) tables: Vec<usize>,
    /// Characters that stand in for a `\u` and are still to be passed over.
    pub(super) passed: usize,
    /// The first half of a pair of surrogates.
    pub(super) high: Option<u16>,
    /// Whether `\*` came before: a destination that is not known is not to be read.
    pub(super) optional: bool,
    pub(super) number: String,
    pub(super) number_face: Face,
    pub(super) codes: Vec<String>,
    pub(super) notes: Vec<(String, Vec<String>)>,
    pub(super) footnotes: u32,
    pub(super) margins: Vec<(Margin, Vec<String>)>,
    pub(super) margins_open: usize,
    pub(super) own_first_page: bool,
    pub(super) tracked: bool,
    pub(super) finished: bool,
}

impl Reader {
    pub(super) fn new(limits: &Limits) -> Reader {
        Reader {
            states: vec![State::default()],
            most: limits.depth as usize,
            ignored: 0,
            too_deep: false,
            fonts: Fonts::new(),
            plain_font: 0,
            flow: Flow::new(limits.unpacked),
            parts: Parts::default(),
            row: Row::default(),
            in_row: false,
            tables: vec![0],
            passed: 0,
            high: None,
            optional: false,
            number: String::new(),
            number_face: Face::default(),
            codes: Vec::new(),
            notes: Vec::new(),
            footnotes: 0,
            margins: Vec::new(),
            margins_open: 0,
            own_first_page: false,
            tracked: false,
            finished: false,
        }
    }

    pub(super) fn state(&mut self) -> &mut State {
        if self.states.is_empty() {
            self.states.push(State::default());
        }
        let last = self.states.len() - 1;
        &mut self.states[last]
    }

    pub(super) fn token(&mut self, token: Token<'_>) {
        match token {
            Token::Open => {
                self.passed = 0;
                self.optional = false;
                if self.states.len() >= self.most.max(2) {
                    self.ignored += 1;
                    self.too_deep = true;
                } else {
                    let outer = *self.state();
                    self.states.push(State { ends: Ends::Nothing, ..outer });
                }
            }
            Token::Close => {
                self.passed = 0;
                self.optional = false;
                if self.ignored > 0 {
                    self.ignored -= 1;
                } else {
                    self.close();
                    self.finished = self.states.len() == 1;
                }
            }
            // What lies too deep is not read.
            _ if self.ignored > 0 => {}
            Token::Word(name, number) => {
                if self.passed > 0 && !matches!(name, "u" | "uc" | "par" | "cell" | "row") {
                    self.passed -= 1;
                } else {
                    self.word(name, number);
                }
            }
            Token::Symbol(b'*') => self.optional = true,
            Token::Symbol(symbol) => match symbol {
                b'~' => self.say("\u{a0}"),
                b'_' => self.say("-"),
                b'\\' | b'{' | b'}' if self.passed > 0 => self.passed -= 1,
                b'\\' | b'{' | b'}' => self.say(char::from(symbol).encode_utf8(&mut [0; 4])),
                b'\r' | b'\n' => self.end_paragraph(),
                b'\t' => self.say("\t"),
                _ => {}
            },
            Token::Byte(byte) => {
                if self.passed > 0 {
                    self.passed -= 1;
                } else {
                    self.bytes(&[byte]);
                }
            }
            Token::Chars(bytes) => {
                let passed = self.passed.min(bytes.len());
                self.passed -= passed;
                self.bytes(&bytes[passed..]);
            }
        }
    }

    fn word(&mut self, name: &str, number: Option<i32>) {
        let optional = std::mem::take(&mut self.optional);
        let on = number != Some(0);
        if self.destination(name, optional) {
            return;
        }
        if self.state().destination == Destination::Nowhere {
            return;
        }
        if self.row.word(name, number) {
            self.in_row |= name == "trowd";
            return;
        }
        match name {
            "ansicpg" => self.fonts.code_page = number.unwrap_or(1252),
            "deff" => {
                self.plain_font = number.unwrap_or(0);
                self.state().font = self.plain_font;
            }
            "f" => self.state().font = number.unwrap_or(0),
            "fcharset" if self.state().destination == Destination::Fonts => {
                let font = self.state().font;
                self.fonts.set(font, number.unwrap_or(0));
            }
            "plain" => {
                let font = self.plain_font;
                let state = self.state();
                (state.font, state.capitals, state.hidden, state.deleted) = (font, false, false, false);
            }
            "caps" => self.state().capitals = on,
            "v" => self.state().hidden = on,
            "deleted" => {
                self.state().deleted = on;
                self.tracked |= on;
            }
            "revised" => self.tracked |= on,
            "uc" => self.state().stand_ins = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(16),
            "u" => self.unicode(number.unwrap_or(0)),
            "pard" => {
                let state = self.state();
                (state.in_table, state.depth) = (false, 0);
            }
            "intbl" => self.state().in_table = true,
            "itap" => self.state().depth = usize::try_from(number.unwrap_or(0)).unwrap_or(0).min(64),
            "par" | "sect" => self.end_paragraph(),
            "line" | "lbr" | "page" | "column" => self.say("\n"),
            "tab" => self.say("\t"),
            "cell" | "nestcell" => {
                self.enter_tables(if name == "cell" { 1 } else { 2 });
                self.flow.end_cell(None);
            }
            "row" | "nestrow" => {
                self.enter_tables(if name == "row" { 1 } else { 2 });
                let starts = self.row.starts();
                self.flow.end_row_of_its_kind(&starts, self.row.ruled);
                self.in_row &= name != "row";
            }
            "titlepg" => self.own_first_page = true,
            "chftn" => {}
            "emdash" => self.say("—"),
            "endash" => self.say("–"),
            "emspace" | "enspace" | "qmspace" => self.say(" "),
            "bullet" => self.say("•"),
            "lquote" => self.say("‘"),
            "rquote" => self.say("’"),
            "ldblquote" => self.say("“"),
            "rdblquote" => self.say("”"),
            _ => {}
        }
    }

    /// The end of a group.
    pub(super) fn close(&mut self) {
        if self.states.len() < 2 {
            return;
        }
        let Some(state) = self.states.pop() else { return };
        match state.ends {
            Ends::Nothing | Ends::Field => {}
            Ends::Number => {
                let number = std::mem::take(&mut self.number);
                if !number.trim().is_empty() {
                    self.enter();
                    self.flow.number(number.trim(), self.number_face, " ");
                }
            }
            Ends::TextBox => {
                self.close_tables();
                self.tables.pop();
                self.flow.close_box();
            }
            Ends::Footnote => {
                self.close_tables();
                self.tables.pop();
                let said = self.flow.take_box();
                self.notes.push((format!("[{}]", self.footnotes), said));
            }
            Ends::Margin(margin) => {
                self.close_tables();
                self.tables.pop();
                self.margins_open = self.margins_open.saturating_sub(1);
                let said = self.flow.take_box();
                self.margins.push((margin, said));
            }
        }
        if self.tables.is_empty() {
            self.tables.push(0);
        }
    }

    /// Characters of the font of the group.
    fn bytes(&mut self, bytes: &[u8]) {
        let font = self.state().font;
        let chars: String = bytes.iter().map(|byte| self.fonts.char(font, *byte)).collect();
        self.say(&chars);
    }

    fn unicode(&mut self, number: i32) {
        self.passed = self.state().stand_ins;
        let unit = (number & 0xffff) as u16;
        let c = match (unit, self.high.take()) {
            (0xd800..=0xdbff, _) => {
                self.high = Some(unit);
                return;
            }
            (0xdc00..=0xdfff, Some(high)) => char::decode_utf16([high, unit]).flatten().next(),
            _ => char::from_u32(u32::from(unit)),
        };
        self.say(c.unwrap_or(char::REPLACEMENT_CHARACTER).encode_utf8(&mut [0; 4]));
    }

    /// Puts characters where the group says.
    fn say(&mut self, chars: &str) {
        let state = *self.state();
        match state.destination {
            Destination::Nowhere => {}
            Destination::Fonts => self.fonts.name(state.font, chars),
            Destination::FieldCode => {
                if let Some(code) = self.codes.last_mut().filter(|code| code.len() < 64) {
                    code.push_str(chars);
                }
            }
            _ if state.hidden || state.deleted => {}
            Destination::Number => {
                if self.number.len() < 256 {
                    self.number.push_str(chars);
                }
                if chars.trim() != "" {
                    self.number_face = self.face(state);
                }
            }
            Destination::Text => {
                self.enter();
                let plain = matches!(chars, "\t" | "\n");
                let face = if plain { Face::default() } else { self.face(state) };
                self.flow.text(chars, face);
            }
        }
    }

    fn face(&self, state: State) -> Face {
        Face { script: self.fonts.script(state.font), capitals: state.capitals }
    }

    fn end_paragraph(&mut self) {
        let state = *self.state();
        if state.destination == Destination::Text {
            self.enter();
            // A deleted mark joins its paragraph and the next.
            if !state.deleted {
                self.flow.end_paragraph();
            }
        }
    }

    /// Opens and closes tables until as many are open as the paragraph lies in.
    pub(super) fn enter(&mut self) {
        let state = *self.state();
        let in_row = self.in_row && self.tables.len() == 1;
        let depth = if state.in_table || in_row { state.depth.max(1) } else { 0 };
        let open = self.tables.last().copied().unwrap_or(0);
        if open > depth {
            for _ in depth..open {
                self.flow.close_table(false);
            }
            if let Some(open) = self.tables.last_mut() {
                *open = depth;
            }
        }
        self.enter_tables(depth);
    }

    fn enter_tables(&mut self, depth: usize) {
        let Some(open) = self.tables.last_mut() else { return };
        while *open < depth {
            self.flow.open_table();
            *open += 1;
        }
    }

    pub(super) fn close_tables(&mut self) {
        for _ in 0..self.tables.last_mut().map_or(0, std::mem::take) {
            self.flow.close_table(false);
        }
    }
}
