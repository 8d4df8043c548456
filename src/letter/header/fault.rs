//! What is wrong with a header: a field that the form asks for and is not there, a label that is misspelt or empty, a value
//! that cannot be one of its kind.

use std::sync::LazyLock;

use regex::Regex;

use super::{HeaderValue, Piece, is_shortened, pieces};
use crate::letter::facts::date;
use crate::letter::profile::{HeaderField, HeaderMark, Profile, ValueShape};
use crate::text::{self, Span, overlaps};

/// A fault of a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderFault {
    /// The field.
    pub field: HeaderField,
    /// What is wrong with it.
    pub kind: HeaderFaultKind,
    /// Logical span in the header block: the value, the label, or the label beside which it is missing.
    pub span: Span,
    /// The other neighbour of a missing field.
    pub next: Option<Span>,
}

/// What is wrong with a header field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeaderFaultKind {
    /// Neither its label nor its value stands.
    Missing,
    /// Its label is written otherwise than the form has it.
    Label,
    /// Its label has no value.
    Empty,
    /// Its value is none of its kind.
    Malformed,
}

/// Words that stand for a value that was taken out on purpose, or is a slot still to be filled: not this matter.
static WITHHELD: LazyLock<Regex> = LazyLock::new(|| {
    text::pattern(
        r"(?i)^(?:[\[<{(].*|.*[xX*_]{2,}.*|.*\b(?:redacted|withheld|removed|confidential|deleted)\b.*|(?-i:[█■…\W]+))$",
    )
});

static CASE_LIKE: LazyLock<Regex> =
    LazyLock::new(|| text::pattern(r"^(?i:[CMN]{1,3}-?\s?\d|IMR?\d|\d{2}-\d{7}\b|\d{9}\b)"));

static CASE_NUMBER: LazyLock<Regex> = LazyLock::new(|| text::pattern(r"^CM(?:1[3-9]|[23]\d)\s*-\s*\d{7}$"));

static DATE_LIKE: LazyLock<Regex> =
    LazyLock::new(|| text::pattern(r"^[\dOIl]{1,4}\s?[/.-]\s?[\dOIl/.\s-]+$"));

static LABEL_LIKE: LazyLock<Regex> =
    LazyLock::new(|| text::pattern(r"\b[A-Z][A-Za-z()#.]*(?: [A-Za-z()#.]+){0,4}:"));

/// Every fault of a header. A letter that is not `whole` may still lack what is typed later, or have lost what is above.
pub(in crate::letter) fn faults(
    text: &str,
    profile: &'static Profile,
    header: &[HeaderValue],
    whole: bool,
) -> Vec<HeaderFault> {
    let reader = Reader { text, profile, header };
    let mut faults = reader.absent(whole);
    let labels_wrong: Vec<Span> = faults.iter().map(|fault| fault.span.clone()).collect();
    faults.extend(if reader.is_inline() {
        reader.inline_values(&labels_wrong)
    } else {
        reader.loose_values()
    });
    faults
}

struct Reader<'a> {
    text: &'a str,
    profile: &'static Profile,
    header: &'a [HeaderValue],
}

