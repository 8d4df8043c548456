//! Header fields: labels and values, however an extraction has torn them apart.
//!
//! Four shapes are known: all labels and then all values; two pairs a line; pairs on one line with `Application`
//! and `Received:` on different lines; a value before its label. Labels and values are read in the order of the
//! text. A value behind its label on the same line is that label's; another goes to the first waiting label of its shape, else
//! to the next one. Where the numbers of labels and values then disagree, such a guess is forgotten.

mod fault;

use std::sync::LazyLock;

use regex::Regex;

use super::profile::{HeaderField, Profile, ValueShape};
use crate::text::{Span, overlaps};

pub(super) use fault::faults;
pub use fault::{HeaderFault, HeaderFaultKind};

/// A header field with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderValue {
    /// What it holds.
    pub field: HeaderField,
    /// Logical span of its label.
    pub label: Span,
    /// Logical span of the value in the header block; absent where the label has none.
    pub value: Option<Span>,
}

static VALUE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x-u)
        (?P<case>\bCM\d{2}-?\s?\d+)
        | (?P<date>\b\d{1,2}[/-]\s?\d{1,2}[/-]\s?\d{2,4}\b
            | \b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s\d{1,2},\s\d{4}\b
            | \b\d{1,2}\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s\d{4}\b)
        | (?P<priority>\b(?:Standard|Expedited)\b)
        | (?P<sex>\b(?:Female|Male|female|male|F|M)\b)",
    )
    .expect("a constant pattern")
});

enum Piece {
    Label { field: HeaderField, shape: ValueShape },
    Value { shape: ValueShape },
}

/// A field and how certain its value is.
struct Pairing {
    field: HeaderField,
    label: Span,
    shape: ValueShape,
    value: Option<Span>,
    /// Whether the value stands by its label, and not only in the same order among the values of its shape.
    certain: bool,
}

/// Reads the header's fields off its logical text.
pub(super) fn read(text: &str, profile: &Profile) -> Vec<HeaderValue> {
    let mut pairs: Vec<Pairing> = Vec::new();
    let mut waiting_values: Vec<(ValueShape, Span)> = Vec::new();
    let mut last_label_end = 0;
    let are_beside = |from: usize, to: usize| text[from..to].chars().all(|c| c == ' ' || c == '\t');
    let mut pieces = pieces(text, profile).into_iter().peekable();
    while let Some((span, piece)) = pieces.next() {
        match piece {
            Piece::Value { shape } => {
                let adjacent = are_beside(last_label_end, span.start);
                let by_label = pairs.last().is_some_and(|pair| pair.shape == shape && pair.value.is_none());
                let waiting: Vec<usize> = (0..pairs.len())
                    .filter(|&index| pairs[index].shape == shape && pairs[index].value.is_none())
                    .collect();
                if adjacent && by_label {
                    let index = pairs.len() - 1;
                    pairs[index].value = Some(span);
                    pairs[index].certain = true;
                } else if let Some(&index) = waiting.first() {
                    pairs[index].value = Some(span);
                    pairs[index].certain = waiting.len() == 1 && waiting_values.is_empty();
                } else {
                    waiting_values.push((shape, span));
                }
            }
            Piece::Label { field, shape } => {
                last_label_end = span.end;
                let is_behind = pieces.peek().is_some_and(|(value, piece)| {
                    matches!(piece, Piece::Value { shape: found } if *found == shape)
                        && are_beside(span.end, value.start)
                });
                let value = waiting_values
                    .iter()
                    .position(|(found, _)| *found == shape)
                    .filter(|_| !is_behind)
                    .map(|at| waiting_values.remove(at).1);
                let certain = value.as_ref().is_some_and(|value| !text[value.end..span.start].contains('\n'));
                pairs.push(Pairing { field, label: span, shape, value, certain });
            }
        }
    }
    forget_guesses(&mut pairs, &waiting_values);
    pairs
        .into_iter()
        .map(|pair| HeaderValue { field: pair.field, label: pair.label, value: pair.value })
        .collect()
}

/// Where a label is left without a value, or a value without a label, the order of the others of that shape proves
/// nothing.
fn forget_guesses(pairs: &mut [Pairing], waiting_values: &[(ValueShape, Span)]) {
    let shapes: Vec<ValueShape> = pairs.iter().map(|pair| pair.shape).collect();
    for shape in shapes {
        let label_left = pairs.iter().any(|pair| pair.shape == shape && pair.value.is_none());
        let value_left = waiting_values.iter().any(|(found, _)| *found == shape);
        if label_left || value_left {
            for pair in pairs.iter_mut().filter(|pair| pair.shape == shape && !pair.certain) {
                pair.value = None;
            }
        }
    }
}

