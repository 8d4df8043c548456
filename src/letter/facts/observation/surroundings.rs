//! What stands around a finding: side, part of the body, level, day, and how it is known.

use super::segment::Segment;
use super::words::WORDS;
use super::{Observation, Part, Source};
use crate::letter::block::Content;
use crate::letter::facts::date::{DateFact, DateRole, DateValue};
use crate::letter::facts::finding::{Examined, FindingKind, Polarity};
use crate::letter::facts::level::Level;
use crate::letter::facts::phrase::Phrases;
use crate::letter::facts::region::{self, RegionId};
use crate::letter::facts::side::{Side, SideContext, SideValue};
use crate::letter::facts::words::Words;
use crate::letter::people::{Form, Who};
use crate::text::Span;

/// Words between a finding and those that belong to it, at most.
const BESIDE: usize = 3;

/// Words from the verb behind a part of the body to the finding that it shows, at most.
const PART_REACH: usize = 5;
/// Words between a study and its date, at most.
const STUDY_REACH: usize = 8;

/// A part of a sentence in its block.
pub(super) struct Surroundings<'s, 'c> {
    pub content: &'c Content,
    pub words: &'s Words<'s>,
    pub segment: &'s Segment<'c>,
    /// The parts of the body of which the block speaks where it names none.
    pub about: &'s [RegionId],
}

