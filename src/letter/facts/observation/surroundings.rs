//! What stands around a finding: side, part of the body, level, day, and how it is known.

use super::segment::Segment;
use super::words::WORDS;
use super::{Part, Seen, Source};
use crate::letter::block::Content;
use crate::letter::facts::date::{DateFact, DateRole, DateValue};
use crate::letter::facts::drug::Drug;
use crate::letter::facts::finding::{Examined, FindingKind, Polarity};
use crate::letter::facts::level::Level;
use crate::letter::facts::phrase::Phrases;
use crate::letter::facts::region::{self, RegionId};
use crate::letter::facts::side::{Side, SideContext, SideValue};
use crate::letter::facts::words::Words;
use crate::letter::people::{Form, Who};
use crate::text::{Span, TokenKind};

/// Words between a finding and those that belong to it, at most.
const BESIDE: usize = 3;

/// Words from the verb behind a part of the body to the finding that it shows, at most.
const PART_REACH: usize = 5;
/// The first words of a sentence, of which what they say of time holds for all of it.
const OPENING: usize = 6;
/// Words between "not" and the place that it excepts, at most.
const EXCEPTED_REACH: usize = 5;
/// Words between a study and its date, at most.
const STUDY_REACH: usize = 8;

/// A part of a sentence in its block.
pub(super) struct Surroundings<'s, 'c> {
    pub content: &'c Content,
    pub words: &'s Words<'s>,
    pub segment: &'s Segment<'c>,
    /// The block's dates.
    pub days: &'s [Day<'c>],
}

