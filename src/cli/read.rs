//! Reading a file, and saying in plain words why it cannot be read.

use std::{
    fs,
    io::{self, Read},
    path::Path,
};

/// The bytes of a text file; `-` is standard input. The error says what is wrong and what to do, without the name.
pub fn read(path: &Path) -> Result<Vec<u8>, String> {
    let bytes = if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        fs::read(path)
    };
    let bytes = bytes.map_err(|error| reason(&error))?;
    match trich::source::binary_format(&bytes) {
        Some(format) => Err(format!("is {format}, not text; save it as plain text and name that file")),
        None => Ok(bytes),
    }
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
