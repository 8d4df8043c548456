//! The elements of a case summary: what it has to tell of the patient, and whether it does.

use std::sync::LazyLock;

use regex::Regex;

use super::Owner;
use super::age::AgeTime;
use super::date::DateRole;
use super::documented::Care;
use super::drug::Context;
use super::phrase::{Phrases, rows};
use super::words::Words;
use crate::letter::block::Content;
use crate::letter::people::{Form, Who};
use crate::letter::sentence::Sentence;
use crate::text::{self, Span};

/// What a case summary has to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Element {
    /// How old the patient is.
    Age,
    /// The patient's sex.
    Sex,
    /// When the injury happened.
    InjuryDate,
    /// How it happened.
    Mechanism,
    /// What is wrong.
    Diagnosis,
    /// What has been done about it.
    Treatment,
    /// What was found on examination, by studies and tests.
    Findings,
}

impl Element {
    /// All, in the order in which a summary tells them.
    pub const ALL: [Self; 7] = [
        Self::Age,
        Self::Sex,
        Self::InjuryDate,
        Self::Mechanism,
        Self::Diagnosis,
        Self::Treatment,
        Self::Findings,
    ];

    /// Its name in a sentence.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Age => "age",
            Self::Sex => "sex",
            Self::InjuryDate => "date of injury",
            Self::Mechanism => "mechanism of injury",
            Self::Diagnosis => "diagnosis",
            Self::Treatment => "treatment so far",
            Self::Findings => "findings",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    None,
    Sex,
    Undated,
    Ago,
    Mechanism,
    Load,
    Motion,
    Cause,
    Hurts,
    Injury,
    Onset,
    BeganToHurt,
    When,
    Diagnosis,
    Condition,
    Not,
    Procedure,
    Treatment,
    Asked,
    AskedBehind,
    Given,
    Finding,
    Claimed,
    Elsewhere,
}

/// Words of one kind; those of another kind may hold them.
static PHRASES: LazyLock<Phrases<Kind>> = LazyLock::new(|| {
    let mut phrases = Phrases::new();
    for row in rows(include_str!("element.tsv")) {
        let &[name, column] = row.as_slice() else { continue };
        let kind = match name {
            "none" => Kind::None,
            "sex" => Kind::Sex,
            "undated" => Kind::Undated,
            "ago" => Kind::Ago,
            "mechanism" => Kind::Mechanism,
            "load" => Kind::Load,
            "motion" => Kind::Motion,
            "cause" => Kind::Cause,
            "hurts" => Kind::Hurts,
            "injury" => Kind::Injury,
            "onset" => Kind::Onset,
            "began-to-hurt" => Kind::BeganToHurt,
            "when" => Kind::When,
            "diagnosis" => Kind::Diagnosis,
            "condition" => Kind::Condition,
            "not" => Kind::Not,
            "procedure" => Kind::Procedure,
            "treatment" => Kind::Treatment,
            "asked" => Kind::Asked,
            "asked-behind" => Kind::AskedBehind,
            "given" => Kind::Given,
            "finding" => Kind::Finding,
            "claimed" => Kind::Claimed,
            "elsewhere" => Kind::Elsewhere,
            _ => continue,
        };
        phrases.add(column, kind);
    }
    phrases
});

/// For text in small letters: ages in forms that are no age by the book, or were taken out on purpose.
static AGE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?x)
        \b[1-9][0-9] \s?[-/,]?\s? (?: y\W{0,2}o\b | yrs?\b | years?\b\W{0,2}(?:old|of) | yo[fm]\b | [fm]\b | (?:fe)?male\b )
        | (?:\]|\bredacted|\bwithheld|\bx{2,3}|_) \W{0,3} years?\b
        | \bin\s(?:his|her|their|the)\s(?:early\s|mid\W|late\s)?(?:teens|twenties|thirties|forties|fifties|sixties|seventies|eighties)\b
        | \bage(?:d)?:?\s(?:of\s)?(?:[0-9]|\[|redacted|withheld|not\sstated|unknown)
        | \b(?:teenage|middle-aged|elderly|septuagenarian|octogenarian)
        | \b(?:dob|date\sof\sbirth|born)\b
        | \b(?:turned|turns)\s[1-9][0-9]\b
        | \b(?:(?:fe)?male|[fm]|woman|man)\W{1,2}(?:age\s)?[1-9][0-9](?:[\s,.;)]|$)
        | \b(?:woman|man|lady|gentleman|male|female|worker|patient|claimant|applicant|employee),?\s(?:of|is|aged|age)\s[1-9][0-9]\b
        | \bof\s[1-9][0-9]\syears\b | \bthen\s[1-9][0-9]\b
        | \b(?:is|was|age|aged|of|turned)\s(?:twenty|thirty|forty|fifty|sixty|seventy)(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?\b";
    text::pattern(pattern)
});

