//! HTML: Word's own and scraped pages. The tags are told by an HTML5 tokenizer; what text needs of the tree they make is
//! kept on one stack, so that broken and hostile markup costs no more than its length.

mod charset;
mod style;

use super::{
    Limits,
    encoding::{Encoding, Font},
    extracted::{Extracted, Limit, Trouble},
    plain, table,
};
use html5gum::{DefaultEmitter, HtmlString, StartTag, Token, Tokenizer};
use std::{collections::BTreeSet, time::Instant};
use style::{Face, Sheet};

/// The text of a page.
pub(super) fn read(bytes: &[u8], asked: Option<Encoding>, limits: &Limits) -> Extracted {
    let source = charset::decoded(bytes, asked);
    let mut page = Page::new(limits);
    page.read(&source.text);
    let (text, fonts, mut troubles) = page.finish();
    troubles.splice(0..0, source.troubles);
    let mut encoding = source.encoding;
    for font in fonts {
        encoding = format!("{encoding}, {font}").into();
    }
    // Fonts may be set where only a browser finds them.
    let mended = plain::mended(text);
    if let Some(older) = mended.older {
        encoding = format!("{encoding}, {}", older.name()).into();
    }
    let certainty = if mended.older.is_some() { crate::record::Certainty::Inferred } else { source.certainty };
    Extracted { text: mended.text, encoding, certainty, pages: Vec::new(), troubles }
}

/// Elements whose content is not shown or is no part of the document.
const LEFT_OUT: [&str; 22] = [
    "applet", "aside", "audio", "button", "canvas", "footer", "head", "iframe", "map", "math", "nav", "noframes",
    "noscript", "object", "script", "select", "style", "svg", "template", "textarea", "title", "video",
];

/// Elements that have no end tag and no content.
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "wbr"];

/// Elements that begin and end a line.
const BLOCKS: [&str; 32] = [
    "address",
    "article",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "ul",
];

/// Words of a class or id that say that an element leads about the site.
const NAVIGATION: [&str; 9] =
    ["breadcrumb", "breadcrumbs", "footer", "menu", "nav", "navbar", "navigation", "pagination", "sidebar"];

/// An element that is open.
struct Element {
    name: String,
    face: Face,
    left_out: bool,
    /// For a list: how its items are marked, and the number of the next.
    items: Option<(char, u32)>,
}

/// Lines that grow: the page, or a cell.
#[derive(Default)]
struct Flow {
    lines: Vec<String>,
    line: String,
    /// What was said last in one font, not yet decoded: a letter and its mark may stand in neighbouring elements.
    run: String,
    font: Option<Font>,
}

/// A table that is open.
#[derive(Default)]
struct OpenTable {
    bordered: bool,
    rows: Vec<Vec<Vec<String>>>,
}

struct Page<'l> {
    limits: &'l Limits,
    stack: Vec<Element>,
    /// How many elements are open beyond the limit of depth.
    beyond: usize,
    /// The page, then for each open table the cell that is open.
    flows: Vec<Flow>,
    tables: Vec<OpenTable>,
    sheet: Sheet,
    css: String,
    fonts: BTreeSet<&'static str>,
    size: u64,
    troubles: Vec<Trouble>,
}

fn lossy(name: &HtmlString) -> String {
    String::from_utf8_lossy(name).into_owned()
}

fn attribute(tag: &StartTag<()>, name: &str) -> Option<String> {
    tag.attributes.get(name.as_bytes()).map(|value| String::from_utf8_lossy(value).into_owned())
}

impl<'l> Page<'l> {
    fn new(limits: &'l Limits) -> Self {
        Page {
            limits,
            stack: Vec::new(),
            beyond: 0,
            flows: vec![Flow::default()],
            tables: Vec::new(),
            sheet: Sheet::default(),
            css: String::new(),
            fonts: BTreeSet::new(),
            size: 0,
            troubles: Vec::new(),
        }
    }

    fn read(&mut self, markup: &str) {
        let begun = Instant::now();
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        for (at, Ok(token)) in Tokenizer::new_with_emitter(markup, emitter).enumerate() {
            if at % 1024 == 0 && begun.elapsed() > self.limits.time {
                self.trouble(Limit::Time);
                return;
            }
            if self.size > self.limits.unpacked {
                self.trouble(Limit::Unpacked);
                return;
            }
            match token {
                Token::StartTag(tag) => self.start(&tag),
                Token::EndTag(tag) => self.end(&lossy(&tag.name)),
                Token::String(said) => self.say(&String::from_utf8_lossy(&said)),
                _ => {}
            }
        }
    }

    fn trouble(&mut self, limit: Limit) {
        let trouble = Trouble::Limited { limit };
        if !self.troubles.contains(&trouble) {
            self.troubles.push(trouble);
        }
    }

