//! What a stream's bytes were packed with (7.4), unpacked up to a bound.

use super::lexer::{digit, is_space};
use flate2::{Decompress, FlushDecompress, Status};

/// How a packed row is to be restored (7.4.4.4).
#[derive(Clone, Copy, Debug)]
pub(super) struct Predictor {
    pub(super) kind: i64,
    pub(super) colours: usize,
    pub(super) bits: usize,
    pub(super) columns: usize,
}

/// Deflate (`FlateDecode`). What was unpacked before damage or before `most` bytes stands; true where it was cut.
pub(super) fn flate(bytes: &[u8], most: usize) -> (Vec<u8>, bool) {
    let (out, cut) = inflate(bytes, most, true);
    if !out.is_empty() || bytes.len() <= 2 {
        return (out, cut);
    }
    // Some writers leave the two bytes before the data out, or damage them.
    let (bare, cut) = inflate(bytes, most, false);
    if bare.is_empty() { inflate(&bytes[2..], most, false) } else { (bare, cut) }
}

fn inflate(bytes: &[u8], most: usize, header: bool) -> (Vec<u8>, bool) {
    let mut state = Decompress::new(header);
    let mut out = Vec::new();
    loop {
        if out.len() >= most {
            out.truncate(most);
            return (out, true);
        }
        if out.len() == out.capacity() {
            out.reserve(out.len().clamp(4096, 1 << 20));
        }
        let before = (state.total_in(), state.total_out());
        let rest = usize::try_from(state.total_in()).ok().and_then(|at| bytes.get(at..)).unwrap_or_default();
        let status = state.decompress_vec(rest, &mut out, FlushDecompress::None);
        let stuck = before == (state.total_in(), state.total_out()) && out.len() < out.capacity();
        if !matches!(status, Ok(Status::Ok | Status::BufError)) || stuck {
            let cut = out.len() > most;
            out.truncate(most);
            return (out, cut);
        }
    }
}

/// `LZWDecode`; `early` as its parameter `EarlyChange` says.
pub(super) fn lzw(bytes: &[u8], early: bool, most: usize) -> (Vec<u8>, bool) {
    // Each entry: the entry before it, its last byte, its length.
    let mut table: Vec<(u16, u8, u16)> = Vec::with_capacity(4096);
    let mut out: Vec<u8> = Vec::new();
    let (mut buffer, mut held, mut width) = (0_u32, 0, 9);
    let mut previous: Option<u16> = None;
    for &byte in bytes {
        buffer = buffer << 8 | u32::from(byte);
        held += 8;
        if held < width {
            continue;
        }
        held -= width;
        let code = (buffer >> held & ((1 << width) - 1)) as u16;
        match code {
            256 => {
                table.clear();
                width = 9;
                previous = None;
                continue;
            }
            257 => break,
            _ => {}
        }
        let known = usize::from(code) < 258 + table.len();
        let start = out.len();
        match (known, previous) {
            (true, _) => expand(&table, code, &mut out),
            (false, Some(before)) if usize::from(code) == 258 + table.len() => {
                expand(&table, before, &mut out);
                out.push(out[start]);
            }
            _ => break,
        }
        if out.len() > most {
            out.truncate(most);
            return (out, true);
        }
        if let Some(before) = previous
            && table.len() < 4096 - 258
        {
            let length = if before < 256 { 1 } else { table.get(usize::from(before) - 258).map_or(1, |e| e.2) };
            table.push((before, out[start], length.saturating_add(1)));
        }
        previous = Some(code);
        width = match 258 + table.len() + usize::from(early) {
            2048.. => 12,
            1024.. => 11,
            512.. => 10,
            _ => 9,
        };
    }
    (out, false)
}

fn expand(table: &[(u16, u8, u16)], code: u16, out: &mut Vec<u8>) {
    let start = out.len();
    let mut code = code;
    while code >= 258 {
        let Some(&(before, byte, _)) = table.get(usize::from(code) - 258) else { break };
        out.push(byte);
        code = before;
    }
    out.push(code as u8);
    out[start..].reverse();
}

/// `ASCIIHexDecode`.
pub(super) fn hexadecimal(bytes: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = bytes.iter().take_while(|&&byte| byte != b'>').filter_map(|&byte| digit(byte)).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).unwrap_or(&0)).collect()
}

/// `ASCII85Decode`.
pub(super) fn ascii85(bytes: &[u8]) -> Vec<u8> {
    let bytes = bytes.strip_prefix(b"<~").unwrap_or(bytes);
    let mut out = Vec::with_capacity(bytes.len() / 5 * 4);
    let (mut group, mut held) = (0_u32, 0);
    for &byte in bytes.iter().filter(|&&byte| !is_space(byte)) {
        match byte {
            b'z' if held == 0 => out.extend([0; 4]),
            b'!'..=b'u' => {
                group = group.wrapping_mul(85).wrapping_add(u32::from(byte - b'!'));
                held += 1;
                if held == 5 {
                    out.extend(group.to_be_bytes());
                    (group, held) = (0, 0);
                }
            }
            _ => break,
        }
    }
    if held > 1 {
        for _ in held..5 {
            group = group.wrapping_mul(85).wrapping_add(84);
        }
        out.extend(&group.to_be_bytes()[..held - 1]);
    }
    out
}

