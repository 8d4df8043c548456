//! What a claim of absence says not to be there, taken apart into single things.

use std::ops::Range;

use super::Care;
use super::cues::{CUES, Cue};
use super::topics::TOPICS;
use crate::letter::block::Content;
use crate::letter::facts::absence::{self, AbsenceClaim};
use crate::letter::facts::finding::{self, FindingId};
use crate::letter::facts::owner::Owner;
use crate::letter::facts::region::RegionId;
use crate::letter::facts::words::Words;
use crate::letter::sentence_kind::SentenceKind;
use crate::text::{Span, TokenKind};

/// Words of a phrase that is looked for as it stands, at most.
const LONGEST_PHRASE: usize = 3;

/// Words of a list of care, at most.
const NEAR: usize = 40;

/// Letters of the last of them, at least.
const SHORTEST_NOUN: usize = 5;

/// One thing that a claim says to be absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    /// Its words in the claim, in logical bytes.
    pub span: Span,
    /// What it is.
    pub subject: Subject,
    /// Whether only its failure is said to be absent.
    pub is_failure: bool,
    /// Whether only what an examiner found would do.
    pub is_objective: bool,
}

/// What is said to be absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// Care, or an answer to it.
    Care(Care),
    /// A symptom, sign or test.
    Finding {
        /// Which.
        id: FindingId,
        /// Whether any result of it would do ("the gait"), and not only that it is there ("an antalgic gait").
        any_result: bool,
    },
    /// The examination of a part of the body.
    Examination(RegionId),
    /// Anything else, by its words in small letters.
    Phrase(Vec<String>),
}

impl Content {
    /// What a claim of this block says to be absent, as far as each thing is all that its words say.
    #[must_use]
    pub fn sought(&self, claim: &AbsenceClaim) -> Vec<Sought> {
        let words = Words::new(self.text(), &self.tokens);
        let absent = words.tokens_in(&claim.absent);
        let whole = words.tokens_in(&claim.span);
        let is_narrow = |at: usize| CUES.narrow.contains(words.lower(at));
        if whole.filter(|at| !absent.contains(at)).any(is_narrow) {
            return Vec::new();
        }
        let reader = Reader { content: self, words: &words };
        let says_objective =
            words.tokens_in(&(claim.span.start..claim.absent.start)).any(|at| words.lower(at) == "objective");
        let mut sought = Vec::new();
        let mut wrapper = Wrapper::default();
        let is_affirmed = affirmed_behind(&words, absent.start);
        for element in elements(&words, absent).into_iter().take_while(|element| !is_affirmed(element)) {
            sought.extend(reader.sought(element, &mut wrapper).map(|mut sought| {
                sought.is_objective |= says_objective;
                sought
            }));
        }
        sought
    }
}

impl Content {
    /// Findings that the writer says nobody looked for ("the reflexes were not tested"), each with the span of the statement; as
    /// far as each is all that its words say, and no visit is meant.
    #[must_use]
    pub fn unexamined(&self) -> Vec<(Span, Sought)> {
        let words = Words::new(self.text(), &self.tokens);
        let reader = Reader { content: self, words: &words };
        let mut found = Vec::new();
        for sentence in self.sentences.iter().filter(|sentence| sentence.kind == SentenceKind::Statement) {
            let tokens = sentence.tokens.clone();
            let is_break = |&at: &usize| {
                words.tokens[at].kind == TokenKind::Mark
                    || CUES.around.longest(&words, at, tokens.end).is_some_and(|(_, cue)| cue == Cue::Break)
            };
            for at in tokens.clone() {
                let Some((stop, ())) = CUES.unexamined.longest(&words, at, tokens.end) else { continue };
                let reach = tokens.start.max(at.saturating_sub(NEAR))..at;
                let start = reach.into_iter().rfind(is_break).map_or(tokens.start, |at| at + 1);
                let is_of_visit = (start..tokens.end.min(stop + NEAR))
                    .any(|at| matches!(words.lower(at), "visit" | "day" | "date" | "then" | "again"));
                let Some(sought) = reader.sought(start..at, &mut Wrapper::default()) else { continue };
                if is_of_visit
                    || absence::is_reported(&words, &tokens, at)
                    || self.owner_of(&sought.span) != Owner::Patient
                {
                    continue;
                }
                let subject = match sought.subject {
                    Subject::Finding { id, .. } => Subject::Finding { id, any_result: true },
                    subject @ (Subject::Care(_) | Subject::Examination(_)) => subject,
                    Subject::Phrase(_) => continue,
                };
                let whole = sought.span.start..words.span(&(at..stop)).end;
                found.push((whole, Sought { subject, ..sought }));
            }
        }
        found
    }

