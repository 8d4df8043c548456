//! A real word that is not met beside its neighbours, where a near word is.

use crate::engine::{Applicability, Arg, BlockContext, Draft, DraftFix, SentenceWords, Sink, with_case_of};
use crate::text::TokenKind;
use crate::text::hashes::place_of;

/// A line a word that may be a slip: the word, a tab, the words that may have been meant, parted by commas; sorted.
static NEAR: &str = include_str!("../../../lints/spelling/unlikely-word-near.tsv");
/// The pairs of words that are met, and alone the words of [`NEAR`]: little-endian numbers, sorted, each 31 bits of the
/// hash of the words, and whether the pair is strong; of a word alone, whether it is common in such letters.
static MET: &[u8] = include_bytes!("../../../lints/spelling/unlikely-word-pairs.bin");

/// How far a pair of words is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Met {
    Never,
    Ever,
    /// Often, and far more often than by chance.
    Strongly,
}

pub fn check(words: &SentenceWords<'_>, sink: &mut Sink) {
    let context = words.context;
    for at in words.sentence.tokens.clone() {
        if let Some(wanted) = small_word(context, at).and_then(|word| likelier(context, at, word)) {
            sink.push(draft(context, at, &wanted));
        }
    }
}

/// The words that fit a place best, if the one that stands there does not fit it.
fn likelier(context: &BlockContext<'_>, at: usize, word: &str) -> Option<Vec<&'static str>> {
    let of_letters = met(&[word]);
    if of_letters == Met::Never {
        return None;
    }
    let before = at.checked_sub(1).and_then(|before| neighbour(context, before, at));
    let after = neighbour(context, at + 1, at + 1);
    let beside = |word: &str| {
        let left = before.map_or(Met::Never, |before| met(&[before, word]));
        let right = after.map_or(Met::Never, |after| met(&[word, after]));
        (left.max(right), left.min(right))
    };
    let (most, least) = beside(word);
    // One neighbour is enough for a word to stand as it is, but for one that is foreign to such letters.
    let is_doubtful = most == Met::Never || least == Met::Never && of_letters == Met::Ever;
    if !is_doubtful {
        return None;
    }
    let fits = |&(most_near, least_near): &(Met, Met)| {
        most_near == Met::Strongly && (most == Met::Never || least_near != Met::Never)
    };
    let best = near_words(word).map(beside).filter(fits).max()?;
    Some(near_words(word).filter(|near| beside(near) == best).collect())
}

/// A word of small letters that stands by itself: no part of a compound or of a name.
fn small_word<'a>(context: &BlockContext<'a>, at: usize) -> Option<&'a str> {
    let word = context.word(at);
    let is_small = word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_joined =
        |mark: usize| context.is_glued(mark) && matches!(context.word(mark), "-" | "/" | "." | "@" | "_");
    let follows_mark = at > 0 && context.is_glued(at) && context.kind(at - 1) == Some(TokenKind::Mark);
    (is_small
        && !is_joined(at + 1)
        && !(follows_mark && matches!(context.word(at - 1), "-" | "/" | "." | "@" | "_")))
    .then_some(word)
}

/// A word beside another: a blank or a wrap parts them, which stands before the token `second`.
fn neighbour<'a>(context: &BlockContext<'a>, at: usize, second: usize) -> Option<&'a str> {
    let is_beside = context.gap(second).is_some_and(|gap| gap.is_space());
    (is_beside && context.kind(at) == Some(TokenKind::Word)).then(|| context.word(at))
}

/// How far words are met beside each other; of one word alone, whether it may be a slip.
fn met(words: &[&str]) -> Met {
    let (records, _) = MET.as_chunks();
    let record = |at: usize| u32::from_le_bytes(records[at]);
    // The lowest bit is not the hash's.
    let hash = |at: usize| record(at) & !1;
    match place_of(number(words), records.len(), hash).map(record) {
        Some(found) if found & 1 == 1 => Met::Strongly,
        Some(_) => Met::Ever,
        None => Met::Never,
    }
}

/// FNV-1a of the words in small letters with a blank between; its upper 31 bits, and room for one.
fn number(words: &[&str]) -> u32 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut take = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            take(b' ');
        }
        // A typographic apostrophe counts as a plain one.
        word.chars().for_each(|c| match c {
            '\u{2019}' => take(b'\''),
            c => c.to_lowercase().for_each(|c| c.encode_utf8(&mut [0; 4]).bytes().for_each(&mut take)),
        });
    }
    ((hash >> 33) << 1) as u32
}

/// The words that may have been meant by one.
fn near_words(word: &str) -> impl Iterator<Item = &'static str> {
    let (mut low, mut high) = (0, NEAR.len());
    let mut found = None;
    while low < high {
        let middle = low + (high - low) / 2;
        let start = NEAR[low..middle].rfind('\n').map_or(low, |end| low + end + 1);
        let end = NEAR[start..].find('\n').map_or(high, |end| start + end);
        let (written, near) = NEAR[start..end].split_once('\t').unwrap_or_default();
        match written.cmp(word) {
            std::cmp::Ordering::Equal => {
                found = Some(near);
                break;
            }
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    found.into_iter().flat_map(|near| near.split(','))
}

fn draft(context: &BlockContext<'_>, at: usize, wanted: &[&str]) -> Draft {
    let span = context.content.tokens[at].span.clone();
    let found = context.word(at);
    let draft = Draft::new(context.place(span.clone()), "message")
        .arg("found", Arg::letter(found))
        .arg("wanted", Arg::term(wanted.join("” or “")));
    wanted.iter().fold(draft, |draft, word| {
        let place = context.place(span.clone());
        draft.fix(DraftFix::replace(place, with_case_of(found, word), Applicability::Unsafe))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_can_be_searched() {
        let lines: Vec<&str> = NEAR.lines().collect();
        assert!(lines.len() > 1_000 && lines.is_sorted());
        for line in lines {
            let (written, near) = line.split_once('\t').unwrap();
            assert_ne!(met(&[written]), Met::Never, "{written}");
            assert!(near_words(written).eq(near.split(',')));
        }
        assert_eq!(near_words("zzzz").count(), 0);
    }

    #[test]
    fn pairs_are_met_whatever_their_case_and_apostrophe() {
        assert_eq!(met(&["Low", "back"]), Met::Strongly);
        assert_eq!(met(&["patient’s", "pain"]), met(&["patient's", "pain"]));
        assert_eq!(met(&["slow", "back"]), Met::Never);
    }
}
