//! A name that was blanked out.

use std::borrow::Cow;

use crate::engine::{Applicability, BlockContext, Draft, DraftFix, Sink};
use crate::letter::is_abbreviation;
use crate::text::{Gap, Parts, Span, TokenKind, Wrap};

/// A share of wide gaps above which a text is set to both margins.
const JUSTIFIED_SHARE: usize = 8;

pub fn check(context: &BlockContext<'_>, sink: &mut Sink) {
    let reader = Reader { context, justified: is_justified(context) };
    for at in 0..context.content.tokens.len() {
        let draft = reader
            .lost_after_title(at)
            .or_else(|| reader.lost_possessor(at))
            .or_else(|| reader.lost_subject(at))
            .or_else(|| reader.lost_author(at))
            .or_else(|| reader.lost_after_preposition(at))
            .or_else(|| reader.lost_employer(at))
            .or_else(|| reader.lost_apposition(at))
            .or_else(|| reader.lost_after_date(at))
            .or_else(|| reader.lost_after_work(at))
            .or_else(|| reader.lost_object(at))
            .or_else(|| reader.lost_at_short_line(at));
        if let Some(draft) = draft {
            sink.push(draft);
        }
    }
}

/// Many wide gaps between words: a layout, not lost names.
fn is_justified(context: &BlockContext<'_>) -> bool {
    let tokens = &context.content.tokens;
    let wide = tokens
        .windows(2)
        .filter(|pair| {
            pair[1].gap == Gap::Blanks && pair[0].kind == TokenKind::Word && pair[1].kind == TokenKind::Word
        })
        .count();
    wide > 2 && wide * JUSTIFIED_SHARE > tokens.len()
}

struct Reader<'a> {
    context: &'a BlockContext<'a>,
    justified: bool,
}

