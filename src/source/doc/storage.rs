//! The OLE file around the streams of a document ([MS-CFB]).

use super::bytes::{u16_at, u32_at};
use crate::source::Limits;
use cfb::CompoundFile;
use std::io::{Cursor, Read};

const MAGIC: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Whether a file is an OLE file that holds a Word document.
pub(in crate::source) fn is_doc(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC) && names(bytes, "WordDocument")
}

/// Whether a file is an OLE file that holds an encrypted DOCX, XLSX or PPTX.
pub(in crate::source) fn is_encrypted_docx(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC) && names(bytes, "EncryptedPackage")
}

/// Whether a name of a stream stands in the file: its directory may lie anywhere.
fn names(bytes: &[u8], name: &str) -> bool {
    let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(wide.len()).any(|window| window == wide)
}

/// The streams of a document.
pub(super) struct Storage {
    pub(super) document: Vec<u8>,
    tables: [Vec<u8>; 2],
    pub(super) data: Vec<u8>,
    pub(super) damaged: bool,
}

impl Storage {
    /// None where the file is too damaged to hold streams.
    pub(super) fn open(bytes: &[u8], limits: &Limits) -> Option<Storage> {
        let mut damaged = false;
        let padded;
        let mut file = match CompoundFile::open(Cursor::new(bytes)) {
            Ok(file) => file,
            Err(_) => {
                // A file that is cut off may still name its streams: what is lost is empty then.
                damaged = true;
                padded = padded_to_size(bytes)?;
                CompoundFile::open(Cursor::new(padded.as_slice())).ok()?
            }
        };
        let mut left = limits.unpacked;
        let mut get = |name: &str| {
            let mut read = Vec::new();
            if let Ok(stream) = file.open_stream(name) {
                damaged |= stream.take(left).read_to_end(&mut read).is_err();
                left = left.saturating_sub(read.len() as u64);
            }
            read
        };
        let document = get("/WordDocument");
        let (tables, data) = ([get("/0Table"), get("/1Table")], get("/Data"));
        Some(Storage { document, tables, data, damaged })
    }

    /// The table stream that the document names; the other where that is not there.
    pub(super) fn table(&self, second: bool) -> &[u8] {
        let [first, other] = [usize::from(second), usize::from(!second)];
        if self.tables[first].is_empty() { &self.tables[other] } else { &self.tables[first] }
    }
}

/// The file filled up with zeros to the size that its allocation table was made for, if that is at most twice its own.
fn padded_to_size(bytes: &[u8]) -> Option<Vec<u8>> {
    let sector = 1usize.checked_shl(u32::from(u16_at(bytes, 30)?)).filter(|size| matches!(size, 512 | 4096))?;
    let tables = u32_at(bytes, 44)? as usize;
    let size = tables.checked_mul(sector / 4)?.checked_add(1)?.checked_mul(sector)?;
    if size <= bytes.len() {
        return None;
    }
    let most = bytes.len().checked_mul(2)?.max(1 << 20);
    let mut padded = bytes.to_vec();
    padded.resize(size.min(most), 0);
    Some(padded)
}
