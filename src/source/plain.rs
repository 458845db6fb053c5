//! Plain text in any encoding. A file may hold paragraphs in two of them: text in an encoding before Unicode was pasted
//! into Unicode text, or was taken for Windows-1252 once and written as UTF-8 (`Céng hoµ x· héi`).

use super::{
    encoding::{
        Encoding, byte,
        capitals::{raised, shared_in_tcvn3, shared_in_vps},
        detect::{LEGACY, Score, may_be_mistaken, utf16},
        is_vietnamese,
    },
    extracted::{Extracted, Trouble},
};
use crate::record::Certainty;
use std::borrow::Cow;

/// How much of each line is judged, and of all lines: enough to be sure, little enough to be quick.
const MOST_JUDGED: (usize, usize) = (4 << 10, 256 << 10);

/// Text that was decoded, with what is left of an older encoding in it decoded too.
pub(super) struct Mended {
    pub(super) text: String,
    /// The encoding that some of it was in.
    pub(super) older: Option<Encoding>,
}

/// Decodes the paragraphs that were taken for Windows-1252 and are of an older encoding.
pub(super) fn mended(text: String) -> Mended {
    if !may_be_mistaken(&text) {
        return Mended { text, older: None };
    }
    let (mixed, older) = mixed(text.as_bytes());
    Mended { text: mixed.text, older }
}

/// The text of bytes; `asked` is the encoding that the user knows them to be in.
pub(super) fn decoded(bytes: &[u8], asked: Option<Encoding>) -> Extracted {
    const MARKS: [(&[u8], Encoding); 3] =
        [(b"\xef\xbb\xbf", Encoding::Utf8), (b"\xff\xfe", Encoding::Utf16Le), (b"\xfe\xff", Encoding::Utf16Be)];
    let mark = MARKS.iter().find(|(mark, encoding)| bytes.starts_with(mark) && asked.is_none_or(|a| a == *encoding));
    let body = mark.map_or(bytes, |(mark, _)| &bytes[mark.len()..]);
    let told = asked.or(mark.map(|(_, encoding)| *encoding).filter(|encoding| *encoding != Encoding::Utf8));
    if let Some(encoding) = told {
        return whole(body, encoding, Certainty::Stated);
    }
    match simdutf8::basic::from_utf8(body) {
        Ok(text) if !may_be_mistaken(text) => extracted(text.to_owned(), "UTF-8".into(), Certainty::Stated, 0),
        _ => match utf16(body) {
            Some(encoding) => whole(body, encoding, Certainty::Inferred),
            None => mixed(body).0,
        },
    }
}

/// All of it in one encoding.
fn whole(bytes: &[u8], encoding: Encoding, certainty: Certainty) -> Extracted {
    let (text, places) = encoding.decode(bytes);
    let text = if shared(encoding).is_some() {
        text.split_inclusive('\n').map(|line| with_capitals(line, encoding)).collect()
    } else {
        text
    };
    extracted(text, encoding.name().into(), certainty, places)
}

fn extracted(text: String, encoding: Cow<'static, str>, certainty: Certainty, places: usize) -> Extracted {
    let troubles = if places > 0 { vec![Trouble::Undecodable { places }] } else { Vec::new() };
    Extracted { text, encoding, certainty, pages: Vec::new(), troubles }
}

fn shared(encoding: Encoding) -> Option<fn(char) -> bool> {
    match encoding {
        Encoding::Tcvn3 => Some(shared_in_tcvn3),
        Encoding::Vps => Some(shared_in_vps),
        _ => None,
    }
}

fn with_capitals(line: &str, encoding: Encoding) -> String {
    match shared(encoding) {
        Some(shared) => raised(line, shared),
        None => line.to_owned(),
    }
}

/// A line and what it can be.
struct Line<'b> {
    bytes: &'b [u8],
    /// The bytes of an older encoding, where it can be in one: as they stand, or as they stood before the line was taken
    /// for Windows-1252. `None` where it is ASCII, or UTF-8 beyond doubt.
    older: Option<Cow<'b, [u8]>>,
    /// What can be judged of it when read as UTF-8.
    as_utf8: Score,
}

