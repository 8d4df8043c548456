//! Sides of the body that a text names ("left knee", "bilaterally", "RUE"), and in what connection.

use std::ops::Range;
use std::sync::LazyLock;

use super::level::Level;
use super::phrase::{Phrases, Words, rows, sentence_at};
use super::region::{Region, RegionId};
use crate::letter::Sentence;
use crate::text::{Span, Token, TokenKind};

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

/// What a word or phrase for a side needs to be one.
#[derive(Clone, Copy)]
enum Form {
    /// A side, wherever it stands.
    Always(SideValue),
    /// A side if its company says so.
    Word(SideValue),
    /// A side before a region or in brackets.
    Mark(SideValue),
    /// Two sides before a region in the plural.
    Both,
    /// No side.
    Not,
}

/// What words around a side say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cue {
    Sided,
    Filler,
    Stop,
    Subject,
    Company,
    Versus,
    Than,
    Elsewhere,
    Normal,
    Radiation,
    Radicular,
    History,
    Past,
    Event,
    Extent,
    Overuse,
    Turn,
}

impl Cue {
    fn bit(self) -> u32 {
        1 << self as u32
    }
}

struct Vocabulary {
    forms: Phrases<Form>,
    cues: Phrases<Cue>,
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    use SideValue::{Bilateral, Left, Right};
    let mut forms = Phrases::new();
    let mut cues = Phrases::new();
    for row in rows(include_str!("side.tsv")) {
        let [kind, entries] = row[..] else { continue };
        let form = match kind {
            "left" => Some(Form::Word(Left)),
            "right" => Some(Form::Word(Right)),
            "left-mark" => Some(Form::Mark(Left)),
            "right-mark" => Some(Form::Mark(Right)),
            "both-mark" => Some(Form::Mark(Bilateral)),
            "left-always" => Some(Form::Always(Left)),
            "right-always" => Some(Form::Always(Right)),
            "both-always" => Some(Form::Always(Bilateral)),
            "both" => Some(Form::Both),
            "not" => Some(Form::Not),
            _ => None,
        };
        match (form, cue(kind)) {
            (Some(form), _) => forms.add(entries, form),
            (None, Some(cue)) => cues.add(entries, cue),
            (None, None) => {}
        }
    }
    Vocabulary { forms, cues }
});

fn cue(kind: &str) -> Option<Cue> {
    Some(match kind {
        "sided" => Cue::Sided,
        "filler" => Cue::Filler,
        "stop" => Cue::Stop,
        "subject" => Cue::Subject,
        "company" => Cue::Company,
        "versus" => Cue::Versus,
        "than" => Cue::Than,
        "elsewhere" => Cue::Elsewhere,
        "normal" => Cue::Normal,
        "radiation" => Cue::Radiation,
        "radicular" => Cue::Radicular,
        "history" => Cue::History,
        "past" => Cue::Past,
        "event" => Cue::Event,
        "extent" => Cue::Extent,
        "overuse" => Cue::Overuse,
        "turn" => Cue::Turn,
        _ => return None,
    })
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
        let form = VOCABULARY.forms.at(&words, index);
        index = form.as_ref().map_or(index + 1, |(_, range)| range.end);
        forms.extend(form);
    }
    if forms.is_empty() {
        return Vec::new();
    }
    let cues_at = |at| VOCABULARY.cues.values_at(&words, at).fold(0, |cues, cue| cues | cue.bit());
    let cues = (0..tokens.len()).map(cues_at).collect();
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

/// The tokens of a word or phrase for a side.
#[derive(Clone, Copy)]
struct Occurrence {
    first: usize,
    last: usize,
}

/// A side, before it is known in what connection it is named.
struct Named {
    first: usize,
    last: usize,
    value: SideValue,
    beside: Option<Beside>,
}

/// The region or level beside a side.
#[derive(Clone)]
struct Beside {
    id: RegionId,
    span: Span,
    /// Words between the two.
    steps: usize,
}

struct Reader<'a> {
    text: &'a str,
    words: &'a Words<'a>,
    sentences: &'a [Sentence],
    regions: &'a [Region],
    levels: &'a [Level],
    /// The cues that begin at each token, a bit for each.
    cues: Vec<u32>,
}

/// More words than these part no side from its noun ("left partial medial meniscectomy").
const MAX_STEPS: usize = 3;

