//! Whether an age can be the patient's, and of which time it is.

use std::ops::Range;
use std::sync::LazyLock;

use foldhash::HashSet;

use super::{AgeTime, Form};
use crate::letter::facts::phrase::{Phrases, words_of};
use crate::letter::facts::words::{Words, words_near};
use crate::letter::people::{Who, lexicon, statement};
use crate::letter::sentence::Sentence;
use crate::text::{Parts, Span, Token, key};

/// Described in its header.
const TABLE: &str = include_str!("words.tsv");

/// How many words around an age are looked at.
const WINDOW: usize = 30;
/// How far before an age a relative is its owner, in words.
const OWNER_REACH: usize = 6;
/// How far behind "42-year-old" its noun is looked for, in words.
const NOUN_REACH: usize = 8;
/// How far before an age the article of its adjectives may stand, in words.
const ADJECTIVE_REACH: usize = 5;
/// How far behind "40-year-old male" the time of the injury may stand, in words.
const TIME_REACH: usize = 3;

static THINGS: LazyLock<HashSet<&str>> = LazyLock::new(|| words_of(TABLE, "thing"));
static PHRASE_END: LazyLock<HashSet<&str>> = LazyLock::new(|| words_of(TABLE, "phrase-end"));
static SEVERAL: LazyLock<HashSet<&str>> = LazyLock::new(|| words_of(TABLE, "several"));
static BEFORE: LazyLock<HashSet<&str>> = LazyLock::new(|| words_of(TABLE, "before"));
static SUBJECTS: LazyLock<HashSet<&str>> = LazyLock::new(|| words_of(TABLE, "subject"));
static ADJECTIVES: LazyLock<HashSet<&str>> = LazyLock::new(|| words_of(TABLE, "adjective"));
static LEADS: LazyLock<HashSet<&str>> = LazyLock::new(|| words_of(TABLE, "lead"));
static SOMEBODY_ELSE: LazyLock<HashSet<&str>> = LazyLock::new(|| words_of(TABLE, "somebody-else"));
static AFTER: LazyLock<Phrases<()>> = LazyLock::new(|| Phrases::of_kind(TABLE, "after", ()));
static INJURY: LazyLock<Phrases<()>> = LazyLock::new(|| Phrases::of_kind(TABLE, "injury", ()));
static PAST: LazyLock<Phrases<()>> = LazyLock::new(|| Phrases::of_kind(TABLE, "past", ()));

/// An age among the words of its sentence.
pub(super) struct Statement<'t> {
    words: Words<'t>,
    /// The words of the age itself.
    age: Range<usize>,
}

impl<'t> Statement<'t> {
    pub fn read(text: &'t str, tokens: &'t [Token], sentence: &Sentence, age: &Span) -> Self {
        let (words, age) = words_near(text, tokens, sentence, age, WINDOW);
        Self { words, age }
    }

    /// When the patient was so old; nothing where the age is another's, a thing's or a limit.
    pub fn time(&self, form: Form) -> Option<AgeTime> {
        if self.is_limit(form) || self.is_anothers() {
            return None;
        }
        let is_patients = match form {
            Form::Old => self.is_persons_noun() || self.is_predicate() || self.follows_person(),
            Form::Sexed => self.is_introduced(self.age.start) && self.ends_person_of(),
            Form::OfAge | Form::Aged => {
                self.is_predicate() || self.follows_person() || self.is_said_to_be_at()
            }
            Form::Label => true,
            Form::AgeOf => {
                self.is_of_patient(self.age.start.saturating_sub(2))
                    || self.is_at_age_of()
                    || self.is_said_to_be_at()
            }
            Form::At => self.age.start == 1 && self.is_said_to_be_at(),
            Form::Apposed => self.follows_person(),
            Form::PersonOf => self.is_introduced(self.age.start.saturating_sub(2)) && self.ends_person_of(),
            Form::Bare | Form::Is => self.is_predicate(),
            Form::Bracketed => self.back(1) == "(" && statement::noun(self.back(2)).is_some(),
        };
        if !is_patients {
            return None;
        }
        let leads = |at: usize| INJURY.stands_at(&self.words, at);
        if self.stands_behind(&INJURY) || (0..self.age.start).any(leads) && self.is_told_of_past() {
            return Some(AgeTime::Injury);
        }
        (!matches!(form, Form::Bare | Form::Bracketed) && !self.is_of_past()).then_some(AgeTime::Now)
    }

    fn word(&self, at: usize) -> &str {
        self.words.bare(at)
    }

