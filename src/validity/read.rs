//! Reading a catalogue: one act a line, the columns named in the first.

use super::catalogue::{Act, End};
use jiff::civil::Date;
use thiserror::Error;

/// Why a catalogue is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CatalogueError {
    /// It is no UTF-8.
    #[error("is not UTF-8 text; save it as CSV in UTF-8")]
    NotUtf8,
    /// It has no line that names its columns, or that line names none for the number.
    #[error("has no column for the number; its first line must name one `number` or `so_hieu`")]
    NoNumber,
    /// A line cannot be read.
    #[error("line {line}: {reason}")]
    Line {
        /// The line, counted from 1.
        line: u64,
        /// What is wrong with it.
        reason: String,
    },
}

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Number,
    Kind,
    Name,
    Issuer,
    Issued,
    From,
    Until,
    ReplacedBy,
    AmendedBy,
    Known,
}

/// The names that the column of the numbers may have.
pub(super) const NUMBER: [&str; 3] = ["number", "so_hieu", "so_ky_hieu"];

/// The names that a column may have.
const COLUMNS: [(Column, &[&str]); 10] = [
    (Column::Number, &NUMBER),
    (Column::Kind, &["kind", "loai", "loai_van_ban"]),
    (Column::Name, &["name", "trich_yeu", "ten"]),
    (Column::Issuer, &["issuer", "co_quan", "co_quan_ban_hanh"]),
    (Column::Issued, &["issued", "ngay_ban_hanh"]),
    (Column::From, &["from", "ngay_hieu_luc", "ngay_co_hieu_luc"]),
    (Column::Until, &["until", "ngay_het_hieu_luc"]),
    (Column::ReplacedBy, &["replaced_by", "thay_the_boi"]),
    (Column::AmendedBy, &["amended_by", "sua_doi_boi"]),
    (Column::Known, &["known", "ngay_cap_nhat"]),
];

/// The acts of a catalogue. A day that cannot be read is not known.
pub(super) fn acts(bytes: &[u8]) -> Result<Vec<Act>, CatalogueError> {
    let text = std::str::from_utf8(bytes).map_err(|_| CatalogueError::NotUtf8)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let known = text
        .lines()
        .take_while(|line| line.starts_with('#'))
        .find_map(|line| day(line.trim_start_matches('#').trim().strip_prefix("known:")?));
    let first = text.lines().find(|line| !line.starts_with('#')).ok_or(CatalogueError::NoNumber)?;
    let delimiter = if first.contains('\t') {
        b'\t'
    } else if first.contains(';') && !first.contains(',') {
        b';'
    } else {
        b','
    };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .comment(Some(b'#'))
        .quoting(delimiter != b'\t')
        .flexible(true)
        .from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|error| refused(&error))?.clone();
    let column = |name: &str| {
        let name = crate::text::skeleton(name).replace(' ', "_");
        COLUMNS.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(column, _)| *column)
    };
    let columns: Vec<Option<Column>> = headers.iter().map(column).collect();
    if !columns.contains(&Some(Column::Number)) {
        return Err(CatalogueError::NoNumber);
    }
    let mut acts = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|error| refused(&error))?;
        let field = |wanted: Column| {
            let at = columns.iter().position(|column| *column == Some(wanted))?;
            row.get(at).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let act = Act {
            number: field(Column::Number),
            kind: field(Column::Kind),
            name: field(Column::Name),
            issuer: field(Column::Issuer),
            issued: field(Column::Issued).and_then(|text| day(&text)),
            from: field(Column::From).and_then(|text| day(&text)),
            until: match field(Column::Until).as_deref() {
                Some("-") => End::Standing,
                Some(text) => day(text).map_or(End::Unknown, End::On),
                None => End::Unknown,
            },
            replaced_by: field(Column::ReplacedBy),
            amended_by: field(Column::AmendedBy)
                .map(|text| text.split([' ', ';', ',']).filter(|n| !n.is_empty()).map(str::to_owned).collect())
                .unwrap_or_default(),
            known: field(Column::Known).and_then(|text| day(&text)).or(known),
        };
        if act.number.is_some() || act.name.is_some() {
            acts.push(named(act));
        }
    }
    Ok(acts)
}

/// An act cited by name bears the word of its kind in the name: `Luật Trẻ em` where a list has `Trẻ em`.
fn named(mut act: Act) -> Act {
    if let (true, Some(kind), Some(name)) = (act.is_named(), &act.kind, &mut act.name) {
        let has = |word: &str| crate::text::skeleton(name).starts_with(&crate::text::skeleton(word));
        if !["Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh"].iter().any(|word| has(word)) {
            *name = format!("{kind} {name}");
        }
    }
    act
}

fn refused(error: &csv::Error) -> CatalogueError {
    let line = error.position().map_or(1, csv::Position::line);
    CatalogueError::Line { line, reason: error.to_string() }
}

/// A day as `2013-11-29`, `29/11/2013` or `29-11-2013`.
fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    if let Ok(day) = text.parse() {
        return Some(day);
    }
    let mut parts = text.split(['/', '-', '.']);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_their_names_and_unknown_ones_are_passed_over() {
        let csv =
            "loai,so_hieu,Trích yếu,ngay_ban_hanh,n_mentions\nNghị định,\"11/2020/NĐ-CP\",\"a, b\",20/01/2020,3\n";
        let acts = acts(csv.as_bytes()).unwrap();
        assert_eq!(acts.len(), 1);
        assert_eq!(acts[0].number.as_deref(), Some("11/2020/NĐ-CP"));
        assert_eq!(acts[0].name.as_deref(), Some("a, b"));
        assert_eq!(acts[0].issued, Date::new(2020, 1, 20).ok());
        assert_eq!(acts[0].until, End::Unknown);
    }

    #[test]
    fn the_day_of_knowledge_stands_above_the_columns() {
        let read =
            acts("# known: 2024-12-31\nnumber\tuntil\n1/2000/QH10\t-\n2/2000/QH10\t2005-01-01\n".as_bytes()).unwrap();
        assert_eq!(read[0].known, Date::new(2024, 12, 31).ok());
        assert_eq!(read[0].until, End::Standing);
        assert_eq!(read[1].until, End::On(Date::new(2005, 1, 1).unwrap()));
    }

    #[test]
    fn a_file_without_a_column_for_the_number_is_refused() {
        assert_eq!(acts(b"name,from\na,b\n").unwrap_err(), CatalogueError::NoNumber);
        assert_eq!(acts(b"").unwrap_err(), CatalogueError::NoNumber);
        assert_eq!(acts(b"\xff\xfe").unwrap_err(), CatalogueError::NotUtf8);
    }

    #[test]
    fn a_name_bears_the_word_of_its_kind() {
        let read =
            acts("so_hieu,loai,trich_yeu\n102/2016/QH13,Luật,Trẻ em\n1,Luật,Luật Thư viện\n".as_bytes()).unwrap();
        assert_eq!(read[0].name.as_deref(), Some("Luật Trẻ em"));
        assert_eq!(read[1].name.as_deref(), Some("Luật Thư viện"));
    }
}
