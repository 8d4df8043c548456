//! The subject that stands right before its verb, whatever its nouns: "impingement signs was", "Cartilage loss are".

use crate::engine::SentenceWords;
use crate::text::TokenKind;

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
pub fn wanted(words: &SentenceWords<'_>, verb: usize, found: &str) -> Option<&'static str> {
    let (is_of_one, wanted) = match found {
        "is" => (true, "are"),
        "was" => (true, "were"),
        "has" => (true, "have"),
        "does" => (true, "do"),
        "are" => (false, "is"),
        "were" => (false, "was"),
        "have" => (false, "has"),
        "do" => (false, "does"),
        _ => return None,
    };
    let phrase = Phrase::before(words, verb)?;
    let agrees_not = if is_of_one { phrase.is_of_several() } else { phrase.is_of_one() };
    agrees_not.then_some(wanted)
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
        let mut phrase = Self { words, determiner: "", first, head, edge: Edge::Clause };
        if first > start
            && (["determiners", "articles", "many"].iter().any(|set| words.is_at(set, first - 1)))
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
            "," if self.is_led_in(first - 1) => Some(Edge::Clause),
            "and" if self.begins_clause(first - 1) => Some(Edge::Clause),
            "," | "and" => Some(Edge::Joint(first - 1)),
            // "A complete but temporary response".
            "but" if self.determiner.is_empty() => None,
            // "While the muscle wastes is": a verb.
            _ if words.can_be(self.head, "verbs") => None,
            before if words.is_in("clauses", before) => Some(Edge::Clause),
            _ => None,
        }
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
        comma.is_some_and(|comma| {
            let mut before = (words.sentence.tokens.start..comma).rev();
            let is_finite = |at: usize| words.is_at("finite", at) || words.can_be(at, "verbs/past");
            let found = before.find(|&at| is_finite(at) || matches!(words.context.word(at), "," | ";"));
            !self.determiner.is_empty() && found.is_some_and(is_finite)
        })
    }

    /// Whether it certainly speaks of several: a noun that is nothing but a plural, and no other subject before it.
    fn is_of_several(&self) -> bool {
        let words = self.words;
        let head = words.word(self.head);
        let is_plural = words.can_only_be(self.head, "nouns/verbs") && !words.is_in("collective", head);
        // "Twelve visits is long", "six months is enough": an amount is one thing.
        let is_amount = words.is_in("measure", head)
            || self.determiner.is_empty() && (self.first..self.head).any(|at| is_count(words, at));
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

    /// Whether it certainly speaks of one thing.
    fn is_of_one(&self) -> bool {
        let words = self.words;
        let head = words.word(self.head);
        let is_several =
            words.is_in("many", self.determiner) || matches!(self.determiner, "all" | "no" | "neither");
        let is_plural = |at: usize| is_count(words, at) || !words.can_only_be(at, "noun/adjective");
        self.edge == Edge::Clause
            && words.can_only_be(self.head, "noun")
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
        before.take_while(|&at| !is_finite(at)).any(hangs)
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
    is_plain(words, at) && words.can_only_be(at, "noun/nouns/verbs") && words.can_be(at, "noun/nouns")
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