impl<'c> Surroundings<'_, 'c> {
    pub fn observation(&self, fact: &'c Examined) -> Observation<'c> {
        let segment = self.segment;
        let levels: Vec<&Level> = self
            .content
            .facts()
            .levels
            .iter()
            .filter(|level| is_within(&level.span, &segment.span))
            .collect();
        let (regions, inherited_side) = self.regions(fact, &levels);
        let tokens = self.words.tokens_of(&segment.sentence);
        let has = |list: &Phrases<()>| tokens.clone().any(|at| list.stands_at(self.words, at));
        let mut details = self.listed(&WORDS.movement);
        details.extend(self.listed(&WORDS.modality));
        if fact.id.name() == "reflexes" {
            details.extend(self.listed(&WORDS.reflex));
        }
        // "A positive Romberg, and otherwise normal findings": a positive test is no exception from itself.
        let is_positive_test = fact.kind == FindingKind::Test && fact.polarity == Polarity::Present;
        // Two results of one test differ in what stands beside them, and that must be known.
        let is_split = segment.is_split(fact, &self.content.facts().findings);
        let own_side = self.own_side(fact);
        let side =
            if is_split { own_side } else { own_side.or_else(|| self.side_before()).or(inherited_side) };
        Observation {
            fact,
            span: segment.core(fact),
            source: self.source(fact),
            side,
            regions,
            levels,
            date: self.date(),
            examiner: self.examiner(),
            positions: self.listed(&WORDS.position),
            details,
            is_plain: self.is_plain(fact),
            is_settled: !(is_split && side.is_none()
                || has(&WORDS.changes)
                || has(&WORDS.except) && !is_positive_test),
        }
    }

    /// The side: directly before the finding or behind its words, else in its part of the sentence.
    fn own_side(&self, fact: &Examined) -> Option<SideValue> {
        let before = self.words.index_at(fact.span.start).checked_sub(1);
        let said = fact.cue.as_ref().map_or(fact.span.end, |cue| cue.end.max(fact.span.end));
        let behind = self.words.tokens_of(&(said..self.segment.span.end)).next();
        before
            .and_then(|at| self.side_word(at))
            .or_else(|| behind.and_then(|at| self.side_word(at)))
            .or_else(|| joined(&self.sides(&self.segment.span)))
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
    fn side_before(&self) -> Option<SideValue> {
        let segment = self.segment;
        self.sides(&(segment.sentence.start..segment.span.start)).last().copied()
    }

    fn sides(&self, whole: &Span) -> Vec<SideValue> {
        let sides = self.content.facts().sides.iter().filter(is_place);
        sides.filter(|side| is_within(&side.span, whole)).map(|side| side.value).collect()
    }

    /// The parts of the body, and the side of one that an earlier sentence names.
    fn regions(&self, fact: &Examined, levels: &[&Level]) -> (Vec<Part>, Option<SideValue>) {
        let facts = self.content.facts();
        let segment = self.segment;
        let named = |whole: &Span| -> Vec<Part> {
            let inside = facts.regions.iter().filter(|region| is_within(&region.span, whole));
            inside.map(|region| Part::named(self.content.text(), region)).collect()
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
        let earlier = facts.regions.iter().rev().find(|region| region.span.end <= segment.sentence.start);
        let Some(earlier) = earlier else { return (self.about.iter().copied().map(whole).collect(), None) };
        let sentence = self.content.sentence_at(earlier.span.start).map(|sentence| &sentence.span);
        let is_elsewhere =
            fact.id.part().and_then(RegionId::parse).is_some_and(|part| !region::related(part, earlier.id));
        let of_region = facts.sides.iter().filter(is_place).filter(|side| {
            side.region == Some(earlier.id)
                && !is_elsewhere
                && sentence.is_some_and(|sentence| is_within(&side.span, sentence))
        });
        let side = joined(&of_region.map(|side| side.value).collect::<Vec<_>>());
        (vec![Part { is_own: false, ..Part::named(self.content.text(), earlier) }], side)
    }

    /// The first words of the phrases of a list in this part of the sentence.
    fn listed(&self, list: &Phrases<()>) -> Vec<String> {
        let own = self.words.tokens_of(&self.segment.span);
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
            || stands(&WORDS.exists, before.clone())
            || behind.clone().take(BESIDE).any(|at| WORDS.recorded.stands_at(words, at))
        {
            return true;
        }
        // "The knee shows quadriceps atrophy."
        let part = self
            .content
            .facts()
            .regions
            .iter()
            .rev()
            .find(|region| before.contains(&words.index_at(region.span.start)));
        let is_of_part = part.is_some_and(|part| {
            let verb = words.index_at(part.span.end);
            (1..=PART_REACH).contains(&before.end.saturating_sub(verb)) && WORDS.shows.stands_at(words, verb)
        });
        if is_of_part {
            return true;
        }
        let patient = self.content.mentions().iter().rev().find(|mention| {
            mention.who == Who::Patient && before.contains(&words.index_at(mention.span.start))
        });
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

    fn source(&self, fact: &Examined) -> Source {
        let sentence = self.segment.sentence.start;
        let before = self.words.tokens_of(&(sentence..fact.span.start));
        let last = |list: &Phrases<()>| before.clone().rfind(|&at| list.stands_at(self.words, at));
        let is_study = |other: &Examined| {
            other.kind == FindingKind::Study
                && sentence <= other.span.start
                && other.span.end <= fact.span.start
        };
        if self.content.facts().findings.iter().any(is_study) {
            return Source::Study;
        }
        match (last(&WORDS.complaint), last(&WORDS.examination)) {
            _ if WORDS.subjective.contains(fact.id.name()) => Source::Complaint,
            (Some(complaint), Some(examination)) if complaint > examination => Source::Complaint,
            (Some(_), None) => Source::Complaint,
            _ => Source::Examination,
        }
    }

    /// The day of which it is told: that of its part of the sentence, else of the sentence, else the last that was told before
    /// it, unless it was a study's or a surgery's.
    fn date(&self) -> Option<DateValue> {
        let Segment { span, sentence, .. } = self.segment;
        let tells = |date: &&DateFact| match date.role {
            DateRole::Record | DateRole::Other => {
                sentence.start <= date.span.start || !self.is_of_study(&date.span)
            }
            DateRole::Procedure => sentence.start <= date.span.start,
            _ => false,
        };
        let dates = || self.content.facts().dates.iter().filter(tells);
        let before = dates().take_while(|date| date.span.start < span.end).last();
        let behind = || dates().find(|date| (span.end..sentence.end).contains(&date.span.start));
        let own = before.filter(|date| sentence.start <= date.span.start);
        own.or_else(behind).or(before).map(|date| date.date.value)
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
                self.content.mentions().iter().rev().find(|mention| {
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

    /// "An MRI of 02/11/2014", "the 02/11/2014 EMG".
    fn is_of_study(&self, date: &Span) -> bool {
        let words = self.words.tokens_of(date);
        let near = words.start.saturating_sub(STUDY_REACH)..words.end + BESIDE;
        let stops = |at: usize| matches!(self.words.lower(at), "." | ";");
        let studies = self.content.facts().findings.iter().filter(|fact| fact.kind == FindingKind::Study);
        studies
            .map(|fact| self.words.index_at(fact.span.start))
            .any(|at| near.contains(&at) && !(at.min(words.start)..at.max(words.start)).any(stops))
    }
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
