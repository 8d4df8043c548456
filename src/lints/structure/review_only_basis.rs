//! A determination that rests on the utilization review alone.

use std::ops::Range;

use crate::engine::{Arg, Draft, LetterContext, Sink};
use crate::letter::{Field, Place, Role};
use crate::text::TokenKind;

pub fn check(context: &LetterContext<'_>, sink: &mut Sink) {
    let letter = context.letter;
    let blocks = || 0..letter.blocks.len();
    let documents: Vec<usize> =
        blocks().filter(|&block| letter.blocks[block].role == Role::Documents).collect();
    if letter.profile.is_none()
        || documents.iter().any(|&block| Words::of_block(context, block).name_record())
    {
        return;
    }
    let said = blocks().find_map(|block| claim(context, block)).map(|place| (place, "message"));
    let listed = || {
        let block =
            documents.into_iter().find(|&block| Words::of_block(context, block).review(0..).is_some())?;
        Some((Place { block, span: 0..letter.blocks[block].content.text().len() }, "list"))
    };
    if let Some((place, message)) = said.or_else(listed) {
        let found = Arg::letter(letter.text_at(&place));
        sink.push(Draft::new(place, message).arg("found", found));
    }
}

/// The sentence of a block that says so.
fn claim(context: &LetterContext<'_>, block: usize) -> Option<Place> {
    let role = context.letter.blocks[block].role;
    let speaks = matches!(
        role,
        Role::Prose | Role::Summary | Role::Boilerplate | Role::Documents | Role::Field(Field::Rationale)
    );
    let content = &context.letter.blocks[block].content;
    let mut sentences = content.sentences.iter().filter(|_| speaks);
    let sentence =
        sentences.find(|sentence| Words::of(context, block, sentence.tokens.clone()).claim_review())?;
    Some(Place { block, span: sentence.span.clone() })
}

/// Words in small letters, without the marks between them.
struct Words<'c> {
    context: &'c LetterContext<'c>,
    words: Vec<String>,
}

impl<'c> Words<'c> {
    fn of_block(context: &'c LetterContext<'c>, block: usize) -> Self {
        Self::of(context, block, 0..context.letter.blocks[block].content.tokens.len())
    }

    fn of(context: &'c LetterContext<'c>, block: usize, tokens: Range<usize>) -> Self {
        let content = context.block(block);
        let is_word = |token: &usize| content.kind(*token) != Some(TokenKind::Mark);
        Self {
            context,
            words: tokens.filter(is_word).map(|token| content.word(token).to_lowercase()).collect(),
        }
    }

    fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", String::as_str)
    }

    fn is(&self, at: usize, set: &str) -> bool {
        self.words.get(at).is_some_and(|word| self.context.is_in(set, word))
    }

    /// The first word of a set within some words from a place on.
    fn next(&self, from: usize, reach: usize, set: &str) -> Option<usize> {
        (from..self.words.len().min(from.saturating_add(reach))).find(|&at| self.is(at, set))
    }

    /// Where the utilization review is first named from a place on: the word after its name.
    fn review(&self, from: std::ops::RangeFrom<usize>) -> Option<usize> {
        from.take(self.words.len()).find_map(|at| self.review_at(at))
    }

    fn review_within(&self, from: usize, reach: usize) -> Option<usize> {
        (from..self.words.len().min(from + reach)).find_map(|at| self.review_at(at))
    }

    /// "utilization review", "UR", "denial letter", "letter of denial".
    fn review_at(&self, at: usize) -> Option<usize> {
        let next = self.word(at + 1);
        match self.word(at) {
            "ur" => Some(at + 1),
            // "taken from the denial"
            "denial"
                if at > 0 && matches!(self.word(at - 1), "the" | "that") && !next.starts_with("letter") =>
            {
                Some(at + 1)
            }
            // "reproduced from that determination"
            "determination" | "review" if at > 0 && matches!(self.word(at - 1), "that" | "said") => {
                Some(at + 1)
            }
            "utilization" if next.starts_with("review") => Some(at + 2),
            "denial" if matches!(next, "letter" | "notice") => Some(at + 2),
            "letter" | "notice" if next == "of" && self.word(at + 2) == "denial" => Some(at + 3),
            _ => None,
        }
    }

    /// Whether a list of documents names a record: not "no medical records", not the utilization review's own report.
    fn name_record(&self) -> bool {
        let is_denied = |at: usize| (at.saturating_sub(4)..at).any(|before| self.word(before) == "no");
        let is_reviews = |at: usize| {
            (at.saturating_sub(3)..at).any(|start| self.review_at(start).is_some_and(|end| at <= end))
        };
        (0..self.words.len()).any(|at| {
            let is_form = self.word(at) == "pr" && self.word(at + 1).starts_with('2');
            let is_film = self.word(at) == "x" && self.word(at + 1).starts_with("ray");
            (self.is(at, "record") || is_form || is_film) && !is_denied(at) && !is_reviews(at)
        })
    }

    /// Whether a sentence says that nothing but the utilization review was read.
    fn claim_review(&self) -> bool {
        self.review(0..).is_some()
            && !self.is_excused()
            && (self.account_is_taken()
                || self.nothing_else()
                || self.review_is_only()
                || self.rests_alone()
                || self.lists_review_only())
    }

    /// "This summary was taken from the UR decision", "… is a copy of that in", "… repeats the utilization review".
    fn account_is_taken(&self) -> bool {
        let accounts = (0..self.words.len()).filter(|&at| self.names_account(at));
        accounts.into_iter().any(|account| {
            let from = account + 1;
            let is_taken = self.next(from, 14, "taken").is_some_and(|taken| {
                self.next(taken, 10, "from").is_some_and(|from| {
                    // "from the therapy notes and the utilization review"
                    self.review_within(from, 12).is_some_and(|review| !self.names_paper(from..review))
                })
            });
            let is_same = self
                .next(from, 5, "be")
                .is_some_and(|be| self.is(be + 1, "same") && self.review_within(be + 2, 8).is_some());
            let is_limited = self.next(from, 6, "limited").is_some_and(|limited| {
                self.word(limited + 1) == "to" && self.review_within(limited + 2, 6).is_some()
            });
            let repeats = self
                .next(from, 8, "repeats")
                .is_some_and(|repeats| self.review_within(repeats + 1, 6).is_some());
            // "History as stated in the utilization review."
            let is_as_told = self.word(from) == "as"
                && self.is(from + 1, "told")
                && self.word(from + 2) == "in"
                && self.review_within(from + 3, 4).is_some();
            // "The synopsis in the denial letter has been adopted here."
            let is_adopted = matches!(self.word(from), "in" | "of" | "from")
                && self.review_within(from + 1, 4).is_some_and(|review| {
                    self.next(review, 8, "adopted")
                        .is_some_and(|adopted| !matches!(self.word(adopted + 1), "from" | "by"))
                });
            is_taken || is_same || is_limited || repeats || is_as_told || is_adopted
        })
    }

    /// Whether a record stands between two places, the utilization review's own apart.
    fn names_paper(&self, within: Range<usize>) -> bool {
        within.clone().any(|at| {
            let is_reviews = (at.saturating_sub(2)..at).any(|start| self.review_at(start).is_some());
            (self.is(at, "record") || self.is(at, "further")) && !is_reviews
        })
    }

    /// Words for what the letter itself tells or decides.
    fn names_account(&self, at: usize) -> bool {
        let before = |words: &[&str]| at > 0 && words.contains(&self.word(at - 1));
        match self.word(at) {
            "above" | "foregoing" | "following" => before(&["the"]),
            "decision" | "determination" | "review" | "analysis" => before(&["this", "final", "our"]),
            "information" => before(&["clinical", "the"]) && self.word(at + 1) != "provided",
            _ => self.is(at, "account"),
        }
    }

    /// "No records other than the UR decision", "nothing but the UR decision", "apart from it, no reports".
    fn nothing_else(&self) -> bool {
        let excepts = (0..self.words.len()).filter(|&at| self.is_exception(at));
        let is_only_review = excepts.into_iter().any(|except| {
            let before = &self.words[except.saturating_sub(14)..except];
            let denies = before.iter().any(|word| matches!(word.as_str(), "nothing" | "none"))
                || before
                    .iter()
                    .position(|word| word == "no")
                    .is_some_and(|no| before[no..].iter().any(|word| self.context.is_in("papers", word)));
            let Some(review) = self.review_within(except + 1, 10) else { return false };
            let denies_behind =
                self.next(review, 12, "no").is_some_and(|no| self.next(no, 8, "papers").is_some());
            denies || denies_behind && self.word(except) != "but"
        });
        let not_received = || {
            let papers = (0..self.words.len()).filter(|&at| self.is(at, "papers"));
            papers.into_iter().any(|papers| {
                let Some(not) = (papers..self.words.len().min(papers + 8)).find(|&at| self.word(at) == "not")
                else {
                    return false;
                };
                self.next(not + 1, 2, "received").is_some_and(|received| {
                    self.next(received, 20, "from").is_some_and(|from| self.review_within(from, 7).is_some())
                })
            })
        };
        is_only_review || not_received()
    }

    /// "but", "other than", "apart from", "besides".
    fn is_exception(&self, at: usize) -> bool {
        match self.word(at) {
            "other" => self.word(at + 1) == "than",
            "apart" | "aside" => self.word(at + 1) == "from",
            word => self.context.is_in("except", word),
        }
    }

    /// "The only document was the UR decision", "the UR decision, the sole source", "only the UR decision was sent".
    fn review_is_only(&self) -> bool {
        let only = (0..self.words.len()).filter(|&at| matches!(self.word(at), "only" | "sole"));
        only.into_iter().any(|only| {
            let papers = self.next(only + 1, 5, "papers");
            let is_named_behind = papers.is_some_and(|papers| self.review_within(papers, 18).is_some());
            let is_named_before = papers.is_some_and(|papers| self.is_apposed(only, papers))
                && (only.saturating_sub(14)..only).any(|at| self.review_at(at).is_some());
            let is_received = self.review_within(only + 1, 5).is_some_and(|review| {
                self.next(review, 10, "be").is_some_and(|be| self.next(be + 1, 3, "received").is_some())
            });
            is_named_behind || is_named_before || is_received
        })
    }

    /// "…, the sole source for this summary", "… is the only document": not "it says that the only report …".
    fn is_apposed(&self, only: usize, papers: usize) -> bool {
        let before = only.checked_sub(2).map_or("", |at| self.word(at));
        let is_predicate = self.context.is_in("be", before) || before == "as";
        let is_of_letter = matches!(self.word(papers + 1), "for" | "of" | "in")
            && (papers + 2..papers + 6).any(|at| self.names_account(at) || self.word(at) == "file");
        is_predicate || is_of_letter
    }

    /// "relies solely on the UR decision", "rests on the UR decision alone".
    fn rests_alone(&self) -> bool {
        let rests = (0..self.words.len()).filter(|&at| self.is(at, "rests"));
        rests.into_iter().any(|rests| {
            let Some(on) = self.next(rests + 1, 3, "from") else { return false };
            let Some(review) = self.review_within(on + 1, 8) else { return false };
            self.next(rests, 3, "alone").is_some() || self.next(review, 6, "alone").is_some()
        })
    }

    /// "Records reviewed: utilization review determination of 11/19/2013 only."
    fn lists_review_only(&self) -> bool {
        let is_list = self.is(0, "papers") && self.is(1, "received");
        let ends_alone = self.words.last().is_some_and(|word| self.context.is_in("alone", word));
        is_list
            && ends_alone
            && self.review_within(2, 4).is_some_and(|end| !self.names_paper(end..self.words.len()))
    }

    /// A further source, a denial, or the regulation's own words.
    fn is_excused(&self) -> bool {
        let adds_source = (0..self.words.len()).filter(|&at| self.is(at, "and")).any(|and| {
            let paper = self.next(and + 1, 8, "further").or_else(|| self.next(and + 1, 8, "record"));
            paper.is_some_and(|paper| {
                let is_denied = (and..paper).any(|at| self.is(at, "no"));
                !is_denied && !self.is(paper + 1, "be") && self.review_within(and, paper - and).is_none()
            })
        });
        let denies = (0..self.words.len())
            .filter(|&at| self.word(at) == "not")
            .any(|not| self.next(not + 1, 3, "taken").or_else(|| self.next(not + 1, 3, "rests")).is_some());
        let is_rule = (0..self.words.len())
            .any(|at| self.is(at, "rule") || self.word(at) == "shall" && self.word(at + 1) == "issue");
        adds_source || denies || is_rule
    }
}
