//! No space after a mark.

use crate::engine::{Applicability, Arg, BlockContext, Draft, DraftFix, Sink};
use crate::letter::is_abbreviation;
use crate::text::{Gap, TokenKind};

/// How many words and marks an address can have on each side of a mark.
const REACH: usize = 40;

pub fn check(context: &BlockContext<'_>, sink: &mut Sink) {
    let tokens = &context.content.tokens;
    for at in 1..tokens.len().saturating_sub(1) {
        let is_glued = tokens[at].kind == TokenKind::Mark
            && tokens[at].gap == Gap::None
            && tokens[at + 1].gap == Gap::None
            && tokens[at + 1].kind != TokenKind::Mark;
        if !is_glued {
            continue;
        }
        let reader = Reader { context, at };
        if let Some(repair) = reader.repair().filter(|_| !reader.is_in_address()) {
            sink.push(reader.draft(&repair));
        }
    }
}

/// What goes in place of the mark.
struct Repair {
    new_text: String,
    is_safe: bool,
}

impl Repair {
    fn space(mark: &str) -> Option<Self> {
        Some(Self { new_text: format!("{mark} "), is_safe: true })
    }

    fn marks(new_text: &str) -> Option<Self> {
        Some(Self { new_text: new_text.to_owned(), is_safe: false })
    }
}

/// Looks at one mark with something right before and behind it.
struct Reader<'a> {
    context: &'a BlockContext<'a>,
    at: usize,
}

