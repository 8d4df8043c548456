//! A word that the words beside it need: what the patterns of its file cannot say of whole kinds of words.

use crate::engine::{Arg, Draft, SentenceWords, Sink};
use crate::text::verb::{Form, verb};
use crate::text::{Gap, Parts, TokenKind};

/// Words of the shortest sentence that is looked at for its end: shorter ones are notes; and before a short sentence's verb.
const SHORTEST: usize = 4;
/// Words between "have" and a "been" that belongs to it: they may stand in another part of the sentence.
const PLACE_WORDS: usize = 8;

pub fn check(words: &SentenceWords<'_>, sink: &mut Sink) {
    let reader = Reader { words: *words };
    if let Some((first, last)) = reader.verb().or_else(|| reader.no_verb()) {
        sink.push(reader.draft(first, last));
    }
    for at in words.sentence.tokens.clone() {
        let word = reader.words.word(at);
        if word.is_empty() {
            continue;
        }
        let lost = reader
            .noun(at, word)
            .or_else(|| reader.object_of_preposition(at, word))
            .or_else(|| reader.predicate(at, word))
            .or_else(|| reader.object(at, word))
            .or_else(|| reader.existence(at, word))
            .or_else(|| reader.auxiliary(at, word))
            .or_else(|| reader.infinitive(at, word))
            .or_else(|| reader.second_part(at, word))
            .or_else(|| reader.range(at, word))
            .or_else(|| reader.link(at, word));
        if let Some((first, last)) = lost {
            sink.push(reader.draft(first, last));
        }
    }
}

struct Reader<'a> {
    words: SentenceWords<'a>,
}

/// The first and the last token between or beside which a word is lost.
type Lost = Option<(usize, usize)>;

impl<'a> Reader<'a> {
    /// Whether the sentence ends behind a token.
    fn ends_at(&self, at: usize) -> bool {
        self.words.sentence.tokens.contains(&(at + 1))
            && self.words.context.word(at + 1) == "."
            && self.words.context.is_glued(at + 1)
            && at + 2 == self.words.sentence.tokens.end
            && self.words.sentence.tokens.len() > SHORTEST
    }

    /// Whether a word is written in small letters and belongs to no compound.
    fn is_plain(&self, at: usize) -> bool {
        let is_joined = |mark: usize| {
            self.words.context.is_glued(mark)
                && matches!(
                    self.words.context.word(mark),
                    "-" | "/" | "\u{2013}" | "\u{2019}" | "'" | "\"" | "\u{201d}"
                )
        };
        self.words.context.word(at).bytes().all(|byte| byte.is_ascii_lowercase()) && !is_joined(at + 1)
    }

    /// No word before a token begins a clause that hangs on another, and no clause stands before it.
    fn is_in_first_clause(&self, at: usize) -> bool {
        (self.words.sentence.tokens.start..at).all(|before| {
            let word = self.words.context.content.tokens[before].small(self.words.context.content.text());
            !self.words.is_in("clauses", word) && !self.words.is_in("finite", word)
        })
    }

    /// No word before a token can take up what stands behind it elsewhere ("which the guideline does not address").
    fn has_no_antecedent(&self, at: usize) -> bool {
        (self.words.sentence.tokens.start..at).all(|before| {
            let word = self.words.context.content.tokens[before].small(self.words.context.content.text());
            !self.words.is_in("relatives", word) && word != ","
        })
    }

    /// "taken", "referred", "asking": a preposition behind it may have its noun before.
    fn is_verbal(&self, word: &str) -> bool {
        word.ends_with("ed")
            || word.ends_with("ing")
            || verb(word).is_some()
            || self.words.is_in("particles", word)
    }

    /// "The of the knee", "with a and", "rates the as": a determiner and a word that begins no noun.
    fn noun(&self, at: usize, word: &str) -> Lost {
        if !self.words.is_in("determiners", word) || self.is_letter(at) {
            return None;
        }
        let next = at + 1;
        let ends = self.words.context.is_glued(next)
            && matches!(self.words.context.word(next), "." | ",")
            && word != "a";
        let follows = self.words.word(next);
        // "An at least partial tear", "the to and fro".
        let is_set = self.words.is_at("set-behind", next + 1);
        let lost = self.words.is_in("begins-no-noun", follows) && self.is_plain(next) && !is_set;
        (self.is_plain(at) || at == self.words.sentence.tokens.start)
            .then_some((at, next))
            .filter(|_| lost || ends)
    }

