//! A guideline, chapter or organisation that the catalogue does not know.

use crate::engine::{Applicability, Arg, Draft, DraftFix, ItemContext, Sink};
use crate::guideline::catalogue::{self, Entry, Kind, Publisher, entries};
use crate::guideline::citation::{Citation, CitationKind, Organisation};
use crate::guideline::nearest::{
    Nearest, is_known_matter, misspelt_organisation, near_acronym, nearest_title,
};
use crate::letter::facts::Cited;
use crate::letter::{Letter, Place};
use crate::text::Span;

/// The longest title that is looked up: longer text is a sentence.
const LONGEST: usize = 10;

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = context;
    for (index, cited) in item.citation.cited.iter().enumerate() {
        let draft = misnamed(cited, letter)
            .or_else(|| near_acronym_before_title(cited, item.citation.cited.get(index + 1), letter))
            .or_else(|| wrong_number(cited, letter))
            .or_else(|| unknown_title(context, cited));
        if let Some(draft) = draft {
            sink.push(draft);
        }
    }
    let in_rationale = item.citation.mentioned.iter().map(|mentioned| &mentioned.source);
    for cited in in_rationale {
        let draft = known_slip(cited, letter)
            .or_else(|| near_name(cited, letter))
            .or_else(|| unknown_chapter_in_prose(context, cited));
        if let Some(draft) = draft {
            sink.push(draft);
        }
    }
}

/// An organisation's name that is a known misspelling, or comes near to a known name.
fn misnamed(cited: &Cited, letter: &Letter) -> Option<Draft> {
    if let Some(draft) = known_slip(cited, letter) {
        return Some(draft);
    }
    let citation = &cited.citation;
    let text = cited.text(letter);
    let unknown = match (&citation.organisation, &citation.title) {
        (Some((Organisation::Other(None), span)), _) => span.clone(),
        (None, Some(title)) if title.entry.is_none() => title.span.clone(),
        // "Official Disability Guide (ODG)": the name stands before its acronym.
        (Some((_, acronym)), Some(title)) if title.entry.is_none() && title.span.end <= acronym.start => {
            title.span.clone()
        }
        _ => return None,
    };
    // The title of a source without organisation begins with what should have been the organisation's name.
    let written = &text[unknown.clone()];
    let ends: Vec<usize> =
        written.match_indices([' ', '\n', ',', '(']).map(|(at, _)| at).chain([written.len()]).collect();
    let (end, entry) =
        ends.into_iter().rev().find_map(|end| Some((end, misspelt_organisation(written[..end].trim())?)))?;
    let place = cited.place(unknown.start..unknown.start + written[..end].trim_end().len());
    Some(slip(place, text, entry))
}

fn known_slip(cited: &Cited, letter: &Letter) -> Option<Draft> {
    let text = cited.text(letter);
    if let Some((place, entry)) = slip_inside(text, &cited.citation.span) {
        return Some(slip(cited.place(place), text, entry));
    }
    let (_, span) = cited.citation.organisation.as_ref()?;
    if let Some(place) = acronym_behind(text, span.end)
        && let Some(entry) = misspelt_organisation(&text[place.clone()])
    {
        return Some(slip(cited.place(place), text, entry));
    }
    // "(ODG)" may stand behind the name.
    let name = text[span.clone()].split('(').next().unwrap_or_default().trim_end();
    let entry = catalogue::misspelt(name)?;
    Some(slip(cited.place(span.start..span.start + name.len()), text, entry))
}

/// An acronym inside a citation that is a known misspelling: "MTUS Low Back Complaints (ACEOM, 2004)".
fn slip_inside(text: &str, citation: &Span) -> Option<(Span, &'static Entry)> {
    const SHORTEST: usize = 4;
    let mut at = citation.start;
    text.get(citation.clone())?.split_inclusive(|c: char| !c.is_ascii_alphanumeric()).find_map(|word| {
        let start = at;
        at += word.len();
        let word = word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        let is_acronym = word.len() >= SHORTEST && word.chars().all(|c| c.is_ascii_uppercase());
        let entry = is_acronym.then(|| catalogue::misspelt(word)).flatten()?;
        Some((start..start + word.len(), entry))
    })
}

