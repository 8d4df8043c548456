//! A noun without its article, in the frames where reviewers leave it out.

use crate::engine::{Applicability, Arg, BlockContext, Draft, DraftFix, Sink};
use crate::letter::{Role, SentenceKind};
use crate::text::{Gap, Span, TokenKind};

/// In sentences there is an article to so many words, at least.
const WORDS_AN_ARTICLE: usize = 30;
/// Tokens of the longest noun that is looked at.
const LONGEST: usize = 6;

pub fn check(context: &BlockContext<'_>, sink: &mut Sink) {
    // A summary may be notes, which are telegraphic by custom: only an article that is wrong is looked for there.
    let is_text = matches!(context.role, Role::Field(_)) || is_prose(context);
    for sentence in context.content.sentences_behind_label() {
        let reader = Reader { context, end: sentence.tokens.end };
        // "Physician notes that …" is the writer's own opening.
        let opening = || {
            reader
                .opening(sentence.tokens.start)
                .or_else(|| reader.service(sentence.tokens.start))
                .filter(|_| !context.content.is_quoted(sentence.tokens.start))
        };
        if is_text && let Some(draft) = opening() {
            sink.push(draft);
        }
        if sentence.kind == SentenceKind::Attributed {
            continue;
        }
        for at in sentence.tokens.clone() {
            let draft = reader
                .aged(at)
                .or_else(|| reader.injury_date(at))
                .or_else(|| if is_text { reader.noun(at) } else { None });
            if let Some(draft) = draft {
                sink.push(draft);
            }
        }
    }
}

/// Whether a block has about as many articles as sentences have, or a sentence with a pronoun for its subject, which notes
/// leave out.
fn is_prose(context: &BlockContext<'_>) -> bool {
    let mut openings = context.content.sentences.iter().map(|sentence| context.word(sentence.tokens.start));
    if openings.any(|opening| context.is_in("pronouns", opening)) {
        return true;
    }
    let words = (0..context.content.tokens.len()).filter(|&at| context.kind(at) == Some(TokenKind::Word));
    let (articles, others): (Vec<usize>, Vec<usize>) =
        words.partition(|&at| matches!(context.word(at), "the" | "The" | "a" | "A" | "an" | "An"));
    articles.len() * WORDS_AN_ARTICLE >= others.len()
}

/// Looks at the words of one sentence.
struct Reader<'a> {
    context: &'a BlockContext<'a>,
    /// The token after the sentence.
    end: usize,
}

