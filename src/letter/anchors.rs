//! Anchors: what the letter says of its patient first and in the place for it. What differs from an anchor is in
//! conflict with it: the header wins over the summary, the first statement over later ones.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::block::{Block, Content, Place, Role};
use super::facts::Sex;
use super::facts::age::AgeTime;
use super::facts::date::{self, DateFact, DateRole, DateValue};
use super::outline::Letter;
use super::people::{Form, Reason, Who};
use super::profile::HeaderField;
use crate::text::{self, Span};

/// A value and where the letter states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated<T> {
    /// Where.
    pub place: Place,
    /// What.
    pub value: T,
}

/// The dates that the writer tells, beside one by which the case is known.
#[derive(Debug)]
pub struct Told<'l> {
    /// Whether the writer tells the known date again, in the same role.
    pub is_confirmed: bool,
    /// The single days, months and years that do not agree with it, with their places.
    pub differing: Vec<(Place, &'l DateFact)>,
}

impl Letter {
    /// What the writer tells beside an anchor of a role.
    #[must_use]
    pub fn told_beside(&self, anchor: &Stated<DateValue>, role: DateRole) -> Told<'_> {
        let (agreeing, differing): (Vec<_>, Vec<_>) = self
            .narrated_dates()
            .filter(|(place, _)| *place != anchor.place)
            .partition(|(_, date)| date.date.value.agrees_with(anchor.value));
        let is_confirmed = agreeing.iter().any(|(_, date)| date.role == role);
        Told {
            is_confirmed,
            differing: differing.into_iter().filter(|(_, date)| date.until.is_none()).collect(),
        }
    }

    /// The patient's sex: the header's field, else the first statement there, else that of the summary ("a 42-year-old
    /// female", "He is a 52-year-old", "Ms. Garcia complains"), else the first of all, else that of nearly all pronouns.
    #[must_use]
    pub fn sex(&self) -> Option<Stated<Sex>> {
        let stated =
            |block: &Block| block.content.sexes().first().map(|first| (first.span.clone(), first.sex));
        let in_header = || self.first_of_header(stated);
        let in_text = || {
            self.first_of_summary(|block| {
                let statement = stated(block);
                let by_pronoun = sex_by_pronoun(&block.content);
                let by_title = sex_by_title(&block.content);
                statement.into_iter().chain(by_pronoun).chain(by_title).min_by_key(|(span, _)| span.start)
            })
        };
        self.header_fact(HeaderField::Sex, Sex::from_field)
            .or_else(in_header)
            .or_else(in_text)
            .or_else(|| self.sex_by_most_pronouns())
    }

    /// The sex of nearly all pronouns for the patient, where nothing states it; its place is the first of them.
    fn sex_by_most_pronouns(&self) -> Option<Stated<Sex>> {
        /// So many at least, and so many for each of the other sex.
        const ENOUGH: usize = 4;
        let of_patient = self.narrative().flat_map(|(block, narrative)| {
            let mentions = narrative.content.mentions().iter();
            mentions.filter(|mention| mention.who == Who::Patient).map(move |mention| (block, mention))
        });
        let pronouns: Vec<Stated<Sex>> = of_patient
            .filter_map(|(block, mention)| {
                let place = Place { block, span: mention.span.clone() };
                Some(Stated { place, value: mention.sex? })
            })
            .collect();
        let first_of = |sex: Sex| pronouns.iter().find(|stated| stated.value == sex);
        let count = |sex: Sex| pronouns.iter().filter(|stated| stated.value == sex).count();
        let (women, men) = (count(Sex::Female), count(Sex::Male));
        let most = if women > men { Sex::Female } else { Sex::Male };
        let is_clear = women.max(men) >= ENOUGH * women.min(men).max(1);
        first_of(most).filter(|_| is_clear).cloned()
    }

    /// The patient's age in years: the header's, else the first statement of the summary, else the first of all.
    #[must_use]
    pub fn age(&self) -> Option<Stated<u8>> {
        let first_of = |block: &Block| {
            let age = block.content.facts().ages.iter().find(|age| age.at == AgeTime::Now)?;
            Some((age.span.clone(), age.years))
        };
        self.first_of_header(first_of).or_else(|| self.first_of_summary(first_of))
    }

    /// The years between which the patient's age lies, where a label says so before the case is told: "Age Range: 51 to 64".
    #[must_use]
    pub fn age_range(&self) -> Option<Stated<RangeInclusive<u8>>> {
        static RANGE: LazyLock<Regex> = LazyLock::new(|| {
            text::pattern(
                r"\b(?i:Age (?:Range|Group)):\s+([0-9]{1,2})(?:\s?(?:-|\u{2013}|to)\s?([0-9]{1,3})|\s?\+)",
            )
        });
        let told = |block: &Block| matches!(block.role, Role::Header | Role::Prose | Role::Result);
        let before = self.blocks.iter().enumerate().take_while(|(_, block)| block.role != Role::Summary);
        before.filter(|(_, block)| told(block)).find_map(|(index, block)| {
            let found = RANGE.captures(block.content.text())?;
            let years = |group: usize| found.get(group)?.as_str().parse().ok();
            let value = years(1)?..=years(2).unwrap_or(u8::MAX);
            Some(Stated { place: Place { block: index, span: found.get(0)?.range() }, value })
        })
    }

    /// The latest day on which the letter can have been written, as the header tells it: that of the notice, else of the
    /// decision, of the assignment or of the receipt of the application.
    #[must_use]
    pub fn latest_day(&self) -> Option<Stated<DateValue>> {
        let own = [HeaderField::NoticeDate, HeaderField::DecisionDate];
        // The form has the day of the decision; where it is missing, records are older than the review at least.
        let of_review = [HeaderField::DateAssigned, HeaderField::ApplicationReceived];
        let is_of_form = self.profile.is_none_or(|profile| !profile.free_form);
        let fields = own.into_iter().chain(of_review.into_iter().filter(|_| is_of_form));
        fields.into_iter().find_map(|field| self.header_date(field))
    }

    /// The date that a header's field holds.
    #[must_use]
    pub fn header_date(&self, field: HeaderField) -> Option<Stated<DateValue>> {
        self.header_fact(field, date::parse)
    }

    /// The date of injury: the header's, else the first that the summary names.
    #[must_use]
    pub fn injury_date(&self) -> Option<Stated<DateValue>> {
        self.anchor_date(HeaderField::InjuryDate, DateRole::Injury)
    }

    /// The date of the utilization review decision under review: the header's, else the first that the summary names.
    #[must_use]
    pub fn review_date(&self) -> Option<Stated<DateValue>> {
        self.anchor_date(HeaderField::ReviewDate, DateRole::UrDecision)
    }

    /// The days by which the rules in force are chosen, as far as they are stated: of the request, of the utilization
    /// review decision, of this review. The day of a service that was given already is one.
    #[must_use]
    pub fn review_days(&self) -> Vec<Date> {
        const FIELDS: [HeaderField; 7] = [
            HeaderField::RequestReceived,
            HeaderField::ServiceDate,
            HeaderField::ReviewDate,
            HeaderField::ApplicationReceived,
            HeaderField::DateAssigned,
            HeaderField::DecisionDate,
            HeaderField::NoticeDate,
        ];
        let header = FIELDS.iter().filter_map(|&field| date::parse(self.header_value(field)?));
        let stated = self.review_date().map(|stated| stated.value);
        header.chain(stated).filter_map(DateValue::earliest).collect()
    }

    fn anchor_date(&self, field: HeaderField, role: DateRole) -> Option<Stated<DateValue>> {
        self.header_fact(field, date::parse).or_else(|| {
            self.first_of_summary(|block| {
                let date = block.content.facts().dates.iter().find(|date| date.role == role)?;
                Some((date.span.clone(), date.date.value))
            })
        })
    }

    /// What a header field's value says.
    fn header_fact<T>(&self, field: HeaderField, read: impl FnOnce(&str) -> Option<T>) -> Option<Stated<T>> {
        let value = read(self.header_value(field)?)?;
        let span = self.header.iter().find(|value| value.field == field)?.value.clone()?;
        Some(Stated { place: Place { block: self.header_block()?, span }, value })
    }

    /// The first such statement of the header: "Patient: Male, 46 years old".
    fn first_of_header<T>(&self, read: impl Fn(&Block) -> Option<(Span, T)>) -> Option<Stated<T>> {
        let block = self.header_block()?;
        let (span, value) = read(&self.blocks[block])?;
        Some(Stated { place: Place { block, span }, value })
    }

    /// The first such statement of the summary, else of the whole letter.
    fn first_of_summary<T>(&self, read: impl Fn(&Block) -> Option<(Span, T)>) -> Option<Stated<T>> {
        let stated = |summary_only: bool| {
            let blocks = self.blocks.iter().enumerate();
            blocks
                .filter(
                    |(_, block)| {
                        if summary_only { block.role == Role::Summary } else { block.role.narrates() }
                    },
                )
                .find_map(|(index, block)| {
                    let (span, value) = read(block)?;
                    Some(Stated { place: Place { block: index, span }, value })
                })
        };
        stated(true).or_else(|| stated(false))
    }
}

