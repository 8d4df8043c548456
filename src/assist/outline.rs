//! The letter's outline: symbols, what folds, and what encloses a place.

use super::items::{item_span, summary};
use super::place::{At, block_span, words};
use crate::letter::{Item, Located, Place, Role};
use crate::text::{Document, Span};

/// A part of the letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// How it is called.
    pub name: String,
    /// What it says in short: an item's decision, a field's value.
    pub detail: Option<String>,
    /// What it is.
    pub kind: SymbolKind,
    /// All of it, as a span of the document.
    pub span: Span,
    /// Its heading or label.
    pub heading: Span,
    /// What it is made of.
    pub children: Vec<Symbol>,
}

/// What a part of the letter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SymbolKind {
    /// The header.
    Header,
    /// A field of the header with its value.
    HeaderField,
    /// A section under its heading.
    Section,
    /// A disputed item.
    Item,
    /// A labelled field of an item.
    Field,
}

/// What can be folded: lines from 0, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fold {
    /// The line that stays.
    pub first: usize,
    /// The last line that is hidden.
    pub last: usize,
}

/// Longer details are cut, in characters.
const LONGEST_DETAIL: usize = 60;

/// The outline of every letter, in the order of the document.
#[must_use]
pub fn symbols(letters: &[Located]) -> Vec<Symbol> {
    letters.iter().filter(|letter| letter.profile.is_some()).flat_map(of_letter).collect()
}

fn of_letter(letter: &Located) -> Vec<Symbol> {
    let mut symbols: Vec<Symbol> = header(letter).into_iter().collect();
    let sections: Vec<(usize, Span)> =
        letter.sections().map(|(_, block)| (block, block_span(letter, block))).collect();
    let end = letter.blocks.len();
    for (index, (block, heading)) in sections.iter().enumerate() {
        let next = sections.get(index + 1).map_or(end, |(next, _)| *next);
        symbols.push(Symbol {
            name: words(
                letter,
                &Place { block: *block, span: 0..letter.blocks[*block].content.text().len() },
            ),
            detail: None,
            kind: SymbolKind::Section,
            span: heading.start..block_span(letter, next - 1).end,
            heading: heading.clone(),
            children: Vec::new(),
        });
    }
    for item in &letter.items {
        let symbol = item_symbol(letter, item);
        // An item of a letter about one dispute reaches over sections.
        let holds = |section: &&mut Symbol| {
            section.kind == SymbolKind::Section
                && section.span.start <= symbol.span.start
                && symbol.span.end <= section.span.end
        };
        match symbols.iter_mut().rev().find(holds) {
            Some(section) => section.children.push(symbol),
            None => symbols.push(symbol),
        }
    }
    symbols.sort_by_key(|symbol| (symbol.span.start, std::cmp::Reverse(symbol.span.end)));
    symbols
}

fn header(letter: &Located) -> Option<Symbol> {
    let block = letter.header_block()?;
    let span = block_span(letter, block);
    let text = letter.blocks[block].content.text();
    let fields = letter.header.iter().map(|value| {
        let label = letter.to_document(&Place { block, span: value.label.clone() });
        let told = value.value.clone().map(|span| Place { block, span });
        let end = told.as_ref().map_or(label.end, |told| letter.to_document(told).end);
        Symbol {
            name: shortened(text[value.label.clone()].trim_end_matches(':')),
            detail: told.map(|told| shortened(&words(letter, &told))),
            kind: SymbolKind::HeaderField,
            // Labels and values can stand in different columns, the value first.
            span: label.start..end.max(label.end),
            heading: label,
            children: Vec::new(),
        }
    });
    Some(Symbol {
        name: "Header".to_owned(),
        detail: letter.profile.map(|profile| profile.title.clone()),
        kind: SymbolKind::Header,
        children: fields.collect(),
        heading: span.start..span.start,
        span,
    })
}

