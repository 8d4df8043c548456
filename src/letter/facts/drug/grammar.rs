//! The grammar of a drug's mention: the name, and the parts before and behind it.

mod compound;
mod directions;

use std::ops::Range;

use super::lexicon::{Cue, DrugId, Found, Guard, Word, name_at, word};
use super::strength::{self, Strength, StrengthUnit};
use super::{Context, Drug, Form};
use crate::letter::facts::quantity::{self, Quantity};
use crate::letter::facts::words::{Words, without_possessive};
use crate::text::{Gap, Span, Token};

/// Grams from here on are a tube's.
const LEAST_PACKAGE: u64 = 15 * 10_000;
/// Numbers of acetaminophen in milligrams, with which "oxycodone 10/325" names a combination.
const ACETAMINOPHEN: &[u64] = &[300, 325, 400, 500, 650, 660, 750];
/// How many words a cue reaches.
const CUE_REACH: usize = 8;
/// How many words a list of allergies has.
const LIST_REACH: usize = 60;

/// The drugs of one sentence.
pub(super) fn drugs(words: &Words, quantities: &[Quantity]) -> Vec<Drug> {
    let sentence = Sentence { words, tokens: words.tokens, quantities };
    let mut mentions: Vec<Mention> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let free_from = mentions.last().map_or(0, |mention| mention.tokens.end);
        match sentence.mention(at, free_from) {
            Some(mention) => {
                at = mention.tokens.end.max(at + 1);
                mentions.push(mention);
            }
            None => at += 1,
        }
    }
    sentence.join_combinations(&mut mentions);
    sentence.join_compounds(&mut mentions);
    mentions.into_iter().map(|mention| mention.drug).collect()
}

/// A drug with the tokens of its name and of the parts behind it.
struct Mention {
    drug: Drug,
    tokens: Range<usize>,
}

struct Sentence<'a> {
    words: &'a Words<'a>,
    tokens: &'a [Token],
    quantities: &'a [Quantity],
}