/// For text in small letters: "44/f", "f, 44", "sex: m".
static SEX: LazyLock<Regex> = LazyLock::new(|| {
    text::pattern(
        r"(?-u:\b)[1-9][0-9]\s?(?:y\W{0,2}o\W{0,2}\s?)?[-/,]?\s?[fm](?-u:\b)|(?-u:\b)[fm]\s?[/,]\s?[1-9][0-9](?-u:\b)|(?-u:\b)old\s[fm](?-u:\b)|(?-u:\b)(?:sex|gender)\W{1,3}[fm](?-u:\b)",
    )
});

/// Parts of the body and places behind which stands what was done as they were hurt.
const HURT: [&str; 14] = [
    "back", "neck", "shoulder", "knee", "wrist", "hand", "elbow", "ankle", "foot", "hip", "spine", "arm",
    "leg", "work",
];

/// A cause and what it causes stand so many words apart at most.
const NEAR: usize = 4;

/// Words between a denial and the condition that it denies, at most.
const DENIED: usize = 8;

/// What reviewers look for in a record that is no treatment.
const NO_TREATMENT: [&str; 47] = [
    "psychological evaluation",
    "functional capacity evaluation",
    "imaging",
    "MRI",
    "CT scan",
    "x-ray",
    "ultrasound study",
    "electrodiagnostic study",
    "urine drug test",
    "prescription monitoring report",
    "opioid agreement",
    "opioid risk assessment",
    "laboratory tests",
    "sleep study",
    "pain score",
    "work status",
    "return to work",
    "functional improvement",
    "pain relief",
    "activities of daily living",
    "gastrointestinal risk",
    "smoking",
    "alcohol use",
    "diabetes",
    "hypertension",
    "obesity",
    "living situation",
    "mental status examination",
    "cardiac testing",
    "electrocardiogram",
    "echocardiogram",
    "pulmonary function test",
    "blood pressure",
    "body weight",
    "renal function",
    "glucose control",
    "grip strength",
    "depression score",
    "sleep habits",
    "audiogram",
    "visual testing",
    "biopsy",
    "endoscopy",
    "bone density",
    "urodynamic study",
    "vascular study",
    "electroencephalogram",
];

/// The kinds of words that stand in a sentence, with their places in bytes.
struct Told {
    kinds: Vec<(Kind, Span, usize)>,
    /// "injury of 11/02/2010, lifting a jack", "hurt her back lifting": what was done follows a comma, a date or a part.
    is_apposed: bool,
}

