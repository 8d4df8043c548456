//! Times that have passed, as a text states them: how long a symptom or a treatment has lasted, how long ago an
//! injury was. Times of a request, a plan or a guideline's criterion are none.

mod lasting;

use std::sync::LazyLock;

use regex::Regex;

use super::number_word;
use super::words::sentence_at;
use crate::letter::sentence::Sentence;
use crate::text::{Span, Token, pattern};

/// A time that has passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ElapsedFact {
    /// Logical span of the number and its unit.
    pub span: Span,
    /// How many units.
    pub amount: u32,
    /// The unit in which it is stated; "a year and a half" is 18 months.
    pub unit: TimeUnit,
    /// Whether the time is more, less or about that.
    pub bound: Bound,
    /// What has lasted so long, or lies so far back.
    pub lasting: Lasting,
}

impl ElapsedFact {
    /// The stated time in days, with months of 30.4 and years of 365.25 days.
    #[must_use]
    pub fn days(&self) -> u32 {
        let hundredths = match self.unit {
            TimeUnit::Day => 100,
            TimeUnit::Week => 700,
            TimeUnit::Month => 3_044,
            TimeUnit::Year => 36_525,
        };
        self.amount.saturating_mul(hundredths).saturating_add(50) / 100
    }
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimeUnit {
    /// "10 days".
    Day,
    /// "6 weeks".
    Week,
    /// "3 months".
    Month,
    /// "2 years".
    Year,
}

/// How a stated time limits the true one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bound {
    /// "for 2 years".
    Exact,
    /// "about 2 years", "almost 2 years".
    About,
    /// "over 2 years", "at least 2 years".
    AtLeast,
    /// "less than 2 years".
    AtMost,
}

/// What has lasted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lasting {
    /// Pain or another complaint.
    Symptom,
    /// A therapy, a medication, or the time since a surgery.
    Treatment,
    /// The time since the injury.
    Injury,
    /// Work at an employer or in an occupation.
    WorkTenure,
    /// Another disease, a habit, or it cannot be told.
    Other,
}

/// How a time is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// "for 2 years".
    For,
    /// "over the past 2 years".
    Past,
    /// "pain x 6 months", "pain × 6 months".
    Times,
    /// "2 years ago".
    Ago,
    /// "a 2-year history of".
    History,
    /// "of 6 months' duration".
    Duration,
    /// "is two years post injury".
    Since,
    /// "fifteen months out from the injury", "eighty weeks after the fall".
    After,
    /// "two years have passed".
    Passed,
    /// "this 3-year-old injury".
    OldInjury,
    /// "the injury is now 3 years old".
    Old,
    /// "after 2 years of pain".
    OfThing,
    /// "some two years into CRPS".
    Into,
    /// "since April 2014, about five years".
    SinceDate,
    /// "pain in the groin, for fifteen months now".
    ForNow,
}

