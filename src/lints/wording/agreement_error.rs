//! A verb or a noun whose form does not agree with the words beside it.

mod noun_phrase;
mod number;
mod verb_form;

use self::number::Number;
use crate::engine::{Applicability, Arg, BlockContext, Draft, DraftFix, SentenceWords, Sink, with_case_of};
use crate::text::verb::{Form, form_of, third_person, verb};
use crate::text::{Gap, Parts, TokenKind, key};

/// Words before the head of a subject, at most.
const MODIFIERS: usize = 3;
/// Tokens of a lead-in with its comma, at most.
const LEAD_IN: usize = 5;
/// Tokens of what hangs on a subject, at most.
const ATTACHED: usize = 16;

pub fn check(words: &SentenceWords<'_>, sink: &mut Sink) {
    let reader = Reader { words: *words };
    for at in words.sentence.tokens.clone() {
        let word = reader.words.word(at);
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
            .or_else(|| Some(Wrong { at, wanted: verb_form::wanted(&reader.words, at, word)? }))
            .or_else(|| reader.existence(at, word))
            .or_else(|| reader.possessive(at, word))
            .or_else(|| {
                let wanted = noun_phrase::wanted(words, at, word)?;
                Some(Wrong { at, wanted })
            });
        if let Some(wrong) = wrong {
            sink.push(wrong.draft(words.context));
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

struct Reader<'a> {
    words: SentenceWords<'a>,
}

impl<'a> Reader<'a> {
    /// Whether nothing follows a word that belongs to it: the sentence's end, a mark, or a word that begins anew.
    fn ends_phrase(&self, at: usize) -> bool {
        let content = self.words.context.content;
        let next = at + 1;
        if !self.words.sentence.tokens.contains(&next) {
            return true;
        }
        match content.tokens[next].kind {
            TokenKind::Mark => {
                content.tokens[next].gap == Gap::None && matches!(content.word(next), "." | ",")
            }
            TokenKind::Word => self.words.is_at("behind-noun", next),
            TokenKind::Number => false,
        }
    }

    /// The first word behind a clause's beginning, and whether what follows can be no wish ("that he have").
    fn begins_clause(&self, at: usize) -> Option<bool> {
        if at == self.words.sentence.tokens.start {
            return Some(true);
        }
        let before = self.words.before(at);
        if self.words.is_in("clauses", before) {
            return Some(true);
        }
        if before == "that" || self.words.is_in("subclauses", before) {
            return Some(false);
        }
        // "As such, custom orthotics": behind a lead-in.
        let start = self.words.sentence.tokens.start;
        let is_led_in = self.words.context.word(at.checked_sub(1)?) == ","
            && at <= start + LEAD_IN
            && self.words.is_at("leads-in", start);
        let is_apart = matches!(self.words.context.word(at - 1), "," | ";" | ":");
        if is_led_in { Some(true) } else { is_apart.then_some(false) }
    }

    /// "The reports is", "the guideline recommend", "the records shows".
    fn subject(&self, at: usize, first: &str, is_statement: bool) -> Option<Wrong> {
        let start = if self.words.is_in("determiners", first) || self.words.is_in("openers", first) {
            at + 1
        } else if number::singular_of(&self.words, first).is_some()
            || self.words.is_in("plurals", first)
            || self.words.is_in("bare", first)
        {
            at
        } else {
            return None;
        };
        let is_bare = start == at;
        let is_relative = self.is_relative(at);
        let is_within = |at: usize| self.is_modifier(at) || self.words.is_at("numbers", at);
        for head in (start..=start + MODIFIERS).take_while(|&at| is_within(at)) {
            // "The post that the employer offers is": the verb of a clause on a noun, and the noun's own.
            if is_relative && head > start && self.words.can_be(head, "verbs") {
                return None;
            }
            let is_several = number::singular_of(&self.words, self.words.word(head)).is_some()
                || self.words.is_at("plurals", head);
            // "While the muscle wastes is unwise".
            let hangs = self.words.is_before("clauses", at) && head > start && !is_several;
            if hangs && self.words.can_be(head, "verbs") {
                return None;
            }
            if (!is_bare || is_several)
                && let Some(wrong) = self.verb_of(head, is_statement, first)
            {
                return Some(wrong);
            }
            // "The surgeon requests treatment continue": the verb is passed.
            let is_person = self.words.is_before("persons", head);
            match verb(self.words.word(head)) {
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
        let Some(link) =
            at.checked_sub(1).filter(|_| matches!(self.words.before(at), "that" | "which" | "whom"))
        else {
            return false;
        };
        let noun = self.words.before(link);
        let is_determined = (1..=2)
            .filter_map(|back| link.checked_sub(1 + back))
            .any(|before| self.words.is_at("determiners", before) || self.words.is_at("articles", before));
        // "Goals that the guideline asks for": several need no article.
        let are_several = link.checked_sub(1).is_some_and(|noun| self.words.can_only_be(noun, "nouns"));
        matches!(self.words.before(at), "which" | "whom")
            || (is_determined || are_several)
                && Parts::can_be(key(noun), "noun/nouns")
                && !self.words.is_in("of-content", noun)
    }

    /// "She have", "they was", "both is", "all was denied".
    fn pronoun(&self, at: usize, word: &str) -> Option<Wrong> {
        let mut verb_at = at + 1;
        while self.words.is_at("adverbs", verb_at) {
            verb_at += 1;
        }
        // "All three is", "both of them was", "most of these has".
        let has_count = matches!(word, "all" | "these" | "those") && self.words.is_at("numbers", verb_at);
        let has_them = self.words.is_in("several-of", word)
            && self.words.word(verb_at) == "of"
            && matches!(self.words.word(verb_at + 1), "them" | "these" | "those");
        verb_at += usize::from(has_count) + 2 * usize::from(has_them);
        let found = self.words.word(verb_at);
        let before = self.words.before(at);
        let word = if has_them || has_count { "both" } else { word };
        let wanted = match (word, found) {
            ("he" | "she" | "it", "have") => "has",
            ("he" | "she" | "it", "are") => "is",
            ("he" | "she" | "it", "do") if self.words.word(verb_at + 1) == "not" => "does",
            ("they" | "we" | "these" | "those" | "both" | "all", "is") => "are",
            ("they" | "we" | "these" | "those" | "both" | "all", "was") => "were",
            ("they" | "we" | "these" | "those" | "both", "has") => "have",
            ("they" | "we" | "these" | "those" | "both", "does") if self.words.word(verb_at + 1) == "not" => {
                "do"
            }
            _ => return None,
        };
        // "Does he have", "that she have", "in those is": the verb has another helper or another subject.
        let stands = match word {
            "he" | "she" | "it" => !self.words.is_in("asks", before),
            "they" | "we" => true,
            "all" => {
                let done = self.words.word(verb_at + 1);
                self.begins_clause(at).is_some() && matches!(verb(done), Some((_, Form::Past)))
            }
            _ => self.begins_clause(at).is_some() || matches!(before, "and" | "or"),
        };
        stands.then(|| Wrong { at: verb_at, wanted: wanted.to_owned() })
    }

    /// "The results of the scan was", "The criteria for surgery is": what hangs on the subject stands before its verb.
    fn attached(&self, at: usize, first: &str, is_statement: bool) -> Option<Wrong> {
        let is_determined = self.words.is_in("determiners", first) && !matches!(first, "each" | "every");
        let start = if is_determined { at + 1 } else { at };
        let mut heads = (start..=start + MODIFIERS).take_while(|&at| self.is_modifier(at));
        let head = heads.find(|&at| self.words.is_at("attaches", at + 1))?;
        let noun = self.words.word(head);
        // "The trial that the guideline calls for has": the verb of a clause on a noun.
        if head > start && self.is_relative(at) && self.words.can_be(head, "verbs") {
            return None;
        }
        let number = if self.words.is_in("plurals", noun) {
            Number::Plural
        } else if self.words.is_in("nouns", noun) || number::singular_of(&self.words, noun).is_some() {
            Number::of(&self.words, noun)?
        } else if is_determined {
            Number::by_parts(&self.words, head)?
        } else {
            return None;
        };
        if number == Number::Singular
            && (!is_statement || !is_determined || matches!(first, "these" | "those" | "both" | "all"))
        {
            return None;
        }
        let rest = head + 2..(head + 2 + ATTACHED).min(self.words.sentence.tokens.end);
        // A date or a number is part of what hangs on the subject.
        let tokens = &self.words.context.content.tokens;
        let is_count = |at: usize| tokens[at].kind == TokenKind::Number;
        let is_quiet = |at: &usize| {
            let word = self.words.word(*at);
            let joins = |at: usize| tokens[at].gap == Gap::None && is_count(at - 1);
            !word.is_empty() && !self.words.is_in("ends-attachment", word)
                || is_count(*at)
                || joins(*at) && matches!(self.words.context.word(*at), "/" | "-")
        };
        let verb_at = rest.clone().take_while(is_quiet).last().map_or(rest.start, |last| last + 1);
        let wanted = match (number, self.words.word(verb_at)) {
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
        if word != "who" || at == self.words.sentence.tokens.start {
            return None;
        }
        let person = self.words.before(at);
        let are_several = self.words.is_in("people", person)
            || person.strip_suffix('s').is_some_and(|one| self.words.is_in("persons", one));
        // "One of the patients who has" is said, too.
        if are_several && !self.words.has_word("one") {
            let wanted = match self.words.word(at + 1) {
                "is" => "are",
                "was" => "were",
                "has" => "have",
                "does" => "do",
                _ => return None,
            };
            return Some(Wrong { at: at + 1, wanted: wanted.to_owned() });
        }
        let is_one = self.words.is_in("persons", person)
            && (1..=MODIFIERS).any(|back| {
                let before = at.checked_sub(1 + back).map_or("", |before| self.words.word(before));
                matches!(before, "a" | "an" | "the" | "this" | "his" | "her")
            });
        let wanted = match self.words.word(at + 1) {
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
        let noun = self.words.word(head);
        let at = head + 1;
        let found = self.words.word(at);
        let is_helper = matches!(found, "is" | "are" | "was" | "were" | "has" | "have")
            || matches!(found, "do" | "does") && self.words.word(at + 1) == "not";
        let number = if self.words.is_in("plurals", noun) {
            Number::Plural
        } else {
            Number::of(&self.words, noun)
                .or_else(|| Number::by_parts(&self.words, head).filter(|_| is_helper))?
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
            (Number::Singular, _) if self.words.can_only_be(at, "verb") => third_person(found),
            (Number::Singular, _)
                if verb(found).is_none() && Parts::can_be(key(found), "verb") && self.asserts(noun, at) =>
            {
                third_person(found)
            }
            (Number::Plural, _) if self.words.can_only_be(at, "verbs") => form_of(found, "{base}")?,
            _ => match (number, verb(found)?) {
                (Number::Singular, (verb, Form::Base))
                    if !matches!(first, "each" | "every") && (!verb.is_noun || self.asserts(noun, at)) =>
                {
                    third_person(verb.base)
                }
                (Number::Plural, (verb, Form::Third))
                    if !verb.is_noun
                        || self.begins_object(at + 1)
                        || self.words.is_in("tellers", noun) && self.words.is_in("tells", found) =>
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
        let is_writing = self.words.is_in("writings", subject);
        let is_person = self.words.is_in("persons", subject);
        // "The patient report pain at night", but not "the patient report pain scale was read".
        let has_complaint = is_person
            && self.words.is_at("masses", at + 1)
            && self.ends_phrase(at + 1)
            && !self.words.is_at("finite", at + 2);
        // "The scan report the clinic sent" is a noun with its clause.
        let found = self.words.word(at);
        let has_object = self.begins_object(at + 1)
            && (self.words.word(at + 1) == "no" || !self.words.is_in("nouns", found));
        (is_writing || is_person) && has_object
            || is_writing && self.words.word(at + 1) == "that" && matches!(found, "show" | "state")
            || has_complaint
    }

    /// Whether a verb's object begins here, so that the word before is no noun.
    fn begins_object(&self, at: usize) -> bool {
        let tokens = &self.words.context.content.tokens;
        let word = self.words.word(at);
        self.words.is_in("objects", word) && self.words.word(at + 1) != "longer"
            || self.words.is_in("numbers", word)
            || self.words.sentence.tokens.contains(&at) && tokens[at].kind == TokenKind::Number
    }

    fn is_modifier(&self, at: usize) -> bool {
        let word = self.words.word(at);
        !word.is_empty() && !self.words.is_in("breaks", word)
    }

    /// "These finding", "three injection of the wrist", "this findings".
    fn counted_noun(&self, at: usize, noun: &str) -> Option<Wrong> {
        if noun.is_empty() || at == self.words.sentence.tokens.start || !self.ends_phrase(at) {
            return None;
        }
        let content = self.words.context.content;
        // A capital is a name: "both Surgery and Anesthesia".
        if content.word(at).starts_with(char::is_uppercase) {
            return None;
        }
        // "Both ear canal were": any noun, before a verb of several.
        let is_subject =
            matches!(self.words.word(at + 1), "are" | "were") && self.words.can_only_be(at, "noun/verb");
        if is_subject || self.words.is_in("nouns", noun) || self.words.is_in("persons", noun) {
            let of_several = |at: usize| {
                let before = self.words.before(at);
                let counts = |count: usize| {
                    count == self.words.sentence.tokens.start || self.words.is_before("counting", count)
                };
                if self.words.is_in("many", before) {
                    return !self.words.is_before("articles", at - 1);
                }
                self.words.is_in("numbers", before) && counts(at - 1)
                    || content.tokens[at].gap.is_space()
                        && at > self.words.sentence.tokens.start
                        && content.tokens[at - 1].kind == TokenKind::Number
                        && content.word(at - 1).parse().is_ok_and(|number: u32| (2..100).contains(&number))
                        && counts(at - 1)
            };
            let is_plain = self.words.is_before("adjectives", at)
                || is_subject && at > 0 && self.words.can_only_be(at - 1, "noun/adjective");
            let is_wrong = of_several(at) || is_plain && at > 0 && of_several(at - 1);
            return is_wrong.then(|| Wrong { at, wanted: number::plural_of(noun) });
        }
        let singular = number::singular_of(&self.words, noun)?;
        let is_one = |word: &str| matches!(word, "this" | "each" | "every" | "a" | "an" | "another");
        let (next, before) = (self.words.word(at + 1), self.words.before(at));
        let is_wrong = is_one(before) && !self.words.is_in("clauses", next);
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
        let is_of = self.words.word(at + 1) == "of" && self.words.is_at("determiners", at + 2);
        let is_one = is_of && self.words.is_in("one", count);
        // "Those of the evaluation": what was said of others.
        let is_many = self.words.is_in("many", count) && !matches!(count, "those" | "these");
        if !is_of || !is_one && !is_many {
            return None;
        }
        let noun_at = (at + 3..at + 5).find(|&noun| {
            let word = self.words.word(noun);
            self.words.is_in("nouns", word) || number::singular_of(&self.words, word).is_some()
        })?;
        let noun = self.words.word(noun_at);
        if self.words.is_in("nouns", noun) {
            return self.ends_phrase(noun_at).then(|| Wrong { at: noun_at, wanted: number::plural_of(noun) });
        }
        let wanted = match self.words.word(noun_at + 1) {
            "are" => "is",
            "were" => "was",
            "have" => "has",
            _ => return None,
        };
        let is_statement = self.begins_clause(at)? && is_one;
        is_statement.then(|| Wrong { at: noun_at + 1, wanted: wanted.to_owned() })
    }

    /// "There was two falls", "there were a fall".
    fn existence(&self, at: usize, word: &str) -> Option<Wrong> {
        if word != "there" {
            return None;
        }
        let verb = at + 1;
        let wanted = match self.words.word(verb) {
            "is" => "are",
            "was" => "were",
            "are" => "is",
            "were" => "was",
            _ => return None,
        };
        let count = self.words.word(at + 2);
        let is_several = self.words.is_in("many", count) || self.words.is_in("numbers", count);
        let is_wrong = if wanted.ends_with("re") {
            let first = at + 2 + usize::from(is_several || count == "no");
            first > at + 2 && self.names_several(first)
        } else if count == "no" {
            self.names_one(at + 3)
        } else {
            matches!(count, "a" | "an")
                && (at + 3..at + 6).any(|noun| self.words.is_at("nouns", noun) && self.ends_phrase(noun))
                && !(at + 3..at + 6).any(|word| self.words.is_at("amounts", word))
                && !self.words.has_word("ands")
        };
        is_wrong.then(|| Wrong { at: verb, wanted: wanted.to_owned() })
    }

    /// Whether a noun in the plural ends the phrase that begins at a token.
    fn names_several(&self, first: usize) -> bool {
        let is_plural = |at: usize| {
            let word = self.words.word(at);
            let is_known = number::singular_of(&self.words, word).is_some();
            is_known
                || word.ends_with('s') && !word.ends_with("ics") && self.words.can_only_be(at, "nouns/verbs")
        };
        let head = (first..=first + MODIFIERS).find(|&at| is_plural(at) && self.ends_phrase(at));
        head.is_some_and(|head| {
            let is_collective = self.words.is_at("collective", head);
            !is_collective && (first..head).all(|at| self.is_modifier(at))
        })
    }

    /// Whether a noun that is only a singular ends the phrase that begins at a token, and the sentence names nothing else.
    fn names_one(&self, first: usize) -> bool {
        let head = (first..=first + MODIFIERS)
            .find(|&at| self.words.can_only_be(at, "noun") && self.ends_phrase(at));
        head.is_some_and(|head| {
            let is_joined = self.words.is_at("ands", head + 1) || self.words.word(head + 1) == "nor";
            let is_listed = self.words.context.word(head + 1) == ",";
            let is_plain =
                (first..head).all(|at| self.is_modifier(at) && !self.words.can_only_be(at, "nouns"));
            !self.words.is_at("collective", head) && !is_joined && !is_listed && is_plain
        })
    }

    /// "The patients wrist was", "the treating physicians report is".
    fn possessive(&self, at: usize, owner: &str) -> Option<Wrong> {
        if self.words.is_in("persons", owner) && matches!(self.words.before(at), "the" | "this") {
            let owned = at + 1;
            let is_owned = self.words.is_at("owned", owned)
                && (self.words.is_at("finite", owned + 1)
                    || matches!(verb(self.words.word(owned + 1)), Some((_, Form::Third))));
            return is_owned.then(|| Wrong { at, wanted: format!("{owner}'s") });
        }
        let person = owner.strip_suffix('s').filter(|person| self.words.is_in("persons", person))?;
        let before = self.words.before(at);
        let is_one = matches!(before, "the" | "this") || self.words.is_in("kinds", before);
        let is_owned = |at: usize| {
            let word = self.words.word(at);
            ["nouns", "masses", "parts"].iter().any(|set| self.words.is_in(set, word))
                && self.words.is_at("finite", at + 1)
        };
        (is_one
            && (is_owned(at + 1)
                || self.words.is_at("adjectives", at + 1) && is_owned(at + 2)
                || self.has_another_subject(at + 1)))
        .then(|| Wrong { at, wanted: format!("{person}'s") })
    }

    /// "Straight leg raise is": words of which none is a verb, and a verb in the singular.
    fn has_another_subject(&self, start: usize) -> bool {
        let parts = self.words.context.content.tokens.get(start).and_then(|token| Parts::of(token.key));
        let verbal = Parts::parse("verb/past/participle/gerund");
        let may_be_verb = parts.zip(verbal).is_none_or(|(parts, verbal)| parts.meets(verbal));
        let rest = (start..=start + MODIFIERS).take_while(|&at| self.is_modifier(at)).last();
        let verb = rest.map_or("", |last| self.words.word(last + 1));
        !may_be_verb && matches!(verb, "is" | "was" | "has" | "does")
    }
}
