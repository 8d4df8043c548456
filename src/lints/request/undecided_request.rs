//! A service that was denied and is not decided, and an item of which the summary knows nothing.

use std::borrow::Cow;
use std::ops::Range;

use crate::engine::{Arg, Draft, LetterContext, Sink};
use crate::letter::facts::Drug;
use crate::letter::facts::counted::singular;
use crate::letter::{Argued, Asked, Cue, Letter, Place};
use crate::text::{Span, TokenKind};

pub fn check(context: &LetterContext<'_>, sink: &mut Sink) {
    let letter = context.letter;
    let items: Vec<Asked<'_>> = letter.items.iter().filter_map(|item| letter.asked(item)).collect();
    if items.len() < letter.items.len()
        || items.is_empty()
        || letter.items.iter().any(|item| item.is_unfinished)
    {
        return;
    }
    let (denials, added) = denials(context);
    // A list that names none of the items is of another review.
    let is_of_this = |denied: &Denied<'_>| {
        items.iter().any(|item| item.is_named_by(&denied.asked) || shares_any_word(item, &denied.asked))
    };
    if added.is_empty() && !denials.iter().any(is_of_this) {
        return;
    }
    let is_decided =
        |asked: &Asked<'_>| items.iter().any(|item| item.is_named_by(asked) || shares_any_word(item, asked));
    let besides = added.iter().filter(|asked| !is_decided(asked));
    let mut found: Vec<Draft> = besides.map(|asked| draft(letter, asked.place(), "message")).collect();
    for denied in &denials {
        // "denied both requests": there is an item for each.
        if denied.count.is_some_and(|count| count <= items.len()) {
            continue;
        }
        let counted = denied.counted.clone();
        let denied = &denied.asked;
        let before = found.len();
        let services = denied.services.iter().filter(|service| {
            !is_beside(denied, &service.span)
                && !items.iter().any(|item| {
                    item.has_service(service)
                        || shares_words(item, denied, &service.span)
                        || drugs_in_bracket(denied, &service.span).any(|drug| item.has_drug(drug))
                })
        });
        let services = services.map(|service| service.span.clone());
        let drugs = denied.drugs.iter().filter(|drug| !items.iter().any(|item| item.has_drug(drug)));
        let drugs = drugs.map(|drug| drug.name_span.clone());
        let spans = services.chain(drugs).chain(unnamed(context, &items, denied));
        found.extend(spans.map(|span| draft(letter, Place { block: denied.block, span }, "message")));
        // "denied seven services", and six are decided.
        if found.len() == before {
            found.extend(counted.map(|place| draft(letter, place, "counted")));
        }
    }
    for draft in found {
        sink.push(draft);
    }
    // A list of which less is understood than it counts lacks what it does not name.
    let is_understood = |denied: &Denied<'_>| {
        denied.count.is_none_or(|count| count <= denied.asked.services.len() + denied.asked.drugs.len())
    };
    if !denials.iter().all(is_understood) {
        return;
    }
    let denials: Vec<Asked<'_>> = denials.into_iter().map(|denied| denied.asked).chain(added).collect();
    unmentioned(letter, &items, &denials, sink);
}

/// An item of a service or drug that the list of denials lacks, where the list has every other one, and that nothing else
/// in the summary names.
fn unmentioned(letter: &Letter, items: &[Asked<'_>], denials: &[Asked<'_>], sink: &mut Sink) {
    let summary: Vec<Asked<'_>> = letter
        .summary_sentences()
        .map(|argued| Asked::read(argued.content, argued.block, &argued.sentence.span))
        .collect();
    for (asked, item) in items.iter().zip(&letter.items) {
        let is_named = asked.services.len() + asked.drugs.len() > 0;
        // "It denied the trial twice": of the only request.
        let is_only = || items.len() == 1 && denials.iter().any(|denied| shares_any_word(asked, denied));
        let is_told = denials.iter().chain(&summary).any(|told| asked.is_named_by(told)) || is_only();
        let is_listed = |other: &&Asked<'_>| denials.iter().any(|denied| other.is_named_by(denied));
        let others = items.iter().zip(&letter.items).filter(|(_, other)| other.blocks != item.blocks);
        let mut others = others.filter(|(_, other)| other.main_item.is_none()).map(|(asked, _)| asked);
        if is_named && !is_told && item.main_item.is_none() && others.all(|other| is_listed(&other)) {
            sink.push(draft(letter, asked.place(), "unmentioned"));
        }
    }
}

