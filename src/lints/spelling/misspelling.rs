//! A word on the lists of known misspellings.

use crate::engine::{Applicability, Arg, BlockContext, Draft, DraftFix, SentenceWords, Sink, with_case_of};
use crate::letter::Content;
use crate::text::{Gap, SHARES_NONE, Span, TokenKind, key};

/// Sorted misspellings, a line each: how many letters the word shares with the one before and the rest of it, a tab, and
/// its corrections, which are parted by commas: how many letters of the word stay at its beginning and at its end, and
/// what stands between them.
static TABLE: &str = include_str!(concat!(env!("OUT_DIR"), "/misspelling.txt"));
/// Where in the table each line begins that holds its whole word.
static RUNS: &[u32] = include!(concat!(env!("OUT_DIR"), "/misspelling-runs.in"));
/// Which words may be in the table, by their hash.
static FILTER: [u64; FILTER_BITS / 64] = include!(concat!(env!("OUT_DIR"), "/misspelling-filter.in"));

include!("misspelling_format.rs");

/// A capitalised word inside a sentence may be a name; long ones rarely are.
const LEAST_CAPITALISED: usize = 7;

pub fn check(words: &SentenceWords<'_>, sink: &mut Sink) {
    let context = words.context;
    let content = context.content;
    for at in words.sentence.tokens.clone() {
        if content.tokens[at].kind != TokenKind::Word {
            continue;
        }
        let Some(bare) = spelled_small(content.word(at)) else { continue };
        let Some(right) = corrections(&bare.to_ascii_lowercase()) else { continue };
        if !is_excused(context, at, bare, &right[0]) {
            let start = content.tokens[at].span.start;
            sink.push(draft(context, start..start + bare.len(), &right));
        }
    }
}

/// A word of plain letters, without its possessive, that is not all capitals.
fn spelled_small(word: &str) -> Option<&str> {
    let bare = word.strip_suffix("'s").or_else(|| word.strip_suffix("\u{2019}s")).unwrap_or(word);
    let is_word = bare.len() > 3
        && bare.bytes().all(|byte| byte.is_ascii_alphabetic())
        && bare.bytes().skip(1).all(|byte| byte.is_ascii_lowercase());
    is_word.then_some(bare)
}

/// What the lists give for a word in small letters: one or several corrections, best first.
fn corrections(word: &str) -> Option<Vec<String>> {
    let bit = key(word).bits() as usize % FILTER_BITS;
    if FILTER[bit / 64] >> (bit % 64) & 1 == 0 {
        return None;
    }
    let begins_before =
        |start: &u32| TABLE[*start as usize + 1..].split('\t').next().is_some_and(|first| first <= word);
    let run = RUNS.partition_point(begins_before).checked_sub(1)?;
    let mut wrong = String::new();
    let mut lines = TABLE[RUNS[run] as usize..].lines().take(RUN).filter_map(|line| line.split_once('\t'));
    let right = lines.find_map(|(own, right)| {
        wrong.truncate(shared(own, 0));
        wrong.push_str(&own[1..]);
        (wrong == word).then_some(right)
    })?;
    Some(right.split(',').map(|right| changed(word, right)).collect())
}

/// A correction, of what it changes in a word.
fn changed(word: &str, right: &str) -> String {
    let (start, end) = (shared(right, 0), shared(right, 1));
    format!("{}{}{}", &word[..start], &right[2..], &word[word.len() - end..])
}

/// How many letters are shared, as a letter of the table says.
fn shared(entry: &str, letter: usize) -> usize {
    usize::from(entry.as_bytes()[letter] - SHARES_NONE)
}

fn is_excused(context: &BlockContext<'_>, at: usize, bare: &str, right: &str) -> bool {
    let content = context.content;
    let is_eponym = right.starts_with(char::is_uppercase);
    let may_be_name = bare.starts_with(char::is_uppercase) && !begins_sentence(content, at);
    is_eponym && !names_a_sign(context, at)
        || !is_eponym && may_be_name && (bare.len() < LEAST_CAPITALISED || stands_by_title(context, at))
        || is_in_address(content, at)
        || content.is_at_lost_hyphen(at)
        || content.is_quoted_as_it_is(at)
}

