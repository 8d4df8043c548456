//! A cited chapter about another part of the body than the request.

use std::sync::LazyLock;

use foldhash::HashMap;

use crate::engine::{Arg, Draft, ItemContext, Sink};
use crate::guideline::catalogue::Kind;
use crate::guideline::citation::CitationKind;
use crate::letter::facts::{Cited, Region, RegionId};
use crate::letter::{Field, Item, Letter, Place, Role};
use crate::text::Span;

const TABLE: &str = include_str!("chapter_mismatch.tsv");

static ROWS: LazyLock<HashMap<(&str, &str), Vec<&str>>> = LazyLock::new(|| {
    TABLE
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut cells = line.splitn(3, '\t');
            Some(((cells.next()?, cells.next()?), cells.next()?.split("; ").collect()))
        })
        .collect()
});

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = context;
    if has_word("request", "-", heading(letter, item)) {
        return;
    }
    let cited: Vec<(&Cited, Vec<RegionId>)> =
        item.citation.cited.iter().filter_map(|cited| Some((cited, regions_of(cited, letter)?))).collect();
    // What is cited once for several services may be about any of them.
    if letter.shares_sources() {
        return;
    }
    let requested = requested(letter, item);
    let is_far = has_word("far", "-", heading(letter, item));
    let fits = |regions: &[RegionId]| match &requested {
        Some((regions_asked, _)) if is_far => !are_of_other_halves(regions_asked, regions),
        None if is_far => true,
        Some((regions_asked, _)) => regions_asked.iter().any(|asked| is_of(*asked, regions)),
        None => is_named_in_letter(letter, regions),
    };
    // One chapter that fits is enough: another may be for another complaint.
    if cited.is_empty() || cited.iter().any(|(_, regions)| fits(regions)) || cites_general(letter, item) {
        return;
    }
    if cited.iter().any(|(_, regions)| is_explained(context, regions)) {
        return;
    }
    let (cited, _) = &cited[0];
    let Some(title) = &cited.citation.title else { return };
    // Of the postsurgical guideline the section is about a part.
    let is_whole = title.entry.is_some_and(|entry| entry.guideline() == "postsurgical");
    let span = cited.citation.sections.first().filter(|_| is_whole).unwrap_or(&title.span).clone();
    let found = Arg::letter(&cited.text(letter)[span.clone()]);
    let draft = Draft::new(cited.place(span), if requested.is_some() { "message" } else { "nowhere" });
    let draft = draft.arg("title", found);
    sink.push(match requested {
        Some((regions, place)) => {
            let name = regions.first().map_or("", |region| region.name());
            draft.arg("region", Arg::term(name)).related(place, "request", vec![("region", Arg::term(name))])
        }
        None => draft,
    });
}

/// Whether the rationale itself says that the chapter is about another part: "The ODG covers the knee only", "by analogy to
/// the knee".
fn is_explained(context: &ItemContext<'_>, regions: &[RegionId]) -> bool {
    context.letter.argument(context.item).any(|argued| {
        let facts = argued.content.facts();
        let mut named = facts.regions.iter().filter(|region| argued.holds(&region.span));
        let has = |set: &str| {
            argued.sentence.tokens.clone().any(|at| context.is_in(set, &argued.content.lower(at)))
        };
        named.any(|region| is_of(region.id, regions))
            && (has("analogy") || has("limits") && has("guidelines"))
    })
}

/// The parts of the body that a citation's chapter is about; absent for chapters about none, or for any.
fn regions_of(cited: &Cited, letter: &Letter) -> Option<Vec<RegionId>> {
    let citation = &cited.citation;
    if !matches!(citation.kind, CitationKind::Mtus | CitationKind::Acoem | CitationKind::Odg) {
        return None;
    }
    let text = cited.text(letter);
    let entry = citation
        .title
        .as_ref()?
        .entry
        .filter(|entry| matches!(entry.kind, Kind::Guideline | Kind::Chapter))?;
    let guideline = entry.guideline();
    let names = if guideline == "postsurgical" {
        let [section] = citation.sections.as_slice() else { return None };
        let section = text[section.clone()].to_lowercase().replace('\n', " ");
        ROWS.iter().find(|((kind, key), _)| *kind == "section" && *key == section)?.1
    } else {
        ROWS.get(&("region", guideline))?
    };
    let is_general = |section: &Span| {
        has_word("anywhere", guideline, &text[section.clone()])
            || has_word("service", "-", &text[section.clone()])
    };
    // A chapter of ODG without a topic may be cited for any of its general ones.
    let is_odg = citation.kind == CitationKind::Odg;
    if is_odg && (citation.sections.is_empty() || citation.sections.iter().any(is_general)) {
        return None;
    }
    Some(names.iter().filter_map(|name| RegionId::parse(name)).collect())
}

