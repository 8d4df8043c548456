//! The subject that stands right before its verb, whatever its nouns: "impingement signs was", "Cartilage loss are".

use crate::engine::SentenceWords;
use crate::text::TokenKind;
use crate::text::verb::{form_of, third_person};

/// Words before the last one of a noun phrase, at most.
const MODIFIERS: usize = 5;

/// What stands before a noun phrase.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    /// The sentence begins, or a clause that states something.
    Clause,
    /// A word or mark behind which a noun phrase may also go on with a list.
    Joint(usize),
}

/// The form that a verb behind a noun phrase ought to have, if its own does not agree.
pub fn wanted(words: &SentenceWords<'_>, verb: usize, found: &str) -> Option<String> {
    let (is_of_one, wanted) = match found {
        "is" => (true, "are".to_owned()),
        "was" => (true, "were".to_owned()),
        "has" => (true, "have".to_owned()),
        "does" => (true, "do".to_owned()),
        "are" => (false, "is".to_owned()),
        "were" => (false, "was".to_owned()),
        "have" => (false, "has".to_owned()),
        "do" => (false, "does".to_owned()),
        _ => return main_verb(words, verb, found),
    };
    let phrase = Phrase::before(words, verb)?;
    let agrees_not = if is_of_one { phrase.is_of_several() } else { phrase.is_of_one() };
    agrees_not.then_some(wanted)
}

/// The same of a verb that stands without a helper: "the examination show an effusion", "which require surgery".
fn main_verb(words: &SentenceWords<'_>, at: usize, found: &str) -> Option<String> {
    let is_verb = words.can_only_be(at, "verb");
    if words.can_be(at, "verb") && words.can_only_be(at, "verb/noun/adjective") {
        let is_wrong = follows_which(words, at, is_verb)
            || is_verb && follows_person(words, at)
            || (is_verb || has_object(words, at))
                && Phrase::before(words, at).is_some_and(|phrase| phrase.is_one_determined());
        return is_wrong.then(|| third_person(found));
    }
    // "The symptoms fits the map": two plurals beside each other are no noun phrase.
    let is_third = words.can_be(at, "verbs") && words.can_only_be(at, "verbs/nouns");
    let is_verb = is_third && (words.can_only_be(at, "verbs") || !words.word(at + 1).is_empty());
    let phrase = Phrase::before(words, at).filter(|phrase| is_verb && phrase.is_of_several())?;
    // "The studies reports that": what it reports follows.
    let tells_that = words.word(at + 1) == "that";
    let is_certain = tells_that || words.can_only_be(at, "verbs") || !has_verb_behind(words, at);
    (is_certain && (tells_that || !phrase.may_end_in_verb())).then(|| form_of(found, "{base}")).flatten()
}

/// Whether a word that may be a noun has an object, so that it is a verb: "the scan show a tear", not "the plan the
/// surgeon made".
fn has_object(words: &SentenceWords<'_>, at: usize) -> bool {
    let object = words.word(at + 1);
    // "This sequence show continued dependence": what happened describes the object.
    let is_described = words.can_only_be(at + 1, "adjective/past/participle")
        && words.can_be(at + 1, "participle")
        && words.can_only_be(at + 2, "noun/nouns");
    let has_object = words.is_in("objects", object) && words.word(at + 2) != "longer";
    has_object && !has_verb_behind(words, at) || is_described && !has_verb_behind(words, at + 1)
}

/// Whether another verb follows in the clause.
fn has_verb_behind(words: &SentenceWords<'_>, at: usize) -> bool {
    let is_within = |next: &usize| {
        let word = words.word(*next);
        let begins_clause = words.is_in("clauses", word) || words.is_in("subclauses", word);
        !word.is_empty() && !matches!(word, "and" | "before" | "after") && !begins_clause
    };
    (at + 1..words.sentence.tokens.end)
        .take_while(is_within)
        .any(|next| words.is_at("finite", next) || words.can_be(next, "verbs/past"))
}

/// "A drug which require care", "he was well, which matter": whether a verb is that of "which", with no word before it
/// that could speak of several.
fn follows_which(words: &SentenceWords<'_>, at: usize, is_verb: bool) -> bool {
    let Some(which) = at.checked_sub(1).filter(|&which| words.word(which) == "which") else { return false };
    let goes_on = words.is_at("attaches", at + 1) || words.is_at("objects", at + 1);
    if !(is_verb || goes_on && words.context.word(which.saturating_sub(1)) == ",") {
        return false;
    }
    let may_be_several = |at: usize| {
        let is_unknown = words.parts(at).is_none() && words.word(at).ends_with('s');
        let is_joined = words.is_at("ands", at) || words.is_at("many", at) || words.is_at("several-of", at);
        is_unknown || is_joined || words.can_be(at, "nouns") || words.is_at("people", at)
    };
    which > words.sentence.tokens.start && !(words.sentence.tokens.start..which).any(may_be_several)
}

