//! A rationale that speaks of another part of the body than the request.

use std::sync::LazyLock;

use crate::engine::{Arg, Draft, ItemContext, Sink};
use crate::letter::facts::{RegionId, region};
use crate::letter::{Argued, Content, Cue, Item, Letter, Place, Step};
use crate::text::Span;

/// A part of the body where the letter names it.
struct Named {
    place: Place,
    region: RegionId,
}

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = context;
    let asked = asked(letter, item);
    // What goes with an operation is argued with the operation's part.
    let Some(anchor) = asked.first().filter(|_| item.main_item.is_none()) else { return };
    let concluded =
        letter.argument(item).filter(|argued| argued.step == Step::Conclusion).find_map(|argued| {
            let named = named_in(&argued);
            // "Both are medically necessary, and the arm should profit": the decision has been said.
            let is_said = |named: &Named| {
                let mut conclusions = argued.content.facts().conclusions.iter();
                conclusions.any(|conclusion| {
                    argued.holds(&conclusion.span) && conclusion.words.end <= named.place.span.start
                }) && asked.iter().any(|asked| may_be_felt_in(asked.region, named.region))
            };
            let is_other = named.iter().all(|named| {
                !is_said(named) && asked.iter().all(|asked| !is_one_part(asked.region, named.region))
            });
            if is_other { named.into_iter().next() } else { None }
        });
    let concluded = concluded.or_else(|| concluded_of_unknown(letter, item, &asked));
    let concluded = concluded.or_else(|| told_of_unknown(context, &asked));
    if let Some(found) = concluded.or_else(|| argued_otherwise(context, &asked)) {
        sink.push(draft(letter, &found, anchor));
    }
}

/// A part of which the conclusion speaks beside the request's, and of which nothing else in the letter does.
fn concluded_of_unknown(letter: &Letter, item: &Item, asked: &[Named]) -> Option<Named> {
    let mut concluded = letter.argument(item).filter(|argued| argued.step == Step::Conclusion);
    concluded.find_map(|argued| named_in(&argued).into_iter().find(|named| is_unknown(letter, asked, named)))
}

/// A part with a complaint or a finding of the patient, which is neither the request's nor felt along with it, and of
/// which nothing else in the letter speaks.
fn told_of_unknown(context: &ItemContext<'_>, asked: &[Named]) -> Option<Named> {
    let ItemContext { letter, item, .. } = context;
    let mut told = letter.argument(item).filter(|argued| {
        let mut words = argued.sentence.tokens.clone();
        argued.step == Step::Statement
            && argued.has(Cue::Complaint)
            && !words.any(|at| context.is_in_lower("sets-aside", argued.content.word(at)))
    });
    told.find_map(|argued| {
        named_in(&argued).into_iter().find(|named| {
            is_unknown(letter, asked, named)
                && !asked.iter().any(|asked| may_be_felt_in(asked.region, named.region))
        })
    })
}

/// Whether no request and no sentence of the summary speaks of a part.
fn is_unknown(letter: &Letter, asked: &[Named], named: &Named) -> bool {
    let is_known = |known: &Named| is_one_part(known.region, named.region);
    !named.region.is_large()
        && !asked.iter().any(is_known)
        && !letter.items.iter().flat_map(|item| self::asked(letter, item)).any(|asked| is_known(&asked))
        && !letter.summary_sentences().any(|argued| of_anybody(&argued).iter().any(is_known))
}

/// The first part of the body of which the argument speaks, where all are others than the request's.
fn argued_otherwise(context: &ItemContext<'_>, asked: &[Named]) -> Option<Named> {
    let ItemContext { letter, item, .. } = context;
    let argument = letter.argument(item).filter(|argued| argued.step == Step::Statement);
    let sentences: Vec<(Argued<'_>, Vec<Named>)> =
        argument.map(|argued| (argued, named_in(&argued))).filter(|(_, named)| !named.is_empty()).collect();
    let admits = |named: &Named| {
        asked.iter().any(|asked| {
            is_one_part(asked.region, named.region) || may_be_felt_in(asked.region, named.region)
        })
    };
    let spine = RegionId::parse("spine");
    let names_part_of_spine = sentences.iter().flat_map(|(_, named)| named).any(|named| {
        Some(named.region) != spine && spine.is_some_and(|spine| named.region.is_part_of(spine))
    });
    let mut weighed = sentences.iter().flat_map(|(_, named)| named);
    if weighed.any(|named| admits(named) && !(names_part_of_spine && Some(named.region) == spine)) {
        return None;
    }
    let of_other_item = |region: RegionId| {
        let others = letter.items.iter().filter(|other| other.blocks != item.blocks);
        others.flat_map(|other| self::asked(letter, other)).any(|other| is_one_part(other.region, region))
    };
    let is_told = |region: RegionId| {
        letter
            .summary_sentences()
            .flat_map(|argued| named_in(&argued))
            .any(|told| is_one_part(told.region, region))
    };
    let several = sentences.len() > 1;
    let is_argument = |argued: &Argued<'_>, named: &Named| {
        let is_precaution = of_other_item(named.region) && is_of_operation(context, argued, named);
        !argued.has(Cue::Further)
            && !is_precaution
            && (several
                || argued.has(Cue::Complaint)
                || of_other_item(named.region)
                || !is_told(named.region))
    };
    let (argued, named) = sentences.into_iter().next()?;
    named.into_iter().find(|named| is_argument(&argued, named))
}

