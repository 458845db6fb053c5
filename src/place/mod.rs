//! The administrative units of Viet Nam (đơn vị hành chính), before and after 1 July 2025, by name.
//!
//! The lists stand in `rules/places/`, with their sources and the day to which they are known. `build/places.rs` makes
//! them into tables that are searched where they lie: a look-up is a bisection, and nothing is parsed at start.

use crate::{record::Level, text::lower_eq};

/// Twenty bytes a unit, little end first: where its name begins, where its folded name begins, its code (four bytes
/// each), the unit above, where the list of what it became begins (two each), the lengths of name and folded name, its
/// kind, and how many units it became, with the highest bit set for a unit of before July 2025.
const UNITS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/place-units.bin"));
/// The units in the order of their folded names, two bytes each.
const ORDER: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/place-order.bin"));
/// What units became, two bytes each.
const BECAME: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/place-became.bin"));
const NAMES: &str = include_str!(concat!(env!("OUT_DIR"), "/place-names.txt"));
const FOLDED: &str = include_str!(concat!(env!("OUT_DIR"), "/place-folded.txt"));

/// The bytes of one unit in [`UNITS`].
const SIZE: usize = 20;

/// A kind of unit, as the lists tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnitKind {
    /// Tỉnh.
    Province,
    /// Thành phố trực thuộc trung ương.
    CentralCity,
    /// Thành phố thuộc tỉnh (until 30 June 2025).
    City,
    /// Huyện (until 30 June 2025).
    District,
    /// Quận (until 30 June 2025).
    UrbanDistrict,
    /// Thị xã (until 30 June 2025).
    Town,
    /// Thị trấn (until 30 June 2025).
    Township,
    /// Phường.
    Ward,
    /// Xã.
    Commune,
    /// Đặc khu.
    SpecialZone,
}

impl UnitKind {
    const ALL: [UnitKind; 10] = [
        UnitKind::Province,
        UnitKind::CentralCity,
        UnitKind::City,
        UnitKind::District,
        UnitKind::UrbanDistrict,
        UnitKind::Town,
        UnitKind::Township,
        UnitKind::Ward,
        UnitKind::Commune,
        UnitKind::SpecialZone,
    ];

    /// The word: `xã`.
    pub fn word(self) -> &'static str {
        match self {
            UnitKind::Province => "tỉnh",
            UnitKind::CentralCity | UnitKind::City => "thành phố",
            UnitKind::District => "huyện",
            UnitKind::UrbanDistrict => "quận",
            UnitKind::Town => "thị xã",
            UnitKind::Township => "thị trấn",
            UnitKind::Ward => "phường",
            UnitKind::Commune => "xã",
            UnitKind::SpecialZone => "đặc khu",
        }
    }

    /// Its level: province, district or commune.
    pub fn level(self) -> Level {
        match self {
            UnitKind::Province | UnitKind::CentralCity => Level::Province,
            UnitKind::City | UnitKind::District | UnitKind::UrbanDistrict | UnitKind::Town => Level::District,
            UnitKind::Township | UnitKind::Ward | UnitKind::Commune | UnitKind::SpecialZone => Level::Commune,
        }
    }
}

/// On which side of 1 July 2025 a unit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Era {
    /// Three levels, until 30 June 2025.
    Before,
    /// Two levels, from 1 July 2025 on.
    After,
}

/// One unit of the lists.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unit(u16);

impl Unit {
    fn record(self) -> &'static [u8] {
        UNITS.get(usize::from(self.0) * SIZE..(usize::from(self.0) + 1) * SIZE).unwrap_or(&[0; SIZE])
    }

    fn number(self, at: usize) -> usize {
        let bytes = self.record();
        u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]) as usize
    }

    /// Its name without its kind, as the list spells it: `Tân Quang`.
    pub fn name(self) -> &'static str {
        let from = self.number(0);
        NAMES.get(from..from + usize::from(self.record()[16])).unwrap_or_default()
    }

    fn folded(self) -> &'static str {
        let from = self.number(4);
        FOLDED.get(from..from + usize::from(self.record()[17])).unwrap_or_default()
    }

    /// Its kind.
    pub fn kind(self) -> UnitKind {
        UnitKind::ALL[usize::from(self.record()[18]).min(UnitKind::ALL.len() - 1)]
    }

    /// Its level.
    pub fn level(self) -> Level {
        self.kind().level()
    }

    /// Kind and name: `xã Tân Quang`.
    pub fn full_name(self) -> String {
        format!("{} {}", self.kind().word(), self.name())
    }

    /// Its code: two digits for a province, three for a district, five for a commune.
    pub fn code(self) -> String {
        let digits = match self.level() {
            Level::Province => 2,
            Level::District => 3,
            _ => 5,
        };
        format!("{:0digits$}", self.number(8))
    }

    /// On which side of 1 July 2025 it stands.
    pub fn era(self) -> Era {
        if self.record()[19] & 128 != 0 { Era::Before } else { Era::After }
    }

    /// The unit above it.
    pub fn parent(self) -> Option<Unit> {
        let bytes = self.record();
        Some(Unit(u16::from_le_bytes([bytes[12], bytes[13]]))).filter(|unit| unit.0 != u16::MAX)
    }

    /// It and the units above it, the lowest first.
    pub fn chain(self) -> impl Iterator<Item = Unit> {
        std::iter::successors(Some(self), |unit| unit.parent())
    }

    /// How many levels stand above its own: 0 for a province, 1 for a district, 2 for a commune.
    pub fn depth(self) -> u8 {
        match self.level() {
            Level::Province => 0,
            Level::District => 1,
            _ => 2,
        }
    }

    /// The unit of a level in its chain: its own district, its province.
    pub fn at_level(self, level: Level) -> Option<Unit> {
        self.chain().find(|unit| unit.level() == level)
    }

    /// The units of today that it is part of: itself, what its land went to, or for a district the province. None where
    /// the list does not say.
    pub fn today(self) -> Vec<Unit> {
        if self.era() == Era::After {
            return vec![self];
        }
        let bytes = self.record();
        let from = usize::from(u16::from_le_bytes([bytes[14], bytes[15]])) * 2;
        let count = usize::from(bytes[19] & 127) * 2;
        let became = BECAME.get(from..from + count).unwrap_or_default();
        let became: Vec<Unit> = became.chunks_exact(2).map(|two| Unit(u16::from_le_bytes([two[0], two[1]]))).collect();
        match self.parent() {
            Some(parent) if became.is_empty() && self.level() == Level::District => parent.today(),
            _ => became,
        }
    }
}

