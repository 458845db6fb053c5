//! Holds records against gold files, by the meanings of the fields: precision, recall and F1 of each.
//!
//! Gold and record are both read as JSON, so that neither can hide behind the other's types.

use regex::Regex;
use serde_json::{Map, Value};
use std::{collections::BTreeMap, sync::LazyLock};
use unicode_normalization::UnicodeNormalization;

/// What was found rightly, found wrongly and missed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Found, and in the gold.
    pub right: u32,
    /// Found, and not in the gold.
    pub wrong: u32,
    /// In the gold, and not found.
    pub missed: u32,
}

impl Count {
    /// The share of what was found that is right.
    pub fn precision(self) -> f64 {
        share(self.right, self.right + self.wrong)
    }

    /// The share of the gold that was found.
    pub fn recall(self) -> f64 {
        share(self.right, self.right + self.missed)
    }

    /// Their harmonic mean.
    pub fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }
}

fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 1.0 } else { f64::from(part) / f64::from(whole) }
}

/// The counts of every field over all documents, and what was not as the gold has it.
#[derive(Default)]
pub struct Scores {
    /// By field.
    pub fields: BTreeMap<&'static str, Count>,
    /// Document, field, gold and found.
    pub errors: Vec<String>,
    document: String,
}

/// Where a value stands in the source, in code points.
type Span = (i64, i64);

impl Scores {
    /// Adds one document.
    pub fn add(&mut self, gold: &Value, record: &Value) {
        self.document = text(&gold["id"]);
        self.document_fields(&gold["document"], &record["document"]);
        let tables: Vec<Span> = items(&gold["tables"]).filter_map(|table| span(table)).collect();
        self.citations(gold, record, &tables);
        self.sections(gold, record);
        let pairs =
            self.listed_spans("finding", items(&gold["findings"]), items(&record["findings"]), &tables, |g, p| {
                number_same(&g["value"], &p["value"]) && g["kind"] == p["kind"] && number_same(&g["of"], &p["of"])
            });
        for (g, p) in pairs {
            if g.get("unit").is_some() {
                let unit = |item: &Value| item["unit"].as_str().map(str::to_owned);
                self.single("finding.unit", unit(g), unit(p), |a, b| {
                    let (a, b) = (fold(a), fold(b));
                    let opens = |long: &str, short: &str| {
                        !short.is_empty() && format!("{long} ").starts_with(&format!("{short} "))
                    };
                    a == b || opens(&b, &a) && !b.is_empty() || opens(&a, &b)
                });
            }
        }
    }

    fn document_fields(&mut self, gold: &Value, found: &Value) {
        let code = |d: &Value| code(d);
        self.single("type", code(gold), code(found), |a, b| a == b);
        self.single("number", canonical(&gold["number"]), canonical(&found["number"]), |a, b| a == b);
        if !is_nothing(&gold["number"]) {
            self.single("number.state", state(&gold["number"]), state(&found["number"]), |a, b| a == b);
        }
        self.single("date", plain(&gold["date"], "value"), plain(&found["date"], "value"), |a, b| a == b);
        for field in ["place", "issuer"] {
            let also: Vec<String> = items(&gold[field]["also"]).map(text).collect();
            self.single(field, plain(&gold[field], "name"), plain(&found[field], "name"), |a, b| {
                fold(a) == fold(b) || also.iter().any(|other| fold(other) == fold(b))
            });
        }
        let title = |d: &Value| plain(&d["title"], "text");
        self.single("title", title(gold), title(found), |a, b| words_f1(&bare_title(a), &bare_title(b)) >= 0.95);
        for field in ["addressees", "recipients"] {
            let is_soft = |item: &&Value| item["optional"] == true;
            let names = |list: &Value| -> Vec<String> {
                items(list)
                    .filter(|item| !is_soft(item) && item["archive"] != true)
                    .map(|item| plain(item, "name").unwrap_or_default())
                    .collect()
            };
            let soft: Vec<String> =
                items(&gold[field]).filter(is_soft).filter_map(|item| plain(item, "name")).collect();
            self.listed(field, names(&gold[field]), names(&found[field]), &soft);
        }
        // A block of which one signer is in doubt is not scored at all.
        if !items(&gold["signatories"]).any(|signer| signer["optional"] == true) {
            for (field, part) in
                [("signatory.name", "name"), ("signatory.position", "position"), ("signatory.authority", "authority")]
            {
                let rows = |d: &Value| -> Vec<String> {
                    let signers = items(&d["signatories"]).filter(|signer| !text(&signer[part]).is_empty());
                    // Position and authority count for the signer with whose name they stand.
                    let row = |signer: &Value| match text(&signer["name"]) {
                        name if part == "name" || name.is_empty() => text(&signer[part]),
                        name => format!("{name} :: {}", text(&signer[part])),
                    };
                    signers.map(row).collect()
                };
                self.listed(field, rows(gold), rows(found), &[]);
            }
        }
    }