    /// "The claimant, at the age of 84, has both."
    fn is_at_age_of(&self) -> bool {
        let Some(comma) = self.age.start.checked_sub(5) else { return false };
        let is_phrase = (1..5).all(|nth| self.word(comma + nth) == ["at", "the", "age", "of"][nth - 1]);
        is_phrase
            && self.word(comma) == ","
            && self.word(self.age.end) == ","
            && comma > 0
            && (is_patient(self.word(comma - 1)) || SUBJECTS.contains(self.word(comma - 1)))
    }

    /// "He was 46 years old at the time": of the injury, where the sentence before tells of that.
    pub fn is_of_injury_before(&self, form: Form, text: &str, tokens: &[Token], told: &Sentence) -> bool {
        let ends = |at: usize| matches!(self.word(at), "" | "." | "," | ";");
        let end = self.age.end;
        let is_then = self.word(end) == "then" && ends(end + 1)
            || ["the", "that"].iter().any(|article| {
                (0..3).all(|nth| self.word(end + nth) == ["at", article, "time"][nth]) && ends(end + 3)
            });
        let before = Words::new(text, &tokens[told.tokens.clone()]);
        let tells =
            |at: usize| matches!(before.bare(at), "injury" | "injured" | "accident" | "hurt" | "fell");
        matches!(form, Form::Old | Form::Bare)
            && is_then
            && self.is_predicate()
            && !self.is_anothers()
            && (0..before.len()).any(tells)
    }

    /// "At 47 years of age, the patient is young for it."
    fn is_said_to_be_at(&self) -> bool {
        let start = match (self.back(1), self.back(2), self.back(3)) {
            ("of", "age", "the") => 4,
            ("age", ..) => 2,
            _ => 1,
        };
        let end = self.words.len().min(self.age.end + NOUN_REACH);
        let mut behind = (self.age.end..end).skip_while(|&at| matches!(self.word(at), "," | "the" | "this"));
        let subject = behind.next().is_some_and(|at| SUBJECTS.contains(self.word(at)));
        let mut behind = behind.skip_while(|&at| self.word(at) == "still");
        let is_now = behind.next().is_some_and(|at| self.tells_of_now(at));
        matches!(self.back(start), "at") && subject && is_now
    }

    /// "is", "works": a verb of the present.
    fn tells_of_now(&self, at: usize) -> bool {
        matches!(self.word(at), "is" | "has") || Parts::can_be(key(self.word(at)), "verbs")
    }

    /// "her age of", "the patient's age is": whether a word is "age" and the patient's.
    fn is_of_patient(&self, at: usize) -> bool {
        let Some(mut owner) = at.checked_sub(1).filter(|_| self.word(at) == "age") else { return false };
        if owner > 0
            && matches!(
                self.word(owner),
                "stated" | "current" | "present" | "given" | "chronological" | "young" | "advanced"
            )
        {
            owner -= 1;
        }
        let is_owner = self.words.is_possessive(owner) && is_patient(self.word(owner));
        is_owner || matches!(self.word(owner), "his" | "her")
    }

    /// "the patient was 43": of a time that has gone.
    fn is_told_of_past(&self) -> bool {
        self.words.bare_in(0..self.age.start).rev().take(3).any(|word| word == "was")
    }

    /// The word so many words before the age, 1 being the nearest.
    fn back(&self, count: usize) -> &str {
        self.age.start.checked_sub(count).map_or("", |at| self.word(at))
    }

    /// "patients aged 18 to 65", "over 50 years of age", "42-year-olds".
    fn is_limit(&self, form: Form) -> bool {
        // "aged 42": the word before "aged" counts.
        let first = if form == Form::Aged { 2 } else { 1 };
        let joined = matches!(self.back(first), "-" | "–" | "—" | "to" | "and" | "or");
        let is_range = joined && self.age.start.checked_sub(first + 1).is_some_and(|at| self.is_number(at));
        let near = self.age.start.saturating_sub(3)..self.age.start;
        let limited = form != Form::Label && BEFORE.contains(self.back(first));
        let several = near.clone().any(|at| SEVERAL.contains(self.word(at)));
        let open = AFTER.stands_at(&self.words, self.age.end)
            && (self.is_number(self.age.end + 1)
                || matches!(
                    self.word(self.age.end + 1),
                    "older" | "over" | "above" | "more" | "younger" | "under"
                ));
        let goes_on = matches!(self.word(self.age.end), "-" | "–") && self.is_number(self.age.end + 1);
        is_range
            || limited
            || several
            || open
            || goes_on
            || self.noun().is_some_and(|at| SEVERAL.contains(self.word(at)))
    }

