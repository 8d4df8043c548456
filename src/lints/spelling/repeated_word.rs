//! A word, a phrase or an element of a list that stands twice.

use std::ops::Range;

use crate::engine::{Applicability, Arg, BlockContext, Draft, DraftFix, SentenceWords, Sink};
use crate::letter::{Content, Role, Sentence};
use crate::text::{Gap, Span, TokenKind};

/// The longest phrase, in words.
const LONGEST: usize = 4;
/// Blanks that part the columns of a table, at least.
const COLUMN: usize = 3;

pub fn check(words: &SentenceWords<'_>, sink: &mut Sink) {
    let SentenceWords { context, sentence } = words;
    let words = Words::of(context);
    let is_prose = !matches!(context.role, Role::ItemHeading | Role::Documents);
    let mut at = sentence.tokens.start;
    while at < sentence.tokens.end {
        let found = (1..=LONGEST).rev().find_map(|length| {
            let is_looked_for = length == 1 || is_prose;
            is_looked_for.then(|| words.doubled(at, length, sentence)).flatten()
        });
        if let Some((draft, end)) = found {
            sink.push(draft);
            at = end;
        } else {
            at += 1;
        }
    }
    if is_prose {
        words.doubled_elements(sentence, sink);
    }
}

struct Words<'a> {
    context: &'a BlockContext<'a>,
    content: &'a Content,
}

impl<'a> Words<'a> {
    fn of(context: &'a BlockContext<'a>) -> Self {
        Self { context, content: context.content }
    }

    fn is_word(&self, at: usize) -> bool {
        self.content.tokens[at].kind == TokenKind::Word
    }

    fn same(&self, a: usize, b: usize) -> bool {
        self.content.word(a).eq_ignore_ascii_case(self.content.word(b))
    }

    fn small(&self, at: usize) -> String {
        self.content.word(at).to_lowercase()
    }

    fn is_in(&self, set: &str, at: usize) -> bool {
        self.context.is_in(set, &self.small(at))
    }

    /// So many words that follow themselves from a token on; with the token where the second copy begins.
    fn doubled(&self, at: usize, length: usize, sentence: &Sentence) -> Option<(Draft, usize)> {
        let second = at + length;
        let end = second + length;
        if end > sentence.tokens.end || !(0..length).all(|word| self.same(at + word, second + word)) {
            return None;
        }
        // Words with spaces between them, and nothing glued to either end.
        let is_run = (at..end).all(|token| self.is_word(token))
            && (at + 1..end).all(|token| self.content.tokens[token].gap != Gap::None)
            && !self.begins_column(second)
            && !self.is_glued(at, end);
        let is_slip = is_run
            && match length {
                1 => self.is_doubled_word(at, sentence),
                _ => self.is_doubled_phrase(at..second, sentence),
            };
        is_slip.then(|| (self.draft(at..second, second..end, length), second))
    }

    /// Whether a word stands in another column of a table than the one before it.
    fn begins_column(&self, at: usize) -> bool {
        let tokens = &self.content.tokens;
        tokens[at].gap == Gap::Blanks && tokens[at].span.start - tokens[at - 1].span.end >= COLUMN
    }

    fn is_glued(&self, start: usize, end: usize) -> bool {
        let tokens = &self.content.tokens;
        let joins = |at: usize| matches!(self.content.word(at), "-" | "/" | "\u{2013}" | "'" | "\"");
        start > 0 && tokens[start].gap == Gap::None && joins(start - 1)
            || tokens.get(end).is_some_and(|token| token.gap == Gap::None) && joins(end)
    }