/// "Having surgery at the wrist": an operation that another item decides, for which this one is a precaution.
fn is_of_operation(context: &ItemContext<'_>, argued: &Argued<'_>, named: &Named) -> bool {
    const REACH: usize = 4;
    let at = argued.content.tokens.partition_point(|token| token.span.start < named.place.span.start);
    let mut beside = at.saturating_sub(REACH)..(at + REACH).min(argued.sentence.tokens.end);
    beside.any(|at| context.is_in("operation", &argued.content.lower(at)))
}

/// The parts of the body that a request names.
fn asked(letter: &Letter, item: &Item) -> Vec<Named> {
    let Some((block, heading)) = letter.heading(item) else { return Vec::new() };
    if reaches_over_parts(heading, &item.request) {
        return Vec::new();
    }
    named(heading, block, |span| item.request.contains(&span.start))
}

/// "PET/CT, skull base to mid-thigh": any part between is asked for too.
fn reaches_over_parts(heading: &Content, request: &Span) -> bool {
    const REACH: usize = 3;
    let regions = &heading.facts().regions;
    let asked = regions.iter().filter(|region| request.contains(&region.span.start));
    asked.into_iter().any(|region| {
        let behind = heading.tokens.partition_point(|token| token.span.start < region.span.end);
        let mut near = (behind..behind + REACH).filter(|&at| at < heading.tokens.len());
        near.find(|&at| heading.lower(at) == "to").is_some_and(|to| {
            let end = heading.tokens.get(to + REACH + 1).map_or(request.end, |token| token.span.start);
            regions.iter().any(|other| (heading.tokens[to].span.end..end).contains(&other.span.start))
        })
    })
}

/// The parts of the body of this patient that a sentence names.
fn named_in(argued: &Argued<'_>) -> Vec<Named> {
    named(argued.content, argued.block, |span| argued.holds(span) && argued.is_of_case(span))
}

/// The parts of the body that a sentence names, whosever they are.
fn of_anybody(argued: &Argued<'_>) -> Vec<Named> {
    named(argued.content, argued.block, |span| argued.holds(span))
}

/// The parts and spinal levels that are named where a test passes; "facet" and "disc" beside "lumbar" say no more.
fn named(content: &Content, block: usize, passes: impl Fn(&Span) -> bool) -> Vec<Named> {
    let facts = content.facts();
    let regions = facts.regions.iter().map(|region| (&region.span, region.id));
    let levels = facts.levels.iter().map(|level| (&level.span, level.region()));
    let mut named: Vec<Named> = regions
        .chain(levels)
        .filter(|(span, _)| passes(span))
        .map(|(span, region)| Named { place: Place { block, span: span.clone() }, region })
        .collect();
    drop_general(&mut named);
    named.sort_by_key(|named| named.place.span.start);
    named
}

/// Leaves out what is of the spine in general where one of its parts is named.
fn drop_general(named: &mut Vec<Named>) {
    let Some(spine) = RegionId::parse("spine") else { return };
    if named.iter().any(|named| named.region != spine && named.region.is_part_of(spine)) {
        named.retain(|named| named.region != spine);
    }
}

fn is_one_part(one: RegionId, two: RegionId) -> bool {
    region::related(one, two)
}

/// Whether a request for one part answers complaints of the other.
fn may_be_felt_in(asked: RegionId, other: RegionId) -> bool {
    static REFERRAL: LazyLock<Vec<(RegionId, Vec<RegionId>)>> = LazyLock::new(|| {
        let rows = include_str!("referral.tsv").lines().filter(|line| !line.starts_with('#'));
        let row = |line: &str| {
            let (part, others) = line.split_once('\t')?;
            Some((RegionId::parse(part)?, others.split("; ").filter_map(RegionId::parse).collect()))
        };
        rows.filter_map(row).collect()
    });
    // Each joint of a limb, and each part of the spine, has a row of its own.
    let applies = |part: RegionId| asked == part || asked.is_part_of(part) && !part.is_large();
    let spine = RegionId::parse("spine");
    // "spine" is the word itself: the low back is not felt in the shoulder.
    let admits = |whole: RegionId| {
        whole.is_part_of(other) || other.is_part_of(whole) && (Some(whole) != spine || other == whole)
    };
    REFERRAL.iter().any(|(part, others)| applies(*part) && others.iter().any(|whole| admits(*whole)))
}

fn draft(letter: &Letter, found: &Named, anchor: &Named) -> Draft {
    let text = |place: &Place| Arg::letter(&letter.blocks[place.block].content.text()[place.span.clone()]);
    Draft::new(found.place.clone(), "message")
        .arg("found", text(&found.place))
        .arg("asked", Arg::term(anchor.region.name()))
        .related(anchor.place.clone(), "request", vec![("asked", Arg::term(anchor.region.name()))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_the_table_is_a_region() {
        for line in include_str!("referral.tsv").lines().filter(|line| !line.starts_with('#')) {
            let parts = line.split(['\t', ';']).map(str::trim);
            assert!(
                parts.clone().count() > 1 && parts.clone().all(|part| RegionId::parse(part).is_some()),
                "{line}"
            );
        }
    }

    #[test]
    fn complaints_are_felt_along_the_nerves() {
        let region = |name: &str| RegionId::parse(name).expect("a region");
        for (asked, other, expected) in [
            ("cervical spine", "thumb", true),
            ("lumbar spine", "foot", true),
            ("lumbar spine", "shoulder", false),
            ("shoulder", "low back", false),
            ("knee", "hip", true),
            ("knee", "low back", false),
            ("wrist", "neck", true),
            ("ankle", "wrist", false),
        ] {
            assert_eq!(may_be_felt_in(region(asked), region(other)), expected, "{asked}, {other}");
        }
    }
}