impl Reader<'_> {
    fn word(&self, token: usize) -> &str {
        if token < self.end { self.context.content.word(token) } else { "" }
    }

    fn is_in(&self, set: &str, token: usize) -> bool {
        self.context.is_in(set, &self.word(token).to_lowercase())
    }

    /// Whether a token follows the one before it as words follow one another.
    fn follows(&self, token: usize) -> bool {
        token < self.end && self.context.content.tokens[token].gap.is_space()
    }

    /// "Request is not medically necessary", "Injured worker reports", "MRI of the wrist was read".
    fn opening(&self, first: usize) -> Option<Draft> {
        let opener = self.word(first);
        // "MRI of 06/10/2014: a tear" is a heading.
        let heads = || (first + 1..first + LONGEST).any(|token| self.word(token) == ":");
        let is_study = self.context.is_in("studies", opener) && !heads();
        let qualified = self.is_in("before-subject", first) && self.follows(first + 1);
        let subject = first + usize::from(qualified && self.is_in("subjects", first + 1));
        let is_subject = is_study || self.is_in("subjects", subject);
        let verb = subject + 1;
        let goes_on = self.is_in("predicates", verb) || is_study && self.is_in("behind-study", verb);
        if !opener.starts_with(char::is_uppercase) || !is_subject || !self.follows(verb) || !goes_on {
            return None;
        }
        let text = &self.context.content.text()[self.span(first, subject)];
        let noun = if is_study { text.to_owned() } else { text.to_lowercase() };
        Some(self.draft(first, subject, format!("The {noun}")))
    }

    /// "Therefore, MRI of the wrist is", "Gym membership is", "Drawer test was": a service or a test as the subject.
    fn service(&self, start: usize) -> Option<Draft> {
        let leads = self.is_in("leads-in", start);
        let behind_lead = start + 1 + usize::from(self.word(start + 1) == "such");
        let first = match leads {
            true => behind_lead + usize::from(self.word(behind_lead) == ","),
            false => start,
        };
        let last = (first..first + LONGEST)
            .find(|&last| self.is_in("things", last) || self.context.is_in("studies", self.word(last)))?;
        let is_run = (first..last).all(|token| self.is_in("describing", token) || self.is_in("tests", token))
            && (first + 1..=last + 1).all(|token| self.follows(token));
        let is_study = self.context.is_in("studies", self.word(last));
        let goes_on = if is_study {
            leads && self.is_in("behind-service", last + 1)
        } else {
            self.is_in("states", last + 1)
        };
        let article = if leads { "the" } else { "The" };
        let text = &self.context.content.text()[self.span(first, last)];
        let noun = if is_study || leads { text.to_owned() } else { text.to_lowercase() };
        (is_run && goes_on).then(|| self.draft(first, last, format!("{article} {noun}")))
    }

    /// "with the date of injury of": the date is named here for the first time.
    fn injury_date(&self, at: usize) -> Option<Draft> {
        let phrase = ["with", "the", "date", "of", "injury"];
        let stands = self.word(at) == "with"
            && phrase.iter().enumerate().skip(1).all(|(index, word)| {
                self.word(at + index).eq_ignore_ascii_case(word) && self.follows(at + index)
            });
        let next = at + phrase.len();
        let is_told = matches!(self.word(next), "of" | "on" | "in") && self.word(next + 1) != "record";
        (stands && is_told).then(|| self.draft(at + 1, at + 1, "a".to_owned()))
    }

    /// "The worker is 44-year-old man".
    fn aged(&self, at: usize) -> Option<Draft> {
        let is_aged = matches!(self.word(at), "is" | "was")
            && self.follows(at + 1)
            && self.context.kind(at + 1) == Some(TokenKind::Number)
            && self.phrase(at + 2, at + 5) == "- year - old"
            && self.context.kind(at + 6) == Some(TokenKind::Word);
        let number = self.word(at + 1);
        let article = if number.starts_with('8') || matches!(number, "11" | "18") { "an" } else { "a" };
        is_aged.then(|| self.draft(at + 1, at + 1, format!("{article} {number}")))
    }

    /// "for gym membership", "with cane", "wears wrist splint", "has small effusion".
    fn noun(&self, at: usize) -> Option<Draft> {
        let is_there = matches!(self.word(at), "is" | "was")
            && at > 0
            && self.word(at - 1).eq_ignore_ascii_case("there");
        let is_service = self.is_in("before", at);
        if !is_there
            && !is_service
            && !["before-noun", "before-finding"].iter().any(|set| self.is_in(set, at))
        {
            return None;
        }
        let has_finding = is_there || self.is_in("before-finding", at);
        let last = (at + 1..=at + LONGEST).rev().find(|&last| {
            let is_run = (at + 1..=last).all(|token| self.follows(token) || self.is_hyphenated(token));
            is_run
                && (last > at + 1 && self.context.is_in("services", &self.phrase(at + 1, last))
                    || self.is_count_noun(at + 1, last, has_finding))
        })?;
        let next = last + 1;
        let ends = next >= self.end
            || self.context.content.tokens[next].gap == Gap::None
                && matches!(self.word(next), "." | "," | ";" | ")")
            || self.follows(next) && self.is_in("after", next);
        let first = self.word(at + 1);
        let is_open = self.context.is_in("spelled-open", first)
            || first.chars().nth(1).is_none_or(char::is_lowercase)
                && first.starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O']);
        let article = if is_open { "an" } else { "a" };
        let text = &self.context.content.text()[self.span(at + 1, last)];
        ends.then(|| self.draft(at + 1, last, format!("{article} {text}")))
    }

    /// A noun of which there is one, behind words that only describe it.
    fn is_count_noun(&self, first: usize, last: usize, has_finding: bool) -> bool {
        let is_sign = self.is_in("signs", last);
        let describes = |token: usize| {
            self.is_in("describing", token)
                || self.word(token) == "-"
                || is_sign && token > first && self.word(token).starts_with(char::is_uppercase)
        };
        let is_finding = has_finding && (self.is_in("findings", last) || is_sign && last > first);
        (self.is_in("nouns", last) || is_finding) && (first..last).all(describes)
    }

    /// The hyphen of "full-thickness", and the word behind it.
    fn is_hyphenated(&self, token: usize) -> bool {
        token < self.end
            && self.context.is_glued(token)
            && (self.word(token) == "-" || self.word(token - 1) == "-")
    }

    fn phrase(&self, first: usize, last: usize) -> String {
        (first..=last).map(|token| self.word(token).to_lowercase()).collect::<Vec<_>>().join(" ")
    }

    fn span(&self, first: usize, last: usize) -> Span {
        let tokens = &self.context.content.tokens;
        tokens[first].span.start..tokens[last].span.end
    }

    fn draft(&self, first: usize, last: usize, wanted: String) -> Draft {
        let place = self.context.place(self.span(first, last));
        Draft::new(place.clone(), "message").arg("wanted", Arg::letter(&wanted)).fix(DraftFix::replace(
            place,
            wanted,
            Applicability::Unsafe,
        ))
    }
}
