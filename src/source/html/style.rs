//! As much of CSS as says what a text means: the font that it is set in, whether it is shown, whether a table has borders.

use crate::source::encoding::Font;
use std::collections::HashMap;

/// What a style says of the font: `Some(None)` is a font of no older encoding.
pub(super) type Face = Option<Option<Font>>;

/// The value of a property in declarations such as `color:red;font-family:".VnTime"`.
fn value<'s>(style: &'s str, property: &str) -> Option<&'s str> {
    style.split(';').find_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        name.trim().eq_ignore_ascii_case(property).then(|| value.trim())
    })
}

/// The font that declarations set.
pub(super) fn face(style: &str) -> Face {
    value(style, "font-family").map(Font::named).or_else(|| {
        // `font: 13pt ".VnTime"`: the family stands last.
        let font = value(style, "font")?;
        Some(font.rfind(".Vn").or_else(|| font.rfind("VNI-")).and_then(|at| Font::named(&font[at..])))
    })
}

/// Whether declarations hide what they are set on.
pub(super) fn hides(style: &str) -> bool {
    let is =
        |property: &str, hidden: &str| value(style, property).is_some_and(|value| value.eq_ignore_ascii_case(hidden));
    is("display", "none") || is("mso-hide", "all")
}

/// Whether declarations draw a border.
pub(super) fn borders(style: &str) -> bool {
    style.split(';').filter_map(|declaration| declaration.split_once(':')).any(|(name, value)| {
        let name = name.trim().to_ascii_lowercase();
        let value = value.to_ascii_lowercase();
        matches!(
            name.as_str(),
            "border" | "border-style" | "border-bottom" | "border-top" | "border-left" | "border-right"
        ) && ["solid", "double", "dotted", "dashed"].iter().any(|kind| value.contains(kind))
    })
}

/// The fonts that a style sheet sets, by element and class.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    faces: HashMap<(String, String), Option<Font>>,
}

impl Sheet {
    /// Adds the rules of a `<style>` that are of the form `p.MsoNormal, .chu { … }`; others say little of fonts.
    pub(super) fn add(&mut self, css: &str) {
        for rule in css.split('}') {
            let Some((selectors, style)) = rule.rsplit_once('{') else { continue };
            let Some(face) = face(style) else { continue };
            let selectors = selectors.rsplit(['{', '>']).next().unwrap_or_default();
            let selectors = selectors.rsplit("*/").next().unwrap_or_default();
            for selector in selectors.split(',') {
                let (element, class) = selector.trim().split_once('.').unwrap_or((selector.trim(), ""));
                let plain = |part: &str| part.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
                if plain(element) && plain(class) && !(element.is_empty() && class.is_empty()) {
                    self.faces.insert((element.to_ascii_lowercase(), class.to_owned()), face);
                }
            }
        }
    }

    /// The font of an element with these classes.
    pub(super) fn face(&self, element: &str, classes: &str) -> Face {
        if self.faces.is_empty() {
            return None;
        }
        let of = |element: &str, class: &str| self.faces.get(&(element.to_owned(), class.to_owned())).copied();
        let by_class = classes.split_ascii_whitespace().find_map(|class| of(element, class).or_else(|| of("", class)));
        by_class.or_else(|| of(element, ""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Encoding;

    #[test]
    fn fonts_are_found_in_styles_and_sheets() {
        assert_eq!(face("color:red; FONT-FAMILY: '.VnTime', serif").flatten().unwrap().encoding, Encoding::Tcvn3);
        assert_eq!(face("font: bold 13pt VNI-Times").flatten().unwrap().encoding, Encoding::Vni);
        assert_eq!(face("font-family:Arial"), Some(None));
        assert_eq!(face("color:red"), None);
        let mut sheet = Sheet::default();
        sheet.add("<!-- /* a */ @font-face {font-family:\".VnTime\";}\np.MsoNormal, li.MsoNormal\n{margin:0;font-family:\".VnTime\";}");
        assert!(sheet.face("p", "x MsoNormal").flatten().is_some());
        assert_eq!(sheet.face("p", ""), None);
    }

    #[test]
    fn borders_and_hidden_text_are_seen() {
        assert!(borders("width:1pt;border:solid windowtext 1.0pt"));
        assert!(!borders("border:none;mso-border-alt:solid windowtext .5pt"));
        assert!(hides("display: none") && !hides("display:block"));
    }
}