impl Reader<'_> {
    fn mark(&self, field: HeaderField) -> Option<&'static HeaderMark> {
        self.profile.header.iter().find(|mark| mark.field == field)
    }

    fn shape(&self, value: &HeaderValue) -> ValueShape {
        self.mark(value.field).map_or(ValueShape::Text, |mark| mark.value)
    }

    /// Whether each value stands behind its label, so that a label without one is known.
    fn is_inline(&self) -> bool {
        let shaped = self.header.iter().filter(|value| self.shape(value) != ValueShape::Text);
        let (behind, all) = shaped.fold((0, 0), |(behind, all), value| {
            let follows = value.value.as_ref().is_some_and(|span| {
                span.start >= value.label.end && !self.text[value.label.end..span.start].contains('\n')
            });
            (behind + usize::from(follows), all + 1)
        });
        behind * 2 > all
    }

    /// Fields that the form asks for and whose labels do not stand as the form has them.
    fn absent(&self, whole: bool) -> Vec<HeaderFault> {
        let required: Vec<&HeaderMark> = self.profile.header.iter().filter(|mark| mark.required).collect();
        let stands = |field: HeaderField| self.header.iter().find(|value| value.field == field);
        let first = required.iter().position(|mark| stands(mark.field).is_some());
        let last = required.iter().rposition(|mark| stands(mark.field).is_some());
        let (Some(first), Some(last)) = (first, last) else { return Vec::new() };
        let mut faults = Vec::new();
        let is_shortened = is_shortened(self.header, self.profile);
        for (rank, mark) in required.iter().enumerate().filter(|(_, mark)| stands(mark.field).is_none()) {
            let fault = |kind, span, next| HeaderFault { field: mark.field, kind, span, next };
            if let Some(span) = self.near_label(mark) {
                faults.push(fault(HeaderFaultKind::Label, span, None));
                continue;
            }
            // More than one field above the first is an excerpt's edge.
            let is_cut_off = rank < first && first > 1;
            let is_gap = first < rank && rank < last;
            if is_cut_off || is_shortened || !whole && !is_gap {
                continue;
            }
            let before = required[..rank].iter().rev().find_map(|mark| stands(mark.field));
            let after = required[rank + 1..].iter().find_map(|mark| stands(mark.field));
            if let Some(span) = self.other_label(before, after) {
                faults.push(fault(HeaderFaultKind::Label, span, None));
                continue;
            }
            let mut neighbours = before.into_iter().chain(after).map(|value| value.label.clone());
            if let Some(span) = neighbours.next() {
                faults.push(fault(HeaderFaultKind::Missing, span, neighbours.next()));
            }
        }
        faults
    }

    /// A label that is spelled almost as a field's.
    fn near_label(&self, mark: &HeaderMark) -> Option<Span> {
        let words: Vec<Span> = words(self.text).collect();
        let taken = |span: &Span| self.header.iter().any(|value| overlaps(&value.label, span));
        mark.labels
            .iter()
            .filter(|label| label.contains(' ') || label.len() > "Sex:Gender".len() - 2)
            .find_map(|label| {
                let count = label.split(' ').count();
                let wanted = label.to_lowercase();
                let most = (label.len() / 6).max(1);
                (count.saturating_sub(1).max(1)..=count + 1)
                    .flat_map(|width| words.windows(width))
                    .map(|window| window[0].start..window[window.len() - 1].end)
                    .filter(|span| !taken(span))
                    .filter_map(|span| {
                        let found = self.text[span.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
                        let distance = strsim::damerau_levenshtein(&found.to_lowercase(), &wanted);
                        (distance <= most).then_some((distance, span))
                    })
                    .min_by_key(|(distance, _)| *distance)
                    .map(|(_, span)| span)
            })
    }

    /// A label that the form does not know, between two that it does.
    fn other_label(&self, before: Option<&HeaderValue>, after: Option<&HeaderValue>) -> Option<Span> {
        let start = before.map_or(0, |value| value.label.end);
        let end = after.map_or(self.text.len(), |value| value.label.start);
        if start >= end {
            return None;
        }
        let found = LABEL_LIKE.find(&self.text[start..end])?;
        let mut span = start + found.start()..start + found.end();
        // The value before it is none of its words.
        let value =
            self.header.iter().filter_map(|value| value.value.as_ref()).find(|value| overlaps(value, &span));
        if let Some(value) = value {
            span.start =
                value.end + (self.text[value.end..].len() - self.text[value.end..].trim_start().len());
        }
        (span.start < span.end).then_some(span)
    }

    /// Values that stand behind their labels.
    fn inline_values(&self, labels_wrong: &[Span]) -> Vec<HeaderFault> {
        let mut faults = Vec::new();
        for value in self.header {
            let shape = self.shape(value);
            if matches!(shape, ValueShape::Text | ValueShape::Sex) {
                continue;
            }
            let next_label = self
                .header
                .iter()
                .map(|other| other.label.start)
                .chain(labels_wrong.iter().map(|span| span.start))
                .filter(|&start| start >= value.label.end)
                .min()
                .unwrap_or(self.text.len());
            let written = self.written(value.label.end..next_label);
            let fault = |kind, span| HeaderFault { field: value.field, kind, span, next: None };
            if written.is_empty() {
                // It may stand before its label.
                if value.value.is_some() {
                    continue;
                }
                let blanks_only = self.text[value.label.end..next_label].trim().is_empty();
                if blanks_only || self.text[value.label.end..next_label].contains(':') {
                    faults.push(fault(HeaderFaultKind::Empty, value.label.clone()));
                }
            } else if !self.is_of_shape(shape, &written) {
                faults.push(fault(HeaderFaultKind::Malformed, written));
            }
        }
        faults
    }

    /// What is written as the value between a label and the next.
    fn written(&self, within: Span) -> Span {
        let mut start = within.start;
        for line in self.text[within.clone()].split('\n') {
            let value = line.trim();
            if !value.is_empty() {
                // Another label's line says nothing of this one.
                if value.contains(':') {
                    return within.start..within.start;
                }
                let first = start + (line.len() - line.trim_start().len());
                // A date may be broken after its slash.
                let end = if value.ends_with(['/', '-']) { within.end } else { first + value.len() };
                return first..first + self.text[first..end].trim_end().len();
            }
            start += line.len() + 1;
        }
        within.start..within.start
    }

    fn is_of_shape(&self, shape: ValueShape, written: &Span) -> bool {
        let value = &self.text[written.clone()];
        if WITHHELD.is_match(value) {
            return true;
        }
        match shape {
            ValueShape::CaseNumber => !CASE_LIKE.is_match(value) || CASE_NUMBER.is_match(value),
            ValueShape::Date => self.is_date(written),
            ValueShape::Priority => is_priority(value),
            ValueShape::Sex | ValueShape::Text => true,
        }
    }

    /// A day, however it is written and whatever is added to it; a period of harm that adds up may be less exact.
    fn is_date(&self, written: &Span) -> bool {
        let value = self.text[written.clone()].to_lowercase();
        let is_period = value.starts_with("ct") || value.contains("cumulative") || value.contains("various");
        let holds_day = self.header.iter().any(|known| {
            let day = known.value.as_ref().filter(|day| overlaps(day, written));
            day.is_some_and(|day| is_day(&self.text[day.clone()]))
        });
        is_period
            || holds_day
            || date::parse(&self.text[written.clone()])
                .is_some_and(|date| matches!(date, date::DateValue::Day(_)))
    }

    /// Values that an extraction has torn from their labels: only their shapes can be judged.
    fn loose_values(&self) -> Vec<HeaderFault> {
        let asked = |shape: ValueShape| self.header.iter().filter(move |value| self.shape(value) == shape);
        let mut faults = Vec::new();
        let mut push = |shape: ValueShape, kind, span| {
            if let Some(value) =
                asked(shape).find(|value| value.value.is_none()).or_else(|| asked(shape).next())
            {
                faults.push(HeaderFault { field: value.field, kind, span, next: None });
            }
        };
        let mut found = Vec::new();
        let mut spare = Vec::new();
        let known = pieces(self.text, self.profile);
        for (span, piece) in &known {
            let Piece::Value { shape } = piece else { continue };
            let is_right = match shape {
                ValueShape::CaseNumber => CASE_NUMBER.is_match(&self.text[span.clone()]),
                ValueShape::Date => is_day(&self.text[span.clone()]),
                _ => true,
            };
            found.push(*shape);
            if !is_right {
                push(*shape, HeaderFaultKind::Malformed, span.clone());
            }
        }
        for span in self.leftovers(&known) {
            let value = &self.text[span.clone()];
            let lacks = |shape: ValueShape| {
                asked(shape).count() > found.iter().filter(|found| **found == shape).count()
            };
            if value.contains(':') {
                continue;
            }
            let shape = if CASE_LIKE.is_match(value) && lacks(ValueShape::CaseNumber) {
                ValueShape::CaseNumber
            } else if DATE_LIKE.is_match(value) && lacks(ValueShape::Date) {
                ValueShape::Date
            } else if lacks(ValueShape::Priority)
                && !WITHHELD.is_match(value)
                && !value.contains(' ')
                && value.chars().all(char::is_alphabetic)
            {
                ValueShape::Priority
            } else {
                spare.push(span);
                continue;
            };
            found.push(shape);
            push(shape, HeaderFaultKind::Malformed, span);
        }
        // What was taken out on purpose may be any of them.
        if spare.is_empty() {
            for shape in [ValueShape::CaseNumber, ValueShape::Date, ValueShape::Priority] {
                let values = found.iter().filter(|found| **found == shape).count();
                if let Some(label) = asked(shape).find(|value| value.value.is_none())
                    && asked(shape).count() > values
                {
                    push(shape, HeaderFaultKind::Empty, label.label.clone());
                }
            }
        }
        faults
    }

    /// Lines, or parts of lines, that are neither a label nor a value.
    fn leftovers(&self, known: &[(Span, Piece)]) -> Vec<Span> {
        let mut spans: Vec<Span> = known.iter().map(|(span, _)| span.clone()).collect();
        spans.sort_by_key(|span| span.start);
        let ends = spans.iter().map(|span| span.start).chain([self.text.len()]);
        let starts = [0].into_iter().chain(spans.iter().map(|span| span.end));
        starts
            .zip(ends)
            .filter(|(start, end)| start < end)
            .flat_map(|(start, end)| lines(self.text, start..end))
            .collect()
    }
}

