//! Anchors: what the letter says of its patient first and in the place for it. What differs from an anchor is in
//! conflict with it: the header wins over the summary, the first statement over later ones.

use super::block::{Block, Place, Role};
use super::facts::Sex;
use super::outline::Letter;
use super::profile::HeaderField;
use crate::text::Span;

/// A value and where the letter states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated<T> {
    /// Where.
    pub place: Place,
    /// What.
    pub value: T,
}

impl Letter {
    /// The patient's sex: the header's field, else the first statement of the summary, else the first of all.
    #[must_use]
    pub fn sex(&self) -> Option<Stated<Sex>> {
        self.header_fact(HeaderField::Sex, Sex::from_field).or_else(|| {
            self.first_of_summary(|block| {
                let statement = block.content.sexes.first()?;
                Some((statement.span.clone(), statement.sex))
            })
        })
    }

    /// What a header field's value says.
    fn header_fact<T>(&self, field: HeaderField, read: impl FnOnce(&str) -> Option<T>) -> Option<Stated<T>> {
        let value = read(self.header_value(field)?)?;
        let span = self.header.iter().find(|value| value.field == field)?.value.clone()?;
        Some(Stated { place: Place { block: self.header_block()?, span }, value })
    }

    /// The first such statement of the summary, else of the whole letter.
    fn first_of_summary<T>(&self, read: impl Fn(&Block) -> Option<(Span, T)>) -> Option<Stated<T>> {
        let stated = |summary_only: bool| {
            let blocks = self.blocks.iter().enumerate();
            blocks.filter(|(_, block)| !summary_only || block.role == Role::Summary).find_map(
                |(index, block)| {
                    let (span, value) = read(block)?;
                    Some(Stated { place: Place { block: index, span }, value })
                },
            )
        };
        stated(true).or_else(|| stated(false))
    }
}