/// Whether the item also cites a guideline that is about no part of the body. A bare name ("based on the MTUS") is none.
fn cites_general(letter: &Letter, item: &Item) -> bool {
    let is_bare = |cited: &Cited| {
        let citation = &cited.citation;
        matches!(citation.kind, CitationKind::Mtus | CitationKind::Acoem) && citation.title.is_none()
    };
    item.citation.cited.iter().any(|cited| !is_bare(cited) && regions_of(cited, letter).is_none())
}

/// The parts of the body that the request names, or that of the item with which it goes; and where.
fn requested(letter: &Letter, item: &Item) -> Option<(Vec<RegionId>, Place)> {
    let named = |item: &Item| {
        let block = item.heading?;
        let facts = letter.blocks[block].content.facts();
        let inside = |span: &Span| item.request.contains(&span.start);
        let regions: Vec<&Region> = facts.regions.iter().filter(|region| inside(&region.span)).collect();
        // "Medial branch blocks at L4-5" are of the lumbar spine, not of any spine.
        let level = facts.levels.iter().find(|level| inside(&level.span));
        if let Some(level) = level
            && regions.iter().all(|region| level.region().is_part_of(region.id))
        {
            return Some((vec![level.region()], Place { block, span: level.span.clone() }));
        }
        // "Lumbar epidural injection" is of the lumbar spine, not of any spine.
        let is_specific = |region: &&Region| {
            !regions.iter().any(|other| other.id != region.id && other.id.is_part_of(region.id))
        };
        let specific: Vec<&Region> = regions.iter().copied().filter(is_specific).collect();
        let place = Place { block, span: specific.first()?.span.clone() };
        Some((specific.iter().map(|region| region.id).collect(), place))
    };
    named(item).or_else(|| named(&letter.items[item.main_item?]))
}

/// Whether a chapter's parts are named anywhere in the letter's own text.
fn is_named_in_letter(letter: &Letter, regions: &[RegionId]) -> bool {
    let speaks = |role: Role| {
        matches!(role, Role::Summary | Role::Prose | Role::ItemHeading | Role::Header)
            || matches!(role, Role::Field(Field::Rationale | Field::Request))
    };
    let mut named = letter
        .blocks
        .iter()
        .filter(|block| speaks(block.role))
        .flat_map(|block| &block.content.facts().regions)
        .peekable();
    // A letter that names no part at all has been cut.
    named.peek().is_none() || named.any(|region| is_of(region.id, regions))
}

/// Whether a part is one of a chapter's or belongs to one; of the limbs and the back as wholes only the whole itself does.
fn is_of(asked: RegionId, regions: &[RegionId]) -> bool {
    let is_whole =
        |region: RegionId| ROWS.get(&("whole", "-")).is_some_and(|names| names.contains(&region.name()));
    regions.iter().any(|&region| {
        asked == region || region.is_part_of(asked) || asked.is_part_of(region) && !is_whole(region)
    })
}

/// Whether all parts of the one list are of the upper half of the body and all of the other are not, or the other way round.
fn are_of_other_halves(asked: &[RegionId], cited: &[RegionId]) -> bool {
    let halves = |regions: &[RegionId]| {
        ["upper", "lower"].map(|half| {
            let names = ROWS.get(&("half", half)).into_iter().flatten();
            let known: Vec<RegionId> = names.filter_map(|name| RegionId::parse(name)).collect();
            regions.iter().any(|region| known.iter().any(|of| region == of || region.is_part_of(*of)))
        })
    };
    matches!((halves(asked), halves(cited)), ([true, false], [false, true]) | ([false, true], [true, false]))
}

fn heading<'l>(letter: &'l Letter, item: &Item) -> &'l str {
    item.heading.map_or("", |block| &letter.blocks[block].content.text()[item.request.clone()])
}

/// Whether a text holds a phrase of a kind, as whole words.
fn has_word(kind: &'static str, key: &'static str, text: &str) -> bool {
    let spaced = |text: &str| {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let words: Vec<String> = words.map(str::to_lowercase).collect();
        format!(" {} ", words.join(" "))
    };
    let Some(phrases) = ROWS.get(&(kind, key)) else { return false };
    let text = spaced(text);
    phrases.iter().any(|phrase| text.contains(&spaced(phrase)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guideline::catalogue::entries;

    #[test]
    fn the_table_names_guidelines_and_regions() {
        for ((kind, key), names) in
            ROWS.iter().filter(|((kind, _), _)| matches!(*kind, "region" | "section" | "half"))
        {
            let is_key = entries().iter().any(|entry| entry.guideline() == *key);
            assert!(is_key || *kind != "region", "{kind} {key}");
            for name in names {
                assert!(RegionId::parse(name).is_some(), "{name}");
            }
        }
    }
}