/// The things of a list that are known by their noun alone, where each item's words stand elsewhere in it.
fn unnamed(context: &LetterContext<'_>, items: &[Asked<'_>], denied: &Asked<'_>) -> Vec<Span> {
    let things = things(context, denied);
    let decides =
        |thing: &Asked<'_>, item: &Asked<'_>| item.is_named_by(thing) || shares_any_word(item, thing);
    let is_decided = |thing: &&Asked<'_>| items.iter().any(|item| decides(thing, item));
    let (decided, others): (Vec<&Asked<'_>>, Vec<&Asked<'_>>) = things.iter().partition(is_decided);
    let main = items.iter().zip(&context.letter.items).filter(|(_, item)| item.main_item.is_none());
    let is_whole_list = main.into_iter().all(|(item, _)| decided.iter().any(|thing| decides(thing, item)));
    let is_known = |thing: &&Asked<'_>| thing.services.is_empty() && thing.drugs.is_empty();
    if !is_whole_list {
        return Vec::new();
    }
    others.into_iter().filter(is_known).map(|thing| thing.span.clone()).collect()
}

/// What a list of denials names, one by one.
fn things<'l>(context: &LetterContext<'_>, denied: &Asked<'l>) -> Vec<Asked<'l>> {
    let content = denied.content;
    let tokens = content.tokens.iter().enumerate();
    let within = tokens.filter(|(_, token)| denied.span.contains(&token.span.start)).map(|(at, _)| at);
    let within: Vec<usize> = within.collect();
    let is_separator = |at: &usize| context.is_in("separators", &content.lower(*at));
    let is_thing = |at: &usize| {
        let word = content.lower(*at);
        context.is_in("things", &word) || context.words("thing-endings").any(|ending| word.ends_with(ending))
    };
    let parts = within.split(is_separator).filter(|part| {
        // ", 30 tablets": how much of what stands before.
        let is_count = |at: usize| content.tokens[at].kind == TokenKind::Number;
        let opens =
            part.first().is_some_and(|&at| !is_count(at) && !context.is_in("continues", &content.lower(at)));
        let read = |at: &usize| Some(content.tokens.get(*at)?.span.clone());
        let named = part.first().and_then(read).zip(part.last().and_then(read));
        let asked = named.map(|(first, last)| Asked::read(content, denied.block, &(first.start..last.end)));
        let is_named = asked.is_some_and(|asked| asked.services.len() + asked.drugs.len() > 0);
        opens && (is_named || part.iter().any(is_thing))
    });
    let span = |part: &[usize]| {
        let (first, last) = (part.first()?, part.last()?);
        Some(content.tokens[*first].span.start..content.tokens[*last].span.end)
    };
    parts.filter_map(span).map(|span| Asked::read(content, denied.block, &span)).collect()
}

/// Whether a service only says where another one takes place ("an interpreter at office visits"), or stands in the words
/// that are quoted of the denial ("(“splinting has not been exhausted”)").
fn is_beside(denied: &Asked<'_>, service: &Span) -> bool {
    let text = denied.content.text();
    let before = &text[denied.span.start.min(service.start)..service.start];
    let is_place = before
        .trim_end()
        .rsplit(char::is_whitespace)
        .next()
        .is_some_and(|word| matches!(word, "at" | "during"));
    let is_quoted = before.rfind('(').is_some_and(|open| {
        let inside = &before[open + 1..];
        inside.starts_with(['"', '\u{201c}']) && !inside.contains(')')
    });
    is_place || is_quoted
}

/// The drugs that a bracket behind a service names ("a topical cream (ketoprofen 20%, lidocaine 5%)").
fn drugs_in_bracket<'d>(denied: &Asked<'d>, service: &Span) -> impl Iterator<Item = &'d Drug> {
    let behind = &denied.content.text()[service.end..];
    let open = behind.trim_start().starts_with('(').then(|| behind.find(')')).flatten();
    let bracket = service.end..service.end + open.unwrap_or_default();
    denied.drugs.clone().into_iter().filter(move |drug| bracket.contains(&drug.name_span.start))
}

fn shares_words(item: &Asked<'_>, denied: &Asked<'_>, span: &Span) -> bool {
    let words = crate::letter::telling_words(denied.content, span);
    words.iter().any(|(word, _)| item.words.contains(word))
}

/// What utilization review denied, where the summary lists it.
struct Denied<'l> {
    asked: Asked<'l>,
    /// How many requests it says that these are ("all three").
    count: Option<usize>,
    /// Where it says so, if that is more than the items decide.
    counted: Option<Place>,
}

