//! Reading a text's citations: where each begins, and which of the next words go on with it.

use std::sync::LazyLock;

use regex::Regex;

use super::draft::{Draft, organisation};
use super::words::{Class, is};
use super::{Citation, CitationKind, Organisation};
use crate::guideline::catalogue::{self, Entry, Kind};
use crate::guideline::study::{self, Study};
use crate::guideline::{form, names};
use crate::text::{self, Span, Token, TokenKind, tokens};

/// Where a citation stands: alone in a field, or among a sentence's words.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Field,
    Prose,
}

/// Where a citation begins: at the name of an organisation or a title, a study, a section of a code, an address.
enum Head {
    Named(Vec<&'static Entry>),
    Unknown,
    Study(Study),
    Code,
    Web,
}

pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: Vec<Token>,
}

/// "8 CCR 9792.21(d)", "9792.24.2", "Labor Code section 4610.6(e)".
static CODE: LazyLock<Regex> = LazyLock::new(|| {
    text::pattern(
        r"(?xi)(?:(?-u:\b)(?:(?:title\s+)?8,?\s+)?(?:C\.?C\.?R\.?|California\s+Code\s+of\s+Regulations)[,\s]*(?:\u{a7}+\s*|sections?\s+)?)?(?-u:\b)9792\.[0-9]+(?:\.[0-9]+)*(?:\([a-z0-9]{1,4}\))*
          |(?-u:\b)(?:Labor\s+Code|Lab\.\s*Code|L\.?C\.?)\s*(?:\u{a7}+\s*|sections?\s+)?[0-9]{4}(?:\.[0-9]+)?(?:\([a-z0-9]{1,4}\))*",
    )
});

static WEB: LazyLock<Regex> = LazyLock::new(|| {
    text::pattern(
        r"(?i)(?-u:\b)(?:https?://|www\.)[^\s,;)\]]+|(?-u:\b)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|gov|edu|net)(?-u:\b)(?:/[^\s,;)\]]*)?",
    )
});

/// "American Academy of Pain Medicine": an organisation that the catalogue need not know.
static SOCIETY: LazyLock<Regex> = LazyLock::new(|| {
    text::pattern(
        r"(?-u:\b)American\s+(?:Academy|College|Association|Society)\s+(?:of|for)(?:\s+(?:\p{Lu}[\p{L}-]+|and|of|the|for|&))*\s+\p{Lu}[\p{L}-]+|(?-u:\b)American\s+\p{Lu}\p{L}+\s+(?:Association|Society)(?-u:\b)",
    )
});

impl<'a> Reader<'a> {
    /// A reader of a part of a text; spans count from the text's start.
    pub(super) fn new(text: &'a str, part: Span) -> Self {
        let tokens: Vec<Token> =
            tokens(&text[part.clone()]).into_iter().map(|token| token.shifted(part.start)).collect();
        Self { text, tokens }
    }

