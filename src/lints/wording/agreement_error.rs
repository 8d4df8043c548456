//! A verb or a noun whose form does not agree with the words beside it.

use crate::engine::{Applicability, Arg, BlockContext, Draft, DraftFix, Sink, with_case_of};
use crate::letter::Sentence;
use crate::text::verb::{Form, form_of, third_person, verb};
use crate::text::{Gap, Parts, TokenKind, key};

/// Words before the head of a subject, at most.
const MODIFIERS: usize = 3;
/// Tokens of a lead-in with its comma, at most.
const LEAD_IN: usize = 5;
/// Tokens of what hangs on a subject, at most.
const ATTACHED: usize = 16;

pub fn check(context: &BlockContext<'_>, sink: &mut Sink) {
    for sentence in &context.content.sentences {
        let reader = Reader { context, sentence };
        for at in sentence.tokens.clone() {
            let word = reader.word(at);
            if word.is_empty() {
                continue;
            }
            let clause = reader.begins_clause(at);
            let wrong = clause
                .and_then(|is_statement| reader.subject(at, word, is_statement))
                .or_else(|| reader.pronoun(at, word))
                .or_else(|| reader.attached(at, word, clause?))
                .or_else(|| reader.who(at, word))
                .or_else(|| reader.counted_noun(at, word))
                .or_else(|| reader.one_of(at, word))
                .or_else(|| reader.verb_form(at, word))
                .or_else(|| reader.existence(at, word))
                .or_else(|| reader.possessive(at, word));
            if let Some(wrong) = wrong {
                sink.push(wrong.draft(context));
            }
        }
    }
}

/// A word that does not agree, and what seems meant.
struct Wrong {
    at: usize,
    wanted: String,
}

impl Wrong {
    fn draft(self, context: &BlockContext<'_>) -> Draft {
        let content = context.content;
        let place = context.place(content.tokens[self.at].span.clone());
        let found = content.word(self.at);
        let wanted = with_case_of(found, &self.wanted);
        Draft::new(place.clone(), "message")
            .arg("found", Arg::letter(found))
            .arg("wanted", Arg::letter(&wanted))
            .fix(DraftFix::replace(place, wanted, Applicability::Unsafe))
    }
}

/// The number of a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Number {
    Singular,
    Plural,
}

struct Reader<'a> {
    context: &'a BlockContext<'a>,
    sentence: &'a Sentence,
}