impl std::fmt::Debug for Unit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.code(), self.full_name())
    }
}

/// Every unit whose name has this skeleton ([`crate::text::skeleton`]), of both eras, in the order of the lists.
///
/// ```
/// let names = trich::place::named("dị sử".to_lowercase().as_str()).count();
/// assert_eq!(names, 0, "the name must be folded");
/// assert!(trich::place::named("di su").any(|unit| unit.full_name() == "phường Dị Sử"));
/// ```
pub fn named(folded: &str) -> impl Iterator<Item = Unit> + use<> {
    let unit = |at: usize| {
        ORDER.get(at * 2..at * 2 + 2).map_or(Unit(u16::MAX), |two| Unit(u16::from_le_bytes([two[0], two[1]])))
    };
    let (mut low, mut high) = (0, ORDER.len() / 2);
    while low < high {
        let middle = low.midpoint(high);
        if unit(middle).folded() < folded { low = middle + 1 } else { high = middle }
    }
    let wanted = folded.to_owned();
    (low..ORDER.len() / 2).map(unit).take_while(move |unit| unit.folded() == wanted)
}

/// The units among some whose name is spelled so; all of them where none is: marks may be lost.
pub fn spelled(units: Vec<Unit>, name: &str) -> Vec<Unit> {
    let exact: Vec<Unit> = units.iter().copied().filter(|unit| lower_eq(unit.name(), name)).collect();
    if exact.is_empty() { units } else { exact }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Normalised, skeleton};

    fn all() -> impl Iterator<Item = Unit> {
        (0..UNITS.len() / SIZE).map(|at| Unit(at as u16))
    }

    #[test]
    fn the_lists_are_whole() {
        let count = |era: Era, level: Level| all().filter(|unit| unit.era() == era && unit.level() == level).count();
        assert_eq!(
            [Level::Province, Level::District, Level::Commune].map(|level| count(Era::Before, level)),
            [63, 696, 10047]
        );
        assert_eq!(
            [Level::Province, Level::District, Level::Commune].map(|level| count(Era::After, level)),
            [34, 0, 3321]
        );
    }

    #[test]
    fn every_unit_is_found_by_its_name() {
        for unit in all() {
            assert!(named(&skeleton(unit.name())).any(|found| found == unit), "{unit:?}");
        }
        assert_eq!(named("xyz").count() + named("").count() + named("zzzz").count(), 0);
    }

    #[test]
    fn names_are_spelled_as_texts_are_normalised() {
        for unit in all() {
            assert_eq!(Normalised::new(unit.name()).as_str(), unit.name(), "{unit:?}");
        }
    }

    #[test]
    fn nearly_every_unit_has_a_place_today() {
        let lost: Vec<Unit> = all().filter(|unit| unit.today().is_empty()).collect();
        assert!(lost.len() < 40, "{lost:?}");
        assert!(all().flat_map(Unit::today).all(|unit| unit.era() == Era::After));
    }

    #[test]
    fn a_chain_leads_to_the_province() {
        let unit = named("pho phong").find(|unit| unit.level() == Level::Commune).unwrap();
        let chain: Vec<String> = unit.chain().map(Unit::full_name).collect();
        assert_eq!(chain, ["xã Phổ Phong", "thị xã Đức Phổ", "tỉnh Quảng Ngãi"]);
        assert_eq!((unit.code().as_str(), unit.era()), ("21445", Era::Before));
        let today: Vec<String> = unit.today().into_iter().map(Unit::full_name).collect();
        assert_eq!(today, ["xã Nguyễn Nghiêm"]);
        let district = unit.at_level(Level::District).unwrap();
        assert_eq!(district.today()[0].full_name(), "tỉnh Quảng Ngãi");
    }
}