/// "American College of Occupational and Environment Medicine" in a sentence: a society's name that comes near to one
/// of ours.
fn near_name(cited: &Cited, letter: &Letter) -> Option<Draft> {
    let (Organisation::Other(None), span) = cited.citation.organisation.as_ref()? else { return None };
    let text = cited.text(letter);
    let entry = misspelt_organisation(&text[span.clone()])?;
    Some(slip(cited.place(span.clone()), text, entry))
}

/// "MTU Low Back Complaints", "ODC Low Back Chapter": before a title stands what comes near to its publisher's acronym.
fn near_acronym_before_title(cited: &Cited, next: Option<&Cited>, letter: &Letter) -> Option<Draft> {
    let citation = &cited.citation;
    let title = citation.title.as_ref().filter(|title| title.entry.is_none())?;
    if citation.organisation.is_some() {
        return None;
    }
    let text = cited.text(letter);
    let written = &text[title.span.clone()];
    let acronym = written.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
    let entry = near_acronym(acronym)?;
    let behind = written[acronym.len()..].trim_start_matches(|c: char| !c.is_alphanumeric());
    let named = catalogue::named(behind);
    let entitled = if behind.is_empty() {
        let next = next.filter(|next| next.citation.span.start >= title.span.end)?;
        let between = text.get(title.span.end..next.citation.span.start)?;
        let is_beside = next.text(letter) == text && !between.contains([';', '.']);
        next.citation.title.as_ref().and_then(|title| title.entry).filter(|_| is_beside)
    } else {
        named.into_iter().find(|named| named.publisher == entry.publisher)
    };
    let publisher = entitled?.publisher;
    let is_its =
        publisher == entry.publisher || publisher != Publisher::Odg && entry.publisher != Publisher::Odg;
    let place = cited.place(title.span.start..title.span.start + acronym.len());
    is_its.then(|| slip(place, text, entry))
}

/// "(OGD)" behind an organisation's name.
fn acronym_behind(text: &str, end: usize) -> Option<Span> {
    let rest = text[end..].trim_start().strip_prefix('(')?;
    let start = text.len() - rest.len();
    let length = rest.find(')')?;
    rest[..length].chars().all(|c| c.is_ascii_uppercase()).then_some(start..start + length)
}

/// The organisation under its acronym or its full name, whichever was meant.
fn slip(place: Place, text: &str, entry: &'static Entry) -> Draft {
    let written = &text[place.span.clone()];
    let is_acronym = |name: &str| name.chars().all(|c| c.is_ascii_uppercase() || c == '-');
    let meant = entry
        .names
        .iter()
        .find(|name| !name.is_misspelt && is_acronym(name.text) == is_acronym(written))
        .map_or(entry.title, |name| name.text);
    Draft::new(place.clone(), "misnamed")
        .arg("found", Arg::letter(written))
        .arg("meant", Arg::term(meant))
        .fix(DraftFix::replace(place, meant, Applicability::Manual))
}

/// "ACOEM Low Back Chapter 14", "ACOEM Chapter 30".
fn wrong_number(cited: &Cited, letter: &Letter) -> Option<Draft> {
    let citation = &cited.citation;
    let (number, span) = citation.chapter.as_ref()?;
    let is_acoem = matches!(citation.organisation, Some((Organisation::Acoem | Organisation::Mtus, _)))
        || citation.kind == CitationKind::Acoem;
    if !is_acoem {
        return None;
    }
    let numbered = entries().iter().find(|entry| entry.chapter == Some(*number));
    let place = cited.place(span.clone());
    let draft = |message| Draft::new(place.clone(), message).arg("number", Arg::term(number.to_string()));
    let Some(title) = citation.title.as_ref().filter(|_| citation.has_title()) else {
        return numbered.is_none().then(|| draft("no-chapter"));
    };
    let titled = title.entry?;
    let right = titled.chapter.filter(|right| right != number)?;
    let draft = draft("wrong-chapter")
        .arg("title", Arg::letter(&cited.text(letter)[title.span.clone()]))
        .arg("right", Arg::term(right.to_string()));
    Some(draft.related(cited.place(title.span.clone()), "title", Vec::new()))
}

