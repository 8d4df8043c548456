//! A noun without its article, in the frames where reviewers leave it out.

use crate::engine::{Applicability, Arg, BlockContext, Draft, DraftFix, Sink};
use crate::letter::{Role, SentenceKind};
use crate::text::{Gap, Span};

pub fn check(context: &BlockContext<'_>, sink: &mut Sink) {
    // Notes of a summary are telegraphic by custom: only an article that is wrong is looked for there.
    let is_rationale = matches!(context.role, Role::Field(_));
    for sentence in &context.content.sentences {
        let reader = Reader { context, end: sentence.tokens.end };
        if sentence.kind == SentenceKind::Attributed {
            continue;
        }
        if is_rationale && let Some(draft) = reader.opening(sentence.tokens.start) {
            sink.push(draft);
        }
        for at in sentence.tokens.clone() {
            let draft =
                reader.injury_date(at).or_else(|| if is_rationale { reader.service(at) } else { None });
            if let Some(draft) = draft {
                sink.push(draft);
            }
        }
    }
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

    /// "Request is not medically necessary", "Patient presents".
    fn opening(&self, first: usize) -> Option<Draft> {
        let subject = self.word(first);
        let is_subject = subject.starts_with(char::is_uppercase) && self.is_in("subjects", first);
        if !is_subject || !self.follows(first + 1) || !self.is_in("predicates", first + 1) {
            return None;
        }
        let noun = subject.to_lowercase();
        Some(self.draft(first, first, format!("The {noun}")))
    }

    /// "with the date of injury of": the date is named here for the first time.
    fn injury_date(&self, at: usize) -> Option<Draft> {
        let phrase = ["with", "the", "date", "of", "injury", "of"];
        let stands = self.word(at) == "with"
            && phrase.iter().enumerate().skip(1).all(|(index, word)| {
                self.word(at + index).eq_ignore_ascii_case(word) && self.follows(at + index)
            });
        stands.then(|| self.draft(at + 1, at + 1, "a".to_owned()))
    }

    /// "for gym membership", "regarding personal trainer".
    fn service(&self, at: usize) -> Option<Draft> {
        if !self.is_in("before", at) {
            return None;
        }
        let last = (at + 2..=at + 4).rev().find(|&last| {
            let is_run = (at + 1..=last).all(|token| self.follows(token));
            is_run && self.context.is_in("services", &self.phrase(at + 1, last))
        })?;
        let next = last + 1;
        let ends = next >= self.end
            || self.context.content.tokens[next].gap == Gap::None
                && matches!(self.word(next), "." | "," | ";")
            || self.follows(next) && self.is_in("after", next);
        let article =
            if self.word(at + 1).starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O']) { "an" } else { "a" };
        let text = &self.context.content.text()[self.span(at + 1, last)];
        ends.then(|| self.draft(at + 1, last, format!("{article} {text}")))
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