impl Reader<'_> {
    fn repair(&self) -> Option<Repair> {
        match self.word(self.at) {
            "." | "!" | "?" if self.ends_sentence() => Repair::space(self.word(self.at)),
            "," if self.separates() => Repair::space(","),
            ";" if self.separates() => self.after_semicolon(),
            ":" if self.introduces() => Repair::space(":"),
            ")" => self.after_bracket(),
            _ => None,
        }
    }

    fn draft(&self, repair: &Repair) -> Draft {
        let tokens = &self.context.content.tokens;
        let mark = tokens[self.at].span.clone();
        let key = if repair.is_safe { "message" } else { "mark-too" };
        let applicability = if repair.is_safe { Applicability::Safe } else { Applicability::Unsafe };
        let fix = DraftFix::replace(self.context.place(mark.clone()), &*repair.new_text, applicability);
        Draft::new(self.context.place(mark.start..tokens[self.at + 1].span.end), key)
            .arg("mark", Arg::term(self.word(self.at)))
            .fix(fix.titled(if repair.is_safe {
                "Insert a space".to_owned()
            } else {
                format!("Replace with “{}”", repair.new_text.trim_end())
            }))
    }

    fn word(&self, token: usize) -> &str {
        self.context.content.word(token)
    }

    fn kind(&self, token: usize) -> TokenKind {
        self.context.content.tokens[token].kind
    }

    fn before(&self) -> &str {
        self.word(self.at - 1)
    }

    fn after(&self) -> &str {
        self.word(self.at + 1)
    }

    fn is_starter(&self) -> bool {
        self.context.is_in("starters", &self.after().to_lowercase())
    }

    /// "mild.The", "7/10.The", "MRI.There", "Dr.Roe", "brace.however".
    fn ends_sentence(&self) -> bool {
        let (before, after) = (self.before(), self.after());
        if self.kind(self.at + 1) != TokenKind::Word || self.is_file_ending() {
            return false;
        }
        let begins_capital = after.starts_with(char::is_uppercase);
        let is_capitalised = begins_capital && after.chars().nth(1).is_some_and(char::is_lowercase);
        let is_acronym = after.len() > 2 && after.chars().all(char::is_uppercase);
        if matches!(before, "Dr" | "Mr" | "Mrs" | "Ms") {
            return is_capitalised;
        }
        match self.kind(self.at - 1) {
            TokenKind::Word => {
                let is_plain = before.chars().all(char::is_lowercase) && before.chars().count() > 2;
                if self.is_dotted() || is_abbreviation(before) {
                    false
                } else if begins_capital {
                    is_plain && (is_capitalised || is_acronym || self.is_article())
                        || before.chars().count() > 2 && is_capitalised && self.is_starter()
                } else {
                    // A lower-case word may be the rest of a name ("example.it"), so that only a few begin a sentence.
                    is_plain
                        && matches!(after, "the" | "there" | "however" | "therefore" | "this" | "she" | "he")
                }
            }
            TokenKind::Number => {
                is_capitalised && (before.contains('/') || self.is_year_or_count() && self.is_starter())
            }
            TokenKind::Mark => matches!(before, ")" | "%" | "\u{b0}") && is_capitalised,
        }
    }

    /// "listhesis.A brace": an article and the word behind it.
    fn is_article(&self) -> bool {
        let tokens = &self.context.content.tokens;
        let follows = tokens.get(self.at + 2).is_some_and(|next| next.gap.is_space());
        self.after() == "A" && follows && self.word(self.at + 2).starts_with(char::is_lowercase)
    }

    /// "in 2018.In", "for 50.The": not the number of a list's element, which stands behind a mark or begins a line.
    fn is_year_or_count(&self) -> bool {
        let follows_word = self.at >= 2
            && self.kind(self.at - 2) == TokenKind::Word
            && self.context.content.tokens[self.at - 1].gap.is_space();
        follows_word && self.before().len() > 1 && self.before().bytes().all(|byte| byte.is_ascii_digit())
    }

    /// "U.S.Department", "ver.2.The": the word before the stop has a stop before it.
    fn is_dotted(&self) -> bool {
        let tokens = &self.context.content.tokens;
        self.at >= 2 && self.word(self.at - 2) == "." && tokens[self.at - 1].gap == Gap::None
    }

    fn is_file_ending(&self) -> bool {
        self.context.is_in("endings", &self.after().to_lowercase())
    }

    /// "pain,numbness", "visits,and", "therapy;the"; not "C5,6", "D2,D3", "A,B", "California,Nevada".
    fn separates(&self) -> bool {
        let (before, after) = (self.before(), self.after());
        let has_digit = |word: &str| word.chars().any(|c| c.is_ascii_digit());
        let is_long = |word: &str| word.chars().count() > 1;
        let are_states =
            ![before, after].iter().any(|word| !self.context.is_in("states", &word.to_lowercase()))
                || before == "York";
        match (self.kind(self.at - 1), self.kind(self.at + 1)) {
            (TokenKind::Word, TokenKind::Word) => {
                is_long(before) && is_long(after) && !(has_digit(before) && has_digit(after)) && !are_states
            }
            (TokenKind::Number, TokenKind::Word) => is_long(after) && after.chars().all(char::is_lowercase),
            (TokenKind::Word, TokenKind::Number) => {
                before.chars().count() > 2 && before.chars().all(char::is_lowercase)
            }
            (TokenKind::Mark, TokenKind::Word) => {
                matches!(before, ")" | "%" | "]" | "\u{b0}") && is_long(after)
            }
            _ => false,
        }
    }

    /// "are;1)": before a numbered list a colon is meant.
    fn after_semicolon(&self) -> Option<Repair> {
        let begins_list =
            self.context.content.tokens.get(self.at + 2).is_some_and(|bracket| bracket.gap == Gap::None)
                && self.word(self.at + 2) == ")";
        let announces = self.context.is_in("list-words", &self.before().to_lowercase());
        if self.before_entity() {
            None
        } else if begins_list && announces {
            Repair::marks(": ")
        } else {
            Repair::space(";")
        }
    }

    /// "&amp;the", "&#8209;based".
    fn before_entity(&self) -> bool {
        self.at >= 2 && matches!(self.word(self.at - 2), "&" | "#")
    }

    /// "complaint:pain", "results:LDL"; not "I:E", "12:30", "http://", "cholesterol:HDL ratio".
    fn introduces(&self) -> bool {
        let is_long = |word: &str| word.chars().count() > 3 && word.chars().all(char::is_alphabetic);
        let is_word = |token: usize| self.kind(token) == TokenKind::Word;
        is_word(self.at - 1)
            && is_word(self.at + 1)
            && is_long(self.before())
            && (is_long(self.after()) || self.announces_acronym())
            && self.before().chars().skip(1).all(char::is_lowercase)
    }

    fn announces_acronym(&self) -> bool {
        let tokens = &self.context.content.tokens;
        let is_ratio = tokens.get(self.at + 2).is_some_and(|_| self.word(self.at + 2) == "ratio");
        self.after().len() > 1 && self.after().bytes().all(|byte| byte.is_ascii_uppercase()) && !is_ratio
    }

    /// ")The" has lost its stop as well; "item(s)he", "1)The" and "poly(lactic)acid" are other notations.
    fn after_bracket(&self) -> Option<Repair> {
        let open = (0..self.at).rev().take(REACH).find(|&token| matches!(self.word(token), "(" | ")"))?;
        let tokens = &self.context.content.tokens;
        let is_abbreviated = self.at - open == 2 && self.before().chars().count() < 3;
        let stands_alone =
            self.word(open) == "(" && tokens[open].gap != Gap::None && self.at - open > 1 && !is_abbreviated;
        if !stands_alone || self.kind(self.at + 1) != TokenKind::Word {
            return None;
        }
        let after = self.after();
        let second = after.chars().nth(1)?;
        let is_mark_before = self.kind(self.at - 1) == TokenKind::Mark;
        if after.starts_with(char::is_uppercase) && second.is_lowercase() {
            return if is_mark_before || !self.is_starter() {
                Repair::space(")")
            } else {
                Repair::marks("). ")
            };
        }
        let is_plain = after.chars().count() > 2 && after.chars().all(char::is_lowercase);
        if is_plain && self.at - open > 2 { Repair::space(")") } else { None }
    }

    /// Whether the run of text without blanks around the mark is the address of a page or a file.
    fn is_in_address(&self) -> bool {
        let tokens = &self.context.content.tokens;
        let glued_before =
            (1..=self.at).rev().take(REACH).take_while(|&token| tokens[token].gap == Gap::None);
        let first = glued_before.last().map_or(self.at, |token| token - 1);
        let glued_after =
            (self.at + 1..tokens.len()).take(REACH).take_while(|&token| tokens[token].gap == Gap::None);
        let last = glued_after.last().unwrap_or(self.at);
        let chunk = &self.context.content.text()[tokens[first].span.start..tokens[last].span.end];
        ["://", "www.", "@", "_", "\\", "..."].into_iter().any(|part| chunk.contains(part))
    }
}
