//! Compiles the lists of administrative units into tables that are searched where they lie: nothing is parsed at run
//! time. `src/place/mod.rs` reads them, and says what each byte is.

use crate::fold::skeleton;
use std::{collections::HashMap, error::Error, fs, path::Path};

/// The kinds, in the order of `place::UnitKind`, each with the digits of its codes.
const KINDS: [(&str, usize); 10] =
    [("T", 2), ("TW", 2), ("TP", 3), ("H", 3), ("Q", 3), ("TX", 3), ("TT", 5), ("P", 5), ("X", 5), ("ĐK", 5)];

/// No unit above.
const NONE: u16 = u16::MAX;

struct Unit {
    code: String,
    kind: usize,
    name: String,
    parent: u16,
    became: String,
    old: bool,
}

/// Reads the two lists in `from` and writes the tables to `out`.
pub fn compile(from: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let mut units = Vec::new();
    read(&from.join("before-2025-07.tsv"), true, &mut units)?;
    let old = units.len();
    read(&from.join("after-2025-07.tsv"), false, &mut units)?;
    let new: HashMap<&str, u16> = units[old..]
        .iter()
        .zip(old..)
        .map(|(unit, at)| Ok((unit.code.as_str(), u16::try_from(at)?)))
        .collect::<Result<_, Box<dyn Error>>>()?;

    let (mut records, mut names, mut folded, mut became) = (Vec::new(), String::new(), String::new(), Vec::new());
    let keys: Vec<String> = units.iter().map(|unit| skeleton(&unit.name)).collect();
    for (unit, key) in units.iter().zip(&keys) {
        let at = u16::try_from(became.len() / 2)?;
        let mut count = 0_u8;
        for code in unit.became.split_whitespace() {
            let target =
                new.get(code).ok_or_else(|| format!("{} {} became {code}, which is no unit", unit.code, unit.name))?;
            became.extend(target.to_le_bytes());
            count += 1;
        }
        records.extend(u32::try_from(names.len())?.to_le_bytes());
        records.extend(u32::try_from(folded.len())?.to_le_bytes());
        records.extend(unit.code.parse::<u32>()?.to_le_bytes());
        records.extend(unit.parent.to_le_bytes());
        records.extend(at.to_le_bytes());
        records.extend([
            u8::try_from(unit.name.len())?,
            u8::try_from(key.len())?,
            unit.kind as u8,
            count | if unit.old { 128 } else { 0 },
        ]);
        names.push_str(&unit.name);
        folded.push_str(key);
    }
    let mut order: Vec<u16> = (0..u16::try_from(units.len())?).collect();
    order.sort_by(|a, b| (&keys[*a as usize], a).cmp(&(&keys[*b as usize], b)));
    fs::write(out.join("place-units.bin"), records)?;
    fs::write(out.join("place-order.bin"), order.iter().flat_map(|at| at.to_le_bytes()).collect::<Vec<u8>>())?;
    fs::write(out.join("place-became.bin"), became)?;
    fs::write(out.join("place-names.txt"), names)?;
    fs::write(out.join("place-folded.txt"), folded)?;
    Ok(())
}

fn read(path: &Path, old: bool, units: &mut Vec<Unit>) -> Result<(), Box<dyn Error>> {
    let text = fs::read_to_string(path)?;
    let (mut province, mut district) = (NONE, NONE);
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty()) {
        let refuse = |why: &str| format!("{}:{}: {why}", path.display(), number + 1);
        let mut cells = line.split('\t');
        let (Some(code), Some(kind), Some(name)) = (cells.next(), cells.next(), cells.next()) else {
            return Err(refuse("a unit has a code, a kind and a name").into());
        };
        let kind = KINDS.iter().position(|(sign, digits)| *sign == kind && *digits == code.len());
        let kind = kind.ok_or_else(|| refuse("there is no such kind, or its codes have another length"))?;
        let at = u16::try_from(units.len())?;
        let parent = match code.len() {
            2 => {
                (province, district) = (at, NONE);
                NONE
            }
            3 => {
                district = at;
                province
            }
            _ if old => district,
            _ => province,
        };
        if parent == NONE && code.len() > 2 {
            return Err(refuse("the unit has none above it").into());
        }
        let became = cells.next().unwrap_or_default().to_owned();
        units.push(Unit { code: code.to_owned(), kind, name: name.to_owned(), parent, became, old });
    }
    Ok(())
}
