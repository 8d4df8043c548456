//! A service that the rationale says was granted already.

use std::ops::Range;

use crate::engine::{Arg, Draft, ItemContext, Sink};
use crate::letter::facts::counted::singular;
use crate::letter::facts::number_word;
use crate::letter::{Argued, Asked, Cue, Decision, Place, SentenceKind};
use crate::text::{Parts, Span, TokenKind};

/// Between "was" and "authorized" stand so many words at most ("has already been fully authorized").
const VERB_REACH: usize = 5;
/// The words before the verb in which its subject is looked for.
const SUBJECT: usize = 14;

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = context;
    let Some(request) = letter.asked(item) else { return };
    let heading = request.content;
    let is_partial = item.disputed != item.request
        && heading.text()[item.request.clone()].len() > item.disputed.len() + 40
        || matches!(item.decision, Some((Decision::Partial, _)));
    let asks_for_more = heading.tokens.iter().any(|token| {
        item.request.contains(&token.span.start)
            && context.is_in_lower("more", &heading.text()[token.span.clone()])
    });
    if is_partial || asks_for_more {
        return;
    }
    let main = item.main_item.and_then(|main| letter.asked(&letter.items[main]));
    for argued in letter.argument(item).filter(|argued| argued.sentence.kind == SentenceKind::Statement) {
        let reading = Reading { context, argued, request: &request, main: main.as_ref() };
        if let Some(words) = reading.granted() {
            let asked = Place { block: request.block, span: request.span.clone() };
            let found = Arg::letter(&argued.content.text()[words.clone()]);
            sink.push(Draft::new(argued.place(words), "message").arg("found", found).related(
                asked,
                "request",
                Vec::new(),
            ));
        }
    }
}

/// A sentence of the rationale, with what the item asks for.
struct Reading<'a, 'l> {
    context: &'a ItemContext<'l>,
    argued: Argued<'l>,
    request: &'a Asked<'l>,
    /// What the operation is with which it goes: that may have been granted.
    main: Option<&'a Asked<'l>>,
}

impl Reading<'_, '_> {
    fn word(&self, at: usize) -> String {
        self.argued.content.word(at).to_lowercase()
    }

    fn is_in(&self, set: &str, at: usize) -> bool {
        self.context.is_in(set, &self.word(at))
    }

    fn any_in(&self, set: &str, mut within: Range<usize>) -> bool {
        within.any(|at| self.is_in(set, at))
    }

    /// The words that say that what the item asks for was granted.
    fn granted(&self) -> Option<Span> {
        let tokens = self.argued.sentence.tokens.clone();
        tokens.clone().filter(|&at| self.is_in("grants", at)).find_map(|verb| {
            // "approved by the FDA", "approved for the skin"
            let is_licence = self.any_in("licence", tokens.clone())
                || self.word(verb) == "approved" && self.is_of_drug_agency(verb, tokens.end);
            if is_licence {
                return None;
            }
            self.passive(verb).or_else(|| self.active(verb))
        })
    }

    /// "Approved for the skin", "approved in 2022 to delay it", "approved in adults who have it": what a drug is licensed for.
    fn is_of_drug_agency(&self, verb: usize, end: usize) -> bool {
        const DATE: usize = 5;
        if verb + 1 < end && self.word(verb + 1) == "for" {
            return true;
        }
        let tokens = &self.argued.content.tokens;
        let is_verb = |at: usize| Parts::can_be(tokens[at].key, "verb");
        let is_purpose = |at: usize| {
            self.word(at) == "to"
                && (at == verb + 1 || tokens[at - 1].kind == TokenKind::Number)
                && at + 1 < end
                && !self.is_in("begins-course", at + 1)
                && is_verb(at + 1)
        };
        // "Approved in 2002 for osteoporosis", not "approved on 03/04/2016 for six visits".
        let names_disease = |at: usize| {
            self.word(at) == "for"
                && tokens[at - 1].kind == TokenKind::Number
                && at + 1 < end
                && tokens[at + 1].kind == TokenKind::Word
                && !self.is_in("begins-course", at + 1)
                && number_word::parse(&self.word(at + 1)).is_none()
        };
        let names_whom = |at: usize| {
            matches!(self.word(at).as_str(), "in" | "for" | "as")
                && self.any_in("licensed-for", at + 1..end.min(at + 3))
        };
        (verb + 1..end.min(verb + 1 + DATE)).any(|at| is_purpose(at) || names_disease(at) || names_whom(at))
    }

    /// "The visits were authorized", "has already been certified".
    fn passive(&self, verb: usize) -> Option<Span> {
        let content = self.argued.content;
        let before = verb.saturating_sub(VERB_REACH).max(self.argued.sentence.tokens.start)..verb;
        let auxiliary = before.clone().rfind(|&at| self.is_in("passive", at))?;
        if self.any_in("denies", before.clone()) || self.is_inverted(&before) {
            return None;
        }
        let has = |at: &usize| self.is_in("perfect", *at);
        let start = (before.start..auxiliary)
            .rfind(has)
            .filter(|_| self.word(auxiliary) == "been")
            .unwrap_or(auxiliary);
        let first = start.saturating_sub(SUBJECT).max(self.argued.sentence.tokens.start);
        self.is_of_request(first..start)
            .then(|| content.tokens[start].span.start..content.tokens[verb].span.end)
    }

