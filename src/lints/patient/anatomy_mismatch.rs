//! An organ, a condition or a procedure that the patient's sex cannot have.

use std::ops::Range;

use crate::engine::{Arg, Draft, LetterContext, Sink};
use crate::letter::facts::{Owner, Sex};
use crate::letter::{Content, Letter, Place, Reason, Role, Sentence, SentenceKind, Stated, Who};
use crate::text::Span;

/// How far before a word its negation stands, in tokens.
const NEGATION_REACH: usize = 6;
/// Tokens between two such words of one phrase, at most.
const NEXT_TO: usize = 1;
/// So many mentions against the stated sex without support, and the statement is what is wrong.
const OUTVOTED: usize = 3;

pub fn check(context: &LetterContext<'_>, sink: &mut Sink) {
    let letter = context.letter;
    let Some(anchor) = letter.sex() else { return };
    if letter.tells_of_transition() || is_outvoted(letter, &anchor) {
        return;
    }
    let of_other_sex = match anchor.value {
        Sex::Female => "male",
        Sex::Male => "female",
    };
    for (block, content) in letter.blocks.iter().enumerate() {
        if !content.role.narrates() && content.role != Role::ItemHeading {
            continue;
        }
        let content = &content.content;
        // Most blocks have none of the words, and need no closer look.
        let mut first_words = context.words(of_other_sex).filter_map(|words| words.split([' ', '-']).next());
        if !first_words.any(|word| content.has_word(word)) {
            continue;
        }
        for sentence in content.sentences.iter().filter(|sentence| is_of_case(context, content, sentence)) {
            let mut tokens = sentence.tokens.clone();
            let mut told = None;
            while let Some(at) = tokens.next() {
                let Some(words) = named_at(context, content, at, of_other_sex) else { continue };
                tokens.start = words.end;
                let span = content.tokens[words.start].span.start..content.tokens[words.end - 1].span.end;
                // "A hysterectomy for fibroids" is one mistake.
                let goes_on = told.is_some_and(|told| words.start <= told + NEXT_TO);
                if is_patients(context, content, sentence, &words, &span) {
                    told = Some(words.end);
                    if !goes_on {
                        sink.push(mismatch(letter, &anchor, Place { block, span }));
                    }
                }
            }
        }
    }
}

/// Whether all pronouns and nouns for the patient are of the other sex.
fn is_outvoted(letter: &Letter, anchor: &Stated<Sex>) -> bool {
    let mut against = 0;
    for (block, content) in letter.blocks.iter().enumerate() {
        for mention in content.content.mentions().iter().filter(|mention| mention.who == Who::Patient) {
            let is_anchor = (block, &mention.span) == (anchor.place.block, &anchor.place.span);
            match mention.sex {
                Some(sex) if sex != anchor.value => against += 1,
                Some(_) if !is_anchor => return false,
                _ => {}
            }
        }
    }
    against >= OUTVOTED
}

/// Whether a sentence speaks of this patient, and not of a guideline, a drug's label or patients in general.
fn is_of_case(context: &LetterContext<'_>, content: &Content, sentence: &Sentence) -> bool {
    let is_said = matches!(sentence.kind, SentenceKind::Statement | SentenceKind::Attributed);
    let mut words = sentence.tokens.clone().map(|token| content.lower(token));
    let of_others =
        content.mentions().iter().filter(|mention| sentence.span.contains(&mention.span.start)).any(
            |mention| matches!(mention.who, Who::Family | Who::Other) || mention.reason == Reason::General,
        );
    is_said && !of_others && !words.any(|word| context.is_in("general", &word))
}

/// The word or words at a token that are of the other sex: "prostate", "Pap smear", "C-section".
fn named_at(context: &LetterContext<'_>, content: &Content, at: usize, sex: &str) -> Option<Range<usize>> {
    let raw = content.word(at);
    let word = content.lower(at);
    let follows = |by: usize| (at + by < content.tokens.len()).then(|| content.lower(at + by));
    // "Pregnancy-related concerns" are a criterion's.
    if follows(1).is_some_and(|mark| mark == "-") && follows(2).is_some_and(|word| word == "related") {
        return None;
    }
    if let Some(next) = follows(1) {
        let joined = match (&*next, follows(2)) {
            ("-", Some(second)) => (format!("{word}-{second}"), 3),
            _ => (format!("{word} {next}"), 2),
        };
        if context.is_in(sex, &joined.0) {
            return Some(at..at + joined.1);
        }
    }
    let is_abbreviation = context.is_in("abbreviation", &word);
    let named = context.is_in(sex, &word) && (!is_abbreviation || raw.chars().all(char::is_uppercase));
    named.then_some(at..at + 1)
}

fn is_patients(
    context: &LetterContext<'_>,
    content: &Content,
    sentence: &Sentence,
    words: &Range<usize>,
    span: &Span,
) -> bool {
    let before = words.start.saturating_sub(NEGATION_REACH).max(sentence.tokens.start)..words.start;
    // "Never hospitalized except for", "immunofixation was negative, ": there the denial ends.
    let goes_on = |&token: &usize| {
        let is_finding = content.lower(token) == "negative" && content.word(token + 1) == ",";
        content.lower(token) != "except" && !is_finding
    };
    let mut denying = before.rev().take_while(goes_on);
    let is_denied = denying.any(|token| context.is_in("negation", &content.lower(token)));
    !is_denied && matches!(content.owner_of(span), Owner::Patient | Owner::Reported)
}

fn mismatch(letter: &Letter, anchor: &Stated<Sex>, place: Place) -> Draft {
    let sex = Arg::term(anchor.value.name());
    let found = Arg::letter(letter.text_at(&place));
    Draft::new(place, "message").arg("found", found).arg("sex", sex.clone()).related(
        anchor.place.clone(),
        "anchor",
        vec![("sex", sex)],
    )
}
