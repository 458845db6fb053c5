//! `trich eval`: how much of what people found is found, and what is wrong.

use super::{
    cannot_begin, complain,
    extract::guard,
    print,
    read::{self, name},
    rules_in_force,
};
use clap::Args;
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, HashMap},
    ffi::OsString,
    fmt::Write,
    fs, io,
    path::{Component, Path, PathBuf},
    process::ExitCode,
};
use trich::{
    Extractor, Offsets, Record,
    eval::{Counts, Field, Gold, Lines, Miss, Score},
};

/// How much of the line is shown on either side of a place.
const CONTEXT: usize = 40;

/// Score what is read against gold files, in which people wrote down what a document says
///
/// Annotate ten documents of your own archive and learn what is read wrongly there: docs/evaluation.md shows how. GOLD
/// is a folder of gold files (*.json, with all its subfolders) or one gold file; each names its document, relative to
/// itself. The quotes in a gold file need no offsets: they are looked for in the document.
///
/// P is the share of what was read that is right, R the share of what is there that was read, F1 the mean of both. For
/// lists, `exact` is F1 when the span must be the same to the letter, `overlap` when it is enough to touch, whatever
/// was read. `header` is the share of documents of which type, number, date, place, issuer, title and signatories are
/// all right.
///
/// Below stands the curve of certainty: documents in the order of the doubt that their own records state (the weights of
/// `needs_review`, 0 where no person is needed), with the share of their header fields that is right, and how many
/// documents can so be accepted unseen.
///
/// Exit status: 0 when every gold file was scored, however well, 1 when some could not be, 2 when the run could not
/// begin.
#[derive(Args)]
pub struct Eval {
    /// A folder of gold files, or one gold file
    #[arg(value_name = "GOLD")]
    gold: PathBuf,
    /// Score these records (JSONL, as `trich extract` writes it) instead of reading the documents; a record belongs to
    /// the document of the same name without folder and ending
    #[arg(long, value_name = "FILE", conflicts_with = "rules")]
    records: Option<PathBuf>,
    /// A folder of rule files to lay over the built-in rules
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// Write the figures as JSON
    #[arg(long)]
    json: bool,
    /// List what is wrong, with file and line: in all fields, in one (`citation.date`), or in a group (`citation`)
    #[arg(long, value_name = "FIELD", num_args = 0..=1, default_missing_value = "all", value_parser = field)]
    errors: Option<String>,
}

/// What a gold file was scored with, to show where an error stands.
struct Scored {
    /// The document, as it is shown.
    shown: String,
    text: Option<String>,
}

impl Eval {
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let extractor = Extractor::with_rules(rules_in_force(self.rules.as_deref())?);
        let records = self.records.as_deref().map(records).transpose()?;
        let files = gold_files(&self.gold)?;
        guard::keep_faults_quiet();
        let (mut score, mut scored, mut left_out) = (Score::default(), Vec::new(), Vec::new());
        for file in &files {
            match one(file, &extractor, records.as_ref(), &mut score) {
                Ok(document) => scored.push(document),
                Err(reasons) => {
                    for reason in &reasons {
                        complain(format_args!("{}: {reason}", name(file)));
                    }
                    left_out.push((name(file), reasons));
                }
            }
        }
        if self.json {
            let figures = figures(&score, &scored, &left_out, self.errors.as_deref());
            print(&format!("{}\n", serde_json::to_string_pretty(&figures)?))?;
        } else if score.documents() > 0 {
            print(&table(&score)?)?;
            if let Some(named) = &self.errors {
                print(&errors(&score, &scored, named)?)?;
            }
        }
        if !left_out.is_empty() {
            complain(format_args!("{} of {} gold files could not be scored", left_out.len(), files.len()));
        }
        Ok(ExitCode::from(u8::from(!left_out.is_empty())))
    }
}

/// A field or group of fields, as `--errors` names it.
fn field(named: &str) -> Result<String, String> {
    if Field::ALL.iter().any(|field| field.is_named(named)) {
        return Ok(named.to_owned());
    }
    let names: Vec<&str> = Field::ALL.iter().map(|field| field.name()).collect();
    Err(format!("there is no such field; the fields are {}", names.join(", ")))
}

