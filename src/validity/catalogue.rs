//! A catalogue of acts, and the ways to look one up in it.

use super::{name::key_of_name, read};
use crate::{record::CatalogueUsed, text::fold_char};
use jiff::civil::Date;
use std::{collections::HashMap, sync::OnceLock};

/// When an act ceased to be in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The catalogue does not say.
    Unknown,
    /// It was in force on the day to which the catalogue is known.
    Standing,
    /// The first day on which it was no longer in force.
    On(Date),
}

/// One act of a catalogue. A field that is `None` or empty is not known.
#[derive(Clone, Debug)]
pub struct Act {
    /// Its number and symbol: `130/2020/NĐ-CP`.
    pub number: Option<String>,
    /// Its kind: `Nghị định`.
    pub kind: Option<String>,
    /// Its name (`Luật Đất đai`) or subject (`về công tác văn thư`).
    pub name: Option<String>,
    /// The organ that issued it.
    pub issuer: Option<String>,
    /// The day of issue.
    pub issued: Option<Date>,
    /// The first day on which it was in force.
    pub from: Option<Date>,
    /// When it ceased to be.
    pub until: End,
    /// The number (or name and year) of the act in its place.
    pub replaced_by: Option<String>,
    /// The numbers of the acts that amended it.
    pub amended_by: Vec<String>,
    /// The day to which all this is known.
    pub known: Option<Date>,
}

/// Acts by number and by name.
#[derive(Debug)]
pub struct Catalogue {
    name: String,
    version: String,
    acts: Vec<Act>,
    by_number: HashMap<String, Vec<usize>>,
    /// By number without its year.
    by_short: HashMap<String, Vec<usize>>,
    by_name: HashMap<String, Vec<usize>>,
    /// By serial and day of issue.
    by_day: HashMap<(String, Date), Vec<usize>>,
}

impl Catalogue {
    /// The names that the column of the numbers may have.
    pub const NUMBER_COLUMNS: [&str; 3] = read::NUMBER;

    /// The catalogue that `trich` ships with. It is read at the first use.
    pub fn builtin() -> &'static Catalogue {
        static BUILTIN: OnceLock<Catalogue> = OnceLock::new();
        BUILTIN.get_or_init(|| {
            let mut acts = Vec::new();
            let mut whole = String::new();
            for part in
                [include_str!("../../rules/catalogue/laws.tsv"), include_str!("../../rules/catalogue/decrees.tsv")]
            {
                // A test reads both files and would fail on an error.
                acts.extend(read::acts(part.as_bytes()).unwrap_or_default());
                whole.push_str(part);
            }
            Catalogue::new("trich", whole.as_bytes(), acts)
        })
    }

    /// A catalogue of the user's own: a CSV or TSV file with one act a line (`docs/catalogue.md`).
    ///
    /// # Errors
    /// When the text is no UTF-8, has no header line, or lacks a column for the number; the error names the line.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Catalogue, read::CatalogueError> {
        Ok(Catalogue::new(name, bytes, read::acts(bytes)?))
    }

    fn new(name: &str, bytes: &[u8], acts: Vec<Act>) -> Catalogue {
        use sha2::{Digest, Sha256};
        let version = Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let mut catalogue = Catalogue {
            name: name.to_owned(),
            version,
            acts: Vec::new(),
            by_number: HashMap::new(),
            by_short: HashMap::new(),
            by_name: HashMap::new(),
            by_day: HashMap::new(),
        };
        for (at, act) in acts.iter().enumerate() {
            if let Some(number) = &act.number {
                catalogue.by_number.entry(key_of_number(number)).or_default().push(at);
                if let Some(short) = without_year(number) {
                    catalogue.by_short.entry(key_of_number(&short)).or_default().push(at);
                }
                if let Some(day) = act.issued {
                    catalogue.by_day.entry((serial_of(number), day)).or_default().push(at);
                }
            }
            if let Some(name) = act.name.as_deref().filter(|_| act.is_named()) {
                catalogue.by_name.entry(key_of_name(name)).or_default().push(at);
            }
        }
        catalogue.acts = acts;
        catalogue
    }

    /// Its name, as outputs call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its acts, in the order of the file.
    pub fn acts(&self) -> &[Act] {
        &self.acts
    }

    /// What an output says of it.
    pub fn used(&self) -> CatalogueUsed {
        CatalogueUsed {
            name: self.name.clone(),
            version: self.version.clone(),
            acts: self.acts.len(),
            known: self.acts.iter().filter_map(|act| act.known).min().map(|day| day.to_string()),
        }
    }

    /// The acts with this number, whole: `06/QĐ-TTg` may be several, one a year.
    pub(super) fn with_number(&self, number: &str) -> Vec<&Act> {
        self.look(self.by_number.get(&key_of_number(number)))
    }

    /// The acts whose number is this one but for a year that it lacks.
    pub(super) fn with_short(&self, number: &str) -> Vec<&Act> {
        self.look(self.by_short.get(&key_of_number(number)))
    }

    /// The acts of this serial that were issued on a day, whatever their symbol.
    pub(super) fn on_day(&self, serial: &str, day: Date) -> Vec<&Act> {
        self.look(self.by_day.get(&(serial_of(serial), day)))
    }

    /// The acts of this name.
    pub(super) fn with_name(&self, name: &str) -> Vec<&Act> {
        self.look(self.by_name.get(&key_of_name(name)))
    }

    fn look(&self, found: Option<&Vec<usize>>) -> Vec<&Act> {
        found.into_iter().flatten().filter_map(|at| self.acts.get(*at)).collect()
    }
}

impl Act {
    /// Whether it is cited by its name: a constitution, code, law or ordinance.
    pub fn is_named(&self) -> bool {
        matches!(self.kind.as_deref(), Some("Hiến pháp" | "Bộ luật" | "Luật" | "Pháp lệnh"))
    }

    /// How it is cited: its number, or its name and year.
    pub fn cited_as(&self) -> String {
        match (&self.number, &self.name, self.issued) {
            (Some(number), ..) => number.clone(),
            (None, Some(name), Some(day)) => format!("{name} {}", day.year()),
            (None, name, _) => name.clone().unwrap_or_default(),
        }
    }
}

/// A number without marks, case, spaces and padding: `06/QĐ-TTg` and `6/qđ-ttg` are one.
pub(super) fn key_of_number(number: &str) -> String {
    let plain = number.chars().filter(|c| !c.is_whitespace()).map(fold_char);
    plain.skip_while(|c| *c == '0').collect()
}

/// The digits before the first separator, without padding.
fn serial_of(number: &str) -> String {
    let serial = number.split(['/', '-']).next().unwrap_or_default();
    key_of_number(serial)
}

/// `343/TT-BTC` of `343/2016/TT-BTC`.
fn without_year(number: &str) -> Option<String> {
    let mut parts = number.splitn(3, '/');
    let (serial, year, symbol) = (parts.next()?, parts.next()?, parts.next()?);
    (year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit())).then(|| format!("{serial}/{symbol}"))
}