impl<'a> Reader<'a> {
    /// The word of a token in small letters; empty where the sentence has none, or where no single space stands before.
    fn word(&self, at: usize) -> &'a str {
        let token = self.context.content.tokens.get(at).filter(|_| self.sentence.tokens.contains(&at));
        let is_next = |token: &&crate::text::Token| {
            token.kind == TokenKind::Word && (token.gap.is_space() || at == self.sentence.tokens.start)
        };
        token.filter(is_next).map_or("", |token| token.small(self.context.content.text()))
    }

    /// The word before a token, if only a space stands between them.
    fn before(&self, at: usize) -> &'a str {
        let is_spaced = self.context.content.tokens[at].gap.is_space();
        at.checked_sub(1).filter(|_| is_spaced).map_or("", |before| self.word(before))
    }

    fn is_in(&self, set: &str, word: &str) -> bool {
        self.context.is_in(set, word)
    }

    /// Whether nothing follows a word that belongs to it: the sentence's end, a mark, or a word that begins anew.
    fn ends_phrase(&self, at: usize) -> bool {
        let content = self.context.content;
        let next = at + 1;
        if !self.sentence.tokens.contains(&next) {
            return true;
        }
        match content.tokens[next].kind {
            TokenKind::Mark => {
                content.tokens[next].gap == Gap::None && matches!(content.word(next), "." | ",")
            }
            TokenKind::Word => self.is_in("behind-noun", self.word(next)),
            TokenKind::Number => false,
        }
    }

    fn has_word(&self, set: &str) -> bool {
        let content = self.context.content;
        self.sentence.tokens.clone().any(|at| self.is_in(set, &content.lower(at)))
    }

    fn singular_of(&self, word: &str) -> Option<String> {
        let stem = word.strip_suffix('s')?;
        let stems = [
            Some(stem.to_owned()),
            stem.strip_suffix('e').map(str::to_owned),
            stem.strip_suffix("ie").map(|stem| format!("{stem}y")),
        ];
        stems.into_iter().flatten().find(|stem| self.is_in("nouns", stem) || self.is_in("persons", stem))
    }

    fn number_of(&self, word: &str) -> Option<Number> {
        if ["nouns", "persons", "masses"].iter().any(|set| self.is_in(set, word)) {
            return Some(Number::Singular);
        }
        self.singular_of(word).map(|_| Number::Plural)
    }

    /// The number of a noun of any subject, by its parts of speech; none of what can be an adjective too.
    fn number_by_parts(&self, at: usize) -> Option<Number> {
        let (word, token) = (self.word(at), self.context.content.tokens.get(at)?);
        let is_name = self.context.content.word(at).starts_with(char::is_uppercase);
        let parts = Parts::of(token.key)?;
        let meets = |names: &str| Parts::parse(names).is_some_and(|wanted| parts.meets(wanted));
        // "The worker states has": a verb, and a word is missing.
        let is_said = meets("verbs") && self.is_in("persons", self.before(at));
        let is_other = is_said || meets("adjective/adverb/gerund/participle/grammar");
        if is_name || is_other || self.is_in("collective", word) {
            return None;
        }
        match (meets("noun"), meets("nouns")) {
            (true, false) if !word.ends_with('s') => Some(Number::Singular),
            (false, true) if word.ends_with('s') => Some(Number::Plural),
            _ => None,
        }
    }

    /// The first word behind a clause's beginning, and whether what follows can be no wish ("that he have").
    fn begins_clause(&self, at: usize) -> Option<bool> {
        if at == self.sentence.tokens.start {
            return Some(true);
        }
        let before = self.before(at);
        if self.is_in("clauses", before) {
            return Some(true);
        }
        if before == "that" || self.is_in("subclauses", before) {
            return Some(false);
        }
        // "As such, custom orthotics": behind a lead-in.
        let start = self.sentence.tokens.start;
        let is_led_in = self.context.word(at.checked_sub(1)?) == ","
            && at <= start + LEAD_IN
            && self.is_in("leads-in", self.word(start));
        let is_apart = matches!(self.context.word(at - 1), "," | ";" | ":");
        if is_led_in { Some(true) } else { is_apart.then_some(false) }
    }

    /// "The reports is", "the guideline recommend", "the records shows".
    fn subject(&self, at: usize, first: &str, is_statement: bool) -> Option<Wrong> {
        let start = if self.is_in("determiners", first) || self.is_in("openers", first) {
            at + 1
        } else if self.singular_of(first).is_some()
            || self.is_in("plurals", first)
            || self.is_in("bare", first)
        {
            at
        } else {
            return None;
        };
        let is_bare = start == at;
        let is_relative = self.is_relative(at);
        for head in (start..=start + MODIFIERS).take_while(|&at| self.is_modifier(at)) {
            // "The post that the employer offers is": the verb of a clause on a noun, and the noun's own.
            if is_relative && head > start && can_be(self.word(head), "verbs") {
                return None;
            }
            let is_several =
                self.singular_of(self.word(head)).is_some() || self.is_in("plurals", self.word(head));
            if (!is_bare || is_several)
                && let Some(wrong) = self.verb_of(head, is_statement, first)
            {
                return Some(wrong);
            }
            // "The surgeon requests treatment continue": the verb is passed.
            let is_person = self.is_in("persons", self.before(head));
            match verb(self.word(head)) {
                Some((_, Form::Third)) => return None,
                Some((_, Form::Past)) if is_person => return None,
                _ => {}
            }
        }
        None
    }

    /// Whether a clause begins at a token that tells of the noun before it: "the post that the employer …", not "it shows
    /// that the …", "evidence that the …".
    fn is_relative(&self, at: usize) -> bool {
        let Some(link) = at.checked_sub(1).filter(|_| matches!(self.before(at), "that" | "which" | "whom"))
        else {
            return false;
        };
        let noun = self.before(link);
        let is_determined = (1..=2)
            .filter_map(|back| link.checked_sub(1 + back))
            .any(|before| self.is_in("determiners", self.word(before)));
        matches!(self.before(at), "which" | "whom")
            || is_determined && can_be(noun, "noun/nouns") && !self.is_in("of-content", noun)
    }

    /// "She have", "they was", "both is", "all was denied".
    fn pronoun(&self, at: usize, word: &str) -> Option<Wrong> {
        let mut verb_at = at + 1;
        while self.is_in("adverbs", self.word(verb_at)) {
            verb_at += 1;
        }
        // "All three is", "both of them was", "most of these has".
        let has_count =
            matches!(word, "all" | "these" | "those") && self.is_in("numbers", self.word(verb_at));
        let has_them = self.is_in("several-of", word)
            && self.word(verb_at) == "of"
            && matches!(self.word(verb_at + 1), "them" | "these" | "those");
        verb_at += usize::from(has_count) + 2 * usize::from(has_them);
        let found = self.word(verb_at);
        let before = self.before(at);
        let word = if has_them || has_count { "both" } else { word };
        let wanted = match (word, found) {
            ("he" | "she" | "it", "have") => "has",
            ("he" | "she" | "it", "are") => "is",
            ("he" | "she" | "it", "do") if self.word(verb_at + 1) == "not" => "does",
            ("they" | "we" | "these" | "those" | "both" | "all", "is") => "are",
            ("they" | "we" | "these" | "those" | "both" | "all", "was") => "were",
            ("they" | "we" | "these" | "those" | "both", "has") => "have",
            ("they" | "we" | "these" | "those" | "both", "does") if self.word(verb_at + 1) == "not" => "do",
            _ => return None,
        };
        // "Does he have", "that she have", "in those is": the verb has another helper or another subject.
        let stands = match word {
            "he" | "she" | "it" => !self.is_in("asks", before),
            "they" | "we" => true,
            "all" => {
                let done = self.word(verb_at + 1);
                self.begins_clause(at).is_some() && matches!(verb(done), Some((_, Form::Past)))
            }
            _ => self.begins_clause(at).is_some() || matches!(before, "and" | "or"),
        };
        stands.then(|| Wrong { at: verb_at, wanted: wanted.to_owned() })
    }

    /// "The results of the scan was", "The criteria for surgery is": what hangs on the subject stands before its verb.
    fn attached(&self, at: usize, first: &str, is_statement: bool) -> Option<Wrong> {
        let is_determined = self.is_in("determiners", first) && !matches!(first, "each" | "every");
        let start = if is_determined { at + 1 } else { at };
        let mut heads = (start..=start + MODIFIERS).take_while(|&at| self.is_modifier(at));
        let head = heads.find(|&at| self.is_in("attaches", self.word(at + 1)))?;
        let noun = self.word(head);
        let number = if self.is_in("plurals", noun) {
            Number::Plural
        } else if self.is_in("nouns", noun) || self.singular_of(noun).is_some() {
            self.number_of(noun)?
        } else if is_determined {
            self.number_by_parts(head)?
        } else {
            return None;
        };
        if number == Number::Singular
            && (!is_statement || !is_determined || matches!(first, "these" | "those" | "both" | "all"))
        {
            return None;
        }
        let rest = head + 2..(head + 2 + ATTACHED).min(self.sentence.tokens.end);
        // A date or a number is part of what hangs on the subject.
        let tokens = &self.context.content.tokens;
        let is_count = |at: usize| tokens[at].kind == TokenKind::Number;
        let is_quiet = |at: &usize| {
            let word = self.word(*at);
            let joins = |at: usize| tokens[at].gap == Gap::None && is_count(at - 1);
            !word.is_empty() && !self.is_in("ends-attachment", word)
                || is_count(*at)
                || joins(*at) && matches!(self.context.word(*at), "/" | "-")
        };
        let verb_at = rest.clone().take_while(is_quiet).last().map_or(rest.start, |last| last + 1);
        let wanted = match (number, self.word(verb_at)) {
            (Number::Singular, "are") => "is",
            (Number::Singular, "were") => "was",
            (Number::Singular, "have") => "has",
            (Number::Plural, "is") => "are",
            (Number::Plural, "was") => "were",
            (Number::Plural, "has") => "have",
            (Number::Plural, "does") => "do",
            _ => return None,
        };
        Some(Wrong { at: verb_at, wanted: wanted.to_owned() })
    }

    /// "A patient who have", "men who is".
    fn who(&self, at: usize, word: &str) -> Option<Wrong> {
        if word != "who" || at == self.sentence.tokens.start {
            return None;
        }
        let person = self.before(at);
        let are_several = self.is_in("people", person)
            || person.strip_suffix('s').is_some_and(|one| self.is_in("persons", one));
        // "One of the patients who has" is said, too.
        if are_several && !self.has_word("one") {
            let wanted = match self.word(at + 1) {
                "is" => "are",
                "was" => "were",
                "has" => "have",
                "does" => "do",
                _ => return None,
            };
            return Some(Wrong { at: at + 1, wanted: wanted.to_owned() });
        }
        let is_one = self.is_in("persons", person)
            && (1..=MODIFIERS).any(|back| {
                let before = at.checked_sub(1 + back).map_or("", |before| self.word(before));
                matches!(before, "a" | "an" | "the" | "this" | "his" | "her")
            });
        let wanted = match self.word(at + 1) {
            "have" => "has",
            "are" => "is",
            "were" => "was",
            "do" => "does",
            _ => return None,
        };
        is_one.then(|| Wrong { at: at + 1, wanted: wanted.to_owned() })
    }

    /// The verb behind a subject's last word.
    fn verb_of(&self, head: usize, is_statement: bool, first: &str) -> Option<Wrong> {
        let noun = self.word(head);
        let at = head + 1;
        let found = self.word(at);
        let is_helper = matches!(found, "is" | "are" | "was" | "were" | "has" | "have")
            || matches!(found, "do" | "does") && self.word(at + 1) == "not";
        let number = if self.is_in("plurals", noun) {
            Number::Plural
        } else {
            self.number_of(noun).or_else(|| self.number_by_parts(head).filter(|_| is_helper))?
        };
        if number == Number::Singular && (!is_statement || matches!(first, "these" | "those"))
            || number == Number::Plural && matches!(first, "each" | "every")
        {
            return None;
        }
        let wanted = match (number, found) {
            (Number::Singular, "are") => "is".to_owned(),
            (Number::Singular, "were") => "was".to_owned(),
            (Number::Plural, "is") => "are".to_owned(),
            (Number::Plural, "was") => "were".to_owned(),
            (Number::Singular, "have") => "has".to_owned(),
            (Number::Plural, "has") => "have".to_owned(),
            (Number::Singular, "do") if is_helper => "does".to_owned(),
            (Number::Plural, "does") if is_helper => "do".to_owned(),
            (Number::Singular, _) if self.can_only_be(at, "verb") => third_person(found),
            (Number::Singular, _)
                if verb(found).is_none() && can_be(found, "verb") && self.asserts(noun, at) =>
            {
                third_person(found)
            }
            (Number::Plural, _) if self.can_only_be(at, "verbs") => form_of(found, "{base}")?,
            _ => match (number, verb(found)?) {
                (Number::Singular, (verb, Form::Base))
                    if !matches!(first, "each" | "every") && (!verb.is_noun || self.asserts(noun, at)) =>
                {
                    third_person(verb.base)
                }
                (Number::Plural, (verb, Form::Third))
                    if !verb.is_noun
                        || self.begins_object(at + 1)
                        || self.is_in("tellers", noun) && self.is_in("tells", found) =>
                {
                    verb.base.to_owned()
                }
                _ => return None,
            },
        };
        Some(Wrong { at, wanted })
    }

    /// Whether a word that is a noun too says what a person or a writing does: "the report show a tear".
    fn asserts(&self, subject: &str, at: usize) -> bool {
        let is_writing = self.is_in("writings", subject);
        let is_person = self.is_in("persons", subject);
        // "The patient report pain at night", but not "the patient report pain scale was read".
        let has_complaint = is_person
            && self.is_in("masses", self.word(at + 1))
            && self.ends_phrase(at + 1)
            && !self.is_in("finite", self.word(at + 2));
        // "The scan report the clinic sent" is a noun with its clause.
        let found = self.word(at);
        let has_object =
            self.begins_object(at + 1) && (self.word(at + 1) == "no" || !self.is_in("nouns", found));
        (is_writing || is_person) && has_object
            || is_writing && self.word(at + 1) == "that" && matches!(found, "show" | "state")
            || has_complaint
    }

    /// Whether a word of small letters has but one part of speech.
    fn can_only_be(&self, at: usize, part: &str) -> bool {
        let token = self.context.content.tokens.get(at).filter(|_| !self.word(at).is_empty());
        let parts = token.and_then(|token| Parts::of(token.key));
        parts.zip(Parts::parse(part)).is_some_and(|(parts, only)| parts.is_within(only))
    }

    /// Whether a verb's object begins here, so that the word before is no noun.
    fn begins_object(&self, at: usize) -> bool {
        let tokens = &self.context.content.tokens;
        let word = self.word(at);
        self.is_in("objects", word) && self.word(at + 1) != "longer"
            || self.is_in("numbers", word)
            || self.sentence.tokens.contains(&at) && tokens[at].kind == TokenKind::Number
    }

    fn is_modifier(&self, at: usize) -> bool {
        let word = self.word(at);
        !word.is_empty() && !self.is_in("breaks", word)
    }

    /// "These finding", "three injection of the wrist", "this findings".
    fn counted_noun(&self, at: usize, noun: &str) -> Option<Wrong> {
        if noun.is_empty() || at == self.sentence.tokens.start || !self.ends_phrase(at) {
            return None;
        }
        let content = self.context.content;
        // A capital is a name: "both Surgery and Anesthesia".
        if content.word(at).starts_with(char::is_uppercase) {
            return None;
        }
        if self.is_in("nouns", noun) || self.is_in("persons", noun) {
            let of_several = |at: usize| {
                let before = self.before(at);
                let counts = |count: usize| {
                    count == self.sentence.tokens.start || self.is_in("counting", self.before(count))
                };
                if self.is_in("many", before) {
                    return !self.is_in("articles", self.before(at - 1));
                }
                self.is_in("numbers", before) && counts(at - 1)
                    || content.tokens[at].gap.is_space()
                        && at > self.sentence.tokens.start
                        && content.tokens[at - 1].kind == TokenKind::Number
                        && content.word(at - 1).parse().is_ok_and(|number: u32| (2..100).contains(&number))
                        && counts(at - 1)
            };
            let is_plain = self.is_in("adjectives", self.before(at));
            let is_wrong = of_several(at) || is_plain && at > 0 && of_several(at - 1);
            return is_wrong.then(|| Wrong { at, wanted: plural_of(noun) });
        }
        let singular = self.singular_of(noun)?;
        let is_one = |word: &str| matches!(word, "this" | "each" | "every" | "a" | "an" | "another");
        let (next, before) = (self.word(at + 1), self.before(at));
        let is_wrong = is_one(before) && !self.is_in("clauses", next);
        let is_several = before == "this"
            && (matches!(next, "are" | "were")
                || verb(&singular).is_none() && matches!(verb(next), Some((_, Form::Base))));
        if is_several {
            return Some(Wrong { at: at - 1, wanted: "these".to_owned() });
        }
        // "This reports that he works" is a verb.
        (is_wrong && verb(&singular).is_none()).then_some(Wrong { at, wanted: singular })
    }

    /// "One of the test was", "each of the requests were".
    fn one_of(&self, at: usize, count: &str) -> Option<Wrong> {
        let is_of = self.word(at + 1) == "of" && self.is_in("determiners", self.word(at + 2));
        let is_one = is_of && self.is_in("one", count);
        if !is_of || !is_one && !self.is_in("many", count) {
            return None;
        }
        let noun_at = (at + 3..at + 5).find(|&noun| {
            let word = self.word(noun);
            self.is_in("nouns", word) || self.singular_of(word).is_some()
        })?;
        let noun = self.word(noun_at);
        if self.is_in("nouns", noun) {
            return self.ends_phrase(noun_at).then(|| Wrong { at: noun_at, wanted: plural_of(noun) });
        }
        let wanted = match self.word(noun_at + 1) {
            "are" => "is",
            "were" => "was",
            "have" => "has",
            _ => return None,
        };
        let is_statement = self.begins_clause(at)? && is_one;
        is_statement.then(|| Wrong { at: noun_at + 1, wanted: wanted.to_owned() })
    }

    /// "Did not attended", "has went", "was give", "able to lifts", "should receives".
    fn verb_form(&self, at: usize, found: &str) -> Option<Wrong> {
        let (helper_at, is_negated) = self.helper(at)?;
        // "The policy is DENY", "the May reports": names.
        let is_name = |at: usize| self.context.content.word(at).starts_with(char::is_uppercase);
        if is_name(at) || is_name(helper_at) && helper_at > self.sentence.tokens.start {
            return None;
        }
        let Some((verb, form)) = verb(found) else { return self.unlisted_verb_form(at, found) };
        let helper = self.word(helper_at);
        let wrong = |wanted: &str| Some(Wrong { at, wanted: wanted.to_owned() });
        let does = matches!(helper, "do" | "does" | "did");
        match form {
            Form::Third | Form::Past if does && is_negated => wrong(verb.base),
            Form::Third
                if self.is_in("modals", helper) && !self.is_in("no-modal-behind", self.before(helper_at)) =>
            {
                wrong(verb.base)
            }
            Form::Past
                if helper == "to"
                    && verb.past != verb.base
                    && self.is_in("before-to", self.before(helper_at)) =>
            {
                wrong(verb.base)
            }
            Form::Third if helper == "to" && self.is_in("before-to", self.before(helper_at)) => {
                wrong(verb.base)
            }
            Form::Past if verb.past != verb.participle && !verb.is_noun => {
                let is_have = matches!(helper, "has" | "have" | "had") && self.is_plain_subject(helper_at);
                let is_be = self.is_in("be", helper) && !self.has_word("relatives");
                (is_have || is_be).then(|| wrong(&verb.participle)).flatten()
            }
            Form::Base if !verb.is_noun && verb.base != verb.participle => {
                let is_have = matches!(helper, "has" | "have" | "had");
                let is_told = is_negated || self.is_in("agents", self.word(at + 1));
                let is_be = self.is_in("be", helper)
                    && (is_told || !self.has_word("relatives"))
                    && !self.has_word("plans");
                (is_have || is_be).then(|| wrong(&verb.participle)).flatten()
            }
            _ => None,
        }
    }

    /// "Will bears", "does not discussed": a verb on no list, behind what asks for its base.
    fn unlisted_verb_form(&self, at: usize, found: &str) -> Option<Wrong> {
        let (helper_at, is_negated) = self.helper(at)?;
        let asks_for_base = match self.word(helper_at) {
            "do" | "does" | "did" => is_negated,
            helper => {
                self.is_in("modals", helper)
                    && can_be(found, "verbs")
                    && !self.is_in("no-modal-behind", self.before(helper_at))
            }
        };
        if !asks_for_base || !can_be(found, "verbs/past") {
            return None;
        }
        let bases = [
            form_of(found, "{base}"),
            found.strip_suffix("ed").map(str::to_owned),
            found.strip_suffix('d').map(str::to_owned),
        ];
        let base = bases.into_iter().flatten().find(|base| base != found && can_be(base, "verb"));
        base.map(|wanted| Wrong { at, wanted })
    }

    /// The token before a verb that may help it, adverbs apart, and whether a "not" stands between.
    fn helper(&self, at: usize) -> Option<(usize, bool)> {
        let (mut helper, mut is_negated) = (at.checked_sub(1)?, false);
        let mut word = self.before(at);
        while self.is_in("adverbs", word) || word == "not" {
            is_negated |= word == "not";
            word = self.before(helper);
            helper = helper.checked_sub(1)?;
        }
        Some((helper, is_negated))
    }

    /// The sentence's subject, not one of a clause that hangs on a noun ("the pain he had began at work").
    fn is_plain_subject(&self, verb: usize) -> bool {
        let start = self.sentence.tokens.start;
        let words = start..verb;
        let is_pronoun = |at: usize| matches!(self.word(at), "he" | "she" | "it" | "they" | "that");
        match words.len() {
            1 => is_pronoun(start),
            2..=5 => {
                self.is_in("determiners", self.word(start))
                    && words.skip(1).all(|at| self.is_modifier(at) && !is_pronoun(at))
            }
            _ => false,
        }
    }

    /// "There was two falls", "there were a fall".
    fn existence(&self, at: usize, word: &str) -> Option<Wrong> {
        if word != "there" {
            return None;
        }
        let verb = at + 1;
        let wanted = match self.word(verb) {
            "is" => "are",
            "was" => "were",
            "are" => "is",
            "were" => "was",
            _ => return None,
        };
        let count = self.word(at + 2);
        let noun = |at: usize| self.singular_of(self.word(at)).is_some() && self.ends_phrase(at);
        let is_several = self.is_in("many", count) || self.is_in("numbers", count);
        let is_wrong = if wanted.ends_with("re") {
            is_several && (noun(at + 3) || self.is_modifier(at + 3) && noun(at + 4))
        } else {
            matches!(count, "a" | "an")
                && (at + 3..at + 6).any(|noun| self.is_in("nouns", self.word(noun)) && self.ends_phrase(noun))
                && !(at + 3..at + 6).any(|word| self.is_in("amounts", self.word(word)))
                && !self.has_word("ands")
        };
        is_wrong.then(|| Wrong { at: verb, wanted: wanted.to_owned() })
    }

    /// "The patients wrist was", "the treating physicians report is".
    fn possessive(&self, at: usize, owner: &str) -> Option<Wrong> {
        if self.is_in("persons", owner) && matches!(self.before(at), "the" | "this") {
            let owned = at + 1;
            let is_owned = self.is_in("owned", self.word(owned))
                && (self.is_in("finite", self.word(owned + 1))
                    || matches!(verb(self.word(owned + 1)), Some((_, Form::Third))));
            return is_owned.then(|| Wrong { at, wanted: format!("{owner}'s") });
        }
        let person = owner.strip_suffix('s').filter(|person| self.is_in("persons", person))?;
        let before = self.before(at);
        let is_one = matches!(before, "the" | "this") || self.is_in("kinds", before);
        let is_owned = |at: usize| {
            let word = self.word(at);
            ["nouns", "masses", "parts"].iter().any(|set| self.is_in(set, word))
                && self.is_in("finite", self.word(at + 1))
        };
        (is_one
            && (is_owned(at + 1)
                || self.is_in("adjectives", self.word(at + 1)) && is_owned(at + 2)
                || self.has_another_subject(at + 1)))
        .then(|| Wrong { at, wanted: format!("{person}'s") })
    }

    /// "Straight leg raise is": words of which none is a verb, and a verb in the singular.
    fn has_another_subject(&self, start: usize) -> bool {
        let parts = self.context.content.tokens.get(start).and_then(|token| Parts::of(token.key));
        let verbal = Parts::parse("verb/past/participle/gerund");
        let may_be_verb = parts.zip(verbal).is_none_or(|(parts, verbal)| parts.meets(verbal));
        let rest = (start..=start + MODIFIERS).take_while(|&at| self.is_modifier(at)).last();
        let verb = rest.map_or("", |last| self.word(last + 1));
        !may_be_verb && matches!(verb, "is" | "was" | "has" | "does")
    }
}

/// Whether a word in small letters can be one of some parts of speech.
fn can_be(word: &str, parts: &str) -> bool {
    let known = Parts::of(key(word)).zip(Parts::parse(parts));
    known.is_some_and(|(parts, wanted)| parts.meets(wanted))
}

fn plural_of(noun: &str) -> String {
    let ends_hissing = ["s", "x", "ch", "sh"].iter().any(|end| noun.ends_with(end));
    match noun.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u'])) {
        Some(stem) => format!("{stem}ies"),
        None if ends_hissing => format!("{noun}es"),
        None => format!("{noun}s"),
    }
}
