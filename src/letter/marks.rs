//! Marks: headings, labels and fixed sentences of a profile, found at the starts of lines.

use super::layout::Line;
use super::profile::{Field, HeaderField, Profile, Section};

/// A mark and where it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    pub kind: MarkKind,
    /// Index of the line on which it ends (a heading may wrap).
    pub end_line: usize,
    /// Byte offset of its end within that line's text.
    pub end_column: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MarkKind {
    Header(HeaderField),
    Section(Section),
    Field(Field),
    Fixed,
}

/// The mark that begins on each line, if one does.
pub(super) fn find_marks(lines: &[Line<'_>], profile: &Profile) -> Vec<Option<Mark>> {
    let wordings = wordings(profile);
    (0..lines.len()).map(|line| wordings.iter().find_map(|wording| wording.at(lines, line))).collect()
}

/// One way of writing a mark.
struct Wording<'p> {
    kind: MarkKind,
    text: &'p str,
}

fn wordings(profile: &Profile) -> Vec<Wording<'_>> {
    let sections = profile.section.iter().flat_map(|mark| {
        mark.headings.iter().map(|text| Wording { kind: MarkKind::Section(mark.section), text })
    });
    let fields = profile
        .field
        .iter()
        .flat_map(|mark| mark.labels.iter().map(|text| Wording { kind: MarkKind::Field(mark.field), text }));
    let headers = profile
        .header
        .iter()
        .flat_map(|mark| mark.labels.iter().map(|text| Wording { kind: MarkKind::Header(mark.field), text }));
    let fixed = profile.fixed.iter().map(|mark| Wording { kind: MarkKind::Fixed, text: &mark.text });
    sections.chain(fields).chain(headers).chain(fixed).collect()
}

impl Wording<'_> {
    fn at(&self, lines: &[Line<'_>], line: usize) -> Option<Mark> {
        let (end_line, end_column) = match_across_lines(lines, line, self.text)?;
        let mark = Mark { kind: self.kind, end_line, end_column };
        match self.kind {
            MarkKind::Section(_) => self.is_heading(lines, line, mark),
            _ => Some(mark),
        }
    }

    /// A heading fills its line, or is written in capitals as in the form. A colon belongs to it.
    fn is_heading(&self, lines: &[Line<'_>], line: usize, mut mark: Mark) -> Option<Mark> {
        let rest = &lines[mark.end_line].text[mark.end_column..];
        if rest.starts_with(':') {
            mark.end_column += 1;
            return Some(mark);
        }
        let as_printed = lines[line].text.starts_with(self.text.split(' ').next().unwrap_or_default());
        (rest.is_empty() || (as_printed && rest.starts_with(' '))).then_some(mark)
    }
}

/// Matches a wording from the start of a line: case-insensitively, a space for any run of blanks or a wrap.
/// Returns the line and the column at which it ends.
fn match_across_lines(lines: &[Line<'_>], mut line: usize, wording: &str) -> Option<(usize, usize)> {
    let mut column = 0;
    for (index, word) in wording.split(' ').enumerate() {
        let rest = lines[line].text[column..].trim_start();
        if rest.is_empty() && index > 0 {
            line += 1;
            column = 0;
        } else {
            column = lines[line].text.len() - rest.len();
        }
        let rest = lines.get(line)?.text.get(column..)?;
        let head = rest.get(..word.len())?;
        if !head.eq_ignore_ascii_case(word) {
            return None;
        }
        let next = rest[word.len()..].chars().next();
        let ends_inside_word =
            word.ends_with(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric);
        if ends_inside_word {
            return None;
        }
        column += word.len();
    }
    Some((line, column))
}

#[cfg(test)]
mod tests {
    use super::super::layout::text_lines;
    use super::super::profile::profiles;
    use super::*;
    use crate::text::Document;

    fn kinds(text: &str) -> Vec<Option<MarkKind>> {
        let document = Document::new(text);
        let lines = text_lines(&document);
        find_marks(&lines, &profiles()[1]).into_iter().map(|mark| mark.map(|mark| mark.kind)).collect()
    }

    #[test]
    fn headings_wrap_and_vary_in_case() {
        assert_eq!(
            kinds("IMR ISSUES, DECISIONS AND\n\n RATIONALES \n"),
            [Some(MarkKind::Section(Section::Issues)), None]
        );
        assert_eq!(kinds("Clinical Case Summary\n"), [Some(MarkKind::Section(Section::Summary))]);
        assert_eq!(kinds("\u{c}CLINICAL CASE SUMMARY\n"), [Some(MarkKind::Section(Section::Summary))]);
        assert_eq!(kinds("Clinical case summary of the records follows.\n"), [None]);
    }

    #[test]
    fn labels_stand_at_the_start_of_a_line() {
        assert_eq!(
            kinds("MAXIMUS guideline: The MTUS.\n"),
            [Some(MarkKind::Field(Field::ReviewerGuideline))]
        );
        assert_eq!(kinds("the MAXIMUS guideline: The MTUS.\n"), [None]);
        assert_eq!(
            kinds("Claims Administrator\nguideline: none\n"),
            [Some(MarkKind::Field(Field::ClaimsGuideline)), None]
        );
    }
}
