//! Reading a file, and saying in plain words why it cannot be read.

use clap::Args;
use sha2::{Digest, Sha256};
use std::{
    fs::File,
    io::{self, Read},
    path::Path,
    time::Duration,
};
use trich::source::{Encoding, Format, Limits, Options};

/// How much of a file's beginning tells its format.
const HEAD: usize = 8192;

/// How files are to be read: the same options for every command that reads documents.
#[derive(Args, Debug)]
pub struct HowToRead {
    /// Take the files for this format, whatever they hold: see `trich formats`
    #[arg(long, value_parser = format)]
    format: Option<Format>,
    /// Decode text from this encoding, whatever its bytes say: utf-8, utf-16le, utf-16be, tcvn3, vni, viscii, vps,
    /// windows-1258 or windows-1252
    #[arg(long, value_parser = encoding)]
    encoding: Option<Encoding>,
    /// Load no file that is larger: bytes, or with K, M or G
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "256M")]
    max_bytes: u64,
    /// Unpack no more than this from one file, and take no more text from it
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "256M")]
    max_unpacked: u64,
    /// Read no more pages of one file
    #[arg(long, value_name = "N", default_value_t = Limits::default().pages)]
    max_pages: u32,
    /// Follow elements, groups and objects no deeper than this
    #[arg(long, value_name = "N", default_value_t = Limits::default().depth)]
    max_depth: u32,
    /// Spend no more seconds on the format of one file
    #[arg(long, value_name = "SECONDS", default_value_t = Limits::default().time.as_secs())]
    max_time: u64,
}

impl HowToRead {
    /// The same for the library.
    pub fn options(&self) -> Options {
        let limits = Limits {
            bytes: self.max_bytes,
            unpacked: self.max_unpacked,
            pages: self.max_pages,
            depth: self.max_depth,
            time: Duration::from_secs(self.max_time),
        };
        Options { format: self.format, encoding: self.encoding, limits }
    }
}

fn format(name: &str) -> Result<Format, String> {
    let named = Format::ALL.into_iter().find(|format| format.name() == name.to_ascii_lowercase());
    named.ok_or_else(|| format!("one of {}", Format::ALL.map(Format::name).join(", ")))
}

fn encoding(name: &str) -> Result<Encoding, String> {
    Encoding::named(name).ok_or_else(|| format!("one of {}", Encoding::ALL.map(Encoding::name).join(", ")))
}

fn size(said: &str) -> Result<u64, String> {
    let (digits, shift) = match said.as_bytes().last().map(u8::to_ascii_uppercase) {
        Some(b'K') => (&said[..said.len() - 1], 10),
        Some(b'M') => (&said[..said.len() - 1], 20),
        Some(b'G') => (&said[..said.len() - 1], 30),
        _ => (said, 0),
    };
    let size = digits.parse::<u64>().ok().and_then(|size| size.checked_mul(1 << shift));
    size.ok_or_else(|| "a number of bytes, such as 5000, 64K, 256M or 1G".to_owned())
}

/// A file's bytes.
pub enum Loaded {
    /// All of them.
    Whole(Vec<u8>),
    /// It is larger than may be loaded: how it begins, its size, and its SHA-256.
    TooLarge {
        /// The first bytes, as many as tell a format.
        head: Vec<u8>,
        /// Its size.
        bytes: u64,
        /// In hexadecimal.
        sha256: String,
    },
}

/// The bytes of a document; `-` is standard input. A file beyond the limit is hashed and not kept. The error says what is
/// wrong and what to do, without the name.
pub fn load(path: &Path, options: &Options) -> Result<Loaded, String> {
    let loaded = if path == Path::new("-") {
        limited(io::stdin().lock(), options.limits.bytes)
    } else {
        File::open(path).and_then(|file| match file.metadata()?.is_dir() {
            true => Err(io::ErrorKind::IsADirectory.into()),
            false => limited(file, options.limits.bytes),
        })
    };
    let loaded = loaded.map_err(|error| reason(&error))?;
    let head = match &loaded {
        Loaded::Whole(bytes) => bytes,
        Loaded::TooLarge { head, .. } => head,
    };
    match trich::source::binary_format(head).filter(|_| options.format.is_none()) {
        Some(format) => Err(format!("is {format}, not text; save it as plain text and name that file")),
        None => Ok(loaded),
    }
}

/// The same, where nothing can be done with a file that is too large.
pub fn read(path: &Path) -> Result<Vec<u8>, String> {
    match load(path, &Options::default())? {
        Loaded::Whole(bytes) => Ok(bytes),
        Loaded::TooLarge { bytes, .. } => Err(too_large(bytes)),
    }
}

/// What to say of a file that was not loaded.
pub fn too_large(bytes: u64) -> String {
    format!("is too large ({bytes} bytes); split it, or raise --max-bytes where the command has it")
}

fn limited(mut from: impl Read, most: u64) -> io::Result<Loaded> {
    let mut bytes = Vec::new();
    from.by_ref().take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 <= most {
        return Ok(Loaded::Whole(bytes));
    }
    let mut hash = Sha256::new();
    let mut size = bytes.len() as u64;
    hash.update(&bytes);
    bytes.truncate(HEAD);
    bytes.shrink_to_fit();
    let mut part = vec![0; 1 << 16];
    loop {
        let read = match from.read(&mut part) {
            Ok(0) => break,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        hash.update(&part[..read]);
        size += read as u64;
    }
    let sha256 = trich::source::hexadecimal(&hash.finalize());
    Ok(Loaded::TooLarge { head: bytes, bytes: size, sha256 })
}

/// Why a file or folder cannot be read, and what to do.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder; check the path".to_owned(),
        io::ErrorKind::PermissionDenied => "may not be read: permission denied; check who owns it".to_owned(),
        io::ErrorKind::IsADirectory => "is a folder; name a file".to_owned(),
        _ => format!("cannot be read: {error}"),
    }
}

/// A path as text. What is no UTF-8 in it stands as `\xFF`, so that two paths never become one name; the parts are
/// joined by `/` on every system.
pub fn name(path: &Path) -> String {
    let mut name = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        name.push_str(chunk.valid());
        for byte in chunk.invalid() {
            name.push_str(&format!("\\x{byte:02X}"));
        }
    }
    if cfg!(windows) { name.replace('\\', "/") } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read() {
        assert_eq!(size("256M"), Ok(Limits::default().bytes));
        assert_eq!((size("5000"), size("64k"), size("1G")), (Ok(5000), Ok(65536), Ok(1 << 30)));
        for wrong in ["", "M", "-1", "1.5G", "99999999999G"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_is_too_large_is_hashed_and_not_kept() {
        let Ok(Loaded::TooLarge { head, bytes, sha256 }) = limited(&[b'a'; 100_000][..], 50_000) else { panic!() };
        assert_eq!((head.len(), bytes), (HEAD, 100_000));
        assert_eq!(sha256, trich::source::hexadecimal(&Sha256::digest([b'a'; 100_000])));
        assert!(matches!(limited(&b"abc"[..], 3), Ok(Loaded::Whole(bytes)) if bytes == b"abc"));
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_no_utf8_stay_apart() {
        use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
        let named = |bytes: &[u8]| name(Path::new(OsStr::from_bytes(bytes)));
        assert_eq!(named("xã.txt".as_bytes()), "xã.txt");
        assert_eq!(named(b"a\xff.txt"), "a\\xFF.txt");
        assert_ne!(named(b"a\xff.txt"), named(b"a\xfe.txt"));
    }
}