    fn is_number(&self, at: usize) -> bool {
        self.words.is_number(at)
    }

    /// "his wife, a 42-year-old nurse", "her 12-year-old son", "a 24-year-old colleague".
    fn is_anothers(&self) -> bool {
        let before = self.age.start.saturating_sub(OWNER_REACH)..self.age.start;
        let named_before = before
            .rev()
            .find_map(|at| lexicon::person(self.word(at)))
            .is_some_and(|(who, _)| who == Who::Family);
        let owned = matches!(self.back(1), "his" | "her" | "their")
            || self.age.start.checked_sub(1).is_some_and(|at| self.words.is_possessive(at));
        let relative = (self.age.end..self.phrase_end())
            .find_map(|at| lexicon::person(self.word(at)))
            .is_some_and(|(who, _)| who == Who::Family);
        let somebody_else = (self.age.end..self.phrase_end()).any(|at| SOMEBODY_ELSE.contains(self.word(at)));
        named_before || owned || relative || somebody_else
    }

    /// Where the noun phrase behind the age ends.
    fn phrase_end(&self) -> usize {
        let end = self.words.len().min(self.age.end + NOUN_REACH);
        (self.age.end..end).find(|&at| PHRASE_END.contains(self.word(at))).unwrap_or(end)
    }

    /// The first word behind the age that is known to name a person or a thing.
    fn noun(&self) -> Option<usize> {
        (self.age.end..self.phrase_end()).find(|&at| {
            let word = self.word(at);
            names_person(word) || THINGS.contains(word) || SEVERAL.contains(word)
        })
    }

    /// "a 42-year-old female": a person's, introduced as the one whom the text is about.
    fn is_persons_noun(&self) -> bool {
        // "In this 42-year-old, a brace …", "the 42-year-old's brace": the noun behind is another.
        let stands_alone = matches!(self.word(self.age.end), "," | "." | "'s" | "\u{2019}s")
            || self.age.end.checked_sub(1).is_some_and(|last| self.words.is_possessive(last));
        let is_thing = !stands_alone && self.noun().is_some_and(|at| THINGS.contains(self.word(at)));
        // "the 47-year-old male claimant"
        let mut phrase = self.age.end..self.phrase_end();
        let is_known = self.back(1) == "the" && phrase.any(|at| is_patient(self.word(at)));
        !is_thing && (is_known || self.is_introduced(self.age.start))
    }

    /// Whether what begins at a word is the one whom the text is about: "The patient is a …", "This …", the start
    /// of the sentence, an apposition to the patient.
    fn is_introduced(&self, at: usize) -> bool {
        let start = self.adjectives_start(at);
        let Some(article) = start.checked_sub(1) else { return true };
        let is_article = matches!(self.word(article), "a" | "an" | "the");
        if self.word(article) == "this" {
            return true;
        }
        let lead = if is_article { article.checked_sub(1) } else { Some(article) };
        let Some(lead) = lead else { return true };
        match self.word(lead) {
            "is" | "was" => lead == 0 || self.is_subject(lead - 1),
            "as" => true,
            lead if is_article && LEADS.contains(lead) => true,
            // "attacked by a patient, a 67-year-old man"
            "," if lead > 1 && matches!(self.word(lead - 2), "a" | "another") => false,
            "," => {
                lead > 0 && (self.is_subject(lead - 1) || matches!(self.word(lead - 1), "case" | "summary"))
            }
            "of" => lead > 0 && self.word(lead - 1) == "case",
            ":" | "." | ";" | ")" | "•" | "-" => true,
            _ => false,
        }
    }

    /// Where the adjectives before an age or its person begin: listed ones, and others behind an article.
    fn adjectives_start(&self, at: usize) -> usize {
        let mut start = at;
        while start > 0 && self.is_adjective(start - 1) {
            start -= 1;
        }
        let is_article = |at: usize| matches!(self.word(at), "a" | "an" | "this");
        let before = start.saturating_sub(ADJECTIVE_REACH)..start;
        let ends = |at: usize| PHRASE_END.contains(self.word(at)) || self.is_number(at);
        match before.rev().take_while(|&at| !ends(at)).find(|&at| is_article(at)) {
            Some(article) => article + 1,
            None => start,
        }
    }

    /// Words between an article and an age or its person: "a right-handed man of 56", "a now 42-year-old".
    fn is_adjective(&self, at: usize) -> bool {
        let is_listed = |at: usize| ADJECTIVES.contains(self.word(at));
        is_listed(at) || self.word(at) == "," && at > 0 && is_listed(at - 1)
    }