/// Scores one gold file, or says what is wrong with it.
fn one(
    file: &Path,
    extractor: &Extractor<'static>,
    records: Option<&HashMap<OsString, Record>>,
    score: &mut Score,
) -> Result<Scored, Vec<String>> {
    let bytes = fs::read(file).map_err(|error| vec![read::reason(&error)])?;
    let json = String::from_utf8(bytes).map_err(|_| vec!["is no UTF-8; save it as UTF-8".to_owned()])?;
    let mut gold = Gold::parse(&json).map_err(|error| vec![format!("is no gold file: {error}")])?;
    if gold.id.is_empty() {
        gold.id = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    }
    let path = plain(&file.parent().unwrap_or(Path::new("")).join(&gold.text));
    let shown = name(&path);
    let bytes = read::read(&path).map_err(|reason| vec![format!("its text {shown} {}", said_of_text(&reason))])?;
    let text = trich::text(&shown, &bytes);
    let unplaced = gold.align(&text);
    if !unplaced.is_empty() {
        return Err(unplaced.iter().map(|quote| format!("{shown}: {quote}")).collect());
    }
    let fresh;
    let record = match records {
        Some(records) => path.file_stem().and_then(|stem| records.get(stem)),
        None => {
            fresh = guard::guarded(|| extractor.extract(&shown, &bytes))
                .map_err(|reason| vec![format!("{shown}: {reason}")])?;
            Some(&fresh)
        }
    };
    score.add(&gold, Some(&text), record);
    Ok(Scored { shown, text: Some(text) })
}

/// A reason as it stands behind the name of a text.
fn said_of_text(reason: &str) -> String {
    format!("cannot be used: {reason}")
}

/// A path without `folder/..`.
fn plain(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        let goes_back =
            part == Component::ParentDir && matches!(out.components().next_back(), Some(Component::Normal(_)));
        if goes_back {
            out.pop();
        } else if part != Component::CurDir {
            out.push(part);
        }
    }
    out
}

/// Every gold file, sorted by path.
fn gold_files(path: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let refuse = |path: &Path, error: &io::Error| cannot_begin(format_args!("{}: {}", name(path), read::reason(error)));
    if fs::metadata(path).map_err(|error| refuse(path, &error))?.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let (mut files, mut folders) = (Vec::new(), vec![path.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(|error| refuse(&folder, &error))? {
            let entry = entry.map_err(|error| refuse(&folder, &error))?;
            let path = entry.path();
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "json") {
                files.push(path);
            }
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(cannot_begin(format_args!("{}: holds no gold file (*.json)", name(path))));
    }
    Ok(files)
}

/// The records of a run, by the name of the document without folder and ending.
fn records(path: &Path) -> anyhow::Result<HashMap<OsString, Record>> {
    let bytes = read::read(path).map_err(|reason| cannot_begin(format_args!("{}: {reason}", name(path))))?;
    let mut records = HashMap::new();
    for (index, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        if line.trim_ascii().is_empty() {
            continue;
        }
        let at = format!("{}:{}", name(path), index + 1);
        let record: Record =
            serde_json::from_slice(line).map_err(|error| cannot_begin(format_args!("{at}: is no record: {error}")))?;
        if record.source.offsets != Offsets::Chars {
            return Err(cannot_begin(format_args!(
                "{at}: its spans do not count code points; extract with --offsets chars"
            )));
        }
        let stem = Path::new(&record.source.name).file_stem().unwrap_or_default().to_owned();
        if let Some(earlier) = records.insert(stem, record) {
            complain(format_args!(
                "{at}: has the name of an earlier record, {}; the later one counts",
                earlier.source.name
            ));
        }
    }
    Ok(records)
}

fn table(score: &Score) -> anyhow::Result<String> {
    let mut out = String::new();
    let documents = score.documents();
    write!(out, "{}", if documents == 1 { "1 document".to_owned() } else { format!("{documents} documents") })?;
    if !score.without_record().is_empty() {
        write!(out, ", no record for {}", score.without_record().join(", "))?;
    }
    writeln!(out)?;
    writeln!(
        out,
        "{:<22}{:>7}{:>7}{:>7}{:>7}{:>7}{:>9}{:>9}",
        "field", "P", "R", "F1", "gold", "got", "exact", "overlap"
    )?;
    for field in Field::ALL {
        let Some(counts) = score.counts(field) else { continue };
        let Counts { .. } = counts;
        let (p, r, f1) = (counts.precision(), counts.recall(), counts.f1());
        write!(out, "{:<22}{p:7.3}{r:7.3}{f1:7.3}{:7}{:7}", field.name(), counts.gold(), counts.got())?;
        if let (Some(exact), Some(overlap)) = (score.exact(field), score.overlap(field)) {
            write!(out, "{:9.3}{:9.3}", exact.f1(), overlap.f1())?;
        }
        writeln!(out)?;
    }
    let right = score.headers_right();
    writeln!(out, "header: {right} of {documents} documents have it all right ({:.3})", header_share(score))?;
    curve(&mut out, score)?;
    Ok(out)
}

/// The share of header fields that must be right for documents to be accepted unseen.
const WANTED: f64 = 0.995;

/// The curve of certainty: documents in the order of the doubt that their records state.
fn curve(out: &mut String, score: &Score) -> anyhow::Result<()> {
    let (curve, all) = (score.curve(), score.documents());
    if curve.steps.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{:<10}{:>11}{:>8}{:>16}", "doubt", "documents", "share", "header fields")?;
    for step in &curve.steps {
        let share = step.documents as f64 / all as f64;
        let (right, fields) = (step.right, step.fields);
        writeln!(
            out,
            "{:<10}{:11}{share:8.3}{:>16}",
            format!("≤ {}", step.doubt),
            step.documents,
            format!("{right}/{fields}")
        )?;
    }
    let accepted = curve.accepted_at(WANTED).map_or(0, |step| step.documents);
    let sent = all - curve.unreviewed().map_or(0, |step| step.documents);
    writeln!(
        out,
        "unseen: {accepted} of {all} documents ({:.3}) with {:.1} % of header fields right; sent to review: {sent}",
        accepted as f64 / all as f64,
        WANTED * 100.0
    )?;
    Ok(())
}

fn header_share(score: &Score) -> f64 {
    if score.documents() == 0 { 1.0 } else { score.headers_right() as f64 / score.documents() as f64 }
}

/// The errors in the fields named, with the document that each stands in.
fn chosen<'s>(score: &'s Score, scored: &'s [Scored], named: &str) -> Vec<(&'s Scored, &'s Miss)> {
    let misses = score.misses().iter().filter(|miss| miss.field.is_named(named));
    misses.filter_map(|miss| Some((scored.get(miss.document)?, miss))).collect()
}

