//! A real word that is not met beside its neighbours, where a near word is.

mod meant;
mod pairs;

use self::meant::{NEAR, SLIPS};
use self::pairs::{Met, met};
use crate::engine::{
    Applicability, Arg, BlockContext, Draft, DraftFix, Level, SentenceWords, Sink, with_case_of,
};
use crate::text::TokenKind;

/// Of words that are known to be written for each other: how much likelier the other must be, as the logarithm of a ratio, to be
/// told at all, and to be more than a hint.
const LIKELIER: f32 = 8.0;
const FAR_LIKELIER: f32 = 10.0;
/// How often the other must be met beside a neighbour.
const LEAST_MET: f32 = 2.5;
/// So many meetings by chance are reckoned with before any is seen.
const PRIOR: f32 = 8.0;

/// How far a word is met beside a neighbour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Never,
    Ever,
    /// Often, and far more often than by chance.
    Strongly,
}

impl Fit {
    fn of(met: Option<Met>) -> Self {
        met.map_or(Self::Never, |met| if met.is_marked() { Self::Strongly } else { Self::Ever })
    }
}

pub fn check(words: &SentenceWords<'_>, sink: &mut Sink) {
    let context = words.context;
    for at in words.sentence.tokens.clone() {
        let Some(word) = small_word(context, at) else { continue };
        let neighbours = Neighbours::of(context, at);
        if let Some((meant, odds)) = neighbours.likelier_slip(word) {
            let draft = draft(context, at, &[meant]);
            sink.push(if odds < FAR_LIKELIER { draft.cap(Level::Hint) } else { draft });
        // At the end of a sentence, one neighbour tells too little of a word that is on no list.
        } else if context.word(at + 1) != "."
            && let Some(wanted) = neighbours.likelier(word)
        {
            sink.push(draft(context, at, &wanted).cap(Level::Hint));
        }
    }
}

/// The words beside a place, of which either may be missing.
struct Neighbours<'a> {
    before: Option<&'a str>,
    after: Option<&'a str>,
}

impl<'a> Neighbours<'a> {
    fn of(context: &BlockContext<'a>, at: usize) -> Self {
        let before = at.checked_sub(1).and_then(|before| neighbour(context, before, at));
        Self { before, after: neighbour(context, at + 1, at + 1) }
    }

    /// A word beside the neighbours that are there.
    fn beside(&self, word: &str) -> [Option<Option<Met>>; 2] {
        [self.before.map(|before| met(&[before, word])), self.after.map(|after| met(&[word, after]))]
    }

    /// The word that was meant by one that is known to be written for it, and how much likelier it is here.
    fn likelier_slip(&self, word: &str) -> Option<(&'static str, f32)> {
        let meant = SLIPS.by(word);
        let mut likelier = meant.filter_map(|meant| Some((meant, self.odds(meant, word)?)));
        let first = likelier.next()?;
        let best = likelier.fold(first, |best, other| if other.1 > best.1 { other } else { best });
        Some(best).filter(|(_, odds)| *odds > LIKELIER)
    }

    /// How much likelier one word is here than another, as the logarithm of a ratio: by how often each is met beside the
    /// neighbours, and how common it is.
    fn odds(&self, meant: &str, written: &str) -> Option<f32> {
        let chance = |word: &str| Some(PRIOR * met(&[word])?.share());
        let (of_meant, of_written) = (chance(meant)?, chance(written)?);
        let count = |met: Option<Met>| met.map_or(0.0, Met::count);
        let mut odds = (of_meant / of_written).ln();
        let mut most = 0.0_f32;
        for (near_meant, near_written) in self.beside(meant).into_iter().zip(self.beside(written)) {
            let (Some(meant), Some(written)) = (near_meant, near_written) else { continue };
            most = most.max(count(meant));
            let ratio = (count(meant) + of_meant) / (count(written) + of_written);
            odds += ratio.ln() - (of_meant / of_written).ln();
        }
        (most >= LEAST_MET).then_some(odds)
    }

    /// The words that fit best, if the one that stands here does not fit.
    fn likelier(&self, word: &str) -> Option<Vec<&'static str>> {
        let of_letters = met(&[word])?;
        let beside = |word: &str| {
            let [left, right] = self.beside(word).map(|met| Fit::of(met.flatten()));
            (left.max(right), left.min(right))
        };
        let (most, least) = beside(word);
        // One neighbour is enough for a word to stand as it is, but for one that is foreign to such letters.
        let is_doubtful = most == Fit::Never || least == Fit::Never && !of_letters.is_marked();
        if !is_doubtful {
            return None;
        }
        let fits = |&(most_near, least_near): &(Fit, Fit)| {
            most_near == Fit::Strongly && (most == Fit::Never || least_near != Fit::Never)
        };
        let best = NEAR.by(word).map(beside).filter(fits).max()?;
        Some(NEAR.by(word).filter(|near| beside(near) == best).collect())
    }
}

/// A word of small letters that stands by itself: no part of a compound or of an address.
fn small_word<'a>(context: &BlockContext<'a>, at: usize) -> Option<&'a str> {
    let word = context.word(at);
    let is_small = word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let joins = |mark: &str| matches!(mark, "-" | "/" | "." | "@" | "_");
    // A stop at the end of a sentence joins nothing.
    let is_joined = context.is_glued(at + 1)
        && joins(context.word(at + 1))
        && (context.word(at + 1) != "." || context.is_glued(at + 2));
    let follows_mark = at > 0
        && context.is_glued(at)
        && context.kind(at - 1) == Some(TokenKind::Mark)
        && joins(context.word(at - 1));
    (is_small && !is_joined && !follows_mark).then_some(word)
}

/// A word beside another: a blank or a wrap parts them, which stands before the token `second`.
fn neighbour<'a>(context: &BlockContext<'a>, at: usize, second: usize) -> Option<&'a str> {
    let is_beside = context.gap(second).is_some_and(|gap| gap.is_space());
    (is_beside && context.kind(at) == Some(TokenKind::Word)).then(|| context.word(at))
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