    /// Care that the writer says the patient has not had ("she has not tried physical therapy"), each with the span of the
    /// statement; as far as each is all that its words say.
    #[must_use]
    pub fn untried(&self) -> Vec<(Span, Sought)> {
        let words = Words::new(self.text(), &self.tokens);
        let reader = Reader { content: self, words: &words };
        let mut found = Vec::new();
        for sentence in self.sentences.iter().filter(|sentence| sentence.kind == SentenceKind::Statement) {
            let tokens = sentence.tokens.clone();
            let is_break = |&at: &usize| {
                CUES.around.longest(&words, at, tokens.end).is_some_and(|(_, cue)| cue == Cue::Break)
                    || matches!(words.lower(at), "." | ":" | "because" | "so" | "(")
            };
            for at in tokens.clone() {
                let before = || {
                    let reach = tokens.start.max(at.saturating_sub(NEAR))..at;
                    reach.into_iter().rfind(is_break).map_or(tokens.start, |at| at + 1)
                };
                let (cue, list) = if let Some((stop, ())) = CUES.untried.longest(&words, at, tokens.end) {
                    let end = (stop..tokens.end.min(stop + NEAR))
                        .find(is_break)
                        .unwrap_or(tokens.end.min(stop + NEAR));
                    (at..stop, stop..end)
                } else if let Some((stop, ())) = CUES.left_untried.longest(&words, at, tokens.end) {
                    (at..stop, before()..at)
                } else if let Some((stop, ())) = CUES.none_done.longest(&words, at, tokens.end)
                    && let Some(no) =
                        (before()..at).rev().find(|&token| matches!(words.lower(token), "no" | "neither"))
                {
                    // "No sleep study has been done."
                    (no..stop, no + 1..at)
                } else {
                    continue;
                };
                // "The carrier held that no brace had been tried", "none has been tried since 2013".
                if absence::is_reported(&words, &tokens, at)
                    || self.names_date_since(&words, cue.end..tokens.end)
                {
                    continue;
                }
                let mut wrapper = Wrapper::default();
                let is_affirmed = affirmed_behind(&words, list.start);
                for element in elements(&words, list).into_iter().take_while(|element| !is_affirmed(element))
                {
                    let Some(sought) = reader.sought(element, &mut wrapper) else { continue };
                    let cue = words.span(&cue);
                    let whole = cue.start.min(sought.span.start)..cue.end.max(sought.span.end);
                    if matches!(sought.subject, Subject::Care(_))
                        && self.owner_of(&sought.span) == Owner::Patient
                    {
                        found.push((whole, sought));
                    }
                }
            }
        }
        found
    }
}

impl Content {
    /// Whether "since" stands before a date among some tokens.
    fn names_date_since(&self, words: &Words<'_>, tokens: Range<usize>) -> bool {
        let since = tokens.into_iter().find(|&at| words.lower(at) == "since");
        let dates = &self.facts().dates;
        since.and_then(|since| words.token(since + 1)).is_some_and(|next| {
            next.kind == TokenKind::Number || dates.iter().any(|date| date.span.start == next.span.start)
        })
    }
}

/// What the words before a list say of each of its elements.
#[derive(Debug, Clone, Copy, Default)]
struct Wrapper {
    is_failure: bool,
    is_trial: bool,
}

struct Reader<'a> {
    content: &'a Content,
    words: &'a Words<'a>,
}

/// Whether an element of a list that begins at a token is there: "no heart disease and a normal pulse". Behind a bare "no", an
/// article begins something else.
fn affirmed_behind<'w>(words: &'w Words<'_>, start: usize) -> impl Fn(&Range<usize>) -> bool + 'w {
    let is_bare = start > 0 && matches!(words.lower(start - 1), "no" | "without");
    move |element| {
        let (before, first) = (element.start.checked_sub(1), words.lower(element.start));
        is_bare
            && before.is_some_and(|at| matches!(words.lower(at), "and" | ","))
            && matches!(first, "a" | "an" | "his" | "her" | "its" | "their" | "normal" | "intact")
    }
}