    /// "Vitamin A is", "plan a and plan b": a letter that names.
    fn is_letter(&self, at: usize) -> bool {
        self.words.context.word(at) == "A" && at > self.words.sentence.tokens.start
            || self.words.is_before("names-letter", at)
    }

    /// "The use of is", "The cause of the pain was a lack of."
    fn object_of_preposition(&self, at: usize, word: &str) -> Lost {
        if !self.words.is_in("prepositions", word) || !self.is_plain(at) {
            return None;
        }
        let before = self.words.before(at);
        if before.is_empty() || self.is_verbal(before) {
            return None;
        }
        let next = at + 1;
        let follows = self.words.is_at("finite", next) && self.is_plain(next) && self.is_in_first_clause(at);
        let ends = self.ends_at(at) && self.words.is_in("of", word) && self.has_no_antecedent(at);
        (follows || ends).then_some((at, if follows { next } else { at }))
    }

    /// "The pain was.": nothing is said of the subject; "no single one is" takes up what was said before.
    fn predicate(&self, at: usize, word: &str) -> Lost {
        let is_copula = matches!(word, "is" | "was" | "are" | "were");
        let takes_up = self.words.is_before("takes-up", at);
        (is_copula && !takes_up && self.ends_at(at) && self.is_in_first_clause(at)).then_some((at, at))
    }

    /// "The guideline does not discuss.", "The scan reveals.", "He underwent on Monday."
    fn object(&self, at: usize, word: &str) -> Lost {
        if self.words.is_in("undergoes", word) {
            let next = self.words.word(at + 1);
            let is_active = !matches!(self.words.before(at), "be" | "been" | "was" | "were");
            // "The third one this patient underwent.", "underwent in situ pinning".
            let ends = self.ends_at(at) && at <= self.words.sentence.tokens.start + SHORTEST;
            let lacks =
                ends || self.words.is_in("begins-no-object", next) && self.words.word(at + 2) != "situ";
            return (is_active && lacks && self.has_no_antecedent(at)).then_some((at, at));
        }
        if !self.ends_at(at) || !self.has_no_antecedent(at) {
            return None;
        }
        if self.hangs_on_noun(at) {
            return None;
        }
        let mut helper = at;
        while self.words.is_before("between", helper) {
            helper -= 1;
        }
        let is_base = self.words.is_in("takes-object", word) && self.words.is_before("helpers", helper);
        let is_third = self.words.is_in("takes-object-third", word)
            && at > self.words.sentence.tokens.start + 1
            && !self.words.is_before("before-plural", at);
        (is_base || is_third).then_some((at, at))
    }

    /// "A drug the guideline does not endorse": a subject behind a noun.
    fn hangs_on_noun(&self, at: usize) -> bool {
        let mut words = (self.words.sentence.tokens.start..at).rev();
        let subject = words.find(|&at| {
            let word = self.words.word(at);
            self.words.is_in("determiners", word) || self.words.is_in("subjects", word)
        });
        subject.is_some_and(|subject| {
            let before = self.words.before(subject);
            !before.is_empty() && !self.words.is_in("joins", before)
        })
    }

    /// "There tenderness over the joint", "There was over the muscles."
    fn existence(&self, at: usize, word: &str) -> Lost {
        if word != "there" {
            return None;
        }
        let next = at + 1;
        let follows = self.words.word(next);
        if at == self.words.sentence.tokens.start && self.words.is_in("not-there", follows) {
            return Some((at, at));
        }
        let is_place = self.words.is_at("places", next + 1) && self.words.is_at("determiners", next + 2);
        if !matches!(follows, "is" | "was" | "are" | "were") || !is_place {
            return None;
        }
        let is_end = |at: usize| {
            self.words.context.is_glued(at) && self.words.context.kind(at) == Some(TokenKind::Mark)
                || matches!(self.words.word(at), "and" | "but" | "with")
        };
        let end = (next + 3..self.words.sentence.tokens.end).find(|&at| is_end(at))?;
        let names_nothing = end > next + 3
            && end < next + 3 + PLACE_WORDS
            && (next + 3..end).all(|at| {
                let word = self.words.word(at);
                !word.is_empty()
                    && !self.words.is_in("amounts", word)
                    && !self.words.is_in("determiners", word)
            });
        names_nothing.then_some((next + 1, next + 1))
    }