    fn flow(&mut self) -> &mut Flow {
        // There is always the page; a cell is added only in a table.
        let last = self.flows.len() - 1;
        &mut self.flows[last]
    }

    fn start(&mut self, tag: &StartTag<()>) {
        let name = lossy(&tag.name);
        match name.as_str() {
            "td" | "th" => self.close_to(&["td", "th"], &["table"]),
            "tr" => self.close_to(&["tr"], &["table"]),
            "li" => self.close_to(&["li"], &["ul", "ol", "table", "td", "th"]),
            "body" => self.close_to(&["head"], &[]),
            _ if BLOCKS.contains(&name.as_str()) => {
                self.close_to(&["p", "h1", "h2", "h3", "h4", "h5", "h6"], &["td", "th", "table", "div", "li"]);
            }
            _ => {}
        }
        let style = attribute(tag, "style").unwrap_or_default();
        let class = attribute(tag, "class").unwrap_or_default();
        let shown = !self.left_out();
        let empty = VOID.contains(&name.as_str()) || (tag.self_closing && name.contains(':'));
        if !empty && self.stack.len() >= self.limits.depth as usize {
            self.beyond += 1;
            self.trouble(Limit::Depth);
            self.end_line(false);
            return;
        }
        if shown {
            self.open(&name, tag, &style);
        }
        if empty {
            return;
        }
        let face = attribute(tag, "face").filter(|_| name == "font").map(|face| Font::named(&face));
        let face = style::face(&style).or(face).or_else(|| self.sheet.face(&name, &class));
        let items = match name.as_str() {
            "ol" => {
                let marks = attribute(tag, "type").and_then(|kind| kind.chars().next()).unwrap_or('1');
                Some((marks, attribute(tag, "start").and_then(|start| start.parse().ok()).unwrap_or(1)))
            }
            "ul" | "menu" => Some(('-', 1)),
            _ => None,
        };
        let left_out = !shown || LEFT_OUT.contains(&name.as_str()) || style::hides(&style) || leads_about(&name, tag);
        self.stack.push(Element { name, face, left_out, items });
    }

    /// What an element does to the text as it begins.
    fn open(&mut self, name: &str, tag: &StartTag<()>, style: &str) {
        match name {
            "br" => self.end_line(true),
            "table" => {
                self.end_line(false);
                let border = attribute(tag, "border").is_some_and(|border| border.trim() != "0");
                self.tables.push(OpenTable { bordered: border || style::borders(style), rows: Vec::new() });
                self.flows.push(Flow::default());
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.rows.push(Vec::new());
                }
            }
            "td" | "th" => {
                self.end_line(false);
                self.set_outside();
                if let Some(table) = self.tables.last_mut() {
                    table.bordered |= style::borders(style);
                }
            }
            "li" => {
                self.end_line(false);
                if let Some((kind, number)) = self.stack.iter_mut().rev().find_map(|element| element.items.as_mut()) {
                    let mark = marker(*kind, *number);
                    *number = number.saturating_add(1);
                    self.say(&mark);
                }
            }
            _ if BLOCKS.contains(&name) => self.end_line(false),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if VOID.contains(&name) {
            if name == "br" {
                self.end_line(true);
            }
            return;
        }
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        let inside: &[&str] = match name {
            "table" => &[],
            "tr" | "td" | "th" | "tbody" | "thead" | "tfoot" => &["table"],
            _ => &["td", "th", "table"],
        };
        let Some(at) = self.stack.iter().rposition(|e| e.name == name || inside.contains(&e.name.as_str())) else {
            return;
        };
        if self.stack[at].name != name {
            return;
        }
        let inline = |element: &Element| !BLOCKS.contains(&element.name.as_str()) && !is_cell(&element.name);
        if self.stack[at..].iter().all(|element| inline(element) && !element.left_out) {
            // `<b><font>…</b>…</font>`: the font goes on.
            self.stack.remove(at);
        } else {
            self.close(at);
        }
    }

    /// Closes the innermost element of these names, if it is open inside every one of those.
    fn close_to(&mut self, names: &[&str], inside: &[&str]) {
        let at = self.stack.iter().rposition(|e| names.contains(&e.name.as_str()) || inside.contains(&e.name.as_str()));
        if let Some(at) = at
            && names.contains(&self.stack[at].name.as_str())
        {
            self.close(at);
        }
    }

    /// Closes all elements from the one at `at`.
    fn close(&mut self, at: usize) {
        while self.stack.len() > at {
            let Some(element) = self.stack.pop() else { return };
            if element.name == "style" {
                let css = std::mem::take(&mut self.css);
                self.sheet.add(&css);
            }
            if element.left_out {
                continue;
            }
            match element.name.as_str() {
                "td" | "th" => self.end_cell(),
                "table" => self.end_table(),
                name if BLOCKS.contains(&name) => self.end_line(false),
                _ => {}
            }
        }
    }