    /// Whether a word can stand for the patient before "is": not "it", a thing or somebody else.
    fn is_subject(&self, at: usize) -> bool {
        let word = self.word(at);
        let is_colleague = word == "worker" && at > 0 && statement::is_of_others(self.word(at - 1));
        let is_other = is_colleague || lexicon::person(word).is_some_and(|(who, _)| who != Who::Patient);
        let capital = self.words.raw(at).starts_with(char::is_uppercase);
        let known = SUBJECTS.contains(word)
            || is_patient(word) && !is_colleague
            || matches!(word, "this" | "here" | ")");
        known || capital && !is_other && !THINGS.contains(word) && !matches!(word, "it" | "that" | "there")
    }

    /// "She is 42 years old": said of the patient, without an article.
    fn is_predicate(&self) -> bool {
        let mut at = self.age.start;
        while at > 0
            && matches!(
                self.word(at - 1),
                "now"
                    | "currently"
                    | "aged"
                    | "age"
                    | "about"
                    | "approximately"
                    | "only"
                    | "just"
                    | "still"
                    | "already"
            )
        {
            at -= 1;
        }
        let Some(verb) = at.checked_sub(1) else { return false };
        let verb = if matches!(self.word(at), "is" | "was") && at < self.age.start { at } else { verb };
        if !matches!(self.word(verb), "is" | "was") {
            return false;
        }
        let Some(subject) = verb.checked_sub(1) else { return false };
        match self.word(subject) {
            "who" => {
                let near = subject.saturating_sub(3)..subject;
                let is_this = |at: usize| {
                    at > 0 && self.word(at - 1) == "this" && statement::noun(self.word(at)).is_some()
                };
                near.clone().any(|at| is_patient(self.word(at))) || near.into_iter().any(is_this)
            }
            word => SUBJECTS.contains(word) || is_patient(word) || self.follows_title(subject),
        }
    }

    /// "Mr. Tamm", "Ms. Doe".
    fn follows_title(&self, at: usize) -> bool {
        (at.saturating_sub(3)..at).any(|before| statement::title(self.word(before)).is_some())
    }

    /// "The claimant is a female, 66 years of age", "the applicant, aged 42".
    fn follows_person(&self) -> bool {
        let mut at = self.age.start;
        while at > 0 && matches!(self.word(at - 1), "aged" | "age" | "now" | "currently" | "only" | "," | "(")
        {
            at -= 1;
        }
        let Some(noun) = at.checked_sub(1).filter(|_| at < self.age.start) else { return false };
        let is_titled = self.follows_title(at) && self.words.raw(noun).starts_with(char::is_uppercase);
        is_patient(self.word(noun))
            || is_titled
            || statement::noun(self.word(noun)).is_some() && self.is_introduced(noun)
    }

    /// "a lady of 63 who", "a man of 56 years,": not "a patient of 12 years' standing".
    fn ends_person_of(&self) -> bool {
        let next = self.word(self.age.end);
        let years = self.age.len() > 1;
        let ends = matches!(next, "" | "," | "." | "who" | "with" | "whose" | ";" | "(");
        // "In this man of 63 the muscle is not atrophied."
        let is_this = self.age.start.checked_sub(3).is_some_and(|at| self.word(at) == "this")
            && (matches!(next, "the" | "a" | "it" | "there") || self.tells_of_now(self.age.end));
        ends || is_this || !years && next == "and"
    }

    fn stands_behind(&self, phrases: &Phrases<()>) -> bool {
        let end = self.words.len().min(self.age.end + TIME_REACH + 1);
        for at in self.age.end..end {
            if phrases.stands_at(&self.words, at) {
                return true;
            }
            if PHRASE_END.contains(self.word(at)) || self.word(at) == "," {
                return false;
            }
        }
        false
    }

    /// "was 40 years old at the time of surgery": neither now nor at the injury.
    fn is_of_past(&self) -> bool {
        // "The tonsils had been removed when he was 6 years old", "since he was a 19-year-old".
        let verb = 1 + usize::from(self.back(1) == "a");
        let follows = |word: &str| {
            self.back(verb) == "was" && (verb + 1..=verb + 3).any(|back| self.back(back) == word)
        };
        follows("since")
            || self.is_told_of_past() && (PAST.stands_at(&self.words, self.age.end) || follows("when"))
    }
}

fn is_patient(word: &str) -> bool {
    lexicon::person(word).is_some_and(|(who, _)| who == Who::Patient)
}

fn names_person(word: &str) -> bool {
    lexicon::person(word).is_some() || statement::noun(word).is_some()
}
