//! Refusals in words.

use crate::{
    grammar::symbol,
    recognise::{citation, finding, section, signatory},
    rules::{Bar, Fold, Gap, Lexicon, RawRule, RuleKind, Rules},
    text::Span,
};

/// A refusal in words.
pub(super) struct Worded {
    /// A stable code.
    pub code: &'static str,
    /// The condition that failed.
    pub says: String,
    /// The words that it hangs on.
    pub word: Option<Span>,
    /// The rule that they belong to.
    pub rule: Option<String>,
}

fn plain(code: &'static str, says: impl Into<String>) -> Worded {
    Worded { code, says: says.into(), word: None, rule: None }
}

fn at(code: &'static str, word: Span, says: impl Into<String>) -> Worded {
    Worded { word: Some(word), ..plain(code, says) }
}

/// Why there is no citation; `None` where nothing looks like one.
pub(super) fn citation(refusal: citation::Refusal, text: &str) -> Option<Worded> {
    use citation::Refusal;
    Some(match refusal {
        Refusal::NotAnAct => return None,
        Refusal::NoNumber(why) => return number(why, text),
        Refusal::Glued => plain("glued", "a letter, digit or mark touches it from before"),
        Refusal::Zone => plain("zone", "citations are not looked for in this zone"),
        Refusal::NoTypeWord => plain("no_type_word", "a number without a symbol, and no type word with `số` before it"),
        Refusal::UnknownSymbol(span) => {
            at("unknown_symbol", span, "no `số` and no type word before it, and no group of it is a known abbreviation")
        }
        Refusal::NoNickname(span) => at("no_nickname", span, "a bare serial behind a type word that needs `số`"),
        Refusal::GoesOn(span) => at("goes_on", span, "the digits go on as a share or another number"),
        Refusal::Counts(span) => at("counts", span, format!("the digits count '{}'", span.of(text))),
        Refusal::RunsOn(span) => {
            at("runs_on", span, format!("'{}' behind a bare serial is no way to go on", span.of(text)))
        }
        Refusal::Capitals(span) => at("capitals", span, "the word is in capitals, as in a heading"),
        Refusal::Small(span) => at("small", span, "the word is in small letters, as in prose"),
        Refusal::Itself(span) => at("itself", span, format!("'{}' refers to the document itself", span.of(text))),
        Refusal::NoName(span) if span.start == span.end => at("no_name", span, "no name stands behind the word"),
        Refusal::NoName(span) => at("no_name", span, format!("'{}' opens no name", span.of(text))),
        Refusal::PartOfTerm(span) => at("part_of_term", span, "the word before makes it another term"),
    })
}

fn number(refusal: symbol::Refusal, text: &str) -> Option<Worded> {
    use symbol::Refusal;
    Some(match refusal {
        Refusal::NoSerial | Refusal::NoSeparator => return None,
        Refusal::UnknownJoined => {
            plain("unknown_joined", "the letters that touch it are no known abbreviation with a slash behind")
        }
        Refusal::NoGroup(end) => {
            let mark = text[..end].trim_end().chars().next_back().filter(|c| matches!(c, '/' | '-'));
            let mark = if mark == Some('-') { "dash" } else { "slash" };
            plain("no_group", format!("no capital group behind the {mark}"))
        }
        Refusal::UnknownDashed(start, end) => {
            let group = Span::new(start, end);
            at("unknown_dashed", group, format!("'{}' behind a bare dash is no known abbreviation", group.of(text)))
        }
    })
}