    /// "The patient been off work", "the request should denied."
    fn auxiliary(&self, at: usize, word: &str) -> Lost {
        if word == "been" {
            let has = (self.words.sentence.tokens.start..at).any(|before| {
                let word = self.words.context.content.tokens[before].small(self.words.context.content.text());
                self.words.is_in("have", word) || word.contains('\'')
            });
            return (!has && at > self.words.sentence.tokens.start && self.is_plain(at)).then_some((at, at));
        }
        let is_modal = self.words.is_in("sure-modals", word) && self.is_plain(at);
        let before = self.words.before(at);
        if !is_modal || before.is_empty() || self.words.is_in("determiners", before) {
            return None;
        }
        let mut done = at + 1;
        while self.words.is_at("between", done) {
            done += 1;
        }
        let participle = self.words.word(done);
        let is_done = matches!(verb(participle), Some((verb, Form::Past)) if verb.past == verb.participle && verb.past != verb.base);
        let ends = self.ends_at(done) || self.words.is_at("behind-passive", done + 1);
        (is_done && ends).then_some((at, at))
    }

    /// "unable walk", "was told avoid stairs".
    fn infinitive(&self, at: usize, word: &str) -> Lost {
        if !self.words.is_in("wants-to", word) || self.words.is_before("unless-before", at) {
            return None;
        }
        let next = at + 1;
        let is_base = matches!(verb(self.words.word(next)), Some((verb, Form::Base)) if !verb.is_noun && verb.base != verb.past);
        (is_base && self.is_plain(next)).then_some((at, at))
    }

    /// "The provider requesting a scan.", "He not able to squat.": a sentence with a subject and no verb.
    fn verb(&self) -> Lost {
        let tokens = self.words.sentence.tokens.clone();
        let content = self.words.context.content;
        let is_whole = tokens.len() > SHORTEST && self.words.context.word(tokens.end - 1) == ".";
        let opens = self.words.word(tokens.start);
        let head = if matches!(opens, "he" | "she") {
            tokens.start
        } else if is_whole && matches!(opens, "the" | "this" | "his" | "her") {
            (tokens.start + 1..tokens.start + SHORTEST).find(|&at| self.words.is_at("heads", at))?
        } else {
            return None;
        };
        let next = head + 1;
        let follows = self.words.word(next);
        let is_going_on = follows.strip_suffix("ing").is_some_and(|stem| {
            let is_base = |base: &str| matches!(verb(base), Some((_, Form::Base)));
            is_base(stem) || is_base(&format!("{stem}e"))
        });
        let is_lost = is_going_on
            || self.words.is_in("needs-copula", follows)
            || self.words.is_in("passives", follows)
                && self.words.is_at("things", head)
                && !["cardinal", "determiners"].iter().any(|set| self.words.is_at(set, next + 1));
        let may_be_verb = |at: usize| {
            let word = content.tokens[at].small(content.text());
            let is_form = matches!(verb(word), Some((_, Form::Third | Form::Past)));
            is_form
                || self.words.is_in("finite", word)
                || word.ends_with("ed")
                || word.contains('\'')
                || matches!(word, ":" | ";" | "?" | "\"")
        };
        (is_whole && is_lost && !tokens.clone().any(|at| at != next && may_be_verb(at)))
            .then_some((next, next))
    }

    /// "The findings consistent with a tear.": no word of a whole sentence can be its verb.
    fn no_verb(&self) -> Lost {
        let content = self.words.context.content;
        let tokens = self.words.sentence.tokens.clone();
        let (start, end) = (tokens.start, tokens.end.checked_sub(1)?);
        let is_whole = tokens.len() > SHORTEST + 1 && self.words.context.word(end) == ".";
        if !is_whole || !self.words.is_at("opens", start) {
            return None;
        }
        let may_say = (start + 1..end).any(|at| self.is_no_statement(at) || self.may_be_finite(at));
        if may_say {
            return None;
        }
        let adverb = Parts::parse("adverb")?;
        let (noun, predicate) =
            (Parts::parse("noun/nouns")?, Parts::parse("adjective/participle/past/gerund/adverb")?);
        if matches!(self.words.word(start), "he" | "she" | "it") {
            return Some((start, start + 1));
        }
        let is_noun = |at: usize| Parts::of(content.tokens[at].key).is_none_or(|parts| parts.meets(noun));
        // What is said of the noun: "consistent", "currently", "within", no adjective before another noun.
        let says = |at: usize| {
            let word = self.words.word(at);
            let parts = Parts::of(content.tokens[at].key);
            let is_said = parts.is_some_and(|parts| parts.is_within(predicate)) && !word.ends_with("self");
            let is_adverb = parts.is_some_and(|parts| parts.is_within(adverb));
            !word.is_empty()
                && (is_said && (is_adverb || !is_noun(at + 1))
                    || matches!(word, "within" | "with" | "without" | "not"))
        };
        (start + 2..end).find(|&at| is_noun(at - 1) && says(at)).map(|at| (at - 1, at))
    }

