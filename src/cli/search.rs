//! `trich search`: which documents of an archive hold what is looked for.

use super::{cannot_begin, print};
use clap::{Args, ValueEnum};
use std::{
    fmt::Write,
    io::{self, IsTerminal},
    path::PathBuf,
    process::ExitCode,
};
use trich::archive::{Archive, Citing, Day, Found, Page, Query, Snippet, Sort, Standing, Years};

/// Search an archive that `trich index` made
///
/// Words are found without regard to marks and case: `nghi dinh` finds Nghị định. Words typed with marks put those
/// written exactly so first. "Words in quotes" stand together; `title:` or `heading:` before a word looks there only; `*`
/// at the end of a word stands for any ending. With `--cites` and no words, shows the places that cite the act.
///
/// Exit status: 0 when something was found, 1 when nothing was, 2 when the database cannot be used.
#[derive(Args)]
pub struct Search {
    /// What to look for
    words: Vec<String>,
    /// The database
    #[arg(long, value_name = "FILE")]
    db: PathBuf,
    /// Only documents of this type (BC, KH, QĐ …); may be given again
    #[arg(long = "type", value_name = "CODE")]
    types: Vec<String>,
    /// Only documents of these years: 2021, 2021..2023, 2021..
    #[arg(long, value_name = "YEARS")]
    year: Option<Years>,
    /// Only documents that report on or plan for a time in these years
    #[arg(long, value_name = "YEARS")]
    period: Option<Years>,
    /// Only documents whose issuer's name holds these words
    #[arg(long, value_name = "WORDS")]
    issuer: Option<String>,
    /// Only documents that cite the act of this number
    #[arg(long, value_name = "NUMBER")]
    cites: Option<String>,
    /// Only the document of this number, or one that holds a paper of this number
    #[arg(long, value_name = "NUMBER")]
    number: Option<String>,
    /// Only documents of this day, month or year or later: 2023-06-22, 2023-06, 2023
    #[arg(long, value_name = "DATE")]
    from: Option<Day>,
    /// Only documents of this day, month or year or earlier
    #[arg(long, value_name = "DATE")]
    to: Option<Day>,
    /// Only documents with a file whose path holds this
    #[arg(long, value_name = "PART")]
    path: Option<String>,
    /// What comes first: the best, or the newest
    #[arg(long, value_enum, default_value = "relevance")]
    sort: By,
    /// How many to show
    #[arg(long, default_value_t = 10, value_name = "N")]
    limit: usize,
    /// Which page of them, from 1
    #[arg(long, default_value_t = 1, value_name = "N")]
    page: usize,
    /// Write JSON
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum By {
    Relevance,
    Date,
}

impl Search {
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let archive = Archive::open(&self.db).map_err(cannot_begin)?;
        let words = self.words.join(" ");
        if let Some(number) = self.cites.as_ref().filter(|_| words.is_empty()) {
            let places = archive.citing(number)?;
            let shown = if self.json { json(&places)? } else { cited(&places)? };
            print(&shown)?;
            return Ok(ExitCode::from(u8::from(places.is_empty())));
        }
        let query = Query {
            words,
            types: self.types.iter().map(|kind| kind.to_uppercase()).collect(),
            years: self.year,
            period: self.period,
            issuer: self.issuer,
            cites: self.cites,
            number: self.number,
            from: self.from,
            to: self.to,
            path: self.path,
            sort: match self.sort {
                By::Relevance => Sort::Relevance,
                By::Date => Sort::Date,
            },
        };
        let offset = self.page.saturating_sub(1).saturating_mul(self.limit);
        let page = archive.search(&query, offset, self.limit)?;
        print(&if self.json { json(&page)? } else { listed(&page, offset)? })?;
        Ok(ExitCode::from(u8::from(page.total == 0)))
    }
}

fn json(value: &impl serde::Serialize) -> anyhow::Result<String> {
    Ok(serde_json::to_string_pretty(value)? + "\n")
}

fn listed(page: &Page, offset: usize) -> anyhow::Result<String> {
    let mut out = String::new();
    for found in &page.found {
        writeln!(out, "{}", heading(found))?;
        if let Some(title) = &found.title {
            writeln!(out, "    {title}")?;
        }
        if let Some(snippet) = &found.snippet {
            writeln!(out, "    … {} …", marked(snippet, io::stdout().is_terminal()))?;
        }
        writeln!(out, "    {}", found.paths.join("; "))?;
    }
    let last = offset + page.found.len();
    match page.total {
        0 if page.unmatched.is_empty() => writeln!(out, "nothing found")?,
        0 => writeln!(out, "nothing found; no document holds: {}", page.unmatched.join(", "))?,
        total => {
            let all = format!("{}{total} found", if page.more { "more than " } else { "" });
            if page.found.is_empty() {
                writeln!(out, "{all}; this page is beyond the last")?;
            } else {
                writeln!(out, "{} to {last} of {all}", offset + 1)?;
            }
        }
    }
    Ok(out)
}

/// `15/KH-UBND · 2023-06-22 · Ủy ban nhân dân xã …`
fn heading(found: &Found) -> String {
    let number = found.number.as_deref().or(found.kind.as_deref()).unwrap_or("?");
    let parts = [Some(number), found.date.as_deref(), found.issuer.as_deref()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The hits in bold, or in guillemets where that cannot be shown.
fn marked(snippet: &Snippet, bold: bool) -> String {
    let (open, close) = if bold { ("\x1b[1m", "\x1b[0m") } else { ("«", "»") };
    let mut out = String::with_capacity(snippet.text.len() + 16);
    for (at, c) in snippet.text.chars().enumerate() {
        if snippet.hits.iter().any(|hit| hit.1 == at) {
            out.push_str(close);
        }
        if snippet.hits.iter().any(|hit| hit.0 == at) {
            out.push_str(open);
        }
        out.push(c);
    }
    if snippet.hits.iter().any(|hit| hit.1 == snippet.text.chars().count()) {
        out.push_str(close);
    }
    out
}

fn cited(places: &[Citing]) -> anyhow::Result<String> {
    let mut out = String::new();
    for place in places {
        let parts = [place.number.as_deref(), place.date.as_deref(), place.issuer.as_deref()];
        let document = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        let held = match place.standing {
            Standing::Held => "held",
            Standing::DateDiffers => "held with another date",
            Standing::SubjectDiffers => "held with another subject",
            Standing::NotHeld => "not held",
            Standing::Unknown => "cannot be told apart",
        };
        writeln!(out, "{}  {document}", place.role)?;
        let raw: Vec<&str> = place.raw.split_whitespace().collect();
        writeln!(out, "    {} ({held})", raw.join(" "))?;
        if let Some(heading) = place.heading.as_ref().filter(|heading| !heading.is_empty()) {
            writeln!(out, "    under: {heading}")?;
        }
        writeln!(out, "    {} at {}", place.paths.join("; "), place.span.0)?;
    }
    writeln!(out, "{} places", places.len())?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hits_are_marked_where_they_stand() {
        let snippet = Snippet { text: "cấp nước sạch".to_owned(), hits: vec![(4, 8), (9, 13)] };
        assert_eq!(marked(&snippet, false), "cấp «nước» «sạch»");
    }
}
