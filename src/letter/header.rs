//! Header fields: labels and values, however an extraction has torn them apart.
//!
//! Four shapes are known: all labels and then all values; two pairs a line; pairs on one line with `Application`
//! and `Received:` on different lines; a value before its label. Labels and values are read in the order of the
//! text, and a value goes to the first waiting label of its shape, else to the next label of its shape.

use std::sync::LazyLock;

use regex::Regex;

use super::profile::{HeaderField, Profile, ValueShape};
use crate::text::Span;

/// A header field with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderValue {
    /// What it holds.
    pub field: HeaderField,
    /// Logical span of the value in the header block; absent where the label has none.
    pub value: Option<Span>,
}

static VALUE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x-u)
        (?P<case>\bCM\d{2}-?\s?\d+)
        | (?P<date>\b\d{1,2}[/-]\s?\d{1,2}[/-]\s?\d{2,4}\b
            | \b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s\d{1,2},\s\d{4}\b)
        | (?P<priority>\b(?:Standard|Expedited)\b)
        | (?P<sex>\b(?:Female|Male|female|male|F|M)\b)",
    )
    .expect("a constant pattern")
});

enum Piece {
    Label { field: HeaderField, shape: ValueShape },
    Value { shape: ValueShape, span: Span },
}

/// Reads the header's fields off its logical text.
pub(super) fn read(text: &str, profile: &Profile) -> Vec<HeaderValue> {
    let mut fields: Vec<HeaderValue> = Vec::new();
    let mut waiting_labels: Vec<(usize, ValueShape)> = Vec::new();
    let mut waiting_values: Vec<(ValueShape, Span)> = Vec::new();
    for (_, piece) in pieces(text, profile) {
        match piece {
            Piece::Value { shape, span } => {
                if let Some(at) = waiting_labels.iter().position(|(_, wanted)| *wanted == shape) {
                    fields[waiting_labels.remove(at).0].value = Some(span);
                } else {
                    waiting_values.push((shape, span));
                }
            }
            Piece::Label { field, shape } => {
                let value = waiting_values
                    .iter()
                    .position(|(found, _)| *found == shape)
                    .map(|at| waiting_values.remove(at).1);
                if value.is_none() {
                    waiting_labels.push((fields.len(), shape));
                }
                fields.push(HeaderValue { field, value });
            }
        }
    }
    fields
}

fn pieces(text: &str, profile: &Profile) -> Vec<(usize, Piece)> {
    let mut pieces = Vec::new();
    for mark in &profile.header {
        if let Some(span) = mark.labels.iter().find_map(|label| find_label(text, label)) {
            pieces.push((span.start, Piece::Label { field: mark.field, shape: mark.value }));
        }
    }
    let has_sex =
        pieces.iter().any(|(_, piece)| matches!(piece, Piece::Label { shape: ValueShape::Sex, .. }));
    for found in VALUE.captures_iter(text) {
        let shapes = [
            ("case", ValueShape::CaseNumber),
            ("date", ValueShape::Date),
            ("priority", ValueShape::Priority),
            ("sex", ValueShape::Sex),
        ];
        for (name, shape) in shapes {
            if let Some(value) = found.name(name)
                && (shape != ValueShape::Sex || has_sex)
            {
                pieces.push((value.start(), Piece::Value { shape, span: value.range() }));
            }
        }
    }
    pieces.sort_by_key(|(at, _)| *at);
    pieces
}

/// A label at the start of a word; its spaces match any run of blanks or a wrap.
fn find_label(text: &str, label: &str) -> Option<Span> {
    let first = label.split(' ').next()?;
    text.match_indices(first).find_map(|(start, _)| {
        let starts_word = !text[..start].ends_with(char::is_alphanumeric);
        let mut rest = &text[start..];
        for (index, word) in label.split(' ').enumerate() {
            if index > 0 {
                rest = rest.trim_start();
            }
            rest = rest.strip_prefix(word)?;
        }
        starts_word.then(|| start..text.len() - rest.len())
    })
}

#[cfg(test)]
mod tests {
    use super::super::profile::profiles;
    use super::*;

    fn read_texts(text: &str) -> Vec<(HeaderField, Option<&str>)> {
        read(text, &profiles()[0])
            .into_iter()
            .map(|field| (field.field, field.value.map(|span| &text[span])))
            .collect()
    }

    fn value(text: &str, field: HeaderField) -> Option<&str> {
        read_texts(text).into_iter().find(|(found, _)| *found == field).and_then(|(_, value)| value)
    }

    #[test]
    fn all_labels_and_then_all_values() {
        let text = "Case Number:\nDate of Injury:\nPriority:\nCM16-0011223\n02/03/2012\nStandard\nDate Assigned:\n\
                    UR Denial Date:\nApplication\nReceived:\n06/07/2016\n05/06/2016\n05/20/2016";
        assert_eq!(value(text, HeaderField::CaseNumber), Some("CM16-0011223"));
        assert_eq!(value(text, HeaderField::InjuryDate), Some("02/03/2012"));
        assert_eq!(value(text, HeaderField::DateAssigned), Some("06/07/2016"));
        assert_eq!(value(text, HeaderField::ApplicationReceived), Some("05/20/2016"));
    }

    #[test]
    fn two_pairs_a_line() {
        let text = "Case Number: CM15-0099887 Date Assigned: 06/11/2015\nDate of Injury: 01/02/2010 Decision Date: 07/08/2015";
        assert_eq!(value(text, HeaderField::DateAssigned), Some("06/11/2015"));
        assert_eq!(value(text, HeaderField::DecisionDate), Some("07/08/2015"));
    }

    #[test]
    fn application_and_received_on_different_lines() {
        let text = "UR Denial Date: 05/06/2016\nPriority: Standard Application\nReceived:\n05/20/2016";
        assert_eq!(value(text, HeaderField::Priority), Some("Standard"));
        assert_eq!(value(text, HeaderField::ApplicationReceived), Some("05/20/2016"));
    }

    #[test]
    fn a_value_before_its_label() {
        let text = "CM16-0011223 Case Number:\n03/04/2016 Date Assigned:\n02/03/2012 Date of Injury:";
        assert_eq!(value(text, HeaderField::CaseNumber), Some("CM16-0011223"));
        assert_eq!(value(text, HeaderField::InjuryDate), Some("02/03/2012"));
    }

    #[test]
    fn a_sex_only_where_it_is_asked_for() {
        assert_eq!(value("Case Number: CM16-0011223 Sex: F", HeaderField::Sex), Some("F"));
        assert_eq!(read_texts("Case Number: M").len(), 1);
    }
}