/// `RunLengthDecode`.
pub(super) fn run_length(bytes: &[u8], most: usize) -> (Vec<u8>, bool) {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(&length) = bytes.get(at).filter(|&&length| length != 128) {
        let count = usize::from(length);
        if length < 128 {
            let end = (at + 2 + count).min(bytes.len());
            out.extend(&bytes[at + 1..end]);
            at = end;
        } else {
            let Some(&byte) = bytes.get(at + 1) else { break };
            out.resize(out.len() + 257 - count, byte);
            at += 2;
        }
        if out.len() > most {
            out.truncate(most);
            return (out, true);
        }
    }
    (out, false)
}

/// Undoes a predictor, row by row.
pub(super) fn restore(bytes: Vec<u8>, predictor: Predictor) -> Vec<u8> {
    let unit = (predictor.colours * predictor.bits).div_ceil(8).max(1);
    let row = (predictor.colours * predictor.bits * predictor.columns).div_ceil(8).max(1);
    match predictor.kind {
        2 if predictor.bits == 8 => {
            let mut bytes = bytes;
            for row in bytes.chunks_mut(row) {
                for at in unit..row.len() {
                    row[at] = row[at].wrapping_add(row[at - unit]);
                }
            }
            bytes
        }
        10.. => {
            let mut out: Vec<u8> = Vec::with_capacity(bytes.len());
            for packed in bytes.chunks(row + 1) {
                let start = out.len();
                for (at, &byte) in packed[1..].iter().enumerate() {
                    let left = if at >= unit { out[start + at - unit] } else { 0 };
                    let up = if start >= row { out[start + at - row] } else { 0 };
                    let corner = if start >= row && at >= unit { out[start + at - row - unit] } else { 0 };
                    out.push(byte.wrapping_add(match packed[0] {
                        1 => left,
                        2 => up,
                        3 => ((u16::from(left) + u16::from(up)) / 2) as u8,
                        4 => paeth(left, up, corner),
                        _ => 0,
                    }));
                }
            }
            out
        }
        _ => bytes,
    }
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let near = i16::from(left) + i16::from(up) - i16::from(corner);
    let far = |byte: u8| (near - i16::from(byte)).abs();
    if far(left) <= far(up) && far(left) <= far(corner) {
        left
    } else if far(up) <= far(corner) {
        up
    } else {
        corner
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::ZlibEncoder};
    use std::io::Write;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn deflate_is_bounded_and_keeps_what_stands_before_damage() {
        let whole = packed(&[b'a'; 100_000]);
        assert_eq!(flate(&whole, 1 << 20), (vec![b'a'; 100_000], false));
        assert_eq!(flate(&whole, 10), (vec![b'a'; 10], true));
        let text: Vec<u8> = (0..20_000_u32).flat_map(|n| (n.wrapping_mul(2_654_435_761)).to_be_bytes()).collect();
        let whole = packed(&text);
        let (part, cut) = flate(&whole[..whole.len() / 2], 1 << 20);
        assert!(!cut && part.len() > 1000 && text.starts_with(&part));
        assert_eq!(flate(&whole[2..], 1 << 20).0, text);
        assert_eq!(flate(b"", 10), (vec![], false));
    }

    #[test]
    fn the_old_filters() {
        assert_eq!(hexadecimal(b"41 4 2>"), b"AB");
        assert_eq!(ascii85(b"<~87cURDZ~>"), b"Hello");
        assert_eq!(run_length(&[2, b'a', b'b', b'c', 254, b'x', 128], 99), (b"abcxxx".to_vec(), false));
        // The example of ISO 32000-2, 7.4.4.2.
        assert_eq!(
            lzw(&[0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01], true, 99),
            (vec![45, 45, 45, 45, 45, 65, 45, 45, 45, 66], false)
        );
    }

    #[test]
    fn undoes_png_rows() {
        let predictor = Predictor { kind: 12, colours: 1, bits: 8, columns: 3 };
        assert_eq!(restore(vec![2, 1, 2, 3, 2, 1, 1, 1], predictor), [1, 2, 3, 2, 3, 4]);
        let predictor = Predictor { kind: 15, colours: 1, bits: 8, columns: 3 };
        assert_eq!(restore(vec![1, 1, 1, 1, 4, 0, 0], predictor), [1, 2, 3, 1, 2]);
    }
}