    /// Whether the word before a token can be one of some parts of speech.
    fn before_meets(&self, at: usize, wanted: Parts) -> bool {
        let before = at.checked_sub(1).filter(|_| !self.words.before(at).is_empty());
        before
            .and_then(|before| Parts::of(self.words.context.content.tokens[before].key))
            .is_some_and(|parts| parts.meets(wanted))
    }

    /// A title, a label or a gap: what has none of these is a sentence.
    fn is_no_statement(&self, at: usize) -> bool {
        let content = self.words.context.content;
        let (token, word) = (&content.tokens[at], content.word(at));
        let is_name = || word.starts_with(char::is_uppercase) && word.chars().skip(1).any(char::is_lowercase);
        match token.kind {
            TokenKind::Mark => !matches!(word, "," | "-" | "/" | "%" | "'" | "\u{2019}"),
            _ => token.gap == Gap::Blanks || is_name(),
        }
    }

    /// Whether a word may be a verb in its finite form, as far as it and the words before it tell.
    fn may_be_finite(&self, at: usize) -> bool {
        let content = self.words.context.content;
        let token = &content.tokens[at];
        if token.kind != TokenKind::Word {
            return false;
        }
        let word = token.small(content.text());
        let before = self.words.before(at);
        if self.words.is_in("finite", word) || matches!(word, "be" | "been") {
            return true;
        }
        if word.contains(['\'', '\u{2019}']) {
            return !self.words.is_in("determiners", before);
        }
        if self.words.is_in("never-before-verb", before) {
            return false;
        }
        // "The surgery not supported", "the scan performed by": a participle, which some other word has to make a verb.
        let is_participle = matches!(verb(word), Some((verb, Form::Past)) if verb.past == verb.participle && verb.past != verb.base);
        if is_participle && (before == "not" || self.words.word(at + 1) == "by") {
            return false;
        }
        let wanted = |names: &str| Parts::parse(names);
        let (Some(parts), Some(finite), Some(base), Some(several)) =
            (Parts::of(token.key), wanted("verbs/past"), wanted("verb"), wanted("nouns"))
        else {
            return word.ends_with("ed") || word.ends_with('s');
        };
        // "He deny", "the claimant walk": a verb in another form.
        if before != "to"
            && (parts.is_within(base) || parts.meets(base) && self.words.is_in("persons", before))
        {
            return true;
        }
        let follows_several = || {
            (self.words.sentence.tokens.start..at).any(|earlier| {
                let token = &content.tokens[earlier];
                matches!(token.small(content.text()), "and" | "or" | "these" | "those")
                    || Parts::of(token.key).map_or_else(
                        || {
                            token.small(content.text()).ends_with('s')
                                && !self.words.context.word(earlier).contains(['\'', '\u{2019}'])
                        },
                        |parts| parts.meets(several),
                    )
            })
        };
        // "Within normal limits.": a noun behind its adjective.
        let is_last = self.words.context.word(at + 1) == "." && parts.meets(several);
        let qualifies = |names: &str| wanted(names).is_some_and(|wanted| self.before_meets(at, wanted));
        if is_last && qualifies("adjective") {
            return false;
        }
        parts.meets(finite) || parts.meets(base) && before != "to" && follows_several()
    }

    /// "For the neck and.", "a prescription for and told to return".
    fn second_part(&self, at: usize, word: &str) -> Lost {
        if !matches!(word, "and" | "or") || !self.is_plain(at) {
            return None;
        }
        let shares_noun = || {
            let rest = at + 1..(at + PLACE_WORDS).min(self.words.sentence.tokens.end);
            rest.into_iter()
                .any(|at| self.words.is_at("any-preposition", at) || self.words.is_at("determiners", at))
        };
        let before = at.checked_sub(2).map_or("", |before| self.words.word(before));
        let is_open = matches!(self.words.before(at), "for" | "of")
            && !before.is_empty()
            && !self.is_verbal(before)
            && !shares_noun();
        (is_open || self.ends_at(at)).then_some((at, at))
    }

