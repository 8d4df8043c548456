//! A study that is cited without its journal, year or pages.

use std::sync::LazyLock;

use regex::Regex;

use crate::engine::{Arg, Draft, ItemContext, Sink};
use crate::guideline::citation::{Citation, CitationKind};
use crate::letter::facts::Cited;
use crate::letter::{Field, Item, Letter, Place, Role, SentenceKind};

/// For text in small letters. "A recent study shows that …", "Randomized trials have found …": not a study of this patient's body or sleep.
static UNNAMED: LazyLock<Regex> = LazyLock::new(|| {
    let kind = r"(?:recent|randomi[sz]ed|controlled|double-blind(?:ed)?|prospective|retrospective|systematic|multiple|several|numerous|large|published|peer-reviewed|clinical|cohort|pilot|new|one|\d{4})";
    let paper = r"(?:stud(?:y|ies)|trials?|reviews?|meta-analys[ie]s|research)";
    let says = r"(?:shows?|showed|shown|finds?|found|demonstrates?|demonstrated|suggests?|suggested|concludes?|concluded|reports?|reported|indicates?|indicated|supports?|supported)";
    let what = r"(?:that|no\s+(?:benefit|difference|improvement|effect|advantage)|(?:a\s+)?(?:significant|superior|better|improved|clear)\b|benefits?|efficacy|effectiveness)";
    let body = r"(?:studies|research|(?:recent|current|published|available)\s+(?:(?:medical|scientific)\s+)?(?:literature|research|studies)|the\s+(?:(?:medical|scientific|current|published|peer-reviewed)\s+){0,2}literature)";
    Regex::new(&format!(
        r"(?-u)(?:^|[.:]\s+){body}\s+(?:(?:has|have)\s+)?{says}\s+{what}|\b(?:an?|one)\s+{paper}\s+(?:published\s+)?(?:in|from|of)\s+\d{{4}}\s+{says}\s+{what}|\b(?:(?:an?|the|one|in)\s+)?(?:{kind},?\s+){{1,4}}(?:\w+\s+)?{paper}\s+(?:(?:has|have|of|in|from|on|by|published)\s+(?:\w+\s+){{0,5}}?)?{says}\s+{what}"
    ))
    .expect("a constant pattern")
});

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = context;
    for cited in &item.citation.cited {
        if cited.citation.kind == CitationKind::Study && !is_cited_in_full(cited, letter) {
            tell(cited, letter, sink);
        }
    }
    // What is copied from a guideline brings its references along.
    let rests_on_guideline = item
        .citation
        .cited
        .iter()
        .chain(item.citation.mentioned.iter().map(|mentioned| &mentioned.source))
        .any(|cited| {
            !matches!(
                cited.citation.kind,
                CitationKind::Study | CitationKind::Placeholder | CitationKind::Web
            )
        });
    for mentioned in item.citation.mentioned.iter().map(|mentioned| &mentioned.source) {
        if mentioned.citation.kind == CitationKind::Study
            && (!rests_on_guideline || is_told_of(mentioned, letter))
            && !is_cited_in_full(mentioned, letter)
        {
            tell(mentioned, letter, sink);
        }
    }
    unnamed(letter, item, rests_on_guideline, sink);
}

fn tell(cited: &Cited, letter: &Letter, sink: &mut Sink) {
    let citation = &cited.citation;
    let Some(missing) = missing(citation) else { return };
    let draft = Draft::new(cited.place(citation.span.clone()), "message");
    let written = &cited.text(letter)[citation.span.clone()];
    sink.push(draft.arg("found", Arg::letter(written)).arg("missing", Arg::term(missing)));
}

/// "a trial by Poe", in the writer's own words.
fn is_told_of(mentioned: &Cited, letter: &Letter) -> bool {
    let content = &letter.blocks[mentioned.block].content;
    let span = &mentioned.citation.span;
    let is_own = content.sentence_at(span.start).is_some_and(|sentence| is_own_words(sentence.kind, true));
    is_own && content.text()[span.clone()].starts_with(char::is_lowercase)
}

/// Whether a sentence is not copied from a guideline that the item cites, nor somebody else's.
fn is_own_words(kind: SentenceKind, rests_on_guideline: bool) -> bool {
    !(kind == SentenceKind::Attributed || kind == SentenceKind::Guideline && rests_on_guideline)
}

fn missing(citation: &Citation) -> Option<&'static str> {
    Some(match (citation.journal.is_none(), citation.year.is_none(), citation.pages.is_empty()) {
        (true, true, _) => "journal, year and pages",
        (true, false, true) => "journal and pages",
        (true, false, false) => "journal",
        (false, true, true) => "year and pages",
        (false, true, false) => "year",
        (false, false, true) => "volume and pages",
        (false, false, false) => return None,
    })
}

/// Whether the letter cites a study by the same author with all its parts.
fn is_cited_in_full(cited: &Cited, letter: &Letter) -> bool {
    let surname = |cited: &Cited| {
        let author = cited.citation.author.clone()?;
        let written = &cited.text(letter)[author];
        written.split(|c: char| !c.is_alphabetic() && c != '-').next().map(str::to_lowercase)
    };
    let Some(wanted) = surname(cited) else { return false };
    let all = letter.items.iter().flat_map(|item| {
        item.citation.cited.iter().chain(item.citation.mentioned.iter().map(|mentioned| &mentioned.source))
    });
    all.filter(|other| other.citation.kind == CitationKind::Study && missing(&other.citation).is_none())
        .any(|other| surname(other).is_some_and(|surname| surname == wanted))
}

/// For text in small letters. "A recent study shows that …" where neither the item nor the sentence says which.
fn unnamed(letter: &Letter, item: &Item, rests_on_guideline: bool, sink: &mut Sink) {
    let cites_study = item.citation.cited.iter().any(|cited| cited.citation.kind == CitationKind::Study)
        || item
            .citation
            .mentioned
            .iter()
            .any(|mentioned| mentioned.source.citation.kind == CitationKind::Study);
    if cites_study {
        return;
    }
    for block in
        item.blocks.clone().filter(|&block| letter.blocks[block].role == Role::Field(Field::Rationale))
    {
        let content = &letter.blocks[block].content;
        for found in UNNAMED.find_iter(content.small()) {
            let lead = found.as_str().len() - found.as_str().trim_start_matches(['.', ':', ' ', '\n']).len();
            let span = found.start() + lead..found.end();
            let Some(sentence) = content.sentence_at(span.start) else { continue };
            if is_own_words(sentence.kind, rests_on_guideline) {
                let words = Arg::letter(&content.text()[span.clone()]);
                sink.push(Draft::new(Place { block, span }, "unnamed").arg("found", words));
            }
        }
    }
}