impl<'c> Surroundings<'_, 'c> {
    pub fn seen(&self, fact: &Examined) -> Seen {
        let segment = self.segment;
        let levels =
            inside(&self.content.facts().levels, &segment.span, |level| &level.span).collect::<Vec<_>>();
        let (regions, inherited_side) = self.regions(fact, &levels);
        // "A positive Romberg, and otherwise normal findings": a positive test is no exception from itself.
        let is_positive_test = fact.kind == FindingKind::Test && fact.polarity == Polarity::Present;
        // Two results of one test differ in what stands beside them, and that must be known.
        let is_split = segment.is_split(fact, &self.content.facts().findings);
        let date = self.date(fact);
        let own_side = self.own_side(fact).or_else(|| self.labelled_side(fact));
        let side =
            if is_split { own_side } else { own_side.or_else(|| self.side_before(fact)).or(inherited_side) };
        Seen {
            fact: fact.clone(),
            span: segment.core(fact),
            source: self.source(fact),
            side,
            regions,
            levels: levels.into_iter().cloned().collect(),
            date: date.map(|date| date.date.value),
            is_dated: date.is_some_and(|date| segment.sentence.start <= date.span.start),
            examiner: self.examiner(),
            positions: self.listed(&WORDS.position, &segment.span),
            details: self.details(fact, is_split),
            is_plain: self.is_plain(fact),
            is_settled: !(is_split && side.is_none()
                || self.beside(fact).is_none() && self.is_between_sides(fact, side)
                || self.is_of_unknown_place(fact)
                || self.is_of_unknown_muscle(fact)
                || date.is_some_and(|date| matches!(date.date.value, DateValue::Year(_)))
                || self.has_change(fact)
                || self.is_with_drug(fact)
                || self.clause_has(fact, &WORDS.except) && !is_positive_test),
        }
    }

    /// Of what movement, quality or reflex a finding is told, where that matters for it.
    fn details(&self, fact: &Examined, is_split: bool) -> Vec<String> {
        let Segment { span, sentence, .. } = self.segment;
        let name = fact.id.name();
        let mut details = Vec::new();
        if WORDS.moved.contains(name) {
            details.extend(self.listed(&WORDS.movement, span));
        }
        if WORDS.felt.contains(name) {
            details.extend(self.listed(&WORDS.modality, span));
        }
        if WORDS.stressed.contains(name) {
            details.extend(self.listed(&WORDS.direction, span));
        }
        if name == "reflexes" {
            // "The left Achilles reflex is absent and the right is 2+": both are of one reflex.
            let whole = if is_split { sentence.start..span.end } else { span.clone() };
            details.extend(self.listed(&WORDS.reflex, &whole));
        }
        details
    }

    /// The clause between semicolons in which a finding stands.
    fn clause(&self, fact: &Examined) -> std::ops::Range<usize> {
        let whole = self.words.tokens_of(&self.segment.sentence);
        let at = self.words.index_at(fact.span.start);
        let is_joint = |&token: &usize| self.words.lower(token) == ";";
        let start = (whole.start..at).rfind(is_joint).map_or(whole.start, |token| token + 1);
        let end = (at..whole.end).find(is_joint).unwrap_or(whole.end);
        start..end
    }

    fn clause_has(&self, fact: &Examined, list: &Phrases<()>) -> bool {
        let clause = self.clause(fact);
        let mut at = clause.start;
        while at < clause.end {
            if let Some((stop, ())) = WORDS.steady.longest(self.words, at, clause.end) {
                at = stop;
                continue;
            }
            if list.stands_at(self.words, at) {
                return true;
            }
            at += 1;
        }
        false
    }

    /// Whether what is told may be of another time or have turned: by the words of its clause, or by those that open its
    /// sentence.
    fn has_change(&self, fact: &Examined) -> bool {
        let whole = self.words.tokens_of(&self.segment.sentence);
        let opening = whole.start..whole.end.min(whole.start + OPENING);
        let clause = self.clause(fact);
        let mut at = opening.start;
        while at < clause.end {
            if let Some((stop, ())) = WORDS.steady.longest(self.words, at, whole.end) {
                at = stop;
                continue;
            }
            let is_near = opening.contains(&at) || clause.contains(&at);
            if is_near && WORDS.changes.stands_at(self.words, at) {
                return true;
            }
            at += 1;
        }
        false
    }

    /// "He sleeps well with zolpidem": a complaint may be there without the drug.
    fn is_with_drug(&self, fact: &Examined) -> bool {
        let clause = self.words.span(&self.clause(fact));
        let is_taken = |drug: &Drug| {
            let before = self.words.index_at(drug.span.start).checked_sub(1);
            before.is_some_and(|at| {
                matches!(self.words.lower(at), "with" | "on" | "off" | "without" | "taking")
            })
        };
        // "Gabapentin was given up. No sedation is reported with it."
        let is_of_it = self
            .words
            .tokens_of(&clause)
            .any(|at| self.words.lower(at) == "with" && matches!(self.words.lower(at + 1), "it" | "them"));
        fact.kind == FindingKind::Symptom
            && (is_of_it || inside(&self.content.facts().drugs, &clause, |drug| &drug.span).any(is_taken))
    }

    /// Whether the last word for a side before a finding is another than the side it is taken to have: "the right knee bends
    /// 130 degrees, the left one half of that; strength is 4/5".
    fn is_between_sides(&self, fact: &Examined, side: Option<SideValue>) -> bool {
        let before = self.words.tokens_of(&(self.statement(fact)..fact.span.start));
        let last = before.rev().find_map(|at| match self.words.lower(at) {
            "left" => Some(SideValue::Left),
            "right" => Some(SideValue::Right),
            _ => None,
        });
        matches!(
            (side, last),
            (Some(SideValue::Left), Some(SideValue::Right)) | (Some(SideValue::Right), Some(SideValue::Left))
        )
    }

    /// The side: directly before the finding or behind its words, else before it in its part of the sentence, else behind it.
    fn own_side(&self, fact: &Examined) -> Option<SideValue> {
        let segment = &self.segment.span;
        let middle = fact.span.start.clamp(segment.start, segment.end);
        let parts = [segment.start..middle, middle..segment.end];
        self.beside(fact).or_else(|| parts.iter().find_map(|part| joined(&self.sides(part))))
    }

    /// The side directly before a finding or behind what is said of it.
    fn beside(&self, fact: &Examined) -> Option<SideValue> {
        let segment = &self.segment.span;
        // The second result of a test that is named once has no share in the words before the name.
        let is_second = fact.span.end <= segment.start;
        let before = self.words.index_at(fact.span.start).checked_sub(1).filter(|_| !is_second);
        let said = fact.cue.as_ref().map_or(fact.span.end, |cue| cue.end.max(fact.span.end));
        let mut behind = self.words.tokens_of(&(said..segment.end));
        let behind = behind.find(|&at| {
            !matches!(self.words.lower(at), "on" | "of" | "in" | "at" | "over" | "the" | "his" | "her")
        });
        before
            .and_then(|at| self.side_word(at))
            .or_else(|| behind.and_then(|at| self.side_behind(at, segment.end)))
    }

    /// The side that a word behind a finding names, or with the next: "on the right and on the left".
    fn side_behind(&self, at: usize, end: usize) -> Option<SideValue> {
        if self.is_of_each(at) {
            return Some(SideValue::Bilateral);
        }
        let first = self.side_word(at)?;
        let small = |&at: &usize| {
            matches!(self.words.lower(at), "and" | "on" | "the" | "his" | "her" | "as" | "well")
        };
        let next = (at + 1..self.words.tokens_of(&(self.words.tokens[at].span.start..end)).end)
            .find(|at| !small(at));
        // "Positive on the right, and on the left it is negative": the second begins a statement of its own.
        let ends = |at: usize| {
            let behind =
                self.words.tokens.get(at + 1).filter(|token| token.span.start < self.segment.sentence.end);
            behind.is_none_or(|token| token.kind == TokenKind::Mark)
        };
        let is_both =
            next.is_some_and(|at| ends(at) && self.side_word(at).is_some_and(|other| other != first));
        Some(if is_both { SideValue::Bilateral } else { first })
    }

    /// "At each wrist", "on either side".
    fn is_of_each(&self, at: usize) -> bool {
        let next = self.words.tokens.get(at + 1).map_or(0, |token| token.span.start);
        let is_part = || self.content.facts().regions.iter().any(|region| region.span.start == next);
        matches!(self.words.lower(at), "each" | "either" | "both")
            && (matches!(self.words.lower(at + 1), "side" | "sides") || is_part())
    }

    fn side_word(&self, at: usize) -> Option<SideValue> {
        match self.words.lower(at) {
            "left" => Some(SideValue::Left),
            "right" => Some(SideValue::Right),
            "bilateral" | "bilaterally" => Some(SideValue::Bilateral),
            _ => None,
        }
    }

    /// The last side that its sentence names before its own part.
    fn side_before(&self, fact: &Examined) -> Option<SideValue> {
        let end = self.segment.span.start;
        self.sides(&(self.statement(fact).min(end)..end)).last().copied().or_else(|| self.opening_side())
    }

    /// "Right: well-healed scar, no swelling", "left 5-110 deg, tender; right 0-135 deg, nontender": the side that opens its
    /// sentence or clause as a label, or with a measure.
    fn labelled_side(&self, fact: &Examined) -> Option<SideValue> {
        let words = self.words;
        let sentence = words.index_at(self.segment.sentence.start);
        let clause = self.clause(fact).start;
        let is_number = |at: usize| words.token(at).is_some_and(|token| token.kind == TokenKind::Number);
        let is_label = |at: usize| words.lower(at + 1) == ":" || words.lower(at + 2) == ":";
        [clause, sentence].into_iter().find_map(|first| {
            // "Examination, right: …".
            let first = if words.lower(first + 1) == "," && is_label(first + 2) { first + 2 } else { first };
            let side = self.side_word(first)?;
            let opens = is_label(first) || is_number(first + 1);
            let is_before = words.token(first).is_some_and(|token| token.span.end <= fact.span.start);
            (opens && is_before).then_some(side)
        })
    }

    /// "On the right the quadriceps has full strength."
    fn opening_side(&self) -> Option<SideValue> {
        let on = self.words.index_at(self.segment.sentence.start);
        let opens = self.words.lower(on) == "on" && self.words.lower(on + 1) == "the";
        self.side_word(on + 2).filter(|_| opens)
    }

    /// Where the statement on a finding begins: its sentence, or its clause where that is one of its own. "Positive on the
    /// left and negative on the right; there was no swelling": the sides are those of the test.
    fn statement(&self, fact: &Examined) -> usize {
        let sentence = self.segment.sentence.start;
        let clause = self.words.span(&self.clause(fact)).start;
        let opens = self.words.index_at(clause);
        let is_behind = |side: &Side| is_place(&side) && fact.span.end <= side.span.start;
        let whole = self.words.span(&self.clause(fact));
        let tells_side = || inside(&self.content.facts().sides, &whole, |side| &side.span).any(is_behind);
        if self.words.lower(opens) == "there" || tells_side() { clause } else { sentence }
    }

    fn sides(&self, whole: &Span) -> Vec<SideValue> {
        let sides = inside(&self.content.facts().sides, whole, |side| &side.span).filter(is_place);
        sides.filter(|side| !self.is_excepted(&side.span)).map(|side| side.value).collect()
    }

    /// "Spasm of the neck but not of the low back": whether a place is named as one of which it is not told.
    fn is_excepted(&self, place: &Span) -> bool {
        let at = self.words.index_at(place.start);
        let near = at.saturating_sub(EXCEPTED_REACH)..at;
        let not = near.clone().rev().find(|&at| self.words.lower(at) == "not");
        not.is_some_and(|not| {
            not > near.start
                && matches!(self.words.lower(not - 1), "but" | "and" | "," | "(")
                && (not + 1..at).all(|at| self.words.tokens[at].kind != TokenKind::Mark)
        })
    }

    /// "No tenderness over the spinous processes": whether a place is named that is not known, so that what is told is not told
    /// of all.
    fn is_of_unknown_place(&self, fact: &Examined) -> bool {
        let Segment { span, .. } = self.segment;
        let facts = self.content.facts();
        let knows = inside(&facts.regions, span, |region| &region.span).next().is_some()
            || inside(&facts.levels, span, |level| &level.span).next().is_some()
            || inside(&facts.sides, span, |side| &side.span).next().is_some();
        let behind = self.words.tokens_of(&(fact.span.end..span.end));
        fact.polarity == Polarity::Absent
            && matches!(fact.kind, FindingKind::Sign | FindingKind::Symptom)
            && !knows
            && matches!(
                self.words.lower(behind.start),
                "over" | "at" | "along" | "in" | "of" | "about" | "around" | "across"
            )
            && behind.len() > 1
    }

    /// "Strength is 5/5 in the arms; the left EHL is 4/5": whether a value is told of something that is not known.
    fn is_of_unknown_muscle(&self, fact: &Examined) -> bool {
        let facts = self.content.facts();
        let is_bare = self.content.text().as_bytes().get(fact.span.start).is_some_and(u8::is_ascii_digit);
        is_bare
            && inside(&facts.regions, &self.segment.span, |region| &region.span).next().is_none()
            && inside(&facts.levels, &self.segment.span, |level| &level.span).next().is_none()
    }

    /// The parts of the body, and the side of one that an earlier sentence names.
    fn regions(&self, fact: &Examined, levels: &[&Level]) -> (Vec<Part>, Option<SideValue>) {
        let facts = self.content.facts();
        let segment = self.segment;
        let named = |whole: &Span| -> Vec<Part> {
            let regions = inside(&facts.regions, whole, |region| &region.span);
            let regions = regions.filter(|region| !self.is_excepted(&region.span));
            regions.map(|region| Part::named(self.content.text(), region)).collect()
        };
        let whole = |id: RegionId| Part { id, name: String::new(), is_whole: true, is_own: false };
        let mut parts = named(&segment.span);
        if parts.is_empty() {
            parts.extend(levels.iter().map(|level| whole(level.region())));
        }
        if parts.is_empty() {
            parts = named(&(segment.sentence.start..segment.span.start));
        }
        if !parts.is_empty() {
            return (parts, None);
        }
        let before = facts.regions.partition_point(|region| region.span.end <= segment.sentence.start);
        let earlier = facts.regions[..before].last();
        let Some(earlier) = earlier else { return (Vec::new(), None) };
        let sentence = self.content.sentence_at(earlier.span.start).map(|sentence| &sentence.span);
        let is_elsewhere =
            fact.id.part().and_then(RegionId::parse).is_some_and(|part| !region::related(part, earlier.id));
        let sides = sentence.map(|sentence| inside(&facts.sides, sentence, |side| &side.span));
        let of_region = sides.into_iter().flatten().filter(is_place);
        let of_region = of_region.filter(|side| side.region == Some(earlier.id) && !is_elsewhere);
        let side = joined(&of_region.map(|side| side.value).collect::<Vec<_>>());
        (vec![Part { is_own: false, ..Part::named(self.content.text(), earlier) }], side)
    }

    /// The words of the phrases of a list in a span.
    fn listed(&self, list: &Phrases<()>, whole: &Span) -> Vec<String> {
        let own = self.words.tokens_of(whole);
        let mut found = Vec::new();
        let mut at = own.start;
        while at < own.end {
            let end = list.longest(self.words, at, own.end).map(|(end, ())| end);
            if let Some(end) = end {
                found.push(self.words.bare_in(at..end).collect::<Vec<_>>().join(" "));
            }
            at = end.unwrap_or(at + 1);
        }
        found
    }

    fn is_plain(&self, fact: &Examined) -> bool {
        let words = self.words;
        let before = words.tokens_of(&(self.segment.sentence.start..fact.span.start));
        let behind = words.tokens_of(&(fact.span.end..self.segment.sentence.end));
        let stands = |list: &Phrases<()>, mut tokens: std::ops::Range<usize>| {
            tokens.any(|at| list.stands_at(words, at))
        };
        if fact.kind == FindingKind::Test
            || self.is_of_own_side(fact)
            || self.is_among_results(fact)
            || WORDS.verbal.stands_at(words, before.end)
            || stands(&WORDS.exists, before.clone())
            || behind.clone().take(BESIDE).any(|at| WORDS.recorded.stands_at(words, at))
        {
            return true;
        }
        // "The knee shows quadriceps atrophy."
        let earlier = self.segment.sentence.start..fact.span.start;
        let part = begun(&self.content.facts().regions, &earlier, |region| &region.span).last();
        let is_of_part = part.is_some_and(|part| {
            let verb = words.index_at(part.span.end);
            (1..=PART_REACH).contains(&before.end.saturating_sub(verb)) && WORDS.shows.stands_at(words, verb)
        });
        if is_of_part {
            return true;
        }
        let mut mentions = begun(self.content.mentions(), &earlier, |mention| &mention.span).iter().rev();
        let patient = mentions.find(|mention| mention.who == Who::Patient);
        patient.is_some_and(|patient| {
            let between = words.index_at(patient.span.end)..before.end;
            let owns =
                patient.form == Form::Possessive || words.is_possessive(words.index_at(patient.span.start));
            if owns {
                between.len() <= BESIDE
            } else {
                words.lower(between.start) == "with" || stands(&WORDS.asserts, between)
            }
        })
    }

    /// "Left calf atrophy", "swelling of the right knee": a side of one body.
    fn is_of_own_side(&self, fact: &Examined) -> bool {
        let at = self.words.index_at(fact.span.start);
        let sides = inside(&self.content.facts().sides, &self.segment.span, |side| &side.span);
        let mut own = sides.filter(is_place).map(|side| self.words.index_at(side.span.start));
        own.any(|side| side < at && at - side <= BESIDE || at < side && side - at <= BESIDE + 1)
    }

    /// "Biceps 4/5 with atrophy": a sign in a list of what was found.
    fn is_among_results(&self, fact: &Examined) -> bool {
        let clause = self.words.span(&self.clause(fact)).start..fact.span.start;
        let mut before = inside(&self.content.facts().findings, &clause, |other| &other.span);
        let is_result = |other: &Examined| {
            other.value.is_some() || other.kind == FindingKind::Test && other.polarity == Polarity::Present
        };
        fact.kind == FindingKind::Sign && fact.value.is_none() && before.any(is_result)
    }

    fn source(&self, fact: &Examined) -> Source {
        let sentence = self.segment.sentence.start;
        let before = self.words.tokens_of(&(sentence..fact.span.start));
        let last = |list: &Phrases<()>| before.clone().rfind(|&at| list.stands_at(self.words, at));
        let earlier = sentence..fact.span.start;
        let mut told = inside(&self.content.facts().findings, &earlier, |other| &other.span);
        if told.any(|other| other.kind == FindingKind::Study) {
            return Source::Study;
        }
        if fact.kind == FindingKind::Test {
            return Source::Examination;
        }
        match (last(&WORDS.complaint), last(&WORDS.examination)) {
            _ if WORDS.subjective.contains(fact.id.name()) => Source::Complaint,
            (Some(complaint), Some(examination)) if complaint > examination => Source::Complaint,
            (Some(_), None) => Source::Complaint,
            _ => Source::Examination,
        }
    }

    /// The day of which it is told: that of its part of the sentence, else of the sentence, else the last that was told before
    /// it, unless it was a study's or a surgery's or only bounds a time.
    fn date(&self, fact: &Examined) -> Option<&'c DateFact> {
        let Segment { span, sentence, .. } = self.segment;
        let words = self.words;
        let clause = self.clause(fact);
        let opening = words.index_at(sentence.start) + OPENING;
        let tells = |day: &&Day<'c>| {
            let Day { date, at, .. } = **day;
            let is_here = clause.contains(&at) || sentence.start <= date.span.start && at < opening;
            match date.role {
                _ if day.is_bound => false,
                DateRole::Record | DateRole::Other if is_here => !day.is_studys_own,
                DateRole::Record | DateRole::Other => {
                    date.span.end <= sentence.start
                        && !matches!(date.date.value, DateValue::Year(_))
                        && !day.is_studys_own
                        && !day.is_near_study
                }
                DateRole::Procedure => is_here,
                _ => false,
            }
        };
        let split = |offset: usize| self.days.partition_point(|day| day.date.span.start < offset);
        let before = self.days[..split(span.end)].iter().rfind(tells).map(|day| day.date);
        // "3/5, where strength was 5/5 on 09/12/2013": a day behind a turn is of what stands behind it.
        let is_past_turn = |date: &DateFact| {
            let mut between = words.tokens_of(&(span.end..date.span.start));
            between.any(|at| WORDS.turn.stands_at(words, at))
        };
        let behind = || {
            let later = &self.days[split(span.end)..split(sentence.end.max(span.end))];
            later.iter().find(tells).map(|day| day.date).filter(|date| !is_past_turn(date))
        };
        let own = before.filter(|date| sentence.start <= date.span.start);
        own.or_else(behind).or(before)
    }

    /// Who found it: the clinician that its part of the sentence names last, else the sentence before that.
    fn examiner(&self) -> Option<String> {
        let Segment { span, sentence, .. } = self.segment;
        let of = |whole: &Span| {
            let named = self.words.tokens_of(whole).rev().find(|&at| self.words.lower(at) == "dr");
            let name = named.map(|title| {
                let name = title + 1 + usize::from(self.words.lower(title + 1) == ".");
                self.words.lower(name).to_owned()
            });
            let clinician = || {
                begun(self.content.mentions(), whole, |mention| &mention.span).iter().rev().find(|mention| {
                    mention.who == Who::Clinician
                        && mention.form == Form::Noun
                        && is_within(&mention.span, whole)
                })
            };
            let text = self.content.text();
            name.or_else(|| clinician().map(|mention| text[mention.span.clone()].to_lowercase()))
        };
        of(span).or_else(|| of(&(sentence.start..span.start)))
    }
}

