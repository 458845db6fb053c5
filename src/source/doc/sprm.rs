//! Property changes ([MS-DOC] 2.6): a number that says which, and an operand.

use super::bytes::{u8_at, u16_at};

/// The changes that matter here, by number.
pub(super) mod code {
    pub(in super::super) const DELETED: u16 = 0x0800;
    pub(in super::super) const INSERTED: u16 = 0x0801;
    pub(in super::super) const SYMBOL: u16 = 0x6a09;
    pub(in super::super) const CHARACTER_STYLE: u16 = 0x4a30;
    pub(in super::super) const PLAIN: u16 = 0x2a33;
    pub(in super::super) const CAPITALS: u16 = 0x083b;
    pub(in super::super) const HIDDEN: u16 = 0x083c;
    pub(in super::super) const FONT_ASCII: u16 = 0x4a4f;
    pub(in super::super) const FONT_OTHER: u16 = 0x4a51;
    pub(in super::super) const SPECIAL: u16 = 0x0855;
    pub(in super::super) const IN_TABLE: u16 = 0x2416;
    pub(in super::super) const ROW_END: u16 = 0x2417;
    pub(in super::super) const INNER_CELL: u16 = 0x244b;
    pub(in super::super) const INNER_ROW_END: u16 = 0x244c;
    pub(in super::super) const TABLE_DEPTH: u16 = 0x6649;
    pub(in super::super) const LIST_LEVEL: u16 = 0x260a;
    pub(in super::super) const LIST: u16 = 0x460b;
    pub(in super::super) const HUGE: u16 = 0x6646;
    pub(in super::super) const HUGE_OLD: u16 = 0x6645;
    pub(in super::super) const TABLE: u16 = 0xd608;
    pub(in super::super) const TABLE_OLD: u16 = 0xd606;
    pub(in super::super) const TABLE_BORDERS_OLD: u16 = 0xd605;
    pub(in super::super) const TABLE_BORDERS: u16 = 0xd613;
    pub(in super::super) const TABS: u16 = 0xc615;
}

/// The changes of a group, one after the other, up to the first that is cut off.
pub(super) fn changes(mut group: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let number = u16_at(group, 0)?;
        let operand = &group[2..];
        let (skipped, length) = match number >> 13 {
            0 | 1 => (0, 1),
            2 | 4 | 5 => (0, 2),
            3 => (0, 4),
            7 => (0, 3),
            _ if matches!(number, code::TABLE | code::TABLE_OLD) => {
                (2, usize::from(u16_at(operand, 0)?).saturating_sub(1))
            }
            _ => match u8_at(operand, 0)? {
                // A list of tabs too long for one byte says its length by its counts.
                255 if number == code::TABS => (1, long_tabs(operand)?),
                length => (1, usize::from(length)),
            },
        };
        let end = skipped + length;
        let said = operand.get(skipped..end)?;
        group = operand.get(end..)?;
        Some((number, said))
    })
}

fn long_tabs(operand: &[u8]) -> Option<usize> {
    let deleted = usize::from(u8_at(operand, 1)?);
    let added_at = 2 + deleted * 4;
    let added = usize::from(u8_at(operand, added_at)?);
    Some(1 + deleted * 4 + 1 + added * 3)
}

/// The change that a piece carries in itself, or the group that it refers to.
pub(super) fn of_piece<'g>(changes: u16, groups: &[&'g [u8]]) -> Option<&'g [u8]> {
    // Those in the piece itself are of no use here: none sets a font.
    (changes & 1 == 1).then(|| groups.get(usize::from(changes >> 1)).copied()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_that_is_cut_off_ends_there() {
        let group = [0x16, 0x24, 1, 0x0b, 0x46, 2, 0, 0x4f, 0x4a, 7];
        let read: Vec<(u16, &[u8])> = changes(&group).collect();
        assert_eq!(read, [(code::IN_TABLE, &[1][..]), (code::LIST, &[2, 0][..])]);
    }

    #[test]
    fn knows_the_length_of_long_operands() {
        let group = [0x08, 0xd6, 4, 0, 1, 2, 3, 0x16, 0x24, 1];
        let read: Vec<(u16, &[u8])> = changes(&group).collect();
        assert_eq!(read, [(code::TABLE, &[1, 2, 3][..]), (code::IN_TABLE, &[1][..])]);
    }
}
