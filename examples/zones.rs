//! Prints each line of a text with the zone it belongs to: `cargo run --example zones -- FILE`.

use trich::{Rules, layout::Layout, text::Normalised};

fn main() -> std::io::Result<()> {
    for path in std::env::args().skip(1) {
        let source = std::fs::read_to_string(&path)?;
        let text = Normalised::new(&source);
        let layout = Layout::new(text.as_str(), Rules::builtin());
        for (line, zone) in layout.lines.iter().zip(&layout.zones) {
            println!("{zone:>12?}  {}", line.text(text.as_str()));
        }
        for paper in &layout.papers {
            println!("{paper:?}");
        }
    }
    Ok(())
}
