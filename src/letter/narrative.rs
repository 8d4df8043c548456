//! The parts of a letter in which the writer tells of the case, and the facts in them.

use super::block::{Block, Place, Role};
use super::facts::Owner;
use super::facts::age::AgeFact;
use super::facts::date::DateFact;
use super::facts::elapsed::ElapsedFact;
use super::outline::Letter;
use super::profile::Field;
use crate::text::{Gap, lowered};

impl Letter {
    /// The blocks in which the writer tells of the case: the summary, the rationales, and text in no known place.
    pub fn narrative(&self) -> impl Iterator<Item = (usize, &Block)> {
        self.blocks.iter().enumerate().filter(|(_, block)| block.role.narrates())
    }

    /// The dates that the writer tells of, with their places: all but those of a relative or another person.
    pub fn narrated_dates(&self) -> impl Iterator<Item = (Place, &DateFact)> {
        self.narrative().flat_map(|(block, content)| {
            let content = &content.content;
            let dates = content.facts().dates.iter();
            dates
                .filter(|date| !matches!(content.owner_of(&date.span), Owner::Family | Owner::Other))
                .map(move |date| (Place { block, span: date.span.clone() }, date))
        })
    }

    /// The dates of the list of documents, with their places.
    pub fn listed_dates(&self) -> impl Iterator<Item = (Place, &DateFact)> {
        let lists = self.blocks.iter().enumerate().filter(|(_, block)| block.role == Role::Documents);
        lists.flat_map(|(block, list)| {
            let dates = list.content.facts().dates.iter();
            dates.map(move |date| (Place { block, span: date.span.clone() }, date))
        })
    }

    /// The ages that the writer tells of the patient, with their places.
    pub fn narrated_ages(&self) -> impl Iterator<Item = (Place, &AgeFact)> {
        self.narrative().flat_map(|(block, content)| {
            let content = &content.content;
            let ages = content.facts().ages.iter();
            ages.filter(|age| matches!(content.owner_of(&age.span), Owner::Patient | Owner::Reported))
                .map(move |age| (Place { block, span: age.span.clone() }, age))
        })
    }

    /// The times that the writer tells to have passed for the patient, with their places.
    pub fn narrated_times(&self) -> impl Iterator<Item = (Place, &ElapsedFact)> {
        self.narrative().flat_map(|(block, content)| {
            let content = &content.content;
            let times = content.facts().elapsed.iter();
            times
                .filter(|time| matches!(content.owner_of(&time.span), Owner::Patient | Owner::Reported))
                .map(move |time| (Place { block, span: time.span.clone() }, time))
        })
    }

    /// The dates of the sentence at a place.
    pub fn dates_beside(&self, place: &Place) -> impl Iterator<Item = &DateFact> {
        let content = &self.blocks[place.block].content;
        let sentence = content.sentence_at(place.span.start).map_or(0..0, |sentence| sentence.span.clone());
        content.facts().dates.iter().filter(move |date| sentence.contains(&date.span.start))
    }

    /// The text at a place.
    #[must_use]
    pub fn text_at(&self, place: &Place) -> &str {
        &self.blocks[place.block].content.text()[place.span.clone()]
    }

    /// Where a place stands, in plain words: "header", "case summary", "rationale".
    #[must_use]
    pub fn part_at(&self, place: &Place) -> &'static str {
        match self.blocks[place.block].role {
            Role::Header => "header",
            Role::Summary => "case summary",
            Role::Field(Field::Rationale) => "rationale",
            _ => "text",
        }
    }

    /// The words of a place's sentence in small letters, in so many tokens before and behind it. What a hyphen
    /// joins is one word ("non-certified").
    #[must_use]
    pub fn words_near(&self, place: &Place, before: usize, behind: usize) -> Vec<String> {
        let content = &self.blocks[place.block].content;
        let sentence = content.sentence_at(place.span.start).map_or(0..0, |sentence| sentence.tokens.clone());
        let at = |offset: usize| content.tokens.partition_point(|token| token.span.start < offset);
        let (start, end) = (at(place.span.start), at(place.span.end));
        let first = start.saturating_sub(before).max(sentence.start);
        let last = (end + behind).min(sentence.end);
        let mut words: Vec<String> = Vec::new();
        for token in (first..start).chain(end..last) {
            let word = lowered(content.word(token));
            let is_joined = content.tokens[token].gap == Gap::None && token != first && token != end;
            match words.last_mut().filter(|last| is_joined && (word == "-" || last.ends_with('-'))) {
                Some(last) => last.push_str(&word),
                None => words.push(word.into_owned()),
            }
        }
        words
    }
}

impl Role {
    /// Whether the writer tells of the case in such a block.
    #[must_use]
    pub fn narrates(self) -> bool {
        matches!(self, Self::Prose | Self::Summary | Self::Field(Field::Rationale))
    }

    /// Whether it speaks of people: what narrates, and a header ("Patient: Male, 46 years old").
    #[must_use]
    pub fn speaks_of_people(self) -> bool {
        self.narrates() || self == Self::Header
    }
}

#[cfg(test)]
mod tests {
    use crate::letter::parse;
    use crate::text::Document;

    #[test]
    fn words_of_the_sentence_at_a_place() {
        let letters = parse(&Document::new(
            "It rains. Both were non-certified on 09/15/2014 by the re-reviewer. It is cold.",
        ));
        let (place, _) = letters[0].narrated_dates().next().expect("a date");
        assert_eq!(
            letters[0].words_near(&place, 9, 9),
            ["both", "were", "non-certified", "on", "by", "the", "re-reviewer", "."]
        );
        assert_eq!(letters[0].words_near(&place, 2, 1), ["certified", "on", "by"]);
        assert_eq!(letters[0].text_at(&place), "09/15/2014");
    }
}
