//! What a heading asks for, or what a passage says of it: services, drugs, and the words that tell it from other requests.

use std::sync::LazyLock;

use foldhash::HashSet;

use super::block::{Content, Place};
use super::facts::counted::singular;
use super::facts::drug::Form;
use super::facts::{Drug, Service, service};
use super::outline::{Item, Letter};
use crate::text::Span;

/// Words that stand in any request.
static COMMON: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("any_request.txt").split_whitespace().collect());

/// What a passage asks for.
#[derive(Debug, Clone)]
pub struct Asked<'l> {
    /// Index of its block among the letter's.
    pub block: usize,
    /// What was read in that block.
    pub content: &'l Content,
    /// The passage.
    pub span: Span,
    /// The services that it names.
    pub services: Vec<&'l Service>,
    /// The drugs that it names.
    pub drugs: Vec<&'l Drug>,
    /// Its telling words in small letters, without the ending of a plural.
    pub words: Vec<&'l str>,
}

impl Letter {
    /// What an item asks for; absent where its heading says nothing.
    #[must_use]
    pub fn asked(&self, item: &Item) -> Option<Asked<'_>> {
        let (block, content) = self.heading(item)?;
        (!item.request.is_empty()).then(|| Asked::read(content, block, &item.request))
    }
}

impl<'l> Asked<'l> {
    /// Reads a logical span of a block.
    #[must_use]
    pub fn read(content: &'l Content, block: usize, span: &Span) -> Self {
        let facts = content.facts();
        let is_within = |one: &Span| span.start <= one.start && one.end <= span.end;
        Self {
            block,
            content,
            span: span.clone(),
            services: facts.services.iter().filter(|service| is_within(&service.span)).collect(),
            drugs: facts.drugs.iter().filter(|drug| is_within(&drug.name_span)).collect(),
            words: telling_words(content, span).into_iter().map(|(word, _)| word).collect(),
        }
    }

    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> Place {
        Place { block: self.block, span: self.span.clone() }
    }

    /// Whether a service is one of its own, or of the kind of one. Drugs in a cream are a topical.
    #[must_use]
    pub fn has_service(&self, found: &Service) -> bool {
        let is_topical = || {
            let forms = [Form::Cream, Form::Gel, Form::Ointment, Form::Lotion];
            self.drugs.iter().any(|drug| drug.form.is_some_and(|form| forms.contains(&form)))
        };
        self.services.iter().any(|asked| service::related(asked.id, found.id))
            || found.id.name() == "topical compound" && is_topical()
    }

    /// Whether a drug is one of its own, by brand or generic.
    #[must_use]
    pub fn has_drug(&self, found: &Drug) -> bool {
        self.drugs.iter().any(|asked| asked.generic == found.generic)
    }

    /// Whether another passage names a service or drug of this one, or shares a telling word.
    #[must_use]
    pub fn is_named_by(&self, other: &Asked<'_>) -> bool {
        other.services.iter().any(|found| self.has_service(found))
            || other.drugs.iter().any(|found| self.has_drug(found))
            || self.words.iter().any(|word| other.words.contains(word))
    }
}

/// The words of a logical span that tell one request from another, with where they stand.
#[must_use]
pub fn telling_words<'l>(content: &'l Content, span: &Span) -> Vec<(&'l str, Span)> {
    let telling = content.telling();
    let first = telling.partition_point(|(_, word)| word.start < span.start);
    let within = telling[first..].iter().take_while(|(_, word)| word.end <= span.end);
    within.map(|(word, span)| (&**word, span.clone())).collect()
}

/// Reads the words of a block that tell one request from another.
pub(super) fn telling(content: &Content) -> Vec<(String, Span)> {
    const SHORTEST: usize = 4;
    let tokens = content.tokens.iter();
    let words = tokens.map(|token| (singular(&content.text()[token.span.clone()]), token.span.clone()));
    let tells = |word: &str| {
        word.len() >= SHORTEST && word.chars().all(char::is_alphabetic) && !COMMON.contains(word)
    };
    words.filter(|(word, _)| tells(word)).collect()
}

#[cfg(test)]
mod tests {
    use crate::letter::parse;
    use crate::text::Document;

    #[test]
    fn a_heading_is_known_by_its_words() {
        let text = "CLINICAL CASE SUMMARY\n\nThe patient is a 40-year-old male.\n\n\
                    IMR ISSUES, DECISIONS AND RATIONALES\n\nVibration platform, 4 weekly sessions, right knee: Upheld\n\n\
                    Claims Administrator guideline: ODG.\n\nMAXIMUS guideline: ODG.\n\n\
                    Decision rationale: The platform is not medically necessary.\n";
        let letters = parse(&Document::new(text));
        let asked = letters[0].asked(&letters[0].items[0]).expect("a request");
        assert_eq!(asked.words, ["vibration", "platform", "weekly"]);
        assert!(asked.services.is_empty() && asked.drugs.is_empty());
    }
}
