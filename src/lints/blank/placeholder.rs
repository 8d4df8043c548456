//! A slot of a template that nobody filled.

use crate::engine::{Arg, BlockContext, Draft, Sink};
use crate::text::{Gap, TokenKind};

/// Marks in a row that stand for a word, at least.
const SHORTEST_ROW: usize = 3;
/// A longer row is a rule across the page.
const LONGEST_ROW: usize = 30;
/// The most tokens between the brackets of a slot.
const LONGEST_SLOT: usize = 8;
/// How many tokens before a mask say what it masks.
const REACH: usize = 6;

pub fn check(context: &BlockContext<'_>, sink: &mut Sink) {
    let tokens = &context.content.tokens;
    let mut at = 0;
    while at < tokens.len() {
        let reader = Reader { context, at };
        let end = match reader.context.word(at) {
            "#" if reader.is_unnumbered() => Some(at + 1),
            "?" => reader.row().or_else(|| reader.masked_date()),
            "_" => reader.row().or_else(|| reader.masked_date()),
            "#" => reader.row(),
            "*" => reader.shouted().or_else(|| reader.row()),
            "[" | "<" | "{" => reader.bracketed(),
            "(" => reader.order(),
            "TBD" | "TODO" | "FIXME" => (!context.content.is_quoted(at)).then_some(at + 1),
            "INSERT" => reader.insertion(),
            "MM" | "mm" | "DD" | "dd" => reader.date_pattern(),
            word if is_crosses(word) => reader.crosses(),
            _ => reader.choice(),
        };
        if let Some(end) = end {
            let span = tokens[at].span.start..tokens[end - 1].span.end;
            let found = Arg::letter(&context.content.text()[span.clone()]);
            sink.push(Draft::new(context.place(span), "message").arg("found", found));
        }
        at = end.unwrap_or(at + 1);
    }
}

/// "XX", "xxx": letters that stand for others.
fn is_crosses(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|byte| matches!(byte, b'x' | b'X'))
}

/// Looks at one token; each question gives the token after the slot that begins there.
struct Reader<'a> {
    context: &'a BlockContext<'a>,
    at: usize,
}

