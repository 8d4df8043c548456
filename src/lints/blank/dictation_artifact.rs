//! Words that were spoken to whoever typed, and marks of what was not heard.

use std::ops::Range;

use crate::engine::{Applicability, Arg, BlockContext, Draft, DraftFix, Sink};
use crate::letter::is_abbreviation;
use crate::text::{Gap, TokenKind};

/// Words of the longest command.
const LONGEST_COMMAND: usize = 7;
/// Tokens between the brackets of a mark.
const LONGEST_MARK: usize = 6;

pub fn check(context: &BlockContext<'_>, sink: &mut Sink) {
    let tokens = &context.content.tokens;
    let mut at = 0;
    while at < tokens.len() {
        let reader = Reader { context };
        let artifact = match tokens[at].kind {
            TokenKind::Number => None,
            TokenKind::Mark => reader.unheard(at),
            TokenKind::Word => reader.spoken(at).or_else(|| reader.joining(at)).or_else(|| reader.aside(at)),
        };
        let Some(artifact) = artifact.filter(|_| !context.content.is_quoted(at)) else {
            at += 1;
            continue;
        };
        at = artifact.tokens.end;
        sink.push(reader.draft(&artifact));
    }
}

struct Artifact {
    tokens: Range<usize>,
    key: &'static str,
    /// What was meant by it.
    mark: &'static str,
    /// Whether the words around it belong to one another without a blank ("L4 dash L5").
    joins: bool,
}

/// A command, or the name of a mark.
enum Spoken {
    /// Said to whoever types, and never in a sentence.
    Always,
    /// Said to whoever types where a sentence pauses.
    Pausing,
    /// Said of what was said before; a verb with its object elsewhere.
    Undoing,
    Mark(&'static str),
}

struct Reader<'a> {
    context: &'a BlockContext<'a>,
}

