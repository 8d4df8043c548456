//! What happened on a date, told by the nearest words that say so in its clause.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::form::{Found, Need};
use super::{DateFact, DateRole};
use crate::guideline::citation::{self, CitationKind};
use crate::letter::facts::cues::{self, Cues};
use crate::letter::sentence::Sentence;
use crate::text::{Span, Token, TokenKind};

const TABLE: &str = include_str!("roles.tsv");

/// How far a noun or verb reaches to its date, in words.
const REACH: usize = 10;
/// How far it reaches where no "on" or "dated" stands before the date ("MRI lumbar spine 06/14/2016").
const SHORT_REACH: usize = 5;
/// How far behind a date that opens its clause the verb is looked for.
const FRONTED_REACH: usize = 14;
/// How far a verb and its object stand apart ("denied the MRI").
const OBJECT_REACH: usize = 8;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Noun,
    /// A noun whose date may be a range.
    Period,
    Verb,
}

/// A cue's kind, and its role; a phrase without one only hides the words in it ("injured worker").
type Named = (Kind, Option<DateRole>);

static NAMED: LazyLock<Cues<Named>> = LazyLock::new(|| {
    Cues::new(cues::rows(TABLE).filter_map(|(role, kind, phrase)| {
        let kind = match kind {
            "noun" => Kind::Noun,
            "period" => Kind::Period,
            "verb" => Kind::Verb,
            _ => return None,
        };
        Some((phrase, (kind, role_named(role))))
    }))
});

static CONTEXT: LazyLock<Cues<()>> = LazyLock::new(|| {
    Cues::new(cues::rows(TABLE).filter(|(_, kind, _)| *kind == "context").map(|(_, _, phrase)| (phrase, ())))
});