impl Reader<'_> {
    /// "____", "***", "??".
    fn row(&self) -> Option<usize> {
        let mark = self.context.word(self.at);
        if self.at > 0 && self.context.is_glued(self.at) && self.context.word(self.at - 1) == mark {
            return None;
        }
        let glued = (self.at + 1..)
            .take_while(|&token| self.context.is_glued(token) && self.context.word(token) == mark);
        let length = 1 + glued.count();
        let end = self.at + length;
        let begins_line = matches!(self.context.gap(self.at), Some(Gap::Start | Gap::Wrap));
        let ends_line = matches!(self.context.gap(end), None | Some(Gap::Wrap));
        let follows = self.context.word(end);
        let stands_apart = (!self.context.is_glued(self.at) || self.context.word(self.at - 1) == "(")
            && (!self.context.is_glued(end) || matches!(follows, "." | "," | ";" | ")"));
        let is_slot = match mark {
            "_" => length >= SHORTEST_ROW && !(begins_line && ends_line) && !self.is_for_signature(),
            "*" => {
                let is_small = |token: usize| self.context.word(token).starts_with(char::is_lowercase);
                let within = if begins_line || ends_line {
                    self.at > 0 && is_small(self.at - 1) && is_small(end)
                } else {
                    self.context.word(self.at.wrapping_sub(1)) != "."
                };
                length >= SHORTEST_ROW && stands_apart && within
            }
            _ => {
                let before_word =
                    self.context.kind(end) != Some(TokenKind::Mark) && !ends_line || follows == ")";
                (length >= SHORTEST_ROW || length > 1 && before_word) && stands_apart
            }
        };
        (is_slot && length <= LONGEST_ROW).then_some(end)
    }

    /// "??/??/2015", "__/__/2015".
    fn masked_date(&self) -> Option<usize> {
        // Nothing is read twice of a row of any length.
        if self.context.is_glued(self.at) {
            return None;
        }
        let is_part = |token: usize| {
            self.context.is_glued(token)
                && (matches!(self.context.word(token), "?" | "_" | "/" | "-")
                    || self.context.kind(token) == Some(TokenKind::Number))
        };
        let end = self.at + 1 + (self.at + 1..).take_while(|&token| is_part(token)).count();
        let count = |mark: &str| (self.at..end).filter(|&token| self.context.word(token) == mark).count();
        (count("/").max(count("-")) == 2).then_some(end)
    }

    /// "# visits".
    fn is_unnumbered(&self) -> bool {
        let stands_apart =
            !self.context.is_glued(self.at) && self.context.gap(self.at + 1) == Some(Gap::Blank);
        stands_apart && self.context.is_in("units", self.context.word(self.at + 1))
    }

    /// "***INSERT RESULT***".
    fn shouted(&self) -> Option<usize> {
        let stars = (self.at..).take_while(|&token| self.context.word(token) == "*").count();
        let first = self.at + stars;
        let last = (first..first + LONGEST_SLOT).find(|&token| self.context.word(token) == "*")?;
        let end = last + (last..).take_while(|&token| self.context.word(token) == "*").count();
        let is_order = self.context.is_in_lower("orders", self.context.word(first));
        (stars > 1 && end - last > 1 && is_order).then_some(end)
    }

    /// "(insert number)", "(select one)".
    fn order(&self) -> Option<usize> {
        let first = self.at + 1;
        let last = (first + 1..first + LONGEST_SLOT).find(|&token| self.context.word(token) == ")")?;
        let is_named = |token: usize| {
            ["slots", "people", "joining"]
                .iter()
                .any(|set| self.context.is_in_lower(set, self.context.word(token)))
        };
        let is_order = self.context.is_in("orders", self.context.word(first));
        (is_order && (first + 1..last).all(is_named)).then_some(last + 1)
    }

    /// "INSERT findings here": not the insert of a shoe in a heading of capitals.
    fn insertion(&self) -> Option<usize> {
        let is_small = |token: usize| self.context.word(token).starts_with(char::is_lowercase);
        let begins = self.at == 0 || self.context.word(self.at - 1) == "." || is_small(self.at - 1);
        (begins && is_small(self.at + 1)).then_some(self.at + 1)
    }

    /// "MM/DD/YYYY".
    fn date_pattern(&self) -> Option<usize> {
        let word = |offset: usize| self.context.word(self.at + offset).to_lowercase();
        let parts = word(1) == word(3) && matches!(word(1).as_str(), "/" | "-");
        let is_day = matches!((word(0).as_str(), word(2).as_str()), ("mm", "dd") | ("dd", "mm"));
        (parts && is_day && matches!(word(4).as_str(), "yy" | "yyyy")).then_some(self.at + 5)
    }

    /// A line to sign on.
    fn is_for_signature(&self) -> bool {
        (self.at.saturating_sub(REACH)..self.at)
            .any(|token| self.context.is_in_lower("signature", self.context.word(token)))
    }

    /// "[NAME]", "<<date>>", "{{patient}}", "[ ]".
    fn bracketed(&self) -> Option<usize> {
        let (open, close) = match self.context.word(self.at) {
            "[" => ("[", "]"),
            "<" => ("<", ">"),
            _ => ("{", "}"),
        };
        let is_double = self.context.word(self.at + 1) == open && self.context.is_glued(self.at + 1);
        let first = self.at + 1 + usize::from(is_double);
        let last = (first..first + LONGEST_SLOT).find(|&token| self.context.word(token) == close)?;
        let end = if is_double && self.context.word(last + 1) == close { last + 2 } else { last + 1 };
        if open == "<" && !(self.context.is_glued(first) && self.context.is_glued(last)) {
            return None;
        }
        let is_crossed =
            matches!(self.context.word(first), "#" | "X") || is_crosses(self.context.word(first));
        let is_mark = last == first + 1 && is_crossed;
        let is_slot = if first == last || is_mark {
            open == "[" && self.is_within_words(last)
        } else {
            let is_person = open == "<" && self.context.is_in("people", self.context.word(first));
            open == "{" && self.context.is_glued(first) && self.context.is_glued(last)
                || is_person
                || self.is_choice(first, last)
                || self.names_slot(first, last)
        };
        is_slot.then_some(end)
    }

    /// "[right/left]", "[surgeon/PTP]": words in small letters, or one and acronyms, of which one was to be kept.
    fn is_choice(&self, first: usize, last: usize) -> bool {
        let is_all = |token: usize, of: fn(char) -> bool| {
            let word = self.context.word(token);
            word.chars().all(of) && word.len() > 1
        };
        let is_small = |token: usize| is_all(token, char::is_lowercase);
        let parts = (first..last).filter(|&token| self.context.word(token) == "/").count();
        let is_option = |token: &usize| is_small(*token) || is_all(*token, char::is_uppercase);
        let words = (first..last).filter(is_option).count();
        let is_pair =
            parts > 0 && words == parts + 1 && last - first == words + parts && (first..last).any(is_small);
        is_pair && !self.context.content.is_quoted(self.at) && self.context.word(first) != "and"
    }

    /// An empty or crossed bracket between words is a slot; at a line's start, or before a capital, it is a box to tick.
    fn is_within_words(&self, last: usize) -> bool {
        let is_small = |token: usize| self.context.word(token).starts_with(char::is_lowercase);
        self.at > 0
            && matches!(self.context.gap(self.at), Some(Gap::Blank | Gap::Blanks))
            && is_small(self.at - 1)
            && (is_small(last + 1) || matches!(self.context.word(last + 1), "." | ","))
    }

    /// Whether the words in a bracket say what belongs there ("NAME", "insert date", "date of injury").
    fn names_slot(&self, first: usize, last: usize) -> bool {
        if (first..last).any(|token| self.context.kind(token) == Some(TokenKind::Number)) {
            return false;
        }
        let words: Vec<&str> = (first..last)
            .filter(|&token| self.context.kind(token) == Some(TokenKind::Word))
            .map(|token| self.context.word(token))
            .collect();
        let all = |sets: &[&str]| {
            words.iter().all(|word| sets.iter().any(|set| self.context.is_in_lower(set, word)))
        };
        let any = |set: &str| words.iter().any(|word| self.context.is_in_lower(set, word));
        if words.is_empty() || any("kept") {
            return false;
        }
        let are_capitals = words.iter().all(|word| word.chars().all(|c| !c.is_lowercase()));
        if are_capitals {
            return any("slots") || any("people");
        }
        let orders = self.context.is_in_lower("orders", words[0])
            && (words.len() > 1 || self.context.is_in_lower("commands", words[0]));
        let names = any("slots") && all(&["slots", "people", "joining"]);
        (orders || names) && !self.context.content.is_quoted(self.at)
    }

    /// "XXX", "XX-year-old", "XX/XX/2016"; not the mask of a number that is kept secret.
    fn crosses(&self) -> Option<usize> {
        if self.at > 0
            && self.context.is_glued(self.at)
            && !matches!(self.context.word(self.at - 1), "(" | "\"" | "#" | "$")
        {
            return None;
        }
        let is_part = |token: usize| {
            self.context.is_glued(token)
                && (matches!(self.context.word(token), "/" | "-")
                    || is_crosses(self.context.word(token))
                    || self.context.kind(token) == Some(TokenKind::Number))
        };
        let mut end = self.at + 1 + (self.at + 1..).take_while(|&token| is_part(token)).count();
        if matches!(self.context.word(end - 1), "/" | "-") {
            end -= 1;
        }
        // "Super Bowl XXX": a Roman number.
        if self.at > 0 && self.context.is_in("numbered", self.context.word(self.at - 1)) {
            return None;
        }
        let masks = (self.at.saturating_sub(REACH)..self.at)
            .any(|token| self.context.is_in_lower("secret", self.context.word(token)));
        let is_slot = match end - self.at {
            1 => {
                let unit = if self.context.word(end) == "-" { end + 1 } else { end };
                let after_title =
                    self.at > 1 && matches!(self.context.word(self.at - 2), "Dr" | "Mr" | "Mrs" | "Ms");
                let counts = self.context.word(self.at) == "XX"
                    && self.context.is_in_lower("units", self.context.word(unit));
                // "Page(s): xx".
                let colon = self.at > 1 && self.context.word(self.at - 1) == ":";
                let label = self.at.saturating_sub(if colon { 2 } else { 1 });
                let is_page = (label.saturating_sub(2)..=label)
                    .any(|token| self.context.is_in_lower("paged", self.context.word(token)));
                self.context.word(self.at).len() >= SHORTEST_ROW || after_title || counts || is_page
            }
            _ => (self.at..end).filter(|&token| self.context.word(token) == "/").count() == 2,
        };
        (is_slot && !masks).then_some(end)
    }

    /// "a(n)", "is (not)".
    fn choice(&self) -> Option<usize> {
        if self.context.word(self.at + 1) != "("
            || self.context.word(self.at + 3) != ")"
            || !self.context.is_glued(self.at + 3)
        {
            return None;
        }
        let (before, inside) = (self.context.word(self.at), self.context.word(self.at + 2));
        let is_article = matches!(before, "a" | "A") && inside == "n" && self.context.is_glued(self.at + 1);
        let is_verb = inside == "not" && self.context.is_in("verbs", before);
        (is_article || is_verb).then_some(self.at + 4)
    }
}
