//! A study that is cited without its journal, year or pages.

mod unnamed;

use crate::engine::{Arg, Draft, ItemContext, Sink};
use crate::guideline::citation::{self, Citation, CitationKind};
use crate::letter::facts::{Cited, Mentioned, Purpose};
use crate::letter::{Content, Field, Letter, Place, Role, Sentence, SentenceKind};
use crate::text::Span;

/// How many sentences what is copied from a guideline goes on behind its name.
const REACH: usize = 4;

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
    for mentioned in &item.citation.mentioned {
        let source = &mentioned.source;
        if source.citation.kind == CitationKind::Study
            && (!rests_on_guideline || is_told_of(mentioned, context))
            && !is_cited_in_full(source, letter)
        {
            tell(source, letter, sink);
        }
    }
    tell_unnamed(context, rests_on_guideline, sink);
}

fn tell(cited: &Cited, letter: &Letter, sink: &mut Sink) {
    let citation = &cited.citation;
    let Some(missing) = missing(citation) else { return };
    let draft = Draft::new(cited.place(citation.span.clone()), "message");
    let written = &cited.text(letter)[citation.span.clone()];
    sink.push(draft.arg("found", Arg::letter(written)).arg("missing", Arg::term(missing)));
}

/// "a trial by Poe", "Poe (2012) found", "one author (Poe, 2012)": in the writer's own words, not in a bracket that came
/// along with a guideline's text.
fn is_told_of(mentioned: &Mentioned, context: &ItemContext<'_>) -> bool {
    let Mentioned { source, purpose } = mentioned;
    let content = &context.letter.blocks[source.block].content;
    let span = &source.citation.span;
    let Some(at) = content.sentences.iter().position(|sentence| sentence.span.contains(&span.start)) else {
        return false;
    };
    let before = &content.text()[content.sentences[at].span.start..span.start];
    // "Poe (2012) reported that …": somebody else's words, but the study's.
    let is_reported = content.sentences[at].kind == SentenceKind::Attributed || *purpose == Purpose::Report;
    let is_theirs = is_reported && before.split_whitespace().count() > 2;
    if is_theirs || is_copied(context, source.block, at) {
        return false;
    }
    let in_brackets = content.text()[span.clone()].starts_with('(') || before.ends_with('(');
    let previous = before.trim_end_matches([' ', '(', '\n']).rsplit(char::is_whitespace).next();
    let is_paper = |word: &str| context.is_in_lower("papers", word) || context.is_in_lower("authors", word);
    !in_brackets || previous.is_some_and(is_paper)
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

/// Whether the letter cites a study by the same author with all its parts, in an item or in a list of its own.
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
    let is_cited = all
        .filter(|other| other.citation.kind == CitationKind::Study && missing(&other.citation).is_none())
        .any(|other| surname(other).is_some_and(|surname| surname == wanted));
    is_cited || letter.blocks.iter().any(|block| is_listed(block.content.text(), &wanted))
}

/// Whether a text that begins with a surname is a complete citation of a study.
fn is_listed(text: &str, surname: &str) -> bool {
    let first = text.trim_start().split(|c: char| !c.is_alphabetic() && c != '-').next();
    first.is_some_and(|first| first.to_lowercase() == surname)
        && citation::parse(text)
            .iter()
            .any(|citation| citation.kind == CitationKind::Study && missing(citation).is_none())
}

/// "(reference 2)", "[2]": the list of sources says which study is meant.
fn points_to_list(sentence: &str) -> bool {
    let is_number = |rest: &str| rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let follows =
        |mark: &str| sentence.match_indices(mark).any(|(at, mark)| is_number(&sentence[at + mark.len()..]));
    ["reference ", "references ", "ref. ", "["].into_iter().any(follows)
}

/// "A recent study shows that …" where neither the item nor the sentence says which.
fn tell_unnamed(context: &ItemContext<'_>, rests_on_guideline: bool, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = context;
    let mentioned = item.citation.mentioned.iter().map(|mentioned| &mentioned.source);
    if item.citation.cited.iter().chain(mentioned).any(|cited| cited.citation.kind == CitationKind::Study) {
        return;
    }
    let is_read = |role: Role| matches!(role, Role::Field(Field::Rationale | Field::ReviewerGuideline));
    for block in item.blocks.clone().filter(|&block| is_read(letter.blocks[block].role)) {
        let content = &letter.blocks[block].content;
        let is_rationale = letter.blocks[block].role == Role::Field(Field::Rationale);
        for (at, sentence) in content.sentences.iter().enumerate() {
            let is_copied = is_rationale && rests_on_guideline && is_copied(context, block, at);
            if is_copied || points_to_list(&content.text()[sentence.span.clone()]) {
                continue;
            }
            if let Some(span) = unnamed::in_sentence(context, content, sentence) {
                // "A review concluded that …": it is research that speaks, not somebody else.
                let speaks = || opens(content, at, span.start) && is_research(context, content, &span);
                if sentence.kind == SentenceKind::Attributed && !speaks() {
                    continue;
                }
                let words = Arg::letter(&content.text()[span.clone()]);
                sink.push(Draft::new(Place { block, span }, "unnamed").arg("found", words));
            }
        }
    }
}

/// Whether words name research: not "two studies" of a patient's spine, and not the peer review of the request.
fn is_research(context: &ItemContext<'_>, content: &Content, span: &Span) -> bool {
    let has = |sets: &[&str]| {
        let mut words = content.text()[span.clone()].split(|c: char| !c.is_alphanumeric());
        words.any(|word| sets.iter().any(|set| context.is_in_lower(set, word)))
    };
    has(&["rigour", "always"]) && (!has(&["reviews"]) || has(&["of-research"]))
}

/// Whether a place is the first word of a sentence that stands behind nobody else's words.
fn opens(content: &Content, at: usize, place: usize) -> bool {
    let start = content.sentences[at].span.start.max(content.body_start).min(place);
    let is_first = content.text()[start..place].trim().is_empty();
    let stands_behind = at > 0 && content.sentences[at - 1].kind == SentenceKind::Attributed;
    is_first && !stands_behind
}

/// Whether a sentence belongs to what is told of a guideline that a sentence names.
fn is_copied(context: &ItemContext<'_>, block: usize, at: usize) -> bool {
    let names_guideline = |sentence: &Sentence| {
        context.item.citation.mentioned.iter().map(|mentioned| &mentioned.source).any(|source| {
            source.block == block
                && source.citation.kind != CitationKind::Study
                && sentence.span.contains(&source.citation.span.start)
        })
    };
    let sentences = &context.letter.blocks[block].content.sentences[..=at];
    let is_general = |sentence: &&Sentence| sentence.kind != SentenceKind::Statement;
    sentences.iter().rev().take(REACH).take_while(is_general).any(names_guideline)
}
