//! `trich formats`: what is read, and how.

use super::print;
use clap::Args;
use std::process::ExitCode;
use trich::source::{Encoding, Format, Limits};

/// List the formats and encodings that are read, and what is taken from each
#[derive(Args)]
pub struct Formats {}

impl Formats {
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let mut out = String::new();
        for format in Format::ALL {
            let endings: Vec<String> = format.endings().iter().map(|ending| format!(".{ending}")).collect();
            out.push_str(&format!("{:<10}{:<22}{}\n", format.name(), endings.join(" "), taken(format)));
        }
        let encodings = Encoding::ALL.map(Encoding::name).join(", ");
        let Limits { bytes, unpacked, pages, depth, time } = Limits::default();
        out.push_str(&format!(
            "\nA file is told by what it holds, not by its ending; in a folder, files of other endings are passed over.\n\
             Text is read in {encodings}; what is not stated is told by\n\
             the syllables, paragraph by paragraph. Fonts (.VnTime, .VnTimeH, VNI-Times, VPS) are decoded run by run.\n\
             Not read: web archives (.mht: save them as HTML), images and scans (OCR them first).\n\
             Limits: {} MiB a file, {} MiB unpacked, {pages} pages, {depth} levels, {} seconds.\n",
            bytes >> 20,
            unpacked >> 20,
            time.as_secs()
        ));
        print(&out).map(|()| ExitCode::SUCCESS)
    }
}

fn taken(format: Format) -> &'static str {
    match format {
        Format::Plain => "all of it",
        Format::Markdown => "all of it; told from text by its ending",
        Format::Docx => {
            "text, tables, text boxes, notes, headers, the numbers that Word counts; not comments or deletions"
        }
        Format::Doc => "as DOCX, of Word 97 to 2003; of Word 6 and 95 the bare text",
        Format::Rtf => "as DOCX, with the numbers that Word wrote into the file",
        Format::Pdf => {
            "the text layer as it stands on the page, form fields and signatures; scans only once recognised (OCR)"
        }
        Format::Html => "the text that is shown, tables and list marks; not scripts, styles and menus",
    }
}
