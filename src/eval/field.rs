//! What is scored.

/// A field of a record that is scored on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The kind of document.
    Type,
    /// The document's own number, a blank one included.
    Number,
    /// Whether its number is blank or unreadable.
    NumberState,
    /// The day of issue.
    Date,
    /// The place of issue.
    Place,
    /// The issuing organ.
    Issuer,
    /// The subject.
    Title,
    /// `Kính gửi:`.
    Addressees,
    /// `Nơi nhận:`, without the archive line.
    Recipients,
    /// Who signs.
    SignatoryName,
    /// The office of the one who signs.
    SignatoryPosition,
    /// By what authority.
    SignatoryAuthority,
    /// Citations by number.
    CitationNumber,
    /// Citations by name.
    CitationName,
    /// Of the citations found: the type.
    CitationType,
    /// Of the citations found: the date.
    CitationDate,
    /// Of the citations found: ground or mention.
    CitationRole,
    /// Of the citations found: the issuer.
    CitationIssuer,
    /// Headings.
    Section,
    /// Of the headings found: the marker.
    SectionMarker,
    /// Of the headings found: the level.
    SectionLevel,
    /// Of the headings found: the title, where it does not run on as prose.
    SectionTitle,
    /// Findings: place, kind and value.
    Finding,
    /// Of the findings found: the unit.
    FindingUnit,
}

impl Field {
    /// Every field, in the order in which they are shown.
    pub const ALL: [Field; 24] = [
        Field::Type,
        Field::Number,
        Field::NumberState,
        Field::Date,
        Field::Place,
        Field::Issuer,
        Field::Title,
        Field::Addressees,
        Field::Recipients,
        Field::SignatoryName,
        Field::SignatoryPosition,
        Field::SignatoryAuthority,
        Field::CitationNumber,
        Field::CitationName,
        Field::CitationType,
        Field::CitationDate,
        Field::CitationRole,
        Field::CitationIssuer,
        Field::Section,
        Field::SectionMarker,
        Field::SectionLevel,
        Field::SectionTitle,
        Field::Finding,
        Field::FindingUnit,
    ];

    /// The fields that make up the header of a document.
    pub const HEADER: [Field; 9] = [
        Field::Type,
        Field::Number,
        Field::Date,
        Field::Place,
        Field::Issuer,
        Field::Title,
        Field::SignatoryName,
        Field::SignatoryPosition,
        Field::SignatoryAuthority,
    ];

    /// Its name: `citation.number`.
    pub fn name(self) -> &'static str {
        match self {
            Field::Type => "type",
            Field::Number => "number",
            Field::NumberState => "number.state",
            Field::Date => "date",
            Field::Place => "place",
            Field::Issuer => "issuer",
            Field::Title => "title",
            Field::Addressees => "addressees",
            Field::Recipients => "recipients",
            Field::SignatoryName => "signatory.name",
            Field::SignatoryPosition => "signatory.position",
            Field::SignatoryAuthority => "signatory.authority",
            Field::CitationNumber => "citation.number",
            Field::CitationName => "citation.name",
            Field::CitationType => "citation.type",
            Field::CitationDate => "citation.date",
            Field::CitationRole => "citation.role",
            Field::CitationIssuer => "citation.issuer",
            Field::Section => "section",
            Field::SectionMarker => "section.marker",
            Field::SectionLevel => "section.level",
            Field::SectionTitle => "section.title",
            Field::Finding => "finding",
            Field::FindingUnit => "finding.unit",
        }
    }

    /// Whether a name means this field: its own, the part before its dot (`citation`), or `all`.
    ///
    /// ```
    /// use trich::eval::Field;
    /// assert!(Field::CitationDate.is_named("citation") && !Field::CitationDate.is_named("date"));
    /// ```
    pub fn is_named(self, name: &str) -> bool {
        name == "all" || self.name().strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }
}

/// How many facts of a field are right, too many and missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Stated by the gold file and found.
    pub right: usize,
    /// Found and not stated.
    pub extra: usize,
    /// Stated and not found.
    pub missed: usize,
}

impl Counts {
    /// How many the gold files state.
    pub fn gold(self) -> usize {
        self.right + self.missed
    }

    /// How many were found.
    pub fn got(self) -> usize {
        self.right + self.extra
    }

    /// The share of what was found that is right; 1 when nothing was found.
    pub fn precision(self) -> f64 {
        share(self.right, self.got())
    }

    /// The share of what is stated that was found; 1 when nothing is stated.
    pub fn recall(self) -> f64 {
        share(self.right, self.gold())
    }

    /// The harmonic mean of precision and recall.
    pub fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }

    /// Adds to it what another counted.
    pub(super) fn add(&mut self, other: Counts) {
        self.right += other.right;
        self.extra += other.extra;
        self.missed += other.missed;
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_of_nothing() {
        assert_eq!(Counts::default().f1(), 1.0);
        assert_eq!(Counts { missed: 2, ..Counts::default() }.f1(), 0.0);
        let counts = Counts { right: 3, extra: 1, missed: 2 };
        assert_eq!((counts.precision(), counts.recall(), counts.gold(), counts.got()), (0.75, 0.6, 5, 4));
    }

    #[test]
    fn names_are_told_apart() {
        assert!(Field::ALL.is_sorted());
        assert!(Field::Section.is_named("section") && Field::SectionTitle.is_named("section"));
        assert!(!Field::SectionTitle.is_named("sect") && !Field::Section.is_named("section.title"));
    }
}
