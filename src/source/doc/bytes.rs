//! Little-endian numbers in bytes that may end too soon.

pub(super) fn u8_at(bytes: &[u8], at: usize) -> Option<u8> {
    bytes.get(at).copied()
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
}

pub(super) fn i16_at(bytes: &[u8], at: usize) -> Option<i16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(i16::from_le_bytes)
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

/// A PLC: `n + 1` positions, then `n` entries of `size` bytes.
pub(super) struct Plc<'b> {
    bytes: &'b [u8],
    size: usize,
    count: usize,
}

impl<'b> Plc<'b> {
    pub(super) fn new(bytes: &'b [u8], size: usize) -> Self {
        Plc { bytes, size, count: bytes.len().saturating_sub(4) / (size + 4) }
    }

    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// The position before entry `n`; the last one ends the last entry.
    pub(super) fn position(&self, n: usize) -> Option<u32> {
        u32_at(self.bytes, n * 4).filter(|_| n <= self.count)
    }

    pub(super) fn entry(&self, n: usize) -> Option<&'b [u8]> {
        let at = (self.count + 1) * 4 + n * self.size;
        self.bytes.get(at..at + self.size).filter(|_| n < self.count)
    }
}