/// For text in small letters.
static FORMS: LazyLock<Regex> = LazyLock::new(|| {
    let bound = r"(?:(?P<about>about|approximately|almost|nearly|around|roughly|some|close\sto)|(?P<over>(?:well\s)?over|more\sthan|at\sleast|a\sgood|a\sfull|fully|upwards?\sof|greater\sthan|in\sexcess\sof|no\sless\sthan)|(?P<under>less\sthan|under))";
    let form = format!(
        r"(?:(?-u:\b)|(?P<sign>×\s?))(?:
            (?P<past>(?:over|during|in|for)\sthe\s(?:past|last)\s)
          | (?P<for>(?:for|lasted|lasting|persisted|(?:dat(?:e|es|ed|ing)|go(?:es|ing)?|went)\sback)\s)
          | (?P<since_date>since\s(?:[a-z]+(?:\sof)?\s[0-9]{{4}}|[0-9]{{1,2}}/[0-9/]{{4,7}}|(?:the|his|her)\s(?:injury|accident|fall)),?\s(?:which\sis\s(?:to\ssay\s)?|that\sis,?\s|or\s|now\s)?(?:for\s)?)
          | (?P<after>(?:after|given|despite)\s)
          | (?P<times>x\s?)
          | (?P<duration>of\s)
          | (?P<lasted>duration(?:\sof|\sis|\swas)?:?\s)
          | (?P<since>(?:is|now|been|symptomatic)\s)
        )?
        (?:{bound}\s)?
        (?P<time>(?P<number>[0-9]{{1,3}}(?:\.5)?|{words}|half\san?|an?)(?P<plus>\+)?(?:\s\([0-9]{{1,3}}\))?[\s-]?(?P<unit>day|week|wk|month|year|yr|decade)s?(?P<half>\sand\sa\shalf)?)
        (?:
            (?P<ago>\sago)
          | (?P<history>[\s-]history\sof)
          | (?P<of_duration>['’]?\s(?:in\s)?(?:duration|standing))
          | (?P<passed>\s(?:have|has|had)\s(?:now\s|already\s)?(?:passed|elapsed|gone\sby))
          | (?P<since_then>\s(?P<link>post|after|since|following|from|out\sfrom|removed\sfrom|status[\s-]post|s/p)[\s-])
          | (?P<of_thing>\sof\s)
          | (?P<into>\sinto\s)
          | (?P<now>\snow)
          | (?P<old>\sold)
          | (?P<old_injury>[\s-]old\s(?:industrial\s|work\s|lumbar\s|cervical\s)?(?:injury|claim|accident)(?-u:\b))
        )?(?-u:\b)",
        words = number_word::pattern(),
    );
    pattern(&format!("(?x){form}"))
});

/// Reads the times that have passed.
#[must_use]
pub fn read(text: &str, tokens: &[Token], sentences: &[Sentence]) -> Vec<ElapsedFact> {
    let mut facts = Vec::new();
    let small = text.to_ascii_lowercase();
    for captures in FORMS.captures_iter(&small) {
        let has = |name: &str| captures.name(name).is_some();
        let form = if has("ago") {
            Form::Ago
        } else if has("history") {
            Form::History
        } else if has("old_injury") {
            Form::OldInjury
        } else if has("old") {
            Form::Old
        } else if has("lasted") || has("of_duration") && has("duration") {
            Form::Duration
        } else if has("passed") {
            Form::Passed
        } else if has("past") {
            Form::Past
        } else if has("since_date") {
            Form::SinceDate
        } else if has("for") {
            if has("now") { Form::ForNow } else { Form::For }
        } else if has("into") {
            Form::Into
        } else if has("since_then") {
            if has("since") { Form::Since } else { Form::After }
        } else if has("of_thing") && !has("duration") && !has("times") && !has("sign") {
            Form::OfThing
        } else if has("times") || has("sign") {
            Form::Times
        } else {
            continue;
        };
        let (Some(time), Some((amount, unit))) = (captures.name("time"), amount(&captures)) else { continue };
        if is_part_of_number(&text[..time.start()]) {
            continue;
        }
        let bound = if has("about") {
            Bound::About
        } else if has("over") || has("plus") {
            Bound::AtLeast
        } else if has("under") {
            Bound::AtMost
        } else {
            Bound::Exact
        };
        let span = time.range();
        let Some(sentence) = sentence_at(sentences, span.start) else { continue };
        let counted_from = captures.name("link").map(|link| link.end());
        if let Some(lasting) = lasting::of(text, tokens, sentence, &span, form, counted_from) {
            facts.push(ElapsedFact { span, amount, unit, bound, lasting });
        }
    }
    facts
}

/// The number and the unit; halves of a year are counted in months, other halves are left alone.
fn amount(captures: &regex::Captures) -> Option<(u32, TimeUnit)> {
    let unit = match captures["unit"].to_ascii_lowercase().as_str() {
        "day" => TimeUnit::Day,
        "week" | "wk" => TimeUnit::Week,
        "month" => TimeUnit::Month,
        _ => TimeUnit::Year,
    };
    let number = captures["number"].to_ascii_lowercase();
    if number.starts_with("half") {
        return match (unit, captures["unit"].eq_ignore_ascii_case("decade")) {
            (TimeUnit::Year, true) => Some((5, TimeUnit::Year)),
            (TimeUnit::Year, false) => Some((6, TimeUnit::Month)),
            _ => None,
        };
    }
    let whole = number.strip_suffix(".5");
    let amount = match whole.unwrap_or(&number) {
        "a" | "an" => 1,
        digits => number_word::parse(digits)?,
    };
    let is_decade = captures["unit"].eq_ignore_ascii_case("decade");
    let amount = if is_decade { amount.saturating_mul(10) } else { amount };
    match (whole.is_some() || captures.name("half").is_some(), unit) {
        (false, _) => (amount > 0).then_some((amount, unit)),
        (true, TimeUnit::Year) => Some((amount * 12 + 6, TimeUnit::Month)),
        (true, _) => None,
    }
}

/// "3.5 years", "1/2 month", "3-4 years", "six to eight years": the number began earlier.
fn is_part_of_number(before: &str) -> bool {
    let trimmed = before.trim_end();
    let joined = trimmed.strip_suffix(['-', '–', '—', '/', '.']).or_else(|| trimmed.strip_suffix(" to"));
    joined.is_some_and(|rest| {
        let last = rest.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        last.ends_with(|c: char| c.is_ascii_digit()) || number_word::parse(last).is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::facts::cases;

    fn elapsed(text: &str) -> Vec<ElapsedFact> {
        cases::read(text, read)
    }

    #[test]
    fn cases() {
        cases::check(include_str!("cases/elapsed.tsv"), |text| {
            let rendered = elapsed(text).into_iter().map(|fact| {
                let lasting = match fact.lasting {
                    Lasting::Symptom => "symptom",
                    Lasting::Treatment => "treatment",
                    Lasting::Injury => "injury",
                    Lasting::WorkTenure => "work",
                    Lasting::Other => "other",
                };
                let bound = match fact.bound {
                    Bound::Exact => "",
                    Bound::About => "~",
                    Bound::AtLeast => ">",
                    Bound::AtMost => "<",
                };
                let unit = match fact.unit {
                    TimeUnit::Day => "days",
                    TimeUnit::Week => "weeks",
                    TimeUnit::Month => "months",
                    TimeUnit::Year => "years",
                };
                format!("{lasting} {bound}{} {unit}", fact.amount)
            });
            rendered.collect::<Vec<_>>().join("; ")
        });
    }

    #[test]
    fn in_days() {
        let days = |text| elapsed(text).first().map(ElapsedFact::days);
        assert_eq!(days("Her pain began 10 days ago."), Some(10));
        assert_eq!(days("Her pain began 6 weeks ago."), Some(42));
        assert_eq!(days("Her pain began 6 months ago."), Some(183));
        assert_eq!(days("Her pain began two years ago."), Some(731));
    }

    #[test]
    fn any_text() {
        cases::check_any_text(include_str!("cases/elapsed.tsv"), |text| {
            cases::read(text, read).into_iter().map(|fact| fact.span).collect()
        });
    }
}
