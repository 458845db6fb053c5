//! Pinpoints: `điểm a, b khoản 2 Điều 5`, from small to large.

use crate::record::Pinpoint;
use crate::text::{fold_char, letter};

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

/// The pinpoints that end right before `end`, at most 160 bytes back; `của` and a comma may stand between.
///
/// ```
/// let text = "theo điểm a, b khoản 2 Điều 5 Luật Đất đai";
/// let found = trich::grammar::pinpoint::ending_at(text, text.find("Luật").unwrap());
/// assert_eq!(found.len(), 2);
/// assert_eq!(found[1].point.as_deref(), Some("b"));
/// ```
pub fn ending_at(text: &str, end: usize) -> Vec<Pinpoint> {
    let from = floor(text, end.saturating_sub(160));
    let window = &text[from..end];
    // The longest run of part words and labels that ends here.
    let mut tokens: Vec<Token<'_>> = tokens_backwards(window)
        .skip_while(|token| token.is(&["cua", "tai", "thuoc"]))
        .take_while(|token| token.part.is_some() || token.is_label() || token.joins())
        .collect();
    while tokens.pop_if(|token| token.part.is_none()).is_some() {}
    tokens.reverse();
    read(&tokens)
}

struct Token<'t> {
    raw: &'t str,
    part: Option<Part>,
}

impl Token<'_> {
    fn is(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.raw.chars().map(fold_char).eq(word.chars()))
    }

    /// A number or letter that names a part: `5`, `12a`, `b`, `III`.
    fn is_label(&self) -> bool {
        let raw = self.raw;
        let digits = raw.bytes().take_while(u8::is_ascii_digit).count();
        let rest: Vec<char> = raw[digits..].chars().collect();
        digits > 0 && digits <= 3 && rest.len() <= 1
            || digits == 0
                && rest.len() <= 2
                && rest.first().is_some_and(|c| c.is_lowercase())
                && rest.get(1).is_none_or(char::is_ascii_digit)
            || raw.len() <= 6 && raw.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
    }

    fn joins(&self) -> bool {
        self.is(&["va", "cac", "hoac"])
    }
}

fn tokens_backwards(text: &str) -> impl Iterator<Item = Token<'_>> {
    text.rsplit(|c: char| !(letter::is_alphanumeric(c) || c == '.'))
        .map(|word| word.trim_matches('.'))
        .filter(|word| !word.is_empty())
        .map(|raw| {
            let mut token = Token { raw, part: None };
            let first = raw.chars().next();
            let part =
                PARTS.iter().find(|(word, capital, _)| token.is(&[word]) && capital.is_none_or(|c| first == Some(c)));
            token.part = part.map(|(.., part)| *part);
            token
        })
}

/// The words of the parts, folded; of some only the capital tells them from other words.
const PARTS: [(&str, Option<char>, Part); 7] = [
    ("diem", None, Part::Point),
    ("khoan", None, Part::Clause),
    ("dieu", None, Part::Article),
    ("muc", Some('M'), Part::Section),
    ("chuong", Some('C'), Part::Chapter),
    ("phan", Some('P'), Part::Division),
    ("luc", None, Part::Annex),
];

/// Reads tokens from small to large; a larger part applies to the smaller ones that stand before it.
fn read(tokens: &[Token<'_>]) -> Vec<Pinpoint> {
    let mut done: Vec<Pinpoint> = Vec::new();
    let mut open: Vec<Pinpoint> = Vec::new();
    let mut kind = None;
    let mut last_rank = 0;
    let mut fresh: Vec<String> = Vec::new();
    let mut flush =
        |kind: Option<Part>, labels: &mut Vec<String>, open: &mut Vec<Pinpoint>, done: &mut Vec<Pinpoint>| {
            let Some(kind) = kind else { return };
            if labels.is_empty() {
                return;
            }
            let labels = std::mem::take(labels);
            let rank = rank(kind);
            if rank > last_rank && !open.is_empty() {
                // The first label closes what stands before it, the others stand alone.
                for (i, label) in labels.iter().enumerate() {
                    if i == 0 {
                        for pin in open.iter_mut() {
                            put(pin, kind, label);
                        }
                    } else {
                        let mut pin = Pinpoint::default();
                        put(&mut pin, kind, label);
                        open.push(pin);
                    }
                }
            } else {
                if rank < last_rank {
                    done.append(open);
                }
                for label in &labels {
                    let mut pin = Pinpoint::default();
                    put(&mut pin, kind, label);
                    open.push(pin);
                }
            }
            last_rank = rank;
        };
    for token in tokens {
        if let Some(part) = token.part {
            flush(kind, &mut fresh, &mut open, &mut done);
            kind = Some(part);
        } else if token.is_label() && kind.is_some() {
            fresh.push(token.raw.to_owned());
        }
    }
    flush(kind, &mut fresh, &mut open, &mut done);
    // What an article closes later also holds for clauses named before another clause of it.
    let article = open.iter().find_map(|pin| pin.article.clone());
    for pin in open.iter_mut().filter(|pin| pin.article.is_none()) {
        pin.article = article.clone();
    }
    done.extend(open);
    done
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

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pins(text: &str) -> Vec<String> {
        ending_at(text, text.len())
            .iter()
            .map(|p| [&p.point, &p.clause, &p.article].map(|x| x.clone().unwrap_or_else(|| "-".into())).join("/"))
            .collect()
    }

    #[test]
    fn reads_single_and_runs() {
        assert_eq!(pins("tại Điều 30"), ["-/-/30"]);
        assert_eq!(pins("theo Khoản 3 Điều 10 "), ["-/3/10"]);
        assert_eq!(pins("quy định tại khoản 3 điều 24, "), ["-/3/24"]);
        assert_eq!(pins("điểm a, b và c khoản 2 Điều 5 của "), ["a/2/5", "b/2/5", "c/2/5"]);
        assert_eq!(pins("khoản 1, khoản 2 Điều 12a "), ["-/1/12a", "-/2/12a"]);
        assert_eq!(pins("các Điều 4, 5 và 6 "), ["-/-/4", "-/-/5", "-/-/6"]);
    }

    #[test]
    fn leaves_prose_alone() {
        assert!(pins("Thực hiện ").is_empty());
        assert!(pins("có 3 điểm mới so với ").is_empty());
    }
}