fn item_symbol(letter: &Located, item: &Item) -> Symbol {
    let item_summary = summary(letter, item);
    let fields = item.blocks.clone().filter_map(|block| {
        let content = &letter.blocks[block].content;
        let is_labelled = matches!(letter.blocks[block].role, Role::Field(_)) && content.body_start > 0;
        is_labelled.then(|| {
            let label = Place { block, span: 0..content.text()[..content.body_start].trim_end().len() };
            let value = Place { block, span: content.body_start..content.text().len() };
            Symbol {
                name: words(letter, &label).trim_end_matches(':').to_owned(),
                detail: Some(shortened(&words(letter, &value))).filter(|detail| !detail.is_empty()),
                kind: SymbolKind::Field,
                span: block_span(letter, block),
                heading: letter.to_document(&label),
                children: Vec::new(),
            }
        })
    });
    Symbol {
        name: if item_summary.request.is_empty() { "Request".to_owned() } else { item_summary.request },
        detail: item_summary.decision,
        kind: SymbolKind::Item,
        span: item_span(letter, item),
        heading: item_summary.heading,
        children: fields.collect(),
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST_DETAIL) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// What folds: sections, items, and paragraphs of more than one line.
#[must_use]
pub fn folds(document: &Document, letters: &[Located]) -> Vec<Fold> {
    let line = |byte: usize| document.line_column(byte.min(document.len())).line - 1;
    let mut spans = Vec::new();
    for letter in letters {
        spans.extend((0..letter.blocks.len()).map(|block| block_span(letter, block)));
    }
    let mut pending = symbols(letters);
    while let Some(symbol) = pending.pop() {
        spans.push(symbol.span);
        pending.extend(symbol.children);
    }
    let mut folds: Vec<Fold> = spans
        .into_iter()
        .map(|span| Fold { first: line(span.start), last: line(span.end) })
        .filter(|fold| fold.first < fold.last)
        .collect();
    folds.sort_by_key(|fold| (fold.first, std::cmp::Reverse(fold.last)));
    // Editors fold one thing a line: the largest that begins there.
    folds.dedup_by_key(|fold| fold.first);
    folds
}

/// What encloses an offset of the document, from the inside out: the word, the sentence, the paragraph, the item, the
/// section, the letter.
#[must_use]
pub fn enclosing(letters: &[Located], offset: usize) -> Vec<Span> {
    let Some(at) = At::find(letters, offset) else { return Vec::new() };
    let content = &at.block().content;
    let mut spans = Vec::new();
    spans.extend(content.tokens.iter().find(|token| at.is_on(&token.span)).map(|token| at.span(&token.span)));
    spans.extend(
        content
            .sentences
            .iter()
            .find(|sentence| at.is_on(&sentence.span))
            .map(|sentence| at.span(&sentence.span)),
    );
    spans.push(block_span(at.letter, at.index));
    let parts = of_letter_or_nothing(at.letter);
    let mut around: Vec<Span> = Vec::new();
    let mut pending = parts;
    while let Some(symbol) = pending.pop() {
        around.push(symbol.span);
        pending.extend(symbol.children);
    }
    around.retain(|span| span.start <= offset && offset <= span.end);
    around.sort_by_key(Span::len);
    spans.extend(around);
    let last = at.letter.blocks.len() - 1;
    spans.push(block_span(at.letter, 0).start..block_span(at.letter, last).end);
    let mut nested: Vec<Span> = Vec::new();
    for span in spans {
        let holds = |inner: &Span| span.start <= inner.start && inner.end <= span.end && span != *inner;
        if span.start <= offset && offset <= span.end && nested.last().is_none_or(holds) {
            nested.push(span);
        }
    }
    nested
}

fn of_letter_or_nothing(letter: &Located) -> Vec<Symbol> {
    if letter.profile.is_some() { of_letter(letter) } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::super::place::tests::{letter, read, texts};
    use super::*;

    fn sample() -> String {
        letter(
            "The patient is a 40-year-old male.\nHis knee hurts.",
            "N/A",
            "The request is not medically necessary.",
        )
    }

    #[test]
    fn the_outline_of_a_letter() {
        let text = sample();
        let found = symbols(&read(&text));
        let names: Vec<&str> = found.iter().map(|symbol| symbol.name.as_str()).collect();
        assert_eq!(names, ["Header", "CLINICAL CASE SUMMARY", "IMR ISSUES, DECISIONS AND RATIONALES"]);
        assert_eq!(found[0].children.len(), 3);
        assert_eq!(found[0].children[1].detail.as_deref(), Some("02/14/2013"));
        let items = &found[2].children;
        assert_eq!(items[0].name, "MRI of the left knee");
        assert_eq!(items[0].detail.as_deref(), Some("Upheld"));
        assert_eq!(items[1].children[1].name, "Decision rationale");
        assert!(symbols(&read("Call the clinic.")).is_empty());
        let mut pending = found;
        while let Some(symbol) = pending.pop() {
            assert!(symbol.span.start <= symbol.heading.start && symbol.heading.end <= symbol.span.end);
            pending.extend(symbol.children);
        }
    }

    #[test]
    fn what_folds() {
        let text = sample();
        let folds = folds(&Document::new(&text), &read(&text));
        assert!(folds.iter().all(|fold| fold.first < fold.last));
        let line = |word: &str| text[..text.find(word).unwrap()].matches('\n').count();
        let section = folds.iter().find(|fold| fold.first == line("CLINICAL CASE")).unwrap();
        assert_eq!(section.last, line("His knee"));
        let item = folds.iter().find(|fold| fold.first == line("MRI of")).unwrap();
        assert_eq!(item.last, line("The request is not"));
    }

    #[test]
    fn what_encloses_a_place() {
        let text = letter("The patient is a 40-year-old male. His knee hurts.", "N/A", "No.");
        let at = text.find("knee hurts").unwrap();
        let spans = enclosing(&read(&text), at);
        let found = texts(&text, &spans);
        assert_eq!(found[0], "knee");
        assert_eq!(found[1], "His knee hurts.");
        assert_eq!(found[2], "The patient is a 40-year-old male. His knee hurts.");
        assert!(found.last().unwrap().starts_with("Case Number"));
        assert!(enclosing(&[], 3).is_empty());
    }
}
