//! `trich bases`: the acts and papers that documents rest on, and whether they held.

use super::{
    catalogues::{self, Asked},
    documents, print, rules_in_force,
};
use clap::{Args, ValueEnum};
use comfy_table::{ContentArrangement, Table, presets};
use jiff::civil::Date;
use serde::Serialize;
use std::{fmt::Write, path::PathBuf, process::ExitCode};
use trich::{
    Extractor, Language, Record,
    record::{Citation, Diagnostic, Resolved, ResolvedCitation, Role, Unchecked, Validity},
    validity::{self, Day},
};

/// Show the bases of documents: what each is, whether it was in force on the document's date, and what is doubtful
///
/// The verdict is that of a catalogue of acts on the day of the document, or of a draft on the days between which it lies;
/// that of today stands beside it. What no catalogue tells is shown as not checked, with the reason.
///
/// Exit status: 0 when every document was read, 1 when some was not, 2 when the run could not begin.
#[derive(Args)]
pub struct Bases {
    /// Files and folders; `-` reads standard input
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    asked: Asked,
    /// The day that counts as today (YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    today: Option<Date>,
    /// Every citation, not the bases alone
    #[arg(long)]
    all: bool,
    /// Write JSON, one document a line
    #[arg(long)]
    json: bool,
    /// The language of headings and verdicts
    #[arg(long, value_enum, default_value = "vi")]
    lang: Tongue,
    /// A folder of rule files to lay over the built-in rules
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
}

/// The language of what is shown.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Tongue {
    Vi,
    En,
}

impl Tongue {
    /// The language of messages.
    pub fn language(self) -> Language {
        match self {
            Tongue::Vi => Language::Vietnamese,
            Tongue::En => Language::English,
        }
    }
}

/// How wide a table is.
const WIDTH: u16 = 150;

/// One document, as JSON.
#[derive(Serialize)]
struct Sheet<'r> {
    document: &'r str,
    catalogues: &'r [trich::record::CatalogueUsed],
    as_of: &'r Option<trich::record::AsOf>,
    today: String,
    bases: usize,
    checked: usize,
    citations: Vec<Row<'r>>,
}

#[derive(Serialize)]
struct Row<'r> {
    citation: &'r Citation,
    resolved: &'r ResolvedCitation,
    today: Validity,
    #[serde(skip_serializing_if = "Option::is_none")]
    today_reason: Option<Unchecked>,
    doubts: Vec<&'r Diagnostic>,
}

impl Bases {
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let rules = rules_in_force(self.rules.as_deref())?;
        let extractor = Extractor::with_rules(rules).language(self.lang.language());
        let catalogues = self.asked.catalogues()?;
        let archive = self.asked.archive()?;
        let (day, today) = (self.asked.day(), self.today.unwrap_or_else(catalogues::today));
        let (all, json, lang) = (self.all, self.json, self.lang);
        let make = move |name: &str, bytes: &[u8]| {
            let mut record = extractor.extract(name, bytes);
            let mut then = validity::resolve(&record, rules, &catalogues, day);
            let mut now = validity::resolve_today(&record, rules, &catalogues, day, Day::given(today));
            if let Some(archive) = &archive {
                archive.answer(&record, &mut then)?;
                archive.answer(&record, &mut now)?;
            }
            validity::attach(&mut record, then, rules, lang.language());
            sheet(&record, &now, today, all, json, lang)
        };
        documents::each(&self.paths, make, |text| print(&text?))
    }
}

fn sheet(record: &Record, now: &Resolved, today: Date, all: bool, json: bool, lang: Tongue) -> anyhow::Result<String> {
    let Some(resolved) = &record.resolved else { return Ok(String::new()) };
    let rows: Vec<Row<'_>> = record
        .citations
        .iter()
        .zip(resolved.citations.iter().zip(&now.citations))
        .filter(|(citation, _)| all || citation.role == Role::Basis)
        .map(|(citation, (then, now))| Row {
            citation,
            resolved: then,
            today: now.status,
            today_reason: now.reason,
            doubts: record
                .diagnostics
                .iter()
                .filter(|d| d.code.starts_with("T2") && d.span == Some(citation.span))
                .collect(),
        })
        .collect();
    if json {
        let sheet = Sheet {
            document: &record.source.name,
            catalogues: &resolved.catalogues,
            as_of: &resolved.as_of,
            today: today.to_string(),
            bases: resolved.bases,
            checked: resolved.checked,
            citations: rows,
        };
        return Ok(serde_json::to_string(&sheet)? + "\n");
    }
    let say = |vi: &'static str, en: &'static str| if lang == Tongue::Vi { vi } else { en };
    let mut out = format!("{}\n", record.source.name);
    match &resolved.as_of {
        None => writeln!(
            out,
            "{}",
            say("Không rõ ngày văn bản; dùng --as-of", "The day of the document is not known; use --as-of")
        )?,
        Some(day) => {
            let (first, last) = (day.earliest.as_deref().unwrap_or("…"), day.latest.as_deref().unwrap_or("…"));
            let span = if first == last { first.to_owned() } else { format!("{first} – {last}") };
            writeln!(out, "{}: {span}", say("Xét tại ngày", "Judged on"))?;
        }
    }
    if rows.is_empty() {
        writeln!(out, "{}", say("Không có căn cứ nào được viện dẫn.", "No basis is cited."))?;
    } else {
        let mut table = Table::new();
        table.load_preset(presets::ASCII_FULL).set_content_arrangement(ContentArrangement::Dynamic).set_width(WIDTH);
        table.set_header(if lang == Tongue::Vi {
            ["Căn cứ", "Ngày", "Cơ quan", "Nội dung", "Tại ngày văn bản", "Hôm nay", "Nghi ngờ, dạng đúng"]
        } else {
            ["Basis", "Date", "Issuer", "Subject", "On the document's date", "Today", "Doubts, mended form"]
        });
        for row in &rows {
            table.add_row(cells(row, lang));
        }
        writeln!(out, "{table}")?;
    }
    let known: Vec<String> = resolved
        .catalogues
        .iter()
        .map(|used| format!("{} {} ({}, {})", used.name, used.version, used.acts, used.known.as_deref().unwrap_or("?")))
        .collect();
    writeln!(
        out,
        "{} {}/{} {}; {}: {}\n",
        say("đã kiểm tra", "checked"),
        resolved.checked,
        resolved.bases,
        say("căn cứ", "bases"),
        say("danh mục (số văn bản, biết đến ngày)", "catalogues (acts, known to)"),
        known.join(", ")
    )?;
    Ok(out)
}