/// A date of a block, with what the words around it make of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Day<'c> {
    date: &'c DateFact,
    /// The token at which it begins.
    at: usize,
    /// "Unchanged since 2013": something held from or up to it.
    is_bound: bool,
    /// "The EMG of 05/19/2015", "films from 02/03/2014".
    is_studys_own: bool,
    /// "An MRI of 02/11/2014", "the 02/11/2014 EMG": a study is named near it.
    is_near_study: bool,
}

impl<'c> Day<'c> {
    /// The dates of a block, in order.
    pub fn all(content: &'c Content, words: &Words<'_>) -> Vec<Self> {
        let facts = content.facts();
        let studies = facts.findings.iter().filter(|fact| fact.kind == FindingKind::Study);
        let studies: Vec<usize> = studies.map(|fact| words.index_at(fact.span.start)).collect();
        facts.dates.iter().map(|date| Self::read(date, words, &studies)).collect()
    }

    /// `studies` are the tokens at which studies are named, in order.
    fn read(date: &'c DateFact, words: &Words<'_>, studies: &[usize]) -> Self {
        let at = words.index_at(date.span.start);
        let before = at.checked_sub(1);
        let noun = before.filter(|&of| WORDS.of_day.stands_at(words, of)).and_then(|of| of.checked_sub(1));
        let own = words.tokens_of(&date.span);
        let near = own.start.saturating_sub(STUDY_REACH)..own.end + BESIDE;
        let stops = |token: usize| matches!(words.lower(token), "." | ";");
        let first = studies.partition_point(|&study| study < near.start);
        let mut beside = studies[first..].iter().copied().take_while(|study| near.contains(study));
        Self {
            date,
            at,
            is_bound: before.is_some_and(|before| WORDS.bound.stands_at(words, before)),
            is_studys_own: noun.is_some_and(|noun| WORDS.study.stands_at(words, noun)),
            is_near_study: beside.any(|study| !(study.min(own.start)..study.max(own.start)).any(stops)),
        }
    }
}