impl Sentence<'_> {
    fn written(&self, at: usize) -> &str {
        self.words.raw(at)
    }

    fn word(&self, at: usize) -> Option<Word> {
        word(self.words.lower(at))
    }

    /// The mention whose name begins here. What stands before it is its own from `free_from` on.
    fn mention(&self, start: usize, free_from: usize) -> Option<Mention> {
        let name = self.name(start)?;
        let name_span = self.tokens[start].span.start..self.end_of_name(start, name.end);
        let mut drug = Drug {
            span: name_span.clone(),
            name_span,
            generic: name.id,
            is_brand: name.is_brand,
            release: None,
            strength: None,
            form: None,
            package: None,
            count: None,
            refills: None,
            frequency: None,
            compound: Vec::new(),
            context: None,
        };
        // "Ultram ER" is a name of the table.
        if let Some(Word::Release(release)) = self.word(name.end - 1).filter(|_| name.end > start + 1) {
            drug.release = Some(release);
        }
        let end = self.parts_behind(&mut drug, name.end);
        let before = self.parts_before(&mut drug, start, free_from);
        drug.span.start = self.tokens[before].span.start;
        if end > name.end {
            drug.span.end = self.tokens[end - 1].span.end;
        }
        if let Some(frequency) = quantity::once_in(self.words.lower(end)) {
            drug.frequency = Some(frequency);
            drug.span.end = self.tokens[end].span.end;
        }
        self.attach_quantities(&mut drug, free_from);
        if !self.satisfies(name.guard, &drug) || self.word(name.end) == Some(Word::Other) {
            return None;
        }
        name_combination(&mut drug);
        drug.context = self.context(start, end);
        let end = self.tokens.partition_point(|token| token.span.start < drug.span.end).max(end);
        Some(Mention { drug, tokens: start..end })
    }

    /// A name; "hydrocodone bitartrate/acetaminophen" and "acetaminophen with codeine" are one.
    fn name(&self, start: usize) -> Option<Found> {
        let mut name = name_at(self.words, start)?;
        if name.is_brand {
            return Some(name);
        }
        let mut ingredients = vec![name.id];
        let mut at = name.end;
        loop {
            while self.word(at) == Some(Word::Salt) {
                at += 1;
            }
            let next = match self.words.lower(at) {
                "/" | "-" | "–" | "with" => at + 1,
                "w" if self.written(at + 1) == "/" => at + 2,
                _ => return Some(name),
            };
            let Some(ingredient) = name_at(self.words, next).filter(|found| !found.is_brand) else {
                return Some(name);
            };
            ingredients.push(ingredient.id);
            let Some(combination) = DrugId::combination(&ingredients) else { return Some(name) };
            name = Found { id: combination, is_brand: false, guard: Guard::Free, end: ingredient.end };
            at = name.end;
        }
    }

    /// Without the possessive of "Norco's".
    fn end_of_name(&self, start: usize, end: usize) -> usize {
        let span = &self.tokens[end - 1].span;
        let is_one_word = end == start + 1;
        if is_one_word { span.start + without_possessive(self.written(start)).len() } else { span.end }
    }

    /// Release, strength, form and package behind a name, in any order; the token behind the last.
    fn parts_behind(&self, drug: &mut Drug, name_end: usize) -> usize {
        let mut end = name_end;
        let mut at = name_end;
        loop {
            let behind = self.part(drug, at);
            if let Some(next) = behind {
                end = next;
                at = next;
                // A bracket that was opened closes with its part.
                if self.written(at) == ")" && self.opened_since(name_end, at) {
                    at += 1;
                    end = at;
                }
                continue;
            }
            let separator = self.words.lower(at);
            let is_filler = self.word(at) == Some(Word::Filler);
            let separates = matches!(
                separator,
                "," | "(" | "-" | "–" | ":" | "®" | "™" | "at" | "to" | "of" | "strength" | "dose"
            );
            let is_first = at == end;
            let goes_on = is_filler || separates && (is_first || separator == "(");
            if !goes_on {
                return end;
            }
            at += 1;
        }
    }

    fn opened_since(&self, start: usize, at: usize) -> bool {
        let brackets = (start..at).map(|at| self.written(at));
        let depth = brackets.fold(0_i32, |depth, mark| match mark {
            "(" => depth + 1,
            ")" => depth - 1,
            _ => depth,
        });
        depth > 0
    }

    /// One part behind a name; the token behind it.
    fn part(&self, drug: &mut Drug, at: usize) -> Option<usize> {
        match self.word(at) {
            Some(Word::Salt) if drug.strength.is_none() => return Some(at + 1),
            Some(Word::Release(release)) if drug.release.is_none() => {
                // "extended-release"
                let dash = at + 1 + usize::from(matches!(self.written(at + 1), "-" | "–"));
                let spelled_out = self.written(dash).eq_ignore_ascii_case("release");
                let is_long = self.written(at).len() > 3;
                if is_long && !spelled_out {
                    return None;
                }
                drug.release = Some(release);
                return Some(if is_long { dash + 1 } else { at + 1 });
            }
            Some(Word::Form(form)) if drug.form.is_none() => {
                drug.form = Some(form);
                return Some(at + 1);
            }
            _ => {}
        }
        // "(Norco)" behind the generic
        if let Some(alias) = name_at(self.words, at)
            && self.written(at.wrapping_sub(1)) == "("
            && (alias.id == drug.generic || self.name(at).is_some_and(|name| name.id == drug.generic))
        {
            return self.name(at).map(|name| name.end);
        }
        let (strength, end) = strength::read(self.words, at)?;
        if is_package(&strength, drug) {
            if drug.package.is_some() {
                return None;
            }
            drug.package = Some(strength);
            return Some(end);
        }
        if drug.strength.is_some() || !fits(&strength, drug.generic) {
            return None;
        }
        // "500 mg or 550 mg": neither is the strength.
        if matches!(self.written(end), "or" | "to" | "and")
            && let Some((other, other_end)) = strength::read(self.words, end + 1)
            && other.unit == strength.unit
            && other.unit != Some(StrengthUnit::Percent)
        {
            return Some(other_end);
        }
        drug.strength = Some(strength);
        Some(end)
    }

    /// "50 mg of" before a name; the first token of the mention.
    fn parts_before(&self, drug: &mut Drug, start: usize, free_from: usize) -> usize {
        if drug.strength.is_some() {
            return start;
        }
        let unit = start.saturating_sub(if self.written(start.wrapping_sub(1)).eq_ignore_ascii_case("of") {
            2
        } else {
            1
        });
        let Some(number) = unit.checked_sub(1).filter(|&number| number >= free_from) else { return start };
        if !self.words.is_number(number) {
            return start;
        }
        let is_naked = self.tokens[number].gap == Gap::None && self.written(number.wrapping_sub(1)) == ".";
        let number = number - usize::from(is_naked);
        match strength::read(self.words, number) {
            Some((strength, end))
                if end == unit + 1 && fits(&strength, drug.generic) && !is_package(&strength, drug) =>
            {
                drug.strength = Some(strength);
                number
            }
            _ => start,
        }
    }

    /// Lower-cased, with single blanks.
    fn between(&self, span: &Span) -> String {
        let text = self.words.text.get(span.clone()).unwrap_or_default().to_lowercase();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whether a name that may mean something else is a drug's here.
    fn satisfies(&self, guard: Guard, drug: &Drug) -> bool {
        match guard {
            Guard::Free | Guard::Capitals => true,
            Guard::Substance => {
                drug.strength.is_some()
                    || drug.form.is_some()
                    || drug.count.is_some()
                    || drug.package.is_some()
            }
            Guard::OrdinaryWord => drug.strength.is_some(),
        }
    }

    /// What the sentence says of the drug whose mention these tokens are.
    fn context(&self, start: usize, end: usize) -> Option<Context> {
        let cue = |at: usize| match self.word(at) {
            Some(Word::Cue(cue)) => Some(cue),
            _ => None,
        };
        // An allergy's list may be long; what is taken ends it.
        let last = (start.saturating_sub(LIST_REACH)..start)
            .rev()
            .find_map(|at| cue(at).filter(|cue| matches!(cue, Cue::Allergy | Cue::Takes)));
        if last == Some(Cue::Allergy) || cue(end) == Some(Cue::Allergy) {
            return Some(Context::Allergy);
        }
        let is_end =
            |at: &usize| matches!(self.written(*at), ";" | "," | "but" | "and" | "why" | "that" | "for");
        let near = |cue: Cue| match cue {
            Cue::Past => Some(Context::Past),
            Cue::Taper => Some(Context::Taper),
            Cue::Authorized => Some(Context::Authorized),
            Cue::Allergy | Cue::Takes => None,
        };
        let before = (start.saturating_sub(CUE_REACH)..start).rev().take_while(|at| !is_end(at));
        // "the original request: Norco"
        let is_turned = |at: usize| at.checked_sub(1).and_then(cue) == Some(Cue::Past);
        let mut before = before.filter(|&at| !(cue(at) == Some(Cue::Takes) && is_turned(at)));
        let before = before.find_map(cue);
        // "… was discontinued"
        let verb = matches!(self.written(end), "was" | "were" | "is" | "has" | "been" | "had");
        let after = if verb { (end + 1..end + 3).find_map(cue) } else { None };
        after.or(before).and_then(near)
    }
}
/// Whether it measures a tube or a bottle.
fn is_package(strength: &Strength, drug: &Drug) -> bool {
    let amount = strength.amounts.first().map_or(0, |amount| amount.ten_thousandths);
    let on_skin = drug.form.is_some_and(Form::is_semisolid) || drug.generic.class() == "topical";
    match strength.unit {
        Some(StrengthUnit::Milliliter) => true,
        // "1.5% solution, 150 mg": the strength is told, so that this is the bottle, in a unit of none.
        Some(StrengthUnit::Milligram) => {
            drug.strength.as_ref().is_some_and(|strength| strength.unit == Some(StrengthUnit::Percent))
        }
        Some(StrengthUnit::Gram) => drug.strength.is_some() || on_skin || amount >= LEAST_PACKAGE,
        _ => false,
    }
}

/// Whether a strength's numbers can be this drug's: as many as it has ingredients, or acetaminophen's beside its own.
fn fits(strength: &Strength, drug: DrugId) -> bool {
    let numbers = strength.amounts.len();
    match numbers {
        1 => true,
        _ if numbers == drug.ingredient_count() => strength.unit.is_some() || has_acetaminophen(strength),
        2 => has_acetaminophen(strength) && drug.with_acetaminophen().is_some(),
        _ => false,
    }
}

fn has_acetaminophen(strength: &Strength) -> bool {
    strength.amounts.iter().any(|amount| ACETAMINOPHEN.iter().any(|mg| amount.ten_thousandths == mg * 10_000))
}

/// "oxycodone 10/325" is the combination.
fn name_combination(drug: &mut Drug) {
    let pair = drug.strength.as_ref().is_some_and(|strength| strength.amounts.len() == 2);
    if pair
        && drug.generic.ingredient_count() == 1
        && let Some(combination) = drug.generic.with_acetaminophen()
    {
        drug.generic = combination;
    }
}