impl Reader<'_> {
    fn word(&self, at: usize) -> &str {
        self.context.word(at)
    }

    fn lower(&self, at: usize) -> Cow<'_, str> {
        self.context.content.lower(at)
    }

    fn gap(&self, at: usize) -> Gap {
        self.context.content.tokens[at].gap
    }

    /// Whether a set has a token's word in small letters.
    fn is_at(&self, set: &str, at: usize) -> bool {
        self.context.set(set).has(self.context.content.tokens[at].key)
    }

    fn exists(&self, at: usize) -> bool {
        at < self.context.content.tokens.len()
    }

    fn span(&self, first: usize, last: usize) -> Span {
        let tokens = &self.context.content.tokens;
        tokens[first].span.start..tokens[last].span.end
    }

    fn draft(&self, first: usize, last: usize, message: &'static str) -> Draft {
        Draft::new(self.context.place(self.span(first, last)), message)
    }

    /// "Dr. , dated", "Dr.  on", "Dr. 's", "Dr. recommends".
    fn lost_after_title(&self, at: usize) -> Option<Draft> {
        if !self.context.is_in("titles", self.word(at)) {
            return None;
        }
        // "The Dr. on call": a short form of "doctor".
        let is_noun =
            at > 0 && matches!(&*self.lower(at - 1), "the" | "a" | "an" | "his" | "her" | "this" | "another");
        if is_noun {
            return None;
        }
        let stop = at + 1;
        let has_stop = self.exists(stop) && self.word(stop) == "." && self.gap(stop) == Gap::None;
        let next = if has_stop { stop + 1 } else { stop };
        if !self.exists(next) {
            return None;
        }
        let word = self.lower(next);
        let begins_small = self.word(next).starts_with(char::is_lowercase);
        let lost = match &*word {
            "," | ";" => true,
            "." => self.gap(next) != Gap::None,
            "'" | "\u{2019}" => {
                self.gap(next) != Gap::None && self.exists(next + 1) && self.word(next + 1) == "s"
            }
            _ if self.gap(next) == Gap::Blanks && !self.justified => begins_small,
            _ => {
                // "Dr. found": a word that everybody uses, and no part of a name ("Dr. de Leon").
                let is_common = self.context.is_in("after-name", &word)
                    || Parts::of(self.context.content.tokens[next].key).is_some()
                        && !self.context.is_in("name-parts", &word);
                begins_small && has_stop && is_common && !matches!(&*word, "in" | "to" | "at")
            }
        };
        lost.then(|| {
            self.draft(at, if matches!(&*word, "'" | "\u{2019}") { next + 1 } else { next }, "title")
        })
    }

    /// "per 's note": an apostrophe and an s behind a blank.
    fn lost_possessor(&self, at: usize) -> Option<Draft> {
        let apostrophe = matches!(self.word(at), "'" | "\u{2019}");
        let owns = apostrophe
            && self.exists(at + 2)
            && self.word(at + 1) == "s"
            && self.gap(at + 1) == Gap::None
            && self.gap(at + 2) != Gap::None
            && self.gap(at) != Gap::None
            && self.word(at + 2).starts_with(char::is_alphanumeric);
        let after_title =
            at >= 2 && self.word(at - 1) == "." && self.context.is_in("titles", self.word(at - 2));
        (owns && !after_title).then(|| self.draft(at, at + 1, "possessive"))
    }

    /// A sentence that begins with a verb in small letters.
    fn lost_subject(&self, at: usize) -> Option<Draft> {
        let content = self.context.content;
        if at < 2 || self.word(at - 1) != "." {
            return None;
        }
        let sentence = content.sentence_at(content.tokens[at].span.start)?;
        if sentence.tokens.start != at {
            return None;
        }
        if is_abbreviation(self.word(at - 2)) || !self.context.is_in("verbs", self.word(at)) {
            return None;
        }
        let last = self.requesting_provider(at);
        let is_copula = matches!(self.word(at), "is" | "was" | "has" | "had" | "also" | "then");
        let lost_more_than_a_blank =
            self.gap(at) == Gap::Blanks && !self.justified || self.wrap_with_surplus(at);
        let is_conclusion =
            self.exists(at + 2) && matches!(self.word(at + 1), "not" | "medically" | "therefore");
        match last {
            Some(last) => Some(self.draft(at, last, "subject")),
            None if is_conclusion => None,
            None if !is_copula || lost_more_than_a_blank => Some(self.draft(at, at, "subject")),
            None => None,
        }
    }

    /// "is the requesting provider": the last token, if these words stand here.
    fn requesting_provider(&self, at: usize) -> Option<usize> {
        let is_a = matches!(self.word(at), "is" | "was")
            && self.exists(at + 2)
            && matches!(self.word(at + 1), "the" | "a" | "an");
        (at + 2..at + 7)
            .take_while(|&next| {
                is_a && self.exists(next) && self.context.content.tokens[next].kind == TokenKind::Word
            })
            .find(|&next| self.context.is_in("providers", &self.lower(next)))
    }

    fn wrap_with_surplus(&self, at: usize) -> bool {
        let content = self.context.content;
        let start = content.tokens[at].span.start;
        self.gap(at) == Gap::Wrap
            && content.logical.wraps().iter().any(|wrap| wrap.at + 1 == start && wrap.trailing_blanks > 1)
    }

    /// "According to  report", "According to , the", "per  note": the author of a document.
    fn lost_author(&self, at: usize) -> Option<Draft> {
        let (preposition, next) = match &*self.lower(at) {
            "according" if self.exists(at + 2) && self.lower(at + 1) == "to" => (at + 1, at + 2),
            // "Per report dated 03/04/2016".
            "per" if self.exists(at + 3) && self.is_bare_report(at + 1) => {
                return Some(self.draft(at, at + 1, "message"));
            }
            "per" if self.exists(at + 1) => (at, at + 1),
            _ => return None,
        };
        let gap = self.gap(next);
        let word = self.lower(next);
        let wide = (gap == Gap::Blanks && !self.justified) || self.wrap_with_surplus(next);
        let document = self.context.is_in("documents", &word);
        let mark = word == "," && gap != Gap::None;
        let alone = preposition > at && matches!(&*word, "report" | "note" | "letter" | "evaluation");
        if !(mark || wide && (document || self.context.is_in("after-name", &word)) || alone && gap.is_space())
        {
            return None;
        }
        let draft = self.draft(at, next, "message");
        if !document || gap == Gap::Wrap {
            return Some(draft);
        }
        let content = self.context.content;
        let gap_span = content.tokens[preposition].span.end..content.tokens[next].span.start;
        let filler = DraftFix::replace(
            self.context.place(gap_span),
            " the treating physician's ",
            Applicability::Manual,
        )
        .titled("Insert “the treating physician's”");
        Some(draft.fix(filler))
    }

    /// "report dated 03/04/2016", "note from 03/04/2016".
    fn is_bare_report(&self, at: usize) -> bool {
        matches!(&*self.lower(at), "report" | "note" | "letter" | "evaluation")
            && self.gap(at).is_space()
            && matches!(&*self.lower(at + 1), "dated" | "of" | "from" | "on")
            && self.is_date(at + 2)
    }

    /// "was evaluated by on 03/04/2016", "note from  dated", "seen by , MD".
    fn lost_after_preposition(&self, at: usize) -> Option<Draft> {
        if at == 0 || !self.exists(at + 1) || !self.is_at("needs-name", at) {
            return None;
        }
        let preposition = self.lower(at);
        let next = at + 1;
        let word = self.lower(next);
        let gap = self.gap(next);
        let before = self.lower(at - 1);
        let done_by = self.context.is_in("done-by", &before) && self.gap(at).is_space();
        let wide = gap == Gap::Blanks && !self.justified;
        let dated = word == "dated" && self.is_date(next + 1);
        let on_date = word == "on" && self.is_date(next + 1);
        // ".5 mL"
        let is_decimal =
            self.context.is_glued(next + 1) && self.context.kind(next + 1) == Some(TokenKind::Number);
        let lost_before_mark =
            matches!(&*word, "," | ".") && gap != Gap::None && !self.justified && !is_decimal;
        let begins_small = self.word(next).starts_with(char::is_lowercase);
        // "The note of , MD, of": a degree without its name.
        let lost_before_degree =
            word == "," && self.exists(next + 1) && self.context.is_in("degrees", self.word(next + 1));
        if lost_before_degree {
            return Some(self.draft(at, next, "message"));
        }
        let lost = match &*preposition {
            "by" if matches!(&*word, "of" | "at") && gap.is_space() && done_by => true,
            "of" if word == "from" && gap.is_space() && self.context.is_in("documents", &before) => true,
            "by" => {
                let phrasal = self.context.is_in("stays-by", &before);
                !phrasal && (on_date || dated || lost_before_mark)
                    || done_by && gap.is_space() && (word == "who" || word == "as" && before != "followed")
                    || wide && begins_small && self.context.is_in("after-name", &word)
            }
            // "The condition he was diagnosed with on 03/04/2016": the noun stands before.
            "with" => {
                let meets = self.context.is_in("meets-with", &before);
                meets && (on_date || dated)
                    || lost_before_mark
                    || wide && (on_date || dated || matches!(&*word, "who" | "for" | "and"))
            }
            "from" | "of" => dated || wide && (on_date || matches!(&*word, "who" | "is" | "was" | ",")),
            "to" => dated || wide && (on_date || matches!(&*word, "who" | "for" | "and")) || lost_before_mark,
            "per" => on_date || dated || lost_before_mark,
            _ => false,
        };
        let lost = lost || wide && self.context.is_in("documents", &word);
        lost.then(|| self.draft(at, next, "message"))
    }

    /// "works for  as a welder", "lives in  with an aunt": a preposition, a gap, and a word that cannot follow it.
    fn lost_employer(&self, at: usize) -> Option<Draft> {
        let next = at + 1;
        let is_gap = at > 0 && self.exists(next) && self.gap(next) == Gap::Blanks && !self.justified;
        if !is_gap
            || !self.context.is_in("leads", self.word(at))
            || !self.context.is_in("cannot-follow", self.word(next))
        {
            return None;
        }
        // "was asked for  in March", "is referred to  as", "for  as long as": nothing is lost.
        let before = self.lower(at - 1);
        let is_stranded = before.ends_with("ed") || self.context.is_in("strands", &before);
        let is_measure = self.context.is_in("measures", &self.lower(next + 1));
        (!is_stranded && !is_measure).then(|| self.draft(at, next, "message"))
    }

    /// "On 03/04/2016,  noted swelling": who did it is gone.
    fn lost_after_date(&self, at: usize) -> Option<Draft> {
        let is_gap = self.word(at) == "," && at > 0 && self.exists(at + 1) && self.gap(at + 1) == Gap::Blanks;
        let follows_date = at > 0 && self.context.kind(at - 1) == Some(TokenKind::Number);
        let acts = self.context.is_in("acts", self.word(at + 1));
        (is_gap && follows_date && acts && !self.justified).then(|| self.draft(at, at + 1, "message"))
    }

    /// "The radiologist, , found": nothing between two commas.
    fn lost_apposition(&self, at: usize) -> Option<Draft> {
        let is_pair = self.word(at) == "," && self.word(at + 1) == "," && self.gap(at + 1) != Gap::None;
        let follows_word = at > 0 && self.context.content.tokens[at - 1].kind == TokenKind::Word;
        (is_pair && follows_word && self.gap(at) == Gap::None).then(|| self.draft(at, at + 1, "message"))
    }

    /// "She worked for as a cook".
    fn lost_after_work(&self, at: usize) -> Option<Draft> {
        let works = at > 0 && self.context.is_in("works", self.word(at - 1));
        let is_lost = works
            && self.exists(at + 2)
            && matches!(self.word(at), "for" | "by" | "with" | "at")
            && self.word(at + 1) == "as"
            && matches!(self.word(at + 2), "a" | "an");
        is_lost.then(|| self.draft(at, at + 1, "message"))
    }

    /// The patient "saw on 03/04/2016".
    fn lost_object(&self, at: usize) -> Option<Draft> {
        if at == 0 || !matches!(self.word(at), "saw" | "consulted") {
            return None;
        }
        let sentence = self.context.content.sentence_at(self.context.content.tokens[at].span.start)?;
        let start = sentence.tokens.start;
        let opens = at == start + 1
            || at == start + 2 && matches!(&*self.lower(start), "the" | "this" | "and" | "then");
        let is_main = opens && self.context.is_in("patients", &self.lower(at - 1));
        let is_lost = is_main && self.exists(at + 2) && self.word(at + 1) == "on" && self.is_date(at + 2);
        is_lost.then(|| self.draft(at, at + 1, "message"))
    }

    /// "03/04/2016", "March 4".
    fn is_date(&self, at: usize) -> bool {
        let is_month = self.exists(at + 1)
            && self.context.is_in("months", self.word(at))
            && self.context.content.tokens[at + 1].kind == TokenKind::Number;
        is_month
            || self.exists(at)
                && self.context.content.tokens[at].kind == TokenKind::Number
                && (self.word(at).contains('/')
                    || self.exists(at + 2) && matches!(self.word(at + 1), "-" | "/"))
    }

    /// A line that ends far short of the margin in mid-clause, so that the name which stood at its end is gone.
    fn lost_at_short_line(&self, at: usize) -> Option<Draft> {
        let content = self.context.content;
        let logical = &content.logical;
        let next = content.tokens.get(at + 1).filter(|next| next.gap == Gap::Wrap)?;
        let end = content.tokens[at].span.end;
        let index = logical.wraps().iter().position(|wrap| wrap.at == end && !wrap.after_hyphen)?;
        let next_word = self.lower(at + 1);
        let names_no_one =
            self.word(at + 1).starts_with(char::is_lowercase) && self.context.is_in("after-name", &next_word);
        // Had the next word fitted with room to spare, the line would not have ended here.
        let used = logical.wraps()[index].line_width + 1 + content.text()[next.span.clone()].chars().count();
        let is_title = self.word(at) == "." && at > 0 && self.context.is_in("titles", self.word(at - 1));
        let wants_name = is_title || self.context.is_in("needs-name", &self.lower(at));
        let short = if wants_name {
            logical.wraps().len() > 1 && used * 4 < logical.margin() * 3
        } else {
            content.tokens[at].kind == TokenKind::Word
                && used * 5 < logical.margin() * 3
                && self.stands_between_full_lines(index)
        };
        let first = if is_title { at - 1 } else { at };
        (short && names_no_one).then(|| self.draft(first, at, "message"))
    }

    /// Whether the lines before and after a short one reach the margin: it is no list.
    fn stands_between_full_lines(&self, index: usize) -> bool {
        let logical = &self.context.content.logical;
        let is_full =
            |wrap: Option<&Wrap>| wrap.is_some_and(|wrap| wrap.line_width * 5 >= logical.margin() * 4);
        is_full(index.checked_sub(1).and_then(|before| logical.wraps().get(before)))
            && is_full(logical.wraps().get(index + 1))
    }
}