    fn citations(&mut self, gold: &Value, record: &Value, tables: &[Span]) {
        let mut pairs = Vec::new();
        for (field, numbered) in [("citation.number", true), ("citation.name", false)] {
            let is_kind = |item: &&Value| is_nothing(&item["number"]) != numbered;
            let wanted = items(&gold["citations"]).filter(|item| is_kind(item) || item["optional"] == true);
            pairs.extend(self.listed_spans(
                field,
                wanted,
                items(&record["citations"]).filter(is_kind),
                tables,
                cited_same,
            ));
        }
        for (g, p) in pairs {
            let guess = |fact: &Value| fact["certainty"] == "inferred";
            self.single("citation.type", code(g), code(p), |a, b| a == b);
            self.single("citation.role", plain(&g["role"], ""), plain(&p["role"], ""), |a, b| a == b);
            if !is_nothing(&g["date"]) || !guess(&p["date"]) {
                self.single("citation.date", plain(&g["date"], "value"), plain(&p["date"], "value"), |a, b| a == b);
            }
            if !is_nothing(&g["issuer"]) || !guess(&p["issuer"]) {
                let name = |item: &Value| plain(&item["issuer"], "name");
                self.single("citation.issuer", name(g), name(p), |a, b| fold(a) == fold(b));
            }
        }
    }

    fn sections(&mut self, gold: &Value, record: &Value) {
        let marker = |item: &Value| fold(&text(&item["marker"]));
        let pairs = self.listed_spans("section", items(&gold["sections"]), items(&record["sections"]), &[], |g, p| {
            let apart = start(g).abs_diff(start(p));
            apart <= if marker(g) == marker(p) { 12 } else { 4 }
        });
        for (g, p) in pairs {
            // A marker that a scan damaged counts as written or as mended.
            let quote = text(&g["quote"]);
            let head: Vec<&str> = quote.split_whitespace().collect();
            let two =
                head.first().is_some_and(|w| ["điều", "phần", "chương", "mục", "phụ"].contains(&fold(w).as_str()));
            let opening = head.iter().take(if two { 2 } else { 1 }).copied().collect::<Vec<_>>().join(" ");
            let written = [text(&g["written"]), opening, marker(g)].into_iter().find(|said| !said.is_empty());
            let written = fold(&written.unwrap_or_default());
            self.single("section.marker", Some(marker(g)), Some(marker(p)), |a, b| b == a || b == written);
            if g.get("level").is_some() {
                let level = |item: &Value| item["level"].as_i64().map(|level| level.to_string());
                self.single("section.level", level(g), level(p), |a, b| a == b);
            }
            let title = |item: &Value| plain(&item["title"], "").filter(|title| !title.is_empty());
            if title(g).is_some() && g["run_in"] != true && p["run_in"] != true {
                self.single("section.title", title(g), title(p), |a, b| words_f1(a, b) >= 0.9);
            }
        }
    }

    fn count(&mut self, field: &'static str) -> &mut Count {
        self.fields.entry(field).or_default()
    }

    fn note(&mut self, field: &str, gold: Option<&str>, found: Option<&str>) {
        self.errors.push(format!("{}\t{field}\tgold={gold:?}\tgot={found:?}", self.document));
    }

    /// One value of each.
    fn single(
        &mut self,
        field: &'static str,
        gold: Option<String>,
        found: Option<String>,
        same: impl Fn(&str, &str) -> bool,
    ) {
        let right = matches!((&gold, &found), (Some(g), Some(f)) if same(g, f));
        let count = self.count(field);
        if right {
            count.right += 1;
        } else {
            count.wrong += u32::from(found.is_some());
            count.missed += u32::from(gold.is_some());
            if gold.is_some() || found.is_some() {
                self.note(field, gold.as_deref(), found.as_deref());
            }
        }
    }

    /// Names without places; `soft` ones count neither for nor against.
    fn listed(&mut self, field: &'static str, gold: Vec<String>, found: Vec<String>, soft: &[String]) {
        self.count(field);
        let mut rest = found;
        for name in gold {
            match rest.iter().position(|other| fold(other) == fold(&name) || words_f1(other, &name) >= 0.9) {
                Some(at) => {
                    rest.remove(at);
                    self.count(field).right += 1;
                }
                None => {
                    self.count(field).missed += 1;
                    self.note(field, Some(&name), None);
                }
            }
        }
        for name in rest {
            if !soft.iter().any(|other| fold(other) == fold(&name) || words_f1(other, &name) >= 0.5) {
                self.count(field).wrong += 1;
                self.note(field, None, Some(&name));
            }
        }
    }

