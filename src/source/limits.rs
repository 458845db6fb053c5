use std::time::Duration;

/// What one file may cost at most. What was hit is a diagnostic of its record; what was read until then stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The bytes of the file itself.
    pub bytes: u64,
    /// The bytes of what is unpacked from it, and of its text.
    pub unpacked: u64,
    /// Its pages, where the format has pages.
    pub pages: u32,
    /// How deep its parts may be nested: elements, groups, objects.
    pub depth: u32,
    /// The time for reading its format, before any fact is looked for.
    pub time: Duration,
}

impl Default for Limits {
    /// 256 MiB, 256 MiB unpacked, 20,000 pages, 256 levels, 60 seconds.
    fn default() -> Self {
        Limits { bytes: 256 << 20, unpacked: 256 << 20, pages: 20_000, depth: 256, time: Duration::from_secs(60) }
    }
}
