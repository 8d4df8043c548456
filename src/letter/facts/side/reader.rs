//! Whether a word means a side of the body, and of which part.

use super::SideValue;
use super::vocabulary::{Cue, Form};
use crate::letter::Sentence;
use crate::letter::facts::level::Level;
use crate::letter::facts::region::{Region, RegionId};
use crate::letter::facts::words::Words;
use crate::text::{Span, TokenKind};

/// The tokens of a word or phrase for a side.
#[derive(Clone, Copy)]
pub(super) struct Occurrence {
    pub(super) first: usize,
    pub(super) last: usize,
}

/// A side, before it is known in what connection it is named.
pub(super) struct Named {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) value: SideValue,
    pub(super) beside: Option<Beside>,
}

/// The region or level beside a side.
#[derive(Clone)]
pub(super) struct Beside {
    pub(super) id: RegionId,
    pub(super) span: Span,
    /// Words between the two.
    steps: usize,
}

pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) words: &'a Words<'a>,
    pub(super) sentences: &'a [Sentence],
    pub(super) regions: &'a [Region],
    pub(super) levels: &'a [Level],
    /// The cues that begin at each token, a bit for each.
    pub(super) cues: Vec<u32>,
}

/// More words than these part no side from its noun ("left partial medial meniscectomy").
const MAX_STEPS: usize = 3;

