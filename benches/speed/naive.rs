//! The way that most people would write it: the whole text to NFC, then a pattern for each kind of fact.

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

/// A pattern for each kind of fact.
const PATTERNS: [&str; 12] = [
    r"(?i)số\s*:?\s*(\d+)\s*/\s*([\w&-]+)",
    r"(?i)ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})",
    r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b",
    r"(?im)^\s*(báo cáo|kế hoạch|quyết định|thông báo|tờ trình|công văn|nghị quyết|chỉ thị)\s*$",
    r"(?im)^\s*(ủy ban nhân dân|hội đồng nhân dân|sở|bộ|ban|huyện ủy|đảng ủy)\s+(.+)$",
    r"(?i)(luật|bộ luật|pháp lệnh|hiến pháp)\s+([\w\s,]+?)\s+(?:năm\s+)?(\d{4})",
    r"(?i)(quyết định|nghị quyết|nghị định|thông tư|kế hoạch|chỉ thị|công văn)\s+số\s+(\d+[\w/&-]*)",
    r"(?m)^\s*((?:[IVX]+|\d+(?:\.\d+)*|[a-zđ])[.)])\s+(.+)$",
    r"(?i)(\d+(?:[.,]\d+)*)\s*%",
    r"(?i)(\d+(?:[.,]\d+)*)\s*(triệu|tỷ|nghìn)?\s*đồng",
    r"(?i)(\d+(?:[.,]\d+)*)\s+(hộ|người|xã|thôn|trường hợp|hồ sơ|ha|tấn|km|lượt|vụ|văn bản)\b",
    r"(?is)nơi nhận\s*:(.{0,600}?)\n\s*\n",
];

/// The patterns, compiled.
pub fn patterns() -> Vec<Regex> {
    PATTERNS.iter().map(|pattern| Regex::new(pattern).unwrap()).collect()
}

/// What they capture.
pub fn read(bytes: &[u8], patterns: &[Regex]) -> Vec<String> {
    let text: String = String::from_utf8_lossy(bytes).nfc().collect();
    let captures = patterns.iter().flat_map(|pattern| pattern.captures_iter(&text));
    captures.map(|found| found[0].to_owned()).collect()
}