/// The facts of a block, which stand in order, that begin in a span.
fn begun<'f, T>(facts: &'f [T], whole: &Span, span: impl Fn(&T) -> &Span) -> &'f [T] {
    let first = facts.partition_point(|fact| span(fact).start < whole.start);
    let end = facts.partition_point(|fact| span(fact).start < whole.end.max(whole.start));
    &facts[first..end.max(first)]
}

/// The facts of a block, which stand in order, that lie in a span.
fn inside<'f, T>(facts: &'f [T], whole: &Span, span: impl Fn(&T) -> &Span) -> impl Iterator<Item = &'f T> {
    let end = whole.end;
    begun(facts, whole, &span).iter().filter(move |fact| span(fact).end <= end)
}

fn is_within(span: &Span, whole: &Span) -> bool {
    whole.start <= span.start && span.end <= whole.end
}

/// Whether a side says where something is, and not where it goes or what was treated once.
fn is_place(side: &&Side) -> bool {
    !matches!(side.context, SideContext::Radiation | SideContext::History)
}

/// The side that several words for sides name together.
fn joined(sides: &[SideValue]) -> Option<SideValue> {
    let (&first, rest) = sides.split_first()?;
    Some(if rest.iter().all(|&side| side == first) { first } else { SideValue::Bilateral })
}
