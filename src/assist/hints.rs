//! What a reader would have to look up: an item's decision at its rationale, and how long after the injury a day lies.

use super::items::agrees;
use super::place::{At, words};
use crate::letter::facts::date::DateValue;

use crate::letter::{Field, Located, Place, Role};

/// A few words to be shown beside the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The offset of the document behind which they are shown.
    pub at: usize,
    /// The words.
    pub text: String,
}

/// From how many days on a time is told in weeks.
const DAYS: i32 = 28;
/// From how many days on a time is told in months.
const WEEKS: i32 = 120;
/// The days of a month, and of a year, in hundredths.
const MONTH: i32 = 3044;
const YEAR: i32 = 36525;

/// The hints of every letter, in the order of the document.
#[must_use]
pub fn hints(letters: &[Located]) -> Vec<Hint> {
    let mut hints = Vec::new();
    for letter in letters.iter().filter(|letter| letter.profile.is_some()) {
        decisions(letter, &mut hints);
        times(letter, &mut hints);
    }
    hints.sort_by_key(|hint| hint.at);
    hints
}

/// Behind the label of each rationale: what was decided.
fn decisions(letter: &Located, hints: &mut Vec<Hint>) {
    for item in &letter.items {
        let Some((decision, place)) = &item.decision else { continue };
        let word = words(letter, place);
        let Some(block) = letter.rationale(item).find(|&block| letter.blocks[block].content.body_start > 0)
        else {
            continue;
        };
        let content = &letter.blocks[block].content;
        let label = content.text()[..content.body_start].trim_end().len();
        let differs = letter.conclusion(item).is_some_and(|stated| !agrees(*decision, stated.value));
        let text = if differs { format!("{word}; the conclusion differs") } else { word };
        hints.push(Hint { at: letter.to_document(&Place { block, span: 0..label }).end, text });
    }
}

/// Behind each day that the letter names after the injury: how long after.
fn times(letter: &Located, hints: &mut Vec<Hint>) {
    let Some(DateValue::Day(injury)) = letter.injury_date().map(|stated| stated.value) else { return };
    for (index, block) in letter.blocks.iter().enumerate() {
        if !matches!(block.role, Role::Summary | Role::Field(Field::Rationale)) {
            continue;
        }
        let at = At { letter, index, offset: 0 };
        for date in &block.content.facts().dates {
            if let (DateValue::Day(day), None) = (date.date.value, &date.until)
                && let Ok(since) = day.since((jiff::Unit::Day, injury))
                && since.get_days() > 0
            {
                let text = format!("{} after the injury", time(since.get_days()));
                hints.push(Hint { at: at.span(&date.span).end, text });
            }
        }
    }
}

fn time(days: i32) -> String {
    let (count, unit) = match days {
        ..DAYS => (days, "day"),
        DAYS..WEEKS => (days / 7, "week"),
        _ if days * 100 < 2 * YEAR => (days * 100 / MONTH, "month"),
        _ => (days * 100 / YEAR, "year"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::super::place::tests::{letter, read};
    use super::*;

    #[test]
    fn decisions_and_times() {
        let text = letter(
            "The patient is a 40-year-old male. MRI on 03/14/2013 was normal. He was seen on 02/20/2015.",
            "N/A",
            "The request is medically necessary.",
        );
        let found: Vec<(String, String)> =
            hints(&read(&text)).into_iter().map(|hint| (text[..hint.at].to_owned(), hint.text)).collect();
        let shown = |before: &str, hint: &str| {
            assert!(
                found.iter().any(|(text, words)| text.ends_with(before) && words == hint),
                "{before} {found:?}"
            );
        };
        shown("03/14/2013", "4 weeks after the injury");
        shown("02/20/2015", "2 years after the injury");
        shown("Decision rationale:", "Upheld; the conclusion differs");
        shown("Decision rationale:", "Overturned");
        assert!(hints(&read("Call on 03/14/2013.")).is_empty());
    }

    #[test]
    fn times_in_a_readers_units() {
        let told: Vec<String> = [1, 27, 28, 119, 122, 729, 731, 4000].map(time).to_vec();
        assert_eq!(
            told,
            ["1 day", "27 days", "4 weeks", "17 weeks", "4 months", "23 months", "2 years", "10 years"]
        );
    }
}