    fn is_doubled_word(&self, at: usize, sentence: &Sentence) -> bool {
        let second = self.content.word(at + 1);
        if !second.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return false;
        }
        let before = at.checked_sub(1).filter(|before| *before >= sentence.tokens.start);
        let follows = |set: &str| before.is_some_and(|before| self.is_in(set, before));
        if self.context.is_in("verbs", second) {
            // "What the problem is is the brace."
            let opens = before.is_none_or(|before| before == sentence.tokens.start);
            return (opens || !follows("subjects"))
                && !sentence.tokens.clone().any(|token| self.small(token) == "what");
        }
        if self.context.is_in("particles", second) {
            // "She was checked in in May."
            return !follows("phrasal");
        }
        if self.context.is_in("modals", second) {
            // "In May may": a month, and a name.
            return self.content.word(at) == second && !follows("before-noun");
        }
        self.context.is_in("function", second)
            || second.len() > 3 && !self.context.is_in("doubles", second) && !self.is_tripled(at, sentence)
    }

    /// "pain pain pain" is no slip of the hand.
    fn is_tripled(&self, at: usize, sentence: &Sentence) -> bool {
        let next = at + 2;
        next < sentence.tokens.end && self.same(at, next)
            || at > sentence.tokens.start && self.same(at - 1, at)
    }

    /// Not "day by day by", "more and more and".
    fn is_doubled_phrase(&self, phrase: Range<usize>, sentence: &Sentence) -> bool {
        let is_varied = phrase.clone().any(|token| !self.same(token, phrase.start));
        let has_word = phrase.clone().any(|token| self.content.word(token).len() > 2);
        let has_digits =
            phrase.clone().any(|token| self.content.word(token).bytes().any(|byte| byte.is_ascii_digit()));
        let is_open = phrase.len() > 2 || !self.may_grow(&phrase, sentence);
        is_varied && has_word && !has_digits && is_open && !self.ends_relative_clause(&phrase, sentence)
    }

    /// "What is not advised is not advised": the clause's verb, then the sentence's.
    fn ends_relative_clause(&self, phrase: &Range<usize>, sentence: &Sentence) -> bool {
        let is_clause = phrase.start > sentence.tokens.start && self.is_in("relatives", phrase.start - 1);
        is_clause && self.is_in("predicates", phrase.start)
    }

    /// Two words of which one links: "side to side to side". A preposition does so only where its noun stands on both
    /// sides ("worse with worse with gripping" is a slip).
    fn may_grow(&self, phrase: &Range<usize>, sentence: &Sentence) -> bool {
        let (first, second) = (phrase.start, phrase.start + 1);
        let (links_first, links_second) = (self.is_in("links", first), self.is_in("links", second));
        let end = phrase.end + phrase.len();
        let goes_on = sentence.tokens.contains(&end) && self.same(first, end);
        let went_before = first > sentence.tokens.start && self.same(first - 1, second);
        let is_small = phrase.clone().all(|token| self.content.word(token).starts_with(char::is_lowercase));
        match (links_first, links_second) {
            _ if !is_small => links_first || links_second,
            (false, false) => false,
            (true, true) => true,
            (true, false) => went_before || !self.is_in("openings", first),
            (false, true) => goes_on || !self.is_in("prepositions", second),
        }
    }

    fn draft(&self, first: Range<usize>, second: Range<usize>, length: usize) -> Draft {
        let tokens = &self.content.tokens;
        let span_of = |range: &Range<usize>| tokens[range.start].span.start..tokens[range.end - 1].span.end;
        let (one, two) = (span_of(&first), span_of(&second));
        let word = self.small(second.start);
        let is_safe = length == 1
            && word != "not"
            && ["function", "particles", "verbs", "modals"].iter().any(|set| self.context.is_in(set, &word));
        let key = if length == 1 { "message" } else { "phrase" };
        let applicability = if is_safe { Applicability::Safe } else { Applicability::Unsafe };
        let text = self.content.text();
        Draft::new(self.context.place(one.start..two.end), key)
            .arg("found", Arg::letter(&text[one.clone()]))
            .fix(DraftFix::replace(self.context.place(one.start..two.end), &text[one], applicability))
    }

    /// "pain, numbness, pain and weakness".
    fn doubled_elements(&self, sentence: &Sentence, sink: &mut Sink) {
        for list in self.lists(sentence) {
            for (index, element) in list.iter().enumerate() {
                if index > 0 && self.grows(&list[index - 1], element) {
                    continue;
                }
                let Some(before) = list[..index].iter().find(|before| self.same_element(before, element))
                else {
                    continue;
                };
                let tokens = &self.content.tokens;
                let span: Span = tokens[element.start].span.start..tokens[element.end - 1].span.end;
                let first = tokens[before.start].span.start..tokens[before.end - 1].span.end;
                let mut draft = Draft::new(self.context.place(span.clone()), "element")
                    .arg("found", Arg::letter(&self.content.text()[span.clone()]))
                    .related(self.context.place(first), "first", Vec::new());
                if self.content.word(element.start - 1) == "," {
                    let cut = tokens[element.start - 1].span.start..span.end;
                    draft = draft.fix(DraftFix::replace(self.context.place(cut), "", Applicability::Unsafe));
                }
                sink.push(draft);
            }
        }
    }

    /// The lists of a sentence: runs of short elements between commas, three at least.
    fn lists(&self, sentence: &Sentence) -> Vec<Vec<Range<usize>>> {
        let mut lists = Vec::new();
        let mut list: Vec<Range<usize>> = Vec::new();
        let mut start = sentence.tokens.start;
        for at in sentence.tokens.clone() {
            let word = self.content.word(at);
            // "pain, numbness and weakness" has its last comma in the "and".
            let is_link = !list.is_empty() && at > start && matches!(word, "and" | "or");
            let is_comma = word == "," || is_link;
            let is_end = matches!(word, "." | ";" | ":" | "(" | ")") || at + 1 == sentence.tokens.end;
            if !is_comma && !is_end {
                continue;
            }
            let element = self.element(start..at, list.is_empty());
            let is_last = !is_comma;
            match element {
                Some(element) => list.push(element),
                None if is_last => {}
                None => lists.push(std::mem::take(&mut list)),
            }
            if is_last {
                lists.push(std::mem::take(&mut list));
            }
            start = at + 1;
        }
        lists.retain(|list| list.len() > 2);
        lists
    }

    /// One element: up to four words. The first of a list stands behind the words that open it.
    fn element(&self, mut tokens: Range<usize>, opens: bool) -> Option<Range<usize>> {
        if tokens.len() > 1 && matches!(self.small(tokens.start).as_str(), "and" | "or") {
            tokens.start += 1;
        }
        if opens {
            let opener = tokens.clone().rev().take(LONGEST + 1).find(|&at| self.is_in("openers", at));
            tokens.start = opener.map_or(tokens.start, |opener| opener + 1);
        }
        let is_short = (1..=LONGEST).contains(&tokens.len()) && tokens.clone().all(|at| self.is_word(at));
        is_short.then_some(tokens)
    }

    /// "more and more": no list.
    fn grows(&self, before: &Range<usize>, element: &Range<usize>) -> bool {
        matches!(self.content.word(element.start - 1), "and" | "or") && self.same_element(before, element)
    }

    fn same_element(&self, a: &Range<usize>, b: &Range<usize>) -> bool {
        let word = self.content.word(b.start);
        a.len() == b.len()
            && a.clone().zip(b.clone()).all(|(a, b)| self.same(a, b))
            && word.len() > 2
            && !b.clone().any(|at| self.content.word(at).bytes().any(|byte| byte.is_ascii_digit()))
            && !(b.len() == 1 && self.is_in("values", b.start))
            // "15 days or more, eight or more": what ends an amount.
            && !(word == "more" && self.content.word(b.start - 1) == "or")
    }
}