/// Whether a passage names a word of an item's heading, be it one that stands in any request ("the visits").
fn shares_any_word(item: &Asked<'_>, denied: &Asked<'_>) -> bool {
    const SHORTEST: usize = 5;
    let words = |asked: &Asked<'_>| {
        let tokens = asked.content.tokens.iter().filter(|token| asked.span.contains(&token.span.start));
        let words = tokens.map(|token| singular(&asked.content.text()[token.span.clone()]));
        words.filter(|word| word.len() >= SHORTEST).collect::<Vec<_>>()
    };
    let of_item = words(item);
    words(denied).iter().any(|word| of_item.contains(word))
}

/// What utilization review denied, and what it denied beside all of that.
fn denials<'l>(context: &LetterContext<'l>) -> (Vec<Denied<'l>>, Vec<Asked<'l>>) {
    let sentences: Vec<Argued<'l>> = context.letter.summary_sentences().collect();
    let (mut denials, mut added) = (Vec::new(), Vec::new());
    for (index, argued) in sentences.iter().enumerate() {
        let reader = Reader { context, argued, before: &sentences[..index] };
        for passage in reader.denied() {
            added.extend(reader.added(&passage));
            denials.push(reader.listed(&passage));
        }
    }
    (denials, added)
}

/// A sentence of the summary, with those before it.
struct Reader<'a, 'l> {
    context: &'a LetterContext<'l>,
    argued: &'a Argued<'l>,
    before: &'a [Argued<'l>],
}

