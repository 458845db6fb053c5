//! Pinpoints: `điểm a, b khoản 2 Điều 5`, from small to large.

use crate::record::Pinpoint;
use crate::text::fold_char;
use crate::text::letter;

/// A kind of part of an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Point,
    Clause,
    Article,
    Section,
    Chapter,
    Division,
    Annex,
}

/// The pinpoints that end right before `end`, at most 160 bytes back; `của`, a comma or `ban hành kèm theo` may stand
/// between. Runs and ranges are written out: `Điều 5 đến Điều 7` is three.
///
/// ```
/// let text = "theo điểm a, b khoản 2 Điều 5 Luật Đất đai";
/// let found = trich::grammar::pinpoint::ending_at(text, text.find("Luật").unwrap());
/// assert_eq!(found.len(), 2);
/// assert_eq!(found[1].point.as_deref(), Some("b"));
/// ```
pub fn ending_at(text: &str, end: usize) -> Vec<Pinpoint> {
    from(text, end).map_or_else(Vec::new, |(_, pins)| pins)
}

/// The same, with the place where the first of them begins.
pub fn from(text: &str, end: usize) -> Option<(usize, Vec<Pinpoint>)> {
    let from = text.floor_char_boundary(end.saturating_sub(160));
    let window = &text[from..end];
    let tokens = tokens(window);
    let mut last = tokens.len();
    let mut stop = window.len();
    let is = |at: usize, word: Lead| tokens.get(at).is_some_and(|token| token.word == Word::Lead(word));
    while last > 0 {
        let step = match tokens[last - 1].word {
            Word::Lead(Lead::Of) => 1,
            Word::Lead(Lead::Theo) if last > 1 && is(last - 2, Lead::Kem) => 2,
            Word::Lead(Lead::Hanh) if last > 1 && is(last - 2, Lead::Ban) && is(last, Lead::Kem) => 2,
            _ => break,
        };
        last -= step;
        stop = tokens[last].start;
    }
    if last == 0 || parts_from(&window[tokens[last - 1].end..stop], true) {
        return None;
    }
    // The longest run of part words and labels that ends here.
    let mut start = last;
    while start > 0 && !matches!(tokens[start - 1].word, Word::Lead(_) | Word::Other) {
        start -= 1;
        if start > 0 && parts_from(&window[tokens[start - 1].end..tokens[start].start], false) {
            break;
        }
    }
    while start < last && !matches!(tokens[start].word, Word::Part(_)) {
        start += 1;
    }
    let pins = read(&tokens[start..last]);
    let begin = if start > 0 && tokens[start - 1].word == Word::Join(Join::Phu) { start - 1 } else { start };
    // `Điều 3` on a line of its own is a heading.
    let opens_line = tokens.get(begin).is_some_and(|first| window[..first.start].trim_end_matches(' ').ends_with('\n'));
    let heading = opens_line && window[tokens[last - 1].end..stop].contains('\n');
    (!pins.is_empty() && !heading).then(|| (from + tokens[begin].start, pins))
}

/// Whether what stands between two words ends a sentence or a clause, so that they belong to different things.
fn parts_from(between: &str, clause: bool) -> bool {
    between.contains(['.', ':', '*', '\u{201c}', '"']) || between.contains("\n\n") || clause && between.contains(';')
}

/// What a word is to a pinpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    Part(Part),
    /// A number or letter that names a part: `5`, `12a`, `b`, `III`.
    Label,
    /// It stands among parts and labels.
    Join(Join),
    /// It may stand between a pinpoint and its act.
    Lead(Lead),
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Join {
    /// `đến`.
    Den,
    /// `phụ`, of `phụ lục`.
    Phu,
    /// `và`, `các`, `hoặc`, `từ`, `số`.
    Any,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lead {
    /// `của`, `tại`, `thuộc`.
    Of,
    Theo,
    Kem,
    Hanh,
    Ban,
}

impl Word {
    fn new(raw: &str) -> Word {
        // The longest of these words.
        const LONGEST: usize = "chuong".len();
        if is_label(raw) {
            return Word::Label;
        }
        let mut folded = [0; LONGEST];
        let mut length = 0;
        for c in raw.chars() {
            let c = fold_char(c);
            match folded.get_mut(length) {
                Some(letter) if c.is_ascii() => *letter = c as u8,
                _ => return Word::Other,
            }
            length += 1;
        }
        match &folded[..length] {
            b"diem" => Word::Part(Part::Point),
            b"khoan" => Word::Part(Part::Clause),
            b"dieu" => Word::Part(Part::Article),
            b"muc" => Word::Part(Part::Section),
            b"chuong" => Word::Part(Part::Chapter),
            b"phan" => Word::Part(Part::Division),
            b"luc" => Word::Part(Part::Annex),
            b"den" => Word::Join(Join::Den),
            b"phu" => Word::Join(Join::Phu),
            b"va" | b"cac" | b"hoac" | b"tu" | b"so" => Word::Join(Join::Any),
            b"cua" | b"tai" | b"thuoc" => Word::Lead(Lead::Of),
            b"theo" => Word::Lead(Lead::Theo),
            b"kem" => Word::Lead(Lead::Kem),
            b"hanh" => Word::Lead(Lead::Hanh),
            b"ban" => Word::Lead(Lead::Ban),
            _ => Word::Other,
        }
    }
}

/// Whether a word is a number or letter that names a part.
fn is_label(raw: &str) -> bool {
    let digits = raw.bytes().take_while(u8::is_ascii_digit).count();
    let mut rest = raw[digits..].chars();
    let (first, second, third) = (rest.next(), rest.next(), rest.next());
    (1..=3).contains(&digits) && second.is_none()
        || digits == 0
            && third.is_none()
            && first.is_some_and(letter::is_lowercase)
            && second.is_none_or(|c| c.is_ascii_digit())
        || raw.len() <= 6 && raw.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
        || matches!(raw, "A" | "B" | "C" | "D" | "Đ" | "E")
}

struct Token<'t> {
    /// Its place in the window.
    start: usize,
    end: usize,
    raw: &'t str,
    word: Word,
}

