//! Ages that a text states of somebody who can be the patient.

mod owner;

use std::sync::LazyLock;

use regex::Regex;

use super::number_word;
use super::words::sentence_at;
use crate::letter::sentence::Sentence;
use crate::text::{Span, Token, pattern};

/// An age that can be the patient's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgeFact {
    /// Logical span, from the number to the last word that makes it an age.
    pub span: Span,
    /// In completed years.
    pub years: u8,
    /// When the patient was so old.
    pub at: AgeTime,
}

/// When a patient had an age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AgeTime {
    /// When the text was written, as far as it says.
    Now,
    /// When the injury happened.
    Injury,
}

/// How an age is put, which decides what tells whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// "42-year-old", "42 y/o".
    Old,
    /// "53F".
    Sexed,
    /// "42 years of age".
    OfAge,
    /// "aged 42", "age 42".
    Aged,
    /// "Age: 42".
    Label,
    /// "a lady of 63".
    PersonOf,
    /// "was 40 at the time of injury".
    Bare,
    /// "a 42-year-old female (40 at the time of injury)".
    Bracketed,
    /// "her age of 42", "her age, 42,", "the patient's age is 42".
    AgeOf,
    /// "The patient is 42."
    Is,
    /// "Mr. Tamm, 45, drives a truck", "the patient, now 45,".
    Apposed,
    /// "At 59, he is young for a replacement."
    At,
}

/// The oldest age that is believed, in years.
const OLDEST: u32 = 115;

/// For text in small letters.
static FORMS: LazyLock<Regex> = LazyLock::new(|| {
    // "42-year-old" with blanks, wraps or dashes of every kind between its parts.
    let join = r"\s?[-‐‑–—]?\s?";
    let forms = format!(
        r"(?-u:\b)(?:
            (?P<years>[0-9]{{1,3}}|{words})
                (?:{join}(?:(?:years?|yrs?\.?)(?:{join}old|(?P<of_age>\sof\sage))|y/o|yo|yr/o)(?-u:\b)|{join}y\.o\.?)
          | (?P<sexed>[1-8][0-9])[fm](?-u:\b)
          | at\s(?P<at>[0-9]{{2}}),?\s(?:he|she|this|the)(?-u:\b)
          | (?P<bracketed>[1-9][0-9])\s(?:at|when)(?-u:\b)
          | age(?:,\s|\s(?:of|is|was)\s|\s\()(?P<age_of>[0-9]{{1,3}})(?:\syears?)?(?-u:\b)
          | age\s?:\s?(?P<label>[0-9]{{1,3}})(?-u:\b)
          | aged?\s(?P<aged>[0-9]{{1,3}}|{tens}(?:[-\s]{ones})?)(?-u:\b)
          | (?:lady|woman|man|gentleman|male|female|patient|claimant|applicant|worker)\sof\s(?P<person_of>[0-9]{{1,3}}|{tens}(?:[-\s]{ones})?)(?:\syears)?(?-u:\b)
          | (?:is|was)\s(?P<bare>[0-9]{{1,3}})\s(?:at|when|then|back\sthen)(?-u:\b)
          | is\s(?:now\s|currently\s|only\s|just\s|still\s|already\s)?(?P<is>[0-9]{{2}})(?:[.,;]|\sand(?-u:\b)|\swith(?-u:\b)|$)
          | ,\s(?:now\s|currently\s)?(?P<apposed>[0-9]{{2}}),
        )",
        words = number_word::pattern(),
        tens = "(?:twenty|thirty|forty|fifty|sixty|seventy|eighty)",
        ones = "(?:one|two|three|four|five|six|seven|eight|nine)",
    );
    pattern(&format!("(?x){forms}"))
});

/// Reads the ages of a text.
#[must_use]
pub fn read(text: &str, tokens: &[Token], sentences: &[Sentence]) -> Vec<AgeFact> {
    let mut facts = Vec::new();
    let small = text.to_ascii_lowercase();
    for captures in FORMS.captures_iter(&small) {
        let of_years = if captures.name("of_age").is_some() { Form::OfAge } else { Form::Old };
        let forms = [
            ("years", of_years),
            ("sexed", Form::Sexed),
            ("label", Form::Label),
            ("aged", Form::Aged),
            ("person_of", Form::PersonOf),
            ("bare", Form::Bare),
            ("bracketed", Form::Bracketed),
            ("age_of", Form::AgeOf),
            ("is", Form::Is),
            ("apposed", Form::Apposed),
            ("at", Form::At),
        ];
        let stated =
            forms.into_iter().find_map(|(name, form)| captures.name(name).map(|number| (number, form)));
        let (Some((number, form)), Some(whole)) = (stated, captures.get(0)) else { continue };
        let Some(years) = number_word::parse(number.as_str()).filter(|years| (1..=OLDEST).contains(years))
        else {
            continue;
        };
        // "3-1/2-year-old", "4.5-year-old"
        if text[..number.start()].ends_with(['/', '.', ',']) {
            continue;
        }
        // "is 42.5"
        let goes_on = text[number.end()..].starts_with('.')
            && text[number.end() + 1..].starts_with(|c: char| c.is_ascii_digit());
        if goes_on {
            continue;
        }
        let end = match form {
            Form::Bare | Form::Bracketed | Form::Is | Form::Apposed | Form::At => number.end(),
            _ => whole.end(),
        };
        let span = number.start()..end;
        let Some(sentence) = sentence_at(sentences, span.start) else { continue };
        let place = owner::Statement::read(text, tokens, sentence, &span);
        let at = place.time(form).or_else(|| {
            let before = sentences.partition_point(|other| other.span.start < sentence.span.start);
            let told = &sentences[before.checked_sub(1)?];
            place.is_of_injury_before(form, text, tokens, told).then_some(AgeTime::Injury)
        });
        if let (Some(at), Ok(years)) = (at, u8::try_from(years)) {
            facts.push(AgeFact { span, years, at });
        }
    }
    facts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::facts::cases;

    #[test]
    fn cases() {
        cases::check(include_str!("cases/age.tsv"), |text| {
            let rendered = cases::read(text, read).into_iter().map(|fact| {
                let at = if fact.at == AgeTime::Injury { "@injury" } else { "" };
                format!("{}{at}", fact.years)
            });
            rendered.collect::<Vec<_>>().join("; ")
        });
    }

    #[test]
    fn any_text() {
        cases::check_any_text(include_str!("cases/age.tsv"), |text| {
            cases::read(text, read).into_iter().map(|fact| fact.span).collect()
        });
    }
}
