//! Numbers, ranges and bounds, their units, and what makes a number no count.

use super::super::amount::{Amount, Bound, Unit};
use super::super::lexeme::Lexeme;
use super::super::vocabulary::bounds;
use super::{MOST_MODIFIERS, Sentence, ends_number};
use crate::letter::facts::{drug, number_word};

impl Sentence<'_> {
    /// A unit behind modifiers, and where it ends.
    pub(super) fn unit(&self, start: usize) -> Option<(Unit, usize)> {
        for at in start..start + MOST_MODIFIERS {
            let lexeme = self.get(at)?;
            if let Some(unit) = lexeme.roles.unit {
                // "2 TENS units" are things, "5 lumbar units" nothing; "Refills: 0" is a label.
                let is_label = self.is(at + 1, ":") && self.get(at + 2).is_some_and(|next| next.is_figure);
                return (!is_label && (at == start || unit != Unit::Unit)).then_some((unit, at + 1));
            }
            let joins =
                (lexeme.is_dash() || lexeme.is("/")) && lexeme.glued && at > start || lexeme.is_dash();
            if !lexeme.roles.modifier && !joins && !drug::begins_name(&lexeme.word) {
                return None;
            }
        }
        None
    }

    /// A bound, and where it ends.
    pub(super) fn bound(&self, at: usize) -> Option<(Bound, usize)> {
        let first = self.get(at).filter(|lexeme| lexeme.roles.begins_bound)?;
        let (end, bound) = bounds().longest(self.words, first.token, self.words.len())?;
        let length = self.lexemes[at..].iter().take_while(|lexeme| lexeme.token < end).count();
        Some((bound, at + length))
    }

    /// A number or a range, and where it ends.
    pub(super) fn amount(&self, at: usize) -> Option<(Amount, usize)> {
        let (least, end) = self.number(at)?;
        let exactly = (Amount::exactly(least), end);
        let Some(link) = self.get(end) else { return Some(exactly) };
        let is_between = link.is("and") && self.before(at).is_some_and(|before| before.is("between"));
        let next = if link.is_dash() && self.is(end + 1, "to") {
            end + 2
        } else if link.is_dash() || matches!(&*link.word, "to" | "or") || is_between {
            end + 1
        } else {
            return Some(exactly);
        };
        match self.number(next) {
            Some((most, end)) if most > least => Some((Amount { least, most, bound: Bound::Exactly }, end)),
            // "12-8" is a table's number; "4 or 2 weeks" is no range.
            Some(_) => None,
            None => Some(exactly),
        }
    }

    /// A number in digits or words, with its repetition in brackets: "12 (twelve)".
    pub(super) fn number(&self, at: usize) -> Option<(u32, usize)> {
        let is_bracketed = self.is(at, "(") && self.is(at + 2, ")");
        if is_bracketed {
            return self.number_word(at + 1).map(|(value, _)| (value, at + 3));
        }
        let (value, end) = self.number_word(at)?;
        if self.is(end, "(")
            && let Some((repeated, close)) = self.number_word(end + 1)
            && repeated == value
            && self.is(close, ")")
        {
            return Some((value, close + 1));
        }
        Some((value, end))
    }

    pub(super) fn number_word(&self, at: usize) -> Option<(u32, usize)> {
        let lexeme = self.get(at)?;
        if let Some(value) = lexeme.value {
            return Some((value, at + 1));
        }
        let value = lexeme.roles.number?;
        // "twenty-four"
        let ones = if self.get(at + 1).is_some_and(Lexeme::is_dash) { at + 2 } else { at + 1 };
        let joined = self.get(ones).and_then(|lexeme| number_word::join(value, lexeme.roles.number?));
        Some(joined.map_or((value, at + 1), |joined| (joined, ones + 1)))
    }

    /// Whether what stands before a number makes it part of a level, a date, a table's number or a fraction.
    pub(super) fn counts_nothing(&self, at: usize) -> bool {
        let Some(before) = self.before(at) else { return false };
        if self.get(at).is_some_and(|number| number.is_figure && number.glued)
            && !before.is("(")
            && !before.is_times()
        {
            return true;
        }
        let is_level = |lexeme: &Lexeme| {
            let mut chars = lexeme.word.chars();
            chars.next().is_some_and(|c| matches!(c, 'c' | 't' | 'l' | 's'))
                && chars.clone().next().is_some()
                && chars.all(|c| c.is_ascii_digit())
        };
        let two_before = at.checked_sub(2).and_then(|at| self.get(at));
        let is_numbering = before.roles.numbering && !two_before.is_some_and(|lexeme| lexeme.is("/"));
        is_numbering
            || is_level(before)
            || matches!(before.word.as_ref(), "$" | "§" | "#" | "+")
            || before.is(",") && two_before.is_some_and(is_level)
            || before.is(".") && two_before.is_some_and(|lexeme| lexeme.roles.numbering)
            || before.is("in") && two_before.is_some_and(|lexeme| lexeme.is_figure)
            || before.is_dash() && two_before.is_some_and(|lexeme| lexeme.is("in"))
            || before.is("of") && two_before.is_some_and(|lexeme| lexeme.is("out"))
            || matches!(before.word.as_ref(), "to" | "or")
                && two_before.is_some_and(|lexeme| ends_number(lexeme) || lexeme.is_dash())
    }

    /// "the 2014 visits"
    pub(super) fn is_year(&self, at: usize) -> bool {
        self.get(at).and_then(|lexeme| lexeme.value).is_some_and(|value| (1900..2100).contains(&value))
            && !self.get(at).is_some_and(|lexeme| lexeme.word.contains(','))
    }

    /// "in 6 weeks", "at the age of 53 years": a time before which such a word stands is a point in time.
    pub(super) fn is_point(&self, at: usize) -> bool {
        let Some(before) = self.before(at) else { return false };
        if self.bound(at - 1).is_some_and(|(bound, end)| bound == Bound::About && end == at) {
            return self.is_point(at - 1);
        }
        let of_age = before.is("of") && at >= 2 && self.is(at - 2, "age");
        before.roles.point || of_age
    }
}
