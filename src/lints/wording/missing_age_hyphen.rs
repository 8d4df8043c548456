//! An age before a noun, without its hyphens.

use crate::engine::{Applicability, Arg, BlockContext, Draft, DraftFix, Sink};
use crate::text::{Gap, TokenKind};

/// How many words after the age are looked through for the person.
const REACH: usize = 5;

pub fn check(context: &BlockContext<'_>, sink: &mut Sink) {
    for (at, token) in context.content.tokens.iter().enumerate().skip(1) {
        if token.kind == TokenKind::Word && matches!(context.content.word(at), "year" | "years" | "yearold") {
            let reader = Reader { context, year: at };
            if let Some(draft) = reader.age() {
                sink.push(draft);
            }
        }
    }
}

/// Looks at one "year".
struct Reader<'a> {
    context: &'a BlockContext<'a>,
    year: usize,
}

impl Reader<'_> {
    fn is_in(&self, set: &str, token: usize) -> bool {
        self.context.is_in(set, &self.context.word(token).to_lowercase())
    }

    fn is_hyphen(&self, token: usize) -> bool {
        matches!(self.context.word(token), "-" | "\u{2010}" | "\u{2011}")
    }

    fn age(&self) -> Option<Draft> {
        let before = self.year - 1;
        let number = if self.is_hyphen(before) { before.checked_sub(1)? } else { before };
        let is_joined = self.context.word(self.year) == "yearold";
        let old = match self.is_hyphen(self.year + 1) {
            _ if is_joined => self.year,
            true => self.year + 2,
            false => self.year + 1,
        };
        let first = self.first_of_number(number)?;
        if !is_joined && self.context.word(old) != "old" {
            return None;
        }
        // Both hyphens stand, with no blank beside them.
        let is_written =
            old - number == 4 && (number + 1..=old).all(|token| self.context.gap(token) == Some(Gap::None));
        let is_plural = self.context.word(self.year) == "years";
        if is_written && !is_plural || !self.is_before_person(first, old, is_plural) {
            return None;
        }
        let tokens = &self.context.content.tokens;
        let text = self.context.content.text();
        let span = tokens[first].span.start..tokens[old].span.end;
        let wanted = format!("{}-year-old", &text[tokens[first].span.start..tokens[number].span.end]);
        let applicability = if is_plural { Applicability::Unsafe } else { Applicability::Safe };
        let place = self.context.place(span.clone());
        Some(
            Draft::new(place.clone(), "message")
                .arg("found", Arg::letter(&text[span]))
                .arg("wanted", Arg::letter(&wanted))
                .fix(DraftFix::replace(place, wanted, applicability)),
        )
    }

    /// The first token of the number: "42", "forty", "forty-two".
    fn first_of_number(&self, number: usize) -> Option<usize> {
        let tokens = &self.context.content.tokens;
        if tokens[number].kind == TokenKind::Number {
            return self.context.word(number).bytes().all(|byte| byte.is_ascii_digit()).then_some(number);
        }
        if !self.is_in("numbers", number) {
            return None;
        }
        let is_compound = number >= 2 && self.is_hyphen(number - 1) && self.is_in("numbers", number - 2);
        Some(if is_compound { number - 2 } else { number })
    }

    /// "42 year old female", "a 42 year old who"; not "he is 42 years old", "a 2 year old injury".
    fn is_before_person(&self, first: usize, old: usize, is_plural: bool) -> bool {
        for at in old + 1..=old + REACH {
            let is_comma = self.context.word(at) == "," || self.is_hyphen(at);
            if self.is_in("persons", at) {
                return true;
            }
            if !is_comma && !self.is_in("adjectives", at) {
                break;
            }
        }
        let has_article = first > 0 && self.is_in("articles", first - 1);
        has_article && !is_plural && (self.is_in("goes-on", old + 1) || self.context.word(old + 1) == ".")
    }
}