/// Each line in the encoding that makes the most Vietnamese of it: UTF-8, or the one older encoding that does best over
/// all the lines.
fn mixed(body: &[u8]) -> (Extracted, Option<Encoding>) {
    let lines: Vec<Line<'_>> = body.split_inclusive(|byte| *byte == b'\n').map(Line::new).collect();
    let Some(judged) = Judged::new(&lines) else {
        let (text, places) = Encoding::Utf8.decode(body);
        return (extracted(text, "UTF-8".into(), Certainty::Stated, places), None);
    };
    let encoding = judged.encoding;
    let sides = sides(&lines, encoding);
    let (mut text, mut places, mut unicode, mut mistaken) =
        (String::with_capacity(body.len() * 3 / 2), 0, false, false);
    for (line, older) in lines.iter().zip(sides) {
        let decoded = match &line.older {
            Some(bytes) if older => {
                mistaken |= matches!(bytes, Cow::Owned(_));
                let (decoded, bad) = encoding.decode(bytes);
                (with_capitals(&decoded, encoding), bad)
            }
            _ => {
                unicode |= !line.bytes.is_ascii();
                Encoding::Utf8.decode(line.bytes)
            }
        };
        text.push_str(&decoded.0);
        places += decoded.1;
    }
    let name = match (unicode, mistaken) {
        (true, _) => Cow::Owned(format!("UTF-8, {}", encoding.name())),
        (false, true) => Cow::Owned(format!("UTF-8 of {}", encoding.name())),
        (false, false) => Cow::Borrowed(encoding.name()),
    };
    let mut extracted = extracted(text, name, Certainty::Inferred, places);
    if !judged.sure {
        extracted.troubles.push(Trouble::UnsureEncoding { taken: encoding });
    }
    (extracted, Some(encoding))
}

impl<'b> Line<'b> {
    fn new(bytes: &'b [u8]) -> Self {
        if bytes.is_ascii() {
            return Line { bytes, older: None, as_utf8: Score::default() };
        }
        let judged = head(bytes);
        let older = match simdutf8::basic::from_utf8(bytes) {
            Ok(text) if text.chars().any(is_vietnamese) => None,
            // A sequence of older bytes may be a character of UTF-8 by accident, but then of no script at hand.
            Ok(text) => Some(match text.chars().map(byte).collect::<Option<Vec<u8>>>() {
                Some(before) => Cow::Owned(before),
                None => Cow::Borrowed(bytes),
            }),
            // Letters of Vietnamese come out of other encodings by no accident.
            Err(_) if String::from_utf8_lossy(judged).chars().any(is_vietnamese) => None,
            Err(_) => Some(Cow::Borrowed(bytes)),
        };
        // What is UTF-8 beyond doubt needs no judging.
        let as_utf8 = match older {
            Some(_) => Score::of(&String::from_utf8_lossy(judged), Encoding::Utf8),
            None => Score::default(),
        };
        Line { bytes, older, as_utf8 }
    }

    fn score(&self, encoding: Encoding) -> Option<Score> {
        self.older.as_deref().map(|bytes| Score::of(&encoding.decode(head(bytes)).0, encoding))
    }
}

/// As much of a line as is judged.
fn head(line: &[u8]) -> &[u8] {
    &line[..line.len().min(MOST_JUDGED.0)]
}

struct Judged {
    encoding: Encoding,
    /// Whether the words leave little doubt.
    sure: bool,
}

