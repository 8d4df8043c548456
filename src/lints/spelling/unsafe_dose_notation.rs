//! Doses and abbreviations that are misread: "5.0 mg", ".5 mg", "QD", "U".

use crate::engine::{Applicability, Arg, BlockContext, Draft, DraftFix, Sink};
use crate::text::TokenKind;

/// How many tokens before a number say that it was measured.
const REACH: usize = 6;

pub fn check(context: &BlockContext<'_>, sink: &mut Sink) {
    for (at, token) in context.content.tokens.iter().enumerate() {
        let reader = Reader { context, at };
        let unsafe_notation = match token.kind {
            TokenKind::Number => reader.trailing_zero(),
            TokenKind::Mark => reader.naked_decimal(),
            TokenKind::Word => reader.abbreviation(),
        };
        if let Some(notation) = unsafe_notation.filter(|_| !context.content.is_quoted(at)) {
            sink.push(reader.draft(&notation));
        }
    }
}

struct Notation {
    /// The first and the last flagged token.
    first: usize,
    last: usize,
    key: &'static str,
    wanted: String,
}

/// Looks at one token.
struct Reader<'a> {
    context: &'a BlockContext<'a>,
    at: usize,
}

impl Reader<'_> {
    fn is_number(&self, token: usize) -> bool {
        self.context.content.tokens.get(token).is_some_and(|token| token.kind == TokenKind::Number)
    }

    /// The unit of a dose behind a number, or behind the numbers of a combination ("5.0-325 mg").
    fn unit(&self, number: usize) -> Option<usize> {
        let mut at = number + 1;
        while matches!(self.context.word(at), "-" | "/") && self.is_number(at + 1) {
            at += 2;
        }
        let is_rate =
            self.context.word(at + 1) != "/" || self.context.is_in_lower("times", self.context.word(at + 2));
        (self.context.is_in_lower("units", self.context.word(at)) && is_rate).then_some(at)
    }

    fn is_measured(&self, number: usize) -> bool {
        (number.saturating_sub(REACH)..number)
            .any(|token| self.context.is_in_lower("measured", self.context.word(token)))
    }

    /// "5.0 mg", "2.50 mg".
    fn trailing_zero(&self) -> Option<Notation> {
        let number = self.context.word(self.at);
        let shown = |part: &str| match part.split_once('.') {
            Some((whole, parts)) => match parts.trim_end_matches('0') {
                "" => whole.to_owned(),
                parts => format!("{whole}.{parts}"),
            },
            None => part.to_owned(),
        };
        let safe = number.split('/').map(shown).collect::<Vec<_>>().join("/");
        let unit = self.unit(self.at).filter(|_| safe != number && !self.is_measured(self.at))?;
        let text = self.context.content.text();
        let tokens = &self.context.content.tokens;
        let rest = &text[tokens[self.at].span.end..tokens[unit].span.end];
        Some(Notation { first: self.at, last: unit, key: "zero", wanted: format!("{safe}{rest}") })
    }

    /// ".5 mg".
    fn naked_decimal(&self) -> Option<Notation> {
        let number = self.at + 1;
        let begins = !self.context.is_glued(self.at)
            || matches!(self.context.word(self.at.wrapping_sub(1)), "(" | "-" | "\u{2013}");
        if self.context.word(self.at) != "."
            || !begins
            || !self.is_number(number)
            || !self.context.is_glued(number)
        {
            return None;
        }
        let is_whole = self.context.word(number).bytes().all(|byte| byte.is_ascii_digit());
        let volume =
            || Some(number + 1).filter(|&unit| self.context.is_in_lower("volumes", self.context.word(unit)));
        let strength =
            || Some(number + 1).filter(|&sign| self.context.word(sign) == "%" && self.is_strength());
        let unit = self
            .unit(number)
            .or_else(volume)
            .or_else(strength)
            .filter(|_| is_whole && !self.is_measured(self.at))?;
        let tokens = &self.context.content.tokens;
        let rest = &self.context.content.text()[tokens[self.at].span.start..tokens[unit].span.end];
        Some(Notation { first: self.at, last: unit, key: "decimal", wanted: format!("0{rest}") })
    }

    /// "QD", "q.o.d.", "10 U", "400 IU", "MSO4", "50 µg".
    fn abbreviation(&self) -> Option<Notation> {
        let word = self.context.word(self.at);
        let after_number = self.at > 0 && self.is_number(self.at - 1);
        let is_ratio = self.context.word(self.at + 1) == "/"
            && !self.context.is_in_lower("times", self.context.word(self.at + 2));
        let one = |wanted: &str| Some((self.at, wanted.to_owned()));
        let (last, wanted) = match word {
            "QD" | "qd" | "Qd" => one("daily"),
            "QOD" | "qod" | "Qod" => one("every other day"),
            "q" | "Q" => self.dotted(),
            "MSO4" => one("morphine sulfate"),
            // A degree or a disease is never followed by a dose.
            "MS" if self.is_number(self.at + 1)
                && self.context.word(self.at + 2).eq_ignore_ascii_case("mg") =>
            {
                one("morphine sulfate")
            }
            "MgSO4" => one("magnesium sulfate"),
            "u" if after_number && !is_ratio && self.is_counted_in_units() => one("units"),
            "ug" | "ugm" if after_number && !is_ratio && !self.is_measured(self.at) => one("mcg"),
            "U" if after_number && !is_ratio && self.is_unit() => one("units"),
            "IU" if after_number && !is_ratio && !self.is_measured(self.at) => one("international units"),
            "\u{b5}g" | "\u{3bc}g" if after_number && !is_ratio => one("mcg"),
            _ => None,
        }?;
        let wanted =
            if self.context.is_glued(self.at) && after_number { format!(" {wanted}") } else { wanted };
        Some(Notation { first: self.at, last, key: "abbreviation", wanted })
    }

    /// "10 U"; not "2012 U.S. guidelines", "12 U-shaped", "AST 45 U".
    fn is_unit(&self) -> bool {
        let next = self.at + 1;
        let goes_on = self.context.word(next) == "." && self.context.is_glued(next + 1);
        let is_part =
            self.context.is_glued(next) && matches!(self.context.word(next), "-" | "'" | "\u{2019}");
        !goes_on && !is_part && !self.is_measured(self.at)
    }

    /// "Bupivacaine .5%": the strength of a drug.
    fn is_strength(&self) -> bool {
        (self.at.saturating_sub(REACH / 2)..self.at)
            .any(|token| self.context.is_in_lower("given-in-percent", self.context.word(token)))
    }

    /// "Insulin 6 u": of a drug that is given in units.
    fn is_counted_in_units(&self) -> bool {
        (self.at.saturating_sub(REACH)..self.at)
            .any(|token| self.context.is_in_lower("given-in-units", self.context.word(token)))
    }

    /// "q.d.", "q.o.d.": the last token, and what is meant.
    fn dotted(&self) -> Option<(usize, String)> {
        let letters: Vec<&str> = (0..3).map(|index| self.context.word(self.at + 1 + 2 * index)).collect();
        let is_dotted = |count: usize| {
            letters[..count].iter().all(|&mark| mark == ".")
                && (self.at + 1..=self.at + 2 * count - 1).all(|token| self.context.is_glued(token))
        };
        let letter = |index: usize| self.context.word(self.at + 2 * index).to_lowercase();
        if is_dotted(2) && letter(1) == "o" && letter(2) == "d" {
            let last = self.at + 4;
            return Some((self.closing(last), "every other day".to_owned()));
        }
        // "Q.D. Roe" is a name.
        let is_name = self.context.word(self.at) == "Q"
            && self.context.word(self.at + 4).starts_with(char::is_uppercase);
        (is_dotted(1) && letter(1) == "d" && !is_name)
            .then(|| (self.closing(self.at + 2), "daily".to_owned()))
    }

    /// The stop behind the last letter belongs to the abbreviation, unless the sentence ends with it.
    fn closing(&self, last: usize) -> usize {
        let stop = last + 1;
        let ends = self.context.content.tokens.get(stop + 1).is_none()
            || self.context.word(stop + 1).starts_with(char::is_uppercase);
        if self.context.word(stop) == "." && self.context.is_glued(stop) && !ends { stop } else { last }
    }

    fn draft(&self, notation: &Notation) -> Draft {
        let content = self.context.content;
        let span = content.tokens[notation.first].span.start..content.tokens[notation.last].span.end;
        let fix = DraftFix::replace(
            self.context.place(span.clone()),
            notation.wanted.as_str(),
            Applicability::Manual,
        )
        .titled(format!("Replace with “{}”", notation.wanted.trim()));
        Draft::new(self.context.place(span.clone()), notation.key)
            .arg("found", Arg::letter(&content.text()[span]))
            .arg("wanted", Arg::letter(&notation.wanted))
            .fix(fix)
    }
}