/// The elements of a list.
fn elements(words: &Words<'_>, tokens: Range<usize>) -> Vec<Range<usize>> {
    let mut elements = Vec::new();
    let mut start = tokens.start;
    // "A risk assessment such as the Opioid Risk Tool": examples take nothing from what is named.
    let example = tokens.clone().find(|&at| words.lower(at) == "such" && words.lower(at + 1) == "as");
    let tokens = tokens.start..example.filter(|&at| at > tokens.start).unwrap_or(tokens.end);
    for at in tokens.clone() {
        let is_slash = words.lower(at) == "/" && !matches!(words.lower(at + 1), "or" | "and");
        if is_slash || matches!(words.lower(at), "," | "and" | "or" | "nor" | ";") {
            elements.push(start..at);
            start = at + 1;
        }
    }
    elements.push(start..tokens.end);
    // "EMG/NCS", "bowel or bladder": a name that holds its own joint is read from the whole.
    for index in (1..elements.len()).rev() {
        let joined = elements[index - 1].start..elements[index].end;
        let is_name = |at: usize| {
            let stops = [
                TOPICS.names.longest(words, at, joined.end).map(|found| found.0),
                finding::longest_name(words, at, joined.end).map(|found| found.0),
            ];
            stops.into_iter().flatten().any(|stop| stop > elements[index].start)
        };
        if (elements[index - 1].clone()).any(is_name) {
            elements[index - 1] = joined;
            elements.remove(index);
        }
    }
    elements.retain(|element| !element.is_empty());
    elements
}

impl Reader<'_> {
    fn sought(&self, element: Range<usize>, wrapper: &mut Wrapper) -> Option<Sought> {
        let words = self.words;
        if let Some(region) = self.examined(&element) {
            let subject = Subject::Examination(region);
            let span = words.span(&element);
            return Some(Sought { span, subject, is_failure: false, is_objective: false });
        }
        let end = element.end;
        let mut at = element.start;
        let mut is_objective = false;
        let mut result = None;
        // The words before the thing itself.
        while at < end {
            let lower = words.lower(at);
            if CUES.narrow.contains(lower) {
                return None;
            }
            if self.names_at(at, end).is_some() && CUES.failure.longest(words, at, end).is_none() {
                break;
            }
            if let Some((stop, ())) = CUES.failure.longest(words, at, end) {
                wrapper.is_failure = true;
                at = stop;
            } else if let Some((stop, ())) = CUES.trial.longest(words, at, end) {
                wrapper.is_trial = true;
                at = stop;
            } else if let Some(is_there) = result_word(lower) {
                result = Some(is_there);
                at += 1;
            } else if CUES.light.longest(words, at, end).is_some() || self.place_at(at).is_some() {
                is_objective |= lower == "objective";
                at = self.place_at(at).unwrap_or(at + 1).max(at + 1);
            } else {
                break;
            }
        }
        let (stop, subject) = match self.names_at(at, end) {
            Some(Name::Care(stop, care)) => (stop, Subject::Care(care)),
            Some(Name::Finding(stop, id, is_neutral)) => match result {
                Some(false) => return None,
                Some(true) => (stop, Subject::Finding { id, any_result: false }),
                None => (stop, Subject::Finding { id, any_result: is_neutral }),
            },
            // "A normal blood pressure": what it says is not that there is none.
            None if result == Some(false) => return None,
            None => {
                let (stop, phrase) = self.phrase(at, end)?;
                (stop, Subject::Phrase(phrase))
            }
        };
        let mut is_failure = wrapper.is_failure;
        let mut behind = stop;
        while behind < end {
            if CUES.narrow.contains(words.lower(behind)) {
                return None;
            }
            behind = if let Some((stop, ())) = CUES.failing.longest(words, behind, end) {
                is_failure = true;
                stop
            } else if let Some((stop, ())) = CUES.tail.longest(words, behind, end) {
                stop
            } else {
                self.place_tail(behind, end)?
            };
        }
        let span = words.span(&(element.start..end));
        Some(Sought { span, subject, is_failure, is_objective })
    }

    /// "An abdominal examination", "examination of the left knee": the part of the body, where nothing else is said.
    fn examined(&self, element: &Range<usize>) -> Option<RegionId> {
        let words = self.words;
        let is_light = |at: usize| {
            let is_side = self.content.facts().sides.iter().any(|side| words.index_at(side.span.start) == at);
            is_side
                || matches!(words.lower(at), "a" | "an" | "the" | "any" | "of" | "his" | "her" | "physical")
        };
        let is_examination = |at: usize| matches!(words.lower(at), "examination" | "exam" | "examinations");
        let mut regions = self
            .content
            .facts()
            .regions
            .iter()
            .filter(|region| element.contains(&words.index_at(region.span.start)));
        let region = regions.next().filter(|_| regions.next().is_none())?;
        let named = words.tokens_of(&region.span);
        let mut others = element.clone().filter(|at| !named.contains(at));
        let is_whole =
            others.clone().any(is_examination) && others.all(|at| is_light(at) || is_examination(at));
        is_whole.then_some(region.id)
    }

    fn names_at(&self, at: usize, end: usize) -> Option<Name> {
        let words = self.words;
        let start = words.token(at).filter(|_| at < end)?.span.start;
        let drug = self.content.facts().drugs.iter().find(|drug| drug.name_span.start == start);
        let drug = drug.map(|drug| Name::Care(words.index_at(drug.name_span.end), Care::Drug(drug.generic)));
        let topic =
            TOPICS.names.longest(words, at, end).map(|(stop, topic)| Name::Care(stop, Care::Topic(topic)));
        let longer = |one: Option<Name>, two: Option<Name>| match (one, two) {
            (Some(one), Some(two)) => Some(if two.stop() > one.stop() { two } else { one }),
            (one, two) => one.or(two),
        };
        let finding = finding::longest_name(words, at, end)
            .map(|(stop, id, is_neutral)| Name::Finding(stop, id, is_neutral));
        longer(longer(drug, topic), finding)
    }

    /// The token behind a part of the body, a level or a side that begins at a token.
    fn place_at(&self, at: usize) -> Option<usize> {
        let start = self.words.token(at)?.span.start;
        let facts = self.content.facts();
        let spans = facts.regions.iter().map(|region| &region.span);
        let spans = spans.chain(facts.levels.iter().map(|level| &level.span));
        let spans = spans.chain(facts.sides.iter().map(|side| &side.span));
        let end = spans.filter(|span| span.start == start).map(|span| span.end).max()?;
        Some(self.words.index_at(end))
    }

    /// The token behind "of the left knee".
    fn place_tail(&self, at: usize, end: usize) -> Option<usize> {
        let mut at = at;
        let begins = matches!(
            self.words.lower(at),
            "of" | "in" | "over" | "at" | "for" | "to" | "on" | "along" | "about"
        );
        if begins {
            at += 1;
        }
        let mut named = false;
        while at < end {
            if let Some(stop) = self.place_at(at) {
                at = stop;
                named = true;
            } else if matches!(
                self.words.lower(at),
                "the"
                    | "that"
                    | "this"
                    | "his"
                    | "her"
                    | "muscles"
                    | "muscle"
                    | "musculature"
                    | "region"
                    | "area"
                    | "joint"
                    | "distribution"
                    | "dermatome"
            ) {
                at += 1;
            } else {
                break;
            }
        }
        named.then_some(at)
    }

    /// Words that are looked for as they stand.
    fn phrase(&self, at: usize, end: usize) -> Option<(usize, Vec<String>)> {
        let words = self.words;
        let tail = |token: usize| {
            token >= end
                || CUES.tail.longest(words, token, end).is_some()
                || self.place_tail(token, end).is_some()
        };
        let stop = (at + 1..=end.min(at + LONGEST_PHRASE)).find(|&stop| tail(stop))?;
        let is_word = |token: usize| {
            words.token(token).is_some_and(|token| token.kind == TokenKind::Word)
                && words.lower(token).chars().all(char::is_alphabetic)
                && !is_function_word(words.lower(token))
        };
        let head = words.lower(stop - 1);
        let is_telling = head.len() >= SHORTEST_NOUN && !CUES.common.contains(head);
        ((at..stop).all(is_word) && is_telling)
            .then(|| (stop, (at..stop).map(|token| words.lower(token).to_owned()).collect()))
    }
}