    /// "Had the fusion been approved, …", "were it authorized": a condition.
    fn is_inverted(&self, before: &Range<usize>) -> bool {
        let verb = before.clone().rfind(|&at| self.is_in("inverts", at));
        let is_subject = |at: usize| self.is_in("pointing", at) || self.is_in("inverted", at);
        verb.is_some_and(|verb| verb + 1 < before.end && is_subject(verb + 1))
    }

    /// "Utilization review certified the injection."
    fn active(&self, verb: usize) -> Option<Span> {
        const OBJECT: usize = 8;
        let tokens = self.argued.sentence.tokens.clone();
        let before = verb.saturating_sub(VERB_REACH).max(tokens.start)..verb;
        let object = verb + 1..tokens.end.min(verb + 1 + OBJECT);
        let grants = self.any_in("grantor", before.clone())
            && !self.any_in("denies", before.clone())
            && !before.clone().any(|at| self.is_in("passive", at) || self.word(at) == "be");
        // "certified six of the twelve visits"
        let in_part =
            object.clone().any(|at| matches!(self.word(at).as_str(), "of" | "and" | "but" | "only"));
        let ends = object.clone().find(|&at| matches!(self.word(at).as_str(), "," | "." | ";" | "on" | "in"));
        let object = object.start..ends.unwrap_or(object.end);
        (grants && !in_part && self.is_of_request(object))
            .then(|| self.argued.content.tokens[verb].span.clone())
    }

    /// Whether some words name what the item asks for, and all of it.
    fn is_of_request(&self, tokens: Range<usize>) -> bool {
        let content = self.argued.content;
        if tokens.is_empty() || self.any_in("earlier", tokens.clone()) || self.is_of_other_part() {
            return false;
        }
        let span = content.tokens[tokens.start].span.start..content.tokens[tokens.end - 1].span.end;
        let subject = Asked::read(content, self.argued.block, &span);
        let asked = self.request.content.facts().quantities.iter();
        let asked: Vec<_> =
            asked.filter(|quantity| self.request.span.contains(&quantity.span.start)).collect();
        let mut quantities =
            content.facts().quantities.iter().filter(|quantity| self.argued.holds(&quantity.span));
        if quantities.any(|quantity| !asked.iter().any(|asked| asked.confirms(quantity))) {
            return false;
        }
        let names_nothing = subject.services.is_empty() && subject.drugs.is_empty();
        let says_so = self.argued.has(Cue::Asking) && names_nothing;
        let is_of_main = self.main.is_some_and(|main| main.is_named_by(&subject));
        !is_of_main
            && (self.request.is_named_by(&subject)
                || says_so
                || names_nothing && self.points_to_request(tokens))
    }

    /// Whether its sentence names another side or part of the body than the request: "the symptomatic side".
    fn is_of_other_part(&self) -> bool {
        let (content, heading) = (self.argued.content, self.request.content);
        let is_asked = |word: &str| {
            let mut asked =
                heading.tokens.iter().filter(|token| self.request.span.contains(&token.span.start));
            asked.any(|token| heading.text()[token.span.clone()].to_lowercase() == word)
        };
        let is_sided = self.context.words("sides").any(is_asked);
        let tokens = self.argued.sentence.tokens.clone();
        let is_other_side = |at: usize| {
            self.is_in("relative-sides", at)
                || is_sided && self.is_in("sides", at) && !is_asked(&self.word(at))
        };
        let asked: Vec<_> = heading
            .facts()
            .regions
            .iter()
            .filter(|region| self.request.span.contains(&region.span.start))
            .collect();
        let named: Vec<_> =
            content.facts().regions.iter().filter(|region| self.argued.holds(&region.span)).collect();
        let agrees = named.iter().any(|named| {
            asked.iter().any(|asked| {
                named.id == asked.id || named.id.is_part_of(asked.id) || asked.id.is_part_of(named.id)
            })
        });
        tokens.into_iter().any(is_other_side) || !named.is_empty() && !asked.is_empty() && !agrees
    }

    /// "The six visits", "the operation": nothing but words that the request has, or that mean any request.
    fn points_to_request(&self, tokens: Range<usize>) -> bool {
        let Some(first) = tokens.clone().rfind(|&at| self.is_in("pointing", at)) else { return false };
        let heading = self.request.content;
        let asked = heading.tokens.iter().filter(|token| self.request.span.contains(&token.span.start));
        let asked: Vec<String> = asked.map(|token| singular(&heading.text()[token.span.clone()])).collect();
        let mut nouns = (first + 1..tokens.end)
            .filter(|&at| !self.is_in("passing", at) && self.word(at).chars().all(char::is_alphabetic))
            .map(|at| singular(&self.word(at)))
            .peekable();
        let is_operation = asked.iter().any(|word| {
            self.context.is_in("operations", word)
                || self.context.words("operation-endings").any(|ending| word.ends_with(ending))
        });
        let means_request = |noun: &String| {
            asked.contains(noun)
                || self.context.is_in("any-request", noun)
                || is_operation && self.context.is_in("operations", noun)
        };
        nouns.peek().is_some() && nouns.all(|noun| means_request(&noun))
    }
}