fn unknown_title(context: &ItemContext<'_>, cited: &Cited) -> Option<Draft> {
    let citation = &cited.citation;
    let title = citation.title.as_ref().filter(|title| title.entry.is_none())?;
    let text = cited.text(context.letter);
    // "Elbow, Wrist and Hand Complaints": a title with a comma.
    let span = match citation.sections.first() {
        Some(next)
            if text[title.span.end..next.start.max(title.span.end)].trim() == ","
                && names_guideline(context, &text[next.clone()]) =>
        {
            title.span.start..next.end
        }
        _ => title.span.clone(),
    };
    let written = &text[span.clone()];
    let (publishers, publisher): (&[Publisher], _) = match (&citation.organisation, citation.kind) {
        (Some((Organisation::Other(_), _)), _) => return None,
        (_, CitationKind::Odg) => (&[Publisher::Odg], "ODG chapter"),
        (_, CitationKind::Mtus) => (&[Publisher::Mtus, Publisher::Acoem], "MTUS guideline"),
        (_, CitationKind::Acoem) => (&[Publisher::Acoem], "ACOEM guideline"),
        (None, CitationKind::OtherGuideline) => (&[Publisher::Mtus, Publisher::Acoem], "MTUS guideline"),
        _ => return None,
    };
    let names_chapter =
        citation.kind == CitationKind::Odg && names_odg_chapter(context, citation, text, written);
    let is_of_others = |entry: &&Entry| !matches!(entry.kind, Kind::Topic | Kind::Journal) || !names_chapter;
    // Set to a margin, a name may hold two blanks and not be read.
    if catalogue::named(written).iter().any(is_of_others) {
        return None;
    }
    let nearest = nearest_title(written, publishers);
    let is_misspelt = nearest.is_some_and(|nearest| nearest.is_misspelt);
    let speaks_up = match citation.kind {
        // Sources of others are an open list: only what comes near to a known title is a slip.
        CitationKind::OtherGuideline => is_misspelt,
        CitationKind::Odg => {
            is_misspelt || names_chapter || is_before_section(context, citation, text, written)
        }
        _ => {
            is_misspelt
                || names_guideline(context, written)
                || is_before_section(context, citation, text, written)
                || is_before_year(context, citation, text, written)
        }
    };
    if !speaks_up || written.split_whitespace().count() > LONGEST {
        return None;
    }
    let place = cited.place(span);
    let draft = match nearest {
        None => Draft::new(place, "message"),
        Some(Nearest { name, is_misspelt, .. }) => {
            let draft = Draft::new(place.clone(), "nearest").arg("nearest", Arg::term(name));
            if is_misspelt { draft.fix(DraftFix::replace(place, name, Applicability::Manual)) } else { draft }
        }
    };
    Some(draft.arg("found", Arg::letter(written)).arg("publisher", Arg::term(publisher)))
}

/// "The ODG Spinal Devices Chapter does not recommend braces": an unknown part of the ODG that a sentence calls a chapter.
fn unknown_chapter_in_prose(context: &ItemContext<'_>, cited: &Cited) -> Option<Draft> {
    let title = cited.citation.title.as_ref().filter(|title| title.entry.is_none())?;
    let text = cited.text(context.letter);
    let is_called_so = cited.citation.kind == CitationKind::Odg
        && names_odg_chapter(context, &cited.citation, text, &text[title.span.clone()]);
    if is_called_so { unknown_title(context, cited) } else { None }
}

