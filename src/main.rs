//! The command `trich`.

fn main() {
    for path in std::env::args().skip(1) {
        if let Ok(bytes) = std::fs::read(&path) {
            println!("{}", serde_json::to_string(&trich::Extractor::builtin().extract(&path, &bytes)).unwrap_or_default());
        }
    }
}