    fn left_out(&self) -> bool {
        self.stack.last().is_some_and(|element| element.left_out)
    }

    fn say(&mut self, said: &str) {
        if self.left_out() {
            if self.stack.last().is_some_and(|element| element.name == "style") && self.css.len() < 1 << 20 {
                self.css.push_str(said);
            }
            return;
        }
        self.size += said.len() as u64;
        let font = self.stack.iter().rev().find_map(|element| element.face).flatten();
        let kept = self.stack.iter().any(|element| element.name == "pre");
        if self.flow().font != font {
            self.end_run();
            self.flow().font = font;
        }
        if kept {
            for (at, line) in said.split('\n').enumerate() {
                if at > 0 {
                    self.end_line(true);
                    self.flow().font = font;
                }
                self.flow().run.push_str(line.trim_end_matches('\r'));
            }
            return;
        }
        let flow = self.flow();
        let mut space =
            flow.run.ends_with(' ') || (flow.run.is_empty() && (flow.line.is_empty() || flow.line.ends_with(' ')));
        for c in said.chars() {
            let blank = matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}');
            if !(blank && space) {
                flow.run.push(if blank { ' ' } else { c });
            }
            space = blank;
        }
    }

    fn end_run(&mut self) {
        let flow = self.flow();
        let run = std::mem::take(&mut flow.run);
        match flow.font {
            Some(font) => {
                let decoded = font.decode(&run);
                flow.line.push_str(&decoded);
                if decoded != run {
                    self.fonts.insert(font.encoding.name());
                }
            }
            None => flow.line.push_str(&run),
        }
    }

    /// Ends a line, if one is begun. An empty one is kept, though never two together, where the page asks for it: by a
    /// break, or a block with a hard space in it.
    fn end_line(&mut self, asked: bool) {
        self.end_run();
        let flow = self.flow();
        let mut line = std::mem::take(&mut flow.line);
        let asked = asked || line.contains('\u{a0}');
        line.truncate(line.trim_end_matches([' ', '\t', '\u{a0}']).len());
        if !line.is_empty() || (asked && flow.lines.last().is_some_and(|before| !before.is_empty())) {
            flow.lines.push(line);
        }
    }

    fn end_cell(&mut self) {
        self.end_line(false);
        if let Some(table) = self.tables.last_mut() {
            let last = self.flows.len() - 1;
            let mut lines = std::mem::take(&mut self.flows[last].lines);
            lines.retain(|line| !line.is_empty());
            match table.rows.last_mut() {
                Some(row) => row.push(lines),
                None => table.rows.push(vec![lines]),
            }
        }
    }

    fn end_table(&mut self) {
        self.end_line(false);
        self.set_outside();
        let Some(table) = self.tables.pop() else { return };
        self.flows.pop();
        self.flow().lines.extend(table::lines(table.rows, table.bordered));
    }

    /// What stands in a table outside every cell is shown before it.
    fn set_outside(&mut self) {
        if self.tables.is_empty() {
            return;
        }
        let outside = std::mem::take(&mut self.flow().lines);
        let before = self.flows.len() - 2;
        self.flows[before].lines.extend(outside.into_iter().filter(|line| !line.is_empty()));
    }

    fn finish(mut self) -> (String, BTreeSet<&'static str>, Vec<Trouble>) {
        self.close(0);
        self.end_line(false);
        let mut lines = self.flows.pop().map(|flow| flow.lines).unwrap_or_default();
        while lines.last().is_some_and(String::is_empty) {
            lines.pop();
        }
        let mut text = lines.join("\n");
        if !text.is_empty() {
            text.push('\n');
        }
        (text, self.fonts, self.troubles)
    }
}

fn is_cell(name: &str) -> bool {
    matches!(name, "td" | "th" | "tr" | "tbody" | "thead" | "tfoot")
}

/// Whether an element says of itself that it leads about the site. The page and its main parts are no menu, whatever
/// their class says.
fn leads_about(name: &str, tag: &StartTag<()>) -> bool {
    if !matches!(name, "div" | "ul" | "ol" | "section" | "table" | "td" | "header" | "span") {
        return false;
    }
    let says = |attribute_name: &str| {
        attribute(tag, attribute_name).is_some_and(|words| {
            words
                .split(|c: char| c.is_whitespace() || matches!(c, '-' | '_'))
                .any(|word| NAVIGATION.contains(&word.to_ascii_lowercase().as_str()))
        })
    };
    says("class")
        || says("id")
        || attribute(tag, "role").is_some_and(|role| role == "navigation")
        || attribute(tag, "hidden").is_some()
}