/// The single words of one kind.
struct Words(LazyLock<HashSet<&'static str>>);

impl Words {
    fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

fn of_kind(wanted: &str) -> HashSet<&'static str> {
    cues::rows(TABLE).filter(|(_, kind, _)| *kind == wanted).map(|(_, _, word)| word).collect()
}

static STRONG: Words = Words(LazyLock::new(|| of_kind("strong")));
static LINK: Words = Words(LazyLock::new(|| of_kind("link")));
static STOP: Words = Words(LazyLock::new(|| of_kind("stop")));
static ARTICLE: Words = Words(LazyLock::new(|| of_kind("article")));
static OTHER_ONE: Words = Words(LazyLock::new(|| of_kind("other-one")));
static COMPLEMENT: Words = Words(LazyLock::new(|| of_kind("complement")));
static TIME_UNIT: Words = Words(LazyLock::new(|| of_kind("time-unit")));
static SUFFER: Words = Words(LazyLock::new(|| of_kind("suffer")));
static RELATIVE: Words = Words(LazyLock::new(|| of_kind("relative")));
static YEAR: Words = Words(LazyLock::new(|| of_kind("year")));
static COUNTED: Words = Words(LazyLock::new(|| of_kind("counted")));

fn role_named(name: &str) -> Option<DateRole> {
    Some(match name {
        "injury" => DateRole::Injury,
        "ur" => DateRole::UrDecision,
        "assigned" => DateRole::Assigned,
        "received" => DateRole::ApplicationReceived,
        "decision" => DateRole::Decision,
        "record" => DateRole::Record,
        "procedure" => DateRole::Procedure,
        "birth" => DateRole::Birth,
        "guideline" => DateRole::Guideline,
        "accessed" => DateRole::Accessed,
        "request" => DateRole::Request,
        "other" => DateRole::Other,
        _ => return None,
    })
}

/// Gives each date its role and drops what is no date after all.
pub(super) fn assign(
    text: &str,
    tokens: &[Token],
    sentences: &[Sentence],
    found: Vec<Found>,
) -> Vec<DateFact> {
    let mut facts = Vec::with_capacity(found.len());
    let mut clause: Option<(usize, Clause)> = None;
    let mut previous: Option<(usize, DateRole)> = None;
    let spans: Vec<Span> = found.iter().map(Found::span).collect();
    for (index, date) in found.into_iter().enumerate() {
        let span = spans[index].clone();
        let at = sentences.partition_point(|sentence| sentence.span.end <= span.start);
        let Some(sentence) = sentences.get(at) else { continue };
        if clause.as_ref().is_none_or(|(of, _)| *of != at) {
            clause = Some((at, Clause::read(text, tokens, sentence)));
            previous = None;
        }
        let Some((_, clause)) = &clause else { continue };
        let words = clause.words_of(&span);
        let end = spans.get(index + 1).map_or(clause.words.len(), |next| clause.words_of(next).start);
        let before = previous.map_or(0, |(end, _)| end).min(words.start);
        let place =
            Place { before, date: words.clone(), end: end.max(words.end), is_range: date.until.is_some() };
        let is_count = date.countable && COUNTED.has(clause.word(words.end));
        let role = clause.role(&place, previous.map(|(_, role)| role));
        let is_date = match date.need {
            Need::Nothing => true,
            Need::Role => role != DateRole::Other,
            Need::YearWording => clause.is_year(&place, role),
        };
        if !is_count && is_date {
            facts.push(DateFact { span, date: date.written, until: date.until, role });
            previous = Some((words.end, role));
        }
    }
    facts
}

/// A date among the words of its sentence.
struct Place {
    /// Where the date before it ends.
    before: usize,
    date: Range<usize>,
    /// Where the date behind it begins.
    end: usize,
    is_range: bool,
}

/// What ties a date to the words before it.
struct Link {
    /// Where it begins.
    start: usize,
    strength: Strength,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Strength {
    /// "dated", "of", a bracket: the nearest noun's date.
    Strong,
    /// "on", "in": the noun's or the verb's.
    Weak,
    /// Nothing.
    None,
    /// The date opens its clause: ", on 09/22/2016 he reported".
    Fronted,
}

#[derive(Debug, Clone)]
struct Cue {
    words: Range<usize>,
    kind: Kind,
    role: DateRole,
}

/// A sentence as words, with the cues in it.
struct Clause<'t> {
    tokens: &'t [Token],
    words: Vec<String>,
    /// In order, without those that only hide words.
    cues: Vec<Cue>,
    /// Which words belong to a cue.
    covered: Vec<bool>,
    names_utilization_review: bool,
}

impl<'t> Clause<'t> {
    fn read(text: &str, tokens: &'t [Token], sentence: &Sentence) -> Self {
        let tokens = &tokens[sentence.tokens.clone()];
        let words = cues::words(text, tokens);
        let mut clause = Self {
            tokens,
            covered: vec![false; words.len()],
            words,
            cues: Vec::new(),
            names_utilization_review: false,
        };
        let mut at = 0;
        while at < clause.words.len() {
            clause.names_utilization_review |= CONTEXT.at(&clause.words, at).is_some();
            let Some((length, (kind, role))) = NAMED.at(&clause.words, at) else {
                at += 1;
                continue;
            };
            clause.covered[at..at + length].fill(true);
            if let Some(role) = role {
                clause.names_utilization_review |= role == DateRole::UrDecision && kind == Kind::Noun;
                clause.cues.push(Cue { words: at..at + length, kind, role });
            }
            at += length;
        }
        for cited in citation::in_prose(&text[sentence.span.clone()]) {
            // A study's year is no edition.
            let (CitationKind::Mtus | CitationKind::Acoem | CitationKind::Odg | CitationKind::OtherGuideline) =
                cited.kind
            else {
                continue;
            };
            let organisation = cited.organisation.map(|(_, span)| span);
            let title = cited.title.map(|title| title.span);
            let Some(name) =
                organisation.into_iter().chain(title).reduce(|a, b| a.start.min(b.start)..a.end.max(b.end))
            else {
                continue;
            };
            // "ODG 2015, Knee Chapter": the year stands inside.
            let end = cited.year.map_or(name.end, |(_, year)| {
                if name.start < year.start { name.end.min(year.start) } else { name.end }
            });
            let name = name.start..end;
            let start = sentence.span.start;
            let words = clause.words_of(&(start + name.start..start + name.end));
            clause.cues.retain(|cue| cue.words.end <= words.start || words.end <= cue.words.start);
            let at = clause.cues.partition_point(|cue| cue.words.start < words.start);
            clause.cues.insert(at, Cue { words, kind: Kind::Noun, role: DateRole::Guideline });
        }
        clause
    }

    /// The words of a span of the text.
    fn words_of(&self, span: &Span) -> Range<usize> {
        let start = self.tokens.partition_point(|token| token.span.end <= span.start);
        let end = self.tokens.partition_point(|token| token.span.start < span.end);
        start..end.max(start)
    }

    fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", String::as_str)
    }

    /// "the provider's 09/18/2014 report": the word has lost its ending in the list of words.
    fn is_possessive(&self, at: usize) -> bool {
        self.tokens[at].kind == TokenKind::Word && self.tokens[at].span.len() > self.words[at].len()
    }

    fn cues_behind(&self, place: &Place) -> &[Cue] {
        &self.cues[self.cues.partition_point(|cue| cue.words.start < place.date.end)..]
    }

    /// The cues between the date before and a word.
    fn cues_up_to(&self, place: &Place, end: usize) -> &[Cue] {
        let last = self.cues.partition_point(|cue| cue.words.end <= end);
        let first = self.cues[..last].partition_point(|cue| cue.words.start < place.before);
        &self.cues[first..last]
    }

    fn has(&self, range: Range<usize>, words: &Words) -> bool {
        self.words.get(range).is_some_and(|range| range.iter().any(|word| words.has(word)))
    }

    fn role(&self, place: &Place, previous: Option<DateRole>) -> DateRole {
        if let Some(cue) = self.noun_behind(place) {
            return self.checked(cue, place);
        }
        let between = &self.words[place.before..place.date.start];
        if let Some(previous) = previous
            && between.iter().all(|word| matches!(word.as_str(), "," | "and" | "&" | "or"))
        {
            return previous;
        }
        if self.injures_behind(place) {
            return DateRole::Injury;
        }
        let link = self.link(place);
        match link.strength {
            Strength::Fronted => self.fronted(place),
            _ => self.cue_before(place, &link),
        }
    }

    /// "the 09/18/2014 report": the noun whose attribute the date is.
    fn noun_behind(&self, place: &Place) -> Option<&Cue> {
        let opens = place.date.start == 0;
        let before = place.date.start.checked_sub(1).filter(|&at| at >= place.before);
        let attributive =
            opens || before.is_some_and(|at| ARTICLE.has(&self.words[at]) || self.is_possessive(at));
        let cue = self.cues_behind(place).first()?;
        let near = cue.words.start <= place.date.end + 2 && cue.words.end <= place.end;
        let between = place.date.end..cue.words.start;
        let joined = !self.words[between].iter().any(|word| {
            STOP.has(word) || LINK.has(word) || STRONG.has(word) || matches!(word.as_str(), "." | "and")
        });
        (attributive && near && joined && cue.kind != Kind::Verb).then_some(cue)
    }

    /// "who slipped on 02/14/2012 and injured her back"
    fn injures_behind(&self, place: &Place) -> bool {
        let verb = place.date.end + 1;
        self.word(place.date.end) == "and"
            && self.cues_behind(place).first().is_some_and(|cue| {
                cue.words.start == verb && cue.kind == Kind::Verb && cue.role == DateRole::Injury
            })
    }

    fn link(&self, place: &Place) -> Link {
        let mut start = place.date.start;
        let mut strength = Strength::None;
        let mut preposition = None;
        while start > place.before && !self.covered[start - 1] {
            let word = self.words[start - 1].as_str();
            if STRONG.has(word) {
                strength = Strength::Strong;
            } else if matches!(word, "," | "and" | "but") && preposition == Some(start) {
                return Link { start, strength: Strength::Fronted };
            } else if !LINK.has(word) {
                break;
            } else if strength == Strength::None && word != "," {
                strength = Strength::Weak;
            }
            start -= 1;
            if matches!(word, "on" | "in" | "at" | "during") {
                preposition = Some(start);
            }
        }
        let opens = start == 0 && strength != Strength::Strong;
        Link { start, strength: if opens { Strength::Fronted } else { strength } }
    }

    fn cue_before(&self, place: &Place, link: &Link) -> DateRole {
        let Some((cue, others)) = self.cues_up_to(place, link.start).split_last() else {
            return DateRole::Other;
        };
        let gap = cue.words.end..link.start;
        let reach = match (link.strength, cue.role) {
            (Strength::None, DateRole::Record | DateRole::Procedure | DateRole::Guideline) => SHORT_REACH,
            (Strength::None, _) => 0,
            _ => REACH,
        };
        let apart =
            link.strength != Strength::Strong && self.words[gap.clone()].iter().any(|word| word == ",");
        let dated_edition = cue.role == DateRole::Guideline
            && self.words[link.start..place.date.start].iter().any(|word| word == "on");
        if link.strength == Strength::Weak && self.is_denied(place, link) {
            return DateRole::UrDecision;
        }
        if gap.len() > reach
            || apart
            || dated_edition
            || self.has(gap.clone(), &STOP)
            || !self.reaches(cue, gap, link)
        {
            return DateRole::Other;
        }
        let joined = |other: &&Cue| {
            let between = other.words.end..cue.words.start;
            between.len() <= OBJECT_REACH && !self.has(between, &STOP)
        };
        let mut others = others.iter().rev();
        if cue.kind == Kind::Verb {
            // "The UR physician wrote on 09/15/2014."
            let by_reviewer = others.next().filter(joined).is_some_and(|noun| {
                noun.role == DateRole::UrDecision
                    && matches!(cue.role, DateRole::Record | DateRole::UrDecision)
            });
            return if by_reviewer { DateRole::UrDecision } else { self.checked(cue, place) };
        }
        match others.find(|other| other.kind == Kind::Verb).filter(joined) {
            Some(verb) if link.strength == Strength::Weak => self.of_both(verb, cue, place),
            _ => self.checked(cue, place),
        }
    }

    /// "Utilization review denied the surgery, the brace and the Norco on 09/15/2014."
    fn is_denied(&self, place: &Place, link: &Link) -> bool {
        let mut verbs =
            self.cues_up_to(place, link.start).iter().rev().skip_while(|cue| cue.kind != Kind::Verb);
        let Some(verb) = verbs.next().filter(|verb| verb.role == DateRole::UrDecision) else { return false };
        let subject =
            verbs.next().filter(|noun| noun.role == DateRole::UrDecision && noun.kind == Kind::Noun);
        subject.is_some_and(|subject| verb.words.start - subject.words.end <= 1)
            && !self.has(verb.words.end..link.start, &STOP)
    }

    /// Whether the words between an injury or a utilization review and its date are about nothing else: a wrong
    /// date of these two is an alarm.
    fn reaches(&self, cue: &Cue, gap: Range<usize>, link: &Link) -> bool {
        let first = self.word(gap.start);
        let dated = || {
            self.words[link.start..].iter().take(4).any(|word| matches!(word.as_str(), "dated" | "issued"))
        };
        let received = || {
            self.words[link.start..].iter().take(4).any(|word| matches!(word.as_str(), "received" | "filed"))
        };
        let is_later_day = || {
            let before = cue.words.start.saturating_sub(OBJECT_REACH)..cue.words.start;
            link.strength == Strength::Weak && self.has(before, &TIME_UNIT)
        };
        match (cue.role, cue.kind) {
            (DateRole::UrDecision, _) if received() => false,
            (DateRole::Injury, _) if is_later_day() => false,
            _ if gap.is_empty() => true,
            (DateRole::Injury, Kind::Verb) => !matches!(first, "and" | "or" | ","),
            (DateRole::Injury, _) => COMPLEMENT.has(first),
            (DateRole::UrDecision, Kind::Noun | Kind::Period) => gap.len() <= 4 && dated(),
            _ => true,
        }
    }

    /// "On 09/22/2016 he reported pain": told by what comes behind.
    fn fronted(&self, place: &Place) -> DateRole {
        let end = place.end.min(place.date.end + FRONTED_REACH);
        let end = (place.date.end..end).find(|&at| self.words[at] == ";").unwrap_or(end);
        let mut behind = self.cues_behind(place).iter().take_while(|cue| cue.words.end <= end);
        let Some(first) = behind.next() else { return DateRole::Other };
        let second = behind.next().filter(|second| {
            second.words.start.saturating_sub(first.words.end) <= OBJECT_REACH
                && (second.kind == Kind::Verb) != (first.kind == Kind::Verb)
        });
        let lead = place.date.end..first.words.start;
        match first.role {
            DateRole::Injury if first.kind == Kind::Verb && self.has(lead.clone(), &RELATIVE) => {
                return DateRole::Other;
            }
            // "On 03/04/2014 the pain from the injury was worse."
            DateRole::Injury if first.kind != Kind::Verb && !self.has(lead, &SUFFER) => {
                return DateRole::Other;
            }
            DateRole::UrDecision if first.words.start > place.date.end + 3 => return DateRole::Other,
            _ => {}
        }
        match second {
            Some(second) if second.kind == Kind::Verb => self.of_both(second, first, place),
            Some(second) => self.of_both(first, second, place),
            None => self.checked(first, place),
        }
    }

    /// The role of a date that belongs to a verb or to its noun: "denied the MRI on", "underwent an MRI on".
    fn of_both(&self, verb: &Cue, noun: &Cue, place: &Place) -> DateRole {
        match (self.checked(verb, place), self.checked(noun, place)) {
            (role @ (DateRole::Request | DateRole::UrDecision), _) => role,
            (DateRole::Record, DateRole::Injury | DateRole::Procedure) | (DateRole::Other, _) => {
                DateRole::Other
            }
            (_, role) => role,
        }
    }

    /// A cue's role, where the words beside the cue do not deny it.
    fn checked(&self, cue: &Cue, place: &Place) -> DateRole {
        let before = cue.words.start.saturating_sub(3)..cue.words.start;
        let is_other_one = before.into_iter().any(|at| {
            let tells_time = matches!(self.word(at + 1), "to");
            OTHER_ONE.has(&self.words[at]) && !tells_time
        });
        match cue.role {
            DateRole::Injury if is_other_one || place.is_range && cue.kind != Kind::Period => DateRole::Other,
            DateRole::UrDecision if cue.kind == Kind::Verb && !self.names_utilization_review => {
                DateRole::Other
            }
            DateRole::Guideline if cue.kind == Kind::Verb && !self.names_guideline(cue.words.start) => {
                DateRole::Other
            }
            role => role,
        }
    }

    fn names_guideline(&self, before: usize) -> bool {
        self.cues
            .iter()
            .any(|cue| cue.words.end <= before && cue.kind == Kind::Noun && cue.role == DateRole::Guideline)
    }

    /// Whether a number of four digits is a year: "in 2012", "the 2013 MRI", "ODG 2015".
    fn is_year(&self, place: &Place, role: DateRole) -> bool {
        let before = place.date.start.checked_sub(1).map_or("", |at| self.word(at));
        let opens_range = place.is_range && before == "between";
        YEAR.has(before) || opens_range || role == DateRole::Guideline || self.noun_behind(place).is_some()
    }
}