impl<'l> Reader<'_, 'l> {
    fn word(&self, at: usize) -> Cow<'l, str> {
        self.argued.content.lower(at)
    }

    fn is_in(&self, set: &str, at: usize) -> bool {
        self.context.is_in(set, &self.word(at))
    }

    /// The passages that say what utilization review denied, as tokens with the verb behind or before them.
    fn denied(&self) -> Vec<Range<usize>> {
        let tokens = self.argued.sentence.tokens.clone();
        let is_of_review = |at: usize| self.is_in("review", at) || self.is_passive_denial(at);
        if self.is_earlier() || !(tokens.clone().any(is_of_review) || self.goes_on()) {
            return Vec::new();
        }
        // "denied a request for …" goes on; "denied an MRI for lack of …" does not.
        let is_end = |at: usize| {
            if self.goes_on_behind(at) {
                return false;
            }
            let asks = at > tokens.start && self.is_in("asked-for", at - 1);
            let word = self.word(at);
            let is_purpose = matches!(&*word, "for" | "on" | "without") && (asks || !self.is_reason(at));
            self.is_in("ends", at) && !is_purpose
        };
        let mut passages = Vec::new();
        for verb in tokens.clone().filter(|&at| self.is_denial(at)) {
            // "…; the brace not certified."
            let is_last = verb + 1 >= tokens.end || matches!(&*self.word(verb + 1), "." | ";");
            let is_behind = self.is_passive_denial(verb) || is_last || self.is_relative(verb);
            let range = if is_behind {
                let start = (tokens.start..verb).rfind(|&at| is_end(at) && !self.is_relative_pronoun(at));
                start.filter(|_| !self.is_relative(verb)).map_or(tokens.start, |at| at + 1)..verb
            } else {
                // "denied the MRI and certified naproxen"
                let is_other_end = |at: usize| is_end(at) || self.is_in("grants", at);
                verb + 1..(verb + 1..tokens.end).find(|&at| is_other_end(at)).unwrap_or(tokens.end)
            };
            let grants = range.clone().any(|at| at != verb && self.is_in("grants", at));
            if !range.is_empty() && !grants && !self.excepts(&range) {
                passages.push(range);
            }
        }
        passages
    }

    /// "denied all but the brace", "denied everything except the brace": what is named was not denied.
    fn excepts(&self, range: &Range<usize>) -> bool {
        let is_whole = |at: usize| matches!(&*self.word(at), "all" | "everything");
        let is_exception = |at: usize| matches!(&*self.word(at), "but" | "except" | "save");
        let end = self.argued.sentence.tokens.end;
        range.clone().any(|at| is_whole(at) && (at + 1..end.min(at + 4)).any(is_exception))
    }

    /// Whether a semicolon parts two things of a list, rather than two clauses.
    fn goes_on_behind(&self, at: usize) -> bool {
        let end = self.argued.sentence.tokens.end;
        let next = (at + 1..end).find(|&at| self.word(at) == ";").unwrap_or(end);
        let is_clause = |at: usize| {
            self.is_in("clause", at)
                || self.is_in("grants", at)
                || self.is_in("review", at)
                || self.is_denial(at)
        };
        self.word(at) == ";" && !(at + 1..next).any(is_clause)
    }

    /// "for lack of", "on 05/01/2014": why or when, behind a preposition.
    fn is_reason(&self, at: usize) -> bool {
        const NEAR: usize = 4;
        let mut behind = at + 1..self.argued.sentence.tokens.end.min(at + NEAR);
        behind.clone().any(|at| self.is_in("reasons", at))
            || self.word(at) == "on"
                && behind.next().is_some_and(|at| self.word(at).starts_with(|c: char| c.is_ascii_digit()))
    }

    /// "a brace and a bed, both of which utilization review denied".
    fn is_relative(&self, verb: usize) -> bool {
        const REACH: usize = 7;
        let first = verb.saturating_sub(REACH).max(self.argued.sentence.tokens.start);
        (first..verb).any(|at| self.is_in("all", at) && (at..verb).any(|at| self.is_relative_pronoun(at)))
    }

    fn is_relative_pronoun(&self, at: usize) -> bool {
        self.word(at) == "which"
    }

    /// What a passage names beside all of the requests: "denied both requests and four biofeedback visits".
    fn added(&self, passage: &Range<usize>) -> Option<Asked<'l>> {
        const NUMBERED: usize = 3;
        // "as well as" ends a passage.
        let last = self.argued.sentence.tokens.end;
        let all = passage.clone().find(|&at| self.is_in("all", at))?;
        let named = (all..last.min(all + NUMBERED)).find(|&at| self.is_in("counted", at));
        // "Denied all four and …"
        let counted = named.or_else(|| self.number(all + 1).map(|_| all + 1))?;
        let joins = |at: usize, words: &[&str]| {
            at + words.len() <= last
                && words.iter().enumerate().all(|(nth, word)| *self.word(at + nth) == **word)
        };
        const JOINTS: [&[&str]; 5] =
            [&["and"], &["as", "well", "as"], &["along", "with"], &["together", "with"], &["plus"]];
        let joint = JOINTS.into_iter().find(|joint| joins(counted + 1, joint))?;
        let first = counted + 1 + joint.len();
        let content = self.argued.content;
        let ends = |at: usize| matches!(&*self.word(at), "," | "." | ";") || self.is_in("ends", at);
        let end = (first..last).find(|&at| ends(at)).unwrap_or(last);
        let begins =
            first < end && (matches!(&*self.word(first), "a" | "an") || self.number(first).is_some());
        if !begins {
            return None;
        }
        let span = content.tokens[first].span.start..content.tokens[end - 1].span.end;
        Some(Asked::read(content, self.argued.block, &span))
    }

    /// What a passage lists, or what was asked for before it where it only says that all of it was denied.
    fn listed(&self, passage: &Range<usize>) -> Denied<'l> {
        const BACK: usize = 4;
        let read = |argued: &Argued<'l>, tokens: Range<usize>| {
            let (content, tokens) = (argued.content, tokens.start..tokens.end.max(tokens.start + 1));
            let span = content.tokens[tokens.start].span.start..content.tokens[tokens.end - 1].span.end;
            Asked::read(content, argued.block, &span)
        };
        let own = read(self.argued, passage.clone());
        let quantifier = passage.clone().find(|&at| self.is_in("all", at));
        let is_first = passage.clone().find(|&at| matches!(&*self.word(at), "former" | "first"));
        let Some(at) = quantifier.or(is_first).filter(|_| own.services.is_empty() && own.drugs.is_empty())
        else {
            return Denied { asked: own, count: None, counted: self.counted(passage.start) };
        };
        let count = self.count(at);
        let counted = self.counted(at);
        let asks = |argued: &Argued<'l>, end: usize| {
            let tokens = argued.sentence.tokens.start..end;
            let word = |at: usize| argued.content.word(at).to_lowercase();
            let first = tokens.clone().find(|&at| self.context.is_in("asks", &word(at)))?;
            let asked = read(argued, first..tokens.end);
            (asked.services.len() + asked.drugs.len() > 0).then_some(asked)
        };
        let here = asks(self.argued, passage.start.max(self.argued.sentence.tokens.start));
        let before = self.before.iter().rev().take(BACK);
        let listed =
            here.or_else(|| before.into_iter().find_map(|argued| asks(argued, argued.sentence.tokens.end)));
        let Some(mut asked) = listed else {
            return Denied { asked: own, count: None, counted };
        };
        if is_first.is_some() {
            asked.services.truncate(count.unwrap_or(1));
            asked.drugs.clear();
            return Denied { asked, count: None, counted: None };
        }
        Denied { asked, count, counted }
    }

    /// How many "both" or "all three" are, from its word.
    fn count(&self, at: usize) -> Option<usize> {
        if self.word(at) == "both" {
            return Some(2);
        }
        let mut words = at + 1..self.argued.sentence.tokens.end.min(at + 4);
        words.find_map(|at| self.number(at))
    }

    /// The number that a word names.
    fn number(&self, at: usize) -> Option<usize> {
        const NUMBERS: [&str; 9] = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
        let word = self.word(at);
        let named = NUMBERS.iter().position(|number| *number == word).map(|index| index + 2);
        named.or_else(|| word.parse().ok())
    }

    /// "all four", "the seven services": where such a number stands near a token, and is more than the items can decide.
    fn counted(&self, from: usize) -> Option<Place> {
        const REACH: usize = 4;
        // A larger number is a year.
        const MOST: usize = 30;
        let end = self.argued.sentence.tokens.end;
        let letter = self.context.letter;
        let things = |asked: Asked<'_>| (asked.services.len() + asked.drugs.len()).max(1);
        let decided: usize = letter.items.iter().filter_map(|item| letter.asked(item)).map(things).sum();
        let tells = |at: &usize| {
            self.number(*at).is_some_and(|number| number > decided && number <= MOST)
                && (at + 1 < end && self.is_in("counted", at + 1)
                    || *at > from && self.word(at - 1) == "all" && !self.is_in("units", at + 1))
        };
        let at = (from..end.min(from + REACH)).find(tells)?;
        let last = if at + 1 < end && self.is_in("counted", at + 1) { at + 1 } else { at };
        let tokens = &self.argued.content.tokens;
        Some(self.argued.place(tokens[at].span.start..tokens[last].span.end))
    }

    /// Whether it tells of a review before the one in dispute ("a prior review dated …" is the latter).
    fn is_earlier(&self) -> bool {
        let tokens = self.argued.sentence.tokens.clone();
        const REACH: usize = 6;
        let starts_date = |word: &str| word == "dated" || word.starts_with(|c: char| c.is_ascii_digit());
        let is_dated = |at: usize| (at + 2..tokens.end.min(at + REACH)).any(|at| starts_date(&self.word(at)));
        let is_review = |at: usize| at + 1 < tokens.end && self.is_in("review", at + 1) && is_dated(at);
        let cues = |at: &usize| self.argued.is_cue(*at, Cue::Earlier);
        tokens.clone().filter(cues).any(|at| !is_review(at))
    }

    /// "It denied …", behind a sentence on the review.
    fn goes_on(&self) -> bool {
        let Some(before) = self.before.last() else { return false };
        let words = before.sentence.tokens.clone().map(|at| before.content.word(at).to_lowercase());
        self.word(self.argued.sentence.tokens.start) == "it"
            && words.into_iter().any(|word| self.context.is_in("review", &word))
    }

    /// "denied", "non-certified", "did not certify".
    fn is_denial(&self, at: usize) -> bool {
        let tokens = &self.argued.sentence.tokens;
        let denies = self.is_in("denies", at);
        if !denies && !self.is_in("certifies", at) {
            return false;
        }
        let before =
            |back: usize| at.checked_sub(back).filter(|at| tokens.contains(at)).map(|at| self.word(at));
        let is_negated = before(1).is_some_and(|word| word == "not" || word == "non")
            || before(1).is_some_and(|word| word == "-") && before(2).is_some_and(|word| word == "non");
        if !denies {
            return is_negated;
        }
        // What a patient refuses is no denial; who else may have is told by the sentence, or the one before.
        let by_patient = before(1).is_some_and(|word| self.context.is_in("patient", &word))
            || (at + 1..tokens.end.min(at + 4)).any(|at| self.is_in("patient", at));
        let is_of_review = |argued: &Argued<'_>| {
            let mut words = argued.sentence.tokens.clone();
            words.any(|at| self.context.is_in("review", &argued.content.lower(at)))
        };
        !by_patient
            && (!self.is_in("patient-denies", at)
                || is_of_review(self.argued)
                || self.before.last().is_some_and(is_of_review))
    }

    /// "was denied", "were non-certified": by whom needs not be said, but for what had been denied before.
    fn is_passive_denial(&self, at: usize) -> bool {
        let near = at.saturating_sub(4).max(self.argued.sentence.tokens.start)..at;
        let is_past = || near.clone().any(|at| self.word(at) == "had");
        self.is_denial(at)
            && (!is_past() || self.argued.sentence.tokens.clone().any(|at| self.is_in("review", at)))
            && near.clone().any(|at| matches!(&*self.word(at), "was" | "were" | "been"))
    }
}

fn draft(letter: &Letter, place: Place, message: &'static str) -> Draft {
    let found = Arg::letter(&letter.blocks[place.block].content.text()[place.span.clone()]);
    Draft::new(place, message).arg("found", found)
}