/// The mark of a list's item.
fn marker(kind: char, number: u32) -> String {
    let letter = |first: char| match number {
        1..=26 => char::from_u32(u32::from(first) + number - 1).map_or_else(|| number.to_string(), String::from),
        _ => number.to_string(),
    };
    match kind {
        '-' => "- ".to_owned(),
        'a' => format!("{}) ", letter('a')),
        'A' => format!("{}. ", letter('A')),
        'I' => format!("{}. ", roman(number)),
        'i' => format!("{}. ", roman(number).to_ascii_lowercase()),
        _ => format!("{number}. "),
    }
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 9] =
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    if !(1..400).contains(&number) {
        return number.to_string();
    }
    let mut left = number;
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            out.push_str(sign);
            left -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(html: &str) -> String {
        read(html.as_bytes(), None, &Limits::default()).text
    }

    #[test]
    fn blocks_make_lines_and_space_collapses() {
        assert_eq!(
            text(
                "<html><head><title>T</title><style>p{}</style></head><body><p>Số:\n  12<b>/BC</b>-UBND<p>Kính gửi&nbsp;: &#7910;y ban<br>xã<script>x<y</script></body>"
            ),
            "Số: 12/BC-UBND\nKính gửi\u{a0}: Ủy ban\nxã\n"
        );
        assert_eq!(text("<pre>a\n  b</pre>"), "a\n  b\n");
    }

    #[test]
    fn tables_are_lines() {
        let head = "<table border=0><tr><td><p>UBND XÃ A<p>Số: 5<td>CỘNG HÒA<br>Độc lập</table><p>x";
        assert_eq!(text(head), "UBND XÃ A\tCỘNG HÒA\nSố: 5\tĐộc lập\nx\n");
        let data =
            "<table border=1><tr><th>TT</th><th>Tên\n<p>gọi</p></th></tr> <tr><td>1</td><td>Xã</td></tr></table>";
        assert_eq!(text(data), "TT\tTên gọi\n1\tXã\n");
        assert_eq!(
            text("<table border=1><tr><td>a<table border=1><tr><td>b<td>c</table></td><td>d</table>e"),
            "a b c\td\ne\n"
        );
    }

    #[test]
    fn menus_are_left_out() {
        let page = "<body class=has-menu><nav>Trang chủ</nav><div class='main-menu'><ul><li>Tin</ul></div><div>Nội dung</div><footer>Bản quyền</footer>";
        assert_eq!(text(page), "Nội dung\n");
        assert_eq!(text("<div style='display:none'>ẩn<p>x</div>đ"), "đ\n");
    }

    #[test]
    fn list_items_have_their_marks() {
        assert_eq!(
            text("<ol><li>a<li>b<ul><li>c</ul></ol><ol type=a start=2><li>d</ol><ol type=I><li>e<li>f</ol>"),
            "1. a\n2. b\n- c\nb) d\nI. e\nII. f\n"
        );
    }

    #[test]
    fn fonts_say_the_encoding() {
        let mut page = b"<meta charset=windows-1252><style>p.chu {font-family:\".VnTimeH\"}</style>".to_vec();
        page.extend(b"<p><font face='.VnTime'>C\xe9ng ho\xb5 <b>x</b>\xb7 h\xe9i</font> \xb7 <p class=chu>quy\xd5t");
        page.extend(b"<p style='font-family:VNI-Times'>ha<b>\xe2</b>n ch\xe9 nha\xe2n da\xe2n");
        let read = read(&page, None, &Limits::default());
        assert_eq!(read.text, "Cộng hoà xã hội ·\nQUYẾT\nhân ché nhân dân\n");
        assert_eq!(read.encoding, "windows-1252, TCVN3, VNI");
    }

    #[test]
    fn text_that_only_its_syllables_tell_is_decoded_too() {
        let page = "<meta charset=iso-8859-1><p>Céng hoµ x· héi chñ nghÜa ViÖt Nam<p>§éc lËp - Tù do - H¹nh phóc";
        let read = read(
            &page.chars().filter_map(crate::source::encoding::byte).collect::<Vec<u8>>(),
            None,
            &Limits::default(),
        );
        assert!(read.text.contains("Cộng hoà xã hội chủ nghĩa Việt Nam\nĐộc lập"), "{}", read.text);
    }

    #[test]
    fn limits_hold() {
        let deep = format!("{}x{}y", "<div>".repeat(1000), "</div>".repeat(1000));
        let read_deep = read(deep.as_bytes(), None, &Limits::default());
        assert_eq!(read_deep.text, "x\ny\n");
        assert_eq!(read_deep.troubles, [Trouble::Limited { limit: Limit::Depth }]);
        let long = "<p>dài".repeat(1000);
        let limits = Limits { unpacked: 100, ..Limits::default() };
        let cut = read(long.as_bytes(), None, &limits);
        assert!(cut.text.len() < 300);
        assert_eq!(cut.troubles, [Trouble::Limited { limit: Limit::Unpacked }]);
    }
}