impl Judged {
    /// The older encoding that some of the lines are in; `None` where UTF-8 does as well.
    fn new(lines: &[Line<'_>]) -> Option<Judged> {
        let mut left = MOST_JUDGED.1;
        let sample: Vec<&Line<'_>> = lines
            .iter()
            .filter(|line| line.older.is_some())
            .take_while(|line| {
                let before = left;
                left = left.saturating_sub(head(line.bytes).len());
                before > 0
            })
            .collect();
        // Of each encoding: what it gains over UTF-8, and the score of the lines where it gains or loses nothing.
        let mut found: Vec<(Encoding, i64, Score)> = Vec::with_capacity(LEGACY.len());
        for encoding in LEGACY {
            let (mut gain, mut total) = (0, Score::default());
            for line in &sample {
                let Some(score) = line.score(encoding) else { continue };
                let gained = score.value() - line.as_utf8.value();
                if gained >= 0 {
                    gain += gained;
                    total.add(score);
                }
            }
            found.push((encoding, gain, total));
        }
        let (mut best, mut next) = (None::<(Encoding, i64, Score)>, 0);
        for candidate in found {
            match best {
                Some(before) if before.1 >= candidate.1 => next = next.max(candidate.1),
                Some(before) => {
                    next = next.max(before.1);
                    best = Some(candidate);
                }
                None => best = Some(candidate),
            }
        }
        let (encoding, gain, total) = best?;
        // Beside text that is UTF-8 beyond doubt, or valid, more is asked: a word or two may be damaged, or foreign.
        let utf8 = lines.iter().any(|line| line.older.is_none() && !line.bytes.is_ascii());
        let valid = sample.iter().any(|line| matches!(line.older, Some(Cow::Owned(_))));
        let least = match (utf8, valid) {
            (true, _) => 8,
            (false, true) => 6,
            (false, false) => 2,
        };
        let likely = gain >= least && total.good > 2 * total.bad;
        let sure = total.good >= 8 && total.good > 8 * total.bad && next * 10 < gain * 9;
        likely.then_some(Judged { encoding, sure })
    }
}

/// For each line, whether it is in the older encoding. Where both do as well, it goes with the line before it that tells.
fn sides(lines: &[Line<'_>], encoding: Encoding) -> Vec<bool> {
    let told: Vec<Option<bool>> = lines
        .iter()
        .map(|line| match line.score(encoding) {
            None if line.bytes.is_ascii() => None,
            None => Some(false),
            Some(score) if score == line.as_utf8 => None,
            Some(score) => Some(score.value() > line.as_utf8.value()),
        })
        .collect();
    let mut side = told.iter().find_map(|told| *told).unwrap_or(true);
    told.into_iter()
        .map(|told| {
            side = told.unwrap_or(side);
            side
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> (String, String) {
        let read = decoded(bytes, None);
        (read.text, read.encoding.into_owned())
    }

    #[test]
    fn text_of_an_older_encoding_is_told_and_its_capitals_come_back() {
        let (read, encoding) = text("CéNG HOµ".as_bytes());
        assert_eq!((read.as_str(), encoding.as_str()), ("CéNG HOµ", "UTF-8"));
        let (read, encoding) = text(b"C\xe9NG HO\xb5 X\xb7 H\xe9I CH\xf1 NGH\xdcA VI\xd6T NAM\nS\xe8: 5/Q\xa7-UBND\n");
        assert_eq!(encoding, "TCVN3");
        assert_eq!(read, "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 5/QĐ-UBND\n");
    }

    #[test]
    fn paragraphs_taken_for_latin_once_are_decoded_beside_unicode() {
        let (read, encoding) = text(
            "Uỷ ban nhân dân xã báo cáo.\nCéng hoµ x· héi chñ nghÜa ViÖt Nam\nSè: 12/Q§-UBND\nHội nghị.\nxã\n"
                .as_bytes(),
        );
        assert_eq!(encoding, "UTF-8, TCVN3");
        assert_eq!(
            read,
            "Uỷ ban nhân dân xã báo cáo.\nCộng hoà xã hội chủ nghĩa Việt Nam\nSố: 12/QĐ-UBND\nHội nghị.\nxã\n"
        );
        let (read, encoding) = text("Uûy ban nhaân daân xaõ quyeát ñònh\n".as_bytes());
        assert_eq!((read.as_str(), encoding.as_str()), ("Ủy ban nhân dân xã quyết định\n", "UTF-8 of VNI"));
    }

    #[test]
    fn raw_paragraphs_of_an_older_encoding_are_decoded_beside_unicode() {
        let mut bytes = "Uỷ ban nhân dân xã báo cáo.\n".as_bytes().to_vec();
        bytes.extend(b"C\xe9ng ho\xb5 x\xb7 h\xe9i ch\xf1 ngh\xdca Vi\xd6t Nam\n".iter());
        bytes.extend("Hội nghị.\n".as_bytes());
        let (read, encoding) = text(&bytes);
        assert_eq!(encoding, "UTF-8, TCVN3");
        assert!(read.starts_with("Uỷ ban") && read.ends_with("Hội nghị.\n"), "{read}");
        assert!(read.contains("xã hội chủ nghĩa Việt Nam"), "{read}");
    }

    #[test]
    fn damaged_utf8_stays_utf8() {
        let mut bytes = "Uỷ ban nhân dân xã báo cáo.\nx".as_bytes().to_vec();
        bytes.extend(b"\xe1\nm\xe3 H\xe0\n");
        let (read, encoding) = text(&bytes);
        assert_eq!(encoding, "UTF-8");
        assert_eq!(read.matches('\u{fffd}').count(), 3);
    }

    #[test]
    fn foreign_words_and_units_are_no_older_encoding() {
        for said in ["Citroën, Müller, São Tomé, 10 µm, 20µm, §5a, Zürich, café, Pelé", "Ça va, garçon à l’hôtel, où"]
        {
            assert_eq!(text(said.as_bytes()), (said.to_owned(), "UTF-8".to_owned()));
        }
    }

    #[test]
    fn what_the_user_knows_overrules() {
        let asked = decoded(b"S\xe8 5", Some(Encoding::Tcvn3));
        assert_eq!((asked.text.as_str(), &*asked.encoding, asked.certainty), ("Số 5", "TCVN3", Certainty::Stated));
        let asked = decoded(b"\xff\xfeS\0", Some(Encoding::Utf16Le));
        assert_eq!(asked.text, "S");
    }
}