impl Reader<'_> {
    /// The side that a word or phrase means here, if it is one; `before` is the last that was found.
    pub(super) fn side(
        &self,
        form: Form,
        side: Occurrence,
        before: Option<&Named>,
    ) -> Option<(SideValue, Option<Beside>)> {
        let after = self.region_after(side);
        match form {
            Form::Not => None,
            Form::Always(value) => {
                let own = self.region_at(side.first);
                Some((value, own.or(after).or_else(|| self.region_before(side))))
            }
            Form::Both => after
                .filter(|region| self.is_plural(region))
                .map(|region| (SideValue::Bilateral, Some(region))),
            Form::Mark(value) => {
                let stands_inside = self.is_inside_region(side.first);
                let near = after.filter(|region| region.steps == 0 || value == SideValue::Bilateral);
                let found = near.or_else(|| self.region_before(side).filter(|_| self.is_bracketed(side)));
                found.filter(|_| !stands_inside).map(|region| (value, Some(region)))
            }
            Form::Word(value) => self.is_side(value, side, after.as_ref(), before).then(|| {
                let region =
                    after.or_else(|| self.region_before(side)).or_else(|| self.region_before_on(side));
                (value, region)
            }),
        }
    }

    fn is_side(
        &self,
        value: SideValue,
        side: Occurrence,
        after: Option<&Beside>,
        before: Option<&Named>,
    ) -> bool {
        let adjacent = after.is_some_and(|region| region.steps == 0);
        let previous = self.words.previous(side.first);
        let is_verb = value == SideValue::Left && previous.is_some_and(|at| self.is(Cue::Subject, at));
        if is_verb && !adjacent {
            return false;
        }
        after.is_some()
            || self.words.next(side.last).is_some_and(|at| self.is(Cue::Sided, at))
            || self.is_bracketed(side)
            || self.is_noun(side)
            || self.is_set_off(side)
            || self.other_side(side.last).is_some()
            || before.is_some() && self.is_one_of_two(side)
            || before.is_some_and(|before| self.other_side(before.last) == Some(side.first))
    }

    /// "on the left", "than right": a noun, and what follows goes with one.
    fn is_noun(&self, side: Occurrence) -> bool {
        let word = |back: usize| side.first.checked_sub(back).map_or("", |at| self.words.lower(at));
        let placed = match word(1) {
            "the" => matches!(
                word(2),
                "on" | "to"
                    | "at"
                    | "from"
                    | "than"
                    | "with"
                    | "of"
                    | "in"
                    | "toward"
                    | "towards"
                    | "versus"
                    | "vs"
                    | ">"
                    | "<"
            ),
            preposition => matches!(preposition, "on" | "than" | "versus" | "vs" | ">" | "<"),
        };
        placed
            && (self.ends_here(side)
                || self.words.next(side.last).is_some_and(|at| self.is(Cue::Company, at)))
    }

    /// "The right one buckles": of two sides, where one has been named.
    fn is_one_of_two(&self, side: Occurrence) -> bool {
        let article = side.first.checked_sub(1).map_or("", |at| self.words.lower(at));
        article == "the" && self.words.lower(side.last + 1) == "one"
    }

    /// "Knee, left.", "Side: left"
    fn is_set_off(&self, side: Occurrence) -> bool {
        let Some(mark) = side.first.checked_sub(1).filter(|&at| self.is_separator(at)) else { return false };
        let labelled =
            mark.checked_sub(1).is_some_and(|at| matches!(self.words.lower(at), "side" | "laterality"));
        self.ends_here(side) && (labelled || self.region_before(side).is_some())
    }

    fn is_bracketed(&self, side: Occurrence) -> bool {
        let opens = side.first.checked_sub(1).is_some_and(|at| matches!(self.words.lower(at), "(" | "["));
        opens && matches!(self.words.lower(side.last + 1), ")" | "]")
    }

    fn is_separator(&self, at: usize) -> bool {
        matches!(self.words.lower(at), "," | ":" | "-" | "\u{2013}" | "(" | "[")
    }

    /// Whether a mark or the end of the text follows.
    fn ends_here(&self, side: Occurrence) -> bool {
        self.words.token(side.last + 1).is_none_or(|token| {
            token.kind == TokenKind::Mark
                && !matches!(self.words.lower(side.last + 1), "'" | "\u{2019}" | "-")
        })
    }

    /// The other side with which one is named in one breath: "left and right", "left > right", "left worse than right".
    fn other_side(&self, last: usize) -> Option<usize> {
        let joint = last + 1;
        let other = match self.words.lower(joint) {
            "and" | "or" | "/" | "&" | ">" | "<" => joint + 1,
            "greater" | "more" | "worse" | "less" | "better" if self.words.lower(joint + 1) == "than" => {
                joint + 2 + usize::from(self.words.lower(joint + 2) == "the")
            }
            _ => return None,
        };
        let is_side = matches!(self.words.lower(other), "left" | "right" | "lt" | "rt")
            || matches!(self.words.token(other).map(|_| self.words.raw(other)), Some("L" | "R"));
        is_side.then_some(other)
    }

    /// The region or level that the side goes before.
    fn region_after(&self, side: Occurrence) -> Option<Beside> {
        let mut at = side.last;
        let mut steps = 0;
        let mut has_extent = matches!(self.words.lower(side.last), "sides" | "both");
        loop {
            if let Some(other) = self.other_side(at) {
                at = other;
            }
            let next = self.words.next(at)?;
            if let Some(region) = self.region_at(next) {
                return Some(Beside { steps, ..region });
            }
            let word = self.words.lower(next);
            has_extent |= self.is(Cue::Extent, next);
            let passes = match word {
                "side" | "sided" => true,
                "of" | "the" | "his" | "her" | "their" => has_extent,
                // "Lt. knee", "(L) knee"
                "." => at == side.last && matches!(self.words.lower(at), "lt" | "rt" | "bilat" | "bil"),
                ")" | "]" => at == side.last && self.is_bracketed(side),
                _ => false,
            };
            if !passes {
                let is_mark = self.words.token(next).is_none_or(|token| token.kind == TokenKind::Mark);
                steps += 1;
                if is_mark || steps > MAX_STEPS || self.is(Cue::Stop, next) {
                    return None;
                }
            }
            at = next;
        }
    }

    /// The region that the side stands behind: "knee, left", "knee pain (left)", "knees bilaterally".
    fn region_before(&self, side: Occurrence) -> Option<Beside> {
        let before = side.first.checked_sub(1)?;
        let is_adverb = self.words.lower(side.last) == "bilaterally";
        match self.is_separator(before) {
            true => self.region_ending(before.checked_sub(1)?),
            false if is_adverb => self.region_ending(before),
            false => None,
        }
    }

    /// "Knee pain on the left".
    fn region_before_on(&self, side: Occurrence) -> Option<Beside> {
        let on = side.first.checked_sub(2)?;
        let is_placed = self.words.lower(on) == "on" && self.words.lower(on + 1) == "the";
        if is_placed { self.region_ending(on.checked_sub(1)?) } else { None }
    }

    fn region_ending(&self, last: usize) -> Option<Beside> {
        let filled = self.is(Cue::Filler, last).then(|| last.checked_sub(1)).flatten();
        [Some(last), filled].into_iter().flatten().find_map(|last| {
            let end = self.words.token(last)?.span.end;
            let region = self.regions.binary_search_by_key(&end, |region| region.span.end).ok()?;
            let region = &self.regions[region];
            Some(Beside { id: region.id, span: region.span.clone(), steps: 0 })
        })
    }

    fn region_at(&self, first: usize) -> Option<Beside> {
        let start = self.words.token(first)?.span.start;
        let region = self.regions.binary_search_by_key(&start, |region| region.span.start).ok();
        let level = self.levels.binary_search_by_key(&start, |level| level.span.start).ok();
        let region = region.map(|at| (self.regions[at].id, &self.regions[at].span));
        let level = level.map(|at| (self.levels[at].region(), &self.levels[at].span));
        region.or(level).map(|(id, span)| Beside { id, span: span.clone(), steps: 0 })
    }

    /// "L-spine": the letter belongs to the name.
    fn is_inside_region(&self, token: usize) -> bool {
        let Some(token) = self.words.token(token) else { return false };
        let region = self.regions.partition_point(|region| region.span.end <= token.span.start);
        self.regions.get(region).is_some_and(|region| region.span.start <= token.span.start)
    }

    fn is_plural(&self, region: &Beside) -> bool {
        let name = &self.text[region.span.clone()];
        let word = name.rsplit(char::is_whitespace).next().unwrap_or(name).to_lowercase();
        let singular = word.strip_suffix('s').and_then(RegionId::parse);
        singular.is_some()
            || matches!(
                word.as_str(),
                "extremities" | "feet" | "calves" | "menisci" | "patellae" | "scapulae"
            )
    }

    /// Whether a phrase of a kind begins at a token.
    pub(super) fn is(&self, cue: Cue, at: usize) -> bool {
        self.cues.get(at).is_some_and(|cues| cues & cue.bit() != 0)
    }
}
