//! A claim that something is not documented, where the summary documents it.

use crate::engine::{Arg, Draft, ItemContext, Sink};
use crate::letter::facts::absence::Claimant;
use crate::letter::facts::documented::{Sought, Subject};
use crate::letter::facts::finding::{FindingKind, Polarity};
use crate::letter::facts::{Observation, RegionId, SideValue, Source, Vertebra, region};
use crate::letter::{Content, Item, Letter, Place, Role, SentenceKind};
use crate::text::Span;

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = context;
    for block in letter.rationale(item) {
        let content = &letter.blocks[block].content;
        let is_statement = |at: usize| {
            content.sentence_at(at).is_some_and(|sentence| sentence.kind == SentenceKind::Statement)
        };
        let claims = content.facts().absences.iter();
        for claim in
            claims.filter(|claim| claim.claimant == Claimant::Reviewer && is_statement(claim.span.start))
        {
            let told = content
                .sought(claim)
                .into_iter()
                .find_map(|sought| Some((told(letter, item, content, &sought)?, sought)));
            if let Some((place, sought)) = told {
                sink.push(draft(
                    letter,
                    Place { block, span: claim.span.clone() },
                    "message",
                    &sought,
                    place,
                ));
            }
        }
        let untried = content.untried().into_iter().map(|(span, sought)| (span, sought, "untried"));
        let unexamined = content.unexamined().into_iter().map(|(span, sought)| (span, sought, "unexamined"));
        for (span, sought, message) in untried.chain(unexamined) {
            if let Some(place) = told(letter, item, content, &sought) {
                sink.push(draft(letter, Place { block, span }, message, &sought, place));
            }
        }
    }
}

fn draft(letter: &Letter, claim: Place, key: &'static str, sought: &Sought, told: Place) -> Draft {
    let text = |block: usize, span: &Span| Arg::letter(&letter.blocks[block].content.text()[span.clone()]);
    let absent = text(claim.block, &sought.span);
    let found = text(told.block, &told.span);
    Draft::new(claim, key).arg("absent", absent).arg("found", found.clone()).related(
        told,
        "documented",
        vec![("found", found)],
    )
}

/// Where the summary tells of what a claim says to be absent.
fn told(letter: &Letter, item: &Item, content: &Content, sought: &Sought) -> Option<Place> {
    let summary = letter.blocks.iter().enumerate().filter(|(_, block)| block.role == Role::Summary);
    match &sought.subject {
        Subject::Finding { id, any_result } => {
            if sought.is_failure {
                return None;
            }
            let place = Location::of(content, &sought.span, letter.requested_regions(item));
            let all = letter.summary_observations();
            let mut of_finding = all.iter().filter(|(_, seen)| seen.fact.id == *id && place.holds(seen));
            let is_there = |seen: &Observation<'_>| seen.fact.polarity == Polarity::Present;
            let is_settled = *any_result || of_finding.clone().all(|(_, seen)| is_there(seen));
            let seen = of_finding.find(|(_, seen)| {
                (*any_result || is_there(seen))
                    && (!sought.is_objective
                        || seen.source == Source::Examination && id.kind() != FindingKind::Symptom)
            });
            let Some((block, seen)) = seen else {
                return summary.into_iter().filter(|_| *any_result).find_map(|(index, block)| {
                    Some(Place { block: index, span: block.content.labelled(*id)? })
                });
            };
            is_settled.then(|| Place { block: *block, span: seen.span.clone() })
        }
        Subject::Care(care) => {
            if sought.is_objective {
                return None;
            }
            let place =
                Location::of(content, &sought.span, Vec::new()).on_sides_of_sentence(content, &sought.span);
            let about = letter.requested_regions(item);
            summary.into_iter().find_map(|(index, block)| {
                let told = block.content.documented().into_iter().find(|told| {
                    told.care.is_kind_of(*care)
                        && (!sought.is_failure || told.has_failed)
                        && place.fits(&block.content, &told.span, &about)
                })?;
                Some(Place { block: index, span: told.span })
            })
        }
        Subject::Examination(part) => {
            let place = Location::of(content, &sought.span, Vec::new());
            let is_of_part = |seen: &Observation<'_>| {
                seen.source == Source::Examination
                    && seen.regions.iter().any(|other| other.is_own && other.id.is_part_of(*part))
            };
            let all = letter.summary_observations();
            let (block, seen) = all.iter().find(|(_, seen)| is_of_part(seen) && place.holds(seen))?;
            Some(Place { block: *block, span: seen.span.clone() })
        }
        Subject::Phrase(words) => {
            if sought.is_failure || sought.is_objective {
                return None;
            }
            summary
                .into_iter()
                .find_map(|(index, block)| Some(Place { block: index, span: block.content.affirms(words)? }))
        }
    }
}

