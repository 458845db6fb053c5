//! What holds inside a group.

/// Where the text of a group goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Destination {
    #[default]
    Text,
    /// Nowhere.
    Nowhere,
    /// Into the font table.
    Fonts,
    /// Into the code of a field.
    FieldCode,
    /// Before the paragraph: a number or bullet as Word wrote it.
    Number,
}

/// What the end of a group ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Ends {
    #[default]
    Nothing,
    Number,
    TextBox,
    /// A footnote or endnote: they are counted together.
    Footnote,
    Margin(Margin),
    Field,
}

/// Which header or footer a group is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Margin {
    Header,
    FirstHeader,
    Footer,
    FirstFooter,
}

/// What holds inside a group, and is forgotten at its end.
#[derive(Clone, Copy, Debug)]
pub(super) struct State {
    pub(super) destination: Destination,
    pub(super) ends: Ends,
    pub(super) font: i32,
    pub(super) capitals: bool,
    pub(super) hidden: bool,
    pub(super) deleted: bool,
    /// How many characters stand in for one `\u`.
    pub(super) stand_ins: usize,
    pub(super) in_table: bool,
    pub(super) depth: usize,
}

impl Default for State {
    fn default() -> Self {
        State {
            destination: Destination::Text,
            ends: Ends::Nothing,
            font: 0,
            capitals: false,
            hidden: false,
            deleted: false,
            stand_ins: 1,
            in_table: false,
            depth: 0,
        }
    }
}