/// "Ms. Garcia complains of pain": the title before the patient's name.
fn sex_by_title(content: &Content) -> Option<(Span, Sex)> {
    let mut titles = content.mentions().iter().filter(|mention| {
        mention.who == Who::Patient && mention.form == Form::Noun && mention.reason == Reason::SaidOfPatient
    });
    titles.find_map(|title| Some((title.span.clone(), title.sex?)))
}

/// "He is a 52-year-old welder", "the patient is a 52-year-old who hurt his knee": the pronoun of the sentence that
/// introduces the patient by an age.
fn sex_by_pronoun(content: &Content) -> Option<(Span, Sex)> {
    /// As long as " is now a ".
    const LONGEST: usize = 10;
    let age = content.facts().ages.iter().find(|age| age.at == AgeTime::Now)?;
    let introduced = || {
        let sentence = content.sentence_at(age.span.start)?;
        let mut here =
            content.mentions().iter().filter(|mention| sentence.span.contains(&mention.span.start));
        if here.clone().any(|mention| !matches!(mention.who, Who::Patient)) {
            return None;
        }
        let pronoun = here.find(|mention| mention.form != Form::Noun && mention.sex.is_some())?;
        Some((pronoun.span.clone(), pronoun.sex?))
    };
    let subject = content.mentions().iter().rev().find(|mention| mention.span.end <= age.span.start);
    let by_subject = subject.and_then(|subject| {
        let verb = &content.text()[subject.span.end..age.span.start];
        let is_subject = subject.form == Form::Subject && subject.who == Who::Patient;
        let is_said_of_it = verb.len() <= LONGEST && verb.split_whitespace().next() == Some("is");
        (is_subject && is_said_of_it).then_some((subject.span.clone(), subject.sex?))
    });
    by_subject.or_else(introduced)
}
