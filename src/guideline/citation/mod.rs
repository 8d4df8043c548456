//! Citations as reviewers write them: in a field that holds nothing else, or inside a sentence.

mod draft;
mod parts;
mod reader;
mod words;

use super::catalogue::{Entry, PageRange};
use super::study::Study;
use super::{form, names};
use crate::text::Span;
use reader::{Place, Reader};

/// One source that is cited. Spans are bytes of the text that was parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// From the first to the last part.
    pub span: Span,
    /// What is cited.
    pub kind: CitationKind,
    /// Who publishes it, where that is said.
    pub organisation: Option<(Organisation, Span)>,
    /// The chapter, guideline, book or article.
    pub title: Option<Title>,
    /// "Chapter 12", with its number.
    pub chapter: Option<(u32, Span)>,
    /// The edition's or the publication's year.
    pub year: Option<(u16, Span)>,
    /// Sections of the title ("Opioids", "gym memberships").
    pub sections: Vec<Span>,
    /// Pages, in the order given.
    pub pages: Vec<(PageRange, Span)>,
    /// A study's authors.
    pub author: Option<Span>,
    /// A study's journal.
    pub journal: Option<Span>,
}

/// What is cited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CitationKind {
    /// The MTUS, also where it adopts an ACOEM chapter.
    Mtus,
    /// ACOEM.
    Acoem,
    /// ODG.
    Odg,
    /// A guideline of anybody else, known or not.
    OtherGuideline,
    /// A section of a code or of the regulations.
    Regulation,
    /// A study.
    Study,
    /// A textbook, a drug label or a database.
    Reference,
    /// A web address alone.
    Web,
    /// Words that only fill the place ("No guidelines found").
    Placeholder,
}

/// Who publishes a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Organisation {
    /// The MTUS.
    Mtus,
    /// ACOEM.
    Acoem,
    /// ODG.
    Odg,
    /// Anybody else; its row, where the catalogue has one.
    Other(Option<&'static Entry>),
}

/// A cited title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// Where it stands.
    pub span: Span,
    /// The row that bears the name; of several editions the one of the cited year, else the first.
    pub entry: Option<&'static Entry>,
}

/// Reads the value of a field that holds citations; the form's own words may stand around them. Whatever is neither
/// those, nor a placeholder, nor grounds such as "clinical experience", is a citation, if of an unknown source.
#[must_use]
pub fn parse(text: &str) -> Vec<Citation> {
    let mut citations = Vec::new();
    for value in form::values(text, &(0..text.len())).into_iter().filter(|value| !value.is_claims) {
        let rest = &text[value.span.clone()];
        let fills_place = form::is_placeholder(rest);
        let is_cited = !rest.is_empty() && !fills_place && !form::cites_nothing(rest);
        // "Decision based on MTUS": the schedule is part of the form's words and of the citation.
        let known = match value.mtus {
            Some(mtus) if is_cited => mtus.start..value.span.end,
            Some(mtus) => mtus,
            None if is_cited => form::after_placeholders(text, value.span.clone()),
            None => value.span.start..value.span.start,
        };
        citations.extend(Reader::new(text, known).read(Place::Field));
        if fills_place {
            citations.push(Citation::new(CitationKind::Placeholder, value.span));
        }
    }
    citations
}

/// Reads the citations in a sentence or a paragraph of prose: only sources that are recognised.
#[must_use]
pub fn in_prose(text: &str) -> Vec<Citation> {
    Reader::new(text, 0..text.len()).read(Place::Prose)
}

impl Citation {
    fn new(kind: CitationKind, span: Span) -> Self {
        Self {
            span,
            kind,
            organisation: None,
            title: None,
            chapter: None,
            year: None,
            sections: Vec::new(),
            pages: Vec::new(),
            author: None,
            journal: None,
        }
    }

    /// Whether it has a title other than a chapter's number.
    #[must_use]
    pub fn has_title(&self) -> bool {
        let number = self.chapter.as_ref().map(|(_, span)| span);
        self.title.as_ref().is_some_and(|title| Some(&title.span) != number)
    }

    fn of_study(study: Study) -> Self {
        Self {
            title: study.title.map(|span| Title { span, entry: None }),
            year: study.year,
            pages: study.pages.into_iter().collect(),
            author: study.author,
            journal: study.journal,
            ..Self::new(CitationKind::Study, study.span)
        }
    }