    /// Facts with places, paired in reading order: each of the gold takes the free one that is the same and overlaps it
    /// most. What lies in a table is not held against the record; an optional fact takes one that is left.
    fn listed_spans<'v>(
        &mut self,
        field: &'static str,
        gold: impl Iterator<Item = &'v Value>,
        found: impl Iterator<Item = &'v Value>,
        tables: &[Span],
        same: impl Fn(&Value, &Value) -> bool,
    ) -> Vec<(&'v Value, &'v Value)> {
        self.count(field);
        let (optional, firm): (Vec<&Value>, Vec<&Value>) = gold.partition(|item| item["optional"] == true);
        let mut soft: Vec<Span> = optional.into_iter().filter_map(span).collect();
        let mut free: Vec<&Value> = found.collect();
        let mut pairs = Vec::new();
        for g in firm {
            let mut best: Option<(i64, usize)> = None;
            for (at, p) in free.iter().enumerate() {
                let (Some(a), Some(b)) = (span(g), span(p)) else { continue };
                if shared(a, b) > 0 && same(g, p) {
                    let fit = 2 * shared(a, b) - (b.1 - b.0);
                    if best.is_none_or(|(least, _)| fit > least) {
                        best = Some((fit, at));
                    }
                }
            }
            match best {
                Some((_, at)) => {
                    pairs.push((g, free.remove(at)));
                    self.count(field).right += 1;
                }
                None => {
                    self.count(field).missed += 1;
                    self.note(field, g["quote"].as_str(), None);
                }
            }
        }
        for p in free {
            let own = span(p).unwrap_or((-1, -1));
            if let Some(at) = soft.iter().position(|&other| shared(own, other) > 0) {
                soft.remove(at);
            } else if !tables.iter().any(|&table| shared(own, table) > 0) {
                self.count(field).wrong += 1;
                self.note(field, None, p["raw"].as_str());
            }
        }
        pairs
    }
}

fn cited_same(g: &Value, p: &Value) -> bool {
    if !is_nothing(&g["number"]) {
        return !is_nothing(&p["number"]) && canonical(&split_number(&text(&g["number"]))) == canonical(&p["number"]);
    }
    if !is_nothing(&p["number"]) || code(g) != code(p) {
        return false;
    }
    let year =
        |item: &Value| item["year"].as_i64().map(|year| year.to_string()).or(item["year"].as_str().map(str::to_owned));
    if let (Some(a), Some(b)) = (year(g), year(p))
        && a != b
    {
        return false;
    }
    let said = |item: &Value, other: &str| plain(&item["name"], "").unwrap_or_else(|| text(&item[other]));
    words_f1(&said(g, "quote"), &said(p, "raw")) >= 0.8
}

/// The items of a list; none where there is no list.
fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// A string, or the string that an object holds as `key`.
fn plain(value: &Value, key: &str) -> Option<String> {
    value.as_str().or_else(|| value.get(key)?.as_str()).map(str::to_owned)
}

fn code(item: &Value) -> Option<String> {
    plain(&item["type"], "code")
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(said) => said.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

fn span(item: &Value) -> Option<Span> {
    Some((item["span"][0].as_i64()?, item["span"][1].as_i64()?))
}

fn start(item: &Value) -> i64 {
    span(item).map_or(-1, |span| span.0)
}

/// How many code points two spans have in common; below one, how far they are apart.
fn shared(a: Span, b: Span) -> i64 {
    a.1.min(b.1) - a.0.max(b.0)
}

fn number_same(a: &Value, b: &Value) -> bool {
    let number = |value: &Value| value.as_f64().or_else(|| value.as_str()?.parse().ok());
    match (number(a), number(b)) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * a.abs().max(1.0),
        _ => a.is_null() && b.is_null(),
    }
}

fn state(number: &Value) -> Option<String> {
    let flag = |name: &str| (number[name] == true).then(|| name.to_owned());
    plain(&number["state"], "").or_else(|| flag("blank")).or_else(|| flag("unreadable"))
}