fn is_priority(value: &str) -> bool {
    let word = value.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    word.eq_ignore_ascii_case("Standard") || word.eq_ignore_ascii_case("Expedited")
}

/// Whether a date's year has two or four digits.
fn is_day(value: &str) -> bool {
    value.rsplit(['/', '-', ' ']).next().is_some_and(|year| year.len() != 3)
}

/// The spans of the words of a text, with their marks.
fn words(text: &str) -> impl Iterator<Item = Span> {
    text.split_whitespace().map(|word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        start..start + word.len()
    })
}

/// The lines of a part of a text, without their blanks, that hold any.
fn lines(text: &str, within: Span) -> impl Iterator<Item = Span> {
    let mut start = within.start;
    text[within].split('\n').filter_map(move |line| {
        let first = start + (line.len() - line.trim_start().len());
        start += line.len() + 1;
        let length = line.trim().len();
        (length > 0).then_some(first..first + length)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::profile::Profiles;

    /// The faults as "field kind “text”".
    fn found(text: &str) -> Vec<String> {
        let profile = &Profiles::known().list()[0];
        let header = super::super::read(text, profile);
        faults(text, profile, &header, true)
            .into_iter()
            .map(|fault| format!("{:?} {:?} “{}”", fault.field, fault.kind, &text[fault.span]))
            .collect()
    }

    const INLINE: &str = "Case Number: CM16-0011223\nDate Assigned: 06/07/2016\nDate of Injury: 02/03/2012\n\
        Decision Date: 07/08/2016\nUR Denial Date: 05/06/2016\nPriority: Standard\nApplication Received: 05/20/2016";
    const COLUMNS: &str = "Case Number:\nDate Assigned:\nDate of Injury:\nDecision Date:\nUR Denial Date:\nPriority:\n\
        Application\nReceived:\nCM16-0011223\n06/07/2016\n02/03/2012\n07/08/2016\n05/06/2016\nStandard\n05/20/2016";
    const PAIRS: &str = "Case Number:  CM14-0098213  Date Assigned:  07/21/2014\nDate of Injury:  05/17/2012  Decision Date:  \
        09/03/2014\nUR Denial Date:  05/06/2014\nPriority:  Standard  Application Received:  06/02/2014";
    const BEFORE: &str = "CM16-0011223 Case Number:\n06/07/2016 Date Assigned:\n02/03/2012 Date of Injury:\n07/08/2016 Decision \
        Date:\n05/06/2016 UR Denial Date:\nStandard Priority:\n05/20/2016 Application Received:";

    #[test]
    fn whole_headers_of_every_shape() {
        for text in [INLINE, COLUMNS, PAIRS, BEFORE] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
        for (before, after) in [
            ("06/07/2016", "6-7-16"),
            ("06/07/2016", "June 7, 2016"),
            ("06/07/2016", "[withheld]"),
            ("02/03/2012", "CT 2010-2012"),
            ("02/03/2012", "02/03/2010 - 02/03/2012"),
            ("02/03/2012", "02/\n03/2012"),
            ("CM16-0011223", "XXXX"),
            ("CM16-0011223", "REDACTED"),
            ("CM16-0011223", "13-000004"),
            ("Standard\nApplication Received:", "Standard Application\nReceived:\n"),
        ] {
            assert_eq!(found(&INLINE.replace(before, after)), [""; 0], "{after}");
        }
    }

    #[test]
    fn some_values_before_their_labels() {
        let mixed = INLINE
            .replace("Case Number: CM16-0011223", "CM16-0011223 Case Number:")
            .replace("Date of Injury: 02/03/2012", "02/03/2012\nDate of Injury:");
        assert_eq!(found(&mixed), [""; 0]);
    }

    #[test]
    fn faults_behind_labels() {
        for (before, after, expected) in [
            ("CM16-0011223", "CM16-00112", "CaseNumber Malformed “CM16-00112”"),
            ("CM16-0011223", "CM61-0011223", "CaseNumber Malformed “CM61-0011223”"),
            ("CM16-0011223", "MC16-0011223", "CaseNumber Malformed “MC16-0011223”"),
            ("CM16-0011223", "CM160011223", "CaseNumber Malformed “CM160011223”"),
            ("CM16-0011223", "", "CaseNumber Empty “Case Number:”"),
            ("06/07/2016", "06/2016", "DateAssigned Malformed “06/2016”"),
            ("06/07/2016", "06/07/201", "DateAssigned Malformed “06/07/201”"),
            ("06/07/2016", "0607/2016", "DateAssigned Malformed “0607/2016”"),
            ("06/07/2016", "Standard", "DateAssigned Malformed “Standard”"),
            ("06/07/2016", "", "DateAssigned Empty “Date Assigned:”"),
            ("Standard", "Regular", "Priority Malformed “Regular”"),
            ("Standard", "", "Priority Empty “Priority:”"),
            ("05/20/2016", "", "ApplicationReceived Empty “Application Received:”"),
            ("Date Assigned:", "Date Asigned:", "DateAssigned Label “Date Asigned:”"),
            ("Date Assigned:", "Date Assigned", "DateAssigned Label “Date Assigned”"),
            ("Decision Date:", "Date of Decision:", "DecisionDate Label “Date of Decision:”"),
            ("Date of Injury: 02/03/2012\n", "", "InjuryDate Missing “Date Assigned:”"),
            ("Case Number: CM16-0011223\n", "", "CaseNumber Missing “Date Assigned:”"),
            ("\nApplication Received: 05/20/2016", "", "ApplicationReceived Missing “Priority:”"),
        ] {
            assert_eq!(found(&INLINE.replace(before, after)), [expected], "{after}");
        }
        assert_eq!(found(&PAIRS.replace("09/03/2014", "")), ["DecisionDate Empty “Decision Date:”"]);
        assert_eq!(
            found(&PAIRS.replace("Decision Date:  09/03/2014", "")),
            ["DecisionDate Missing “Date of Injury:”"]
        );
    }

    #[test]
    fn faults_in_columns() {
        for (before, after, expected) in [
            ("CM16-0011223", "CM16-00112", "CaseNumber Malformed “CM16-00112”"),
            ("Standard", "Urgent", "Priority Malformed “Urgent”"),
            ("05/20/2016", "05/2016", "DateAssigned Malformed “05/2016”"),
            ("Date of Injury:\n", "", "InjuryDate Missing “Date Assigned:”"),
        ] {
            assert_eq!(found(&COLUMNS.replace(before, after))[0], expected, "{after}");
        }
    }
}