fn cells(row: &Row<'_>, lang: Tongue) -> [String; 7] {
    let citation = row.citation;
    let act = row.resolved.act.as_ref();
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let named = citation.number.as_ref().and_then(|number| number.canonical.clone()).or_else(|| citation.name.clone());
    let kind = citation.doc_type.as_ref().filter(|_| citation.number.is_some()).map(|kind| format!("{} ", kind.name));
    let cut = |text: String| match text.char_indices().nth(70) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    };
    let subject = citation.subject.as_ref().map(|subject| subject.text.clone());
    let mut doubts: Vec<String> = row.doubts.iter().map(|doubt| doubt.code.to_string()).collect();
    let mended =
        row.doubts.iter().find_map(|doubt| doubt.suggestion.clone()).or_else(|| row.resolved.suggestion.clone());
    doubts.extend(mended.map(|form| format!("→ {form}")));
    let issuer =
        citation.issuer.as_ref().map(|issuer| issuer.name.clone()).or_else(|| act.and_then(|act| act.issuer.clone()));
    [
        flat(&format!("{}{}", kind.unwrap_or_default(), named.unwrap_or_else(|| citation.raw.clone()))),
        citation
            .date
            .as_ref()
            .and_then(|date| date.value.clone())
            .or_else(|| citation.year.map(|year| year.to_string()))
            .unwrap_or_default(),
        issuer.unwrap_or_default(),
        cut(subject.or_else(|| act.and_then(|act| act.name.clone())).unwrap_or_default()),
        verdict(row.resolved, lang),
        if (row.today, row.today_reason) == (row.resolved.status, row.resolved.reason) {
            (if lang == Tongue::Vi { "không đổi" } else { "unchanged" }).to_owned()
        } else {
            said(row.today, row.today_reason, lang)
        },
        doubts.join(" "),
    ]
}

/// The verdict with the act's successor and the catalogue that answered.
fn verdict(found: &ResolvedCitation, lang: Tongue) -> String {
    let mut out = said(found.status, found.reason, lang);
    if let Some(act) = &found.act {
        if let (Validity::Replaced, Some(by)) = (found.status, &act.replaced_by) {
            out.push_str(&format!(": {by}"));
        }
        if found.status == Validity::PartlyExpired {
            out.push_str(&format!(": {}", act.amended_by.join(", ")));
        }
    }
    if let Some(source) = &found.source {
        out.push_str(&format!(" [{source}]"));
    }
    out
}

/// A verdict in words.
fn said(status: Validity, reason: Option<Unchecked>, lang: Tongue) -> String {
    let (vi, en) = match status {
        Validity::InForce => ("còn hiệu lực", "in force"),
        Validity::PartlyExpired => ("hết hiệu lực một phần", "partly expired"),
        Validity::Expired => ("hết hiệu lực", "expired"),
        Validity::Replaced => ("đã bị thay thế", "replaced"),
        Validity::NotYetInForce => ("chưa có hiệu lực", "not yet in force"),
        Validity::NumberNameDisagree => ("số và tên không khớp", "number and name disagree"),
        Validity::DateDisagrees => ("ngày không khớp", "date disagrees"),
        Validity::IssuerDisagrees => ("cơ quan không khớp", "issuer disagrees"),
        Validity::Ambiguous => ("nhiều văn bản cùng khớp", "ambiguous"),
        Validity::NotInCatalogue => ("không có trong danh mục", "not in the catalogue"),
        Validity::Unchecked => ("chưa kiểm tra", "unchecked"),
    };
    let why = reason.map(|reason| match reason {
        Unchecked::NoCatalogue => ("không danh mục nào có loại này", "no catalogue holds such papers"),
        Unchecked::NoDay => ("chưa rõ ngày", "the day is not known"),
        Unchecked::NumberIncomplete => ("số chưa đủ", "the number is incomplete"),
        Unchecked::NoBegin => ("danh mục không ghi ngày có hiệu lực", "the catalogue does not say from when"),
        Unchecked::NoEnd => ("danh mục không ghi ngày hết hiệu lực", "the catalogue does not say until when"),
        Unchecked::Held => ("có trong kho lưu trữ", "held by the archive"),
        Unchecked::AfterKnowledge => ("sau ngày danh mục biết đến", "after the catalogue's last day"),
    });
    let pick = |(vi, en): (&'static str, &'static str)| if lang == Tongue::Vi { vi } else { en };
    match why {
        Some(why) => format!("{}: {}", pick((vi, en)), pick(why)),
        None => pick((vi, en)).to_owned(),
    }
}
