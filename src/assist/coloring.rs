//! What the words of a letter are: the form's own, decisions, sources.

use super::place::{At, block_span};
use super::source::citations;
use crate::letter::{Located, Place, Role};
use crate::text::Span;

/// What a run of the document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Color {
    /// A heading or a label of the form.
    Form,
    /// A decision.
    Decision,
    /// A cited source.
    Source,
    /// The form's fixed wording.
    Boilerplate,
    /// What a rationale concludes.
    Conclusion,
}

/// A run of the document and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colored {
    /// Its span; it may reach over line breaks.
    pub span: Span,
    /// What it is.
    pub color: Color,
}

/// The runs of every letter that are something, in the order of the document, none over another.
#[must_use]
pub fn coloring(letters: &[Located]) -> Vec<Colored> {
    let mut runs: Vec<Colored> = Vec::new();
    for letter in letters.iter().filter(|letter| letter.profile.is_some()) {
        for index in 0..letter.blocks.len() {
            of_block(&At { letter, index, offset: 0 }, &mut runs);
        }
        for item in &letter.items {
            let decision = item.decision.iter().map(|(_, place)| (place.clone(), Color::Decision));
            let conclusion =
                letter.conclusion(item).into_iter().map(|stated| (stated.place, Color::Conclusion));
            runs.extend(
                decision
                    .chain(conclusion)
                    .map(|(place, color)| Colored { span: letter.to_document(&place), color }),
            );
        }
    }
    // Of two that overlap the one that begins first, and the longer one, is shown.
    runs.sort_by_key(|run| (run.span.start, std::cmp::Reverse(run.span.end)));
    let mut end = 0;
    runs.retain(|run| {
        let is_free = run.span.start >= end && !run.span.is_empty();
        end = if is_free { run.span.end } else { end };
        is_free
    });
    runs
}

fn of_block(at: &At<'_>, runs: &mut Vec<Colored>) {
    let letter = at.letter;
    let content = &at.block().content;
    let mut push = |span: Span, color: Color| runs.push(Colored { span, color });
    match at.block().role {
        Role::Heading(_) => push(block_span(letter, at.index), Color::Form),
        Role::Boilerplate => push(block_span(letter, at.index), Color::Boilerplate),
        Role::Header => {
            for value in &letter.header {
                push(letter.to_document(&Place { block: at.index, span: value.label.clone() }), Color::Form);
            }
        }
        Role::Field(_) => {
            push(at.span(&(0..content.text()[..content.body_start].trim_end().len())), Color::Form)
        }
        _ => {}
    }
    for citation in citations(at) {
        push(at.span(&citation.span), Color::Source);
    }
}

#[cfg(test)]
mod tests {
    use super::super::place::tests::{letter, read};
    use super::*;

    #[test]
    fn runs_in_order_and_apart() {
        let text = letter(
            "The patient is a 40-year-old male. His knee hurts.",
            "Decision based on MTUS Knee Complaints 2004.",
            "The request is not medically necessary.",
        );
        let runs = coloring(&read(&text));
        assert!(runs.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        let of = |color: Color| {
            runs.iter()
                .filter(|run| run.color == color)
                .map(|run| &text[run.span.clone()])
                .collect::<Vec<_>>()
        };
        assert!(of(Color::Form).contains(&"CLINICAL CASE SUMMARY"));
        assert!(of(Color::Form).contains(&"MAXIMUS guideline:"));
        assert!(of(Color::Form).contains(&"Date of Injury:"));
        assert_eq!(of(Color::Decision), ["Upheld", "Overturned"]);
        assert!(of(Color::Source).iter().any(|source| source.ends_with("Knee Complaints 2004")));
        assert!(of(Color::Conclusion).iter().any(|words| words.contains("medically necessary")));
        assert!(coloring(&read("His knee hurts.")).is_empty());
    }
}