    /// "A tear the medial meniscus", "pain the low back": a noun and another with its article, and no verb that follows.
    fn link(&self, at: usize, word: &str) -> Lost {
        if !self.words.is_in("articles", word)
            || at < self.words.sentence.tokens.start + 2
            || !self.is_plain(at)
        {
            return None;
        }
        let (before, earlier) = (self.words.before(at), self.words.word(at - 2));
        let (noun, content) = (Parts::parse("noun")?, self.words.context.content);
        let is_noun = Parts::of(content.tokens[at - 1].key).is_some_and(|parts| parts.is_within(noun));
        // "In fact the cause", "in his view the cause", "worth the cost".
        let stands_apart =
            self.words.is_in("adverbial", before) || self.words.is_in("any-preposition", earlier);
        // "Will biopsy the mass": what looks like a noun is one behind its article or its adjective.
        let is_phrase = self.words.is_in("determiners", earlier) || self.before_meets_only_adjective(at - 1);
        let is_degree = self.words.is_at("degrees", at + 1);
        // "Is in the guideline a reason to test": what stands between "is" and what it says.
        let is_between = at.checked_sub(4).is_some_and(|be| {
            self.words.is_at("any-preposition", be + 1)
                && matches!(self.words.word(be), "is" | "are" | "was" | "were")
        });
        if !is_noun || stands_apart || !is_phrase || is_degree || is_between || !self.is_plain(at - 1) {
            return None;
        }
        let start = (self.words.sentence.tokens.start..at)
            .rev()
            .find(|&at| self.ends_clause(at))
            .map_or(self.words.sentence.tokens.start, |at| at + 1);
        let end = (at..self.words.sentence.tokens.end).find(|&at| self.ends_clause(at))?;
        let says = |at: usize| {
            let word = content.tokens[at].small(content.text());
            self.words.is_in("finite", word) || Parts::can_be(content.tokens[at].key, "verbs/past")
        };
        let takes_two = |at: usize| self.words.context.set("takes-two").has(content.tokens[at].key);
        let may_be_time = |at: usize| self.words.context.set("times").has(content.tokens[at].key);
        let is_lost = (start..at - 1).any(says)
            && !(start..at).any(takes_two)
            && !(at + 1..end).any(|at| may_be_time(at) || self.is_no_statement(at) || self.may_say(at));
        is_lost.then_some((at - 1, at))
    }

    /// A mark that ends a clause.
    fn ends_clause(&self, at: usize) -> bool {
        self.words.context.content.tokens[at].kind == TokenKind::Mark
            && matches!(self.words.context.word(at), "." | "," | ";" | ":" | "(" | "?")
    }

    /// Whether a word may be a verb in any form, or begins a clause.
    fn may_say(&self, at: usize) -> bool {
        let token = &self.words.context.content.tokens[at];
        let word = token.small(self.words.context.content.text());
        let may_be_base = || {
            Parts::can_be(token.key, "verb")
                && !self.words.is_before("determiners", at)
                && !self.words.is_before("any-preposition", at)
                && !self.before_meets_only_adjective(at)
        };
        self.may_be_finite(at) || self.words.is_in("clauses", word) || may_be_base()
    }

    fn before_meets_only_adjective(&self, at: usize) -> bool {
        !self.words.before(at).is_empty()
            && Parts::can_only_be(self.words.context.content.tokens[at - 1].key, "adjective")
    }

    /// "7 10", "7 out 10".
    fn range(&self, at: usize, word: &str) -> Lost {
        let is_number = |at: usize| {
            self.words.sentence.tokens.contains(&at)
                && self.words.context.kind(at) == Some(TokenKind::Number)
                && self.words.context.gap(at).is_some_and(Gap::is_space)
                && self.words.context.word(at).parse::<u32>().is_ok()
        };
        let is_score =
            |at: usize| is_number(at) && is_number(at + 1) && self.words.context.word(at + 1) == "10";
        match word {
            _ if self.words.is_in("before-score", word)
                && is_score(at + 1)
                && (self.ends_at(at + 2) || self.words.is_at("behind-score", at + 3)) =>
            {
                Some((at + 1, at + 2))
            }
            "out" if at > 0 && is_number(at - 1) && is_number(at + 1) => Some((at - 1, at + 1)),
            _ => None,
        }
    }

    fn draft(&self, first: usize, last: usize) -> Draft {
        let tokens = &self.words.context.content.tokens;
        let span = tokens[first].span.start..tokens[last.min(tokens.len() - 1)].span.end;
        let found = &self.words.context.content.text()[span.clone()];
        Draft::new(self.words.context.place(span.clone()), "message").arg("found", Arg::letter(found))
    }
}