impl Told {
    fn read(words: &Words<'_>, sentence: &Sentence) -> Self {
        let mut kinds = Vec::new();
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let mut here = Vec::new();
            let longest = PHRASES.longest(words, at, sentence.tokens.end);
            // A word can tell of several things ("therapy", "tore"); where it only looks so, of none.
            if longest.is_some_and(|(_, kind)| kind != Kind::None) {
                PHRASES.for_each_at(words, at, |kind| here.push(kind));
                if let Some((_, kind)) = longest {
                    here.push(kind);
                }
            }
            here.retain(|kind| *kind != Kind::None);
            kinds.extend(here.into_iter().map(|kind| (kind, words.span(&(at..at + 1)), at)));
            at = longest.filter(|(_, kind)| *kind == Kind::None).map_or(at + 1, |(end, _)| end.max(at + 1));
        }
        let injury = kinds.iter().find(|(kind, ..)| *kind == Kind::Injury).map(|(.., at)| *at);
        let is_apposed = kinds.iter().any(|(kind, _, at)| {
            *kind == Kind::Motion
                && injury.is_some_and(|injury| injury < *at)
                && (words.bare(at - 1) == ","
                    || words.is_number(at - 1)
                    || HURT.contains(&words.bare(at - 1)))
        });
        Self { kinds, is_apposed }
    }

    fn has(&self, wanted: Kind) -> bool {
        self.first(wanted).is_some()
    }

    fn first(&self, wanted: Kind) -> Option<&Span> {
        self.kinds.iter().find(|(kind, ..)| *kind == wanted).map(|(_, span, _)| span)
    }

    /// Whether a word of one kind stands behind one of another, so many words away at most.
    fn follows(&self, first: Kind, second: Kind, distance: usize) -> bool {
        let firsts = self.kinds.iter().filter(|(kind, ..)| *kind == first);
        firsts.map(|(.., at)| *at).any(|first| {
            self.kinds.iter().any(|(kind, _, at)| *kind == second && *at > first && *at - first <= distance)
        })
    }

    /// Whether a word at an offset is governed by one that asks ("asked for bracing", "bracing was denied"), with none
    /// between that tells of what has been.
    fn is_only_asked(&self, offset: usize) -> bool {
        let at = |kind: Kind| {
            self.kinds.iter().filter(move |(other, ..)| *other == kind).map(|(_, span, _)| span.start)
        };
        let is_told = |from: usize, to: usize| at(Kind::Given).any(|given| from < given && given < to);
        at(Kind::Asked).any(|asked| asked <= offset && !is_told(asked, offset))
            || at(Kind::AskedBehind).any(|asked| offset < asked && !is_told(0, asked))
    }

    fn tells_mechanism(&self) -> bool {
        let is_onset = self.has(Kind::Injury) || self.has(Kind::Onset);
        let begins = is_onset && self.follows(Kind::Cause, Kind::Motion, NEAR)
            || self.follows(Kind::Injury, Kind::When, usize::MAX)
            || self.follows(Kind::BeganToHurt, Kind::When, usize::MAX)
            || self.is_apposed
            || self.has(Kind::Load);
        self.has(Kind::Mechanism) || begins && !self.has(Kind::Hurts)
    }

    fn tells_diagnosis(&self) -> bool {
        let is_denied = |condition: usize| {
            self.kinds
                .iter()
                .any(|(kind, _, at)| *kind == Kind::Not && *at < condition && condition - at <= DENIED)
        };
        let is_operated = self.has(Kind::Procedure) && !self.has(Kind::Asked);
        self.has(Kind::Diagnosis)
            || is_operated
            || self.kinds.iter().any(|(kind, _, at)| *kind == Kind::Condition && !is_denied(*at))
    }
}

impl Content {
    /// Whether it tells of an element of the patient's case, in whatever words: where that cannot be seen, it does.
    #[must_use]
    pub fn tells(&self, element: Element) -> bool {
        match element {
            Element::Age => self.tells_age(),
            Element::Sex => self.tells_sex(),
            Element::InjuryDate => self.tells_injury_date(),
            Element::Mechanism => self.has_sentence(|told| told.tells_mechanism() || told.has(Kind::Claimed)),
            Element::Diagnosis => self.has_sentence(Told::tells_diagnosis),
            Element::Treatment => self.tells_treatment(),
            Element::Findings => self.has_sentence(|told| told.has(Kind::Finding)),
        }
    }

    /// Whether it leaves the case to another paper.
    #[must_use]
    pub fn is_told_elsewhere(&self) -> bool {
        self.has_sentence(|told| told.has(Kind::Elsewhere))
    }