    pub(super) fn written(&self, token: usize) -> &'a str {
        self.tokens.get(token).map_or("", |token| &self.text[token.span.clone()])
    }

    pub(super) fn word(&self, token: usize) -> &str {
        self.tokens.get(token).and_then(|token| names::word(self.text, token)).unwrap_or_default()
    }

    pub(super) fn read(&self, place: Place) -> Vec<Citation> {
        let heads = self.heads(place);
        let mut drafts: Vec<Draft> = Vec::new();
        // The first token that no citation has taken.
        let mut free = 0;
        for (index, (span, head)) in heads.iter().enumerate() {
            let next = heads.get(index + 1).map_or(self.tokens.len(), |(next, _)| self.token_at(next.start));
            let (first, after) = (self.token_at(span.start), self.token_at(span.end));
            if place == Place::Field {
                drafts.extend(self.unnamed(free, first));
            }
            let joins = drafts.last().is_some_and(|last| self.continues(&last.citation, span, head));
            if !joins {
                drafts.push(match head {
                    Head::Study(study) => Draft::new(Citation::of_study(study.clone())),
                    _ => Draft::new(Citation::new(CitationKind::OtherGuideline, span.clone())),
                });
            }
            let Some(draft) = drafts.last_mut() else { continue };
            self.name(draft, span, head);
            free = if matches!(head, Head::Study(_)) { after } else { self.tail(draft, after, next, place) };
        }
        if place == Place::Field {
            drafts.extend(self.unnamed(free, self.tokens.len()));
        }
        drafts.into_iter().map(|draft| self.closed(draft.finish())).collect()
    }

    /// With the bracket that closes one opened inside it: "ODG (Low back, 2014)".
    fn closed(&self, mut citation: Citation) -> Citation {
        let written = &self.text[citation.span.clone()];
        let is_open = written.matches('(').count() > written.matches(')').count();
        if is_open && self.text[citation.span.end..].starts_with(')') {
            citation.span.end += 1;
        }
        citation
    }

    /// The first token that ends after an offset.
    fn token_at(&self, offset: usize) -> usize {
        self.tokens.partition_point(|token| token.span.end <= offset)
    }

    /// Where citations begin, in order, without overlap.
    fn heads(&self, place: Place) -> Vec<(Span, Head)> {
        let (start, end) = match (self.tokens.first(), self.tokens.last()) {
            (Some(first), Some(last)) => (first.span.start, last.span.end),
            _ => return Vec::new(),
        };
        let part = &self.text[start..end];
        let mut heads: Vec<(Span, Head)> = Vec::new();
        let mut push = |span: Span, head: Head| heads.push((span, head));
        let studies = if place == Place::Field { study::of_field(part) } else { study::studies(part) };
        for study in studies {
            let study = shifted_study(study, start);
            push(study.span.clone(), Head::Study(study));
        }
        let moved = |found: regex::Match<'_>| start + found.start()..start + found.end();
        let has_address = part.contains("://")
            || part.as_bytes().windows(2).any(|pair| pair[0] == b'.' && pair[1].is_ascii_alphabetic());
        for found in has_address.then(|| WEB.find_iter(part)).into_iter().flatten() {
            let address = found.as_str().trim_end_matches(['.', ':']);
            push(start + found.start()..start + found.start() + address.len(), Head::Web);
        }
        let small = part.to_ascii_lowercase();
        let names_code = ["9792.", "labor", "lab.", "lc", "l.c"].iter().any(|name| small.contains(name));
        for found in names_code.then(|| CODE.find_iter(part)).into_iter().flatten() {
            push(moved(found), Head::Code);
        }
        let mut at = 0;
        while at < self.tokens.len() {
            let found = names::at(self.text, &self.tokens, at, |entry, name, written| match entry.kind {
                Kind::Organisation | Kind::Reference if place == Place::Field => true,
                Kind::Organisation | Kind::Reference | Kind::Guideline | Kind::Journal => {
                    names::stands_alone(name, written)
                }
                Kind::Regulation | Kind::Chapter | Kind::Topic => false,
            });
            if let Some((after, owners)) = found {
                // "(ODG)": the bracket belongs to the name that it follows.
                let in_brackets = at > 0 && self.written(at - 1) == "(" && self.written(after) == ")";
                let is_repeat = owners[0].kind == Kind::Organisation && in_brackets;
                push(self.span(at, if is_repeat { after + 1 } else { after }), Head::Named(owners));
                at = after;
            } else {
                at += 1;
            }
        }
        for found in part.contains("American").then(|| SOCIETY.find_iter(part)).into_iter().flatten() {
            push(moved(found), Head::Unknown);
        }
        // Of those that begin at one place, the first read here stays.
        heads.sort_by_key(|(span, _)| span.start);
        let mut taken = 0;
        heads.retain(|(span, _)| {
            let is_free = span.start >= taken;
            taken = if is_free { span.end } else { taken };
            is_free
        });
        heads
    }

    /// Whether a head goes on with the citation before it: the same publisher once more, the MTUS's ACOEM, the title.
    fn continues(&self, last: &Citation, span: &Span, head: &Head) -> bool {
        let between = &self.text[last.span.end.min(span.start)..span.start];
        let marks: Vec<char> = between.chars().filter(|c| !c.is_whitespace()).collect();
        let in_brackets = marks == ['('] || marks == [',', '('];
        let is_inside = {
            let before = &self.text[last.span.start.min(span.start)..span.start];
            before.matches('(').count() > before.matches(')').count()
        };
        let close = marks.is_empty() || in_brackets || matches!(marks[..], ['/' | '-' | ':']);
        match head {
            Head::Named(rows) if rows[0].kind == Kind::Organisation => {
                let organisation = organisation(rows[0]);
                match &last.organisation {
                    // "Official Disability Guidelines (ODG) by MCG": its publisher since 2017.
                    Some((Organisation::Odg, _)) if last.title.is_none() && between.trim() == "by" => true,
                    // "Opioids Guideline (ACOEM, April 20, 2017; MTUS effective December 1, 2017)"
                    Some((Organisation::Mtus | Organisation::Acoem, _))
                        if is_inside && last.has_title() && last.sections.is_empty() =>
                    {
                        matches!(organisation, Organisation::Mtus | Organisation::Acoem)
                    }
                    Some((named, _)) if *named == organisation => close && last.sections.is_empty(),
                    Some((Organisation::Mtus, _)) => {
                        organisation == Organisation::Acoem && close && last.sections.is_empty()
                    }
                    Some(_) => false,
                    None => {
                        last.title.is_some() && (close || marks == [',']) && last.kind != CitationKind::Study
                    }
                }
            }
            Head::Named(rows) => {
                let is_title = matches!(rows[0].kind, Kind::Guideline | Kind::Chapter);
                let is_untitled = last.organisation.is_some() && !last.has_title();
                let joins = (self.token_at(last.span.end)..self.token_at(span.start)).all(|token| {
                    !matches!(self.written(token), "." | ";")
                        && (self.tokens[token].kind == TokenKind::Mark || is(Class::Filler, self.word(token)))
                });
                is_title && is_untitled && joins
            }
            Head::Unknown | Head::Study(_) => false,
            Head::Code => {
                matches!(last.organisation, Some((Organisation::Mtus, _)))
                    && last.sections.is_empty()
                    && (close || marks == [','])
            }
            Head::Web => {
                let named = self.organisation_in(span);
                last.organisation.as_ref().is_some_and(|(organisation, _)| Some(*organisation) == named)
                    && (close || marks == [','])
            }
        }
    }

    /// Adds what a head says to its citation.
    fn name(&self, draft: &mut Draft, span: &Span, head: &Head) {
        let citation = &mut draft.citation;
        match head {
            Head::Named(rows) if rows[0].kind == Kind::Organisation => match &mut citation.organisation {
                Some((_, place)) if citation.title.is_none() => place.end = span.end,
                Some(_) => {}
                None => {
                    let organisation = organisation(rows[0]);
                    citation.kind = match organisation {
                        Organisation::Mtus => CitationKind::Mtus,
                        Organisation::Acoem => CitationKind::Acoem,
                        Organisation::Odg => CitationKind::Odg,
                        Organisation::Other(_) => CitationKind::OtherGuideline,
                    };
                    citation.organisation = Some((organisation, span.clone()));
                }
            },
            Head::Named(rows) if rows[0].kind == Kind::Journal => {
                citation.kind = CitationKind::Study;
                citation.journal = Some(span.clone());
            }
            Head::Named(rows) => draft.entitle(span.clone(), rows.clone()),
            Head::Unknown => citation.organisation = Some((Organisation::Other(None), span.clone())),
            Head::Study(_) => {}
            // It stands beside the title that it adopts.
            Head::Code if citation.has_title() => {}
            Head::Code => {
                let rows = adopted_by(&self.text[span.clone()]);
                draft.entitle(span.clone(), rows);
                if draft.citation.organisation.is_none() {
                    draft.citation.kind = CitationKind::Regulation;
                }
            }
            Head::Web if citation.organisation.is_none() => {
                citation.kind = CitationKind::Web;
                citation.organisation =
                    self.organisation_in(span).map(|organisation| (organisation, span.clone()));
            }
            Head::Web => {}
        }
        draft.reach(span);
    }

    /// A field's words before a named source, or where none is named: a source that the catalogue does not know.
    fn unnamed(&self, from: usize, to: usize) -> Option<Draft> {
        let is_edge = |token: usize| {
            self.tokens[token].kind != TokenKind::Word
                || is(Class::Filler, self.word(token))
                || self.word(token) == "chapter"
        };
        let (mut first, mut last) = (from, to);
        while first < last && is_edge(first) {
            first += 1;
        }
        while first < last && self.tokens[last - 1].kind == TokenKind::Mark && self.written(last - 1) != ")" {
            last -= 1;
        }
        if first >= last || (first..last).any(|token| is(Class::Verb, self.word(token))) {
            return None;
        }
        let span = self.span(first, last);
        let written = &self.text[span.clone()];
        if form::cites_nothing(written) || form::is_placeholder(written) {
            return None;
        }
        let mut draft = Draft::new(Citation::new(CitationKind::OtherGuideline, span.start..span.start));
        self.tail(&mut draft, first, last, Place::Field);
        (!draft.citation.span.is_empty()).then_some(draft)
    }

    /// The organisation that an address belongs to.
    fn organisation_in(&self, span: &Span) -> Option<Organisation> {
        let inside = tokens(&self.text[span.clone()]);
        (0..inside.len()).find_map(|at| {
            let accepts = |entry: &'static Entry, _: &catalogue::Name, _: &str| {
                matches!(entry.kind, Kind::Organisation | Kind::Reference)
            };
            let (_, owners) = names::at(&self.text[span.clone()], &inside, at, accepts)?;
            Some(organisation(owners[0]))
        })
    }
}

/// The rows of the section of the regulations that a reference to a code names.
fn adopted_by(written: &str) -> Vec<&'static Entry> {
    let Some(at) = written.find("9792.") else { return Vec::new() };
    let number = written[at..].split('(').next().unwrap_or_default();
    catalogue::entries().iter().filter(|row| row.kind != Kind::Topic && row.regulation == number).collect()
}

fn shifted_study(study: Study, offset: usize) -> Study {
    let shift = |span: Span| span.start + offset..span.end + offset;
    Study {
        span: shift(study.span),
        author: study.author.map(shift),
        title: study.title.map(shift),
        journal: study.journal.map(shift),
        year: study.year.map(|(year, span)| (year, shift(span))),
        pages: study.pages.map(|(pages, span)| (pages, shift(span))),
    }
}