/// Why there is no finding.
pub(super) fn finding(refusal: finding::Refusal, text: &str, rules: &Rules) -> Worded {
    use finding::Refusal;
    match refusal {
        Refusal::ThreeGroups => plain("three_groups", "three groups: a date or a code"),
        Refusal::YearBehind => plain("year_behind", "a year behind the slash: a month, or the number of a document"),
        Refusal::NoFraction => plain("no_fraction", "zero behind the slash, or a decimal dot before it"),
        Refusal::Symbol => plain("symbol", "letters behind the slash or dash: the number of a document"),
        Refusal::Unread => plain("unread", "the digits and marks form no number"),
        Refusal::Glued => plain("glued", "a letter or mark touches it from before"),
        Refusal::MarksLine => plain("marks_line", "the marker of its line, or a page number"),
        Refusal::Padded => plain("padded", "a long number with a zero before it: a code"),
        Refusal::TypeSymbol(word) => {
            let symbol = word.of(text);
            let rule =
                rules.iter().find(|rule| rule.kind == RuleKind::Type && rule.symbols.iter().any(|s| s == symbol));
            let says = format!("the abbreviation '{symbol}' before it");
            Worded { rule: rule.map(|rule| rule.id.to_string()), ..at("type_symbol", word, says) }
        }
        Refusal::Before(word, bar) => {
            let and = match bar {
                Bar::UnlessCounted => ", and nothing counted or measured behind it",
                Bar::Date | Bar::Season => ", and it can be a day, month or year",
                Bar::Firm | Bar::Code | Bar::Never => "",
            };
            barred("before", word, text, rules, and)
        }
        Refusal::Behind(word) => barred("after", word, text, rules, ""),
        Refusal::Rate(word) => at("rate", word, "a speed or rate"),
        Refusal::WordTouches(word) => {
            at("word_touches", word, format!("'{}' touches it and is no measure", word.of(text)))
        }
        Refusal::Calendar(word) => at("calendar", word, "of the clock or calendar, no length of time"),
        Refusal::Version => plain("version", "a decimal dot without a measure: a version"),
        Refusal::Quoted(name) => at("quoted", name, "inside a name in quotation marks"),
        Refusal::Refers(word) => at("refers", word, "the words behind it refer, they are not counted"),
        Refusal::Named(word) => at("named", word, "the words behind it go on with a name"),
        Refusal::Holiday => plain("holiday", "can be a day and a month"),
        Refusal::Year => plain("year", "looks like a year"),
        Refusal::Category(word) => at("category", word, "a category behind it, and nothing says that it counts"),
        Refusal::NoUnit => plain("no_unit", "no unit and nothing counted behind it, and no label that it fills"),
        Refusal::TooLarge => plain("too_large", "the value is too large"),
    }
}

/// The rule whose words bar a number, found by the lookup that the reader uses.
fn barred(side: &'static str, word: Span, text: &str, rules: &Rules, and: &str) -> Worded {
    let said = word.of(text);
    let holds = |rule: &&RawRule| {
        rule.kind == RuleKind::NotFinding
            && rules.is_enabled(&rule.id)
            && rule.set.get("side").is_some_and(|s| s == side)
            && Lexicon::new(Fold::Case, Gap::Space, rule.words.iter().map(|word| (word.clone(), ())))
                .get(said)
                .is_some()
    };
    let rule = rules.iter().filter(holds).last().map(|rule| rule.id.to_string());
    let said: String = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let says = match &rule {
        Some(rule) => format!("rule {rule}, word '{said}'{and}"),
        None => format!("word '{said}'{and}"),
    };
    Worded { rule, ..at(side, word, says) }
}

/// Why there is no heading.
pub(super) fn heading(refusal: section::Refusal) -> Worded {
    use section::{MarkerRefusal, Refusal};
    match refusal {
        Refusal::Zone => plain("zone", "headings are not looked for in this zone"),
        Refusal::Quoted => plain("quoted", "new wording that is quoted"),
        Refusal::Row => plain("row", "a row of a table"),
        Refusal::Bullet => plain("bullet", "an item of a list without numbers"),
        Refusal::Contents => plain("contents", "a line of a table of contents"),
        Refusal::NoMarker(why) => match why {
            MarkerRefusal::Unknown => plain("no_marker", "no form of marker opens the line"),
            MarkerRefusal::TooLong => plain("too_long", "a marker has numbers of one or two digits, four at most"),
            MarkerRefusal::Zero => plain("zero", "no row begins with 0"),
            MarkerRefusal::NoSign => plain("no_sign", "no sign behind the number"),
            MarkerRefusal::NoTitle => plain("no_title", "no title behind the marker"),
            MarkerRefusal::SmallLetter => plain("small_letter", "a title that needs a capital begins small"),
        },
        Refusal::Damaged(marker) => at("damaged", marker, "the marker is damaged, and its neighbours do not mend it"),
        Refusal::SentenceOpen(marker) => at("sentence_open", marker, "the line before left its sentence open"),
        Refusal::Jumps(marker) => at("jumps", marker, "too far on in its row"),
        Refusal::OutOfSequence(marker) => {
            at("out_of_sequence", marker, "such a marker needs the number before it in its row, or to be the first")
        }
    }
}

/// Why there is no signer.
pub(super) fn signer(refusal: signatory::Refusal) -> Worded {
    use signatory::Refusal;
    match refusal {
        Refusal::Noise => plain("noise", "a stamp or a note of the signing"),
        Refusal::Stamp => plain("stamp", "an address, a time, or no letter at all"),
        Refusal::Widget => plain("widget", "belongs to the stamp of an electronic signature"),
        Refusal::NoName => plain("no_name", "neither an authority, an office nor the name of a person"),
    }
}