impl Reader<'_> {
    fn is_kind(&self, token: usize, kind: TokenKind) -> bool {
        self.context.content.tokens.get(token).is_some_and(|token| token.kind == kind)
    }

    /// Whether a set has a token's word in small letters.
    fn is_at(&self, set: &str, at: usize) -> bool {
        self.context.content.tokens.get(at).is_some_and(|token| self.context.set(set).has(token.key))
    }

    /// "[inaudible]", "(unintelligible)", "[sp?]".
    fn unheard(&self, at: usize) -> Option<Artifact> {
        let close = match self.context.word(at) {
            "[" => "]",
            "(" => ")",
            "<" => ">",
            _ => return None,
        };
        let end = (at + 1..=at + 1 + LONGEST_MARK).find(|&token| self.context.word(token) == close)?;
        let said: Vec<String> = (at + 1..end)
            .filter(|&token| {
                self.is_kind(token, TokenKind::Word)
                    || matches!(self.context.word(token), "?") && end == at + 2
            })
            .map(|token| self.context.word(token).to_lowercase())
            .collect();
        let is_mark = self.context.is_in("unheard", &said.join(" "));
        let is_doubted = || {
            said.iter().any(|word| self.context.is_in("doubts", word))
                && said
                    .iter()
                    .all(|word| ["doubts", "doubted"].iter().any(|set| self.context.is_in(set, word)))
        };
        let is_uncertain = close == "]" && (self.context.is_in("uncertain", &said.join(" ")) || is_doubted());
        (is_mark || is_uncertain || close == "]" && self.is_time_of_recording(at + 1, end))
            .then_some(Artifact { tokens: at..end + 1, key: "unheard", mark: "", joins: false })
    }

    /// "[00:03:12]": where in a recording a word was not heard.
    fn is_time_of_recording(&self, start: usize, end: usize) -> bool {
        let is_time =
            |token: usize| self.is_kind(token, TokenKind::Number) || self.context.word(token) == ":";
        let colons = (start..end).map(|token| self.context.word(token).matches(':').count()).sum::<usize>();
        colons == 2 && (start..end).all(is_time)
    }

    /// The command or mark that is named from a token on, the longest first, with the token after it.
    fn named(&self, at: usize) -> Option<(Spoken, usize)> {
        if !self.is_at("first", at) {
            return None;
        }
        (1..=LONGEST_COMMAND).rev().find_map(|length| {
            let is_run = (at + 1..at + length).all(|token| {
                self.is_kind(token, TokenKind::Word) && self.context.gap(token).is_some_and(Gap::is_space)
            });
            if !is_run {
                return None;
            }
            let words: Vec<String> =
                (at..at + length).map(|token| self.context.word(token).to_lowercase()).collect();
            let phrase = words.join(" ");
            let spoken = match phrase.as_str() {
                "comma" => Spoken::Mark(","),
                "period" => Spoken::Mark("."),
                "colon" => Spoken::Mark(":"),
                "semicolon" => Spoken::Mark(";"),
                "question mark" => Spoken::Mark("?"),
                _ if self.context.is_in("always", &phrase) => Spoken::Always,
                _ if self.context.is_in("pausing", &phrase) => Spoken::Pausing,
                _ if self.context.is_in("undoing", &phrase) => Spoken::Undoing,
                _ => return None,
            };
            Some((spoken, at + length))
        })
    }

    /// "comma new paragraph", "mild period The", "scratch that".
    fn spoken(&self, at: usize) -> Option<Artifact> {
        let mut end = at;
        let (mut mark, mut is_always, mut is_pausing, mut is_undoing) = ("", false, false, false);
        while let Some((spoken, next)) = self.named(end)
            && (end == at || self.context.gap(end).is_some_and(Gap::is_space))
        {
            match spoken {
                Spoken::Always => is_always = true,
                Spoken::Pausing => is_pausing = true,
                Spoken::Undoing => is_undoing = true,
                Spoken::Mark(named) => mark = named,
            }
            end = next;
        }
        let is_noun = at > 0 && self.context.is_in_lower("before-noun", self.context.word(at - 1));
        let is_glued = self.context.gap(at) == Some(Gap::None)
            || self.context.gap(end) == Some(Gap::None) && self.context.word(end) == "-";
        if end == at || is_glued || is_noun && !is_always {
            return None;
        }
        let goes_on = || self.context.is_in("subjects", self.context.word(end));
        let is_artifact = is_always
            || is_pausing
                && (!mark.is_empty()
                    || (self.begins_sentence(end) || goes_on()) && self.pauses_before(at)
                    || self.is_whole_sentence(at, end))
            || is_undoing && self.is_undone(at, end)
            || !is_pausing && !is_undoing && self.is_mark(at, end, mark);
        let mark = if mark.is_empty() || mark == "," && is_pausing {
            if self.needs_stop(at, end) && (is_pausing || is_undoing) { "." } else { "" }
        } else {
            mark
        };
        is_artifact.then_some(Artifact { tokens: at..end, key: "message", mark, joins: false })
    }

    /// Whether the name of a mark stands for the mark: "pain comma numbness", "mild period The", "as follows colon".
    fn is_mark(&self, at: usize, end: usize, mark: &str) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let follows_word =
            !self.is_kind(before, TokenKind::Mark) || matches!(self.context.word(before), ")" | "%");
        let goes_on = !self.is_kind(end, TokenKind::Mark) && self.context.gap(end).is_some_and(Gap::is_space);
        if !follows_word {
            return false;
        }
        match mark {
            "," | ";" => goes_on && !self.context.is_in_lower("after-noun", self.context.word(end)),
            "." => self.begins_sentence(end) && self.context.gap(end).is_some() && !self.is_span_of_time(at),
            "?" => {
                self.context.word(end) == "." || self.begins_sentence(end) && self.context.gap(end).is_some()
            }
            ":" => {
                let word = self.context.word(before);
                let announced = self.context.is_in_lower("announcing", word)
                    && (word == "follows" || self.is_kind(end, TokenKind::Number));
                // "Two drugs colon ibuprofen and omeprazole."
                let counted = word.ends_with('s')
                    && (before.saturating_sub(2)..before)
                        .any(|token| self.context.is_in_lower("counts", self.context.word(token)));
                let is_organ = self.context.is_in_lower("behind-organ", self.context.word(end));
                // "On 03/05/2016 colon the lungs are clear."
                let dated = at > 1
                    && self.is_kind(before, TokenKind::Number)
                    && matches!(self.context.word(before - 1), "/" | "-")
                    || word.contains('/');
                goes_on && !is_organ && (announced || counted || dated)
            }
            _ => false,
        }
    }

    /// "During the trial period The": a period of time, and a stop that was lost.
    fn is_span_of_time(&self, at: usize) -> bool {
        (at.saturating_sub(4)..at).any(|token| self.context.is_in_lower("time", self.context.word(token)))
    }

    /// "The knee, scratch that The hip", "worn delete that for a month"; not "to scratch that arm".
    fn is_undone(&self, at: usize, end: usize) -> bool {
        let before = at.checked_sub(1).map_or("", |before| self.context.word(before));
        let next = self.context.word(end);
        let is_verb = self.context.is_in_lower("before-verb", before);
        let has_no_object = matches!(next, "" | "," | "." | ";")
            || self.begins_sentence(end)
            || self.context.is_in("objectless", next);
        !is_verb && has_no_object
    }

    /// The text ends here, or a word follows that begins sentences.
    fn begins_sentence(&self, at: usize) -> bool {
        self.context.gap(at).is_none()
            || self.context.word(at) == "." && self.context.gap(at + 1).is_none()
            || {
                let word = self.context.word(at);
                word.starts_with(char::is_uppercase) && self.context.is_in_lower("starters", word)
            }
    }

    /// "New paragraph." between two sentences.
    fn is_whole_sentence(&self, at: usize, end: usize) -> bool {
        let begins = at == 0 || self.context.word(at - 1) == ".";
        begins && self.context.word(end) == "." && self.context.is_glued(end)
    }

    /// A sentence or a clause ends before it, or a plain word does.
    fn pauses_before(&self, at: usize) -> bool {
        at == 0
            || !self.is_kind(at - 1, TokenKind::Mark)
            || matches!(self.context.word(at - 1), "." | "," | ")" | ";")
    }

    fn needs_stop(&self, at: usize, end: usize) -> bool {
        at > 0
            && !self.is_kind(at - 1, TokenKind::Mark)
            && self.context.word(end).starts_with(char::is_uppercase)
            && !is_abbreviation(self.context.word(at - 1))
    }

    /// "L4 dash L5", "10 slash 325", "wrist slash hand".
    fn joining(&self, at: usize) -> Option<Artifact> {
        let mark = match self.context.word(at) {
            "dash" | "hyphen" => "-",
            "slash" => "/",
            _ => return None,
        };
        let has_digit = |token: usize| self.context.word(token).contains(|c: char| c.is_ascii_digit());
        let is_word = |token: usize| {
            let word = self.context.word(token);
            self.is_kind(token, TokenKind::Word)
                && !["before-noun", "subjects", "objectless", "unjoined"]
                    .iter()
                    .any(|set| self.context.is_in_lower(set, word))
        };
        let are_numbers = |at: usize| has_digit(at - 1) && has_digit(at + 1);
        let are_words = |at: usize| self.context.word(at) != "dash" && is_word(at - 1) && is_word(at + 1);
        let is_artifact = at > 0
            && (are_numbers(at) || are_words(at))
            && [at, at + 1].iter().all(|&token| self.context.gap(token).is_some_and(Gap::is_space));
        is_artifact.then_some(Artifact { tokens: at..at + 1, key: "message", mark, joins: true })
    }

    /// "um", "described it as quote like a knife", "Transcriptionist, please".
    fn aside(&self, at: usize) -> Option<Artifact> {
        let stands_free = |token: usize| self.context.gap(token).is_none_or(Gap::is_space);
        let word = self.context.word(at);
        let before = at.checked_sub(1).map_or("", |before| self.context.word(before));
        let after_number = at > 0 && self.is_kind(at - 1, TokenKind::Number);
        let is_filler = self.context.is_in("fillers", word) && !after_number && at > 0 && stands_free(at);
        let is_quote = word == "quote" && self.context.is_in_lower("saying", before) && stands_free(at + 1);
        let please = at + 1 + usize::from(self.context.word(at + 1) == ",");
        let is_request =
            self.is_at("typists", at) && self.context.word(please).eq_ignore_ascii_case("please");
        let end = if is_request { please + 1 } else { at + 1 };
        (is_filler || is_quote || is_request).then_some(Artifact {
            tokens: at..end,
            key: "message",
            mark: "",
            joins: false,
        })
    }

    fn draft(&self, artifact: &Artifact) -> Draft {
        let content = self.context.content;
        let Range { start, end } = artifact.tokens.clone();
        let span = content.tokens[start].span.start..content.tokens[end - 1].span.end;
        let next = content.tokens.get(end).map(|token| token.span.start);
        let removed = match start.checked_sub(1) {
            // At the beginning the blank behind it goes with it, elsewhere the one before.
            None => span.start..next.unwrap_or(span.end),
            Some(before) if artifact.joins => content.tokens[before].span.end..next.unwrap_or(span.end),
            Some(before) => content.tokens[before].span.end..span.end,
        };
        let fix = DraftFix::replace(self.context.place(removed), artifact.mark, Applicability::Unsafe);
        let fix = if artifact.mark.is_empty() {
            fix
        } else {
            fix.titled(format!("Replace with “{}”", artifact.mark))
        };
        Draft::new(self.context.place(span.clone()), artifact.key)
            .arg("found", Arg::letter(&content.text()[span]))
            .fix(fix)
    }
}