fn begins_sentence(content: &Content, at: usize) -> bool {
    let start = content.tokens[at].span.start;
    content.sentence_at(start).is_none_or(|sentence| sentence.tokens.start == at)
        || at > 0 && matches!(content.word(at - 1), ":" | ")" | "\u{2022}")
}

/// "Tinnel's", "Finklestein test": what an eponym is written for, rather than a person of that name.
fn names_a_sign(context: &BlockContext<'_>, at: usize) -> bool {
    let content = context.content;
    let next = || (at + 1 < content.tokens.len()).then(|| content.word(at + 1).to_lowercase());
    content.word(at).len() > 4
        && next().is_some_and(|next| context.is_in("signs", &next))
        && content.word(at).starts_with(char::is_uppercase)
}

/// "Dr. Recieve", "J. Seperate".
fn stands_by_title(context: &BlockContext<'_>, at: usize) -> bool {
    let content = context.content;
    let stop = usize::from(at > 1 && content.word(at - 1) == ".");
    at.checked_sub(1 + stop).is_some_and(|before| {
        let word = content.word(before);
        context.is_in("titles", &word.to_lowercase()) || stop == 1 && word.chars().count() == 1
    })
}

/// Web and mail addresses, and names of files.
fn is_in_address(content: &Content, at: usize) -> bool {
    let tokens = &content.tokens;
    let first = (0..=at).rev().find(|&token| tokens[token].gap != Gap::None).unwrap_or(at);
    let last =
        (at + 1..tokens.len()).find(|&token| tokens[token].gap != Gap::None).unwrap_or(tokens.len()) - 1;
    let run = &content.text()[tokens[first].span.start..tokens[last].span.end];
    ["@", "://", "www.", "\\", "_", ".com", ".gov", ".org", ".net", ".edu", ".pdf", ".htm", ".doc", ".txt"]
        .iter()
        .any(|part| run.contains(part))
}

fn draft(context: &BlockContext<'_>, span: Span, right: &[String]) -> Draft {
    let found = &context.content.text()[span.clone()];
    let corrections: Vec<String> = right.iter().map(|word| with_case_of(found, word)).collect();
    let applicability = if corrections.len() == 1 { Applicability::Safe } else { Applicability::Unsafe };
    let wanted = corrections.join("” or “");
    let draft = Draft::new(context.place(span.clone()), "message")
        .arg("found", Arg::letter(found))
        .arg("wanted", Arg::term(wanted));
    corrections.into_iter().fold(draft, |draft, correction| {
        draft.fix(DraftFix::replace(context.place(span.clone()), correction, applicability))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::facts::drug;

    /// Every misspelling with its corrections.
    fn table() -> Vec<(String, Vec<String>)> {
        let mut before = String::new();
        let entry = |line: &str| {
            let (own, right) = line.split_once('\t').unwrap();
            before.truncate(shared(own, 0));
            before.push_str(&own[1..]);
            (before.clone(), right.split(',').map(|right| changed(&before, right)).collect())
        };
        TABLE.lines().map(entry).collect()
    }

    #[test]
    fn the_table_can_be_searched() {
        let table = table();
        assert!(table.len() > 80_000 && table.is_sorted());
        for (wrong, right) in table {
            assert!(right.iter().all(|right| !right.is_empty() && *right != wrong), "{wrong}");
            assert_eq!(corrections(&wrong), Some(right));
        }
        for (wrong, right) in
            [("seperate", "separate"), ("radiculpathy", "radiculopathy"), ("finklestein", "Finkelstein")]
        {
            assert_eq!(corrections(wrong), Some(vec![right.to_owned()]));
        }
        for word in ["radiculopathy", "zzzz", "a", ""] {
            assert_eq!(corrections(word), None);
        }
    }

    #[test]
    fn no_drug_and_no_correction_is_a_misspelling() {
        let drugs = drug::names().flat_map(|(name, _)| name.split(|c: char| !c.is_alphabetic()));
        let right: Vec<String> = table().into_iter().flat_map(|(_, right)| right).collect();
        for word in drugs.chain(right.iter().map(String::as_str)).filter(|word| word.len() > 3) {
            let small = word.to_ascii_lowercase();
            let is_plain = small.bytes().all(|byte| byte.is_ascii_lowercase());
            assert!(!is_plain || corrections(&small).is_none(), "{word}");
        }
    }
}