/// The errors, each with its place, the line, and both readings.
fn errors(score: &Score, scored: &[Scored], named: &str) -> anyhow::Result<String> {
    let mut out = String::new();
    let mut lines: BTreeMap<usize, Lines<'_>> = BTreeMap::new();
    for (document, miss) in chosen(score, scored, named) {
        let place = document.text.as_deref().zip(miss.span);
        let excerpt = place
            .map(|(text, span)| lines.entry(miss.document).or_insert_with(|| Lines::new(text)).excerpt(span, CONTEXT));
        match excerpt {
            Some(excerpt) => {
                writeln!(out, "\n{}:{}: {}\n    {excerpt}", document.shown, excerpt.line, miss.field.name())?
            }
            None => writeln!(out, "\n{}: {}", document.shown, miss.field.name())?,
        }
        let said = |value: &Option<String>| match value {
            Some(value) => value.split_whitespace().collect::<Vec<_>>().join(" "),
            None => "(nothing)".to_owned(),
        };
        writeln!(out, "    gold: {}\n    got:  {}", said(&miss.gold), said(&miss.got))?;
    }
    Ok(out)
}

fn figures(score: &Score, scored: &[Scored], left_out: &[(String, Vec<String>)], named: Option<&str>) -> Value {
    let mut fields = serde_json::Map::new();
    for field in Field::ALL {
        let Some(counts) = score.counts(field) else { continue };
        let mut figures = json!({"precision": counts.precision(), "recall": counts.recall(), "f1": counts.f1(),
            "gold": counts.gold(), "got": counts.got()});
        for (name, spans) in [("exact", score.exact(field)), ("overlap", score.overlap(field))] {
            if let Some(spans) = spans {
                figures[name] = json!({"precision": spans.precision(), "recall": spans.recall(), "f1": spans.f1()});
            }
        }
        fields.insert(field.name().to_owned(), figures);
    }
    let left_out: Vec<Value> =
        left_out.iter().map(|(file, reasons)| json!({"gold": file, "reasons": reasons})).collect();
    let mut out = json!({
        "documents": score.documents(),
        "without_record": score.without_record(),
        "left_out": left_out,
        "header": {"right": score.headers_right(), "share": header_share(score)},
        "fields": fields,
        "curve": score.curve().steps.iter().map(|step| json!({"doubt": step.doubt, "documents": step.documents,
            "right": step.right, "fields": step.fields})).collect::<Vec<Value>>(),
    });
    if let Some(named) = named {
        let errors = chosen(score, scored, named).into_iter().map(|(document, miss)| {
            let line = document.text.as_deref().zip(miss.span).map(|(text, span)| Lines::new(text).number(span.start));
            json!({"file": document.shown, "line": line, "field": miss.field.name(), "gold": miss.gold, "got": miss.got,
                "span": miss.span})
        });
        out["errors"] = errors.collect();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_without_detours() {
        for (path, wanted) in
            [("gold/../kho/a.txt", "kho/a.txt"), ("./gold/./a", "gold/a"), ("../a", "../a"), ("a/../../b", "../b")]
        {
            assert_eq!(plain(Path::new(path)), Path::new(wanted));
        }
    }
}