/// "MTUS Lumbar Brace Standards 2009": a name in the place of a title, with its edition behind it, of a matter that no
/// title and no topic is about.
fn is_before_year(context: &ItemContext<'_>, citation: &Citation, text: &str, written: &str) -> bool {
    let (Some(title), Some((_, year))) = (&citation.title, &citation.year) else { return false };
    let Some(between) = text.get(title.span.end..year.start) else { return false };
    let is_date =
        |word: &str| word.chars().all(|c| c.is_ascii_digit()) || context.is_in_lower("months", word);
    let is_behind =
        between.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(is_date);
    // "The" of a title may be small: "Standards for Bracing".
    let mut words = written.split_whitespace().filter(|word| word.len() > 3);
    let names_itself = words.clone().count() > 1 && words.all(|word| word.starts_with(char::is_uppercase));
    citation.kind == CitationKind::Mtus
        && is_behind
        && names_itself
        && is_short_name(written)
        && !is_other_part(context, written)
        && !is_known_matter(written)
}

/// Whether an unknown part after "ODG" is meant as a chapter: it is called so, or has a chapter's "(Acute & Chronic)".
fn names_odg_chapter(context: &ItemContext<'_>, citation: &Citation, text: &str, written: &str) -> bool {
    let end = citation.title.as_ref().map_or(0, |title| title.span.end);
    let is_called_so = text[end..].trim_start().to_lowercase().starts_with("chapter");
    let is_marked = name_alone(written).len() < written.len();
    (is_called_so || is_marked) && is_short_name(written) && !is_other_part(context, written)
}

/// "ODG Mobility, Walking aids", "MTUS Low Back Appliances, Physical Methods": a name in the place of a chapter, with a
/// section behind it.
fn is_before_section(context: &ItemContext<'_>, citation: &Citation, text: &str, written: &str) -> bool {
    let Some(title) = citation.title.as_ref().filter(|_| citation.organisation.is_some()) else {
        return false;
    };
    let follows_organisation =
        citation.organisation.as_ref().is_some_and(|(_, organisation)| organisation.end <= title.span.start);
    let is_followed = citation.sections.first().is_some_and(|section| {
        title.span.end <= section.start
            && leads_to_section(context, &text[title.span.end..section.start])
            && text[section.clone()].starts_with(char::is_uppercase)
    });
    follows_organisation
        && is_followed
        && is_short_name(written)
        && !is_topic(written)
        && !is_other_part(context, written)
}

fn is_topic(written: &str) -> bool {
    entries()
        .iter()
        .filter(|entry| entry.kind == Kind::Topic)
        .any(|entry| entry.names.iter().any(|name| name.text.eq_ignore_ascii_case(written)))
}

/// "," or ", Section(s):" between a title and a section.
fn leads_to_section(context: &ItemContext<'_>, between: &str) -> bool {
    let mut words = between.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    between.trim_start().starts_with(',') && words.all(|word| context.is_in_lower("section-labels", word))
}

/// A name without a chapter's bracket behind it: "Shoulder" of "Shoulder (Acute & Chronic)".
fn name_alone(written: &str) -> &str {
    match written.find('(') {
        Some(bracket) if bracket > 0 && written[bracket..].to_lowercase().contains("chronic") => {
            written[..bracket].trim_end()
        }
        _ => written,
    }
}

fn is_short_name(written: &str) -> bool {
    const LONGEST_NAME: usize = 4;
    let name = name_alone(written);
    let words = name.split_whitespace().filter(|word| word.contains(char::is_alphanumeric));
    words.count() <= LONGEST_NAME && written.starts_with(char::is_uppercase)
}

/// Parts of a guideline that are no chapters.
fn is_other_part(context: &ItemContext<'_>, written: &str) -> bool {
    written.split(|c: char| !c.is_alphanumeric()).any(|word| context.is_in_lower("other-parts", word))
}

/// Whether an unknown title is worded as that of a guideline ("Hip Complaints", "Opioid Use Guidelines").
fn names_guideline(context: &ItemContext<'_>, written: &str) -> bool {
    let last = written.rsplit(char::is_whitespace).next().unwrap_or_default();
    !is_topic(written)
        && written.starts_with(char::is_uppercase)
        && context.is_in_lower("title-ends", last.trim_matches(|c: char| !c.is_alphabetic()))
}