/// One spelling for text that differs only in case, place of the tone, spacing, look-alikes of Đ or markup.
pub fn fold(said: &str) -> String {
    const TONE: [(&str, &str); 15] = [
        ("oà", "òa"),
        ("oá", "óa"),
        ("oả", "ỏa"),
        ("oã", "õa"),
        ("oạ", "ọa"),
        ("oè", "òe"),
        ("oé", "óe"),
        ("oẻ", "ỏe"),
        ("oẽ", "õe"),
        ("oẹ", "ọe"),
        ("uỳ", "ùy"),
        ("uý", "úy"),
        ("uỷ", "ủy"),
        ("uỹ", "ũy"),
        ("uỵ", "ụy"),
    ];
    let kept = said.nfc().filter(|c| !"*_#“”\"'‘’".contains(*c));
    let mut folded = kept.collect::<String>().replace(['\u{d0}', '\u{189}'], "Đ").to_lowercase();
    for (new, old) in TONE {
        folded = folded.replace(new, old);
    }
    let folded = folded.replace(['–', '—'], "-");
    let spaced = folded.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = spaced.trim_matches(|c| " .,;:-/".contains(c)).split_whitespace().map(|word| match word {
        "ubnd" => "ủy ban nhân dân",
        "hđnd" => "hội đồng nhân dân",
        "ubmttq" => "ủy ban mặt trận tổ quốc",
        word => word,
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The likeness of two texts by the words that they share.
pub fn words_f1(a: &str, b: &str) -> f64 {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for word in fold(a).split_whitespace() {
        counts.entry(word.to_owned()).or_default().0 += 1;
    }
    for word in fold(b).split_whitespace() {
        counts.entry(word.to_owned()).or_default().1 += 1;
    }
    let all: usize = counts.values().map(|(a, b)| a + b).sum();
    let same: usize = counts.values().map(|(a, b)| a.min(b)).sum();
    if all == 0 { 1.0 } else { 2.0 * same as f64 / all as f64 }
}

/// A title without the type and the `về việc` before it.
fn bare_title(title: &str) -> String {
    static OPENING: LazyLock<Regex> = LazyLock::new(|| {
        let types = "báo cáo|kế hoạch|quyết định|thông báo|tờ trình|hướng dẫn|chương trình|chỉ thị|nghị quyết|công văn|giấy mời|\
                     công điện|nghị định|thông tư|luật";
        Regex::new(&format!(r"^(({types})\s+)?((về việc|v/v|về)\s+)?")).unwrap()
    });
    OPENING.replace(&fold(title), "").into_owned()
}

/// `02/2021/QĐ-UBND` in its parts: serial, year, symbol.
pub fn split_number(number: &str) -> Value {
    static PARTS: LazyLock<Regex> = LazyLock::new(|| {
        // The tail of each choice is what must follow it; it is given back to the next part.
        let serial = r"(?P<serial>\d+(?:\.\d{1,2})?)";
        Regex::new(&format!(r"^\s*{serial}?(?P<rest>.*)$")).unwrap()
    });
    static LETTER: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^(bis|\p{L}(?:[/\-.\s]|$))").unwrap());
    static YEAR: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^\s*[/.]\s*((?:19|20)\d{2})\s*(?:[/\-.]|$)").unwrap());
    static LONG_YEAR: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^/\d{4}/").unwrap());

    let mut parts = Map::new();
    let Some(read) = PARTS.captures(number) else {
        parts.insert("serial".to_owned(), number.into());
        return Value::Object(parts);
    };
    let mut serial = read.name("serial").map(|m| m.as_str().to_owned()).unwrap_or_default();
    let mut rest = read["rest"].to_owned();
    if let Some(dot) = serial.find('.')
        && !LONG_YEAR.is_match(&rest)
    {
        rest.insert_str(0, &serial[dot..]);
        serial.truncate(dot);
    }
    if !serial.is_empty()
        && let Some(found) = LETTER.find(&rest)
    {
        let length = if found.as_str() == "bis" { 3 } else { found.as_str().chars().next().map_or(0, char::len_utf8) };
        serial.extend(rest.drain(..length));
    }
    if let Some(found) = YEAR.captures(&rest).and_then(|found| found.get(1)) {
        parts.insert("year".to_owned(), found.as_str().into());
        rest.drain(..found.end());
    }
    let symbol = rest.trim();
    let symbol = symbol.strip_prefix(['/', '-', '.']).unwrap_or(symbol).trim();
    parts.insert("serial".to_owned(), serial.into());
    parts.insert("symbol".to_owned(), symbol.into());
    Value::Object(parts)
}

/// The number of a document as one string that can be compared, blank serials included.
pub fn canonical(number: &Value) -> Option<String> {
    if is_nothing(number) {
        return None;
    }
    let said = |part: &Value| part.as_i64().map(|n| n.to_string()).unwrap_or_else(|| text(part));
    let serial = said(&number["serial"]).to_lowercase();
    let plain = !serial.is_empty() && serial.chars().all(|c| c.is_ascii_digit());
    let mut parts = vec![if plain { serial.trim_start_matches('0').to_owned() } else { serial }];
    parts.extend(Some(said(&number["year"])).filter(|year| !year.is_empty()));
    static JOINTS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\s*([-/&.])\s*").unwrap());
    let symbol = fold(&text(&number["symbol"]));
    Some(format!("{}|{}", parts.join("/"), JOINTS.replace_all(&symbol, "$1")))
}