/// "She again avoid the bank"
fn follows_person(words: &SentenceWords<'_>, at: usize) -> bool {
    let start = words.sentence.tokens.start;
    let mut subject = at.saturating_sub(1);
    while subject > start && words.is_at("adverbs", subject) {
        subject -= 1;
    }
    let begins = subject == start || words.is_before("clauses", subject) || words.before(subject) == "and";
    subject < at && matches!(words.word(subject), "he" | "she" | "it") && begins
}

/// A noun phrase before a verb.
struct Phrase<'a> {
    words: &'a SentenceWords<'a>,
    /// Its determiner, empty if it has none.
    determiner: &'a str,
    /// Its first word behind that.
    first: usize,
    /// Its last noun.
    head: usize,
    /// The verb behind it.
    verb: usize,
    edge: Edge,
}

impl<'a> Phrase<'a> {
    /// The phrase that ends before a verb, if all its words are understood.
    fn before(words: &'a SentenceWords<'a>, verb: usize) -> Option<Self> {
        let start = words.sentence.tokens.start;
        let mut head = verb.checked_sub(1).filter(|&head| head >= start)?;
        while words.is_at("adverbs", head) && head > start {
            head -= 1;
        }
        // "The two tests requested is": what the noun is said to be.
        let is_qualified =
            words.can_only_be(head, "past/participle/adjective") && words.word(head).ends_with("ed");
        if is_qualified && head > start + 1 && words.can_only_be(head - 1, "nouns/verbs") {
            head -= 1;
        }
        // "The worker states has": a verb, and a word is missing.
        let is_said = words.can_be(head, "verbs") && words.is_before("persons", head);
        if !is_noun(words, head) || is_said {
            return None;
        }
        let mut first = head;
        while first > start && head - first < MODIFIERS && is_modifier(words, first - 1) {
            first -= 1;
        }
        let mut phrase = Self { words, determiner: "", first, head, verb, edge: Edge::Clause };
        if first > start
            && (["determiners", "articles", "many"].iter().any(|set| words.is_at(set, first - 1))
                || words.word(first - 1) == "no")
        {
            phrase.determiner = words.word(first - 1);
            first -= 1;
        }
        phrase.edge = phrase.edge(first)?;
        Some(phrase)
    }

    fn edge(&self, first: usize) -> Option<Edge> {
        let words = self.words;
        let start = words.sentence.tokens.start;
        if first == start {
            return Some(Edge::Clause);
        }
        let before = words.context.word(first - 1);
        match before {
            ";" => Some(Edge::Clause),
            "," if self.is_led_in(first - 1) || self.follows_clause(first - 1) => Some(Edge::Clause),
            "and" if self.begins_clause(first - 1) => Some(Edge::Clause),
            "," | "and" => Some(Edge::Joint(first - 1)),
            // "A complete but temporary response".
            "but" if self.determiner.is_empty() => None,
            // "While the muscle wastes is": a verb.
            _ if self.may_end_in_verb() => None,
            before if words.is_in("clauses", before) => Some(Edge::Clause),
            // Not "ten years since the slip are".
            "since" => (words.context.word(first.checked_sub(2)?) == ",").then_some(Edge::Clause),
            // "If the fusion were to take place": a wish.
            before if words.is_in("conditions", before) && words.word(self.verb) != "were" => {
                Some(Edge::Clause)
            }
            _ => None,
        }
    }

    /// Whether its last noun may be a verb: "the section lists", but not "plain films".
    fn may_end_in_verb(&self) -> bool {
        let is_described = self.head > self.first && self.words.can_be(self.head - 1, "adjective");
        self.words.can_be(self.head, "verbs") && !is_described
    }

    /// Whether a comma ends what leads in to the sentence: "On examination, spasms".
    fn is_led_in(&self, comma: usize) -> bool {
        let (words, start) = (self.words, self.words.sentence.tokens.start);
        (words.is_at("leads-in", start) || words.is_at("attaches", start))
            && (start..comma).all(|at| words.context.word(at) != "," && !words.is_at("finite", at))
    }

    /// Whether an "and" joins a clause to another, and no element to a list: "the level fell, and her movements".
    fn begins_clause(&self, and: usize) -> bool {
        let words = self.words;
        let comma = and.checked_sub(1).filter(|&comma| words.context.word(comma) == ",");
        comma.is_some_and(|comma| self.follows_clause(comma))
    }

    /// Whether a verb stands before a comma, behind the mark before it: "the level fell,".
    fn follows_clause(&self, comma: usize) -> bool {
        let words = self.words;
        let mut before = (words.sentence.tokens.start..comma).rev();
        let is_finite = |at: usize| words.is_at("finite", at) || words.can_be(at, "verbs/past");
        let found = before.find(|&at| is_finite(at) || matches!(words.context.word(at), "," | ";"));
        !self.determiner.is_empty() && found.is_some_and(is_finite)
    }