    /// The rows that its title can mean in its text: every edition of the guideline, or those of the year that is cited.
    #[must_use]
    pub fn editions(&self, text: &str) -> Vec<&'static Entry> {
        let Some(title) = &self.title else { return Vec::new() };
        let Some(first) = title.entry else { return Vec::new() };
        let written = names::words_of(&text[title.span.clone()]);
        let organisation = self.organisation.as_ref();
        let mut rows: Vec<&'static Entry> = names::owners(&written)
            .map(|(row, _)| row)
            .filter(|row| row.kind == first.kind && draft::fits(organisation, row))
            .collect();
        rows.dedup_by_key(|row| std::ptr::from_ref::<Entry>(row));
        // "Chapter 12" is named by its number, "9792.24.2" by the section that adopts it.
        if rows.is_empty() {
            rows.push(first);
        }
        if let Some((year, _)) = self.year {
            let of_year = |row: &&Entry| row.edition.is_some_and(|edition| edition.year == year);
            if rows.iter().any(of_year) {
                rows.retain(|row| of_year(row));
            }
        }
        rows
    }

    /// The same citation in a text before which `offset` bytes stand.
    #[must_use]
    pub fn shifted(mut self, offset: usize) -> Self {
        let shift = |span: &mut Span| *span = span.start + offset..span.end + offset;
        shift(&mut self.span);
        self.organisation.iter_mut().for_each(|(_, span)| shift(span));
        self.title.iter_mut().for_each(|title| shift(&mut title.span));
        self.chapter.iter_mut().for_each(|(_, span)| shift(span));
        self.year.iter_mut().for_each(|(_, span)| shift(span));
        self.sections.iter_mut().for_each(shift);
        self.pages.iter_mut().for_each(|(_, span)| shift(span));
        self.author.iter_mut().for_each(shift);
        self.journal.iter_mut().for_each(shift);
        self
    }

    /// The citation in a few words, as written, for an outline: "ODG, Low back, lumbar supports".
    #[must_use]
    pub fn label(&self, text: &str) -> String {
        let written = |span: &Span| text[span.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
        let organisation = self.organisation.as_ref().map(|(organisation, span)| match organisation {
            Organisation::Mtus => "MTUS".to_owned(),
            Organisation::Acoem => "ACOEM".to_owned(),
            Organisation::Odg => "ODG".to_owned(),
            Organisation::Other(_) => written(span),
        });
        let parts: Vec<String> = organisation
            .into_iter()
            .chain(self.author.as_ref().map(written))
            .chain(self.title.as_ref().map(|title| written(&title.span)))
            .chain(self.journal.as_ref().map(written))
            .chain(self.year.as_ref().map(|(year, _)| year.to_string()))
            .chain(self.sections.iter().map(written))
            .collect();
        if parts.is_empty() { written(&self.span) } else { parts.join(", ") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `Kind org="…" title="…"=row year=… ch=… §="…" p=… author="…" journal="…"`, with the parts that are there.
    fn rendered(text: &str, citation: &Citation) -> String {
        let quoted = |span: &Span| format!("\"{}\"", text[span.clone()].replace('\n', " "));
        let mut parts = vec![format!("{:?}", citation.kind)];
        if let Some((organisation, span)) = &citation.organisation {
            let row = match organisation {
                Organisation::Mtus => "mtus",
                Organisation::Acoem => "acoem",
                Organisation::Odg => "odg",
                Organisation::Other(row) => row.map_or("unknown", |row| row.key),
            };
            parts.push(format!("org={}={row}", quoted(span)));
        }
        if let Some(author) = &citation.author {
            parts.push(format!("author={}", quoted(author)));
        }
        if let Some(title) = &citation.title {
            parts.push(format!(
                "title={}={}",
                quoted(&title.span),
                title.entry.map_or("unknown", |row| row.key)
            ));
        }
        if let Some(journal) = &citation.journal {
            parts.push(format!("journal={}", quoted(journal)));
        }
        parts.extend(citation.chapter.as_ref().map(|(chapter, _)| format!("ch={chapter}")));
        parts.extend(citation.year.as_ref().map(|(year, _)| format!("year={year}")));
        parts.extend(citation.sections.iter().map(|section| format!("§={}", quoted(section))));
        parts.extend(citation.pages.iter().map(|(pages, _)| format!("p={}-{}", pages.first, pages.last)));
        parts.join(" ")
    }

    fn check(table: &str, parse: fn(&str) -> Vec<Citation>) {
        let mut failures = Vec::new();
        for row in table.lines().skip(1).filter(|row| !row.starts_with('#') && !row.is_empty()) {
            let (text, expected) = row.split_once('\t').expect("two columns");
            let text = text.replace("\\n", "\n");
            let citations = parse(&text);
            for citation in &citations {
                assert!(text.get(citation.span.clone()).is_some_and(|span| !span.is_empty()), "{text}");
            }
            let found =
                citations.iter().map(|citation| rendered(&text, citation)).collect::<Vec<_>>().join("; ");
            if found != expected {
                failures.push(format!(
                    "{}\n  expected {expected}\n  found    {found}",
                    text.replace('\n', "\\n")
                ));
            }
        }
        assert!(failures.is_empty(), "{} rows fail\n{}", failures.len(), failures.join("\n"));
    }

    #[test]
    fn fields() {
        check(include_str!("../cases/citation.tsv"), parse);
    }

    #[test]
    fn prose() {
        check(include_str!("../cases/prose.tsv"), in_prose);
    }

    #[test]
    fn a_text_that_breaks_off_anywhere_does_no_harm() {
        for row in include_str!("../cases/citation.tsv").lines() {
            for (end, _) in row.char_indices().step_by(11) {
                for citation in parse(&row[..end]).into_iter().chain(in_prose(&row[..end])) {
                    assert!(row[..end].get(citation.span).is_some(), "{}", &row[..end]);
                }
            }
        }
    }

    #[test]
    fn a_label_for_an_outline() {
        let text = "x: Official\nDisability Guidelines (ODG) Low back chapter, lumbar supports";
        let citation = parse(&text[3..]).remove(0).shifted(3);
        assert_eq!(citation.label(text), "ODG, Low back, lumbar supports");
        let text = "Smith J. Braces. Spine 2011;36:1-9";
        assert_eq!(parse(text)[0].label(text), "Smith J, Braces, Spine, 2011");
        assert_eq!(parse("N/A")[0].label("N/A"), "N/A");
    }
}
