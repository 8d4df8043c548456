//! A guideline, chapter or organisation that the catalogue does not know.

use crate::engine::{Applicability, Arg, Draft, DraftFix, ItemContext, Sink};
use crate::guideline::catalogue::{self, Entry, Kind, Publisher, entries};
use crate::guideline::citation::{Citation, CitationKind, Organisation};
use crate::guideline::nearest::{Nearest, misspelt_organisation, nearest_title};
use crate::letter::facts::Cited;
use crate::letter::{Letter, Place};
use crate::text::Span;

/// The longest title that is looked up: longer text is a sentence.
const LONGEST: usize = 10;

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = context;
    for cited in &item.citation.cited {
        let draft = misnamed(cited, letter)
            .or_else(|| wrong_number(cited, letter))
            .or_else(|| unknown_title(cited, letter));
        if let Some(draft) = draft {
            sink.push(draft);
        }
    }
    let in_rationale = item.citation.mentioned.iter().map(|mentioned| &mentioned.source);
    for cited in in_rationale {
        if let Some(draft) = known_slip(cited, letter) {
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
    let (_, span) = cited.citation.organisation.as_ref()?;
    let text = cited.text(letter);
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

fn unknown_title(cited: &Cited, letter: &Letter) -> Option<Draft> {
    let citation = &cited.citation;
    let title = citation.title.as_ref().filter(|title| title.entry.is_none())?;
    let text = cited.text(letter);
    // "Elbow, Wrist and Hand Complaints": a title with a comma.
    let span = match citation.sections.first() {
        Some(next)
            if text[title.span.end..next.start.max(title.span.end)].trim() == ","
                && names_guideline(&text[next.clone()]) =>
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
    // Set to a margin, a name may hold two blanks and not be read.
    if !catalogue::named(written).is_empty() {
        return None;
    }
    let nearest = nearest_title(written, publishers);
    let is_misspelt = nearest.is_some_and(|nearest| nearest.is_misspelt);
    let speaks_up = match citation.kind {
        // Sources of others are an open list: only what comes near to a known title is a slip.
        CitationKind::OtherGuideline => is_misspelt,
        CitationKind::Odg => is_misspelt || names_odg_chapter(citation, text, written),
        _ => is_misspelt || names_guideline(written),
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

/// Whether an unknown part after "ODG" is meant as a chapter: it is called so, or a topic follows it.
fn names_odg_chapter(citation: &Citation, text: &str, written: &str) -> bool {
    const CHAPTER: usize = 4;
    // Parts of the ODG that are no chapters.
    let is_other_part = [
        "formulary",
        "index",
        "duration",
        "treatment",
        "integrated",
        "procedure",
        "twc",
        "appendix",
        "edition",
        "web",
        "updated",
        "version",
    ]
    .iter()
    .any(|word| written.to_lowercase().contains(word));
    let end = citation.title.as_ref().map_or(0, |title| title.span.end);
    let is_called_so =
        text[end..citation.span.end.max(end)].to_lowercase().trim_start().starts_with("chapter")
            || text[end..].trim_start().to_lowercase().starts_with("chapter");
    let names_part = written.split_whitespace().count() <= CHAPTER && written.starts_with(char::is_uppercase);
    !is_other_part && names_part && is_called_so
}

/// Whether an unknown title is worded as that of a guideline ("Hip Complaints", "Opioid Use Guidelines").
fn names_guideline(written: &str) -> bool {
    const WORDS: [&str; 8] = [
        "complaints",
        "complaint",
        "disorders",
        "disorder",
        "guideline",
        "guidelines",
        "conditions",
        "chapter",
    ];
    let last = written.rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase();
    let is_topic = entries()
        .iter()
        .filter(|entry| entry.kind == Kind::Topic)
        .any(|entry| entry.names.iter().any(|name| name.text.eq_ignore_ascii_case(written)));
    !is_topic
        && written.starts_with(char::is_uppercase)
        && WORDS.contains(&last.trim_matches(|c: char| !c.is_alphabetic()))
}