/// Labels and values in the order of the text.
fn pieces(text: &str, profile: &Profile) -> Vec<(Span, Piece)> {
    let mut pieces = Vec::new();
    for mark in &profile.header {
        if let Some(span) = mark.labels.iter().find_map(|label| find_label(text, label)) {
            pieces.push((span, Piece::Label { field: mark.field, shape: mark.value }));
        }
    }
    pieces.sort_by_key(|(span, _)| span.start);
    add_free_values(text, &mut pieces);
    let has_sex =
        pieces.iter().any(|(_, piece)| matches!(piece, Piece::Label { shape: ValueShape::Sex, .. }));
    let taken: Vec<Span> = pieces.iter().map(|(span, _)| span.clone()).collect();
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
                && !taken.iter().any(|span| overlaps(span, &value.range()))
            {
                pieces.push((value.range(), Piece::Value { shape }));
            }
        }
    }
    pieces.sort_by_key(|(span, _)| span.start);
    pieces
}

/// A value of any shape is what stands between its label and the end of the line or the next label.
fn add_free_values(text: &str, labels: &mut Vec<(Span, Piece)>) {
    let mut values = Vec::new();
    for (index, (label, piece)) in labels.iter().enumerate() {
        if !matches!(piece, Piece::Label { shape: ValueShape::Text, .. }) {
            continue;
        }
        let next_label = labels.get(index + 1).map_or(text.len(), |(next, _)| next.start);
        let rest = &text[label.end..next_label];
        let line = rest.split('\n').next().unwrap_or_default();
        let start = label.end + (line.len() - line.trim_start().len());
        let end = label.end + line.trim_end().len();
        if start < end {
            values.push((start..end, Piece::Value { shape: ValueShape::Text }));
        }
    }
    labels.extend(values);
}

/// A label at the start of a word, in any case; its spaces match any run of blanks or a wrap.
fn find_label(text: &str, label: &str) -> Option<Span> {
    text.char_indices().find_map(|(start, _)| {
        let starts_word = !text[..start].ends_with(char::is_alphanumeric);
        let mut rest = text.get(start..).filter(|_| starts_word)?;
        for (index, word) in label.split(' ').enumerate() {
            if index > 0 {
                rest = rest.trim_start();
            }
            rest = rest
                .get(..word.len())
                .filter(|head| head.eq_ignore_ascii_case(word))
                .map(|_| &rest[word.len()..])?;
        }
        Some(start..text.len() - rest.len())
    })
}

/// Whether so many of the form's fields are absent that it is a shortened draft, which has those that its reviewer needs.
pub(super) fn is_shortened(header: &[HeaderValue], profile: &Profile) -> bool {
    let required = profile.header.iter().filter(|mark| mark.required);
    let stands = |field: HeaderField| header.iter().any(|value| value.field == field);
    let absent = required.clone().filter(|mark| !stands(mark.field)).count();
    2 * absent > required.count() - absent
}

#[cfg(test)]
mod tests {
    use super::super::profile::Profiles;
    use super::*;

    fn read_texts(text: &str) -> Vec<(HeaderField, Option<&str>)> {
        read(text, &Profiles::known().list()[0])
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
    fn labels_and_values_in_two_groups() {
        let text = "Case Number:\nDate of Injury:\nDecision Date:\nPriority:\nCM16-0011223\n02/03/2012\n08/09/2016\nStandard\n\
                    Date Assigned:\nUR Denial Date:\nApplication\nReceived:\n06/07/2016\n05/06/2016\n05/20/2016";
        let dates = [
            HeaderField::InjuryDate,
            HeaderField::DecisionDate,
            HeaderField::DateAssigned,
            HeaderField::ReviewDate,
        ];
        let values = dates.map(|field| value(text, field).unwrap());
        assert_eq!(values, ["02/03/2012", "08/09/2016", "06/07/2016", "05/06/2016"]);
        assert_eq!(value(text, HeaderField::ApplicationReceived), Some("05/20/2016"));
    }

    #[test]
    fn a_label_without_its_value() {
        let inline = "Case Number: CM16-0011223\nDate Assigned:\nDecision Date: 07/08/2016\nDate of Injury: 02/03/2012";
        assert_eq!(value(inline, HeaderField::DateAssigned), None);
        assert_eq!(value(inline, HeaderField::DecisionDate), Some("07/08/2016"));
        assert_eq!(value(inline, HeaderField::InjuryDate), Some("02/03/2012"));
        let groups = "Date Assigned:\nDecision Date:\nDate of Injury:\n07/08/2016\n02/03/2012";
        assert_eq!(value(groups, HeaderField::DecisionDate), None, "which label has none cannot be known");
        assert_eq!(value(groups, HeaderField::DateAssigned), None);
    }

    #[test]
    fn dates_are_written_in_many_ways() {
        let text = "Date Assigned: 11-18-16 Decision Date: December 5, 2016\nDate of Injury: 01/\n02/2012";
        assert_eq!(value(&text.to_lowercase(), HeaderField::DateAssigned), Some("11-18-16"));
        assert_eq!(value(text, HeaderField::DateAssigned), Some("11-18-16"));
        assert_eq!(value(text, HeaderField::DecisionDate), Some("December 5, 2016"));
        assert_eq!(value(text, HeaderField::InjuryDate), Some("01/\n02/2012"));
    }

    #[test]
    fn a_sex_only_where_it_is_asked_for() {
        assert_eq!(value("Case Number: CM16-0011223 Sex: F", HeaderField::Sex), Some("F"));
        assert_eq!(read_texts("Case Number: M").len(), 1);
    }
}