/// The last words of a text that may belong to a pinpoint, and the one before them: nearly no text ends in one.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    for word in text.rsplit(|c: char| !(letter::is_alphanumeric(c) || c == '.')) {
        let raw = word.trim_matches('.');
        if raw.is_empty() {
            continue;
        }
        let start = raw.as_ptr() as usize - text.as_ptr() as usize;
        let word = Word::new(raw);
        // Nothing to which it could lead.
        if word == Word::Other && found.is_empty() {
            break;
        }
        found.push(Token { start, end: start + raw.len(), raw, word });
        if word == Word::Other {
            break;
        }
    }
    found.reverse();
    found
}

/// The labels that stand behind one word for a part.
struct Group {
    part: Part,
    labels: Vec<String>,
}

/// The parts with their labels; ranges are written out.
fn groups(tokens: &[Token<'_>]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut ranged = false;
    for token in tokens {
        if let Word::Part(part) = token.word {
            // `từ Điều 5 đến Điều 9`: the word stands again behind `đến`.
            if !(ranged && groups.last().is_some_and(|group| group.part == part)) {
                groups.push(Group { part, labels: Vec::new() });
                ranged = false;
            }
        } else if token.word == Word::Join(Join::Den) {
            ranged = true;
        } else if token.word == Word::Label
            && let Some(group) = groups.last_mut()
        {
            if std::mem::take(&mut ranged)
                && let Some(first) = group.labels.last()
            {
                let between = between(first, token.raw);
                group.labels.extend(between);
            }
            group.labels.push(token.raw.to_owned());
        }
    }
    groups.retain(|group| !group.labels.is_empty());
    groups
}

/// The most labels between the ends of a range that is written out; of a wider one the ends alone are given.
const WIDEST: usize = 30;

/// The labels between two of a range: numbers, or letters of the points (a, b, c, d, đ, e, g …).
fn between(first: &str, last: &str) -> Vec<String> {
    const POINTS: &str = "abcdđeghiklmnopqrstuvxy";
    if let (Ok(first), Ok(last)) = (first.parse::<usize>(), last.parse::<usize>()) {
        let inner = first + 1..last;
        return if inner.len() > WIDEST { Vec::new() } else { inner.map(|n| n.to_string()).collect() };
    }
    let place = |label: &str| {
        let mut chars = label.chars();
        let letter = chars.next().filter(|_| chars.next().is_none())?;
        POINTS.chars().position(|c| c == letter)
    };
    match (place(first), place(last)) {
        (Some(from), Some(to)) if from < to => {
            POINTS.chars().skip(from + 1).take(to - from - 1).map(String::from).collect()
        }
        _ => Vec::new(),
    }
}

/// Reads parts from small to large: each lies in the nearest larger one behind it, of several in the first.
fn read(tokens: &[Token<'_>]) -> Vec<Pinpoint> {
    let groups = groups(tokens);
    let mut found: Vec<Pinpoint> = Vec::new();
    let mut around: Vec<(Part, &str)> = Vec::new();
    for (i, group) in groups.iter().enumerate().rev() {
        around.retain(|(part, _)| rank(*part) > rank(group.part));
        // Where a smaller part stands before it, the first label says no more than where that one lies.
        let holds = i > 0 && rank(groups[i - 1].part) < rank(group.part);
        for label in group.labels.iter().skip(usize::from(holds)).rev() {
            let mut pin = Pinpoint::default();
            put(&mut pin, group.part, label);
            for (part, label) in &around {
                put(&mut pin, *part, label);
            }
            found.push(pin);
        }
        around.push((group.part, &group.labels[0]));
    }
    found.reverse();
    found
}

fn rank(part: Part) -> u8 {
    match part {
        Part::Point => 1,
        Part::Clause => 2,
        Part::Article => 3,
        Part::Section => 4,
        Part::Chapter => 5,
        Part::Division => 6,
        Part::Annex => 7,
    }
}

fn put(pin: &mut Pinpoint, part: Part, label: &str) {
    let slot = match part {
        Part::Point => &mut pin.point,
        Part::Clause => &mut pin.clause,
        Part::Article => &mut pin.article,
        Part::Section => &mut pin.section,
        Part::Chapter => &mut pin.chapter,
        Part::Division => &mut pin.part,
        Part::Annex => &mut pin.annex,
    };
    if slot.is_none() {
        *slot = Some(label.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pins(text: &str) -> Vec<String> {
        let bare = |x: &Option<String>| x.clone().unwrap_or_else(|| "-".into());
        ending_at(text, text.len())
            .iter()
            .map(|p| {
                let larger: String = [&p.section, &p.chapter, &p.part, &p.annex]
                    .iter()
                    .filter_map(|x| x.as_ref())
                    .map(|x| format!(" {x}"))
                    .collect();
                format!("{}/{}/{}{larger}", bare(&p.point), bare(&p.clause), bare(&p.article))
            })
            .collect()
    }

    #[test]
    fn reads_single_and_runs() {
        for (text, expected) in [
            ("tại Điều 30", vec!["-/-/30"]),
            ("theo Khoản 3 Điều 10 ", vec!["-/3/10"]),
            ("quy định tại khoản 3 điều 24, ", vec!["-/3/24"]),
            ("điểm a, b và c khoản 2 Điều 5 của ", vec!["a/2/5", "b/2/5", "c/2/5"]),
            ("điểm a, b và c khoản 2, khoản 3 Điều 5 ", vec!["a/2/5", "b/2/5", "c/2/5", "-/3/5"]),
            ("khoản 1, khoản 2 Điều 12a ", vec!["-/1/12a", "-/2/12a"]),
            ("khoản 1 và 3 Điều 5 ", vec!["-/1/5", "-/3/5"]),
            ("các Điều 4, 5 và 6 ", vec!["-/-/4", "-/-/5", "-/-/6"]),
            ("từ Điều 5 đến Điều 8 của ", vec!["-/-/5", "-/-/6", "-/-/7", "-/-/8"]),
            ("từ khoản 1 đến khoản 3 Điều 5 ", vec!["-/1/5", "-/2/5", "-/3/5"]),
            ("các điểm c đến e khoản 2 Điều 5 ", vec!["c/2/5", "d/2/5", "đ/2/5", "e/2/5"]),
            ("khoản 1 Điều 3 và Điều 4 ", vec!["-/1/3", "-/-/4"]),
            ("Điều 5, 6 và khoản 2 Điều 7 ", vec!["-/-/5", "-/-/6", "-/2/7"]),
            ("điểm b khoản 1 và điểm c khoản 2 Điều 7 ", vec!["b/1/7", "c/2/7"]),
            ("khoản 1, khoản 2 Điều 3; khoản 4 Điều 6 ", vec!["-/1/3", "-/2/3", "-/4/6"]),
            ("Mục II Phần B ", vec!["-/-/- II B"]),
            ("tại mục II ", vec!["-/-/- II"]),
            ("Điều 9 Mục 1 Chương III ", vec!["-/-/9 1 III"]),
            ("Phụ lục I ban hành kèm theo ", vec!["-/-/- I"]),
            ("Mục 2 Phụ lục số 01 kèm theo ", vec!["-/-/- 2 01"]),
        ] {
            assert_eq!(pins(text), expected, "{text}");
        }
    }

    #[test]
    fn leaves_prose_alone() {
        for text in [
            "Thực hiện ",
            "có 3 điểm mới so với ",
            "đã sửa khoản 3 Điều 5. ",
            "Điều 2.- ",
            "**Điều 2.** ",
            "QUYẾT ĐỊNH:\nĐiều 2\n",
            "nêu tại khoản 3 Điều 5; ",
            "quy định tại Điều 5 theo ",
            "các chuyên mục của ",
            "một phần của ",
        ] {
            assert!(pins(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_wide_range_stays_short() {
        assert_eq!(pins("Điều 1 đến Điều 999 "), ["-/-/1", "-/-/999"]);
    }
}
