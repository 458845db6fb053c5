//! The words that say where the text of their group goes.

use super::{
    reader::Reader,
    state::{Destination, Ends, Margin},
};
use crate::source::office::{face::Face, parts::counts_pages};

impl Reader {
    /// Reads a word that says where the text of its group goes; false if it is none.
    pub(super) fn destination(&mut self, name: &str, optional: bool) -> bool {
        let into = |destination, ends| (destination, ends);
        let (destination, ends) = match name {
            "fonttbl" => into(Destination::Fonts, Ends::Nothing),
            "fldinst" => {
                let code = self.codes.len();
                if code < 64 {
                    self.codes.push(String::new());
                }
                into(Destination::FieldCode, Ends::Nothing)
            }
            "fldrslt" => {
                let counts = self.codes.pop().is_some_and(|code| counts_pages(&code));
                let left_out = counts && self.margins_open > 0;
                into(if left_out { Destination::Nowhere } else { self.state().destination }, Ends::Field)
            }
            "listtext" | "pntext" => {
                self.number.clear();
                into(Destination::Number, Ends::Number)
            }
            "footnote" => into(Destination::Text, Ends::Footnote),
            "header" | "headerl" | "headerr" => into(Destination::Text, Ends::Margin(Margin::Header)),
            "headerf" => into(Destination::Text, Ends::Margin(Margin::FirstHeader)),
            "footer" | "footerl" | "footerr" => into(Destination::Text, Ends::Margin(Margin::Footer)),
            "footerf" => into(Destination::Text, Ends::Margin(Margin::FirstFooter)),
            "shptxt" | "dptxbxtext" => into(Destination::Text, Ends::TextBox),
            // Groups that may be passed over hold text all the same.
            "shpinst" | "do" | "nesttableprops" | "shp" | "field" | "object" | "result" | "pn"
                if !optional || name != "pn" =>
            {
                return true;
            }
            "stylesheet" | "colortbl" | "info" | "pict" | "nonshppict" | "shprslt" | "sp" | "nonesttables" | "tc"
            | "xe" | "listtable" | "listoverridetable" | "revtbl" | "filetbl" | "upr" | "falt" | "panose"
            | "objdata" | "bkmkstart" | "bkmkend" | "annotation" | "atnid" | "atnauthor" | "ftnsep" | "ftnsepc"
            | "ftncn" | "aftnsep" | "aftnsepc" | "aftncn" | "template" | "rxe" | "txe" | "objclass" | "objname"
            | "datafield" | "formfield" | "themedata" => into(Destination::Nowhere, Ends::Nothing),
            _ if optional => into(Destination::Nowhere, Ends::Nothing),
            _ => return false,
        };
        if self.state().destination == Destination::Nowhere {
            return true;
        }
        if matches!(ends, Ends::TextBox | Ends::Footnote | Ends::Margin(_)) {
            if ends == Ends::Footnote {
                self.enter();
                self.footnotes += 1;
                let mark = format!("[{}]", self.footnotes);
                self.flow.text(&mark, Face::default());
            }
            self.flow.open_box();
            self.tables.push(0);
            self.margins_open += usize::from(matches!(ends, Ends::Margin(_)));
        }
        let state = self.state();
        (state.destination, state.ends) = (destination, ends);
        if matches!(ends, Ends::TextBox | Ends::Footnote | Ends::Margin(_)) {
            (state.in_table, state.depth, state.hidden, state.deleted) = (false, 0, false, false);
        }
        true
    }
}
