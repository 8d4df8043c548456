//! Sides of the body that a text names ("left knee", "bilaterally", "RUE"), and in what connection.

mod context;
mod reader;
mod vocabulary;

use self::reader::{Named, Occurrence, Reader};
use self::vocabulary::VOCABULARY;
use super::level::Level;
use super::region::{Region, RegionId};
use super::words::Words;
use crate::letter::Sentence;
use crate::text::{Span, Token};

/// A side of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SideValue {
    /// The patient's left.
    Left,
    /// The patient's right.
    Right,
    /// Both.
    Bilateral,
}

/// In what connection a side is named. Only a plain one says on which side the complaint is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SideContext {
    /// None of the others.
    Plain,
    /// Weighed against the other side, or looked at beside it: "compared to the left", "normal on the left".
    Comparison,
    /// Where a symptom goes: "radiating to the left leg".
    Radiation,
    /// An earlier treatment or injury: "status post left knee surgery".
    History,
    /// Pain from sparing the other side.
    Compensatory,
}

/// A side of the body where a text names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// Logical span of the word for the side.
    pub span: Span,
    /// Which.
    pub value: SideValue,
    /// The part of the body beside whose name it stands.
    pub region: Option<RegionId>,
    /// In what connection.
    pub context: SideContext,
}

impl SideValue {
    /// Whether one is left and the other right.
    #[must_use]
    pub fn is_opposite(self, other: Self) -> bool {
        matches!((self, other), (Self::Left, Self::Right) | (Self::Right, Self::Left))
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
            Self::Bilateral => "bilateral",
        }
    }
}

/// Finds the sides that a text names, in order, beside the regions and levels that were found in it.
#[must_use]
pub fn read(
    text: &str,
    tokens: &[Token],
    sentences: &[Sentence],
    regions: &[Region],
    levels: &[Level],
) -> Vec<Side> {
    let words = Words::new(text, tokens);
    let mut forms = Vec::new();
    let mut index = 0;
    while index < tokens.len() {
        let form = VOCABULARY.forms.longest(&words, index, words.len());
        let end = form.map_or(index + 1, |(end, _)| end);
        forms.extend(form.map(|(_, form)| (form, index..end)));
        index = end;
    }
    if forms.is_empty() {
        return Vec::new();
    }
    let mut cues = vec![0; tokens.len()];
    for (at, cues) in cues.iter_mut().enumerate() {
        VOCABULARY.cues.for_each_at(&words, at, |cue| *cues |= cue.bit());
    }
    let reader = Reader { text, words: &words, sentences, regions, levels, cues };
    let mut found: Vec<Named> = Vec::new();
    for (form, range) in forms {
        let side = Occurrence { first: range.start, last: range.end - 1 };
        if let Some((value, beside)) = reader.side(form, side, found.last()) {
            found.push(Named { first: side.first, last: side.last, value, beside });
        }
    }
    let context = |named: &Named| reader.context(named, &found);
    let contexts: Vec<SideContext> = found.iter().map(context).collect();
    let spanned = |named: Named, context| {
        let span = tokens[named.first].span.start..tokens[named.last].span.end;
        Side { span, value: named.value, region: named.beside.map(|beside| beside.id), context }
    };
    found.into_iter().zip(contexts).map(|(named, context)| spanned(named, context)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::facts::{cases, level, region};

    fn render(side: &Side) -> String {
        let region = side.region.map_or(String::new(), |region| format!(":{}", region.name()));
        let context = match side.context {
            SideContext::Plain => "",
            SideContext::Comparison => "~comparison",
            SideContext::Radiation => "~radiation",
            SideContext::History => "~history",
            SideContext::Compensatory => "~compensatory",
        };
        format!("{}{region}{context}", side.value.name())
    }

    fn sides(text: &str) -> Vec<Side> {
        cases::read(text, |text, tokens, sentences| {
            let regions = region::read(text, tokens, sentences);
            let levels = level::read(text, tokens, sentences);
            read(text, tokens, sentences, &regions, &levels)
        })
    }

    #[test]
    fn sides_are_found_with_region_and_context() {
        cases::check(include_str!("cases/side.tsv"), |text| {
            sides(text).iter().map(render).collect::<Vec<_>>().join("; ")
        });
    }

    #[test]
    fn any_text() {
        let table = include_str!("cases/side.tsv");
        cases::check_any_text(table, |text| {
            cases::read(text, region::read).into_iter().map(|region| region.span).collect()
        });
        cases::check_any_text(table, |text| {
            cases::read(text, level::read).into_iter().map(|level| level.span).collect()
        });
        cases::check_any_text(table, |text| sides(text).into_iter().map(|side| side.span).collect());
        let sample = "Left L4\u{2013}\nL5 & (R) kne\u{301}e, B/L C8-T2; right\u{2019}s \u{1f9b4} left  knee \u{17f}1-2 both feet L5-";
        let ends = sample.char_indices().map(|(at, _)| at).chain([sample.len()]);
        for text in ends.flat_map(|at| [&sample[..at], &sample[at..]]) {
            assert!(
                sides(text).into_iter().all(|side| text.get(side.span).is_some_and(|word| !word.is_empty()))
            );
        }
    }
}
