//! The parts of a citation after its source's name: title, chapter, year, sections, pages.

use super::draft::{Draft, fits};
use super::reader::{Place, Reader};
use super::words::{Class, is};
use super::{Citation, Organisation};
use crate::guideline::catalogue::{self, Kind, PageRange};
use crate::guideline::names;
use crate::text::{Gap, Span, TokenKind};

impl Reader<'_> {
    /// Reads on after a head, up to a token: title, chapter, year, sections, pages. The first token not taken.
    pub(super) fn tail(&self, draft: &mut Draft, from: usize, to: usize, place: Place) -> usize {
        let (mut at, mut taken, mut depth) = (from, from, 0_usize);
        while at < to {
            let part = self
                .pages(draft, at, to)
                .or_else(|| self.chapter(draft, at, to))
                .or_else(|| self.year(draft, at, to))
                .or_else(|| self.labelled_sections(draft, at, to, place, depth))
                .or_else(|| self.title(draft, at, to));
            if let Some(after) = part {
                (at, taken) = (after, after);
                continue;
            }
            let word = self.word(at);
            match self.written(at) {
                "(" | "[" => depth += 1,
                ")" | "]" if depth == 0 && place == Place::Prose => break,
                ")" | "]" => depth = depth.saturating_sub(1),
                "." | ";" if place == Place::Prose => break,
                _ if self.tokens[at].kind == TokenKind::Mark => {}
                _ if is_filler(&draft.citation, word, place) => {}
                written if written.contains('/') && self.tokens[at].kind == TokenKind::Number => {}
                _ if self.is_edition(at) => {}
                _ => {
                    if place == Place::Field && is(Class::Verb, word) {
                        return to;
                    }
                    match self.free_text(draft, at, to, place, depth) {
                        Some(after) => (at, taken) = (after, after),
                        None => break,
                    }
                    continue;
                }
            }
            at += 1;
        }
        taken
    }

    /// "2" and "nd" of "2nd edition".
    fn is_edition(&self, at: usize) -> bool {
        let is_ordinal = |word: &str| matches!(word, "nd" | "rd" | "th" | "st");
        self.tokens[at].kind == TokenKind::Number && is_ordinal(self.word(at + 1))
            || is_ordinal(self.word(at)) && at > 0 && self.tokens[at - 1].kind == TokenKind::Number
    }

    /// "pages 303-305", "p. 78", "Page(s): 60-61, 111".
    fn pages(&self, draft: &mut Draft, at: usize, to: usize) -> Option<usize> {
        if !is(Class::Page, self.word(at)) {
            return None;
        }
        let mut number = at + 1;
        while number < to && matches!(self.written(number), "(" | ")" | "." | ":" | "s" | "#") {
            number += 1;
        }
        let mut after = None;
        while number < to && self.tokens[number].kind == TokenKind::Number {
            let is_range = matches!(self.written(number + 1), "-" | "\u{2013}" | "to" | "through" | "thru")
                && number + 2 < to
                && self.tokens[number + 2].kind == TokenKind::Number;
            let last = if is_range { number + 2 } else { number };
            let span = self.tokens[number].span.start..self.tokens[last].span.end;
            // A number that no book has stays too large for any.
            let page = |written: &str| written.parse().unwrap_or(u32::MAX);
            if is_range {
                let (first, last) = (page(self.written(number)), page(self.written(last)));
                draft.citation.pages.push((PageRange::written(first, last), span));
            } else {
                // "98,99" is one token.
                for written in self.written(number).split(',') {
                    let first = page(written);
                    draft.citation.pages.push((PageRange { first, last: first }, span.clone()));
                }
            }
            draft.reach(&self.tokens[last].span);
            number = last + 1;
            if self.word(number) == "of"
                && number + 1 < to
                && self.tokens[number + 1].kind == TokenKind::Number
            {
                number += 2;
            }
            after = Some(number);
            let mut comma = number;
            while comma < to && matches!(self.written(comma), "," | "&" | "and") {
                comma += 1;
            }
            let year_follows = self.written(comma).len() == 4;
            if comma == number || year_follows {
                break;
            }
            number = comma;
        }
        after
    }

    /// "Chapter 12", "Ch. 9".
    fn chapter(&self, draft: &mut Draft, at: usize, to: usize) -> Option<usize> {
        if !matches!(self.word(at), "chapter" | "ch" | "chap" | "chapters") {
            return None;
        }
        let number = if matches!(self.written(at + 1), "." | "#") { at + 2 } else { at + 1 };
        if number >= to || self.tokens[number].kind != TokenKind::Number {
            return None;
        }
        let chapter: u32 = self.written(number).parse().ok()?;
        let span = self.tokens[at].span.start..self.tokens[number].span.end;
        draft.citation.chapter = Some((chapter, span.clone()));
        let is_acoem =
            matches!(draft.citation.organisation, Some((Organisation::Acoem | Organisation::Mtus, _)));
        if draft.citation.title.is_none() && is_acoem {
            let rows = catalogue::entries().iter().filter(|entry| entry.chapter == Some(chapter)).collect();
            draft.entitle(span.clone(), rows);
        }
        draft.reach(&span);
        Some(number + 1)
    }

    /// "2009", "July 18, 2009", "10/23/2008".
    fn year(&self, draft: &mut Draft, at: usize, to: usize) -> Option<usize> {
        let mut number = at;
        if is(Class::Month, self.word(at)) {
            number = (at + 1..to.min(at + 5)).find(|&token| year_in(self.written(token)).is_some())?;
            if !(at + 1..number).all(|token| self.tokens[token].kind != TokenKind::Word) {
                return None;
            }
        }
        if number >= to || self.tokens[number].kind != TokenKind::Number {
            return None;
        }
        let year = year_in(self.written(number))?;
        let span = self.tokens[number].span.clone();
        draft.reach(&span);
        draft.citation.year.get_or_insert((year, span));
        Some(number + 1)
    }

    /// A title of the catalogue. One that is plain English has to stand by itself: "Low Back chapter", not "low back pain".
    fn title(&self, draft: &mut Draft, at: usize, to: usize) -> Option<usize> {
        let citation = &draft.citation;
        if citation.has_title() {
            return None;
        }
        let organisation = citation.organisation.as_ref();
        let (after, rows) = names::at(self.text, &self.tokens, at, |entry, name, _| {
            matches!(entry.kind, Kind::Guideline | Kind::Chapter | Kind::Reference)
                && (fits(organisation, entry) || name.stands_alone)
        })?;
        let stands_apart = after >= to
            || matches!(self.word(after - 1), "guideline" | "guidelines")
            || self.tokens[after].kind != TokenKind::Word
            || is(Class::Filler, self.word(after))
            || is(Class::Page, self.word(after))
            || matches!(self.word(after), "chapter" | "sections" | "ch");
        let names_itself = rows.iter().any(|entry| {
            entry
                .names
                .iter()
                .any(|name| name.stands_alone && names::words_of(name.text) == self.words_between(at, after))
        });
        if after > to || !stands_apart && !names_itself {
            return None;
        }
        draft.entitle(self.span(at, after), rows);
        Some(after)
    }

    fn words_between(&self, from: usize, to: usize) -> Vec<&str> {
        (from..to).map(|token| self.word(token)).filter(|word| !word.is_empty()).collect()
    }

    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        self.tokens[from].span.start..self.tokens[to - 1].span.end
    }

    /// "Section(s): Opioids; Weaning of medications".
    fn labelled_sections(
        &self,
        draft: &mut Draft,
        at: usize,
        to: usize,
        place: Place,
        depth: usize,
    ) -> Option<usize> {
        if !matches!(self.word(at), "section" | "sections" | "topic" | "topics") {
            return None;
        }
        let mut first = at + 1;
        while first < to
            && (matches!(self.written(first), "(" | ")" | ":" | "\u{2013}" | "-")
                || self.written(first) == "s" && first > at + 1)
        {
            first += 1;
        }
        let has_label = first > at + 1;
        let opens_with_capital = self.written(first).starts_with(char::is_uppercase);
        // "Section(s):" with nothing behind it.
        if first >= to && has_label {
            return Some(to);
        }
        if first >= to || !has_label && !opens_with_capital {
            return None;
        }
        let mut after = first;
        let (mut start, mut inner) = (first, 0_usize);
        while after < to {
            match self.written(after) {
                "(" => inner += 1,
                ")" if inner == 0 && depth > 0 => break,
                ")" => inner = inner.saturating_sub(1),
                ";" => {
                    self.push_section(draft, start, after);
                    start = after + 1;
                }
                "." if self.ends_sentence(after, to) => break,
                _ if is(Class::Page, self.word(after))
                    && self.pages(&mut Draft::probe(), after, to).is_some() =>
                {
                    break;
                }
                "," if place == Place::Prose && depth == 0 => break,
                _ if place == Place::Prose && is(Class::Verb, self.word(after)) => break,
                _ => {}
            }
            after += 1;
        }
        self.push_section(draft, start, after);
        Some(after)
    }

    fn ends_sentence(&self, stop: usize, to: usize) -> bool {
        stop + 1 >= to
            || self.tokens[stop + 1].gap != Gap::None
                && self.written(stop + 1).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
    }

    /// Adds a section, without marks, labels and a year around it.
    fn push_section(&self, draft: &mut Draft, mut from: usize, mut to: usize) {
        let is_edge = |token: usize| {
            let is_closing = self.written(token) == ")";
            !is_closing && self.tokens[token].kind == TokenKind::Mark
                || matches!(
                    self.word(token),
                    "section"
                        | "chapter"
                        | "and"
                        | "guideline"
                        | "guidelines"
                        | "updated"
                        | "revised"
                        | "accessed"
                )
        };
        while from < to && is_edge(from) {
            from += 1;
        }
        while from < to && is_edge(to - 1) {
            to -= 1;
        }
        // "2)" counts the next citation.
        let is_enumeration = to == from + 1
            && self.tokens[from].kind == TokenKind::Number
            && (self.written(to) == ")" || self.written(to) == "." && to + 1 < self.tokens.len());
        if from < to && !is_enumeration {
            let span = self.span(from, to);
            draft.reach(&span);
            draft.citation.sections.push(span);
        }
    }

    /// Text that no label and no name of the catalogue tells apart: a title that is not known, or a section.
    fn free_text(
        &self,
        draft: &mut Draft,
        at: usize,
        to: usize,
        place: Place,
        depth: usize,
    ) -> Option<usize> {
        let has_title = draft.citation.title.is_some();
        if place == Place::Prose {
            if !has_title {
                // "ODG Lumbar Fusion chapter"
                let end = (at + 1..to.min(at + 5)).find(|&token| self.word(token) == "chapter")?;
                let is_name = (at..end).all(|token| self.written(token).starts_with(char::is_uppercase));
                return is_name.then(|| {
                    draft.entitle(self.span(at, end), Vec::new());
                    end
                });
            }
            if depth == 0 {
                return None;
            }
        }
        let (mut after, mut inner) = (at, 0_usize);
        while after < to {
            let ends = match self.written(after) {
                "(" | "["
                    if year_in(self.written(after + 1)).is_some()
                        || is(Class::Month, self.word(after + 1)) =>
                {
                    true
                }
                "(" | "[" => {
                    inner += 1;
                    false
                }
                ")" | "]" if inner == 0 => true,
                ")" | "]" => {
                    inner -= 1;
                    false
                }
                ";" => true,
                "," => {
                    inner == 0
                        && (!has_title || place == Place::Prose || year_in(self.written(after + 1)).is_some())
                }
                "." => self.ends_sentence(after, to),
                written if year_in(written).is_some() => {
                    !has_title || after + 1 >= to || self.tokens[after + 1].kind == TokenKind::Mark
                }
                _ => {
                    let word = self.word(after);
                    is(Class::Verb, word)
                        || is(Class::Page, word) && self.pages(&mut Draft::probe(), after, to).is_some()
                        || self.chapter(&mut Draft::probe(), after, to).is_some()
                        || matches!(word, "section" | "sections")
                            && matches!(self.written(after + 1), "(" | ":")
                }
            };
            if ends {
                break;
            }
            after += 1;
        }
        if after == at {
            return None;
        }
        if has_title {
            self.push_section(draft, at, after);
        } else {
            let end = (at + 1..after).rev().find(|&token| {
                !matches!(self.word(token), "" | "chapter" | "and" | "or") || self.written(token) == ")"
            });
            let end = end.map_or(at + 1, |end| end + 1);
            if (at..end).any(|token| !is(Class::Filler, self.word(token))) {
                draft.entitle(self.span(at, end), Vec::new());
            }
        }
        Some(after)
    }
}

/// Whether a word stands between a source's name and its parts; an unknown title and a section may begin with
/// "Treatment of".
fn is_filler(citation: &Citation, word: &str, place: Place) -> bool {
    let is_unknown = !matches!(
        citation.organisation,
        Some((Organisation::Mtus | Organisation::Acoem | Organisation::Odg, _))
    );
    let opens_section =
        citation.has_title() && matches!(word, "treatment" | "practice" | "of" | "for" | "on" | "in" | "by");
    match place {
        _ if opens_section => false,
        Place::Field if is_unknown && citation.title.is_none() => {
            is(Class::Filler, word) && !matches!(word, "treatment" | "practice" | "guideline" | "guidelines")
        }
        Place::Field => is(Class::Filler, word) || is(Class::ProseFiller, word),
        Place::Prose => is(Class::ProseFiller, word),
    }
}

/// A year of publication, alone or at the end of a date in digits.
fn year_in(written: &str) -> Option<u16> {
    let last = written.rsplit('/').next()?;
    let year = last.parse().ok().filter(|_| last.len() == 4)?;
    (1950..2100).contains(&year).then_some(year)
}