/// Of what part and side of the body something is said.
struct Location {
    /// Whether a joint is meant, and not what lies around it.
    is_joint: bool,
    regions: Vec<RegionId>,
    /// Levels of the spine, by their ends.
    levels: Vec<(Vertebra, Vertebra)>,
    sides: Vec<SideValue>,
}

impl Location {
    /// What stands inside a span, else the parts of the body that the claim is about.
    fn of(content: &Content, span: &Span, about: Vec<RegionId>) -> Self {
        let facts = content.facts();
        let is_inside = |other: &Span| span.start <= other.start && other.end <= span.end;
        let mut regions: Vec<RegionId> =
            facts.regions.iter().filter(|region| is_inside(&region.span)).map(|region| region.id).collect();
        regions
            .extend(facts.levels.iter().filter(|level| is_inside(&level.span)).map(|level| level.region()));
        let sides = sides_in(content, span);
        let levels = levels_in(content, span);
        if regions.is_empty() {
            // An epidural injection is of the spine, which may be the cause of anything.
            let is_somewhere = about.iter().all(|region| region.name() != "spine") || about.len() > 1;
            regions = if is_somewhere { about } else { Vec::new() };
        }
        let is_joint = !regions.is_empty()
            && content.text()[span.clone()].split_whitespace().any(|word| word == "joint");
        Self { is_joint, regions, levels, sides }
    }

    /// With the sides that the sentence names, where the span itself names none: "no injection was tried on the left".
    fn on_sides_of_sentence(mut self, content: &Content, span: &Span) -> Self {
        if let Some(sentence) = content.sentence_at(span.start).filter(|_| self.sides.is_empty()) {
            self.sides = sides_in(content, &sentence.span);
        }
        self
    }

    /// Whether an observation may be of it.
    fn holds(&self, seen: &Observation<'_>) -> bool {
        let regions = self.regions.is_empty()
            || seen.regions.is_empty()
            || seen.fact.id.part().is_some()
            || seen
                .regions
                .iter()
                .any(|part| self.regions.iter().any(|&region| region::are_of_one_half(part.id, region)));
        regions && (self.sides.is_empty() || seen.side.is_none_or(|side| self.sides.contains(&side)))
    }

    /// Whether what a sentence says of care may be of it, or where it names no part of the body, of those that are requested.
    fn fits(&self, content: &Content, span: &Span, about: &[RegionId]) -> bool {
        let Some(sentence) = content.sentence_at(span.start) else { return false };
        let own = Self::of(content, &sentence.span, Vec::new()).regions;
        // "On the left the splint was enough; on the right the injection helped": its side is the nearest before it.
        let sides = content.facts().sides.iter().filter(|side| sentence.span.contains(&side.span.start));
        let side = sides.clone().rfind(|side| side.span.end <= span.start).or_else(|| sides.clone().next());
        if side.is_some_and(|side| !self.sides.is_empty() && !self.sides.contains(&side.value)) {
            return false;
        }
        let told = levels_in(content, &sentence.span);
        if !self.levels.is_empty()
            && !told.is_empty()
            && !told.iter().any(|level| self.levels.contains(level))
        {
            return false;
        }
        if self.is_joint {
            return own.iter().any(|region| self.regions.contains(region));
        }
        let any = |wanted: &[RegionId], is_one: fn(RegionId, RegionId) -> bool| {
            own.iter().any(|&one| wanted.iter().any(|&other| is_one(one, other)))
        };
        if self.regions.is_empty() {
            own.is_empty() || about.is_empty() || any(about, region::are_of_one_half)
        } else {
            any(&self.regions, region::related)
        }
    }
}

fn levels_in(content: &Content, span: &Span) -> Vec<(Vertebra, Vertebra)> {
    let levels = content.facts().levels.iter();
    let inside = levels.filter(|level| span.start <= level.span.start && level.span.end <= span.end);
    inside.map(|level| (level.from, level.to)).collect()
}

fn sides_in(content: &Content, span: &Span) -> Vec<SideValue> {
    let sides = content.facts().sides.iter();
    let inside = sides.filter(|side| span.start <= side.span.start && side.span.end <= span.end);
    inside.map(|side| side.value).collect()
}
