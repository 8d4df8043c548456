//! A citation while it is read.

use super::{Citation, CitationKind, Organisation, Title};
use crate::guideline::catalogue::{Entry, Kind, Publisher};
use crate::text::Span;

/// A citation while it is read, with the rows that bear its title.
pub(super) struct Draft {
    pub(super) citation: Citation,
    rows: Vec<&'static Entry>,
}

impl Draft {
    pub(super) fn new(citation: Citation) -> Self {
        Self { citation, rows: Vec::new() }
    }

    /// One to try a reading on.
    pub(super) fn probe() -> Self {
        Self::new(Citation::new(CitationKind::OtherGuideline, 0..0))
    }

    /// Widens the citation.
    pub(super) fn reach(&mut self, span: &Span) {
        self.citation.span = self.citation.span.start.min(span.start)..self.citation.span.end.max(span.end);
    }

    pub(super) fn entitle(&mut self, span: Span, rows: Vec<&'static Entry>) {
        self.reach(&span);
        if let (None, Some(row)) = (&self.citation.organisation, rows.first()) {
            self.citation.kind = kind_of(row);
        }
        self.citation.title = Some(Title { span, entry: None });
        self.rows = rows;
    }

    /// Of several editions or namesakes, the row of the publisher and the year that were cited, else the first.
    pub(super) fn finish(self) -> Citation {
        let Self { mut citation, rows } = self;
        let organisation = citation.organisation.as_ref();
        let fitting: Vec<&'static Entry> =
            rows.iter().copied().filter(|row| fits(organisation, row)).collect();
        let rows = if fitting.is_empty() { rows } else { fitting };
        let of_year = citation.year.as_ref().and_then(|&(year, _)| {
            rows.iter().find(|row| row.edition.is_some_and(|edition| edition.year == year))
        });
        if let Some(title) = &mut citation.title {
            title.entry = of_year.or(rows.first()).copied();
        }
        citation
    }
}

pub(super) fn organisation(entry: &'static Entry) -> Organisation {
    match entry.publisher {
        Publisher::Mtus => Organisation::Mtus,
        Publisher::Acoem => Organisation::Acoem,
        Publisher::Odg => Organisation::Odg,
        Publisher::Other => Organisation::Other(Some(entry)),
    }
}

fn kind_of(entry: &Entry) -> CitationKind {
    match (entry.kind, entry.publisher) {
        (Kind::Reference, _) => CitationKind::Reference,
        (Kind::Regulation, _) => CitationKind::Regulation,
        (_, Publisher::Mtus) => CitationKind::Mtus,
        (_, Publisher::Acoem) => CitationKind::Acoem,
        (_, Publisher::Odg) => CitationKind::Odg,
        (_, Publisher::Other) => CitationKind::OtherGuideline,
    }
}

/// Whether a title can be the organisation's; the MTUS has ACOEM's chapters too.
pub(super) fn fits(organisation: Option<&(Organisation, Span)>, entry: &Entry) -> bool {
    match organisation {
        None => true,
        Some((Organisation::Mtus, _)) => {
            entry.publisher == Publisher::Mtus
                || entry.publisher == Publisher::Acoem && !entry.regulation.is_empty()
        }
        Some((Organisation::Acoem, _)) => entry.publisher == Publisher::Acoem,
        Some((Organisation::Odg, _)) => entry.publisher == Publisher::Odg,
        Some((Organisation::Other(_), _)) => entry.publisher == Publisher::Other,
    }
}
