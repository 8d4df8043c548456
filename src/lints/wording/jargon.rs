//! Shorthand of the clinic in a letter that a patient reads.

use std::sync::LazyLock;

use foldhash::HashMap;

use crate::engine::{Applicability, Arg, BlockContext, Draft, DraftFix, Sink, with_case_of};
use crate::letter::SentenceKind;
use crate::letter::facts::drug;
use crate::text::{Gap, Span, TokenKind};

/// Shorthand, what it means in plain words (nothing where that depends), and where it is shorthand at all.
const JARGON: &str = include_str!("../../../lints/wording/jargon.tsv");
/// Tokens before an order ("po", "bid") in which its dose stands.
const REACH: usize = 4;
/// Tokens of the longest shorthand behind its first ("c/d/i").
const LONGEST: usize = 4;

struct Term {
    plain: &'static str,
    place: Place,
}

/// Where a term is shorthand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Anywhere,
    /// Not in capitals: there it means something else ("PT", "TX").
    Small,
    /// In capitals only: in small letters it is another word ("able", "iw").
    Capitals,
    /// Behind a dose or a drug.
    Dose,
    /// In small letters, where a patient is sent or comes from ("seen by ortho").
    Clinic,
    /// Where it gives a cause ("numbness 2/2 a cast"; not "pulses 2/2").
    Cause,
    /// Behind a number, to which it belongs.
    Number,
    /// Before a complaint.
    Complaint,
    /// With a blank behind it.
    Open,
}

static TERMS: LazyLock<HashMap<&'static str, Term>> = LazyLock::new(|| {
    let lines = JARGON.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let (term, plain) = (columns.next()?, columns.next()?);
            let place = match columns.next() {
                Some("small") => Place::Small,
                Some("capitals") => Place::Capitals,
                Some("dose") => Place::Dose,
                Some("clinic") => Place::Clinic,
                Some("cause") => Place::Cause,
                Some("number") => Place::Number,
                Some("complaint") => Place::Complaint,
                Some("open") => Place::Open,
                _ => Place::Anywhere,
            };
            Some((term, Term { plain, place }))
        })
        .collect()
});

pub fn check(context: &BlockContext<'_>, sink: &mut Sink) {
    let reader = Reader { context };
    for sentence in
        context.content.sentences.iter().filter(|sentence| sentence.kind != SentenceKind::Attributed)
    {
        for at in sentence.tokens.clone() {
            let Some((term, last)) = reader.term(at).filter(|_| !context.content.is_quoted(at)) else {
                continue;
            };
            sink.push(reader.draft(term, at, last, at == sentence.tokens.start));
        }
    }
}

struct Reader<'a> {
    context: &'a BlockContext<'a>,
}

impl Reader<'_> {
    /// The shorthand that begins at a token, and its last token.
    fn term(&self, at: usize) -> Option<(&'static Term, usize)> {
        let token = &self.context.content.tokens[at];
        let in_row = self.context.is_glued(at) && matches!(self.context.word(at - 1), "/" | "-" | "." | "'");
        if token.kind == TokenKind::Mark || in_row {
            return None;
        }
        let is_link =
            |token: usize| matches!(self.context.word(token), "/" | "&") && self.context.is_glued(token);
        let mut last = at;
        while last < at + LONGEST && is_link(last + 1) {
            let goes_on =
                self.context.is_glued(last + 2) && self.context.kind(last + 2) == Some(TokenKind::Word);
            last += if goes_on { 2 } else { 1 };
        }
        let text = &self.context.content.text()[self.span(at, last)];
        let term = TERMS.get(text.to_lowercase().replace('\u{2019}', "'").as_str())?;
        // "s/p-fusion", "hx.pdf"
        let is_part = self.context.is_glued(last + 1)
            && (matches!(self.context.word(last + 1), "/" | "-" | "'" | "\u{2019}")
                || self.context.word(last + 1) == "." && self.context.is_glued(last + 2));
        (!is_part && self.stands_in(term.place, at, last)).then_some((term, last))
    }

    fn stands_in(&self, place: Place, at: usize, last: usize) -> bool {
        let is_number = |token: usize| self.context.content.tokens[token].kind == TokenKind::Number;
        match place {
            Place::Anywhere => true,
            Place::Small => {
                self.context.word(at).chars().any(char::is_lowercase) && !(at > 0 && is_number(at - 1))
            }
            Place::Capitals => {
                let word = self.context.word(at).trim_end_matches(['s', '\'', '\u{2019}']);
                word.chars().all(|c| !c.is_lowercase())
            }
            Place::Dose => (at.saturating_sub(REACH)..at).any(|token| {
                let word = self.context.word(token).to_lowercase();
                self.context.is_in("doses", &word) || drug::begins_name(&word)
            }),
            Place::Clinic => {
                let before = at.checked_sub(1).map_or("", |before| self.context.word(before));
                self.context.is_in_lower("sending", before)
                    && self.context.word(at).starts_with(char::is_lowercase)
            }
            Place::Cause => {
                let before = at.checked_sub(1).map_or("", |before| self.context.word(before));
                self.context.is_in_lower("causes", self.context.word(last + 1))
                    && !self.context.is_in_lower("graded", before)
                    && before.chars().all(char::is_alphabetic)
            }
            Place::Number => at > 0 && is_number(at - 1),
            Place::Complaint => self.context.is_in("complaints", &self.context.word(last + 1).to_lowercase()),
            Place::Open => self.context.gap(last + 1).is_some_and(Gap::is_space),
        }
    }

    fn span(&self, first: usize, last: usize) -> Span {
        let tokens = &self.context.content.tokens;
        tokens[first].span.start..tokens[last].span.end
    }

    fn draft(&self, term: &Term, at: usize, last: usize, opens: bool) -> Draft {
        let span = self.span(at, last);
        let found = &self.context.content.text()[span.clone()];
        let draft = Draft::new(self.context.place(span.clone()), "message").arg("found", Arg::letter(found));
        if term.plain.is_empty() {
            return draft;
        }
        // What belongs to the number before it takes its hyphen along.
        let replaced = if term.place == Place::Number {
            self.context.content.tokens[at - 1].span.end..span.end
        } else {
            span
        };
        let plain = if opens { with_case_of("A", term.plain) } else { term.plain.to_owned() };
        let title = format!("Replace with “{}”", plain.trim_start_matches('-'));
        draft.fix(DraftFix::replace(self.context.place(replaced), plain, Applicability::Unsafe).titled(title))
    }
}