    /// Whether it certainly speaks of several: a noun that is nothing but a plural, and no other subject before it.
    fn is_of_several(&self) -> bool {
        let words = self.words;
        let head = words.word(self.head);
        let is_plural = words.can_only_be(self.head, "nouns/verbs") && !words.is_in("collective", head);
        // "Twelve visits is long", "six months is enough": an amount is one thing.
        let is_amount = words.is_in("measure", head)
            || words.is_in("courses", head)
                && self.determiner.is_empty()
                && (self.first..self.head).any(|at| is_count(words, at));
        let is_of_each =
            matches!(self.determiner, "a" | "an" | "one" | "each" | "every" | "this" | "another" | "neither");
        let is_subject = match self.edge {
            Edge::Clause => true,
            Edge::Joint(at) => !self.may_go_on(at),
        };
        // "Genetics is", but "orthotics are".
        let is_field = head.ends_with("ics") && !words.is_in("plurals", head);
        is_plural && !is_field && !is_amount && !is_of_each && is_subject
    }

    /// Whether a determiner and a single thing make it.
    fn is_one_determined(&self) -> bool {
        !self.determiner.is_empty() && self.is_of_one()
    }

    /// Whether it certainly speaks of one thing.
    fn is_of_one(&self) -> bool {
        let words = self.words;
        let head = words.word(self.head);
        let is_several = words.is_in("many", self.determiner) || matches!(self.determiner, "all" | "neither");
        let is_plural = |at: usize| is_count(words, at) || !words.can_only_be(at, "noun/adjective");
        self.edge == Edge::Clause
            && words.can_only_be(self.head, if self.determiner.is_empty() { "noun" } else { "noun/verb" })
            && !words.is_in("collective", head)
            && !is_several
            && !(self.first..self.head).any(is_plural)
    }

    /// Whether the phrase may be the last of a list that hangs on a word before it: "pain of the neck and shoulders is".
    fn may_go_on(&self, joint: usize) -> bool {
        let words = self.words;
        let before = (words.sentence.tokens.start..joint).rev();
        let is_finite = |at: usize| {
            words.is_at("finite", at)
                || words.can_only_be(at, "verbs/past")
                || matches!(words.context.word(at), ";" | ":")
        };
        let hangs = |at: usize| {
            words.is_at("attaches", at)
                || words.is_at("leads-noun", at)
                || words.can_be(at, "gerund")
                || words.can_only_be(at, "verb")
        };
        // "Strength is 4/5 with effort, and reflexes": no list of two has a comma.
        let commas =
            before.clone().take_while(|&at| !is_finite(at)).filter(|&at| words.context.word(at) == ",");
        let begins_clause = words.context.word(joint) == "and"
            && words.context.word(joint.saturating_sub(1)) == ","
            && commas.count() == 1
            && before.clone().any(is_finite);
        !begins_clause && before.take_while(|&at| !is_finite(at)).any(hangs)
    }
}

/// A word in small letters, or a sentence's first.
fn is_plain(words: &SentenceWords<'_>, at: usize) -> bool {
    let mut letters = words.context.word(at).bytes();
    let is_small = |byte: u8| byte.is_ascii_lowercase();
    letters.next().is_some_and(|first| is_small(first) || at == words.sentence.tokens.start)
        && letters.all(is_small)
}

fn is_noun(words: &SentenceWords<'_>, at: usize) -> bool {
    let is_determined = at.checked_sub(1).is_some_and(|before| {
        ["determiners", "articles"].iter().any(|set| words.is_at(set, before))
            || words.can_only_be(before, "adjective")
    });
    let parts = if is_determined { "noun/nouns/verb/verbs" } else { "noun/nouns/verbs" };
    is_plain(words, at) && words.can_only_be(at, parts) && words.can_be(at, "noun/nouns")
}

/// A number of things.
fn is_count(words: &SentenceWords<'_>, at: usize) -> bool {
    words.is_at("numbers", at) || words.context.kind(at) == Some(TokenKind::Number)
}

/// A word that may stand between a determiner and its noun, and is no verb.
fn is_modifier(words: &SentenceWords<'_>, at: usize) -> bool {
    let is_described =
        is_plain(words, at) && words.can_be(at, "adjective/noun") && !words.can_be(at, "gerund/verbs");
    is_described || is_name(words, at) || words.is_at("numbers", at)
}

/// A word of which nothing is known: an eponym, a drug, a term.
fn is_name(words: &SentenceWords<'_>, at: usize) -> bool {
    words.parts(at).is_none() && !words.word(at).is_empty() && !words.is_at("breaks", at)
}