enum Name {
    Care(usize, Care),
    /// With whether its words only name what is examined.
    Finding(usize, FindingId, bool),
}

impl Name {
    fn stop(&self) -> usize {
        match self {
            Self::Care(stop, _) | Self::Finding(stop, ..) => *stop,
        }
    }
}

/// Whether an adjective says that a finding is there, or that it is not.
fn result_word(word: &str) -> Option<bool> {
    match word {
        "positive" | "abnormal" | "decreased" | "diminished" | "reduced" | "limited" | "restricted"
        | "impaired" | "absent" | "asymmetric" | "loss" => Some(true),
        "negative" | "normal" | "intact" | "full" | "improved" | "increased" => Some(false),
        _ => None,
    }
}

fn is_function_word(word: &str) -> bool {
    matches!(
        word,
        "of" | "in"
            | "to"
            | "for"
            | "with"
            | "from"
            | "by"
            | "at"
            | "on"
            | "the"
            | "a"
            | "an"
            | "is"
            | "are"
            | "was"
            | "were"
            | "has"
            | "have"
            | "had"
            | "be"
            | "been"
            | "why"
            | "how"
            | "what"
            | "when"
            | "where"
            | "which"
            | "who"
            | "that"
            | "whether"
            | "if"
            | "will"
            | "would"
            | "should"
            | "can"
            | "could"
            | "this"
            | "these"
            | "those"
            | "than"
            | "as"
            | "not"
            | "it"
            | "he"
            | "she"
            | "they"
    )
}