impl Reader<'_> {
    fn side(
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
                let stands_inside = self.regions.iter().any(|region| self.holds(&region.span, side.first));
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
        let mut has_extent = self.words.lower(side.last) == "sides";
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
                "." => {
                    at == side.last
                        && matches!(self.words.lower(at), "lt" | "rt" | "bilat" | "bil" | "l" | "r")
                }
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

    fn holds(&self, span: &Span, token: usize) -> bool {
        self.words
            .token(token)
            .is_some_and(|token| span.start <= token.span.start && token.span.end <= span.end)
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
    fn is(&self, cue: Cue, at: usize) -> bool {
        self.cues.get(at).is_some_and(|cues| cues & cue.bit() != 0)
    }

    fn context(&self, side: &Named, all: &[Named]) -> SideContext {
        let Some(sentence) = sentence_at(self.sentences, side.first) else { return SideContext::Plain };
        let (start, end) = (sentence.tokens.start, sentence.tokens.end);
        let turn = |at: &usize| self.is(Cue::Turn, *at);
        let clause_start = (start..side.first).rfind(turn).map_or(start, |turn| turn + 1);
        let clause_end = (side.last + 1..end).find(turn).unwrap_or(end);
        let before = |cue, reach: usize| {
            (clause_start.max(side.first.saturating_sub(reach))..side.first).any(|at| self.is(cue, at))
        };
        let after = |cue, reach: usize| {
            (side.last + 1..clause_end.min(side.last + 1 + reach)).any(|at| self.is(cue, at))
        };
        let weighs = |at: &usize| self.is(Cue::Versus, *at) || self.is(Cue::Than, *at);
        let is_weighed = || {
            let Some(versus) = (side.last + 1..clause_end).find(weighs) else { return false };
            all.iter().any(|other| (versus..clause_end).contains(&other.first) && other.value != side.value)
        };
        let is_only_compared = || side.beside.is_none() && self.is_beside_other(side, all, start..end);
        if before(Cue::Than, 3)
            || before(Cue::Versus, 8)
            || before(Cue::Elsewhere, 4)
            || after(Cue::Elsewhere, 4)
            || is_weighed()
            || self.is_normal(side, clause_start..clause_end)
            || is_only_compared()
        {
            SideContext::Comparison
        } else if before(Cue::Radiation, 12) || self.is_radicular(side) {
            SideContext::Radiation
        } else if before(Cue::Overuse, 10) || after(Cue::Overuse, 10) {
            SideContext::Compensatory
        } else if before(Cue::History, 8) || before(Cue::Past, 3) && self.is_behind(side, Cue::Event, 4) {
            SideContext::History
        } else {
            SideContext::Plain
        }
    }

    /// "Normal on the left", "5/5 on the left", "the left hip was normal".
    fn is_normal(&self, side: &Named, clause: Range<usize>) -> bool {
        let Some(beside) = &side.beside else {
            let near = side.first.saturating_sub(10).max(clause.start)..(side.last + 7).min(clause.end);
            let full_strength = side.first.saturating_sub(4).max(clause.start)..side.first;
            return near.into_iter().any(|at| self.is(Cue::Normal, at))
                || full_strength.into_iter().any(|at| self.words.lower(at) == "5/5");
        };
        let verb = self.tail(beside).take(3).find(|&at| {
            matches!(
                self.words.lower(at),
                "is" | "was" | "are" | "were" | "appears" | "appeared" | "remains" | "remained"
            )
        });
        verb.is_some_and(|verb| (verb + 1..(verb + 4).min(clause.end)).any(|at| self.is(Cue::Normal, at)))
    }

    /// "4/5 on the right and 5/5 on the left": both sides in one sentence, and no region beside either.
    fn is_beside_other(&self, side: &Named, all: &[Named], sentence: Range<usize>) -> bool {
        let is_other = |other: &Named| {
            sentence.contains(&other.first) && other.beside.is_none() && other.value != side.value
        };
        side.value != SideValue::Bilateral
            && all.iter().any(|other| is_other(other) && other.value != SideValue::Bilateral)
    }

    /// "Left leg radicular pain": a limb, and what comes from the spine.
    fn is_radicular(&self, side: &Named) -> bool {
        let limbs = ["upper-extremity", "lower-extremity"].map(RegionId::of);
        let is_limb = |beside: &Beside| limbs.iter().any(|&limb| beside.id.is_part_of(limb));
        side.beside.as_ref().is_some_and(is_limb) && self.is_behind(side, Cue::Radicular, 3)
    }

    /// Whether a phrase of a kind begins within some words behind the side's region.
    fn is_behind(&self, side: &Named, cue: Cue, reach: usize) -> bool {
        side.beside.as_ref().is_some_and(|beside| self.tail(beside).take(reach).any(|at| self.is(cue, at)))
    }

    /// The tokens behind a region.
    fn tail(&self, beside: &Beside) -> Range<usize> {
        self.words.index_at(beside.span.end)..self.words.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::facts::phrase::check_cases;
    use crate::letter::facts::{level, region};

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

    #[test]
    fn the_table_is_sound() {
        let forms = [
            "left",
            "right",
            "left-mark",
            "right-mark",
            "both-mark",
            "left-always",
            "right-always",
            "both-always",
            "both",
            "not",
        ];
        for row in rows(include_str!("side.tsv")) {
            assert_eq!(row.len(), 2, "{row:?}");
            assert!(forms.contains(&row[0]) || cue(row[0]).is_some(), "{row:?}");
        }
    }

    #[test]
    fn sides_are_found_with_region_and_context() {
        check_cases(include_str!("cases/side.tsv"), |text, tokens, sentences| {
            let regions = region::read(text, tokens, sentences);
            let levels = level::read(text, tokens, sentences);
            read(text, tokens, sentences, &regions, &levels).iter().map(render).collect()
        });
    }

    #[test]
    fn odd_texts_are_read() {
        let sample = "Left L4\u{2013}\nL5 & (R) kne\u{301}e, B/L C8-T2; right\u{2019}s \u{1f9b4} left  knee \u{17f}1-2 both feet L5-";
        let ends = sample.char_indices().map(|(at, _)| at).chain([sample.len()]);
        for text in ends.flat_map(|at| [&sample[..at], &sample[at..]]) {
            let tokens = crate::text::tokens(text);
            let sentences = crate::letter::sentence::sentences(text, &tokens);
            let regions = region::read(text, &tokens, &sentences);
            let levels = level::read(text, &tokens, &sentences);
            let sides = read(text, &tokens, &sentences, &regions, &levels);
            let spans = regions.iter().map(|region| &region.span);
            let spans = spans
                .chain(levels.iter().map(|level| &level.span))
                .chain(sides.iter().map(|side| &side.span));
            for span in spans {
                assert!(text.get(span.clone()).is_some_and(|words| !words.is_empty()), "{text}");
            }
        }
    }
}