    /// Whether a sentence about the patient passes a test.
    fn has_sentence(&self, test: impl Fn(&Told) -> bool) -> bool {
        let words = Words::new(self.text(), &self.tokens);
        self.sentences.iter().any(|sentence| {
            let told = Told::read(&words, sentence);
            test(&told) && !matches!(self.owner_of(&sentence.span), Owner::General | Owner::Condition)
        })
    }

    fn is_patients(&self, span: &Span) -> bool {
        !matches!(self.owner_of(span), Owner::Family | Owner::Other | Owner::General)
    }

    fn tells_age(&self) -> bool {
        let ages = self.facts().ages.iter().filter(|age| matches!(age.at, AgeTime::Now | AgeTime::Injury));
        let is_told = |span: &Span| self.owner_of(span) != Owner::Family;
        ages.map(|age| &age.span).any(is_told)
            || AGE.find_iter(self.small()).any(|found| is_told(&found.range()))
    }

    /// A pronoun tells the sex too; "they" for the patient leaves it open on purpose.
    fn tells_sex(&self) -> bool {
        let by_pronoun = self.mentions().iter().any(|mention| {
            let is_neutral = mention.sex.is_none()
                && mention.form != Form::Noun
                && matches!(
                    self.text()[mention.span.clone()].to_lowercase().as_str(),
                    "they" | "them" | "their"
                );
            match mention.who {
                Who::Patient => mention.sex.is_some() || is_neutral,
                Who::Unknown => mention.form != Form::Noun && (mention.sex.is_some() || is_neutral),
                _ => false,
            }
        });
        !self.sexes().is_empty()
            || by_pronoun
            || SEX.is_match(self.small())
            || self.has_sentence(|told| told.has(Kind::Sex))
    }

    fn tells_injury_date(&self) -> bool {
        let dates = &self.facts().dates;
        let stated = dates.iter().any(|date| date.role == DateRole::Injury && self.is_patients(&date.span));
        stated || {
            let words = Words::new(self.text(), &self.tokens);
            self.sentences.iter().any(|sentence| {
                let told = Told::read(&words, sentence);
                let has_date = || {
                    dates.iter().any(|date| {
                        sentence.span.contains(&date.span.start)
                            && matches!(date.role, DateRole::Other | DateRole::Injury)
                    })
                };
                let injures = told.tells_mechanism() || told.has(Kind::Injury);
                told.has(Kind::Undated) || injures && (told.has(Kind::Ago) || has_date())
            })
        }
    }

    /// Care that is only asked for, planned or talked over has not been given.
    fn tells_treatment(&self) -> bool {
        let is_treatment = |care: Care| match care {
            Care::Drug(_) => true,
            Care::Topic(topic) => !NO_TREATMENT.contains(&topic.name()),
        };
        let documented: Vec<Span> = self
            .documented()
            .into_iter()
            .filter(|told| is_treatment(told.care))
            .map(|told| told.span)
            .collect();
        let words = Words::new(self.text(), &self.tokens);
        let drugs = self.facts().drugs.iter().filter(|drug| drug.context != Some(Context::Allergy));
        let drugs: Vec<&Span> = drugs.map(|drug| &drug.name_span).collect();
        self.sentences.iter().any(|sentence| {
            let told = Told::read(&words, sentence);
            let is_given = |span: &Span| !told.is_only_asked(span.start) && self.is_patients(span);
            let inside = |span: &&Span| sentence.span.contains(&span.start);
            let by_words = told.kinds.iter().filter(|(kind, ..)| *kind == Kind::Treatment);
            documented.iter().filter(inside).any(|span| !told.is_only_asked(span.start))
                || by_words.map(|(_, span, _)| span).any(is_given)
                || drugs.iter().copied().filter(inside).any(is_given)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::facts::cases::{self, content};

    fn told(text: &str) -> String {
        let content = content(text);
        let told = Element::ALL.into_iter().filter(|element| content.tells(*element));
        told.map(Element::name).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn what_a_text_tells() {
        cases::check(include_str!("cases/element.tsv"), told);
    }

    #[test]
    fn any_text() {
        for text in ["", "fell ", "when he \u{301} fell, ", "12/12/2012 years ago injured "] {
            told(&text.repeat(300));
        }
    }
}
